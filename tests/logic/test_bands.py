"""Bands: an axis cut at the bounds in play, what each part leads to, merging, previews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from compliancecheck.logic.bands import (
    bounds_in_play,
    effect,
    fact_axis,
    finding_axis,
    option_bands,
    route_axis,
)
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.explain import explain
from compliancecheck.model.findings import Axis, Evaluation, Status
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Values, point
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.profiles import load_profile_text
from tests.logic.asking import ASKED, BIG, GOODS, KIND, PEOPLE, RULES, found, over, unknown
from tests.logic.small import (
    TODAY,
    accounts,
    answer,
    at_least,
    duty,
    export,
    exports,
    instrument,
    profile,
    year,
    yes,
)

ONE_EXPORT = """\
dated: 2026-11-24
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  transfers:
    - name: loyalty
      access: remote_access_from_abroad
      has_personal_information: true
      important_data: none
      purpose: individual_contract
      necessary: true
      individual_is_party: false
      origin: mainland
      exporter_registered_in_zone: false
"""
A, C, E = "assess", "contract", "exempt"
Band = tuple[int | None, int | None, tuple[str, ...]]


def bands(axis: Axis | None) -> list[Band]:
    assert axis is not None
    rows = []
    for band in axis.bands:
        assert isinstance(band.values, tuple)
        (interval,) = band.values
        rows.append((interval.low, interval.high, band.leads_to))
    return rows  # type: ignore[return-value]


def one(**facts: object) -> dict[str, Mapping[str, object]]:
    return {"one": {**GOODS, **{f"item.{name}": value for name, value in facts.items()}}}


def now(axis: Axis | None) -> list[bool]:
    assert axis is not None
    return [band.now for band in axis.bands]


# -- numbers -------------------------------------------------------------------------------------


def test_bands_are_cut_at_the_bounds_and_say_where_they_lead() -> None:
    axis = fact_axis(found(ASKED, one()), PEOPLE)
    assert bands(axis) == [
        (0, 99_999, (E,)),
        (100_000, 999_999, (C,)),
        (1_000_000, None, (A,)),
    ]
    assert axis is not None
    assert [(bound, words.en) for bound, words in axis.bounds] == [
        ("100000", "100,000"),
        ("1000000", "1,000,000"),
    ]
    assert (axis.ref, axis.unit, axis.value) == (PEOPLE, "people", None)


def test_where_nothing_waits_for_the_number_nothing_is_cut() -> None:
    """A big company is assessed whatever the number."""
    axis = fact_axis(found({"exports": True, "big": True}, one()), PEOPLE)
    assert bands(axis) == [(0, None, ())]  # nothing waits for it


def test_what_else_is_open_stays_open_in_each_band() -> None:
    """While it is open whether the company is big, a million is a bound all the same."""
    axis = fact_axis(found({"exports": True}, one()), PEOPLE)
    assert bands(axis) == [
        (0, 99_999, (A, E)),
        (100_000, 999_999, (A, C)),
        (1_000_000, None, (A,)),
    ]


def test_other_items_count_towards_the_bound() -> None:
    """With 40,000 of another: exempt up to 59,999, then it depends on who is in both."""
    items = {**one(), "two": {**GOODS, "item.people": 40_000}}
    assert bands(fact_axis(found(ASKED, items), PEOPLE)) == [
        (0, 59_999, (E,)),
        (60_000, 99_999, (C, E)),
        (100_000, 959_999, (C,)),
        (960_000, 999_999, (A, C)),
        (1_000_000, None, (A,)),
    ]


def test_items_that_are_not_counted_do_not_count() -> None:
    items = {**one(), "two": {"item.kind": "inside", "item.private": True, "item.people": 40_000}}
    assert bands(fact_axis(found(ASKED, items), PEOPLE))[0] == (0, 99_999, (E,))


def test_an_item_of_unknown_size_leaves_only_the_bounds_themselves() -> None:
    items = {**one(), "two": GOODS}
    assert bands(fact_axis(found(ASKED, items), PEOPLE)) == [
        (0, 99_999, (A, C, E)),
        (100_000, 999_999, (A, C)),
        (1_000_000, None, (A,)),
    ]


@pytest.mark.parametrize(
    ("people", "marked"),
    [
        (5, [True, False, False]),
        (100_000, [False, True, False]),
        (over(900_000), [False, True, True]),
        ((Interval(0, 999_999),), [True, True, False]),
    ],
)
def test_the_answer_of_today_is_marked_and_the_axis_stays_whole(
    people: object, marked: list[bool]
) -> None:
    axis = fact_axis(found(ASKED, one(people=people)), PEOPLE)
    assert bands(axis) == [
        (0, 99_999, (E,)),
        (100_000, 999_999, (C,)),
        (1_000_000, None, (A,)),
    ]
    assert now(axis) == marked
    assert axis is not None
    assert axis.value is not None
    assert axis.value.low == (people if isinstance(people, int) else people[0].low)  # type: ignore[index]


def test_what_is_answered_narrows_the_bounds_in_play() -> None:
    assert [t.en for t in bounds_in_play(found(ASKED, one()), PEOPLE)] == [
        "100,000", "1,000,000",
    ]  # fmt: skip
    wide = found(ASKED, one(people=over(900_000)))
    assert [t.en for t in bounds_in_play(wide, PEOPLE)] == ["1,000,000"]
    assert bounds_in_play(found(ASKED, one(people=over(1_000_000))), PEOPLE) == ()


def test_a_bound_in_play_parts_a_number_also_where_both_parts_lead_to_the_same() -> None:
    """While the sensitive people are not counted, below 100,000 all ways are open as above.

    A band "under 1,000,000" would be asked about once more (2024-16, articles 5(1)(iv), 7, 8).
    """
    rules = load_rules()
    given, _ = load_profile_text(ONE_EXPORT, "one.yaml", rules)
    assert given is not None
    evaluation = evaluate(given, rules, as_of=TODAY)
    axis = fact_axis(evaluation, FactRef("transfer.people_nonsensitive_this_year", "loyalty"))
    assert [(low, high) for low, high, _ in bands(axis)] == [
        (0, 99_999), (100_000, 999_999), (1_000_000, 1_500_000_000),
    ]  # fmt: skip
    assert bands(axis)[0][2] == bands(axis)[1][2]


def test_the_bounds_of_the_distinct_number() -> None:
    items = {
        "one": {**GOODS, "item.people": 70_000}, "two": {**GOODS, "item.people": 60_000},
    }  # fmt: skip
    axis = fact_axis(found(ASKED, items), FactRef("known"))
    assert bands(axis) == [(0, 99_999, (E,)), (100_000, None, (C,))]
    # 70,000 of the people of two exports; 60,000 more may be those of a third that is not counted
    items["two"] = {"item.kind": "inside", "item.private": True, "item.people": 60_000}
    items["three"] = {**GOODS, "item.people": 60_000}
    assert bands(fact_axis(found(ASKED, items), FactRef("known"))) == [
        (0, 99_999, (E,)),
        (100_000, 159_999, (C, E)),
        (160_000, None, (C,)),
    ]


def test_an_axis_is_only_for_numbers_and_dates() -> None:
    assert fact_axis(found(ASKED, one()), KIND) is None
    assert fact_axis(found(ASKED, one()), BIG) is None


# -- options -------------------------------------------------------------------------------------


def test_what_a_yes_or_a_no_leads_to() -> None:
    given = found({"exports": True}, one(people=50))
    yes, no = option_bands(given, BIG)
    assert (yes.leads_to, no.leads_to) == ((A,), (E,))
    assert (yes.words.en, no.words.en) == ("yes", "no")
    assert [yes.now, no.now] == [False, False]


def test_what_each_choice_leads_to() -> None:
    given = found(ASKED, {"one": {"item.private": True, "item.people": 50}})
    leads = {b.words.en: b.leads_to for b in option_bands(given, KIND)}
    assert leads == {"goods": (E,), "odd": (A, E), "inside": ("none",)}


def test_an_answered_question_keeps_its_bands() -> None:
    yes, no = option_bands(found({"exports": True, "big": True}, one(people=50)), BIG)
    assert (yes.leads_to, yes.now) == ((A,), True)
    assert (no.leads_to, no.now) == ((E,), False)


def test_a_fact_that_no_route_reads_leads_to_statuses() -> None:
    ref = FactRef("item.notice", "one")
    yes, no = option_bands(found(ASKED, one(people=50)), ref)
    assert (yes.leads_to, no.leads_to) == (("pass",), ("fail",))


def test_an_answer_that_closes_a_list_leads_to_what_does_not_apply() -> None:
    """Without a route: a rule over the list of which nothing is left says so in its status."""
    notice = duty("d/notice", "notice", each="item",
                  applies_when=yes("exports"), requires=yes("item.notice"))  # fmt: skip
    gated = replace(RULES, rules={notice.id: notice}, routes={})
    open_yet = evaluate(profile({}, None, "items"), gated, as_of=TODAY)
    ways = option_bands(open_yet, FactRef("exports"))
    assert [band.leads_to for band in ways] == [("undetermined",), ("not_applicable",)]


# -- previews ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "ways"), [(99_999, (E,)), (100_000, (C,)), (1_000_000, (A,)), (over(1), (A, C, E))]
)
def test_the_effect_of_an_answer(people: Values | int, ways: tuple[str, ...]) -> None:
    before = found(ASKED, one())
    after = effect(before, PEOPLE, answer(people))
    assert after.routes[0].possible == ways
    assert before.routes[0].possible == (A, C, E)  # nothing was written
    assert effect(before, BIG, answer(True)).routes[0].possible == (A,)


def test_an_answer_by_range_keeps_the_bounds_that_it_leaves_open() -> None:
    """A route that is settled does not hide the bound that would settle a finding."""
    big = duty("e/officer", "officer", each="item", applies_when=at_least("d/people", 500_000))
    both = replace(RULES, instruments={**RULES.instruments, "e": instrument("e")},
                   rules={**RULES.rules, big.id: big})  # fmt: skip
    given = found(ASKED, one(people=(Interval(400_000, 600_000),)), rules=both)
    assert bands(fact_axis(given, PEOPLE)) == [
        (0, 99_999, (E,)),
        (100_000, 499_999, (C,)),
        (500_000, 999_999, (C,)),
        (1_000_000, None, (A,)),
    ]
    assert now(fact_axis(given, PEOPLE)) == [False, True, True, False]


def test_a_band_is_what_the_profile_says_once_it_is_chosen() -> None:
    """Each band of each question, put in: the routes of the profile are those it promised."""
    given = found({"exports": True}, {**one(), "two": {**GOODS, "item.people": 40_000}})
    axis = fact_axis(given, PEOPLE)
    assert axis is not None
    for band in axis.bands:
        line = effect(given, PEOPLE, answer(band.values)).routes[0]
        assert (*line.possible, *(["none"] if line.none_possible else [])) == band.leads_to


# -- the strips of a route and of a finding ------------------------------------------------------


def test_the_strip_of_a_route() -> None:
    given = found(ASKED, one(people=420_000))
    axis = route_axis(given, given.routes[0])
    assert bands(axis) == [
        (0, 99_999, (E,)),
        (100_000, 999_999, (C,)),
        (1_000_000, None, (A,)),
    ]
    assert now(axis) == [False, True, False]
    assert axis is not None
    assert axis.value == point(420_000)


def test_the_strip_of_the_company_has_the_total() -> None:
    given = found(ASKED, {**one(people=70_000), "two": {**GOODS, "item.people": 60_000}})
    axis = route_axis(given, given.routes[-1])
    assert axis is not None
    assert axis.value == Interval(70_000, 130_000)
    assert now(axis) == [True, True, False]


def test_no_strip_where_no_figure_decides() -> None:
    given = found({"exports": True, "big": True}, one(people=5))
    assert route_axis(given, given.routes[0]) is None
    empty = found({"exports": True}, {})
    assert route_axis(empty, empty.routes[0]) is None


def strip(evaluation: Evaluation, rule: str) -> Axis | None:
    finding = next(f for f in evaluation.findings if f.rule == rule)
    return finding_axis(evaluation, explain(evaluation, finding))


def test_the_strip_of_a_share() -> None:
    given = evaluate(year(rd=29, process=0, revenue=1_000), accounts(), as_of=TODAY)
    axis = strip(given, "b/rd-share")
    assert axis is not None
    assert [(band.leads_to, band.now) for band in axis.bands] == [
        (("fail",), True),
        (("pass",), False),
    ]
    assert bands(axis) == [(0, 30, ("fail",)), (30, None, ("pass",))]


def test_unknown_is_no_mark_on_the_axis() -> None:
    axis = fact_axis(unknown(found(ASKED, one()), PEOPLE), PEOPLE)
    assert [leads for _, _, leads in bands(axis)] == [(E,), (C,), (A,)]


def test_an_open_finding_has_the_strip_of_the_figure_that_is_half_known() -> None:
    rules, one = exports(), {**export(), "export.people": (Interval(900_000, 1_200_000),)}
    given = profile({"ciio": False}, {"one": one})
    evaluation = evaluate(given, rules, as_of=TODAY)
    (finding,) = [f for f in evaluation.findings if f.rule == "d/volume"]
    explanation = explain(evaluation, finding)
    assert finding.status is Status.UNDETERMINED
    axis = finding_axis(evaluation, explanation)
    assert axis is not None
    assert axis.value == Interval(900_000, 1_200_000)
    assert [bound for bound, _ in axis.bounds] == ["1000000"]


def test_an_open_finding_of_which_no_figure_is_known_has_no_strip() -> None:
    rules = exports()
    evaluation = evaluate(profile({"ciio": False}, {"one": export()}), rules, as_of=TODAY)
    (finding,) = [f for f in evaluation.findings if f.rule == "d/volume"]
    assert finding_axis(evaluation, explain(evaluation, finding)) is None


def test_a_strip_has_no_end_that_only_the_vocabulary_gives() -> None:
    rules = exports()
    fact = replace(rules.facts["export.people"], bounds=Interval(0, 1_500_000_000))
    rules = replace(rules, facts={**rules.facts, fact.name: fact})
    given = profile({"ciio": False}, {"one": export(people=1_200_000)})
    evaluation = evaluate(given, rules, as_of=TODAY)
    (finding,) = [f for f in evaluation.findings if f.rule == "d/volume"]
    axis = finding_axis(evaluation, explain(evaluation, finding))
    assert axis is not None
    last = axis.bands[-1].values
    assert isinstance(last, tuple)
    assert last[0] == Interval(1_000_000, None)
