"""The oracle: what rules mean, by listing all completions of a small profile.

A completion gives every fact one value that its answer, bounds, gate and constraints allow, and
says how many further items an open list has. In it nothing is unknown: every condition is true or
false, by ordinary logic. What stays free in it is picked in every way: a total of people who may
occur twice, a disputed day, a condition marked `review`. Nothing here is fast or clever; it is
meant to be checked by eye against the rule language, section by section.

Whole numbers are listed one by one, other numbers in halves, so the bounds of vocabularies must
be small. A side without a bound is cut off at COUNTS or DAYS: rules compare only with what lies
inside, and all that is beyond behaves like the last one.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeVar

from compliancecheck.model import conditions as c
from compliancecheck.model.facts import Fact, FactType, GateValue
from compliancecheck.model.findings import Adoption, Outcome
from compliancecheck.model.instruments import Route, Rule, Rules
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.model.texts import DayRange
from compliancecheck.model.values import Interval, Members, Number, Option, exact

FURTHER = "(further)"  # stands for the key of an item of which nothing is known
MOST_FURTHER = 2
MOST_ROUNDS = 8_000
COUNTS = Interval(0, 12)
DAYS = Interval(date(2024, 1, 28).toordinal(), date(2024, 2, 5).toordinal())

Scalar = Option | Number | frozenset[str]  # the last for a set


class Later(int):
    """The day of the answer itself, for an act that was `not yet` on it: later that day.

    To every comparison it is the day after, but what is due on a day is in time to its end.
    """


Row = Mapping[str, Scalar]  # values by fact; in an item also "#", its position in its list
K = TypeVar("K")
V = TypeVar("V")
Key = tuple[str, str | None]  # a rule or route, and an item's key, FURTHER or None


class TooMany(Exception):
    """A profile has more to list than a test has time for."""


@dataclass
class Truths:
    """What each rule and route is in some completion, by combination of readings."""

    outcomes: dict[Key, dict[Adoption, set[Outcome]]] = field(default_factory=dict)
    ways: dict[Key, dict[Adoption, set[str | None]]] = field(default_factory=dict)
    completions: int = 0
    rounds: int = 0  # completions, times readings, times what stays free in them


def truths(
    rules: Rules,
    profile: Profile,
    as_of: int,
    law: int | None = None,
    further: int = MOST_FURTHER,
    only: Callable[[Row, Mapping[str, Sequence[Row]]], bool] = lambda company, items: True,
) -> Truths:
    """All that rules and routes are in the completions of *profile*, with *further* more items.

    *only* chooses among the completions.
    """
    found = Truths()
    for company, items in completions(rules, profile, as_of, further):
        if not only(company, items):
            continue
        found.completions += 1
        for adopted in combinations(rules, profile):
            pick = Pick()
            while True:
                world = World(rules, company, items, dict(adopted), as_of, law, pick)
                found.rounds += 1
                if found.rounds > MOST_ROUNDS:
                    raise TooMany
                if world.counts_agree():
                    _note(found, world, adopted)
                if not pick.next_way():
                    break
    return found


def combinations(rules: Rules, profile: Profile) -> list[Adoption]:
    """Every combination of readings that *profile* leaves open."""
    names = sorted(rules.readings)
    adopted = {name: [profile.readings[name].choice] for name in names if name in profile.readings}
    choices = [adopted.get(name) or list(rules.readings[name].choices) for name in names]
    return [tuple(zip(names, row, strict=True)) for row in itertools.product(*choices)]


def _note(found: Truths, world: World, adopted: Adoption) -> None:
    for rule in world.rules.rules.values():
        if rule.each and not world.rows(rule.each):  # nothing to judge
            _add(found.outcomes, (rule.id, None), adopted, Outcome.NOT_APPLICABLE)
        for row in world.rows(rule.each):
            outcome = world.outcome(rule, row)
            _add(found.outcomes, (rule.id, _key(world, rule.each, row)), adopted, outcome)
    for route in world.rules.routes.values():
        ways = [world.way(route, row) for row in world.rows(route.each)]
        for row, way in zip(world.rows(route.each), ways, strict=True):
            _add(found.ways, (route.name, _key(world, route.each, row)), adopted, way)
        if route.each and ways:  # the company's line: the strongest way of any item
            strongest = next((w for w in route.ways if w in ways), None)
            _add(found.ways, (route.name, None), adopted, strongest)


def _add(found: dict[K, dict[Adoption, set[V]]], key: K, adopted: Adoption, value: V) -> None:
    found.setdefault(key, {}).setdefault(adopted, set()).add(value)


def _key(world: World, each: str | None, row: Row | None) -> str | None:
    return str(row["#key"]) if each and row is not None else None


# --- completions (section 3) --------------------------------------------------------------------


def completions(
    rules: Rules, profile: Profile, as_of: int, further: int
) -> Iterator[tuple[Row, Mapping[str, Sequence[Row]]]]:
    """Values of the company's facts, with the items of each list."""
    lists = list(rules.lists().values())
    top = [f for f in rules.facts.values() if not f.list and f.type is not FactType.LIST]
    for company in _rows(rules, top, None, profile, profile.answers, {}, as_of):
        filled = [list(_fillings(rules, f, profile, company, as_of, further)) for f in lists]
        for rows in itertools.product(*filled):
            yield company, {f.name: r for f, r in zip(lists, rows, strict=True)}


