"""The world of an evaluation: what every fact of the company and of each item may be."""

from __future__ import annotations

from dataclasses import dataclass, field

from compliancecheck.model.findings import AgeNote, Conflict
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Values


@dataclass(slots=True)
class ItemWorld:
    """What the facts of one item may be; ``key`` None is the item of which nothing is known."""

    item: str
    key: str | None
    values: dict[str, Values]
    alike: int | None = None  # the same for items that no diagram tells apart (alike.py)
    unknown: frozenset[str] = frozenset()  # facts that were answered so


@dataclass(slots=True)
class ListWorld:
    """The items of a list. ``further`` is set while there may be more of them.

    ``unlike`` are its items without those that are alike to one before them; ``classes`` are
    for each of these all that are alike.
    """

    items: list[ItemWorld]
    further: ItemWorld | None
    unlike: list[ItemWorld] = field(default_factory=list)
    classes: list[list[ItemWorld]] = field(default_factory=list)
    _by_key: dict[str | None, ItemWorld] = field(default_factory=dict)

    def item(self, key: str | None) -> ItemWorld | None:
        """The item with this key, if there is one."""
        if not self._by_key:
            self._by_key.update((one.key, one) for one in reversed(self.items))
        return self._by_key.get(key)


@dataclass(slots=True)
class World:
    """What everything may be on the day of evaluation."""

    company: dict[str, Values]
    lists: dict[str, ListWorld]  # by the name of the item
    conflicts: list[Conflict] = field(default_factory=list)
    notes: list[AgeNote] = field(default_factory=list)
    # Acts that are `not yet`, by the day of that answer: what was due on it was not missed before
    # the day had ended.
    not_yet: dict[FactRef, int] = field(default_factory=dict)
