"""The strip: the axis of the number that decides, the law's bounds on it, and where we stand.

    exempt        contract or certification              security assessment
    0 ─────────── ┃ 100,000 ━━━━━━━━●━━━━━━━━━━━━━━━━━━━ ┃ 1,000,000 ────────▸

The scale is piecewise: each band gets the cells that its words and figure need. Where the
figures do not fit into the axis they stand beneath it, in as many lines as they need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from compliancecheck.logic.figures import number_words
from compliancecheck.model.findings import Axis, Band
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval, Number
from compliancecheck.reports.layout import cut, fit, pieces, wrap
from compliancecheck.reports.status import outcome_word

LEAST_BAND = 3  # cells of a band beside its mark and figure
_OPEN = Texts("open", "未定")


@dataclass(frozen=True, slots=True)
class _Signs:
    line: str
    range: str
    point: str
    bound: str
    left: str
    right: str
    end: str
    ghost: str


_UNICODE = _Signs("─", "━", "●", "┃", "◂", "▸", "┤", "○")
_ASCII = _Signs("-", "=", "o", "|", "<", ">", "|", "?")


def draw(
    axis: Axis,
    width: int,
    lang: str,
    ascii: bool = False,
    ways: Mapping[str, Texts] | None = None,
    ghost: Interval | None = None,
) -> list[str]:
    """The strip of *axis*: words of the bands, the axis, and figures that need their own lines.

    No line is wider than *width* cells. ``━`` is the range in which the figure lies, ``●`` a
    point, ``○`` a *ghost*: where the figure is supposed to lie; of a range, its end nearest to
    the figure. *ways* gives the words for ways of a route (see :func:`way_words`). A line of
    words is left out where no band leads anywhere.
    """
    strip = _Strip(axis, width, lang, _ASCII if ascii else _UNICODE, ways or {})
    strip.ghost = ghost
    return strip.lines()


def way_words(routes: Mapping[str, object]) -> dict[str, Texts]:
    """The words of all ways of some routes (``rules.routes``), for :func:`draw`."""
    found: dict[str, Texts] = {}
    for route in routes.values():
        found.update(getattr(route, "ways", {}))
    return found


@dataclass(slots=True)
class _Part:
    """One band: the cells before its axis (mark and figure), those of the axis, where it starts."""

    words: str
    head: str
    cells: int = 0
    start: int = 0

    @property
    def head_width(self) -> int:
        return cell_width(self.head)

    @property
    def width(self) -> int:
        return self.head_width + self.cells


class _Strip:
    def __init__(
        self, axis: Axis, width: int, lang: str, signs: _Signs, ways: Mapping[str, Texts]
    ) -> None:
        self.axis, self.width, self.lang, self.signs, self.ways = axis, width, lang, signs, ways
        self.ascii = signs is _ASCII
        self.bounds = [Fraction(str(exact)) for exact, _ in axis.bounds]
        self.figures = [safe_text(words.get(lang)) for _, words in axis.bounds]
        self.low, self.high = _ends(axis.bands)
        if len(axis.bands) != len(self.bounds) + 1:  # nothing decides: one plain line
            self.bounds, self.figures = [], []
        self.words = self._band_words()
        self.ghost: Interval | None = None

    # -- words -----------------------------------------------------------------------------------

    def _band_words(self) -> list[str]:
        if not self.bounds:
            return [""]
        return [self._leads(band) for band in self.axis.bands]

    def _leads(self, band: Band) -> str:
        names = []
        for name in band.leads_to:
            words = outcome_word(name) or self.ways.get(name)
            names.append(safe_text(words.get(self.lang) if words else name.replace("_", " ")))
        if len(names) > 2:
            return _OPEN.get(self.lang)
        return " / ".join(dict.fromkeys(names))

    def _figure(self, value: Number) -> str:
        return safe_text(number_words(self.axis.type, self.axis.unit, value).get(self.lang))

    # -- layout ----------------------------------------------------------------------------------

    def lines(self) -> list[str]:
        """All lines, each at most as wide as asked."""
        tail = self._tail()
        room = self.width - cell_width(tail)
        inline, parts = True, self._parts(True)
        if not self._place(parts, room, inline):
            inline, parts = False, self._parts(False)
            self._place(parts, room, inline)
        drawn = self._axis_line(parts) + tail
        below = [] if inline else self._below(parts)
        return [cut(line.rstrip(), self.width) for line in [*self._above(parts), drawn, *below]]

    def _tail(self) -> str:
        if self.high is None:
            return self.signs.right
        return f"{self.signs.end} {self._figure(self.high)}"

    def _parts(self, inline: bool) -> list[_Part]:
        first = self.signs.left if self.low is None else f"{self._figure(self.low)} "
        heads = [first]
        for figure in self.figures:
            heads.append(f"{self.signs.bound} {figure} " if inline else self.signs.bound)
        return [_Part(w, h) for w, h in zip(self.words, heads, strict=True)]

    def _place(self, parts: list[_Part], room: int, inline: bool) -> bool:
        """Share the room: what each band needs, then evenly; False if *inline* does not fit."""
        least = [LEAST_BAND] * len(parts)
        if inline and sum(p.head_width for p in parts) + sum(least) > room:
            return False
        if not inline and sum(p.head_width for p in parts) + sum(least) > room:
            least = [1] * len(parts)
        free = room - sum(p.head_width for p in parts)
        for part, cells in zip(parts, least, strict=True):
            part.cells = min(cells, max(free, 0))
            free -= part.cells
        for needs in (self._needs(parts, 2), self._needs(parts, 1)):
            free = _grow(parts, needs, free)
        _spread(parts, free)
        start = 0
        for part in parts:
            part.start = start
            start += part.width
        return True

    def _needs(self, parts: Sequence[_Part], rows: int) -> list[int]:
        """The axis cells with which the words of each band fit over it in *rows* lines."""
        gaps = [1] * (len(parts) - 1) + [-cell_width(self._tail())]
        return [
            _least_width(part.words, rows) + gap - part.head_width
            for part, gap in zip(parts, gaps, strict=True)
        ]

    # -- drawing ---------------------------------------------------------------------------------

    def _above(self, parts: Sequence[_Part]) -> list[str]:
        if not any(p.words for p in parts):
            return []
        rooms = [p.width - 1 for p in parts[:-1]] + [self.width - parts[-1].start]
        columns = [_column(p.words, max(r, 1)) for p, r in zip(parts, rooms, strict=True)]
        height = max(len(column) for column in columns)
        lines = []
        for row in range(height):  # one line of words stands next to the axis
            line = ""
            for part, column in zip(parts, columns, strict=True):
                at = row - height + len(column)
                line = fit(line, part.start) + (column[at] if at >= 0 else "")
            lines.append(line)
        return lines

    def _axis_line(self, parts: Sequence[_Part]) -> str:
        row: list[str] = []
        for part in parts:
            row += [*_cells(part.head), *(self.signs.line for _ in range(part.cells))]
        first, last = self._span(parts)
        if self.axis.value is not None and self.axis.value.is_point:
            row[min(first, len(row) - 1)] = self.signs.point  # the last part may have no room
        else:
            for part in parts:
                begin = part.start + part.head_width
                for at in range(max(begin, first), min(begin + part.cells, last + 1, len(row))):
                    row[at] = self.signs.range
        if self.ghost is not None:
            at = self._ghost_cell(parts, self.ghost)
            taken = row[at] == self.signs.point
            row[min(at + 1, len(row) - 1) if taken else at] = self.signs.ghost
        return "".join(row)

    def _ghost_cell(self, parts: Sequence[_Part], ghost: Interval) -> int:
        """The cell of the ghost, inside the axis of its band: the bound itself stays to be seen."""
        low, high = (None if end is None else Fraction(end) for end in (ghost.low, ghost.high))
        n = sum(1 for b in self.bounds if low is not None and b <= low)
        part = parts[min(n, len(parts) - 1)]
        first, last = part.start + part.head_width, part.start + part.width - 1
        value = self.axis.value or Interval()
        if ghost.is_point and low is not None:
            at = self._position(parts, low)
        elif low is not None and value.high is not None and value.high <= low:
            at = first
        elif high is not None and value.low is not None and high <= value.low:
            at = last
        else:
            at = (first + last) // 2
        return max(min(max(at, first), last), 0)

    def _span(self, parts: Sequence[_Part]) -> tuple[int, int]:
        """The first and last cell of the company's figure."""
        value = self.axis.value or Interval()
        low = None if value.low is None else self._position(parts, Fraction(value.low))
        high = None if value.high is None else self._position(parts, Fraction(value.high))
        end = parts[-1].start + parts[-1].width
        return (0 if low is None else low, end if high is None else high)

    def _position(self, parts: Sequence[_Part], value: Fraction) -> int:
        if value in self.bounds:
            return parts[self.bounds.index(value) + 1].start
        n = sum(1 for bound in self.bounds if bound < value)
        part = parts[n]
        low = self.bounds[n - 1] if n else self.low
        high = self.bounds[n] if n < len(self.bounds) else self.high
        share = _share(value, low, high, self.bounds)
        offset = min(int(share * part.cells), part.cells - 1)
        return part.start + part.head_width + max(offset, 0)

    def _below(self, parts: Sequence[_Part]) -> list[str]:
        """The figures under their marks, each in the first line in which it fits."""
        rows: list[list[tuple[int, str]]] = []
        for part, figure in zip(parts[1:], self.figures, strict=True):
            figure = cut(figure, self.width)
            size = cell_width(figure)
            at = min(max(part.start - size // 2, 0), self.width - size)
            for row in rows:
                last, text = row[-1]
                if last + cell_width(text) + 1 <= at:
                    row.append((at, figure))
                    break
            else:
                rows.append([(at, figure)])
        lines = []
        for row in rows:
            line = ""
            for at, text in row:
                line = fit(line, at) + text
            lines.append(line)
        return lines


def _cells(text: str) -> list[str]:
    """One entry a cell: a wide character is followed by an empty one."""
    cells: list[str] = []
    for char in text:
        size = cell_width(char)
        if size == 0 and cells:
            cells[-1] += char
        else:
            cells += [char, *[""] * (size - 1)]
    return cells


def _ends(bands: Sequence[Band]) -> tuple[Number | None, Number | None]:
    spans = [band.values for band in bands if isinstance(band.values, tuple) and band.values]
    if not spans:
        return None, None
    first, last = spans[0][0], spans[-1][-1]
    return first.low, last.high


def _share(
    value: Fraction, low: Number | None, high: Number | None, bounds: Sequence[Fraction]
) -> Fraction:
    """Where a value lies in its band, from 0 to 1; a band without an end grows ever slower."""
    if low is not None and high is not None:
        return Fraction(value - low) / Fraction(high - low) if high > low else Fraction(0)
    scale = abs(bounds[-1] - bounds[0]) if len(bounds) > 1 else abs(bounds[0]) if bounds else 0
    scale = Fraction(scale or 1)
    if low is not None:
        away = value - low
        return away / (away + scale)
    if high is not None:
        away = high - value
        return 1 - away / (away + scale)
    return Fraction(1, 2)


def _least_width(words: str, rows: int) -> int:
    """The fewest cells in which *words* wrap to at most *rows* lines."""
    whole = cell_width(words)
    if rows == 1 or not words:
        return whole
    width = max(whole // rows, *(cell_width(word.rstrip()) for word in pieces(words)))
    while width < whole:
        lines = wrap(words, width)
        if len(lines) <= rows and all(cell_width(line) <= width for line in lines):
            return width
        width += 1
    return whole


def _column(words: str, width: int) -> list[str]:
    lines = wrap(words, width)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [cut(line, width) for line in lines]


def _grow(parts: Sequence[_Part], needs: Sequence[int], free: int) -> int:
    """Give cells to the bands that need more, the smallest need first; what is left."""
    order = sorted(range(len(parts)), key=lambda n: (needs[n] - parts[n].cells, n))
    waiting = [n for n in order if needs[n] > parts[n].cells]
    while waiting and free > 0:
        n = waiting.pop(0)
        share = min(needs[n] - parts[n].cells, free // (len(waiting) + 1))
        parts[n].cells += share
        free -= share
    return free


def _spread(parts: Sequence[_Part], free: int) -> None:
    each, rest = divmod(max(free, 0), len(parts))
    for n, part in enumerate(parts):
        part.cells += each + (1 if n < rest else 0)
