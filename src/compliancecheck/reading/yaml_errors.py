"""What libyaml says of a broken text, in words for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliancecheck.model.safe import safe_text
from compliancecheck.reading.problems import Problem, file_problem

if TYPE_CHECKING:
    from compliancecheck.reading.source import Origin

MAX_DEPTH = 64
"""Levels of lists and mappings in a file; an honest one has under ten."""

# What libyaml says -> what is said here, and what to write instead.  With "context", the place
# is where the unfinished thing begins, not where the parser gave up.
_WORDS: tuple[tuple[str, str, str | None, str], ...] = (
    # libyaml 0.2.6 looks ahead, and meets its own bound of 1,000 before we count to ours.
    ("exceeded maximum nesting depth", f"nested more than {MAX_DEPTH} levels deep", None, "here"),
    (
        "mapping values are not allowed",
        "a second `: ` on the line",
        "put the text into quotes if the colon belongs to it, or check the indentation",
        "here",
    ),
    (
        "could not find expected ':'",
        "no `:` after this name",
        "write `NAME: value`, with a plain colon and a space",
        "context",
    ),
    (
        "did not find expected key",
        "here a name was expected",
        "check the indentation and quotes of this line and of the one before",
        "here",
    ),
    (
        "did not find expected '-' indicator",
        "here the next item (`- `) was expected",
        "check the indentation of this line",
        "here",
    ),
    (
        "did not find expected ',' or ']'",
        "the list that begins here is not closed",
        "close it with `]`, and put `, ` between its items",
        "context",
    ),
    (
        "did not find expected ',' or '}'",
        "the mapping that begins here is not closed",
        "close it with `}`, and put `, ` between its entries",
        "context",
    ),
    (
        "found unexpected end of stream",
        "the quote that opens here is not closed",
        "close it, or double it if it belongs to the text",
        "context",
    ),
    (
        "found unexpected document indicator",
        "the quote that opens here is not closed",
        "close it before the line of `---` or `...`",
        "context",
    ),
    (
        "found unknown escape character",
        "no such escape in a text in double quotes",
        "write `\\\\` for a backslash, or use single quotes",
        "here",
    ),
    (
        "found character that cannot start any token",
        "a value cannot begin with this character",
        "put the text into quotes",
        "here",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin on this line",
        "begin it on the next line, or put the text into quotes",
        "here",
    ),
    (
        "found a tab character",
        "a tab in the indentation",
        "indent with spaces",
        "here",
    ),
    (
        "did not find expected node content",
        "here a value was expected",
        "write a value, or close the bracket",
        "here",
    ),
    (
        "did not find expected <document start>",
        "after the end of the document there is more text",
        "check the indentation: all top-level names begin in the first column",
        "here",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "a value cannot begin with this character",
        "put the text into quotes",
        "context",
    ),
)


def explain(error: Any, origin: Origin) -> Problem:
    """The problem behind an error of libyaml's scanner or parser."""
    said = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    message = f"not readable as YAML: {safe_text(said)}"
    hint: str | None = None
    for words, ours, advice, where in _WORDS:
        if said.startswith(words):
            message, hint = ours, advice
            mark = context if where == "context" and context is not None else mark
            break
    if mark is None:
        return file_problem(origin.path, message, hint)
    start = origin.offset(mark.line, mark.column)
    if said.startswith("mapping values are not allowed"):
        start, message, hint = _second_colon(origin, start, message, hint)
    place = origin.place(start, start + 1)
    if any(sign in _line_at(origin, start) for sign in "：，"):
        hint = "write the plain signs `: ` and `, ` in place of `：` and `，`"
    return Problem(origin.path, place.line, place.column, place.end_column, message, hint)


def _second_colon(
    origin: Origin, start: int, message: str, hint: str | None
) -> tuple[int, str, str | None]:
    """What led to a colon where none can stand: the line itself, or how the one before ends."""
    first = origin.starts[origin.place(start, start + 1).line - 1]
    if ": " in origin.text[first:start]:
        return start, message, hint
    before = origin.text[:first].rstrip()
    colon = before.rfind("：", before.rfind("\n") + 1)
    if colon >= 0:
        return colon, "a full-width colon ends no name", None
    return (
        start,
        "this line continues the value before it, so it can hold no `: `",
        "check the indentation, and that the line before has its `: `",
    )


def _line_at(origin: Origin, start: int) -> str:
    row = origin.place(start, start + 1).line
    stop = origin.starts[row] if row < len(origin.starts) else len(origin.text)
    return origin.text[origin.starts[row - 1] : stop]
