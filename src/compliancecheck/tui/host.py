"""What every part of the app knows: the session, the language, the screen with the tabs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from math import inf

from textual import events, work
from textual.app import App

from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.tui.frame import MainScreen
from compliancecheck.tui.long_file import ReadingScreen, is_long, opened_beside
from compliancecheck.tui.matrix.screen import MatrixScreen
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import say

AT_ONCE = 0.5
"""Seconds: what follows a digit sooner belongs to what is being typed, as in `5o0`."""


class Host(App[None]):
    """The app as its parts see it."""

    _digit_at = -inf

    lang: str
    rules: Rules
    session: Session | None
    as_of: int
    law: int | None
    drafts: bool
    key_at = inf  # when the last key was pressed; infinite: the mouse came after it
    told_of_digits = False  # that a digit in a field goes to no tab, which is said once
    after_digit = False  # whether that key was an `o` that followed a digit at once

    async def on_event(self, event: events.Event) -> None:
        """Keep when a key was pressed: one that was waiting was meant for the screen before."""
        if event.is_forwarded:
            pass  # it comes back from where it was sent to
        elif isinstance(event, events.Key):
            soon = event.time - self._digit_at < AT_ONCE
            self.after_digit = soon and event.key == "o"
            self._digit_at = event.time if event.key.isdigit() else -inf
            self.key_at = event.time
        elif isinstance(event, events.MouseDown):
            self.key_at, self.after_digit = inf, False
        await super().on_event(event)

    @property
    def main(self) -> MainScreen | None:
        """The screen with the tabs, also while something lies over it."""
        return next((s for s in self.screen_stack if isinstance(s, MainScreen)), None)

    @property
    def companies(self) -> MatrixScreen | None:
        """The screen of several companies, also while one of them is open."""
        return next((s for s in self.screen_stack if isinstance(s, MatrixScreen)), None)

    async def open(self, path: str, then: Callable[[], object] | None = None) -> None:
        """Open one profile; it need not exist yet. *then* is called when it is on the screen."""
        if is_long(path):
            reading = ReadingScreen(path, self.as_of, self.lang)
            await self.push_screen(reading)
            self._open_long(reading, then)
        else:
            await self._show(self._session(path), then)

    def _session(self, path: str, before_long: Callable[[int], None] | None = None) -> Session:
        return Session.open(
            path, self.rules, self.as_of, self.lang, law=self.law, drafts=self.drafts,
            before_long=before_long,
        )  # fmt: skip

    async def _show(
        self,
        session: Session,
        then: Callable[[], object] | None,
        over: ReadingScreen | None = None,
    ) -> None:
        session.before_long = self._before_long
        self.session = session
        put = self.push_screen if over is None else self.switch_screen
        await put(MainScreen(session, self.lang))
        if then is not None:
            self.call_after_refresh(then)

    @work
    async def _open_long(self, reading: ReadingScreen, then: Callable[[], object] | None) -> None:
        if self.companies is None:
            open_it = partial(self._session, reading.path)
            session = await opened_beside(open_it, reading.judging)
        else:  # which may be judging others, and what is known of the rules is one for all
            await asyncio.sleep(0.1)
            session = self._session(reading.path)
        session.set_language(self.lang)
        while self.screen is not reading:
            await self.pop_screen()
        await self._show(session, then, over=reading)
        for typed in reading.typed:
            # A new one: what was forwarded once would reach the bindings only, and no field.
            key = events.Key(typed.key, typed.character)
            key.time = typed.time  # it is as old as it was
            self.post_message(key)

    def _before_long(self, entries: int) -> None:
        if self.main is not None:
            self.main.say_judging()

    async def show_anew(self) -> None:
        """Draw everything anew, after the file, a day or the language changed."""
        main = self.main
        if main is None or self.session is None or not self.is_running:
            return
        await main.answer.follow()
        if main.is_attached and self.is_running:  # nobody left it meanwhile
            main.redraw()

    async def action_drafts(self) -> None:
        """Judge drafts too, or leave them out again."""
        if self.session is None or self.main is None:
            return
        self.session.show_drafts(not self.session.drafts)
        await self.show_anew()
        self.tell("drafts_shown" if self.session.drafts else "drafts_left_out")

    def tell(self, key: str, *, severity: str = "information", **values: object) -> None:
        """Say something beside the screen for a moment."""
        text = safe_text(say(key, self.lang, **values))
        self.notify(text, markup=False, timeout=4, severity=severity)  # type: ignore[arg-type]
