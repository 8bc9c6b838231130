"""Sets: read from a profile, refused where they are none, written back into the file."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.values import Members
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.profile_schema import profile_schema
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.scalars import read_text
from compliancecheck.reading.writing import CannotSplice, set_answer
from tests.reading.vocab import RULES

FACT = RULES.facts["battery.cathodes"]
REF = FactRef("battery.cathodes")
ALL = frozenset({"ternary", "phosphate", "other"})


def members(*sure: str, possible: frozenset[str] | None = None) -> Members:
    return Members(frozenset(sure), frozenset(sure) if possible is None else possible)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("[ternary, other]", members("ternary", "other")),
        ("[]", members()),
        ("{includes: [ternary], rest: unknown}", members("ternary", possible=ALL)),
        ("{rest: unknown, includes: []}", members(possible=ALL)),
        ("unknown", None),
        ("\n    - ternary\n    - other", members("ternary", "other")),
        ("\n    includes:\n      - ternary\n    rest: unknown", members("ternary", possible=ALL)),
    ],
)
def test_what_a_set_may_be(written: str, values: Members | None) -> None:
    profile, problems = load_profile_text(f"battery:\n  cathodes: {written}\n", "p.yaml", RULES)
    assert not problems
    assert profile is not None
    assert profile.answers["battery.cathodes"].values == values


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("ternary", "`battery.cathodes` is a set", "write it as a list: `[ternary]`"),
        ("unkown", "`unkown` is no list of choices; perhaps `unknown`?", None),
        ("[ternari]", "no choice `ternari`; perhaps `ternary`?", None),
        ("[ternary, ternary]", "`ternary` stands twice in the list", "keep one of them"),
        ("[[ternary]]", "a choice is one name", None),
        ("{includes: [ternary]}", "beside `includes` stands `rest: unknown`", None),
        ("{includes: ternary, rest: unknown}", "`includes` takes a list of choices", None),
        ("{includes: [ternary], rest: none}", "beside `includes` stands `rest: unknown`", None),
        ("{one_of: [ternary]}", "no part `one_of` of a set", None),
        ("{include: [ternary], rest: unknown}",
         "no part `include` of a set; perhaps `includes`?", None),
        ("", "no value is written here", None),
    ],
)  # fmt: skip
def test_refused_with_what_to_write_instead(written: str, message: str, hint: str | None) -> None:
    profile, problems = load_profile_text(f"battery:\n  cathodes: {written}\n", "p.yaml", RULES)
    assert profile is None
    (problem,) = problems
    assert (problem.message, problem.line) == (message, 2)
    assert problem.hint
    assert hint is None or problem.hint == hint


def test_a_list_typed_by_a_person_is_read_too() -> None:
    answer = read_text(FACT, " [ternary,  other] ")
    assert isinstance(answer, Answer)
    assert answer.values == members("ternary", "other")
    assert answer.text == "[ternary, other]"
    refused = read_text(FACT, "[ternary, odd]")
    assert isinstance(refused, Problem)
    assert refused.column == 11


@pytest.mark.parametrize(
    ("value", "fine"),
    [
        (["ternary"], True),
        ([], True),
        ("unknown", True),
        ({"includes": ["ternary"], "rest": "unknown"}, True),
        ("ternary", False),
        (["odd"], False),
        (["ternary", "ternary"], False),
        ({"includes": ["ternary"]}, False),
    ],
)
def test_the_schema_says_the_same(value: object, fine: bool) -> None:
    checker = Draft202012Validator(profile_schema(RULES))
    assert checker.is_valid({"battery": {"cathodes": value}}) is fine


BLOCK = """\
battery:
  cathodes:       # of all cells
    # the main line
    - ternary
    - other       # a test line
  applies: yes
"""


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ("", "[ternary]", "battery:\n  cathodes: [ternary]\n"),
        ("battery: {applies: yes}\n", "[ternary, other]",
         "battery: {applies: yes, cathodes: [ternary, other]}\n"),
        ("battery:\n  cathodes: [ternary]  # c\n", "[]", "battery:\n  cathodes: []  # c\n"),
        ("battery:\n  cathodes: unknown # c\n", "[other]", "battery:\n  cathodes: [other] # c\n"),
        ("battery.cathodes: [\n  ternary,\n  other]\n", "[other]", "battery.cathodes: [other]\n"),
        ("battery.cathodes: [other]\n", "{includes: [other], rest: unknown}",
         "battery.cathodes: {includes: [other], rest: unknown}\n"),
        (BLOCK, "[ternary, phosphate, other]",
         BLOCK.replace("test line\n", "test line\n    - phosphate\n")),
        (BLOCK, "[other]", BLOCK.replace("    - ternary\n", "")),
        (BLOCK, "[phosphate]",
         BLOCK.replace("    - ternary\n", "").replace("other       # a test line", "phosphate")),
        ("battery:\n  cathodes: # c\n  - ternary\n  - other\n  applies: yes\n", "unknown",
         "battery:\n  cathodes: unknown # c\n  applies: yes\n"),
        ("battery:\n  cathodes:\n  - ternary\n", "[]", "battery:\n  cathodes: []\n"),
        ("battery:\n  cathodes:\n    includes:\n    - other\n    rest: unknown\n", "[other]",
         "battery:\n  cathodes: [other]\n"),
    ],
)  # fmt: skip
def test_written_back(text: str, value: str, result: str) -> None:
    assert set_answer(text, RULES, REF, value) == result


def test_a_comment_is_not_lost() -> None:
    with pytest.raises(CannotSplice, match="comment inside"):
        set_answer(BLOCK, RULES, REF, "unknown")
