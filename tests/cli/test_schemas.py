"""What `compare` and `deadlines` write as JSON meets the schema that `schema` prints."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from compliancecheck.reports.schemas import comparison_schema, deadlines_schema
from tests.cli.command import Command

DAY = ("--as-of", "2026-11-24")
HOTEL, RETAILER = "profiles/hotel-group.yaml", "profiles/exporter-by-range.yaml"


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ((RETAILER, "--from", "2024-03-21", "--to", "2024-03-22", "--proofs"), "law"),
        (("profiles/result-of-2023.yaml", "--from", "2022-08-31"), "law"),
        ((HOTEL, RETAILER, "--proofs"), "profiles"),
        ((HOTEL, "--draft", "cn.cac.2021-draft-assessment"), "draft"),
    ],
)
def test_a_comparison_meets_its_schema(command: Command, given: tuple[str, ...], kind: str) -> None:
    schema = comparison_schema()
    Draft202012Validator.check_schema(schema)
    data = json.loads(command("compare", *given, *DAY, "--format", "json").out)
    assert data["kind"] == kind
    assert data["changes"]
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize("profile", ["hotel-group", "result-of-2023", "battery-just-under"])
def test_deadlines_meet_their_schema(command: Command, profile: str) -> None:
    schema = deadlines_schema()
    Draft202012Validator.check_schema(schema)
    given = ("deadlines", f"profiles/{profile}.yaml", *DAY, "--format", "json")
    data = json.loads(command(*given).out)
    assert data["profile"]["path"].endswith(f"{profile}.yaml")
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize("kind", ["comparison", "deadlines"])
def test_the_schemas_are_printed_and_refuse_what_is_unknown(command: Command, kind: str) -> None:
    done = command("schema", kind)
    schema = json.loads(done.out)
    assert (done.code, schema["$id"]) == (0, f"urn:compliancecheck:schema/{kind}/1")
    assert list(Draft202012Validator(schema).iter_errors({"more": 1}))
