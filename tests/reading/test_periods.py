"""The text of a period, in English and Chinese, and what is refused with a hint."""

from __future__ import annotations

import pytest

from compliancecheck.model.calendar import MOST, Direction, Period, Unit
from compliancecheck.reading.numbers import Refused
from compliancecheck.reading.periods import read_period
from compliancecheck.reports.days import period_words


@pytest.mark.parametrize(
    ("text", "direction", "unit", "n"),
    [
        ("+45 working days", "after", "working_days", 45),
        ("+1 working day", "after", "working_days", 1),
        ("  + 45  Working   Days ", "after", "working_days", 45),
        ("45 workdays", "after", "working_days", 45),
        ("45 business days", "after", "working_days", 45),
        ("within 10 working days", "after", "working_days", 10),
        ("15 days after", "after", "days", 15),
        ("+3 years", "after", "years", 3),
        ("+2 months", "after", "months", 2),
        ("+2 weeks", "after", "weeks", 2),
        ("+30 calendar days", "after", "days", 30),
        ("at least 60 working days before", "at_least_before", "working_days", 60),
        ("at least 30 days before", "at_least_before", "days", 30),
        ("at least 6 months before", "at_least_before", "months", 6),
        ("within 60 working days before", "within_before", "working_days", 60),
        ("within the 30 days before", "within_before", "days", 30),
        ("+45个工作日", "after", "working_days", 45),
        ("＋４５个工作日", "after", "working_days", 45),
        ("自合同生效之日起10个工作日内", "after", "working_days", 10),
        ("3年", "after", "years", 3),
        ("2个月内", "after", "months", 2),
        ("2周", "after", "weeks", 2),
        ("届满60个工作日前", "at_least_before", "working_days", 60),
        ("有效期届满 60 个工作日前", "at_least_before", "working_days", 60),
        ("提前30日", "at_least_before", "days", 30),
        ("6个月前", "at_least_before", "months", 6),
        ("届满前60个工作日内", "within_before", "working_days", 60),
        ("有效期届满前30日内", "within_before", "days", 30),
    ],
)
def test_period(text: str, direction: Direction, unit: Unit, n: int) -> None:
    assert read_period(text) == Period(direction, unit, n)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("+0 days", "a period of 0 days", "from 1 to 3650"),
        ("+0 working days", "a period of 0", "from 1 to 3650"),
        ("-3 days", "`-3` is below 0", "at least 3 days before"),
        ("1.5 months", "`1.5` is not a whole number", "from 1 to 600"),
        ("1/2 years", "`1/2` is not a whole number", "from 1 to 50"),
        ("+1,000 days", "`1,000` is not a whole number", "from 1 to 3650"),
        ("+3651 days", "a period of 3651", "from 1 to 3650"),
        ("+3651 working days", "a period of 3651", "from 1 to 3650"),
        ("+601 months", "a period of 601", "from 1 to 600"),
        ("+51 years", "a period of 51", "from 1 to 50"),
        ("+999999999999 days", "is not counted", "from 1 to 3650"),
        ("at least 0 days before", "a period of 0", "from 1"),
        ("24 hours", "hours are not counted", "run through nights and holidays"),  # W40
        ("24小时", "hours are not counted", "run through nights and holidays"),
        ("+45 wroking days", "perhaps `working days`?", "working days"),
        ("+3 yeers", "perhaps `years`?", "working days"),
        ("+3 fortnights", "no unit `fortnights`", "weeks"),
        ("at leest 60 workin days befor", "perhaps `at least 60 working days before`?", "+45"),
        ("at least 30 days", "perhaps `at least 30 days before`?", "+45"),
        ("60 working days before", "a latest day meant, or a window?", "at least 60 working days"),
        ("45", "is not a period", "+45 working days"),
        ("working days", "is not a period", "+45 working days"),
        ("", "is not a period", "+45 working days"),
        ("\u202e+45 days", "\\u202e", "+45 working days"),
        ("x" * 5000, "is not a period", "+45 working days"),
    ],
)
def test_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(Refused) as refused:
        read_period(text)
    assert message in refused.value.says.en
    assert refused.value.advice is not None
    assert hint in refused.value.advice.en


DIRECTIONS: tuple[Direction, ...] = ("after", "at_least_before", "within_before")


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("unit", MOST)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_its_words_are_read_again(direction: Direction, unit: Unit, lang: str) -> None:
    for n in (1, 2, MOST[unit]):
        period = Period(direction, unit, n)
        assert read_period(period_words(period).get(lang)) == period
