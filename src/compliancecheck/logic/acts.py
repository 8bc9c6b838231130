"""One dated act: its due day, how that is counted, how it stands, what is sure of it.

A day that hangs on a reading is given once for each choice of it, never as a range. The days
themselves are counted by ``periods``; what is known only as a range is moved end to end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from compliancecheck.logic import periods
from compliancecheck.logic.calendar import Calendar, NoCalendar
from compliancecheck.logic.computing import Env, Judge, bound_as
from compliancecheck.logic.dating import UNIT, moved, moved_day
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.moving import Inputs, inputs_of_value
from compliancecheck.logic.standing import Days, standing_of
from compliancecheck.logic.waiting import still_to_come
from compliancecheck.model.conditions import (
    Before,
    Choose,
    DefinitionValue,
    DueDay,
    FactValue,
    Shift,
    Unit,
    Value,
)
from compliancecheck.model.findings import Adoption, DatedAct, Finding, Outcome, Standing
from compliancecheck.model.instruments import Deadline, Rule
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Truth, hull, point

NO_DAY = Interval()


@dataclass(frozen=True, slots=True)
class Due:
    """The due day: its interval, how it is counted from which start, and whether that is sure."""

    day: Interval
    value: Value  # the period that counts it, where definitions and cases lead to one
    start: Interval = NO_DAY
    expected: bool = False
    provisional: tuple[int, ...] = ()  # of the days from which it is counted


class Acts:
    """One deadline of one finding."""

    def __init__(
        self, engine: Engine, rule: Rule, deadline: Deadline, finding: Finding, env: Env
    ) -> None:
        self.engine = engine
        self.rule = rule
        self.deadline = deadline
        self.finding = finding
        self.env = env
        self.calendar: Calendar = engine.calendar

    def all(self) -> Iterator[DatedAct]:
        """The act, once for each combination of readings that gives it another day."""
        judge = self.engine.judge()
        readings = sorted(self._inputs(judge).readings)
        combinations = self.engine.combinations(readings)
        if combinations is None:
            yield replace(self._bare(()), standing=Standing.UNKNOWN)
            return
        acts: dict[Adoption, DatedAct | None] = {}
        for adopt in combinations:
            applies = self._applies(adopt)
            act = None if applies is False else self._act(self.engine.judge(adopt), adopt)
            acts[adopt] = None if act is None else replace(act, applies=applies, adopt=())
        for name in readings:
            acts = _without(acts, name)
        for adopt, act in acts.items():
            if act is not None:
                yield replace(act, adopt=adopt)

    def _inputs(self, judge: Judge) -> Inputs:
        """What can still move its days."""
        found = inputs_of_value(judge, self.deadline.due, self.env)
        if self.deadline.opens is not None:
            found.add(inputs_of_value(judge, self.deadline.opens, self.env))
        for value, env in self._expected(self.deadline, self.env):
            found.add(inputs_of_value(judge, value, env))
        return found

    def _expected(self, deadline: Deadline, env: Env) -> Iterator[tuple[Value, Env]]:
        """The due days that may stand in for an unknown start, one behind the other."""
        while deadline.or_expected is not None:
            rule = self.engine.rules.rules[deadline.or_expected[0]]
            deadline, env = rule.deadline(deadline.or_expected[1]), bound_as(env, rule.each)
            yield deadline.due, env

    def _applies(self, adopt: Adoption) -> Truth:
        """Whether the rule applies if these readings are adopted."""
        chosen = dict(adopt)
        possible: set[Outcome] = set()
        for verdict in self.finding.readings:
            if all(chosen.get(name, choice) == choice for name, choice in verdict.adopt):
                possible |= verdict.outcomes
        possible = possible or set(self.finding.possible)
        if Outcome.NOT_APPLICABLE not in possible:
            return True
        return False if len(possible) == 1 else None

    # -- one act --------------------------------------------------------------------------------

    def _bare(self, needs: tuple[FactRef, ...]) -> DatedAct:
        deadline = self.deadline
        extension = deadline.may_extend
        return DatedAct(
            rule=self.rule.id,
            deadline=deadline.id,
            item=self.finding.item,
            kind=deadline.kind,
            who=deadline.who,
            act=deadline.act,
            article=deadline.article or self.rule.article,
            standing=Standing.UNKNOWN,
            extension_open=extension is not None and extension.amount is None,
            needs=needs,
        )

    def _act(self, judge: Judge, adopt: Adoption) -> DatedAct | None:
        """The act under one choice of readings; None: there is nothing to show (yet)."""
        due = self._due(judge, self.deadline, self.env)
        inputs = inputs_of_value(judge, self.deadline.due, self.env)
        refs = self.engine.facts_that_matter(inputs)
        ahead = [r for r in refs if still_to_come(self.engine.values(r), self.engine.as_of)]
        asked = tuple(ref for ref in refs if ref not in ahead)
        answered = any(self._answered(ref) for ref in asked)
        if refs and not due.expected and not due.day.is_point:
            if not asked:
                return None  # it starts at a `not yet`
            if not answered:
                due = replace(due, day=NO_DAY, start=NO_DAY)
        known = due.day != NO_DAY
        if self.finding.scope is None and not known:
            return None
        return self._told(judge, due, asked if not due.day.is_point or due.expected else ())

    def _answered(self, ref: FactRef) -> bool:
        answer = self.engine.answer(ref)
        return answer is not None and not answer.unknown

    def _told(self, judge: Judge, due: Due, needs: tuple[FactRef, ...]) -> DatedAct:
        deadline = self.deadline
        opens = None if deadline.opens is None else hull(judge.value(deadline.opens, self.env))
        opens = None if opens == NO_DAY else opens
        done_ref = judge.ref(deadline.done_on, self.env) if deadline.done_on else None
        done = hull(_days(judge, deadline.done_on, self.env)) if deadline.done_on else None
        days = Days(due.day, opens, due.start, done)
        standing, asks = standing_of(deadline, days, self.engine.as_of)
        if asks and done_ref is not None and not self._has_answer(done_ref):
            needs = (*needs, done_ref)
        told = replace(
            self._bare(needs),
            standing=standing,
            due=None if due.day == NO_DAY else due.day,
            opens=opens,
            expected=due.expected,
            start=int(due.start.low or 0) if due.start.is_point else None,
            done=done if self._was_done(done_ref, done) else None,
            done_ref=done_ref,
        )
        if not due.day.is_point and not due.start.is_point:
            return told
        return self._counted(told, due)

    def _was_done(self, ref: FactRef | None, done: Interval | None) -> bool:
        """Whether an answer says, at least as a range, when the act was done."""
        if ref is None or done is None or done == NO_DAY or not self._answered(ref):
            return False
        return not still_to_come((done,), self.engine.as_of)

    def _has_answer(self, ref: FactRef) -> bool:
        return self.engine.answer(ref) is not None

    def _counted(self, act: DatedAct, due: Due) -> DatedAct:
        """The act with what only a single day has: its safe day, the day before it rolled, …"""
        calendar, value = self.calendar, due.value
        day = int(due.day.low or 0) if due.day.is_point else None
        unrolled = day
        missing: int | None = None
        if isinstance(value, Shift | Before) and act.start is not None:
            try:
                day = moved_day(calendar, act.start, value)
                unrolled = _unrolled(calendar, act.start, value, day)
            except NoCalendar as error:
                missing = error.year
                if isinstance(value, Before) or value.unit is Unit.WORKING_DAYS:
                    return replace(act, due=None, standing=Standing.UNKNOWN, no_calendar=missing)
                # Only where it would roll to is not known: the day itself is told.
                day = unrolled = moved_day(calendar, act.start, replace(value, roll=False))
                act = self._restanding(act, point(day), due)
        if day is None:
            return act
        used = _used(value, act.start, day, unrolled)
        provisional = set(due.provisional)
        if used is not None:
            provisional.update(periods.uses_provisional(calendar, *used))
        counted_back = isinstance(self.deadline.opens, Before)
        if counted_back and act.opens is not None and act.opens.is_point:
            first = min(int(act.opens.low or day), day)
            provisional.update(periods.uses_provisional(calendar, first, day))
        return replace(
            act,
            due=point(day),
            unrolled=unrolled if unrolled != day else None,
            safe_due=_safe(calendar, self.deadline, value, act.start, day, unrolled or day),
            latest=self._latest(value, act.start),
            provisional=tuple(sorted(provisional)),
            no_calendar=missing,
        )

    def _restanding(self, act: DatedAct, day: Interval, due: Due) -> DatedAct:
        days = Days(day, act.opens, due.start, act.done)
        return replace(act, standing=standing_of(self.deadline, days, self.engine.as_of)[0])

    def _latest(self, value: Value, start: int | None) -> int | None:
        """The expected day with all of the extension."""
        extension = self.deadline.may_extend
        if extension is None or extension.amount is None or start is None:
            return None
        if not isinstance(value, Shift):
            return None
        roll = value.roll and extension.unit is not Unit.WORKING_DAYS
        longest = Shift(value.of, extension.amount, extension.unit, roll)
        try:
            return moved_day(self.calendar, start, longest)
        except NoCalendar:
            return None

    # -- the due day ----------------------------------------------------------------------------

    def _due(self, judge: Judge, deadline: Deadline, env: Env) -> Due:
        value, own = told_value(judge, deadline.due, env)
        day = hull(judge.value(deadline.due, env))
        if not isinstance(value, Shift | Before):
            return Due(day, value)
        start = hull(judge.value(value.of, own))
        stand_in = self._stand_in(judge, deadline, start, value, env)
        if stand_in is not None:
            return stand_in
        return Due(day, value, start)

    def _stand_in(
        self, judge: Judge, deadline: Deadline, start: Interval, value: Shift | Before, env: Env
    ) -> Due | None:
        """The due day counted from the expected one, while the own start is not known."""
        if deadline.or_expected is None:
            return None
        own = value.of != DueDay(*deadline.or_expected)
        if own and not _may_be_any_later(judge, value.of, start):
            return None
        rule = self.engine.rules.rules[deadline.or_expected[0]]
        first = rule.deadline(deadline.or_expected[1])
        found = self._due(judge, first, bound_as(env, rule.each))
        if found.day.low is None or found.day.high is None:
            return None
        expected = found.day
        if own and start.low is not None:  # what did not happen yet cannot start earlier
            low = max(expected.low or 0, start.low)
            expected = Interval(low, max(expected.high or 0, low))
        years = set(found.provisional)
        if found.day.is_point and found.start.is_point:
            used = _used(
                found.value,
                int(found.start.low or 0),
                int(found.day.low or 0),
                int(found.day.low or 0),
            )
            years.update(periods.uses_provisional(self.calendar, *used) if used else ())
        day = moved(self.calendar, expected, value)
        return Due(day, value, expected, True, tuple(sorted(years)))


def told_value(judge: Judge, value: Value, env: Env) -> tuple[Value, Env]:
    """The period behind definitions and cases, as far as these lead to one."""
    while True:
        if isinstance(value, DefinitionValue):
            definition = judge.rules.definitions[value.name]
            value, env = definition.value, bound_as(env, definition.each)
        elif isinstance(value, Choose):
            cases = list(judge.cases(value, env))
            if len(cases) != 1:
                return value, env
            value = cases[0][1]
        else:
            return value, env


def _may_be_any_later(judge: Judge, of: Value, start: Interval) -> bool:
    """Whether nothing but the bounds of the vocabulary says by when a start was: unknown."""
    last = judge.rules.facts[of.name].bounds.high if isinstance(of, FactValue) else None
    return start.high is None or start.high == last


def _days(judge: Judge, name: str, env: Env) -> tuple[Interval, ...]:
    values = judge.fact(name, env)
    assert isinstance(values, tuple)
    return values


def _unrolled(calendar: Calendar, start: int, value: Shift | Before, day: int) -> int:
    if isinstance(value, Shift) and value.roll:
        return moved_day(calendar, start, replace(value, roll=False))
    return day


def _used(
    value: Value, start: int | None, day: int, unrolled: int | None
) -> tuple[int, int] | None:
    """The stretch of days whose calendar decides the due day; None: it needs none."""
    if start is None or not isinstance(value, Shift | Before):
        return None
    if value.unit is Unit.WORKING_DAYS:
        return (start + 1, day) if day > start else (day, start)
    if isinstance(value, Shift) and value.roll:
        return (unrolled or day, day)
    return None


def _safe(
    calendar: Calendar, of: Deadline, value: Value, start: int | None, day: int, unrolled: int
) -> int | None:
    """The day to keep in mind instead of the due day; None where no calendar tells it."""
    if not of.has_safe_day:
        return None
    try:
        if of.kind == "end":
            return periods.back_working(calendar, day, 1)
        if start is not None and isinstance(value, Before) and not value.window:
            return periods.latest_before(calendar, start, UNIT[value.unit], value.amount)[1]
        if start is not None and _forward_in_working_days(value):
            return periods.safe_after(calendar, start, day)
        return periods.safe_day(calendar, unrolled)
    except NoCalendar:
        return None


def _forward_in_working_days(value: Value) -> bool:
    return isinstance(value, Shift) and value.unit is Unit.WORKING_DAYS and value.amount > 0


def _without(
    acts: dict[Adoption, DatedAct | None], name: str
) -> dict[Adoption, DatedAct | None]:  # fmt: skip
    """The acts without a reading on which they do not hang."""
    fewer: dict[Adoption, DatedAct | None] = {}
    for adopt, act in acts.items():
        rest = tuple(row for row in adopt if row[0] != name)
        if rest in fewer and fewer[rest] != act:
            return acts
        fewer[rest] = act
    return fewer
