"""What differs between two evaluations: two days of law over the same facts, or two profiles.

A rule that is not there on one side (out of force, or its item is not listed) is no different
from one that does not apply; only what the company would notice is a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliancecheck.logic.compared_facts import (
    different_answers,
    different_readings,
    read_by,
    rules_read_by,
    shaky_counts,
)
from compliancecheck.logic.decisive import same
from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.editions import days_of
from compliancecheck.logic.explain import reason
from compliancecheck.logic.partners import Key, keyed, linked
from compliancecheck.model.comparison import Change, Comparison, DateChange, RouteChange, Side
from compliancecheck.model.findings import Adoption, DatedAct, Evaluation, Finding, RouteLine
from compliancecheck.model.profile import FactRef


def compare(before: Evaluation, after: Evaluation) -> Comparison:
    """What differs between two evaluations by the same rules.

    Raises :class:`ValueError` where the rules are not the same, or answers of a side contradict
    each other.
    """
    if before.rules is not after.rules:
        raise ValueError("two evaluations can be compared only if they are by the same rules")
    if before.conflicts or after.conflicts:
        raise ValueError("answers that contradict each other cannot be compared")
    facts = different_answers(before, after)
    old, new = keyed(before), keyed(after)
    differing, unchanged, idle = _sorted_out(before, old, new)
    changed = frozenset(rule for rule, _, _ in differing)
    through = {
        rule: tuple(r for r in rules_read_by(before, rule) if r in changed) for rule in changed
    }
    judged = frozenset(rule for rule, _, _ in old), frozenset(rule for rule, _, _ in new)
    changes = linked(
        [
            Change(
                rule=rule,
                item=item,
                further=further,
                before=side_of(before, rule, old.get(key), _absent(before, rule, judged[0])),
                after=side_of(after, rule, new.get(key), _absent(after, rule, judged[1])),
                facts=_facts_of(before, after, key, facts),
                through=through[rule],
            )
            for key in differing
            for rule, item, further in [key]
        ],
        old,
        new,
        before.rules,
    )
    routes = tuple(route_changes(before.routes, after.routes))
    return Comparison(
        before=before,
        after=after,
        changes=changes,
        routes=routes,
        dates=tuple(_dates(before.dates, after.dates)),
        unchanged=unchanged,
        idle=idle,
        facts=facts,
        readings=different_readings(before, after),
        shaky=shaky_counts(before, after, changes, routes),
    )


def side_of(evaluation: Evaluation, rule: str, finding: Finding | None, absent: str) -> Side:
    """One side of a change; *absent* says why there is no finding, where there is none."""
    since, until = days_of(evaluation.rules, evaluation.rules.rules[rule])
    if finding is None:
        return Side(rule, None, None, absent, since, until)
    return Side(rule, finding, reason(evaluation, finding), None, since, until)


def _sorted_out(
    before: Evaluation, old: dict[Key, Finding], new: dict[Key, Finding]
) -> tuple[list[Key], int, int]:
    """What differs, in the order of the rules; how many do not, and how many are idle."""
    places = {rule: n for n, rule in enumerate(before.rules.rules)}
    differing, unchanged, idle = [], 0, 0
    for key in sorted(dict.fromkeys([*old, *new]), key=lambda key: places[key[0]]):
        one, other = old.get(key), new.get(key)
        if one is None or other is None:
            if _is_idle(one) and _is_idle(other):
                idle += 1
                continue
        elif same(one, other) and one.waits_until == other.waits_until:
            unchanged += 1
            continue
        differing.append(key)
    return differing, unchanged, idle


def _is_idle(finding: Finding | None) -> bool:
    return finding is None or finding.scope is False


def _absent(evaluation: Evaluation, rule: str, judged: frozenset[str]) -> str:
    if is_draft(evaluation.rules, rule) and not evaluation.drafts:
        return "draft"
    return "not_listed" if rule in judged else "not_in_force"


def _facts_of(
    before: Evaluation, after: Evaluation, key: Key, facts: tuple[FactRef, ...]
) -> tuple[FactRef, ...]:
    if not facts:
        return ()
    found = {*read_by(before, key[0], key[1], facts), *read_by(after, key[0], key[1], facts)}
    return tuple(ref for ref in facts if ref in found)


# -- routes and days ------------------------------------------------------------------------------


def route_changes(old: Iterable[RouteLine], new: Iterable[RouteLine]) -> Iterator[RouteChange]:
    """The lines of routes that differ."""
    before = {(line.route, line.item): line for line in old}
    after = {(line.route, line.item): line for line in new}
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _ways(one) != _ways(other):
            yield RouteChange(*key, one, other)


def _ways(line: RouteLine) -> tuple[object, ...]:
    return line.possible, line.none_possible, line.contested, line.readings, line.reason


def _dates(old: Iterable[DatedAct], new: Iterable[DatedAct]) -> Iterator[DateChange]:
    before, after = ({_act(act): act for act in acts} for acts in (old, new))
    for key in dict.fromkeys([*before, *after]):
        one, other = before.get(key), after.get(key)
        if one is None or other is None or _days(one) != _days(other):
            yield DateChange(*key[:3], one, other)


def _act(act: DatedAct) -> tuple[str, str, str | None, Adoption]:
    return act.rule, act.deadline, act.item, act.adopt


def _days(act: DatedAct) -> tuple[object, ...]:
    return act.standing, act.opens, act.due, act.safe_due, act.latest, act.done, act.applies
