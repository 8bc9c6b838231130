"""What can still move a diagram: facts, readings, lists that are not closed, review bounds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from compliancecheck.logic.alike import known_of, movable_in
from compliancecheck.logic.cells import Compiled, Variable
from compliancecheck.logic.computing import Env, Judge, bound_as, truth_of
from compliancecheck.logic.diagram import Restricted
from compliancecheck.logic.distinct import alike_in
from compliancecheck.logic.fact_values import is_known
from compliancecheck.logic.narrowing import ItemWorld, ListWorld
from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import footing
from compliancecheck.model.conditions import (
    Before,
    Choose,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    FactValue,
    PercentOf,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import hull, point


class OfEach(NamedTuple):
    """The same facts of each of some items."""

    items: Sequence[ItemWorld]
    names: frozenset[str]


@dataclass(slots=True)
class Inputs:
    """What can still move something.

    ``shared`` are the inputs of definitions, kept apart and computed once: every item of a long
    list rests on the same total, and each would otherwise carry a copy of all its facts.
    ``many`` are the same facts of each of several items, by the id of these.
    """

    facts: set[FactRef] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    review: bool = False
    shared: dict[int, Inputs] = field(default_factory=dict)
    many: dict[int, OfEach] = field(default_factory=dict)

    def add(self, other: Inputs) -> None:
        """Take over what *other* holds."""
        self.facts |= other.facts
        self.shared.update(other.shared)
        for key, each in other.many.items():
            own = self.many.get(key)
            self.many[key] = each if own is None else OfEach(each.items, own.names | each.names)
        self._mark(other)

    def add_of_each(self, items: Sequence[ItemWorld], inputs: Inputs) -> None:
        """Take over what *inputs* holds of the first of *items*, the same for each of them.

        Nobody may use *inputs* any more.
        """
        if len(items) == 1:
            self.add(inputs)
            return
        first = items[0]
        own = {r for r in inputs.facts if r.item == first.key and r.name in first.values}
        inputs.facts -= own
        self.add(inputs)
        if own:
            names = frozenset([ref.name for ref in own])
            known = self.many.get(id(items))
            self.many[id(items)] = OfEach(items, names if known is None else names | known.names)

    def share(self, other: Inputs) -> None:
        """Hold *other* as it is, with its facts left where they are."""
        self.shared[id(other)] = other
        self.shared.update(other.shared)
        self._mark(other)

    def _mark(self, other: Inputs) -> None:
        self.readings |= other.readings
        self.lists |= other.lists
        self.review |= other.review

    def of_item(self, key: str | None) -> Inputs:
        """The same of another item: where a fact has an item here, it is that item's own."""
        facts = {ref if ref.item is None else FactRef(ref.name, key) for ref in self.facts}
        return Inputs(facts, self.readings, self.lists, self.review, self.shared, self.many)


def inputs_of_value(judge: Judge, value: Value, env: Env) -> Inputs:
    """What can still move a value."""
    found = Inputs()
    _Moving(judge).value(found, value, env)
    return found


def inputs_of(
    judge: Judge,
    compiled: Compiled,
    restricted: Restricted,
    env: Env,
    done: set[int] | None = None,
) -> Inputs:
    """What can still move a restricted diagram.

    *done* are facts of the diagram (by number) that were looked at before: they are left out,
    and those found now are added.
    """
    return _Moving(judge).diagram(compiled, restricted, env, done)


