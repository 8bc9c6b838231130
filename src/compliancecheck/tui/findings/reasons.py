"""Why a rule does not apply, in a sentence."""

from __future__ import annotations

from compliancecheck.model.findings import Reason
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Texts
from compliancecheck.reports import wording

_SAID = {
    "scope": Texts("its conditions are not met", "不满足适用条件"),
    "exempted": Texts("exempted by {by}", "因{by}而豁免"),
    "displaced": Texts("displaced by {by}", "被{by}取代"),
    "not_in_force": Texts("not in force that day", "该日未施行"),
    "no_item": Texts("there is nothing to judge", "没有可判断的事项"),
}
_GOVERNS = Texts("not in force that day; {by} governs", "该日未施行；适用{by}")


def why_not(rules: Rules, why: Reason | None, lang: str) -> str:
    """The reason in words; what comes from packs has not passed the gate yet."""
    if why is None:
        return ""
    by = _named(rules, why, lang)
    said = _GOVERNS if why.kind == "not_in_force" and by else _SAID[why.kind]
    return said.get(lang).replace("{by}", by)


def _named(rules: Rules, why: Reason, lang: str) -> str:
    if why.by is None:
        return ""
    if why.by in rules.rules:
        rule = rules.rules[why.by]
        short = rules.instruments[rule.instrument].short.get(lang)
        cite = f"{short} {wording.article_text(why.article or rule.article, lang)}"
        title = f"“{rule.title.get(lang)}”"
        return f"{title}（{cite}）" if lang == "zh" else f"{title} ({cite})"
    known = rules.instruments.get(why.by)
    name = known.short.get(lang) if known else why.by
    return f"{name} {wording.article_text(why.article, lang)}" if why.article else name
