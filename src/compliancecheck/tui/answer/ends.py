"""The screens that do not ask: a goal's end, a file with problems, no file at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from compliancecheck.logic.bands import route_axis
from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES
from compliancecheck.model.findings import Axis, Evaluation, RouteLine
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.reading.problems import Problem, render
from compliancecheck.reports import wording
from compliancecheck.reports.status import DisplayStatus
from compliancecheck.reports.strip import draw, way_words
from compliancecheck.tui.answer.form import Form, Progress, focus_here
from compliancecheck.tui.dates.rows import shown_acts
from compliancecheck.tui.help import Helped
from compliancecheck.tui.paper import QUIET, Paper, lines_of, plain, status_style
from compliancecheck.tui.telling import (
    COMPANY_NAME,
    GOAL_WORDS,
    done_said,
    route_said,
    shown_routes,
)
from compliancecheck.tui.words import count, say


class Menu(OptionList, Helped):
    """A few ways to go on."""

    help_name = "menu"
    BINDINGS = [
        Binding("enter", "select", "open", key_display="enter", id="open"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]


class EndForm(Form):
    """A goal is settled, or nothing is left to ask: what came out, and how to go on."""

    def __init__(
        self,
        evaluation: Evaluation,
        screen: Screen,
        progress: Progress,
        lang: str,
        *,
        goals: Mapping[str, int],
        skipped: int,
    ) -> None:
        super().__init__(evaluation, progress, lang)
        self.shown, self.goals, self.skipped = screen, goals, skipped

    def compose(self) -> ComposeResult:
        """What came out, then the choices."""
        yield Paper(self._result)
        yield Menu(*self._choices())

    def on_mount(self) -> None:
        """The focus is on the choices."""
        focus_here(self.query_one(Menu))
        self.query_one(Menu).highlighted = 0

    # -- what came out -------------------------------------------------------------------------

    def _result(self, width: int) -> Iterator[Content]:
        if self.shown.kind == "settled" and self.shown.goal == ROUTES:
            yield from self._routes(width)
        elif self.shown.kind == "settled":
            yield from lines_of(self.shown.title.get(self.lang), width, "bold")
        else:
            yield from self._done(width)
        yield Content("")

    def _routes(self, width: int) -> Iterator[Content]:
        shown = shown_routes(self.evaluation)
        if not shown:
            yield from lines_of(say("no_route", self.lang), width, "bold")
        for n, line in enumerate(shown):
            if n:
                yield Content("")
            yield from self._route(line, width, alone=len(shown) == 1)
        if not self.goals and not self.skipped:
            yield Content("")
            yield from self._done(width)

    def _route(self, line: RouteLine, width: int, *, alone: bool) -> Iterator[Content]:
        head, standing, *readings = route_said(self.evaluation, line, self.lang, alone=alone)
        yield from lines_of(head, width, "bold")
        yield from lines_of(standing, width, status_style(_standing(line)))
        for reading in readings:
            yield from lines_of(reading, width, "", 2)
        axis = None if line.item is None and not alone else route_axis(self.evaluation, line)
        if axis is not None:
            yield from axis_lines(self.evaluation, axis, width, self.lang)

    def _done(self, width: int) -> Iterator[Content]:
        first, *rest = done_said(self.evaluation, self.lang)
        yield from lines_of(first, width, "bold")
        for text in rest:
            yield from lines_of(text, width, QUIET)

    # -- how to go on --------------------------------------------------------------------------

    def _choices(self) -> Iterator[Option]:
        for goal, left in self.goals.items():
            words = count(left, self.lang, *GOAL_WORDS[goal][1:])
            yield Option(plain(words), id=f"goal:{goal}")
        if self.skipped:
            yield Option(plain(say("go_skipped", self.lang, n=self.skipped)), id="skipped")
        if shown_acts(self.evaluation):
            yield Option(plain(say("see_dates", self.lang)), id="dates")
        yield Option(plain(say("go_findings", self.lang)), id="findings")
        for fact in self.evaluation.rules.lists().values():
            if fact.name in self.evaluation.profile.lists:
                words = say("go_names", self.lang, what=fact.label.get(self.lang))
                yield Option(plain(words), id=f"names:{fact.name}")
        name = self.evaluation.rules.facts.get(COMPANY_NAME)
        if name is not None and name.name not in self.evaluation.profile.answers:
            yield Option(plain((name.question or name.label).get(self.lang)), id=f"ask:{name.name}")
        yield Option(plain(say("go_stop", self.lang)), id="stop")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go there."""
        event.stop()
        where, _, what = (event.option.id or "").partition(":")
        self.post_message(self.Go(where, what))

    def allows(self, action: str) -> bool:
        """Only back."""
        return action == "back"