class _Moving:
    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def diagram(
        self,
        compiled: Compiled,
        restricted: Restricted,
        env: Env,
        done: set[int] | None = None,
    ) -> Inputs:
        found = Inputs()
        for number in restricted.support:
            variable = compiled.variables[number]
            if done is not None and variable.fact is not None:
                if number in done:
                    continue
                done.add(number)
            self._add(found, variable, env)
        return found

    def _add(self, found: Inputs, variable: Variable, env: Env) -> None:
        if variable.fact is not None:
            self._fact(found, variable.fact, env)
        elif variable.kind == "reading":
            if variable.name not in self.judge.chosen:
                found.readings.add(variable.name)
        elif variable.kind == "definition":
            found.share(self._definition(variable, env))
        elif variable.kind == "open":
            found.review |= variable.name.startswith("review ")
        else:
            self._leaf(found, variable, env)

    def _fact(self, found: Inputs, name: str, env: Env) -> None:
        if not is_known(self.judge.fact(name, env)):
            found.facts.add(self.judge.ref(name, env))

    def _definition(self, variable: Variable, env: Env) -> Inputs:
        judge = self.judge
        definition = judge.rules.definitions[variable.name]
        own = bound_as(env, definition.each)
        readings = judge.key(footing(judge.program, variable).readings)
        key = (variable, readings, tuple(id(item) for item in own))
        found = judge.memory.inputs.get(key)
        if not isinstance(found, Inputs):
            found = Inputs()
            if not is_known(judge.definition(variable.name, env)):
                self.value(found, definition.value, own)
            judge.memory.inputs[key] = found
        return found

    def _leaf(self, found: Inputs, variable: Variable, env: Env) -> None:
        node = self.judge.program.leaves[variable]
        if isinstance(node, Some):
            found.add(self._some(variable, node, env))
            return
        self.value(found, node.left, env)
        for limit in (node.lower, node.upper):
            if limit is not None:
                self.value(found, limit.value, env)

    def _some(self, variable: Variable, node: Some, env: Env) -> Inputs:
        """The inputs of a quantifier, worked out once for all readings that it does not read."""
        judge = self.judge
        readings, free = footing(judge.program, variable)
        bound = tuple(id(item) for item in env if item.item in free)
        key = (variable, judge.key(readings), bound)
        found = judge.memory.inputs.get(key)
        if not isinstance(found, Inputs):
            found = judge.memory.inputs[key] = Inputs()
            self._items(found, node, env)
        return found

    def _condition(self, found: Inputs, condition: Condition, env: Env) -> None:
        compiled = self.judge.program.test(condition)
        found.add(self.diagram(compiled, self.judge.test(condition, env), env))

    def _values(self, found: Inputs, values: Iterable[Value], env: Env) -> None:
        for value in values:
            self.value(found, value, env)

    def value(self, found: Inputs, value: Value, env: Env) -> None:
        """Take in what can still move a value."""
        if isinstance(value, FactValue):
            self._fact(found, value.name, env)
        elif isinstance(value, DefinitionValue):
            found.share(self._definition(Variable("definition", value.name), env))
        elif isinstance(value, PercentOf | Shift | Before):
            self.value(found, value.of, env)
        elif isinstance(value, DueDay):
            each = self.judge.rules.rules[value.rule].each
            due = self.judge.program.deadline(value).due
            self.value(found, due, bound_as(env, each))
        elif isinstance(value, Sum):
            self._values(found, value.terms, env)
        elif isinstance(value, Difference):
            self._values(found, (value.left, value.right), env)
        elif isinstance(value, Choose):
            for when, part in self.judge.cases(value, env):
                if when is not None:
                    self._condition(found, when, env)
                self.value(found, part, env)
        elif isinstance(value, DistinctTotal):
            self._distinct(found, value, env)
        elif isinstance(value, Count | Total):
            self._counted(found, value, env)

    def _items(self, found: Inputs, node: Some, env: Env) -> None:
        world = self.judge.world.lists[node.item]
        for same in self._alike(world, (node.where,)):
            inside = Inputs()
            self._condition(inside, node.where, (*env, same[0]))
            found.add_of_each(same, inside)
        if world.further is not None:
            own = (*env, world.further)
            if truth_of(self.judge.test(node.where, own)) is not False:
                found.lists.add(node.item)
                self._further(found, node.where, own)

    def _counted(self, found: Inputs, value: Count | Total, env: Env) -> None:
        """What decides which items are counted, and what those that are add to a total."""
        world = self.judge.world.lists[value.item]
        fact = value.fact if isinstance(value, Total) else None
        conditions = (value.where,) if value.where is not None else ()
        for same in self._alike(world, conditions, fact):
            inside = Inputs()
            self._counted_item(inside, value, same[0], env)
            found.add_of_each(same, inside)
        if world.further is not None:
            self._counted_item(found, value, world.further, env)

    def _counted_item(self, found: Inputs, value: Count | Total, item: ItemWorld, env: Env) -> None:
        own = (*env, item)
        counted = self.judge.counted(value.where, own)
        if counted is False or self._adds_nothing(value, item):
            return
        if item.key is None:
            found.lists.add(value.item)
            if counted is None and value.where is not None:
                self._further(found, value.where, own)
            return
        if counted is None and value.where is not None:
            self._condition(found, value.where, own)
        if isinstance(value, Total) and not is_known(item.values[value.fact]):
            found.facts.add(FactRef(value.fact, item.key))

    def _alike(
        self, world: ListWorld, conditions: Sequence[Condition], fact: str | None = None
    ) -> Iterator[Sequence[ItemWorld]]:
        """The items of a list, those together of which the same facts matter: to *conditions*,
        and to a total over the numbers *fact*."""
        judge = self.judge
        compiled = [judge.program.test(c) for c in conditions]
        for group in alike_in(judge, world, conditions):
            if len(group) == 1:
                yield group
                continue
            movable = movable_in(judge.program, group[0].item, compiled)
            key = (id(group), movable, fact)
            kinds = judge.memory.kinds.get(key)
            if kinds is None:
                kinds = judge.memory.kinds[key] = _kinds(judge.program, group, movable, fact)
            yield from kinds

    @staticmethod
    def _adds_nothing(value: Count | Total, item: ItemWorld) -> bool:
        return isinstance(value, Total) and item.values[value.fact] == (point(0),)

    def _further(self, found: Inputs, where: Condition, env: Env) -> None:
        """Readings and review bounds that decide on an item of which nothing is known."""
        inside = Inputs()
        self._condition(inside, where, env)
        found.readings |= inside.readings
        found.review |= inside.review

    def _distinct(self, found: Inputs, value: DistinctTotal, env: Env) -> None:
        judge = self.judge
        world = judge.world.lists[value.item]
        possible = 0
        conditions = [c for c in (value.where, value.known_over) if c is not None]
        further = [] if world.further is None else [[world.further]]
        for same in (*self._alike(world, conditions, value.fact), *further):
            inside = Inputs()
            if self._person_counts(inside, value, same[0], env):
                possible += len(same)
            found.add_of_each(same, inside)
        several = possible > 1 or world.further is not None
        if value.known_as is not None and several:
            self._fact(found, value.known_as, env)

    def _person_counts(
        self, found: Inputs, value: DistinctTotal, item: ItemWorld, env: Env
    ) -> bool:
        """Take in what moves an item of a total; whether it may be counted there."""
        judge, own = self.judge, (*env, item)
        counted = judge.counted(value.where, own)
        if counted is not True and item.key is not None and self._left_out(value, own):
            self._fact(found, value.fact, own)
        if counted is False or judge.count(value, item) == (point(0),):
            return False
        if item.key is None:
            found.lists.add(value.item)
            if counted is None and value.where is not None:
                self._further(found, value.where, own)
            return True
        if counted is None and value.where is not None:
            self._condition(found, value.where, own)
        if not is_known(judge.count(value, item)):
            found.facts.add(FactRef(value.fact, item.key))
        return True

    def _left_out(self, value: DistinctTotal, env: Env) -> bool:
        """Whether an item's people may be in the known number and not in the total.

        They are taken off it where that number is answered, so their count moves the total.
        """
        if value.known_as is None:
            return False
        values = self.judge.fact(value.known_as, ())
        assert isinstance(values, tuple)
        if not hull(values).low:  # not answered, or by an upper end only
            return False
        return self.judge.counted(value.known_over, env) is not False


def _kinds(
    program: Program, group: Sequence[ItemWorld], movable: bool, fact: str | None
) -> list[list[ItemWorld]]:
    """The items of a group, those together of which the same facts are known.

    With *fact* also those apart that have none of it: they add nothing.
    """
    by_values: dict[int, list[ItemWorld]] = {}
    found: dict[Hashable, list[ItemWorld]] = {}
    for item in group:
        same = by_values.get(id(item.values))
        if same is None:
            known = known_of(program, item) if movable else id(item.values)
            own = item.values[fact] if fact is not None else ()
            key = (known, own == (point(0),), isinstance(own, tuple) and is_known(own))
            same = by_values[id(item.values)] = found.setdefault(key, [])
        same.append(item)
    return list(found.values())
