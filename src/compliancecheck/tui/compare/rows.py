"""The rows of a comparison: routes, findings and days that differ, and what does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from compliancecheck.logic.partners import keyed
from compliancecheck.model.comparison import Change, Comparison, RouteChange
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports import compare_words, wording
from compliancecheck.reports.compare import MOST_ITEMS, Compared
from compliancecheck.reports.layout import wrap_after
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import display_status
from compliancecheck.tui.paper import QUIET, lines_of, plain, status_style, symbol

ROUTE, CHANGE, SAME, FOLD, OTHER = "route", "change", "same", "fold", "other"


_UNBROKEN = 10_000
"""A width in which a sentence is one line."""


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
    """All rows in *width* cells: the routes, what has another status, what differs otherwise."""
    compared = Compared(comparison, Sheet(width=width, lang=lang), proofs=False)
    yield from _routes(comparison, width, lang)
    for group in sorted(compared.groups(), key=_keeps_status):
        pair = pair_of(comparison, group[0])
        lines = list(compared.change(group))
        texts = _texts(comparison, group[0].rule)
        key = (group[0].rule, group[0].item, group[0].further)
        yield Row(CHANGE, _change(group[0], lines), key, tuple(group), pair, texts)
    yield from (Row(OTHER, _quiet(block)) for block in _blocks(compared.dates()))
    yield from (Row(OTHER, _quiet([line], QUIET)) for line in compared.notes())
    unbroken = Compared(comparison, Sheet(width=_UNBROKEN, lang=lang), proofs=False)
    same = wording.semicolon(lang).join(unbroken.same())
    sign = "▾" if unfolded else "▸"
    yield Row(FOLD, Content("\n").join(lines_of(same, width, QUIET, 2, f"{sign} ")), FOLD)
    if unfolded:
        yield from _unchanged(comparison, width, lang)


def _keeps_status(group: Sequence[Change]) -> bool:
    before, after = (compare_words.side_status(s) for s in (group[0].before, group[0].after))
    return before is after


def _routes(comparison: Comparison, width: int, lang: str) -> Iterator[Row]:
    """The routes that differ, those from and to the same ways in one row."""
    sheet = Sheet(width=width, lang=lang)
    found: dict[tuple[str, str], list[str]] = {}
    for change in comparison.routes:
        old, new = (_way(comparison, change, side, sheet) for side in (0, 1))
        if old != new:
            name = _of_route(comparison, change, lang)
            found.setdefault((change.route, f"{old} → {new}"), []).append(name)
    for (_, ways), names in found.items():
        named = sheet.say(", ", "、").join(name for name in names[:MOST_ITEMS] if name)
        if len(names) > MOST_ITEMS:
            left = len(names) - MOST_ITEMS
            named += sheet.say(f" … and {left} more", f"……另有{left}项")
        head = sheet.say("ROUTE  ", "路径  ")
        text = f"{named}{wording.colon(lang)}{ways}" if named else ways
        lines = wrap_after(head, text, width, cell_width(head))
        yield Row(ROUTE, _quiet(lines, "bold"), texts=tuple(names))


def _way(comparison: Comparison, change: RouteChange, side: int, sheet: Sheet) -> str:
    line = change.after if side else change.before
    if line is None:
        return sheet.say("not in this profile", "此档案未列出")
    return wording.route_text(comparison.before.rules, line, sheet.lang)


def _of_route(comparison: Comparison, change: RouteChange, lang: str) -> str:
    if change.item is None and comparison.before.rules.routes[change.route].each:
        return wording.COMPANY.get(lang)
    return safe_text(change.item or "")


def _texts(comparison: Comparison, rule: str) -> tuple[str, ...]:
    """A rule in both languages."""
    rules = comparison.before.rules
    found = rules.rules[rule]
    short = rules.instruments[found.instrument].short
    return (rule, found.article, found.title.en, found.title.zh, short.en, short.zh)


def _blocks(lines: Iterator[str]) -> Iterator[list[str]]:
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
