"""The conversation of plain mode: a turn is said, a line is read, a command or answer done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from shutil import get_terminal_size
from typing import Protocol

from compliancecheck.logic.interview import Screen
from compliancecheck.model.safe import safe_text
from compliancecheck.model.texts import iso
from compliancecheck.reading.problems import nearest, render
from compliancecheck.tui.answer.walk import stands
from compliancecheck.tui.plain import commands, looks, search, steps_back
from compliancecheck.tui.plain.commands import Command
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.plain.ends import EndTurn, ReadingTurn
from compliancecheck.tui.plain.evidence import evidence_of
from compliancecheck.tui.plain.facts import FactTurn, next_at
from compliancecheck.tui.plain.first import GatesTurn, NamesTurn, change_item, items_menu
from compliancecheck.tui.plain.printing import Voice
from compliancecheck.tui.plain.turn import ClashTurn, Menu, ProblemsTurn, Turn
from compliancecheck.tui.session import Session, Wrote
from compliancecheck.tui.words import say

MOST_TYPED, LEAST_WIDTH = 10_000, 20
_HELP = (
    "plain_help_back",
    "plain_help_skip",
    "plain_help_unknown",
    "plain_help_why",
    "plain_help_list",
    "plain_help_find",
    "plain_help_findings",
    "plain_help_dates",
    "plain_help_review",
    "plain_help_evidence",
    "plain_help_undo",
    "plain_help_items",
    "plain_help_lang",
    "plain_help_literal",
    "plain_help_write",
    "plain_help_quit",
)


class Typed(Protocol):
    """What is typed, line by line; an empty text is the end."""

    def readline(self, limit: int = -1, /) -> str:
        """The next line with its end, or its first *limit* characters."""
        ...


class Talk:
    """One conversation about one profile, which can be evaluated."""

    def __init__(self, session: Session, voice: Voice, typed: Typed) -> None:
        self.desk = Desk(session, voice)
        self.session, self.voice, self.typed = session, voice, typed
        self.turn: Turn = Menu(self.desk, "", [])

    def run(self) -> None:
        """Talk until one leaves, or nothing more is typed. The file holds every answer."""
        try:
            self._open()
            self._show()
            while self._listen():
                pass
        except KeyboardInterrupt:
            self.voice.blank()
        self._close()

    def _open(self) -> None:
        desk, session = self.desk, self.session
        file = safe_text(session.path)
        desk.tell("plain_opened", file=file, day=iso(session.as_of))
        for problem in session.problems:
            rows = render(problem, session.text, self.desk.lang).split("\n")
            self.voice.lines(safe_text(row) for row in rows)
        against = "" if session.exists else _cannot_be_made(session.path, session.lang)
        if against:
            desk.tell("plain_cannot_be_made", file=file, why=against)
        elif session.read_only:
            desk.tell("plain_read_only")
        desk.tell("plain_begin")

    def _close(self) -> None:
        desk, session = self.desk, self.session
        file = safe_text(session.path)
        if session.waiting:
            desk.tell("plain_not_saved", file=file)
        elif session.exists:
            desk.tell("plain_goodbye", file=file, command=f"compliancecheck ui {file} --plain")
        else:
            desk.tell("plain_nothing_written", file=file)

    # -- one line --------------------------------------------------------------------------------

    def _listen(self) -> bool:
        """Take one line; False: it was the last."""
        self.voice.ask()
        line = self.typed.readline(MOST_TYPED)
        if not line:
            self.voice.blank()
            return False
        if len(line) == MOST_TYPED and not line.endswith("\n"):
            while line and not line.endswith("\n"):
                line = self.typed.readline(MOST_TYPED)
            self.desk.tell("plain_too_long")
            return True
        try:
            step = self._take(line.strip())
        except Wrong as wrong:
            self.voice.line(wrong.message, "! ", 2)
            if wrong.hint:
                self.voice.line(wrong.hint, "  = ", 4)
            return True
        return self._go(step)

    def _take(self, typed: str) -> Step | Turn:
        if typed[:1] in ("=", "＝"):
            return self._answer(typed[1:].strip(), literal=True)
        command = commands.read(typed)
        if command is not None:
            return self._do(command)
        return self._answer(typed, literal=False)

    def _answer(self, typed: str, *, literal: bool) -> Step | Turn:
        if not typed:
            return self.turn.empty()
        try:
            return self.turn.take(typed, literal)
        except Wrong as wrong:
            near = None if literal else nearest(typed.casefold(), _known_words(self.desk.lang))
            if near:
                mark = " " if self.desk.lang == "en" else ""
                perhaps = self.desk.word("plain_perhaps", word=near)
                wrong.hint = f"{perhaps}{mark}{wrong.hint}".strip()
            raise

    def _go(self, step: Step | Turn) -> bool:
        if isinstance(step, Turn):
            self.turn = step
            self.turn.show()
        elif step is Step.STOP:
            return False
        elif step is Step.CLASH:
            self.turn = ClashTurn(self.desk)
            self.turn.show()
        elif step is Step.ON:
            self._further()
        elif self.session.broken or step is Step.SHOW:
            self._show()
        elif step is Step.AGAIN:
            self._again()
        return True

    # -- where the walk stands -------------------------------------------------------------------

    def _show(self) -> None:
        """The question of the walk's screen, or the problems of the file."""
        self.turn = self._now()
        self.turn.show()

    def _again(self) -> None:
        """The same turn; a question is asked anew of what the file holds now."""
        if isinstance(self.turn, FactTurn | NamesTurn | ReadingTurn | EndTurn):
            self._show()
        else:
            self.turn.show()

    def _now(self) -> Turn:
        desk = self.desk
        if self.session.broken or self.session.evaluation is None:
            return ProblemsTurn(desk)
        if not stands(desk.evaluation, desk.screen) and desk.screen.kind not in _ENDS:
            self.desk.walk.seen = [s for s in desk.walk.seen if stands(desk.evaluation, s)]
            desk.walk.again(desk.evaluation)
            desk.at = 0
        if desk.screen.kind == "facts":
            desk.walk.asked(desk.at)
        return _TURNS[desk.screen.kind](desk, desk.screen)

    def _further(self) -> None:
        """The next fact of this screen, else the next screen."""
        if not self.session.broken:
            at = next_at(self.desk) if self.desk.screen.kind == "facts" else None
            if at is None:
                self.desk.walk.go_on(self.desk.evaluation)
            self.desk.at = at or 0
        self._show()

    # -- commands --------------------------------------------------------------------------------

    def _do(self, command: Command) -> Step | Turn:
        name = command.name
        if name == "quit":
            return Step.STOP
        if name == "help":
            return self._help()
        if name == "lang":
            self.session.set_language(commands.language(command.rest, self.desk.lang))
            self.desk.tell("plain_lang")
            return Step.SHOW
        if name in ("undo", "redo"):
            return self._turn_back(name)
        if self.session.broken:
            raise Wrong(self.desk.word("plain_broken"))
        return self._look(command) if name in _LOOKS else self._move(command)

    def _look(self, command: Command) -> Step | Turn:
        desk, rest = self.desk, command.rest
        self._follow()
        looked: dict[str, Callable[[], Step | Turn]] = {
            "findings": lambda: looks.findings(desk),
            "finding": lambda: looks.findings(desk, rest),
            "dates": lambda: looks.dates(desk),
            "find": lambda: search.find(desk, rest),
            "review": lambda: search.review(desk),
            "list": self._list,
            "why": self._why,
        }
        return looked[command.name]()

    def _move(self, command: Command) -> Step | Turn:
        desk, name, turn = self.desk, command.name, self.turn
        if name == "back":
            return self._back()
        if name == "skip" and turn.skips:
            return turn.skip()
        if name == "unknown" and turn.knows_not:
            return turn.unknown()
        if name == "more" and isinstance(turn, Menu):
            turn.more()
            return Step.STAY
        if name == "write":
            return self._write_as(command.rest)
        if name == "evidence":
            return evidence_of(desk, turn.asked())
        if name in ("add", "remove", "copy", "rename"):
            return change_item(desk, name, command.rest)
        raise Wrong(desk.word("plain_cannot"))

    def _write_as(self, path: str) -> Step:
        """All answers in a new file, and on with that one."""
        if not path:
            raise Wrong(self.desk.word("plain_name_it", example=self.desk.word("plain_say_write")))
        if self.session.write_as(path) is Wrote.REFUSED:
            raise Wrong(self.desk.word("plain_refused", why=self.session.refusal))
        self.desk.tell("plain_written", file=path)
        return Step.STAY

    def _back(self) -> Step:
        if self.turn.aside:
            return Step.SHOW  # from a list, or from evidence, to the question
        return steps_back.back(self.desk)

    def _list(self) -> Step | Turn:
        if isinstance(self.turn, NamesTurn) and self.turn.items:
            return items_menu(self.desk, self.turn.fact.name)
        return search.still_asked(self.desk)

    def _why(self) -> Step:
        ref, screen = self.turn.asked(), self.desk.screen
        if ref is None and screen.kind == "facts":  # from a list: of the question below it
            ref = screen.refs[self.desk.at]
        if isinstance(self.turn, ReadingTurn):
            return looks.why_reading(self.desk, self.turn.reading.name)
        if ref is None and screen.kind == "gates" and isinstance(self.turn, GatesTurn):
            for one in screen.refs:
                looks.why(self.desk, one)
            return Step.STAY
        if ref is None:
            raise Wrong(self.desk.word("plain_cannot"))
        return looks.why(self.desk, ref)

    def _follow(self) -> None:
        """See what another program wrote before something is looked at."""
        before = self.session.evaluation
        if not self.session.reload_if_changed():
            return
        self.desk.tell("changed_outside")
        if before is not None and not self.session.broken:
            self.desk.say_changes(before)

    def _help(self) -> Step:
        self.voice.blank()
        self.desk.tell("plain_help_title")
        for name in _HELP:
            self.voice.line(self.desk.word(name), "- ", 2)
        return Step.STAY

    def _turn_back(self, name: str) -> Step:
        desk, session = self.desk, self.session
        before, profile = session.evaluation, session.profile
        wrote = session.undo() if name == "undo" else session.redo()
        if wrote is None:
            raise Wrong(desk.word(f"nothing_to_{name}"))
        if wrote in (Wrote.CLASH, Wrote.REFUSED):
            desk.tell("undo_outside")
            return Step.SHOW
        desk.tell("undone" if name == "undo" else "redone")
        if before is not None:
            desk.say_changes(before)
        if session.broken or session.evaluation is None:
            return Step.SHOW
        if name == "undo":
            steps_back.after_undo(desk, profile)
        else:
            steps_back.after_redo(desk)
        return Step.SHOW


def open_voice(color: bool) -> Voice:
    """A voice on standard output, as wide as COLUMNS or the terminal says (else 80)."""
    width = max(get_terminal_size((80, 24)).columns, LEAST_WIDTH)
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    echoes = sys.stdin.isatty()
    return Voice(sys.stdout, width, not encoding.startswith("utf"), color, echoes)


_ENDS = ("settled", "done")
_LOOKS = frozenset({"findings", "finding", "dates", "find", "review", "list", "why"})
_TURNS: dict[str, Callable[[Desk, Screen], Turn]] = {
    "gates": GatesTurn,
    "names": NamesTurn,
    "facts": FactTurn,
    "reading": ReadingTurn,
    "settled": EndTurn,
    "done": EndTurn,
}


def _cannot_be_made(path: str, lang: str) -> str:
    """Why there can be no new file of this name; empty: there can."""
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        return say("no_folder", lang, name=safe_text(folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        return say("folder_denied", lang, name=safe_text(folder))
    return ""


def _known_words(lang: str) -> list[str]:
    """The command words of a language that are long enough to be mistyped."""
    words = [w for group in commands.BARE.values() for w in group if len(w) > 1]
    return [word for word in words if word.isascii() is (lang == "en")]
