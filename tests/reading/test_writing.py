"""Answers back into a file: only what was asked for changes, to the byte."""

from __future__ import annotations

import hashlib
import os
import stat
from difflib import ndiff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliancecheck.model.facts import FactType
from compliancecheck.model.profile import FactRef
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.quoting import quoted
from compliancecheck.reading.rewriting import state_of
from compliancecheck.reading.source import Mapping, Scalar, load
from compliancecheck.reading.writing import (
    CannotSplice,
    ChangedOnDisk,
    add_item,
    comment_answer,
    read_for_change,
    remove_answer,
    remove_item,
    save,
    set_answer,
    set_dated,
    set_list,
    set_open,
    set_reading,
)
from tests.reading.vocab import RULES

CIIO = FactRef("data_export.ciio")
PEOPLE = FactRef("data_export.people")
APPLIES = FactRef("battery.applies")
NAME = FactRef("common.company_name")
TRANSFERS = "data_export.transfers"
YEARS = "battery.years"


def changed(old: str, new: str) -> list[str]:
    """The lines that a diff shows."""
    found = ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return [line.rstrip("\n") for line in found if line[0] in "+-"]


ODD = """\
# yaml-language-server: $schema=x.json

common:
     company_name: 'Volta'   # the name
data_export:
    # We export the data of our customers.
    ciio: false            # letter of 2024
    people: 7
    transfers:
    -   name: loyalty programme     # the first
        # purpose is still open
        people_this_year: "at least 5"
    -   {name: 'b, c', purpose: hr}
    # end of the section
battery: {applies: yes}

readings:
   battery.counted: main
"""


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_five_answers_are_five_lines(eol: str, mark: str) -> None:
    text = old = mark + ODD.replace("\n", eol)
    text = set_answer(text, RULES, CIIO, "yes")
    text = set_answer(text, RULES, PEOPLE, "1.2 million")
    text = set_answer(text, RULES, FactRef("data_export.exports_data"), "yes")
    text = set_answer(text, RULES, FactRef("transfer.purpose", "loyalty programme"), "hr")
    text = set_answer(text, RULES, FactRef("transfer.people_this_year", "b, c"), "1,200")
    assert sorted(line.rstrip("\r") for line in changed(old, text)) == sorted(
        [
            "-     ciio: false            # letter of 2024",
            "-     people: 7",
            "+     ciio: yes            # letter of 2024",
            "+     people: 1.2 million",
            "+     exports_data: yes",
            "+         purpose: hr",
            "-     -   {name: 'b, c', purpose: hr}",
            "+     -   {name: 'b, c', purpose: hr, people_this_year: '1,200'}",
        ]
    )
    assert text.startswith(mark + "#")
    assert text.count("\n") == text.count(eol)


def test_quotes_stay_where_they_were() -> None:
    text = set_answer(ODD, RULES, NAME, "It's #1")
    assert "     company_name: 'It''s #1'   # the name\n" in text
    ref = FactRef("transfer.people_this_year", "loyalty programme")
    assert '"over 7"' in set_answer(ODD, RULES, ref, "over 7")
    assert "people_this_year: unknown\n" in set_answer(ODD, RULES, ref, "unknown")


