"""Finds and loads packs: the shipped ones from the linked data file, others from YAML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compliancecheck.model.instruments import Rules
from compliancecheck.reading import linked

_PACKAGE = Path(__file__).resolve().parent.parent
_LINKED = _PACKAGE / "data" / "packs.json"


def shipped_rules() -> Path:
    """The directory of the shipped packs: inside the package, or of the checkout around it."""
    installed = _PACKAGE / "data" / "rules"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "rules"


def load_rules(paths: Sequence[Path] | None = None) -> Rules:
    """The packs under the directories *paths*, all together; None: the shipped packs.

    To add packs to the shipped ones, give :func:`shipped_rules` among the paths.  Raises
    ``ProblemsError`` with all problems of the packs.
    """
    if paths is None and _LINKED.is_file():
        return linked.load(_LINKED.read_bytes())
    # Forms are pydantic models: with them every start would cost a third of a second more.
    from compliancecheck.reading.pack_reader import read_packs

    shipped = shipped_rules()
    return read_packs([shipped] if paths is None else paths, shipped.parent)
