"""From conditions and values to nodes of the trace, judged over the world of one evaluation.

A node that explains why something is *not* the case is lean: of its parts it keeps those that
make it so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from compliancecheck.logic.computing import Env, Judge, truth_of
from compliancecheck.logic.engine import Engine
from compliancecheck.logic.figures import joined, share_text
from compliancecheck.logic.trace_values import ValueTracer, opened, simple
from compliancecheck.logic.words import head_words, type_of
from compliancecheck.model.conditions import (
    All,
    Any,
    Compare,
    Condition,
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
    Some,
    Value,
)
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import TraceNode
from compliancecheck.model.instruments import Rule
from compliancecheck.model.texts import DayRange, Texts, iso
from compliancecheck.model.values import Truth

_AS_OF = Texts("as of", "评估日")
_LAW_OF = Texts("law of", "适用法律日")


def flip(truth: Truth, negated: bool) -> Truth:
    """The truth of a condition, or of its negation."""
    return truth if truth is None or not negated else not truth


def every(truths: Iterable[Truth]) -> Truth:
    """Whether all of some conditions hold, each taken alone."""
    found = list(truths)
    if False in found:
        return False
    return None if None in found else True


class Tracer(ValueTracer):
    """Makes nodes with one judge; what several traces share is made once."""

    def __init__(self, engine: Engine, judge: Judge) -> None:
        super().__init__(engine, judge)
        self._nodes: dict[tuple[int, tuple[int, ...], bool, bool], tuple[Condition, TraceNode]] = {}
        self._exemptions: dict[tuple[str, tuple[int, ...]], TraceNode] = {}
        self._scopes: dict[tuple[str, tuple[int, ...]], Truth] = {}
        self._open_rules: list[str] = []

    # -- truths -------------------------------------------------------------------------------

    def truth(self, c: Condition, env: Env) -> Truth:
        """The truth of a condition over the world, by the engine's judge."""
        return truth_of(self.judge.test(c, env))

    def scope_truth(self, rule: str, env: Env) -> Truth:
        """Whether a rule applies, taken alone."""
        key = (rule, tuple(map(id, env)))
        if key not in self._scopes:
            restricted = self.judge.restrict(self.program.scope_diagram(rule), env)
            self._scopes[key] = truth_of(restricted)
        return self._scopes[key]

    def _unmarked(self, c: Condition, env: Env) -> Truth:
        """What a condition would give if it were not marked ``review``."""
        return truth_of(self.judge.restrict(self.program.unmarked(c), env))

    # -- conditions ---------------------------------------------------------------------------

    def node(
        self, c: Condition, env: Env, *, negated: bool = False, lean: bool = False
    ) -> TraceNode:
        """A condition (or its negation) with its branches."""
        key = (id(c), tuple(map(id, env)), negated, lean)
        found = self._nodes.get(key)
        if found is None:  # the condition is kept beside its node, so that its id stays its own
            found = self._nodes[key] = (c, self._node(c, env, negated, lean))
        return found[1]

    def _node(self, c: Condition, env: Env, negated: bool, lean: bool) -> TraceNode:
        if isinstance(c, Not):
            inner = self.node(c.part, env, negated=not negated, lean=lean)
            return self._noted(inner, c, env, negated)
        if isinstance(c, HoldsCondition):
            return self._named(c, env, negated, lean)
        node = TraceNode(
            words=head_words(self.rules, c, negated),
            truth=flip(self.truth(c, env), negated),
            article=c.note.article,
            confidence=c.note.confidence,
            because=c.note.because,
        )
        node = self._filled(node, c, env, lean)
        return self._noted(node, c, env, negated)

    def _noted(self, node: TraceNode, c: Condition, env: Env, negated: bool) -> TraceNode:
        """The node with the note of a condition around it."""
        note = c.note
        node = replace(
            node,
            article=note.article or node.article,
            confidence=note.confidence or node.confidence,
            because=note.because or node.because,
        )
        if note.review:
            gives = flip(self._unmarked(c, env), negated)
            node = replace(node, truth=None, review=True, would_give=gives)
        return node

    def _named(self, c: HoldsCondition, env: Env, negated: bool, lean: bool) -> TraceNode:
        named = self.rules.conditions[c.name]
        inner = self.node(named.when, env, negated=negated and named.label is None, lean=lean)
        node = replace(inner, article=inner.article or named.article)
        if named.label is not None:
            node = TraceNode(
                words=head_words(self.rules, c, negated),
                truth=flip(self.truth(c, env), negated),
                children=opened(inner),
                article=named.article or inner.article,
            )
        return self._noted(node, c, env, negated)

    def _filled(self, node: TraceNode, c: Condition, env: Env, lean: bool) -> TraceNode:
        if isinstance(c, All | Any):
            together = isinstance(c, All)
            parts = tuple(self._branches(c.parts, together, env, lean))
            if lean:
                parts = reasons(parts, self.truth(c, env), together)
                return simple(replace(node, children=parts))
            return replace(node, children=parts)
        if isinstance(c, FactIs | Includes):
            return self.with_fact(node, c.name, env)
        if isinstance(c, ReadingIs):
            return self._with_reading(node, c.name)
        if isinstance(c, Compare):
            return self._with_figures(node, c, env)
        if isinstance(c, Some | Every):
            return replace(node, children=tuple(self.some_items(c, env)))
        assert isinstance(c, HoldsRule)
        rule = self.rules.rules[c.rule]
        return replace(
            node,
            children=self.scope_parts(rule, env, lean=True),
            article=rule.article,
            confidence=rule.confidence,
            rule=rule.id,
        )

    def _branches(
        self, parts: Iterable[Condition], together: bool, env: Env, lean: bool
    ) -> Iterator[TraceNode]:
        """The parts of a group; groups of the same kind inside it are taken apart."""
        for part in parts:
            for c, negated, article in self._apart(part, False, together, None):
                node = self.node(c, env, negated=negated, lean=lean)
                yield replace(node, article=node.article or article) if article else node

    def _apart(
        self, c: Condition, negated: bool, together: bool, article: str | None
    ) -> Iterator[tuple[Condition, bool, str | None]]:
        noted = c.note.article or c.note.because or c.note.confidence or c.note.review
        named = self.rules.conditions[c.name] if isinstance(c, HoldsCondition) else None
        if noted:
            yield c, negated, article
        elif isinstance(c, Not):
            yield from self._apart(c.part, not negated, together, article)
        elif named is not None and named.label is None:
            article = named.article or article
            yield from self._apart(named.when, negated, together, article)
        elif isinstance(c, All | Any) and (isinstance(c, All) != negated) is together:
            for part in c.parts:
                yield from self._apart(part, negated, together, article)
        else:
            yield c, negated, article

    def _with_reading(self, node: TraceNode, name: str) -> TraceNode:
        choice = self.judge.chosen.get(name)
        if choice is None:
            return replace(node, value=Texts("not adopted", "未选定"))
        adopted = self.engine.profile.readings.get(name)
        place = adopted.place if adopted and adopted.choice == choice else None
        return replace(node, value=self.rules.readings[name].choices[choice], place=place)

    def _figure_words(self, value: Value, type_: FactType, unit: str | None, env: Env) -> Texts:
        """A figure in words; a fact of which nothing is known is "not known"."""
        span = self.judge.value(value, env)
        if isinstance(value, FactValue):
            return self.fact_words(value.name, env)
        return self.span_words(value, span, type_, unit)

    def _with_figures(self, node: TraceNode, c: Compare, env: Env) -> TraceNode:
        type_, unit = type_of(self.rules, c.left)
        value = self._figure_words(c.left, type_, unit, env)
        share = self._share(c, env)
        if share:
            value = Texts(f"{value.en} ({share})", f"{value.zh}（{share}）")
        children: list[TraceNode] = []
        ref = None
        if isinstance(c.left, FactValue):
            ref = self.judge.ref(c.left.name, env)
        else:
            children += self.parts(c.left, env)
        bounds = []
        for limit in limits(c):
            found = self._figure_words(limit.value, type_, unit, env)
            if found not in bounds:
                bounds.append(found)
            if not isinstance(limit.value, Literal):
                own = self.parts(limit.value, env) if isinstance(limit.value, PercentOf) else ()
                children += own or self.figures([limit.value], env)
        return replace(
            node,
            value=value,
            bound=joined(bounds, "; ", "；"),
            ref=ref,
            place=self.place(ref),
            children=tuple(children),
        )

    def _share(self, c: Compare, env: Env) -> str | None:
        """The share that was reached, where a share of a known figure is the bound."""
        limit = limits(c)[0]
        if not isinstance(limit.value, PercentOf):
            return None
        left, of = self.judge.value(c.left, env), self.judge.value(limit.value.of, env)
        if len(left) != 1 or len(of) != 1 or not left[0].is_point or not of[0].is_point:
            return None
        part, whole = left[0].low, of[0].low
        if part is None or whole is None or whole <= 0:
            return None
        return share_text(Fraction(part) / whole, limit.value.share)

    # -- scopes -------------------------------------------------------------------------------

    def scope_parts(self, rule: Rule, env: Env, lean: bool = False) -> tuple[TraceNode, ...]:
        """Why a rule applies or not: in force, not displaced, its conditions, exemptions."""
        if rule.id in self._open_rules:
            return ()  # a cycle is a lint error; it ends here
        self._open_rules.append(rule.id)
        days = (self._in_force(rule), *self._displacing(rule))
        nodes = (
            *days,
            *self._conditions(rule, env, lean),
            *(self._exemption(by, env) for by in self.program.exempted_by[rule.id]),
        )
        self._open_rules.pop()
        if not lean:
            return nodes
        telling = reasons(nodes, self.scope_truth(rule.id, env), True)
        return tuple(n for n in telling if n.truth is not True or n not in days) or telling

    def own_conditions(self, rule: Rule, env: Env) -> Truth:
        """Whether the conditions of a rule and its instrument hold, exemptions apart."""
        instrument = self.rules.instruments[rule.instrument]
        own = (instrument.applies_when, rule.applies_when)
        return every(self.truth(c, env) for c in own if c is not None)

    def _conditions(self, rule: Rule, env: Env, lean: bool) -> Iterator[TraceNode]:
        instrument = self.rules.instruments[rule.instrument]
        own = [c for c in (instrument.applies_when, rule.applies_when) if c is not None]
        yield from self._branches(own, True, env, lean)

    def in_force(self, rule: Rule) -> Truth:
        """Whether a rule is in force."""
        return truth_of(self.judge.restrict(self.program.in_force_diagram(rule), ()))

    def _in_force(self, rule: Rule) -> TraceNode:
        instrument = self.rules.instruments[rule.instrument]
        starts = [d for d in (instrument.effective, rule.effective) if d]
        ends = [d for d in (instrument.ends, rule.ends) if d]
        start = max(starts, key=lambda d: d.first) if starts else None
        end = min(ends, key=lambda d: d.first) if ends else None
        of = instrument.short
        if rule.effective or rule.ends:  # the article itself may be older, or go on
            of = Texts(f"this rule of {of.get('en')}", f"{of.get('zh')}的本条规则")
        node = TraceNode(_window_words(of, start, end), self.in_force(rule))
        law = self.program.law
        if instrument.law_of is not None and law is None:
            label = self.rules.facts[instrument.law_of].label
            return self.with_fact(replace(node, value_of=label), instrument.law_of, ())
        day = iso(self.engine.as_of if law is None else law)
        return replace(node, value=Texts(day, day), value_of=_AS_OF if law is None else _LAW_OF)

    def displaced(self, instrument: str) -> Truth:
        """Whether an instrument that prevails is in force."""
        diagram = self.program.instrument_diagram(self.rules.instruments[instrument])
        return truth_of(self.judge.restrict(diagram, ()))

    def _displacing(self, rule: Rule) -> Iterator[TraceNode]:
        for name, article in self.program.displacing(rule.id):
            short = self.rules.instruments[name].short
            words = Texts(f"not displaced by {short.get('en')}", f"未被{short.get('zh')}取代")
            yield TraceNode(words, flip(self.displaced(name), True), article=article)

    def _exemption(self, by: str, env: Env) -> TraceNode:
        key = (by, tuple(map(id, env)))
        found = self._exemptions.get(key)
        if found is None:
            found = self._exemptions[key] = self._exempting(by, env)
        return found

    def _exempting(self, by: str, env: Env) -> TraceNode:
        rule = self.rules.rules[by]
        truth = self.scope_truth(by, env)
        title = rule.title
        return TraceNode(
            words=Texts(f"not exempted by “{title.get('en')}”", f"未因“{title.get('zh')}”而豁免"),
            truth=flip(truth, True),
            children=self.scope_parts(rule, env, lean=True),
            article=rule.article,
            confidence=rule.confidence,
            rule=by,
        )


