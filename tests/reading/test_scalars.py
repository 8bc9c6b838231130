"""The text of an answer is read as what the fact is: the table of the rule language, whole."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
import yaml

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.profile import Answer
from compliancecheck.model.values import Interval, Values
from compliancecheck.model.written import in_words, value_text
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.profile_schema import profile_schema
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.scalars import read_text
from tests.reading.vocab import RULES, WORD

FACTS = RULES.facts
BOOL = "data_export.ciio"
CHOICE = "data_export.family_members"
INT = "data_export.people"
COUNT = "data_export.two.deep"
NUMBER = "battery.density"
PERCENT = "battery.share"
MONEY = "battery.profit"
DATE = "battery.application_date"
TEXT = "common.company_name"
EVENT = Fact("x.filed_on", FactType.DATE, WORD, "x", event=True)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def one(value: int | Fraction) -> Values:
    return (Interval(value, value),)


def between(low: Any, high: Any, low_open: bool = False, high_open: bool = False) -> Values:
    return (Interval(low, high, low_open, high_open),)


ACCEPTED: list[tuple[str, str, Values | None]] = [
    *((BOOL, word, frozenset({True})) for word in ("true", "TRUE", "True", "yes", "Yes", "yEs")),
    *((BOOL, word, frozenset({False})) for word in ("false", "False", "no", "NO")),
    (BOOL, "unknown", None),
    (CHOICE, "with_family", frozenset({"with_family"})),
    (CHOICE, "no", frozenset({"no"})),
    (CHOICE, "'no'", frozenset({"no"})),
    (CHOICE, "{one_of: [employees, no]}", frozenset({"employees", "no"})),
    (CHOICE, "unknown", None),
    (INT, "1200000", one(1_200_000)),
    (INT, "1_200_000", one(1_200_000)),
    (INT, "1,200,000", one(1_200_000)),
    (INT, "120万", one(1_200_000)),
    (INT, "120 万", one(1_200_000)),
    (INT, "1.2 million", one(1_200_000)),
    (INT, "0.5 billion", one(500_000_000)),
    (INT, "2亿", one(200_000_000)),
    (INT, "500 people", one(500)),
    (INT, '"500"', one(500)),
    (INT, "0", one(0)),
    (INT, "over 1000000", between(1_000_001, None)),
    (INT, "at least 100000", between(100_000, None)),
    (INT, "under 10000", between(None, 9_999)),
    (INT, "at most 1万", between(None, 10_000)),
    (INT, "100000..999999", between(100_000, 999_999)),
    (INT, "1 million .. 2 million", between(1_000_000, 2_000_000)),
    (INT, "{at_least: 100000, under: 1000000}", between(100_000, 999_999)),
    (INT, "{over: 1.2 million}", between(1_200_001, None)),
    (INT, "unknown", None),
    (COUNT, "9" * 30, one(10**30 - 1)),
    (NUMBER, "250", one(250)),
    (NUMBER, "-0.1", one(Fraction(-1, 10))),
    (NUMBER, "2/37", one(Fraction(2, 37))),
    (NUMBER, "250 Wh/kg", one(250)),
    (NUMBER, "over 250.5 Wh/kg", between(Fraction(501, 2), None, True)),
    (NUMBER, "{over: 1, at_most: 2}", between(1, 2, True)),
    (PERCENT, "3%", one(Fraction(3, 100))),
    (PERCENT, "3.2 %", one(Fraction(32, 1000))),
    (PERCENT, "200/37%", one(Fraction(2, 37))),
    (PERCENT, "at most 5%", between(None, Fraction(1, 20))),
    (PERCENT, "under 5%", between(None, Fraction(1, 20), False, True)),
    (PERCENT, "100%", one(1)),
    (MONEY, "CNY 12.5 million", one(12_500_000)),
    (MONEY, "CNY 1.5 billion", one(1_500_000_000)),
    (MONEY, "CNY 1250万", one(12_500_000)),
    (MONEY, "CNY 12亿", one(1_200_000_000)),
    (MONEY, "CNY 12,000.07", one(Fraction(1_200_007, 100))),
    (MONEY, "CNY -5", one(-5)),
    (MONEY, "CNY 1..CNY 2 million", between(1, 2_000_000)),
    (DATE, "2024-03-22", one(day("2024-03-22"))),
    (DATE, "before 2024-03-22", between(None, day("2024-03-21"))),
    (DATE, "on or before 2024-03-22", between(None, day("2024-03-22"))),
    (DATE, "after 2024-03-22", between(day("2024-03-23"), None)),
    (DATE, "on_or_after 2024-03-22", between(day("2024-03-22"), None)),
    (DATE, "2024-01-01..2024-03-31", between(day("2024-01-01"), day("2024-03-31"))),
    (DATE, "{after: 2024-01-01, on_or_before: 2024-01-02}", one(day("2024-01-02"))),
    (DATE, "unknown", None),
    (TEXT, "2024", frozenset({"2024"})),
    (TEXT, "no", frozenset({"no"})),
    (TEXT, "unknown", None),
    (TEXT, "'unknown'", frozenset({"unknown"})),
]  # fmt: skip

REFUSED: list[tuple[str, str, str]] = [
    *((BOOL, word, "true, false, yes, no") for word in ("0", "1", "y", "n", "on", "nope", "~")),
    (BOOL, "'yes'", "without quotes"),
    (BOOL, '"unknown"', "without quotes"),
    (BOOL, "{one_of: [true]}", "true, false"),
    (CHOICE, "with_famly", "one of `employees`, `with_family`, `no`, or `unknown`"),
    (CHOICE, "[employees, no]", "{one_of: […]}"),
    (CHOICE, "{one_of: []}", "{one_of: […]}"),
    (CHOICE, "{one_of: [employees, x]}", "one of"),
    (CHOICE, "{is_not: employees}", "{one_of: […]}"),
    (INT, "1.5", "a number like 1200000"),
    (INT, "1.2345678 million", "a number like"),
    (INT, "010", "without leading zeros"),
    (INT, "0x10", "a number like"),
    (INT, "1:30", "a number like"),
    (INT, "1e6", "a number like"),
    (INT, "+5", "a number like"),
    (INT, ".5", "decimals"),
    (INT, "1,20", "groups three digits"),
    (INT, "1_20", "groups three digits"),
    (INT, "1.200.000", "groups three digits"),
    (INT, "１２０万", "`120万`"),
    (INT, "between 400,000 and 600,000", "`400,000..600,000`"),
    (INT, "about 500000", "400,000..600,000"),
    (INT, "'>= 5'", "`at least 5`"),
    (INT, "more than 5", "`over 5`"),
    (INT, "9..5", "the lower end first"),
    (INT, "over 5..9", "a number like"),
    (INT, "5...9", "a number like"),
    (INT, "{over: 5, under: 6}", "the lower end first"),
    (INT, "{over: 5, at_least: 6}", "keep one"),
    (INT, "{more: 5}", "`over`, `at_least`"),
    (INT, "{over: [5]}", "a number like"),
    (INT, "{over: unknown}", "a number like"),
    (INT, "{}", "`over`, `at_least`"),
    (INT, "-1", "a number like"),
    (INT, "under 0", "a number like"),
    (INT, "not yet", "only for the day of an event"),
    (INT, "5 km", "a number like"),
    (COUNT, "9" * 31, "fewer digits"),
    (COUNT, "9" * 5000, "fewer digits"),
    (INT, "null", "`unknown`"),
    (NUMBER, "NaN", "a number like"),
    (NUMBER, "inf", "a number like"),
    (NUMBER, ".inf", "a number like"),
    (NUMBER, "250 kg", "250 Wh/kg"),
    (NUMBER, "2/0", "a number like"),
    (NUMBER, "1/2/3", "a number like"),
    (PERCENT, "3", "`3%`"),
    (PERCENT, "0.03", "`0.03%`"),
    (PERCENT, "３％", "`3%`"),
    (PERCENT, "101%", "a percentage like"),
    (PERCENT, "3..5%", "`3%`"),
    (MONEY, "5 million", "`CNY 5 million`"),
    (MONEY, "USD 5", "in CNY here"),
    (MONEY, "¥5", "in CNY here"),
    (MONEY, "RMB 5", "in CNY here"),
    (MONEY, "CNY5", "CNY 12.5 million"),
    (DATE, "2024-02-30", "a day like"),
    (DATE, "2024/3/2", "`2024-03-02`"),
    (DATE, "2024年3月2日", "`2024-03-02`"),
    (DATE, "2024-03", "`2024-03-01..2024-03-31`"),
    (DATE, "03-04-2024", "a day like"),
    (DATE, "20240322", "a day like"),
    (DATE, "2024-03-22T10:00:00", "`2024-03-22`"),
    (DATE, "not yet", "only for the day of an event"),
    (DATE, "over 2024-01-01", "a day like"),
    (TEXT, "[a]", "a text"),
    (TEXT, "{a: 1}", "a text"),
]


def read(name: str, text: str) -> Answer | tuple[Problem, ...]:
    profile, problems = load_profile_text(f"{name}: {text}\n", "x.yaml", RULES)
    return problems if profile is None else profile.answers[name]


@pytest.mark.parametrize(("name", "text", "values"), ACCEPTED)
def test_accepted(name: str, text: str, values: Values | None) -> None:
    answer = read(name, text)
    assert isinstance(answer, Answer), answer
    assert answer.values == values
    assert not answer.not_yet
    numbers = values if isinstance(values, tuple) else ()
    assert all(isinstance(n, int | Fraction | None) for i in numbers for n in (i.low, i.high))


@pytest.mark.parametrize(("name", "text", "hint"), REFUSED)
def test_refused_with_a_hint(name: str, text: str, hint: str) -> None:
    problems = read(name, text)
    assert isinstance(problems, tuple)
    (problem,) = problems
    assert problem.line == 1
    assert hint in (problem.hint or "")
    assert len(problem.message) < 200


@pytest.mark.parametrize(("name", "text", "_"), ACCEPTED)
@pytest.mark.parametrize("loader", [yaml.SafeLoader, yaml.BaseLoader])
def test_the_schema_accepts_what_the_reader_accepts(
    name: str, text: str, _: Values | None, loader: type[yaml.SafeLoader]
) -> None:
    """As an editor sees it: with YAML's guesses (1.1), and as texts."""
    data = yaml.load(f"{name}: {text}\n", loader)
    data = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()
    }
    jsonschema.Draft202012Validator(profile_schema(RULES)).validate(_texts(data))


