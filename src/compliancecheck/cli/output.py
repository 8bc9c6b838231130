"""Where printed text goes: standard output, files written whole, and words to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import NoReturn

from compliancecheck.cli.errors import WRONG_INPUT, Stop
from compliancecheck.model.texts import Texts

_spoken = "en"
"""The language of standard error: what ends a command is said where its options are not known."""


def speak_in(lang: str) -> None:
    """What is said to standard error from here on is said in this language."""
    global _spoken
    _spoken = lang


def spoken() -> str:
    """The language of standard error."""
    return _spoken


def prepare() -> None:
    """Make both streams take any text: what an encoding lacks is written as an escape.

    A stream that was closed (``<&-``) is an empty one, or takes what is said to nowhere.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def flush() -> None:
    """Write out what is still buffered, so that a reader that has gone is noticed here."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        reader_has_gone()
    except OSError as error:
        not_printed(error)


def reader_has_gone() -> None:
    """The other end of a pipe was closed, as `head` does: no error, nothing more to show.

    The command goes on to its end, so that its exit code is the true one.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def not_printed(error: OSError) -> NoReturn:
    """Standard output takes nothing more, as on a full disk: said, and the end of the command."""
    reader_has_gone()  # nor is what is still buffered written at the end
    from compliancecheck.reading.system_words import system_words

    why = system_words(error)
    complain_of(
        Texts(f"standard output cannot be written: {why.en}", f"无法写入标准输出：{why.zh}")
    )
    raise Stop(WRONG_INPUT) from None


def complain_of(says: Texts, advice: Texts | None = None) -> None:
    """An error, as :func:`complain` says it."""
    complain(Texts(f"error: {says.en}", f"错误：{says.get('zh')}"), advice)


def complain(says: Texts, advice: Texts | None = None) -> None:
    """A line to standard error, with what to do about it below."""
    from compliancecheck.model.safe import safe_text
    from compliancecheck.reports.lines import harmless

    lines = [safe_text(says.get(_spoken))]
    if advice is not None:
        lines.append(f"  = {safe_text(advice.get(_spoken))}")
    _to_stderr(harmless("\n".join(lines)) + "\n")


def speak(text: str) -> None:
    """Text (already safe) to standard error."""
    from compliancecheck.reports.lines import harmless

    if text:
        _to_stderr(harmless(text.rstrip("\n")) + "\n")


def say(text: str) -> None:
    """A report, or a part of one, to standard output."""
    if text:
        try:
            sys.stdout.write(text)
        except BrokenPipeError:
            reader_has_gone()
        except OSError as error:
            not_printed(error)


def write_whole(path: str, parts: Iterable[str]) -> None:
    """Write a report file whole or not at all: beside it first, then renamed into place."""
    import tempfile

    folder = os.path.dirname(path) or "."
    scratch = ""
    try:
        handle, scratch = tempfile.mkstemp(prefix=".compliancecheck-", dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for part in parts:
                file.write(part.encode("utf-8", "backslashreplace").decode("utf-8"))
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(scratch, 0o666 & ~mask)
        os.replace(scratch, path)
    except OSError as error:
        if scratch and os.path.exists(scratch):
            os.unlink(scratch)
        from compliancecheck.reading.system_words import system_words

        why = system_words(error)
        complain_of(
            Texts(f"{path}: the report was not written: {why.en}", f"{path}：报告未写入：{why.zh}")
        )
        raise Stop(WRONG_INPUT) from None


def _to_stderr(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
