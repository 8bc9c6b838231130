"""What a rule reads: its facts, through conditions, definitions, quantifiers and exemptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from compliancecheck.logic.cells import Compiled, Variable
from compliancecheck.logic.program import Program
from compliancecheck.model.conditions import (
    All,
    Any,
    Before,
    Choose,
    Compare,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    FactIs,
    FactValue,
    HoldsCondition,
    HoldsRule,
    Includes,
    Limit,
    Not,
    PercentOf,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.instruments import Rules


@dataclass(slots=True)
class Reach:
    """What a diagram reads.

    ``own`` are the facts of the company and of the items bound outside; ``inner`` the facts of
    items over which a definition or quantifier goes; ``lists`` the items of those lists;
    ``readings`` the unsettled points of law.
    """

    own: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)


class Footing(NamedTuple):
    """What makes two uses of a diagram, a definition or a leaf the same: the readings that it
    reads, sorted, and by kind of item the facts that it reads of an item bound outside."""

    readings: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]


def footing(program: Program, thing: Compiled | Variable) -> Footing:
    """The footing of a diagram, or of a definition or leaf; computed once for a program."""
    key = thing if isinstance(thing, Variable) else id(thing)
    found = program.footings.get(key)
    if not isinstance(found, Footing):
        if isinstance(thing, Variable):
            reach = variable_reach(program, thing)
        else:
            reach = reach_of(program, thing)
        items: dict[str, tuple[str, ...]] = {}
        for name in sorted(reach.own):
            item = program.rules.facts[name].item_of()
            if item is not None:
                items[item] = (*items.get(item, ()), name)
        found = Footing(tuple(sorted(reach.readings)), items)
        program.footings[key] = found
    return found


def reach_of(program: Program, compiled: Compiled) -> Reach:
    """What a diagram reads, directly and through the definitions and leaves in it."""
    return _Reaching(program).run(compiled)


def variable_reach(program: Program, variable: Variable) -> Reach:
    """What a definition or a leaf reads."""
    reaching = _Reaching(program)
    reaching.variable(variable, frozenset())
    return reaching.found


def values_read(program: Program, value: Value) -> set[str]:
    """The facts that a value reads, of the company and of any item."""
    reaching = _Reaching(program)
    reaching.value(value, frozenset())
    return reaching.found.own | reaching.found.inner


class _Reaching:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.rules = program.rules
        self.found = Reach()
        self._seen: set[tuple[object, frozenset[str]]] = set()

    def run(self, compiled: Compiled) -> Reach:
        for variable in compiled.variables:
            self.variable(variable, frozenset())
        return self.found

    def _condition(self, condition: Condition, inside: frozenset[str]) -> None:
        for variable in self.program.read_by(condition):
            self.variable(variable, inside)

    def variable(self, variable: Variable, inside: frozenset[str]) -> None:
        """Take in what a variable reads; *inside* are the items that quantifiers bind."""
        key = (variable, inside)
        if key in self._seen:
            return
        self._seen.add(key)
        if variable.fact is not None:
            self._fact(variable.fact, inside)
        elif variable.kind == "reading":
            self.found.readings.add(variable.name)
        elif variable.kind == "definition":
            self.value(self.rules.definitions[variable.name].value, inside)
        elif variable.kind == "leaf":
            leaf = self.program.leaves[variable]
            if isinstance(leaf, Some):
                self._inner(leaf.item, leaf.where, inside)
            else:
                self.value(leaf.left, inside)
                for limit in (leaf.lower, leaf.upper):
                    if limit is not None:
                        self.value(limit.value, inside)

    def _fact(self, name: str, inside: frozenset[str]) -> None:
        item = self.rules.facts[name].item_of()
        (self.found.inner if item in inside else self.found.own).add(name)

    def _inner(self, item: str, where: Condition | None, inside: frozenset[str]) -> None:
        self.found.lists.add(item)
        if where is not None:
            self._condition(where, inside | {item})

    def value(self, value: Value, inside: frozenset[str]) -> None:
        """Take in what a value reads; *inside* are the items that quantifiers bind."""
        if isinstance(value, FactValue):
            self._fact(value.name, inside)
        elif isinstance(value, DefinitionValue):
            self.variable(Variable("definition", value.name), inside)
        elif isinstance(value, PercentOf | Shift | Before):
            self.value(value.of, inside)
        elif isinstance(value, DueDay):
            self.value(self.program.deadline(value).due, inside)
        elif isinstance(value, Sum):
            for term in value.terms:
                self.value(term, inside)
        elif isinstance(value, Choose):
            for case in value.cases:
                self._condition(case.when, inside)
                self.value(case.value, inside)
            self.value(value.otherwise, inside)
        elif isinstance(value, Difference):
            self.value(value.left, inside)
            self.value(value.right, inside)
        elif isinstance(value, Count):
            self._inner(value.item, value.where, inside)
        elif isinstance(value, Total):
            self._inner(value.item, value.where, inside)
            self.found.inner.add(value.fact)
        elif isinstance(value, DistinctTotal):
            self._inner(value.item, value.where, inside)
            self.found.inner.add(value.fact)
            if value.known_as is not None:
                self.value(FactValue(value.known_as), inside)
                self._inner(value.item, value.known_over, inside)


def linked(rules: Rules) -> dict[str, set[str]]:
    """Facts that narrow each other: through gates, both ways, and constraints."""
    links: dict[str, set[str]] = {}

    def link(a: str, b: str) -> None:
        links.setdefault(a, set()).add(b)
        links.setdefault(b, set()).add(a)

    for fact in rules.facts.values():
        if fact.gate is not None:
            for name in gate_facts(fact.gate.only_if):
                link(fact.name, name)
    for constraint in rules.constraints:
        link(constraint.lesser, constraint.greater)
    return links


def closure(names: set[str], links: dict[str, set[str]]) -> set[str]:
    """Some facts and all that narrow them, one through the other."""
    found, waiting = set(names), list(names)
    while waiting:
        new = links.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def gate_facts(c: Condition) -> Iterator[str]:
    """The facts of a gate's condition."""
    if isinstance(c, FactIs | Includes):
        yield c.name
    elif isinstance(c, Compare):
        yield c.left.name
    elif isinstance(c, Not):
        yield from gate_facts(c.part)
    elif isinstance(c, All | Any):
        for part in c.parts:
            yield from gate_facts(part)


def bounds_of(program: Program, rule_id: str) -> dict[Variable, list[Limit]]:
    """The limits with which the scope of a rule compares each fact and definition."""
    found: dict[Variable, list[Limit]] = {}
    seen: set[str] = set()

    def rule(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        one = program.rules.rules[name]
        instrument = program.rules.instruments[one.instrument]
        for c in (instrument.applies_when, one.applies_when):
            if c is not None:
                condition(c)
        for by in program.exempted_by[name]:
            rule(by)

    def condition(c: Condition) -> None:
        if isinstance(c, All | Any):
            for part in c.parts:
                condition(part)
        elif isinstance(c, Not):
            condition(c.part)
        elif isinstance(c, Compare):
            kind = "fact" if isinstance(c.left, FactValue) else "definition"
            own = found.setdefault(Variable(kind, c.left.name), [])
            own += [limit for limit in (c.lower, c.upper) if limit is not None]
        elif isinstance(c, HoldsCondition):
            condition(program.rules.conditions[c.name].when)
        elif isinstance(c, HoldsRule):
            rule(c.rule)

    rule(rule_id)
    return found
