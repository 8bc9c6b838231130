"""Builders of facts, rules and profiles as model objects, for tests of the logic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from compliancecheck.model import conditions as c
from compliancecheck.model.facts import Constraint, Fact, FactType, Gate, Pack
from compliancecheck.model.instruments import (
    Definition,
    Instrument,
    NamedCondition,
    Prevails,
    Reading,
    Route,
    Rule,
    Rules,
)
from compliancecheck.model.profile import Answer, Item, ItemList
from compliancecheck.model.texts import DayRange, Texts
from compliancecheck.model.values import Interval, Members, Number, point
from tests.reference import Scalar

ITEM = "item"
LIST = "p.items"
KNOWN = "p.known_total"
UNKNOWN = Answer(None, "unknown")
NOT_YET = Answer(None, "not yet", not_yet=True)


def texts(text: str) -> Texts:
    return Texts(text, text)


def fact(name: str, type_: FactType, **more: object) -> Fact:
    """A fact of the company, or of an item where the name is ``item.NAME``."""
    place = {"list": LIST, "item": ITEM} if name.startswith(ITEM + ".") else {}
    return Fact(name, type_, texts(name), "p", **place, **more)  # type: ignore[arg-type]


def choice(name: str, *options: str, **more: object) -> Fact:
    return fact(name, FactType.CHOICE, choices={o: texts(o) for o in options}, **more)


def choices(name: str, *options: str, **more: object) -> Fact:
    """A set."""
    return fact(name, FactType.CHOICES, choices={o: texts(o) for o in options}, **more)


def includes(name: str, *options: str) -> c.Includes:
    return c.Includes(name, frozenset(options))


def members(sure: str = "", possible: str = "abc") -> Answer:
    """A set of one-letter options of which some are known to be in."""
    return Answer(Members(frozenset(sure), frozenset(possible)), f"{sure} of {possible}")


def instrument(id_: str, effective: DayRange | int | None = 1, **more: object) -> Instrument:
    days = DayRange(effective, effective) if isinstance(effective, int) else effective
    given: dict[str, object] = {
        "binding": True, "issued": 1, "ends": None, "law_of": None, "applies_when": None,
        "sources": (), "articles": {},
    }  # fmt: skip
    name = texts(id_)
    return Instrument(id_, "p", name, name, name, name, effective=days, **(given | more))  # type: ignore[arg-type]


def rule(id_: str, **more: object) -> Rule:
    more.setdefault("level", "must" if "requires" in more else None)
    return Rule(id_, id_.rsplit("/", 1)[0], "1", texts(id_), **more)  # type: ignore[arg-type]


def reading(name: str, *choices: str) -> Reading:
    return Reading(name, "1", texts(name), {x: texts(x) for x in choices}, None)


def condition(name: str, when: c.Condition, each: str | None = None) -> NamedCondition:
    return NamedCondition(name, each, when)


def definition(
    name: str, value: c.Value, each: str | None = None, type_: FactType = FactType.INTEGER
) -> Definition:
    return Definition(name, each, texts(name), type_, None, value)


def rules_of(
    facts: Sequence[Fact],
    instruments: Sequence[Instrument],
    rules: Sequence[Rule],
    *,
    constraints: Sequence[Constraint] = (),
    readings: Sequence[Reading] = (),
    conditions: Sequence[NamedCondition] = (),
    definitions: Sequence[Definition] = (),
    routes: Sequence[Route] = (),
    prevails: Sequence[Prevails] = (),
) -> Rules:
    """All of it, linked. Facts of items bring their list fact, if it is not among *facts*."""
    fields = tuple(f.name for f in facts if f.list)
    if fields and all(f.name != LIST for f in facts):
        facts = [list_fact(), *facts]
    facts = [replace(f, fields=fields) if f.name == LIST else f for f in facts]
    return Rules(
        packs={"p": Pack("p", texts("p"))},
        facts={f.name: f for f in facts},
        constraints=tuple(constraints),
        instruments={i.id: i for i in instruments},
        readings={r.name: r for r in readings},
        conditions={n.name: n for n in conditions},
        definitions={d.name: d for d in definitions},
        routes={r.name: r for r in routes},
        rules={r.id: r for r in rules},
        prevails=tuple(prevails),
    )


def list_fact(gate: Gate | None = None) -> Fact:
    return Fact(LIST, FactType.LIST, texts(LIST), "p", item=ITEM, key="name", gate=gate)


def answer(value: Scalar | Interval) -> Answer:
    """One value, or an interval of numbers."""
    if isinstance(value, Interval):
        return Answer((value,), str(value))
    if isinstance(value, frozenset):
        return Answer(Members(value, value), str(sorted(value)))
    if isinstance(value, bool | str):
        return Answer(frozenset((value,)), str(value))
    return Answer((point(value),), str(value))


def answers(given: Mapping[str, Scalar | Interval | Answer]) -> dict[str, Answer]:
    return {k: v if isinstance(v, Answer) else answer(v) for k, v in given.items()}


def items(*given: Mapping[str, Scalar | Interval | Answer], more: bool = False) -> ItemList:
    """Items with the keys a, b, …"""
    named = [Item("abcdefgh"[n], answers(facts)) for n, facts in enumerate(given)]
    return ItemList(tuple(named), open=more)


def is_(name: str, *options: str | bool) -> c.FactIs:
    return c.FactIs(name, frozenset(options or (True,)))


def at_least(name: str, bound: Number | c.Value, strict: bool = False) -> c.Compare:
    value = c.Literal(bound) if isinstance(bound, int | Fraction) else bound
    return c.Compare(c.FactValue(name), c.Limit(value, strict), None)
