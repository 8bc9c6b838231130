"""Supposing answers of one finding: which can be supposed, and what the rule then is.

A *move* is one answer supposed to be another, with the variables of the rule's diagram that it
shifts. Several moves together are first only walked through the diagram, then judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from fractions import Fraction

from compliancecheck.logic.cells import Variable
from compliancecheck.logic.changeable import Ease, ease_of
from compliancecheck.logic.computing import Env
from compliancecheck.logic.cuts import MOST_ITEMS, Cuts
from compliancecheck.logic.decisive import without
from compliancecheck.logic.diagram import IMPOSSIBLE
from compliancecheck.logic.engine import Engine, Impossible, engine_of
from compliancecheck.logic.evaluate import contradictions
from compliancecheck.logic.explain import env_of
from compliancecheck.logic.program import OUTCOME
from compliancecheck.logic.reach import (
    Reach,
    closure,
    gate_facts,
    linked,
    reach_of,
    variable_reach,
)
from compliancecheck.logic.supposing import (
    alternatives,
    distance,
    supposed,
    together,
    with_supposition,
)
from compliancecheck.logic.uses import gate_is_closed
from compliancecheck.model.conditions import DistinctTotal
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Finding, Outcome
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.what_if import Supposition

MOST_ROUNDS = 8  # gates that close one after the other
Key = FactRef | str
"""A fact, or the name of a reading."""


@dataclass(frozen=True, slots=True)
class Move:
    """One supposition, and what it shifts.

    ``shifts`` are variables of the diagram with the cells that they then may lie in.
    ``outcomes`` is what the rule then is (empty: it contradicts other answers); ``needs`` are
    those answers, which would have to be others too.
    """

    supposition: Supposition
    key: Key
    distance: Fraction
    order: tuple[object, ...]
    shifts: dict[int, tuple[int, ...]]
    outcomes: frozenset[Outcome]
    needs: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Trial:
    """Some suppositions put into the profile.

    What they make moot is set aside: answers behind a gate that closes, and the number over all
    items of a list that are now others. ``given``: one of them is not the company's to change.
    """

    suppositions: tuple[Supposition, ...]
    profile: Profile
    set_aside: tuple[FactRef, ...]
    engine: Engine
    conflicts: frozenset[FactRef] = frozenset()
    given: bool = False
    rank: tuple[object, ...] = ()


class Trying:
    """The moves of one finding."""

    def __init__(self, evaluation: Evaluation, finding: Finding) -> None:
        self.engine = engine_of(evaluation, finding.rule)
        self.finding = finding
        self.rule = evaluation.rules.rules[finding.rule]
        env = self._env(self.engine)
        assert env is not None
        self.env = env
        self.compiled = self.engine.program.rule_diagram(self.rule)
        self.links = linked(evaluation.rules)
        self._ease = ease_of(self.engine.program, self.rule)
        self._reached: dict[Variable, Reach] = {}
        values = [d.value for d in evaluation.rules.definitions.values()]
        self.known = {v.known_as for v in values if isinstance(v, DistinctTotal)}
        self.base = self._cells(self.engine)
        self._cuts = Cuts(self.engine.judge(), self.compiled, self.env)
        keys: list[Key] = [*self._refs(), *self._readings()]
        self._touched = {key: self._touches(key) for key in keys}
        self._moves: dict[Key, list[Move]] = {}

    def _env(self, engine: Engine) -> Env | None:
        """The finding's item in another profile; None where its list has no such item."""
        item = self.rule.each
        if item is not None and self.finding.further and engine.world.lists[item].further is None:
            return None
        return env_of(engine, self.finding)

    # -- moves -----------------------------------------------------------------------------------

    def moves(self, asked: AbstractSet[int], needed: AbstractSet[Key] = frozenset()) -> list[Move]:
        """The moves that shift a variable that is *asked*, or are *needed*; made when wanted."""
        return [
            move
            for key, touched in self._touched.items()
            if key in needed or not asked.isdisjoint(touched)
            for move in self._of(key)
            if key in needed or asked & move.shifts.keys()
        ]

    @property
    def has_moves(self) -> bool:
        """Whether anything that was looked at shifts something."""
        return any(self._moves.values())

    def _of(self, key: Key) -> list[Move]:
        if key not in self._moves:
            made = self._of_reading(key) if isinstance(key, str) else self._of_fact(key)
            self._moves[key] = list(made)
        return self._moves[key]

    def _touches(self, key: Key) -> frozenset[int]:
        """The variables of the diagram that a fact or a reading may shift."""
        found = set()
        for number, variable in enumerate(self.compiled.variables):
            reach = self._reaches(variable)
            names = reach.readings if isinstance(key, str) else reach.own
            if (key if isinstance(key, str) else key.name) in names:
                found.add(number)
        return frozenset(found)

    def _reaches(self, variable: Variable) -> Reach:
        """What a variable reads, with all that narrows it."""
        if variable not in self._reached:
            reach = variable_reach(self.engine.program, variable)
            lists = {self.engine.rules.lists()[item].name for item in reach.lists}
            names = closure(reach.own | reach.inner | lists, self.links)
            self._reached[variable] = Reach(own=names, readings=reach.readings)
        return self._reached[variable]

    def _of_fact(self, ref: FactRef) -> Iterable[Move]:
        fact = self.engine.rules.facts[ref.name]
        now = self.engine.answer(ref)
        tried: dict[object, Move] = {}
        where = self._cuts.of(ref) if fact.type.is_numeric else ()
        for answer in alternatives(fact, now, where, self.engine.as_of):
            move = self._move(supposed(self.engine, ref, answer))
            if move is None:
                continue
            same = (frozenset(move.shifts.items()), move.outcomes, move.needs)
            other = tried.get(same)
            tried[same] = move if other is None else self._either(other, move)
        return tried.values()

    def _either(self, one: Move, other: Move) -> Move:
        """Two answers that do the same: both as one, else the nearer."""
        both = self.united(one, other)
        if both is not None and (both.shifts, both.outcomes) == (one.shifts, one.outcomes):
            return both
        return min(one, other, key=lambda move: move.distance)

    def united(self, one: Move, other: Move) -> Move | None:
        """One move to either of two options of a choice; None for other facts."""
        a, b = one.supposition, other.supposition
        if a.ref is None or a.answer is None or b.answer is None:
            return None
        both = together(a.answer, b.answer)
        return None if both is None else self._move(replace(a, answer=both))

    def _refs(self) -> list[FactRef]:
        """The facts that may be supposed: of the company, and of the finding's own item.

        A finding of the company may rest on the items of a list; those of a short one count.
        """
        rules, rule = self.engine.rules, self.rule
        reach = reach_of(self.engine.program, self.compiled)
        lists = {rules.lists()[item].name for item in reach.lists}
        found: list[FactRef] = []
        for name in closure(reach.own | reach.inner | lists, self.links):
            fact = rules.facts[name]
            if fact.type in (FactType.TEXT, FactType.LIST):
                continue
            item = fact.item_of()
            if item is None:
                found.append(FactRef(name))
            elif name != self._key_of(item):
                found += [FactRef(name, key) for key in self._items(item, rule.each)]
        return sorted(found, key=self.engine.order)

    def _key_of(self, item: str) -> str:
        return f"{item}.{self.engine.rules.lists()[item].key}"

    def _items(self, item: str, each: str | None) -> list[str]:
        if each is not None:
            own = self.finding.item if item == each else None
            return [] if own is None else [own]
        keys = [i.key for i in self.engine.world.lists[item].items if i.key is not None]
        return keys if len(keys) <= MOST_ITEMS else []

    def _readings(self) -> list[str]:
        return sorted(reach_of(self.engine.program, self.compiled).readings)

    def _of_reading(self, name: str) -> Iterable[Move]:
        for choice in self.engine.rules.readings[name].choices:
            if self.engine.adopted.get(name) != choice:
                move = self._move(Supposition(None, reading=name, choice=choice))
                if move is not None:
                    yield move

    def _move(self, supposition: Supposition) -> Move | None:
        """A supposition judged alone; None if it shifts nothing."""
        trial = self._put((supposition,))
        engine = trial.engine
        needs: frozenset[Key] = frozenset()
        if trial.conflicts:
            engine = self._cleared(trial, supposition)
            needs = frozenset(trial.conflicts - {supposition.ref})
            if contradictions(engine) or not needs:
                return None
        if self._env(engine) is None:
            return None  # the item itself would be gone
        cells = self._cells(engine)
        shifts = {n: c for n, c in enumerate(cells) if c != self.base[n]}
        outcomes = frozenset[Outcome]() if needs else self._judged(engine)
        if not shifts:
            return None
        return Move(
            supposition=supposition,
            key=_key(supposition),
            distance=self._distance(supposition),
            order=self._order(supposition),
            shifts=shifts,
            outcomes=outcomes,
            needs=needs,
        )

    def _cleared(self, trial: Trial, supposition: Supposition) -> Engine:
        """The engine without the answers that a supposition contradicts."""
        others = [ref for ref in trial.conflicts if ref != supposition.ref]
        return self.engine.again(without(self.engine, trial.profile, others))

    def _distance(self, supposition: Supposition) -> Fraction:
        if supposition.ref is None or supposition.answer is None:
            return Fraction(1)
        fact = self.engine.rules.facts[supposition.ref.name]
        return distance(fact, supposition.now, supposition.answer)

    def _order(self, supposition: Supposition) -> tuple[object, ...]:
        if supposition.ref is None:
            return (True, 0, 0, 0)
        return self.engine.order(supposition.ref)

    # -- the diagram -----------------------------------------------------------------------------

    def _cells(self, engine: Engine) -> list[tuple[int, ...]]:
        """For each variable of the diagram the cells in which it may lie."""
        env, judge = self._env(engine), engine.judge()
        assert env is not None
        return [
            judge.allowed(variable, self.compiled.cells[number], env)
            for number, variable in enumerate(self.compiled.variables)
        ]

    def walk(self, chosen: Sequence[Move]) -> tuple[frozenset[Outcome], set[int]]:
        """What the diagram gives with these shifts, and the variables that it asks."""
        shifted: dict[int, tuple[int, ...]] = {}
        for move in chosen:
            for number, cells in move.shifts.items():
                before = shifted.get(number, cells)
                shifted[number] = tuple(c for c in before if c in cells) or cells
        outcomes: set[Outcome] = set()
        asked: set[int] = set()
        seen: set[int] = set()
        waiting = [self.compiled.root]
        while waiting:
            node = waiting.pop()
            if node < 0:
                if node != IMPOSSIBLE:
                    outcomes.add(OUTCOME[node])
            elif node not in seen:
                seen.add(node)
                number, children = self.compiled.nodes[node]
                asked.add(number)
                waiting += [children[c] for c in shifted.get(number, self.base[number])]
        return frozenset(outcomes), asked

    # -- whole profiles --------------------------------------------------------------------------

    def trial(self, chosen: Sequence[Move]) -> Trial:
        """Moves as one change of the profile, ranked by how near it is."""
        ordered = sorted(chosen, key=lambda move: move.order)
        put = self._put([move.supposition for move in ordered])
        ease = max(self._ease_of(move) for move in chosen)
        away = sum((move.distance for move in chosen), Fraction(0))
        given = ease is Ease.GIVEN
        rank = (given, bool(put.set_aside), ease, away, *(move.order for move in ordered))
        return replace(put, given=given, rank=rank)

    def _ease_of(self, move: Move) -> Ease:
        """A day that is past is given too; a reading is adopted, not done."""
        ref = move.supposition.ref
        if move.supposition.past:
            return Ease.GIVEN
        return Ease.SCOPE if ref is None else self._ease(ref.name)

    def outcomes(self, trial: Trial) -> frozenset[Outcome]:
        """What the rule is in a trial; empty if its answers contradict each other."""
        return frozenset() if trial.conflicts else self._judged(trial.engine)

    def _judged(self, engine: Engine) -> frozenset[Outcome]:
        env = self._env(engine)
        if env is None:
            return frozenset()
        try:
            verdicts = engine.verdicts(self.compiled, env)
        except Impossible:
            return frozenset()
        return frozenset(OUTCOME[t] for t in verdicts.terminals)

    def _put(self, suppositions: Sequence[Supposition]) -> Trial:
        """Suppositions in the profile; what gates that close exclude is set aside."""
        profile = self.engine.profile
        for supposition in suppositions:
            profile = with_supposition(self.engine, profile, supposition)
        supposed = {s.ref for s in suppositions if s.ref is not None}
        names = {ref.name for ref in supposed}
        aside: list[FactRef] = []
        left = MOST_ROUNDS
        while True:
            left -= 1
            engine = self.engine.again(profile)
            found = contradictions(engine)
            conflicts = frozenset(ref for conflict in found for ref in conflict.refs)
            moot = [r for r in conflicts - supposed if self._may_be_moot(r, names)]
            closed = self._closed(profile, moot)
            if not closed or not left:
                break
            names |= {ref.name for ref in closed}
            aside += closed
            profile = self._without(profile, closed)
        set_aside = tuple(sorted(aside, key=self.engine.order))
        return Trial(tuple(suppositions), profile, set_aside, engine, conflicts)

    def _may_be_moot(self, ref: FactRef, names: set[str]) -> bool:
        """Whether the gate of a fact reads one of *names*; never of the finding's own list.

        A number known over all items of a list has to be counted anew where they are others.
        """
        if ref.name in self.known:
            return True
        fact = self.engine.rules.facts[ref.name]
        if fact.gate is None or (fact.type is FactType.LIST and fact.item == self.rule.each):
            return False
        return not names.isdisjoint(gate_facts(fact.gate.only_if))

    def _closed(self, profile: Profile, refs: Sequence[FactRef]) -> list[FactRef]:
        """Those that are moot: their gate is closed without them. Others are contradicted."""
        if not refs:
            return []
        engine = self.engine.again(self._without(profile, refs))
        return [r for r in refs if r.name in self.known or gate_is_closed(engine, r)]

    def _without(self, profile: Profile, refs: Sequence[FactRef]) -> Profile:
        lists = {ref.name for ref in refs if ref.item is None and ref.name in profile.lists}
        kept = {name: given for name, given in profile.lists.items() if name not in lists}
        return without(self.engine, replace(profile, lists=kept), [
            ref for ref in refs if ref.name not in lists
        ])  # fmt: skip


def _key(supposition: Supposition) -> Key:
    return supposition.ref if supposition.ref is not None else supposition.reading or ""
