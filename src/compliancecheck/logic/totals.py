"""How many items of a list satisfy a condition, and what a fact adds up to over them.

Over a list that is not closed there may be any number of further items: a count is then a lower
bound, and so is the total of what cannot be negative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.model.conditions import Count, Total
from compliancecheck.model.values import Interval, Truth, hull, point

if TYPE_CHECKING:  # a judge computes with this module
    from compliancecheck.logic.computing import Env, Judge

_NONE = point(0)


def count_items(judge: Judge, value: Count, env: Env) -> Interval:
    """How many items are counted: at least those surely, at most those possibly."""
    world = judge.world.lists[value.item]
    counted = [judge.counted(value.where, (*env, item)) for item in world.items]
    low = counted.count(True)
    high = len(counted) - counted.count(False)
    further = world.further
    if further is not None and judge.counted(value.where, (*env, further)) is not False:
        return Interval(low, None)
    return Interval(low, high)


def total_of(judge: Judge, value: Total, env: Env) -> Interval:
    """The sum of a fact over the items that are counted."""
    total = _NONE
    world = judge.world.lists[value.item]
    for item in world.items:
        total = total.plus(share_of(judge, value, item, env))
    if world.further is not None:
        each = share_of(judge, value, world.further, env)
        total = total.plus(_any_number_of(each))
    return total


def share_of(judge: Judge, value: Total, item: ItemWorld, env: Env) -> Interval:
    """What one item adds to a total: nothing, if it is not counted."""
    counted: Truth = judge.counted(value.where, (*env, item))
    if counted is False:
        return _NONE
    found = item.values[value.fact]
    assert isinstance(found, tuple)
    own = hull(found)
    return own if counted else around(own, _NONE)


def around(a: Interval, b: Interval) -> Interval:
    """The smallest interval that holds both."""
    low, low_open = a.low, a.low_open
    if b.low is None or (low is not None and b.low <= low):
        low_open = b.low_open and (b.low != low or low_open)
        low = b.low
    high, high_open = a.high, a.high_open
    if b.high is None or (high is not None and b.high >= high):
        high_open = b.high_open and (b.high != high or high_open)
        high = b.high
    return Interval(low, high, low_open, high_open)


def _any_number_of(each: Interval) -> Interval:
    """What any number of further items may add, each of them something of *each*."""
    below = each.low is None or each.low < 0
    above = each.high is None or each.high > 0
    return Interval(None if below else 0, None if above else 0)
