"""The frame: company, file and save state in the first line, the tabs, the keys in the last."""

from __future__ import annotations

import os
from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import TabbedContent, TabPane

from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reports.layout import cut
from compliancecheck.tui.answer.pane import AnswerPane
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.compare.pane import ComparePane
from compliancecheck.tui.dates.pane import DatesPane
from compliancecheck.tui.dates.rows import shown_acts
from compliancecheck.tui.findings.pane import FindingsPane
from compliancecheck.tui.panes import Pane
from compliancecheck.tui.paper import Paper, both_ends, plain
from compliancecheck.tui.rules.pane import RulesPane
from compliancecheck.tui.session import Session, today
from compliancecheck.tui.words import say

TABS = {
    1: "answer_tab", 2: "findings_tab", 3: "rules_tab", 4: "dates_tab", 5: "compare_tab",
}  # fmt: skip
"""The words of each tab, by the digit that goes there."""


class MainScreen(Translated, Screen[None]):
    """The tabs of one profile."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (60, "-normal"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (10, "-short"), (16, "-tall")]
    AUTO_FOCUS = None
    BINDINGS = [
        Binding("1", "tab(1)", "Answer", show=False, id="tab1"),
        Binding("2", "tab(2)", "Findings", show=False, id="tab2"),
        Binding("3", "tab(3)", "Rules", show=False, id="tab3"),
        Binding("4", "tab(4)", "Dates", show=False, id="tab4"),
        Binding("5", "tab(5)", "Compare", show=False, id="tab5"),
        Binding("0", "app.companies", "companies", id="companies"),
        Binding("o", "app.source", "source", show=False, id="source"),
        Binding("v", "side", "side pane", show=False, id="side"),
        Binding("t", "app.day", "day", show=False, id="day"),
        Binding("d", "app.drafts", "drafts", show=False, id="drafts"),
        Binding("L,ctrl+l", "app.language", "language", key_display="L", show=False, id="language"),
        Binding("ctrl+z", "app.undo", "undo", show=False, id="undo", key_display="^z"),
        Binding("ctrl+y", "app.redo", "redo", show=False, id="redo", key_display="^y"),
        Binding("ctrl+s", "app.saved", "save", show=False, id="save", key_display="^s"),
        Binding("g,ctrl+g", "app.command_palette", "go to", key_display="g", show=False, id="goto"),
        Binding("colon", "app.command_palette", "palette", show=False, id="palette.colon"),
        Binding("question_mark,f1", "app.help", "help", key_display="?", id="help"),
        Binding("escape", "clear", "clear", show=False, id="clear.frame"),
        Binding("q", "app.quit", "quit", show=False, id="quit"),
    ]

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__()
        self.session, self.lang = session, lang

    def compose(self) -> ComposeResult:
        """Top line, tabs, keys."""
        yield Paper(lambda width: [plain(say("too_small", self.lang))], id="too-small")
        with Vertical(id="frame"):
            yield Paper(self._top, id="top")
            with TabbedContent(id="tabs", initial="tab1"):
                with TabPane(self._title(1), id="tab1"):
                    yield AnswerPane(self.session, self.lang)
                with TabPane(self._title(2), id="tab2"):
                    yield FindingsPane(self.lang)
                with TabPane(self._title(3), id="tab3"):
                    yield RulesPane(self.session, self.lang)
                with TabPane(self._title(4), id="tab4"):
                    yield DatesPane(self.lang)
                with TabPane(self._title(5), id="tab5"):
                    yield ComparePane(self.session, self.lang)
        yield Keys()

    def _title(self, n: int) -> Content:
        return Content(f"{n} {say(TABS[n], self.lang)}")

    def _top(self, width: int) -> Iterator[Content]:
        session, lang = self.session, self.lang
        company = session.profile.name if session.profile else ""
        name = safe_text(os.path.basename(session.path))
        state = say(_kept(session), lang)
        company = safe_text(company) or say("no_company", lang)
        right = []
        if session.broken and session.evaluation is not None:
            right.append((f" {say('stale', lang)} ", "reverse"))
        if session.read_only:
            right.append((f" {say('read_only', lang)} ", "reverse"))
        day = say("as_of", lang, day=iso(session.as_of))
        right.append((f" {day} ", "reverse") if session.as_of != today() else (day, ""))
        if session.law is not None:
            right.insert(-1, (f" {say('law_of', lang, day=iso(session.law))} ", "reverse"))
        if session.drafts:
            right.insert(-1, (f" {say('with_drafts', lang)} ", "reverse"))
        used = sum(cell_width(text) + 2 for text, _ in right) + cell_width(f" ·  · {state}") - 1
        room = max(width - used, 8)
        if cell_width(company) + cell_width(name) > room:  # the file's name matters more
            company = cut(company, max(room - cell_width(name), 6))
            name = cut(name, max(room - cell_width(company), 4))
        yield both_ends(f"{company} · {name} · {state}", right, width)

    @property
    def answer(self) -> AnswerPane:
        """The interview."""
        return self.query_one(AnswerPane)

    @property
    def findings(self) -> FindingsPane:
        """The findings."""
        return self.query_one(FindingsPane)

    @property
    def rules(self) -> RulesPane:
        """The rules."""
        return self.query_one(RulesPane)

    @property
    def dates(self) -> DatesPane:
        """The dated acts."""
        return self.query_one(DatesPane)

    @property
    def compare(self) -> ComparePane:
        """What differs."""
        return self.query_one(ComparePane)

    @property
    def tab(self) -> int:
        """The number of the tab that is shown."""
        active = self.query_one("#tabs", TabbedContent).active
        return int(active.removeprefix("tab") or 1)

    @property
    def pane(self) -> Pane:
        """The content of the tab that is shown."""
        shown = self.query_one(f"#tab{self.tab}", TabPane)
        return next(pane for pane in self._panes() if pane.parent is shown)

    def _panes(self) -> Iterator[Pane]:
        # Not a query by type: Textual follows the first base of a class only.
        return (pane for pane in self.query("TabPane > *") if isinstance(pane, Pane))

    def redraw(self) -> None:
        """Draw the first line, and what is shown below it, anew."""
        self.query_one("#top", Paper).set(self._top)
        self._offer_dates()
        self._show()
        self.refresh_bindings()

    def on_mount(self) -> None:
        """Only tabs with content."""
        self._offer_dates()

    def _offer_dates(self) -> None:
        """The tab of the dates shows when there are dated acts."""
        tabs = self.query_one("#tabs", TabbedContent)
        if self._has_dates:
            tabs.show_tab("tab4")
        elif self.tab != 4:
            tabs.hide_tab("tab4")

    @property
    def _has_dates(self) -> bool:
        return self.session.evaluation is not None and bool(shown_acts(self.session.evaluation))

    def _show(self) -> None:
        """Fill the tab that is shown; the others are filled when it is their turn."""
        self.pane.fill(self.session.evaluation)

    def speak(self, lang: str) -> None:
        """Another language for frame and tabs; and all that they hold."""
        self.lang = lang
        for pane in self._panes():
            pane.speak(lang)
        tabs = self.query_one("#tabs", TabbedContent)
        for n in TABS:
            tabs.get_tab(f"tab{n}").label = self._title(n)
        self.redraw()

    def action_tab(self, number: int) -> None:
        """Go to a tab; a focus left behind in the other one would bring that back."""
        if number == 4 and not self._has_dates and self.tab != 4:
            self.notify(say("no_dates", self.lang), markup=False, timeout=4)
            return
        if number != self.tab:
            self.set_focus(None)
        self.query_one("#tabs", TabbedContent).active = f"tab{number}"

    def on_tabbed_content_tab_activated(self) -> None:
        """The focus goes to the tab's content."""
        self._show()
        self.pane.take_focus()
        self.refresh_bindings()

    def action_clear(self) -> None:
        """Esc without a focus: in a list, show all of it again."""
        self.pane.action_clear()

    def action_side(self) -> None:
        """Swap the panes where there is room for one, else hide the side pane or show it."""
        self.toggle_class("-swapped" if self.has_class("-narrow") else "-hidden")


def _kept(session: Session) -> str:
    """The words for where the answers are."""
    if session.broken:
        return "broken"
    if session.exists:
        return "saved"
    return "file_gone" if session.gone else "new_file"
