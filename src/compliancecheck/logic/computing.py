"""Steps 3 and 4: definitions as spans of exact numbers, leaves as true, false or open.

A :class:`Judge` does this for one narrowed profile and one choice of readings; readings that
are not chosen are open.  Conditions inside quantifiers and ``where`` are judged for each item
by the same diagrams.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliancecheck.logic.arithmetic import at_least, sum_of
from compliancecheck.logic.cells import (
    Atom,
    Cell,
    Compiled,
    Disjunction,
    Expression,
    Negation,
    Variable,
    allowed_cells,
    member_values,
)
from compliancecheck.logic.dating import moved
from compliancecheck.logic.diagram import FALSE, TRUE, Restricted
from compliancecheck.logic.distinct import alike_in, distinct_people
from compliancecheck.logic.memory import Chosen, Memory
from compliancecheck.logic.narrowing import ItemWorld, ListWorld, World
from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import footing
from compliancecheck.logic.totals import count_items, total_of
from compliancecheck.model.conditions import (
    AsOf,
    Before,
    Choose,
    Compare,
    Condition,
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
from compliancecheck.model.values import (
    Interval,
    Members,
    Option,
    Span,
    Truth,
    Values,
    hull,
    meet,
    point,
    span,
)

Env = tuple[ItemWorld, ...]
"""The items that are bound: by ``each`` and by the quantifiers around."""


class Judge:
    """Judges conditions and values over one world, with some readings chosen."""

    def __init__(
        self, program: Program, world: World, chosen: Mapping[str, str], memory: Memory
    ) -> None:
        self.program = program
        self.rules = program.rules
        self.world = world
        self.chosen = chosen
        self.memory = memory
        self._chosen_keys: dict[tuple[str, ...], Chosen] = {}
        self._truths: dict[tuple[int, ...], dict[int, Truth]] = {}

    def key(self, readings: tuple[str, ...]) -> Chosen:
        """These readings, each with the choice of this judge."""
        if not readings:
            return ()
        found = self._chosen_keys.get(readings)
        if found is None:
            found = tuple((name, self.chosen.get(name)) for name in readings)
            self._chosen_keys[readings] = found
        return found

    # -- diagrams -----------------------------------------------------------------------------

    def restrict(self, compiled: Compiled, env: Env) -> Restricted:
        """What is left of a diagram after all that is known has been put in."""
        known: dict[int, tuple[int, ...]] = {}

        def allowed(variable: int) -> tuple[int, ...]:
            found = known.get(variable)
            if found is None:
                found = known[variable] = self.allowed(
                    compiled.variables[variable], compiled.cells[variable], env
                )
            return found

        return Restricted.of(compiled.nodes, compiled.root, allowed)

    def forced(self, compiled: Compiled, env: Env, number: int, cell: int) -> Restricted:
        """What is left of a diagram if its variable *number* lies in this cell."""

        def allowed(n: int) -> tuple[int, ...]:
            if n == number:
                return (cell,)
            return self.allowed(compiled.variables[n], compiled.cells[n], env)

        return Restricted.of(compiled.nodes, compiled.root, allowed)

    def refine(self, compiled: Compiled, left: Restricted, env: Env) -> Restricted:
        """A diagram restricted by a judge of the same world with fewer readings chosen.

        What facts may be does not depend on readings, so only the rest is looked at again.
        """
        known: dict[int, tuple[int, ...] | None] = {}

        def allowed(number: int) -> tuple[int, ...] | None:
            if number not in known:
                variable = compiled.variables[number]
                fixed = variable.kind in ("fact", "member", "open")
                known[number] = (
                    None if fixed else self.allowed(variable, compiled.cells[number], env)
                )
            return known[number]

        return left.refined(allowed)

    def allowed(self, variable: Variable, cells: tuple[Cell, ...], env: Env) -> tuple[int, ...]:
        """The cells of a variable that are still possible."""
        kind = variable.kind
        if kind == "fact":
            return allowed_cells(cells, self.fact(variable.name, env))
        if kind == "member":
            return allowed_cells(cells, self.member(variable, env))
        if kind == "definition":
            return allowed_cells(cells, self.definition(variable.name, env))
        if kind == "reading":
            choice = self.chosen.get(variable.name)
            everything = tuple(range(len(cells)))
            return everything if choice is None else allowed_cells(cells, frozenset({choice}))
        truth = self.leaf(variable, env) if kind == "leaf" else None
        options: frozenset[Option] = frozenset((True, False) if truth is None else (truth,))
        return allowed_cells(cells, options)

    def truth(self, expression: Expression, env: Env) -> Truth:
        """The truth of an expression part by part; None says only that this does not settle it.

        It settles most of what is known, without building a diagram. Rules share parts: each is
        judged once. Of the items of a long list that is not kept: it would be much.
        """
        kept = all(item.alike is None for item in env)
        known = self._truths.setdefault(tuple([id(i) for i in env]), {}) if kept else {}
        return self._truth(expression, env, known)

    def _truth(self, expression: Expression, env: Env, known: dict[int, Truth]) -> Truth:
        if isinstance(expression, bool):
            return expression
        if isinstance(expression, Atom):
            return self._atom(expression, env)
        if id(expression) in known:
            return known[id(expression)]
        result: Truth
        if isinstance(expression, Negation):
            truth = self._truth(expression.part, env, known)
            result = None if truth is None else not truth
        else:
            decides = isinstance(expression, Disjunction)
            result = not decides
            for part in expression.parts:
                truth = self._truth(part, env, known)
                if truth is decides:
                    result = decides
                    break
                result = None if truth is None else result
        known[id(expression)] = result
        return result

    def _atom(self, atom: Atom, env: Env) -> Truth:
        kind, name = atom.variable
        if kind == "fact":
            return _lies_in(self.fact(name, env), atom.where)
        if kind == "member":
            return _lies_in(self.member(atom.variable, env), atom.where)
        if kind == "definition":
            return _lies_in(self.definition(name, env), atom.where)
        if kind == "reading":
            choice = self.chosen.get(name)
            assert isinstance(atom.where, frozenset)
            return None if choice is None else choice in atom.where
        return self.leaf(atom.variable, env) if kind == "leaf" else None

    def test(self, condition: Condition, env: Env) -> Restricted:
        """A condition, restricted; its truth is read by :func:`truth_of`."""
        if all(item.alike is None for item in env):
            truth = self.truth(self.program.expression(condition), env)
            if truth is not None:
                return CONSTANTS[truth]
        return self._test(self.program.test(condition), env)

    def is_false(self, compiled: Compiled, env: Env) -> bool:
        """Whether a condition that was made into a diagram is surely false."""
        return truth_of(self._test(compiled, env)) is False

    def _test(self, compiled: Compiled, env: Env) -> Restricted:
        readings = self.key(footing(self.program, compiled).readings)
        key = (id(compiled), readings, self._env_key(compiled, env))
        found = self.memory.tests.get(key)
        if found is None:
            found = self.memory.tests[key] = self.restrict(compiled, env)
        return found

    def _env_key(self, compiled: Compiled, env: Env) -> tuple[int, ...]:
        free = footing(self.program, compiled).items
        alike = self.program.alike_in
        return tuple(
            id(item) if item.alike is None or id(compiled) not in alike else -1 - item.alike
            for item in env
            if item.item in free
        )

    # -- facts, definitions, leaves -----------------------------------------------------------

    def fact(self, name: str, env: Env) -> Values:
        """What a fact may be."""
        for item in reversed(env):
            if name in item.values:
                return item.values[name]
        return self.world.company[name]

    def member(self, variable: Variable, env: Env) -> frozenset[Option]:
        """Whether a set holds the option of a member: true, false, or both."""
        members = self.fact(variable.fact or "", env)
        assert isinstance(members, Members)
        return member_values(members, variable.option)

    def ref(self, name: str, env: Env) -> FactRef:
        """A fact as a reference, with its item where it has one."""
        for item in reversed(env):
            if name in item.values:
                return FactRef(name, item.key)
        return FactRef(name)

    def definition(self, name: str, env: Env) -> Span:
        """The value of a definition."""
        definition = self.rules.definitions[name]
        own = bound_as(env, definition.each)
        readings = self.key(footing(self.program, Variable("definition", name)).readings)
        key = (name, readings, tuple(id(item) for item in own))
        found = self.memory.definitions.get(key)
        if found is None:
            found = self.memory.definitions[key] = self.value(definition.value, own)
        return found

    def leaf(self, variable: Variable, env: Env) -> Truth:
        """Whether a leaf is true, false or open."""
        node = self.program.leaves[variable]
        readings, free = footing(self.program, variable)
        # Items of which it reads the same are the same to it, whatever else tells them apart.
        read = [(name, item) for item in env for name in free.get(item.item, ())]
        not_yet = self.world.not_yet
        said = [FactRef(n, i.key) in not_yet for n, i in read] if not_yet else ()
        bound = tuple([item.values[name] for name, item in read])
        key = (variable, self.key(readings), bound, tuple(said))
        leaves = self.memory.leaves
        if key not in leaves:
            leaves[key] = (
                self._some(node, env) if isinstance(node, Some) else self._compare(node, env)
            )
        return leaves[key]

    def _some(self, node: Some, env: Env) -> Truth:
        world = self.world.lists[node.item]
        result: Truth = False if world.further is None else None
        items = [group[0] for group in alike_in(self, world, (node.where,))]
        for item in items:
            truth = truth_of(self.test(node.where, (*env, item)))
            if truth is True:
                return True
            if truth is None:
                result = None
        if world.further is not None and result is None:
            further = truth_of(self.test(node.where, (*env, world.further)))
            others = any(truth_of(self.test(node.where, (*env, i))) is None for i in items)
            return False if further is False and not others else None
        return result

    def _compare(self, node: Compare, env: Env) -> Truth:
        left = hull(self.value(node.left, env))
        if node.lower is not None:
            return at_least(left, hull(self.value(node.lower.value, env)), node.lower.strict)
        assert node.upper is not None
        bound = hull(self.value(node.upper.value, env))
        over = at_least(left, bound, not node.upper.strict)
        if over and self._that_very_day(node, bound, env):
            return None
        return None if over is None else not over

    def _that_very_day(self, node: Compare, bound: Interval, env: Env) -> bool:
        """Whether an act was `not yet` on its due day: it may have come before the day ended."""
        if not (isinstance(node.left, FactValue) and node.upper is not None):
            return False
        due = isinstance(node.upper.value, DueDay) and not node.upper.strict
        return due and self.world.not_yet.get(self.ref(node.left.name, env)) == bound.high

    # -- values -------------------------------------------------------------------------------

    def value(self, value: Value, env: Env) -> Span:
        """All numbers that a value may be."""
        if isinstance(value, Literal):
            return (point(value.value),)
        if isinstance(value, AsOf):
            return (point(self.program.as_of),)
        if isinstance(value, FactValue):
            found = self.fact(value.name, env)
            assert isinstance(found, tuple)
            return found
        if isinstance(value, DefinitionValue):
            return self.definition(value.name, env)
        if isinstance(value, PercentOf):
            return tuple(i.times(value.share) for i in self.value(value.of, env))
        if isinstance(value, Sum):
            return sum_of([self.value(term, env) for term in value.terms])
        if isinstance(value, Difference):
            left, right = self.value(value.left, env), self.value(value.right, env)
            return span(a.minus(b) for a in left for b in right)
        if isinstance(value, Count):
            return (count_items(self, value, env),)
        if isinstance(value, Total):
            return (total_of(self, value, env),)
        if isinstance(value, Shift | Before):
            calendar = self.program.calendar
            return span(moved(calendar, i, value) for i in self.value(value.of, env))
        if isinstance(value, DueDay):
            rule = self.rules.rules[value.rule]
            return self.value(rule.deadline(value.deadline).due, bound_as(env, rule.each))
        if isinstance(value, Choose):
            return span(i for _, part in self.cases(value, env) for i in self.value(part, env))
        return (distinct_people(self, value, env),)

    def cases(self, value: Choose, env: Env) -> Iterator[tuple[Condition | None, Value]]:
        """The cases that are still possible: all up to the first that is surely true."""
        for case in value.cases:
            truth = truth_of(self.test(case.when, env))
            if truth is not False:
                yield case.when, case.value
            if truth is True:
                return
        yield None, value.otherwise

    def numbers(self, name: str, env: Env) -> Span:
        """What a number or date fact may be."""
        found = self.fact(name, env)
        assert isinstance(found, tuple)
        return found

    def count(self, value: DistinctTotal, item: ItemWorld) -> Span:
        """The people of one item."""
        found = item.values[value.fact]
        assert isinstance(found, tuple)
        return found

    def counted(self, where: Condition | None, env: Env) -> Truth:
        """Whether an item is counted."""
        return True if where is None else truth_of(self.test(where, env))


def bound_as(env: Env, each: str | None) -> Env:
    """The innermost item that is bound as *each*, alone."""
    return next(((item,) for item in reversed(env) if item.item == each), ())


CONSTANTS = {True: Restricted.constant(TRUE), False: Restricted.constant(FALSE)}


def _lies_in(values: Values, where: frozenset[Option] | Interval) -> Truth:
    if isinstance(where, frozenset):
        assert isinstance(values, frozenset)
        return True if values <= where else False if values.isdisjoint(where) else None
    assert isinstance(values, tuple)
    inside = meet(values, (where,))
    return False if not inside else True if inside == values else None


def truth_of(restricted: Restricted) -> Truth:
    """The truth of a restricted condition."""
    if restricted.root >= 0:
        return None
    return restricted.root == TRUE


def all_items(world: ListWorld) -> Iterator[ItemWorld]:
    """The items of a list, and at last the further one if the list is not closed."""
    yield from world.items
    if world.further is not None:
        yield world.further
