"""Runs the command in this process, as a user would type it, from the checkout's root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from compliancecheck.cli.main import main

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = ("--as-of", "2026-11-24")


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Command:
    """`command("check", "x.yaml")` runs it and returns what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *argv: str) -> Done:
        self._capsys.readouterr()
        code = main(list(argv))
        out, err = self._capsys.readouterr()
        return Done(code, out, err)
