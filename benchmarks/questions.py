"""How many questions the interview asks of each example, against chance and against all facts.

``python -m benchmarks.questions`` writes the tables of ``docs/interview.md`` anew (with twenty
orders of chance it takes the better part of an hour); with ``--check`` it only says whether the
columns of the interview still stand.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import repeat
from pathlib import Path
from random import Random

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import again, evaluate
from compliancecheck.logic.questions import GOALS, ROUTES, waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef, Item, ItemList, Profile
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.tui.answer.walk import Walk

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "interview.md"
DAY = date(2026, 11, 24).toordinal()
BEGIN, END = "<!-- counted by benchmarks/questions.py -->", "<!-- end -->"
UNKNOWN = Answer(None, "unknown")


# -- one company, asked -------------------------------------------------------------------------


@dataclass(slots=True)
class Company:
    """A company that answers from a profile; what that does not hold is not known to it."""

    truth: Profile
    evaluation: Evaluation  # of what was answered so far
    asked: list[FactRef] = field(default_factory=list)

    @classmethod
    def of(cls, truth: Profile, rules: Rules) -> Company:
        """The company before the first question; only the day and the evidence are there."""
        empty = replace(truth, answers={}, lists={}, readings={})
        return cls(truth, evaluate(empty, rules, as_of=DAY))

    def answer(self, *refs: FactRef) -> None:
        """Answer these questions, and judge anew once."""
        self.asked += refs
        profile = self.evaluation.profile
        for ref in refs:
            profile = answered(profile, ref, self.truth, self.evaluation.rules)
        self.evaluation = again(self.evaluation, profile)

    def adopt(self, reading: str) -> None:
        """Adopt the reading that the profile adopts; else it stays open."""
        found = self.truth.readings.get(reading)
        if found is not None:
            profile = self.evaluation.profile
            chosen = {**profile.readings, reading: found}
            self.evaluation = again(self.evaluation, replace(profile, readings=chosen))


def answered(profile: Profile, ref: FactRef, truth: Profile, rules: Rules) -> Profile:
    """A profile with one more answer, that of *truth*; the items of a list by name alone."""
    fact = rules.facts[ref.name]
    if fact.fields:
        given = truth.lists.get(ref.name)
        if given is None:
            return profile.with_answer(ref, UNKNOWN)
        key = f"{fact.item}.{fact.key}"
        named = [
            Item(item.key, {n: a for n, a in item.answers.items() if n == key}, item.place)
            for item in given.items
        ]
        return replace(
            profile, lists={**profile.lists, ref.name: replace(given, items=tuple(named))}
        )
    if fact.list is None:
        return profile.with_answer(ref, truth.answers.get(ref.name, UNKNOWN))
    items: ItemList = truth.lists[fact.list]
    own = next(item.answers for item in items.items if item.key == ref.item)
    return profile.with_answer(ref, own.get(ref.name, UNKNOWN), fact.list)


def all_facts(truth: Profile, rules: Rules) -> list[FactRef]:
    """Every fact of the company, and every fact of each item but its name."""
    found = []
    for fact in rules.facts.values():
        if fact.list is None:
            found.append(FactRef(fact.name))
            continue
        given = truth.lists.get(fact.list)
        if fact.field_name != rules.facts[fact.list].key:
            found += [FactRef(fact.name, item.key) for item in (given.items if given else ())]
    return found


# -- the interview ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """What one way of asking took until its goal was settled."""

    questions: int
    screens: int
    order: tuple[FactRef, ...] = ()


def interview(
    truth: Profile,
    rules: Rules,
    goals: Sequence[str],
    before: Callable[[Evaluation, FactRef], object] = lambda evaluation, ref: None,
) -> Count:
    """Ask as the app does, one goal after the other; *before* is called for each question."""
    company, walk = Company.of(truth, rules), Walk()
    screen = walk.go_on(company.evaluation)
    while True:
        if screen.kind in ("settled", "done") or walk.goal not in goals:
            left = [g for g in walk.other_goals(company.evaluation) if g in goals]
            if walk.goal not in goals:
                left = []
            if not left:
                return Count(len(company.asked), walk.shown, tuple(company.asked))
            screen = walk.aim(left[0], company.evaluation)
            continue
        if screen.kind == "reading":
            assert screen.reading is not None
            walk.offered.add(screen.reading)
            company.adopt(screen.reading)
        elif screen.kind == "facts":
            for ref in screen.refs:  # on a screen a field fades as soon as it no longer matters
                if ref in waiting_for(company.evaluation, (screen.goal,)):
                    before(company.evaluation, ref)
                    company.answer(ref)
        else:
            company.answer(*screen.refs)
        walk.answered |= set(screen.refs)
        screen = walk.go_on(company.evaluation)


def settled(evaluation: Evaluation, goals: Sequence[str]) -> bool:
    """Whether no fact without an answer matters to a goal."""
    return not _open(evaluation, goals)


def _open(evaluation: Evaluation, goals: Sequence[str]) -> list[FactRef]:
    engine = engine_of(evaluation)
    waiting = waiting_for(evaluation, goals)
    return [
        ref
        for ref in waiting
        if ref.name not in evaluation.profile.lists and engine.answer(ref) is None
    ]


# -- against chance -----------------------------------------------------------------------------


def at_random(truth: Profile, rules: Rules, goals: Sequence[str], seed: int) -> int:
    """Questions until settled, drawn among those that still matter."""
    random, company = Random(seed), Company.of(truth, rules)
    while True:
        left = sorted(_open(company.evaluation, goals), key=lambda r: (r.name, r.item or ""))
        if not left:
            return len(company.asked)
        company.answer(random.choice(left))


def blindly(truth: Profile, rules: Rules, goals: Sequence[str], seed: int) -> int:
    """Questions until settled, drawn among all facts; a list is named before its items' facts."""
    drawn = all_facts(truth, rules)
    Random(seed).shuffle(drawn)
    order: dict[FactRef, None] = {}
    for ref in drawn:
        of = rules.facts[ref.name].list
        if of is not None:
            order.setdefault(FactRef(of))
        order.setdefault(ref)
    refs = list(order)

    def done(n: int) -> bool:
        company = Company.of(truth, rules)
        company.answer(*refs[:n])
        return settled(company.evaluation, goals)

    return bisect_left(range(len(refs) + 1), True, key=done)  # more answers never open anything


