"""The last gate: no data commands a build log, and JSON keeps its values."""

from __future__ import annotations

import json

import pytest

from compliancecheck.reports.lines import harmless, json_text, painted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", "\\::error::x"),
        ("  ::add-mask::x", "  \\::add-mask::x"),
        ("a ::b", "a ::b"),
        ("x\n::set-output", "x\n\\::set-output"),
        ("##[error]x", "#\\#[error]x"),
        ("a ##vso[task.complete]", "a #\\#vso[task.complete]"),
        ("##TeamCity[x]", "#\\#TeamCity[x]"),
        ("## heading", "## heading"),
    ],
)
def test_harmless(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(
    "value", ["##[error]x", "\x1b[31m", "a\u202eb", "\ud800", "中文", "::x", "\U000e0001", "a\nb"]
)
def test_json_escapes_and_keeps_the_value(value: str) -> None:
    text = json_text({"b": value, "a": 1})
    assert json.loads(text) == {"a": 1, "b": value}
    assert "##[" not in text
    assert all(char == "\n" or (char.isprintable() and not "\ud800" <= char <= "\udfff")
               for char in text)  # fmt: skip
    assert text.index('"a"') < text.index('"b"')


def test_colour_only_where_wanted() -> None:
    assert painted("FAIL", "31", True) == "\x1b[31mFAIL\x1b[0m"
    assert painted("FAIL", "31", False) == "FAIL"
    assert painted("READ", "", True) == "READ"
