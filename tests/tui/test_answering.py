"""What a question shows while it is answered: columns, hints, marks, progress, what turns."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from compliancecheck.logic.bands import effect
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Texts
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.scalars import read_text
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.answer.columns import LEAD, Cells, Columns
from compliancecheck.tui.answer.counting import Counting
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.names_list import NameList
from compliancecheck.tui.answer.options import Options
from compliancecheck.tui.answer.pane import AnswerPane
from compliancecheck.tui.answer.side import now_lines
from compliancecheck.tui.answer.side_why import why_lines
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.outcomes import Clash
from compliancecheck.tui.telling import clash_said, deciding
from compliancecheck.tui.turned import answers_turned, verdicts_turned
from tests.tui.pilots import (
    AS_OF,
    HALF,
    PLAIN,
    answer_open,
    form_of,
    grid,
    main_of,
    opened,
    rules,
    text_of,
    until,
)

ITEM = "loyalty"
LIST = "data_export.transfers"
EARLY = HALF.split("      access:")[0] + "battery:\n  applies: false\n"
"""A plain exporter of whose item nothing is answered yet."""


def read(text: str) -> Evaluation:
    profile, problems = load_profile_text(text.encode(), "p.yaml", rules())
    assert profile is not None, problems
    return evaluate(profile, rules(), as_of=AS_OF)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "p.yaml"
    found.write_text(HALF, encoding="utf-8")
    return found


# -- columns --------------------------------------------------------------------------------------

WAYS = [
    Cells("sent abroad", "传输至境外", ""),
    Cells("viewed inside the mainland only", "仅在境内查看", "no route"),
    Cells("transit only", "仅过境", "no route"),
]


@pytest.mark.parametrize("room", [43, 60, 100])
def test_each_column_begins_at_one_cell(room: int) -> None:
    columns = Columns(WAYS)
    lines = [columns.rows(n, room)[0] for n in range(3)]
    starts = {cell_width(line.split("no route")[0]) for line in lines if "no route" in line}
    assert len(starts) == 1
    assert all(cell_width(line) <= room for line in lines)
    if room + LEAD >= 80:
        others = zip(lines, ("传", "仅", "仅"), strict=True)
        assert len({cell_width(line.split(word)[0]) for line, word in others}) == 1


def test_what_an_answer_leads_to_stands_beside_it_where_a_narrower_column_gives_room() -> None:
    columns = Columns([Cells("no", "", "security assessment or exempt"), Cells("w" * 20, "", "")])
    (line,) = columns.rows(0, 51)
    assert line.endswith("  security assessment or exempt")
    assert len(columns.rows(0, 30)) > 1


def test_a_lead_that_comes_later_says_whether_the_others_move() -> None:
    columns = Columns([Cells("yes", "", ""), Cells("no", "", "")])
    assert columns.rows(0, 40) == ["yes"]
    assert columns.lead(0, "exempt")
    assert columns.rows(0, 40) == ["yes  exempt"]
    assert not columns.lead(1, "no route")


# -- progress -------------------------------------------------------------------------------------


def test_each_answer_counts_also_within_a_screen() -> None:
    first, second = FactRef("transfer.access", ITEM), FactRef("transfer.important_data", ITEM)
    screen = Screen("facts", ROUTES, Texts("t", "t"), (first, second), LIST, ITEM)
    walk, counting = Walk(), Counting()
    assert counting.progress(walk, screen, read(EARLY), "en").at == 1
    walk.answered.add(first)
    now = read(EARLY.replace("name: loyalty\n", "name: loyalty\n      access: sent_abroad\n"))
    found = counting.progress(walk, screen, now, "en", 1)
    assert found.at == 2
    bar = list(found.lines(60, "en"))[1].plain
    assert bar.startswith("▓")


def test_the_answer_that_was_changed_is_the_cause_of_more_questions() -> None:
    ref = FactRef("transfer.access", ITEM)
    screen = Screen("facts", ROUTES, Texts("t", "t"), (ref,), LIST, ITEM)
    walk, counting = Walk(), Counting()
    walk.answered.add(ref)
    fewer = EARLY.replace("name: loyalty\n", "name: loyalty\n      access: transit_only\n")
    more = fewer.replace("transit_only", "sent_abroad")
    counting.progress(walk, screen, read(fewer), "en")
    for lang, cause in (("en", "after: way the data goes abroad: sent abroad"), ("zh", "起因：")):
        counting.total = 1
        counting._profile = read(fewer).profile
        assert cause in counting.progress(walk, screen, read(more), lang).note


# -- the field ------------------------------------------------------------------------------------


async def test_a_wrong_value_says_what_to_write_and_nothing_moves(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await pilot.press("equals_sign")
        field = form_of(app).query_one("#exact", Input)
        box = form_of(app).query_one("#reads-as")
        await until(pilot, lambda: box.size.height == 3)
        assert field.placeholder
        for typed, words in (
            ("9999x", "expected a number like 1200000"),
            ("5", "reads as  5"),
            ("", "Enter with nothing skips"),
        ):
            field.value = typed
            await until(pilot, lambda words=words: words in text_of(app))  # type: ignore[misc]
            assert box.size.height == 3
        assert any("┃" in line for line in grid(app)), "the strip is in view"
        await pilot.press("ctrl+l")
        await pilot.press("ctrl+l")


async def test_the_band_in_which_lies_what_is_typed_is_marked(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await pilot.press("1", "equals_sign")
        field = form_of(app).query_one("#exact", Input)

        def marked() -> list[int]:
            buttons = form_of(app).query_one(Options)._nodes
            return [n for n, button in enumerate(buttons, 1) if getattr(button, "value", False)]

        for typed, bands in (
            ("400000..600000", [2]),
            ("至少100万", [3]),
            ("5..600000", []),
            ("9999x", []),
            ("450000", [2]),
        ):
            field.value = typed
            await until(pilot, lambda bands=bands: marked() == bands)  # type: ignore[misc]
        await pilot.press("escape", "enter")
        await until(pilot, lambda: "people_nonsensitive_this_year: 450000" in path.read_text())


async def test_typed_chinese_is_written_in_the_words_of_profiles(path: Path) -> None:
    async with opened(path, lang="zh") as (app, pilot):
        await pilot.press("equals_sign")
        field = form_of(app).query_one("#exact", Input)
        assert "至少100万" in field.placeholder
        field.value = "10万以上不满50万"
        await until(pilot, lambda: "理解为" in text_of(app))
        await pilot.press("enter")
        written = "people_nonsensitive_this_year: {at_least: 100000, under: 500000}"
        await until(pilot, lambda: written in path.read_text())


# -- keys -----------------------------------------------------------------------------------------


async def test_a_key_that_came_too_early_is_seen_to_be_refused(path: Path) -> None:
    path.write_text(EARLY.replace("name: loyalty\n", "name: loyalty\n      access: sent_abroad\n"))
    async with opened(path, toasts=True) as (app, pilot):
        asked = form_of(app).asked()
        options = form_of(app).query_one(Options)
        options.action_yes_no("true")
        options.action_yes_no("false")
        await until(pilot, lambda: "A key was pressed before" in text_of(app))
        assert form_of(app).asked() != asked
        assert "has_personal_information: true" in path.read_text()
        assert "important_data" not in path.read_text()


async def test_the_footer_keeps_why_longer_than_review_and_enter_opens_an_item(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "w why" in grid(app)[-1])
        assert "r review" not in grid(app)[-1]
        await main_of(app).answer.ask(FactRef(LIST))
        form_of(app).query_one(NameList).focus()
        await pilot.press("home")
        await until(pilot, lambda: "enter open" in grid(app)[-1])
        await pilot.press("end")
        await until(pilot, lambda: "enter next" in grid(app)[-1])
        await pilot.press("home", "delete")
        await until(pilot, lambda: "name: loyalty" not in path.read_text())


# -- beside the question --------------------------------------------------------------------------


async def test_verdicts_change_while_the_old_question_is_still_there(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []
    further = AnswerPane._further

    async def watched(self: AnswerPane) -> None:
        seen.append((str(form_of(app).asked()), text_of(app)))
        await further(self)

    monkeypatch.setattr(AnswerPane, "_further", watched)
    async with opened(path) as (app, pilot):
        before, asked = text_of(app), str(form_of(app).asked())
        await answer_open(pilot, {**PLAIN, "transfer.people_nonsensitive_this_year": "0"})
        await until(pilot, lambda: bool(seen))
        was, shown = seen[0]
        assert was == asked

        def counts(text: str) -> list[str]:
            return [line.split("│")[1] for line in text.split("\n")[3:8] if "│" in line]

        assert counts(shown) != counts(before)
        await until(pilot, lambda: str(form_of(app).asked()) != asked)


async def test_back_at_an_answer_the_pane_shows_what_it_made(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await answer_open(pilot, PLAIN)
        await pilot.press("b")
        await until(pilot, lambda: "(•)" in text_of(app))
        await until(pilot, lambda: "THIS ANSWER" in text_of(app) and "→" in text_of(app))
        assert "choose, to see" not in text_of(app)


def test_titles_stand_under_what_asks_for_something() -> None:
    lines = [line.plain for line in now_lines(read(HALF), 44, "en", stale=False)]
    heads = [n for n, line in enumerate(lines) if LOOKS[DisplayStatus.MAY_APPLY].word.en in line]
    assert lines[heads[0] + 1][:4] in ("  - ", "  · ")
    assert all(cell_width(line) <= 44 for line in lines)


def test_the_why_is_that_of_the_way_chosen() -> None:
    before = read(
        HALF.replace("      purpose: marketing\n", "").split("      origin")[0]
        + "battery:\n  applies: false\n"
    )
    ref = FactRef("transfer.purpose", ITEM)
    answer = read_text(rules().facts[ref.name], "hr_management")
    assert isinstance(answer, Answer)
    after = effect(before, ref, answer)
    waiting = deciding(before, ref, ROUTES)
    lines = [line.plain for line in why_lines((before, after), ref, waiting, (44, 20), "en")]
    assert "N/A" not in lines[1]
    assert any("is: HR management" in line or "HR" in line for line in lines)


@pytest.mark.parametrize("size", [(40, 10), (60, 12)])
async def test_answers_are_in_view_when_a_question_opens(path: Path, size: tuple[int, int]) -> None:
    async with opened(path, size) as (app, pilot):
        for ref in ("transfer.people_nonsensitive_this_year", "transfer.purpose"):
            await main_of(app).answer.ask(FactRef(ref, ITEM))
            await until(pilot, lambda: isinstance(main_of(app).answer.form, FactsForm))
            await until(pilot, lambda: sum(" ( ) " in li or "(•)" in li for li in grid(app)) > 1)


# -- what turned ----------------------------------------------------------------------------------


def test_what_was_undone_is_named() -> None:
    old, new = read(HALF), read(HALF.replace("purpose: marketing", "purpose: research"))
    assert answers_turned(new.profile, old.profile, rules(), "en") == (
        "main purpose (loyalty): marketing"
    )
    without = read(HALF.replace("      purpose: marketing\n", ""))
    assert answers_turned(old.profile, without.profile, rules(), "zh").endswith("：未作答")
    assert answers_turned(old.profile, old.profile, rules(), "en") == ""
    two = read(HALF.replace("battery:", "    - name: second\nbattery:"))
    assert answers_turned(two.profile, old.profile, rules(), "en") == (
        "“second” is not in the list"
    )
    fewer = read(EARLY)
    assert " and " in answers_turned(old.profile, fewer.profile, rules(), "en")


def test_few_verdicts_that_turned_are_named() -> None:
    profile = (Path(__file__).parents[2] / "profiles" / "battery-just-under.yaml").read_text()
    old = read(profile)
    assert verdicts_turned(old, old, "en") == ""
    many = verdicts_turned(read(HALF), read(HALF.replace("ciio: false", "ciio: true")), "en")
    assert many.endswith("verdicts turned")
    mended = read(profile.replace("rd_expense: CNY 36 million", "rd_expense: CNY 900 million"))
    said = verdicts_turned(old, mended, "en")
    assert said.startswith("✗ → ✓ ")
    assert "turned" not in said


@pytest.mark.parametrize(("lang", "mine"), [("en", "Mine: marketing"), ("zh", "采用我的：营销")])
def test_both_sides_of_a_conflict_are_said_in_words(lang: str, mine: str) -> None:
    clash = Clash(FactRef("transfer.purpose", ITEM), "marketing", "hr_management")
    said = clash_said(clash, rules(), lang)
    assert said[0] == mine
    assert "hr_management" not in said[1]
