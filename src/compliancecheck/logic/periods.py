"""Periods counted as Chinese law counts them: forward, backward, windows, and the safe days.

The starting day is not counted. Days are ordinals. What needs a working day in a year without
a calendar raises :class:`~compliancecheck.logic.calendar.NoCalendar`; callers put it in words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Concatenate, ParamSpec

from compliancecheck.logic.arithmetic import add_months
from compliancecheck.logic.calendar import Calendar, NoCalendar, year_of
from compliancecheck.model.calendar import Period, Status, Unit

P = ParamSpec("P")

WEEK = 7
"""How many calendar days a provisional date can be early; the sheet's back-test, §4."""

# -- counting -------------------------------------------------------------------------------------


def add_working(cal: Calendar, start: int, n: int) -> int:
    """The *n*-th working day after *start* (*n* at least 1). Raises :class:`NoCalendar`."""
    _positive(n)
    year = year_of(start + 1)
    days = cal.working_days(year)
    at = bisect_right(days, start) + n - 1
    while at >= len(days):
        at -= len(days)
        year += 1
        days = cal.working_days(year)
    return days[at]


def back_working(cal: Calendar, end: int, n: int) -> int:
    """The *n*-th working day strictly before *end* (*n* at least 1). Raises :class:`NoCalendar`."""
    _positive(n)
    year = year_of(end - 1)
    days = cal.working_days(year)
    at = bisect_left(days, end) - n
    while at < 0:
        year -= 1
        days = cal.working_days(year)
        at += len(days)
    return days[at]


def roll(cal: Calendar, day: int) -> int:
    """*day* if it is a working day, else the next one: for acts only (Civil Code 203)."""
    return add_working(cal, day - 1, 1)


def safe_day(cal: Calendar, due_unrolled: int) -> int:
    """The last working day on or before a day. Raises :class:`NoCalendar`."""
    return back_working(cal, due_unrolled + 1, 1)


def shift(cal: Calendar, start: int, unit: Unit, n: int, roll: bool) -> int:
    """*start* plus *n* units; a negative *n* counts backward.

    *roll* moves a result that is no working day to the next one: only forward, and not in
    working days, where there is nothing to roll. A backward day is never moved later, which
    would shorten a notice. Years and months end on the corresponding day, or the month's last.
    Raises ValueError for 0, and :class:`NoCalendar`.
    """
    if n == 0:
        raise ValueError("a period is at least 1")
    if unit == "working_days":
        return add_working(cal, start, n) if n > 0 else back_working(cal, start, -n)
    day = _unrolled(start, unit, n)
    return add_working(cal, day - 1, 1) if roll and n > 0 else day


def _unrolled(start: int, unit: Unit, n: int) -> int:
    if unit in ("years", "months"):
        return add_months(start, n * 12 if unit == "years" else n)
    return start + n * (WEEK if unit == "weeks" else 1)


def _positive(n: int) -> None:
    if n < 1:
        raise ValueError("a period is at least 1")


# -- before a day ---------------------------------------------------------------------------------


def latest_before(cal: Calendar, end: int, unit: Unit, n: int) -> tuple[int, int | None]:
    """At least *n* units before *end* (有效期届满…前): the last day in time, and the safe day.

    In working days ``due`` is the latest day from which the *n*-th working day falls on or
    before *end*, and the safe day leaves *n* full working days between. In other units the
    safe day is the last working day before ``due``; None where that needs a calendar that
    does not exist. Raises :class:`NoCalendar` in working days.
    """
    _positive(n)
    if unit == "working_days":
        strict = back_working(cal, end, n + 1)
        return (back_working(cal, end, n) if cal.is_working(end) else strict), strict
    due = _unrolled(end, unit, -n)
    return due, _or_none(back_working, cal, due, 1)


def window_opens(cal: Calendar, end: int, unit: Unit, n: int) -> int:
    """The first day of the *n* units before *end* (届满前…内). Raises :class:`NoCalendar`."""
    _positive(n)
    return back_working(cal, end, n) if unit == "working_days" else _unrolled(end, unit, -n)


def safe_opens(cal: Calendar, end: int, unit: Unit, n: int) -> int:
    """:func:`window_opens` if the day *end* were itself one of the *n*: then it opens later."""
    opens = window_opens(cal, end, unit, n)
    if unit != "working_days":
        return opens + 1
    return add_working(cal, opens, 1) if cal.is_working(end) else opens


# -- how sure it is -------------------------------------------------------------------------------


def uses_provisional(cal: Calendar, first: int, last: int) -> tuple[int, ...]:
    """The years from the day *first* to *last* whose calendar is provisional."""
    years = range(year_of(first), year_of(last) + 1)
    return tuple(year for year in years if cal.status(year) == "provisional")


def next_notice_may_change(cal: Calendar, first: int, last: int) -> tuple[int, ...]:
    """The years whose last days are used while the notice of the year after is missing.

    A notice may set days after 20 December of the year before: what uses such days of an
    official year may still change.
    """
    found = []
    for year in range(max(year_of(first), 1), min(year_of(last), 9998) + 1):
        december_21 = add_months(_new_year(year + 1), -1) + 20
        touched = first < _new_year(year + 1) and last >= december_21
        if touched and cal.status(year) == "official" and cal.status(year + 1) != "official":
            found.append(year)
    return tuple(found)


def _new_year(year: int) -> int:
    return add_months(1, 12 * (year - 1))


def calendar_status(cal: Calendar, first: int, last: int) -> Status:
    """The weakest status of the years from one day to another."""
    years = [cal.status(year) for year in range(year_of(first), year_of(last) + 1)]
    if "none" in years:
        return "none"
    return "provisional" if "provisional" in years else "official"


