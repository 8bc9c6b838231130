"""The app: opens a profile, follows its file, and carries out what is the same on every screen."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from textual import work
from textual.app import SystemCommand
from textual.content import Content
from textual.filter import LineFilter
from textual.screen import Screen

from compliancecheck.model.instruments import Rules
from compliancecheck.reading.settings_writing import NotKept, keep
from compliancecheck.reading.system_words import system_words
from compliancecheck.tui import copying, export
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.bindings import Translated
from compliancecheck.tui.goto import Finder, Seeking, nothing_before
from compliancecheck.tui.help import help_lines
from compliancecheck.tui.keymap import renamed
from compliancecheck.tui.long_file import ReadingScreen
from compliancecheck.tui.matrix.companies import Day
from compliancecheck.tui.matrix.opening import Companies
from compliancecheck.tui.matrix.screen import Find
from compliancecheck.tui.overlays import FullText, Over, said
from compliancecheck.tui.palette import open_palette, open_themes
from compliancecheck.tui.paper import QUIET, Draw, lines_of
from compliancecheck.tui.picture import mended
from compliancecheck.tui.preferences import Preferences
from compliancecheck.tui.rules.page import Examples
from compliancecheck.tui.session import Session, today
from compliancecheck.tui.start import StartScreen, copy_example, examples
from compliancecheck.tui.symbols import PlainSymbols
from compliancecheck.tui.themes import ANSI, THEMES, variables_for
from compliancecheck.tui.words import say

WITHOUT_PROFILE = frozenset(
    {"key.language", "key.help", "key.theme", "key.screenshot", "key.quit", "settings_title"}
)
"""The commands that mean something while no profile is open."""

LOOK_EVERY = 0.5
"""Seconds between two looks at the file: an edit outside shows within a second."""


def run(
    path: Path | str | None,
    rules: Rules,
    *,
    as_of: int | None,
    lang: str,
    color: bool,
    law: int | None = None,
    drafts: bool = False,
    preferences: Preferences | None = None,
    find: Find | None = None,
) -> int:
    """Open the app on a profile (None: on its three choices); returns the exit code.

    *as_of* is the day of evaluation as an ordinal (None: today in China), *law* the day of law
    (None: that day); with *drafts* drafts are judged too. With *find*, *path* is a folder, and
    *find* looks for the profiles in it.
    """
    preferences = preferences or Preferences()
    app = ComplianceApp(
        path,
        rules,
        as_of=as_of,
        lang=lang,
        color=color,
        law=law,
        drafts=drafts,
        preferences=preferences,
        find=find,
    )
    app.run(mouse=preferences.mouse)
    return app.return_code or 0


class ComplianceApp(Companies):
    """Interview and findings of one profile."""

    TITLE = "compliancecheck"
    CSS_PATH = "app.tcss"
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
        preferences: Preferences | None = None,
        find: Find | None = None,
    ) -> None:
        self.preferences = preferences or Preferences()
        self._plain_symbols = PlainSymbols()
        before = os.environ.get("NO_COLOR")
        if not color:
            os.environ["NO_COLOR"] = "1"  # how Textual is told so
        color = "NO_COLOR" not in os.environ
        super().__init__(ansi_color=None if color else True)
        if before is None:
            os.environ.pop("NO_COLOR", None)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.preferences.theme if color else ANSI.name
        self._kept_theme = self.theme if color else None  # without colours there is no choice
        # The styles are first read with the variables of this theme.
        self.stylesheet.set_variables(self.get_css_variables())
        self.rules, self.lang = rules, lang
        self.as_of = today() if as_of is None else as_of
        self.law, self.drafts = law, drafts
        self.session: Session | None = None
        self._path = None if path is None else str(path)
        self._find = find
        self.examples = Examples(rules)
        self.seeking = Seeking(self)

    async def on_mount(self) -> None:
        """Open the profile, or ask which; then follow the file."""
        self.set_keymap(dict(self.preferences.keymap))
        if self._path is not None and self._find is not None:
            day = Day(self.as_of, self.law, self.drafts)
            await self.open_folder(self._path, self._find, day)
        elif self._path is None:
            await self.push_screen(StartScreen(examples(), self.lang))
        else:
            await self.open(self._path)
        self.set_interval(LOOK_EVERY, self.look)

    # -- how it looks ------------------------------------------------------------------------------

    @property
    def ascii(self) -> bool:
        """Whether no symbols are shown."""
        return self.preferences.ascii

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each line passes on its way to the terminal."""
        filters = super().get_line_filters()
        return [*filters, self._plain_symbols] if self.ascii else filters

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours in the themes that know nothing of us."""
        return variables_for(self.current_theme)

    def refresh_css(self, animate: bool = True) -> None:
        """Read the styles anew; not before there is a screen, for the theme chosen at first."""
        if self.screen_stack:
            super().refresh_css(animate)

    def watch_theme(self, theme: str) -> None:
        """A theme that was chosen in the app is kept."""
        if self.is_running and self._kept_theme not in (None, theme):
            self._kept_theme = theme
            self.keep("ui.theme", theme)

    def keep(self, name: str, value: str) -> None:
        """Keep a choice for next time, in the user's settings; never in the profile."""
        if self.preferences.file is None:
            return
        try:
            keep(self.preferences.file, name, value)
        except NotKept:
            self.tell("setting_not_kept", severity="warning", name=self.preferences.file)

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG."""
        return mended(super().export_screenshot(title=title, simplify=simplify))

    # -- the same everywhere -----------------------------------------------------------------------

    async def action_language(self) -> None:
        """English or Chinese, at once."""
        self.lang = "zh" if self.lang == "en" else "en"
        main, session = self.main, self.session
        if session is not None:
            session.set_language(self.lang)
        if main is not None:
            main.speak(self.lang)
            await self.show_anew()
        elif self.companies is not None:
            self.companies.speak(self.lang)
        below = self.screen_stack[0]
        for screen in self.screen_stack:
            if isinstance(screen, Over):
                screen.speak(self.lang)
                below.call_after_refresh(screen.refresh)  # what is below shows at its edges
            elif isinstance(screen, StartScreen):
                await screen.speak(self.lang)
            elif isinstance(screen, ReadingScreen):
                screen.speak(self.lang)
            below = screen
        self.keep("lang", self.lang)

    def action_command_palette(self) -> None:
        """Every action, and every place."""
        if not isinstance(self.screen, Finder | ReadingScreen):
            open_palette(self)

    def action_goto(self) -> None:
        """Go to any place of the profile and its law."""
        if not isinstance(self.screen, Finder) and self.session is not None:
            self.seeking.open(said("goto_title"), nothing_before)

    def action_change_theme(self) -> None:
        """Choose a theme."""
        open_themes(self)

    @work
    async def action_copy(self) -> None:
        """Copy something of what is under the cursor."""
        await copying.copy(self)

    @work
    async def action_export(self) -> None:
        """Write the whole report to a file."""
        await export.export(self)

    def action_help_quit(self) -> None:
        """Nothing is selected that ^c could copy."""
        self.tell("quit_hint")

    def action_help(self) -> None:
        """Show what can be done here, over the screen."""
        screen = self.screen
        if isinstance(screen, Translated) and not isinstance(screen, FullText):
            other = renamed(screen.focused, self.preferences.keymap)
            focused = screen.focused

            def in_full(lang: str) -> tuple[str, Draw]:
                keys = list(screen.named_keys())
                return say("help_title", lang), help_lines(focused, keys, lang, other)

            self.push_screen(FullText(in_full, self.lang))

    def show_settings(self) -> None:
        """All settings, and where each came from when the app was started."""

        def draw(width: int) -> Iterator[Content]:
            for name, value, origin in self.preferences.origins:
                yield from lines_of(f"{name} = {value}", width, "", 4)
                yield from lines_of(origin, width, QUIET, 6, "    ")

        self.push_screen(FullText(lambda lang: (say("settings_title", lang), draw), self.lang))

    async def on_form_go(self, event: Form.Go) -> None:
        """From the first screen to a profile."""
        if event.where == "stop":
            self.exit()
            return
        path = event.what
        if event.where == "example":
            try:
                path = copy_example(path)
            except OSError as error:
                why = system_words(error).get(self.lang)
                self.tell("not_written", why=why, severity="error")
                return
        await self.open(path)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the app, in its language."""
        lang = self.lang
        commands = [
            ("key.tab1", lambda: self.go_to_tab(1)),
            ("key.tab2", lambda: self.go_to_tab(2)),
            ("key.tab3", lambda: self.go_to_tab(3)),
            ("key.tab4", lambda: self.go_to_tab(4)),
            ("key.tab5", lambda: self.go_to_tab(5)),
            ("key.companies", self.action_companies),
            ("key.review", self.review),
            ("compare_with", self.action_compare),
            ("write_as", self.action_write_as),
            ("key.whatif", self.what_if),
            ("key.undo", self.action_undo),
            ("key.redo", self.action_redo),
            ("key.source", self.action_source),
            ("key.language", self.action_language),
            ("key.day", self.action_day),
            ("key.drafts", self.action_drafts),
            ("key.side", self.swap_sides),
            ("key.help", self.action_help),
            ("key.theme", self.action_change_theme),
            ("key.copy", self.action_copy),
            ("key.markdown", lambda: copying.copy_markdown(self)),
            ("key.export", self.action_export),
            ("key.screenshot", lambda: self.set_timer(0.1, lambda: export.screenshot(self))),
            ("settings_title", self.show_settings),
            ("key.quit", self.action_quit),
        ]
        if self.companies is None:
            commands = [(key, action) for key, action in commands if key != "key.companies"]
        if self.session is None:
            commands = [(key, action) for key, action in commands if key in WITHOUT_PROFILE]
        for key, action in commands:
            yield SystemCommand(say(key, lang), "", action)
