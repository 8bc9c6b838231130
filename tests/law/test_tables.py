"""The cases judged by hand, run through the shipped packs: profile text, reader, evaluation."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.margins import margins_of
from compliancecheck.model.findings import Evaluation, Finding, Outcome
from compliancecheck.model.instruments import Rules
from compliancecheck.model.values import Interval, Number
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.problems import render
from compliancecheck.reading.profiles import load_profile_text
from tests.law import cases
from tests.law.cases import Case

ROUTE = "data_export.mechanism"
BATTERY: list[Case] = yaml.safe_load(
    (Path(__file__).parent / "battery_cases.yaml").read_text("utf-8")
)


@cache
def rules() -> Rules:
    return load_rules()


def evaluated(case: Case) -> Evaluation:
    given = {**case["facts"], **({"readings": case["readings"]} if case.get("readings") else {})}
    text = yaml.safe_dump(given, allow_unicode=True, sort_keys=False)
    profile, problems = load_profile_text(text, "case.yaml", rules())
    assert profile is not None, "\n".join(render(p, None) for p in problems)
    day = date.fromisoformat(str(case["as_of"])).toordinal()
    wanted = {named(key)[0] for key in case["expect"].get("findings", {})}
    found = evaluate(profile, rules(), as_of=day, wanted=lambda rule: rule in wanted)
    assert found.conflicts == ()
    return found


def named(key: str) -> tuple[str, str | None]:
    rule, _, item = key.partition("@")
    return rule, item or None


def by_name(evaluation: Evaluation) -> dict[tuple[str, str | None], Finding]:
    return {(f.rule, f.item): f for f in evaluation.findings}


def statuses(evaluation: Evaluation, keys: list[str]) -> dict[str, str]:
    """The status by rule and item; an instrument out of force gives no finding."""
    found = by_name(evaluation)
    judged = {rule for rule, _ in found}
    result = {}
    for key in keys:
        finding = found.get(named(key))
        silent = named(key)[0] not in judged
        result[key] = finding.status.value if finding else "not_applicable" if silent else "missing"
    return result


def route(evaluation: Evaluation) -> dict[str, list[str | None]]:
    """The ways left by item, and for the company; none of them if there is none."""
    ways: dict[str, list[str | None]] = {}
    for line in evaluation.routes:
        assert line.route == ROUTE
        ways[line.item or "company"] = list(line.possible)
        if line.none_possible and line.possible and not line.open_list:
            ways[line.item or "company"].append(None)
    return ways


@pytest.mark.parametrize("case", [*cases.table(), *cases.grid()], ids=lambda c: c["name"])
def test_data_exports(case: Case) -> None:
    evaluation = evaluated(case)
    expect = case["expect"]
    wanted = expect.get("findings", {})
    assert statuses(evaluation, list(wanted)) == wanted
    ways = route(evaluation)
    assert {item: ways.get(item) for item in expect["route"]} == expect["route"]


@pytest.mark.parametrize("case", BATTERY, ids=lambda c: c["name"])
def test_batteries(case: Case) -> None:
    evaluation = evaluated(case)
    wanted = case["expect"]["findings"]
    assert statuses(evaluation, list(wanted)) == wanted


# -- what is only compared, and margins ----------------------------------------------------------


def only(part: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in BATTERY if part in c["expect"]]


@pytest.mark.parametrize("case", only("met"))
def test_what_is_only_compared(case: Case) -> None:
    found = by_name(evaluated(case))
    for key, met in case["expect"]["met"].items():
        finding = found[named(key)]
        assert finding.met is (None if met == "unknown" else met), key
        assert finding.possible <= {Outcome.MET, Outcome.NOT_MET}, key


@pytest.mark.parametrize("case", only("margins"))
def test_margins(case: Case) -> None:
    evaluation = evaluated(case)
    found = by_name(evaluation)
    for key, wanted in case["expect"]["margins"].items():
        nearest = margins_of(engine_of(evaluation), found[named(key)])[0]
        assert not nearest.in_scope, key
        assert as_written(nearest.distance) == wanted["distance"], key
        if "relative" in wanted:
            assert nearest.relative is not None, key
            assert as_written(nearest.relative, 6) == wanted["relative"], key


def as_written(interval: Interval, digits: int | None = None) -> str:
    """A number or `at least` one, as the cases write it; *digits* significant ones, cut."""
    assert interval.low is not None
    assert interval.high in (None, interval.low)
    text = plain(interval.low, digits)
    return text if interval.is_point else f"at least {text}"


def plain(value: Number, digits: int | None) -> str:
    with localcontext() as context:
        context.prec, context.rounding = digits or 50, ROUND_DOWN
        exact = Fraction(value)
        text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
