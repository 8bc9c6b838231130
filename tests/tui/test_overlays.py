"""What lies over the screen speaks another language at once; what was typed and chosen stays."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from compliancecheck.model.profile import FactRef
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.goto import Finder
from compliancecheck.tui.overlays import Ask, FullText, Over
from tests.tui.pilots import PROFILES, grid, main_of, opened, text_of, until

CHINESE = re.compile("[\u4e00-\u9fff]")
CIIO = FactRef("data_export.ciio")

Opens = Callable[[ComplianceApp, Pilot[None]], Awaitable[None]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "p.yaml"
    found.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    return found


async def over(app: ComplianceApp, pilot: Pilot[None]) -> Over[object]:
    await until(pilot, lambda: isinstance(app.screen, Over))
    screen = app.screen
    assert isinstance(screen, Over)
    return screen


async def tab(app: ComplianceApp, pilot: Pilot[None], number: int, *keys: str) -> None:
    await until(pilot, lambda: main_of(app).answer.form is not None)
    main_of(app).action_tab(number)
    await until(pilot, lambda: main_of(app).tab == number and app.screen.focused is not None)
    main = main_of(app)
    if number == 2:  # there are rows
        await until(pilot, lambda: main.findings.current is not None)
    if number == 3:
        await until(pilot, lambda: main.rules.current is not None)
    await pilot.press(*keys)


def at(number: int, *keys: str) -> Opens:
    async def opens(app: ComplianceApp, pilot: Pilot[None]) -> None:
        await tab(app, pilot, number, *keys)

    return opens


async def why(app: ComplianceApp, pilot: Pilot[None]) -> None:
    await main_of(app).answer.ask(FactRef("battery.main_products"))
    await main_of(app).answer.ask(CIIO)
    await pilot.press("w")


async def review(app: ComplianceApp, pilot: Pilot[None]) -> None:
    await app.review()
    await pilot.press("w")


async def evidence(app: ComplianceApp, pilot: Pilot[None]) -> None:
    main_of(app).answer.ask_evidence(FactRef("battery.legal_person"))


OPENS: dict[str, tuple[Opens, str]] = {
    "help": (at(2, "question_mark"), "帮助（按 Esc 关闭）"),
    "the whole proof": (at(2, "w"), "不符合"),
    "why": (why, "为何"),
    "the review": (review, "复核"),
    "what to copy": (at(2, "c"), "写入文件"),
    "which day": (at(2, "t"), "评估日"),
    "a day": (at(2, "t", "enter"), "评估日，如"),
    "go to": (at(2, "g"), "跳转"),
    "the palette": (at(2, "colon"), "命令与位置"),
    "which side": (at(5, "e"), "今日"),
    "a rule": (at(3, "down", "w"), "文件"),
    "evidence": (evidence, "证明材料"),
}


@pytest.mark.parametrize("name", OPENS)
async def test_the_language_changes_over_the_screen(path: Path, name: str) -> None:
    opens, words = OPENS[name]
    async with opened(path) as (app, pilot):
        await opens(app, pilot)
        screen = await over(app, pilot)
        await until(pilot, lambda: screen is app.screen and "close" in grid(app)[-1])
        assert words not in text_of(app)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: words in text_of(app))
        await until(pilot, lambda: "关闭" in grid(app)[-1])
        assert app.screen is screen, "it stays open"
        await pilot.press("ctrl+l")
        await until(pilot, lambda: words not in text_of(app) and "close" in grid(app)[-1])


async def test_plain_l_in_a_text_and_in_a_menu(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await tab(app, pilot, 2, "w")
        assert isinstance(await over(app, pilot), FullText)
        await pilot.press("L")
        await until(pilot, lambda: "不符合" in text_of(app))
        await pilot.press("escape", "c")
        screen = await over(app, pilot)
        assert isinstance(screen, Ask)
        await pilot.press("down")
        await pilot.press("L")
        await until(pilot, lambda: "Copy" in text_of(app))
        assert screen.query_one(OptionList).highlighted == 1, "the cursor stays"


async def test_what_was_typed_stays(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await tab(app, pilot, 2, "g")
        screen = await over(app, pilot)
        assert isinstance(screen, Finder)
        await pilot.press(*"rd-share")
        await until(pilot, lambda: screen.searched == "rd-share" and bool(screen.found))
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "跳转" in text_of(app))
        field = screen.query_one(Input)
        assert (field.value, field.has_focus) == ("rd-share", True)
        assert CHINESE.search(screen.found[0].title)


async def test_the_footer_of_a_menu_says_what_its_keys_do(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await tab(app, pilot, 2, "t")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await until(pilot, lambda: grid(app)[-1].split() != [])
        assert grid(app)[-1].split() == ["↑↓", "choose", "enter", "open", "esc", "close"]


async def test_what_lies_below_speaks_too(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await tab(app, pilot, 2, "t")
        await over(app, pilot)
        await pilot.press("L")
        await until(pilot, lambda: "不符合" in text_of(app) and "as of" not in text_of(app))


@pytest.mark.parametrize("number", [1, 2, 3, 4, 0])
async def test_words_being_typed_survive_a_change_of_the_file(path: Path, number: int) -> None:
    """0: those of *go to*."""
    path.write_bytes((PROFILES / "hotel-group.yaml").read_bytes())
    async with opened(path) as (app, pilot):
        await tab(app, pilot, number or 2)
        if number == 1:
            await app.review()
            await until(pilot, lambda: isinstance(app.screen.focused, OptionList))
        await pilot.press("slash" if number else "g")
        await until(pilot, lambda: isinstance(app.screen.focused, Input))
        await pilot.press(*"consent", "left")
        before = main_of(app).session.evaluation
        path.write_text(path.read_text() + "# more\n")
        await until(pilot, lambda: main_of(app).session.evaluation is not before)
        for _ in range(4):
            await pilot.pause()
        await pilot.press("x")
        field = app.screen.focused
        assert isinstance(field, Input)
        assert (field.value, field.cursor_position) == ("consenxt", 7)


async def test_choices_that_changed_meanwhile_keep_their_words(path: Path) -> None:
    offered = [("a", "A"), ("b", "B")]
    async with opened(path) as (app, pilot):
        await app.push_screen(Ask(lambda lang: "?", lambda lang: offered, "en"))
        await over(app, pilot)
        offered[:] = [("new", "NEW"), ("b", "乙"), ("a", "甲")]
        await pilot.press("L")
        listed = app.screen.query_one(OptionList)
        await until(pilot, lambda: str(listed.get_option("a").prompt) == "甲")
        assert [(o.id, str(o.prompt)) for o in listed.options] == [("a", "甲"), ("b", "乙")]
