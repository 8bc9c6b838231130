"""Keys of the user: wrong names, clashes and forbidden keys are told; the others work and show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets._footer import FooterKey

from compliancecheck.reading.problems import Problem
from compliancecheck.reading.settings import USER, read_settings
from compliancecheck.tui.keymap import FORBIDDEN, all_bound, changeable, keymap_of, names
from compliancecheck.tui.preferences import Preferences
from compliancecheck.tui.words import WORDS
from tests.conftest import ROOT
from tests.tui.pilots import form_of, main_of, opened, start, text_of, until


def keymap(text: str) -> tuple[dict[str, str], list[Problem]]:
    found = read_settings("settings.toml", f"[keys]\n{text}\n", USER)
    assert not found.problems
    return keymap_of(found.given.get("keys"))


@pytest.mark.parametrize(
    ("text", "id", "keys"),
    [
        ("why = 'W'", "why", "W"),
        ("why = ['W', 'ctrl+r']", "why", "W,ctrl+r"),
        ("why = 'W, ^r'", "why", "W,ctrl+r"),
        ("full = 'F2'", "full.dates", "f2"),
        ("full = 'F2'", "full", "f2"),
        ("'full.dates' = 'F'", "full.dates", "F"),
        ("help = '!'", "help", "exclamation_mark"),
        ("remove = 'ctrl+x'", "remove", "ctrl+x"),
        ("skip = 'b'\nback = 's'", "skip", "b"),
        ("tab1 = '2'\ntab2 = '1'", "tab1", "2"),
    ],
)
def test_a_key_is_taken(text: str, id: str, keys: str) -> None:
    found, problems = keymap(text)
    assert problems == []
    assert found[id] == keys


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("whi = 'W'", "2:1: no binding `whi`; perhaps `why`?"),
        ("'full.nowhere' = 'W'", "2:1: no binding `full.nowhere`"),
        ("accept = 'W'", "2:1: `accept` stays on its key"),
        ("choose = 'W'", "2:1: `choose` stays on its key"),
        (
            "why = 'ctrl+w'",
            "2:1: `why` cannot have the key `ctrl+w`: terminals and editors keep it",
        ),
        ("why = '^B'", "2:1: `why` cannot have the key `^B`: terminals and editors keep it"),
        ("why = 'alt+x'", "2:1: `why` cannot have the key `alt+x`: terminals"),
        ("why = 'F10'", "2:1: `why` cannot have the key `F10`: terminals"),
        ("why = 'ctrl+m'", "2:1: `why` cannot have the key `ctrl+m`: it is Enter"),
        ("why = 'enter'", "2:1: `why` cannot have the key `enter`: it moves, accepts or leaves"),
        ("why = '7'", "2:1: `why` cannot have the key `7`: digits choose"),
        ("why = 'wy'", "2:1: there is no key `wy`"),
        ("why = 'delet'", "2:1: there is no key `delet`; perhaps `delete`?"),
        ("why = 's'", "2:1: `why` and `skip` would both have the key `s`"),
        ("status = 'v'", "2:1: `status` and `side` would both have the key `v`"),
        ("skip = 'j'", "2:1: `skip` and “Down” would both have the key `j`"),
        ("x = 'X'\nside = 'S'\nday = 'S'", "3:1: `side` and `day` would both have the key `S`"),
    ],
)
def test_what_cannot_be_is_told(text: str, said: str) -> None:
    _, problems = keymap(text)
    assert said in [f"{p.line}:{p.column}: {p.message}"[: len(said)] for p in problems]


def test_keys_of_places_that_never_meet_do_not_clash() -> None:
    assert keymap("status = 'y'")[1] == []  # of the findings; `yes` is of the questions


def test_no_binding_as_built_has_a_forbidden_key() -> None:
    bad = {b.id: b.key for b in all_bound() if b.key in FORBIDDEN or b.key.startswith("alt+")}
    assert bad == {}
    assert keymap("")[0] == {}


async def test_another_key_works_and_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    keys, problems = keymap("skip = 'S'\nwhy = ['W', 'ctrl+r']\nunknown = 'K'")
    assert problems == []
    async with opened(path, (100, 30), preferences=Preferences(keymap=keys)) as (app, pilot):
        await start(pilot, path, "data_export.ciio")
        await until(pilot, lambda: bool(app.screen.query(FooterKey)))
        footer = {key.description: key.key_display for key in app.screen.query(FooterKey)}
        assert (footer["skip"], footer["unknown"]) == ("S", "K")
        await pilot.press("question_mark")
        await until(pilot, lambda: "Help (Esc closes it)" in text_of(app))
        words = " ".join(re.sub("[│┃]", "", text_of(app)).split())
        assert "K answers that it is not known, S leaves it for later, W says why" in words
        await pilot.press("escape")
        asked = form_of(app).asked()
        await pilot.press("s", "u")
        await pilot.pause(0.2)
        assert form_of(app).asked() == asked
        await pilot.press("S")
        await until(pilot, lambda: form_of(app).asked() != asked)
        assert main_of(app).tab == 1


def test_the_page_of_keys_is_true(request: pytest.FixtureRequest) -> None:
    path = ROOT / "docs" / "keys.md"
    head, _, _ = path.read_text(encoding="utf-8").partition("| name |")
    rows = [
        f"| `{name}` | {' '.join(_written(key) for key in keys)} | {_says(name)} |\n"
        for name, keys in sorted(names().items())
    ]
    page = f"{head}| name | as built | does |\n| --- | --- | --- |\n{''.join(rows)}"
    if request.config.getoption("--update-golden"):
        path.write_text(page, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page, "run this test with --update-golden"


def _written(key: str) -> str:
    from compliancecheck.tui.keymap import shown

    return f"`{shown(key)}`"


def _says(name: str) -> str:
    return WORDS[f"key.{name}"].en


def test_each_name_has_words() -> None:
    assert [name for name in names() if f"key.{name}" not in WORDS] == []
    assert set(names()) == {id.split(".", 1)[0] for id in changeable()}


@pytest.mark.parametrize("key", ["f2", "ctrl+x", "Z"])
def test_each_name_can_have_a_free_key_and_keep_its_own(key: str) -> None:
    for name, keys in names().items():
        assert keymap(f"{name} = '{key}'")[1] == [], name
        own = [k for k in keys if k not in ("ctrl+q",)]
        assert keymap(f"{name} = {own!r}")[1] == [], name
