"""Sizes from 40×10 to very wide: nothing is cut without a word, nothing jumps, nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TabbedContent, Tree

from compliancecheck.model.findings import Finding
from compliancecheck.model.safe import cell_width
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.findings.pane import FindingList
from compliancecheck.tui.frame import MainScreen
from compliancecheck.tui.lists import RowList
from compliancecheck.tui.paper import Paper
from compliancecheck.tui.rules.page import RulePage
from tests.tui.pilots import AS_OF, PROFILES, SMALL, grid, main_of, opened, rules, text_of, until

SIZES = [(40, 10), (59, 20), (60, 15), (80, 24), (140, 40), (220, 60)]
NAMES = ["hotel-group.yaml", "battery-just-under.yaml", "result-of-2023.yaml"]


def copy(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes((PROFILES / name).read_bytes())
    return path


def too_long(app: ComplianceApp) -> Iterator[str]:
    """What is wider than the place where it is shown: the terminal would cut it."""
    for paper in app.screen.query(Paper):
        width = paper.content_size.width
        if paper.is_on_screen and width:
            yield from (
                f"{paper.id}: {line.plain}"
                for line in paper.lines(width)
                if line.rstrip().cell_length > width
            )
    for listed in app.screen.query(RowList):
        width = listed.scrollable_content_region.width
        if listed.is_on_screen and width:
            for option in listed.options:
                lines = str(option.prompt).splitlines()
                yield from (f"{listed.id}: {x}" for x in lines if cell_width(x.rstrip()) > width)
    for tree in app.screen.query(Tree):
        if tree.is_on_screen and tree.virtual_size.width > max(tree.size.width, 12):
            yield f"tree: {tree.virtual_size.width} > {tree.size.width}"


async def shown(pilot: Pilot[None], number: int) -> None:
    """A tab with all that it shows."""
    app = pilot.app
    assert isinstance(app, ComplianceApp)
    main = main_of(app)
    main.action_tab(number)
    await pilot.pause(0.05)
    await until(pilot, lambda: app._running and app._dom_ready is not False)
    if number == 5:
        await until(pilot, lambda: main.compare.sides.before is not None)
    await pilot.pause(0.15)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
async def test_no_line_of_any_tab_is_cut(tmp_path: Path, name: str, lang: str) -> None:
    async with opened(copy(tmp_path, name), SMALL, lang) as (app, pilot):
        main = main_of(app)
        tabs = [n for n in range(1, 6) if n != 4 or main._has_dates]
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.pause(0.1)
            for number in tabs:
                await shown(pilot, number)
                assert list(too_long(app)) == [], (size, number)
                lines = grid(app)
                below = [line for line in lines[1:-1] if line.strip(" │━╸╺")]
                assert len(below) >= 4, (size, number, lines)
                bar = main.query_one("#tabs", TabbedContent)
                assert bar.active == f"tab{number}"


async def test_a_pane_under_60_columns_is_swapped(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, NAMES[1]), (50, 16)) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: "✗ FAIL" in text_of(app))
        assert "v other pane" in text_of(app), "the footer says so"
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "why")
        await until(pilot, lambda: "requires" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: "! NEED" in text_of(app))
        assert app.focused is app.screen.query_one(FindingList)
        await pilot.press("v")
        await until(pilot, lambda: "WHY" in text_of(app))
        await pilot.press("1")
        await until(pilot, lambda: main_of(app).tab == 1)
        assert not main_of(app).has_class("-swapped"), "another tab shows its own first pane"


async def test_the_side_of_a_narrow_screen_scrolls_by_keys(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, NAMES[0]), (40, 10)) as (app, pilot):
        await shown(pilot, 3)
        await until(pilot, lambda: "▾ Cross-border" in text_of(app))
        await pilot.press("v")
        page = app.screen.query_one("#rule-page")
        await until(pilot, lambda: page.has_focus)
        await pilot.press("v")
        await until(pilot, lambda: not page.has_focus and not page.can_focus)


@pytest.mark.parametrize("number", [2, 3])
async def test_v_hides_the_side_where_there_is_room_for_two(tmp_path: Path, number: int) -> None:
    async with opened(copy(tmp_path, NAMES[1])) as (app, pilot):
        main = main_of(app)
        await shown(pilot, number)
        side = main.query_one(main.pane.side)
        assert side.display
        await pilot.press("v")
        await until(pilot, lambda: not side.display)
        await pilot.press("v")
        await until(pilot, lambda: side.display)


async def test_typed_text_and_place_outlive_any_resizing(tmp_path: Path) -> None:
    path = copy(tmp_path, NAMES[1])
    async with opened(path) as (app, pilot):
        main = main_of(app)
        await shown(pilot, 2)
        await pilot.press("down", "down")
        await pilot.pause(0.2)
        kept = main.findings.current
        await pilot.press("slash", *"patent")
        await until(pilot, lambda: main.findings.words == "patent")
        field = app.focused
        assert isinstance(field, Input)
        dice = random.Random(6)
        for _ in range(12):
            await pilot.resize_terminal(dice.randint(20, 230), dice.randint(4, 70))
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: app.focused is field)
        assert field.value == "patent"
        assert main.tab == 2
        await pilot.press("escape", "escape")
        await until(pilot, lambda: main.findings.words == "")
        assert isinstance(main.findings.current, Finding)
        assert isinstance(kept, Finding)


async def test_a_row_keeps_its_line_when_the_evaluation_changes(tmp_path: Path) -> None:
    path = copy(tmp_path, NAMES[0])
    async with opened(path) as (app, pilot):
        main = main_of(app)
        await shown(pilot, 2)
        await pilot.press(*["down"] * 9, *["up"] * 2)
        await pilot.pause(0.3)
        listed, kept = main.query_one(FindingList), main.findings.current
        assert isinstance(kept, Finding)
        line = listed._line_of_cursor() - listed.scroll_offset.y
        assert app.session is not None
        app.session.set_day(app.session.as_of + 1)
        await app.show_anew()
        await pilot.pause(0.3)
        now = main.findings.current
        assert isinstance(now, Finding)
        assert (now.rule, now.item) == (kept.rule, kept.item)
        assert listed._line_of_cursor() - listed.scroll_offset.y == line


async def test_a_filter_that_hides_the_row_gives_it_back(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, NAMES[1])) as (app, pilot):
        main = main_of(app)
        await shown(pilot, 2)
        await pilot.press("down", "down", "down")
        await pilot.pause(0.2)
        kept = main.findings.current
        await pilot.press("slash", *"patent")
        await until(pilot, lambda: main.findings.current is not kept)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: main.findings.words == "")
        assert main.findings.current is kept


@pytest.mark.parametrize(
    ("width", "name"), [(62, "Sample Hotel Group…"), (100, "Sample Hotel G… · hotel-group.yaml")]
)
async def test_flags_leave_room_for_a_name_that_can_be_read(
    tmp_path: Path, width: int, name: str
) -> None:
    path, law = copy(tmp_path, "hotel-group.yaml"), date(2024, 1, 1).toordinal()
    app = ComplianceApp(path, rules(), as_of=AS_OF, law=law, drafts=True)
    async with app.run_test(size=(width, 20)) as pilot:
        await until(pilot, lambda: app.main is not None and "law of" in grid(app)[0])
        assert grid(app)[0].startswith(f" {name}")
        assert "law of 2024-01-01" in grid(app)[0]
        assert "drafts shown" in grid(app)[0]


@pytest.mark.parametrize(("lang", "word"), [("en", "needs 40×10"), ("zh", "至少需要 40×10")])
async def test_below_the_least_size_one_line_says_so(tmp_path: Path, lang: str, word: str) -> None:
    async with opened(copy(tmp_path, NAMES[1]), SMALL, lang) as (app, pilot):
        await shown(pilot, 2)
        for size in [(39, 24), (80, 9), (12, 3)]:
            await pilot.resize_terminal(*size)
            await until(pilot, lambda: word.replace(" ", "") in "".join(text_of(app).split()))
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: app.focused is app.screen.query_one(FindingList))
        assert isinstance(app.screen, MainScreen)


async def test_where_tabs_have_no_room_the_one_shown_has_its_name(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, NAMES[0]), (44, 20)) as (app, pilot):
        assert "1 Answer  2  3  4  5" in text_of(app)
        await shown(pilot, 3)
        await until(pilot, lambda: "1  2  3 Rules  4  5" in text_of(app))
        await pilot.resize_terminal(*SMALL)
        await until(pilot, lambda: "1 Answer  2 Findings  3 Rules" in text_of(app))


async def test_wide_both_languages_and_the_why_stand_beside_the_question(tmp_path: Path) -> None:
    path = tmp_path / "n.yaml"
    path.write_text(
        "data_export:\n  exports_data: true\n  transfers:\n    - name: x\n"
        "battery:\n  applies: false\n"
    )
    async with opened(path, (140, 40)) as (app, pilot):
        await until(pilot, lambda: "WHY" in text_of(app))
        question = next(line for line in grid(app) if "是否" in line)
        assert question.split("│")[0].strip()[:1].isascii()
        assert app.screen.query_one("#side").size.width == 43


async def test_the_rules_named_on_a_page_are_links(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, NAMES[0])) as (app, pilot):
        app.open_page("cn.cac.2024-16")
        await until(pilot, lambda: isinstance(app.screen, RulePage) and bool(app.screen.links))
        first = app.screen
        assert isinstance(first, RulePage)
        await pilot.press("tab", "enter")
        await until(pilot, lambda: app.screen is not first and isinstance(app.screen, RulePage))
        assert isinstance(app.screen, RulePage)
        assert app.screen.shown == first.links[0].id
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is first)


@pytest.mark.parametrize(("number", "typed"), [(4, "extension"), (5, "bookings")])
async def test_dates_and_differences_are_filtered_too(
    tmp_path: Path, number: int, typed: str
) -> None:
    name = NAMES[2] if number == 4 else NAMES[0]
    async with opened(copy(tmp_path, name)) as (app, pilot):
        main = main_of(app)
        await shown(pilot, number)
        pane = main.dates if number == 4 else main.compare
        await until(pilot, lambda: len(pane._rows) > 2)
        before = len(pane._rows)
        await pilot.press("slash", *typed)
        listed = main.query_one("#date-list" if number == 4 else "#differences", RowList)
        await until(
            pilot,
            lambda: (
                0 < listed.option_count != before
                and all(typed in str(option.prompt).lower() for option in listed.options)
            ),
        )
        await pilot.press("enter", "escape")
        await until(pilot, lambda: len(pane._rows) == before)
