"""The YAML text of a value or key: plain where it reads back the same, else in quotes."""

from __future__ import annotations

from compliancecheck.model.safe import safe_text
from compliancecheck.reading.source import Mapping, Scalar, load

_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str, *, flow: bool = False, style: str = "") -> str:
    """*text* as one scalar on one line; *style* is the preferred one (``""``, ``'`` or ``"``).

    *flow* says that it stands in brackets, where a plain text may hold less.
    """
    if style == "" and _reads_back(text, text, flow):
        return text
    if style != '"':
        single = "'" + text.replace("'", "''") + "'"
        if safe_text(text) == text and _reads_back(single, text, flow):
            return single
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    # What the gate shows as an escape is written as one; YAML has the same \u and \U.
    return safe_text(char)


def _reads_back(written: str, text: str, flow: bool) -> bool:
    if "\n" in written or "\r" in written:
        return False
    line = f"{{k: {written}, z: 1}}" if flow else f"k: {written}\nz: 1\n"
    root, problems = load(line, "")
    if problems or not isinstance(root, Mapping) or len(root.entries) != 2:
        return False
    value = root.entries[0].value
    return isinstance(value, Scalar) and value.text == text and text != ""


def quoted_key(text: str, *, flow: bool = False) -> str:
    """*text* as a key."""
    written = quoted(text, flow=flow)
    root, problems = load(f"{{{written}: 1}}" if flow else f"{written}: 1\n", "")
    if not problems and isinstance(root, Mapping) and root.entries[0].key.text == text:
        return written
    return '"' + "".join(_escaped(char) for char in text) + '"'
