"""Words that several reports share: tags of a rule, places, routes, readings, ages of answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from compliancecheck.logic.words import ref_path, ref_words
from compliancecheck.model.findings import (
    AgeNote,
    Evaluation,
    Finding,
    Outcome,
    RouteLine,
    TraceNode,
)
from compliancecheck.model.instruments import Rule, Rules
from compliancecheck.model.profile import Evidence, FactRef
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place, Texts, iso
from compliancecheck.reports.status import outcome_word

LEVELS = {"must": Texts("must", "必须"), "should": Texts("should", "宜")}
CONFIDENCE = {
    "verified": Texts("text verified", "原文已核对"),
    "secondary": Texts("from a secondary source", "据二手来源"),
    "memory": Texts("from memory, not verified", "凭记忆，未核对"),
}
DRAFT = Texts("draft", "征求意见稿")
FURTHER = Texts("a further item", "其他未列明项")
COMPANY = Texts("company", "企业")
NO_WAY = Texts("no provision gives a way", "没有条款给出路径")
NO_ITEM = Texts("nothing to judge", "没有可判断的事项")
_PARTS = {
    "announcement": "公告",
    "annex": "附件",
    "exempt cases": "豁免情形",
    "exports": "数据出境部分",
    "guidelines": "指引",
    "rest": "其余条款",
    "scope": "适用范围",
}
"""Parts of an instrument that have no number, as the packs name them."""
_IS = Texts("is", "现为")
_REVIEW = Texts("under review: counts as open; ", "待核对：按未定处理；")
_WOULD = {
    True: Texts("it would hold", "将成立"),
    False: Texts("it would not hold", "将不成立"),
    None: Texts("it would stay open", "仍未定"),
}
_CHINESE = re.compile("[\u3400-\u9fff]")
_NO_WAY_SHORT = Texts("no route", "无路径")
_IN_ORDER = (
    Outcome.NOT_APPLICABLE,
    Outcome.FAIL,
    Outcome.PASS,
    Outcome.NOT_MET,
    Outcome.MET,
    Outcome.INFORMATIVE,
)


def one_language(text: str, lang: str) -> str:
    """A text of a pack that is in English only, marked as such where Chinese is spoken."""
    return f"{text}（英）" if lang == "zh" and text and not _CHINESE.search(text) else text


def article_text(article: str, lang: str) -> str:
    """An article as it is cited: ``art. 5(1)(iv)``, ``第5(1)(iv)条``; a part without a number by
    its name, in Chinese where that is known.
    """
    if not article[:1].isdigit():
        name, _, number = article.partition(" ")
        if lang == "zh" and number.isdigit():
            return _PARTS.get(name, f"{name} ") + number
        return _PARTS.get(article, article) if lang == "zh" else article
    return f"第{article.replace(', ', '、')}条" if lang == "zh" else f"art. {article}"


def articles_text(articles: Sequence[str], lang: str) -> str:
    """Articles of one instrument: ``art. 3, 4, annex 1``, ``第3、4条、附件1``."""
    mark = "、" if lang == "zh" else ", "
    numbers = ", ".join(a for a in articles if a[:1].isdigit())
    names = [article_text(a, lang) for a in articles if not a[:1].isdigit()]
    return mark.join([*([article_text(numbers, lang)] if numbers else []), *names])


def tags(rules: Rules, rule: Rule, lang: str) -> str:
    """Level and binding force: ``should, not binding``; empty where there is nothing to say."""
    found = [LEVELS[rule.level].get(lang)] if rule.level else []
    if rules.instruments[rule.instrument].is_draft:
        found.append(DRAFT.get(lang))
    elif not rules.instruments[rule.instrument].binding:
        found.append(Texts("not binding", "无强制力").get(lang))
    return ("，" if lang == "zh" else ", ").join(found)


def rule_pieces(rules: Rules, rule: Rule, lang: str) -> list[str]:
    """Title, id, article and tags of a rule, in the order of a heading."""
    pieces = [
        safe_text(rule.title.get(lang)),
        safe_text(rule.id),
        article_text(safe_text(rule.article), lang),
        tags(rules, rule, lang),
    ]
    return [piece for piece in pieces if piece]


def place_text(place: Place | None) -> str:
    """``volta.yaml:18:16``, or nothing."""
    return f"{safe_text(place.path)}:{place.line}:{place.column}" if place else ""


def place_of(evaluation: Evaluation, ref: FactRef) -> Place | None:
    """Where a fact is answered in the profile; the place of its item or list if it is not."""
    profile, fact = evaluation.profile, evaluation.rules.facts[ref.name]
    if fact.list is None:
        answer = profile.answers.get(ref.name)
        given = profile.lists.get(ref.name)
        return answer.place if answer else given.place if given else None
    items = profile.lists.get(fact.list)
    for item in items.items if items else ():
        if item.key == ref.item:
            found = item.answers.get(ref.name)
            return found.place if found and found.place else item.place
    return items.place if items else None


def path_of(rules: Rules, ref: FactRef) -> str:
    """The path of a fact in a profile, safe to show."""
    if ref.name not in rules.facts:
        return safe_text(ref.name)
    return safe_text(ref_path(rules, ref))


def item_name(finding: Finding, lang: str) -> str:
    """The item of a finding, safe to show; empty for the company."""
    if finding.further:
        return FURTHER.get(lang)
    return safe_text(finding.item) if finding.item is not None else ""


def outcomes_text(outcomes: Iterable[Outcome], lang: str) -> str:
    """Outcomes as ``N/A or FAIL``."""
    found = set(outcomes)
    words = [outcome_word(o.value) for o in _IN_ORDER if o in found]
    return ("或" if lang == "zh" else " or ").join(w.get(lang) for w in words if w)


def readings_text(rules: Rules, finding: Finding, lang: str) -> str:
    """The verdict of each reading: ``either: N/A; both: FAIL``."""
    names = {name for verdict in finding.readings for name, _ in verdict.adopt}
    parts = []
    for verdict in finding.readings:
        choice = " + ".join(
            safe_text(c if len(names) == 1 else f"{n.rsplit('.', 1)[-1]}={c}")
            for n, c in verdict.adopt
        )
        parts.append(f"{choice}{colon(lang)}{outcomes_text(verdict.outcomes, lang)}")
    return semicolon(lang).join(parts)


def readings_words(rules: Rules, finding: Finding, lang: str) -> str:
    """The same for people, in the words of the law's choices: ``“both are needed”: FAIL``.

    Where several readings go together, the outcome that most of them have is said last: *else*.
    """
    joint = "且" if lang == "zh" else " and "
    by_outcome: dict[str, list[str]] = {}
    for verdict in finding.readings:
        chosen = joint.join(
            f"“{safe_text(rules.readings[name].choices[choice].get(lang))}”"
            for name, choice in verdict.adopt
        )
        by_outcome.setdefault(outcomes_text(verdict.outcomes, lang), []).append(chosen)
    rows = sorted(by_outcome.items(), key=lambda row: len(row[1]))
    parts = [f"{chosen}{colon(lang)}{outcome}" for outcome, group in rows for chosen in group]
    outcome, group = rows[-1]
    if len(rows) > 1 and len(group) > 1:
        otherwise = "其他情形" if lang == "zh" else "else"
        parts[-len(group) :] = [f"{otherwise}{colon(lang)}{outcome}"]
    return semicolon(lang).join(parts)


def node_text(node: TraceNode, sign: str, lang: str) -> str:
    """A node of the reasoning in one line: *sign*, words, value, article."""
    words = safe_text(node.words.get(lang))
    value = safe_text(node.value.get(lang)) if node.value else ""
    if node.figure:
        return f"{words}{colon(lang)}{value}" if value else words
    text = f"{sign} {words}"
    if value and not words.endswith(value):
        of = safe_text((node.value_of or _IS).get(lang))
        if lang == "zh":
            text += f"（{of}：{value}）"
        else:
            text += f" ({of}{' ' if node.value_of else ': '}{value})"
    if node.article:
        text += f" [{article_text(safe_text(node.article), lang)}]"
    return text


def remark_text(node: TraceNode, lang: str) -> str:
    """What is said under a node: why it is so, and that it is a point of law under review."""
    words = safe_text(node.because.get(lang)) if node.because else ""
    if node.review:
        review = _REVIEW.get(lang) + _WOULD[node.would_give].get(lang)
        words = f"{words} {review}".strip()
    return words


def evidence_text(evidence: Evidence, lang: str) -> str:
    """Who says so and as of when, in one line, safe to show."""
    by = ("提供人：" if lang == "zh" else "by ") + evidence.by if evidence.by else ""
    dated = iso(evidence.dated) if evidence.dated is not None else ""
    parts = [part for part in (evidence.source, by, dated) if part]
    return safe_text(("，" if lang == "zh" else ", ").join(parts))


def reading_names(finding: Finding) -> list[str]:
    """The readings that a finding turns on, each once."""
    names = [name for verdict in finding.readings for name, _ in verdict.adopt]
    return [safe_text(name) for name in dict.fromkeys(names)]


def way_text(rules: Rules, route: str, way: str | None, lang: str) -> str:
    """The words of a way; None is *no route*."""
    if way is None:
        return _NO_WAY_SHORT.get(lang)
    return safe_text(rules.routes[route].ways[way].get(lang))


def colon(lang: str) -> str:
    """What stands between a name and what is said of it."""
    return "：" if lang == "zh" else ": "


def semicolon(lang: str) -> str:
    """What stands between things that are said one after the other."""
    return "；" if lang == "zh" else "; "


def listed(words: Sequence[str], lang: str) -> str:
    """``a, b, or c``: ways and the like in one line, without a doubt which word ends where."""
    if len(words) < 2:
        return "".join(words)
    if lang == "zh":
        return "、".join(words[:-1]) + "，或" + words[-1]
    return ", ".join(words[:-1]) + ", or " + words[-1]


def route_text(rules: Rules, line: RouteLine, lang: str) -> str:
    """The ways that are left for one line of a route, with ``(~)`` or ``(?)`` if not settled."""
    if line.reason == "no_item":
        return NO_ITEM.get(lang)
    if line.reason == "no_way":
        return NO_WAY.get(lang)
    ways = [way_text(rules, line.route, way, lang) for way in line.possible]
    if line.none_possible:
        ways.append(_NO_WAY_SHORT.get(lang))
    mark = "" if line.settled else "~" if line.contested else "?"
    form = "{}（{}）" if lang == "zh" else "{} ({})"
    return form.format(listed(ways, lang), mark) if mark else listed(ways, lang)


_AGES = {
    "as_is": Texts("{what}: counted on {day}, taken as it is", "{what}：统计于{day}，按原数采用"),
    "at_least": Texts(
        "{what}: counted on {day}, by now at least that", "{what}：统计于{day}，至今不少于该数"
    ),
    "at_most": Texts(
        "{what}: counted on {day}, a later day, at most that here",
        "{what}：统计于{day}（晚于评估日），此处不超过该数",
    ),
    "other_window": Texts(
        "{what}: counted on {day} for another period, so it says nothing today",
        "{what}：统计于{day}，属另一统计期间，对评估日无意义",
    ),
    "undated": Texts(
        "the profile has no `dated:`; its counts are taken as of {day}",
        "档案未写 `dated:`；其中的计数视为截至{day}",
    ),
}


def age_text(rules: Rules, note: AgeNote, lang: str) -> str:
    """How a counted answer was taken, in words."""
    what = safe_text(ref_words(rules, note.ref).get(lang)) if note.ref else ""
    return _AGES[note.kind].get(lang).format(what=what, day=iso(note.counted_on))


def adopted_text(rules: Rules, finding: Finding, lang: str) -> str:
    """The adopted readings on which a finding rests, each with its question."""
    if not finding.adopted:
        return ""
    found = [reading_text(rules, name, choice, lang) for name, choice in finding.adopted]
    text = semicolon(lang).join(found)
    return Texts(f"rests on the reading adopted: {text}", f"以所选读法为据：{text}").get(lang)


def reading_text(rules: Rules, name: str, choice: str, lang: str) -> str:
    """The question of a reading with one of its choices, safe to show."""
    reading = rules.readings[name]
    space = "" if lang == "zh" else " "
    return safe_text(f"{reading.question.get(lang)}{space}“{reading.choices[choice].get(lang)}”")
