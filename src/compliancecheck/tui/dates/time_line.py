"""The time line of the Dates tab: months, holidays, windows and due days, drawn for a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from textual.content import Content

from compliancecheck.logic.calendar import Calendar
from compliancecheck.model.calendar import DayKind
from compliancecheck.model.findings import DatedAct
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Number
from compliancecheck.reports.dates import act_text
from compliancecheck.reports.sheet import Sheet, packed
from compliancecheck.tui.paper import QUIET, plain, shortened
from compliancecheck.tui.words import say

SCALES = ((2, 1), (1, 1), (1, 2), (1, 4), (1, 7), (1, 14))
"""How many cells stand for how many days, from weeks to years."""

USUAL_SCALE = 2
_STEPS = (1, 1, 1, 1, 3, 6)
"""At each scale, every how many months one is named."""

_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_LEAST = 12  # cells in which a name still says something
_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of the time line, its ASCII form, its words in the legend."""

    symbol: str
    ascii: str
    words: Texts


TODAY = Sign("▲", "^", Texts("today", "今日"))
START = Sign("○", "o", Texts("counted from", "起算"))
SPAN = Sign("─", "-", Texts("", ""))
OPENS = Sign("├", "[", Texts("opens", "开始"))
CLOSES = Sign("┤", "]", Texts("closes", "截止"))
SAFE = Sign("□", "~", Texts("safe due", "稳妥日期"))
DUE = Sign("■", "*", Texts("due", "最后一日"))
RANGE = Sign("╌", "=", Texts("on one of these days", "其中某日"))
DONE = Sign("✓", "+", Texts("done", "已完成"))
BEFORE = Sign("◂", "<", Texts("begins earlier", "更早开始"))
AFTER = Sign("▸", ">", Texts("goes on", "继续延伸"))
OFF = Sign("░", "x", Texts("holiday", "放假"))
MAKE_UP = Sign("+", "+", Texts("make-up working day", "调休上班"))
WEEKEND = Sign("·", ".", Texts("weekend", "周末"))
LEGEND = (TODAY, START, OPENS, CLOSES, RANGE, SAFE, DUE, DONE, OFF, MAKE_UP, WEEKEND, BEFORE, AFTER)
_KINDS: dict[DayKind, Sign] = {"make_up": MAKE_UP, "off": OFF}


