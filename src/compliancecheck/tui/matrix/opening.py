"""Between the companies and one of them: opened from the matrix, and back to it."""

from __future__ import annotations

from functools import partial

from textual import work

from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.days import ask_days
from compliancecheck.tui.going import Going
from compliancecheck.tui.matrix.companies import Day
from compliancecheck.tui.matrix.screen import Find, MatrixPane, MatrixScreen


class Companies(Going):
    """What the app does with a folder of profiles."""

    async def open_folder(self, name: str, find: Find, day: Day) -> None:
        """Show all profiles of a folder."""
        await self.push_screen(MatrixScreen(name, find, self.rules, day, self.lang))

    async def on_matrix_pane_open(self, event: MatrixPane.Open) -> None:
        """Open one company by the day of the matrix, at the finding under the cursor."""
        companies = self.companies
        if companies is None or self.main is not None:
            return
        day = companies.matrix.day
        self.as_of, self.law, self.drafts = day.as_of, day.law, day.drafts
        # When it is laid out: until then the interview takes the focus.
        rule = event.rule
        then = self._out_of_field if rule is None else partial(self._show_first, rule)
        await self.open(event.path, then)

    def _out_of_field(self) -> None:
        """Out of the field that the interview opened with: `0` leads back, and is no name."""
        field = self.main.focused if self.main is not None else None
        if isinstance(field, ExactInput):
            field.action_leave()

    async def _show_first(self, rule: str) -> None:
        found = self.session.evaluation if self.session is not None else None
        for finding in found.findings if found is not None else ():
            if finding.rule == rule:
                await self.show_finding(finding)
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The way back to the companies is there where one came from them."""
        if action == "companies":
            return self.companies is not None
        return super().check_action(action, parameters)

    async def action_companies(self) -> None:
        """From one company back to all of them."""
        if self.companies is None:
            return
        while not isinstance(self.screen, MatrixScreen):
            await self.pop_screen()
        self.session = None
        if self.companies.lang != self.lang:
            self.companies.speak(self.lang)

    @work
    async def action_day(self) -> None:
        """Another day of evaluation, or another day of law."""
        if self.session is not None:
            if await ask_days(self, self.session):
                await self.show_anew()
        elif self.companies is not None:
            await ask_days(self, self.companies)

    async def action_drafts(self) -> None:
        """Judge drafts too, or leave them out again."""
        if self.session is None and self.companies is not None:
            self.companies.show_drafts()
        else:
            await super().action_drafts()
