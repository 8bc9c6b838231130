"""The answers by which two profiles differ, what a rule reads of them, and shaky counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.nodes import nodes_of
from compliancecheck.logic.reach import closure, reach_of
from compliancecheck.logic.reach import linked as links_of
from compliancecheck.model.comparison import Change, RouteChange
from compliancecheck.model.conditions import DefinitionValue, HoldsCondition, HoldsRule
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Answer, FactRef, ItemList


def different_answers(before: Evaluation, after: Evaluation) -> tuple[FactRef, ...]:
    """Every fact of which two profiles say something else, in the order of the vocabulary.

    A list of which the items (or whether it is complete) differ stands as itself. A count of
    another day is another answer.
    """
    old, new = before.profile, after.profile
    if old is new:
        return ()
    found = [FactRef(name) for name in _differing(old.answers, new.answers)]
    for name in dict.fromkeys([*old.lists, *new.lists]):
        found += _in_list(name, old.lists.get(name), new.lists.get(name))
    found += _aged_otherwise(before, after)
    positions = engine_of(before).positions
    known = dict.fromkeys(ref for ref in found if ref.name in positions)
    return tuple(sorted(known, key=lambda ref: (positions[ref.name], ref.item or "")))


def different_readings(before: Evaluation, after: Evaluation) -> tuple[str, ...]:
    """The readings that two profiles adopt otherwise."""
    old, new = before.profile.readings, after.profile.readings
    return tuple(
        name
        for name in before.rules.readings
        if getattr(old.get(name), "choice", None) != getattr(new.get(name), "choice", None)
    )


def read_by(
    evaluation: Evaluation, rule_id: str, item: str | None, refs: Iterable[FactRef]
) -> tuple[FactRef, ...]:
    """Those of some facts that a rule reads for an item; else those that narrow what it reads."""
    engine = engine_of(evaluation, rule_id)
    rule = engine.rules.rules[rule_id]
    reach = reach_of(engine.program, engine.program.rule_diagram(rule))
    lists = engine.rules.lists()
    inner = reach.inner | {lists[name].name for name in (*reach.lists, rule.each) if name}

    def among(names: set[str]) -> tuple[FactRef, ...]:
        return tuple(
            ref
            for ref in refs
            if ref.name in names and (ref.item in (None, item) or ref.name in inner)
        )

    direct = reach.own | inner
    return among(direct) or among(closure(direct, links_of(engine.rules)))


def rules_read_by(evaluation: Evaluation, rule_id: str) -> tuple[str, ...]:
    """The rules that free from a rule, and those of which it asks whether they hold."""
    rules = evaluation.rules
    found = dict.fromkeys(engine_of(evaluation, rule_id).program.exempted_by[rule_id])
    seen: set[str] = set()
    rule = rules.rules[rule_id]
    waiting: list[object] = [rule.applies_when, rule.requires, rule.compares]
    waiting.append(rules.instruments[rule.instrument].applies_when)
    while waiting:
        for node in nodes_of(waiting.pop()):
            if isinstance(node, HoldsRule):
                found[node.rule] = None
            elif isinstance(node, HoldsCondition | DefinitionValue) and node.name not in seen:
                seen.add(node.name)
                named = rules.conditions.get(node.name)
                waiting.append(named.when if named else rules.definitions[node.name].value)
    return tuple(found)


def shaky_counts(
    before: Evaluation,
    after: Evaluation,
    changes: Iterable[Change],
    routes: Iterable[RouteChange],
) -> tuple[FactRef, ...]:
    """Counts of a year that a side of what differs waits for.

    The law of one day counts since the start of this year, that of another since the start of
    the year before: who answered one of them has not answered the other.
    """
    waiting: dict[FactRef, None] = {}
    for change in changes:
        for side in (change.before, change.after):
            waiting |= dict.fromkeys(side.finding.missing if side.finding else ())
    for route in routes:
        for line in (route.before, route.after):
            waiting |= dict.fromkeys(line.missing if line else ())
    facts = before.rules.facts
    noted = {
        note.ref
        for evaluation in (before, after)
        for note in evaluation.age_notes
        if note.ref is not None and note.kind in ("other_window", "at_least", "at_most")
    }
    return tuple(
        ref
        for ref in waiting
        if facts[ref.name].counted is not None
        and (ref.item is not None or facts[ref.name].list is None)
        and (ref in noted or _nobody_answered(before, after, ref))
    )


def _nobody_answered(before: Evaluation, after: Evaluation, ref: FactRef) -> bool:
    return any(_answer(engine_of(e), ref) is None for e in (before, after))


# -- differences ----------------------------------------------------------------------------------


def _differing(old: Mapping[str, Answer], new: Mapping[str, Answer]) -> Iterator[str]:
    for name in dict.fromkeys([*old, *new]):
        if _said(old.get(name)) != _said(new.get(name)):
            yield name


def _said(answer: Answer | None) -> object:
    """What an answer says; ``unknown`` is the same as no answer."""
    if answer is None or answer.unknown:
        return None
    return "not yet" if answer.not_yet else answer.values


def _in_list(name: str, old: ItemList | None, new: ItemList | None) -> Iterator[FactRef]:
    before = {item.key: item for item in (old.items if old else ())}
    after = {item.key: item for item in (new.items if new else ())}
    complete = (old is None or old.open) == (new is None or new.open)
    if before.keys() != after.keys() or not complete:
        yield FactRef(name)
    for key in before.keys() & after.keys():
        for fact in _differing(before[key].answers, after[key].answers):
            yield FactRef(fact, key)


def _aged_otherwise(before: Evaluation, after: Evaluation) -> Iterator[FactRef]:
    """Counts that both give alike, and that are taken otherwise because of their days."""
    one, other = engine_of(before), engine_of(after)
    for fact in before.rules.facts.values():
        if fact.counted is None:
            continue
        for ref in _refs(one, fact.name):
            both = _answer(one, ref), _answer(other, ref)
            if None not in both and one.values(ref) != other.values(ref):
                yield ref


def _refs(engine: Engine, name: str) -> Iterator[FactRef]:
    fact = engine.rules.facts[name]
    if fact.list is None:
        yield FactRef(name)
        return
    given = engine.profile.lists.get(fact.list)
    for item in given.items if given else ():
        yield FactRef(name, item.key)


def _answer(engine: Engine, ref: FactRef) -> Answer | None:
    answer = engine.answer(ref)
    return None if answer is None or answer.unknown else answer
