"""The state behind the screens: the file, what it says, the evaluation, undo. No Textual here.

Every answer is on disk before the call returns. A file that was edited meanwhile is read
again first, so that the answer is added to what is there now.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from compliancecheck.logic.bands import effect
from compliancecheck.logic.engine import engine_of
from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import Conflict, Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import Answer, Evidence, FactRef, Profile
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reading import writing, writing_lists
from compliancecheck.reading.files import decode, read_file, stamp_of
from compliancecheck.reading.problems import Problem, ProblemsError
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reading.splicing import CannotSplice
from compliancecheck.reading.system_words import system_words
from compliancecheck.reports.conflicts import conflict_problems
from compliancecheck.tui.history import History
from compliancecheck.tui.outcomes import (
    Clash,
    Line,
    Unwritten,
    has_room,
    line_of,
    lines_of_clash,
    why_unwritten,
)
from compliancecheck.tui.outcomes import Wrote as Wrote

CHINA = timezone(timedelta(hours=8))
NOTHING = Texts("", "")

LONG = 100_000
"""A file of more bytes takes so long to judge that the screen says so before."""

Change = Callable[[str], str]
"""From the text of a profile to the text with something changed."""


def today() -> int:
    """Today in China, as an ordinal."""
    return datetime.now(CHINA).date().toordinal()


@dataclass(slots=True)
class Session:
    """One profile file with its evaluation on one day of evaluation (a day ordinal).

    ``law`` is the day of law (None: each instrument's own, else the day of evaluation); with
    ``drafts`` drafts are judged too.
    """

    path: str
    rules: Rules
    as_of: int
    lang: str = "en"
    law: int | None = None
    drafts: bool = False
    data: bytes | None = None  # what the file holds, with answers that could not be written
    profile: Profile | None = None  # the last one without problems
    evaluation: Evaluation | None = None  # the last one without contradictions
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()  # between answers of ``profile``: all else can be read
    read_only: bool = False
    gone: bool = False  # there was a file, and another program took it away
    refused: Texts = NOTHING  # why the last change was not made, or not written
    clash: Clash | None = None
    unwritten: Unwritten | None = None  # why ``data`` is not what the file holds
    before_long: Callable[[int], None] | None = None
    """Called before a long file is judged, with how many entries its lists have (0: not known)."""
    history: History = field(init=False)
    _on_disk: bytes | None = None  # what the file held when it was last read or written
    _stamp: tuple[int, int, int] | None = None
    _unreadable: bool = False  # ``problems`` say why; nothing is known of what it holds

    def __post_init__(self) -> None:
        """Changes are brought together by what these rules know of profiles."""
        self.history = History(lambda base, old, now: writing.merged(base, old, now, self.rules))

    @classmethod
    def open(
        cls,
        path: str,
        rules: Rules,
        as_of: int,
        lang: str = "en",
        *,
        law: int | None = None,
        drafts: bool = False,
        before_long: Callable[[int], None] | None = None,
    ) -> Session:
        """The session of a file, which may not exist yet."""
        session = cls(path, rules, as_of, lang, law, drafts, before_long=before_long)
        session._read()
        return session

    # -- what is asked ---------------------------------------------------------------------------

    @property
    def refusal(self) -> str:
        """Why the last change was not made, or not written, in the language that is spoken."""
        return self.refused.get(self.lang)

    @property
    def broken(self) -> bool:
        """Whether the file as it stands cannot be evaluated."""
        return any(problem.is_error for problem in self.problems)

    @property
    def long(self) -> bool:
        """Whether judging takes so long that a person would wonder."""
        return len(self.data or b"") > LONG

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return self.data is not None

    @property
    def text(self) -> str:
        """The text of the file; what is no UTF-8 is shown by substitutes."""
        return (self.data or b"").decode("utf-8", "replace")

    def answer_of(self, ref: FactRef) -> Answer | None:
        """What the profile says of a fact."""
        return engine_of(self.evaluation).answer(ref) if self.evaluation else None

    def preview(self, ref: FactRef, answer: Answer) -> Evaluation | None:
        """What the evaluation would be with one answer; nothing is written."""
        if self.evaluation is None:
            return None
        return effect(self.evaluation, ref, answer)

    def without(self, ref: FactRef) -> Evaluation | None:
        """Of a profile that contradicts itself, the evaluation without one of its answers."""
        if self.profile is None or not self.conflicts:
            return None
        profile = self.profile.without(ref, self.rules.facts[ref.name].list)
        return evaluate(profile, self.rules, as_of=self.as_of, law=self.law, drafts=self.drafts)

    # -- changes ---------------------------------------------------------------------------------

    def answer(self, ref: FactRef, value: str) -> Wrote:
        """Write an answer as a person would (``1.2 million``, ``unknown``), read it again."""
        return self._change(lambda t: writing.set_answer(t, self.rules, ref, value), ref, value)

    def answers(self, values: dict[FactRef, str]) -> Wrote:
        """Write several answers as one step."""

        def change(text: str) -> str:
            for ref, value in values.items():
                text = writing.set_answer(text, self.rules, ref, value)
            return text

        return self._change(change)

    def earlier_day(self, ref: FactRef) -> tuple[str, int] | None:
        """The day before the day of evaluation as of which an answer counts, and who says so.

        Either its ``evidence``, or the day of the whole profile (``dated``), which only matters
        to what had not happened then.
        """
        profile, answer = self.profile, self.answer_of(ref)
        if profile is None or answer is None:
            return None
        evidence = profile.evidence.get(ref)
        if evidence is not None and evidence.dated is not None:
            return ("evidence", evidence.dated) if evidence.dated < self.as_of else None
        if answer.not_yet and profile.dated is not None and profile.dated < self.as_of:
            return "profile", profile.dated
        return None

    def add_item(self, list_name: str, key: str) -> Wrote:
        """Name one more item of a list."""
        return self._change(lambda t: writing_lists.add_item(t, self.rules, list_name, key))

    def remove_item(self, list_name: str, key: str) -> Wrote:
        """Take an item with all its answers out of a list."""
        return self._change(lambda t: writing_lists.remove_item(t, self.rules, list_name, key))

    def copy_item(self, list_name: str, key: str, copy: str) -> Wrote:
        """Put an item once more behind itself, named *copy*; its evidence is not copied."""
        return self._change(lambda t: writing.copy_item(t, self.rules, list_name, key, copy))

    def rename_item(self, list_name: str, key: str, name: str) -> Wrote:
        """Give an item another name; its evidence names it so too."""
        return self._change(lambda t: writing.rename_item(t, self.rules, list_name, key, name))

    def set_evidence(self, ref: FactRef, evidence: Evidence | None) -> Wrote:
        """Say who says so of an answer and as of when; None takes it out."""
        return self._change(lambda t: writing.set_evidence(t, self.rules, ref, evidence))

    def set_list(self, list_name: str, value: str) -> Wrote:
        """Answer that a list is empty (``[]``) or ``unknown``."""
        return self._change(lambda t: writing_lists.set_list(t, self.rules, list_name, value))

    def adopt(self, reading: str, choice: str | None) -> Wrote:
        """Adopt a reading, or leave it open again (None)."""
        return self._change(lambda t: writing.set_reading(t, self.rules, reading, choice))

    def take_mine(self) -> Wrote:
        """Of a clash, write the answer given here."""
        clash, self.clash = self.clash, None
        return self.answer(clash.ref, clash.mine) if clash else Wrote.REFUSED

    def compare_clash(self) -> tuple[Line, Line] | None:
        """Of a clash, the line with the answer given here as it would be, and that outside."""
        return lines_of_clash(self._base(), self.clash, self.rules) if self.clash else None

    def undo(self) -> Wrote | None:
        """Take the last change back; None if there is none.

        What another program wrote since stays (``MERGED``); where it changed the same,
        nothing is undone (``CLASH``), and ``refusal`` says why.
        """
        return self._turn(undo=True)

    def redo(self) -> Wrote | None:
        """Make the last undone change again; None if there is none."""
        return self._turn(undo=False)

    def write_as(self, path: str) -> Wrote:
        """Write all answers to a new file, and go on with that one.

        A file that is there already is not overwritten (``REFUSED``).
        """
        self.refused, before = NOTHING, self.data
        new = self.data if self.data is not None else self._starter()
        text = decode(new, self.path)
        try:
            if isinstance(text, Problem):
                raise writing.ChangedOnDisk(text.says)
            if os.path.lexists(path):
                raise writing.ChangedOnDisk(Texts("there is a file of this name", "已有同名文件"))
            writing.save(path, text, None)
        except (writing.ChangedOnDisk, OSError, ValueError) as error:
            self.refused = system_words(error)
            return Wrote.REFUSED
        if before is None:
            self.history.made(before, new)
        self.path = path
        self.data = self._on_disk = new
        self.read_only = self.gone = self._unreadable = False
        self.unwritten = None
        self._stamp = stamp_of(path)
        self._load()
        return Wrote.SAVED

    def set_day(self, as_of: int) -> None:
        """Evaluate on another day."""
        self.as_of = as_of
        if not self._load():  # contradictions of the day before go with it
            self._evaluate()  # of a broken file, what was last read

    def set_law(self, law: int | None) -> None:
        """Judge by the law of another day (None: that of each instrument)."""
        self.law = law
        if not self._load():
            self._evaluate()

    def show_drafts(self, drafts: bool) -> None:
        """Judge drafts too, or leave them out."""
        self.drafts = drafts
        if not self._load():
            self._evaluate()

    def set_language(self, lang: str) -> None:
        """The language of :attr:`refusal`."""
        self.lang = lang

    # -- the file --------------------------------------------------------------------------------

    @property
    def waiting(self) -> bool:
        """Whether there are answers that could not be written: they live until the end."""
        return self.unwritten is not None and self.data != self._on_disk

    def reload_if_changed(self) -> bool:
        """Read the file again if it is another one than a moment ago; whether its text changed."""
        if self._stamp == stamp_of(self.path) or self.waiting:
            return False
        before, was_unreadable = self.data, self._unreadable
        self._read()
        if self.data != before:
            self.history.outside(before, self.data)
        return self.data != before or self._unreadable != was_unreadable

    def _read(self) -> None:
        self._stamp, self._unreadable = stamp_of(self.path), False
        if not os.path.lexists(self.path):
            self.gone = self.gone or self.data is not None
            self.data, self._on_disk, self.problems = None, None, ()
            self._load()
            return
        try:
            self.data = self._on_disk = read_file(self.path)
        except ProblemsError as error:
            self.data = self.data or b""
            self.problems, self._unreadable = error.problems, True
            return
        self.gone, self.unwritten = False, None
        self.read_only = not os.access(self.path, os.W_OK)
        self._load()

    def _load(self) -> bool:
        """Read and evaluate the bytes; False on errors: the last good evaluation stays."""
        if self._unreadable:
            return False
        data = self.data if self.data and self.data.strip() else self._starter()
        self.conflicts = ()
        profile, self.problems = load_profile_text(data, self.path, self.rules)
        if profile is None or self.broken:
            return False
        self.profile = profile
        self._evaluate()
        return True

    def _starter(self) -> bytes:
        return f"dated: {iso(self.as_of)}\n".encode()

    def _evaluate(self) -> None:
        if self.profile is None:
            return
        self._say_long(sum(len(given.items) for given in self.profile.lists.values()))
        found = evaluate(
            self.profile, self.rules, as_of=self.as_of, law=self.law, drafts=self.drafts
        )
        self.conflicts = found.conflicts
        if found.conflicts:
            self.problems = (*self.problems, *conflict_problems(found))
            return
        self.evaluation = found

    def _say_long(self, entries: int = 0) -> None:
        if self.before_long is not None and self.long:
            self.before_long(entries)

    # -- writing ---------------------------------------------------------------------------------

    def _change(self, change: Change, ref: FactRef | None = None, mine: str = "") -> Wrote:
        self.refused = NOTHING
        self._say_long()
        theirs_before, before = self.answer_of(ref) if ref else None, self.text
        outside = self.reload_if_changed()
        if self.broken and not self.conflicts:  # an answer can put contradictions right
            self.refused = next(p.says for p in self.problems if p.is_error)
            return Wrote.REFUSED
        there = ref is not None and not self.gone and has_room(self.profile, self.rules, ref)
        if outside and ref is not None and there:
            theirs = _text(self.answer_of(ref))
            if theirs not in (_text(theirs_before), mine):
                was = line_of(before, ref, self.rules) if theirs is None else None
                self.clash = Clash(ref, mine, theirs, was)
                return Wrote.CLASH
        try:
            new = change(self._base())
        except CannotSplice as error:
            self.refused = error.says
            return Wrote.REFUSED
        return self._keep(new.encode(), outside)

    def _base(self) -> str:
        data = self.data if self.data and self.data.strip() else self._starter()
        text = decode(data, self.path)
        assert isinstance(text, str)  # it was read before
        return text

    def _keep(self, new: bytes, outside: bool) -> Wrote:
        before = self.data
        if new == before and not self.waiting:
            return Wrote.SAVED
        wrote = self._put(new)  # the same answer again tries to write what waits
        if wrote is Wrote.REFUSED or new == before:
            return wrote
        self.history.made(before, new)
        self._load()
        return Wrote.MERGED if outside and wrote is Wrote.SAVED else wrote

    def _put(self, new: bytes | None) -> Wrote:
        """Bring the bytes on disk; None removes a file that was made here.

        Where that fails they are kept, and the next change tries again to write them all.
        """
        writes = new != self._on_disk  # not where undoing takes back what never got there
        try:
            if writes:
                self._write(new)
        except writing.ChangedOnDisk as error:
            self.refused = error.says
            if not self.waiting:
                return Wrote.REFUSED
            self.unwritten = Unwritten.CHANGED
        except OSError as error:
            self.refused = system_words(error)
            self.unwritten = why_unwritten(error)
        else:
            self.unwritten = None
        self.data = new
        if self.unwritten is not None:
            self.read_only = True
            return Wrote.IN_MEMORY
        if writes:
            self.read_only, self.gone, self._on_disk = False, False, new
            self._stamp = stamp_of(self.path)
        return Wrote.SAVED

    def _write(self, new: bytes | None) -> None:
        if new is not None:
            writing.save(self.path, new.decode(), _sha256(self._on_disk))
        elif self._on_disk is not None:
            writing.remove(self.path, _sha256(self._on_disk))

    def _turn(self, *, undo: bool) -> Wrote | None:
        self.refused = NOTHING
        self._say_long()
        self.reload_if_changed()
        try:
            turn = self.history.turn(undo=undo)
        except CannotSplice as error:
            self.refused = error.says
            return Wrote.CLASH
        if turn is None:
            return None
        wrote = self._put(turn.data)
        if wrote is Wrote.REFUSED:
            return wrote
        self.history.turned(turn)
        self._load()
        return Wrote.MERGED if turn.merged and wrote is Wrote.SAVED else wrote


def _text(answer: Answer | None) -> str | None:
    return answer.text if answer else None


def _sha256(data: bytes | None) -> str | None:
    import hashlib

    return None if data is None else hashlib.sha256(data).hexdigest()
