"""Where the review is: whether it is open, its filters, the row under the cursor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a question stands; the order is that of the filters' words."""

    OPEN = "open"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    ANSWERED = "answered"
    NOT_NEEDED = "not_needed"


FILTERS: tuple[tuple[str, frozenset[State]], ...] = (
    ("review_all", frozenset(State)),
    ("review_open", frozenset({State.OPEN, State.SKIPPED})),
    ("review_unknown", frozenset({State.UNKNOWN})),
    ("review_answered", frozenset({State.ANSWERED})),
)
"""What ``f`` shows in turn: its word, and the states that pass."""


@dataclass(slots=True)
class Review:
    """The review as it was left; ``at`` is the key of the row under the cursor."""

    open: bool = False
    only: int = 0
    words: str = ""
    at: str = ""

    @property
    def states(self) -> frozenset[State]:
        """The states that pass the filter."""
        return FILTERS[self.only][1]
