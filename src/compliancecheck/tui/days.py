"""Days that are asked for over the screen: the day of evaluation, the day of law."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from compliancecheck.model.texts import iso
from compliancecheck.tui.overlays import Ask, Prompt
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.host import Host


async def ask_day(app: Host, title: str) -> int | None:
    """A day that is typed; None for none, or one that is not written as a day."""
    text = await app.push_screen_wait(Prompt(title, app.lang))
    if not text:
        return None
    try:
        return date.fromisoformat(str(text)).toordinal()
    except ValueError:
        app.tell("bad_day", severity="error")
        return None


async def ask_days(app: Host, session: Session) -> bool:
    """The day of evaluation, or of law; whether one was changed."""
    lang, law = app.lang, session.law
    own = say("law_follows", lang) if law is None else iso(law)
    choices = [
        ("as_of", say("choose_as_of", lang, day=iso(session.as_of))),
        ("law", say("choose_law", lang, day=own)),
    ]
    if law is not None:
        choices.append(("same", say("choose_law_same", lang)))
    chosen = await app.push_screen_wait(Ask(say("which_day", lang), choices, lang))
    if chosen == "same":
        session.set_law(None)
        return True
    if not chosen:
        return False
    prompt = "as_of_prompt" if chosen == "as_of" else "law_prompt"
    day = await ask_day(app, say(prompt, lang))
    if day is None:
        return False
    session.set_day(day) if chosen == "as_of" else session.set_law(day)
    return True
