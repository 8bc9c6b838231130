"""One answer everywhere: the app, `check` and `explain` say the same of every profile."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from compliancecheck.reading.packs import load_rules
from compliancecheck.tui.session import Session
from tests.cli.command import ROOT, Command

PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))
DAYS = ("2022-08-31", "2024-03-21", "2026-11-24")
Said = set[tuple[str, str | None, str, tuple[str, ...]]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(ROOT)
    return Command(capsys)


def printed(command: Command, name: str, path: Path, day: str) -> Said:
    done = command(name, str(path), "--as-of", day, "--format", "json")
    profile = json.loads(done.out)["profiles"][0]
    return {
        (f["rule"], f.get("item"), f["status"], tuple(f["possible"])) for f in profile["findings"]
    }


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_app_check_and_explain_agree(command: Command, path: Path, day: str) -> None:
    session = Session.open(str(path), load_rules(), date.fromisoformat(day).toordinal())
    assert session.evaluation is not None
    shown: Said = {
        (f.rule, f.item, f.status.value, tuple(sorted(o.value for o in f.possible)))
        for f in session.evaluation.findings
    }

    def plain(said: Said) -> Said:
        """`met` and `not_met` are printed as `informative`."""
        names = {"met": "informative", "not_met": "informative"}
        return {
            (rule, item, status, tuple(sorted({names.get(o, o) for o in possible})))
            for rule, item, status, possible in said
        }

    checked = printed(command, "check", path, day)
    assert plain(checked) == plain(shown)
    explained = printed(command, "explain", path, day)
    assert explained <= checked
    fired = {said for said in checked if "not_applicable" not in said[3]}
    assert fired <= explained  # what does not apply, or only may apply, is explained by name
