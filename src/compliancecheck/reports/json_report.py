"""Evaluations as JSON: sorted, without the time, numbers as decimal strings.

The shape is that of ``findings_model``; ``schemas`` is its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from compliancecheck import __version__
from compliancecheck.logic.drafts import replaced_by
from compliancecheck.logic.explain import explain, worth_proving
from compliancecheck.logic.questions import questions
from compliancecheck.logic.routes import members_of
from compliancecheck.logic.words import ref_path
from compliancecheck.model.findings import (
    Adoption,
    AgeNote,
    Evaluation,
    Finding,
    Margin,
    Outcome,
    Question,
    Reason,
    RouteLine,
    Status,
    TraceNode,
)
from compliancecheck.model.instruments import Instrument, Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.texts import Place, Texts, iso
from compliancecheck.model.values import Interval, Number
from compliancecheck.reading.problems import Problem
from compliancecheck.reports import findings_model as shape
from compliancecheck.reports.dates_json import dates_json
from compliancecheck.reports.status import DisplayStatus
from compliancecheck.reports.summary import (
    draft_counts,
    drafts_judged,
    in_order,
    not_checked,
    status_counts,
)
from compliancecheck.reports.wording import place_of

_RELATIVE_DIGITS = 6


def report_json(
    rules: Rules,
    as_of: int,
    law: int,
    profiles: Iterable[shape.ProfileJson],
    problems: Iterable[Problem],
    exit_code: int,
    *,
    drafts: bool = False,
    lang: str = "en",
) -> shape.ReportJson:
    """The whole report of one run; days are ordinals. Problems are told in one language."""
    found: shape.ReportJson = {
        "schema": shape.SCHEMA_ID,
        "tool": {"name": "compliancecheck", "version": __version__},
        "as_of": iso(as_of),
        "law": iso(law),
        "packs": [{"id": p.id, "sha256": p.sha256} for p in rules.packs.values()],
        "profiles": list(profiles),
        "problems": [problem_json(problem, lang) for problem in problems],
        "exit": exit_code,
    }
    if drafts:
        found["drafts"] = True
    return found


def problem_json(problem: Problem, lang: str = "en") -> shape.ProblemJson:
    """A mistake in a file, told in a language."""
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "end_column": problem.end_column,
        "message": problem.said(lang),
        "hint": problem.advised(lang),
        "severity": "error" if problem.is_error else "warning",
    }


def profile_json(
    evaluation: Evaluation, findings: Sequence[Finding] | None = None
) -> shape.ProfileJson:
    """One evaluated profile.

    *findings* chooses what is listed, all with traces; None lists every finding, and one that
    does not apply without its trace.
    """
    profile, rules = evaluation.profile, evaluation.rules
    chosen = in_order(evaluation) if findings is None else findings

    def traced(finding: Finding) -> bool:
        return findings is not None or finding.status is not Status.NOT_APPLICABLE

    counts = {status.value: n for status, n in status_counts(evaluation).items()}
    left = not_checked(evaluation)
    found: shape.ProfileJson = {
        "path": profile.path,
        "sha256": profile.sha256,
        "name": profile.name,
        "evaluated": True,
        "ages": [_age(rules, note) for note in evaluation.age_notes],
        "findings": [finding_json(evaluation, f, trace=traced(f)) for f in chosen],
        "routes": [_route(evaluation, line) for line in evaluation.routes],
        "dates": dates_json(evaluation),
        "questions": questions_json(evaluation),
        "counts": counts,  # type: ignore[typeddict-item]
        "not_checked": {"articles": left.articles, "more": left.more},
    }
    if profile.dated is not None:
        found["dated"] = iso(profile.dated)
    if evaluation.drafts:
        found["drafts"] = [_draft(evaluation, each) for each in drafts_judged(evaluation)]
    return found


def _draft(evaluation: Evaluation, draft: Instrument) -> shape.DraftJson:
    counts = draft_counts(evaluation, draft.id)
    found: shape.DraftJson = {
        "instrument": draft.id,
        "replaced_by": list(replaced_by(evaluation.rules, draft.id)),
        "counts": {s.value: n for s, n in counts.items()},  # type: ignore[typeddict-item]
    }
    if draft.notice:
        found["notice"] = _texts(draft.notice)
    return found


def broken_json(path: str, profile: Profile | None) -> shape.ProfileJson:
    """A profile that was not evaluated; why stands among the problems."""
    counts = {s.value: 0 for s in DisplayStatus}
    return {
        "path": path,
        "sha256": profile.sha256 if profile else "",
        "name": profile.name if profile else "",
        "evaluated": False,
        "ages": [],
        "findings": [],
        "routes": [],
        "dates": [],
        "questions": [],
        "counts": counts,  # type: ignore[typeddict-item]
        "not_checked": {"articles": 0, "more": False},
    }


def finding_json(
    evaluation: Evaluation, finding: Finding, *, trace: bool = True
) -> shape.FindingJson:
    """One finding with its proof; decisive answers are sought where the rule surely applies."""
    rules = evaluation.rules
    rule = rules.rules[finding.rule]
    proof = explain(evaluation, finding, proof=worth_proving(evaluation, finding))
    notice = rules.instruments[rule.instrument].notice
    found: shape.FindingJson = {
        "rule": finding.rule,
        "instrument": rule.instrument,
        "article": rule.article,
        "title": _texts(rule.title),
        "kind": rule.kind,  # type: ignore[typeddict-item]
        "binding": rules.instruments[rule.instrument].binding,
        "status": finding.status.value,
        "possible": _outcomes(finding.possible),
        "scope": finding.scope,
        "fired": finding.fired,
        "cannot_fail": finding.cannot_fail,
        "cannot_pass": finding.cannot_pass,
        "missing": [ref_path(rules, ref) for ref in finding.missing] + list(finding.open_lists),
        "margins": [_margin(rules, margin) for margin in proof.margins],
        "decisive": [_decisive(evaluation, ref) for ref in proof.decisive],
        "also": [ref_path(rules, ref) for ref in proof.also],
    }
    if trace:
        found["trace"] = _trace(rules, proof.trace)
    if finding.item is not None:
        found["item"] = finding.item
    if finding.further:
        found["further"] = True
    if rules.instruments[rule.instrument].is_draft:
        found["draft"] = True
    if rule.level:
        found["level"] = rule.level  # type: ignore[typeddict-item]
    if rule.compares is not None:
        found["met"] = finding.met
    if finding.readings:
        found["contested"] = [
            {"adopt": _adopt(v.adopt), "possible": _outcomes(v.outcomes)} for v in finding.readings
        ]
    if finding.adopted:
        found["adopted"] = _adopt(finding.adopted)
    if finding.waits_until is not None:
        found["waits_until"] = iso(finding.waits_until)
    if finding.held == "review":
        found["held"] = "review"
    if proof.finding.reason is not None:
        found["reason"] = _reason(proof.finding.reason)
    if rule.then:
        found["then"] = _texts(rule.then)
    if notice:
        found["notice"] = _texts(notice)
    return found


# -- parts ----------------------------------------------------------------------------------------


def _texts(texts: Texts) -> shape.TextsJson:
    return {"en": texts.en, "zh": texts.zh}


def _outcomes(outcomes: frozenset[Outcome]) -> list[shape.OutcomeName]:
    return [o.value for o in Outcome if o in outcomes]


def _adopt(adoption: Adoption) -> list[shape.AdoptJson]:
    return [{"reading": name, "choice": choice} for name, choice in adoption]


def _reason(reason: Reason) -> shape.ReasonJson:
    found: shape.ReasonJson = {"kind": reason.kind}  # type: ignore[typeddict-item]
    if reason.by:
        found["by"] = reason.by
    if reason.article:
        found["article"] = reason.article
    return found


def _decisive(evaluation: Evaluation, ref: FactRef) -> shape.DecisiveJson:
    found: shape.DecisiveJson = {"fact": ref_path(evaluation.rules, ref)}
    place = place_of(evaluation, ref)
    if place:
        found["line"], found["column"] = place.line, place.column
        found["end_column"] = place.end_column
    return found


def _place(place: Place) -> shape.PlaceJson:
    return {
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
    }


def _trace(rules: Rules, node: TraceNode) -> shape.TraceJson:
    found: shape.TraceJson = {"words": _texts(node.words), "truth": node.truth}
    if node.value:
        found["value"] = _texts(node.value)
    if node.bound:
        found["bound"] = _texts(node.bound)
    if node.article:
        found["article"] = node.article
    if node.confidence:
        found["confidence"] = node.confidence
    if node.because:
        found["because"] = _texts(node.because)
    if node.ref:
        found["fact"] = ref_path(rules, node.ref)
    if node.place:
        found["place"] = _place(node.place)
    if node.decisive:
        found["decisive"] = True
    if node.review:
        found["review"] = True
        found["would_give"] = node.would_give
    if node.rule:
        found["rule"] = node.rule
    if node.children:
        found["children"] = [_trace(rules, child) for child in node.children]
    return found


def _margin(rules: Rules, margin: Margin) -> shape.MarginJson:
    is_date = margin.type == "date"
    found: shape.MarginJson = {
        "fact": ref_path(rules, margin.ref) if margin.ref else margin.name,
        "label": _texts(margin.label),
        "type": margin.type,
        "value": _interval(margin.value, is_date),
        "bound": _interval(margin.bound, is_date),
        "distance": _interval(margin.distance, False),
        "in_scope": margin.in_scope,
        "strict": margin.strict,
    }
    if margin.relative is not None:
        found["relative"] = _relative(margin.relative)
    if margin.unit:
        found["unit"] = margin.unit
    if margin.turns:
        found["turns"] = margin.turns  # type: ignore[typeddict-item]
    return found


def number_json(value: Number, is_date: bool = False) -> str:
    """A number exactly: a decimal, or ``a/b`` where no decimal can write it; a day as ISO."""
    if is_date:
        return iso(int(value))
    fraction = Fraction(value)
    rest, twos, fives = fraction.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{fraction.numerator}/{fraction.denominator}"
    digits = max(twos, fives)
    scaled = abs(fraction.numerator) * 10**digits // fraction.denominator
    whole, part = divmod(scaled, 10**digits)
    sign = "-" if fraction < 0 else ""
    return f"{sign}{whole}" + (f".{part:0{digits}d}" if digits else "")


def _interval(interval: Interval, is_date: bool) -> str | shape.IntervalJson:
    if interval.is_point and interval.low is not None:
        return number_json(interval.low, is_date)
    found: shape.IntervalJson = {}
    if interval.low is not None:
        low = number_json(interval.low, is_date)
        if interval.low_open:
            found["over"] = low
        else:
            found["at_least"] = low
    if interval.high is not None:
        high = number_json(interval.high, is_date)
        if interval.high_open:
            found["under"] = high
        else:
            found["at_most"] = high
    return found


def _relative(interval: Interval) -> str | shape.IntervalJson:
    """Six significant digits, cut towards 0 and never to 0."""
    cut = Interval(
        None if interval.low is None else _significant(interval.low),
        None if interval.high is None else _significant(interval.high),
        interval.low_open,
        interval.high_open,
    )
    return _interval(cut, False)


def _significant(value: Number) -> Fraction:
    fraction = Fraction(value)
    if fraction == 0:
        return fraction
    scale = Fraction(1)
    while abs(fraction) * scale < 10 ** (_RELATIVE_DIGITS - 1):
        scale *= 10
    while abs(fraction) * scale >= 10**_RELATIVE_DIGITS:
        scale /= 10
    kept = int(abs(fraction) * scale) / scale
    return -kept if fraction < 0 else kept


def _route(evaluation: Evaluation, line: RouteLine) -> shape.RouteJson:
    rules = evaluation.rules
    ways = rules.routes[line.route].ways
    found: shape.RouteJson = {
        "group": line.route,
        "settled": line.settled,
        "possible": list(line.possible),
        "none_possible": line.none_possible,
        "because": [r for way in line.possible for r in members_of(evaluation, line, way)],
        "not_possible": [
            {"way": way, "because": _members(rules, line.route, way)}
            for way in ways
            if way not in line.possible
        ],
        "missing": [ref_path(rules, ref) for ref in line.missing],
    }
    if line.item is not None:
        found["item"] = line.item
    if line.open_list:
        found["open_list"] = True
    if line.reason is not None:
        found["reason"] = line.reason  # type: ignore[typeddict-item]
    if line.readings:
        found["readings"] = [
            {"adopt": _adopt(v.adopt), "possible": list(v.ways)} for v in line.readings
        ]
    return found


def _members(rules: Rules, route: str, way: str) -> list[str]:
    return [rule.id for rule in rules.rules.values() if rule.way == (route, way)]


def questions_json(evaluation: Evaluation) -> list[shape.QuestionJson]:
    """The questions that still matter, in the order of the interview."""
    return [_question(evaluation.rules, question) for question in questions(evaluation)]


def _question(rules: Rules, question: Question) -> shape.QuestionJson:
    fact = rules.facts[question.ref.name]
    return {
        "fact": ref_path(rules, question.ref),
        "question": _texts(fact.question or fact.label),
        "matters_to": list(question.matters_to),
        "cuts": [_texts(cut) for cut in question.cuts],
    }


def _age(rules: Rules, note: AgeNote) -> shape.AgeJson:
    found: shape.AgeJson = {
        "kind": note.kind,  # type: ignore[typeddict-item]
        "counted_on": iso(note.counted_on),
    }
    if note.ref is not None:
        found["fact"] = ref_path(rules, note.ref)
    return found