@pytest.mark.parametrize(
    ("text", "ref", "value", "result"),
    [
        ("", CIIO, "yes", "data_export:\n  ciio: yes\n"),
        ("# c", CIIO, "yes", "# c\ndata_export:\n  ciio: yes"),
        ("{}\n", CIIO, "yes", "data_export:\n  ciio: yes\n"),
        ("data_export:\n", CIIO, "yes", "data_export:\n  ciio: yes\n"),
        ("data_export: {}\n", CIIO, "yes", "data_export: {ciio: yes}\n"),
        ("{battery: {}}", CIIO, "yes", "{battery: {}, data_export.ciio: yes}"),
        ("common: {}", CIIO, "yes", "common: {}\ndata_export:\n  ciio: yes"),
        (
            "data_export.people: 5\r\nbattery.applies: no",
            CIIO,
            "yes",
            "data_export.people: 5\r\ndata_export.ciio: yes\r\nbattery.applies: no",
        ),
        (
            "dated: 2026-01-01\nevidence:\n",
            CIIO,
            "no",
            "dated: 2026-01-01\ndata_export:\n  ciio: no\nevidence:\n",
        ),
        (
            "common:\n  company_name: x\n  # about x\n\n# batteries\nbattery:\n    applies: no\n",
            CIIO,
            "no",
            "common:\n  company_name: x\n  # about x\ndata_export:\n  ciio: no\n\n# batteries\n"
            "battery:\n    applies: no\n",
        ),
        ("data_export:\n  cii: yes\n", CIIO, "no", "data_export:\n  cii: no\n"),
        ("data_export.two.deep: 1\n", FactRef("data_export.two.deep"), "2",
         "data_export.two.deep: 2\n"),
        ("common:\n  company_name: |\n    Volta\n", CIIO, "no",
         "common:\n  company_name: |\n    Volta\ndata_export:\n  ciio: no\n"),
        ("battery.share: {at_least: 1%}\n", FactRef("battery.share"), "{under: 2%}",
         "battery.share: {under: 2%}\n"),
        ("battery.share: at\n  least 1%\n", FactRef("battery.share"), "2%", "battery.share: 2%\n"),
    ],
)  # fmt: skip
def test_set_answer(text: str, ref: FactRef, value: str, result: str) -> None:
    assert set_answer(text, RULES, ref, value) == result


@pytest.mark.parametrize(
    ("text", "ref", "value", "why"),
    [
        ("common:\n  company_name: |\n    Volta\n", NAME, "x", "block of text"),
        ("battery.share:\n  at_least: 1%\n", FactRef("battery.share"), "2%", "several lines"),
        ("battery.share: 5\n", CIIO, "yes", "has problems"),
        ("- a\n", CIIO, "yes", "has problems"),
        ("a: *b\n", CIIO, "yes", "has problems"),
        ("", CIIO, "maybe", "neither true nor false"),
        ("", FactRef("transfer.purpose", "x"), "hr", "no item `x`"),
        ("data_export.two:\n  deep: 5\n", FactRef("data_export.two.deep"), "x", "whole number"),
    ],
)
def test_what_cannot_be_spliced_says_why(text: str, ref: FactRef, value: str, why: str) -> None:
    with pytest.raises(CannotSplice, match=why):
        set_answer(text, RULES, ref, value)


def test_remove_and_comment() -> None:
    text = "data_export:\n  ciio: yes # c\n  people: 5\nbattery.applies: no\n"
    assert remove_answer(text, RULES, CIIO) == ("data_export:\n  people: 5\nbattery.applies: no\n")
    assert comment_answer(text, RULES, CIIO) == (
        "data_export:\n  # ciio: yes # c\n  people: 5\nbattery.applies: no\n"
    )
    assert comment_answer("battery.applies: no", RULES, APPLIES) == "# battery.applies: no\n{}\n"
    assert remove_answer("{battery: {applies: no}}", RULES, APPLIES) == "{battery: {}}"
    items = "battery.years: {items: [], more: unknown} # c\n"
    assert remove_answer(items, RULES, FactRef(YEARS)) == "{}\n"
    with pytest.raises(CannotSplice, match="no such answer"):
        remove_answer(text, RULES, NAME)


def test_a_commented_list_keeps_its_lines() -> None:
    text = "battery:\n  years:\n    - year: 2025\n\n      revenue: CNY 5\n  applies: no\n"
    assert comment_answer(text, RULES, FactRef(YEARS)) == (
        "battery:\n  # years:\n  #   - year: 2025\n\n  #     revenue: CNY 5\n  applies: no\n"
    )


