"""Sets, `every`, and what is counted and added up over items: statuses, questions, words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from compliancecheck.logic.bands import option_bands
from compliancecheck.logic.computing import Judge
from compliancecheck.logic.decisive import decisive_answers
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.explain import explain
from compliancecheck.logic.in_play import intervals_in_play
from compliancecheck.logic.words import condition_words, value_words, values_words
from compliancecheck.model import conditions as c
from compliancecheck.model.facts import FactType, Gate, GateValue
from compliancecheck.model.findings import Evaluation, Finding, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef, ItemList, Profile
from compliancecheck.model.values import ANY, Interval, Members
from tests import builders as b

DAY = 738_916
PASS, FAIL, OPEN = Status.PASS, Status.FAIL, Status.UNDETERMINED
TOPICS = "p.topics"
PLAN = Gate(b.is_("p.plan"), GateValue.EMPTY_LIST)
Given = Mapping[str, frozenset[str] | bool | int | Interval | Answer]


def one_rule(requires: c.Condition, *definitions: c.Value, gate: Gate | None = None) -> Rules:
    facts = [
        b.fact("p.plan", FactType.BOOLEAN),
        b.choices(TOPICS, "a", "b", "c", gate=gate),
        b.fact("item.big", FactType.BOOLEAN),
        b.fact("item.people", FactType.INTEGER, bounds=Interval(0, 100)),
        b.fact("item.gain", FactType.MONEY, unit="CNY"),
    ]
    return b.rules_of(
        facts,
        [b.instrument("law")],
        [b.rule("law/r", requires=requires)],
        definitions=[b.definition(f"p.d{n}", value) for n, value in enumerate(definitions)],
    )


def evaluated(rules: Rules, given: Given, items: ItemList | None = None) -> Evaluation:
    lists = {} if items is None else {b.LIST: items}
    return evaluate(Profile(answers=b.answers(given), lists=lists), rules, as_of=DAY)


def found(rules: Rules, given: Given, items: ItemList | None = None) -> Finding:
    (finding,) = evaluated(rules, given, items).findings
    return finding


ALL_TOPICS = c.All(tuple(b.includes(TOPICS, option) for option in "abc"))


@pytest.mark.parametrize(
    ("answer", "every_topic", "any_of_two", "none_of_two"),
    [
        (frozenset("abc"), PASS, PASS, FAIL),
        (frozenset("ac"), FAIL, PASS, FAIL),
        (frozenset("c"), FAIL, FAIL, PASS),
        (frozenset(), FAIL, FAIL, PASS),
        (b.members("a"), OPEN, PASS, FAIL),
        (b.members("", "ac"), FAIL, OPEN, OPEN),
        (b.members("ab", "abc"), OPEN, PASS, FAIL),
        (b.members("", "c"), FAIL, FAIL, PASS),
        (b.UNKNOWN, OPEN, OPEN, OPEN),
    ],
)
def test_what_a_set_holds(
    answer: frozenset[str] | Answer, every_topic: Status, any_of_two: Status, none_of_two: Status
) -> None:
    given = {TOPICS: answer}
    two = b.includes(TOPICS, "a", "b")
    assert found(one_rule(ALL_TOPICS), given).status is every_topic
    assert found(one_rule(two), given).status is any_of_two
    assert found(one_rule(c.Not(two)), given).status is none_of_two


def test_options_of_one_set_are_told_apart() -> None:
    """`a or not a` settles, whatever the rest of the set is."""
    either = c.Any((b.includes(TOPICS, "a"), c.Not(b.includes(TOPICS, "a"))))
    assert found(one_rule(either), {}).status is PASS
    a_or_b = c.Any((b.includes(TOPICS, "a", "b"), c.Not(b.includes(TOPICS, "b"))))
    assert found(one_rule(a_or_b), {}).status is PASS


@pytest.mark.parametrize(
    ("given", "status", "conflicts"),
    [
        ({"p.plan": False}, FAIL, 0),
        ({"p.plan": True}, OPEN, 0),
        ({TOPICS: frozenset("a")}, PASS, 0),  # it holds something, so the gate is open
        ({TOPICS: frozenset()}, FAIL, 0),  # it may be empty behind an open gate, too
        ({"p.plan": False, TOPICS: frozenset("a")}, OPEN, 1),
        ({"p.plan": False, TOPICS: b.members("")}, FAIL, 0),
    ],
)
def test_a_set_behind_a_gate(given: Given, status: Status, conflicts: int) -> None:
    rules = one_rule(c.All((b.includes(TOPICS, "a"), b.is_("p.plan"))), gate=PLAN)
    result = evaluated(rules, given)
    assert len(result.conflicts) == conflicts
    if not conflicts:
        assert result.findings[0].status is status


def test_an_option_says_that_the_gate_is_open_inside_the_diagram() -> None:
    implies = c.Any((c.Not(b.includes(TOPICS, "a", "b")), b.is_("p.plan")))
    assert found(one_rule(implies, gate=PLAN), {}).status is PASS


@pytest.mark.parametrize(
    ("gate_topics", "plan", "left"),
    [
        ("a", True, Members(frozenset("a"), frozenset("abc"))),
        ("a", False, Members(frozenset(), frozenset("bc"))),
        ("ab", True, Members(frozenset(), frozenset("abc"))),  # one of them: which, is open
        ("ab", False, Members(frozenset(), frozenset("c"))),
    ],
)
def test_a_gate_narrows_the_set_that_it_reads(gate_topics: str, plan: bool, left: Members) -> None:
    gate = Gate(b.includes(TOPICS, *gate_topics), 7)
    rules = b.rules_of(
        [
            b.choices(TOPICS, "a", "b", "c"),
            b.fact("p.count", FactType.INTEGER, bounds=Interval(1, 3), gate=gate),
        ],
        [b.instrument("law")],
        [b.rule("law/r", requires=b.at_least("p.count", 2))],
    )
    answer = Interval(1, 2) if plan else 7
    engine = engine_of(evaluated(rules, {"p.count": answer}))
    assert engine.world.company[TOPICS] == left


BIG = b.is_("item.big")
YES, NO = {"item.big": True}, {"item.big": False}


@pytest.mark.parametrize(
    ("items", "status"),
    [
        (b.items(), PASS),  # over an empty list
        (b.items(YES, YES), PASS),
        (b.items(YES, NO), FAIL),
        (b.items(YES, {}), OPEN),
        (b.items(YES, more=True), OPEN),
        (b.items(NO, more=True), FAIL),
        (None, OPEN),
    ],
)
def test_every_item(items: ItemList | None, status: Status) -> None:
    every = c.Every(b.ITEM, BIG)
    assert found(one_rule(every), {}, items).status is status
    turned = {PASS: FAIL, FAIL: PASS, OPEN: OPEN}[status]
    assert found(one_rule(c.Not(every)), {}, items).status is turned


def test_every_further_item_may_satisfy_surely() -> None:
    """Only what is true of any item at all is true of every item of an open list."""
    either = c.Every(b.ITEM, c.Any((BIG, c.Not(BIG))))
    assert found(one_rule(either), {}, b.items(YES, more=True)).status is PASS


PEOPLE: list[Given] = [{"item.people": 3, "item.big": True}, {"item.people": Interval(4, 6)}]
COUNT, COUNT_BIG = c.Count(b.ITEM, None), c.Count(b.ITEM, BIG)
TOTAL, TOTAL_BIG = (c.Total("item.people", b.ITEM, where) for where in (None, BIG))
GAIN = c.Total("item.gain", b.ITEM, None)


@pytest.mark.parametrize(
    ("value", "items", "expected"),
    [
        (COUNT, b.items(), Interval(0, 0)),
        (COUNT, b.items(*PEOPLE), Interval(2, 2)),
        (COUNT, b.items(*PEOPLE, more=True), Interval(2, None)),
        (COUNT_BIG, b.items(*PEOPLE), Interval(1, 2)),
        (COUNT_BIG, b.items(YES, NO, more=True), Interval(1, None)),
        (COUNT_BIG, None, Interval(0, None)),
        (TOTAL, b.items(), Interval(0, 0)),
        (TOTAL, b.items(*PEOPLE), Interval(7, 9)),
        (TOTAL, b.items(*PEOPLE, more=True), Interval(7, None)),
        (TOTAL_BIG, b.items(*PEOPLE), Interval(3, 9)),
        (TOTAL_BIG, b.items(PEOPLE[0], {"item.people": 5, "item.big": False}), Interval(3, 3)),
        (GAIN, b.items({"item.gain": -5}, {"item.gain": Interval(2, None)}), Interval(-3, None)),
        (GAIN, b.items({"item.gain": -5}, more=True), ANY),
        (GAIN, b.items({"item.gain": 1}, {}), ANY),
        (c.Difference(TOTAL, TOTAL_BIG), b.items(PEOPLE[0]), Interval(0, 0)),
        (c.Difference(c.Literal(10), TOTAL), b.items(*PEOPLE, more=True), Interval(None, 3)),
        (c.Difference(GAIN, c.Literal(1)),
         b.items({"item.gain": Interval(2, 3, True, False)}), Interval(1, 2, True, False)),
        (c.Difference(c.Literal(1), GAIN),
         b.items({"item.gain": Interval(2, 3, True, False)}), Interval(-2, -1, False, True)),
    ],
)  # fmt: skip
def test_counts_totals_differences(
    value: c.Value, items: ItemList | None, expected: Interval
) -> None:
    rules = one_rule(BIG_ENOUGH, value)
    judge: Judge = engine_of(evaluated(rules, {}, items)).judge()
    assert judge.definition("p.d0", ()) == (expected,)


BIG_ENOUGH = c.Compare(c.DefinitionValue("p.d0"), c.Limit(c.Literal(5)), None)


@pytest.mark.parametrize(
    ("requires", "value", "missing", "lists"),
    [
        (ALL_TOPICS, None, [FactRef(TOPICS)], ()),
        (c.Every(b.ITEM, BIG), None, [FactRef("item.big", "c")], ()),
        (BIG_ENOUGH, COUNT_BIG, [FactRef("item.big", "c")], ()),
        # of b, which counts, the people; of a, which does not, nothing; c may count
        (BIG_ENOUGH, TOTAL_BIG,
         [FactRef("item.people", "b"), FactRef("item.big", "c"), FactRef("item.people", "c")], ()),
    ],
)  # fmt: skip
def test_what_is_asked(
    requires: c.Condition, value: c.Value | None, missing: list[FactRef], lists: tuple[str, ...]
) -> None:
    rules = one_rule(requires, *([value] if value else []))
    items = b.items({**NO, "item.people": 1}, YES, {})
    if isinstance(requires, c.Every):
        items = b.items(YES, YES, {})
    finding = found(rules, {}, items)
    if value is COUNT_BIG:  # at most two: never five
        assert finding.status is FAIL
        return
    assert list(finding.missing) == missing
    assert finding.open_lists == lists


def test_an_open_list_is_asked_for_a_total() -> None:
    finding = found(one_rule(BIG_ENOUGH, TOTAL), {}, b.items({"item.people": 1}, more=True))
    assert (finding.missing, finding.open_lists) == ((), (b.LIST,))
    reached = found(one_rule(BIG_ENOUGH, TOTAL), {}, b.items({"item.people": 6}, more=True))
    assert reached.status is PASS


def test_the_cut_of_a_total_is_less_what_the_others_give() -> None:
    items = b.items({"item.people": 2}, {})
    result = evaluated(one_rule(BIG_ENOUGH, TOTAL), {}, items)
    lows = {i.low for i in intervals_in_play(result, FactRef("item.people", "b"))}
    assert lows == {3}


def test_the_cuts_of_a_difference() -> None:
    less = c.Difference(c.Literal(10), c.FactValue("p.count"))
    rules = b.rules_of(
        [b.fact("p.count", FactType.INTEGER, bounds=Interval(0, 20))],
        [b.instrument("law")],
        [b.rule("law/r", requires=BIG_ENOUGH)],
        definitions=[b.definition("p.d0", less)],
    )
    ends = {i.high for i in intervals_in_play(evaluated(rules, {}), FactRef("p.count"))}
    assert ends == {5}


# -- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "en", "zh"),
    [
        (b.includes(TOPICS, "b"), "p.topics: includes b", "p.topics：包括b"),
        (b.includes(TOPICS, "b", "a"), "p.topics: includes a or b", "p.topics：包括a或b"),
        (c.Not(b.includes(TOPICS, "b")), "p.topics: does not include b", "p.topics：不包括b"),
        (c.Not(b.includes(TOPICS, "a", "b")), "p.topics: includes none of: a, b",
         "p.topics：不包括a、b中的任何一项"),
        (c.Every(b.ITEM, BIG), "in every item of “p.items”: item.big: yes",
         "“p.items”中每一项：item.big：是"),
        (c.Not(c.Every(b.ITEM, BIG)), "not in every item of “p.items”: item.big: yes",
         "“p.items”中并非每一项：item.big：是"),
    ],
)  # fmt: skip
def test_conditions_in_words(condition: c.Condition, en: str, zh: str) -> None:
    words = condition_words(one_rule(ALL_TOPICS), condition)
    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (COUNT, "number of items of “p.items”", "“p.items”的项数"),
        (COUNT_BIG, "number of items of “p.items” where item.big: yes",
         "“p.items”的项数（item.big：是）"),
        (TOTAL, "total of “item.people” over “p.items”", "“p.items”中“item.people”的合计"),
        (c.Difference(c.Literal(10), c.FactValue("item.people")), "10 less item.people",
         "10减item.people"),
    ],
)  # fmt: skip
def test_values_in_words(value: c.Value, en: str, zh: str) -> None:
    words = value_words(one_rule(ALL_TOPICS), value, FactType.INTEGER, None)
    assert (words.en, words.zh) == (en, zh)


@pytest.mark.parametrize(
    ("answer", "en", "zh"),
    [
        (frozenset("ca"), "a, c", "a、c"),
        (frozenset(), "none of them", "均无"),
        (b.members("b"), "b, perhaps others", "b，可能还有其他"),
        (b.members("b", "bc"), "b; perhaps c", "b；可能有c"),
        (b.members("", "bc"), "perhaps b, c", "可能有b、c"),
        (b.members(""), "not known", "未知"),
    ],
)
def test_sets_in_words(answer: frozenset[str] | Answer, en: str, zh: str) -> None:
    values = b.answers({TOPICS: answer})[TOPICS].values
    assert values is not None
    words = values_words(one_rule(ALL_TOPICS).facts[TOPICS], values)
    assert (words.en, words.zh) == (en, zh)


# -- proof ----------------------------------------------------------------------------------------


def test_what_each_option_leads_to() -> None:
    rules = one_rule(c.Not(b.includes(TOPICS, "a")))
    bands = option_bands(evaluated(rules, {TOPICS: b.members("b")}), FactRef(TOPICS))
    assert [(band.words.en, band.leads_to, band.now) for band in bands] == [
        ("a", ("fail",), False),
        ("b", ("undetermined",), True),
        ("c", ("undetermined",), False),
    ]


def test_the_set_that_fails_is_decisive_and_shown() -> None:
    result = evaluated(one_rule(ALL_TOPICS), {TOPICS: frozenset("ab"), "p.plan": True})
    engine, finding = engine_of(result), result.findings[0]
    assert decisive_answers(engine, finding)[0] == (FactRef(TOPICS),)
    requires = explain(result, finding).trace.children[1]
    told = {node.words.en: (node.truth, node.value and node.value.en) for node in requires.children}
    assert told["p.topics: includes c"] == (False, "a, b")


def test_the_items_of_every_and_of_a_count_stand_in_the_proof() -> None:
    items = b.items(YES, NO)
    result = evaluated(one_rule(c.Every(b.ITEM, BIG)), {}, items)
    requires = explain(result, result.findings[0]).trace.children[1]
    assert [(n.words.en, n.truth) for n in requires.children] == [
        ("a: item.big: yes", True),
        ("b: item.big: yes", False),
    ]
    result = evaluated(one_rule(BIG_ENOUGH, COUNT_BIG), {}, items)
    requires = explain(result, result.findings[0]).trace.children[1]
    assert [(n.words.en, n.truth) for n in requires.children] == [
        ("a: counted", True),
        ("b: not counted", False),
    ]
