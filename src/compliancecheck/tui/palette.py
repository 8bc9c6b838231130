"""The command palette: questions, findings, dates and rules by words, beside the app's commands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from compliancecheck.logic.questions import questions
from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.reports import dates
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import LOOKS, display_status
from compliancecheck.reports.summary import in_order
from compliancecheck.tui.answer.side import title_of
from compliancecheck.tui.dates.rows import shown_acts
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from compliancecheck.tui.app import ComplianceApp

MOST_ITEMS = 50


class GoTo(Provider):
    """Questions (those that still matter first), findings, instruments and rules."""

    def _places(self) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        app: ComplianceApp = self.app  # type: ignore[assignment]
        session, lang = app.session, app.lang
        evaluation = session.evaluation if session else None
        if evaluation is None:
            return
        waiting = [question.ref for question in questions(evaluation)]
        others = [ref for ref in _refs(evaluation) if ref not in set(waiting)]
        for ref in [*waiting, *others]:
            fact = evaluation.rules.facts[ref.name]
            asked = (fact.question or fact.label).get(lang)
            words = ref_words(evaluation.rules, ref).get(lang)
            text = safe_text(f"{words} · {asked}")
            yield text, say("help.question", lang), partial(app.ask, ref)
        for finding in in_order(evaluation):
            symbol = LOOKS[display_status(finding)].symbol
            text = f"{symbol} {title_of(evaluation, finding, lang)} · {safe_text(finding.rule)}"
            yield text, say("help.finding", lang), partial(app.show_finding, finding)
        sheet = Sheet(lang=lang)
        for act in shown_acts(evaluation):
            words = f"{dates.standing_words(act).get(lang)} {dates.days_text(act, sheet)}"
            text = f"{dates.act_text(act, sheet)} · {words.strip()}"
            yield text, say("help.date", lang), partial(app.show_date, act)
        yield from self._law(evaluation.rules, lang)

    def _law(self, rules: Rules, lang: str) -> Iterator[tuple[str, str, Callable[[], Any]]]:
        app: ComplianceApp = self.app  # type: ignore[assignment]
        for instrument in rules.instruments.values():
            text = safe_text(f"{instrument.title.get(lang)} · {instrument.id}")
            yield text, say("help.instrument", lang), partial(app.show_rule, instrument.id)
        for rule in rules.rules.values():
            text = safe_text(f"{rule.title.get(lang)} · {rule.id}")
            yield text, say("help.rule", lang), partial(app.show_rule, rule.id)

    async def discover(self) -> Hits:
        """The first questions."""
        for n, (text, what, go) in enumerate(self._places()):
            if n == 5:
                break
            yield DiscoveryHit(Content(text), go, text=text, help=what)

    async def search(self, query: str) -> Hits:
        """What matches, fuzzily."""
        matcher = self.matcher(query)
        for text, what, go in self._places():
            score = matcher.match(text)
            if score > 0:
                # Not `highlight`: it would read what stands in a profile as markup.
                yield Hit(score, Content(text), go, text=text, help=what)


def _refs(evaluation: Evaluation) -> Iterator[FactRef]:
    """Every fact of the company, and of each item that has a name."""
    rules, lists = evaluation.rules, evaluation.profile.lists
    for fact in rules.facts.values():
        if fact.list is None:
            yield FactRef(fact.name)
        elif fact.field_name != rules.facts[fact.list].key and fact.list in lists:
            for item in lists[fact.list].items[:MOST_ITEMS]:
                yield FactRef(fact.name, item.key)
