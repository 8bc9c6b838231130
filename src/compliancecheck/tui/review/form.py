"""The review on the screen: its filters, its list, and what Enter does with a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.reports import wording
from compliancecheck.tui.answer.form import Form, Progress, focus_here
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.help import Helped
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.paper import QUIET, Draw, Paper, lines_of, padded, plain
from compliancecheck.tui.review.reasons import why_not_needed
from compliancecheck.tui.review.rows import Listed, Row
from compliancecheck.tui.review.side import beside
from compliancecheck.tui.review.state import FILTERS, Review, State
from compliancecheck.tui.telling import answer_said
from compliancecheck.tui.words import count, say

MOST_ROWS = 500
_SIGNS = {
    State.OPEN: ("·", ""),
    State.SKIPPED: ("·", ""),
    State.UNKNOWN: ("?", ""),
    State.ANSWERED: ("✓", ""),
    State.NOT_NEEDED: ("-", "dim"),
}


class ReviewList(OptionList, Helped):
    """Every question with its answer; Enter answers anew."""

    help_name = "review"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.review"),
        Binding("f", "status", "status", id="status.review"),
        Binding("slash,ctrl+f", "filter", "filter", key_display="/", id="filter.review"),
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full.review"),
        Binding("escape,b", "close", "close", key_display="esc", id="close.review"),
        Binding("r", "leave", "review", show=False, id="review.list"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    class Key(Message):
        """``status``, ``filter``, ``full``, ``close``, ``leave``, or another width: ``resized``."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def action_status(self) -> None:
        """The next filter by state."""
        self.post_message(self.Key("status"))

    def action_filter(self) -> None:
        """Type words."""
        self.post_message(self.Key("filter"))

    def action_full(self) -> None:
        """All that is known of the question."""
        self.post_message(self.Key("full"))

    def action_close(self) -> None:
        """Clear the filters, or leave the review."""
        self.post_message(self.Key("close"))

    def action_leave(self) -> None:
        """Leave the review, filtered or not: the key that opened it."""
        self.post_message(self.Key("leave"))

    def centre(self) -> None:
        """Scroll the row under the cursor to the middle, a whole row at the top."""
        at, height = self.highlighted, self.scrollable_content_region.height
        if at is None or not self.is_mounted:
            return
        self._update_lines()  # Textual knows no other way to where a row begins
        starts, rows = self._index_to_line, self._heights[at]
        above = starts[at] - max(height - rows, 0) // 2
        top = min((line for line in starts.values() if line >= above), default=starts[at])
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """Rows are laid out for a width."""
        self.post_message(self.Key("resized"))


