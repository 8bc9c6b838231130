"""The command line: what is refused with which hint, and what each exit code means."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from compliancecheck.cli.main import COMMANDS
from tests.cli.command import DAY, ROOT, Command

MUST_FAILS = """\
data_export:
  exports_data: true
  ciio: false
  transfers:
    - {name: one, access: sent_abroad, has_personal_information: true, notice_given: false}
"""
FINE = "battery: {applies: false}\n"
BROKEN = "battery: {applies: perhaps}\n"
CONTRADICTS = """\
data_export:
  transfers:
    - {name: one, people_nonsensitive_this_year: 2000}
    - {name: two, people_nonsensitive_this_year: 3000}
  people_nonsensitive_this_year: 6000
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (
        ("fails.yaml", MUST_FAILS),
        ("fine.yaml", FINE),
        ("broken.yaml", BROKEN),
        ("contradicts.yaml", CONTRADICTS),
        ("other.yml", "services: {web: {image: x}}\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        ("fine.yaml", "", 0),
        ("fails.yaml", "", 1),
        ("fails.yaml", "--fail-on never", 0),
        ("fine.yaml fails.yaml", "", 1),
        ("broken.yaml", "", 2),
        ("broken.yaml", "--fail-on never", 2),
        ("fails.yaml broken.yaml", "", 2),
        ("contradicts.yaml", "", 2),
        ("missing.yaml", "", 2),
        ("other.yml", "", 2),
        ("other.yml", "--skip-others", 0),
        ("fails.yaml other.yml", "--skip-others", 1),
        ("fails.yaml", "--select rd-share", 0),
        ("fails.yaml", "--ignore cn.npc.pipl", 0),
        ("fails.yaml", "--select no-such-rule", 2),
        ("fails.yaml", "--select rd-share --ignore cn.miit.*", 2),
        (".", "", 2),
    ],
)
def test_exit_code(command: Command, folder: Path, files: str, options: str, code: int) -> None:
    paths = [str(folder / name) for name in files.split()]
    done = command("check", *paths, *options.split(), *DAY)
    assert done.code == code
    if code == 2:
        assert "error: " in done.err
    assert "Traceback" not in done.out + done.err


@pytest.mark.parametrize(("file", "code"), [("fine", 0), ("fails", 1), ("broken", 2)])
def test_json_has_the_same_exit_code(command: Command, folder: Path, file: str, code: int) -> None:
    done = command("check", str(folder / f"{file}.yaml"), *DAY, "--format", "json")
    data = json.loads(done.out)
    assert (done.code, data["exit"]) == (code, code)
    assert bool(data["problems"]) is (code == 2)
    assert data["profiles"][0]["evaluated"] is (code != 2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check", "required"),
        ("chek x", "perhaps `check`"),
        ("deadlines", "required"),
        ("verify x", "`verify` is not built yet"),
        ("check --as-of 2026-02-30 x", "`2026-02-30` is not a day"),
        ("check --as-of 24.11.2026 x", "write it as 2026-11-24"),
        ("check --as-of ２０２６-01-01 x", "write it as 2026-11-24"),
        ("check --law 2024-13-01 profiles/catl-2021.yaml", "`2024-13-01` is not a day"),
        ("check --fial-on must x", "perhaps `--fail-on`"),
        ("check --fail-on all x", "invalid choice"),
        ("check --format sarif x", "`sarif` is not built yet"),
        ("check --format yaml x", "there are text, json and github"),
        ("check --format json: x", "names no file"),
        ("check --format json --format text x", "cannot both go to standard output"),
        ("check --format json:a --format text:a x", "cannot both go to `a`"),
        ("check --rules /no/such/place x", "no such directory"),
        ("explain profiles/catl-2021.yaml rd-shar", "perhaps `rd-share`"),
        ("explain profiles", "this is a directory"),
        ("explain profiles/catl-2021.yaml cn.cac.2021-8/needs", "perhaps `cn.cac.2021-8/need`"),
        ("rules lits", "perhaps `list`"),
        ("rules prove", "not built yet"),
        ("schema rules", "invalid choice"),
        ("schema --check /no/such/file", "no such file"),
        ("ui", "needs a terminal"),
        ("init profiles/catl-2021.yaml", "was not changed"),
        ("init /no/such/place/x.yaml", "cannot be written"),
    ],
)
def test_what_is_wrong_is_said_with_a_hint(command: Command, line: str, said: str) -> None:
    done = command(*line.split())
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("line", ["--help", "--version"])
def test_help(command: Command, line: str) -> None:
    done = command(line)
    assert done.code == 0
    assert "compliancecheck" in done.out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(command: Command, name: str) -> None:
    done = command(name, "--help")
    assert done.code == 0
    assert done.out.startswith(f"usage: compliancecheck {name}")
    assert command("help", name).out == done.out


def test_a_day_before_all_law_is_no_silent_zero(command: Command, folder: Path) -> None:
    line = ("check", str(folder / "fine.yaml"), "--select", "cn.cac.2024-16")
    done = command(*line, "--as-of", "2024-03-21")
    assert done.code == 2
    assert done.out.endswith("exit 2: no chosen rule is in force that day\n")


def test_the_other_profiles_are_evaluated(command: Command, folder: Path) -> None:
    names = ("broken.yaml", "fails.yaml", "contradicts.yaml")
    done = command("check", *(str(folder / n) for n in names), *DAY)
    assert done.code == 2
    assert "✗ FAIL" in done.out
    assert done.err.count("this profile was not evaluated; exit 2") == 2
    assert done.out.endswith("exit 2: 2 of 3 profiles were not evaluated\n")


