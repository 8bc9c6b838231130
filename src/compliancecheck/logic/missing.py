"""Which facts are missing: what can still move something, as facts in the order of the questions.

Of a long list that is the same for many items but for whose facts they are. It is worked out
for one of them, with the places where its own facts stand.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property

from compliancecheck.logic.fact_values import is_known
from compliancecheck.logic.moving import Inputs, OfEach
from compliancecheck.logic.narrowing import ItemWorld, World
from compliancecheck.logic.verdicts import Ordered, Spots
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.model.values import Values

MOST_NAMED = 100


class MissingFacts:
    """What a profile answers and what it misses; the base of an engine, which narrows it."""

    world: World

    def __init__(self, profile: Profile, rules: Rules) -> None:
        self.profile = profile
        self.rules = rules
        self._own_refs: dict[tuple[str, str], _OwnRefs] = {}
        self._ordered: dict[Hashable, tuple[FactRef, ...]] = {}
        self._shared_facts: dict[tuple[int, ...], Ordered] = {}

    def facts_that_matter(self, inputs: Inputs, *, whole: bool = False) -> tuple[FactRef, ...]:
        """The facts of some inputs, in the order of the vocabulary, item by item.

        A fact in a constraint with one that was answered ``unknown`` moves that. Of what a
        total rests on, the first ``MOST_NAMED`` facts are named, all of them if *whole*.
        """
        if whole:
            every = Inputs()
            for one in (inputs, *inputs.shared.values()):
                every.add(one)
            return self._in_order(every)
        if inputs.many:
            own = frozenset(self._in_order(inputs))
        else:
            own = frozenset(self._with_neighbours(inputs.facts))
        if not inputs.shared:
            return tuple(sorted(own, key=self.order))
        shared = self._of_totals(inputs.shared)
        extra = own - shared.known
        if len(extra) > MOST_NAMED:
            return tuple(sorted([*shared.refs, *extra], key=self.order))
        missing = list(shared.refs)
        for ref in sorted(extra, key=self.order, reverse=True):
            missing.insert(bisect(shared.orders, self.order(ref)), ref)
        return tuple(missing) if extra else shared.refs

    def _of_totals(self, inputs: Mapping[int, Inputs]) -> Ordered:
        """The facts of shared inputs; many items rest on the same."""
        key = tuple(inputs)
        if key not in self._shared_facts:
            found: dict[FactRef, None] = {}
            for shared in inputs.values():
                found.update(dict.fromkeys(self._in_order(shared, MOST_NAMED)))
            refs = tuple(sorted(found, key=self.order))
            orders = [self.order(ref) for ref in refs]
            # The inputs are kept beside their key, so that their ids stay their own.
            self._shared_facts[key] = Ordered(refs, frozenset(refs), orders, dict(inputs))
        return self._shared_facts[key]

    def _in_order(self, inputs: Inputs, most: int | None = None) -> tuple[FactRef, ...]:
        """The facts of inputs in the order of the questions, the first *most* of them."""
        each = sorted((key, of.names) for key, of in inputs.many.items())
        content = (frozenset(inputs.facts), tuple(each), most)
        found = self._ordered.get(content)
        if found is None:
            facts = self._with_neighbours(inputs.facts)
            rows = {(self.order(ref), ref.item or "", ref.name) for ref in facts}
            for of in inputs.many.values():
                rows.update(self._rows_of_each(of, most))
            found = tuple([
                FactRef(name, item or None) for _, item, name in sorted(rows)[:most]
            ])  # fmt: skip
            self._ordered[content] = found
        return found

    def _rows_of_each(
        self, of: OfEach, most: int | None
    ) -> Iterator[tuple[tuple[bool, int, int, int], str, str]]:
        """For sorting, the facts of items of which the same is known; of each the first *most*."""
        first = of.items[0]
        near = self._with_neighbours({FactRef(name, first.key) for name in of.names})
        for ref in near:
            fact = self.rules.facts[ref.name]
            if fact.list is None:
                yield self.order(ref), "", ref.name
                continue
            optional, own = fact.optional, self.positions[ref.name]
            at, places = self.positions[fact.list], self.item_positions(fact.list)
            for item in of.items[:most]:
                key = item.key or ""
                yield (optional, at, places.get(key, 0), own), key, ref.name

    def _with_neighbours(self, refs: set[FactRef]) -> set[FactRef]:
        found = set(refs)
        for ref in refs:
            if self.answered_unknown(ref):
                found |= set(self._neighbours(ref))
        return found

    def _neighbours(self, ref: FactRef) -> list[FactRef]:
        names = self._partners.get(ref.name, ())
        refs = [FactRef(n, ref.item if self.rules.facts[n].list else None) for n in names]
        return [r for r in refs if not is_known(self.values(r))]

    @cached_property
    def _partners(self) -> Mapping[str, list[str]]:
        """By fact the others in a constraint with it."""
        found: dict[str, list[str]] = {}
        for constraint in self.rules.constraints:
            found.setdefault(constraint.lesser, []).append(constraint.greater)
            if constraint.greater != constraint.lesser:
                found.setdefault(constraint.greater, []).append(constraint.lesser)
        return found

    def order(self, ref: FactRef) -> tuple[bool, int, int, int]:
        """Where a fact stands among the questions: optional ones last, then the vocabulary."""
        fact = self.rules.facts[ref.name]
        own = self.positions[ref.name]
        if fact.list is None:
            return (fact.optional, own, 0, 0)
        item = self.item_positions(fact.list).get(ref.item or "", 0)
        return (fact.optional, self.positions[fact.list], item, own)

    @cached_property
    def _list_names(self) -> Mapping[str, str]:
        return {item: fact.name for item, fact in self.rules.lists().items()}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each fact in the vocabulary."""
        return {name: n for n, name in enumerate(self.rules.facts)}

    def item_positions(self, list_name: str) -> Mapping[str, int]:
        """The place of each item in its list."""
        if list_name not in self._item_positions:
            items = self.profile.items_of(list_name)
            self._item_positions[list_name] = {item.key: n for n, item in enumerate(items)}
        return self._item_positions[list_name]

    @cached_property
    def _item_positions(self) -> dict[str, Mapping[str, int]]:
        return {}

    def answered_unknown(self, ref: FactRef) -> bool:
        """Whether the profile says that this fact is not known."""
        answer = self.answer(ref)
        return answer is not None and answer.unknown

    def answer(self, ref: FactRef) -> Answer | None:
        """The profile's answer to a fact, or None."""
        list_name = self.rules.facts[ref.name].list
        if list_name is None:
            return self.profile.answers.get(ref.name)
        given = self.profile.lists.get(list_name)
        position = self.item_positions(list_name).get(ref.item or "")
        if given is None or position is None:
            return None
        return given.items[position].answers.get(ref.name)

    def values(self, ref: FactRef) -> Values:
        """What a fact may be after narrowing."""
        if ref.item is None and self.rules.facts[ref.name].list is None:
            return self.world.company[ref.name]
        return self.item(ref).values[ref.name]

    def item(self, ref: FactRef) -> ItemWorld:
        """The item of a fact (the further one if it has no key)."""
        item = self.rules.facts[ref.name].item or ""
        return self.item_world(item, ref.item)

    def item_world(self, item: str, key: str | None) -> ItemWorld:
        """One item of a list by its key; None is the further one."""
        world = self.world.lists[item]
        if key is None:
            assert world.further is not None
            return world.further
        return world.items[self.item_positions(self._list_names[item])[key]]

    # -- items of which the same is known ---------------------------------------------------------

    def rests(
        self, item: ItemWorld | None, missing: tuple[FactRef, ...], inputs: Inputs
    ) -> Ordered | None:
        """The facts of totals among *missing*, where all else is of the item or the company."""
        if item is None or not inputs.shared or not missing:
            return None
        shared = self._of_totals(inputs.shared)
        near = (None, item.key)
        if all(ref.item in near or ref in shared.known for ref in missing):
            return shared if shared.known.issubset(missing) else None
        return None

    def template(
        self, item: ItemWorld, missing: tuple[FactRef, ...], inputs: Inputs
    ) -> Spots | None:
        """Where among *missing* the item's own facts stand: so they do for those of which the
        same is known. None where they may stand elsewhere for others."""
        own = tuple([
            (n, ref.name) for n, ref in enumerate(missing)
            if ref.item == item.key and ref.name in item.values
        ])  # fmt: skip
        if not inputs.shared:
            return Spots(own, -1)
        places = self.item_positions(self._list_names[item.item])
        refs = self._of_totals(inputs.shared).refs
        listed = (places.get(r.item or "", -1) for r in refs if r.name in item.values)
        last = max(listed, default=-1)
        return Spots(own, last) if places[item.key or ""] > last else None

    def moved(
        self, missing: tuple[FactRef, ...], spots: Spots, item: ItemWorld
    ) -> tuple[FactRef, ...] | None:
        """The facts that are missing of another item; None where they may stand elsewhere."""
        after, key = spots.after, item.key or ""
        if after >= 0 and self.item_positions(self._list_names[item.item])[key] <= after:
            return None
        if not spots.own:
            return missing
        refs = self._own_refs.get((item.item, key))
        if refs is None:
            refs = self._own_refs[item.item, key] = _OwnRefs(item.key)
        if len(spots.own) == len(missing):
            return tuple([refs[name] for _, name in spots.own])
        found = list(missing)
        for n, name in spots.own:
            found[n] = refs[name]
        return tuple(found)


class _OwnRefs(dict[str, FactRef]):
    """The facts of one item by name, each made once."""

    def __init__(self, key: str | None) -> None:
        super().__init__()
        self.key = key

    def __missing__(self, name: str) -> FactRef:
        found = self[name] = FactRef(name, self.key)
        return found
