"""The Dates tab: the list, the time line, the days counted, an act done, a question and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from compliancecheck.logic.calendar import default_calendar
from compliancecheck.logic.interview import Screen
from compliancecheck.model.findings import DatedAct, Standing
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import point
from compliancecheck.reports.sheet import Sheet
from compliancecheck.tui.answer.ends import EndForm
from compliancecheck.tui.answer.form import Progress
from compliancecheck.tui.dates.act_page import ActPage
from compliancecheck.tui.dates.day_prompt import DayPrompt, day_words
from compliancecheck.tui.dates.pane import DateList
from compliancecheck.tui.dates.time_line import Paints, View, time_line
from tests.tui.pilots import AS_OF, LARGE, SMALL, main_of, opened, text_of, until

EXPORTER = """\
dated: 2026-11-24
common:
  company_name: Example
data_export:
  exports_data: true
  ciio: false
  expiry_is_printed: true
  assessment_printed_expiry: 2027-03-01
  assessment_result_on: 2024-03-01
  transfers:
    - name: HOSTILE
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      exporter_registered_in_zone: false
      people_nonsensitive_this_year: 500000
      people_sensitive_this_year: 0
      mechanism: contract
      contract_effective_on: 2026-09-28
"""


def written(tmp_path: Path, name: str = "loyalty") -> Path:
    path = tmp_path / "p.yaml"
    path.write_text(EXPORTER.replace("HOSTILE", name))
    return path


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_act_is_done_and_undone(tmp_path: Path, size: tuple[int, int]) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    async with opened(path, size) as (app, pilot):
        await pilot.press("4")
        pane = main_of(app).dates
        await until(pilot, lambda: "may be overdue  2026-10-16  39 days ago" in text_of(app))
        assert "file the standard contract [loyalty]" in text_of(app)
        filing = next(a for a in pane._acts if a.deadline == "file")
        pane.pick(filing)
        await pilot.press("a")
        await until(pilot, lambda: isinstance(app.screen, DayPrompt))
        assert "reads as  2026-11-24 Tue, a working day" in text_of(app)
        await pilot.press(*"2026-13-01", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DayPrompt), "a wrong day is not accepted"
        app.screen.query_one(Input).value = "2026-10-10"
        await pilot.pause()
        assert "2026-10-10 Sat, a make-up working day" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: "1 done" in text_of(app))
        assert "      contract_filed_on: 2026-10-10\n" in path.read_text()
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "39 days ago" in text_of(app))
        assert path.read_bytes() == before


async def test_enter_shows_the_days_counted(tmp_path: Path) -> None:
    async with opened(written(tmp_path)) as (app, pilot):
        await pilot.press("4")
        pane = main_of(app).dates
        await until(pilot, lambda: bool(pane._acts))
        pane.pick(next(a for a in pane._acts if a.deadline == "file"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ActPage))
        text = text_of(app)
        assert "10 working days in 18 calendar days" in text
        assert "day the contract took effect (loyalty): 2026-09-28" in text
        assert pane.place is not None
        assert (pane.place.line, pane.place.column) == (21, 30), "where the start stands"
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, ActPage))


async def test_an_unknown_day_is_asked_and_leads_back(tmp_path: Path) -> None:
    path = written(tmp_path)
    async with opened(path) as (app, pilot):
        await pilot.press("4")
        main = main_of(app)
        await until(pilot, lambda: bool(main.dates._acts))
        unknown = next(a for a in main.dates._acts if a.deadline == "request")
        assert unknown.standing is Standing.UNKNOWN
        main.dates.pick(unknown)
        await pilot.press("enter")
        await until(pilot, lambda: main.tab == 1)
        await until(pilot, lambda: "receive the result" in text_of(app))
        field = main.answer.query_one("#exact", Input)
        await until(pilot, lambda: field.has_focus)
        await pilot.press("down")
        await until(pilot, lambda: "2026-11-24 Tue, a working day" in text_of(app))
        await pilot.press(*"2026-11-14", "enter")
        await until(pilot, lambda: main.tab == 4)
        assert "assessment_result_received_on: 2026-11-14" in path.read_text()
        await until(pilot, lambda: "re-review" in text_of(app))


async def test_n_answers_not_yet(tmp_path: Path) -> None:
    path = written(tmp_path)
    async with opened(path) as (app, pilot):
        main = main_of(app)
        await pilot.press("4")
        await until(pilot, lambda: bool(main.dates._acts))
        main.dates.pick(next(a for a in main.dates._acts if a.deadline == "request"))
        await pilot.press("enter")
        await until(pilot, lambda: main.tab == 1 and bool(main.answer.query("#exact")))
        await pilot.press("escape", "n")
        await until(pilot, lambda: "assessment_result_received_on: not yet" in path.read_text())


async def test_the_time_line_moves(tmp_path: Path) -> None:
    async with opened(written(tmp_path)) as (app, pilot):
        await pilot.press("4")
        pane = main_of(app).dates
        await until(pilot, lambda: "▲today" in text_of(app))
        before = pane.view
        assert before is not None
        await pilot.press("minus", "right")
        await pilot.pause()
        assert pane.view is not None
        assert pane.view.scale == before.scale + 1
        assert app.focused is pane.query_one(DateList)


async def test_hostile_names_are_text(tmp_path: Path) -> None:
    path = written(tmp_path, '"[/x] [@click=app.quit]x[/] ##[error]"')
    async with opened(path) as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: "[@click=app.quit]x[/]" in text_of(app))


async def test_chinese(tmp_path: Path) -> None:
    async with opened(written(tmp_path), SMALL, "zh") as (app, pilot):
        await pilot.press("4")
        await until(pilot, lambda: "39天前" in text_of(app))
        assert "▲今日" in text_of(app)


async def test_no_dates_no_tab(tmp_path: Path) -> None:
    async with opened(tmp_path / "new.yaml") as (app, pilot):
        assert "4 Dates" not in text_of(app)
        await pilot.press("escape", "4")
        await pilot.pause()
        assert main_of(app).tab == 1


async def test_the_end_of_a_goal_offers_the_dates(tmp_path: Path) -> None:
    async with opened(written(tmp_path)) as (app, pilot):
        assert app.session is not None
        assert app.session.evaluation is not None
        screen = Screen("settled", "dates", Texts("Dates", "日期"))
        form = EndForm(
            app.session.evaluation, screen, Progress(""), "en", goals={}, skipped=0
        )  # fmt: skip
        assert "dates" in [option.id for option in form._choices()]
        main = main_of(app)
        main.answer.post_message(main.answer.Leave("dates"))
        await until(pilot, lambda: main.tab == 4)


async def test_the_palette_goes_to_a_date(tmp_path: Path) -> None:
    async with opened(written(tmp_path)) as (app, pilot):
        assert app.session is not None
        assert app.session.evaluation is not None
        wanted = next(a for a in app.session.evaluation.dates if a.deadline == "extension")
        app.show_date(wanted)
        pane = main_of(app).dates
        await until(pilot, lambda: pane.current is wanted)
        assert main_of(app).tab == 4


# -- the drawing ----------------------------------------------------------------------------------

WINDOW = DatedAct(
    rule="r/x", deadline="d", item=None, kind="right", who="company", act=Texts("ask", "申请"),
    article="9", standing=Standing.UPCOMING, due=point(day("2027-03-01")),
    opens=point(day("2026-11-30")),
)  # fmt: skip


def drawn(view: View, width: int = 78, ascii_only: bool = False) -> list[str]:
    sheet = Sheet(width=width, ascii=ascii_only)
    paints = Paints([WINDOW], WINDOW, [""])
    lines = time_line(view, paints, default_calendar(), AS_OF, 3, width, sheet)
    return [line.plain for line in lines]


def test_a_window_stands_at_its_days() -> None:
    view = View(AS_OF - 20)
    line = next(line for line in drawn(view) if "├" in line and "─" in line and "ask" in line)
    assert line.index("├") == view.cell(day("2026-11-30"))
    assert line.index("┤") == view.cell(day("2027-03-01"))


def test_a_bar_that_goes_on_has_a_mark_at_the_edge() -> None:
    def bar(first: str) -> str:
        return next(line for line in drawn(View(day(first))) if "ask" in line)

    assert bar("2026-12-15").startswith("◂─")
    assert bar("2026-11-20").strip()[0] == "├"
    assert bar("2026-08-01").endswith("▸")


@pytest.mark.parametrize(("first", "said"), [("2026-01-02", "1 later ▸"), ("2027-04-01", "◂ 1")])
def test_what_is_not_drawn_is_told_at_the_ends_of_the_months(first: str, said: str) -> None:
    for width in (38, 78):
        lines = drawn(View(day(first)), width)
        assert said in lines[0]
        assert cell_width(lines[0]) == width
        assert all(said not in line for line in lines[1:])


def test_holidays_and_make_up_days_are_marked() -> None:
    view = View(day("2026-09-14"), 1)
    shading = next(line for line in drawn(view) if "░" in line)
    assert shading[view.cell(day("2026-10-01"))] == "░"
    assert shading[view.cell(day("2026-10-10"))] == "+"
    assert shading[view.cell(day("2026-10-17"))] == "·"


@pytest.mark.parametrize("scale", range(6))
def test_ascii_and_no_line_too_wide(scale: int) -> None:
    for width in (38, 78):
        assert all(len(line) <= width for line in drawn(View(AS_OF, scale), width))
        text = "\n".join(drawn(View(AS_OF, scale), width, ascii_only=True))
        assert text.isascii(), text


def test_cells_and_days_agree() -> None:
    for scale in range(6):
        view = View(day("2026-11-02"), scale)
        for cell in range(-10, 90, 2 if scale == 0 else 1):  # there a day has two cells
            assert view.cell(view.day(cell)) == cell, (scale, cell)


def test_zooming_keeps_the_middle() -> None:
    view = View(AS_OF - 20)
    for way in (-1, 1):
        near = view.zoomed(way, 78, AS_OF)
        assert near.cell(AS_OF) == view.cell(AS_OF)


def test_a_day_in_words() -> None:
    cal = default_calendar()
    assert day_words(cal, day("2026-10-01"), "en") == "2026-10-01 Thu, a holiday"
    assert day_words(cal, day("2026-10-12"), "zh") == "2026-10-12 周一，工作日"
    assert day_words(cal, day("2099-01-01"), "en").endswith("no calendar for that year")
