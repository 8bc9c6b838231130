"""How the day of a dated act was counted: the period, and the answers that it starts from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from compliancecheck.logic import periods
from compliancecheck.logic.acts import told_value
from compliancecheck.logic.calendar import NoCalendar
from compliancecheck.logic.computing import Env, Judge, bound_as
from compliancecheck.logic.dating import UNIT
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.periods import Computed
from compliancecheck.model.calendar import Period
from compliancecheck.model.conditions import (
    Before,
    DueDay,
    FactValue,
    Shift,
    Value,
)
from compliancecheck.model.findings import DatedAct, Evaluation
from compliancecheck.model.instruments import Deadline
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import hull


@dataclass(frozen=True, slots=True)
class Counted:
    """What the law counts from, and to which day.

    ``value`` is the day as the law puts it (of a window, the day on which it opens); ``starts``
    are the facts on which it rests, answered or not. ``computed`` is the count; None where its
    start is no single day, or where nothing is counted. ``until`` is the last day of a window
    as the law puts it, where that is a count of its own.
    """

    value: Value
    starts: tuple[FactRef, ...]
    computed: Computed | None
    until: Value | None = None


def counted(evaluation: Evaluation, act: DatedAct) -> Counted:
    """How the day of an act of *evaluation* was counted."""
    rules = evaluation.rules
    rule = rules.rules[act.rule]
    engine = engine_of(evaluation, rule.id)
    env: Env = () if rule.each is None else (engine.item_world(rule.each, act.item),)
    judge, deadline = engine.judge(act.adopt), rule.deadline(act.deadline)
    value, _ = told_value(judge, deadline.due, env)
    refs = tuple(dict.fromkeys(_starts(judge, deadline, env)))
    if deadline.opens is not None:  # of a window, the days that it is long are told
        opens, own = told_value(judge, deadline.opens, env)
        end = hull(judge.value(opens.of, own)) if isinstance(opens, Shift | Before) else None
        start = int(end.low or 0) if end is not None and end.is_point else None
        computed = _computed(judge, opens, start, act)
        until = value if isinstance(value, Shift | Before) else None
        if computed is not None or until is None:
            return Counted(opens, refs, computed, until)
    return Counted(value, refs, _computed(judge, value, act.start, act))


def _computed(judge: Judge, value: Value, start: int | None, act: DatedAct) -> Computed | None:
    """The count, where it leads to the act's own days."""
    if not isinstance(value, Shift | Before) or start is None:
        return None
    if act.due is None or not act.due.is_point:
        return None
    period = _period(value)
    if period is None:
        return None
    roll = isinstance(value, Shift) and value.roll
    try:
        found = periods.compute(judge.program.calendar, start, period, roll)
    except NoCalendar:
        return None
    return replace(found, safe_due=act.safe_due) if found.due == act.due.low else None


def _period(value: Shift | Before) -> Period | None:
    """The period as the calculator knows it; None for one that simply counts back."""
    unit = UNIT[value.unit]
    if isinstance(value, Before):
        return Period("within_before" if value.window else "at_least_before", unit, value.amount)
    return Period("after", unit, value.amount) if value.amount > 0 else None


def _starts(judge: Judge, deadline: Deadline, env: Env) -> Iterator[FactRef]:
    """The facts from which a due day is counted, those of an expected day behind them."""
    yield from _of(judge, deadline.due, env)
    if deadline.opens is not None:
        yield from _of(judge, deadline.opens, env)
    if deadline.or_expected is not None:
        rule = judge.rules.rules[deadline.or_expected[0]]
        yield from _starts(judge, rule.deadline(deadline.or_expected[1]), bound_as(env, rule.each))


def _of(judge: Judge, value: Value, env: Env) -> Iterator[FactRef]:
    value, env = told_value(judge, value, env)
    if isinstance(value, FactValue):
        yield judge.ref(value.name, env)
    elif isinstance(value, Shift | Before):
        yield from _of(judge, value.of, env)
    elif isinstance(value, DueDay):
        rule = judge.rules.rules[value.rule]
        yield from _starts(judge, rule.deadline(value.deadline), bound_as(env, rule.each))
