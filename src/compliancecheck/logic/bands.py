"""Bands: the axis of a figure cut where the law still decides, and what each part leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from compliancecheck.logic.cells import Cell, Compiled, Variable, number_cells, overlaps
from compliancecheck.logic.computing import Env, Judge, add_months, all_items, truth_of
from compliancecheck.logic.diagram import FIRST_OUTCOME, IMPOSSIBLE, Restricted
from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.program import OUTCOME
from compliancecheck.logic.words import interval_words, number_words, values_words
from compliancecheck.model.conditions import (
    Choose,
    Compare,
    DefinitionValue,
    DistinctTotal,
    FactValue,
    PercentOf,
    Shift,
    Sum,
    Value,
)
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.findings import (
    Axis,
    Band,
    Evaluation,
    Explanation,
    Finding,
    Margin,
    RouteLine,
    Status,
)
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval, Number, Values, exact, hull, point

NO_WAY = "none"
Words = Callable[[int], str]


def effect(evaluation: Evaluation, ref: FactRef, answer: Answer) -> Evaluation:
    """The evaluation of the same profile with one answer changed: what a preview shows."""
    engine = engine_of(evaluation)
    fact = evaluation.rules.facts[ref.name]
    profile = evaluation.profile.with_answer(ref, answer, fact.list)
    return evaluate(profile, evaluation.rules, as_of=evaluation.as_of, law=engine.law)


def option_bands(evaluation: Evaluation, ref: FactRef) -> tuple[Band, ...]:
    """What each answer to a yes/no question or a choice leads to."""
    fact = evaluation.rules.facts[ref.name]
    options = (True, False) if fact.type is FactType.BOOLEAN else tuple(fact.choices)
    now = _answered(evaluation, ref)
    return tuple(
        Band(
            frozenset({option}),
            leads_to(evaluation, ref, frozenset({option})),
            values_words(fact, frozenset({option})),
            now == frozenset({option}),
        )
        for option in options
    )


def fact_axis(evaluation: Evaluation, ref: FactRef) -> Axis | None:
    """The axis of a number or date, cut at the bounds still in play; None for other facts."""
    fact = evaluation.rules.facts[ref.name]
    if not fact.type.is_numeric:
        return None
    engine = engine_of(evaluation)
    tests = [_inside(fact, i) for i in _intervals_in_play(evaluation, ref)]
    cells = [
        cell
        for cell in number_cells((t for t in tests if not t.is_empty), fact.type.is_whole)
        if isinstance(cell, Interval)
    ]
    kept = [c.meet(fact.bounds) for c in cells if not c.meet(fact.bounds).is_empty]
    parts = [(cell, leads_to(evaluation, ref, (cell,))) for cell in kept]
    now = engine.values(ref)
    bands = _merge(parts, fact, now)
    value = hull(now) if isinstance(now, tuple) and engine.answer(ref) is not None else None
    return Axis(
        fact.label, fact.unit, fact.type.value, _bounds(bands, fact.type.value, fact.unit), bands,
        value, ref,
    )  # fmt: skip


def bounds_in_play(evaluation: Evaluation, ref: FactRef) -> tuple[Texts, ...]:
    """The bounds at which a number or date could still turn something, in words."""
    fact = evaluation.rules.facts[ref.name]
    if not fact.type.is_numeric:
        return ()
    ends: set[Number] = set()
    for interval in _intervals_in_play(evaluation, ref):
        inside = _inside(fact, interval)
        ends |= {end for end in (inside.low,) if end is not None and end != fact.bounds.low}
        if interval.low is None and inside.high is not None:
            whole = fact.type.is_whole and not inside.high_open
            ends.add(inside.high + 1 if whole else inside.high)
    return tuple(number_words(fact.type.value, fact.unit, end) for end in sorted(ends))


def route_axis(evaluation: Evaluation, line: RouteLine) -> Axis | None:
    """The axis of the figure that decides the way of an item (the company: of its items)."""
    engine = engine_of(evaluation)
    route = evaluation.rules.routes[line.route]
    compiled = engine.program.route_diagram(route.name)
    envs: list[Env] = [()]
    if route.each is not None:
        items = engine.world.lists[route.each].items
        envs = [(item,) for item in items if line.item is None or item.key == line.item]
    names = [*route.ways, NO_WAY]

    def words(terminal: int) -> str:
        return names[FIRST_OUTCOME - terminal]

    for env in envs:
        axis = _deciding_axis(engine, compiled, env, words)
        if axis is not None:
            return axis
    return None


def finding_axis(evaluation: Evaluation, explanation: Explanation) -> Axis | None:
    """The axis of the comparison that decides a finding, nearest bound first."""
    engine = engine_of(evaluation)
    finding = explanation.finding
    rule = evaluation.rules.rules[finding.rule]
    for margin in explanation.margins:
        axis = _leaf_axis(engine, finding, margin)
        if axis is not None:
            return axis
        compiled = engine.program.rule_diagram(rule)
        env: Env = () if rule.each is None else (engine.item_world(rule.each, finding.item),)
        axis = _deciding_axis(engine, compiled, env, lambda t: OUTCOME[t].value, margin.name)
        if axis is not None:
            return axis
    return None


def leads_to(evaluation: Evaluation, ref: FactRef, values: Values) -> tuple[str, ...]:
    """The ways, else the statuses, that are left if a fact has one of *values*."""
    changed = effect(evaluation, ref, Answer(values, ""))
    if changed.conflicts:
        return ()
    lines = [
        line
        for line in evaluation.routes
        if ref in line.missing and (ref.item is None or line.item == ref.item)
    ]
    if lines:
        wanted = {(line.route, line.item) for line in lines[-1:]}
        ways: list[str] = []
        for line in changed.routes:
            if (line.route, line.item) in wanted:
                ways += [*line.possible, *([NO_WAY] if line.none_possible else [])]
        return tuple(ways)
    waiting = {(f.rule, f.item) for f in evaluation.findings if ref in f.missing}
    statuses = [f.status for f in changed.findings if (f.rule, f.item) in waiting]
    return tuple(s.value for s in Status if s in statuses)


def _answered(evaluation: Evaluation, ref: FactRef) -> Values | None:
    answer = engine_of(evaluation).answer(ref)
    return None if answer is None else answer.values


# -- the bounds that are still in play ---------------------------------------------------------


def _intervals_in_play(evaluation: Evaluation, ref: FactRef) -> Iterator[Interval]:
    engine = engine_of(evaluation)
    seen: set[tuple[int, int]] = set()
    for compiled, env in _diagrams_waiting(engine, evaluation, ref):
        key = (id(compiled), id(env[0]) if env else 0)
        if key in seen:
            continue
        seen.add(key)
        judge = engine.judge()
        left = judge.restrict(compiled, env)
        for number in left.support:
            variable, cells = compiled.variables[number], compiled.cells[number]
            yield from _through_variable(judge, variable, cells, env, ref)


def _diagrams_waiting(
    engine: Engine, evaluation: Evaluation, ref: FactRef
) -> Iterator[tuple[Compiled, Env]]:
    for line in evaluation.routes:
        if ref in line.missing and line.item is not None:
            route = evaluation.rules.routes[line.route]
            item = engine.item_world(route.each or "", line.item)
            yield engine.program.route_diagram(line.route), (item,)
    for finding in evaluation.findings:
        if ref in finding.missing and not finding.further:
            rule = evaluation.rules.rules[finding.rule]
            env: Env = () if rule.each is None else (engine.item_world(rule.each, finding.item),)
            yield engine.program.rule_diagram(rule), env


def _through_variable(
    judge: Judge, variable: Variable, cells: tuple[Cell, ...], env: Env, ref: FactRef
) -> Iterator[Interval]:
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
    for cell in cells:
        if isinstance(cell, Interval):
            yield from _back(judge, value, cell, env, ref)


def _through_leaf(judge: Judge, node: Compare, env: Env, ref: FactRef) -> Iterator[Interval]:
    limit = node.lower or node.upper
    assert limit is not None
    bound = hull(judge.value(limit.value, env))
    for end in (bound.low, bound.high):
        if end is not None:
            yield from _back(judge, node.left, Interval(end, None, limit.strict), env, ref)
    left = hull(judge.value(node.left, env))
    for end in (left.low, left.high):
        if end is not None:
            yield from _back(judge, limit.value, Interval(None, end), env, ref)


def _back(
    judge: Judge, value: Value, wanted: Interval, env: Env, ref: FactRef
) -> Iterator[Interval]:
    """The intervals of the fact *ref* at whose ends *value* enters or leaves *wanted*."""
    if isinstance(value, FactValue):
        if judge.ref(value.name, env) == ref:
            yield wanted
    elif isinstance(value, DefinitionValue):
        definition = judge.rules.definitions[value.name]
        own = tuple(i for i in env if i.item == definition.each)
        yield from _back(judge, definition.value, wanted, own, ref)
    elif isinstance(value, PercentOf):
        yield from _back(judge, value.of, wanted.times(1 / Fraction(value.share)), env, ref)
    elif isinstance(value, Shift):
        yield from _back(judge, value.of, _moved_back(wanted, value.months), env, ref)
    elif isinstance(value, Choose):
        for _, part in judge.cases(value, env):
            yield from _back(judge, part, wanted, env, ref)
    elif isinstance(value, Sum):
        for n, term in enumerate(value.terms):
            others = point(0)
            for m, other in enumerate(value.terms):
                if m != n:
                    others = others.plus(hull(judge.value(other, env)))
            for given in (others.low, others.high):
                yield from _back(judge, term, _less(wanted, given), env, ref)
    elif isinstance(value, DistinctTotal) and value.fact == ref.name:
        yield wanted
        yield _less(wanted, _other_people(judge, value, env, ref))


def _other_people(judge: Judge, value: DistinctTotal, env: Env, ref: FactRef) -> Number | None:
    total: Number = 0
    for item in all_items(judge.world.lists[value.item]):
        if item.key == ref.item:
            continue
        own = (*env, item)
        counted = value.where is None or truth_of(judge.test(value.where, own)) is not False
        values = item.values[value.fact]
        assert isinstance(values, tuple)
        top = hull(values).high
        if counted and top is None:
            return None
        total += top if counted and top is not None else 0
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


def _moved_back(wanted: Interval, months: int) -> Interval:
    return Interval(
        None if wanted.low is None else add_months(int(wanted.low), -months),
        None if wanted.high is None else add_months(int(wanted.high), -months),
    )


def _inside(fact: Fact, interval: Interval) -> Interval:
    inside = interval.meet(fact.bounds)
    return inside.whole() if fact.type.is_whole else inside


# -- axes ---------------------------------------------------------------------------------------


def _merge(
    parts: Iterable[tuple[Interval, tuple[str, ...]]], fact: Fact, now: Values
) -> tuple[Band, ...]:
    merged: list[tuple[Interval, tuple[str, ...]]] = []
    for cell, leads in parts:
        if merged and merged[-1][1] == leads:
            last = merged[-1][0]
            cell = Interval(last.low, cell.high, last.low_open, cell.high_open)
            merged[-1] = (cell, leads)
        else:
            merged.append((cell, leads))
    return tuple(
        Band((c,), leads, interval_words(fact.type.value, fact.unit, c), overlaps(c, now))
        for c, leads in merged
    )


def _bounds(
    bands: tuple[Band, ...], type_: str, unit: str | None
) -> tuple[tuple[int | str, Texts], ...]:
    found = []
    for band in bands[1:]:
        assert isinstance(band.values, tuple)
        low = band.values[0].low
        if low is not None:
            found.append((str(low), number_words(type_, unit, low)))
    return tuple(found)


def _deciding_axis(
    engine: Engine, compiled: Compiled, env: Env, words: Words, wanted: str | None = None
) -> Axis | None:
    judge = engine.judge()
    for number, variable in enumerate(compiled.variables):
        cells = compiled.cells[number]
        if variable.kind not in ("fact", "definition") or not isinstance(cells[0], Interval):
            continue
        if wanted is not None and variable.name != wanted:
            continue
        parts = []
        for n, cell in enumerate(cells):
            left = _forced(judge, compiled, env, number, n)
            assert isinstance(cell, Interval)
            leads = tuple(words(t) for t in sorted(left.terminals, reverse=True) if t != IMPOSSIBLE)
            parts.append((cell, leads))
        if len({leads for _, leads in parts if leads}) < 2:
            continue
        return _variable_axis(engine, judge, variable, env, [p for p in parts if p[1]])
    return None


def _forced(judge: Judge, compiled: Compiled, env: Env, number: int, cell: int) -> Restricted:
    def allowed(variable: int) -> tuple[int, ...]:
        if variable == number:
            return (cell,)
        return judge.allowed(compiled.variables[variable], compiled.cells[variable], env)

    return Restricted.of(compiled.nodes, compiled.root, allowed)


def _variable_axis(
    engine: Engine,
    judge: Judge,
    variable: Variable,
    env: Env,
    parts: list[tuple[Interval, tuple[str, ...]]],
) -> Axis:
    if variable.kind == "fact":
        fact = engine.rules.facts[variable.name]
        found = judge.fact(variable.name, env)
        assert isinstance(found, tuple)
        value, ref = hull(found), judge.ref(variable.name, env)
        label, unit, type_ = fact.label, fact.unit, fact.type
        low = fact.bounds.low
    else:
        definition = engine.rules.definitions[variable.name]
        value, ref = hull(judge.definition(variable.name, env)), None
        label, unit, type_ = definition.label, definition.unit, definition.type
        low = 0 if type_ is FactType.INTEGER else None
        fact = Fact(variable.name, type_, label, "", unit=unit)
    if low is not None:
        parts = [(c.meet(Interval(low, None)), leads) for c, leads in parts]
        parts = [(c, leads) for c, leads in parts if not c.is_empty]
    bands = _merge(parts, fact, (value,))
    return Axis(label, unit, type_.value, _bounds(bands, type_.value, unit), bands, value, ref)


def _leaf_axis(engine: Engine, finding: Finding, margin: Margin) -> Axis | None:
    """The axis of a comparison with another figure: two bands around a bound that is known."""
    if not margin.bound.is_point or margin.bound.low is None or margin.in_scope:
        return None
    bound = margin.bound.low
    variable = margin.name
    rule = engine.rules.rules[finding.rule]
    compiled = engine.program.rule_diagram(rule)
    if any(v.name == variable and v.kind != "leaf" for v in compiled.variables):
        return None
    met, missed = ("met", "not_met") if rule.compares is not None else ("pass", "fail")
    fact = Fact(variable, FactType(margin.type), margin.label, "", unit=margin.unit)
    below = Interval(0, bound, False, not margin.strict)
    above = Interval(bound, None, margin.strict, False)
    bands = _merge([(below, (missed,)), (above, (met,))], fact, (margin.value,))
    bounds = ((str(bound), number_words(margin.type, margin.unit, bound)),)
    return Axis(margin.label, margin.unit, margin.type, bounds, bands, margin.value, margin.ref)
