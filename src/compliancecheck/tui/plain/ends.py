"""Turns that settle: an unsettled point of law is offered, a goal is reached, nothing is left."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from compliancecheck.logic.bands import route_axis
from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES
from compliancecheck.model.profile import FactRef
from compliancecheck.reports import wording
from compliancecheck.tui import telling
from compliancecheck.tui.plain.desk import Desk, Step
from compliancecheck.tui.plain.looks import dates, findings
from compliancecheck.tui.plain.turn import Line, Menu, Turn
from compliancecheck.tui.words import count


class ReadingTurn(Turn):
    """An unsettled point of law: each reading with what it leads to; nothing is preselected."""

    skips = True
    aside = False

    def __init__(self, desk: Desk, screen: Screen) -> None:
        super().__init__(desk)
        assert screen.reading is not None
        self.screen, self.reading = screen, desk.evaluation.rules.readings[screen.reading]

    def show(self) -> None:
        """Question, citation, the readings."""
        desk, lang = self.desk, self.desk.lang
        desk.heading(self.screen)
        self.voice.line(self.reading.question.get(lang))
        self.voice.line(telling.cited(desk.evaluation, self.reading.name, lang))
        words = []
        for name, text in self.reading.choices.items():
            said = text.get(lang)
            if name == self.reading.prevailing:
                mark = desk.word("prevailing")
                said += f"（{mark}）" if lang == "zh" else f" ({mark})"
            ways = telling.reading_ways(desk.evaluation, self.reading.name, name, lang)
            words.append((said, wording.semicolon(lang).join(ways)))
        desk.choices(words)
        adopted = desk.evaluation.profile.readings.get(self.reading.name)
        if adopted is not None:
            now = self.reading.choices[adopted.choice].get(lang)
            desk.tell("plain_now", value=now)
        desk.tell("plain_reading")

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """Adopt one."""
        n = self.number(typed, len(self.reading.choices))
        if n is None:
            raise self.no_answer(typed)
        return self._adopt(list(self.reading.choices)[n])

    def _adopt(self, choice: str | None) -> Step:
        desk, name, lang = self.desk, self.reading.name, self.desk.lang
        desk.walk.offered.add(name)
        if choice is None and name not in desk.evaluation.profile.readings:
            desk.tell("plain_left_open")
            return Step.ON
        words = desk.word("plain_left_open")
        if choice is not None:
            words = self.reading.choices[choice].get(lang)
        said = f"{self.reading.question.get(lang)}{' ' if lang == 'en' else ''}{words}"
        return desk.write(
            lambda: desk.session.adopt(name, choice),
            lambda: desk.saved(said),
            Step.ON,
        )

    def empty(self) -> Step | Turn:
        """What was adopted stays."""
        if self.reading.name in self.desk.evaluation.profile.readings:
            self.desk.walk.offered.add(self.reading.name)
            self.desk.tell("plain_kept")
            return Step.ON
        return Step.AGAIN

    def skip(self) -> Step | Turn:
        """Leave it open."""
        return self._adopt(None)


class EndTurn(Menu):
    """A goal is settled, or nothing is left to ask: what came out, and how to go on."""

    aside = False

    def __init__(self, desk: Desk, screen: Screen) -> None:
        super().__init__(desk, "", list(_ways_on(desk)))
        self.screen = screen

    def show(self) -> None:
        """What came out, then the choices."""
        self.voice.blank()
        for text in self._result():
            self.voice.line(text)
        self.shown = self.reach = 0
        self.more()

    def _result(self) -> Iterator[str]:
        desk, lang = self.desk, self.desk.lang
        if self.screen.kind == "done":
            yield from telling.done_said(desk.evaluation, lang)
        elif self.screen.goal != ROUTES:
            yield self.screen.title.get(lang)
        else:
            yield from self._routes()
            if not desk.walk.skipped and not desk.walk.other_goals(desk.evaluation):
                yield from telling.done_said(desk.evaluation, lang)

    def _routes(self) -> Iterator[str]:
        evaluation, lang = self.desk.evaluation, self.desk.lang
        lines = telling.shown_routes(evaluation)
        if not lines:
            yield self.desk.word("no_route")
        for line in lines:
            alone = len(lines) == 1
            yield from telling.route_said(evaluation, line, lang, alone=alone)
            axis = None if line.item is None and not alone else route_axis(evaluation, line)
            if axis is None:
                continue
            label = axis.label.get(lang)
            if axis.value is not None:
                words = interval_words(axis.type, axis.unit, axis.value).get(lang)
                label = f"{label}{self.desk.colon}{words}"
            yield label
            mark = wording.semicolon(lang)
            yield mark.join(telling.axis_said(axis, evaluation, lang))

    def prompt(self) -> None:
        """A number."""
        self.desk.tell("plain_end")

    def empty(self) -> Step | Turn:
        """The same again."""
        return Step.AGAIN


def _ways_on(desk: Desk) -> Iterator[Line]:
    evaluation, lang, walk = desk.evaluation, desk.lang, desk.walk
    for goal, left in walk.other_goals(evaluation).items():
        words = count(left, lang, *telling.GOAL_WORDS[goal][1:])
        yield Line(words, partial(_aim, desk, goal))
    if walk.skipped:
        yield Line(desk.word("go_skipped", n=len(walk.skipped)), partial(_ask_skipped, desk))
    if evaluation.dates:
        yield Line(desk.word("plain_go_dates"), partial(dates, desk))
    yield Line(desk.word("go_findings"), partial(findings, desk))
    for fact in evaluation.rules.lists().values():
        if fact.name in evaluation.profile.lists:
            words = desk.word("go_names", what=fact.label.get(lang))
            yield Line(words, partial(ask, desk, FactRef(fact.name)))
    name = evaluation.rules.facts.get(telling.COMPANY_NAME)
    if name is not None and name.name not in evaluation.profile.answers:
        asked = (name.question or name.label).get(lang)
        yield Line(asked, partial(ask, desk, FactRef(telling.COMPANY_NAME)))
    yield Line(desk.word("go_stop"), lambda: Step.STOP)


def _aim(desk: Desk, goal: str) -> Step:
    desk.walk.aim(goal, desk.evaluation)
    desk.at = desk.total = 0
    return Step.SHOW


def _ask_skipped(desk: Desk) -> Step:
    desk.walk.skipped.clear()
    desk.walk.go_on(desk.evaluation)
    desk.at = 0
    return Step.SHOW


def ask(desk: Desk, ref: FactRef) -> Step:
    """Ask one fact that was chosen by name."""
    fact = desk.evaluation.rules.facts[ref.name]
    title = fact.question or fact.label
    kind, name = ("names", fact.name) if fact.fields else ("facts", fact.list)
    desk.walk.show(Screen(kind, desk.walk.goal, title, (ref,), name, ref.item))
    desk.at = 0
    return Step.SHOW
