"""The answers to choose from, and the field in which any answer can be typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, RadioButton, RadioSet

from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports.layout import wrap
from compliancecheck.tui.answer import answers_text as texts
from compliancecheck.tui.help import Helped

BOTH_LANGUAGES = 80
"""Cells from which an answer stands in both languages."""


class ChoiceButton(RadioButton):
    """One answer: its digit, ``( )`` or ``(•)``, its words, and what it leads to.

    *also* are the words in the other language; they show where there is much room.
    """

    def __init__(
        self, number: int, words: str, leads: str, columns: tuple[int, int], on: bool, also: str
    ) -> None:
        super().__init__("", value=on)
        self.number, self.words, self.leads = number, words, leads
        self.column, self._also_column = columns
        self.also = also if also != words else ""

    def rows(self, width: int) -> list[str]:
        """The text in *width* cells: what it leads to stands beside the words if there is room."""
        lead = f"{self.number:>2} ({'•' if self.value else ' '}) "
        room = max(width - cell_width(lead), 8)
        body = wrap(self.words, room)
        column = self.column
        if self.also and width >= BOTH_LANGUAGES and len(body) == 1:
            gap = max(column - cell_width(body[0]), 0) + 2
            if cell_width(body[0]) + gap + cell_width(self.also) <= room:
                body[0] += " " * gap + self.also
                column += 2 + self._also_column
        if self.leads:
            gap = max(column - cell_width(body[-1]), 0) + 2
            if cell_width(body[-1]) + gap + cell_width(self.leads) <= room:
                body[-1] += " " * gap + self.leads
            else:
                body += ["  " + line for line in wrap(self.leads, room - 2)]
        return [lead + body[0], *(" " * cell_width(lead) + line for line in body[1:])]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as the words need."""
        return len(self.rows(width))

    def render(self) -> Content:
        """The rows, the cursor drawn over all of them."""
        style = self.get_visual_style("toggle--label")
        width = self.content_size.width
        rows = [row + " " * max(width - cell_width(row), 0) for row in self.rows(width)]
        return Content("\n".join(rows)).stylize_before(style)


def _column(words: Sequence[str]) -> int:
    return min(max((cell_width(text) for text in words), default=0), 24)


_GIVE = ("enter", "y", "n")
"""Keys that give an answer at once."""


def meant_for(widget: Widget, pressed_at: float) -> bool:
    """Whether a key was pressed after the form around a widget was put up.

    A key that was waiting while the screen changed was meant for the screen before.
    """
    return all(pressed_at >= getattr(n, "shown_at", 0.0) for n in widget.ancestors_with_self)


async def own_key(widget: Widget, event: events.Key) -> None:
    """Carry out a widget's own key as it comes.

    Textual lets the app do it, a moment later: in a burst of keys, what is typed next would be
    inserted before a backspace is carried out.
    """
    focused = widget.screen.focused
    if isinstance(focused, ExactInput) and focused is not widget:
        event.stop()
        event.prevent_default()
        # It was typed for what has the focus by now.
        focused._forward_event(events.Key(event.key, event.character))
        return
    typed = isinstance(widget, Input) and event.is_printable
    if event.key in _GIVE and not typed and not meant_for(widget, event.time):
        event.stop()
        event.prevent_default()
        return
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):
        own = hasattr(widget, "action_" + binding.action.split("(")[0])
        if own and await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return


