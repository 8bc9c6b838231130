"""Arithmetic of intervals and days: comparing, adding, shifting by months; always exact."""

from __future__ import annotations

from datetime import date
from itertools import product

from compliancecheck.model.values import Interval, Number, Span, Truth, exact, point, span


def at_least(left: Interval, bound: Interval, strict: bool) -> Truth:
    """Whether every (or no) number of *left* is at least (*strict*: over) every one of *bound*."""
    if left.low is not None and bound.high is not None:
        open_end = left.low_open or bound.high_open
        if left.low > bound.high or (left.low == bound.high and (not strict or open_end)):
            return True
    if left.high is not None and bound.low is not None:
        open_end = left.high_open or bound.low_open
        if left.high < bound.low or (left.high == bound.low and (strict or open_end)):
            return False
    return None


def add_months(ordinal: int, months: int) -> int:
    """A day plus months: the corresponding day, or the month's last day (Civil Code 202)."""
    day = date.fromordinal(min(ordinal, date.max.toordinal()))  # `not yet` may lie after it
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < 1:
        return 1
    if year > 9999:
        return date.max.toordinal()
    last = (
        (date(year + month // 11, (month + 1) % 12 + 1, 1).toordinal() - 1)
        if (year < 9999 or month < 11)
        else date.max.toordinal()
    )
    first = date(year, month + 1, 1).toordinal()
    return min(first + day.day - 1, last)


def add(a: Number | None, b: Number | None) -> Number | None:
    """The sum, or None (no bound) if one is None."""
    return None if a is None or b is None else exact(a + b)


def sum_of(parts: list[Span]) -> Span:
    """All sums of a number of each span."""

    def total(row: tuple[Interval, ...]) -> Interval:
        result = point(0)
        for interval in row:
            result = result.plus(interval)
        return result

    return span(total(row) for row in product(*parts))
