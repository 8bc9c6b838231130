"""Themes: what is written can be read, and statuses are told apart by eyes of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from rich.color import Color, ColorType
from rich.style import Style
from textual.screen import ModalScreen
from textual.widget import Widget

from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.preferences import Preferences, theme_names
from compliancecheck.tui.themes import DARK, LIGHT, variable
from tests.tui.colors import SIGHTS, Rgb, contrast, distance, rgb
from tests.tui.pilots import opened, text_of, until
from tests.tui.walking import walk

LEAST_CONTRAST = 4.5
LEAST_DISTANCE = 10.0
DRAWN = frozenset("─│┃━▏▕▔▁▂▃▄▅▆▇█▊▎▍░▓┄╌╸╺╭╮╰╯┌┐└┘├┤┬┼┊▐▌")
SAME_COLOR = {DisplayStatus.NEEDS_PROOF, DisplayStatus.NOT_YET_DUE}


def color_of(theme: str, status: DisplayStatus) -> Rgb:
    variables = {"dark": DARK, "light": LIGHT}[theme].variables
    return rgb(variables[variable(status)])


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_statuses_stay_apart(theme: str, sight: str) -> None:
    near = {
        (one, other): round(apart, 1)
        for one, other in combinations(DisplayStatus, 2)
        if {one, other} != SAME_COLOR
        and (apart := distance(color_of(theme, one), color_of(theme, other), sight))
        < LEAST_DISTANCE
    }
    assert near == {}


def test_statuses_of_one_color_have_other_symbols_and_words() -> None:
    one, other = (LOOKS[status] for status in SAME_COLOR)
    assert one.symbol != other.symbol
    assert one.word != other.word


def triplet(color: Color | None) -> Rgb | None:
    if color is None or color.type is ColorType.DEFAULT:
        return None
    red, green, blue = color.get_truecolor()
    return red, green, blue


def written(app: ComplianceApp) -> Iterator[tuple[str, Style]]:
    """What is written; behind what lies over the screen, the rest is faint on purpose."""
    over = isinstance(app.screen, ModalScreen)
    opaque = [
        widget.region
        for widget in app.screen.walk_children(Widget)
        if widget.display and widget.styles.background.a == 1
    ]
    for y, strip in enumerate(app.screen._compositor.render_strips(app.size)):
        x = 0
        for segment in strip:
            seen = not over or any(region.contains(x, y) for region in opaque)
            x += segment.cell_length
            if seen and segment.style is not None:
                yield segment.text, segment.style


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_all_text_can_be_read(tmp_path: Path, theme: str) -> None:
    faint: dict[tuple[Rgb, Rgb], str] = {}
    seen = set()
    async for name, app, _ in walk(tmp_path, preferences=Preferences(theme=theme)):
        for text, style in written(app):
            ink, ground = triplet(style.color), triplet(style.bgcolor)
            if style.reverse:
                ink, ground = ground, ink
            if not set(text.strip()) - DRAWN or ink is None or ground is None:
                continue
            seen.add((ink, ground))
            ratio = contrast(ink, ground)
            if ratio < LEAST_CONTRAST:
                faint.setdefault((ink, ground), f"{ratio:.1f} after {name}: {text.strip()!r}")
    assert len(seen) > 10
    assert faint == {}


@pytest.mark.parametrize("theme", theme_names())
async def test_every_theme_shows_the_findings(tmp_path: Path, theme: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("data_export:\n  exports_data: true\n", encoding="utf-8")
    async with opened(path, preferences=Preferences(theme=theme)) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: "MAY" in text_of(app))
        assert app.current_theme.name == theme


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_each_finding_has_symbol_and_word(tmp_path: Path, lang: str) -> None:
    async for name, app, _ in walk(tmp_path, lang, profile="battery-just-under"):
        if name != "2":
            continue
        screen = text_of(app)
        for status in (DisplayStatus.FAIL, DisplayStatus.PASS):
            look = LOOKS[status]
            assert f"{look.symbol} {look.short.get(lang)}" in screen
        return
    raise AssertionError("the findings were not shown")
