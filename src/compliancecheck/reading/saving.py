"""Putting a text on disk whole or not at all, and noticing who wrote there meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile

from compliancecheck.reading.files import decode, read_file
from compliancecheck.reading.problems import Problem, ProblemsError


class ChangedOnDisk(Exception):
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

    None expects that there is no file yet. Permissions stay and a symbolic link is followed.
    Returns the sha256 of what was written. Raises :class:`ChangedOnDisk` if the file is
    another one, and ``OSError`` if it may not be written; then nothing has changed.
    """
    target = os.path.realpath(path)
    data = new_text.encode()
    mode = _expect(target, expected_sha256)
    folder = os.path.dirname(target)
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
        _expect(target, expected_sha256)  # once more, as late as can be
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)
    return hashlib.sha256(data).hexdigest()


def _expect(target: str, sha256: str | None) -> int:
    """The permissions that the new file shall have, if the old one is as expected."""
    try:
        with open(target, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
    except FileNotFoundError:
        if sha256 is None:
            return 0o666 & ~_umask()
        raise ChangedOnDisk("the file is gone") from None
    if sha256 is None:
        raise ChangedOnDisk("there is a file of this name now")
    if found != sha256:
        raise ChangedOnDisk("the file was changed by another program")
    if not os.access(target, os.W_OK):  # replacing it would not ask for its permission
        raise PermissionError(13, "the file may not be written", target)
    return mode


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
