"""Words of what-if, for text, JSON and the app: what is supposed, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliancecheck.logic.words import ref_words, values_words
from compliancecheck.model.findings import Finding
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.model.what_if import Effect, Supposition
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status

NOT_ANSWERED = Texts("not answered", "未作答")
NOT_KNOWN = Texts("not known", "未知")
NOT_YET = Texts("not yet", "尚未发生")
ADVICE = Texts(
    "These say what the facts would have to be. Only true answers belong in a profile; "
    "nothing was written.",
    "以上只说明事实须为何种情形。档案中只应填写真实情况；未写入任何内容。",
)
GIVEN = Texts("if your figures or days were different", "若数据或日期本身不同")
"""Over suggestions that nobody can act on: a count, a figure to measure against, a past day."""
PAST = Texts("a day that is past", "已过去的日期")
WISHES = {
    "met": Texts("met", "符合"),
    "fail": Texts("not met", "不符合"),
    "na": Texts("not applicable", "不适用"),
    "applies": Texts("applicable", "适用"),
}
WHY_NONE = {
    "law": Texts(
        "Only the days of the law decide this: no answer turns it.",
        "仅由法律的施行时间决定：任何回答都不能改变。",
    ),
    "no_item": Texts(
        "The list holds no item to which this could apply.",
        "清单中没有可适用本规定的事项。",
    ),
    "never": Texts(
        "This provision never has that outcome: it asks for nothing that could be met.",
        "本条不会出现该结果：它没有可供符合的要求。",
    ),
    "already": Texts("It is so already.", "现已如此。"),
    "waits": Texts(
        "Only a day still to come settles this; it is in time until then.",
        "须待将来的日期到来才能定论；此前均属及时。",
    ),
    "review": Texts(
        "Only a point of law that nobody has confirmed yet keeps this open.",
        "仅因一处尚未核对的法律要点而未定。",
    ),
    "further": Texts(
        "It is about an item of which nothing is known: name the items of the list first.",
        "这涉及尚无任何信息的事项：请先列出清单中的各项。",
    ),
    "nothing": Texts(
        "No single answer moves this: it rests on several items or figures at once.",
        "任何单独一项回答都不能影响它：它同时取决于多个事项或数值。",
    ),
    "large": Texts(
        "The profile lists too many items to try answers one by one.",
        "档案列出的事项过多，无法逐项尝试。",
    ),
    "far": Texts(
        "No change of a few answers was found that turns it.",
        "未找到改动少数几项回答即可使其改变的办法。",
    ),
}


def value_words(rules: Rules, supposition: Supposition, answer: Answer | None) -> Texts:
    """An answer in words; None: nothing is answered."""
    if answer is None:
        return NOT_ANSWERED
    if answer.not_yet:
        return NOT_YET
    if answer.values is None or supposition.ref is None:
        return NOT_KNOWN
    return values_words(rules.facts[supposition.ref.name], answer.values)


def if_words(rules: Rules, supposition: Supposition, first: bool = True) -> Texts:
    """One condition of a suggestion: ``if R&D expense were CNY 45 million (now CNY 36 million)``.

    One that is not the *first* begins with ``and``.
    """
    lead = Texts("if", "若") if first else Texts("and", "且")
    if supposition.ref is None:
        reading = rules.readings[supposition.reading or ""]
        choice = reading.choices[supposition.choice or ""]
        return Texts(
            f"{lead.en} this reading were adopted: {reading.question.get('en')} {choice.get('en')}",
            f"{lead.zh}采用此读法：{reading.question.get('zh')}{choice.get('zh')}",
        )
    label = ref_words(rules, supposition.ref)
    supposed = value_words(rules, supposition, supposition.answer)
    now = value_words(rules, supposition, supposition.now)
    past = Texts(f"; {PAST.en}", f"；{PAST.zh}") if supposition.past else Texts("", "")
    return Texts(
        f"{lead.en} {label.en} were {supposed.get('en')} (now {now.get('en')}{past.en})",
        f"{lead.zh}{label.zh}为{supposed.get('zh')}（现为{now.get('zh')}{past.zh}）",
    )


def shown_status(finding: Finding | None) -> DisplayStatus:
    """The status of one side; a finding that is not there does not apply."""
    return DisplayStatus.NOT_APPLICABLE if finding is None else display_status(finding)


def state_words(finding: Finding | None) -> Texts:
    """Status in words, of a benchmark whether it is met."""
    word = LOOKS[shown_status(finding)].word
    if finding is None or finding.met is None:
        return word
    met = Texts("met", "达到") if finding.met else Texts("not met", "未达到")
    return Texts(f"{word.en}, {met.en}", f"{word.zh}，{met.zh}")


def in_order(effects: Iterable[Effect]) -> list[Effect]:
    """What turns with a suggestion, the worst outcome first."""
    return sorted(effects, key=lambda e: (shown_status(e.after).rank, shown_status(e.before).rank))


def grouped(effects: Iterable[Effect]) -> list[tuple[Effect, list[str]]]:
    """The same in order, where one rule turns alike for several items once, with their names."""
    found: dict[object, tuple[Effect, list[str]]] = {}
    for effect in in_order(effects):
        finding = effect_finding(effect)
        key = (finding.rule, state_words(effect.before), state_words(effect.after))
        _, items = found.setdefault(key, (effect, []))
        if finding.item is not None:
            items.append(finding.item)
    return list(found.values())


def effect_finding(effect: Effect) -> Finding:
    """The finding that an effect is about, as it is then, else as it was."""
    found = effect.after or effect.before
    assert found is not None
    return found


def why_none_words(finding: Finding, why: str) -> Texts:
    """Why nothing is suggested."""
    if finding.further and why in ("nothing", "far"):
        return WHY_NONE["further"]
    return WHY_NONE[why]


def wish_words(names: Sequence[str]) -> Texts:
    """What was wished: ``met or not applicable``."""
    return Texts(
        " or ".join(WISHES[name].en for name in names),
        "或".join(WISHES[name].zh for name in names),
    )


def takes_words(count: int) -> Texts:
    """How many answers have to be others."""
    if count == 1:
        return Texts("one answer is enough", "改动一项回答即可")
    return Texts(f"it takes {count} answers", f"须改动{count}项回答")


def anew_words(rules: Rules, refs: Sequence[FactRef], lang: str) -> str:
    """The answers that are set aside, by their labels."""
    names = ("、" if lang == "zh" else ", ").join(ref_words(rules, ref).get(lang) for ref in refs)
    return Texts(f"to be answered anew: {names}", f"须重新回答：{names}").get(lang)


def title_of(rules: Rules, finding: Finding, items: Sequence[str], lang: str) -> str:
    """Title of a finding's rule with the items that it is about."""
    title = rules.rules[finding.rule].title.get(lang)
    if not items:
        return title
    return f"{title}（{'、'.join(items)}）" if lang == "zh" else f"{title} ({', '.join(items)})"