def test_the_first_answer_of_an_item_can_be_removed() -> None:
    text = "data_export.transfers:\n  - purpose: hr\n    name: a\n"
    ref = FactRef("transfer.purpose", "a")
    assert remove_answer(text, RULES, ref) == "data_export.transfers:\n  - name: a\n"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", "data_export:\n  transfers:\n    - name: 'a: b'\n"),
        ("data_export:\n", "data_export:\n  transfers:\n    - name: 'a: b'\n"),
        ("data_export.transfers: [] # none\n", "data_export.transfers: # none\n  - name: 'a: b'\n"),
        ("data_export.transfers: unknown\n", "data_export.transfers:\n  - name: 'a: b'\n"),
        ("data_export: {transfers: []}\n", "data_export: {transfers: [{name: 'a: b'}]}\n"),
        (
            "data_export.transfers: [{name: x}]\n",
            "data_export.transfers: [{name: x}, {name: 'a: b'}]\n",
        ),
        (
            "data_export.transfers:\n- name: x\n  note: y\n# c\n",
            "data_export.transfers:\n- name: x\n  note: y\n- name: 'a: b'\n# c\n",
        ),
        (
            "data_export.transfers: {items: [], more: unknown}\n",
            "data_export.transfers:\n  items:\n    - name: 'a: b'\n  more: unknown\n",
        ),
        (
            "data_export.transfers:\n  items:\n  - name: x\n  more: unknown\n",
            "data_export.transfers:\n  items:\n  - name: x\n  - name: 'a: b'\n  more: unknown\n",
        ),
    ],
)
def test_add_item(text: str, result: str) -> None:
    assert add_item(text, RULES, TRANSFERS, "a: b") == result


def test_an_item_needs_a_name_of_its_own() -> None:
    text = add_item("", RULES, TRANSFERS, "a")
    for key in ("a", "", " "):
        with pytest.raises(CannotSplice):
            add_item(text, RULES, TRANSFERS, key)
    with pytest.raises(CannotSplice, match="not a whole number"):
        add_item("", RULES, YEARS, "last year")
    assert add_item("", RULES, YEARS, "2025") == "battery:\n  years:\n    - year: 2025\n"


@pytest.mark.parametrize(
    ("text", "key", "result"),
    [
        ("battery.years:\n  - year: 1\n    revenue: CNY 5 # c\n  - year: 2\n", "1",
         "battery.years:\n  - year: 2\n"),
        ("battery.years:\n  - year: 1\n  # two\n  -\n    year: 2\n", "2",
         "battery.years:\n  - year: 1\n  # two\n"),
        ("battery.years: # c\n  - year: 1\n", "1", "battery.years: [] # c\n"),
        ("battery.years: [{year: 1}, {year: 2}]\n", "1", "battery.years: [{year: 2}]\n"),
        ("battery.years: [{year: 1}, {year: 2}]\n", "2", "battery.years: [{year: 1}]\n"),
        ("battery.years: [{year: 1}]\n", "1", "battery.years: []\n"),
        ("battery.years:\n  items:\n  - year: 1\n  more: unknown\n", "1",
         "battery.years:\n  items: []\n  more: unknown\n"),
    ],
)  # fmt: skip
def test_remove_item(text: str, key: str, result: str) -> None:
    assert remove_item(text, RULES, YEARS, key) == result


def test_empty_and_unknown_lists() -> None:
    text = set_list("", RULES, YEARS, "[]")
    assert text == "battery:\n  years: []\n"
    assert set_list(text, RULES, YEARS, "unknown") == "battery:\n  years: unknown\n"
    with pytest.raises(CannotSplice, match="has items"):
        set_list(add_item(text, RULES, YEARS, "1"), RULES, YEARS, "[]")


def test_a_list_may_be_opened_and_closed() -> None:
    text = "battery:\n  years:\n    - year: 1 # c\n    - year: 2\n"
    is_open = set_open(text, RULES, YEARS, True)
    assert is_open == (
        "battery:\n  years:\n    items:\n    - year: 1 # c\n    - year: 2\n    more: unknown\n"
    )
    assert set_open(is_open, RULES, YEARS, False) == text
    assert set_open(text, RULES, YEARS, False) == text
    empty = set_open("", RULES, YEARS, True)
    assert empty == "battery:\n  years: {items: [], more: unknown}\n"
    assert set_open(empty, RULES, YEARS, False) == "battery:\n  years: []\n"
    flow = set_open("battery.years: [{year: 1}]\n", RULES, YEARS, True)
    assert flow == "battery.years: {items: [{year: 1}], more: unknown}\n"
    assert set_open(flow, RULES, YEARS, False) == "battery.years: [{year: 1}]\n"


