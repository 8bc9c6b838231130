"""What was found of one finding, in words, and where in the profile it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.margin_words import margin_words
from compliancecheck.logic.words import UNKNOWN, values_words
from compliancecheck.model.findings import Axis, Evaluation, Explanation, Finding, Margin, TraceNode
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reports import wording
from compliancecheck.reports.dates import not_yet_words
from compliancecheck.reports.sheet import Sheet, nodes_of


@dataclass(frozen=True, slots=True)
class Found:
    """Words on the answers of a finding (safe to show), and the place of the one that decides."""

    words: str
    place: Place | None


def failed(evaluation: Evaluation, explanation: Explanation, sheet: Sheet) -> Found:
    """By what a duty fails: the figure and what it lacks, or the answers that miss it."""
    for margin in explanation.margins:
        waits = not_yet_words(evaluation, margin)
        if waits is not None:
            return Found(sheet.get(waits), _place(evaluation, explanation))
    words, place = _figure(evaluation, explanation, sheet)
    why = ""
    if not words:
        words, place = _missed(evaluation, explanation, sheet)
        why = _why_it_applies(explanation, sheet)
    text = sheet.say(f"found {words}", f"现为{words}") if words else ""
    if text and why:
        text = sheet.say(f"applies{why}; {text}", f"适用{why}；{text}")
    return Found(text, place)


def margin_text(evaluation: Evaluation, margin: Margin, lang: str) -> str:
    """The figure of a strip with its distance: ``R&D: CNY 44.9 million; CNY 100,000 short``."""
    colon, semicolon = ("：", "；") if lang == "zh" else (": ", "; ")
    waits = not_yet_words(evaluation, margin)
    value = interval_words(margin.type, _unit(margin), margin.value)
    if margin.ref is not None:
        value = values_words(evaluation.rules.facts[margin.ref.name], (margin.value,))
    words = value if waits is None else waits
    text = f"{margin.label.get(lang)}{colon}{words.get(lang)}"
    if waits is None and value != UNKNOWN:
        text += semicolon + margin_words(margin).get(lang)
    return text


def strip_text(
    evaluation: Evaluation, axis: Axis | None, margins: Sequence[Margin], lang: str
) -> str:
    """What stands under a strip: its figure, with the distance where that can be told.

    Without a strip that of the nearest margin; empty where there is none.
    """
    own = [m for m in margins if axis is None or m.label == axis.label]
    if own:
        return margin_text(evaluation, own[0], lang)
    return axis_text(axis, lang) if axis is not None else ""


def axis_text(axis: Axis, lang: str) -> str:
    """The figure of a strip: ``people this year: 400,000 to 1,200,000``."""
    label = safe_text(axis.label.get(lang))
    if axis.value is None:
        return label
    words = interval_words(axis.type, axis.unit, axis.value)
    return f"{label}{wording.colon(lang)}{safe_text(words.get(lang))}"


def applies(evaluation: Evaluation, explanation: Explanation, sheet: Sheet) -> Found:
    """That a rule applies, by the figure that brings it in."""
    text = sheet.say("applies", "适用") + _why_it_applies(explanation, sheet)
    return Found(text, _first_place(evaluation, explanation))


def waits_for(evaluation: Evaluation, finding: Finding) -> list[str]:
    """The paths of the answers that would settle a finding, and of lists that are not complete."""
    paths = [wording.path_of(evaluation.rules, ref) for ref in finding.missing]
    return [*paths, *(safe_text(name) for name in finding.open_lists)]


def answers(evaluation: Evaluation, finding: Finding, sheet: Sheet) -> str:
    """What would settle a finding, in one line: at most four paths."""
    paths = waits_for(evaluation, finding)
    more = len(paths) - 4
    tail = [sheet.say(f"and {more} more", f"另{more}项")] if more > 0 else []
    return sheet.say(", ", "、").join([*paths[:4], *tail])


def held(finding: Finding, sheet: Sheet) -> str:
    """Why no answer settles a finding; empty where one does."""
    if finding.held != "review" or finding.missing or finding.open_lists:
        return ""
    return sheet.say(
        "waits for a point of law that is under review; no answer settles it",
        "有待核对的法律要点，无法由答案确定",
    )


def _figure(
    evaluation: Evaluation, explanation: Explanation, sheet: Sheet
) -> tuple[str, Place | None]:
    """The figure that misses its bound, and by how much."""
    for margin in explanation.margins:
        if not margin.in_scope:
            value = _value(margin, explanation.trace, sheet)
            distance = sheet.get(margin_words(margin))
            return f"{value}{sheet.say('; ', '；')}{distance}", _place(evaluation, explanation)
    return "", None


def _value(margin: Margin, trace: TraceNode, sheet: Sheet) -> str:
    """A figure in words, as the trace has it (with the share that it is)."""
    own = interval_words(margin.type, _unit(margin), margin.value)
    for node in nodes_of(trace):
        if node.value and node.bound and node.value.en.startswith(own.en):
            return sheet.get(node.value)
    return sheet.get(own)


def _unit(margin: Margin) -> str | None:
    return None if margin.type == "date" else margin.unit


def _missed(
    evaluation: Evaluation, explanation: Explanation, sheet: Sheet
) -> tuple[str, Place | None]:
    """The answers by which a requirement without a figure is missed."""
    leaves = []
    for child in explanation.trace.children[1:]:
        leaves += [n for n in nodes_of(child) if n.ref and n.truth is False and n.decisive]
    words = []
    for node in leaves[:3]:
        assert node.ref is not None
        label = evaluation.rules.facts[node.ref.name].label
        value = sheet.get(node.value) if node.value else ""
        words.append(f"{sheet.get(label)}{sheet.say(': ', '：')}{value}")
    text = sheet.say("; ", "；").join(dict.fromkeys(words))
    return text, (leaves[0].place if leaves else None) or _place(evaluation, explanation)


def _place(evaluation: Evaluation, explanation: Explanation) -> Place | None:
    for margin in explanation.margins:
        if margin.ref and not margin.in_scope:
            return wording.place_of(evaluation, margin.ref)
    for child in explanation.trace.children[1:]:
        for node in nodes_of(child):
            if node.decisive and node.place:
                return node.place
    return _first_place(evaluation, explanation)


def _first_place(evaluation: Evaluation, explanation: Explanation) -> Place | None:
    for ref in reversed(explanation.decisive):
        place = wording.place_of(evaluation, ref)
        if place:
            return place
    return None


def _why_it_applies(explanation: Explanation, sheet: Sheet) -> str:
    for margin in explanation.margins:
        if margin.in_scope and margin.type != "date":
            value = interval_words(margin.type, _unit(margin), margin.value)
            words = f"{sheet.get(margin.label)}{sheet.say(': ', '：')}"
            return sheet.say(" ({})", "（{}）").format(words + sheet.get(value))
    return ""
