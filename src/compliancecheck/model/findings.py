"""What an evaluation says: findings, routes, questions, and the parts of an explanation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.texts import Place, Texts
from compliancecheck.model.values import Interval, Truth, Values


class Outcome(StrEnum):
    """What a rule is in one completion of the profile, where nothing is unknown."""

    NOT_APPLICABLE = "not_applicable"
    PASS = "pass"
    FAIL = "fail"
    INFORMATIVE = "informative"
    MET = "met"  # a benchmark; shown as informative
    NOT_MET = "not_met"


class Status(StrEnum):
    """What a finding says of all completions."""

    FAIL = "fail"
    UNDETERMINED = "undetermined"
    CONTESTED = "contested"
    INFORMATIVE = "informative"
    PASS = "pass"
    NOT_APPLICABLE = "not_applicable"


Adoption = tuple[tuple[str, str], ...]
"""Readings with the choice taken, sorted: one combination."""


@dataclass(frozen=True, slots=True)
class ReadingVerdict:
    """The outcomes left if these readings are adopted."""

    adopt: Adoption
    outcomes: frozenset[Outcome]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule does not apply: kind and what it points at.

    Kinds: ``scope`` (its conditions are not met), ``exempted`` (*by* a rule), ``displaced``
    (*by* an instrument, *article*), ``not_in_force`` (dates; *by* the instrument that governs),
    ``no_item`` (the list is empty).
    """

    kind: str
    by: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule for one profile (and item) on one day.

    ``item`` is the key of the item; ``further`` marks the finding of an item of which nothing
    is known (an open or unknown list). ``scope`` says whether the rule applies. ``missing``
    are the facts that would settle it, in the order of the vocabulary; ``held`` is ``review``
    if only unread or review numbers keep it open.
    """

    rule: str
    item: str | None
    further: bool
    status: Status
    possible: frozenset[Outcome]
    scope: Truth
    met: Truth = None
    readings: tuple[ReadingVerdict, ...] = ()
    adopted: Adoption = ()  # readings of the profile on which it rests
    missing: tuple[FactRef, ...] = ()
    open_lists: tuple[str, ...] = ()  # list facts that would settle it
    held: str | None = None
    reason: Reason | None = None
    waits_until: int | None = None  # only a day still to come settles it: this one
    rests: object = field(default=None, repr=False, compare=False)  # the logic's own state

    def of_item(self, key: str | None, missing: tuple[FactRef, ...] = ()) -> Finding:
        """The same finding for another item, which is alike; *missing* are its own facts."""
        return Finding(
            self.rule,
            key,
            self.further,
            self.status,
            self.possible,
            self.scope,
            self.met,
            self.readings,
            self.adopted,
            missing,
            self.open_lists,
            self.held,
            self.reason,
            self.waits_until,
            self.rests,
        )

    @property
    def fired(self) -> bool:
        """Whether the rule surely applies."""
        return Outcome.NOT_APPLICABLE not in self.possible

    @property
    def cannot_fail(self) -> bool:
        """Whether no completion fails."""
        return Outcome.FAIL not in self.possible

    @property
    def cannot_pass(self) -> bool:
        """Whether no completion passes."""
        return Outcome.PASS not in self.possible


@dataclass(frozen=True, slots=True)
class WayVerdict:
    """The ways left if these readings are adopted; None among them is *no way*."""

    adopt: Adoption
    ways: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class RouteLine:
    """The way of one item, or of the company (``item`` None), strongest first.

    ``possible`` empty: no provision gives a way that day, or there is no item
    (``reason`` ``no_way`` or ``no_item``). ``settled`` if one answer is left for every reading.
    """

    route: str
    item: str | None
    possible: tuple[str, ...]
    none_possible: bool
    contested: bool
    readings: tuple[WayVerdict, ...] = ()
    missing: tuple[FactRef, ...] = ()
    open_list: bool = False
    reason: str | None = None
    rests: object = field(default=None, repr=False, compare=False)  # the logic's own state

    @property
    def settled(self) -> bool:
        """Whether exactly one answer is left."""
        return not self.contested and len(self.possible) + self.none_possible == 1


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two answers that cannot both be true, or one that its gate excludes."""

    refs: tuple[FactRef, ...]
    says: Texts


@dataclass(frozen=True, slots=True)
class AgeNote:
    """How a counted answer was taken on the day of evaluation.

    Kinds: ``as_is`` (older, still fresh), ``at_least``, ``at_most``, ``other_window``,
    ``undated`` (ref None: the profile has no day).
    """

    ref: FactRef | None
    kind: str
    counted_on: int


class Standing(StrEnum):
    """How an act stands to its day, on the day of evaluation."""

    OVERDUE = "overdue"  # a duty of the company, not done, its day past
    MAY_BE_OVERDUE = "may_be_overdue"  # ranges or missing answers leave it open
    SOON = "soon"  # due within 30 days
    OPEN = "open"  # can be done now
    UPCOMING = "upcoming"  # its window is not open yet; of an end or an authority: still ahead
    DONE = "done"
    LAPSED = "lapsed"  # a right that was not used
    ENDED = "ended"  # a validity, or an authority's expected day, that is past
    UNKNOWN = "unknown"  # the day cannot be told yet


