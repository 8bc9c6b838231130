"""The interview over the shipped packs: how many screens, and that no question is idle.

A company answers truthfully what it is asked, and nothing else. For each fact that it is asked
two answers are found, with one completion of all else that is still open, that lead to
different results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.interview import Screen, next_screen
from compliancecheck.logic.narrowing import narrow
from compliancecheck.logic.program import Program
from compliancecheck.logic.reach import reach_of
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Adopted, Answer, FactRef, Item, ItemList, Profile
from compliancecheck.model.values import Number, Option, Values, hull, point
from compliancecheck.reading.packs import load_rules

TODAY = date(2026, 11, 24).toordinal()
ASKING = ("gates", "names", "facts", "reading")
Truth = Mapping[str, object]
Result = tuple[object, ...]

# What a fact says that is not given: none of it.
MOST: Truth = {"necessary": True, "access": "sent_abroad", "purpose": "marketing"}
EXPORTER: Truth = {
    "battery.applies": False,
    "data_export.exports_data": True,
    "data_export.handles_personal_information": True,
    "data_export.people_handled_in_total": 2_000_000,
    "has_personal_information": True,
    "people_nonsensitive_this_year": 50_000,
}
PLAIN: Truth = {**EXPORTER, "data_export.transfers": {"loyalty programme": {}}}
HOTEL: Truth = {
    **EXPORTER,
    "data_export.transfers": {
        "reservations": {"purpose": "individual_contract", "individual_is_party": True},
        "staff": {
            "purpose": "hr_management", "employees_only": True, "labour_rules": True,
            "people_nonsensitive_this_year": 2_000,
        },
        "loyalty programme": {"people_nonsensitive_this_year": 150_000},
    },
}  # fmt: skip
OPERATOR: Truth = {**PLAIN, "data_export.ciio": True}
ZONE: Truth = {
    **EXPORTER,
    "data_export.transfers": {"crash tests": {
        "exporter_registered_in_zone": True, "zone_list_published": True,
        "zone_list_position": "on_list", "zone_list_demands": "contract_or_certification",
    }},
}  # fmt: skip
UNTREATED: Truth = {
    **EXPORTER,
    "data_export.transfers": {"crash tests": {
        "exporter_registered_in_zone": True, "zone_list_published": True,
        "zone_list_position": "off_list_field_not_covered",
        "people_nonsensitive_this_year": 150_000,
    }},
}  # fmt: skip
GRID: Truth = {
    **EXPORTER,
    "data_export.transfers": {
        "drawings": {"has_personal_information": False, "important_data": "notified"},
        "service": {"purpose": "customer_service", "people_sensitive_this_year": 1},
    },
}
BATTERY: Truth = {
    "battery.applies": True,
    "data_export.exports_data": False,
    "battery.legal_person": True,
    "battery.years": {"2025": {"rd_expense": 29_000_000, "operating_revenue": 1_000_000_000,
                               "main_business_revenue": 990_000_000}},
    "battery.main_products": {"cell one": {"invention_patent": True}},
    "battery.volumes": {"cell": {"output": 60, "capacity": 100}},
}  # fmt: skip
COMPANIES = {
    "plain": PLAIN, "hotel": HOTEL, "operator": OPERATOR, "zone": ZONE, "untreated": UNTREATED,
    "grid": GRID, "battery": BATTERY,
}  # fmt: skip
EXPORTERS = [name for name in COMPANIES if name != "battery"]
# The sides of the law's bounds, and days before, on and after the day of evaluation.
PEOPLE = (0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000)
NUMBERS: Mapping[FactType, tuple[Number, ...]] = {
    FactType.INTEGER: PEOPLE,
    FactType.NUMBER: (0, 1, 50, 100),
    FactType.MONEY: (0, 1, 29_000_000, 30_000_000, 1_000_000_000),
    FactType.DATE: (
        date(2023, 1, 1).toordinal(), date(2024, 6, 20).toordinal(), TODAY, TODAY + 1,
    ),
}  # fmt: skip


@cache
def rules() -> Rules:
    return load_rules()


def run(profile: Profile, goal: str) -> Evaluation:
    wanted = (lambda _: True) if goal == "duties" else (lambda _: False)
    return evaluate(profile, rules(), as_of=TODAY, wanted=wanted)


# -- a truthful company --------------------------------------------------------------------------


def truth_of(truth: Truth, ref: FactRef) -> Option | Number:
    """What the company says when it is asked; of what is not given: no, none, 0."""
    fact = rules().facts[ref.name]
    own = truth.get(fact.list or "", {})
    assert isinstance(own, Mapping)
    given = {**MOST, **truth, **own.get(ref.item, {})}.get(fact.field_name)
    if given is not None:
        assert isinstance(given, Option | Number)
        return given
    if fact.type is FactType.BOOLEAN:
        return False
    if fact.type is FactType.CHOICE:
        return next(iter(fact.choices))
    return TODAY if fact.type is FactType.DATE else 0


def answer(value: Option | Number) -> Answer:
    if isinstance(value, bool | str):
        return Answer(frozenset({value}), str(value))
    return Answer((point(value),), str(value))


def told(profile: Profile, screen: Screen, truth: Truth) -> Profile:
    """The profile with the screen answered."""
    if screen.reading is not None:
        choice = next(iter(rules().readings[screen.reading].choices))
        return replace(profile, readings={**profile.readings, screen.reading: Adopted(choice)})
    for ref in screen.refs:
        fact = rules().facts[ref.name]
        if screen.kind == "names":
            names = truth.get(ref.name, {})
            assert isinstance(names, Mapping)
            listed = ItemList(tuple(Item(name, {}) for name in names))
            profile = replace(profile, lists={**profile.lists, ref.name: listed})
        else:
            profile = profile.with_answer(ref, answer(truth_of(truth, ref)), fact.list)
    return profile


@cache
def interview(name: str, goal: str = "routes") -> list[tuple[Profile, Screen]]:
    """The screens of one goal with the profile before each; the last one asks nothing."""
    return list(asked_of(COMPANIES[name], goal))


def asked_of(truth: Truth, goal: str) -> Iterator[tuple[Profile, Screen]]:
    profile = Profile()
    for _ in range(80):
        screen = next_screen(run(profile, goal), goal=goal)
        yield profile, screen
        if screen.kind not in ASKING:
            return
        profile = told(profile, screen, truth)
    raise AssertionError("the interview does not end")


def test_a_plain_exporter_has_its_route_after_at_most_eight_screens() -> None:
    shown = interview("plain")
    asking = [screen for _, screen in shown if screen.kind in ASKING]
    assert len(asking) <= 8
    end = run(shown[-1][0], "routes")
    assert [(line.item, line.possible) for line in end.routes] == [
        ("loyalty programme", ("exempt",)),
        (None, ("exempt",)),
    ]
    assert all(line.settled for line in end.routes)


@pytest.mark.parametrize(
    ("name", "screens", "ways"),
    [
        ("operator", 6, ["security_assessment"]),
        ("zone", 9, ["contract_or_certification"]),
        # Two of these screens ask whether the handler is a small one.
        ("untreated", 13, ["exempt"]),  # by the first of two readings
        ("grid", 13, ["security_assessment"]),  # one asks whether its data is automotive
        ("hotel", 24, ["contract_or_certification"]),  # three exports, and a reading for one
    ],
)
def test_other_companies_have_theirs(name: str, screens: int, ways: list[str]) -> None:
    shown = interview(name)
    assert len(shown) - 1 <= screens
    end = run(shown[-1][0], "routes")
    assert (shown[-1][1].kind, shown[-1][1].title.en) == ("settled", "The route is settled")
    assert all(line.settled for line in end.routes)  # its readings were adopted on the way
    assert list(end.routes[-1].possible) == ways


def test_nobody_is_asked_twice_nor_anything_of_a_pack_that_does_not_concern_it() -> None:
    for name in EXPORTERS:
        asked = [ref for _, screen in interview(name) for ref in screen.refs]
        assert len(asked) == len(set(asked))
        packs = {rules().facts[ref.name].pack for ref in asked if ref.name != "battery.applies"}
        assert packs == {"data-export"}


def test_the_hotel_is_offered_the_reading_on_its_staff_and_nobody_else_one() -> None:
    readings = {name: [s.reading for _, s in interview(name) if s.reading] for name in EXPORTERS}
    assert readings["hotel"] == ["data_export.hr_exemption_needs"]
    assert readings["untreated"] == ["data_export.zone_outside_list"]
    assert sum(map(len, readings.values())) == 2


def test_two_exports_that_may_overlap_are_asked_for_the_distinct_people() -> None:
    two: Truth = {
        **EXPORTER,
        "data_export.people_nonsensitive_this_year": 99_999,
        "data_export.transfers": {"club": {}, "mail": {}},  # 50,000 each
    }
    shown = list(asked_of(two, "routes"))
    asked = [ref.name for _, screen in shown for ref in screen.refs]
    assert asked[-1] == "data_export.people_nonsensitive_this_year"  # the last of all
    end = run(shown[-1][0], "routes")
    assert [line.possible for line in end.routes] == [("exempt",)] * 3


def test_a_company_that_exports_nothing_is_asked_nothing_more() -> None:
    truth = {**PLAIN, "data_export.exports_data": False}
    assert [screen.kind for _, screen in asked_of(truth, "routes")] == ["gates", "settled"]


# -- no question is idle -------------------------------------------------------------------------


@cache
def read_for(goal: str) -> tuple[str, ...]:
    """The facts that the routes, or the rules of the battery pack, read; without the optional."""
    program = Program(rules(), TODAY, None)
    if goal == "routes":
        diagrams = [program.route_diagram(name) for name in rules().routes]
    else:
        diagrams = [program.rule_diagram(r) for r in rules().rules.values()
                    if rules().instruments[r.instrument].pack == "battery"]  # fmt: skip
    found: set[str] = set()
    for diagram in diagrams:
        reach = reach_of(program, diagram)
        found |= reach.own | reach.inner
    return tuple(name for name, fact in rules().facts.items()
                 if name in found and not fact.optional)  # fmt: skip


def result(evaluation: Evaluation, goal: str) -> Result:
    if goal == "routes":
        return tuple((ln.item, ln.possible, ln.none_possible, ln.readings)
                     for ln in evaluation.routes)  # fmt: skip
    return tuple((f.rule, f.item, f.possible) for f in evaluation.findings)


def candidates(profile: Profile, ref: FactRef) -> Iterator[Option | Number]:
    """All options; of numbers both sides of each bound of the law."""
    fact = rules().facts[ref.name]
    if fact.type is FactType.BOOLEAN:
        yield from (True, False)
    elif fact.type is FactType.CHOICE:
        yield from fact.choices
    elif fact.optional:  # distinct people over all items: the greatest item, or their sum
        field = "transfer." + ref.name.rpartition(".")[2]
        counts = [item.answers[field].values for listed in profile.lists.values()
                  for item in listed.items if field in item.answers]  # fmt: skip
        numbers = [hull(values).low or 0 for values in counts if isinstance(values, tuple)]
        yield from (max(numbers), sum(numbers))
    else:
        yield from (n for n in NUMBERS[fact.type] if fact.bounds.contains(n))


class Completion:
    """Answers to all else, in an order of preference drawn by lot once for each fact."""

    def __init__(self, truth: Truth, goal: str, random: Random) -> None:
        self.truth = truth
        self.goal = goal
        self.random = random
        self.drawn: dict[FactRef, list[Option | Number]] = {}

    def _order(self, profile: Profile, ref: FactRef) -> list[Option | Number]:
        if ref not in self.drawn:
            order = list(candidates(profile, ref))
            self.random.shuffle(order)
            if self.random.random() < 0.6:  # mostly as it is: what is far-fetched proves little
                order.insert(0, truth_of(self.truth, ref))
            self.drawn[ref] = order
        return self.drawn[ref]

    def result(self, profile: Profile) -> Result | None:
        """What comes out of a profile with all else answered; None: it cannot be."""
        for name in read_for(self.goal):
            fact = rules().facts[name]
            listed = profile.lists.get(fact.list or "")
            keys = [item.key for item in listed.items] if listed else [] if fact.list else [None]
            for key in keys:
                ref = FactRef(name, key)
                given = profile.answers if key is None else _item(listed, key).answers
                if name not in given:
                    left = _values(profile, ref)
                    value = next((v for v in self._order(profile, ref) if _holds(left, v)), None)
                    if value is None:
                        return None
                    profile = profile.with_answer(ref, answer(value), fact.list)
        evaluation = run(profile, self.goal)
        return None if evaluation.conflicts else result(evaluation, self.goal)


def _item(listed: ItemList | None, key: str) -> Item:
    assert listed is not None
    return next(item for item in listed.items if item.key == key)


def _values(profile: Profile, ref: FactRef) -> Values:
    world = narrow(rules(), profile, TODAY)
    fact = rules().facts[ref.name]
    if ref.item is None:
        return world.company[ref.name]
    items = world.lists[fact.item or ""].items
    return next(item.values[ref.name] for item in items if item.key == ref.item)


def _holds(values: Values, value: Option | Number) -> bool:
    if isinstance(values, frozenset):
        return value in values
    assert isinstance(values, tuple)
    assert not isinstance(value, str)
    return any(interval.contains(value) for interval in values)


def matters(truth: Truth, profile: Profile, ref: FactRef, goal: str, tries: int = 100) -> bool:
    """Whether two answers lead to different results, all else being equal."""
    list_name = rules().facts[ref.name].list
    for n in range(tries):
        completion = Completion(truth, goal, Random(f"{ref} {n}"))
        seen: set[Result] = set()
        for value in candidates(profile, ref):
            found = completion.result(profile.with_answer(ref, answer(value), list_name))
            if found is not None:
                seen.add(found)
            if len(seen) > 1:
                return True
    return False


def idle(name: str, goal: str) -> list[FactRef]:
    """The facts that were asked and cannot change what is asked for."""
    return [
        ref
        for profile, screen in interview(name, goal)
        if screen.kind == "facts"
        for ref in screen.refs
        if not matters(COMPANIES[name], profile, ref, goal)
    ]


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_fact_is_asked_that_cannot_change_the_route(name: str) -> None:
    assert idle(name, "routes") == []


def test_no_fact_is_asked_that_cannot_change_what_applies() -> None:
    assert idle("battery", "duties") == []


def test_a_fact_that_no_rule_reads_would_be_found_idle() -> None:
    """The proof can fail: nothing hangs on the place of the recipient of a plain exporter."""
    profile, screen = interview("plain")[-2]
    destination = FactRef("transfer.destination", "loyalty programme")
    assert not matters(PLAIN, profile, destination, "routes", 5)
    assert matters(PLAIN, profile, screen.refs[0], "routes")
