"""A day is asked over the screen: typed, or chosen in the month with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from compliancecheck.logic.calendar import Calendar
from compliancecheck.model.facts import Fact
from compliancecheck.model.profile import Answer
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.scalars import read_text
from compliancecheck.reports.days import day_said, kind_said
from compliancecheck.reports.months import Drawing, Sign, month_lines
from compliancecheck.reports.sheet import Sheet
from compliancecheck.tui.answer.answers_text import NOT_YET_TEXT
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.bindings import Keys
from compliancecheck.tui.overlays import Over, Said
from compliancecheck.tui.paper import QUIET, Paper, lines_of, plain
from compliancecheck.tui.telling import not_yet_typed
from compliancecheck.tui.words import say

Check = Callable[[Answer], str]
"""What stands against an answer, in words; empty: nothing."""


_CHOSEN = Sign("■", "*", "", Texts("this day", "此日"))


def single_day(answer: Answer | Problem | None) -> int | None:
    """The day of an answer that is one day."""
    if not isinstance(answer, Answer) or not isinstance(answer.values, tuple):
        return None
    if len(answer.values) != 1 or not answer.values[0].is_point or answer.values[0].low is None:
        return None
    return int(answer.values[0].low)


def day_words(cal: Calendar, day: int, lang: str) -> str:
    """``2026-10-10 Sat, a make-up working day``."""
    sheet = Sheet(lang=lang)
    kind = kind_said(cal, day, sheet)
    if not kind:
        kind = say("working_day" if cal.holiday_kind(day) == "work" else "no_calendar_day", lang)
    return f"{day_said(day, sheet)}{sheet.say(', ', '，')}{kind}"


class DayInput(ExactInput):
    """The field of a day; the arrows go to the day before and after, PgUp and PgDn by a month."""

    help_name = "day"
    BINDINGS = [
        Binding("up", "step(-1)", "day", key_display="↑↓", id="step"),
        Binding("down", "step(1)", "day", show=False),
        Binding("pageup", "step(-30)", "Page Up", show=False),
        Binding("pagedown", "step(30)", "Page Down", show=False),
    ]

    def __init__(self, value: str, fact: Fact, base: int) -> None:
        super().__init__(value, compact=True, id="exact")
        self.fact, self.base = fact, base

    def action_step(self, days: int) -> None:
        """Another day, from the one that is typed; from no text to the first that is offered."""
        day = single_day(read_text(self.fact, self.value))
        if day is not None:
            day += days
        elif not self.value.strip():
            day = self.base
        if day is not None and 1 <= day <= date.max.toordinal():
            self.value = iso(day)
            self.action_select_all()  # what is typed next takes its place


class DayPrompt(Over[str]):
    """When an act was done; Esc gives nothing."""

    AUTO_FOCUS = ""  # it would scroll the question away where there are few rows
    BINDINGS = [Binding("escape", "close", "close", key_display="esc", id="close")]

    def __init__(
        self, title: Said, fact: Fact, day: int, cal: Calendar, lang: str, check: Check
    ) -> None:
        super().__init__()
        self.title_in, self.fact, self.day, self.lang = title, fact, day, lang
        self.cal, self.check = cal, check
        self._read_as: tuple[str, Answer | Problem, str] | None = None

    def compose(self) -> ComposeResult:
        """What is asked, the field, how it is read, the month."""
        with VerticalScroll(id="ask", can_focus=False):
            yield Paper(lambda width: lines_of(self.title_in(self.lang), width, "bold"))
            yield DayInput(iso(self.day), self.fact, self.day)
            yield Paper(self._hint, id="reads-as")
        yield Keys(palette=False)

    def on_mount(self) -> None:
        """The focus is in the field; what is typed takes the place of the day."""
        field = self.query_one(DayInput)
        field.focus(scroll_visible=False)
        field.action_select_all()

    def speak(self, lang: str) -> None:
        """What stands against the day too."""
        self._read_as = None
        super().speak(lang)

    @property
    def typed(self) -> str:
        """What is typed; `n` stands for `not yet`."""
        typed = self.query_one(DayInput).value.strip()
        return NOT_YET_TEXT if not_yet_typed(self.fact, typed) else typed

    def _answer(self) -> tuple[Answer | Problem, str]:
        """How it is read, and what stands against it."""
        typed = self.typed
        if self._read_as is None or self._read_as[0] != typed:
            found = read_text(self.fact, typed)
            against = self.check(found) if isinstance(found, Answer) else found.said(self.lang)
            self._read_as = (typed, found, against)
        return self._read_as[1], self._read_as[2]

    def _hint(self, width: int) -> Iterator[Content]:
        if not self.query(DayInput):
            return
        found, against = self._answer()
        if against:
            yield from lines_of(against, width, "$error")
            hint = found.advised(self.lang) if isinstance(found, Problem) else None
            if hint:
                yield from lines_of(hint, width, QUIET)
        day = single_day(found)
        if not against and isinstance(found, Answer):
            words = say("not_yet" if found.not_yet else "a_range", self.lang)
            if day is not None:
                words = day_words(self.cal, day, self.lang)
            yield from lines_of(say("reads_as", self.lang, words=words), width)
        yield from lines_of(say("day_help", self.lang), width, QUIET)
        yield Content("")
        # While no day can be read, the month of the last one stays: nothing jumps.
        self.day = self.day if day is None else day
        marks = {} if day is None else {day: _CHOSEN}
        drawing = Drawing(self.day, self.day, frozenset(), marks)
        for line in month_lines(self.cal, drawing, Sheet(width=width, lang=self.lang)):
            yield plain(line)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read along."""
        event.stop()
        self.query_one("#reads-as", Paper).set(self._hint)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """That day, if it can be."""
        event.stop()
        if self.typed and not self._answer()[1]:
            self.dismiss(self.typed)

    def on_exact_input_left(self, event: ExactInput.Left) -> None:
        """Esc in the field closes too."""
        event.stop()
        self.dismiss("")

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss("")
