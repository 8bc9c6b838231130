"""`rules show`: all there is to know of one rule or one instrument, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from compliancecheck.logic.norm import deadline_words, norm_lines, terms_of
from compliancecheck.model.conditions import Condition
from compliancecheck.model.facts import Citation
from compliancecheck.model.instruments import (
    Deadline,
    Example,
    Instrument,
    Prevails,
    Reading,
    Rule,
    Rules,
    Source,
)
from compliancecheck.model.texts import DayRange, Texts, iso
from compliancecheck.reports.rule_list import InstrumentJson, rule_list_json

JsonTexts = dict[str, str]


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """An example of a rule and what came out; *differences* empty: as expected."""

    example: Example
    differences: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the rule gave what the example expects."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the model of a rule: its lines of the file, and its examples as run."""

    yaml: str | None = None
    examples: tuple[ExampleRun, ...] = ()


class LineJson(TypedDict):
    """One line of a condition in words."""

    depth: int
    words: JsonTexts
    article: NotRequired[str]
    review: NotRequired[bool]


class DisplacedJson(TypedDict):
    """A provision that takes the place of a rule, or whose place a rule takes."""

    rule: NotRequired[str]
    instrument: NotRequired[str]
    article: str
    since: str | None


class ReadingJson(TypedDict):
    """A reading on which a rule hangs."""

    name: str
    question: JsonTexts
    choices: dict[str, JsonTexts]
    prevailing: str | None


class DeadlineJson(TypedDict):
    """A day that the rule sets."""

    id: str
    kind: str
    who: str
    act: JsonTexts
    when: JsonTexts
    article: str


class ExampleJson(TypedDict):
    """An example and what came out."""

    name: str
    as_of: str
    expect: dict[str, str]
    passed: bool
    differences: list[str]


class RulePageJson(TypedDict):
    """One rule of `rules show`."""

    id: str
    instrument: str
    article: str
    title: JsonTexts
    kind: str
    level: str | None
    binding: bool
    confidence: str | None
    standing: str
    effective: str | None
    ends: str | None
    applies_when: list[LineJson]
    requires: list[LineJson]
    compares: list[LineJson]
    then: JsonTexts | None
    way: str | None
    exempts: list[str]
    exempted_by: list[str]
    replaces: list[DisplacedJson]
    displaced_by: list[DisplacedJson]
    readings: list[ReadingJson]
    deadlines: list[DeadlineJson]
    sources: list[dict[str, str]]
    cite: list[dict[str, str]]
    examples: list[ExampleJson]
    file: str | None
    line: int | None
    yaml: str | None


class InstrumentPageJson(InstrumentJson):
    """One instrument of `rules show`: what `rules list` has of it, and the rest."""

    issuer: JsonTexts
    number: JsonTexts | None
    standing: str
    replaces: list[str]
    displaces: list[DisplacedJson]
    sources: list[dict[str, str]]
    readings: list[ReadingJson]
    examples: dict[str, dict[str, int]]


# -- what follows from the packs -------------------------------------------------------------------


def times_of(rules: Rules, rule: Rule) -> tuple[DayRange | None, DayRange | None]:
    """From when until when a rule is in force: its own days, else those of its instrument."""
    instrument = rules.instruments[rule.instrument]
    return rule.effective or instrument.effective, rule.ends or instrument.ends


def standing_of(start: DayRange | None, end: DayRange | None, day: int) -> str:
    """``draft``, ``ahead``, ``in_force``, ``ended`` or ``disputed`` on a day."""
    if start is None:
        return "draft"
    begun, over = start.reached(day), end.reached(day) if end is not None else False
    if begun is False:
        return "ahead"
    if over:
        return "ended"
    return "in_force" if begun and over is False else "disputed"


def displaced_by(rules: Rules, rule: Rule) -> list[Prevails]:
    """The provisions that take the place of a rule."""
    return [p for p in rules.prevails if p.rule == rule.id]


def displaces(rules: Rules, rule: Rule) -> list[Prevails]:
    """The rules whose place the article of a rule takes."""
    number = rule.article.split("(", 1)[0]
    return [p for p in rules.prevails if p.instrument == rule.instrument and p.article == number]


def exempted_by(rules: Rules, rule: Rule) -> list[str]:
    """The rules that free from a rule."""
    return [other.id for other in rules.rules.values() if rule.id in (other.exempts or ())]


def rule_standing(rules: Rules, rule: Rule, day: int) -> str:
    """The standing of a rule on a day; ``displaced`` where another provision has its place."""
    found = standing_of(*times_of(rules, rule), day)
    if found != "in_force":
        return found
    for prevails in displaced_by(rules, rule):
        by = rules.instruments[prevails.instrument]
        if standing_of(by.effective, by.ends, day) == "in_force":
            return "displaced"
    return found


def confidence_of(rules: Rules, rule: Rule) -> str | None:
    """How surely a rule is known: its own mark, else that of its instrument's source."""
    sources = rules.instruments[rule.instrument].sources
    return rule.confidence or next((s.confidence for s in sources), None)


# -- as json ---------------------------------------------------------------------------------------


