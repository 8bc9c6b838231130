"""Deadlines of duties are asked for: what must be done in time is compared with its due day."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.conditions import Compare, DueDay, FactValue
from compliancecheck.model.instruments import Deadline, Rule, Rules
from compliancecheck.model.texts import Place
from compliancecheck.reading.pack_walk import graph, names, reach, walk
from compliancecheck.reading.problems import Problem, pack_problem

_NOWHERE = Place("", 1, 1, 1)


def deadline_problems(rules: Rules) -> Iterator[Problem]:
    """Acts of duties that no requirement reads, or whose doing nobody asks for."""
    for rule in rules.rules.values():
        if rule.requires is None:
            continue  # it informs: a day alone is what it tells
        for deadline in rule.deadlines:
            if deadline.kind == "duty" and deadline.who == "company":
                yield from _problems(rules, rule, deadline)


def _problems(rules: Rules, rule: Rule, deadline: Deadline) -> Iterator[Problem]:
    place = deadline.place or rule.place or _NOWHERE
    compared = _compared(rule, deadline)
    if not compared and deadline.done_on is not None:
        yield pack_problem(
            place,
            f"`requires` of `{rule.slug}` does not read the deadline `{deadline.id}`",
            f"compare the day of the act with `{{due: {deadline.id}}}`, or put it in a rule that "
            "informs",
            severity="warning",
        )
    elif not compared:
        return  # nothing tells when it was done: a newer start moves the day
    elif deadline.done_on is None and compared[0] not in _read(rules, deadline):
        yield pack_problem(
            place,
            f"the deadline `{deadline.id}` does not say when its act was done",
            f"write `done_on: {compared[0]}`",
            severity="warning",
        )
    elif deadline.done_on is not None and deadline.done_on not in compared:
        yield pack_problem(
            place,
            f"the act of `{deadline.id}` is done on `{deadline.done_on}`, and `requires` "
            f"compares `{compared[0]}`",
            severity="warning",
        )


def _read(rules: Rules, deadline: Deadline) -> set[str]:
    """All that the due day of a deadline is counted from."""
    return reach(list(names(deadline.due)), graph(rules))


def _compared(rule: Rule, deadline: Deadline) -> list[str]:
    """The facts that the requirement compares with the due day."""
    due = DueDay(rule.id, deadline.id)
    return [
        node.left.name
        for node in walk(rule.requires)
        if isinstance(node, Compare)
        and isinstance(node.left, FactValue)
        and due in [limit.value for limit in (node.lower, node.upper) if limit is not None]
    ]
