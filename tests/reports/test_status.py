"""The status table: each status can be told apart without its colour, in both languages."""

from __future__ import annotations

import pytest

from compliancecheck.model.findings import Finding, Outcome, Status
from compliancecheck.model.safe import cell_width
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status


def test_every_status_has_its_own_word_symbol_and_ascii() -> None:
    assert list(LOOKS) == list(DisplayStatus)
    for texts in (
        [look.symbol for look in LOOKS.values()],
        [look.ascii for look in LOOKS.values()],
        [look.word.en for look in LOOKS.values()],
        [look.word.zh for look in LOOKS.values()],
    ):
        assert len(set(texts)) == len(DisplayStatus)
    assert all(look.ascii.isascii() and cell_width(look.symbol) == 1 for look in LOOKS.values())


@pytest.mark.parametrize(
    ("status", "scope", "shown"),
    [
        (Status.FAIL, True, DisplayStatus.FAIL),
        (Status.UNDETERMINED, True, DisplayStatus.NEEDS_PROOF),
        (Status.UNDETERMINED, None, DisplayStatus.MAY_APPLY),
        (Status.CONTESTED, None, DisplayStatus.CONTESTED),
        (Status.INFORMATIVE, True, DisplayStatus.INFORMATIVE),
        (Status.PASS, True, DisplayStatus.PASS),
        (Status.NOT_APPLICABLE, False, DisplayStatus.NOT_APPLICABLE),
    ],
)
def test_display_status(status: Status, scope: bool | None, shown: DisplayStatus) -> None:
    finding = Finding("a/b", None, False, status, frozenset({Outcome.PASS}), scope)
    assert display_status(finding) is shown
