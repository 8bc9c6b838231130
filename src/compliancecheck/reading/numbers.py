"""The texts of numbers, shares, amounts and days: exact, and refused where not plain.

The patterns stand alone so that the JSON Schema of profiles can repeat them: what an editor
accepts is what is read here.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Number, exact
from compliancecheck.reading.problems import Told
from compliancecheck.reading.source import Node

MAX_DIGITS = 30
MAX_LENGTH = 200

WHOLE = "(?:[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:_[0-9]{3})+)|0|[1-9][0-9]*)"
DECIMAL = rf"-?{WHOLE}(?:\.[0-9]+)?"
RATIO = rf"-?{WHOLE}/{WHOLE}"
FACTOR = "(?: million| billion| ?万| ?亿)"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

_FACTORS = {"million": 10**6, "billion": 10**9, "万": 10**4, "亿": 10**8}
_AMOUNT = re.compile(f"(?P<ratio>{RATIO})|(?P<decimal>{DECIMAL})(?P<factor>{FACTOR})?")
_DAY = re.compile(DAY)
_WIDE = re.compile("[０-９％：，．－／＋～]")
_LOOSE_DAY = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_MONTH = re.compile("([0-9]{4})[-/.年]([0-9]{1,2})月?")
_OTHER_WORDS = {">=": "at least", "<=": "at most", "≥": "at least", "≤": "at most", ">": "over",
                "<": "under", "more than": "over", "less than": "under", "up to": "at most",
                "from": "at least", "minimum": "at least", "maximum": "at most"}  # fmt: skip


class Refused(Told):
    """A value that is not accepted: why, what to write instead, and which node it is."""

    def __init__(self, says: Texts, advice: Texts | None = None, node: Node | None = None) -> None:
        super().__init__(says)
        self.advice = advice
        self.node = node


def pattern(fact: Fact) -> str:
    """The pattern of one value of a numeric or date fact, without anchors."""
    # Only what has a meaning in patterns is escaped: editors read them by JavaScript's rules.
    unit = re.sub(r"([\\.*+?^${}()|\[\]])", r"\\\1", fact.unit or "")
    follows = f"(?: ?{unit})?" if unit else ""
    if fact.type is FactType.DATE:
        return DAY
    if fact.type is FactType.PERCENT:
        return f"(?:{RATIO}|{DECIMAL}) ?%"
    if fact.type is FactType.MONEY:
        return f"{unit} (?:{RATIO}|{DECIMAL}{FACTOR}?)"
    if fact.type is FactType.INTEGER:
        return f"{DECIMAL}{FACTOR}?{follows}"
    return f"(?:{RATIO}|{DECIMAL}{FACTOR}?){follows}"


def read_number(fact: Fact, text: str) -> Number:
    """The number (share, amount, day ordinal) that *text* is for *fact*.

    Raises :class:`Refused` for anything that is not exactly of the fact's type and unit.
    """
    _bounded(text)
    if fact.type is FactType.DATE:
        return _read_day(fact, text)
    if re.fullmatch(pattern(fact), text) is None:
        raise Refused(_not_a(fact, text), _advice(fact, text))
    found = _AMOUNT.search(text, len(fact.unit or "") if fact.type is FactType.MONEY else 0)
    assert found is not None  # the pattern holds an amount
    value = _amount(fact, text, found)
    if fact.type is FactType.PERCENT:
        value = exact(Fraction(value) / 100)
    if fact.type is FactType.INTEGER and not isinstance(value, int):
        raise Refused(_not_a(fact, text), expected(fact))
    return value


def _bounded(text: str) -> None:
    if len(text) > MAX_LENGTH or sum(map(str.isdigit, text)) > MAX_DIGITS:
        raise Refused(
            Texts(
                f"`{shorten(text, 24)}` has more than {MAX_DIGITS} digits, or is too long",
                f"`{shorten(text, 24)}` 超过 {MAX_DIGITS} 位数字，或过长",
            ),
            Texts(
                "write fewer digits; no amount of a company needs them",
                "请减少位数；企业的数额用不到这么多位",
            ),
        )


def _amount(fact: Fact, text: str, found: re.Match[str]) -> Number:
    digits = found[0].replace(",", "").replace("_", "")
    if found["ratio"]:
        above, below = digits.split("/")
        if int(below) == 0:
            shown = shorten(text)
            raise Refused(Texts(f"`{shown}` divides by zero", f"`{shown}` 除以零"), expected(fact))
        return exact(Fraction(int(above), int(below)))
    factor = (found["factor"] or "").strip()
    plain = digits.removesuffix(found["factor"] or "")
    return exact(Fraction(plain) * _FACTORS.get(factor, 1))


def _read_day(fact: Fact, text: str) -> int:
    if _DAY.fullmatch(text) is None:
        shown = shorten(text)
        says = Texts(f"`{shown}` is not a day", f"`{shown}` 不是日期")
        raise Refused(says, _day_advice(fact, text))
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        says = Texts(f"`{text}` is not a day of the calendar", f"日历上没有 `{text}` 这一天")
        raise Refused(says, expected(fact)) from None


def _not_a(fact: Fact, text: str) -> Texts:
    kinds = {
        FactType.INTEGER: Texts("a whole number", "整数"),
        FactType.NUMBER: Texts("a number", "数字"),
        FactType.PERCENT: Texts("a percentage", "百分比"),
        FactType.MONEY: Texts("an amount of money", "金额"),
    }
    kind, shown = kinds[fact.type], shorten(text)
    of = f" of {fact.unit}" if fact.unit and fact.type is FactType.INTEGER else ""
    return Texts(f"`{shown}` is not {kind.en}{of}", f"`{shown}` 不是{kind.zh}")


def expected(fact: Fact) -> Texts:
    """What can be written for a fact, as a hint."""
    unit = fact.unit or ""
    kind = fact.type
    if kind is FactType.INTEGER:
        return Texts(
            "expected a number like 1200000, a range like `at least 10000`, or `unknown`",
            "请写数字，如 `1200000`，或范围，如 `at least 10000`，或 `unknown`",
        )
    if kind is FactType.NUMBER:
        shown = f"`250 {unit}`" if unit else "250"
        example = shown if unit else f"`{shown}`"
        return Texts(
            f"expected a number like {shown}, a range like `at least 10`, or `unknown`",
            f"请写数字，如 {example}，或范围，如 `at least 10`，或 `unknown`",
        )
    if kind is FactType.PERCENT:
        return Texts(
            "expected a percentage like `3.2%`, a range like `at most 5%`, or `unknown`",
            "请写百分比，如 `3.2%`，或范围，如 `at most 5%`，或 `unknown`",
        )
    if kind is FactType.MONEY:
        amount, more = f"`{unit} 12.5 million`", f"`at least {unit} 1.5 billion`"
        return Texts(
            f"expected an amount like {amount}, a range like {more}, or `unknown`",
            f"请写金额，如 {amount}，或范围，如 {more}，或 `unknown`",
        )
    if kind is FactType.DATE:
        event = Texts(" `not yet`,", "或 `not yet`，") if fact.event else Texts("", "")
        return Texts(
            "expected a day like 2024-03-22, a range like `before 2024-03-22` or "
            f"`2024-01-01..2024-03-31`,{event.en} or `unknown`",
            "请写日期，如 `2024-03-22`，或范围，如 `before 2024-03-22`、"
            f"`2024-01-01..2024-03-31`，{event.zh}或 `unknown`",
        )
    if kind is FactType.BOOLEAN:
        return YES_OR_NO
    if kind is FactType.CHOICE:
        names = [f"`{name}`" for name in fact.choices]
        shown_names, cut_off = names[:12], len(names) > 12
        return Texts(
            f"one of {', '.join(shown_names)}{', …' if cut_off else ''}, or `unknown`",
            f"可写 {'、'.join(shown_names)}{'……' if cut_off else ''}，或 `unknown`",
        )
    if kind is FactType.CHOICES:
        one = next(iter(fact.choices), "a")
        part = f"`{{includes: [{one}], rest: unknown}}`"
        return Texts(
            f"write a list like `[{one}]`, `[]` for none of them, {part}, or `unknown`",
            f"请写列表，如 `[{one}]`，都没有时写 `[]`，或 {part}，或 `unknown`",
        )
    return Texts("write a text", "请写一段文本")


YES_OR_NO = Texts(
    "write true, false, yes, no or `unknown`", "请写 `true`、`false`、`yes`、`no` 或 `unknown`"
)


def _advice(fact: Fact, text: str) -> Texts:
    """What was probably meant by a text that is no value of *fact*."""
    if _WIDE.search(text):
        return _plain_signs(text)
    low = text.lower()
    for word, ours in _OTHER_WORDS.items():
        if low.startswith(word):
            return _a_range(f"{ours} {text[len(word) :].strip()}")
    meant = re.fullmatch("between (.+) and (.+)", low)
    if meant:
        return _a_range(f"{meant[1]}..{meant[2]}".replace("cny", "CNY"))
    if low.startswith(("about ", "around ", "approximately ", "ca. ", "~", "约", "roughly ")):
        return Texts(
            "write the range in which it surely lies, like `400,000..600,000`",
            "请写它一定落入的范围，如 `400,000..600,000`",
        )
    if low == "not yet":
        return _only_of_events(fact)
    bare = re.fullmatch(f"{RATIO}|{DECIMAL}{FACTOR}?", text) is not None
    if bare and fact.type is FactType.PERCENT:
        return Texts(f"write it with its sign: `{text}%`", f"请加上百分号：`{text}%`")
    if bare and fact.type is FactType.MONEY:
        with_it = f"`{fact.unit} {text}`"
        return Texts(f"write it with its currency: {with_it}", f"请加上币种：{with_it}")
    if fact.type is FactType.MONEY and re.match("[A-Z]{3} |[¥￥$€£]|RMB|人民币", text):
        return _and_expected(
            Texts(f"amounts are in {fact.unit} here", f"此处金额以 `{fact.unit}` 计"), fact
        )
    if re.fullmatch("-?0[0-9]+(\\.[0-9]+)?", text):
        return Texts("write it without leading zeros", "请去掉开头的零")
    if re.fullmatch("[0-9.,_]+", text) and not bare:
        return _and_expected(
            Texts(
                "a comma groups three digits, a point begins decimals",
                "逗号用来分隔每三位数字，小数点后是小数",
            ),
            fact,
        )
    return expected(fact)


def _plain_signs(text: str) -> Texts:
    plain = unicodedata.normalize("NFKC", text)
    return Texts(f"write plain digits and signs: `{plain}`", f"请用半角数字和符号：`{plain}`")


def _a_range(what: str) -> Texts:
    return Texts(f"write a range like `{what}`", f"请写成范围，如 `{what}`")


def _and_expected(says: Texts, fact: Fact) -> Texts:
    more = expected(fact)
    return Texts(f"{says.en}; {more.en}", f"{says.zh}；{more.zh}")


def _only_of_events(fact: Fact) -> Texts:
    says = Texts("`not yet` is only for the day of an event", "`not yet` 只用于事件的日期")
    return _and_expected(says, fact)


def _day_advice(fact: Fact, text: str) -> Texts:
    if _WIDE.search(text):
        return _plain_signs(text)
    if text.lower() == "not yet":
        return _only_of_events(fact)
    loose = _LOOSE_DAY.fullmatch(text)
    if loose:
        day = f"`{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}`"
        return Texts(f"write it as {day}", f"请写成 {day}")
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        following = date(year + number // 12, number % 12 + 1, 1) if 1 <= year < 9999 else None
        if following:
            last = date.fromordinal(following.toordinal() - 1).isoformat()
            days = f"`{last[:7]}-01..{last}`"
            return Texts(f"for a whole month write {days}", f"整月请写成 {days}")
    if re.match(f"{DAY}[T ]", text):
        return Texts(f"a day has no time here; write `{text[:10]}`",
                     f"日期不带时刻；请写 `{text[:10]}`")  # fmt: skip
    return expected(fact)
