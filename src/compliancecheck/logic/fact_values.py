"""What a fact may be: unanswered, behind its gate, and what is left of it once more is known."""

from __future__ import annotations

from collections.abc import Iterable

from compliancecheck.model.facts import Fact, FactType, GateValue
from compliancecheck.model.values import Interval, Members, Number, Option, Truth, Values, point
from compliancecheck.model.values import meet as meet_spans

OPTIONS: tuple[Option, ...] = (True, False)


def gate_values(otherwise: Option | Number | GateValue, fact: Fact, as_of: int) -> Values:
    """What a fact is while its gate is closed."""
    if otherwise is GateValue.NOT_YET:
        return (Interval(as_of + 1, None),)
    if otherwise is GateValue.AS_OF:
        return (point(as_of),)
    if fact.type.is_numeric:
        assert not isinstance(otherwise, str)
        return (point(otherwise),)
    if fact.type is FactType.CHOICES:
        return Members(frozenset(), frozenset())
    assert isinstance(otherwise, str | bool)
    return frozenset({otherwise})


def open_values(fact: Fact) -> Values:
    """What a fact may be while its gate is open and nothing is answered."""
    if fact.type is FactType.BOOLEAN:
        return frozenset(OPTIONS)
    if fact.type is FactType.CHOICE:
        return frozenset(fact.choices)
    if fact.type is FactType.CHOICES:
        return Members(frozenset(), frozenset(fact.choices))
    return (fact.bounds,)


def open_ended(fact: Fact, values: Interval) -> Interval:
    """What a fact may be without the ends that only the vocabulary gives it, to be read.

    A horizon such as 2100-12-31, or the most people there could be, nobody gave: to a reader
    "on or after 2026-11-25" says more, and "at least 1,000,000". That a number begins at 0 and
    where a percentage ends are no such ends.
    """
    if not fact.type.is_numeric or values.is_point or fact.bounds == Interval():
        return values
    bounds = fact.bounds
    low = values.low is not None and bounds.low is not None and values.low <= bounds.low
    low = low and fact.type is FactType.DATE
    high = values.high is not None and bounds.high is not None and values.high >= bounds.high
    high = high and fact.type is not FactType.PERCENT
    return Interval(
        None if low else values.low,
        None if high else values.high,
        values.low_open and not low,
        values.high_open and not high,
    )


def open_ended_figure(facts: Iterable[Fact], type: FactType, figure: Interval) -> Interval:
    """The same of a figure of *type* that is computed from some facts: their ends are its own."""
    for fact in facts:
        if fact.type is type:
            figure = open_ended(fact, figure)
    return figure


def meet(a: Values, b: Values) -> Values:
    """What two sets of values share."""
    if isinstance(a, frozenset):
        assert isinstance(b, frozenset)
        return a & b
    if isinstance(a, Members):
        assert isinstance(b, Members)
        return a.meet(b)
    assert isinstance(b, tuple)
    return meet_spans(a, b)


def is_known(values: Values) -> bool:
    """Whether exactly one value is left."""
    if isinstance(values, frozenset):
        return len(values) == 1
    if isinstance(values, Members):
        return values.is_point
    return len(values) == 1 and values[0].is_point


def within(values: frozenset[Option], options: frozenset[Option]) -> Truth:
    """Whether what is left are some of *options*, or none of them."""
    if values <= options:
        return True
    return False if values.isdisjoint(options) else None


def including(members: Members, options: frozenset[str], truth: bool) -> Members:
    """The sets among *members* that hold (or do not hold) one of *options*."""
    if not truth:
        return Members(members.sure, members.possible - options)
    left = members.possible & options
    if not left:
        return Members(options, frozenset())  # nothing
    if len(left) == 1:
        return Members(members.sure | left, members.possible)
    return members  # which of several it holds cannot be said of each alone


def side(interval: Interval, inside: bool) -> tuple[Interval, ...]:
    """The numbers in an interval, or those outside it."""
    if inside:
        return (interval,)
    sides = []
    if interval.low is not None:
        sides.append(Interval(None, interval.low, False, not interval.low_open))
    if interval.high is not None:
        sides.append(Interval(interval.high, None, not interval.high_open, False))
    return tuple(sides)
