"""The lines of a pack file that hold one entry of it, a rule or an instrument, as they stand."""

from __future__ import annotations

from pathlib import Path

from compliancecheck.model.texts import Place
from compliancecheck.reading.files import decode, read_file
from compliancecheck.reading.packs import shipped_rules
from compliancecheck.reading.problems import Problem, ProblemsError


def entry_yaml(place: Place | None, *, shipped: bool = True) -> str | None:
    """The lines of the entry at a place; None if the file cannot be read, or is another one."""
    path = file_of(place, shipped=shipped)
    if place is None or path is None:
        return None
    try:
        text = decode(read_file(str(path)), str(path))
    except ProblemsError:
        return None
    return None if isinstance(text, Problem) else entry_at(text.splitlines(), place.line)


def file_of(place: Place | None, *, shipped: bool = True) -> Path | None:
    """The file of a place; places of the *shipped* packs are told from the folder above them."""
    if place is None:
        return None
    own, given = shipped_rules().parent / place.path, Path(place.path)
    for path in (own, given) if shipped else (given, own):
        if path.is_file():
            return path
    return None


def entry_at(lines: list[str], number: int) -> str | None:
    """The list entry whose first line is *number* (from 1), without its indentation.

    It ends before the next line that does not stand deeper; None if no entry begins there.
    """
    if not 0 < number <= len(lines):
        return None
    first = lines[number - 1]
    indent = len(first) - len(first.lstrip(" "))
    if not first.lstrip(" ").startswith("- "):
        return None
    end = number
    while end < len(lines) and (not lines[end].strip() or _deep(lines[end]) > indent):
        end += 1
    kept = lines[number - 1 : end]
    while not kept[-1].strip():
        kept.pop()
    return "\n".join(line[indent:] for line in kept) + "\n"


def _deep(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
