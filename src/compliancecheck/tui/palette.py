"""The command palette: every action that works now, with its key, then every place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.binding import ActiveBinding
from textual.screen import Screen

from compliancecheck.model.safe import safe_text
from compliancecheck.tui.bindings import Translated
from compliancecheck.tui.goto import KINDS, Finder, Line, run
from compliancecheck.tui.overlays import said
from compliancecheck.tui.places import Word, folded, words_of
from compliancecheck.tui.preferences import theme_names
from compliancecheck.tui.words import WORDS, say

if TYPE_CHECKING:
    from compliancecheck.tui.app import ComplianceApp

NOT_OFFERED = frozenset({"palette", "close"})
"""Bindings that open the palette itself, or leave what lies over the screen."""


def actions(app: ComplianceApp, screen: Screen[object]) -> list[Line]:
    """What can be done on *screen* now: its keys (also those that a field would take as letters,
    and those that the footer has no room for), then the commands of the app."""
    found: dict[str, Line] = {}
    for line in (*_bound(app, screen), *_commands(app, screen)):
        found.setdefault(line.title, line)
    return list(found.values())


def _bound(app: ComplianceApp, screen: Screen[object]) -> Iterator[Line]:
    if not isinstance(screen, Translated):
        return
    for active in screen.all_active():
        binding = active.binding
        title = _title(screen, active, app.lang)
        if title and active.enabled and (binding.id or "").split(".")[0] not in NOT_OFFERED:
            key = app.get_key_display(binding)
            yield Line(title, "", "", key, partial(_act, app, active))


def _title(screen: Screen[object], active: ActiveBinding, lang: str) -> str:
    """The words of a binding of ours; of a digit that chooses, the answer."""
    binding = active.binding
    name = (binding.id or "").split(".", 1)[0]
    if name.startswith("choose"):
        choices = getattr(active.node, "choices", ())
        number = int(name.removeprefix("choose") or 1)
        if number > len(choices):
            return ""
        return f"{number} {safe_text(choices[number - 1].words.get(lang))}"
    return binding.description if f"key.{name}" in WORDS else ""


async def _act(app: ComplianceApp, active: ActiveBinding) -> None:
    """Carry out a binding where it was found."""
    await app.run_action(active.binding.action, active.node)


def _commands(app: ComplianceApp, screen: Screen[object]) -> Iterator[Line]:
    for command in app.get_system_commands(screen):
        yield Line(command.title, "", command.help, "", command.callback)


def matching(lines: Sequence[Line], lang: str, typed: str) -> list[Line]:
    """The lines that hold every word, best first; all of them where nothing was typed."""
    words = [Word(text) for text in words_of(typed)]
    scored = []
    for n, line in enumerate(lines):
        kind = say(KINDS[line.kind], lang) if line.kind else ""
        text = (folded(line.title), folded(f"{line.beside}\n{kind}"))
        scores = [word.fit(text) for word in words]
        if all(scores):
            scored.append((-sum(scores), n, line))
    return [line for _, _, line in sorted(scored, key=lambda row: row[:2])]


def open_palette(app: ComplianceApp) -> None:
    """Actions and places over the screen."""
    screen = app.screen
    made: dict[str, list[Line]] = {}  # by language

    def before(typed: str) -> Sequence[Line]:
        if app.lang not in made:
            made[app.lang] = actions(app, screen) + theme_lines(app)
        lines = made[app.lang]
        if typed.strip():
            return matching(lines, app.lang, typed)
        return [line for line in lines if not line.kind]

    app.seeking.open(said("palette_title"), before)


def theme_lines(app: ComplianceApp) -> list[Line]:
    """A line for each theme."""

    def wear(name: str) -> None:
        app.theme = name

    return [Line(name, "theme", "", "", partial(wear, name)) for name in theme_names()]


def open_themes(app: ComplianceApp) -> None:
    """The themes alone."""
    lines = theme_lines(app)

    def find(typed: str) -> list[Line]:
        return matching(lines, app.lang, typed)

    finder = Finder(said("theme_title"), find, app.lang)
    app.push_screen(finder, run)
