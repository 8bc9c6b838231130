"""Evidence of an answer: asked in three fields, shown wherever the answer is, taken out again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Tree

from compliancecheck.model.profile import Evidence, FactRef
from compliancecheck.model.texts import iso
from compliancecheck.reports.wording import evidence_text
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.review.evidence import EvidencePage
from compliancecheck.tui.session import Session
from tests.tui.pilots import AS_OF, PROFILES, main_of, opened, rules, text_of, until

FOUND = "  data_export.ciio: {source: annual report, by: Legal, dated: 2026-01-02}\n"


async def ask(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """Open the form for the first answer that the words find."""
    await pilot.press("r", "slash", *"ciio", "enter", "m")
    await until(pilot, lambda: isinstance(app.screen, EvidencePage))


async def give(pilot: Pilot[None], source: str, by: str, dated: str) -> None:
    for text in (source, by, dated):
        await pilot.press("home", "shift+end", "delete", *text, "enter")


def copy_of(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes((PROFILES / name).read_bytes())
    return path


@pytest.mark.parametrize(
    ("evidence", "en", "zh"),
    [
        (Evidence("report p. 41"), "report p. 41", "report p. 41"),
        (Evidence(None, "Legal", 739000), "by Legal, 2024-04-24", "提供人：Legal，2024-04-24"),
        (Evidence("\x1b[31m"), "\\u001b[31m", "\\u001b[31m"),
    ],
)
def test_evidence_in_words(evidence: Evidence, en: str, zh: str) -> None:
    assert evidence_text(evidence, "en") == en
    assert evidence_text(evidence, "zh") == zh


OLD = "data_export:\n  exports_data: true\n  ciio: true\n  certificate_issued_on: not yet\n"
ISSUED = "data_export.certificate_issued_on"
PROOF = "evidence:\n  data_export.ciio: {dated: 2026-01-02}\n"


@pytest.mark.parametrize(
    ("text", "fact", "day"),
    [
        (OLD, "data_export.ciio", None),
        (OLD + PROOF, "data_export.ciio", ("evidence", "2026-01-02")),
        (OLD + PROOF.replace("2026-01-02", "2026-11-24"), "data_export.ciio", None),
        ("dated: 2026-11-23\n" + OLD, "data_export.ciio", None),
        ("dated: 2026-11-23\n" + OLD, ISSUED, ("profile", "2026-11-23")),
        ("dated: 2026-11-24\n" + OLD, ISSUED, None),
    ],
)  # fmt: skip
def test_as_of_which_earlier_day_an_answer_counts(
    tmp_path: Path, text: str, fact: str, day: tuple[str, str] | None
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text)
    found = Session.open(str(path), rules(), AS_OF).earlier_day(FactRef(fact))
    assert (None if found is None else (found[0], iso(found[1]))) == day


async def test_an_answer_with_old_evidence_says_as_of_when_it_counts(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(OLD + PROOF)
    async with opened(path, toasts=True) as (app, pilot):
        await app.ask(FactRef("data_export.ciio"))
        await pilot.press("n")
        await until(pilot, lambda: "ciio: false" in path.read_text())
        await until(pilot, lambda: "counts as of 2026-01-02" in text_of(app))


async def test_evidence_is_written_shown_and_undone_in_one_step(tmp_path: Path) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    before = path.read_bytes()
    async with opened(path) as (app, pilot):
        await ask(app, pilot)
        await give(pilot, "annual report", "Legal", "2026-01-02")
        await until(pilot, lambda: FOUND in path.read_text())
        await until(pilot, lambda: "by Legal" in text_of(app))
        assert "(evidence)" in text_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: "evidence: annual report, by Legal" in text_of(app))
        await pilot.press("b", "ctrl+z")
        await until(pilot, lambda: path.read_bytes() == before)


async def test_all_empty_takes_evidence_out(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    bare = "data_export:\n  exports_data: true\n  ciio: false\n"
    path.write_text(f"{bare}evidence:\n{FOUND}")
    async with opened(path) as (app, pilot):
        await pilot.press("escape")
        await ask(app, pilot)
        await give(pilot, "", "", "")
        await until(pilot, lambda: "ciio: {" not in path.read_text())
        assert path.read_text().startswith(bare)
        profile = main_of(app).session.profile
        assert profile is not None
        assert profile.evidence == {}


@pytest.mark.parametrize("day", ["2999-01-01", "2026-13-01", "soon"])
async def test_a_day_that_cannot_be_is_told_and_nothing_is_written(
    tmp_path: Path, day: str
) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    before = path.read_bytes()
    async with opened(path) as (app, pilot):
        await ask(app, pilot)
        await give(pilot, "annual report", "", day)
        await pilot.pause()
        assert isinstance(app.screen, EvidencePage)
        shown = text_of(app)
        assert "still to come" in shown or "2026-11-24" in shown
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, EvidencePage))
        assert path.read_bytes() == before


async def test_a_question_without_an_answer_has_no_evidence(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await pilot.press("m")
        await pilot.pause()
        assert not isinstance(app.screen, EvidencePage)


async def test_a_leaf_of_the_why_tree_shows_evidence_and_asks_for_it(tmp_path: Path) -> None:
    path = copy_of("battery-just-under.yaml", tmp_path)
    async with opened(path) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: main_of(app).findings.current is not None)
        await pilot.press("enter")
        tree = app.screen.query_one("#why", Tree)
        tree.focus()
        for _ in range(12):
            await pilot.press("down")
            node = tree.cursor_node
            if node is not None and node.data is not None and node.data.ref is not None:
                break
        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, EvidencePage))
        await give(pilot, "ledger 7", "Finance", "2026-02-01")
        await until(pilot, lambda: "source: ledger 7" in path.read_text())
        labels = [str(line.path[-1].label) for line in tree._tree_lines]
        await until(pilot, lambda: any("ledger 7" in text_of(app) for _ in labels))
