"""One dated act in full: the law, the answers it starts from, its days, the days counted."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.calendar import Calendar
from compliancecheck.logic.counted import Counted, counted
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.words import ref_words, value_words, values_words
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import DatedAct, Evaluation
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Place, Texts
from compliancecheck.model.values import Interval
from compliancecheck.reports import dates, wording
from compliancecheck.reports.days import Row, counted_lines, day_said, kind_said, table
from compliancecheck.reports.layout import wrap, wrap_after
from compliancecheck.reports.months import (
    DUE,
    OPENS,
    SAFE,
    START,
    UNROLLED,
    Drawing,
    Sign,
    month_lines,
)
from compliancecheck.reports.sheet import Sheet, packed

NOT_KNOWN = Texts("not known", "未知")
NOT_YET = Texts("not yet", "尚未")
NOT_ANSWERED = Texts("not answered", "未作答")


def act_lines(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> list[str]:
    """All that is known of an act; lines of at most the sheet's width."""
    found = counted(evaluation, act)
    lines = [*_head(evaluation, act, sheet), "", *_law(evaluation, act, found, sheet), ""]
    lines += _starts(evaluation, found, sheet)
    calendar = engine_of(evaluation).calendar
    if found.computed is not None:
        validity = act.kind == "end"
        lines += counted_lines(found.computed, calendar, sheet, validity)
    else:
        lines += _known_days(act, calendar, sheet)
    return lines


def _head(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> Iterator[str]:
    """How it stands, its days, what is said beside them."""
    pieces = [
        sheet.get(dates.standing_words(act)),
        dates.days_text(act, sheet),
        dates.distance_text(act, evaluation.as_of, sheet),
    ]
    yield from packed([p for p in pieces if p], sheet.width, 2)
    beside = dates.notes(evaluation, act, sheet)
    if beside:
        yield from wrap_after("  ", sheet.say("; ", "；").join(beside), sheet.width, 2)


def _law(evaluation: Evaluation, act: DatedAct, found: Counted, sheet: Sheet) -> Iterator[str]:
    """The provision, and the day in its words."""
    rules = evaluation.rules
    yield from wrap(dates.cited(evaluation, act, sheet), sheet.width)
    yield from wrap_after("  ", sheet.get(rules.rules[act.rule].title), sheet.width, 2)
    words = sheet.get(value_words(rules, found.value, FactType.DATE, None))
    opens = found.computed is not None and found.computed.opens is not None
    label = sheet.say("opens: ", "窗口首日：") if opens else sheet.say("due: ", "最后一日：")
    yield from wrap_after(f"  {label}", words, sheet.width, 2)
    if opens and found.until is not None:
        words = sheet.get(value_words(rules, found.until, FactType.DATE, None))
        yield from wrap_after(f"  {sheet.say('due: ', '最后一日：')}", words, sheet.width, 2)


def _starts(evaluation: Evaluation, found: Counted, sheet: Sheet) -> Iterator[str]:
    """The answers that it starts from, each with its place in the file."""
    for ref in found.starts:
        label = sheet.get(ref_words(evaluation.rules, ref))
        colon = sheet.say(": ", "：")
        answer = engine_of(evaluation).answer(ref)
        text = f"{label}{colon}{_answered(evaluation, ref, answer, sheet)}"
        where = wording.place_text(answer.place) if answer is not None else ""
        yield from _both(text, where, sheet.width)
    if found.starts:
        yield ""


def _answered(evaluation: Evaluation, ref: FactRef, answer: Answer | None, sheet: Sheet) -> str:
    if answer is None:
        return sheet.get(NOT_ANSWERED)
    if answer.not_yet:
        return sheet.get(NOT_YET)
    if answer.values is None:
        return sheet.get(NOT_KNOWN)
    return safe_text(values_words(evaluation.rules.facts[ref.name], answer.values).get(sheet.lang))


def _both(left: str, right: str, width: int) -> Iterator[str]:
    """A text, and its place at the right edge: on a line of its own where there is no room."""
    lines = wrap_after("", left, width, 2)
    gap = width - cell_width(lines[-1]) - cell_width(right)
    if not right or gap < 2:
        yield from lines
        if right:
            yield from wrap_after("    ", right, width, 4)
        return
    yield from lines[:-1]
    yield lines[-1] + " " * gap + right


def _known_days(act: DatedAct, calendar: Calendar, sheet: Sheet) -> list[str]:
    """The days of an act of which no count can be shown: a fixed day, or one known as a range."""
    rows: list[Row] = []
    marks: dict[int, Sign] = {}
    days = (
        (Texts("opens", "窗口首日"), _single(act.opens), OPENS),
        (Texts("due", "最后一日"), _single(act.due), DUE),
        (Texts("unrolled", "顺延前"), act.unrolled, UNROLLED),
        (Texts("safe due", "稳妥日期"), act.safe_due, SAFE),
        (Texts("counted from", "起算日"), act.start, START),
    )
    for label, day, sign in days:
        if day is not None:
            rows.append((sheet.get(label), day_said(day, sheet), kind_said(calendar, day, sheet)))
            marks.setdefault(day, sign)
    if act.due is not None and not act.due.is_point:
        words = sheet.get(interval_words("date", None, act.due))
        rows.append((sheet.say("due", "最后一日"), "", words))
    if not rows:
        return [sheet.say("no day can be told yet", "尚不能得出日期")]
    lines = table(rows, sheet)
    if marks:
        drawing = Drawing(min(marks), max(marks), frozenset(), marks)
        lines += ["", *month_lines(calendar, drawing, sheet)]
    return lines


def _single(days: Interval | None) -> int | None:
    if days is not None and days.is_point and days.low is not None:
        return int(days.low)
    return None


def place_of_act(evaluation: Evaluation, act: DatedAct) -> Place | None:
    """Where the answer stands that says when it was done, else the first that it starts from."""
    engine = engine_of(evaluation)
    refs = [*((act.done_ref,) if act.done_ref else ()), *counted(evaluation, act).starts]
    places = (answer.place for ref in refs if (answer := engine.answer(ref)) is not None)
    return next((place for place in places if place is not None), None)
