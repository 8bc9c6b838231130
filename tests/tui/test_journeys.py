"""The journeys of a user through the interview and the file: 1 to 6 and 9 of the ten.

Journey 7 (why does this fail) and 10 (a hostile profile) stand in ``test_journeys_why``, journey
8 (what did the law of 2024 change) in ``test_compare``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from compliancecheck.model.findings import Status
from compliancecheck.model.values import Interval, point
from compliancecheck.reading.profiles import load_profile_file
from compliancecheck.reports.status import DisplayStatus, display_status
from compliancecheck.tui.answer.ends import EndForm
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.options import Options
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.goto import Finder
from compliancecheck.tui.name_prompt import NamePrompt
from tests.cli.command import Command
from tests.tui.pilots import (
    LARGE,
    PLAIN,
    PROFILES,
    SMALL,
    answer_open,
    changed,
    form_of,
    grid,
    main_of,
    mark_export,
    name_item,
    opened,
    rules,
    start,
    text_of,
    until,
)

PEOPLE = "transfer.people_nonsensitive_this_year"
BY_VOLUME = "cn.cac.2024-16/assessment-volume"
CONTRACT = "cn.cac.2024-16/contract-or-certification"
ALL = [(SMALL, "en"), (LARGE, "en"), (SMALL, "zh"), (LARGE, "zh")]


def found(app: ComplianceApp, rule: str, item: str | None = None) -> DisplayStatus:
    """The status of a rule's finding as the app shows it."""
    session = app.session
    assert session is not None
    assert session.evaluation is not None
    (finding,) = [
        f
        for f in session.evaluation.findings
        if f.rule == rule and (item is None or f.item == item)
    ]
    return display_status(finding)


def checked(command: Command, path: Path) -> dict[tuple[str, str | None], str]:
    done = command("check", str(path), "--as-of", "2026-11-24", "--format", "json")
    (profile,) = json.loads(done.out)["profiles"]
    return {(f["rule"], f.get("item")): f["status"] for f in profile["findings"]}


async def go_to(pilot: Pilot[None], fact: str) -> None:
    """Type a fact's name under ``g``, and be asked it."""
    app = pilot.app
    assert isinstance(app, ComplianceApp)
    await pilot.press("escape", "g")
    await until(pilot, lambda: isinstance(app.screen, Finder))
    app.screen.query_one(Input).value = fact
    await pilot.press("enter")
    await until(pilot, lambda: app.screen is main_of(app))
    await until(pilot, lambda: not asks_again(app, fact))


def asks_again(app: ComplianceApp, fact: str) -> bool:
    """Whether something else than *fact* is asked."""
    ref = form_of(app).asked()
    return ref is None or ref.name != fact


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


# -- 1: a new company -----------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "lang"), ALL)
async def test_1_a_new_company(
    tmp_path: Path, command: Command, size: tuple[int, int], lang: str
) -> None:
    path = tmp_path / "new.yaml"
    async with opened(path, size, lang) as (app, pilot):
        await mark_export(pilot)
        await name_item(pilot, "loyalty programme")
        while isinstance(form_of(app), FactsForm):
            await answer_open(pilot, PLAIN)
        form = form_of(app)
        assert isinstance(form, EndForm)
        assert form.shown.kind == "settled"
        assert main_of(app).answer.walk.shown <= 8
        assert "100,000" in text_of(app) or "10万" in text_of(app)  # the strip
        await pilot.press("enter")  # its duties
        await until(pilot, lambda: isinstance(form_of(app), FactsForm))
        await go_to(pilot, "transfer.notice_given")
        await answer_open(pilot, {"transfer.notice_given": "false"})
        await until(pilot, lambda: "notice_given: false\n" in path.read_text())
        await until(pilot, lambda: asks_again(app, "transfer.notice_given"))
        await pilot.press("escape", "2")
        await until(pilot, lambda: main_of(app).tab == 2 and "✗" in text_of(app))
        rows = [line for line in grid(app) if re.match(r" ?[✗!?~i✓] ", line)]
        assert rows[0].lstrip().startswith("✗")
        session = app.session
        assert session is not None
        assert session.evaluation is not None
        shown = {
            (f.rule, f.item): "informative" if f.status is Status.INFORMATIVE else f.status.value
            for f in session.evaluation.findings
        }
    assert command("schema", "--check", str(path)).code == 0
    assert checked(command, path) == shown


