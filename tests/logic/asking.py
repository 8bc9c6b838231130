"""A small pack to ask from: exports with a gate, themes, a total, an optional fact and a route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.conditions import (
    All,
    Any,
    Condition,
    DistinctTotal,
    FactIs,
    Not,
    ReadingIs,
)
from compliancecheck.model.facts import Fact, FactType, Gate, GateValue, Pack
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Definition, Reading, Route, Rules
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.model.values import Interval
from tests.logic.small import (
    COUNT,
    TODAY,
    at_least,
    duty,
    fact,
    instrument,
    named,
    one_of,
    profile,
    rules,
    texts,
    under,
    yes,
)

PEOPLE = FactRef("item.people", "one")
KIND = FactRef("item.kind", "one")
BIG = FactRef("big")
ITEMS = FactRef("items")


def of_item(name: str, type: FactType, **more: object) -> Fact:
    return fact(f"item.{name}", type, texts(name), list="items", item="item", **more)


def pack() -> Rules:
    """Assessed are a million people, all of a big company, and ``odd`` by one reading of two;
    contracted 100,000; the rest is exempt. Notice is a duty that no route reads."""
    fields = [
        of_item("kind", FactType.CHOICE, theme="about",
                choices={k: texts(k) for k in ("goods", "odd", "inside")}),
        of_item("private", FactType.BOOLEAN, theme="about"),
        of_item("people", FactType.INTEGER, bounds=COUNT, unit="people",
                gate=Gate(yes("item.private"), 0)),
        of_item("notice", FactType.BOOLEAN),
        of_item("begun", FactType.DATE),
    ]  # fmt: skip
    facts = [
        fact("exports", FactType.BOOLEAN, texts("exports")),
        fact("known", FactType.INTEGER, texts("distinct people"), bounds=COUNT, optional=True),
        fact("big", FactType.BOOLEAN, texts("big")),
        fact("items", FactType.LIST, texts("items"), item="item", key="name",
             fields=tuple(f.name for f in fields), gate=Gate(yes("exports"), GateValue.EMPTY_LIST)),
        *fields,
        fact("spare", FactType.BOOLEAN, texts("spare")),  # read by no rule
    ]  # fmt: skip
    people = Definition(
        "d/people", None, texts("people"), FactType.INTEGER, "people",
        DistinctTotal("item.people", "item", COUNTED, "known", None),
    )  # fmt: skip
    assessed = Any((yes("big"), at_least("d/people", 1_000_000), BY_READING))
    return rules(
        packs={"pack": Pack("pack", texts("exports"), "exports", {"about": texts("about it")})},
        facts=named(*facts),
        instruments=named(instrument("d")),
        readings=named(Reading("r", "1", texts("odd?"), {c: texts(c) for c in "ab"}, None)),
        definitions=named(people),
        routes=named(Route("way", "item", {w: texts(w) for w in ("assess", "contract", "exempt")})),
        rules=named(
            duty("d/assess", "assess", each="item", applies_when=All((COUNTED, assessed)),
                 way=("way", "assess")),
            duty("d/contract", "contract", each="item", way=("way", "contract"), applies_when=All(
                (COUNTED, Not(assessed), at_least("d/people", 100_000)))),
            duty("d/exempt", "exempt", each="item", way=("way", "exempt"), applies_when=All(
                (COUNTED, Not(assessed), under("d/people", 100_000)))),
            duty("d/notice", "notice", each="item", applies_when=ABROAD,
                 requires=yes("item.notice")),
        ),
    )  # fmt: skip


ABROAD: Condition = FactIs("item.kind", frozenset({"inside"}), negated=True)
COUNTED: Condition = All((ABROAD, yes("item.private")))
BY_READING: Condition = All((one_of("item.kind", "odd"), ReadingIs("r", frozenset({"a"}))))
RULES = pack()

ASKED: Mapping[str, object] = {"exports": True, "big": False}
GOODS: Mapping[str, object] = {"item.kind": "goods", "item.private": True}


def found(
    company: Mapping[str, object] | None = None,
    items: Mapping[str, Mapping[str, object]] | None = None,
    rules: Rules = RULES,
    **more: object,
) -> Evaluation:
    given = profile(company, items, "items", **more)  # type: ignore[arg-type]
    return evaluate(given, rules, as_of=TODAY)


def with_listing() -> Rules:
    """The pack with one more instrument, on companies that go public."""
    facts = {**RULES.facts, "listing": fact("listing", FactType.BOOLEAN, texts("listing"))}
    more = duty("e/review", "review", applies_when=yes("listing"), requires=yes("exports"))
    return replace(
        RULES,
        facts=facts,
        instruments={**RULES.instruments, "e": instrument("e")},
        rules={**RULES.rules, more.id: more},
    )


def unknown(evaluation: Evaluation, *refs: FactRef) -> Evaluation:
    """The same company, to which these facts are not known."""
    given: Profile = evaluation.profile
    for ref in refs:
        given = given.with_answer(ref, Answer(None, "unknown"), "items" if ref.item else None)
    return evaluate(given, RULES, as_of=TODAY)


def over(low: int) -> tuple[Interval, ...]:
    return (Interval(low, None),)
