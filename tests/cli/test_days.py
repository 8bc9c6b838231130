"""`days`: what it prints and refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliancecheck.model.safe import cell_width
from tests.cli.command import Command

NOTICE = """\
2027:
  status: official
  source: "a made-up notice, www.gov.cn/example"
  published: 2026-11-30
  weekday_off: [01-01, 01-04, 02-05, 02-08, 02-09, 02-10, 04-05, 05-03, 05-04, 06-09, 09-15,
    10-01, 10-04, 10-05]
  weekend_work: []
"""
KEYS = {
    "start", "period", "due", "unrolled", "safe_due", "opens", "safe_open", "provisional",
    "calendar", "counted",
}  # fmt: skip


def data(command: Command, *argv: str) -> dict[str, object]:
    done = command("days", *argv, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert isinstance(found, dict)
    assert found.keys() >= KEYS
    return found


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (
            ("2026-02-11", "+5 working days"),
            {
                "period": "+5 working days",
                "due": "2026-02-25",
                "unrolled": "2026-02-25",
                "safe_due": "2026-02-25",
                "opens": None,
                "safe_open": None,
                "provisional": False,
                "calendar": "official",
                "counted": ["2026-02-12", "2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25"],
            },
        ),
        (
            ("2026-12-24", "+10 working days"),
            {
                "due": "2027-01-08",
                "safe_due": "2026-12-31",
                "provisional": True,
                "calendar": "provisional",
                "provisional_years": [2027],
                "next_notice_may_change": [2026],
            },
        ),
        (
            ("2024-10-01", "+2", "years"),
            {"due": "2026-10-08", "unrolled": "2026-10-01", "safe_due": "2026-09-30"},
        ),
        (
            ("2024-10-01", "+2 years", "--roll", "none"),
            {"due": "2026-10-01", "unrolled": "2026-10-01", "safe_due": "2026-09-30"},
        ),
        (
            ("2026-03-31", "within 60 working days before"),
            {
                "opens": "2025-12-30",
                "safe_open": "2025-12-31",
                "due": "2026-03-31",
                "safe_due": "2026-03-31",
            },
        ),
        (
            ("2026-03-31", "届满60个工作日前"),
            {
                "period": "at least 60 working days before",
                "due": "2025-12-30",
                "safe_due": "2025-12-29",
            },
        ),
        (
            ("2029-06-28", "+2 years"),
            {"due": "2031-06-28", "safe_due": None, "calendar": "none", "no_calendar": 2031},
        ),
        (("2026-09-30T16:30Z", "+1 day"), {"start": "2026-10-01", "unrolled": "2026-10-02"}),
        (("2026-09-30T16:30", "+1 day"), {"start": "2026-09-30", "unrolled": "2026-10-01"}),
        (("2026-10-01T00:30+08:00", "+1 day"), {"start": "2026-10-01"}),
    ],
)
def test_json(command: Command, argv: tuple[str, ...], expected: dict[str, object]) -> None:
    found = data(command, *argv)
    assert {key: found[key] for key in expected} == expected


def test_text_gives_days_words_and_the_days_counted(command: Command) -> None:
    out = command("days", "2026-12-24", "+10 working days").out
    for said in (
        "due       2027-01-08 Fri",
        "safe due  2026-12-31 Thu",
        "10 working days in 15 calendar days",
        "Provisional: the holidays of 2027 are not announced yet",
        "up to a week earlier",
        "The notice for 2027 is not out",
        "December 2026                 January 2027",
        " 4·  5·  6·  7·  8■",
    ):
        assert said in out


def test_text_draws_as_many_counted_days_as_it_says(command: Command) -> None:
    out = command("days", "2026-01-30", "+15 working days").out
    drawn = out[out.index("January 2026") : out.index("○ start")]
    assert drawn.count("·") + drawn.count("■") + drawn.count("14+") == 15


def test_chinese(command: Command) -> None:
    out = command("days", "2026-12-24", "+10 working days", "--lang", "zh").out
    for said in ("+10个工作日", "稳妥日期", "2027-01-08 周五", "放假安排尚未公布", "2026年12月"):
        assert said in out
    assert max(cell_width(line) for line in out.splitlines()) <= 80


def test_a_window(command: Command) -> None:
    out = command("days", "2026-03-31", "within 60 working days before").out
    assert "opens      2025-12-30 Tue" in out
    assert "safe open  2025-12-31 Wed" in out


@pytest.mark.parametrize(
    "argv",
    [
        ("2020-01-01", "+2400 working days"),
        ("2004-01-01", "+22 years"),
        ("2027-09-01", "at least 60 working days before"),
        ("9999-12-30", "+1 day"),
        ("0001-01-01", "+1 day"),
        ("0001-01-01", "+50 years", "--roll", "none"),
        ("2026-02-16", "+1 working day", "--color", "always"),
    ],
)
def test_every_picture_fits_the_page(command: Command, argv: tuple[str, ...]) -> None:
    done = command("days", *argv)
    assert (done.code, done.err) == (0, "")
    plain = done.out.replace("\x1b[1m", "").replace("\x1b[31m", "").replace("\x1b[0m", "")
    assert "\x1b" not in plain.replace("\x1b[36m", "")
    lines = plain.replace("\x1b[36m", "").splitlines()
    assert max(map(cell_width, lines)) <= 80
    assert len(lines) < 120  # of many months only those with a marked day are drawn


def test_a_notice_of_the_user_counts(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "cn-2027.yaml"
    path.write_text(NOTICE, encoding="utf-8")
    found = data(command, "2026-12-24", "+10 working days", "--calendar", str(path))
    assert (found["due"], found["safe_due"]) == ("2027-01-11", "2027-01-11")
    assert (found["provisional"], found["calendar"]) == (False, "official")
    out = command("days", "2026-12-24", "+10 working days", "--calendar", str(path)).out
    assert "2027 official (a made-up notice, www.gov.cn/example" in out
    assert "Provisional" not in out


def test_a_bad_calendar_is_told_with_its_line(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "cn-2027.yaml"
    path.write_text(NOTICE.replace("weekend_work: []", "weekend_work: [02-22]"), encoding="utf-8")
    done = command("days", "2026-12-24", "+10 working days", "--calendar", str(path))
    assert (done.code, done.out) == (2, "")
    assert "cn-2027.yaml:7:18: 2027-02-22 is a Monday" in done.err
    assert "1 problem, the calendar was not used" in done.err


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (("2026-01-01", "+0 days"), "a period of 0 days", "from 1 to 3650"),
        (("2026-01-01", "-3 days"), "below 0", "at least 3 days before"),
        (("2026-01-01", "+1.5 months"), "not a whole number", "from 1 to 600"),
        (("2026-01-01", "+45 wroking days"), "perhaps `working days`?", "years"),
        (("2026-02-30", "+1 day"), "`2026-02-30` is not a day", "2026-11-24"),
        (("01.02.2026", "+1 day"), "is not a day", "2026-11-24"),
        (("2026-W48-2", "+1 day"), "is not a day", "2026-11-24"),
        (("2026-02-30T10:00Z", "+1 day"), "is not a time", "with its zone"),
        (("0001-01-01T00:00+14:00", "+1 day"), "is not a time", "with its zone"),
        (("2030-12-20", "+30 working days"), "no calendar for 2031", "--calendar"),
        (("2003-01-01", "+3 working days"), "no calendar for 2003", "--calendar"),
        (("9999-12-31", "+1 day"), "the year 10000", "9999-12-31"),
        (("2026-01-01", "+1 day", "--roll", "nxt_working_day"), "no --roll", "next_working_day"),
        (
            ("2026-01-01", "at least 3 days before", "--roll", "next_working_day"),
            "never moved later",
            "leave --roll out",
        ),
        (("2026-01-01", "+1 day", "--format", "csv"), "csv", "json"),
        (("2026-01-01",), "PERIOD", "--help"),
    ],
)
def test_refused(command: Command, argv: tuple[str, ...], message: str, hint: str) -> None:
    done = command("days", *argv)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert hint in done.err


def test_a_file_takes_the_report(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "days.json"
    done = command("days", "2026-01-05", "+1 day", "--format", f"json:{path}", "--format", "text")
    assert done.code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["due"] == "2026-01-06"
    assert "2026-01-06 Tue" in done.out
