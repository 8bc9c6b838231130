"""Lines of text in terminal cells: cut, padded, wrapped; Chinese characters are two cells wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliancecheck.model import safe
from compliancecheck.model.safe import cell_width

_NEVER_FIRST = frozenset("，。；：、！？）》”’」』】％,.;:!?)]}%…")

_NEVER_ALONE = frozenset(" %％")
_ENDS_ARTICLE = frozenset("0123456789)")
_PARTS = re.compile(r"(?<=[^./\[\]])(?=[.\[])|(?<=[/_])")
"""Where a path can be broken: before ``.`` and ``[``, after ``/`` and ``_``."""


def cut(text: str, width: int) -> str:
    """*text* (already safe) in at most *width* cells, with ``…`` where something was cut off."""
    if cell_width(text) <= width:
        return text
    return safe.cut(text, width - 1).rstrip() + "…" if width > 0 else ""


def cut_at_words(text: str, width: int) -> str:
    """The same, but cut between words, unless next to nothing would be left."""
    if cell_width(text) <= width or width < 2:
        return cut(text, width)
    line = wrap(text, width - 1)[0].rstrip(" ,;，；、")
    return f"{line}…" if cell_width(line) * 3 >= width else cut(text, width)


def fit(text: str, width: int) -> str:
    """*text* in exactly *width* cells: cut or padded on the right."""
    text = cut(text, width)
    return text + " " * (width - cell_width(text))


def wrap(text: str, width: int) -> list[str]:
    """*text* in lines of at most *width* cells: broken at spaces, Chinese between characters.

    A word that is wider than a line is broken where the line ends, a path between its parts;
    nothing is left out.
    """
    lines: list[str] = []
    line = ""
    for word in pieces(text):
        if line and cell_width(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
            word = word.lstrip()
        for char in _too_wide(word, width):
            lines.append(char)
            word = word[len(char) :]
        line += word
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def pieces(text: str) -> Iterator[str]:
    """What is never broken: a word with the spaces after it, or one wide character.

    Closing punctuation stays with what stands before it, ``%`` with its number, and the number of
    an article with what says so: ``art. 38(1)``, ``第38(1)条``.
    """
    piece = ""
    for char in text:
        breaks = bool(piece) and (
            (piece[-1] == " " and char not in _NEVER_ALONE and not _is_number_of(piece, char))
            or (char not in _NEVER_FIRST and char != " " and _wide_pair(piece[-1], char))
        )
        if breaks:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _is_number_of(piece: str, char: str) -> bool:
    return char.isdecimal() and piece.endswith("art. ")


def _wide_pair(before: str, after: str) -> bool:
    if before in "（《“‘「『【([":
        return False
    if (before == "第" and after.isdecimal()) or (after == "条" and before in _ENDS_ARTICLE):
        return False
    return cell_width(after) == 2 or cell_width(before) == 2


def _too_wide(word: str, width: int) -> Iterator[str]:
    """Full lines of a word that does not fit into one line (all but its rest)."""
    while cell_width(word.rstrip()) > width:
        kept, used = "", 0
        for char in word:
            used += cell_width(char)
            if used > max(width, 1) and kept:
                break
            kept += char
        ends = [part.end() for part in _PARTS.finditer(kept) if part.end() * 2 > len(kept)]
        kept = kept[: ends[-1]] if ends else kept
        yield kept
        word = word[len(kept) :]


def wrap_after(first: str, text: str, width: int, indent: int) -> list[str]:
    """*first* with *text* after it, further lines indented by *indent* cells."""
    head = wrap(text, max(width - cell_width(first), 8))
    rest_text = text[len(head[0]) :].lstrip() if len(head) > 1 else ""
    lines = [first + head[0]]
    if rest_text:
        lines += [" " * indent + line for line in wrap(rest_text, max(width - indent, 8))]
    return lines


def at_right(left: str, right: str, width: int, indent: int = 4) -> list[str]:
    """*left* wrapped, with *right* at the right edge of its last line, or on a line of its own."""
    if not right:
        return left_lines(left, width, indent)
    lines = left_lines(left, width, indent)
    gap = width - cell_width(lines[-1]) - cell_width(right)
    if gap >= 2:
        lines[-1] += " " * gap + right
    else:
        lines.append(" " * max(width - cell_width(right), indent) + right)
    return lines


def left_lines(text: str, width: int, indent: int) -> list[str]:
    """*text* wrapped; it keeps its own leading spaces, further lines are indented."""
    body = text.lstrip(" ")
    lead = len(text) - len(body)
    return wrap_after(" " * lead, body, width, indent)
