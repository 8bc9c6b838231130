"""What a job of GitHub Actions gives a command: that it is one, its folder, its summary page."""

from __future__ import annotations

import os

from compliancecheck.cli import output
from compliancecheck.model.texts import Texts

_SUMMARY = "GITHUB_STEP_SUMMARY"


def in_job() -> bool:
    """Whether the command runs in a job of GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def has_summary() -> bool:
    """Whether the job has a page for a summary."""
    return bool(os.environ.get(_SUMMARY))


def summary_size() -> int:
    """The bytes that earlier commands of the step wrote to the page."""
    try:
        return os.path.getsize(os.environ.get(_SUMMARY, ""))
    except OSError:
        return 0


def add_to_summary(text: str) -> None:
    """Add *text* to the job's page; if that fails, it is said and the command goes on."""
    try:
        with open(os.environ[_SUMMARY], "a", encoding="utf-8", errors="backslashreplace") as page:
            page.write(text)
    except OSError as error:
        from compliancecheck.reading.system_words import system_words

        why = system_words(error)
        output.complain(
            Texts(
                f"warning: the job summary was not written: {why.en}",
                f"警告：作业摘要未写入：{why.zh}",
            )
        )


def located(path: str) -> str | None:
    """A file's path from the repository's root, with ``/``; None for one outside of it."""
    if not os.path.isfile(path):
        return None
    inside = os.path.relpath(os.path.realpath(path), _root())
    if inside == os.pardir or inside.startswith(os.pardir + os.sep) or os.path.isabs(inside):
        return None
    return inside.replace(os.sep, "/")


def _root() -> str:
    """The repository's root: the job's workspace, else the nearest folder upward with ``.git``."""
    start = os.path.realpath(os.getcwd())
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace and os.path.isdir(workspace):
        root = os.path.realpath(workspace)
        if start == root or start.startswith(root.rstrip(os.sep) + os.sep):
            return root
    folder = start
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return start
        folder = parent
    return folder
