"""Where the interview is: the screens seen, what was skipped, which goal. No Textual here."""

from __future__ import annotations

from dataclasses import dataclass, field

from compliancecheck.logic.interview import Screen, left_to_ask, next_screen
from compliancecheck.logic.questions import DUTIES, GOALS, ROUTES
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef

_ENDS = ("settled", "done")


@dataclass(slots=True)
class Walk:
    """The way through the questions. Going on always asks the logic what matters now."""

    goal: str = ROUTES
    seen: list[Screen] = field(default_factory=list)
    skipped: set[FactRef] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)
    answered: set[FactRef] = field(default_factory=set)
    second_round: bool = False
    trails: dict[Screen, list[int]] = field(default_factory=dict)  # its facts as they were asked
    shown: int = 0  # screens with questions, each time one was shown

    @property
    def screen(self) -> Screen | None:
        """The screen that is shown now."""
        return self.seen[-1] if self.seen else None

    def go_on(self, evaluation: Evaluation) -> Screen:
        """The next screen; what was skipped comes once more at the end of the goal."""
        found = self._next(evaluation)
        if found.kind in _ENDS and self.skipped and not self.second_round:
            self.second_round = True
            self.skipped.clear()
            found = self._next(evaluation)
        if found.kind == "settled" and not _has_route(evaluation) and not self.skipped:
            self.goal, self.second_round = DUTIES, False  # no export: there is no way to settle
            found = self._next(evaluation)
        return self.show(found)

    def again(self, evaluation: Evaluation) -> Screen:
        """Go on after the file became another one: routes first, if they are open again."""
        if self.goal != ROUTES and self._next(evaluation, ROUTES).kind not in _ENDS:
            self.goal, self.second_round = ROUTES, False
        return self.go_on(evaluation)

    def show(self, screen: Screen) -> Screen:
        """Show one screen (also one that was asked for by name)."""
        if self.seen and self.seen[-1].kind in _ENDS:
            self.seen.pop()
        self.seen.append(screen)
        if screen.kind not in _ENDS:
            self.shown += 1
        return screen

    def back(self) -> Screen | None:
        """The screen before this one; None at the first."""
        if len(self.seen) < 2:
            return None
        self.seen.pop()
        return self.screen

    def asked(self, at: int) -> None:
        """One fact of the screen, by its number in it, is asked now."""
        if self.screen is not None:
            trail = self.trails.setdefault(self.screen, [])
            if at in trail:
                del trail[trail.index(at) :]
            trail.append(at)

    def before(self, at: int) -> int | None:
        """Which fact of this screen was asked before the one *at*, answered or skipped."""
        trail = self.trails.get(self.screen, []) if self.screen is not None else []
        earlier = trail[: trail.index(at)] if at in trail else trail
        if earlier:
            return earlier[-1]
        return at - 1 if at > 0 else None

    @property
    def last_at(self) -> int:
        """Which fact of this screen was asked last."""
        trail = self.trails.get(self.screen, []) if self.screen is not None else []
        return trail[-1] if trail else 0

    def aim(self, goal: str, evaluation: Evaluation) -> Screen:
        """Go on with another goal."""
        self.goal = goal
        self.second_round = False
        self.answered.clear()
        return self.go_on(evaluation)

    def remaining(self, evaluation: Evaluation) -> int:
        """How many facts still matter for the goal and have no answer."""
        return self._next(evaluation).remaining

    def other_goals(self, evaluation: Evaluation) -> dict[str, int]:
        """The other goals with something left to ask, and how many facts that is."""
        left = {g: left_to_ask(evaluation, (g,)) for g in GOALS if g != self.goal}
        return {goal: count for goal, count in left.items() if count}

    def _next(self, evaluation: Evaluation, goal: str | None = None) -> Screen:
        return next_screen(
            evaluation,
            goal=goal or self.goal,
            skipped=frozenset(self.skipped),
            offered=frozenset(self.offered),
        )


def _has_route(evaluation: Evaluation) -> bool:
    return any(line.reason != "no_item" for line in evaluation.routes)


def stands(evaluation: Evaluation, screen: Screen) -> bool:
    """Whether a screen still asks about something that is there."""
    if screen.kind in ("settled", "done"):
        return False
    if screen.item is None:
        return True
    items = evaluation.profile.lists.get(screen.list_name or "")
    return items is not None and any(item.key == screen.item for item in items.items)


def answered_of(evaluation: Evaluation, list_name: str, key: str) -> tuple[FactRef, ...]:
    """The facts of an item that were answered, in the order of the vocabulary."""
    items = evaluation.profile.lists[list_name].items
    answers = next((item.answers for item in items if item.key == key), {})
    key_field = evaluation.rules.facts[list_name].key
    return tuple(
        FactRef(name, key)
        for name, fact in evaluation.rules.facts.items()
        if name in answers and fact.field_name != key_field
    )
