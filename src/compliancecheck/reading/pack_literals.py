"""Literals of packs: numbers, days and ranges, read as the type that they are compared with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.texts import DayRange, Place, Texts
from compliancecheck.model.values import Interval, Number
from compliancecheck.reading.numbers import Refused, read_number
from compliancecheck.reading.pack_names import BOUND_WORDS, DAY_WORDS, DOTTED, KEBAB
from compliancecheck.reading.scalars import BOOLEANS, DAY_SIDES, NUMBER_SIDES
from compliancecheck.reading.source import Mapping, Node, Scalar

_INTEGERS = (FactType.INTEGER, FactType.NUMBER)
_EXPECTED = {
    FactType.INTEGER: "write a number like 1000000",
    FactType.NUMBER: "write a number like 0.5",
    FactType.PERCENT: "write a percentage like `3%`",
    FactType.DATE: "write a day like 2024-03-22",
}
_GUESSES = (FactType.INTEGER, FactType.NUMBER, FactType.PERCENT, FactType.DATE)


class Refuses(Protocol):
    """Where problems go."""

    def refuse(self, at: Node | Place, message: str, hint: str | None = None) -> None:
        """Notes a problem."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The type and unit of a number or date."""

    type: FactType
    unit: str | None = None

    def alike(self, other: Typed) -> bool:
        """Whether the two can be compared and added: same kind, same unit."""
        if self.type in _INTEGERS and other.type in _INTEGERS:
            return self.unit == other.unit
        return self == other

    def __str__(self) -> str:
        name = "an integer" if self.type is FactType.INTEGER else f"a {self.type}"
        if self.type is FactType.MONEY:
            return f"an amount in {self.unit}"
        return f"{name} ({self.unit})" if self.unit else name


def truth(node: Scalar) -> bool | None:
    """The truth that a plain scalar writes, or None."""
    return None if node.quoted else BOOLEANS.get(node.text.lower())


def looks_like_name(node: Node) -> bool:
    """Whether a scalar is written like the name of a fact or definition."""
    if not isinstance(node, Scalar) or node.quoted or node.text in ("as_of", "unknown"):
        return False
    name = node.text.rsplit("/", 1)[-1]
    return bool(KEBAB.fullmatch(name) or DOTTED.fullmatch(name))


class Literals:
    """Reads literals; what is wrong goes to *desk*."""

    def __init__(self, desk: Refuses) -> None:
        self.desk = desk

    def number(self, node: Node, typed: Typed) -> Number | None:
        """A number (share, amount, day ordinal) of the type; None, and a problem, otherwise."""
        if not isinstance(node, Scalar):
            self.desk.refuse(node, f"{typed} belongs here, not a list or a mapping")
            return None
        if typed.type is FactType.DATE and node.text == "not yet":
            self.desk.refuse(
                node, "`not yet` is no literal of a condition", "write `{after: as_of}`"
            )
            return None
        try:
            return read_number(_fact(typed), node.text)
        except Refused as refused:
            amount = f"write an amount like `{typed.unit} 1.5 billion`"
            self.desk.refuse(node, refused.says.en, _EXPECTED.get(typed.type, amount))
            return None

    def guess(self, node: Scalar) -> Typed | None:
        """The type of a literal that stands alone, from how it is written."""
        for kind in _GUESSES:
            try:
                read_number(_fact(Typed(kind)), node.text)
            except Refused:
                continue
            return Typed(kind)
        currency = node.text[:3]
        if currency.isascii() and currency.isupper() and len(currency) == 3:
            return Typed(FactType.MONEY, currency)
        self.desk.refuse(node, f"`{node.text}` is neither a number nor a day")
        return None

    def count(self, node: Node) -> int | None:
        """A whole number over 0."""
        value = self.number(node, Typed(FactType.INTEGER))
        if isinstance(value, int) and value > 0:
            return value
        if value is not None:
            self.desk.refuse(node, "a whole number over 0 belongs here")
        return None

    def day(self, node: Node) -> int | None:
        """The ordinal of a day."""
        found = self.number(node, Typed(FactType.DATE))
        return None if found is None else int(found)

    def days(self, node: Scalar | None) -> DayRange | None:
        """A day, or a range `a..b` where the day is disputed; None if it is left out or wrong."""
        if node is None:
            return None
        first, dots, last = node.text.partition("..")
        ends: list[int] = []
        for text in (first, last) if dots else (first,):
            part = Scalar(text.strip(), node.style, node.start, node.end, node.origin)
            day = self.day(part)
            if day is None:
                return None
            ends.append(day)
        if ends[-1] < ends[0]:
            self.desk.refuse(node, "the range ends before it begins")
            return None
        return DayRange(ends[0], ends[-1])

    def interval(self, node: Mapping, typed: Typed) -> Interval | None:
        """Bounds, as `{at_least: 0, under: 10}`; None, and a problem, if they are wrong."""
        is_day = typed.type is FactType.DATE
        sides, words = (DAY_SIDES, DAY_WORDS) if is_day else (NUMBER_SIDES, BOUND_WORDS)
        values = Interval()
        seen: set[bool] = set()
        for key, value in node.entries:
            if key.text not in sides:
                self.desk.refuse(
                    key, f"`{key.text}` is no bound of {typed}", f"write one of {', '.join(words)}"
                )
                return None
            lower, strict = sides[key.text]
            if lower in seen:
                self.desk.refuse(key, "a range has at most one lower and one upper bound")
                return None
            seen.add(lower)
            bound = self.number(value, typed)
            if bound is None:
                return None
            side = Interval(bound, None, strict) if lower else Interval(None, bound, False, strict)
            values = values.meet(side)
        if typed.type.is_whole:
            values = values.whole()
        if not node.entries or values.is_empty:
            self.desk.refuse(node, "nothing lies within these bounds")
            return None
        return values


_NO_TEXT = Texts("", "")
_ANY_FACT = Fact("", FactType.NUMBER, _NO_TEXT, "")


def _fact(typed: Typed) -> Fact:
    # The reader of numbers asks a fact for type and unit.
    return replace(_ANY_FACT, type=typed.type, unit=typed.unit)
