"""`compare` as JSON; the shape is ``ComparisonJson`` of ``other_models``. Days are ISO dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from compliancecheck import __version__
from compliancecheck.logic.words import ref_path
from compliancecheck.model.comparison import (
    Change,
    Comparison,
    DateChange,
    Event,
    Partner,
    RouteChange,
    Rung,
    Side,
)
from compliancecheck.model.findings import Evaluation, Outcome, RouteLine
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import DayRange, Texts, iso
from compliancecheck.reports.compare_words import answer_words
from compliancecheck.reports.dates_json import date_json
from compliancecheck.reports.json_report import finding_json
from compliancecheck.reports.other_models import COMPARISON_ID
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import DisplayStatus
from compliancecheck.reports.summary import status_counts


def comparison_json(
    comparison: Comparison,
    exit_code: int,
    *,
    proofs: bool = False,
    ladders: Mapping[str, Sequence[Rung]] | None = None,
) -> dict[str, Any]:
    """The whole comparison; with *proofs* each side holds its finding as in the report."""
    before, after = comparison.before, comparison.after
    found: dict[str, Any] = {
        "schema": COMPARISON_ID,
        "tool": {"name": "compliancecheck", "version": __version__},
        "kind": _kind(comparison),
        "as_of": iso(before.as_of),
        "packs": [{"id": p.id, "sha256": p.sha256} for p in before.rules.packs.values()],
        "before": _evaluated(before),
        "after": _evaluated(after),
        "changes": [_change(comparison, change, proofs) for change in comparison.changes],
        "routes": [_route(change) for change in comparison.routes],
        "dates": [_date(comparison, change) for change in comparison.dates],
        "unchanged": comparison.unchanged,
        "idle": comparison.idle,
        "facts": [_fact(comparison, ref) for ref in comparison.facts],
        "readings": list(comparison.readings),
        "shaky": [ref_path(before.rules, ref) for ref in comparison.shaky],
        "ladders": [
            {"pack": pack, "segments": [_rung(rung) for rung in rungs]}
            for pack, rungs in (ladders or {}).items()
        ],
        "exit": exit_code,
    }
    if comparison.draft is not None:
        found["draft"] = comparison.draft
    return found


def _kind(comparison: Comparison) -> str:
    if comparison.draft is not None:
        return "draft"
    return "law" if comparison.before.profile is comparison.after.profile else "profiles"


def _evaluated(evaluation: Evaluation) -> dict[str, Any]:
    profile = evaluation.profile
    return {
        "path": profile.path,
        "sha256": profile.sha256,
        "name": profile.name,
        "law": iso(evaluation.as_of if evaluation.law is None else evaluation.law),
        "drafts": evaluation.drafts,
    }


def _change(comparison: Comparison, change: Change, proofs: bool) -> dict[str, Any]:
    rules = comparison.before.rules
    rule = rules.rules[change.rule]
    found: dict[str, Any] = {
        "rule": change.rule,
        "title": _texts(rule.title),
        "change": change.kind,
        "before": _side(comparison.before, change.before, proofs),
        "after": _side(comparison.after, change.after, proofs),
        "facts": [_fact(comparison, ref) for ref in change.facts],
        "because_of": list(change.through),
        "successors": [_partner(partner) for partner in change.successors],
        "predecessors": [_partner(partner) for partner in change.predecessors],
    }
    if rule.level:
        found["level"] = rule.level
    if change.item is not None:
        found["item"] = change.item
    if change.further:
        found["further"] = True
    return found


def _side(evaluation: Evaluation, side: Side, proofs: bool) -> dict[str, Any]:
    rules = evaluation.rules
    rule = rules.rules[side.rule]
    instrument = rules.instruments[rule.instrument]
    found: dict[str, Any] = {
        "rule": rule.id,
        "instrument": instrument.id,
        "short": _texts(instrument.short),
        "article": rule.article,
        "effective": _days(side.since),
        "ends": _days(side.until),
    }
    if instrument.is_draft:
        found["draft"] = True
    if side.finding is None:
        found["absent"] = side.absent
        return found
    found["status"] = side.finding.status.value
    found["scope"] = side.finding.scope
    found["possible"] = [o.value for o in Outcome if o in side.finding.possible]
    if rule.compares is not None:
        found["met"] = side.finding.met
    if side.reason is not None:
        reason = {"kind": side.reason.kind, "by": side.reason.by, "article": side.reason.article}
        found["reason"] = {key: value for key, value in reason.items() if value is not None}
    if proofs:
        found["finding"] = finding_json(evaluation, side.finding)
    return found


def _partner(partner: Partner) -> dict[str, str]:
    return {"rule": partner.rule, "why": partner.why}


def _fact(comparison: Comparison, ref: FactRef) -> dict[str, str]:
    sheet = Sheet()
    return {
        "fact": ref_path(comparison.before.rules, ref),
        "before": answer_words(comparison.before, ref, sheet),
        "after": answer_words(comparison.after, ref, sheet),
    }


def _route(change: RouteChange) -> dict[str, Any]:
    found: dict[str, Any] = {
        "group": change.route,
        "before": _line(change.before),
        "after": _line(change.after),
    }
    if change.item is not None:
        found["item"] = change.item
    return found


def _line(line: RouteLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "possible": list(line.possible),
        "none_possible": line.none_possible,
        "settled": line.settled,
        "contested": line.contested,
    }


def _date(comparison: Comparison, change: DateChange) -> dict[str, Any]:
    rules, before, after = comparison.before.rules, change.before, change.after
    found: dict[str, Any] = {
        "rule": change.rule,
        "id": change.deadline,
        "before": None if before is None else date_json(rules, before),
        "after": None if after is None else date_json(rules, after),
    }
    if change.item is not None:
        found["item"] = change.item
    return found


def _rung(rung: Rung) -> dict[str, Any]:
    segment = rung.segment
    counts = status_counts(rung.evaluation)
    return {
        "from": iso(segment.first),
        "until": None if segment.last is None else iso(segment.last),
        "events": [_event(event) for event in segment.events],
        "routes": [
            {"group": line.route, **(_line(line) or {})}
            for line in rung.evaluation.routes
            if line.item is None
        ],
        "counts": {s.value: counts[s] for s in DisplayStatus},
    }


def _event(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": event.kind,
        "instrument": event.instrument,
        "displaces": list(event.displaces),
    }
    if event.rule is not None:
        found["rule"] = event.rule
    if event.disputed:
        found["disputed"] = True
    return found


def _days(days: DayRange | None) -> str | None:
    if days is None:
        return None
    return iso(days.first) if days.first == days.last else f"{iso(days.first)}..{iso(days.last)}"


def _texts(texts: Texts) -> dict[str, str]:
    return {"en": texts.en, "zh": texts.zh}