def test_the_day() -> None:
    text = "# c\ncommon: {}\n"
    dated = set_dated(text, RULES, "2026-11-24")
    assert dated == "# c\ndated: 2026-11-24\ncommon: {}\n"
    assert "dated: 2026-11-25\n" in set_dated(dated, RULES, "2026-11-25")
    assert set_dated(dated, RULES, None) == text
    assert set_dated("", RULES, "2026-11-24") == "dated: 2026-11-24\n"
    assert set_dated("{}", RULES, "2026-11-24") == "dated: 2026-11-24"
    assert set_dated("{common: {}}", RULES, "2026-11-24") == "{common: {}, dated: 2026-11-24}"


def test_readings() -> None:
    name = "data_export.hr_exemption_needs"
    text = set_reading("common: {}\n", RULES, name, "both")
    assert text == f"common: {{}}\nreadings:\n  {name}: both\n"
    assert f"  {name}: either\n" in set_reading(text, RULES, name, "either")
    assert set_reading(text, RULES, name, None) == "common: {}\nreadings:\n"
    nested = "readings: {data_export: {hr_exemption_needs: both}}\n"
    assert "needs: either}}" in set_reading(nested, RULES, name, "either")
    with pytest.raises(CannotSplice):
        set_reading(text, RULES, name, "neither")


# --- any text, any edit --------------------------------------------------------------------------

TEXTS = st.text(
    st.sampled_from("ab: #-?,[]{}&*!|>'\"%@`\\\n\t0伏😀~\u202e\x1b.unkow"), min_size=1, max_size=12
)


@settings(max_examples=300)
@given(TEXTS, st.booleans(), st.sampled_from(["", "'", '"']))
def test_any_text_reads_back(text: str, flow: bool, style: str) -> None:
    written = quoted(text, flow=flow, style=style)
    assert "\n" not in written
    root, problems = load(f"{{a: {written}, b: 1}}" if flow else f"a: {written}\nb: 1\n", "x")
    assert problems == ()
    assert isinstance(root, Mapping)
    value = root.entries[0].value
    assert isinstance(value, Scalar)
    assert value.text == text


VALUES = {
    FactType.BOOLEAN: ["yes", "false", "unknown"],
    FactType.INTEGER: ["5", "1,200", "at least 1_000", "{over: 5, under: 9}", "unknown", "120万"],
    FactType.NUMBER: ["2/37", "250 Wh/kg", "under 5"],
    FactType.PERCENT: ["3%", "at most 5%", "{at_least: 1%}"],
    FactType.MONEY: ["CNY 1,000.5", "CNY 12亿", "over CNY 5 million"],
    FactType.DATE: ["2024-03-22", "before 2024-01-01", "unknown"],
    FactType.TEXT: ["a", "a: b", "x #y", " z ", "unknown", "- q", "{", "it's", "伏特\u202e"],
}
KEYS = ["a", "b: c", "d, e", "]", "#1", "'q'", "-", "伏特"]
NUMBERS = ["2024", "2025", "7"]
STARTS = [
    ODD,
    ODD.replace("\n", "\r\n"),
    "\ufeff" + ODD.rstrip("\n"),
    "",
    "{}\n",
    "{battery: {applies: no}, data_export.transfers: [{name: x}]}",
    "battery.years:\n- year: 1\n  revenue: CNY 5\n\n# c\n-   year: 2\ncommon:\n\n  # only this\n",
    "data_export:\n        transfers:\n            items:\n              - name: one\n"
    "                note: >\n                    a\n                    b\n"
    "            more: unknown\n        ciio: no\n# end",
]


def _edit(data: st.DataObject, text: str) -> str:
    kind = data.draw(st.sampled_from(["set", "set", "set", "remove", "comment", "add", "drop",
                                      "list", "open", "day", "reading"]))  # fmt: skip
    profile = load_profile_text(text, "x", RULES)[0]
    lists = profile.lists if profile else {}
    name = data.draw(st.sampled_from([TRANSFERS, YEARS]))
    keys = [item.key for item in lists[name].items] if name in lists else []
    if kind == "add":
        key = data.draw(st.sampled_from(KEYS if name == TRANSFERS else NUMBERS))
        return add_item(text, RULES, name, key)
    if kind == "drop" and keys:
        return remove_item(text, RULES, name, data.draw(st.sampled_from(keys)))
    if kind == "list":
        return set_list(text, RULES, name, data.draw(st.sampled_from(["[]", "unknown"])))
    if kind == "open":
        return set_open(text, RULES, name, data.draw(st.booleans()))
    if kind == "day":
        return set_dated(text, RULES, data.draw(st.sampled_from(["2026-11-24", None])))
    if kind == "reading":
        choice = data.draw(st.sampled_from(["all", "main", None]))
        return set_reading(text, RULES, "battery.counted", choice)
    fact = data.draw(st.sampled_from([f for f in RULES.facts.values() if f.type != FactType.LIST]))
    item = None
    if fact.list:
        if fact.list not in lists or not lists[fact.list].items or fact.field_name == "year":
            return text
        item = data.draw(st.sampled_from([i.key for i in lists[fact.list].items]))
    ref = FactRef(fact.name, item)
    if kind == "remove":
        return remove_answer(text, RULES, ref)
    if kind == "comment":
        return comment_answer(text, RULES, ref)
    values = VALUES.get(fact.type) or list(fact.choices)
    return set_answer(text, RULES, ref, data.draw(st.sampled_from(values)))


