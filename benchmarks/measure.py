"""Interleaved timing: a command or a function and its floor in turn, so that drift hits both."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """One row of the table: seconds of the thing and of its floor (medians), and the goal."""

    what: str
    seconds: float
    floor: float
    goal: float
    floor_name: str

    @property
    def ratio(self) -> float:
        """How many times its floor the thing takes."""
        return self.seconds / self.floor

    def row(self) -> str:
        """The row in Markdown."""
        kept = "yes" if self.ratio <= self.goal else "**no**"
        return (
            f"| {self.what} | {self.floor_name} | {self.seconds * 1000:,.1f} ms "
            f"| {self.floor * 1000:,.1f} ms | {self.ratio:.2f}× | ≤ {self.goal:g}× | {kept} |"
        )


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def command(words: Sequence[str], env: dict[str, str] | None = None) -> Callable[[], object]:
    """A whole process, its output read and thrown away."""

    def run() -> object:
        return subprocess.run(words, capture_output=True, env=env, check=False)

    return run


def compare(
    what: str,
    run: Callable[[], object],
    floor: Callable[[], object],
    goal: float,
    floor_name: str,
    rounds: int = 9,
) -> Ratio:
    """Medians of *rounds* interleaved calls, after one that is not counted."""
    run()
    floor()
    own: list[float] = []
    other: list[float] = []
    for _ in range(rounds):
        own.append(seconds(run))
        other.append(seconds(floor))
    return Ratio(what, statistics.median(own), statistics.median(other), goal, floor_name)
