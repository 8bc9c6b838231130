"""The sheet that text reports are written on: cells, language, symbols, colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliancecheck.model.findings import Evaluation, TraceNode
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Texts, iso
from compliancecheck.reports.layout import wrap_after
from compliancecheck.reports.lines import painted
from compliancecheck.reports.status import LOOKS, DisplayStatus


@dataclass(frozen=True, slots=True)
class Sheet:
    """How text is laid out: cells, language, symbols, colours."""

    width: int = 80
    lang: str = "en"
    ascii: bool = False
    color: bool = False

    def say(self, en: str, zh: str) -> str:
        """The one of two texts that is in the sheet's language."""
        return zh if self.lang == "zh" else en

    def get(self, texts: Texts) -> str:
        """A text of a pack or profile in the sheet's language, safe to show."""
        return safe_text(texts.get(self.lang))

    def status(self, status: DisplayStatus) -> str:
        """Symbol and word of a status."""
        look = LOOKS[status]
        return f"{look.sign(self.ascii)} {look.word.get(self.lang)}"

    def paint(self, line: str, status: DisplayStatus) -> str:
        """A heading in the colour of its status: the part up to the first double space."""
        head, gap, rest = line.partition("  ")
        return painted(head, LOOKS[status].ansi, self.color) + gap + rest


def heading(evaluation: Evaluation, sheet: Sheet, *more: str) -> list[str]:
    """The first line: path, company, days, and what else is said there."""
    law = evaluation.law
    pieces = [
        safe_text(evaluation.profile.path),
        safe_text(evaluation.profile.name),
        sheet.say(f"as of {iso(evaluation.as_of)}", f"评估日 {iso(evaluation.as_of)}"),
        sheet.say(f"law of {iso(law)}", f"适用{iso(law)}的法律") if law is not None else "",
        *more,
    ]
    return packed([p for p in pieces if p], sheet.width, 4)


def packed(pieces: Iterable[str], width: int, indent: int, gap: str = "  ") -> list[str]:
    """Pieces with a gap between them, broken between pieces where a line is full."""
    lines: list[str] = []
    for piece in pieces:
        if lines and cell_width(lines[-1] + gap + piece) <= width:
            lines[-1] += gap + piece
        else:
            lead = " " * indent if lines else ""
            lines += wrap_after(lead, piece, width, indent)
    return lines


def title_lines(status: DisplayStatus, pieces: Sequence[str], sheet: Sheet) -> list[str]:
    """Symbol, word and title, wrapped; id, article and tags after it or on lines of their own."""
    title, *rest = pieces
    lines = wrap_after(f"{sheet.status(status)}  ", title, sheet.width, 4)
    for piece in rest:
        if cell_width(f"{lines[-1]}  {piece}") <= sheet.width:
            lines[-1] += f"  {piece}"
        else:
            lines += wrap_after("    ", piece, sheet.width, 4)
    return [sheet.paint(lines[0], status), *lines[1:]]


def nodes_of(node: TraceNode) -> Iterator[TraceNode]:
    """A node of a trace and all below it, in the order of the tree."""
    yield node
    for child in node.children:
        yield from nodes_of(child)


def plural(n: int, word: str) -> str:
    """``1 rule``, ``2 rules``."""
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