@settings(max_examples=200)
@given(st.sampled_from(STARTS), st.data())
def test_any_edits_leave_the_rest_as_it_was(text: str, data: st.DataObject) -> None:
    """Comments and unrelated lines stay, and the file stays a profile, edit after edit."""
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            new = _edit(data, text)
        except CannotSplice as refused:
            unplanned = [word for word in ("break", "touch") if word in str(refused)]
            if not unplanned:
                continue
            raise
        if new == text:
            continue
        whole = [line for line in text.splitlines() if line.strip().startswith("#")]
        left = new.splitlines()
        dropped = len(items_of(new)) < len(items_of(text))  # its own comments go with it
        assert dropped or all(line in left for line in whole)
        assert new.startswith("\ufeff") == text.startswith("\ufeff")
        if "\r\n" in text:
            assert new.count("\n") == new.count("\r\n")
        profile, problems = load_profile_text(new, "x", RULES)
        assert profile is not None, (text, new, problems)
        text = new


def items_of(text: str) -> list[str]:
    profile, _ = load_profile_text(text, "x", RULES)
    lists = profile.lists.values() if profile else ()
    return [item.key for items in lists for item in items.items]


def test_an_answer_set_and_set_back_is_the_old_file() -> None:
    old = ODD
    text = set_answer(old, RULES, CIIO, "unknown")
    text = set_answer(text, RULES, APPLIES, "no")
    assert set_answer(set_answer(text, RULES, APPLIES, "yes"), RULES, CIIO, "false") == old
    assert state_of_text(text) != state_of_text(old)


def state_of_text(text: str) -> object:
    profile, _ = load_profile_text(text, "x", RULES)
    assert profile is not None
    return state_of(profile)


# --- on disk -------------------------------------------------------------------------------------


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_save_keeps_permissions_links_and_line_ends(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_bytes(b"\xef\xbb\xbfcommon:\r\n")
    real.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(real)
    text, sha256 = read_for_change(str(link))
    assert text == "\ufeffcommon:\r\n"
    done = save(str(link), set_answer(text, RULES, NAME, "Volta"), sha256)
    assert real.read_bytes() == b"\xef\xbb\xbfcommon:\r\n  company_name: Volta\r\n"
    assert done == sha(real.read_bytes())
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_a_change_on_disk_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"common:\n")
    _, sha256 = read_for_change(str(path))
    path.write_bytes(b"battery:\n")
    with pytest.raises(ChangedOnDisk):
        save(str(path), "x: 1\n", sha256)
    assert path.read_bytes() == b"battery:\n"
    with pytest.raises(ChangedOnDisk):
        save(str(path), "x: 1\n", None)
    path.unlink()
    with pytest.raises(ChangedOnDisk):
        save(str(path), "x: 1\n", sha256)
    assert list(tmp_path.iterdir()) == []


def test_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    assert save(str(path), "common:\n", None) == sha(path.read_bytes())
    assert not stat.S_IMODE(path.stat().st_mode) & 0o111


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"common:\n")

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="disk full"):
        save(str(path), "battery:\n", sha(b"common:\n"))
    assert path.read_bytes() == b"common:\n"
    assert [p.name for p in tmp_path.iterdir()] == ["x.yaml"]


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"common:\n")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError):
        save(str(path), "battery:\n", sha(b"common:\n"))
    assert path.read_bytes() == b"common:\n"
