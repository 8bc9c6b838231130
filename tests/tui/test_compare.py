"""The Compare tab: two sides, the ladder of editions, the differences, both proofs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from compliancecheck.logic.calendar import Calendar
from compliancecheck.logic.editions import rungs
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.comparison import Comparison
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import cell_width
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.compare.editions import Ladders, climb, ladder_lines
from compliancecheck.tui.compare.pane import ComparePane
from compliancecheck.tui.compare.proofs import proofs
from compliancecheck.tui.compare.rows import CHANGE, ROUTE, SAME, rows_of
from compliancecheck.tui.compare.sides import TODAY, CannotCompare, Choice, Sides, merged, side_said
from compliancecheck.tui.overlays import Ask, FullText, Prompt
from compliancecheck.tui.session import Session
from tests.tui.pilots import (
    AS_OF,
    LARGE,
    PROFILES,
    SMALL,
    grid,
    main_of,
    opened,
    rules,
    text_of,
    until,
)
from tests.tui.test_screens import HOSTILE, copy

BEFORE_2024 = Choice(day=date(2024, 3, 21).toordinal())
OLD, NEW = "cn.cac.2022-11/cumulative-volume", "cn.cac.2024-16/contract-or-certification"


PROFILE = """\
dated: 2026-11-24
data_export:
  exports_data: true
  ciio: false
  transfers:
    - name: loyalty programme
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      exporter_registered_in_zone: false
      people_nonsensitive_this_year: 400000..600000
      people_sensitive_this_year: 0
      began_on: 2023-09-01
battery:
  applies: false
