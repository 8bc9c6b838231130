"""A list longer than is drawn says so, and its filter looks at all of it."""

from __future__ import annotations

from pathlib import Path

from compliancecheck.tui.lists import MOST_ROWS
from tests.tui.pilots import main_of, opened, text_of, until

LAST = "export 99"


def profile(folder: Path) -> Path:
    path = folder / "long.yaml"
    items = "".join(
        f"    - {{name: export {n}, access: sent_abroad, has_personal_information: true}}\n"
        for n in range(100)
    )
    path.write_text(f"data_export:\n  exports_data: true\n  transfers:\n{items}", encoding="utf-8")
    return path


async def test_a_cut_list_says_so_and_the_filter_finds_the_rest(tmp_path: Path) -> None:
    async with opened(profile(tmp_path)) as (app, pilot):
        await pilot.press("escape", "2")
        findings = main_of(app).findings
        await until(pilot, lambda: f"first {MOST_ROWS}" in text_of(app))
        await pilot.press("slash", *LAST, "enter")
        await until(pilot, lambda: f"first {MOST_ROWS}" not in text_of(app))
        assert LAST in text_of(app)
        assert findings.evaluation is not None
