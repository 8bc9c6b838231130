"""Until when an open finding only waits: for acts that are still to come, up to their last day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from compliancecheck.logic.computing import Env, Judge
from compliancecheck.logic.dating import LAST
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.fact_values import meet
from compliancecheck.logic.memory import Memory
from compliancecheck.logic.narrowing import ItemWorld, ListWorld, World
from compliancecheck.logic.program import OUTCOME
from compliancecheck.logic.verdicts import Verdict, Verdicts
from compliancecheck.model.findings import Outcome
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Span, Values, hull

_FARTHEST = 40_000  # days, over a hundred years: no deadline is later


def still_to_come(values: Values, as_of: int) -> bool:
    """Whether these are the days of a date that is `not yet`: several, and all after *as_of*."""
    if not isinstance(values, tuple) or not values or hull(values).is_point:
        return False
    first = values[0]
    return first.low is not None and first.low > as_of


def waits_until(engine: Engine, verdicts: Verdicts, missing: Sequence[FactRef]) -> int | None:
    """The last day on which acts that are `not yet` can still be in time.

    None if something else would settle the finding, or no day does, and where a reading says
    that the day is past already: what was missed by one reading is not ahead. *missing* are the
    facts that can still move it. Where readings give several days, it is the first of them.
    """
    if any(_failed(verdict) for verdict in verdicts.each):
        return None
    if not missing or not all(still_to_come(engine.values(r), engine.as_of) for r in missing):
        return None
    last = [_last_day(engine, verdict, verdicts, missing) for verdict in verdicts.open]
    found = [day for day in last if day is not None]
    return min(found) if found and len(found) == len(last) else None


def _failed(verdict: Verdict) -> bool:
    """Whether the finding fails by these readings, whatever is still to come."""
    return {OUTCOME[terminal] for terminal in verdict.left.terminals} == {Outcome.FAIL}


def _last_day(
    engine: Engine, verdict: Verdict, verdicts: Verdicts, missing: Sequence[FactRef]
) -> int | None:
    """The first day after which the finding is settled, if nothing was done up to it."""

    def settled(day: int) -> bool:
        judge, env = _later(engine, verdict.judge, verdicts.env, missing, day)
        compiled = verdicts.compiled

        def allowed(number: int) -> tuple[int, ...]:
            return judge.allowed(compiled.variables[number], compiled.cells[number], env)

        return len(verdict.left.refined(allowed).terminals) == 1

    bounds = [hull(cast(Span, engine.values(ref))).high for ref in missing]
    # A fact may end in 2100. Two days are left there: one alone would settle what compares acts.
    ends = [int(high) - 1 for high in bounds if high is not None]
    days = range(engine.as_of, min(engine.as_of + _FARTHEST, LAST, *ends))
    if not days or not settled(days[-1]):
        return None
    return days[bisect_left(days, True, key=settled)]


def _later(
    engine: Engine, judge: Judge, env: Env, missing: Sequence[FactRef], day: int
) -> tuple[Judge, Env]:
    """A judge of the world in which what is missing happens only after *day*."""
    after = (Interval(day + 1, None),)
    company = dict(engine.world.company)
    bound = {item.key: replace(item, values=dict(item.values), alike=None) for item in env}
    others: dict[tuple[str, str | None], ItemWorld] = {}
    for ref in missing:
        item = engine.rules.facts[ref.name].item_of()
        if item is None:
            company[ref.name] = meet(company[ref.name], after)
            continue
        own = bound.get(ref.item)
        if own is None or own.item != item:
            one = engine.item_world(item, ref.item)
            copied = replace(one, values=dict(one.values), alike=None)
            own = others.setdefault((item, ref.item), copied)
        own.values[ref.name] = meet(own.values[ref.name], after)
    lists = dict(engine.world.lists)
    if others:
        for name, world in lists.items():
            items = [others.get((name, one.key), one) for one in world.items]
            lists[name] = ListWorld(items, world.further)
    moved = World(company, lists)
    return Judge(engine.program, moved, judge.chosen, Memory()), tuple(
        bound[item.key] for item in env
    )
