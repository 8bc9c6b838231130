"""Why a question is asked: what each answer would do, and which rules wait for it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.reports import wording
from compliancecheck.reports.layout import cut_at_words
from compliancecheck.tui.paper import QUIET, Draw, heading, lines_of, plain
from compliancecheck.tui.telling import because_said, deciding, rule_said, what_each_does
from compliancecheck.tui.words import say


def why_asked(evaluation: Evaluation, ref: FactRef, goal: str, lang: str) -> Draw:
    """Why a fact is asked: the question in full, what each answer does, who waits for it."""

    def draw(width: int) -> Iterator[Content]:
        fact = evaluation.rules.facts[ref.name]
        for said in (fact.question, fact.help):
            if said is not None:
                yield from lines_of(said.get(lang), width, QUIET if said is fact.help else "")
        yield plain(wording.path_of(evaluation.rules, ref), QUIET)
        yield Content("")
        if fact.type not in (FactType.TEXT, FactType.LIST):
            yield heading(say("what_each_does", lang))
            for text in what_each_does(evaluation, ref, lang):
                yield from lines_of(text, width, "", 4, "  ")
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
    yield plain(say("asked_because", lang, rules=cut_at_words(title, max(room, 8)) + more), QUIET)


def _rule(evaluation: Evaluation, name: str, lang: str, width: int) -> Iterator[Content]:
    rule = evaluation.rules.rules[name]
    instrument = evaluation.rules.instruments[rule.instrument]
    yield from lines_of(rule_said(evaluation, name, lang), width, "", 4, "  ")
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
                text = wording.readings_words(evaluation.rules, finding, lang)
                yield from lines_of(text, width, QUIET, 4, "    ")

    return draw
