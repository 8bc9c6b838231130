"""Answers that contradict each other, as problems at the places of all of them."""

from __future__ import annotations

from compliancecheck.model.findings import Conflict, Evaluation
from compliancecheck.model.texts import Place, Texts
from compliancecheck.reading.problems import Problem, file_problem, in_order, problem_at
from compliancecheck.reports.wording import path_of, place_of, place_text


def conflict_problems(evaluation: Evaluation) -> tuple[Problem, ...]:
    """One problem at each answer of each conflict; the hint names the other places."""
    found: list[Problem] = []
    for conflict in evaluation.conflicts:
        found += _problems(evaluation, conflict)
    return in_order(found)


def _problems(evaluation: Evaluation, conflict: Conflict) -> list[Problem]:
    says = conflict.says
    places: dict[Place, str] = {}
    for ref in conflict.refs:
        place = place_of(evaluation, ref)
        if place is not None and place not in places:
            places[place] = path_of(evaluation.rules, ref)
    if not places:
        return [file_problem(evaluation.profile.path, says)]
    problems = []
    for place, path in places.items():
        others = [(p, place_text(at)) for at, p in places.items() if at != place][:3]
        hint = Texts(
            f"it does not go with {' and '.join(f'`{p}` at {at}' for p, at in others)}",
            f"它与 {'、'.join(f'`{p}`（{at}）' for p, at in others)} 相矛盾",
        )
        both = Texts(f"`{path}`: {says.get('en')}", f"`{path}`：{says.get('zh')}")
        problems.append(problem_at(place, both, hint if others else None))
    return problems