def reasons(parts: tuple[TraceNode, ...], truth: Truth, together: bool) -> tuple[TraceNode, ...]:
    """The parts that make *all* (together) or *any* of them what it is."""
    if truth is together or truth is None:
        return parts
    kept = tuple(part for part in parts if part.truth is truth) or parts
    return kept if together else kept[:1]


def limits(c: Compare) -> list[Limit]:
    """The limits of a comparison, the lower one first."""
    return [limit for limit in (c.lower, c.upper) if limit is not None]


def _window_words(short: Texts, start: DayRange | None, end: DayRange | None) -> Texts:
    if start is None:
        return Texts(f"{short.get('en')}: a draft", f"{short.get('zh')}：征求意见稿")
    begun = _day(start)
    en, zh = f"in force since {begun.en}", f"自{begun.zh}起施行"
    if end is not None:
        ended = _day(end)
        en, zh = f"in force from {begun.en}, ended {ended.en}", f"{zh}，{ended.zh}失效"
    return Texts(f"{short.get('en')}: {en}", f"{short.get('zh')}：{zh}")


def _day(days: DayRange) -> Texts:
    """A day of the law; where only two days are known between which it lies, both."""
    first, last = iso(days.first), iso(days.last)
    if first == last:
        return Texts(first, first)
    return Texts(f"a day between {first} and {last}", f"{first}至{last}之间的一日")
