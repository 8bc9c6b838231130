"""Deadlines: days, standing, readings, expected days, and until when an act waits."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from compliancecheck.logic.bands import bounds_in_play
from compliancecheck.logic.calendar import Calendar
from compliancecheck.logic.dating import moved
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.calendar import Overlay, YearTable
from compliancecheck.model.conditions import AsOf, Before, Shift, Unit
from compliancecheck.model.findings import DatedAct, Evaluation, Finding, Standing, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.values import Interval
from compliancecheck.reading.pack_reader import read_packs
from compliancecheck.reading.profiles import load_profile_text

PACK = Path(__file__).parent.parent / "days_pack"
TODAY = "2026-11-24"


@cache
def rules() -> Rules:
    return read_packs([PACK])


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def judged(text: str, as_of: str = TODAY, **more: Any) -> Evaluation:
    lines = [f"days.exports: true\ndated: {as_of}", *text.split("; ")]
    profile, problems = load_profile_text("\n".join(lines), "p.yaml", rules())
    assert profile is not None, problems
    return evaluate(profile, rules(), as_of=day(as_of), **more)


def thing(**given: str) -> str:
    facts = ", ".join(f"{name}: {value}" for name, value in given.items())
    return f"days.things: [{{name: one, {facts}}}]"


def acts(found: Evaluation, deadline: str) -> list[DatedAct]:
    return [act for act in found.dates if act.deadline == deadline]


def act(found: Evaluation, deadline: str) -> DatedAct:
    (only,) = acts(found, deadline)
    return only


def finding(found: Evaluation, rule: str) -> Finding:
    (only,) = [f for f in found.findings if f.rule == f"xx.days/{rule}"]
    return only


def shown(days: Interval | None) -> str | None:
    if days is None:
        return None
    ends = ["" if end is None else date.fromordinal(int(end)).isoformat()
            for end in (days.low, days.high)]  # fmt: skip
    return ends[0] if ends[0] == ends[1] else "..".join(ends)


def iso(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


@pytest.mark.parametrize(
    ("facts", "status", "waits", "missing"),
    [
        ({"effective_on": "2026-09-24", "filed_on": "2026-10-15"}, Status.PASS, None, ()),
        ({"effective_on": "2026-09-24", "filed_on": "2026-10-16"}, Status.FAIL, None, ()),
        ({"effective_on": "2026-09-24", "filed_on": "not yet"}, Status.FAIL, None, ()),
        ({"effective_on": "2026-09-24"}, Status.UNDETERMINED, None, ("filed_on",)),
        (
            {"effective_on": "2026-11-20", "filed_on": "not yet"},
            *(Status.UNDETERMINED, "2026-12-04", ()),
        ),
        ({"effective_on": "2026-11-20"}, Status.UNDETERMINED, None, ("filed_on",)),
        (
            {"effective_on": "unknown", "filed_on": "not yet"},
            *(Status.UNDETERMINED, None, ("effective_on", "filed_on")),
        ),
        # The day of the answer is past: whether it was done since is not known.
        (
            {"effective_on": "2026-11-02..2026-11-20", "filed_on": "not yet"},
            *(Status.UNDETERMINED, None, ("effective_on", "filed_on")),
        ),
    ],
    ids=str,
)
def test_missed_fails_ahead_waits_unanswered_needs_proof(
    facts: dict[str, str], status: Status, waits: str | None, missing: tuple[str, ...]
) -> None:
    found = finding(judged(thing(**facts)), "filing")
    assert (found.status, iso(found.waits_until)) == (status, waits)
    assert tuple(ref.name.removeprefix("thing.") for ref in found.missing) == missing


@pytest.mark.parametrize(
    ("facts", "standing", "due", "needs"),
    [
        ({"effective_on": "2026-09-24", "filed_on": "2026-10-15"}, "done", "2026-10-15", 0),
        ({"effective_on": "2026-09-24", "filed_on": "2026-11-24"}, "done", "2026-10-15", 0),
        ({"effective_on": "2026-09-24", "filed_on": "not yet"}, "overdue", "2026-10-15", 0),
        ({"effective_on": "2026-09-24"}, "may_be_overdue", "2026-10-15", 1),
        ({"effective_on": "2026-11-20", "filed_on": "not yet"}, "soon", "2026-12-04", 0),
        ({"effective_on": "2026-11-20"}, "soon", "2026-12-04", 1),
        ({"filed_on": "not yet"}, "unknown", None, 1),
        (
            {"effective_on": "2026-11-02..2026-11-20", "filed_on": "not yet"},
            *("may_be_overdue", "2026-11-16..2026-12-04", 1),
        ),
        ({"effective_on": "2026-11-30", "filed_on": "not yet"}, "upcoming", "2026-12-14", 0),
    ],
    ids=str,
)
def test_how_an_act_stands(
    facts: dict[str, str], standing: str, due: str | None, needs: int
) -> None:
    found = act(judged(thing(**facts)), "file")
    assert (found.standing, shown(found.due), len(found.needs)) == (standing, due, needs)


@pytest.mark.parametrize(
    ("dated", "status", "standing"),
    [
        ("2026-11-10", Status.FAIL, "overdue"),  # missed for sure, whatever happened since
        ("2026-10-16", Status.FAIL, "overdue"),
        ("2026-10-15", Status.UNDETERMINED, "may_be_overdue"),  # that day it was still in time
        ("2026-10-08", Status.UNDETERMINED, "may_be_overdue"),
    ],
)
def test_an_older_not_yet_is_overdue_where_its_finding_fails(
    dated: str, status: Status, standing: str
) -> None:
    text = thing(effective_on="2026-09-24", filed_on="not yet")
    profile, _ = load_profile_text(f"days.exports: true\ndated: {dated}\n{text}", "p", rules())
    assert profile is not None
    found = evaluate(profile, rules(), as_of=day(TODAY))
    assert (finding(found, "filing").status, act(found, "file").standing) == (status, standing)


def test_soon_is_within_thirty_days() -> None:
    later = thing(effective_on="2026-11-20", filed_on="not yet")
    standings = [act(judged(later, on), "file").standing for on in ("2026-11-03", "2026-11-04")]
    assert standings == [Standing.UPCOMING, Standing.UPCOMING]  # the contract is not in force
    filing = thing(effective_on="2026-10-01", filed_on="not yet")
    # Due on 2026-10-21; the contract took effect on the first day.
    assert act(judged(filing, "2026-10-01"), "file").standing is Standing.SOON
    known = "days.known_on: 2026-09-01; days.reported_on: not yet"
    on_day = {on: act(judged(known, on), "report").standing for on in ("2026-10-01", "2026-10-03")}
    assert on_day == {"2026-10-01": Standing.OPEN, "2026-10-03": Standing.SOON}
    assert iso(act(judged(known, "2026-10-01"), "report").safe_due) == "2026-10-30"


def test_one_that_starts_at_a_not_yet_is_not_shown() -> None:
    assert acts(judged(thing(effective_on="not yet", filed_on="not yet")), "file") == []


def test_a_month_rolls_to_a_working_day() -> None:
    found = act(judged("days.known_on: 2026-07-31; days.reported_on: not yet", TODAY), "report")
    assert shown(found.due) == "2026-09-30"
    assert (found.unrolled, iso(found.safe_due)) == (None, "2026-09-30")
    found = act(judged("days.known_on: 2026-08-01; days.reported_on: not yet", TODAY), "report")
    assert (iso(found.unrolled), shown(found.due), iso(found.safe_due)) == (
        "2026-10-01", "2026-10-08", "2026-09-30",
    )  # fmt: skip


def test_a_day_that_hangs_on_a_reading_is_given_for_each() -> None:
    found = judged("days.result_on: 2024-09-01; days.applied_on: not yet")
    ends = {act.adopt: (shown(act.due), act.standing) for act in acts(found, "expiry")}
    assert ends == {
        (("days.years", "two"),): ("2026-09-01", Standing.ENDED),
        (("days.years", "three"),): ("2027-09-01", Standing.UPCOMING),
    }
    adopted = judged(
        "days.result_on: 2024-09-01; days.applied_on: not yet; readings: {days.years: three}"
    )
    lapses, right, again = (act(adopted, name) for name in ("expiry", "extension", "reapply"))
    assert (lapses.adopt, iso(lapses.safe_due)) == ((), "2027-08-31")
    # W28 of the sheet, and the window of the same expiry.
    assert (shown(again.due), iso(again.safe_due)) == ("2027-06-08", "2027-06-07")
    assert (again.standing, again.provisional) == (Standing.OPEN, (2027,))
    assert (shown(right.opens), shown(right.due)) == ("2027-06-08", "2027-09-01")
    assert (right.standing, right.provisional) == (Standing.UPCOMING, (2027,))


def test_a_right_that_was_not_used_lapses() -> None:
    past = "days.result_on: 2023-03-15; readings: {days.years: three}"
    unused = act(judged(f"{past}; days.applied_on: not yet"), "extension")
    assert (unused.standing, unused.needs) == (Standing.LAPSED, ())
    used = act(judged(f"{past}; days.applied_on: 2025-12-15"), "extension")
    assert (used.standing, shown(used.done)) == (Standing.DONE, "2025-12-15")
    for outside in ("2025-12-12", "2026-03-16"):  # before it opens, and after it lapsed
        late = act(judged(f"{past}; days.applied_on: {outside}"), "extension")
        assert late.standing is Standing.LAPSED


def test_where_a_calendar_is_missing_a_day_is_bounded_by_its_years() -> None:
    value = Shift(AsOf(), 10, Unit.WORKING_DAYS)
    start = Interval(day("2030-12-20"), day("2030-12-20"))
    plain = Calendar()
    # The tenth working day lies in 2031, or later: 2031 has no calendar, nor have the years after.
    assert moved(plain, start, value) == Interval(day("2031-01-01"), None)
    table = YearTable(2033, "official", frozenset())
    with_2033 = Calendar([Overlay({2033: table})])
    assert moved(with_2033, start, value) == Interval(day("2031-01-01"), day("2033-01-14"))
    back = Before(AsOf(), 10, Unit.WORKING_DAYS, False)
    end = Interval(day("2004-01-05"), day("2004-01-05"))
    assert moved(plain, end, back) == Interval(None, day("2003-12-26"))


def test_expected_days_follow_each_other() -> None:
    found = judged("days.received_on: 2026-11-20")
    first, second, third = (act(found, name) for name in ("check", "accept", "next"))
    assert (shown(first.due), first.expected, first.standing) == (
        "2026-11-27", False, Standing.UPCOMING,
    )  # fmt: skip
    assert (shown(second.due), second.expected, iso(second.latest)) == (
        "2026-12-08", True, "2026-12-25",
    )  # fmt: skip
    assert (shown(third.due), third.expected, third.extension_open) == ("2027-01-20", True, True)
    assert (third.article, third.provisional) == ("2", (2027,))


def test_an_own_start_takes_the_place_of_the_expected_one() -> None:
    found = judged("days.received_on: 2026-11-02; days.accepted_on: 2026-11-05")
    second = act(found, "accept")
    assert (shown(second.due), second.expected) == ("2026-11-16", False)
    # Expected for a day that is past, and it did not happen: it cannot start before tomorrow.
    late = act(judged("days.received_on: 2026-09-24; days.accepted_on: not yet"), "accept")
    assert (shown(late.due), late.expected) == ("2026-12-04", True)
    assert acts(judged("days.received_on: not yet; days.accepted_on: not yet"), "accept") == []


def test_a_calendar_of_a_user_moves_days() -> None:
    filing = thing(effective_on="2026-12-24", filed_on="not yet")
    assert act(judged(filing), "file").provisional == (2027,)
    table = YearTable(2027, "official", frozenset({day("2027-01-01"), day("2027-01-04")}))
    calendar = Calendar([Overlay({2027: table})])
    found = act(judged(filing, calendar=calendar), "file")
    assert (shown(found.due), found.provisional) == ("2027-01-11", ())


def test_a_year_without_a_calendar_leaves_the_day_open() -> None:
    known = thing(effective_on="2041-05-06", filed_on="2041-05-20")
    found = judged(known, "2041-06-01")
    assert finding(found, "filing").status is Status.UNDETERMINED
    filing = act(found, "file")
    assert (filing.due, filing.no_calendar) == (None, 2041)
    report = act(
        judged("days.known_on: 2041-05-06; days.reported_on: not yet", "2041-06-01"), "report"
    )
    assert (shown(report.due), report.no_calendar, report.safe_due) == ("2041-07-06", 2041, None)
    early = thing(effective_on="2041-05-06", filed_on="2041-05-07")  # sooner than ten days
    assert finding(judged(early, "2041-06-01"), "filing").status is Status.PASS


def test_acts_of_what_may_apply_are_shown_once_their_day_is_known() -> None:
    def open_(text: str) -> Evaluation:
        profile, _ = load_profile_text(text, "p.yaml", rules())
        assert profile is not None
        return evaluate(profile, rules(), as_of=day(TODAY))

    assert acts(open_("days.reported_on: not yet"), "report") == []
    found = act(open_("days.known_on: 2026-11-02"), "report")
    assert (found.applies, shown(found.due)) == (None, "2027-01-04")


@pytest.mark.parametrize(
    ("effective_on", "turns"),
    [
        ("2026-11-20", ["2026-12-05"]),
        ("unknown", []),
        ("2026-11-02..2026-11-20", ["2026-11-17", "2026-12-05"]),
    ],
)
def test_a_day_of_filing_turns_where_a_start_that_is_known_lets_it(
    effective_on: str, turns: list[str]
) -> None:
    found = judged(thing(effective_on=effective_on))
    told = bounds_in_play(found, FactRef("thing.filed_on", "one"))
    assert [text.en for text in told] == turns
