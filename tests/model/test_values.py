"""Intervals and spans: the laws of exact ranges, against plain membership."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.model.values import ANY, Interval, hull, meet, point, span

ENDS = st.one_of(st.none(), st.integers(-6, 6))
SAMPLES = [Fraction(n, 2) for n in range(-16, 17)]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    return Interval(draw(ENDS), draw(ENDS), draw(st.booleans()), draw(st.booleans()))


def members(interval: Interval) -> set[Fraction]:
    return {v for v in SAMPLES if interval.contains(v)}


@given(intervals(), intervals())
def test_a_meeting_holds_what_both_hold(a: Interval, b: Interval) -> None:
    assert members(a.meet(b)) == members(a) & members(b)


@given(st.lists(intervals(), max_size=4))
def test_a_span_holds_what_any_of_its_intervals_holds(parts: list[Interval]) -> None:
    joined = span(parts)
    assert {v for v in SAMPLES if any(i.contains(v) for i in joined)} == set().union(
        *map(members, parts)
    )
    for left, right in itertools.pairwise(joined):
        assert left.high is not None
        assert right.low is not None
        assert left.high <= right.low  # disjoint and rising


@given(st.lists(intervals(), max_size=3), st.lists(intervals(), max_size=3))
def test_spans_meet_like_sets(a: list[Interval], b: list[Interval]) -> None:
    both = meet(span(a), span(b))
    expected = set().union(*map(members, a)) & set().union(*map(members, b))
    assert {v for v in SAMPLES if any(i.contains(v) for i in both)} == expected


@given(intervals())
def test_whole_numbers_get_closed_ends(interval: Interval) -> None:
    whole = interval.whole()
    assert {v for v in members(whole) if v.denominator == 1} == {
        v for v in members(interval) if v.denominator == 1
    }
    assert not whole.low_open
    assert not whole.high_open


@pytest.mark.parametrize(
    ("written", "closed"),
    [
        (Interval(5, None, low_open=True), Interval(6, None)),
        (Interval(None, 5, high_open=True), Interval(None, 4)),
        (Interval(Fraction(9, 2), None), Interval(5, None)),
        (Interval(None, Fraction(9, 2)), Interval(None, 4)),
        (Interval(Fraction(9, 2), None, low_open=True), Interval(5, None)),
    ],
)
def test_over_five_is_at_least_six(written: Interval, closed: Interval) -> None:
    assert written.whole() == closed


@given(intervals(), intervals())
def test_sums_hold_every_sum(a: Interval, b: Interval) -> None:
    if a.is_empty or b.is_empty:
        return
    total = a.plus(b)
    assert all(total.contains(x + y) for x in members(a) for y in members(b))


def test_sums_are_exact() -> None:
    assert point(Fraction(1, 3)).plus(point(Fraction(2, 3))) == point(1)
    assert point(Fraction(1, 10)).times(3) == point(Fraction(3, 10))
    assert type(point(Fraction(1, 3)).times(3).low) is int


def test_the_hull_is_the_smallest_interval_around() -> None:
    assert hull(span([point(0), Interval(5, 9, low_open=True)])) == Interval(0, 9)
    assert hull((ANY,)) == ANY


def test_zero_and_all_above_touch() -> None:
    assert span([Interval(0, None, low_open=True), point(0)]) == (Interval(0, None),)
    assert len(span([Interval(0, None, low_open=True), Interval(None, 0, high_open=True)])) == 2
