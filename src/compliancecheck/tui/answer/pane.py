"""The Answer tab: one screen of the interview, and beside it what stands now."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import DATES
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Place
from compliancecheck.reports.wording import place_of
from compliancecheck.tui.answer import why
from compliancecheck.tui.answer.counting import Counting
from compliancecheck.tui.answer.ends import EndForm, ProblemsForm
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.fields import FieldBox
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.answer.forms import GatesForm, NamesForm
from compliancecheck.tui.answer.reading_form import ReadingForm
from compliancecheck.tui.answer.side import Question, change_lines, side_lines
from compliancecheck.tui.answer.walk import Walk, answered_of, stands
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.panes import Pane
from compliancecheck.tui.paper import Paper, heading
from compliancecheck.tui.session import Session, Wrote
from compliancecheck.tui.words import say


class AnswerPane(Horizontal, Pane):
    """Shows the screens of a walk and writes what is answered through the session."""

    BINDINGS = [
        Binding("b,ctrl+o", "back", "back", key_display="b", id="back"),
        Binding("s", "skip", "skip", id="skip"),
        Binding("u", "unknown", "unknown", id="unknown"),
        Binding("w,ctrl+r", "why", "why", key_display="w", id="why"),
    ]

    class Changed(Message):
        """Something was written, or was not; the app says so and redraws what else shows it."""

        def __init__(self, wrote: Wrote) -> None:
            super().__init__()
            self.wrote = wrote

    class Leave(Message):
        """Go to the findings, to the dates, or out."""

        def __init__(self, where: str) -> None:
            super().__init__()
            self.where = where

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__(id="answer")
        self.session, self.lang, self.walk = session, lang, Walk()
        self._after: Evaluation | None = None  # with the answer under the cursor
        self._counting = Counting()
        self._note = ""
        self._back_to = ""  # where a question was asked for, if the answer leads back there

    def compose(self) -> ComposeResult:
        """Room for a form, and the side pane."""
        yield Vertical(id="form-holder")
        with VerticalScroll(id="side", can_focus=False):
            yield Paper(self._side)

    async def on_mount(self) -> None:
        """The first screen."""
        await self.begin()

    async def begin(self) -> None:
        """Show where the interview is."""
        if self.session.evaluation is not None and self.walk.screen is None:
            self.walk.go_on(self.session.evaluation)
        await self.show()

    # -- showing ---------------------------------------------------------------------------------

    @property
    def form(self) -> Widget | None:
        """The form on the screen."""
        found = self.query_one("#form-holder").children
        return found[-1] if found else None

    async def show(self, at: int = 0, typed: str | None = None) -> None:
        """Show the walk's screen, or the problems of the file."""
        self._after = None
        holder = self.query_one("#form-holder", Vertical)
        form = self._form(at)
        with self.app.batch_update():
            await holder.remove_children()
            if form is None:
                return
            await holder.mount(form)
        if at and isinstance(form, FactsForm):
            box = form.query_one(FieldBox)
            self.call_after_refresh(form.scroll_to_widget, box, animate=False)
        if typed and form.query("ExactInput"):
            form.query_one("#exact", Input).value = typed
        self.redraw()

    def redraw(self) -> None:
        """Draw the side pane and the keys anew."""
        self.query_one("#side Paper", Paper).set(self._side)
        self.refresh_bindings()

    def _form(self, at: int) -> Widget | None:
        session, evaluation = self.session, self.session.evaluation
        if session.problems and (session.broken or evaluation is None):
            return ProblemsForm(
                session.path, session.problems, session.text, self.lang,
                stale=evaluation is not None,
            )  # fmt: skip
        screen = self.walk.screen
        if evaluation is None or screen is None:
            return None
        progress = self._counting.progress(self.walk, screen, evaluation, self.lang)
        if screen.kind == "gates":
            return GatesForm(evaluation, screen, progress, self.lang)
        if screen.kind == "names":
            return NamesForm(evaluation, screen, progress, self.lang)
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

    # -- the side pane -----------------------------------------------------------------------------

    def _side(self, width: int) -> Iterator[Content]:
        session, evaluation = self.session, self.session.evaluation
        if evaluation is None:
            return
        yield from side_lines(
            evaluation,
            Question(
                None if session.broken else self._asked(),
                self.walk.goal,
                self._after,
                trying=not isinstance(self.form, GatesForm | NamesForm),
                stale=session.broken,
            ),
            width,
            self.query_one("#side").size.height,
            self.lang,
        )

    def _asked(self) -> FactRef | None:
        form = self.form
        return form.asked() if isinstance(form, Form) else None

    def on_field_box_tried(self, event: FieldBox.Tried) -> None:
        """Show what the answer under the cursor would do."""
        event.stop()
        if event.ref != self._asked():
            return
        answer = event.answer
        self._after = None if answer is None else self.session.preview(event.ref, answer)
        self.redraw()

    def on_selection_list_selection_highlighted(self) -> None:
        """Who decides depends on the gate under the cursor."""
        self.redraw()

    # -- answers ----------------------------------------------------------------------------------

    async def on_form_write(self, event: Form.Write) -> None:
        """Write answers, then show what comes next."""
        event.stop()
        if len(event.values) == 1:
            ((ref, text),) = event.values.items()
            wrote = self.session.answer(ref, text)
        else:
            wrote = self.session.answers(event.values)
        if self._wrote(wrote):
            self.walk.answered |= set(event.values)
            self.walk.skipped -= set(event.values)
            await self._further()
        elif isinstance(self.form, FactsForm):
            self.form.stay()

    async def on_form_skip(self, event: Form.Skip) -> None:
        """Leave questions for later."""
        event.stop()
        self.walk.skipped |= set(event.refs)
        await self._further()

    async def on_form_item(self, event: Form.Item) -> None:
        """Change a list, and stay with it until it is done."""
        event.stop()
        if event.what == "add":
            wrote = self.session.add_item(event.list_name, event.key)
        elif event.what == "remove":
            wrote = self.session.remove_item(event.list_name, event.key)
        else:
            wrote = self.session.set_list(
                event.list_name, "[]" if event.what == "none" else "unknown"
            )
        form = self.form
        if wrote is Wrote.REFUSED and isinstance(form, NamesForm) and not self.session.broken:
            form.complain(self.session.refusal)
            return
        if not self._wrote(wrote):
            return
        if event.what in ("none", "unknown"):
            await self._further()
        else:
            await self.show()

    async def on_form_adopt(self, event: Form.Adopt) -> None:
        """Adopt a reading, or leave it open; it is offered once."""
        event.stop()
        self.walk.offered.add(event.reading)
        adopted = self.session.profile and event.reading in self.session.profile.readings
        unchanged = event.choice is None and not adopted
        if unchanged or self._wrote(self.session.adopt(event.reading, event.choice)):
            await self._further()

    async def on_form_done(self, event: Form.Done) -> None:
        """Go on."""
        event.stop()
        await self._further()

    async def on_form_go(self, event: Form.Go) -> None:
        """Another goal, a list, an item, the findings, out."""
        event.stop()
        evaluation = self.session.evaluation
        if event.where in ("findings", "dates", "stop"):
            self.post_message(self.Leave(event.where))
            return
        if evaluation is None:
            return
        if event.where == "goal":
            self.walk.aim(event.what, evaluation)
            self._counting = Counting()
        elif event.where == "skipped":
            self.walk.skipped.clear()
            self.walk.go_on(evaluation)
        elif event.where == "names":
            fact = evaluation.rules.facts[event.what]
            title = fact.question or fact.label
            self.walk.show(Screen("names", self.walk.goal, title, (FactRef(fact.name),), fact.name))
        elif event.where == "ask":
            await self.ask(FactRef(event.what))
            return
        elif event.where == "item":
            list_name, _, key = event.what.partition("\n")
            refs = answered_of(evaluation, list_name, key)
            if not refs:
                self.walk.go_on(evaluation)
            else:
                title = evaluation.rules.facts[list_name].label
                self.walk.show(Screen("facts", self.walk.goal, title, refs, list_name, key))
        await self.show()

    async def ask(self, ref: FactRef, back_to: str = "") -> None:
        """Ask one fact that was chosen by name; an answer leads on, or back to *back_to*."""
        evaluation = self.session.evaluation
        if evaluation is None or self.session.broken:
            return
        self._back_to = back_to
        fact = evaluation.rules.facts[ref.name]
        title = fact.question or fact.label
        kind, name = ("names", fact.name) if fact.fields else ("facts", fact.list)
        goal = DATES if back_to == "dates" else self.walk.goal
        self.walk.show(Screen(kind, goal, title, (ref,), name, ref.item))
        await self.show()

    async def ask_reading(self, reading: str) -> None:
        """Offer one unsettled point of law that was chosen by name."""
        evaluation = self.session.evaluation
        if evaluation is not None and not self.session.broken:
            question = evaluation.rules.readings[reading].question
            self.walk.show(Screen("reading", self.walk.goal, question, reading=reading))
            await self.show()

    @property
    def place(self) -> Place | None:
        """Where the fact that is asked stands in the file, if it was answered."""
        ref, evaluation = self._asked(), self.session.evaluation
        return place_of(evaluation, ref) if ref is not None and evaluation is not None else None

    def take_focus(self) -> None:
        """Put the focus on the form."""
        form = self.form
        if form is None:
            return
        for widget in form.walk_children():
            if isinstance(widget, Widget) and widget.focusable:
                widget.focus()
                return

    async def _further(self) -> None:
        """The next fact of this screen, else the next screen."""
        evaluation, form = self.session.evaluation, self.form
        if evaluation is None:
            await self.show()
            return
        if isinstance(form, FactsForm):
            again = FactsForm(evaluation, form.shown, form.progress, self.lang, form.at)
            at = again.next_at()
            if at is not None:
                await self.show(at)
                return
        if self._back_to:
            await self._go_back()
            return
        self.walk.go_on(evaluation)
        await self.show()

    async def _go_back(self) -> None:
        """To where a question was asked for; the interview stands where it stood before."""
        where, self._back_to = self._back_to, ""
        evaluation, screen = self.session.evaluation, self.walk.back()
        asks = screen is not None and any(self.session.answer_of(r) is None for r in screen.refs)
        if evaluation is not None and not asks:
            self.walk.go_on(evaluation)
        await self.show()
        self.post_message(self.Leave(where))

    def _wrote(self, wrote: Wrote) -> bool:
        self.post_message(self.Changed(wrote))
        return wrote not in (Wrote.REFUSED, Wrote.CLASH)

    # -- when the file changed ---------------------------------------------------------------------

    async def follow(self) -> None:
        """Show the screen anew after the file changed outside, or another language was chosen."""
        evaluation, screen = self.session.evaluation, self.walk.screen
        form = self.form
        at = form.at if isinstance(form, FactsForm) else 0
        typed = form.query_one("#exact", Input).value if form and form.query("#exact") else None
        if (
            evaluation is not None
            and not self.session.broken
            and (screen is None or not stands(evaluation, screen))
        ):
            self.walk.seen = [s for s in self.walk.seen if stands(evaluation, s)]
            self.walk.again(evaluation)
            at, typed = 0, None
        await self.show(at, typed)

    async def after_undo(self) -> None:
        """Go back to the question whose answer was undone."""
        evaluation = self.session.evaluation
        if evaluation is None:
            await self.show()
            return
        self.walk.seen = [s for s in self.walk.seen if stands(evaluation, s)]
        self.walk.answered = {r for r in self.walk.answered if self.session.answer_of(r)}
        here = self.walk.screen
        found = self.walk.again(evaluation)
        if here is not None and here.kind == "names" and found.kind != "gates":
            self.walk.back()  # the list itself was changed, and is still being changed
            await self.show()
            return
        for n, screen in enumerate(self.walk.seen[:-1]):
            overlap = [ref for ref in found.refs if ref in screen.refs]
            if overlap and screen.kind == found.kind:
                del self.walk.seen[n + 1 :]
                await self.show(screen.refs.index(overlap[0]) if screen.kind == "facts" else 0)
                return
        await self.show()

    # -- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what means something on this screen."""
        if action not in ("back", "skip", "unknown", "why"):
            return True
        form = self.form if self.is_mounted else None
        if not isinstance(form, Form) or not form.allows(action):
            return False
        if action == "back":
            return len(self.walk.seen) > 1 or (isinstance(form, FactsForm) and form.at > 0)
        return True

    async def action_back(self) -> None:
        """The previous question."""
        form = self.form
        if self._back_to:
            await self._go_back()
        elif isinstance(form, FactsForm) and form.at > 0:
            await self.show(form.at - 1)
        elif self.walk.back() is not None:
            await self.show()

    def action_skip(self) -> None:
        """Leave it for later."""
        if isinstance(self.form, Form):
            self.form.skip()

    def action_unknown(self) -> None:
        """Not known."""
        if isinstance(self.form, Form):
            self.form.unknown()

    def action_why(self) -> None:
        """Why this is asked, and everything that is cut beside it."""
        ref, evaluation = self._asked(), self.session.evaluation
        if evaluation is None:
            return
        lang = self.lang
        if isinstance(self.form, ReadingForm):
            text = why.why_reading(evaluation, self.form.reading.name, lang)
            self.app.push_screen(FullText(say("why_asked", lang), text, lang))
            return
        if ref is None:
            return
        asked, after = why.why_asked(evaluation, ref, self.walk.goal, lang), self._after

        def draw(width: int) -> Iterator[Content]:
            if after is not None:
                yield heading(say("this_answer", lang))
                yield from change_lines(evaluation, after, width, lang)
                yield Content("")
            yield from asked(width)

        self.app.push_screen(FullText(say("why_asked", lang), draw, lang))
