"""Where an answer stands in a profile's tree, or where a new one belongs.

New facts go behind the last one that the vocabulary declares before them; ``evidence:`` and
``readings:`` stay at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.reading.source import Entry, Mapping, Node, Scalar, Sequence
from compliancecheck.reading.splicing import CannotSplice, Document
from compliancecheck.reading.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and its mapping; without ``entry``, where to put one.

    ``key`` is the key to write, behind ``after`` (None: at the end), below the empty value of
    ``below``, or in a new ``section`` of the root.
    """

    mapping: Mapping | None
    entry: Entry | None = None
    key: str = ""
    after: Entry | None = None
    below: Entry | None = None
    section: str | None = None
    flow: bool = False


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list of a profile: its entry, and the entry and node of its items."""

    place: Found
    holder: Entry | None = None  # whose value is `items`; that of the list, or its `items:`
    items: Sequence | None = None
    whole: Mapping | None = None  # `{items: […], more: unknown}`


@dataclass(frozen=True, slots=True)
class _Section:
    """A mapping of the file whose keys continue a dotted prefix (the root has none)."""

    prefix: str
    mapping: Mapping | None
    holder: Entry | None  # of a section that was left empty
    flow: bool  # whether it stands within braces


class Locator:
    """Finds entries of one document."""

    def __init__(self, doc: Document, rules: Rules) -> None:
        self.doc = doc
        self.rules = rules
        self.names = vocabulary(rules)
        self.sections = list(self._walk(doc.root, ""))

    def _walk(self, root: Mapping | None, prefix: str) -> Iterator[_Section]:
        yield _Section(prefix, root, None, root is not None and root.flow)
        for key, value in root.entries if root else ():
            name = f"{prefix}.{key.text}" if prefix else key.text
            if name not in self.names.sections:
                continue
            if isinstance(value, Mapping):
                yield from self._walk(value, name)
            elif isinstance(value, Scalar):
                assert root is not None
                yield _Section(name, None, Entry(key, value), root.flow)

    # --- facts -----------------------------------------------------------------------------

    def fact(self, ref: FactRef) -> Found:
        """The entry of a fact (of the company, of an item, or of a whole list)."""
        fact = self.rules.facts[ref.name]
        if fact.list is not None:
            return self._item_fact(ref, fact.list)
        for section in self.sections:
            for entry in section.mapping.entries if section.mapping else ():
                name = _joined(section.prefix, entry.key.text)
                known = self.names.company_fact(name)
                if known is not None and known.name == ref.name:
                    assert section.mapping is not None
                    return Found(section.mapping, entry, flow=section.mapping.flow)
        return self._new(ref.name)

    def _new(self, name: str) -> Found:
        inside = [s for s in self.sections if s.prefix and name.startswith(s.prefix + ".")]
        rank = self.names.order[name]
        if inside:
            section = max(inside, key=lambda s: len(s.prefix))
            key = name[len(section.prefix) + 1 :]
            mapping = section.mapping
            if mapping is None:
                return Found(None, key=key, below=section.holder, flow=section.flow)
            if not mapping.entries:  # `{}`: written in its braces
                return Found(mapping, key=key, flow=True)
            return Found(mapping, key=key, after=self._after(section, rank), flow=mapping.flow)
        root = self.sections[0]
        head, rest = name.split(".", 1)
        entries = root.mapping.entries if root.mapping else ()
        if any(entry.key.text.startswith(head + ".") for entry in entries):
            after = self._after(root, rank, near=head + ".")
            return Found(root.mapping, key=name, after=after, flow=root.flow)
        after = self._after(root, rank)
        in_braces = root.flow and bool(entries)
        return Found(root.mapping, key=rest, after=after, section=head, flow=in_braces)

    def _after(self, section: _Section, rank: int, near: str = "") -> Entry | None:
        """The entry behind which a fact of this rank belongs, among those that begin *near*."""
        assert section.mapping is not None or not section.prefix
        entries = section.mapping.entries if section.mapping else ()
        named = [(_joined(section.prefix, e.key.text), e) for e in entries]
        ranked = [(self._rank(name), e) for name, e in named if name.startswith(near)]
        before = [(r, e) for r, e in ranked if r is not None and r < rank]
        if before:
            return max(before, key=lambda pair: pair[0])[1]
        facts = [e for r, e in ranked if r is not None]
        return facts[-1] if facts else None

    def _rank(self, name: str) -> int | None:
        """The rank of a fact or of a section's last fact; None for what is no fact."""
        if name == "dated":
            return -1
        fact = self.names.company_fact(name)
        if fact is not None:
            return self.names.order[fact.name]
        if name not in self.names.sections:
            return None
        inside = [r for n, r in self.names.order.items() if n.startswith(name + ".")]
        return min(inside, default=-1)

    # --- lists -----------------------------------------------------------------------------

    def list(self, name: str) -> FoundList:
        """The list of this name, whatever form it has."""
        place = self.fact(FactRef(name))
        if place.entry is None:
            return FoundList(place)
        value = place.entry.value
        if isinstance(value, Sequence):
            return FoundList(place, place.entry, value)
        if isinstance(value, Mapping):
            for entry in value.entries:
                if entry.key.text == "items" and isinstance(entry.value, Sequence):
                    return FoundList(place, entry, entry.value, value)
        return FoundList(place)

    def item(self, list_name: str, key: str) -> tuple[FoundList, int]:
        """A list and the position of an item; raises :class:`CannotSplice` if it is missing."""
        found = self.list(list_name)
        for place, node in enumerate(found.items.items if found.items else ()):
            if self._key_of(list_name, node) == key:
                return found, place
        shown = shorten(key)
        raise CannotSplice(
            Texts(f"there is no item `{shown}` in the file", f"文件中没有 `{shown}` 这一项")
        )

    def _key_of(self, list_name: str, node: Node) -> str | None:
        key = self.rules.facts[list_name].key
        value = node.get(key) if isinstance(node, Mapping) and key else None
        return value.text if isinstance(value, Scalar) else None

    def _item_fact(self, ref: FactRef, list_name: str) -> Found:
        found, place = self.item(list_name, ref.item or "")
        assert found.items is not None
        item = found.items.items[place]
        assert isinstance(item, Mapping)
        ranks = {name: rank for rank, name in enumerate(self.names.fields[list_name])}
        wanted = self.rules.facts[ref.name].field_name
        before: list[tuple[int, Entry]] = []
        for entry in item.entries:
            known = self.names.item_fact(list_name, entry.key.text)
            if known is not None and known.name == ref.name:
                return Found(item, entry, flow=item.flow)
            rank = -1 if known is None else ranks[known.field_name]
            if rank < ranks[wanted]:
                before.append((rank, entry))
        after = max(before, key=lambda pair: pair[0])[1] if before else None
        return Found(item, key=wanted, after=after, flow=item.flow)

    # --- what is no fact -------------------------------------------------------------------

    def top(self, name: str) -> Found:
        """A top-level entry that is no fact."""
        root = self.doc.root
        for entry in root.entries if root else ():
            if entry.key.text == name:
                return Found(root, entry, flow=root is not None and root.flow)
        return Found(root, key=name, flow=root is not None and root.flow)

    def reading(self, name: str) -> Found:
        """The entry of an adopted reading."""
        top = self.top("readings")
        if top.entry is None:
            return Found(self.doc.root, key=name, section="readings")
        value = top.entry.value
        if not isinstance(value, Mapping):
            return Found(None, key=name, below=top.entry, flow=top.flow)
        return self._reading_in(value, "", name) or Found(value, key=name, flow=value.flow)

    def _reading_in(self, mapping: Mapping, prefix: str, name: str) -> Found | None:
        for entry in mapping.entries:
            full = prefix + entry.key.text
            if full == name:
                return Found(mapping, entry, flow=mapping.flow)
            if isinstance(entry.value, Mapping) and name.startswith(full + "."):
                inner = self._reading_in(entry.value, full + ".", name)
                if inner is not None:
                    return inner
        return None


def _joined(prefix: str, key: str) -> str:
    return f"{prefix}.{key}" if prefix else key
