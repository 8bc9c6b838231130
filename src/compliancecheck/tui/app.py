"""The app: opens a profile, follows its file, and carries out what is the same on every screen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from pathlib import Path

from textual import work
from textual.app import App, SuspendNotSupported, SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen

from compliancecheck.model.findings import DatedAct, Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place
from compliancecheck.tui import act_page, choices, editor
from compliancecheck.tui.answer import AnswerPane
from compliancecheck.tui.bindings import Translated
from compliancecheck.tui.compare import ComparePane
from compliancecheck.tui.dates import DatesPane
from compliancecheck.tui.ends import ProblemsForm
from compliancecheck.tui.form import Form
from compliancecheck.tui.frame import MainScreen
from compliancecheck.tui.help import help_lines
from compliancecheck.tui.palette import GoTo
from compliancecheck.tui.proof import ProofPane
from compliancecheck.tui.rule_page import Examples, RulePage
from compliancecheck.tui.rules import RulesPane
from compliancecheck.tui.session import Session, Wrote
from compliancecheck.tui.start import StartScreen, copy_example, examples
from compliancecheck.tui.themes import THEMES
from compliancecheck.tui.why import Ask, FullText
from compliancecheck.tui.words import say

LOOK_EVERY = 0.5
"""Seconds between two looks at the file: an edit outside shows within a second."""

CHINA = timezone(timedelta(hours=8))


def run(
    path: Path | str | None,
    rules: Rules,
    *,
    as_of: int | None,
    lang: str,
    color: bool,
    law: int | None = None,
    drafts: bool = False,
) -> int:
    """Open the app on a profile (None: on its three choices); returns the exit code.

    *as_of* is the day of evaluation as an ordinal (None: today in China), *law* the day of law
    (None: that day); with *drafts* drafts are judged too.
    """
    app = ComplianceApp(path, rules, as_of=as_of, lang=lang, color=color, law=law, drafts=drafts)
    app.run()
    return app.return_code or 0


class ComplianceApp(App[None]):
    """Interview and findings of one profile."""

    TITLE = "compliancecheck"
    CSS_PATH = "app.tcss"
    COMMANDS = App.COMMANDS | {GoTo}
    COMMAND_PALETTE_DISPLAY = "^p"

    def __init__(
        self,
        path: Path | str | None,
        rules: Rules,
        *,
        as_of: int | None = None,
        lang: str = "en",
        color: bool = True,
        law: int | None = None,
        drafts: bool = False,
    ) -> None:
        before = os.environ.get("NO_COLOR")
        if not color:
            os.environ["NO_COLOR"] = "1"  # how Textual is told so
        color = "NO_COLOR" not in os.environ
        super().__init__(ansi_color=None if color else True)
        if before is None:
            os.environ.pop("NO_COLOR", None)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark" if color else "ansi"
        self.rules, self.lang = rules, lang
        today = datetime.now(CHINA).date().toordinal()
        self.as_of, self.as_of_today = (today, True) if as_of is None else (as_of, as_of == today)
        self.law, self.drafts = law, drafts
        self.session: Session | None = None
        self._path = None if path is None else str(path)
        self._examples = Examples(rules)

    async def on_mount(self) -> None:
        """Open the profile, or ask which; then follow the file."""
        if self._path is None:
            await self.push_screen(StartScreen(examples(), self.lang))
        else:
            await self.open(self._path)
        self.set_interval(LOOK_EVERY, self._look)

    async def open(self, path: str) -> None:
        """Open one profile; it need not exist yet."""
        self.session = Session.open(
            path, self.rules, self.as_of, self.lang, law=self.law, drafts=self.drafts
        )
        await self.push_screen(MainScreen(self.session, self.lang, self.as_of_today))

    @property
    def main(self) -> MainScreen | None:
        """The screen with the tabs, also while something lies over it."""
        return next((s for s in self.screen_stack if isinstance(s, MainScreen)), None)

    # -- the file --------------------------------------------------------------------------------

    async def _look(self) -> None:
        if self.session is not None and self.session.reload_if_changed():
            await self._show_anew()
            if self.session.broken:
                self.tell("broken_outside", severity="warning")
            elif self.session.gone:
                self.tell("gone_outside", severity="warning")
            else:
                self.tell("changed_outside")

    async def _show_anew(self) -> None:
        main = self.main
        if main is None or self.session is None:
            return
        await main.answer.follow()
        main.redraw()

    def on_answer_pane_changed(self, event: AnswerPane.Changed) -> None:
        """Say what became of a change, if it is not simply saved."""
        if self.main is not None:
            self.main.redraw()
        self._say_wrote(event.wrote)

    def _say_wrote(self, wrote: Wrote) -> None:
        session = self.session
        if session is None:
            return
        if wrote is Wrote.MERGED:
            self.tell("merged")
        elif wrote is Wrote.IN_MEMORY:
            self.tell("is_read_only")
        elif wrote is Wrote.REFUSED:
            self.tell("cannot_write", why=session.refusal, severity="error")
        elif wrote is Wrote.CLASH:
            self._mine_or_theirs()

    @work
    async def _mine_or_theirs(self) -> None:
        session, lang = self.session, self.lang
        if session is None or session.clash is None:
            return
        clash = session.clash
        both = [
            ("mine", say("mine", lang, text=clash.mine)),
            ("theirs", say("theirs", lang, text=clash.theirs)),
        ]
        chosen = await self.push_screen_wait(Ask(say("clash_title", lang), both, lang))
        if chosen == "mine":
            session.take_mine()
        session.clash = None
        await self._show_anew()

    async def action_undo(self) -> None:
        """Give the file its bytes from before the last answer."""
        await self._turn(undo=True)

    async def action_redo(self) -> None:
        """Make the answer that was undone again."""
        await self._turn(undo=False)

    async def _turn(self, *, undo: bool) -> None:
        if self.session is None or self.main is None:
            return
        wrote = self.session.undo() if undo else self.session.redo()
        if wrote is None:
            self.tell("nothing_to_undo" if undo else "nothing_to_redo")
            return
        if wrote in (Wrote.CLASH, Wrote.REFUSED):
            self.tell("undo_outside", severity="warning")
        else:
            self.tell("undone" if undo else "redone")
        await self.main.answer.after_undo()
        self.main.redraw()

    def action_saved(self) -> None:
        """Every answer is in the file already."""
        self.tell("already_saved")

    # -- the editor ------------------------------------------------------------------------------

    async def action_source(self) -> None:
        """Open the editor where what is under the cursor stands."""
        place = self._place()
        if place is None:
            self.tell("no_place")
            return
        try:
            words = editor.command(place.path, place.line, place.column)
        except editor.NoEditor:
            self.tell("no_editor", severity="error")
            return
        try:
            with self.suspend():
                failed = editor.run(words)
        except SuspendNotSupported:
            failed = editor.run(words)
        if failed:
            self.tell("editor_failed", why=failed, severity="error")
        self.refresh()
        await self._look()

    def _place(self) -> Place | None:
        session, main = self.session, self.main
        if isinstance(self.screen, RulePage | act_page.ActPage):
            return self.screen.place
        if main is not None and main.tab in (3, 5):
            return main.rules.place if main.tab == 3 else main.compare.place
        if session is None or main is None or not session.exists:
            return None
        form = main.answer.form
        if main.tab == 1 and isinstance(form, ProblemsForm) and form.chosen is not None:
            problem = form.chosen
            return Place(session.path, problem.line, problem.column, problem.end_column)
        if main.tab == 4:
            return main.dates.place or Place(session.path, 1, 1, 1)
        found = main.findings.place if main.tab == 2 else main.answer.place
        return found or Place(session.path, 1, 1, 1)

    # -- the same everywhere -----------------------------------------------------------------------

    async def action_language(self) -> None:
        """English or Chinese, at once."""
        self.lang = "zh" if self.lang == "en" else "en"
        main, session = self.main, self.session
        if session is not None:
            session.set_language(self.lang)
        if main is None:
            return
        main.answer.lang = main.findings.lang = main.rules.lang = self.lang
        main.compare.lang = main.dates.lang = self.lang
        main.query_one(ProofPane).lang = self.lang
        main.speak(self.lang)
        await self._show_anew()

    def action_command_palette(self) -> None:
        """Search for a question, a finding or a command."""
        if not CommandPalette.is_open(self):  # type: ignore[arg-type]
            self.push_screen(CommandPalette(placeholder=say("search", self.lang)))

    def action_help(self) -> None:
        """Show what can be done here, over the screen."""
        screen = self.screen
        if isinstance(screen, Translated) and not isinstance(screen, FullText):
            draw = help_lines(screen.focused, list(screen.named_keys()), self.lang)
            self.push_screen(FullText(say("help_title", self.lang), draw, self.lang))

    @work
    async def action_day(self) -> None:
        """Another day of evaluation, or another day of law."""
        session, main = self.session, self.main
        if session is not None and main is not None and await choices.ask_days(self, session):
            main.as_of_today = session.as_of == datetime.now(CHINA).date().toordinal()
            await self._show_anew()

    @work
    async def on_compare_pane_ask_sides(self, event: ComparePane.AskSides) -> None:
        """Other sides of the comparison."""
        if self.session is not None and self.main is not None:
            await choices.ask_sides(self, self.main.compare, self.session)

    def action_compare(self) -> None:
        """Compare with a day that is chosen."""
        if self.main is not None:
            self.main.action_tab(5)
            self.main.compare.action_sides()

    async def action_drafts(self) -> None:
        """Judge drafts too, or leave them out again."""
        if self.session is None or self.main is None:
            return
        self.session.show_drafts(not self.session.drafts)
        await self._show_anew()
        self.tell("drafts_shown" if self.session.drafts else "drafts_left_out")

    def on_answer_pane_leave(self, event: AnswerPane.Leave) -> None:
        """From the interview to the findings, to the dates, or out."""
        if event.where == "stop":
            self.exit()
        elif self.main is not None:
            self.main.action_tab(4 if event.where == "dates" else 2)

    @work
    async def on_dates_pane_open(self, event: DatesPane.Open) -> None:
        """The days of an act over the screen."""
        if self.session is not None:
            await self._acted(await act_page.open_act(self, self.session, event.act))

    @work
    async def on_dates_pane_act(self, event: DatesPane.Act) -> None:
        """An act was done."""
        if self.session is not None:
            await self._acted(await act_page.do_act(self, self.session, event.act))

    async def _acted(self, wrote: Wrote | None) -> None:
        if wrote is not None:
            await self._show_anew()
            self._say_wrote(wrote)

    async def on_dates_pane_jump(self, event: DatesPane.Jump) -> None:
        """From an act to the question that would tell its day, and back."""
        if self.main is not None:
            self.main.action_tab(1)
            await self.main.answer.ask(event.ref, back_to="dates")

    def show_date(self, act: DatedAct) -> None:
        """Show a dated act, chosen in the palette."""
        if self.main is not None:
            self.main.action_tab(4)
            self.main.dates.pick(act)

    async def on_proof_pane_jump(self, event: ProofPane.Jump) -> None:
        """From a finding to the question that would settle it."""
        if self.main is None:
            return
        self.main.action_tab(1)
        if event.ref is not None:
            await self.main.answer.ask(event.ref)
        elif event.reading:
            await self.main.answer.ask_reading(event.reading)

    async def ask(self, ref: FactRef) -> None:
        """Ask one fact, chosen in the palette."""
        if self.main is not None:
            self.main.action_tab(1)
            await self.main.answer.ask(ref)

    async def show_finding(self, finding: Finding) -> None:
        """Show one finding, chosen in the palette."""
        if self.main is not None:
            self.main.action_tab(2)
            self.main.findings.pick(finding)

    def show_rule(self, rule: str) -> None:
        """Show a rule or an instrument among the rules, chosen in the palette."""
        if self.main is not None:
            self.main.action_tab(3)
            self.main.rules.pick(rule)

    def on_rules_pane_open(self, event: RulesPane.Open) -> None:
        """The page of a rule or an instrument, over the screen."""
        self.open_page(event.id)

    def on_proof_pane_open_rule(self, event: ProofPane.OpenRule) -> None:
        """From a finding's why to the rule; Esc goes back."""
        self.open_page(event.rule)

    def open_page(self, rule: str) -> None:
        """Show the page of a rule or an instrument over what is there."""
        if self.main is not None and self.session is not None:
            day, found = self.main.rules.day, self.session.evaluation
            self.push_screen(RulePage(self._examples, rule, day, found, self.lang))

    async def on_form_go(self, event: Form.Go) -> None:
        """From the first screen to a profile."""
        if event.where == "stop":
            self.exit()
            return
        path = event.what
        if event.where == "example":
            path = copy_example(path)
        elif event.where == "open" and not os.path.isfile(path):
            self.tell("no_such_file", name=path, severity="error")
            return
        elif event.where == "new" and os.path.lexists(path):
            self.tell("file_exists", name=path, severity="error")
            return
        await self.open(path)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the app, in its language."""
        lang = self.lang
        commands = [
            ("key.tab1", lambda: self._go_to_tab(1)),
            ("key.tab2", lambda: self._go_to_tab(2)),
            ("key.tab3", lambda: self._go_to_tab(3)),
            ("key.tab4", lambda: self._go_to_tab(4)),
            ("key.tab5", lambda: self._go_to_tab(5)),
            ("compare_with", self.action_compare),
            ("key.undo", self.action_undo),
            ("key.redo", self.action_redo),
            ("key.source", self.action_source),
            ("key.language", self.action_language),
            ("key.day", self.action_day),
            ("key.drafts", self.action_drafts),
            ("key.side", self._swap_sides),
            ("key.help", self.action_help),
            ("key.theme", self.action_change_theme),
            ("key.screenshot", lambda: self.set_timer(0.1, self.deliver_screenshot)),
            ("key.quit", self.action_quit),
        ]
        for key, action in commands:
            yield SystemCommand(say(key, lang), "", action)

    def _go_to_tab(self, number: int) -> None:
        if self.main is not None:
            self.main.action_tab(number)

    def _swap_sides(self) -> None:
        if self.main is not None:
            self.main.action_side()

    def tell(self, key: str, *, severity: str = "information", **values: object) -> None:
        """Say something beside the screen for a moment."""
        text = safe_text(say(key, self.lang, **values))
        self.notify(text, markup=False, timeout=4, severity=severity)  # type: ignore[arg-type]
