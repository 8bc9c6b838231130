"""Which rule stands in the place of one that a change of law took away, where the data says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from compliancecheck.logic.drafts import replaced_by
from compliancecheck.model.comparison import Change, Partner, Side
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.instruments import Rule, Rules

Key = tuple[str, str | None, bool]
"""A rule, an item, and whether it is the further one."""


def keyed(evaluation: Evaluation) -> dict[Key, Finding]:
    """The findings by rule and item."""
    return {(f.rule, f.item, f.further): f for f in evaluation.findings}


def linked(
    changes: list[Change], old: Mapping[Key, Finding], new: Mapping[Key, Finding], rules: Rules
) -> tuple[Change, ...]:
    """The changes with what stands in the place of each; one follows what it took the place of.

    Either side may be the later day of law: what is gone on a side is looked for there.
    """
    old_of, new_of = _by_item(old), _by_item(new)
    successors: dict[Key, dict[str, str]] = {_key(change): {} for change in changes}
    predecessors: dict[Key, dict[str, str]] = {_key(change): {} for change in changes}
    for change in changes:
        key = _key(change)
        for partner in _stand_in(change, change.after, change.before, new_of, rules):
            successors[key][partner.rule] = partner.why
            predecessors.get(_other(key, partner), {})[key[0]] = partner.why
        for partner in _stand_in(change, change.before, change.after, old_of, rules):
            predecessors[key][partner.rule] = partner.why
            successors.get(_other(key, partner), {})[key[0]] = partner.why
    whole = {
        key: replace(
            change,
            successors=tuple(Partner(*row) for row in successors[key].items()),
            predecessors=tuple(Partner(*row) for row in predecessors[key].items()),
        )
        for change in changes
        for key in [_key(change)]
    }
    return tuple(_together(whole))


def partners(
    rule: Rule,
    instruments: Iterable[str],
    article: str | None,
    rules: Rules,
    live: Mapping[str, Finding],
) -> tuple[Partner, ...]:
    """The rules of some instruments that stand in the place of *rule*.

    *live* are the findings of the same item by rule, *article* the one that displaces. A way is
    succeeded by the ways of the same route that apply (or may), else by the same way.
    """
    inside = set(instruments)
    own = [r for r in rules.rules.values() if r.instrument in inside and r.each == rule.each]
    found = [Partner(r.id, "way") for r in _ways(rule, own, live)]
    if article is not None:
        found += [Partner(r.id, "article") for r in own if _stands_at(r.article, article)]
    found += [Partner(r.id, "name") for r in own if r.slug == rule.slug or rule.id in r.formerly]
    return tuple({partner.rule: partner for partner in reversed(found)}.values())[::-1]


def _editions_before(rules: Rules, instrument: str) -> tuple[str, ...]:
    found = list(rules.instruments[instrument].replaces)
    for name in found:
        if name in rules.instruments:
            found += [n for n in rules.instruments[name].replaces if n not in found]
    return tuple(found)


def editions_after(rules: Rules, instrument: str) -> tuple[str, ...]:
    """All instruments that replace one, or replace what replaced it."""
    found = list(replaced_by(rules, instrument))
    for name in found:
        found += [n for n in replaced_by(rules, name) if n not in found and n != instrument]
    return tuple(found)


_ByItem = Mapping[tuple[str | None, bool], Mapping[str, Finding]]
"""For an item (or the further one) its findings by rule."""


def _by_item(findings: Mapping[Key, Finding]) -> _ByItem:
    found: dict[tuple[str | None, bool], dict[str, Finding]] = {}
    for finding in findings.values():
        found.setdefault((finding.item, finding.further), {})[finding.rule] = finding
    return found


def _stand_in(
    change: Change, gone: Side, there: Side, findings: _ByItem, rules: Rules
) -> tuple[Partner, ...]:
    """What stands on the side *gone*, where the rule is displaced or out of force."""
    if gone.applies or not there.applies:
        return ()
    rule = rules.rules[change.rule]
    live = findings.get((change.item, change.further), {})
    why = gone.reason
    if why is not None and why.kind == "displaced" and why.by is not None:
        return partners(rule, [why.by], why.article, rules, live)
    if gone.absent == "not_in_force" or (why is not None and why.kind == "not_in_force"):
        near = [*editions_after(rules, rule.instrument), *_editions_before(rules, rule.instrument)]
        found = partners(rule, near, None, rules, live)
        return tuple(partner for partner in found if partner.rule in live)
    return ()


def _ways(rule: Rule, own: list[Rule], live: Mapping[str, Finding]) -> list[Rule]:
    if rule.way is None:
        return []
    route = [r for r in own if r.way is not None and r.way[0] == rule.way[0]]
    same_way = [r for r in route if r.way == rule.way]
    sure = [r for r in route if r.id in live and live[r.id].scope is True]
    open_ = [r for r in route if r.id in live and live[r.id].scope is None]
    return sure or [r for r in open_ if r in same_way] or open_ or same_way


def _stands_at(article: str, part: str) -> bool:
    return article == part or article.startswith(f"{part}(")


def _key(change: Change) -> Key:
    return change.rule, change.item, change.further


def _together(changes: dict[Key, Change]) -> Iterator[Change]:
    """Each change once; after one that went, those that took its place."""
    told: set[Key] = set()
    following = {
        _other(key, partner) for key, change in changes.items() for partner in change.successors
    }
    for key in [*(key for key in changes if key not in following), *changes]:
        for each in (key, *(_other(key, partner) for partner in changes[key].successors)):
            if each in changes and each not in told:
                told.add(each)
                yield changes[each]


def _other(key: Key, partner: Partner) -> Key:
    return partner.rule, key[1], key[2]
