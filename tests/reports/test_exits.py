"""What counts for the exit code: `--fail-on`, level and status, one table."""

from __future__ import annotations

from datetime import date

import pytest

from compliancecheck import evaluate, load_rules, read_profile
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.texts import iso
from compliancecheck.reports.exits import FailOn, Tally

DAY = date(2026, 11, 24)
MUST_FAILS = """\
data_export:
  exports_data: true
  ciio: false
  transfers:
    - {name: one, access: sent_abroad, has_personal_information: true, notice_given: false}
"""

UNDETERMINED = "battery: {applies: true, is_applying: false}"
NO_EXPORT = """\
data_export:
  exports_data: false
  assessment_status: none
  quantity_split: false
  ciio: false
  handles_personal_information: false
  handles_important_data: false
  foreign_handler: false
  platform_users: 0
  listing: none
  review_submitted_on: not yet
  incident: none
  reorganisation: false
  rectification_done_on: not yet
  certificate_issued_on: not yet
"""
SHOULD_FAILS = f"""\
{NO_EXPORT}
battery: {{applies: true, is_applying: false, legal_person: false}}
"""
NOTHING = f"""\
{NO_EXPORT}
battery: {{applies: false}}
"""


@pytest.fixture(scope="module")
def evaluations() -> dict[str, Evaluation]:
    rules = load_rules()
    texts = {
        "must": MUST_FAILS, "should": SHOULD_FAILS, "open": UNDETERMINED, "nothing": NOTHING,
    }  # fmt: skip
    return {
        name: evaluate(read_profile(text, rules), rules, as_of=DAY) for name, text in texts.items()
    }


@pytest.mark.parametrize(
    ("profile", "fail_on", "code"),
    [
        ("must", "must", 1),
        ("must", "should", 1),
        ("must", "undetermined", 1),
        ("must", "never", 0),
        ("should", "must", 0),
        ("should", "should", 1),
        ("should", "undetermined", 1),
        ("should", "never", 0),
        ("open", "must", 0),
        ("open", "should", 0),
        ("open", "undetermined", 1),
        ("nothing", "undetermined", 0),
    ],
)
def test_threshold(
    evaluations: dict[str, Evaluation], profile: str, fail_on: str, code: int
) -> None:
    tally = Tally(FailOn(fail_on))
    tally.add(evaluations[profile])
    assert tally.code == code


def test_only_should_duties_are_said(evaluations: dict[str, Evaluation]) -> None:
    tally = Tally(FailOn.MUST)
    tally.add(evaluations["should"])
    assert tally.words().en == "exit 0: no must duty here; use --fail-on should to gate"


def test_broken_or_nothing_is_two(evaluations: dict[str, Evaluation]) -> None:
    tally = Tally(FailOn.NEVER)
    assert tally.code == 2
    tally.add(evaluations["nothing"])
    assert tally.code == 0
    tally.broken += 1
    assert tally.code == 2
    assert tally.words().en == "exit 2: 1 of 2 profiles was not evaluated"
    assert iso(evaluations["nothing"].as_of) == "2026-11-24"
