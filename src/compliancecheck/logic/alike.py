"""Items that no diagram tells apart: judged once, however long their list is.

Diagrams see of a fact only the cells in which it may lie.  Two items whose facts lie in the same
cells of every diagram have the same verdicts.  Facts that an item's own definitions and leaves
read are compared by their exact values.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from compliancecheck.logic.cells import Cell, Compiled, Variable, allowed_cells
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import variable_reach
from compliancecheck.model.conditions import Count, DistinctTotal, Some, Total
from compliancecheck.model.values import Values


class Alike:
    """Tells for one kind of item which are alike in all diagrams that judge such an item."""

    def __init__(self, program: Program, item: str) -> None:
        self.program = program
        self.item = item
        self.diagrams = {id(c): c for c in _diagrams(program, item)}
        self.cells: dict[str, list[tuple[Cell, ...]]] = {}
        self.exact: set[str] = set()
        for compiled in self.diagrams.values():
            for number, variable in enumerate(compiled.variables):
                self._read(variable, compiled.cells[number])
        self._known: dict[tuple[str, Values], Hashable] = {}
        self._classes: dict[Hashable, int] = {}

    def _read(self, variable: Variable, cells: tuple[Cell, ...]) -> None:
        facts = self.program.rules.facts
        if variable.kind == "fact":
            if facts[variable.name].item_of() == self.item:
                known = self.cells.setdefault(variable.name, [])
                if cells not in known:
                    known.append(cells)
        elif variable.fact is not None:  # of a set there are few answers: they are compared whole
            if facts[variable.fact].item_of() == self.item:
                self.exact.add(variable.fact)
        elif variable.kind in ("definition", "leaf"):
            reach = variable_reach(self.program, variable)
            self.exact |= {name for name in reach.own if facts[name].item_of() == self.item}

    def number(self, item: ItemWorld) -> int:
        """The class of an item: the same number for items that are alike."""
        signature = tuple(
            [self._part(name, item.values[name]) for name in self.cells]
            + [item.values[name] for name in self.exact]
        )
        return self._classes.setdefault(signature, len(self._classes))

    def _part(self, name: str, values: Values) -> Hashable:
        key = (name, values)
        found = self._known.get(key)
        if found is None:
            found = tuple([allowed_cells(cells, values) for cells in self.cells[name]])
            if len(self._known) < 100_000:
                self._known[key] = found
        return found


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
    done = 0
    while done < len(program.leaves):  # compiling a test may find further leaves
        leaf = list(program.leaves.values())[done]
        done += 1
        if isinstance(leaf, Some) and leaf.item == item:
            yield program.test(leaf.where)
