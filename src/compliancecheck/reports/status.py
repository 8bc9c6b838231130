"""How a status is shown, everywhere: order, symbol, word, short word, colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from compliancecheck.model.findings import Finding, Outcome, Status
from compliancecheck.model.texts import Texts


class DisplayStatus(StrEnum):
    """What a reader is told of a finding, in the order of reading: the worst first."""

    FAIL = "fail"
    NEEDS_PROOF = "needs_proof"
    CONTESTED = "contested"
    MAY_APPLY = "may_apply"
    NOT_YET_DUE = "not_yet_due"
    INFORMATIVE = "informative"
    PASS = "pass"
    NOT_APPLICABLE = "not_applicable"

    @property
    def rank(self) -> int:
        """The place in the order of reading, from 0."""
        return _RANKS[self]


_RANKS = {status: n for n, status in enumerate(DisplayStatus)}


@dataclass(frozen=True, slots=True)
class Look:
    """The signs of one status.

    ``dark`` and ``light`` are the colours of the app (empty: the default colour); ``ansi`` is
    the code of one of the sixteen colours that every terminal maps to its own theme.
    """

    symbol: str
    ascii: str
    word: Texts
    short: Texts
    dark: str
    light: str
    ansi: str
    dim: bool = False

    def sign(self, ascii_only: bool = False) -> str:
        """The symbol, or its ASCII form."""
        return self.ascii if ascii_only else self.symbol


LOOKS: Mapping[DisplayStatus, Look] = {
    DisplayStatus.FAIL: Look(
        "✗", "x", Texts("FAIL", "不符合"), Texts("FAIL", "不符"), "#FF7A3D", "#8F1D1D", "1;31"
    ),
    DisplayStatus.NEEDS_PROOF: Look(
        "!", "!", Texts("NEEDS PROOF", "缺材料"), Texts("NEED", "缺"), "#FFD24D", "#806000", "33"
    ),
    DisplayStatus.CONTESTED: Look(
        "~", "~", Texts("CONTESTED", "有歧义"), Texts("CONT", "歧义"), "#E69BC5", "#7B2CBF", "35"
    ),
    DisplayStatus.MAY_APPLY: Look(
        "?", "?", Texts("MAY APPLY", "待定"), Texts("MAY", "待定"), "#6CC4FF", "#005C99", "36"
    ),
    DisplayStatus.NOT_YET_DUE: Look(
        "◦", ".", Texts("NOT YET DUE", "未到期"), Texts("DUE", "未到"), "#FFD24D", "#806000", "33"
    ),
    DisplayStatus.INFORMATIVE: Look(
        "i", "i", Texts("READ", "须知"), Texts("READ", "须知"), "", "", ""
    ),
    DisplayStatus.PASS: Look(
        "✓", "+", Texts("MET", "符合"), Texts("MET", "符合"), "#4ADE80", "#006B4F", "32"
    ),
    DisplayStatus.NOT_APPLICABLE: Look(
        "-", "-", Texts("N/A", "不适用"), Texts("N/A", "不适"), "", "", "2", dim=True
    ),
}

_SETTLED = {
    Status.FAIL: DisplayStatus.FAIL,
    Status.CONTESTED: DisplayStatus.CONTESTED,
    Status.INFORMATIVE: DisplayStatus.INFORMATIVE,
    Status.PASS: DisplayStatus.PASS,
    Status.NOT_APPLICABLE: DisplayStatus.NOT_APPLICABLE,
}

_OUTCOMES: Mapping[str, Texts] = {
    Outcome.FAIL.value: LOOKS[DisplayStatus.FAIL].word,
    Outcome.PASS.value: LOOKS[DisplayStatus.PASS].word,
    Outcome.NOT_APPLICABLE.value: LOOKS[DisplayStatus.NOT_APPLICABLE].word,
    Outcome.INFORMATIVE.value: LOOKS[DisplayStatus.INFORMATIVE].word,
    Outcome.MET.value: Texts("met", "达到"),
    Outcome.NOT_MET.value: Texts("not met", "未达到"),
    Status.CONTESTED.value: LOOKS[DisplayStatus.CONTESTED].word,
    Status.UNDETERMINED.value: Texts("open", "未定"),
    "none": Texts("no route", "无路径"),
}


def display_status(finding: Finding) -> DisplayStatus:
    """The status that is shown: an undetermined finding whose scope is settled needs proof.

    One that only waits for a day still to come is not yet due.
    """
    if finding.waits_until is not None:
        return DisplayStatus.NOT_YET_DUE
    if finding.status is Status.UNDETERMINED:
        return DisplayStatus.NEEDS_PROOF if finding.scope else DisplayStatus.MAY_APPLY
    return _SETTLED[finding.status]


def look(finding: Finding) -> Look:
    """The signs of a finding's status."""
    return LOOKS[display_status(finding)]


def outcome_word(name: str) -> Texts | None:
    """The word for an outcome or status by its value; None for another name (a way)."""
    return _OUTCOMES.get(name)
