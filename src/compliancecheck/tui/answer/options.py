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
from compliancecheck.tui.answer import answers_text as texts
from compliancecheck.tui.answer.columns import LEAD, Cells, Columns
from compliancecheck.tui.help import Helped
from compliancecheck.tui.steady import Steady
from compliancecheck.tui.text_field import TextField
from compliancecheck.tui.words import say


class ChoiceButton(RadioButton, Steady):
    """One answer: its digit, ``( )`` or ``(•)``, and its columns: words, what it leads to."""

    def __init__(self, number: int, columns: Columns, on: bool) -> None:
        super().__init__("", value=on)
        self.number, self.columns = number, columns

    def rows(self, width: int) -> list[str]:
        """The text in *width* cells."""
        lead = f"{self.number:>2} ({'•' if self.value else ' '}) "
        first, *rest = self.columns.rows(self.number - 1, max(width - LEAD, 8))
        return [lead + first, *(" " * LEAD + line for line in rest)]

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


_GIVE = ("enter", "y", "n")
"""Keys that give an answer at once."""


def meant_for(widget: Widget, pressed_at: float) -> bool:
    """Whether a key was pressed after the form around a widget was put up.

    A key that was waiting while the screen changed was meant for the screen before.
    """
    return all(pressed_at >= getattr(n, "shown_at", 0.0) for n in widget.ancestors_with_self)


def too_early(widget: Widget) -> None:
    """Say that a key did nothing, because it was pressed before what it would answer was there."""
    app = widget.app
    app.notify(say("key_too_early", getattr(app, "lang", "en")), markup=False, timeout=4)


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
    # Of a question that was answered a moment ago and is still on the screen.
    left = any(getattr(node, "is_left", False) for node in widget.ancestors)
    early = event.key in _GIVE and not typed and not meant_for(widget, event.time)
    if early or (left and (event.is_printable or event.key == "enter")):
        event.stop()
        event.prevent_default()
        too_early(widget)
        return
    for binding in widget._bindings.key_to_bindings.get(event.key, ()):
        own = hasattr(widget, "action_" + binding.action.split("(")[0])
        if own and await widget.app.run_action(binding.action, widget):
            event.stop()
            event.prevent_default()
            return


class Options(RadioSet, Helped, Steady):
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
        other = "en" if lang == "zh" else "zh"
        self._columns = Columns(
            [
                Cells(words, also if also != words else "", safe_text(leads(choice.leads_to)))
                for choice in choices
                for words, also in [[safe_text(choice.words.get(in_)) for in_ in (lang, other)]]
            ]
        )
        super().__init__(
            *(ChoiceButton(n, self._columns, c.now) for n, c in enumerate(choices, 1)),
            compact=True,
        )

    async def _on_key(self, event: events.Key) -> None:
        if not event.key.isdigit():
            self._left = event.key == "escape"
        await own_key(self, event)

    def watch_has_focus(self, has_focus: bool) -> None:
        """The styles of the focus; they no longer matter to a form that another one replaces."""
        if not any(node.has_class("-leaving") for node in self.ancestors):
            super().watch_has_focus(has_focus)

    def lead(self, n: int, words: str) -> None:
        """Say what answer *n* leads to."""
        if not words:
            return
        moved = self._columns.lead(n, safe_text(words))
        for button in self._nodes if moved else self._nodes[n : n + 1]:
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

    def show(self, number: int | None) -> None:
        """Mark the answer that was typed elsewhere (None: no one), without choosing it."""
        with self.prevent(RadioButton.Changed):
            for n, button in enumerate(self.query(RadioButton)):
                button.value = n == number
        self._pressed_button = None

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
        """Choose by digit; also what the cursor is on, if something else was typed since."""
        self._selected = number - 1
        button = self._nodes[number - 1]
        assert isinstance(button, RadioButton)
        self._mark(button)

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


class ExactInput(TextField):
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
