"""The names of all items of a list, and what is done with one of them."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.logic.interview import Screen
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import FactRef, ItemList
from compliancecheck.model.safe import safe_text
from compliancecheck.tui.answer.form import TABS, Form, Progress, focus_here
from compliancecheck.tui.answer.names_list import PAGE, ItemRows, NameList
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.paper import QUIET, Paper, lines_of, plain
from compliancecheck.tui.words import say


class NamesForm(Form):
    """The names of all items of a list, before anything is asked about one of them.

    Nothing is under the cursor at first: that there are none is written only when it was chosen.
    """

    BINDINGS = [
        Binding("up", "to_list(-1)", "Up", show=False),
        Binding("down", "to_list(1)", "Down", show=False),
    ]

    def __init__(
        self,
        evaluation: Evaluation,
        screen: Screen,
        progress: Progress,
        lang: str,
        item: str = "",
    ) -> None:
        super().__init__(evaluation, progress, lang)
        self.shown = screen
        assert screen.list_name is not None
        self.list_fact = evaluation.rules.facts[screen.list_name]
        key = f"{self.list_fact.item}.{self.list_fact.key}"
        self.key_fact = evaluation.rules.facts.get(key)
        self.complaint = ""
        self._sent = self._by_mistake = False
        self.rows = ItemRows(evaluation, self.list_fact, lang)
        keys = [one.key for one in self.items.items]
        self.at = item if item in keys else ""  # the item to put the cursor on
        self.page = keys.index(item) // PAGE if self.at else max(len(keys) - 1, 0) // PAGE

    @property
    def items(self) -> ItemList:
        """What the list holds."""
        return self.evaluation.profile.lists.get(self.list_fact.name) or ItemList(())

    def compose(self) -> ComposeResult:
        """Question, names so far, a field for one more."""
        yield Paper(self._title)
        yield NameList(*self._options(), names_typed=not self.by_choice)
        if not self.by_choice:
            field = ExactInput("", compact=True, id="exact", placeholder=self._placeholder)
            field.help_name = "add_name"
            yield field
        yield Paper(self._hint, id="name-hint")
        yield Paper(self._help)

    @property
    def _placeholder(self) -> str:
        fact = self.key_fact
        return safe_text(fact.label.get(self.lang)) if fact else say("a_name", self.lang)

    @property
    def by_choice(self) -> bool:
        """Whether items are chosen, not named."""
        return self.key_fact is not None and self.key_fact.type is FactType.CHOICE

    def on_mount(self) -> None:
        """The focus is where a name is typed, or on going on."""
        names = self.query_one(NameList)
        if self.at:
            names.highlighted = names.get_option_index(f"item:{self.at}")
        elif self.by_choice and self.items.items:
            names.highlighted = names.option_count - 1
        focus_here(self.first_focus)

    @property
    def first_focus(self) -> Widget:
        """Where a name is typed; the list, where names are chosen or an item has the cursor."""
        in_list = self.by_choice or bool(self.at)
        return self.query_one("NameList" if in_list else "ExactInput")

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
        yield from self.rows.options(self.items.items, self.page, self._choice_words(self.lang))
        for name, words in self.free_choices(self.lang):
            yield Option(plain(f"+  {words}", QUIET), id=f"add:{name}")
        if keys:
            yield Option(plain(f"→  {say('key.accept', self.lang)}"), id="go")
        else:
            yield Option(plain(say("none_of_these", self.lang)), id="none")

    def _choice_words(self, lang: str) -> dict[str, str]:
        if not self.by_choice or self.key_fact is None:
            return {}
        return {name: words.get(lang) for name, words in self.key_fact.choices.items()}

    def free_choices(self, lang: str) -> list[tuple[str, str]]:
        """Where items are chosen, not named: what is no item yet, with its words."""
        keys = {item.key for item in self.items.items}
        return [one for one in self._choice_words(lang).items() if one[0] not in keys]

    @property
    def _named_by(self) -> str:
        """What an item is named by: a name, a year."""
        fact = self.key_fact
        if fact is None or fact.type is FactType.TEXT:
            return say("named_by_name", self.lang)
        return safe_text(fact.label.get(self.lang))

    @property
    def _digit(self) -> str:
        """A single digit that names a tab, if that is all that was typed."""
        typed = self.query_one("#exact", Input).value if self.query("#exact") else ""
        named = self.key_fact is None or self.key_fact.type is FactType.TEXT
        return typed if named and typed in ("1", "2", "3", "4", "5") else ""

    def _hint(self, width: int) -> Iterator[Content]:
        if self._by_mistake and self._digit:
            tab = say(TABS[int(self._digit)], self.lang)
            yield from lines_of(say("digit_typed", self.lang, n=self._digit, tab=tab), width)
            return
        if self.complaint:
            yield from lines_of(self.complaint, width, "$error", 2, "! ")
        elif not self.by_choice:
            key = "empty_goes_on" if self.items.items else "name_or_none"
            yield from lines_of(say(key, self.lang, what=self._named_by), width, QUIET)
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
        elif self._digit and not getattr(self.app, "told_of_digits", True):
            self._by_mistake = self.app.told_of_digits = True  # type: ignore[attr-defined]
            self.query_one("#name-hint", Paper).set(self._hint)
        elif self._by_mistake and not self._digit:
            self.query_one("#name-hint", Paper).set(self._hint)

    def _go_on(self) -> None:
        """Go on if there is an item: no name is not the answer that there are none."""
        if self._sent:
            return
        if self.items.items:
            self._sent = True
            self.post_message(self.Done())
        else:
            key = "choose_or_none" if self.by_choice else "name_or_none"
            self.complain(say(key, self.lang, what=self._named_by))

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
        """Go on, say that there are none, open an item, add what was chosen, turn a page."""
        event.stop()
        what, _, key = (event.option.id or "").partition(":")
        if what == "page":
            self._turn(int(key))
            return
        if self._sent:
            return
        self._sent = True
        if what == "none":
            self.post_message(self.Item(self.list_fact.name, "none"))
        elif what == "add":
            self.post_message(self.Item(self.list_fact.name, "add", key))
        elif what == "item":
            self._edit(key)
        else:
            self.post_message(self.Done())

    def _turn(self, pages: int) -> None:
        self.page += pages
        names = self.query_one(NameList)
        names.clear_options()
        names.add_options(self._options())
        names.highlighted = 1 if pages > 0 else 0

    def _edit(self, key: str) -> None:
        self.post_message(self.Go("item", f"{self.list_fact.name}\n{key}"))

    def on_form_go(self, event: Form.Go) -> None:
        """Keys of the list."""
        if event.where == "next":
            event.stop()
            self._go_on()
        elif event.where == "add":
            event.stop()
            if self.query("ExactInput"):
                self.query_one(ExactInput).focus()
        elif event.where in ("remove", "copy", "rename"):
            event.stop()
            self.post_message(self.Item(self.list_fact.name, event.where, event.what))
        elif event.where == "edit":
            event.stop()
            self._edit(event.what)
