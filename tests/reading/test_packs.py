"""Packs: every refusal with its exact message, what the shipped packs become, the linked form."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from compliancecheck.authoring.link import write_linked
from compliancecheck.model.conditions import (
    All,
    AsOf,
    Compare,
    Condition,
    DefinitionValue,
    DistinctTotal,
    FactIs,
    FactValue,
    HoldsCondition,
    Limit,
    Literal,
    PercentOf,
    Shift,
    Sum,
)
from compliancecheck.model.facts import FactType, GateValue
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import DayRange
from compliancecheck.reading import linked
from compliancecheck.reading.pack_files import pack_schema
from compliancecheck.reading.pack_reader import read_packs
from compliancecheck.reading.packs import load_rules, shipped_rules
from compliancecheck.reading.plain import plain
from compliancecheck.reading.problems import Problem, ProblemsError
from compliancecheck.reading.source import load

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
GOOD = HERE / "good_pack"
BAD = sorted((HERE / "bad_packs").glob("*.yaml"))


@pytest.fixture(scope="module")
def shipped() -> Rules:
    return read_packs([ROOT / "rules"], ROOT)


# --- refusals ------------------------------------------------------------------------------------
#
# A fixture holds some sections of a pack file and, in comments at its head, the problems that it
# must give. The sections it lacks are added below it, so that its lines keep their numbers. One
# that is called facts-… is a facts.yaml, any other an instrument.


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^(?=[a-z_]+:)", text, flags=re.MULTILINE)
    return {part.split(":")[0]: part for part in parts if re.match(r"[a-z_]+:", part)}


def pack_of(fixture: Path, folder: Path) -> None:
    text = fixture.read_text(encoding="utf-8")
    name = "facts.yaml" if fixture.name.startswith("facts-") else "law.yaml"
    if name == "law.yaml":
        (folder / "facts.yaml").write_bytes((GOOD / "facts.yaml").read_bytes())
    good = sections((GOOD / name).read_text(encoding="utf-8"))
    if "facts" in sections(text):  # what else stands in the good pack reads its own facts
        good = {key: good[key] for key in ("language", "pack")}
    missing = [part for key, part in good.items() if key not in sections(text)]
    (folder / name).write_text(text + "".join(missing), encoding="utf-8")


def told(problem: Problem) -> list[str]:
    lines = [f"# {problem.line}:{problem.column}: {problem.message}"]
    return [*lines, f"#   {problem.hint}"] if problem.hint else lines


@pytest.mark.parametrize("fixture", BAD, ids=lambda path: path.stem)
def test_refused(fixture: Path, tmp_path: Path) -> None:
    expected = [
        line
        for line in fixture.read_text(encoding="utf-8").splitlines()
        if re.match(r"#( \d+:\d+: |   )", line)
    ]
    pack_of(fixture, tmp_path)
    with pytest.raises(ProblemsError) as error:
        read_packs([tmp_path])
    assert [line for problem in error.value.problems for line in told(problem)] == expected


def test_directories_without_packs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as error:
        load_rules([tmp_path, tmp_path / "nowhere"])
    assert [problem.message for problem in error.value.problems] == [
        "no pack is here: no directory has a `facts.yaml`",
        "there is no such directory of rules",
    ]


def test_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("language: 1\nfacts: {}\n", encoding="utf-8")
    (tmp_path / "law.yaml").write_text("language: 1\n\trules: []\n", encoding="utf-8")
    with pytest.raises(ProblemsError) as error:
        load_rules([tmp_path])
    assert [(Path(p.file).name, p.line, p.message) for p in error.value.problems] == [
        ("facts.yaml", 1, "`pack` is missing here"),
        ("law.yaml", 2, "a tab in the indentation"),
    ]


def test_two_packs_of_one_name_and_two_instruments_of_one_id(tmp_path: Path) -> None:
    for country in ("here", "there"):
        folder = tmp_path / country / "demo"
        folder.mkdir(parents=True)
        for file in ("facts.yaml", "law.yaml"):
            (folder / file).write_bytes((GOOD / file).read_bytes())
    with pytest.raises(ProblemsError) as error:
        load_rules([tmp_path])
    messages = " ".join(problem.message for problem in error.value.problems)
    assert "two packs are called `demo`" in messages
    assert "the instrument `xx.law` stands already at" in messages
    assert "`demo.cost` is declared twice; it is a fact at" in messages


# --- what is resolved ----------------------------------------------------------------------------


def condition(text: str, tmp_path: Path, each: str = "") -> Condition | None:
    """The scope of a rule of the good pack that is written as *text*."""
    for file in ("facts.yaml", "law.yaml"):
        (tmp_path / file).write_bytes((GOOD / file).read_bytes())
    with (tmp_path / "law.yaml").open("a", encoding="utf-8") as law:
        law.write(f'  - id: tried\n    article: "1"\n    title: {{en: x, zh: 某}}\n{each}')
        law.write(f"    applies_when: {text}\n")
    return read_packs([tmp_path]).rules["xx.law/tried"].applies_when


SIZE, SHARE, COST, DAY = (FactValue(f"demo.{name}") for name in ("size", "share", "cost", "day"))
MARCH = date(2024, 3, 22).toordinal()


@pytest.mark.parametrize(
    ("text", "left", "lower", "upper", "negated"),
    [
        ("{demo.size: {over: 5}}", SIZE, Limit(Literal(5), True), None, False),
        ("{demo.size: {at_least: 120万}}", SIZE, Limit(Literal(1_200_000)), None, False),
        ("{demo.size: {under: 1_000}}", SIZE, None, Limit(Literal(1000), True), False),
        ("{demo.size: 5}", SIZE, Limit(Literal(5)), Limit(Literal(5)), False),
        ("{demo.size: {is_not: 5}}", SIZE, Limit(Literal(5)), Limit(Literal(5)), True),
        ("{demo.share: {at_most: 3%}}", SHARE, None, Limit(Literal(Fraction(3, 100))), False),
        (
            "{demo.cost: {over: CNY 1.5 million}}",
            COST,
            Limit(Literal(1_500_000), True),
            None,
            False,
        ),
        ("{demo.day: {before: 2024-03-22}}", DAY, None, Limit(Literal(MARCH), True), False),
        ("{demo.day: {on_or_after: as_of}}", DAY, Limit(AsOf()), None, False),
        ("{demo.day: 2024-03-22}", DAY, Limit(Literal(MARCH)), Limit(Literal(MARCH)), False),
        (
            "{demo.cost: {at_least: {percent: 3%, of: demo.revenue}}}",
            COST,
            Limit(PercentOf(Fraction(3, 100), FactValue("demo.revenue"))),
            None,
            False,
        ),
    ],
)
def test_comparison(
    text: str,
    left: FactValue,
    lower: Limit | None,
    upper: Limit | None,
    negated: bool,
    tmp_path: Path,
) -> None:
    read = condition(text, tmp_path)
    assert isinstance(read, Compare)
    assert (read.left, read.lower, read.upper, read.negated) == (left, lower, upper, negated)


@pytest.mark.parametrize(
    ("text", "options", "negated"),
    [
        ("{demo.applies: yes}", {True}, False),
        ("{demo.applies: False}", {False}, False),
        ("{demo.kind: small}", {"small"}, False),
        ("{demo.kind: {is_not: small}}", {"small"}, True),
        ("{demo.kind: {none_of: [small, large]}}", {"small", "large"}, True),
    ],
)
def test_options(text: str, options: set[str | bool], negated: bool, tmp_path: Path) -> None:
    read = condition(text, tmp_path)
    assert isinstance(read, FactIs)
    assert (set(read.options), read.negated) == (options, negated)


def test_notes_and_places_of_conditions(tmp_path: Path) -> None:
    text = '{all: [{demo.applies: true, article: "2", review: true, because: {en: a, zh: 甲}}]}'
    read = condition(text, tmp_path)
    assert isinstance(read, All)
    note = read.parts[0].note
    assert (note.article, note.review, note.because and note.because.zh) == ("2", True, "甲")
    assert note.place is not None
    line = (tmp_path / "law.yaml").read_text(encoding="utf-8").splitlines()[note.place.line - 1]
    assert line[note.place.column - 1 : note.place.end_column - 1] == "demo.applies"


def test_names_of_an_instrument_become_full(shipped: Rules) -> None:
    rule = shipped.rules["cn.cac.2024-16/exempt-hr"]
    assert rule.exempts == (
        "cn.npc.pipl/mechanism",
        "cn.npc.csl/localisation",
        "cn.npc.pipl/localisation",
        "cn.cac-samr.2025-20/certification-open",
    )
    assert rule.way == ("data_export.mechanism", "exempt")
    assert isinstance(rule.applies_when, All)
    held = [p.name for p in rule.applies_when.parts if isinstance(p, HoldsCondition)]
    assert held == ["data_export.personal_information_exported"]
    conditions = {name for name in shipped.conditions if name.endswith("/important")}
    assert conditions == {"cn.cac.2022-11/important", "cn.cac.2024-16/important"}


def test_definitions_know_their_type_from_their_value(shipped: Rules) -> None:
    cost = shipped.definitions["cn.miit.2024-14/rd-cost"]
    assert (cost.type, cost.unit, cost.each) == (FactType.MONEY, "CNY", "accounts")
    assert isinstance(cost.value, Sum)
    people = shipped.definitions["cn.cac.2024-16/people"]
    assert (people.type, people.unit) == (FactType.INTEGER, "people")
    assert isinstance(people.value, DistinctTotal)
    expiry = shipped.definitions["data_export.certificate_expiry"]
    assert expiry.type is FactType.DATE
    assert isinstance(expiry.value, Shift)
    assert expiry.value.amount == 36


def test_comparison_with_a_definition(shipped: Rules) -> None:
    held = shipped.conditions["data_export.assessed"].when
    assert isinstance(held, All)
    last = held.parts[-1]
    assert isinstance(last, Compare)
    assert last.left == DefinitionValue("data_export.assessment_expiry")
    assert last.lower == Limit(AsOf())


def test_a_disputed_day_is_a_range(shipped: Rules) -> None:
    first, last = date(2024, 6, 18).toordinal(), date(2024, 6, 20).toordinal()
    assert shipped.instruments["cn.miit.2024-14"].effective == DayRange(first, last)


def test_gates(shipped: Rules) -> None:
    gates = {name: fact.gate.otherwise for name, fact in shipped.facts.items() if fact.gate}
    assert gates["data_export.transfers"] is GateValue.EMPTY_LIST
    assert gates["battery.application_date"] is GateValue.AS_OF
    assert gates["data_export.assessment_result_on"] is GateValue.NOT_YET
    assert gates["transfer.people_since_last_year"] == 0
    assert gates["transfer.zone_list_position"] == "no_list"


def test_chinese_that_is_folded_over_lines_has_no_blanks(shipped: Rules) -> None:
    question = shipped.facts["data_export.reassessment_event"].question
    assert question is not None
    assert "\n" not in question.zh
    assert "境外法律环境是否" in question.zh


def test_common_facts_come_first_and_items_follow_their_list(shipped: Rules) -> None:
    names = list(shipped.facts)
    assert names[0] == "common.company_name"
    fields = shipped.facts["data_export.transfers"].fields
    at = names.index("data_export.transfers")
    assert tuple(names[at + 1 : at + 1 + len(fields)]) == fields


# --- the linked form -----------------------------------------------------------------------------


def test_the_linked_form_holds_the_same_rules(shipped: Rules, tmp_path: Path) -> None:
    out = tmp_path / "packs.json"
    write_linked(ROOT / "rules", out)
    assert linked.load(out.read_bytes()) == shipped


def test_the_linked_form_is_the_same_wherever_it_is_made(shipped: Rules, tmp_path: Path) -> None:
    assert linked.dump(shipped) == linked.dump(linked.load(linked.dump(shipped)))
    copy = tmp_path / "rules"
    for path in (ROOT / "rules").rglob("*.yaml"):
        target = copy / path.relative_to(ROOT / "rules")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    out = tmp_path / "packs.json"
    write_linked(copy, out)
    assert out.read_bytes() == linked.dump(shipped)


def test_places_of_the_linked_form_are_relative(shipped: Rules) -> None:
    place = shipped.facts["data_export.ciio"].place
    assert place is not None
    assert place.path == "rules/cn/data-export/facts.yaml"


def test_linked_packs_load_without_yaml_and_pydantic(shipped: Rules, tmp_path: Path) -> None:
    out = tmp_path / "packs.json"
    out.write_bytes(linked.dump(shipped))
    code = (
        "import sys; from pathlib import Path; from compliancecheck.reading import packs;"
        f"packs._LINKED = Path({str(out)!r}); assert packs.load_rules().rules;"
        "print(sorted({'yaml', 'pydantic', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "data",
    [
        b'{"format":0}',
        b"[]",
        b'{"format":1,"kinds":["tuple"],"paths":[],"rules":[0]}',
        b'{"format":1,"kinds":["Popen"],"paths":[],"rules":[0,"ls"]}',
    ],
)
def test_other_data_is_no_linked_form(data: bytes) -> None:
    with pytest.raises(ValueError, match="linked packs"):
        linked.load(data)


# --- the schema ----------------------------------------------------------------------------------


def as_editors_see_it(value: object) -> object:
    """Plain data with the scalars that YAML 1.2 readers take for numbers and booleans."""
    if isinstance(value, dict):
        return {key: as_editors_see_it(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_editors_see_it(part) for part in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdigit() else value


PACK_FILES = sorted(shipped_rules().rglob("*.yaml"))


@pytest.mark.parametrize("path", [*PACK_FILES, GOOD / "law.yaml"], ids=lambda p: p.name)
def test_the_schema_accepts_what_the_reader_accepts(path: Path) -> None:
    node, _ = load(path.read_bytes(), str(path))
    assert node is not None
    schema = pack_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert [e.message for e in validator.iter_errors(as_editors_see_it(plain(node)))] == []


@pytest.mark.parametrize("name", ["unknown-key", "one-language", "level-word", "later-rule-keys"])
def test_the_schema_refuses_what_has_a_wrong_form(name: str, tmp_path: Path) -> None:
    pack_of(HERE / "bad_packs" / f"{name}.yaml", tmp_path)
    node, _ = load((tmp_path / "law.yaml").read_bytes(), "")
    assert node is not None
    assert not jsonschema.Draft202012Validator(pack_schema()).is_valid(plain(node))


def test_the_schema_is_json() -> None:
    assert json.loads(json.dumps(pack_schema()))["$defs"]["RuleForm"]["required"] == [
        "id",
        "article",
        "title",
    ]
