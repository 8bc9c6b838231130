"""What is done from the Answer tab beside answering: review, evidence, items of lists."""

from __future__ import annotations

from textual import work
from textual.message import Message

from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import GOALS, waiting_for
from compliancecheck.logic.words import ref_words
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Evidence, FactRef, Item, Profile
from compliancecheck.model.safe import safe_text, shorten
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.scalars import read_text
from compliancecheck.tui.answer.ends import ProblemsForm
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.answer.names_form import NamesForm
from compliancecheck.tui.answer.names_list import NameList
from compliancecheck.tui.answer.showing import Showing
from compliancecheck.tui.name_prompt import NamePrompt, next_name
from compliancecheck.tui.overlays import Ask, said
from compliancecheck.tui.review.evidence import EvidencePage
from compliancecheck.tui.review.form import ReviewForm
from compliancecheck.tui.session import Wrote, today
from compliancecheck.tui.words import say


class Deeds(Showing):
    """The deeds that leave the interview where it stands."""

    class Changed(Message, namespace="answer_pane"):
        """Something was written, or was not; the app says so and redraws what else shows it."""

        def __init__(self, wrote: Wrote, answered: tuple[FactRef, ...] = ()) -> None:
            super().__init__()
            self.wrote, self.answered = wrote, answered

    def wrote(self, wrote: Wrote, *answered: FactRef) -> bool:
        """Tell what became of a change, of some answers; whether it was made."""
        # Straight to the app: this pane is busy until the next question is there, and what is
        # told only then is drawn once more after it.
        self.app.post_message(self.Changed(wrote, answered))
        return wrote not in (Wrote.REFUSED, Wrote.CLASH)

    # -- review ----------------------------------------------------------------------------------

    async def action_review(self) -> None:
        """All questions with their answers; the key leads back too."""
        self.review.open = not self.review.open
        asked = self.asked() if self.review.open else None
        if asked is not None:
            self.review.at = f"{asked.name}\n{asked.item or ''}"
        await self.show()

    async def leave_review(self) -> None:
        """Back to the interview, where it stood."""
        self.review.open = False
        await self.show()

    async def on_review_form_close(self, event: ReviewForm.Close) -> None:
        """Back to the interview."""
        event.stop()
        await self.leave_review()

    def on_review_form_moved(self, event: ReviewForm.Moved) -> None:
        """Another row: other words beside it, other keys."""
        event.stop()
        self.redraw()

    # -- contradictions --------------------------------------------------------------------------

    async def on_problems_form_mend(self, event: ProblemsForm.Mend) -> None:
        """Ask one of two answers anew that contradict each other."""
        event.stop()
        without = self.session.without(event.ref)
        if without is not None:
            fact = self.session.rules.facts[event.ref.name]
            title = fact.question or fact.label
            screen = Screen("facts", self.walk.goal, title, (event.ref,), fact.list, event.ref.item)
            self._mended = (without, screen)
            await self.show()

    # -- evidence --------------------------------------------------------------------------------

    def has_answer(self, ref: FactRef | None) -> bool:
        """Whether a question has an answer of which there can be evidence: lists have none."""
        rules = self.session.rules
        return (
            ref is not None
            and not rules.facts[ref.name].fields
            and self.session.answer_of(ref) is not None
        )

    @work
    async def ask_evidence(self, ref: FactRef) -> None:
        """Ask who says so of an answer, and write it as one step."""
        evaluation = self.session.evaluation
        if evaluation is None or self.session.broken:
            return
        if not self.has_answer(ref):
            self._tell("evidence_needs_answer")
            return
        given = evaluation.profile.evidence.get(ref)
        title = ref_words(evaluation.rules, ref).get
        latest = max(today(), self.session.as_of)
        page = EvidencePage(title, given, latest, self.lang)
        evidence = await self.app.push_screen_wait(page)
        if not isinstance(evidence, Evidence):
            return
        if self.wrote(self.session.set_evidence(ref, evidence)):
            await self.follow()

    async def follow(self) -> None:
        """Show the screen anew after a change."""
        await self.show()

    # -- items of lists --------------------------------------------------------------------------

    async def change_item(self, event: Form.Item) -> None:
        """Remove, copy or rename an item; its list stays on the screen."""
        if event.what in ("copy", "rename"):
            self._name_item(event)
            return
        items = self._keys(event.list_name)
        wrote = self.session.remove_item(event.list_name, event.key)
        at = items.index(event.key) if event.key in items else 0
        left = [key for key in items if key != event.key]
        name = self._item_words(event.key)
        await self._listed(wrote, left[min(at, len(left) - 1)] if left else "")
        if wrote not in (Wrote.REFUSED, Wrote.CLASH):
            self._tell("item_removed", name=shorten(name))

    def _item_words(self, key: str) -> str:
        """How an item is called: where items are chosen, by the words of the choice."""
        fact = self.form.key_fact if isinstance(self.form, NamesForm) else None
        chosen = fact.choices.get(key) if fact is not None else None
        return chosen.get(self.lang) if chosen is not None else key

    @work
    async def _name_item(self, event: Form.Item) -> None:
        name = await self._new_name(event)
        if not name:
            return
        change = self.session.copy_item if event.what == "copy" else self.session.rename_item
        await self._listed(change(event.list_name, event.key, name), name)

    @property
    def item_under_cursor(self) -> str:
        """The item that has the cursor, where the list has the focus; it may be gone by now."""
        form = self.form
        if not isinstance(form, NamesForm) or not form.query_one(NameList).has_focus:
            return ""
        keys, key = self._keys(form.list_fact.name), form.query_one(NameList).key
        return key if key in keys else (keys or [""])[-1]

    def item_turned(self, before: Profile | None, *, undo: bool) -> str:
        """The item that was not in *before*, and is back; else the one under the cursor.

        A field in which names are typed keeps the focus when one of them is made again.
        """
        screen, under = self.walk.screen, self.item_under_cursor
        if screen is None or screen.list_name is None or not (undo or under):
            return under
        had = {item.key for item in _items(before, screen.list_name)}
        back = (item.key for item in _items(self.session.profile, screen.list_name))
        return next((key for key in back if key not in had), under)

    async def _listed(self, wrote: Wrote, at: str) -> None:
        """Show the list after a change, with the cursor on an item; or say why there was none."""
        form = self.form
        if wrote is Wrote.REFUSED and isinstance(form, NamesForm) and not self.session.broken:
            form.complain(self.session.refusal)
        elif self.wrote(wrote):
            self._item = at
            await self.show()

    async def _new_name(self, event: Form.Item) -> str:
        """A name for a copy, or another name for an item; empty: none was given."""
        form, evaluation = self.form, self.session.evaluation
        if evaluation is None or not isinstance(form, NamesForm):
            return ""
        title = said("copy_title" if event.what == "copy" else "rename_title")
        if form.by_choice:
            if not form.free_choices(self.lang):
                self._tell("no_choice_left")
                return ""
            ask = Ask(title, form.free_choices, self.lang)
            return str(await self.app.push_screen_wait(ask) or "")
        keys = self._keys(event.list_name)
        preset = next_name(event.key, keys) if event.what == "copy" else event.key
        others = [key for key in keys if event.what == "copy" or key != event.key]

        def against(name: str) -> str:
            return name_problem(evaluation, event.list_name, others, name, self.lang)

        prompt = NamePrompt(title, preset, against, self.lang)
        return str(await self.app.push_screen_wait(prompt) or "")

    def _keys(self, list_name: str) -> list[str]:
        evaluation = self.session.evaluation
        return [item.key for item in _items(evaluation.profile if evaluation else None, list_name)]

    def _tell(self, key: str, **values: object) -> None:
        self.app.notify(safe_text(say(key, self.lang, **values)), markup=False, timeout=4)


