"""The linter: nothing to say about a good pack, and one fault seeded for each check."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliancecheck.authoring.lint import lint
from compliancecheck.reading.pack_reader import read_packs
from tests.authoring.demo import FACTS, LAW, changed, pack

ROOT = Path(__file__).parent.parent.parent


def messages(folder: Path, facts: str = FACTS, law: str = LAW) -> list[str]:
    return [f"{p.severity}: {p.message}" for p in lint(pack(folder, facts, law))]


def test_a_good_pack_gives_nothing(tmp_path: Path) -> None:
    assert messages(tmp_path) == []


def test_the_shipped_packs_have_no_error() -> None:
    problems = lint(read_packs([ROOT / "rules"], ROOT))
    assert [f"{p.file}:{p.line}: {p.message}" for p in problems if p.is_error] == []


FAULTS = {
    "a comparison that is always true": (
        "law",
        "- {thing.people: {under: 100}}",
        "- {thing.people: {under: 100}}\n        - {thing.people: {at_least: 0}}",
        "error: this comparison is always true, whatever is answered within bounds",
    ),
    "a comparison that is always false": (
        "law",
        "- {thing.people: {under: 100}}",
        "- {thing.people: {under: 100}}\n        - not: {thing.people: {under: 0}}",
        "error: this comparison is always false, whatever is answered within bounds",
    ),
    "a fact that nothing reads": (
        "facts",
        "      done:",
        "      spare: {type: boolean, label: {en: spare, zh: 备用}}\n      done:",
        "error: the fact `thing.spare` is declared and never used",
    ),
    "a condition that nothing reads": (
        "facts",
        "routes:",
        '  demo.spare:\n    cite: [{instrument: xx.law, article: "1"}]\n'
        "    when: {demo.exports: true}\nroutes:",
        "error: the condition `demo.spare` is declared and never used",
    ),
    "a base profile without examples": (
        "facts",
        "profiles:\n",
        "profiles:\n  demo.spare: {demo.exports: false}\n",
        "error: no example is like the base profile `demo.spare`",
    ),
    "a label that is too long": (
        "facts",
        "label: {en: exports, zh: 出境}",
        "label: {en: exports of everything that there is, zh: 出境}",
        "error: the label of `demo.exports` takes 35 cells; at most 30 are shown",
    ),
    "an article at which nothing stands": (
        "law",
        '"3": {not_encoded: scope}',
        '"3": encoded',
        "error: article 3 of xx.law is `encoded`, and nothing stands at it",
    ),
    "a duty without an example of pass": (
        "law",
        "        expect: {status: pass}\n",
        "        expect: {status: undetermined}\n",
        "error: the duty `duty` has no example of pass",
    ),
    "a rule without an example of applying": (
        "law",
        "expect: {status: informative, way: free}",
        "expect: {status: not_applicable}",
        "error: `exempt-few` has no example in which it applies",
    ),
    "a threshold that is not tried at its bound": (
        "law",
        "{thing.people: 100}",
        "{thing.people: 102}",
        "error: no example lies at this bound of `xx.law/duty`",
    ),
    "a rule that passes on an empty profile": (
        "law",
        "rules:\n",
        'rules:\n  - id: always\n    article: "1"\n    level: must\n'
        "    title: {en: Always, zh: 总是}\n"
        "    requires:\n      any:\n        - {demo.exports: true}\n"
        "        - {demo.exports: false}\n"
        "    examples:\n      - name: first\n        like: demo.plain\n        as_of: 2024-06-01\n"
        "        expect: {status: pass}\n",
        "error: `xx.law/always` passes on 2024-01-01 although nothing is answered",
    ),
    "ways that overlap": (
        "law",
        "        - {thing.people: {under: 100}}\n    exempts: []\n",
        "        - {thing.people: {under: 101}}\n",
        "error: on 2024-01-01 the ways ask and free of demo.path hold together: "
        "demo.exports: true, thing.people: 100..100",
    ),
    "ways with a gap": (
        "law",
        "{under: 100}",
        "{under: 99}",
        "error: on 2024-01-01 no way of demo.path holds: demo.exports: true, thing.people: 99..99",
    ),
    "a successor that does not meet": (
        "law",
        "  sources:",
        "  replaces: [xx.law]\n  sources:",
        "error: xx.law is replaced by xx.law, and ends on no day, not on 2024-01-01",
    ),
    "a line that is too long": (
        "law",
        "rules:\n",
        f"rules:\n# {'x' * 99}\n",
        "error: the line has 101 characters; at most 100",
    ),
    "keys of a rule out of order": (
        "law",
        "    requires: {thing.done: true}\n    then: {en: Ask., zh: 请申请。}\n",
        "    then: {en: Ask., zh: 请申请。}\n    requires: {thing.done: true}\n",
        "error: `requires` is written before `then`",
    ),
    "conditions in flow style": (
        "law",
        "    requires: {thing.done: true}\n",
        "    requires: {all: [{thing.done: true}]}\n",
        "error: write `all` and `any` as a block, one condition a line",
    ),
    "flow style over lines": (
        "law",
        "    title: {en: Fewer are free, zh: 不满一百人的豁免}\n",
        "    title: {en: Fewer are free,\n      zh: 不满一百人的豁免}\n",
        "error: flow style goes over several lines; write it as a block",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found(fault: str, tmp_path: Path) -> None:
    where, old, new, expected = FAULTS[fault]
    if where == "facts":
        found = messages(tmp_path, facts=changed(FACTS, old, new))
    else:
        found = messages(tmp_path, law=changed(LAW, old, new))
    assert expected in found


def test_sections_out_of_order(tmp_path: Path) -> None:
    head, rules = LAW.split("rules:\n")
    assert messages(tmp_path, law=f"rules:\n{rules}{head}") == [
        "error: `language` is written before `rules`"
    ]


def test_a_threshold_of_a_shared_condition_is_a_warning(tmp_path: Path) -> None:
    shared = "    when: {demo.exports: true}\nroutes:"
    facts = changed(FACTS, shared, "    when: {thing.people: {over: 1}}\nroutes:")
    facts = changed(facts, "  demo.exports: {type: boolean, label: {en: exports, zh: 出境}}\n", "")
    facts = changed(facts, "    demo.exports: true\n", "")
    assert messages(tmp_path, facts=facts) == [
        "warning: no example lies below or at this bound of `demo.counted`"
    ]
