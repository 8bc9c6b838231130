"""Conditions, values and outcomes in plain English and Chinese, to be read aloud.

Facts, definitions and readings stand with their labels, rules with their titles; never an id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliancecheck.logic.date_words import before_words, due_words, shift_words
from compliancecheck.logic.fact_values import open_ended, open_values
from compliancecheck.logic.figures import (
    interval_words,
    joined,
    lower_words,
    number_words,
    share_text,
    upper_words,
)
from compliancecheck.model.conditions import (
    All,
    Any,
    AsOf,
    Before,
    Choose,
    Compare,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    Every,
    FactIs,
    FactValue,
    HoldsCondition,
    HoldsRule,
    Includes,
    Limit,
    Literal,
    Not,
    PercentOf,
    ReadingIs,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.findings import Outcome
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval, Members, Option, Values

__all__ = [
    "condition_words",
    "head_words",
    "interval_words",
    "label_of",
    "number_words",
    "option_words",
    "outcome_words",
    "ref_path",
    "ref_words",
    "value_words",
    "values_words",
]

UNKNOWN = Texts("not known", "未知")
YES = Texts("yes", "是")
NO = Texts("no", "否")
NONE = Texts("none of them", "均无")
ALL_OF = Texts("all of these", "同时满足以下各项")
ANY_OF = Texts("at least one of these", "满足以下至少一项")
NOT_ALL_OF = Texts("not all of these", "未同时满足以下各项")
NONE_OF = Texts("none of these", "以下各项均不满足")

_OUTCOMES = {
    Outcome.NOT_APPLICABLE: Texts("does not apply", "不适用"),
    Outcome.PASS: Texts("met", "符合"),
    Outcome.FAIL: Texts("not met", "不符合"),
    Outcome.INFORMATIVE: Texts("applies, to be read", "适用，须知"),
    Outcome.MET: Texts("benchmark met", "达到基准"),
    Outcome.NOT_MET: Texts("benchmark not met", "未达到基准"),
}


def outcome_words(outcome: Outcome) -> Texts:
    """What a rule is in one completion, in words."""
    return _OUTCOMES[outcome]


# -- facts ---------------------------------------------------------------------------------------


def ref_path(rules: Rules, ref: FactRef) -> str:
    """Where a fact stands in a profile: ``data_export.transfers[loyalty programme].purpose``.

    A fact of an item of which nothing is known has empty brackets; the key is as written.
    """
    fact = rules.facts[ref.name]
    if fact.list is None:
        return ref.name
    return f"{fact.list}[{ref.item or ''}].{fact.field_name}"


def ref_words(rules: Rules, ref: FactRef) -> Texts:
    """The label of a fact, with the item it belongs to."""
    label = rules.facts[ref.name].label
    if ref.item is None:
        return label
    return Texts(f"{label.get('en')} ({ref.item})", f"{label.get('zh')}（{ref.item}）")


def option_words(fact: Fact, option: Option) -> Texts:
    """The label of an option: ``yes``, ``sent abroad``."""
    if isinstance(option, bool):
        return YES if option else NO
    return fact.choices.get(option, Texts(option, option))


def values_words(fact: Fact, values: Values) -> Texts:
    """What a fact may be: ``yes``, ``marketing or HR management``, ``100,000 to 999,999``."""
    if fact.type is FactType.TEXT:
        assert isinstance(values, frozenset)
        return joined((Texts(str(v), str(v)) for v in sorted(values, key=str)), " or ", "或")
    if isinstance(values, Members):
        return _members_words(fact, values)
    if isinstance(values, frozenset):
        if len(values) > 1 and values >= frozenset(_options(fact)):
            return UNKNOWN
        return _either([option_words(fact, o) for o in _in_order(fact, values)])
    if not any(i.is_point for i in values) and _covers(values, fact):
        return UNKNOWN
    shown = (open_ended(fact, interval) for interval in values)
    return _either([interval_words(fact.type.value, fact.unit, i) for i in shown])


def _members_words(fact: Fact, members: Members) -> Texts:
    """A set: ``ten topics, in order``, ``none``, ``a, b and perhaps others``."""
    sure = [option_words(fact, o) for o in fact.choices if o in members.sure]
    maybe = [o for o in fact.choices if o in members.possible - members.sure]
    listed = joined(sure, ", ", "、")
    if not maybe:
        return listed if sure else NONE
    if members.possible >= frozenset(fact.choices):
        more = Texts(f"{listed.en}, perhaps others", f"{listed.zh}，可能还有其他")
        return more if sure else UNKNOWN
    others = joined([option_words(fact, o) for o in maybe], ", ", "、")
    perhaps = Texts(f"perhaps {others.en}", f"可能有{others.zh}")
    return joined([listed, perhaps], "; ", "；") if sure else perhaps


def _covers(values: Sequence[Interval], fact: Fact) -> bool:
    bounds = open_values(fact)
    assert isinstance(bounds, tuple)
    return all(any(v.meet(b) == b for v in values) for b in bounds)


def _options(fact: Fact) -> tuple[Option, ...]:
    return (True, False) if fact.type is FactType.BOOLEAN else tuple(fact.choices)


def _in_order(fact: Fact, values: Iterable[Option]) -> list[Option]:
    order = {option: n for n, option in enumerate(_options(fact))}
    return sorted(values, key=lambda o: (order.get(o, len(order)), str(o)))


def _either(parts: Sequence[Texts]) -> Texts:
    """``a``, ``a or b``, ``one of: a, b, c``."""
    if len(parts) <= 2:
        return joined(parts, " or ", "或")
    listed = joined(parts, ", ", "、")
    return Texts(f"one of: {listed.en}", f"{listed.zh}之一")


def _neither(parts: Sequence[Texts]) -> Texts:
    if len(parts) == 1:
        only = parts[0].get("en")
        shown = f"“{only}”" if only.startswith("not ") else only  # never "not not passed"
        return Texts(f"not {shown}", f"不是{parts[0].get('zh')}")
    listed = joined(parts, ", ", "、")
    return Texts(f"none of: {listed.en}", f"均不是{listed.zh}")


# -- values --------------------------------------------------------------------------------------


def label_of(rules: Rules, value: FactValue | DefinitionValue) -> Texts:
    """The label of a fact or definition."""
    if isinstance(value, FactValue):
        return rules.facts[value.name].label
    return rules.definitions[value.name].label


def type_of(rules: Rules, value: FactValue | DefinitionValue) -> tuple[FactType, str | None]:
    """Type and unit of a fact or definition."""
    if isinstance(value, FactValue):
        fact = rules.facts[value.name]
        return fact.type, fact.unit
    definition = rules.definitions[value.name]
    return definition.type, definition.unit


def figure_type(rules: Rules, value: Value) -> tuple[FactType, str | None]:
    """Type and unit of any value; of a literal alone nothing is known, it is a number."""
    if isinstance(value, FactValue | DefinitionValue):
        return type_of(rules, value)
    if isinstance(value, PercentOf):
        return type_of(rules, value.of)
    if isinstance(value, Count):
        return FactType.INTEGER, None
    if isinstance(value, Total | DistinctTotal):
        return type_of(rules, FactValue(value.fact))
    if isinstance(value, Literal):
        return FactType.NUMBER, None
    parts: list[Value] = []
    if isinstance(value, Sum):
        parts = list(value.terms)
    elif isinstance(value, Difference):
        parts = [value.left, value.right]
    elif isinstance(value, Choose):
        parts = [*(case.value for case in value.cases), value.otherwise]
    types = [figure_type(rules, part) for part in parts if not isinstance(part, Literal)]
    wide = [found for found in types if found[0] is not FactType.INTEGER]
    return (wide or types or [(FactType.DATE, None)])[0]


def value_words(rules: Rules, value: Value, type: FactType, unit: str | None) -> Texts:
    """A value as a text says it: ``3% of main-business revenue``, ``the day of evaluation``."""
    if isinstance(value, Literal):
        return number_words(type.value, unit, value.value)
    if isinstance(value, FactValue | DefinitionValue):
        return label_of(rules, value)
    if isinstance(value, AsOf):
        return Texts("the day of evaluation", "评估日")
    if isinstance(value, PercentOf):
        share, of = share_text(value.share), label_of(rules, value.of)
        return Texts(f"{share} of {of.get('en')}", f"{of.get('zh')}的{share}")
    if isinstance(value, Sum):
        return joined((value_words(rules, v, type, unit) for v in value.terms), " plus ", "加")
    if isinstance(value, Difference):
        both = (value_words(rules, v, type, unit) for v in (value.left, value.right))
        return joined(both, " less ", "减")
    if isinstance(value, Count | Total):
        return _over_items(rules, value)
    if isinstance(value, Shift):
        return shift_words(value, value_words(rules, value.of, type, unit))
    if isinstance(value, Before):
        return before_words(value, value_words(rules, value.of, type, unit))
    if isinstance(value, DueDay):
        due = rules.rules[value.rule].deadline(value.deadline).due
        return due_words(value_words(rules, due, type, unit))
    if isinstance(value, Choose):
        parts = [*(case.value for case in value.cases), value.otherwise]
        return _either([value_words(rules, part, type, unit) for part in parts])
    assert isinstance(value, DistinctTotal)
    label = rules.facts[value.fact].label
    return Texts(
        f"{label.get('en')}, each person counted once", f"{label.get('zh')}（同一人只计一次）"
    )


def _over_items(rules: Rules, value: Count | Total) -> Texts:
    """A count or a total, with what must hold of the items that are counted."""
    label = rules.lists()[value.item].label
    en, zh = f"number of items of “{label.get('en')}”", f"“{label.get('zh')}”的项数"
    if isinstance(value, Total):
        of = rules.facts[value.fact].label
        en = f"total of “{of.get('en')}” over “{label.get('en')}”"
        zh = f"“{label.get('zh')}”中“{of.get('zh')}”的合计"
    if value.where is None:
        return Texts(en, zh)
    where = condition_words(rules, value.where)
    return Texts(f"{en} where {where.en}", f"{zh}（{where.zh}）")


# -- conditions ----------------------------------------------------------------------------------


def condition_words(rules: Rules, condition: Condition) -> Texts:
    """A condition in full, in one line; named conditions without a label are written out."""
    return _Wording(rules).words(condition, False)


def head_words(rules: Rules, condition: Condition, negated: bool = False) -> Texts:
    """A condition as the head of a tree whose branches write out its parts."""
    return _Wording(rules).head(condition, negated)


class _Wording:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules

    def words(self, c: Condition, negated: bool, inside: bool = False) -> Texts:
        if isinstance(c, Not):
            return self.words(c.part, not negated, inside)
        if isinstance(c, All | Any):
            return self._group(c, negated, inside)
        if isinstance(c, HoldsCondition) and self.rules.conditions[c.name].label is None:
            return self.words(self.rules.conditions[c.name].when, negated, inside)
        if isinstance(c, Some | Every):
            where = self.words(c.where, False, True)
            head = self.head(c, negated)
            return Texts(f"{head.en}: {where.en}", f"{head.zh}：{where.zh}")
        return self.head(c, negated)

    def _group(self, c: All | Any, negated: bool, inside: bool) -> Texts:
        """De Morgan is for lawyers too: *not all of a and b* reads *not a, or not b*."""
        if len(c.parts) == 1:
            return self.words(c.parts[0], negated, inside)
        together = isinstance(c, All) != negated
        parts = [self.words(part, negated, True) for part in c.parts]
        text = joined(parts, "; and " if together else "; or ", "；且" if together else "；或")
        return Texts(f"({text.en})", f"（{text.zh}）") if inside else text

    def head(self, c: Condition, negated: bool) -> Texts:
        if isinstance(c, Not):
            return self.head(c.part, not negated)
        if isinstance(c, All):
            return NOT_ALL_OF if negated else ALL_OF
        if isinstance(c, Any):
            return NONE_OF if negated else ANY_OF
        if isinstance(c, FactIs):
            return self._fact_is(c, negated)
        if isinstance(c, ReadingIs):
            return self._reading_is(c, negated)
        if isinstance(c, Compare):
            return self._compare(c, negated)
        if isinstance(c, Includes):
            return self._includes(c, negated)
        if isinstance(c, Some | Every):
            return self._quantified(c, negated)
        if isinstance(c, HoldsRule):
            title = self.rules.rules[c.rule].title
            en, zh = ("does not apply", "不适用") if negated else ("applies", "适用")
            return Texts(f"“{title.get('en')}” {en}", f"“{title.get('zh')}”{zh}")
        named = self.rules.conditions[c.name]
        if named.label is None:
            return self.head(named.when, negated)
        label = named.label
        if negated:
            return Texts(f"not: {label.get('en')}", f"并非：{label.get('zh')}")
        return label

    def _fact_is(self, c: FactIs, negated: bool) -> Texts:
        fact = self.rules.facts[c.name]
        options = _in_order(fact, c.options)
        not_these = c.negated != negated
        if not_these and fact.type is FactType.BOOLEAN:
            options, not_these = [o for o in (True, False) if o not in c.options], False
        parts = [option_words(fact, o) for o in options]
        return _of(fact.label, _neither(parts) if not_these else _either(parts))

    def _reading_is(self, c: ReadingIs, negated: bool) -> Texts:
        reading = self.rules.readings[c.name]
        chosen = [
            text for name, text in reading.choices.items() if (name in c.options) != c.negated
        ]
        parts = [Texts(f"“{t.get('en')}”", f"“{t.get('zh')}”") for t in chosen]
        answer = _neither(parts) if negated else _either(parts)
        question = reading.question
        return Texts(f"{question.get('en')} {answer.en}", f"{question.get('zh')}{answer.zh}")

    def _includes(self, c: Includes, negated: bool) -> Texts:
        fact = self.rules.facts[c.name]
        parts = [option_words(fact, o) for o in _in_order(fact, c.options)]
        listed, either = joined(parts, ", ", "、"), _either(parts)
        if not negated:
            return _of(fact.label, Texts(f"includes {either.en}", f"包括{either.zh}"))
        if len(parts) == 1:
            return _of(fact.label, Texts(f"does not include {listed.en}", f"不包括{listed.zh}"))
        return _of(
            fact.label, Texts(f"includes none of: {listed.en}", f"不包括{listed.zh}中的任何一项")
        )

    def _quantified(self, c: Some | Every, negated: bool) -> Texts:
        label = self.rules.lists()[c.item].label
        if isinstance(c, Every):
            if negated:
                return Texts(
                    f"not in every item of “{label.get('en')}”", f"“{label.get('zh')}”中并非每一项"
                )
            return Texts(f"in every item of “{label.get('en')}”", f"“{label.get('zh')}”中每一项")
        if negated:
            return Texts(f"in no item of “{label.get('en')}”", f"“{label.get('zh')}”中没有一项")
        return Texts(
            f"in at least one item of “{label.get('en')}”", f"“{label.get('zh')}”中至少一项"
        )

    def _compare(self, c: Compare, negated: bool) -> Texts:
        type_, unit = type_of(self.rules, c.left)
        flipped = c.negated != negated
        label = label_of(self.rules, c.left)
        lower, upper = c.lower, c.upper
        if lower and upper and lower.value == upper.value:
            bound = self._bound(lower, type_, unit)
            return _of(label, _neither([bound]) if flipped else bound)
        if flipped:
            swapped_lower = Limit(upper.value, not upper.strict) if upper else None
            swapped_upper = Limit(lower.value, not lower.strict) if lower else None
            lower, upper = swapped_lower, swapped_upper
        parts = []
        is_date = type_ is FactType.DATE
        if lower is not None:
            parts.append(lower_words(self._bound(lower, type_, unit), lower.strict, is_date))
        if upper is not None:
            parts.append(upper_words(self._bound(upper, type_, unit), upper.strict, is_date))
        if flipped:
            return _of(label, joined(parts[::-1], " or ", "或"))
        return _of(label, joined(parts, " and ", "且"))

    def _bound(self, limit: Limit, type_: FactType, unit: str | None) -> Texts:
        return value_words(self.rules, limit.value, type_, unit)


def _of(label: Texts, what: Texts) -> Texts:
    return Texts(f"{label.get('en')}: {what.en}", f"{label.get('zh')}：{what.zh}")
