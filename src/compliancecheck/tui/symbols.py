"""Symbols for terminals that show none: each drawn line passes here, and keeps its width.

Letters of any script, CJK punctuation and full-width forms stay; what else is no plain keyboard
character becomes one: arrows, borders, bars, marks, also those that Textual draws.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from compliancecheck.model.safe import cell_width

_SIGNS = {
    "✗": "x", "✓": "+", "✔": "+", "◦": ".", "●": "o", "○": "O", "•": "*", "■": "*", "□": "~",
    "▲": "^", "▴": "^", "▼": "v", "▾": "v", "▿": "v", "▶": ">", "▸": ">", "▹": ">", "◀": "<",
    "◂": "<", "→": ">", "←": "<", "↑": "^", "↓": "v", "×": "x", "·": "-", "–": "-", "—": "-",
    "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "≠": "#", "├": "|", "┤": "|",
    "╸": " ", "╺": " ", "▁": "_", "▔": "-",
    "╌": "=", "━": "=", "┃": "|", "▓": "#", "▒": "#", "░": ".", "█": "#", "\u00a0": " ", "…": "…",
    "€": "E", "§": "S", "≤": "<", "≥": ">", "°": "o", "🔎": "/ ",
}  # fmt: skip
_DOTS = "..."


def wanted(setting: str) -> bool:
    """Whether symbols are ASCII: as the setting says, or the terminal's encoding (``auto``)."""
    if setting != "auto":
        return setting == "ascii"
    encoding = getattr(sys.__stdout__, "encoding", None) or "utf-8"
    return not encoding.lower().replace("-", "").startswith("utf")


@lru_cache(maxsize=4096)
def plain_sign(char: str) -> str:
    """One character as it is shown without symbols, in as many cells; ``…`` is left to the line."""
    if char.isascii() or char in _SIGNS:
        return _SIGNS.get(char, char)
    if stays(char):
        return char
    name = unicodedata.name(char, "")
    if name.startswith("BOX DRAWINGS"):
        across, down = "HORIZONTAL" in name, "VERTICAL" in name
        sides = sum(word in name for word in (" UP", "DOWN", "LEFT", "RIGHT"))
        if across != down and not sides:
            return "-" if across else "|"
        return "+"
    if "BLOCK" in name:
        return "|" if "LEFT" in name or "RIGHT" in name else " "  # the end of a scroll bar
    return "?" * cell_width(char)


def stays(char: str) -> bool:
    """Whether a character is shown as it is: a letter, a digit, a mark of CJK, or narrow."""
    if char.isascii() or unicodedata.category(char)[0] in "LMN":
        return True
    wide = unicodedata.east_asian_width(char)
    if wide in ("W", "F"):
        return "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"
    return wide in ("Na", "H")


class PlainSymbols(LineFilter):
    """The last step before the terminal: no symbol is left."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace the symbols of one line; it stays as wide as it was."""
        if all(segment.text.isascii() for segment in segments):
            return segments
        found = [
            segment
            if segment.text.isascii() or segment.control
            else Segment("".join(map(plain_sign, segment.text)), segment.style)
            for segment in segments
        ]
        if any("…" in segment.text for segment in found):
            return _dotted(found)
        return found


def dotted(text: str) -> str:
    """*text* with three dots for each ``…``, where its width is free."""
    return text.replace("……", _DOTS).replace("…", _DOTS)


def _dotted(segments: Iterable[Segment]) -> list[Segment]:
    """Three dots for ``…``: blanks beside it make room, else the end of what was cut."""
    cells: list[tuple[str, Style | None]] = [
        (char, segment.style) for segment in segments for char in segment.text
    ]
    at = 0
    while at < len(cells):
        if cells[at][0] == "…":
            at = _make_room(cells, at)
        at += 1
    joined: list[Segment] = []
    for char, style in cells:
        if joined and joined[-1].style == style:
            joined[-1] = Segment(joined[-1].text + char, style)
        else:
            joined.append(Segment(char, style))
    return joined


def _make_room(cells: list[tuple[str, Style | None]], at: int) -> int:
    """Put the dots in place of the ``…`` at *at*; where the last of them stands."""
    style = cells[at][1]
    end = at + 1
    while end < len(cells) and cells[end][0] == "…" and end - at < 3:
        end += 1
    start, blanks = at, end
    while blanks < len(cells) and cells[blanks][0] == " ":
        blanks += 1
    spare = blanks if blanks == len(cells) else max(blanks - 1, end)
    end = min(end + 3 - (end - start), spare) if spare > end else end
    lost = 3 - (end - start)
    while lost > 0 and start and cells[start - 1][0] == " ":
        start, lost = start - 1, lost - 1
    if lost > 0 and end < len(cells) and cells[end][0] == " ":
        end, lost = end + 1, lost - 1
    while lost > 0 and start:
        start -= 1
        lost -= cell_width(cells[start][0])
    cells[start:end] = [(".", style)] * (3 - lost)
    return start + 2 - lost
