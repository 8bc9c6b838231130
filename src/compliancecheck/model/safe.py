"""The one gate that text from files passes before a screen, a log or a report, and its width.

Control characters (C0, DEL, C1), line separators, bidirectional and zero-width characters and
surrogates become visible escapes (``\\u001b``), so that no text can move the cursor, colour a
line, reorder it or hide in it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls; line breaks and tabs too: what passes is one line
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # invisible
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)


def safe_text(text: str) -> str:
    """*text* with control, bidirectional and zero-width characters made visible (``\\u001b``).

    Line breaks and tabs are among them: what passes is one line of printable text.
    """
    return _HIDDEN.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def cell_width(text: str) -> int:
    """How many terminal cells *text* takes; Chinese characters take two."""
    return len(text) if text.isascii() else sum(map(_character_width, text))


def cut(text: str, cells: int) -> str:
    """The longest beginning of *text* that takes at most *cells* terminal cells."""
    taken = 0
    for index, character in enumerate(text):
        taken += _character_width(character)
        if taken > cells:
            return text[:index]
    return text


def shorten(text: str, cells: int = 40) -> str:
    """*text* through the gate, cut with ``…`` to at most *cells* terminal cells."""
    # The slice bounds the work; marks without width may not make what is shown endless either.
    safe = safe_text(text[: 4 * cells])
    if len(text) <= 4 * cells and cell_width(safe) <= cells:
        return safe
    return cut(safe, cells - 1) + "…"
