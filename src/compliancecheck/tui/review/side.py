"""What stands beside a row of the review: the question, its answer, evidence, rules."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reports import wording
from compliancecheck.reports.status import display_status
from compliancecheck.tui.answer.reading_form import verdict_lines
from compliancecheck.tui.paper import QUIET, heading, lines_of, status_style, symbol
from compliancecheck.tui.review.reasons import findings_of, why_not_needed
from compliancecheck.tui.review.rows import Listed, Row
from compliancecheck.tui.review.state import State
from compliancecheck.tui.telling import cited, title_of
from compliancecheck.tui.words import say

MOST_RULES = 40


def beside(listed: Listed, row: Row | None, width: int) -> Iterator[Content]:
    """All that is known of a row, in *width* cells."""
    if row is None:
        return
    if row.reading:
        yield from _reading(listed, row, width)
    elif row.ref is not None:
        yield from _question(listed, row, row.ref, width)
    else:
        yield from lines_of(row.title, width, "bold")


def place_said(place: Place) -> str:
    """The file's name and the line: all answers stand in one file."""
    name = place.path.replace("\\", "/").rsplit("/", 1)[-1]
    return wording.place_text(Place(name, place.line, place.column, place.end_column))


def _question(listed: Listed, row: Row, ref: FactRef, width: int) -> Iterator[Content]:
    evaluation, lang = listed.evaluation, listed.lang
    fact = evaluation.rules.facts[ref.name]
    yield from lines_of((fact.question or fact.label).get(lang), width, "bold")
    if ref.item is not None:
        yield from lines_of(ref.item, width, "", 2, "· ")
    yield from lines_of(wording.path_of(evaluation.rules, ref), width, QUIET)
    yield Content("")
    if row.state in (State.ANSWERED, State.UNKNOWN):
        yield from _answered(listed, ref, width)
    elif row.state is State.NOT_NEEDED:
        why = why_not_needed(evaluation, ref, lang)
        yield from lines_of(say("not_needed_since", lang, why=why), width)
    else:
        words = "review_skipped_says" if row.state is State.SKIPPED else "review_open_says"
        yield from lines_of(say(words, lang), width)
    yield from _rules(evaluation, ref, lang, width)


def _answered(listed: Listed, ref: FactRef, width: int) -> Iterator[Content]:
    evaluation, lang = listed.evaluation, listed.lang
    answer = listed.answer(ref) if not evaluation.rules.facts[ref.name].fields else None
    if answer is not None:
        yield from lines_of(say("as_written", lang, text=safe_text(answer.text)), width)
    place = wording.place_of(evaluation, ref)
    if place is not None:
        yield from lines_of(place_said(place), width, QUIET)
    evidence = evaluation.profile.evidence.get(ref)
    if evidence is not None:
        yield Content("")
        yield heading(say("evidence_head", lang))
        yield from lines_of(wording.evidence_text(evidence, lang), width)
    elif answer is not None:
        yield from lines_of(say("no_evidence", lang), width, QUIET)


def _rules(evaluation: Evaluation, ref: FactRef, lang: str, width: int) -> Iterator[Content]:
    found = list(findings_of(evaluation, ref))
    if not found:
        return
    yield Content("")
    yield heading(say("used_by", lang, n=len({finding.rule for finding in found})))
    for finding in found[:MOST_RULES]:
        status = display_status(finding)
        lead = symbol(status) + " "
        style = status_style(status) if "dim" in status_style(status) else ""
        first, *rest = lines_of(title_of(evaluation, finding, lang), width, style, 2, "  ")
        yield lead + first[2:]
        yield from rest
    if len(found) > MOST_RULES:
        yield from lines_of(say("further_ones", lang, n=len(found) - MOST_RULES), width, QUIET)


def _reading(listed: Listed, row: Row, width: int) -> Iterator[Content]:
    evaluation, lang = listed.evaluation, listed.lang
    reading = evaluation.rules.readings[row.reading]
    yield from lines_of(reading.question.get(lang), width, "bold")
    yield from lines_of(cited(evaluation, reading.name, lang), width, QUIET)
    yield Content("")
    adopted = evaluation.profile.readings.get(reading.name)
    if adopted is None:
        words = "reading_open" if row.state is State.OPEN else "reading_idle"
        yield from lines_of(say(words, lang), width)
    else:
        words = reading.choices[adopted.choice].get(lang)
        yield from lines_of(say("reading_adopted", lang, choice=words), width)
        if adopted.place is not None:
            yield from lines_of(place_said(adopted.place), width, QUIET)
    yield Content("")
    yield from verdict_lines(evaluation, reading.name, width, lang)
