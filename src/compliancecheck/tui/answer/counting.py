"""How far the interview is: the heading of a screen, and why the number of questions grew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES, waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.reports import wording
from compliancecheck.tui.answer.form import Progress
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.telling import GOAL_WORDS, answer_said
from compliancecheck.tui.words import say


@dataclass(slots=True)
class Counting:
    """Counts the questions of one goal; ``total`` is how many there were a moment ago.

    The number grows when an answer brings questions up; then the heading names that answer.
    """

    total: int = 0
    _known: frozenset[FactRef] = frozenset()  # those answered or waiting a moment ago
    _answered: frozenset[FactRef] = frozenset()

    def progress(self, walk: Walk, screen: Screen, evaluation: Evaluation, lang: str) -> Progress:
        """The heading of a screen, with the place of its questions among those of the goal."""
        if screen.kind in ("gates", "settled", "done"):
            return Progress("")
        if screen.item is not None:
            key = "route_of" if screen.goal == ROUTES else "item_heading"
            title = say(key, lang, item=screen.item)
        else:
            title = say(GOAL_WORDS[screen.goal][0], lang)
        waiting = waiting_for(evaluation, (screen.goal,))
        if (
            screen.goal != walk.goal
            or screen.kind != "facts"
            or not any(ref in waiting or ref in walk.answered for ref in screen.refs)
        ):
            return Progress(title)
        done = len(walk.answered)
        here = sum(1 for ref in screen.refs if ref in walk.answered)
        total = done + walk.remaining(evaluation)
        note, grown = "", total - self.total
        if self.total and grown > 0 and done:
            key = "one_more_question" if grown == 1 else "more_questions"
            note = say(key, lang, n=grown, why=self._reason(walk, waiting, evaluation, lang))
        self.total = total
        self._answered = frozenset(walk.answered)
        self._known = self._answered | waiting.keys()
        return Progress(title, max(done - here, 0) + 1, max(total, 1), note)

    def _reason(
        self, walk: Walk, waiting: Mapping[FactRef, object], evaluation: Evaluation, lang: str
    ) -> str:
        """What brought questions up: the answers given since, else what the first is about."""
        said = []
        for ref in sorted(walk.answered - self._answered, key=lambda r: (r.name, r.item or "")):
            fact, answer = evaluation.rules.facts[ref.name], engine_of(evaluation).answer(ref)
            if answer is not None and not fact.fields:
                colon = wording.colon(lang)
                said.append(f"{fact.label.get(lang)}{colon}{answer_said(fact, answer, lang)}")
        if said:
            return ("；" if lang == "zh" else "; ").join(said)
        new = (ref for ref in waiting if ref not in self._known)
        first = next(new, next(iter(waiting)))
        return first.item or evaluation.rules.facts[first.name].label.get(lang)
