"""The trace says why, agrees with the finding, and stands in the place of each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.explain import explain, reason
from compliancecheck.logic.margin_words import margin_words, relative_text
from compliancecheck.logic.words import ref_path
from compliancecheck.model.conditions import Any, FactIs, HoldsCondition, Not, Note, Some
from compliancecheck.model.findings import (
    Evaluation,
    Explanation,
    Finding,
    Outcome,
    Reason,
    Status,
    TraceNode,
)
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, ItemList, Profile
from compliancecheck.model.texts import DayRange
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.profiles import load_profile_text
from tests.logic.small import (
    TODAY,
    accounts,
    day,
    export,
    exports,
    instrument,
    no,
    profile,
    texts,
    year,
    yes,
)
from tests.logic.test_decisive import HR, PROFILES


def get(evaluation: Evaluation, rule: str, item: str | None = None) -> Finding:
    return next(f for f in evaluation.findings if (f.rule, f.item) == (rule, item))


def explained(rules: Rules, given: Profile, rule: str, item: str | None = None) -> Explanation:
    evaluation = evaluate(given, rules, as_of=TODAY)
    return explain(evaluation, get(evaluation, rule, item))


def nodes(node: TraceNode) -> Iterator[TraceNode]:
    yield node
    for child in node.children:
        yield from nodes(child)


def find(explanation: Explanation, words: str) -> TraceNode:
    return next(n for n in nodes(explanation.trace) if n.words.en == words)


def test_a_share_with_its_figures_and_places() -> None:
    given = year(rd=29_999_999, process=0, revenue=10**9)
    found = explained(accounts(), given, "b/rd-share", "2024")
    assert found.trace.truth is False
    node = find(found, "R&D and process cost: at least 3% of main-business revenue")
    assert node.truth is False
    assert node.value is not None
    assert node.value.en == "CNY 29,999,999 (2.99%)"
    assert node.bound is not None
    assert node.bound.en == "CNY 30 million"
    figures = [(n.words.en, n.value and n.value.en, n.place and n.place.line, n.figure)
               for n in node.children]  # fmt: skip
    assert figures == [
        ("R&D expense", "CNY 29,999,999", 2, True),
        ("process cost", "CNY 0", 3, True),
        ("main-business revenue", "CNY 1 billion", 4, True),
    ]
    assert all(n.decisive for n in node.children)


def test_a_review_condition_is_open_and_says_what_it_would_give() -> None:
    found = explained(accounts(), year(rd=1, process=0, operating=0), "b/rd-share", "2024")
    assert found.finding.held == "review"
    node = find(found, "R&D expense: over CNY 0")
    assert (node.review, node.truth, node.would_give) == (True, None, True)


def test_a_review_group_and_a_review_negation() -> None:
    rules = exports()
    group = Any((yes("export.labour_rules"), yes("export.collective")), Note(review=True))
    for test, gives in (
        (group, True),
        (Not(replace(group, note=Note()), Note(review=True)), False),
    ):
        rule = replace(rules.rules["d/notice"], requires=test)
        own = replace(rules, rules={**rules.rules, "d/notice": rule})
        found = explained(own, profile({}, {"staff": HR}), "d/notice", "staff")
        node = found.trace.children[1]
        assert (node.review, node.truth, node.would_give) == (True, None, gives)


def test_a_total_shows_its_items_in_and_out() -> None:
    staff = {**HR, "export.collective": True}
    transit = export(access="transit", people=77)
    items = {"loyalty": export(people=420_000), "staff": staff, "transit": transit}
    given = profile({"ciio": False, "known": 421_000}, items)
    found = explained(exports(), given, "d/volume", "loyalty")
    node = find(found, "people this year: at least 1,000,000")
    told = [(n.words.en, n.value and n.value.en) for n in node.children]
    assert told == [
        ("distinct people", "421,000"),
        ("loyalty: counted", "420,000"),
        ("staff: not counted", "2,000"),
        ("transit: not counted", "77"),
    ]
    why = {n.words.en: [c.words.en for c in n.children] for n in node.children}
    assert why["staff: not counted"] == ["“HR under rules” does not apply"]
    assert why["transit: not counted"] == ["way abroad: sent abroad or accessed from abroad"]


def test_a_long_list_is_counted_beyond_twenty_those_that_hold_first() -> None:
    items = {f"no {n}": export(access="transit", people=1) for n in range(30)}
    given = profile({"ciio": False}, {**items, "yes": export(people=9)})
    node = find(
        explained(exports(), given, "d/volume", "yes"), "people this year: at least 1,000,000"
    )
    assert node.children[0].words.en == "yes: counted"
    assert node.children[-1].words.zh == "另有11项"
    assert len(node.children) == 21


def test_a_quantifier_opens_to_its_items() -> None:
    rules = exports()
    rule = replace(
        rules.rules["d/notice"], each=None, exempts=None, applies_when=None,
        requires=Some("export", yes("export.collective")),
    )  # fmt: skip
    without = replace(rules.rules["d/exempt-hr"], exempts=())
    own = replace(rules, rules={**rules.rules, "d/notice": rule, "d/exempt-hr": without})
    given = profile({}, {"a": export(collective=False), "b": export()}, open=True)
    found = explained(own, given, "d/notice")
    assert [(n.words.en, n.truth) for n in found.trace.children[1].children] == [
        ("a: collective contract: yes", False),
        ("b: collective contract: yes", None),
        ("a further item: collective contract: yes", None),
    ]


def test_conditions_named_by_holds_open_to_their_own() -> None:
    found = explained(exports(), profile({"ciio": False}, {"staff": HR}), "d/volume", "staff")
    node = find(found, "counted")
    assert [n.words.en for n in node.children] == [
        "way abroad: sent abroad or accessed from abroad",
        "“HR under rules” does not apply",
    ]
    assert node.children[0].article == "2"
    assert node.children[1].rule == "d/exempt-hr"


def test_an_adopted_reading_is_shown_at_its_line() -> None:
    given = profile({}, {"staff": HR}, readings={"needs": "either"})
    found = explained(exports(), given, "d/exempt-hr", "staff")
    node = find(found, "Does the exemption need both? “one is enough”")
    assert node.truth is True
    assert node.value == texts("one is enough", "具备其一即可")
    assert node.place is not None
    assert node.place.line == 99


def test_contested_has_the_open_trace_and_its_readings() -> None:
    found = explained(exports(), profile({}, {"staff": HR}), "d/exempt-hr", "staff")
    assert found.finding.status is Status.CONTESTED
    assert len(found.finding.readings) == 2
    assert found.trace.children[0].truth is None
    assert find(found, "Does the exemption need both? “one is enough”").truth is None


def test_without_proof_nothing_is_marked() -> None:
    evaluation = evaluate(profile({}, {"staff": HR}), exports(), as_of=TODAY)
    found = explain(evaluation, get(evaluation, "d/exempt-hr", "staff"), proof=False)
    assert (found.decisive, found.also) == ((), ())
    assert not any(n.decisive for n in nodes(found.trace))


@pytest.mark.parametrize(("rules", "given"), PROFILES)
def test_the_tree_agrees_with_the_diagram_where_it_is_settled(rules: Rules, given: Profile) -> None:
    evaluation = evaluate(given, rules, as_of=TODAY)
    for finding in evaluation.findings:
        found = explain(evaluation, finding)
        scope, *test = found.trace.children
        assert scope.truth is finding.scope
        truths = [n.truth for n in scope.children]
        alone = False if False in truths else None if None in truths else True
        assert alone is None or alone is finding.scope
        if finding.scope is True and finding.status in (Status.PASS, Status.FAIL):
            assert test[0].truth is (finding.status is Status.PASS)
        shown = {n.ref for n in nodes(found.trace) if n.decisive}
        acting = {FactRef("accounts.operating", "2024")}  # it acts through a constraint
        own = {ref for ref in found.decisive if ref.item in (None, finding.item)}
        assert own - acting <= shown


# -- why a rule does not apply ---------------------------------------------------------------------


def why(rules: Rules, given: Profile, rule: str, item: str | None) -> tuple[str, str | None]:
    evaluation = evaluate(given, rules, as_of=TODAY)
    finding = get(evaluation, rule, item)
    found = reason(evaluation, finding)
    assert found is not None
    assert explain(evaluation, finding).finding.reason == found
    return found.kind, found.by


def test_reasons() -> None:
    exempt = {**HR, "export.collective": True, "export.people": 5}
    items = {"staff": exempt, "transit": export(access="transit")}
    given = profile({"ciio": False}, items)
    assert why(exports(), given, "d/notice", "staff") == ("exempted", "d/exempt-hr")
    assert why(exports(), given, "d/notice", "transit") == ("scope", None)
    assert why(exports(), given, "d/volume", "staff") == ("scope", None)
    assert why(exports(), given, "old/volume", "staff") == ("displaced", "d")
    empty = replace(given, lists={"exports": ItemList(())})
    assert why(exports(), empty, "d/notice", None) == ("no_item", None)
    found = explained(exports(), empty, "d/notice")
    assert found.trace.children[0].ref == FactRef("exports")


def test_what_applies_has_no_reason() -> None:
    evaluation = evaluate(profile({}, {"staff": HR}), exports(), as_of=TODAY)
    assert reason(evaluation, get(evaluation, "d/notice", "staff")) is None


def test_the_edition_that_governs_by_the_date_of_application() -> None:
    rules = accounts()
    filed = replace(exports().facts["known"], name="filed", type=exports().facts[
        "export.filed_on"].type)  # fmt: skip
    start = day("2024-06-20")
    own = replace(
        rules,
        facts={**rules.facts, "filed": filed},
        instruments={
            "b": instrument("b", law_of="filed", effective=DayRange(start, start), replaces=("a",)),
            "a": instrument(
                "a", law_of="filed", effective=DayRange(1, 1), ends=DayRange(start, start)
            ),
        },
    )
    given = profile({"filed": start - 1}, {"2024": {"accounts.rd": 1}}, "years")
    assert why(own, given, "b/rd-share", "2024") == ("not_in_force", "a")
    found = explained(own, given, "b/rd-share", "2024")
    assert found.decisive == (FactRef("filed"),)
    (margin,) = found.margins
    assert (margin.distance.low, margin.turns, margin.unit) == (1, "more", "days")


def test_conditions_without_label_stand_with_their_article() -> None:
    rules = exports()
    rule = replace(rules.rules["d/notice"], applies_when=Not(HoldsCondition("abroad")))
    own = replace(rules, rules={**rules.rules, "d/notice": rule})
    found = explained(own, profile({}, {"one": export()}), "d/notice", "one")
    node = find(found, "way abroad: none of: sent abroad, accessed from abroad")
    assert (node.truth, node.article) == (False, "2")
    assert found.finding.possible == {Outcome.NOT_APPLICABLE}


def test_a_note_stands_at_its_node() -> None:
    rules = exports()
    because = texts("Article 2 says so.")
    test = FactIs("ciio", frozenset({True}), note=Note("2(1)", because, "memory"))
    rule = replace(rules.rules["d/notice"], requires=Any((test, no("ciio"))))
    own = replace(rules, rules={**rules.rules, "d/notice": rule})
    found = explained(own, profile({"ciio": True}, {"one": export()}), "d/notice", "one")
    node = find(found, "CII operator: yes")
    assert (node.article, node.because, node.confidence) == ("2(1)", because, "memory")


# -- over the packs -------------------------------------------------------------------------------

EXPORTER = """\
dated: 2026-03-01
data_export:
  exports_data: true
  ciio: false
  transfers:
    - name: loyalty
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      exporter_registered_in_zone: false
      people_nonsensitive_this_year: 420000
      people_sensitive_this_year: 0
      mechanism: contract
      contract_effective_on: 2025-12-01
    - name: staff
      access: remote_access_from_abroad
      has_personal_information: true
      important_data: none
      purpose: hr_management
      necessary: true
      employees_only: true
      labour_rules: true
      collective_contract: false
      people_nonsensitive_this_year: 2000
      people_sensitive_this_year: 300
