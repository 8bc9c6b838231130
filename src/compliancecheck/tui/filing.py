"""The file behind the app: followed while it is open, answered, undone, opened in an editor."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial

from textual import work
from textual.app import SuspendNotSupported
from textual.content import Content

from compliancecheck.logic.words import ref_words
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place, iso
from compliancecheck.reading.problems import Problem
from compliancecheck.tui import editor
from compliancecheck.tui.answer.ends import ProblemsForm
from compliancecheck.tui.answer.pane import AnswerPane
from compliancecheck.tui.dates.act_page import ActPage
from compliancecheck.tui.host import Host
from compliancecheck.tui.outcomes import Line, Unwritten
from compliancecheck.tui.overlays import Ask, FullText, Prompt, Said, said
from compliancecheck.tui.paper import Draw, lines_of
from compliancecheck.tui.rules.page import RulePage
from compliancecheck.tui.session import Wrote
from compliancecheck.tui.telling import clash_said
from compliancecheck.tui.turned import answers_turned, verdicts_turned
from compliancecheck.tui.words import say

EARLIER = {"evidence": "as_of_evidence", "profile": "as_of_profile"}
"""The words that say as of which day an answer counts, by who says so."""


class Filing(Host):
    """What the app does with the profile's file."""

    _told_problem: Problem | None = None

    # -- the file --------------------------------------------------------------------------------

    async def look(self) -> None:
        """Follow the file: another text of it is shown."""
        before = self.session.evaluation if self.session is not None else None
        if self.session is not None and self.session.reload_if_changed():
            await self.show_anew()
            if self.session.broken:
                self._tell_broken()
                return
            self._told_problem = None
            if self.session.gone:
                self.tell("gone_outside", severity="warning")
            else:
                turned = verdicts_turned(before, self.session.evaluation, self.lang)
                self.tell("turned_outside" if turned else "changed_outside", what=turned)

    def _tell_broken(self) -> None:
        """Say where the file has its first problem; once, until that is another one."""
        session = self.session
        problem = next((p for p in session.problems if p.is_error), None) if session else None
        if problem is not None and problem != self._told_problem:
            place = f"{os.path.basename(problem.file)}:{problem.line}:{problem.column}"
            why = problem.said(self.lang)
            self.tell("broken_outside", place=place, why=why, severity="warning")
        self._told_problem = problem

    async def on_answer_pane_changed(self, event: AnswerPane.Changed) -> None:
        """Say what became of a change, if it is not simply saved."""
        session = self.session
        if event.wrote is Wrote.REFUSED and session is not None and session.broken:
            await self.show_anew()  # the file, which was broken since the last look
            self._tell_broken()
            return
        self._told_problem = None
        if self.main is not None:
            self.main.redraw()
        self.say_wrote(event.wrote)
        self._say_earlier(event.answered)

    def _say_earlier(self, answered: Sequence[FactRef]) -> None:
        """Say that an answer counts as of an earlier day, which may leave its question open."""
        if self.session is None:
            return
        found = [e for e in map(self.session.earlier_day, answered) if e is not None]
        for who, day in found[:1]:
            self.tell(EARLIER[who], day=iso(day), severity="warning")

    def say_wrote(self, wrote: Wrote) -> None:
        """Say what became of a change, where it is not simply saved."""
        session = self.session
        if session is None:
            return
        if wrote is Wrote.MERGED:
            self.tell("merged")
        elif wrote is Wrote.IN_MEMORY:
            why = session.unwritten or Unwritten.DENIED
            self.tell(why, why=session.refusal, severity="warning")
        elif wrote is Wrote.REFUSED:
            self.tell("cannot_write", why=session.refusal, severity="error")
        elif wrote is Wrote.CLASH:
            self._mine_or_theirs()

    @work
    async def _mine_or_theirs(self) -> None:
        session = self.session
        if session is None or session.clash is None:
            return
        clash = session.clash
        lines = session.compare_clash()

        def choices(lang: str) -> list[tuple[str, str]]:
            mine, theirs = clash_said(clash, session.rules, lang)
            both = [("mine", mine), ("theirs", theirs)]
            return both if lines is None else [*both, ("compare", say("compare_both", lang))]

        def title(lang: str) -> str:
            what = safe_text(ref_words(session.rules, clash.ref).get(lang))
            return say("clash_title", lang, what=what)

        chosen = await self.push_screen_wait(Ask(title, choices, self.lang))
        while chosen == "compare" and lines is not None:
            in_full = partial(_both, title, *lines, clash.theirs is None)
            await self.push_screen_wait(FullText(in_full, self.lang))
            chosen = await self.push_screen_wait(Ask(title, choices, self.lang))
        session.clash, wrote = None, None
        if chosen == "mine":
            session.clash = clash
            wrote = session.take_mine()
        await self.show_anew()
        if wrote is not None and wrote is not Wrote.SAVED:
            self.say_wrote(wrote)

    @work
    async def action_write_as(self) -> None:
        """Write all answers to a new file and go on with that."""
        await self._write_as()

    async def _write_as(self) -> bool:
        session = self.session
        if session is None:
            return False
        named = await self.push_screen_wait(Prompt(said("write_as_name"), self.lang))
        if not named:
            return False
        path = os.path.expanduser(str(named))
        if os.path.lexists(path):
            self.tell("file_exists", name=path, severity="error")
            return False
        if session.write_as(path) is not Wrote.SAVED:
            self.tell("unwritten_failed", why=session.refusal, severity="error")
            return False
        self.tell("written_as", name=path)
        await self.show_anew()
        return True

    async def action_quit(self) -> None:
        """Leave; where answers wait to be written, ask first."""
        if self.session is not None and self.session.waiting:
            self._leave()
        else:
            self.exit()

    @work
    async def _leave(self) -> None:
        def choices(lang: str) -> list[tuple[str, str]]:
            return [("write", say("write_as", lang)), ("stay", say("leave_stay", lang)),
                    ("lose", say("leave_lose", lang))]  # fmt: skip

        chosen = await self.push_screen_wait(Ask(said("leave_waiting"), choices, self.lang))
        if chosen == "lose" or (chosen == "write" and await self._write_as()):
            self.exit()

    async def action_undo(self) -> None:
        """Give the file its bytes from before the last answer."""
        await self._turn(undo=True)

    async def action_redo(self) -> None:
        """Make the answer that was undone again."""
        await self._turn(undo=False)

    async def _turn(self, *, undo: bool) -> None:
        if self.session is None or self.main is None:
            return
        before = self.session.profile
        wrote = self.session.undo() if undo else self.session.redo()
        if wrote is None:
            self.tell("nothing_to_undo" if undo else "nothing_to_redo")
            return
        if wrote in (Wrote.CLASH, Wrote.REFUSED):
            self.tell("undo_outside", severity="warning")
        else:
            what = answers_turned(before, self.session.profile, self.session.rules, self.lang)
            key = "undone" if undo else "redone"
            if what:
                key = "undone_what" if undo else "redone_what"
            self.tell("turned_merged" if wrote is Wrote.MERGED else key, what=what)
        if wrote is Wrote.IN_MEMORY:
            self.say_wrote(wrote)
        await self.main.answer.after_undo(before, undo=undo)
        self.main.redraw()

    def action_saved(self) -> None:
        """Every answer is in the file already, or why it is not."""
        if self.session is not None and self.session.waiting:
            self.say_wrote(Wrote.IN_MEMORY)
        else:
            self.tell("already_saved")

    # -- the editor ------------------------------------------------------------------------------

    async def action_source(self) -> None:
        """Open the editor where what is under the cursor stands; not amid a number."""
        if self.after_digit:
            return
        place = self.place_here()
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
            self.tell("editor_failed", why=failed.get(self.lang), severity="error")
        self.refresh()
        await self.look()

    def place_here(self) -> Place | None:
        """Where what is under the cursor stands in a file."""
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


def _both(title: Said, mine: Line, theirs: Line, deleted: bool, lang: str) -> tuple[str, Draw]:
    """Both lines of an answer in conflict, as they stand in the file, would, or did."""
    theirs_key = "line_deleted" if deleted else "line_theirs"

    def draw(width: int) -> Iterator[Content]:
        for key, line in (("line_mine", mine), (theirs_key, theirs)):
            yield from lines_of(say(key, lang, n=line.number), width, "bold")
            yield from lines_of(line.text, width, "", 4, "  ")
            yield Content("")

    return title(lang), draw
