"""The ways of a route exclude each other, and are complete where the pack says so.

Both are looked for over cells, with the diagrams that decide findings; what is found is told only
with a concrete profile on which it can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, islice

from compliancecheck.logic.cells import Cell, Compiled, Variable
from compliancecheck.logic.computing import Env, truth_of
from compliancecheck.logic.diagram import TRUE
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.program import Program
from compliancecheck.model.conditions import All, Any, Condition, DistinctTotal, HoldsRule, Not
from compliancecheck.model.instruments import Route, Rules
from compliancecheck.model.profile import Adopted, Answer, FactRef, Profile
from compliancecheck.model.texts import Place, iso
from compliancecheck.model.values import Interval, Members, Number, Option, Values, point
from compliancecheck.reading.plain import as_node
from compliancecheck.reading.problems import Problem, pack_problem
from compliancecheck.reading.profiles import read_profile

MOST_PATHS = 300
"""Paths of a diagram that are tried before a gap that no profile confirms is let go."""

Path = tuple[tuple[Variable, Cell], ...]


def way_problems(rules: Rules) -> Iterator[Problem]:
    """Two ways at once, or none where the ways are declared complete, with a proof."""
    for route in rules.routes.values():
        if route.complete_from is None:
            continue
        told: set[str] = set()
        bases = list(_bases(rules, route))
        for day in _days(rules, route.complete_from):
            for what, condition in _faults(rules, route):
                if what not in told:
                    proof = _proof(rules, route, bases, day, condition)
                    if proof is not None:
                        told.add(what)
                        message = f"on {iso(day)} {what}: {proof}"
                        yield pack_problem(route.place or Place("", 1, 1, 1), message)


def _days(rules: Rules, start: int) -> list[int]:
    """The days from *start* on which the law changes."""
    days = {start}
    changes = [
        *((i.effective, i.ends) for i in rules.instruments.values()),
        *((r.effective, r.ends) for r in rules.rules.values()),
    ]
    for change in (day for pair in changes for day in pair if day is not None):
        days.update((change.first, change.last))
    return sorted(day for day in days if day >= start)


def _faults(rules: Rules, route: Route) -> Iterator[tuple[str, Condition]]:
    """What may not be, in words and as a condition."""
    ways: dict[str, Condition] = {
        way: Any(tuple(HoldsRule(r.id) for r in rules.rules.values() if r.way == (route.name, way)))
        for way in route.ways
    }
    inside = () if route.complete_where is None else (route.complete_where,)
    for first, second in combinations(ways, 2):
        both = All((*inside, ways[first], ways[second]))
        yield f"the ways {first} and {second} of {route.name} hold together", both
    yield f"no way of {route.name} holds", All((*inside, Not(Any(tuple(ways.values())))))


def _proof(
    rules: Rules, route: Route, bases: Sequence[Profile], day: int, condition: Condition
) -> str | None:
    """A profile, in words, made of one of *bases*, on which *condition* is true; None: there is
    none that was found."""
    compiled = Program(rules, day, None).test(condition)
    for path in islice(_paths(compiled), MOST_PATHS):
        for base in bases:
            changed = _with_path(base, path, rules, route, day)
            if _confirmed(changed, rules, route, day, condition):
                return ", ".join(_words(variable, cell) for variable, cell in path)
    return None


def _paths(compiled: Compiled) -> Iterator[Path]:
    """Ways through a diagram to its true end."""

    def follow(node: int, path: Path) -> Iterator[Path]:
        if node < 0:
            if node == TRUE:
                yield path
            return
        number, children = compiled.nodes[node]
        variable = compiled.variables[number]
        for cell, child in zip(compiled.cells[number], children, strict=True):
            yield from follow(child, (*path, (variable, cell)))

    yield from follow(compiled.root, ())


def _bases(rules: Rules, route: Route) -> Iterator[Profile]:
    """The base profiles that have exactly one item of the route's list."""
    listed = rules.lists()[route.each].name if route.each else None
    for data in rules.base_profiles.values():
        profile, _ = read_profile(as_node(data, ""), (), "", "", rules)
        if profile is None:
            continue
        items = profile.lists.get(listed) if listed else None
        if listed is None or (items is not None and len(items.items) == 1):
            yield profile


def _with_path(profile: Profile, path: Path, rules: Rules, route: Route, day: int) -> Profile:
    """The profile with the answers and readings of a path."""
    readings = dict(profile.readings)
    profile = replace(profile, dated=day)
    for variable, cell in path:
        name = variable.name
        if variable.kind == "reading" and isinstance(cell, frozenset):
            readings[name] = Adopted(str(min(cell, key=str)))
        elif variable.kind == "definition":
            value = rules.definitions[name].value
            if isinstance(value, DistinctTotal):
                profile = _answered(profile, value.fact, cell, rules)
        elif variable.kind == "member":
            profile = _with_member(profile, variable, cell, rules)
        elif variable.kind == "fact":
            profile = _answered(profile, name, cell, rules)
    return replace(profile, readings=readings)


def _with_member(profile: Profile, variable: Variable, cell: Cell, rules: Rules) -> Profile:
    """The profile with one option put into a set, or taken out of it."""
    fact = rules.facts[variable.fact or ""]
    item = profile.lists[fact.list].items[0] if fact.list else None
    given = item.answers if item else profile.answers
    old = given[fact.name].values if fact.name in given else None
    sure = old.sure if isinstance(old, Members) else frozenset()
    option = frozenset({variable.option})
    sure = sure - option if cell == frozenset({False}) else sure | option
    answer = Answer(Members(sure, sure), "")
    return profile.with_answer(FactRef(fact.name, item.key if item else None), answer, fact.list)


def _answered(profile: Profile, name: str, cell: Cell, rules: Rules) -> Profile:
    fact = rules.facts[name]
    if isinstance(cell, frozenset):
        option: Option = min(cell, key=str)
        values: Values = frozenset({option})
    else:
        values = (point(_some_number(cell.meet(fact.bounds))),)
    item = profile.lists[fact.list].items[0].key if fact.list else None
    return profile.with_answer(FactRef(name, item), Answer(values, ""), fact.list)


def _some_number(interval: Interval) -> Number:
    if interval.low is not None:
        return interval.low + 1 if interval.low_open else interval.low
    if interval.high is not None:
        return interval.high - 1 if interval.high_open else interval.high
    return 0


def _confirmed(
    profile: Profile, rules: Rules, route: Route, day: int, condition: Condition
) -> bool:
    engine = Engine(profile, rules, day, None)
    if engine.world.conflicts:
        return False
    envs: Sequence[Env] = [()]
    if route.each is not None:
        envs = [(item,) for item in engine.world.lists[route.each].items]
    return any(truth_of(engine.judge().test(condition, env)) is True for env in envs)


def _words(variable: Variable, cell: Cell) -> str:
    if isinstance(cell, frozenset):
        options = " or ".join(sorted(str(option).lower() for option in cell))
        return f"{variable.name}: {options}"
    low = "" if cell.low is None else f"{cell.low}"
    high = "" if cell.high is None else f"{cell.high}"
    return f"{variable.name}: {low}..{high}"
