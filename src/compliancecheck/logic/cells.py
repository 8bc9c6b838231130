"""From conditions to diagrams: variables, the cells into which comparisons cut them, and gates.

A variable is a fact, a definition, a reading, a leaf (two unknown values compared, or a
quantifier) or something always open (a review condition, a disputed day).  Comparisons with a
literal, or with the day of evaluation, cut facts and definitions into cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from compliancecheck.logic.diagram import (
    FALSE,
    IMPOSSIBLE,
    MOST_NODES,
    TRUE,
    Builder,
    TooManyNodes,
)
from compliancecheck.model.conditions import Compare, Some
from compliancecheck.model.values import Interval, Members, Number, Option, Span, Values


class Variable(NamedTuple):
    """What a node asks: ``kind`` is fact, member, definition, reading, leaf or open.

    A *member* asks whether a set holds one of its options; its name is ``FACT|OPTION``.
    """

    kind: str
    name: str

    @property
    def fact(self) -> str | None:
        """The fact that it asks for, if it asks for one."""
        if self.kind == "member":
            return self.name.split("|", 1)[0]
        return self.name if self.kind == "fact" else None

    @property
    def option(self) -> str:
        """The option of a set that a member asks for."""
        return self.name.split("|", 1)[1]


def member(fact: str, option: str) -> Variable:
    """The variable that asks whether a set holds an option."""
    return Variable("member", f"{fact}|{option}")


def member_values(members: Members, option: str) -> frozenset[Option]:
    """Whether a set that may be *members* holds an option: true, false, or both."""
    truth = members.holds(frozenset({option}))
    return frozenset((True, False) if truth is None else (truth,))


@dataclass(frozen=True, slots=True)
class Atom:
    """A variable lies in *where*: options, or one interval."""

    variable: Variable
    where: frozenset[Option] | Interval


@dataclass(frozen=True, slots=True)
class Conjunction:
    """All parts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """Any part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Not the part."""

    part: Expression


Expression = bool | Atom | Conjunction | Disjunction | Negation
LeafNode = Compare | Some


@dataclass(frozen=True, slots=True)
class GateExpression:
    """A fact's gate as expressions: while *test* is true *inside* holds, else *outside*."""

    test: Expression
    inside: Expression
    outside: Expression


def both(parts: Iterable[Expression]) -> Expression:
    """All of *parts*, with constants folded."""
    kept: list[Expression] = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            kept.append(part)
    if not kept:
        return True
    return kept[0] if len(kept) == 1 else Conjunction(tuple(kept))


def either(parts: Iterable[Expression]) -> Expression:
    """Any of *parts*, with constants folded."""
    kept: list[Expression] = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            kept.append(part)
    if not kept:
        return False
    return kept[0] if len(kept) == 1 else Disjunction(tuple(kept))


def negate(part: Expression) -> Expression:
    """Not *part*, with constants folded."""
    return (not part) if isinstance(part, bool) else Negation(part)


def lies_in(variable: Variable, values: Values) -> Expression:
    """The variable lies in one of *values*."""
    if isinstance(values, frozenset):
        return Atom(variable, values)
    if isinstance(values, Members):
        allowed = member_values(values, variable.option)
        return len(allowed) == 2 or Atom(variable, allowed)
    return either(Atom(variable, i) if i != Interval() else True for i in values)


def atoms(expression: Expression, seen: set[int] | None = None) -> Iterable[Atom]:
    """The atoms of an expression, in order of occurrence.

    Expressions share their parts, as the exemptions of many rules do: a part is gone through
    once. *seen* are the parts (by id) that were gone through before, and it grows.
    """
    seen = set() if seen is None else seen
    if isinstance(expression, Atom):
        yield expression
    elif not isinstance(expression, bool) and id(expression) not in seen:
        seen.add(id(expression))
        parts = (expression.part,) if isinstance(expression, Negation) else expression.parts
        for part in parts:
            yield from atoms(part, seen)


class Domain(NamedTuple):
    """What a variable can be at all: its options (None for numbers), or whether it is whole."""

    options: tuple[Option, ...] | None
    whole: bool


Cell = frozenset[Option] | Interval


def option_cells(options: Sequence[Option], tests: Iterable[frozenset[Option]]) -> list[Cell]:
    """Options that no test tells apart, together."""
    groups: dict[tuple[bool, ...], list[Option]] = {}
    tests = list(dict.fromkeys(tests))
    for option in options:
        groups.setdefault(tuple(option in t for t in tests), []).append(option)
    return [frozenset(group) for group in groups.values()]


def number_cells(tests: Iterable[Interval], whole: bool) -> list[Cell]:
    """The line of numbers cut at the ends of the intervals, in rising order."""
    cuts: set[tuple[Number, int]] = set()  # (value, 0): just below it; (value, 1): just above
    for test in tests:
        if test.low is not None:
            cuts.add((test.low, 1 if test.low_open else 0))
        if test.high is not None:
            cuts.add((test.high, 0 if test.high_open else 1))
    cells: list[Cell] = []
    low: tuple[Number, int] | None = None
    for cut in [*sorted(cuts), None]:
        cell = Interval(
            low[0] if low else None,
            cut[0] if cut else None,
            bool(low and low[1]),
            bool(cut and not cut[1]),
        )
        if whole:
            cell = cell.whole()
        if not cell.is_empty:
            cells.append(cell)
        low = cut
    return cells


