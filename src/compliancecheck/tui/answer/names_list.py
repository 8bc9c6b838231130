"""The items of a list as rows: the name, how many of its questions are answered, its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.questions import GOALS, waiting_for
from compliancecheck.model.facts import Fact
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Item
from compliancecheck.reports import wording
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.answer.side import way_of
from compliancecheck.tui.help import Helped
from compliancecheck.tui.paper import QUIET, plain
from compliancecheck.tui.telling import waits_said
from compliancecheck.tui.words import count, say

PAGE = 500
"""So many items are drawn at once."""

_OF_ITEM = ("open", "edit", "remove", "copy", "rename")


class NameList(OptionList, Helped):
    """The items of a list; keys change the one under the cursor."""

    help_name = "names"
    BINDINGS = [
        Binding("a", "add", "add", id="add"),
        Binding("e", "edit", "edit", id="edit"),
        Binding("delete", "remove", "remove", id="remove"),
        Binding("c", "copy", "copy", id="copyitem"),
        Binding("n", "rename", "rename", id="rename"),
        Binding("enter", "open", "open", key_display="enter", id="open.names"),
        Binding("enter", "select", "next", key_display="enter", id="accept.names"),
        Binding("space", "take", "add", id="add.choice"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only an item can be changed or removed, only what is no item yet added."""
        if action == "take":
            return self._option_id.startswith("add:")
        if action == "add":
            return self.names_typed
        on_item = self._option_id.startswith("item:")
        if action in _OF_ITEM:
            return on_item
        return not on_item if action == "select" else True

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

    def action_open(self) -> None:
        """Enter on an item: its questions."""
        super().action_select()

    def action_take(self) -> None:
        """Add what is under the cursor."""
        super().action_select()

    def action_add(self) -> None:
        """Type a name."""
        self.post_message(Form.Go("add"))

    def action_edit(self) -> None:
        """Go through the questions of the item under the cursor."""
        self.post_message(Form.Go("edit", self.key))

    def action_remove(self) -> None:
        """Take the item under the cursor away."""
        self.post_message(Form.Go("remove", self.key))

    def action_copy(self) -> None:
        """Put the item under the cursor once more, under another name."""
        self.post_message(Form.Go("copy", self.key))

    def action_rename(self) -> None:
        """Give the item under the cursor another name."""
        self.post_message(Form.Go("rename", self.key))

    @property
    def key(self) -> str:
        """The name of the item under the cursor."""
        return self._option_id.removeprefix("item:")

    @property
    def _option_id(self) -> str:
        option = self.highlighted_option
        return (option.id or "") if option is not None else ""


class ItemRows:
    """What is said of each item of a list; worked out once for a screen."""

    def __init__(self, evaluation: Evaluation, list_fact: Fact, lang: str) -> None:
        self.evaluation, self.list_fact, self.lang = evaluation, list_fact, lang
        self._open = self._open_of_items()
        self._ways = {
            line.item: line
            for line in evaluation.routes
            if evaluation.rules.routes[line.route].each == list_fact.item and line.item is not None
        }

    def _open_of_items(self) -> Mapping[str, int]:
        engine, found = engine_of(self.evaluation), dict[str, int]()
        for ref in waiting_for(self.evaluation, GOALS):
            own = ref.item is not None and (
                self.evaluation.rules.facts[ref.name].list == self.list_fact.name
            )
            if own and ref.item is not None and engine.answer(ref) is None:
                found[ref.item] = found.get(ref.item, 0) + 1
        return found

    def answered(self, item: Item) -> int:
        """How many of its questions are answered; its name is none of them."""
        return sum(1 for name in item.answers if name != f"{self.list_fact.item}.{self._key}")

    @property
    def _key(self) -> str:
        return self.list_fact.key or ""

    def options(self, items: tuple[Item, ...], page: int, words: Mapping[str, str]) -> Iterator[
        Option
    ]:  # fmt: skip
        """The rows of one page of items; *words* are names that are written by an id."""
        first = page * PAGE
        if page:
            yield Option(plain(say("items_before", self.lang, n=first), QUIET), id="page:-1")
        for n, item in enumerate(items[first : first + PAGE], first + 1):
            yield Option(self._row(n, item, words.get(item.key, item.key)), id=f"item:{item.key}")
        left = len(items) - first - PAGE
        if left > 0:
            yield Option(plain(say("items_after", self.lang, n=left), QUIET), id="page:1")

    def _row(self, n: int, item: Item, name: str) -> Content:
        lead = f"{n}  "
        line = self._ways.get(item.key)
        waits = waits_said(self.evaluation, line, self.lang) if line is not None else ""
        said = [self._progress(item, waits=bool(waits))]
        if line is not None:
            said.append(way_of(self.evaluation, line, self.lang))
        if waits and not self._open.get(item.key, 0):
            said.append(waits)
        sep = wording.semicolon(self.lang)
        return plain(lead + name) + Content("\n") + plain(" " * len(lead) + sep.join(said), QUIET)

    def _progress(self, item: Item, *, waits: bool = False) -> str:
        done, left = self.answered(item), self._open.get(item.key, 0)
        if not left and waits:  # no question of its own is open, but its way is
            return say("item_waits", self.lang, n=done)
        if not left:
            return count(done, self.lang, "item_done_one", "item_done")
        return say("item_progress", self.lang, n=done, all=done + left)
