"""A compact calendar of months: holidays, make-up working days, counted days and marked ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliancecheck.logic.calendar import Calendar, year_of
from compliancecheck.model.calendar import DayKind
from compliancecheck.model.texts import Texts
from compliancecheck.reports.layout import fit
from compliancecheck.reports.lines import painted
from compliancecheck.reports.sheet import Sheet, packed

MOST_MONTHS = 14
"""More months than this are not drawn between those that hold a marked day."""

_CELL = 4  # two digits, a sign, a gap
_WIDTH = 7 * _CELL
_GAP = 2
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_HEAD = Texts("Mo  Tu  We  Th  Fr  Sa  Su", "一  二  三  四  五  六  日")
WEEKDAYS = (
    Texts("Mon", "周一"),
    Texts("Tue", "周二"),
    Texts("Wed", "周三"),
    Texts("Thu", "周四"),
    Texts("Fri", "周五"),
    Texts("Sat", "周六"),
    Texts("Sun", "周日"),
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign behind a day, its ASCII form, colour and words."""

    symbol: str
    ascii: str
    ansi: str
    words: Texts

    def of(self, ascii_only: bool) -> str:
        """The sign, or its ASCII form."""
        return self.ascii if ascii_only else self.symbol


START = Sign("○", "o", "1", Texts("start, not counted", "起算日（不计入）"))
EXPIRY = Sign("○", "o", "1", Texts("the day counted back from", "届满日"))
DUE = Sign("■", "*", "1", Texts("due", "最后一日"))
SAFE = Sign("□", "~", "1", Texts("safe due", "稳妥日期"))
UNROLLED = Sign("!", "!", "1", Texts("last day before it was moved", "顺延前的最后一日"))
OPENS = Sign("▸", ">", "1", Texts("opens", "窗口首日"))
_COUNTED = Sign("·", ".", "", Texts("counted", "计入"))
_MAKE_UP = Sign("+", "+", "36", Texts("weekend day worked (make-up)", "调休上班"))
_OFF = Sign("×", "x", "31", Texts("holiday, Mon-Fri", "放假（周一至周五）"))
_LEGEND = (START, EXPIRY, OPENS, _COUNTED, _MAKE_UP, _OFF, UNROLLED, SAFE, DUE)
_KINDS: Mapping[DayKind, Sign] = {"make_up": _MAKE_UP, "off": _OFF}


@dataclass(frozen=True, slots=True)
class Drawing:
    """What to draw: the months from one day to another, which days count, which are marked."""

    first: int
    last: int
    counted: frozenset[int]
    marks: Mapping[int, Sign]


def month_lines(cal: Calendar, drawing: Drawing, sheet: Sheet) -> list[str]:
    """Months side by side as far as the sheet is wide, and below them what the signs mean."""
    months, left_out = _months(drawing)
    used: set[Sign] = set()
    blocks = [_block(cal, year, month, drawing, sheet, used) for year, month in months]
    lines: list[str] = []
    columns = max((sheet.width + _GAP) // (_WIDTH + _GAP), 1)
    for at in range(0, len(blocks), columns):
        lines += [*_beside(blocks[at : at + columns]), ""]
    if left_out:
        said = f"{left_out} months in between are not drawn"
        lines += [sheet.say(said, f"其间{left_out}个月未绘出"), ""]
    legend = [
        f"{sign.of(sheet.ascii)} {sign.words.get(sheet.lang)}" for sign in _LEGEND if sign in used
    ]
    return [*lines, *packed(legend, sheet.width, 0, "   ")]


def weekday(day: int, lang: str) -> str:
    """``Thu`` or ``周四``."""
    return WEEKDAYS[(day - 1) % 7].get(lang)


def _months(drawing: Drawing) -> tuple[list[tuple[int, int]], int]:
    """The months to draw, and how many between them are not."""
    ends = [_month_of(day) for day in (drawing.first, drawing.last)]
    every = [divmod(n, 12) for n in range(ends[0], ends[1] + 1)]
    kept = every
    if len(every) > MOST_MONTHS:
        marked = {_month_of(day) for day in drawing.marks}
        kept = [pair for pair in every if pair[0] * 12 + pair[1] in marked]
    return [(year, month + 1) for year, month in kept], len(every) - len(kept)


def _month_of(day: int) -> int:
    when = date.fromordinal(min(max(day, 1), date.max.toordinal()))
    return when.year * 12 + when.month - 1


def _block(
    cal: Calendar, year: int, month: int, drawing: Drawing, sheet: Sheet, used: set[Sign]
) -> list[str]:
    """The lines of a month, each of the same width."""
    title = sheet.say(f"{_NAMES[month - 1]} {year}", f"{year}年{month}月")
    first = date(year, month, 1).toordinal()
    weeks = [" " * _CELL * ((first - 1) % 7)]
    day = first
    while year_of(day) == year and date.fromordinal(day).month == month:
        if (day - 1) % 7 == 0 and day != first:
            weeks.append("")
        weeks[-1] += _cell(cal, day, day - first + 1, drawing, sheet, used)
        day += 1
    weeks[-1] += " " * _CELL * (-(day - 1) % 7)
    return [fit(title, _WIDTH), fit(_HEAD.get(sheet.lang), _WIDTH), *weeks]


def _cell(
    cal: Calendar, day: int, number: int, drawing: Drawing, sheet: Sheet, used: set[Sign]
) -> str:
    sign = drawing.marks.get(day) or _KINDS.get(cal.holiday_kind(day))
    if sign is None and day in drawing.counted:
        sign = _COUNTED
    if sign is None:
        return f"{number:>2}".ljust(_CELL)
    used.add(sign)
    return painted(f"{number:>2}{sign.of(sheet.ascii)}", sign.ansi, sheet.color) + " "


def _beside(blocks: Sequence[Sequence[str]]) -> Iterable[str]:
    height = max(len(block) for block in blocks)
    for row in range(height):
        parts = [block[row] if row < len(block) else " " * _WIDTH for block in blocks]
        yield (" " * _GAP).join(parts).rstrip()
