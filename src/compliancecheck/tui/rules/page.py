"""The page of a rule or an instrument: in words, its lines of the file, its examples as run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region

from compliancecheck.authoring.examples import each_example
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Place
from compliancecheck.reading.entries import entry_yaml, file_of
from compliancecheck.reports import wording
from compliancecheck.reports.rule_page import Beside, ExampleRun
from compliancecheck.reports.rule_page_text import instrument_text, rule_text
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import display_status
from compliancecheck.tui.bindings import Keys
from compliancecheck.tui.overlays import Over
from compliancecheck.tui.paper import QUIET, Paper, heading, lines_of, mark, plain
from compliancecheck.tui.rules.links import Link, links_in, marked
from compliancecheck.tui.words import say

MOST_FINDINGS = 12
PAUSE = 0.01
"""Seconds between two examples in which keys are heard."""


class Examples:
    """The worked examples of rules, run when they are first looked at, one after the other."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.runs: dict[str, tuple[ExampleRun, ...]] = {}

    def of(self, id: str) -> Mapping[str, tuple[ExampleRun, ...]]:
        """What has been run of a rule, or of the rules of an instrument."""
        return {name: self.runs[name] for name in self._rules(id) if name in self.runs}

    async def run(self, id: str) -> None:
        """Run what has not been run; keys are heard between two examples."""
        for name in self._rules(id):
            if name in self.runs:
                continue
            found = []
            for example, result in zip(
                self.rules.rules[name].examples, each_example(self.rules, name), strict=True
            ):
                found.append(ExampleRun(example, result.differences))
                await asyncio.sleep(PAUSE)
            self.runs[name] = tuple(found)

    def _rules(self, id: str) -> list[str]:
        if id in self.rules.rules:
            return [id]
        return [rule.id for rule in self.rules.rules.values() if rule.instrument == id]


