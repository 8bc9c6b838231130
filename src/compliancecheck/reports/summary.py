"""Counts over one evaluation: statuses, empty packs, and the articles that were not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.engine import kept
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.instruments import Instrument
from compliancecheck.reports.status import DisplayStatus, display_status

# An article that only states a purpose or names an authority asks nothing of a company.
_ASKS_NOTHING = frozenset(
    {
        "purpose",
        "scope",
        "principle",
        "authority",
        "liability",
        "commencement",
        "encouragement",
        "national_target",
        "other_addressee",
    }
)


def status_counts(evaluation: Evaluation) -> dict[DisplayStatus, int]:
    """How many findings have each status, in the order of reading; those of drafts left out."""
    law = (f for f in evaluation.findings if not is_draft(evaluation.rules, f.rule))
    return dict(kept(evaluation, "status_counts", lambda: _counted(law)))


def draft_counts(evaluation: Evaluation, draft: str) -> dict[DisplayStatus, int]:
    """How many findings of one draft have each status, in the order of reading."""
    rules = evaluation.rules.rules
    return _counted(f for f in evaluation.findings if rules[f.rule].instrument == draft)


def _counted(findings: Iterable[Finding]) -> dict[DisplayStatus, int]:
    found = Counter(display_status(finding) for finding in findings)
    return {status: found[status] for status in DisplayStatus}


def drafts_judged(evaluation: Evaluation) -> list[Instrument]:
    """The drafts that gave findings, in the order in which they were read."""
    rules = evaluation.rules
    judged = {rules.rules[finding.rule].instrument for finding in evaluation.findings}
    return [i for i in rules.instruments.values() if i.is_draft and i.id in judged]


def in_order(evaluation: Evaluation) -> Sequence[Finding]:
    """The findings as they are read: by status, inside by level, then in the order of files.

    Those of drafts come last.
    """

    def key(row: tuple[int, Finding]) -> tuple[bool, int, int, int]:
        n, finding = row
        level = evaluation.rules.rules[finding.rule].level
        levels = {"must": 0, "should": 1}
        draft = is_draft(evaluation.rules, finding.rule)
        return (draft, display_status(finding).rank, levels.get(level or "", 2), n)

    def ordered() -> list[Finding]:
        return [finding for _, finding in sorted(enumerate(evaluation.findings), key=key)]

    return kept(evaluation, "in_order", ordered)


def empty_packs(evaluation: Evaluation) -> list[str]:
    """The packs of which a profile says nothing but ``unknown``, though they ask something."""
    profile = evaluation.profile
    told = [name for name, answer in profile.answers.items() if not answer.unknown]
    answered = {
        evaluation.rules.facts[name].pack
        for name in (*told, *profile.lists)
        if name in evaluation.rules.facts
    }
    asking = {fact.pack for fact in evaluation.rules.facts.values()}
    ruling = {instrument.pack for instrument in evaluation.rules.instruments.values()}
    return [p for p in evaluation.rules.packs if p in asking & ruling and p not in answered]


def is_folded(evaluation: Evaluation, finding: Finding, empty: Collection[str]) -> bool:
    """Whether a finding is only told as one of its pack, of which nothing is answered yet.

    *empty* are the :func:`empty_packs`.
    """
    if display_status(finding) not in (DisplayStatus.MAY_APPLY, DisplayStatus.NEEDS_PROOF):
        return False
    rule = evaluation.rules.rules[finding.rule]
    return evaluation.rules.instruments[rule.instrument].pack in empty


def in_force(instrument: Instrument, day: int) -> bool:
    """Whether an instrument is, or may be, in force on a day of law."""
    if instrument.effective is None or instrument.effective.reached(day) is False:
        return False
    return instrument.ends is None or instrument.ends.reached(day) is not True


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Articles that may ask something of a company and are not encoded; ``more``: unnamed ones."""

    articles: int
    more: bool


def asks_nothing(reason: str | None) -> bool:
    """Whether an article of this kind holds nothing that a company could meet or miss."""
    return reason in _ASKS_NOTHING


def not_checked(evaluation: Evaluation) -> NotChecked:
    """What of the instruments in force was not checked."""
    count, more = 0, False
    for instrument in evaluation.rules.instruments.values():
        if not in_force(instrument, evaluation.law or evaluation.as_of):
            continue
        for number, article in instrument.articles.items():
            if article.encoded or asks_nothing(article.reason):
                continue
            if number == "rest":
                more = True
            else:
                count += 1
    return NotChecked(count, more)
