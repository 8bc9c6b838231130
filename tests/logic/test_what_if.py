"""What-if: suggestions give what is wished, and none takes more answers than are needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.explain import explain
from compliancecheck.logic.ghost import ghost_axis, ghost_step
from compliancecheck.logic.what_if import (
    MOST_LISTED,
    MOST_SUGGESTIONS,
    WISHES,
    default_wish,
    what_if,
)
from compliancecheck.logic.words import ref_path, values_words
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Finding, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, Evidence, FactRef, Profile
from compliancecheck.model.values import Interval, Members, point
from compliancecheck.model.what_if import GhostStep, Supposition, WhatIf
from tests import agreement, generators
from tests.blurring import Case
from tests.builders import LIST, NOT_YET
from tests.logic.small import TODAY, accounts, export, exports, profile, year
from tests.reference import FURTHER, TooMany, truths

MILLION = 10**6
SEEDS = range(120)


def asked(
    rules: Rules, given: Profile, rule: str, item: str | None = None, want: str | None = None
) -> WhatIf:
    evaluation = evaluate(given, rules, as_of=TODAY)
    finding = next(f for f in evaluation.findings if (f.rule, f.item) == (rule, item))
    return what_if(evaluation, finding, None if want is None else (want,))


def said(rules: Rules, one: Supposition) -> str:
    if one.ref is None or one.answer is None:
        return f"{one.reading} = {one.choice}"
    if one.answer.not_yet:
        return f"{ref_path(rules, one.ref)} = not yet"
    assert one.answer.values is not None
    words = values_words(rules.facts[one.ref.name], one.answer.values)
    return f"{ref_path(rules, one.ref)} = {words.en}"


def lines(rules: Rules, found: WhatIf) -> list[str]:
    return [" and ".join(said(rules, s) for s in one.suppositions) for one in found.suggestions]


def test_a_short_cost_is_suggested_to_the_exact_bound() -> None:
    given = year(rd=36 * MILLION, process=0, revenue=1_500 * MILLION)
    found = asked(accounts(), given, "b/rd-share", "2024", "met")
    assert lines(accounts(), found) == [
        "years[2024].rd = CNY 45 million",
        "years[2024].process = CNY 9 million",
        "years[2024].revenue = CNY 1.2 billion",  # given: the cost is measured against it
    ]
    assert [one.given for one in found.suggestions] == [False, False, True]


def test_what_contradicts_an_answer_does_not_set_it_aside() -> None:
    """Less operating revenue would contradict the main-business revenue: it is not enough."""
    given = year(rd=36 * MILLION, process=0, revenue=1_500 * MILLION)
    found = asked(accounts(), given, "b/rd-share", "2024", "met")
    assert not any(one.set_aside for one in found.suggestions)
    assert not any("operating" in line for line in lines(accounts(), found))


def test_an_amount_is_rounded_to_its_own_side_to_be_read() -> None:
    given = year(rd=10 * MILLION, process=0, revenue=1_000 * MILLION)
    found = asked(accounts(), given, "b/rd-share", "2024", "met")
    assert "years[2024].revenue = CNY 333 million" in lines(accounts(), found)


def test_a_bound_that_is_not_met_itself_is_given_as_a_range() -> None:
    given = year(rd=45 * MILLION, process=0, revenue=1_500 * MILLION)
    found = asked(accounts(), given, "b/rd-share", "2024")
    assert found.wanted == (WISHES["fail"],)
    assert "years[2024].rd = under CNY 45 million" in lines(accounts(), found)


def test_a_reading_turns_what_is_contested() -> None:
    staff = export(purpose="hr", people=2_000, labour_rules=True, collective=False)
    found = asked(exports(), profile({}, {"staff": staff}), "d/exempt-hr", "staff", "applies")
    assert "needs = either" in lines(exports(), found)
    assert "exports[staff].collective = yes" in lines(exports(), found)


def test_only_its_own_item_is_supposed_to_be_another() -> None:
    items = {"one": export(people=1_200_000), "two": export(people=900_000)}
    found = asked(exports(), profile({"ciio": False}, items), "d/volume", "one", "na")
    assert found.suggestions
    for one in found.suggestions:
        assert all(s.ref is None or s.ref.item in (None, "one") for s in one.suppositions)


def test_effects_name_what_else_turns() -> None:
    given = profile({"ciio": False}, {"one": export(people=1_200_000)})
    found = asked(exports(), given, "d/volume", "one", "na")
    fewer = next(
        one for one in found.suggestions if "people = 999,999" in said(exports(), *one.suppositions)
    )
    turned = {(e.after or e.before).rule for e in fewer.effects}  # type: ignore[union-attr]
    assert "d/middle" in turned
    assert "d/volume" not in turned


@pytest.mark.parametrize(
    ("rule", "want", "why"),
    [("old/volume", "applies", "law"), ("d/notice", "met", "already"), ("d/exempt-hr", "fail",
                                                                         "never")],
)  # fmt: skip
def test_why_nothing_is_suggested(rule: str, want: str, why: str) -> None:
    given = profile({"ciio": False}, {"one": export(people=5_000, labour_rules=True)})
    found = asked(exports(), given, rule, "one", want)
    assert (found.suggestions, found.why_none) == ((), why)


def test_an_empty_list_has_nothing_to_turn() -> None:
    assert asked(exports(), profile({}, {}), "d/notice").why_none == "no_item"


def test_a_list_too_long_to_try_is_said() -> None:
    items = {f"item {n}": export(people=1) for n in range(MOST_LISTED + 1)}
    given = profile({"ciio": False}, items)
    assert asked(exports(), given, "d/notice", "item 0").why_none == "large"


# -- on generated rules ---------------------------------------------------------------------------


def default_wishes(evaluation: Evaluation, finding: Finding) -> tuple[str, ...]:
    return default_wish(evaluation.rules.rules[finding.rule], finding)


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
def test_every_suggestion_gives_what_was_wished(plain: bool) -> None:
    """By the engine for each, and by the oracle where it can list the completions."""
    suggested = listed = 0
    for seed in SEEDS:
        case = generators.case(seed, plain)
        evaluation = agreement.run(case)
        for finding in evaluation.findings[:4]:
            found = what_if(evaluation, finding)
            assert bool(found.suggestions) is (found.why_none is None)
            assert len(found.suggestions) <= MOST_SUGGESTIONS
            sizes = [len(one.suppositions) for one in found.suggestions]
            assert sizes == sorted(sizes), f"seed {seed}"
            for one in found.suggestions:
                suggested += 1
                assert any(one.after.possible <= goal for goal in found.wanted), f"seed {seed}"
                again = agreement.run(case, one.profile)
                key = (finding.rule, finding.item, finding.further)
                assert one.after in again.findings, f"seed {seed}, {key}"
            for one in found.suggestions[:1]:
                listed += _oracle_agrees(case, finding, one.profile, one.after, seed)
    assert suggested > 150, suggested
    assert listed > 60, listed


def _oracle_agrees(case: Case, finding: Finding, given: Profile, after: Finding, seed: int) -> bool:
    try:
        truth = truths(case.rules, given, case.as_of, case.law, case.further)
    except TooMany:
        return False
    key = (finding.rule, FURTHER if finding.further else finding.item)
    found = truth.outcomes.get(key)
    if not found:
        return False
    assert set().union(*found.values()) <= after.possible, f"seed {seed}, {key}"
    return True


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
def test_one_answer_is_found_wherever_one_is_enough(plain: bool) -> None:
    """By brute force over the values of every fact: no suggestion then begins with two answers."""
    enough = 0
    for seed in SEEDS:
        case = generators.case(seed, plain)
        evaluation = agreement.run(case)
        for finding in evaluation.findings[:3]:
            if finding.reason is not None or finding.further:
                continue
            for name in default_wishes(evaluation, finding):
                one = next(_single_answers(case, evaluation, finding, name), None)
                if one is None:
                    continue
                enough += 1
                found = what_if(evaluation, finding, (name,))
                where = f"seed {seed}, {finding.rule} {finding.item} {name}: {one}"
                assert found.suggestions, where
                assert len(found.suggestions[0].suppositions) == 1, where
    assert enough > 60, enough


def _single_answers(
    case: Case, evaluation: Evaluation, finding: Finding, wish: str
) -> Iterator[tuple[FactRef, Answer]]:
    """Each answer that alone gives what is wished, among a few values of every fact."""
    if finding.possible <= WISHES[wish]:
        return
    engine = engine_of(evaluation)
    for fact in case.rules.facts.values():
        if fact.type is FactType.LIST:
            continue
        if fact.list is not None and finding.item is None:
            continue
        ref = FactRef(fact.name, finding.item if fact.list else None)
        for answer in _values(case, ref):
            given = case.profile.with_answer(ref, answer, LIST if fact.list else None)
            if fact.event:
                evidence = {**given.evidence, ref: Evidence(dated=case.as_of)}
                given = replace(given, evidence=evidence)
            if engine.answer(ref) == answer:
                continue
            again = agreement.run(case, given)
            for after in again.findings:
                same = (after.rule, after.item) == (finding.rule, finding.item)
                if same and not after.further and after.possible <= WISHES[wish]:
                    yield ref, answer


def _values(case: Case, ref: FactRef) -> Iterator[Answer]:
    fact = case.rules.facts[ref.name]
    if fact.type is FactType.BOOLEAN:
        yield from (Answer(frozenset({value}), "") for value in (True, False))
    elif fact.type is FactType.CHOICE:
        yield from (Answer(frozenset({value}), "") for value in fact.choices)
    elif fact.type is FactType.CHOICES:
        for held in (frozenset[str](), *(frozenset({o}) for o in fact.choices)):
            yield Answer(Members(held, held), "")
    elif fact.type is FactType.DATE:
        last = case.as_of if fact.event else generators.WINDOW[-1] + 1
        for day in range(generators.WINDOW[0] - 1, last + 1):
            if fact.bounds.contains(day):
                yield Answer((point(day),), "")
        if fact.event:
            yield NOT_YET
    elif fact.type.is_numeric:
        step = Fraction(1) if fact.type.is_whole else Fraction(1, 2)
        low, high = fact.bounds.low or 0, fact.bounds.high or 12
        for n in range(int((Fraction(high) - low) / step) + 1):
            value = low + n * step
            whole = value.numerator if value.denominator == 1 else value
            if fact.bounds.contains(whole):
                yield Answer((Interval(whole, whole),), "")


# -- the ghost ------------------------------------------------------------------------------------


def ghost_steps(rules: Rules, given: Profile, rule: str, item: str | None) -> list[GhostStep]:
    evaluation = evaluate(given, rules, as_of=TODAY)
    finding = next(f for f in evaluation.findings if (f.rule, f.item) == (rule, item))
    found = ghost_axis(evaluation, explain(evaluation, finding))
    assert found is not None
    axis, name = found
    return [ghost_step(evaluation, finding, axis, name, n) for n in range(len(axis.bands))]


def test_the_ghost_moves_a_computed_figure_by_one_answer() -> None:
    given = year(rd=36 * MILLION, process=0, revenue=1_500 * MILLION)
    below, above = ghost_steps(accounts(), given, "b/rd-share", "2024")
    assert below.supposition is None  # it lies there now
    assert below.reachable
    assert above.supposition is not None
    assert said(accounts(), above.supposition) == "years[2024].rd = CNY 45 million"
    assert above.after is not None
    assert above.after.status is Status.PASS


def test_the_ghost_walks_the_bands_of_a_range() -> None:
    one = {**export(), "export.people": (Interval(900_000, 1_200_000),)}
    below, above = ghost_steps(exports(), profile({"ciio": False}, {"one": one}), "d/volume", "one")
    assert (below.figure, above.figure) == (
        Interval(900_000, 999_999),
        Interval(1_000_000, 1_200_000),
    )
    assert below.after is not None
    assert below.after.status is Status.NOT_APPLICABLE
    assert above.after is not None
    assert above.after.scope is True


def test_the_ghost_tells_what_would_flip() -> None:
    given = profile({"ciio": False}, {"one": export(people=1_200_000)})
    steps = ghost_steps(exports(), given, "d/volume", "one")
    turned = [{(e.after or e.before).rule for e in step.effects} for step in steps]  # type: ignore[union-attr]
    assert len(steps) > 1
    assert any("d/middle" in rules for rules in turned)
    assert turned[-1] == set()
