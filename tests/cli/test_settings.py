"""Settings files: who wins, where each comes from, and what is wrong is said with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from compliancecheck.reading.settings import PROJECT, USER, read_settings
from compliancecheck.tui.keymap import keymap_of
from tests.cli.command import DAY, ROOT, Command

PROFILE = str(ROOT / "profiles" / "exporter-by-range.yaml")
Put = Callable[[str, str], Path]


@pytest.fixture
def project(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """`project("compliancecheck.toml", text)` writes a file above the folder we stand in."""
    inside = tmp_path / "repository" / "deep" / "er"
    inside.mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(inside)

    def put(name: str, text: str) -> Path:
        path = tmp_path / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """`user(text)` writes the user's own settings."""
    path = tmp_path / "config" / "settings.toml"
    monkeypatch.setenv("COMPLIANCECHECK_CONFIG", str(path))

    def put(text: str) -> Path:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def rows(command: Command, *argv: str) -> dict[str, tuple[str, str]]:
    done = command(*argv, "--show-settings", "--format", "json")
    assert done.code == 0, done.err
    return {row["setting"]: (row["value"], row["from"]) for row in json.loads(done.out)}


def test_each_level_wins_over_the_ones_below(
    command: Command, project: Put, user: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rows(command, "check")["lang"] == ("en", "default")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert rows(command, "check")["lang"] == ("zh", "LANG")
    path = user("# mine\nlang = 'en'\n")
    assert rows(command, "check")["lang"] == ("en", f"{path}:2")
    project("compliancecheck.toml", "lang = 'zh'\n")
    assert rows(command, "check")["lang"] == ("zh", "../../compliancecheck.toml:1")
    assert rows(command, "check", "--lang", "en")["lang"] == ("en", "command line")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("compliancecheck.toml", ""),
        ("pyproject.toml", "[project]\nname='x'\n[tool.compliancecheck]\n"),
    ],
)
def test_check_takes_selection_threshold_and_formats(
    command: Command, project: Put, name: str, head: str
) -> None:
    text = "select = ['rd-*']\nfail-on = 'should'\nformats = ['json:out.json']\n"
    path = project(name, head + text)
    profile = str(ROOT / "profiles" / "battery-just-under.yaml")
    done = command("check", profile, *DAY)
    assert (done.code, done.out) == (1, "")
    report = json.loads((path.parent / "out.json").read_text(encoding="utf-8"))
    rules = {finding["rule"].rpartition("/")[2] for finding in report["profiles"][0]["findings"]}
    assert rules
    assert all(rule.startswith("rd-") for rule in rules)
    given = ("--fail-on", "must", "--format", "text", "--select", "scope*")
    done = command("check", profile, *DAY, *given)
    assert done.code == 0
    assert "rd-" not in done.out


def test_rules_are_those_beside_the_file(command: Command, project: Put) -> None:
    project("packs/none.txt", "")
    project("compliancecheck.toml", "rules = ['packs']\n")
    done = command("rules", "list")
    assert done.code == 2
    assert "../../packs" in done.err
    assert command("rules", "list", "--rules", "shipped").code == 0


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("lang = 'en'\nrules = ['shipped', 'nowhere']\n", "2:21", "there is no directory of rules"),
        ("rules = ['packs']\n", "1:10", "no pack is in"),
    ],
)
def test_rules_that_are_not_there_are_told_in_the_settings(
    command: Command, project: Put, text: str, place: str, what: str
) -> None:
    project("packs/none.txt", "")
    project("compliancecheck.toml", text)
    done = command("rules", "list")
    assert done.code == 2
    assert f"../../compliancecheck.toml:{place}: {what}" in done.err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("tool = {compliancecheck = {lang = 'en', fail-on = 'no'}}\n", "1:51"),
        ("[tool]\ncompliancecheck = {fail-on = 'no'}\n", "2:30"),
        ("[tool]\ncompliancecheck.fail-on = 'no'\n", "2:27"),
        ("tool.compliancecheck.fail-on = 'no'\n", "1:32"),
        ("[ tool . 'compliancecheck' ]\nfail-on = 'no'\n", "2:11"),
        ("[tool.'compliancecheck']\n'fail-on' = 'no'\n", "2:13"),
    ],
)
def test_every_way_to_write_the_table_of_a_pyproject(
    command: Command, project: Put, text: str, place: str
) -> None:
    project("pyproject.toml", text)
    done = command("check", PROFILE, *DAY)
    assert done.code == 2
    assert f"pyproject.toml:{place}: `fail-on` is none of its values" in done.err


def test_a_table_of_another_tool_is_no_setting_though_it_names_us(
    command: Command, project: Put
) -> None:
    project("pyproject.toml", "[tool.other]\nplugins = ['compliancecheck']\nfail-on = 1\n")
    assert command("check", PROFILE, *DAY, "--fail-on", "never").code == 0


