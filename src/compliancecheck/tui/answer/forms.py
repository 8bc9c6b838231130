"""The screens that come first: which packs concern you, and the names of a list's items."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.logic.interview import Screen
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef, ItemList
from compliancecheck.model.safe import safe_text
from compliancecheck.tui.answer.form import Form, Progress, focus_here
from compliancecheck.tui.answer.marks import MarkList
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.help import Helped
from compliancecheck.tui.paper import QUIET, Paper, lines_of, plain
from compliancecheck.tui.words import say

# -- which packs ----------------------------------------------------------------------------------


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


# -- names of items -----------------------------------------------------------------------------


class NameList(OptionList, Helped):
    """The items of a list by name."""

    help_name = "names"
    BINDINGS = [
        Binding("a", "add", "add", id="add"),
        Binding("e", "edit", "edit", id="edit"),
        Binding("delete", "remove", "remove", id="remove"),
        Binding("enter", "select", "next", key_display="enter", id="accept.names"),
        Binding("space", "take", "add", id="add.choice"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an item can be edited or removed, only what is no item yet added."""
        if action == "take":
            option = self.highlighted_option
            return option is not None and (option.id or "").startswith("add:")
        if action == "add":
            return self.names_typed
        if action in ("edit", "remove"):
            option = self.highlighted_option
            return option is not None and (option.id or "").startswith("item:")
        return True

    def watch_highlighted(self, highlighted: int | None) -> None:
        """The keys depend on what is under the cursor."""
        super().watch_highlighted(highlighted)
        self.refresh_bindings()

    def __init__(self, *options: Option, names_typed: bool) -> None:
        self.names_typed = names_typed
        super().__init__(*options)
        self.highlighted = None  # OptionList puts the cursor on the first

    def action_select(self) -> None:
        """Enter: what the cursor was moved to; without a cursor nothing is meant."""
        if self.highlighted is None:
            self.post_message(Form.Go("next"))
        else:
            super().action_select()

    def action_take(self) -> None:
        """Add what is under the cursor."""
        super().action_select()

    def action_add(self) -> None:
        """Type a name."""
        self.post_message(Form.Go("add"))

    def action_edit(self) -> None:
        """Go through the answers of the item under the cursor."""
        self.post_message(Form.Go("edit", self.key))

    def action_remove(self) -> None:
        """Take the item under the cursor away."""
        self.post_message(Form.Go("remove", self.key))

    @property
    def key(self) -> str:
        """The name of the item under the cursor."""
        option = self.highlighted_option
        return (option.id or "").removeprefix("item:") if option else ""


