"""The shape of the source: what starts fast, what is pure, how big a module may be.

import-linter holds the direction of imports (pyproject.toml); here stands what it cannot see.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "compliancecheck"
MODULES = sorted(SOURCE.rglob("*.py"))
MODULE_IDS = [path.relative_to(SOURCE).as_posix() for path in MODULES]
EXAMPLES = sorted(path.name for path in (ROOT / "profiles").glob("*.yaml"))

# `check` runs on every commit of a user: each of these would cost it more than all of its work.
SLOW = {"textual", "pydantic", "jsonschema", "jinja2", "pandas", "polars"}
MAX_LINES = 450

# Runs the console script's function and leaves the names of all imported modules in a file.
TRACER = """
import json, sys
from compliancecheck.cli.main import run
import compliancecheck
listing, sys.argv = sys.argv[1], ["compliancecheck", *sys.argv[2:]]
code = None
try:
    code = run()
except SystemExit as stop:
    code = stop.code
with open(listing, "w") as out:
    json.dump({"code": code, "file": compliancecheck.__file__, "modules": list(sys.modules)}, out)
"""


def imported_by(wheel: Path, scratch: Path, *arguments: str) -> set[str]:
    """Top-level modules that the installed command imports; fails if it was not the wheel's."""
    listing = scratch / "modules.json"
    done = subprocess.run(
        [sys.executable, "-c", TRACER, str(listing), *arguments],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": str(wheel), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert listing.exists(), done.stderr
    seen = json.loads(listing.read_text())
    assert Path(seen["file"]).is_relative_to(wheel), "measured another installation"
    assert seen["code"] in (0, None), done.stderr
    return {name.partition(".")[0] for name in seen["modules"]}


@pytest.mark.parametrize("example", EXAMPLES)
def test_check_imports_nothing_slow(wheel: Path, tmp_path: Path, example: str) -> None:
    profile = ROOT / "profiles" / example
    modules = imported_by(wheel, tmp_path, "check", "--fail-on", "never", str(profile))
    assert "yaml" in modules  # it did read the profile
    assert sorted(modules & SLOW) == []


def test_help_reads_no_yaml(wheel: Path, tmp_path: Path) -> None:
    assert sorted(imported_by(wheel, tmp_path, "--help") & {*SLOW, "yaml"}) == []


def test_plain_mode_starts_without_what_draws(wheel: Path, tmp_path: Path) -> None:
    modules = imported_by(wheel, tmp_path, "ui", "new.yaml", "--plain")
    assert "yaml" in modules  # it did ask
    assert sorted(modules & SLOW) == []


def test_the_wheel_carries_law_examples_and_linked_packs(wheel: Path) -> None:
    data = wheel / "compliancecheck" / "data"
    for folder in ("rules", "profiles"):
        shipped = {p.relative_to(data / folder) for p in (data / folder).rglob("*.yaml")}
        assert shipped == {p.relative_to(ROOT / folder) for p in (ROOT / folder).rglob("*.yaml")}
        assert shipped
    assert json.loads((data / "packs.json").read_text(encoding="utf-8"))
    assert (wheel / "compliancecheck" / "py.typed").exists()


@pytest.mark.parametrize("path", MODULES, ids=MODULE_IDS)
def test_module_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(parsed(path)), "the first lines of a file say what lives there"


@pytest.mark.parametrize("path", MODULES, ids=MODULE_IDS)
def test_module_is_small(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_LINES, f"{lines} lines: a module has one reason to change; split it"


@pytest.mark.parametrize("path", MODULES, ids=MODULE_IDS)
def test_the_package_itself_is_imported_for_its_version_only(path: Path) -> None:
    # Anything more would be a way around the layers.
    allowed = {"__version__"} | {child.name for child in SOURCE.iterdir() if child.is_dir()}
    taken = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module == "compliancecheck":
            taken |= {alias.name for alias in node.names} - allowed
        elif isinstance(node, ast.Import):
            taken |= {alias.name for alias in node.names} & {"compliancecheck"}
    assert taken == set()


@pytest.mark.parametrize("layer", ["model", "logic"])
def test_no_layer_below_asks_what_day_it_is(layer: str) -> None:
    asked = [
        f"{path.name}:{node.lineno}"
        for path in sorted((SOURCE / layer).rglob("*.py"))
        for node in calls(path)
        if isinstance(node.func, ast.Attribute) and node.func.attr in {"today", "now", "utcnow"}
    ]
    assert asked == []


@pytest.mark.parametrize("layer", ["model", "logic", "reports"])
def test_no_layer_without_files_opens_one(layer: str) -> None:
    methods = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}
    opened = [
        f"{path.name}:{node.lineno}"
        for path in sorted((SOURCE / layer).rglob("*.py"))
        for node in calls(path)
        if (isinstance(node.func, ast.Name) and node.func.id == "open")
        or (isinstance(node.func, ast.Attribute) and node.func.attr in methods)
    ]
    assert opened == []


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
