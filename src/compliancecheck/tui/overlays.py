"""What lies over the screen: a text in full, one choice out of a few, one line of text."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.paper import Draw, Paper, lines_of, plain


class FullText(Translated, ModalScreen[None]):
    """A text to scroll through; Esc, q, w or ? close it."""

    BINDINGS = [
        Binding("escape,q,w,question_mark,f1", "close", "close", key_display="esc", id="close"),
        Binding("c", "app.copy", "copy …", id="copy"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page Down", show=False),
        Binding("pageup", "scroll(-10)", "Page Up", show=False),
    ]

    def __init__(self, title: str, draw: Draw, lang: str) -> None:
        super().__init__()
        self.title_text, self._text, self.lang = title, draw, lang

    def compose(self) -> ComposeResult:
        """Title and text."""
        with VerticalScroll(id="full", can_focus=False):
            yield Paper(lambda width: [*lines_of(self.title_text, width, "bold"), Content("")])
            yield Paper(self._text)
        yield Keys(palette=False)

    def whole(self, width: int) -> str:
        """All of it as text, laid out for a width."""
        return "\n".join([self.title_text, "", *(line.plain for line in self._text(width))])

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one("#full", VerticalScroll).scroll_relative(y=lines, animate=False)


class Ask(Translated, ModalScreen[str]):
    """One choice out of a few; Esc takes none."""

    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], lang: str) -> None:
        super().__init__()
        self.title_text, self.choices, self.lang = title, tuple(choices), lang

    def compose(self) -> ComposeResult:
        """The question and its choices."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: [*lines_of(self.title_text, width, "bold"), Content("")])
            yield OptionList(*(Option(plain(words), id=name) for name, words in self.choices))
        yield Keys(palette=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(event.option.id or "")

    def action_close(self) -> None:
        """None of them."""
        self.dismiss("")


class Prompt(Translated, ModalScreen[str]):
    """One line of text; Esc gives none."""

    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: str, lang: str) -> None:
        super().__init__()
        self.title_text, self.lang = title, lang

    def compose(self) -> ComposeResult:
        """The question and a field."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_text, width, "bold"))
            yield Input(compact=True)
        yield Keys(palette=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss("")