def test_a_contradiction_is_shown_at_every_answer(command: Command, folder: Path) -> None:
    done = command("check", str(folder / "contradicts.yaml"), *DAY)
    places = [line for line in done.err.splitlines() if line.startswith("error: ")]
    assert [place.split(":")[2] for place in places] == ["3", "4", "5"]
    assert "more than all items together" in done.err
    assert done.out == ""


def test_a_directory_is_searched_and_what_was_skipped_is_said(
    command: Command, folder: Path
) -> None:
    (folder / "broken.yaml").unlink()
    (folder / "contradicts.yaml").unlink()
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.yaml").write_text(FINE)
    done = command("check", str(folder), *DAY)
    assert done.code == 1
    assert done.out.count("as of 2026-11-24") == 2
    assert "1 other file was skipped" in done.err


def test_standard_input(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MUST_FAILS.encode())))
    done = command("check", "-", *DAY)
    assert done.code == 1
    assert "<stdin>:5:86" in done.out


def test_reports_in_files(command: Command, folder: Path) -> None:
    text, data = folder / "out.txt", folder / "out.json"
    done = command(
        "check", str(folder / "fails.yaml"), *DAY, "--format", f"json:{data}",
        "--format", f"text:{text}",
    )  # fmt: skip
    assert (done.code, done.out, done.err) == (1, "", "")
    assert json.loads(data.read_text(encoding="utf-8"))["exit"] == 1
    assert "✗ FAIL" in text.read_text(encoding="utf-8")
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == []


def test_a_report_that_cannot_be_written_leaves_nothing(command: Command, folder: Path) -> None:
    target = folder / "no" / "out.json"
    done = command("check", str(folder / "fine.yaml"), *DAY, "--format", f"json:{target}")
    assert done.code == 2
    assert "was not written" in done.err
    assert not target.exists()


def test_output_is_the_same_each_time(command: Command) -> None:
    line = ("check", "profiles/catl-2021.yaml", *DAY, "--format", "json")
    assert command(*line).out == command(*line).out


def test_colours_only_when_asked(command: Command, folder: Path) -> None:
    line = ("check", str(folder / "fails.yaml"), *DAY)
    assert "\x1b" not in command(*line).out
    assert "\x1b[1;31m✗ FAIL\x1b[0m" in command(*line, "--color", "always").out
    assert "\x1b" not in command(*line, "--no-color").out


def test_the_language_of_the_environment(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ("check", str(folder / "fails.yaml"), *DAY)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "✗ 不符合" in command(*line).out
    assert "✗ FAIL" in command(*line, "--lang", "en").out


def test_rules_lint_and_test_of_a_pack(command: Command) -> None:
    assert command("rules", "lint").code == 0
    done = command("rules", "test", "--select", "rd-share")
    assert done.code == 0
    assert done.out.endswith(" as expected, 0 not\n")


def test_rules_list_json(command: Command) -> None:
    data = json.loads(command("rules", "list", *DAY, "--format", "json").out)
    flows = next(i for i in data if i["id"] == "cn.cac.2024-16")
    assert flows["in_force"] is True
    assert flows["effective"] == "2024-03-22"
    assert flows["articles"]["12"] == {"encoded": True}
    assert flows["articles"]["14"] == {"encoded": False, "reason": "commencement"}
    assert "cn.cac.2024-16/exempt-hr" in flows["rules"]


@pytest.mark.parametrize("kind", ["profile", "pack", "findings"])
def test_schema_is_a_schema(command: Command, kind: str) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads(command("schema", kind).out))


def test_schema_check(command: Command, folder: Path) -> None:
    assert command("schema", "--check", "profiles/hotel-group.yaml").code == 0
    done = command("schema", "--check", str(folder / "broken.yaml"))
    assert done.code == 1
    assert "battery.applies" in done.err


def test_a_starter_is_a_profile_that_answers_nothing(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert command("init", str(path)).code == 0
    assert (tmp_path / ".compliancecheck" / "profile.schema.json").exists()
    done = command("check", str(path), *DAY)
    assert done.code == 0
    assert "nothing answered yet" in done.out
    assert command("init", str(path)).code == 2


def _run(argv: str, shell: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, with its streams as a shell sets them."""
    line = f'"{sys.executable}" -m compliancecheck {argv} {shell}'
    return subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("argv", ["--help", "check {fails}", "ui {fails} --plain </dev/null"])
def test_a_full_disk_behind_standard_output_is_no_fault_of_ours(folder: Path, argv: str) -> None:
    done = _run(argv.format(fails=folder / "fails.yaml"), ">/dev/full")
    assert done.returncode == 2
    assert "standard output cannot be written: No space left on device" in done.stderr
    assert "bug" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
@pytest.mark.parametrize(
    ("argv", "closed", "code"),
    [
        ("check {fails}", ">&-", 1),
        ("check {missing}", "2>&-", 2),
        ("check -", "<&-", 2),
        ("ui {fails} --plain", "<&-", 0),
    ],
)
def test_a_closed_stream_is_an_empty_one(folder: Path, argv: str, closed: str, code: int) -> None:
    paths = {"fails": folder / "fails.yaml", "missing": folder / "missing.yaml"}
    done = _run(argv.format(**paths), closed)
    assert done.returncode == code
    assert "itself failed" not in done.stderr
