"""What is on the screen: the text grid at both sizes, in both languages, with hostile text."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from compliancecheck.model.findings import Finding
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.findings.pane import FindingList
from tests.tui.pilots import (
    LARGE,
    PLAIN,
    PROFILES,
    SMALL,
    answer_open,
    form_of,
    grid,
    main_of,
    mark_export,
    name_item,
    opened,
    text_of,
    until,
)

SHOWN_ELSEWHERE = ("asked because of", "询问原因", "in Findings", "见“结论”", "│   · ")
"""Cut lines whose whole text the key `w` of the question, or another tab that is named, shows."""

EACH = [(SMALL, "en"), (SMALL, "zh"), (LARGE, "en"), (LARGE, "zh")]
HOSTILE = "[/x] [@click=app.quit]x[/] ::error:: ##[error] [bold red]"


def copy(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes((PROFILES / name).read_bytes())
    return path


async def screens_of_the_interview(pilot: Pilot[None]) -> AsyncIterator[list[str]]:
    """The grid of each screen on the way to a settled route."""
    app = pilot.app
    assert isinstance(app, ComplianceApp)
    yield grid(app)
    await mark_export(pilot)
    yield grid(app)
    await name_item(pilot, "loyalty programme")
    while isinstance(form_of(app), FactsForm):
        await pilot.pause(0.1)
        yield grid(app)
        await answer_open(pilot, PLAIN)
    yield grid(app)


@pytest.mark.parametrize(("size", "lang"), EACH)
async def test_the_interview_cuts_nothing(tmp_path: Path, size: tuple[int, int], lang: str) -> None:
    async with opened(tmp_path / "n.yaml", size, lang) as (app, pilot):
        seen = 0
        async for lines in screens_of_the_interview(pilot):
            seen += 1
            assert len(lines) == size[1]
            for line in lines:
                if "…" in line:
                    cut_short = line.split("…", 1)[1]
                    assert "w" in cut_short or any(w in line for w in SHOWN_ELSEWHERE), line
        assert seen >= 8
        assert app.size == size


@pytest.mark.parametrize(("size", "lang"), EACH)
@pytest.mark.parametrize("name", ["hotel-group.yaml", "battery-just-under.yaml"])
async def test_the_findings_cut_nothing(
    tmp_path: Path, name: str, size: tuple[int, int], lang: str
) -> None:
    async with opened(copy(tmp_path, name), size, lang) as (app, pilot):
        main_of(app).action_tab(2)
        await pilot.pause(0.3)
        for _ in range(3):
            lines = grid(app)
            assert any(LOOKS[s].word.get(lang) in "\n".join(lines) for s in DisplayStatus)
            assert not [line for line in lines if line.rstrip().endswith("…")]
            await pilot.press("down")
            await pilot.pause(0.2)


async def test_chinese_screens_hold_no_english_word_but_names(tmp_path: Path) -> None:
    async with opened(tmp_path / "n.yaml", SMALL, "zh") as (_, pilot):
        known = {"n", "yaml", "loyalty", "programme", "enter", "space", "esc", "Esc", "p"}
        known |= {"w", "b", "s", "u", "a", "y", "i", "ii", "iii", "iv", "million"}
        async for lines in screens_of_the_interview(pilot):
            words = set(re.findall(r"[A-Za-z]{2,}", "\n".join(lines)))
            assert not words - known, words - known


@pytest.mark.parametrize("size", [(40, 10), (59, 20), (60, 15), (99, 30), (200, 60)])
async def test_other_sizes_work(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml"), size) as (app, pilot):
        assert "Findings" in text_of(app)
        main_of(app).action_tab(2)
        await pilot.pause(0.3)
        assert "R&D" in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        assert len(grid(app)) == size[1]


async def test_too_small_a_terminal_says_so_and_lives_on(tmp_path: Path) -> None:
    async with opened(tmp_path / "n.yaml", (39, 10)) as (app, pilot):
        assert text_of(app).strip() == "needs 40×10"
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "Which of these concern you?" in text_of(app)


def hostile_profile(tmp_path: Path) -> Path:
    path = tmp_path / "h.yaml"
    item = HOSTILE.replace("'", "''")
    path.write_text(
        "dated: 2026-11-24\n"
        f"common:\n  company_name: '{item}'\n"
        "battery:\n  applies: false\n"
        "data_export:\n  exports_data: true\n  ciio: false\n  transfers:\n"
        f"    - name: '{item}'\n"
        f'    - name: "a\\u001b[31mb\\u202Ec\\u200Bd"\n'
        "      access: sent_abroad\n"
        "evidence:\n"
        f"  'data_export.ciio': {{source: '{item}', by: '{item}'}}\n"
    )
    return path


async def test_hostile_text_is_shown_as_it_is(tmp_path: Path) -> None:
    path = hostile_profile(tmp_path)
    async with opened(path, LARGE) as (app, pilot):
        shown = text_of(app)
        assert "[/x] [@click=app.quit]x[/]" in shown
        for tab in (2, 1):
            main_of(app).action_tab(tab)
            await pilot.pause(0.3)
            assert "\x1b" not in text_of(app)
            assert "\u202e" not in text_of(app)
            assert "\u200b" not in text_of(app)
        main_of(app).action_tab(2)
        await pilot.press("w")
        await pilot.pause(0.3)
        assert "\x1b" not in text_of(app)
        await pilot.press("escape")
        await pilot.press("ctrl+p")
        await pilot.press(*"click")
        await pilot.pause(0.5)
        assert "\x1b" not in text_of(app)
        assert app.is_running


async def test_hostile_text_typed_into_fields(tmp_path: Path) -> None:
    path = tmp_path / "n.yaml"
    async with opened(path, LARGE) as (app, pilot):
        await mark_export(pilot)
        app.screen.query_one("#exact", ExactInput).value = HOSTILE
        await pilot.press("enter")
        await pilot.pause()
        assert HOSTILE in path.read_text()
        assert HOSTILE in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("n")  # of the company nothing else is asked
        await pilot.pause()
        assert HOSTILE in text_of(app)  # the heading
        assert app.is_running


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_no_colour_uses_attributes_only(tmp_path: Path, lang: str) -> None:
    path = copy(tmp_path, "battery-just-under.yaml")
    async with opened(path, SMALL, lang, color=False) as (app, pilot):
        main_of(app).action_tab(2)
        await pilot.pause(0.3)
        colors, reverse = set(), False
        for strip in app.screen._compositor.render_strips(app.size):
            for segment in strip.apply_filter(app._filters[-1], app.screen.background_colors[1]):
                style = segment.style
                if style is None:
                    continue
                reverse = reverse or bool(style.reverse)
                for color in (style.color, style.bgcolor):
                    if color is not None and not color.is_default:
                        colors.add(color.name)
        assert not colors
        assert reverse, "the cursor is seen without colours"
        assert app.theme == "ansi"


async def test_the_language_changes_at_once_and_keeps_the_place(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml")) as (app, pilot):
        main_of(app).action_tab(2)
        await pilot.pause(0.3)
        await pilot.press("down")
        await pilot.pause(0.3)
        before = main_of(app).findings.current
        await pilot.press("L")
        await until(pilot, lambda: "结论" in text_of(app) and "✗ 不符" in text_of(app))
        assert main_of(app).tab == 2
        after = main_of(app).findings.current
        assert isinstance(before, Finding)
        assert isinstance(after, Finding)
        assert (before.rule, before.item) == (after.rule, after.item)
        await pilot.press("L")
        await until(pilot, lambda: "! NEED" in text_of(app))


async def test_help_shows_keys_and_symbols(tmp_path: Path) -> None:
    async with opened(tmp_path / "n.yaml", LARGE) as (app, pilot):
        await pilot.press("question_mark")
        await until(pilot, lambda: "Space marks, Enter goes on" in text_of(app))
        assert "NEEDS PROOF" in text_of(app)
        await pilot.press("question_mark")
        await until(pilot, lambda: app.screen is main_of(app))


async def test_the_footer_shows_only_what_works_here(tmp_path: Path) -> None:
    async with opened(tmp_path / "n.yaml") as (app, pilot):
        await until(pilot, lambda: "space mark" in grid(app)[-1])
        last = grid(app)[-1]
        assert "skip" not in last
        await mark_export(pilot)
        await until(pilot, lambda: "esc leave field" in grid(app)[-1])
        last = grid(app)[-1]
        assert "unknown" not in last  # a letter in a field


async def test_without_a_profile_there_are_three_choices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with opened(None) as (app, pilot):
        shown = text_of(app)
        assert "A new profile" in shown
        assert "Open a profile" in shown
        assert "hotel-group.yaml" in shown
        row = next(n for n, line in enumerate(grid(app)) if "hotel-group.yaml" in line)
        first = next(n for n, line in enumerate(grid(app)) if "A new profile" in line)
        await pilot.press(*["down"] * (row - first), "enter")
        await pilot.pause(0.3)
        assert (tmp_path / "hotel-group.yaml").read_bytes() == (
            PROFILES / "hotel-group.yaml"
        ).read_bytes()
        assert "HR exemption" in text_of(app)


async def test_filters_and_the_empty_filter(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml")) as (app, pilot):
        main_of(app).action_tab(2)
        await pilot.pause(0.3)
        listed = app.screen.query_one(FindingList)
        everything = listed.option_count
        await pilot.press("f")
        await pilot.pause()
        assert listed.option_count == 1
        assert "[✗1]" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert listed.option_count == everything
        await pilot.press("slash", *"patent")
        await pilot.pause(0.2)
        assert "patent" in text_of(app)
        assert 0 < listed.option_count < everything
        await pilot.press(*"zzz")
        await pilot.pause(0.2)
        assert "Esc clears it" in text_of(app).replace("\n", " ") or "Esc" in text_of(app)
        await pilot.press("escape", "escape")
        await pilot.pause(0.2)
        assert listed.option_count == everything


async def test_what_would_settle_a_finding_leads_to_its_question(tmp_path: Path) -> None:
    async with opened(copy(tmp_path, "battery-just-under.yaml")) as (app, pilot):
        main_of(app).action_tab(2)
        await pilot.pause(0.3)
        await pilot.press("f", "f")
        await until(pilot, lambda: "! NEEDS PROOF" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: "WOULD SETTLE IT" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: main_of(app).tab == 1)
        await until(pilot, lambda: "granted invention patent?" in text_of(app))
