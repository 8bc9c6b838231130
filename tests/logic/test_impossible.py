"""A contradiction that only the diagram sees: a conflict that names the answers, no crash."""

from __future__ import annotations

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.conditions import All, Any, Condition, FactIs
from compliancecheck.model.facts import FactType, Gate
from compliancecheck.model.profile import FactRef, Profile
from tests.builders import answers, fact, instrument, rule, rules_of

GUARDED = ("g0", "g1", "g2", "g3")


def yes(name: str) -> Condition:
    return FactIs(name, frozenset({True}))


def no(name: str) -> Condition:
    return FactIs(name, frozenset({False}))


def test_four_gates_of_which_one_is_always_closed() -> None:
    gates = [
        Any((yes("a"), yes("b"))),
        Any((no("a"), yes("b"))),
        Any((yes("a"), no("b"))),
        Any((no("a"), no("b"))),
    ]
    facts = [fact(name, FactType.BOOLEAN) for name in ("a", "b", "h")]
    facts += [
        fact(name, FactType.BOOLEAN, gate=Gate(gate, False))
        for name, gate in zip(GUARDED, gates, strict=True)
    ]
    wanted = All((*map(yes, GUARDED), yes("h")))
    rules = rules_of(facts, [instrument("i")], [rule("i/r", requires=wanted)])
    found = evaluate(Profile(answers=answers(dict.fromkeys(GUARDED, True))), rules, as_of=100)
    assert found.findings == ()
    assert {ref for conflict in found.conflicts for ref in conflict.refs} == {
        FactRef(name) for name in GUARDED
    }
