"""The Rules tab: packs, instruments, rules; the page of a rule; there and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from compliancecheck.model.findings import Evaluation
from compliancecheck.reading.entries import entry_at, entry_yaml, file_of
from compliancecheck.tui import editor
from compliancecheck.tui.rules.page import RulePage
from compliancecheck.tui.rules.pane import RuleList, RulesPane
from compliancecheck.tui.rules.rows import RULE, Catalogue
from compliancecheck.tui.rules.years import around, by_day, years_lines
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

RATE = "cn.miit.2024-14/rd-share"


def evaluation_of(name: str) -> Evaluation:
    found = Session.open(str(PROFILES / name), rules(), AS_OF).evaluation
    assert found is not None
    return found


# -- what the rows say ----------------------------------------------------------------------------


def test_n_of_m_counts_the_rules_that_surely_apply() -> None:
    found = evaluation_of("battery-just-under.yaml")
    catalogue = Catalogue(rules(), found, AS_OF)
    own = catalogue.inside("cn.miit.2024-14")
    fired = {f.rule for f in found.findings if f.fired and f.rule in {r.id for r in own}}
    assert catalogue.count(own) == f"{len(fired)}/{len(own)}"
    assert fired
    draft = next(i for i in rules().instruments.values() if i.is_draft)
    assert catalogue.count(catalogue.inside(draft.id)).startswith("–/")


@pytest.mark.parametrize(
    ("instrument", "day", "standing"),
    [
        ("cn.cac.2022-11", date(2022, 8, 31), "ahead"),
        ("cn.cac.2022-11", date(2022, 9, 1), "in_force"),
        ("cn.cac.2022-11", date(2024, 3, 21), "in_force"),
        ("cn.cac.2022-11", date(2024, 3, 22), "partly"),
        ("cn.cac.2021-draft-assessment", date(2024, 3, 22), "draft"),
        ("cn.miit.2024-14", date(2024, 6, 19), "disputed"),
    ],
)
def test_the_standing_of_an_instrument(instrument: str, day: date, standing: str) -> None:
    catalogue = Catalogue(rules(), None, day.toordinal())
    assert catalogue.standing(rules().instruments[instrument]) == standing


def test_words_keep_what_has_them_all() -> None:
    catalogue = Catalogue(rules(), None, AS_OF)
    found = [row.id for row in catalogue.rows((), "R&D main-business") if row.kind == RULE]
    assert RATE in found
    assert all(id.startswith("cn.miit") for id in found)
    assert list(catalogue.rows((), "no such words at all")) == []


@pytest.mark.parametrize("width", [30, 44, 83])
def test_the_ladder_of_years_keeps_to_its_width(width: int) -> None:
    every = by_day(list(rules().instruments.values()))
    for lang in ("en", "zh"):
        lines = list(years_lines(rules(), every, AS_OF, width, lang))
        assert all(line.cell_length <= width for line in lines)
        assert "▾" in lines[1].plain


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ladder_of_years_reaches_the_ends_of_time(day: date) -> None:
    every = by_day(list(rules().instruments.values()))
    lines = list(years_lines(rules(), every, day.toordinal(), 60, "en"))
    assert all(line.cell_length <= 60 for line in lines)


def test_the_ladder_shows_a_draft_its_successor_and_what_displaced_that() -> None:
    near = around(rules(), rules().instruments["cn.cac.2022-11"])
    assert [i.id for i in near][:2] == ["cn.cac.2021-draft-assessment", "cn.cac.2022-11"]
    bars = [line.plain for line in years_lines(rules(), near, AS_OF, 60, "en")]
    assert any("D─" in bar and "×" in bar for bar in bars)
    assert any("├─" in bar and "┄" in bar and "▸" in bar for bar in bars)


# -- the lines of a file --------------------------------------------------------------------------


def test_an_entry_ends_where_the_next_begins() -> None:
    lines = ["rules:", "  - id: a", "    when: x", "", "  - id: b"]
    assert entry_at(lines, 2) == "- id: a\n  when: x\n"
    assert entry_at(lines, 5) == "- id: b\n"
    assert entry_at(lines, 1) is None
    assert entry_at(lines, 9) is None


def test_every_rule_is_found_in_its_file() -> None:
    for rule in rules().rules.values():
        text = entry_yaml(rule.place)
        assert text is not None
        assert text.startswith("- "), rule.id
        assert rule.slug in text.split("\n", 1)[0], rule.id
    assert file_of(None) is None


# -- the tab --------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_every_row_fits_and_tells(tmp_path: Path, size: tuple[int, int], lang: str) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), size, lang) as (app, pilot):
        main_of(app).action_tab(3)
        await until(pilot, lambda: app.screen.query_one(RuleList).option_count > 5)
        for _ in range(4):
            await pilot.press("down")
            await pilot.pause(0.2)
            assert not [line for line in grid(app) if line.rstrip().endswith("…")]
        shown = text_of(app)
        assert ("in force" if lang == "en" else "施行中") in shown
        assert ("partly displaced" if lang == "en" else "部分被取代") in shown


async def test_open_fold_and_go_up(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml")) as (app, pilot):
        main_of(app).action_tab(3)
        pane = app.screen.query_one(RulesPane)
        await until(pilot, lambda: pane.current is not None)
        pane.pick("cn.miit.2024-14")
        await pilot.pause()
        before = app.screen.query_one(OptionList).option_count
        await pilot.press("space")
        await until(pilot, lambda: pane.current is not None and pane.current.open)
        listed = app.screen.query_one(RuleList)
        assert listed.option_count > before
        await pilot.press("j", "j", "h")
        await until(pilot, lambda: pane.current is not None and pane.current.kind == "instrument")
        await pilot.press("h")
        await until(pilot, lambda: pane.current is not None and not pane.current.open)
        await pilot.press("h")
        await until(pilot, lambda: pane.current is not None and pane.current.kind == "pack")


async def test_a_rule_has_words_yaml_examples_as_run_and_source(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml"), LARGE) as (app, pilot):
        app.show_rule(RATE)
        pane = main_of(app).rules
        await until(pilot, lambda: pane.current is not None and pane.current.id == RATE)
        await until(pilot, lambda: "REQUIRES" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RulePage))
        page = app.screen
        assert isinstance(page, RulePage)
        await until(pilot, lambda: RATE in page.examples.runs)
        runs = page.examples.runs[RATE]
        assert len(runs) == len(rules().rules[RATE].examples)
        assert all(run.passed for run in runs)
        text = "\n".join(line.plain for line in page.query_one("#page").lines(90))  # type: ignore[attr-defined]
        assert f"EXAMPLES  {len(runs)}/{len(runs)}" in text
        assert "YAML" in text
        assert "✗ FAIL  2025" in text
        assert "SOURCE" in text
        await pilot.press("L")
        await until(pilot, lambda: "本档案" in text_of(app))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_of(app))
        await until(pilot, lambda: "3 规则" in text_of(app))


async def test_an_instrument_tells_what_is_not_encoded_and_why(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), LARGE) as (app, pilot):
        app.show_rule("cn.cac.2022-11")
        pane = main_of(app).rules
        await until(pilot, lambda: pane.current is not None)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, RulePage))
        assert "not encoded: " in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_of(app))
        assert pane.current is not None
        assert pane.current.id == "cn.cac.2022-11"


async def test_the_source_is_the_file_of_the_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_at: list[list[str]] = []
    monkeypatch.setenv("EDITOR", "vi")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(editor, "run", lambda words: opened_at.append(words))
    async with opened(copy(tmp_path, "battery-just-under.yaml")) as (app, pilot):
        app.show_rule(RATE)
        await until(pilot, lambda: main_of(app).rules.current is not None)
        await pilot.press("o", "enter")
        await until(pilot, lambda: isinstance(app.screen, RulePage))
        await pilot.press("o")
        await until(pilot, lambda: len(opened_at) == 2)
    place = rules().rules[RATE].place
    assert place is not None
    for words in opened_at:
        assert words[1] == f"+{place.line}"
        assert words[2].endswith(place.path)


async def test_from_a_why_to_the_rule_and_back(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml")) as (app, pilot):
        await pilot.press("escape", "2")
        main_of(app).action_tab(2)
        await until(pilot, lambda: "✗ FAIL" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: getattr(app.screen.focused, "id", "") == "why")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RulePage))
        assert "R&D and process improvement" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: getattr(app.screen.focused, "id", "") == "why")
        assert main_of(app).tab == 2


async def test_filter_and_the_empty_filter(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml")) as (app, pilot):
        main_of(app).action_tab(3)
        pane = main_of(app).rules
        await until(pilot, lambda: pane.current is not None)
        await pilot.press("slash", *"incident")
        await until(pilot, lambda: pane.words == "incident")
        assert "incident" in text_of(app).lower()
        await pilot.press(*"zzz")
        await until(pilot, lambda: "No rule has these words" in text_of(app))
        await pilot.press("escape", "escape")
        await until(pilot, lambda: pane.words == "" and pane.current is not None)


async def test_drafts_are_judged_after_d_and_tagged(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), LARGE) as (app, pilot):
        main_of(app).action_tab(2)
        await until(pilot, lambda: "CONT" in text_of(app))
        drafts = {i.id for i in rules().instruments.values() if i.is_draft}

        def judged() -> list[str]:
            found = main_of(app).session.evaluation
            assert found is not None
            return [f.rule for f in found.findings if f.rule.split("/")[0] in drafts]

        assert not judged()
        await pilot.press("d")
        await until(pilot, lambda: "drafts shown" in grid(app)[0])
        assert judged()
        main_of(app).findings.pick(
            next(f for f in main_of(app).session.evaluation.findings if f.rule == judged()[0])  # type: ignore[union-attr]
        )
        await until(pilot, lambda: "draft" in text_of(app).split("\n", 3)[3])
        await pilot.press("d")
        await until(pilot, lambda: "drafts shown" not in grid(app)[0])
        assert not judged()


async def test_the_day_of_law_stands_in_the_first_line(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), LARGE) as (app, pilot):
        main_of(app).action_tab(3)
        await until(pilot, lambda: main_of(app).rules.current is not None)
        await pilot.press("t")
        await until(pilot, lambda: "Day of law: that of evaluation" in text_of(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Day of law, as" in text_of(app))
        await pilot.press(*"2022-08-31", "enter")
        await until(pilot, lambda: "law of 2022-08-31" in grid(app)[0])
        assert main_of(app).rules.day == date(2022, 8, 31).toordinal()
        await until(pilot, lambda: "to come" in text_of(app))
        await pilot.press("t")
        await until(pilot, lambda: "that of evaluation again" in text_of(app))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: "law of" not in grid(app)[0])


async def test_hostile_words_are_only_words(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "hotel-group.yaml"), LARGE) as (app, pilot):
        main_of(app).action_tab(3)
        pane = main_of(app).rules
        await until(pilot, lambda: pane.current is not None)
        await pilot.press("slash")
        app.screen.query_one("#rule-words").value = HOSTILE  # type: ignore[attr-defined]
        await until(pilot, lambda: "No rule has these words" in text_of(app))
        assert "[@click=app.quit]x[/]" in text_of(app)
        assert app.is_running
