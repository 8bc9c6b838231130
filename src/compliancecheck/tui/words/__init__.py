"""The app's own words in English and Chinese, a module an area: headings, hints, messages, keys."""

from __future__ import annotations

from collections.abc import Mapping

from compliancecheck.model.texts import Texts
from compliancecheck.tui.words import (
    answer,
    compare,
    dates,
    findings,
    frame,
    goto,
    keys,
    matrix,
    plain,
    review,
    rules,
    what_if,
)

_AREAS = (
    frame, goto, answer, review, findings, rules, dates, compare, plain, matrix, what_if, keys,
)  # fmt: skip

WORDS: Mapping[str, Texts] = {key: text for area in _AREAS for key, text in area.WORDS.items()}


def say(key: str, lang: str, **values: object) -> str:
    """The app's text *key* in *lang*, with *values* filled in."""
    text = WORDS[key].get(lang)
    return text.format(**values) if values else text


def count(n: int, lang: str, one: str, many: str) -> str:
    """One of two texts by number: English has a singular, Chinese has not."""
    return say(one if n == 1 and lang == "en" else many, lang, n=n)
