"""Bilingual texts, places in files and days: the small things that every other model carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in English and in Chinese; either may be empty, then the other is shown."""

    en: str
    zh: str

    def get(self, lang: str) -> str:
        """The text in *lang* (``en`` or ``zh``), or the other one if it is missing."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: lines and columns count code points from 1; ``end_column`` is after it."""

    path: str
    line: int
    column: int
    end_column: int


@dataclass(frozen=True, slots=True)
class DayRange:
    """A day, or a range of days where the day is disputed (ordinals, both ends included)."""

    first: int
    last: int

    def reached(self, day: int) -> bool | None:
        """Whether *day* is on or after this day; None inside a disputed range."""
        if day >= self.last:
            return True
        return False if day < self.first else None


def iso(ordinal: int) -> str:
    """The ISO date of a day ordinal; a day before or after all calendars is the nearest in one."""
    # `not yet` on the last day of the calendar lies a day after it.
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()