"""
MAKER = """\
battery:
  applies: true
  is_applying: true
  application_date: 2025-03-03
  years:
    - {year: 2024, rd_expense: CNY 7.691 billion, operating_revenue: CNY 130.356 billion}
  volumes:
    - {segment: cell, output: 162.3, capacity: 170.39}
"""


@pytest.fixture(scope="module")
def packs() -> Rules:
    return load_rules()


def evaluated(packs: Rules, text: str) -> Evaluation:
    given, problems = load_profile_text(text, "volta.yaml", packs)
    assert given is not None, problems
    return evaluate(given, packs, as_of=TODAY)


@pytest.mark.parametrize("text", [EXPORTER, MAKER])
def test_every_finding_of_the_packs_is_explained_in_words(packs: Rules, text: str) -> None:
    evaluation = evaluated(packs, text)
    names = {*packs.facts, *packs.definitions, *packs.conditions, *packs.readings, *packs.rules}
    told = 0
    for finding in evaluation.findings:
        found = explain(evaluation, finding, proof=finding.fired)
        scope = found.trace.children[0]
        truths = [n.truth for n in scope.children]
        alone = False if False in truths else None if None in truths else True
        assert alone is None or alone is finding.scope, finding.rule
        for node in nodes(found.trace):
            told += 1
            assert node.words.en, finding.rule
            assert node.words.zh, finding.rule
            assert not any(name in node.words.en for name in names), node.words.en
    assert told > 500 or text == MAKER


def test_the_volume_of_an_exporter(packs: Rules) -> None:
    evaluation = evaluated(packs, EXPORTER)
    found = explain(evaluation, get(evaluation, "cn.cac.2024-16/assessment-volume", "loyalty"))
    (margin,) = found.margins
    assert margin_words(margin).en == "it takes 578,000 to 580,000 more to turn it"
    assert found.finding.reason == Reason("scope")
    node = find(found, "people this year, other PI: at least 1,000,000")
    assert [n.words.en for n in node.children] == ["loyalty: counted", "staff: may be counted"]
    assert node.value is not None
    assert node.value.zh == "420,000至422,000"


def test_the_account_of_a_maker(packs: Rules) -> None:
    evaluation = evaluated(packs, MAKER)
    found = explain(evaluation, get(evaluation, "cn.miit.2024-14/rd-share", "2024"))
    assert margin_words(found.margins[0]).en == "at least CNY 3,780.32 million above the bound"
    paths = [ref_path(packs, ref) for ref in found.decisive]
    assert paths == [
        "battery.applies",
        "battery.application_date",
        "battery.years[2024].operating_revenue",
        "battery.years[2024].rd_expense",
    ]
    found = explain(evaluation, get(evaluation, "cn.miit.2024-14/output-ratio", "cell"))
    assert relative_text(found.margins[0]) == "+90.5%"
