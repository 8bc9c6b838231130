"""Bytes in: files and streams are read up to a limit and decoded, or a problem says why not."""

from __future__ import annotations

import os
import re
import stat
from typing import BinaryIO

from compliancecheck.reading.problems import Problem, ProblemsError, file_problem

MAX_BYTES = 16 * 1024 * 1024


def read_file(path: str) -> bytes:
    """The bytes of a file of at most :data:`MAX_BYTES`.

    Raises :class:`ProblemsError` where there is no such file, it may not be read, it is a
    directory or too large (its size is looked at before anything is read).
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise ProblemsError([file_problem(path, "this is a directory, not a file")])
        if status.st_size > MAX_BYTES:
            raise ProblemsError([too_large(path)])
        with open(path, "rb") as file:
            return read_stream(file, path)
    except FileNotFoundError:
        raise ProblemsError([file_problem(path, "there is no such file")]) from None
    except PermissionError:
        raise ProblemsError([file_problem(path, "the file may not be read")]) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        why = getattr(error, "strerror", None) or error
        raise ProblemsError([file_problem(path, f"the file cannot be read: {why}")]) from None


def stamp_of(path: str) -> tuple[int, int, int] | None:
    """What changes when a file is written: time, size and number; None if there is none."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def read_stream(stream: BinaryIO, path: str) -> bytes:
    """What a stream holds (standard input, a pipe), at most :data:`MAX_BYTES` of it.

    *path* names it in problems.  Raises :class:`ProblemsError` if there is more.
    """
    parts: list[bytes] = []
    size = 0
    while size <= MAX_BYTES:
        part = stream.read(1024 * 1024)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    raise ProblemsError([too_large(path)])


def decode(data: bytes, path: str) -> str | Problem:
    """The text of a file's bytes (a byte order mark stays), or why it is not UTF-8."""
    if len(data) > MAX_BYTES:
        return too_large(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return file_problem(path, "the file is UTF-16, not UTF-8", "save it again as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode().removeprefix("\ufeff")
        lines = re.split("\r\n|\r|\n", good)
        column = len(lines[-1]) + 1
        return Problem(
            path,
            len(lines),
            column,
            column + 1,
            f"the file is not UTF-8: byte 0x{data[error.start]:02x} stands for no character here",
            "save it again as UTF-8 (it may be GB 18030 or another encoding)",
        )


def too_large(path: str) -> Problem:
    """The problem of a file over the limit."""
    limit = MAX_BYTES // 1024 // 1024
    return file_problem(path, f"the file is larger than {limit} MiB", "split it, or shorten it")
