"""Questions: what still matters, for whom, in which order; what is settled asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.questions import questions
from compliancecheck.model.findings import Evaluation, Question
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval
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
from tests.logic.small import TODAY, duty, instrument, yes

ROUTES = ("routes",)
PRIVATE = FactRef("item.private", "one")
NOTICE = FactRef("item.notice", "one")


def asked(evaluation: Evaluation, *goals: str) -> list[FactRef]:
    return [q.ref for q in questions(evaluation, goals or ROUTES)]


def of(evaluation: Evaluation, ref: FactRef, *goals: str) -> Question:
    return next(q for q in questions(evaluation, goals or ROUTES) if q.ref == ref)


def test_from_nothing_the_list_is_asked_first() -> None:
    """What concerns an item is not asked of nobody."""
    assert asked(found())[0] == ITEMS
    assert all(ref.item is None for ref in asked(found(), "routes", "duties", "others"))
    assert not any(ref.name.startswith("item.") for ref in asked(found()))


def test_facts_of_an_item_follow_the_vocabulary() -> None:
    assert asked(found({"exports": True}, {"one": {}})) == [BIG, KIND, PRIVATE, PEOPLE]


def test_items_are_asked_one_after_the_other() -> None:
    given = found(ASKED, {"one": {}, "two": {"item.kind": "goods"}})
    assert asked(given) == [
        KIND, PRIVATE, PEOPLE, FactRef("item.private", "two"), FactRef("item.people", "two"),
        FactRef("known"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("company", "item", "left"),
    [
        ({"exports": True, "big": True}, {"item.kind": "goods"}, [PRIVATE]),
        ({"exports": True, "big": True}, GOODS, []),  # assessed whatever the number
        ({"exports": True}, {"item.kind": "inside"}, []),  # not counted: no way
        ({"exports": True}, {**GOODS, "item.people": 2_000_000}, []),
        ({"exports": True}, {**GOODS, "item.people": 100}, [BIG]),
        (ASKED, {**GOODS, "item.people": over(1_000_000)}, []),
        (ASKED, {**GOODS, "item.people": over(900_000)}, [PEOPLE]),  # answered too widely
        (ASKED, {**GOODS, "item.people": (Interval(200_000, 300_000),)}, []),
    ],
)
def test_what_is_settled_asks_nothing(
    company: Mapping[str, object], item: Mapping[str, object], left: list[FactRef]
) -> None:
    assert asked(found(company, {"one": item})) == left


def test_an_optional_fact_comes_last_and_only_beside_several_items() -> None:
    one = found(ASKED, {"one": GOODS})
    assert asked(one) == [PEOPLE]
    items = {"one": {**GOODS, "item.people": 70_000}, "two": {**GOODS, "item.people": 60_000}}
    assert asked(found(ASKED, items)) == [FactRef("known")]  # 70,000 to 130,000
    items["two"]["item.people"] = 20_000
    assert asked(found(ASKED, items)) == []


def test_no_fact_that_no_rule_reads_is_asked() -> None:
    given = found({"exports": True}, {"one": {}})
    names = {ref.name for ref in asked(given, "routes", "duties")}
    assert not {"spare", "item.begun"} & names


def test_each_question_says_who_waits() -> None:
    given = found(ASKED, {"one": GOODS})
    assert of(given, PEOPLE).matters_to == ("way",)
    assert of(given, PEOPLE, "duties").matters_to == ("d/assess", "d/contract", "d/exempt")
    assert of(given, PEOPLE, "routes", "duties").matters_to == (
        "way", "d/assess", "d/contract", "d/exempt",
    )  # fmt: skip
    assert of(given, NOTICE, "duties").matters_to == ("d/notice",)


def test_each_goal_asks_its_own() -> None:
    given = found(ASKED, {"one": GOODS})
    assert NOTICE not in asked(given, "routes")
    assert asked(given, "duties") == [PEOPLE, NOTICE]
    assert asked(given, "routes", "duties") == [PEOPLE, NOTICE]


def test_a_contested_route_asks_no_facts() -> None:
    odd = {"item.kind": "odd", "item.private": True, "item.people": 100, "item.notice": True}
    given = found(ASKED, {"one": odd})
    assert [line.contested for line in given.routes] == [True, True]
    assert asked(given, "routes", "duties") == []


def test_an_open_list_is_asked_also_where_the_rest_is_settled() -> None:
    settled = {**GOODS, "item.people": 100, "item.notice": True}
    given = found(ASKED, {"one": settled}, open=True)
    assert ITEMS in asked(given)
    assert asked(given)[0] == ITEMS
    assert asked(found(ASKED, {"one": settled}), "routes", "duties") == []


def test_a_closed_gate_leaves_nothing_to_ask() -> None:
    assert asked(found({"exports": False}), "routes", "duties") == []
    assert asked(found({"exports": True}, {}), "routes", "duties") == []


def test_what_is_not_known_still_matters() -> None:
    given = unknown(found(ASKED, {"one": GOODS}), PEOPLE)
    assert asked(given) == [PEOPLE]


@pytest.mark.parametrize(
    ("items", "cuts"),
    [
        ({"one": GOODS}, ["100,000", "1,000,000"]),
        # beside 40,000 others: the bound itself, and the bound less what the others give
        ({"one": GOODS, "two": {**GOODS, "item.people": 40_000}},
         ["60,000", "100,000", "960,000", "1,000,000"]),
        # the others reach the lower bound already
        ({"one": GOODS, "two": {**GOODS, "item.people": 100_000}}, ["900,000", "1,000,000"]),
    ],
)  # fmt: skip
def test_cuts_are_the_bounds_that_can_still_turn_something(
    items: Mapping[str, Mapping[str, object]], cuts: list[str]
) -> None:
    given = found(ASKED, items)
    assert [cut.en.removesuffix(" people") for cut in of(given, PEOPLE).cuts] == cuts


def test_a_yes_or_no_question_has_no_cuts() -> None:
    assert of(found({"exports": True}, {"one": GOODS}), BIG).cuts == ()


def test_an_instrument_of_which_nothing_applies_is_asked_last() -> None:
    """The pack's gate is open, but another of its instruments applies already."""
    given = found({"exports": True, "big": True}, {"one": GOODS}, rules=with_listing())
    listing = FactRef("listing")
    assert listing not in asked(given, "routes", "duties", "dates")
    assert asked(given, "others") == [listing]
    assert asked(given, "routes", "duties", "dates", "others")[-1] == listing


def test_where_nothing_applies_yet_the_gate_alone_opens_the_pack() -> None:
    given = found({"exports": True}, {}, rules=with_listing())
    assert asked(given, "duties") == [FactRef("listing")]
    assert asked(given, "others") == []


def test_what_a_draft_asks_comes_after_all_law() -> None:
    """Its rule applies, but it is no law: it is not near, nor does it move the law away."""
    known = with_listing()
    law = duty("d/law", "law", applies_when=yes("big"), requires=yes("spare"))
    draft = duty("e/review", "review", applies_when=yes("exports"), requires=yes("listing"))
    drafts = replace(
        known,
        instruments={**known.instruments, "e": instrument("e", effective=None)},
        rules={**known.rules, draft.id: draft, law.id: law},
    )
    company = found({"exports": True}, {}, rules=drafts).profile
    given = evaluate(company, drafts, as_of=TODAY, drafts=True)
    assert any(f.fired and f.rule == draft.id for f in given.findings)
    assert asked(given, "duties") == [BIG, FactRef("spare")]
    assert asked(given, "others") == [FactRef("listing")]
