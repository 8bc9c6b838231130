"""The review: every question with its state, answered anew from there, and readings taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.uses import closed_by, rules_using
from compliancecheck.model.profile import FactRef
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.reading_form import ReadingForm
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.review.form import MOST_ROWS, ReviewForm
from compliancecheck.tui.review.reasons import why_not_needed
from compliancecheck.tui.review.rows import Listed
from compliancecheck.tui.review.state import Review, State
from tests.tui.pilots import (
    AS_OF,
    HALF,
    LARGE,
    PROFILES,
    SMALL,
    grid,
    main_of,
    opened,
    rules,
    start,
    text_of,
    until,
)

CIIO = FactRef("data_export.ciio")


def review_of(app: ComplianceApp) -> ReviewForm:
    form = main_of(app).answer.form
    assert isinstance(form, ReviewForm)
    return form


def listed(text: str, skipped: frozenset[FactRef] = frozenset()) -> Listed:
    profile, problems = load_profile_text(text.encode(), "p.yaml", rules())
    assert profile is not None, problems
    return Listed(evaluate(profile, rules(), as_of=AS_OF), skipped, "en")


def copy_of(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes((PROFILES / name).read_bytes())
    return path


# -- rows ------------------------------------------------------------------------------------------

PARTLY = """\
dated: 2026-11-24
battery.applies: false
data_export:
  exports_data: true
  ciio: unknown
  transfers:
    - {name: loyalty, access: sent_abroad, important_data: none}
