"""What the lists of all tabs share: rows laid out for a width, and the words that filter them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, TypeVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.help import Helped
from compliancecheck.tui.panes import Pane
from compliancecheck.tui.words import say

MOST_ROWS = 500
"""More rows are not shown; the list says so, and its filter looks at all of them."""


T = TypeVar("T")


class RowList(OptionList, Helped):
    """Rows that are laid out anew for each width; j and k go as the arrows do."""

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    _gone: tuple[Any, int] | None = None
    """The row that the cursor stood on before it went, and the line where it stands instead."""

    class Resized(Message):
        """The rows must be laid out anew."""

    def on_resize(self) -> None:
        """Rows are laid out for a width."""
        self.post_message(self.Resized())

    def focus(self, scroll_visible: bool = True) -> RowList:
        """Take the focus at once: Textual takes it later, and a key typed ahead would be lost."""
        self.screen.set_focus(self, scroll_visible=scroll_visible)
        return self

    @property
    def room(self) -> int:
        """The cells of a row; 0: not laid out yet, :class:`Resized` will come."""
        return self.scrollable_content_region.width

    def index_of(self, rows: Sequence[T], kept: T | None, same: Callable[[T, T], bool]) -> int:
        """Where the cursor stands among other rows: on the row *kept*.

        Where that has gone, on the line where it stood; and when it comes back before the cursor
        was moved (an answer undone, a filter cleared), on it again.
        """
        gone, self._gone = self._gone, None
        if gone is not None and gone[1] == self.highlighted:
            at = next((n for n, row in enumerate(rows) if same(row, gone[0])), None)
            if at is not None:
                return at
        elif kept is not None:
            gone = (kept, -1)
            at = next((n for n, row in enumerate(rows) if same(row, kept)), None)
            if at is not None:
                return at
        near = max(min(self.highlighted or 0, len(rows) - 1), 0)
        self._gone = None if gone is None else (gone[0], near)
        return near

    def show_rows(
        self, rows: Iterable[Content], at: int, headings: Collection[int] = frozenset()
    ) -> None:
        """Show other rows with the cursor on the one *at*; it keeps its line of the screen.

        The cursor goes past the rows *headings*.
        """
        above = self._line_of_cursor() - self.scroll_offset.y
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(Option(row, disabled=n in headings) for n, row in enumerate(rows))
            self.highlighted = at if 0 <= at < self.option_count else None
        self.can_focus = self.option_count > 0 or self.has_focus
        if 0 <= above < self.size.height:
            self.scroll_to(y=max(self._line_of_cursor() - above, 0), animate=False, immediate=True)
            self.scroll_to_highlight()

    def _line_of_cursor(self) -> int:
        return 0 if self.highlighted is None else self._index_to_line.get(self.highlighted, 0)


class Filtered(Pane):
    """A pane with a list that is filtered by words: `/` asks for them, Esc shows all again."""

    BINDINGS = [Binding("slash,ctrl+f", "filter", "filter", key_display="/", id="filter")]

    words: str = ""
    words_prompt = "filter_prompt"
    """The key of the words that say what is searched."""

    def words_field(self, id: str = "words") -> ExactInput:
        """The field for the words; it shows only while it is used."""
        field = ExactInput("", compact=True, id=id, placeholder="…", classes="words")
        field.help_name = "words"
        field.display = False
        return field

    def refilter(self) -> None:
        """Show the rows that have the words."""
        raise NotImplementedError

    def has_rows(self) -> bool:
        """Whether there is a row to go to."""
        raise NotImplementedError

    @property
    def _field(self) -> ExactInput:
        return self.query_one(".words", ExactInput)

    def action_filter(self) -> None:
        """Type words."""
        self._field.display = True
        self._field.placeholder = say(self.words_prompt, self.lang)
        self._field.focus()

    def clear_words(self) -> None:
        """No words; the field goes. The rows are not drawn anew yet."""
        self.words = ""
        with self._field.prevent(Input.Changed):
            self._field.value = ""
        self._field.display = False

    def seek_words(self, words: str) -> None:
        """Show the rows that have *words*, as if they had been typed."""
        self.words = words.strip()
        with self._field.prevent(Input.Changed):
            self._field.value = self.words
        self._field.display = bool(self.words)
        self.refilter()

    def has_words(self, *texts: str) -> bool:
        """Whether all words stand in the texts together."""
        found = "\n".join(texts).lower()
        return all(word in found for word in self.words.lower().split())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter along."""
        event.stop()
        if event.value.strip() != self.words:
            self.words = event.value.strip()
            self.refilter()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the list."""
        event.stop()
        self._leave_words()

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """To the list; the words stay."""
        event.stop()
        self._leave_words()

    def _leave_words(self) -> None:
        self._field.display = bool(self.words)
        if self.has_rows():
            self.take_focus()
        else:
            self.action_clear()
