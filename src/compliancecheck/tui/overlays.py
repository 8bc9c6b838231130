"""What lies over the screen: a text in full, one choice out of a few, one line of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.help import Helped
from compliancecheck.tui.paper import Draw, Paper, lines_of, plain
from compliancecheck.tui.text_field import TextField
from compliancecheck.tui.words import say

Said = Callable[[str], str]
"""A text in the language that it is asked for: it may change while the text is on the screen."""

InFull = Callable[[str], tuple[str, Draw]]
"""Title and lines of a text, in a language."""

Choices = Callable[[str], Sequence[tuple[str, str]]]
"""Name and words of each choice, in a language; the names and their order are the same in all."""

T = TypeVar("T")


def said(key: str, **values: object) -> Said:
    """The words *key* in whichever language."""
    return lambda lang: say(key, lang, **values)


class Over(Translated, ModalScreen[T]):
    """Anything that lies over the screen; the language changes there too."""

    BINDINGS = [
        Binding("L,ctrl+l", "app.language", "language", key_display="L", show=False, id="language"),
        Binding("question_mark,f1", "app.help", "help", key_display="?", show=False, id="help"),
    ]

    lang: str

    def speak(self, lang: str) -> None:
        """Another language; what was typed and chosen stays."""
        self.lang = lang
        for paper in self.query(Paper):
            paper.again()
        self.refresh_bindings()


class FullText(Over[None]):
    """A text to scroll through; Esc, q, w or ? close it."""

    BINDINGS = [
        Binding("escape,q,w,question_mark,f1", "close", "close", key_display="esc", id="close"),
        Binding("c", "app.copy", "copy", id="copy"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page Down", show=False),
        Binding("pageup", "scroll(-10)", "Page Up", show=False),
    ]

    def __init__(self, text: InFull, lang: str) -> None:
        super().__init__()
        self._in, self.lang = text, lang
        self.title_text, self._text = text(lang)

    def compose(self) -> ComposeResult:
        """Title and text."""
        with VerticalScroll(id="full", can_focus=False):
            yield Paper(lambda width: [*lines_of(self.title_text, width, "bold"), Content("")])
            yield Paper(lambda width: self._text(width))
        yield Keys(palette=False)

    def speak(self, lang: str) -> None:
        """The text anew."""
        self.title_text, self._text = self._in(lang)
        super().speak(lang)

    def whole(self, width: int) -> str:
        """All of it as text, laid out for a width."""
        return "\n".join([self.title_text, "", *(line.plain for line in self._text(width))])

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one("#full", VerticalScroll).scroll_relative(y=lines, animate=False)


class ChoiceList(OptionList, Helped):
    """The choices of a menu."""

    help_name = "list"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.choice"),
        Binding("up", "cursor_up", "choose", key_display="↑↓", id="choose.choice"),
        Binding("down", "cursor_down", "Down", show=False),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]


class Ask(Over[str]):
    """One choice out of a few; Esc takes none."""

    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: Said, choices: Choices, lang: str) -> None:
        super().__init__()
        self.title_in, self.choices_in, self.lang = title, choices, lang

    def compose(self) -> ComposeResult:
        """The question and its choices."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(self._title)
            rows = self.choices_in(self.lang)
            yield ChoiceList(*(Option(plain(words), id=name) for name, words in rows))
        yield Keys(palette=False)

    def _title(self, width: int) -> list[Content]:
        return [*lines_of(self.title_in(self.lang), width, "bold"), Content("")]

    def speak(self, lang: str) -> None:
        """The choices too; the cursor stays."""
        listed = self.query_one(ChoiceList)
        offered = {option.id for option in listed.options}
        for name, words in self.choices_in(lang):
            if name in offered:  # by name: what is offered may have changed meanwhile
                listed.replace_option_prompt(name, plain(words))
        super().speak(lang)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """That one."""
        self.dismiss(event.option.id or "")

    def action_close(self) -> None:
        """None of them."""
        self.dismiss("")


class LineInput(TextField):
    """The field of a prompt."""

    help_name = "line"
    BINDINGS = [Binding("enter", "submit", "next", key_display="enter", id="accept.line")]


class Prompt(Over[str]):
    """One line of text; Esc gives none."""

    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: Said, lang: str) -> None:
        super().__init__()
        self.title_in, self.lang = title, lang

    def compose(self) -> ComposeResult:
        """The question and a field."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_in(self.lang), width, "bold"))
            yield LineInput(compact=True)
        yield Keys(palette=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed."""
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss("")
