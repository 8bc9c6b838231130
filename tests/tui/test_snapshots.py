"""Eight key screens as pictures, and others as text grids: what they look like does not change
unseen.

A picture that differs is shown beside the stored one in `snapshot_report.html`; `make golden`
stores both pictures and grids anew.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from docs.images.make import Picture, play, stage, without_head_count

from compliancecheck.model.safe import cell_width
from compliancecheck.tui.picture import CELL, TEXT
from tests.tui.pilots import LARGE, SMALL, text_of

SNAPSHOTS = Path(__file__).parent / "__snapshots__" / "test_snapshots"
EXPORTER, MAKER, RESULT = "exporter-by-range.yaml", "battery-just-under.yaml", "result-of-2023.yaml"

PICTURES = (
    Picture("answer", EXPORTER, without_head_count, ("2",), SMALL),
    Picture("answer-large", EXPORTER, without_head_count, ("2",), LARGE),
    Picture("findings", MAKER, str, ("2",), SMALL),
    Picture("findings-large-zh", MAKER, str, ("2",), LARGE, "zh"),
    Picture("dates", RESULT, str, ("4",), SMALL),
    Picture("compare", RESULT, str, ("5",), SMALL),
    Picture("matrix", None, str, ("down " * 6 + "right " * 19,), SMALL),
    Picture("review", EXPORTER, without_head_count, ("r",), SMALL),
)

GRIDS = (
    Picture("what-if", MAKER, str, ("2", "x", "right"), SMALL),
    Picture("what-if-zh", MAKER, str, ("2", "x", "right"), SMALL, "zh"),
    Picture("rules", EXPORTER, str, ("3",), SMALL),
    Picture("answer-tiny", EXPORTER, without_head_count, ("2",), (40, 10)),
)

BY_NAME = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
GRIDS_BY_NAME = pytest.mark.parametrize("picture", GRIDS, ids=lambda picture: picture.name)


@pytest.fixture(autouse=True)
def _same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal that the tests happen to run in takes no part."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@BY_NAME
def test_picture(picture: Picture, snap_compare: Callable[..., bool]) -> None:
    with stage(picture) as app:
        assert snap_compare(app, terminal_size=picture.size, run_before=partial(play, picture)), (
            "see snapshot_report.html; if it is meant so: `make golden`"
        )


@GRIDS_BY_NAME
async def test_grid(picture: Picture, golden: Callable[[str, str], None]) -> None:
    with stage(picture) as app:
        async with app.run_test(size=picture.size) as pilot:
            await play(picture, pilot)
            golden(f"tui/{picture.name}.txt", f"{text_of(app)}\n")


@BY_NAME
def test_a_picture_loads_nothing_and_names_no_folder(picture: Picture) -> None:
    (stored,) = SNAPSHOTS.glob(f"*[[]{picture.name}[]].svg")
    svg = stored.read_text(encoding="utf-8")
    assert "my-company" in svg or "profiles" in svg
    assert re.findall(r"url\((?!#)|href|/tmp|/home|/work", svg) == []


def test_wide_characters_have_two_cells() -> None:
    (stored,) = SNAPSHOTS.glob("*zh*.svg")
    svg = stored.read_text(encoding="utf-8")
    runs = [(html.unescape(hit["text"]), float(hit["length"])) for hit in TEXT.finditer(svg)]
    assert any(cell_width(text) > len(text) for text, _ in runs)
    assert [text for text, length in runs if abs(length - cell_width(text) * CELL) > 0.1] == []
