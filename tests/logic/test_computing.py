"""Definitions: distinct totals, choices between values, months, shares; against plain listing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.logic.arithmetic import add_months
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.known_totals import known_conflicts
from compliancecheck.model.conditions import (
    Case,
    Choose,
    Compare,
    Condition,
    DefinitionValue,
    DistinctTotal,
    FactValue,
    Limit,
    Literal,
    PercentOf,
    ReadingIs,
    Shift,
    Some,
    Sum,
    Value,
)
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Definition, Reading, Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, Number, Span, point
from tests.logic.small import (
    TODAY,
    at_least,
    day,
    duty,
    fact,
    instrument,
    named,
    profile,
    rules,
    texts,
    yes,
)

COUNT = Interval(0, None)
Items = Mapping[str, Mapping[str, object]]


def defined(value: Value, *facts: Fact, type: FactType = FactType.INTEGER) -> Rules:
    """Rules with the definition ``d/x`` and a reading ``r``."""
    return rules(
        facts=named(*facts),
        instruments=named(instrument("d")),
        readings=named(
            Reading("r", "1", texts("?"), {"a": texts("a"), "b": texts("b")}, None),
        ),
        definitions=named(Definition("d/x", None, texts("x"), type, None, value)),
    )


def computed(known: Rules, company: Mapping[str, object] | None = None, **more: object) -> Span:
    engine = Engine(profile(company, list_name="items", **more), known, TODAY, None)  # type: ignore[arg-type]
    assert engine.world.conflicts == []
    return engine.judge().definition("d/x", ())


# -- distinct totals -----------------------------------------------------------------------------


def people(known_over: Condition | None = None, with_known: bool = True) -> Rules:
    """People over the items that are counted; ``known`` is their number over *known_over*."""
    inside = {"list": "items", "item": "item"}
    own = [
        fact("item.people", FactType.INTEGER, texts("people"), bounds=COUNT, **inside),
        fact("item.counted", FactType.BOOLEAN, texts("counted"), **inside),
        fact("item.abroad", FactType.BOOLEAN, texts("abroad"), **inside),
    ]
    names = tuple(f.name for f in own)
    total = DistinctTotal(
        "item.people", "item", yes("item.counted"), "known" if with_known else None, known_over
    )
    return defined(
        total,
        fact("known", FactType.INTEGER, texts("distinct people"), bounds=COUNT),
        fact("items", FactType.LIST, texts("items"), item="item", key="name", fields=names),
        *own,
    )


def item(people: object = None, counted: bool | None = None, abroad: bool | None = None) -> object:
    given = {"item.people": people, "item.counted": counted, "item.abroad": abroad}
    return {name: value for name, value in given.items() if value is not None}


def items(*rows: object) -> Items:
    return dict(zip("abcdef", rows, strict=False))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ([], point(0)),
        ([item(70, True)], point(70)),
        ([item(70, True), item(50, True)], Interval(70, 120)),  # the same people, or all others
        ([item(70, True), item(50, False)], point(70)),
        ([item(70, False), item(50, False)], point(0)),
        ([item(70, True), item(50)], Interval(70, 120)),  # perhaps not counted
        ([item(70), item(50)], Interval(0, 120)),
        ([item((Interval(10, 20),), True), item((Interval(15, 40),), True)], Interval(15, 60)),
        ([item(70, True), item(None, True)], Interval(70, None)),
        ([item(70, True), item(None, False)], point(70)),
        ([item(70, True), item(0)], point(70)),
    ],
)
def test_at_least_the_greatest_item_at_most_their_sum(rows: list[object], total: Interval) -> None:
    assert computed(people(), items=items(*rows)) == (total,)


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ([], Interval(0, None)),
        ([item(70, True)], Interval(70, None)),
        ([item(70, False)], Interval(0, None)),
    ],
)
def test_over_an_open_list_a_total_is_a_lower_bound(rows: list[object], total: Interval) -> None:
    assert computed(people(), items=items(*rows), open=True) == (total,)


def test_over_an_unanswered_list_a_total_is_anything() -> None:
    assert computed(people()) == (COUNT,)


@pytest.mark.parametrize(
    ("rows", "known", "total"),
    [
        # all counted: the known number is the total
        ([item(70, True), item(50, True)], 90, point(90)),
        ([item(70, True), item(50, True)], (Interval(80, 100),), Interval(80, 100)),
        ([item(70, True), item(50, True)], (Interval(None, 75),), Interval(70, 75)),
        # 50 of the known 90 may be people of the item that is left out alone
        ([item(70, True), item(50, False)], 90, point(70)),
        ([item(70, True), item(60, True), item(50, False)], 150, Interval(100, 130)),
        ([item(70, True), item(60, True), item(50)], 150, Interval(100, 150)),
        ([item(70), item(50)], 90, Interval(0, 90)),
        # how many are left out is not known: nothing comes from below
        ([item(70, True), item(60, True), item(None, False)], 150, Interval(70, 130)),
    ],
)
def test_the_known_number_narrows_the_total(
    rows: list[object], known: object, total: Interval
) -> None:
    assert computed(people(), {"known": known}, items=items(*rows)) == (total,)


def test_a_known_number_over_some_items_only() -> None:
    known = people(known_over=yes("item.abroad"))
    # the counted items are a part of those it is over
    rows = items(item(70, True, True), item(60, True, True), item(50, False, True))
    assert computed(known, {"known": 150}, items=rows) == (Interval(100, 130),)
    # what is not among them is not taken off
    rows = items(item(70, True, True), item(60, True, True), item(50, False, False))
    assert computed(known, {"known": 110}, items=rows) == (point(110),)
    # a counted item that may not be among them: the number says nothing
    rows = items(item(70, True, True), item(60, True))
    assert computed(known, {"known": 90}, items=rows) == (Interval(70, 130),)


def test_a_known_number_holds_for_the_items_not_yet_named() -> None:
    given = items(item(70, True))
    assert computed(people(), {"known": 90}, items=given, open=True) == (Interval(70, 90),)
    # the further item may be of those that are left out: no lower bound comes from the number
    assert computed(people(), {"known": 90}) == (Interval(0, 90),)


@pytest.mark.parametrize(
    ("known", "kind"), [(69, "few"), (70, None), (120, None), (121, "many"), ((COUNT,), None)]
)
def test_a_known_number_that_the_items_cannot_give(known: object, kind: str | None) -> None:
    engine = Engine(
        profile({"known": known}, items(item(70, True), item(50, True)), "items"),
        people(),
        TODAY,
        None,
    )
    assert [k for _, k in known_conflicts(engine.judge())] == ([kind] if kind else [])


def test_a_known_number_that_contradicts_is_an_error_that_names_all_answers() -> None:
    given = profile({"known": 69}, items(item(70, True), item(50, True)), "items")
    (conflict,) = evaluate(given, people(), as_of=TODAY).conflicts
    assert set(conflict.refs) == {
        FactRef("known"), FactRef("item.people", "a"), FactRef("item.people", "b")
    }  # fmt: skip
    # an open list may have more items, and so more people, but never fewer
    listed = items(item(70, True), item(50, True))
    more = evaluate(profile({"known": 121}, listed, "items", open=True), people(), as_of=TODAY)
    assert more.conflicts == ()
    again = evaluate(profile({"known": 69}, listed, "items", open=True), people(), as_of=TODAY)
    assert len(again.conflicts) == 1


COUNTS = st.integers(0, 4)


@given(
    st.lists(st.tuples(COUNTS, st.sampled_from([True, False, None])), max_size=3),
    st.one_of(st.none(), st.integers(0, 12)),
)
def test_totals_hold_all_that_people_may_be(
    rows: list[tuple[int, bool | None]], known: int | None
) -> None:
    """Against a listing: people as sets, each item a set, counted or not."""
    totals = set()
    for sets in product(*(_sets(count) for count, _ in rows)):
        if known is not None and len(frozenset().union(*sets)) != known:
            continue
        for counted in product(*([c] if c is not None else [True, False] for _, c in rows)):
            kept = [s for s, c in zip(sets, counted, strict=True) if c]
            totals.add(len(frozenset().union(*kept)))
    given = profile(
        {} if known is None else {"known": known},
        items(*(item(count, counted) for count, counted in rows)),
        "items",
    )
    engine = Engine(given, people(), TODAY, None)
    if not totals:
        assert [*known_conflicts(engine.judge())]
        return
    (found,) = engine.judge().definition("d/x", ())
    assert all(found.contains(total) for total in totals)
    if known is None:
        assert (found.low, found.high) == (min(totals), max(totals))


def _sets(count: int) -> list[frozenset[int]]:
    """Enough sets of *count* people: three items overlap in every number."""
    return [frozenset(range(start, start + count)) for start in range(9)]


# -- choices between values ----------------------------------------------------------------------

PLAIN = [
    fact("p", FactType.BOOLEAN, texts("p")),
    fact("q", FactType.BOOLEAN, texts("q")),
    fact("n", FactType.INTEGER, texts("n"), bounds=Interval(0, 9)),
]
CHOICE = Choose((Case(yes("p"), Literal(10)), Case(yes("q"), FactValue("n"))), Literal(30))


@pytest.mark.parametrize(
    ("company", "values"),
    [
        ({"p": True}, (point(10),)),
        ({"p": True, "q": True, "n": 4}, (point(10),)),  # the first that is true
        ({"p": False, "q": True, "n": 4}, (point(4),)),
        ({"p": False, "q": False, "n": 4}, (point(30),)),
        ({"q": True, "n": 4}, (point(4), point(10))),  # the first is unknown, the second true
        ({"q": False}, (point(10), point(30))),
        ({"p": False, "n": 4}, (point(4), point(30))),
        ({}, (Interval(0, 9), point(10), point(30))),
    ],
)
def test_a_choice_with_unknown_cases(company: Mapping[str, object], values: Span) -> None:
    found = computed(defined(CHOICE, *PLAIN), company)
    numbers = {n for n in range(40) if any(i.contains(n) for i in values)}
    assert {n for n in range(40) if any(i.contains(n) for i in found)} == numbers


def test_a_choice_by_a_reading_is_settled_by_adopting_it() -> None:
    by_reading = Choose((Case(ReadingIs("r", frozenset({"a"})), Literal(1)),), Literal(2))
    known = defined(by_reading)
    assert computed(known) == (point(1), point(2))
    assert computed(known, readings={"r": "a"}) == (point(1),)
    assert computed(known, readings={"r": "b"}) == (point(2),)


def test_unknown_cases_with_one_value_need_no_answer() -> None:
    same = Choose((Case(yes("p"), Literal(5)),), Literal(5))
    assert computed(defined(same, *PLAIN)) == (point(5),)


# -- days and months -----------------------------------------------------------------------------


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-600, 600))
def test_months_are_those_of_the_calendar(start: date, months: int) -> None:
    assert date.fromordinal(add_months(start.toordinal(), months)) == start + relativedelta(
        months=months
    )


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2023-08-31", 1, "2023-09-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2023-11-30", 1, "2023-12-30"),
        ("2024-01-31", -2, "2023-11-30"),
        ("2025-03-03", 36, "2028-03-03"),
        ("2022-09-01", 6, "2023-03-01"),
    ],
)
def test_months_at_the_end_of_a_month(start: str, months: int, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_months_end_where_the_calendar_ends() -> None:
    assert add_months(date.max.toordinal(), 1) == date.max.toordinal()
    assert add_months(date(9999, 11, 30).toordinal(), 1) == date(9999, 12, 30).toordinal()
    assert add_months(1, -1) == 1
    assert add_months(date.max.toordinal() + 1, 36) == date.max.toordinal()  # `not yet` on it


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 40), st.integers(-40, 40))
def test_a_later_day_is_never_moved_before_an_earlier_one(
    start: date, later: int, months: int
) -> None:
    after = start + timedelta(days=later)
    assert add_months(start.toordinal(), months) <= add_months(after.toordinal(), months)


def test_a_range_of_days_is_moved_whole() -> None:
    begun = fact("begun", FactType.DATE, texts("begun"))
    known = defined(Shift(FactValue("begun"), 36), begun, type=FactType.DATE)
    span = (Interval(day("2023-02-28"), day("2024-02-29")),)
    assert computed(known, {"begun": span}) == (Interval(day("2026-02-28"), day("2027-02-28")),)
    assert computed(known) == (Interval(),)


# -- sums and shares -----------------------------------------------------------------------------

MONEY = [
    fact(name, FactType.MONEY, texts(name), unit="CNY", bounds=COUNT) for name in ("rd", "revenue")
]


def test_a_sum_of_ranges() -> None:
    total = Sum((FactValue("rd"), FactValue("revenue"), Literal(5)))
    known = defined(total, *MONEY, type=FactType.MONEY)
    assert computed(known) == (Interval(5, None),)
    assert computed(known, {"rd": (Interval(1, 2, True),), "revenue": 10}) == (
        Interval(16, 17, True),
    )
    apart = (point(1), point(4))
    assert computed(known, {"rd": apart, "revenue": 10}) == (point(16), point(19))


@pytest.mark.parametrize(
    ("revenue", "cost", "met"),
    [
        (1_000_000_000, 30_000_000, True),
        (1_000_000_000, 29_999_999, False),
        (1_000_000_000, Fraction(2_999_999_999, 100), False),
        (7, Fraction(21, 100), True),  # 3% of 7 is no binary number
        (7, Fraction(20_999_999_999, 10**11), False),
        (10**29 + 1, Fraction(3 * (10**29 + 1), 100), True),
        (10**29 + 1, Fraction(3 * (10**29 + 1) - 1, 100), False),
    ],
)
def test_a_share_is_compared_exactly_and_without_division(
    revenue: Number, cost: Number, met: bool
) -> None:
    share = Limit(PercentOf(Fraction(3, 100), FactValue("revenue")))
    known = rules(
        facts=named(*MONEY),
        instruments=named(instrument("b")),
        rules=named(duty("b/share", "share", requires=Compare(FactValue("rd"), share, None))),
    )
    given = profile({"rd": cost, "revenue": revenue})
    (finding,) = evaluate(given, known, as_of=TODAY).findings
    assert finding.status == ("pass" if met else "fail")


def test_a_share_of_nothing_is_nothing() -> None:
    known = defined(PercentOf(Fraction(3, 100), FactValue("revenue")), *MONEY)
    assert computed(known, {"revenue": 0}) == (point(0),)
    assert computed(known) == (Interval(0, None),)


def test_a_definition_of_a_definition() -> None:
    known = rules(
        facts=named(*PLAIN),
        instruments=named(instrument("d")),
        definitions=named(
            Definition("d/y", None, texts("y"), FactType.INTEGER, None, CHOICE),
            Definition(
                "d/x",
                None,
                texts("x"),
                FactType.INTEGER,
                None,
                Sum((DefinitionValue("d/y"), DefinitionValue("d/y"))),
            ),
        ),
    )
    assert computed(known, {"p": True}) == (point(20),)


# -- quantifiers over open lists -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "open", "status"),
    [
        ([], False, "fail"),
        ([item(5)], False, "fail"),
        ([item(50)], False, "pass"),
        ([item(5), item(None)], False, "undetermined"),
        ([item(50), item(None)], True, "pass"),
        ([item(5)], True, "undetermined"),
        ([], True, "undetermined"),
    ],
)
def test_some_item_of_a_list(rows: list[object], open: bool, status: str) -> None:
    base = people()
    needs = Some("item", at_least("item.people", 10))
    known = rules(
        facts=base.facts,
        instruments=base.instruments,
        rules=named(duty("d/some", "some", requires=needs)),
    )
    given = profile({}, items(*rows), "items", open=open)
    (finding,) = evaluate(given, known, as_of=TODAY).findings
    assert finding.status == status


@pytest.mark.parametrize(("bound", "status"), [(10, "fail"), (5, "undetermined")])
def test_no_further_item_can_be_what_its_bounds_exclude(bound: int, status: str) -> None:
    own = fact(
        "item.n", FactType.INTEGER, texts("n"), bounds=Interval(0, 9), list="items", item="item"
    )
    listed = fact("items", FactType.LIST, texts("items"), item="item", fields=("item.n",))
    known = rules(
        facts=named(listed, own),
        instruments=named(instrument("d")),
        rules=named(duty("d/some", "some", requires=Some("item", at_least("item.n", bound)))),
    )
    (finding,) = evaluate(profile(), known, as_of=TODAY).findings
    assert finding.status == status
    assert finding.open_lists == (("items",) if status == "undetermined" else ())
