"""Totals that a profile gives beside the items of which they are made."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.arithmetic import add
from compliancecheck.logic.computing import Judge
from compliancecheck.logic.distinct import groups_of, people
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
            for group in groups_of(judge, value):
                fewest, most = people(judge, value, group)
                inside = judge.counted(value.known_over, (group[0],))
                further = group[0].key is None
                if inside is True and not further and fewest is not None:
                    low = max(low, fewest)
                if inside is not False:
                    high = None if further else add(high, most)
            if known.high is not None and known.high < low:
                yield value, "few"
            elif known.low is not None and high is not None and known.low > high:
                yield value, "many"
