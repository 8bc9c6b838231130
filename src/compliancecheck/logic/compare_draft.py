"""A draft against the law of the day: what it would have asked, and what the law asks instead."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.compare import side_of
from compliancecheck.logic.compared_facts import shaky_counts
from compliancecheck.logic.decisive import same
from compliancecheck.logic.drafts import replaced_by
from compliancecheck.logic.partners import editions_after, keyed, partners
from compliancecheck.model.comparison import Change, Comparison, Partner
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.instruments import Instrument, Rules


def compare_draft(evaluation: Evaluation, draft: str) -> Comparison:
    """The findings of a draft beside those of the law that governs its subject.

    *evaluation* is one with drafts. A rule of the draft is paired with the rule of its name in
    an instrument that replaced the draft, and with what has displaced that one since; where
    the data names none, it stands alone. Rules of those instruments that apply and to which the
    draft has none are told too. Raises :class:`ValueError` where *draft* is none, or drafts
    were left out.
    """
    instrument = evaluation.rules.instruments.get(draft)
    if instrument is None or not instrument.is_draft:
        raise ValueError(f"{draft} is no draft")
    if not evaluation.drafts or evaluation.conflicts:
        raise ValueError("the evaluation has no findings of drafts")
    found = _Drafted(evaluation, instrument)
    changes = (*found.of_the_draft(), *found.of_the_law())
    return Comparison(
        before=evaluation,
        after=evaluation,
        changes=changes,
        unchanged=found.unchanged,
        idle=found.idle,
        shaky=shaky_counts(evaluation, evaluation, changes, ()),
        draft=draft,
    )


def governing(rules: Rules, draft: str) -> tuple[str, ...]:
    """What took a draft's place: what replaces it, else what its notice names, and what
    displaces rules of these."""
    found = list(editions_after(rules, draft)) or list(_noticed(rules, draft))
    for name in found:
        own = {rule.id for rule in rules.rules.values() if rule.instrument == name}
        found += [
            p.instrument
            for p in rules.prevails
            if p.rule in own and p.instrument not in found and _is_law(rules, p.instrument)
        ]
    return tuple(dict.fromkeys(found))


def taken_by(rules: Rules, draft: str) -> tuple[str, ...]:
    """What took a draft's place: what replaces it, else what its notice names."""
    return replaced_by(rules, draft) or tuple(_noticed(rules, draft))


def _noticed(rules: Rules, draft: str) -> Iterator[str]:
    """The instruments in force, or once in force, whose name stands in the draft's notice."""
    notice = rules.instruments[draft].notice
    if notice is None:
        return
    for other in rules.instruments.values():
        names = [*map(other.short.get, ("en", "zh")), *map(other.title.get, ("en", "zh"))]
        if not other.is_draft and any(n in notice.en or n in notice.zh for n in names if n):
            yield other.id


def _is_law(rules: Rules, instrument: str) -> bool:
    return not rules.instruments[instrument].is_draft


class _Drafted:
    def __init__(self, evaluation: Evaluation, draft: Instrument) -> None:
        self.evaluation, self.rules = evaluation, evaluation.rules
        self.draft = draft
        self.governing = governing(self.rules, draft.id)
        self.findings = keyed(evaluation)
        self.paired: set[str] = set()
        self.unchanged = self.idle = 0

    def of_the_draft(self) -> Iterator[Change]:
        """Each rule of the draft that asks something, or whose partner does."""
        for finding in self.evaluation.findings:
            if self.rules.rules[finding.rule].instrument != self.draft.id:
                continue
            found = self._partners(finding)
            self.paired |= {partner.rule for partner in found}
            law = [self._of(partner.rule, finding) for partner in found]
            if finding.scope is False and not any(f and f.scope is not False for f in law):
                self.idle += 1
            elif any(f is not None and same(f, finding) for f in law[:1]):
                self.unchanged += 1
            else:
                yield self._change(finding, found)

    def of_the_law(self) -> Iterator[Change]:
        """What the law asks (or may ask) and the draft has no rule for."""
        for finding in self.evaluation.findings:
            rule = self.rules.rules[finding.rule]
            if rule.instrument not in self.governing or rule.id in self.paired:
                continue
            if finding.scope is not False:
                yield Change(
                    rule.id,
                    finding.item,
                    finding.further,
                    side_of(self.evaluation, rule.id, None, "no_counterpart"),
                    side_of(self.evaluation, rule.id, finding, ""),
                )

    def _change(self, finding: Finding, found: tuple[Partner, ...]) -> Change:
        after = side_of(self.evaluation, finding.rule, None, "no_counterpart")
        if found:
            law = self._of(found[0].rule, finding)
            after = side_of(self.evaluation, found[0].rule, law, "not_in_force")
        return Change(
            finding.rule,
            finding.item,
            finding.further,
            side_of(self.evaluation, finding.rule, finding, ""),
            after,
            successors=found,
        )

    def _of(self, rule: str, finding: Finding) -> Finding | None:
        return self.findings.get((rule, finding.item, finding.further))

    def _partners(self, finding: Finding) -> tuple[Partner, ...]:
        """The rule of that name in what replaced the draft; what displaced that, before it."""
        rule = self.rules.rules[finding.rule]
        live = {
            f.rule: f
            for f in self.evaluation.findings
            if (f.item, f.further) == (finding.item, finding.further)
        }
        named = partners(rule, taken_by(self.rules, self.draft.id), None, self.rules, live)
        found: list[Partner] = []
        for partner in named:
            law = live.get(partner.rule)
            side = side_of(self.evaluation, partner.rule, law, "not_in_force")
            why = side.reason
            if finding.scope is not False and why and why.kind == "displaced" and why.by:
                old = self.rules.rules[partner.rule]
                found += partners(old, [why.by], why.article, self.rules, live)
            found.append(partner)
        return tuple(dict.fromkeys(found))
