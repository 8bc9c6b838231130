"""Bands of a number in the words that a person would use."""

from __future__ import annotations

import pytest

from compliancecheck.model.values import Interval
from compliancecheck.tui.answer.answers_text import interval_said, interval_text
from tests.tui.pilots import rules

PEOPLE = "data_export.people_handled_in_total"


@pytest.mark.parametrize(
    ("low", "high", "en", "zh", "written"),
    [
        (0, 0, "0", "0", "0"),
        (0, 99_999, "under 100,000", "不满10万", "under 100000"),
        (100_000, 999_999, "100,000 to 999,999", "10万以上不满100万", "100000..999999"),
        (1, 9_999, "1 to 9,999", "1以上不满1万", "1..9999"),
        (5, 20, "5 to 20", "5至20", "5..20"),
        (10_000_000, 10_000_000, "10,000,000", "1000万", "10000000"),
        (10_000_001, 1_500_000_000, "over 10,000,000", "超过1000万", "at least 10000001"),
        (1_000_000, 1_500_000_000, "1,000,000 or more", "100万及以上", "at least 1000000"),
        (1, 1_500_000_000, "1 or more", "1及以上", "at least 1"),
    ],
)
def test_a_band_is_said_as_the_law_says_it(
    low: int, high: int, en: str, zh: str, written: str
) -> None:
    fact = rules().facts[PEOPLE]
    said = interval_said(fact, Interval(low, high))
    assert (said.en, said.zh) == (en, zh)
    assert interval_text(fact, Interval(low, high)) == written
