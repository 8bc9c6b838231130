"""Without symbols: no screen holds a character that is neither Latin, CJK nor narrow."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from compliancecheck.model.safe import cell_width
from compliancecheck.reports.status import LOOKS
from compliancecheck.tui import symbols
from compliancecheck.tui.preferences import Preferences
from tests.tui.pilots import grid
from tests.tui.walking import walk

BLACK = Color.parse("black")


def shown(*texts: str) -> str:
    line = [Segment(text) for text in texts]
    return "".join(s.text for s in symbols.PlainSymbols().apply(line, BLACK))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("abcdef…", "abcd..."),
        ("中文字…", "中文..."),
        ("2026 … 2027", "2026...2027"),
        ("done on …  w all", "done on... w all"),
        ("    … 3 more", "  ... 3 more"),
        ("cut…   │", "cut... |"),
        ("……另有3项", "..另有3项"),
        ("┌─┬─┐", "+-+-+"),
        ("├─ x", "|- x"),
        ("─━●┃▸◂", "-=o|><"),
        ("●○", "oO"),
        ("“é” · Ж × 中，。", '"é" - Ж x 中，。'),
        ("🎉", "??"),
        ("▏^p ▔▁▊▅", "|^p -_| "),
        ("╸━╺━", " = ="),
        ("└──┘", "+--+"),
    ],
)
def test_signs_keep_their_width(text: str, plain: str) -> None:
    assert shown(text) == plain
    assert cell_width(plain) == cell_width(text)


def test_dots_take_their_room_over_pieces_of_a_line() -> None:
    assert shown("abcdef", "…", "   ") == "abcdef... "
    assert shown("", "…") == "."


def test_each_status_has_the_sign_of_the_table() -> None:
    assert {shown(look.symbol): look.ascii for look in LOOKS.values()} == {
        look.ascii: look.ascii for look in LOOKS.values()
    }


@pytest.mark.parametrize(
    ("setting", "encoding", "ascii"),
    [
        ("auto", "utf-8", False),
        ("auto", "UTF8", False),
        ("auto", "ascii", True),
        ("auto", "gbk", True),
        ("auto", None, False),
        ("unicode", "ascii", False),
        ("ascii", "utf-8", True),
    ],
)
def test_when_symbols_are_left_out(
    monkeypatch: pytest.MonkeyPatch, setting: str, encoding: str | None, ascii: bool
) -> None:
    class Stream:
        pass

    stream = Stream()
    stream.encoding = encoding  # type: ignore[attr-defined]
    monkeypatch.setattr("sys.__stdout__", stream)
    assert symbols.wanted(setting) is ascii


@pytest.mark.parametrize(
    ("lang", "profile"), [("en", "exporter-by-range"), ("zh", "battery-just-under"), ("en", "")]
)
async def test_no_screen_has_a_symbol(tmp_path: Path, lang: str, profile: str) -> None:
    left: dict[str, str] = {}
    seen = 0
    async for name, app, _ in walk(
        tmp_path, lang, profile=profile, preferences=Preferences(ascii=True)
    ):
        for line in grid(app):
            seen += len(line)
            for char in line:
                if not symbols.stays(char):
                    left.setdefault(char, f"{name}: {line}")
    assert seen > 5000
    assert left == {}
