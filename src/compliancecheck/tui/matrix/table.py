"""The table of a matrix: Textual's DataTable, its header the short names of the instruments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.binding import Binding
from textual.widgets import DataTable

from compliancecheck.model.instruments import Rules
from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.reports.layout import cut
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.help import Helped
from compliancecheck.tui.matrix.companies import Cell, Company, spans
from compliancecheck.tui.paper import shortened
from compliancecheck.tui.themes import variable
from compliancecheck.tui.words import count, say

CELL, WIDE = 2, 6
"""The width of a rule's column in cells, where there are many and where there are few; even, for
names in wide characters that run over several."""
NAME = (12, 28)
"""The least and the greatest width of the column of names."""
COUNTED = (
    DisplayStatus.FAIL,
    DisplayStatus.NEEDS_PROOF,
    DisplayStatus.CONTESTED,
    DisplayStatus.MAY_APPLY,
)
"""What is counted beside the name."""


class MatrixTable(DataTable[Text], Helped):
    """A row a company: its name and counts, which stay, then a cell a rule."""

    help_name = "matrix"
    BINDINGS = [
        Binding("enter", "select_cursor", "open", key_display="enter", id="open.matrix"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("h", "cursor_left", "Left", show=False),
        Binding("l", "cursor_right", "Right", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            id="companies", cell_padding=0, fixed_columns=2, zebra_stripes=False, cursor_type="cell"
        )
        # The company and rule under the cursor that went, and the cell where it stands instead.
        self._gone: tuple[tuple[str, str], tuple[int, int]] | None = None
        self._rows: list[str] = []
        self._names: list[str] = []

    @property
    def at(self) -> tuple[int, int] | None:
        """Row and rule under the cursor; a rule below 0 is the name or the counts."""
        if not self.row_count:
            return None
        return self.cursor_row, self.cursor_column - 2

    def show(
        self, rules: Rules, companies: Sequence[Company], shown: Sequence[str], lang: str
    ) -> None:
        """Other rows and columns; the cursor stays on its company and its rule.

        Where they have gone and come back before it was moved, it stands on them again.
        """
        row, rule = wanted = self._wanted()
        with self.prevent(DataTable.CellHighlighted):
            self.clear(columns=True)
            wide = self._name_width(companies)
            counts = max((cell_width(_beside(one, lang).plain) for one in companies), default=0)
            self.add_column(Text(shortened(say("companies", lang), wide)), width=wide + 1)
            self.add_column(Text(""), width=counts + 1)
            for label, width in _labels(
                rules, shown, lang, self.app.size.width - wide - counts - 4
            ):
                self.add_column(Text(label), width=width)
            for one in companies:
                self.add_row(*self._cells(one, shown, wide, lang))
            self._rows = [one.path for one in companies]
            self._names = list(shown)
            at_row = self._rows.index(row) if row in self._rows else 0
            at_column = self._names.index(rule) + 2 if rule in self._names else 0
            self.move_cursor(row=at_row, column=at_column, animate=False)
            self._gone = None if self._under() == wanted else (wanted, (at_row, at_column))

    def _wanted(self) -> tuple[str, str]:
        gone, at = self._gone, (self.cursor_row, self.cursor_column)
        return gone[0] if gone is not None and (gone[1] == at or not self._rows) else self._under()

    def _under(self) -> tuple[str, str]:
        at = self.at
        if at is None or at[0] >= len(self._rows):
            return "", ""
        return self._rows[at[0]], self._names[at[1]] if 0 <= at[1] < len(self._names) else ""

    def _name_width(self, companies: Sequence[Company]) -> int:
        longest = max((cell_width(_name(one)) for one in companies), default=0)
        room = max(NAME[0], min(NAME[1], self.app.size.width // 3))
        return max(min(longest, room), 4)

    def _cells(self, one: Company, shown: Sequence[str], wide: int, lang: str) -> Iterator[Text]:
        yield Text(shortened(_name(one), wide))
        yield self._inked(_beside(one, lang), one)
        for rule in shown:
            yield self._sign(one.cells.get(rule))

    def _sign(self, cell: Cell | None) -> Text:
        if cell is None or cell.unasked:
            return Text(" ")
        return Text(LOOKS[cell.status].symbol, style=self._style(cell.status))

    def _inked(self, text: Text, one: Company) -> Text:
        for status in COUNTED:
            sign = f"{LOOKS[status].symbol}{one.counts.get(status, 0)}"
            text.highlight_words([sign], style=self._style(status))
        return text

    def _style(self, status: DisplayStatus) -> str:
        color = self.app.theme_variables.get(variable(status), "")
        bold = "bold " if status is DisplayStatus.FAIL else ""
        dim = "dim " if LOOKS[status].dim else ""
        return f"{bold}{dim}{color}" if color.startswith("#") else (bold + dim).strip()


def _name(one: Company) -> str:
    return safe_text(one.name) or safe_text(one.path.replace("\\", "/").rsplit("/", 1)[-1])


def _beside(one: Company, lang: str) -> Text:
    """How many findings have each of the statuses that ask for something, or how many problems."""
    if one.broken:
        errors = sum(1 for problem in one.problems if problem.is_error)
        return Text(count(errors, lang, "matrix_problem", "matrix_problems"))
    signs = [(LOOKS[s].symbol, one.counts.get(s, 0)) for s in COUNTED]
    return Text(" ".join(f"{sign}{n}" for sign, n in signs if n))


def _cell(room: int, n: int) -> int:
    """The width of each of *n* columns: wide only where all have room for it."""
    return WIDE if room >= n * WIDE else CELL


def _labels(rules: Rules, shown: Sequence[str], lang: str, room: int) -> Iterator[tuple[str, int]]:
    """The head of each column and its width; an instrument's name runs over all of its rules.

    What is left of *room* goes to the last columns of those whose names would be cut: first where
    they fit then, else as far as it goes.
    """
    cell = _cell(room, len(shown))
    over = list(spans(rules, shown))
    names = [safe_text(rules.instruments[instrument].short.get(lang)) for instrument, _ in over]
    gaps = [1 if n > 1 or cell > CELL else 0 for _, n in over]
    needs = [max(cell_width(s) + gap - n * cell, 0)
             for s, gap, (_, n) in zip(names, gaps, over, strict=True)]  # fmt: skip
    more, spare = [0] * len(over), room - cell * len(shown)
    for in_full in (True, False):
        for at, need in enumerate(needs):
            given = _share(need - more[at], spare, in_full=in_full)
            more[at], spare = more[at] + given, spare - given
    for name, gap, (_, n), extra in zip(names, gaps, over, more, strict=True):
        widths = [cell] * (n - 1) + [cell + extra]
        yield from zip(_pieces(cut(name, sum(widths) - gap), widths), widths, strict=True)


def _share(need: int, spare: int, *, in_full: bool) -> int:
    return need if need <= spare else 0 if in_full else max(spare, 0)


def _pieces(text: str, widths: Sequence[int]) -> Iterator[str]:
    """*text* in pieces of so many cells; a wide character is never halved."""
    for width in widths:
        piece = ""
        while text and cell_width(piece + text[0]) <= width:
            piece, text = piece + text[0], text[1:]
        yield piece
