"""What every turn of plain mode works with: the session, the walk, the voice, and writing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import iso
from compliancecheck.reading.problems import Problem
from compliancecheck.reports import wording
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.plain.changes import changes_said
from compliancecheck.tui.plain.printing import Voice
from compliancecheck.tui.session import Session, Wrote
from compliancecheck.tui.telling import GOAL_WORDS, answer_said
from compliancecheck.tui.words import say

MOST_CHANGES = 12


EARLIER = {"evidence": "plain_as_of_evidence", "profile": "plain_as_of_profile"}
"""The words that say as of which day an answer counts, by who says so."""


class Step(Enum):
    """What comes after a line was taken."""

    STAY = "stay"  # the prompt again
    AGAIN = "again"  # the question again
    ON = "on"  # the next question
    SHOW = "show"  # where the walk stands
    CLASH = "clash"
    STOP = "stop"


class Wrong(Exception):
    """What was typed is no answer; ``hint`` says what would be."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint

    @classmethod
    def of(cls, problem: Problem, lang: str) -> Wrong:
        """What the reader of answers says."""
        return cls(problem.said(lang), problem.advised(lang) or "")


@dataclass(slots=True)
class Desk:
    """The state that turns share."""

    session: Session
    voice: Voice
    walk: Walk = field(default_factory=Walk)
    at: int = 0  # which fact of the walk's screen is asked
    last: FactRef | None = None  # the fact that was answered last
    total: int = 0  # how many questions the goal had a moment ago

    @property
    def lang(self) -> str:
        """The language that is spoken."""
        return self.session.lang

    @property
    def evaluation(self) -> Evaluation:
        """What holds now."""
        assert self.session.evaluation is not None
        return self.session.evaluation

    @property
    def screen(self) -> Screen:
        """The screen of the walk."""
        if self.walk.screen is None:
            self.walk.go_on(self.evaluation)
        assert self.walk.screen is not None
        return self.walk.screen

    # -- saying ----------------------------------------------------------------------------------

    def word(self, key: str, **values: object) -> str:
        """A text of the app."""
        return say(key, self.lang, **values)

    def tell(self, key: str, **values: object) -> None:
        """Say a text of the app."""
        self.voice.line(self.word(key, **values))

    @property
    def colon(self) -> str:
        """What stands between a name and what is said of it."""
        return wording.colon(self.lang)

    def choices(self, words: list[tuple[str, str]], first: int = 1) -> None:
        """Numbered answers, each with what it leads to."""
        for n, (text, leads) in enumerate(words, first):
            said = f"{text}{self.colon}{leads}" if leads else text
            self.voice.line(said, f"{n:>3}  ", 5)

    def heading(self, screen: Screen) -> None:
        """Whose questions these are, and how far they are."""
        if screen.item is not None:
            key = "route_of" if screen.goal == "routes" else "item_heading"
            title = self.word(key, item=screen.item)
        else:
            title = self.word(GOAL_WORDS[screen.goal][0])
        self.voice.blank()
        waiting = waiting_for(self.evaluation, (screen.goal,))
        counted = screen.goal == self.walk.goal and screen.kind == "facts"
        ref = screen.refs[self.at] if counted else None
        if ref is None or (ref not in waiting and ref not in self.walk.answered):
            self.voice.line(title)
            return
        done = len(self.walk.answered)
        here = sum(1 for ref in screen.refs[self.at :] if ref in self.walk.answered)
        total = done + self.walk.remaining(self.evaluation)
        n = max(done - here, 0) + 1
        self.voice.line(self.word("plain_progress", title=title, n=n, all=max(total, 1)))
        grown = total - self.total
        if self.total and grown > 0 and done:
            key = "one_more_question" if grown == 1 else "more_questions"
            self.voice.line(self.word(key, n=grown, why=self._cause(ref)))
        self.total = total

    def _cause(self, asked: FactRef) -> str:
        """The answer after which there are more questions; else what the one *asked* is about."""
        facts, last = self.evaluation.rules.facts, self.last
        given = self.session.answer_of(last) if last is not None else None
        if last is None or given is None or facts[last.name].fields:
            return self.word("added_about", what=facts[asked.name].label.get(self.lang))
        fact = facts[last.name]
        said = f"{fact.label.get(self.lang)}{self.colon}{answer_said(fact, given, self.lang)}"
        return self.word("added_after", what=said)

    # -- writing ---------------------------------------------------------------------------------

    def write(self, change: Callable[[], Wrote], done: Callable[[], str], then: Step) -> Step:
        """Carry out a change; say *done* and what turned, or why it was refused."""
        before = self.evaluation
        wrote = change()
        if wrote is Wrote.CLASH:
            return Step.CLASH
        if wrote is Wrote.REFUSED:
            self.tell("plain_refused", why=self.session.refusal)
            return Step.STAY
        self.voice.line(done())
        if wrote is Wrote.MERGED:
            self.tell("merged")
        elif wrote is Wrote.IN_MEMORY:
            self.tell("plain_unwritten", why=self.session.refusal)
        self.say_changes(before)
        return then

    def answer(self, values: dict[FactRef, str]) -> Step:
        """Write answers as one step."""

        def change() -> Wrote:
            if len(values) > 1:
                return self.session.answers(values)
            ((ref, text),) = values.items()
            return self.session.answer(ref, text)

        step = self.write(change, lambda: self._saved(values), Step.ON)
        if step is Step.ON:
            self.walk.answered |= set(values)
            self.walk.skipped -= set(values)
            self.last = list(values)[-1]
        return step

    def _saved(self, values: dict[FactRef, str]) -> str:
        said = []
        for ref, text in values.items():
            fact = self.evaluation.rules.facts[ref.name]
            given = None if self.session.broken else self.session.answer_of(ref)
            value = answer_said(fact, given, self.lang) if given else shorten(text)
            said.append(f"{fact.label.get(self.lang)}{self.colon}{value}")
        mark = wording.semicolon(self.lang)
        earlier = [e for e in map(self.session.earlier_day, values) if e is not None]
        notes = [self.word(EARLIER[by], day=iso(day)) for by, day in earlier[:1]]
        return " ".join([self.saved(mark.join(said)), *notes])

    def saved(self, what: str) -> str:
        """That something is in the file now; or that it is not."""
        return self.word("plain_noted" if self.session.waiting else "plain_saved", what=what)

    def noted(self, words: str) -> str:
        """What was done to a profile, in a sentence; and that it is not in the file, if so."""
        return self.saved(words) if self.session.waiting else words

    def say_changes(self, before: Evaluation) -> None:
        """What turned, a line each."""
        if self.session.broken:
            return
        said = changes_said(before, self.evaluation, self.lang)
        for text in said[:MOST_CHANGES]:
            self.voice.line(text, "- ", 2)
        if len(said) > MOST_CHANGES:
            self.tell("plain_more_changes", n=len(said) - MOST_CHANGES)
