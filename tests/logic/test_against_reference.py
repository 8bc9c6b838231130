"""The engine against the oracle on generated vocabularies, rules and profiles.

Seeds are fixed, so a run is the same each time. COMPLIANCECHECK_SEEDS=20 makes it twenty times
as long, with further seeds; a failure names its seed, and `generators.case(seed, plain)` is it.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model import conditions as c
from compliancecheck.model.facts import FactType
from compliancecheck.model.findings import Status
from compliancecheck.model.profile import Profile
from compliancecheck.model.values import Interval
from tests import agreement, blurring, builders, generators

CHUNK = 50
TIMES = int(os.environ.get("COMPLIANCECHECK_SEEDS", "1"))


def chunks(count: int) -> list[range]:
    return [range(n * CHUNK, (n + 1) * CHUNK) for n in range(count * TIMES)]


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
@pytest.mark.parametrize("seeds", chunks(6), ids=str)
def test_sound_and_exact_over_cells(seeds: range, plain: bool) -> None:
    compared: Counter[Status] = Counter()
    for seed in seeds:
        case = generators.case(seed, plain)
        found, listed = agreement.run(case), agreement.list_all(case)
        assert agreement.unsound(case, found, listed) == [], f"seed {seed}, {plain=}"
        wrong, fit = agreement.inexact(case, found, listed)
        assert wrong == [], f"seed {seed}, {plain=}"
        compared += fit
    open_ = compared[Status.UNDETERMINED] + compared[Status.CONTESTED]
    assert compared.total() > 20, compared  # or the comparison has lost its meaning
    assert open_ > 2, compared


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
def test_items_taken_as_alike_have_their_own_findings(
    plain: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [generators.case(seed, plain) for seed in range(300 * TIMES)]
    one_by_one = [agreement.run(case) for case in cases]
    monkeypatch.setattr("compliancecheck.logic.engine._programs", {})
    monkeypatch.setattr("compliancecheck.logic.engine.FEWEST_ALIKE", 1)
    for seed, (case, single) in enumerate(zip(cases, one_by_one, strict=True)):
        found = agreement.run(case)
        assert found.findings == single.findings, f"seed {seed}, {plain=}"
        assert found.routes == single.routes, f"seed {seed}, {plain=}"


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
@pytest.mark.parametrize("seeds", chunks(6), ids=str)
def test_monotone(seeds: range, plain: bool) -> None:
    lost = 0
    for seed in seeds:
        case = generators.case(seed, plain)
        random = Random(f"vaguer {seed}")
        precise = case.profile
        for _ in range(3):
            vague = blurring.vaguer(random, case, precise)
            wrong = agreement.unmonotone(case, precise, vague)
            assert wrong == [], f"seed {seed}, {plain=}"
            lost += precise != vague
            precise = vague
    assert lost > CHUNK


def test_a_quantifier_binds_its_own_item() -> None:
    """Asked for each item, `some` reads the definitions of the items it goes through."""
    two = c.Compare(c.DefinitionValue("p.people"), c.Limit(c.Literal(2)), None)
    rules = builders.rules_of(
        [builders.fact("item.people", FactType.INTEGER, bounds=Interval(0, 4))],
        [builders.instrument("law")],
        [builders.rule("law/r", each="item", requires=c.Some("item", two))],
        definitions=[builders.definition("p.people", c.FactValue("item.people"), "item")],
    )
    given = builders.items({"item.people": 1}, {"item.people": 2})
    profile = Profile(lists={builders.LIST: given})
    found = evaluate(profile, rules, as_of=738_916)
    assert [f.status for f in found.findings] == [Status.PASS, Status.PASS]
