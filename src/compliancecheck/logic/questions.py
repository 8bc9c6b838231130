"""The facts that still matter, and who waits for each: the raw material of the interview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from compliancecheck.logic.bands import bounds_in_play
from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.engine import Engine, engine_of, kept
from compliancecheck.model.findings import Evaluation, Finding, Question, Status
from compliancecheck.model.profile import FactRef

ROUTES, DUTIES, DATES, OTHERS = "routes", "duties", "dates", "others"
GOALS = (ROUTES, DUTIES, DATES, OTHERS)
"""What the interview settles, one after the other: the routes, the duties of what applies, the
days of its acts, and only then what else may apply."""


def questions(evaluation: Evaluation, goals: Iterable[str] = GOALS) -> tuple[Question, ...]:
    """Every fact that can still change what is asked for, in the order of the interview.

    A fact that was answered too widely is among them; a contested finding or route asks none.
    Lists whose items are not all named stand for what an unnamed item could change.
    """
    engine = engine_of(evaluation)
    waiting = waiting_for(evaluation, goals)
    refs = sorted(waiting, key=lambda ref: question_order(engine, ref))
    return tuple(
        Question(ref, tuple(waiting[ref]), bounds_in_play(evaluation, ref)) for ref in refs
    )


def waiting_for(evaluation: Evaluation, goals: Iterable[str]) -> Mapping[FactRef, list[str]]:
    """For each fact that matters the rules, or the routes, that wait for it."""
    chosen = tuple(goals)
    return kept(evaluation, ("waiting_for", chosen), lambda: _waiting_for(evaluation, chosen))


def _waiting_for(evaluation: Evaluation, goals: Sequence[str]) -> dict[FactRef, list[str]]:
    waiting: dict[FactRef, list[str]] = {}

    def wait(name: str, refs: Iterable[FactRef]) -> None:
        for ref in refs:
            names = waiting.setdefault(ref, [])
            if name not in names:
                names.append(name)

    rules = evaluation.rules
    if ROUTES in goals:
        for line in evaluation.routes:
            if line.contested or (line.settled and not line.open_list):
                continue
            route = rules.routes[line.route]
            lists = [rules.lists()[route.each].name] if route.each and line.open_list else []
            wait(line.route, [*_askable(evaluation, line.missing), *map(FactRef, lists)])
    if DUTIES in goals or OTHERS in goals:
        near = concerned(evaluation)
        for finding in evaluation.findings:
            if goal_of(evaluation, finding, near) not in goals:
                continue
            if finding.status is Status.UNDETERMINED or (finding.further and not finding.missing):
                lists = list(finding.open_lists) if finding.status is Status.UNDETERMINED else []
                wait(finding.rule, _askable(evaluation, finding.missing))
                wait(finding.rule, map(FactRef, lists))
    if DATES in goals or OTHERS in goals:
        for act in evaluation.dates:
            if act.applies and (OTHERS if is_draft(rules, act.rule) else DATES) in goals:
                wait(act.rule, _askable(evaluation, act.needs))
    return waiting


def goal_of(evaluation: Evaluation, finding: Finding, near: AbstractSet[str]) -> str:
    """Whether a finding belongs to the duties of what applies, or to what else may apply."""
    return DUTIES if evaluation.rules.rules[finding.rule].instrument in near else OTHERS


def concerned(evaluation: Evaluation) -> set[str]:
    """The instruments of which something surely applies: nobody is asked about the others first.

    Drafts are among the others. Where a pack's gate is open and nothing of the pack applies yet,
    all of its law is near.
    """
    rules = evaluation.rules
    found = {
        rules.rules[f.rule].instrument
        for f in evaluation.findings
        if f.fired and not is_draft(rules, f.rule)
    }
    for pack in rules.packs.values():
        own = {i.id for i in rules.instruments.values() if i.pack == pack.id and not i.is_draft}
        if own.isdisjoint(found) and pack.gate is not None and _open(evaluation, pack.gate):
            found |= own
    return found


def _open(evaluation: Evaluation, gate: str) -> bool:
    answer = evaluation.profile.answers.get(gate)
    return answer is not None and answer.values == frozenset({True})


def question_order(engine: Engine, ref: FactRef) -> tuple[bool, bool, tuple[bool, int, int, int]]:
    """Gates of packs first, then lists that are not named, then the vocabulary."""
    rules = engine.rules
    is_gate = any(pack.gate == ref.name for pack in rules.packs.values())
    return (not is_gate, not rules.facts[ref.name].fields, engine.order(ref))


def _askable(evaluation: Evaluation, refs: Iterable[FactRef]) -> list[FactRef]:
    """Leave out the facts of an item of which nothing is known: its list is asked instead."""
    facts = evaluation.rules.facts
    return [ref for ref in refs if ref.item is not None or facts[ref.name].list is None]
