"""What every screen of the interview has in common, and what it says to the pane around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.tui.paper import QUIET, both_ends, lines_of, plain
from compliancecheck.tui.steady import Steady
from compliancecheck.tui.words import say

TABS = {
    1: "answer_tab", 2: "findings_tab", 3: "rules_tab", 4: "dates_tab", 5: "compare_tab",
}  # fmt: skip
"""The words of each tab, by the digit that goes there."""


def focus_here(widget: Widget) -> None:
    """Give the focus to a widget of the Answer tab, unless another tab is being read."""
    if getattr(widget.screen, "tab", 1) == 1:
        # At once: `focus` comes later, when another tab may be read.
        widget.screen.set_focus(widget, scroll_visible=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """What the heading says: whose questions these are, and how far they are (0: not said)."""

    title: str
    at: int = 0
    of: int = 0
    note: str = ""

    def lines(self, width: int, lang: str, *, bar: bool = True) -> Iterator[Content]:
        """The heading with a bar beneath it."""
        right = [(say("progress", lang, n=self.at, all=self.of), "$quiet")] if self.of else []
        yield both_ends(self.title, right, width).stylize_before("bold")
        if self.of and bar:
            size = max(min(width, 28), 1)
            full = min(-(-size * (self.at - 1) // self.of), size)
            yield plain("▓" * full, "$primary") + plain("░" * (size - full), "$quiet")
        if self.note:
            yield from lines_of(self.note, width, QUIET)


class Form(VerticalScroll, Steady, can_focus=False):
    """One screen of the interview. It knows the model, and nothing of files."""

    class Write(Message):
        """Answers to be written as one step; ``goes_on`` if the screen is then done."""

        def __init__(self, values: dict[FactRef, str], *, goes_on: bool = True) -> None:
            super().__init__()
            self.values, self.goes_on = values, goes_on

    class Skip(Message):
        """These questions are left for later."""

        def __init__(self, *refs: FactRef) -> None:
            super().__init__()
            self.refs = refs

    class Item(Message):
        """A list changes: ``what`` is add, remove, copy, rename, none or unknown."""

        def __init__(self, list_name: str, what: str, key: str = "") -> None:
            super().__init__()
            self.list_name, self.what, self.key = list_name, what, key

    class Adopt(Message):
        """A reading is adopted (None: left open)."""

        def __init__(self, reading: str, choice: str | None) -> None:
            super().__init__()
            self.reading, self.choice = reading, choice

    class Done(Message):
        """This screen is done."""

    class Go(Message):
        """Go somewhere else: goal:GOAL, skipped, findings, stop, names:LIST, new, open, example."""

        def __init__(self, where: str, what: str = "") -> None:
            super().__init__()
            self.where, self.what = where, what

    def __init__(self, evaluation: Evaluation, progress: Progress, lang: str) -> None:
        super().__init__(classes="form")
        self.evaluation, self.progress, self.lang = evaluation, progress, lang

    def allows(self, action: str) -> bool:
        """Whether *back*, *skip*, *unknown*, *why* mean something here."""
        return action in ("back", "why")

    @property
    def first_focus(self) -> Widget | None:
        """What has the focus when the form is come to; None: its first widget that can."""
        return None

    def step_back(self) -> bool:
        """Go back inside this screen, if that is possible."""
        return False

    def skip(self) -> None:
        """Leave what is asked for later."""

    def unknown(self) -> None:
        """Answer that it is not known."""

    def asked(self) -> FactRef | None:
        """The fact that is asked now."""
        return None
