"""What-if of one finding: a ghost that moves along its strip, and the nearest changes under it.

Nothing is written: Enter on a suggestion goes to its question, where the true answer is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from compliancecheck.logic.explain import explain
from compliancecheck.logic.ghost import ghost_axis, ghost_step, present_band
from compliancecheck.logic.what_if import default_wish, what_if
from compliancecheck.model.findings import Axis, Evaluation, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval, hull
from compliancecheck.model.what_if import GhostStep, Suggestion, WhatIf
from compliancecheck.reports import what_if_words as words
from compliancecheck.reports import wording
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import display_status
from compliancecheck.reports.strip import draw, way_words
from compliancecheck.reports.what_if import what_if_text
from compliancecheck.tui.lists import RowList
from compliancecheck.tui.overlays import FullText
from compliancecheck.tui.paper import (
    BOLD,
    QUIET,
    Draw,
    Paper,
    heading,
    lines_of,
    mark,
    plain,
    text_lines,
)
from compliancecheck.tui.what_if.drawing import ghost_lines, row, then_lines, turn_lines
from compliancecheck.tui.words import say


class SuggestionList(RowList):
    """The nearest changes; Enter goes to the question of the first."""

    help_name = "what_if"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open.what_if"),
    ]


class WhatIfPane(Vertical):
    """The what-if of one finding; shown by the findings, beside or over them."""

    BINDINGS = [
        Binding("left,h", "ghost(-1)", "ghost", key_display="←→", id="ghost"),
        Binding("right,l", "ghost(1)", "ghost", show=False, id="ghost.right"),
        Binding("w,ctrl+r", "full", "in full", key_display="w", id="full.what_if"),
        Binding("escape,x", "close", "close", key_display="esc", id="close.what_if"),
    ]

    class Jump(Message):
        """Go to a question (a fact), or to a reading."""

        def __init__(self, ref: FactRef | None, reading: str = "") -> None:
            super().__init__()
            self.ref, self.reading = ref, reading

    class Closed(Message):
        """Back to the findings."""

    def __init__(self, lang: str) -> None:
        super().__init__(id="what-if")
        self.lang = lang
        self.evaluation: Evaluation | None = None
        self.finding: Finding | None = None
        self.found: WhatIf | None = None
        self.band: int | None = None  # where the ghost stands; None: it was not moved yet
        self._ghost_last = False  # whether the ghost was moved last, not the cursor of the list
        self._wish: Sequence[str] = ()
        self._axis: tuple[Axis, str] | None = None
        self._steps: dict[int, GhostStep] = {}

    def compose(self) -> ComposeResult:
        """Head and strip, what is so at the ghost, the nearest changes, what turns with them.

        Nothing moves when the ghost does: the text under the strip keeps its height, and what
        turns stands in one place, of the ghost or of the suggestion.
        """
        yield Paper(self._head, id="what-if-head")
        yield Paper(self._strip, id="what-if-strip")
        yield Paper(self._ghost, id="what-if-ghost")
        yield Paper(self._title, id="what-if-title")
        with Vertical(id="what-if-lower"):
            yield SuggestionList(id="suggestions")
            with VerticalScroll(id="then-holder", can_focus=False):
                yield Paper(self._then)

    # -- what is shown ---------------------------------------------------------------------------

    def show(self, evaluation: Evaluation, finding: Finding) -> None:
        """Ask what would turn *finding*; the answer comes a moment after its heading."""
        self.evaluation, self.finding = evaluation, finding
        self.found, self._axis, self.band, self._ghost_last = None, None, None, False
        self._steps.clear()
        rule = evaluation.rules.rules[finding.rule]
        self._wish = default_wish(rule, finding)
        self._draw()
        self.query_one(SuggestionList).can_focus = True
        self.query_one(SuggestionList).focus()
        self.call_after_refresh(self._look, finding)

    def _look(self, finding: Finding) -> None:
        if finding is not self.finding or self.evaluation is None:
            return
        explanation = explain(self.evaluation, finding, proof=False)
        self._axis = ghost_axis(self.evaluation, explanation)
        self.found = what_if(self.evaluation, finding, self._wish)
        self._draw()

    def speak(self, lang: str) -> None:
        """Another language, at once."""
        self.lang = lang
        if self.finding is not None:
            self._draw()

    def _draw(self) -> None:
        papers = (self._head, self._strip, self._ghost, self._title, self._then)
        for paper, lines in zip(self.query(Paper), papers, strict=True):
            paper.set(lines)
        self.query_one("#what-if-ghost").display = self._axis is not None
        self._list()
        self.refresh_bindings()

    def _list(self) -> None:
        listed = self.query_one(SuggestionList)
        room = listed.room
        if room < 1 or self.evaluation is None:
            return  # not laid out yet; it will be told its size
        rules, lang = self.evaluation.rules, self.lang
        rows = [row(rules, n, one, room, lang) for n, one in enumerate(self._suggestions, 1)]
        listed.show_rows(rows, min(listed.highlighted or 0, len(rows) - 1))
        listed.can_focus = True

    @property
    def _suggestions(self) -> tuple[Suggestion, ...]:
        return () if self.found is None else self.found.suggestions

    @property
    def current(self) -> Suggestion | None:
        """The suggestion under the cursor."""
        n = self.query_one(SuggestionList).highlighted
        return self._suggestions[n] if n is not None and n < len(self._suggestions) else None

    def _head(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self.finding is None:
            return
        lang = self.lang
        rule = self.evaluation.rules.rules[self.finding.rule]
        item = wording.item_name(self.finding, lang)
        title = rule.title.get(lang) + (f" · {item}" if item else "")
        yield from lines_of(title, width, "bold")
        yield mark(display_status(self.finding), lang) + plain(
            f"  {say('nothing_written', lang)}", QUIET
        )

    def _strip(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self._axis is None:
            return
        ways = way_words(self.evaluation.rules.routes)
        axis = self._axis[0]
        ghost = None if self.band is None else self._ghost_figure(self.band)
        for line in draw(axis, width, self.lang, ways=ways, ghost=ghost):
            yield plain(line.rstrip())

    def _ghost(self, width: int) -> Iterator[Content]:
        if self.evaluation is None or self.finding is None or self._axis is None:
            return
        if self.band is None:
            yield from lines_of(say("ghost_hint", self.lang), width, QUIET)
            return
        step = self._step(self.band)
        yield from ghost_lines(self.evaluation.rules, self.finding, step, width, self.lang)

    def _ghost_figure(self, band: int) -> Interval | None:
        """Where the ghost stands: at the figure that it supposes, else in the middle of its band.

        None where the figure lies there now: its own mark stands there.
        """
        step = self._step(band)
        if step.figure is not None or (step.reachable and step.supposition is None):
            return step.figure
        assert self._axis is not None
        values = self._axis[0].bands[band].values
        return hull(values) if isinstance(values, tuple) else None

    def _step(self, band: int) -> GhostStep:
        assert self.evaluation is not None and self.finding is not None and self._axis is not None
        if band not in self._steps:
            axis, name = self._axis
            self._steps[band] = ghost_step(self.evaluation, self.finding, axis, name, band)
        return self._steps[band]

    def _title(self, width: int) -> Iterator[Content]:
        wished = words.wish_words(self._wish).get(self.lang).upper()
        yield from lines_of(say("nearest", self.lang, what=wished), width, BOLD)
        if self.found is None:
            yield from lines_of(say("what_if_looking", self.lang), width, QUIET)
        elif self.found.why_none is not None and self.finding is not None:
            why = words.why_none_words(self.finding, self.found.why_none).get(self.lang)
            yield from lines_of(why, width)

    def _then(self, width: int) -> Iterator[Content]:
        """What turns with the ghost or with the suggestion, whichever was moved last."""
        if self.evaluation is None:
            return
        rules, current = self.evaluation.rules, self.current
        if self._ghost_last and self.band is not None:
            step = self._step(self.band)
            yield heading(say("then_turns_ghost", self.lang))
            yield from turn_lines(rules, step.effects, step.routes, width, self.lang)
        elif current is not None:
            yield heading(say("then_turns", self.lang))
            yield from then_lines(rules, current, width, self.lang)

    # -- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The ghost needs a strip."""
        if action == "ghost":
            return self._axis is not None
        if action == "full":
            return self.found is not None
        return True

    def action_ghost(self, step: int) -> None:
        """Move the ghost to the next band; it begins beside where the figure lies now."""
        if self._axis is None:
            return
        axis = self._axis[0]
        at = self.band if self.band is not None else present_band(axis)
        if at is None:
            at = -1 if step > 0 else len(axis.bands)
        self.band = min(max(at + step, 0), len(axis.bands) - 1)
        self._ghost_last = True
        for name, lines in (("strip", self._strip), ("ghost", self._ghost)):
            self.query_one(f"#what-if-{name}", Paper).set(lines)
        self._show_turns()

    def _show_turns(self) -> None:
        self.query_one("#then-holder Paper", Paper).set(self._then)
        self.query_one("#then-holder").scroll_home(animate=False)

    def action_full(self) -> None:
        """All of it, nothing cut."""
        evaluation, found, wish = self.evaluation, self.found, self._wish
        if evaluation is None or found is None:
            return

        def in_full(lang: str) -> tuple[str, Draw]:
            def lines(width: int) -> Iterator[Content]:
                sheet = Sheet(width=width, lang=lang)
                yield from text_lines(what_if_text(evaluation, [(found, wish)], sheet), width)

            return evaluation.rules.rules[found.finding.rule].title.get(lang), lines

        self.app.push_screen(FullText(in_full, self.lang))

    def action_close(self) -> None:
        """Back to the findings."""
        self.post_message(self.Closed())

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """What turns with the suggestion under the cursor."""
        event.stop()
        self._ghost_last = False
        self._show_turns()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the question of the first answer that would have to be another."""
        event.stop()
        current = self.current
        if current is not None:
            first = current.suppositions[0]
            self.post_message(self.Jump(first.ref, first.reading or ""))

    def on_row_list_resized(self, event: RowList.Resized) -> None:
        """Lay the rows out anew."""
        event.stop()
        self._list()
