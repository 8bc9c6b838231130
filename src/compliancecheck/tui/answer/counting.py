"""How far the interview is: the heading of a screen, and why the number of questions grew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES, waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.reports import wording
from compliancecheck.tui.answer.form import Progress
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.telling import GOAL_WORDS, answer_said
from compliancecheck.tui.turned import item_keys
from compliancecheck.tui.words import say

MOST_NAMED = 3
"""Of more items than these, these are named."""

LEAST = 2
"""Of fewer questions it is not said which one is asked."""


@dataclass(slots=True)
class Counting:
    """Counts the questions of one goal; ``total`` is how many there were a moment ago.

    The number grows when an answer brings questions up; then the heading names that answer.
    """

    total: int = 0
    _known: frozenset[FactRef] = frozenset()  # those answered or waiting a moment ago
    _profile: Profile | None = None  # as it was then

    def progress(
        self, walk: Walk, screen: Screen, evaluation: Evaluation, lang: str, at: int = 0
    ) -> Progress:
        """The heading of a screen, with the place of its question *at* among those of the goal."""
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
        here = sum(1 for ref in screen.refs[at:] if ref in walk.answered)
        total = done + walk.remaining(evaluation)
        note, grown = "", total - self.total
        if self.total and grown > 0 and done:
            key = "one_more_question" if grown == 1 else "more_questions"
            note = say(key, lang, n=grown, why=self._reason(walk, waiting, evaluation, lang))
        self.total = total
        self._profile, self._known = evaluation.profile, frozenset(walk.answered | waiting.keys())
        if total < LEAST:
            return Progress(title, note=note)
        return Progress(title, max(done - here, 0) + 1, total, note)

    def _reason(
        self, walk: Walk, waiting: Mapping[FactRef, object], evaluation: Evaluation, lang: str
    ) -> str:
        """What brought questions up: items named or answers given since, else what the first
        is about."""
        new = [ref for ref in waiting if ref not in self._known]
        after = self._named(new, evaluation, lang) or self._answered(walk, evaluation, lang)
        if after:
            return say("added_after", lang, what=after)
        first = next(iter(new), next(iter(waiting)))
        about = first.item or evaluation.rules.facts[first.name].label.get(lang)
        return say("added_about", lang, what=about)

    def _answered(self, walk: Walk, evaluation: Evaluation, lang: str) -> str:
        """The answers given or changed since; empty: none."""
        said, given = [], self._profile.every_answer() if self._profile is not None else {}
        for ref in sorted(walk.answered, key=lambda r: (r.name, r.item or "")):
            fact, answer = evaluation.rules.facts[ref.name], engine_of(evaluation).answer(ref)
            if answer is None or fact.fields or answer.says_as(given.get(ref)):
                continue
            said.append(
                f"{fact.label.get(lang)}{wording.colon(lang)}{answer_said(fact, answer, lang)}"
            )
        return wording.semicolon(lang).join(said[:MOST_NAMED])

    def _named(self, new: Sequence[FactRef], evaluation: Evaluation, lang: str) -> str:
        """The items named since of which something is asked now; empty: there are none."""
        facts = evaluation.rules.facts
        found: dict[str, list[str]] = {}
        for list_name, key in sorted(item_keys(evaluation.profile) - item_keys(self._profile)):
            if any(ref.item == key and facts[ref.name].list == list_name for ref in new):
                found.setdefault(list_name, []).append(key)
        for list_name, keys in found.items():
            names = ("、" if lang == "zh" else ", ").join(keys[:MOST_NAMED])
            names += " …" if keys[MOST_NAMED:] else ""
            return say("items_named", lang, list=facts[list_name].label.get(lang), names=names)
        return ""
