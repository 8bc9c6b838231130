"""Draws the pictures of the documents with the app itself: `python docs/images/make.py`.

Each picture is a short walk with real keys over a copy of an example profile, without a terminal.
`make golden` draws them too, and the snapshots of `tests/tui` are taken on the same stage.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from compliancecheck import load_rules
from compliancecheck.tui.app import ComplianceApp

HERE = Path(__file__).resolve().parent
PROFILES = HERE.parent.parent / "profiles"
DAY = date(2026, 11, 24).toordinal()


@dataclass(frozen=True)
class Picture:
    """A file name, the example it starts from, what is changed in it, and the keys to press.

    Keys that stand in one string are pressed at one go. Without an example it is drawn from all
    of them, as the app shows a folder.
    """

    name: str
    profile: str | None
    change: Callable[[str], str]
    keys: tuple[str, ...]
    size: tuple[int, int]
    lang: str = "en"


def without_head_count(text: str) -> str:
    """The example as it is before the question for the head-count is answered."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.lstrip().startswith("people_nonsensitive_this_year")]
    return "".join(kept).partition("evidence:")[0]


PICTURES = (
    Picture("answer.svg", "exporter-by-range.yaml", without_head_count, ("2",), (100, 27)),
    Picture("findings.svg", "battery-just-under.yaml", str, ("2",), (100, 30)),
    Picture("dates.svg", "result-of-2023.yaml", str, ("4",), (100, 27)),
    Picture("matrix.svg", None, str, ("down " * 6 + "right " * 19,), (100, 20)),
)


@contextlib.contextmanager
def stage(picture: Picture) -> Iterator[ComplianceApp]:
    """The app, not yet running, in a folder of its own that holds nothing but the example.

    Nothing moves on it: a picture is the same at each speed.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        path, find = Path("my-company.yaml"), None
        if picture.profile is None:
            path, find = Path("profiles"), profiles
            shutil.copytree(PROFILES, path)
        else:
            text = (PROFILES / picture.profile).read_text(encoding="utf-8")
            path.write_text(picture.change(text), encoding="utf-8")
        app = ComplianceApp(path, load_rules(), as_of=DAY, lang=picture.lang, find=find)
        app.animation_level = "none"
        app.title = f"compliancecheck {path}"
        yield app


async def play(picture: Picture, pilot: Pilot[None]) -> None:
    """Press the keys, each string of them once the screen has come to rest."""
    await settle(pilot)
    for keys in picture.keys:
        await pilot.press(*keys.split())
        await settle(pilot)


async def draw(picture: Picture) -> str:
    """The picture as SVG."""
    with stage(picture) as app:
        async with app.run_test(size=picture.size) as pilot:
            await play(picture, pilot)
            return app.export_screenshot()


def profiles() -> tuple[list[str], int]:
    """The profiles of the folder, and that nothing was skipped."""
    return sorted(str(path) for path in Path("profiles").glob("*.yaml")), 0


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing works in the background and the screen has looked the same for a while:
    previews come after a short rest."""
    app, seen, same = pilot.app, "", 0
    while same < 4:
        await pilot.pause(0.15)
        for field in app.screen.query(Input):
            field.cursor_blink = False
        now = app.export_screenshot()
        rests = now == seen and all(worker.is_finished for worker in app.workers)
        same = same + 1 if rests else 0
        seen = now


def main(folder: Path = HERE) -> None:
    """Draw all pictures into a folder."""
    for picture in PICTURES:
        svg = asyncio.run(draw(picture))
        (folder / picture.name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
