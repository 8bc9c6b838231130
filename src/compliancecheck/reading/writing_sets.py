"""Sets written back: a list in brackets is written anew, of one in lines only what changed."""

from __future__ import annotations

from compliancecheck.model.texts import Texts
from compliancecheck.reading import splicing
from compliancecheck.reading.source import Entry, Mapping, Node, Scalar, Sequence
from compliancecheck.reading.splicing import CannotSplice, Document


def put_set(doc: Document, entry: Entry, value: str) -> str:
    """The text with the set of an entry replaced by *value*, an answer in one line."""
    old = entry.value
    if not isinstance(old, Mapping | Sequence) or old.flow:
        return splicing.replace_value(doc, old, value)
    wanted = _listed(value)
    if isinstance(old, Sequence) and wanted:
        return _changed(doc, entry, old, wanted)
    return _in_one_line(doc, entry, value)


def _listed(value: str) -> list[str]:
    """The options of an answer that is a list, in its order."""
    if not value.startswith("["):
        return []
    return [part.strip(" '\"") for part in value.strip("[]").split(",") if part.strip()]


def _changed(doc: Document, entry: Entry, old: Sequence, wanted: list[str]) -> str:
    """The lines of options that go are taken out, those that come are put after the others."""
    text = doc.bom + doc.text
    there = [item.text for item in old.items if isinstance(item, Scalar)]
    for option in (o for o in wanted if o not in there):
        now, holder = _again(text, entry)
        assert isinstance(holder.value, Sequence)
        text = splicing.append_item(now, holder.value, option, option)
    for option in (o for o in there if o not in wanted):
        now, holder = _again(text, entry)
        assert isinstance(holder.value, Sequence)
        places = [i.text if isinstance(i, Scalar) else "" for i in holder.value.items]
        text = splicing.remove_item(now, holder, holder.value, places.index(option))
    return text


def _again(text: str, entry: Entry) -> tuple[Document, Entry]:
    """The document of a changed text, and the same entry in it: nothing before it has changed."""
    doc = splicing.parse(text)
    assert doc.root is not None
    found = _entry_at(doc.root, entry.key.start)
    assert found is not None
    return doc, found


def _entry_at(node: Node, start: int) -> Entry | None:
    inner: tuple[Node, ...] = ()
    if isinstance(node, Mapping):
        for entry in node.entries:
            if entry.key.start == start:
                return entry
        inner = tuple(entry.value for entry in node.entries)
    elif isinstance(node, Sequence):
        inner = node.items
    for part in inner:
        found = _entry_at(part, start)
        if found is not None:
            return found
    return None


def _in_one_line(doc: Document, entry: Entry, value: str) -> str:
    """The lines of a block away, the answer after the colon."""
    colon = doc.text.index(":", entry.key.end) + 1
    start, end = doc.line_start(entry.value.start), splicing.content_end(doc, entry.value)
    if "#" in doc.text[start:end]:
        raise CannotSplice(Texts("there is a comment inside the value", "值内有注释"))
    return doc.bom + doc.text[:colon] + f" {value}" + doc.text[colon:start] + doc.text[end:]
