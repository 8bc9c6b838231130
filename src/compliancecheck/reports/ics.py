"""Dated acts as an iCalendar file: one all-day event an act, with an alarm on its safe day.

The same evaluation gives the same bytes: nothing of the clock is in it.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from compliancecheck import __version__
from compliancecheck.model.findings import DatedAct, Evaluation, Standing
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reports import dates
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet

_MORNING = 1  # 9 o'clock in China (UTC+8)
WEEK = 7
"""Reminders stand on the safe day and so many days before it."""
_COLONS = re.compile(":(?=:)")


def calendar_text(evaluation: Evaluation, lang: str = "en") -> str:
    """The calendar of the acts whose day is known and not over; lines end with CRLF."""
    sheet = Sheet(lang=lang)
    calendar = Calendar()
    calendar.add("prodid", f"-//compliancecheck//compliancecheck {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for act in dates.in_order(evaluation):
        day = _day(act)
        if day is not None and act.standing not in dates.PAST:
            calendar.add_component(_event(evaluation, act, day, sheet))
            if act.opens is not None and act.opens.is_point and act.standing is Standing.UPCOMING:
                calendar.add_component(_opening(evaluation, act, sheet))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _day(act: DatedAct) -> date | None:
    """The day of the event: of a range the first day, which is the safe one to keep."""
    if act.due is None:
        return None
    end = act.due.low if act.due.low is not None else act.due.high
    return None if end is None else date.fromordinal(int(end))


def _event(evaluation: Evaluation, act: DatedAct, day: date, sheet: Sheet) -> Event:
    event = Event()
    event.add("uid", _uid(evaluation, act))
    event.add("dtstamp", _moment(evaluation.as_of, 0))
    event.add("dtstart", day)
    if day < date.max:  # without an end it lasts that day
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", _harmless(dates.act_text(act, sheet)))
    event.add("description", _harmless(_description(evaluation, act, sheet)))
    event.add("categories", [sheet.get(dates.standing_words(act))])
    event.add("transp", "TRANSPARENT")
    alarm_day = act.safe_due if act.safe_due is not None else day.toordinal()
    if act.who == "company":
        for before in (alarm_day, alarm_day - WEEK):
            if before >= evaluation.as_of:
                event.add_component(_alarm(act, before, sheet))
    return event


def _opening(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> Event:
    """The day from which an act can be done, as an event of its own."""
    assert act.opens is not None
    assert act.opens.low is not None
    day = date.fromordinal(int(act.opens.low))
    event = Event()
    event.add("uid", _uid(evaluation, act, "opens"))
    event.add("dtstamp", _moment(evaluation.as_of, 0))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    said = sheet.say("from today: ", "今日起可办：") + dates.act_text(act, sheet)
    event.add("summary", _harmless(said))
    event.add("description", _harmless(_description(evaluation, act, sheet)))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(act, day.toordinal(), sheet))
    return event


def _uid(evaluation: Evaluation, act: DatedAct, *more: str) -> str:
    """The same act of the same company keeps its identity when the file is made again."""
    parts = [evaluation.profile.name, act.rule, act.deadline, act.item or "", *more]
    parts += [f"{name}={choice}" for name, choice in act.adopt]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"{digest[:32]}@compliancecheck"


def _description(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> str:
    rule = evaluation.rules.rules[act.rule]
    days = dates.days_text(act, sheet)
    lines = [
        f"{dates.cited(evaluation, act, sheet)}{sheet.say(': ', '：')}{sheet.get(rule.title)}",
        f"{sheet.get(dates.standing_words(act))} {days}",
        *dates.notes(evaluation, act, sheet),
        safe_text(f"{act.rule}, {act.deadline}"),
        sheet.say(f"as of {iso(evaluation.as_of)}; not legal advice",
                  f"评估日 {iso(evaluation.as_of)}；不构成法律意见"),
    ]  # fmt: skip
    return "\n".join(lines)


def _alarm(act: DatedAct, day: int, sheet: Sheet) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _moment(day, _MORNING), parameters={"VALUE": "DATE-TIME"})
    alarm.add("description", _harmless(dates.act_text(act, sheet)))
    return alarm


def _harmless(text: str) -> str:
    """*text* of which no part commands a build log, wherever a long line of it is folded."""
    return _COLONS.sub(r":\\", harmless(text))


def _moment(day: int, hour: int) -> datetime:
    on = date.fromordinal(day)
    return datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
