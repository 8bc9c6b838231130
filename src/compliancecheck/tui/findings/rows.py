"""The rows of the Findings tab: which show, in which order, and how they look. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from textual.content import Content

from compliancecheck.logic.drafts import is_draft
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports import wording
from compliancecheck.reports.layout import cut, cut_at_words, wrap
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, in_order, status_counts
from compliancecheck.tui.paper import QUIET, lines_of, mark, padded, plain, status_style
from compliancecheck.tui.words import say

_NA = DisplayStatus.NOT_APPLICABLE
FOLD = "\n"
"""The row of the folded N/A findings; no pack has this id."""

MOST_LINES = 2
"""The lines of a title in the list; the proof beside it has it in full."""

HEAD = "\t"
"""Before an instrument's id: the heading of its findings."""

Row = Finding | str
"""A finding; or a pack's id: nothing of it is answered; or :data:`FOLD`; or :data:`HEAD` and the
id of an instrument."""


def rows_of(
    evaluation: Evaluation,
    only: DisplayStatus | None,
    has_words: Callable[..., bool] | None,
    na_open: bool,
) -> Iterator[Row]:
    """The rows: findings that pass the filters, one a pack of which nothing is answered."""
    empty = empty_packs(evaluation)
    folded: list[Finding] = []
    named: set[str] = set()
    for finding in in_order(evaluation):
        status = display_status(finding)
        if only is not None and status is not only:
            continue
        if has_words is not None and not has_words(*_texts(evaluation, finding)):
            continue
        pack = _pack(evaluation, finding)
        if status is _NA and only is not _NA and has_words is None:
            folded.append(finding)
        elif pack in empty and status is DisplayStatus.MAY_APPLY and has_words is None:
            if pack not in named:
                named.add(pack)
                yield pack
        else:
            yield finding
    if folded:
        yield FOLD
    if na_open:
        yield from folded


def by_instrument(evaluation: Evaluation, rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows by instrument, in the order of the rules, each under a heading.

    Inside they stay as they were: by status. What is folded stays at the end.
    """
    rules = evaluation.rules
    groups: dict[str, list[Finding]] = {name: [] for name in rules.instruments}
    end: list[Row] = []
    for row in rows:
        if end or row == FOLD:
            end.append(row)
        elif isinstance(row, Finding):
            groups[rules.rules[row.rule].instrument].append(row)
        else:
            yield row
    for name, findings in groups.items():
        if findings:
            yield HEAD + name
            yield from findings
    yield from end


def _texts(evaluation: Evaluation, finding: Finding) -> list[str]:
    """Where the words of a filter are looked for."""
    rules = evaluation.rules
    rule = rules.rules[finding.rule]
    parts = [rule.title.en, rule.title.zh, rule.id, rule.article, finding.item or ""]
    parts += [rules.instruments[rule.instrument].short.get(lang) for lang in ("en", "zh")]
    for ref in finding.missing:
        fact = rules.facts[ref.name]
        parts += [ref.name, fact.label.en, fact.label.zh]
    return parts


def _pack(evaluation: Evaluation, finding: Finding) -> str:
    rules = evaluation.rules
    return rules.instruments[rules.rules[finding.rule].instrument].pack


def drawn(evaluation: Evaluation, row: Row, na_open: bool, width: int, lang: str) -> Content:
    """A row in *width* cells, on as many lines as it takes."""
    rules = evaluation.rules
    if row == FOLD:
        n = status_counts(evaluation)[_NA]
        words = say("na_open" if na_open else "na_folded", lang, n=n)
        sign = "▾ " if na_open else "▸ "
        return Content("\n").join(lines_of(words, width, QUIET, 2, sign))
    if isinstance(row, str) and row.startswith(HEAD):
        short = rules.instruments[row.removeprefix(HEAD)].short.get(lang)
        return Content("\n").join(lines_of(short, width, "bold"))
    if isinstance(row, str):
        words = say("pack_empty", lang, pack=rules.packs[row].title.get(lang))
        return marked(DisplayStatus.MAY_APPLY, words, "", width, lang)
    rule = rules.rules[row.rule]
    right = wording.item_name(row, lang) if rule.each is not None else ""
    right = right or (wording.LEVELS["should"].get(lang) if rule.level == "should" else "")
    if is_draft(rules, rule.id):
        right = "  ".join(part for part in (right, wording.DRAFT.get(lang)) if part)
    return marked(display_status(row), rule.title.get(lang), right, width, lang)


def marked(status: DisplayStatus, words: str, right: str, width: int, lang: str) -> Content:
    """Status and title in at most :data:`MOST_LINES`, and at the right edge what tells it apart.

    Where the title leaves no room for that, a line more.
    """
    lead = padded(mark(status, lang, short=True), 7)
    room = max(width - lead.cell_length, 8)
    right = cut(safe_text(right), room)
    size = cell_width(right)
    lines = _at_most(wrap(safe_text(words), room), room)
    if right and cell_width(lines[-1]) + 2 + size > room:
        if len(lines) < MOST_LINES or size > room // 2:
            lines.append("")
        else:  # the title gives way: it stands in full in the proof
            lines[-1] = _ended(lines[-1], room - 2 - size)
    rows = [lead + lines[0], *(Content(" " * 7 + line) for line in lines[1:])]
    if right:
        gap = room - cell_width(lines[-1]) - size
        rows[-1] = rows[-1] + " " * gap + plain(right, QUIET)
    return Content("\n").join(rows)


def _at_most(lines: list[str], room: int) -> list[str]:
    """The first lines of a title; ``…`` where there would be more."""
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], _ended(lines[MOST_LINES - 1], room)]


def _ended(line: str, room: int) -> str:
    """A line that says that it goes on, in *room* cells."""
    return cut_at_words(line.removesuffix("…") + " " * room, room)


def bar_lines(
    evaluation: Evaluation, only: DisplayStatus | None, order: str, width: int, lang: str
) -> Iterator[Content]:
    """How many findings have each status, the one that is chosen in brackets; then the *order*."""
    counts = status_counts(evaluation)
    pieces = [_piece(say("all", lang), only is None, "")]
    for status in DisplayStatus:
        if counts[status]:
            text = f"{LOOKS[status].symbol}{counts[status]}"
            if status is _NA:
                text = f"{LOOKS[status].word.get(lang)} {counts[status]}"
            pieces.append(_piece(text, only is status, status_style(status)))
    pieces.append(plain(f" {order}", QUIET))
    line = Content("")
    for piece in pieces:
        if line and line.cell_length + piece.cell_length > width:
            yield line
            line = Content("")
        line = line + piece
    yield line


def _piece(text: str, on: bool, style: str) -> Content:
    return plain(f"[{text}]" if on else f" {text} ", f"{style} reverse" if on else style)


def same_row(row: Row, kept: Row | None) -> bool:
    """Whether two rows are of the same finding, also of two evaluations."""
    if isinstance(row, Finding) and isinstance(kept, Finding):
        return (row.rule, row.item, row.further) == (kept.rule, kept.item, kept.further)
    return row == kept
