"""The app's own words: each in both languages, each used, no English in the Chinese ones."""

from __future__ import annotations

import re
from pathlib import Path

import compliancecheck.tui
from compliancecheck.reports.status import DisplayStatus
from compliancecheck.tui import words
from compliancecheck.tui.themes import THEMES, variable
from compliancecheck.tui.words import WORDS

SOURCES = Path(compliancecheck.tui.__file__).parent
ALLOWED = {"EDITOR", "Enter", "English", "Esc", "Shift", "company", "yaml", "w", "s", "o", "n"}


def test_each_word_stands_in_one_area() -> None:
    keys = [key for area in words._AREAS for key in area.WORDS]
    assert sorted(keys) == sorted(set(keys))


def test_every_word_is_used() -> None:
    text = "\n".join(p.read_text() for p in SOURCES.rglob("*.py") if p.parent.name != "words")
    named = set(re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)?)[\"']", text))
    assert [key for key in WORDS if key not in named and not key.startswith("key.")] == []
    assert set(re.findall(r"say\(\s*[\"']([\w.]+)[\"']", text)) <= set(WORDS)


def test_every_key_with_words_is_bound_or_in_the_palette() -> None:
    text = "\n".join(p.read_text() for p in SOURCES.rglob("*.py") if p.parent.name != "words")
    bound = set(re.findall(r'id=f?"([a-z0-9]+)', text)) | set(re.findall(r'"key\.(\w+)"', text))
    named = {key.removeprefix("key.") for key in WORDS if key.startswith("key.")}
    assert named - bound == set()


def test_chinese_words_hold_no_english() -> None:
    for key, texts in WORDS.items():
        bare = re.sub(r"\{\w+\}", "", texts.zh)
        found = {w for w in re.findall(r"[A-Za-z]{2,}", bare) if w not in ALLOWED}
        assert not found, key
        assert texts.en, key
        assert texts.zh, key


def test_both_languages_take_the_same_values() -> None:
    for key, texts in WORDS.items():
        en, zh = (set(re.findall(r"\{(\w+)\}", text)) for text in (texts.en, texts.zh))
        assert zh <= en, key
        assert en - zh <= {"fails"}, key


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_status_colours_have_contrast() -> None:
    for theme in THEMES:
        if theme.ansi:
            continue
        assert theme.background is not None
        ground = luminance(theme.background)
        for status in DisplayStatus:
            ink = luminance(theme.variables[variable(status)])
            ratio = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
            assert ratio >= 4.5, (theme.name, status)
