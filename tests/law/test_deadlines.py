"""Each act of the company that the law sets a day for: missed, still ahead, not answered.

For every duty that asks for an act in time there is an example whose due day is known. From it:
on the day after it the act fails, the day before and the day itself it is not yet due, and without
an answer it needs proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from compliancecheck.authoring.examples import Case, cases
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.conditions import Compare, DueDay, FactValue
from compliancecheck.model.findings import DatedAct, Evaluation, Finding, Standing, Status
from compliancecheck.model.instruments import Deadline, Rule, Rules
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.reading.pack_walk import walk
from compliancecheck.reading.packs import load_rules, shipped_rules
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reports.exits import FailOn, Tally

NOT_YET = Answer(None, "not yet", not_yet=True)


@cache
def rules() -> Rules:
    return load_rules([shipped_rules()])


def asked_in_time() -> Iterator[tuple[Rule, Deadline]]:
    """The deadlines with which a requirement compares the day of the act."""
    for rule in rules().rules.values():
        for deadline in rule.deadlines:
            due = DueDay(rule.id, deadline.id)
            for node in walk(rule.requires):
                if not isinstance(node, Compare) or node.upper is None:
                    continue
                done = FactValue(deadline.done_on or "")
                if node.left == done and node.upper.value == due:
                    yield rule, deadline
                    break


def judged(case: Case, profile: Profile, day: int) -> tuple[Evaluation, Finding | None]:
    found = evaluate(
        profile, rules(), as_of=day, drafts=True, wanted=lambda rule: rule == case.rule.id
    )
    return found, next((f for f in found.findings if f.item == case.item), None)


def act_of(found: Evaluation, deadline: Deadline, item: str | None) -> DatedAct | None:
    acts = [a for a in found.dates if a.deadline == deadline.id and a.item == item]
    return acts[0] if len(acts) == 1 and acts[0].due is not None else None


def with_answer(profile: Profile, deadline: Deadline, item: str | None, answer: Answer) -> Profile:
    fact = rules().facts[deadline.done_on or ""]
    ref = FactRef(fact.name, item if fact.list else None)
    return profile.with_answer(ref, answer, fact.list)


def without_answer(profile: Profile, deadline: Deadline, item: str | None) -> Profile:
    fact = rules().facts[deadline.done_on or ""]
    return profile.without(FactRef(fact.name, item if fact.list else None), fact.list)


def tried(rule: Rule, deadline: Deadline) -> Iterator[tuple[Case, Profile, int, Deadline]]:
    """Examples of the rule in which all but the act is known, and the day by which it is due."""
    for case in cases(rules(), rule.id):
        if case.profile is None:
            continue
        profile = with_answer(case.profile, deadline, case.item, NOT_YET)
        found, finding = judged(case, profile, case.example.as_of)
        act = act_of(found, deadline, case.item)
        if finding is None or not finding.fired or act is None or act.due is None:
            continue
        if act.due.is_point and act.due.low is not None:
            yield case, replace(profile, dated=None), int(act.due.low), deadline


PAIRS = list(asked_in_time())


def test_there_are_acts_in_time() -> None:
    assert len(PAIRS) >= 5


@pytest.mark.parametrize(("rule", "deadline"), PAIRS, ids=lambda x: getattr(x, "id", ""))
def test_missed_ahead_today_and_unanswered(rule: Rule, deadline: Deadline) -> None:
    seen = set()
    for case, profile, due, _ in tried(rule, deadline):
        late, missed = judged(case, profile, due + 1)
        _, ahead = judged(case, profile, due - 1)
        _, today = judged(case, profile, due)
        bare = without_answer(profile, deadline, case.item)
        _, unanswered = judged(case, bare, due - 1)
        if missed is None or ahead is None or unanswered is None:
            continue  # not in force on that day
        act = act_of(late, deadline, case.item)
        if missed.status is Status.FAIL and act is not None:
            assert act.standing is Standing.OVERDUE
            seen.add("missed")
        if ahead.waits_until == due and ahead.status is Status.UNDETERMINED:
            assert ahead.missing == ()
            seen.add("ahead")
        if today is not None and today.waits_until == due:  # the day runs to its end
            assert today.status is Status.UNDETERMINED
            _, stale = judged(case, replace(profile, dated=due), due + 1)
            assert stale is None or stale.status is not Status.FAIL  # it may have come that day
            seen.add("today")
        if unanswered.status is Status.UNDETERMINED and unanswered.waits_until is None:
            assert deadline.done_on in {ref.name for ref in unanswered.missing}
            seen.add("unanswered")
    expected = {"missed", "ahead", "today", "unanswered"}
    if rule.slug == "transition":  # its last day stands in a condition as well, as a day
        expected.remove("today")
    assert seen == expected


def test_what_one_reading_calls_missed_is_not_ahead() -> None:
    """By `two_years` the renewal was missed; by `three_years` there is time: not just `not yet`."""
    rule, reading = "cn.cac.2022-11/renewal-application", "data_export.old_result_validity"
    text = (shipped_rules().parent / "profiles" / "result-of-2023.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^  extension_growth:.*", "  extension_growth: 25%", text)
    text = re.sub(r"(?m)^  new_application_on:.*", "  new_application_on: not yet", text)
    text = re.sub(r"(?m)^dated:.*", "dated: 2026-06-01", text)
    text = text[: text.index("\nevidence:") + 1]

    def waits(more: str = "") -> tuple[object, bool, int]:
        profile, _ = load_profile_text(text + more, "p.yaml", rules())
        assert profile is not None
        day = date(2026, 6, 1).toordinal()
        found = evaluate(profile, rules(), as_of=day, wanted=lambda name: name == rule)
        (finding,) = found.findings
        tally = Tally(FailOn.UNDETERMINED)
        tally.add(found)
        return finding.status, finding.waits_until is not None, tally.hits

    assert waits() == (Status.UNDETERMINED, False, 1)
    assert waits(f"readings: {{{reading}: three_years}}\n") == (Status.UNDETERMINED, True, 0)
    assert waits(f"readings: {{{reading}: two_years}}\n") == (Status.FAIL, False, 1)
