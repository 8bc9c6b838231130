"""What the rules mean on one day: conditions as expressions, rules and routes as diagrams.

The day of law decides what is in force, the day of evaluation what ``as_of`` is; with both put
in, most of what depends on days is a constant and falls away before a diagram is built.
Diagrams are built when first walked and then kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from compliancecheck.logic.calendar import Calendar, NoCalendar, default_calendar
from compliancecheck.logic.cells import (
    Atom,
    Compiled,
    Compiler,
    Domain,
    Expression,
    GateExpression,
    Variable,
    both,
    either,
    lies_in,
    member,
    negate,
    variables_of,
)
from compliancecheck.logic.dating import moved_day
from compliancecheck.logic.diagram import FIRST_OUTCOME
from compliancecheck.logic.fact_values import OPTIONS, gate_values, open_values
from compliancecheck.model.conditions import (
    NO_NOTE,
    All,
    Any,
    AsOf,
    Before,
    Compare,
    Condition,
    DueDay,
    Every,
    FactIs,
    FactValue,
    HoldsCondition,
    Includes,
    Limit,
    Literal,
    Not,
    Note,
    ReadingIs,
    Shift,
    Some,
    Value,
)
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Outcome
from compliancecheck.model.instruments import Deadline, Instrument, Rule, Rules
from compliancecheck.model.texts import DayRange
from compliancecheck.model.values import Interval, Number, Option, Truth

OUTCOMES: tuple[Outcome, ...] = tuple(Outcome)
TERMINAL: Mapping[Outcome, int] = {o: FIRST_OUTCOME - n for n, o in enumerate(OUTCOMES)}
OUTCOME: Mapping[int, Outcome] = {t: o for o, t in TERMINAL.items()}
HOLDS = frozenset({True})


def in_force(start: DayRange | None, ends: DayRange | None, day: int) -> Truth:
    """Whether a text with these days is in force on *day*; None on a disputed day."""
    begun = True if start is None else start.reached(day)
    over = False if ends is None else ends.reached(day)
    if begun is False or over is True:
        return False
    return True if begun and over is False else None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a rule is in force and not displaced, as far as the day alone tells."""

    instrument_in_force: Truth
    in_force: Truth
    displaced_by: tuple[tuple[str, str], ...]  # (instrument, article) surely in force


