"""Going from one place of the app to another: tabs, questions, findings, rules, dates, pages."""

from __future__ import annotations

from textual import work

from compliancecheck.model.findings import DatedAct, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.tui.answer.ends import ProblemList
from compliancecheck.tui.answer.form import Form
from compliancecheck.tui.answer.pane import AnswerPane
from compliancecheck.tui.compare import choices as compare_choices
from compliancecheck.tui.compare.pane import ComparePane
from compliancecheck.tui.dates import act_page
from compliancecheck.tui.dates.pane import DatesPane
from compliancecheck.tui.filing import Filing
from compliancecheck.tui.findings.proof import ProofPane
from compliancecheck.tui.findings.rows import Row
from compliancecheck.tui.findings.why_tree import WhyTree
from compliancecheck.tui.overlays import Said
from compliancecheck.tui.rules.page import Examples, RulePage
from compliancecheck.tui.rules.pane import RulesPane
from compliancecheck.tui.session import Wrote
from compliancecheck.tui.what_if.pane import WhatIfPane
from compliancecheck.tui.words import say


class Going(Filing):
    """How the app moves between its places."""

    examples: Examples

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
            await self.show_anew()
            self.say_wrote(wrote)

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
            heading = self._asked_for(self.main.findings.current)
            await self.main.answer.ask(event.ref, back_to="findings", heading=heading)
        elif event.reading:
            await self.main.answer.ask_reading(event.reading, back_to="findings")

    async def on_what_if_pane_jump(self, event: WhatIfPane.Jump) -> None:
        """From a suggestion to the question whose answer would have to be another."""
        if self.main is None:
            return
        self.main.findings.close_what_if(to_list=False)
        self.main.action_tab(1)
        if event.ref is not None:
            heading = self._asked_for(self.main.findings.current)
            await self.main.answer.ask(event.ref, heading=heading)
        elif event.reading:
            await self.main.answer.ask_reading(event.reading)

    def _asked_for(self, row: Row | None) -> Said | None:
        """The heading of a question that is asked for a finding."""
        evaluation = self.session.evaluation if self.session is not None else None
        if not isinstance(row, Finding) or evaluation is None:
            return None
        title = evaluation.rules.rules[row.rule].title
        return lambda lang: say("asked_for", lang, what=safe_text(title.get(lang)))

    def what_if(self) -> None:
        """What would turn the finding under the cursor."""
        if self.main is not None:
            self.main.action_tab(2)
            self.main.findings.action_what_if()

    async def review(self) -> None:
        """All questions with their answers."""
        if self.main is not None:
            self.main.action_tab(1)
            if not self.main.answer.review.open:
                await self.main.answer.action_review()

    def on_why_tree_evidence(self, event: WhyTree.Evidence) -> None:
        """Evidence of an answer on which a finding rests."""
        if self.main is not None:
            self.main.answer.ask_evidence(event.ref)

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

    async def show_item(self, list_name: str, key: str) -> None:
        """Go through the answers of one item of a list."""
        if self.main is not None:
            self.main.action_tab(1)
            await self.main.answer.on_form_go(Form.Go("item", f"{list_name}\n{key}"))

    async def show_reading(self, reading: str) -> None:
        """Offer one point of law."""
        if self.main is not None:
            self.main.action_tab(1)
            await self.main.answer.ask_reading(reading)

    def show_problem(self, number: int) -> None:
        """Put the cursor on a problem of the file."""
        if self.main is not None:
            self.main.action_tab(1)
            for listed in self.main.answer.query(ProblemList):
                listed.highlighted = min(number, listed.option_count - 1)
                listed.focus()

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
            self.push_screen(RulePage(self.examples, rule, day, found, self.lang))

    @work
    async def on_compare_pane_ask_sides(self, event: ComparePane.AskSides) -> None:
        """Other sides of the comparison."""
        if self.session is not None and self.main is not None:
            await compare_choices.ask_sides(self, self.main.compare, self.session)

    def action_compare(self) -> None:
        """Compare with a day that is chosen."""
        if self.main is not None:
            self.main.action_tab(5)
            self.main.compare.action_sides()

    def go_to_tab(self, number: int) -> None:
        """Show a tab."""
        if self.main is not None:
            self.main.action_tab(number)

    def swap_sides(self) -> None:
        """The side pane: swap it with the other, or hide it."""
        if self.main is not None:
            self.main.action_side()
