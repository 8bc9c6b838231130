"""Margins in words, as they stand after a strip: ``580,000 more``, ``CNY 9 million short``."""

from __future__ import annotations

from fractions import Fraction

from compliancecheck.logic.figures import decimal_text, interval_words, joined
from compliancecheck.logic.margins import LESS, MORE, negative
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Margin
from compliancecheck.model.texts import Texts, iso
from compliancecheck.model.values import Interval, Truth, point

_MOVES = {
    (MORE, ""): Texts("more", "增加"),
    (LESS, ""): Texts("less", "减少"),
    (MORE, FactType.INTEGER.value): Texts("more", "增加"),
    (LESS, FactType.INTEGER.value): Texts("fewer", "减少"),
    (MORE, FactType.DATE.value): Texts("later", "推迟"),
    (LESS, FactType.DATE.value): Texts("earlier", "提前"),
}


def relative_text(margin: Margin) -> str | None:
    """The distance by the bound, as ``+96.67%``; rounded, but never to 0."""
    if margin.relative is None:
        return None
    share = margin.relative.low if margin.relative.low is not None else margin.relative.high
    if share is None:
        return None
    percent = Fraction(share) * 100
    digits = 2
    while percent != 0 and abs(percent) * 10 ** (digits - 1) < 1:
        digits += 1
    rounded = round(percent, digits)
    sign = "+" if share > 0 and not margin.in_scope else ""
    return f"{sign}{decimal_text(rounded)}%"


def margin_words(margin: Margin) -> Texts:
    """A margin after its strip: ``580,000 more``, ``CNY 9 million short``, ``at the bound``."""
    if margin.in_scope:
        return _turning(margin)
    if margin.distance == point(0):
        return (
            Texts("at the bound, not included", "恰在界限，界限不含")
            if margin.strict
            else Texts("at the bound, included", "恰在界限，界限包含")
        )
    met = _met(margin)
    if met is None:
        return _around(margin)
    return _one_side(margin, met, margin.distance if met else negative(margin.distance))


def _turning(margin: Margin) -> Texts:
    """How far a figure of the scope must move to turn the verdict: ``580,000 more turn it``.

    Strict: the bound itself does not turn it yet. Of whole numbers the next one does, of others
    anything beyond it. Of a range it is said what it takes, for that is not known exactly.
    """
    whole, is_date = margin.type == FactType.INTEGER.value, margin.type == FactType.DATE.value
    way = _MOVES[margin.turns or MORE, margin.type if whole or is_date else ""]
    distance, over = margin.distance, Texts("over ", "超过") if margin.strict else Texts("", "")
    if distance == point(0):
        turns = "turn" if way.en == "fewer" else "turns"
        return Texts(f"at the bound; {way.en} {turns} it", f"恰在界限，{way.zh}即有变化")
    if distance.is_point:
        turns = "turns" if not whole or (distance == point(1) and not margin.strict) else "turn"
        how = Texts(f"{over.en}{{}} {way.en} {turns} it", f"{way.zh}{over.zh}{{}}即有变化")
        return _filled(how, margin, distance)
    if margin.strict and (whole or is_date):
        distance, over = distance.plus(point(1)), Texts("", "")
    how = Texts(f"it takes {over.en}{{}} {way.en} to turn it", f"{way.zh}{over.zh}{{}}才有变化")
    return _filled(how, margin, distance)


def _met(margin: Margin) -> Truth:
    """Whether the side of the comparison is met; at a bound that is not included it is not."""
    low, high = margin.distance.low, margin.distance.high
    if low is not None and (low > 0 or (low == 0 and not margin.strict)):
        return True
    if high is not None and (high < 0 or (high == 0 and margin.strict)):
        return False
    return None


def _one_side(margin: Margin, met: bool, distance: Interval) -> Texts:
    bound = margin.bound.low if margin.type == FactType.DATE.value else None
    if not met and bound is not None and margin.bound.is_point and not margin.strict:
        return _filled(_missed_day(int(bound), margin), margin, distance)
    if met:
        how = (
            Texts("{} above the bound", "高于界限{}")
            if margin.turns == LESS
            else Texts("{} left", "尚余{}")
        )
    else:
        how = Texts("{} short", "尚差{}") if margin.turns == MORE else Texts("{} over", "超出{}")
    return _filled(how, margin, distance)


def _missed_day(bound: int, margin: Margin) -> Texts:
    """How a day misses its bound, with the bound: that is the day to know."""
    if margin.turns == MORE:
        return Texts(f"{{}} early, the first day is {iso(bound)}", f"早{{}}，首日为{iso(bound)}")
    return Texts(f"{{}} late, the last day was {iso(bound)}", f"迟{{}}，最后一日为{iso(bound)}")


def _around(margin: Margin) -> Texts:
    """A distance of which it is open on which side of the bound it lies."""
    low, high = margin.distance.low, margin.distance.high
    missed = Texts("at most {} on the wrong side", "至多差{}")
    kept = Texts("at most {} on the right side", "至多余{}")
    parts = []
    if low is not None and low < 0:
        parts.append(_filled(missed, margin, point(-low)))
    if high is not None and high > 0:
        parts.append(_filled(kept, margin, point(high)))
    return joined(parts, ", ", "，")


def _filled(how: Texts, margin: Margin, distance: Interval) -> Texts:
    if margin.type == FactType.DATE.value:
        days = interval_words(FactType.INTEGER.value, None, distance)
        number = Texts(f"{days.en} day{'' if distance == point(1) else 's'}", f"{days.zh}天")
    elif margin.type == FactType.PERCENT.value and distance.is_point and distance.low is not None:
        points = decimal_text(Fraction(distance.low) * 100)
        number = Texts(f"{points} percentage points", f"{points}个百分点")
    else:
        number = interval_words(margin.type, margin.unit, distance)
    return Texts(how.en.format(number.en), how.zh.format(number.zh))
