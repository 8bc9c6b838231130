"""Evidence of an answer: in one line of words, and the form that asks for its three parts."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from compliancecheck.model.profile import Evidence
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.bindings import Keys
from compliancecheck.tui.days import day_of
from compliancecheck.tui.overlays import Over, Said
from compliancecheck.tui.paper import QUIET, Draw, Paper, lines_of
from compliancecheck.tui.words import say

LABELS = {"source": "evidence_source", "by": "evidence_who", "dated": "evidence_dated"}
"""The parts in their order, each with its label."""


class EvidencePart(ExactInput):
    """The field of one part; the arrows go to the others."""

    help_name = "evidence"
    BINDINGS = [
        Binding("escape", "leave", "close", key_display="esc", id="close.part"),
        Binding("down", "other(1)", "next field", show=False),
        Binding("up", "other(-1)", "previous field", show=False),
    ]

    def action_other(self, way: int) -> None:
        """The field above or below."""
        if way > 0:
            self.screen.focus_next(EvidencePart)
        else:
            self.screen.focus_previous(EvidencePart)


class EvidencePage(Over[Evidence | None]):
    """Source, by and dated of one answer; all empty takes it out, Esc changes nothing.

    *latest* is the last day that may be given. The result is None where nothing is to change.
    """

    AUTO_FOCUS = ""
    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(self, title: Said, given: Evidence | None, latest: int, lang: str) -> None:
        super().__init__()
        self.title_in, self.given, self.latest, self.lang = title, given, latest, lang

    def compose(self) -> ComposeResult:
        """The answer that it is for, and a field for each part."""
        given = self.given or Evidence()
        dated = iso(given.dated) if given.dated is not None else ""
        values = {"source": given.source or "", "by": given.by or "", "dated": dated}
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(self._title)
            for part in LABELS:
                yield Paper(self._label(part))
                yield EvidencePart(safe_text(values[part]), compact=True, id=f"evidence-{part}")
            yield Paper(self._hint, id="evidence-hint")
        yield Keys(palette=False)

    def on_mount(self) -> None:
        """The focus is in the first field."""
        self.query(EvidencePart).first().focus(scroll_visible=False)

    def _title(self, width: int) -> Iterator[Content]:
        yield from lines_of(say("evidence_head", self.lang), width, "bold")
        yield from lines_of(self.title_in(self.lang), width)

    def _label(self, part: str) -> Draw:
        return lambda width: lines_of(say(LABELS[part], self.lang), width, QUIET)

    def _hint(self, width: int) -> Iterator[Content]:
        if not self.query(EvidencePart):
            return
        yield Content("")
        problem = self._problem()
        if problem:
            yield from lines_of(problem, width, "$error", 2, "! ")
        yield from lines_of(say("evidence_help", self.lang), width, QUIET)

    def _typed(self, part: str) -> str:
        return self.query_one(f"#evidence-{part}", EvidencePart).value.strip()

    def _problem(self) -> str:
        """What stands against the day; empty: nothing."""
        typed = self._typed("dated")
        if not typed:
            return ""
        day = day_of(typed)
        if day is None:
            return say("bad_day", self.lang)
        return say("evidence_to_come", self.lang) if day > self.latest else ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        event.stop()
        self.query_one("#evidence-hint", Paper).set(self._hint)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The next field; after the last one it is done, if the day can be."""
        event.stop()
        if event.input.id != "evidence-dated":
            self.screen.focus_next(EvidencePart)
        elif not self._problem():
            self.dismiss(self._evidence())

    def _evidence(self) -> Evidence:
        given = self.given or Evidence()
        old = {"source": given.source or "", "by": given.by or ""}
        new = {}
        for part, before in old.items():
            typed = self._typed(part)
            # What was not touched stays as it is written, hidden characters and all.
            new[part] = before if typed == safe_text(before).strip() else typed
        dated = self._typed("dated")
        return Evidence(new["source"] or None, new["by"] or None, day_of(dated))

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """Esc in a field closes too."""
        event.stop()
        self.dismiss(None)

    def action_close(self) -> None:
        """Nothing changes."""
        self.dismiss(None)
