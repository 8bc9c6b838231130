"""The ladder of years: each instrument as a bar from the day on which its law began."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from textual.content import Content

from compliancecheck.logic.compare_draft import taken_by
from compliancecheck.model.instruments import Instrument, Rules
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports.layout import wrap
from compliancecheck.tui.paper import QUIET, plain

LEAST_NAME, MOST_NAME = 16, 30


def years_lines(
    rules: Rules, instruments: Sequence[Instrument], day: int, width: int, lang: str, here: str = ""
) -> Iterator[Content]:
    """An axis of years, and below it a bar with the name of each instrument.

    *day* is the day of law, marked with ``▴``; the instrument *here* stands out. ``D`` is where
    a draft was published and ``×`` where another text took its place; ``┄`` says that some of
    the rules have been displaced.
    """
    if not instruments:
        return
    names = [safe_text(i.short.get(lang)) for i in instruments]
    longest = max(cell_width(name) for name in names)
    room = max(min(longest, MOST_NAME, width - 21), min(longest, LEAST_NAME))
    axis = _Axis(rules, instruments, day, max(width - room - 1, 8))
    yield from axis.head()
    for instrument, name in zip(instruments, names, strict=True):
        first, *more = wrap(name, room)
        style = "bold" if instrument.id == here else ""
        yield plain(f"{axis.bar(instrument)} ", style) + plain(first, style)
        for line in more:
            yield plain(" " * (axis.cells + 1) + line, style)


class _Axis:
    def __init__(
        self, rules: Rules, instruments: Sequence[Instrument], day: int, cells: int
    ) -> None:
        self.rules, self.day, self.cells = rules, day, cells
        starts = [_start(i) for i in instruments]
        self.years = range(
            date.fromordinal(min(*starts, day)).year, date.fromordinal(max(*starts, day)).year + 1
        )
        self.first = date(self.years[0], 1, 1).toordinal()
        self.days = date(self.years[-1], 12, 31).toordinal() + 1 - self.first

    def at(self, day: int) -> int:
        """The cell of a day."""
        return min(max((day - self.first) * self.cells // self.days, 0), self.cells - 1)

    def head(self) -> Iterator[Content]:
        """The years that have room, and where the day of law lies."""
        row, end = "", -1
        for year in self.years:
            at = self.at(date(year, 1, 1).toordinal())
            if at > end and at + 4 <= self.cells:
                row += " " * (at - len(row)) + str(year)
                end = at + 4
        yield plain(row, QUIET)
        yield plain(" " * self.at(self.day) + "▾", QUIET)

    def bar(self, instrument: Instrument) -> str:
        """From its first day to its last."""
        draft = instrument.is_draft
        start, end = self.at(_start(instrument)), self._end(instrument)
        last = self.cells - 1 if end is None else max(self.at(end), start + 1)
        cells = [" "] * start + ["─"] * (last - start + 1)
        partly = self._partly(instrument)
        if partly is not None:
            for n in range(min(self.at(partly) + 1, last), last):
                cells[n] = "┄"
        cells[start] = "D" if draft else "├"
        if len(cells) > start + 1:
            cells[-1] = ("×" if draft else "┤") if end is not None else "▸"
        return "".join(cells[: self.cells]).ljust(self.cells)

    def _end(self, instrument: Instrument) -> int | None:
        if instrument.is_draft:
            later = taken_by(self.rules, instrument.id)
            return min((self.rules.instruments[name].issued for name in later), default=None)
        return instrument.ends.first if instrument.ends is not None else None

    def _partly(self, instrument: Instrument) -> int | None:
        """Since when another instrument has taken the place of some of its rules."""
        days = [
            by.effective.first
            for p in self.rules.prevails
            for by in [self.rules.instruments[p.instrument]]
            if self.rules.rules[p.rule].instrument == instrument.id and by.effective is not None
        ]
        return min(days, default=None)


def _start(instrument: Instrument) -> int:
    return instrument.effective.first if instrument.effective is not None else instrument.issued


def around(rules: Rules, instrument: Instrument) -> list[Instrument]:
    """An instrument with those it replaces or displaces, and those that do so to it; by day."""
    near = {instrument.id, *instrument.replaces}
    near |= {i.id for i in rules.instruments.values() if instrument.id in i.replaces}
    if instrument.is_draft:
        near |= set(taken_by(rules, instrument.id))
    for prevails in rules.prevails:
        both = {prevails.instrument, rules.rules[prevails.rule].instrument}
        if instrument.id in both:
            near |= both
    return by_day([i for i in rules.instruments.values() if i.id in near])


def by_day(instruments: Sequence[Instrument]) -> list[Instrument]:
    """Instruments in the order in which they began (a draft: was published)."""
    return sorted(instruments, key=_start)
