"""The parts of a profile beside its answers: its day, evidence, adopted readings."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Reading
from compliancecheck.model.profile import Adopted, Answer, Evidence, FactRef, ItemList
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading.numbers import Refused, read_number
from compliancecheck.reading.problems import Problem, Problems, perhaps, problem_at
from compliancecheck.reading.source import Mapping, Node, Scalar
from compliancecheck.reading.vocabulary import Vocabulary

_DAY = Fact("dated", FactType.DATE, Texts("day", "日期"), "")
_PARTS = ("source", "by", "dated")
_EXAMPLE = "write `{source: annual report 2025 p. 41, by: finance, dated: 2026-04-02}`"


def read_dated(node: Node, problems: Problems) -> int | None:
    """The day of a profile or of an answer, as ordinal."""
    if not isinstance(node, Scalar):
        problems.append(problem_at(node.place, "`dated` is one day", "write it like 2026-11-24"))
        return None
    try:
        return read_number(_DAY, node.text)  # type: ignore[return-value]  # of a date: an int
    except Refused as refused:
        hint = refused.hint if refused.hint and "expected" not in refused.hint else None
        hint = hint or f"write one day, like {date(2026, 11, 24).isoformat()}"
        problems.append(problem_at(node.place, refused.message, hint))
        return None


def read_readings(node: Node, known: Dict[str, Reading], problems: Problems) -> dict[str, Adopted]:
    """The readings that a company adopts, by name; nested and dotted names mean the same."""
    adopted: dict[str, Adopted] = {}
    keys: dict[str, Scalar] = {}

    def walk(part: Node, prefix: str) -> None:
        if not isinstance(part, Mapping):
            if not (isinstance(part, Scalar) and not part.text):
                hint = "write `READING: CHOICE` below it, one a line"
                problems.append(problem_at(part.place, "readings have names", hint))
            return
        for key, value in part.entries:
            name = prefix + key.text
            if name in known:
                first = keys.setdefault(name, key)
                if first is not key:
                    line = first.place.line
                    message = f"`{shorten(name)}` is given twice; first at line {line}"
                    problems.append(problem_at(key.place, message))
                else:
                    _adopt(known[name], value, adopted, problems)
            elif any(full.startswith(name + ".") for full in known):
                walk(value, name + ".")
            else:
                message = f"no reading `{shorten(name)}`{perhaps(name, known)}"
                problems.append(problem_at(key.place, message))

    walk(node, "")
    return adopted


def _adopt(reading: Reading, value: Node, adopted: dict[str, Adopted], problems: Problems) -> None:
    choices = ", ".join(f"`{choice}`" for choice in reading.choices)
    if isinstance(value, Scalar) and value.text in reading.choices:
        adopted[reading.name] = Adopted(value.text, value.place)
        return
    text = value.text if isinstance(value, Scalar) else ""
    message = f"no such reading of `{reading.name}`"
    if text:
        message = f"no reading `{shorten(text)}` of `{reading.name}`"
        message += perhaps(text, reading.choices)
    hint = f"one of {choices}; to adopt none, remove the line"
    problems.append(problem_at(value.place, message, hint))


@dataclass(slots=True)
class EvidenceReader:
    """Reads ``evidence:``: paths of answers with source, by and dated."""

    names: Vocabulary
    problems: Problems

    def read(
        self, node: Node, answers: Dict[str, Answer], lists: Dict[str, ItemList]
    ) -> dict[FactRef, Evidence]:
        """Evidence by the answer that it is for; one without an answer gives a warning."""
        found: dict[FactRef, Evidence] = {}
        keys: dict[FactRef, Scalar] = {}
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and not node.text):
                self._say(node, "evidence stands beside names", f"below it, {_EXAMPLE}")
            return found
        items = {
            FactRef(name, item.key)
            for given in lists.values()
            for item in given.items
            for name in item.answers
        }
        for key, value in node.entries:
            try:
                ref = self.names.ref(key.text)
            except Refused as refused:
                self._say(key, refused.message, refused.hint)
                continue
            first = keys.setdefault(ref, key)
            if first is not key:
                line = first.place.line
                self._say(key, f"`{shorten(key.text)}` is given twice; first at line {line}")
                continue
            if not (ref in items if ref.item is not None else ref.name in answers):
                warning = f"evidence for `{shorten(key.text, 60)}`, which is not answered"
                self.problems.append(problem_at(key.place, warning, severity="warning"))
            evidence = self._evidence(key, value)
            if evidence is not None:
                found[ref] = evidence
        return found

    def _evidence(self, key: Scalar, value: Node) -> Evidence | None:
        if not isinstance(value, Mapping):
            self._say(value, "evidence has `source`, `by` or `dated`", _EXAMPLE)
            return None
        read: dict[str, Any] = {}
        for part, inner in value.entries:
            if part.text not in _PARTS:
                near = perhaps(part.text, _PARTS)
                self._say(part, f"no part `{shorten(part.text)}` of evidence{near}", _EXAMPLE)
            elif part.text == "dated":
                read["dated"] = read_dated(inner, self.problems)
            elif isinstance(inner, Scalar) and inner.text:
                read[part.text] = inner.text
            else:
                self._say(inner, f"`{part.text}` is a text", _EXAMPLE)
        return Evidence(place=key.place, **read)

    def _say(self, node: Node, message: str, hint: str | None = None) -> None:
        self.problems.append(problem_at(node.place, message, hint))


def acts_to_come(
    facts: Dict[str, Fact],
    day: int | None,
    answers: Dict[str, Answer],
    lists: Dict[str, ItemList],
    evidence: Dict[FactRef, Evidence],
) -> Iterator[Problem]:
    """Warnings for acts that are dated after the day of their answer: they count as done then."""
    events = {fact.name for fact in facts.values() if fact.event}
    given = [(None, answers), *((i.key, i.answers) for one in lists.values() for i in one.items)]
    for key, own in given:
        for name in events.intersection(own):
            answer = own[name]
            said = evidence.get(FactRef(name, key))
            told = said.dated if said is not None and said.dated is not None else day
            first = answer.values[0].low if isinstance(answer.values, tuple) else None
            if told is None or first is None or first <= told or answer.place is None:
                continue
            message = (
                f"`{shorten(answer.text)}` lies after the day of the answer, {iso(told)}, "
                "and is taken as if the act were done that day"
            )
            hint = "write `not yet` while it is only planned"
            yield problem_at(answer.place, message, hint, severity="warning")
