"""Numbers and ranges as a person would write them for a fact, exact."""

from __future__ import annotations

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.texts import Texts, iso
from compliancecheck.model.values import Interval, Number, exact

_SIDES = ("at_least", "over", "at_most", "under")


def in_words(fact: Fact, values: Interval) -> str:
    """A range as it would be written: ``at least 0``, ``over 0%, at most 100%``."""
    low, high = values.low, values.high
    day = fact.type is FactType.DATE
    if low is not None and low == high:
        return value_text(fact, low)
    parts = []
    if low is not None:
        word = ("after", "on or after") if day else ("over", "at least")
        parts.append(f"{word[not values.low_open]} {value_text(fact, low)}")
    if high is not None:
        word = ("before", "on or before") if day else ("under", "at most")
        parts.append(f"{word[not values.high_open]} {value_text(fact, high)}")
    return ", ".join(parts) or "anything"


def range_words(fact: Fact, values: Interval) -> Texts:
    """A range in both languages; the Chinese has the values as they would be written."""
    low, high = values.low, values.high
    english = in_words(fact, values)
    if low is None and high is None:
        return Texts(english, "任意值")
    if low is not None and low == high:
        return Texts(english, f" `{english}`")
    day = fact.type is FactType.DATE
    parts = []
    if low is not None:
        word = ("晚于", "不早于") if day else ("超过", "不少于")
        parts.append(f"{word[not values.low_open]} `{value_text(fact, low)}`")
    if high is not None:
        word = ("早于", "不晚于") if day else ("不满", "不超过")
        parts.append(f"{word[not values.high_open]} `{value_text(fact, high)}`")
    return Texts(english, "且".join(parts))


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
