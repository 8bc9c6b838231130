"""What is compared: a day of law, today, another profile, a draft. No Textual here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from compliancecheck.logic.compare import compare
from compliancecheck.logic.compare_draft import compare_draft
from compliancecheck.logic.evaluate import again, at_law
from compliancecheck.model.comparison import Comparison, Rung
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reading.files import read_file
from compliancecheck.reading.problems import ProblemsError
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reports import wording
from compliancecheck.reports.conflicts import conflict_problems
from compliancecheck.tui.words import say


@dataclass(frozen=True, slots=True)
class Choice:
    """One side: the law of a ``day`` over this profile, a ``draft``, or the profile at ``path``.

    All None: today, as the other tabs show it.
    """

    day: int | None = None
    draft: str | None = None
    path: str | None = None


TODAY = Choice()


MOST_COMPARED = 200_000
"""More findings are not put side by side: that would take gigabytes and a minute."""


class CannotCompare(Exception):
    """Why two sides cannot be compared, in words."""


@dataclass(slots=True)
class Sides:
    """The two sides, and what differs; kept while neither they nor the evaluation change."""

    before: Choice | None = None  # None: not chosen; the day before the last edition that counts
    after: Choice = TODAY
    _kept: dict[Choice, Evaluation] = field(default_factory=dict)
    _of: Evaluation | None = None
    _comparison: tuple[Choice, Choice, Comparison] | None = None

    def compared(self, now: Evaluation, lang: str) -> Comparison:
        """What differs. Raises :class:`CannotCompare`."""
        if self._of is not now:
            self._of, self._comparison = now, None
            self._kept.clear()
        before = self.before or TODAY
        kept = self._comparison
        if kept is None or kept[:2] != (before, self.after):
            kept = (before, self.after, self._compare(now, before, lang))
            self._comparison = kept
        return kept[2]

    def _compare(self, now: Evaluation, before: Choice, lang: str) -> Comparison:
        if len(now.findings) > MOST_COMPARED:
            raise CannotCompare(say("compare_too_many", lang, n=len(now.findings)))
        if before.draft is None and self.after.draft is None:
            both = (self._evaluated(now, choice, lang) for choice in (before, self.after))
            return compare(*both)
        draft, other = (before, self.after) if before.draft else (self.after, before)
        if other.draft or other.path:
            raise CannotCompare(say("draft_with_law", lang))
        law = self._evaluated(now, other, lang)
        if not law.drafts:
            raise CannotCompare(say("draft_needs_d", lang))
        assert draft.draft is not None
        return compare_draft(law, draft.draft)

    def _evaluated(self, now: Evaluation, choice: Choice, lang: str) -> Evaluation:
        if choice == TODAY:
            return now
        if choice not in self._kept:
            if choice.path is not None:
                found = _profile(now, choice.path, lang)
            else:
                found = at_law(now, choice.day)
            if found.conflicts:
                raise CannotCompare(conflict_problems(found)[0].said(lang))
            self._kept[choice] = found
        return self._kept[choice]

    def day_of(self, now: Evaluation, choice: Choice) -> int | None:
        """The day of law of a side; None for a draft."""
        if choice.draft is not None:
            return None
        return law_day(now) if choice.day is None else choice.day


def law_day(evaluation: Evaluation) -> int:
    """The day of law of an evaluation."""
    return evaluation.as_of if evaluation.law is None else evaluation.law


def _profile(now: Evaluation, path: str, lang: str) -> Evaluation:
    try:
        data = read_file(path)
    except ProblemsError as error:
        raise CannotCompare(error.problems[0].said(lang)) from None
    profile, problems = load_profile_text(data, path, now.rules)
    errors = [p for p in problems if p.is_error]
    if profile is None or errors:
        first = errors[0]
        place = f"{os.path.basename(path)}:{first.line}"
        raise CannotCompare(f"{place}{wording.colon(lang)}{first.said(lang)}")
    return again(now, profile)


def side_said(now: Evaluation, choice: Choice, lang: str) -> str:
    """A side in words, safe to show."""
    if choice.draft is not None:
        short = now.rules.instruments[choice.draft].short.get(lang)
        return safe_text(say("draft_side", lang, name=short))
    if choice.path is not None:
        return safe_text(os.path.basename(choice.path))
    if choice.day is None and now.law is None:
        return say("today_side", lang, day=iso(now.as_of))
    return say("law_of", lang, day=iso(law_day(now) if choice.day is None else choice.day))


def verdict(rung: Rung, lang: str) -> str:
    """What an edition asks of the company: its ways; empty where the pack has no route for it."""
    rules = rung.evaluation.rules
    packs = {rules.instruments[event.instrument].pack for event in rung.segment.events}
    own = {
        rule.way[0]
        for rule in rules.rules.values()
        if rule.way is not None and rules.instruments[rule.instrument].pack in packs
    }
    found = [
        wording.route_text(rules, line, lang)
        for line in rung.evaluation.routes
        if line.route in own and line.item is None and line.reason != "no_item"
    ]
    return wording.semicolon(lang).join(found)


def merged(rungs: Sequence[Rung], said: Sequence[str]) -> list[tuple[int, int]]:
    """Runs of editions with one verdict: index of the first, and of the last."""
    runs: list[tuple[int, int]] = []
    for n, words in enumerate(said):
        if runs and said[runs[-1][1]] == words:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def last_change(rungs: Sequence[Rung], said: Sequence[str], day: int) -> int | None:
    """The last day before *day* on which an edition said something else; None if none did."""
    for first, last in merged(rungs, said):
        if any(rungs[n].segment.holds(day) for n in range(first, last + 1)):
            return rungs[first].segment.first - 1
    return None
