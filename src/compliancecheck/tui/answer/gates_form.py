"""The screen that comes first: which packs concern you."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content

from compliancecheck.logic.interview import Screen
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.tui.answer.form import Form, Progress, focus_here
from compliancecheck.tui.answer.marks import MarkList
from compliancecheck.tui.paper import QUIET, Paper, lines_of
from compliancecheck.tui.words import say


class GateList(MarkList):
    """What may concern you: Space marks, Enter goes on."""

    help_name = "gates"

    def action_accept(self) -> None:
        """Go on with what is marked."""
        self.post_message(Form.Done())


class GatesForm(Form):
    """Which of these concern you?"""

    def __init__(
        self, evaluation: Evaluation, screen: Screen, progress: Progress, lang: str
    ) -> None:
        super().__init__(evaluation, progress, lang)
        self.shown = screen

    def compose(self) -> ComposeResult:
        """The list, and the question of the one under the cursor in full."""
        yield Paper(self._title)
        yield GateList([self._label(ref) for ref in self.shown.refs])
        yield Paper(self._question, id="gate-question")

    def on_mount(self) -> None:
        """The focus is on the list."""
        focus_here(self.query_one(GateList))

    def _label(self, ref: FactRef) -> str:
        fact = self.evaluation.rules.facts[ref.name]
        return self.evaluation.rules.packs[fact.pack].title.get(self.lang)

    def _title(self, width: int) -> Iterator[Content]:
        yield from lines_of(self.shown.title.get(self.lang), width, "bold")
        yield Content("")

    def _question(self, width: int) -> Iterator[Content]:
        ref = self.asked()
        if ref is None:
            return
        fact = self.evaluation.rules.facts[ref.name]
        yield Content("")
        if fact.question:
            yield from lines_of(fact.question.get(self.lang), width)
        if fact.help:
            yield from lines_of(fact.help.get(self.lang), width, QUIET)
        yield Content("")
        yield from lines_of(say("gates_help", self.lang), width, QUIET)

    def on_selection_list_selection_highlighted(self) -> None:
        """Show the question under the cursor."""
        self.query_one("#gate-question", Paper).set(self._question)

    def on_form_done(self, event: Form.Done) -> None:
        """Answer all of them: marked is yes."""
        event.stop()
        marked = self.query_one(GateList).selected
        answers = ("true" if n in marked else "false" for n in range(len(self.shown.refs)))
        self.post_message(self.Write(dict(zip(self.shown.refs, answers, strict=True))))

    def allows(self, action: str) -> bool:
        """Gates are not skipped: they say what else is asked."""
        return action in ("unknown", "why")

    def unknown(self) -> None:
        """The one under the cursor is not known."""
        ref = self.asked()
        if ref is not None:
            self.post_message(self.Write({ref: "unknown"}))

    def asked(self) -> FactRef | None:
        """The gate under the cursor."""
        found = self.query(GateList)
        n = found.first().highlighted if found else None
        return self.shown.refs[n] if n is not None else None
