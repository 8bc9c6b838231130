"""Build hook: puts the law, the example profiles and the linked packs into the wheel.

The packs are linked here, once, so that an installed `check` starts without pydantic
(docs/decisions/0001-wheel-content.md).
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = "compliancecheck/data"


class LinkedPacks(BuildHookInterface[Any]):
    """Adds `compliancecheck/data/` to a standard wheel and nothing to an editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Links the packs into a temporary file and names what goes into the wheel."""
        if version == "editable":
            return  # the checkout's own rules/ and profiles/ are read
        root = Path(self.root)
        self._scratch = Path(tempfile.mkdtemp(prefix="compliancecheck-build-"))
        linked = self._scratch / "packs.json"
        _write_linked(root, linked)
        build_data["force_include"].update(
            {
                str(root / "rules"): f"{DATA}/rules",
                str(root / "profiles"): f"{DATA}/profiles",
                str(linked): f"{DATA}/packs.json",
            }
        )

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes the temporary file."""
        if version != "editable":
            shutil.rmtree(self._scratch, ignore_errors=True)


def _write_linked(root: Path, out: Path) -> None:
    """Links with the code that is being built, not with an installed version of it."""
    source = str(root / "src")
    sys.path.insert(0, source)
    try:
        from compliancecheck.authoring.link import write_linked

        write_linked(root / "rules", out)
    finally:
        sys.path.remove(source)
