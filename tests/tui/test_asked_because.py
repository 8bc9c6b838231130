"""A question says why it is asked, a growing count which answer did it, the strip what is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliancecheck.tui.words import say
from tests.tui.pilots import HALF, form_of, grid, main_of, opened, start, text_of, until


@pytest.mark.parametrize("size", [(80, 24), (44, 16)])
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_a_question_says_why_it_is_asked(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    path = tmp_path / "half.yaml"
    path.write_text(HALF, encoding="utf-8")
    async with opened(path, size, lang) as (app, pilot):
        await until(pilot, lambda: say("asked_because", lang, rules="") in text_of(app))
        line = next(x for x in grid(app) if say("asked_because", lang, rules="") in x)
        assert "…" in line  # the titles are longer than the line; they stand under w
        more = say("and_rules", lang, n=4 if lang == "zh" else 3)
        assert more in line


async def test_the_strip_follows_what_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "half.yaml"
    path.write_text(HALF, encoding="utf-8")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "100,000" in text_of(app))
        assert "●" not in text_of(app)
        await pilot.press("equals_sign", *"300000")

        def lies_between() -> bool:  # on the way there the strip shows 3, 30, 300 …
            axis = next((line for line in grid(app) if "●" in line), "")
            return 0 < axis.find("100,000") < axis.find("●") < axis.find("1,000,000")

        await until(pilot, lies_between)
        await pilot.press(*"000")  # 300,000,000
        await until(pilot, lambda: any(0 < x.find("1,000,000") < x.find("●") for x in grid(app)))
        assert "300000" not in path.read_text(encoding="utf-8")  # it was only tried


async def test_more_questions_are_said_with_the_answer_that_brought_them(tmp_path: Path) -> None:
    """An export that is said to be important data, then not: the questions of the way come back."""
    async with opened(tmp_path / "new.yaml") as (app, pilot):
        await start(pilot, tmp_path / "new.yaml", "transfer.purpose")
        answer = main_of(app).answer
        before = answer._counting.total
        answer._counting.total = before - 2  # as if two had fallen away a moment ago
        await pilot.press("2", "enter")
        await until(pilot, lambda: "added, after: " in text_of(app))
        assert form_of(app).progress.note.split(" ")[0].isdigit()
        assert "Purpose" in form_of(app).progress.note or "purpose" in form_of(app).progress.note
