"""Narrowing: answers, bounds, gates both ways and constraints both ways; contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from compliancecheck.logic.narrowing import World, narrow
from compliancecheck.model.conditions import All, Any, Compare, FactIs, FactValue, Limit, Literal
from compliancecheck.model.facts import Constraint, Fact, FactType, Gate, GateValue
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef, ItemList, Profile
from compliancecheck.model.values import Interval, Number, Option, Values, point
from tests.logic.small import TODAY, at_least, fact, named, one_of, profile, rules, texts, yes

COUNT = Interval(0, None)
INSIDE = Interval(3, 8, True, True)


def boolean(name: str, **more: object) -> Fact:
    return fact(name, FactType.BOOLEAN, texts(name), **more)


def count(name: str, **more: object) -> Fact:
    return fact(name, FactType.INTEGER, texts(name), **{"bounds": COUNT, **more})


def choice(name: str, *options: str, **more: object) -> Fact:
    choices = {option: texts(option) for option in options}
    return fact(name, FactType.CHOICE, texts(name), choices=choices, **more)


def listed(*fields: Fact, **more: object) -> list[Fact]:
    given = {"item": "item", "key": "name", "fields": tuple(f.name for f in fields), **more}
    return [fact("items", FactType.LIST, texts("items"), **given), *fields]


def of_item(make: object, name: str, *more: str, **rest: object) -> Fact:
    return make(f"item.{name}", *more, list="items", item="item", **rest)  # type: ignore[no-any-return,operator]


def vocabulary(*facts: Fact, constraints: tuple[Constraint, ...] = ()) -> Rules:
    return rules(facts=named(*facts), constraints=constraints)


def world(known: Rules, company: Mapping[str, object] | None = None, **more: object) -> World:
    return narrow(known, profile(company, list_name="items", **more), TODAY)  # type: ignore[arg-type]


def options(*values: Option) -> frozenset[Option]:
    return frozenset(values)


def refs_of(found: World) -> list[set[FactRef]]:
    return [set(conflict.refs) for conflict in found.conflicts]


# -- what is not answered ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "values"),
    [
        (boolean("f"), options(True, False)),
        (choice("f", "a", "b"), options("a", "b")),
        (count("f"), (COUNT,)),
        (count("f", bounds=Interval(1, 5)), (Interval(1, 5),)),
        (fact("f", FactType.DATE, texts("f")), (Interval(),)),
    ],
)
def test_an_unanswered_fact_is_anything_within_its_bounds(one: Fact, values: Values) -> None:
    assert world(vocabulary(one)).company["f"] == values


def test_an_answer_is_met_with_the_bounds_and_outside_them_a_problem() -> None:
    known = vocabulary(count("f", bounds=Interval(10, 50)))
    assert world(known, {"f": (Interval(None, 20),)}).company["f"] == (Interval(10, 20),)
    assert refs_of(world(known, {"f": 51})) == [{FactRef("f")}]


def test_unknown_says_the_same_to_the_rules_as_no_answer() -> None:
    known = vocabulary(boolean("g"), count("f", gate=Gate(yes("g"), 0)))
    given = Profile(answers={"f": Answer(None, "unknown"), "g": Answer(None, "unknown")})
    assert narrow(known, given, TODAY).company == world(known).company


# -- gates -------------------------------------------------------------------------------------

GATED = vocabulary(boolean("g"), count("f", bounds=Interval(1, None), gate=Gate(yes("g"), 0)))


@pytest.mark.parametrize(
    ("answers", "f", "g"),
    [
        ({}, (point(0), Interval(1, None)), options(True, False)),  # 0 lies outside the bounds
        ({"g": True}, (Interval(1, None),), options(True)),
        ({"g": False}, (point(0),), options(False)),
        ({"f": 7}, (point(7),), options(True)),  # an answer that excludes 0 opens the gate
        ({"f": 0}, (point(0),), options(False)),  # outside the bounds: the gate is closed
        ({"f": (Interval(0, 3),)}, (point(0), Interval(1, 3)), options(True, False)),
        ({"f": (Interval(0, 3),), "g": True}, (Interval(1, 3),), options(True)),
        ({"f": (Interval(0, 3),), "g": False}, (point(0),), options(False)),
    ],
)
def test_a_gate_works_both_ways(answers: Mapping[str, object], f: Values, g: Values) -> None:
    found = world(GATED, answers)
    assert found.conflicts == []
    assert {value.low for value in found.company["f"]} == {v.low for v in f}  # type: ignore[union-attr]
    assert found.company == {"f": found.company["f"], "g": g}
    assert all(
        any(i.contains(n) for i in found.company["f"]) == any(i.contains(n) for i in f)  # type: ignore[union-attr]
        for n in range(10)
    )


@pytest.mark.parametrize("answers", [{"f": 7, "g": False}, {"f": 0, "g": True}])
def test_an_answer_against_its_gate_is_a_problem_at_both(answers: Mapping[str, object]) -> None:
    assert refs_of(world(GATED, answers)) == [{FactRef("f"), FactRef("g")}]


@pytest.mark.parametrize(
    ("otherwise", "left"),
    [(GateValue.NOT_YET, (Interval(TODAY + 1, None),)), (GateValue.AS_OF, (point(TODAY),))],
)
def test_a_gate_that_fixes_a_date(otherwise: GateValue, left: Values) -> None:
    filed = fact("f", FactType.DATE, texts("f"), gate=Gate(yes("g"), otherwise))
    assert world(vocabulary(boolean("g"), filed), {"g": False}).company["f"] == left


def test_gates_in_a_row_are_closed_and_opened_from_any_end() -> None:
    known = vocabulary(
        boolean("a"),
        boolean("b", gate=Gate(yes("a"), False)),
        choice("c", "none", "one", "two", gate=Gate(yes("b"), "none")),
    )
    assert world(known, {"a": False}).company["c"] == options("none")
    opened = world(known, {"c": "two"}).company
    assert (opened["a"], opened["b"]) == (options(True), options(True))
    # the answer between the two is missing: the two that contradict each other are still named
    assert refs_of(world(known, {"a": False, "c": "two"})) == [{FactRef("a"), FactRef("c")}]


@pytest.mark.parametrize(
    ("only_if", "known", "narrowed"),
    [
        (All((yes("a"), yes("b"))), {}, {"a": options(True), "b": options(True)}),
        (Any((yes("a"), yes("b"))), {}, {}),  # one of the two: nothing is certain
        (Any((yes("a"), yes("b"))), {"a": False}, {"b": options(True)}),
        (one_of("c", "x", "y"), {}, {"c": options("x", "y")}),
        (one_of("c", "x", negated=True), {}, {"c": options("y", "z")}),
        (at_least("n", 5), {}, {"n": (Interval(5, None),)}),
        (
            Compare(FactValue("n"), Limit(Literal(5)), Limit(Literal(9)), negated=True),
            {},
            {"n": (Interval(0, 4), Interval(10, None))},
        ),
    ],
)
def test_an_open_gate_narrows_what_it_asks(
    only_if: All | Any | FactIs | Compare,
    known: Mapping[str, object],
    narrowed: Mapping[str, Values],
) -> None:
    facts = (boolean("a"), boolean("b"), choice("c", "x", "y", "z"), count("n"))
    gated = vocabulary(*facts, count("f", gate=Gate(only_if, 0)))
    found = world(gated, {**known, "f": 3}).company
    before = world(gated, known).company
    for name in ("a", "b", "c"):
        assert found[name] == narrowed.get(name, before[name]), name
    wanted = narrowed.get("n", before["n"])
    assert [n for n in range(20) if any(i.contains(n) for i in found["n"])] == [  # type: ignore[union-attr]
        n
        for n in range(20)
        if any(i.contains(n) for i in wanted)  # type: ignore[union-attr]
    ]


def test_a_gate_is_judged_item_by_item_and_may_ask_the_company() -> None:
    only_if = All((yes("g"), yes("item.open")))
    known = vocabulary(
        boolean("g"),
        *listed(
            of_item(boolean, "open"),
            of_item(count, "f", bounds=Interval(1, None), gate=Gate(only_if, 0)),
        ),
    )
    items = {"one": {"item.open": False}, "two": {"item.f": 4}, "three": {}}
    found = world(known, items=items)
    first, second, third = found.lists["item"].items
    assert first.values["item.f"] == (point(0),)
    assert second.values["item.open"] == options(True)
    assert found.company["g"] == options(True)  # an item's answer opens the company's gate
    assert third.values["item.open"] == options(True, False)


# -- gates of lists ----------------------------------------------------------------------------

LISTS = vocabulary(
    boolean("g"), *listed(of_item(boolean, "f"), gate=Gate(yes("g"), GateValue.EMPTY_LIST))
)


def test_a_list_that_nobody_answered_may_have_further_items() -> None:
    assert world(LISTS).lists["item"].further is not None
    assert world(LISTS, items={"one": {}}).lists["item"].further is None
    assert world(LISTS, items={"one": {}}, open=True).lists["item"].further is not None


def test_a_closed_gate_empties_a_list_and_an_item_opens_it() -> None:
    closed = world(LISTS, {"g": False}).lists["item"]
    assert (closed.items, closed.further) == ([], None)
    assert world(LISTS, items={"one": {}}).company["g"] == options(True)
    # an empty list says nothing of its gate: it may be open and the list empty all the same
    assert world(LISTS, items={}).company["g"] == options(True, False)


def test_items_behind_a_closed_gate_are_a_problem_at_both() -> None:
    found = world(LISTS, {"g": False}, items={"one": {}})
    assert refs_of(found) == [{FactRef("items"), FactRef("g")}]


def test_an_item_that_cannot_be_ends_the_list() -> None:
    known = vocabulary(
        count("n"),
        *listed(of_item(count, "f", bounds=Interval(5, None))),
        constraints=(Constraint("item.f", "n", 1, texts("part"), "item"),),
    )
    found = world(known, {"n": 4})
    assert found.lists["item"].further is None
    assert found.conflicts == []
    # and what an item that may not be there would need says nothing of the company
    assert world(known).company["n"] == (COUNT,)


# -- constraints -------------------------------------------------------------------------------


def part(factor: Number = 1, **bounds: Interval) -> Rules:
    return vocabulary(
        *(fact(n, FactType.NUMBER, texts(n), bounds=bounds.get(n, COUNT)) for n in ("a", "b")),
        constraints=(Constraint("a", "b", factor, texts("a is part of b")),),
    )


@pytest.mark.parametrize(
    ("factor", "answers", "a", "b"),
    [
        (1, {"b": 10}, Interval(0, 10), point(10)),
        (1, {"a": 10}, point(10), Interval(10, None)),
        (2, {"b": 10}, Interval(0, 20), point(10)),
        (2, {"a": 5}, point(5), Interval(Fraction(5, 2), None)),
        (Fraction(1, 3), {"b": 10}, Interval(0, Fraction(10, 3)), point(10)),
        (1, {"b": (INSIDE,)}, Interval(0, 8, False, True), INSIDE),
        (1, {"a": (INSIDE,)}, INSIDE, Interval(3, None, True)),
        (1, {"a": 10, "b": 10}, point(10), point(10)),  # equal is allowed
    ],
)
def test_a_constraint_narrows_both_sides(
    factor: Number, answers: Mapping[str, object], a: Interval, b: Interval
) -> None:
    found = world(part(factor), answers)
    assert found.conflicts == []
    assert found.company == {"a": (a,), "b": (b,)}


def test_two_answers_that_break_a_constraint_are_both_named() -> None:
    found = world(part(), {"a": 11, "b": 10})
    assert refs_of(found) == [{FactRef("a"), FactRef("b")}]
    assert found.conflicts[0].says.en == "a is part of b"


def test_whole_numbers_are_narrowed_to_whole_numbers() -> None:
    known = vocabulary(
        count("a"), count("b"), constraints=(Constraint("a", "b", Fraction(1, 2), texts("half")),)
    )
    assert world(known, {"b": 7}).company["a"] == (Interval(0, 3),)
    assert world(known, {"a": 7}).company["b"] == (Interval(14, None),)
    assert refs_of(world(known, {"a": 4, "b": 7})) == [{FactRef("a"), FactRef("b")}]


def test_a_constraint_of_an_item_with_a_closed_gate() -> None:
    """No operating revenue: then no main-business revenue either, not even 1 yuan."""
    gate = Gate(at_least("item.whole", 1), 0)
    known = vocabulary(
        *listed(
            of_item(count, "whole"),
            of_item(count, "part", bounds=Interval(1, None), gate=gate),
        ),
        constraints=(Constraint("item.part", "item.whole", 1, texts("part"), "item"),),
    )
    found = world(known, items={"x": {"item.whole": 0}, "y": {"item.part": 8}})
    first, second = found.lists["item"].items
    assert first.values["item.part"] == (point(0),)
    assert second.values["item.whole"] == (Interval(8, None),)
    broken = world(known, items={"x": {"item.whole": 5, "item.part": 8}})
    assert refs_of(broken) == [{FactRef("item.whole", "x"), FactRef("item.part", "x")}]


def test_gates_and_constraints_run_until_nothing_changes() -> None:
    known = vocabulary(
        boolean("g"),
        count("a", gate=Gate(yes("g"), 0)),
        count("b"),
        count("c"),
        constraints=(
            Constraint("c", "b", 1, texts("c in b")),
            Constraint("b", "a", 1, texts("b in a")),
        ),
    )
    assert world(known, {"g": False}).company["c"] == (point(0),)
    assert world(known, {"c": 3}).company["g"] == options(True)
    assert refs_of(world(known, {"g": False, "c": 3})) == [{FactRef("g"), FactRef("c")}]


def test_a_problem_in_one_item_leaves_the_others_narrowed() -> None:
    items = {"one": {"item.f": True}, "two": {"item.f": False}}
    known = vocabulary(
        boolean("g"),
        *listed(
            of_item(boolean, "f"),
            of_item(count, "n", bounds=Interval(1, None), gate=Gate(yes("item.f"), 0)),
        ),
    )
    items["one"]["item.n"] = 0  # type: ignore[assignment]
    found = world(known, items=items)
    assert refs_of(found) == [{FactRef("item.f", "one"), FactRef("item.n", "one")}]
    assert found.lists["item"].items[1].values["item.n"] == (point(0),)


def test_lists_of_a_profile_may_be_open() -> None:
    given = Profile(lists={"items": ItemList((), open=True)})
    assert narrow(LISTS, given, TODAY).lists["item"].further is not None
