"""The screen of several profiles: companies down, rules across, a coloured symbol in each cell."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place, iso
from compliancecheck.reading.files import stamp_of
from compliancecheck.reports import wording
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.lists import MOST_ROWS, Filtered
from compliancecheck.tui.matrix.companies import (
    Cell,
    Company,
    Day,
    columns,
    company,
    worst_first,
)
from compliancecheck.tui.matrix.table import MatrixTable
from compliancecheck.tui.paper import QUIET, Paper, both_ends, lines_of, mark, plain
from compliancecheck.tui.session import today
from compliancecheck.tui.words import count, say

Find = Callable[[], tuple[Sequence[str], int]]
"""Looks for profiles: their paths, and how many other YAML files there are."""


class MatrixPane(Vertical, Filtered):
    """All companies of a folder. Files are read one after the other, and again when they change."""

    BINDINGS = [
        Binding("f", "status", "status", id="status.matrix"),
        Binding("s", "order", "order", id="order"),
        Binding("escape", "clear", "clear", show=False, id="clear.matrix"),
    ]

    class Open(Message):
        """Open one company, at a rule if there is one under the cursor."""

        def __init__(self, path: str, rule: str | None) -> None:
            super().__init__()
            self.path, self.rule = path, rule

    def __init__(self, find: Find, rules: Rules, day: Day, lang: str) -> None:
        super().__init__(id="matrix")
        self.find, self.rules, self.day, self.lang = find, rules, day, lang
        self.companies: dict[str, Company] = {}
        self.only: DisplayStatus | None = None
        self.by_worst = False
        self.skipped = 0
        self.found: list[str] = []
        self._shown: list[Company] = []
        self._columns: list[str] = []

    def compose(self) -> ComposeResult:
        """How many, the table, and in words what is under the cursor."""
        yield Paper(self._bar, id="matrix-bar")
        yield self.words_field()
        yield MatrixTable()
        yield Paper(self._nothing, id="no-company")
        yield Paper(self._under, id="matrix-cell")

    def on_mount(self) -> None:
        """Read what is there."""
        self.look_around()

    # -- the files -------------------------------------------------------------------------------

    @work(exclusive=True)
    async def look_around(self) -> None:
        """Find the profiles, and read those that are new or changed, the screen in between."""
        paths, self.skipped = self.find()
        self.found = list(paths)
        gone = self.companies.keys() - set(paths)
        for path in gone:
            del self.companies[path]
        fresh = [p for p in paths if self._is_new(p)]
        for n, path in enumerate(fresh):
            self.companies[path] = company(path, self.rules, self.day)
            if n < 3 or n % 10 == 0:
                self.draw()
            await asyncio.sleep(0)
        if fresh or gone or not paths:
            self.draw()

    def _is_new(self, path: str) -> bool:
        known = self.companies.get(path)
        return known is None or known.stamp != stamp_of(path)

    # -- what is shown ---------------------------------------------------------------------------

    def refilter(self) -> None:
        """Show the companies that have the words."""
        self.draw()

    def has_rows(self) -> bool:
        """Whether there is a company to go to."""
        return bool(self._shown)

    def draw(self) -> None:
        """The table anew; the cursor stays on its company and its rule."""
        known = [self.companies[path] for path in self.found if path in self.companies]
        chosen = [one for one in known if self.has_words(one.name, one.path)]
        if self.by_worst:
            chosen = worst_first(chosen)
        self._shown = chosen[:MOST_ROWS]
        self._columns = columns(self.rules, chosen, self.only)
        table = self.query_one(MatrixTable)
        table.display = bool(self._shown)
        table.show(self.rules, self._shown, self._columns, self.lang)
        for paper, draw in (
            ("#matrix-bar", self._bar),
            ("#no-company", self._nothing),
            ("#matrix-cell", self._under),
        ):
            self.query_one(paper, Paper).set(draw)

    def _bar(self, width: int) -> Iterator[Content]:
        lang, n = self.lang, len(self.found)
        known = len(self.companies)
        pieces = [
            say("matrix_of", lang, done=known, n=n)
            if known < n
            else count(n, lang, "matrix_one", "matrix_count"),
            say("matrix_rules", lang, n=len(self._columns)),
        ]
        if self.only is not None:
            word = LOOKS[self.only].word.get(lang)
            pieces.append(say("matrix_only", lang, status=word))
        if self.by_worst:
            pieces.append(say("matrix_worst", lang))
        if self.skipped:
            pieces.append(count(self.skipped, lang, "matrix_skipped_one", "matrix_skipped"))
        if len(self._shown) == MOST_ROWS:
            pieces.append(say("matrix_cut", lang, n=MOST_ROWS))
        yield from lines_of(("，" if lang == "zh" else ", ").join(pieces), width, QUIET)

    def _nothing(self, width: int) -> Iterator[Content]:
        if self._shown or len(self.companies) < len(self.found):
            return
        if self.words:
            yield from lines_of(say("matrix_no_match", self.lang, words=self.words), width)
        else:
            yield from lines_of(say("matrix_none", self.lang), width)

    # -- what is under the cursor ------------------------------------------------------------------

    @property
    def current(self) -> tuple[Company, str | None] | None:
        """The company under the cursor, and the rule (None: its name)."""
        at = self.query_one(MatrixTable).at
        if at is None or at[0] >= len(self._shown):
            return None
        row, column = at
        rule = self._columns[column] if 0 <= column < len(self._columns) else None
        return self._shown[row], rule

    @property
    def place(self) -> Place | None:
        """The file under the cursor, at its first problem."""
        current = self.current
        if current is None:
            return None
        problem = next((p for p in current[0].problems if p.is_error), None)
        if problem is None:
            return Place(current[0].path, 1, 1, 1)
        return Place(current[0].path, problem.line, problem.column, problem.end_column)

    def _under(self, width: int) -> Iterator[Content]:
        current = self.current
        if current is None:
            return
        one, rule = current
        name = safe_text(one.name) or os.path.basename(one.path)
        yield both_ends(f"{name} · {one.path}", [], width)
        if one.broken:
            first = next(p for p in one.problems if p.is_error)
            mark = wording.colon(self.lang)
            why = f"{first.line}:{first.column}{mark}{first.said(self.lang)}"
            yield from lines_of(say("matrix_problems_in", self.lang, why=why), width)
        elif rule is None:
            yield from _counts(one, self.lang, width)
        else:
            yield from self._rule(one.cells.get(rule), rule, width)

    def _rule(self, cell: Cell | None, name: str, width: int) -> Iterator[Content]:
        rule, lang = self.rules.rules[name], self.lang
        instrument = self.rules.instruments[rule.instrument]
        article = wording.article_text(rule.article, lang)
        text = f"{rule.title.get(lang)} · {instrument.short.get(lang)} {article}"
        if cell is None:
            yield plain(say("cell_none", lang), QUIET)
        elif cell.unasked:
            pack = self.rules.packs[instrument.pack].title.get(lang)
            yield from lines_of(say("cell_unasked", lang, pack=pack), width, QUIET)
        else:
            line = mark(cell.status, lang)
            if len(cell.findings) > 1:
                line += "  " + say("cell_items", lang, n=len(cell.findings))
            yield line
        yield from lines_of(text, width)

    def on_data_table_cell_highlighted(self) -> None:
        """Another cell: other words under the table."""
        self.query_one("#matrix-cell", Paper).set(self._under)

    def on_data_table_cell_selected(self) -> None:
        """Open the company, at the finding."""
        current = self.current
        if current is not None:
            self.post_message(self.Open(current[0].path, current[1]))

    # -- keys ------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The focus goes to the table."""
        self.query_one(MatrixTable).focus()

    def action_status(self) -> None:
        """Only rules that have one status for a company: the next of those there are."""
        found = {cell.status for one in self._shown for cell in one.cells.values()}
        found.discard(DisplayStatus.NOT_APPLICABLE)
        cycle = [None, *sorted(found, key=lambda status: status.rank)]
        here = cycle.index(self.only) if self.only in cycle else 0
        self.only = cycle[(here + 1) % len(cycle)]
        self.draw()

    def action_order(self) -> None:
        """In the order of the files, or the worst first."""
        self.by_worst = not self.by_worst
        self.draw()

    def action_clear(self) -> None:
        """All companies and all rules again."""
        self.clear_words()
        self.only = None
        self.draw()
        self.take_focus()


