"""Going somewhere by words: one field, below it what fits, best first. The palette is one too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from compliancecheck.model.findings import DatedAct, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.reports.layout import cut, wrap
from compliancecheck.tui.bindings import Keys
from compliancecheck.tui.help import Helped
from compliancecheck.tui.overlays import Over, Said
from compliancecheck.tui.paper import QUIET, Paper, lines_of, plain
from compliancecheck.tui.places import MOST_HITS, Places, Spot, folded, words_of
from compliancecheck.tui.text_field import TextField
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.going import Going

Go = Callable[[], object]
"""What is done when a line was chosen; what it returns is awaited if it can be."""

KINDS = {
    "question": "kind.question", "item": "kind.item", "finding": "kind.finding",
    "date": "kind.date", "rule": "kind.rule", "instrument": "kind.instrument",
    "article": "kind.article", "reading": "kind.reading", "problem": "kind.problem",
    "theme": "kind.theme",
}  # fmt: skip
"""The words for each kind of place."""

MOST_LINES = 4
"""A title takes so many lines at most; the place itself shows all of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line to choose: its title, what it is, a key that does the same, and what it does."""

    title: str
    kind: str
    beside: str
    key: str
    go: Go


Find = Callable[[str], Sequence[Line]]
"""From what was typed to the lines that fit, best first."""


class FindInput(TextField):
    """The field; the arrows move in the list below it."""

    help_name = "find"
    BINDINGS = [
        Binding("enter", "submit", "open", key_display="enter", id="open.found"),
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("pagedown", "move(5)", "Page Down", show=False),
        Binding("pageup", "move(-5)", "Page Up", show=False),
    ]

    class Moved(Message):
        """Another line."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def action_move(self, by: int) -> None:
        """Another line of the list."""
        self.post_message(self.Moved(by))


class FoundList(OptionList, Helped, can_focus=False):
    """What fits; a click chooses."""

    class Resized(Message):
        """The rows must be laid out anew."""

    def on_resize(self) -> None:
        """Rows are laid out for a width."""
        self.post_message(self.Resized())


