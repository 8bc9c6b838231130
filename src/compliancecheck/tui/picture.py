"""The screen as a picture, mended: nothing is loaded, and wide characters have their room."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

from compliancecheck.model.safe import cell_width

FONT = re.compile(r"@font-face \{.*?\}\s*", re.S)
TEXT = re.compile(
    r'<text class="(?P<look>[^"]*)" x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)"'
    r' textLength="(?P<length>[\d.]+)" clip-path="(?P<clip>[^"]*)">(?P<text>[^<]*)</text>'
)
CELL = 12.2
"""The width of a cell, where no text tells it."""


def mended(svg: str) -> str:
    """A picture as Rich draws it, without the fonts that it would load, and legible in Chinese.

    Rich gives a run of text the width of as many cells as it has characters (its issue 2742), so
    wide ones would overlap. Here wide and narrow ones stand apart, each run with its own width.
    """
    texts = ((_plain(hit["text"]), float(hit["length"])) for hit in TEXT.finditer(svg))
    cell = next((length / len(text) for text, length in texts if text.isascii()), CELL)
    return TEXT.sub(lambda hit: "".join(_runs(hit, cell)), FONT.sub("", svg))


def _runs(hit: re.Match[str], cell: float) -> Iterator[str]:
    text = _plain(hit["text"])
    if cell_width(text) == len(text):
        yield hit[0]
        return
    x = float(hit["x"])
    for _, characters in groupby(text, key=lambda character: cell_width(character) > 1):
        run = "".join(characters)
        width = cell_width(run) * cell
        yield (
            f'<text class="{hit["look"]}" x="{x:g}" y="{hit["y"]}" textLength="{width:g}"'
            f' clip-path="{hit["clip"]}">{_escaped(run)}</text>'
        )
        x += width


def _escaped(text: str) -> str:
    return html.escape(text).replace(" ", "&#160;")


def _plain(escaped: str) -> str:
    return html.unescape(escaped).replace("\u00a0", " ")
