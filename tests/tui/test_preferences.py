"""What is chosen in the app is kept for its user, and in no profile; what is set is looked at."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from compliancecheck.reading import settings
from compliancecheck.reading.settings import USER, Given, read_settings
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.preferences import Preferences, preferences
from compliancecheck.tui.themes import THEMES
from tests.tui.pilots import AS_OF, PROFILES, SMALL, opened, rules, text_of, until

DAY = "2026-11-24"
COLOR = rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m"


def given(text: str) -> dict[str, Given | None]:
    return dict(read_settings("settings.toml", text, USER).given)


def test_preferences_are_those_of_the_settings() -> None:
    text = "[ui]\ntheme = 'nord'\nmouse = false\nsymbols = 'ascii'\n[keys]\nskip = 'S'\n"
    found, problems = preferences(given(text), "f")
    assert problems == []
    assert (found.theme, found.mouse, found.ascii, found.file) == ("nord", False, True, "f")
    assert found.keymap == {"skip": "S"}
    assert preferences({}, None)[0].theme == "dark"


def test_the_settings_know_the_themes_that_there_are() -> None:
    assert {theme.name for theme in THEMES} == set(settings.THEMES)
    assert set(BUILTIN_THEMES) == set(settings.TEXTUAL_THEMES)


def test_a_theme_that_this_textual_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(BUILTIN_THEMES, "nord")
    found, (problem,) = preferences(given("ui.theme = 'nord'"), None)
    assert (problem.line, problem.column, found.theme) == (1, 12, "dark")
    assert problem.message == "no theme `nord` in the Textual here"
    assert "light" in (problem.hint or "")
    assert "nord" not in (problem.hint or "")


async def test_language_and_theme_are_kept_and_the_profile_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("# nothing\n", encoding="utf-8")
    file = tmp_path / "config" / "settings.toml"
    async with opened(path, preferences=Preferences(file=str(file))) as (app, pilot):
        await pilot.press("L")
        await until(pilot, file.exists)
        assert file.read_text(encoding="utf-8") == 'lang = "zh"\n'
        await until(pilot, lambda: "作答" in text_of(app))
        app.theme = "light"
        await until(pilot, lambda: "light" in file.read_text(encoding="utf-8"))
        await pilot.press("L")
        await until(pilot, lambda: '"en"' in file.read_text(encoding="utf-8"))
    assert file.read_text(encoding="utf-8") == 'lang = "en"\n\n[ui]\ntheme = "light"\n'
    assert path.read_text(encoding="utf-8") == "# nothing\n"


async def test_what_cannot_be_kept_is_said_and_holds(tmp_path: Path) -> None:
    path, file = tmp_path / "p.yaml", tmp_path / "p.yaml" / "no" / "settings.toml"
    path.write_text("", encoding="utf-8")
    async with opened(path, preferences=Preferences(file=str(file))) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: any("无法写入" in n.message for n in app._notifications))
        assert app.lang == "zh"


async def test_without_colors_no_theme_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    liked = Preferences(theme="light", file=str(file))
    async with opened(tmp_path / "p.yaml", color=False, preferences=liked) as (app, pilot):
        assert app.current_theme.name == "ansi"
        app.theme = "dark"
        await pilot.pause(0.2)
    assert not file.exists()


def in_terminal(tmp_path: Path, settings: str, env: dict[str, str], *argv: str) -> bytes:
    """What the app writes to a terminal until it shows its keys; then it is left."""
    path = tmp_path / "p.yaml"
    path.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    file = tmp_path / "settings.toml"
    file.write_text(settings, encoding="utf-8")
    ours, theirs = pty.openpty()
    environ = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM", "TUI_PLAIN")}
    environ |= {"TERM": "xterm-256color", "COMPLIANCECHECK_CONFIG": str(file)}
    environ |= {"COLUMNS": "80", "LINES": "24", **env}
    command = [sys.executable, "-m", "compliancecheck", "ui", str(path), "--as-of", DAY, *argv]
    app = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
    os.close(theirs)
    written, end, quitting = b"", time.monotonic() + 60, False
    while time.monotonic() < end:
        ready, _, _ = select.select([ours], [], [], 0.2)
        try:
            written += os.read(ours, 65536) if ready else b""
        except OSError:  # the app has gone
            break
        if b"^p" in written and not quitting:
            quitting = True
            os.write(ours, b"2")
        elif quitting and not ready and app.poll() is None:
            os.write(ours, b"q")
    app.kill()
    app.wait()
    os.close(ours)
    return written


@pytest.mark.parametrize(("env", "argv"), [({"NO_COLOR": "1"}, ()), ({}, ("--no-color",))])
def test_no_color_code_reaches_the_terminal(
    tmp_path: Path, env: dict[str, str], argv: tuple[str, ...]
) -> None:
    import re

    written = in_terminal(tmp_path, "ui.theme = 'light'\n", env, *argv)
    assert b"FAIL" in written
    assert re.findall(COLOR, written) == []
    assert b"\x1b[?1000h" in written  # the mouse is used


def test_colors_without_a_mouse_and_without_symbols(tmp_path: Path) -> None:
    import re

    settings = "[ui]\nmouse = false\nsymbols = 'ascii'\n"
    written = in_terminal(tmp_path, settings, {})
    assert re.search(COLOR, written)
    assert b"\x1b[?1000h" not in written
    assert b"x FAIL" in re.sub(rb"\x1b\[[\d;]*m", b"", written)
    assert "✗".encode() not in written


def test_a_clash_of_keys_ends_the_start(tmp_path: Path) -> None:
    written = in_terminal(tmp_path, "[keys]\nwhy = 's'\n", {})
    assert b"settings.toml:2:1: `why` and `skip` would both have the key `s`" in written
    assert b"\x1b[?1049h" not in written


async def test_the_palette_tells_where_settings_come_from(tmp_path: Path) -> None:
    theme = ("ui.theme", "light", "/x/settings.toml:3")
    liked = Preferences(origins=(theme, ("lang", "en", "LANG")))
    app = ComplianceApp(tmp_path / "p.yaml", rules(), as_of=AS_OF, preferences=liked)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        app.show_settings()
        await until(pilot, lambda: "ui.theme = light" in text_of(app))
        assert "/x/settings.toml:3" in text_of(app)
