"""What headings say: for what a question is asked, what brought questions up, the first line."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.logic.interview import Screen
from compliancecheck.logic.questions import ROUTES
from compliancecheck.model.findings import Evaluation, Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reports.status import display_status
from compliancecheck.tui.answer.counting import Counting
from compliancecheck.tui.answer.walk import Walk
from compliancecheck.tui.findings.proof import ProofPane
from compliancecheck.tui.findings.rows import HEAD
from tests.tui.pilots import AS_OF, HALF, PROFILES, form_of, grid, main_of, opened, rules, until

PURPOSE = Screen(
    "facts",
    ROUTES,
    Texts("t", "t"),
    (FactRef("transfer.purpose", "b"),),
    "data_export.transfers",
    "b",
)


def read(items: str, more: str = "") -> Evaluation:
    text = f"dated: 2026-11-24\ndata_export:\n  exports_data: true\n{more}  transfers:\n{items}"
    profile, problems = load_profile_text(text.encode(), "p.yaml", rules())
    assert profile is not None, problems
    return evaluate(profile, rules(), as_of=AS_OF)


@pytest.mark.parametrize(("lang", "named"), [("en", "b"), ("zh", "b")])
def test_items_that_were_added_are_the_cause_of_their_questions(lang: str, named: str) -> None:
    counting, walk = Counting(), Walk()
    ciio = FactRef("data_export.ciio")
    one = "    - {name: a, access: sent_abroad}\n"
    walk.answered.add(FactRef("transfer.access", "a"))
    asked = Screen("facts", ROUTES, PURPOSE.title, (FactRef("transfer.purpose", "a"),), None, "a")
    assert counting.progress(walk, asked, read(one), lang).note == ""
    walk.answered.add(ciio)
    now = read(one + "    - {name: b, access: sent_abroad}\n", "  ciio: false\n")
    note = counting.progress(walk, PURPOSE, now, lang).note
    label = rules().facts["data_export.transfers"].label.get(lang)
    assert note.endswith(f"{label}{'：' if lang == 'zh' else ': '}{named}")


async def test_a_question_asked_for_a_finding_says_for_which(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(HALF, encoding="utf-8")
    async with opened(path) as (app, pilot):
        main = main_of(app)
        main.action_tab(2)
        await until(pilot, lambda: isinstance(main.findings.current, Finding))
        finding = main.findings.current
        assert isinstance(finding, Finding)
        title = rules().rules[finding.rule].title
        ref = FactRef("transfer.people_nonsensitive_this_year", "loyalty")
        await app.on_proof_pane_jump(ProofPane.Jump(ref))
        assert form_of(app).progress.title == f"for: {title.en} · loyalty"
        await pilot.press("L")
        await until(pilot, lambda: form_of(app).progress.title == f"用于：{title.zh} · loyalty")


async def test_findings_stand_by_status_or_by_instrument(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes((PROFILES / "hotel-group.yaml").read_bytes())
    async with opened(path, (140, 40)) as (app, pilot):
        main = main_of(app)
        main.action_tab(2)
        await until(pilot, lambda: "by: status" in "\n".join(grid(app)))
        kept, before = main.findings.current, list(main.findings._rows)
        await pilot.press("s")
        await until(pilot, lambda: "by: instrument" in "\n".join(grid(app)))
        rows = main.findings._rows
        found = [row for row in rows if isinstance(row, Finding)]
        assert {id(row) for row in found} == {id(row) for row in before if isinstance(row, Finding)}
        assert main.findings.current is kept, "the cursor stays"
        for key in ("home", *["down"] * 12, "home", "up"):
            await pilot.press(key)
            current = main.findings.current
            assert not (isinstance(current, str) and current.startswith(HEAD)), "no heading"
        here = ""
        ranks: list[int] = []
        for row in rows:
            if isinstance(row, str) and row.startswith(HEAD):
                here, ranks = row.removeprefix(HEAD), []
            elif isinstance(row, Finding) and here:
                assert rules().rules[row.rule].instrument == here
                ranks.append(display_status(row).rank)
                assert ranks == sorted(ranks)
        await pilot.press("s")
        await until(pilot, lambda: main.findings._rows == before)


async def test_the_first_line_of_40_columns_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "sample-battery.yaml"
    path.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    async with opened(path, (40, 14)) as (app, pilot):
        await until(pilot, lambda: grid(app)[0].startswith(" Sample Batt"))
        assert "as of 2026-11-24" in grid(app)[0]
        assert "·" not in grid(app)[0]
        assert app.session is not None
        app.session.show_drafts(True)
        main_of(app).redraw()
        await until(pilot, lambda: "drafts shown" in grid(app)[0])
        assert grid(app)[0].startswith(" Sample Batt")


async def test_a_profile_of_another_year_says_why_its_bands_settle_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(HALF.replace("dated: 2026-11-24", "dated: 2027-01-05"), encoding="utf-8")
    async with opened(path) as (app, pilot):
        ref = FactRef("transfer.people_nonsensitive_this_year", "loyalty")
        await main_of(app).answer.ask(ref)
        await until(pilot, lambda: "An answer counts as of 2027-01-05" in "\n".join(grid(app)))
