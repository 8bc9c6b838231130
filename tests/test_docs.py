"""The docs hold: each YAML block is read by the project's own reader, each link leads somewhere.

A YAML block says after its language what it is:

    ```yaml profile             a whole company profile: `check` reads it
    ```yaml pack=facts.yaml     a file of a rule pack; those of one page form one pack
    ```yaml fragment            a part that cannot stand alone: well-formed YAML

A page's `console` blocks are run from top to bottom in a folder that holds the example profiles,
and each profile of the page whose first line is its name, as `# volta.yaml`: what they print is
what stands on the page. `make golden` writes it anew, and draws the pictures.
"""

from __future__ import annotations

import doctest
import html
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

import compliancecheck
from compliancecheck.tui.app import ComplianceApp

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PAGE_IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
FENCE = re.compile(r"^```ya?ml(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)")
SHOWN = re.compile(
    r"^```(?P<kind>console|yaml (?:profile|fragment))\n(?P<text>.*?)^```$", re.M | re.S
)
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
NAME = re.compile(r"# (?P<name>[a-z-]+\.yaml)\n")
COMMAND = "import sys; from compliancecheck.cli.main import run; sys.exit(run())"
RUN_BY_THE_TEST = {"compliancecheck", "echo", "sed"}
WALK = (
    "down space enter  NAME enter enter  n y = TOTAL enter  1 enter y  1 enter 7 enter  1 enter n "
    "= RANGE enter  = 0 enter"
)
TYPED = {
    "NAME": ["space" if c == " " else c for c in "loyalty programme"],
    "TOTAL": list("800000"),
    "RANGE": ["full_stop" if c == "." else c for c in "400000..600000"],
}


@dataclass(frozen=True)
class Block:
    """A fenced YAML block: its page and line (1 is the first), what it is, its text."""

    page: Path
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, hit.start()) + 1, hit["kind"].strip(), hit["text"])
        for hit in FENCE.finditer(text)
    ]


BLOCKS = [block for page in PAGES for block in blocks_of(page)]
PROFILES = [block for block in BLOCKS if block.kind == "profile"]
CONSOLE_PAGES = [page for page in PAGES if "\n```console\n" in page.read_text(encoding="utf-8")]
PACK_PAGES = sorted({block.page for block in BLOCKS if block.kind.startswith("pack=")})


def test_every_block_says_what_it_is() -> None:
    known = re.compile(r"profile|fragment|pack=[a-z0-9-]+\.yaml")
    assert [str(block) for block in BLOCKS if not known.fullmatch(block.kind)] == []


def test_a_whole_profile_is_shown() -> None:
    assert PROFILES, "README shows how to write a profile; mark the block `yaml profile`"


