"""A long file: the screen says that it is read and judged before it can show anything else."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.tui import long_file, session
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.long_file import ReadingScreen
from compliancecheck.tui.session import Session
from tests.tui.pilots import AS_OF, HALF, SMALL, form_of, main_of, opened, rules, text_of, until


@pytest.fixture
def every_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LONG", 10)
    monkeypatch.setattr(long_file, "LONG", 10)


@pytest.fixture
def half(tmp_path: Path) -> Path:
    path = tmp_path / "half.yaml"
    path.write_text(HALF, encoding="utf-8")
    return path


class Gate:
    """Holds the reading of a file until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.let, open_it = threading.Event(), Session.open

        def slowly(*args: Any, **named: Any) -> Session:
            assert self.let.wait(20)
            return open_it(*args, **named)

        monkeypatch.setattr(Session, "open", slowly)


@asynccontextmanager
async def being_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[ComplianceApp, Pilot[None], Gate]]:
    """The app while it waits for a file to be read."""
    gate = Gate(monkeypatch)
    app = ComplianceApp(path, rules(), as_of=AS_OF)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: "reading " in text_of(app))
        yield app, pilot, gate


@pytest.mark.usefixtures("every_file_is_long")
async def test_a_long_file_shows_its_frame_while_it_is_read(
    half: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with being_read(half, monkeypatch) as (app, pilot, gate):
        assert "as of 2026-11-24" in text_of(app)
        assert "q quit" in text_of(app)
        await pilot.press("L")
        await until(pilot, lambda: "正在读取" in text_of(app))
        await pilot.press("v", "3")  # for the profile that is still to come
        gate.let.set()
        await until(pilot, lambda: app.main is not None and "第1题" in text_of(app))
        await until(pilot, lambda: "3 (•)" in text_of(app))
        await until(pilot, lambda: main_of(app).has_class("-hidden"))
        assert not any(isinstance(screen, ReadingScreen) for screen in app.screen_stack)


@pytest.mark.usefixtures("every_file_is_long")
async def test_a_long_file_can_be_left_while_it_is_read(
    half: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with being_read(half, monkeypatch) as (app, pilot, gate):
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
        gate.let.set()
    assert app.session is None
    assert app.return_code in (0, None)


def told_while_judging(app: ComplianceApp, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each judging from here on, whether it was painted before that one is at work."""
    painted, told = [""], []
    display, judge = app._display, evaluate

    def keep(screen: Any, update: Any) -> None:
        if hasattr(update, "render_segments"):
            painted.append(update.render_segments(app.console))
        display(screen, update)

    def judged(*args: Any, **named: Any) -> Any:
        told.append("judging" in painted[-1])
        return judge(*args, **named)

    monkeypatch.setattr(app, "_display", keep)
    monkeypatch.setattr(session, "evaluate", judged)
    return told


@pytest.mark.usefixtures("every_file_is_long")
async def test_an_answer_to_a_long_file_says_that_it_is_judged(
    half: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(half) as (app, pilot):
        await until(pilot, lambda: app.main is not None and "1 of about" in text_of(app))
        told = told_while_judging(app, monkeypatch)
        first = form_of(app).asked()
        await pilot.press("2", "enter")
        await until(pilot, lambda: form_of(app).asked() != first)
        assert told == [True]
        assert "judging" not in text_of(app)


async def test_a_short_file_says_nothing_of_it(half: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(half) as (app, pilot):
        told = told_while_judging(app, monkeypatch)
        first = form_of(app).asked()
        await pilot.press("2", "enter")
        await until(pilot, lambda: form_of(app).asked() != first)
        assert told == [False]


@pytest.mark.usefixtures("every_file_is_long")
async def test_a_file_that_is_long_and_broken_opens_with_its_problems(half: Path) -> None:
    half.write_text(HALF.replace("ciio: false", "ciio: perhaps"), encoding="utf-8")
    async with opened(half) as (app, pilot):
        await until(pilot, lambda: "half.yaml:4:9" in text_of(app))
        assert app.main is not None
