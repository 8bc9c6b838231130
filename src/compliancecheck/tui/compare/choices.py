"""What is compared, asked for over the screen: which side, then what it shall be."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from compliancecheck.model.comparison import Segment
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.texts import iso
from compliancecheck.tui.compare.editions import segments_of
from compliancecheck.tui.compare.pane import ComparePane
from compliancecheck.tui.compare.sides import TODAY, Choice, law_day, side_said
from compliancecheck.tui.days import ask_day
from compliancecheck.tui.overlays import Ask, Prompt, said
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.host import Host


async def ask_sides(app: Host, pane: ComparePane, session: Session) -> None:
    """Which side, then what it shall be."""
    now = session.evaluation
    if now is None:
        return
    sides = (("A", pane.sides.before or TODAY), ("B", pane.sides.after))

    def choices(lang: str) -> list[tuple[str, str]]:
        return [(letter, f"{letter}: {side_said(now, side, lang)}") for letter, side in sides]

    letter = await app.push_screen_wait(Ask(said("which_side"), choices, app.lang))
    if not letter:
        return
    title = said("what_side", side=letter)
    segments = segments_of(now, pane.ladders)  # once: ladders may come while the menu is open
    what = await app.push_screen_wait(Ask(title, partial(_offered, segments, now), app.lang))
    side = await _side(app, str(what or ""))
    if side is not None:
        pane.choose(str(letter), side)


def _offered(segments: list[Segment], now: Evaluation, lang: str) -> list[tuple[str, str]]:
    """A day, today, a profile, each draft if drafts are shown, the end of each edition."""
    found = [
        ("day", say("a_day_of_law", lang)),
        ("today", side_said(now, TODAY, lang)),
        ("profile", say("another_profile", lang)),
    ]
    drafts = [i for i in now.rules.instruments.values() if i.is_draft]
    if now.drafts:
        for draft in drafts:
            found.append((f"draft {draft.id}", side_said(now, Choice(draft=draft.id), lang)))
    elif drafts:
        found.append(("drafts", say("drafts_by_d", lang, n=len(drafts))))
    for segment in sorted(segments, key=lambda s: s.first, reverse=True):
        if segment.first > law_day(now):
            continue
        names = (now.rules.instruments[e.instrument].short.get(lang) for e in segment.events)
        comma = "、" if lang == "zh" else ", "
        what = say("before_edition", lang, names=comma.join(dict.fromkeys(names)))
        found.append((f"law {segment.first - 1}", f"{iso(segment.first - 1)}  {what}"))
    return found


async def _side(app: Host, what: str) -> Choice | None:
    kind, _, name = what.partition(" ")
    if kind == "day":
        day = await ask_day(app, said("law_prompt"))
        return None if day is None else Choice(day=day)
    if kind == "law":
        return Choice(day=int(name))
    if kind == "draft":
        return Choice(draft=name)
    if kind == "today":
        return TODAY
    if kind == "drafts":
        await app.action_drafts()
    if kind == "profile":
        path = str(await app.push_screen_wait(Prompt(said("profile_prompt"), app.lang)))
        if path and not os.path.isfile(path):
            app.tell("no_such_file", name=path, severity="error")
        elif path:
            return Choice(path=path)
    return None