def _standing(line: RouteLine) -> DisplayStatus:
    """The status whose colour a way has."""
    if line.contested:
        return DisplayStatus.CONTESTED
    return DisplayStatus.PASS if line.settled else DisplayStatus.MAY_APPLY


def axis_lines(evaluation: Evaluation, axis: Axis, width: int, lang: str) -> Iterator[Content]:
    """The strip with its figure in words."""
    label, colon = safe_text(axis.label.get(lang)), wording.colon(lang)
    if axis.value is not None:
        words = interval_words(axis.type, axis.unit, axis.value).get(lang)
        yield from lines_of(f"{label}{colon}{words}", width, QUIET)
    else:
        yield from lines_of(label, width, QUIET)
    for line in draw(axis, width, lang, ways=way_words(evaluation.rules.routes)):
        yield plain(line.rstrip())


class ProblemList(OptionList, Helped):
    """The problems of a file, each with its line."""

    help_name = "problems"
    BINDINGS = [
        Binding("enter", "select", "source", key_display="enter", show=False, id="open.problem"),
        Binding("o", "app.source", "source", id="source.problem"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
    ]

    class Resized(Message):
        """There is another width for the problems."""

        def __init__(self, listed: ProblemList, width: int) -> None:
            super().__init__()
            self.listed, self.width = listed, width

    def on_resize(self) -> None:
        """Problems are laid out for a width."""
        width = self.scrollable_content_region.width
        if width > 0:
            self.post_message(self.Resized(self, width))


class ProblemsForm(VerticalScroll, can_focus=False):
    """What is wrong with the file; it is read again as soon as it is saved."""

    class Mend(Message):
        """Answer one of two answers anew that contradict each other."""

        def __init__(self, ref: FactRef) -> None:
            super().__init__()
            self.ref = ref

    def __init__(
        self,
        file: str,
        problems: Sequence[Problem],
        text: str,
        lang: str,
        *,
        stale: bool,
        answers: Mapping[tuple[int, int], FactRef],
    ) -> None:
        super().__init__(classes="form")
        self.answers = answers  # those that contradict each other, by line and column
        self.file, self.problems, self.text, self.lang = file, tuple(problems), text, lang
        self.stale = stale

    def compose(self) -> ComposeResult:
        """Heading and list."""
        yield Paper(self._title)
        yield ProblemList(*(Option(plain(problem.message)) for problem in self.problems))

    def on_mount(self) -> None:
        """The focus is on the list."""
        focus_here(self.query_one(ProblemList))
        self.query_one(ProblemList).highlighted = 0

    def on_problem_list_resized(self, event: ProblemList.Resized) -> None:
        """Lay the problems out for another width."""
        event.stop()
        for n, problem in enumerate(self.problems):
            event.listed.replace_option_prompt_at_index(n, self._words(problem, event.width))

    def _title(self, width: int) -> Iterator[Content]:
        n = len(self.problems)
        key = "problems_title_one" if n == 1 else "problems_title"
        yield from lines_of(say(key, self.lang, n=n, file=safe_text(self.file)), width, "bold")
        key = "problems_mend" if self.answers else "problems_help"
        yield from lines_of(say(key, self.lang), width, QUIET)
        if self.stale:
            yield from lines_of(say("still_shown", self.lang), width, QUIET)
        yield Content("")

    def _words(self, problem: Problem, width: int) -> Content:
        first, *rest = render(problem, self.text, self.lang, columns=width).split("\n")
        return Content("\n").join([*lines_of(first, width, indent=2), *map(plain, rest)])

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer anew what contradicts another answer; of all else, open the file at the line."""
        event.stop()
        problem = self.problems[event.option_index]
        ref = self.answers.get((problem.line, problem.column))
        if ref is not None:
            self.post_message(self.Mend(ref))
        else:
            await self.app.run_action("app.source")

    @property
    def chosen(self) -> Problem | None:
        """The problem under the cursor."""
        found = self.query(ProblemList)
        n = found.first().highlighted if found else None
        return self.problems[n] if n is not None else None
