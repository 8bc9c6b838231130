"""Draws the pictures of the documentation with the app itself: `python docs/images/make.py`.

Each picture is a walk with real keys, without a terminal, over a copy of the README's profile.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from compliancecheck import load_rules
from compliancecheck.tui.app import ComplianceApp

HERE = Path(__file__).resolve().parent
PROFILE = HERE.parent.parent / "profiles" / "exporter-by-range.yaml"
DAY = date(2026, 11, 24).toordinal()
SIZE = (100, 30)


async def draw(keys: tuple[str, ...], out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "volta.yaml"
        shutil.copyfile(PROFILE, path)
        app = ComplianceApp(path, load_rules(), as_of=DAY)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.5)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.3)
            print(app.screen._compositor)
            out.write_text(app.export_screenshot(title="compliancecheck"), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(draw(tuple(sys.argv[2:]), Path(sys.argv[1])))
