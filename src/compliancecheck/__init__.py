"""compliancecheck: which Chinese compliance rules apply to a company, why, and by which article.

Everything that the command line shows can be reached from here:

>>> from datetime import date
>>> import compliancecheck as cc
>>> rules = cc.load_rules()
>>> profile = cc.read_profile('''
... battery:
...   applies: true
...   is_applying: false
...   years:
...     - year: 2025
...       rd_expense: CNY 30 million
...       process_improvement_expense: CNY 0
...       main_business_revenue: CNY 1 billion
... ''', rules)
>>> evaluation = cc.evaluate(profile, rules, as_of=date(2026, 11, 24))
>>> [share] = [f for f in evaluation.findings if f.rule == "cn.miit.2024-14/rd-share"]
>>> share.status
<Status.PASS: 'pass'>
>>> [ref.name for ref in cc.explain(evaluation, share).decisive]
['battery.applies', 'battery.is_applying', 'accounts.main_business_revenue', 'accounts.rd_expense']

What a change of law did to a company is the difference between two evaluations by the law of two
days; a comparison says for each side by which article:

>>> retailer = cc.read_profile('''
... data_export:
...   exports_data: true
...   ciio: false
...   transfers:
...     - {name: members, access: sent_abroad, has_personal_information: true,
...        important_data: none, purpose: marketing, origin: mainland,
...        exporter_registered_in_zone: false, people_nonsensitive_this_year: 500000,
...        people_sensitive_this_year: 0}
... ''', rules)
>>> days = date(2024, 3, 21), date(2024, 3, 22)
>>> before, after = (cc.evaluate(retailer, rules, date(2024, 6, 3), law=day) for day in days)
>>> comparison = cc.compare(before, after)
>>> [change] = [c for c in comparison.changes if c.rule == "cn.cac.2022-11/million-handler"]
>>> change.kind, change.after.reason.by, change.after.reason.article
('disappears', 'cn.cac.2024-16', '13')
>>> [partner.rule for partner in change.successors]
['cn.cac.2024-16/contract-or-certification']
>>> [segment] = [s for s in cc.ladder(rules, "data-export") if s.holds(days[1].toordinal())]
>>> [(event.kind, event.instrument) for event in segment.events]
[('begins', 'cn.cac.2024-16')]

What would turn a finding: the nearest changes of answers, those that take the fewest first:

>>> nearest = cc.what_if(evaluation, share, ("fail",)).suggestions[0]
>>> [cost] = nearest.suppositions
>>> cost.ref.name, cost.answer.values[0].high, cost.answer.values[0].high_open
('accounts.rd_expense', 30000000, True)
>>> nearest.after.status
<Status.FAIL: 'fail'>

The names of the model are loaded when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # checkers take it as true; importing typing would double a bare start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from compliancecheck.logic.compare import compare
    from compliancecheck.logic.compare_draft import compare_draft
    from compliancecheck.logic.editions import ladder
    from compliancecheck.logic.explain import explain
    from compliancecheck.logic.questions import questions
    from compliancecheck.logic.what_if import what_if
    from compliancecheck.model.comparison import Change, Comparison, Segment, Side
    from compliancecheck.model.facts import Fact, FactType, Pack
    from compliancecheck.model.findings import (
        Conflict,
        DatedAct,
        Evaluation,
        Explanation,
        Finding,
        Margin,
        Outcome,
        Question,
        RouteLine,
        Standing,
        Status,
        TraceNode,
    )
    from compliancecheck.model.instruments import Instrument, Reading, Route, Rule, Rules
    from compliancecheck.model.profile import Answer, FactRef, Item, ItemList, Profile
    from compliancecheck.model.texts import Place, Texts
    from compliancecheck.model.values import Interval
    from compliancecheck.model.what_if import Effect, Suggestion, Supposition, WhatIf
    from compliancecheck.reading.problems import Problem, ProblemsError

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Change",
    "Comparison",
    "Conflict",
    "DatedAct",
    "Effect",
    "Evaluation",
    "Explanation",
    "Fact",
    "FactRef",
    "FactType",
    "Finding",
    "Instrument",
    "Interval",
    "Item",
    "ItemList",
    "Margin",
    "Outcome",
    "Pack",
    "Place",
    "Problem",
    "ProblemsError",
    "Profile",
    "Question",
    "Reading",
    "Route",
    "RouteLine",
    "Rule",
    "Rules",
    "Segment",
    "Side",
    "Standing",
    "Status",
    "Suggestion",
    "Supposition",
    "Texts",
    "TraceNode",
    "WhatIf",
    "__version__",
    "compare",
    "compare_draft",
    "dates",
    "evaluate",
    "explain",
    "ladder",
    "load_profile",
    "load_rules",
    "questions",
    "read_profile",
    "what_if",
]

_HOMES = {
    "logic.compare": ("compare",),
    "logic.compare_draft": ("compare_draft",),
    "logic.editions": ("ladder",),
    "logic.explain": ("explain",),
    "logic.questions": ("questions",),
    "logic.what_if": ("what_if",),
    "model.comparison": ("Change", "Comparison", "Segment", "Side"),
    "model.facts": ("Fact", "FactType", "Pack"),
    "model.findings": (
        "Conflict",
        "DatedAct",
        "Evaluation",
        "Explanation",
        "Finding",
        "Margin",
        "Outcome",
        "Question",
        "RouteLine",
        "Standing",
        "Status",
        "TraceNode",
    ),
    "model.instruments": ("Instrument", "Reading", "Route", "Rule", "Rules"),
    "model.profile": ("Answer", "FactRef", "Item", "ItemList", "Profile"),
    "model.texts": ("Place", "Texts"),
    "model.values": ("Interval",),
    "model.what_if": ("Effect", "Suggestion", "Supposition", "WhatIf"),
    "reading.problems": ("Problem", "ProblemsError"),
}


def __getattr__(name: str) -> object:
    """A public name, loaded when it is first used: `--help` needs none of them."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def load_rules(directories: Iterable[str] | None = None) -> Rules:
    """The rules that are shipped, or those of some directories.

    Raises :class:`ProblemsError` with every mistake in them.

    >>> "cn.cac.2024-16/exempt-small-volume" in load_rules().rules
    True
    """
    from pathlib import Path

    from compliancecheck.reading import packs

    if directories is None:
        return packs.load_rules()
    return packs.load_rules([Path(directory) for directory in directories])


