"""The times of the app, measured through a pseudo-terminal with all packs loaded.

``python -m benchmarks.terminal`` prints a table of a few minutes' measuring (``--json``: the
figures); what is measured is a terminal's view, from the key written to the last byte read.

A key's bytes end where nothing comes for ``QUIET`` seconds: shorter than the 80 ms after which
an answer under the cursor is tried out, so that this is measured for itself.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.__main__ import wheel
from benchmarks.companies import half_answered

DAY = "2026-11-24"
QUIET = 0.06
SETTLED = 0.5
"""Seconds without a byte after which nothing more is to come of a key: previews are drawn too."""
PATIENCE = 20.0
DOWN, UP, ESCAPE, ENTER = b"\x1b[B", b"\x1b[A", b"\x1b", b"\r"
_CODES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[PX^_][^\x1b]*\x1b\\|\][^\x07\x1b]*\x07|.)")

HALF = half_answered("loyalty programme")
"""A company whose next question is a head-count, with its bands."""
VERDICTS = "MAY APPLY"
"""What the pane beside a question says first of these companies' verdicts that change."""


class Gone(Exception):
    """The app ended, or said nothing for ``PATIENCE`` seconds."""


@dataclass(frozen=True, slots=True)
class Response:
    """Seconds to the last byte before a gap, to the last of all, and of the processor's work.

    And until some words were written, with the work until then: none if they were not.
    """

    burst: float
    last: float
    work: float
    shown: float = 0.0
    shown_work: float = 0.0


