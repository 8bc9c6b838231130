"""The last gate of printed text: no line from data may command a build log; colours."""

from __future__ import annotations

import json
import re

from compliancecheck.model.safe import safe_text

_COMMAND_LINE = re.compile(r"^(\s*):(?=:)", re.M)
_COMMAND_WORDS = re.compile(r"##(?=\[|vso\[|teamcity\[)", re.I)


def harmless(text: str) -> str:
    """*text* in which no line is a command of a build log: broken with a backslash.

    GitHub, Azure and TeamCity read ``::error::``, ``##[error]``, ``##vso[…]`` and
    ``##teamcity[…]`` out of the lines that a job prints.
    """
    text = _COMMAND_LINE.sub(r"\1\\:", text)
    return _COMMAND_WORDS.sub(r"#\\#", text)


def painted(text: str, code: str, color: bool) -> str:
    """*text* with an ANSI colour code around it, if colours are wanted."""
    return f"\x1b[{code}m{text}\x1b[0m" if color and code and text else text


def json_text(data: object) -> str:
    """Sorted, indented JSON in which strange characters and log commands are escaped.

    The values stay what they are: only their spelling changes.
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2)
    text = "".join(_escaped(char) for char in text) if safe_text(text) != text else text
    return _COMMAND_WORDS.sub(r"#\\u0023", text)


def _escaped(char: str) -> str:
    if char == "\n" or safe_text(char) == char:
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))
