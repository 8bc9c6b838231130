"""The bounds in play: where along a number or date something that waits for it may still turn.

A bound of the law is led back from what is compared to the fact that is asked: through sums,
shares, moved days and totals over other items.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from fractions import Fraction

from compliancecheck.logic.arithmetic import add
from compliancecheck.logic.cells import Cell, Compiled, Variable
from compliancecheck.logic.computing import Env, Judge, all_items, bound_as
from compliancecheck.logic.dating import moved_back
from compliancecheck.logic.distinct import Group, groups_of, people
from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.reach import footing
from compliancecheck.logic.totals import share_of
from compliancecheck.logic.waiters import waiting_on
from compliancecheck.model.conditions import (
    Before,
    Choose,
    Compare,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    FactValue,
    PercentOf,
    Shift,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.facts import Fact
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Number, Truth, exact, hull, point


def intervals_in_play(evaluation: Evaluation, ref: FactRef) -> Iterator[Interval]:
    """Intervals of the fact *ref* at whose ends a route or finding that waits for it may turn."""
    engine = engine_of(evaluation)
    seen: set[Hashable] = set()
    for compiled, env, own in _diagrams_waiting(engine, evaluation, ref):
        key = (id(compiled), _seen_of(own, compiled, env, ref))
        if key in seen:
            continue
        seen.add(key)
        judge = own.judge()
        left = judge.restrict(compiled, env)
        for number in left.support:
            variable, cells = compiled.variables[number], compiled.cells[number]
            left_cells = [cells[n] for n in judge.allowed(variable, cells, env)]
            yield from through_variable(judge, variable, left_cells, env, ref)


def _seen_of(engine: Engine, compiled: Compiled, env: Env, ref: FactRef) -> Hashable:
    """What a diagram sees of an item: the same for those that give the same intervals."""
    if not env:
        return None
    item = env[0]
    if item.alike is None or item.key == ref.item or id(compiled) not in engine.program.alike_in:
        return id(item)
    key = (id(compiled), item.item)
    if key not in engine.exact_reads:  # what its definitions and comparisons read of the item
        names: set[str] = set()
        for variable in compiled.variables:
            if variable.kind in ("definition", "leaf"):
                names.update(footing(engine.program, variable).items.get(item.item, ()))
        engine.exact_reads[key] = sorted(names)
    return item.alike, tuple([item.values[name] for name in engine.exact_reads[key]])


def _diagrams_waiting(
    engine: Engine, evaluation: Evaluation, ref: FactRef
) -> Iterator[tuple[Compiled, Env, Engine]]:
    lines, findings = waiting_on(evaluation, ref)
    for line in lines:
        if line.item is not None:
            route = evaluation.rules.routes[line.route]
            item = engine.item_world(route.each or "", line.item)
            yield engine.program.route_diagram(line.route), (item,), engine
    for finding in findings:
        if not finding.further:
            rule = evaluation.rules.rules[finding.rule]
            own = engine.inside(rule.id)
            env: Env = () if rule.each is None else (own.item_world(rule.each, finding.item),)
            yield own.program.rule_diagram(rule), env, own


def through_variable(
    judge: Judge, variable: Variable, cells: Sequence[Cell], env: Env, ref: FactRef
) -> Iterator[Interval]:
    """Intervals of *ref* at whose ends a variable goes from one of *cells* to the next."""
    if variable.kind == "leaf":
        node = judge.program.leaves[variable]
        if isinstance(node, Compare):
            yield from _through_leaf(judge, node, env, ref)
        return
    if variable.kind == "fact":
        value: Value = FactValue(variable.name)
    elif variable.kind == "definition":
        value = DefinitionValue(variable.name)
    else:
        return
    for cell in cells[1:]:  # where one cell that is still possible ends, the next begins
        if isinstance(cell, Interval):
            above = Interval(cell.low, None, cell.low_open)
            yield from led_back(judge, value, above, env, ref)


def _through_leaf(judge: Judge, node: Compare, env: Env, ref: FactRef) -> Iterator[Interval]:
    limit = node.lower or node.upper
    assert limit is not None
    lower = node.lower is not None  # it holds above its bound, so that bound below what it bounds
    for end in _ends(judge, limit.value, env):
        yield from led_back(judge, node.left, _side(end, lower, limit.strict), env, ref)
    for end in _ends(judge, node.left, env):
        yield from led_back(judge, limit.value, _side(end, not lower, limit.strict), env, ref)


def _side(end: Number, above: bool, strict: bool) -> Interval:
    """The numbers above or below an end; with the end itself, or *strict* without it."""
    return Interval(end, None, strict) if above else Interval(None, end, False, strict)


def _ends(judge: Judge, value: Value, env: Env) -> Iterator[Number]:
    """Where a value may begin and end, without the bounds of a fact that nobody answered."""
    of, own = value, env
    while isinstance(of, PercentOf | Shift | Before | DueDay):
        if isinstance(of, DueDay):
            own = bound_as(own, judge.rules.rules[of.rule].each)
            of = judge.program.deadline(of).due
        else:
            of = of.of
    found = hull(judge.value(value, env))
    low, high = found.low, found.high
    if isinstance(of, FactValue):
        bounds, known = judge.rules.facts[of.name].bounds, hull(judge.value(of, own))
        if not known.is_point:  # every such value moves its start to the same side
            low = None if known.low == bounds.low else low
            high = None if known.high == bounds.high else high
    for end in (low, high):
        if end is not None:
            yield end


def led_back(
    judge: Judge, value: Value, wanted: Interval, env: Env, ref: FactRef
) -> Iterator[Interval]:
    """The intervals of the fact *ref* at whose ends *value* enters or leaves *wanted*."""
    if isinstance(value, FactValue):
        if judge.ref(value.name, env) == ref:
            yield wanted
    elif isinstance(value, DefinitionValue):
        definition = judge.rules.definitions[value.name]
        own = tuple(i for i in env if i.item == definition.each)
        yield from led_back(judge, definition.value, wanted, own, ref)
    elif isinstance(value, PercentOf):
        yield from led_back(judge, value.of, wanted.times(1 / Fraction(value.share)), env, ref)
    elif isinstance(value, Shift | Before):
        start = moved_back(judge.program.calendar, wanted, value)
        if start is not None:
            yield from led_back(judge, value.of, start, env, ref)
    elif isinstance(value, DueDay):
        each = judge.rules.rules[value.rule].each
        own = bound_as(env, each)
        yield from led_back(judge, judge.program.deadline(value).due, wanted, own, ref)
    elif isinstance(value, Choose):
        for _, part in judge.cases(value, env):
            yield from led_back(judge, part, wanted, env, ref)
    elif isinstance(value, Sum):
        for n, term in enumerate(value.terms):
            others = point(0)
            for m, other in enumerate(value.terms):
                if m != n:
                    others = others.plus(hull(judge.value(other, env)))
            for given in (others.low, others.high):
                yield from led_back(judge, term, _less(wanted, given), env, ref)
    elif isinstance(value, Difference):
        left, right = hull(judge.value(value.left, env)), hull(judge.value(value.right, env))
        for given in (right.low, right.high):
            yield from led_back(judge, value.left, _less(wanted, _minus(given)), env, ref)
        for given in (left.low, left.high):
            yield from led_back(judge, value.right, _mirrored(_less(wanted, given)), env, ref)
    elif isinstance(value, Total) and value.fact == ref.name:
        others = point(0)
        for item in all_items(judge.world.lists[value.item]):
            if item.key != ref.item and item.key is not None:
                others = others.plus(share_of(judge, value, item, env))
        for given in (others.low, others.high):
            yield _less(wanted, given)
    elif isinstance(value, DistinctTotal) and value.fact == ref.name:
        yield wanted
        beside = _people(judge, value, env, lambda c: c is not False, ref)
        yield _less(wanted, beside)
    elif isinstance(value, DistinctTotal) and value.known_as == ref.name:
        yield wanted
        left_out = _people(judge, value, env, lambda counted: counted is not True)
        yield _less(wanted, None if left_out is None else -left_out)


def _people(
    judge: Judge,
    value: DistinctTotal,
    env: Env,
    chosen: Callable[[Truth], bool],
    besides: FactRef | None = None,
) -> Number | None:
    """How many people the chosen items have at most, *besides* one; None: there is no bound."""
    total: Number | None = 0
    world = judge.world.lists[value.item]
    left_out = world.item(besides.item) if besides is not None and besides.item else None
    for group in groups_of(judge, value):
        first = group[0]
        alone = len(group) == 1
        if alone and besides is not None and first.key == besides.item:
            continue
        if chosen(judge.counted(value.where, (*env, first))):
            most = None if first.key is None else people(judge, value, group)[1]
            if not alone and left_out is not None and left_out.alike == first.alike:
                most = _without(judge, value, group, left_out, most)
            total = add(total, most)
    return total


def _without(
    judge: Judge, value: DistinctTotal, group: Group, item: ItemWorld, most: Number | None
) -> Number | None:
    """The people of a group that has *most*, without those of one of its items."""
    own = hull(judge.count(value, item)).high
    if most is not None and own is not None:
        return exact(most - own)
    total: Number | None = 0
    for other in group:
        if other is not item:
            total = add(total, hull(judge.count(value, other)).high)
    return total


def _less(wanted: Interval, given: Number | None) -> Interval:
    if given is None:
        return Interval(0, -1)
    return Interval(
        None if wanted.low is None else exact(wanted.low - given),
        None if wanted.high is None else exact(wanted.high - given),
        wanted.low_open,
        wanted.high_open,
    )


def _minus(given: Number | None) -> Number | None:
    return None if given is None else -given


def _mirrored(wanted: Interval) -> Interval:
    """The numbers whose negation lies in *wanted*."""
    return point(0).minus(wanted)


def inside(fact: Fact, interval: Interval) -> Interval:
    """The part of an interval within the bounds of a fact."""
    inside = interval.meet(fact.bounds)
    return inside.whole() if fact.type.is_whole else inside
