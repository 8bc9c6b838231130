"""What an undo, or an edit outside, made of a profile and of its verdicts, in few words."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef, Profile
from compliancecheck.model.safe import safe_text, shorten
from compliancecheck.reports import wording
from compliancecheck.reports.status import LOOKS, display_status
from compliancecheck.reports.summary import in_order
from compliancecheck.tui.telling import answer_said, title_of
from compliancecheck.tui.words import say

MOST = 2
"""Of more than these changes the first one is named, and how many more there are."""


def answers_turned(before: Profile | None, after: Profile | None, rules: Rules, lang: str) -> str:
    """The answers and items that are other ones in *after*, as they are there; empty: none."""
    said = list(_turned(before, after, rules, lang))
    if len(said) > MOST:
        return f"{said[0]} {say('and_more', lang, n=len(said) - 1)}"
    return wording.semicolon(lang).join(said)


def _turned(
    before: Profile | None, after: Profile | None, rules: Rules, lang: str
) -> Iterator[str]:
    old, new = (p.every_answer() if p is not None else {} for p in (before, after))
    had, has = item_keys(before), item_keys(after)
    for listed, key in sorted(had ^ has):
        word = "item_is_back" if (listed, key) in has else "item_is_out"
        yield say(word, lang, name=shorten(key))
    for ref in [*new, *(ref for ref in old if ref not in new)]:
        place, was, now = _place(rules, ref), old.get(ref), new.get(ref)
        if (place and not (place in had and place in has)) or (now and now.says_as(was)):
            continue
        value = answer_said(rules.facts[ref.name], now, lang) if now else say("no_answer", lang)
        yield f"{ref_words(rules, ref).get(lang)}{wording.colon(lang)}{value}"


def _place(rules: Rules, ref: FactRef) -> tuple[str, str] | None:
    """The list and the item to which a fact belongs."""
    name = rules.facts[ref.name].list
    return None if name is None or ref.item is None else (name, ref.item)


def item_keys(profile: Profile | None) -> frozenset[tuple[str, str]]:
    """The items of all lists: the name of the list's fact, and the item's key."""
    return frozenset((name, item.key) for name, item in profile.items()) if profile else frozenset()


def verdicts_turned(before: Evaluation | None, after: Evaluation | None, lang: str) -> str:
    """Which findings have another status, if they are few; else how many. Empty: none."""
    if before is None or after is None or before is after:
        return ""
    old = {(f.rule, f.item, f.further): display_status(f) for f in before.findings}
    said, n = [], 0
    for finding in in_order(after):
        was, now = old.get((finding.rule, finding.item, finding.further)), display_status(finding)
        if was is None or was is now:
            continue
        n += 1
        if n <= MOST:
            title = safe_text(title_of(after, finding, lang))
            said.append(f"{LOOKS[was].symbol} → {LOOKS[now].symbol} {title}")
    if n > MOST:
        return say("verdicts_turned", lang, n=n)
    return wording.semicolon(lang).join(said)
