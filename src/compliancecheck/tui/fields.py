"""One question: the answers to choose from, and the field in which any answer can be typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widgets import Input, RadioButton, RadioSet

from compliancecheck.logic.bands import fact_axis, option_bands
from compliancecheck.logic.words import values_words
from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.findings import Axis, Band, Evaluation
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.scalars import read_text
from compliancecheck.reports.layout import wrap
from compliancecheck.reports.status import outcome_word
from compliancecheck.reports.strip import draw, way_words
from compliancecheck.tui import answers_text as texts
from compliancecheck.tui.form import focus_here
from compliancecheck.tui.help import Helped
from compliancecheck.tui.paper import QUIET, Paper, lines_of, plain
from compliancecheck.tui.words import WORDS, say

PREVIEW_AFTER = 0.08
"""Seconds after the last key until an answer that is not given yet is tried out."""


class ChoiceButton(RadioButton):
    """One answer: its digit, ``( )`` or ``(•)``, its words, and what it leads to."""

    def __init__(self, number: int, words: str, leads: str, column: int, on: bool) -> None:
        super().__init__("", value=on)
        self.number, self.words, self.leads, self.column = number, words, leads, column

    def rows(self, width: int) -> list[str]:
        """The text in *width* cells: what it leads to stands beside the words if there is room."""
        lead = f"{self.number:>2} ({'•' if self.value else ' '}) "
        room = max(width - cell_width(lead), 8)
        body = wrap(self.words, room)
        if self.leads:
            gap = max(self.column - cell_width(body[-1]), 0) + 2
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

    class Exact(Message):
        """The field was asked for."""

    def __init__(
        self,
        choices: Sequence[texts.Choice],
        lang: str,
        leads: Callable[[tuple[str, ...]], str],
        *,
        yes_no: bool = False,
        exact: bool = False,
    ) -> None:
        self.choices, self.lang = tuple(choices), lang
        self._yes_no, self._exact, self._begun = yes_no, exact, False
        words = [safe_text(choice.words.get(lang)) for choice in choices]
        column = min(max((cell_width(w) for w in words), default=0), 24)
        super().__init__(
            *(
                ChoiceButton(n, word, safe_text(leads(choice.leads_to)), column, choice.now)
                for n, (word, choice) in enumerate(zip(words, choices, strict=True), 1)
            ),
            compact=True,
        )

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
            if not button.value:
                button.value = True

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
        if action == "exact":
            return self._exact
        if action == "choose" and parameters:
            return int(str(parameters[0])) <= len(self.choices)
        return True

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self._selected = number - 1

    def action_yes_no(self, text: str) -> None:
        """Answer a yes/no question at once."""
        self.post_message(self.Accepted(text))

    def action_accept(self) -> None:
        """Give the answer that is chosen."""
        index = self.pressed_index
        self.post_message(self.Accepted(self.choices[index].text if index >= 0 else ""))

    def action_exact(self) -> None:
        """Open the field."""
        self.post_message(self.Exact())

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        """Say what is under the cursor."""
        event.stop()
        self.post_message(self.Chosen(self.choices[event.index].text))


class ExactInput(Input, Helped):
    """The field for any answer; Esc leaves it and the text stays."""

    help_name = "field"
    BINDINGS = [
        Binding("escape", "leave", "leave field", key_display="esc", id="leave"),
        Binding("enter", "submit", "next", key_display="enter", id="accept.field"),
    ]

    class Left(Message):
        """The field was left."""

    def action_leave(self) -> None:
        """Leave the field."""
        self.post_message(self.Left())


class FieldBox(Vertical):
    """One question with everything that answers it; it knows what is said, not where it is kept."""

    class Given(Message):
        """An answer: ``unknown`` and ``not yet`` are answers too."""

        def __init__(self, ref: FactRef, text: str) -> None:
            super().__init__()
            self.ref, self.text = ref, text

    class Skipped(Message):
        """The question is left for later."""

        def __init__(self, ref: FactRef) -> None:
            super().__init__()
            self.ref = ref

    class Tried(Message):
        """An answer to try out (None: nothing to try)."""

        def __init__(self, ref: FactRef, answer: Answer | None) -> None:
            super().__init__()
            self.ref, self.answer = ref, answer

    def __init__(
        self, evaluation: Evaluation, ref: FactRef, given: Answer | None, lang: str
    ) -> None:
        super().__init__(classes="field-box")
        self.evaluation, self.ref, self.given, self.lang = evaluation, ref, given, lang
        self.fact = evaluation.rules.facts[ref.name]
        self.axis = fact_axis(evaluation, ref) if self.fact.type.is_numeric else None
        self.choices = tuple(self._choices())
        self._timer: object = None

    # -- what is shown ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Question, answers, field, strip, help."""
        yield Paper(self._question, classes="question")
        exact = self.fact.type.is_numeric
        if self.choices:
            yield Options(
                self.choices,
                self.lang,
                self._leads,
                yes_no=self.fact.type is FactType.BOOLEAN,
                exact=exact,
            )
        if exact and self._folds:
            yield Paper(self._exact_hint, id="exact-hint")
        if exact or self.fact.type is FactType.TEXT:
            field = ExactInput(self._typed_before(), compact=True, id="exact")
            field.display = not self._folds
            yield field
            yield Paper(self._field_hint, id="reads-as")
        if self.axis is not None and len(self.axis.bands) > 1:
            yield Paper(self._strip, classes="strip")
        yield Paper(self._help, classes="help")

    def on_mount(self) -> None:
        """Put the focus where the answer is given."""
        wanted = ExactInput if not self._folds and self.query("ExactInput") else Options
        if self.query(wanted):
            focus_here(self.query_one(wanted))

    @property
    def _folds(self) -> bool:
        """Whether the field waits for ``=``: there are bands to choose from."""
        return self.axis is not None and len(self.axis.bands) > 1

    def _question(self, width: int) -> Iterator[Content]:
        asked = self.fact.question or self.fact.label
        yield from lines_of(asked.get(self.lang), width, "bold")
        if self.lang == "en" and asked.zh and self.app.size.height >= 24 and len(self.choices) < 9:
            yield from lines_of(asked.zh, width, QUIET)

    def _help(self, width: int) -> Iterator[Content]:
        if self.fact.help is not None:
            yield Content("")
            yield from lines_of(self.fact.help.get(self.lang), width, QUIET)

    def _exact_hint(self, width: int) -> Iterator[Content]:
        example = texts.example_of(self.fact, self.lang)
        yield from lines_of(say("exact_hint", self.lang, example=example), width, QUIET, 3, " ")

    def _strip(self, width: int) -> Iterator[Content]:
        axis = self.axis
        assert axis is not None
        shown = _trimmed_axis(axis, self.fact)
        yield Content("")
        for line in draw(shown, width, self.lang, ways=way_words(self.evaluation.rules.routes)):
            yield plain(line.rstrip())

    def _field_hint(self, width: int) -> Iterator[Content]:
        found = self.query(ExactInput)
        if not found or not found.first().display:
            return
        typed = found.first().value
        if not typed.strip():
            yield from lines_of(say("empty_skips", self.lang), width, QUIET)
            return
        if typed.strip() in ("?", "？"):
            words = WORDS["not_known"].get(self.lang)
            yield from lines_of(say("reads_as", self.lang, words=words), width)
            return
        answer = self._read(typed)
        if isinstance(answer, Problem):
            yield from lines_of(answer.message, width, "$error")
            if answer.hint:
                yield from lines_of(answer.hint, width, QUIET)
            return
        if self.fact.type is not FactType.TEXT:
            yield from lines_of(say("reads_as", self.lang, words=self._said(answer)), width)

    def _said(self, answer: Answer) -> str:
        return answer_said(self.fact, answer, self.lang)

    def _leads(self, leads_to: tuple[str, ...]) -> str:
        known: dict[str, Texts] = dict(way_words(self.evaluation.rules.routes))
        for name in leads_to:
            word = outcome_word(name)
            if word is not None:
                known[name] = word
        return texts.leads_words(leads_to, known, self.lang)

    def _typed_before(self) -> str:
        if self.given is None or self.given.unknown or self.given.not_yet:
            return ""
        return safe_text(self.given.text)

    # -- the answers to choose from ----------------------------------------------------------------

    def _choices(self) -> Iterator[texts.Choice]:
        fact, given = self.fact, self.given
        if fact.type in (FactType.BOOLEAN, FactType.CHOICE):
            for band in option_bands(self.evaluation, self.ref):
                yield self._option(band)
        elif self.axis is not None and len(self.axis.bands) > 1:
            for band in self.axis.bands:
                yield self._band(band)
        if fact.type is FactType.DATE and fact.event:
            now = given is not None and given.not_yet
            yield texts.Choice(texts.NOT_YET_TEXT, WORDS["not_yet"], (), now)
        now = given is not None and given.unknown
        yield texts.Choice(texts.UNKNOWN_TEXT, WORDS["not_known"], (), now)

    def _option(self, band: Band) -> texts.Choice:
        assert isinstance(band.values, frozenset)
        (option,) = band.values
        now = self.given is not None and self.given.values == band.values
        return texts.Choice(
            texts.option_text(option), texts.option_said(self.fact, option), band.leads_to, now
        )

    def _band(self, band: Band) -> texts.Choice:
        assert isinstance(band.values, tuple)
        interval = band.values[0]
        values = self.given.values if self.given else None
        now = isinstance(values, tuple) and all(_inside(v, interval) for v in values)
        return texts.Choice(
            texts.interval_text(self.fact, interval),
            texts.interval_said(self.fact, interval),
            band.leads_to,
            now,
        )

    # -- what happens ----------------------------------------------------------------------------

    def _read(self, typed: str) -> Answer | Problem:
        return read_text(self.fact, typed)

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Try the answer under the cursor."""
        event.stop()
        self._try(event.text)

    def on_options_accepted(self, event: Options.Accepted) -> None:
        """Give the answer; Enter without a choice says how to choose."""
        event.stop()
        if event.text:
            self.give(event.text)
        else:
            self.app.notify(say("choose_first", self.lang), markup=False, timeout=4)

    def on_options_exact(self, event: Options.Exact) -> None:
        """Open the field."""
        event.stop()
        field = self.query_one(ExactInput)
        field.display = True
        field.focus()
        self.query_one("#reads-as", Paper).set(self._field_hint)

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """Back to the answers; where there are none, out of the field at least."""
        event.stop()
        if self.query("Options"):
            self.query_one(Options).focus()
        else:
            self.screen.set_focus(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        event.stop()
        self.query_one("#reads-as", Paper).set(self._field_hint)
        self._try(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed; nothing skips, ``?`` is unknown, a wrong value stays."""
        event.stop()
        typed = event.value if self.fact.type is FactType.TEXT else event.value.strip()
        if not typed.strip():
            self.post_message(self.Skipped(self.ref))
        elif typed.strip() in ("?", "？"):
            self.give(texts.UNKNOWN_TEXT)
        elif not isinstance(self._read(typed), Problem):
            self.give(typed)

    def give(self, text: str) -> None:
        """Give an answer."""
        self._stop()
        self.post_message(self.Given(self.ref, text))

    def _try(self, typed: str) -> None:
        self._stop()
        answer = self._read(typed) if typed.strip() else None
        found = answer if isinstance(answer, Answer) else None
        self._timer = self.set_timer(
            PREVIEW_AFTER, lambda: self.post_message(self.Tried(self.ref, found)) and None
        )

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()  # type: ignore[attr-defined]
            self._timer = None


def answer_said(fact: Fact, answer: Answer, lang: str) -> str:
    """An answer in words, safe to show."""
    if answer.not_yet:
        return WORDS["not_yet"].get(lang)
    if answer.values is None:
        return WORDS["not_known"].get(lang)
    return safe_text(values_words(fact, answer.values).get(lang))


def _inside(one: Interval, other: Interval) -> bool:
    return one.meet(other) == one


def _trimmed_axis(axis: Axis, fact: Fact) -> Axis:
    """The axis with an open end where only the vocabulary's bound closes it."""
    from dataclasses import replace

    last = axis.bands[-1]
    assert isinstance(last.values, tuple)
    end = last.values[-1]
    if end.high is None or end.high != fact.bounds.high:
        return axis
    opened = replace(last, values=(Interval(end.low, None, end.low_open, False),))
    value = axis.value
    if value is not None and value.high == end.high and not value.is_point:
        value = Interval(value.low, None, value.low_open, False)
    return replace(axis, bands=(*axis.bands[:-1], opened), value=value)


__all__ = ["ChoiceButton", "ExactInput", "FieldBox", "Options", "Text", "answer_said", "events"]
