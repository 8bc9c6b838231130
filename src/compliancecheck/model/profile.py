"""A company: answers by fact, each with its place and day; evidence; adopted readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from compliancecheck.model.texts import Place
from compliancecheck.model.values import Values


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact of the company, or of one item of a list (``item`` is its key)."""

    name: str  # data_export.ciio, transfer.purpose
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a profile says of one fact.

    ``values`` is what the answer allows, before ageing; None for ``unknown`` and ``not yet``.
    ``text`` is the answer as written.
    """

    values: Values | None
    text: str
    place: Place | None = None
    not_yet: bool = False

    @property
    def unknown(self) -> bool:
        """Whether it was answered that this is not known."""
        return self.values is None and not self.not_yet

    def says_as(self, other: Answer | None) -> bool:
        """Whether *other* says the same, however it is written."""
        return other is not None and (self.values, self.not_yet) == (other.values, other.not_yet)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its key and its answers by full fact name (``transfer.purpose``)."""

    key: str
    answers: Mapping[str, Answer]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of a list; ``open`` says that there may be more of which nothing is known."""

    items: tuple[Item, ...]
    open: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so, and as of when (day ordinal)."""

    source: str | None = None
    by: str | None = None
    dated: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """A reading that the company adopts."""

    choice: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """All answers of a company. A list that is missing from ``lists`` is unknown."""

    path: str = ""
    sha256: str = ""
    dated: int | None = None  # day ordinal
    answers: Mapping[str, Answer] = field(default_factory=dict)
    lists: Mapping[str, ItemList] = field(default_factory=dict)  # by the list fact's name
    readings: Mapping[str, Adopted] = field(default_factory=dict)
    evidence: Mapping[FactRef, Evidence] = field(default_factory=dict)
    sections: Mapping[str, Place] = field(default_factory=dict)  # top-level keys
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The company's name, or an empty text."""
        answer = self.answers.get("common.company_name")
        return answer.text if answer and not answer.unknown else ""

    def items(self) -> Iterator[tuple[str, Item]]:
        """Each item of each list, after the name of the list's fact."""
        return ((name, item) for name, given in self.lists.items() for item in given.items)

    def items_of(self, list_name: str) -> tuple[Item, ...]:
        """The items that a list is known to have, by the name of its fact."""
        given = self.lists.get(list_name)
        return given.items if given is not None else ()

    def every_answer(self) -> dict[FactRef, Answer]:
        """The answers of the company and of all items."""
        found = {FactRef(name): answer for name, answer in self.answers.items()}
        for _, item in self.items():
            found.update({FactRef(name, item.key): a for name, a in item.answers.items()})
        return found

    def without(self, ref: FactRef, list_name: str | None = None) -> Profile:
        """The same profile without one answer (*list_name* for a fact of an item)."""
        if ref.item is None:
            return replace(self, answers={k: v for k, v in self.answers.items() if k != ref.name})
        return self._with_items(ref, list_name, None)

    def with_answer(self, ref: FactRef, answer: Answer, list_name: str | None = None) -> Profile:
        """The same profile with one answer set (*list_name* for a fact of an item)."""
        if ref.item is None:
            return replace(self, answers={**self.answers, ref.name: answer})
        return self._with_items(ref, list_name, answer)

    def _with_items(self, ref: FactRef, list_name: str | None, answer: Answer | None) -> Profile:
        assert list_name is not None
        old = self.lists[list_name]
        items = []
        for item in old.items:
            if item.key == ref.item:
                answers = {k: v for k, v in item.answers.items() if k != ref.name}
                if answer is not None:
                    answers[ref.name] = answer
                item = replace(item, answers=answers)
            items.append(item)
        return replace(self, lists={**self.lists, list_name: replace(old, items=tuple(items))})
