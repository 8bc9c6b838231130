"""Nothing is lost: a full disk, files that may not be written, are gone, or become a directory."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from compliancecheck.model.profile import FactRef
from compliancecheck.tui.outcomes import Unwritten
from compliancecheck.tui.session import Session, Wrote
from tests.reading.vocab import RULES
from tests.tui.pilots import AS_OF

CIIO = FactRef("data_export.ciio")
PEOPLE = FactRef("data_export.people")
TEXT = "dated: 2026-11-24\ndata_export:\n  exports_data: yes # c\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.yaml"
    file.write_text(TEXT)
    return file


def session(path: Path) -> Session:
    return Session.open(str(path), RULES, AS_OF)


def fails(code: int) -> Callable[..., object]:
    def call(*_: object, **__: object) -> object:
        raise OSError(code, os.strerror(code))

    return call


def said(one: Session, ref: FactRef) -> str:
    answer = one.answer_of(ref)
    assert answer is not None
    return answer.text


@pytest.mark.parametrize(
    ("call", "code", "why"),
    [
        ("os.fsync", errno.ENOSPC, Unwritten.FULL),
        ("os.replace", errno.EDQUOT, Unwritten.FULL),
        ("tempfile.mkstemp", errno.EACCES, Unwritten.DENIED),
        ("tempfile.mkstemp", errno.EROFS, Unwritten.DENIED),
        ("os.fsync", errno.EIO, Unwritten.FAILED),
    ],
)
def test_answers_that_cannot_be_written_wait_and_are_written_later(
    path: Path, call: str, code: int, why: Unwritten
) -> None:
    one = session(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call, fails(code))
        assert one.answer(CIIO, "false") is Wrote.IN_MEMORY
        assert one.answer(PEOPLE, "5") is Wrote.IN_MEMORY
        assert (one.unwritten, one.read_only, one.waiting) == (why, True, True)
        assert one.refusal
        assert not one.reload_if_changed()
    assert path.read_text() == TEXT
    assert [p.name for p in path.parent.iterdir()] == ["p.yaml"]
    assert (said(one, CIIO), said(one, PEOPLE)) == ("false", "5")
    assert one.answer(FactRef("battery.applies"), "no") is Wrote.SAVED
    assert (one.unwritten, one.read_only, one.waiting) == (None, False, False)
    assert path.read_text() == TEXT + ("  ciio: false\n  people: 5\nbattery:\n  applies: no\n")
    assert [one.undo() for _ in range(4)] == [Wrote.SAVED] * 3 + [None]
    assert path.read_text() == TEXT


def test_the_same_answer_again_does_not_pass_for_saved(path: Path) -> None:
    one = session(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", fails(errno.ENOSPC))
        assert one.answer(CIIO, "false") is Wrote.IN_MEMORY
        assert one.answer(CIIO, "false") is Wrote.IN_MEMORY
        assert (one.unwritten, one.waiting, said(one, CIIO)) == (Unwritten.FULL, True, "false")
    assert path.read_text() == TEXT
    assert one.answer(CIIO, "false") is Wrote.SAVED
    assert (one.waiting, one.data) == (False, path.read_bytes())
    assert "ciio: false" in path.read_text()
    assert one.undo() is Wrote.SAVED
    assert path.read_text() == TEXT


def test_undo_works_on_answers_that_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = session(path)
    monkeypatch.setattr("os.fsync", fails(errno.ENOSPC))
    one.answer(CIIO, "false")
    one.answer(PEOPLE, "5")
    assert one.undo() is Wrote.IN_MEMORY
    assert said(one, CIIO) == "false"
    assert one.undo() is Wrote.SAVED  # nothing is left that the file has not
    assert not one.waiting
    assert one.redo() is Wrote.IN_MEMORY
    assert path.read_text() == TEXT


def test_waiting_answers_do_not_overwrite_another_program(path: Path) -> None:
    one = session(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", fails(errno.ENOSPC))
        one.answer(CIIO, "false")
    path.write_text(TEXT + "# theirs\n")
    assert one.answer(PEOPLE, "5") is Wrote.IN_MEMORY
    assert one.unwritten is Unwritten.CHANGED
    assert path.read_text() == TEXT + "# theirs\n"
    assert one.write_as(str(path.parent / "mine.yaml")) is Wrote.SAVED
    assert (path.parent / "mine.yaml").read_text() == TEXT + "  ciio: false\n  people: 5\n"


def test_write_as_keeps_all_answers_and_goes_on_with_the_new_file(path: Path) -> None:
    one, new = session(path), path.parent / "new.yaml"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.replace", fails(errno.EACCES))
        one.answer(CIIO, "false")
    assert one.write_as(str(new)) is Wrote.SAVED
    assert (one.path, one.read_only, one.waiting) == (str(new), False, False)
    assert new.read_text() == TEXT + "  ciio: false\n"
    assert path.read_text() == TEXT
    assert one.answer(PEOPLE, "5") is Wrote.SAVED
    assert "people: 5\n" in new.read_text()
    assert [one.undo() for _ in range(3)] == [Wrote.SAVED, Wrote.SAVED, None]
    assert new.read_text() == TEXT


@pytest.mark.parametrize("kind", ["file", "link", "directory", "no folder", "nul"])
def test_write_as_overwrites_nothing(path: Path, kind: str) -> None:
    one, other = session(path), path.parent / "other.yaml"
    if kind == "file":
        other.write_text("theirs\n")
    elif kind == "link":
        other.symlink_to(path.parent / "nowhere.yaml")
    elif kind == "directory":
        other.mkdir()
    elif kind == "no folder":
        other = path.parent / "none" / "other.yaml"
    name = "a\0b" if kind == "nul" else str(other)
    before = sorted(path.parent.rglob("*"))
    assert one.write_as(name) is Wrote.REFUSED
    assert one.refusal
    assert one.path == str(path)
    assert sorted(path.parent.rglob("*")) == before
    assert kind != "file" or other.read_text() == "theirs\n"


def test_a_file_that_became_a_directory_keeps_the_answers_in_reach(path: Path) -> None:
    one, new = session(path), path.parent / "new.yaml"
    one.answer(CIIO, "false")
    path.unlink()
    path.mkdir()
    assert one.reload_if_changed()
    assert one.broken
    assert one.answer(PEOPLE, "5") is Wrote.REFUSED
    assert "directory" in one.refusal
    assert one.undo() is Wrote.REFUSED
    assert one.write_as(str(new)) is Wrote.SAVED
    assert new.read_text() == TEXT + "  ciio: false\n"
    assert not one.broken


def test_a_file_that_is_gone_begins_anew_and_says_so(path: Path) -> None:
    one = session(path)
    path.unlink()
    assert one.answer(CIIO, "false") is Wrote.MERGED
    assert path.read_text() == "dated: 2026-11-24\ndata_export:\n  ciio: false\n"
    assert [one.undo(), one.undo()] == [Wrote.SAVED, Wrote.SAVED]
    assert path.read_text() == TEXT


def test_a_link_is_followed_and_permissions_stay(path: Path) -> None:
    path.chmod(0o640)
    link = path.parent / "link.yaml"
    link.symlink_to(path)
    one = session(link)
    assert one.answer(CIIO, "false") is Wrote.SAVED
    assert path.read_text() == TEXT + "  ciio: false\n"
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640


def test_both_lines_of_a_conflict_are_shown_with_their_numbers(path: Path) -> None:
    one = session(path)
    path.write_text("# a\n" + TEXT + "  ciio: yes   # theirs\n")
    assert one.answer(CIIO, "no") is Wrote.CLASH
    lines = one.compare_clash()
    assert lines is not None
    assert [(line.number, line.text) for line in lines] == [
        (5, "ciio: no   # theirs"),
        (5, "ciio: yes   # theirs"),
    ]
    assert one.take_mine() is Wrote.SAVED
    assert path.read_text().endswith("  ciio: no   # theirs\n")
