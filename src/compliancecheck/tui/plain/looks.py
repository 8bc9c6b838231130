"""What can be looked at between two questions: findings and proofs, dates, why one is asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from compliancecheck.logic.bands import finding_axis
from compliancecheck.logic.explain import explain
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.reports import wording
from compliancecheck.reports.deadlines import deadlines_text
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, in_order, is_folded
from compliancecheck.reports.tree import finding_tree
from compliancecheck.tui.plain.changes import named
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.turn import Line, Menu, Turn
from compliancecheck.tui.telling import axis_said, deciding, rule_said, what_each_does

ALL = ("all", "全部")
_BRANCHES = str.maketrans({"├": " ", "└": " ", "│": " ", "─": " "})


# -- findings -------------------------------------------------------------------------------------


def shown_findings(evaluation: Evaluation, *, everything: bool) -> list[Finding]:
    """The findings in the order of reading; what does not apply only with *everything*."""
    empty = empty_packs(evaluation)
    return [
        f
        for f in in_order(evaluation)
        if everything
        or not (
            display_status(f) is DisplayStatus.NOT_APPLICABLE or is_folded(evaluation, f, empty)
        )
    ]


def findings(desk: Desk, rest: str = "") -> Step | Turn:
    """The findings by number, or the proof of one of them."""
    evaluation = desk.evaluation
    if rest and rest.casefold() not in ALL:
        return _by_number(desk, rest)
    found = shown_findings(evaluation, everything=bool(rest))
    lines = [Line(finding_said(desk, f), partial(proof, desk, f)) for f in found]
    foot = "" if rest else "  ".join(_left_out(desk, found))
    return Menu(desk, _counts(desk, found) + desk.word("plain_findings"), lines, foot)


def _counts(desk: Desk, found: list[Finding]) -> str:
    """How many of those that are listed have each status."""
    statuses = [display_status(finding) for finding in found]
    lang, zh = desk.lang, desk.lang == "zh"
    said = [
        f"{LOOKS[s].word.get(lang)} {statuses.count(s)}" for s in DisplayStatus if s in statuses
    ]
    return ("，" if zh else ", ").join(said) + ("。" if zh else ". ") if said else ""


def finding_said(desk: Desk, finding: Finding) -> str:
    """Symbol, word and title of a finding, with its item."""
    look = LOOKS[display_status(finding)]
    sign = look.sign(desk.voice.ascii)
    return f"{sign} {look.word.get(desk.lang)}  {named(desk.evaluation, finding, desk.lang)}"


def _left_out(desk: Desk, shown: list[Finding]) -> Iterator[str]:
    found = desk.evaluation.findings
    none = sum(1 for f in found if display_status(f) is DisplayStatus.NOT_APPLICABLE)
    folded = len(found) - len(shown) - none
    if folded:
        yield desk.word("plain_folded", n=folded)
    if none:
        yield desk.word("plain_not_applicable", n=none)


def _by_number(desk: Desk, rest: str) -> Step | Turn:
    found = shown_findings(desk.evaluation, everything=False)
    if not (rest.isascii() and rest.isdigit() and len(rest) < 7 and 1 <= int(rest) <= len(found)):
        raise Wrong(
            desk.word("plain_no_choice", typed=safe_text(rest[:40])),
            desk.word("plain_from_to", n=len(found)),
        )
    return proof(desk, found[int(rest) - 1])


def proof(desk: Desk, finding: Finding) -> Step:
    """The proof of a finding, as `explain` prints it; the strip in words, the tree indented."""
    evaluation = desk.evaluation
    lines = finding_tree(evaluation, finding, desk.voice.sheet(desk.lang))
    bands: list[str] = []
    if display_status(finding) is not DisplayStatus.NOT_APPLICABLE:
        axis = finding_axis(evaluation, explain(evaluation, finding, proof=False))
        bands = axis_said(axis, evaluation, desk.lang) if axis is not None else []
    if bands:
        lines = _without_strip(lines)
        at = next((n for n, line in enumerate(lines) if line[:1] in "├└"), len(lines))
        lines[at:at] = ["   " + wording.semicolon(desk.lang).join(bands)]
    desk.voice.blank()
    desk.voice.lines(line.translate(_BRANCHES) for line in lines)
    return Step.STAY


def _without_strip(lines: list[str]) -> list[str]:
    """The lines without the drawing of the axis, which begins under the heading."""
    body = [n for n, line in enumerate(lines) if line[:1] in "│|"]
    drawn = [n for n in body if any(mark in lines[n] for mark in ("───", "━", "┃", "---", "==="))]
    if not drawn:
        return lines
    first = body[0]
    return [line for n, line in enumerate(lines) if not first <= n <= drawn[-1]]


# -- dates ----------------------------------------------------------------------------------------


def dates(desk: Desk) -> Step:
    """The acts with their days."""
    desk.voice.blank()
    desk.voice.lines(deadlines_text(desk.evaluation, desk.voice.sheet(desk.lang)).splitlines())
    return Step.STAY


# -- why ------------------------------------------------------------------------------------------


def why(desk: Desk, ref: FactRef) -> Step:
    """Why a fact is asked: what each answer leads to, which rules wait for it."""
    evaluation, voice = desk.evaluation, desk.voice
    fact = evaluation.rules.facts[ref.name]
    voice.blank()
    desk.tell("why_asked")
    voice.line(wording.path_of(evaluation.rules, ref))
    if fact.type not in (FactType.TEXT, FactType.LIST):
        said = list(what_each_does(desk.evaluation, ref, desk.lang))
        if said:
            desk.tell("what_each_does")
        for text in said:
            voice.line(text, "- ", 2)
    rules = deciding(evaluation, ref, desk.walk.goal)
    if rules:
        desk.tell("waiting")
    for name in rules:
        _rule(desk, name)
    return Step.STAY


def _rule(desk: Desk, name: str) -> None:
    rule = desk.evaluation.rules.rules[name]
    desk.voice.line(rule_said(desk.evaluation, name, desk.lang), "- ", 2)
    if rule.then is not None:
        desk.voice.line(rule.then.get(desk.lang), "  ", 2)


def why_reading(desk: Desk, reading: str) -> Step:
    """What turns on an unsettled point of law."""
    evaluation, lang = desk.evaluation, desk.lang
    desk.voice.blank()
    desk.tell("why_asked")
    for finding in evaluation.findings:
        if any(name == reading for v in finding.readings for name, _ in v.adopt):
            _rule(desk, finding.rule)
            desk.voice.line(wording.readings_words(evaluation.rules, finding, lang), "  ", 2)
    return Step.STAY
