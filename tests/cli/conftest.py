"""The command as a fixture, with an environment that does not change its language or colours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from compliancecheck.model.instruments import Rules
from compliancecheck.reading import packs
from tests.cli.command import ROOT, Command

read_rules = packs.load_rules


@cache
def shipped() -> Rules:
    """The shipped rules, read once: a command of its own reads them anew, these share a process."""
    return read_rules()


def rules_of(paths: Sequence[Path] | None = None) -> Rules:
    return shipped() if paths is None else read_rules(paths)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COMPLIANCECHECK_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(packs, "load_rules", rules_of)
    monkeypatch.chdir(ROOT)
    return Command(capsys)
