"""What comes first: which packs concern you, and the names of the items of a list."""

from __future__ import annotations

from functools import partial

from compliancecheck.logic.interview import Screen
from compliancecheck.model.facts import FactType
from compliancecheck.model.profile import FactRef, Item, ItemList
from compliancecheck.model.safe import shorten
from compliancecheck.tui.answer.walk import answered_of
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.facts import parts_of
from compliancecheck.tui.plain.turn import NONE_TYPED, Line, Menu, Turn

MOST_NAMED = 10


class GatesTurn(Turn):
    """Which of these concern you? What is not named is answered no."""

    aside = False

    def __init__(self, desk: Desk, screen: Screen) -> None:
        super().__init__(desk)
        self.refs, self.title = screen.refs, screen.title

    def show(self) -> None:
        """Each with its question."""
        rules, lang = self.desk.evaluation.rules, self.desk.lang
        self.voice.blank()
        self.voice.line(self.title.get(lang))
        words = []
        for ref in self.refs:
            fact = rules.facts[ref.name]
            asked = (fact.question or fact.label).get(lang)
            words.append((rules.packs[fact.pack].title.get(lang), asked))
        self.desk.choices(words)
        self.desk.tell("plain_gates")

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """All of them are answered."""
        yes: set[int] = set()
        open_: set[int] = set()
        if typed.casefold() not in NONE_TYPED:
            for part in parts_of(typed):
                bare = part.rstrip("?？")
                n = self.number(bare, len(self.refs))
                if n is None:
                    raise self.no_answer(part)
                (open_ if bare != part else yes).add(n)
        answers = {
            ref: "unknown" if n in open_ else "true" if n in yes else "false"
            for n, ref in enumerate(self.refs)
        }
        return self.desk.answer(answers)


class NamesTurn(Turn):
    """The names of all items of a list, before anything is asked about one of them."""

    skips = knows_not = True
    aside = False

    def __init__(self, desk: Desk, screen: Screen) -> None:
        super().__init__(desk)
        assert screen.list_name is not None
        self.screen = screen
        self.fact = desk.evaluation.rules.facts[screen.list_name]
        self.key = desk.evaluation.rules.facts.get(f"{self.fact.item}.{self.fact.key}")

    @property
    def items(self) -> tuple[Item, ...]:
        """What the list holds."""
        lists = self.desk.evaluation.profile.lists
        return (lists.get(self.fact.name) or ItemList(())).items

    @property
    def _by_choice(self) -> bool:
        return self.key is not None and self.key.type is FactType.CHOICE

    def _left(self) -> list[tuple[str, str]]:
        """The names that can still be chosen, each with its words."""
        if self.key is None or not self._by_choice:
            return []
        taken, lang = {item.key for item in self.items}, self.desk.lang
        return [(n, w.get(lang)) for n, w in self.key.choices.items() if n not in taken]

    def show(self) -> None:
        """Question, help, names so far."""
        desk = self.desk
        desk.heading(self.screen)
        self.voice.line((self.fact.question or self.fact.label).get(desk.lang))
        if self.fact.help:
            self.voice.line(self.fact.help.get(desk.lang))
        desk.choices([(words, "") for _, words in self._left()])
        self._say_items()

    def _say_items(self) -> None:
        names = [self.said(item.key) for item in self.items]
        mark = "、" if self.desk.lang == "zh" else ", "
        if len(names) > MOST_NAMED:
            some = mark.join(names[-MOST_NAMED:])
            self.desk.tell("plain_items_long", n=len(names), names=some)
        elif names:
            self.desk.tell("plain_items", names=mark.join(names))
        keys = ("plain_first_name", "plain_name", "plain_first_choice", "plain_next_choice")
        what = self.key.label.get(self.desk.lang) if self.key else self.desk.word("a_name")
        self.desk.tell(keys[2 * self._by_choice + bool(names)], what=what)

    def said(self, key: str) -> str:
        """A name in words."""
        if self._by_choice and self.key is not None and key in self.key.choices:
            return self.key.choices[key].get(self.desk.lang)
        return key

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """One more name; the number of a choice; none."""
        if not literal and typed.casefold() in NONE_TYPED and not self.items:
            return self._set("[]", self.desk.word("none_of_these"))
        if self._by_choice:
            left = self._left()
            n = self.number(typed, len(left))
            named = [name for name, words in left if typed.casefold() == words.casefold()]
            if n is None and not named:
                raise self.no_answer(typed)
            return self.add(left[n][0] if n is not None else named[0])
        return self.add(typed)

    def add(self, name: str) -> Step | Turn:
        """Name one more item."""
        desk = self.desk
        step = desk.write(
            lambda: desk.session.add_item(self.fact.name, name),
            lambda: desk.noted(desk.word("plain_added", name=shorten(self.said(name), 200))),
            Step.AGAIN,
        )
        return self._stay_quiet(step)

    def _stay_quiet(self, step: Step) -> Step:
        """After a name only the names are said again, not the question."""
        if step is Step.AGAIN and not self.desk.session.broken and not self._by_choice:
            self._say_items()
            return Step.STAY
        return step

    def _set(self, value: str, words: str) -> Step:
        label, desk = self.fact.label.get(self.desk.lang), self.desk
        return desk.write(
            lambda: desk.session.set_list(self.fact.name, value),
            lambda: desk.saved(f"{label}{desk.colon}{words}"),
            Step.ON,
        )

    def empty(self) -> Step | Turn:
        """Go on; that there are none has to be said."""
        if self.items:
            return Step.ON
        self._say_items()
        return Step.STAY

    def skip(self) -> Step | Turn:
        """Name them later."""
        if not self.items:
            self.desk.walk.skipped.add(FactRef(self.fact.name))
            self.desk.tell("plain_skipped")
        return Step.ON

    def unknown(self) -> Step | Turn:
        """It is not known what there is."""
        if self.items:
            raise Wrong(self.desk.word("plain_cannot"))
        return self._set("unknown", self.desk.word("not_known"))

    def asked(self) -> FactRef | None:
        """The list."""
        return FactRef(self.fact.name)