class NamesForm(Form):
    """The names of all items of a list, before anything is asked about one of them.

    Nothing is under the cursor at first: that there are none is written only when it was chosen.
    """

    BINDINGS = [
        Binding("up", "to_list(-1)", "Up", show=False),
        Binding("down", "to_list(1)", "Down", show=False),
    ]

    def __init__(
        self, evaluation: Evaluation, screen: Screen, progress: Progress, lang: str
    ) -> None:
        super().__init__(evaluation, progress, lang)
        self.shown = screen
        assert screen.list_name is not None
        self.list_fact = evaluation.rules.facts[screen.list_name]
        key = f"{self.list_fact.item}.{self.list_fact.key}"
        self.key_fact = evaluation.rules.facts.get(key)
        self.complaint = ""
        self._sent = False

    @property
    def items(self) -> ItemList:
        """What the list holds."""
        return self.evaluation.profile.lists.get(self.list_fact.name) or ItemList(())

    def compose(self) -> ComposeResult:
        """Question, names so far, a field for one more."""
        yield Paper(self._title)
        yield NameList(*self._options(), names_typed=not self._by_choice)
        if not self._by_choice:
            yield ExactInput("", compact=True, id="exact", placeholder=self._placeholder)
        yield Paper(self._hint, id="name-hint")
        yield Paper(self._help)

    @property
    def _placeholder(self) -> str:
        fact = self.key_fact
        return safe_text(fact.label.get(self.lang)) if fact else say("a_name", self.lang)

    @property
    def _by_choice(self) -> bool:
        return self.key_fact is not None and self.key_fact.type is FactType.CHOICE

    def on_mount(self) -> None:
        """The focus is where a name is typed, or on going on."""
        names = self.query_one(NameList)
        if self._by_choice and self.items.items:
            names.highlighted = names.option_count - 1
        focus_here(self.query_one("ExactInput" if not self._by_choice else "NameList"))

    def _title(self, width: int) -> Iterator[Content]:
        yield from self.progress.lines(width, self.lang)
        asked = self.list_fact.question or self.list_fact.label
        yield Content("")
        yield from lines_of(asked.get(self.lang), width, "bold")
        if self.lang == "en" and asked.zh and self.app.size.height >= 24:
            yield from lines_of(asked.zh, width, QUIET)
        yield Content("")

    def _options(self) -> Iterator[Option]:
        keys = [item.key for item in self.items.items]
        for n, key in enumerate(keys, 1):
            yield Option(plain(f"{n}  {self._key_words(key)}"), id=f"item:{key}")
        if self._by_choice and self.key_fact is not None:
            for name, words in self.key_fact.choices.items():
                if name not in keys:
                    yield Option(plain(f"+  {words.get(self.lang)}", QUIET), id=f"add:{name}")
        if keys:
            yield Option(plain(f"→  {say('key.accept', self.lang)}"), id="go")
        else:
            yield Option(plain(say("none_of_these", self.lang)), id="none")

    def _key_words(self, key: str) -> str:
        if self._by_choice and self.key_fact is not None and key in self.key_fact.choices:
            return self.key_fact.choices[key].get(self.lang)
        return key

    def _hint(self, width: int) -> Iterator[Content]:
        if self.complaint:
            yield from lines_of(self.complaint, width, "$error", 2, "! ")
        elif not self._by_choice:
            key = "empty_goes_on" if self.items.items else "name_or_none"
            yield from lines_of(say(key, self.lang), width, QUIET)
        elif not self.items.items:
            yield from lines_of(say("choose_or_none", self.lang), width, QUIET)

    def complain(self, words: str) -> None:
        """Say beneath the names why nothing was done."""
        self._sent, self.complaint = False, words
        self.query_one("#name-hint", Paper).set(self._hint)

    def _help(self, width: int) -> Iterator[Content]:
        if self.list_fact.help:
            yield Content("")
            yield from lines_of(self.list_fact.help.get(self.lang), width, QUIET)

    def allows(self, action: str) -> bool:
        """A list may be skipped, and be unknown while it has no item."""
        return action in ("back", "skip", "why") or (action == "unknown" and not self.items.items)

    def skip(self) -> None:
        """Name them later."""
        self.post_message(self.Skip(FactRef(self.list_fact.name)))

    def unknown(self) -> None:
        """It is not known what there is."""
        self.post_message(self.Item(self.list_fact.name, "unknown"))

    def asked(self) -> FactRef | None:
        """The list."""
        return FactRef(self.list_fact.name)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """One more name; nothing goes on."""
        event.stop()
        name = event.value.strip()
        if name and not self._sent:
            self._sent = True
            self.post_message(self.Item(self.list_fact.name, "add", name))
        elif not name:
            self._go_on()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong is being mended."""
        event.stop()
        if self.complaint:
            self.complain("")

    def _go_on(self) -> None:
        """Go on if there is an item: no name is not the answer that there are none."""
        if self._sent:
            return
        if self.items.items:
            self._sent = True
            self.post_message(self.Done())
        else:
            self.complain(say("choose_or_none" if self._by_choice else "name_or_none", self.lang))

    def action_to_list(self, direction: int) -> None:
        """From the field into the list above it."""
        names = self.query_one(NameList)
        names.focus()
        if names.highlighted is None or direction < 0:
            names.highlighted = names.option_count - 1 if direction < 0 else 0

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """To the names."""
        event.stop()
        self.query_one(NameList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go on, say that there are none, or add what was chosen."""
        event.stop()
        what, _, key = (event.option.id or "").partition(":")
        if self._sent:
            return
        self._sent = True
        if what == "none":
            self.post_message(self.Item(self.list_fact.name, "none"))
        elif what == "add":
            self.post_message(self.Item(self.list_fact.name, "add", key))
        else:
            self.post_message(self.Done())

    def on_form_go(self, event: Form.Go) -> None:
        """Keys of the list."""
        if event.where == "next":
            event.stop()
            self._go_on()
        elif event.where == "add":
            event.stop()
            if self.query("ExactInput"):
                self.query_one(ExactInput).focus()
        elif event.where == "remove":
            event.stop()
            self.post_message(self.Item(self.list_fact.name, "remove", event.what))
        elif event.where == "edit":
            event.stop()
            self.post_message(self.Go("item", f"{self.list_fact.name}\n{event.what}"))
