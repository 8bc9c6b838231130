"""The frame: company, file and save state in the first line, the tabs, the keys in the last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TabbedContent, TabPane

from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reports.layout import cut
from compliancecheck.tui.answer.form import TABS
from compliancecheck.tui.answer.pane import AnswerPane
from compliancecheck.tui.bindings import Keys, Translated
from compliancecheck.tui.compare.pane import ComparePane
from compliancecheck.tui.dates.pane import DatesPane
from compliancecheck.tui.dates.rows import shown_acts
from compliancecheck.tui.findings.pane import FindingsPane
from compliancecheck.tui.panes import Pane
from compliancecheck.tui.paper import Paper, both_ends, lines_of
from compliancecheck.tui.rules.pane import RulesPane
from compliancecheck.tui.session import Session, today
from compliancecheck.tui.words import say

LEAST_COLUMNS, LEAST_ROWS, NARROW, HUGE = 40, 10, 60, 180
"""Below the first two the app only says so, below the third there is one pane; from so many
columns on side panes take the room."""
LEAST_NAME = 12
"""So many cells of a company's name show before a flag is left out."""


class PagedTabs(TabbedContent):
    """The tabs; one comes to the front only while the focus is in it, not when it was."""

    def _on_tab_pane_focused(self, event: TabPane.Focused) -> None:
        focused = self.screen.focused
        if focused is None or event.tab_pane not in focused.ancestors:
            event.stop()
            event.prevent_default()


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
        Binding("g,ctrl+g", "app.goto", "go to", key_display="g", show=False, id="goto"),
        Binding("colon", "app.command_palette", "palette", show=False, id="palette.colon"),
        Binding("c", "app.copy", "copy", show=False, id="copy"),
        Binding("question_mark,f1", "app.help", "help", key_display="?", id="help"),
        Binding("escape", "clear", "clear", show=False, id="clear.frame"),
        Binding("q", "app.quit", "quit", show=False, id="quit"),
    ]

    # Textual paints the whole screen when the focus moves; what gets or loses it paints itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, session: Session, lang: str) -> None:
        super().__init__()
        self.session, self.lang = session, lang
        self._tab_shown = 1  # whose name stands in the tabs where there is room for one
        self._focus_before: Widget | None = None  # before the terminal was too small
        self._judging = False

    def compose(self) -> ComposeResult:
        """Top line, tabs, keys."""
        yield Paper(lambda width: lines_of(say("too_small", self.lang), width), id="too-small")
        with Vertical(id="frame"):
            yield Paper(self._top, id="top")
            with PagedTabs(id="tabs", initial="tab1"):
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
        """Digit and word; where not all words have room, only the tab that is shown has one."""
        titles = {k: f"{k} {say(TABS[k], self.lang)}" for k in TABS}
        room = self.app.size.width
        if sum(cell_width(title) + 2 for title in titles.values()) <= room:
            return Content(titles[n])
        return Content(titles[n] if n == self._tab_shown else f"{n}")

    def _name_tabs(self) -> None:
        tabs = self.query_one("#tabs", TabbedContent)
        self._tab_shown = self.tab
        for n in TABS:
            title = self._title(n)
            if tabs.get_tab(f"tab{n}").label.plain != title.plain:
                tabs.get_tab(f"tab{n}").label = title

    def _top(self, width: int) -> Iterator[Content]:
        session, lang = self.session, self.lang
        company = session.profile.name if session.profile else ""
        name = safe_text(os.path.basename(session.path))
        state = say("judging" if self._judging else _kept(session), lang)
        company = safe_text(company)
        right = self._flags()
        used = sum(cell_width(text) + 2 for text, _ in right) + cell_width(f" ·  · {state}") - 1
        room = width - used
        if width < NARROW or room < 2 * LEAST_NAME:
            yield _short_top(company or name, "" if state == say("saved", lang) else state,
                             right, width)  # fmt: skip
            return
        company = company or say("no_company", lang)
        if cell_width(company) + cell_width(name) > room:  # the file's name matters more
            company = cut(company, max(room - cell_width(name), 6))
            name = cut(name, max(room - cell_width(company), 4))
        yield both_ends(f"{company} · {name} · {state}", right, width)

    def _flags(self) -> list[tuple[str, str]]:
        """What stands at the right of the first line, the day of evaluation last."""
        session, lang = self.session, self.lang
        found = []
        if session.broken and session.evaluation is not None:
            found.append((f" {say('stale', lang)} ", "reverse"))
        if session.read_only:
            found.append((f" {say('read_only', lang)} ", "reverse"))
        if session.law is not None:
            found.append((f" {say('law_of', lang, day=iso(session.law))} ", "reverse"))
        if session.drafts:
            found.append((f" {say('with_drafts', lang)} ", "reverse"))
        day = say("as_of", lang, day=iso(session.as_of))
        return [*found, (f" {day} ", "reverse") if session.as_of != today() else (day, "")]

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
        return next(pane for pane in shown.children if isinstance(pane, Pane))

    def _panes(self) -> Iterator[Pane]:
        # Not a query: one by type follows the first base of a class only, one by place looks at
        # every widget of the screen, and this is asked for each key.
        tabs = (self.query_one(f"#tab{n}", TabPane) for n in TABS)
        return (pane for tab in tabs for pane in tab.children if isinstance(pane, Pane))

    def redraw(self) -> None:
        """Draw the first line, and what is shown below it, anew."""
        self.query_one("#top", Paper).set(self._top)
        self._offer_dates()
        self._show()
        self.refresh_bindings()

    def say_judging(self) -> None:
        """Say at once that verdicts are worked out: nothing can be drawn until they are."""
        if not self.is_current:
            return
        top = self.query_one("#top", Paper)
        self._judging = True
        try:
            top.paint_now()
        finally:
            self._judging = False
            top.again()

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
        self._name_tabs()
        self.redraw()

    def action_tab(self, number: int) -> None:
        """Go to a tab; a focus left behind in the other one would bring that back."""
        if number == 4 and not self._has_dates and self.tab != 4:
            self.notify(say("no_dates", self.lang), markup=False, timeout=4)
            return
        if number != self.tab:
            self.set_focus(None)
            self._unswap()
        self.query_one("#tabs", TabbedContent).active = f"tab{number}"
        if number != 1:
            self.pane.take_focus()  # for keys that are typed ahead

    def on_tabbed_content_tab_activated(self) -> None:
        """The focus goes to the tab's content."""
        self._name_tabs()
        self._show()
        if self.focused is None or self.pane not in self.focused.ancestors:
            self.pane.take_focus()
        self.refresh_bindings()

    def action_clear(self) -> None:
        """Esc without a focus: in a list, show all of it again."""
        self.pane.action_clear()

    # -- sizes -----------------------------------------------------------------------------------

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys; where there is room for one pane, the one that swaps it is shown."""
        found = super().active_bindings
        for key, active in found.items():
            if active.binding.action == "side" and self.has_class("-narrow"):
                words = say("swap_panes", self.lang)
                shown = replace(active.binding, show=True, description=words)
                found[key] = active._replace(binding=shown)
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """*Side pane* needs one."""
        return action != "side" or (self.is_mounted and bool(self.pane.side))

    def action_side(self) -> None:
        """Swap the panes where there is room for one, else hide the side pane or show it."""
        if not self.has_class("-narrow"):
            self.toggle_class("-hidden")
            return
        self.toggle_class("-swapped")
        self.call_after_refresh(self.pane.swapped, self.has_class("-swapped"))

    def _unswap(self) -> None:
        """Show the form or the list again; the pane that is left takes no focus any more."""
        if self.has_class("-swapped"):
            self.remove_class("-swapped")
            if self.pane.side:
                self.pane.query_one(self.pane.side).can_focus = False

    def on_resize(self, event: events.Resize) -> None:
        """Very wide screens; and the focus comes back with the room for it."""
        width, height = event.size
        self.set_class(width >= HUGE, "-huge")
        if self.is_mounted:
            self._name_tabs()
        if width < LEAST_COLUMNS or height < LEAST_ROWS:
            self._focus_before = self.focused or self._focus_before
        elif self._focus_before is not None:
            self.call_after_refresh(self._focus_again)

    def _focus_again(self) -> None:
        before, self._focus_before = self._focus_before, None
        if before is None or self.focused is not None:
            return
        if before.is_attached and self.pane in before.ancestors:
            self.set_focus(before, scroll_visible=False)
        else:
            self.pane.take_focus()


def _short_top(name: str, state: str, right: list[tuple[str, str]], width: int) -> Content:
    """The first line where there is little room: whose file it is, and what is not as usual.

    What does not fit beside a name that can be read is left out, the day that is usual first;
    the flags that are left say of each other that there are more.
    """
    flags = [flag for flag in right if flag[1]]
    flags = [(f" {state} ", "reverse"), *flags] if state else flags
    room = width - min(cell_width(name), LEAST_NAME) - 1
    shown: list[tuple[str, str]] = []
    for flag in flags or right:
        if sum(cell_width(text) + 2 for text, _ in (*shown, flag)) - 2 > room - 3:
            return both_ends(name, [*shown, ("…", "")], width)
        shown.append(flag)
    return both_ends(name, shown, width)


def _kept(session: Session) -> str:
    """The words for where the answers are."""
    if session.broken:
        return "broken"
    if session.waiting:
        return "answers_wait"
    if session.exists:
        return "saved"
    return "file_gone" if session.gone else "new_file"
