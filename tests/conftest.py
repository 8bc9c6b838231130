"""What many tests share: how property tests run, outputs kept in files, and the built wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

# A commit passes or fails in CI for what is in it, so CI draws the same examples each time;
# at a desk each run draws new ones. No deadline: no test asserts a timing.
settings.register_profile("desk", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# In CI the tests run in a job themselves; what they print is not told to that job.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
    os.environ.pop(name, None)

# Nobody's own settings count in tests, and no test may write some: a path that cannot be.
os.environ["COMPLIANCECHECK_CONFIG"] = str(ROOT / "pyproject.toml" / "settings.toml")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the files under tests/golden/ anew instead of comparing with them",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that `make golden` runs: those that compare with a stored output."""
    for item in items:
        if {"golden", "snap_compare"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.golden)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden("check/volta.txt", text)`: the text is what the file under tests/golden/ holds."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), (
            f"no tests/golden/{name} yet: run `make golden` and read what it wrote"
        )
        assert text == path.read_bytes().decode("utf-8"), f"differs from tests/golden/{name}"

    return compare


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree and unpacked: the folder to put on PYTHONPATH.

    Built in a process of its own, by the backend that pip would call, without a network.
    """
    out = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", build, str(out)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    unpacked = out / "unpacked"
    (built,) = out.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(unpacked)
    return unpacked
