"""A turn of plain mode: it says something, and takes the line that is typed next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import safe_text, shorten
from compliancecheck.reading.problems import Problem, render
from compliancecheck.tui.outcomes import Line as InFile
from compliancecheck.tui.plain.desk import Desk, Step, Wrong
from compliancecheck.tui.telling import clash_said

PAGE = 20
NONE_TYPED = ("none", "0", "没有", "无")


class Turn:
    """One question, or one list to choose from."""

    skips = knows_not = False  # whether `skip` and `unknown` mean something
    aside = True  # whether `back` leads to the question, not to the one before it

    def __init__(self, desk: Desk) -> None:
        self.desk, self.voice = desk, desk.voice

    def show(self) -> None:
        """Say it."""
        raise NotImplementedError

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """Take an answer; *literal*: it was typed after ``=``. Raises :class:`Wrong`."""
        raise NotImplementedError

    def empty(self) -> Step | Turn:
        """Enter with nothing: the question again."""
        return Step.AGAIN

    def skip(self) -> Step | Turn:
        """Leave it for later."""
        raise NotImplementedError

    def unknown(self) -> Step | Turn:
        """Answer that it is not known."""
        raise NotImplementedError

    def asked(self) -> FactRef | None:
        """The fact that is asked."""
        return None

    def number(self, typed: str, most: int) -> int | None:
        """The number of a choice that was typed, from 0; None: no number. Raises Wrong."""
        if not (typed.isascii() and typed.isdigit()) or len(typed) > 6:
            return None
        if 1 <= int(typed) <= most:
            return int(typed) - 1
        raise Wrong(
            self.desk.word("plain_no_choice", typed=typed),
            self.desk.word("plain_from_to", n=most),
        )

    def no_answer(self, typed: str) -> Wrong:
        """It cannot be read."""
        return Wrong(self.desk.word("plain_not_an_answer", typed=shorten(typed)))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list to choose from; without *go* it is a heading."""

    text: str
    go: Callable[[], Step | Turn] | None = None


class Menu(Turn):
    """A list to choose from by number, twenty lines at a time; Enter goes back."""

    def __init__(self, desk: Desk, title: str, lines: Sequence[Line], foot: str = "") -> None:
        super().__init__(desk)
        self.title, self.rows, self.foot = title, list(lines), foot
        self.shown = 0  # lines that were said
        self.reach = 0  # numbers that were said

    def show(self) -> None:
        """The first lines."""
        self.shown = self.reach = 0
        self.voice.blank()
        self.voice.line(self.title)
        self.more()

    def more(self) -> None:
        """The next lines."""
        for line in self.rows[self.shown : self.shown + PAGE]:
            if line.go is None:
                self.voice.line(line.text)
                continue
            self.reach += 1
            self.voice.line(line.text, f"{self.reach:>3}  ", 5)
        self.shown = min(self.shown + PAGE, len(self.rows))
        left = len(self.rows) - self.shown
        if left:
            self.desk.tell("plain_menu_more", n=left)
        elif self.foot:
            self.voice.line(self.foot)
        self.prompt()

    def prompt(self) -> None:
        """What can be typed."""
        self.desk.tell("plain_menu")

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """Go where the number says."""
        choices = [line.go for line in self.rows if line.go is not None]
        n = self.number(typed, len(choices))
        if n is None:
            raise self.no_answer(typed)
        go = choices[n]
        return go()

    def empty(self) -> Step | Turn:
        """Back to the question."""
        return Step.SHOW


class ProblemsTurn(Turn):
    """The file has problems: it is read again when they are mended, or undone."""

    def show(self) -> None:
        """Each problem with its line."""
        session = self.desk.session
        errors: list[Problem] = [p for p in session.problems if p.is_error]
        n, file = len(errors), shorten(session.path, 200)
        self.voice.blank()
        self.desk.tell("problems_title_one" if n == 1 else "problems_title", n=n, file=file)
        for problem in errors:
            rows = render(problem, session.text, self.desk.lang).split("\n")
            self.voice.lines(safe_text(row) for row in rows)
        self.desk.tell("plain_broken")

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """Nothing can be answered."""
        raise Wrong(self.desk.word("plain_broken"))

    def empty(self) -> Step | Turn:
        """Read it again."""
        self.desk.session.reload_if_changed()
        return Step.SHOW


class ClashTurn(Turn):
    """The same answer was given here and by another program: mine, theirs, or compare."""

    lines: tuple[InFile, InFile] | None = None

    def show(self) -> None:
        """Both answers."""
        clash = self.desk.session.clash
        assert clash is not None
        self.voice.blank()
        fact = self.desk.evaluation.rules.facts[clash.ref.name]
        self.voice.line((fact.question or fact.label).get(self.desk.lang))
        both: tuple[str, ...] = clash_said(clash, self.desk.evaluation.rules, self.desk.lang)
        self.lines = self.desk.session.compare_clash()
        if self.lines is not None:
            both = (*both, self.desk.word("compare_both"))
        self.desk.choices([(text, "") for text in both])
        self.desk.tell("plain_clash", n=len(both))

    def _compare(self, mine: InFile, theirs: InFile, *, deleted: bool) -> Step:
        """Both lines, as they stand in the file or would."""
        other = "line_deleted" if deleted else "line_theirs"
        for key, line in (("line_mine", mine), (other, theirs)):
            self.desk.tell(key, n=line.number)
            self.voice.line(line.text, "    ", 4)
        return Step.STAY

    def take(self, typed: str, literal: bool) -> Step | Turn:
        """Take one of them, or see both in the file."""
        session = self.desk.session
        n = self.number(typed, 2 if self.lines is None else 3)
        clash = session.clash
        if n is None or clash is None:
            raise self.no_answer(typed)
        if n == 2 and self.lines is not None:
            return self._compare(*self.lines, deleted=clash.theirs is None)
        if n == 0:
            session.clash = None
            return self.desk.answer({clash.ref: clash.mine})
        session.clash = None
        if clash.theirs is not None:
            self.desk.walk.answered.add(clash.ref)
        self.desk.tell("plain_kept")
        return Step.ON

    def asked(self) -> FactRef | None:
        """The fact of both answers."""
        return self.desk.session.clash.ref if self.desk.session.clash else None
