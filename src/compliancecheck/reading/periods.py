"""The text of a period becomes a :class:`Period`: ``+45 working days``, ``届满60个工作日前``."""

from __future__ import annotations

import re
import unicodedata

from compliancecheck.model.calendar import MOST, Direction, Period, Unit
from compliancecheck.model.safe import shorten
from compliancecheck.reading.numbers import Refused
from compliancecheck.reading.problems import nearest, perhaps

FORMS = (
    "`+45 working days`, `+2 months`, `at least 60 working days before` or "
    "`within 60 working days before`"
)
_MAX_LENGTH = 200
_ENGLISH: dict[str, Unit] = {
    "year": "years",
    "years": "years",
    "month": "months",
    "months": "months",
    "week": "weeks",
    "weeks": "weeks",
    "day": "days",
    "days": "days",
    "calendar day": "days",
    "calendar days": "days",
    "working day": "working_days",
    "working days": "working_days",
    "working_days": "working_days",
    "workday": "working_days",
    "workdays": "working_days",
    "business day": "working_days",
    "business days": "working_days",
}
_CHINESE: dict[str, Unit] = {
    "年": "years",
    "个月": "months",
    "月": "months",
    "周": "weeks",
    "星期": "weeks",
    "个星期": "weeks",
    "日": "days",
    "天": "days",
    "个自然日": "days",
    "自然日": "days",
    "个工作日": "working_days",
    "工作日": "working_days",
}
_HOURS = frozenset({"hour", "hours", "minute", "minutes", "小时", "个小时", "分钟"})
_SHOWN = ("years", "months", "weeks", "days", "working days")
_WORDS = ("at", "least", "within", "before", "after", "working", "calendar", *_ENGLISH)
_NUMBER = r"(?P<n>[+-]?[0-9][0-9.,/_]*)"
_LETTERS = r"(?P<unit>[a-z_]+(?: [a-z_]+)??)"
_SIGNS = r"(?P<unit>[个年月周星期日天自然工作小时分钟]+?)"
_PATTERNS: tuple[tuple[Direction, str], ...] = (
    ("at_least_before", rf"at least {_NUMBER} ?{_LETTERS} before"),
    ("within_before", rf"within (?:the )?{_NUMBER} ?{_LETTERS} before"),
    ("after", rf"(?:within )?{_NUMBER} ?{_LETTERS}(?: after)?"),
    ("within_before", rf"(?:有效期)?届满前{_NUMBER}{_SIGNS}(?:以)?内"),
    ("at_least_before", rf"(?:(?:有效期)?届满|提前)?{_NUMBER}{_SIGNS}(?:以)?前"),
    ("at_least_before", rf"提前{_NUMBER}{_SIGNS}"),
    ("after", rf"(?:自[^0-9]*)?(?:之日起)?{_NUMBER}{_SIGNS}(?:以)?(?:内|后)?"),
)
_FORMS = tuple((direction, re.compile(pattern)) for direction, pattern in _PATTERNS)
_AMBIGUOUS = re.compile(rf"{_NUMBER} ?{_LETTERS} before")


def read_period(text: str) -> Period:
    """The period that a text says, in English or Chinese.

    Raises :class:`Refused` with a hint for anything else: an unknown unit, a fraction, 0, a
    number below 0 or beyond the bounds, hours, and `60 days before`, which may mean two things.
    """
    plain = _plain(text)
    for direction, form in _FORMS:
        found = form.fullmatch(plain)
        if found:
            unit = _unit(found["unit"], text)
            return Period(direction, unit, _amount(found["n"], unit))
    raise _unreadable(plain, text)


def _plain(text: str) -> str:
    """In plain characters, without capitals, with single spaces, none beside Chinese ones."""
    spaced = " ".join(unicodedata.normalize("NFKC", text[: _MAX_LENGTH + 1]).lower().split())
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])|(?<=^\+) ", "", spaced)


def _unit(word: str, text: str) -> Unit:
    found = _ENGLISH.get(word) or _CHINESE.get(word)
    if found:
        return found
    if word in _HOURS:
        raise Refused(
            f"`{shorten(text)}`: hours are not counted in days",
            "they run through nights and holidays and never move: add them by the clock",
        )
    raise Refused(
        f"no unit `{shorten(word)}`{perhaps(word, _ENGLISH)}",
        f"a period is counted in {', '.join(_SHOWN[:-1])} or {_SHOWN[-1]}",
    )


def _amount(digits: str, unit: Unit) -> int:
    words, most = unit.replace("_", " "), MOST[unit]
    bounds = f"write a whole number of {words} from 1 to {most}"
    if digits.startswith("-"):
        raise Refused(
            f"`{shorten(digits)}` is below 0",
            f"to count backward write `at least {digits[1:]} {words} before` or "
            f"`within {digits[1:]} {words} before`",
        )
    number = digits.lstrip("+")
    if not number.isdigit():
        raise Refused(f"`{shorten(number)}` is not a whole number", bounds)
    if len(number) > 9 or not 1 <= int(number) <= most:
        raise Refused(f"a period of {shorten(number, 20)} {words} is not counted", bounds)
    return int(number)


def _unreadable(plain: str, text: str) -> Refused:
    message = f"`{shorten(text)}` is not a period"
    found = _AMBIGUOUS.fullmatch(plain)
    if found:
        rest = f"{found['n'].lstrip('+')} {found['unit']} before"
        return Refused(
            f"{message}: is a latest day meant, or a window?",
            f"write `at least {rest}` or `within {rest}`",
        )
    if len(plain) <= _MAX_LENGTH:
        words = [_corrected(word) for word in plain.split(" ")]
        repaired = " ".join(words)
        if repaired.startswith("at least ") and not repaired.endswith(" before"):
            repaired += " before"
        if repaired != plain and any(form.fullmatch(repaired) for _, form in _FORMS):
            return Refused(f"{message}; perhaps `{repaired}`?", f"write it like {FORMS}")
    return Refused(message, f"write it like {FORMS}")


def _corrected(word: str) -> str:
    if not word.isalpha() or not word.isascii() or word in _WORDS:
        return word
    return nearest(word, _WORDS) or word
