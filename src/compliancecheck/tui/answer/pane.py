"""The Answer tab: one screen of the interview, and beside it what stands now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import DATES
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.tui.answer import why
from compliancecheck.tui.answer.counting import Counting
from compliancecheck.tui.answer.deeds import Deeds, asked_of_item
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.answer.names_form import NamesForm
from compliancecheck.tui.answer.options import too_early
from compliancecheck.tui.answer.reading_form import ReadingForm
from compliancecheck.tui.answer.side import change_lines
from compliancecheck.tui.answer.typed import Typed
from compliancecheck.tui.answer.walk import stands
from compliancecheck.tui.overlays import FullText, Said, said
from compliancecheck.tui.paper import Draw, heading
from compliancecheck.tui.review.form import ReviewForm
from compliancecheck.tui.session import Session, Wrote
from compliancecheck.tui.words import say


class AnswerPane(Deeds):
    """Shows the screens of a walk and writes what is answered through the session."""

    BINDINGS = [
        Binding("b,ctrl+o", "back", "back", key_display="b", id="back"),
        Binding("s", "skip", "skip", id="skip"),
        Binding("u", "unknown", "unknown", id="unknown"),
        Binding("w,ctrl+r", "why", "why", key_display="w", id="why"),
        Binding("r", "review", "review", id="review"),
        Binding("m", "evidence", "evidence", id="evidence"),
    ]

    class Leave(Message):
        """Go to the findings, to the dates, or out."""

        def __init__(self, where: str) -> None:
            super().__init__()
            self.where = where

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__(session, lang)
        # Where questions were asked for, the last one last: their answers lead back there.
        self._returns: list[str] = []

    async def on_mount(self) -> None:
        """The first screen."""
        await self.begin()

    async def begin(self) -> None:
        """Show where the interview is."""
        if self.session.evaluation is not None and self.walk.screen is None:
            self.walk.go_on(self.session.evaluation)
        await self.show()

    # -- answers ----------------------------------------------------------------------------------

    async def on_form_write(self, event: Form.Write) -> None:
        """Write answers, then show what comes next."""
        event.stop()
        if len(event.values) == 1:
            ((ref, text),) = event.values.items()
            wrote = self.session.answer(ref, text)
        else:
            wrote = self.session.answers(event.values)
        if self.wrote(wrote, *event.values):
            self.walk.answered |= set(event.values)
            self.walk.skipped -= set(event.values)
            self.show_verdicts()
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
        if event.what in ("remove", "copy", "rename"):
            await self.change_item(event)
            return
        if event.what == "add":
            wrote = self.session.add_item(event.list_name, event.key)
        else:
            wrote = self.session.set_list(
                event.list_name, "[]" if event.what == "none" else "unknown"
            )
        form = self.form
        if wrote is Wrote.REFUSED and isinstance(form, NamesForm) and not self.session.broken:
            form.complain(self.session.refusal)
            return
        if not self.wrote(wrote):
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
        if unchanged or self.wrote(self.session.adopt(event.reading, event.choice)):
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
            if not self._ask_item(list_name, key):
                self.app.notify(say("nothing_of_item", self.lang), markup=False, timeout=4)
        await self.show()

    def _ask_item(self, list_name: str, key: str) -> bool:
        """Go through the questions of one item, then back to the list; False: there are none."""
        evaluation = self.session.evaluation
        refs = asked_of_item(evaluation, list_name, key) if evaluation is not None else ()
        if evaluation is None or not refs:
            return False
        title = evaluation.rules.facts[list_name].label
        self._returns.append("names")
        self.walk.show(Screen("facts", self.walk.goal, title, refs, list_name, key))
        return True

    async def ask(self, ref: FactRef, back_to: str = "", heading: Said | None = None) -> None:
        """Ask one fact that was chosen by name; an answer leads on, or back to *back_to*.

        *heading* says for what it is asked; else the review, or the question itself, does.
        """
        evaluation = self.session.evaluation
        if evaluation is None or self.session.broken:
            return
        self._leave_for(back_to)
        fact = evaluation.rules.facts[ref.name]
        title = fact.question or fact.label
        kind, name = ("names", fact.name) if fact.fields else ("facts", fact.list)
        goal = DATES if back_to == "dates" else self.walk.goal
        if heading is None and back_to != "dates":
            heading = said("review_title") if back_to == "review" else fact.label.get
        screen = Screen(kind, goal, title, (ref,), name, ref.item)
        self.headings = {screen: heading} if heading is not None else {}
        self.walk.show(screen)
        await self.show()

    async def ask_reading(self, reading: str, back_to: str = "") -> None:
        """Offer one unsettled point of law that was chosen by name."""
        evaluation = self.session.evaluation
        if evaluation is not None and not self.session.broken:
            self._leave_for(back_to)
            question = evaluation.rules.readings[reading].question
            self.walk.show(Screen("reading", self.walk.goal, question, reading=reading))
            await self.show()

    def _leave_for(self, back_to: str) -> None:
        self._returns = [back_to] if back_to else []
        self.review.open = False

    async def on_review_form_chosen(self, event: ReviewForm.Chosen) -> None:
        """From the review to one question, and back."""
        event.stop()
        if event.ref is not None:
            await self.ask(event.ref, back_to="review")
        else:
            await self.ask_reading(event.reading, back_to="review")

    async def _further(self) -> None:
        """The next fact of this screen, else the next screen."""
        evaluation, form = self.session.evaluation, self.form
        mended, self._mended = self._mended is not None, None
        if evaluation is None or (mended and self.session.broken):
            await self.show()
            return
        if isinstance(form, FactsForm) and not mended:
            again = FactsForm(evaluation, form.shown, form.progress, self.lang, form.at)
            at = again.next_at()
            if at is None and self._returns[-1:] == ["names"]:
                at = self._more_of_item(form.shown)
            if at is not None:
                await self.show(at)
                return
        if self._returns:
            await self._go_back()
            return
        self.walk.go_on(evaluation)
        await self.show()

    def _more_of_item(self, screen: Screen) -> int | None:
        """Ask also what came to matter of an item while it was gone through; where that begins."""
        evaluation = self.session.evaluation
        if evaluation is None or screen.item is None or not stands(evaluation, screen):
            return None
        refs = asked_of_item(evaluation, screen.list_name or "", screen.item)
        new = [ref for ref in refs if ref not in screen.refs and ref not in self.walk.skipped]
        if not new:
            return None
        screen = replace(screen, refs=(*screen.refs, *new))
        self.walk.seen[-1] = screen
        return screen.refs.index(new[0])

    async def _go_back(self) -> None:
        """To where a question was asked for; the interview stands where it stood before."""
        where = self._returns.pop()
        evaluation, left = self.session.evaluation, self.walk.screen
        screen = self.walk.back()
        if where == "names":
            self._item = left.item or "" if left is not None else ""
            await self.show()
            return
        asks = screen is not None and any(self.session.answer_of(r) is None for r in screen.refs)
        if evaluation is not None and not asks:
            self.walk.go_on(evaluation)
        self.review.open = where == "review"
        await self.show()
        if where != "review":
            self.post_message(self.Leave(where))

    # -- when the file changed ---------------------------------------------------------------------

    async def follow(self) -> None:
        """Show the screen anew after the file changed outside, or another language was chosen."""
        evaluation, screen = self.session.evaluation, self.walk.screen
        form, self._mended = self.form, None
        at = form.at if isinstance(form, FactsForm) else 0
        typed = Typed.in_form(form)
        if (
            evaluation is not None
            and not self.session.broken
            and (screen is None or not stands(evaluation, screen))
        ):
            self.walk.seen = [s for s in self.walk.seen if stands(evaluation, s)]
            self._returns.clear()
            self.walk.again(evaluation)
            at, typed = 0, None
        await self.show(at, typed)

    async def after_undo(self, before: Profile | None = None, *, undo: bool = True) -> None:
        """Go back to the question whose answer was undone, or made again (*before*: until then)."""
        evaluation, self._mended = self.session.evaluation, None
        if evaluation is None:
            await self.show()
            return
        self.walk.seen = [s for s in self.walk.seen if stands(evaluation, s)]
        self.walk.answered = {r for r in self.walk.answered if self.session.answer_of(r)}
        here, self._item = self.walk.screen, self.item_turned(before, undo=undo)
        if here is not None and (self.review.open or self._returns):
            await self.show()
            return
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
        if action not in ("back", "skip", "unknown", "why", "review", "evidence"):
            return True
        form = self.form if self.is_mounted else None
        if not isinstance(form, Form):
            return False
        if action == "review":
            return self._mended is None and not self.review.open
        if action == "evidence":
            return self.has_answer(form.asked())
        if not form.allows(action):
            return False
        if action == "back":
            inside = isinstance(form, FactsForm) and self.walk.before(form.at) is not None
            inside = inside or self._mended is not None or self.review.open
            return inside or bool(self._returns) or len(self.walk.seen) > 1
        return True

    async def action_back(self) -> None:
        """The previous question, or to where this one was asked for."""
        form = self.form
        if self._mended is not None:
            self._mended = None
            await self.show()
            return
        if self.review.open:
            await self.leave_review()
            return
        before = self.walk.before(form.at) if isinstance(form, FactsForm) else None
        if before is not None:
            await self.show(before)
        elif self._returns:
            await self._go_back()
        elif self.walk.back() is not None:
            await self.show(self.walk.last_at)

    def action_skip(self) -> None:
        """Leave it for later."""
        if isinstance(self.form, Form) and self._meant():
            self.form.skip()

    def action_unknown(self) -> None:
        """Not known."""
        if isinstance(self.form, Form) and self._meant():
            self.form.unknown()

    def _meant(self) -> bool:
        """Whether the key was pressed for this question; else it is said that it did nothing."""
        if not self.meant_here:
            too_early(self)
        return self.meant_here

    def action_evidence(self) -> None:
        """Who says so of this answer, and as of when."""
        ref = self.asked()
        if ref is not None:
            self.ask_evidence(ref)

    def action_why(self) -> None:
        """Why this is asked, and everything that is cut beside it."""
        ref, evaluation = self.asked(), self.session.evaluation
        if evaluation is None:
            return
        goal, after, before = self.walk.goal, self._after, self._before or evaluation
        reading = self.form.reading.name if isinstance(self.form, ReadingForm) else ""
        if ref is None and not reading:
            return

        def in_full(lang: str) -> tuple[str, Draw]:
            if reading:
                return say("why_asked", lang), why.why_reading(evaluation, reading, lang)
            assert ref is not None

            def draw(width: int) -> Iterator[Content]:
                if after is not None:
                    yield heading(say("this_answer", lang))
                    yield from change_lines(before, after, width, lang)
                    yield Content("")
                yield from why.why_asked(evaluation, ref, goal, lang)(width)

            return say("why_asked", lang), draw

        self.app.push_screen(FullText(in_full, self.lang))
