"""What is wrong with a file: one shape for every mistake, and how it is shown to a person."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from compliancecheck.model.safe import cell_width, cut, safe_text
from compliancecheck.model.texts import Place

MAX_PROBLEMS = 100
"""More problems of one file are not collected; who has a hundred has one mistake made often."""

_WIDTH = 80
_BREAK = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a file (``severity`` *error*), or what is only odd (*warning*).

    Lines and columns count code points from 1, ``end_column`` is after the last one.
    """

    file: str
    line: int
    column: int
    end_column: int
    message: str
    hint: str | None = None
    severity: str = "error"

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used before this is mended."""
        return self.severity == "error"


class ProblemsError(Exception):
    """A file that cannot be used; ``problems`` says why, each with its place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(render(problem, None) for problem in self.problems))


def problem_at(
    place: Place, message: str, hint: str | None = None, *, severity: str = "error"
) -> Problem:
    """A problem at a place of a node."""
    return Problem(place.path, place.line, place.column, place.end_column, message, hint, severity)


def file_problem(path: str, message: str, hint: str | None = None) -> Problem:
    """A problem of a whole file: it stands at its first character."""
    return Problem(path, 1, 1, 2, message, hint)


class TooMany(Exception):
    """More errors than a person will read: the file is not read further."""


class Problems(list[Problem]):
    """Problems as they are found; :class:`TooMany` is raised after the hundredth error."""

    def append(self, problem: Problem) -> None:
        """Adds a problem."""
        super().append(problem)
        if len(self) > MAX_PROBLEMS and sum(p.is_error for p in self) > MAX_PROBLEMS:
            raise TooMany


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in the order of their places, each once, at most :data:`MAX_PROBLEMS` a file.

    Errors and warnings are counted apart: warnings never hide an error.
    """
    ordered = sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.column))
    kept: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for problem in ordered:
        kind = (problem.file, problem.severity)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= MAX_PROBLEMS:
            kept.append(problem)
        elif seen[kind] == MAX_PROBLEMS + 1:
            kept.append(_and_more(problem))
    return tuple(kept)


def _and_more(first_left_out: Problem) -> Problem:
    return Problem(
        first_left_out.file,
        first_left_out.line,
        first_left_out.column,
        first_left_out.end_column,
        f"and more problems from here on; only {MAX_PROBLEMS} are shown",
        severity=first_left_out.severity,
    )


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant by *name*, or None if none is near."""
    from difflib import get_close_matches  # only on the path of a mistake

    if len(name) > 200:  # the comparison is quadratic in the length
        return None
    found = get_close_matches(name, list(candidates), n=1, cutoff=0.6)
    return found[0] if found else None


def perhaps(name: str, candidates: Iterable[str]) -> str:
    """``; perhaps `NAME`?`` for the end of a message, or an empty text if no name is near."""
    found = nearest(name, candidates)
    return f"; perhaps `{safe_text(found)}`?" if found else ""


def render(problem: Problem, source_text: str | None) -> str:
    """The problem as a person reads it: message, line of the file with caret, hint.

    *source_text* is the text of the file; None leaves the excerpt out.
    """
    where = f"{safe_text(problem.file)}:{problem.line}:{problem.column}"
    lines = [f"{problem.severity}: {where}: {safe_text(problem.message)}"]
    gutter = " " * len(str(problem.line))
    width = _WIDTH - len(gutter) - 3
    excerpt = None if source_text is None else _excerpt(source_text, problem, width)
    if excerpt is not None:
        shown, caret = excerpt
        lines += [f"{problem.line} | {shown}".rstrip(), f"{gutter} | {caret}"]
    if problem.hint:
        first, *rest = _wrapped(safe_text(problem.hint), width)
        lines.append(f"{gutter} = {first}")
        lines += [f"{gutter}   {line}" for line in rest]
    return "\n".join(lines)


def _wrapped(text: str, cells: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and cell_width(lines[-1]) + 1 + cell_width(word) > cells:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


class _Lines:
    """Where the lines of a text start, found only as far as was asked."""

    def __init__(self, text: str) -> None:
        self.starts = array("L", [1 if text.startswith("\ufeff") else 0])
        self.breaks = _BREAK.finditer(text)

    def start(self, number: int) -> int | None:
        while len(self.starts) < number:
            found = next(self.breaks, None)
            if found is None:
                return None
            self.starts.append(found.end())
        return self.starts[number - 1]


_lines = lru_cache(maxsize=1)(_Lines)  # many problems of one file are shown one after the other


def _excerpt(text: str, problem: Problem, width: int) -> tuple[str, str] | None:
    """The part of the line around the problem and its caret line, both at most *width* cells.

    None where nothing stands on the line.
    """
    start = _lines(text).start(problem.line)
    if start is None:
        return None
    # Only what can be seen is looked at: a line may be millions of characters long.
    first = min(start + problem.column - 1, len(text))
    end = _BREAK.search(text, first, first + 2 * width)
    stop = end.start() if end else min(first + 2 * width, len(text))
    if stop == start:
        return None
    last = max(start + problem.end_column - 1, first)
    long = last > stop and end is None
    last = min(last, stop)
    before = safe_text(text[max(start, first - width) : first])
    marked = safe_text(text[first : min(last, first + width)])
    after = safe_text(text[last : min(last + width, stop)]) if last <= first + width else ""
    lead = "" if first - start <= width else "…"
    room = width - max(1, min(cell_width(marked), width // 2))
    if cell_width(lead + before) > room:
        lead, before = "…", _tail(before, room - 1)
    carets = max(1, min(cell_width(marked), width - cell_width(lead + before)))
    shown = lead + before + marked + after
    if cell_width(shown) > width or last - first > width or long:
        shown = cut(shown, width - 1) + "…"
    return shown, " " * cell_width(lead + before) + "^" * carets


def _tail(text: str, cells: int) -> str:
    while cell_width(text) > cells:
        text = text[1:]
    return text
