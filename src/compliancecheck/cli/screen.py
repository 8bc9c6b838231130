"""What standard output can show: its width, symbols and colours."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

LEAST_WIDTH, USUAL_WIDTH, MOST_WIDTH = 40, 80, 100


@dataclass(frozen=True, slots=True)
class Screen:
    """What standard output can show: cells, symbols, colours."""

    width: int
    ascii: bool
    color: bool


def screen(color: str | None) -> Screen:
    """What standard output can show; *color* is ``always``, ``never`` or None (a terminal)."""
    terminal = sys.stdout.isatty()
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    wanted = color == "always" or (
        color is None
        and terminal
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )
    return Screen(_width(terminal), not encoding.startswith("utf"), wanted)


def _width(terminal: bool) -> int:
    if not terminal:
        return USUAL_WIDTH
    from shutil import get_terminal_size

    return min(max(get_terminal_size((USUAL_WIDTH, 24)).columns, LEAST_WIDTH), MOST_WIDTH)
