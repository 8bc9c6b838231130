"""What conditions and values are made of: all nodes of a tree, and the names that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliancecheck.model.conditions import (
    All,
    Any,
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
    Every,
    FactIs,
    FactValue,
    HoldsCondition,
    HoldsRule,
    Includes,
    Literal,
    Not,
    PercentOf,
    ReadingIs,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.instruments import Rules

Tree = Condition | Value


def walk(tree: Tree | None) -> Iterator[Tree]:
    """The node and all nodes inside it, in order."""
    if tree is None:
        return
    yield tree
    for part in parts(tree):
        yield from walk(part)


def parts(tree: Tree) -> Iterator[Tree]:
    """The nodes directly inside a node."""
    match tree:
        case All() | Any():
            yield from tree.parts
        case Not():
            yield tree.part
        case Some() | Every():
            yield tree.where
        case Compare():
            yield tree.left
            yield from (limit.value for limit in (tree.lower, tree.upper) if limit is not None)
        case Sum():
            yield from tree.terms
        case Difference():
            yield tree.left
            yield tree.right
        case Count() | Total():
            if tree.where is not None:
                yield tree.where
        case Choose():
            for case in tree.cases:
                yield case.when
                yield case.value
            yield tree.otherwise
        case PercentOf() | Shift() | Before():
            yield tree.of
        case DistinctTotal():
            yield from (part for part in (tree.where, tree.known_over) if part is not None)
        case FactIs() | Includes() | ReadingIs() | HoldsCondition() | HoldsRule():
            pass
        case Literal() | FactValue() | DefinitionValue() | AsOf() | DueDay():
            pass


def names(tree: Tree | None) -> Iterator[str]:
    """The facts, readings, conditions, definitions and rules that a tree itself reads."""
    for node in walk(tree):
        match node:
            case FactIs() | Includes() | ReadingIs() | HoldsCondition():
                yield node.name
            case FactValue() | DefinitionValue():
                yield node.name
            case Total():
                yield node.fact
            case HoldsRule():
                yield node.rule
            case DueDay():
                yield deadline_name(node.rule, node.deadline)
            case DistinctTotal():
                yield node.fact
                if node.known_as is not None:
                    yield node.known_as
            case _:
                pass


def deadline_name(rule: str, deadline: str) -> str:
    """The name of a deadline in the graph; no name that packs declare looks so."""
    return f"{rule}#{deadline}"


def graph(rules: Rules) -> Mapping[str, tuple[str, ...]]:
    """What each condition, definition, rule and deadline rests on.

    Of a rule it is the scope, with the rules that exempt from it: `holds` reads nothing else.
    """
    edges: dict[str, list[str]] = {}
    for condition in rules.conditions.values():
        edges[condition.name] = list(names(condition.when))
    for definition in rules.definitions.values():
        edges[definition.name] = list(names(definition.value))
    for rule in rules.rules.values():
        head = rules.instruments[rule.instrument].applies_when
        edges.setdefault(rule.id, []).extend((*names(head), *names(rule.applies_when)))
        for freed in rule.exempts or ():
            edges.setdefault(freed, []).append(rule.id)
        for deadline in rule.deadlines:
            edges[deadline_name(rule.id, deadline.id)] = [
                *names(deadline.due),
                *((deadline_name(*deadline.or_expected),) if deadline.or_expected else ()),
            ]
    return {name: tuple(dict.fromkeys(targets)) for name, targets in edges.items()}


def find_loop(edges: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """One loop of a graph, first name again at its end; None if there is none."""
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        stack = [(start, iter(edges.get(start, ())))]
        if start in done:
            continue
        path.append(start)
        while stack:
            target = next(stack[-1][1], None)
            if target is None:
                stack.pop()
                done.add(path.pop())
            elif target in path:
                return [*path[path.index(target) :], target]
            elif target not in done:
                path.append(target)
                stack.append((target, iter(edges.get(target, ()))))
    return None


def reach(starts: Iterator[str] | list[str], edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    """All names that can be reached from *starts*, these included."""
    found: set[str] = set()
    left = list(starts)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(edges.get(name, ()))
    return found
