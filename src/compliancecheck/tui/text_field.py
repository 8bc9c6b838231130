"""What every field for text shares: Ctrl+C copies what is selected in it, and says what it did."""

from __future__ import annotations

from textual.widgets import Input

from compliancecheck.tui.help import Helped
from compliancecheck.tui.words import say


class TextField(Input, Helped):
    """A line of text."""

    def action_copy(self) -> None:
        """Copy what is selected; where nothing is, say how to select and how to quit."""
        lang = getattr(self.app, "lang", "en")
        if self.selected_text:
            super().action_copy()
            words = say("copied", lang, what=say("piece.selected", lang))
        else:
            words = say("copy_hint", lang)
        self.app.notify(words, markup=False, timeout=4)