@dataclass(slots=True)
class Terminal:
    """The app in a pseudo-terminal; times are seconds from what was sent."""

    process: int
    master: int
    began: float
    seen: bytearray = field(default_factory=bytearray)

    @classmethod
    @contextmanager
    def running(cls, path: Path, size: tuple[int, int]) -> Iterator[Terminal]:
        """The app of the wheel on a file; it is ended afterwards."""
        began = time.perf_counter()
        process, master = pty.fork()
        if process == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", LANG="C.UTF-8")
            os.environ.pop("NO_COLOR", None)
            os.environ["PYTHONPATH"] = str(path.parent / "wheel")
            words = ["-m", "compliancecheck", "ui", str(path), "--as-of", DAY, "--lang", "en"]
            os.execv(sys.executable, [sys.executable, *words])
        set_size(master, size)
        found = cls(process, master, began)
        try:
            yield found
        finally:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            os.close(master)

    def read(self, wait: float) -> bool:
        """Take in what comes within *wait* seconds; whether anything did."""
        ready, _, _ = select.select([self.master], [], [], wait)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError as error:
            raise Gone(self.text[-400:]) from error
        self.seen += data
        return True

    def drained(self) -> None:
        """Wait until nothing comes any more."""
        while self.read(SETTLED):
            pass
        self.seen.clear()

    def after(self, began: float, wait: float = SETTLED, words: str = "") -> Response | None:
        """When a key's bytes came; None: nothing came within *wait* seconds."""
        work, burst, last, gap = self.worked(), 0.0, 0.0, False
        shown = shown_work = 0.0
        while self.read(SETTLED if last else wait):
            now = time.perf_counter() - began
            gap = gap or (last > 0 and now - last > QUIET)
            last = now
            burst = burst if gap else now
            if words and not shown and words in self.text:
                shown, shown_work = now, self.worked() - work
        if not last:
            return None
        return Response(burst, last, self.worked() - work, shown, shown_work)

    def surely(self, began: float, words: str = "") -> Response:
        """When the bytes came of what surely draws something."""
        found = self.after(began, PATIENCE, words)
        if found is None or (words and not found.shown):
            raise Gone(self.text[-400:])
        return found

    def until_shown(self, words: str) -> float:
        """Seconds from the start until some words were written."""
        while words not in self.text:
            if not self.read(PATIENCE):
                raise Gone(self.text[-400:])
        return time.perf_counter() - self.began

    def worked(self) -> float:
        """Seconds of a processor that the app has used: they do not grow with other load."""
        tasks = Path(f"/proc/{self.process}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def send(self, keys: bytes) -> float:
        """Write keys; the time at which it was done."""
        began = time.perf_counter()
        os.write(self.master, keys)
        return began

    @property
    def text(self) -> str:
        """What was written, without colours and movements."""
        return _CODES.sub(b"", bytes(self.seen)).decode("utf-8", "replace")


def set_size(master: int, size: tuple[int, int]) -> None:
    """Tell a pseudo-terminal its columns and rows; the system tells the app."""
    columns, rows = size
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


# -- what is measured ---------------------------------------------------------------------------


@dataclass(slots=True)
class Times:
    """One line of the table: a goal in milliseconds, and the seconds of each repeat.

    ``work`` is what the processor did in all, previews and animations included.
    """

    what: str
    goal: float | None
    took: list[float]
    work: list[float]

    @classmethod
    def of(cls, what: str, goal: float, found: Sequence[Response]) -> Times:
        """The line of some responses, each to its last byte before a gap."""
        return cls(what, goal, [r.burst for r in found], [r.work for r in found])

    @property
    def p50(self) -> float:
        """The median, in milliseconds."""
        return statistics.median(self.took) * 1000

    @property
    def p95(self) -> float:
        """What 95 of 100 stay under, in milliseconds."""
        ordered = sorted(self.took)
        return ordered[max(-(-len(ordered) * 95 // 100) - 1, 0)] * 1000

    def figures(self) -> dict[str, object]:
        """The line for a program; milliseconds."""
        figures: dict[str, object] = {
            "what": self.what,
            "times": len(self.took),
            "goal_ms": self.goal,
        }
        figures["processor_p50_ms"] = round(statistics.median(self.work) * 1000, 1)
        return {**figures, "p50_ms": round(self.p50, 1), "p95_ms": round(self.p95, 1)}

    def row(self) -> str:
        """The line in Markdown."""
        goal, kept = "", ""
        if self.goal is not None:
            goal = f"≤ {self.goal:g} ms"
            kept = "yes" if self.p95 <= self.goal else "**no**"
        work = statistics.median(self.work) * 1000
        times = f"{len(self.took)} | {self.p50:.0f} ms | {self.p95:.0f} ms | {work:.0f} ms"
        return f"| {self.what} | {times} | {goal} | {kept} |"


KEY, ANSWER, START, RESIZE = 50.0, 100.0, 800.0, 300.0
HEAD = (
    "| what | times | median | 95 of 100 | processor, median | goal | kept |\n"
    "| --- | --- | --- | --- | --- | --- | --- |"
)


def bare(repeats: int) -> Times:
    """A bare Python that does nothing: what the machine and its other work make of everything."""
    took, work = [], []
    for _ in range(repeats):
        began, before = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        took.append(time.perf_counter() - began)
        after = os.times()
        used = after.children_user + after.children_system
        work.append(used - before.children_user - before.children_system)
    return Times("for comparison: bare Python", None, took, work)


def start(folder: Path, size: tuple[int, int], repeats: int) -> Times:
    """From the start of the process to the first question of a new profile."""
    took, work = [], []
    for n in range(repeats + 1):
        with Terminal.running(folder / f"new-{n}.yaml", size) as terminal:
            took.append(terminal.until_shown("concern you"))
            work.append(terminal.worked())
    return Times("start → first question", START, took[1:], work[1:])  # the first reads the disk


def after_keys(terminal: Terminal, sent: Sequence[bytes], what: str) -> list[Times]:
    """Each key to its last byte, and to that of all that follows: a preview, what options do."""
    found = [r for r in (terminal.after(terminal.send(key)) for key in sent) if r is not None]
    lines = [Times.of(what, KEY, found)]
    if any(r.last - r.burst > QUIET for r in found):
        work = [r.work for r in found]
        lines.append(Times(f"{what}, with what follows", None, [r.last for r in found], work))
    return lines


def walk(folder: Path, size: tuple[int, int], keys: int) -> Iterator[Times]:
    """Keys over the bands of a question, the lists of the tabs, and from tab to tab."""
    path = folder / "half.yaml"
    path.write_text(HALF, encoding="utf-8")
    with Terminal.running(path, size) as terminal:
        terminal.until_shown("of how many people")
        terminal.drained()
        bands = [*b"1234"] * (keys // 4)
        yield from after_keys(terminal, [bytes([b]) for b in bands], "a band, by its digit")
        for tab, name in ((b"2", "Findings"), (b"3", "Rules")):
            terminal.send(ESCAPE)
            terminal.drained()
            terminal.send(tab)
            terminal.drained()
            lines = ([DOWN] * 12 + [UP] * 12) * (keys // 24)
            yield from after_keys(terminal, lines, f"a line of {name}")
        tabs = [b"1", b"2", b"4", b"3"] * (keys // 4)
        yield from after_keys(terminal, tabs, "another tab")


def answers(folder: Path, size: tuple[int, int], repeats: int) -> Iterator[Times]:
    """Enter on a band until the verdicts stand beside it, and until the next question stands."""
    found = []
    for n in range(repeats):
        path = folder / f"answer-{n}.yaml"
        path.write_text(HALF, encoding="utf-8")
        with Terminal.running(path, size) as terminal:
            terminal.until_shown("of how many people")
            terminal.drained()
            for key in (b"2", b"1"):  # two head-counts, one after the other
                terminal.send(key)
                terminal.drained()
                found.append(terminal.surely(terminal.send(ENTER), VERDICTS))
    shown, work = [r.shown for r in found], [r.shown_work for r in found]
    yield Times("an answer → verdicts", ANSWER, shown, work)
    whole = [r.work for r in found]
    yield Times("an answer → the next question", None, [r.last for r in found], whole)


def resizes(folder: Path, size: tuple[int, int], repeats: int) -> Times:
    """A new size of the terminal until all is drawn anew."""
    path = folder / "resized.yaml"
    path.write_text(HALF, encoding="utf-8")
    found = []
    with Terminal.running(path, size) as terminal:
        terminal.until_shown("of how many people")
        terminal.drained()
        for n in range(repeats):
            columns, rows = size
            began = time.perf_counter()
            set_size(terminal.master, (columns + 10 * (n % 2 == 0), rows))
            found.append(terminal.surely(began))
    return Times.of("another size → drawn", RESIZE, found)


def measured(folder: Path, size: tuple[int, int], keys: int, repeats: int) -> Iterator[Times]:
    """All lines of one size."""
    yield bare(2 * repeats)
    yield start(folder, size, repeats)
    yield from walk(folder, size, keys)
    yield from answers(folder, size, repeats)
    yield resizes(folder, size, 2 * repeats)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.terminal", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--keys", type=int, default=72, help="keys of each kind (default 72)")
    parser.add_argument("--repeats", type=int, default=7, help="starts and answers (default 7)")
    args = parser.parse_args()
    report: list[dict[str, object]] = []
    for size in ((80, 24), (140, 40)):
        if not args.json:
            print(
                f"\n**{size[0]}×{size[1]}** (load {os.getloadavg()[0]:.1f})\n\n{HEAD}", flush=True
            )
        with tempfile.TemporaryDirectory() as folder:
            wheel(Path(folder))
            for line in measured(Path(folder), size, args.keys, args.repeats):
                if args.json:
                    report.append({"size": size, "load": os.getloadavg()[0], **line.figures()})
                else:
                    print(line.row(), flush=True)
    if args.json:
        print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
