"""`what-if` as JSON: sorted, without the time; numbers are decimal strings or ratios."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compliancecheck import __version__
from compliancecheck.logic.words import ref_path
from compliancecheck.model.findings import Evaluation, Finding, RouteLine
from compliancecheck.model.profile import Answer
from compliancecheck.model.texts import Texts, iso
from compliancecheck.model.values import Members
from compliancecheck.model.what_if import Effect, Suggestion, Supposition, WhatIf
from compliancecheck.model.written import as_written
from compliancecheck.reports import what_if_words as words
from compliancecheck.reports.json_report import finding_json
from compliancecheck.reports.wording import place_of

SCHEMA_ID = "urn:compliancecheck:schema/what-if/1"


def what_if_json(
    evaluation: Evaluation, found: Sequence[tuple[WhatIf, Sequence[str]]], exit_code: int
) -> dict[str, Any]:
    """The what-ifs of some findings of one profile, each with the names of what was wished."""
    profile, law = evaluation.profile, evaluation.law
    return {
        "schema": SCHEMA_ID,
        "tool": {"name": "compliancecheck", "version": __version__},
        "as_of": iso(evaluation.as_of),
        "law": iso(evaluation.as_of if law is None else law),
        "packs": [{"id": p.id, "sha256": p.sha256} for p in evaluation.rules.packs.values()],
        "profile": {"path": profile.path, "sha256": profile.sha256, "name": profile.name},
        "what_ifs": [_what_if(evaluation, one, wish) for one, wish in found],
        "exit": exit_code,
    }


def _what_if(evaluation: Evaluation, found: WhatIf, wish: Sequence[str]) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "finding": finding_json(evaluation, found.finding, trace=False),
        "want": list(wish),
        "suggestions": [_suggestion(evaluation, one) for one in found.suggestions],
        "more": found.more,
    }
    if found.why_none is not None:
        whole["why_none"] = found.why_none
        whole["says"] = _texts(words.why_none_words(found.finding, found.why_none))
    return whole


def _suggestion(evaluation: Evaluation, found: Suggestion) -> dict[str, Any]:
    rules = evaluation.rules
    return {
        "if": [_supposition(evaluation, one) for one in found.suppositions],
        "then": _state(found.after),
        "turns": [_effect(effect) for effect in words.in_order(found.effects)],
        "routes": [
            {
                "group": change.route,
                **({} if change.item is None else {"item": change.item}),
                "before": _line(change.before),
                "after": _line(change.after),
            }
            for change in found.routes
        ],
        "given": found.given,
        "set_aside": [ref_path(rules, ref) for ref in found.set_aside],
    }


def _supposition(evaluation: Evaluation, found: Supposition) -> dict[str, Any]:
    rules = evaluation.rules
    whole: dict[str, Any] = {"says": _texts(words.if_words(rules, found))}
    if found.ref is None:
        return {**whole, "reading": found.reading, "choice": found.choice}
    whole["fact"] = ref_path(rules, found.ref)
    whole["is"] = _answer(evaluation, found, found.answer)
    whole["now"] = None if found.now is None else _answer(evaluation, found, found.now)
    if found.past:
        whole["past"] = True
    place = place_of(evaluation, found.ref) if found.now is not None else None
    if place is not None:
        whole["line"], whole["column"] = place.line, place.column
    return whole


def _answer(evaluation: Evaluation, found: Supposition, answer: Answer | None) -> Any:
    """An answer as it could stand in a profile, where that can say it as one."""
    assert answer is not None and found.ref is not None
    fact, values = evaluation.rules.facts[found.ref.name], answer.values
    if values is None:
        return "not yet" if answer.not_yet else "unknown"
    if isinstance(values, Members):
        if values.is_point:
            return sorted(values.sure)
        return {"includes": sorted(values.sure), "may_include": sorted(values.possible)}
    if isinstance(values, frozenset):
        options = sorted(values, key=str)
        return options[0] if len(options) == 1 else {"one_of": options}
    parts = [as_written(fact, part) for part in values]
    return parts[0] if len(parts) == 1 else parts


def _effect(effect: Effect) -> dict[str, Any]:
    finding = words.effect_finding(effect)
    found: dict[str, Any] = {
        "rule": finding.rule,
        "before": None if effect.before is None else _state(effect.before),
        "after": None if effect.after is None else _state(effect.after),
    }
    if finding.item is not None:
        found["item"] = finding.item
    if finding.further:
        found["further"] = True
    return found


def _state(finding: Finding) -> dict[str, Any]:
    found: dict[str, Any] = {
        "status": finding.status.value,
        "shown_as": words.shown_status(finding).value,
        "possible": sorted(outcome.value for outcome in finding.possible),
    }
    if finding.met is not None:
        found["met"] = finding.met
    return found


def _line(line: RouteLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"possible": list(line.possible), "none_possible": line.none_possible}


def _texts(texts: Texts) -> dict[str, str]:
    return {"en": texts.en, "zh": texts.zh}
