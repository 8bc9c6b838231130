"""The palette has every key that works; the help has a word on every widget; the first screen."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

import compliancecheck.tui
from compliancecheck.tui.answer.options import ChoiceButton, Options
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.bindings import Translated
from compliancecheck.tui.frame import MainScreen
from compliancecheck.tui.goto import Finder
from compliancecheck.tui.help import help_of, help_text
from compliancecheck.tui.overlays import LineInput
from compliancecheck.tui.palette import NOT_OFFERED, actions, matching
from compliancecheck.tui.start import StartScreen
from compliancecheck.tui.words import WORDS, say
from tests.tui.pilots import HALF, PROFILES, form_of, main_of, opened, start, text_of, until

UNSAID = frozenset({"choose"})
"""Digits: the palette has the answers themselves."""


def ids_at(screen: Screen[object]) -> dict[str, str]:
    """The bindings with an id that are active now, each with its title."""
    assert isinstance(screen, Translated)
    found = {}
    for active in screen.all_active():
        id = active.binding.id or ""
        name = id.split(".")[0]
        if id and active.enabled and name not in NOT_OFFERED and not name.startswith("choose"):
            found[id] = active.binding.description
    return found


def check(app: ComplianceApp) -> None:
    """Every active key has its line, in the language, with a key beside it."""
    titles = {line.title for line in actions(app, app.screen)}
    for id, title in ids_at(app.screen).items():
        assert f"key.{id.split('.')[0]}" in WORDS, id
        assert title in titles, id


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_every_key_that_works_has_a_line(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes((PROFILES / "result-of-2023.yaml").read_bytes())
    async with opened(path, lang=lang) as (app, pilot):
        main = main_of(app)
        check(app)
        for tab in "2345":
            await pilot.press("escape", tab)
            await until(pilot, lambda tab=tab: main.tab == int(tab))  # type: ignore[misc]
            await pilot.pause(0.2)
            check(app)
            assert say("key.copy", lang) in {line.title for line in actions(app, app.screen)}
        await pilot.press("3")
        await until(pilot, lambda: main.rules.current is not None)
        main.rules.pick("cn.npc.pipl/impact-assessment")
        await pilot.press("w")
        await until(pilot, lambda: not isinstance(app.screen, MainScreen))
        check(app)


async def test_in_a_field_the_plain_keys_are_offered_too(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        options = form_of(app).query_one(Options)
        titles = {line.title for line in actions(app, app.screen)}
        for n, choice in enumerate(options.choices[:9], 1):
            assert f"{n} {choice.words.en}" in titles
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(app.focused, Input))
        check(app)
        assert say("key.undo", "en") in {line.title for line in actions(app, app.screen)}
        # An answer is chosen in the palette, and is no answer yet.
        await pilot.press("escape")
        before = path.read_bytes()
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, Finder))
        await pilot.press(*"100,000 to", "enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        await until(pilot, lambda: options._selected == 1)
        assert path.read_bytes() == before


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_what_the_palette_must_have(tmp_path: Path, lang: str) -> None:
    async with opened(PROFILES / "hotel-group.yaml", lang=lang) as (app, _):
        titles = {line.title for line in actions(app, app.screen)}
        wanted = ("key.markdown", "key.export", "key.screenshot", "key.theme", "write_as",
                  "key.quit", "key.language", "key.undo", "key.goto", "key.tab4")  # fmt: skip
        assert {say(key, lang) for key in wanted} <= titles


async def test_a_theme_is_found_by_its_name_and_its_kind(tmp_path: Path) -> None:
    async with opened(tmp_path / "p.yaml") as (app, pilot):
        await pilot.press("escape", "ctrl+p")
        await until(pilot, lambda: isinstance(app.screen, Finder))
        found = app.screen
        assert isinstance(found, Finder)
        await pilot.press(*"theme ligh")
        await until(pilot, lambda: found.searched == "theme ligh")
        assert found.found[0].title == "light"
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "light")


async def test_the_best_line_comes_first(tmp_path: Path) -> None:
    async with opened(tmp_path / "p.yaml") as (app, _):
        lines = actions(app, app.screen)
        assert matching(lines, "en", "expo")[0].title == say("key.export", "en")
        assert matching(lines, "en", "") == lines
        assert matching(lines, "en", "zzqq") == []


# -- help ------------------------------------------------------------------------------------------


def widgets() -> list[type[Widget]]:
    """The classes of ours that can have the focus."""
    for module in pkgutil.walk_packages(compliancecheck.tui.__path__, "compliancecheck.tui."):
        importlib.import_module(module.name)
    found, left = set(), [Widget]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if kind.__module__.startswith("compliancecheck.") and not issubclass(kind, Screen):
            found.add(kind)
    return sorted((kind for kind in found if kind.can_focus), key=lambda kind: kind.__name__)


def test_every_widget_with_a_focus_has_its_help() -> None:
    assert widgets()
    asked = [kind for kind in widgets() if kind is not ChoiceButton]  # its group has the focus
    without = [kind.__name__ for kind in asked if not help_of(kind.__new__(kind))]
    assert without == []


SOMETIMES = re.compile(r"`([uswmaodex])`")
"""Keys that work only on some questions and rows."""


@pytest.mark.parametrize(
    ("lang", "keys"),
    [
        *(("en", keys) for keys in ("", "r", "r slash", "equals_sign", "2", "2 slash", "3", "4")),
        *(("zh", keys) for keys in ("", "r", "equals_sign", "4")),
    ],
)
async def test_the_help_names_only_keys_that_work(tmp_path: Path, lang: str, keys: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(HALF, encoding="utf-8")
    async with opened(path, (140, 60), lang) as (app, pilot):
        await pilot.press(*keys.split())
        await pilot.pause()
        working = {key for key, _ in main_of(app).named_keys()}
        focused = app.screen.focused
        await pilot.press("f1")
        await until(pilot, lambda: say("legend_symbols", lang) in text_of(app))
        text = help_text(focused, working, lang)
        assert text[:4] in text_of(app)
        assert set(SOMETIMES.findall(text)) <= working
        assert text[-1] in ".。"
        examples = "1.2 million" if lang == "en" else "120万"
        assert (examples in text) == (keys == "equals_sign")


async def test_help_over_a_menu_and_a_prompt(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(HALF, encoding="utf-8")
    async with opened(path) as (app, pilot):
        await pilot.press("t", "question_mark")
        await until(pilot, lambda: "Up and down choose, Enter takes it" in text_of(app))
        await pilot.press("escape", "enter", "f1")
        await until(pilot, lambda: "Type it; Enter takes it, Esc leaves." in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen.focused, LineInput))


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_the_help_ends_with_the_signs(tmp_path: Path, lang: str) -> None:
    async with opened(PROFILES / "hotel-group.yaml", (100, 70), lang) as (app, pilot):
        await pilot.press("escape", "2", "question_mark")
        titles = [say(key, lang) for key in ("legend_symbols", "legend_strip", "legend_ladder")]
        await until(pilot, lambda: all(title in text_of(app) for title in titles))
        assert "●" in text_of(app)
        assert "├" in text_of(app)


def test_no_key_is_bound_twice_in_one_place() -> None:
    """Each id names one action of a class."""
    for kind in [*widgets(), *Translated.__subclasses__()]:
        own = [b for b in kind.__dict__.get("BINDINGS", ()) if isinstance(b, Binding) and b.id]
        assert len({b.id for b in own}) == len(own), kind


# -- the first screen ------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("choice", "typed", "said"),
    [
        (1, "nope.yaml", "there is no file nope.yaml"),
        (1, "sub", "sub is a folder"),
        (0, "there.yaml", "there.yaml is there already"),
        (0, "none/x.yaml", "there is no folder none"),
    ],
)
async def test_a_wrong_name_is_told_in_place(
    folder: Path, choice: int, typed: str, said: str
) -> None:
    (folder / "there.yaml").write_text("dated: 2026-11-24\n")
    (folder / "sub").mkdir()
    async with opened(None) as (app, pilot):
        await pilot.press(*["down"] * choice, "enter")
        await until(pilot, lambda: isinstance(app.focused, Input))
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await until(pilot, lambda: said in text_of(app))
        assert isinstance(app.screen, StartScreen)
        assert not app._notifications
        await pilot.press("x")
        await until(pilot, lambda: said not in text_of(app))


async def test_the_first_screen_speaks_both_languages(folder: Path) -> None:
    async with opened(None) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: "新建档案" in text_of(app))
        await pilot.press("colon")
        await until(pilot, lambda: isinstance(app.screen, Finder))
        await pilot.press("escape", "enter")
        await until(pilot, lambda: isinstance(app.focused, Input))
        app.screen.query_one(Input).value = "new.yaml"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MainScreen))
        assert app.screen.query(OptionList) is not None
        assert not (folder / "new.yaml").exists()  # nothing is written before the first answer
