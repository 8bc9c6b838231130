"""What the interview shows next: gates, names of items, one theme of facts, a reading, an end.

It keeps nothing: the next screen follows from the evaluation and from what was skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compliancecheck.logic.engine import Engine, engine_of, kept
from compliancecheck.logic.questions import (
    DATES,
    DUTIES,
    GOALS,
    OTHERS,
    ROUTES,
    concerned,
    goal_of,
    question_order,
    waiting_for,
)
from compliancecheck.model.findings import Evaluation, Status
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Texts

MOST_ON_ONE_SCREEN = 5

_WHICH = Texts("Which of these concern you?", "以下哪些与贵公司有关？")
_ROUTES = Texts("The route is settled", "出境路径已确定")
_ASKED = Texts("The route waits; nothing is left to ask", "出境路径尚待确定，没有需要再问的问题")
_ENDS = {
    DUTIES: Texts("The duties of what applies are answered", "已适用规则的义务已答完"),
    DATES: Texts("The days are known as far as you know them", "所知日期已填完"),
    OTHERS: Texts("Nothing else is left to ask", "其他可能适用的规则已问完"),
}
_NOTHING = Texts("Nothing applies so far", "目前没有适用的规则")
_DONE = Texts("Nothing left to ask", "没有需要再问的问题")


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: ``kind`` is gates, names, facts, reading, settled or done.

    ``refs`` are the facts to ask together; ``remaining`` counts the facts that still matter
    for the goal and have no answer.
    """

    kind: str
    goal: str
    title: Texts
    refs: tuple[FactRef, ...] = ()
    list_name: str | None = None
    item: str | None = None
    reading: str | None = None
    remaining: int = 0


def next_screen(
    evaluation: Evaluation,
    *,
    goal: str = ROUTES,
    skipped: frozenset[FactRef] = frozenset(),
    offered: frozenset[str] = frozenset(),
) -> Screen:
    """The screen to show now for *goal*, one of ``GOALS``.

    *skipped* facts are asked once more at the end of the goal; the caller empties the set for
    that. *offered* readings are not offered again.
    """
    gates = _unanswered_gates(evaluation)
    if gates:
        return Screen("gates", goal, _WHICH, gates, remaining=len(gates))
    engine = engine_of(evaluation)
    refs = kept(evaluation, ("unanswered", goal), lambda: _to_ask(evaluation, goal))
    left = [ref for ref in refs if ref not in skipped]
    if left:
        return _screen(engine, goal, left, len(refs))
    reading = next((r for r in _contested(evaluation, goal) if r not in offered), None)
    if reading is not None:
        return Screen("reading", goal, engine.rules.readings[reading].question, reading=reading)
    if goal == ROUTES:
        settled = all(line.settled or line.reason == "no_item" for line in evaluation.routes)
        return Screen("settled", goal, _ROUTES if settled else _ASKED, remaining=len(refs))
    if left_to_ask(evaluation, tuple(g for g in GOALS if g != goal)):
        nothing = goal == DUTIES and not any(f.fired for f in evaluation.findings)
        return Screen("settled", goal, _NOTHING if nothing else _ENDS[goal], remaining=len(refs))
    return Screen("done", goal, _DONE, remaining=len(refs))


def _to_ask(evaluation: Evaluation, goal: str) -> list[FactRef]:
    """The facts that matter to a goal and have no answer, in the order of the interview."""
    engine = engine_of(evaluation)
    refs = _unanswered(engine, waiting_for(evaluation, (goal,)))
    return sorted(refs, key=lambda ref: question_order(engine, ref))


def left_to_ask(evaluation: Evaluation, goals: Iterable[str]) -> int:
    """How many facts matter to one of these goals and have no answer."""
    chosen, engine = tuple(goals), engine_of(evaluation)

    def counted() -> int:
        return sum(1 for _ in _unanswered(engine, waiting_for(evaluation, chosen)))

    return kept(evaluation, ("left_to_ask", chosen), counted)


def _unanswered(engine: Engine, refs: Iterable[FactRef]) -> Iterator[FactRef]:
    return (ref for ref in refs if not _has_answer(engine, ref))


def theme_of(evaluation: Evaluation, ref: FactRef) -> str:
    """The theme that puts facts on one screen; a fact without one stands alone."""
    fact = evaluation.rules.facts[ref.name]
    return fact.theme or fact.name


def _screen(engine: Engine, goal: str, left: list[FactRef], remaining: int) -> Screen:
    first = left[0]
    fact = engine.rules.facts[first.name]
    if fact.fields:
        return Screen(
            "names", goal, fact.question or fact.label, (first,), fact.name, remaining=remaining
        )
    together = [
        ref
        for ref in left
        if ref.item == first.item
        and (ref == first or (fact.theme and engine.rules.facts[ref.name].theme == fact.theme))
    ]
    title = fact.question or fact.label
    if len(together) > 1 and fact.theme:
        title = engine.rules.packs[fact.pack].themes.get(fact.theme, title)
    return Screen(
        "facts",
        goal,
        title,
        tuple(together[:MOST_ON_ONE_SCREEN]),
        fact.list,
        first.item,
        remaining=remaining,
    )


def _unanswered_gates(evaluation: Evaluation) -> tuple[FactRef, ...]:
    gates = [FactRef(p.gate) for p in evaluation.rules.packs.values() if p.gate]
    return tuple(ref for ref in gates if ref.name not in evaluation.profile.answers)


def _has_answer(engine: Engine, ref: FactRef) -> bool:
    """Whether it was answered, be it by a range or by ``unknown``: it is not asked again."""
    return ref.name in engine.profile.lists or engine.answer(ref) is not None


def _contested(evaluation: Evaluation, goal: str) -> list[str]:
    """The readings that decide a route or finding that no fact can decide, and are not adopted.

    Contested ones, and those that stay open by one reading and are settled by another: to adopt
    that one settles them.
    """
    adoptions = []
    if goal == DATES:
        return []  # a day that hangs on a reading is given for each
    near = concerned(evaluation)
    if goal == ROUTES:
        adoptions = [
            v.adopt
            for line in evaluation.routes
            if line.contested
            or (
                not (line.settled or line.missing or line.open_list)
                and any(len(v.ways) == 1 for v in line.readings)
            )
            for v in line.readings
        ]
    else:
        adoptions = [
            v.adopt
            for finding in evaluation.findings
            if finding.status in (Status.CONTESTED, Status.UNDETERMINED)
            and not finding.missing
            and not finding.open_lists
            and (
                finding.status is Status.CONTESTED
                or any(len(v.outcomes) == 1 for v in finding.readings)
            )
            and goal_of(evaluation, finding, near) == goal
            for v in finding.readings
        ]
    names = [name for adopt in adoptions for name, _ in adopt]
    return list(dict.fromkeys(names))