# -- 2: a million or more, not sure how many ------------------------------------------------------


@pytest.mark.parametrize(("size", "lang"), ALL)
async def test_2_a_million_or_more(tmp_path: Path, size: tuple[int, int], lang: str) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path, size, lang) as (app, pilot):
        await start(pilot, path, PEOPLE)
        texts = [choice.text for choice in form_of(app).query_one(Options).choices]
        await pilot.press(str(texts.index("at least 1000000") + 1), "enter")
        await until(pilot, lambda: "at least 1000000" in path.read_text())
        while isinstance(form_of(app), FactsForm):
            await answer_open(pilot, PLAIN)
        assert found(app, BY_VOLUME) is DisplayStatus.NEEDS_PROOF
        assert found(app, CONTRACT) is DisplayStatus.NOT_APPLICABLE
        assert re.search(r"\n *people_nonsensitive_this_year: at least 1000000\n", path.read_text())


# -- 3: not known ---------------------------------------------------------------------------------


async def test_3_not_known(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, PEOPLE)
        await pilot.press("u")
        await until(pilot, lambda: "people_nonsensitive_this_year: unknown\n" in path.read_text())
        asked = []
        while isinstance(form_of(app), FactsForm):
            asked.append(await answer_open(pilot, PLAIN))
        assert PEOPLE not in asked
        label = rules().facts[PEOPLE].label.en
        await pilot.press("r")
        await until(pilot, lambda: label[:30] in text_of(app) or "unknown" in text_of(app))
        assert app.screen is not main_of(app) or "unknown" in text_of(app)


# -- 4: back and undo -----------------------------------------------------------------------------


