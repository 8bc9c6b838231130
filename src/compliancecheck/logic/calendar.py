"""The working-day calendar behind one interface: which days are worked, and how sure that is.

A year is resolved once, in this order: an overlay of the user, the notices that the library
``chinesecalendar`` knows, the provisional tables; else it has no calendar.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cache

from compliancecheck.model.calendar import (
    PROVISIONAL,
    DayKind,
    Overlay,
    Status,
    YearTable,
)

_LAST_ORDINAL = date.max.toordinal()
_KINDS: tuple[DayKind, ...] = ("work", "make_up", "weekend", "off")
_WORK, _MAKE_UP, _WEEKEND, _OFF = range(4)


class NoCalendar(Exception):
    """A working day was asked for in a year for which there is no calendar: ``year``."""

    def __init__(self, year: int) -> None:
        super().__init__(f"no calendar for {year}")
        self.year = year


class _Year:
    """A resolved year: the kind of each day, and its working days in order."""

    __slots__ = ("first", "kinds", "working")

    def __init__(self, first: int, kinds: bytes) -> None:
        self.first = first
        self.kinds = kinds
        self.working = tuple(first + n for n, kind in enumerate(kinds) if kind <= _MAKE_UP)


class Calendar:
    """The calendar of working days, with the *overlays* of a user before all other sources.

    Where several overlays hold the same year, the last one counts. Years are resolved when
    first asked for and kept. Days are ordinals.
    """

    __slots__ = ("_overlaid", "_years")

    def __init__(self, overlays: Iterable[Overlay] = ()) -> None:
        self._overlaid: dict[int, YearTable] = {}
        for overlay in overlays:
            self._overlaid.update(overlay.tables)
        self._years: dict[int, _Year] = {}

    def status(self, year: int) -> Status:
        """Whether a year's calendar follows a notice (``official``), is ``provisional`` or none."""
        table = self.table(year)
        return table.status if table else "none"

    def table(self, year: int) -> YearTable | None:
        """The table that a year is resolved from (see :meth:`status`); None without calendar."""
        return self._overlaid.get(year) or _announced(year) or PROVISIONAL.get(year)

    def is_working(self, day: int) -> bool:
        """Whether state organs work on a day. Raises :class:`NoCalendar`."""
        year = self._year(year_of(day))
        return year.kinds[day - year.first] <= _MAKE_UP

    def holiday_kind(self, day: int) -> DayKind:
        """What kind of day it is, for drawing; ``none`` in a year without a calendar."""
        try:
            year = self._year(year_of(day))
        except NoCalendar:
            return "none"
        return _KINDS[year.kinds[day - year.first]]

    def working_days(self, year: int) -> tuple[int, ...]:
        """All working days of a year, in order. Raises :class:`NoCalendar`."""
        return self._year(year).working

    def working_between(self, first: int, last: int) -> tuple[int, ...]:
        """The working days from *first* to *last*, both included. Raises :class:`NoCalendar`."""
        if last < first:
            return ()
        found: list[int] = []
        for year in range(year_of(first), year_of(last) + 1):
            days = self.working_days(year)
            found += days[bisect_left(days, first) : bisect_right(days, last)]
        return tuple(found)

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._resolved(year)
        return found

    def _resolved(self, year: int) -> _Year:
        table = self.table(year)
        if table is None:
            raise NoCalendar(year)
        off, work = set(table.weekday_off), set(table.weekend_work)
        # A notice is named after one year and may set days in December of the year before.
        following = self._overlaid.get(year + 1)
        if following is not None:
            off = (off - following.weekend_work) | following.weekday_off
            work = (work - following.weekday_off) | following.weekend_work
        first = date(year, 1, 1).toordinal()
        last = date(year, 12, 31).toordinal()
        return _Year(first, bytes(_kind(day, off, work) for day in range(first, last + 1)))


def _kind(day: int, off: set[int], work: set[int]) -> int:
    if day % 7 in (6, 0):  # ordinal 1 is a Monday
        return _MAKE_UP if day in work else _WEEKEND
    return _OFF if day in off else _WORK


def year_of(day: int) -> int:
    """The year of an ordinal; 0 before and 10000 after the days that have a date."""
    if day < 1:
        return 0
    return date.fromordinal(day).year if day <= _LAST_ORDINAL else 10_000


@cache
def _announced(year: int) -> YearTable | None:
    """The table of a year as the library knows it from the notices."""
    return _library().get(year)


@cache
def _library() -> dict[int, YearTable]:
    from chinese_calendar import holidays, workdays  # 9 ms that only deadlines need to pay

    # The library's own functions search all its days for the supported range at every call.
    years = range(min(holidays).year, max(holidays).year + 1)
    off: dict[int, set[int]] = {year: set() for year in years}
    work: dict[int, set[int]] = {year: set() for year in years}
    for day in holidays:
        if day.weekday() < 5 and day not in workdays:
            off[day.year].add(day.toordinal())
    for day in workdays:
        if day.weekday() >= 5 and day.year in work:
            work[day.year].add(day.toordinal())
    return {
        year: YearTable(
            year, "official", frozenset(off[year]), frozenset(work[year]), "chinesecalendar"
        )
        for year in years
    }


@cache
def default_calendar() -> Calendar:
    """The calendar without overlays; made once, so that its resolved years are shared."""
    return Calendar()
