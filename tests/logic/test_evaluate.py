"""Findings: the table of statuses, readings, what is in force, displaced, drafts, lists."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.conditions import All, Any, Condition, HoldsRule, Not, Note, ReadingIs
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Finding, Outcome, Reason, Status
from compliancecheck.model.instruments import Instrument, Prevails, Reading, Rule, Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import DayRange
from compliancecheck.model.values import Interval
from tests.logic.small import (
    START,
    TODAY,
    at_least,
    day,
    duty,
    fact,
    instrument,
    named,
    no,
    profile,
    rules,
    texts,
    yes,
)

P, Q = yes("p"), yes("q")
NA, PASS, FAIL = Outcome.NOT_APPLICABLE, Outcome.PASS, Outcome.FAIL
MET, NOT_MET, INFORMS = Outcome.MET, Outcome.NOT_MET, Outcome.INFORMATIVE

FACTS = named(
    fact("p", FactType.BOOLEAN, texts("p")),
    fact("q", FactType.BOOLEAN, texts("q")),
    fact("n", FactType.INTEGER, texts("n"), bounds=Interval(0, None)),
    fact("on", FactType.DATE, texts("on")),
    fact("items", FactType.LIST, texts("items"), item="item", key="name", fields=("item.f",)),
    fact("item.f", FactType.BOOLEAN, texts("f"), list="items", item="item"),
)


def reading(name: str, *choices: str) -> Reading:
    return Reading(name, "1", texts("?"), {c: texts(c) for c in choices or ("a", "b")}, None)


def read(name: str, choice: str = "a") -> ReadingIs:
    return ReadingIs(name, frozenset({choice}))


def law(*parts: Rule | Instrument | Reading, prevails: tuple[Prevails, ...] = ()) -> Rules:
    given = [p for p in parts if isinstance(p, Instrument)]
    return rules(
        facts=FACTS,
        instruments=named(instrument("d"), *given),
        rules=named(*(p for p in parts if isinstance(p, Rule))),
        readings=named(*(p for p in parts if isinstance(p, Reading))),
        prevails=prevails,
    )


def run(
    known: Rules,
    company: Mapping[str, object] | None = None,
    as_of: int = TODAY,
    law: int | None = None,
    **more: object,
) -> Evaluation:
    given = profile(company, list_name="items", **more)  # type: ignore[arg-type]
    return evaluate(given, known, as_of=as_of, law=law)


def one(known: Rules, company: Mapping[str, object] | None = None, **more: object) -> Finding:
    (finding,) = run(known, company, **more).findings  # type: ignore[arg-type]
    return finding


# -- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("company", "status", "possible", "scope", "missing"),
    [
        ({"p": False, "q": False}, "not_applicable", {NA}, False, []),
        ({"p": False}, "not_applicable", {NA}, False, []),
        ({"p": True, "q": True}, "pass", {PASS}, True, []),
        ({"p": True, "q": False}, "fail", {FAIL}, True, []),
        ({"p": True}, "undetermined", {PASS, FAIL}, True, ["q"]),
        ({"q": True}, "undetermined", {NA, PASS}, None, ["p"]),
        ({"q": False}, "undetermined", {NA, FAIL}, None, ["p"]),
        ({}, "undetermined", {NA, PASS, FAIL}, None, ["p", "q"]),
    ],
)
def test_a_duty(
    company: Mapping[str, object],
    status: str,
    possible: set[Outcome],
    scope: bool | None,
    missing: list[str],
) -> None:
    finding = one(law(duty("d/r", "r", level="must", applies_when=P, requires=Q)), company)
    assert finding.status == status
    assert finding.possible == possible
    assert finding.scope is scope
    assert [ref.name for ref in finding.missing] == missing
    assert finding.fired is (scope is True)
    assert finding.cannot_fail is (FAIL not in possible)
    assert finding.cannot_pass is (PASS not in possible)


@pytest.mark.parametrize(
    ("company", "status", "possible", "met"),
    [
        ({"p": True, "q": True}, "informative", {MET}, True),
        ({"p": True, "q": False}, "informative", {NOT_MET}, False),
        ({"p": True}, "informative", {MET, NOT_MET}, None),
        ({"q": True}, "undetermined", {NA, MET}, None),
        ({"p": False}, "not_applicable", {NA}, None),
    ],
)
def test_a_benchmark(
    company: Mapping[str, object], status: str, possible: set[Outcome], met: bool | None
) -> None:
    finding = one(law(duty("d/r", "r", applies_when=P, compares=Q)), company)
    assert finding.status == status
    assert finding.possible == possible
    assert finding.met is met


@pytest.mark.parametrize(
    ("company", "status"),
    [({"p": True}, "informative"), ({"p": False}, "not_applicable"), ({}, "undetermined")],
)
def test_what_only_informs(company: Mapping[str, object], status: str) -> None:
    assert one(law(duty("d/r", "r", applies_when=P)), company).status == status


def test_what_the_same_answer_settles_twice_needs_no_answer() -> None:
    always = law(duty("d/r", "r", requires=Any((P, Not(P)))))
    assert one(always).status == "pass"
    never = law(duty("d/r", "r", applies_when=All((P, no("p"))), requires=Q))
    assert one(never).status == "not_applicable"
    covered = Any((at_least("n", 1_000_000), Not(at_least("n", 1_000_000))))
    assert one(law(duty("d/r", "r", requires=covered))).status == "pass"


def test_only_wanted_rules_are_judged() -> None:
    known = law(duty("d/r", "r", requires=P), duty("d/s", "s", requires=P))
    found = evaluate(profile(), known, as_of=TODAY, wanted=lambda rule: rule == "d/s")
    assert [f.rule for f in found.findings] == ["d/s"]


def test_a_profile_that_contradicts_itself_has_no_findings() -> None:
    found = run(law(duty("d/r", "r", requires=P)), {"n": -1})
    assert [c.refs for c in found.conflicts] == [(FactRef("n"),)]
    assert (found.findings, found.routes) == ((), ())


# -- exemptions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("company", "status"),
    [
        ({"p": True, "q": True}, "not_applicable"),
        ({"p": False, "q": True}, "pass"),
        ({"q": True}, "undetermined"),
    ],
)
def test_an_exemption(company: Mapping[str, object], status: str) -> None:
    known = law(
        duty("d/free", "free", applies_when=P, exempts=("d/r",)), duty("d/r", "r", requires=Q)
    )
    found = {f.rule: f.status for f in run(known, company).findings}
    assert found["d/r"] == status


def test_an_exemption_that_is_itself_displaced_or_over_frees_nothing() -> None:
    free = duty("old/free", "free", applies_when=P, exempts=("d/r",))
    known = law(
        instrument("old", effective=DayRange(1, 1)),
        free,
        duty("d/r", "r", requires=Q),
        prevails=(Prevails("d", "13", "old/free"),),
    )
    found = {f.rule: f for f in run(known, {"p": True, "q": True}).findings}
    assert found["old/free"].reason == Reason("displaced", "d", "13")
    assert found["d/r"].status == "pass"


# -- readings ------------------------------------------------------------------------------------

BY_READING = law(reading("r"), duty("d/r", "r", applies_when=P, requires=Any((read("r"), Q))))


def test_readings_that_differ_are_contested() -> None:
    finding = one(BY_READING, {"p": True, "q": False})
    assert finding.status is Status.CONTESTED
    assert finding.possible == {PASS, FAIL}
    assert {v.adopt: set(v.outcomes) for v in finding.readings} == {
        (("r", "a"),): {PASS},
        (("r", "b"),): {FAIL},
    }
    assert finding.missing == ()  # a contested finding asks nothing


def test_readings_that_agree_do_not_matter() -> None:
    finding = one(BY_READING, {"p": True, "q": True})
    assert (finding.status, finding.readings) == (Status.PASS, ())
    assert one(BY_READING, {"p": False}).readings == ()


def test_what_one_reading_leaves_open_is_undetermined() -> None:
    finding = one(BY_READING, {"p": True})
    assert finding.status is Status.UNDETERMINED
    assert {v.adopt: set(v.outcomes) for v in finding.readings} == {
        (("r", "a"),): {PASS},
        (("r", "b"),): {PASS, FAIL},
    }
    assert finding.missing == (FactRef("q"),)


@pytest.mark.parametrize(("choice", "status"), [("a", "pass"), ("b", "fail")])
def test_an_adopted_reading_settles_and_is_named(choice: str, status: str) -> None:
    finding = one(BY_READING, {"p": True, "q": False}, readings={"r": choice})
    assert finding.status == status
    assert finding.adopted == (("r", choice),)
    assert one(BY_READING, {"p": False}, readings={"r": choice}).adopted == ()


def test_a_benchmark_that_only_the_readings_decide() -> None:
    known = law(reading("r"), duty("d/r", "r", compares=read("r")))
    finding = one(known)
    assert (finding.status, finding.met) == (Status.INFORMATIVE, None)
    assert {v.adopt: set(v.outcomes) for v in finding.readings} == {
        (("r", "a"),): {MET},
        (("r", "b"),): {NOT_MET},
    }


def test_more_than_64_combinations_stay_undetermined() -> None:
    names = [f"r{n}" for n in range(7)]
    known = law(*map(reading, names), duty("d/r", "r", requires=All(tuple(map(read, names)))))
    finding = one(known)
    assert finding.status is Status.UNDETERMINED
    assert finding.readings == ()
    fewer = one(known, readings={"r6": "a"})
    assert (fewer.status, len(fewer.readings)) == (Status.CONTESTED, 64)


# -- review --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("company", "status", "held"),
    [
        ({"p": True, "q": True}, "undetermined", "review"),
        ({"p": False, "q": True}, "fail", None),
        ({"q": True}, "undetermined", None),
        ({"p": True}, "undetermined", None),
        ({"p": True, "q": False}, "not_applicable", None),
    ],
)
def test_a_review_condition_settles_nothing(
    company: Mapping[str, object], status: str, held: str | None
) -> None:
    marked = at_least("n", 0)
    marked = type(marked)(marked.left, marked.lower, None, note=Note(review=True))
    known = law(duty("d/r", "r", applies_when=Q, requires=All((P, marked))))
    finding = one(known, {**company, "n": 5})
    assert (finding.status, finding.held) == (status, held)
    assert FactRef("n") not in finding.missing  # it asks nothing


# -- what is in force ----------------------------------------------------------------------------

RULE = duty("x/r", "r", requires=P)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [("2024-03-21", False), ("2024-03-22", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_an_instrument_gives_findings_from_its_day_until_its_end(as_of: str, found: bool) -> None:
    ends = day("2026-01-01")
    known = law(instrument("x", ends=DayRange(ends, ends)), RULE)
    assert bool(run(known, {"p": True}, as_of=day(as_of)).findings) is found
    assert bool(run(known, {"p": True}, law=day(as_of)).findings) is found


@pytest.mark.parametrize(
    ("as_of", "possible"),
    [("2024-03-21", None), ("2024-03-22", {NA, PASS}), ("2024-04-01", {NA, PASS}),
     ("2024-04-02", {PASS})],
)  # fmt: skip
def test_a_disputed_day_leaves_the_scope_open(as_of: str, possible: set[Outcome] | None) -> None:
    disputed = DayRange(START, day("2024-04-02"))
    found = run(law(instrument("x", effective=disputed), RULE), {"p": True}, as_of=day(as_of))
    if possible is None:
        assert found.findings == ()
    else:
        assert [f.possible for f in found.findings] == [possible]


def test_a_rule_with_days_of_its_own() -> None:
    own = duty("x/r", "r", requires=P, effective=DayRange(START + 10, START + 10),
               ends=DayRange(START + 20, START + 20))  # fmt: skip
    known = law(instrument("x"), own)
    not_yet = one(known, {"p": True}, as_of=START + 9)
    assert (not_yet.status, not_yet.reason) == ("not_applicable", Reason("not_in_force"))
    assert one(known, {"p": True}, as_of=START + 10).status == "pass"
    assert one(known, {"p": True}, as_of=START + 19).status == "pass"
    assert one(known, {"p": True}, as_of=START + 20).reason == Reason("not_in_force")


def test_a_draft_gives_no_finding_and_holds_nowhere() -> None:
    known = law(
        instrument("draft", effective=None),
        duty("draft/r", "r", requires=P, exempts=("d/s",)),
        duty("d/s", "s", requires=P),
        duty("d/t", "t", requires=HoldsRule("draft/r")),
    )
    for as_of in (START, TODAY, TODAY + 4000):
        found = {f.rule: f.status.value for f in run(known, {"p": True}, as_of=as_of).findings}
        assert found == {"d/s": "pass", "d/t": "fail"}


def test_a_draft_displaces_nothing() -> None:
    known = law(instrument("draft", effective=None), duty("d/r", "r", requires=P),
                prevails=(Prevails("draft", "1", "d/r"),))  # fmt: skip
    assert one(known, {"p": True}).status == "pass"


@pytest.mark.parametrize(
    ("as_of", "reason"),
    [("2024-03-21", None), ("2024-03-22", Reason("displaced", "d", "13"))],
)
def test_a_rule_yields_while_what_prevails_is_in_force(as_of: str, reason: Reason | None) -> None:
    known = law(instrument("x", effective=DayRange(1, 1)), RULE,
                prevails=(Prevails("d", "13", "x/r"),))  # fmt: skip
    finding = one(known, {"p": True}, as_of=day(as_of))
    assert finding.reason == reason
    assert finding.status == ("not_applicable" if reason else "pass")


LAW_OF = law(instrument("x", law_of="on", ends=DayRange(START + 100, START + 100)), RULE)


@pytest.mark.parametrize(
    ("on", "possible"),
    [
        (START - 1, {NA}),
        (START, {PASS}),
        (START + 99, {PASS}),
        (START + 100, {NA}),
        (None, {NA, PASS}),
        ((Interval(START, START + 99),), {PASS}),
        ((Interval(START, START + 100),), {NA, PASS}),
    ],
)
def test_the_day_of_law_of_an_instrument_may_be_a_fact(on: object, possible: set[Outcome]) -> None:
    """On any day of evaluation: what governs is the edition of the day that the fact says."""
    for as_of in (START - 500, TODAY):
        finding = one(LAW_OF, {"p": True} if on is None else {"p": True, "on": on}, as_of=as_of)
        assert finding.possible == possible
        assert (FactRef("on") in finding.missing) is (len(possible) > 1)


def test_a_day_of_law_that_is_set_wins_over_the_fact() -> None:
    assert one(LAW_OF, {"p": True, "on": START - 1}, law=START).status == "pass"
    assert run(LAW_OF, {"p": True, "on": START}, law=START + 100).findings == ()


def test_the_day_of_law_decides_only_what_is_in_force() -> None:
    after = type(at_least("on", 1))(at_least("on", 1).left, at_least("on", TODAY).lower, None)
    known = law(instrument("x"), duty("x/r", "r", requires=after))
    assert one(known, {"on": TODAY}, law=START).status == "pass"


def test_displaced_while_the_day_of_what_prevails_is_open() -> None:
    known = law(
        instrument("new", law_of="on"), instrument("x", effective=DayRange(1, 1)), RULE,
        prevails=(Prevails("new", "1", "x/r"),),
    )  # fmt: skip
    assert one(known, {"p": True}).possible == {NA, PASS}
    assert one(known, {"p": True, "on": START - 1}).possible == {PASS}
    assert one(known, {"p": True, "on": START}).possible == {NA}


# -- lists ---------------------------------------------------------------------------------------


def each(requires: Condition) -> Rules:
    return law(duty("d/r", "r", each="item", requires=requires))


def test_a_finding_an_item_and_one_more_over_an_open_list() -> None:
    items = {"one": {"item.f": True}, "two": {"item.f": False}, "three": {}}
    found = run(each(yes("item.f")), items=items, open=True).findings
    assert [(f.item, f.further, f.status.value) for f in found] == [
        ("one", False, "pass"),
        ("two", False, "fail"),
        ("three", False, "undetermined"),
        (None, True, "undetermined"),
    ]
    assert found[2].missing == (FactRef("item.f", "three"),)
    assert found[3].open_lists == ("items",)
    assert found[3].missing == ()  # the list is asked, not a fact of nobody


def test_an_unanswered_list_is_not_silent() -> None:
    finding = one(each(yes("item.f")))
    assert (finding.item, finding.further) == (None, True)
    assert (finding.status, finding.open_lists) == (Status.UNDETERMINED, ("items",))


def test_an_empty_list_has_one_finding_that_does_not_apply() -> None:
    finding = one(each(yes("item.f")), items={})
    assert (finding.item, finding.further, finding.status) == (None, False, "not_applicable")
    assert finding.reason == Reason("no_item")


def test_a_further_item_that_the_company_frees_is_settled() -> None:
    known = law(duty("d/r", "r", each="item", applies_when=P, requires=yes("item.f")))
    finding = one(known, {"p": False})
    assert (finding.further, finding.status) == (True, Status.NOT_APPLICABLE)
    assert finding.open_lists == ()


def test_a_displaced_rule_says_so_for_each_item() -> None:
    known = law(
        instrument("x", effective=DayRange(1, 1)),
        duty("x/r", "r", each="item", requires=yes("item.f")),
        prevails=(Prevails("d", "13", "x/r"),),
    )
    found = run(known, items={"one": {}, "two": {}}).findings
    assert [(f.item, f.reason) for f in found] == [
        ("one", Reason("displaced", "d", "13")),
        ("two", Reason("displaced", "d", "13")),
    ]


def test_findings_stand_in_the_order_of_the_rules() -> None:
    known = law(*(duty(f"d/{slug}", slug, requires=P) for slug in ("z", "a", "m")))
    assert [f.rule for f in run(known).findings] == ["d/z", "d/a", "d/m"]


def test_what_was_never_answered_passes_nowhere() -> None:
    tests: list[Condition] = [P, no("p"), at_least("n", 1), Not(at_least("n", 1)), yes("item.f")]
    for test in tests:
        each = "item" if test == yes("item.f") else None
        finding = one(law(duty("d/r", "r", each=each, requires=test)))
        assert finding.status is Status.UNDETERMINED
