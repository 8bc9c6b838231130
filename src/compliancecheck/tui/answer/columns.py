"""The columns in which answers stand: words, words in the other language, what each leads to.

All answers of a question share them, so that each column begins at one cell; by cells, not by
characters, as Chinese ones are two wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compliancecheck.model.safe import cell_width
from compliancecheck.reports.layout import fit, wrap

BOTH_LANGUAGES = 80
"""Cells from which an answer stands in both languages."""

LEAD = 7
"""The cells of digit and mark, `` 1 (•) ``."""
GAP = 2
LEAST_WORDS, LEAST_LEADS = 14, 16
"""Cells below which a column is not narrowed: it would be a tower of short lines."""


@dataclass(slots=True)
class Cells:
    """One answer: its words, those in the other language (empty: the same), what it leads to."""

    words: str
    also: str
    leads: str


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the columns are; ``leads`` 0: what it leads to stands below the words."""

    words: int
    also: int
    leads: int


class Columns:
    """The answers of one question; the widths follow from all of them and from the room."""

    def __init__(self, cells: Sequence[Cells]) -> None:
        self.cells = list(cells)
        self._kept: dict[int, Widths] = {}

    def lead(self, n: int, words: str) -> bool:
        """Say what answer *n* leads to; whether any other one stands differently now."""
        before = dict(self._kept)
        self.cells[n].leads = words
        self._kept.clear()
        return any(self.widths(room) != was for room, was in before.items())

    def widths(self, room: int) -> Widths:
        """The widths of the columns in *room* cells."""
        if room not in self._kept:
            self._kept[room] = self._worked_out(room)
        return self._kept[room]

    def _worked_out(self, room: int) -> Widths:
        words = _widest(cell.words for cell in self.cells)
        leads = _widest(cell.leads for cell in self.cells)
        beside = min(leads, LEAST_LEADS) + GAP if leads else 0
        also = self._also(room)
        if also:
            words, also = _shared(words, also, room - GAP - beside)
        taken = words + (GAP + also if also else 0)
        if taken + beside <= room:
            return Widths(words, also, room - taken - GAP if leads else 0)
        narrow = room - GAP - min(leads, 2 * LEAST_LEADS)
        wrapped = sum(1 for cell in self.cells if cell_width(cell.words) > narrow)
        if narrow >= LEAST_WORDS and wrapped < sum(1 for cell in self.cells if cell.leads):
            return Widths(narrow, 0, room - narrow - GAP)
        return Widths(min(words, room), 0, 0)

    def _also(self, room: int) -> int:
        if room + LEAD < BOTH_LANGUAGES:
            return 0
        return _widest(cell.also for cell in self.cells)

    def rows(self, n: int, room: int) -> list[str]:
        """Answer *n* in *room* cells."""
        widths, cell = self.widths(room), self.cells[n]
        columns = [(widths.words, cell.words)]
        columns += [(widths.also, cell.also)] if widths.also else []
        columns += [(widths.leads, cell.leads)] if widths.leads else []
        wrapped = [wrap(text, width) if text else [] for width, text in columns]
        lines = []
        for k in range(max(map(len, wrapped), default=0)):
            parts = [
                fit(lines_[k] if k < len(lines_) else "", width)
                for (width, _), lines_ in zip(columns, wrapped, strict=True)
            ]
            lines.append((" " * GAP).join(parts).rstrip())
        if cell.leads and not widths.leads:
            lines += ["  " + line for line in wrap(cell.leads, max(room - 2, 4))]
        return lines or [""]


def _widest(texts: Iterable[str]) -> int:
    return max(map(cell_width, texts), default=0)


def _shared(one: int, other: int, room: int) -> tuple[int, int]:
    """Two widths in *room* cells: the wider one gives way, both if both are wide."""
    if one + other <= room:
        return one, other
    half = room // 2
    if one <= half:
        return one, room - one
    return (room - other, other) if other <= half else (half, half)
