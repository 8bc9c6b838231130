"""Dated acts in words, for every report: order, standing, days, what is said beside them."""

from __future__ import annotations

from compliancecheck.logic.drafts import is_draft
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.figures import interval_words
from compliancecheck.logic.waiting import still_to_come
from compliancecheck.model.findings import DatedAct, Evaluation, Margin, Standing
from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Texts, iso
from compliancecheck.model.values import Interval
from compliancecheck.reports import wording
from compliancecheck.reports.sheet import Sheet, plural
from compliancecheck.reports.summary import empty_packs

STANDINGS = {
    Standing.OVERDUE: Texts("overdue", "已逾期"),
    Standing.MAY_BE_OVERDUE: Texts("may be overdue", "可能已逾期"),
    Standing.SOON: Texts("soon", "即将到期"),
    Standing.OPEN: Texts("open now", "可办理"),
    Standing.UPCOMING: Texts("ahead", "未到"),
    Standing.UNKNOWN: Texts("not known", "未知"),
    Standing.LAPSED: Texts("lapsed", "已失效"),
    Standing.ENDED: Texts("ended", "已届满"),
    Standing.DONE: Texts("done", "已完成"),
}
"""How an act stands, in the order of reading: the most urgent first."""

NOT_YET = Texts("not yet", "尚未")
URGENT = (Standing.OVERDUE, Standing.MAY_BE_OVERDUE, Standing.SOON)
AHEAD = (Standing.OPEN, Standing.UPCOMING)
PAST = (Standing.LAPSED, Standing.ENDED, Standing.DONE)
_RANK = {standing: n for n, standing in enumerate(STANDINGS)}


def in_order(evaluation: Evaluation) -> list[DatedAct]:
    """The acts as they are read: what is urgent first, inside by day, then as in the packs.

    The day is the one that comes next: of a window ahead, that on which it opens. What only may
    apply follows what does, as if its day were unknown; where a pack has no answer yet it is left
    out.
    """
    empty = empty_packs(evaluation)
    rules = evaluation.rules

    def is_folded(act: DatedAct) -> bool:
        return (
            act.applies is None
            and rules.instruments[rules.rules[act.rule].instrument].pack in empty
        )

    def key(row: tuple[int, DatedAct]) -> tuple[int, int, int]:
        n, act = row
        rank = _RANK[act.standing]
        if act.standing in AHEAD:  # open or not open yet: the nearest day counts
            rank = _RANK[Standing.OPEN]
        if act.applies is None:
            rank = max(rank, _RANK[Standing.UNKNOWN])
        if act.standing in PAST:  # one list by day, whatever became of it
            rank = _RANK[Standing.LAPSED]
        return (rank, _first(_next(act)), n)

    acts = [act for act in evaluation.dates if not is_folded(act)]
    return [act for _, act in sorted(enumerate(acts), key=key)]


def _next(act: DatedAct) -> Interval | None:
    if act.standing is Standing.UPCOMING and act.opens is not None:
        return act.opens
    return act.due


def _first(days: Interval | None) -> int:
    if days is None:
        return 10_000_000
    end = days.low if days.low is not None else days.high
    return 10_000_000 if end is None else int(end)


def standing_words(act: DatedAct) -> Texts:
    """How an act stands: ``overdue``, ``expected`` of an authority, ``ends`` of a validity."""
    if act.standing is Standing.UPCOMING:
        if act.who == "authority":
            return Texts("expected", "预计")
        if act.kind == "end":
            return Texts("ends", "届满")
        if act.opens is not None:
            return Texts("opens", "开始")
    return STANDINGS[act.standing]


def days_text(act: DatedAct, sheet: Sheet) -> str:
    """The day of an act, or its window: ``2026-10-12``, ``2026-11-30 … 2027-03-01``."""
    if act.due is None:
        return ""
    due = sheet.get(interval_words("date", None, act.due))
    opens = act.opens
    if opens is not None and opens.is_point and opens.low is not None:
        return f"{iso(int(opens.low))} … {due}"
    return due


def distance_text(act: DatedAct, as_of: int, sheet: Sheet) -> str:
    """How far the due day (of a window ahead, its first day) is: ``43 days ago``, ``today``."""
    if act.due is None or not act.due.is_point or act.standing in (Standing.DONE, Standing.UNKNOWN):
        return ""
    until = act.due
    if act.standing is Standing.UPCOMING and act.opens is not None and act.opens.is_point:
        until = act.opens
    days = int(until.low or 0) - as_of
    if days == 0:
        return sheet.say("today", "今天")
    if days < 0:
        return sheet.say(f"{plural(-days, 'day')} ago", f"{-days}天前")
    return sheet.say(f"in {plural(days, 'day')}", f"{days}天后")


def act_text(act: DatedAct, sheet: Sheet) -> str:
    """The act, with the item that it concerns."""
    words = sheet.get(act.act)
    if act.item is None:
        return words
    return f"{words} [{safe_text(act.item)}]"


