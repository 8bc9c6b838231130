"""What-if in the findings: the ghost on the strip, the nearest changes, nothing written."""

from __future__ import annotations

import shutil
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList

from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.what_if.pane import WhatIfPane
from tests.tui.pilots import LARGE, PROFILES, SMALL, grid, main_of, opened, text_of, until

MAKER = "battery-just-under.yaml"


def copy_of(tmp_path: Path, name: str = MAKER) -> Path:
    return Path(shutil.copy(PROFILES / name, tmp_path / name))


async def ask(app: ComplianceApp, pilot: Pilot[None]) -> WhatIfPane:
    """The what-if of the first finding."""
    main_of(app).action_tab(2)
    await until(pilot, lambda: app.focused is not None and app.focused.id == "list")
    await pilot.press("x")
    pane = main_of(app).query_one(WhatIfPane)
    await until(pilot, lambda: pane.found is not None)
    await pilot.pause()
    return pane


async def test_the_nearest_changes_and_back(tmp_path: Path) -> None:
    path = copy_of(tmp_path)
    before = path.read_bytes()
    async with opened(path, SMALL) as (app, pilot):
        await ask(app, pilot)
        shown = text_of(app)
        assert "TO BE MET OR NOT APPLICABLE: THE NEAREST CHANGES" in shown
        assert "1 if R&D expense (2025) were CNY 36.1 million (now CNY 36 million)" in shown
        assert "nothing else turns" in shown
        await pilot.press("escape")
        await pilot.pause()
        assert "NEAREST CHANGES" not in text_of(app)
        assert app.focused is not None
        assert app.focused.id == "list"
    assert path.read_bytes() == before


async def test_the_ghost_moves_along_the_strip(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), SMALL) as (app, pilot):
        pane = await ask(app, pilot)
        assert not any("○" in line and "●" in line for line in grid(app))
        await pilot.press("right")
        await pilot.pause()
        (line,) = [line for line in grid(app) if "●" in line and "○" in line]
        assert line.index("┃") < line.index("○") < line.index("┃") + 18  # beside the bound
        assert "✗ → ✓ MET" in text_of(app)
        assert pane.band == 1
        await pilot.press("left")
        await pilot.pause()
        assert "The figure lies here now; nothing turns." in text_of(app)


async def test_what_turns_with_the_suggestion_under_the_cursor(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), LARGE) as (app, pilot):
        pane = await ask(app, pilot)
        await pilot.press("end")
        await pilot.pause()
        current = pane.current
        assert current is not None
        assert current.effects
        assert "! → - N/A  A granted invention patent" in text_of(app)
        assert "WHY (decisive first)" in text_of(app)  # the proof stands beside it


async def test_enter_goes_to_the_question(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), SMALL) as (app, pilot):
        pane = await ask(app, pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert not main_of(app).findings.asks_what_if
        assert main_of(app).tab == 1
        await until(pilot, lambda: "R&D expense" in text_of(app) or "R&D" in text_of(app))
        assert pane.found is not None


async def test_in_chinese_at_once(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), LARGE, "zh") as (app, pilot):
        await ask(app, pilot)
        assert "欲使其符合或不适用：最接近的改动" in text_of(app)
        assert "若研发费用（2025）为3610万元（现为3600万元）" in text_of(app)
        await pilot.press("L")
        await until(pilot, lambda: "TO BE MET OR NOT APPLICABLE" in text_of(app))


async def test_on_a_small_screen(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), (40, 12)) as (app, pilot):
        await ask(app, pilot)
        assert "TO BE MET OR NOT APPLICABLE" in text_of(app)
        assert "1 if R&D expense" in text_of(app)


async def test_why_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    path.write_text("data_export:\n  exports_data: true\n", encoding="utf-8")
    async with opened(path, SMALL) as (app, pilot):
        pane = await ask(app, pilot)
        assert pane.found is not None
        listed = pane.query_one("#suggestions", OptionList)
        assert bool(listed.option_count) is (pane.found.why_none is None)
        await pilot.press("down", "enter", "left", "escape")
        assert not main_of(app).findings.asks_what_if


async def test_a_change_on_disk_is_seen(tmp_path: Path) -> None:
    path = copy_of(tmp_path)
    async with opened(path, SMALL) as (app, pilot):
        pane = await ask(app, pilot)
        first = pane.evaluation
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("CNY 36 million", "CNY 35 million"), encoding="utf-8")
        await until(pilot, lambda: pane.evaluation is not first and pane.found is not None)
        await until(pilot, lambda: "CNY 35 million" in text_of(app))


EVIL = "[/x][@click=app.quit]x[/]##[error]"


async def test_hostile_names_are_text(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "data_export:\n  exports_data: true\n  transfers:\n"
        f'    - {{name: "{EVIL}", access: sent_abroad}}\n'
        f"battery:\n  applies: true\n  main_products:\n"
        f'    - {{name: "{EVIL}", invention_patent: false}}\n'
    )
    async with opened(path, LARGE) as (app, pilot):
        pane = await ask(app, pilot)
        assert pane.found is not None
        await pilot.press("down", "right", "w")
        await until(pilot, lambda: "[@click=app.quit]x[/]" in text_of(app))
        assert not any(line.lstrip().startswith("##[") for line in grid(app))
