"""Writes the data file of the shipped packs that the wheel carries."""

from __future__ import annotations

from pathlib import Path

from compliancecheck.reading.linked import dump
from compliancecheck.reading.pack_reader import read_packs


def write_linked(rules_dir: Path, out: Path) -> None:
    """Writes the linked form of all packs under *rules_dir* to *out*.

    The same packs give the same bytes, wherever the directory lies: places name files as
    ``rules/cn/data-export/facts.yaml``.  Raises ``ProblemsError`` with what is wrong in them.
    """
    rules_dir = rules_dir.resolve()
    out.write_bytes(dump(read_packs([rules_dir], rules_dir.parent)))
