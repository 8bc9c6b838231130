"""The figures of docs/interview.md: what the interview takes for the examples, counted again."""

from __future__ import annotations

import pytest
from benchmarks.questions import PAGE, examples, stale, stated

from compliancecheck.logic.questions import GOALS, ROUTES


@pytest.mark.parametrize(
    ("name", "goals"),
    [
        ("exporter-by-range", (ROUTES,)),
        ("battery-just-under", (ROUTES,)),
        ("battery-just-under", GOALS),
        ("grid-equipment", (ROUTES,)),
    ],
)
def test_the_page_has_the_counts_of_today(name: str, goals: tuple[str, ...]) -> None:
    assert stale(name, goals, PAGE.read_text(encoding="utf-8")) == ""


def test_the_page_has_every_example_for_both_goals() -> None:
    found = stated(PAGE.read_text(encoding="utf-8"))
    assert set(found) == {(name, goals) for name in examples() for goals in ((ROUTES,), GOALS)}


def test_a_wrong_figure_is_told() -> None:
    page = PAGE.read_text(encoding="utf-8").replace(
        "| exporter-by-range | 14 |", "| exporter-by-range | 13 |"
    )
    assert "exporter-by-range" in stale("exporter-by-range", (ROUTES,), page)
