"""Profiles that allow a completion which is known, but say less than it; and ones that say more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from compliancecheck.model import conditions as c
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import (
    Adopted,
    Answer,
    Evidence,
    FactRef,
    Item,
    ItemList,
    Profile,
)
from compliancecheck.model.values import Interval, Members, Values
from tests import reference
from tests.builders import KNOWN, LIST, NOT_YET, UNKNOWN, answer
from tests.reference import Row, Scalar, World


@dataclass
class Case:
    """Rules, a profile, its day, and a completion that the profile allows."""

    rules: Rules
    profile: Profile
    as_of: int
    law: int | None
    truth: tuple[Row, Sequence[Row]]
    further: int


def counted(
    random: Random, rules: Rules, as_of: int, company: Row, rows: Sequence[Row]
) -> tuple[Row, Sequence[Row]] | None:
    """The completion with the number of people over all items drawn so that it fits."""
    world = World(rules, company, {LIST: rows}, {}, as_of)
    for total in (d.value for d in rules.definitions.values()):
        if isinstance(total, c.DistinctTotal) and total.known_as:
            low, high = world.largest_and_sum(total.fact, world.known(total))
            world.company = {**company, KNOWN: random.randint(low, high)}
    return (world.company, rows) if world.counts_agree() else None


def blurred(
    random: Random, rules: Rules, truth: tuple[Row, Sequence[Row]], as_of: int, vague: float
) -> Profile:
    """A profile that allows *truth*; about a share of *vague* of the answers is not exact."""
    company, rows = truth
    top = [f for f in rules.facts.values() if not f.list and f.type is not FactType.LIST]
    own = [f for f in rules.facts.values() if f.list]
    evidence: dict[FactRef, Evidence] = {}
    dated = random.choice([None, as_of, as_of - 1])
    given = _answers(random, top, company, None, as_of, dated, vague, evidence)
    lists = {}
    own_vague = vague if random.random() < 0.6 else 0
    if LIST in rules.facts and not random.random() < vague / 3:
        more = random.random() < vague / 3
        shown = rows[: random.randint(0, len(rows))] if more else rows
        named = [
            Item(key, _answers(random, own, row, key, as_of, dated, own_vague, evidence))
            for key, row in zip("ab", shown, strict=False)
        ]
        lists[LIST] = ItemList(tuple(named), open=more)
    adopted = {
        r.name: Adopted(random.choice(list(r.choices)))
        for r in rules.readings.values()
        if random.random() < 0.2
    }
    return Profile(dated=dated, answers=given, lists=lists, readings=adopted, evidence=evidence)


def _answers(
    random: Random,
    facts: Sequence[Fact],
    row: Row,
    key: str | None,
    as_of: int,
    dated: int | None,
    vague: float,
    evidence: dict[FactRef, Evidence],
) -> dict[str, Answer]:
    found = {}
    for f in facts:
        if f.event and random.random() < 0.4:
            day = as_of - 1 if random.random() < 0.2 else None
            if row[f.name] > (day or dated or as_of):  # type: ignore[operator]
                if day:
                    evidence[FactRef(f.name, key)] = Evidence(dated=day)
                found[f.name] = NOT_YET
                continue
        if random.random() >= vague:
            found[f.name] = answer(row[f.name])
        elif random.random() < 0.5:
            if random.random() < 0.2:
                found[f.name] = UNKNOWN
        else:
            found[f.name] = _vaguer(random, f, row[f.name])
    return found


def _vaguer(random: Random, fact_: Fact, value: Scalar) -> Answer:
    """An answer that allows *value* and more: one of several choices, or a range."""
    if fact_.type is FactType.BOOLEAN:
        return UNKNOWN
    if isinstance(value, frozenset):
        sure = frozenset(o for o in sorted(value) if random.random() < 0.5)
        more = frozenset(o for o in fact_.choices if random.random() < 0.6)
        return Answer(Members(sure, value | more), "members")
    if isinstance(value, str):
        return Answer(frozenset((value, random.choice(list(fact_.choices)))), "one of")
    low = value - random.choice([0, 1, 2])
    high = value + random.choice([0, 1, 2])
    if fact_.type.is_whole:
        both = Interval(low, high)
        return Answer((random.choice([both, both, Interval(low), Interval(None, high)]),), "whole")
    low_open = low < value and low == low // 1 and random.random() < 0.3
    high_open = high > value and high == high // 1 and random.random() < 0.3
    return Answer((Interval(low, high, low_open, high_open),), "range")


MOST_COMPLETIONS = 400


def sharpened(random: Random, found: Case) -> Case:
    """The same case with more answers, until it has few enough completions to list."""
    company, rows = found.truth
    while completions(found) > MOST_COMPLETIONS:
        profile, lists = found.profile, found.profile.lists.get(LIST)
        names = [n for n in company if n in found.rules.facts and not _exact(profile, n)]
        refs = [FactRef(n) for n in names]
        for item in lists.items if lists else ():
            refs += [
                FactRef(n, item.key)
                for n, f in found.rules.facts.items()
                if f.list and not _exact(item, n)
            ]
        if not refs or (random.random() < 0.2 and (lists is None or lists.open)):
            lists = lists or ItemList(())
            if found.further > 1:
                found = replace(found, further=1)
            elif not lists.open and LIST in profile.lists:
                break
            else:  # shown whole: the truth has what it shows and nothing more
                shown = ItemList(lists.items)
                profile = replace(profile, lists={**profile.lists, LIST: shown})
                shorter = rows[: len(lists.items)]
                truth = counted(random, found.rules, found.as_of, company, shorter)
                assert truth is not None
                company, rows = truth
                if KNOWN in profile.answers:
                    profile = profile.with_answer(FactRef(KNOWN), answer(company[KNOWN]))
                found = replace(found, profile=profile, truth=truth)
            continue
        ref = random.choice(refs)
        row = company if ref.item is None else rows["ab".index(ref.item)]
        profile = profile.with_answer(ref, answer(row[ref.name]), LIST)
        found = replace(found, profile=profile)
    return found


def vaguer(random: Random, found: Case, profile: Profile) -> Profile:
    """A profile that says less: answers left out, widened or unknown, lists opened."""
    facts = found.rules.facts
    given = _fewer(random, facts, profile.answers)
    lists = {}
    for name, old in profile.lists.items():
        if random.random() < 0.9:
            named = [replace(i, answers=_fewer(random, facts, i.answers)) for i in old.items]
            lists[name] = ItemList(tuple(named), open=old.open or random.random() < 0.2)
    readings = {n: r for n, r in profile.readings.items() if random.random() < 0.7}
    return replace(profile, answers=given, lists=lists, readings=readings)


def _fewer(
    random: Random, facts: Mapping[str, Fact], given: Mapping[str, Answer]
) -> dict[str, Answer]:
    found = {}
    for name, old in given.items():
        chance = random.random()
        if chance < 0.2:
            continue
        found[name] = old if chance < 0.6 else _wider(random, facts[name], old)
    return found


def _wider(random: Random, fact_: Fact, old: Answer) -> Answer:
    if old.values is None:
        return old
    if isinstance(old.values, Members):
        sure = frozenset(o for o in sorted(old.values.sure) if random.random() < 0.6)
        more = frozenset(o for o in fact_.choices if random.random() < 0.3)
        return Answer(Members(sure, old.values.possible | more), "members")
    if isinstance(old.values, frozenset):
        if fact_.type is FactType.BOOLEAN:
            return UNKNOWN
        return Answer(old.values | {random.choice(list(fact_.choices))}, "one of")
    low, high = old.values[0].low, old.values[-1].high
    low = None if low is None or random.random() < 0.3 else low - random.choice([0, 1])
    high = None if high is None or random.random() < 0.3 else high + random.choice([0, 1])
    return Answer((Interval(low, high),), "wider")


def _exact(given: Profile | Item, name: str) -> bool:
    values = given.answers[name].values if name in given.answers else None
    return values is not None and is_known(values)


def is_known(values: Values) -> bool:
    """Whether one value is left."""
    if isinstance(values, Members):
        return values.is_point
    return len(values) == 1 and (isinstance(values, frozenset) or values[0].is_point)


def completions(found: Case) -> int:
    """How many there are, counted no further than is needed."""
    listed = reference.completions(found.rules, found.profile, found.as_of, found.further)
    return sum(1 for _ in zip(range(MOST_COMPLETIONS + 1), listed, strict=False))
