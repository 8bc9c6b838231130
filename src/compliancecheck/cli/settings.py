"""Settings files: not built yet, so one that is found is refused by name, never ignored."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from compliancecheck.cli import output
from compliancecheck.cli.errors import Stop

NAME = "compliancecheck.toml"
_TABLE = re.compile(
    r"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?compliancecheck[\"']?[ \t]*[\].]", re.M
)
_MOST = 1024 * 1024  # bytes of a pyproject.toml in which the table is looked for


def refuse() -> None:
    """End the command if a settings file stands here or above, up to the repository's root."""
    for path, line in _found(os.getcwd()):
        output.complain(
            f"error: {path}:{line}:1: settings files are not built yet",
            "give the options on the command line, and take the settings out",
        )
        raise Stop


def _found(folder: str) -> Iterator[tuple[str, int]]:
    while True:
        own = os.path.join(folder, NAME)
        if os.path.isfile(own):
            yield own, 1
        project = os.path.join(folder, "pyproject.toml")
        line = _table_line(project)
        if line:
            yield project, line
        parent = os.path.dirname(folder)
        if os.path.exists(os.path.join(folder, ".git")) or parent == folder:
            return
        folder = parent


def _table_line(path: str) -> int:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(_MOST)
    except OSError:
        return 0
    match = _TABLE.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0
