"""Faults put into the counting of days on purpose: the comparison with the oracle finds each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from compliancecheck.logic import acts, computing, dating, evaluate, periods, waiting
from compliancecheck.logic.calendar import Calendar
from compliancecheck.model.conditions import Before, Shift
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.values import Interval, Values
from tests import agreement, agreement_dates, dated
from tests.blurring import Case
from tests.reference import Truths

Patch = pytest.MonkeyPatch
MOST_SEEDS = 300


@cache
def case(seed: int) -> Case:
    return dated.case(seed // 2, plain=bool(seed % 2))


@cache
def listed(seed: int) -> Truths:
    return agreement.list_all(case(seed))


def said(seed: int) -> Evaluation:
    return agreement.run(case(seed))


@cache
def said_without_fault(seed: int) -> tuple[object, ...]:
    found = said(seed)
    return found.findings, found.dates


def caught() -> int | None:
    """The first seed at which the oracle contradicts what is said with the fault."""
    for seed in range(MOST_SEEDS):
        found = said(seed)
        if (found.findings, found.dates) == said_without_fault(seed):
            continue
        if agreement.unsound(case(seed), found, listed(seed)):
            return seed
        if agreement.inexact(case(seed), found, listed(seed))[0]:
            return seed
        if agreement_dates.wrong_days(case(seed), found):
            return seed
        if agreement_dates.wrong_waits(case(seed), found, listed(seed)):
            return seed
    return None


# --- the faults ----------------------------------------------------------------------------------


def first_day_is_counted(patch: Patch) -> None:
    real = periods.add_working
    patch.setattr(periods, "add_working", lambda cal, start, n: real(cal, start - 1, n))


def make_up_days_are_rest_days(patch: Patch) -> None:
    real = Calendar.working_days

    def fault(self: Calendar, year: int) -> tuple[int, ...]:
        return tuple(day for day in real(self, year) if day % 7 not in (6, 0))

    patch.setattr(Calendar, "working_days", fault)


def holidays_are_worked(patch: Patch) -> None:
    real = Calendar.working_days

    def fault(self: Calendar, year: int) -> tuple[int, ...]:
        first, last = real(self, year)[0], real(self, year)[-1]
        return tuple(day for day in range(first, last + 1) if day % 7 not in (6, 0))

    patch.setattr(Calendar, "working_days", fault)


def nothing_rolls(patch: Patch) -> None:
    real = dating.moved_day

    def fault(calendar: Calendar, day: int, value: Shift | Before) -> int:
        return real(
            calendar, day, replace(value, roll=False) if isinstance(value, Shift) else value
        )

    patch.setattr(dating, "moved_day", fault)
    patch.setattr(acts, "moved_day", fault)


def at_least_before_is_strict(patch: Patch) -> None:
    real = periods.latest_before

    def fault(*args: object) -> tuple[int, int | None]:
        due, strict = real(*args)  # type: ignore[arg-type]
        return strict or due, strict

    patch.setattr(periods, "latest_before", fault)


def window_opens_with_the_end_counted(patch: Patch) -> None:
    real = periods.window_opens
    patch.setattr(periods, "window_opens", lambda cal, end, unit, n: real(cal, end + 1, unit, n))


def a_range_is_moved_by_its_first_day(patch: Patch) -> None:
    real = dating.moved

    def fault(calendar: Calendar, interval: Interval, value: Shift | Before) -> Interval:
        found = real(calendar, interval, value)
        return found if found.low is None else Interval(found.low, found.low)

    patch.setattr(computing, "moved", fault)


def one_unanswered_waits_too(patch: Patch) -> None:
    def fault(values: Values, as_of: int) -> bool:
        return isinstance(values, tuple)

    patch.setattr(waiting, "still_to_come", fault)


def waits_for_the_day_after(patch: Patch) -> None:
    real = waiting.waits_until

    def fault(*args: object) -> int | None:
        found = real(*args)  # type: ignore[arg-type]
        return None if found is None else found + 1

    patch.setattr(evaluate, "waits_until", fault)


def waits_until_the_day_before(patch: Patch) -> None:
    real = waiting.waits_until

    def fault(*args: object) -> int | None:
        found = real(*args)  # type: ignore[arg-type]
        return None if found is None else found - 1

    patch.setattr(evaluate, "waits_until", fault)


FAULTS = [
    first_day_is_counted,
    make_up_days_are_rest_days,
    holidays_are_worked,
    nothing_rolls,
    at_least_before_is_strict,
    window_opens_with_the_end_counted,
    a_range_is_moved_by_its_first_day,
    one_unanswered_waits_too,
    waits_for_the_day_after,
    waits_until_the_day_before,
]


@pytest.fixture(scope="module", autouse=True)
def without_fault() -> None:
    """All seeds are run once before any fault is put in."""
    for seed in range(MOST_SEEDS):
        said_without_fault(seed)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_the_oracle_catches(fault: Callable[[Patch], None], monkeypatch: Patch) -> None:
    fault(monkeypatch)
    monkeypatch.setattr("compliancecheck.logic.engine._programs", {})  # built without the fault
    assert caught() is not None, fault.__name__
