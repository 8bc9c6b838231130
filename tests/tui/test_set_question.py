"""A set is marked: Space marks, Enter accepts, none of them is an answer of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from compliancecheck.model.profile import FactRef
from compliancecheck.reading.pack_reader import read_packs
from compliancecheck.tui.answer.marks import SetList
from compliancecheck.tui.app import ComplianceApp
from tests.tui.pilots import AS_OF, SMALL, form_of, main_of, text_of

FACTS = """\
language: 1
pack: {title: {en: Demo, zh: 演示}, gate: demo.applies}
facts:
  demo.applies:
    type: boolean
    label: {en: applies, zh: 适用}
    question: {en: "Does it apply?", zh: "是否适用？"}
  demo.topics:
    type: choices
    label: {en: topics, zh: 事项}
    question: {en: "Which topics does it cover?", zh: "涵盖哪些事项？"}
    choices: {purpose: {en: purpose, zh: 目的}, risk: {en: "the risk, weighed", zh: 风险}}
"""
LAW = """\
language: 1
instrument:
  id: xx.law
  title: {en: Law, zh: 法}
  short: {en: Law, zh: 法}
  issuer: {en: Issuer, zh: 机关}
  binding: true
  issued: 2024-01-01
  effective: 2024-01-01
  applies_when: {demo.applies: true}
  sources: [{url: "https://law.example", checked: 2026-11-24, confidence: verified}]
  articles: {"1": encoded}
rules:
  - id: topics
    article: "1"
    level: must
    title: {en: All topics are covered, zh: 涵盖全部事项}
    requires:
      all:
        - {demo.topics: {includes: purpose}}
        - {demo.topics: {includes: risk}}
    then: {en: Cover them., zh: 涵盖。}
"""


@asynccontextmanager
async def asked(
    tmp_path: Path, answer: str = ""
) -> AsyncIterator[tuple[ComplianceApp, Pilot[None]]]:
    """The app at the question, which has been answered before with *answer*."""
    rules = tmp_path / "rules" / "demo"
    rules.mkdir(parents=True)
    (rules / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (rules / "law.yaml").write_text(LAW, encoding="utf-8")
    profile = tmp_path / "p.yaml"
    given = f"  topics: {answer}\n" if answer else ""
    profile.write_text(f"demo:\n  applies: true\n{given}", encoding="utf-8")
    app = ComplianceApp(profile, read_packs([rules]), as_of=AS_OF, lang="en", color=True)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await main_of(app).answer.ask(FactRef("demo.topics"))
        await pilot.pause()
        yield app, pilot


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("", ["space", "enter"], "[purpose]"),
        ("", ["down", "space", "up", "space", "enter"], "[purpose, risk]"),
        ("", ["space", "space", "enter"], ""),  # nothing marked is no answer
        ("", ["down", "down", "space", "enter"], "[]"),
        ("", ["space", "down", "down", "down", "space", "enter"],
         "{includes: [purpose], rest: unknown}"),
        ("", ["down", "down", "down", "space", "enter"], "unknown"),
        ("", ["u"], "unknown"),
        ("", ["space", "down", "down", "space", "enter"], "[]"),  # none takes the others away
        ("[]", ["space", "enter"], "[purpose]"),  # and is taken away by one
        ("[purpose]", ["down", "space", "enter"], "[purpose, risk]"),
        ("[ risk,purpose ]", ["enter"], "[ risk,purpose ]"),  # as it was written
        ("{includes: [risk], rest: unknown}", ["enter"], "{includes: [risk], rest: unknown}"),
    ],
)  # fmt: skip
async def test_what_is_written(tmp_path: Path, before: str, keys: list[str], after: str) -> None:
    async with asked(tmp_path, before) as (app, pilot):
        assert form_of(app).query(SetList)
        await pilot.press(*keys)
        await pilot.pause()
    text = (tmp_path / "p.yaml").read_text(encoding="utf-8")
    assert text == "demo:\n  applies: true\n" + (f"  topics: {after}\n" if after else "")


async def test_what_is_shown(tmp_path: Path) -> None:
    async with asked(tmp_path, "[risk]") as (app, pilot):
        shown = text_of(app)
        assert "Which topics does it cover?" in shown
        assert "[ ] purpose" in shown
        assert "[x] the risk, weighed" in shown
        assert "[ ] none of these" in shown
        await pilot.press("space")
        await pilot.pause()
        assert "[x] purpose" in text_of(app)
        await pilot.press("w")
        await pilot.pause()
        why = text_of(app)
        assert "purpose: " in why
        assert "All topics are covered" in why
