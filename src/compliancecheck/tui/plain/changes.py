"""What an answer turned: ways first, then findings, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from compliancecheck.model.findings import Evaluation, Finding, RouteLine
from compliancecheck.model.safe import safe_text
from compliancecheck.reports import wording
from compliancecheck.reports.status import LOOKS, DisplayStatus, display_status
from compliancecheck.reports.summary import empty_packs, in_order, is_folded
from compliancecheck.tui.words import count, say


def changes_said(before: Evaluation, after: Evaluation, lang: str) -> list[str]:
    """Each way and finding that is another one now; what is to be read or falls away is counted."""
    return [*_routes(before, after, lang), *_findings(before, after, lang)]


def _routes(before: Evaluation, after: Evaluation, lang: str) -> Iterator[str]:
    old = {(line.route, line.item): _way(before, line, lang) for line in before.routes}
    items = [line for line in after.routes if line.item is not None]
    for line in after.routes:
        if line.reason == "no_item" or (line.item is None and items):
            continue  # of the company: its items say it
        now = _way(after, line, lang)
        if now != old.get((line.route, line.item), say("open_route", lang)):
            name = f"{safe_text(line.item)}{wording.colon(lang)}" if line.item else ""
            yield f"{name}{say('goal_routes', lang)} → {now}"


def _way(evaluation: Evaluation, line: RouteLine, lang: str) -> str:
    if len(line.possible) + line.none_possible > 2 and not line.contested:
        return say("open_route", lang)
    return wording.route_text(evaluation.rules, line, lang)


def _findings(before: Evaluation, after: Evaluation, lang: str) -> Iterator[str]:
    old = {(f.rule, f.item, f.further): display_status(f) for f in before.findings}
    empty = empty_packs(after)
    read = away = 0
    for finding in in_order(after):
        was, now = old.get((finding.rule, finding.item, finding.further)), display_status(finding)
        if was is now or finding.further or is_folded(after, finding, empty):
            continue
        if now is DisplayStatus.NOT_APPLICABLE:
            away += was is not None
        elif now is DisplayStatus.INFORMATIVE:
            read += 1
        elif was is not None or now is not DisplayStatus.MAY_APPLY:
            yield f"{named(after, finding, lang)} → {LOOKS[now].word.get(lang)}"
    if read:
        yield count(read, lang, "plain_one_to_read", "plain_to_read")
    if away:
        yield count(away, lang, "falls_away", "fall_away")


def named(evaluation: Evaluation, finding: Finding, lang: str) -> str:
    """``loyalty programme: A million people's information needs an assessment``."""
    title = safe_text(evaluation.rules.rules[finding.rule].title.get(lang))
    item = wording.item_name(finding, lang)
    return f"{item}{wording.colon(lang)}{title}" if item else title
