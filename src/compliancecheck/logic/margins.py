"""Margins: the exact distance of decisive comparisons to their bounds, nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from compliancecheck.logic.arithmetic import at_least
from compliancecheck.logic.cells import Cell, Compiled, Variable
from compliancecheck.logic.computing import Env, Judge, truth_of
from compliancecheck.logic.diagram import IMPOSSIBLE
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.fact_values import open_ended_figure
from compliancecheck.logic.reach import bounds_of, values_read
from compliancecheck.logic.words import label_of, type_of
from compliancecheck.model.conditions import (
    All,
    Any,
    AsOf,
    Compare,
    Condition,
    DefinitionValue,
    FactValue,
    HoldsCondition,
    HoldsRule,
    Limit,
    Literal,
    Not,
    PercentOf,
    Value,
)
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Finding, Margin, Outcome
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import ANY, Interval, Number, Truth, exact, hull, point

MORE, LESS = "more", "less"


def margins_of(
    engine: Engine, finding: Finding, decisive: frozenset[FactRef] = frozenset()
) -> tuple[Margin, ...]:
    """The margins of a finding, the nearest to its bound first.

    Where *decisive* is given, a comparison of the requirement counts only if it reads one of
    these answers.
    """
    rule = engine.rules.rules[finding.rule]
    if finding.reason is not None or (rule.each and not finding.item and not finding.further):
        return ()
    env: Env = () if rule.each is None else (engine.item_world(rule.each, finding.item),)
    found: list[Margin] = []
    test = rule.requires if rule.requires is not None else rule.compares
    if test is not None and finding.possible != {Outcome.NOT_APPLICABLE}:
        found += _Requirement(engine.judge(), env, decisive).margins(test)
    found += _Scope(engine, finding.rule, env).margins()
    told = [m for m in dict.fromkeys(found) if m.distance != ANY]
    return tuple(sorted(told, key=_nearness))


def _nearness(margin: Margin) -> tuple[bool, Number]:
    if margin.relative is None:
        return (True, 0)
    low, high = margin.relative.low, margin.relative.high
    if low is not None and low > 0:
        return (False, low)
    return (False, -high if high is not None and high < 0 else 0)


# -- the requirement ------------------------------------------------------------------------------


class _Requirement:
    def __init__(self, judge: Judge, env: Env, decisive: frozenset[FactRef]) -> None:
        self.judge = judge
        self.env = env
        self.decisive = decisive

    def margins(self, test: Condition) -> list[Margin]:
        """The margins of all comparisons that make the requirement what it is."""
        found = list(self._comparisons(test, False))
        if self.decisive:
            found = [row for row in found if self._reads_decisive(row[0])]
        return [m for c, negated in found for m in self._sides(c, negated)]

    def _reads_decisive(self, c: Compare) -> bool:
        names = {ref.name for ref in self.decisive}
        values = [c.left, *(limit.value for limit in (c.lower, c.upper) if limit is not None)]
        return any(names & values_read(self.judge.program, value) for value in values)

    def _comparisons(
        self, c: Condition, negated: bool, one_of_several: bool = False
    ) -> Iterator[tuple[Compare, bool]]:
        """The comparisons that decide; *one_of_several* alternatives of which none is met.

        An alternative that misses more than one thing gives none: no figure alone would meet it.
        """
        if c.note.review:
            return  # it settles nothing
        if isinstance(c, Not):
            yield from self._comparisons(c.part, not negated, one_of_several)
        elif isinstance(c, Compare):
            yield c, negated != c.negated
        elif isinstance(c, HoldsCondition):
            named = self.judge.rules.conditions[c.name].when
            yield from self._comparisons(named, negated, one_of_several)
        elif isinstance(c, HoldsRule):
            scope = self.judge.rules.rules[c.rule].applies_when
            if scope is not None and self._truth(scope) is self._truth(c):
                # else its days or an exemption decide
                yield from self._comparisons(scope, negated, one_of_several)
        elif isinstance(c, All | Any):
            deciding = self._deciding(c)
            if isinstance(c, All) and one_of_several and len(deciding) > 1:
                return
            several = one_of_several or (isinstance(c, Any) and len(deciding) > 1)
            for part in deciding:
                yield from self._comparisons(part, negated, several)

    def _deciding(self, c: All | Any) -> list[Condition]:
        """The parts that make a group true, false or open."""
        truth = self._truth(c)
        if truth is isinstance(c, All):
            return list(c.parts)
        return [p for p in c.parts if self._truth(p) is truth]

    def _truth(self, c: Condition) -> Truth:
        return truth_of(self.judge.test(c, self.env))

    def _sides(self, c: Compare, negated: bool) -> Iterator[Margin]:
        if c.lower and c.upper and c.lower.value == c.upper.value:
            return  # equal or not: there is no distance that could be met
        if self._is_past(c):
            return  # a deed that is done only lies further back every day
        if any(self._of_nothing_known(v) for v in (c.left, *(li.value for li in _limits(c)))):
            return  # its ends are the bounds of the vocabulary, which say nothing
        value = hull(self.judge.value(c.left, self.env))
        sides = [(limit, low) for limit, low in ((c.lower, True), (c.upper, False)) if limit]
        truths = [self._side_truth(value, limit, low) for limit, low in sides]
        whole = _all(truths)
        for (limit, low), truth in zip(sides, truths, strict=True):
            if whole is True or truth is whole:
                yield self._margin(c, limit, low != negated, low, negated, value)

    def _is_past(self, c: Compare) -> bool:
        if c.upper is None or not isinstance(c.upper.value, AsOf):
            return False
        done = isinstance(c.left, FactValue) and self.judge.rules.facts[c.left.name].event
        return done and self._truth(c) is True

    def _of_nothing_known(self, value: Value) -> bool:
        """Whether this is a fact whose every value is still possible."""
        if isinstance(value, PercentOf):
            return self._of_nothing_known(value.of)
        if not isinstance(value, FactValue):
            return False
        fact = self.judge.rules.facts[value.name]
        found = self.judge.fact(value.name, self.env)
        return isinstance(found, tuple) and hull(found) == fact.bounds

    def _side_truth(self, value: Interval, limit: Limit, low: bool) -> Truth:
        bound = hull(self.judge.value(limit.value, self.env))
        if low:
            return at_least(value, bound, limit.strict)
        over = at_least(value, bound, not limit.strict)
        return None if over is None else not over

    def _margin(
        self, c: Compare, limit: Limit, wants_more: bool, low: bool, negated: bool, value: Interval
    ) -> Margin:
        bound = hull(self.judge.value(limit.value, self.env))
        shown = _to_read(self.judge, c.left, value)
        distance, relative = minus(shown, bound), _by_bound(shown, bound)
        if not wants_more:
            distance = negative(distance)
            relative = negative(relative) if relative else None
        truth = self._side_truth(value, limit, low)
        met = truth if truth is None or not negated else not truth
        turns = None if met is None else LESS if met is wants_more else MORE
        return _made(
            self.judge,
            c.left,
            self.env,
            bound,
            distance,
            relative,
            False,
            limit.strict != negated,
            turns,
        )


def _limits(c: Compare) -> list[Limit]:
    return [limit for limit in (c.lower, c.upper) if limit is not None]


def _all(truths: list[Truth]) -> Truth:
    if False in truths:
        return False
    return None if None in truths else True


def minus(a: Interval, b: Interval) -> Interval:
    """All differences of a number of each."""
    return a.minus(b)


def negative(a: Interval) -> Interval:
    """All numbers of an interval with the other sign."""
    return Interval(
        None if a.high is None else -a.high,
        None if a.low is None else -a.low,
        a.high_open,
        a.low_open,
    )


def _by_bound(value: Interval, bound: Interval) -> Interval | None:
    """(value - bound) / bound, where the bound is positive (it may reach down to 0)."""
    if bound.low is None or bound.low < 0 or (bound.high is not None and bound.high <= 0):
        return None
    low: Number | None = None
    high: Number | None = None
    low_open, high_open = value.low_open or bound.high_open, value.high_open or bound.low_open
    if value.low is not None:
        if value.low >= 0:
            low = Fraction(value.low) / bound.high if bound.high is not None else 0
            low_open = low_open or (bound.high is None and value.low > 0)
        elif bound.low > 0:
            low = Fraction(value.low) / bound.low
            low_open = value.low_open or bound.low_open
    if value.high is not None:
        if value.high >= 0 and bound.low > 0:
            high = Fraction(value.high) / bound.low
        elif value.high < 0:
            high = Fraction(value.high) / bound.high if bound.high is not None else 0
            high_open = value.high_open or bound.high_open or bound.high is None
    return Interval(
        None if low is None else exact(low - 1),
        None if high is None else exact(high - 1),
        low is not None and low_open,
        high is not None and high_open,
    )


# -- the scope ------------------------------------------------------------------------------------


class _Scope:
    """Where a figure of the scope, moved alone, turns whether the rule applies."""

    def __init__(self, engine: Engine, rule: str, env: Env) -> None:
        self.engine = engine
        self.judge = engine.judge()
        self.rule = rule
        self.env = env
        self.compiled: Compiled = engine.program.scope_diagram(rule)

    def margins(self) -> list[Margin]:
        """A margin for each figure and each direction in which the scope turns."""
        now = self.judge.restrict(self.compiled, self.env).terminals
        if len(now) != 1:
            return []  # it is open: what would settle it is asked
        found: list[Margin] = []
        bounds = bounds_of(self.engine.program, self.rule)
        for number, variable in enumerate(self.compiled.variables):
            if variable.kind == "leaf":
                found += self._leaf(number, variable, now)
            elif isinstance(self.compiled.cells[number][0], Interval):
                found += self._figure(number, variable, now, bounds.get(variable, []))
        return found

    def _forced(self, number: int, cell: int) -> frozenset[int]:
        left = self.judge.forced(self.compiled, self.env, number, cell)
        return left.terminals - {IMPOSSIBLE}

    def _figure(
        self, number: int, variable: Variable, now: frozenset[int], limits: list[Limit]
    ) -> Iterator[Margin]:
        cells = self.compiled.cells[number]
        here = self.judge.allowed(variable, cells, self.env)
        if not here:
            return
        for turns, others in (
            (MORE, range(max(here) + 1, len(cells))),
            (LESS, range(min(here) - 1, -1, -1)),
        ):
            for cell in others:
                left = self._forced(number, cell)
                if left and left.isdisjoint(now):
                    yield self._at(variable, cells[cell], turns, limits)
                    break

    def _at(self, variable: Variable, cell: Cell, turns: str, limits: list[Limit]) -> Margin:
        assert isinstance(cell, Interval)
        left = FactValue(variable.name)
        value_of: FactValue | DefinitionValue = (
            left if variable.kind == "fact" else DefinitionValue(variable.name)
        )
        end = cell.low if turns == MORE else cell.high
        assert end is not None
        bound = self._as_written(end, 1 if turns == LESS else -1, limits, value_of)
        value = _to_read(self.judge, value_of, hull(self.judge.value(value_of, self.env)))
        distance = minus(point(bound), value) if turns == MORE else minus(value, point(bound))
        return _made(
            self.judge,
            value_of,
            self.env,
            point(bound),
            distance,
            _share_of(distance, bound),
            True,
            not cell.contains(bound),
            turns,
        )

    def _as_written(
        self, end: Number, step: int, limits: list[Limit], of: FactValue | DefinitionValue
    ) -> Number:
        """The bound as the law says it: *under 100,000*, where the cell ends at 99,999."""
        written = set()
        for limit in limits:
            if isinstance(limit.value, Literal):
                written.add(limit.value.value)
            elif isinstance(limit.value, AsOf):
                written.add(self.engine.as_of)
        whole = type_of(self.judge.rules, of)[0].is_whole
        return end + step if whole and end not in written and end + step in written else end

    def _leaf(self, number: int, variable: Variable, now: frozenset[int]) -> Iterator[Margin]:
        node = self.engine.program.leaves[variable]
        truth = self.judge.leaf(variable, self.env)
        if not isinstance(node, Compare) or truth is None:
            return
        cells = self.compiled.cells[number]
        other = next(n for n, c in enumerate(cells) if isinstance(c, frozenset) and truth not in c)
        left = self._forced(number, other)
        limit = node.lower or node.upper
        if not left or not left.isdisjoint(now) or limit is None:
            return
        value = _to_read(self.judge, node.left, hull(self.judge.value(node.left, self.env)))
        bound = hull(self.judge.value(limit.value, self.env))
        above = truth is (node.lower is not None)
        distance = minus(value, bound) if above else minus(bound, value)
        relative = _by_bound(value, bound)
        if relative is not None and not above:
            relative = negative(relative)
        yield _made(
            self.judge,
            node.left,
            self.env,
            bound,
            distance,
            relative,
            True,
            (not limit.strict) is truth,
            LESS if above else MORE,
        )


def _to_read(judge: Judge, left: FactValue | DefinitionValue, value: Interval) -> Interval:
    """A figure without the ends that only the vocabulary gives it: nobody is so near to a bound."""
    type_ = type_of(judge.rules, left)[0]
    if type_ is FactType.DATE or value.is_point:
        return value  # what is known of a day is weighed as it is
    facts = (judge.rules.facts[name] for name in values_read(judge.program, left))
    return open_ended_figure(facts, type_, value)


def _share_of(distance: Interval, bound: Number) -> Interval | None:
    return distance.times(1 / Fraction(bound)) if bound > 0 else None


def _made(
    judge: Judge,
    left: FactValue | DefinitionValue,
    env: Env,
    bound: Interval,
    distance: Interval,
    relative: Interval | None,
    in_scope: bool,
    strict: bool,
    turns: str | None,
) -> Margin:
    type_, unit = type_of(judge.rules, left)
    is_date = type_ is FactType.DATE
    return Margin(
        label=label_of(judge.rules, left),
        ref=judge.ref(left.name, env) if isinstance(left, FactValue) else None,
        name=left.name,
        unit="days" if is_date else unit,
        type=type_.value,
        value=_to_read(judge, left, hull(judge.value(left, env))),
        bound=bound,
        distance=distance,
        relative=None if is_date else relative,
        in_scope=in_scope,
        strict=strict,
        turns=turns,
    )
