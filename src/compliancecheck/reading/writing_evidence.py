"""Evidence written under ``evidence:``: who says so of an answer, and as of when."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Evidence, FactRef
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading import splicing
from compliancecheck.reading.locating import Found, Locator
from compliancecheck.reading.numbers import Refused
from compliancecheck.reading.quoting import quoted
from compliancecheck.reading.rewriting import checked, insert, insert_at, state
from compliancecheck.reading.source import Entry, Mapping, Scalar
from compliancecheck.reading.splicing import CannotSplice, Document
from compliancecheck.reading.vocabulary import item_path

_PARTS = ("source", "by", "dated")


def set_evidence(text: str, rules: Rules, ref: FactRef, evidence: Evidence | None) -> str:
    """The text with the evidence of one answer; None or one without any part takes it out.

    Evidence that is there keeps its form: only the parts that differ are written.  Raises
    :class:`CannotSplice` where the fact is not answered, or the file cannot be changed at this
    place alone.
    """
    expected = state(text, rules)
    parts = _parts(evidence)
    fact = rules.facts[ref.name]
    if parts and ((fact.list, ref.item, fact.name) if fact.list else fact.name) not in expected:
        raise CannotSplice(
            Texts("evidence is for an answer; give the answer first", "依据属于回答；请先回答")
        )
    expected.pop(("evidence", ref), None)
    if parts and evidence is not None:
        expected["evidence", ref] = (parts.get("source"), parts.get("by"), evidence.dated)
    return checked(text, rules, expected, lambda doc, at: _put(doc, at, ref, parts))


def evidence_entries(at: Locator) -> Iterator[tuple[FactRef, Entry, Mapping]]:
    """The entries below ``evidence:``, each with the answer that it is for."""
    top = at.top("evidence")
    mapping = top.entry.value if top.entry is not None else None
    for entry in mapping.entries if isinstance(mapping, Mapping) else ():
        assert isinstance(mapping, Mapping)
        try:
            yield at.names.ref(entry.key.text), entry, mapping
        except Refused:
            continue


def without_evidence(text: str, rules: Rules, gone: Callable[[FactRef], bool]) -> str:
    """The text without the evidence of the answers that are *gone*."""
    while True:
        doc = splicing.parse(text)
        entries = evidence_entries(Locator(doc, rules))
        found = next((one for one in entries if gone(one[0])), None)
        if found is None:
            return text
        _, entry, mapping = found
        text = splicing.remove_entry(doc, mapping, entry)


def _parts(evidence: Evidence | None) -> dict[str, str]:
    """The parts that are given, as they are read back."""
    if evidence is None:
        return {}
    dated = None if evidence.dated is None else iso(evidence.dated)
    parts = {"source": evidence.source, "by": evidence.by, "dated": dated}
    return {name: text for name, text in parts.items() if text and text.strip()}


def _put(doc: Document, at: Locator, ref: FactRef, parts: dict[str, str]) -> str:
    found = next((one for one in evidence_entries(at) if one[0] == ref), None)
    text = doc.bom + doc.text
    if found is None:
        return _new(doc, at, ref, parts) if parts else text
    _, entry, mapping = found
    if not parts:
        return splicing.remove_entry(doc, mapping, entry)
    for name in (*parts, *(part for part in _PARTS if part not in parts)):
        doc = splicing.parse(text)
        entries = evidence_entries(Locator(doc, at.rules))
        inner = next(one.value for known, one, _ in entries if known == ref)
        assert isinstance(inner, Mapping)
        text = _part(doc, inner, name, parts.get(name))
    return text


def _part(doc: Document, mapping: Mapping, name: str, wanted: str | None) -> str:
    """The text with one part of an evidence set, or (None) taken out."""
    old = next((entry for entry in mapping.entries if entry.key.text == name), None)
    if old is None:
        if wanted is None:
            return doc.bom + doc.text
        flow = splicing.entry_text(name, quoted(wanted, flow=True), flow=True)
        before = [e for e in mapping.entries if _PARTS.index(e.key.text) < _PARTS.index(name)]
        line = splicing.entry_text(name, quoted(wanted))
        return splicing.insert_entry(doc, mapping, before[-1] if before else None, [line], flow)
    if wanted is None:
        return splicing.remove_entry(doc, mapping, old)
    if isinstance(old.value, Scalar) and old.value.text == wanted:
        return doc.bom + doc.text
    style = old.value.style if isinstance(old.value, Scalar) else ""
    style = style if style in ("'", '"') else ""
    return splicing.replace_value(doc, old.value, quoted(wanted, flow=mapping.flow, style=style))


def _new(doc: Document, at: Locator, ref: FactRef, parts: dict[str, str]) -> str:
    """Evidence for an answer that has none yet, behind all other evidence."""
    fact = at.rules.facts[ref.name]
    path = item_path(fact.list, ref.item or "", fact.field_name) if fact.list else ref.name
    inner = [splicing.entry_text(n, quoted(t, flow=True), flow=True) for n, t in parts.items()]
    value = "{" + ", ".join(inner) + "}"
    top = at.top("evidence")
    if top.entry is None:
        return _begin(doc, top, path, value)
    mapping = top.entry.value
    if isinstance(mapping, Mapping):
        return insert(doc, Found(mapping, key=path, flow=mapping.flow), value)
    return insert(doc, Found(None, key=path, below=top.entry, flow=top.flow), value)


def _begin(doc: Document, top: Found, path: str, value: str) -> str:
    """The section itself: behind the answers, before readings and waivers."""
    lines = ["evidence:", " " * doc.step + splicing.entry_text(path, value)]
    flow = "evidence: {" + splicing.entry_text(path, value, flow=True) + "}"
    entries = top.mapping.entries if top.mapping else ()
    answers = [entry for entry in entries if entry.key.text not in ("readings", "waivers")]
    after = answers[-1] if answers else None
    return insert_at(doc, Found(top.mapping, after=after, flow=top.flow), lines, flow)