async def test_4_back_and_undo(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_sensitive_this_year")
        before = path.read_bytes()
        for _ in range(3):
            shown = app.screen
            here = (form_of(app).asked(), form_of(app))
            await pilot.press("b")
            await changed(pilot, lambda: (form_of(app).asked(), form_of(app)), here)
            assert app.screen is shown
        asked = form_of(app).asked()
        assert asked is not None
        options = form_of(app).query_one(Options)
        old = options.pressed_index
        await pilot.press("2" if old != 1 else "1", "enter")
        await until(pilot, lambda: path.read_bytes() != before)
        first = path.read_bytes()
        await pilot.press("u")
        await until(pilot, lambda: path.read_bytes() != first)
        await pilot.press("ctrl+z", "ctrl+z")
        await until(pilot, lambda: path.read_bytes() == before)


# -- 5: comments, CRLF, odd indentation -----------------------------------------------------------

ODD = """\
# our exports; ask legal before you change a line\r
dated:   2026-11-24\r
common:\r
      company_name: 'Odd Co. 怪公司'   # as registered\r
data_export:\r
   exports_data: yes    # since 2023\r
   ciio: FALSE\r
   transfers:\r
       -  name: loyalty programme      # the only one\r
          access: "sent_abroad"\r
battery: {applies: no}\r
"""


async def test_5_five_answers_are_five_lines(tmp_path: Path) -> None:
    path = tmp_path / "odd.yaml"
    path.write_bytes(ODD.encode())
    async with opened(path) as (app, pilot):
        for _ in range(5):
            await until(pilot, lambda: isinstance(form_of(app), FactsForm))
            before = path.read_bytes()
            await answer_open(pilot, PLAIN)
            await changed(pilot, path.read_bytes, before)
    after = path.read_bytes().decode()
    old, new = ODD.split("\r\n"), after.split("\r\n")
    assert "\n" not in after.replace("\r\n", "")
    assert len(new) == len(old) + 5
    rest = iter(new)
    assert all(line in rest for line in old), "old lines stay, whole and in order"
    _, problems = load_profile_file(str(path), rules())
    assert not [p for p in problems if p.is_error]


# -- 6: an editor changes the file meanwhile ------------------------------------------------------

EDITED = """\
battery: {applies: false}
data_export:
  exports_data: true
  ciio: false   # asked in May
  transfers:
    - name: loyalty programme
      access: sent_abroad
      has_personal_information: true
"""


async def test_6_another_key_merges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliancecheck.tui.app.LOOK_EVERY", 1000)
    path = tmp_path / "p.yaml"
    path.write_text(EDITED)
    async with opened(path, toasts=True) as (app, pilot):
        await until(pilot, lambda: isinstance(form_of(app), FactsForm))
        asked = form_of(app).asked()
        assert asked is not None
        path.write_text(EDITED + "  foreign_handler: false  # by hand\n")
        await answer_open(pilot, PLAIN)
        field = asked.name.rsplit(".", 1)[1]
        await until(pilot, lambda: f"{field}:" in path.read_text())
        assert "  foreign_handler: false  # by hand\n" in path.read_text()
        await until(pilot, lambda: "The file had changed outside" in text_of(app))


async def test_6_the_same_key_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliancecheck.tui.app.LOOK_EVERY", 1000)
    path = tmp_path / "p.yaml"
    path.write_text(EDITED)
    async with opened(path, toasts=True) as (app, pilot):
        await until(pilot, lambda: isinstance(form_of(app), FactsForm))
        asked = form_of(app).asked()
        assert asked is not None
        assert asked.name == "transfer.important_data"
        theirs = path.read_text() + "      important_data: published\n"
        path.write_text(theirs)
        await answer_open(pilot, PLAIN)
        main = main_of(app)
        await until(pilot, lambda: app.screen is not main)
        await until(pilot, lambda: "Mine: none" in text_of(app))
        assert "Theirs: published" in text_of(app)
        assert "Compare" in text_of(app)
        assert path.read_text() == theirs, "nothing is written before the choice"
        await pilot.press("enter")
        await until(pilot, lambda: "important_data: none" in path.read_text())


# -- 9: a list of transfers -----------------------------------------------------------------------

THREE = """\
dated: 2026-11-24
data_export:
  exports_data: true
  ciio: false
  quantity_split: false
  transfers:
"""
ITEM = """\
    - name: {name}
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      sector_automotive: false
      exporter_registered_in_zone: false
      people_nonsensitive_this_year: {people}
      people_sensitive_this_year: 0
"""


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_9_a_list_of_transfers(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path, size) as (app, pilot):
        await mark_export(pilot)
        for name in ("shop", "club", "app"):
            app.screen.query_one("#answer #exact", Input).value = name
            await pilot.press("enter")
            await changed(pilot, lambda: f"name: {name}\n" in path.read_text(), False)  # noqa: B023
        await pilot.press("escape")
        await until(pilot, lambda: "shop" in text_of(app) and "app" in text_of(app))
        three = path.read_bytes()
        await pilot.press("up", "up", "c")  # past what goes on
        await until(pilot, lambda: isinstance(app.screen, NamePrompt))
        assert app.screen.query_one(Input).value == "app 2"
        await pilot.press("enter")
        await until(pilot, lambda: path.read_text().count("- name:") == 4)
        await until(pilot, lambda: "app 2" in text_of(app))
        await pilot.press("delete")
        await until(pilot, lambda: path.read_text().count("- name:") == 3)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: path.read_text().count("- name:") == 4)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: path.read_bytes() == three)


async def test_9_each_gives_its_own_finding_and_totals_stay_ranges(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    items = [("shop", "300000"), ("club", "at least 1000000"), ("app", "100000..200000")]
    path.write_text(THREE + "".join(ITEM.format(name=n, people=p) for n, p in items))
    async with opened(path) as (app, pilot):
        await pilot.press("2")
        await until(pilot, lambda: "shop" in text_of(app) and "club" in text_of(app))
        session = app.session
        assert session is not None
        assert session.evaluation is not None
        by_item = {f.item for f in session.evaluation.findings if f.rule == BY_VOLUME}
        assert by_item == {"shop", "club", "app"}
        answer = session.profile.lists["data_export.transfers"] if session.profile else None
        assert answer is not None
        counts = [item.answers[PEOPLE].values for item in answer.items]
        assert counts == [
            (point(300_000),),
            (Interval(1_000_000),),
            (Interval(100_000, 200_000),),
        ]


def test_the_profiles_of_the_journeys_exist() -> None:
    assert (PROFILES / "battery-just-under.yaml").is_file()
