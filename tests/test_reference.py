"""The oracle against small tables that were worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from compliancecheck.model import conditions as c
from compliancecheck.model.facts import Constraint, FactType, Gate, GateValue
from compliancecheck.model.findings import Outcome
from compliancecheck.model.instruments import Instrument, Prevails, Route, Rule, Rules
from compliancecheck.model.profile import Answer, Evidence, FactRef, ItemList, Profile
from compliancecheck.model.texts import DayRange
from compliancecheck.model.values import Interval
from tests import builders as b
from tests.reference import DAYS, FURTHER, Scalar, shifted, truths

TODAY = int(DAYS.low or 0) + 2
LAW = b.instrument("law")
PASS, FAIL, NOT = Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE
WHOLE = FactType.INTEGER
Given = Mapping[str, Scalar | Interval | Answer]


def profile(given: Given, items: ItemList | None = None, **more: object) -> Profile:
    lists = {} if items is None else {b.LIST: items}
    return Profile(answers=b.answers(given), lists=lists, **more)  # type: ignore[arg-type]


def outcomes(
    rules: Rules,
    given: Profile,
    rule: str = "law/r",
    item: str | None = None,
    law: int | None = None,
) -> set[Outcome]:
    """What the rule may be, over all readings."""
    found = truths(rules, given, TODAY, law).outcomes.get((rule, item), {})
    return {outcome for each in found.values() for outcome in each}


def requires(test: c.Condition, each: str | None = None, **more: object) -> Rule:
    return b.rule("law/r", requires=test, each=each, **more)


def total(bound: int, strict: bool = False) -> c.Compare:
    return c.Compare(c.DefinitionValue("p.total"), c.Limit(c.Literal(bound), strict), None)


# Three per cent of revenue, in small: a quarter of it, and improvement costs that may count.
RESEARCH = b.rules_of(
    [
        b.fact("p.research", WHOLE, bounds=Interval(0, 8)),
        b.fact("p.improvement", WHOLE, bounds=Interval(0, 2)),
        b.fact("p.operating", WHOLE, bounds=Interval(0, 12)),
        b.fact("p.main", WHOLE, bounds=Interval(0, 12)),
    ],
    [LAW],
    [
        requires(
            c.Compare(
                c.DefinitionValue("p.spent"),
                c.Limit(c.PercentOf(Fraction(1, 4), c.FactValue("p.main"))),
                None,
            )
        )
    ],
    definitions=[
        b.definition("p.spent", c.Sum((c.FactValue("p.research"), c.FactValue("p.improvement"))))
    ],
    constraints=[Constraint("p.main", "p.operating", 1, b.texts("a part of it"))],
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"p.research": 3, "p.improvement": 0, "p.main": 12}, {PASS}),  # exactly a quarter
        ({"p.research": 2, "p.improvement": 0, "p.main": 12}, {FAIL}),  # one less
        ({"p.research": 2, "p.main": 12}, {PASS, FAIL}),  # the improvement is not stated
        ({"p.research": 0, "p.main": 12}, {FAIL}),  # it cannot be enough
        ({"p.research": 3, "p.operating": 12}, {PASS}),  # main revenue is at most operating
        ({"p.research": 2, "p.improvement": 0, "p.operating": 12}, {PASS, FAIL}),  # never fail
        ({"p.main": 8, "p.operating": 4}, set()),  # no completion
    ],
)
def test_share_of_revenue(given: Given, expected: set[Outcome]) -> None:
    assert outcomes(RESEARCH, profile(given)) == expected


# An exemption that needs labour rules and a collective contract, or either of them.
_BOTH = (b.is_("p.rules"), b.is_("p.contract"))
EXEMPT = b.rules_of(
    [b.fact("p.rules", FactType.BOOLEAN), b.fact("p.contract", FactType.BOOLEAN)],
    [LAW],
    [
        b.rule(
            "law/hr",
            exempts=("law/r",),
            applies_when=c.Any(
                (
                    c.All(_BOTH),
                    c.All((c.ReadingIs("p.needs", frozenset({"either"})), c.Any(_BOTH))),
                )
            ),
        ),
        requires(c.Not(b.is_("p.rules"))),
    ],
    readings=[b.reading("p.needs", "either", "both")],
)


@pytest.mark.parametrize(
    ("given", "either", "both"),
    [
        ({"p.rules": True, "p.contract": False}, {NOT}, {FAIL}),  # contested
        ({"p.rules": True, "p.contract": True}, {NOT}, {NOT}),
        ({"p.rules": True}, {NOT}, {NOT, FAIL}),
        ({"p.rules": False, "p.contract": False}, {PASS}, {PASS}),
        ({}, {NOT, PASS}, {NOT, PASS, FAIL}),
    ],
)
def test_contested_exemption(given: Given, either: set[Outcome], both: set[Outcome]) -> None:
    found = truths(EXEMPT, profile(given), TODAY).outcomes["law/r", None]
    assert found == {(("p.needs", "either"),): either, (("p.needs", "both"),): both}


SMALL = b.rules_of(
    [b.fact("p.people", WHOLE, bounds=Interval(0, 12))],
    [LAW],
    [
        requires(
            c.Not(b.at_least("p.people", 10, strict=True)),
            applies_when=b.at_least("p.people", 5),
        )
    ],
)


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (4, {NOT}),
        (5, {PASS}),
        (10, {PASS}),
        (11, {FAIL}),
        (Interval(0, 4), {NOT}),
        (Interval(4, 6), {NOT, PASS}),
        (Interval(6, 10), {PASS}),
        (Interval(4, None), {NOT, PASS, FAIL}),
        (b.UNKNOWN, {NOT, PASS, FAIL}),
    ],
)
def test_a_volume_over_a_range(people: Answer | Interval | int, expected: set[Outcome]) -> None:
    assert outcomes(SMALL, profile({"p.people": people})) == expected


GATED = b.rules_of(
    [
        b.fact("p.exports", FactType.BOOLEAN),
        b.fact("p.count", WHOLE, bounds=Interval(1, 3), gate=Gate(b.is_("p.exports"), 0)),
    ],
    [LAW],
    [requires(b.at_least("p.count", 1), applies_when=b.is_("p.exports"))],
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"p.exports": True}, {PASS}),  # open: within its bounds, so never 0
        ({"p.exports": False}, {NOT}),
        ({"p.count": 2}, {PASS}),  # excludes 0, so the gate is open
        ({"p.count": 0}, {NOT}),  # excludes the bounds, so it is closed
        ({"p.exports": False, "p.count": 2}, set()),
    ],
)
def test_gates_both_ways(given: Given, expected: set[Outcome]) -> None:
    assert outcomes(GATED, profile(given)) == expected


@pytest.mark.parametrize(
    ("dated", "evidence", "expected"),
    [
        (None, None, {FAIL}),  # of today: after today
        (TODAY - 1, None, {PASS, FAIL}),  # said yesterday: today is still possible
        (TODAY - 1, TODAY, {FAIL}),
    ],
)
def test_not_yet(dated: int | None, evidence: int | None, expected: set[Outcome]) -> None:
    by_today = c.Compare(c.FactValue("p.filed"), None, c.Limit(c.AsOf()))
    rules = b.rules_of([b.fact("p.filed", FactType.DATE, event=True)], [LAW], [requires(by_today)])
    own = {FactRef("p.filed"): Evidence(dated=evidence)} if evidence else {}
    given = profile({"p.filed": b.NOT_YET}, dated=dated, evidence=own)
    assert outcomes(rules, given) == expected


def counting(test: c.Condition, where: c.Condition | None = None, known: bool = False) -> Rules:
    value = c.DistinctTotal("item.people", b.ITEM, where, b.KNOWN if known else None, None)
    facts = [
        b.fact("item.people", WHOLE, bounds=Interval(0, 4)),
        b.fact("item.in", FactType.BOOLEAN),
        *([b.fact(b.KNOWN, WHOLE, bounds=Interval(0, 12))] if known else []),
    ]
    return b.rules_of(facts, [LAW], [requires(test)], definitions=[b.definition("p.total", value)])


TWO = b.items({"item.people": 2, "item.in": True}, {"item.people": 3, "item.in": False})


@pytest.mark.parametrize(
    ("bound", "expected"), [(3, {PASS}), (4, {PASS, FAIL}), (5, {PASS, FAIL}), (6, {FAIL})]
)
def test_people_who_may_be_the_same(bound: int, expected: set[Outcome]) -> None:
    """Two and three people are three, four or five."""
    assert outcomes(counting(total(bound)), profile({}, TWO)) == expected


@pytest.mark.parametrize(
    ("known", "bound", "expected"),
    [
        (4, 4, {PASS}),
        (4, 5, {FAIL}),
        (2, 1, set()),  # fewer than the three of one item
        (6, 1, set()),  # more than all together
        (Interval(4, 5), 4, {PASS}),
        (Interval(4, 5), 5, {PASS, FAIL}),
    ],
)
def test_a_number_known_over_all(known: int | Interval, bound: int, expected: set[Outcome]) -> None:
    rules = counting(total(bound), known=True)
    assert outcomes(rules, profile({b.KNOWN: known}, TWO)) == expected


@pytest.mark.parametrize(
    ("known", "bound", "expected"),
    [(5, 2, {PASS}), (5, 3, {FAIL}), (4, 2, {PASS}), (3, 2, {PASS}), (3, 1, {PASS})],
)
def test_a_part_of_what_is_known(known: int, bound: int, expected: set[Outcome]) -> None:
    """Only the item of two people counts: at least all less the three left out, at most two."""
    rules = counting(total(bound), where=b.is_("item.in"), known=True)
    assert outcomes(rules, profile({b.KNOWN: known}, TWO)) == expected


@pytest.mark.parametrize(
    ("items", "bound", "expected"),
    [
        (b.items(), 1, {FAIL}),  # over an empty list it is 0
        (b.items(more=True), 1, {PASS, FAIL}),
        (None, 1, {PASS, FAIL}),
        (b.items({"item.people": 2}, more=True), 2, {PASS}),  # a lower bound
        (b.items({"item.people": 2}, more=True), 3, {PASS, FAIL}),
    ],
)
def test_totals_over_open_lists(items: ItemList | None, bound: int, expected: set[Outcome]) -> None:
    assert outcomes(counting(total(bound)), profile({}, items)) == expected


def test_findings_of_items() -> None:
    rules = b.rules_of(
        [b.fact("item.in", FactType.BOOLEAN)], [LAW], [requires(b.is_("item.in"), b.ITEM)]
    )
    shown = profile({}, b.items({"item.in": True}, {}, more=True))
    assert outcomes(rules, shown, item="a") == {PASS}
    assert outcomes(rules, shown, item="b") == {PASS, FAIL}
    assert outcomes(rules, shown, item=FURTHER) == {PASS, FAIL}
    empty = profile({}, b.items())
    assert outcomes(rules, empty) == {NOT}
    assert outcomes(rules, empty, item=FURTHER) == set()


def test_a_closed_gate_empties_a_list() -> None:
    rules = b.rules_of(
        [
            b.fact("p.exports", FactType.BOOLEAN),
            b.list_fact(Gate(b.is_("p.exports"), GateValue.EMPTY_LIST)),
            b.fact("item.in", FactType.BOOLEAN),
        ],
        [LAW],
        [requires(c.Some(b.ITEM, b.is_("item.in")))],
    )
    one = b.items({"item.in": True})
    assert outcomes(rules, profile({"p.exports": False})) == {FAIL}
    assert outcomes(rules, profile({"p.exports": True})) == {PASS, FAIL}
    assert outcomes(rules, profile({}, one)) == {PASS}
    assert outcomes(rules, profile({"p.exports": False}, one)) == set()


FLAG = b.fact("p.flag", FactType.BOOLEAN)
NEWER = DayRange(TODAY, TODAY + 1)  # the day on which it begins is disputed


@pytest.mark.parametrize(
    ("day", "expected"),
    [(TODAY - 1, {PASS}), (TODAY, {PASS, NOT}), (TODAY + 1, {NOT})],
)
def test_displaced_while_the_other_is_in_force(day: int, expected: set[Outcome]) -> None:
    rules = b.rules_of(
        [FLAG],
        [LAW, b.instrument("newer", NEWER)],
        [requires(b.is_("p.flag"))],
        prevails=[Prevails("newer", "13", "law/r")],
    )
    assert outcomes(rules, profile({"p.flag": True}), law=day) == expected


@pytest.mark.parametrize(
    ("law", "day", "expected"),
    [
        (b.instrument("law", NEWER), TODAY, {PASS, NOT}),
        (b.instrument("law", 1, ends=NEWER), TODAY, {PASS, NOT}),
        (b.instrument("law", 1, ends=NEWER), TODAY + 1, {NOT}),  # the first day without it
        (b.instrument("law", None), TODAY, {NOT}),  # a draft
        (b.instrument("law", TODAY, law_of="p.filed"), None, {PASS, NOT}),
        (b.instrument("law", TODAY, law_of="p.filed"), TODAY, {PASS}),  # the day that is set
    ],
)
def test_days_of_law(law: Instrument, day: int | None, expected: set[Outcome]) -> None:
    filed = b.fact("p.filed", FactType.DATE)
    rules = b.rules_of([FLAG, filed], [law], [requires(b.is_("p.flag"))])
    given = profile({"p.flag": True, "p.filed": Interval(TODAY - 1, TODAY)})
    assert outcomes(rules, given, law=day) == expected


ROUTE = b.rules_of(
    [b.fact("item.big", FactType.BOOLEAN), b.fact("item.free", FactType.BOOLEAN)],
    [LAW],
    [
        b.rule(
            "law/free", each=b.ITEM, applies_when=b.is_("item.free"), exempts=(),
            way=("p.way", "exempt"),
        ),
        requires(
            b.is_("item.free"), b.ITEM, applies_when=b.is_("item.big"), way=("p.way", "assessment")
        ),
        b.rule(
            "law/small", each=b.ITEM, applies_when=c.Not(b.is_("item.big")),
            way=("p.way", "contract"),
        ),
    ],
    routes=[
        Route("p.way", b.ITEM, {w: b.texts(w) for w in ("assessment", "contract", "exempt")})
    ],
)  # fmt: skip


def ways(given: Profile, item: str | None) -> set[str | None]:
    return truths(ROUTE, given, TODAY).ways.get(("p.way", item), {}).get((), set())


def test_ways_and_the_strongest_of_any_item() -> None:
    big, small = {"item.big": True, "item.free": False}, {"item.big": False, "item.free": False}
    free = {"item.big": True, "item.free": True}
    three = profile({}, b.items(big, small, free))
    assert [ways(three, key) for key in "abc"] == [{"assessment"}, {"contract"}, {"exempt"}]
    assert ways(three, None) == {"assessment"}
    assert ways(profile({}, b.items(small, free)), None) == {"contract"}
    assert ways(profile({}, b.items(small, {"item.big": True})), None) == {"assessment", "contract"}
    assert ways(profile({}, b.items(free, more=True)), None) == {
        "assessment", "contract", "exempt",
    }  # fmt: skip
    assert ways(profile({}, b.items()), None) == set()


def test_an_exemption_that_is_a_way_frees_from_the_other_ways() -> None:
    free = profile({}, b.items({"item.big": True, "item.free": True}))
    assert outcomes(ROUTE, free, "law/r", "a") == {NOT}
    assert outcomes(ROUTE, free, "law/free", "a") == {Outcome.INFORMATIVE}


def test_review_is_either_and_the_same_wherever_it_is_asked() -> None:
    unread = c.FactIs("p.flag", frozenset({True}), note=c.Note(review=True))
    once = b.rules_of([FLAG], [LAW], [requires(unread)])
    either = b.rules_of([FLAG], [LAW], [requires(c.Any((unread, c.Not(unread))))])
    assert outcomes(once, profile({"p.flag": True})) == {PASS, FAIL}
    assert outcomes(either, profile({})) == {PASS}


def test_what_a_benchmark_and_a_bare_rule_are() -> None:
    shown = b.rule("law/shown", compares=b.is_("p.flag"))
    rules = b.rules_of([FLAG], [LAW], [shown, b.rule("law/told", applies_when=b.is_("p.flag"))])
    assert outcomes(rules, profile({}), "law/shown") == {Outcome.MET, Outcome.NOT_MET}
    assert outcomes(rules, profile({"p.flag": True}), "law/told") == {Outcome.INFORMATIVE}
    assert outcomes(rules, profile({"p.flag": False}), "law/told") == {NOT}


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-02-29", 36, "2027-02-28"),
    ],
)
def test_months(day: str, months: int, then: str) -> None:
    start, end = date.fromisoformat(day).toordinal(), date.fromisoformat(then).toordinal()
    assert shifted(start, months) == end