class ReviewForm(Form):
    """All questions by pack, theme and item. It writes nothing."""

    class Chosen(Message):
        """Answer this question anew, or offer this point of law."""

        def __init__(self, ref: FactRef | None, reading: str) -> None:
            super().__init__()
            self.ref, self.reading = ref, reading

    class Close(Message):
        """Back to the interview."""

    class Moved(Message):
        """Another row is under the cursor."""

    def __init__(
        self, evaluation: Evaluation, review: Review, lang: str, skipped: frozenset[FactRef]
    ) -> None:
        super().__init__(evaluation, Progress(say("review_title", lang)), lang)
        self.review = review
        self.listed = Listed(evaluation, skipped, lang)
        self.rows: list[Row] = []
        self._counts = self.listed.counts()
        self._is_cut = False

    def compose(self) -> ComposeResult:
        """Filters, a field for words, the list."""
        with Vertical(id="review-head"):
            yield Paper(self._bar, id="review-bar")
            field = ExactInput(self.review.words, compact=True, id="review-words")
            field.display, field.help_name = bool(self.review.words), "words"
            yield field
        yield Paper(self._nothing, id="review-nothing")
        yield ReviewList(id="review-list")

    def on_mount(self) -> None:
        """The focus is on the list."""
        focus_here(self.query_one(ReviewList))

    # -- what is shown -----------------------------------------------------------------------------

    def _fill(self) -> None:
        listed = self.query_one(ReviewList)
        room = listed.scrollable_content_region.width
        if room < 1:
            return  # not laid out yet; it will be told its size
        found = list(islice(self.listed.rows(self.review), MOST_ROWS + 1))
        self.rows, self._is_cut = found[:MOST_ROWS], len(found) > MOST_ROWS
        with self.prevent(OptionList.OptionHighlighted):
            listed.clear_options()
            listed.add_options(
                Option(self._row(row, room), disabled=row.state is None) for row in self.rows
            )
            listed.highlighted = self._place_of_cursor()
            listed.call_after_refresh(listed.centre)
        self.query_one("#review-bar", Paper).set(self._bar)
        self.query_one("#review-nothing", Paper).set(self._nothing)
        self._moved()

    def _place_of_cursor(self) -> int | None:
        questions = [n for n, row in enumerate(self.rows) if row.state is not None]
        kept = [n for n in questions if self.rows[n].key == self.review.at]
        return next(iter(kept or questions), None)

    def _bar(self, width: int) -> Iterator[Content]:
        yield from self.progress.lines(width, self.lang)
        line = Content("")
        for n, (key, states) in enumerate(FILTERS):
            total = sum(self._counts.get(state, 0) for state in states)
            text = say(key, self.lang, n=total)
            on = n == self.review.only
            piece = plain(f"[{text}]" if on else f" {text} ", "reverse" if on else "")
            if line and line.cell_length + piece.cell_length > width:
                yield line
                line = Content("")
            line = line + piece
        yield line
        if self._is_cut:
            yield from lines_of(say("review_cut", self.lang, n=MOST_ROWS), width, QUIET)

    def _nothing(self, width: int) -> Iterator[Content]:
        if not self.rows:
            yield from lines_of(say("nothing_to_review", self.lang), width)

    def _row(self, row: Row, width: int) -> Content:
        indent = 2 * row.depth
        if row.state is None:
            return Content("\n").join(lines_of(row.title, width, "bold", indent, " " * indent))
        sign, style = _SIGNS[row.state]
        colon = wording.colon(self.lang)
        said = self._said(row)
        lead = " " * max(indent - 2, 0) + f"{sign} "
        title = row.title if row.reading else f"{row.title}{colon}{said}"
        lines = lines_of(title, width, style, cell_width(lead) + 2, lead)
        if row.reading:  # a question in full; its answer stands below it
            lines += lines_of(said, width, style or QUIET, 0, " " * (cell_width(lead) + 2))
        return Content("\n").join([padded(lines[0], width), *lines[1:]])

    def _said(self, row: Row) -> str:
        lang, evaluation = self.lang, self.evaluation
        if row.reading:
            adopted = evaluation.profile.readings.get(row.reading)
            if adopted is not None:
                return evaluation.rules.readings[row.reading].choices[adopted.choice].get(lang)
            return say("is_open" if row.state is State.OPEN else "reading_idle", lang)
        assert row.ref is not None
        if row.state is State.NOT_NEEDED:
            return say("not_needed_short", lang, why=why_not_needed(evaluation, row.ref, lang))
        if row.state is State.SKIPPED:
            return say("skipped_mark", lang)
        if row.state is State.OPEN:
            return say("is_open", lang)
        fact = evaluation.rules.facts[row.ref.name]
        if not fact.fields:
            answer = self.listed.answer(row.ref)
            said = answer_said(fact, answer, lang) if answer is not None else ""
            told = row.ref in evaluation.profile.evidence
            return said + say("has_evidence", lang) if told else said
        given = self.listed.items(fact)
        n = len(given.items) if given else 0
        if not n:
            return say("not_known" if given and given.open else "none_of_these", lang)
        return count(n, lang, "one_item", "many_items")

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        n = self.query_one(ReviewList).highlighted if self.query(ReviewList) else None
        return self.rows[n] if n is not None and n < len(self.rows) else None

    def beside(self, width: int) -> Iterator[Content]:
        """What stands beside the row under the cursor."""
        return beside(self.listed, self.current, width)

    # -- keys --------------------------------------------------------------------------------------

    def _moved(self) -> None:
        row = self.current
        if row is not None:
            self.review.at = row.key
        self.post_message(self.Moved())

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell what stands under the cursor."""
        event.stop()
        self._moved()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer anew."""
        event.stop()
        row = self.current
        if row is not None and row.state is not None:
            self.post_message(self.Chosen(row.ref, row.reading))

    def on_review_list_key(self, event: ReviewList.Key) -> None:
        """Filters, words, leaving."""
        event.stop()
        if event.what == "status":
            self.review.only = (self.review.only + 1) % len(FILTERS)
            self._fill()
        elif event.what == "filter":
            field = self.query_one(ExactInput)
            field.display, field.placeholder = True, say("review_words", self.lang)
            field.focus()
        elif event.what == "resized":
            self._fill()
        elif event.what == "full":
            self._show_full()
        elif event.what == "leave":
            self.post_message(self.Close())
        else:
            self.close()

    def _show_full(self) -> None:
        listed, current, title = self.listed, self.current, self.progress.title
        if current is None:
            return

        def in_full(lang: str) -> tuple[str, Draw]:
            if lang == listed.lang:
                return title, lambda width: beside(listed, current, width)
            other = Listed(listed.evaluation, listed.skipped, lang)
            row = next((row for row in other.rows(Review()) if row.key == current.key), None)
            if row is None:  # it is drawn as it was, rather than not at all
                return title, lambda width: beside(listed, current, width)
            return say("review_title", lang), lambda width: beside(other, row, width)

        self.app.push_screen(FullText(in_full, self.lang))

    def close(self) -> None:
        """Clear the filters; without any, leave the review."""
        if self.review.only or self.review.words:
            self.review.only, self.review.words = 0, ""
            field = self.query_one(ExactInput)
            field.value, field.display = "", False
            self._fill()
            self.query_one(ReviewList).focus()
        else:
            self.post_message(self.Close())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter along."""
        event.stop()
        if event.value.strip() != self.review.words:
            self.review.words = event.value.strip()
            self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the list."""
        event.stop()
        self._leave_words()

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """To the list; the words stay."""
        event.stop()
        self._leave_words()

    def _leave_words(self) -> None:
        self.query_one(ExactInput).display = bool(self.review.words)
        self.query_one(ReviewList).focus()

    def allows(self, action: str) -> bool:
        """Nothing: its list has the keys."""
        return False

    def asked(self) -> FactRef | None:
        """The question under the cursor."""
        row = self.current
        return row.ref if row is not None else None
