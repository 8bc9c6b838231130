"""Step 2, narrowing: answers, bounds, gates (both ways) and constraints, until nothing changes.

The result is the :class:`World`: what every fact of the company and of each item may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from compliancecheck.logic.ageing import Ageing
from compliancecheck.logic.fact_values import (
    gate_values,
    including,
    meet,
    open_values,
    side,
    within,
)
from compliancecheck.logic.reach import gate_facts
from compliancecheck.logic.starting import Starts, nothing_left
from compliancecheck.logic.world import ItemWorld as ItemWorld
from compliancecheck.logic.world import ListWorld as ListWorld
from compliancecheck.logic.world import World as World
from compliancecheck.model.conditions import (
    All,
    Any,
    AsOf,
    Compare,
    Condition,
    FactIs,
    Includes,
    Limit,
    Literal,
    Not,
)
from compliancecheck.model.facts import Constraint, Fact, FactType
from compliancecheck.model.findings import Conflict
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import (
    Interval,
    Members,
    Number,
    Truth,
    Values,
    exact,
    hull,
    span,
)
from compliancecheck.model.values import meet as meet_spans

MOST_ROUNDS = 64


class Contradiction(Exception):
    """No value is left for a fact: *names* are it and what narrowed it."""

    def __init__(self, names: tuple[str, ...], says: Texts | None) -> None:
        super().__init__(names)
        self.names = names
        self.says = says


def narrow(rules: Rules, profile: Profile, as_of: int, starts: Starts | None = None) -> World:
    """Age and narrow a profile; conflicts between answers are collected in the result.

    Items that start the same share their values, which nobody may change from then on.
    """
    starts = Starts(profile, as_of) if starts is None else starts
    found = _Narrowing(rules, profile, as_of, starts, shared=True).run()
    if found.conflicts:  # each item is to be named
        found = _Narrowing(rules, profile, as_of, starts, shared=False).run()
    return found


class _Plan:
    """The gates and constraints that concern the company, or one kind of item."""

    def __init__(self, rules: Rules, item: str | None) -> None:
        self.facts = [
            f for f in rules.facts.values() if f.type is not FactType.TEXT and f.item_of() == item
        ]
        self.gated = [f for f in self.facts if f.gate is not None]
        self.constraints = [c for c in rules.constraints if c.each == item]
        self.has_whole = {f.name: f.type.is_whole for f in rules.facts.values()}


class _Narrowing:
    def __init__(
        self, rules: Rules, profile: Profile, as_of: int, starts: Starts, *, shared: bool
    ) -> None:
        self.rules = rules
        self.profile = profile
        self.as_of = as_of
        self.starts = starts
        self.shared = shared
        self.ageing = Ageing(profile, as_of)
        self.conflicts: list[Conflict] = []
        self.company: dict[str, Values] = {}
        self.item: ItemWorld | None = None
        self.reasons: dict[FactRef, set[FactRef]] = {}  # what narrowed a fact
        self.changed = False
        self._gate_parts = {
            fact.name: (
                open_values(fact),
                gate_values(fact.gate.otherwise, fact, as_of),
                tuple(gate_facts(fact.gate.only_if)),
            )
            for fact in rules.facts.values()
            if fact.gate is not None and fact.type is not FactType.LIST
        }
        self.plans: dict[str | None, _Plan] = {None: _Plan(rules, None)}
        self.plans.update({item: _Plan(rules, item) for item in rules.lists()})

    # -- the run ------------------------------------------------------------------------------

    def run(self) -> World:
        for fact in self.plans[None].facts:
            if fact.type is not FactType.LIST:
                self.company[fact.name] = self._start(fact, None)
        lists = {item: self._items(fact) for item, fact in self.rules.lists().items()}
        unlike = {item: _unlike(world.items) for item, world in lists.items()}
        for _ in range(MOST_ROUNDS):
            self._until_still(None, None)
            company = dict(self.company)
            self.changed = False
            for item, fact in self.rules.lists().items():
                self._close_list(fact, lists[item])
                closed = self.changed
                for one in unlike[item]:
                    self._until_still(item, one)
                self.changed = closed
                self._guard_further(item, lists[item])
            if not self.changed and company == self.company:
                break
        ageing = self.ageing
        return World(self.company, lists, self.conflicts, ageing.notes, ageing.not_yet)

    def _items(self, fact: Fact) -> ListWorld:
        assert fact.item is not None
        given = self.profile.lists.get(fact.name)
        facts = [self.rules.facts[name] for name in fact.fields]
        kept = {f.name: f for f in facts if f.type is not FactType.TEXT}
        blank: dict[str, Values] = {name: self._all_values(f) for name, f in kept.items()}
        own: dict[int, dict[str, Values]] = {}
        items = []
        for one in given.items if given else ():
            start = self.starts.start(one, fact.item, kept, blank)
            self.ageing.take_over(start.notes, start.not_yet)
            for ref in start.empty:
                self._conflict((ref,), nothing_left(kept[ref.name], ()))
            values = own.get(id(start.values)) if self.shared else None
            if values is None:
                values = own[id(start.values)] = dict(start.values)
            items.append(ItemWorld(fact.item, one.key, values, unknown=start.unknown))
        further = ItemWorld(fact.item, None, blank) if given is None or given.open else None
        return ListWorld(items, further)

    def _start(self, fact: Fact, item: str | None) -> Values:
        values = {fact.name: self._all_values(fact)}
        answer = self.profile.answers.get(fact.name)
        if answer is not None:
            ref = FactRef(fact.name, item)
            aged = self.ageing.values(fact, answer, ref)
            if aged is not None:
                self._first(fact, values, aged, ref)
        return values[fact.name]

    def _first(self, fact: Fact, values: dict[str, Values], aged: Values, ref: FactRef) -> None:
        left = meet(values[fact.name], aged)
        if left:
            values[fact.name] = left
        else:
            self._conflict((ref,), nothing_left(fact, ()))

    def _all_values(self, fact: Fact) -> Values:
        inside = open_values(fact)
        if fact.gate is None:
            return inside
        outside = gate_values(fact.gate.otherwise, fact, self.as_of)
        if isinstance(inside, frozenset):
            assert isinstance(outside, frozenset)
            return inside | outside
        if isinstance(inside, Members):
            return inside  # behind a closed gate it is empty, which it may be anyway
        assert isinstance(outside, tuple)
        return span([*inside, *outside])

    def _guard_further(self, item: str, world: ListWorld) -> None:
        """An item that may not exist tells nothing of the company; if it cannot, the list ends."""
        if world.further is None:
            return
        company, conflicts = dict(self.company), list(self.conflicts)
        reasons = {ref: set(by) for ref, by in self.reasons.items()}
        self._guarded(item, world.further)
        self.company, self.reasons = company, reasons
        if self.conflicts != conflicts:
            self.conflicts = conflicts
            world.further = None
            self.changed = True

    def _until_still(self, item: str | None, world: ItemWorld | None) -> None:
        """Gates and constraints over and over; each round narrows, and they have no cycle."""
        for _ in range(MOST_ROUNDS):
            self.changed = False
            self._guarded(item, world)
            if not self.changed:
                return

    def _guarded(self, item: str | None, world: ItemWorld | None) -> None:
        """Gates and constraints once over; a contradiction is kept, and the facts left alone."""
        self.item = world
        plan = self.plans[item]
        try:
            for fact in plan.gated:
                if fact.type is not FactType.LIST:
                    self._gate(fact)
            for constraint in plan.constraints:
                self._constrain(constraint)
        except Contradiction as error:
            self._contradicted(error.names, error.says)

    def _contradicted(self, names: tuple[str, ...], says: Texts | None) -> None:
        """A conflict of the answers behind *names*, also where others stand between them."""
        refs: list[FactRef] = []
        seen: set[FactRef] = set()
        waiting = [self._ref(name) for name in reversed(names)]
        while waiting:
            ref = waiting.pop()
            if ref not in seen:
                seen.add(ref)
                if self._answered(ref):
                    refs.append(ref)
                waiting += sorted(self.reasons.get(ref, ()), key=lambda r: r.name, reverse=True)
        if says is None:
            fact = self.rules.facts[refs[0].name if refs else names[0]]
            says = nothing_left(fact, tuple(ref.name for ref in refs[1:]))
        self._conflict(tuple(refs), says)

    def _ref(self, name: str) -> FactRef:
        own = self.item is not None and name in self.item.values
        return FactRef(name, self.item.key if own and self.item else None)

    def _answered(self, ref: FactRef) -> bool:
        if ref.item is None:
            return ref.name in self.profile.answers or ref.name in self.profile.lists
        fact = self.rules.facts[ref.name]
        given = self.profile.lists.get(fact.list or "")
        return given is not None and any(
            one.key == ref.item and ref.name in one.answers for one in given.items
        )

    def _conflict(self, refs: tuple[FactRef, ...], says: Texts) -> None:
        conflict = Conflict(refs, says)
        if conflict not in self.conflicts:
            self.conflicts.append(conflict)

    # -- gates --------------------------------------------------------------------------------

    def _close_list(self, fact: Fact, world: ListWorld) -> None:
        if fact.gate is None:
            return
        self.item = None
        truth = self.judge(fact.gate.only_if)
        if truth is False:
            if world.items:
                self._contradicted((fact.name, *gate_facts(fact.gate.only_if)), None)
            elif world.further is not None:
                world.further = None
                self.changed = True
        elif truth is None and world.items:
            by = (fact.name, *gate_facts(fact.gate.only_if))
            self._assume(fact.gate.only_if, True, by)

    def _gate(self, fact: Fact) -> None:
        assert fact.gate is not None
        inside, outside, guards = self._gate_parts[fact.name]
        values = self._get(fact.name)
        truth = self.judge(fact.gate.only_if)
        if truth is not None and values == (inside if truth else outside):
            return  # nothing to narrow: the usual case
        if truth is True:
            self._set(fact.name, meet(values, inside), guards)
        elif truth is False:
            self._set(fact.name, meet(values, outside), guards)
        elif not meet(values, outside):
            self._assume(fact.gate.only_if, True, (fact.name, *guards))
        elif not meet(values, inside):
            self._assume(fact.gate.only_if, False, (fact.name, *guards))

    def judge(self, c: Condition) -> Truth:
        """A gate's condition on what is known."""
        if isinstance(c, FactIs):
            options = self._get(c.name)
            assert isinstance(options, frozenset)
            return _flip(c.negated, within(options, c.options))
        if isinstance(c, Includes):
            members = self._get(c.name)
            assert isinstance(members, Members)
            return members.holds(c.options)
        if isinstance(c, Compare):
            values = self._get(c.left.name)
            assert isinstance(values, tuple)
            inside = meet_spans(values, (self._interval(c),))
            truth = False if not inside else True if inside == values else None
            return _flip(c.negated, truth)
        if isinstance(c, Not):
            return _flip(True, self.judge(c.part))
        assert isinstance(c, All | Any)
        parts = [self.judge(part) for part in c.parts]
        decides = isinstance(c, Any)
        if decides in parts:
            return decides
        return None if None in parts else not decides

    def _interval(self, c: Compare) -> Interval:
        low, high = self._bound(c.lower), self._bound(c.upper)
        interval = Interval(
            low, high, bool(c.lower and c.lower.strict), bool(c.upper and c.upper.strict)
        )
        return interval.whole() if self.rules.facts[c.left.name].type.is_whole else interval

    def _bound(self, limit: Limit | None) -> Number | None:
        if limit is None:
            return None
        if isinstance(limit.value, AsOf):
            return self.as_of
        assert isinstance(limit.value, Literal)
        return limit.value.value

    def _assume(self, c: Condition, truth: bool, by: tuple[str, ...]) -> None:
        """Narrow the facts of a condition that is known to be *truth*, because of *by*."""
        if isinstance(c, Not):
            self._assume(c.part, not truth, by)
        elif isinstance(c, FactIs):
            values = self._get(c.name)
            assert isinstance(values, frozenset)
            keep = c.options if truth != c.negated else values - c.options
            self._set(c.name, values & keep, by)
        elif isinstance(c, Includes):
            members = self._get(c.name)
            assert isinstance(members, Members)
            self._set(c.name, including(members, c.options, truth), by)
        elif isinstance(c, Compare):
            values = self._get(c.left.name)
            assert isinstance(values, tuple)
            interval = self._interval(c)
            inside = truth != c.negated
            self._set(c.left.name, meet_spans(values, side(interval, inside)), by)
        elif isinstance(c, All | Any):
            if isinstance(c, All) == truth:
                for part in c.parts:
                    self._assume(part, truth, by)
            else:  # all but one are known the other way: the last one decides
                left = [part for part in c.parts if self.judge(part) is not (not truth)]
                if len(left) == 1:
                    self._assume(left[0], truth, by)

    # -- constraints --------------------------------------------------------------------------

    def _constrain(self, c: Constraint) -> None:
        lesser, greater = self._get(c.lesser), self._get(c.greater)
        assert isinstance(lesser, tuple) and isinstance(greater, tuple)
        top = hull(greater)
        if top.high is not None:
            high = Interval(None, exact(top.high * c.factor), False, top.high_open)
            self._set(c.lesser, meet_spans(lesser, (self._whole(c.lesser, high),)), (c.greater,), c)
        bottom = hull(lesser)
        if bottom.low is not None:
            low = Interval(exact(Fraction(bottom.low) / c.factor), None, bottom.low_open, False)
            left = meet_spans(greater, (self._whole(c.greater, low),))
            self._set(c.greater, left, (c.lesser,), c)

    def _whole(self, name: str, interval: Interval) -> Interval:
        return interval.whole() if self.plans[None].has_whole[name] else interval

    # -- values -------------------------------------------------------------------------------

    def _get(self, name: str) -> Values:
        if self.item is not None and name in self.item.values:
            return self.item.values[name]
        return self.company[name]

    def _set(
        self, name: str, values: Values, by: tuple[str, ...], constraint: Constraint | None = None
    ) -> None:
        own = self.item is not None and name in self.item.values
        if values == self._get(name):
            return
        if not values:
            raise Contradiction((name, *by), constraint.says if constraint else None)
        self.changed = True
        self.reasons.setdefault(self._ref(name), set()).update(map(self._ref, by))
        if own:
            assert self.item is not None
            self.item.values[name] = values
        else:
            self.company[name] = values


def _unlike(items: Iterable[ItemWorld]) -> list[ItemWorld]:
    """The items without those that share their values with one before them."""
    return list({id(one.values): one for one in items}.values())


def _flip(negated: bool, truth: Truth) -> Truth:
    return truth if truth is None or not negated else not truth
