"""The vocabulary: facts with type, unit, bounds, gates and constraints, and the packs of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from compliancecheck.model.conditions import Condition
from compliancecheck.model.texts import Place, Texts
from compliancecheck.model.values import ANY, Interval, Number, Option


class FactType(StrEnum):
    """The type of a fact; it directs how the text of an answer is read."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"  # a set of options
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    TEXT = "text"
    LIST = "list"

    @property
    def is_numeric(self) -> bool:
        """Whether values are spans of numbers (dates are day ordinals)."""
        return self in _NUMERIC

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers occur (counts and days)."""
        return self in (FactType.INTEGER, FactType.DATE)


_NUMERIC = frozenset(
    {FactType.INTEGER, FactType.NUMBER, FactType.PERCENT, FactType.MONEY, FactType.DATE}
)


class GateValue(StrEnum):
    """A gate's value that depends on the day of evaluation, or an empty list."""

    NOT_YET = "not yet"  # a day after the day of evaluation
    AS_OF = "as_of"  # the day of evaluation
    EMPTY_LIST = "[]"  # of a list or of a set


@dataclass(frozen=True, slots=True)
class Gate:
    """While *only_if* is false the fact is *otherwise*; while it is true, it is in its bounds."""

    only_if: Condition
    otherwise: Option | Number | GateValue


@dataclass(frozen=True, slots=True)
class Counted:
    """A count from a day on: ``start_of_year``, ``start_of_previous_year`` or a year."""

    start: str | int
    fresh_for: int  # days for which an older count is taken as it is


@dataclass(frozen=True, slots=True)
class Citation:
    """An instrument and an article, as cited beside a fact or a rule."""

    instrument: str
    article: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One input that a company answers.

    ``name`` is the full name in rules (``data_export.ciio``, ``transfer.purpose``).  A fact of
    an item has ``list`` (``data_export.transfers``) and ``item`` (``transfer``).  A list fact
    has ``item`` and ``fields``; ``key`` is the field that names an item.
    """

    name: str
    type: FactType
    label: Texts
    pack: str
    question: Texts | None = None
    help: Texts | None = None
    unit: str | None = None  # money: the currency, as CNY
    choices: Mapping[str, Texts] = field(default_factory=dict)
    bounds: Interval = ANY
    usual: Interval | None = None
    gate: Gate | None = None
    counted: Counted | None = None
    event: bool = False
    optional: bool = False
    theme: str | None = None
    cite: tuple[Citation, ...] = ()
    list: str | None = None
    item: str | None = None
    key: str | None = None
    fields: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    place: Place | None = None

    def item_of(self) -> str | None:
        """The item to which the fact belongs (``transfer``); None: the company."""
        return self.item if self.list else None

    @property
    def field_name(self) -> str:
        """The name inside an item (``purpose``), or the full name of a company's fact."""
        return self.name.rsplit(".", 1)[1] if self.list else self.name


@dataclass(frozen=True, slots=True)
class Constraint:
    """*lesser* is at most *factor* times *greater* (facts; of one item where *each* is set)."""

    lesser: str
    greater: str
    factor: Number
    says: Texts
    each: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A directory of rules with its vocabulary; *gate* is the fact that is asked first."""

    id: str
    title: Texts
    gate: str | None = None
    themes: Mapping[str, Texts] = field(default_factory=dict)
    sha256: str = ""
    path: str = ""
