"""A year of the working-day calendar, a user's overlay, and the periods that are counted in it.

Days are ordinals (``date.toordinal``). The tables here are the provisional ones, for years
without a State Council notice: weekends, the statutory holidays, and the compensation of those
that fall on a weekend; no swaps and no make-up days, which only a notice can set.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["official", "provisional", "none"]
"""Whether a year's calendar follows a notice, is projected, or does not exist."""

DayKind = Literal["work", "weekend", "off", "make_up", "none"]
"""Of a day: ordinary working day, ordinary weekend, Mon–Fri day off, worked weekend day, or
a day of a year that has no calendar."""

Unit = Literal["years", "months", "weeks", "days", "working_days"]
UNITS: tuple[Unit, ...] = ("years", "months", "weeks", "days", "working_days")

MOST: Mapping[Unit, int] = {
    "years": 50,
    "months": 600,
    "weeks": 520,
    "days": 3650,
    "working_days": 3650,
}
"""The longest period that is counted in each unit; the shortest is 1."""

Direction = Literal["after", "at_least_before", "within_before"]
"""From a start day on; at least so long before a day E; within the stretch before a day E."""


@dataclass(frozen=True, slots=True)
class YearTable:
    """What differs from Monday–Friday in one year.

    ``weekday_off`` are Mon–Fri days on which nobody works, ``weekend_work`` Saturdays and
    Sundays that are worked. A notice may also set days in December of the year before: those
    stand in the same sets, and change the table of that year.
    """

    year: int
    status: Literal["official", "provisional"]
    weekday_off: frozenset[int]
    weekend_work: frozenset[int] = frozenset()
    source: str = ""
    published: int | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """Tables of years that a user supplies; they stand before all others. ``path``: their file."""

    tables: Mapping[int, YearTable]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A period as it is written: 45 working days after, 60 working days before at least."""

    direction: Direction
    unit: Unit
    n: int


def _provisional(year: int, days: str) -> YearTable:
    off = (date.fromisoformat(f"{year}-{day}").toordinal() for day in days.split())
    return YearTable(year, "provisional", frozenset(off))


PROVISIONAL: Mapping[int, YearTable] = {
    2027: _provisional(
        2027,
        "01-01 02-05 02-08 02-09 02-10 04-05 05-03 05-04 06-09 09-15 10-01 10-04 10-05",
    ),
    2028: _provisional(
        2028,
        "01-03 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-29 10-02 10-03 10-04 10-05",
    ),
    2029: _provisional(
        2029,
        "01-01 02-12 02-13 02-14 02-15 04-04 05-01 05-02 06-18 09-24 10-01 10-02 10-03",
    ),
    2030: _provisional(
        2030,
        "01-01 02-04 02-05 02-06 02-07 04-05 05-01 05-02 06-05 09-12 10-01 10-02 10-03",
    ),
}