def load_profile(path: str, rules: Rules) -> Profile:
    """The profile in a file; its warnings are in ``Profile.warnings``.

    Raises :class:`ProblemsError` with every mistake in it.
    """
    from compliancecheck.reading.profiles import load_profile_file

    return _sound(*load_profile_file(path, rules))


def read_profile(text: str, rules: Rules, path: str = "<text>") -> Profile:
    """The profile in a text; *path* names it in places and problems.

    Raises :class:`ProblemsError` with every mistake in it.

    >>> read_profile("common: {company_name: Volta Cells}", load_rules()).name
    'Volta Cells'
    """
    from compliancecheck.reading.profiles import load_profile_text

    return _sound(*load_profile_text(text, path, rules))


def _sound(profile: Profile | None, problems: tuple[Problem, ...]) -> Profile:
    from compliancecheck.reading.problems import ProblemsError

    errors = [problem for problem in problems if problem.is_error]
    if errors or profile is None:
        raise ProblemsError(errors)
    return profile


def evaluate(
    profile: Profile,
    rules: Rules,
    as_of: date | None = None,
    law: date | None = None,
    wanted: Callable[[str], bool] | None = None,
    *,
    drafts: bool = False,
) -> Evaluation:
    """All findings and routes of a profile on the day of evaluation *as_of* (None: today, UTC+8).

    *law* is the day of law (None: each instrument's own, else *as_of*); *wanted* chooses rules
    by id; with *drafts* the rules of drafts are judged too, which never count. Where answers
    contradict each other there are ``conflicts`` and no findings.

    >>> from datetime import date
    >>> rules = load_rules()
    >>> found = evaluate(read_profile("data_export: {exports_data: true}", rules), rules,
    ...                  as_of=date(2026, 11, 24))
    >>> any(finding.status.value == "pass" for finding in found.findings)
    False
    """
    from datetime import datetime, timedelta, timezone

    from compliancecheck.logic.evaluate import evaluate as judged

    day = as_of or datetime.now(timezone(timedelta(hours=8))).date()
    return judged(
        profile,
        rules,
        as_of=day.toordinal(),
        law=None if law is None else law.toordinal(),
        drafts=drafts,
        wanted=wanted,
    )


def dates(evaluation: Evaluation) -> tuple[DatedAct, ...]:
    """The acts and days of an evaluation, the earliest first, those without a day last.

    >>> from datetime import date
    >>> dates(evaluate(read_profile("data_export: {exports_data: false}", load_rules()),
    ...                load_rules(), as_of=date(2022, 7, 1)))
    ()
    """

    def first(act: DatedAct) -> tuple[bool, int]:
        day = act.due.low if act.due is not None else None
        return (day is None, 0 if day is None else int(day))

    return tuple(sorted(evaluation.dates, key=first))