# -- items, wherever one is asked about -----------------------------------------------------------


def items_menu(desk: Desk, list_name: str) -> Menu:
    """The items of a list; a number goes through the answers of one."""
    fact = desk.evaluation.rules.facts[list_name]
    items = desk.evaluation.profile.lists.get(list_name) or ItemList(())
    lines = [Line(item.key, partial(_go, desk, list_name, item.key)) for item in items.items]
    return Menu(desk, fact.label.get(desk.lang), lines)


def _go(desk: Desk, list_name: str, key: str) -> Step:
    refs = answered_of(desk.evaluation, list_name, key)
    if not refs:
        desk.walk.go_on(desk.evaluation)
    else:
        title = desk.evaluation.rules.facts[list_name].label
        desk.walk.show(Screen("facts", desk.walk.goal, title, refs, list_name, key))
    desk.at = 0
    return Step.SHOW


_LIKE = {
    "add": "plain_say_add",
    "remove": "plain_say_remove",
    "copy": "plain_say_copy",
    "rename": "plain_say_rename",
}


def change_item(desk: Desk, what: str, rest: str) -> Step:
    """`add`, `remove`, `copy`, `rename` of an item of the list that is being asked about."""
    list_name = desk.screen.list_name
    if list_name is None:
        raise Wrong(desk.word("plain_no_list"))
    name, _, new = (part.strip() for part in rest.partition("="))
    items = desk.evaluation.profile.lists.get(list_name) or ItemList(())
    keys = [item.key for item in items.items]
    if not name or (what == "rename" and not new):
        raise Wrong(desk.word("plain_name_it", example=desk.word(_LIKE[what])))
    session = desk.session
    if what == "add":
        return desk.write(
            lambda: session.add_item(list_name, rest),
            lambda: desk.noted(desk.word("plain_added", name=shorten(rest, 200))),
            Step.AGAIN,
        )
    if rest in keys:  # a name with an = in it
        name, new = rest, ""
    if name not in keys:
        raise Wrong(desk.word("plain_no_item", name=shorten(name, 200)))
    if what == "remove":
        return desk.write(
            lambda: session.remove_item(list_name, name),
            lambda: desk.noted(desk.word("plain_removed", name=shorten(name, 200))),
            Step.AGAIN,
        )
    new = new or _free(name, keys)
    said = {"copy": "plain_added", "rename": "plain_renamed"}[what]
    change = session.copy_item if what == "copy" else session.rename_item
    return desk.write(
        lambda: change(list_name, name, new),
        lambda: desk.noted(desk.word(said, name=shorten(new, 200))),
        Step.AGAIN,
    )


def _free(name: str, keys: list[str]) -> str:
    """``NAME 2``, or the next number that is free."""
    n = 2
    while f"{name} {n}" in keys:
        n += 1
    return f"{name} {n}"