def page_lines(
    rules: Rules, id: str, day: int, width: int, lang: str, beside: Beside | None = None,
    runs: Mapping[str, tuple[ExampleRun, ...]] | None = None,
) -> Iterator[Content]:  # fmt: skip
    """The text of a rule or an instrument as `rules show` prints it; the headings in bold."""
    sheet = Sheet(width=width, lang=lang)
    if id in rules.rules:
        text = rule_text(rules, rules.rules[id], day, sheet, beside or Beside())
    else:
        text = instrument_text(rules, rules.instruments[id], day, sheet, runs or {})
    blank = True
    for line in text.splitlines():
        title = blank and bool(line) and not line.startswith(" ")
        indent = min(len(line) - len(line.lstrip(" ")) + 2, width // 2)
        if cell_width(line) <= width:
            yield plain(line, "bold" if title else "")
        else:
            yield from lines_of(line, width, "", indent)
        blank = not line


def place_of(rules: Rules, id: str) -> Place | None:
    """Where a rule or an instrument stands in its file; None if that is not there."""
    found = rules.rules.get(id) or rules.instruments.get(id)
    path = file_of(found.place) if found is not None else None
    if found is None or found.place is None or path is None:
        return None
    place = found.place
    return Place(str(path), place.line, place.column, place.end_column)


class RulePage(Over[None]):
    """One rule or instrument over the screen; Esc goes back to where it was opened."""

    BINDINGS = [
        Binding("escape,q,w", "close", "close", key_display="esc", id="close"),
        Binding("enter", "follow", "go there", key_display="enter", id="follow"),
        Binding("tab", "link(1)", "link", key_display="tab", id="link"),
        Binding("shift+tab", "link(-1)", "link", show=False),
        Binding("o", "app.source", "source", id="source"),
        Binding("c", "app.copy", "copy", id="copy"),
        Binding("L,ctrl+l", "app.language", "language", key_display="L", id="language"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "turn(1)", "Page Down", show=False),
        Binding("pageup", "turn(-1)", "Page Up", show=False),
        Binding("home", "end(-1)", "First", show=False),
        Binding("end", "end(1)", "Last", show=False),
    ]

    def __init__(
        self, examples: Examples, id: str, day: int, evaluation: Evaluation | None, lang: str
    ) -> None:
        super().__init__()
        self.examples, self.shown, self.day = examples, id, day
        self.evaluation, self.lang = evaluation, lang
        rule = examples.rules.rules.get(id)
        self._yaml = entry_yaml(rule.place) if rule is not None else None
        self.links: list[Link] = []
        self.at: int | None = None  # the link that is chosen

    @property
    def place(self) -> Place | None:
        """Where it stands in its file."""
        return place_of(self.examples.rules, self.shown)

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="full", can_focus=False):
            yield Paper(self._draw, id="page")
        yield Keys(palette=False)

    def on_mount(self) -> None:
        """Show the page, then run the examples."""
        self._run()

    @work(exclusive=True)
    async def _run(self) -> None:
        await asyncio.sleep(0.05)
        await self.examples.run(self.shown)
        self.query_one("#page", Paper).set(self._draw)

    def _draw(self, width: int) -> Sequence[Content]:
        lines = list(self._lines(width))
        self.links = links_in(self.examples.rules, self.shown, lines, self.lang)
        self.call_later(self.refresh_bindings)
        return marked(lines, self.links, self.at)

    def _lines(self, width: int) -> Iterator[Content]:
        rules = self.examples.rules
        runs = self.examples.of(self.shown)
        beside = Beside(self._yaml, runs.get(self.shown, ()))
        lines = page_lines(rules, self.shown, self.day, width, self.lang, beside, runs)
        yield from _until_blank(lines)
        if self.shown in rules.rules:
            yield from self._findings(rules.rules[self.shown], width)
            if rules.rules[self.shown].examples and self.shown not in runs:
                yield Content("")
                yield from lines_of(say("examples_running", self.lang), width, QUIET)
        yield Content("")
        yield from lines

    def _findings(self, rule: Rule, width: int) -> Iterator[Content]:
        """What came out for this profile."""
        yield Content("")
        yield heading(say("this_profile", self.lang))
        every = self.evaluation.findings if self.evaluation is not None else ()
        found = [f for f in every if f.rule == rule.id]
        for finding in islice(found, MOST_FINDINGS):
            sign = Content("    ") + mark(display_status(finding), self.lang) + "  "
            item = wording.item_name(finding, self.lang) if rule.each is not None else ""
            first, *rest = lines_of(item, width, "", sign.cell_length, " " * sign.cell_length)
            yield sign + first[sign.cell_length :]
            yield from rest
        if len(found) > MOST_FINDINGS:
            left = len(found) - MOST_FINDINGS
            yield plain("    " + say("and_more", self.lang, n=left), QUIET)
        if not found:
            yield from lines_of(say("no_finding_that_day", self.lang), width, QUIET, 4, "    ")

    def whole(self, width: int) -> str:
        """All of it as text, laid out for a width."""
        return "\n".join(line.plain for line in self._draw(width))

    def action_close(self) -> None:
        """Back to where it was opened."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Links need that some rule is named."""
        return action != "link" or bool(self.links)

    def action_link(self, way: int) -> None:
        """The next rule that is named, or the one before."""
        if not self.links:
            return
        first = 0 if way > 0 else len(self.links) - 1
        self.at = first if self.at is None else (self.at + way) % len(self.links)
        self.query_one("#page", Paper).set(self._draw)
        line = Region(0, self.links[self.at].line, 1, 1)
        self.query_one("#full", VerticalScroll).scroll_to_region(line, animate=False, force=True)

    def action_follow(self, number: int | None = None) -> None:
        """The page of the rule that is chosen, over this one; Esc comes back. None: close."""
        at = self.at if number is None else number
        if at is None or at >= len(self.links):
            self.action_close()
            return
        self.at = at
        page = RulePage(self.examples, self.links[at].id, self.day, self.evaluation, self.lang)
        self.app.push_screen(page)

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one("#full", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_turn(self, pages: int) -> None:
        """Turn a page."""
        box = self.query_one("#full", VerticalScroll)
        box.scroll_relative(y=pages * max(box.size.height - 2, 1), animate=False)

    def action_end(self, way: int) -> None:
        """To the first line or the last."""
        box = self.query_one("#full", VerticalScroll)
        box.scroll_end(animate=False) if way > 0 else box.scroll_home(animate=False)


def _until_blank(lines: Iterator[Content]) -> Iterator[Content]:
    """The lines of the heading; the blank one after them is taken."""
    for line in lines:
        if not line.plain:
            return
        yield line
