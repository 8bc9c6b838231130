"""What stands about a field: how a value is read, what to write instead, in which band it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from textual.content import Content

from compliancecheck.logic.ageing import window
from compliancecheck.logic.engine import engine_of
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.findings import Axis, Band, Evaluation
from compliancecheck.model.profile import Answer
from compliancecheck.model.texts import iso
from compliancecheck.model.values import Interval, Option
from compliancecheck.reading.numbers import expected
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.typed import as_written
from compliancecheck.tui.answer.answers_text import (
    NOT_YET_TEXT,
    UNKNOWN_TEXT,
    Choice,
    example_of,
    option_said,
    option_text,
)
from compliancecheck.tui.dates.day_prompt import day_words, single_day
from compliancecheck.tui.paper import QUIET, lines_of
from compliancecheck.tui.telling import answer_said, band_choice, not_yet_typed
from compliancecheck.tui.words import WORDS, say

ROWS = 3
"""What is said below a field has so many rows, so that nothing below them moves as one types."""


def choices(fact: Fact, axis: Axis | None, given: Answer | None) -> Iterator[Choice]:
    """The answers to choose from: options or bands, *not yet* of an event, *not known*."""
    if fact.type is FactType.CHOICES:
        return  # they are marked, not chosen
    if fact.type in (FactType.BOOLEAN, FactType.CHOICE):
        options: tuple[Option, ...] = (True, False)
        for option in options if fact.type is FactType.BOOLEAN else tuple(fact.choices):
            now = given is not None and given.values == frozenset({option})
            yield Choice(option_text(option), option_said(fact, option), (), now)
    elif axis is not None and len(axis.bands) > 1:
        for band in axis.bands:
            yield band_choice(fact, band, given)
    if fact.type is FactType.DATE and fact.event:
        now = given is not None and given.not_yet
        yield Choice(NOT_YET_TEXT, WORDS["not_yet"], (), now)
    now = given is not None and given.unknown
    yield Choice(UNKNOWN_TEXT, WORDS["not_known"], (), now)


def meant(fact: Fact, typed: str) -> str:
    """What was typed, as it is written; `n` for a day means `not yet`."""
    return NOT_YET_TEXT if not_yet_typed(fact, typed) else as_written(fact, typed)


def read_as(fact: Fact, typed: str) -> Answer | Problem:
    """What was typed, as an answer."""
    return read_text(fact, meant(fact, typed))


def typed_lines(evaluation: Evaluation, fact: Fact, typed: str, width: int, lang: str) -> Iterator[
    Content
]:  # fmt: skip
    """How *typed* is read; of a wrong value what is wrong, and what can be written."""
    if not typed.strip():
        event = fact.type is FactType.DATE and fact.event
        yield from lines_of(say("empty_skips_day" if event else "empty_skips", lang), width, QUIET)
        return
    if typed.strip() in ("?", "？"):
        yield from lines_of(say("reads_as", lang, words=WORDS["not_known"].get(lang)), width)
        return
    answer = read_as(fact, typed)
    if isinstance(answer, Problem):
        yield from lines_of(answer.said(lang), width, "$error")
        yield from lines_of(_advised(fact, answer, lang), width, QUIET)
    elif fact.type is not FactType.TEXT:
        day = single_day(answer) if fact.type is FactType.DATE else None
        words = answer_said(fact, answer, lang)
        if day is not None:
            words = day_words(engine_of(evaluation).calendar, day, lang)
        yield from lines_of(say("reads_as", lang, words=words), width)


def _advised(fact: Fact, problem: Problem, lang: str) -> str:
    """What to write instead; in Chinese as it can be typed here."""
    hint = problem.advised(lang)
    if hint and (lang != "zh" or hint != expected(fact).zh):
        return hint
    return say("type_like", lang, example=example_of(fact, lang))


def counts_apart(evaluation: Evaluation, fact: Fact, width: int, lang: str) -> Iterator[Content]:
    """A count of a later day, or of another year, says nothing of the day of evaluation."""
    dated, as_of = evaluation.profile.dated, evaluation.as_of
    if fact.counted is None or dated is None:
        return
    if dated > as_of or window(fact.counted, dated) != window(fact.counted, as_of):
        words = say("dated_apart", lang, day=iso(dated), as_of=iso(as_of))
        yield from lines_of(words, width, "$warning", 2, "! ")


def band_of(fact: Fact, bands: Sequence[Band], answer: Answer | Problem) -> int | None:
    """The number of the band in which all of an answer lies; None: in none, or in several."""
    values = answer.values if isinstance(answer, Answer) else None
    if not isinstance(values, tuple) or not values:
        return None
    within = [value.meet(fact.bounds) for value in values]
    for n, band in enumerate(bands):
        if isinstance(band.values, tuple) and all(v.meet(band.values[0]) == v for v in within):
            return n
    return None


def trimmed_axis(axis: Axis, fact: Fact) -> Axis:
    """The axis with an open end where only the vocabulary's bound closes it."""
    last = axis.bands[-1]
    assert isinstance(last.values, tuple)
    end = last.values[-1]
    if end.high is None or end.high != fact.bounds.high:
        return axis
    opened = replace(last, values=(Interval(end.low, None, end.low_open, False),))
    value = axis.value
    if value is not None and value.high == end.high and not value.is_point:
        value = Interval(value.low, None, value.low_open, False)
    return replace(axis, bands=(*axis.bands[:-1], opened), value=value)
