"""How far the interview is: the heading of a screen, and why the number of questions grew."""

from __future__ import annotations

from dataclasses import dataclass

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES, waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.tui.answer.ends import GOAL_WORDS
from compliancecheck.tui.answer.form import Progress
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.words import say


@dataclass(slots=True)
class Counting:
    """Counts the questions of one goal; ``total`` is how many there were a moment ago."""

    total: int = 0

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
            first = evaluation.rules.facts[screen.refs[0].name].label.get(lang)
            key = "one_more_question" if grown == 1 else "more_questions"
            note = say(key, lang, n=grown, why=first)
        self.total = total
        return Progress(title, max(done - here, 0) + 1, max(total, 1), note)
