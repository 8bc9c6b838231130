"""What a person likes: theme, symbols, mouse, keys; taken from their settings, and kept there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from textual.theme import BUILTIN_THEMES

from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.settings import TEXTUAL_THEMES, Given, there_are
from compliancecheck.tui import symbols
from compliancecheck.tui.keymap import keymap_of
from compliancecheck.tui.themes import DARK, THEMES


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the app looks and is worked; ``file`` keeps what is chosen in it (None: nothing does).

    ``origins`` are all settings as they were at the start: name, value, and where that comes from.
    """

    theme: str = DARK.name
    ascii: bool = False
    mouse: bool = True
    keymap: Mapping[str, str] = field(default_factory=dict)
    file: str | None = None
    origins: tuple[tuple[str, str, str], ...] = ()


def preferences(
    given: Mapping[str, Given | None], file: str | None
) -> tuple[Preferences, list[Problem]]:
    """The preferences that some settings (by name, as ``ui.theme``) give, and their problems."""
    keymap, problems = keymap_of(given.get("keys"))
    theme = given.get("ui.theme")
    names = theme_names()
    if theme is not None and theme.value not in names:  # named by us, but not in this Textual
        says = Texts(
            f"no theme `{theme.value}` in the Textual here",
            f"这里的 Textual 没有主题 `{theme.value}`",
        )
        problems.append(theme.problem(says, there_are(names)))
        theme = None
    found = Preferences(
        theme=_value(theme, DARK.name),
        ascii=symbols.wanted(_value(given.get("ui.symbols"), "auto")),
        mouse=_value(given.get("ui.mouse"), True),
        keymap=keymap,
        file=file,
    )
    return found, sorted(problems, key=lambda problem: (problem.line, problem.column))


def theme_names() -> tuple[str, ...]:
    """Every theme that can be chosen, and kept in the settings: ours first."""
    ours = (theme.name for theme in THEMES)
    return (*ours, *(name for name in TEXTUAL_THEMES if name in BUILTIN_THEMES))


_T = TypeVar("_T", str, bool)


def _value(given: Given | None, default: _T) -> _T:
    return given.value if given is not None and isinstance(given.value, type(default)) else default
