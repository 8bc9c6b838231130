"""Putting a text on disk whole or not at all, and noticing who wrote there meanwhile."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
from io import FileIO

from compliancecheck.model.texts import Texts
from compliancecheck.reading.files import decode, read_file
from compliancecheck.reading.problems import Problem, ProblemsError, Told

_CHANGED = Texts("the file was changed by another program", "文件已被其他程序修改")


class ChangedOnDisk(Told):
    """The file is no longer the one that was read: nothing was written."""


def read_for_change(path: str) -> tuple[str, str]:
    """The text of a profile with its byte order mark and line ends, and its sha256.

    Raises :class:`ProblemsError` if it cannot be read.
    """
    data = read_file(path)
    text = decode(data, path)
    if isinstance(text, Problem):
        raise ProblemsError([text])
    return text, hashlib.sha256(data).hexdigest()


def save(path: str, new_text: str, expected_sha256: str | None) -> str:
    """Writes *new_text* as UTF-8 in place of the file that has *expected_sha256*.

    None expects that there is no file yet.  Permissions and owner stay, a symbolic link is
    followed, and a file of several names (hard links) keeps them.  Returns the sha256 of what
    was written.  Raises :class:`ChangedOnDisk` if the file is another one, and ``OSError`` if
    it may not be written or the disk is full; then the file is as it was.
    """
    target = os.path.realpath(path)
    data = new_text.encode()
    old = _expect(target, expected_sha256)
    folder = os.path.dirname(target)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            keeps = _like(file.fileno(), old)
        _expect(target, expected_sha256)  # once more, as late as can be
        if old is None:
            _create(temporary, target)
        elif keeps and old.st_nlink == 1:
            _replace(temporary, target, expected_sha256)
        else:
            _write_over(target, data)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # still there after a failure, or written over
    _sync_folder(folder)
    return hashlib.sha256(data).hexdigest()


def remove(path: str, expected_sha256: str | None) -> None:
    """Takes the file away that has *expected_sha256*.

    Raises :class:`ChangedOnDisk` if it is another one, ``OSError`` if that may not be.
    """
    _expect(path, expected_sha256)
    os.unlink(path)


def _expect(target: str, sha256: str | None) -> os.stat_result | None:
    """What is known of the old file, if it is as expected; None where there is none."""
    try:
        with open(target, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
            status = os.fstat(file.fileno())
    except FileNotFoundError:
        if sha256 is None:
            return None
        raise ChangedOnDisk(Texts("the file is gone", "文件不见了")) from None
    except IsADirectoryError:
        raise ChangedOnDisk(
            Texts("there is a directory of this name now", "现在有同名文件夹")
        ) from None
    if sha256 is None:
        raise ChangedOnDisk(Texts("there is a file of this name now", "现在有同名文件"))
    if found != sha256:
        raise ChangedOnDisk(_CHANGED)
    if not os.access(target, os.W_OK):  # replacing it would not ask for its permission
        raise PermissionError(errno.EACCES, "the file may not be written", target)
    return status


def _like(handle: int, old: os.stat_result | None) -> bool:
    """Gives a new file the owner and permissions of the old one; whether that could be done."""
    if not hasattr(os, "fchmod"):
        return True
    if old is None:
        os.fchmod(handle, 0o666 & ~_umask())
        return True
    new = os.fstat(handle)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(handle, old.st_uid, old.st_gid)
        except OSError:
            return False
    os.fchmod(handle, stat.S_IMODE(old.st_mode))
    return True


def _create(temporary: str, target: str) -> None:
    """Gives the new file its name, if no other file took it meanwhile."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise ChangedOnDisk(Texts("there is a file of this name now", "现在有同名文件")) from None
    except OSError:  # a disk without hard links
        os.replace(temporary, target)


def _replace(temporary: str, target: str, sha256: str | None) -> None:
    """Puts the new file in place of the old one, and notices who wrote into that until then."""
    try:
        with open(target, "rb") as before:
            os.replace(temporary, target)
            theirs = before.read()
    except FileNotFoundError:
        raise ChangedOnDisk(Texts("the file is gone", "文件不见了")) from None
    if hashlib.sha256(theirs).hexdigest() == sha256:
        return
    _write_over(target, theirs)
    raise ChangedOnDisk(_CHANGED)


def _write_over(target: str, data: bytes) -> None:
    """Writes into the file itself, which keeps its names and owner; the old bytes on a failure."""
    with open(target, "r+b", buffering=0) as file:
        old = file.read()
        try:
            _put(file, data)
            os.fsync(file.fileno())
        except OSError:
            _put(file, old)
            raise


def _put(file: FileIO, data: bytes) -> None:
    file.seek(0)
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
    file.truncate(len(data))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: str) -> None:
    """Makes the rename last through a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
