"""The user's editor, opened at a line of a file."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess

from compliancecheck.model.texts import Texts
from compliancecheck.reading.system_words import system_words

_PLUS_LINE = frozenset(
    {"vi", "vim", "nvim", "gvim", "view", "ex", "emacs", "emacsclient", "nano", "pico", "joe",
     "jed", "micro", "kak", "mg", "ne", "less"}
)  # fmt: skip
_COLON_LINE = frozenset({"hx", "helix", "subl", "zed"})
_GOTO_LINE = frozenset({"code", "codium", "cursor"})
_USUAL = ("nano", "vim", "vi", "emacs")


class NoEditor(Exception):
    """No editor is set and none of the usual ones is there."""


def command(path: str, line: int, column: int = 1) -> list[str]:
    """The command that opens *path* at *line*; raises :class:`NoEditor`.

    ``$VISUAL`` wins over ``$EDITOR``. An editor of which we do not know how it is told a line
    opens the file alone.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    words = shlex.split(wanted) if wanted.strip() else []
    if not words:
        usual = next((name for name in _USUAL if shutil.which(name)), None)
        if usual is None:
            raise NoEditor
        words = [usual]
    name = os.path.basename(words[0]).removesuffix(".exe")
    target = os.path.abspath(path)  # a name with a leading dash is no option then
    if name in _PLUS_LINE:
        return [*words, f"+{line}", target]
    if name in _COLON_LINE:
        return [*words, f"{target}:{line}:{column}"]
    if name in _GOTO_LINE:
        wait = [] if "--wait" in words or "-w" in words else ["--wait"]
        return [*words, *wait, "--goto", f"{target}:{line}:{column}"]
    return [*words, target]


def run(words: list[str]) -> Texts | None:
    """Run an editor until it is closed; why it could not be started, else None."""
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        return system_words(error)
    return None
