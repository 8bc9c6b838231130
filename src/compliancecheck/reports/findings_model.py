"""The shape of the findings report: what `check --format json` writes, as typed dictionaries.

The JSON Schema is made from these classes (``schemas``), so the two cannot differ.
Numbers are decimal strings (or ``a/b``); a truth is true, false or null (open).
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

SCHEMA_ID = "urn:compliancecheck:schema/findings/1"

StandingName = Literal[
    "overdue",
    "may_be_overdue",
    "soon",
    "open",
    "upcoming",
    "done",
    "lapsed",
    "ended",
    "unknown",
]
StatusName = Literal["pass", "fail", "undetermined", "contested", "informative", "not_applicable"]
OutcomeName = Literal["not_applicable", "pass", "fail", "informative", "met", "not_met"]
KindName = Literal["duty", "benchmark", "exemption", "classification", "information"]


class TextsJson(TypedDict):
    """One text in both languages."""

    en: str
    zh: str


class IntervalJson(TypedDict):
    """A range, written as in conditions."""

    at_least: NotRequired[str]
    over: NotRequired[str]
    at_most: NotRequired[str]
    under: NotRequired[str]


class ToolJson(TypedDict):
    """What wrote the report."""

    name: str
    version: str


class PackJson(TypedDict):
    """A pack of rules with the hash of its files."""

    id: str
    sha256: str


class PlaceJson(TypedDict):
    """A place in the profile; lines and columns count code points from 1."""

    line: int
    column: int
    end_column: int


class AdoptJson(TypedDict):
    """A reading with the choice taken."""

    reading: str
    choice: str


class ContestedJson(TypedDict):
    """The outcomes that are left if these readings are adopted."""

    adopt: list[AdoptJson]
    possible: list[OutcomeName]


class MarginJson(TypedDict):
    """The exact distance of a decisive comparison to its bound."""

    fact: str
    label: TextsJson
    type: str
    value: str | IntervalJson
    bound: str | IntervalJson
    distance: str | IntervalJson
    relative: NotRequired[str | IntervalJson]
    unit: NotRequired[str]
    in_scope: bool
    strict: bool
    turns: NotRequired[Literal["more", "less"]]


class DecisiveJson(TypedDict):
    """A decisive answer and its place in the profile."""

    fact: str
    line: NotRequired[int]
    column: NotRequired[int]
    end_column: NotRequired[int]


class ReasonJson(TypedDict):
    """Why a rule does not apply."""

    kind: Literal["scope", "exempted", "displaced", "not_in_force", "no_item"]
    by: NotRequired[str]
    article: NotRequired[str]


class TraceJson(TypedDict):
    """One node of the reasoning tree."""

    words: TextsJson
    truth: bool | None
    value: NotRequired[TextsJson]
    bound: NotRequired[TextsJson]
    article: NotRequired[str]
    confidence: NotRequired[str]
    because: NotRequired[TextsJson]
    fact: NotRequired[str]
    place: NotRequired[PlaceJson]
    decisive: NotRequired[bool]
    review: NotRequired[bool]
    would_give: NotRequired[bool | None]
    rule: NotRequired[str]
    children: NotRequired[list[TraceJson]]


class FindingJson(TypedDict):
    """One rule for one profile (and item) on one day."""

    rule: str
    item: NotRequired[str]
    further: NotRequired[bool]
    draft: NotRequired[bool]  # of a draft: it never counts
    instrument: str
    article: str
    title: TextsJson
    kind: KindName
    level: NotRequired[Literal["must", "should"]]
    binding: bool
    status: StatusName
    possible: list[OutcomeName]
    scope: bool | None
    fired: bool
    cannot_fail: bool
    cannot_pass: bool
    met: NotRequired[bool | None]
    contested: NotRequired[list[ContestedJson]]
    adopted: NotRequired[list[AdoptJson]]
    waits_until: NotRequired[str]  # not yet due: the last day on which the act is in time
    held: NotRequired[Literal["review"]]
    reason: NotRequired[ReasonJson]
    then: NotRequired[TextsJson]
    notice: NotRequired[TextsJson]
    missing: list[str]
    margins: list[MarginJson]
    decisive: list[DecisiveJson]
    also: list[str]
    trace: NotRequired[TraceJson]  # not for a rule that does not apply, unless asked for


class NotPossibleJson(TypedDict):
    """A way that is excluded, with its rules, none of which applies."""

    way: str
    because: list[str]


class RouteReadingJson(TypedDict):
    """The ways that are left if these readings are adopted; null is no way."""

    adopt: list[AdoptJson]
    possible: list[str | None]


class RouteJson(TypedDict):
    """The way of one item, or of the company (without ``item``)."""

    group: str
    item: NotRequired[str]
    open_list: NotRequired[bool]
    settled: bool
    possible: list[str]
    none_possible: bool
    because: list[str]
    not_possible: list[NotPossibleJson]
    missing: list[str]
    readings: NotRequired[list[RouteReadingJson]]
    reason: NotRequired[Literal["no_way", "no_item"]]


class QuestionJson(TypedDict):
    """A fact that still matters, with the rules or the route that wait for it."""

    fact: str
    question: TextsJson
    matters_to: list[str]
    cuts: list[TextsJson]


class DateJson(TypedDict):
    """One deadline of a rule that applies or may apply (``applies`` null), with its days.

    A day that is known only as a range has ``at_least`` and ``at_most``. ``reading`` are the
    readings on which it hangs; ``needs`` the facts that would tell the day, or whether it was
    done.
    """

    rule: str
    id: str
    item: NotRequired[str]
    kind: Literal["duty", "right", "end"]
    who: Literal["company", "authority"]
    act: TextsJson
    article: str
    standing: StandingName
    opens: NotRequired[str | IntervalJson]
    due: NotRequired[str | IntervalJson]
    safe_due: NotRequired[str]
    unrolled: NotRequired[str]
    latest: NotRequired[str]
    may_be_extended: NotRequired[bool]
    start: NotRequired[str]
    done: NotRequired[str | IntervalJson]
    expected: bool
    provisional: bool
    provisional_years: NotRequired[list[int]]
    no_calendar: NotRequired[int]
    reading: NotRequired[list[AdoptJson]]
    applies: bool | None
    needs: list[str]


class AgeJson(TypedDict):
    """How a counted answer was taken on the day of evaluation."""

    kind: Literal["as_is", "at_least", "at_most", "other_window", "undated"]
    counted_on: str
    fact: NotRequired[str]


CountsJson = TypedDict(
    "CountsJson",
    {
        "fail": int,
        "needs_proof": int,
        "contested": int,
        "may_apply": int,
        "not_yet_due": int,
        "informative": int,
        "pass": int,
        "not_applicable": int,
    },
)
CountsJson.__doc__ = "How many findings have each status."


class NotCheckedJson(TypedDict):
    """Articles in force that may ask something and are not encoded; ``more``: unnamed ones."""

    articles: int
    more: bool


class DraftJson(TypedDict):
    """A draft that was judged on request, what replaced it, and its findings, counted apart."""

    instrument: str
    replaced_by: list[str]
    notice: NotRequired[TextsJson]
    counts: CountsJson


class ProfileJson(TypedDict):
    """One profile; one with problems has neither findings nor routes, and says so."""

    path: str
    sha256: str
    name: str
    dated: NotRequired[str]
    evaluated: bool
    ages: list[AgeJson]
    findings: list[FindingJson]
    routes: list[RouteJson]
    dates: list[DateJson]
    questions: list[QuestionJson]
    counts: CountsJson
    drafts: NotRequired[list[DraftJson]]
    not_checked: NotCheckedJson


class ProblemJson(TypedDict):
    """A mistake in a file."""

    file: str
    line: int
    column: int
    end_column: int
    message: str
    hint: str | None
    severity: Literal["error", "warning"]


class ReportJson(TypedDict):
    """The findings of one run."""

    schema: str
    tool: ToolJson
    as_of: str
    law: str
    drafts: NotRequired[bool]
    packs: list[PackJson]
    profiles: list[ProfileJson]
    problems: list[ProblemJson]
    exit: int
