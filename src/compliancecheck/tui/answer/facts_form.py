"""The screen that asks facts: those of one theme together, one of them open."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Answer, Evidence, FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.reports import wording
from compliancecheck.tui.answer.answers_text import UNKNOWN_TEXT
from compliancecheck.tui.answer.fields import FieldBox
from compliancecheck.tui.answer.form import Form, Progress
from compliancecheck.tui.answer.why import asked_because
from compliancecheck.tui.paper import QUIET, Draw, Fitted, Paper, lines_of, plain, shortened
from compliancecheck.tui.telling import answer_said
from compliancecheck.tui.words import say

SHORT, TALL = 12, 20
"""Rows of the form: below the first, question and answers need them all; from the second on
there is room for more than one answer that was given before."""

LEAST_OPTIONS = 3
"""So many rows of the answers are in view when a question opens."""


class FactsForm(Form):
    """The facts of one theme: one is open, the others are a line each."""

    def __init__(
        self,
        evaluation: Evaluation,
        screen: Screen,
        progress: Progress,
        lang: str,
        at: int = 0,
        skipped: frozenset[FactRef] = frozenset(),
    ) -> None:
        super().__init__(evaluation, progress, lang)
        self.shown, self.at, self.skipped = screen, at, skipped
        self.goal = screen.goal
        self._waiting = waiting_for(evaluation, (screen.goal,))

    def compose(self) -> ComposeResult:
        """Heading, the answers before, the open question, what follows."""
        yield Fitted(self._title, id="heading")
        if self.at:
            yield Fitted(self._earlier, classes="folded")
        ref = self.shown.refs[self.at]
        box = FieldBox(self.evaluation, ref, self.given(ref), self.lang)
        box.set_class(self.at > 0, "-below")
        yield box
        told = self.evaluation.profile.evidence.get(ref)
        if told is not None:
            yield Paper(self._evidence(told), classes="evidence")
        if self.shown.refs[self.at + 1 :]:
            yield Paper(self._later, classes="folded")

    def given(self, ref: FactRef) -> Answer | None:
        """The answer that was given."""
        return engine_of(self.evaluation).answer(ref)

    def _title(self, width: int, rows: int) -> Iterator[Content]:
        if rows < SHORT:  # the answers need them; w says why it is asked
            yield from self.progress.lines(width, self.lang, bar=False)
            return
        yield from self.progress.lines(width, self.lang)
        ref = self.shown.refs[self.at]
        yield from asked_because(self.evaluation, ref, self.goal, self.lang, width)
        yield Content("")

    def _earlier(self, width: int, rows: int) -> Iterator[Content]:
        """The facts before the open one: where there is little room, the last answer alone."""
        refs, room = self.shown.refs[: self.at], max((rows - TALL) // 2, 1)
        if rows < SHORT:
            return
        if room == 1 and len(refs) > 1:
            last = next((r for r in reversed(refs) if self.given(r) is not None), refs[-1])
            more = say("and_before", self.lang, n=len(refs) - 1)
            text, style = self._folded(last)
            yield plain(shortened(text, width - cell_width(more)), style) + plain(more, QUIET)
            return
        if len(refs) > room:
            yield from lines_of(
                say("so_many_before", self.lang, n=len(refs) - room + 1), width, QUIET
            )
            refs = refs[-room + 1 :]
        for ref in refs:
            text, style = self._folded(ref)
            yield from lines_of(text, width, style, 2)

    def _later(self, width: int) -> Iterator[Content]:
        for ref in self.shown.refs[self.at + 1 :]:
            text, style = self._folded(ref)
            yield from lines_of(text, width, style, 2)

    def _evidence(self, told: Evidence) -> Draw:
        text = say("evidence_line", self.lang, text=wording.evidence_text(told, self.lang))
        return lambda width: lines_of(text, width, QUIET, 2)

    def _folded(self, ref: FactRef) -> tuple[str, str]:
        """A fact that is not open in one line, and its style."""
        fact, answer = self.evaluation.rules.facts[ref.name], self.given(ref)
        label = fact.label.get(self.lang)
        if answer is not None:
            return f"✓ {label}{self._colon}{answer_said(fact, answer, self.lang)}", ""
        if not self.matters(ref):
            return f"- {label}{self._colon}{say('not_needed', self.lang)}", "dim"
        if ref in self.skipped:
            return f"· {label}{self._colon}{say('skipped_mark', self.lang)}", QUIET
        return f"· {label}", QUIET

    @property
    def _colon(self) -> str:
        return wording.colon(self.lang)

    def matters(self, ref: FactRef) -> bool:
        """Whether an answer can still change what is asked for."""
        return ref in self._waiting

    def next_at(self) -> int | None:
        """The next fact of this screen that is to be asked; None: the screen is done."""
        for n in range(self.at + 1, len(self.shown.refs)):
            ref = self.shown.refs[n]
            if self.matters(ref) or self.given(ref) is not None:
                return n
        return None

    def allows(self, action: str) -> bool:
        """Everything."""
        return True

    def skip(self) -> None:
        """Leave the open one for later."""
        self.post_message(self.Skip(self.shown.refs[self.at]))

    def unknown(self) -> None:
        """The open one is not known."""
        self.post_message(self.Write({self.shown.refs[self.at]: UNKNOWN_TEXT}))

    @property
    def first_focus(self) -> Widget | None:
        """Where the open one is answered."""
        return next((box.first_focus for box in self.query(FieldBox)), None)

    def bring_into_view(self) -> None:
        """Where there are few rows, scroll until some answers show; the layout is known."""
        focus = self.first_focus
        if focus is not None:
            rows = min(focus.region.height, LEAST_OPTIONS)
            over = focus.region.y + rows - self.region.bottom
            if over > 0:
                at = self.scroll_y + over
                self.scroll_to(y=at, animate=False, force=True, immediate=True)

    def asked(self) -> FactRef | None:
        """The open one."""
        return self.shown.refs[self.at]

    def on_field_box_given(self, event: FieldBox.Given) -> None:
        """Write it."""
        event.stop()
        self.post_message(self.Write({event.ref: event.text}))

    def on_field_box_kept(self, event: FieldBox.Kept) -> None:
        """Go on; nothing is written."""
        event.stop()
        self.post_message(self.Done())

    def stay(self) -> None:
        """What was given was refused."""
        for box in self.query(FieldBox):
            box.stay()

    def on_field_box_skipped(self, event: FieldBox.Skipped) -> None:
        """Leave it for later."""
        event.stop()
        self.post_message(self.Skip(event.ref))
