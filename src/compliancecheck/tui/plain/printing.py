"""What plain mode says: lines wrapped at words, every text through the gate, no cursor moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from compliancecheck.model.safe import safe_text
from compliancecheck.reports.layout import wrap_after
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.sheet import Sheet

PROMPT = "> "
_ASCII = str.maketrans(
    {"→": "->", "“": '"', "”": '"', "…": "...", "·": "-", "✓": "+", "✗": "x", "◦": ".", "–": "-",
     "×": "x", "▸": ">", "●": "o", "━": "=", "─": "-", "┃": "|", "│": "|"}
)  # fmt: skip


@dataclass(slots=True)
class Voice:
    """Writes to a stream in lines of at most *width* cells.

    *echoes*: what is typed shows and ends the line (a terminal); else the prompt ends its own.
    """

    stream: TextIO
    width: int = 80
    ascii: bool = False
    color: bool = False
    echoes: bool = False

    def sheet(self, lang: str) -> Sheet:
        """The sheet of the reports that are shown in between."""
        return Sheet(self.width, lang, self.ascii, self.color)

    def blank(self) -> None:
        """An empty line."""
        self.stream.write("\n")

    def line(self, text: str, lead: str = "", indent: int = 0) -> None:
        """One text, wrapped; *lead* stands before it, further lines are indented."""
        self.lines(wrap_after(lead, safe_text(text), self.width, indent))

    def lines(self, lines: Iterable[str]) -> None:
        """Lines that are laid out and safe already."""
        for line in lines:
            text = harmless(line.rstrip())
            self.stream.write((text.translate(_ASCII) if self.ascii else text) + "\n")

    def ask(self) -> None:
        """The prompt; everything said so far is out when it shows."""
        self.stream.write(PROMPT if self.echoes else PROMPT.rstrip() + "\n")
        self.stream.flush()
