"""Both proofs of one difference, side by side, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from textual.content import Content

from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.safe import cell_width
from compliancecheck.reports.layout import wrap_after
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.tree import finding_tree
from compliancecheck.tui.paper import QUIET, Draw, lines_of, padded, plain
from compliancecheck.tui.words import say

LEAST = 56
"""Cells from which two proofs stand beside each other; else one below the other."""

Proved = tuple[Evaluation, Finding | None, str]
"""An evaluation, the finding of it to prove, and what to say instead where there is none."""


def proofs(before: Proved, after: Proved, names: tuple[str, str], lang: str) -> Draw:
    """Both proofs; a line that only one of them has stands out, and ``≠`` is between them."""

    def draw(width: int) -> Iterator[Content]:
        beside = width >= LEAST
        room = (width - 3) // 2 if beside else width - 2
        old, new = (_proof(side, room, lang) for side in (before, after))
        marked = list(_aligned(old, new))
        if beside:
            yield padded(plain(names[0], "bold"), room) + "   " + plain(names[1], "bold")
            for one, other, same in marked:
                middle = plain(" │ ", QUIET) if same else plain(" ≠ ", "bold")
                left = padded(_said(one, same), room)
                yield left + middle + _said(other, same)
        else:
            for n, name in enumerate(names):
                yield plain(name, "bold")
                for one, other, same in marked:
                    line = other if n else one
                    if line is not None:
                        yield plain("  " if same else "≠ ", "bold") + _said(line, same)
                yield Content("")
        yield Content("")
        yield from lines_of(say("proofs_help", lang), width, QUIET)

    return draw


def _said(line: str | None, same: bool) -> Content:
    return plain(line or "", "" if same else "bold")


def _proof(side: Proved, width: int, lang: str) -> list[str]:
    evaluation, finding, instead = side
    if finding is None:
        return wrap_after("", instead, width, 2)
    lines = finding_tree(evaluation, finding, Sheet(width=width, lang=lang))
    found: list[str] = []
    for line in lines:
        found += [line] if cell_width(line) <= width else wrap_after("", line, width, 2)
    return found


def _aligned(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str | None, str | None, bool]]:
    """The lines of both, equal ones beside each other; whether they are equal."""
    matcher = SequenceMatcher(None, [_bare(s) for s in old], [_bare(s) for s in new], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield from ((x, y, True) for x, y in zip(old[a:b], new[c:d], strict=True))
            continue
        for n in range(max(b - a, d - c)):
            one = old[a + n] if a + n < b else None
            other = new[c + n] if c + n < d else None
            yield one, other, False


def _bare(line: str) -> str:
    """A line without the strokes of the tree, which say only where it stands."""
    return line.strip(" │├└─|`-")
