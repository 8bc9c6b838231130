"""Dated acts as JSON; the shape is ``DateJson`` of ``findings_model``. Days are ISO dates."""

from __future__ import annotations

from compliancecheck import __version__
from compliancecheck.logic.words import ref_path
from compliancecheck.model.findings import DatedAct, Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import iso
from compliancecheck.model.values import Interval
from compliancecheck.reports import findings_model as shape
from compliancecheck.reports.other_models import DEADLINES_ID


def dates_json(evaluation: Evaluation) -> list[shape.DateJson]:
    """All dated acts of one evaluation, in the order of the findings."""
    return [date_json(evaluation.rules, act) for act in evaluation.dates]


def date_json(rules: Rules, act: DatedAct) -> shape.DateJson:
    """One dated act."""
    found: shape.DateJson = {
        "rule": act.rule,
        "id": act.deadline,
        "kind": act.kind,  # type: ignore[typeddict-item]
        "who": act.who,  # type: ignore[typeddict-item]
        "act": {"en": act.act.en, "zh": act.act.zh},
        "article": act.article,
        "standing": act.standing.value,
        "expected": act.expected,
        "provisional": bool(act.provisional),
        "applies": act.applies,
        "needs": [ref_path(rules, ref) for ref in act.needs],
    }
    if act.item is not None:
        found["item"] = act.item
    if act.due is not None:
        found["due"] = days_json(act.due)
    if act.opens is not None:
        found["opens"] = days_json(act.opens)
    if act.done is not None:
        found["done"] = days_json(act.done)
    if act.safe_due is not None:
        found["safe_due"] = iso(act.safe_due)
    if act.unrolled is not None:
        found["unrolled"] = iso(act.unrolled)
    if act.start is not None:
        found["start"] = iso(act.start)
    _doubts(found, act)
    return found


def _doubts(found: shape.DateJson, act: DatedAct) -> None:
    """How sure the day is."""
    if act.latest is not None:
        found["latest"] = iso(act.latest)
    if act.extension_open:
        found["may_be_extended"] = True
    if act.provisional:
        found["provisional_years"] = list(act.provisional)
    if act.no_calendar is not None:
        found["no_calendar"] = act.no_calendar
    if act.adopt:
        found["reading"] = [{"reading": name, "choice": choice} for name, choice in act.adopt]


def days_json(days: Interval) -> str | shape.IntervalJson:
    """A day, or the first and the last one that it may be."""
    if days.is_point and days.low is not None:
        return iso(int(days.low))
    found: shape.IntervalJson = {}
    if days.low is not None:
        found["at_least"] = iso(int(days.low))
    if days.high is not None:
        found["at_most"] = iso(int(days.high))
    return found


def deadlines_json(evaluation: Evaluation) -> dict[str, object]:
    """What `deadlines --format json` writes: one profile with all its dated acts."""
    profile = evaluation.profile
    return {
        "schema": DEADLINES_ID,
        "tool": {"name": "compliancecheck", "version": __version__},
        "as_of": iso(evaluation.as_of),
        "law": iso(evaluation.as_of if evaluation.law is None else evaluation.law),
        "profile": {"path": profile.path, "sha256": profile.sha256, "name": profile.name},
        "dates": dates_json(evaluation),
    }
