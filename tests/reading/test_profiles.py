"""Profiles against the vocabulary: forms that mean the same, and every mistake at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml

from compliancecheck.model.profile import Evidence, FactRef, Profile
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.problems import MAX_PROBLEMS, render
from compliancecheck.reading.profile_schema import profile_schema
from compliancecheck.reading.profiles import (
    load_profile_file,
    load_profile_text,
    looks_like_profile,
)
from compliancecheck.reading.rewriting import state_of
from compliancecheck.reading.source import load
from tests.reading.vocab import RULES

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))

WHOLE = """\
# a comment
dated: 2026-11-24
common:
  company_name: Volta
data_export:
  ciio: no
  two:
    deep: 5
  transfers:
    - name: loyalty programme
      purpose: marketing
      contract_filed_on: not yet
    - {name: "a]b", purpose: {one_of: [hr, marketing]}}
battery:
  years:
    items:
      - year: 2025
        rd_expense: CNY 36 million
    more: unknown
evidence:
  data_export.ciio: {source: letter, by: legal, dated: 2026-04-02}
  data_export.transfers[a]b].purpose: {by: hr}
  battery.years[2025].rd_expense: {source: annual report}
readings:
  data_export.hr_exemption_needs: both
"""
DOTTED = """\
dated: 2026-11-24
common.company_name: Volta
data_export: {two.deep: 5, ciio: no}
data_export.transfers:
  - name: loyalty programme
    purpose: marketing
    contract_filed_on: not yet
  - name: a]b
    purpose:
      one_of: [hr, marketing]
battery.years: {items: [{year: 2025, rd_expense: CNY 36 million}], more: unknown}
evidence:
  data_export.ciio: {source: letter, by: legal, dated: 2026-04-02}
  data_export.transfers[a]b].purpose: {by: hr}
  battery.years[2025].rd_expense: {source: annual report}
