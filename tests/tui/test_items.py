"""The items of a list: named, copied, renamed, removed, gone through; keys that came too soon."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.names_form import NamesForm
from compliancecheck.tui.answer.names_list import PAGE, NameList
from compliancecheck.tui.answer.options import ExactInput
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.name_prompt import NamePrompt, next_name
from tests.tui.pilots import PROFILES, main_of, mark_export, opened, start, text_of, until

LIST = "data_export.transfers"


@pytest.mark.parametrize(
    ("name", "taken", "copy"),
    [
        ("HR", [], "HR 2"),
        ("HR", ["HR 2"], "HR 3"),
        ("HR 2", ["HR 2"], "HR 3"),
        ("2026", [], "2026 2"),
    ],
)
def test_the_name_of_a_copy(name: str, taken: list[str], copy: str) -> None:
    assert next_name(name, taken) == copy


def names_of(app: ComplianceApp) -> NamesForm:
    form = main_of(app).answer.form
    assert isinstance(form, NamesForm)
    return form


def keys_of(app: ComplianceApp) -> list[str]:
    return [item.key for item in names_of(app).items.items]


async def to_list(app: ComplianceApp, pilot: Pilot[None]) -> None:
    """Show the list of exports with the cursor on its last item."""
    session = main_of(app).session
    assert session.evaluation is not None
    from compliancecheck.model.profile import FactRef

    await app.ask(FactRef(LIST))
    await until(pilot, lambda: isinstance(main_of(app).answer.form, NamesForm))
    await pilot.press("escape")
    names = app.screen.query_one(NameList)
    names.highlighted = len(keys_of(app)) - 1
    await pilot.pause()


def copy_of(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes((PROFILES / name).read_bytes())
    return path


async def test_copied_renamed_removed_and_undone(tmp_path: Path) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    before = path.read_bytes()
    async with opened(path) as (app, pilot):
        await to_list(app, pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, NamePrompt))
        assert app.screen.query_one(Input).value == "guest marketing 2"
        await pilot.press("enter")
        await until(pilot, lambda: keys_of(app)[-1:] == ["guest marketing 2"])
        assert path.read_text().count("sends out the newsletter") == 2, "comments go along"
        await pilot.press("n")
        await until(pilot, lambda: isinstance(app.screen, NamePrompt))
        await pilot.press(*"newsletter", "enter")
        await until(pilot, lambda: keys_of(app)[-1:] == ["newsletter"])
        await pilot.press("delete")
        await until(pilot, lambda: path.read_bytes() == before)
        for n in range(3):
            await pilot.press("ctrl+z")
            wanted = ["newsletter", "guest marketing 2", "guest marketing"][n]

            def there(last: str = wanted) -> bool:
                return keys_of(app)[-1] == last

            await until(pilot, there)
        assert path.read_bytes() == before


def shows_names(app: ComplianceApp) -> bool:
    return isinstance(main_of(app).answer.form, NamesForm)


def under_cursor(app: ComplianceApp) -> str:
    return names_of(app).query_one(NameList).key


SOUND = """battery: {applies: false}
data_export:
  exports_data: true
  transfers:
    - name: one
    - name: two
    - name: three
