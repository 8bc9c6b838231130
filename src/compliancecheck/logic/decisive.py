"""Decisive answers: those that alone force a finding, none of which can be spared.

Answers are dropped one by one, the last of the vocabulary first, wherever the finding stays the
same.  Fewer answers never settle more, so a whole block can be dropped at once if the finding
of what is left stays the same: blocks are halved until one answer is left that cannot be spared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from compliancecheck.logic.computing import Env
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.evaluate import judge_rule
from compliancecheck.logic.moving import inputs_of
from compliancecheck.logic.program import TERMINAL
from compliancecheck.logic.reach import Reach, closure, linked, reach_of
from compliancecheck.model.findings import Adoption, Finding, Outcome
from compliancecheck.model.profile import Answer, FactRef, Item, Profile

MOST_SINGLE = 200
"""Answers of items that are tried one by one where no item is the finding's own."""

Block = tuple[FactRef, ...]


def decisive_answers(
    engine: Engine, finding: Finding
) -> tuple[tuple[FactRef, ...], tuple[FactRef, ...]]:
    """The decisive answers of a finding, and the other answers that it read.

    Both in the order of the vocabulary. Adopted readings, days and the items that a list has
    always stay; answers of other items are dropped together or not at all. What the days of
    the law alone decide rests on no answer.
    """
    rule = engine.rules.rules[finding.rule]
    if finding.reason is not None or (rule.each and not finding.item and not finding.further):
        return (), ()
    reach = reach_of(engine.program, engine.program.rule_diagram(rule))
    search = _Search(engine, finding)
    kept = search.kept(_blocks(engine, finding, reach))
    decisive = tuple(sorted((ref for block in kept for ref in block), key=engine.order))
    return decisive, _others(engine, finding, reach, frozenset(decisive))


class _Search:
    def __init__(self, engine: Engine, finding: Finding) -> None:
        self.engine = engine
        self.finding = finding
        self.rule = engine.rules.rules[finding.rule]
        self.profile = engine.profile

    def kept(self, blocks: list[Block]) -> list[Block]:
        """Drop all that can be spared, in order; what is left cannot."""
        if not blocks:
            return []
        smaller = without(self.engine, self.profile, [ref for block in blocks for ref in block])
        if self._same(smaller):
            self.profile = smaller
            return []
        if len(blocks) == 1:
            return blocks
        half = len(blocks) // 2
        first = self.kept(blocks[:half])
        return [*first, *self.kept(blocks[half:])]

    def _same(self, profile: Profile) -> bool:
        engine = self.engine.again(profile)
        item = None
        if self.rule.each is not None:
            world = engine.world.lists[self.rule.each]
            if self.finding.further and world.further is None:
                return False
            item = engine.item_world(self.rule.each, self.finding.item)
        if len(self.finding.possible) == 1:
            return self._settled(engine, () if item is None else (item,))
        return same(judge_rule(engine, self.rule, item), self.finding)

    def _settled(self, engine: Engine, env: Env) -> bool:
        """Whether each combination of readings still has the one outcome of the finding.

        The same as judging the rule, but it stops at the first combination that has not.
        """
        wanted = {TERMINAL[outcome] for outcome in self.finding.possible}
        compiled, judge = engine.program.rule_diagram(self.rule), engine.judge()
        left = judge.restrict(compiled, env)
        if left.terminals == wanted:
            return True
        readings = sorted(inputs_of(judge, compiled, left, env).readings)
        combinations = engine.combinations(readings) if readings else None
        return combinations is not None and all(
            engine.judge(adopt).refine(compiled, left, env).terminals == wanted
            for adopt in combinations
        )


def same(a: Finding, b: Finding) -> bool:
    """Whether two findings have one status, ``possible`` and ``met`` for all readings."""
    if (a.status, a.possible, a.met) != (b.status, b.possible, b.met):
        return False
    first, second = _by_reading(a), _by_reading(b)
    return all(
        outcomes == others
        for adopt, outcomes in first.items()
        for other, others in second.items()
        if _agree(adopt, other)
    )


def _by_reading(finding: Finding) -> dict[Adoption, frozenset[Outcome]]:
    if not finding.readings:
        return {(): finding.possible}
    return {verdict.adopt: verdict.outcomes for verdict in finding.readings}


def _agree(a: Adoption, b: Adoption) -> bool:
    chosen = dict(a)
    return all(chosen.get(name, choice) == choice for name, choice in b)


# -- what is tried -------------------------------------------------------------------------------


def _blocks(engine: Engine, finding: Finding, reach: Reach) -> list[Block]:
    """The answers that may be decisive, in the order in which they are dropped."""
    lists = engine.rules.lists()
    links, facts = linked(engine.rules), engine.rules.facts
    inner = reach.inner | {lists[item].name for item in reach.lists}
    names = closure(reach.own | inner, links)
    far = closure(inner | {name for name in names if facts[name].list is None}, links)
    single = [FactRef(n) for n, a in engine.profile.answers.items() if _tried(engine, n, a, names)]
    others: list[Block] = []
    rule = engine.rules.rules[finding.rule]
    for item, fact in lists.items():
        given = engine.profile.lists.get(fact.name)
        rest = []
        for one in given.items if given else ():
            if item == rule.each and one.key == finding.item:
                single += _item_refs(engine, [one], names)
            else:
                rest.append(one)
        refs = _item_refs(engine, rest, far)
        if item == rule.each or len(refs) > MOST_SINGLE:
            others.append(tuple(sorted(refs, key=engine.order)))
        else:
            single += refs
    first = [block for block in others if block]
    return [*first, *((ref,) for ref in sorted(single, key=engine.order, reverse=True))]


def _item_refs(engine: Engine, items: Iterable[Item], names: set[str]) -> list[FactRef]:
    return [
        FactRef(name, item.key)
        for item in items
        for name, answer in item.answers.items()
        if _tried(engine, name, answer, names)
    ]


def _tried(engine: Engine, name: str, answer: Answer, names: set[str]) -> bool:
    return name in names and not answer.unknown and name in engine.rules.facts


def _others(
    engine: Engine, finding: Finding, reach: Reach, decisive: frozenset[FactRef]
) -> tuple[FactRef, ...]:
    """Other answers on which the finding could rest: those that it reads itself."""
    blocks = _blocks(engine, finding, reach)
    found = [ref for block in blocks if len(block) <= MOST_SINGLE for ref in block]
    read = reach.own | reach.inner
    return tuple(
        sorted((r for r in found if r.name in read and r not in decisive), key=engine.order)
    )


def without(engine: Engine, profile: Profile, refs: Iterable[FactRef]) -> Profile:
    """A profile without some answers; the items of its lists stay."""
    company: set[str] = set()
    items: dict[str, dict[str | None, set[str]]] = {}
    for ref in refs:
        list_name = engine.rules.facts[ref.name].list
        if list_name is None:
            company.add(ref.name)
        else:
            items.setdefault(list_name, {}).setdefault(ref.item, set()).add(ref.name)
    answers = {n: a for n, a in profile.answers.items() if n not in company}
    lists = dict(profile.lists)
    for list_name, dropped in items.items():
        old = lists[list_name]
        kept = tuple(_item_without(item, dropped.get(item.key, set())) for item in old.items)
        lists[list_name] = replace(old, items=kept)
    return replace(profile, answers=answers, lists=lists)


def _item_without(item: Item, names: set[str]) -> Item:
    if not names:
        return item
    return replace(item, answers={n: a for n, a in item.answers.items() if n not in names})
