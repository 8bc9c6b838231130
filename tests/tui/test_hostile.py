"""Hostile texts in every field of a profile, on every screen: data, never markup or commands.

``TEXTS`` are the texts, ``SCREENS`` the screens; a new one of either is one line.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import yaml
from textual.pilot import Pilot
from textual.widgets import Input

from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.compare.pane import CompareList
from compliancecheck.tui.compare.sides import Choice
from compliancecheck.tui.dates.act_page import ActPage
from compliancecheck.tui.dates.day_prompt import DayPrompt
from compliancecheck.tui.goto import Finder
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.plain.printing import Voice
from compliancecheck.tui.plain.talk import Talk
from compliancecheck.tui.session import Session
from tests.tui.pilots import AS_OF, LARGE, at_tab, grid, main_of, opened, rules, text_of, until

TEXTS = (
    "[/x]",
    "[@click=app.quit]x[/]",
    "[b]bold[/b]",
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\x9b2J",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "##[error]",
    "::error::e",
    "##vso[task]",
    "##teamcity[x]",
    "\r\n::stop::",
)
SIZE = (140, 60)
FILED_LATE = {
    "access": "sent_abroad",
    "has_personal_information": True,
    "important_data": "none",
    "purpose": "marketing",
    "origin": "mainland",
    "destination": "other",
    "exporter_registered_in_zone": False,
    "people_nonsensitive_this_year": 500_000,
    "people_sensitive_this_year": 0,
    "mechanism": "contract",
    "contract_effective_on": "2026-11-02",
    "contract_filed_on": "not yet",
}
"""An export with an act that is overdue: it has a page of days, and a finding that fails."""
Screen = Callable[[ComplianceApp, Pilot[None]], Awaitable[None]]


def evil(first: int) -> str:
    """All texts as one, beginning with another one in each field."""
    at = first % len(TEXTS)
    return "".join(TEXTS[at:] + TEXTS[:at])


def hostile(path: Path, first: int = 0) -> Path:
    """A profile with a hostile text wherever a text can stand; *first* begins its product."""
    item, product = evil(4), evil(9 + first)
    path.write_text(
        f"# {safe_text(evil(0))} [/x] ::error:: ##[error]\n"
        + yaml.safe_dump(
            {
                "dated": "2026-11-24",
                "common": {"company_name": evil(0)},
                "data_export": {
                    "exports_data": True,
                    "ciio": False,
                    "transfers": [
                        {"name": item, "access": "sent_abroad", "notice_given": False,
                         "people_nonsensitive_this_year": 5, "zone_list_version": evil(12)},
                        {"name": evil(11), "access": "sent_abroad"},
                        {"name": evil(6), **FILED_LATE},
                    ],
                },
                "battery": {
                    "applies": True,
                    "main_products": [{"name": product, "invention_patent": False}],
                },
                "evidence": {
                    "data_export.ciio": {"source": evil(1), "by": evil(2)},
                    "battery.applies": {"source": evil(10), "by": evil(3)},
                },
            },
            sort_keys=False,
        ),
        encoding="utf-8",
    )  # fmt: skip
    return path


def assert_is_plain(app: ComplianceApp) -> None:
    """No character that moves, hides or reorders; no link; no line that a log would obey."""
    for line in grid(app):
        assert safe_text(line) == line
        assert cell_width(line) <= app.size.width
        assert not line.startswith(("::", "##")), line
    for strip in app.screen._compositor.render_strips(app.size):
        for segment in strip:
            meta = segment.style.meta if segment.style is not None else {}
            assert "app.quit" not in str(meta.get("@click", ""))
    assert app.is_running


# -- the screens -----------------------------------------------------------------------------------


def keys(*pressed: str) -> Screen:
    """What keys lead to, each screen on the way looked at."""

    async def go(app: ComplianceApp, pilot: Pilot[None]) -> None:
        for key in pressed:
            await pilot.press(key)
            await pilot.pause()
            assert_is_plain(app)

    return go


def found(words: str) -> Screen:
    """The list of places under ``g``, with words typed."""

    async def go(app: ComplianceApp, pilot: Pilot[None]) -> None:
        await pilot.press("escape", "g")
        await until(pilot, lambda: isinstance(app.screen, Finder))
        app.screen.query_one(Input).value = words
        await pilot.pause(0.2)

    return go


async def palette(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """The palette, with the item's name typed."""
    main = main_of(app)
    await pilot.press("ctrl+p")
    await until(pilot, lambda: app.screen is not main)
    app.screen.query_one(Input).value = "bold"
    await pilot.pause(0.3)


async def told(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """A toast with a hostile file name."""
    app.tell("file_exists", name=evil(5))
    await until(pilot, lambda: "[/x]" in text_of(app))


async def act_page(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """The days of an act, and the question when it was done."""
    await pilot.press("escape", "escape", "4")
    pane = main_of(app).dates
    await until(pilot, lambda: pane.current is not None)
    pane.pick(next(a for a in pane._acts if a.deadline == "file" and a.item == evil(6)))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ActPage))
    await until(pilot, lambda: "[/x]" in text_of(app))
    assert_is_plain(app)
    await pilot.press("a")
    await until(pilot, lambda: isinstance(app.screen, DayPrompt))


async def other_profile(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """Compare with another hostile profile, and both proofs of the first difference."""
    assert app.session is not None
    other = hostile(Path(app.session.path).parent / "other\u202e[b].yaml", first=3)
    main_of(app).action_tab(5)
    pane = main_of(app).compare
    await until(pilot, lambda: pane.ladders is not None and pane.current is not None)
    pane.choose("B", Choice(path=str(other)))
    await until(pilot, lambda: bool(pane.comparison and pane.comparison.changes))
    await until(pilot, lambda: "[/x]" in text_of(app))
    assert_is_plain(app)
    pane.query_one(CompareList).highlighted = next(n for n, r in enumerate(pane._rows) if r.group)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, FullText))