def _texts(data: Any) -> Any:
    """Days stay texts in editors."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    return data.isoformat() if isinstance(data, date) else data


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (PERCENT, "3"),
        (PERCENT, "３％"),
        (MONEY, "5 million"),
        (MONEY, "USD 5"),
        (DATE, "2024/3/2"),
        (DATE, "not yet"),
        (DATE, "over 2024-01-01"),
        (BOOL, "nope"),
        (CHOICE, "with_famly"),
        (CHOICE, "[employees, no]"),
        (INT, "about 500000"),
        (INT, "{more: 5}"),
        (NUMBER, "250 kg"),
    ],
)
def test_the_schema_refuses_what_an_editor_can_see(name: str, text: str) -> None:
    schema = jsonschema.Draft202012Validator(profile_schema(RULES))
    assert not schema.is_valid(yaml.load(f"{name}: {text}\n", yaml.BaseLoader))


def test_not_yet_is_for_events() -> None:
    answer = read_text(EVENT, "not yet")
    assert isinstance(answer, Answer)
    assert answer.not_yet
    assert not answer.unknown
    assert answer.values is None


def test_a_gates_value_may_lie_outside_the_bounds() -> None:
    gated = FACTS["battery.stock"]  # over 0; 0 while the company makes no batteries
    assert isinstance(read_text(gated, "0"), Answer)
    assert isinstance(read_text(gated, "at most 0"), Answer)
    problem = read_text(gated, "-1")
    assert isinstance(problem, Problem)
    assert problem.message == "`-1` is out of bounds: it must be over 0"


def test_typed_texts_are_trimmed_and_keep_no_place() -> None:
    answer = read_text(FACTS[INT], "  {at_least: 5,  under: 7} ")
    assert answer == Answer((Interval(5, 6),), "{at_least: 5, under: 7}")
    problem = read_text(FACTS[INT], "")
    assert isinstance(problem, Problem)
    assert "no value" in problem.message


def test_columns_of_a_range_point_at_its_side() -> None:
    problems = read(INT, "{at_least: 5, under: x}")
    assert isinstance(problems, tuple)
    assert (problems[0].column, problems[0].end_column) == (42, 43)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        (INT, 1200000, "1200000"),
        (PERCENT, Fraction(32, 1000), "3.2%"),
        (PERCENT, Fraction(1, 3), "100/3%"),
        (MONEY, Fraction(-7, 20), "CNY -0.35"),
        (DATE, day("2024-03-22"), "2024-03-22"),
        (NUMBER, Fraction(2, 37), "2/37"),
    ],
)
def test_numbers_are_written_as_they_are_read(name: str, value: Any, text: str) -> None:
    assert value_text(FACTS[name], value) == text
    answer = read_text(FACTS[name], text)
    assert isinstance(answer, Answer)
    assert answer.values == one(value)


def test_bounds_in_words() -> None:
    assert in_words(FACTS[INT], Interval(0, 5, True, False)) == "over 0, at most 5"
    assert in_words(FACTS[DATE], Interval(None, day("2024-03-22"))) == "on or before 2024-03-22"