class Finder(Over[Line | None]):
    """A field and the lines that fit; gives the line that was chosen."""

    DEFAULT_CSS = """
    Finder { background: $background 70%; align: center top; }
    Finder #find { width: 100%; max-width: 100; height: 1fr; background: $background;
        border: solid $quiet; padding: 0 1; }
    Finder #found { height: 1fr; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("escape", "close", "close", key_display="esc", id="close"),
    ]

    def __init__(self, title: Said, find: Find | None, lang: str) -> None:
        super().__init__()
        self.title_in, self.find, self.lang = title, find, lang
        self._found: list[Line] = []
        self.searched = ""  # what was typed when it was last searched

    def compose(self) -> ComposeResult:
        """Title, field, list."""
        with Vertical(id="find"):
            yield Paper(self._head, id="find-head")
            yield FindInput(compact=True, placeholder=say("goto_prompt", self.lang), id="query")
            yield FoundList(id="found")
            yield Paper(self._foot, id="find-foot")
        yield Keys(palette=False)

    def on_mount(self) -> None:
        """What is offered before a word was typed."""
        self._search()

    def ready(self, find: Find) -> None:
        """From now on it can be searched."""
        self.find = find
        if self.is_mounted:
            self._search()

    def speak(self, lang: str) -> None:
        """The lines too; the cursor keeps its place among them."""
        super().speak(lang)
        at = self.query_one(FoundList).highlighted
        self.query_one(FindInput).placeholder = say("goto_prompt", lang)
        self._search()
        if at is not None and at < len(self._found):
            self.query_one(FoundList).highlighted = at

    @property
    def found(self) -> Sequence[Line]:
        """The lines that fit, best first."""
        return self._found

    def _head(self, width: int) -> Iterator[Content]:
        yield from lines_of(self.title_in(self.lang), width, "bold")

    def _foot(self, width: int) -> Iterator[Content]:
        words = self.query_one(FindInput).value.strip()
        if self.find is None:
            yield plain(say("looking", self.lang), QUIET)
        elif not self._found and words:
            yield from lines_of(say("nothing_found", self.lang, words=cut(words, 200)), width)
        elif len(self._found) >= MOST_HITS:
            yield from lines_of(say("found_cut", self.lang, n=len(self._found)), width, QUIET)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search along."""
        event.stop()
        self._search()

    def on_found_list_resized(self, event: FoundList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._fill()

    def _search(self) -> None:
        typed = self.searched = self.query_one(FindInput).value
        self._found = list(self.find(typed)) if self.find is not None else []
        self._fill()

    def _fill(self) -> None:
        listed = self.query_one(FoundList)
        room = listed.scrollable_content_region.width
        if room < 1:
            return  # not laid out yet; it will be told its size
        words = words_of(self.query_one(FindInput).value)
        listed.clear_options()
        listed.add_options(Option(row_of(line, words, room, self.lang)) for line in self._found)
        listed.highlighted = 0 if self._found else None
        self.query_one("#find-foot", Paper).set(self._foot)

    def on_find_input_moved(self, event: FindInput.Moved) -> None:
        """Another line; it stops at both ends."""
        event.stop()
        listed = self.query_one(FoundList)
        if self._found:
            at = (listed.highlighted or 0) + event.by
            listed.highlighted = min(max(at, 0), len(self._found) - 1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The line under the cursor."""
        event.stop()
        self.action_take()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """The line under the cursor; what was typed just before is searched first."""
        if self.searched != self.query_one(FindInput).value:
            self._search()
        at = self.query_one(FoundList).highlighted
        if at is not None and at < len(self._found):
            self.dismiss(self._found[at])

    def action_close(self) -> None:
        """None of them."""
        self.dismiss(None)


def row_of(line: Line, words: Sequence[str], width: int, lang: str) -> Content:
    """A line of the list: the title with what was typed marked, below it what it is."""
    kind = say(KINDS[line.kind], lang) if line.kind else ""
    beside = "  ".join(piece for piece in (kind, line.beside) if piece)
    room = max(width - (cell_width(line.key) + 2 if line.key else 0), 8)
    rows = wrap(line.title, room)
    if len(rows) > MOST_LINES:
        rows = [*rows[: MOST_LINES - 1], cut(" ".join(rows[MOST_LINES - 1 :]), room)]
    content = Content("\n").join(_marked(row, words) for row in rows)
    if line.key:
        gap = " " * max(width - cell_width(rows[-1]) - cell_width(line.key), 1)
        content = content + gap + plain(line.key, QUIET)
    for row in lines_of(beside, width, QUIET, 2, "  ") if beside else ():
        content = content + "\n" + row
    return content


def _marked(row: str, words: Sequence[str]) -> Content:
    """*row* with the words of the query underlined, where they stand in it."""
    content, text = plain(row), folded(row)
    if len(text) != len(row):
        return content  # folding moved the letters
    for word in words:
        at = text.find(word)
        while at >= 0:
            content = content.stylize("bold underline", at, at + len(word))
            at = text.find(word, at + len(word))
    return content


async def run(chosen: object) -> None:
    """Do what a chosen line does."""
    done = chosen.go() if isinstance(chosen, Line) else None
    if isawaitable(done):
        awaited: Awaitable[object] = done
        await awaited


# -- places ----------------------------------------------------------------------------------------


def lines_for(app: Going, spots: Sequence[Spot]) -> list[Line]:
    """Places as lines that lead there."""
    return [
        Line(spot.title, spot.kind, spot.beside, "", partial(_lead, app, spot)) for spot in spots
    ]


async def _lead(app: Going, spot: Spot) -> None:
    target = spot.target
    if isinstance(target, FactRef):
        await app.ask(target)
    elif isinstance(target, Finding):
        await app.show_finding(target)
    elif isinstance(target, DatedAct):
        app.show_date(target)
    elif isinstance(target, tuple):
        await app.show_item(*target)
    elif isinstance(target, int):
        app.show_problem(target)
    elif spot.kind == "reading":
        await app.show_reading(target)
    else:
        app.show_rule(target)


class PlaceKeeper:
    """The places of the session, read once for each evaluation."""

    def __init__(self, app: Going) -> None:
        self.app = app
        self._kept: tuple[object, object, Places] | None = None

    @property
    def kept(self) -> Places | None:
        """The places, if those of this evaluation were read."""
        session = self.app.session
        if session is None or self._kept is None:
            return None
        evaluation, problems, places = self._kept
        same = evaluation is session.evaluation and problems is session.problems
        return places if same else None

    def read(self) -> Places | None:
        """Read them; it may take a second with ten thousand items."""
        session = self.app.session
        if session is None:
            return None
        evaluation, problems = session.evaluation, session.problems
        places = Places(session.rules, evaluation, problems)
        self._kept = (evaluation, problems, places)
        return places


class Seeking:
    """Opens a finder over places, and over further lines that the palette puts before them."""

    def __init__(self, app: Going) -> None:
        self.app, self.keeper = app, PlaceKeeper(app)

    def open(self, title: Said, before: Find) -> None:
        """Show the finder at once; its places come when they are read."""
        places = self.keeper.kept
        find = partial(self._find, places, before) if places is not None else None
        finder = Finder(title, find, self.app.lang)
        self.app.push_screen(finder, run)
        if places is None:
            self._read(finder, before)

    def _read(self, finder: Finder, before: Find) -> None:
        def read() -> None:
            places = self.keeper.read()
            self.app.call_from_thread(finder.ready, partial(self._find, places, before))

        self.app.run_worker(read, thread=True, exclusive=True, group="places")

    def _find(self, places: Places | None, before: Find, typed: str) -> list[Line]:
        lines = list(before(typed))
        if places is not None and (typed.strip() or not lines):
            lines += lines_for(self.app, places.search(typed, self.app.lang))
        return lines[:MOST_HITS] if typed.strip() else lines


def nothing_before(typed: str) -> Sequence[Line]:
    """No further lines: places only."""
    return ()
