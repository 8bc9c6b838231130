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
from compliancecheck.model.values import Number, exact
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


class Refused(Exception):
    """A value that is not accepted: why, what to write instead, and which node it is."""

    def __init__(self, message: str, hint: str | None = None, node: Node | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
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
            f"`{shorten(text, 24)}` has more than {MAX_DIGITS} digits, or is too long",
            "write fewer digits; no amount of a company needs them",
        )


def _amount(fact: Fact, text: str, found: re.Match[str]) -> Number:
    digits = found[0].replace(",", "").replace("_", "")
    if found["ratio"]:
        above, below = digits.split("/")
        if int(below) == 0:
            raise Refused(f"`{shorten(text)}` divides by zero", expected(fact))
        return exact(Fraction(int(above), int(below)))
    factor = (found["factor"] or "").strip()
    plain = digits.removesuffix(found["factor"] or "")
    return exact(Fraction(plain) * _FACTORS.get(factor, 1))


def _read_day(fact: Fact, text: str) -> int:
    if _DAY.fullmatch(text) is None:
        raise Refused(f"`{shorten(text)}` is not a day", _day_advice(fact, text))
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        raise Refused(f"`{text}` is not a day of the calendar", expected(fact)) from None


def _not_a(fact: Fact, text: str) -> str:
    kinds = {
        FactType.INTEGER: "a whole number",
        FactType.NUMBER: "a number",
        FactType.PERCENT: "a percentage",
        FactType.MONEY: "an amount of money",
    }
    of = f" of {fact.unit}" if fact.unit and fact.type is FactType.INTEGER else ""
    return f"`{shorten(text)}` is not {kinds[fact.type]}{of}"


def expected(fact: Fact) -> str:
    """What can be written for a fact, as a hint."""
    unit = fact.unit or ""
    kind = fact.type
    if kind is FactType.INTEGER:
        return "expected a number like 1200000, a range like `at least 10000`, or `unknown`"
    if kind is FactType.NUMBER:
        shown = f"`250 {unit}`" if unit else "250"
        return f"expected a number like {shown}, a range like `at least 10`, or `unknown`"
    if kind is FactType.PERCENT:
        return "expected a percentage like `3.2%`, a range like `at most 5%`, or `unknown`"
    if kind is FactType.MONEY:
        return (
            f"expected an amount like `{unit} 12.5 million`, a range like "
            f"`at least {unit} 1.5 billion`, or `unknown`"
        )
    if kind is FactType.DATE:
        event = " `not yet`," if fact.event else ""
        return (
            "expected a day like 2024-03-22, a range like `before 2024-03-22` or "
            f"`2024-01-01..2024-03-31`,{event} or `unknown`"
        )
    if kind is FactType.BOOLEAN:
        return "write true, false, yes, no or `unknown`"
    if kind is FactType.CHOICE:
        names = [f"`{name}`" for name in fact.choices]
        shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
        return f"one of {shown}, or `unknown`"
    if kind is FactType.CHOICES:
        first = next(iter(fact.choices), "a")
        return (
            f"write a list like `[{first}]`, `[]` for none of them, "
            f"`{{includes: [{first}], rest: unknown}}`, or `unknown`"
        )
    return "write a text"


def _advice(fact: Fact, text: str) -> str:
    """What was probably meant by a text that is no value of *fact*."""
    if _WIDE.search(text):
        return f"write plain digits and signs: `{unicodedata.normalize('NFKC', text)}`"
    low = text.lower()
    for word, ours in _OTHER_WORDS.items():
        if low.startswith(word):
            return f"write a range like `{ours} {text[len(word) :].strip()}`"
    meant = re.fullmatch("between (.+) and (.+)", low)
    if meant:
        return f"write a range like `{meant[1]}..{meant[2]}`".replace("cny", "CNY")
    if low.startswith(("about ", "around ", "approximately ", "ca. ", "~", "约", "roughly ")):
        return "write the range in which it surely lies, like `400,000..600,000`"
    if low == "not yet":
        return f"`not yet` is only for the day of an event; {expected(fact)}"
    bare = re.fullmatch(f"{RATIO}|{DECIMAL}{FACTOR}?", text) is not None
    if bare and fact.type is FactType.PERCENT:
        return f"write it with its sign: `{text}%`"
    if bare and fact.type is FactType.MONEY:
        return f"write it with its currency: `{fact.unit} {text}`"
    if fact.type is FactType.MONEY and re.match("[A-Z]{3} |[¥￥$€£]|RMB|人民币", text):
        return f"amounts are in {fact.unit} here; {expected(fact)}"
    if re.fullmatch("-?0[0-9]+(\\.[0-9]+)?", text):
        return "write it without leading zeros"
    if re.fullmatch("[0-9.,_]+", text) and not bare:
        return f"a comma groups three digits, a point begins decimals; {expected(fact)}"
    return expected(fact)


def _day_advice(fact: Fact, text: str) -> str:
    if _WIDE.search(text):
        return f"write plain digits and signs: `{unicodedata.normalize('NFKC', text)}`"
    if text.lower() == "not yet":
        return f"`not yet` is only for the day of an event; {expected(fact)}"
    loose = _LOOSE_DAY.fullmatch(text)
    if loose:
        return f"write it as `{loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}`"
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        following = date(year + number // 12, number % 12 + 1, 1) if 1 <= year < 9999 else None
        if following:
            last = date.fromordinal(following.toordinal() - 1)
            return f"for a whole month write `{last.isoformat()[:7]}-01..{last.isoformat()}`"
    if re.match(f"{DAY}[T ]", text):
        return f"a day has no time here; write `{text[:10]}`"
    return expected(fact)
