"""Worked examples are run as their rules say, and differences are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliancecheck.authoring.examples import run_examples
from compliancecheck.reading.pack_reader import read_packs
from tests.authoring.demo import FACTS, LAW, changed, pack

ROOT = Path(__file__).parent.parent.parent


def test_examples_of_a_good_pack_pass(tmp_path: Path) -> None:
    results = run_examples(pack(tmp_path))
    assert [(r.rule, r.example, r.differences) for r in results if not r.passed] == []
    assert len(results) == 6


def test_a_pattern_chooses_rules(tmp_path: Path) -> None:
    rules = pack(tmp_path)
    assert {r.rule for r in run_examples(rules, "*/exempt-*")} == {"xx.law/exempt-few"}
    assert {r.rule for r in run_examples(rules, "xx.law/duty")} == {"xx.law/duty"}
    assert run_examples(rules, "xx.law/du") == []


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("{status: fail, way: ask}", "{status: pass}", "expected status pass, got fail"),
        ("{status: fail, way: ask}", "{status: fail, way: free}", "expected way free, got ask"),
        (
            "facts: {thing.people: 100}\n        expect: {status: fail, way: ask}",
            "facts: {thing.people: hundred}\n        expect: {status: fail}",
            "`hundred` is not a whole number of people",
        ),
        (
            "facts: {thing.people: 100}\n        expect: {status: fail, way: ask}",
            "facts: {thing.pepole: 100}\n        expect: {status: fail}",
            "pepole",
        ),
        (
            "facts: {thing.people: 100}\n        expect: {status: fail, way: ask}",
            "item: two\n        facts: {thing.people: 100}\n        expect: {status: fail}",
            "the base profile has no item `two` in demo.things; write `item: KEY`",
        ),
    ],
)
def test_what_an_example_gives_instead_is_told(
    old: str, new: str, difference: str, tmp_path: Path
) -> None:
    results = run_examples(pack(tmp_path, law=changed(LAW, old, new)), "xx.law/duty")
    told = [text for result in results for text in result.differences]
    assert len(told) == 1
    assert difference in told[0]


def test_an_example_names_its_item_among_several(tmp_path: Path) -> None:
    one = "      - {name: one, people: 5, done: false}\n"
    facts = changed(FACTS, one, one + "      - {name: two, people: 5, done: false}\n")
    law = changed(LAW, "facts: {thing.people:", "item: two\n        facts: {thing.people:")
    assert all(result.passed for result in run_examples(pack(tmp_path, facts, law)))


def test_out_of_force_is_not_applicable(tmp_path: Path) -> None:
    old = "as_of: 2024-06-01\n        facts: {thing.people: 99}\n        expect: {status: not"
    law = changed(LAW, old, old.replace("2024-06-01", "2023-12-31"))
    results = run_examples(
        pack(
            tmp_path,
            law=changed(law, ", way: free}\n      - name: at the", "}\n      - name: at the"),
        )
    )
    assert [(r.example, r.differences) for r in results if not r.passed] == []


def test_examples_of_the_shipped_packs_pass() -> None:
    results = run_examples(read_packs([ROOT / "rules"], ROOT))
    assert [(r.rule, r.example, r.differences) for r in results if not r.passed] == []
    assert results
