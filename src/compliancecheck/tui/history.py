"""What can be undone: changes as the file's bytes before and after, edits outside among them.

An edit outside is never undone. A change below it is undone by taking it alone out of what the
file holds now, as long as nobody else changed the same answer or the same lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from compliancecheck.model.texts import Texts
from compliancecheck.reading.splicing import CannotSplice

Merge = Callable[[str, str, str], str]
"""From a text, the same changed here, and the same changed outside, to one with both."""

_MADE = Texts(
    "the file was made, and changed by another program since", "文件建立后已被其他程序修改"
)
_NO_TEXT = Texts("the file is not UTF-8 now", "文件的编码现在不是 UTF-8")


class _Who(Enum):
    HERE = 1
    OUTSIDE = 2
    GONE = 3  # the file was taken away outside: undoing that brings it back


@dataclass(frozen=True, slots=True)
class _Step:
    """What one change made of the file; None stands for no file."""

    before: bytes | None
    after: bytes | None
    who: _Who = _Who.HERE


@dataclass(frozen=True, slots=True)
class Turn:
    """One step back that is planned: what the file is to hold then, and what is kept of it."""

    data: bytes | None
    merged: bool  # an edit outside stays in it
    undo: bool
    here: tuple[_Step, ...]  # the stack of that direction from then on
    there: tuple[_Step, ...]  # the other one


@dataclass(slots=True)
class History:
    """The changes made here and those undone, the last one at the end."""

    merge: Merge
    _undo: list[_Step] = field(default_factory=list)
    _redo: list[_Step] = field(default_factory=list)

    def made(self, before: bytes | None, after: bytes | None) -> None:
        """A change was made here: what was undone cannot be made again."""
        self._undo.append(_Step(before, after))
        self._redo.clear()

    def outside(self, before: bytes | None, after: bytes | None) -> None:
        """Another program changed the file (None: took it away, or there was none)."""
        if after is None and before is not None:
            self._undo.append(_Step(before, None, _Who.GONE))
        else:
            _moved(self._undo, before, after)
        _moved(self._redo, before, after)

    def turn(self, *, undo: bool) -> Turn | None:
        """How the last change is undone (or made again); None if there is none.

        Raises :class:`CannotSplice` if another program has changed the same since.
        """
        stack = list(self._undo if undo else self._redo)
        other = list(self._redo if undo else self._undo)
        top = stack.pop() if stack else None
        if top is None or (top.who is _Who.OUTSIDE and not stack):
            return None
        if top.who is _Who.OUTSIDE:
            return self._below(stack, other, top, undo)
        if top.who is _Who.GONE:
            _moved(other, None, top.before)
        else:
            other.append(_Step(top.after, top.before))
        return Turn(top.before, False, undo, tuple(stack), tuple(other))

    def _below(self, stack: list[_Step], other: list[_Step], top: _Step, undo: bool) -> Turn:
        """The change below an edit outside, taken out of what there is now."""
        step = stack.pop()
        if step.after is None or step.before is None or top.after is None:
            raise CannotSplice(_MADE)
        try:
            now = top.after.decode()
        except UnicodeDecodeError:
            raise CannotSplice(_NO_TEXT) from None
        old, base = step.before.decode(), step.after.decode()
        data = self.merge(base, old, now).encode()
        _moved(stack, step.before, data)
        other.append(_Step(top.after, data))
        return Turn(data, True, undo, tuple(stack), tuple(other))

    def turned(self, turn: Turn) -> None:
        """The planned step was taken."""
        undo, redo = (turn.here, turn.there) if turn.undo else (turn.there, turn.here)
        self._undo, self._redo = list(undo), list(redo)


def _moved(stack: list[_Step], before: bytes | None, after: bytes | None) -> None:
    """Puts an edit outside on a stack; several in a row are one, none if nothing is left of it."""
    if not stack or before == after:
        return
    if stack[-1].who is not _Who.HERE:
        before = stack.pop().before
    if before != after:
        stack.append(_Step(before, after, _Who.OUTSIDE))
