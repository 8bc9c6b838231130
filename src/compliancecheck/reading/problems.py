"""What is wrong with a file: one shape for every mistake, and how it is shown to a person."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from compliancecheck.model.safe import cell_width, cut, safe_text
from compliancecheck.model.texts import Place, Texts

MAX_PROBLEMS = 100
"""More problems of one file are not collected; who has a hundred has one mistake made often."""

_WIDTH, _LEAST = 80, 10
_SHOWN_BLANK, _SHOWN_AFTER = 3, 12
"""Of an indentation that is cut, and of what follows the marked part, so many cells are kept."""
_BREAK = re.compile("\r\n|\r|\n")
_CLOSING = "，。；：、？！）”…"
_PIECE = re.compile(
    rf"[\u2e80-\u9fff（“][{_CLOSING}]*|[^\s\u2e80-\u9fff（“{_CLOSING}]+[{_CLOSING}]*|\s+|."
)
"""Where a Chinese line can be broken: behind each character, not before a closing sign."""
SEVERITIES = {"error": Texts("error", "错误"), "warning": Texts("warning", "警告")}


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a file (``severity`` *error*), or what is only odd (*warning*).

    Lines and columns count code points from 1, ``end_column`` is after the last one.
    """

    file: str
    line: int
    column: int
    end_column: int
    says: Texts
    advice: Texts | None = None
    severity: str = "error"

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used before this is mended."""
        return self.severity == "error"

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.says.en

    @property
    def hint(self) -> str | None:
        """What to write instead, in English; None if nothing better is known."""
        return self.advised("en")

    def said(self, lang: str) -> str:
        """What is wrong, in a language."""
        return self.says.get(lang)

    def advised(self, lang: str) -> str | None:
        """What to write instead, in a language; None if nothing better is known."""
        return self.advice.get(lang) if self.advice is not None else None


class ProblemsError(Exception):
    """A file that cannot be used; ``problems`` says why, each with its place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(render(problem, None) for problem in self.problems))


class Told(Exception):
    """What cannot be done, in both languages (``says``); its ``str`` is the English."""

    def __init__(self, says: Texts) -> None:
        super().__init__(says.en)
        self.says = says


def problem_at(
    place: Place, says: Texts, advice: Texts | None = None, *, severity: str = "error"
) -> Problem:
    """A problem at a place of a node."""
    return Problem(place.path, place.line, place.column, place.end_column, says, advice, severity)


def pack_problem(
    place: Place, message: str, hint: str | None = None, *, severity: str = "error"
) -> Problem:
    """A problem of a rule pack: who writes rules reads English, so there is no other text."""
    advice = None if hint is None else Texts(hint, "")
    return problem_at(place, Texts(message, ""), advice, severity=severity)


def file_problem(path: str, says: Texts, advice: Texts | None = None) -> Problem:
    """A problem of a whole file: it stands at its first character."""
    return Problem(path, 1, 1, 2, says, advice)


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
        Texts(
            f"and more problems from here on; only {MAX_PROBLEMS} are shown",
            f"此后还有更多问题，只列出 {MAX_PROBLEMS} 个",
        ),
        severity=first_left_out.severity,
    )


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that was probably meant by *name*, or None if none is near."""
    from difflib import get_close_matches  # only on the path of a mistake

    if len(name) > 200:  # the comparison is quadratic in the length
        return None
    found = get_close_matches(name, list(candidates), n=1, cutoff=0.6)
    return found[0] if found else None


def perhaps(name: str, candidates: Iterable[str]) -> Texts:
    """``; perhaps `NAME`?`` for the end of a message, or empty texts if no name is near."""
    found = nearest(name, candidates)
    if not found:
        return Texts("", "")
    return Texts(f"; perhaps `{safe_text(found)}`?", f"；是不是 `{safe_text(found)}`？")


def given_twice(name: str, line: int) -> Texts:
    """That a name (safe) has a value already, at a line above."""
    return Texts(f"`{name}` is given twice; first at line {line}",
                 f"`{name}` 重复出现，第一次在第 {line} 行")  # fmt: skip


def render(
    problem: Problem, source_text: str | None, lang: str = "en", *, columns: int = _WIDTH
) -> str:
    """The problem as a person reads it: message, line of the file with caret, hint.

    *source_text* is the text of the file; None leaves the excerpt out. All but the message, which
    is one line, fits into so many *columns*.
    """
    where = f"{safe_text(problem.file)}:{problem.line}:{problem.column}"
    severity = SEVERITIES[problem.severity].get(lang)
    first, then = (" ", "：") if lang == "zh" else (": ", ": ")
    lines = [f"{severity}{first}{where}{then}{safe_text(problem.said(lang))}"]
    gutter = " " * len(str(problem.line))
    width = max(columns - len(gutter) - 3, _LEAST)
    excerpt = None if source_text is None else _excerpt(source_text, problem, width)
    if excerpt is not None:
        shown, caret = excerpt
        lines += [f"{problem.line} | {shown}".rstrip(), f"{gutter} | {caret}"]
    hint = problem.advised(lang)
    if hint:
        first, *rest = _wrapped(safe_text(hint), width)
        lines.append(f"{gutter} = {first}")
        lines += [f"{gutter}   {line}" for line in rest]
    return "\n".join(lines)


def _wrapped(text: str, cells: int) -> list[str]:
    lines = [""]
    if re.search("[\u2e80-\u9fff]", text):
        for piece in _PIECE.findall(text):
            if lines[-1] and cell_width(lines[-1]) + cell_width(piece) > cells:
                lines[-1] = lines[-1].rstrip()
                lines.append("")
            lines[-1] += piece if lines[-1] else piece.lstrip()
        return lines
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
    if cell_width(lead + before) > room - min(cell_width(after), _SHOWN_AFTER):
        kept = room - 1 - min(cell_width(after), _SHOWN_AFTER, width // 4)
        lead, before = "…", _tail(before, _SHOWN_BLANK if before.isspace() else kept)
    carets = max(1, min(cell_width(marked), width - cell_width(lead + before)))
    shown = lead + before + marked + after
    if cell_width(shown) > width or last - first > width or long:
        shown = cut(shown, width - 1) + "…"
    return shown, " " * cell_width(lead + before) + "^" * carets


def _tail(text: str, cells: int) -> str:
    while cell_width(text) > cells:
        text = text[1:]
    return text
