"""What the tests of the app share: an app on a file, its text grid, and a way to answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks.companies import half_answered
from textual.pilot import Pilot
from textual.widgets import Input

from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import cell_width
from compliancecheck.reading.packs import load_rules
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.answer.options import Options
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.frame import MainScreen
from compliancecheck.tui.preferences import Preferences

AS_OF = date(2026, 11, 24).toordinal()
PROFILES = Path(__file__).resolve().parents[2] / "profiles"
SMALL, LARGE = (80, 24), (140, 40)

PLAIN: Mapping[str, str] = {
    "data_export.ciio": "false",
    "data_export.handles_personal_information": "true",
    "data_export.people_handled_in_total": "800000",
    "transfer.access": "sent_abroad",
    "transfer.has_personal_information": "true",
    "transfer.important_data": "none",
    "transfer.purpose": "marketing",
    "transfer.origin": "mainland",
    "transfer.sector_automotive": "false",
    "transfer.exporter_registered_in_zone": "false",
    "transfer.people_nonsensitive_this_year": "100000..999999",
    "transfer.people_sensitive_this_year": "0",
}
"""A plain exporter: marketing data, nothing special."""

HALF = half_answered("loyalty")
"""A plain exporter whose next question is a head-count, with its bands."""


@cache
def rules() -> Rules:
    return load_rules()


@asynccontextmanager
async def opened(
    path: Path | None,
    size: tuple[int, int] = SMALL,
    lang: str = "en",
    *,
    color: bool = True,
    preferences: Preferences | None = None,
    toasts: bool = False,
) -> AsyncIterator[tuple[ComplianceApp, Pilot[None]]]:
    """The app on a file, with its first screen on the terminal."""
    app = ComplianceApp(path, rules(), as_of=AS_OF, lang=lang, color=color, preferences=preferences)
    async with app.run_test(size=size, notifications=toasts) as pilot:
        await pilot.pause()
        yield app, pilot


def main_of(app: ComplianceApp) -> MainScreen:
    assert app.main is not None
    return app.main


def form_of(app: ComplianceApp) -> Form:
    form = main_of(app).answer.form
    assert isinstance(form, Form)
    return form


class NotDrawn(AssertionError):
    """A screen that was just put up has no rows yet."""


def grid(app: ComplianceApp) -> list[str]:
    """The screen as lines of text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)
    if len(strips) != height:
        raise NotDrawn(f"{len(strips)} rows of {height}")
    lines = ["".join(segment.text for segment in strip) for strip in strips]
    assert all(cell_width(line) <= width for line in lines), "a line is wider than the screen"
    return [line.rstrip() for line in lines]


def text_of(app: ComplianceApp) -> str:
    return "\n".join(grid(app))


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds; machines differ in speed."""
    for _ in range(200):
        with suppress(NotDrawn):
            if holds():
                return
        await pilot.pause(0.05)
    raise AssertionError("it never came to hold")


async def at_tab(pilot: Pilot[None], app: ComplianceApp, number: int) -> None:
    """Wait until a tab is shown."""
    await until(pilot, lambda: main_of(app).tab == number)


async def changed(pilot: Pilot[None], what: Callable[[], object], before: object) -> None:
    """Wait until something is no longer what it was."""
    await until(pilot, lambda: what() != before)


async def mark_export(pilot: Pilot[None]) -> None:
    """Of the gates, mark the one for data exports alone."""
    app = pilot.app
    assert isinstance(app, ComplianceApp)
    form = form_of(app)
    asked = form.asked()
    for _ in range(5):
        if asked is not None and asked.name == "data_export.exports_data":
            break
        await pilot.press("down")
        asked = form.asked()
    await pilot.press("space", "enter")
    await pilot.pause()


async def name_item(pilot: Pilot[None], name: str) -> None:
    """One name, then on."""
    field = pilot.app.screen.query_one("#answer #exact", Input)
    field.value = name
    await pilot.press("enter")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def answer_open(pilot: Pilot[None], answers: Mapping[str, str]) -> str:
    """Answer the open question with the keys; the name of the fact."""
    app = pilot.app
    assert isinstance(app, ComplianceApp)
    form = form_of(app)
    assert isinstance(form, FactsForm)
    ref = form.asked()
    assert ref is not None
    options = form.query_one(Options)
    texts = [choice.text for choice in options.choices]
    wanted = answers[ref.name]
    if wanted not in texts:
        await pilot.press("equals_sign")
        form.query_one("#exact", Input).value = wanted
    elif texts.index(wanted) < 9:
        await pilot.press(str(texts.index(wanted) + 1))
    else:
        await pilot.press(*["down"] * (texts.index(wanted) + 1))
    await pilot.press("enter")
    await pilot.pause()
    return ref.name


async def start(pilot: Pilot[None], path: Path, stop_at: str) -> None:
    """Answer a plain exporter's questions until one is open."""
    await mark_export(pilot)
    await name_item(pilot, "loyalty")
    app = pilot.app
    assert isinstance(app, ComplianceApp)
    for _ in range(12):
        form = form_of(app)
        ref = form.asked()
        assert ref is not None
        if ref.name == stop_at:
            return
        await answer_open(pilot, PLAIN)
    raise AssertionError(f"{stop_at} was not asked")