def early(cal: Calendar, due: int) -> int | None:
    """A week before a provisional day, or the last working day before that; None: no calendar."""
    return _or_none(back_working, cal, due - WEEK + 1, 1)


def safe_after(cal: Calendar, start: int, due: int) -> int:
    """The safe day of ``due``, some working days after *start*.

    It is ``due`` itself under an official calendar. Under a provisional one it is a week
    earlier, on a working day, but never before the first working day after *start*.
    """
    if not uses_provisional(cal, start + 1, due):
        return due
    return max(early(cal, due) or due, add_working(cal, start, 1))


# -- a whole computation --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Computed:
    """What a period gives (days are ordinals, None where there is no such day).

    ``start`` is the event, or the day E of a period before it. ``unrolled`` is ``due`` before
    it was moved off a rest day. ``opens`` and ``safe_open`` are those of a window.
    ``counted`` are the days that were counted: of working days and of days, not of months.
    ``working`` says how many working days lie in the stretch, ``used`` is the stretch of days
    whose calendar was asked. ``provisional`` and ``may_change`` name years; ``missing`` is the
    year whose calendar would have been needed for a roll or a safe day.
    """

    period: Period
    start: int
    due: int
    unrolled: int
    safe_due: int | None
    opens: int | None
    safe_open: int | None
    counted: tuple[int, ...]
    working: int | None
    used: tuple[int, int]
    calendar: Status
    provisional: tuple[int, ...]
    may_change: tuple[int, ...]
    missing: int | None


def compute(cal: Calendar, start: int, period: Period, roll: bool = True) -> Computed:
    """Count a period from *start* (the expiry, where it is one before a day).

    *roll*: as an act, moved off a rest day; else as a validity, which ends where it ends.
    Raises :class:`NoCalendar` where working days are counted in a year that has none, and
    where a day would lie outside the years 1 to 9999.
    """
    _within_dates(start, period)
    if period.direction == "after":
        due, unrolled, safe = _after(cal, start, period, roll)
        opens = safe_open = None
        first, last = start + 1, unrolled
    elif period.direction == "at_least_before":
        due, safe = latest_before(cal, start, period.unit, period.n)
        unrolled, opens, safe_open = due, None, None
        first, last = due + 1, start
    else:
        opens = window_opens(cal, start, period.unit, period.n)
        safe_open = _or_none(safe_opens, cal, start, period.unit, period.n)
        due = unrolled = start
        safe = _or_none(safe_day, cal, start)
        first, last = opens, start - 1
    used = _used(period, start, opens, due, unrolled, safe, roll)
    return Computed(
        period=period,
        start=start,
        due=due,
        unrolled=unrolled,
        safe_due=safe,
        opens=opens,
        safe_open=safe_open,
        counted=_counted(cal, period.unit, first, last),
        working=_count(cal, period.unit, first, last),
        used=used,
        calendar=calendar_status(cal, *used),
        provisional=uses_provisional(cal, *used),
        may_change=next_notice_may_change(cal, *used),
        missing=_missing(cal, used),
    )


def _within_dates(start: int, period: Period) -> None:
    sign = 1 if period.direction == "after" else -1
    if period.unit in ("years", "months"):
        months = sign * period.n * (12 if period.unit == "years" else 1)
        day = date.fromordinal(start)
        year = (day.year * 12 + day.month - 1 + months) // 12
    elif period.unit == "working_days":
        return
    else:
        year = year_of(_unrolled(start, period.unit, sign * period.n))
    if not 1 <= year <= 9999:
        raise NoCalendar(year)


def _after(cal: Calendar, start: int, period: Period, roll: bool) -> tuple[int, int, int | None]:
    """Due, unrolled and safe day of a forward period."""
    unrolled = shift(cal, start, period.unit, period.n, False)
    if period.unit == "working_days":
        return unrolled, unrolled, safe_after(cal, start, unrolled)
    if not roll:
        return unrolled, unrolled, _or_none(back_working, cal, unrolled, 1)
    rolled = _or_none(add_working, cal, unrolled - 1, 1)
    return (
        unrolled if rolled is None else rolled,
        unrolled,
        _or_none(safe_day, cal, unrolled),
    )


def _used(
    period: Period,
    start: int,
    opens: int | None,
    due: int,
    unrolled: int,
    safe: int | None,
    roll: bool,
) -> tuple[int, int]:
    """The stretch of days whose calendar decides the result: not the stretch that was counted."""
    if period.unit == "working_days":
        if period.direction == "after":
            return start + 1, due
        return min(day for day in (due, safe, opens) if day is not None), start
    if period.direction == "at_least_before" or (period.direction == "after" and not roll):
        return (due - 1 if safe is None else safe), due - 1  # the safe day lies before it
    return (unrolled if safe is None else safe), due


def _counted(cal: Calendar, unit: Unit, first: int, last: int) -> tuple[int, ...]:
    if unit == "working_days":
        return cal.working_between(first, last)
    return tuple(range(first, last + 1)) if unit in ("days", "weeks") else ()


def _count(cal: Calendar, unit: Unit, first: int, last: int) -> int | None:
    """Working days of the stretch; None where they cannot be told, or only provisionally."""
    if unit != "working_days" and calendar_status(cal, first, last) != "official":
        return None
    return len(cal.working_between(first, last))


def _missing(cal: Calendar, used: tuple[int, int]) -> int | None:
    years = range(year_of(used[0]), year_of(used[1]) + 1)
    return next((year for year in years if cal.status(year) == "none"), None)


def _or_none(
    count: Callable[Concatenate[Calendar, P], int], cal: Calendar, *args: P.args, **more: P.kwargs
) -> int | None:
    try:
        return count(cal, *args, **more)
    except NoCalendar:
        return None
