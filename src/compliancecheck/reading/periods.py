"""The text of a period becomes a :class:`Period`: ``+45 working days``, ``届满60个工作日前``."""

from __future__ import annotations

import re
import unicodedata

from compliancecheck.model.calendar import MOST, Direction, Period, Unit
from compliancecheck.model.safe import shorten
from compliancecheck.model.texts import Texts
from compliancecheck.reading.numbers import Refused
from compliancecheck.reading.problems import nearest, perhaps

FORMS = Texts(
    "`+45 working days`, `+2 months`, `at least 60 working days before` or "
    "`within 60 working days before`",
    "`+45 working days`、`2个月`、`届满60个工作日前` 或 `届满前60个工作日内`",
)
_WRITE = Texts(f"write it like {FORMS.en}", f"请写成 {FORMS.zh}")
_UNITS = Texts(
    "a period is counted in years, months, weeks, days or working days",
    "期间以年、月、周、日或工作日计",
)
_COUNTED: dict[Unit, str] = {
    "years": "年", "months": "个月", "weeks": "周", "days": "日", "working_days": "个工作日",
}  # fmt: skip
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
        shown = shorten(text)
        raise Refused(
            Texts(f"`{shown}`: hours are not counted in days", f"`{shown}`：小时不按天计算"),
            Texts(
                "they run through nights and holidays and never move: add them by the clock",
                "小时昼夜连续计算，节假日也不顺延：请按钟表相加",
            ),
        )
    near, shown = perhaps(word, _ENGLISH), shorten(word)
    raise Refused(Texts(f"no unit `{shown}`{near.en}", f"没有单位 `{shown}`{near.zh}"), _UNITS)


def _amount(digits: str, unit: Unit) -> int:
    words, most = unit.replace("_", " "), MOST[unit]
    bounds = Texts(
        f"write a whole number of {words} from 1 to {most}",
        f"请写 1 至 {most} 之间的整数（{_COUNTED[unit].removeprefix('个')}）",
    )
    if digits.startswith("-"):
        two = [f"`{side} {digits[1:]} {words} before`" for side in ("at least", "within")]
        whole = f"{digits[1:]}{_COUNTED[unit]}"
        raise Refused(
            Texts(f"`{shorten(digits)}` is below 0", f"`{shorten(digits)}` 小于 0"),
            Texts(
                f"to count backward write {' or '.join(two)}",
                f"倒数请写 `届满{whole}前` 或 `届满前{whole}内`",
            ),
        )
    number = digits.lstrip("+")
    if not number.isdigit():
        shown = shorten(number)
        raise Refused(Texts(f"`{shown}` is not a whole number", f"`{shown}` 不是整数"), bounds)
    if len(number) > 9 or not 1 <= int(number) <= most:
        shown = shorten(number, 20)
        raise Refused(
            Texts(
                f"a period of {shown} {words} is not counted",
                f"不计算 {shown} {_COUNTED[unit]}的期间",
            ),
            bounds,
        )
    return int(number)


def _unreadable(plain: str, text: str) -> Refused:
    shown = shorten(text)
    says = Texts(f"`{shown}` is not a period", f"`{shown}` 不是期间")
    found = _AMBIGUOUS.fullmatch(plain)
    if found:
        rest = f"{found['n'].lstrip('+')} {found['unit']} before"
        return Refused(
            Texts(
                f"{says.en}: is a latest day meant, or a window?",
                f"{says.zh}：是指最晚的一天，还是一段时间？",
            ),
            Texts(
                f"write `at least {rest}` or `within {rest}`",
                f"请写 `at least {rest}` 或 `within {rest}`",
            ),
        )
    if len(plain) <= _MAX_LENGTH:
        words = [_corrected(word) for word in plain.split(" ")]
        repaired = " ".join(words)
        if repaired.startswith("at least ") and not repaired.endswith(" before"):
            repaired += " before"
        if repaired != plain and any(form.fullmatch(repaired) for _, form in _FORMS):
            near = Texts(f"{says.en}; perhaps `{repaired}`?", f"{says.zh}；是不是 `{repaired}`？")
            return Refused(near, _WRITE)
    return Refused(says, _WRITE)


def _corrected(word: str) -> str:
    if not word.isalpha() or not word.isascii() or word in _WORDS:
        return word
    return nearest(word, _WORDS) or word