def _fillings(
    rules: Rules, fact: Fact, profile: Profile, company: Row, as_of: int, further: int
) -> Iterator[Sequence[Row]]:
    """Every way to fill one list: its items, then none or more of which nothing is known."""
    answered = profile.lists.get(fact.name)
    known = answered.items if answered else ()
    if fact.gate and not World(rules, company, {}, {}, as_of).holds(fact.gate.only_if, None):
        if not known:
            yield ()
        return
    facts = [f for f in rules.facts.values() if f.list == fact.name]
    each = [list(_rows(rules, facts, i.key, profile, i.answers, company, as_of)) for i in known]
    unknown: list[Row] = []
    if answered is None or answered.open:
        unknown = list(_rows(rules, facts, FURTHER, profile, {}, company, as_of))
    for head in itertools.product(*each):
        for n in range(further + 1 if unknown else 1):
            for tail in itertools.combinations_with_replacement(unknown, n):
                yield [{**row, "#": at} for at, row in enumerate((*head, *tail))]


def _rows(
    rules: Rules,
    facts: Sequence[Fact],
    key: str | None,
    profile: Profile,
    answers: Mapping[str, Answer],
    company: Row,
    as_of: int,
) -> Iterator[Row]:
    """Values of the company's facts (*key* None), or of one item's, that gates allow."""
    some = [list(_candidates(f, answers.get(f.name), profile, key, as_of)) for f in facts]
    for values in itertools.product(*some):
        row: Row = {"#key": key or "", **{f.name: v for f, v in zip(facts, values, strict=True)}}
        world = World(rules, company if key else row, {}, {}, as_of)
        if all(_gate_agrees(world, f, row) for f in facts) and _constraints_agree(rules, row):
            yield row


def _candidates(
    fact: Fact, answer: Answer | None, profile: Profile, key: str | None, as_of: int
) -> Iterator[Scalar]:
    """The values in the fact's bounds or behind its gate that its answer allows."""
    inside = list(_in_bounds(fact))
    for value in [*inside, *(v for v in _behind(fact, as_of) if v not in inside)]:
        if answer is None or answer.unknown:
            yield value
        elif answer.not_yet:  # a day after the day of the answer
            evidence = profile.evidence.get(FactRef(fact.name, key))
            dated = (evidence and evidence.dated) or profile.dated or as_of
            if value > dated:  # type: ignore[operator]
                yield value
            if value == dated + 1:
                yield Later(value)
        elif isinstance(answer.values, frozenset):
            if value in answer.values:
                yield value
        elif isinstance(answer.values, Members):
            if answer.values.sure <= value <= answer.values.possible:  # type: ignore[operator]
                yield value
        elif any(i.contains(value) for i in answer.values or ()):  # type: ignore[arg-type]
            yield value


