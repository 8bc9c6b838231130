"""Rules as norms: nested lines, negation in the leaves, notes kept, and what a rule rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliancecheck.logic.norm import deadline_words, definition_lines, norm_lines, terms_of
from compliancecheck.model import conditions as c
from compliancecheck.model.conditions import Note
from compliancecheck.model.facts import FactType
from compliancecheck.model.instruments import Deadline, Extension, Rules
from compliancecheck.model.texts import Texts
from tests.authoring.demo import FACTS, LAW, changed, pack
from tests.builders import (
    at_least,
    condition,
    definition,
    fact,
    instrument,
    is_,
    reading,
    rule,
    rules_of,
    texts,
)

ART = Note(article="5")


@pytest.fixture
def rules() -> Rules:
    case = c.Choose((c.Case(is_("p.a"), c.Literal(1)),), c.FactValue("p.n"))
    return rules_of(
        [
            fact("p.a", FactType.BOOLEAN),
            fact("p.b", FactType.BOOLEAN),
            fact("p.n", FactType.INTEGER),
            fact("p.d", FactType.DATE),
        ],
        [instrument("l")],
        [
            rule("l/one", applies_when=c.HoldsCondition("l/outer"), requires=c.HoldsRule("l/two")),
            rule("l/two", applies_when=is_("p.b")),
            rule(
                "l/three", requires=c.Compare(c.DefinitionValue("l/n"), None, c.Limit(c.Literal(3)))
            ),
        ],
        readings=[reading("p.r", "x", "y"), reading("p.other", "x")],
        conditions=[
            condition("l/outer", c.All((c.HoldsCondition("l/inner"), is_("p.a")))),
            condition("l/inner", c.ReadingIs("p.r", frozenset({"x"}))),
        ],
        definitions=[definition("l/n", case)],
    )


def shown(rules: Rules, when: c.Condition) -> list[tuple[int, str, str | None]]:
    return [(x.depth, x.words.en, x.note.article) for x in norm_lines(rules, when)]


@pytest.mark.parametrize(
    ("when", "lines"),
    [
        (is_("p.a"), [(0, "p.a: yes", None)]),
        (c.Not(is_("p.a"), ART), [(0, "p.a: no", "5")]),
        (c.All((is_("p.a"),), ART), [(0, "p.a: yes", "5")]),
        (
            c.All((is_("p.a"), c.Any((is_("p.b"), at_least("p.n", 2))))),
            [
                (0, "all of these", None),
                (1, "p.a: yes", None),
                (1, "at least one of these", None),
                (2, "p.b: yes", None),
                (2, "p.n: at least 2", None),
            ],
        ),
        (
            c.Not(c.Any((is_("p.a"), c.Not(is_("p.b"))))),
            [(0, "all of these", None), (1, "p.a: no", None), (1, "p.b: yes", None)],
        ),
    ],
)
def test_nested_lines(
    rules: Rules, when: c.Condition, lines: list[tuple[int, str, str | None]]
) -> None:
    assert shown(rules, when) == lines


def test_a_condition_without_a_label_is_written_out(rules: Rules) -> None:
    lines = shown(rules, c.HoldsCondition("l/outer"))
    assert [line[0] for line in lines] == [0, 1, 1]
    assert lines[2][1] == "p.a: yes"


def test_what_a_rule_rests_on(rules: Rules) -> None:
    terms = terms_of(rules, rules.rules["l/one"])
    assert [r.name for r in terms.readings] == ["p.r"]
    assert [r.id for r in terms.rules] == ["l/two"]
    assert terms.definitions == ()
    assert [d.name for d in terms_of(rules, rules.rules["l/three"]).definitions] == ["l/n"]


def test_a_definition_by_cases(rules: Rules) -> None:
    lines = [(x.depth, x.words.en) for x in definition_lines(rules, rules.definitions["l/n"])]
    assert lines == [
        (0, "1"), (1, "where"), (2, "p.a: yes"), (0, "otherwise"), (1, "p.n")
    ]  # fmt: skip


def test_a_label_makes_a_term(tmp_path: Path) -> None:
    label = "    each: thing\n    label: {en: c, zh: 计}\n    cite:"
    facts = changed(FACTS, "    each: thing\n    cite:", label)
    demo = pack(tmp_path, facts, LAW)
    duty = demo.rules["xx.law/duty"]
    assert [t.name for t in terms_of(demo, duty).conditions] == ["demo.counted"]
    assert duty.applies_when is not None
    assert shown(demo, duty.applies_when)[1] == (1, "c", None)


@pytest.mark.parametrize(
    ("extension", "en"),
    [
        (None, "2026-10-12"),
        (Extension(), "2026-10-12; may be extended, without a limit"),
        (Extension(60), "2026-10-12; may be extended to 60 working days in all"),
    ],
)
def test_deadline_in_words(rules: Rules, extension: Extension | None, en: str) -> None:
    day = c.Literal(date(2026, 10, 12).toordinal())
    deadline = Deadline("d", "duty", "company", Texts("file", "备案"), day, may_extend=extension)
    assert deadline_words(rules, deadline).en == en
    opened = Deadline("d", "right", "company", texts("x"), day, opens=c.FactValue("p.d"))
    assert deadline_words(rules, opened).en == "from p.d to 2026-10-12"
