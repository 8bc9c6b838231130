"""What a fact is for: the rules that read it, and the answer that makes it not matter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from compliancecheck.logic.computing import Env
from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import gate_facts, reach_of
from compliancecheck.model.conditions import All, Any, Condition, Not
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef

_MOST_GATES = 8  # gates that close one after the other
_KEPT_PROGRAMS = 4


def rules_using(evaluation: Evaluation) -> Mapping[str, tuple[str, ...]]:
    """For each fact the rules that read it, in the order of the packs.

    A fact that opens others, or bounds them, is also for the rules that read those.
    """
    return _rules_using(engine_of(evaluation).program)


@lru_cache(maxsize=_KEPT_PROGRAMS)
def _rules_using(program: Program) -> Mapping[str, tuple[str, ...]]:
    rules = program.rules
    found: dict[str, set[str]] = {}
    for rule in rules.rules.values():
        reach = reach_of(program, program.rule_diagram(rule))
        lists = {rules.lists()[item].name for item in reach.lists}
        own = rules.lists()[rule.each].name if rule.each else None
        for name in reach.own | reach.inner | lists | ({own} if own else set()):
            found.setdefault(name, set()).add(rule.id)
    opened: dict[str, set[str]] = {}
    for fact in rules.facts.values():
        for name in gate_facts(fact.gate.only_if) if fact.gate else ():
            opened.setdefault(name, set()).add(fact.name)
    for constraint in rules.constraints:
        opened.setdefault(constraint.lesser, set()).add(constraint.greater)
        opened.setdefault(constraint.greater, set()).add(constraint.lesser)
    users: dict[str, tuple[str, ...]] = {}
    for name in rules.facts:
        reached, left = {name}, [name]
        while left:
            new = opened.get(left.pop(), set()) - reached
            reached |= new
            left += new
        own_rules = set().union(*(found.get(one, set()) for one in reached))
        users[name] = tuple(rule for rule in rules.rules if rule in own_rules)
    return users


def closed_by(evaluation: Evaluation, ref: FactRef) -> FactRef | None:
    """The answered fact whose answer closes the gate of *ref*; None if its gate is not closed."""
    engine = engine_of(evaluation)
    found, here = None, ref
    for _ in range(_MOST_GATES):
        closing = _closing(engine, here)
        if closing is None:
            break
        found = here = closing
        if engine.answer(here) is not None:
            break
    return found


def gate_is_closed(engine: Engine, ref: FactRef) -> bool:
    """Whether what is known surely closes the gate of a fact: then nobody asks it."""
    fact = engine.rules.facts[ref.name]
    if fact.gate is None:
        return False
    env: Env = (engine.item(ref),) if fact.list else ()
    return _truth(engine, fact.gate.only_if, env) is False


def _closing(engine: Engine, ref: FactRef) -> FactRef | None:
    fact = engine.rules.facts[ref.name]
    if fact.gate is None:
        return None
    env: Env = (engine.item(ref),) if fact.list else ()
    if not gate_is_closed(engine, ref):
        return None
    name = next(iter(gate_facts(_false_part(engine, fact.gate.only_if, env))), None)
    if name is None:
        return None
    return FactRef(name, ref.item if engine.rules.facts[name].list else None)


def _false_part(engine: Engine, condition: Condition, env: Env) -> Condition:
    """The first part that makes a condition false."""
    if isinstance(condition, All):
        for part in condition.parts:
            if _truth(engine, part, env) is False:
                return _false_part(engine, part, env)
    if isinstance(condition, Any) and condition.parts:
        return _false_part(engine, condition.parts[0], env)
    if isinstance(condition, Not) and isinstance(condition.part, Any):
        for part in condition.part.parts:
            if _truth(engine, part, env) is True:
                return part
    return condition


def _truth(engine: Engine, condition: Condition, env: Env) -> bool | None:
    return engine.judge().truth(engine.program.expression(condition), env)
