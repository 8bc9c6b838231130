"""Who says so, and as of when: three lines about the evidence of one answer."""

from __future__ import annotations

from dataclasses import replace

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.profile import Evidence, FactRef
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.scalars import read_text
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.turn import Turn

_PARTS = {
    "source": "plain_evidence_source",
    "by": "plain_evidence_by",
    "dated": "plain_evidence_dated",
}
_DAY = Fact("dated", FactType.DATE, Texts("dated", "日期"), "")


class EvidenceTurn(Turn):
    """Source, by, dated, one after the other; written as one step after the third."""

    def __init__(self, desk: Desk, ref: FactRef) -> None:
        super().__init__(desk)
        self.ref = ref
        self.old = old = desk.evaluation.profile.evidence.get(ref) or Evidence()
        self.parts: dict[str, str] = {
            "source": old.source or "",
            "by": old.by or "",
            "dated": iso(old.dated) if old.dated is not None else "",
        }
        self.at = 0

    @property
    def part(self) -> str:
        """The part that is asked now."""
        return list(_PARTS)[self.at]

    def show(self) -> None:
        """The part that is asked now."""
        desk, part = self.desk, self.part
        if self.at == 0:
            fact = desk.evaluation.rules.facts[self.ref.name]
            self.voice.blank()
            desk.tell("plain_evidence", what=fact.label.get(desk.lang))
        self.voice.line(desk.word(_PARTS[part]))
        if self.parts[part]:
            desk.tell("plain_evidence_keep", value=self.parts[part])
        else:
            desk.tell("plain_evidence_none")

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """One part."""
        part = self.part
        if typed == "-" and not literal:
            typed = ""
        elif part == "dated":
            self._day(typed)
        self.parts[part] = typed
        return self.empty()

    def _day(self, typed: str) -> int | None:
        """The day that was typed. Raises Wrong."""
        if not typed:
            return None
        answer = read_text(_DAY, typed)
        if isinstance(answer, Problem):
            raise Wrong.of(answer, self.desk.lang)
        values = answer.values
        if not isinstance(values, tuple) or len(values) != 1 or not values[0].is_point:
            raise self.no_answer(typed)
        assert values[0].low is not None
        day = int(values[0].low)
        if day > self.desk.session.as_of:
            raise Wrong(self.desk.word("plain_day_to_come", day=iso(day)))
        return day

    def empty(self) -> Step | Turn:
        """The next part; after the last all are written."""
        self.at += 1
        if self.at < len(_PARTS):
            return Step.AGAIN
        evidence = Evidence(
            self.parts["source"] or None, self.parts["by"] or None, self._day(self.parts["dated"])
        )
        desk = self.desk
        if replace(self.old, place=None) == evidence:
            given = evidence != Evidence()
            desk.tell("plain_evidence_kept" if given else "plain_no_evidence_given")
            return Step.SHOW
        step = desk.write(
            lambda: desk.session.set_evidence(self.ref, evidence), lambda: self._done(evidence),
            Step.SHOW,
        )  # fmt: skip
        return Step.SHOW if step is Step.STAY else step

    def _done(self, evidence: Evidence) -> str:
        desk = self.desk
        if evidence == Evidence():
            return desk.noted(desk.word("plain_evidence_gone"))
        waits = desk.session.waiting
        return desk.noted(desk.word("plain_evidence_noted" if waits else "plain_evidence_saved"))


def evidence_of(desk: Desk, asked: FactRef | None) -> EvidenceTurn:
    """About the answer that is shown, else the one given last. Raises Wrong."""
    for ref in (asked, desk.last):
        if ref is not None and desk.session.answer_of(ref) is not None:
            return EvidenceTurn(desk, ref)
    raise Wrong(desk.word("plain_no_evidence"))
