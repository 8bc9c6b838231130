"""Going to a place by words: what is found, in which order, and where it leads."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import Finding
from compliancecheck.model.profile import FactRef
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.goto import Finder, Line, row_of
from compliancecheck.tui.lists import MOST_ROWS
from compliancecheck.tui.places import Places, Word, folded
from tests.tui.pilots import AS_OF, PROFILES, form_of, main_of, opened, rules, text_of, until

TEXT = """data_export:
  exports_data: true
  transfers:
    - {name: loyalty programme, access: sent_abroad}
    - {name: 会员积分, access: sent_abroad}
    - {name: "[bold]payroll[/]", access: sent_abroad}
"""


@cache
def places() -> Places:
    profile, problems = load_profile_text(TEXT.encode(), "p.yaml", rules())
    assert profile is not None
    assert not problems
    return Places(rules(), evaluate(profile, rules(), as_of=AS_OF))


# -- what is found ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "text", "fits"),
    [
        ("assess", "assessment of volume", 8),
        ("volume", "assessment of volume", 6),
        ("volume", "id\nvolume", 8),
        ("sess", "assessment of volume", 4),
        ("asmvol", "assessment-volume", 1),
        ("评估", "数据出境安全评估", 4),
        ("smv", "assessment-volume", 0),  # loosely only from the start of a word on
        ("av", "assessment-volume", 0),  # nor two letters
        ("xyz", "assessment-volume", 0),
    ],
)
def test_how_well_a_word_fits(word: str, text: str, fits: int) -> None:
    found = Word(folded(word))
    assert (found.plain(text) or found.fuzzy(text)) == fits


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("query", "kind", "target"),
    [
        ("loyalty", "item", ("data_export.transfers", "loyalty programme")),
        ("会员积分", "item", ("data_export.transfers", "会员积分")),
        ("data_export.ciio", "question", FactRef("data_export.ciio")),
        ("transfer.purpose loyalty", "question", FactRef("transfer.purpose", "loyalty programme")),
        ("cn.cac.2024-16", "instrument", "cn.cac.2024-16"),
        ("cn.npc.pipl/impact-assessment", "rule", "cn.npc.pipl/impact-assessment"),
        ("个人信息保护法", "instrument", "cn.npc.pipl"),
        ("ＣＮ．ＮＰＣ．ＰＩＰＬ", "instrument", "cn.npc.pipl"),  # width does not count
        ("hr_exemption_needs", "reading", "data_export.hr_exemption_needs"),
    ],
)
def test_both_languages_and_ids_are_searched(
    query: str, kind: str, target: object, lang: str
) -> None:
    found = places().search(query, lang)
    assert (kind, target) in [(spot.kind, spot.target) for spot in found]


def test_a_finding_is_found_by_rule_and_item() -> None:
    first = places().search("impact assessment 会员", "en")[0]
    wanted = [s.target for s in places().search("cn.npc.pipl/impact-assessment 会员", "en")]
    findings = [one for one in wanted if isinstance(one, Finding)]
    assert first.kind in ("question", "finding")
    assert [(f.rule, f.item) for f in findings] == [("cn.npc.pipl/impact-assessment", "会员积分")]


def test_every_rule_instrument_and_question_is_found_by_its_id() -> None:
    for rule in rules().rules.values():
        targets = [s.target for s in places().search(rule.id, "en") if s.kind == "rule"]
        assert rule.id in targets, rule.id
    for instrument in rules().instruments.values():
        found = places().search(instrument.id, "en")
        assert instrument.id in [s.target for s in found if s.kind == "instrument"]
    for fact in rules().facts.values():
        if fact.list is None:
            found = places().search(fact.name, "en")
            assert FactRef(fact.name) in [s.target for s in found], fact.name


def test_an_article_is_found_by_instrument_and_number() -> None:
    assert places().search("Data Flows 2024 art. 7", "en")[0].kind == "article"
    assert "第7条" in places().search("第7条", "zh")[0].title


def test_nothing_is_found_for_what_is_not_there() -> None:
    assert places().search("zzzz qqqq", "en") == []


def test_before_a_word_is_typed_what_still_matters_is_offered() -> None:
    found = places().search("", "en")
    assert found
    assert {spot.kind for spot in found} <= {"question", "finding", "problem"}


def test_titles_are_safe_and_never_markup() -> None:
    titles = [spot.title for spot in places().search("payroll", "en")]
    assert any("[bold]payroll[/]" in title for title in titles)
    line = Line("[bold]x[/] \\u001b", "item", "a", "k", lambda: None)
    row = row_of(line, ["bold"], 40, "en")
    assert "[bold]x[/]" in row.plain
    assert [row.plain[s.start : s.end] for s in row.spans if "underline" in str(s.style)] == [
        "bold"
    ]


@pytest.mark.parametrize("width", [12, 26, 40, 80])
def test_rows_keep_to_the_width(width: int) -> None:
    line = Line("Was the contract filed with the office 备案 " * 4, "finding", "id" * 30, "^p", int)
    row = row_of(line, ["contract"], width, "en")
    assert max(part.cell_length for part in row.split("\n")) <= width


# -- where it leads --------------------------------------------------------------------------------


def profile(folder: Path) -> Path:
    path = folder / "p.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def finder(app: ComplianceApp) -> Finder | None:
    return app.screen if isinstance(app.screen, Finder) else None


def chosen(app: ComplianceApp) -> tuple[str, str | None] | None:
    current = main_of(app).findings.current
    return (current.rule, current.item) if isinstance(current, Finding) else None


async def seek(pilot, typed: str, key: str = "ctrl+g") -> Finder:  # type: ignore[no-untyped-def]
    app = pilot.app
    await pilot.press(key)
    await until(pilot, lambda: finder(app) is not None and finder(app).find is not None)  # type: ignore[union-attr]
    found = finder(app)
    assert found is not None
    found.query_one(Input).value = typed
    await until(pilot, lambda: found.searched == typed and bool(found.found))
    await until(pilot, lambda: found.query_one(OptionList).highlighted == 0)
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_to_a_question(tmp_path: Path, lang: str) -> None:
    async with opened(profile(tmp_path), lang=lang) as (app, pilot):
        await seek(pilot, "data_export.ciio")
        await pilot.press("enter")
        await until(pilot, lambda: form_of(app).asked() == FactRef("data_export.ciio"))
        assert finder(app) is None


async def test_to_an_item_a_finding_a_rule_and_an_article(tmp_path: Path) -> None:
    async with opened(profile(tmp_path)) as (app, pilot):
        main = main_of(app)
        await seek(pilot, "会员")
        await pilot.press("enter")
        await until(pilot, lambda: "会员积分" in text_of(app) and main.tab == 1)
        found = await seek(pilot, "cn.npc.pipl/impact-assessment loyalty")
        assert found.found[0].kind == "finding"
        await pilot.press("enter")
        wanted = ("cn.npc.pipl/impact-assessment", "loyalty programme")
        await until(pilot, lambda: chosen(app) == wanted)
        assert main.tab == 2
        found = await seek(pilot, "cn.cac.2024-16", "g")
        at = next(n for n, line in enumerate(found.found) if line.kind == "instrument")
        await pilot.press(*["down"] * at, "enter")
        await until(pilot, lambda: main.tab == 3 and main.rules.current is not None)
        row = main.rules.current
        assert row is not None
        assert row.id == "cn.cac.2024-16"


async def test_a_finding_beyond_the_rows_that_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    items = "".join(f"    - {{name: export {n}, access: sent_abroad}}\n" for n in range(120))
    path.write_text(f"data_export:\n  exports_data: true\n  transfers:\n{items}", encoding="utf-8")
    async with opened(path) as (app, pilot):
        assert app.session is not None
        assert app.session.evaluation is not None
        assert len(app.session.evaluation.findings) > MOST_ROWS
        await seek(pilot, "cn.npc.pipl/impact-assessment 119")
        await pilot.press("enter")
        await until(pilot, lambda: chosen(app) == ("cn.npc.pipl/impact-assessment", "export 119"))


async def test_nothing_found_is_said_and_esc_leaves(tmp_path: Path) -> None:
    async with opened(profile(tmp_path), lang="zh") as (app, pilot):
        await pilot.press("ctrl+g")
        await until(pilot, lambda: finder(app) is not None and finder(app).find is not None)  # type: ignore[union-attr]
        await pilot.press(*"zzqq")
        await until(pilot, lambda: "没有同时含有" in text_of(app))
        await pilot.press("enter", "escape")
        await until(pilot, lambda: finder(app) is None)


async def test_a_problem_of_a_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("data_export:\n  ciio: flase\n  exports_dat: true\n", encoding="utf-8")
    async with opened(path) as (app, pilot):
        await seek(pilot, "exports_dat", "g")
        await pilot.press("enter")
        form = main_of(app).answer.form
        await until(pilot, lambda: getattr(getattr(form, "chosen", None), "line", 0) == 3)


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (140, 40)])
async def test_it_works_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(PROFILES / "hotel-group.yaml", size) as (app, pilot):
        await seek(pilot, "impact")
        assert "impact" in text_of(app).lower()
