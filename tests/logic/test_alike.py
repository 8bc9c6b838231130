"""Items that no diagram tells apart: the shortcut for long lists changes no finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from compliancecheck.logic import editions, engine
from compliancecheck.logic.bands import bounds_in_play, fact_axis, option_bands
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.interview import next_screen
from compliancecheck.logic.questions import GOALS
from compliancecheck.logic.waiters import waiting_on
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, ItemList, Profile
from compliancecheck.reading.packs import load_rules
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reports.summary import status_counts
from tests import generators

AS_OF = date(2026, 11, 24).toordinal()


def repeated(profile: Profile) -> Profile:
    """Every list with each of its items three times, under other names."""
    lists = {
        name: ItemList(
            tuple(replace(i, key=f"{i.key}{n}") for n in "abc" for i in given.items), given.open
        )
        for name, given in profile.lists.items()
    }
    return replace(profile, lists=lists, evidence={})


def of_transfers(several: int, rules: Rules) -> Profile:
    """A list whose items know little, in many ways: ranges, `unknown`, acts to come."""
    counts = ("unknown", "100..5000", "at least 20", "300")
    rows = []
    for n in range(several):
        row = [f"name: t{n}"]
        row += ["access: sent_abroad"] if n % 2 else []
        row += ["has_personal_information: true"] if n % 3 else []
        row += [f"people_nonsensitive_this_year: {counts[n % 4]}"] if n % 3 == 1 else []
        row += ["people_sensitive_this_year: unknown"] if n % 5 == 1 else []
        row += ["mechanism: contract", f"contract_effective_on: 2026-{1 + n % 11:02}-03"] * (
            n % 4 == 1
        )
        row += ["contract_filed_on: not yet"] if n % 8 == 1 else []
        rows.append("{" + ", ".join(row) + "}")
    text = "data_export:\n  exports_data: true\n  transfers:\n"
    text += "".join(f"    - {row}\n" for row in rows)
    profile, problems = load_profile_text(text.encode(), "p.yaml", rules)
    assert profile is not None, problems
    return profile


def test_questions_of_a_long_list_are_those_of_each_item_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Bounds, bands, what is asked: judged by kinds of items and item by item."""
    rules = load_rules()
    profile = of_transfers(12, rules)
    refs = [FactRef("data_export.people_handled_in_total")]
    refs += [
        FactRef(f"transfer.people_{kind}_this_year", f"t{n}")
        for kind in ("nonsensitive", "sensitive")
        for n in (1, 11)
    ]
    found = []
    for fewest in (8, 10**6):
        monkeypatch.setattr(engine, "FEWEST_ALIKE", fewest)
        engine._programs.clear()
        now = evaluate(profile, rules, as_of=AS_OF)
        assert any(world.classes for world in engine.engine_of(now).world.lists.values()) == (
            fewest == 8
        )
        waiting = {
            ref: (
                {id(line) for line in waiting_on(now, ref)[0]}
                == {id(line) for line in now.routes if ref in line.missing},
                {id(one) for one in waiting_on(now, ref)[1]}
                == {id(one) for one in now.findings if ref in one.missing},
            )
            for ref in refs
        }
        assert set(waiting.values()) == {(True, True)}
        found.append(
            (
                *shown(now),
                now.dates,
                [fact_axis(now, ref) for ref in refs],
                [bounds_in_play(now, ref) for ref in refs],
                option_bands(now, FactRef("transfer.purpose", "t2")),
                [next_screen(now, goal=goal) for goal in GOALS],
            )
        )
    assert found[0] == found[1]


def test_an_evaluation_to_be_counted_only_counts_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = load_rules()
    now = evaluate(of_transfers(40, rules), rules, as_of=AS_OF)
    counted = []
    for many in (10**9, 10):
        monkeypatch.setattr(editions, "_MANY", many)
        rung = editions.rung(now, "data-export", editions.ladder(rules, "data-export")[-1])
        company = [replace(x, missing=()) for x in rung.evaluation.routes if x.item is None]
        counted.append((status_counts(rung.evaluation), company))
    assert counted[0] == counted[1]
    assert sum(counted[0][0].values()) > 40


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
