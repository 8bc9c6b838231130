"""The matrix of several profiles: cells, words under the cursor, opening one and coming back."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from compliancecheck.model.safe import cell_width
from compliancecheck.reports.status import DisplayStatus
from compliancecheck.tui.answer.names_list import NameList
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.matrix.companies import Company, Day, columns, company, spans, worst_first
from compliancecheck.tui.matrix.screen import MatrixPane, MatrixScreen
from compliancecheck.tui.matrix.table import CELL, MatrixTable, _labels
from tests.tui.pilots import AS_OF, PROFILES, SMALL, grid, main_of, opened, rules, text_of, until

FAILS = "battery-just-under.yaml"
EXPORTS = "exporter-by-range.yaml"
RD_SHARE = "cn.miit.2024-14/rd-share"
DAY = Day(AS_OF)


def folder(tmp_path: Path, *names: str) -> Path:
    for name in names:
        shutil.copyfile(PROFILES / name, tmp_path / name)
    return tmp_path


@asynccontextmanager
async def matrix(
    path: Path, size: tuple[int, int] = SMALL, lang: str = "en"
) -> AsyncIterator[tuple[ComplianceApp, Pilot[None]]]:
    def find() -> tuple[list[str], int]:
        return sorted(str(file) for file in path.glob("*.yaml")), len(list(path.glob("*.yml")))

    app = ComplianceApp(path, rules(), as_of=AS_OF, lang=lang, find=find)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: len(pane_of(app).companies) == len(find()[0]))
        await pilot.pause()
        yield app, pilot


def pane_of(app: ComplianceApp) -> MatrixPane:
    assert app.companies is not None
    return app.companies.query_one(MatrixPane)


def table_of(app: ComplianceApp) -> MatrixTable:
    assert app.companies is not None
    return app.companies.query_one(MatrixTable)


def put_cursor(app: ComplianceApp, path: Path, rule: str | None) -> None:
    pane, table = pane_of(app), table_of(app)
    row = [one.path for one in pane._shown].index(str(path))
    table.move_cursor(row=row, column=0 if rule is None else pane._columns.index(rule) + 2)


def test_a_cell_is_the_worst_of_its_items(tmp_path: Path) -> None:
    one = company(str(PROFILES / EXPORTS), rules(), DAY)
    for cell in one.cells.values():
        assert cell.status is min(
            (_shown(f) for f in cell.findings), key=lambda status: status.rank
        )
    asked = [cell for cell in one.cells.values() if not cell.unasked]
    assert sum(len(cell.findings) for cell in asked) == sum(one.counts.values())


def _shown(finding: object) -> DisplayStatus:
    from compliancecheck.model.findings import Finding
    from compliancecheck.reports.status import display_status

    assert isinstance(finding, Finding)
    return display_status(finding)


def test_columns_are_the_rules_that_say_something(tmp_path: Path) -> None:
    battery = company(str(PROFILES / FAILS), rules(), DAY)
    shown = columns(rules(), [battery])
    assert RD_SHARE in shown
    assert shown == [name for name in rules().rules if name in shown]
    silent = {r for r, c in battery.cells.items() if c.status is DisplayStatus.NOT_APPLICABLE}
    unasked = {r for r, c in battery.cells.items() if c.unasked}
    other = company(str(PROFILES / "catl-2021.yaml"), rules(), DAY)
    assert any(cell.unasked for cell in other.cells.values())
    assert not any(other.cells[r].unasked for r in columns(rules(), [other]))
    assert not set(shown) & (silent | unasked)
    failing = columns(rules(), [battery], DisplayStatus.FAIL)
    assert failing == [r for r in shown if battery.cells[r].status is DisplayStatus.FAIL]
    assert [n for n, _ in spans(rules(), failing)] == list(
        dict.fromkeys(rules().rules[r].instrument for r in failing)
    )
    assert sum(n for _, n in spans(rules(), shown)) == len(shown)


def test_worst_first() -> None:
    def one(name: str, **counts: int) -> Company:
        return Company(name, name, None, counts={DisplayStatus(s): n for s, n in counts.items()})

    found = worst_first([one("a", fail=1), one("b", may_apply=9), one("c", fail=1, contested=1)])
    assert [c.name for c in found] == ["c", "a", "b"]


@pytest.mark.parametrize(("size", "lang"), [((80, 24), "en"), ((140, 40), "zh"), ((40, 10), "en")])
async def test_the_matrix_is_drawn_in_its_width(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    async with matrix(folder(tmp_path, FAILS, EXPORTS), size, lang) as (app, _):
        lines = grid(app)
        assert all(cell_width(line) <= size[0] for line in lines)
        assert len(pane_of(app)._shown) == 2
        assert "✗" in text_of(app)


def test_a_name_over_the_columns_takes_what_room_is_left() -> None:
    shown = [rule.id for rule in rules().rules.values() if rule.instrument == "cn.miit.2024-14"][:4]
    for lang, name in (("en", "Battery Conditions 2024"), ("zh", "锂离子电池规范条件2024")):
        for room in (24, 26, 40, 90, 150):
            labels, widths = zip(*_labels(rules(), shown, lang, room), strict=True)
            assert sum(widths) <= room
            assert all(cell_width(s) <= w for s, w in zip(labels, widths, strict=True))
            assert "".join(labels) == name
        narrow = list(_labels(rules(), shown, lang, 8))
        assert [width for _, width in narrow] == [CELL] * 4


async def test_words_stand_under_the_cell_and_enter_opens_there(tmp_path: Path) -> None:
    path = folder(tmp_path, FAILS, EXPORTS) / FAILS
    async with matrix(tmp_path) as (app, pilot):
        put_cursor(app, path, RD_SHARE)
        title = rules().rules[RD_SHARE].title.en
        await until(pilot, lambda: title[:40] in text_of(app) and "✗ FAIL" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.main is not None and main_of(app).tab == 2)
        await until(pilot, lambda: getattr(main_of(app).findings.current, "rule", None) == RD_SHARE)
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        assert app.session is None
        assert pane_of(app).current == (pane_of(app).companies[str(path)], RD_SHARE)


NEW = "battery: {applies: false}\ndata_export: {exports_data: true}\n"


async def test_keys_work_in_a_company_that_begins_with_a_field(tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    async with matrix(tmp_path) as (app, pilot):
        await pilot.press("enter")
        await until(pilot, lambda: app.main is not None)
        await until(pilot, lambda: isinstance(main_of(app).focused, NameList))
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        assert app.session is None


async def test_without_a_matrix_there_is_no_way_back_to_one(tmp_path: Path) -> None:
    path = folder(tmp_path, FAILS) / FAILS
    async with opened(path) as (app, pilot):
        main = app.screen
        assert "0 companies" not in text_of(app)
        await pilot.press("0")
        await pilot.pause()
        assert app.screen is main


async def test_a_change_of_a_file_shows_after_coming_back(tmp_path: Path) -> None:
    path = folder(tmp_path, FAILS) / FAILS
    async with matrix(tmp_path) as (app, pilot):
        put_cursor(app, path, None)
        await pilot.press("enter")
        await until(pilot, lambda: app.main is not None)
        before = pane_of(app).companies[str(path)].counts[DisplayStatus.FAIL]
        text = path.read_text().replace("8.9 million", "50 million")
        assert text != path.read_text()
        path.write_text(text)
        await pilot.press("0")
        await until(
            pilot,
            lambda: (
                str(path) in pane_of(app).companies
                and pane_of(app).companies[str(path)].counts[DisplayStatus.FAIL] < before
            ),
        )


async def test_a_broken_file_says_so_and_opens_as_its_problems(tmp_path: Path) -> None:
    bad = folder(tmp_path, FAILS) / "a-broken.yaml"
    bad.write_text("data_export:\n  ciio: maybe\n")
    async with matrix(tmp_path) as (app, pilot):
        put_cursor(app, bad, None)
        await until(pilot, lambda: "1 problem" in text_of(app) and "2:9" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: app.main is not None and "maybe" in text_of(app))


async def test_status_words_and_order(tmp_path: Path) -> None:
    async with matrix(folder(tmp_path, FAILS, EXPORTS)) as (app, pilot):
        pane = pane_of(app)
        everything = list(pane._columns)
        await pilot.press("f")
        assert pane.only is DisplayStatus.FAIL
        assert pane._columns != everything
        assert set(pane._columns) <= set(everything)
        await pilot.press("escape")
        assert pane._columns == everything
        await pilot.press("slash", *"zzz")
        await until(pilot, lambda: "No company with “zzz”" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: len(pane._shown) == 2)
        await pilot.press("s")
        assert pane.by_worst
        assert pane._shown == worst_first(pane._shown)


async def test_a_folder_without_profiles(tmp_path: Path) -> None:
    async with matrix(tmp_path, lang="zh") as (app, pilot):
        await until(pilot, lambda: "此处没有企业档案" in text_of(app))
        await pilot.press("enter", "f", "s", "down")
        assert isinstance(app.screen, MatrixScreen)


async def test_names_are_data(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text('common:\n  company_name: "[b]x[/b]\\e[31m\\u202e##[error]"\n')
    async with matrix(tmp_path, size=(140, 24)) as (app, pilot):
        put_cursor(app, path, None)
        await until(pilot, lambda: "[b]x[/b]\\u001b[31m\\u202e" in text_of(app))
        assert "\x1b" not in text_of(app)


async def test_language_day_and_drafts(tmp_path: Path) -> None:
    async with matrix(folder(tmp_path, EXPORTS)) as (app, pilot):
        await pilot.press("L")
        await until(pilot, lambda: "1家企业" in text_of(app))
        await pilot.press("d")
        await until(pilot, lambda: pane_of(app).day.drafts and "含" in grid(app)[0])
        await until(pilot, lambda: bool(pane_of(app).companies))


async def test_the_cursor_is_back_on_its_rule_on_another_day(tmp_path: Path) -> None:
    path = folder(tmp_path, "catl-2021.yaml", EXPORTS, FAILS) / FAILS
    async with matrix(tmp_path) as (app, pilot):
        put_cursor(app, tmp_path / EXPORTS, None)
        put_cursor(app, path, RD_SHARE)
        screen = app.companies
        assert screen is not None
        screen.set_day(AS_OF - 1)
        await until(pilot, lambda: not pane_of(app).companies)
        await until(pilot, lambda: len(pane_of(app).companies) == 3)
        await until(pilot, lambda: table_of(app).row_count == 3)
        current = pane_of(app).current
        assert current is not None
        assert (current[0].path, current[1]) == (str(path), RD_SHARE)


async def test_nothing_under_the_table_is_cut(tmp_path: Path) -> None:
    path = folder(tmp_path, FAILS) / FAILS
    async with matrix(tmp_path) as (app, pilot):
        put_cursor(app, path, "cn.miit.2024-14/no-prohibited-area")
        await until(pilot, lambda: "No plant on basic farmland" in text_of(app))
        assert "Battery Conditions 2024 art. 1(2)" in text_of(app)
