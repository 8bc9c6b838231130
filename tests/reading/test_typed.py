"""Chinese typed into a field becomes what profiles are written in, by the law's use of words."""

from __future__ import annotations

import pytest

from compliancecheck.model.facts import Fact
from compliancecheck.model.profile import Answer
from compliancecheck.model.values import Interval
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.typed import as_written


def fact(type_: str, *, event: bool = False, unit: str | None = None) -> Fact:
    found = load_rules().facts.values()
    return next(
        f
        for f in found
        if f.type.value == type_ and f.event is event and (unit is None or f.unit == unit)
    )


PEOPLE = load_rules().facts["data_export.people_handled_in_total"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("至少100万", "at least 1000000"),
        ("不少于100万人", "at least 1000000"),
        ("100万以上", "at least 1000000"),
        ("100万及以上", "at least 1000000"),
        ("不超过1.5万", "at most 15000"),
        ("至多10万", "at most 100000"),
        ("100万以下", "at most 1000000"),
        ("不满10万", "under 100000"),
        ("低于10万", "under 100000"),
        ("少于 10万", "under 100000"),
        ("超过1000万", "over 10000000"),
        ("高于1,000", "over 1,000"),
        ("多于5千", "over 5000"),
        ("10万至50万", "100000..500000"),
        ("10万到50万", "100000..500000"),
        ("10万～50万之间", "100000..500000"),
        ("10万以上不满100万", "{at_least: 100000, under: 1000000}"),
        ("10万以上，100万以下", "{at_least: 100000, at_most: 1000000}"),
        ("120万", "1200000"),
        ("１２０万人", "1200000"),
        ("未知", "unknown"),
        ("不知道", "unknown"),
        ("1200000", "1200000"),
        ("at least 5", "at least 5"),
    ],
)
def test_a_head_count(typed: str, written: str) -> None:
    assert as_written(PEOPLE, typed) == written
    assert isinstance(read_text(PEOPLE, as_written(PEOPLE, typed)), Answer)


@pytest.mark.parametrize(
    "typed", ["10至50万", "大约10万", "10万上下", "至少很多", "以上", "十万", "10万至少", "万"]
)
def test_what_is_not_plain_is_not_guessed(typed: str) -> None:
    assert as_written(PEOPLE, typed) == typed
    assert not isinstance(read_text(PEOPLE, typed), Answer)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("不超过5%", "at most 5%"),
        ("3.2％", "3.2%"),
        ("5%以上", "at least 5%"),
        ("3%至5%", "3%..5%"),
    ],
)
def test_a_share(typed: str, written: str) -> None:
    assert as_written(fact("percent"), typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("至少1250万元", "at least CNY 12500000"),
        ("CNY 1250万", "CNY 12500000"),
        ("人民币0.00005万元", "CNY 0.5"),
        ("超过1.5亿元", "over CNY 150000000"),
    ],
)
def test_an_amount(typed: str, written: str) -> None:
    money = fact("money", unit="CNY")
    assert as_written(money, typed) == written
    assert isinstance(read_text(money, written), Answer)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2024年3月22日", "2024-03-22"),
        ("2024年3月22日至2024-04-01", "2024-03-22..2024-04-01"),
        ("不早于2024-03-22", "on or after 2024-03-22"),
        ("2024年3月22日之前", "before 2024-03-22"),
        ("2024年3月22日以前", "2024年3月22日以前"),
        ("2024年2月30日", "2024年2月30日"),
        ("尚未", "not yet"),
        ("不知道", "unknown"),
    ],
)
def test_a_day(typed: str, written: str) -> None:
    assert as_written(fact("date", event=True), typed) == written


def test_bounds_are_in_or_out_as_the_law_says() -> None:
    for typed, values in (
        ("100万以下", Interval(None, 1_000_000)),
        ("不满100万", Interval(None, 999_999)),
        ("超过100万", Interval(1_000_001, None)),
        ("100万以上", Interval(1_000_000, None)),
    ):
        answer = read_text(PEOPLE, as_written(PEOPLE, typed))
        assert isinstance(answer, Answer)
        assert answer.values == (values,)


def test_a_text_stays_as_it_is() -> None:
    name = next(f for f in load_rules().facts.values() if f.type.value == "text")
    for typed in ("不知道", "至少100万"):
        assert as_written(name, typed) == typed
