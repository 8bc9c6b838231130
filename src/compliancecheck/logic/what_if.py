"""What-if: the nearest changes that turn a finding, fewest answers first.

Every answer that can move the rule is first supposed alone, once for each part in which the rule
may turn, and judged. Where none is enough, paths through the rule's diagram are walked on which
two or three differ. What is suggested was judged with the whole profile, and agrees.
"""

from __future__ import annotations

from collections.abc import Iterable

from compliancecheck.logic.compare import route_changes
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import again
from compliancecheck.logic.explain import env_of
from compliancecheck.logic.partners import keyed
from compliancecheck.logic.trying import Move, Trial, Trying
from compliancecheck.model.findings import Evaluation, Finding, Outcome, Status
from compliancecheck.model.instruments import Rule
from compliancecheck.model.what_if import Effect, Suggestion, Wanted, WhatIf

MOST_ANSWERS = 3
MOST_SUGGESTIONS = 8
MOST_WALKS = 4_000  # of the diagram, for each wish and number of answers
# Items of a profile: each answer that is tried judges all of them again.
MOST_LISTED = 40
MOST_COMBINED = 10  # where several answers are tried together
MOST_JUDGED = 300  # profiles in which more than one answer is supposed

APPLIES = frozenset(Outcome) - {Outcome.NOT_APPLICABLE}
WISHES = {
    "met": frozenset({Outcome.PASS, Outcome.MET}),
    "fail": frozenset({Outcome.FAIL, Outcome.NOT_MET}),
    "na": frozenset({Outcome.NOT_APPLICABLE}),
    "applies": APPLIES,
}
"""What can be wished for, by its name; a benchmark that is not met never fails, but counts."""


def default_wish(rule: Rule, finding: Finding) -> tuple[str, ...]:
    """What is most wished of a finding, the best first.

    Something that is met: how near it is to failing; something that does not apply: how near it
    is to applying; else to be met, or not to apply.
    """
    if finding.status is Status.NOT_APPLICABLE:
        return ("applies",)
    if finding.status is Status.PASS or finding.met:
        return ("fail",)
    if rule.requires is None and rule.compares is None:
        return ("na",)
    return ("met", "na") if finding.status is not Status.INFORMATIVE else ("met",)


def what_if(evaluation: Evaluation, finding: Finding, wish: Iterable[str] | None = None) -> WhatIf:
    """The nearest changes of answers that turn *finding*, fewest answers first.

    *wish* are names of :data:`WISHES`, the best first (None: :func:`default_wish`). Nothing is
    suggested that was not judged with the whole profile. Facts of the company are supposed,
    those of the finding's own item, and readings; never the days of the law.
    """
    rule = evaluation.rules.rules[finding.rule]
    wanted = tuple(WISHES[name] for name in wish or default_wish(rule, finding))
    why = _never_turns(evaluation, finding, wanted)
    if why is not None:
        return WhatIf(finding, wanted, (), why_none=why)
    listed = sum(len(given.items) for given in evaluation.profile.lists.values())
    if listed > MOST_LISTED:
        return WhatIf(finding, wanted, (), why_none="large")
    together = MOST_ANSWERS if listed <= MOST_COMBINED else 1
    search = _Search(Trying(evaluation, finding), wanted, together)
    found = search.run()
    suggestions: list[Suggestion] = []
    left = 0
    for trial, goal in found:
        if len(suggestions) == MOST_SUGGESTIONS:
            left += 1
            continue
        suggestion = _agreed(evaluation, finding, trial, goal)
        if suggestion is not None:
            suggestions.append(suggestion)
    none = None if suggestions else _why_none(finding, search)
    return WhatIf(finding, wanted, tuple(suggestions), left, none)


def _never_turns(evaluation: Evaluation, finding: Finding, wanted: Wanted) -> str | None:
    """Why no answer can turn a finding, where that is clear before any is tried."""
    if any(finding.possible <= goal for goal in wanted):
        return "already"
    if finding.reason is not None:
        return "no_item" if finding.reason.kind == "no_item" else "law"
    engine = engine_of(evaluation, finding.rule)
    rule = evaluation.rules.rules[finding.rule]
    if env_of(engine, finding) is None:
        return "no_item"
    can_be = {Outcome.NOT_APPLICABLE}
    if rule.requires is not None:
        can_be |= {Outcome.PASS, Outcome.FAIL}
    elif rule.compares is not None:
        can_be |= {Outcome.MET, Outcome.NOT_MET}
    else:
        can_be |= {Outcome.INFORMATIVE}
    return None if any(can_be & goal for goal in wanted) else "never"


def _why_none(finding: Finding, search: _Search) -> str:
    if finding.waits_until is not None:
        return "waits"
    if finding.held is not None:
        return "review"
    return "far" if search.trying.has_moves else "nothing"