def rule_page_json(rules: Rules, rule: Rule, day: int, beside: Beside) -> RulePageJson:
    """All of one rule; *day* is that of its standing."""
    start, end = times_of(rules, rule)
    instrument = rules.instruments[rule.instrument]
    return {
        "id": rule.id,
        "instrument": rule.instrument,
        "article": rule.article,
        "title": both(rule.title),
        "kind": rule.kind,
        "level": rule.level,
        "binding": instrument.binding,
        "confidence": confidence_of(rules, rule),
        "standing": rule_standing(rules, rule, day),
        "effective": days(start),
        "ends": days(end),
        "applies_when": [
            *_lines(rules, instrument.applies_when),
            *_lines(rules, rule.applies_when),
        ],
        "requires": _lines(rules, rule.requires),
        "compares": _lines(rules, rule.compares),
        "then": both(rule.then) if rule.then else None,
        "way": rule.way[1] if rule.way else None,
        "exempts": list(rule.exempts or ()),
        "exempted_by": exempted_by(rules, rule),
        "replaces": [_replaced(rules, p) for p in displaces(rules, rule)],
        "displaced_by": [_displacing(rules, p) for p in displaced_by(rules, rule)],
        "readings": [_reading(r) for r in terms_of(rules, rule).readings],
        "deadlines": [_deadline(rules, rule, d) for d in rule.deadlines],
        "sources": [source_json(s) for s in instrument.sources],
        "cite": [_cite(c) for c in rule.cite],
        "examples": [_example(run) for run in beside.examples],
        "file": rule.place.path if rule.place else None,
        "line": rule.place.line if rule.place else None,
        "yaml": beside.yaml,
    }


def instrument_page_json(
    rules: Rules, instrument: Instrument, day: int, runs: Mapping[str, Sequence[ExampleRun]]
) -> InstrumentPageJson:
    """All of one instrument; *runs* are the examples of its rules."""
    (listed,) = [row for row in rule_list_json(rules, day) if row["id"] == instrument.id]
    return {
        **listed,
        "issuer": both(instrument.issuer),
        "number": both(instrument.number) if instrument.number else None,
        "standing": standing_of(instrument.effective, instrument.ends, day),
        "replaces": list(instrument.replaces),
        "displaces": [_replaced(rules, p) for p in rules.prevails if p.instrument == instrument.id],
        "sources": [source_json(s) for s in instrument.sources],
        "readings": [_reading(r) for r in rules.readings.values() if r.instrument == instrument.id],
        "examples": {
            rule: {"run": len(found), "as_expected": sum(run.passed for run in found)}
            for rule, found in runs.items()
        },
    }


def both(texts: Texts) -> JsonTexts:
    """A text in both languages."""
    return {"en": texts.en, "zh": texts.zh}


def days(found: DayRange | None) -> str | None:
    """``2024-03-22``, or ``2024-03-22..2024-04-01`` where the day is disputed."""
    if found is None:
        return None
    first, last = iso(found.first), iso(found.last)
    return first if first == last else f"{first}..{last}"


def expected(example: Example) -> dict[str, str]:
    """What an example expects, by name."""
    found = {"status": example.status}
    found |= {"way": example.way} if example.way is not None else {}
    found |= {"met": example.met} if example.met is not None else {}
    found |= {f"due {name}": iso(day) for name, day in example.due.items()}
    if example.waits_until is not None:
        found["waits_until"] = iso(example.waits_until)
    return found


def source_json(source: Source) -> dict[str, str]:
    """A source: where, when and how surely it was read."""
    return {"url": source.url, "checked": iso(source.checked), "confidence": source.confidence}


def _lines(rules: Rules, condition: Condition | None) -> list[LineJson]:
    found: list[LineJson] = []
    for line in norm_lines(rules, condition) if condition is not None else ():
        row: LineJson = {"depth": line.depth, "words": both(line.words)}
        if line.note.article is not None:
            row["article"] = line.note.article
        if line.note.review:
            row["review"] = True
        found.append(row)
    return found


def _replaced(rules: Rules, prevails: Prevails) -> DisplacedJson:
    since = days(rules.instruments[prevails.instrument].effective)
    return {"rule": prevails.rule, "article": prevails.article, "since": since}


def _displacing(rules: Rules, prevails: Prevails) -> DisplacedJson:
    since = days(rules.instruments[prevails.instrument].effective)
    return {"instrument": prevails.instrument, "article": prevails.article, "since": since}


def _reading(reading: Reading) -> ReadingJson:
    return {
        "name": reading.name,
        "question": both(reading.question),
        "choices": {name: both(text) for name, text in reading.choices.items()},
        "prevailing": reading.prevailing,
    }


def _deadline(rules: Rules, rule: Rule, deadline: Deadline) -> DeadlineJson:
    return {
        "id": deadline.id,
        "kind": deadline.kind,
        "who": deadline.who,
        "act": both(deadline.act),
        "when": both(deadline_words(rules, deadline)),
        "article": deadline.article or rule.article,
    }


def _cite(citation: Citation) -> dict[str, str]:
    return {"instrument": citation.instrument, "article": citation.article}


def _example(run: ExampleRun) -> ExampleJson:
    return {
        "name": run.example.name,
        "as_of": iso(run.example.as_of),
        "expect": expected(run.example),
        "passed": run.passed,
        "differences": list(run.differences),
    }
