"""Figures and items as nodes of the trace: what a value is made of, with its places."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from compliancecheck.logic.computing import Env, Judge, bound_as
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.fact_values import open_ended_figure
from compliancecheck.logic.figures import interval_words, joined
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.logic.reach import values_read
from compliancecheck.logic.waiting import still_to_come
from compliancecheck.logic.words import (
    ALL_OF,
    ANY_OF,
    UNKNOWN,
    figure_type,
    label_of,
    value_words,
    values_words,
)
from compliancecheck.model.conditions import (
    AsOf,
    Before,
    Choose,
    Condition,
    Count,
    DefinitionValue,
    Difference,
    DistinctTotal,
    DueDay,
    Every,
    FactValue,
    HoldsCondition,
    Literal,
    PercentOf,
    Shift,
    Some,
    Sum,
    Total,
    Value,
)
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import TraceNode
from compliancecheck.model.instruments import Definition
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Place, Texts
from compliancecheck.model.values import Interval, Span, Truth

MOST_ITEMS = 20
"""The items of a list that a trace names; the others are counted."""
_NOT_YET = Texts("not yet", "尚未")
_FIXED = Texts("set by the text", "条文规定")
_COUNTED = {
    True: ("counted", "计入"),
    False: ("not counted", "不计入"),
    None: ("may be counted", "可能计入"),
}


class ValueTracer(ABC):
    """Makes nodes of values; how a condition becomes a node is left to the subclass."""

    def __init__(self, engine: Engine, judge: Judge) -> None:
        self.engine = engine
        self.judge = judge
        self.rules = engine.rules
        self.program = engine.program

    @abstractmethod
    def truth(self, c: Condition, env: Env) -> Truth:
        """The truth of a condition over the world, by the engine's judge."""

    @abstractmethod
    def node(
        self, c: Condition, env: Env, *, negated: bool = False, lean: bool = False
    ) -> TraceNode:
        """A condition (or its negation) with its branches."""

    def with_fact(self, node: TraceNode, name: str, env: Env) -> TraceNode:
        """The node with the value of a fact, and where it is answered."""
        ref = self.judge.ref(name, env)
        return replace(node, value=self.fact_words(name, env), ref=ref, place=self.place(ref))

    def fact_words(self, name: str, env: Env) -> Texts:
        """What a fact may be, in words; of an event after the day of evaluation "not yet"."""
        fact, values = self.rules.facts[name], self.judge.fact(name, env)
        as_of = self.engine.as_of
        if fact.event and isinstance(values, tuple) and still_to_come(values, as_of):
            return _NOT_YET if values[0].low == as_of + 1 else values_words(fact, values)
        return values_words(fact, values)

    def place(self, ref: FactRef | None) -> Place | None:
        """Where a fact is answered in the profile."""
        answer = self.engine.answer(ref) if ref is not None else None
        return answer.place if answer is not None else None

    # -- items --------------------------------------------------------------------------------

    def some_items(self, c: Some | Every, env: Env) -> Iterator[TraceNode]:
        """The items of a quantifier, each with what makes it hold or not."""

        def shown(item: ItemWorld) -> TraceNode:
            inner = self.node(c.where, (*env, item), lean=True)
            return replace(inner, words=_named_item(item, inner.words), figure=True)

        truths = [(item, self.truth(c.where, (*env, item))) for item in self._all(c.item)]
        if isinstance(c, Every):  # the items that tell are those that do not satisfy it
            truths = [(item, None if truth is None else not truth) for item, truth in truths]
        yield from self._some_of(truths, shown)

    def _counted_items(self, value: DistinctTotal | Count | Total, env: Env) -> Iterator[TraceNode]:
        def shown(item: ItemWorld) -> TraceNode:
            own = (*env, item)
            counted = True if value.where is None else self.truth(value.where, own)
            why: tuple[TraceNode, ...] = ()
            if counted is not True and value.where is not None and item.key is not None:
                node = self.node(value.where, own, lean=True)
                inner = terse(node, counted)
                why = inner.children if self._has_label(value.where) else opened(inner)
            words = _named_item(item, Texts(*_COUNTED[counted]))
            node = TraceNode(words, counted, children=why, figure=True)
            if isinstance(value, Count):
                return node
            fact, ref = self.rules.facts[value.fact], FactRef(value.fact, item.key)
            found = values_words(fact, item.values[value.fact])
            return replace(node, value=found, ref=ref, place=self.place(ref))

        truths = [
            (item, True if value.where is None else self.truth(value.where, (*env, item)))
            for item in self._all(value.item)
        ]
        yield from self._some_of(truths, shown)

    def _has_label(self, c: Condition) -> bool:
        return isinstance(c, HoldsCondition) and self.rules.conditions[c.name].label is not None

    def _all(self, item: str) -> list[ItemWorld]:
        world = self.judge.world.lists[item]
        return [*world.items, *([world.further] if world.further else [])]

    def _some_of(
        self, items: list[tuple[ItemWorld, Truth]], shown: Callable[[ItemWorld], TraceNode]
    ) -> Iterator[TraceNode]:
        """The first items, those that hold or may hold before the others."""
        if len(items) > MOST_ITEMS:
            items = sorted(items, key=lambda row: row[1] is False)
        for item, _ in items[:MOST_ITEMS]:
            yield shown(item)
        left = len(items) - MOST_ITEMS
        if left > 0:
            yield TraceNode(Texts(f"{left:,} more", f"另有{left:,}项"), None, figure=True)

    # -- values -------------------------------------------------------------------------------

    def parts(self, value: Value, env: Env) -> list[TraceNode]:
        """What a value is made of: figures with their places, items with in and out."""
        if isinstance(value, DefinitionValue):
            definition = self.rules.definitions[value.name]
            own = tuple(i for i in env if i.item == definition.each)
            inner = definition.value
            simple = isinstance(inner, FactValue | DefinitionValue)
            if isinstance(inner, Choose):
                cases = self.judge.cases(inner, own)
                return [self._case(when, part, own, definition) for when, part in cases]
            return self.figures([inner], own) if simple else self.parts(inner, own)
        if isinstance(value, Sum):
            return self.figures(value.terms, env)
        if isinstance(value, PercentOf | Shift | Before):
            return self.figures([value.of], env)
        if isinstance(value, DueDay):
            own = bound_as(env, self.rules.rules[value.rule].each)
            return self.parts(self.program.deadline(value).due, own)
        if isinstance(value, Difference):
            return self.figures([value.left, value.right], env)
        if isinstance(value, Count | Total):
            return list(self._counted_items(value, env))
        if isinstance(value, DistinctTotal):
            known = [] if value.known_as is None else [FactValue(value.known_as)]
            given = [n for n in self.figures(known, env) if n.place is not None]
            return [*given, *self._counted_items(value, env)]
        return []

    def figures(self, values: Iterable[Value], env: Env) -> list[TraceNode]:
        """Figures as nodes; a literal and the day of evaluation need none."""
        return [self._figure(v, env) for v in values if not isinstance(v, Literal | AsOf)]

    def _figure(self, value: Value, env: Env) -> TraceNode:
        found = self.judge.value(value, env)
        known = len(found) == 1 and found[0].is_point
        node = TraceNode(words=Texts("", ""), truth=True if known else None, figure=True)
        if isinstance(value, FactValue):
            fact = self.rules.facts[value.name]
            return self.with_fact(replace(node, words=fact.label), value.name, env)
        type_, unit = figure_type(self.rules, value)
        if isinstance(value, DefinitionValue):
            node = replace(node, article=self.rules.definitions[value.name].article)
        words = (
            label_of(self.rules, value)
            if isinstance(value, DefinitionValue)
            else value_words(self.rules, value, type_, unit)
        )
        return replace(
            node,
            words=words,
            value=self.span_words(value, found, type_, unit),
            children=tuple(self.parts(value, env)),
        )

    def span_words(self, value: Value, found: Span, type: FactType, unit: str | None) -> Texts:
        """What a figure may be, in words; it goes on where only the vocabulary ends it."""
        if not all(i.is_point for i in found):
            facts = [self.rules.facts[name] for name in values_read(self.program, value)]
            found = tuple(open_ended_figure(facts, type, i) for i in found)
            if type is FactType.DATE and found == (Interval(),):
                return UNKNOWN
        return joined((interval_words(type.value, unit, i) for i in found), " or ", "或")

    def _case(self, when: Condition | None, value: Value, env: Env, of: Definition) -> TraceNode:
        """A case that is still possible: its value, and below it the condition."""
        figures = self.figures([value], env)
        if figures:
            shown = figures[0]
        else:
            fixed = self.span_words(value, self.judge.value(value, env), of.type, of.unit)
            shown = TraceNode(_FIXED, True, value=fixed, figure=True)
        if when is None:
            return shown
        condition = self.node(when, env, lean=True)
        return replace(shown, children=(condition, *shown.children), truth=condition.truth)


def terse(node: TraceNode, truth: Truth) -> TraceNode:
    """Of an open node only what is open: what is settled in it is told elsewhere."""
    if truth is not None:
        return node
    kept = tuple(terse(n, None) for n in node.children if n.truth is None)
    return simple(replace(node, children=kept))


def simple(node: TraceNode) -> TraceNode:
    """A group of which one part is left is that part."""
    plain = not (node.article or node.because or node.confidence or node.review)
    if plain and len(node.children) == 1 and node.words in (ALL_OF, ANY_OF):
        return node.children[0]
    return node


def opened(node: TraceNode) -> tuple[TraceNode, ...]:
    """The parts of a group in place of the group; anything else as it is."""
    return node.children if node.words in (ALL_OF, ANY_OF) else (node,)


def _named_item(item: ItemWorld, what: Texts) -> Texts:
    en, zh = item.key or "a further item", item.key or "其他未列明项"
    return Texts(f"{en}: {what.en}", f"{zh}：{what.zh}")
