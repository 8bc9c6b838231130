"""Days that are asked for over the screen: the day of evaluation, the day of law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading.numbers import Refused, read_number
from compliancecheck.tui.overlays import Ask, Prompt, Said, said
from compliancecheck.tui.session import today
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.host import Host


_DAY = Fact("day", FactType.DATE, Texts("day", "日期"), "")


class Judged(Protocol):
    """What is judged by a day of evaluation and a day of law, both day ordinals."""

    @property
    def as_of(self) -> int:
        """The day of evaluation."""

    @property
    def law(self) -> int | None:
        """The day of law; None: it follows."""

    def set_day(self, as_of: int) -> None:
        """Judge on another day."""

    def set_law(self, law: int | None) -> None:
        """Judge by the law of another day."""


def day_of(text: str) -> int | None:
    """A day as the command line takes it: ISO, as 2026-11-24, or `today`; None for any other."""
    if text == "today":
        return today()
    try:
        return int(read_number(_DAY, text))
    except Refused:
        return None


async def ask_day(app: Host, title: Said) -> int | None:
    """A day that is typed; None for none, or one that is not written as a day."""
    text = await app.push_screen_wait(Prompt(title, app.lang))
    if not text:
        return None
    found = day_of(str(text))
    if found is None:
        app.tell("bad_day", severity="error")
    return found


async def ask_days(app: Host, session: Judged) -> bool:
    """The day of evaluation, or of law; whether one was changed."""
    law = session.law

    def choices(lang: str) -> list[tuple[str, str]]:
        own = say("law_follows", lang) if law is None else iso(law)
        both = [
            ("as_of", say("choose_as_of", lang, day=iso(session.as_of))),
            ("law", say("choose_law", lang, day=own)),
        ]
        return both if law is None else [*both, ("same", say("choose_law_same", lang))]

    chosen = await app.push_screen_wait(Ask(said("which_day"), choices, app.lang))
    if chosen == "same":
        session.set_law(None)
        return True
    if not chosen:
        return False
    day = await ask_day(app, said("as_of_prompt" if chosen == "as_of" else "law_prompt"))
    if day is None:
        return False
    session.set_day(day) if chosen == "as_of" else session.set_law(day)
    return True