@pytest.mark.parametrize("block", PROFILES, ids=str)
def test_profile_is_read(block: Block, tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(block.text, encoding="utf-8")
    done = command("check", "--fail-on", "never", str(path))
    assert done.returncode == 0, f"{block}:\n{done.stderr}"


def test_packs_are_read(tmp_path: Path) -> None:
    refused = {}
    for page in PACK_PAGES:
        pack = tmp_path / page.stem
        pack.mkdir()
        for block in blocks_of(page):
            if block.kind.startswith("pack="):
                (pack / block.kind.removeprefix("pack=")).write_text(block.text, encoding="utf-8")
        for action in ("list", "lint", "test"):
            done = command("rules", action, "--rules", str(pack))
            if done.returncode or done.stderr:
                refused[f"{page.name}: rules {action}"] = done.stdout + done.stderr
    assert refused == {}


def test_a_whole_pack_is_shown() -> None:
    assert ROOT / "docs" / "writing-rules.md" in PACK_PAGES


@pytest.mark.golden
@pytest.mark.parametrize("page", CONSOLE_PAGES, ids=lambda page: page.name)
def test_console_prints_what_the_page_says(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    text = page.read_text(encoding="utf-8")
    session = Session(tmp_path)
    now = SHOWN.sub(session.shown, text)
    if request.config.getoption("--update-golden"):
        page.write_text(now, encoding="utf-8")
        text = now
    assert session.ran
    assert now == text, "differs from what the program prints; `make golden` writes it anew"


async def test_the_walk_of_the_guide_leads_to_the_file_it_shows(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    shown = next(hit["text"] for hit in SHOWN.finditer(guide) if "profile" in hit["kind"])
    path = tmp_path / "my-company.yaml"
    path.write_text("dated: 2026-11-24\n", encoding="utf-8")
    rules = compliancecheck.load_rules()
    app = ComplianceApp(path, rules, as_of=date(2026, 11, 24).toordinal())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.2)
        for word in WALK.split():
            await pilot.press(*TYPED.get(word, [word]))
            await pilot.pause(0.2)
        assert app.main is not None
        assert app.main.answer.walk.shown == 8
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == yaml.safe_load(shown)


@pytest.mark.golden
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("answer.svg", ["100,000", "1,000,000", "security", "contract", "DECIDES"]),
        ("findings.svg", ["CNY", "45", "million", "WHY", "my-company.yaml:54:19"]),
        ("dates.svg", ["Dates", "today", "ends", "2027"]),
        ("matrix.svg", ["Companies", "profiles", "✗", "CONTESTED", "items"]),
    ],
)
def test_the_app_draws_the_pictures(
    pictures: Path, name: str, words: list[str], request: pytest.FixtureRequest
) -> None:
    stored = ROOT / "docs" / "images" / name
    if request.config.getoption("--update-golden"):
        shutil.copyfile(pictures / name, stored)
    for picture in (pictures / name, stored):
        shown = re.sub(r"<[^>]*>", " ", html.unescape(picture.read_text(encoding="utf-8"))).split()
        assert [word for word in words if word not in shown] == []


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all pictures, drawn now."""
    folder = tmp_path_factory.mktemp("pictures")
    runpy.run_path(str(ROOT / "docs" / "images" / "make.py"))["main"](folder)
    return folder


def test_the_readme_shows_check_and_explain() -> None:
    shown = [hit["text"] for hit in SHOWN.finditer((ROOT / "README.md").read_text("utf-8"))]
    typed = [line for text in shown for line in typed_in(text)]
    for command_name in ("check", "explain"):
        assert any(line.startswith(f"compliancecheck {command_name} ") for line in typed)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_block_is_yaml(block: Block) -> None:
    assert yaml.compose(block.text, Loader=yaml.SafeLoader) is not None


@pytest.mark.parametrize("page", PAGES, ids=PAGE_IDS)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [hit["target"] for hit in LINK.finditer(page.read_text(encoding="utf-8"))]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_examples_of_the_public_interface_run() -> None:
    result = doctest.testmod(compliancecheck)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "\n".join(PYTHON.findall(text))
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(code, {}, "README.md", "README.md", 0))
    assert runner.tries > 0
    assert runner.failures == 0


def test_the_readme_names_the_instruments_that_are_encoded() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    covered = text.split("## What is covered")[1].split("\n## ")[0]
    named = set(re.findall(r"`(cn\.[^`]+)`", covered))
    assert named == set(compliancecheck.load_rules().instruments)


class Session:
    """A page's files and commands, in the order in which they stand there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.code, self.ran = folder, 0, 0
        tools = folder / ".tools"
        tools.mkdir()
        script = tools / "compliancecheck"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{COMMAND}" "$@"\n', "utf-8")
        script.chmod(0o755)
        self.environment = {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUTF8": "1",
            "LANG": "en_US.UTF-8",
            "COMPLIANCECHECK_CONFIG": str(tools / "settings.toml"),
        }

    def shown(self, block: re.Match[str]) -> str:
        """The block as it should stand: a profile as it is, commands with what they print."""
        if block["kind"] == "console":
            return f"```console\n{''.join(map(self.run, typed_in(block['text'])))}```"
        name = NAME.match(block["text"])
        if name:
            (self.folder / name["name"]).write_text(block["text"], encoding="utf-8")
        return block[0]

    def run(self, line: str) -> str:
        """A line typed after the prompt, and below it what both streams get."""
        assert line.split()[0] in RUN_BY_THE_TEST, f"`{line}`: mark the block `sh`, not `console`"
        done = subprocess.run(
            ["sh", "-c", f"(exit {self.code}); {line}"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self.code = done.returncode
        self.ran += 1
        return f"$ {line}\n{done.stdout}"


def typed_in(console: str) -> Iterator[str]:
    """The lines of a console block that are typed."""
    return (line[2:] for line in console.splitlines() if line.startswith("$ "))


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line as a user runs it, without a terminal."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
