"""Lists of a profile: items added and removed, a list left empty, unknown, open or complete."""

from __future__ import annotations

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.reading import splicing
from compliancecheck.reading.locating import FoundList, Locator
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.quoting import quoted
from compliancecheck.reading.rewriting import State, checked, insert, insert_at, said_by, state
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.source import Scalar
from compliancecheck.reading.splicing import CannotSplice, Document
from compliancecheck.reading.writing_evidence import without_evidence


def set_list(text: str, rules: Rules, list_name: str, value: str) -> str:
    """The text with a list that is ``[]`` (none) or ``unknown``.

    Raises :class:`CannotSplice` if the list has items; they are removed one by one.
    """
    if value not in ("[]", "unknown"):
        raise ValueError(value)
    expected = state(text, rules)
    _forget(expected, list_name)
    if value == "[]":
        expected[list_name, "items"] = ((), False)
    else:
        expected[list_name] = (None, False)

    def change(doc: Document, at: Locator) -> str:
        found = at.list(list_name)
        if found.items is not None and found.items.items:
            raise CannotSplice(Texts("the list has items", "列表中还有项"))
        if found.place.entry is None:
            return insert(doc, found.place, value)
        return splicing.replace_value(doc, found.place.entry.value, value)

    return checked(text, rules, expected, change)


def add_item(text: str, rules: Rules, list_name: str, key: str) -> str:
    """The text with one more item at the end of a list; a list that is missing begins.

    Raises :class:`CannotSplice` if the list has an item of this key, or *key* cannot be one.
    """
    expected = state(text, rules)
    keys, is_open = items_of(expected, list_name)
    new_key(rules, list_name, keys, key)
    expected.pop(list_name, None)  # an `unknown`
    expected[list_name, "items"] = ((*keys, key), is_open)
    expect_key(expected, rules, list_name, key)
    return checked(text, rules, expected, lambda doc, at: _add(doc, at, rules, list_name, key))


def remove_item(text: str, rules: Rules, list_name: str, key: str) -> str:
    """The text without an item and its evidence; a list that loses its last one is ``[]``."""
    expected = state(text, rules)
    keys, is_open = items_of(expected, list_name)
    for one in [k for k in expected if isinstance(k, tuple) and k[:2] == (list_name, key)]:
        if len(one) == 3:
            del expected[one]
    expected[list_name, "items"] = (tuple(k for k in keys if k != key), is_open)

    def gone(ref: FactRef) -> bool:
        # Another item of this name may come: what was said of this one is not said of it.
        return ref.item == key and rules.facts[ref.name].list == list_name

    for one in [k for k in expected if isinstance(k, tuple) and k[0] == "evidence"]:
        if gone(one[1]):
            del expected[one]

    def change(doc: Document, at: Locator) -> str:
        found, place = at.item(list_name, key)
        assert found.holder is not None and found.items is not None
        new = splicing.remove_item(doc, found.holder, found.items, place)
        return without_evidence(new, rules, gone)

    return checked(text, rules, expected, change)


def set_open(text: str, rules: Rules, list_name: str, is_open: bool) -> str:
    """The text with a list that may have more items (``more: unknown``), or is complete."""
    expected = state(text, rules)
    keys, was_open = items_of(expected, list_name)
    if is_open == was_open and (list_name, "items") in expected:
        return text
    expected.pop(list_name, None)
    expected[list_name, "items"] = (keys, is_open)

    def change(doc: Document, at: Locator) -> str:
        found = at.list(list_name)
        return _open(doc, found) if is_open else _close(doc, found)

    return checked(text, rules, expected, change)


def items_of(said: State, list_name: str) -> tuple[tuple[str, ...], bool]:
    """The keys of a list's items in a state, and whether there may be more of them."""
    found = said.get((list_name, "items"), ((), False))
    assert isinstance(found, tuple)
    return found


def _forget(said: State, list_name: str) -> None:
    for key in list(said):
        if key == list_name or (isinstance(key, tuple) and key[0] == list_name):
            del said[key]


def new_key(rules: Rules, list_name: str, keys: tuple[str, ...], key: str) -> None:
    """Raises :class:`CannotSplice` if *key* cannot name one more item beside *keys*."""
    if not key.strip():
        raise CannotSplice(Texts("a name is needed", "需要名称"))
    fact = _key_fact(rules, list_name)
    if _meaning(fact, key) in [_meaning(fact, one) for one in keys]:
        shown = shorten(key)
        raise CannotSplice(Texts(f"there is an item `{shown}` already", f"已有 `{shown}` 这一项"))


def _meaning(fact: Fact | None, key: str) -> object:
    """What makes a key another one: of a year its number, however it is written."""
    if fact is None:
        return key
    answer = read_text(fact, key)
    if isinstance(answer, Problem):
        raise CannotSplice(answer.says)
    if fact.type is FactType.TEXT:
        return key
    values = answer.values
    if isinstance(values, tuple) and len(values) == 1 and values[0].is_point:
        return values[0].low
    if isinstance(values, frozenset) and len(values) == 1:
        return next(iter(values))
    raise CannotSplice(
        Texts(
            "this names the item: write one known value, no range",
            "这是该项的名称：请写一个已知的值，不写范围",
        )
    )


def _key_fact(rules: Rules, list_name: str) -> Fact | None:
    """The fact that the key of an item is too (a year), or None."""
    whole = rules.facts[list_name]
    fact = rules.facts.get(f"{whole.item}.{whole.key}")
    return fact if fact is not None and fact.list == list_name else None


