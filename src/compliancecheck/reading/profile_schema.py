"""The JSON Schema of profiles, made from the vocabulary: for completion and hints in editors.

It accepts all that the reader accepts, as an editor sees it: a plain ``2024`` may come as a
number, a plain ``no`` as false.  What is wrong is told more exactly by the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.instruments import Reading, Rules
from compliancecheck.model.texts import Texts
from compliancecheck.reading.numbers import DAY, pattern
from compliancecheck.reading.scalars import DAY_SIDES, NUMBER_SIDES
from compliancecheck.reading.vocabulary import Vocabulary, vocabulary

Schema = dict[str, Any]

_UNKNOWN: Schema = {"const": "unknown"}
_PLAIN: Schema = {"type": ["string", "number", "boolean", "null"]}
_DAY: Schema = {"type": "string", "pattern": f"^{DAY}$"}
# What other readers of YAML make of a plain word.
_TYPED: dict[str, Any] = {
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
    "null": None,
    "~": None,
}


def profile_schema(rules: Rules) -> Schema:
    """The schema (draft 2020-12) of the profiles that *rules* can read."""
    names = vocabulary(rules)
    facts = {name: _fact(fact, names) for name, fact in names.company.items()}
    sections = {f"section {name}": _section(name, names) for name in sorted(names.sections)}
    root = _section("", names)
    root["properties"] = {
        "dated": _DAY,
        **root["properties"],
        "evidence": _evidence(),
        "readings": _readings(rules.readings, ""),
    }
    root["type"] = "object"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "profile of a company",
        **root,
        "$defs": {**{f"fact {name}": schema for name, schema in facts.items()}, **sections},
    }


def _section(prefix: str, names: Vocabulary) -> Schema:
    """A section (or the root): facts and deeper sections below it, nested or dotted."""
    lead = f"{prefix}." if prefix else ""
    properties: Schema = {}
    for name in sorted(names.sections):
        if name.startswith(lead) and name != prefix:
            properties[name[len(lead) :]] = _to(f"section {name}")
    for name in names.company:
        if name.startswith(lead):
            properties[name[len(lead) :]] = _to(f"fact {name}")
    for old, name in names.renamed.items():
        if old.startswith(lead):
            properties[old[len(lead) :]] = {**_to(f"fact {name}"), "deprecated": True}
    return {
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }


def _to(name: str) -> Schema:
    return {"$ref": "#/$defs/" + name.replace("~", "~0").replace("/", "~1").replace(" ", "%20")}


def _fact(fact: Fact, names: Vocabulary) -> Schema:
    """The schema of an answer to a fact, with its label and question."""
    said: Schema = {"title": _both(fact.label)}
    if fact.question is not None:
        said["description"] = _both(fact.question)
    if fact.type is FactType.LIST:
        return {**said, **_list(fact, names)}
    if fact.type is FactType.TEXT:
        return {**said, **_PLAIN}
    if fact.type is FactType.BOOLEAN:
        return {**said, "anyOf": [{"type": "boolean"}, _words("true", "false", "yes", "no")]}
    if fact.type is FactType.CHOICE:
        return {**said, **_choice(fact)}
    if fact.type is FactType.CHOICES:
        return {**said, **_set(fact)}
    return {**said, **_ranged(fact)}


def _both(texts: Texts) -> str:
    return " / ".join(part for part in (texts.en, texts.zh) if part)


def _words(*words: str) -> Schema:
    """Words in any case, or ``unknown``."""
    any_case = ("".join(f"[{c.upper()}{c}]" for c in word) for word in words)
    return {"type": "string", "pattern": f"^(?:{'|'.join(any_case)}|unknown)$"}


def _choice(fact: Fact) -> Schema:
    options = [{"const": name, "title": _both(texts)} for name, texts in fact.choices.items()]
    typed = _typed(fact.choices)
    some = {"enum": [*fact.choices, *typed]}
    one_of = {
        "type": "object",
        "properties": {"one_of": {"type": "array", "items": some, "minItems": 1}},
        "required": ["one_of"],
        "additionalProperties": False,
    }
    others = [{"enum": typed}] if typed else []
    return {"anyOf": [*options, *others, _UNKNOWN, one_of]}


def _set(fact: Fact) -> Schema:
    options: list[Schema] = [
        {"const": name, "title": _both(texts)} for name, texts in fact.choices.items()
    ]
    typed = _typed(fact.choices)
    others: list[Schema] = [{"enum": typed}] if typed else []
    some: Schema = {"type": "array", "items": {"anyOf": [*options, *others]}, "uniqueItems": True}
    part: Schema = {
        "type": "object",
        "properties": {"includes": some, "rest": _UNKNOWN},
        "required": ["includes", "rest"],
        "additionalProperties": False,
    }
    return {"anyOf": [some, _UNKNOWN, part]}


def _typed(names: Iterable[str]) -> list[Any]:
    """What readers of YAML that guess types make of plain names, where that is no text."""
    found: list[Any] = []
    for name in names:
        if name.lower() in _TYPED:
            found.append(_TYPED[name.lower()])
        elif name.isascii() and name.isdigit():
            found.append(int(name))
    return found


def _ranged(fact: Fact) -> Schema:
    sides = DAY_SIDES if fact.type is FactType.DATE else NUMBER_SIDES
    value = pattern(fact)
    words = "|".join(side.replace("_", "[ _]") for side in sides)
    not_yet = "|not yet" if fact.event else ""
    text = f"^(?:(?:(?:{words}) +)?{value}|{value} *\\.\\. *{value}|unknown{not_yet})$"
    numbers: list[Schema] = []
    if fact.type in (FactType.INTEGER, FactType.NUMBER):
        numbers = [{"type": "integer" if fact.type is FactType.INTEGER else "number"}]
    one: Schema = {"anyOf": [{"type": "string", "pattern": f"^{value}$"}, *numbers]}
    mapping: Schema = {
        "type": "object",
        "properties": dict.fromkeys(sides, one),
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 2,
    }
    return {"anyOf": [{"type": "string", "pattern": text}, *numbers, mapping]}


def _list(fact: Fact, names: Vocabulary) -> Schema:
    properties: Schema = {} if fact.key is None else {fact.key: _PLAIN}
    fields = names.fields[fact.name]
    for name, inner in fields.items():
        properties[name] = _fact(inner, names)
    for old, name in names.renamed_fields.get(fact.name, {}).items():
        properties[old] = {**_fact(fields[name], names), "deprecated": True}
    items: Schema = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": properties,
            "required": [fact.key] if fact.key else [],
            "additionalProperties": False,
        },
    }
    open_list: Schema = {
        "type": "object",
        "properties": {"items": items, "more": _UNKNOWN},
        "required": ["items", "more"],
        "additionalProperties": False,
    }
    return {"anyOf": [items, _UNKNOWN, open_list]}


def _evidence() -> Schema:
    text: Schema = {"type": ["string", "number", "boolean"]}
    one: Schema = {
        "type": "object",
        "properties": {"source": text, "by": text, "dated": _DAY},
        "additionalProperties": False,
    }
    return {"type": ["object", "null"], "additionalProperties": one}


def _readings(readings: Mapping[str, Reading], lead: str) -> Schema:
    properties: Schema = {}
    for name, reading in readings.items():
        if not name.startswith(lead):
            continue
        rest = name[len(lead) :]
        parts = rest.split(".")
        for length in range(1, len(parts)):
            section = ".".join(parts[:length])
            if section not in properties:
                properties[section] = _readings(readings, f"{lead}{section}.")
        choices = [{"const": c, "title": _both(texts)} for c, texts in reading.choices.items()]
        properties[rest] = {"title": _both(reading.question), "anyOf": choices}
    return {
        "type": ["object", "null"],
        "properties": properties,
        "additionalProperties": False,
    }
