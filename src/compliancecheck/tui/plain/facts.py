"""One fact is asked: yes or no, a choice, a band or an exact value, a day, a set, a text."""

from __future__ import annotations

from collections.abc import Mapping

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import waiting_for
from compliancecheck.model.facts import FactType
from compliancecheck.model.profile import FactRef
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.typed import as_written
from compliancecheck.reports import wording
from compliancecheck.tui.answer import answers_text as texts
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.turn import NONE_TYPED, Turn
from compliancecheck.tui.telling import (
    answer_said,
    because_said,
    choices_of,
    leads_said,
    not_yet_typed,
)

_YES_NO: Mapping[str, str] = {
    **dict.fromkeys(("y", "yes", "true", "是"), "true"),
    **dict.fromkeys(("n", "no", "false", "否", "不是"), "false"),
}
_TWO_DIGITS = 2


class FactTurn(Turn):
    """The fact at which the walk's screen stands."""

    skips = knows_not = True
    aside = False

    def __init__(self, desk: Desk, screen: Screen) -> None:
        super().__init__(desk)
        self.screen, self.ref = screen, screen.refs[desk.at]
        self.fact = desk.evaluation.rules.facts[self.ref.name]
        self.given = desk.session.answer_of(self.ref)
        self.options = choices_of(desk.evaluation, self.ref, self.given)

    # -- saying ----------------------------------------------------------------------------------

    def show(self) -> None:
        """Heading, question, help, choices, how to answer."""
        desk, fact, lang = self.desk, self.fact, self.desk.lang
        desk.heading(self.screen)
        self.voice.line((fact.question or fact.label).get(lang))
        if fact.help:
            self.voice.line(fact.help.get(lang))
        self._because()
        if self.given is not None:
            desk.tell("plain_now", value=answer_said(fact, self.given, lang))
        if fact.type is FactType.CHOICES:
            words = [words.get(lang) for words in fact.choices.values()]
            words += [desk.word("none_of_the_above"), desk.word("perhaps_others")]
            desk.choices([(text, "") for text in words])
        else:
            leads = [leads_said(desk.evaluation, c.leads_to, lang) for c in self.options]
            said = [choice.words.get(lang) for choice in self.options]
            desk.choices(list(zip(said, leads, strict=True)))
        self.voice.line(self._hint())

    def _because(self) -> None:
        """The first rule that waits for it, and how many more do; `why` says them all."""
        title, more = because_said(self.desk.evaluation, self.ref, self.screen.goal, self.desk.lang)
        if title:
            self.desk.tell("asked_because", rules=title + more)

    def _hint(self) -> str:
        fact, desk = self.fact, self.desk
        example = texts.example_of(fact, desk.lang)
        if fact.type is FactType.BOOLEAN:
            return desk.word("plain_yes_no")
        if fact.type is FactType.CHOICE:
            return desk.word("plain_choose", n=len(self.options))
        if fact.type is FactType.CHOICES:
            return desk.word("plain_set")
        if fact.type is FactType.TEXT:
            return desk.word("plain_text")
        if fact.type is FactType.DATE and not self.options:
            return desk.word("plain_event" if fact.event else "plain_day", example=example)
        if self.options:
            hint = desk.word("plain_band", n=len(self.options), example=example)
            return f"{hint} {desk.word('plain_or_not_yet')}" if fact.event else hint
        return desk.word("plain_value", example=example)

    # -- taking ----------------------------------------------------------------------------------

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """Read it, write it."""
        text = self._meant(typed, literal)
        answer = read_text(self.fact, text)
        if isinstance(answer, Problem):
            raise Wrong.of(answer, self.desk.lang)
        if self.given is not None and text == self.given.text:
            return self._keep()
        return self.desk.answer({self.ref: text})

    def _meant(self, typed: str, literal: bool) -> str:
        """What was typed, as it is written."""
        fact = self.fact
        if fact.type is FactType.CHOICES:
            return self._set(typed)
        if not_yet_typed(fact, typed):
            return texts.NOT_YET_TEXT
        if not literal and self._is_a_number(typed):
            n = self._number(typed)
            if n is not None:
                return self.options[n].text
        if fact.type is FactType.BOOLEAN:
            return _YES_NO.get(typed.casefold(), typed)
        if fact.type is FactType.CHOICE:
            return self._option(typed)
        return as_written(fact, typed)

    def _is_a_number(self, typed: str) -> bool:
        """Whether digits name a choice; beside bands only few digits do."""
        return bool(self.options) and (not self.fact.type.is_numeric or len(typed) <= _TWO_DIGITS)

    def _number(self, typed: str) -> int | None:
        try:
            return self.number(typed, len(self.options))
        except Wrong as wrong:
            if self.fact.type.is_numeric:
                so = self.desk.word("plain_exact_so", typed=typed)
                mark = wording.semicolon(self.desk.lang)
                wrong.hint += mark + so
            raise

    def _option(self, typed: str) -> str:
        """An option by its words."""
        for option, words in self.fact.choices.items():
            if typed.casefold() in (words.en.casefold(), words.zh.casefold()):
                return option
        return typed

    def _set(self, typed: str) -> str:
        """Numbers of options as a set: ``[a, b]``; with what else may be in it."""
        options = tuple(self.fact.choices)
        if typed in NONE_TYPED:
            return "[]"
        if typed.startswith(("[", "{")):
            return typed
        marked: set[int] = set()
        for part in parts_of(typed):
            n = self.number(part, len(options) + 2)
            if n is None:
                option = self._option(part)
                if option not in options:
                    raise self.no_answer(part)
                n = options.index(option)
            marked.add(n)
        chosen = ", ".join(o for n, o in enumerate(options) if n in marked)
        if len(options) in marked and len(marked) > 1:
            raise self.no_answer(typed)
        if len(options) + 1 in marked:
            return f"{{includes: [{chosen}], rest: unknown}}" if chosen else texts.UNKNOWN_TEXT
        return f"[{chosen}]"

    def empty(self) -> Step | Turn:
        """Keep what was answered; without an answer the question again."""
        if self.given is not None:
            return self._keep()
        self.desk.tell("plain_nothing_typed")
        return Step.STAY

    def _keep(self) -> Step:
        self.desk.tell("plain_kept")
        self.desk.last = self.ref
        return Step.ON

    def skip(self) -> Step | Turn:
        """Leave it for later."""
        if self.given is not None:
            return self._keep()
        self.desk.walk.skipped.add(self.ref)
        self.desk.tell("plain_skipped")
        return Step.ON

    def unknown(self) -> Step | Turn:
        """Write ``unknown``."""
        return self.desk.answer({self.ref: texts.UNKNOWN_TEXT})

    def asked(self) -> FactRef | None:
        """The fact."""
        return self.ref


def parts_of(typed: str) -> list[str]:
    """What stands between commas (also Chinese ones), semicolons or spaces."""
    for mark in "，、；;,":
        typed = typed.replace(mark, " ")
    return typed.split()


def next_at(desk: Desk) -> int | None:
    """The next fact of the walk's screen that is to be asked; None: the screen is done."""
    screen, waiting = desk.screen, waiting_for(desk.evaluation, (desk.screen.goal,))
    for n in range(desk.at + 1, len(screen.refs)):
        if screen.refs[n] in waiting or desk.session.answer_of(screen.refs[n]) is not None:
            return n
    return None