def _counts(one: Company, lang: str, width: int) -> Iterator[Content]:
    marks = [mark(s, lang) + f" {n}" for s, n in one.counts.items() if n]
    line = Content("")
    for piece in marks:
        longer = line + ("   " if line else "") + piece
        if line and longer.cell_length > width:
            yield line
            longer = piece
        line = longer
    yield line


class MatrixScreen(Translated, Screen[None]):
    """The frame around the matrix."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (60, "-normal"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-short"), (16, "-tall")]
    AUTO_FOCUS = "MatrixTable"
    BINDINGS = [
        Binding("o", "app.source", "source", show=False, id="source.matrix"),
        Binding("L,ctrl+l", "app.language", "language", key_display="L", show=False,
                id="language.matrix"),
        Binding("t", "app.day", "day", show=False, id="day.matrix"),
        Binding("d", "app.drafts", "drafts", show=False, id="drafts.matrix"),
        Binding("colon", "app.command_palette", "palette", show=False, id="palette.matrix"),
        Binding("question_mark,f1", "app.help", "help", key_display="?", id="help.matrix"),
        Binding("q", "app.quit", "quit", id="quit.matrix"),
    ]  # fmt: skip

    def __init__(self, name: str, find: Find, rules: Rules, day: Day, lang: str) -> None:
        super().__init__()
        self.folder, self.lang = name, lang
        self.matrix = MatrixPane(find, rules, day, lang)

    def compose(self) -> ComposeResult:
        """Top line, matrix, keys."""
        yield Paper(lambda width: lines_of(say("too_small", self.lang), width), id="too-small")
        with Vertical(id="frame"):
            yield Paper(self._top, id="top")
            yield self.matrix
        yield Keys()

    def _top(self, width: int) -> Iterator[Content]:
        day, lang = self.matrix.day, self.lang
        text = say("as_of", lang, day=iso(day.as_of))
        right = [(f" {text} ", "reverse") if day.as_of != today() else (text, "")]
        if day.law is not None:
            right.insert(0, (f" {say('law_of', lang, day=iso(day.law))} ", "reverse"))
        if day.drafts:
            right.insert(0, (f" {say('with_drafts', lang)} ", "reverse"))
        yield both_ends(f"{say('companies', lang)} · {safe_text(self.folder)}", right, width)

    def on_screen_resume(self) -> None:
        """Back from a company: read again what changed."""
        if self.matrix.is_mounted:
            self.matrix.look_around()

    @property
    def as_of(self) -> int:
        """The day of evaluation."""
        return self.matrix.day.as_of

    @property
    def law(self) -> int | None:
        """The day of law, if it is another one."""
        return self.matrix.day.law

    def set_day(self, as_of: int) -> None:
        """Judge all companies on another day."""
        self._judge(replace(self.matrix.day, as_of=as_of))

    def set_law(self, law: int | None) -> None:
        """Judge all companies by the law of another day."""
        self._judge(replace(self.matrix.day, law=law))

    def show_drafts(self) -> None:
        """Judge drafts too, or leave them out again."""
        self._judge(replace(self.matrix.day, drafts=not self.matrix.day.drafts))

    def _judge(self, day: Day) -> None:
        self.matrix.day = day
        self.matrix.companies.clear()
        self.query_one("#top", Paper).set(self._top)
        self.matrix.look_around()

    def speak(self, lang: str) -> None:
        """Another language."""
        self.lang = lang
        self.matrix.speak(lang)
        self.query_one("#top", Paper).set(self._top)
        self.matrix.draw()
        self.refresh_bindings()
