"""Where along each fact a rule may turn: the cuts of everything that its diagram reads.

Unlike the bounds in play (``in_play``) these are all cuts, also those that what is known has
already decided: what would be if an answer were another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from compliancecheck.logic.cells import Cell, Compiled, Variable
from compliancecheck.logic.computing import Env, Judge, all_items
from compliancecheck.logic.in_play import inside, led_back, through_variable
from compliancecheck.model.conditions import (
    Before,
    Choose,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    PercentOf,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Number

MOST_ITEMS = 20
"""Items of a list whose conditions are looked through."""


class Cuts:
    """The cuts of one rule's diagram over one profile, by fact."""

    def __init__(self, judge: Judge, compiled: Compiled, env: Env) -> None:
        self.judge = judge
        self._diagrams: list[tuple[Compiled, Env]] = []
        self._seen: set[tuple[int, tuple[int, ...]]] = set()
        self._add(compiled, env)

    def of(self, ref: FactRef) -> tuple[Interval, ...]:
        """Intervals of a number or date at whose ends something may turn."""
        fact = self.judge.rules.facts[ref.name]
        found = [*self._direct(ref), *self._through_gates(ref)]
        for constraint in self.judge.rules.constraints:
            if constraint.greater == ref.name:  # what bounds the lesser bounds it too
                lesser = FactRef(constraint.lesser, ref.item if fact.list else None)
                found += [_scaled(i, constraint.factor) for i in self._direct(lesser)]
        kept = (inside(fact, interval) for interval in dict.fromkeys(found))
        return tuple(interval for interval in kept if not interval.is_empty)

    def _direct(self, ref: FactRef) -> Iterator[Interval]:
        for compiled, env in self._diagrams:
            for number, variable in enumerate(compiled.variables):
                cells = compiled.cells[number]
                yield from through_variable(self.judge, variable, cells, env, ref)
                yield from self._through_cases(variable, cells, env, ref)

    def _through_cases(
        self, variable: Variable, cells: Sequence[Cell], env: Env, ref: FactRef
    ) -> Iterator[Interval]:
        """Also the cases of a definition not chosen now: another answer may choose them."""
        if variable.kind != "definition":
            return
        definition = self.judge.rules.definitions[variable.name]
        own = tuple(item for item in env if item.item == definition.each)
        if isinstance(definition.value, Choose):
            for part in self._parts(definition.value):
                for cell in cells[1:]:
                    if isinstance(cell, Interval):
                        above = Interval(cell.low, None, cell.low_open)
                        yield from led_back(self.judge, part, above, own, ref)

    def _through_gates(self, ref: FactRef) -> Iterator[Interval]:
        """The cuts of the gates that read a fact, of the company or of the same item."""
        judge = self.judge
        item = judge.rules.facts[ref.name].item_of()
        env: Env = ()
        if item is not None:
            env = tuple(i for i in judge.world.lists[item].items if i.key == ref.item)
        for fact in judge.rules.facts.values():
            if fact.gate is None or fact.item_of() not in (None, item):
                continue
            compiled = judge.program.test(fact.gate.only_if)
            for number, variable in enumerate(compiled.variables):
                if variable.kind == "fact" and variable.name == ref.name:
                    yield from through_variable(judge, variable, compiled.cells[number], env, ref)

    # -- the diagrams that are read ----------------------------------------------------------------

    def _add(self, compiled: Compiled, env: Env) -> None:
        key = (id(compiled), tuple(id(item) for item in env))
        if key in self._seen:
            return
        self._seen.add(key)
        self._diagrams.append((compiled, env))
        for variable in compiled.variables:
            if variable.kind == "definition":
                definition = self.judge.rules.definitions[variable.name]
                self._value(definition.value, env)
            elif variable.kind == "leaf":
                leaf = self.judge.program.leaves[variable]
                if isinstance(leaf, Some):
                    self._over_items(leaf.item, leaf.where, env)
                    continue
                limits = [limit.value for limit in (leaf.lower, leaf.upper) if limit is not None]
                for value in (leaf.left, *limits):
                    self._value(value, env)

    def _over_items(self, item: str, where: Condition | None, env: Env) -> None:
        if where is not None:
            items = list(all_items(self.judge.world.lists[item]))
            for one in [*items[:MOST_ITEMS], *(i for i in env if i.item == item)]:
                self._add(self.judge.program.test(where), (*env, one))

    def _value(self, value: Value, env: Env) -> None:
        for part in self._parts(value):
            self._value(part, env)
        if isinstance(value, Choose):
            for case in value.cases:
                self._add(self.judge.program.test(case.when), env)
        elif isinstance(value, Count | Total | DistinctTotal):
            self._over_items(value.item, value.where, env)
            if isinstance(value, DistinctTotal) and value.known_over is not None:
                self._over_items(value.item, value.known_over, env)

    def _parts(self, value: Value) -> Iterable[Value]:
        if isinstance(value, DefinitionValue):
            return (self.judge.rules.definitions[value.name].value,)
        if isinstance(value, PercentOf | Shift | Before):
            return (value.of,)
        if isinstance(value, DueDay):
            return (self.judge.program.deadline(value).due,)
        if isinstance(value, Sum):
            return value.terms
        if isinstance(value, Difference):
            return value.left, value.right
        if isinstance(value, Choose):
            return (*(case.value for case in value.cases), value.otherwise)
        return ()


def _scaled(interval: Interval, factor: Number) -> Interval:
    return interval.times(1 / Fraction(factor))
