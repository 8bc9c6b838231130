"""A long file as it is opened: a screen that says so at once, and the reading beside it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen

from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.paper import Paper, both_ends, lines_of
from compliancecheck.tui.session import LONG, Session
from compliancecheck.tui.words import say


def is_long(path: str) -> bool:
    """Whether a file takes so long that a person would wonder."""
    try:
        return os.stat(path).st_size > LONG
    except (OSError, ValueError):
        return False  # opening it will say why


class ReadingScreen(Translated, Screen[None]):
    """The frame of a profile that is being read. Keys are kept for what comes after it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-short")]
    BINDINGS = [
        Binding("L,ctrl+l", "app.language", "language", key_display="L", id="language.reading"),
        Binding("q,ctrl+q", "app.quit", "quit", key_display="q", id="quit.reading"),
    ]

    def __init__(self, path: str, as_of: int, lang: str) -> None:
        super().__init__()
        self.path, self.as_of, self.lang = path, as_of, lang
        self.entries = 0
        self.typed: list[events.Key] = []

    def compose(self) -> ComposeResult:
        """Top line, and what is being done."""
        yield Paper(lambda width: lines_of(say("too_small", self.lang), width), id="too-small")
        with Vertical(id="frame"):
            yield Paper(self._top, id="top")
            yield Paper(self._doing, id="doing")
        yield Keys(palette=False)

    @property
    def file_name(self) -> str:
        """The name of the file, safe to show."""
        return safe_text(os.path.basename(self.path))

    def _top(self, width: int) -> Iterator[Content]:
        day = say("as_of", self.lang, day=iso(self.as_of))
        yield both_ends(self.file_name, [(day, "")], width)

    def _doing(self, width: int) -> Iterator[Content]:
        words = say("reading_file", self.lang, file=self.file_name)
        if self.entries:
            words = say("judging_entries", self.lang, n=f"{self.entries:,}")
        yield Content("")
        yield from lines_of(words, width, "bold", 1, " ")

    def judging(self, entries: int) -> None:
        """It was read, and is judged now."""
        self.entries = entries
        self.again()

    def again(self) -> None:
        """Draw it anew."""
        for paper in self.query(Paper):
            paper.again()

    def speak(self, lang: str) -> None:
        """Another language."""
        self.lang = lang
        self.again()
        self.refresh_bindings()

    def on_key(self, event: events.Key) -> None:
        """What is typed now is meant for the profile."""
        if event.key not in ("L", "ctrl+l", "q", "ctrl+q"):
            self.typed.append(event)


async def opened_beside(
    open_it: Callable[[Callable[[int], None]], Session], told: Callable[[int], None]
) -> Session:
    """Open a session in a thread, so that the screen is drawn and can be left meanwhile.

    *told* is called here as *open_it* calls what it is given. A thread that is no longer waited
    for does not keep the program.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Session] = loop.create_future()

    def here(action: Callable[..., object], *values: object) -> None:
        with suppress(RuntimeError):  # the app was left, its loop is closed
            loop.call_soon_threadsafe(lambda: None if done.done() else action(*values))

    def work() -> None:
        try:
            session = open_it(lambda entries: here(told, entries))
        except BaseException as error:
            here(done.set_exception, error)
        else:
            here(done.set_result, session)

    Thread(target=work, daemon=True, name="reading").start()
    return await done
