"""What the Answer tab shows: a form of the walk, or the review, and the pane beside it."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from time import monotonic

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from compliancecheck.logic.interview import Screen
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.texts import Place
from compliancecheck.reports.wording import place_of
from compliancecheck.tui.answer.counting import Counting
from compliancecheck.tui.answer.ends import EndForm, ProblemsForm
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.fields import FieldBox
from compliancecheck.tui.answer.form import Form, Progress
from compliancecheck.tui.answer.gates_form import GatesForm
from compliancecheck.tui.answer.names_form import NamesForm
from compliancecheck.tui.answer.options import meant_for
from compliancecheck.tui.answer.reading_form import ReadingForm
from compliancecheck.tui.answer.side import Question, question_lines, verdict_lines
from compliancecheck.tui.answer.typed import Typed
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.overlays import Said
from compliancecheck.tui.panes import Pane
from compliancecheck.tui.paper import Fitted
from compliancecheck.tui.review.form import ReviewForm
from compliancecheck.tui.review.state import Review
from compliancecheck.tui.session import Session

FEW_ROWS = 18
"""Rows of the terminal below which answers may have no room below their question."""


class Showing(Horizontal, Pane):
    """One form, and beside it what stands now; it writes nothing."""

    side = "#side"

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__(id="answer")
        self.session, self.lang, self.walk = session, lang, Walk()
        self.review = Review()
        self.shown_at = 0.0  # when the form was put up; an older key was not meant for it
        self._after: Evaluation | None = None  # with the answer under the cursor
        self._before: Evaluation | None = None  # without it, if it is the one that was given
        self._counting = Counting()
        self._below: list[Content] = []  # what stands below the verdicts
        self._verdicts_first = False
        self.headings: dict[Screen, Said] = {}  # of a question that was chosen by name
        # One of two answers that contradict each other, asked anew as if it were not given.
        self._mended: tuple[Evaluation, Screen] | None = None
        self._item = ""  # the item of a list to put the cursor on

    def compose(self) -> ComposeResult:
        """Room for a form, and the side pane."""
        yield Vertical(id="form-holder")
        with VerticalScroll(id="side", can_focus=False):
            yield Fitted(self._side)

    @property
    def form(self) -> Widget | None:
        """The form on the screen."""
        found = self.query_one("#form-holder").children
        return found[-1] if found else None

    @property
    def meant_here(self) -> bool:
        """Whether the last key was pressed after this form was put up."""
        return meant_for(self, getattr(self.app, "key_at", inf))

    async def show(self, at: int = 0, typed: Typed | None = None) -> None:
        """Show the walk's screen or the review, or the problems of the file."""
        self._after = self._before = None
        holder = self.query_one("#form-holder", Vertical)
        form = self._form(at)
        before = list(holder.children)
        for old in before:
            old.add_class("-leaving", update=False)
        with self.app.batch_update():
            # The new one first: so the focus goes straight to it, and the keys change once.
            if form is not None:
                await holder.mount(form)
                self.shown_at = monotonic()
            await holder.remove_children(before)
            if form is None or not (self.is_attached and self.app.is_running):
                return  # nothing to show, or the app was left meanwhile
            self.redraw()
            if isinstance(form, FactsForm) and self.app.size.height < FEW_ROWS:
                self.screen._refresh_layout()  # in the batch: nothing is painted before
                form.bring_into_view()
        if isinstance(form, FactsForm) and self._mended is None:
            self.walk.asked(form.at)
        if typed is not None and form.query("ExactInput"):
            typed.go_on(form)

    def redraw(self) -> None:
        """Draw the side pane and the keys anew."""
        self.query_one("#side Fitted", Fitted).again()
        self.refresh_bindings()

    def _form(self, at: int) -> Widget | None:
        session, evaluation = self.session, self.session.evaluation
        if self._mended is not None:
            without, mended = self._mended
            label = session.rules.facts[mended.refs[0].name].label.get(self.lang)
            return FactsForm(without, mended, Progress(mended.item or label), self.lang)
        if session.problems and (session.broken or evaluation is None):
            return ProblemsForm(
                session.path, session.problems, session.text, self.lang,
                stale=evaluation is not None,
                answers=self._contradicting(),
            )  # fmt: skip
        if evaluation is not None and self.review.open:
            skipped = frozenset(self.walk.skipped)
            return ReviewForm(evaluation, self.review, self.lang, skipped)
        screen = self.walk.screen
        if evaluation is None or screen is None:
            return None
        progress = self._heading(screen) or self._counting.progress(
            self.walk, screen, evaluation, self.lang, at
        )
        if screen.kind == "gates":
            return GatesForm(evaluation, screen, progress, self.lang)
        if screen.kind == "names":
            item, self._item = self._item, ""
            return NamesForm(evaluation, screen, progress, self.lang, item)
        if screen.kind == "facts":
            return FactsForm(
                evaluation, screen, progress, self.lang, at, frozenset(self.walk.skipped)
            )
        if screen.kind == "reading":
            return ReadingForm(evaluation, screen, progress, self.lang)
        return EndForm(
            evaluation,
            screen,
            progress,
            self.lang,
            goals=self.walk.other_goals(evaluation),
            skipped=len(self.walk.skipped),
        )

    def _heading(self, screen: Screen) -> Progress | None:
        """Of a question that was chosen, for what it is asked; the goal is not asked now."""
        heading = self.headings.get(screen)
        if heading is None:
            return None
        title = heading(self.lang)
        return Progress(title if screen.item is None else f"{title} · {screen.item}")

    def _contradicting(self) -> dict[tuple[int, int], FactRef]:
        """The answers that contradict each other, by line and column."""
        found, profile = {}, self.session.profile
        for conflict in self.session.conflicts if profile is not None else ():
            for ref in conflict.refs:
                place = answer_place(profile, self.session.rules, ref) if profile else None
                if place is not None:
                    found[place.line, place.column] = ref
        return found

    # -- the side pane -----------------------------------------------------------------------------

    def _side(self, width: int, height: int) -> Iterator[Content]:
        session, evaluation, form = self.session, self.session.evaluation, self.form
        if evaluation is None:
            return
        if isinstance(form, ReviewForm):
            yield from form.beside(width)
            return
        verdicts = verdict_lines(evaluation, width, self.lang, stale=session.broken)
        yield from verdicts
        if not self._verdicts_first:
            asks = Question(
                None if session.broken else self.asked(),
                self.walk.goal,
                self._after,
                trying=not (session.long or isinstance(form, GatesForm | NamesForm)),
                stale=session.broken,
                before=self._before,
            )
            room = height - len(verdicts)
            self._below = list(question_lines(evaluation, asks, width, room, self.lang))
        yield from self._below

    def show_verdicts(self) -> None:
        """Show what stands after an answer at once: the next form takes longer than that.

        What belongs to the question stays below, as the question does, until the next is there.
        """
        beside = self.query_one("#side")
        if self.form is None or not (beside.display and self.screen.is_current):
            return
        self._verdicts_first = True
        try:
            beside.query_one(Fitted).paint_now()
        finally:
            self._verdicts_first = False

    def asked(self) -> FactRef | None:
        """The fact that is asked, or under the cursor."""
        form = self.form
        return form.asked() if isinstance(form, Form) else None

    @property
    def place(self) -> Place | None:
        """Where the fact that is asked stands in the file, if it was answered."""
        ref, evaluation = self.asked(), self.session.evaluation
        return place_of(evaluation, ref) if ref is not None and evaluation is not None else None

    def on_field_box_tried(self, event: FieldBox.Tried) -> None:
        """Show what the answer under the cursor would do."""
        event.stop()
        if event.ref != self.asked() or self.session.long:
            return  # of a long list, each try takes as long as an answer
        answer, self._before = event.answer, event.before
        if answer is None:
            self._after = None
        elif event.before is not None:  # it is given: what it made of the answers without it
            self._after = self.session.evaluation
        else:
            self._after = self.session.preview(event.ref, answer)
        self.redraw()

    def on_selection_list_selection_highlighted(self) -> None:
        """Who decides depends on the gate under the cursor."""
        self.redraw()

    def action_clear(self) -> None:
        """Esc: the form gets the focus if it has none; once left, its field stays left."""
        focused, form = self.screen.focused, self.form
        if focused is None or form is None or form not in focused.ancestors:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the form."""
        form = self.form
        if form is None:
            return
        own = form.first_focus if isinstance(form, Form) else None
        if own is not None:
            own.focus()
            return
        for widget in form.walk_children():
            if isinstance(widget, Widget) and widget.focusable:
                widget.focus()
                return


def answer_place(profile: Profile, rules: Rules, ref: FactRef) -> Place | None:
    """Where an answer of a profile stands."""
    fact = rules.facts[ref.name]
    if fact.list is None:
        answer = profile.answers.get(ref.name)
        return answer.place if answer is not None else None
    given = profile.lists.get(fact.list)
    for item in given.items if given else ():
        if item.key == ref.item and ref.name in item.answers:
            return item.answers[ref.name].place
    return None
