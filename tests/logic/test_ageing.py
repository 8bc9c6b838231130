"""Ageing: what a count says on a later or earlier day, by its window; `not yet`; the notes."""

from __future__ import annotations

import pytest

from compliancecheck.logic.ageing import Ageing, window
from compliancecheck.model.facts import Counted, FactType
from compliancecheck.model.findings import AgeNote
from compliancecheck.model.profile import Answer, Evidence, FactRef, Profile
from compliancecheck.model.values import Interval, Span, Values, point
from tests.logic.small import day, fact, texts

YEAR = Counted("start_of_year", 31)
TWO_YEARS = Counted("start_of_previous_year", 31)
PEOPLE = FactRef("people")
SIX: Span = (point(600),)
SOME: Span = (Interval(400, 600),)


def aged(
    values: Values,
    as_of: str,
    dated: str | None = None,
    evidence: str | None = None,
    counted: Counted | None = YEAR,
) -> tuple[Values | None, list[AgeNote]]:
    proof = {PEOPLE: Evidence(dated=day(evidence))} if evidence else {}
    ageing = Ageing(Profile(dated=day(dated) if dated else None, evidence=proof), day(as_of))
    people = fact("people", FactType.INTEGER, texts("people"), counted=counted)
    return ageing.values(people, Answer(values, ""), PEOPLE), ageing.notes


@pytest.mark.parametrize(
    ("counted", "on", "start"),
    [
        (YEAR, "2026-01-01", "2026-01-01"),
        (YEAR, "2026-12-31", "2026-01-01"),
        (TWO_YEARS, "2026-01-01", "2025-01-01"),
        (TWO_YEARS, "2025-12-31", "2024-01-01"),
        (Counted(2024, 31), "2026-05-05", "2024-01-01"),
    ],
)
def test_a_window_begins(counted: Counted, on: str, start: str) -> None:
    assert window(counted, day(on)) == day(start)


@pytest.mark.parametrize(
    ("dated", "as_of", "left", "kind"),
    [
        ("2026-03-02", "2026-03-02", SOME, None),  # counted on the very day
        ("2026-03-02", "2026-03-03", SOME, "as_is"),
        ("2026-03-02", "2026-04-02", SOME, "as_is"),  # 31 days: still fresh
        ("2026-03-02", "2026-04-03", (Interval(400, None),), "at_least"),
        ("2026-03-02", "2026-12-31", (Interval(400, None),), "at_least"),
        ("2026-03-02", "2026-03-01", (Interval(None, 600),), "at_most"),
        ("2026-03-02", "2026-01-01", (Interval(None, 600),), "at_most"),
        ("2026-03-02", "2027-01-01", None, "other_window"),  # though only fresh for long
        ("2025-12-31", "2026-01-01", None, "other_window"),  # a day old, another year
        ("2026-01-01", "2025-12-31", None, "other_window"),
    ],
)
def test_a_count_on_another_day(
    dated: str, as_of: str, left: Values | None, kind: str | None
) -> None:
    values, notes = aged(SOME, as_of, dated)
    assert values == left
    assert notes == ([AgeNote(PEOPLE, kind, day(dated))] if kind else [])


def test_strict_ends_stay_strict() -> None:
    over: Span = (Interval(400, 600, True, True),)
    assert aged(over, "2026-06-01", "2026-03-02")[0] == (Interval(400, None, True),)
    assert aged(over, "2026-01-15", "2026-03-02")[0] == (Interval(None, 600, False, True),)


def test_a_lower_bound_of_an_open_range_is_no_bound() -> None:
    assert aged((Interval(400, None),), "2026-01-15", "2026-03-02")[0] == (Interval(),)
    assert aged((Interval(None, 600),), "2026-06-01", "2026-03-02")[0] == (Interval(),)


def test_a_count_over_two_years_outlives_the_first_new_year() -> None:
    # from 1 January 2025; on 2026-12-31 its window has begun anew on the same day of 2025
    assert aged(SIX, "2026-12-31", "2026-01-01", counted=TWO_YEARS)[0] == (Interval(600, None),)
    assert aged(SIX, "2026-01-01", "2025-12-31", counted=TWO_YEARS)[0] is None


def test_a_count_of_a_named_year_never_changes_its_window() -> None:
    assert aged(SIX, "2029-01-01", "2026-01-01", counted=Counted(2024, 31))[0] == (
        Interval(600, None),
    )


def test_what_is_not_counted_does_not_age() -> None:
    assert aged(SIX, "2036-01-01", "2026-03-02", counted=None) == (SIX, [])


def test_an_undated_profile_is_taken_as_of_the_evaluation_with_one_note() -> None:
    ageing = Ageing(Profile(), day("2026-03-02"))
    people = fact("people", FactType.INTEGER, texts("people"), counted=YEAR)
    for name in ("people", "others"):
        assert ageing.values(people, Answer(SIX, "600"), FactRef(name)) == SIX
    assert ageing.notes == [AgeNote(None, "undated", day("2026-03-02"))]


def test_an_answer_with_a_day_of_its_own_under_evidence() -> None:
    # the profile is older; this count is not, and the other way round
    assert aged(SIX, "2026-06-01", "2026-01-02", evidence="2026-05-30")[0] == SIX
    values, notes = aged(SIX, "2026-06-01", "2026-06-01", evidence="2026-01-02")
    assert values == (Interval(600, None),)
    assert notes == [AgeNote(PEOPLE, "at_least", day("2026-01-02"))]
    assert aged(SIX, "2026-06-01", evidence="2026-06-01") == (SIX, [])  # dated: no note


@pytest.mark.parametrize(
    ("dated", "evidence", "first"),
    [
        (None, None, "2026-03-03"),  # the day of the evaluation is the day of the answer
        ("2026-02-01", None, "2026-02-02"),
        ("2026-02-01", "2026-02-20", "2026-02-21"),
        (None, "2025-02-20", "2025-02-21"),
    ],
)
def test_not_yet_is_after_the_day_of_the_answer(
    dated: str | None, evidence: str | None, first: str
) -> None:
    ref = FactRef("filed_on")
    proof = {ref: Evidence(dated=day(evidence))} if evidence else {}
    given = Profile(dated=day(dated) if dated else None, evidence=proof)
    filed = fact("filed_on", FactType.DATE, texts("day of filing"), event=True)
    ageing = Ageing(given, day("2026-03-02"))
    left = ageing.values(filed, Answer(None, "not yet", not_yet=True), ref)
    assert left == (Interval(day(first), None),)


def test_unknown_ages_to_unknown() -> None:
    people = fact("people", FactType.INTEGER, texts("people"), counted=YEAR)
    ageing = Ageing(Profile(dated=day("2020-01-01")), day("2026-03-02"))
    assert ageing.values(people, Answer(None, "unknown"), PEOPLE) is None
    assert ageing.notes == []
