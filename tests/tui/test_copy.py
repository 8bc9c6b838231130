"""What can be copied, that no command can leave with it, and what is written to files."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from compliancecheck.model.findings import Finding
from compliancecheck.tui import copying, export
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.export import free_name, write
from compliancecheck.tui.name_prompt import NamePrompt
from compliancecheck.tui.overlays import Ask
from compliancecheck.tui.words import say
from tests.tui.pilots import PROFILES, main_of, opened, text_of, until

HOSTILE = "[bold]x[/] \x1b[31m \u202e ##[error] `````"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    found = tmp_path / "p.yaml"
    found.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    return found


def said(app: ComplianceApp) -> str:
    return "\n".join(str(toast.message) for toast in app._notifications)


def by_key(app: ComplianceApp) -> dict[str, str]:
    return {piece.key: piece.text for piece in copying.pieces(app)}


async def to_findings(pilot) -> Finding:  # type: ignore[no-untyped-def]
    app = pilot.app
    await pilot.press("escape", "2")
    await until(pilot, lambda: isinstance(main_of(app).findings.current, Finding))
    current = main_of(app).findings.current
    assert isinstance(current, Finding)
    return current


@pytest.mark.parametrize(("lang", "hint"), [("en", "^q quits"), ("zh", "^q 退出")])
async def test_control_c_in_a_field_says_what_it_did(path: Path, lang: str, hint: str) -> None:
    async with opened(path, lang=lang) as (app, pilot):
        await pilot.press("escape", "3", "slash", *"data")
        await until(pilot, lambda: isinstance(app.screen.focused, Input))
        await pilot.press("ctrl+c")
        await until(pilot, lambda: hint in said(app))
        assert app.clipboard == ""
        await pilot.press("shift+home", "ctrl+c")
        await until(pilot, lambda: say("piece.selected", lang) in said(app))
        assert app.clipboard == "data"


async def test_of_a_finding(path: Path) -> None:
    async with opened(path) as (app, pilot):
        finding = await to_findings(pilot)
        found = by_key(app)
        assert found["piece.rule"] == finding.rule
        assert found["piece.markdown"].startswith("### ✗ FAIL ")
        assert "```text" in found["piece.markdown"]
        assert "2(1)" in found["piece.citation"]
        assert found["piece.yaml"] in path.read_text()
        assert ":" in found["piece.yaml"]


async def test_of_rules_dates_compare_and_pages(path: Path) -> None:
    path.write_bytes((PROFILES / "result-of-2023.yaml").read_bytes())
    async with opened(path) as (app, pilot):
        main = main_of(app)
        await pilot.press("escape", "3")
        await until(pilot, lambda: main.rules.current is not None)
        main.rules.pick("cn.npc.pipl/impact-assessment")
        await pilot.pause()
        found = by_key(app)
        assert found["piece.rule"] == "cn.npc.pipl/impact-assessment"
        assert found["piece.entry"].startswith("- ")
        await pilot.press("w")
        await until(pilot, lambda: "piece.page" in by_key(app))
        await pilot.press("escape", "4")
        await until(pilot, lambda: main.dates.current is not None)
        assert "piece.act" in by_key(app)
        await pilot.press("5")
        await until(pilot, lambda: main.compare.current is not None)
        assert "piece.cursor" in by_key(app)


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_c_copies_what_is_chosen(path: Path, lang: str) -> None:
    async with opened(path, lang=lang) as (app, pilot):
        finding = await to_findings(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.pause()
        assert say("write_to_file", lang) in text_of(app)
        app.screen.query_one(OptionList).highlighted = 0
        await pilot.press("enter")
        await until(pilot, lambda: app.clipboard == finding.rule)


async def test_no_escape_leaves_with_what_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "p.yaml"
    name = json.dumps(HOSTILE)
    path.write_text(
        "data_export:\n  exports_data: true\n  transfers:\n"
        f"    - name: {name}\n      access: sent_abroad\n"
    )
    async with opened(path) as (app, pilot):
        await to_findings(pilot)
        sent: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", sent.append)
        for piece in copying.pieces(app):
            assert "\x1b" not in piece.text
            assert "\u202e" not in piece.text
            copying.put(app, piece)
        ours = [text for text in sent if text.startswith("\x1b]52;c;")]
        assert len(ours) == len(copying.pieces(app))
        for text in ours:
            body = text.removeprefix("\x1b]52;c;").rstrip("\a")
            assert "\x1b" not in base64.b64decode(body).decode()
        markdown = by_key(app).get("piece.markdown", "")
        assert "\n```text" in markdown


async def test_the_line_of_the_file_and_the_file_to_write(path: Path) -> None:
    async with opened(path) as (app, pilot):
        finding = await to_findings(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, Ask))
        await pilot.press("end", "enter")
        await until(pilot, lambda: say("write_which", "en") in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NamePrompt))
        app.screen.query_one(Input).value = path.name
        await pilot.press("enter")
        await until(pilot, lambda: "is there already" in text_of(app))
        app.screen.query_one(Input).value = "out.txt"
        await pilot.press("enter")
        await until(pilot, lambda: Path("out.txt").is_file())
        assert Path("out.txt").read_text() == finding.rule + "\n"


# -- files -----------------------------------------------------------------------------------------


def test_a_file_that_is_there_is_not_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert write(str(path), "one") == ""
    assert write(str(path), "two") != ""
    assert path.read_text() == "one"
    assert write(str(path), "two", over=True) == ""
    assert path.read_text() == "two"
    assert free_name(str(path)) == str(tmp_path / "a-2.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("ending", "holds"),
    [
        ("md", ["## compliancecheck", "## Proofs", "```text"]),
        ("txt", ["✗ FAIL", "as of 2026-11-24"]),
        ("json", ['"findings"', '"schema"']),
        ("ics", ["BEGIN:VCALENDAR", "END:VCALENDAR"]),
    ],
)
async def test_the_whole_report(path: Path, ending: str, holds: list[str]) -> None:
    async with opened(path) as (app, pilot):
        app.action_export()
        await until(pilot, lambda: isinstance(app.screen, Ask))
        listed = app.screen.query_one(OptionList)
        listed.highlighted = list(export.FORMATS).index(ending)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NamePrompt))
        name = app.screen.query_one(Input).value
        assert name.startswith("p-")
        assert name.endswith(f"-2026-11-24.{ending}")
        await pilot.press("enter")
        await until(pilot, lambda: Path(name).is_file())
        text = Path(name).read_text()
        assert [part for part in holds if part not in text] == []
        assert "\x1b" not in text
        if ending == "json":
            assert json.loads(text)["profiles"][0]["counts"]["fail"] == 1


async def test_replacing_a_report_is_asked(path: Path) -> None:
    name = "p-report-2026-11-24.md"
    Path(name).write_text("mine")
    async with opened(path) as (app, pilot):
        for answer, kept in (("enter", True), ("down", False)):
            app.run_worker(export.export(app, "md"))
            await until(pilot, lambda: isinstance(app.screen, NamePrompt))
            await pilot.press("enter")
            await until(pilot, lambda: "Replace it?" in text_of(app))
            await pilot.press(*([] if kept else [answer]), "enter")
            await until(pilot, lambda: not isinstance(app.screen, Ask))
            if not kept:
                await until(pilot, lambda: Path(name).read_text() != "mine")
            assert (Path(name).read_text() == "mine") is kept


async def test_a_picture_says_where_it_went(path: Path) -> None:
    async with opened(path) as (app, pilot):
        export.screenshot(app)
        export.screenshot(app)
        assert Path("p-screen-2026-11-24.svg").read_text().startswith("<svg")
        assert Path("p-screen-2026-11-24-2.svg").is_file()
        await until(pilot, lambda: "Written:" in said(app))


async def test_a_broken_file_has_no_report(path: Path) -> None:
    path.write_text("data_export:\n  ciio: flase\n")
    async with opened(path) as (app, pilot):
        app.action_export()
        await until(pilot, lambda: "There is no report yet" in said(app))
