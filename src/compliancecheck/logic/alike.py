"""Items that no diagram tells apart: judged once, however long their list is.

Diagrams see of a fact only the cells in which it may lie, and of two days that are compared only
which comes first.  Two items whose facts lie in the same cells of every diagram, and for which
every such comparison comes out the same, have the same verdicts.  What else an item's own
definitions and leaves read is compared by its exact values.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet
from itertools import product

from compliancecheck.logic.cells import Cell, Compiled, Variable, allowed_cells
from compliancecheck.logic.computing import Judge
from compliancecheck.logic.fact_values import is_known
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import Reach, reach_of, variable_reach
from compliancecheck.model.conditions import (
    AsOf,
    Before,
    Choose,
    Compare,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    FactValue,
    Literal,
    PercentOf,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Values

MOST_CHOICES = 64  # of the readings that one comparison reads


class Alike:
    """Tells for one kind of item which are alike in all diagrams that judge such an item.

    In a diagram that is ``movable`` also what still matters of such items is the same, fact for
    fact, as far as the same of it is known.
    """

    def __init__(self, program: Program, item: str) -> None:
        self.program = program
        self.item = item
        self.diagrams = {id(c): c for c in _diagrams(program, item)}
        self.cells: dict[str, list[tuple[Cell, ...]]] = {}
        self.exact: set[str] = set()
        self.leaves: dict[Variable, list[dict[str, str]]] = {}
        self.movable: set[int] = set()
        self.compared: set[str] = set()
        self._reached: dict[Variable, Reach] = {}
        for compiled in self.diagrams.values():
            for number, variable in enumerate(compiled.variables):
                self._read(variable, compiled.cells[number])
            if all(self._moves(variable) for variable in compiled.variables):
                self.movable.add(id(compiled))
        self._matter = self._with_partners(self.cells.keys() | self.exact | self.compared)
        self._known: dict[tuple[str, Values], Hashable] = {}

    # -- what diagrams read of an item ----------------------------------------------------------

    def _read(self, variable: Variable, cells: tuple[Cell, ...]) -> None:
        if variable.kind == "fact":
            if self._is_own(variable.name):
                known = self.cells.setdefault(variable.name, [])
                if cells not in known:
                    known.append(cells)
        elif variable.fact is not None:  # of a set there are few answers: they are compared whole
            if self._is_own(variable.fact):
                self.exact.add(variable.fact)
        elif variable.kind in ("definition", "leaf") and variable not in self._reached:
            reach = self._reached[variable] = variable_reach(self.program, variable)
            own = {name for name in reach.own if self._is_own(name)}
            choices = self._choices(reach) if own and self._compares(variable) else None
            if choices is None:
                self.exact |= own
            else:
                self.leaves[variable] = choices
                self.compared |= own

    def _is_own(self, name: str) -> bool:
        return self.program.rules.facts[name].item_of() == self.item

    def _with_partners(self, names: set[str]) -> list[str]:
        """Also the facts that a constraint ties to them: these are asked where they are unknown."""
        found = set(names)
        for constraint in self.program.rules.constraints:
            pair = {constraint.lesser, constraint.greater}
            if constraint.each == self.item and not pair.isdisjoint(names):
                found |= {name for name in pair if self._is_own(name)}
        return sorted(found)

    def _moves(self, variable: Variable) -> bool:
        if variable.kind == "definition":
            return self.program.rules.definitions[variable.name].each is None
        if variable.kind != "leaf" or variable in self.leaves:
            return True
        reach = self._reached[variable]
        return not reach.lists and not any(self._is_own(name) for name in reach.own)

    def _choices(self, reach: Reach) -> list[dict[str, str]] | None:
        """Every choice of the readings of a comparison, where some of them may stay open."""
        names = sorted(reach.readings)
        options = [(None, *self.program.rules.readings[name].choices) for name in names]
        count = 1
        for choices in options:
            count *= len(choices)
        if count > MOST_CHOICES:
            return None
        rows = product(*options)
        return [
            {name: choice for name, choice in zip(names, row, strict=True) if choice is not None}
            for row in rows
        ]

    def _compares(self, variable: Variable) -> bool:
        """Whether a variable is a comparison that depends on the item only by its outcome."""
        leaf = self.program.leaves.get(variable) if variable.kind == "leaf" else None
        if not isinstance(leaf, Compare):
            return False
        limits = [limit.value for limit in (leaf.lower, leaf.upper) if limit is not None]
        return all(self._is_simple(value) for value in (leaf.left, *limits))

    def _is_simple(self, value: Value) -> bool:
        """Whether what can still move a value is the same facts for every item."""
        if isinstance(value, FactValue | Literal | AsOf):
            return True
        if isinstance(value, PercentOf | Shift | Before):
            return self._is_simple(value.of)
        if isinstance(value, DueDay):
            return self._is_simple(self.program.deadline(value).due)
        if isinstance(value, Sum):
            return all(self._is_simple(term) for term in value.terms)
        if isinstance(value, Difference):
            return self._is_simple(value.left) and self._is_simple(value.right)
        if isinstance(value, DefinitionValue):
            return self.program.rules.definitions[value.name].each is None
        if not isinstance(value, Choose) or not self._is_simple(value.otherwise):
            return False
        for case in value.cases:
            reach = reach_of(self.program, self.program.test(case.when))
            if reach.lists or any(self._is_own(name) for name in reach.own):
                return False
        return all(self._is_simple(case.value) for case in value.cases)

    # -- items ----------------------------------------------------------------------------------

    def judges(self, judge: Judge) -> list[tuple[Variable, Judge]]:
        """Each comparison with a judge for each choice of the readings that it reads."""
        world, memory = judge.world, judge.memory
        return [
            (variable, Judge(self.program, world, chosen, memory))
            for variable, choices in self.leaves.items()
            for chosen in choices
        ]

    def signature(
        self, item: ItemWorld, judges: list[tuple[Variable, Judge]], not_yet: AbstractSet[FactRef]
    ) -> Hashable:
        """What diagrams see of an item: the same for items that are alike.

        *not_yet* are the acts of which that is the answer.
        """
        values = item.values
        env = (item,)
        return (
            tuple([n for n in self.exact if FactRef(n, item.key) in not_yet]) if not_yet else (),
            tuple([self._part(name, values[name]) for name in self.cells]),
            tuple([values[name] for name in self.exact]),
            tuple([judge.leaf(variable, env) for variable, judge in judges]),
        )

    def known(self, item: ItemWorld) -> Hashable:
        """Which facts of an item are known, of those that diagrams read, and which of the others
        were answered that they are not."""
        values = item.values
        return frozenset([n for n in self._matter if is_known(values[n])]), item.unknown

    def _part(self, name: str, values: Values) -> Hashable:
        key = (name, values)
        found = self._known.get(key)
        if found is None:
            found = tuple([allowed_cells(cells, values) for cells in self.cells[name]])
            if len(self._known) < 100_000:
                self._known[key] = found
        return found


def movable_in(program: Program, item: str, diagrams: Iterable[Compiled]) -> bool:
    """Whether of items that are alike the same facts matter to all of these diagrams."""
    alike = program.alike.get(item)
    return isinstance(alike, Alike) and all(id(c) in alike.movable for c in diagrams)


def known_of(program: Program, item: ItemWorld) -> Hashable:
    """:meth:`Alike.known` of an item of a kind that was compared."""
    alike = program.alike[item.item]
    assert isinstance(alike, Alike)
    return alike.known(item)


def _diagrams(program: Program, item: str) -> Iterable[Compiled]:
    """Every diagram that is walked for an item of this kind when a profile is evaluated."""
    rules = program.rules
    for rule in rules.rules.values():
        if rule.each == item:
            yield program.rule_diagram(rule)
    for route in rules.routes.values():
        if route.each == item:
            yield program.route_diagram(route.name)
    for definition in rules.definitions.values():
        value = definition.value
        if not isinstance(value, DistinctTotal | Count | Total) or value.item != item:
            continue
        if value.where is not None:
            yield program.test(value.where)
        if isinstance(value, DistinctTotal) and value.known_over is not None:
            yield program.test(value.known_over)
            yield program.without(value.where, value.known_over)
    _find_leaves(program)
    done = 0
    while done < len(program.leaves):  # compiling a test may find further leaves
        leaf = list(program.leaves.values())[done]
        done += 1
        if isinstance(leaf, Some) and leaf.item == item:
            yield program.test(leaf.where)


def _find_leaves(program: Program) -> None:
    """Make the program know the leaves of every rule that can apply, without diagrams."""
    for rule in program.rules.rules.values():
        if program.scope(rule.id) is not False:
            for test in (rule.requires, rule.compares):
                if test is not None:
                    program.expression(test)
