"""`rules list`: each instrument with its days, its articles encoded and not, and its rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NotRequired, TypedDict

from compliancecheck.model.instruments import Instrument, Rule, Rules
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import DayRange, Texts, iso
from compliancecheck.reports import wording
from compliancecheck.reports.layout import wrap_after
from compliancecheck.reports.sheet import Sheet, packed, plural

REASONS = {
    "purpose": Texts("purpose", "目的"),
    "scope": Texts("scope", "适用范围"),
    "principle": Texts("principle", "原则"),
    "judgement": Texts("needs judgement", "需个案判断"),
    "procedure": Texts("procedure", "程序"),
    "no_fact": Texts("no fact to ask for", "无可询问的事实"),
    "not_read": Texts("not read", "未核对原文"),
    "encouragement": Texts("encouragement", "鼓励性"),
    "national_target": Texts("national target", "国家目标"),
    "authority": Texts("for authorities", "针对主管部门"),
    "liability": Texts("liability", "法律责任"),
    "commencement": Texts("commencement", "施行日期"),
    "other_addressee": Texts("other addressee", "其他主体"),
    "other_edition": Texts("other edition", "其他版本"),
    "later": Texts("later", "以后补充"),
}

# What the shipped packs leave out because it belongs to instruments that are not encoded yet.
_OUTSIDE: dict[str, Texts] = {
    "cn.cac.2024-16": Texts(
        "left out, as they rest on instruments that are not encoded: the readings "
        "statutory_duty_counted, automotive_exemptions and small_handler_export; deadlines "
        "(the validity of results carries no day yet)",
        "因所依据的文件尚未编入而未包含：读法statutory_duty_counted、automotive_exemptions、"
        "small_handler_export；期限（评估结果有效期暂不计算到期日）",
    ),
}


Wanted = Callable[[str], bool] | None


class ArticleJson(TypedDict):
    """An article: encoded, or not and why."""

    encoded: bool
    reason: NotRequired[str]
    says: NotRequired[dict[str, str]]


class InstrumentJson(TypedDict):
    """One instrument of `rules list`."""

    id: str
    pack: str
    title: dict[str, str]
    short: dict[str, str]
    draft: bool
    binding: bool
    issued: str
    effective: str | None
    ends: str | None
    in_force: bool | None
    articles: dict[str, ArticleJson]
    rules: list[str]
    confidence: str | None
    outside: NotRequired[dict[str, str]]


def standing(instrument: Instrument, day: int) -> bool | None:
    """Whether an instrument is in force on a day; None inside a disputed range."""
    if instrument.effective is None:
        return False
    begun = instrument.effective.reached(day)
    ended = instrument.ends.reached(day) if instrument.ends is not None else False
    if begun is False or ended is True:
        return False
    return True if begun and ended is False else None


def rule_list_json(rules: Rules, day: int, wanted: Wanted = None) -> list[InstrumentJson]:
    """Instruments with their rules; *day* is the day for which ``in_force`` is said.

    *wanted* chooses rules by id; an instrument of which none is left is left out.
    """
    return [_instrument_json(i, own, day) for i, own in _chosen(rules, wanted)]


def _chosen(rules: Rules, wanted: Wanted) -> list[tuple[Instrument, list[Rule]]]:
    found = []
    for instrument in rules.instruments.values():
        own = [r for r in rules.rules.values() if r.instrument == instrument.id]
        kept = [r for r in own if wanted is None or wanted(r.id)]
        if kept or wanted is None:
            found.append((instrument, kept))
    return found


def _instrument_json(instrument: Instrument, own: list[Rule], day: int) -> InstrumentJson:
    found: InstrumentJson = {
        "id": instrument.id,
        "pack": instrument.pack,
        "title": _both(instrument.title),
        "short": _both(instrument.short),
        "draft": instrument.is_draft,
        "binding": instrument.binding,
        "issued": iso(instrument.issued),
        "effective": _days(instrument.effective),
        "ends": _days(instrument.ends),
        "in_force": standing(instrument, day),
        "articles": {},
        "rules": [rule.id for rule in own],
        "confidence": next((s.confidence for s in instrument.sources), None),
    }
    for number, article in instrument.articles.items():
        entry: ArticleJson = {"encoded": article.encoded}
        if article.reason:
            entry["reason"] = article.reason
        if article.says:
            entry["says"] = _both(article.says)
        found["articles"][number] = entry
    if instrument.id in _OUTSIDE:
        found["outside"] = _both(_OUTSIDE[instrument.id])
    return found


def _both(texts: Texts) -> dict[str, str]:
    return {"en": texts.en, "zh": texts.zh}


def _days(days: DayRange | None) -> str | None:
    if days is None:
        return None
    return iso(days.first) if days.first == days.last else f"{iso(days.first)}..{iso(days.last)}"


def rule_list_text(rules: Rules, day: int, sheet: Sheet, wanted: Wanted = None) -> str:
    """Packs with their instruments and rules; ends with a line break."""
    lines: list[str] = []
    chosen = _chosen(rules, wanted)
    for pack in rules.packs.values():
        inside = [row for row in chosen if row[0].pack == pack.id]
        if inside:
            lines += [f"{sheet.get(pack.title)}  {safe_text(pack.id)}", ""]
        for instrument, own in inside:
            lines += [*_instrument(rules, instrument, own, day, sheet), ""]
    count = sum(len(own) for _, own in chosen)
    counted = sheet.say(
        f"{plural(len(chosen), 'instrument')}, {plural(count, 'rule')}; as of {iso(day)}",
        f"{len(chosen)}件文件，{count}条规则；截至{iso(day)}",
    )
    return "\n".join(line.rstrip() for line in [*lines, counted]) + "\n"


def _instrument(
    rules: Rules, instrument: Instrument, own: list[Rule], day: int, sheet: Sheet
) -> Iterator[str]:
    width = sheet.width
    yield from packed([f"  {sheet.get(instrument.short)}", safe_text(instrument.id)], width, 4)
    yield from wrap_after("    ", sheet.get(instrument.title), width, 4)
    first, *more = _facts(instrument, day, sheet)
    yield from packed([f"    {first}", *more], width, 4)
    yield from articles_lines(instrument, sheet)
    if instrument.id in _OUTSIDE:
        yield from wrap_after("    ", sheet.get(_OUTSIDE[instrument.id]), width, 4)
    for rule in own:
        pieces = [
            safe_text(rule.slug),
            wording.article_text(safe_text(rule.article), sheet.lang),
            wording.LEVELS[rule.level].get(sheet.lang) if rule.level else "",
            sheet.get(rule.title),
        ]
        yield from wrap_after("      ", "  ".join(p for p in pieces if p), width, 8)


def _facts(instrument: Instrument, day: int, sheet: Sheet) -> list[str]:
    words = {
        True: sheet.say("in force", "施行中"),
        False: sheet.say("not in force", "未施行或已失效"),
        None: sheet.say("in force: disputed that day", "该日是否施行有争议"),
    }[standing(instrument, day)]
    if instrument.is_draft:
        words = sheet.say("draft", "征求意见稿")
    pieces = [words]
    since, until = _days(instrument.effective), _days(instrument.ends)
    if since:
        pieces.append(sheet.say(f"since {since}", f"自{since}起"))
    if until:
        pieces.append(sheet.say(f"ends {until}", f"至{until}止"))
    if not instrument.binding:
        pieces.append(sheet.say("not binding", "无强制力"))
    confidence = next((s.confidence for s in instrument.sources), None)
    if confidence:
        pieces.append(sheet.get(wording.CONFIDENCE[confidence]))
    return pieces


def articles_lines(instrument: Instrument, sheet: Sheet) -> Iterator[str]:
    """The articles that are encoded, and those that are not and why."""
    encoded = [safe_text(n) for n, a in instrument.articles.items() if a.encoded]
    yield from wrap_after(
        sheet.say("    encoded: ", "    已编入："),
        sheet.say(", ", "、").join(encoded) or "-",
        sheet.width,
        13,
    )
    left: dict[str, list[str]] = {}
    says: list[tuple[str, str]] = []
    for number, article in instrument.articles.items():
        if article.encoded:
            continue
        name = sheet.say("the rest", "其余") if number == "rest" else safe_text(number)
        left.setdefault(article.reason or "later", []).append(name)
        if article.says:
            says.append((name, sheet.get(article.says)))
    comma = sheet.say(", ", "、")
    form = sheet.say("{} ({})", "{}（{}）")
    groups = [form.format(comma.join(names), _reason(r, sheet)) for r, names in left.items()]
    if groups:
        yield from wrap_after(
            sheet.say("    not encoded: ", "    未编入："),
            sheet.say("; ", "；").join(groups),
            sheet.width,
            17,
        )
    for name, words in says:
        yield from wrap_after(f"      {name}{sheet.say(': ', '：')}", words, sheet.width, 8)


def _reason(reason: str, sheet: Sheet) -> str:
    return sheet.get(REASONS.get(reason, Texts(reason, reason)))
