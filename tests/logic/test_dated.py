"""Moved days, deadlines and what waits for a day, against the oracle on generated cases."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from compliancecheck.model.findings import Status
from tests import agreement, agreement_dates, blurring, dated
from tests.logic.test_against_reference import CHUNK, chunks


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
@pytest.mark.parametrize("seeds", chunks(3), ids=str)
def test_sound_and_exact_over_cells(seeds: range, plain: bool) -> None:
    compared: Counter[Status] = Counter()
    for seed in seeds:
        case = dated.case(seed, plain)
        found, listed = agreement.run(case), agreement.list_all(case)
        assert agreement.unsound(case, found, listed) == [], f"seed {seed}, {plain=}"
        wrong, fit = agreement.inexact(case, found, listed)
        assert wrong == [], f"seed {seed}, {plain=}"
        compared += fit
    assert compared.total() > 8, compared  # or the comparison has lost its meaning


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
@pytest.mark.parametrize("seeds", chunks(3), ids=str)
def test_monotone(seeds: range, plain: bool) -> None:
    for seed in seeds:
        case = dated.case(seed, plain)
        random = Random(f"vaguer {seed}")
        precise = case.profile
        for _ in range(2):
            vague = blurring.vaguer(random, case, precise)
            assert agreement.unmonotone(case, precise, vague) == [], f"seed {seed}, {plain=}"
            precise = vague


@pytest.mark.parametrize("plain", [False, True], ids=["any", "plain"])
def test_due_days_and_days_of_waiting(plain: bool) -> None:
    acts = waiting = 0
    for seed in range(4 * CHUNK):
        case = dated.case(seed, plain)
        found = agreement.run(case)
        assert agreement_dates.wrong_days(case, found) == [], f"seed {seed}, {plain=}"
        acts += len(found.dates)
        if any(finding.waits_until for finding in found.findings):
            waiting += 1
            listed = agreement.list_all(case)
            wrong = agreement_dates.wrong_waits(case, found, listed)
            assert wrong == [], f"seed {seed}, {plain=}"
    assert acts > 4 * CHUNK
    assert waiting > 5, waiting  # or there was nothing to compare
