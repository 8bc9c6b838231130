"""The interview: from nothing to a settled route; what is written, and when; back and undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.reading.profiles import load_profile_file
from compliancecheck.tui.answer.ends import EndForm
from compliancecheck.tui.answer.facts_form import FactsForm
from compliancecheck.tui.answer.names_form import NamesForm
from compliancecheck.tui.answer.options import ExactInput, Options
from compliancecheck.tui.app import ComplianceApp
from tests.tui.pilots import (
    AS_OF,
    LARGE,
    PLAIN,
    PROFILES,
    SMALL,
    answer_open,
    form_of,
    main_of,
    mark_export,
    name_item,
    opened,
    rules,
    start,
    text_of,
    until,
)


@pytest.mark.parametrize(
    ("size", "lang"), [(SMALL, "en"), (LARGE, "en"), (SMALL, "zh"), (LARGE, "zh")]
)
async def test_a_plain_exporter_settles_its_route_in_at_most_eight_screens(
    tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    path = tmp_path / "new.yaml"
    async with opened(path, size, lang) as (app, pilot):
        await mark_export(pilot)
        await name_item(pilot, "loyalty programme")
        asked = []
        while isinstance(form_of(app), FactsForm):
            name = await answer_open(pilot, PLAIN)
            asked.append(name)
            field = name.rsplit(".", 1)[1]
            assert f"{field}:" in path.read_text(), "in the file before the next question"
        form = form_of(app)
        assert isinstance(form, EndForm)
        assert form.shown.kind == "settled"
        assert main_of(app).answer.walk.shown <= 8
        assert len(asked) == len(set(asked))
        way = "contract or certification" if lang == "en" else "标准合同或认证"
        shown = text_of(app)
        assert way in shown
        assert "✓" in shown
        assert "100,000" in shown or "10万" in shown  # the strip
    profile, problems = load_profile_file(str(path), rules())
    assert not problems
    assert profile is not None
    (line, _) = evaluate(profile, rules(), as_of=AS_OF).routes
    assert line.settled
    assert line.possible == ("contract_or_certification",)


async def test_a_band_is_written_as_a_range(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        assert "1,000,000 or more" in text_of(app)
        await pilot.press("3")
        assert "people_nonsensitive" not in path.read_text(), "no answer before Enter"
        await pilot.press("enter")
        await pilot.pause()
        assert "people_nonsensitive_this_year: at least 1000000\n" in path.read_text()
        assert "security assessment" in text_of(app)


async def test_the_preview_shows_what_the_answer_would_do(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        before = path.read_bytes()
        assert "→ security assessment" not in text_of(app)
        await pilot.press("3")
        await until(pilot, lambda: "→ security assessment" in text_of(app))
        assert path.read_bytes() == before


async def test_an_exact_value_is_read_along_and_a_wrong_one_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        await pilot.press("equals_sign")
        await pilot.press(*"1.5x")
        await pilot.pause()
        assert "is not a whole number of people" in text_of(app)
        before = path.read_bytes()
        await pilot.press("enter")
        await pilot.pause()
        assert path.read_bytes() == before
        app.screen.query_one("#exact", ExactInput).value = "1.2 million"
        await pilot.pause()
        assert "reads as  1,200,000" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "people_nonsensitive_this_year: 1.2 million\n" in path.read_text()


async def test_unknown_is_written_and_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.important_data")
        await pilot.press("u")
        await pilot.pause()
        assert "important_data: unknown\n" in path.read_text()
        ref = form_of(app).asked()
        assert ref is not None
        assert ref.name != "transfer.important_data"


async def test_enter_without_a_choice_answers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.important_data")
        before = path.read_bytes()
        assert form_of(app).query_one(Options).pressed_index == -1
        await pilot.press("enter")
        await pilot.pause()
        assert path.read_bytes() == before
        ref = form_of(app).asked()
        assert ref is not None
        assert ref.name == "transfer.important_data"


async def test_what_is_skipped_comes_once_more_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.important_data")
        await pilot.press("s")
        await pilot.pause()
        asked = []
        while isinstance(form_of(app), FactsForm):
            ref = form_of(app).asked()
            assert ref is not None
            asked.append(ref.name)
            if len(asked) > 20:
                break
            await answer_open(pilot, PLAIN)
        assert asked[-1] == "transfer.important_data"
        assert asked.count("transfer.important_data") == 1


async def test_back_goes_to_what_was_skipped(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.has_personal_information")
        shown = []
        for key in ("s", "s", "s"):
            asked = form_of(app).asked()
            shown.append(asked)
            await pilot.press(key)
            await until(pilot, lambda before=asked: form_of(app).asked() != before)  # type: ignore[misc]
        for before in reversed(shown):
            await pilot.press("b")
            await until(pilot, lambda ref=before: form_of(app).asked() == ref)  # type: ignore[misc]


async def test_yes_and_no_answer_at_once(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (_, pilot):
        await start(pilot, path, "data_export.ciio")
        await pilot.press("n")
        await pilot.pause()
        assert "ciio: false\n" in path.read_text()


async def test_back_shows_the_answer_and_undo_restores_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"# ours\r\ndata_export:\r\n  exports_data: true   # since 2020\r\n")
    start_bytes = path.read_bytes()
    async with opened(path) as (app, pilot):
        main = main_of(app)
        main.session.answers({ref: "false" for ref in form_of(app).shown.refs})  # type: ignore[attr-defined]
        await main.answer.after_undo()
        await name_item(pilot, "one")
        written = [path.read_bytes()]
        while not asks(app, "transfer.access"):
            await answer_open(pilot, PLAIN)
            written.append(path.read_bytes())
        assert len(written) == len(set(written)) > 1
        await pilot.press("1", "enter")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        options = form_of(app).query_one(Options)
        assert options.choices[options.pressed_index].text == "sent_abroad"
        await pilot.press("2", "enter")
        await pilot.pause()
        assert b"remote_access_from_abroad" in path.read_bytes()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert b"sent_abroad" in path.read_bytes()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert path.read_bytes() == written[-1]
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert path.read_bytes() == written[-2]
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert path.read_bytes() == written[-1]
        for before in reversed(written[:-1]):
            await pilot.press("ctrl+z")
            await pilot.pause()
            assert path.read_bytes() == before
        for _ in range(4):
            await pilot.press("ctrl+z")
            await pilot.pause()
        assert path.read_bytes() == start_bytes


def asks(app: ComplianceApp, name: str) -> bool:
    ref = form_of(app).asked()
    return ref is not None and ref.name == name


async def test_names_are_added_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await mark_export(pilot)
        for name in ("one", "two"):
            app.screen.query_one("#exact", ExactInput).value = name
            await pilot.press("enter")
            await pilot.pause()
        assert path.read_text().count("- name:") == 2
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("up", "up", "up", "home", "delete")
        await pilot.pause()
        assert "- name: one" not in path.read_text()
        assert "- name: two" in path.read_text()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "- name: one" in path.read_text()
        form = form_of(app)
        assert isinstance(form, NamesForm)
        assert form.items.items[0].key == "one"


async def test_no_export_leaves_nothing_to_ask_but_what_else_may_apply(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert "exports_data: false" in path.read_text()
        assert "applies: false" in path.read_text()
        form = form_of(app)
        assert isinstance(form, EndForm), "nobody is asked about a law unless it applies"
        assert "What else may apply: " in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        asked = []
        while isinstance(form_of(app), FactsForm):
            ref = form_of(app).asked()
            assert ref is not None
            asked.append(ref)
            assert len(asked) == len(set(asked))
            await pilot.press(*(["question_mark", "enter"] if in_field(app) else ["u"]))
            await pilot.pause()
        assert asked
        assert not [ref for ref in asked if ref.item is not None]
        assert "Nothing left to ask." in text_of(app)


def in_field(app: ComplianceApp) -> bool:
    return isinstance(app.screen.focused, ExactInput)


async def test_a_contested_reading_is_offered_once_and_nothing_is_preselected(
    tmp_path: Path,
) -> None:
    path = tmp_path / "hotel.yaml"
    path.write_bytes((PROFILES / "hotel-group.yaml").read_bytes())
    before = path.read_bytes()
    async with opened(path) as (app, pilot):
        shown = text_of(app)
        assert "HR exemption" in shown
        assert "[prevailing]" in shown
        assert "art. 5(1)(ii)" in shown
        assert form_of(app).query_one(Options).pressed_index == -1
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(form_of(app), EndForm)
        assert "~ contested" in text_of(app)
        assert path.read_bytes() == before
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "hr_exemption_needs: both" in path.read_text()
        assert "~ contested" not in text_of(app)


async def test_why_lists_the_rules_that_wait(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    async with opened(path) as (app, pilot):
        await start(pilot, path, "transfer.people_nonsensitive_this_year")
        await pilot.press("w")
        await pilot.pause()
        shown = text_of(app)
        assert "Why is this asked?" in shown
        assert "1,000,000 or more" in shown
        await pilot.press("end")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(form_of(app), FactsForm)
