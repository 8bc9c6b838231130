"""Every comparison can be true and can be false, within the bounds of what it compares."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.conditions import (
    Choose,
    Compare,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    FactIs,
    FactValue,
    Limit,
    Literal,
    ReadingIs,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Place
from compliancecheck.model.values import ANY, Interval, Number, Span, hull, point, span
from compliancecheck.reading.pack_walk import walk
from compliancecheck.reading.problems import Problem, pack_problem

Owner = tuple[str, Condition | Value]
"""The name of a rule, condition, definition, route or fact, and a tree that stands in it."""


def comparison_problems(rules: Rules) -> Iterator[Problem]:
    """Comparisons that are true, or false, whatever is answered."""
    for _, tree in trees(rules):
        for node in walk(tree):
            always = None
            if isinstance(node, Compare):
                always = _always(node, rules)
            elif isinstance(node, FactIs | ReadingIs):
                always = _always_option(node, rules)
            if always is not None and isinstance(node, Compare | FactIs | ReadingIs):
                place = node.note.place or Place("", 1, 1, 1)
                word = "true" if always else "false"
                yield pack_problem(
                    place, f"this comparison is always {word}, whatever is answered within bounds"
                )


def trees(rules: Rules) -> Iterator[Owner]:
    """All conditions and values of the packs, each with what it stands in."""
    for condition in rules.conditions.values():
        yield condition.name, condition.when
    for definition in rules.definitions.values():
        yield definition.name, definition.value
    for instrument in rules.instruments.values():
        if instrument.applies_when is not None:
            yield instrument.id, instrument.applies_when
    for rule in rules.rules.values():
        for tree in (rule.applies_when, rule.requires, rule.compares):
            if tree is not None:
                yield rule.id, tree
        for deadline in rule.deadlines:
            yield rule.id, deadline.due
            if deadline.opens is not None:
                yield rule.id, deadline.opens
    for route in rules.routes.values():
        if route.complete_where is not None:
            yield route.name, route.complete_where
    for fact in rules.facts.values():
        if fact.gate is not None:
            yield fact.name, fact.gate.only_if


def _always_option(node: FactIs | ReadingIs, rules: Rules) -> bool | None:
    choices: object
    if isinstance(node, ReadingIs):
        choices = set(rules.readings[node.name].choices)
    else:
        fact = rules.facts[node.name]
        choices = {True, False} if fact.type is FactType.BOOLEAN else set(fact.choices)
    return (not node.negated) if set(node.options) == choices else None


def _always(node: Compare, rules: Rules) -> bool | None:
    """True or False if the comparison is that for every value within bounds, else None."""
    low, high = _literal(node.lower), _literal(node.upper)
    if (node.lower and low is None) or (node.upper and high is None):
        return None  # compared with another unknown value
    strict_low = bool(node.lower and node.lower.strict)
    strict_high = bool(node.upper and node.upper.strict)
    wanted = Interval(low, high, strict_low, strict_high)
    values, whole = possible(node.left, rules)
    if whole:
        wanted = wanted.whole()
    inside = [part.meet(wanted) for part in values]
    if all(part.is_empty for part in inside):
        return node.negated
    if list(inside) == list(values):
        return not node.negated
    return None


def _literal(limit: Limit | None) -> Number | None:
    return limit.value.value if limit and isinstance(limit.value, Literal) else None


def possible(value: Value, rules: Rules) -> tuple[Span, bool]:
    """What a value may be within bounds at most, and whether it is always whole."""
    if isinstance(value, FactValue):
        fact = rules.facts[value.name]
        return _fact_span(fact), fact.type.is_whole
    if isinstance(value, DefinitionValue):
        definition = rules.definitions[value.name]
        return possible(definition.value, rules)[0], definition.type.is_whole
    if isinstance(value, Literal):
        return (point(value.value),), isinstance(value.value, int)
    if isinstance(value, Sum):
        total = point(0)
        for term in value.terms:
            total = total.plus(hull(possible(term, rules)[0]))
        return (total,), False
    if isinstance(value, Choose):
        parts = [*(case.value for case in value.cases), value.otherwise]
        return span(i for part in parts for i in possible(part, rules)[0]), False
    if isinstance(value, Difference):
        left, right = (hull(possible(term, rules)[0]) for term in (value.left, value.right))
        return (left.minus(right),), False
    if isinstance(value, DistinctTotal | Count):
        return (Interval(0, None),), True
    if isinstance(value, Total):
        each = hull(_fact_span(rules.facts[value.fact]))
        below = each.low is None or each.low < 0
        above = each.high is None or each.high > 0
        return (Interval(None if below else 0, None if above else 0),), False
    return (ANY,), False


def _fact_span(fact: Fact) -> Span:
    bounds = fact.bounds
    if fact.event or (fact.type is FactType.DATE and fact.gate is not None):
        bounds = Interval(bounds.low, None, bounds.low_open)  # `not yet`: any later day
    closed = fact.gate.otherwise if fact.gate is not None else None
    if closed is None or isinstance(closed, str | bool):
        return (bounds,)
    return span([bounds, point(closed)])
