"""`what-if` as text: the nearest changes that turn a finding, each with all that turns with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compliancecheck.model.comparison import RouteChange
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.what_if import Effect, Suggestion, WhatIf
from compliancecheck.reports import what_if_words as words
from compliancecheck.reports import wording
from compliancecheck.reports.layout import at_right, wrap, wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet, heading
from compliancecheck.reports.status import LOOKS
from compliancecheck.reports.tree import finding_head

MOST_EFFECTS = 6
_ASCII = str.maketrans({"→": ">", "│": "|", "─": "-", "…": ".", "“": '"', "”": '"'})


def what_if_text(
    evaluation: Evaluation,
    found: Sequence[tuple[WhatIf, Sequence[str]]],
    sheet: Sheet,
) -> str:
    """The what-ifs of some findings of one profile, each with the names of what was wished."""
    page = _Page(evaluation, sheet)
    lines = heading(evaluation, sheet)
    for one, wish in found:
        lines += ["", *page.what_if(one, wish)]
    if any(one.suggestions for one, _ in found):
        lines += ["", *wrap(sheet.get(words.ADVICE), sheet.width)]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return harmless(text.translate(_ASCII) if sheet.ascii else text)


class _Page:
    def __init__(self, evaluation: Evaluation, sheet: Sheet) -> None:
        self.evaluation, self.sheet = evaluation, sheet
        self.rules = evaluation.rules

    def what_if(self, found: WhatIf, wish: Sequence[str]) -> Iterator[str]:
        """The finding as it is, and the suggestions, fewest answers first."""
        yield from finding_head(self.evaluation, found.finding, self.sheet)
        sheet = self.sheet
        wished = sheet.get(words.wish_words(wish))
        if found.why_none is not None:
            why = sheet.get(words.why_none_words(found.finding, found.why_none))
            yield from wrap_after(self._lead(wished), why, sheet.width, 4)
            return
        size, given = 0, False
        for number, suggestion in enumerate(found.suggestions, 1):
            count = len(suggestion.suppositions)
            if count != size:
                takes = sheet.get(words.takes_words(count))
                if size:
                    yield _headed(takes, sheet)
                else:
                    yield from wrap_after(self._lead(wished), takes, sheet.width, 4)
                size, given = count, False
            if suggestion.given and not given:
                given = True
                yield _headed(sheet.get(words.GIVEN), sheet)
            yield from self.suggestion(number, suggestion)
        if found.more:
            more = sheet.say(f"{found.more} more of this kind", f"另有{found.more}种")
            yield from wrap_after("   ", more, sheet.width, 3)

    def _lead(self, wished: str) -> str:
        return self.sheet.say(f"To be {wished}: ", f"欲使其{wished}：")

    def suggestion(self, number: int, suggestion: Suggestion) -> Iterator[str]:
        """What is supposed, what the finding then is, and what turns with it."""
        sheet, indent = self.sheet, 3
        for n, supposition in enumerate(suggestion.suppositions):
            text = sheet.get(words.if_words(self.rules, supposition, n == 0))
            lead = f"{number:>2} " if n == 0 else "   "
            ref = supposition.ref
            place = wording.place_of(self.evaluation, ref) if ref and supposition.now else None
            yield from at_right(lead + text, wording.place_text(place), sheet.width, indent)
        rows = [*self._effects(suggestion.effects), *self._routes(suggestion.routes)]
        look = LOOKS[words.shown_status(suggestion.after)]
        state = f"{look.sign(sheet.ascii)} {sheet.get(words.state_words(suggestion.after))}"
        alone = sheet.say("nothing else turns", "其他结论不变")
        also = sheet.say("what turns with it:", "随之改变：")
        tail = also if rows else alone
        line = f"   {sheet.say('then', '则为')} {state}{sheet.say('; ', '；')}{tail}"
        yield from wrap_after("", line, sheet.width, indent)
        yield from rows
        if suggestion.set_aside:
            text = words.anew_words(self.rules, suggestion.set_aside, sheet.lang)
            yield from wrap_after("   ", text, sheet.width, 6)

    def _effects(self, effects: Iterable[Effect]) -> Iterator[str]:
        rows = words.grouped(effects)
        for effect, items in rows[:MOST_EFFECTS]:
            before, after = (
                f"{LOOKS[words.shown_status(f)].sign(self.sheet.ascii)} "
                f"{self.sheet.get(words.state_words(f))}"
                for f in (effect.before, effect.after)
            )
            finding = words.effect_finding(effect)
            title = safe_text(words.title_of(self.rules, finding, items, self.sheet.lang))
            yield from wrap_after(f"     {before} → {after}  ", title, self.sheet.width, 7)
        left = len(rows) - MOST_EFFECTS
        if left > 0:
            yield self.sheet.say(f"     … and {left} more", f"     ……另有{left}项")

    def _routes(self, routes: Iterable[RouteChange]) -> Iterator[str]:
        lang = self.sheet.lang
        for change in routes:
            name = safe_text(change.item) if change.item is not None else ""
            if not name and self.rules.routes[change.route].each:
                name = wording.COMPANY.get(lang)
            sides = [
                wording.route_text(self.rules, line, lang)
                if line is not None
                else wording.NO_ITEM.get(lang)
                for line in (change.before, change.after)
            ]
            lead = self.sheet.say("     route ", "     路径")
            text = f"{name}{self.sheet.say(': ', '：') if name else ''}{' → '.join(sides)}"
            yield from wrap_after(lead, text, self.sheet.width, max(cell_width(lead), 7))


def _headed(words_: str, sheet: Sheet) -> str:
    """A line over the suggestions that follow."""
    return words_[:1].upper() + words_[1:] + sheet.say(":", "：")
