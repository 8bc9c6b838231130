"""Small vocabularies, instruments, rules and profiles, drawn from a seed.

Everything drawn is built directly as model objects. A profile is drawn by choosing one completion
(the *truth*) and blurring it, so that nearly every profile has completions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from random import Random

from compliancecheck.model import conditions as c
from compliancecheck.model.facts import Constraint, Fact, FactType, Gate, GateValue
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
from compliancecheck.model.profile import Profile
from compliancecheck.model.texts import DayRange, Place
from compliancecheck.model.values import ANY, Interval, Number, Option
from tests import reference
from tests.blurring import Case, blurred, counted, sharpened
from tests.builders import (
    ITEM,
    KNOWN,
    answer,
    choice,
    choices,
    condition,
    definition,
    fact,
    instrument,
    list_fact,
    reading,
    rule,
    rules_of,
    texts,
)
from tests.reference import Row, World

ROUTE = "p.route"
WINDOW = [date.fromordinal(int(reference.DAYS.low or 0) + n).toordinal() for n in range(2, 7)]
DATES = Interval(low=WINDOW[0] - 1, high=WINDOW[-1] + 1)


def case(seed: int, plain: bool = False) -> Case:
    """The case of a seed; *plain* ones are mostly such that the engine must be exact."""
    random = Random(seed)
    while True:  # few vocabularies have no completion at all
        found = _Draw(random, plain).case()
        if found is not None:
            return found


@dataclass
class _Draw:
    """Draws one case. Whatever is drawn refers only to what was drawn before: no cycles."""

    random: Random
    plain: bool
    facts: list[Fact] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    conditions: list[NamedCondition] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    prevails: list[Prevails] = field(default_factory=list)
    known: bool = False
    shifts: dict[str, int] = field(default_factory=dict)
    as_of: int = 0
    lines: int = 0  # each condition marked review has a place of its own

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def case(self) -> Case | None:
        self.as_of = self.random.choice(WINDOW)
        self.vocabulary()
        self.law()
        rules = rules_of(
            self.facts,
            self.instruments,
            self.rules,
            constraints=self.constraints,
            readings=self.readings,
            conditions=self.conditions,
            definitions=self.definitions,
            routes=self.routes,
            prevails=self.prevails,
        )
        law = self.random.choice(WINDOW) if self.maybe(0.3) else None
        truth = self.truth(rules)
        if truth is None:
            return None
        vague = self.random.choice([0.1, 0.3, 0.5, 0.7])
        profile = blurred(self.random, rules, truth, self.as_of, vague)
        found = Case(rules, profile, self.as_of, law, truth, 1 if self.maybe(0.7) else 2)
        return sharpened(self.random, found)

    # facts

    def vocabulary(self) -> None:
        for n in range(self.random.randint(2, 4)):
            self.facts.append(self.fact(f"p.f{n}", n))
        if self.maybe(0.75):
            gate = self.gate(None) if self.maybe(0.25) else None
            lists = list_fact(Gate(gate, GateValue.EMPTY_LIST) if gate else None)
            for n in range(self.random.randint(1, 2)):
                self.facts.append(self.fact(f"item.f{n}", n))
            people = Interval(self.random.choice([0, 0, 1]), self.random.choice([1, 2, 3]))
            self.facts.append(fact("item.people", FactType.INTEGER, bounds=people))
            self.facts.append(lists)
            self.known = self.maybe(0.35 if self.plain else 0.5)
        if self.known:
            self.facts.append(fact(KNOWN, FactType.INTEGER, bounds=Interval(0, 12)))
        for n in range(self.random.choice([0, 0, 1, 1, 2])):
            names = ["one", "two", "three"][: self.random.choice([2, 2, 3])]
            self.readings.append(reading(f"p.r{n}", *names))
        self.constraint()

    def fact(self, name: str, n: int) -> Fact:
        kind = self.random.choice(
            [
                *("boolean", "boolean", "choice", "choices", "integer", "integer", "number"),
                *("date", "event"),
            ]
        )
        item = ITEM if name.startswith(ITEM) else None
        only_if = self.gate(item) if n and self.maybe(0.35) else None

        def gate(*otherwise: Option | Number | GateValue) -> Gate | None:
            return Gate(only_if, self.random.choice(otherwise)) if only_if else None

        if kind == "boolean":
            return fact(name, FactType.BOOLEAN, gate=gate(False))
        if kind == "choice":
            return choice(name, "a", "b", "c", gate=gate("a", "c"))
        if kind == "choices":
            return choices(name, *"ab" if item else "abc", gate=gate(GateValue.EMPTY_LIST))
        if kind in ("date", "event"):
            bounds = DATES if kind == "date" else self.random.choice([ANY, ANY, DATES])
            otherwise = gate(GateValue.NOT_YET, GateValue.AS_OF, WINDOW[1])
            event = kind == "event"
            return fact(name, FactType.DATE, bounds=bounds, event=event, gate=otherwise)
        low = self.random.choice([0, 0, 1, -1, -1] if item else [0, 0, 0, 1, 1, -1])
        type_ = FactType.INTEGER if kind == "integer" else FactType.NUMBER
        high = low + self.random.choice([1, 2, 3] if kind == "integer" else [1, 2])
        open_ = kind == "number" and self.maybe(0.2)
        return fact(name, type_, bounds=Interval(low, high, low_open=open_), gate=gate(0))

    def gate(self, item: str | None) -> c.Condition | None:
        """Facts of the company or of the same item with literals, drawn before the guarded one."""
        known = [f for f in self.facts if f.type is not FactType.LIST and f.item in (None, item)]
        if not known:
            return None
        if self.plain or self.maybe(0.7):
            return self.atom(self.random.choice(known))
        parts = tuple(self.atom(self.random.choice(known)) for _ in range(2))
        made: list[c.Condition] = [c.All(parts), c.Any(parts), c.Not(c.All(parts))]
        return self.random.choice(made)

    def constraint(self) -> None:
        numbers = [f for f in self.facts if f.type in (FactType.INTEGER, FactType.NUMBER)]
        if len(numbers) < 2 or self.maybe(0.7 if self.plain else 0.3):
            return
        lesser, greater = self.random.sample(numbers, 2)
        if KNOWN in (lesser.name, greater.name) or lesser.item != greater.item:
            return
        factors: list[Number] = [1, 1, 2, Fraction(1, 2)]
        factor = self.random.choice(factors)
        says = texts("lesser")
        self.constraints.append(Constraint(lesser.name, greater.name, factor, says, lesser.item))

    # conditions

    def condition(self, item: str | None, depth: int = 2) -> c.Condition:
        made: c.Condition
        if depth and self.maybe(0.55):
            parts = tuple(
                self.condition(item, depth - 1) for _ in range(self.random.choice([2, 2, 3]))
            )
            forms: list[c.Condition] = [c.All(parts), c.Any(parts), c.Not(parts[0])]
            made = self.random.choice(forms)
        else:
            made = self.leaf(item, depth)
        if self.maybe(0.02):
            self.lines += 1
            place = Place("law.yaml", self.lines, 1, 2)
            return replace(made, note=c.Note(review=True, place=place))
        return made

    def leaf(self, item: str | None, depth: int) -> c.Condition:
        own = [n for n in self.conditions if n.each in (None, item)]
        rules = [r for r in self.rules if r.each in (None, item)]
        kind = self.random.choice(
            ["fact"] * 5
            + ["reading"] * 2
            + ["condition", "rule", "some", "every"]
            + ["compare"] * 4
        )
        if kind == "reading" and self.readings:
            chosen = self.random.choice(self.readings)
            option = self.random.choice(list(chosen.choices))
            return c.ReadingIs(chosen.name, frozenset((option,)), self.maybe(0.2))
        if kind == "condition" and own:
            return c.HoldsCondition(self.random.choice(own).name)
        if kind == "rule" and rules:
            return c.HoldsRule(self.random.choice(rules).id)
        over_items = self.has_list() and depth and (item is None or self.maybe(0.2))
        if kind in ("some", "every") and over_items:
            where = self.condition(ITEM, depth - 1)
            return c.Some(ITEM, where) if kind == "some" else c.Every(ITEM, where)
        if kind == "compare":
            made = self.comparison(item)
            if made:
                return made
        return self.atom(self.random.choice(self.usable(item)))

    def has_list(self) -> bool:
        return any(f.item for f in self.facts)

    def usable(self, item: str | None) -> list[Fact]:
        """Facts that a condition may read; an item's own ones more often."""
        usable = [f for f in self.facts if f.type is not FactType.LIST and f.item in (None, item)]
        return usable + [f for f in usable if f.item] * 2

    def atom(self, fact_: Fact) -> c.Condition:
        """A comparison of a fact with a literal."""
        if fact_.type is FactType.BOOLEAN:
            return c.FactIs(fact_.name, frozenset((self.maybe(0.5),)))
        if fact_.type is FactType.CHOICE:
            some = self.random.sample(list(fact_.choices), self.random.choice([1, 1, 2]))
            return c.FactIs(fact_.name, frozenset(some), self.maybe(0.3))
        if fact_.type is FactType.CHOICES:
            some = self.random.sample(list(fact_.choices), self.random.choice([1, 1, 2]))
            return c.Includes(fact_.name, frozenset(some))
        left = c.FactValue(fact_.name)
        if fact_.type is FactType.DATE:
            return self.limits(left, [c.Literal(day) for day in WINDOW] + [c.AsOf()] * 2)
        low, high = int(fact_.bounds.low or 0), int(fact_.bounds.high or 0)
        return self.limits(left, [c.Literal(n) for n in range(low, high + 1)])

    def comparison(self, item: str | None) -> c.Condition | None:
        """A comparison of a definition, or of two unknown values."""
        made = [d for d in self.definitions if d.each in (None, item)]
        numbers = [f for f in self.usable(item) if f.type in (FactType.INTEGER, FactType.NUMBER)]
        dates = [f for f in self.usable(item) if f.type is FactType.DATE]
        if made and self.maybe(0.7):
            chosen = self.random.choice(made + [d for d in made if d.name == "p.total"] * 2)
            left = c.DefinitionValue(chosen.name)
            if chosen.type is FactType.DATE:
                shift = self.shifts[chosen.name]
                days = [reference.shifted(day, shift) for day in WINDOW]
                return self.limits(left, [c.Literal(day) for day in days])
            bounds: list[c.Value] = [c.Literal(n) for n in range(-1, 7)]
            if numbers and self.maybe(0.2):
                bounds = [self.share(self.random.choice(numbers))]
            return self.limits(left, bounds)
        if len(dates) >= 2 and self.maybe(0.3):
            first, second = self.random.sample(dates, 2)
            return self.limits(c.FactValue(first.name), [c.FactValue(second.name)])
        if len(numbers) >= 2:
            first, second = self.random.sample(numbers, 2)
            return self.limits(c.FactValue(first.name), [self.share(second)])
        return None

    def share(self, of: Fact) -> c.Value:
        shares: list[Number] = [1, Fraction(1, 2), Fraction(3, 2)]
        share = self.random.choice(shares)
        value = c.FactValue(of.name)
        return value if share == 1 else c.PercentOf(share, value)

    def limits(self, left: c.FactValue | c.DefinitionValue, bounds: Sequence[c.Value]) -> c.Compare:
        first = self.random.choice(bounds)
        strict = self.maybe(0.5)
        sort = self.random.choice(["lower", "lower", "upper", "upper", "equal", "between"])
        if sort == "lower":
            return c.Compare(left, c.Limit(first, strict), None)
        if sort == "upper":
            return c.Compare(left, None, c.Limit(first, strict))
        if sort == "equal":
            return c.Compare(left, c.Limit(first), c.Limit(first), self.maybe(0.3))
        lower, upper = first, self.random.choice(bounds)
        if isinstance(lower, c.Literal) and isinstance(upper, c.Literal):
            lower, upper = sorted((lower, upper), key=lambda limit: limit.value)
            strict = strict and lower.value < upper.value
        return c.Compare(left, c.Limit(lower, strict), c.Limit(upper))

    # definitions

    def definition(self, n: int) -> None:
        item = ITEM if self.has_list() and self.maybe(0.3) else None
        name = f"p.d{n}"
        dates = [f for f in self.usable(item) if f.type is FactType.DATE]
        if dates and self.maybe(0.3):
            self.shifts[name] = self.random.choice([1, -1, 12])
            value: c.Value = c.Shift(c.FactValue(self.random.choice(dates).name), self.shifts[name])
            self.definitions.append(definition(name, value, item, FactType.DATE))
            return
        if self.has_list() and item is None and self.maybe(0.65):
            self.definitions.append(self.over_items(name))
            return
        numbers = [f for f in self.usable(item) if f.type is FactType.INTEGER]
        numbers += [] if self.plain else [f for f in self.usable(item) if f.type is FactType.NUMBER]
        terms: list[c.Value] = [c.FactValue(f.name) for f in numbers]
        terms += [c.DefinitionValue(d.name) for d in self.numeric() if d.each in (None, item)]
        if not terms:
            return
        if self.maybe(0.3):
            cases = tuple(
                c.Case(self.condition(item, 1), self.random.choice([*terms, c.Literal(2)]))
                for _ in range(self.random.choice([1, 1, 2]))
            )
            otherwise = self.random.choice([*terms, c.Literal(0), c.Literal(4)])
            value = c.Choose(cases, otherwise)
        elif self.maybe(0.3):
            less = self.random.choice([*terms, c.Literal(1)])
            value = c.Difference(self.random.choice(terms), less)
        else:
            count = min(len(terms), self.random.choice([1, 2, 2, 3]))
            more = c.Literal(self.random.choice([0, 1]))
            value = c.Sum((*self.random.sample(terms, count), more))
        type_ = FactType.NUMBER if any(f.type is FactType.NUMBER for f in numbers) else None
        self.definitions.append(definition(name, value, item, type_ or FactType.INTEGER))

    def over_items(self, name: str) -> Definition:
        """Something counted or added up over the items of the list."""
        sort = self.random.choice(["distinct"] * 4 + ["count"] * 2 + ["total"] * 3)
        if sort == "distinct":
            return definition(name, self.total())
        where = self.condition(ITEM, 1) if self.maybe(0.5) else None
        if sort == "count":
            return definition(name, c.Count(ITEM, where))
        added = (FactType.INTEGER,) if self.plain else (FactType.INTEGER, FactType.NUMBER)
        own = [f for f in self.facts if f.list and f.type in added]
        chosen = self.random.choice(own + [f for f in own if (f.bounds.low or 0) < 0] * 3)
        return definition(name, c.Total(chosen.name, ITEM, where), type_=chosen.type)

    def numeric(self) -> list[Definition]:
        return [d for d in self.definitions if d.type is not FactType.DATE]

    def total(self) -> c.DistinctTotal:
        where = self.condition(ITEM, 1) if self.maybe(0.2 if self.plain else 0.7) else None
        if not self.known:
            return c.DistinctTotal("item.people", ITEM, where, None, None)
        over = self.known_over()
        if self.maybe(0.5):
            where = over
        elif over is not None and self.maybe(0.6):
            where = c.All((over, where or self.atom(self.random.choice(self.usable(ITEM)))))
        return c.DistinctTotal("item.people", ITEM, where, KNOWN, over)

    def known_over(self) -> c.Condition | None:
        """The same for all definitions: it says what the one number was counted over."""
        name = "p.over"
        if all(n.name != name for n in self.conditions):
            own = [f for f in self.facts if f.item == ITEM and f.name != "item.people"]
            usable = [f for f in own if f.type is not FactType.LIST]
            if not usable:
                return None
            when = self.atom(self.random.choice(usable))
            self.conditions.append(condition(name, when, ITEM))
        return c.HoldsCondition(name)

    # law

    def law(self) -> None:
        count = self.random.choice([1, 2, 3])
        self.instruments = [self.instrument(f"law.{n}") for n in range(count)]
        if self.maybe(0.5):
            self.route()
        if self.known:
            self.definitions.append(definition("p.total", self.total()))
        for n in range(self.random.randint(3, 7)):
            kind = self.random.choice(["condition", "definition", "definition", "rule", "rule"])
            each = ITEM if self.has_list() and self.maybe(0.5) else None
            if kind == "condition":
                self.conditions.append(condition(f"p.c{n}", self.condition(each), each))
            elif kind == "definition":
                self.definition(n)
            else:
                self.rules.append(self.rule(n))
        self.rules += [self.rule(8), *self.direct()]
        self.exemptions()
        if len(self.instruments) > 1 and self.maybe(0.4):
            prevailing = self.random.choice(self.instruments)
            others = [r for r in self.rules if r.instrument != prevailing.id]
            for displaced in self.random.sample(others, min(len(others), 2)):
                self.prevails.append(Prevails(prevailing.id, "13", displaced.id))

    def instrument(self, id_: str) -> Instrument:
        sort = self.random.choice(["plain"] * 4 + ["days", "days", "draft"])
        dates = [f for f in self.facts if f.type is FactType.DATE and not f.item]
        law_of = self.random.choice(dates).name if dates and self.maybe(0.3) else None
        scope = self.leaf(None, 0) if self.maybe(0.15) else None
        if sort == "draft":
            return instrument(id_, None, applies_when=scope, law_of=law_of)
        if sort == "plain" and not law_of:
            return instrument(id_, applies_when=scope)
        begin, end = self.days(WINDOW[:3]), self.days(WINDOW[3:4]) if self.maybe(0.4) else None
        return instrument(id_, begin, ends=end, applies_when=scope, law_of=law_of)

    def days(self, among: Sequence[int]) -> DayRange:
        first = self.random.choice(among)
        return DayRange(first, first + self.random.choice([0, 0, 1, 2]))

    def rule(self, n: int, **more: object) -> Rule:
        each = ITEM if self.has_list() and self.maybe(0.5) else None
        id_ = f"{self.random.choice(self.instruments).id}/r{n}"
        each = more.setdefault("each", each)  # type: ignore[assignment]
        kind = self.random.choice(["requires"] * 4 + ["compares", "exempts", "informs"])
        if kind in ("requires", "compares"):
            more[kind] = self.condition(each)
        elif kind == "exempts":
            more["exempts"] = ()
        if self.maybe(0.85):
            more.setdefault("applies_when", self.condition(each))
        if self.maybe(0.1):
            more["effective"] = self.days(WINDOW[2:4])
        if self.maybe(0.1):
            more["ends"] = self.days(WINDOW[2:4])
        return rule(id_, **more)

    def direct(self) -> list[Rule]:
        """Rules that always apply and require no more than one comparison."""
        each = ITEM if self.has_list() and self.maybe(0.3) else None
        test: c.Condition | None = self.comparison(each)
        if self.has_list() and self.maybe(0.15):  # of any item, asked for each
            each, inner = ITEM, self.comparison(ITEM)
            test = c.Some(ITEM, inner) if inner else None
        if self.has_list() and self.readings and self.maybe(0.2):  # a reading inside a quantifier
            each, chosen = None, self.random.choice(self.readings)
            read = c.ReadingIs(chosen.name, frozenset(list(chosen.choices)[:1]))
            own = self.atom(self.random.choice([f for f in self.usable(ITEM) if f.item]))
            forms: list[c.Condition] = [c.All((read, own)), c.Any((read, own))]
            where = self.random.choice(forms)
            test = c.Some(ITEM, where) if self.maybe(0.5) else c.Every(ITEM, where)
        totals = [d.name for d in self.definitions if isinstance(d.value, c.Total | c.Count)]
        if totals and self.maybe(0.3):
            each, bounds = None, [c.Literal(n) for n in range(-2, 6)]
            test = self.limits(c.DefinitionValue(self.random.choice(totals)), bounds)
        if self.known and self.maybe(0.7):
            each, bounds = None, [c.Literal(n) for n in range(7)]
            test = self.limits(c.DefinitionValue("p.total"), bounds)
        for constraint in self.constraints:
            tied = self.random.choice([constraint.lesser, constraint.greater])
            each, test = constraint.each, self.atom(next(f for f in self.facts if f.name == tied))
        return [rule(f"{self.instruments[-1].id}/r9", each=each, requires=test)] if test else []

    def route(self) -> None:
        """Two or three ways that never meet: the first two by their words, the last exempts."""
        each = ITEM if self.has_list() and self.maybe(0.7) else None
        ways = {name: texts(name) for name in ("strong", "weak", "exempt")}
        self.routes.append(Route(ROUTE, each, ways))
        if self.maybe(0.6):
            free = self.rule(10, each=each, way=(ROUTE, "exempt"))
            self.rules.append(replace(free, requires=None, compares=None, exempts=()))
        first = self.condition(each)
        for n, (way, when) in enumerate(
            [("strong", first), ("weak", c.All((c.Not(first), self.condition(each))))]
        ):
            member = self.rule(11 + n, each=each, way=(ROUTE, way), applies_when=when)
            self.rules.append(replace(member, exempts=None))

    def exemptions(self) -> None:
        """Each exemption frees from rules after it, and those are of the same list."""
        for n, exemption in enumerate(self.rules):
            if exemption.exempts is None:
                continue
            later = [r.id for r in self.rules[n + 1 :] if exemption.each in (None, r.each)]
            freed = self.random.sample(later, min(len(later), self.random.choice([0, 1, 2])))
            if freed or exemption.way:
                self.rules[n] = replace(exemption, exempts=tuple(freed))

    # truth

    def truth(self, rules: Rules) -> tuple[Row, Sequence[Row]] | None:
        """One completion of the empty profile, drawn rather than listed; None: none found."""
        top = [f for f in rules.facts.values() if not f.list and f.type is not FactType.LIST]
        company = self.row(rules, top, None, {})
        if company is None:
            return None
        rows: list[Row] = []
        lists = rules.lists().get(ITEM)
        world = World(rules, company, {}, {}, self.as_of)
        if lists and not (lists.gate and not world.holds(lists.gate.only_if, None)):
            own = [f for f in rules.facts.values() if f.list]
            drawn = [self.row(rules, own, "x", company) for _ in range(3)]
            rows = [r for r in drawn if r is not None][: self.random.choice([0, 1, 2, 2])]
        rows = [{**r, "#": n} for n, r in enumerate(rows)]
        return counted(self.random, rules, self.as_of, company, rows)

    def row(self, rules: Rules, facts: Sequence[Fact], key: str | None, company: Row) -> Row | None:
        """A random row that gates and constraints allow, or None if few tries find none."""
        for _ in range(40):
            drawn = {}
            for f in facts:
                options = list(reference._candidates(f, None, Profile(), key, self.as_of))
                drawn[f.name] = answer(self.random.choice(options))
            found = reference._rows(rules, facts, key, Profile(), drawn, company, self.as_of)
            for row in found:
                return row
        return None
