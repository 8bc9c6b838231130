"""Why a question is asked: what each answer would do, and which rules wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from compliancecheck.logic.bands import fact_axis, option_bands
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports import wording
from compliancecheck.reports.layout import cut
from compliancecheck.reports.status import outcome_word
from compliancecheck.reports.strip import way_words
from compliancecheck.tui.answer.answers_text import interval_said
from compliancecheck.tui.paper import QUIET, Draw, heading, lines_of, plain
from compliancecheck.tui.telling import because_said, deciding
from compliancecheck.tui.words import say


def why_asked(evaluation: Evaluation, ref: FactRef, goal: str, lang: str) -> Draw:
    """Why a fact is asked: the question in full, what each answer does, who waits for it."""

    def draw(width: int) -> Iterator[Content]:
        fact = evaluation.rules.facts[ref.name]
        for text in (fact.question, fact.help):
            if text is not None:
                yield from lines_of(text.get(lang), width, QUIET if text is fact.help else "")
        yield plain(wording.path_of(evaluation.rules, ref), QUIET)
        yield Content("")
        if fact.type not in (FactType.TEXT, FactType.LIST):
            yield heading(say("what_each_does", lang))
            yield from _each(evaluation, ref, lang, width)
            yield Content("")
        rules = deciding(evaluation, ref, goal)
        if rules:
            yield heading(say("waiting", lang))
        for name in rules:
            yield from _rule(evaluation, name, lang, width)

    return draw


def asked_because(
    evaluation: Evaluation, ref: FactRef, goal: str, lang: str, width: int
) -> Iterator[Content]:
    """One line on why a fact is asked: what waits for it. Cut to *width*: all of it is in ``w``."""
    title, more = because_said(evaluation, ref, goal, lang)
    if not title:
        return
    room = width - cell_width(say("asked_because", lang, rules="") + more)
    yield plain(say("asked_because", lang, rules=cut(title, max(room, 8)) + more), QUIET)


def _each(evaluation: Evaluation, ref: FactRef, lang: str, width: int) -> Iterator[Content]:
    fact = evaluation.rules.facts[ref.name]
    axis = fact_axis(evaluation, ref) if fact.type.is_numeric else None
    bands = axis.bands if axis else () if fact.type.is_numeric else option_bands(evaluation, ref)
    ways = way_words(evaluation.rules.routes)
    for band in bands:
        if isinstance(band.values, tuple):
            said = interval_said(fact, band.values[0]).get(lang)
        else:
            said = band.words.get(lang)
        names = []
        for name in band.leads_to:
            words = outcome_word(name) or ways.get(name)
            names.append(words.get(lang) if words else name)
        text = wording.listed(names, lang) or say("no_change", lang)
        colon = "：" if lang == "zh" else ": "
        yield from lines_of(f"{safe_text(said)}{colon}{safe_text(text)}", width, "", 4, "  ")


def _rule(evaluation: Evaluation, name: str, lang: str, width: int) -> Iterator[Content]:
    rule = evaluation.rules.rules[name]
    instrument = evaluation.rules.instruments[rule.instrument]
    pieces = [
        rule.title.get(lang),
        f"{instrument.short.get(lang)} {wording.article_text(rule.article, lang)}",
        wording.tags(evaluation.rules, rule, lang),
    ]
    sep = "，" if lang == "zh" else ", "
    yield from lines_of(sep.join(p for p in pieces if p), width, "", 4, "  ")
    if rule.then is not None:
        yield from lines_of(rule.then.get(lang), width, QUIET, 4, "    ")
    for source in instrument.sources[:1]:
        yield from lines_of(source.url, width, QUIET, 4, "    ")


def why_reading(evaluation: Evaluation, reading: str, lang: str) -> Draw:
    """What turns on an unsettled point of law."""

    def draw(width: int) -> Iterator[Content]:
        found = evaluation.rules.readings[reading]
        yield from lines_of(found.question.get(lang), width)
        yield Content("")
        for finding in evaluation.findings:
            if any(name == reading for v in finding.readings for name, _ in v.adopt):
                yield from _rule(evaluation, finding.rule, lang, width)
                text = wording.readings_text(evaluation.rules, finding, lang)
                yield from lines_of(text, width, QUIET, 4, "    ")

    return draw