def _items(profile: Profile | None, list_name: str) -> tuple[Item, ...]:
    return profile.items_of(list_name) if profile is not None else ()


def name_problem(
    evaluation: Evaluation, list_name: str, others: list[str], name: str, lang: str
) -> str:
    """What stands against one more item of this name, in words; empty: nothing."""
    facts = evaluation.rules.facts
    key = facts.get(f"{facts[list_name].item}.{facts[list_name].key}")
    if not name:
        return say("name_needed", lang)
    if key is not None and key.type is not FactType.TEXT:
        answer = read_text(key, name)
        if isinstance(answer, Problem):
            return answer.said(lang)
    if name in others:
        return say("item_name_taken", lang, name=shorten(name))
    return ""


def asked_of_item(evaluation: Evaluation, list_name: str, key: str) -> tuple[FactRef, ...]:
    """The questions of an item that are answered or still matter, in the vocabulary's order."""
    given = evaluation.profile.lists[list_name].items
    answers = next((item.answers for item in given if item.key == key), {})
    waiting = waiting_for(evaluation, GOALS)
    facts = evaluation.rules.facts
    own = (name for name, fact in facts.items() if fact.list == list_name)
    return tuple(
        FactRef(name, key)
        for name in own
        if facts[name].field_name != facts[list_name].key
        and (name in answers or FactRef(name, key) in waiting)
    )
