"""How many people some items have together, where one person may be counted in several.

What the conditions of a total do not tell apart is looked at once: a list of ten thousand items
has few kinds of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from compliancecheck.logic.arithmetic import add
from compliancecheck.logic.narrowing import ItemWorld, ListWorld
from compliancecheck.model.conditions import Condition, DistinctTotal
from compliancecheck.model.values import Interval, Number, Span, exact, hull

if TYPE_CHECKING:  # a judge computes with this module
    from compliancecheck.logic.computing import Env, Judge

Group = Sequence[ItemWorld]
"""Items that some conditions do not tell apart."""


def distinct_people(judge: Judge, value: DistinctTotal, env: Env) -> Interval:
    """At least those of the largest item, at most those of all; narrowed by the known number."""
    low: Number = 0
    high: Number | None = 0
    left_out: Number | None = 0  # people that the known number may hold and the total not
    part_of_known = True
    for group in groups_of(judge, value):
        own = (*env, group[0])
        fewest, most = people(judge, value, group)
        counted = judge.counted(value.where, own)
        further = group[0].key is None
        if counted is True and not further and fewest is not None:
            low = max(low, fewest)
        if counted is not False:
            high = None if further else add(high, most)
            part_of_known = part_of_known and _is_part(judge, value, own)
        if counted is not True and in_known(judge, value, own):
            left_out = None if further else add(left_out, most)
    total = Interval(low, high)
    if value.known_as is None or not part_of_known:
        return total
    known = hull(judge.numbers(value.known_as, env))
    at_least_left = None if known.low is None or left_out is None else max(known.low - left_out, 0)
    narrowed = total.meet(Interval(at_least_left, known.high))
    return total if narrowed.is_empty else narrowed  # a conflict is reported elsewhere


def groups_of(judge: Judge, value: DistinctTotal) -> list[Group]:
    """The items of a total, those together that its conditions do not tell apart.

    If the list is not closed, the further item comes last and alone.
    """
    world = judge.world.lists[value.item]
    conditions = [c for c in (value.where, value.known_over) if c is not None]
    groups: list[Group] = list(alike_in(judge, world, conditions))
    if value.known_over is not None and len(groups) < len(world.items):
        compiled = judge.program.without(value.where, value.known_over)
        if id(compiled) not in judge.program.alike_in:
            groups = [[item] for item in world.items]
    return groups if world.further is None else [*groups, [world.further]]


def alike_in(judge: Judge, world: ListWorld, conditions: Sequence[Condition]) -> Sequence[Group]:
    """The items of a list, those together that the conditions do not tell apart."""
    program = judge.program
    if world.classes and all(id(program.test(c)) in program.alike_in for c in conditions):
        return world.classes
    return [[item] for item in world.items]


def people(judge: Judge, value: DistinctTotal, group: Group) -> tuple[Number | None, Number | None]:
    """The highest lower end of the people of some items, and the sum of the upper ends."""
    if len(group) == 1:
        own = hull(judge.count(value, group[0]))
        return own.low, own.high
    key = (value.fact, id(group))  # the groups of a world live as long as it does
    found = judge.memory.people.get(key)
    if found is None:
        found = judge.memory.people[key] = _together([judge.count(value, i) for i in group])
    return found


def _together(counts: Sequence[Span]) -> tuple[Number | None, Number | None]:
    fewest: Number | None = None
    most: Number | None = 0
    for count, times in Counter(counts).items():
        own = hull(count)
        if own.low is not None:
            fewest = own.low if fewest is None else max(fewest, own.low)
        most = None if most is None or own.high is None else exact(most + times * own.high)
    return fewest, most


def _is_part(judge: Judge, value: DistinctTotal, env: Env) -> bool:
    """Whether the item, if it is counted, is surely among those of the known number."""
    if value.known_over is None:
        return True
    where, over = judge.counted(value.where, env), judge.counted(value.known_over, env)
    if where is False or over is True:
        return True
    if where is True and over is False:
        return False
    return judge.is_false(judge.program.without(value.where, value.known_over), env)


def in_known(judge: Judge, value: DistinctTotal, env: Env) -> bool:
    """Whether an item may be among those of the known number."""
    return judge.counted(value.known_over, env) is not False
