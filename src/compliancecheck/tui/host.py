"""What every part of the app knows: the session, the language, the screen with the tabs."""

from __future__ import annotations

from textual.app import App

from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.tui.frame import MainScreen
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import say


class Host(App[None]):
    """The app as its parts see it."""

    lang: str
    rules: Rules
    session: Session | None

    @property
    def main(self) -> MainScreen | None:
        """The screen with the tabs, also while something lies over it."""
        return next((s for s in self.screen_stack if isinstance(s, MainScreen)), None)

    async def show_anew(self) -> None:
        """Draw everything anew, after the file, a day or the language changed."""
        main = self.main
        if main is None or self.session is None:
            return
        await main.answer.follow()
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
