"""The shapes of what `compare` and `deadlines` write as JSON, as typed dictionaries.

The JSON Schemas are made from these classes (``schemas``), as that of the findings is.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from compliancecheck.reports.findings_model import (
    CountsJson,
    DateJson,
    FindingJson,
    OutcomeName,
    PackJson,
    ReasonJson,
    StatusName,
    TextsJson,
    ToolJson,
)

COMPARISON_ID = "urn:compliancecheck:schema/comparison/1"
DEADLINES_ID = "urn:compliancecheck:schema/deadlines/1"


class EvaluatedJson(TypedDict):
    """One side of a comparison: a profile by the law of a day."""

    path: str
    sha256: str
    name: str
    law: str
    drafts: bool


class SideJson(TypedDict):
    """A rule on one side: its finding, or why there is none.

    ``effective`` and ``ends`` are days, or ranges of days as ``2022-09-01..2022-09-05``.
    ``finding`` is there with `--proofs`.
    """

    rule: str
    instrument: str
    short: TextsJson
    article: str
    effective: str | None
    ends: str | None
    draft: NotRequired[bool]
    absent: NotRequired[str | None]
    status: NotRequired[StatusName]
    scope: NotRequired[bool | None]
    possible: NotRequired[list[OutcomeName]]
    met: NotRequired[bool | None]
    reason: NotRequired[ReasonJson]
    finding: NotRequired[FindingJson]


class PartnerJson(TypedDict):
    """A rule that takes the place of another, and by what the two belong together."""

    rule: str
    why: str


class FactChangeJson(TypedDict):
    """A fact that two profiles answer differently, in words."""

    fact: str
    before: str
    after: str


class ChangeJson(TypedDict):
    """A finding that differs; ``because_of`` are the rules through which it does."""

    rule: str
    title: TextsJson
    change: str
    before: SideJson
    after: SideJson
    facts: list[FactChangeJson]
    because_of: list[str]
    successors: list[PartnerJson]
    predecessors: list[PartnerJson]
    level: NotRequired[Literal["must", "should"]]
    item: NotRequired[str]
    further: NotRequired[bool]


class LineJson(TypedDict):
    """The ways of an item, or of the company, on one side."""

    possible: list[str]
    none_possible: bool
    settled: bool
    contested: bool


class RouteChangeJson(TypedDict):
    """Ways that differ; null where that side has no such item."""

    group: str
    item: NotRequired[str]
    before: LineJson | None
    after: LineJson | None


class DateChangeJson(TypedDict):
    """A dated act that differs; null where that side has none."""

    rule: str
    id: str
    item: NotRequired[str]
    before: DateJson | None
    after: DateJson | None


class EventJson(TypedDict):
    """What begins or ends a segment of the ladder of editions."""

    kind: str
    instrument: str
    displaces: list[str]
    rule: NotRequired[str]
    disputed: NotRequired[bool]


class RungRouteJson(LineJson):
    """The ways of the company in one segment."""

    group: str


SegmentJson = TypedDict(
    "SegmentJson",
    {
        "from": str,
        "until": str | None,
        "events": list[EventJson],
        "routes": list[RungRouteJson],
        "counts": CountsJson,
    },
)
SegmentJson.__doc__ = "The days between two events, with what holds for the company then."


class LadderJson(TypedDict):
    """The editions of one pack."""

    pack: str
    segments: list[SegmentJson]


class ComparisonJson(TypedDict):
    """What differs between two sides: days of law, profiles, or a draft and the law."""

    schema: str
    tool: ToolJson
    kind: Literal["draft", "law", "profiles"]
    as_of: str
    draft: NotRequired[str]
    packs: list[PackJson]
    before: EvaluatedJson
    after: EvaluatedJson
    changes: list[ChangeJson]
    routes: list[RouteChangeJson]
    dates: list[DateChangeJson]
    unchanged: int
    idle: int
    facts: list[FactChangeJson]
    readings: list[str]
    shaky: list[str]
    ladders: list[LadderJson]
    exit: int


class DatedProfileJson(TypedDict):
    """The profile whose acts are listed."""

    path: str
    sha256: str
    name: str


class DeadlinesJson(TypedDict):
    """All dated acts of one profile."""

    schema: str
    tool: ToolJson
    as_of: str
    law: str
    profile: DatedProfileJson
    dates: list[DateJson]
