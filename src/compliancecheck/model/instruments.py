"""Legal instruments and what they contain: articles, readings, definitions, rules, routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from compliancecheck.model.conditions import Condition, Unit, Value
from compliancecheck.model.facts import Citation, Constraint, Fact, FactType, Pack
from compliancecheck.model.texts import DayRange, Place, Texts


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was read, when, and how surely (verified, secondary, memory)."""

    url: str
    checked: int  # day ordinal
    confidence: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article: encoded, or not encoded and why (``reason``), with a word on it."""

    number: str
    encoded: bool
    reason: str | None = None
    says: Texts | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One legal instrument; ``effective`` None is a draft, ``ends`` None is open."""

    id: str
    pack: str
    title: Texts
    short: Texts
    issuer: Texts
    number: Texts | None  # where the sheet of the law gives one
    binding: bool
    issued: int
    effective: DayRange | None
    ends: DayRange | None
    law_of: str | None  # the date fact whose law governs
    applies_when: Condition | None
    sources: tuple[Source, ...]
    articles: Mapping[str, Article]  # the key `rest` stands for all others
    replaces: tuple[str, ...] = ()
    notice: Texts | None = None
    place: Place | None = None

    @property
    def is_draft(self) -> bool:
        """Whether the text was never in force."""
        return self.effective is None


@dataclass(frozen=True, slots=True)
class Prevails:
    """A rule of this instrument's *article* that takes the place of *rule*, as the text says."""

    instrument: str
    article: str
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A point of law that is read in several ways; it is cited by article or by *cite*."""

    name: str
    article: str | None
    question: Texts
    choices: Mapping[str, Texts]
    prevailing: str | None
    instrument: str | None = None
    confidence: str | None = None
    cite: tuple[Citation, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class NamedCondition:
    """A condition with a name; ``each`` is the item whose facts it reads."""

    name: str
    each: str | None
    when: Condition
    article: str | None = None
    label: Texts | None = None
    cite: tuple[Citation, ...] = ()  # where the instrument of `article` is not its own
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A computed number or date; ``each`` is the item whose facts it reads."""

    name: str
    each: str | None
    label: Texts
    type: FactType
    unit: str | None
    value: Value
    article: str | None = None
    cite: tuple[Citation, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Ways in which the law asks for something, strongest first; one answer an item."""

    name: str
    each: str | None
    ways: Mapping[str, Texts]
    complete_from: int | None = None
    complete_where: Condition | None = None
    label: Texts | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example of a rule: a base profile with facts changed, and what to expect."""

    name: str
    like: str | None
    as_of: int
    facts: Mapping[str, object]  # plain profile data, read by the profile reader
    readings: Mapping[str, str]
    status: str
    way: str | None = None
    met: str | None = None
    item: str | None = None
    due: Mapping[str, int] = field(default_factory=dict)  # day by id of a deadline of the rule
    waits_until: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """How long an authority may take in all: a period from the start, or None, without a cap."""

    amount: int | None = None
    unit: Unit = Unit.WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that the law sets for an act, or on which something lapses.

    *kind*: ``duty``, ``right`` (lapses if left undone) or ``end`` (of a validity). *who*:
    ``company``, or ``authority``: then the day is expected, never a duty missed. While the start
    of *due* is unknown, the day counts from the deadline *or_expected* (rule, id). *done_on* is
    the date fact of the act. Where to be early is no safer it has no safe day (a time of keeping).
    """

    id: str
    kind: str
    who: str
    act: Texts
    due: Value
    opens: Value | None = None
    done_on: str | None = None
    or_expected: tuple[str, str] | None = None
    may_extend: Extension | None = None
    article: str | None = None
    has_safe_day: bool = True
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One provision. It requires, compares, exempts, classifies (``way``) or only informs."""

    id: str  # instrument/slug
    instrument: str
    article: str
    title: Texts
    each: str | None = None
    level: str | None = None  # must or should, where something is required
    applies_when: Condition | None = None
    requires: Condition | None = None
    compares: Condition | None = None
    words: str | None = None  # benchmark, classification, eligibility, alignment
    exempts: tuple[str, ...] | None = None  # () frees only by its way
    way: tuple[str, str] | None = None  # route, way
    then: Texts | None = None
    deadlines: tuple[Deadline, ...] = ()
    effective: DayRange | None = None
    ends: DayRange | None = None
    confidence: str | None = None
    cite: tuple[Citation, ...] = ()
    examples: Sequence[Example] = ()  # a tuple, or one that is made when looked into
    formerly: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def slug(self) -> str:
        """The short id, without the instrument."""
        return self.id.rsplit("/", 1)[1]

    def deadline(self, id: str) -> Deadline:
        """One of its deadlines. Raises ``KeyError`` if it has none of that id."""
        for deadline in self.deadlines:
            if deadline.id == id:
                return deadline
        raise KeyError(id)

    @property
    def kind(self) -> str:
        """duty, benchmark, exemption, classification or information."""
        if self.requires is not None:
            return "duty"
        if self.compares is not None:
            return "benchmark"
        if self.exempts is not None:
            return "exemption"
        return "classification" if self.way else "information"


@dataclass(frozen=True, slots=True)
class Rules:
    """All packs together, linked: every name resolved, in the order in which they were read."""

    packs: Mapping[str, Pack]
    facts: Mapping[str, Fact]
    constraints: tuple[Constraint, ...]
    instruments: Mapping[str, Instrument]
    readings: Mapping[str, Reading]
    conditions: Mapping[str, NamedCondition]
    definitions: Mapping[str, Definition]
    routes: Mapping[str, Route]
    rules: Mapping[str, Rule]
    prevails: tuple[Prevails, ...] = ()
    base_profiles: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def lists(self) -> Mapping[str, Fact]:
        """The list facts, by the name of their item."""
        return {f.item: f for f in self.facts.values() if f.type is FactType.LIST and f.item}
