"""Beside a question, where there is room: why the finding that waits for its answer is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from compliancecheck.logic.explain import explain
from compliancecheck.model.findings import Evaluation, Finding, TraceNode
from compliancecheck.model.profile import FactRef
from compliancecheck.reports.status import display_status
from compliancecheck.reports.summary import in_order
from compliancecheck.tui.findings.why_tree import node_words
from compliancecheck.tui.paper import QUIET, heading, lines_of, mark
from compliancecheck.tui.telling import title_of
from compliancecheck.tui.words import say

LEAST_ROWS = 8
"""With fewer rows left the tree is not begun."""


def why_lines(
    evaluation: Evaluation,
    after: Evaluation | None,
    ref: FactRef,
    rules: Iterable[str],
    room: tuple[int, int],
    lang: str,
) -> Iterator[Content]:
    """The first finding of *rules* that waits for *ref*, and its tree.

    With *after*, the evaluation with the answer under the cursor, the tree is that of then.
    *room* is the width in cells and the rows there are; all of the tree stands in the findings.
    """
    width, rows = room
    wanted = set(rules)
    waiting = [f for f in in_order(evaluation) if f.rule in wanted and ref in f.missing]
    if not waiting or rows < LEAST_ROWS:
        return
    told, finding = evaluation, waiting[0]
    if after is not None and not after.conflicts:
        key = _key(finding)
        told = after
        finding = next((f for f in after.findings if _key(f) == key), finding)
    lines = list(_tree(told, finding, width, lang))
    more = len(waiting) - 1
    yield heading(say("why", lang))
    rows -= 1 + bool(more)
    if len(lines) > rows:
        more_words = say("more_of_tree", lang, n=len(lines) - rows + 1)
        lines = [*lines[: rows - 1], *lines_of(more_words, width, QUIET)]
    yield from lines
    if more:
        yield from lines_of(say("more_waiting", lang, n=more), width, QUIET)


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
