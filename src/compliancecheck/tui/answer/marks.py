"""Lists whose rows are marked: ``[x]``. The options of a set with what else may be said of it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.strip import Strip
from textual.widgets import OptionList, SelectionList
from textual.widgets.selection_list import Selection

from compliancecheck.model.facts import Fact
from compliancecheck.model.profile import Answer
from compliancecheck.model.safe import safe_text
from compliancecheck.model.values import Members
from compliancecheck.tui.answer.answers_text import UNKNOWN_TEXT
from compliancecheck.tui.answer.options import Options, own_key
from compliancecheck.tui.help import Helped
from compliancecheck.tui.words import say


class MarkList(SelectionList[int], Helped):
    """Rows that Space marks. Marks are drawn as ``[x]``."""

    BINDINGS = [
        Binding("space", "select", "mark", id="mark"),
        Binding("enter", "accept", "next", key_display="enter", id="accept.marks"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def __init__(self, words: Sequence[str], marked: frozenset[int] = frozenset()) -> None:
        self.words = list(words)
        rows = range(len(self.words))
        super().__init__(*(Selection(self._prompt(n, n in marked), n, n in marked) for n in rows))

    def _prompt(self, n: int, on: bool) -> Content:
        return Content(f"[{'x' if on else ' '}] {safe_text(self.words[n])}")

    def draw(self, n: int) -> None:
        """Draw the mark of a row as it is."""
        self.replace_option_prompt_at_index(n, self._prompt(n, n in self.selected))

    def on_selection_list_selection_toggled(
        self, event: SelectionList.SelectionToggled[int]
    ) -> None:
        """Draw the mark."""
        self.draw(event.selection_index)

    # The boxes of SelectionList tell on from off by colour alone.
    def _get_left_gutter_width(self) -> int:
        return 0

    def render_line(self, y: int) -> Strip:
        """A line as OptionList draws it."""
        return OptionList.render_line(self, y)


class SetList(MarkList):
    """The options of a set, a row that there is none of them, one that there may be others.

    It tells its answer as :class:`Options` does; without a mark nothing is answered.
    """

    help_name = "set"

    def __init__(self, fact: Fact, given: Answer | None, lang: str) -> None:
        self.options_of = tuple(fact.choices)
        self.none, self.others = len(self.options_of), len(self.options_of) + 1
        words = [fact.choices[option].get(lang) for option in self.options_of]
        words += [say("none_of_the_above", lang), say("perhaps_others", lang)]
        super().__init__(words, self._marked(given))
        self.labels = tuple(words)

    def _marked(self, given: Answer | None) -> frozenset[int]:
        if given is None:
            return frozenset()
        if not isinstance(given.values, Members):
            return frozenset({self.others})
        sure = {n for n, option in enumerate(self.options_of) if option in given.values.sure}
        if not given.values.is_point:
            return frozenset({*sure, self.others})
        return frozenset(sure or {self.none})

    def lead(self, n: int, words: str) -> None:
        """Say what it leads to that the set holds option *n*."""
        if words:
            self.words[n] = f"{self.labels[n]}  {words}"
            self.draw(n)

    def text(self) -> str:
        """The answer as it is written; empty: nothing is marked."""
        return self._written(frozenset(self.selected))

    def text_of(self, given: Answer | None) -> str:
        """The answer that was given, written so."""
        return self._written(self._marked(given))

    def _written(self, marked: frozenset[int]) -> str:
        chosen = ", ".join(o for n, o in enumerate(self.options_of) if n in marked)
        if self.others in marked:
            return f"{{includes: [{chosen}], rest: unknown}}" if chosen else UNKNOWN_TEXT
        return f"[{chosen}]" if marked else ""

    async def _on_key(self, event: events.Key) -> None:
        await own_key(self, event)

    def on_selection_list_selection_toggled(
        self, event: SelectionList.SelectionToggled[int]
    ) -> None:
        """Draw the mark; none of them and some of them are not true together."""
        n = event.selection_index
        if n in self.selected:
            with self.prevent(SelectionList.SelectionToggled):
                for other in list(self.selected):
                    if other != n and self.none in (n, other):
                        self.deselect(other)
                        self.draw(other)
        self.draw(n)
        self.post_message(Options.Chosen(self.text()))

    def action_accept(self) -> None:
        """Give what is marked."""
        self.post_message(Options.Accepted(self.text()))
