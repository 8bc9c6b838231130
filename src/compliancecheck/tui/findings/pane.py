"""The Findings tab: the ordered list with its filters, the proof of the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import OptionList

from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.texts import Place
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import status_counts
from compliancecheck.reports.tree import trees_text
from compliancecheck.tui.findings.proof import ProofPane
from compliancecheck.tui.findings.rows import (
    FOLD,
    HEAD,
    Row,
    bar_lines,
    by_instrument,
    drawn,
    rows_of,
    same_row,
)
from compliancecheck.tui.lists import MOST_ROWS, Filtered, RowList
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.paper import QUIET, Draw, Paper, lines_of, text_lines
from compliancecheck.tui.what_if.pane import WhatIfPane
from compliancecheck.tui.words import say

SETTLE_AFTER = 0.12


class FindingList(RowList):
    """The findings in the order of reading, one row each."""

    help_name = "findings"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.finding"),
    ]


class FindingsPane(Horizontal, Filtered):
    """All findings of the evaluation; it writes nothing."""

    BINDINGS = [
        Binding("f", "status", "status", id="status"),
        Binding("s", "order", "order", show=False, id="order.findings"),
        Binding("x", "what_if", "what if", id="whatif"),
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full"),
        Binding("escape", "clear", "clear", show=False, id="clear"),
    ]

    side = "#proof"

    def __init__(self, lang: str) -> None:
        super().__init__(id="findings")
        self.lang = lang
        self.evaluation: Evaluation | None = None
        self.only: DisplayStatus | None = None
        self.na_open = self.by_instrument = False
        self._rows: list[Row] = []
        self._is_cut = self._is_laid_out = self._is_filled = False
        self._timer: Timer | None = None
        self._wanted: Finding | None = None  # picked before there was a list to pick it in
        self._typed_ahead: Callable[[], None] | None = None  # a key that came before the rows

    def compose(self) -> ComposeResult:
        """Filters and list at the left, the proof at the right."""
        with Vertical(id="list-side"):
            yield Paper(self._bar, id="bar")
            yield self.words_field()
            yield Paper(self._nothing, id="nothing")
            yield FindingList(id="list")
        yield ProofPane(self.lang)
        yield WhatIfPane(self.lang)

    # -- what is shown ---------------------------------------------------------------------------

    def speak(self, lang: str) -> None:
        """The proof and the what-if too."""
        super().speak(lang)
        self.query_one(ProofPane).lang = lang
        self.query_one(WhatIfPane).speak(lang)

    def fill(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; the cursor stays on its finding."""
        kept = self.current
        self.evaluation, self._is_filled = evaluation, True
        self._fill(kept)
        if self.asks_what_if and self.query_one(WhatIfPane).evaluation is not evaluation:
            self._what_if_anew()

    def refilter(self) -> None:
        """The findings that have the words."""
        self._fill(self.current)

    def has_rows(self) -> bool:
        """Whether a finding is shown."""
        return bool(self._rows)

    def _fill(self, kept: Row | None = None) -> None:
        listed, now = self.query_one(FindingList), self.evaluation
        room = listed.room
        if room < 1:
            return  # not laid out yet; it will be told its size
        wanted, kept = self._wanted, self._wanted or kept
        if now is not None:
            self._wanted = None
        has_words = self.has_words if self.words else None
        self._is_laid_out = True
        chosen = rows_of(now, self.only, has_words, self.na_open) if now is not None else iter(())
        if now is not None and self.by_instrument:
            chosen = by_instrument(now, chosen)
        found = list(islice(chosen, MOST_ROWS + 1))
        self._rows, self._is_cut = found[:MOST_ROWS], len(found) > MOST_ROWS
        if wanted and self._is_cut and not any(same_row(row, wanted) for row in self._rows):
            self._wanted = wanted
            self.seek_words(f"{wanted.rule} {wanted.item or ''}")  # it lies beyond the rows
            return
        at = listed.index_of(self._rows, kept, same_row)
        heads = {n for n, r in enumerate(self._rows) if isinstance(r, str) and r.startswith(HEAD)}
        at += at in heads and at + 1 < len(self._rows)  # below a heading stands a finding
        rows = (drawn(now, row, self.na_open, room, self.lang) for row in self._rows if now)
        listed.show_rows(rows, at, heads)
        self.query_one("#bar", Paper).set(self._bar)
        self.query_one("#nothing", Paper).set(self._nothing)
        self._prove()
        if self._typed_ahead is not None and now is not None:
            typed, self._typed_ahead = self._typed_ahead, None
            typed()

    def _bar(self, width: int) -> Iterator[Content]:
        if self.evaluation is None:
            return
        order = say("by_instrument" if self.by_instrument else "by_status", self.lang)
        yield from bar_lines(self.evaluation, self.only, order, width, self.lang)
        if self._is_cut:
            yield from lines_of(say("rows_cut", self.lang, n=MOST_ROWS), width, QUIET)

    def _nothing(self, width: int) -> Iterator[Content]:
        if self._rows or not self._is_laid_out or not self._is_filled:
            return
        if self.evaluation is None:
            yield from lines_of(say("problems_instead", self.lang), width)
            return
        if self.only is None and not self.words:
            yield from lines_of(say("no_findings", self.lang), width, QUIET)
            return
        parts = [LOOKS[self.only].word.get(self.lang)] if self.only else []
        what = " ".join([*parts, *([f"“{self.words}”"] if self.words else [])])
        yield from lines_of(say("nothing_in_filter", self.lang, what=what), width)

    # -- the cursor ------------------------------------------------------------------------------

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        n = self.query_one(FindingList).highlighted
        return self._rows[n] if n is not None and n < len(self._rows) else None

    @property
    def place(self) -> Place | None:
        """Where the finding's figure, or the node under the cursor, stands in the profile."""
        proof = self.query_one(ProofPane)
        if proof.finding is not self.current:
            self._prove()  # the cursor has just moved
        return proof.place

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Prove what is under the cursor, a moment after the last key."""
        if event.option_list.id != "list":
            return
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_AFTER, self._prove)

    def _prove(self) -> None:
        row = self.current
        proof = self.query_one(ProofPane)
        finding = row if isinstance(row, Finding) else None
        proof.show(self.evaluation, finding)
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Into the proof; the folded line opens or folds."""
        if event.option_list.id != "list":
            return
        event.stop()
        row = self.current
        if row == FOLD:
            self.na_open = not self.na_open
            self._fill(row)
            if self.na_open:  # what was opened shows, not only its heading
                listed = self.query_one(FindingList)
                listed.call_after_refresh(listed.scroll_to_highlight, top=True)
        elif isinstance(row, Finding):
            self._prove()
            if self.screen.has_class("-narrow") and not self.screen.has_class("-swapped"):
                self.call_later(self.run_action, "screen.side")  # the proof opens over the list
            else:
                self._into_proof()

    def _into_proof(self) -> None:
        settle = self.query_one("#settle", OptionList)
        into = settle if settle.display else self.query_one("#why")
        into.focus(scroll_visible=False)  # the proof scrolls only as far as the cursor needs

    def swapped(self, over: bool) -> None:
        """The proof is walked through, not only scrolled."""
        self._into_proof() if over and isinstance(self.current, Finding) else self.take_focus()

    def on_row_list_resized(self, event: RowList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._fill(self.current)

    def pick(self, finding: Finding) -> None:
        """Put the cursor on a finding, also if a filter hid it."""
        self.clear_words()
        self.only = None
        self.na_open = display_status(finding) is DisplayStatus.NOT_APPLICABLE
        self._wanted = finding  # the list may not be laid out yet
        self._fill()
        self.query_one(FindingList).focus()

    # -- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """*In full* and *what if* need a finding; in the what-if these are its own keys."""
        if self.is_mounted and self.asks_what_if and action != "clear":
            return False
        if action in ("filter", "status", "order"):
            return self.evaluation is not None
        if action in ("full", "what_if"):
            return self.is_mounted and (not self._is_laid_out or isinstance(self.current, Finding))
        return True

    def action_status(self) -> None:
        """The next status that some finding has; after the last, all."""
        if self.evaluation is None:
            return
        counts = status_counts(self.evaluation)
        ring: list[DisplayStatus | None] = [None, *(s for s in DisplayStatus if counts[s])]
        at = ring.index(self.only) if self.only in ring else 0
        self.only = ring[(at + 1) % len(ring)]
        self._fill(self.current)

    def action_order(self) -> None:
        """By status, the worst first; or by instrument, each under its heading."""
        self.by_instrument = not self.by_instrument
        self._fill(self.current)

    def take_focus(self) -> None:
        """The focus goes to the list, if there is one; to the what-if while that is open."""
        if self.asks_what_if:
            self.query_one("#suggestions").focus()
            return
        listed = self.query_one(FindingList)
        if listed.can_focus:
            listed.focus()

    def action_clear(self) -> None:
        """From the proof to the list; in the list, all findings again."""
        if self.asks_what_if:
            self.close_what_if()
            return
        listed = self.query_one(FindingList)
        if self.screen.has_class("-narrow") and self.screen.has_class("-swapped"):
            self.call_later(self.run_action, "screen.side")
            return
        if not listed.has_focus and self._rows:
            listed.focus()
            return
        self.only = None
        self.clear_words()
        self._fill(self.current)
        listed.focus()

    # -- what if ---------------------------------------------------------------------------------

    @property
    def asks_what_if(self) -> bool:
        """Whether the what-if is open."""
        return self.has_class("-what-if")

    def action_what_if(self) -> None:
        """What would turn the finding under the cursor."""
        row = self.current
        if not self._is_laid_out:
            self._typed_ahead = self.action_what_if
        if self.evaluation is None or not isinstance(row, Finding):
            return
        self._prove()
        self.add_class("-what-if")
        self.query_one(WhatIfPane).show(self.evaluation, row)

    def _what_if_anew(self) -> None:
        """The file was changed: the same finding, as it is now."""
        before, row = self.query_one(WhatIfPane).finding, self.current
        if self.evaluation is not None and isinstance(row, Finding) and same_row(row, before):
            self.query_one(WhatIfPane).show(self.evaluation, row)
        else:
            self.close_what_if()

    def close_what_if(self, *, to_list: bool = True) -> None:
        """Back to list and proof; without *to_list* one goes on to another tab.

        A focus that came to the list later would bring this tab back.
        """
        self.remove_class("-what-if")
        if to_list:
            self.query_one(FindingList).focus()
        self.refresh_bindings()

    def on_what_if_pane_closed(self, event: WhatIfPane.Closed) -> None:
        """Back to the list."""
        event.stop()
        self.close_what_if()

    def action_full(self) -> None:
        """The whole proof, nothing cut."""
        evaluation, row = self.evaluation, self.current
        if not self._is_laid_out:
            self._typed_ahead = self.action_full
        if evaluation is None or not isinstance(row, Finding):
            return

        def in_full(lang: str) -> tuple[str, Draw]:
            def draw(width: int) -> Iterator[Content]:
                sheet = Sheet(width=width, lang=lang)
                yield from text_lines(
                    trees_text(evaluation, [row], sheet, routes=False, left=""), width
                )

            return evaluation.rules.rules[row.rule].title.get(lang), draw

        self.app.push_screen(FullText(in_full, self.lang))
