"""Items copied and renamed, and evidence: lines, quotes, comments and paths."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from compliancecheck.model.profile import Evidence, FactRef
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.writing import (
    CannotSplice,
    copy_item,
    remove_item,
    rename_item,
    set_evidence,
)
from tests.reading.vocab import RULES

TRANSFERS = "data_export.transfers"
YEARS = "battery.years"
DAY = 739708  # 2026-04-02


@pytest.mark.parametrize(
    ("text", "key", "copy", "result"),
    [
        (
            "battery.years:\n  # the first\n  - year: 1  # c\n    revenue: CNY 5\n    # below\n"
            "  - year: 2\n", "1", "3",
            "battery.years:\n  # the first\n  - year: 1  # c\n    revenue: CNY 5\n    # below\n"
            "  - year: 3  # c\n    revenue: CNY 5\n    # below\n  - year: 2\n",
        ),
        ("battery.years:\r\n-   revenue: CNY 5\r\n    year: '1'", "1", "2",
         "battery.years:\r\n-   revenue: CNY 5\r\n    year: '1'\r\n"
         "-   revenue: CNY 5\r\n    year: '2'"),
        ("battery.years: [{year: 1, revenue: CNY 5}, {year: 2}]\n", "1", "3",
         "battery.years: [{year: 1, revenue: CNY 5}, {year: 3, revenue: CNY 5}, {year: 2}]\n"),
        ("battery.years:\n  - {year: 1} # c\n", "1", "2",
         "battery.years:\n  - {year: 1} # c\n  - {year: 2} # c\n"),
        ("battery.years:\n  -\n    year: 1\n", "1", "2",
         "battery.years:\n  -\n    year: 1\n  -\n    year: 2\n"),
        ("battery.years:\n  items:\n  - year: 1\n  more: unknown\n", "1", "2",
         "battery.years:\n  items:\n  - year: 1\n  - year: 2\n  more: unknown\n"),
    ],
)  # fmt: skip
def test_copy_item(text: str, key: str, copy: str, result: str) -> None:
    assert copy_item(text, RULES, YEARS, key, copy) == result


def test_a_copy_has_no_evidence_and_keeps_a_block_of_text() -> None:
    text = (
        "data_export.transfers:\n  - name: a\n    note: |\n      one\n      # two\n"
        "evidence:\n  data_export.transfers[a].note: {by: x}\n"
    )
    block = "    note: |\n      one\n      # two\n"
    assert copy_item(text, RULES, TRANSFERS, "a", "b: c") == text.replace(
        block, f"{block}  - name: 'b: c'\n{block}"
    )


@pytest.mark.parametrize(
    ("key", "copy", "why"),
    [("3", "4", "no item `3`"), ("1", "2000", "already"), ("1", "2,000", "already"),
     ("1", " ", "name"), ("1", "soon", "not a whole number"), ("1", "over 5", "no range")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_with_the_reason(key: str, copy: str, why: str) -> None:
    text = "battery.years: [{year: 1}, {year: 2000}]\n"
    for change in (copy_item, rename_item):
        with pytest.raises(CannotSplice, match=why):
            change(text, RULES, YEARS, key, copy)


def test_rename_moves_the_evidence_along() -> None:
    text = (
        "evidence:\n  data_export.transfers[a].purpose: {by: x} # c\n"
        "  'data_export.transfers[a].note': {by: x}\n"
        "  data_export.transfers[ab].note: {by: x}\n"
        'data_export.transfers:\n  - purpose: hr\n    name: "a" # a\n    note: n\n'
        "  - {name: ab, note: a}\n"
    )
    assert rename_item(text, RULES, TRANSFERS, "a", "it's") == (
        "evidence:\n  data_export.transfers[it's].purpose: {by: x} # c\n"
        "  'data_export.transfers[it''s].note': {by: x}\n"
        "  data_export.transfers[ab].note: {by: x}\n"
        'data_export.transfers:\n  - purpose: hr\n    name: "it\'s" # a\n    note: n\n'
        "  - {name: ab, note: a}\n"
    )
    assert rename_item(text, RULES, TRANSFERS, "a", "a") == text


def test_a_removed_item_takes_its_evidence_with_it() -> None:
    text = (
        "data_export.transfers: [{name: a, note: n}, {name: b, note: n}]\nevidence:\n"
        "  data_export.transfers[a].note: {by: x}\n  data_export.transfers[b].note: {by: x}\n"
    )
    assert remove_item(text, RULES, TRANSFERS, "a") == (
        "data_export.transfers: [{name: b, note: n}]\nevidence:\n"
        "  data_export.transfers[b].note: {by: x}\n"
    )


CIIO = FactRef("data_export.ciio")
NOTE = FactRef("transfer.note", "a")
ITEM = "data_export:\n  ciio: no\n  transfers: [{name: a, note: n}]\n"


@pytest.mark.parametrize(
    ("ref", "evidence", "before", "after"),
    [
        (CIIO, Evidence("letter, p. 4", "legal", DAY), "",
         "evidence:\n  data_export.ciio: {source: 'letter, p. 4', by: legal, dated: 2026-04-02}\n"),
        (NOTE, Evidence(by="法务"), "evidence:\n  data_export.ciio: {by: x}\n",
         "evidence:\n  data_export.ciio: {by: x}\n"
         "  data_export.transfers[a].note: {by: 法务}\n"),
        (NOTE, Evidence(by="x"), "readings:\n  battery.counted: main\n",
         "evidence:\n  data_export.transfers[a].note: {by: x}\n"
         "readings:\n  battery.counted: main\n"),
        (NOTE, Evidence(by="x"), "evidence: {}\n",
         "evidence: {'data_export.transfers[a].note': {by: x}}\n"),
        (NOTE, Evidence(by="x"), "evidence: # c\n",
         "evidence: # c\n  data_export.transfers[a].note: {by: x}\n"),
        (CIIO, Evidence("s", dated=DAY),
         'evidence:\n  data_export.ciio: {by: x, source: "a"} # c\n',
         'evidence:\n  data_export.ciio: {source: "s", dated: 2026-04-02} # c\n'),
        (CIIO, Evidence("s", "b"), "evidence:\n  data_export.ciio:\n    by: b # c\n",
         "evidence:\n  data_export.ciio:\n    by: b # c\n    source: s\n"),
        (CIIO, None, "evidence:\n  data_export.ciio: {by: x}\n", "evidence:\n"),
        (CIIO, Evidence(), "evidence: {data_export.ciio: {by: x}}\n", "evidence: {}\n"),
        (CIIO, None, "", ""),
    ],
)  # fmt: skip
def test_set_evidence(ref: FactRef, evidence: Evidence | None, before: str, after: str) -> None:
    assert set_evidence(ITEM + before, RULES, ref, evidence) == ITEM + after


def test_evidence_in_a_file_within_braces() -> None:
    text = "{data_export.ciio: no}\n"
    assert set_evidence(text, RULES, CIIO, Evidence(by="x")) == (
        "{data_export.ciio: no, evidence: {data_export.ciio: {by: x}}}\n"
    )


def test_evidence_needs_an_answer() -> None:
    with pytest.raises(CannotSplice, match="give the answer first"):
        set_evidence("common: {}\n", RULES, CIIO, Evidence(by="x"))


HARD = ("\n", "\r", "]", "].", "[", ".", "#", ":", "'", '"', " ", "\x85", "\u2028", "\u202e", "a")


@given(st.lists(st.sampled_from(HARD), min_size=1, max_size=8).map("".join))
@example("two\nlines")
@example("a].note")
@example("x[y]\n.purpose")
def test_evidence_of_an_item_of_any_name_is_read_back(name: str) -> None:
    text = f"data_export.transfers:\n  - name: {json.dumps(name)}\n    note: n\n"
    profile, problems = load_profile_text(text.encode(), "p.yaml", RULES)
    assume(profile is not None)
    assert profile is not None, problems
    ref = FactRef("transfer.note", profile.lists[TRANSFERS].items[0].key)
    written = set_evidence(text, RULES, ref, Evidence(by="legal"))
    again, _ = load_profile_text(written.encode(), "p.yaml", RULES)
    assert again is not None
    assert again.evidence[ref].by == "legal"
    assert set_evidence(written, RULES, ref, None).startswith(text)
