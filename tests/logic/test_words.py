"""Conditions and figures read well, in both languages, and exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from compliancecheck.logic.figures import share_text
from compliancecheck.logic.words import (
    condition_words,
    head_words,
    interval_words,
    number_words,
    outcome_words,
    ref_path,
    values_words,
)
from compliancecheck.model.conditions import (
    All,
    Any,
    AsOf,
    Compare,
    DefinitionValue,
    FactValue,
    HoldsCondition,
    HoldsRule,
    Limit,
    Literal,
    Not,
    PercentOf,
    ReadingIs,
    Some,
)
from compliancecheck.model.findings import Outcome
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Number
from tests.logic.small import accounts, at_least, day, exports, no, one_of, under, yes

RULES = exports()


@pytest.mark.parametrize(
    ("type_", "unit", "value", "en", "zh"),
    [
        ("integer", "people", 1_000_000, "1,000,000", "100万"),
        ("integer", "people", 99_999, "99,999", "99,999"),
        ("money", "CNY", 36_000_000, "CNY 36 million", "3600万元"),
        ("money", "CNY", 29_999_999, "CNY 29,999,999", "29,999,999元"),
        ("money", "CNY", 130_356_000_000, "CNY 130.356 billion", "1303.56亿元"),
        ("money", "CNY", 0, "CNY 0", "0元"),
        ("percent", None, Fraction(3, 100), "3%", "3%"),
        ("percent", None, Fraction(1, 3), "about 33.333333%", "约33.333333%"),
        ("number", "Wh/kg", Fraction(1, 8), "0.125 Wh/kg", "0.125 Wh/kg"),
        ("date", None, day("2024-03-22"), "2024-03-22", "2024-03-22"),
        ("integer", None, 10**30, "1" + ",000" * 10, "1" + "0" * 0 + ",000" * 7 + ",0亿"),
    ],
)
def test_numbers(type_: str, unit: str | None, value: Number, en: str, zh: str) -> None:
    words = number_words(type_, unit, value)
    assert words.en == en
    if value != 10**30:
        assert words.zh == zh


@pytest.mark.parametrize(
    ("share", "bound", "text"),
    [
        (Fraction(24, 1000), Fraction(3, 100), "2.4%"),
        (Fraction(29_999_999, 10**9), Fraction(3, 100), "2.99%"),
        (Fraction(30_000_001, 10**9), Fraction(3, 100), "3.0000001%"),
        (Fraction(3, 100), Fraction(3, 100), "3%"),
        (Fraction(1, 3), Fraction(1, 4), "33.33%"),
    ],
)
def test_a_share_stays_on_its_side_of_the_bound(
    share: Fraction, bound: Fraction, text: str
) -> None:
    assert share_text(share, bound) == text


@pytest.mark.parametrize(
    ("type_", "interval", "en", "zh"),
    [
        ("integer", Interval(100_000, 999_999), "100,000 to 999,999", "100,000至999,999"),
        ("integer", Interval(1_000_000, None), "at least 1,000,000", "不少于100万"),
        ("integer", Interval(5, None, True), "over 5", "超过5"),
        ("percent", Interval(None, Fraction(3, 100), False, True), "under 3%", "不满3%"),
        ("percent", Interval(0, 1, True, False), "over 0% and at most 100%", "超过0%且不超过100%"),
        ("integer", Interval(7, 7), "7", "7"),
        ("date", Interval(None, day("2024-03-22")), "on or before 2024-03-22", "不晚于2024-03-22"),
        ("date", Interval(), "any day", "任何日期"),
    ],
)
def test_intervals(type_: str, interval: Interval, en: str, zh: str) -> None:
    words = interval_words(type_, None, interval)
    assert (words.en, words.zh) == (en, zh)


def test_values_of_facts() -> None:
    access, people = RULES.facts["export.access"], RULES.facts["export.people"]
    assert values_words(access, frozenset({"remote", "sent"})).en == (
        "sent abroad or accessed from abroad"
    )
    assert values_words(access, frozenset({"remote", "sent", "transit"})).en == "not known"
    assert values_words(people, (Interval(0, None),)).zh == "未知"
    assert values_words(people, (Interval(0, 5),)).en == "0 to 5"
    assert values_words(RULES.facts["ciio"], frozenset({False})).zh == "否"


@pytest.mark.parametrize(
    ("condition", "en"),
    [
        (yes("ciio"), "CII operator: yes"),
        (Not(yes("ciio")), "CII operator: no"),
        (
            one_of("export.access", "sent", "remote"),
            "way abroad: sent abroad or accessed from abroad",
        ),
        (one_of("export.access", "sent", negated=True), "way abroad: not sent abroad"),
        (
            Not(one_of("export.access", "sent", "remote")),
            "way abroad: none of: sent abroad, accessed from abroad",
        ),
        (at_least("d/people", 1_000_000), "people this year: at least 1,000,000"),
        (Not(at_least("d/people", 1_000_000)), "people this year: under 1,000,000"),
        (
            Compare(DefinitionValue("d/people"), Limit(Literal(1)), Limit(Literal(9), True)),
            "people this year: at least 1 and under 9",
        ),
        (
            Not(Compare(DefinitionValue("d/people"), Limit(Literal(1)), Limit(Literal(9), True))),
            "people this year: under 1 or at least 9",
        ),
        (
            Compare(FactValue("export.people"), Limit(Literal(0)), Limit(Literal(0))),
            "people: 0",
        ),
        (
            Compare(FactValue("export.filed_on"), None, Limit(AsOf())),
            "day of filing: on or before the day of evaluation",
        ),
        (
            ReadingIs("needs", frozenset({"either"})),
            "Does the exemption need both? “one is enough”",
        ),
        (HoldsRule("d/exempt-hr"), "“HR under rules” applies"),
        (Not(HoldsRule("d/exempt-hr")), "“HR under rules” does not apply"),
        (HoldsCondition("counted"), "counted"),
        (HoldsCondition("abroad"), "way abroad: sent abroad or accessed from abroad"),
        (
            All((no("ciio"), Any((yes("export.collective"), under("known", 5))))),
            "CII operator: no; and (collective contract: yes; or distinct people: under 5)",
        ),
        (
            Not(All((no("ciio"), yes("export.collective")))),
            "CII operator: yes; or collective contract: no",
        ),
        (
            Some("export", yes("export.collective")),
            "in at least one item of “exports”: collective contract: yes",
        ),
    ],
)
def test_conditions(condition: object, en: str) -> None:
    assert condition_words(RULES, condition).en == en  # type: ignore[arg-type]


def test_conditions_in_chinese() -> None:
    words = condition_words(RULES, All((no("ciio"), at_least("d/people", 1_000_000))))
    assert words.zh == "关键信息基础设施运营者：否；且当年累计人数：不少于100万"


def test_a_share_of_another_figure() -> None:
    limit = Limit(PercentOf(Fraction(3, 100), FactValue("accounts.revenue")))
    words = condition_words(accounts(), Compare(DefinitionValue("b/cost"), limit, None))
    assert words.en == "R&D and process cost: at least 3% of main-business revenue"
    assert words.zh == "研发及工艺改进费用：不少于主营业务收入的3%"


def test_no_id_is_shown() -> None:
    for rule in RULES.rules.values():
        for condition in (rule.applies_when, rule.requires):
            if condition is not None:
                text = condition_words(RULES, condition).en
                assert not any(name in text for name in ("export.", "d/", "ciio", "old/"))


def test_the_head_of_a_group() -> None:
    both = All((no("ciio"), yes("export.collective")))
    assert head_words(RULES, both).en == "all of these"
    assert head_words(RULES, Not(both)).en == "not all of these"
    assert head_words(RULES, Not(Any(both.parts))).zh == "以下各项均不满足"


def test_paths_and_outcomes() -> None:
    assert ref_path(RULES, FactRef("ciio")) == "ciio"
    assert ref_path(RULES, FactRef("export.people", "loyalty")) == "exports[loyalty].people"
    assert len({outcome_words(o).en for o in Outcome}) == len(Outcome)
