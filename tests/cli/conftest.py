"""The command as a fixture, with an environment that does not change its language or colours."""

from __future__ import annotations

import pytest

from tests.cli.command import ROOT, Command


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "NO_COLOR", "COMPLIANCECHECK_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)
    return Command(capsys)
