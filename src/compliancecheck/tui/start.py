"""The screen without a profile: a new one, one to open, an example copied beside you."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.model.safe import safe_text
from compliancecheck.reading.packs import shipped_rules
from compliancecheck.tui.answer.ends import Menu
from compliancecheck.tui.answer.form import Form, focus_here
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.bindings import Translated
from compliancecheck.tui.paper import Paper, lines_of, plain
from compliancecheck.tui.words import say


class StartScreen(Translated, Screen[None]):
    """Three ways to begin."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-short")]
    BINDINGS = [
        Binding("L,ctrl+l", "app.language", "language", key_display="L", id="language"),
        Binding("colon", "app.command_palette", "palette", show=False, id="palette.colon"),
        Binding("question_mark,f1", "app.help", "help", key_display="?", id="help"),
        Binding("q,ctrl+q", "app.quit", "quit", key_display="q", id="quit"),
    ]

    def __init__(self, examples: Sequence[str], lang: str) -> None:
        super().__init__()
        self.examples, self.lang = examples, lang

    def compose(self) -> ComposeResult:
        """The choices."""
        yield Paper(lambda width: [plain(say("too_small", self.lang))], id="too-small")
        with Vertical(id="frame"):
            yield Paper(lambda width: [plain("compliancecheck", "bold")], id="top")
            yield StartForm(self.examples, self.lang)
        yield Footer(compact=True, show_command_palette=False)

    async def speak(self, lang: str) -> None:
        """Another language."""
        self.lang = lang
        await self.recompose()


class StartForm(VerticalScroll, can_focus=False):
    """No profile yet: a new one, one to open, an example copied beside you."""

    def __init__(self, examples: Sequence[str], lang: str) -> None:
        super().__init__(classes="form")
        self.examples, self.lang, self.wanted = tuple(examples), lang, "new"
        self.complaint = self._refused = ""

    def compose(self) -> ComposeResult:
        """The choices, and a field for a file's name."""
        title = say("start_title", self.lang)
        yield Paper(lambda width: [*lines_of(title, width, "bold"), Content("")])
        yield Menu(
            Option(plain(say("start_new", self.lang)), id="new"),
            Option(plain(say("start_open", self.lang)), id="open"),
            *(
                Option(plain(say("start_example", self.lang, name=name)), id=f"example:{name}")
                for name in self.examples
            ),
        )
        field = ExactInput("", compact=True, id="exact", placeholder=say("file_name", self.lang))
        field.display, field.help_name = False, "file"
        yield field
        yield Paper(self._complaint, id="against")

    def _complaint(self, width: int) -> list[Content]:
        return lines_of(self.complaint, width, "$warning") if self.complaint else []

    def complain(self, words: str) -> None:
        """Say below the field what stands against the name; an empty text: nothing."""
        self.complaint = words
        self.query_one("#against", Paper).set(self._complaint)

    def on_mount(self) -> None:
        """The focus is on the choices."""
        focus_here(self.query_one(Menu))
        self.query_one(Menu).highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Ask for a name, or take the example."""
        event.stop()
        where, _, what = (event.option.id or "").partition(":")
        if where == "example":
            self.post_message(Form.Go(where, what))
            return
        self.wanted = where
        self.complain("")
        field = self.query_one(ExactInput)
        field.display = True
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the file of this name."""
        event.stop()
        path = os.path.expanduser(event.value.strip())
        if not path:
            return
        self._refused = path
        self.complain(cannot_open(path, self.wanted, self.lang))
        if not self.complaint:
            self.post_message(Form.Go(self.wanted, path))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another name: the complaint was about the one before."""
        event.stop()
        if self.complaint and os.path.expanduser(event.value.strip()) != self._refused:
            self.complain("")

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """Back to the choices."""
        event.stop()
        self.query_one(Menu).focus()


def cannot_open(path: str, wanted: str, lang: str) -> str:
    """What stands against a file to be made (*wanted* new) or opened; empty for nothing."""
    name, folder = safe_text(path), os.path.dirname(path) or "."
    if os.path.isdir(path):
        return say("name_is_folder", lang, name=name)
    if wanted == "new" and os.path.lexists(path):
        return say("file_exists", lang, name=name)
    if wanted == "new" and not os.path.isdir(folder):
        return say("no_folder", lang, name=safe_text(folder))
    if wanted == "open" and not os.path.isfile(path):
        return say("no_such_file", lang, name=name)
    return ""


def examples() -> list[str]:
    """The names of the shipped example profiles."""
    folder = shipped_rules().parent / "profiles"
    return sorted(path.name for path in folder.glob("*.yaml")) if folder.is_dir() else []


def copy_example(name: str) -> str:
    """Copy an example beside the user, under a name that is free; returns the name."""
    source = shipped_rules().parent / "profiles" / name
    stem, n, target = Path(name).stem, 1, Path(name)
    while os.path.lexists(target):
        n += 1
        target = Path(f"{stem}-{n}.yaml")
    shutil.copyfile(source, target)
    return str(target)