# -- the search -----------------------------------------------------------------------------------


class _Search:
    """Looks for the fewest moves to each of the wished outcomes."""

    def __init__(self, trying: Trying, wanted: Wanted, together: int) -> None:
        self.trying = trying
        self.wanted = wanted
        self.together = together

    def run(self) -> list[tuple[Trial, frozenset[Outcome]]]:
        """All trials with the fewest answers for each wish, in the order to be shown."""
        found: list[tuple[tuple[object, ...], Trial, frozenset[Outcome]]] = []
        for place, goal in enumerate(self.wanted):
            for size in range(1, self.together + 1):
                trials = self._alone(goal) if size == 1 else self._several(size, goal)
                if trials:
                    found += [((size, t.given, place, *t.rank), t, goal) for t in trials]
                    break
        found.sort(key=lambda row: row[0])
        return [(trial, goal) for _, trial, goal in found]

    def _alone(self, goal: frozenset[Outcome]) -> list[Trial]:
        best: dict[object, Move] = {}
        for move in self.trying.moves(self.trying.walk(())[1]):
            if move.outcomes and move.outcomes <= goal:
                other = best.get(move.key)
                if other is None:
                    best[move.key] = move
                else:
                    best[move.key] = self._one_of(other, move, goal)
        return [self.trying.trial((move,)) for move in best.values()]

    def _one_of(self, one: Move, other: Move, goal: frozenset[Outcome]) -> Move:
        """Both where they are options of one choice, else the nearer one."""
        both = self.trying.united(one, other)
        if both is not None and both.outcomes and both.outcomes <= goal:
            return both
        return min(one, other, key=lambda move: move.distance)

    def _several(self, size: int, goal: frozenset[Outcome]) -> list[Trial]:
        found: dict[frozenset[object], Trial] = {}
        seen: set[frozenset[int]] = set()
        judged: list[Trial] = []

        def grow(chosen: tuple[Move, ...]) -> None:
            outcomes, asked = self.trying.walk(chosen)
            used = {move.key for move in chosen}
            needs = {ref for move in chosen for ref in move.needs} - used
            if len(chosen) == size:
                if not needs and outcomes and outcomes <= goal:
                    keep(chosen)
                return
            if len(needs) > size - len(chosen):
                return
            for move in self.trying.moves(asked, needs):
                if move.key in used:
                    continue
                more = (*chosen, move)
                key = frozenset(map(id, more))
                if key not in seen and len(seen) < MOST_WALKS:
                    seen.add(key)
                    grow(more)

        def keep(chosen: tuple[Move, ...]) -> None:
            trial = self.trying.trial(chosen)
            key = frozenset(move.key for move in chosen)
            if key in found and found[key].rank <= trial.rank:
                return
            if len(judged) < MOST_JUDGED:
                judged.append(trial)
                outcomes = self.trying.outcomes(trial)
                if outcomes and outcomes <= goal:
                    found[key] = trial

        grow(())
        return list(found.values())


# -- what follows ---------------------------------------------------------------------------------


def _agreed(
    evaluation: Evaluation, finding: Finding, trial: Trial, goal: frozenset[Outcome]
) -> Suggestion | None:
    """The suggestion with all that follows from it; None if the whole profile disagrees."""
    changed = again(evaluation, trial.profile)
    after = keyed(changed).get((finding.rule, finding.item, finding.further))
    if changed.conflicts or after is None or not after.possible <= goal:
        return None
    return Suggestion(
        suppositions=trial.suppositions,
        profile=trial.profile,
        before=finding,
        after=after,
        effects=effects(evaluation, changed, without=finding),
        routes=tuple(route_changes(evaluation.routes, changed.routes)),
        set_aside=trial.set_aside,
        given=trial.given,
    )


def effects(
    before: Evaluation, after: Evaluation, without: Finding | None = None
) -> tuple[Effect, ...]:
    """The findings that a reader sees turn between two evaluations, in the order of the rules."""
    old, new = keyed(before), keyed(after)
    places = {rule: n for n, rule in enumerate(before.rules.rules)}
    own = None if without is None else (without.rule, without.item, without.further)
    keys = sorted(dict.fromkeys([*old, *new]), key=lambda key: places[key[0]])
    rows = [Effect(old.get(key), new.get(key)) for key in keys if key != own]
    return tuple(row for row in rows if _seen(row.before) != _seen(row.after))


def _seen(finding: Finding | None) -> object:
    """What a reader is told of a finding; one that is not there is like one that does not apply."""
    if finding is None or finding.scope is False:
        return None
    waits = finding.waits_until is not None
    return finding.status, finding.scope, finding.met, waits
