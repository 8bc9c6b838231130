"""The docs hold: each YAML block is read by the project's own reader, each link leads somewhere.

A YAML block says after its language what it is:

    ```yaml profile             a whole company profile: `check` reads it
    ```yaml pack=facts.yaml     a file of a rule pack; those of one page form one pack
    ```yaml fragment            a part that cannot stand alone: well-formed YAML
"""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import compliancecheck

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PAGE_IDS = [page.relative_to(ROOT).as_posix() for page in PAGES]
FENCE = re.compile(r"^```ya?ml(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?P<target>[^)#\s]+)")
COMMAND = "import sys; from compliancecheck.cli.main import run; sys.exit(run())"


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
        done = command("rules", "list", "--rules", str(pack))
        if done.returncode:
            refused[page.name] = done.stderr
    assert refused == {}


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


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line as a user runs it, without a terminal."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
