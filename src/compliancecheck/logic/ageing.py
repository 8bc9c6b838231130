"""Step 1, ageing: what a counted answer, or a ``not yet``, says on the day of evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliancecheck.model.facts import Counted, Fact
from compliancecheck.model.findings import AgeNote
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.model.values import Interval, Span, Values, hull


def window(counted: Counted, day: int) -> int:
    """The day from which a count is taken on *day* (ordinals)."""
    year = date.fromordinal(day).year
    if counted.start == "start_of_year":
        return date(year, 1, 1).toordinal()
    if counted.start == "start_of_previous_year":
        return date(max(year - 1, 1), 1, 1).toordinal()
    return date(int(counted.start), 1, 1).toordinal()


class Ageing:
    """Ages the answers of one profile to one day, and keeps notes of what it changed."""

    def __init__(self, profile: Profile, as_of: int) -> None:
        self._profile = profile
        self._as_of = as_of
        self.notes: list[AgeNote] = []
        self.not_yet: dict[FactRef, int] = {}  # the day on which `not yet` was said
        self._undated_count = False

    def values(self, fact: Fact, answer: Answer, ref: FactRef) -> Values | None:
        """What the answer allows on the day of evaluation; None: anything."""
        if answer.not_yet:
            day = self.not_yet[ref] = self._day(ref)
            return (Interval(day + 1, None),)
        if answer.values is None or fact.counted is None:
            return answer.values
        assert isinstance(answer.values, tuple)
        return self._count(fact.counted, answer.values, ref)

    def take_over(self, notes: Iterable[AgeNote], not_yet: Iterable[tuple[FactRef, int]]) -> None:
        """Add what was found of one item by itself."""
        for note in notes:
            if note.kind == "undated":
                if self._undated_count:
                    continue  # that is said once
                self._undated_count = True
            self.notes.append(note)
        self.not_yet.update(not_yet)

    def _day(self, ref: FactRef) -> int:
        evidence = self._profile.evidence.get(ref)
        if evidence is not None and evidence.dated is not None:
            return evidence.dated
        return self._as_of if self._profile.dated is None else self._profile.dated

    def _count(self, counted: Counted, values: Span, ref: FactRef) -> Values | None:
        day = self._day(ref)
        if day == self._as_of:
            evidence = self._profile.evidence.get(ref)
            dated = evidence is not None and evidence.dated is not None
            if self._profile.dated is None and not dated and not self._undated_count:
                self._undated_count = True
                self.notes.append(AgeNote(None, "undated", day))
            return values
        if window(counted, day) != window(counted, self._as_of):
            self.notes.append(AgeNote(ref, "other_window", day))
            return None
        if day > self._as_of:
            self.notes.append(AgeNote(ref, "at_most", day))
            top = hull(values)
            return (Interval(None, top.high, False, top.high_open),)
        if self._as_of - day <= counted.fresh_for:
            self.notes.append(AgeNote(ref, "as_is", day))
            return values
        self.notes.append(AgeNote(ref, "at_least", day))
        bottom = hull(values)
        return (Interval(bottom.low, None, bottom.low_open, False),)
