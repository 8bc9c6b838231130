"""Draws the pictures of the documents with the app itself: `python docs/images/make.py`.

Each picture is a short walk with real keys over a copy of an example profile, without a terminal.
`make golden` draws them too.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from compliancecheck import load_rules
from compliancecheck.tui.app import ComplianceApp

HERE = Path(__file__).resolve().parent
PROFILES = HERE.parent.parent / "profiles"
DAY = date(2026, 11, 24).toordinal()
FONT = re.compile(r"@font-face \{.*?\}\s*", re.S)  # a picture loads nothing from elsewhere


@dataclass(frozen=True)
class Picture:
    """A file name, the example it starts from, what is changed in it, and the keys to press.

    Without an example it is drawn from all of them, as the app shows a folder.
    """

    name: str
    profile: str | None
    change: Callable[[str], str]
    keys: tuple[str, ...]
    size: tuple[int, int]


def without_head_count(text: str) -> str:
    """The example as it is before the question for the head-count is answered."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.lstrip().startswith("people_nonsensitive_this_year")]
    return "".join(kept).partition("evidence:")[0]


PICTURES = (
    Picture("answer.svg", "exporter-by-range.yaml", without_head_count, ("2",), (100, 27)),
    Picture("findings.svg", "battery-just-under.yaml", str, ("2",), (100, 30)),
    Picture("dates.svg", "result-of-2023.yaml", str, ("4",), (100, 27)),
    Picture("matrix.svg", None, str, ("down",) * 6 + ("right",) * 19, (100, 20)),
)


async def draw(picture: Picture) -> str:
    """The picture as SVG."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        path, find = Path("my-company.yaml"), None
        if picture.profile is None:
            path, find = Path("profiles"), profiles
            shutil.copytree(PROFILES, path)
        else:
            text = (PROFILES / picture.profile).read_text(encoding="utf-8")
            path.write_text(picture.change(text), encoding="utf-8")
        app = ComplianceApp(path, load_rules(), as_of=DAY, find=find)
        async with app.run_test(size=picture.size) as pilot:
            await settle(pilot)
            for key in picture.keys:
                await pilot.press(key)
                await settle(pilot)
            return FONT.sub("", app.export_screenshot(title=f"compliancecheck {path}"))


def profiles() -> tuple[list[str], int]:
    """The profiles of the folder, and that nothing was skipped."""
    return sorted(str(path) for path in Path("profiles").glob("*.yaml")), 0


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the screen has looked the same for a while: previews come after a short rest."""
    seen, same = "", 0
    while same < 4:
        await pilot.pause(0.15)
        now = pilot.app.export_screenshot()
        same = same + 1 if now == seen else 0
        seen = now


def main(folder: Path = HERE) -> None:
    """Draw all pictures into a folder."""
    for picture in PICTURES:
        svg = asyncio.run(draw(picture))
        (folder / picture.name).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
