"""Two changes of one profile brought together, where neither touches what the other does.

Lines are merged as in a three-way merge; then what the result says is held to what both
changes say, so that a merge that fits by its lines alone is not made.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Texts
from compliancecheck.reading.rewriting import State, state
from compliancecheck.reading.splicing import CannotSplice, lines_of

_MOST = 4_000
"""Changed lines up to which they are compared one by one; beyond, they are one change."""


class _Hunk(NamedTuple):
    """Lines of the base from ``start`` up to ``end`` that become others."""

    start: int
    end: int
    lines: list[str]


def merged(base: str, mine: str, theirs: str, rules: Rules) -> str:
    """The text *theirs* with what *mine* changes in *base*.

    Raises :class:`CannotSplice` if both change the same answer or the same lines, or one of
    the texts is no profile.
    """
    expected = _both(state(base, rules), state(mine, rules), state(theirs, rules))
    rows = lines_of(base)
    hunks = sorted([*_hunks(rows, lines_of(mine)), *_hunks(rows, lines_of(theirs))])
    text = "".join(_applied(rows, hunks))
    if state(text, rules) != expected:
        raise CannotSplice(
            Texts(
                "both changes together would say something else", "两处修改合在一起会变成别的意思"
            )
        )
    return text


def _both(base: State, mine: State, theirs: State) -> State:
    missing = object()

    def changed(side: State) -> set[object]:
        keys = base.keys() | side.keys()
        return {k for k in keys if base.get(k, missing) != side.get(k, missing)}

    own = changed(mine)
    if any(mine.get(k, missing) != theirs.get(k, missing) for k in own & changed(theirs)):
        raise CannotSplice(
            Texts("the same answer was changed by another program", "同一回答已被其他程序修改")
        )
    result = {key: value for key, value in theirs.items() if key not in own}
    result.update((key, mine[key]) for key in own if key in mine)
    return result


def _hunks(base: list[str], other: list[str]) -> list[_Hunk]:
    start = 0
    least = min(len(base), len(other))
    while start < least and base[start] == other[start]:
        start += 1
    tail = 0
    while tail < least - start and base[-1 - tail] == other[-1 - tail]:
        tail += 1
    old, new = base[start : len(base) - tail], other[start : len(other) - tail]
    if len(old) + len(new) > _MOST:
        return [_Hunk(start, start + len(old), new)]
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Hunk(start + a, start + b, new[c:d]) for kind, a, b, c, d in codes if kind != "equal"]


def _applied(base: list[str], hunks: list[_Hunk]) -> list[str]:
    lines: list[str] = []
    done, last = 0, None
    for hunk in hunks:
        if hunk == last:  # both make the same change
            continue
        if hunk.start < done or _at_one_place(hunk, last):
            raise CannotSplice(
                Texts(
                    "the same lines were changed by another program", "同样的几行已被其他程序修改"
                )
            )
        lines += base[done : hunk.start]
        lines += hunk.lines
        done, last = hunk.end, hunk
    return lines + base[done:]


def _at_one_place(hunk: _Hunk, last: _Hunk | None) -> bool:
    """Whether two changes put lines in at one place: which comes first is not known."""
    return last is not None and hunk.start == hunk.end == last.start == last.end
