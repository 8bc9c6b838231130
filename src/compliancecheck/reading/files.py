"""Bytes in: files and streams are read up to a limit and decoded, or a problem says why not."""

from __future__ import annotations

import os
import re
import stat
from typing import BinaryIO

from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem, ProblemsError, file_problem
from compliancecheck.reading.system_words import NO_FILE, system_words

MAX_BYTES = 16 * 1024 * 1024


def read_file(path: str) -> bytes:
    """The bytes of a file of at most :data:`MAX_BYTES`.

    Raises :class:`ProblemsError` where there is no such file, it may not be read, it is a
    directory or too large (its size is looked at before anything is read).
    """
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            folder = Texts("this is a directory, not a file", "这是文件夹，不是文件")
            raise ProblemsError([file_problem(path, folder)])
        if status.st_size > MAX_BYTES:
            raise ProblemsError([too_large(path)])
        with open(path, "rb") as file:
            return read_stream(file, path)
    except FileNotFoundError:
        raise ProblemsError([file_problem(path, NO_FILE)]) from None
    except PermissionError:
        says = Texts("the file may not be read", "没有权限读取这个文件")
        raise ProblemsError([file_problem(path, says)]) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        why = system_words(error)
        says = Texts(f"the file cannot be read: {why.en}", f"无法读取文件：{why.zh}")
        raise ProblemsError([file_problem(path, says)]) from None


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
        utf_16 = Texts("the file is UTF-16, not UTF-8", "文件的编码是 `UTF-16`，不是 `UTF-8`")
        again = Texts("save it again as UTF-8", "请另存为 `UTF-8`")
        return file_problem(path, utf_16, again)
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
            Texts(
                f"the file is not UTF-8: byte 0x{data[error.start]:02x} "
                "stands for no character here",
                f"文件的编码不是 `UTF-8`：此处字节 `0x{data[error.start]:02x}` 不代表任何字符",
            ),
            Texts(
                "save it again as UTF-8 (it may be GB 18030 or another encoding)",
                "请另存为 `UTF-8`（现在可能是 `GB 18030` 或其他编码）",
            ),
        )


def too_large(path: str) -> Problem:
    """The problem of a file over the limit."""
    limit = MAX_BYTES // 1024 // 1024
    return file_problem(
        path,
        Texts(f"the file is larger than {limit} MiB", f"文件超过 `{limit} MiB`"),
        Texts("split it, or shorten it", "请拆分或缩短"),
    )
