"""Lines in cells: cut, wrapped, aligned; nothing is lost but what `…` stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports.layout import at_right, cut, cut_at_words, fit, wrap, wrap_after


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one", 7, ["one"]),
        ("", 7, [""]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("安全评估和标准合同", 8, ["安全评估", "和标准合", "同"]),
        ("安全评估，标准合同", 8, ["安全评", "估，标准", "合同"]),  # no comma begins a line
        ("应写CNY 12亿元", 8, ["应写CNY", "12亿元"]),
        ("data_export.ciio", 13, ["data_export", ".ciio"]),
        (
            "at data_export.transfers[loyalty club].x",
            24,
            ["at", "data_export.transfers", "[loyalty club].x"],
        ),
        ("rules/cn/2024.yaml", 12, ["rules/cn/", "2024.yaml"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


TEXTS = st.text(st.sampled_from("abc 安全，。（）-/.[第条1"), max_size=60)


@given(TEXTS, st.integers(2, 30))
def test_wrapped_lines_fit_and_keep_every_character(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(TEXTS.map(str.strip), st.integers(20, 60), st.integers(0, 8))
def test_text_after_a_head_keeps_every_character(text: str, width: int, indent: int) -> None:
    lines = wrap_after("head: ", text, width, indent)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "head:" + text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("安全评估", 5, "安全…"), ("abcd", 0, "")],
)
def test_cut(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@given(TEXTS, st.integers(1, 30))
def test_fit_is_exact(text: str, width: int) -> None:
    assert cell_width(fit(safe_text(text), width)) == width


def test_a_place_stands_at_the_right_edge_or_on_its_own_line() -> None:
    assert at_right("    found 2.4%", "a.yaml:1:2", 30) == ["    found 2.4%      a.yaml:1:2"]
    assert at_right("    found 2.4% of all", "a.yaml:1:2", 30) == [
        "    found 2.4% of all",
        "                    a.yaml:1:2",
    ]


@pytest.mark.parametrize("text", ["R&D of at least 3 % of revenue", "研发不低于 3 %，每年", "3 %"])
def test_a_number_keeps_its_percent_sign(text: str) -> None:
    for width in range(4, 40):
        assert any("3 %" in line for line in wrap(text, width)), width


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Battery Conditions 2024, art. 38(1), and more", "art. 38(1),"),
        ("数据跨境流动规定第5(1)(iv)条及其他", "第5(1)(iv)条"),
        ("见第12条", "第12条"),
    ],
)
def test_an_article_keeps_its_number(text: str, kept: str) -> None:
    for width in range(cell_width(kept), 50):
        assert any(kept in line for line in wrap(text, width)), width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("personal information of people", 40, "personal information of people"),
        ("personal information of people", 20, "personal…"),  # not: personal informati…
        ("personal information, of people", 22, "personal information…"),
        ("incomprehensibilities here", 10, "incompreh…"),  # one word: there is nothing else to do
        ("个人信息出境安全评估", 9, "个人信息…"),
        ("a", 0, ""),
    ],
)
def test_a_title_is_cut_between_words(text: str, width: int, shown: str) -> None:
    assert cut_at_words(text, width) == shown
