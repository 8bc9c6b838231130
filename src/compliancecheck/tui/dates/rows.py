"""The rows of the Dates tab: standing, days, how far, the act, the law, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.content import Content

from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import DatedAct, Evaluation, Standing
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports import dates, wording
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.reports.summary import empty_packs
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
INDENT = 4


def shown_acts(evaluation: Evaluation) -> list[DatedAct]:
    """The acts in the order of reading; none of a pack of which nothing is answered."""
    empty, rules = empty_packs(evaluation), evaluation.rules
    return [
        act
        for act in dates.in_order(evaluation)
        if rules.instruments[rules.rules[act.rule].instrument].pack not in empty
    ]


def texts_of(evaluation: Evaluation, act: DatedAct) -> list[str]:
    """Where the words of a filter are looked for."""
    rule = evaluation.rules.rules[act.rule]
    short = evaluation.rules.instruments[rule.instrument].short
    standing = dates.standing_words(act)
    texts = [t.get(lang) for t in (act.act, rule.title, short, standing) for lang in ("en", "zh")]
    return [*texts, act.rule, act.article, act.item or "", dates.days_text(act, Sheet())]


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
    """One act: standing, days and law on the first line, the act and its marks below."""
    sheet = Sheet(lang=lang)
    head = padded(plain(head_of(act, sheet), style_of(act)), column + 2)
    days = [dates.days_text(act, sheet), dates.distance_text(act, evaluation.as_of, sheet)]
    what, law = dates.act_text(act, sheet), law_of(evaluation, act, sheet)
    beside = sheet.say("; ", "；").join(_marks(evaluation, act, sheet))
    said = "  ".join(piece for piece in days if piece)
    if head.cell_length + cell_width(said) <= width:
        first, said = head + plain(said), ""
    else:  # on lines of their own
        first = plain(head.plain.rstrip(), style_of(act))
    room = width - first.cell_length - cell_width(law) - 2
    if not said and not beside and cell_width(what) + 2 <= room:
        first, room, what = first + f"  {what}", room - cell_width(what) - 2, ""
    if room >= 0 and not said:
        first, law = first + " " * (room + 2) + plain(law, QUIET), ""
    lines = [first]
    pieces = [(said, ""), (what, ""), (law, QUIET), (beside, QUIET)]
    for text, style in ((text, style) for text, style in pieces if text):
        if len(lines) > 1 and lines[-1].cell_length + cell_width(text) + 2 <= width:
            lines[-1] = lines[-1] + "  " + plain(text, style)
        else:
            lines += lines_of(text, width, style, INDENT, " " * INDENT)
    return Content("\n").join(lines)


def law_of(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> str:
    """Instrument and article as short as they can be: ``Standard Contract 2023, 7``."""
    rule = evaluation.rules.rules[act.rule]
    short = sheet.get(evaluation.rules.instruments[rule.instrument].short)
    article = safe_text(act.article)
    if sheet.lang == "zh":
        return f"{short}，{wording.article_text(article, sheet.lang)}"
    return f"{short}, {article}"


def _marks(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> Iterator[str]:
    """What makes a day less than sure, in a word each; the page of the act says more."""
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