async def text_question(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """The question of a text, with the text that the profile has."""
    await main_of(app).answer.ask(FactRef("common.company_name"))
    await until(pilot, lambda: "What is the company" in text_of(app))


SCREENS: dict[str, Screen] = {
    "answer": keys("escape"),
    "why it is asked": keys("w"),
    "help": keys("escape", "question_mark"),
    "review": keys("escape", "r", "down", "down", "end"),
    "evidence": keys("escape", "r", "down", "m"),
    "findings": keys("escape", "escape", "2", "down"),
    "proof": keys("escape", "escape", "2", "enter", "space"),
    "full text": keys("escape", "escape", "2", "w"),
    "what if": keys("escape", "escape", "2", "x", "right", "down"),
    "what if in full": keys("escape", "escape", "2", "x", "w"),
    "copying": keys("escape", "escape", "2", "c"),
    "rules": keys("escape", "escape", "3", "down", "right", "down"),
    "rule page": keys("escape", "escape", "3", "right", "down", "enter"),
    "dates": keys("escape", "escape", "4", "down", "enter"),
    "act page": act_page,
    "another profile": other_profile,
    "text question": text_question,
    "compare": keys("escape", "escape", "5", "down", "enter"),
    "go to": found("bold"),
    "palette": palette,
    "toast": told,
}


@pytest.mark.parametrize("screen", SCREENS)
async def test_hostile_texts_are_data(tmp_path: Path, screen: str) -> None:
    folder = tmp_path / "[b]x\u202e::error::"
    folder.mkdir()
    path = hostile(folder / "[@click=app.quit]x\u200b\x1b[31m.yaml")
    before = path.read_bytes()
    async with opened(path, SIZE, toasts=True) as (app, pilot):
        assert app.session is not None
        assert app.session.evaluation is not None, app.session.problems
        assert_is_plain(app)
        await SCREENS[screen](app, pilot)
        assert_is_plain(app)
        assert path.read_bytes() == before


async def test_hostile_texts_in_chinese_and_small(tmp_path: Path) -> None:
    async with opened(hostile(tmp_path / "p.yaml"), (40, 10), "zh") as (app, pilot):
        for key in ("escape", "w", "escape", "v", "v"):
            await pilot.press(key)
            assert_is_plain(app)
        for tab in (2, 3, 5, 1):
            main_of(app).action_tab(tab)
            await at_tab(pilot, app, tab)
            await pilot.pause(0.1)
            assert_is_plain(app)


async def test_the_problems_of_a_broken_file_are_data(tmp_path: Path) -> None:
    path = tmp_path / "[x]\u202e.yaml"
    words = safe_text(evil(0)).replace("\\", "\\\\").replace('"', "'")
    path.write_text(f'"{words}": 1\ncommon: {{"[/x]\\e[31m": "[b]"}}\ndata_export: "::error::"\n')
    async with opened(path, LARGE) as (app, pilot):
        await until(pilot, lambda: "[/x]" in text_of(app))
        await keys("down", "w", "escape", "L")(app, pilot)
        assert app.session is not None
        assert app.session.problems


async def test_a_matrix_of_hostile_companies_is_data(tmp_path: Path) -> None:
    paths = [hostile(tmp_path / f"[b]{n}\u202e.yaml") for n in range(2)]
    app = ComplianceApp(tmp_path, rules(), as_of=AS_OF, find=lambda: ([str(p) for p in paths], 0))
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "[/x]" in text_of(app))
        await keys("down", "right", "w", "escape", "L")(app, pilot)


@pytest.mark.parametrize("n", range(0, len(TEXTS), 4))
async def test_hostile_texts_typed_as_a_name(tmp_path: Path, n: int) -> None:
    path = tmp_path / "n.yaml"
    path.write_text("battery: {applies: false}\ndata_export:\n  exports_data: true\n")
    async with opened(path, LARGE) as (app, pilot):
        app.screen.query_one("#answer #exact", Input).value = evil(n)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert_is_plain(app)
        assert app.session is not None
        assert not app.session.broken


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_texts_in_plain_mode(tmp_path: Path, lang: str) -> None:
    path = hostile(tmp_path / "[b]x\u202e::error::.yaml")
    before = path.read_bytes()
    typed = ("list", "why", "review", "find bold", "findings", "finding 1", "dates", "what if", "?")
    out = io.StringIO()
    session = Session.open(str(path), rules(), AS_OF, lang)
    Talk(session, Voice(out, 80), io.StringIO("".join(f"{line}\n" for line in typed))).run()
    said = out.getvalue()
    assert "[@click=app.quit]x[/]" in said
    for line in said.splitlines():
        assert safe_text(line) == line
        assert not line.lstrip().startswith("::"), line
        assert not any(command in line for command in ("##[", "##vso[", "##teamcity[")), line
    assert path.read_bytes() == before


@pytest.mark.parametrize("n", range(1, len(TEXTS), 5))
async def test_hostile_texts_typed_as_a_text(tmp_path: Path, n: int) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("battery: {applies: false}\ndata_export: {exports_data: false}\n")
    async with opened(path, LARGE) as (app, pilot):
        await text_question(app, pilot)
        app.screen.query_one("#answer #exact", Input).value = evil(n)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert_is_plain(app)
        assert app.session is not None
        assert not app.session.broken
