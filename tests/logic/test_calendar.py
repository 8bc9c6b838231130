"""The calendar: the notices day by day against two libraries, provisional years, overlays."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import chinese_calendar
import holidays
import pytest

from compliancecheck.logic.calendar import Calendar, NoCalendar, default_calendar, year_of
from compliancecheck.model.calendar import PROVISIONAL, Overlay, YearTable
from compliancecheck.reading.calendars import load_calendar_file

NOTICES = Path(__file__).parent.parent / "reading" / "calendars" / "cn-2020-2030.yaml"
CHECKSUMS = {2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
OFFICIAL = range(2020, 2027)


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def days_of(first: int, last: int) -> list[date]:
    start = date(first, 1, 1)
    return [start + timedelta(n) for n in range((date(last + 1, 1, 1) - start).days)]


@pytest.fixture(scope="module")
def notices() -> Overlay:
    overlay, problems = load_calendar_file(str(NOTICES))
    assert problems == ()
    assert overlay is not None
    return overlay


def test_the_notices_agree_with_both_libraries_day_by_day(notices: Overlay) -> None:
    ours, shipped, second = Calendar([notices]), default_calendar(), holidays.country_holidays("CN")
    differ = [
        day
        for day in days_of(2020, 2026)
        if len(
            {
                ours.is_working(day.toordinal()),
                shipped.is_working(day.toordinal()),
                chinese_calendar.is_workday(day),
                second.is_working_day(day),
            }
        )
        > 1
    ]
    assert differ == []


def test_every_year_of_the_library_is_as_the_library_says() -> None:
    cal = default_calendar()
    differ = [
        day
        for day in days_of(2004, 2026)
        if cal.is_working(day.toordinal()) != chinese_calendar.is_workday(day)
    ]
    assert differ == []


@pytest.mark.parametrize(("year", "working"), CHECKSUMS.items())
def test_checksums(notices: Overlay, year: int, working: int) -> None:
    assert len(Calendar([notices]).working_days(year)) == working
    assert len(default_calendar().working_days(year)) == working


def test_provisional_years_are_those_of_the_sheet(notices: Overlay) -> None:
    shown = {year: notices.tables[year] for year in (2027, 2028, 2029, 2030)}
    assert shown == dict(PROVISIONAL)


def test_provisional_years_agree_with_holidays_but_for_one_day() -> None:
    cal, second = default_calendar(), holidays.country_holidays("CN")
    differ = [
        day
        for day in days_of(2027, 2030)
        if cal.is_working(day.toordinal()) != second.is_working_day(day)
    ]
    # Mid-Autumn 2028 falls on 3 October: whether the overlap is compensated is an assumption.
    assert differ == [date(2028, 10, 5)]


@pytest.mark.parametrize(
    ("year", "status"),
    [
        (1, "none"),
        (2003, "none"),
        (2004, "official"),
        (2026, "official"),
        (2027, "provisional"),
        (2030, "provisional"),
        (2031, "none"),
        (9999, "none"),
    ],
)
def test_status(year: int, status: str) -> None:
    assert default_calendar().status(year) == status


@pytest.mark.parametrize(("day", "year"), [("2003-12-31", 2003), ("2031-01-01", 2031)])
def test_no_calendar_is_an_error_that_names_the_year(day: str, year: int) -> None:
    with pytest.raises(NoCalendar) as raised:
        default_calendar().is_working(d(day))
    assert raised.value.year == year
    assert str(year) in str(raised.value)
    assert default_calendar().holiday_kind(d(day)) == "none"


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-10-01", "off"),
        ("2026-10-10", "make_up"),
        ("2026-10-03", "weekend"),
        ("2026-10-08", "work"),
        ("2020-02-01", "weekend"),  # the make-up day that the emergency notice cancelled
        ("2020-02-03", "work"),  # a Monday, listed as worked
        ("2018-12-29", "make_up"),  # set by the notice for 2019
        ("2018-12-31", "off"),
    ],
)
def test_kinds(day: str, kind: str) -> None:
    assert default_calendar().holiday_kind(d(day)) == kind


def test_kinds_of_a_year_add_up() -> None:
    cal = default_calendar()
    kinds = Counter(cal.holiday_kind(day.toordinal()) for day in days_of(2026, 2026))
    assert kinds == {"work": 242, "make_up": 6, "off": 19, "weekend": 98}


def test_working_between_takes_both_ends_and_crosses_years() -> None:
    found = default_calendar().working_between(d("2025-12-31"), d("2026-01-04"))
    assert found == (d("2025-12-31"), d("2026-01-04"))
    assert default_calendar().working_between(10, 9) == ()


@pytest.mark.parametrize(
    ("day", "year"), [(0, 0), (1, 1), (date.max.toordinal(), 9999), (9_999_999, 10_000)]
)
def test_year_of(day: int, year: int) -> None:
    assert year_of(day) == year


# -- overlays -------------------------------------------------------------------------------------


Known = Literal["official", "provisional"]


def overlay(year: int, off: str = "", work: str = "", status: Known = "official") -> Overlay:
    off_days, work_days = (frozenset(map(d, days.split())) for days in (off, work))
    return Overlay({year: YearTable(year, status, off_days, work_days)})


def test_an_overlay_stands_before_library_and_provisional_table() -> None:
    cal = Calendar([overlay(2026), overlay(2027, off="2027-01-04")])
    assert cal.is_working(d("2026-10-01"))  # the overlay knows no holiday at all
    assert cal.status(2027) == "official"
    assert not cal.is_working(d("2027-01-04"))
    assert cal.is_working(d("2027-01-01"))
    assert cal.status(2028) == "provisional"


def test_an_overlay_may_open_a_year_beyond_all_data() -> None:
    cal = Calendar([overlay(2031, off="2031-01-01", status="provisional")])
    assert cal.status(2031) == "provisional"
    assert not cal.is_working(d("2031-01-01"))


def test_of_two_overlays_of_a_year_the_last_counts() -> None:
    first, last = overlay(2027, off="2027-01-04"), overlay(2027, off="2027-01-05")
    assert Calendar([first, last]).is_working(d("2027-01-04"))


def test_a_notice_changes_december_of_the_year_before() -> None:
    cal = Calendar([overlay(2027, off="2026-12-31 2027-01-01", work="2026-12-27")])
    assert cal.holiday_kind(d("2026-12-31")) == "off"
    assert cal.holiday_kind(d("2026-12-27")) == "make_up"
    assert cal.status(2026) == "official"
    assert default_calendar().holiday_kind(d("2026-12-31")) == "work"


def test_a_calendar_is_not_changed_by_another() -> None:
    Calendar([overlay(2026)]).is_working(d("2026-10-01"))
    assert not default_calendar().is_working(d("2026-10-01"))
    assert default_calendar() is default_calendar()
