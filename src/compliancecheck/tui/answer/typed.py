"""What was typed into the field of a form, kept while the form is put up anew."""

from __future__ import annotations

from dataclasses import dataclass

from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from compliancecheck.tui.answer.fields import FieldBox

FIELDS = "#exact, #review-words"
"""The field of an answer, and that of the words by which the review is filtered."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of a field, what of it is marked, and whether one was typing in it."""

    text: str
    selection: Selection
    has_focus: bool

    @classmethod
    def in_form(cls, form: Widget | None) -> Typed | None:
        """What stands in the field of *form*; None if it has none."""
        for field in form.query(FIELDS).results(Input) if form is not None else ():
            return cls(field.value, field.selection, field.has_focus)
        return None

    def go_on(self, form: Widget) -> None:
        """Put it into the field of the new form, where the next key goes on with it."""
        for field in form.query(FIELDS).results(Input):
            if self.has_focus:
                field.select_on_focus = False  # the first key would replace what was typed
                for box in form.query(FieldBox) if not field.display else ():
                    box.open_field()
                field.display = True
                field.focus(scroll_visible=False)
            field.value, field.selection = self.text, self.selection
