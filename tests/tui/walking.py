"""A walk over the screens of the app: a few keys lead to one more, and all are looked at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from textual.pilot import Pilot

from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.preferences import Preferences
from tests.tui.pilots import PROFILES, NotDrawn, grid, opened

STEPS: tuple[tuple[str, ...], ...] = (
    (), ("down",), ("w",), ("escape",), ("question_mark",), ("escape",), ("colon",), ("escape",),
    ("2",), ("down", "down"), ("enter",), ("space",), ("w",), ("escape", "escape", "slash"),
    ("x", "y"), ("escape", "escape", "f"), ("3",), ("space", "down", "space", "down"),
    ("enter",), ("escape", "4"), ("enter",), ("escape", "a"), ("escape", "5"), ("enter",),
    ("escape", "e"), ("escape", "t"), ("escape",),
)  # fmt: skip


async def walk(
    folder: Path,
    lang: str = "en",
    size: tuple[int, int] = (100, 30),
    profile: str = "exporter-by-range",
    *,
    preferences: Preferences | None = None,
) -> AsyncIterator[tuple[str, ComplianceApp, Pilot[None]]]:
    """A name of each screen (the keys that led there) with the app that shows it."""
    path = folder / "p.yaml"
    path.write_bytes((PROFILES / f"{profile}.yaml").read_bytes() if profile else b"")
    if not profile:
        path.unlink()
    async with opened(path, size, lang, preferences=preferences) as (app, pilot):
        for keys in STEPS:
            await pilot.press(*keys)
            await settle(app, pilot)
            yield " ".join(keys) or "start", app, pilot


async def settle(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """Wait until two looks at the screen show the same."""
    before: list[str] = []
    for _ in range(40):
        await pilot.pause(0.05)
        try:
            now = grid(app)
        except NotDrawn:
            continue
        if now == before:
            return
        before = now
