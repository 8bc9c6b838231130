"""The names that packs declare: what each one is, how it is found, and which names clash."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from compliancecheck.model.facts import Fact
from compliancecheck.model.texts import Place
from compliancecheck.reading.problems import Problem, nearest, pack_problem
from compliancecheck.reading.source import Node, Scalar

SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
DOTTED = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+")
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
INSTRUMENT_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")

CONDITION_WORDS = ("all", "any", "not", "some", "every", "holds")
NOTE_WORDS = ("article", "because", "confidence", "review", "where")
SET_WORDS = ("includes", "includes_any")
BOUND_WORDS = ("over", "at_least", "under", "at_most")
DAY_WORDS = ("after", "on_or_after", "before", "on_or_before")
CHOICE_WORDS = ("is_not", "one_of", "none_of")
VALUE_WORDS = (
    *("sum", "difference", "count", "total", "distinct_total", "choose", "otherwise"),
    *("of", "plus", "minus", "roll", "at_least_before", "within_before", "due", "value"),
)
UNIT_WORDS = ("years", "months", "weeks", "days", "working_days")
LATER_VALUES = ("ratio", "table")
WORDS = frozenset(
    {
        *CONDITION_WORDS,
        *NOTE_WORDS,
        *BOUND_WORDS,
        *DAY_WORDS,
        *CHOICE_WORDS,
        *SET_WORDS,
        *VALUE_WORDS,
        *LATER_VALUES,
        *("known_as", "known_over", "percent", "as_of", "is", "when", "rest", "unknown"),
        *("true", "false", "yes", "no", "none", "each", "more", "items"),
    }
)
"""Words of the language: nothing may be called so."""


class Kind(StrEnum):
    """What a name stands for."""

    FACT = "fact"
    READING = "reading"
    CONDITION = "condition"
    DEFINITION = "definition"
    RULE = "rule"
    ROUTE = "route"
    PROFILE = "base profile"


@dataclass(frozen=True, slots=True)
class Declared:
    """One name: where it was declared, and the form that declares it."""

    kind: Kind
    name: str
    place: Place
    form: Any
    instrument: str | None = None
    each: str | None = None


class Desk:
    """Collects the problems of a reading."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, at: Node | Place, message: str, hint: str | None = None) -> None:
        """Notes a problem at a node or a place."""
        place = at if isinstance(at, Place) else at.place
        self.problems.append(pack_problem(place, message, hint))


def short_name(name: str, instrument: str | None) -> str:
    """The name as it is written inside *instrument*."""
    if instrument is not None and name.startswith(f"{instrument}/"):
        return name.split("/", 1)[1]
    return name


def meant(name: str, candidates: Iterable[str]) -> str | None:
    """The hint that names the nearest candidate."""
    near = nearest(name, candidates)
    return f"did you mean `{near}`?" if near else None


@dataclass
class Names:
    """All names of all packs. Item facts are declared as ``transfer.purpose``."""

    desk: Desk
    declared: dict[str, Declared] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)  # item: the list fact
    instruments: dict[str, Place] = field(default_factory=dict)

    def declare(self, declared: Declared) -> bool:
        """Takes up a name; False, and a problem, if it is taken or has the wrong form."""
        problem = self._shape(declared)
        earlier = self.declared.get(declared.name)
        if problem is None and earlier is not None:
            where = f"line {earlier.place.line}"
            if earlier.place.path != declared.place.path:
                where = f"{earlier.place.path}:{earlier.place.line}"
            short = short_name(declared.name, declared.instrument)
            problem = f"`{short}` is declared twice; it is a {earlier.kind} at {where}"
        if problem is not None:
            self.desk.refuse(declared.place, problem)
            return False
        self.declared[declared.name] = declared
        return True

    def _shape(self, declared: Declared) -> str | None:
        name = declared.name
        if "/" in name:
            short = name.split("/", 1)[1]
            if short in WORDS:
                return f"`{short}` is a word of the language; nothing may be called so"
            if not KEBAB.fullmatch(short):
                return f"`{short}` is no name inside an instrument; write it like `exempt-hr`"
        elif not DOTTED.fullmatch(name):
            return f"`{name}` is no shared name; write it like `data_export.ciio`"
        return None

    def check_prefixes(self) -> None:
        """Refuses a name that is a prefix of another one, by whole segments between dots."""
        dotted = {name for name in self.declared if "/" not in name}
        for name in sorted(dotted):
            parts = name.split(".")
            for size in range(1, len(parts)):
                shorter = ".".join(parts[:size])
                if shorter in dotted:
                    message = f"`{name}` begins with the whole name `{shorter}`"
                    self.desk.refuse(self.declared[name].place, message, "rename one of them")
            declared = self.declared[name]
            if parts[0] in self.items and declared.each != parts[0]:
                message = f"`{name}` looks like a fact of the item `{parts[0]}`"
                self.desk.refuse(declared.place, message, "rename the item or this")

    def full(self, text: str, instrument: str | None) -> str:
        """The full name of what *text* means inside *instrument*."""
        if instrument is not None and f"{instrument}/{text}" in self.declared:
            return f"{instrument}/{text}"
        return text

    def find(self, node: Node, kinds: tuple[Kind, ...], instrument: str | None) -> Declared | None:
        """What a name node stands for; None, and a problem, if it is none of *kinds*."""
        if not isinstance(node, Scalar):
            self.desk.refuse(node, f"the name of a {_any_of(kinds)} belongs here")
            return None
        found = self.declared.get(self.full(node.text, instrument))
        if found is not None and found.kind in kinds:
            return found
        if found is not None:
            message = f"`{node.text}` is a {found.kind}; a {_any_of(kinds)} belongs here"
            self.desk.refuse(node, message)
            return None
        candidates = (
            short_name(d.name, instrument) for d in self.declared.values() if d.kind in kinds
        )
        message = f"no {_any_of(kinds)} is called `{node.text}`"
        self.desk.refuse(node, message, meant(node.text, candidates))
        return None

    def find_item(self, node: Scalar | None) -> str | None:
        """The item of an `each:` or a quantifier; None, and a problem, if no list has it."""
        if node is None:
            return None
        if node.text not in self.items:
            message = f"no list has the item `{node.text}`"
            self.desk.refuse(node, message, meant(node.text, self.items))
            return None
        return node.text


def _any_of(kinds: tuple[Kind, ...]) -> str:
    *others, last = kinds
    return f"{', '.join(others)} or {last}" if others else str(last)
