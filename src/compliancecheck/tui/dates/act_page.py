"""The page of a dated act over the screen, and the act done from there or from the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.words import ref_words
from compliancecheck.model.findings import DatedAct, Evaluation
from compliancecheck.model.profile import Answer
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import Place
from compliancecheck.reports.act_days import place_of_act
from compliancecheck.tui.bindings import Keys
from compliancecheck.tui.dates.day_prompt import DayPrompt
from compliancecheck.tui.dates.pane import act_content
from compliancecheck.tui.overlays import Over
from compliancecheck.tui.paper import Paper
from compliancecheck.tui.session import Session, Wrote
from compliancecheck.tui.words import say

if TYPE_CHECKING:
    from compliancecheck.tui.host import Host


class ActPage(Over[str]):
    """The days of one act; gives ``act`` if it shall be said when it was done."""

    BINDINGS = [
        Binding("escape,q,w,enter", "close", "close", key_display="esc", id="close"),
        Binding("a", "act", "done on …", id="act"),
        Binding("o", "app.source", "source", id="source"),
        Binding("c", "app.copy", "copy", id="copy"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space", "scroll(10)", "Page Down", show=False),
        Binding("pageup", "scroll(-10)", "Page Up", show=False),
    ]

    def __init__(self, evaluation: Evaluation, act: DatedAct, lang: str) -> None:
        super().__init__()
        self.evaluation, self.act, self.lang = evaluation, act, lang

    @property
    def place(self) -> Place | None:
        """Where the answer that it is counted from stands."""
        return place_of_act(self.evaluation, self.act)

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="full", can_focus=False):
            yield Paper(self._draw)
        yield Keys(palette=False)

    def _draw(self, width: int) -> Iterator[Content]:
        return act_content(self.evaluation, self.act, width, self.lang)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """*Done on* needs an act of which it is asked when it was done."""
        return action != "act" or self.act.done_ref is not None

    def action_act(self) -> None:
        """Say when it was done."""
        self.dismiss("act")

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss("")

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one("#full", VerticalScroll).scroll_relative(y=lines, animate=False)


async def open_act(app: Host, session: Session, act: DatedAct) -> Wrote | None:
    """Show the days of an act; what became of an answer that was given there."""
    if session.evaluation is None:
        return None
    wanted = await app.push_screen_wait(ActPage(session.evaluation, act, app.lang))
    return await do_act(app, session, act) if wanted == "act" else None


async def do_act(app: Host, session: Session, act: DatedAct) -> Wrote | None:
    """Ask when an act was done and write it; None: nothing was said."""
    now, ref = session.evaluation, act.done_ref
    if now is None or ref is None or session.broken:
        return None

    def against(answer: Answer) -> str:
        if isinstance(answer.values, tuple) and (answer.values[0].low or 0) > session.as_of:
            return say("day_to_come", app.lang)
        after = session.preview(ref, answer)
        return say("gives_conflict", app.lang) if after is not None and after.conflicts else ""

    fact = now.rules.facts[ref.name]
    words = ref_words(now.rules, ref)
    given = engine_of(now).answer(ref)
    day = now.as_of
    if given is not None and isinstance(given.values, tuple) and given.values[0].is_point:
        day = int(given.values[0].low or day)

    def title(lang: str) -> str:
        return say("done_on", lang, what=safe_text(words.get(lang)))

    prompt = DayPrompt(title, fact, day, engine_of(now).calendar, app.lang, against)
    typed = await app.push_screen_wait(prompt)
    return session.answer(ref, str(typed)) if typed else None
