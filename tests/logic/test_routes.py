"""Routes: the way of an item, and the company's line over closed, open and empty lists."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.routes import members_of
from compliancecheck.model.conditions import All, ReadingIs
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import RouteLine
from compliancecheck.model.instruments import Reading, Route, Rule, Rules
from compliancecheck.model.profile import FactRef
from tests.logic.small import TODAY, duty, fact, instrument, named, one_of, profile, rules, texts

WAYS = ("assess", "contract", "exempt")
KINDS = ("big", "middle", "small", "special", "odd", "none")


def known(*more: Rule, each: str | None = "item") -> Rules:
    """``big`` is assessed, ``middle`` contracted, ``small`` exempt, ``special`` exempt by one
    reading and contracted by the other, ``odd`` assessed or nothing by another reading."""
    fact_name = "item.kind" if each else "kind"
    inside = {"list": "items", "item": "item"} if each else {}
    kind = fact(
        fact_name, FactType.CHOICE, texts("kind"), choices={k: texts(k) for k in KINDS}, **inside
    )
    items = fact("items", FactType.LIST, texts("items"), item="item", key="name",
                 fields=(fact_name,) if each else ())  # fmt: skip

    def member(slug: str, way: str, reading: str = "", choice: str = "", **rest: object) -> Rule:
        kinds = one_of(fact_name, slug.split("-")[0])
        by = ReadingIs(reading, frozenset({choice}))
        when = All((kinds, by)) if reading else kinds
        return duty(f"d/{slug}", slug, each=each, applies_when=when, way=("route", way), **rest)

    return rules(
        facts=named(items, kind),
        instruments=named(instrument("d")),
        readings=named(*(
            Reading(name, "1", texts("?"), {"a": texts("a"), "b": texts("b")}, None)
            for name in ("r", "s")
        )),
        routes=named(Route("route", each, {w: texts(w) for w in WAYS})),
        rules=named(
            member("big", "assess"),
            member("middle", "contract"),
            member("small", "exempt", exempts=()),
            member("special-free", "exempt", "r", "a", exempts=()),
            member("special", "contract"),
            member("odd", "assess", "s", "a"),
            *more,
        ),
    )  # fmt: skip


def lines(
    items: Mapping[str, str | None] | None = None, **more: object
) -> dict[str | None, RouteLine]:
    """The lines by item; a kind of None is not answered."""
    given = None if items is None else {
        name: {} if kind is None else {"item.kind": kind} for name, kind in items.items()
    }  # fmt: skip
    found = evaluate(profile({}, given, "items", **more), known(), as_of=TODAY)  # type: ignore[arg-type]
    return {line.item: line for line in found.routes}


def left(line: RouteLine) -> list[str | None]:
    return [*line.possible, *([None] if line.none_possible else [])]


def by_reading(line: RouteLine) -> dict[tuple[str, ...], list[str | None]]:
    return {tuple(c for _, c in v.adopt): list(v.ways) for v in line.readings}


# -- one item ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ways", "settled"),
    [
        ("big", ["assess"], True),
        ("small", ["exempt"], True),
        ("none", [None], True),
        (None, ["assess", "contract", "exempt", None], False),
    ],
)
def test_the_way_of_an_item(kind: str | None, ways: list[str | None], settled: bool) -> None:
    line = lines({"one": kind})["one"]
    assert (left(line), line.settled, line.contested) == (ways, settled, False)
    assert line.missing == (() if settled else (FactRef("item.kind", "one"),))
    assert line.reason == ("no_way" if ways == [None] else None)


def test_an_exemption_that_is_a_way_frees_from_the_other_ways() -> None:
    """``special`` is contracted unless the exemption, by one reading, applies."""
    line = lines({"one": "special"})["one"]
    assert (left(line), line.contested) == (["contract", "exempt"], True)
    assert by_reading(line) == {("a",): ["exempt"], ("b",): ["contract"]}
    assert left(lines({"one": "special"}, readings={"r": "a"})["one"]) == ["exempt"]


def test_a_way_or_none_by_reading() -> None:
    line = lines({"one": "odd"})["one"]
    assert (left(line), line.contested) == (["assess", None], True)
    assert by_reading(line) == {("a",): ["assess"], ("b",): [None]}


def test_a_contested_way_asks_nothing() -> None:
    assert lines({"one": "special"})["one"].missing == ()


# -- the company's line --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "ways"),
    [
        (["big"], ["assess"]),
        (["small", "big"], ["assess"]),
        (["small", "middle"], ["contract"]),
        (["small", "none"], ["exempt"]),  # an item without a way adds nothing
        (["none", "none"], [None]),
        (["small", None], ["assess", "contract", "exempt"]),  # exempt at least
        (["middle", None], ["assess", "contract"]),
        (["big", None], ["assess"]),
        ([None], ["assess", "contract", "exempt", None]),
        ([None, "none"], ["assess", "contract", "exempt", None]),
    ],
)
def test_the_strongest_way_of_any_item(kinds: list[str | None], ways: list[str | None]) -> None:
    found = lines({f"i{n}": kind for n, kind in enumerate(kinds)})
    assert left(found[None]) == ways
    assert found[None].settled is (len(ways) == 1)
    assert (found[None].missing == ()) is (len(ways) == 1)
    assert found[None].open_list is False


def test_the_companys_line_against_all_combinations_of_two_items() -> None:
    ranks = {way: n for n, way in enumerate([*WAYS, None])}
    for one, two in product(["big", "middle", "small", "none", None], repeat=2):
        found = lines({"one": one, "two": two})
        pairs = product(left(found["one"]), left(found["two"]))
        strongest = {min(pair, key=lambda way: ranks[way]) for pair in pairs}
        assert left(found[None]) == sorted(strongest, key=lambda way: ranks[way]), (one, two)


def test_the_company_is_judged_reading_by_reading() -> None:
    """Whatever the reading one of the two is contracted, and none is ever assessed."""
    found = lines({"one": "special", "two": "middle"})
    assert (left(found[None]), found[None].contested) == (["contract"], False)
    assert found[None].settled
    found = lines({"one": "special", "two": "small"})
    assert (left(found[None]), found[None].contested) == (["contract", "exempt"], True)
    assert by_reading(found[None]) == {("a",): ["exempt"], ("b",): ["contract"]}


def test_two_readings_of_two_items_are_combined() -> None:
    line = lines({"one": "special", "two": "odd"})[None]
    assert line.contested
    assert by_reading(line) == {
        ("a", "a"): ["assess"],
        ("a", "b"): ["exempt"],
        ("b", "a"): ["assess"],
        ("b", "b"): ["contract"],
    }


def test_what_one_reading_leaves_open_is_not_contested() -> None:
    line = lines({"one": "special", "two": None})[None]
    assert (line.contested, line.settled) == (False, False)
    assert line.missing == (FactRef("item.kind", "two"),)


# -- lists that are open, unknown or empty -------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "more", "ways"),
    [
        (None, {}, ["assess", "contract", "exempt", None]),
        ({}, {"open": True}, ["assess", "contract", "exempt", None]),
        ({"one": "small"}, {"open": True}, ["assess", "contract", "exempt"]),
        ({"one": "middle"}, {"open": True}, ["assess", "contract"]),
        ({"one": "big"}, {"open": True}, ["assess"]),
    ],
)
def test_an_open_list_counts_its_further_item(
    items: Mapping[str, str | None] | None, more: Mapping[str, object], ways: list[str | None]
) -> None:
    found = lines(items, **more)
    assert left(found[None]) == ways
    assert found[None].open_list
    assert set(found) == {None, *(items or {})}  # the further item has no line


def test_over_an_empty_list_there_is_no_item() -> None:
    line = lines({})[None]
    assert (left(line), line.reason, line.settled) == ([], "no_item", False)
    assert (line.missing, line.open_list) == ((), False)


# -- routes of the company, and members ----------------------------------------------------------


def test_a_route_of_the_company_has_one_line() -> None:
    company = known(each=None)
    for kind, ways in (("big", ["assess"]), ("none", [None]), ("special", ["contract", "exempt"])):
        found = evaluate(profile({"kind": kind}), company, as_of=TODAY)
        assert [(line.item, left(line)) for line in found.routes] == [(None, ways)]


def test_members_are_the_rules_that_give_or_may_give_a_way() -> None:
    found = evaluate(
        profile({}, {"one": {"item.kind": "special"}, "two": {"item.kind": "small"}}, "items"),
        known(),
        as_of=TODAY,
    )
    by_item = {line.item: line for line in found.routes}
    assert members_of(found, by_item["one"], "exempt") == ("d/special-free",)
    assert members_of(found, by_item["one"], "contract") == ("d/special",)
    assert members_of(found, by_item["two"], "exempt") == ("d/small",)
    assert members_of(found, by_item[None], "exempt") == ("d/small", "d/special-free")
    assert members_of(found, by_item[None], "assess") == ()


def double(kind: str) -> Rules:
    """A second rule for one kind: a duty whose way is the strongest."""
    return known(
        duty("d/double", "double", each="item", applies_when=one_of("item.kind", kind),
             requires=one_of("item.kind", kind), way=("route", "assess"))
    )  # fmt: skip


def test_a_duty_with_a_way_frees_from_nothing() -> None:
    given = profile({}, {"one": {"item.kind": "middle"}}, "items")
    found = evaluate(given, double("middle"), as_of=TODAY)
    assert {f.rule: f.status.value for f in found.findings}["d/middle"] == "informative"
    assert left(found.routes[0]) == ["assess"]  # two ways at once: the linter's business


def test_an_exemption_with_a_way_frees_from_a_duty_of_another_way() -> None:
    given = profile({}, {"one": {"item.kind": "small"}}, "items")
    found = evaluate(given, double("small"), as_of=TODAY)
    assert {f.rule: f.status.value for f in found.findings}["d/double"] == "not_applicable"
    assert left(found.routes[0]) == ["exempt"]
