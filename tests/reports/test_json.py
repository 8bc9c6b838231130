"""The JSON report: its schema, exact numbers, and the same findings as the evaluation."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from compliancecheck import evaluate, load_profile, load_rules
from compliancecheck.model.findings import Evaluation
from compliancecheck.reports.json_report import (
    finding_json,
    number_json,
    profile_json,
    report_json,
)
from compliancecheck.reports.lines import json_text
from compliancecheck.reports.schemas import findings_schema

ROOT = Path(__file__).resolve().parent.parent.parent
PROFILES = sorted((ROOT / "profiles").glob("*.yaml"))


@pytest.fixture(scope="module")
def evaluations() -> dict[str, Evaluation]:
    rules = load_rules()
    return {
        path.stem: evaluate(load_profile(str(path), rules), rules, as_of=date(2026, 11, 24))
        for path in PROFILES
    }


def report(evaluation: Evaluation) -> Any:
    data = report_json(
        evaluation.rules, evaluation.as_of, evaluation.as_of, [profile_json(evaluation)], (), 0
    )
    return json.loads(json_text(data))


@pytest.mark.parametrize("profile", [path.stem for path in PROFILES])
def test_a_report_meets_its_schema(evaluations: dict[str, Evaluation], profile: str) -> None:
    schema = findings_schema()
    Draft202012Validator.check_schema(schema)
    data = report(evaluations[profile])
    Draft202012Validator(schema).validate(data)
    [found] = data["profiles"]
    assert sorted((f["rule"], f.get("item", "")) for f in found["findings"]) == sorted(
        (f.rule, f.item or "") for f in evaluations[profile].findings
    )
    assert sum(found["counts"].values()) == len(found["findings"])


def test_the_schema_refuses_what_is_unknown() -> None:
    assert list(Draft202012Validator(findings_schema()).iter_errors({"exit": 0}))


def test_margin_is_exact(evaluations: dict[str, Evaluation]) -> None:
    evaluation = evaluations["battery-just-under"]
    [short] = [
        f for f in evaluation.findings if f.rule == "cn.miit.2024-14/rd-share" and f.item == "2025"
    ]
    data = finding_json(evaluation, short)
    margin = next(m for m in data["margins"] if not m["in_scope"])
    assert margin["distance"] == "-100000"
    assert margin["value"] == "44900000"
    assert margin["bound"] == "45000000"
    assert margin["relative"] == "-0.00222222"
    assert margin["unit"] == "CNY"
    assert [d["fact"] for d in data["decisive"]][-1] == (
        "battery.years[2025].process_improvement_expense"
    )


def test_a_contested_finding_has_each_reading(evaluations: dict[str, Evaluation]) -> None:
    evaluation = evaluations["hotel-group"]
    [contested] = [
        f
        for f in evaluation.findings
        if f.rule == "cn.npc.pipl/mechanism" and f.item == "staff files"
    ]
    data = finding_json(evaluation, contested)
    assert [(v["adopt"][0]["choice"], v["possible"]) for v in data["contested"]] == [
        ("either", ["not_applicable"]),
        ("both", ["fail"]),
    ]


def test_a_route_names_its_rules(evaluations: dict[str, Evaluation]) -> None:
    data = profile_json(evaluations["exporter-by-range"])
    company = next(r for r in data["routes"] if "item" not in r)
    assert company["possible"] == ["contract_or_certification"]
    assert company["because"] == ["cn.cac.2024-16/contract-or-certification"]
    assert [n["way"] for n in company["not_possible"]] == ["security_assessment", "exempt"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-9_000_000, "-9000000"),
        (Fraction(1, 3), "1/3"),
        (Fraction(3, 100), "0.03"),
        (Fraction(-5, 4), "-1.25"),
        (Fraction(1, 2**60), "0.000000000000000000867361737988403547205962240695953369140625"),
    ],
)
def test_numbers_are_exact(value: int | Fraction, text: str) -> None:
    assert number_json(value) == text
    assert Fraction(text) == value


def test_a_day_is_iso() -> None:
    assert number_json(date(2024, 3, 22).toordinal(), is_date=True) == "2024-03-22"
