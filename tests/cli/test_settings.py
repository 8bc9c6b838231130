"""Settings files are a later issue: one that is found is refused by name with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import ROOT, Command

PROFILE = str(ROOT / "profiles" / "exporter-by-range.yaml")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("compliancecheck.toml", "fail-on = 'should'\n", "compliancecheck.toml:1:1"),
        ("pyproject.toml", "[project]\nname='x'\n[tool.compliancecheck]\n", "pyproject.toml:3:1"),
        ("pyproject.toml", "[tool.compliancecheck.rules]\n", "pyproject.toml:1:1"),
    ],
)
def test_a_settings_file_is_refused(
    command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    text: str,
    place: str,
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    done = command("check", PROFILE)
    assert done.code == 2
    assert f"{place}: settings files are not built yet" in done.err


def test_another_tools_table_and_what_is_above_the_repository_are_left_alone(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "compliancecheck.toml").write_text("x = 1\n", encoding="utf-8")
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "pyproject.toml").write_text("[tool.compliancechecker]\n", encoding="utf-8")
    monkeypatch.chdir(repository)
    assert command("check", PROFILE).code == 0
