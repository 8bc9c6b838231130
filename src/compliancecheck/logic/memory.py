"""What judges of one world have computed, kept for the next of them."""

from __future__ import annotations

import gc
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from compliancecheck.logic.cells import Variable
from compliancecheck.logic.diagram import Restricted
from compliancecheck.logic.narrowing import ItemWorld
from compliancecheck.model.values import Number, Span, Truth


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without searches for cycles of garbage: with ten thousand items they take half of the time
    in which findings are made, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


Chosen = tuple[tuple[str, str | None], ...]
"""The readings that something reads, each with its choice."""


@dataclass(slots=True)
class Memory:
    """What was computed over one world, shared by the judges of all combinations of readings.

    Keys hold only the readings that a thing reads, so what reads none is computed once.
    """

    definitions: dict[tuple[str, Chosen, tuple[int, ...]], Span] = field(default_factory=dict)
    leaves: dict[Hashable, Truth] = field(default_factory=dict)
    tests: dict[tuple[int, Chosen, tuple[int, ...]], Restricted] = field(default_factory=dict)
    people: dict[tuple[str, int], tuple[Number | None, Number | None]] = field(default_factory=dict)
    kinds: dict[tuple[int, bool, str | None], list[list[ItemWorld]]] = field(default_factory=dict)
    inputs: dict[tuple[Variable, Chosen, tuple[int, ...]], object] = field(default_factory=dict)
