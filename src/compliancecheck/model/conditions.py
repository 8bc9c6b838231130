"""The nodes of conditions and of values: a closed set of small dataclasses.

A condition is judged on facts, definitions and readings; a value is what a definition computes
or what a fact is compared with.  Names are resolved and literals typed when packs are read.
``docs/writing-rules.md`` shows the YAML form of each.
"""

from __future__ import annotations

from dataclasses import dataclass

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
class Case:
    """One case of a :class:`Choose`."""

    when: Condition
    value: Value


@dataclass(frozen=True, slots=True)
class Choose:
    """The value of the first case whose condition is true, else ``otherwise``."""

    cases: tuple[Case, ...]
    otherwise: Value


@dataclass(frozen=True, slots=True)
class Shift:
    """A date plus (or minus) years and months; on a missing day, the month's last day."""

    of: Value
    months: int


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
    Literal | FactValue | DefinitionValue | AsOf | PercentOf | Sum | Choose | Shift | DistinctTotal
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
class HoldsCondition:
    """A named condition holds, as written, on any day."""

    name: str
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True)
class HoldsRule:
    """A rule is in force, not displaced, applies and is not exempted."""

    rule: str
    note: Note = NO_NOTE


Condition = All | Any | Not | FactIs | ReadingIs | Compare | Some | HoldsCondition | HoldsRule
