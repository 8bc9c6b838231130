"""Totals that a profile gives beside the items of which they are made."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.arithmetic import add
from compliancecheck.logic.computing import Judge, all_items, truth_of
from compliancecheck.model.conditions import DistinctTotal
from compliancecheck.model.values import Interval, Number, hull, meet


def known_conflicts(judge: Judge) -> Iterator[tuple[DistinctTotal, str]]:
    """Totals given under ``known_as`` that the items cannot give, with ``few`` or ``many``."""
    for definition in judge.rules.definitions.values():
        value = definition.value
        if isinstance(value, DistinctTotal) and value.known_as is not None:
            known = hull(meet(judge.numbers(value.known_as, ()), (Interval(0, None),)))
            low: Number = 0
            high: Number | None = 0
            for item in all_items(judge.world.lists[value.item]):
                count = hull(judge.count(value, item))
                inside = (
                    True
                    if value.known_over is None
                    else truth_of(judge.test(value.known_over, (item,)))
                )
                if inside is True and item.key is not None and count.low is not None:
                    low = max(low, count.low)
                if inside is not False:
                    high = None if item.key is None else add(high, count.high)
            if known.high is not None and known.high < low:
                yield value, "few"
            elif known.low is not None and high is not None and known.low > high:
                yield value, "many"
