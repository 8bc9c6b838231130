"""A user's calendar file: a new notice is read, and every mistake is told at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliancecheck.model.calendar import Overlay
from compliancecheck.reading.calendars import load_calendar_file, load_calendar_text
from compliancecheck.reading.problems import MAX_PROBLEMS, render

# No notice for 2027 is known: this one is made up, and says so.
GOOD = """\
2027:
  status: official
  source: "a made-up notice, www.gov.cn/example"
  published: 2026-11-30
  weekday_off: [2026-12-31, 01-01, 02-05, 02-08, 02-09, 02-10, 02-11, 04-05, 05-03, 05-04,
    06-09, 09-15, 10-01, 10-04, 10-05, 10-06, 10-07]
  weekend_work: [2026-12-26, 02-20, 10-09]
"""


def d(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def good(text: str) -> Overlay:
    overlay, problems = load_calendar_text(text, "cn-2027.yaml")
    assert problems == ()
    assert overlay is not None
    return overlay


def test_a_notice_is_read() -> None:
    table = good(GOOD).tables[2027]
    assert (table.status, table.published) == ("official", d("2026-11-30"))
    assert table.source == "a made-up notice, www.gov.cn/example"
    assert table.weekend_work == {d("2026-12-26"), d("2027-02-20"), d("2027-10-09")}
    assert {d("2026-12-31"), d("2027-01-01"), d("2027-10-07")} <= table.weekday_off
    assert len(table.weekday_off) == 17


def test_a_projection_needs_no_source() -> None:
    text = "2031:\n  status: provisional\n  weekday_off: [01-01, 10-01]\n  weekend_work: []\n"
    overlay, problems = load_calendar_text(text, "x.yaml")
    assert overlay is not None
    assert overlay.tables[2031].status == "provisional"
    assert [problem.severity for problem in problems] == ["warning"]  # 259 working days


LINES = GOOD.replace("\n    06-09", " 06-09")  # each key on one line of its own


def with_line(name: str, line: str | None) -> str:
    """The good file with another line for a key, or without it."""
    lines = LINES.splitlines()
    at = next(n for n, text in enumerate(lines) if text.lstrip().startswith(f"{name}:"))
    lines[at : at + 1] = [] if line is None else [line]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("[]\n", 1, 1, "this is no calendar", "2027:"),
        ("2027\n", 1, 1, "this is no calendar", "2027:"),
        ("status: official\n", 1, 1, "`status` stands below its year", "2027:"),
        ("27: {}\n", 1, 1, "`27` is no year", "2027:"),
        ("2027: official\n", 1, 7, "2027 has no table", "status: official"),
        (with_line("status", None), 1, 1, "2027 has no `status`", "provisional"),
        (with_line("status", "  status: oficial"), 2, 11, "perhaps `official`?", "provisional"),
        (with_line("status", "  status:"), 2, 10, "`status` has no text", None),
        (with_line("status", "  status: [official]"), 2, 11, "`status` has no text", None),
        (with_line("source", None), 1, 1, "names no `source`", "gov.cn"),
        (with_line("published", None), 1, 1, "has no `published`", "2026-11-30"),
        (with_line("published", "  published: 30.11.2026"), 4, 14, "is not a day", "2026-11-30"),
        (with_line("published", "  published: 2026-02-30"), 4, 14, "is not a day", "2026-11-30"),
        (with_line("published", "  published: 2028-01-01"), 4, 14, "for 2027 published", "2026"),
        (with_line("published", "  published: 2025-12-31"), 4, 14, "for 2027 published", "2026"),
        (with_line("published", "  published: 2016-11-30"), 4, 14, "for 2027 published", "2026"),
        (with_line("weekday_off", None), 1, 1, "no `weekday_off`", "weekday_off: []"),
        (with_line("weekend_work", None), 1, 1, "no `weekend_work`", "weekend_work: []"),
        (with_line("weekend_work", "  weekend_work: 02-20"), 6, 17, "is a list", "02-08"),
        (with_line("weekend_work", "  weekend_works: []"), 6, 3, "perhaps `weekend_work`?", "are"),
        (with_line("weekend_work", "  weekend_work: [2-20]"), 6, 18, "`2-20` is not", "two digits"),
        (
            with_line("weekend_work", "  weekend_work: [02-30]"),
            6,
            18,
            "`02-30` is not",
            "two digit",
        ),
        (
            with_line("weekend_work", "  weekend_work: [02-29]"),
            6,
            18,
            "`02-29` is not",
            "two digit",
        ),
        (with_line("weekend_work", "  weekend_work: [{}]"), 6, 18, "is not a day of 2027", "two"),
        (with_line("weekend_work", "  weekend_work: [02-22]"), 6, 18, "is a Monday", "Saturdays"),
        (with_line("weekday_off", "  weekday_off: [02-06]"), 5, 17, "is a Saturday", "weekend"),
        (with_line("weekend_work", "  weekend_work: [2028-01-01]"), 6, 18, "not a day of", "2026"),
        (with_line("weekend_work", "  weekend_work: [2026-11-28]"), 6, 18, "not a day of", "2026"),
        (with_line("weekend_work", "  weekend_work: [02-20, 2027-02-20]"), 6, 25, "twice", None),
        (GOOD + GOOD, 8, 1, "`2027` is given twice", None),
        ("2027: {status: official\n", 1, 7, "not closed", None),
        ("", 1, 1, "holds nothing", None),
    ],
)
def test_bad(text: str, line: int, column: int, message: str, hint: str | None) -> None:
    overlay, problems = load_calendar_text(text, "bad.yaml")
    assert overlay is None
    found = [p for p in problems if (p.line, p.column) == (line, column) and message in p.message]
    assert found, [(p.line, p.column, p.message) for p in problems]
    assert hint is None or hint in (found[0].hint or "")
    assert all(shown.isprintable() for p in problems for shown in render(p, text).splitlines())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (with_line("source", "  source: a newspaper"), "no page on gov.cn"),
        (with_line("weekday_off", "  weekday_off: [01-01]"), "262 working days"),
    ],
)
def test_what_is_only_odd_is_a_warning(text: str, message: str) -> None:
    overlay, problems = load_calendar_text(text, "odd.yaml")
    assert overlay is not None
    assert [(p.severity, message in p.message) for p in problems] == [("warning", True)]


def test_a_file_full_of_mistakes_is_not_told_whole() -> None:
    text = with_line("weekend_work", f"  weekend_work: [{', '.join(['x'] * 500)}]")
    overlay, problems = load_calendar_text(text, "bad.yaml")
    assert overlay is None
    assert len(problems) <= MAX_PROBLEMS + 1


def test_text_from_the_file_passes_the_gate() -> None:
    overlay, problems = load_calendar_text('2027: {"sta\\u001btus": official}\n', "bad.yaml")
    assert overlay is None
    assert any("sta\\u001btus" in problem.message for problem in problems)


def test_no_such_file(tmp_path: Path) -> None:
    overlay, problems = load_calendar_file(str(tmp_path / "none.yaml"))
    assert overlay is None
    assert [problem.message for problem in problems] == ["there is no such file"]
