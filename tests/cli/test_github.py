"""`check` in a job of GitHub Actions: chosen by itself, folded text, annotations, the summary."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, Command
from tests.cli.test_exit_codes import BROKEN, FINE, MUST_FAILS


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with profiles, and the environment of a job in it; its summary page."""
    work = tmp_path / "work"
    (work / "compliance").mkdir(parents=True)
    for name, text in (("fails", MUST_FAILS), ("fine", FINE), ("broken", BROKEN)):
        (work / "compliance" / f"{name}.yaml").write_text(text, encoding="utf-8")
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(work))
    monkeypatch.chdir(work / "compliance")
    return page


def commands(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("::")]


def test_in_a_job_the_text_is_folded_and_annotated(command: Command, job: Path) -> None:
    done = command("check", "fails.yaml", *DAY)
    assert done.code == 1
    lines = done.out.splitlines()
    assert lines[0].startswith("::group::fails.yaml as of 2026-11-24")
    fold = lines.index("::endgroup::")
    assert any(line.startswith("✗ FAIL") for line in lines[:fold])
    assert lines[fold + 1].startswith("exit 1: ")
    assert all(line.startswith(("::error ", "::warning ")) for line in lines[fold + 2 :])
    assert any("file=compliance/fails.yaml,line=5," in line for line in lines[fold + 2 :])
    page = job.read_text(encoding="utf-8")
    assert page.startswith("## compliancecheck: exit 1: ")
    assert "| ✗ FAIL | " in page


def test_paths_are_relative_to_the_repository(
    command: Command, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE")
    work = Path.cwd().parent
    (work / "link.yaml").symlink_to(work / "compliance" / "fails.yaml")
    plain = commands(command("check", "../link.yaml", *DAY).out)
    assert any("::error file=fails.yaml," in line for line in plain)  # the folder, without .git
    (work / ".git").mkdir()
    below = commands(command("check", "../link.yaml", *DAY).out)
    assert any("::error file=compliance/fails.yaml," in line for line in below)
    (work / "compliance" / ".git").mkdir()
    outside = work / "outside.yaml"
    outside.write_text(MUST_FAILS, encoding="utf-8")
    lines = commands(command("check", str(outside), *DAY).out)
    assert any(line.startswith("::error title=") for line in lines)


def test_input_problems_are_errors_and_the_others_are_still_judged(
    command: Command, job: Path
) -> None:
    done = command("check", ".", *DAY)
    assert done.code == 2
    first, second, *_ = [line for line in commands(done.out) if line.startswith("::error ")]
    assert first.startswith("::error file=compliance/broken.yaml,line=1,col=20,")
    assert "`perhaps` is neither true nor false" in first
    assert second.startswith("::error file=compliance/fails.yaml,")
    page = job.read_text(encoding="utf-8")
    assert "`./broken.yaml` not evaluated: 1 problem" in page
    assert "neither true nor false" in page


@pytest.mark.parametrize(
    ("options", "annotated"),
    [
        ("", True),
        ("--format text", True),
        ("--format github", True),
        ("--format github --format text", True),
        ("--format json:report.json --format text", True),
        ("--format json", False),
        ("--format text:report.txt", False),
    ],
)
def test_chosen_where_the_text_is_printed(
    command: Command, job: Path, options: str, annotated: bool
) -> None:
    done = command("check", "fails.yaml", *DAY, *options.split())
    assert done.code == 1
    assert bool(commands(done.out)) is annotated
    assert job.exists() is annotated
    if options == "--format json":
        assert json.loads(done.out)["exit"] == 1


def test_outside_of_a_job_it_is_asked_for(
    command: Command, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name)
    assert commands(command("check", "fails.yaml", *DAY).out) == []
    lines = commands(command("check", "fails.yaml", *DAY, "--format", "github").out)
    assert lines[0].startswith("::group::")
    assert "see the log" in lines[-1]
    assert not job.exists()


def test_the_summary_is_added_to_what_the_step_wrote(command: Command, job: Path) -> None:
    job.write_text("# before\n", encoding="utf-8")
    assert command("check", "fine.yaml", *DAY).code == 0
    assert job.read_text(encoding="utf-8").startswith("# before\n## compliancecheck: exit 0")
    job.write_text("x" * (900 * 1024 + 1), encoding="utf-8")
    assert command("check", "fine.yaml", *DAY).code == 0
    assert job.stat().st_size == 900 * 1024 + 1


def test_a_summary_that_cannot_be_written_changes_no_exit_code(
    command: Command, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "/no/such/folder/page.md")
    done = command("check", "fine.yaml", *DAY)
    assert done.code == 0
    assert done.err.startswith("warning: the job summary was not written: ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check --format github:x a.yaml", "goes to standard output"),
        ("check --format github --format json a.yaml", "cannot both go to standard output"),
        ("questions --format github a.yaml", "`github` is one of `check`"),
    ],
)
def test_what_is_wrong_is_said(command: Command, line: str, said: str) -> None:
    done = command(*line.split())
    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_golden(
    command: Command,
    golden: Callable[[str, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
) -> None:
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    monkeypatch.chdir(ROOT)
    paths = [f"profiles/{name}.yaml" for name in ("battery-just-under", "exporter-by-range")]
    done = command("check", *paths, *DAY, "--format", "github", "--lang", lang)
    assert done.err == ""
    golden(f"github/two.{lang}.txt", done.out)
    golden(f"github/two.{lang}.md", page.read_text(encoding="utf-8"))
