"""Bad input ends in exit 2 with a place; hostile text is shown and does nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import DAY, ROOT, Command

BAD: dict[str, bytes] = {
    "empty": b"",
    "a list": b"- one\n",
    "duplicate keys": b"battery:\n  applies: true\n  applies: false\n",
    "nested and dotted": b"battery: {applies: true}\nbattery.applies: true\n",
    "tab": b"battery:\n\tapplies: true\n",
    "wrong type": b"battery: {applies: 1}\n",
    "not a number": b"data_export: {people_nonsensitive_this_year: .nan}\n",
    "5,000 digits": b"data_export: {people_nonsensitive_this_year: " + b"9" * 5000 + b"}\n",
    "unknown key": b"battery: {aplies: true}\n",
    "unknown section": b"batery: {applies: true}\n",
    "a waiver": b"battery: {applies: true}\nwaivers: []\n",
    "an anchor": b"battery: &a {applies: true}\n",
    "an alias bomb": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "a tag": b"battery: !!python/object/apply:os.system {applies: true}\n",
    "two documents": b"battery: {applies: true}\n---\nbattery: {applies: false}\n",
    "100,000 brackets": b"battery: " + b"[" * 100_000,
    "UTF-16": "battery: {applies: true}\n".encode("utf-16"),
    "GB 18030": "common: {company_name: 伏特电芯}\n".encode("gb18030"),
    "an escape": b"common: {company_name: \x1b[31mred}\n",
    "bidi": "common: {company_name: a\u202eb}\n".encode(),
    "over 16 MiB": b"#" * (16 * 1024 * 1024 + 1),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_profile(command: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(BAD[name])
    done = command("check", str(path), *DAY)
    assert done.code == 2
    assert done.out == ""
    first = done.err.splitlines()[0]
    assert first.startswith(f"error: {path}:")
    assert all(part.isdigit() for part in first.removeprefix(f"error: {path}:").split(":")[:2])
    assert done.err.endswith("this profile was not evaluated; exit 2\n")
    assert "Traceback" not in done.err
    assert "\x1b" not in done.err
    assert "\u202e" not in done.err


def test_unreadable_file(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "locked.yaml"
    path.write_text("battery: {applies: true}\n")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert command("check", str(path)).code == 2


HOSTILE = ("[/x]", "[@click=app.quit]x[/]", "##[error]x", "##vso[task.complete]", "::error::x")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("words", ["check", "explain", "questions", "check --format json"])
def test_hostile_names_are_only_shown(
    command: Command, tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(
        f"common: {{company_name: {json.dumps(text)}}}\n"
        "data_export:\n  exports_data: true\n  transfers:\n"
        f"    - {{name: {json.dumps(text)}, access: sent_abroad, has_personal_information: true,"
        " notice_given: false}\n",
        encoding="utf-8",
    )
    done = command(*words.split(), str(path), *DAY)
    assert done.code in (0, 1)
    for line in (done.out + done.err).splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert "##vso[" not in line
    if "json" in words:
        assert json.loads(done.out)["profiles"][0]["name"] == text


def test_a_hostile_file_name_is_only_shown(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "x\n::error::y\x1b[31m.yaml"
    path.write_text("battery: {applies: false}\n")
    done = command("check", str(path), *DAY)
    assert done.code == 0
    assert "\x1b" not in done.out
    assert not any(line.startswith("::") for line in done.out.splitlines())


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "compliancecheck", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )


def test_an_encoding_without_our_symbols_gets_ascii() -> None:
    done = run(
        "explain", "profiles/battery-just-under.yaml", "rd-share", *DAY, "--lang", "en",
        PYTHONIOENCODING="ascii",
    )  # fmt: skip
    assert done.returncode == 0
    text = done.stdout.decode("ascii")
    assert text.splitlines()[2].startswith("x FAIL")
    assert "`- x requires" in text


def test_a_reader_that_has_gone_is_no_error() -> None:
    command = f"{sys.executable} -m compliancecheck explain profiles/hotel-group.yaml --as-of " \
              "2026-11-24 | head -1"  # fmt: skip
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("profiles/hotel-group.yaml")


def test_a_large_honest_profile_is_evaluated(command: Command, tmp_path: Path) -> None:
    items = "".join(
        f"    - {{name: t{n}, access: sent_abroad, has_personal_information: false,"
        " important_data: none}\n"
        for n in range(200)
    )
    path = tmp_path / "large.yaml"
    path.write_text(f"data_export:\n  exports_data: true\n  transfers:\n{items}")
    done = command("check", str(path), *DAY)
    assert done.code == 0
    assert "t199" not in done.out  # more than a screen shows is counted, not listed
    assert "… and 150 more" in done.out
