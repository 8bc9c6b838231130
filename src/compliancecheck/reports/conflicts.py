"""Answers that contradict each other, as problems at the places of all of them."""

from __future__ import annotations

from compliancecheck.model.findings import Conflict, Evaluation
from compliancecheck.model.texts import Place
from compliancecheck.reading.problems import Problem, file_problem, in_order, problem_at
from compliancecheck.reports.wording import path_of, place_of, place_text


def conflict_problems(evaluation: Evaluation, lang: str) -> tuple[Problem, ...]:
    """One problem at each answer of each conflict; the hint names the other places."""
    found: list[Problem] = []
    for conflict in evaluation.conflicts:
        found += _problems(evaluation, conflict, lang)
    return in_order(found)


def _problems(evaluation: Evaluation, conflict: Conflict, lang: str) -> list[Problem]:
    says = conflict.says.get(lang)
    places: dict[Place, str] = {}
    for ref in conflict.refs:
        place = place_of(evaluation, ref)
        if place is not None and place not in places:
            places[place] = path_of(evaluation.rules, ref)
    if not places:
        return [file_problem(evaluation.profile.path, says)]
    problems = []
    for place, path in places.items():
        others = [f"`{p}` at {place_text(at)}" for at, p in places.items() if at != place]
        hint = f"it does not go with {' and '.join(others[:3])}" if others else None
        problems.append(problem_at(place, f"`{path}`: {says}", hint))
    return problems