"""
"""An exporter that needed an assessment by the law of 2022, and needs a contract since 2024."""


def exporter(tmp_path: Path) -> Path:
    path = tmp_path / "exporter.yaml"
    path.write_text(PROFILE)
    return path


async def shown(app: ComplianceApp, pilot: Pilot[None]) -> ComparePane:
    """The tab, once each edition has been looked at."""
    main_of(app).action_tab(5)
    pane = main_of(app).compare
    await until(pilot, lambda: pane.ladders is not None and pane.current is not None)
    return pane


def row_of(pane: ComparePane, rule: str) -> int:
    return next(n for n, r in enumerate(pane._rows) if r.group and r.group[0].rule == rule)


async def choose(
    app: ComplianceApp, pilot: Pilot[None], wanted: Callable[[str], bool], side: str = "A"
) -> None:
    """`e`, the side, and what it shall be."""
    await pilot.press("e")
    await until(pilot, lambda: isinstance(app.screen, Ask))
    first = app.screen
    await pilot.press(*(["enter"] if side == "A" else ["down", "enter"]))
    await until(pilot, lambda: isinstance(app.screen, Ask) and app.screen is not first)
    asked = app.screen
    assert isinstance(asked, Ask)
    at = next(n for n, (_, words) in enumerate(asked.choices_in("en")) if wanted(words))
    await pilot.press(*["down"] * at, "enter")


# -- journey 8 ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_did_the_law_of_2024_change(tmp_path: Path, size: tuple[int, int]) -> None:
    path = exporter(tmp_path)
    before = path.read_bytes()
    async with opened(path, size) as (app, pilot):
        pane = await shown(app, pilot)
        await choose(app, pilot, lambda words: words.startswith("the law of a day"))
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press(*"2024-03-21", "enter")
        await until(pilot, lambda: pane.sides.before == BEFORE_2024)
        await until(pilot, lambda: "A: law of 2024-03-21   B: today, 2026-11-24" in text_of(app))
        on = [line for line in grid(app) if line.startswith("  A 202")]
        assert len(on) == 1
        assert "security assessment" in on[0]

        listed = app.screen.query_one("#differences")
        listed.highlighted = row_of(pane, OLD)  # type: ignore[attr-defined]
        await until(pilot, lambda: "displaced by Data Flows 2024, art. 13" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, FullText))
        text = text_of(app)
        assert OLD in text.replace("\n", "")
        assert "cn.cac.2024-16/contract" in text  # its successor beside it
        assert "≠" in text
        await pilot.press("escape")

        drafts = [i.short.en for i in rules().instruments.values() if i.is_draft]
        await until(pilot, lambda: app.screen is main_of(app))
        await pilot.press("e", "enter")
        await until(pilot, lambda: "Enter shows them, as d does" in text_of(app))
        assert not [name for name in drafts if name in text_of(app)]
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_of(app))
        await pilot.press("d")
        await until(pilot, lambda: "drafts shown" in grid(app)[0])
        await choose(app, pilot, lambda words: words == f"{drafts[0]} (draft)")
        await until(pilot, lambda: f"A: {drafts[0]} (draft)" in text_of(app))
        assert f"{drafts[0]}, art." in text_of(app)
        assert "(draft)" in text_of(app)
    assert path.read_bytes() == before


# -- the tab --------------------------------------------------------------------------------------


async def test_a_draft_chosen_for_b_stands_first_above_and_in_the_rows(tmp_path: Path) -> None:
    async with opened(exporter(tmp_path), LARGE) as (app, pilot):
        pane = await shown(app, pilot)
        await pilot.press("d")
        await until(pilot, lambda: "drafts shown" in grid(app)[0])
        draft = next(i for i in rules().instruments.values() if i.is_draft)
        pane.choose("A", BEFORE_2024)
        pane.choose("B", Choice(draft=draft.id))
        said = f"A: {draft.short.en} (draft)   B: law of 2024-03-21"
        await until(pilot, lambda: said in text_of(app))
        assert f"A {draft.short.en}, art." in text_of(app)
        pane.choose("B", TODAY)
        assert (pane.sides.before, pane.sides.after) == (Choice(draft=draft.id), TODAY)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10), (59, 20)])
async def test_it_works_at_every_size(tmp_path: Path, size: tuple[int, int], lang: str) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), size, lang) as (app, pilot):
        await shown(app, pilot)
        for key in ("down", "enter", "escape", "w", "escape", "space", "L"):
            await pilot.press(key)
            await pilot.pause(0.1)
            assert len(grid(app)) == size[1]
        assert app.is_running


async def test_at_first_it_tells_the_last_change_of_this_company(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml")) as (app, pilot):
        pane = await shown(app, pilot)
        assert pane.sides.after == TODAY
        assert pane.ladders is not None
        (rungs,) = pane.ladders.values()
        day = pane.sides.before.day if pane.sides.before else None
        assert day in {rung.segment.last for rung in rungs}
        assert any(row.kind == CHANGE for row in pane._rows)


async def test_left_and_right_go_along_the_editions(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml")) as (app, pilot):
        pane = await shown(app, pilot)
        first = pane.sides.before
        await pilot.press("left")
        await until(pilot, lambda: pane.sides.before != first)
        assert first is not None
        assert pane.sides.before is not None
        assert (pane.sides.before.day or 0) < (first.day or 0)
        await pilot.press("right")
        await until(pilot, lambda: pane.sides.before == first)
        for _ in range(30):
            await pilot.press("right")
        await until(pilot, lambda: pane.sides.before == TODAY)
        assert "nothing differs" in text_of(app)


@pytest.mark.parametrize(("key", "opens"), [("e", Ask), ("slash", None)])
async def test_a_key_typed_ahead_is_for_the_tab(
    tmp_path: Path, key: str, opens: type[Ask] | None
) -> None:
    async with opened(exporter(tmp_path)) as (app, pilot):
        await pilot.press("escape")
        for pressed in ("5", key):  # as they come from a terminal, nothing drawn in between
            app.post_message(events.Key(pressed, pressed if len(pressed) == 1 else "/"))
        if opens is None:
            await until(pilot, lambda: isinstance(app.screen.focused, Input))
            await until(pilot, lambda: "loyalty" in text_of(app))
            assert isinstance(app.screen.focused, Input), "the list takes it away"
        else:
            await until(pilot, lambda: isinstance(app.screen, Ask))


async def test_what_does_not_differ_is_folded(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml")) as (app, pilot):
        pane = await shown(app, pilot)
        assert not [row for row in pane._rows if row.kind == SAME]
        await pilot.press("space")
        await until(pilot, lambda: pane.unfolded)
        found = pane.comparison
        assert found is not None
        assert len([row for row in pane._rows if row.kind == SAME]) == found.unchanged
        await pilot.press("escape")
        await until(pilot, lambda: not pane.unfolded)


async def test_an_answer_is_compared_at_once_when_the_tab_shows(tmp_path: Path) -> None:
    path = exporter(tmp_path)
    async with opened(path) as (app, pilot):
        pane = await shown(app, pilot)
        old = pane.comparison
        path.write_text(path.read_text() + "\n# a remark\n")
        session = main_of(app).session
        await until(pilot, lambda: "# a remark" in session.text)
        await until(pilot, lambda: pane.comparison is not old)
        assert pane.comparison is not None
        assert pane.comparison.after is session.evaluation
        await until(pilot, lambda: bool(app._notifications))


async def test_another_profile_and_one_that_is_broken(tmp_path: Path) -> None:
    other = copy(tmp_path, "grid-equipment.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text(f"dated: 2026-11-24\n'{HOSTILE}': 1\n")
    async with opened(copy(tmp_path, "hotel-group.yaml"), LARGE) as (app, pilot):
        pane = await shown(app, pilot)
        for path, said in (
            (other, "B: grid-equipment.yaml"),
            (broken, "Not compared: broken.yaml:"),
        ):
            await choose(app, pilot, lambda words: words.startswith("another profile"), "B")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            app.screen.query_one("Input").value = str(path)  # type: ignore[attr-defined]
            await pilot.press("enter")
            await until(pilot, lambda said=said: said in text_of(app))  # type: ignore[misc]
        assert pane.comparison is None
        assert app.is_running


# -- without a screen -----------------------------------------------------------------------------


def compared(tmp_path: Path, before: Choice, after: Choice, *, drafts: bool = False) -> Comparison:
    session = Session.open(str(exporter(tmp_path)), rules(), AS_OF, drafts=drafts)
    assert session.evaluation is not None
    return Sides(before, after).compared(session.evaluation, "en")


def test_another_profile_is_judged_by_the_calendar_of_the_first(tmp_path: Path) -> None:
    now = Session.open(str(exporter(tmp_path)), rules(), AS_OF).evaluation
    assert now is not None
    own = Calendar()
    now = evaluate(now.profile, rules(), as_of=AS_OF, calendar=own)
    path = Choice(path=str(PROFILES / "hotel-group.yaml"))
    assert engine_of(Sides(TODAY, path).compared(now, "en").after).calendar is own


def test_a_draft_stands_first_and_is_compared_with_law_alone(tmp_path: Path) -> None:
    draft = Choice(draft=next(i.id for i in rules().instruments.values() if i.is_draft))
    for sides in ((draft, TODAY), (TODAY, draft)):
        assert compared(tmp_path, *sides, drafts=True).draft == draft.draft
    with pytest.raises(CannotCompare, match="drafts are left out"):
        compared(tmp_path, draft, TODAY)
    with pytest.raises(CannotCompare, match="compared with a day of law"):
        compared(tmp_path, draft, Choice(path=str(PROFILES / "hotel-group.yaml")), drafts=True)


def test_the_comparison_is_kept_while_nothing_changes(tmp_path: Path) -> None:
    session = Session.open(str(exporter(tmp_path)), rules(), AS_OF)
    now, sides = session.evaluation, Sides(BEFORE_2024)
    assert now is not None
    first = sides.compared(now, "en")
    assert sides.compared(now, "zh") is first
    sides.after = BEFORE_2024
    assert sides.compared(now, "en") is not first
    assert not sides.compared(now, "en").differs


def test_runs_of_one_verdict() -> None:
    assert merged((), ["a", "a", "b", "a"]) == [(0, 1), (2, 2), (3, 3)]
    assert merged((), []) == []


def test_the_names_of_sides_are_safe(tmp_path: Path) -> None:
    session = Session.open(str(exporter(tmp_path)), rules(), AS_OF)
    assert session.evaluation is not None
    said = side_said(session.evaluation, Choice(path="a\x1b[31m\u202eb.yaml"), "en")
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize("width", [36, 56, 98])
def test_both_proofs_keep_to_the_width(tmp_path: Path, width: int) -> None:
    found = compared(tmp_path, BEFORE_2024, TODAY)
    change = next(c for c in found.changes if c.rule == NEW)
    sides = ((found.before, change.before.finding, ""), (found.after, change.after.finding, ""))
    lines = list(proofs(*sides, ("A", "B"), "en")(width))
    assert all(line.cell_length <= width for line in lines)
    assert any("≠" in line.plain for line in lines)
    same = list(proofs(sides[1], sides[1], ("A", "B"), "en")(width))
    assert not any("≠" in line.plain for line in same[:-2])


def test_a_ladder_of_nothing_has_no_lines() -> None:
    assert list(ladder_lines({}, [("A", 1)], 80, 5, "en")) == []


# -- the ladder, the order, what is said where nothing is compared ---------------------------------


@pytest.fixture(scope="module")
def now() -> Evaluation:
    session = Session.open(str(PROFILES / "hotel-group.yaml"), rules(), AS_OF)
    assert session.evaluation is not None
    return session.evaluation


@pytest.fixture(scope="module")
def ladders(now: Evaluation) -> Ladders:
    return asyncio.run(climb(now))


def ladder_of(
    ladders: Ladders, day: str, most: int, width: int = 78, lang: str = "en"
) -> list[str]:
    marks = [("A", date.fromisoformat(day).toordinal()), ("B", AS_OF)]
    return [line.plain for line in ladder_lines(ladders, marks, width, most, lang)]


def test_a_day_of_the_ladder_has_what_began_on_it_alone(ladders: Ladders) -> None:
    lines = ladder_of(ladders, "2024-03-21", 30)
    began = {line[3:13]: line for line in lines}
    assert "PIPL" not in began["2017-06-01"]
    assert "Cybersecurity Review" not in began["2017-06-01"]
    assert began["2024-03-22"].endswith("Data Flows 2024")
    assert [line[3:13] for line in lines] == sorted(began)


@pytest.mark.parametrize("most", [5, 7, 20])
def test_the_marks_of_the_sides_move(ladders: Ladders, most: int) -> None:
    for day in ("2024-03-21", "2023-12-12", "2017-06-01"):
        lines = ladder_of(ladders, day, most)
        assert len(lines) <= most
        assert [line[3:13] for line in lines if line.startswith(" A ")] == [day]
        assert any(line.startswith(" B 2026-11-24 ●") for line in lines)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_are_left_out_whole(ladders: Ladders, lang: str) -> None:
    names = {i.short.get(lang) for i in rules().instruments.values()}
    cut = 0
    for width in range(30, 90, 7):
        for line in ladder_of(ladders, "2023-12-12", 40, width, lang):
            assert cell_width(line) <= width
            words = line[16:].rstrip().split("  ")[-1]
            if words.endswith("… w"):
                left = words.removesuffix("w").rstrip(" …,、")
                assert not left or any(left.endswith(name) for name in names), line
                cut += 1
    assert cut


def test_two_packs_have_their_titles_and_what_turned_between_the_sides(now: Evaluation) -> None:
    steps = [rung for pack in ("battery", "data-export") for rung in rungs(now, pack)]
    split = 2
    both = {"battery": tuple(steps[:split]), "data-export": tuple(steps[split:])}
    lines = ladder_of(both, "2024-03-21", 9)
    assert len(lines) <= 9
    for pack in both:
        assert rules().packs[pack].title.en in lines
    assert any("2024-03-22 ┼" in line for line in lines)


def test_the_routes_are_first_then_what_has_another_status(now: Evaluation) -> None:
    found = Sides(BEFORE_2024).compared(now, "en")
    rows = list(rows_of(found, False, 100, "en"))
    routes = [row for row in rows if row.kind == ROUTE]
    assert rows[: len(routes)] == routes
    assert "bookings abroad: security assessment → exempt" in routes[0].content.plain
    assert "staff files, guest marketing, company: " in routes[1].content.plain
    found = Sides(Choice(day=date(2021, 12, 1).toordinal())).compared(now, "en")
    rows = list(rows_of(found, False, 100, "en"))
    changes = [row.content.plain[:5] for row in rows if row.kind == CHANGE]
    kept = [head[0] == head[4] for head in changes]
    assert any(kept)
    assert kept == sorted(kept)


def test_a_side_without_such_a_rule_is_named_itself() -> None:
    session = Session.open(str(PROFILES / "hotel-group.yaml"), rules(), AS_OF, drafts=True)
    assert session.evaluation is not None
    draft = Choice(draft="cn.cac.2021-draft-assessment")
    found = Sides(draft).compared(session.evaluation, "en")
    short = rules().instruments["cn.cac.2021-draft-assessment"].short.en
    text = "\n".join(row.content.plain for row in rows_of(found, False, 100, "en"))
    assert f"A {short}: nothing on this" in text
    assert "art. 10: nothing" not in text


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_the_route_is_seen_first_and_again_with_another_side(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), size) as (app, pilot):
        pane = await shown(app, pilot)
        await until(pilot, lambda: "ROUTE  bookings abroad" in text_of(app))
        await pilot.press("end")
        await until(pilot, lambda: "ROUTE  bookings abroad" not in text_of(app))
        first = pane.sides.before
        await pilot.press("left")
        await until(pilot, lambda: pane.sides.before != first)
        await until(pilot, lambda: "ROUTE  bookings abroad" in text_of(app))


async def test_all_of_it_has_every_edition_on_its_first_page(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml")) as (app, pilot):
        await shown(app, pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, FullText))
        text = text_of(app)
        assert "ROUTE" in text
        assert "2022-09-01 ┼ security assessment  Assessment 2022, CSL, PIPL" in text


@pytest.mark.parametrize(("lang", "said"), [("en", "← takes A to earlier"), ("zh", "按 ← 将A侧")])
async def test_one_law_on_both_sides_says_how_to_go_on(
    tmp_path: Path, lang: str, said: str
) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text("dated: 2026-11-24\n")
    async with opened(path, SMALL, lang) as (app, pilot):
        pane = await shown(app, pilot)
        await until(pilot, lambda: said in text_of(app))
        await pilot.press("left")
        await until(pilot, lambda: pane.sides.before != TODAY)
        await until(pilot, lambda: said not in text_of(app))
        assert any(row.kind == CHANGE for row in pane._rows)


async def test_the_question_stays_above_many_choices(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml")) as (app, pilot):
        await shown(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("enter")
        await until(pilot, lambda: "What shall A be?" in text_of(app))
        await pilot.press("end")
        await until(pilot, lambda: "the day before CSL" in text_of(app))
        assert "What shall A be?" in text_of(app)


@pytest.mark.parametrize("number", [2, 5])
async def test_of_a_broken_file_a_tab_says_where_its_problems_are(
    tmp_path: Path, number: int
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("dated: 2026-11-24\nno_such_section: 1\n")
    async with opened(path) as (app, pilot):
        await pilot.press("escape", str(number))
        await until(pilot, lambda: main_of(app).tab == number)
        await until(pilot, lambda: "The file has problems:" in text_of(app))
        assert "filter" not in grid(app)[-1]
