"""Beside a question, where there is room: why the finding that waits for its answer is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from textual.content import Content

from compliancecheck.logic.explain import explain
from compliancecheck.model.findings import Evaluation, Finding, TraceNode
from compliancecheck.model.profile import FactRef
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.reports.summary import in_order
from compliancecheck.tui.findings.why_tree import node_words
from compliancecheck.tui.paper import QUIET, heading, lines_of, mark
from compliancecheck.tui.telling import title_of
from compliancecheck.tui.words import say

LEAST_ROWS = 8
"""With fewer rows left the tree is not begun."""


def why_lines(
    evaluations: tuple[Evaluation, Evaluation | None],
    ref: FactRef,
    rules: Iterable[str],
    room: tuple[int, int],
    lang: str,
) -> Iterator[Content]:
    """The tree of the finding that tells most of what *ref* decides.

    *evaluations* are the one without the answer, and the one with the answer under the cursor.
    With that one it is the first finding that turns and still applies, else the one that waits
    for the fewest other answers; without one, of *rules* the first that waits for this answer.
    *room* is the width in cells and the rows there are; all of the tree stands in the findings.
    """
    width, rows = room
    before, after = evaluations
    wanted = set(rules)
    waiting = [f for f in in_order(before) if f.rule in wanted and ref in f.missing]
    turned = None
    if after is not None and not after.conflicts:
        turned = _turned(before, after, wanted) or _nearer(after, waiting)
    if not (waiting or turned) or rows < LEAST_ROWS:
        return
    told = (after, turned) if after is not None and turned is not None else (before, waiting[0])
    more = len(waiting) - 1
    yield heading(say("why", lang))
    rows -= 1 + (more > 0)
    lines = list(islice(_tree(*told, width, lang), rows + 1))  # a tree may have hundreds
    if len(lines) > rows:
        lines = [*lines[: rows - 1], *lines_of(say("more_of_tree", lang), width, QUIET)]
    yield from lines
    if more > 0:
        yield from lines_of(say("more_waiting", lang, n=more), width, QUIET)


def _turned(before: Evaluation, after: Evaluation, wanted: set[str]) -> Finding | None:
    """The first finding of another status that still applies; of the *wanted* rules, if one of
    them turns."""
    old = {_key(f): display_status(f) for f in before.findings}
    found = [f for f in in_order(after) if old.get(_key(f)) not in (None, display_status(f))]
    found = [f for f in found if display_status(f) is not DisplayStatus.NOT_APPLICABLE]
    return min(found, key=lambda f: f.rule not in wanted, default=None)


def _nearer(after: Evaluation, waiting: Sequence[Finding]) -> Finding | None:
    """Of the findings that were *waiting*, the one that waits for the fewest answers then; one
    that no longer applies only if all are such."""
    keys = {_key(f) for f in waiting}
    found = [f for f in in_order(after) if _key(f) in keys]
    none = DisplayStatus.NOT_APPLICABLE
    return min(found, key=lambda f: (display_status(f) is none, len(f.missing)), default=None)


def _key(finding: Finding) -> tuple[str, str | None, bool]:
    return (finding.rule, finding.item, finding.further)


def _tree(evaluation: Evaluation, finding: Finding, width: int, lang: str) -> Iterator[Content]:
    sign = mark(display_status(finding), lang) + "  "
    at = sign.cell_length
    first, *rest = lines_of(title_of(evaluation, finding, lang), width, "", at, " " * at)
    yield sign + first[at:]
    yield from rest
    yield from _branch(explain(evaluation, finding, proof=False).trace.children, width, lang, 0)


def _branch(nodes: Sequence[TraceNode], width: int, lang: str, depth: int) -> Iterator[Content]:
    """The nodes that are open or decide, each below the one that it stands in."""
    for node in nodes:
        if depth and node.truth is True and not node.decisive:
            continue
        indent = "  " * min(depth, 5)
        style = "" if node.truth is None or node.decisive else QUIET
        lines = lines_of(node_words(node, lang), width, style, len(indent) + 2, indent)
        yield from lines
        if node.truth is not True or node.decisive:
            yield from _branch(node.children, width, lang, depth + 1)
