"""Exact numbers, intervals and what a fact may be: the values that every decision is made of.

A number is an ``int`` or a ``Fraction``, never a binary float.  A date is its proleptic
ordinal, an ``int``.  Money is in units of its currency, a percentage is a share (3% is 3/100).
The truth of a condition is ``True``, ``False`` or ``None`` (open).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction
Truth = bool | None
Option = str | bool
"""A value of a boolean or of a choice."""


def exact(value: Number) -> Number:
    """The same number, as ``int`` where it is whole."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``; ``None`` is no bound, ``*_open`` leaves the end out."""

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        """Whether exactly one number is left."""
        return self.low is not None and self.low == self.high

    @property
    def is_empty(self) -> bool:
        """Whether no number is left."""
        if self.low is None or self.high is None:
            return False
        if self.low == self.high:
            return self.low_open or self.high_open
        return self.low > self.high

    def contains(self, value: Number) -> bool:
        """Whether *value* lies in the interval."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or not (
            value > self.high or (self.high_open and value == self.high)
        )

    def meet(self, other: Interval) -> Interval:
        """What both intervals share (it may be empty)."""
        low, low_open = self.low, self.low_open
        if other.low is not None and (
            low is None or other.low > low or (other.low == low and other.low_open)
        ):
            low, low_open = other.low, other.low_open
        high, high_open = self.high, self.high_open
        if other.high is not None and (
            high is None or other.high < high or (other.high == high and other.high_open)
        ):
            high, high_open = other.high, other.high_open
        return Interval(low, high, low_open, high_open)

    def whole(self) -> Interval:
        """The same set of whole numbers, with closed whole ends (``over 5`` is ``at least 6``)."""
        low, high = self.low, self.high
        if low is not None:
            up = -((-low) // 1)
            low = up + 1 if self.low_open and up == low else up
        if high is not None:
            down = high // 1
            high = down - 1 if self.high_open and down == high else down
        return Interval(low, high)

    def plus(self, other: Interval) -> Interval:
        """All sums of a number of each."""
        low = None if self.low is None or other.low is None else exact(self.low + other.low)
        high = None if self.high is None or other.high is None else exact(self.high + other.high)
        return Interval(
            low,
            high,
            low is not None and (self.low_open or other.low_open),
            high is not None and (self.high_open or other.high_open),
        )

    def minus(self, other: Interval) -> Interval:
        """All differences of a number of each."""
        low = None if self.low is None or other.high is None else exact(self.low - other.high)
        high = None if self.high is None or other.low is None else exact(self.high - other.low)
        return Interval(
            low,
            high,
            low is not None and (self.low_open or other.high_open),
            high is not None and (self.high_open or other.low_open),
        )

    def times(self, factor: Number) -> Interval:
        """All numbers times *factor*, which is over 0."""
        return Interval(
            None if self.low is None else exact(self.low * factor),
            None if self.high is None else exact(self.high * factor),
            self.low_open,
            self.high_open,
        )


ANY = Interval()
Span = tuple[Interval, ...]
"""Disjoint intervals in rising order."""


@dataclass(frozen=True, slots=True)
class Members:
    """What a set may be: any set that holds *sure* and lies within *possible*.

    Like other values it is false where nothing is left; the empty set is something.
    """

    sure: frozenset[str]
    possible: frozenset[str]

    def __bool__(self) -> bool:
        """Whether some set is left."""
        return self.sure <= self.possible

    @property
    def is_point(self) -> bool:
        """Whether exactly one set is left."""
        return self.sure == self.possible

    def meet(self, other: Members) -> Members:
        """What both allow (it may be nothing)."""
        return Members(self.sure | other.sure, self.possible & other.possible)

    def holds(self, options: frozenset[str]) -> Truth:
        """Whether the set holds at least one of *options*."""
        if not self.sure.isdisjoint(options):
            return True
        return False if self.possible.isdisjoint(options) else None


Values = frozenset[Option] | Span | Members
"""What a fact may be: options of a boolean or choice (or one text), a set, or a span of numbers."""


def point(value: Number) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def span(intervals: Iterable[Interval]) -> Span:
    """The union of *intervals*, as disjoint intervals in rising order; empty ones are dropped."""
    left = [i for i in intervals if not i.is_empty]
    left.sort(key=lambda i: (i.low is not None, i.low if i.low is not None else 0, i.low_open))
    merged: list[Interval] = []
    for i in left:
        if merged and _touch(merged[-1], i):
            merged[-1] = _join(merged[-1], i)
        else:
            merged.append(i)
    return tuple(merged)


def _touch(a: Interval, b: Interval) -> bool:
    if a.high is None or b.low is None:
        return True
    return b.low < a.high or (b.low == a.high and not (a.high_open and b.low_open))


def _join(a: Interval, b: Interval) -> Interval:
    if a.high is None or b.high is None:
        return Interval(a.low, None, a.low_open, False)
    if b.high > a.high or (b.high == a.high and a.high_open):
        return Interval(a.low, b.high, a.low_open, b.high_open)
    return a


def meet(a: Span, b: Span) -> Span:
    """What two spans share."""
    if len(a) == 1 and len(b) == 1:
        both = a[0].meet(b[0])
        return () if both.is_empty else (both,)
    return span(x.meet(y) for x in a for y in b)


def hull(values: Span) -> Interval:
    """The smallest interval around a span that is not empty."""
    first, last = values[0], values[-1]
    return Interval(first.low, last.high, first.low_open, last.high_open)
