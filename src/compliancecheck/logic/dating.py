"""Moved days over intervals: a period after a day, or before one, maps an interval end to end.

Each of them is a monotone function of the day. Where it needs a calendar that does not exist,
the day is known only within bounds: what it cannot be earlier or later than.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import date

from compliancecheck.logic import periods
from compliancecheck.logic.calendar import Calendar, NoCalendar, year_of
from compliancecheck.model import calendar as days
from compliancecheck.model.conditions import Before, Shift, Unit
from compliancecheck.model.values import Interval

LAST = date.max.toordinal()
UNIT: Mapping[Unit, days.Unit] = {
    Unit.MONTHS: "months",
    Unit.DAYS: "days",
    Unit.WORKING_DAYS: "working_days",
}
_MOST_YEARS = 60  # how far a year with a calendar is looked for


def moved_day(calendar: Calendar, day: int, value: Shift | Before) -> int:
    """The day to which *value* moves *day*. Raises :class:`NoCalendar`."""
    day = min(max(day, 1), LAST)
    unit = UNIT[value.unit]
    if isinstance(value, Shift):
        moved = periods.shift(calendar, day, unit, value.amount, value.roll)
    elif value.window:
        moved = periods.window_opens(calendar, day, unit, value.amount)
    else:
        moved, _ = periods.latest_before(calendar, day, unit, value.amount)
    return min(max(moved, 1), LAST)


def moved(calendar: Calendar, interval: Interval, value: Shift | Before) -> Interval:
    """All days to which *value* moves the days of an interval."""
    low = None if interval.low is None else _bounds(calendar, int(interval.low), value).low
    high = None if interval.high is None else _bounds(calendar, int(interval.high), value).high
    return Interval(low, high)


def _bounds(calendar: Calendar, day: int, value: Shift | Before) -> Interval:
    """The moved day as a point, or the days that it lies between where no calendar tells it."""
    try:
        found = moved_day(calendar, day, value)
    except NoCalendar as error:
        return _around(calendar, day, value, error.year)
    return Interval(found, found)


def _around(calendar: Calendar, day: int, value: Shift | Before, missing: int) -> Interval:
    """What is certain of a day for which the calendar of the year *missing* is needed.

    The function is monotone: the nearest days on both sides for which it can be told are bounds.
    """
    back = isinstance(value, Before) or value.amount < 0
    amount = abs(value.amount) * (31 if value.unit is Unit.MONTHS else 1)
    if back:
        high = day - (amount if value.unit is not Unit.MONTHS else 1)
        high = min(high, _last_of(missing)) if missing < year_of(day) else high
        return Interval(_nearest(calendar, value, missing, -1), max(high, 1))
    if value.unit is Unit.WORKING_DAYS:
        low = day + amount
    else:  # only the roll is missing
        assert isinstance(value, Shift)
        low = moved_day(calendar, day, Shift(value.of, value.amount, value.unit))
    if missing > year_of(day):
        low = max(low, _last_of(missing - 1) + 1)
    return Interval(min(low, LAST), _nearest(calendar, value, missing, 1))


def _nearest(calendar: Calendar, value: Shift | Before, missing: int, step: int) -> int | None:
    """The moved last day of the nearest year, after or before, for which it can be told."""
    for year in range(missing + step, missing + step * _MOST_YEARS, step):
        if not 1 <= year <= 9999:
            return None
        if calendar.status(year) != "none":
            try:
                return moved_day(calendar, _last_of(year if step < 0 else year - 1), value)
            except NoCalendar:
                continue
    return None


def _last_of(year: int) -> int:
    return date(min(max(year, 1), 9999), 12, 31).toordinal()


def moved_back(calendar: Calendar, wanted: Interval, value: Shift | Before) -> Interval | None:
    """The days that *value* moves into *wanted*; None where no calendar tells it."""
    try:
        low = None if wanted.low is None else _first(calendar, int(wanted.low), value)
        high = None if wanted.high is None else _first(calendar, int(wanted.high) + 1, value) - 1
    except NoCalendar:
        return None
    return Interval(low, high)


def _first(calendar: Calendar, target: int, value: Shift | Before) -> int:
    """The first day that is moved to *target* or later."""
    back = isinstance(value, Before) or value.amount < 0
    if value.unit is Unit.WORKING_DAYS:
        reach = abs(value.amount) * 2 + 40  # a stretch of holidays is shorter than that
    else:
        reach = abs(value.amount) * (31 if value.unit is Unit.MONTHS else 1) + 40
    first, last = (target, target + reach) if back else (target - reach, target)
    window = range(max(first, 1), min(last, LAST) + 1)
    return window[0] + bisect_left(window, target, key=lambda d: moved_day(calendar, d, value))
