"""The Rules tab: packs, instruments and rules at the left, what is under the cursor beside it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import OptionList

from compliancecheck.model.findings import Evaluation
from compliancecheck.model.texts import Place
from compliancecheck.reports.summary import empty_packs
from compliancecheck.tui.lists import Filtered, RowList
from compliancecheck.tui.paper import QUIET, Paper, lines_of
from compliancecheck.tui.rules.page import page_lines, place_of
from compliancecheck.tui.rules.rows import INSTRUMENT, PACK, RULE, Catalogue, Row
from compliancecheck.tui.rules.years import around, years_lines
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import say

SETTLE_AFTER = 0.12


class RuleList(RowList):
    """Packs, instruments and rules; Space opens and folds what is below a row."""

    help_name = "rules"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.rule"),
        Binding("space", "fold", "unfold", id="unfold"),
        Binding("l,right", "step(1)", "Expand", show=False),
        Binding("h,left", "step(-1)", "Fold", show=False),
    ]

    class Fold(Message):
        """Open (1) or fold (-1) the row under the cursor, or the other of the two (0)."""

        def __init__(self, way: int) -> None:
            super().__init__()
            self.way = way

    def action_fold(self) -> None:
        """Open or fold."""
        self.post_message(self.Fold(0))

    def action_step(self, way: int) -> None:
        """As in a tree: open, or up to what a row stands in."""
        self.post_message(self.Fold(way))


class RulesPane(Horizontal, Filtered):
    """All rules there are, with what they gave for this profile; it writes nothing."""

    BINDINGS = [
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full.rules"),
        Binding("escape", "clear", "clear", show=False, id="clear.rules"),
    ]
    words_prompt = "rule_filter_prompt"
    side = "#rule-page"

    class Open(Message):
        """Show the page of a rule or an instrument."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__(id="rules")
        self.session, self.lang = session, lang
        self.opened: set[str] | None = None
        self._rows: list[Row] = []
        self._drawn: object = None  # what the rows were drawn from
        self._wanted: Row | None = None  # picked before there was a list to pick it in
        self._catalogue: Catalogue | None = None
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Filter and list at the left, what is under the cursor at the right."""
        with Vertical(id="rule-side"):
            yield self.words_field("rule-words")
            yield Paper(self._nothing, id="no-rule")
            yield RuleList(id="rule-list")
        with VerticalScroll(id="rule-page", can_focus=False):
            yield Paper(lambda width: (), id="rule-text")

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def day(self) -> int:
        """The day for which the standing of law is told."""
        return self.session.as_of if self.session.law is None else self.session.law

    @property
    def catalogue(self) -> Catalogue:
        """The rules with what they gave; made anew for another evaluation or day."""
        kept, found = self._catalogue, self.session.evaluation
        if kept is None or kept.evaluation is not found or kept.day != self.day:
            kept = self._catalogue = Catalogue(self.session.rules, found, self.day)
        return kept

    def fill(self, evaluation: Evaluation | None) -> None:
        """Show the rules with what an evaluation gave; the cursor stays."""
        if self.opened is None:
            nothing = empty_packs(evaluation) if evaluation is not None else []
            self.opened = set(self.session.rules.packs) - set(nothing)
        state = (self.catalogue, self.lang, self.words)
        if state != self._drawn:
            self._fill(self.current)

    def take_focus(self) -> None:
        """The list, if it has rows."""
        listed = self.query_one(RuleList)
        if listed.can_focus:
            listed.focus()

    def _fill(self, kept: Row | None) -> None:
        listed = self.query_one(RuleList)
        room = listed.room
        if room < 1:  # not laid out yet; it will be told its size
            self._wanted = kept or self._wanted
            return
        kept, self._wanted = kept or self._wanted, None
        catalogue = self.catalogue
        self._drawn = (catalogue, self.lang, self.words)
        self._rows = list(catalogue.rows(self.opened or (), self.words))
        drawn = (catalogue.draw(row, room, self.lang) for row in self._rows)
        listed.show_rows(drawn, self._index(kept.id if kept else ""))
        self.query_one("#no-rule", Paper).set(self._nothing)
        self._tell()

    def _index(self, id: str) -> int:
        return next((n for n, row in enumerate(self._rows) if row.id == id), 0)

    def _nothing(self, width: int) -> Iterator[Content]:
        if not self._rows and self.words:
            text = say("no_rule_in_filter", self.lang, what=f"“{self.words}”")
            yield from lines_of(text, width)

    def _tell(self) -> None:
        row, catalogue, day, lang = self.current, self.catalogue, self.day, self.lang
        rules = catalogue.rules

        def draw(width: int) -> Iterator[Content]:
            if row is None:
                return
            if row.kind == PACK:
                yield from lines_of(rules.packs[row.id].title.get(lang), width, "bold")
                yield Content("")
                yield from years_lines(rules, catalogue.instruments(row.id), day, width, lang)
                yield Content("")
                yield from lines_of(say("years_help", lang), width, QUIET)
                return
            lines = page_lines(rules, row.id, day, width, lang)
            if row.kind == INSTRUMENT:
                found = rules.instruments[row.id]
                yield from years_lines(rules, around(rules, found), day, width, lang, found.id)
                yield Content("")
            yield from lines
            if row.kind == RULE:
                yield Content("")
                n = len(rules.rules[row.id].examples)
                yield from lines_of(say("examples_and_yaml", lang, n=n), width, QUIET)

        self.query_one("#rule-text", Paper).set(draw)
        self.query_one("#rule-page", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    # -- the cursor ------------------------------------------------------------------------------

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        n = self.query_one(RuleList).highlighted
        return self._rows[n] if n is not None and n < len(self._rows) else None

    @property
    def place(self) -> Place | None:
        """Where the rule or instrument under the cursor stands in its file."""
        row = self.current
        return None if row is None else place_of(self.session.rules, row.id)

    def pick(self, id: str) -> None:
        """Put the cursor on a rule, an instrument or a pack, also if a filter hid it."""
        rules = self.session.rules
        opened = self.opened if self.opened is not None else set(rules.packs)
        instrument = rules.rules[id].instrument if id in rules.rules else id
        if instrument in rules.instruments:
            opened.add(rules.instruments[instrument].pack)
        if id in rules.rules:
            opened.add(instrument)
        self.opened = opened
        self.clear_words()
        kind = RULE if id in rules.rules else INSTRUMENT if id in rules.instruments else PACK
        self._fill(Row(kind, id))
        self.take_focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Tell of what is under the cursor, a moment after the last key."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SETTLE_AFTER, self._tell)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The page of a rule; packs and instruments open or fold."""
        event.stop()
        row = self.current
        if row is not None and row.kind == RULE:
            self.post_message(self.Open(row.id))
        else:
            self._fold(0)

    def on_rule_list_fold(self, event: RuleList.Fold) -> None:
        """Open or fold."""
        event.stop()
        self._fold(event.way)

    def _fold(self, way: int) -> None:
        row = self.current
        if row is None or self.opened is None:
            return
        if way < 0 and (row.kind == RULE or (row.kind == INSTRUMENT and not row.open)):
            listed = self.query_one(RuleList)
            listed.highlighted = self._above(self._index(row.id))
        elif row.kind != RULE and not self.words and (way == 0 or row.open is (way < 0)):
            self.opened ^= {row.id}
            self._fill(row)

    def _above(self, n: int) -> int:
        kind = INSTRUMENT if self._rows[n].kind == RULE else PACK
        return next((at for at in range(n, -1, -1) if self._rows[at].kind == kind), n)

    def on_row_list_resized(self, event: RowList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._fill(self.current)

    # -- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """*In full* needs a rule or an instrument."""
        if action == "full":
            row = self.current if self.is_mounted else None
            return row is not None and row.kind != PACK
        return True

    def action_full(self) -> None:
        """The whole page, nothing cut."""
        row = self.current
        if row is not None and row.kind != PACK:
            self.post_message(self.Open(row.id))

    def action_clear(self) -> None:
        """All rules again."""
        self.clear_words()
        row = self.current
        if row is not None:
            self.pick(row.id)
        else:
            self._fill(None)
            self.take_focus()

    def refilter(self) -> None:
        """The rules that have the words; the cursor on the first of them."""
        kept = self.current
        found = next((r for r in self.catalogue.rows((), self.words) if r.kind == RULE), None)
        self._fill(found if self.words else kept)

    def has_rows(self) -> bool:
        """Whether a rule is shown."""
        return bool(self._rows)
