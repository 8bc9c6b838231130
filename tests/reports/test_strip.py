"""The strip: every bound legible at 40 cells, never wider than asked, point and range in place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.logic.figures import number_words
from compliancecheck.model.findings import Axis, Band
from compliancecheck.model.safe import cell_width
from compliancecheck.model.texts import Texts
from compliancecheck.model.values import Interval, Number, point
from compliancecheck.reports.strip import draw

WAYS = {
    "exempt": Texts("exempt", "豁免"),
    "contract": Texts("contract or certification", "标准合同或认证"),
    "assessment": Texts("security assessment", "安全评估"),
}
LEADS = ("exempt", "contract", "assessment")


def axis(
    value: Interval | None,
    bounds: tuple[Number, ...] = (100_000, 1_000_000),
    leads: tuple[str, ...] = LEADS,
    type_: str = "integer",
    unit: str | None = "people",
    low: Number | None = 0,
    high: Number | None = None,
) -> Axis:
    ends = [low, *bounds, high]
    bands = tuple(
        Band((Interval(ends[n], ends[n + 1]),), (leads[n],), Texts("", ""))
        for n in range(len(bounds) + 1)
    )
    written = tuple((str(b), number_words(type_, unit, b)) for b in bounds)
    return Axis(Texts("people", "人数"), unit, type_, written, bands, value)


def test_point_between_two_bounds() -> None:
    assert draw(axis(point(580_000)), 60, "en", ways=WAYS) == [
        "exempt    contract or certification    security assessment",
        "0 ────────┃ 100,000 ──────────●────────┃ 1,000,000 ────────▸",
    ]


@pytest.mark.parametrize(
    ("value", "drawn"),
    [
        (0, "0 ●──────┃ 100,000 ────────┃ 1,000,000 ─▸"),
        (99_999, "0 ──────●┃ 100,000 ────────┃ 1,000,000 ─▸"),
        (100_000, "0 ───────● 100,000 ────────┃ 1,000,000 ─▸"),
        (999_999, "0 ───────┃ 100,000 ───────●┃ 1,000,000 ─▸"),
        (1_000_000, "0 ───────┃ 100,000 ────────● 1,000,000 ─▸"),
    ],
)
def test_a_point_never_crosses_a_bound(value: int, drawn: str) -> None:
    line = draw(axis(point(value)), 60, "en", ways=WAYS)[-1]
    assert order(line) == order(drawn)


def order(line: str) -> str:
    """The line without its length: runs of the axis are one cell."""
    kept = ""
    for char in line:
        if char != " " and not (char == "─" and kept.endswith("─")):
            kept += char
    return kept


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (Interval(400_000, 600_000), "0─┃100,000─━─┃1,000,000─▸"),
        (Interval(100_000, None), "0─┃100,000━┃1,000,000━▸"),
        (Interval(None, 99_999), "0━┃100,000─┃1,000,000─▸"),
        (Interval(50_000, 2_000_000), "0─━┃100,000━┃1,000,000━─▸"),
        (None, "0━┃100,000━┃1,000,000━▸"),
    ],
)
def test_a_range_is_heavy_from_end_to_end(value: Interval | None, shape: str) -> None:
    line = draw(axis(value), 80, "en", ways=WAYS)[-1]
    kept = ""
    for char in line:
        if char != " " and not (char in "─━" and kept.endswith(char)):
            kept += char
    assert kept == shape


def test_words_wrap_before_they_are_cut() -> None:
    assert draw(axis(point(0)), 40, "en", ways=WAYS) == [
        "       contract or     security",
        "exempt certification   assessment",
        "0 ●────┃ 100,000 ──────┃ 1,000,000 ────▸",
    ]


def test_chinese_takes_two_cells_a_character() -> None:
    lines = draw(axis(point(580_000)), 40, "zh", ways=WAYS)
    assert lines == [
        "豁免    标准合同或认证    安全评估",
        "0 ──────┃ 10万 ─────●─────┃ 100万 ─────▸",
    ]
    # each word begins over its mark, counted in cells
    assert cell_width(lines[0].partition("标")[0]) == cell_width(lines[1].partition("┃")[0])
    assert cell_width(lines[0].partition("安")[0]) == cell_width(lines[1].rpartition("┃")[0])


def test_ascii_has_no_other_character() -> None:
    lines = draw(axis(Interval(400_000, 600_000)), 40, "en", ascii=True, ways=WAYS)
    assert all(line.isascii() for line in lines)
    assert "=" in lines[-1]


def test_statuses_have_their_words() -> None:
    share = axis(point(36_000_000), (45_000_000,), ("fail", "pass"), "money", "CNY")
    first, last = draw(share, 44, "en")
    assert first.split() == ["FAIL", "MET"]
    assert order(last) == "CNY0─●─┃CNY45million─▸"


def test_a_bounded_axis_ends_with_its_figure() -> None:
    share = axis(point(Fraction(24, 1000)), (Fraction(3, 100),), ("fail", "pass"), "percent", None,
                 0, 1)  # fmt: skip
    assert draw(share, 40, "en")[-1].endswith("┤ 100%")


def test_one_band_is_a_plain_line() -> None:
    assert draw(axis(point(5), (), ("exempt",)), 20, "en") == ["0 ──────────────●──▸"]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_many_bounds_stay_legible_beneath_the_axis(width: int) -> None:
    bounds = tuple(10**n for n in range(3, 10))
    lines = draw(axis(point(55_555), bounds, ("fail", "pass") * 4), width, "en")
    below = "\n".join(lines[2:]).split()
    assert sorted(below, key=len) == [f"{b:,}" for b in bounds]


NUMBERS = st.integers(0, 10**12)


@given(
    st.lists(st.integers(1, 10**12), min_size=0, max_size=6, unique=True).map(sorted),
    st.tuples(NUMBERS, NUMBERS).map(sorted),
    st.integers(12, 120),
    st.sampled_from(["en", "zh"]),
    st.sampled_from(["integer", "money", "date"]),
)
def test_no_line_is_wider_than_asked(
    bounds: list[int], value: list[int], width: int, lang: str, type_: str
) -> None:
    if type_ == "date":
        bounds = sorted({b % 3_000_000 + 1 for b in bounds})
        value = sorted(v % 3_000_000 + 1 for v in value)
    found = axis(
        Interval(value[0], value[1]),
        tuple(bounds),
        tuple(("fail", "pass", "exempt")[n % 3] for n in range(len(bounds) + 1)),
        type_,
        "CNY" if type_ == "money" else None,
        None if type_ == "date" else 0,
    )
    for line in draw(found, width, lang, ways=WAYS):
        assert cell_width(line) <= width


@pytest.mark.parametrize(
    ("ghost", "beside"),
    [
        (point(1_000_000), "1,000,000 ○"),  # the bound stays to be seen
        (point(1_000_001), "1,000,000 ○"),
        (point(99_999), "○┃ 100,000"),
        (Interval(1_000_000, None), "1,000,000 ○"),  # of a range the end that is nearest
        (Interval(None, 100_000, False, True), "○┃ 100,000"),
    ],
    ids=str,
)
def test_a_ghost_stands_beside_the_bound_that_it_just_passes(ghost: Interval, beside: str) -> None:
    line = draw(axis(point(500_000)), 76, "en", ways=WAYS, ghost=ghost)[1]
    assert beside in line
    assert line.count("●") == 1


def test_a_ghost_does_not_hide_the_figure() -> None:
    line = draw(axis(point(999_998)), 76, "en", ways=WAYS, ghost=point(999_999))[1]
    assert line.count("●") == line.count("○") == 1
