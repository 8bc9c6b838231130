"""The rows of a comparison: routes, findings and days that differ, and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from compliancecheck.logic.partners import keyed
from compliancecheck.model.comparison import Change, Comparison
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.reports import compare_words, wording
from compliancecheck.reports.compare import Compared
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import display_status
from compliancecheck.tui.paper import QUIET, lines_of, plain, status_style, symbol

CHANGE, SAME, FOLD, OTHER = "change", "same", "fold", "other"


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    ``pair`` is what its proofs are of, a finding on each side; ``texts`` are found by the words of
    a filter beside what is shown.
    """

    kind: str
    content: Content
    key: object = None
    group: tuple[Change, ...] = ()
    pair: tuple[Finding | None, Finding | None] = (None, None)
    texts: tuple[str, ...] = ()


def rows_of(comparison: Comparison, unfolded: bool, width: int, lang: str) -> Iterator[Row]:
    """All rows in *width* cells."""
    compared = Compared(comparison, Sheet(width=width, lang=lang), proofs=False)
    yield from (Row(OTHER, _quiet(block)) for block in _blocks(compared.routes(), lang))
    for group in compared.groups():
        pair = pair_of(comparison, group[0])
        lines = list(compared.change(group))
        texts = _texts(comparison, group[0].rule)
        key = (group[0].rule, group[0].item, group[0].further)
        yield Row(CHANGE, _change(group[0], lines), key, tuple(group), pair, texts)
    yield from (Row(OTHER, _quiet(block)) for block in _blocks(compared.dates(), lang))
    yield from (Row(OTHER, _quiet([line], QUIET)) for line in compared.notes())
    same = " ".join(line.strip() for line in compared.same())
    sign = "▾" if unfolded else "▸"
    yield Row(FOLD, Content("\n").join(lines_of(same, width, QUIET, 2, f"{sign} ")), FOLD)
    if unfolded:
        yield from _unchanged(comparison, width, lang)


def _texts(comparison: Comparison, rule: str) -> tuple[str, ...]:
    """A rule in both languages."""
    rules = comparison.before.rules
    found = rules.rules[rule]
    short = rules.instruments[found.instrument].short
    return (rule, found.article, found.title.en, found.title.zh, short.en, short.zh)


def _blocks(lines: Iterator[str], lang: str) -> Iterator[list[str]]:
    """Lines that belong together: further ones are indented."""
    block: list[str] = []
    for line in lines:
        if block and not line.startswith(" "):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _quiet(lines: Sequence[str], style: str = "") -> Content:
    return Content("\n").join(plain(line.rstrip(), style) for line in lines)


def _change(change: Change, lines: Sequence[str]) -> Content:
    """``! → -  title``, the two symbols in their colours; both sides below it."""
    before, after = map(compare_words.side_status, (change.before, change.after))
    head = lines[0]
    first = (
        plain(head[:1], status_style(before))
        + plain(head[1:4], QUIET)
        + plain(head[4:5], status_style(after))
        + plain(head[5:], "bold")
    )
    rest = [plain(line.rstrip(), QUIET if _is_side(line) else "bold") for line in lines[1:]]
    return Content("\n").join([first, *rest])


def _is_side(line: str) -> bool:
    """Whether a line is of a side or a cause, not a further one of the title."""
    return line.startswith(("    A ", "    B ", "      "))


def _unchanged(comparison: Comparison, width: int, lang: str) -> Iterator[Row]:
    rules = comparison.before.rules
    if comparison.draft is not None:
        return
    changed = {(c.rule, c.item, c.further) for c in comparison.changes}
    old, new = keyed(comparison.before), keyed(comparison.after)
    for key, finding in new.items():
        if key in old and key not in changed:
            status = display_status(finding)
            title = rules.rules[finding.rule].title.get(lang)
            item = wording.item_name(finding, lang)
            lines = lines_of(f"{title}  [{item}]" if item else title, width, "", 4, "    ")
            content = Content("\n").join(lines)
            shown = symbol(status) + content[1:]
            texts = _texts(comparison, finding.rule)
            yield Row(SAME, shown, key, (), (old[key], finding), texts)


def pair_of(comparison: Comparison, change: Change) -> tuple[Finding | None, Finding | None]:
    """The findings whose proofs stand beside each other.

    Where a side does not apply, what stands in its place there; else its own.
    """
    before = _in_place(comparison.before, change, change.before.applies, change.predecessors)
    after = _in_place(comparison.after, change, change.after.applies, change.successors)
    return before or change.before.finding, after or change.after.finding


def _in_place(
    evaluation: Evaluation, change: Change, applies: bool, partners: Sequence[object]
) -> Finding | None:
    if applies:
        return None
    found = keyed(evaluation)
    for partner in partners:
        finding = found.get((getattr(partner, "rule", ""), change.item, change.further))
        if finding is not None and finding.scope is not False:
            return finding
    return None
