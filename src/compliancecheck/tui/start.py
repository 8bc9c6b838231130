"""The screen without a profile: a new one, one to open, an example copied beside you."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer

from compliancecheck.reading.packs import shipped_rules
from compliancecheck.tui.answer.ends import StartForm
from compliancecheck.tui.bindings import Translated
from compliancecheck.tui.paper import Paper, plain
from compliancecheck.tui.words import say


class StartScreen(Translated, Screen[None]):
    """Three ways to begin."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-short")]
    BINDINGS = [Binding("q", "app.quit", "quit", id="quit")]

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
