"""The journeys of a user through proofs, and with a profile too deep or too long: 7 and 10.

The texts of a hostile profile stand in ``test_hostile``.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.tui import editor
from compliancecheck.tui.app import ComplianceApp
from tests.tui.pilots import LARGE, PROFILES, SMALL, at_tab, grid, main_of, opened, text_of, until

RD_SHARE = "cn.miit.2024-14/rd-share"
ALL = [(SMALL, "en"), (LARGE, "en"), (SMALL, "zh"), (LARGE, "zh")]


def status_of(app: ComplianceApp, rule: str) -> DisplayStatus:
    assert app.session is not None
    assert app.session.evaluation is not None
    (finding,) = [f for f in app.session.evaluation.findings if (f.rule, f.item) == (rule, "2025")]
    return display_status(finding)


@pytest.mark.parametrize(("size", "lang"), ALL)
async def test_7_why_does_this_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], lang: str
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setenv("EDITOR", "vim")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(editor, "run", lambda words: ran.append(words))
    path = tmp_path / "p.yaml"
    path.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    async with opened(path, size, lang) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: main_of(app).tab == 2 and "●" in text_of(app))
        short = "CNY 100,000 short" if lang == "en" else "尚差10万元"
        assert short in text_of(app)
        first = next(line for line in grid(app) if line[:3].strip() in set("✗!?~i✓"))
        assert "✗" in first
        await pilot.press("enter")
        await until(pilot, lambda: "2.99%" in text_of(app))
        await until(pilot, lambda: "p.yaml:" in text_of(app))
        await pilot.press("o")
        await until(pilot, lambda: bool(ran))
        (words,) = ran
        assert words[0] == "vim"
        line = path.read_text().splitlines()[int(words[1].removeprefix("+")) - 1]
        assert any(name in line for name in ("rd_expense", "process_improve", "main_business"))
        text = path.read_text().replace("8.9 million", "9 million")
        path.write_text(text)  # the bound itself is enough
        await until(pilot, lambda: status_of(app, RD_SHARE) is DisplayStatus.PASS)
        await until(pilot, lambda: ("✓ MET" if lang == "en" else "✓ 符合") in text_of(app))
        if lang == "zh":
            assert "FAIL" not in text_of(app)


# -- 10: a hostile profile ------------------------------------------------------------------------


async def test_10_deep_nesting_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("common:\n  company_name: " + "[" * 200 + "]" * 200 + "\n")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "64" in text_of(app))
        assert "2:" in text_of(app)


async def test_10_thousands_of_transfers_open(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    items = "".join(f"    - {{name: t{n}, access: sent_abroad}}\n" for n in range(10_000))
    path.write_text("data_export:\n  exports_data: true\n  transfers:\n" + items)
    async with opened(path) as (app, pilot):
        for _ in range(6):  # it takes some seconds of the processor
            with suppress(AssertionError):
                await until(pilot, lambda: "2 Findings" in text_of(app))
                break
        main_of(app).action_tab(2)
        await until(pilot, lambda: "500" in text_of(app))
        assert app.session is not None
        assert app.session.evaluation is not None
        found = app.session.evaluation.findings
        assert len({finding.item for finding in found if finding.item is not None}) == 10_000


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_10_the_smallest_screen_works(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    async with opened(path, (40, 10), lang) as (app, pilot):
        for tab in ("2", "3", "1"):
            await pilot.press(tab)
            await at_tab(pilot, app, int(tab))
            await pilot.pause(0.2)
            assert len([line for line in grid(app) if line.strip()]) >= 5
        await pilot.resize_terminal(30, 8)
        await until(pilot, lambda: "40×10" in text_of(app))
        await pilot.resize_terminal(40, 10)
        await until(pilot, lambda: "40×10" not in text_of(app))
