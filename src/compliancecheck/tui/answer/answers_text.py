"""The text that an answer is written with, and bands in the words that a person would use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliancecheck.logic.figures import interval_words, number_words
from compliancecheck.logic.words import option_words
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval, Number, Option
from compliancecheck.model.written import value_text

UNKNOWN_TEXT = "unknown"
NOT_YET_TEXT = "not yet"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: the text that is written, its words, what it leads to."""

    text: str
    words: Texts
    leads_to: tuple[str, ...] = ()
    now: bool = False


def option_text(option: Option) -> str:
    """A boolean or choice as it is written: ``true``, ``sent_abroad``."""
    return ("true" if option else "false") if isinstance(option, bool) else option


def trimmed(fact: Fact, interval: Interval) -> Interval:
    """*interval* without the ends that the fact's own bounds give; upper whole ends as *under*."""
    low = None if interval.low == fact.bounds.low else interval.low
    high = None if interval.high == fact.bounds.high else interval.high
    if low is None and high is None:
        return interval
    if low is None and high is not None and fact.type.is_whole and not interval.high_open:
        return Interval(None, high + 1, False, True)
    return Interval(low, high, interval.low_open and low is not None,
                    interval.high_open and high is not None)  # fmt: skip


def interval_text(fact: Fact, interval: Interval) -> str:
    """A band as it is written: ``at least 1000000``, ``under 100000``, ``100000..999999``."""
    if interval.is_point and interval.low is not None:
        return _number(fact, interval.low, up=True)
    band = trimmed(fact, interval)
    day = fact.type is FactType.DATE
    low = None if band.low is None else _number(fact, band.low, up=True)
    high = None if band.high is None else _number(fact, band.high, up=False)
    over, least = ("after", "on or after") if day else ("over", "at least")
    under, most = ("before", "on or before") if day else ("under", "at most")
    if low is not None and high is not None:
        if not band.low_open and not band.high_open:
            return f"{low}..{high}"
        sides = {over if band.low_open else least: low, under if band.high_open else most: high}
        return "{" + ", ".join(f"{k.replace(' ', '_')}: {v}" for k, v in sides.items()) + "}"
    if low is not None:
        return f"{over if band.low_open else least} {low}"
    return f"{under if band.high_open else most} {high}"


def _number(fact: Fact, value: Number, *, up: bool) -> str:
    """A bound as it is written; one that no decimal can write is moved into the band."""
    text = value_text(fact, value)
    if "/" not in text:
        return text
    scale = 10**8
    scaled = value * scale
    whole = -((-scaled) // 1) if up else scaled // 1
    from fractions import Fraction

    return value_text(fact, Fraction(int(whole), scale))


def interval_said(fact: Fact, interval: Interval) -> Texts:
    """A band in words: ``under 100,000``, ``100,000 to 999,999``, ``1,000,000 or more``.

    One number is itself (``0``), and a round number that is left out is said as the law says it
    (``over 10,000,000``, not ``10,000,001 or more``).
    """
    if interval.is_point and interval.low is not None:
        return number_words(fact.type.value, fact.unit, interval.low)
    band = trimmed(fact, interval)
    if band.high is None and band.low is not None and not band.low_open:
        if fact.type is FactType.INTEGER and band.low > 1 and (band.low - 1) % 1000 == 0:
            left_out = Interval(band.low - 1, None, True)
            return interval_words(fact.type.value, fact.unit, left_out)
        low = number_words(fact.type.value, fact.unit, band.low)
        if fact.type is FactType.DATE:
            return Texts(f"{low.en} or later", f"{low.zh}及以后")
        return Texts(f"{low.en} or more", f"{low.zh}及以上")
    words = interval_words(fact.type.value, fact.unit, band)
    if fact.type is FactType.INTEGER and band.low is not None and band.high is not None:
        least = number_words(fact.type.value, fact.unit, band.low)
        under = number_words(fact.type.value, fact.unit, band.high + 1)
        if not band.high_open and under.zh.endswith("万"):  # 10万以上不满100万, not 10万至999,999
            return Texts(words.en, f"{least.zh}以上不满{under.zh}")
    return words


def option_said(fact: Fact, option: Option) -> Texts:
    """An option in words."""
    return option_words(fact, option)


def leads_words(leads_to: Sequence[str], known: dict[str, Texts], lang: str) -> str:
    """What a choice leads to: one or two names; more say nothing that helps."""
    if not 1 <= len(leads_to) <= 2:
        return ""
    joiner = "或" if lang == "zh" else " or "
    return joiner.join(known[name].get(lang) for name in leads_to if name in known)


def example_of(fact: Fact, lang: str) -> str:
    """How an exact value or a range may be typed."""
    zh = lang == "zh"
    if fact.type is FactType.DATE:
        return "2024-03-22"
    if fact.type is FactType.PERCENT:
        return "3.2%、不超过5%" if zh else "3.2%, at most 5%"
    if fact.type is FactType.MONEY:
        more = "至少1500万元" if fact.unit == "CNY" else f"至少{fact.unit} 1500万"
        return f"{fact.unit} 1250万、{more}" if zh else f"{fact.unit} 12.5 million"
    if fact.type is FactType.INTEGER:
        return "120万、至少100万、10万至50万" if zh else "1.2 million, 100000..999999"
    return "12.5、至少10" if zh else "12.5, at least 10"
