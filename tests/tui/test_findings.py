"""The Findings tab: rows of at most two lines, what decides first, a proof that does not jump."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from compliancecheck.model.safe import cell_width
from compliancecheck.reports.status import DisplayStatus
from compliancecheck.tui import telling
from compliancecheck.tui.findings.proof import ProofPane
from compliancecheck.tui.findings.rows import FOLD, MOST_LINES, marked
from compliancecheck.tui.what_if.pane import WhatIfPane
from tests.tui.pilots import LARGE, PROFILES, SMALL, grid, main_of, opened, text_of, until

MAKER = "battery-just-under.yaml"
LONG = "R&D and process improvement of at least 3 % of main-business revenue each year"
LONG_ZH = "当年累计向境外提供100万人以上非敏感个人信息，应当申报安全评估"


def copy_of(tmp_path: Path, name: str = MAKER) -> Path:
    return Path(shutil.copy(PROFILES / name, tmp_path / name))


# -- rows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [24, 33, 50, 80])
@pytest.mark.parametrize(
    ("title", "right", "lang"),
    [
        (LONG, "2025", "en"),
        (LONG, "", "en"),
        (LONG, "loyalty programme 2", "en"),
        ("short", "2025", "en"),
        (LONG_ZH, "宜", "zh"),
        (LONG_ZH, "2025", "zh"),
        (LONG_ZH, "会员计划", "zh"),
    ],
)
def test_a_row_is_short_and_its_tag_stands_at_the_right(
    title: str, right: str, lang: str, width: int
) -> None:
    rows = marked(DisplayStatus.FAIL, title, right, width, lang).plain.split("\n")
    assert all(cell_width(row) <= width for row in rows)
    assert len(rows) <= MOST_LINES + 1
    if right and cell_width(right) <= width - 7:
        assert rows[-1].endswith(right)
        assert cell_width(rows[-1]) == width
    told = "".join(row[7:] if n else row[row.index(title[0]) :] for n, row in enumerate(rows))
    whole = title.replace(" ", "") in told.replace(" ", "")
    assert whole is not ("…" in told)


async def test_an_opened_fold_shows_what_it_holds(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), SMALL) as (app, pilot):
        findings = main_of(app).findings
        main_of(app).action_tab(2)
        await until(pilot, lambda: findings.has_rows())
        await pilot.press("end")
        await until(pilot, lambda: findings.current == FOLD)
        await pilot.press("enter")
        await until(pilot, lambda: any("▾ 124" in line for line in grid(app)))
        await until(pilot, lambda: any(line.startswith(" - N/A") for line in grid(app)))


# -- the proof ------------------------------------------------------------------------------------


async def test_what_decides_stands_first_and_enter_does_not_jump(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), SMALL) as (app, pilot):
        findings = main_of(app).findings
        main_of(app).action_tab(2)
        await until(pilot, lambda: findings.has_rows())
        await until(pilot, lambda: "✗ requires: all of these" in text_of(app))
        assert "✓ applies" not in text_of(app)  # it comes below
        await pilot.press("enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "why")
        await pilot.pause()
        assert main_of(app).query_one(ProofPane).scroll_y == 0
        assert any("┃ CNY 45 million" in line for line in grid(app))


async def test_the_proof_says_what_is_under_review_and_which_day_counts(tmp_path: Path) -> None:
    async with opened(copy_of(tmp_path), (160, 50)) as (app, pilot):
        findings = main_of(app).findings
        main_of(app).action_tab(2)
        await until(pilot, lambda: findings.has_rows())
        await until(pilot, lambda: "WHY (decisive first)" in text_of(app))
        shown = " ".join(text_of(app).split())
        assert "under review: counts as open; it would hold" in shown
        assert "in force since a day between 2024-06-18 and 2024-06-20" in shown
        await pilot.press("L")
        await until(pilot, lambda: "待核对：按未定处理；将成立" in text_of(app))


async def test_a_total_that_is_a_range_has_its_strip(tmp_path: Path) -> None:
    path = copy_of(tmp_path, "exporter-by-range.yaml")
    async with opened(path, LARGE) as (app, pilot):
        findings = main_of(app).findings
        main_of(app).action_tab(2)
        await until(pilot, lambda: findings.has_rows())
        await until(pilot, lambda: "900,000 to 1,200,000" in text_of(app))
        (line,) = [line for line in grid(app) if "━" in line and "┃ 1,000,000" in line]
        assert line.rstrip().endswith("▸")


# -- what-if --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
async def test_nothing_moves_when_the_ghost_does(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(copy_of(tmp_path), size) as (app, pilot):
        findings = main_of(app).findings
        main_of(app).action_tab(2)
        await until(pilot, lambda: findings.has_rows())
        await pilot.press("x")
        pane = main_of(app).query_one(WhatIfPane)
        await until(pilot, lambda: pane.found is not None)
        await pilot.pause()
        names = ("#what-if-title", "#suggestions", "#then-holder")
        before = [pane.query_one(name).region for name in names]
        await pilot.press("right")
        await until(pilot, lambda: "WHAT TURNS AT ○" in text_of(app))
        assert [pane.query_one(name).region for name in names] == before
        lower = pane.query_one("#what-if-lower").region
        listed = before[1]
        assert listed.height == min(pane.query_one("#suggestions").virtual_size.height,
                                    lower.height * 7 // 10)  # fmt: skip


# -- endings --------------------------------------------------------------------------------------


async def test_an_ending_counts_what_the_way_rests_on_and_says_what_stays_open(
    tmp_path: Path,
) -> None:
    path = copy_of(tmp_path, "exporter-by-range.yaml")
    async with opened(path, LARGE) as (app, pilot):
        await until(pilot, lambda: "Route: contract or certification." in text_of(app))
        evaluation = main_of(app).session.evaluation
        assert evaluation is not None
        (line,) = telling.shown_routes(evaluation)
        rests = telling.route_answers(evaluation, line)
        all_given = len(evaluation.profile.answers)
        assert 0 < len(rests) < all_given
        assert f"settled by {len(rests)} answers" in text_of(app)
        assert "Nothing left to ask. 0 fail, 5 undetermined." in text_of(app)