# -- the tables ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """One example and one goal."""

    name: str
    goals: tuple[str, ...]
    asked: Count
    relevant: tuple[int, ...]  # questions, drawn among those that matter, in each order
    any: tuple[int, ...]  # questions, drawn among all
    all: int

    def text(self) -> str:
        """The row in Markdown."""
        relevant, drawn = spread(self.relevant), spread(self.any)
        return (
            f"| {self.name} | {self.asked.questions} | {self.asked.screens} "
            f"| {relevant} | {drawn} | {self.all} |"
        )


def spread(counts: Sequence[int]) -> str:
    """Median, fewest and most: ``41 (29–58)``; of equal counts the one alone."""
    if not counts:
        return ""
    low, middle, high = min(counts), statistics.median(counts), max(counts)
    return f"{middle:g}" if low == high else f"{middle:g} ({low}–{high})"


def examples() -> list[str]:
    """The names of the example profiles."""
    return sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))


def truth_of(name: str, rules: Rules) -> Profile:
    """An example profile."""
    path = ROOT / "profiles" / f"{name}.yaml"
    profile, problems = load_profile_text(path.read_bytes(), path.name, rules)
    assert profile is not None, problems
    return profile


def row(name: str, goals: tuple[str, ...], seeds: int) -> Row:
    """Count one example for one goal; without *seeds* the interview alone."""
    rules = load_rules()
    truth = truth_of(name, rules)
    asked = interview(truth, rules, goals)
    relevant = tuple(at_random(truth, rules, goals, seed) for seed in range(seeds))
    drawn = tuple(blindly(truth, rules, goals, seed) for seed in range(seeds))
    return Row(name, goals, asked, relevant, drawn, len(all_facts(truth, rules)))


HEAD = (
    "| example | questions | screens | at random, of those that matter | at random, of all "
    "| facts |\n"
    "| --- | --- | --- | --- | --- | --- |"
)
PARTS = (((ROUTES,), "Until the way of every export is settled"), (GOALS, "Until nothing is left"))


def tables(rows: Iterable[Row]) -> str:
    """Both tables with their headings."""
    rows, lines = list(rows), [BEGIN]
    for goals, heading in PARTS:
        lines += ["", f"**{heading}**", "", HEAD]
        lines += [row.text() for row in rows if row.goals == goals]
    return "\n".join([*lines, END])


def stated(page: str) -> dict[tuple[str, tuple[str, ...]], tuple[int, int, int]]:
    """Questions, screens and facts of each example and goal, as a page has them."""
    found = {}
    part = page.partition(BEGIN)[2].partition(END)[0]
    sections = part.split("**")
    for (goals, _), section in zip(PARTS, sections[2::2], strict=False):
        for line in section.splitlines():
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            if len(cells) == 6 and cells[1].isdigit():
                found[cells[0], goals] = int(cells[1]), int(cells[2]), int(cells[5])
    return found


def stale(name: str, goals: tuple[str, ...], page: str) -> str:
    """What a page says wrongly of an example's interview; empty if it is right."""
    now = row(name, goals, 0)
    counted = now.asked.questions, now.asked.screens, now.all
    said = stated(page).get((name, goals))
    return "" if said == counted else f"{name} ({', '.join(goals)}): {counted}, the page has {said}"


def main() -> int:
    """Count, and write the page's tables or check them."""
    parser = argparse.ArgumentParser(prog="benchmarks.questions", description=__doc__)
    parser.add_argument("--check", action="store_true", help="count the interview's columns only")
    parser.add_argument("--seeds", type=int, default=20, help="random orders (default 20)")
    args = parser.parse_args()
    page = PAGE.read_text(encoding="utf-8")
    names = [name for _ in PARTS for name in examples()]
    goals = [part for part, _ in PARTS for _ in examples()]
    with ProcessPoolExecutor(2) as pool:
        if args.check:
            wrong = [w for w in pool.map(stale, names, goals, repeat(page)) if w]
            print("\n".join(wrong) or "the figures of docs/interview.md stand")
            return 1 if wrong else 0
        found = pool.map(row, names, goals, repeat(args.seeds))
        new = page.partition(BEGIN)[0] + tables(found) + page.partition(END)[2]
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
