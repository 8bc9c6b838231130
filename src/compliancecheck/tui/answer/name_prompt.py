"""The name of an item, asked over the screen: what stands against it is told under the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from compliancecheck.model.safe import safe_text
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.paper import QUIET, Paper, lines_of
from compliancecheck.tui.words import say

Check = Callable[[str], str]
"""What stands against a name, in words; empty: nothing."""


def next_name(name: str, taken: Collection[str]) -> str:
    """``NAME 2``, or the next number that no other item has."""
    found = re.fullmatch(r"(.*\S) (\d{1,4})", name)
    base, n = (found.group(1), int(found.group(2))) if found else (name, 1)
    while f"{base} {n + 1}" in taken:
        n += 1
    return f"{base} {n + 1}"


class NameField(ExactInput):
    """The field of the name; Esc closes."""

    help_name = "item_name"
    BINDINGS = [Binding("escape", "leave", "close", key_display="esc", id="close.name")]


class NamePrompt(Translated, ModalScreen[str]):
    """One name with a preset; Esc gives none."""

    AUTO_FOCUS = ""
    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: str, preset: str, check: Check, lang: str) -> None:
        super().__init__()
        self.title_text, self.preset, self.check, self.lang = title, preset, check, lang

    def compose(self) -> ComposeResult:
        """The question, a field, what stands against the name."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_text, width, "bold"))
            yield NameField(safe_text(self.preset), compact=True, id="item-name")
            yield Paper(self._hint, id="name-against")
        yield Keys(palette=False)

    def on_mount(self) -> None:
        """The focus is in the field; what is typed takes the place of the preset."""
        field = self.query_one(NameField)
        field.focus(scroll_visible=False)
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
        self.query_one("#name-against", Paper).set(self._hint)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """That name, if nothing stands against it."""
        event.stop()
        if not self.check(self._typed):
            self.dismiss(self._typed)

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """Esc in the field closes too."""
        event.stop()
        self.dismiss("")

    def action_close(self) -> None:
        """No name."""
        self.dismiss("")
