"""Examples prove rules: each applies, a duty passes and fails, bounds are tried on all sides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from compliancecheck.authoring.examples import Case, cases
from compliancecheck.authoring.lint_comparisons import possible
from compliancecheck.logic.computing import Env
from compliancecheck.logic.engine import Engine
from compliancecheck.model.conditions import (
    Compare,
    Condition,
    DueDay,
    FactIs,
    FactValue,
    Limit,
    Literal,
)
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.texts import Place
from compliancecheck.model.values import hull
from compliancecheck.reading.pack_walk import graph, names, reach, walk
from compliancecheck.reading.problems import Problem, pack_problem

_NOWHERE = Place("", 1, 1, 1)
SIDES = ("below", "at", "above")


def example_problems(rules: Rules) -> Iterator[Problem]:
    """What the examples of the rules do not show."""
    for rule in rules.rules.values():
        yield from _kinds(rule)
    yield from _thresholds(rules)


def _kinds(rule: Rule) -> Iterator[Problem]:
    expected = {example.status for example in rule.examples}
    place = rule.place or _NOWHERE
    applying = {"undetermined"} if _held(rule) else set()
    if not expected - ({"not_applicable", "undetermined"} - applying):
        yield pack_problem(place, f"`{rule.slug}` has no example in which it applies")
    elif rule.kind == "duty":
        for status in ("pass", "fail"):
            if status not in expected:
                yield pack_problem(place, f"the duty `{rule.slug}` has no example of {status}")


def _held(rule: Rule) -> bool:
    """Whether a number that nobody has read keeps the scope open: the rule may only apply."""
    return any(isinstance(node, Compare) and node.note.review for node in walk(rule.applies_when))


# --- thresholds ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Threshold:
    """A bound of a comparison, what it stands in, and the sides on which examples lie."""

    owner: str
    node: Compare
    limit: Limit
    seen: set[str] = field(default_factory=set)


def _thresholds(rules: Rules) -> Iterator[Problem]:
    found: dict[str, list[Threshold]] = {}
    for owner, tree in _owners(rules):
        for node in walk(tree):
            if isinstance(node, Compare) and not node.note.review:
                found.setdefault(owner, []).extend(_limits(owner, node))
    edges = graph(rules)
    for case in cases(rules):
        if case.profile is not None:
            _try(case, found, edges, rules)
    for thresholds in found.values():
        for threshold in thresholds:
            yield from _missing(threshold, rules)


def _owners(rules: Rules) -> Iterator[tuple[str, Condition | None]]:
    for rule in rules.rules.values():
        for tree in (rule.applies_when, rule.requires, rule.compares):
            yield rule.id, tree
    for condition in rules.conditions.values():
        yield condition.name, condition.when
    for definition in rules.definitions.values():
        for node in walk(definition.value):
            if isinstance(node, Compare):
                yield definition.name, node


def _limits(owner: str, node: Compare) -> Iterator[Threshold]:
    limits = [limit for limit in (node.lower, node.upper) if limit is not None]
    for limit in dict.fromkeys(limits):  # an equality has the same limit on both sides
        yield Threshold(owner, node, limit)


def _try(
    case: Case,
    found: Mapping[str, list[Threshold]],
    edges: Mapping[str, tuple[str, ...]],
    rules: Rules,
) -> None:
    """Notes on which sides of all thresholds in reach of its rule an example lies."""
    assert case.profile is not None
    rule = case.rule
    starts = [rule.id, *names(rule.requires), *names(rule.compares)]
    in_reach = [t for name in reach(starts, edges) for t in found.get(name, ())]
    if not in_reach:
        return
    engine = Engine(case.profile, rules, case.example.as_of, None).inside(rule.id)
    for threshold in in_reach:
        for env in _envs(threshold, case, engine):
            side = _side(threshold, engine, env)
            if side is not None:
                threshold.seen.add(side)


def _side(threshold: Threshold, engine: Engine, env: Env) -> str | None:
    judge = engine.judge()
    left = hull(judge.value(threshold.node.left, env))
    bound = hull(judge.value(threshold.limit.value, env))
    if not (left.is_point and bound.is_point):
        return None
    assert left.low is not None
    assert bound.low is not None
    return SIDES[(left.low >= bound.low) + (left.low > bound.low)]


def _envs(threshold: Threshold, case: Case, engine: Engine) -> Iterator[Env]:
    """The items to judge a comparison for: that of the example, or all that it may read."""
    rules = engine.rules
    needed = sorted(_items(threshold, rules))
    choices = []
    for item in needed:
        world = engine.world.lists[item]
        if item == case.rule.each and case.item is not None:
            choices.append([i for i in world.items if i.key == case.item])
        else:
            choices.append(list(world.items))
    yield from product(*choices)


def _items(threshold: Threshold, rules: Rules) -> set[str]:
    found = set()
    for tree in (threshold.node.left, threshold.limit.value):
        for node in walk(tree):
            if isinstance(node, FactValue | FactIs):
                found.add(rules.facts[node.name].item_of())
            elif isinstance(node, DueDay):
                found.add(rules.rules[node.rule].each)
            elif getattr(node, "name", None) in rules.definitions:
                found.add(rules.definitions[getattr(node, "name", "")].each)
    return {item for item in found if item is not None}


def _missing(threshold: Threshold, rules: Rules) -> Iterator[Problem]:
    sides = [side for side in SIDES if side not in threshold.seen and _can(side, threshold, rules)]
    if sides:
        direct = threshold.owner in rules.rules
        yield pack_problem(
            threshold.node.note.place or _NOWHERE,
            f"no example lies {' or '.join(sides)} this bound of `{threshold.owner}`",
            severity="error" if direct else "warning",
        )


def _can(side: str, threshold: Threshold, rules: Rules) -> bool:
    """Whether a value within bounds can lie on a side of the bound at all."""
    if not isinstance(threshold.limit.value, Literal):
        return True
    bound = threshold.limit.value.value
    values, _ = possible(threshold.node.left, rules)
    if side == "at":
        return any(part.contains(bound) for part in values)
    if side == "below":
        return any(part.low is None or part.low < bound for part in values)
    return any(part.high is None or part.high > bound for part in values)
