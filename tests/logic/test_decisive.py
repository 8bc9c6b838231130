"""Decisive answers force the finding alone, and none of them can be spared."""

from __future__ import annotations

import pytest

from compliancecheck.logic.decisive import decisive_answers, same, without
from compliancecheck.logic.engine import Engine, engine_of
from compliancecheck.logic.evaluate import evaluate, judge_rule
from compliancecheck.logic.explain import env_of
from compliancecheck.logic.words import ref_path
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, Profile
from tests.logic.small import TODAY, accounts, day, export, exports, profile, year

MILLION = 10**6
HR = export(purpose="hr", people=2_000, labour_rules=True, collective=False)


def found(
    rules: Rules, given: Profile, rule: str, item: str | None
) -> tuple[Evaluation, Finding, list[str], list[str]]:
    evaluation = evaluate(given, rules, as_of=TODAY)
    finding = next(f for f in evaluation.findings if (f.rule, f.item) == (rule, item))
    decisive, also = decisive_answers(engine_of(evaluation), finding)
    paths = [[ref_path(rules, ref) for ref in refs] for refs in (decisive, also)]
    return evaluation, finding, paths[0], paths[1]


def test_a_cost_that_is_not_needed_is_spared() -> None:
    given = year(rd=30 * MILLION, process=0, revenue=1_000 * MILLION)
    _, _, decisive, also = found(accounts(), given, "b/rd-share", "2024")
    assert decisive == ["applies", "years[2024].revenue", "years[2024].rd"]
    assert also == ["years[2024].process"]


def test_a_miss_needs_every_cost() -> None:
    given = year(rd=29_999_999, process=0, revenue=1_000 * MILLION)
    _, _, decisive, also = found(accounts(), given, "b/rd-share", "2024")
    assert "years[2024].process" in decisive
    assert also == []


def test_an_answer_that_acts_through_a_constraint() -> None:
    given = year(rd=7_691 * MILLION, operating=130_356 * MILLION)
    _, _, decisive, _ = found(accounts(), given, "b/rd-share", "2024")
    assert decisive == ["applies", "years[2024].operating", "years[2024].rd"]


def test_the_last_of_the_vocabulary_goes_first() -> None:
    given = profile({"ciio": True}, {"one": export(people=420_000)})
    _, _, decisive, also = found(exports(), given, "d/volume", "one")
    assert decisive == ["ciio"]  # the way abroad and the people would have done as well
    assert also == ["exports[one].access", "exports[one].purpose", "exports[one].people"]


def test_a_contested_finding_keeps_each_reading() -> None:
    given = profile({}, {"staff": HR})
    _, finding, decisive, _ = found(exports(), given, "d/exempt-hr", "staff")
    assert len(finding.readings) == 2
    assert decisive == [
        f"exports[staff].{n}" for n in ("access", "purpose", "labour_rules", "collective")
    ]


def test_other_items_are_tried_as_one() -> None:
    others = {f"other {n}": export(people=1, filed_on=day("2026-01-01")) for n in range(5)}
    given = profile({"ciio": False}, {"one": export(people=1_200_000), **others})
    _, _, decisive, _ = found(exports(), given, "d/volume", "one")
    assert not any("other" in path for path in decisive)
    given = profile({"ciio": False}, {"one": export(people=420_000), **others})
    _, _, decisive, _ = found(exports(), given, "d/middle", "one")
    assert [path for path in decisive if "other 3" in path] == [
        "exports[other 3].access", "exports[other 3].purpose", "exports[other 3].people",
    ]  # fmt: skip


def test_what_the_days_of_the_law_decide_rests_on_no_answer() -> None:
    given = profile({"ciio": True}, {"one": export(people=420_000)})
    _, _, decisive, also = found(exports(), given, "old/volume", "one")
    assert (decisive, also) == ([], [])


PROFILES = [
    (accounts(), year(rd=30 * MILLION, process=0, revenue=1_000 * MILLION)),
    (accounts(), year(rd=29_999_999, process=0, revenue=1_000 * MILLION)),
    (accounts(), year(rd=7_691 * MILLION, operating=130_356 * MILLION)),
    (exports(), profile({"ciio": False}, {"loyalty": export(people=420_000), "staff": HR})),
    (exports(), profile({"ciio": True, "known": 5_000}, {"loyalty": export(), "staff": HR})),
    (
        exports(),
        profile(
            {"ciio": False}, {"staff": HR, "one": export(people=1_500_000)}, open=True,
            readings={"needs": "both"},
        ),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "given"), PROFILES)
def test_what_is_left_forces_the_finding_and_none_can_be_spared(
    rules: Rules, given: Profile
) -> None:
    evaluation = evaluate(given, rules, as_of=TODAY)
    engine = engine_of(evaluation)
    tried = 0
    for finding in evaluation.findings:
        decisive, _ = decisive_answers(engine, finding)
        if finding.reason is not None:
            continue
        everything = [FactRef(n) for n in given.answers] + [
            FactRef(n, item.key)
            for listed in given.lists.values()
            for item in listed.items
            for n in item.answers
        ]
        rest = [ref for ref in everything if ref not in decisive]
        assert _holds(engine, finding, rest), finding.rule
        for ref in decisive:
            own = ref.item is None or ref.item == finding.item
            if own:
                tried += 1
                assert not _holds(engine, finding, [*rest, ref]), (finding.rule, ref)
    assert tried


def _holds(engine: Engine, finding: Finding, dropped: list[FactRef]) -> bool:
    smaller = Engine(without(engine, engine.profile, dropped), engine.rules, TODAY, None)
    env = env_of(smaller, finding)
    assert env is not None
    rule = engine.rules.rules[finding.rule]
    return same(judge_rule(smaller, rule, env[0] if env else None), finding)
