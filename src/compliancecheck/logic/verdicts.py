"""What is left of a diagram for each choice of readings, and what alike items share of it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import NamedTuple

from compliancecheck.logic.cells import Compiled
from compliancecheck.logic.computing import Env, Judge
from compliancecheck.logic.diagram import Restricted
from compliancecheck.logic.moving import Inputs
from compliancecheck.model.findings import Adoption, Finding, Outcome, ReadingVerdict, RouteLine
from compliancecheck.model.profile import FactRef


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is left of a diagram for one combination of readings."""

    adopt: Adoption
    left: Restricted
    judge: Judge


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All combinations; ``too_many`` if there were more than can be told apart."""

    compiled: Compiled
    env: Env
    each: tuple[Verdict, ...]
    too_many: bool = False

    @property
    def terminals(self) -> frozenset[int]:
        """Every terminal that some combination reaches."""
        found: frozenset[int] = frozenset()
        for verdict in self.each:
            found |= verdict.left.terminals
        return found

    @property
    def open(self) -> tuple[Verdict, ...]:
        """The combinations in which more than one terminal is left."""
        return tuple(v for v in self.each if len(v.left.terminals) > 1)


Sameness = tuple[int, int, Hashable]
"""A diagram, a class of items, and which facts of an item are known."""


class Spots(NamedTuple):
    """Where the item's own facts stand among those that are missing: place and name.

    So they stand for every item of the list behind the place *after*.
    """

    own: tuple[tuple[int, str], ...]
    after: int


@dataclass(slots=True)
class OfAlike:
    """What was worked out for one item and holds for all that are alike.

    Keys are a diagram (by its id) or a rule, and the class of the item; for what still matters
    also which of its facts are known; for what days decide, the days themselves.
    """

    outcomes: dict[tuple[str, int], Outcome | None] = field(default_factory=dict)
    verdicts: dict[tuple[int, int], Verdicts] = field(default_factory=dict)
    known: dict[int, Hashable] = field(default_factory=dict)
    inputs: dict[Sameness, Inputs] = field(default_factory=dict)
    findings: dict[Sameness, tuple[Finding, Spots]] = field(default_factory=dict)
    lines: dict[Sameness, tuple[RouteLine, Spots]] = field(default_factory=dict)
    resting: dict[tuple[int, int], Adoption] = field(default_factory=dict)
    readings: dict[tuple[int, int], tuple[ReadingVerdict, ...]] = field(default_factory=dict)
    waits: dict[Hashable, int | None] = field(default_factory=dict)


class Ordered(NamedTuple):
    """Facts in the order of the questions, and the inputs from which they come."""

    refs: tuple[FactRef, ...]
    known: frozenset[FactRef]
    orders: list[tuple[bool, int, int, int]]
    inputs: dict[int, Inputs]
