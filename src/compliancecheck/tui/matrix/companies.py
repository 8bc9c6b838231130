"""The companies of a matrix: each file read and evaluated, its status for each rule. No Textual.

A cell is one rule of one company: the worst status of its findings (of a rule on the items of a
list there is one an item), and how many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.reading.files import stamp_of
from compliancecheck.reading.problems import Problem, ProblemsError
from compliancecheck.reading.profiles import load_profile_file
from compliancecheck.reports.conflicts import conflict_problems
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, is_folded


@dataclass(frozen=True, slots=True)
class Day:
    """What all companies of a matrix are judged by: day ordinals as in ``evaluate``."""

    as_of: int
    law: int | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One rule of one company: the worst status, and all findings of the rule.

    ``unasked``: the company has answered nothing of the rule's pack.
    """

    status: DisplayStatus
    findings: tuple[Finding, ...]
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """One profile file: its name and cells, or the problems for which there are none."""

    path: str
    name: str
    stamp: tuple[int, int, int] | None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    counts: Mapping[DisplayStatus, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether the file could not be evaluated."""
        return any(problem.is_error for problem in self.problems)


def company(path: str, rules: Rules, day: Day) -> Company:
    """Read and evaluate one profile file."""
    stamp = stamp_of(path)
    try:
        profile, problems = load_profile_file(path, rules)
    except ProblemsError as error:
        return Company(path, "", stamp, problems=tuple(error.problems))
    name = profile.name if profile else ""
    if profile is None or any(problem.is_error for problem in problems):
        return Company(path, name or "", stamp, problems=tuple(problems))
    found = evaluate(profile, rules, as_of=day.as_of, law=day.law, drafts=day.drafts)
    conflicts = tuple(conflict_problems(found)) if found.conflicts else ()
    if conflicts:
        return Company(path, name or "", stamp, problems=(*problems, *conflicts))
    cells = cells_of(found)
    return Company(path, name or "", stamp, cells, _counted(cells), tuple(problems))


def _counted(cells: Mapping[str, Cell]) -> dict[DisplayStatus, int]:
    """How many findings have each status; packs that nobody answered do not count."""
    asked = (finding for cell in cells.values() if not cell.unasked for finding in cell.findings)
    found = Counter(map(display_status, asked))
    return {status: found[status] for status in DisplayStatus}


def cells_of(evaluation: Evaluation) -> dict[str, Cell]:
    """For each rule with findings its cell, in the order of the law."""
    empty = empty_packs(evaluation)
    by_rule: dict[str, list[Finding]] = {}
    for finding in evaluation.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return {
        rule: Cell(
            min(map(display_status, findings), key=lambda status: status.rank),
            tuple(findings),
            all(is_folded(evaluation, finding, empty) for finding in findings),
        )
        for rule, findings in by_rule.items()
    }


def columns(
    rules: Rules, companies: Iterable[Company], only: DisplayStatus | None = None
) -> list[str]:
    """The rules that say something of a company, in the order of the law.

    One that is not applicable to all, or that nobody has answered anything about, is left out;
    with *only*, one that has this status for none.
    """
    speaking = set()
    for one in companies:
        for rule, cell in one.cells.items():
            if cell.unasked or cell.status is DisplayStatus.NOT_APPLICABLE:
                continue
            if only is None or cell.status is only:
                speaking.add(rule)
    return [rule for rule in rules.rules if rule in speaking]


def spans(rules: Rules, shown: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The instruments over the columns: the id of each, and over how many columns it stands."""
    at = 0
    while at < len(shown):
        instrument = rules.rules[shown[at]].instrument
        end = at
        while end < len(shown) and rules.rules[shown[end]].instrument == instrument:
            end += 1
        yield instrument, end - at
        at = end


def worst_first(companies: Iterable[Company]) -> list[Company]:
    """By how many findings have the worst status, then the next; broken files first."""

    def key(one: Company) -> tuple[object, ...]:
        return (
            not one.broken,
            *(-one.counts.get(status, 0) for status in DisplayStatus),
            one.name,
            one.path,
        )

    return sorted(companies, key=key)
