"""Holds the days that the engine tells against the oracle: due days, and until when one waits.

Each function returns what is wrong in words, an empty list if nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.waiting import still_to_come
from compliancecheck.model import conditions as c
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Adoption, DatedAct, Evaluation, Finding
from compliancecheck.model.profile import FactRef
from tests import reference
from tests.agreement import key
from tests.blurring import Case
from tests.reference import Row, TooMany, Truths, World, combinations, truths


def wrong_waits(case: Case, found: Evaluation, listed: Truths) -> list[str]:
    """Findings that are not settled once all that is `not yet` comes after their last day."""
    wrong = []
    for finding in found.findings:
        if finding.waits_until is None or not listed.outcomes:
            continue
        day = finding.waits_until
        before = open_combinations(listed, finding)
        on_time = open_combinations(raised(case, found, day - 1), finding)
        if day < int(reference.DAYS.high or 0) and not _some_settled(case, found, finding, before):
            wrong.append(f"{key(finding)} waits until {day}, which does not settle it")
        if day - 1 > case.as_of and on_time is not None and before and before > on_time:
            wrong.append(f"{key(finding)} waits until {day}, but {day - 1} settles it")
        if finding.missing or not finding.scope:
            wrong.append(f"{key(finding)} waits, and more is asked or it may not apply")
    return wrong


def _some_settled(
    case: Case, found: Evaluation, finding: Finding, before: set[Adoption] | None
) -> bool:
    """Whether a combination of readings that was open is settled if nothing happens in time."""
    day = finding.waits_until or 0
    after = open_combinations(raised(case, found, day), finding)
    return not before or after is None or before > after


def raised(case: Case, found: Evaluation, day: int) -> Truths:
    """What holds where all that is `not yet` happens after *day*."""
    engine = engine_of(found)
    ahead = [ref for ref in _dates(case) if still_to_come(engine.values(ref), case.as_of)]

    def only(company: Row, items: Mapping[str, Sequence[Row]]) -> bool:
        return all(value > day for ref in ahead for value in _values(case, ref, company, items))

    try:
        return truths(case.rules, case.profile, case.as_of, case.law, case.further, only)
    except TooMany:
        return Truths()


def open_combinations(listed: Truths, finding: Finding) -> set[Adoption] | None:
    """The combinations in which a finding has several outcomes; None: nothing was listed."""
    each = listed.outcomes.get(key(finding))
    return None if each is None else {adopt for adopt, found in each.items() if len(found) > 1}


def _dates(case: Case) -> list[FactRef]:
    rules, profile = case.rules, case.profile
    found = [
        FactRef(f.name) for f in rules.facts.values() if f.type is FactType.DATE and not f.list
    ]
    for given_name, given in profile.lists.items():
        own = [f for f in rules.facts.values() if f.type is FactType.DATE and f.list == given_name]
        found += [FactRef(f.name, item.key) for item in given.items for f in own]
    return found


def _values(
    case: Case, ref: FactRef, company: Row, items: Mapping[str, Sequence[Row]]
) -> list[int]:
    if ref.item is None:
        return [_day(company[ref.name])]
    rows = items[case.rules.facts[ref.name].list or ""]
    return [_day(row[ref.name]) for row in rows if row["#key"] == ref.item]


def _day(value: object) -> int:
    """The day of an act; later today is today."""
    assert isinstance(value, int)
    return value - isinstance(value, reference.Later)


# --- due days -------------------------------------------------------------------------------------


def wrong_days(case: Case, found: Evaluation) -> list[str]:
    """Acts whose due day, in some completion in which their rule applies, is another one."""
    wrong: list[str] = []
    acts = [act for act in found.dates if act.due is not None and not act.expected]
    rounds = 0
    for company, items in reference.completions(case.rules, case.profile, case.as_of, case.further):
        for adopted in combinations(case.rules, case.profile):
            rounds += 1
            if rounds > reference.MOST_ROUNDS // 4:
                return wrong
            world = World(case.rules, company, items, dict(adopted), case.as_of, case.law)
            if world.counts_agree():
                wrong += [text for act in acts if (text := _off(world, act, adopted))]
    return sorted(set(wrong))


def _off(world: World, act: DatedAct, adopted: Adoption) -> str | None:
    rule = world.rules.rules[act.rule]
    if not set(act.adopt) <= set(adopted):
        return None
    for row in world.rows(rule.each):
        if row is not None and row["#key"] != act.item:
            continue
        if not world.applies(rule, row):
            continue
        day = int(world.number(c.DueDay(act.rule, act.deadline), row))
        assert act.due is not None
        if not act.due.contains(day):
            return f"{act.rule} {act.item}: due on {day}, engine {act.due}"
    return None
