"""One item of a list copied or renamed: its own lines, quotes and comments go along."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.reading import splicing
from compliancecheck.reading.locating import Locator
from compliancecheck.reading.quoting import quoted, quoted_key
from compliancecheck.reading.rewriting import State, checked, state
from compliancecheck.reading.source import Mapping, Scalar
from compliancecheck.reading.splicing import CannotSplice, Document
from compliancecheck.reading.writing_evidence import evidence_entries
from compliancecheck.reading.writing_lists import expect_key, items_of, new_key


def copy_item(text: str, rules: Rules, list_name: str, key: str, copy: str) -> str:
    """The text with an item once more, right behind itself and under the name *copy*.

    The lines of the item are repeated with their format and the comments within them.  What
    stands above the item is not, and neither is its evidence: who said so of the one has not
    said so of the other.  Raises :class:`CannotSplice` if there is no such item, or *copy* is
    taken or cannot be a name.
    """
    expected = state(text, rules)
    keys, is_open = items_of(expected, list_name)
    new_key(rules, list_name, keys, copy)
    place = _place(keys, key) + 1
    expected[list_name, "items"] = ((*keys[:place], copy, *keys[place:]), is_open)
    for one in _of_item(expected, list_name, key):
        expected[list_name, copy, one[2]] = expected[one]
    expect_key(expected, rules, list_name, copy)
    return checked(text, rules, expected, lambda doc, at: _copy(doc, at, list_name, key, copy))


def rename_item(text: str, rules: Rules, list_name: str, key: str, name: str) -> str:
    """The text with an item under another name; its evidence names it so too.

    Only the characters of the name change, where the item stands and in the paths below
    ``evidence:``.  Raises :class:`CannotSplice` if there is no such item, or *name* is taken
    or cannot be a name.
    """
    expected = state(text, rules)
    keys, is_open = items_of(expected, list_name)
    place = _place(keys, key)
    if name == key:
        return text
    new_key(rules, list_name, (*keys[:place], *keys[place + 1 :]), name)
    expected[list_name, "items"] = ((*keys[:place], name, *keys[place + 1 :]), is_open)
    for one in _of_item(expected, list_name, key):
        expected[list_name, name, one[2]] = expected.pop(one)
    expect_key(expected, rules, list_name, name)
    for ref in _evidence_of(expected, rules, list_name, key):
        expected["evidence", FactRef(ref.name, name)] = expected.pop(("evidence", ref))
    return checked(text, rules, expected, lambda doc, at: _rename(doc, at, list_name, key, name))


def _place(keys: tuple[str, ...], key: str) -> int:
    if key not in keys:
        shown = shorten(key)
        raise CannotSplice(
            Texts(f"there is no item `{shown}` in the file", f"文件中没有 `{shown}` 这一项")
        )
    return keys.index(key)


def _of_item(said: State, list_name: str, key: str) -> list[tuple[str, str, str]]:
    """The keys of an item's answers in a state."""
    parts = [one for one in said if isinstance(one, tuple) and len(one) == 3]
    return [one for one in parts if one[:2] == (list_name, key)]


def _evidence_of(said: State, rules: Rules, list_name: str, key: str) -> list[FactRef]:
    refs = [one[1] for one in said if isinstance(one, tuple) and one[0] == "evidence"]
    return [r for r in refs if r.item == key and rules.facts[r.name].list == list_name]


def _copy(doc: Document, at: Locator, list_name: str, key: str, copy: str) -> str:
    found, place = at.item(list_name, key)
    items = found.items
    assert items is not None
    item = items.items[place]
    assert isinstance(item, Mapping)
    name = _name_of(item, at.rules.facts[list_name].key or "")
    written = _named(name, copy, item.flow)
    if items.flow:
        again = doc.text[item.start : name.start] + written + doc.text[name.end : item.end]
        return doc.replaced(item.end, item.end, f", {again}")
    start, end = splicing.item_lines(doc, items, place)
    lines = doc.text[start : name.start] + written + doc.text[name.end : end]
    if lines.endswith(("\n", "\r")):
        return doc.replaced(end, end, lines)
    return doc.replaced(end, end, doc.line_end + lines)


def _rename(doc: Document, at: Locator, list_name: str, key: str, name: str) -> str:
    found, place = at.item(list_name, key)
    assert found.items is not None
    item = found.items.items[place]
    assert isinstance(item, Mapping)
    old = _name_of(item, at.rules.facts[list_name].key or "")
    edits = [(old.start, old.end, _named(old, name, item.flow))]
    edits.extend(_renamed_paths(at, list_name, key, name))
    text = doc.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return doc.bom + text


def _renamed_paths(
    at: Locator, list_name: str, key: str, name: str
) -> Iterator[tuple[int, int, str]]:
    for ref, entry, mapping in evidence_entries(at):
        if ref.item != key or at.rules.facts[ref.name].list != list_name:
            continue
        path = entry.key.text
        new = path[: path.index("[") + 1] + name + path[path.rindex("]") :]
        style = entry.key.style
        quotes = quoted(new, flow=mapping.flow, style=style) if style in ("'", '"') else ""
        yield entry.key.start, entry.key.end, quotes or quoted_key(new, flow=mapping.flow)


def _name_of(item: Mapping, field: str) -> Scalar:
    """The scalar that names an item."""
    name = item.get(field)
    assert isinstance(name, Scalar)
    if name.style in ("|", ">"):
        raise CannotSplice(Texts("the name of the item is a block of text", "该项的名称是文本块"))
    return name


def _named(old: Scalar, name: str, flow: bool) -> str:
    return quoted(name, flow=flow, style=old.style if old.style in ("'", '"') else "")
