"""What the content of every tab can do, so that frame and app need not know which it is."""

from __future__ import annotations

from typing import ClassVar

from textual.widget import Widget

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.texts import Place


class Pane(Widget):
    """The content of one tab. It is filled when it is shown, not before."""

    lang: str
    side: ClassVar[str] = ""
    """The selector of what stands beside the list or the form; empty: nothing does."""

    @property
    def place(self) -> Place | None:
        """Where what is under the cursor stands in a file."""
        return None

    def fill(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; called when the tab is shown, and when another one is there."""

    def take_focus(self) -> None:
        """Put the focus on what the keys are for."""

    def action_clear(self) -> None:
        """Esc without a focus: show all of a list again, or give the focus back."""
        self.take_focus()

    def swapped(self, over: bool) -> None:
        """Under 60 columns: the side has taken this place, or has given it back."""
        if not self.side:
            return
        side = self.query_one(self.side)
        side.can_focus = over  # it scrolls by keys while it is all there is
        side.focus(scroll_visible=False) if over else self.take_focus()

    def speak(self, lang: str) -> None:
        """Another language, from the next drawing on."""
        self.lang = lang
