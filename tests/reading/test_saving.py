"""The file on disk: written whole or not at all, whoever else writes, and on a full disk."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from compliancecheck.reading.writing import ChangedOnDisk, save

OLD, NEW = b"common:\r\n", "common:\r\n  company_name: Volta\r\n"
root_may_do_all = pytest.mark.skipif(os.geteuid() == 0, reason="root may write any file")


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.yaml"
    file.write_bytes(OLD)
    return file


def only(path: Path) -> bool:
    """Whether nothing else stands in the folder: no half-written file stays behind."""
    return [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("call", ["fsync", "replace", "fchmod"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_full_disk_leaves_the_file_as_it_was(
    path: Path, call: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(OSError, match=os.strerror(code)):
        save(str(path), NEW, sha(OLD))
    assert path.read_bytes() == OLD
    assert only(path)


@pytest.mark.parametrize("call", ["fsync", "link", "fchmod"])
def test_a_full_disk_leaves_no_new_file(
    tmp_path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, call, refuse)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="no space"):
        save(str(tmp_path / "new.yaml"), NEW, None)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_hard_links_takes_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "new.yaml"
    assert save(str(path), NEW, None) == sha(path.read_bytes())
    assert only(path)


def before(call: str, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program does something right before the first call of one of ``os``."""
    real = getattr(os, call)

    def late(*args: str) -> object:
        monkeypatch.setattr(os, call, real)
        act()
        return real(*args)

    monkeypatch.setattr(os, call, late)


def test_what_another_program_writes_at_the_last_moment_is_not_lost(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before("replace", lambda: path.write_bytes(b"theirs: longer than all that was there\n"),
           monkeypatch)  # fmt: skip
    with pytest.raises(ChangedOnDisk):
        save(str(path), NEW, sha(OLD))
    assert path.read_bytes() == b"theirs: longer than all that was there\n"
    assert only(path)


def test_a_new_file_of_another_program_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.yaml"
    before("link", lambda: path.write_bytes(b"theirs\n"), monkeypatch)
    with pytest.raises(ChangedOnDisk):
        save(str(path), NEW, None)
    assert path.read_bytes() == b"theirs\n"
    assert only(path)


def test_a_file_that_is_gone_or_a_directory_is_told(path: Path) -> None:
    path.unlink()
    with pytest.raises(ChangedOnDisk, match="gone"):
        save(str(path), NEW, sha(OLD))
    path.mkdir()
    for expected in (sha(OLD), None):
        with pytest.raises(ChangedOnDisk, match="a directory"):
            save(str(path), NEW, expected)


def test_a_file_of_two_names_keeps_both(path: Path) -> None:
    other = path.parent / "other.yaml"
    os.link(path, other)
    for text, old in ((NEW, OLD), ("a: 1\n", NEW.encode())):
        save(str(path), text, sha(old))
        assert path.read_bytes() == other.read_bytes() == text.encode()
    assert path.stat().st_ino == other.stat().st_ino


def test_a_file_of_two_names_is_whole_on_a_full_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.link(path, path.parent / "other.yaml")
    calls: list[int] = []
    real = os.fsync

    def second(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "no space")
        real(handle)

    monkeypatch.setattr(os, "fsync", second)
    with pytest.raises(OSError, match="no space"):
        save(str(path), NEW, sha(OLD))
    assert path.read_bytes() == OLD
    assert sorted(p.name for p in path.parent.iterdir()) == ["other.yaml", "p.yaml"]


def test_permissions_stay_and_links_are_followed(tmp_path: Path) -> None:
    real, link, chain = tmp_path / "real.yaml", tmp_path / "link.yaml", tmp_path / "chain.yaml"
    real.write_bytes(OLD)
    real.chmod(0o640)
    link.symlink_to(real.name)
    chain.symlink_to(link)
    save(str(chain), NEW, sha(OLD))
    assert real.read_bytes() == NEW.encode()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert chain.is_symlink()


def test_an_owner_that_cannot_be_given_keeps_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliancecheck.reading.saving._like", lambda *_: False)
    number = path.stat().st_ino
    save(str(path), NEW, sha(OLD))
    assert path.read_bytes() == NEW.encode()
    assert path.stat().st_ino == number


@root_may_do_all
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_may_not_be_written_is_not(path: Path, what: str) -> None:
    place = path if what == "file" else path.parent
    mode = place.stat().st_mode
    place.chmod(mode & ~0o222)
    with pytest.raises(PermissionError):
        save(str(path), NEW, sha(OLD))
    place.chmod(mode)
    assert path.read_bytes() == OLD
    assert only(path)
