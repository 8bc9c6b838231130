"""Periods: all worked computations, the properties of counting, months, and what is provisional.

The numbers of the worked computations (W01 …) are those of the sheet on deadlines.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.logic.calendar import Calendar, NoCalendar, default_calendar
from compliancecheck.logic.periods import (
    Computed,
    add_working,
    back_working,
    compute,
    early,
    latest_before,
    next_notice_may_change,
    roll,
    safe_after,
    safe_day,
    shift,
    uses_provisional,
    window_opens,
)
from compliancecheck.model.calendar import Direction, Overlay, Period, Unit, YearTable
from compliancecheck.model.texts import iso

CAL = default_calendar()
FIRST, LAST = date(2004, 1, 1), date(2030, 12, 31)


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def counted(start: str, direction: Direction, unit: Unit, n: int, roll: bool = True) -> list[str]:
    """Opens, safe open, due, unrolled and safe due; those that there are."""
    done = compute(CAL, d(start), Period(direction, unit, n), roll)
    days = (done.opens, done.safe_open, done.due, done.unrolled, done.safe_due)
    return [iso(day) for day in days if day is not None]


# -- the worked computations ----------------------------------------------------------------------

FORWARD = """
W01 5  2021-09-22 2021-09-28
W02 5  2024-09-25 2024-10-08
W03 5  2026-02-11 2026-02-25
W04 7  2024-02-02 2024-02-18
W05 7  2025-01-22 2025-02-07
W06 7  2026-09-18 2026-09-29
W07 10 2023-06-01 2023-06-15
W08 10 2023-06-15 2023-06-30
W09 10 2025-09-24 2025-10-14
W10 10 2025-12-25 2026-01-09
W11 10 2022-01-25 2022-02-11
W12 15 2020-01-20 2020-02-18
W13 15 2024-04-15 2024-05-08
W14 15 2026-01-30 2026-02-27
W15 45 2022-09-01 2022-11-09
W16 45 2025-12-01 2026-02-03
W17 45 2023-12-20 2024-02-27
W18 45 2026-08-20 2026-10-28
W19 60 2024-01-08 2024-04-07
"""
AT_LEAST = """
W21 2026-03-31 2025-12-30 2025-12-29
W22 2025-02-28 2024-11-29 2024-11-28
W23 2024-10-08 2024-07-09 2024-07-08
W24 2026-10-01 2026-07-08 2026-07-08
W25 2026-03-15 2025-12-12 2025-12-12
W28 2027-09-01 2027-06-08 2027-06-07
"""
CALENDAR_UNITS = """
W29 years  2  2024-02-29 2026-02-28 2026-02-28
W30 years  3  2024-02-29 2027-02-28 2027-03-01
W31 years  4  2024-02-29 2028-02-29 2028-02-29
W32 months 1  2024-01-31 2024-02-29 2024-02-29
W33 months 6  2025-08-31 2026-02-28 2026-02-28
W34 years  2  2024-10-01 2026-10-01 2026-10-08
W35 years  2  2022-09-01 2024-09-01 2024-09-02
W36 days   15 2024-09-20 2024-10-05 2024-10-08
W37 days   15 2025-12-17 2026-01-01 2026-01-04
W38 days   30 2024-01-19 2024-02-18 2024-02-18
W39 days   10 2026-02-06 2026-02-16 2026-02-24
W-- months 1  2026-01-23 2026-02-23 2026-02-24
"""
UNITS: dict[str, Unit] = {"years": "years", "months": "months", "days": "days"}


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("name", "n", "start", "due"), rows(FORWARD))
def test_working_days_after(name: str, n: str, start: str, due: str) -> None:
    done = compute(CAL, d(start), Period("after", "working_days", int(n)))
    assert (iso(done.due), done.provisional, done.calendar) == (due, (), "official"), name
    assert done.safe_due == done.unrolled == done.due
    assert len(done.counted) == int(n) == done.working


def test_w20_crosses_into_a_year_without_notice() -> None:
    done = compute(CAL, d("2026-12-24"), Period("after", "working_days", 10))
    assert iso(done.due) == "2027-01-08"
    assert (done.provisional, done.calendar) == ((2027,), "provisional")
    assert iso(done.safe_due or 0) == "2026-12-31"  # 1 January, rounded down to a working day
    assert done.may_change == (2026,)


@pytest.mark.parametrize(("name", "end", "due", "safe"), rows(AT_LEAST))
def test_at_least_sixty_working_days_before(name: str, end: str, due: str, safe: str) -> None:
    assert counted(end, "at_least_before", "working_days", 60) == [due, due, safe], name
    done = compute(CAL, d(end), Period("at_least_before", "working_days", 60))
    assert done.provisional == ((2027,) if name == "W28" else ())
    assert done.working == 60


def test_w26_w27_within_sixty_working_days_before() -> None:
    sunday = counted("2026-03-15", "within_before", "working_days", 60)
    assert sunday == ["2025-12-15", "2025-12-15", "2026-03-15", "2026-03-15", "2026-03-13"]
    tuesday = counted("2026-03-31", "within_before", "working_days", 60)
    assert tuesday == ["2025-12-30", "2025-12-31", *["2026-03-31"] * 3]


@pytest.mark.parametrize(("name", "unit", "n", "start", "unrolled", "rolled"), rows(CALENDAR_UNITS))
def test_calendar_units(
    name: str, unit: str, n: str, start: str, unrolled: str, rolled: str
) -> None:
    period = Period("after", UNITS[unit], int(n))
    act = compute(CAL, d(start), period)
    assert (iso(act.unrolled), iso(act.due)) == (unrolled, rolled), name
    assert act.safe_due == safe_day(CAL, act.unrolled)
    validity = compute(CAL, d(start), period, roll=False)
    assert (iso(validity.unrolled), iso(validity.due)) == (unrolled, unrolled), name
    assert validity.safe_due == back_working(CAL, validity.due, 1)
    assert bool(act.provisional) == (name in ("W30", "W31"))


def test_the_validity_of_w34_leads_to_w24() -> None:
    expiry = shift(CAL, d("2024-10-01"), "years", 2, False)
    assert iso(expiry) == "2026-10-01"
    due, safe = latest_before(CAL, expiry, "working_days", 60)
    assert (iso(due), iso(safe or 0)) == ("2026-07-08", "2026-07-08")


def test_an_extension_is_a_new_period() -> None:
    assert iso(shift(CAL, d("2025-02-28"), "years", 3, False)) == "2028-02-28"
    assert iso(shift(CAL, d("2025-02-28"), "months", 1, False)) == "2025-03-28"


def test_penalty_law_days() -> None:
    assert counted("2026-09-29", "after", "working_days", 7)[0] == "2026-10-14"  # its "7 days"
    assert counted("2026-09-20", "after", "days", 15)[:2] == ["2026-10-08", "2026-10-05"]


# -- properties (§1.4) ----------------------------------------------------------------------------

ENDS = st.dates(date(2005, 6, 1), date(2030, 12, 15)).map(date.toordinal)
STARTS = st.dates(date(2003, 12, 31), date(2029, 12, 31)).map(date.toordinal)
COUNTS = st.one_of(st.sampled_from([1, 5, 10, 45, 60]), st.integers(1, 120))


@given(ENDS, COUNTS)
def test_due_is_the_last_day_in_time(end: int, n: int) -> None:
    due, safe = latest_before(CAL, end, "working_days", n)
    assert CAL.is_working(due)
    assert add_working(CAL, due, n) <= end
    assert add_working(CAL, add_working(CAL, due, 1), n) > end if due < end else True
    assert safe is not None
    assert add_working(CAL, safe, n) < end
    assert safe <= due


@given(STARTS, st.integers(1, 240))
def test_so_many_working_days_lie_in_the_stretch(start: int, n: int) -> None:
    due = add_working(CAL, start, n)
    assert CAL.is_working(due)
    assert sum(map(CAL.is_working, range(start + 1, due + 1))) == n


@given(ENDS, st.integers(1, 240))
def test_backward_counting_is_the_mirror(end: int, n: int) -> None:
    day = back_working(CAL, end, n)
    assert CAL.is_working(day)
    assert sum(map(CAL.is_working, range(day, end))) == n


@given(ENDS, COUNTS)
def test_a_window_opens_on_the_last_day_of_the_notice_only_if_the_end_is_worked(
    end: int, n: int
) -> None:
    opens = window_opens(CAL, end, "working_days", n)
    due, _ = latest_before(CAL, end, "working_days", n)
    assert (opens == due) == CAL.is_working(end)
    assert opens >= due


@given(st.dates(FIRST, LAST).map(date.toordinal))
def test_rolling(day: int) -> None:
    safe = safe_day(CAL, day) if day > d("2004-01-01") else None
    if day < d("2030-12-31"):
        rolled = roll(CAL, day)
        assert (rolled == day) == CAL.is_working(day)
        assert rolled >= day
    if safe is not None:
        assert safe <= day
        assert (safe == day) == CAL.is_working(day)


@given(st.dates(date(1900, 1, 1), date(2300, 12, 31)), st.integers(-600, 600).filter(bool))
def test_months_are_those_of_dateutil(start: date, n: int) -> None:
    expected = start + relativedelta(months=n)
    assert shift(CAL, start.toordinal(), "months", n, False) == expected.toordinal()


@given(st.dates(date(1900, 1, 1), date(2300, 12, 31)), st.integers(-50, 50).filter(bool))
def test_years_are_those_of_dateutil(start: date, n: int) -> None:
    expected = start + relativedelta(years=n)
    assert shift(CAL, start.toordinal(), "years", n, False) == expected.toordinal()


PERIODS = st.one_of(
    st.builds(
        Period,
        st.sampled_from(["after", "at_least_before", "within_before"]),
        st.sampled_from(["working_days", "days"]),
        st.integers(1, 3650),
    ),
    st.builds(
        Period,
        st.sampled_from(["after", "at_least_before", "within_before"]),
        st.sampled_from(["years", "months", "weeks"]),
        st.integers(1, 50),
    ),
)


def attempt(start: int, period: Period, rolls: bool) -> tuple[Computed | None, int]:
    """The computation, or the year whose calendar is missing."""
    try:
        return compute(CAL, start, period, rolls), 0
    except NoCalendar as missing:
        return None, missing.year


@given(st.dates(date(1995, 1, 1), date(2035, 12, 31)), PERIODS, st.booleans())
def test_only_a_missing_calendar_stops_a_computation(
    start: date, period: Period, rolls: bool
) -> None:
    done, missing = attempt(start.toordinal(), period, rolls)
    if done is None:
        assert period.unit == "working_days"
        assert CAL.status(missing) == "none"
        return
    assert done.safe_due is None or done.safe_due <= done.due
    assert bool(done.missing is None) == (done.calendar != "none")
    provisional = [y for y in (2027, 2028, 2029, 2030) if date.fromordinal(done.due).year == y]
    if period.unit == "working_days" and period.direction == "after":
        assert set(provisional) <= set(done.provisional)  # never an unflagged date


# -- units and directions -------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["years", "months", "weeks", "days", "working_days"])
def test_nothing_is_no_period(unit: Unit) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        shift(CAL, d("2026-01-05"), unit, 0, True)


@pytest.mark.parametrize("count", [add_working, back_working])
@pytest.mark.parametrize("n", [0, -1])
def test_counting_takes_positive_numbers(count: object, n: int) -> None:
    assert callable(count)
    with pytest.raises(ValueError, match="at least 1"):
        count(CAL, d("2026-01-05"), n)


@pytest.mark.parametrize(
    ("unit", "n", "day"),
    [
        ("days", -30, "2026-09-01"),
        ("weeks", 1, "2026-10-08"),
        ("weeks", -1, "2026-09-24"),
        ("months", -1, "2026-09-01"),
        ("working_days", 1, "2026-10-08"),
        ("working_days", -1, "2026-09-30"),
    ],
)
def test_shift(unit: Unit, n: int, day: str) -> None:
    assert iso(shift(CAL, d("2026-10-01"), unit, n, False)) == day


def test_a_backward_day_never_rolls_later() -> None:
    sunday = shift(CAL, d("2026-12-01"), "days", -30, True)
    assert iso(sunday) == "2026-11-01"
    assert not CAL.is_working(sunday)


@pytest.mark.parametrize(
    ("unit", "n", "due", "safe"),
    [
        ("days", 30, "2026-09-01", "2026-08-31"),
        ("months", 6, "2026-04-01", "2026-03-31"),
        ("months", 7, "2026-03-01", "2026-02-28"),  # the make-up Saturday before a Sunday
        ("years", 1, "2025-10-01", "2025-09-30"),
    ],
)
def test_at_least_in_calendar_units(unit: Unit, n: int, due: str, safe: str) -> None:
    assert counted("2026-10-01", "at_least_before", unit, n) == [due, due, safe]


def test_a_window_in_days() -> None:
    found = counted("2026-10-01", "within_before", "days", 30)
    assert found == ["2026-09-01", "2026-09-02", "2026-10-01", "2026-10-01", "2026-09-30"]


def test_a_window_of_one_working_day_may_open_on_its_last_day() -> None:
    found = counted("2026-09-30", "within_before", "working_days", 1)
    assert found[:2] == ["2026-09-29", "2026-09-30"]


# -- how sure it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2026-12-01", "2026-12-31", ()),
        ("2026-12-31", "2027-01-01", (2027,)),
        ("2026-01-01", "2031-01-01", (2027, 2028, 2029, 2030)),
    ],
)
def test_uses_provisional(first: str, last: str, years: tuple[int, ...]) -> None:
    assert uses_provisional(CAL, d(first), d(last)) == years


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2026-12-01", "2026-12-20", ()),
        ("2026-12-01", "2026-12-21", (2026,)),
        ("2026-12-31", "2027-02-01", (2026,)),
        ("2027-01-01", "2027-12-31", ()),  # provisional as a whole
        ("2025-12-01", "2025-12-31", ()),  # the notice for 2026 is out
    ],
)
def test_next_notice_may_change(first: str, last: str, years: tuple[int, ...]) -> None:
    assert next_notice_may_change(CAL, d(first), d(last)) == years


def test_a_notice_settles_what_was_provisional() -> None:
    table = YearTable(2027, "official", frozenset({d("2027-01-01"), d("2027-01-04")}))
    cal = Calendar([Overlay({2027: table})])
    done = compute(cal, d("2026-12-24"), Period("after", "working_days", 10))
    assert (iso(done.due), done.provisional, done.may_change) == ("2027-01-11", (), ())
    assert done.safe_due == done.due


def test_the_safe_day_is_never_before_the_first_working_day() -> None:
    start = d("2027-03-01")
    due = add_working(CAL, start, 3)
    assert iso(safe_after(CAL, start, due)) == "2027-03-02"


def test_a_week_early_is_a_working_day_or_nothing() -> None:
    assert iso(early(CAL, d("2027-06-08")) or 0) == "2027-06-01"
    assert early(CAL, d("2004-01-05")) is None


# -- beyond the calendar --------------------------------------------------------------------------


def test_an_act_beyond_the_calendar_shows_its_unrolled_day() -> None:
    done = compute(CAL, d("2029-06-28"), Period("after", "years", 2))
    assert (iso(done.due), done.due) == ("2031-06-28", done.unrolled)  # a Saturday
    assert (done.safe_due, done.calendar, done.missing) == (None, "none", 2031)


def test_a_validity_beyond_the_calendar_has_no_safe_day() -> None:
    done = compute(CAL, d("2029-06-28"), Period("after", "years", 2), roll=False)
    assert (iso(done.due), done.safe_due, done.calendar) == ("2031-06-28", None, "none")


def test_before_2004_there_is_no_calendar() -> None:
    done = compute(CAL, d("2001-12-11"), Period("at_least_before", "months", 6))
    assert (iso(done.due), done.safe_due, done.missing) == ("2001-06-11", None, 2001)
    with pytest.raises(NoCalendar):
        back_working(CAL, d("2004-01-02"), 1)
    assert iso(add_working(CAL, d("2003-12-31"), 1)) == "2004-01-02"


@pytest.mark.parametrize(
    ("start", "direction", "n", "year"),
    [
        ("2030-12-20", "after", 30, 2031),
        ("2004-02-01", "at_least_before", 60, 2003),
        ("2031-03-01", "within_before", 60, 2031),
    ],
)
def test_working_days_need_a_calendar(start: str, direction: Direction, n: int, year: int) -> None:
    with pytest.raises(NoCalendar) as raised:
        compute(CAL, d(start), Period(direction, "working_days", n))
    assert raised.value.year == year


@pytest.mark.parametrize(
    ("start", "direction", "unit", "year"),
    [
        ("9999-12-31", "after", "days", 10_000),
        ("9999-12-31", "after", "years", 10_000),
        ("0001-01-01", "at_least_before", "months", 0),
        ("0001-01-01", "within_before", "weeks", 0),
    ],
)
def test_beyond_all_dates(start: str, direction: Direction, unit: Unit, year: int) -> None:
    with pytest.raises(NoCalendar) as raised:
        compute(CAL, d(start), Period(direction, unit, 1))
    assert raised.value.year == year


def test_a_long_count_needs_no_walk_over_days() -> None:
    start = date(2004, 1, 1)
    due = add_working(CAL, start.toordinal(), 5000)
    passed = sum(
        CAL.is_working((start + timedelta(n)).toordinal())
        for n in range(1, due - start.toordinal() + 1)
    )
    assert passed == 5000
