"""The nodes of conditions and of values: a closed set of small dataclasses.

A condition is judged on facts, definitions and readings; a value is what a definition computes
or what a fact is compared with.  Names are resolved and literals typed when packs are read.
``docs/writing-rules.md`` shows the YAML form of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from compliancecheck.model.texts import Place, Texts
from compliancecheck.model.values import Number, Option


@dataclass(frozen=True, slots=True)
class Note:
    """What may stand beside a condition: its article, a reason in words, marks, its place."""

    article: str | None = None
    because: Texts | None = None
    confidence: str | None = None
    review: bool = False
    place: Place | None = None


NO_NOTE = Note()


@dataclass(frozen=True, slots=True)
class Literal:
    """A number; a date is its ordinal, a percentage a share, money in its currency."""

    value: Number


@dataclass(frozen=True, slots=True)
class FactValue:
    """The value of a number or date fact (``data_export.ciio``, ``transfer.began_on``)."""

    name: str


@dataclass(frozen=True, slots=True)
class DefinitionValue:
    """The value of a definition, by its full name (``cn.cac.2024-16/people``)."""

    name: str


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day of evaluation."""


@dataclass(frozen=True, slots=True)
class PercentOf:
    """A share of another value: ``{percent: 3%, of: NAME}``; *share* is over 0."""

    share: Number
    of: FactValue | DefinitionValue


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of several values."""

    terms: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value less another."""

    left: Value
    right: Value


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a :class:`Choose`."""

    when: Condition
    value: Value


@dataclass(frozen=True, slots=True)
class Choose:
    """The value of the first case whose condition is true, else ``otherwise``."""

    cases: tuple[Case, ...]
    otherwise: Value


class Unit(StrEnum):
    """What a period is counted in; years are 12 months, weeks are 7 days."""

    MONTHS = "months"
    DAYS = "days"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class Shift:
    """A date plus (or, with a negative *amount*, minus) a period; the first day is not counted.

    Months end on the corresponding day or the month's last. *roll* moves a day that is no
    working day to the next one.
    """

    of: Value
    amount: int
    unit: Unit = Unit.MONTHS
    roll: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """A day counted back from the end of a validity.

    With *window* the day on which the last *amount* units before it begin (届满前60个工作日内),
    else the latest day that leaves at least as many (届满60个工作日前).
    """

    of: Value
    amount: int
    unit: Unit
    window: bool


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day on which a deadline is due."""

    rule: str
    deadline: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many items of a list satisfy *where* (None: how many there are)."""

    item: str
    where: Condition | None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a fact over the items of a list that satisfy *where*."""

    fact: str
    item: str
    where: Condition | None


@dataclass(frozen=True, slots=True)
class DistinctTotal:
    """People over the items of a list where *where* holds, each person counted once.

    At least the greatest item surely in, at most the sum of all possibly in, narrowed by the
    fact *known_as*, the number over all items for which *known_over* holds (None: all items).
    """

    fact: str
    item: str
    where: Condition | None
    known_as: str | None
    known_over: Condition | None


Value = (
    Literal
    | FactValue
    | DefinitionValue
    | AsOf
    | PercentOf
    | Sum
    | Difference
    | Choose
    | Shift
    | Before
    | DueDay
    | Count
    | Total
    | DistinctTotal
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One side of a comparison; *strict* leaves the bound itself out."""

    value: Value
    strict: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds."""

    parts: tuple[Condition, ...]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Any:
    """At least one condition holds."""

    parts: tuple[Condition, ...]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    part: Condition
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class FactIs:
    """A boolean or choice fact is one of *options* (``negated``: none of them)."""

    name: str
    options: frozenset[Option]
    negated: bool = False
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Includes:
    """The answer to a fact of type ``choices`` holds at least one of *options*."""

    name: str
    options: frozenset[str]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class ReadingIs:
    """An unsettled point of law is read in one of these ways."""

    name: str
    options: frozenset[str]
    negated: bool = False
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Compare:
    """A number or date lies within a lower and an upper limit (one of them may be missing)."""

    left: FactValue | DefinitionValue
    lower: Limit | None
    upper: Limit | None
    negated: bool = False
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Some:
    """At least one item of a list satisfies *where*."""

    item: str
    where: Condition
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class Every:
    """Every item of a list satisfies *where*; true over an empty list."""

    item: str
    where: Condition
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class HoldsCondition:
    """A named condition holds, as written, on any day."""

    name: str
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class HoldsRule:
    """A rule is in force, not displaced, applies and is not exempted."""

    rule: str
    note: Note = NO_NOTE


Condition = (
    All
    | Any
    | Not
    | FactIs
    | Includes
    | ReadingIs
    | Compare
    | Some
    | Every
    | HoldsCondition
    | HoldsRule
)
