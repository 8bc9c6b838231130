"""The interview: gates first, then one goal at a time, themes on a screen, readings, the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from compliancecheck.logic.interview import Screen, next_screen
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from tests.logic.asking import (
    ASKED,
    BIG,
    GOODS,
    ITEMS,
    KIND,
    PEOPLE,
    found,
    over,
    unknown,
    with_listing,
)

PRIVATE = FactRef("item.private", "one")
NOTICE = FactRef("item.notice", "one")
SETTLED = {**GOODS, "item.people": 50}
ODD = {"item.kind": "odd", "item.private": True, "item.people": 50}


def shown(screen: Screen) -> tuple[str, list[FactRef]]:
    return screen.kind, list(screen.refs)


def test_gates_come_first_and_alone() -> None:
    screen = next_screen(found())
    assert shown(screen) == ("gates", [FactRef("exports")])
    assert shown(next_screen(found({"big": True}), goal="duties")) == (
        "gates", [FactRef("exports")],
    )  # fmt: skip


def test_a_gate_that_is_not_known_is_not_asked_again() -> None:
    given = unknown(found(), FactRef("exports"))
    assert next_screen(given).kind != "gates"


def test_then_the_names_of_the_items() -> None:
    screen = next_screen(found({"exports": True}))
    assert shown(screen) == ("names", [ITEMS])
    assert screen.list_name == "items"


def test_then_fact_by_fact_those_of_one_theme_together() -> None:
    assert shown(next_screen(found({"exports": True}, {"one": {}}))) == ("facts", [BIG])
    screen = next_screen(found(ASKED, {"one": {}}))
    assert shown(screen) == ("facts", [KIND, PRIVATE])
    assert (screen.item, screen.list_name, screen.title.en) == ("one", "items", "about it")
    assert screen.remaining == 3  # the number of people as well
    half = next_screen(found(ASKED, {"one": {"item.kind": "goods"}}))
    assert shown(half) == ("facts", [PRIVATE])


def test_a_theme_is_that_of_one_item() -> None:
    screen = next_screen(found(ASKED, {"one": {"item.kind": "goods"}, "two": {}}))
    assert shown(screen) == ("facts", [PRIVATE])
    assert screen.item == "one"


@pytest.mark.parametrize(
    ("company", "items", "kind"),
    [
        ({"exports": False}, None, "settled"),
        (ASKED, {}, "settled"),
        (ASKED, {"one": SETTLED}, "settled"),
        (ASKED, {"one": {**GOODS, "item.people": over(2_000_000)}}, "settled"),
        (ASKED, {"one": GOODS}, "facts"),
        ({"exports": True, "big": True}, {"one": GOODS}, "settled"),
    ],
)
def test_it_stops_when_the_routes_are_settled(
    company: Mapping[str, object], items: Mapping[str, Mapping[str, object]] | None, kind: str
) -> None:
    assert next_screen(found(company, items)).kind == kind


def test_a_range_that_leaves_it_open_is_not_asked_again() -> None:
    """It was answered; the route waits, and the screen says how many facts it waits for."""
    screen = next_screen(found(ASKED, {"one": {**GOODS, "item.people": over(900_000)}}))
    assert (screen.kind, screen.remaining) == ("settled", 0)
    wide = unknown(found(ASKED, {"one": GOODS}), PEOPLE)
    assert next_screen(wide).kind == "settled"
    assert next_screen(wide).title.en == "The route waits; nothing is left to ask"
    assert next_screen(found(ASKED, {"one": SETTLED})).title.en == "The route is settled"


def test_a_contested_route_offers_its_reading_once() -> None:
    given = found(ASKED, {"one": ODD})
    screen = next_screen(given)
    assert (screen.kind, screen.reading, screen.refs) == ("reading", "r", ())
    assert next_screen(given, offered=frozenset({"r"})).kind == "settled"
    adopted = found(ASKED, {"one": ODD}, readings={"r": "a"})
    assert next_screen(adopted).kind == "settled"


def test_readings_come_after_the_facts() -> None:
    given = found(ASKED, {"one": ODD, "two": GOODS})
    assert shown(next_screen(given)) == ("facts", [FactRef("item.people", "two")])


def test_a_skipped_fact_is_passed_over_until_the_set_is_emptied() -> None:
    given = found({"exports": True}, {"one": {}})
    screen = next_screen(given, skipped=frozenset({BIG}))
    assert shown(screen) == ("facts", [KIND, PRIVATE])
    everything = frozenset({BIG, KIND, PRIVATE, PEOPLE})
    at_the_end = next_screen(given, skipped=everything)
    assert (at_the_end.kind, at_the_end.remaining) == ("settled", 4)
    assert shown(next_screen(given)) == ("facts", [BIG])


def test_the_second_goal_asks_what_the_first_left_out() -> None:
    given = found(ASKED, {"one": SETTLED})
    assert shown(next_screen(given, goal="duties")) == ("facts", [NOTICE])
    done = found(ASKED, {"one": {**SETTLED, "item.notice": True}})
    assert next_screen(done, goal="duties").kind == "done"


def test_where_nothing_applies_the_end_says_so_and_offers_the_rest() -> None:
    given = found({"exports": False}, rules=with_listing())
    screen = next_screen(given, goal="duties")
    assert (screen.kind, screen.title.en) == ("settled", "Nothing applies so far")
    assert shown(next_screen(given, goal="others")) == ("facts", [FactRef("listing")])


Answering = Callable[[FactRef], object]


def walk(truth: Answering, names: tuple[str, ...]) -> tuple[list[Screen], Evaluation]:
    """All screens until nothing is left to ask for the routes, answered by *truth*."""
    company: dict[str, object] = {}
    items: dict[str, dict[str, object]] | None = None
    screens: list[Screen] = []
    while True:
        given = found(company, items)
        screen = next_screen(given)
        screens.append(screen)
        if screen.kind not in ("gates", "names", "facts"):
            return screens, given
        assert len(screens) < 20
        for ref in screen.refs:
            if screen.kind == "names":
                items = {name: {} for name in names}
            elif ref.item is None:
                company[ref.name] = truth(ref)
            else:
                assert items is not None
                items[ref.item][ref.name] = truth(ref)


@pytest.mark.parametrize("big", [True, False])
@pytest.mark.parametrize("kind", ["goods", "odd", "inside"])
@pytest.mark.parametrize("people", [50, 150_000, 2_000_000])
@pytest.mark.parametrize("names", [("one",), ("one", "two")])
def test_whatever_is_answered_it_ends_and_each_question_comes_once(
    big: bool, kind: str, people: int, names: tuple[str, ...]
) -> None:
    truth: dict[str, object] = {
        "exports": True, "big": big, "item.kind": kind, "item.private": True,
        "item.people": people, "known": people,
    }  # fmt: skip
    screens, end = walk(lambda ref: truth[ref.name], names)
    asked = [ref for screen in screens for ref in screen.refs]
    assert len(asked) == len(set(asked))
    assert all(line.settled or line.contested for line in end.routes)
    assert [screen.remaining for screen in screens[-1:]] == [0]


def test_a_reading_is_offered_with_the_goal_of_its_finding() -> None:
    """The route's reading belongs to the duties of what applies, not to what else may apply."""
    given = found(ASKED, {"one": {**ODD, "item.notice": True}}, rules=with_listing())
    assert next_screen(given, goal="duties").reading == "r"
    assert next_screen(given, goal="others").reading is None
