"""Margins are exact: the worked examples of the battery sheet, and distances in the scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.margin_words import margin_words, relative_text
from compliancecheck.logic.margins import LESS, MORE, margins_of
from compliancecheck.model.conditions import Compare, FactValue, Limit, Literal, Not
from compliancecheck.model.findings import Margin, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Profile
from compliancecheck.model.values import Interval, point
from tests.logic.small import TODAY, accounts, day, export, exports, profile, texts, year

MILLION = 10**6


def margins(rules: Rules, given: Profile, rule: str, item: str | None) -> tuple[Margin, ...]:
    evaluation = evaluate(given, rules, as_of=TODAY)
    finding = next(f for f in evaluation.findings if (f.rule, f.item) == (rule, item))
    return margins_of(engine_of(evaluation), finding)


def share(**facts: object) -> Margin:
    return margins(accounts(), year(**facts), "b/rd-share", "2024")[0]


def test_operating_revenue_alone_gives_at_least() -> None:
    margin = share(rd=7_691 * MILLION, operating=130_356 * MILLION)
    assert margin.distance == Interval(3_780_320_000, None)
    assert relative_text(margin) == "+96.67%"
    assert margin_words(margin).en == "at least CNY 3,780.32 million above the bound"


@pytest.mark.parametrize(
    ("rd", "process", "distance", "relative", "en", "zh"),
    [
        (30_000_000, 0, 0, "0%", "at the bound, included", "恰在界限，界限包含"),
        (29_999_999, 0, -1, "-0.0000033%", "CNY 1 short", "尚差1元"),
        (30_000_001, 0, 1, "+0.0000033%", "CNY 1 above the bound", "高于界限1元"),
        (25_000_000, 8_000_000, 3_000_000, "+10%", "CNY 3 million above the bound", None),
        (25_000_000, 0, -5_000_000, "-16.67%", "CNY 5 million short", "尚差500万元"),
    ],
)
def test_a_share_has_its_margin_in_money(
    rd: int, process: int, distance: int, relative: str, en: str, zh: str | None
) -> None:
    margin = share(rd=rd, process=process, revenue=1_000 * MILLION)
    assert margin.distance == point(distance)
    assert margin.unit == "CNY"
    assert relative_text(margin) == relative
    assert margin_words(margin).en == en
    assert zh is None or margin_words(margin).zh == zh


def test_the_main_business_revenue_decides() -> None:
    margin = share(rd=29 * MILLION, process=0, revenue=950 * MILLION, operating=1_000 * MILLION)
    assert margin.distance == point(500_000)
    assert relative_text(margin) == "+1.75%"


def test_an_open_comparison_says_how_far_it_may_miss() -> None:
    margin = share(rd=25 * MILLION, revenue=1_000 * MILLION)
    assert margin.distance == Interval(-5_000_000, None)
    assert margin.turns is None
    assert margin_words(margin).en == "at most CNY 5 million on the wrong side"


@pytest.mark.parametrize(
    ("people", "distance", "turns", "strict"),
    [
        (420_000, 580_000, "more", False),
        (999_999, 1, "more", False),
        (1_000_000, 0, "less", True),
        (1_250_000, 250_000, "less", True),
    ],
)
def test_the_scope_has_a_distance_without_sign(
    people: int, distance: int, turns: str, strict: bool
) -> None:
    one = {"one": export(people=people)}
    margin = margins(exports(), profile({"ciio": False}, one), "d/volume", "one")[0]
    assert (margin.in_scope, margin.turns, margin.strict) == (True, turns, strict)
    assert margin.distance == point(distance)
    assert margin.bound == point(1_000_000)
    assert margin.relative == point(Fraction(distance, 1_000_000))


@pytest.mark.parametrize(
    ("people", "en", "zh"),
    [
        (point(999_998), "2 more turn it", "增加2即有变化"),
        (point(999_999), "1 more turns it", "增加1即有变化"),
        (point(1_000_000), "at the bound; fewer turn it", "恰在界限，减少即有变化"),
        (point(1_000_001), "over 1 fewer turn it", "减少超过1即有变化"),
        (
            Interval(1_000_000, 1_900_000),
            "it takes 1 to 900,001 fewer to turn it",
            "减少1至900,001才有变化",
        ),
        (
            Interval(999_000, 999_999),
            "it takes 1 to 1,000 more to turn it",
            "增加1至1,000才有变化",
        ),
        (
            Interval(1_000_010, None),
            "it takes at least 11 fewer to turn it",
            "减少不少于11才有变化",
        ),
    ],
    ids=str,
)
def test_the_words_of_a_distance_are_exact(people: Interval, en: str, zh: str) -> None:
    rules = exports()
    given = {"one": export(people=people.low)}
    if not people.is_point:
        given["one"]["export.people"] = (people,)
    margin = margins(rules, profile({"ciio": False}, given), "d/volume", "one")[0]
    assert (margin_words(margin).en, margin_words(margin).zh) == (en, zh)


def test_an_end_that_only_the_vocabulary_gives_is_no_distance() -> None:
    rules = exports()
    fact = replace(rules.facts["export.people"], bounds=Interval(0, 1_500_000_000))
    rules = replace(rules, facts={**rules.facts, fact.name: fact})
    given = {"one": export(people=1_000_000)}
    given["one"]["export.people"] = (Interval(1_000_000, 1_500_000_000),)
    margin = margins(rules, profile({"ciio": False}, given), "d/volume", "one")[0]
    assert margin.value == Interval(1_000_000, None)
    assert margin.distance == Interval(0, None)


def test_both_bounds_of_a_band_the_nearest_first() -> None:
    one = {"one": export(people=420_000, filed_on=day("2026-03-01"))}
    found = margins(exports(), profile({"ciio": False}, one), "d/middle", "one")
    told = [(m.label.en, m.turns, m.distance.low) for m in found]
    assert told == [
        ("people this year", "more", 580_000),
        ("people this year", "less", 320_000),
        ("day of filing", "more", 1),
    ]
    assert found[2].relative is None
    assert (found[2].unit, margin_words(found[2]).en) == ("days", "1 day left")


def test_no_distance_where_moving_it_alone_turns_nothing() -> None:
    one = {"one": export(people=420_000)}
    found = margins(exports(), profile({"ciio": True}, one), "d/volume", "one")
    assert found == ()


def test_a_negation_turns_the_sign() -> None:
    rules = exports()
    at_least = Compare(FactValue("export.people"), Limit(Literal(100)), None)
    signs = []
    for test in (at_least, Not(at_least), replace(at_least, negated=True)):
        rule = replace(rules.rules["d/notice"], requires=test)
        own = replace(rules, rules={**rules.rules, "d/notice": rule})
        given = profile({"ciio": False}, {"one": export(people=130)})
        evaluation = evaluate(given, own, as_of=TODAY)
        finding = next(f for f in evaluation.findings if f.rule == "d/notice")
        (margin,) = margins_of(engine_of(evaluation), finding)
        signs.append((finding.status, margin.distance.low, margin_words(margin).en))
    assert signs == [
        (Status.PASS, 30, "30 above the bound"),
        (Status.FAIL, -30, "30 over"),
        (Status.FAIL, -30, "30 over"),
    ]


def test_what_the_days_alone_decide_has_none() -> None:
    one = {"one": export(people=420_000)}
    assert margins(exports(), profile({"ciio": True}, one), "old/volume", "one") == ()


@pytest.mark.parametrize(
    ("turns", "distance", "en"),
    [
        (LESS, -1, "1 day late, the last day was 2025-03-26"),
        (LESS, -30, "30 days late, the last day was 2025-03-26"),
        (MORE, -2, "2 days early, the first day is 2025-03-26"),
        (LESS, 0, "at the bound, included"),
    ],
)
def test_a_missed_day_names_the_day_that_was_missed(turns: str, distance: int, en: str) -> None:
    bound = date(2025, 3, 26).toordinal()
    day = bound + distance if turns == MORE else bound - distance
    margin = Margin(
        texts("filed"), None, "filed", None, "date", point(day), point(bound), point(distance),
        None, False, False, turns,
    )  # fmt: skip
    assert margin_words(margin).en == en
