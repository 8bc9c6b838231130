"""How the day of an act was counted agrees with the act, and names what it starts from."""

from __future__ import annotations

from datetime import date

import pytest

from compliancecheck.logic.counted import counted
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import DatedAct, Evaluation
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reports.act_days import act_lines
from compliancecheck.reports.sheet import Sheet
from tests.tui.pilots import rules
from tests.tui.test_dates import EXPORTER

AS_OF = date(2026, 11, 24).toordinal()
MORE = "  assessment_result_received_on: 2026-11-02\n  last_audit_on: 2025-01-15\n"


@pytest.fixture(scope="module")
def found() -> Evaluation:
    text = EXPORTER.replace("  transfers:\n", MORE + "  transfers:\n")
    profile, _ = load_profile_text(text.encode(), "p.yaml", rules())
    assert profile is not None
    return evaluate(profile, rules(), as_of=AS_OF)


def act(found: Evaluation, deadline: str) -> DatedAct:
    return next(a for a in found.dates if a.deadline == deadline)


def test_a_count_is_that_of_the_act(found: Evaluation) -> None:
    told = 0
    for each in found.dates:
        computed = counted(found, each).computed
        if computed is None:
            continue
        told += 1
        assert each.due is not None
        assert computed.due == each.due.low
        assert computed.safe_due == each.safe_due
        if computed.opens is not None and each.opens is not None:
            assert computed.opens == each.opens.low
    assert told >= 3


@pytest.mark.parametrize(
    ("deadline", "starts"),
    [
        ("file", ["transfer.contract_effective_on"]),
        ("request", ["data_export.assessment_result_received_on"]),
        ("extension", ["data_export.assessment_printed_expiry"]),
    ],
)
def test_it_names_the_answers_it_starts_from(
    found: Evaluation, deadline: str, starts: list[str]
) -> None:
    assert [ref.name for ref in counted(found, act(found, deadline)).starts] == starts


def test_a_window_is_counted_back_from_its_end(found: Evaluation) -> None:
    computed = counted(found, act(found, "extension")).computed
    assert computed is not None
    assert computed.start == date(2027, 3, 1).toordinal()
    assert len(computed.counted) == 60


def test_a_validity_counts_nothing(found: Evaluation) -> None:
    assert counted(found, act(found, "expiry")).computed is None


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [38, 76])
def test_no_line_of_the_words_is_too_wide(found: Evaluation, lang: str, width: int) -> None:
    from compliancecheck.model.safe import cell_width

    for each in found.dates:
        lines = act_lines(found, each, Sheet(width=width, lang=lang))
        assert all(cell_width(line) <= width for line in lines), each
        assert lines