"""


@pytest.mark.parametrize(
    ("ref", "state"),
    [
        (FactRef("battery.applies"), State.ANSWERED),
        (CIIO, State.UNKNOWN),
        (FactRef("data_export.handles_personal_information"), State.OPEN),
        (FactRef("battery.legal_person"), State.NOT_NEEDED),
        (FactRef("transfer.access", "loyalty"), State.ANSWERED),
        (FactRef("transfer.purpose", "loyalty"), State.SKIPPED),
        (FactRef("data_export.transfers"), State.ANSWERED),
    ],
)
def test_each_question_has_one_state(ref: FactRef, state: State) -> None:
    assert listed(PARTLY, frozenset({FactRef("transfer.purpose", "loyalty")})).state(ref) is state


def test_counts_agree_with_the_rows() -> None:
    one = listed(PARTLY)
    rows = [row for row in one.rows(Review()) if row.ref is not None]
    for state, n in one.counts().items():
        assert sum(row.state is state for row in rows) == n, state


@pytest.mark.parametrize(
    ("ref", "why"),
    [
        (FactRef("battery.legal_person"), "Lithium-ion batteries: no"),
        (FactRef("transfer.important_data_known_on", "loyalty"), "important data inside: none"),
        (FactRef("common.company_name"), "no verdict rests on it"),
    ],
)
def test_what_makes_a_question_not_matter_is_said(ref: FactRef, why: str) -> None:
    said = why_not_needed(listed(PARTLY).evaluation, ref, "en")
    assert said == why or (ref.name == "battery.legal_person" and said.endswith(": no"))


def test_a_gate_behind_a_gate_names_the_answer() -> None:
    evaluation = listed(PARTLY).evaluation
    ref = FactRef("transfer.important_data_known_on", "loyalty")
    assert closed_by(evaluation, ref) == FactRef("transfer.important_data", "loyalty")
    assert closed_by(evaluation, CIIO) is None
    assert rules_using(evaluation)["data_export.ciio"]
    assert rules_using(evaluation)["common.company_name"] == ()


def test_headings_stand_only_above_what_passes() -> None:
    review = Review(only=2)  # unknown
    rows = list(listed(PARTLY).rows(review))
    assert [row.ref for row in rows if row.ref is not None] == [CIIO]
    assert all(row.depth < rows[-1].depth for row in rows[:-1])


# -- on the screen ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "lang"), [(SMALL, "en"), (LARGE, "zh")])
async def test_an_answer_is_changed_from_the_review_and_leads_back_to_its_row(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    before = path.read_bytes()
    async with opened(path, size, lang) as (app, pilot):
        await pilot.press("r", "slash", *"ciio", "enter")
        await until(pilot, lambda: review_of(app).asked() == CIIO)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, FactsForm))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, ReviewForm))
        assert review_of(app).asked() == CIIO
        assert "ciio: true" in path.read_text()
        await pilot.press("ctrl+z")
        await until(pilot, lambda: path.read_bytes() == before)
        assert review_of(app).asked() == CIIO, "the review stays where it was"


async def test_the_side_tells_place_and_rules(tmp_path: Path) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    async with opened(path, LARGE) as (app, pilot):
        await pilot.press("r", "slash", *"ciio", "enter")
        line = next(n for n, t in enumerate(path.read_text().split("\n"), 1) if "ciio:" in t)
        await until(pilot, lambda: f"hotel-group.yaml:{line}:" in text_of(app))
        assert "USED BY" in text_of(app)
        assert "as written: false" in text_of(app)


async def test_filters_by_state_and_escape_leaves_by_steps(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.important_data")
        await pilot.press("s", "r")
        await until(pilot, lambda: "Review" in text_of(app))
        await pilot.press("f")
        await until(pilot, lambda: "skipped" in text_of(app))
        assert {row.state for row in review_of(app).rows} <= {None, State.OPEN, State.SKIPPED}
        await pilot.press("f")
        await until(pilot, lambda: "No question in this filter" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: len(review_of(app).rows) > 20)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, FactsForm))


async def test_it_opens_with_the_question_in_the_middle_and_a_whole_row_above(
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(HALF, encoding="utf-8")
    async with opened(path, SMALL) as (app, pilot):
        await pilot.press("r")
        await until(pilot, lambda: "open 56" in text_of(app))
        rows = grid(app)
        at = next(n for n, line in enumerate(rows) if "people this year, other PI" in line)
        assert 8 <= at <= 18
        assert rows[5].lstrip()[0] in "-·✓?"
        assert " r review" not in rows[-1]
        assert "? help" in rows[-1]
        await pilot.press("f", "r")
        await until(pilot, lambda: not main_of(app).answer.review.open)
        assert isinstance(main_of(app).answer.form, FactsForm)


async def test_a_long_review_says_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    items = "".join(f"    - {{name: export {n}}}\n" for n in range(60))
    path.write_text(f"data_export:\n  exports_data: true\n  transfers:\n{items}")
    async with opened(path) as (app, pilot):
        await pilot.press("escape", "r")
        await until(pilot, lambda: f"first {MOST_ROWS} rows" in text_of(app))
        assert len(review_of(app).rows) == MOST_ROWS


async def test_names_of_items_are_text_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text('data_export.transfers: [{name: "[@click=app.quit]x[/] \\e[31m"}]\n')
    async with opened(path) as (app, pilot):
        await pilot.press("escape", "r", "slash", *"click", "enter")
        await until(pilot, lambda: "[@click=app.quit]x[/] \\u001b[31m" in text_of(app))


# -- readings --------------------------------------------------------------------------------------

READING = "data_export.hr_exemption_needs"


async def test_a_reading_is_adopted_and_taken_back(tmp_path: Path) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    before = path.read_bytes()
    async with opened(path, LARGE) as (app, pilot):
        form = main_of(app).answer.form
        assert isinstance(form, ReadingForm)
        shown = text_of(app)
        assert "[prevailing]" in shown
        assert "(•)" not in shown, "nothing is preselected"
        assert "exempt: staff files, guest marketing" in shown, "the verdict of each reading"
        await pilot.press("1", "enter")
        await until(pilot, lambda: f"{READING}: either" in path.read_text())
        await pilot.press("r", "slash", *"labour", "enter", "end")
        await until(pilot, lambda: "one of the two is enough" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, ReadingForm))
        await until(pilot, lambda: "1 (•)" in text_of(app))
        assert "exempt: staff files, guest marketing" in text_of(app), "as if it were open"
        await pilot.press("3", "enter")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, ReviewForm))
        profile = main_of(app).session.profile
        assert profile is not None
        assert READING not in profile.readings
        assert path.read_bytes().startswith(before[:-2])


async def test_a_contested_finding_leads_to_its_reading_and_back(tmp_path: Path) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    async with opened(path) as (app, pilot):
        app.go_to_tab(2)
        await until(pilot, lambda: main_of(app).findings.current is not None)
        await pilot.press("enter", "enter")
        await until(pilot, lambda: main_of(app).tab == 1)
        assert isinstance(main_of(app).answer.form, ReadingForm)
        await pilot.press("1", "enter")
        await until(pilot, lambda: main_of(app).tab == 2)
        assert READING in path.read_text()
