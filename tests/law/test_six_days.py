"""Each example profile under the law of six days: a table that a person reads in review.

The facts stay those of one day; only the law changes: before any path was open, under each of the
regimes that followed, on both sides of 22 March 2024, and today.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import Evaluation, RouteLine
from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import cell_width
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.profiles import load_profile_file
from compliancecheck.reports.status import LOOKS, display_status
from tests.cli.command import ROOT

FACTS_OF = date(2026, 11, 24)
DAYS = (
    date(2021, 12, 1),
    date(2022, 10, 10),
    date(2023, 6, 20),
    date(2024, 3, 21),
    date(2024, 3, 22),
    date(2026, 11, 24),
)
LETTER = {"security_assessment": "A", "contract_or_certification": "C", "exempt": "E"}
LEGEND = "A assessment, C contract or certification, E exempt, - no way; several: open"
NOTHING = ("", "- N/A")
NAME, CELL = 52, 9
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))
Key = tuple[str, str]


@cache
def rules() -> Rules:
    return load_rules()


def under_law_of(name: str, day: date) -> Evaluation:
    profile, problems = load_profile_file(str(ROOT / "profiles" / f"{name}.yaml"), rules())
    assert profile is not None, problems
    return evaluate(profile, rules(), as_of=FACTS_OF.toordinal(), law=day.toordinal())


def ways(line: RouteLine) -> str:
    found = [LETTER[way] for way in line.possible]
    if line.none_possible or not found:
        found.append("-")
    return " ".join(found) + (" ~" if line.contested else "")


def column(evaluation: Evaluation) -> dict[Key, str]:
    cells = {("route", line.item or "the company"): ways(line) for line in evaluation.routes}
    for finding in evaluation.findings:
        item = "(a further one)" if finding.further else finding.item
        words = LOOKS[display_status(finding)]
        cells[(finding.rule, item or "")] = f"{words.symbol} {words.short.en}"
    return cells


def table(name: str) -> str:
    columns = [column(under_law_of(name, day)) for day in DAYS]
    keys = {key: None for cells in columns for key in cells}
    order = {rule: n for n, rule in enumerate(rules().rules)}
    lines = [
        padded(f"{name}: facts of {FACTS_OF}, law of", NAME)
        + "".join(f"{day:%y-%m-%d}".ljust(CELL) for day in DAYS).rstrip()
    ]
    head = None
    for rule, item in sorted(keys, key=lambda key: (order.get(key[0], -1), key[0])):
        row = [cells.get((rule, item), "") for cells in columns]
        of, _, slug = rule.partition("/")
        if all(cell in NOTHING for cell in row):
            continue
        if of != head:
            lines += ["", f"data_export.mechanism: {LEGEND}" if of == "route" else of]
            head = of
        first = f"{slug} [{item}]" if slug and item else slug or item
        lines.append((padded(f"  {first}", NAME) + "".join(padded(c, CELL) for c in row)).rstrip())
    return "\n".join(lines) + "\n"


def padded(text: str, width: int) -> str:
    while cell_width(text) >= width:
        text = text[:-2] + "…"
    return text + " " * (width - cell_width(text))


@pytest.mark.parametrize("name", PROFILES)
def test_under_the_law_of_six_days(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"six-days/{name}.txt", table(name))
