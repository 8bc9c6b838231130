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
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Adopted, Answer, FactRef, Item, ItemList, Profile
from compliancecheck.model.values import Number, Option, point
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
        "loyalty programme": {"people_nonsensitive_this_year": 99_000},
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
    "grid": GRID,
}  # fmt: skip
# The sides of the law's bounds, and days before, on and after the day of evaluation.
PEOPLE = (0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000)
NUMBERS: Mapping[FactType, tuple[Number, ...]] = {
    FactType.INTEGER: PEOPLE,
    FactType.NUMBER: (0, 1, 50, 100),
    FactType.MONEY: (0, 1, 29_000_000, 30_000_000, 1_000_000_000),
    FactType.DATE: tuple(
        date.fromisoformat(day).toordinal() for day in ("2023-01-01", "2024-06-19", "2024-06-20")
    ) + (TODAY, TODAY + 1),
}  # fmt: skip


@cache
def rules() -> Rules:
    return load_rules()


def run(profile: Profile, goal: str) -> Evaluation:
    wanted = (lambda _: True) if goal == "applies" else (lambda _: False)
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


def interview(truth: Truth, goal: str = "routes") -> Iterator[tuple[Profile, Screen]]:
    """The screens of one goal with the profile before each; the last one asks nothing."""
    profile = Profile()
    for _ in range(80):
        screen = next_screen(run(profile, goal), goal=goal)
        yield profile, screen
        if screen.kind not in ASKING:
            return
        profile = told(profile, screen, truth)
    raise AssertionError("the interview does not end")


def test_a_plain_exporter_has_its_route_after_at_most_eight_screens() -> None:
    shown = list(interview(PLAIN))
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
        ("operator", 8, ["security_assessment"]),
        ("zone", 9, ["contract_or_certification"]),
        ("untreated", 12, None),
        ("grid", 14, ["security_assessment"]),
        ("hotel", 20, None),
    ],
)
def test_other_companies_have_theirs(name: str, screens: int, ways: list[str] | None) -> None:
    shown = list(interview(COMPANIES[name]))
    assert len(shown) - 1 <= screens
    end = run(shown[-1][0], "routes")
    assert shown[-1][1].kind == "settled"
    assert all(line.settled for line in end.routes)  # its readings were adopted on the way
    if ways is not None:
        assert list(end.routes[-1].possible) == ways


def test_nobody_is_asked_twice_nor_anything_of_a_pack_that_does_not_concern_it() -> None:
    for truth in COMPANIES.values():
        asked = [ref for _, screen in interview(truth) for ref in screen.refs]
        assert len(asked) == len(set(asked))
        packs = {rules().facts[ref.name].pack for ref in asked if ref.name != "battery.applies"}
        assert packs == {"data-export"}


def test_a_company_that_exports_nothing_is_asked_nothing_more() -> None:
    truth = {**PLAIN, "data_export.exports_data": False}
    assert [screen.kind for _, screen in interview(truth)] == ["gates", "settled"]


# -- no question is idle -------------------------------------------------------------------------


def left_to_ask(evaluation: Evaluation, goal: str) -> set[FactRef]:
    if goal == "routes":
        waits = [line.missing for line in evaluation.routes]
    else:
        waits = [f.missing for f in evaluation.findings if f.status is Status.UNDETERMINED]
    return {ref for missing in waits for ref in missing}


def result(evaluation: Evaluation, goal: str) -> Result:
    if goal == "routes":
        return tuple((ln.item, ln.possible, ln.none_possible) for ln in evaluation.routes)
    return tuple((f.rule, f.item, f.possible) for f in evaluation.findings)


class Completion:
    """Answers to all else that is still open, drawn by lot once for each fact."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.drawn: dict[FactRef, Answer] = {}

    def draw(self, ref: FactRef) -> Answer:
        if ref not in self.drawn:
            self.drawn[ref] = answer(self.random.choice(list(candidates(ref))))
        return self.drawn[ref]

    def result(self, profile: Profile, goal: str) -> Result | None:
        """What comes out of a profile once nothing is left to ask; None: it cannot be."""
        for _ in range(60):
            evaluation = run(profile, goal)
            if evaluation.conflicts:
                return None
            refs = left_to_ask(evaluation, goal)
            if not refs:
                return result(evaluation, goal)
            for ref in sorted(refs, key=lambda r: (r.name, r.item or "")):
                if ref.item is None and rules().facts[ref.name].list is not None:
                    return None
                profile = profile.with_answer(ref, self.draw(ref), rules().facts[ref.name].list)
        return None


def candidates(ref: FactRef) -> Iterator[Option | Number]:
    fact = rules().facts[ref.name]
    if fact.type is FactType.BOOLEAN:
        yield from (True, False)
    elif fact.type is FactType.CHOICE:
        yield from fact.choices
    else:
        yield from (n for n in NUMBERS[fact.type] if fact.bounds.contains(n))


def matters(profile: Profile, ref: FactRef, goal: str, tries: int = 150) -> bool:
    """Whether two answers lead to different results, all else being equal."""
    list_name = rules().facts[ref.name].list
    for n in range(tries):
        completion = Completion(Random(f"{ref} {n}"))
        seen: set[Result] = set()
        for value in candidates(ref):
            found = completion.result(profile.with_answer(ref, answer(value), list_name), goal)
            if found is not None:
                seen.add(found)
            if len(seen) > 1:
                return True
    return False


def idle(truth: Truth, goal: str) -> list[FactRef]:
    """The facts that were asked and cannot change what is asked for."""
    return [
        ref
        for profile, screen in interview(truth, goal)
        if screen.kind == "facts"
        for ref in screen.refs
        if not matters(profile, ref, goal)
    ]


@pytest.mark.parametrize("name", list(COMPANIES))
def test_no_fact_is_asked_that_cannot_change_the_route(name: str) -> None:
    assert idle(COMPANIES[name], "routes") == []


def test_no_fact_is_asked_that_cannot_change_what_applies() -> None:
    assert idle(BATTERY, "applies") == []


def test_a_fact_that_no_rule_reads_would_be_found_idle() -> None:
    """The proof can fail: nothing hangs on the place of the recipient of a plain exporter."""
    profile, screen = list(interview(PLAIN))[-2]
    assert not matters(profile, FactRef("transfer.destination", "loyalty programme"), "routes", 5)
    assert matters(profile, screen.refs[0], "routes")