def _in_bounds(fact: Fact) -> Sequence[Scalar]:
    if fact.type is FactType.BOOLEAN:
        return (True, False)
    if fact.type is FactType.CHOICES:
        sizes = range(len(fact.choices) + 1)
        subsets = (itertools.combinations(fact.choices, size) for size in sizes)
        return [frozenset(subset) for some in subsets for subset in some]
    if not fact.type.is_numeric:
        return tuple(fact.choices)
    widest = DAYS if fact.type is FactType.DATE else COUNTS
    low = widest.low if fact.bounds.low is None else fact.bounds.low
    high = widest.high if fact.bounds.high is None else fact.bounds.high
    step = 1 if fact.type.is_whole else Fraction(1, 2)
    steps = int((high - low) / step)  # type: ignore[operator]
    listed = [exact(low + step * n) for n in range(steps + 1)]  # type: ignore[operator]
    return [number for number in listed if fact.bounds.contains(number)]


def _behind(fact: Fact, as_of: int) -> Sequence[Scalar]:
    """The values of the fact while its gate is closed."""
    if fact.gate is None:
        return ()
    if fact.gate.otherwise is GateValue.NOT_YET:
        return range(as_of + 1, max(as_of + 1, int(DAYS.high or 0)) + 1)
    if fact.gate.otherwise is GateValue.EMPTY_LIST:
        return (frozenset(),)
    return (as_of,) if fact.gate.otherwise is GateValue.AS_OF else (fact.gate.otherwise,)


def _gate_agrees(world: World, fact: Fact, row: Row) -> bool:
    if fact.gate is None:
        return True
    open_ = world.holds(fact.gate.only_if, row)
    return row[fact.name] in (_in_bounds(fact) if open_ else _behind(fact, world.as_of))


def _constraints_agree(rules: Rules, row: Row) -> bool:
    return all(
        row[k.lesser] <= k.factor * row[k.greater]  # type: ignore[operator]
        for k in rules.constraints
        if k.lesser in row and k.greater in row
    )


# --- meaning in one completion (sections 4 to 6) --------------------------------------------------


class Pick:
    """Makes free choices so that after enough rounds each of them was made in every way."""

    def __init__(self) -> None:
        self._path: list[list[int]] = []  # choice made, number of options
        self._made: dict[Hashable, object] = {}

    def one(self, key: Hashable, options: Sequence[V]) -> V:
        """The option for *key*: the same one whenever it is asked in a round."""
        if key not in self._made:
            if len(self._made) == len(self._path):
                self._path.append([0, len(options)])
            self._made[key] = options[self._path[len(self._made)][0]]
        return self._made[key]  # type: ignore[return-value]

    def next_way(self) -> bool:
        """Begins the next round; False when there was none left."""
        self._made.clear()
        while self._path and self._path[-1][0] + 1 == self._path[-1][1]:
            self._path.pop()
        if self._path:
            self._path[-1][0] += 1
        return bool(self._path)


