"""The file under the app: edits outside, broken files, clashes, read-only files, the editor."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from textual.widgets import Input

from compliancecheck.model.profile import FactRef
from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import file_problem
from compliancecheck.tui import editor
from compliancecheck.tui.answer.ends import ProblemsForm
from compliancecheck.tui.app import ComplianceApp
from compliancecheck.tui.session import Session, Wrote
from tests.tui.pilots import (
    AS_OF,
    PROFILES,
    SMALL,
    form_of,
    grid,
    main_of,
    opened,
    rules,
    text_of,
    until,
)

CIIO = FactRef("data_export.ciio")
TEXT = "dated: 2026-11-24\nbattery:\n  applies: false\ndata_export:\n  exports_data: true\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "p.yaml"
    file.write_text(TEXT)
    return file


def session(path: Path) -> Session:
    return Session.open(str(path), rules(), AS_OF)


async def test_an_edit_outside_shows_within_a_second(path: Path) -> None:
    path.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    async with opened(path) as (app, pilot):
        main_of(app).action_tab(2)
        await until(pilot, lambda: "✗ FAIL" in text_of(app))
        path.write_text(path.read_text().replace("CNY 36 million", "CNY 46 million"))
        await until(pilot, lambda: "✗ FAIL" not in text_of(app))
        assert "✓ MET" in text_of(app)


async def test_a_broken_file_lists_its_problems_and_keeps_the_last_verdicts(path: Path) -> None:
    async with opened(path) as (app, pilot):
        before = main_of(app).session.evaluation
        path.write_text(TEXT + "  ciio: perhaps\n")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, ProblemsForm))
        await until(pilot, lambda: "1 problem in" in text_of(app))
        shown = text_of(app)
        (problem,) = main_of(app).session.problems
        assert "`perhaps` is neither true nor false" in problem.message
        assert (problem.line, problem.column) == (6, 9)
        assert "stale" in shown
        assert main_of(app).session.evaluation is before
        path.write_text(TEXT + "  ciio: true\n")
        await until(pilot, lambda: not isinstance(main_of(app).answer.form, ProblemsForm))
        await until(pilot, lambda: "stale" not in text_of(app))


def toasts(app: ComplianceApp, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the app tells of the file from now on."""
    told: list[str] = []
    monkeypatch.setattr(app, "notify", lambda text, **_: told.append(text))
    return told


async def test_the_first_problem_is_told_once_with_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(path) as (app, pilot):
        told = toasts(app, monkeypatch)
        path.write_text(TEXT + "  ciio: perhaps\n")
        await until(pilot, lambda: len(told) == 1)
        assert "p.yaml:6:9: `perhaps` is neither true nor false" in told[0]
        path.write_text(TEXT + "  ciio: perhaps\n# another program writes again\n")
        await until(pilot, lambda: "writes again" in main_of(app).session.text)
        await pilot.press("enter", "enter")
        await pilot.pause(0.3)
        assert len(told) == 1
        path.write_text(TEXT + "  ciio: [\n")
        await until(pilot, lambda: len(told) == 2)
        assert "p.yaml:7:1: here a value was expected" in told[1]


async def test_an_answer_into_a_broken_file_shows_its_problems_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(path) as (app, pilot):
        told = toasts(app, monkeypatch)
        await until(pilot, lambda: isinstance(app.screen.focused, Input))
        app.look = _nothing  # type: ignore[method-assign]
        path.write_text(TEXT + "  ciio: perhaps\n")
        await pilot.press(*"abc", "enter")
        await until(pilot, lambda: isinstance(main_of(app).answer.form, ProblemsForm))
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert len(told) == 1


async def _nothing() -> None:
    """Looks at no file."""


async def test_a_file_that_is_broken_at_the_start_opens_as_its_problems(path: Path) -> None:
    path.write_text("data_export:\n  ciio: [\n")
    async with opened(path) as (app, _):
        assert isinstance(main_of(app).answer.form, ProblemsForm)
        assert main_of(app).session.evaluation is None


@pytest.mark.parametrize("size", [SMALL, (45, 20)])
async def test_the_excerpt_of_a_problem_fits_beside_its_caret(
    path: Path, size: tuple[int, int]
) -> None:
    path.write_text("".join(" " * (2 * n) + "a:\n" for n in range(70)), encoding="utf-8")
    async with opened(path, size) as (app, pilot):
        await until(pilot, lambda: "65 | …   a:" in text_of(app))
        lines = grid(app)
        at = next(n for n, line in enumerate(lines) if "65 | …   a:" in line)
        assert lines[at + 1].split("│")[0].rstrip() == "    |     ^"
        assert "o source" in lines[-1]


async def test_answers_that_contradict_are_problems(path: Path) -> None:
    path.write_text(TEXT.replace("true", "false") + "  transfers:\n    - name: a\n")
    async with opened(path) as (app, _):
        form = main_of(app).answer.form
        assert isinstance(form, ProblemsForm)
        assert any("transfers" in problem.message for problem in form.problems)


