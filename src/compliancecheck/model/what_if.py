"""What-if: answers that are supposed to be others, and what would follow from them."""

from __future__ import annotations

from dataclasses import dataclass

from compliancecheck.model.comparison import RouteChange
from compliancecheck.model.findings import Finding, Outcome
from compliancecheck.model.profile import Answer, FactRef, Profile
from compliancecheck.model.values import Interval

Wanted = tuple[frozenset[Outcome], ...]
"""What is wished, the best first: a finding turns into one if it can be nothing outside it."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """One thing that is supposed to be another: a fact, or (``ref`` None) an adopted reading.

    ``answer`` is what the fact is supposed to be, ``now`` the answer of the profile (None: there
    is none). ``past`` marks a day that lies behind us: nothing that is done now changes it.
    """

    ref: FactRef | None
    answer: Answer | None = None
    now: Answer | None = None
    past: bool = False
    reading: str | None = None
    choice: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """Another finding that turns with it; None: there is no such finding on that side."""

    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The fewest things that are supposed to be others, and what the whole profile then gives.

    ``set_aside`` are answers that are then moot: their gate is closed, or they were counted over
    items that are now others. ``given``: one of the facts is not the company's to change, such
    as a day that is past, a count of people, or the figure that another one is measured against.
    """

    suppositions: tuple[Supposition, ...]
    profile: Profile
    before: Finding
    after: Finding
    effects: tuple[Effect, ...] = ()
    routes: tuple[RouteChange, ...] = ()
    set_aside: tuple[FactRef, ...] = ()
    given: bool = False


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The nearest changes that turn a finding, fewest answers first.

    ``more`` counts those that were found and left out. Where none was found, ``why_none`` says
    why: ``law`` (only the days of the law decide), ``no_item``, ``never`` (the rule has no such
    outcome), ``already`` (it is so now), ``waits`` (only a day still to come decides),
    ``review`` (only a number or text that nobody has read decides), ``nothing`` (no fact that
    can be asked here moves it), ``far`` (it would take more answers than are tried), ``large``
    (the profile lists too many items to try answers one by one).
    """

    finding: Finding
    wanted: Wanted
    suggestions: tuple[Suggestion, ...]
    more: int = 0
    why_none: str | None = None


@dataclass(frozen=True, slots=True)
class GhostStep:
    """The company's figure supposed to lie in one band of its strip, and what would flip.

    ``supposition`` is None where the figure lies there now (nothing flips), or where no single
    answer leads there (``reachable`` is then false). ``figure`` is where it then lies.
    """

    band: int
    supposition: Supposition | None
    figure: Interval | None = None
    after: Finding | None = None
    effects: tuple[Effect, ...] = ()
    routes: tuple[RouteChange, ...] = ()
    reachable: bool = True
