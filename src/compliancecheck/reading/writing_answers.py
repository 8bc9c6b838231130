"""Single answers, the day and adopted readings: set, removed, kept as comments."""

from __future__ import annotations

from collections.abc import Callable

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.reading import splicing
from compliancecheck.reading.locating import Locator
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.quoting import quoted
from compliancecheck.reading.rewriting import checked, insert, insert_at, said_by, state, value_yaml
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.source import Scalar
from compliancecheck.reading.splicing import CannotSplice, Document
from compliancecheck.reading.writing_sets import put_set


def set_answer(text: str, rules: Rules, ref: FactRef, value_text: str) -> str:
    """The text of a profile with one answer set to *value_text*, as a person would write it.

    Raises :class:`CannotSplice` if it is no answer to the fact, if there is no such item, or
    if the file cannot be changed at this place alone.
    """
    fact = rules.facts[ref.name]
    answer = read_text(fact, value_text)
    if isinstance(answer, Problem):
        raise CannotSplice(answer.says)
    expected = state(text, rules)
    key = (fact.list, ref.item, fact.name) if fact.list else fact.name
    expected[key] = said_by(answer)
    return checked(text, rules, expected, lambda doc, at: _put(doc, at, fact, ref, value_text))


def remove_answer(text: str, rules: Rules, ref: FactRef) -> str:
    """The text without an answer (or, for the name of a list, without the list)."""
    return _drop(text, rules, ref, splicing.remove_entry)


def comment_answer(text: str, rules: Rules, ref: FactRef) -> str:
    """The text with an answer kept as a comment, as for answers behind a gate that closes."""
    return _drop(text, rules, ref, splicing.comment_out)


def set_dated(text: str, rules: Rules, day: str | None) -> str:
    """The text with the day of the profile (ISO), or without it."""
    expected = state(text, rules)
    expected.pop("dated", None)
    if day is not None:
        expected["dated"] = day
    return checked(text, rules, expected, lambda doc, at: _put_dated(doc, at, day))


def set_reading(text: str, rules: Rules, name: str, choice: str | None) -> str:
    """The text with a reading adopted, or (None) no longer adopted."""
    expected = state(text, rules)
    expected.pop(("reading", name), None)
    if choice is not None:
        expected["reading", name] = choice
    return checked(text, rules, expected, lambda doc, at: _put_reading(doc, at, name, choice))


# --- how it is done ----------------------------------------------------------------------------


def _put(doc: Document, at: Locator, fact: Fact, ref: FactRef, value: str) -> str:
    found = at.fact(ref)
    if found.entry is not None and fact.type is FactType.CHOICES:
        return put_set(doc, found.entry, value_yaml(fact, value, found.flow, found.entry.value))
    if found.entry is not None:
        return splicing.replace_value(
            doc, found.entry.value, value_yaml(fact, value, found.flow, found.entry.value)
        )
    return insert(doc, found, value_yaml(fact, value, found.flow, None))


def _drop(text: str, rules: Rules, ref: FactRef, how: Callable[..., str]) -> str:
    expected = state(text, rules)
    fact = rules.facts[ref.name]
    key = (fact.list, ref.item, fact.name) if fact.list else fact.name
    if fact.type is FactType.LIST:
        for one in [k for k in expected if isinstance(k, tuple) and k[0] == fact.name]:
            del expected[one]
    expected.pop(key, None)

    def change(doc: Document, at: Locator) -> str:
        found = at.fact(ref)
        if found.entry is None:
            raise CannotSplice(Texts("there is no such answer in the file", "文件中没有这个回答"))
        return how(doc, found.mapping, found.entry)

    return checked(text, rules, expected, change)


def _put_dated(doc: Document, at: Locator, day: str | None) -> str:
    found = at.top("dated")
    if found.entry is not None:
        if day is not None:
            return splicing.replace_value(doc, found.entry.value, day)
        assert found.mapping is not None
        return splicing.remove_entry(doc, found.mapping, found.entry)
    if day is None:
        return doc.bom + doc.text
    root = doc.root
    if root is None or root.flow or not root.entries:
        return insert_at(doc, found, [f"dated: {day}"], f"dated: {day}")
    first = doc.line_start(root.entries[0].key.start)
    column = doc.column(root.entries[0].key.start)
    return splicing.insert_lines(doc, first, [" " * column + f"dated: {day}"])


def _put_reading(doc: Document, at: Locator, name: str, choice: str | None) -> str:
    found = at.reading(name)
    if found.entry is not None:
        if choice is None:
            assert found.mapping is not None
            return splicing.remove_entry(doc, found.mapping, found.entry)
        old = found.entry.value
        style = old.style if isinstance(old, Scalar) and old.style in ("'", '"') else ""
        return splicing.replace_value(doc, old, quoted(choice, flow=found.flow, style=style))
    if choice is None:
        return doc.bom + doc.text
    return insert(doc, found, quoted(choice, flow=found.flow))
