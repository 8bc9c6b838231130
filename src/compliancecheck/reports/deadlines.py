"""The dates of one profile as text: the block in `check`, and the list of `deadlines`."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.findings import DatedAct, Evaluation, Standing
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import iso
from compliancecheck.reports import dates
from compliancecheck.reports.layout import wrap, wrap_after
from compliancecheck.reports.lines import harmless, painted
from compliancecheck.reports.sheet import Sheet, heading, packed
from compliancecheck.reports.status import LOOKS, DisplayStatus

MOST_URGENT = 50
MOST_AHEAD = 5
_COLOURS = {
    Standing.OVERDUE: DisplayStatus.FAIL,
    Standing.MAY_BE_OVERDUE: DisplayStatus.NEEDS_PROOF,
    Standing.SOON: DisplayStatus.NOT_YET_DUE,
    Standing.UNKNOWN: DisplayStatus.MAY_APPLY,
    Standing.DONE: DisplayStatus.PASS,
}


def dates_block(evaluation: Evaluation, sheet: Sheet) -> list[str]:
    """The acts that are overdue or due soon, then those that come next."""
    title = sheet.say("DATES", "日期")
    indent = cell_width(title) + 2
    lines = list(_block_lines(evaluation, sheet, sheet.width - indent))
    leads = [f"{title}  ", *([" " * indent] * (len(lines) - 1))]
    return [lead + line for lead, line in zip(leads, lines, strict=False)]


def _block_lines(evaluation: Evaluation, sheet: Sheet, width: int) -> Iterator[str]:
    urgent, ahead = dates.due_now(evaluation)
    for act in [*urgent[:MOST_URGENT], *ahead[:MOST_AHEAD]]:
        words = f"{sheet.get(dates.standing_words(act))} {dates.days_text(act, sheet)}".strip()
        where = dates.cited(evaluation, act, sheet)
        yield from packed([words, dates.act_text(act, sheet), where], width, 4)
        beside = dates.notes(evaluation, act, sheet)
        if beside:
            yield from wrap_after("    ", sheet.say("; ", "；").join(beside), width, 4)
    left = max(len(urgent) - MOST_URGENT, 0) + max(len(ahead) - MOST_AHEAD, 0)
    if left:
        see = "`compliancecheck deadlines`"
        yield from wrap(
            sheet.say(f"… and {left} more: see {see}", f"……另有{left}项：见 {see}"), width
        )


def deadlines_text(evaluation: Evaluation, sheet: Sheet) -> str:
    """All that `deadlines` prints of one profile; ends with a line break."""
    soon = sheet.say("soon = 30 days", "即将到期 = 30天")
    lines = [*heading(evaluation, sheet, soon)]
    acts = dates.in_order(evaluation)
    if not acts:
        lines += ["", sheet.say("no dated acts", "没有有期限的事项")]
    column = max((_head_width(act, sheet) for act in acts), default=0)
    for n, act in enumerate(acts):
        past = act.standing in dates.PAST
        if n == 0 or past != (acts[n - 1].standing in dates.PAST):
            lines.append("")
        lines += _entry(evaluation, act, sheet, column)
    return harmless("\n".join(line.rstrip() for line in lines) + "\n")


def _head_width(act: DatedAct, sheet: Sheet) -> int:
    return cell_width(sheet.get(dates.standing_words(act)))


def _entry(evaluation: Evaluation, act: DatedAct, sheet: Sheet, column: int) -> Iterator[str]:
    """One act: standing, days, what is to be done and where it stands; notes below."""
    word = sheet.get(dates.standing_words(act))
    head = word + " " * (column - cell_width(word))
    pieces = [
        dates.days_text(act, sheet),
        dates.distance_text(act, evaluation.as_of, sheet),
        dates.act_text(act, sheet),
        dates.cited(evaluation, act, sheet),
    ]
    indent = column + 2
    first, *rest = packed([p for p in pieces if p], sheet.width - indent, 0)
    yield _painted(head, act, sheet) + "  " + first
    yield from (" " * indent + line for line in rest)
    beside = [*_counted(act, sheet), *dates.notes(evaluation, act, sheet)]
    if beside:
        words = sheet.say("; ", "；").join(beside)
        yield from wrap_after(" " * indent, words, sheet.width, indent)


def _counted(act: DatedAct, sheet: Sheet) -> list[str]:
    """From which day it is counted; of one counted back, from which end."""
    if act.start is None or act.due is None or act.due.low is None:
        return []
    day = iso(act.start)
    if act.start > act.due.low:
        return [sheet.say(f"counted back from {day}", f"自{day}倒计")]
    return [sheet.say(f"counted from {day}", f"自{day}起算")]


def _painted(text: str, act: DatedAct, sheet: Sheet) -> str:
    status = _COLOURS.get(act.standing)
    return painted(text, LOOKS[status].ansi, sheet.color) if status else text
