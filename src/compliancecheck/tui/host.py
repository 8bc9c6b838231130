"""What every part of the app knows: the session, the language, the screen with the tabs."""

from __future__ import annotations

from math import inf

from textual import events
from textual.app import App

from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.tui.frame import MainScreen
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

    async def open(self, path: str) -> None:
        """Open one profile; it need not exist yet."""
        self.session = Session.open(
            path, self.rules, self.as_of, self.lang, law=self.law, drafts=self.drafts
        )
        await self.push_screen(MainScreen(self.session, self.lang))

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
