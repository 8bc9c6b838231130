"""The Compare tab: two sides, the ladder of editions, what differs, both proofs side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from compliancecheck.model.comparison import Comparison
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import Profile
from compliancecheck.model.texts import Place
from compliancecheck.reports.compare_words import side_line
from compliancecheck.reports.sheet import Sheet
from compliancecheck.tui.compare.editions import (
    Ladders,
    Marks,
    climb,
    ladder_lines,
    segments_of,
    words_of,
)
from compliancecheck.tui.compare.full import in_full
from compliancecheck.tui.compare.proofs import Proved, proofs
from compliancecheck.tui.compare.rows import CHANGE, FOLD, OTHER, ROUTE, SAME, Row, rows_of
from compliancecheck.tui.compare.sides import (
    TODAY,
    CannotCompare,
    Choice,
    Sides,
    last_change,
    law_day,
    side_said,
)
from compliancecheck.tui.lists import MOST_ROWS, Filtered, RowList
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.paper import QUIET, Draw, Paper, lines_of, plain
from compliancecheck.tui.rules.page import place_of
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import say

LEAST_LADDER = 5
"""At least so many lines of the ladder show where tabs do; else a third of the screen's rows."""

TALL = 36
"""Rows of a screen from which the ladder has half of them."""


class CompareList(RowList):
    """What differs, one row each."""

    help_name = "compare"
    BINDINGS = [
        Binding("enter", "select", "proofs", key_display="enter", id="proofs"),
        Binding("space", "unfold", "unfold", show=False, id="unfold.same"),
        Binding("left,h", "edition(-1)", "edition", key_display="←→", id="edition"),
        Binding("right,l", "edition(1)", "edition", show=False),
    ]

    class Unfold(Message):
        """Show what does not differ, or fold it away."""

    class Edition(Message):
        """Side A: to the edition before (-1) or after (1)."""

        def __init__(self, way: int) -> None:
            super().__init__()
            self.way = way

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is compared of a file that cannot be read."""
        pane = self.parent
        return not isinstance(pane, ComparePane) or pane.session.evaluation is not None

    def action_unfold(self) -> None:
        """Show or fold what does not differ."""
        self.post_message(self.Unfold())

    def action_edition(self, way: int) -> None:
        """Another edition."""
        self.post_message(self.Edition(way))


class ComparePane(Vertical, Filtered):
    """Two sides of one company; it writes nothing."""

    BINDINGS = [
        Binding("e", "sides", "change sides", id="sides"),
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full.compare"),
        Binding("escape", "clear", "clear", show=False, id="clear.compare"),
    ]
    words_prompt = "compare_filter_prompt"

    class AskSides(Message):
        """Ask for the sides."""

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__(id="compare")
        self.session, self.lang = session, lang
        self.sides = Sides()
        self.ladders: Ladders | None = None  # None: not climbed yet
        self.complaint = ""
        self.unfolded = False
        self._of: tuple[Profile, int] | None = None  # profile and day that the ladders are of
        self._rows: list[Row] = []
        self._is_cut = False
        self._first: int | None = None  # where the cursor is put at first

    def compose(self) -> ComposeResult:
        """Sides and ladder above, the list below."""
        yield Paper(self._head, id="sides")
        yield Paper(self._ladder, id="ladder")
        yield self.words_field("compare-words")
        yield Paper(self._nothing, id="no-difference")
        yield CompareList(id="differences")

    # -- what is shown ---------------------------------------------------------------------------

    def fill(self, evaluation: Evaluation | None) -> None:
        """Compare anew if the evaluation is another one."""
        if evaluation is None:
            return
        of = (evaluation.profile, evaluation.as_of)
        if self._of is None or self._of[0] is not of[0] or self._of[1] != of[1]:
            self._of = of
            self._climb(evaluation)
        if self.sides.before is not None:
            self._fill()

    @work(exclusive=True, description="climb")  # else Textual writes all findings out for one
    async def _climb(self, now: Evaluation) -> None:
        """Look at each edition; then side A, if nobody chose it, is the one before the last
        that asked something else. Until then the ladder of before stays."""
        found = await climb(now)
        self.ladders = found
        if self.sides.before is None:
            self.sides.before = self._first_choice(now, found)
        if self.query(CompareList):  # the app may have been left meanwhile
            self._fill()

    def _first_choice(self, now: Evaluation, ladders: Ladders) -> Choice:
        days = [
            last_change(rungs, words_of(rungs, self.lang), law_day(now))
            for rungs in ladders.values()
        ]
        return Choice(day=max((day for day in days if day is not None), default=None))

    @property
    def comparison(self) -> Comparison | None:
        """What differs; None if it cannot be compared, and ``complaint`` says why."""
        now = self.session.evaluation
        self.complaint = ""
        if now is None or self.sides.before is None:
            return None
        try:
            return self.sides.compared(now, self.lang)
        except CannotCompare as error:
            self.complaint = str(error)
            return None

    def take_focus(self) -> None:
        """The list."""
        self.query_one(CompareList).focus()

    def _fill(self, *, anew: bool = False) -> None:
        """Show the rows; the cursor stays on its own, or *anew* is on the first difference."""
        listed = self.query_one(CompareList)
        room = listed.room
        if room < 1:
            return  # not laid out yet; it will be told its size
        anew = anew or listed.highlighted == self._first  # the cursor was not moved
        found, kept = self.comparison, None if anew else self.current
        every = rows_of(found, self.unfolded or bool(self.words), room, self.lang) if found else ()
        chosen = (r for r in every if not self.words or self.has_words(r.content.plain, *r.texts))
        rows = list(islice(chosen, MOST_ROWS + 1))
        first = self._first = _first_difference(rows, listed.size.height)
        self._rows, self._is_cut = rows[:MOST_ROWS], len(rows) > MOST_ROWS
        at = first if kept is None else listed.index_of(self._rows, kept, _same)
        listed.show_rows((row.content for row in self._rows), at)
        if at == first:
            listed.scroll_home(animate=False, immediate=True)  # the routes are above the cursor
        listed.can_focus = True  # also while it is empty: the editions are looked at first
        for name, draw in (("sides", self._head), ("ladder", self._ladder)):
            self.query_one(f"#{name}", Paper).set(draw)
        self.query_one("#no-difference", Paper).set(self._nothing)
        self.refresh_bindings()

    def _head(self, width: int) -> Iterator[Content]:
        now = self.session.evaluation
        if now is None:
            yield from lines_of(say("problems_instead", self.lang), width)
            return
        if self.sides.before is None:
            yield plain(say("climbing", self.lang), QUIET)
            return
        text = "   ".join(
            f"{letter}{'：' if self.lang == 'zh' else ': '}{side_said(now, choice, self.lang)}"
            for letter, choice in (("A", self.sides.before), ("B", self.sides.after))
        )
        yield from lines_of(text, width, "bold")
        if self._is_cut:
            yield from lines_of(say("rows_cut", self.lang, n=MOST_ROWS), width, QUIET)

    def _marks(self, now: Evaluation) -> Marks:
        sides = (("A", self.sides.before or TODAY), ("B", self.sides.after))
        return [(letter, self.sides.day_of(now, choice)) for letter, choice in sides]

    def _ladder(self, width: int) -> Iterator[Content]:
        now = self.session.evaluation
        if now is None or self.ladders is None or self.sides.before is None:
            return
        height = self.app.size.height
        share = height // 2 if height >= TALL else max(height // 3 - 1, LEAST_LADDER)
        if height >= 16:
            yield from ladder_lines(self.ladders, self._marks(now), width, share, self.lang)
            yield Content("")

    def _nothing(self, width: int) -> Iterator[Content]:
        now = self.session.evaluation
        if self.complaint:
            yield from lines_of(say("cannot_compare", self.lang, why=self.complaint), width)
        elif self.words and not self._rows:
            what = f"“{self.words}”"
            yield from lines_of(say("no_difference_in_filter", self.lang, what=what), width)
        elif now is not None and self._is_one(now):
            yield from lines_of(say("same_sides", self.lang), width)
            yield Content("")

    def _is_one(self, now: Evaluation) -> bool:
        """Whether both sides are the same law over the same profile."""
        before, after = self.sides.before, self.sides.after
        if before is None or before.path != after.path or before.draft or after.draft:
            return False
        return self.sides.day_of(now, before) == self.sides.day_of(now, after)

    # -- the list --------------------------------------------------------------------------------

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        n = self.query_one(CompareList).highlighted
        return self._rows[n] if n is not None and n < len(self._rows) else None

    @property
    def place(self) -> Place | None:
        """Where the rule under the cursor stands in its file."""
        row = self.current
        if row is not None and row.group:
            return place_of(self.session.rules, row.group[0].rule)
        finding = row.pair[1] if row is not None else None
        return place_of(self.session.rules, finding.rule) if finding is not None else None

    def on_row_list_resized(self, event: RowList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._fill()

    def on_compare_list_unfold(self, event: CompareList.Unfold) -> None:
        """Show what does not differ, or fold it away."""
        event.stop()
        self.unfolded = not self.unfolded
        self._fill()

    def on_compare_list_edition(self, event: CompareList.Edition) -> None:
        """Side A goes along the ladder, to the last day of an edition."""
        event.stop()
        now = self.session.evaluation
        if now is None or self.sides.before is None:
            return
        today = law_day(now)
        every = (segment.last for segment in segments_of(now, self.ladders))
        days = sorted({day for day in every if day is not None and day < today})
        day = self.sides.day_of(now, self.sides.before)
        at = today if day is None else day
        if event.way < 0:
            self.choose("A", Choice(day=max((d for d in days if d < at), default=at)))
        else:
            later = min((d for d in days if d > at), default=None)
            self.choose("A", TODAY if later is None else Choice(day=later))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Both proofs of a difference; the folded line opens or folds; of a route, all in full."""
        event.stop()
        row = self.current
        if row is not None and row.kind == FOLD:
            self.on_compare_list_unfold(CompareList.Unfold())
        elif row is not None and row.kind in (CHANGE, SAME):
            self._prove(row)
        elif row is not None:
            self.action_full()

    def _prove(self, row: Row) -> None:
        found, now = self.comparison, self.session.evaluation
        before, after = self.sides.before, self.sides.after
        if found is None or now is None or before is None:
            return

        def text(lang: str) -> tuple[str, Draw]:
            sides: list[Proved] = []
            for n, evaluation in enumerate((found.before, found.after)):
                instead = ""
                if row.group:
                    instead = side_line(found, row.group[0], bool(n), Sheet(lang=lang))
                sides.append((evaluation, row.pair[n], instead))
            finding = row.pair[1] or row.pair[0]
            rule = row.group[0].rule if row.group else finding.rule if finding else ""
            one, other = (side_said(now, choice, lang) for choice in (before, after))
            names = (f"A  {one}", f"B  {other}")
            title = now.rules.rules[rule].title.get(lang)
            return title, proofs(sides[0], sides[1], names, lang)

        self.app.push_screen(FullText(text, self.lang))

    def refilter(self) -> None:
        """The rows that have the words, also of what does not differ."""
        self._fill()

    def has_rows(self) -> bool:
        """Whether a row is shown."""
        return bool(self._rows)

    # -- keys ------------------------------------------------------------------------------------

    def choose(self, letter: str, choice: Choice) -> None:
        """Another side; the list follows. A draft stands first, as it does in the rows."""
        if letter == "B" and choice.draft is not None:
            law = self.sides.before
            if law is not None and law.draft is None and law.path is None:
                self.sides.after = law
            letter = "A"
        if letter == "A":
            self.sides.before = choice
        else:
            self.sides.after = choice
        self._fill(anew=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Of a file that cannot be read there is nothing to compare."""
        return action == "clear" or self.session.evaluation is not None

    def action_sides(self) -> None:
        """Ask for the sides."""
        self.post_message(self.AskSides())

    def action_clear(self) -> None:
        """All rows again; then fold what does not differ; back to the list."""
        if self.words or self._field.display:
            self.clear_words()
            self._fill()
        elif self.unfolded:
            self.unfolded = False
            self._fill()
        self.take_focus()

    def action_full(self) -> None:
        """The whole comparison with all editions, nothing cut."""
        found, now, ladders = self.comparison, self.session.evaluation, self.ladders or {}
        before, after = self.sides.before, self.sides.after
        if found is None or now is None or before is None:
            return

        def text(lang: str) -> tuple[str, Draw]:
            names = side_said(now, before, lang), side_said(now, after, lang)
            return say("compare_tab", lang), in_full(found, ladders, self._marks(now), names, lang)

        self.app.push_screen(FullText(text, self.lang))


def _first_difference(rows: list[Row], height: int) -> int:
    """The first row of which there is a proof, if it begins in *height* lines; else the first."""
    above = 0
    for n, row in enumerate(rows):
        if row.kind not in (ROUTE, OTHER):
            return n
        above += 1 + row.content.plain.count("\n")
        if above >= height:
            break
    return 0


def _same(row: Row, kept: Row) -> bool:
    if row.key is None or kept.key is None:
        return row.kind == kept.kind and row.content.plain == kept.content.plain
    return row.key == kept.key
