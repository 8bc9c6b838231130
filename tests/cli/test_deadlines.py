"""`deadlines`: the list, json, the calendar; and the dates in `check`."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from compliancecheck.model.safe import cell_width
from tests.cli.command import DAY, ROOT, Command

RULES = ("--rules", str(ROOT / "tests" / "days_pack"))
PROFILE = """\
dated: 2026-11-24
days.exports: true
days.received_on: 2026-11-20
days.result_on: 2024-09-01
days.applied_on: not yet
days.known_on: 2026-08-01
days.reported_on: not yet
readings: {days.years: three}
days.things:
  - {name: "one, two; three", effective_on: 2026-09-24, filed_on: not yet}
  - {name: next, effective_on: 2026-11-20, filed_on: not yet}
"""


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "p.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    return str(path)


def run(command: Command, profile: str, *more: str) -> str:
    done = command("deadlines", profile, *RULES, *DAY, *more)
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_begins_with_what_is_overdue(command: Command, profile: str, lang: str) -> None:
    lines = run(command, profile, "--lang", lang).splitlines()
    assert all(cell_width(line) <= 80 for line in lines)
    first = next(line for line in lines[lines.index("") + 1 :] if line)
    assert first.startswith("overdue" if lang == "en" else "已逾期")
    assert "2026-10-08" in first
    text = "\n".join(lines)
    assert ("2026-10-01 is a rest day" if lang == "en" else "2026-10-01为休息日") in text
    assert ("not announced" if lang == "en" else "尚未公布") in text.replace("\n", " ")


def test_an_older_not_yet_says_of_which_day_it_is(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(PROFILE.replace("dated: 2026-11-24", "dated: 2026-11-20"), encoding="utf-8")
    assert "not yet on 2026-11-20" in " ".join(run(command, str(path)).split())
    assert "截至2026-11-20" in run(command, str(path), "--lang", "zh")


def test_json_has_every_act(command: Command, profile: str) -> None:
    data = json.loads(run(command, profile, "--format", "json"))
    acts = {(act["id"], act.get("item")): act for act in data["dates"]}
    assert acts["file", "next"]["due"] == "2026-12-04"
    assert acts["file", "next"]["standing"] == "soon"
    assert acts["report", None]["unrolled"] == "2026-10-01"
    assert acts["extension", None]["opens"] == "2027-06-08"
    assert acts["extension", None]["provisional_years"] == [2027]
    assert acts["next", None]["may_be_extended"] is True
    assert data["as_of"] == "2026-11-24"


def events(text: str) -> dict[str, Any]:
    calendar = Calendar.from_ical(text)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_has_an_event_an_act(command: Command, profile: str) -> None:
    text = run(command, profile, "--format", "ics")
    assert text == run(command, profile, "--format", "ics")
    assert "\r\n" in text
    found = events(text)
    assert len(found) == 10  # one of them the day on which the window opens
    by_summary = {str(event["SUMMARY"]): event for event in found.values()}
    filing = by_summary["file the contract [next]"]
    assert filing["DTSTART"].dt == date(2026, 12, 4)
    assert filing["DTSTAMP"].dt.date() == date(2026, 11, 24)
    assert "Days, art. 1" in str(filing["DESCRIPTION"])
    alarm, _ = filing.walk("VALARM")
    assert [a["TRIGGER"].dt.date().isoformat() for a in filing.walk("VALARM")] == [
        "2026-12-04", "2026-11-27",
    ]  # fmt: skip
    trigger = alarm["TRIGGER"].dt
    assert isinstance(trigger, datetime)
    assert trigger.isoformat() == "2026-12-04T01:00:00+00:00"
    assert "[one, two; three]" in str(by_summary["file the contract [one, two; three]"]["SUMMARY"])
    assert "\\; three]" in text.replace("\r\n ", "")
    opening = next(event for name, event in by_summary.items() if name.startswith("from today: "))
    assert opening["DTSTART"].dt == date(2027, 6, 8)
    assert len(by_summary["the result lapses"].walk("VALARM")) == 2


def test_an_act_keeps_its_identity(command: Command, profile: str, tmp_path: Path) -> None:
    before = events(run(command, profile, "--format", "ics"))
    moved = tmp_path / "moved.yaml"
    text = PROFILE.replace("effective_on: 2026-11-20", "effective_on: 2026-11-23")
    moved.write_text(text, encoding="utf-8")
    after = events(run(command, str(moved), "--format", "ics"))
    assert before.keys() == after.keys()
    changed = [uid for uid in before if before[uid]["DTSTART"].dt != after[uid]["DTSTART"].dt]
    assert len(changed) == 1


def test_the_calendar_goes_to_a_file(command: Command, profile: str, tmp_path: Path) -> None:
    path = tmp_path / "days.ics"
    assert run(command, profile, "--format", f"ics:{path}") == ""
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_calendar_commands_no_build_log_and_reaches_the_last_day(
    command: Command, tmp_path: Path
) -> None:
    name = "##[error]x ##vso[y] " + "".join(f"::e{n}::{'a' * n}" for n in range(60))
    path = tmp_path / "p.yaml"
    path.write_text(
        "days.exports: true\ndays.known_on: 9999-12-30\ndays.things:\n"
        f'  - {{name: "{name}", effective_on: 2026-11-20, filed_on: not yet}}\n',
        encoding="utf-8",
    )
    done = command("deadlines", str(path), *RULES, *DAY, "--format", "ics")
    assert done.code == 0
    lines = done.out.splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::")]
    assert "##[" not in done.out
    assert "##vso[" not in done.out
    assert "DTSTART;VALUE=DATE:99991231" in lines
    assert any("e59" in str(event["SUMMARY"]) for event in events(done.out).values())


def test_check_shows_dates_and_does_not_count_what_waits(command: Command, profile: str) -> None:
    done = command("check", profile, *RULES, *DAY, "--fail-on", "undetermined")
    assert done.code == 1
    assert "DATES  overdue 2026-10-08  report it  Days, art. 1" in done.out
    assert "◦ NOT YET DUE  File the contract" in done.out
    assert "next: in time until 2026-12-04" in done.out
    assert "1 not yet due" in done.out
    assert "0 undetermined" not in done.out
    assert "exit 1: 2 `must` fail (--fail-on undetermined)" in done.out


def test_explain_shows_the_due_day(command: Command, profile: str) -> None:
    done = command("explain", profile, "filing", *RULES, *DAY)
    assert done.code == 0
    assert "the due day (10 working days after effective): 2026-10-15" in done.out
    assert "not yet; due 2026-10-15, 40 days ago" in done.out
    chinese = command("explain", profile, "filing", *RULES, *DAY, "--lang", "zh")
    assert "到期日（生效日期后10个工作日）：2026-10-15" in chinese.out


def test_ics_is_one_of_deadlines(command: Command, profile: str) -> None:
    done = command("check", profile, *RULES, *DAY, "--format", "ics")
    assert done.code == 2
    assert "the format `ics` is one of `deadlines`" in done.err


def test_findings_json_says_until_when_one_waits(command: Command, profile: str) -> None:
    done = command("check", profile, *RULES, *DAY, "--format", "json")
    (found,) = json.loads(done.out)["profiles"]
    waiting = [f for f in found["findings"] if "waits_until" in f]
    assert [(f["item"], f["waits_until"], f["missing"]) for f in waiting] == [
        ("next", "2026-12-04", [])
    ]
    assert found["counts"]["not_yet_due"] == 1
    assert len(found["dates"]) == 9
