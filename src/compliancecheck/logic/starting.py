"""Where the facts of items start: their answers, aged; once for items that were answered alike.

Items that start the same are narrowed to the same, so they share one dictionary of values. An
item that was aged before for a profile of the same days and evidence is not aged again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from compliancecheck.logic.ageing import Ageing
from compliancecheck.logic.fact_values import meet
from compliancecheck.model.facts import Fact
from compliancecheck.model.findings import AgeNote
from compliancecheck.model.profile import FactRef, Item, Profile
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Values


class Start(NamedTuple):
    """Where one item starts: its values, and what ageing its answers left to say."""

    values: Mapping[str, Values]
    notes: tuple[AgeNote, ...]
    not_yet: tuple[tuple[FactRef, int], ...]
    empty: tuple[FactRef, ...]
    """Answers that leave no value."""
    unknown: frozenset[str]
    """Facts that were answered so."""


@dataclass(slots=True)
class Starts:
    """The starts of a profile's items, kept for the next profile that has some of the items."""

    profile: Profile
    as_of: int
    known: dict[int, Start] = field(default_factory=dict)  # by the id of the profile's Item
    same: dict[object, Mapping[str, Values]] = field(default_factory=dict)

    @classmethod
    def after(cls, before: Starts | None, profile: Profile, as_of: int) -> Starts:
        """Those of *profile*; what *before* knows holds where the days and evidence are its own."""
        found = cls(profile, as_of)
        if before is not None and before.as_of == as_of and _ages_alike(before.profile, profile):
            found.same = before.same
            for name, given in profile.lists.items():
                old = before.profile.lists.get(name)
                own = {id(item) for item in old.items} if old is not None else set()
                for item in given.items:  # the items live as long as the profile before
                    start = before.known.get(id(item)) if id(item) in own else None
                    if start is not None:
                        found.known[id(item)] = start
        return found

    def start(self, item: Item, kind: str, facts: Mapping[str, Fact],
              blank: Mapping[str, Values]) -> Start:  # fmt: skip
        """The start of one item; *blank* is what the facts of its kind may be unanswered."""
        found = self.known.get(id(item))
        if found is None:
            found = self.known[id(item)] = self._aged(item, kind, facts, blank)
        return found

    def _aged(
        self, item: Item, kind: str, facts: Mapping[str, Fact], blank: Mapping[str, Values]
    ) -> Start:
        ageing = Ageing(self.profile, self.as_of)
        given: list[tuple[str, Values]] = []
        empty = []
        for name, answer in item.answers.items():
            if name not in blank:
                continue
            ref = FactRef(name, item.key)
            aged = ageing.values(facts[name], answer, ref)
            if aged is None:
                continue
            left = meet(blank[name], aged)
            if left:
                given.append((name, left))
            else:
                empty.append(ref)
        unknown = frozenset([name for name, answer in item.answers.items() if answer.unknown])
        key = (kind, tuple(given), unknown)
        values = self.same.get(key)
        if values is None:
            values = self.same[key] = {**blank, **dict(given)}
        notes, not_yet = tuple(ageing.notes), tuple(ageing.not_yet.items())
        return Start(values, notes, not_yet, tuple(empty), unknown)


def _ages_alike(one: Profile, other: Profile) -> bool:
    return one.dated == other.dated and one.evidence == other.evidence


def nothing_left(fact: Fact, guards: tuple[str, ...]) -> Texts:
    """What is said where no value of a fact is left, because of the facts *guards*."""
    if not guards:
        return Texts(
            f"no value of “{fact.label.en}” is left on the day of evaluation",
            f"“{fact.label.zh}”在评估日没有可能的取值",
        )
    names = ", ".join(guards)
    return Texts(
        f"the answer to “{fact.label.en}” contradicts the answer to {names}",
        f"“{fact.label.zh}”的回答与 {names} 的回答相互矛盾",
    )