readings: {data_export: {hr_exemption_needs: both}}
"""


def good(text: str) -> Profile:
    profile, problems = load_profile_text(text, "x.yaml", RULES)
    assert problems == ()
    assert profile is not None
    return profile


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad(path: Path, golden: Callable[[str, str], None]) -> None:
    """Adding a file to bad/ adds a test; its .txt is what a person sees."""
    text = path.read_text(encoding="utf-8")
    profile, problems = load_profile_text(text, path.name, RULES)
    assert profile is None
    shown = "".join(render(problem, text) + "\n" for problem in problems)
    assert all(line.isprintable() for line in shown.splitlines())
    golden(f"../reading/bad/{path.stem}.txt", shown)


def test_a_whole_profile() -> None:
    profile = good(WHOLE)
    assert profile.name == "Volta"
    assert profile.dated == 739944
    assert profile.answers["data_export.ciio"].values == frozenset({False})
    first, second = profile.lists["data_export.transfers"].items
    assert (first.key, second.key) == ("loyalty programme", "a]b")
    assert first.answers["transfer.contract_filed_on"].not_yet
    assert second.answers["transfer.purpose"].values == frozenset({"hr", "marketing"})
    assert profile.lists["battery.years"].open
    assert not profile.lists["data_export.transfers"].open
    year = profile.lists["battery.years"].items[0]
    assert set(year.answers) == {"battery_year.year", "battery_year.rd_expense"}
    evidence = profile.evidence[FactRef("battery_year.rd_expense", "2025")]
    assert replace(evidence, place=None) == Evidence(source="annual report")
    assert profile.readings["data_export.hr_exemption_needs"].choice == "both"
    place = first.answers["transfer.purpose"].place
    assert place is not None
    assert (place.line, place.column, place.end_column) == (11, 16, 25)
    assert profile.sections["battery"].line == 14
    assert len(profile.sha256) == 64


def test_nested_and_dotted_mean_the_same() -> None:
    assert state_of(good(WHOLE)) == state_of(good(DOTTED))


@pytest.mark.parametrize("text", ["common:\n", "{}", "dated: 2026-11-24\n", "evidence:\n"])
def test_an_empty_profile_is_valid(text: str) -> None:
    assert good(text).answers == {}


def test_a_list_may_be_unknown_empty_or_open() -> None:
    unknown = good("battery.years: unknown\n")
    assert "battery.years" not in unknown.lists
    assert unknown.answers["battery.years"].unknown
    empty = good("battery.years: []\n").lists["battery.years"]
    assert (empty.items, empty.open) == ((), False)
    is_open = good("battery.years: {items: [], more: unknown}\n").lists["battery.years"]
    assert (is_open.items, is_open.open) == ((), True)


def test_old_names_are_read_with_a_warning() -> None:
    text = "data_export.cii: yes\nbattery.years:\n  - {year: 2025, turnover: CNY 5}\n"
    profile, problems = load_profile_text(text, "x.yaml", RULES)
    assert profile is not None
    assert "data_export.ciio" in profile.answers
    assert "battery_year.revenue" in profile.lists["battery.years"].items[0].answers
    assert [(p.line, p.severity) for p in problems] == [(1, "warning"), (3, "warning")]
    assert len(profile.warnings) == 2


def test_old_and_new_name_together_are_twice_the_same() -> None:
    text = "data_export: {cii: yes, ciio: yes}\n"
    profile, problems = load_profile_text(text, "x.yaml", RULES)
    assert profile is None
    assert any("given twice" in p.message for p in problems)


def test_the_unusual_is_a_warning() -> None:
    profile, (problem,) = load_profile_text("data_export.people: 50亿\n", "x.yaml", RULES)
    assert profile is not None
    assert problem.severity == "warning"
    assert "unusual" in problem.message


@pytest.mark.parametrize(
    ("dated", "day", "warned"),
    [
        ("2026-04-20", "2026-05-20", True),
        ("2026-05-20", "2026-05-20", False),
        ("2026-04-20", "2026-04-01..2026-05-20", False),
        ("2026-04-20", "not yet", False),
    ],
)
def test_an_act_dated_after_its_answer_is_a_warning(dated: str, day: str, warned: bool) -> None:
    """A plan is no act; it would count as done."""
    item = f"{{name: one, contract_filed_on: {day}}}"
    text = f"dated: {dated}\ndata_export.transfers: [{item}]\n"
    profile, problems = load_profile_text(text, "x.yaml", RULES)
    assert profile is not None
    assert [(p.line, p.severity) for p in problems] == ([(2, "warning")] if warned else [])
    assert all("not yet" in (p.hint or "") for p in problems)
    own = "evidence: {'data_export.transfers[one].contract_filed_on': {dated: 2026-06-01}}\n"
    assert load_profile_text(text + own, "x.yaml", RULES)[1] == ()
    assert load_profile_text(text.replace(f"dated: {dated}\n", ""), "x.yaml", RULES)[1] == ()


def test_evidence_without_an_answer_is_a_warning() -> None:
    text = "evidence:\n  data_export.ciio: {by: legal}\n"
    profile, (problem,) = load_profile_text(text, "x.yaml", RULES)
    assert profile is not None
    assert problem.severity == "warning"


def test_problems_of_all_parts_come_in_the_order_of_lines() -> None:
    text = "evidence: {x: {}}\ndata_export:\n  ciio: 5\n  ciio: 6\nbattery: {x: 1}\ndated: no\n"
    _, problems = load_profile_text(text, "x.yaml", RULES)
    assert [p.line for p in problems] == [1, 3, 4, 5, 6]


def test_hostile_texts_are_data() -> None:
    text = 'data_export.transfers:\n  - name: "[/x]\\e[31m\\u202e##[error]"\n    note: "\\0"\n'
    profile = good(text)
    item = profile.lists["data_export.transfers"].items[0]
    assert item.key == "[/x]\x1b[31m\u202e##[error]"


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfcommon:\r\n  company_name: Volta\r\n")
    profile, problems = load_profile_file(str(path), RULES)
    assert problems == ()
    assert profile is not None
    assert profile.name == "Volta"
    profile, (problem,) = load_profile_file(str(tmp_path / "none.yaml"), RULES)
    assert profile is None
    assert problem.message == "there is no such file"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (WHOLE, True),
        ("battery.applies: yes\nfoo: 1\n", True),
        ("dated: 2026-01-01\n", True),
        ("language: 1\nfacts: {}\nreadings: {}\n", False),
        ("readings: {}\non: push\n", False),
        ("services: {}\n", False),
        ("- battery\n", False),
        ("", False),
    ],
)
def test_what_a_directory_search_takes_for_a_profile(text: str, is_one: bool) -> None:
    assert looks_like_profile(load(text, "x.yaml")[0], RULES) is is_one


def _as_texts(text: str) -> object:
    """As an editor sees the file: days stay texts, a key without value has null."""
    data = yaml.load(text, yaml.BaseLoader)
    return {key: None if value == "" else value for key, value in data.items()}


@pytest.mark.parametrize("text", [WHOLE, DOTTED, "common:\n", "battery.years: unknown\n"])
def test_the_schema_accepts_whole_profiles(text: str) -> None:
    schema = profile_schema(RULES)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(_as_texts(text))


@pytest.mark.parametrize("text", ["batery: {}", "data_export: {cio: yes}", "waivers: []"])
def test_the_schema_refuses_unknown_names(text: str) -> None:
    schema = jsonschema.Draft202012Validator(profile_schema(RULES))
    assert not schema.is_valid(yaml.load(text, yaml.BaseLoader))


def test_a_hundred_errors_are_enough() -> None:
    text = "data_export:\n" + "".join(f"  k{n}: 1\n" for n in range(5000))
    profile, problems = load_profile_text(text, "x.yaml", RULES)
    assert profile is None
    assert len(problems) == MAX_PROBLEMS + 1
    assert "only 100 are shown" in problems[-1].message


def test_warnings_neither_stop_the_reading_nor_hide_an_error() -> None:
    items = "".join(f"  - {{year: {n}, turnover: CNY 5}}\n" for n in range(300))
    profile, problems = load_profile_text("battery.years:\n" + items, "x.yaml", RULES)
    assert profile is not None
    assert len(profile.lists["battery.years"].items) == 300
    assert {p.severity for p in problems} == {"warning"}
    broken = "battery.years:\n" + items + "data_export.ciio: 5\n"
    profile, problems = load_profile_text(broken, "x.yaml", RULES)
    assert profile is None
    assert [p.line for p in problems if p.is_error] == [302]


@pytest.mark.parametrize("year", ["at least 2024", "unknown", "2024..2025"])
def test_a_key_that_is_a_number_is_one_known_value(year: str) -> None:
    text = f"battery:\n  years:\n    - year: {year}\n      rd_expense: CNY 1\n"
    _, problems = load_profile_text(text, "p.yaml", load_rules())
    assert [p.message for p in problems] == ["`year` names the item"]


def test_two_spellings_of_one_key_are_one_item() -> None:
    text = "battery:\n  years:\n    - year: 2024\n    - year: 2,024\n"
    _, problems = load_profile_text(text, "p.yaml", load_rules())
    assert [p.message for p in problems] == ["two items are named `2,024`; first at line 3"]