def test_another_tools_table_and_what_is_above_the_repository_are_left_alone(
    command: Command, project: Put, tmp_path: Path
) -> None:
    (tmp_path / "compliancecheck.toml").write_text("x = 1\n", encoding="utf-8")
    project("pyproject.toml", "[tool.compliancechecker]\nx = 1\n")
    assert command("check", PROFILE, *DAY, "--fail-on", "never").code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang = 'fr'\n", '1:8: `lang` is none of its values|write "en" or "zh"'),
        ("\nfail_on = 'must'\n", "2:1: no setting `fail_on`; perhaps `fail-on`?"),
        ("select = 'x'\n", "1:10: `select` is a list of texts"),
        ("select = ['rd-*',\n  'nope']\n", "2:3: `select nope` matches no rule"),
        ("formats = [\n 'xml']\n", "2:2: there is no format `xml`"),
        ("formats = ['sarif']\n", "1:12: the format `sarif` is not built yet"),
        ("waivers = 'should'\n", "1:1: `waivers` is no setting: waivers are not built yet"),
        ("as-of = 2026-01-01\n", "1:1: `as-of` is no setting: a day in a file would grow old"),
        ("[ui]\ntheme = 'dark'\n", "2:1: `ui.theme` is a setting of a person, not of a project"),
        ("[keys]\nwhy = 'W'\n", "1:1: `keys` is a setting of a person"),
        ("lang = \n", "1:8: this is not TOML: invalid value"),
        ("lang = 'en'\n[[formats]]\nx = 1\n", "2:1: `formats` is a list of texts"),
        ("a = [1\n", "1:7: this is not TOML: "),
        ("lang = 'en'\nlang = 'zh'\n", "2:12: this is not TOML: cannot overwrite a value"),
        (f"x = {'[' * 5000}\n", "1:"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    command: Command, project: Put, text: str, said: str
) -> None:
    project("compliancecheck.toml", text)
    done = command("check", PROFILE, *DAY)
    assert done.code == 2
    for words in said.split("|"):
        assert words in done.err
    assert "../../compliancecheck.toml:" in done.err
    assert "Traceback" not in done.err


def test_bytes_that_are_no_text_and_hostile_names(
    command: Command, project: Put, user: Callable[[str], Path]
) -> None:
    path = user("")
    path.write_bytes(b"lang = '\xff'\n")
    assert f"{path}:1:9: the file is not UTF-8" in command("check", PROFILE).err
    user("'##[error]\\u001b[31m' = 1\n'\x7f' = 2\n")
    done = command("check", PROFILE)
    assert done.code == 2
    assert "##[" not in done.err
    user('"##[error]\\u001b[31m" = 1\n')
    done = command("check", PROFILE)
    assert "##[" not in done.err
    assert "\x1b" not in done.err


def test_a_project_setting_in_the_users_file(command: Command, user: Callable[[str], Path]) -> None:
    path = user("fail-on = 'must'\n")
    done = command("check", PROFILE)
    assert done.code == 2
    assert f"{path}:1:1: `fail-on` is a setting of a project, not of a person" in done.err


COMMANDS = [
    ("check", PROFILE), ("explain", PROFILE, "rd-share"), ("compare", PROFILE), ("rules", "list"),
    ("deadlines", "rd-share"), ("what-if", PROFILE, "rd-share"), ("questions", PROFILE),
    ("init", "new.yaml"),
]  # fmt: skip


@pytest.mark.parametrize("argv", COMMANDS, ids=lambda argv: argv[0])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[ui]\ntheme = 'drak'\n", "2:9: `ui.theme` is none of its values; perhaps `dark`?"),
        ("ui.theme = 'norb'\n", "1:12: `ui.theme` is none of its values; perhaps `nord`?"),
        ("ui.theme = 1\n", "1:12: `ui.theme` is none of its values"),
        ("ui.symbols = 'asci'\n", "1:14: `ui.symbols` is none of its values; perhaps `ascii`?"),
        ("ui.mouse = 'no'\n", "1:12: `ui.mouse` is true or false"),
        ("ui.plian = true\n", "1:1: no setting `ui.plian`; perhaps `ui.plain`?"),
        ("[ui]\nlang = 'zh'\n", "2:1: no setting `ui.lang`; perhaps `lang`?"),
        ("theme = 'dark'\n", "1:1: no setting `theme`; perhaps `ui.theme`?"),
    ],
)
def test_every_command_refuses_what_the_app_would(
    command: Command, user: Callable[[str], Path], argv: tuple[str, ...], text: str, said: str
) -> None:
    path = user(text)
    done = command(*argv)
    assert done.code == 2
    assert f"{path}:{said}" in done.err


def test_show_settings_reads_like_a_table(
    command: Command, project: Put, user: Callable[[str], Path]
) -> None:
    path = user("ui.theme = 'light'\n[keys]\nwhy = 'W'\n'full.dates' = ['F', 'ctrl+g']\n")
    project("compliancecheck.toml", "select = ['rd-*', 'scope']\n")
    done = command("--show-settings")
    assert done.code == 0
    lines = [line.split("  ") for line in done.out.splitlines()]
    table = {line[0].strip(): [cell.strip() for cell in line[1:] if cell] for line in lines}
    assert table["select"] == ["rd-*, scope", "../../compliancecheck.toml:1"]
    assert table["ui.theme"] == ["light", f"{path}:1"]
    assert table["keys.why"] == ["W", f"{path}:3"]
    assert table["keys.full.dates"] == ["F, ctrl+g", f"{path}:4"]
    assert table["ui.mouse"] == ["true", "default"]
    assert f"user     {path}" in done.out


def test_the_settings_of_the_guides_can_be_used() -> None:
    found = {}
    for page in ("user-guide.md", "keys.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        for n, block in enumerate(re.findall(r"^```toml\n(.*?)^```$", text, re.M | re.S)):
            level = PROJECT if block.startswith("# compliancecheck.toml") else USER
            file = read_settings(f"{page}-{n}", block, level)
            found[file.path] = (len(file.given), file.problems)
            assert keymap_of(file.given.get("keys"))[1] == []
    assert len(found) == 3
    assert all(given and not problems for given, problems in found.values())
