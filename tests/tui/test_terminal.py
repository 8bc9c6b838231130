"""The app in a real pseudo-terminal: from nothing to "Nothing left to ask", and `check` agrees."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from compliancecheck.reports.status import LOOKS, DisplayStatus

COMMAND = "import sys; from compliancecheck.cli.main import run; sys.exit(run())"
WIDTH, HEIGHT, SIDE, FOOT = 80, 24, 52, 23
QUIET = 0.15
"""Seconds without output after which a screen is drawn whole."""
PATIENCE = 240.0
"""Seconds until a test gives up; a slow machine is no failure."""

SAID = {
    "Which years": "2025",
    "applying for the list": "n",
    "independent legal person": "y",
    "own ability to produce": "y",
    "R&D expense": "CNY 36 million",
    "process-improvement": "CNY 8 million",
    "main-business revenue": "CNY 1.5 billion",
    "Do you handle personal information": "n",
    "Do you handle important data": "n",
}
"""What is answered, by words of the question; all else is not known."""


class Terminal:
    """A command in a pseudo-terminal, and what its screen shows."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        self.screen = pyte.Screen(WIDTH, HEIGHT)
        self.stream = pyte.ByteStream(self.screen)
        self.until = time.monotonic() + PATIENCE
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=cwd,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "PYTHONUTF8": "1",
                "TUI_PLAIN": "",
                "COMPLIANCECHECK_CONFIG": str(cwd / "settings.toml"),
            },
            start_new_session=True,
        )
        os.close(slave)

    def close(self) -> None:
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def read(self) -> bool:
        """Draw what came in; False: the command closed its terminal."""
        if select.select([self.master], [], [], 0.2)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return False
            if not data:
                return False
            self.stream.feed(data)
        return True

    def wait(self, holds: Callable[[], bool]) -> None:
        """Read until it holds; the screen is in the message if it never does.

        Then read on while something comes: what is half drawn is not judged.
        """
        while not holds():
            assert time.monotonic() < self.until, "\n".join(self.screen.display)
            assert self.read(), "it ended:\n" + "\n".join(self.screen.display)
        while select.select([self.master], [], [], QUIET)[0] and self.read():
            pass

    def left(self) -> str:
        """The form, without the tabs, the side pane and the keys."""
        return " ".join(line[:SIDE].strip() for line in self.screen.display[3:FOOT])

    def in_field(self) -> bool:
        """Whether a text field has the focus: the keys of the last line say so."""
        return "leave" in self.screen.display[FOOT]

    def asked(self) -> str:
        """The question: what stands in bold in the form."""
        rows = (self.screen.buffer[y] for y in range(3, FOOT))
        bold = (row[x].data if row[x].bold else " " for row in rows for x in range(SIDE))
        return " ".join("".join(bold).split())


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    found = Terminal("ui", "new.yaml", "--as-of", "2026-11-24", "--lang", "en", cwd=tmp_path)
    yield found
    found.close()


KINDS = {
    "names": "There are none",
    "end": "Stop here",
    "field": "Enter with nothing skips",
    "options": "( )",
    "set": "Space marks",
}
"""Each kind of form by words that no other has."""


def answer(app: Terminal) -> None:
    """Answer what is asked now, and wait for the next question."""
    app.wait(lambda: kind(app) != "")
    before, form = app.asked(), kind(app)
    said = next((text for words, text in SAID.items() if words in before), "")
    if form == "names":
        name(app, said, "Type a" in app.left())
    elif form == "end":
        app.press("\r")  # the next goal
    elif said in ("y", "n"):
        app.press(said)
    elif said or form == "field" or app.in_field():
        if form != "field" and not app.in_field():
            app.press("=")
        app.wait(app.in_field)
        app.press((said or "?") + "\r")
    else:
        app.press("u")
    app.wait(lambda: app.asked() not in ("", before))


def kind(app: Terminal) -> str:
    """What form is shown; empty while it is not drawn whole."""
    form = app.left()
    return next((kind for kind, words in KINDS.items() if words in form), "")


def name(app: Terminal, said: str, typed: bool) -> None:
    """Name an item, or say that it is not known what there is."""
    if typed:
        app.wait(app.in_field)
    if said:
        app.press(said + "\r")
        app.wait(lambda: "next" in app.left())
        app.press("\r")
        return
    if typed:
        app.press("\x1b")
        app.wait(lambda: not app.in_field())
    app.press("u")


def test_from_nothing_to_nothing_left_to_ask(terminal: Terminal, tmp_path: Path) -> None:
    app = terminal
    app.wait(lambda: "Which of these concern you?" in app.asked())
    app.press(" ")
    app.wait(lambda: "[x] Lithium" in app.left())
    app.press("\r")
    app.wait(lambda: "Which years" in app.asked())
    screens = 1
    while "Nothing left to ask" not in app.asked():
        answer(app)
        screens += 1
    assert 10 < screens < 60

    app.press("2")
    app.wait(lambda: "[all]" in "\n".join(app.screen.display))
    app.wait(lambda: DisplayStatus.NOT_APPLICABLE in counted(app))
    shown = counted(app)
    app.press("q")
    while app.read():
        assert time.monotonic() < app.until
    assert app.process.wait(30) == 0

    found = checked(tmp_path)
    wanted = {s: found["counts"][s.value] for s in DisplayStatus if found["counts"][s.value]}
    assert {s: n for s, n in shown.items() if n} == wanted
    assert wanted[DisplayStatus.FAIL] == 1


def counted(app: Terminal) -> dict[DisplayStatus, int]:
    """The statuses above the list of findings: ``✗1 !2 …``, and below ``N/A 25``."""
    rows = app.screen.display
    at = next((n for n, row in enumerate(rows) if "[all]" in row), len(rows))
    line, found = " ".join(rows[at : at + 2]), {}
    for status in DisplayStatus:
        sign = re.escape(LOOKS[status].symbol)
        hit = re.search(rf"(?:{sign}|{re.escape(LOOKS[status].word.en)} )(\d+)", line)
        if hit:
            found[status] = int(hit[1])
    return found


def checked(folder: Path) -> dict[str, dict[str, int]]:
    """What `check` says of the profile."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "check", "new.yaml", "--as-of", "2026-11-24",
         "--format", "json"],
        capture_output=True,
        cwd=folder,
        encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (profile,) = json.loads(done.stdout)["profiles"]
    return dict(profile)
