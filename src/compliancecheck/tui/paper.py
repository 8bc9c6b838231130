"""Text on the screen: laid out by us for the width there is, styled, never read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from textual.content import Content
from textual.geometry import Size

from compliancecheck.model.safe import cell_width, safe_text
from compliancecheck.model.texts import Texts
from compliancecheck.reports.layout import cut_at_words, wrap
from compliancecheck.reports.status import LOOKS, DisplayStatus
from compliancecheck.tui.steady import Steady
from compliancecheck.tui.themes import variable

Draw = Callable[[int], Iterable[Content]]
"""Lines for a width in cells."""

QUIET = "$quiet"
BOLD = "bold"


class Paper(Steady):
    """Lines that are drawn anew for each width."""

    DEFAULT_CSS = "Paper { height: auto; width: 1fr; text-wrap: nowrap; text-overflow: clip; }"

    def __init__(self, draw: Draw, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._kept: tuple[int, list[Content]] | None = None

    def set(self, draw: Draw) -> None:
        """Show other lines."""
        self._draw = draw
        self._kept = None
        self.refresh(layout=True)

    def again(self) -> None:
        """Draw the lines anew."""
        self.set(self._draw)

    def paint_now(self) -> None:
        """Draw the lines anew and paint them at once, where Textual waits until it is free."""
        self.again()
        self.screen._dirty_widgets.add(self)
        self.screen._refresh_layout()

    def lines(self, width: int) -> list[Content]:
        """The lines for *width* cells."""
        if self._kept is None or self._kept[0] != width:
            self._kept = (width, list(self._draw(width)))
        return self._kept[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self.lines(width))

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(self.lines(self.content_size.width))


class Fitted(Paper):
    """Lines that are drawn anew for each width and for each height around them.

    The height comes with the layout: to ask a widget for it amid one makes a second layout.
    """

    def __init__(
        self,
        draw: Callable[[int, int], Iterable[Content]],
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(lambda width: draw(width, self._rows), id=id, classes=classes)
        self._rows = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        if container.height != self._rows:
            self._rows, self._kept = container.height, None
        return super().get_content_height(container, viewport, width)


def plain(text: str, style: str = "") -> Content:
    """One piece of text from anywhere, through the gate and without markup."""
    return Content.styled(safe_text(text), style) if style else Content(safe_text(text))


def lines_of(
    text: str, width: int, style: str = "", indent: int = 0, lead: str = ""
) -> list[Content]:
    """*text* wrapped into *width* cells; *lead* stands before the first, further ones indented."""
    room = max(width - max(indent, cell_width(lead)), 4)
    indent = max(indent, cell_width(lead)) if lead else indent
    found = []
    for n, line in enumerate(wrap(safe_text(text), room)):
        found.append(Content(lead if n == 0 else " " * indent) + plain(line, style))
    return found


def text_lines(text: str, width: int) -> Iterator[Content]:
    """A text that was laid out already; a line that is too long all the same is wrapped."""
    for line in text.splitlines():
        yield from [plain(line)] if cell_width(line) <= width else lines_of(line, width, "", 4)


def in_both(texts: Texts, width: int, lang: str) -> Iterator[Content]:
    """A question in the language of the screen, and beside it in the other one."""
    room = (width - 3) // 2
    own = lines_of(texts.get(lang), room, BOLD)
    other = lines_of(texts.zh if lang == "en" else texts.en, room, QUIET)
    for n in range(max(len(own), len(other))):
        left = own[n] if n < len(own) else Content("")
        yield padded(left, room + 3) + (other[n] if n < len(other) else "")


def heading(text: str) -> Content:
    """A heading of a section."""
    return plain(text, BOLD)


def status_style(status: DisplayStatus) -> str:
    """The style of a status: its colour, bold where it asks for something."""
    style = "$" + variable(status)
    return "bold " + style if status in _URGENT else style


_URGENT = frozenset({DisplayStatus.FAIL, DisplayStatus.NEEDS_PROOF, DisplayStatus.CONTESTED})


def mark(status: DisplayStatus, lang: str, *, short: bool = False) -> Content:
    """Symbol and word of a status, in its colour."""
    look = LOOKS[status]
    word = (look.short if short else look.word).get(lang)
    return plain(f"{look.symbol} {word}", status_style(status))


def symbol(status: DisplayStatus) -> Content:
    """The symbol of a status, in its colour."""
    return plain(LOOKS[status].symbol, status_style(status))


def padded(content: Content, width: int) -> Content:
    """*content* filled up with blanks to *width* cells."""
    return content + " " * max(width - cell_width(content.plain), 0)


def shortened(text: str, width: int) -> str:
    """*text* through the gate, cut at a word with ``…`` where it is too long; ``w`` shows all."""
    return cut_at_words(safe_text(text), width)


def both_ends(left: str, right: Sequence[tuple[str, str]], width: int) -> Content:
    """*left* and, at the right edge, pieces with their styles; *left* is cut if it must."""
    room = sum(cell_width(text) for text, _ in right) + 2 * max(len(right) - 1, 0)
    left = shortened(left, max(width - room - (1 if right else 0), 1))
    gap = " " * max(width - room - cell_width(left), 0)
    content = Content(left + gap)
    for n, (text, style) in enumerate(right):
        content = content + ("  " if n else "") + plain(text, style)
    return content