@dataclass
class World:
    """One completion: the company's facts, the items, the readings adopted, the days."""

    rules: Rules
    company: Row
    items: Mapping[str, Sequence[Row]]
    adopted: Mapping[str, str]
    as_of: int
    law: int | None = None
    pick: Pick = field(default_factory=Pick)

    def rows(self, each: str | None) -> Sequence[Row | None]:
        """The items of a list; for what is said of the company, None alone."""
        return self.items[self.rules.lists()[each].name] if each else (None,)

    def number(self, value: c.Value, row: Row | None) -> Number:
        match value:
            case c.Literal(number):
                return number
            case c.FactValue(name):
                return self.fact(name, row)  # type: ignore[return-value]
            case c.DefinitionValue(name):
                definition = self.rules.definitions[name]
                return self.number(definition.value, row if definition.each else None)
            case c.AsOf():
                return self.as_of
            case c.PercentOf(share, of):
                return share * self.number(of, row)
            case c.Sum(terms):
                return sum((self.number(term, row) for term in terms), 0)
            case c.Difference(first_term, second_term):
                return self.number(first_term, row) - self.number(second_term, row)
            case c.Count(item, where):
                return len(self.counted(item, where))
            case c.Total(name, item, where):
                added = (self.fact(name, r) for r in self.counted(item, where))
                return sum(added, 0)  # type: ignore[arg-type]
            case c.Choose(cases, otherwise):
                first = (case.value for case in cases if self.holds(case.when, row))
                return self.number(next(first, otherwise), row)
            case c.Shift(of) | c.Before(of):
                return day_of(value, int(self.number(of, row)))
            case c.DueDay(rule_id, deadline):
                rule = self.rules.rules[rule_id]
                return self.number(rule.deadline(deadline).due, row if rule.each else None)
            case c.DistinctTotal():
                return self.total(value)

    def fact(self, name: str, row: Row | None) -> Scalar:
        return row[name] if row is not None and name in row else self.company[name]

    def whole(self, name: str, row: Row | None) -> int:
        """A count or a day."""
        found = self.fact(name, row)
        assert isinstance(found, int)
        return found

    def counted(self, item: str, where: c.Condition | None) -> Sequence[Row | None]:
        return [r for r in self.rows(item) if where is None or self.holds(where, r)]

    def total(self, value: c.DistinctTotal) -> Number:
        """People over the items counted: as far as they may be the same, any number."""
        counted = self.counted(value.item, value.where)
        low, high = self.largest_and_sum(value.fact, counted)
        if value.known_as:
            known = self.known(value)
            if all(r in known for r in counted):
                number = self.whole(value.known_as, None)
                left_out = sum(self.whole(value.fact, r) for r in known if r not in counted)
                low, high = max(low, number - left_out), min(high, number)
        return self.pick.one(value, range(low, high + 1))

    def known(self, value: c.DistinctTotal) -> Sequence[Row | None]:
        over = value.known_over
        return [r for r in self.rows(value.item) if over is None or self.holds(over, r)]

    def largest_and_sum(self, fact: str, rows: Sequence[Row | None]) -> tuple[int, int]:
        people = [self.whole(fact, row) for row in rows]
        return max(people, default=0), sum(people)

    def counts_agree(self) -> bool:
        """Whether each number known over all items lies between the greatest and the sum."""
        for d in self.rules.definitions.values():
            if isinstance(d.value, c.DistinctTotal) and d.value.known_as:
                low, high = self.largest_and_sum(d.value.fact, self.known(d.value))
                if not low <= self.whole(d.value.known_as, None) <= high:
                    return False
        return True

    def holds(self, condition: c.Condition, row: Row | None) -> bool:
        if condition.note.review:  # a number or text that nobody has confirmed: either way
            return self.pick.one(("review", condition, row and row["#"]), (True, False))
        match condition:
            case c.All(parts):
                return all(self.holds(part, row) for part in parts)
            case c.Any(parts):
                return any(self.holds(part, row) for part in parts)
            case c.Not(part):
                return not self.holds(part, row)
            case c.FactIs(name, options, negated):
                return (self.fact(name, row) in options) != negated
            case c.Includes(name, options):
                return not options.isdisjoint(self.fact(name, row))  # type: ignore[arg-type]
            case c.ReadingIs(name, readings, negated):
                return (self.adopted[name] in readings) != negated
            case c.Compare(left, lower, upper, negated):
                number = self.number(left, row)
                low = None if lower is None else self.number(lower.value, row)
                high = None if upper is None else self.number(upper.value, row)
                if isinstance(number, Later) and lower is None and upper and not upper.strict:
                    number = number - 1 if isinstance(upper.value, c.DueDay) else number
                outside = (
                    (low is not None and number < low)
                    or (high is not None and number > high)
                    or (number == low and lower is not None and lower.strict)
                    or (number == high and upper is not None and upper.strict)
                )
                return outside == negated
            case c.Some(item, where):
                return any(self.holds(where, r) for r in self.rows(item))
            case c.Every(item, where):
                return all(self.holds(where, r) for r in self.rows(item))
            case c.HoldsCondition(name):
                named = self.rules.conditions[name]
                return self.holds(named.when, row if named.each else None)
            case c.HoldsRule(name):
                rule = self.rules.rules[name]
                return self.applies(rule, row if rule.each else None)

    def applies(self, rule: Rule, row: Row | None) -> bool:
        """In force, not displaced, in scope, not exempted."""
        instrument = self.rules.instruments[rule.instrument]
        own = self.between(rule.id, rule.effective, rule.ends, self.day_of_law(rule.instrument))
        if not own or not self.in_force(rule.instrument):
            return False
        if any(p.rule == rule.id and self.in_force(p.instrument) for p in self.rules.prevails):
            return False
        scopes = [s for s in (instrument.applies_when, rule.applies_when) if s is not None]
        return all(self.holds(scope, row) for scope in scopes) and not self.exempted(rule, row)

    def in_force(self, instrument: str) -> bool:
        law = self.rules.instruments[instrument]
        day = self.day_of_law(instrument)
        return not law.is_draft and self.between(instrument, law.effective, law.ends, day)

    def day_of_law(self, instrument: str) -> int:
        law_of = self.rules.instruments[instrument].law_of
        if self.law is not None:
            return self.law
        return self.whole(law_of, None) if law_of else self.as_of

    def between(self, owner: str, first: DayRange | None, end: DayRange | None, day: int) -> bool:
        """Whether a text is in force; a disputed day is any day of its range."""
        for side, days in (("effective", first), ("ends", end)):
            if days is not None:
                from_ = self.pick.one((owner, side), range(days.first, days.last + 1))
                if (day >= from_) == (side == "ends"):
                    return False
        return True

    def exempted(self, rule: Rule, row: Row | None) -> bool:
        return any(
            self.applies(other, row if other.each else None)
            for other in self.rules.rules.values()
            if other.exempts is not None and (rule.id in other.exempts or _other_way(other, rule))
        )

    def outcome(self, rule: Rule, row: Row | None) -> Outcome:
        if not self.applies(rule, row):
            return Outcome.NOT_APPLICABLE
        if rule.requires is not None:
            return Outcome.PASS if self.holds(rule.requires, row) else Outcome.FAIL
        if rule.compares is not None:
            return Outcome.MET if self.holds(rule.compares, row) else Outcome.NOT_MET
        return Outcome.INFORMATIVE

    def way(self, route: Route, row: Row | None) -> str | None:
        """The way of which a member applies; packs prove that there are never two."""
        members = [r for r in self.rules.rules.values() if r.way and r.way[0] == route.name]
        ways = {r.way[1] for r in members if r.way and self.applies(r, row)}
        assert len(ways) <= 1, f"{route.name} has two ways at once: {ways}"
        return next(iter(ways), None)


