"""Numbers and ranges as a person would write them for a fact, exact."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.texts import Texts, iso
from compliancecheck.model.values import Interval, Number, exact

_LOW = Texts("over", "超过"), Texts("at least", "不少于")
_LOW_OF_DAYS = Texts("after", "晚于"), Texts("on or after", "不早于")
_HIGH = Texts("under", "不满"), Texts("at most", "不超过")
_HIGH_OF_DAYS = Texts("before", "早于"), Texts("on or before", "不晚于")
_SIDES = ("at_least", "over", "at_most", "under")


def in_words(fact: Fact, values: Interval) -> str:
    """A range as it would be written: ``at least 0``, ``over 0%, at most 100%``."""
    if values.low is not None and values.low == values.high:
        return value_text(fact, values.low)
    return ", ".join(f"{side.en} {value}" for side, value in _sides_of(fact, values)) or "anything"


def range_words(fact: Fact, values: Interval) -> Texts:
    """A range in both languages; the Chinese has the values as they would be written."""
    english = in_words(fact, values)
    if values.low is not None and values.low == values.high:
        return Texts(english, f" `{english}`")
    chinese = "且".join(f"{side.zh} `{value}`" for side, value in _sides_of(fact, values))
    return Texts(english, chinese or "任意值")


def _sides_of(fact: Fact, values: Interval) -> Iterator[tuple[Texts, str]]:
    """The ends that a range has: the words for the side, and the value as it is written."""
    day = fact.type is FactType.DATE
    if values.low is not None:
        over, least = _LOW_OF_DAYS if day else _LOW
        yield over if values.low_open else least, value_text(fact, values.low)
    if values.high is not None:
        under, most = _HIGH_OF_DAYS if day else _HIGH
        yield under if values.high_open else most, value_text(fact, values.high)


def as_written(fact: Fact, values: Interval) -> str | dict[str, str]:
    """A range as it could stand in a profile: one text, or both its sides by name."""
    low, high = values.low, values.high
    if low is None and high is None:
        return "unknown"
    if low is None or high is None or low == high:
        return in_words(fact, values)
    if not values.low_open and not values.high_open:
        return f"{value_text(fact, low)}..{value_text(fact, high)}"
    day = fact.type is FactType.DATE
    sides = ("on_or_after", "after", "on_or_before", "before") if day else _SIDES
    return {
        sides[values.low_open]: value_text(fact, low),
        sides[2 + values.high_open]: value_text(fact, high),
    }


def value_text(fact: Fact, value: Number) -> str:
    """A number as it can be written for a fact, exact: ``1200000``, ``3.2%``, ``CNY 5``."""
    if fact.type is FactType.DATE:
        return iso(int(value))
    if fact.type is FactType.PERCENT:
        return _decimal(exact(value * 100)) + "%"
    if fact.type is FactType.MONEY:
        return f"{fact.unit} {_decimal(value)}"
    return _decimal(value)


def _decimal(value: Number) -> str:
    """A decimal where there is an exact one, else a ratio."""
    if isinstance(value, int):
        return str(value)
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