@dataclass(frozen=True, slots=True)
class DatedAct:
    """One deadline of a rule that applies (or may apply), for one item, under one reading.

    Days are ordinals. ``due`` is an interval where its start is known as a range; ``unrolled``
    is the day before a rest day moved it. ``adopt`` are the readings on which the day hangs;
    ``needs`` the facts that would tell the day or whether it was done.
    """

    rule: str
    deadline: str
    item: str | None
    kind: str  # duty, right, end
    who: str  # company, authority
    act: Texts
    article: str
    standing: Standing
    due: Interval | None = None
    opens: Interval | None = None
    safe_due: int | None = None
    unrolled: int | None = None
    latest: int | None = None  # with the extension that the authority may take
    extension_open: bool = False  # it may take longer, without a cap
    expected: bool = False  # counted from a day that is itself only expected
    provisional: tuple[int, ...] = ()  # years without an announced calendar that it touches
    no_calendar: int | None = None  # a year beyond every calendar
    adopt: Adoption = ()
    applies: Truth = True  # None: the rule may apply
    start: int | None = None  # the day from (or back from) which it is counted, if one day
    done: Interval | None = None
    done_ref: FactRef | None = None
    needs: tuple[FactRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All findings of one profile on one day; the reports, the app and Python read this.

    ``law`` is the day of law that was asked for; None: each instrument's own, else ``as_of``.
    With ``drafts`` the rules of drafts are among the findings.
    """

    profile: Profile
    rules: Rules
    as_of: int
    law: int | None
    findings: tuple[Finding, ...]
    routes: tuple[RouteLine, ...]
    conflicts: tuple[Conflict, ...] = ()
    age_notes: tuple[AgeNote, ...] = ()
    dates: tuple[DatedAct, ...] = ()
    drafts: bool = False
    engine: object = field(default=None, repr=False, compare=False)  # the logic's own state


@dataclass(frozen=True, slots=True)
class TraceNode:
    """One node of the reasoning tree, in words.

    ``value`` and ``bound`` are the figures found and compared, exact values first made into
    words by ``logic.explain``. ``would_give`` says what a review condition would give.
    ``value_of`` is what the value is, where the words do not say so: a day on which something is
    in force. ``figure`` marks a figure or an item of a list, which is no condition: its truth
    only says whether it is known, or whether the item is counted.
    """

    words: Texts
    truth: Truth
    children: tuple[TraceNode, ...] = ()
    value: Texts | None = None
    bound: Texts | None = None
    article: str | None = None
    confidence: str | None = None
    because: Texts | None = None
    ref: FactRef | None = None
    place: Place | None = None
    decisive: bool = False
    review: bool = False
    would_give: Truth = None
    rule: str | None = None  # the rule whose scope this node is
    figure: bool = False
    value_of: Texts | None = None


@dataclass(frozen=True, slots=True)
class Margin:
    """The exact distance of a decisive comparison to its bound.

    In ``requires`` and ``compares`` positive where it is met; in the scope (``in_scope``)
    without sign. ``turns`` says in which direction (``more`` or ``less``) the verdict turns
    (None: it is open on which side the value lies), ``strict`` that the bound itself is not met
    (in the scope: does not turn it). ``relative`` is the distance by the bound where that is
    positive.
    """

    label: Texts
    ref: FactRef | None  # None: a definition
    name: str  # fact or definition
    unit: str | None
    type: str  # FactType of the figure
    value: Interval
    bound: Interval
    distance: Interval
    relative: Interval | None
    in_scope: bool
    strict: bool
    turns: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a fact's axis between two bounds that still matter, and what it leads to.

    ``leads_to`` are ways of the route, or statuses; ``now`` marks where the answer lies.
    """

    values: Values
    leads_to: tuple[str, ...]
    words: Texts
    now: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis of the number or date that decides, with the law's bounds: data of the strip."""

    label: Texts
    unit: str | None
    type: str
    bounds: tuple[tuple[int | str, Texts], ...]  # exact bound as text, and how it is written
    bands: tuple[Band, ...]
    value: Interval | None  # None: not a number axis
    ref: FactRef | None = None
    name: str = ""  # fact or definition


@dataclass(frozen=True, slots=True)
class Explanation:
    """The proof of one finding."""

    finding: Finding
    trace: TraceNode
    margins: tuple[Margin, ...]  # nearest first
    decisive: tuple[FactRef, ...]
    also: tuple[FactRef, ...]  # other answers that it read


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that still matters, and the rules (or the route) that wait for it."""

    ref: FactRef
    matters_to: tuple[str, ...]
    cuts: tuple[Texts, ...] = ()
