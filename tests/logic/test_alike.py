"""Items that no diagram tells apart: the shortcut for long lists changes no finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from compliancecheck.logic import engine
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.profile import ItemList, Profile
from tests import generators


def repeated(profile: Profile) -> Profile:
    """Every list with each of its items three times, under other names."""
    lists = {
        name: ItemList(
            tuple(replace(i, key=f"{i.key}{n}") for n in "abc" for i in given.items), given.open
        )
        for name, given in profile.lists.items()
    }
    return replace(profile, lists=lists, evidence={})


def shown(evaluation: Evaluation) -> tuple[object, ...]:
    return (evaluation.findings, evaluation.routes, evaluation.conflicts)


@pytest.fixture(autouse=True)
def _no_programs_left() -> Iterator[None]:
    yield
    engine._programs.clear()


@pytest.mark.parametrize("seeds", [range(n, n + 60) for n in range(0, 240, 60)], ids=str)
def test_the_shortcut_changes_nothing(seeds: range, monkeypatch: pytest.MonkeyPatch) -> None:
    several = 0
    for seed in seeds:
        case = generators.case(seed)
        profile = repeated(case.profile)
        found = []
        for fewest in (1, 10**6):
            monkeypatch.setattr(engine, "FEWEST_ALIKE", fewest)
            engine._programs.clear()
            found.append(evaluate(profile, case.rules, as_of=case.as_of))
        assert shown(found[0]) == shown(found[1]), f"seed {seed}"
        several += any(len(given.items) > 1 for given in profile.lists.values())
    assert several > 10  # or there was nothing to share
