"""Who waits for a fact: the route lines and findings that miss it, found without a walk over all.

What the items of a long list miss are their own facts, facts of the company, and those on which
a total rests; of the last many findings hold the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from compliancecheck.logic.engine import kept
from compliancecheck.logic.verdicts import Ordered
from compliancecheck.model.findings import Evaluation, Finding, RouteLine
from compliancecheck.model.profile import FactRef

T = TypeVar("T", Finding, RouteLine)


class _Missing(Generic[T]):
    """An index of findings, or of route lines, by what they miss."""

    def __init__(self, all_: Iterable[T]) -> None:
        self.of_item: dict[str | None, list[T]] = {}
        self.company: dict[tuple[str, ...], list[T]] = {}
        self.resting: dict[int, tuple[Ordered, list[T]]] = {}
        self.odd: list[T] = []  # those that miss facts of other items
        for one in all_:
            if one.missing:
                self._take(one)

    def _take(self, one: T) -> None:
        item = one.item
        self.of_item.setdefault(item, []).append(one)
        names = tuple([ref.name for ref in one.missing if ref.item is None])
        if names:
            self.company.setdefault(names, []).append(one)
        if item is None:
            return
        if isinstance(one.rests, Ordered):
            self.resting.setdefault(id(one.rests), (one.rests, []))[1].append(one)
        elif any([ref.item != item and ref.item is not None for ref in one.missing]):
            self.odd.append(one)

    def waiting(self, ref: FactRef) -> list[T]:
        if ref.item is None:
            return [one for names, of in self.company.items() if ref.name in names for one in of]
        own = [*self.of_item.get(ref.item, ()), *self.of_item.get(None, ())]
        found = [one for one in own if ref in one.missing]
        found += [one for one in self.odd if one.item != ref.item and ref in one.missing]
        for ordered, of in self.resting.values():
            if ref in ordered.known:
                found += [one for one in of if one.item != ref.item]
        return found


class Waiters:
    """Who waits for which fact in one evaluation."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._findings, self._routes = _Missing(evaluation.findings), _Missing(evaluation.routes)
        self._known: dict[FactRef, tuple[list[RouteLine], list[Finding]]] = {}

    def of(self, ref: FactRef) -> tuple[list[RouteLine], list[Finding]]:
        """The lines and findings that miss *ref*."""
        if ref not in self._known:
            self._known.clear()  # one question is asked at a time
            self._known[ref] = self._routes.waiting(ref), self._findings.waiting(ref)
        return self._known[ref]


def waiting_on(evaluation: Evaluation, ref: FactRef) -> tuple[list[RouteLine], list[Finding]]:
    """The route lines and the findings that *ref* would settle, or help to."""
    return kept(evaluation, Waiters, lambda: Waiters(evaluation)).of(ref)


def matters(evaluation: Evaluation, refs: Iterable[FactRef]) -> dict[FactRef, int]:
    """To how many findings each fact matters; a list to those that it leaves open."""
    listed: dict[str, list[Finding]] = {}
    for finding in evaluation.findings:
        for name in finding.open_lists:
            listed.setdefault(name, []).append(finding)
    found = {}
    for ref in refs:
        waiting = {id(one) for one in waiting_on(evaluation, ref)[1]}
        found[ref] = len(waiting.union(map(id, listed.get(ref.name, ()))))
    return found
