"""Numbers, dates and intervals as people read them, in English and Chinese; always exact."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from compliancecheck.model.facts import FactType
from compliancecheck.model.texts import Texts, iso
from compliancecheck.model.values import Interval, Number

_CURRENCIES = {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元"}
_EN_SCALES = ((10**9, " billion"), (10**6, " million"))
_ZH_SCALES = ((10**8, "亿"), (10**4, "万"))
_DIGITS = 6  # decimals of a number that no decimal can write
_MOST_DIGITS = 60


def decimal_text(value: Number, digits: int | None = None) -> str:
    """A number in decimals with thousands separators; cut towards 0 after *digits* decimals.

    Without *digits* it is exact; a number that no decimal can write is then a fraction (1/3).
    """
    value = Fraction(value)
    if digits is None:
        exact_digits = _exact_digits(value)
        if exact_digits is None:
            return f"{value.numerator}/{value.denominator}"
        digits = exact_digits
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled.numerator // scaled.denominator, 10**digits)
    sign = "-" if value < 0 and (whole or rest) else ""
    fraction = f"{rest:0{digits}d}".rstrip("0") if digits else ""
    return f"{sign}{whole:,}" + (f".{fraction}" if fraction else "")


def _exact_digits(value: Fraction) -> int | None:
    """The decimals that write a number exactly; None if there are not that many."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def digits_beside(value: Number, bound: Number, least: int = 2) -> int:
    """The decimals that keep a number, cut towards 0, visibly on its own side of a bound."""
    if value == bound:
        return least
    for digits in range(least, _MOST_DIGITS):
        cut = _cut(Fraction(value), digits)
        if (value > bound and cut > bound) or (value < bound and cut < bound):
            return digits
    return _MOST_DIGITS


def _cut(value: Fraction, digits: int) -> Fraction:
    scaled = abs(value) * 10**digits
    cut = Fraction(scaled.numerator // scaled.denominator, 10**digits)
    return -cut if value < 0 else cut


def share_text(value: Number, bound: Number | None = None, least: int = 2) -> str:
    """A share as a percentage, with the digits that keep it on its side of *bound*."""
    percent = Fraction(value) * 100
    exact_digits = _exact_digits(percent)
    if exact_digits is not None and exact_digits <= least:
        return decimal_text(percent) + "%"
    digits = least if bound is None else digits_beside(percent, Fraction(bound) * 100, least)
    return decimal_text(percent, digits) + "%"


def number_words(type: str, unit: str | None, value: Number) -> Texts:
    """A number as it is read: ``1,200,000``, ``CNY 36 million``, ``3%``, ``2024-03-22``.

    *type* is a :class:`~compliancecheck.model.facts.FactType`; a date is a day ordinal, money is
    in units of its currency, a percentage a share.  Nothing is rounded; a number that no decimal
    can write says that it is cut.
    """
    kind = FactType(type)
    if kind is FactType.DATE:
        return _same(iso(int(value)))
    if kind is FactType.PERCENT:
        return _number(Fraction(value) * 100, "%", "%")
    if kind is FactType.MONEY:
        return _money(unit or "", value)
    if kind is FactType.INTEGER:
        return Texts(_text(value), _scaled(value, _ZH_SCALES, 0) or _text(value))
    suffix = f" {unit}" if unit else ""
    return _number(value, suffix, suffix)


def _same(text: str) -> Texts:
    return Texts(text, text)


def _number(value: Number, en: str, zh: str) -> Texts:
    return Texts(f"{_text(value)}{en}", f"{_text(value, '约')}{zh}")


def _text(value: Number, about: str = "about ") -> str:
    if _exact_digits(Fraction(value)) is None:
        return about + decimal_text(value, _DIGITS)
    return decimal_text(value)


def _money(unit: str, value: Number) -> Texts:
    en = _scaled(value, _EN_SCALES, 3) or _text(value)
    zh = _scaled(value, _ZH_SCALES, 2) or _text(value, "约")
    name = _CURRENCIES.get(unit)
    return Texts(f"{unit} {en}".strip(), f"{zh}{name}" if name else f"{unit} {zh}".strip())


def _scaled(value: Number, scales: tuple[tuple[int, str], ...], digits: int) -> str | None:
    """The number in millions or 万, if that is exact in a few decimals."""
    for scale, word in scales:
        scaled = Fraction(value) / scale
        own = _exact_digits(scaled)
        if abs(scaled) >= 1 and own is not None and own <= digits:
            text = decimal_text(scaled)
            if scales is _ZH_SCALES and abs(scaled) < 10_000:
                text = text.replace(",", "")
            return text + word
    return None


def interval_words(type: str, unit: str | None, interval: Interval) -> Texts:
    """An interval as it is read: ``100,000 to 999,999``, ``at least 1,000,000``, ``under 3%``."""
    is_date = FactType(type) is FactType.DATE
    if interval.is_point and interval.low is not None:
        return number_words(type, unit, interval.low)
    low = None if interval.low is None else number_words(type, unit, interval.low)
    high = None if interval.high is None else number_words(type, unit, interval.high)
    if low is None and high is None:
        return Texts("any day", "任何日期") if is_date else Texts("any number", "任何数值")
    if low and high and (low.zh == low.en) != (high.zh == high.en) and type == FactType.INTEGER:
        low, high = _same(low.en), _same(high.en)  # both ends in one style
    if low and high and not interval.low_open and not interval.high_open:
        return Texts(f"{low.en} to {high.en}", f"{low.zh}至{high.zh}")
    parts = []
    if low is not None:
        parts.append(lower_words(low, interval.low_open, is_date))
    if high is not None:
        parts.append(upper_words(high, interval.high_open, is_date))
    return joined(parts, " and ", "且")


def lower_words(bound: Texts, strict: bool, is_date: bool = False) -> Texts:
    """A lower bound in words: ``at least 5``, ``over 5``, ``on or after 2024-03-22``."""
    if is_date:
        return (
            Texts(f"after {bound.en}", f"晚于{bound.zh}")
            if strict
            else Texts(f"on or after {bound.en}", f"不早于{bound.zh}")
        )
    return (
        Texts(f"over {bound.en}", f"超过{bound.zh}")
        if strict
        else Texts(f"at least {bound.en}", f"不少于{bound.zh}")
    )


def upper_words(bound: Texts, strict: bool, is_date: bool = False) -> Texts:
    """An upper bound in words: ``under 5``, ``at most 5``, ``before 2024-03-22``."""
    if is_date:
        return (
            Texts(f"before {bound.en}", f"早于{bound.zh}")
            if strict
            else Texts(f"on or before {bound.en}", f"不晚于{bound.zh}")
        )
    return (
        Texts(f"under {bound.en}", f"不满{bound.zh}")
        if strict
        else Texts(f"at most {bound.en}", f"不超过{bound.zh}")
    )


def joined(parts: Iterable[Texts], en: str, zh: str) -> Texts:
    """Texts put together, with a word of each language between them."""
    kept = list(parts)
    return Texts(en.join(p.get("en") for p in kept), zh.join(p.get("zh") for p in kept))
