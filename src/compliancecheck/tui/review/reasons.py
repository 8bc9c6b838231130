"""Why a question is not needed, in a few words; and the rules that an answer is for."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.uses import closed_by, rules_using
from compliancecheck.model.findings import Evaluation, Finding, Status
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.reports.summary import in_order
from compliancecheck.tui.telling import answer_said
from compliancecheck.tui.words import count, say


def findings_of(evaluation: Evaluation, ref: FactRef) -> Iterator[Finding]:
    """The findings, of the company and of the fact's own item, whose rules read it; those that
    ask for something first."""
    using = frozenset(rules_using(evaluation)[ref.name])
    for finding in in_order(evaluation):
        if finding.rule in using and (ref.item is None or finding.item in (None, ref.item)):
            yield finding


def why_not_needed(evaluation: Evaluation, ref: FactRef, lang: str) -> str:
    """What makes a question not matter: an answer, or that its rules are settled without it."""
    closing = _closed_pack(evaluation, ref) or closed_by(evaluation, ref)
    if closing is not None:
        answer = engine_of(evaluation).answer(closing)
        fact = evaluation.rules.facts[closing.name]
        label = safe_text(fact.label.get(lang))
        if answer is None:
            return say("closed_by", lang, what=label)
        return f"{label}{'：' if lang == 'zh' else ': '}{answer_said(fact, answer, lang)}"
    found = list(findings_of(evaluation, ref))
    if not found:
        return say("no_rule_uses", lang)
    if all(finding.status is Status.NOT_APPLICABLE for finding in found):
        n = len({finding.rule for finding in found})
        return count(n, lang, "rule_applies_not", "rules_apply_not")
    if any(finding.status is Status.CONTESTED for finding in found):
        return say("turns_on_reading", lang)
    return say("settled_without", lang)


def _closed_pack(evaluation: Evaluation, ref: FactRef) -> FactRef | None:
    """The gate of the fact's pack, if it was answered no."""
    gate = evaluation.rules.packs[evaluation.rules.facts[ref.name].pack].gate
    answer = evaluation.profile.answers.get(gate) if gate and gate != ref.name else None
    no = answer is not None and answer.values == frozenset({False})
    return FactRef(gate) if gate and no else None