def overlaps(cell: Cell, values: Values) -> bool:
    """Whether some of *values* lies in the cell."""
    if isinstance(cell, frozenset):
        assert isinstance(values, frozenset)
        return not cell.isdisjoint(values)
    assert isinstance(values, tuple)
    return any(not cell.meet(interval).is_empty for interval in values)


def allowed_cells(cells: Sequence[Cell], values: Values) -> tuple[int, ...]:
    """The numbers of the cells in which some of *values* lies."""
    return tuple(n for n, cell in enumerate(cells) if overlaps(cell, values))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A finished diagram: variables in order, their cells, nodes, root."""

    variables: tuple[Variable, ...]
    cells: tuple[tuple[Cell, ...], ...]
    nodes: tuple[tuple[int, tuple[int, ...]], ...]
    root: int


Gates = Callable[[Variable], GateExpression | None]


def variables_of(expressions: Iterable[Expression], gates: Gates) -> dict[Variable, None]:
    """The variables of the diagram of some expressions, in order, without building it."""
    found: dict[Variable, None] = {}
    guarded: set[Variable] = set()
    seen: set[int] = set()

    def collect(expression: Expression) -> None:
        for atom in atoms(expression, seen):
            variable = atom.variable
            if variable in found:
                continue
            gate = None
            if variable.fact is not None and variable not in guarded:
                gate = gates(variable)
            if gate is not None:
                guarded.add(variable)
                for part in (gate.test, gate.inside, gate.outside):
                    collect(part)
            found[variable] = None

    for expression in expressions:
        collect(expression)
    return found


class Compiler:
    """Builds one diagram from expressions; *domain* and *gate* describe variables."""

    def __init__(
        self,
        expressions: Sequence[Expression],
        domain: Callable[[Variable], Domain],
        gates: Gates,
    ) -> None:
        self._gates: dict[Variable, GateExpression] = {}
        self._seen: set[int] = set()
        tests: dict[Variable, list[frozenset[Option] | Interval]] = {}
        for expression in expressions:
            self._collect(expression, gates, tests)
        self.variables = tuple(tests)
        self.index = {v: n for n, v in enumerate(self.variables)}
        self.cells = tuple(
            tuple(_cells(domain(variable), where)) for variable, where in tests.items()
        )
        self.builder = Builder([len(c) for c in self.cells])
        self._memo: dict[int, tuple[Expression, int]] = {}

    def _collect(
        self,
        expression: Expression,
        gates: Gates,
        tests: dict[Variable, list[frozenset[Option] | Interval]],
    ) -> None:
        for atom in atoms(expression, self._seen):
            variable = atom.variable
            if variable.fact is not None and variable not in self._gates and variable not in tests:
                gate = gates(variable)
                if gate is not None:  # a gate comes before what it guards
                    self._gates[variable] = gate
                    self._collect(gate.test, gates, tests)
                    self._collect(gate.inside, gates, tests)
                    self._collect(gate.outside, gates, tests)
            tests.setdefault(variable, []).append(atom.where)

    def build(self, expression: Expression) -> int:
        """The node of an expression, true or false at its ends."""
        if isinstance(expression, bool):
            return TRUE if expression else FALSE
        found = self._memo.get(id(expression))
        if found is None:  # the expression is kept beside its node, so that its id stays its own
            found = self._memo[id(expression)] = (expression, self._build(expression))
        return found[1]

    def _build(self, expression: Expression) -> int:
        b = self.builder
        if isinstance(expression, Atom):
            n = self.index[expression.variable]
            where = expression.where
            values: Values = where if isinstance(where, frozenset) else (where,)
            return b.atom(n, frozenset(allowed_cells(self.cells[n], values)))
        if isinstance(expression, Negation):
            return b.negation(self.build(expression.part))
        assert isinstance(expression, Conjunction | Disjunction)
        parts = (self.build(part) for part in expression.parts)
        return b.conjunction(parts) if isinstance(expression, Conjunction) else b.disjunction(parts)

    def finish(self, root: int) -> Compiled:
        """The diagram with all that gates exclude marked impossible."""
        for gate in self._gates.values():
            possible = self.builder.ite(
                self.build(gate.test), self.build(gate.inside), self.build(gate.outside)
            )
            root = self.builder.ite(possible, root, IMPOSSIBLE)
        nodes, root = _prune(self.builder.nodes, root)
        if len(nodes) > MOST_NODES:
            raise TooManyNodes
        return Compiled(self.variables, self.cells, nodes, root)


def _cells(domain: Domain, tests: list[frozenset[Option] | Interval]) -> list[Cell]:
    if domain.options is not None:
        return option_cells(domain.options, (t for t in tests if isinstance(t, frozenset)))
    return number_cells((t for t in tests if isinstance(t, Interval)), domain.whole)


def _prune(
    nodes: Sequence[tuple[int, tuple[int, ...]]], root: int
) -> tuple[tuple[tuple[int, tuple[int, ...]], ...], int]:
    """Only the nodes that the root reaches, numbered anew."""
    new: dict[int, int] = {}
    kept: list[tuple[int, tuple[int, ...]]] = []

    def visit(node: int) -> int:
        if node < 0:
            return node
        if node not in new:
            variable, children = nodes[node]
            moved = tuple(visit(child) for child in children)
            new[node] = len(kept)
            kept.append((variable, moved))
        return new[node]

    top = visit(root)
    return tuple(kept), top


def narrow_to(span: Span, cell: Interval) -> Span:
    """The part of a span in one cell."""
    parts = (interval.meet(cell) for interval in span)
    return tuple(part for part in parts if not part.is_empty)
