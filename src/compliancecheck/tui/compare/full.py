"""The whole comparison over the screen: sides, routes, every edition, all that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content

from compliancecheck.model.comparison import Comparison
from compliancecheck.reports.compare import Compared
from compliancecheck.reports.compare_ladder import ladder_lines
from compliancecheck.reports.sheet import Sheet
from compliancecheck.reports.wording import colon
from compliancecheck.tui.compare.editions import Ladders, Marks, whole_ladder
from compliancecheck.tui.compare.rows import FOLD, ROUTE, rows_of
from compliancecheck.tui.paper import Draw, lines_of, text_lines
from compliancecheck.tui.words import say


def in_full(
    found: Comparison, ladders: Ladders, marks: Marks, names: tuple[str, str], lang: str
) -> Draw:
    """All lines of a comparison; *names* are what the sides are called."""

    def draw(width: int) -> Iterator[Content]:
        sheet = Sheet(width=width, lang=lang)
        for letter, name in zip("AB", names, strict=True):
            yield from lines_of(name, width, "bold", 3, f"{letter}{colon(lang)}")
        yield Content("")
        rows = list(rows_of(found, False, width, lang))
        routes = [row.content for row in rows if row.kind == ROUTE]
        if routes:
            yield from _lines(routes)
            yield Content("")
        if ladders:
            yield from whole_ladder(ladders, marks, width, lang)
            yield Content("")
        yield from _lines(row.content for row in rows if row.kind not in (ROUTE, FOLD))
        same = "\n".join(Compared(found, sheet, False).same())
        yield from text_lines(same, width)
        for pack, rungs in ladders.items():
            title = found.before.rules.packs[pack].title.get(lang)
            yield Content("")
            yield from lines_of(say("what_each_began", lang, pack=title), width, "bold")
            dated = [(letter, day) for letter, day in marks if day is not None]
            yield from text_lines("\n".join(ladder_lines(rungs, dated, sheet)), width)

    return draw


def _lines(rows: Iterable[Content]) -> Iterator[Content]:
    for row in rows:
        yield from row.split("\n")
