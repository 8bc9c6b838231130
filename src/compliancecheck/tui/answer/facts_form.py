"""The screen that asks facts: those of one theme together, one of them open."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import waiting_for
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Answer, Evidence, FactRef
from compliancecheck.reports import wording
from compliancecheck.tui.answer.answers_text import UNKNOWN_TEXT
from compliancecheck.tui.answer.fields import FieldBox
from compliancecheck.tui.answer.form import Form, Progress
from compliancecheck.tui.answer.why import asked_because
from compliancecheck.tui.paper import QUIET, Draw, Paper, lines_of
from compliancecheck.tui.review.evidence import evidence_text
from compliancecheck.tui.telling import answer_said
from compliancecheck.tui.words import say


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
        """Heading, then the facts in order."""
        yield Paper(self._title, id="heading")
        for n, ref in enumerate(self.shown.refs):
            if n == self.at:
                box = FieldBox(self.evaluation, ref, self.given(ref), self.lang)
                box.set_class(n > 0, "-below")
                yield box
                told = self.evaluation.profile.evidence.get(ref)
                if told is not None:
                    yield Paper(self._evidence(told), classes="evidence")
            elif len(self.shown.refs) > 1:
                yield Paper(self._folded(ref), classes="folded")

    def given(self, ref: FactRef) -> Answer | None:
        """The answer that was given."""
        from compliancecheck.logic.engine import engine_of

        return engine_of(self.evaluation).answer(ref)

    def _title(self, width: int) -> Iterator[Content]:
        yield from self.progress.lines(width, self.lang)
        ref = self.shown.refs[self.at]
        yield from asked_because(self.evaluation, ref, self.goal, self.lang, width)
        yield Content("")

    def _evidence(self, told: Evidence) -> Draw:
        text = say("evidence_line", self.lang, text=evidence_text(told, self.lang))
        return lambda width: lines_of(text, width, QUIET, 2)

    def _folded(self, ref: FactRef) -> Draw:
        fact, answer = self.evaluation.rules.facts[ref.name], self.given(ref)
        label = fact.label.get(self.lang)
        if answer is not None:
            text, style = f"✓ {label}{self._colon}{answer_said(fact, answer, self.lang)}", ""
        elif not self.matters(ref):
            text, style = f"- {label}{self._colon}{say('not_needed', self.lang)}", "dim"
        elif ref in self.skipped:
            text, style = f"· {label}{self._colon}{say('skipped_mark', self.lang)}", QUIET
        else:
            text, style = f"· {label}", QUIET
        return lambda width: lines_of(text, width, style, 2)

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
