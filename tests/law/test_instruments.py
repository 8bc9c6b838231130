"""Each instrument of data exports against its table of facts and findings, judged by hand.

One file of ``tables/`` is one instrument. A case starts from a base profile (``like``), changes
``facts`` (``transfer.X`` in the only item; ``items`` makes several of it, each with its changes),
adopts ``readings`` and says what is expected. Rules of the table's own instrument are named by
their slug, others in full; ``@ITEM`` chooses one of several items; ``silent``: no finding.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import DatedAct, Evaluation, Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.values import Interval
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.plain import as_node
from compliancecheck.reading.problems import render
from compliancecheck.reading.profiles import read_profile

TABLES = sorted((Path(__file__).parent / "tables").glob("*.yaml"))
TRANSFERS = "data_export.transfers"
ROUTE = "data_export.mechanism"
WORDS = {
    *("name", "as_of", "law", "like", "facts", "items", "readings", "drafts"),
    *("expect", "contested", "route", "due", "waits", "standing"),
}

Case = dict[str, Any]


@cache
def rules() -> Rules:
    return load_rules()


@cache
def table(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


def all_cases() -> Iterator[Any]:
    for path in TABLES:
        read = table(path)
        for case in read["cases"]:
            yield pytest.param(read["instrument"], case, id=f"{path.stem}: {case['name']}")


# --- a case made into an evaluation --------------------------------------------------------------


def evaluated(instrument: str, case: Case) -> Evaluation:
    day = _ordinal(case["as_of"])
    profile, problems = read_profile(as_node(profile_of(case), "case"), (), "case", "", rules())
    assert profile is not None, "\n".join(render(p, None) for p in problems)
    named = {
        _rule(instrument, key)
        for part in ("expect", "contested", "waits")
        for key in _of(case, part)
    }
    named |= {_act(instrument, key)[0] for part in ("due", "standing") for key in _of(case, part)}
    found = evaluate(
        profile,
        rules(),
        as_of=day,
        law=_ordinal(case["law"]) if "law" in case else None,
        drafts=bool(case.get("drafts")),
        wanted=named.__contains__,
    )
    assert found.conflicts == ()
    return found


def profile_of(case: Case) -> dict[str, Any]:
    """The base profile of *case* with its changes, as it would be written in a file."""
    data: dict[str, Any] = {"dated": case["as_of"]}
    data |= copy.deepcopy(dict(rules().base_profiles[case["like"]])) if "like" in case else {}
    company = {k: v for k, v in _of(case, "facts").items() if not k.startswith("transfer.")}
    item = {
        k.removeprefix("transfer."): v
        for k, v in _of(case, "facts").items()
        if k.startswith("transfer.")
    }
    data |= company
    if item or "items" in case:
        (first,) = data[TRANSFERS]
        named = case.get("items", {first["name"]: {}})
        data[TRANSFERS] = [first | item | {"name": n, **changes} for n, changes in named.items()]
    if "readings" in case:
        data["readings"] = case["readings"]
    return data


def _of(case: Case, part: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = case.get(part) or {}
    return found


def _ordinal(day: date | str) -> int:
    return (day if isinstance(day, date) else date.fromisoformat(day)).toordinal()


def _rule(instrument: str, key: str) -> str:
    name = key.partition("@")[0]
    return name if "/" in name else f"{instrument}/{name}"


def _act(instrument: str, key: str) -> tuple[str, str]:
    """Rule and deadline of ``RULE/ID`` or ``INSTRUMENT/RULE/ID``, perhaps with ``@ITEM``."""
    rule, _, deadline = key.partition("@")[0].rpartition("/")
    return _rule(instrument, rule), deadline


# --- what was found ------------------------------------------------------------------------------


def finding(evaluation: Evaluation, instrument: str, key: str) -> Finding | None:
    rule, item = _rule(instrument, key), key.partition("@")[2]
    assert rule in rules().rules, f"no rule {rule}"
    found = [f for f in evaluation.findings if f.rule == rule]
    if item:
        found = [f for f in found if f.item == item]
    assert len(found) <= 1, f"{key}: several items, write @ITEM"
    return found[0] if found else None


def dated(evaluation: Evaluation, instrument: str, key: str) -> list[DatedAct]:
    """The acts of a deadline: one, or one for each reading on which its day hangs."""
    (rule, deadline), item = _act(instrument, key), key.partition("@")[2]
    assert deadline in {d.id for d in rules().rules[rule].deadlines}, f"no deadline {key}"
    acts = [a for a in evaluation.dates if (a.rule, a.deadline) == (rule, deadline)]
    return [a for a in acts if a.item == item] if item else acts


def _by_choice(acts: list[DatedAct], value: Any) -> dict[str, Any]:
    return {choice: value(act) for act in acts for _, choice in act.adopt}


def _days(act: DatedAct, window: bool) -> Any:
    return [_day(act.opens), _day(act.due)] if window else _day(act.due)


def _day(found: Interval | None) -> str:
    if found is None or found.low is None or found.low != found.high:
        return "unknown"
    return date.fromordinal(int(found.low)).isoformat()


def _written(expected: Any) -> Any:
    """Days of a table as text; lists are windows, mappings are by choice of a reading."""
    if isinstance(expected, dict):
        return {choice: _written(day) for choice, day in expected.items()}
    return [str(day) for day in expected] if isinstance(expected, list) else str(expected)


# --- tests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("instrument", "case"), all_cases())
def test_case(instrument: str, case: Case) -> None:
    assert set(case) <= WORDS
    evaluation = evaluated(instrument, case)
    statuses = {}
    for key in _of(case, "expect"):
        found = finding(evaluation, instrument, key)
        statuses[key] = found.status.value if found else "silent"
    assert statuses == _of(case, "expect")
    _check_contested(evaluation, instrument, case)
    lines = {line.item or "company": line for line in evaluation.routes if line.route == ROUTE}
    ways = {item: list(lines[item].possible) for item in _of(case, "route")}
    assert ways == _of(case, "route")
    _check_days(evaluation, instrument, case)


def _check_contested(evaluation: Evaluation, instrument: str, case: Case) -> None:
    for key, expected in _of(case, "contested").items():
        found = finding(evaluation, instrument, key)
        assert found is not None, key
        assert found.status.value == "contested", key
        for choice, status in expected.items():
            left = [v.outcomes for v in found.readings if choice in dict(v.adopt).values()]
            assert left, f"{key}: no verdict for {choice}"
            assert {o.value for outcomes in left for o in outcomes} == {status}, f"{key}: {choice}"


def _check_days(evaluation: Evaluation, instrument: str, case: Case) -> None:
    for key, expected in _of(case, "due").items():
        acts = dated(evaluation, instrument, key)
        if expected == "none":  # not shown: it starts at a day that is not yet
            assert acts == [], key
            continue
        if isinstance(expected, dict):
            window = any(isinstance(day, list) for day in expected.values())
            found: Any = _by_choice(acts, lambda act, w=window: _days(act, w))
        else:
            assert len(acts) == 1, f"{key}: {len(acts)} acts"
            found = _days(acts[0], isinstance(expected, list))
        assert found == _written(expected), key
    for key, expected in _of(case, "standing").items():
        acts = dated(evaluation, instrument, key)
        standing: Any = _by_choice(acts, lambda act: act.standing.value)
        if not isinstance(expected, dict):
            assert len(acts) == 1, f"{key}: {len(acts)} acts"
            standing = acts[0].standing.value
        assert standing == expected, key
    for key, expected in _of(case, "waits").items():
        waiting = finding(evaluation, instrument, key)
        assert waiting is not None, key
        day = waiting.waits_until
        assert (None if day is None else date.fromordinal(day)) == expected, key


def test_every_instrument_has_a_table() -> None:
    tables = [table(path)["instrument"] for path in TABLES]
    pack = [i.id for i in rules().instruments.values() if i.pack == "data-export"]
    assert sorted(tables) == sorted(pack)
    assert [path.stem for path in TABLES] == tables


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_rule_and_deadline_is_judged(path: Path) -> None:
    read = table(path)
    own = [r for r in rules().rules.values() if r.instrument == read["instrument"]]
    judged = {_rule(read["instrument"], k) for c in read["cases"] for k in _of(c, "expect")}
    judged |= {_rule(read["instrument"], k) for c in read["cases"] for k in _of(c, "contested")}
    days = {
        _act(read["instrument"], k)
        for c in read["cases"]
        for part in ("due", "standing")
        for k in _of(c, part)
    }
    assert [r.id for r in own if r.id not in judged] == []
    assert [(r.id, d.id) for r in own for d in r.deadlines if (r.id, d.id) not in days] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_cases_have_names_of_their_own(path: Path) -> None:
    names = [case["name"] for case in table(path)["cases"]]
    assert sorted(set(names)) == sorted(names)


# --- a missed act, one ahead, one unanswered ------------------------------------------------------


def duties_with_a_day() -> list[str]:
    """The duties of companies that ask for an act by a day, and whose doing is a fact."""
    return [
        rule.id
        for rule in rules().rules.values()
        if rules().instruments[rule.instrument].pack == "data-export" and rule.requires is not None
        for deadline in rule.deadlines
        if (deadline.kind, deadline.who) == ("duty", "company") and deadline.done_on
    ]


@pytest.mark.parametrize("rule", duties_with_a_day())
def test_an_act_missed_ahead_and_unanswered_has_its_case(rule: str) -> None:
    seen = set()
    for path in TABLES:
        read = table(path)
        for case in read["cases"]:
            expected = {_rule(read["instrument"], k): v for k, v in _of(case, "expect").items()}
            waiting = {_rule(read["instrument"], k) for k in _of(case, "waits")}
            if expected.get(rule) == "undetermined":
                seen.add("ahead" if rule in waiting else "unanswered")
            elif expected.get(rule) in ("fail", "pass"):
                seen.add("missed" if expected[rule] == "fail" else "done")
    assert seen == {"missed", "ahead", "unanswered", "done"}
