"""The file behind the app: followed while it is open, answered, undone, opened in an editor."""

from __future__ import annotations

from textual import work
from textual.app import SuspendNotSupported

from compliancecheck.model.texts import Place
from compliancecheck.tui import editor
from compliancecheck.tui.answer.ends import ProblemsForm
from compliancecheck.tui.answer.pane import AnswerPane
from compliancecheck.tui.dates.act_page import ActPage
from compliancecheck.tui.host import Host
from compliancecheck.tui.overlays import Ask
from compliancecheck.tui.rules.page import RulePage
from compliancecheck.tui.session import Wrote
from compliancecheck.tui.words import say


class Filing(Host):
    """What the app does with the profile's file."""

    # -- the file --------------------------------------------------------------------------------

    async def look(self) -> None:
        """Follow the file: another text of it is shown."""
        if self.session is not None and self.session.reload_if_changed():
            await self.show_anew()
            if self.session.broken:
                self.tell("broken_outside", severity="warning")
            elif self.session.gone:
                self.tell("gone_outside", severity="warning")
            else:
                self.tell("changed_outside")

    def on_answer_pane_changed(self, event: AnswerPane.Changed) -> None:
        """Say what became of a change, if it is not simply saved."""
        if self.main is not None:
            self.main.redraw()
        self.say_wrote(event.wrote)

    def say_wrote(self, wrote: Wrote) -> None:
        """Say what became of a change, where it is not simply saved."""
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
        await self.show_anew()

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
        """Open the editor where what is under the cursor stands; not amid a number."""
        if self.after_digit:
            return
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
        await self.look()

    def _place(self) -> Place | None:
        session, main = self.session, self.main
        if isinstance(self.screen, RulePage | ActPage):
            return self.screen.place
        if session is None or main is None:
            return None
        if main.tab in (3, 5):
            return main.pane.place
        if not session.exists:
            return None
        form = main.answer.form
        if main.tab == 1 and isinstance(form, ProblemsForm) and form.chosen is not None:
            problem = form.chosen
            return Place(session.path, problem.line, problem.column, problem.end_column)
        return main.pane.place or Place(session.path, 1, 1, 1)