class Program:
    """The rules on one day of evaluation and one day of law (None: each instrument's own).

    With *draft* they are the rules as they stand inside that draft: it holds there, and nowhere
    else; it displaces nothing, and nothing displaces it.
    """

    def __init__(
        self,
        rules: Rules,
        as_of: int,
        law: int | None,
        draft: str | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        self.rules = rules
        self.as_of = as_of
        self.law = law
        self.draft = draft
        self.calendar = calendar or default_calendar()
        self.leaves: dict[Variable, Compare | Some] = {}
        self._expressions: dict[int, tuple[Condition, Expression]] = {}
        self._scopes: dict[str, Expression] = {}
        self._rule_diagrams: dict[str, Compiled] = {}
        self._scope_diagrams: dict[str, Compiled] = {}
        self._tests: dict[int, tuple[Condition, Compiled]] = {}
        self._implications: dict[tuple[int, int], Compiled] = {}
        self._routes: dict[str, Compiled] = {}
        self._gates: dict[Variable, GateExpression | None] = {}
        self.footings: dict[int | Variable, object] = {}  # kept by reach.footing
        self.alike: dict[str, object] = {}  # by item, kept by engine.Engine
        self.alike_in: set[int] = set()  # diagrams for which engine.Engine found alike items

    # -- variables ----------------------------------------------------------------------------

    def _domain(self, variable: Variable) -> Domain:
        if variable.kind == "fact":
            fact = self.rules.facts[variable.name]
            if fact.type is FactType.BOOLEAN:
                return Domain(OPTIONS, False)
            if fact.type is FactType.CHOICE:
                return Domain(tuple(fact.choices), False)
            return Domain(None, fact.type.is_whole)
        if variable.kind == "definition":
            return Domain(None, self.rules.definitions[variable.name].type.is_whole)
        if variable.kind == "reading":
            return Domain(tuple(self.rules.readings[variable.name].choices), False)
        return Domain(OPTIONS, False)

    def _gate(self, variable: Variable) -> GateExpression | None:
        if variable not in self._gates:
            fact = self.rules.facts[variable.fact or ""]
            gate = None
            if fact.gate is not None:
                gate = GateExpression(
                    self.expression(fact.gate.only_if),
                    lies_in(variable, open_values(fact)),
                    lies_in(variable, gate_values(fact.gate.otherwise, fact, self.as_of)),
                )
            self._gates[variable] = gate
        return self._gates[variable]

    # -- conditions ---------------------------------------------------------------------------

    def expression(self, condition: Condition) -> Expression:
        """A condition as an expression over variables."""
        found = self._expressions.get(id(condition))
        if found is None:  # the condition is kept beside it, so that its id stays its own
            found = self._expressions[id(condition)] = (condition, self._express(condition))
        return found[1]

    def _express(self, c: Condition) -> Expression:
        if c.note.review:
            return Atom(Variable("open", f"review {_mark(c.note, c)}"), HOLDS)
        if isinstance(c, All):
            return both(self.expression(part) for part in c.parts)
        if isinstance(c, Any):
            return either(self.expression(part) for part in c.parts)
        if isinstance(c, Not):
            return negate(self.expression(c.part))
        if isinstance(c, FactIs):
            return _negated(c.negated, Atom(Variable("fact", c.name), c.options))
        if isinstance(c, ReadingIs):
            options: frozenset[Option] = frozenset(c.options)
            return _negated(c.negated, Atom(Variable("reading", c.name), options))
        if isinstance(c, Compare):
            return _negated(c.negated, self._comparison(c))
        if isinstance(c, Includes):
            chosen = [o for o in self.rules.facts[c.name].choices if o in c.options]
            return either(Atom(member(c.name, option), HOLDS) for option in chosen)
        if isinstance(c, Some):
            return self._leaf(c)
        if isinstance(c, Every):
            return negate(self._leaf(Some(c.item, _opposite(c.where))))
        if isinstance(c, HoldsCondition):
            return self.expression(self.rules.conditions[c.name].when)
        return self.scope(c.rule)

    def _comparison(self, c: Compare) -> Expression:
        low, high = self._constant(c.lower), self._constant(c.upper)
        if c.upper and self._is_due_by_now(c.upper, high):
            high = None
        if (c.lower and low is None) or (c.upper and high is None):
            if c.lower and c.upper:
                sides = (Compare(c.left, c.lower, None), Compare(c.left, None, c.upper))
                return both(self._comparison(side) for side in sides)
            return self._leaf(Compare(c.left, c.lower, c.upper))
        interval = Interval(
            low, high, bool(c.lower and c.lower.strict), bool(c.upper and c.upper.strict)
        )
        kind = "fact" if isinstance(c.left, FactValue) else "definition"
        variable = Variable(kind, c.left.name)
        if self._domain(variable).whole:
            interval = interval.whole()
        return False if interval.is_empty else Atom(variable, interval)

    def _constant(self, limit: Limit | None) -> Number | None:
        if limit is None:
            return None
        return self._constant_value(limit.value)

    def _is_due_by_now(self, upper: Limit, day: Number | None) -> bool:
        """Whether an act said to be `not yet` on this day may have come in time: no cell tells."""
        due = isinstance(upper.value, DueDay) and not upper.strict
        return due and day is not None and day <= self.as_of

    def _constant_value(self, value: Value) -> Number | None:
        if isinstance(value, Literal):
            return value.value
        if isinstance(value, AsOf):
            return self.as_of
        if isinstance(value, DueDay):
            return self._constant_value(self.deadline(value).due)
        if isinstance(value, Shift | Before):
            start = self._constant_value(value.of)
            try:
                return None if start is None else moved_day(self.calendar, int(start), value)
            except NoCalendar:
                return None
        return None

    def deadline(self, value: DueDay) -> Deadline:
        """The deadline whose due day a value is."""
        return self.rules.rules[value.rule].deadline(value.deadline)

    def _leaf(self, leaf: Compare | Some) -> Expression:
        for variable, known in self.leaves.items():
            if known == leaf:
                return Atom(variable, HOLDS)
        variable = Variable("leaf", str(len(self.leaves)))
        self.leaves[variable] = leaf
        return Atom(variable, HOLDS)

    # -- what is in force ---------------------------------------------------------------------

    def instrument_in_force(self, instrument: Instrument) -> Expression:
        """Whether an instrument is in force on its own day of law."""
        if instrument.is_draft:
            return instrument.id == self.draft
        return self._window(instrument, instrument.effective, instrument.ends, instrument.id)

    def _window(
        self, instrument: Instrument, start: DayRange | None, ends: DayRange | None, mark: str
    ) -> Expression:
        if instrument.law_of is None or self.law is not None:
            day = self.as_of if self.law is None else self.law
            known = in_force(start, ends, day)
            return Atom(Variable("open", f"in force {mark}"), HOLDS) if known is None else known
        fact = Variable("fact", instrument.law_of)
        begun = True if start is None else _reached(fact, start, f"start {mark}")
        return begun if ends is None else both([begun, negate(_reached(fact, ends, f"end {mark}"))])

    def rule_in_force(self, rule: Rule) -> Expression:
        """Whether a rule is in force: its instrument, and its own days if it has some."""
        instrument = self.rules.instruments[rule.instrument]
        whole = self.instrument_in_force(instrument)
        if rule.effective is None and rule.ends is None:
            return whole
        return both([whole, self._window(instrument, rule.effective, rule.ends, rule.id)])

    def displacing(self, rule: str) -> list[tuple[str, str]]:
        """The instruments and articles that take the place of a rule while in force."""
        if self.rules.instruments[self.rules.rules[rule].instrument].is_draft:
            return []
        return [
            (p.instrument, p.article)
            for p in self.rules.prevails
            if p.rule == rule and not self.rules.instruments[p.instrument].is_draft
        ]

    def standing(self, rule: Rule) -> Standing:
        """What the day alone says of a rule; a fact that decides the day leaves it open."""
        instrument = self.rules.instruments[rule.instrument]
        by = tuple(
            (name, article)
            for name, article in self.displacing(rule.id)
            if self.instrument_in_force(self.rules.instruments[name]) is True
        )
        return Standing(
            _constant_truth(self.instrument_in_force(instrument)),
            _constant_truth(self.rule_in_force(rule)),
            by,
        )

    # -- scopes and exemptions ----------------------------------------------------------------

    @cached_property
    def exempted_by(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule the exemptions that free from it, named or through their way."""
        found: dict[str, list[str]] = {rule: [] for rule in self.rules.rules}
        for exemption in self.rules.rules.values():
            if exemption.exempts is None:
                continue
            for named in exemption.exempts:
                found[named].append(exemption.id)
            if exemption.way is None or self._in_a_draft(exemption):
                continue
            for rule in self.rules.rules.values():
                other_way = (
                    rule.way and rule.way[0] == exemption.way[0] and rule.way != exemption.way
                )
                if other_way and exemption.id not in found[rule.id]:
                    found[rule.id].append(exemption.id)
        return {rule: tuple(by) for rule, by in found.items()}

    def _in_a_draft(self, rule: Rule) -> bool:
        return self.rules.instruments[rule.instrument].is_draft

    def scope(self, rule_id: str) -> Expression:
        """A rule is in force, not displaced, applies and is not exempted."""
        if rule_id not in self._scopes:
            self._scopes[rule_id] = False  # an own cycle would be a lint error; it ends here
            self._scopes[rule_id] = self._scope(self.rules.rules[rule_id])
        return self._scopes[rule_id]

    def _scope(self, rule: Rule) -> Expression:
        instrument = self.rules.instruments[rule.instrument]
        begun = self.rule_in_force(rule)
        if begun is False:
            return False
        conditions = [c for c in (instrument.applies_when, rule.applies_when) if c is not None]
        displaced = either(
            self.instrument_in_force(self.rules.instruments[name])
            for name, _ in self.displacing(rule.id)
        )
        return both(
            [
                begun,
                negate(displaced),
                *(self.expression(c) for c in conditions),
                negate(either(self.scope(by) for by in self.exempted_by[rule.id])),
            ]
        )

    # -- diagrams -----------------------------------------------------------------------------

    def rule_diagram(self, rule: Rule) -> Compiled:
        """The outcomes of a rule over scope, exemptions and requirement together."""
        if rule.id not in self._rule_diagrams:
            scope = self.scope(rule.id)
            test = rule.requires if rule.requires is not None else rule.compares
            wanted = True if test is None else self.expression(test)
            compiler = Compiler([scope, wanted], self._domain, self._gate)
            if rule.requires is not None:
                yes, no = TERMINAL[Outcome.PASS], TERMINAL[Outcome.FAIL]
            elif rule.compares is not None:
                yes, no = TERMINAL[Outcome.MET], TERMINAL[Outcome.NOT_MET]
            else:
                yes = no = TERMINAL[Outcome.INFORMATIVE]
            inside = compiler.builder.ite(compiler.build(wanted), yes, no)
            root = compiler.builder.ite(
                compiler.build(scope), inside, TERMINAL[Outcome.NOT_APPLICABLE]
            )
            self._rule_diagrams[rule.id] = compiler.finish(root)
        return self._rule_diagrams[rule.id]

    def scope_diagram(self, rule_id: str) -> Compiled:
        """Whether a rule applies, true or false at its ends."""
        if rule_id not in self._scope_diagrams:
            self._scope_diagrams[rule_id] = self._truth(self.scope(rule_id))
        return self._scope_diagrams[rule_id]

    def test(self, condition: Condition) -> Compiled:
        """A condition alone, true or false at its ends (for quantifiers and ``where``)."""
        found = self._tests.get(id(condition))
        if found is None:
            diagram = self._truth(self.expression(condition))
            found = self._tests[id(condition)] = (condition, diagram)
        return found[1]

    def read_by(self, condition: Condition) -> Iterable[Variable]:
        """The variables of :meth:`test`, without building that diagram."""
        return variables_of([self.expression(condition)], self._gate)

    def unmarked(self, condition: Condition) -> Compiled:
        """A condition as it would be without its mark ``review``; made anew each time."""
        return self._truth(self._express(replace(condition, note=NO_NOTE)))

    def in_force_diagram(self, rule: Rule) -> Compiled:
        """Whether a rule is in force; made anew each time."""
        return self._truth(self.rule_in_force(rule))

    def instrument_diagram(self, instrument: Instrument) -> Compiled:
        """Whether an instrument is in force; made anew each time."""
        return self._truth(self.instrument_in_force(instrument))

    def without(self, where: Condition | None, over: Condition) -> Compiled:
        """*where* holds and *over* does not: surely false if the one is a part of the other."""
        key = (id(where), id(over))
        if key not in self._implications:
            first = True if where is None else self.expression(where)
            self._implications[key] = self._truth(both([first, negate(self.expression(over))]))
        return self._implications[key]

    def _truth(self, expression: Expression) -> Compiled:
        compiler = Compiler([expression], self._domain, self._gate)
        return compiler.finish(compiler.build(expression))

    def members(self, route: str) -> Mapping[str, tuple[str, ...]]:
        """The rules that are members of each way of a route."""
        ways: dict[str, list[str]] = {way: [] for way in self.rules.routes[route].ways}
        for rule in self.rules.rules.values():
            if rule.way is not None and rule.way[0] == route and not self._in_a_draft(rule):
                ways[rule.way[1]].append(rule.id)
        return {way: tuple(rules) for way, rules in ways.items()}

    def route_diagram(self, route: str) -> Compiled:
        """The way of an item: terminal ``FIRST_OUTCOME - n`` is way n, the one after it *none*."""
        if route not in self._routes:
            scopes = [
                either(self.scope(rule) for rule in rules) for rules in self.members(route).values()
            ]
            compiler = Compiler(scopes, self._domain, self._gate)
            root = FIRST_OUTCOME - len(scopes)
            for n, scope in reversed(list(enumerate(scopes))):
                root = compiler.builder.ite(compiler.build(scope), FIRST_OUTCOME - n, root)
            self._routes[route] = compiler.finish(root)
        return self._routes[route]


def _negated(negated: bool, expression: Expression) -> Expression:
    return negate(expression) if negated else expression


def _opposite(c: Condition) -> Condition:
    """Not *c*, without two negations in a row."""
    return c.part if isinstance(c, Not) and not c.note.review else Not(c)


def _mark(note: Note, condition: Condition) -> str:
    place = note.place
    return f"{place.path}:{place.line}:{place.column}" if place else repr(condition)


def _reached(fact: Variable, day: DayRange, mark: str) -> Expression:
    surely = Atom(fact, Interval(day.last, None))
    if day.first == day.last:
        return surely
    disputed = Atom(Variable("open", f"in force {mark}"), HOLDS)
    return either([surely, both([Atom(fact, Interval(day.first, None)), disputed])])


def _constant_truth(expression: Expression) -> Truth:
    return expression if isinstance(expression, bool) else None
