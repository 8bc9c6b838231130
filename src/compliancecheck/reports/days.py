"""What `days` prints: the days of a period, why, how sure, and the days counted, drawn."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.calendar import Calendar, year_of
from compliancecheck.logic.periods import Computed, early
from compliancecheck.model.calendar import DayKind, Period, Unit
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reports.layout import wrap, wrap_after
from compliancecheck.reports.months import (
    DUE,
    EXPIRY,
    OPENS,
    SAFE,
    START,
    UNROLLED,
    Drawing,
    Sign,
    month_lines,
    weekday,
)
from compliancecheck.reports.sheet import Sheet, plural

_INDENT = 2
_UNITS: dict[Unit, Texts] = {
    "years": Texts("year", "年"),
    "months": Texts("month", "个月"),
    "weeks": Texts("week", "周"),
    "days": Texts("day", "日"),
    "working_days": Texts("working day", "个工作日"),
}
_KINDS: dict[DayKind, Texts] = {
    "make_up": Texts("a make-up working day", "调休上班日"),
    "off": Texts("a holiday", "放假"),
    "weekend": Texts("a rest day", "休息日"),
}
_OFFICIAL = Texts("official", "官方")
_PROVISIONAL = Texts("provisional", "暂定")
_NONE = Texts("none", "无")
_STATUS = {"official": _OFFICIAL, "provisional": _PROVISIONAL, "none": _NONE}


def period_words(period: Period) -> Texts:
    """A period as `days` reads it: ``+45 working days``, ``届满60个工作日前``."""
    unit, n = _UNITS[period.unit], period.n
    en = f"{n} {unit.en}" + ("" if n == 1 else "s")
    zh = f"{n}{unit.zh}"
    if period.direction == "after":
        return Texts(f"+{en}", f"+{zh}")
    if period.direction == "at_least_before":
        return Texts(f"at least {en} before", f"届满{zh}前")
    return Texts(f"within {en} before", f"届满前{zh}内")


def days_json(done: Computed) -> dict[str, object]:
    """A computation as JSON data: days are ISO dates, null where there is no such day."""
    return {
        "start": iso(done.start),
        "period": period_words(done.period).en,
        "due": iso(done.due),
        "unrolled": iso(done.unrolled),
        "safe_due": _iso(done.safe_due),
        "opens": _iso(done.opens),
        "safe_open": _iso(done.safe_open),
        "provisional": bool(done.provisional),
        "calendar": done.calendar,
        "counted": [iso(day) for day in done.counted],
        "working_days": done.working,
        "provisional_years": list(done.provisional),
        "next_notice_may_change": list(done.may_change),
        "no_calendar": done.missing,
    }


def _iso(day: int | None) -> str | None:
    return None if day is None else iso(day)


def days_text(done: Computed, cal: Calendar, sheet: Sheet, validity: bool = False) -> str:
    """A computation as text; *validity*: it was asked for as one, which is never moved."""
    words = period_words(done.period).get(sheet.lang)
    lines = [f"{day_said(done.start, sheet)}  {words}", ""]
    lines += counted_lines(done, cal, sheet, validity)
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def counted_lines(done: Computed, cal: Calendar, sheet: Sheet, validity: bool) -> list[str]:
    """The days of a computation, how sure they are, and the days counted, drawn."""
    lines = table(list(_rows(done, cal, sheet, validity)), sheet)
    for note in _notes(done, cal, sheet):
        lines += ["", *wrap(note, sheet.width)]
    return [*lines, "", *month_lines(cal, _drawing(done), sheet)]


def day_said(day: int, sheet: Sheet) -> str:
    """``2026-10-12 Mon``."""
    return f"{iso(day)} {weekday(day, sheet.lang)}"


def kind_said(cal: Calendar, day: int, sheet: Sheet) -> str:
    """What kind of day it is, if it is no ordinary working day: ``a holiday``."""
    words = _KINDS.get(cal.holiday_kind(day))
    return words.get(sheet.lang) if words else ""


# -- the days -------------------------------------------------------------------------------------

Row = tuple[str, str, str]


def table(rows: list[Row], sheet: Sheet) -> list[str]:
    """Label, day and what is said of it, one row a line where there is room."""
    room = max(cell_width(label) for label, _, _ in rows)
    lines: list[str] = []
    for label, day, note in rows:
        lead = " " * _INDENT + label + " " * (room - cell_width(label) + 2)
        head = f"{lead}{day}  " if day and note else lead + day
        lines += wrap_after(head, note, sheet.width, cell_width(lead)) if note else [head]
    return lines


def _rows(done: Computed, cal: Calendar, sheet: Sheet, validity: bool) -> Iterator[Row]:
    if done.opens is not None:
        yield _row(sheet, Texts("opens", "窗口首日"), done.opens, kind_said(cal, done.opens, sheet))
        counts = Texts("if the last day counted as one of them", "若届满日计入期间")
        yield _row(sheet, Texts("safe open", "稳妥首日"), done.safe_open, counts.get(sheet.lang))
    yield _row(sheet, Texts("due", "最后一日"), done.due, _due_note(done, cal, sheet, validity))
    if done.period.direction == "after" and done.period.unit != "working_days" and not validity:
        kind = kind_said(cal, done.unrolled, sheet)
        yield _row(sheet, Texts("unrolled", "顺延前"), done.unrolled, kind)
    yield _row(
        sheet, Texts("safe due", "稳妥日期"), done.safe_due, _safe_note(done, sheet, validity)
    )
    yield (sheet.say("counted", "计入"), "", _counted(done, sheet))
    yield (sheet.say("calendar", "日历"), "", _calendar(done, cal, sheet))


def _row(sheet: Sheet, label: Texts, day: int | None, note: str) -> Row:
    if day is None:
        return label.get(sheet.lang), sheet.say("none", "无"), ""
    return label.get(sheet.lang), day_said(day, sheet), note


def _due_note(done: Computed, cal: Calendar, sheet: Sheet, validity: bool) -> str:
    period, n = done.period, done.period.n
    if period.direction == "within_before":
        return sheet.say("the day itself, never moved", "届满日本身，不顺延")
    if period.direction == "at_least_before":
        if period.unit == "working_days":
            return sheet.say(
                f"working day {n} after it is on or before {iso(done.start)}",
                f"此后第{n}个工作日不晚于{iso(done.start)}",
            )
        return sheet.say("never moved later", "不向后顺延")
    if validity and period.unit != "working_days":
        return sheet.say("a validity ends where it ends", "有效期届满日不顺延")
    if done.due != done.unrolled:
        return sheet.say("the next working day", "顺延至下一工作日")
    return kind_said(cal, done.due, sheet)


def _safe_note(done: Computed, sheet: Sheet, validity: bool) -> str:
    period, n = done.period, done.period.n
    if period.direction == "at_least_before":
        if period.unit == "working_days":
            return sheet.say(f"{n} full working days lie between", f"其间有{n}个完整工作日")
        return sheet.say("the last working day before it", "此前最后一个工作日")
    if period.direction == "after" and period.unit == "working_days":
        moved = done.safe_due != done.due
        return sheet.say("a week earlier", "提前一周") if moved else ""
    if validity:
        return sheet.say("the last working day before it", "此前最后一个工作日")
    return ""


def _counted(done: Computed, sheet: Sheet) -> str:
    if done.period.direction == "within_before":
        first, last = done.opens or done.start, done.start - 1
    elif done.period.direction == "at_least_before":
        first, last = done.due + 1, done.start
    else:
        first, last = done.start + 1, done.unrolled
    days = last - first + 1
    span = sheet.say(f", {iso(first)} to {iso(last)}", f"，{iso(first)}至{iso(last)}")
    if done.working is None:
        return sheet.say(plural(days, "calendar day"), f"{days}个自然日") + span
    return (
        sheet.say(
            f"{plural(done.working, 'working day')} in {plural(days, 'calendar day')}",
            f"{days}个自然日内有{done.working}个工作日",
        )
        + span
    )


def _calendar(done: Computed, cal: Calendar, sheet: Sheet) -> str:
    """``2025-2026 official, 2027 provisional``, and whose file a year is from."""
    runs: list[tuple[str, int, int]] = []
    for year in range(year_of(done.used[0]), year_of(done.used[1]) + 1):
        said = _said(cal, year, sheet)
        if runs and runs[-1][0] == said:
            runs[-1] = (said, runs[-1][1], year)
        else:
            runs.append((said, year, year))
    parts = [
        f"{first} {said}" if first == last else f"{first}-{last} {said}"
        for said, first, last in runs
    ]
    return sheet.say(", ", "，").join(parts)


def _said(cal: Calendar, year: int, sheet: Sheet) -> str:
    table = cal.table(year)
    said = _STATUS[cal.status(year)].get(sheet.lang)
    if table is None or table.published is None:
        return said
    return f"{said} ({safe_text(table.source)}, {iso(table.published)})"


# -- how sure -------------------------------------------------------------------------------------


def _notes(done: Computed, cal: Calendar, sheet: Sheet) -> Iterator[str]:
    if done.provisional:
        years = sheet.say(", ", "、").join(str(year) for year in done.provisional)
        yield (
            sheet.say(
                f"Provisional: the holidays of {years} are not announced yet. ",
                f"暂定：{years}年的放假安排尚未公布。",
            )
            + _advice(done, cal, sheet)
        )
    for year in done.may_change:
        yield sheet.say(
            f"The notice for {year + 1} is not out and may still change days after 20 December "
            f"{year}, which are used here.",
            f"{year + 1}年的放假通知尚未公布，可能改变{year}年12月20日之后的日期；"
            "此处用到了这些日期。",
        )
    if done.missing is not None:
        yield _missing(done, sheet)


def _advice(done: Computed, cal: Calendar, sheet: Sheet) -> str:
    """What the sheet's back-test says a provisional day is worth."""
    if done.period.unit != "working_days":
        return sheet.say(
            "Which days around the last one are worked can still change.",
            "最后一日前后哪些日子上班仍可能变化。",
        )
    if done.period.direction == "within_before":
        return sheet.say(
            "The official day on which it opens can be up to a week earlier or later.",
            "正式的窗口首日可能提前或推迟至多一周。",
        )
    day = done.safe_due if done.period.direction == "after" else early(cal, done.due)
    said = sheet.say("The official day can be up to a week earlier", "正式日期可能提前至多一周")
    if day is None:
        return said + sheet.say(".", "。")
    words = day_said(day, sheet)
    return said + sheet.say(f": act by {words}.", f"：最迟于{words}办理。")


def _missing(done: Computed, sheet: Sheet) -> str:
    year = done.missing
    if done.period.direction == "after" and done.safe_due is None:
        return sheet.say(
            f"No calendar for {year}: the last day is given as counted, and no safe day.",
            f"没有{year}年的日历：最后一日未作顺延，也不给出稳妥日期。",
        )
    return sheet.say(
        f"No calendar for {year}: days that need it are left out.",
        f"没有{year}年的日历：需要它的日期未给出。",
    )


# -- the drawing ----------------------------------------------------------------------------------


def _drawing(done: Computed) -> Drawing:
    marks: dict[int, Sign] = {}
    period = done.period
    if period.direction == "at_least_before":
        marks[done.start] = EXPIRY
    elif period.direction == "after":
        marks[done.start] = START
    for day, sign in (
        (done.safe_due, SAFE),
        (done.opens, OPENS),
        (done.unrolled, UNROLLED),
        (done.due, DUE),
    ):
        if day is not None:
            marks[day] = sign
    if period.unit != "working_days" and done.due != done.start:
        del marks[done.start]  # only the days around the last one depend on the calendar
    return Drawing(min(marks), max(marks), frozenset(done.counted), marks)