def _other_way(exemption: Rule, rule: Rule) -> bool:
    """An exemption that is a way frees from every rule that is another way of the route."""
    a, b = exemption.way, rule.way
    return a is not None and b is not None and a[0] == b[0] and a[1] != b[1]


# --- days that are counted (section 5, and the sheet on deadlines) --------------------------------

# What differs from Monday to Friday around the days that are listed, from the notices.
OFF = [date(2024, 2, d) for d in (12, 13, 14, 15, 16)]
OFF += [date(2025, 1, d) for d in (28, 29, 30, 31)] + [date(2025, 2, d) for d in (3, 4)]
WORKED = [date(2024, 2, 4), date(2024, 2, 18), date(2025, 1, 26), date(2025, 2, 8)]


def is_worked(day: int) -> bool:
    on = date.fromordinal(day)
    return on in WORKED or (on.weekday() < 5 and on not in OFF)


def nth_worked(day: int, n: int) -> int:
    """The n-th working day after a day, or before it; the day itself is not counted."""
    step = 1 if n > 0 else -1
    left = abs(n)
    while left:
        day += step
        left -= is_worked(day)
    return day


def day_of(value: c.Value, day: int) -> int:
    """The day to which a moved date, or one counted back, moves *day*."""
    match value:
        case c.Shift(_, amount, c.Unit.WORKING_DAYS):
            return nth_worked(day, amount)
        case c.Shift(_, amount, unit, roll):
            day = shifted(day, amount) if unit is c.Unit.MONTHS else day + amount
            while roll and amount > 0 and not is_worked(day):
                day += 1
            return day
        case c.Before(_, amount, c.Unit.WORKING_DAYS, window):
            if window:
                return nth_worked(day, -amount)
            end = day
            while not (is_worked(day) and nth_worked(day, amount) <= end):
                day -= 1
            return day
        case c.Before(_, amount, unit):
            return shifted(day, -amount) if unit is c.Unit.MONTHS else day - amount
    raise AssertionError(value)


def shifted(day: int, months: int) -> int:
    """The same day of another month, or that month's last day."""
    then = date.fromordinal(day)
    year, month = divmod(then.year * 12 + then.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(then.day, last)).toordinal()
