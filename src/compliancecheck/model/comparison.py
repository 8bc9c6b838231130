"""What differs between two evaluations, and the editions of the law, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from compliancecheck.model.findings import DatedAct, Evaluation, Finding, Reason, RouteLine
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import DayRange


@dataclass(frozen=True, slots=True)
class Side:
    """One rule (and item) on one side of a comparison.

    ``finding`` is None where there is none, and ``absent`` says why: ``not_in_force``, ``draft``
    (drafts are not judged on this side) or ``not_listed`` (this profile has no such item).
    ``reason`` says why the rule does not apply; ``since`` and ``until`` are the days between
    which it is in force.
    """

    rule: str
    finding: Finding | None
    reason: Reason | None = None
    absent: str | None = None
    since: DayRange | None = None
    until: DayRange | None = None

    @property
    def applies(self) -> bool:
        """Whether the rule applies or may apply."""
        return self.finding is not None and self.finding.scope is not False


@dataclass(frozen=True, slots=True)
class Partner:
    """The rule that stands on the other side in the place of one that is no longer there.

    ``why``: ``way`` (another way of the same route), ``article`` (the article that displaces
    it) or ``name`` (the same name in the edition that displaces or replaces its own).
    """

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """A rule (and item) whose verdict differs.

    ``facts`` are the answers that differ and that it reads; ``through`` the rules it reads
    whose own verdict differs. ``successors`` stand on the after side in its place,
    ``predecessors`` on the before side.
    """

    rule: str
    item: str | None
    further: bool
    before: Side
    after: Side
    facts: tuple[FactRef, ...] = ()
    through: tuple[str, ...] = ()
    successors: tuple[Partner, ...] = ()
    predecessors: tuple[Partner, ...] = ()

    @property
    def kind(self) -> str:
        """``appears``, ``disappears`` or ``changes``: by whether it applies or may apply."""
        if self.before.applies == self.after.applies:
            return "changes"
        return "appears" if self.after.applies else "disappears"


@dataclass(frozen=True, slots=True)
class RouteChange:
    """A line of a route that differs; None: that profile has no such item."""

    route: str
    item: str | None
    before: RouteLine | None
    after: RouteLine | None


@dataclass(frozen=True, slots=True)
class DateChange:
    """An act whose days or standing differ; None: the act is not there on that side."""

    rule: str
    deadline: str
    item: str | None
    before: DatedAct | None
    after: DatedAct | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two evaluations.

    ``unchanged`` counts the findings with one verdict on both sides; ``idle`` those of rules
    that are there on one side only and do not apply. ``facts`` are all answers that differ,
    ``readings`` the readings adopted differently. ``shaky`` are the counts that a side waits
    for: they run over another year than those that were answered, or were answered for one.
    ``draft`` is the draft that is compared with the law, if one is.
    """

    before: Evaluation
    after: Evaluation
    changes: tuple[Change, ...]
    routes: tuple[RouteChange, ...] = ()
    dates: tuple[DateChange, ...] = ()
    unchanged: int = 0
    idle: int = 0
    facts: tuple[FactRef, ...] = ()
    readings: tuple[str, ...] = ()
    shaky: tuple[FactRef, ...] = ()
    draft: str | None = None

    @property
    def differs(self) -> bool:
        """Whether anything differs."""
        return bool(self.changes or self.routes or self.dates)


@dataclass(frozen=True, slots=True)
class Event:
    """What begins a segment of the ladder: an instrument or a rule ``begins`` or ``ends``.

    ``disputed`` where the day is one of a range. ``displaces`` are the rules that yield to an
    instrument that begins.
    """

    kind: str
    instrument: str
    rule: str | None = None
    disputed: bool = False
    displaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of law between which nothing changes; both included, ``last`` None is open."""

    first: int
    last: int | None
    events: tuple[Event, ...]

    def holds(self, day: int) -> bool:
        """Whether a day of law lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Rung:
    """A segment with one company's evaluation by its law (the pack's rules only)."""

    segment: Segment
    evaluation: Evaluation
