"""A name of an item or a file, asked over the screen: what stands against it is told below."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from compliancecheck.model.safe import safe_text
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.bindings import Keys
from compliancecheck.tui.overlays import Over, Said
from compliancecheck.tui.paper import QUIET, Paper, lines_of
from compliancecheck.tui.words import say

Check = Callable[[str], str]
"""What stands against a name, in words of the app's language; empty: nothing."""


def next_name(name: str, taken: Collection[str]) -> str:
    """``NAME 2``, or the next number that no other item has."""
    found = re.fullmatch(r"(.*\S) (\d{1,4})", name)
    base, n = (found.group(1), int(found.group(2))) if found else (name, 1)
    while f"{base} {n + 1}" in taken:
        n += 1
    return f"{base} {n + 1}"


class NameField(ExactInput):
    """The field of the name; Esc closes."""

    BINDINGS = [Binding("escape", "leave", "close", key_display="esc", id="close.name")]


class NamePrompt(Over[str]):
    """One name with a preset; Esc gives none. *of* is ``item_name``, or ``name`` of a file.

    What is typed takes the place of an item's preset, and goes on behind that of a file.
    """

    AUTO_FOCUS = ""
    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(
        self, title: Said, preset: str, check: Check, lang: str, of: str = "item_name"
    ) -> None:
        super().__init__()
        self.title_in, self.preset, self.check, self.lang, self.of = title, preset, check, lang, of

    def compose(self) -> ComposeResult:
        """The question, a field, what stands against the name."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_in(self.lang), width, "bold"))
            field = NameField(safe_text(self.preset), compact=True, select_on_focus=False)
            field.help_name = self.of
            yield field
            yield Paper(self._hint, id="against")
        yield Keys(palette=False)

    def on_mount(self) -> None:
        """The focus is in the field."""
        field = self.query_one(NameField)
        field.focus(scroll_visible=False)
        if self.of == "item_name":
            field.action_select_all()

    @property
    def _typed(self) -> str:
        return self.query_one(NameField).value.strip()

    def _hint(self, width: int) -> Iterator[Content]:
        if not self.query(NameField):
            return
        against = self.check(self._typed)
        if against:
            yield from lines_of(against, width, "$error", 2, "! ")
        yield from lines_of(say("name_help", self.lang), width, QUIET)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        event.stop()
        self.query_one("#against", Paper).again()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """That name, if nothing stands against it."""
        event.stop()
        self.query_one("#against", Paper).again()  # what stood against it may have changed
        if not self.check(self._typed):
            self.dismiss(self._typed)

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """Esc in the field closes too."""
        event.stop()
        self.dismiss("")

    def action_close(self) -> None:
        """No name."""
        self.dismiss("")
