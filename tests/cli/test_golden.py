"""What the commands print of the example profiles, kept in tests/golden/ and read by a person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from compliancecheck.model.safe import cell_width, safe_text
from tests.cli.command import DAY, ROOT, Command

Golden = Callable[[str, str], None]
FAILING = {"result-of-2023"}  # a `must` duty is overdue
PROFILES = sorted(path.stem for path in (ROOT / "profiles").glob("*.yaml"))


def path_of(profile: str) -> str:
    return f"profiles/{profile}.yaml"


def assert_plain(text: str) -> None:
    """80 cells a line, nothing that is not text."""
    for line in text.splitlines():
        assert cell_width(line) <= 80, line
        assert safe_text(line) == line
        assert line == line.rstrip()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("profile", PROFILES)
def test_check(command: Command, golden: Golden, profile: str, lang: str) -> None:
    done = command("check", path_of(profile), *DAY, "--lang", lang)
    assert done.code == (1 if profile in FAILING else 0)
    assert done.err == ""
    assert_plain(done.out)
    golden(f"check/{profile}.{lang}.txt", done.out)


@pytest.mark.parametrize("profile", PROFILES)
def test_explain(command: Command, golden: Golden, profile: str) -> None:
    done = command("explain", path_of(profile), *DAY)
    assert done.code == 0
    assert_plain(done.out)
    golden(f"explain/{profile}.en.txt", done.out)


@pytest.mark.parametrize(
    ("profile", "rule"),
    [
        ("battery-just-under", "rd-share"),
        ("exporter-by-range", "contract-or-certification"),
        ("exporter-by-range", "million-handler"),
        ("hotel-group", "exempt-hr"),
        ("grid-equipment", "assessment-important-data"),
    ],
)
def test_explain_one_rule_in_chinese(
    command: Command, golden: Golden, profile: str, rule: str
) -> None:
    day = "2024-03-21" if rule == "million-handler" else "2026-11-24"
    done = command("explain", path_of(profile), rule, "--as-of", day, "--lang", "zh")
    assert done.code == 0
    assert_plain(done.out)
    golden(f"explain/{profile}.{rule}.zh.txt", done.out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_questions(command: Command, golden: Golden, lang: str) -> None:
    done = command("questions", path_of("catl-2021"), *DAY, "--lang", lang)
    assert done.code == 0
    assert_plain(done.out)
    golden(f"questions/catl-2021.{lang}.txt", done.out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rules_list(command: Command, golden: Golden, lang: str) -> None:
    done = command("rules", "list", *DAY, "--lang", lang)
    assert done.code == 0
    assert_plain(done.out)
    golden(f"rules/list.{lang}.txt", done.out)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_starter(
    command: Command, golden: Golden, lang: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import date

    from compliancecheck.cli import options

    monkeypatch.setattr(options, "today", lambda: date(2026, 11, 24))
    path = f"{tmp_path}/new.yaml"
    assert command("init", path, "--lang", lang).code == 0
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert_plain(text)
    golden(f"init/new.{lang}.yaml", text)
