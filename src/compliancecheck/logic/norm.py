"""A rule as a norm: its conditions as a list of lines in words, and the terms it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliancecheck.logic.date_words import period_words
from compliancecheck.logic.nodes import nodes_of
from compliancecheck.logic.words import ALL_OF, ANY_OF, head_words, value_words
from compliancecheck.model.conditions import (
    NO_NOTE,
    All,
    Any,
    Choose,
    Condition,
    DefinitionValue,
    DistinctTotal,
    DueDay,
    Every,
    HoldsCondition,
    HoldsRule,
    Not,
    Note,
    ReadingIs,
    Some,
    Value,
)
from compliancecheck.model.facts import FactType
from compliancecheck.model.instruments import (
    Deadline,
    Definition,
    Extension,
    NamedCondition,
    Reading,
    Rule,
    Rules,
)
from compliancecheck.model.texts import Texts

_WHERE = Texts("where", "条件")
_OTHERWISE = Texts("otherwise", "其他情形")
_COUNTED_WHERE = Texts("counted where", "计入条件")


@dataclass(frozen=True, slots=True)
class NormLine:
    """One line of a condition: how deep it stands, its words, and what is noted beside it."""

    depth: int
    words: Texts
    note: Note


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule rests on, directly or through others, in the order of the packs."""

    readings: tuple[Reading, ...]
    conditions: tuple[NamedCondition, ...]  # those that have a label: terms of the law
    definitions: tuple[Definition, ...]
    rules: tuple[Rule, ...]


def norm_lines(
    rules: Rules, condition: Condition, negated: bool = False, depth: int = 0, outer: Note = NO_NOTE
) -> Iterator[NormLine]:
    """A condition as nested lines, as a lawyer would set it out; *not* goes into the leaves.

    *outer* is what is noted beside a condition that has no line of its own.
    """
    c = condition
    note = outer if c.note == NO_NOTE else c.note
    if isinstance(c, Not):
        yield from norm_lines(rules, c.part, not negated, depth, note)
    elif isinstance(c, All | Any) and len(c.parts) == 1:
        yield from norm_lines(rules, c.parts[0], negated, depth, note)
    elif isinstance(c, HoldsCondition) and rules.conditions[c.name].label is None:
        yield from norm_lines(rules, rules.conditions[c.name].when, negated, depth, note)
    elif isinstance(c, All | Any):
        together = isinstance(c, All) != negated
        yield NormLine(depth, ALL_OF if together else ANY_OF, note)
        for part in c.parts:
            yield from norm_lines(rules, part, negated, depth + 1)
    else:
        yield NormLine(depth, head_words(rules, c, negated), note)
        if isinstance(c, Some | Every):
            yield from norm_lines(rules, c.where, False, depth + 1)


def terms_of(rules: Rules, rule: Rule) -> Terms:
    """The readings, named conditions, definitions and rules on which a rule rests."""
    reached: set[str] = set()
    head = rules.instruments[rule.instrument].applies_when
    left: list[object] = [head, rule.applies_when, rule.requires, rule.compares, rule.deadlines]
    while left:
        for name, inside in _named(rules, left.pop()):
            if name not in reached:
                reached.add(name)
                left += inside
    return Terms(
        tuple(r for r in rules.readings.values() if f"reading {r.name}" in reached),
        tuple(c for c in rules.conditions.values() if c.label and f"condition {c.name}" in reached),
        tuple(d for d in rules.definitions.values() if f"definition {d.name}" in reached),
        tuple(r for r in rules.rules.values() if f"rule {r.id}" in reached),
    )


def _named(rules: Rules, tree: object) -> Iterator[tuple[str, list[object]]]:
    """The names that stand in a tree, each with what it is made of."""
    for node in nodes_of(tree):
        if isinstance(node, ReadingIs):
            yield f"reading {node.name}", []
        elif isinstance(node, HoldsCondition):
            yield f"condition {node.name}", [rules.conditions[node.name].when]
        elif isinstance(node, DefinitionValue):
            yield f"definition {node.name}", [rules.definitions[node.name].value]
        elif isinstance(node, HoldsRule | DueDay):
            other = rules.rules[node.rule]
            yield f"rule {node.rule}", [other.applies_when, other.deadlines]


def definition_lines(rules: Rules, definition: Definition) -> Iterator[NormLine]:
    """How a definition is computed: one line, or a line a case with its conditions below."""
    yield from value_lines(rules, definition.value, definition.type, definition.unit)


def value_lines(
    rules: Rules, value: Value, type: FactType, unit: str | None, depth: int = 0
) -> Iterator[NormLine]:
    """A value in words; what a case or a count depends on stands below it."""
    if isinstance(value, Choose):
        for case in value.cases:
            yield from value_lines(rules, case.value, type, unit, depth)
            yield NormLine(depth + 1, _WHERE, NO_NOTE)
            yield from norm_lines(rules, case.when, False, depth + 2)
        yield NormLine(depth, _OTHERWISE, NO_NOTE)
        yield from value_lines(rules, value.otherwise, type, unit, depth + 1)
        return
    yield NormLine(depth, value_words(rules, value, type, unit), NO_NOTE)
    if isinstance(value, DistinctTotal) and value.where is not None:
        yield NormLine(depth + 1, _COUNTED_WHERE, NO_NOTE)
        yield from norm_lines(rules, value.where, False, depth + 2)


def deadline_lines(rules: Rules, deadline: Deadline) -> Iterator[NormLine]:
    """What a day depends on that is chosen by conditions; nothing for all others."""
    if isinstance(deadline.due, Choose):
        yield from value_lines(rules, deadline.due, FactType.DATE, None)


def deadline_words(rules: Rules, deadline: Deadline) -> Texts:
    """When an act is due, since when it can be done, and what moves the day, in one line."""
    found = _day_words(rules, deadline.due)
    if deadline.opens is not None:
        opens = _day_words(rules, deadline.opens)
        found = Texts(f"from {opens.get('en')} to {found.get('en')}",
                      f"自{opens.get('zh')}至{found.get('zh')}")  # fmt: skip
    if deadline.or_expected is not None and DueDay(*deadline.or_expected) not in nodes_of(
        deadline.due
    ):
        rule, name = deadline.or_expected
        act = next(d.act for d in rules.rules[rule].deadlines if d.id == name)
        found = Texts(
            f"{found.en}; until that is known, from the expected day to {act.get('en')}",
            f"{found.zh}；未知时自“{act.get('zh')}”的预计日起算",
        )
    if deadline.may_extend is not None:
        more = _extension_words(deadline.may_extend)
        found = Texts(f"{found.en}; {more.en}", f"{found.zh}；{more.zh}")
    return found


def _extension_words(extension: Extension) -> Texts:
    if extension.amount is None:
        return Texts("may be extended, without a limit", "可以延长，未设上限")
    period = period_words(extension.amount, extension.unit)
    return Texts(f"may be extended to {period.en} in all", f"可延长，合计{period.zh}")


def _day_words(rules: Rules, value: Value) -> Texts:
    return value_words(rules, value, FactType.DATE, None)
