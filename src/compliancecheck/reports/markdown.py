"""Markdown from text of files: nothing in it is read as markup, a link, a mention or a command."""

from __future__ import annotations

import re
from collections.abc import Iterable

from compliancecheck.model.safe import safe_text
from compliancecheck.reports.lines import harmless

# A sign inside a word (`data_export`, `R&D`) is no markup; raw pages stay readable.
_MARKUP = re.compile(
    r"[\\`*\[\]|~<>#$@]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?:https?|ftp|mailto):|www\.", re.I
)
_PLAIN = re.compile(r"[\w.:/\[\]@-]+(?: [\w.:/\[\]@-]+)*")


def md(text: str) -> str:
    """*text* as it is shown in a line of markdown that begins with something else."""
    return harmless(_MARKUP.sub(_escaped, safe_text(text)))


def _escaped(match: re.Match[str]) -> str:
    text = match.group()
    if len(text) > 1:  # what GitHub would make a link of by itself
        return f"{text[:-1]}&#{ord(text[-1])};"
    if text == "@":  # nobody is mentioned: the name no longer follows the sign
        return "@<!-- -->"
    return f"&#{ord(text)};" if text in "&<>#$" else "\\" + text


def code(text: str) -> str:
    """*text* as code; empty for none."""
    if _PLAIN.fullmatch(text) and safe_text(text) == text:
        return f"`{text}`"
    return f"<code>{md(text)}</code>" if text else ""


def table(head: Iterable[str], rows: Iterable[Iterable[str]], numbers: int = 0) -> list[str]:
    """A table of cells that are markdown already; the last *numbers* columns stand at the right."""
    names = list(head)
    rule = ["---"] * (len(names) - numbers) + ["--:"] * numbers
    return [_row(names), _row(rule), *(_row(row) for row in rows)]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