@dataclass(frozen=True, slots=True)
class View:
    """What of time is drawn: from the day *first*, at a scale."""

    first: int
    scale: int = USUAL_SCALE

    def days(self, width: int) -> int:
        """How many days *width* cells hold."""
        cells, days = SCALES[self.scale]
        return max(width * days // cells, 1)

    def cell(self, day: int) -> int:
        """The cell of a day; outside of the view it is negative, or beyond the width."""
        cells, days = SCALES[self.scale]
        return (day - self.first) * cells // days

    def day(self, cell: int) -> int:
        """The first day of a cell."""
        cells, days = SCALES[self.scale]
        return self.first - (-cell * days // cells)

    def zoomed(self, way: int, width: int, middle: int) -> View:
        """Nearer (-1) or farther (1); the day *middle* keeps its cell, if it is in view."""
        scale = min(max(self.scale + way, 0), len(SCALES) - 1)
        at = self.cell(middle)
        if not 0 <= at < width:
            at = width // 2
            middle = self.day(at)
        nearer = View(0, scale)
        return kept_in_time(View(middle - nearer.day(at), scale))

    def scrolled(self, way: int, width: int) -> View:
        """A quarter of the width earlier (-1) or later (1)."""
        return kept_in_time(replace(self, first=self.first + way * max(self.days(width) // 4, 1)))

    def showing(self, act: DatedAct, width: int) -> View:
        """This view if one of the act's days is in it, else one in which its day is."""
        days = [day for day in days_of(act) if day is not None]
        if not days or any(0 <= self.cell(day) < width for day in days):
            return self
        return kept_in_time(replace(self, first=days[0] - self.days(width) // 3))


def kept_in_time(view: View) -> View:
    """A view that does not begin before or near the end of the days that have a date."""
    return replace(view, first=min(max(view.first, 1), _LAST - 3000))


def days_of(act: DatedAct) -> tuple[int | None, ...]:
    """The days at which an act shows: its due day first."""
    found = []
    for interval in (act.due, act.opens, act.done):
        if interval is not None:
            found += [None if end is None else int(end) for end in (interval.low, interval.high)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Paints:
    """How the acts are told apart: those that are drawn, the one under the cursor, its style."""

    acts: Sequence[DatedAct]
    chosen: DatedAct | None
    styles: Sequence[str]


def time_line(
    view: View, paints: Paints, cal: Calendar, today: int, rows: int, width: int, sheet: Sheet
) -> Iterator[Content]:
    """The months, the calendar, today, at most *rows* acts, and what the signs mean.

    How many acts lie before and after what is drawn stands at the ends of the months; a bar that
    goes on beyond an end has a mark there.
    """
    yield plain(_months(view, _beyond(view, paints, sheet), width, sheet), QUIET)
    if view.scale < 2:
        yield plain(_mondays(view, width), QUIET)
    used = {TODAY} if 0 <= view.cell(today) < width else set()
    shading = _shading(view, cal, width, used, sheet)
    if shading.strip():
        yield plain(shading, QUIET)
    if used & {TODAY}:
        yield _today(view, today, width, sheet)
    drawn = [n for n, act in enumerate(paints.acts) if _in_view(view, act, width)]
    shown = _around(drawn, paints, rows)
    for n in shown:
        act = paints.acts[n]
        style = paints.styles[n] + (" bold" if act is paints.chosen else "")
        yield _row(view, act, width, used, sheet, style.strip())
    left = len(drawn) - len(shown)
    also = [say("more_in_view", sheet.lang, n=left)] if left else []
    yield from _legend(used, also, width, sheet)


def _beyond(view: View, paints: Paints, sheet: Sheet) -> tuple[str, str]:
    """How many acts lie before, and how many after what is drawn; empty: none."""
    cells = [found for act in paints.acts if (found := _cells(view, act))]
    end = view.cell(view.first + view.days(sheet.width))
    earlier = sum(1 for found in cells if max(found) < 0)
    later = sum(1 for found in cells if min(found) >= end)
    before = say("earlier", sheet.lang, sign=_of(BEFORE, sheet), n=earlier)
    after = say("later", sheet.lang, sign=_of(AFTER, sheet), n=later)
    return f"{before} " if earlier else "", f" {after}" if later else ""


def _around(drawn: list[int], paints: Paints, rows: int) -> list[int]:
    """As many of the acts in view as there is room for, the one under the cursor among them."""
    at = next((k for k, n in enumerate(drawn) if paints.acts[n] is paints.chosen), 0)
    first = min(max(at - rows // 2, 0), max(len(drawn) - rows, 0))
    return drawn[first : first + rows]


def _in_view(view: View, act: DatedAct, width: int) -> bool:
    cells = _cells(view, act)
    return bool(cells) and max(cells) >= 0 and min(cells) < width


def _cells(view: View, act: DatedAct) -> list[int]:
    return [view.cell(day) for day in days_of(act) if day is not None]


def _months(view: View, ends: tuple[str, str], width: int, sheet: Sheet) -> str:
    """``◂ 2 earlier ── Dec ────── Jan 2027 ── 1 later ▸``: each name where its month begins.

    The first stands beside the left end; one that has no room is left out.
    """
    line = ["-" if sheet.ascii else "─"] * width
    start, end = cell_width(ends[0]), width - cell_width(ends[1])

    def put(text: str, cell: int) -> int:
        size = cell_width(text)
        line[cell : cell + size] = [text, *([""] * (size - 1))] if size else []
        return cell + size

    free = put(ends[0], 0)
    put(ends[1], end)
    for cell, month in _firsts(view, width):
        name = f" {_name(month, cell == 0, sheet)} "
        cell = max(cell, 2 + (start if cell == 0 else 0))
        if free <= cell <= end - cell_width(name):
            free = put(name, cell) + 1
    return "".join(line)


def _firsts(view: View, width: int) -> Iterator[tuple[int, date]]:
    """The month in which the view begins, then those that are named, each with its cell."""
    month = date.fromordinal(view.first).replace(day=1)
    while view.cell(month.toordinal()) < width:
        step = _STEPS[view.scale]
        if month.toordinal() <= view.first or (month.month - 1) % step == 0:
            yield max(view.cell(month.toordinal()), 0), month
        if month.year == date.max.year and month.month == 12:
            return
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _name(month: date, first: bool, sheet: Sheet) -> str:
    with_year = month.month == 1 or first
    if sheet.lang == "zh":
        return f"{month.year}年{month.month}月" if with_year else f"{month.month}月"
    name = _MONTHS[month.month - 1]
    return f"{name} {month.year}" if with_year else name


def _mondays(view: View, width: int) -> str:
    """The day of the month of each Monday, in its cell."""
    line = [" "] * width
    day = view.first + -(view.first - 1) % 7
    while view.cell(day) < width - 1:
        cell, number = view.cell(day), str(date.fromordinal(day).day)
        line[cell : cell + len(number)] = number
        day += 7
    return "".join(line).rstrip()


def _shading(view: View, cal: Calendar, width: int, used: set[Sign], sheet: Sheet) -> str:
    """Holidays, make-up working days, and weekends where a cell is a day or less."""
    line = []
    for cell in range(width):
        days = range(view.day(cell), max(view.day(cell + 1), view.day(cell) + 1))
        kinds = {cal.holiday_kind(day) for day in days} if view.scale < 4 else set()
        sign = next((_KINDS[kind] for kind in _KINDS if kind in kinds), None)
        if sign is None and view.scale < 2 and "weekend" in kinds:
            sign = WEEKEND
        if sign is not None:
            used.add(sign)
        line.append(" " if sign is None else _of(sign, sheet))
    return "".join(line).rstrip()


def _today(view: View, today: int, width: int, sheet: Sheet) -> Content:
    at, word = view.cell(today), TODAY.words.get(sheet.lang)
    sign = _of(TODAY, sheet)
    if at + 1 + cell_width(word) <= width:
        return plain(" " * at + sign + word, "bold")
    return plain(" " * (at - cell_width(word)) + word + sign, "bold")


def _of(sign: Sign, sheet: Sheet) -> str:
    return sign.ascii if sheet.ascii else sign.symbol


def _row(
    view: View, act: DatedAct, width: int, used: set[Sign], sheet: Sheet, style: str
) -> Content:
    """One act: its window or the stretch that was counted, its days, and its name beside them."""
    cells = [" "] * width

    def mark(day: int | None, sign: Sign) -> None:
        if day is not None and 0 <= view.cell(day) < width:
            used.add(sign)
            cells[view.cell(day)] = _of(sign, sheet)

    def span(first: int, last: int, sign: Sign) -> None:
        start, end = view.cell(first), view.cell(last)
        for cell in range(max(start, 0), min(end + 1, width)):
            cells[cell] = _of(sign, sheet)
        if start < 0 <= end:
            cells[0] = _of(BEFORE, sheet)
        if start < width <= end:
            cells[-1] = _of(AFTER, sheet)

    due = None if act.due is None else (_int(act.due.low), _int(act.due.high))
    opens = None if act.opens is None else _int(act.opens.low)
    low, high = due or (None, None)
    point = low if low is not None and low == high else None
    begin = opens if opens is not None else act.start
    if begin is not None and point is not None and begin < point:
        span(begin, point, SPAN)
    if point is None and due is not None:
        used.add(RANGE)
        span(0 if low is None else low, _LAST if high is None else high, RANGE)
    mark(act.start if opens is None else None, START)
    mark(opens, OPENS)
    mark(act.safe_due if act.safe_due != point else None, SAFE)
    mark(point, DUE if opens is None else CLOSES)
    if act.done is not None and act.done.is_point:
        mark(_int(act.done.low), DONE)
    return _labelled(cells, act_text(act, sheet), width, style)


def _int(day: Number | None) -> int | None:
    return None if day is None else int(day)


def _labelled(cells: list[str], words: str, width: int, style: str) -> Content:
    """The row with its name after it, before it, or, where a long stretch leaves no room, in it."""
    text = "".join(cells).rstrip()
    before, after = len(text) - len(text.lstrip()), width - cell_width(text)
    if max(before, after) - 1 < min(cell_width(words), _LEAST) and len(text) - before > 2 * _LEAST:
        name = f" {shortened(words, len(text) - before - _LEAST)} "
        at = before + (len(text) - before - cell_width(name)) // 2
        return plain(text[:at], style) + plain(name) + plain(text[at + cell_width(name) :], style)
    if after - 1 >= cell_width(words) or after >= before:
        room = after - 1
        return plain(text, style) + (" " + plain(shortened(words, room)) if room > 1 else "")
    name = shortened(words, before - 1)
    lead = " " * (before - 1 - cell_width(name)) + name + " "
    return plain(lead) + plain(text.lstrip(), style)


def _legend(used: set[Sign], also: list[str], width: int, sheet: Sheet) -> Iterator[Content]:
    pieces = [f"{_of(s, sheet)} {s.words.get(sheet.lang)}" for s in LEGEND if s in used]
    for line in packed([*pieces, *also], width, 0, "  "):
        yield plain(line, QUIET)