class Options(RadioSet, Helped):
    """The answers to choose from. Nothing is chosen until a key chooses; Enter accepts."""

    help_name = "options"
    BINDINGS = [
        Binding("1", "choose(1)", "choose", id="choose"),
        *(Binding(str(n), f"choose({n})", "choose", show=False, id=f"choose{n}", system=True)
          for n in range(2, 10)),
        Binding("enter", "accept", "next", key_display="enter", id="accept"),
        Binding("space", "toggle_button", "choose", show=False),
        Binding("y", "yes_no('true')", "answer", key_display="y n", id="yes"),
        Binding("n", "yes_no('false')", "no", show=False, id="no"),
        Binding("n", "not_yet", "not yet", id="notyet"),
        Binding("j", "next_button", "Down", show=False),
        Binding("k", "previous_button", "Up", show=False),
        Binding("equals_sign", "exact", "exact", key_display="=", id="exact"),
    ]  # fmt: skip

    class Chosen(Message):
        """An answer is under the cursor; it is no answer yet."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Accepted(Message):
        """An answer was given; an empty text: Enter without a choice."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self,
        choices: Sequence[texts.Choice],
        lang: str,
        leads: Callable[[tuple[str, ...]], str],
        *,
        yes_no: bool = False,
        not_yet: bool = False,
        open_field: Callable[[], None] | None = None,
    ) -> None:
        self.choices, self.lang = tuple(choices), lang
        self._yes_no, self._not_yet, self._begun = yes_no, not_yet, False
        self._left = False  # Esc was pressed: a digit that follows goes to a tab
        self._exact, self._open_field = open_field is not None, open_field or (lambda: None)
        words = [safe_text(choice.words.get(lang)) for choice in choices]
        also = [safe_text(choice.words.get("en" if lang == "zh" else "zh")) for choice in choices]
        columns = (_column(words), _column(also))
        super().__init__(
            *(
                ChoiceButton(n, word, safe_text(leads(c.leads_to)), columns, c.now, other)
                for n, (word, c, other) in enumerate(zip(words, choices, also, strict=True), 1)
            ),
            compact=True,
        )

    async def _on_key(self, event: events.Key) -> None:
        if not event.key.isdigit():
            self._left = event.key == "escape"
        await own_key(self, event)

    def lead(self, n: int, words: str) -> None:
        """Say what answer *n* leads to."""
        button = self._nodes[n]
        if words and isinstance(button, ChoiceButton):
            button.leads = words
            button.refresh(layout=True)

    def action_next_button(self) -> None:
        """The next answer. RadioSet calls it once when it appears: then nothing is chosen."""
        if self._begun:
            super().action_next_button()
        self._begun = True

    def watch__selected(self) -> None:
        """The cursor chooses what it stands on, as in any group of radio buttons."""
        super().watch__selected()
        if self._selected is not None:
            button = self._nodes[self._selected]
            assert isinstance(button, RadioButton)
            self._mark(button)

    def _mark(self, chosen: RadioButton) -> None:
        """Mark one and no other, at once: RadioSet waits for messages, and keys are faster."""
        with self.prevent(RadioButton.Changed):
            for button in self.query(RadioButton):
                button.value = button is chosen
        if self._pressed_button is not chosen:
            self._pressed_button = chosen
            self.post_message(self.Chosen(self.choices[self.pressed_index].text))

    def _on_radio_button_changed(self, event: RadioButton.Changed) -> None:
        """A click, or Space."""
        event.stop()
        event.prevent_default()
        self._mark(event.radio_button)
        self._selected = self.pressed_index

    def on_mount(self) -> None:
        """Put the cursor on the answer that was given before."""
        given = next((n for n, choice in enumerate(self.choices) if choice.now), None)
        self.call_after_refresh(self._restore, given)

    def _restore(self, given: int | None) -> None:
        if self._selected is None and given is not None:
            self._selected = given

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that mean something here."""
        if action == "yes_no":
            return self._yes_no
        if action == "not_yet":
            return self._not_yet
        if action == "exact":
            return self._exact
        if action == "choose" and parameters:
            return not self._left and int(str(parameters[0])) <= len(self.choices)
        return True

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self._selected = number - 1

    def action_yes_no(self, text: str) -> None:
        """Answer a yes/no question at once."""
        self.post_message(self.Accepted(text))

    def action_not_yet(self) -> None:
        """Answer at once that it did not happen yet."""
        self.post_message(self.Accepted(texts.NOT_YET_TEXT))

    def action_accept(self) -> None:
        """Give the answer that is chosen."""
        index = self.pressed_index
        self.post_message(self.Accepted(self.choices[index].text if index >= 0 else ""))

    def action_exact(self) -> None:
        """Open the field."""
        self._open_field()


class ExactInput(Input, Helped):
    """The field for any answer; Esc leaves it and the text stays."""

    help_name = "field"
    BINDINGS = [
        Binding("escape", "leave", "leave field", key_display="esc", id="leave"),
        Binding("enter", "submit", "next", key_display="enter", id="accept.field"),
    ]

    class Left(Message):
        """The field was left."""

    async def _on_key(self, event: events.Key) -> None:
        await own_key(self, event)

    def action_leave(self) -> None:
        """Leave the field."""
        self.post_message(self.Left())