def cited(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> str:
    """Where the act stands in the law: ``Contract 2023, art. 7``."""
    rule = evaluation.rules.rules[act.rule]
    short = sheet.get(evaluation.rules.instruments[rule.instrument].short)
    article = wording.article_text(safe_text(act.article), sheet.lang)
    return f"{short}{sheet.say(', ', '，')}{article}"


def notes(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> list[str]:
    """What is said beside an act: its safe day, how sure the day is, what it needs."""
    found = [*_days_beside(act, sheet), *_doubts(act, sheet)]
    if act.standing in (Standing.OVERDUE, Standing.MAY_BE_OVERDUE):
        found += _last_said(evaluation, act, sheet)
    if act.adopt:
        found.append(reading_text(evaluation.rules, act, sheet))
    if is_draft(evaluation.rules, act.rule):
        found.append(sheet.say("of a draft, never law", "征求意见稿，未成为法律"))
    if act.applies is None:
        found.append(sheet.say("the rule may apply", "规则是否适用待定"))
    if act.needs:
        found.append(needs_text(evaluation, act, sheet))
    return found


def _last_said(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> list[str]:
    """Of a `not yet` that was said before today, for which day it was said."""
    said = engine_of(evaluation).world.not_yet
    day = None if act.done_ref is None else said.get(act.done_ref)
    if day is None or day >= evaluation.as_of:
        return []
    return [sheet.say(f"not yet on {iso(day)}, the day of that answer",
                      f"截至{iso(day)}（该回答之日）尚未完成")]  # fmt: skip


def reading_text(rules: Rules, act: DatedAct, sheet: Sheet) -> str:
    """The readings on which a day hangs: ``if “three years”``."""
    joint = sheet.say(" and ", "且")
    words = joint.join(
        f"“{safe_text(sheet.get(rules.readings[name].choices[choice]))}”"
        for name, choice in act.adopt
    )
    return sheet.say(f"if {words}", f"若为{words}")


def _days_beside(act: DatedAct, sheet: Sheet) -> list[str]:
    found = []
    due = int(act.due.low or 0) if act.due is not None and act.due.is_point else None
    ahead = act.standing in (Standing.SOON, *AHEAD) and act.who == "company"
    if ahead and act.safe_due is not None and act.safe_due != due:
        safe = iso(act.safe_due)
        found.append(sheet.say(f"to be safe by {safe}", f"稳妥日期{safe}"))
    if act.unrolled is not None:
        day = iso(act.unrolled)
        found.append(sheet.say(f"{day} is a rest day, so it moved", f"{day}为休息日，已顺延"))
    if act.standing is Standing.DONE and act.done is not None:
        day_words = sheet.get(interval_words("date", None, act.done))
        found.append(sheet.say(f"done {day_words}", f"完成于{day_words}"))
    elif act.kind == "right" and act.done is not None and act.done.is_point:
        day_words = sheet.get(interval_words("date", None, act.done))
        found.append(sheet.say(f"{day_words} is outside its window", f"{day_words}不在规定期间内"))
    if act.latest is not None:
        found.append(
            sheet.say(
                f"at the latest {iso(act.latest)}, if extended", f"延长后至迟{iso(act.latest)}"
            )
        )
    if act.extension_open:
        found.append(sheet.say("may be extended", "可延长"))
    return found


def _doubts(act: DatedAct, sheet: Sheet) -> list[str]:
    found = []
    if act.expected:
        found.append(sheet.say("counted from an expected day", "自预计日期起算"))
    if act.provisional:
        years = ", ".join(map(str, act.provisional))
        found.append(
            sheet.say(
                f"provisional: the holidays of {years} are not announced",
                f"暂定：{years}年节假日安排尚未公布",
            )
        )
    if act.no_calendar is not None:
        found.append(
            sheet.say(f"no calendar for {act.no_calendar}", f"没有{act.no_calendar}年的日历")
        )
    return found


def needs_text(evaluation: Evaluation, act: DatedAct, sheet: Sheet) -> str:
    """The answers that would tell the day, or whether it was done."""
    paths = [wording.path_of(evaluation.rules, ref) for ref in act.needs[:3]]
    more = len(act.needs) - len(paths)
    tail = [sheet.say(f"and {more} more", f"另{more}项")] if more > 0 else []
    return sheet.say("needs: ", "待答：") + sheet.say(", ", "、").join([*paths, *tail])


def due_now(evaluation: Evaluation) -> tuple[list[DatedAct], list[DatedAct]]:
    """What a report of findings shows of acts that apply: the urgent, and what comes next."""
    acts = [
        act
        for act in in_order(evaluation)
        if act.applies and not is_draft(evaluation.rules, act.rule)
    ]
    return (
        [act for act in acts if act.standing in URGENT],
        [act for act in acts if act.standing in AHEAD],
    )


def not_yet_words(evaluation: Evaluation, margin: Margin) -> Texts | None:
    """A date that is `not yet`, against the day by which it had to be; None for any other."""
    ref = margin.ref
    if margin.type != "date" or ref is None or margin.in_scope:
        return None
    if margin.value.low != evaluation.as_of + 1 or not still_to_come(
        (margin.value,), evaluation.as_of
    ):
        return None
    if not margin.bound.is_point:  # the day hangs on a reading, or is not known
        return NOT_YET
    day = int(margin.bound.low or 0)
    ago = evaluation.as_of - day
    if ago == 0:  # what must have happened by now
        return NOT_YET
    if ago > 0:
        return Texts(f"not yet; due {iso(day)}, {plural(ago, 'day')} ago",
                     f"尚未；应不晚于{iso(day)}完成，已过{ago}天")  # fmt: skip
    return Texts(f"not yet; in time until {iso(day)}", f"尚未；不晚于{iso(day)}完成即为及时")