def test_an_answer_is_merged_into_a_file_that_was_edited(path: Path) -> None:
    one = session(path)
    path.write_text(TEXT + "  quantity_split: false\n")
    assert one.answer(CIIO, "false") is Wrote.MERGED
    assert "quantity_split: false\n" in path.read_text()
    assert "ciio: false\n" in path.read_text()


def test_the_same_answer_changed_outside_is_a_clash(path: Path) -> None:
    one = session(path)
    path.write_text(TEXT + "  ciio: true\n")
    assert one.answer(CIIO, "false") is Wrote.CLASH
    assert one.clash is not None
    assert (one.clash.mine, one.clash.theirs) == ("false", "true")
    assert "ciio: true\n" in path.read_text()
    assert one.take_mine() is Wrote.SAVED
    assert "ciio: false\n" in path.read_text()


def test_an_answer_that_was_deleted_outside_is_a_clash(path: Path) -> None:
    path.write_text(TEXT + "  ciio: true  # theirs\n")
    one = session(path)
    path.write_text(TEXT)
    assert one.answer(CIIO, "false") is Wrote.CLASH
    assert one.clash is not None
    assert (one.clash.mine, one.clash.theirs) == ("false", None)
    lines = one.compare_clash()
    assert lines is not None
    assert [line.text for line in lines] == ["ciio: false", "ciio: true  # theirs"]
    assert path.read_text() == TEXT
    assert one.take_mine() is Wrote.SAVED
    assert "ciio: false\n" in path.read_text()


async def test_a_deleted_answer_asks_and_shows_the_line_that_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliancecheck.tui.app.LOOK_EVERY", 1000)
    path.write_text(TEXT + "  ciio: true\n")
    async with opened(path) as (app, pilot):
        one = main_of(app).session
        main_of(app).answer.walk.seen.clear()
        await main_of(app).answer.ask(CIIO)
        one._stamp = None
        path.write_text(TEXT)
        await pilot.press("n")
        await until(pilot, lambda: "Theirs: deleted" in text_of(app))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: "Theirs is deleted; it was line 6:" in text_of(app))
        assert "ciio: true" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Theirs: deleted" in text_of(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: one.clash is None)
        assert path.read_text() == TEXT


