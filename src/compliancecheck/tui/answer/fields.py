"""One question with everything that answers it: choices, field, strip, help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from compliancecheck.logic.bands import fact_axis, leads_to
from compliancecheck.logic.evaluate import again
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.values import Members, Option, Values, hull
from compliancecheck.reading.problems import Problem
from compliancecheck.reports.strip import draw, way_words
from compliancecheck.tui.answer import answers_text as texts
from compliancecheck.tui.answer.columns import BOTH_LANGUAGES
from compliancecheck.tui.answer.field_words import (
    ROWS,
    band_of,
    choices,
    counts_apart,
    meant,
    read_as,
    trimmed_axis,
    typed_lines,
)
from compliancecheck.tui.answer.form import focus_here
from compliancecheck.tui.answer.marks import SetList
from compliancecheck.tui.answer.options import ExactInput, Options, too_early
from compliancecheck.tui.dates.day_prompt import DayInput
from compliancecheck.tui.paper import QUIET, Paper, in_both, lines_of, plain
from compliancecheck.tui.steady import Steady
from compliancecheck.tui.telling import answer_said, leads_said
from compliancecheck.tui.words import say

WORK_OUT_AFTER, NEXT_AFTER = 0.3, 0.05
PREVIEW_AFTER = 0.08
"""Seconds after the last key until an answer that is not given yet is tried out."""
MOST_FINDINGS = 20_000
"""Of more findings, what each option leads to takes seconds: keys would wait for that."""


class FieldBox(Vertical, Steady):
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

    class Kept(Message):
        """The answer that was given before stays; nothing is written."""

    class Tried(Message):
        """An answer to try out (None: nothing to try).

        ``before`` is there if it is the one that was given: the evaluation without it.
        """

        def __init__(
            self, ref: FactRef, answer: Answer | None, before: Evaluation | None = None
        ) -> None:
            super().__init__()
            self.ref, self.answer, self.before = ref, answer, before

    def __init__(
        self, evaluation: Evaluation, ref: FactRef, given: Answer | None, lang: str
    ) -> None:
        super().__init__(classes="field-box")
        self.evaluation, self.ref, self.given, self.lang = evaluation, ref, given, lang
        self.fact = evaluation.rules.facts[ref.name]
        self.axis = fact_axis(evaluation, ref) if self.fact.type.is_numeric else None
        self.choices = tuple(choices(self.fact, self.axis, given))
        self._timer: Timer | None = None
        self._aside: Evaluation | None = None
        self._tried: Answer | None = None  # the answer under the cursor, or typed so far
        self._left = False
        self._opened = False  # whether the field was opened beside the bands
        self._typed_marks = False  # whether the band that is marked is that of the typed text

    # -- what is shown ---------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Question, answers, field, strip, help."""
        yield Paper(self._question, classes="question")
        exact = self.fact.type.is_numeric
        if self.fact.type is FactType.CHOICES:
            yield SetList(self.fact, self.given, self.lang)
            yield Paper(self._set_hint, id="set-hint")
        if self.choices:
            yield Options(
                self.choices,
                self.lang,
                self._leads,
                yes_no=self.fact.type is FactType.BOOLEAN,
                not_yet=self.fact.type is FactType.DATE and self.fact.event,
                open_field=self.open_field if exact else None,
            )
        if exact and self._folds:
            yield Paper(self._exact_hint, id="exact-hint")
        if exact or self.fact.type is FactType.TEXT:
            field = self._field()
            field.display = not self._folds
            yield field
            yield Paper(self._field_hint, id="reads-as")
        if self.axis is not None and len(self.axis.bands) > 1:
            yield Paper(self._strip, classes="strip")
        yield Paper(self._help, classes="help")

    def _field(self) -> ExactInput:
        if self.fact.type is FactType.DATE:
            field: ExactInput = DayInput(self._typed_before(), self.fact, self.evaluation.as_of)
        else:
            field = ExactInput(self._typed_before(), compact=True, id="exact")
        if self.fact.type is FactType.TEXT:
            field.help_name = "text"
        else:
            field.placeholder = texts.example_of(self.fact, self.lang)
        return field

    def on_mount(self) -> None:
        """Put the focus where the answer is given."""
        if self.first_focus is not None:
            focus_here(self.first_focus)
        options = self.fact.type in (FactType.BOOLEAN, FactType.CHOICE, FactType.CHOICES)
        if options and len(self.evaluation.findings) <= MOST_FINDINGS:
            self.set_timer(WORK_OUT_AFTER, self._work_out)
        if self.given is not None and self.fact.type is not FactType.TEXT:
            self._timer = self.set_timer(PREVIEW_AFTER, lambda: self._preview(self.given))

    @property
    def first_focus(self) -> Widget | None:
        """Where the answer is given: marks, bands or options, else the field."""
        wanted = ExactInput if not self._folds and self.query("ExactInput") else Options
        return next(iter((*self.query(SetList), *self.query(wanted))), None)

    @property
    def _folds(self) -> bool:
        """Whether the field waits for ``=``: there are bands to choose from."""
        return self.axis is not None and len(self.axis.bands) > 1

    def _question(self, width: int) -> Iterator[Content]:
        asked = self.fact.question or self.fact.label
        if width >= BOTH_LANGUAGES:
            yield from in_both(asked, width, self.lang)
            return
        yield from lines_of(asked.get(self.lang), width, "bold")
        room = self.app.size.height >= 24 and len(self.choices) < 9 and not self._opened
        if self.lang == "en" and asked.zh and room:
            yield from lines_of(asked.zh, width, QUIET)

    def _help(self, width: int) -> Iterator[Content]:
        if self.fact.help is not None:
            yield Content("")
            yield from lines_of(self.fact.help.get(self.lang), width, QUIET)

    def _set_hint(self, width: int) -> Iterator[Content]:
        yield from lines_of(say("set_hint", self.lang), width, QUIET)

    def _exact_hint(self, width: int) -> Iterator[Content]:
        given = self.given
        if given is not None and given.values is not None:
            hint = say("exact_now", self.lang, value=self._said(given))
        else:
            example = texts.example_of(self.fact, self.lang)
            hint = say("exact_hint", self.lang, example=example)
        yield from lines_of(hint, width, QUIET, 3, " ")
        yield from counts_apart(self.evaluation, self.fact, width, self.lang)

    def _strip(self, width: int) -> Iterator[Content]:
        axis = self.axis
        assert axis is not None
        if self._tried is not None and isinstance(self._tried.values, tuple):
            axis = replace(axis, value=hull(self._tried.values))
        shown = trimmed_axis(axis, self.fact)
        if not self._opened:  # else the rows of the field's hint part them
            yield Content("")
        for line in draw(shown, width, self.lang, ways=way_words(self.evaluation.rules.routes)):
            yield plain(line.rstrip())

    def _field_hint(self, width: int) -> Iterator[Content]:
        found = self.query(ExactInput)
        if not found or not found.first().display:
            return
        if not self._folds:
            yield from counts_apart(self.evaluation, self.fact, width, self.lang)
        typed = found.first().value
        lines = list(typed_lines(self.evaluation, self.fact, typed, width, self.lang))
        yield from lines
        if self.fact.type is not FactType.TEXT and self.app.size.height >= 24:
            yield from [Content("")] * (ROWS - len(lines))

    def _said(self, answer: Answer) -> str:
        return answer_said(self.fact, answer, self.lang)

    def _leads(self, leads_to: tuple[str, ...]) -> str:
        return leads_said(self.evaluation, leads_to, self.lang)

    def _typed_before(self) -> str:
        if self.given is None or self.given.unknown or self.given.not_yet:
            return ""
        return safe_text(self.given.text)

    # -- the answers to choose from ----------------------------------------------------------------

    def _before(self) -> Evaluation:
        """The evaluation without this answer: against it the options are told apart."""
        if self.given is None:
            return self.evaluation
        if self._aside is None:
            old = self.evaluation
            self._aside = again(old, old.profile.without(self.ref, self.fact.list))
        return self._aside

    def _work_out(self, n: int = 0) -> None:
        """What each option leads to, one evaluation at a time: keys are served in between."""
        if self.fact.type is FactType.BOOLEAN:
            options: tuple[Option, ...] = (True, False)
        else:
            options = tuple(self.fact.choices)
        if n >= len(options) or not self.is_attached:
            return
        marks = self.fact.type is FactType.CHOICES
        values: Values = frozenset({options[n]})
        if marks:  # that it holds this one; which others is open
            values = Members(frozenset({str(options[n])}), frozenset(self.fact.choices))
        found = self._leads(leads_to(self._before(), self.ref, values))
        if marks:
            self.query_one(SetList).lead(n, found)
        else:
            self.query_one(Options).lead(n, found)
        self.set_timer(NEXT_AFTER, lambda: self._work_out(n + 1))

    # -- what happens ----------------------------------------------------------------------------

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Try the answer under the cursor."""
        event.stop()
        self._typed_marks = False
        if self.given is not None and event.text == self._now:
            self._stop()
            self._timer = self.set_timer(PREVIEW_AFTER, lambda: self._preview(self.given))
        else:
            self._try(event.text)

    @property
    def _now(self) -> str:
        """The choice in which the answer lies that was given; empty: there is none."""
        return next((choice.text for choice in self.choices if choice.now), "")

    def on_options_accepted(self, event: Options.Accepted) -> None:
        """Give the answer; Enter without a choice says how to choose."""
        event.stop()
        now, field = self._now, self.query(ExactInput)
        if self._typed_marks and field:  # what is marked is what was typed, and more exact there
            self._submit(field.first().value)
            return
        for marks in self.query(SetList):
            now = marks.text_of(self.given)
        if self.given is not None and event.text in ("", now):
            self._keep()
        elif event.text:
            self.give(event.text)
        else:
            first = "mark_first" if self.fact.type is FactType.CHOICES else "choose_first"
            self.app.notify(say(first, self.lang), markup=False, timeout=4)

    def open_field(self) -> None:
        """Put the focus into the field; where there are bands, it shows from then on."""
        field = self.query_one(ExactInput)
        field.display = True
        field.focus()
        self._opened = True  # room for the strip, which moves while one types
        for hint in self.query("#exact-hint"):
            hint.display = False
        for paper in self.query(".question, .strip").results(Paper):
            paper.again()
        self.query_one("#reads-as", Paper).set(self._field_hint)
        if field.value.strip():  # what is marked is what Enter gives
            self._mark_band(field.value)
            self._try(field.value)

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
        self._mark_band(event.value)
        self._try(event.value)

    def _mark_band(self, typed: str) -> None:
        """Mark the band in which lies what was typed; in several, or in none, no band."""
        if not self._folds or self.axis is None or not self._opened:
            return
        band = band_of(self.fact, self.axis.bands, read_as(self.fact, typed))
        self._typed_marks = band is not None
        self.query_one(Options).show(band)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed; nothing skips, ``?`` is unknown, a wrong value stays."""
        event.stop()
        self._submit(event.value)

    def _submit(self, value: str) -> None:
        typed = value if self.fact.type is FactType.TEXT else value.strip()
        if self.given is not None and value == self._typed_before():
            self._keep()
        elif not typed.strip():
            self._leave(self.Skipped(self.ref))
        elif typed.strip() in ("?", "？"):
            self.give(texts.UNKNOWN_TEXT)
        elif not isinstance(read_as(self.fact, typed), Problem):
            self.give(meant(self.fact, typed))

    def give(self, text: str) -> None:
        """Give an answer."""
        self._leave(self.Given(self.ref, text))

    def _keep(self) -> None:
        """The answer stands as it is written, an exact value in its band too."""
        self._leave(self.Kept())

    def _leave(self, message: Message) -> None:
        """Leave the question, once: a second Enter was not meant for the next one."""
        self._stop()
        if self._left:
            too_early(self)
        else:
            self._left = True
            self.post_message(message)

    @property
    def is_left(self) -> bool:
        """Whether it was answered or left: keys that come now are for the next question."""
        return self._left

    def stay(self) -> None:
        """The answer was refused: another one may be given."""
        self._left = False

    def _try(self, typed: str) -> None:
        self._stop()
        answer = read_as(self.fact, typed) if typed.strip() else None
        found = answer if isinstance(answer, Answer) else None
        self._timer = self.set_timer(PREVIEW_AFTER, lambda: self._preview(found))

    def _preview(self, answer: Answer | None) -> None:
        """Show an answer that is not given yet on the strip, and let the pane work it out.

        Of the one that was given, what it made of the answers without it.
        """
        self._tried, given = answer, self.given
        same = (
            given is not None
            and answer is not None
            and ((answer.values, answer.not_yet) == (given.values, given.not_yet))
        )
        for strip in self.query(".strip").results(Paper):
            strip.set(self._strip)
        few = len(self.evaluation.findings) <= MOST_FINDINGS
        if same and not few:
            answer = None  # nothing to compare it with: that would take seconds
        before = self._before() if same and few else None
        self.post_message(self.Tried(self.ref, answer, before))

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
