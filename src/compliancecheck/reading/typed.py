"""Chinese as a person types it into a field, turned into the words that profiles are written in.

Only what is typed passes here: the grammar of profiles knows ``at least 1000000``, and that is
what is written for 至少100万. 以上, 以下, 以内 include the bound; 不满, 低于, 超过 leave it out.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction

from compliancecheck.model.facts import Fact, FactType

_UNKNOWN = frozenset({"未知", "不知道", "不清楚", "不详", "不确定"})
_NOT_YET = frozenset({"尚未", "还没有", "未发生"})
_AT_LEAST = "至少|最少|起码|不少于|不低于|不小于"
_AT_MOST = "至多|最多|不超过|不高于|不多于|不大于"
_OVER = "超过|高于|多于|大于"
_UNDER = "不满|不足|不到|低于|少于|小于"
_BEFORE = {"不早于": "on_or_after", "不晚于": "on_or_before", "不迟于": "on_or_before",
           "早于": "before", "晚于": "after"}  # fmt: skip
_SIDES = {
    **dict.fromkeys(_AT_LEAST.split("|"), "at_least"),
    **dict.fromkeys(_AT_MOST.split("|"), "at_most"),
    **dict.fromkeys(_OVER.split("|"), "over"),
    **dict.fromkeys(_UNDER.split("|"), "under"),
}
"""What stands before a bound, and the side of a range that it means."""
_AFTER = {"及以上": "at_least", "以上": "at_least", "及以下": "at_most", "以下": "at_most",
          "以内": "at_most"}  # fmt: skip
_DAY_AFTER = {"之前": "before", "之后": "after", "及以后": "on_or_after", "及以前": "on_or_before"}
"""What stands behind a bound. 以前 and 以后 alone are read both ways, and are not guessed."""
_FACTORS = {"千": 10**3, "万": 10**4, "亿": 10**8}
_NUMBER = re.compile(r"(-?[0-9][0-9,]*(?:\.[0-9]+)?) ?(千万|百万|千|万|亿)?")
_CHINESE_DAY = re.compile("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_COUNTERS = {"people": "人|名|个人"}
_MONEY = {"CNY": "元|元人民币|人民币", "USD": "美元", "EUR": "欧元", "HKD": "港元|港币"}


def as_written(fact: Fact, typed: str) -> str:
    """What was typed for a number, share, amount or day as a profile has it.

    What is no such Chinese, and each other fact, is given back as it was typed.
    """
    if typed.strip() in _UNKNOWN and fact.type is not FactType.TEXT:
        return "unknown"
    if not fact.type.is_numeric:
        return typed
    if fact.event and typed.strip() in _NOT_YET:
        return "not yet"
    if typed.isascii():
        return typed
    text = unicodedata.normalize("NFKC", typed).strip().replace("。", "")
    return _range(fact, text) or typed


def _range(fact: Fact, text: str) -> str:
    """A range or a single value; empty: neither."""
    day = fact.type is FactType.DATE
    between = re.fullmatch(r"(?:从|自)?(.+?) ?(?:至|到|~|—|–) ?(.+?)(?:之间)?", text)
    if between:
        low, high = between[1], between[2]
        if not day and high[-1:] in _FACTORS and low[-1:].isdigit():
            low = ""  # 10至50万 is said of 10万, and of 10
        ends = _value(fact, low), _value(fact, high)
        return f"{ends[0]}..{ends[1]}" if all(ends) else ""
    sides = [side for side in _parts(fact, text, day=day) if side[1]]
    if len(sides) == 1:
        ((name, bound),) = sides
        return f"{name.replace('_', ' ')} {bound}".strip()
    if len(sides) == 2:
        return "{" + ", ".join(f"{name}: {bound}" for name, bound in sides) + "}"
    return ""


def _parts(fact: Fact, text: str, *, day: bool) -> list[tuple[str, str]]:
    """The sides of a range, each with its bound; a single value is one without a name."""
    before, after = (_BEFORE, _DAY_AFTER) if day else (_SIDES, _AFTER)
    heads, tails = "|".join(before), "|".join(sorted(after, key=len, reverse=True))
    pattern = f"(?:({heads}) ?(.+?)|(.+?) ?({tails}))"
    if both := re.fullmatch(f"{pattern}[,，、]? ?(?:且|但|而)?{pattern}", text):
        sides = [_side(fact, both.groups()[n : n + 4], before, after) for n in (0, 4)]
        return sides if all(bound for _, bound in sides) else []
    if one := re.fullmatch(pattern, text):
        return [_side(fact, one.groups(), before, after)]
    return [("", _value(fact, text))]


def _side(
    fact: Fact, found: tuple[str | None, ...], before: dict[str, str], after: dict[str, str]
) -> tuple[str, str]:
    head, behind, ahead, tail = found
    if head is not None:
        return before[head], _value(fact, behind or "")
    return after[tail or ""], _value(fact, ahead or "")


def _value(fact: Fact, text: str) -> str:
    """One number, share, amount or day; empty: it is none."""
    text = text.strip()
    if fact.type is FactType.DATE:
        return _day(text)
    unit = ""
    if fact.type is FactType.MONEY:
        unit = fact.unit or ""
        words = _MONEY.get(unit, "")
        text = text.removeprefix("人民币" if unit == "CNY" else "").removeprefix(unit).strip()
        named = re.fullmatch(f"(.+?) ?(?:{words})", text) if words else None
        text, unit = (named[1] if named else text), unit + " "
    elif counter := _COUNTERS.get(fact.unit or ""):
        counted = re.fullmatch(f"(.+?) ?(?:{counter})", text)
        text = counted[1] if counted else text
    share = "%" if text.endswith("%") else ""
    found = _NUMBER.fullmatch(text.removesuffix("%").strip())
    return f"{unit}{_figure(found)}{share}" if found else ""


def _figure(found: re.Match[str]) -> str:
    """A number with its 万 or 亿 written out; exact."""
    digits, factor = found[1], found[2] or ""
    if not factor:
        return digits
    times = 1
    for sign in factor:
        times *= {"百": 100, **_FACTORS}[sign]
    value = Fraction(digits.replace(",", "")) * times
    if value.denominator == 1:
        return str(value.numerator)
    places = len(digits.partition(".")[2])
    whole, rest = divmod(abs(value), 1)
    decimals = str(int(rest * 10**places)).zfill(places).rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}.{decimals}"


def _day(text: str) -> str:
    found = _CHINESE_DAY.fullmatch(text)
    if not found:
        return text if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""
