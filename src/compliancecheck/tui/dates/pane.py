"""The Dates tab: the dated acts, the time line below, the days of one of them beside or over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import OptionList

from compliancecheck.logic.engine import engine_of
from compliancecheck.model.findings import DatedAct, Evaluation, Standing
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Place
from compliancecheck.reports import dates
from compliancecheck.reports.act_days import act_lines, place_of_act
from compliancecheck.reports.sheet import Sheet
from compliancecheck.tui.dates.rows import head_of, row_of, shown_acts, style_of, texts_of
from compliancecheck.tui.dates.time_line import Paints, View, time_line
from compliancecheck.tui.lists import MOST_ROWS, Filtered, RowList
from compliancecheck.tui.paper import QUIET, Paper, both_ends, lines_of, plain
from compliancecheck.tui.words import say

SETTLE_AFTER = 0.08
LINE_ROWS = ((16, 0), (22, 2), (30, 4), (1000, 9))
"""Under so many rows of the terminal, at most so many acts on the time line."""


class DateList(RowList):
    """The dated acts in the order of reading, one row each."""

    help_name = "dates"
    BINDINGS = [
        Binding("enter", "select", "days", key_display="enter", id="days"),
        Binding("space", "fold", "unfold", show=False, id="unfold.past"),
        Binding("plus", "zoom(-1)", "zoom", key_display="+-", id="zoom"),
        Binding("equals_sign", "zoom(-1)", "zoom", show=False),
        Binding("minus", "zoom(1)", "zoom", show=False),
        Binding("left,h", "scroll_line(-1)", "time line", key_display="←→", id="timeline"),
        Binding("right,l", "scroll_line(1)", "time line", show=False),
    ]

    class Fold(Message):
        """Show what is past, or fold it away."""

    class Move(Message):
        """The time line: nearer or farther, earlier or later."""

        def __init__(self, zoom: int, way: int) -> None:
            super().__init__()
            self.zoom, self.way = zoom, way

    def action_fold(self) -> None:
        """Show or fold what is past."""
        self.post_message(self.Fold())

    def action_zoom(self, zoom: int) -> None:
        """Nearer or farther."""
        self.post_message(self.Move(zoom, 0))

    def action_scroll_line(self, way: int) -> None:
        """Earlier or later."""
        self.post_message(self.Move(0, way))


class DatesPane(Vertical, Filtered):
    """The acts of the evaluation; what is done is written by the app."""

    BINDINGS = [
        Binding("a", "act", "done on …", id="act"),
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full.dates"),
        Binding("escape", "clear", "clear", show=False, id="clear.dates"),
    ]
    words_prompt = "date_filter_prompt"
    side = "#time-line"

    class Open(Message):
        """Show the days of an act."""

        def __init__(self, act: DatedAct) -> None:
            super().__init__()
            self.act = act

    class Jump(Message):
        """Ask what would tell the day of an act; then come back."""

        def __init__(self, ref: FactRef) -> None:
            super().__init__()
            self.ref = ref

    class Act(Message):
        """Ask when an act was done."""

        def __init__(self, act: DatedAct) -> None:
            super().__init__()
            self.act = act

    def __init__(self, lang: str) -> None:
        super().__init__(id="dates")
        self.lang = lang
        self.evaluation: Evaluation | None = None
        self.unfolded = False
        self.view: View | None = None
        self._acts: list[DatedAct] = []
        self._rows: list[DatedAct | None] = []  # None: the folded line
        self._is_cut = False
        self._drawn: tuple[Evaluation, str, int, bool, str] | None = None
        self._timer: Timer | None = None
        self._wanted: DatedAct | None = None  # chosen in the palette

    def compose(self) -> ComposeResult:
        """The list, beside it the days of the act under the cursor, below the time line."""
        yield Paper(self._head, id="dates-head")
        yield self.words_field("date-words")
        with Horizontal(id="dates-upper"):
            with Vertical(id="dates-side"):
                yield Paper(self._nothing, id="no-date")
                yield DateList(id="date-list")
            with VerticalScroll(id="act-days", can_focus=False):
                yield Paper(self._days, id="act-page")
        yield Paper(self._line, id="time-line")

    # -- what is shown ---------------------------------------------------------------------------

    def fill(self, evaluation: Evaluation | None) -> None:
        """Show an evaluation; the cursor stays on its act."""
        self.evaluation = evaluation
        self._fill(self.current)

    def _fill(self, kept: DatedAct | None = None) -> None:
        listed, now = self.query_one(DateList), self.evaluation
        room = listed.room
        if room < 1 or now is None:
            return  # not laid out yet; it will be told its size
        drawn = (now, self.lang, room, self.unfolded, self.words)
        if self._drawn is not None and self._drawn[0] is now and self._drawn[1:] == drawn[1:]:
            return
        moved = self._drawn is not None and self._drawn[0].as_of != now.as_of
        self._drawn = drawn
        kept, self._wanted = self._wanted or kept, None
        if self.view is None or moved:
            self.view = View(now.as_of - 20)
        self._acts = shown_acts(now)
        past = self._choose(now)
        at = listed.index_of(self._rows, kept, _same)
        listed.show_rows(self._contents(now, room, past), at)
        self._redraw()

    def _choose(self, now: Evaluation) -> int:
        """Choose the rows: with words all acts that have them; how many are past or done."""
        found = [a for a in self._acts if not self.words or self.has_words(*texts_of(now, a))]
        past = [act for act in found if act.standing in dates.PAST]
        ahead = [act for act in found if act.standing not in dates.PAST]
        shown = past if self.unfolded or self.words else []
        self._is_cut = max(len(ahead), len(shown)) > MOST_ROWS
        fold: list[DatedAct | None] = [None] if past and not self.words else []
        self._rows = [*ahead[:MOST_ROWS], *fold, *shown[:MOST_ROWS]]
        return len(past)

    def refilter(self) -> None:
        """The acts that have the words."""
        self._fill(self.current)

    def has_rows(self) -> bool:
        """Whether an act is shown."""
        return bool(self._rows)

    def _contents(self, now: Evaluation, room: int, past: int) -> Iterator[Content]:
        sheet = Sheet(lang=self.lang)
        shown = [act for act in self._rows if act is not None]
        column = max((cell_width(head_of(act, sheet)) for act in shown), default=0)
        for act in self._rows:
            if act is not None:
                yield row_of(now, act, column, room, self.lang)
                continue
            key = "past_open" if self.unfolded else "past_folded"
            sign = "▾ " if self.unfolded else "▸ "
            words = say(key, self.lang, n=past)
            yield Content("\n").join(lines_of(words, room, QUIET, 2, sign))

    def _redraw(self) -> None:
        """Draw what depends on the act under the cursor."""
        for name, draw in (
            ("dates-head", self._head),
            ("no-date", self._nothing),
            ("act-page", self._days),
            ("time-line", self._line),
        ):
            self.query_one(f"#{name}", Paper).set(draw)
        self.query_one("#act-days", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _head(self, width: int) -> Iterator[Content]:
        now = self.evaluation
        if now is None:
            return
        counts = Counter(dates.STANDINGS[act.standing].get(self.lang) for act in self._acts)
        if self.lang == "zh":
            said = "，".join(f"{words}{n}" for words, n in counts.items())
        else:
            said = ", ".join(f"{n} {words}" for words, n in counts.items())
        soon = say("soon_days", self.lang)
        if cell_width(said) + cell_width(soon) + 2 <= width:
            yield both_ends(said, [(soon, QUIET)], width)
        else:
            yield from lines_of(said, width)
        if self._is_cut:
            yield from lines_of(say("rows_cut", self.lang, n=MOST_ROWS), width, QUIET)

    def _nothing(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self._rows or self._drawn is None:
            return
        if self.words:
            what = f"“{self.words}”"
            yield from lines_of(say("no_date_in_filter", self.lang, what=what), width)
        else:
            yield from lines_of(say("no_dates", self.lang), width, QUIET)

    def _days(self, width: int) -> Iterator[Content]:
        """The days of the act, where there is room beside the list."""
        act, now = self.current, self.evaluation
        if act is None or now is None or not self.screen.has_class("-wide"):
            return
        yield from act_content(now, act, width, self.lang)

    def _line(self, width: int) -> Iterator[Content]:
        now, view = self.evaluation, self.view
        height = self.app.size.height
        rows = next(most for under, most in LINE_ROWS if height < under)
        if now is None or view is None or not rows or not self._acts:
            return
        acts = [act for act in self._acts if act.standing is not Standing.UNKNOWN or act.due]
        if not self.unfolded:
            acts = [act for act in acts if act.standing not in dates.PAST]
        paints = Paints(acts, self.current, [style_of(act) for act in acts])
        calendar = engine_of(now).calendar
        sheet = Sheet(width=width, lang=self.lang, ascii=getattr(self.app, "ascii", False))
        yield from time_line(view, paints, calendar, now.as_of, rows, width, sheet)

    # -- the cursor ------------------------------------------------------------------------------

    @property
    def current(self) -> DatedAct | None:
        """The act under the cursor; None on the folded line."""
        n = self.query_one(DateList).highlighted
        return self._rows[n] if n is not None and n < len(self._rows) else None

    @property
    def place(self) -> Place | None:
        """Where the answer that the day is counted from, or what was done, stands in the file."""
        act, now = self.current, self.evaluation
        return place_of_act(now, act) if act is not None and now is not None else None

    def pick(self, act: DatedAct) -> None:
        """Put the cursor on an act."""
        if act.standing in dates.PAST:
            self.unfolded = True
        self.clear_words()
        self._wanted = act  # the list may not be laid out yet
        self._fill(act)
        at = next((n for n, row in enumerate(self._rows) if _same(row, act)), None)
        if at is not None:
            self.query_one(DateList).highlighted = at
        self.take_focus()

    def swapped(self, over: bool) -> None:
        """The list keeps the focus: without the time line it has more rows."""

    def take_focus(self) -> None:
        """The list."""
        listed = self.query_one(DateList)
        if listed.can_focus:
            listed.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Draw the act under the cursor, a moment after the last key."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_AFTER, self._follow)

    def _follow(self) -> None:
        """The time line goes to where the act under the cursor has its day."""
        act, width = self.current, self.query_one("#time-line", Paper).content_size.width
        if act is not None and self.view is not None and width:
            self.view = self.view.showing(act, width)
        self._redraw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The days counted; of an unknown day, the question; the folded line opens or folds."""
        event.stop()
        act = self.current
        if act is None:
            self._turn_past()
        elif act.standing is Standing.UNKNOWN and act.needs:
            self.post_message(self.Jump(act.needs[0]))
        else:
            self.post_message(self.Open(act))

    def on_row_list_resized(self, event: RowList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._fill(self.current)
        self._redraw()

    def on_date_list_fold(self, event: DateList.Fold) -> None:
        """Show what is past, or fold it away."""
        event.stop()
        self._turn_past()

    def _turn_past(self) -> None:
        self.unfolded = not self.unfolded
        self._fill(self.current)

    def on_date_list_move(self, event: DateList.Move) -> None:
        """The time line: nearer or farther around the act, earlier or later."""
        event.stop()
        width = self.query_one("#time-line", Paper).content_size.width
        if self.view is None or self.evaluation is None or not width:
            return
        if event.zoom:
            act, middle = self.current, self.evaluation.as_of
            if act is not None and act.due is not None and act.due.low is not None:
                middle = int(act.due.low)
            self.view = self.view.zoomed(event.zoom, width, middle)
        else:
            self.view = self.view.scrolled(event.way, width)
        self.query_one("#time-line", Paper).set(self._line)

    # -- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """*Done on* needs an act of which it is asked when it was done."""
        if action == "full":
            return self.is_mounted and self.current is not None
        if action == "act":
            act = self.current if self.is_mounted else None
            return act is not None and act.done_ref is not None
        return True

    def action_act(self) -> None:
        """Ask when it was done."""
        act = self.current
        if act is not None:
            self.post_message(self.Act(act))

    def action_full(self) -> None:
        """All that is known of the act."""
        act = self.current
        if act is not None:
            self.post_message(self.Open(act))

    def action_clear(self) -> None:
        """All acts again; then fold what is past; back to the list."""
        if self.words or self._field.display:
            self.clear_words()
            self._fill(self.current)
        elif self.unfolded:
            self._turn_past()
        self.take_focus()


def act_content(now: Evaluation, act: DatedAct, width: int, lang: str) -> Iterator[Content]:
    """The act with its days as lines."""
    sheet = Sheet(width=width, lang=lang)
    yield from lines_of(dates.act_text(act, sheet), width, "bold")
    yield Content("")
    for line in act_lines(now, act, sheet):
        yield plain(line)


def _same(row: DatedAct | None, kept: DatedAct | None) -> bool:
    if row is None or kept is None:
        return False
    one, other = ((act.rule, act.deadline, act.item, act.adopt) for act in (row, kept))
    return one == other
