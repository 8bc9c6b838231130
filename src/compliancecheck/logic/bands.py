"""Bands: the axis of a figure cut where the law still decides, and what each part leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet

from compliancecheck.logic.cells import Compiled, Variable, number_cells, overlaps
from compliancecheck.logic.computing import Env, Judge
from compliancecheck.logic.diagram import FIRST_OUTCOME, IMPOSSIBLE, Restricted
from compliancecheck.logic.engine import Engine, Impossible, engine_of
from compliancecheck.logic.evaluate import again, contradictions, statuses
from compliancecheck.logic.fact_values import open_ended, open_ended_figure
from compliancecheck.logic.in_play import inside, intervals_in_play
from compliancecheck.logic.program import OUTCOME
from compliancecheck.logic.reach import values_read
from compliancecheck.logic.routes import ways_left
from compliancecheck.logic.waiters import waiting_on
from compliancecheck.logic.words import interval_words, number_words, option_words, values_words
from compliancecheck.model.conditions import Compare, DefinitionValue
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
from compliancecheck.model.values import Interval, Members, Number, Values, hull

NO_WAY = "none"
Words = Callable[[int], str]


def effect(evaluation: Evaluation, ref: FactRef, answer: Answer) -> Evaluation:
    """The evaluation of the same profile with one answer changed: what a preview shows."""
    fact = evaluation.rules.facts[ref.name]
    return again(evaluation, evaluation.profile.with_answer(ref, answer, fact.list))


def option_bands(evaluation: Evaluation, ref: FactRef) -> tuple[Band, ...]:
    """What each answer to a yes/no question or a choice leads to, or each option of a set.

    Of a set it is what follows from the option alone, whatever else the set holds.
    """
    fact = evaluation.rules.facts[ref.name]
    now = _answered(evaluation, ref)
    evaluation = _set_aside(evaluation, ref)
    if fact.type is FactType.CHOICES:
        return tuple(_option_of_set(evaluation, ref, fact, option, now) for option in fact.choices)
    options = (True, False) if fact.type is FactType.BOOLEAN else tuple(fact.choices)
    return tuple(
        Band(
            frozenset({option}),
            leads_to(evaluation, ref, frozenset({option})),
            values_words(fact, frozenset({option})),
            now == frozenset({option}),
        )
        for option in options
    )


def _option_of_set(
    evaluation: Evaluation, ref: FactRef, fact: Fact, option: str, now: Values | None
) -> Band:
    held = Members(frozenset({option}), frozenset(fact.choices))
    chosen = isinstance(now, Members) and option in now.sure
    words = option_words(fact, option)
    return Band(held, leads_to(evaluation, ref, held), words, chosen)


def fact_axis(evaluation: Evaluation, ref: FactRef) -> Axis | None:
    """The axis of a number or date, cut at the bounds still in play; None for other facts.

    A number is answered by its bands, so each bound in play parts two of them, also where both
    lead to the same today: a band across a bound would be asked about once more. A date is
    answered by its day: parts that lead to the same are one, but not across a bound that an
    answer by range leaves open, for to settle that it is given anew.
    """
    fact = evaluation.rules.facts[ref.name]
    if not fact.type.is_numeric:
        return None
    engine = engine_of(evaluation)
    apart = _ends_in_play(evaluation, ref) if _answered(evaluation, ref) else set[Number]()
    evaluation = _set_aside(evaluation, ref)
    tests = [inside(fact, i) for i in intervals_in_play(evaluation, ref)]
    cells = [
        cell
        for cell in number_cells((t for t in tests if not t.is_empty), fact.type.is_whole)
        if isinstance(cell, Interval)
    ]
    kept = [c.meet(fact.bounds) for c in cells if not c.meet(fact.bounds).is_empty]
    parts = [(cell, leads_to(evaluation, ref, (cell,))) for cell in kept]
    if fact.type is not FactType.DATE:
        apart = {cell.low for cell in kept if cell.low is not None}
    now = engine.values(ref)
    bands = _merge(parts, fact, now, apart)
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
    ends = sorted(_ends_in_play(evaluation, ref))
    return tuple(number_words(fact.type.value, fact.unit, end) for end in ends)


def _ends_in_play(evaluation: Evaluation, ref: FactRef) -> set[Number]:
    fact = evaluation.rules.facts[ref.name]
    ends: set[Number] = set()
    for interval in intervals_in_play(evaluation, ref):
        part = inside(fact, interval)
        ends |= {end for end in (part.low,) if end is not None and end != fact.bounds.low}
        if interval.low is None and part.high is not None:
            whole = fact.type.is_whole and not part.high_open
            ends.add(part.high + 1 if whole else part.high)
    return {end for end in ends if fact.bounds.contains(end)}


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
    """The axis of the comparison that decides a finding, nearest bound first.

    Of an open finding it is that of a figure of which something is known, but not enough.
    """
    finding = explanation.finding
    engine = engine_of(evaluation, finding.rule)
    rule = evaluation.rules.rules[finding.rule]
    is_open = finding.status is Status.UNDETERMINED and (rule.each is None or finding.item)
    if not explanation.margins and not is_open:
        return None
    compiled = engine.program.rule_diagram(rule)
    env: Env = () if rule.each is None else (engine.item_world(rule.each, finding.item),)
    for margin in explanation.margins:
        axis = _leaf_axis(engine, compiled, env, margin)
        if axis is not None:
            return axis
        axis = _deciding_axis(engine, compiled, env, _outcome, margin.name)
        if axis is not None:
            return axis
    axis = _deciding_axis(engine, compiled, env, _outcome) if is_open else None
    return axis if axis is not None and _would_settle(axis) else None


def _outcome(terminal: int) -> str:
    return OUTCOME[terminal].value


def _would_settle(axis: Axis) -> bool:
    """Whether a range that is known lies over bands of which one would settle the finding."""
    value = axis.value or Interval()
    over = [band for band in axis.bands if band.now]
    known = value.high is not None or value.low not in (None, 0)
    return known and len(over) > 1 and any(len(band.leads_to) == 1 for band in over)


def leads_to(evaluation: Evaluation, ref: FactRef, values: Values) -> tuple[str, ...]:
    """The ways, else the statuses, that are left if a fact has one of *values*."""
    lines, findings = waiting_on(evaluation, ref)
    if ref.item is not None:  # its own line, else the company's
        lines = [line for line in lines if line.item == ref.item] or lines
    fact = evaluation.rules.facts[ref.name]
    engine = engine_of(evaluation).again(
        evaluation.profile.with_answer(ref, Answer(values, ""), fact.list)
    )
    if contradictions(engine):
        return ()
    # Only what is told is judged: that is a fraction of a question's time, once for each band.
    try:
        if lines:
            chosen = {id(line) for line in lines}
            last = next(one for one in reversed(evaluation.routes) if id(one) in chosen)
            return tuple(way or NO_WAY for way in ways_left(engine, last))
        found = _statuses_left(engine, findings)
    except Impossible:
        return ()
    return tuple(status.value for status in Status if status in found)


def _statuses_left(engine: Engine, findings: Iterable[Finding]) -> set[Status]:
    """The statuses that these findings have in another evaluation."""
    keys: dict[str, set[str | None]] = {}
    for finding in findings:
        keys.setdefault(finding.rule, set()).add(finding.item)
    found: set[Status] = set()
    for name, own in keys.items():
        found |= statuses(engine.inside(name), engine.rules.rules[name], own)
    return found


def _set_aside(evaluation: Evaluation, ref: FactRef) -> Evaluation:
    """The evaluation without an answer that is about to be given anew."""
    if _answered(evaluation, ref) is None:
        return evaluation
    return effect(evaluation, ref, Answer(None, "unknown"))


def _answered(evaluation: Evaluation, ref: FactRef) -> Values | None:
    answer = engine_of(evaluation).answer(ref)
    return None if answer is None else answer.values


# -- axes ---------------------------------------------------------------------------------------


def _merge(
    parts: Iterable[tuple[Interval, tuple[str, ...]]],
    fact: Fact,
    now: Values,
    kept: AbstractSet[Number] = frozenset(),
) -> tuple[Band, ...]:
    merged: list[tuple[Interval, tuple[str, ...]]] = []
    for cell, leads in parts:
        if merged and merged[-1][1] == leads and cell.low not in kept:
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
        if _moves_others(engine, compiled, variable):
            continue  # along its axis they would move with it, and no cell says how
        parts = []
        for n, cell in enumerate(cells):
            left = judge.forced(compiled, env, number, n)
            assert isinstance(cell, Interval)
            leads = tuple(words(t) for t in sorted(left.terminals, reverse=True) if t != IMPOSSIBLE)
            parts.append((cell, leads))
        if len({leads for _, leads in parts if leads}) < 2:
            continue
        return _variable_axis(engine, judge, variable, env, [p for p in parts if p[1]])
    return None


def _moves_others(engine: Engine, compiled: Compiled, variable: Variable) -> bool:
    """Whether another variable of the diagram is computed from the date that a variable is."""
    if variable.kind != "fact" or engine.rules.facts[variable.name].type is not FactType.DATE:
        return False
    names = (v.name for v in compiled.variables if v.kind == "definition")
    program = engine.program
    return any(variable.name in values_read(program, DefinitionValue(name)) for name in names)


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
        low = None if fact.type is FactType.DATE else fact.bounds.low
        inner = [(c.meet(fact.bounds), leads) for c, leads in parts]
        parts = [(open_ended(fact, c), leads) for c, leads in inner if not c.is_empty]
        value = open_ended(fact, value)  # no horizon of the vocabulary: days and people go on
    else:
        definition = engine.rules.definitions[variable.name]
        value, ref = hull(judge.definition(variable.name, env)), None
        label, unit, type_ = definition.label, definition.unit, definition.type
        if type_ is not FactType.DATE:
            read = values_read(engine.program, DefinitionValue(variable.name))
            value = open_ended_figure((engine.rules.facts[name] for name in read), type_, value)
        never_negative = value.low is not None and value.low >= 0
        low = 0 if type_ is FactType.INTEGER and never_negative else None
        fact = Fact(variable.name, type_, label, "", unit=unit)
    if low is not None:
        parts = [(c.meet(Interval(low, None)), leads) for c, leads in parts]
        parts = [(c, leads) for c, leads in parts if not c.is_empty]
    bands = _merge(parts, fact, (value,))
    bounds = _bounds(bands, type_.value, unit)
    return Axis(label, unit, type_.value, bounds, bands, value, ref, variable.name)


def _leaf_axis(engine: Engine, compiled: Compiled, env: Env, margin: Margin) -> Axis | None:
    """The axis of a comparison with another figure: two bands around a bound that is known."""
    bound = margin.bound.low
    if not margin.bound.is_point or bound is None:
        return None
    judge = engine.judge()
    for number, variable in enumerate(compiled.variables):
        node = engine.program.leaves.get(variable)
        if not isinstance(node, Compare) or node.left.name != margin.name:
            continue
        limit = node.lower or node.upper
        if limit is None or hull(judge.value(limit.value, env)) != margin.bound:
            continue
        leads = {
            option: _leads(judge.forced(compiled, env, number, n))
            for n, cell in enumerate(compiled.cells[number])
            if isinstance(cell, frozenset)
            for option in cell
        }
        above = node.lower is not None  # whether it holds above the bound
        open_above = limit.strict is above
        low = None if margin.type == FactType.DATE.value else min(0, bound)
        cells = (
            (Interval(low, bound, False, not open_above), leads[not above]),
            (Interval(bound, None, open_above, False), leads[above]),
        )
        if leads[True] != leads[False]:
            return _axis_around(margin, bound, cells)
    return None


def _leads(left: Restricted) -> tuple[str, ...]:
    terminals = sorted(left.terminals - {IMPOSSIBLE}, reverse=True)
    return tuple(OUTCOME[terminal].value for terminal in terminals)


def _axis_around(
    margin: Margin, bound: Number, cells: Iterable[tuple[Interval, tuple[str, ...]]]
) -> Axis:
    unit = None if margin.type == FactType.DATE.value else margin.unit
    fact = Fact(margin.name, FactType(margin.type), margin.label, "", unit=unit)
    bands = _merge([c for c in cells if not c[0].is_empty], fact, (margin.value,))
    bounds = ((str(bound), number_words(margin.type, unit, bound)),)
    value, ref = margin.value, margin.ref
    return Axis(margin.label, unit, margin.type, bounds, bands, value, ref, margin.name)
