"""What differs between two evaluations, drafts beside the law, and the ladder of editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from compliancecheck.logic.bands import effect
from compliancecheck.logic.compare import compare
from compliancecheck.logic.compare_draft import compare_draft
from compliancecheck.logic.editions import ladder, rungs
from compliancecheck.logic.evaluate import again, at_law, evaluate
from compliancecheck.logic.explain import explain
from compliancecheck.model.comparison import Change, Partner
from compliancecheck.model.conditions import HoldsRule
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Reason, Standing
from compliancecheck.model.instruments import Instrument, Prevails, Route, Rule, Rules
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.texts import DayRange
from compliancecheck.model.values import Interval
from tests.logic.small import TODAY, day, duty, fact, instrument, named, profile, rules, texts, yes
from tests.logic.test_deadlines import finding, thing
from tests.logic.test_deadlines import judged as dated

P, Q = yes("p"), yes("q")
FACTS = named(fact("p", FactType.BOOLEAN, texts("p")), fact("q", FactType.BOOLEAN, texts("q")))
OLD, NEW = day("2022-09-01"), day("2024-03-22")
ROUTE = Route("r", None, {"strong": texts("strong"), "weak": texts("weak")})


def on(first: int) -> DayRange:
    return DayRange(first, first)


def law(
    *parts: Rule | Instrument, prevails: tuple[Prevails, ...] = (), routes: tuple[Route, ...] = ()
) -> Rules:
    return rules(
        facts=FACTS,
        instruments=named(*(p for p in parts if isinstance(p, Instrument))),
        rules=named(*(p for p in parts if isinstance(p, Rule))),
        routes=named(*routes),
        prevails=prevails,
    )


EDITIONS = law(
    instrument("old", effective=on(OLD)),
    instrument("new", effective=on(NEW)),
    duty("old/need", "4", applies_when=P, requires=Q, way=("r", "strong")),
    duty("new/other", "8", applies_when=P, requires=Q, way=("r", "weak")),
    prevails=(Prevails("new", "13", "old/need"),),
    routes=(ROUTE,),
)


EXPORTS = "days.result_on: 2024-09-01; readings: {days.years: three}"
LATER = Interval(day("2027-12-24"), day("2027-12-24"))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("standing", Standing.DONE),
        ("opens", LATER),
        ("due", LATER),
        ("safe_due", day("2027-12-24")),
        ("latest", day("2027-12-24")),
        ("done", LATER),
        ("applies", None),
    ],
)
def test_an_act_differs_by_each_of_its_days(name: str, other: Any) -> None:
    before = dated(EXPORTS)
    assert not compare(before, before).differs
    acts = [replace(a, **{name: other}) if a.deadline == "extension" else a for a in before.dates]
    found = compare(before, replace(before, dates=tuple(acts)))
    assert [(change.deadline, change.before is None) for change in found.dates] == [
        ("extension", False)
    ]


def test_another_last_day_of_waiting_is_a_difference() -> None:
    before, after = (
        dated(thing(effective_on=on, filed_on="not yet")) for on in ("2026-11-20", "2026-11-23")
    )
    last = [finding(found, "filing").waits_until for found in (before, after)]
    assert last == [day("2026-12-04"), day("2026-12-07")]
    assert "xx.days/filing" in [change.rule for change in compare(before, after).changes]


def judged(known: Rules, company: Mapping[str, object], **more: object) -> Evaluation:
    return evaluate(profile(company), known, as_of=TODAY, **more)  # type: ignore[arg-type]


def by_rule(changes: tuple[Change, ...]) -> dict[str, Change]:
    return {change.rule: change for change in changes}


# -- the day of law ------------------------------------------------------------------------------


def test_the_day_of_law_decides_what_is_in_force_and_nothing_else() -> None:
    found = judged(EDITIONS, {"p": True, "q": True}, law=NEW - 1)
    assert {f.rule: f.status.value for f in found.findings} == {"old/need": "pass"}
    assert (found.as_of, found.law) == (TODAY, NEW - 1)


def test_what_evaluates_again_keeps_the_days_and_the_drafts() -> None:
    found = judged(EDITIONS, {"p": True}, law=NEW - 1, drafts=True)
    for other in (
        again(found, profile({"p": False})),
        effect(found, FactRef("q"), Answer(frozenset({True}), "true")),
    ):
        assert (other.as_of, other.law, other.drafts) == (TODAY, NEW - 1, True)
        assert [f.rule for f in other.findings] == ["old/need"]
    assert (at_law(found, None).law, at_law(found, None).drafts) == (None, True)


def test_out_of_force_gives_a_finding_only_where_it_is_asked_for() -> None:
    silent = judged(EDITIONS, {"p": True}, law=OLD - 1)
    assert silent.findings == ()
    asked = judged(EDITIONS, {"p": True}, law=OLD - 1, asked="old/need".__eq__)
    (finding,) = asked.findings
    assert (finding.rule, finding.status.value) == ("old/need", "not_applicable")
    assert finding.reason == Reason("not_in_force")


def test_the_edition_that_governs_is_named() -> None:
    known = law(
        instrument("old", effective=on(OLD), ends=on(NEW)),
        instrument("new", effective=on(NEW), replaces=("old",)),
        duty("old/a", "1", requires=P),
        duty("new/a", "1", requires=P),
    )
    found = judged(known, {"p": True}, asked="old/a".__eq__)
    (finding,) = [f for f in found.findings if f.rule == "old/a"]
    assert explain(found, finding).finding.reason == Reason("not_in_force", "new")


# -- two days of law ------------------------------------------------------------------------------


def test_a_displaced_rule_is_followed_by_what_gives_the_way_now() -> None:
    before, after = (judged(EDITIONS, {"p": True}, law=law_) for law_ in (NEW - 1, NEW))
    found = compare(before, after)
    old, new = found.changes
    assert (old.rule, old.kind, old.after.reason) == (
        "old/need",
        "disappears",
        Reason("displaced", "new", "13"),
    )
    assert old.successors == (Partner("new/other", "way"),)
    assert (new.rule, new.kind, new.before.absent) == ("new/other", "appears", "not_in_force")
    assert (new.after.since, new.predecessors) == (on(NEW), (Partner("old/need", "way"),))
    assert (found.unchanged, found.idle) == (0, 0)


def test_the_same_the_other_way_round() -> None:
    before, after = (judged(EDITIONS, {"p": True}, law=law_) for law_ in (NEW, NEW - 1))
    found = by_rule(compare(before, after).changes)
    assert found["old/need"].kind == "appears"
    assert found["old/need"].predecessors == (Partner("new/other", "way"),)
    assert found["new/other"].successors == (Partner("old/need", "way"),)


def test_the_way_differs_with_the_law() -> None:
    before, after = (judged(EDITIONS, {"p": True}, law=law_) for law_ in (NEW - 1, NEW))
    (change,) = compare(before, after).routes
    assert change.before is not None
    assert change.after is not None
    assert (change.before.possible, change.after.possible) == (("strong",), ("weak",))


def test_a_new_law_that_does_not_apply_is_no_difference() -> None:
    before, after = (judged(EDITIONS, {"p": False}, law=law_) for law_ in (NEW - 1, NEW))
    found = compare(before, after)
    assert (found.changes, found.unchanged, found.idle) == ((), 1, 1)
    assert not found.differs


@pytest.mark.parametrize(("prevails_article", "why"), [("9", ["article"]), ("13", []), ("1", [])])
def test_the_article_that_displaces_names_the_successor(
    prevails_article: str, why: list[str]
) -> None:
    known = law(
        instrument("old", effective=on(OLD)),
        instrument("new", effective=on(NEW)),
        duty("old/a", "14", requires=P),
        replace(duty("new/b", "b", requires=P), article="9(1)"),
        prevails=(Prevails("new", prevails_article, "old/a"),),
    )
    before, after = (judged(known, {"p": True}, law=law_) for law_ in (NEW - 1, NEW))
    change = by_rule(compare(before, after).changes)["old/a"]
    assert [partner.why for partner in change.successors] == why


def test_an_edition_that_ended_is_paired_by_the_name_of_the_rule() -> None:
    known = law(
        instrument("old", effective=on(OLD), ends=on(NEW)),
        instrument("new", effective=on(NEW), replaces=("old",)),
        duty("old/a", "1", requires=P),
        duty("old/b", "2", requires=P),
        duty("new/a", "1", requires=P),
    )
    before, after = (judged(known, {"p": True}, law=law_) for law_ in (NEW - 1, NEW))
    found = by_rule(compare(before, after).changes)
    assert found["old/a"].successors == (Partner("new/a", "name"),)
    assert found["old/b"].successors == ()


def test_a_rule_in_force_on_both_days_says_through_which_rule_it_changed() -> None:
    known = law(
        instrument("d", effective=on(1)),
        instrument("new", effective=on(NEW)),
        duty("d/a", "1", requires=HoldsRule("new/b")),
        duty("new/b", "2", requires=P),
    )
    before, after = (judged(known, {"p": True}, law=law_) for law_ in (NEW - 1, NEW))
    change = by_rule(compare(before, after).changes)["d/a"]
    assert (change.kind, change.through) == ("changes", ("new/b",))


# -- two profiles -------------------------------------------------------------------------------


def test_the_answers_that_differ_are_named_where_they_are_read() -> None:
    known = law(
        instrument("d", effective=on(1)),
        duty("d/a", "1", requires=P),
        duty("d/b", "2", requires=Q),
    )
    found = compare(judged(known, {"p": True, "q": True}), judged(known, {"p": False, "q": True}))
    (change,) = found.changes
    assert (change.rule, change.facts, found.facts) == ("d/a", (FactRef("p"),), (FactRef("p"),))
    assert found.unchanged == 1


def test_unknown_is_the_same_as_no_answer() -> None:
    known = law(instrument("d", effective=on(1)), duty("d/a", "1", requires=P))
    given = judged(known, {})
    other = again(given, given.profile.with_answer(FactRef("p"), Answer(None, "unknown")))
    assert compare(given, other).facts == ()


def test_only_evaluations_by_the_same_rules_are_compared() -> None:
    other = law(instrument("d", effective=on(1)), duty("d/a", "1", requires=P))
    with pytest.raises(ValueError, match="same rules"):
        compare(judged(EDITIONS, {"p": True}), judged(other, {"p": True}))


# -- drafts ---------------------------------------------------------------------------------------

DRAFTED = law(
    instrument("draft", effective=None),
    instrument("law", effective=on(OLD), replaces=("draft",)),
    duty("draft/a", "1", requires=P),
    duty("draft/b", "2", requires=Q, applies_when=HoldsRule("draft/a"), exempts=("draft/c",)),
    duty("draft/c", "3", requires=P),
    duty("law/a", "4", requires=Q),
    duty("law/d", "5", requires=HoldsRule("draft/a")),
    prevails=(Prevails("draft", "9", "law/a"),),
)


def test_a_draft_holds_inside_itself_and_nowhere_else() -> None:
    found = judged(DRAFTED, {"p": True, "q": True}, drafts=True)
    assert {f.rule: f.status.value for f in found.findings} == {
        "draft/a": "pass",
        "draft/b": "pass",
        "draft/c": "not_applicable",  # exempted by a rule of the same draft
        "law/a": "pass",  # displaced by a draft: not displaced
        "law/d": "fail",
    }


def test_without_drafts_there_are_none() -> None:
    found = judged(DRAFTED, {"p": True, "q": True})
    assert [f.rule for f in found.findings] == ["law/a", "law/d"]


def test_a_draft_gives_no_way() -> None:
    known = law(
        instrument("draft", effective=None),
        duty("draft/a", "1", requires=P, way=("r", "strong")),
        routes=(ROUTE,),
    )
    (line,) = judged(known, {"p": True}, drafts=True).routes
    assert (line.possible, line.reason) == ((), "no_way")


def test_a_draft_is_proved_inside_itself() -> None:
    found = judged(DRAFTED, {"p": True, "q": True}, drafts=True)
    (finding,) = [f for f in found.findings if f.rule == "draft/b"]
    proof = explain(found, finding)
    assert proof.trace.truth is True
    assert [ref.name for ref in proof.decisive] == ["q"]


def test_a_draft_is_compared_with_what_replaced_it() -> None:
    found = compare_draft(judged(DRAFTED, {"p": True, "q": False}, drafts=True), "draft")
    changes = by_rule(found.changes)
    assert changes["draft/a"].after.rule == "law/a"
    assert changes["draft/a"].successors == (Partner("law/a", "name"),)
    assert changes["draft/b"].after.absent == "no_counterpart"
    assert changes["law/d"].before.absent == "no_counterpart"  # the draft had none
    assert "draft/c" not in changes  # exempted, and nothing stands in its place


def test_only_a_draft_is_compared_as_one() -> None:
    found = judged(DRAFTED, {}, drafts=True)
    for name in ("law", "nothing"):
        with pytest.raises(ValueError, match="no draft"):
            compare_draft(found, name)
    with pytest.raises(ValueError, match="no findings of drafts"):
        compare_draft(judged(DRAFTED, {}), "draft")


# -- the ladder -----------------------------------------------------------------------------------


def test_the_ladder_has_a_rung_for_each_day_on_which_the_law_changes() -> None:
    segments = ladder(EDITIONS, "pack")
    assert [(s.first, s.last) for s in segments] == [(OLD, NEW - 1), (NEW, None)]
    assert segments[1].events[0].displaces == ("old/need",)
    assert [s.holds(NEW) for s in segments] == [False, True]


def test_a_disputed_day_is_two_rungs() -> None:
    known = law(instrument("d", effective=DayRange(OLD, OLD + 5)), duty("d/a", "1", requires=P))
    segments = ladder(known, "pack")
    assert [(s.first, s.events[0].disputed) for s in segments] == [(OLD, True), (OLD + 5, False)]


def test_drafts_have_no_rung() -> None:
    known = law(instrument("draft", effective=None), duty("draft/a", "1", requires=P))
    assert ladder(known, "pack") == ()


def test_each_rung_is_that_days_law_over_the_same_facts() -> None:
    found = rungs(judged(EDITIONS, {"p": True}), "pack")
    assert [rung.evaluation.law for rung in found] == [OLD, NEW]
    assert {rung.evaluation.as_of for rung in found} == {TODAY}
    assert [rung.evaluation.routes[0].possible for rung in found] == [("strong",), ("weak",)]
