"""Where the keys and values of a TOML text stand: the parser of the standard library tells none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.S
)

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Offsets of one entry in its text: of its key, and of its value (both ends excluded)."""

    key: int
    key_end: int
    value: int
    value_end: int


@dataclass(slots=True)
class Places:
    """The entries of a text by their full names, and the ends of the lines that open tables.

    ``inline`` are the entries inside values, as of ``ui = {theme = "dark"}``.
    """

    text: str
    entries: dict[Path, Spot] = field(default_factory=dict)
    inline: dict[Path, Spot] = field(default_factory=dict)
    tables: dict[Path, int] = field(default_factory=dict)
    first_table: int | None = None

    def spot(self, path: Path) -> Spot | None:
        """The entry of a name; where that cannot be told, the one that it is in."""
        for n in range(len(path), 0, -1):
            spot = self.entries.get(path[:n]) or self.inline.get(path[:n])
            if spot is not None:
                return spot
        return None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, offset) + 1, offset - start + 1

    def element(self, spot: Spot, value: str) -> tuple[int, int]:
        """The offsets of one text inside a list, with its quotes; else those of the whole."""
        value_text = self.text[spot.value : spot.value_end]
        for match in _STRINGS.finditer(value_text):
            if match.group()[1:-1] == value or match.group() == json.dumps(value):
                return spot.value + match.start(), spot.value + match.end()
        return spot.value, spot.value_end


def places_of(text: str) -> Places:
    """The places in *text*, which the parser has already found to be TOML."""
    found = Places(text)
    table: Path = ()
    at = 1 if text.startswith("\ufeff") else 0
    while (at := _after(_BETWEEN, text, at)) < len(text):
        if text[at] == "[":
            if found.first_table is None:
                found.first_table = at
            brackets = 2 if text.startswith("[[", at) else 1
            table, at = _key(text, at + brackets)
            at = _line_end(text, at)
            found.tables.setdefault(table, at)
            continue
        name, end = _key(text, at)
        value = _after(_BLANK, text, text.find("=", end) + 1)
        value_end = _value_end(text, value)
        found.entries.setdefault(table + name, Spot(at, end, value, value_end))
        _look_into(found, table + name, value, value_end)
        at = max(_line_end(text, value_end), at + 1)
    return found


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _key(text: str, at: int) -> tuple[Path, int]:
    """A key, perhaps dotted, and the offset behind it."""
    parts: list[str] = []
    end = at
    while True:
        at = _after(_BLANK, text, at)
        match = _BARE.match(text, at) or _STRINGS.match(text, at)
        if match is None:
            return tuple(parts), max(end, at)
        parts.append(_unquoted(match.group()))
        end = match.end()
        at = _after(_BLANK, text, end)
        if not text.startswith(".", at):
            return tuple(parts), end
        at += 1


def _unquoted(text: str) -> str:
    if text[0] == "'":
        return text[1:-1]
    if text[0] == '"':
        try:
            return str(json.loads(text))
        except ValueError:  # an escape that JSON has not
            return text[1:-1]
    return text


def _look_into(found: Places, path: Path, at: int, end: int) -> None:
    """The entries of the inline table whose text begins at *at*; of another value there are none.

    Each opening brace is looked at once: how deep they nest costs no stack.
    """
    todo = [(path, at, end)]
    while todo:
        above, at, end = todo.pop()
        if not found.text.startswith("{", at):
            continue
        at = _after(_BETWEEN, found.text, at + 1)
        while at < end and found.text[at] != "}":
            name, key_end = _key(found.text, at)
            value = _after(_BETWEEN, found.text, found.text.find("=", key_end) + 1)
            value_end = _value_end(found.text, value, inside=True)
            found.inline.setdefault(above + name, Spot(at, key_end, value, value_end))
            todo.append((above + name, value, value_end))
            at = _after(_BETWEEN, found.text, max(value_end, at + 1))
            if found.text.startswith(",", at):
                at = _after(_BETWEEN, found.text, at + 1)


def _value_end(text: str, at: int, *, inside: bool = False) -> int:
    """Behind the last character of the value that starts at *at*, also *inside* a table."""
    depth, end = 0, at
    for token, stop in _tokens(text, at):
        if depth == 0 and token in ((",", "}", "#") if inside else ("\n", "#")):
            break
        if token in ("[", "{"):
            depth += 1
        elif token in ("]", "}"):
            depth -= 1
        if not token.isspace() and token != "#":
            end = stop
    return end


def _tokens(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Strings as a whole, comments as ``#``, and every other character for itself."""
    while at < len(text):
        match = _STRINGS.match(text, at)
        if match is not None:
            at = match.end()
            yield "string", at
        elif text[at] == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
            yield "#", at
        else:
            at += 1
            yield text[at - 1], at
