"""The rows of the Dates tab: standing, days, how far, the act, the law, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content

from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import DatedAct, Evaluation, Standing
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports import dates
from compliancecheck.reports.sheet import Sheet, packed
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.paper import QUIET, lines_of, padded, plain, status_style
from compliancecheck.tui.words import say

STATUS: Mapping[Standing, DisplayStatus] = {
    Standing.OVERDUE: DisplayStatus.FAIL,
    Standing.MAY_BE_OVERDUE: DisplayStatus.NEEDS_PROOF,
    Standing.SOON: DisplayStatus.NOT_YET_DUE,
    Standing.OPEN: DisplayStatus.INFORMATIVE,
    Standing.UPCOMING: DisplayStatus.INFORMATIVE,
    Standing.UNKNOWN: DisplayStatus.MAY_APPLY,
    Standing.DONE: DisplayStatus.PASS,
    Standing.LAPSED: DisplayStatus.NOT_APPLICABLE,
    Standing.ENDED: DisplayStatus.NOT_APPLICABLE,
}
"""The status whose colour and symbol a standing has."""

_SIGNS = {Standing.OPEN: "▸", Standing.UPCOMING: "▹"}
INDENT = 2


def sign_of(act: DatedAct) -> str:
    """The symbol of a standing."""
    return _SIGNS.get(act.standing) or LOOKS[STATUS[act.standing]].symbol


def head_of(act: DatedAct, sheet: Sheet) -> str:
    """Symbol and word."""
    return f"{sign_of(act)} {sheet.get(dates.standing_words(act))}"


def style_of(act: DatedAct) -> str:
    """The style of a standing."""
    return status_style(STATUS[act.standing])


def row_of(evaluation: Evaluation, act: DatedAct, column: int, width: int, lang: str) -> Content:
    """One act: on a line if it has room, else with the act and its marks beneath."""
    sheet = Sheet(lang=lang)
    head = padded(plain(head_of(act, sheet), style_of(act)), column + INDENT)
    room = max(width - head.cell_length, 12)
    pieces = [
        dates.days_text(act, sheet),
        dates.distance_text(act, evaluation.as_of, sheet),
        dates.act_text(act, sheet),
    ]
    first, *rest = packed([piece for piece in pieces if piece], room, 0)
    rows = [first, *rest]
    law = dates.cited(evaluation, act, sheet)
    quiet: list[str] = []
    gap = room - cell_width(rows[-1]) - cell_width(law)
    if gap < 2:
        quiet.append(law)
    beside = marks_of(evaluation, act, sheet)
    if beside:
        quiet.append(sheet.say("; ", "；").join(beside))
    lines = [head + plain(rows[0]), *(_indented(head, plain(row)) for row in rows[1:])]
    if gap >= 2:
        lines[-1] = lines[-1] + " " * gap + plain(law, QUIET)
    for text in packed(quiet, room, 0):
        lines += [_indented(head, line) for line in lines_of(text, room, QUIET)]
    return Content("\n").join(lines)


def _indented(head: Content, line: Content) -> Content:
    return Content(" " * head.cell_length) + line


def marks_of(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> list[str]:
    """What makes a day less than sure, in a word each; the page of the act says more."""
    return list(_marks(evaluation, act, sheet))


def _marks(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> Iterator[str]:
    lang = sheet.lang
    if act.expected:
        yield say("from_expected", lang)
    if act.provisional:
        yield say("provisional_day", lang)
    if act.no_calendar is not None:
        yield say("no_calendar_year", lang, year=act.no_calendar)
    if act.adopt:
        readings = evaluation.rules.readings
        picked = [readings[name].choices[choice].get(lang) for name, choice in act.adopt]
        yield safe_text(say("if_reading", lang, reading="; ".join(picked)))
    if is_draft(evaluation.rules, act.rule):
        yield say("of_a_draft", lang)
    if act.applies is None:
        yield say("may_apply_mark", lang)
    if act.needs:
        labels = [safe_text(ref_words(evaluation.rules, ref).get(lang)) for ref in act.needs[:1]]
        if len(act.needs) > 1:
            labels.append(say("and_more", lang, n=len(act.needs) - 1))
        words = sheet.say(", ", "，").join(labels)
        key = "needs_enter" if act.standing is Standing.UNKNOWN else "needs_answer"
        yield say(key, lang, what=words)
