"""Undo and redo, to the very start and past edits of other programs, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from compliancecheck.model.profile import Evidence, FactRef
from compliancecheck.tui.session import Session, Wrote
from tests.reading.any_profile import any_profile, values_of
from tests.reading.vocab import RULES as GATED
from tests.tui.pilots import AS_OF

# Without gates no answer contradicts another one.
RULES = replace(GATED, facts={k: replace(f, gate=None) for k, f in GATED.facts.items()})
CIIO = FactRef("data_export.ciio")
PEOPLE = FactRef("data_export.people")
TRANSFERS = "data_export.transfers"
TEXT = (
    "common:\n  company_name: V # c\ndata_export:\n  ciio: false\n"
    "  transfers:\n    - name: a\n      note: n # of a\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.yaml"
    file.write_text(TEXT)
    return file


def session(path: Path) -> Session:
    return Session.open(str(path), RULES, AS_OF)


def answered(one: Session, rng: Random, count: int) -> list[bytes | None]:
    """Makes answers that are accepted; what the file held before each and after the last."""
    facts = [fact for fact in RULES.facts.values() if fact.list is None and fact.item is None]
    held = [one.data]
    for _ in range(10 * count):
        fact = rng.choice(facts)
        one.answer(FactRef(fact.name), rng.choice(values_of(fact)))
        if one.data != held[-1]:
            held.append(one.data)
        if len(held) > count:
            return held
    raise AssertionError("hardly any answer is accepted")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_hundred_answers_are_undone_to_the_start_and_made_again(
    tmp_path: Path, seed: int
) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(any_profile(seed).encode())
    one = session(path)
    held = answered(one, Random(seed), 100)
    for before in reversed(held[:-1]):
        assert one.undo() is Wrote.SAVED
        assert path.read_bytes() == before
    assert one.undo() is None
    for after in held[1:]:
        assert one.redo() is Wrote.SAVED
        assert path.read_bytes() == after
    assert one.redo() is None


def test_a_profile_that_did_not_exist_is_gone_again_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    one = session(path)
    answered(one, Random(5), 12)
    undone = [one.undo() for _ in range(13)]
    assert undone == [Wrote.SAVED] * 12 + [None]
    assert not path.exists()
    assert not one.gone


def test_copy_rename_and_evidence_are_one_step_each(path: Path) -> None:
    one = session(path)
    held = [one.data]
    note = FactRef("transfer.note", "a")
    changes: list[Callable[[], Wrote]] = [
        lambda: one.set_evidence(note, Evidence("letter", "legal", AS_OF)),
        lambda: one.copy_item(TRANSFERS, "a", "b"),
        lambda: one.rename_item(TRANSFERS, "a", "first"),
        lambda: one.remove_item(TRANSFERS, "first"),
    ]
    for change in changes:
        assert change() is Wrote.SAVED
        held.append(one.data)
    assert b"  - name: b\n      note: n # of a\n" in (one.data or b"")
    assert b"data_export.transfers[first].note: {source: letter" in (held[3] or b"")
    assert b"letter" not in (held[4] or b"")
    for before in reversed(held[:-1]):
        assert one.undo() is Wrote.SAVED
        assert path.read_bytes() == before


def test_an_edit_outside_stays_when_what_was_before_it_is_undone(path: Path) -> None:
    one = session(path)
    one.answer(CIIO, "true")
    one.answer(PEOPLE, "5")
    path.write_text(path.read_text().replace("V # c", "W # d") + "# end\n")
    assert one.undo() is Wrote.MERGED
    assert (
        path.read_text()
        == TEXT.replace("V # c", "W # d").replace("ciio: false", "ciio: true") + "# end\n"
    )
    assert one.undo() is Wrote.MERGED
    assert path.read_text() == TEXT.replace("V # c", "W # d") + "# end\n"
    assert one.undo() is None
    assert one.redo() is Wrote.SAVED
    assert one.redo() is Wrote.SAVED
    assert "ciio: true\n  people: 5\n" in path.read_text()
    assert "W # d" in path.read_text()
    assert one.redo() is None


def test_what_was_changed_outside_too_is_not_undone(path: Path) -> None:
    one = session(path)
    one.answer(PEOPLE, "5")
    one.answer(CIIO, "true")
    edited = path.read_text().replace("ciio: true", "ciio: unknown")
    path.write_text(edited)
    for _ in range(2):
        assert one.undo() is Wrote.CLASH
        assert "same answer" in one.refusal
    assert path.read_text() == edited
    path.write_text(edited.replace("ciio: unknown", "ciio: true"))  # taken back there
    assert one.undo() is Wrote.SAVED
    assert one.undo() is Wrote.SAVED
    assert path.read_text() == TEXT


def test_answers_after_an_edit_outside_are_undone_first(path: Path) -> None:
    one = session(path)
    one.answer(CIIO, "true")
    path.write_text(path.read_text().replace("V # c", "W"))
    assert one.answer(PEOPLE, "5") is Wrote.MERGED
    assert one.undo() is Wrote.SAVED
    assert "ciio: true" in path.read_text()
    assert one.undo() is Wrote.MERGED
    assert path.read_text() == TEXT.replace("V # c", "W")
    assert (one.redo(), one.redo(), one.redo()) == (Wrote.SAVED, Wrote.SAVED, None)
    assert "ciio: true\n  people: 5" in path.read_text()


def test_nothing_is_undone_in_a_file_that_was_broken_outside(path: Path) -> None:
    one = session(path)
    one.answer(CIIO, "true")
    good = path.read_text()
    for broken in (good + "- x\n", good + "\x00", "\ufffd"):
        path.write_text(broken)
        assert one.undo() is Wrote.CLASH
        assert path.read_text() == broken
    path.write_bytes(b"\xff")
    assert one.undo() is Wrote.CLASH
    path.write_text(good)
    assert one.undo() is Wrote.SAVED
    assert path.read_text() == TEXT


def test_undo_brings_a_file_back_that_was_taken_away(path: Path) -> None:
    one = session(path)
    one.answer(CIIO, "true")
    held = path.read_bytes()
    path.unlink()
    assert one.reload_if_changed()
    assert one.undo() is Wrote.SAVED
    assert path.read_bytes() == held
    assert not one.gone
    assert one.redo() is None
    assert one.undo() is Wrote.SAVED
    assert path.read_text() == TEXT


def test_a_file_that_comes_back_by_itself_keeps_its_undo(path: Path) -> None:
    one = session(path)
    one.answer(CIIO, "true")
    text = path.read_text()
    path.unlink()
    one.reload_if_changed()
    path.write_text(text + "# note\n")
    one.reload_if_changed()
    assert one.undo() is Wrote.MERGED
    assert path.read_text() == TEXT + "# note\n"


@pytest.mark.parametrize("seed", range(6))
def test_any_course_of_edits_here_and_outside_loses_none_outside(tmp_path: Path, seed: int) -> None:
    """Whatever is answered, undone and made again, lines of another program stay in the file."""
    path, rng = tmp_path / "p.yaml", Random(seed)
    path.write_text(TEXT)
    one = session(path)
    notes: list[str] = []
    for number in range(60):
        act = rng.choice(("answer", "answer", "undo", "undo", "redo", "outside"))
        if act == "outside":
            lines = path.read_text().splitlines(keepends=True)
            notes.append(f"# note {number}\n")
            lines.insert(rng.randint(0, len(lines)), notes[-1])
            path.write_text("".join(lines))
        elif act == "answer":
            answered(one, rng, 1)
        elif act == "undo":
            one.undo()
        else:
            one.redo()
        written = path.read_text().splitlines(keepends=True)
        assert [note for note in notes if note not in written] == []
        assert not one.broken
