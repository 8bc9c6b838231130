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

CELL = 2
"""The width of a rule's column in cells."""
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
            for label in _labels(rules, shown, lang):
                self.add_column(Text(label), width=CELL)
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


def _labels(rules: Rules, shown: Sequence[str], lang: str) -> Iterator[str]:
    """A column has two cells; the name of an instrument runs over all columns of its rules."""
    for instrument, n in spans(rules, shown):
        room = n * CELL - (1 if n > 1 else 0)
        name = cut(safe_text(rules.instruments[instrument].short.get(lang)), room)
        yield from _pieces(name, n)


def _pieces(text: str, n: int) -> Iterator[str]:
    """*text* in *n* pieces of two cells each; a wide character is never halved."""
    for _ in range(n):
        piece = ""
        while text and cell_width(piece + text[0]) <= CELL:
            piece, text = piece + text[0], text[1:]
        yield piece
