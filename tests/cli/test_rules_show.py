"""`rules show`: which names it takes, what a page has, and that its file may be missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from compliancecheck.cli import rules_show
from compliancecheck.model.safe import cell_width
from compliancecheck.reading import entries
from compliancecheck.reading.entries import entry_at
from compliancecheck.reading.packs import load_rules
from compliancecheck.reports.rule_page import Beside
from compliancecheck.reports.rule_page_text import rule_text
from compliancecheck.reports.sheet import Sheet
from tests.authoring.demo import FACTS, LAW, changed
from tests.cli.command import DAY, Command

DUTY = "xx.law/duty"
AS_OF = date(2026, 11, 24).toordinal()


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "law.yaml").write_text(LAW, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [DUTY, "duty"])
def test_a_rule_by_its_id_or_short_id(command: Command, demo: Path, name: str) -> None:
    done = command("rules", "show", name, "--rules", str(demo), *DAY)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[:2] == ["Ask for a hundred people", "一百人以上须申请"]
    assert lines[2] == "xx.law/duty  Law  art. 1  duty  must"
    assert "in force  since 2024-01-01" in lines[3]
    for part in ("      - people: at least 100", "    - done: yes", "    Ask.", "EXAMPLES  3/3",
                 "    https://law.example  checked 2026-11-24", "    text verified"):  # fmt: skip
        assert part in lines


def test_a_chinese_page_says_what_examples_expect_and_marks_english_names(
    command: Command,
) -> None:
    done = command("rules", "show", "cn.cac.2024-16/assessment-volume", "--lang", "zh", *DAY)
    line = next(line for line in done.out.splitlines() if "one under the bound" in line)
    assert line == "    ✓ one under the bound（英）  2026-03-02  不适用，路径 标准合同或认证"
    done = command("rules", "show", "cn.miit.2024-14/output-ratio-shown", "--lang", "zh", *DAY)
    assert "exactly half（英）  2026-03-02  须知，比较结果 成立" in done.out


@pytest.mark.parametrize(("width", "both"), [(79, False), (80, True)])
def test_a_narrow_chinese_page_has_its_title_in_chinese_alone(width: int, both: bool) -> None:
    rules = load_rules()
    rule = rules.rules["cn.miit.2024-14/rd-share"]
    text = rule_text(rules, rule, AS_OF, Sheet(width=width, lang="zh"), Beside())
    assert text.startswith("每年研发")
    assert (rule.title.en.split()[0] in text) is both


def test_the_yaml_is_that_of_the_file(command: Command, demo: Path) -> None:
    done = command("rules", "show", DUTY, "--rules", str(demo), *DAY, "--format", "json")
    data = json.loads(done.out)
    (entry,) = yaml.safe_load(data["yaml"])
    assert entry == yaml.safe_load(LAW)["rules"][0]
    assert data["file"].endswith("law.yaml")
    assert data["line"] == LAW[: LAW.index("- id: duty")].count("\n") + 1


def test_json_holds_the_same(command: Command, demo: Path) -> None:
    done = command("rules", "show", "exempt-few", "--rules", str(demo), *DAY, "--format", "json")
    data = json.loads(done.out)
    assert (data["id"], data["kind"], data["standing"]) == ("xx.law/exempt-few", "exemption",
                                                            "in_force")  # fmt: skip
    assert data["applies_when"][1:] == [
        {"depth": 1, "words": {"en": "exports: yes", "zh": "出境：是"}},
        {"depth": 1, "words": {"en": "people: under 100", "zh": "人数：不满100"}},
    ]
    assert [e["passed"] for e in data["examples"]] == [True, True, True]
    assert data["examples"][0]["expect"] == {"status": "informative", "way": "free"}


def test_an_example_that_differs_is_shown(command: Command, demo: Path) -> None:
    law = changed(LAW, "expect: {status: pass}", "expect: {status: fail}")
    (demo / "law.yaml").write_text(law, encoding="utf-8")
    done = command("rules", "show", DUTY, "--rules", str(demo), *DAY)
    assert done.code == 0
    assert "EXAMPLES  2/3" in done.out
    assert "        expected status fail, got pass" in done.out.splitlines()


def test_an_instrument_with_its_articles_and_rules(command: Command, demo: Path) -> None:
    done = command("rules", "show", "xx.law", "--rules", str(demo), *DAY)
    lines = done.out.splitlines()
    assert lines[2] == "xx.law  Law  Issuer  issued 2024-01-01"
    assert "    encoded: 1, 2" in lines
    assert "    not encoded: 3 (scope)" in lines
    assert "    duty  art. 1  must  Ask for a hundred people  examples 3/3" in lines


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rules show", "needs the id of a rule or an instrument"),
        ("rules show exempt-hrr", "perhaps `exempt-hr`"),
        ("rules show cn.cac.2024-17", "perhaps `cn.cac.2024-16`"),
        ("rules show validity", "`cn.cac.2022-11/validity` or `cn.cac.2024-16/validity`"),
        ("rules show exempt-hr ciioo", "no rule and no instrument `ciioo`"),
        ("rules list exempt-hr", "`rules list` takes no name: `exempt-hr`"),
        ("rules page --format json", "writes markdown"),
    ],
)
def test_what_is_wrong_is_said_with_a_hint(command: Command, line: str, said: str) -> None:
    done = command(*line.split())
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_displaced_rules_say_by_what_and_exempted_ones_to_what_they_yield(
    command: Command,
) -> None:
    out = command("rules", "show", "cn.cac.2022-11/million-handler", *DAY).out
    assert "in force, displaced by another provision  since 2022-09-01" in out
    assert "    cn.cac.2024-16  Data Flows 2024  art. 13  since 2024-03-22\n" in out
    before = command("rules", "show", "cn.cac.2022-11/million-handler", "--as-of", "2024-03-21").out
    assert "\nin force  since 2022-09-01" in before
    assert "YIELDS TO\n" in command("rules", "show", "cn.npc.pipl/mechanism", *DAY).out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_is_plain_text(
    command: Command, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules_show, "_examples", lambda rules, rule: ())  # `rules test` runs them
    listed = json.loads(command("rules", "list", *DAY, "--format", "json").out)
    rules = [rule for row in listed for rule in row["rules"]]
    done = command("rules", "show", *rules, *DAY, "--lang", lang)
    assert done.code == 0
    inside = False
    for line in done.out.splitlines():
        inside = line == "YAML" or (inside and line.startswith("    "))
        assert inside or cell_width(line) <= 80 or "http" in line, line
    assert done.out.count("\nYAML\n") == len(rules)


@pytest.mark.parametrize(
    ("text", "number", "entry"),
    [
        ("a:\n  - b: 1\n    c: 2\n\n    d: 3\n\n  - e: 4\n", 2, "- b: 1\n  c: 2\n\n  d: 3\n"),
        ("a:\n  - b: 1\n# x\nf: 2\n", 2, "- b: 1\n"),
        ("a: 1\n", 1, None),
        ("a: 1\n", 9, None),
    ],
)
def test_the_lines_of_an_entry(text: str, number: int, entry: str | None) -> None:
    assert entry_at(text.splitlines(), number) == entry


def test_without_the_file_the_page_has_no_yaml(
    command: Command, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "file_of", lambda place, shipped: None)
    done = command("rules", "show", DUTY, "--rules", str(demo), *DAY)
    assert done.code == 0
    assert "YAML" not in done.out


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["exempt-hr", "cn.cac.2022-11"])
def test_golden(command: Command, golden: Callable[[str, str], None], name: str, lang: str) -> None:
    done = command("rules", "show", name, *DAY, "--lang", lang)
    assert done.err == ""
    golden(f"rules/show.{name}.{lang}.txt", done.out)
