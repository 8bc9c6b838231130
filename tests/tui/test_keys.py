"""What keys do and do not: nothing is written that was not meant, no key is lost or cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import RadioButton
from textual.widgets._footer import FooterKey

from compliancecheck.model.facts import Fact, FactType
from compliancecheck.model.profile import FactRef
from compliancecheck.tui.answer.names_form import NamesForm
from compliancecheck.tui.answer.options import ExactInput, Options
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.words import say
from tests.tui.pilots import (
    PLAIN,
    SMALL,
    answer_open,
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


async def test_enter_on_an_exact_answer_writes_nothing_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        await pilot.press("equals_sign", *"250000", "enter")
        await until(pilot, lambda: "this_year: 250000\n" in path.read_text())
        await until(pilot, lambda: "sensitive_this_year" in asked(app))
        before, here = path.read_bytes(), asked(app)
        await pilot.press("b")
        await until(pilot, lambda: "nonsensitive" in asked(app))
        await until(pilot, lambda: "= exact or a range: 250,000" in text_of(app))
        assert form_of(app).query_one(Options).pressed_index == 1
        await pilot.press("enter")
        await until(pilot, lambda: asked(app) == here)
        assert path.read_bytes() == before


def asked(app: ComplianceApp) -> str:
    ref = form_of(app).asked()
    return ref.name if ref is not None else ""


async def test_a_second_enter_does_not_say_that_there_are_none(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await mark_export(pilot)
        before = path.read_bytes()
        await pilot.press("enter", "enter", "escape", "enter", "enter")
        form = form_of(app)
        assert isinstance(form, NamesForm)
        await until(pilot, lambda: "“There are none” with ↑" in form.complaint)
        assert path.read_bytes() == before
        await pilot.press("up", "enter")
        await until(pilot, lambda: "transfers: []" in path.read_text())
        await pilot.press("ctrl+z")
        await until(pilot, lambda: path.read_bytes() == before)
        await until(pilot, lambda: isinstance(form_of(app), NamesForm))
        assert main_of(app).answer.walk.goal == "routes"


async def test_enter_adds_no_choice_that_the_cursor_was_not_moved_to(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    name = next(f.name for f in rules().facts.values() if f.fields and by_choice(f))
    async with opened(path) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        await app.ask(FactRef(name))
        await pilot.pause()
        before = path.read_bytes()
        await pilot.press("enter", "enter")
        form = form_of(app)
        assert isinstance(form, NamesForm)
        await until(pilot, lambda: "Space or Enter adds" in form.complaint)
        assert path.read_bytes() == before
        await pilot.press("down", "space")
        await until(pilot, lambda: path.read_bytes() != before)
        await until(pilot, lambda: len(names_of(app)) == 1)
        later = form_of(app)
        once = path.read_bytes()
        await pilot.press("enter")
        await until(pilot, lambda: form_of(app) is not later)
        assert path.read_bytes() == once


def by_choice(fact: Fact) -> bool:
    key = rules().facts.get(f"{fact.item}.{fact.key}")
    return key is not None and key.type is FactType.CHOICE


def names_of(app: ComplianceApp) -> list[str]:
    form = form_of(app)
    return [item.key for item in form.items.items] if isinstance(form, NamesForm) else []


async def test_a_burst_of_keys_marks_one_answer_and_types_what_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        options = form_of(app).query_one(Options)
        burst(app, "down", "down", "down", "up", "1", "3", "2")
        await until(pilot, lambda: options.pressed_index == 1)
        await pilot.pause(0.2)
        assert [b.value for b in options.query(RadioButton)].count(True) == 1
        field = form_of(app).query_one(ExactInput)
        burst(app, "equals_sign")
        await until(pilot, lambda: app.screen.focused is field)
        burst(app, *"12", "backspace", *"50", "backspace", *"7", "left", *"6", "end", *"0")
        await until(pilot, lambda: len(field.value) == 5)
        assert field.value == "15670"


def burst(app: ComplianceApp, *keys: str) -> None:
    """Keys without a moment between them."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))


async def test_help_is_left_with_esc_and_keys_do_not_act_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "data_export.ciio")
        before = path.read_bytes()
        await pilot.press("question_mark")
        await until(pilot, lambda: "Help (Esc closes it)" in text_of(app))
        assert "why" in text_of(app)
        assert "Page Left" not in text_of(app)
        await pilot.press("y", "u", "escape")
        await until(pilot, lambda: "Help (Esc" not in text_of(app))
        assert path.read_bytes() == before


@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_no_label_of_the_footer_is_cut(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "p.yaml"
    palette = "▏^p " + say("key.palette", lang)

    def whole(app: ComplianceApp) -> bool:
        keys = [k for k in app.screen.query(FooterKey) if not k.has_class("-command-palette")]
        said = " ".join(f"{k.key_display} {k.description}" for k in keys)
        last = grid(app)[-1]
        return bool(keys) and last.startswith(said + " ") and last.endswith(palette)

    async with opened(path, SMALL, lang) as (app, pilot):
        await mark_export(pilot)
        await until(pilot, lambda: whole(app) and "^o" in grid(app)[-1])
        await name_item(pilot, "one")
        await until(pilot, lambda: whole(app) and "y n" in grid(app)[-1])
        while not asked(app).endswith("nonsensitive_this_year"):
            await answer_open(pilot, PLAIN)
        await until(pilot, lambda: whole(app) and "1-4" in grid(app)[-1])


async def test_a_bad_name_is_told_beneath_the_field(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await mark_export(pilot)
        await pilot.press(*"one", "enter")
        await until(pilot, lambda: names_of(app) == ["one"])
        before = path.read_bytes()
        await pilot.press(*"one", "enter")
        form = form_of(app)
        assert isinstance(form, NamesForm)
        await until(pilot, lambda: bool(form.complaint))
        assert path.read_bytes() == before
        assert not app._notifications
        await pilot.press("x")
        await until(pilot, lambda: not form.complaint)


async def test_the_heading_stays_above_many_answers(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.purpose")
        await pilot.press("up", "up")
        await pilot.pause(0.2)
        assert "Route of “loyalty”" in text_of(app)
        assert "↑↓ 1-9 choose" in text_of(app)


async def test_a_file_that_is_taken_away_is_no_new_one(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        assert "new, nothing written yet" in text_of(app)
        await mark_export(pilot)
        await until(pilot, lambda: "saved" in grid(app)[0])
        path.unlink()
        await until(pilot, lambda: "the file is gone" in grid(app)[0])
