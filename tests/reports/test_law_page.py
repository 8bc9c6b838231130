"""The generated page of the law: up to date, every article accounted for, text is text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from compliancecheck import load_rules
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Texts
from compliancecheck.reports.law_page import law_page
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.markdown import code, md
from tests.authoring.demo import pack

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "law.md"
DAY = date(2026, 11, 24).toordinal()


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules()


@pytest.mark.golden
def test_the_page_in_docs_is_the_one_of_the_packs(
    rules: Rules, request: pytest.FixtureRequest
) -> None:
    text = law_page(rules, DAY)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(text, encoding="utf-8", newline="")
    assert PAGE.read_bytes().decode() == text, "the law has changed: `make golden` writes the page"


def test_every_instrument_rule_article_and_reading_is_accounted_for(rules: Rules) -> None:
    page = law_page(rules, DAY)
    lines = page.splitlines()
    for instrument in rules.instruments.values():
        section = page[page.index(f"| id | {code(instrument.id)}") :]
        section = section[: section.find("\n### ")]
        for number, article in instrument.articles.items():
            name = "all others" if number == "rest" else md(number)
            assert (f"| {name} |" in section) is not article.encoded, (instrument.id, number)
    for rule in rules.rules.values():
        assert sum(line.startswith(f"- {code(rule.id)}: ") for line in lines) == 1
    for reading in rules.readings.values():
        assert sum(line.startswith(f"| {code(reading.name)}") for line in lines) == 1
        if reading.prevailing:
            assert f"| {code(reading.prevailing)} | " in page
    deadlines = sum(len(rule.deadlines) for rule in rules.rules.values())
    assert sum(line.startswith("- deadline (") for line in lines) == deadlines


def test_standing_on_the_day(tmp_path: Path) -> None:
    demo = pack(tmp_path)
    rows = {
        day: next(line for line in law_page(demo, day).splitlines() if line.startswith("| Law"))
        for day in (date(2023, 12, 31).toordinal(), date(2024, 1, 1).toordinal())
    }
    assert [row.split(" | ")[2] for row in rows.values()] == ["not in force yet", "in force"]
    law = demo.instruments["xx.law"]
    draft = replace(demo, instruments={law.id: replace(law, effective=None)})
    assert "| in force | never |" not in law_page(demo, DAY)
    assert "| on 2026-11-24 | draft, never in force |" in law_page(draft, DAY)


@pytest.mark.parametrize("text", ["::error::x", "##[error]x", "a | b", "[x](y)", "<b>", "\x1b[1m"])
def test_text_of_packs_is_only_text(tmp_path: Path, text: str) -> None:
    demo = pack(tmp_path)
    hostile = Texts(text, text)
    law = replace(demo.instruments["xx.law"], title=hostile, short=hostile, issuer=hostile)
    duty = replace(demo.rules["xx.law/duty"], title=hostile, then=hostile)
    page = law_page(
        replace(demo, instruments={law.id: law}, rules={**demo.rules, duty.id: duty}), DAY
    )
    assert md(text) in page
    assert harmless(page) == page
    assert "\x1b" not in page
    assert all(
        line.count(" | ") == 7 for line in page.splitlines() if "`xx.law` | in force" in line
    )