def expect_key(expected: State, rules: Rules, list_name: str, key: str) -> None:
    """Where the key of an item is a fact too (a year), adding the item answers it."""
    fact = _key_fact(rules, list_name)
    if fact is None:
        return
    answer = read_text(fact, key)
    if isinstance(answer, Problem):
        raise CannotSplice(answer.says)
    expected[list_name, key, fact.name] = said_by(answer)


def _add(doc: Document, at: Locator, rules: Rules, list_name: str, key: str) -> str:
    field = rules.facts[list_name].key or ""
    line = splicing.entry_text(field, quoted(key))
    flow = "{" + splicing.entry_text(field, quoted(key, flow=True), flow=True) + "}"
    found = at.list(list_name)
    if found.items is not None and found.items.items:
        return splicing.append_item(doc, found.items, line, flow)
    if found.items is not None and found.whole is not None:
        return _first_of_open(doc, found, line, flow)
    if found.place.entry is not None:
        return _begin(doc, found, line, flow)
    return _insert_list(doc, found, f"- {line}", f"[{flow}]")


def _begin(doc: Document, found: FoundList, line: str, flow: str) -> str:
    """The first item in place of ``[]``, ``unknown`` or nothing."""
    entry = found.place.entry
    assert entry is not None and found.place.mapping is not None
    value = entry.value
    after = doc.text[value.end : doc.next_line(value.end)].strip()
    if found.place.flow or (after and not after.startswith("#")):
        return splicing.replace_value(doc, value, f"[{flow}]")
    gap = doc.text[entry.key.end : value.start]
    if gap.strip() != ":":
        raise CannotSplice(
            Texts("the list does not begin beside its name", "列表没有从名称后面开始")
        )
    colon = entry.key.end + gap.index(":") + 1
    column = doc.column(entry.key.start) + doc.step
    rest = doc.text[value.end : doc.next_line(value.end)].rstrip("\r\n")
    new = f"{rest.rstrip()}{doc.line_end}{' ' * column}- {line}"
    return doc.replaced(colon, value.end + len(rest), new)


def _first_of_open(doc: Document, found: FoundList, line: str, flow: str) -> str:
    """The first item of a list that is known to be open, in a block where that can be."""
    whole, items, entry = found.whole, found.items, found.place.entry
    assert whole is not None and items is not None and entry is not None
    if not whole.flow or found.place.flow:
        return splicing.replace_value(doc, items, f"[{flow}]")
    column, step = doc.column(entry.key.start), doc.step
    pad = " " * (column + step)
    lines = [f"{pad}items:", f"{pad}{' ' * step}- {line}", f"{pad}more: unknown"]
    space = len(doc.text[: whole.start]) - len(doc.text[: whole.start].rstrip(" "))
    return doc.replaced(whole.start - space, whole.end, doc.line_end + doc.line_end.join(lines))


def _insert_list(doc: Document, found: FoundList, line: str, flow: str) -> str:
    """A list that the file does not have yet, in a block with one item."""
    place = found.place
    step = " " * doc.step
    lines = [f"{place.key}:", step + line]
    if place.below is not None:
        assert isinstance(place.below.value, Scalar)
        brace = "{" + f"{place.key}: {flow}" + "}"
        return splicing.fill(doc, place.below.key, place.below.value, lines, place.flow, brace)
    name = place.key
    if place.section is not None:
        name = f"{place.section}.{place.key}"
        lines = [f"{place.section}:", *(step + part for part in lines)]
    return insert_at(doc, place, lines, f"{name}: {flow}")


def _open(doc: Document, found: FoundList) -> str:
    written = "{items: [], more: unknown}"
    entry, items = found.place.entry, found.items
    if entry is None:
        return insert(doc, found.place, written)
    if items is None or not items.items or items.flow:
        if items is not None and items.items:
            inner = doc.text[items.start : items.end]
            written = "{items: " + inner + ", more: unknown}"
        return splicing.replace_value(doc, entry.value, written)
    column = doc.column(items.start)
    if column <= doc.column(entry.key.start) or not doc.begins_line(items.start):
        raise CannotSplice(
            Texts(
                "the items are not indented below the name of their list",
                "各项没有在列表名称下缩进",
            )
        )
    start, end = doc.line_start(items.start), splicing.content_end(doc, items)
    pad, eol = " " * column, doc.line_end
    body = doc.text[start:end]
    if not body.endswith(("\n", "\r")):
        body += eol
    return doc.replaced(start, end, f"{pad}items:{eol}{body}{pad}more: unknown{eol}")


def _close(doc: Document, found: FoundList) -> str:
    entry, whole, items = found.place.entry, found.whole, found.items
    if entry is None or whole is None or items is None:
        return _close_empty(doc, found)
    if whole.flow or items.flow:
        if not whole.flow:
            raise CannotSplice(
                Texts("the list stands partly in brackets", "列表有一部分写在方括号里")
            )
        return splicing.replace_value(doc, whole, doc.text[items.start : items.end])
    more = next(e for e in whole.entries if e.key.text == "more")
    holder = found.holder
    assert holder is not None
    spans = sorted(
        (doc.line_start(e.key.start), end)
        for e, end in (
            (holder, doc.next_line(holder.key.end)),
            (more, splicing.content_end(doc, more.value)),
        )
    )
    text = doc.text
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return doc.bom + text


def _close_empty(doc: Document, found: FoundList) -> str:
    """A list that was missing or unknown, as one without items."""
    if found.place.entry is None:
        return insert(doc, found.place, "[]")
    return splicing.replace_value(doc, found.place.entry.value, "[]")