async def test_a_clash_asks_mine_or_theirs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliancecheck.tui.app.LOOK_EVERY", 1000)  # the answer comes first
    async with opened(path) as (app, pilot):
        one = main_of(app).session
        main_of(app).answer.walk.seen.clear()
        await main_of(app).answer.ask(CIIO)
        one._stamp = None
        path.write_text(TEXT + "  ciio: true\n")
        await pilot.press("n")
        await until(pilot, lambda: "Mine: no" in text_of(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: one.clash is None)
        assert "ciio: true\n" in path.read_text()


async def test_a_clash_shows_both_lines(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliancecheck.tui.app.LOOK_EVERY", 1000)
    async with opened(path) as (app, pilot):
        one = main_of(app).session
        main_of(app).answer.walk.seen.clear()
        await main_of(app).answer.ask(CIIO)
        one._stamp = None
        path.write_text(TEXT + "  ciio: true  # [bold]theirs[/]\n")
        await pilot.press("n")
        await until(pilot, lambda: "Compare: both lines" in text_of(app))
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: "Theirs is line 6:" in text_of(app))
        assert "ciio: true  # [bold]theirs[/]" in text_of(app)
        assert "ciio: false  # [bold]theirs[/]" in text_of(app)
        await pilot.press("escape")
        await until(pilot, lambda: "Mine: no" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: "ciio: false" in path.read_text())


async def test_answers_that_wait_are_asked_about_before_quitting(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise OSError(errno.ENOSPC, "no space")

    async with opened(path) as (app, pilot):
        with monkeypatch.context() as patch:
            patch.setattr("compliancecheck.reading.writing.save", refuse)
            main_of(app).answer.walk.seen.clear()
            await main_of(app).answer.ask(CIIO)
            await pilot.press("n")
            await until(pilot, lambda: main_of(app).session.waiting)
            await until(pilot, lambda: "answers not written" in text_of(app))
            assert any("The disk is full" in note.message for note in app._notifications)
            await app.run_action("quit")
            await until(pilot, lambda: "Some answers are not in the file" in text_of(app))
        await pilot.press("enter")
        await until(pilot, lambda: "Name of the new file" in text_of(app))
        new = path.parent / "new.yaml"
        await pilot.press(*str(new), "enter")
        await until(pilot, new.exists)
        assert new.read_text() == TEXT + "  ciio: false\n"
        assert path.read_text() == TEXT


def test_another_day_clears_its_contradictions(path: Path) -> None:
    one = session(path)
    one.problems = (file_problem(str(path), Texts("a contradiction of the day before", "")),)
    one.set_day(AS_OF + 30)
    assert not one.broken
    assert one.evaluation is not None
    assert one.evaluation.as_of == AS_OF + 30


def test_a_broken_file_keeps_its_last_answers_on_another_day(path: Path) -> None:
    one = session(path)
    path.write_text("data_export: [")
    assert one.reload_if_changed()
    one.set_day(AS_OF + 30)
    assert one.broken
    assert one.evaluation is not None
    assert one.evaluation.as_of == AS_OF + 30


def test_a_file_that_cannot_be_read_stays_so_in_another_language(tmp_path: Path) -> None:
    folder = tmp_path / "p.yaml"
    folder.mkdir()
    one = session(folder)
    one.set_language("zh")
    assert one.broken
    assert one.answer(CIIO, "false") is Wrote.REFUSED


def test_undo_refuses_after_an_edit_outside_of_the_same(path: Path) -> None:
    one = session(path)
    one.answer(CIIO, "false")
    edited = path.read_text().replace("ciio: false", "ciio: unknown")
    path.write_text(edited)
    assert one.undo() is Wrote.CLASH
    assert path.read_text() == edited


def test_a_new_file_is_gone_again_after_undo(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    one = session(path)
    assert not path.exists()
    assert one.answer(FactRef("battery.applies"), "false") is Wrote.SAVED
    assert path.read_text() == "dated: 2026-11-24\nbattery:\n  applies: false\n"
    assert one.undo() is Wrote.SAVED
    assert not path.exists()
    assert one.redo() is Wrote.SAVED
    assert path.read_text() == "dated: 2026-11-24\nbattery:\n  applies: false\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write any file")
def test_a_file_that_may_not_be_written_by_permission(path: Path) -> None:
    path.chmod(0o444)
    one = session(path)
    assert one.answer(CIIO, "false") is Wrote.IN_MEMORY


def test_a_file_that_may_not_be_written_leaves_answers_in_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise PermissionError(13, "no")

    one = session(path)
    monkeypatch.setattr("compliancecheck.reading.writing.save", refuse)
    assert one.answer(CIIO, "false") is Wrote.IN_MEMORY
    assert one.read_only
    assert path.read_text() == TEXT
    answer = one.answer_of(CIIO)
    assert answer is not None
    assert answer.text == "false"


def test_what_cannot_be_spliced_is_refused_with_the_reason(path: Path) -> None:
    one = session(path)
    assert one.answer(CIIO, "maybe") is Wrote.REFUSED
    assert one.refusal
    assert path.read_text() == TEXT


async def test_o_opens_the_editor_at_the_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setenv("EDITOR", "vim")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(editor, "run", lambda words: ran.append(words))
    path.write_text(TEXT + "  ciio: perhaps\n")
    async with opened(path) as (_, pilot):
        await pilot.press("o")
        await pilot.pause()
    assert ran == [["vim", "+6", str(path)]]


async def test_o_on_a_finding_opens_its_figure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setenv("EDITOR", "code -w")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(editor, "run", lambda words: ran.append(words))
    path.write_bytes((PROFILES / "battery-just-under.yaml").read_bytes())
    async with opened(path) as (app, pilot):
        main_of(app).action_tab(2)
        await until(pilot, lambda: "WHY" in text_of(app))
        await pilot.press("o")
        await pilot.pause()
    (words,) = ran
    line = int(words[-1].split(":")[-2])
    figure = path.read_text().splitlines()[line - 1]
    assert any(name in figure for name in ("rd_expense", "process_improvement", "main_business"))
    assert words[:3] == ["code", "-w", "--goto"]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("nano", ["nano", "+7", "/x/p.yaml"]),
        ("/usr/bin/emacs -nw", ["/usr/bin/emacs", "-nw", "+7", "/x/p.yaml"]),
        ("hx", ["hx", "/x/p.yaml:7:3"]),
        ("code", ["code", "--wait", "--goto", "/x/p.yaml:7:3"]),
        ("ed", ["ed", "/x/p.yaml"]),
    ],
)
def test_how_editors_are_told_the_line(
    setting: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", setting)
    assert editor.command("/x/p.yaml", 7, 3) == expected


async def test_the_interview_goes_on_where_the_file_stands(path: Path) -> None:
    async with opened(path) as (app, _):
        assert form_of(app).asked() == FactRef("data_export.transfers")


async def test_what_is_being_typed_goes_on_when_the_form_is_put_up_anew(path: Path) -> None:
    path.write_bytes((PROFILES / "exporter-by-range.yaml").read_bytes())
    async with opened(path) as (app, pilot):
        await main_of(app).answer.ask(FactRef("data_export.people_handled_in_total"))
        await pilot.press("equals_sign", "5", "0", "0")
        for key in ("ctrl+l", "ctrl+l"):
            await pilot.press(key)
            await pilot.pause()
        path.write_bytes(path.read_bytes() + b"# edited\n")
        before = form_of(app)
        await until(pilot, lambda: form_of(app) is not before)
        await pilot.pause()
        await pilot.press("0")
        assert form_of(app).query_one("#exact", Input).value == "5000"


async def test_a_name_that_is_being_typed_is_not_replaced(path: Path) -> None:
    async with opened(path) as (app, pilot):
        await pilot.press(*"half", "ctrl+l")
        await pilot.pause()
        await pilot.press("x")
        assert form_of(app).query_one("#exact", Input).value == "halfx"