"""


@pytest.mark.parametrize("which", [0, 1, -1])
@pytest.mark.parametrize("sound", [True, False])
async def test_what_undoing_brings_back_has_the_cursor(
    tmp_path: Path, sound: bool, which: int
) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)  # what is left contradicts its totals
    if sound:
        path.write_text(SOUND, encoding="utf-8")
    async with opened(path) as (app, pilot):
        await to_list(app, pilot)
        keys = keys_of(app)
        app.screen.query_one(NameList).highlighted = which % len(keys)
        await pilot.press("delete")
        await until(pilot, lambda: f"name: {keys[which]}\n" not in path.read_text())
        await until(pilot, lambda: not shows_names(app) or len(keys_of(app)) == len(keys) - 1)
        assert shows_names(app) is sound
        await pilot.press("ctrl+z")
        await until(pilot, lambda: shows_names(app) and keys_of(app) == keys)
        await until(pilot, lambda: under_cursor(app) == keys[which])
        assert app.screen.query_one(NameList).has_focus


async def test_the_only_item_comes_back_under_the_cursor_and_a_typed_name_does_not(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path / "new.yaml") as (app, pilot):
        await mark_export(pilot)
        app.screen.query_one("#answer #exact", Input).value = "loyalty"
        await pilot.press("enter")
        await until(pilot, lambda: keys_of(app) == ["loyalty"])
        await pilot.press("ctrl+z")
        await until(pilot, lambda: keys_of(app) == [])
        await pilot.press("ctrl+y")
        await until(pilot, lambda: keys_of(app) == ["loyalty"])
        await until(pilot, lambda: isinstance(app.screen.focused, ExactInput))
        await pilot.press("escape", "down", "delete")
        await until(pilot, lambda: keys_of(app) == [])
        await pilot.press("ctrl+z")
        await until(pilot, lambda: keys_of(app) == ["loyalty"] and under_cursor(app) == "loyalty")


async def test_a_field_once_left_stays_left(tmp_path: Path) -> None:
    async with opened(copy_of("hotel-group.yaml", tmp_path)) as (app, pilot):
        await to_list(app, pilot)
        names = app.screen.query_one(NameList)
        for _ in range(3):
            await pilot.press("escape")
            assert names.has_focus
        await pilot.press("a")
        assert isinstance(app.screen.focused, ExactInput)
        app.screen.set_focus(None)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen.focused is not None)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("staff files", "There is an item staff files already"), ("", "A name is needed")],
)
async def test_a_name_that_cannot_be_is_told_under_the_field(
    tmp_path: Path, typed: str, told: str
) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    before = path.read_bytes()
    async with opened(path) as (app, pilot):
        await to_list(app, pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, NamePrompt))
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await until(pilot, lambda: told in text_of(app))
        assert isinstance(app.screen, NamePrompt)
        assert path.read_bytes() == before


async def test_each_item_says_how_far_it_is_and_which_way_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "data_export:\n  exports_data: true\n  ciio: false\n  transfers:\n"
        "    - {name: loyalty, access: sent_abroad, has_personal_information: true}\n"
    )
    async with opened(path) as (app, pilot):
        await to_list(app, pilot)
        shown = text_of(app)
        assert "2 of " in shown
        assert " answered; " in shown


async def test_an_item_is_gone_through_and_the_list_comes_back(tmp_path: Path) -> None:
    path = copy_of("hotel-group.yaml", tmp_path)
    async with opened(path) as (app, pilot):
        await to_list(app, pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, FactsForm))
        form = main_of(app).answer.form
        assert isinstance(form, FactsForm)
        assert "guest marketing" in text_of(app), "its name is in the heading"
        await pilot.press("b")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, NamesForm))
        assert app.screen.query_one(NameList).key == "guest marketing"


async def test_a_long_list_is_turned_by_pages(tmp_path: Path) -> None:
    path = tmp_path / "long.yaml"
    items = "".join(f"    - {{name: export {n}}}\n" for n in range(PAGE + 20))
    path.write_text(f"data_export:\n  exports_data: true\n  transfers:\n{items}")
    async with opened(path) as (app, pilot):
        await to_list(app, pilot)
        names = app.screen.query_one(NameList)
        assert names.option_count < PAGE
        names.highlighted = 0
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one(NameList).option_count > PAGE)
        assert app.screen.query_one(NameList).get_option_index("item:export 0") == 0


async def test_a_year_is_asked_as_a_year(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("battery:\n  applies: true\ndata_export.exports_data: false\n")
    async with opened(path) as (app, pilot):
        from compliancecheck.model.profile import FactRef

        await app.ask(FactRef("battery.years"))
        await until(pilot, lambda: "Type a financial year and Enter" in text_of(app))


# -- keys that were meant for something else -------------------------------------------------------


async def test_a_key_that_waited_while_the_screen_changed_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "data_export.handles_personal_information")
        before, form = path.read_bytes(), main_of(app).answer.form
        late = events.Key("y", "y")
        late.time = main_of(app).answer.shown_at - 0.01
        assert app.focused is not None
        app.post_message(late)
        await pilot.pause()
        assert path.read_bytes() == before
        assert main_of(app).answer.form is form
        await pilot.press("y")
        await until(pilot, lambda: path.read_bytes() != before)


async def test_an_o_amid_a_number_opens_no_editor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opened_at = tmp_path / "p.yaml", tmp_path / "opened"
    monkeypatch.setenv("EDITOR", f"touch {opened_at} #")
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        for n, key in enumerate("2o"):
            event = events.Key(key, key)
            event.time = main_of(app).answer.shown_at + 1 + n / 10
            app.post_message(event)
        await pilot.pause()
        assert app.after_digit
        assert not opened_at.exists()


async def test_a_digit_in_a_field_says_once_how_to_go_to_the_tab(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("battery.applies: false\ndata_export.exports_data: true\n")
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: isinstance(app.focused, Input))
        await pilot.press("2")
        await until(pilot, lambda: "Esc, then 2: Findings" in text_of(app))
        await pilot.press("0")
        await until(pilot, lambda: "Esc, then" not in text_of(app))


# -- answers that contradict each other ------------------------------------------------------------


async def test_one_of_two_contradicting_answers_is_given_anew(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "battery.applies: false\n"
        "data_export:\n  exports_data: false\n  ciio: false\n"
        "  transfers:\n    - name: loyalty\n"
    )
    async with opened(path) as (app, pilot):
        await until(pilot, lambda: "contradict each other" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, FactsForm))
        await pilot.press("y")
        await until(pilot, lambda: not main_of(app).session.broken)
        assert "exports_data: true" in path.read_text()
