"""Words of a comparison: what a side is, what stands on it, and why."""

from __future__ import annotations

from compliancecheck.logic.words import UNKNOWN, values_words
from compliancecheck.model.comparison import Change, Comparison, Partner, Side
from compliancecheck.model.findings import Evaluation, Status
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import DayRange, Texts, iso
from compliancecheck.reports import wording
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.tree import why_not

_ABSENT = {
    "draft": Texts("drafts are left out", "未含草案"),
    "not_listed": Texts("not in this profile", "此档案未列出"),
    "no_counterpart": Texts("nothing on this", "未就此作规定"),
}


def side_names(comparison: Comparison, sheet: Sheet) -> tuple[str, str]:
    """What the two sides are: a draft and the law, two profiles, or two days of law."""
    before, after = comparison.before, comparison.after
    if comparison.draft is not None:
        draft = before.rules.instruments[comparison.draft]
        return sheet.get(draft.short), _law(after, sheet)
    if before.profile is not after.profile:
        return _company(before), _company(after)
    return _law(before, sheet), _law(after, sheet)


def _law(evaluation: Evaluation, sheet: Sheet) -> str:
    day = iso(evaluation.as_of if evaluation.law is None else evaluation.law)
    return sheet.say(f"law of {day}", f"{day}的法律")


def _company(evaluation: Evaluation) -> str:
    profile = evaluation.profile
    return f"{safe_text(profile.path)}  {safe_text(profile.name)}".strip()


def side_status(side: Side) -> DisplayStatus:
    """The status of a side; what is not there does not apply."""
    return DisplayStatus.NOT_APPLICABLE if side.finding is None else display_status(side.finding)


def sign(status: DisplayStatus, sheet: Sheet) -> str:
    """The symbol of a status."""
    return LOOKS[status].sign(sheet.ascii)


def side_words(evaluation: Evaluation, side: Side, sheet: Sheet, *, whole: bool = False) -> str:
    """Citation, status, and why it is so: the line of one side.

    With *whole* also what an undetermined finding may still be.
    """
    rules = evaluation.rules
    colon, sep = sheet.say(": ", "："), sheet.say("; ", "；")
    if side.finding is None:
        return cited(rules, side.rule, sheet) + colon + sep.join(_gone(rules, side, sheet))
    status = LOOKS[side_status(side)].word.get(sheet.lang)
    parts = [status]
    if side.finding.met is not None:
        parts.append(sheet.say("met" if side.finding.met else "not met",
                               "达到" if side.finding.met else "未达到"))  # fmt: skip
    why = why_not(evaluation, side.reason, sheet)
    if why:
        parts.append(why)
    if whole and side.finding.status is Status.UNDETERMINED:
        parts.append(wording.outcomes_text(side.finding.possible, sheet.lang))
    if side.finding.status is Status.CONTESTED:
        parts.append(wording.readings_words(rules, side.finding, sheet.lang))
    if side.applies or (side.reason is not None and side.reason.kind == "not_in_force"):
        parts.append(force_words(rules, side, sheet))
    return cited(rules, side.rule, sheet) + colon + sep.join(p for p in parts if p)


def side_line(
    comparison: Comparison, change: Change, after: bool, sheet: Sheet, *, whole: bool = False
) -> str:
    """:func:`side_words` of one side of a change; of one without such a rule, which side it is."""
    side = change.after if after else change.before
    if side.absent == "no_counterpart":
        name = side_names(comparison, sheet)[after]
        return name + sheet.say(": ", "：") + _ABSENT["no_counterpart"].get(sheet.lang)
    evaluation = comparison.after if after else comparison.before
    return side_words(evaluation, side, sheet, whole=whole)


def _gone(rules: Rules, side: Side, sheet: Sheet) -> list[str]:
    if side.absent == "not_in_force":
        words = sheet.say("not in force that day", "该日未施行")
        return [text for text in (words, force_words(rules, side, sheet)) if text]
    return [_ABSENT[side.absent or "no_counterpart"].get(sheet.lang)]


def force_words(rules: Rules, side: Side, sheet: Sheet) -> str:
    """Since when, and until when, a rule is in force; empty of a draft."""
    if side.since is None:
        return ""
    begun = _day(side.since)
    rule = rules.rules[side.rule]
    if rule.effective or rule.ends:  # of its own days: the article may be older, or go on
        until = "" if side.until is None else _day(side.until)
        return sheet.say(f"this rule from {begun}{f', ended {until}' if until else ''}",
                         f"本条规则自{begun}起{f'，至{until}止' if until else ''}")  # fmt: skip
    if side.until is None:
        return sheet.say(f"in force since {begun}", f"自{begun}起施行")
    ended = _day(side.until)
    return sheet.say(f"in force from {begun}, ended {ended}", f"自{begun}起施行，{ended}失效")


def _day(days: DayRange) -> str:
    return iso(days.first) if days.first == days.last else f"{iso(days.first)}..{iso(days.last)}"


def cited(rules: Rules, rule_id: str, sheet: Sheet) -> str:
    """``Data Flows 2024, art. 8``: instrument and article of a rule; of a draft, that it is one."""
    rule = rules.rules[rule_id]
    instrument = rules.instruments[rule.instrument]
    article = wording.article_text(safe_text(rule.article), sheet.lang)
    text = sheet.get(instrument.short) + sheet.say(", ", "，") + article
    return text + sheet.say(" (draft)", "（征求意见稿）") if instrument.is_draft else text


def partner_words(rules: Rules, partner: Partner, sheet: Sheet) -> str:
    """A rule that took the place of another, or had it: title and citation."""
    title = sheet.get(rules.rules[partner.rule].title)
    words = cited(rules, partner.rule, sheet)
    return sheet.say(f"{words}: {title}", f"{words}：{title}")


def change_item(change: Change, sheet: Sheet) -> str:
    """The item of a change, safe to show; empty for the company."""
    if change.further:
        return wording.FURTHER.get(sheet.lang)
    return safe_text(change.item) if change.item is not None else ""


def answer_words(evaluation: Evaluation, ref: FactRef, sheet: Sheet) -> str:
    """What a profile answers, in words; of a list, its items."""
    fact = evaluation.rules.facts[ref.name]
    if fact.fields:
        given = evaluation.profile.lists.get(ref.name)
        if given is None:
            return sheet.say("no answer", "未作答")
        names = [safe_text(item.key) for item in given.items]
        more = [sheet.say("and more", "及其他")] if given.open else []
        return sheet.say(", ", "、").join([*names, *more]) or sheet.say("none", "无")
    items = evaluation.profile.lists.get(fact.list or "")
    answer = evaluation.profile.answers.get(ref.name)
    if fact.list is not None:
        own = [item for item in (items.items if items else ()) if item.key == ref.item]
        answer = own[0].answers.get(ref.name) if own else None
    if answer is None:
        return sheet.say("no answer", "未作答")
    if answer.not_yet:
        return sheet.say("not yet", "尚未")
    words = UNKNOWN if answer.values is None else values_words(fact, answer.values)
    return safe_text(sheet.get(words))
