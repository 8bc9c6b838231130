"""Plain mode: journey 1 through a real pipe in both languages, words, wrong input, hostile text."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from compliancecheck.model.instruments import Rules
from compliancecheck.model.profile import FactRef
from compliancecheck.model.safe import cell_width
from compliancecheck.reading.packs import load_rules
from compliancecheck.tui.plain import commands
from compliancecheck.tui.plain.printing import Voice
from compliancecheck.tui.plain.talk import Talk
from compliancecheck.tui.session import Session
from compliancecheck.tui.words import WORDS, say

AS_OF = date(2026, 11, 24).toordinal()
COMMAND = "import sys; from compliancecheck.cli.main import run; sys.exit(run())"
ROUTE = ("2", "loyalty programme", "", "n", "y", "800000", "1", "y", "1", "7", "1", "n", "2", "=0")
"""From nothing to the route of a plain exporter, a line each."""
ROUTE_ZH = ("2", "会员计划", "", "否", "是", "80万", "1", "是", "1", "7", "1", "否", "2", "=0")
NAMED = """dated: 2026-11-24
battery: {applies: false}
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  people_handled_in_total: 800000
  transfers:
    - name: loyalty programme
      access: sent_abroad
    - name: parts
"""
COUNTED = """dated: 2026-11-24
battery: {applies: false}
data_export:
  exports_data: true
  ciio: false
  handles_personal_information: true
  people_handled_in_total: 800000
  transfers:
    - name: loyalty programme
      access: sent_abroad
      has_personal_information: true
      important_data: none
      purpose: marketing
      origin: mainland
      exporter_registered_in_zone: false
"""
"""Of one export all that decides its route is answered, but how many people."""
HOSTILE = """dated: 2026-11-24
common:
  company_name: "[/x] \\e[31m ##[error] \\u202eabc"
battery: {applies: false}
data_export:
  exports_data: true
  transfers:
    - name: "::error::x [@click=app.quit]x[/]\\e[2J"
      purpose: marketing
"""


@cache
def rules() -> Rules:
    return load_rules()


def piped(
    *arguments: str, typed: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it in a pipe."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        input=typed,
        capture_output=True,
        cwd=cwd,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", **(env or {})},
        timeout=120,
    )


def talked(path: Path, *lines: str, lang: str = "en", width: int = 80) -> str:
    """What is said when these lines are typed, in this process."""
    out = io.StringIO()
    session = Session.open(str(path), rules(), AS_OF, lang)
    Talk(session, Voice(out, width), io.StringIO("".join(f"{line}\n" for line in lines))).run()
    return out.getvalue()


def reply(said: str, n: int) -> str:
    """What was said after the line *n* (the first is 0)."""
    return said.split("\n>\n")[n + 1]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    path = tmp_path / "named.yaml"
    path.write_text(NAMED, encoding="utf-8")
    return path


@pytest.fixture
def counted(tmp_path: Path) -> Path:
    path = tmp_path / "counted.yaml"
    path.write_text(COUNTED, encoding="utf-8")
    return path


# -- through a pipe -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "lines", "settled"),
    [
        ("en", ROUTE, "Route: contract or certification."),
        ("zh", ROUTE_ZH, "路径：标准合同或认证。"),
    ],
)
def test_a_new_company_through_a_pipe(
    tmp_path: Path, lang: str, lines: tuple[str, ...], settled: str
) -> None:
    typed = "\n".join((*lines, "findings", "1")) + "\n"
    day = ("--as-of", "2026-11-24", "--lang", lang)
    done = piped("ui", "new.yaml", "--plain", *day, typed=typed, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert settled in done.stdout
    assert "\x1b" not in done.stdout
    assert max(cell_width(line) for line in done.stdout.splitlines()) <= 80
    checked = piped("check", "new.yaml", *day, typed="", cwd=tmp_path)
    assert checked.returncode == 0
    assert settled.partition(" " if lang == "en" else "：")[2].rstrip(".。") in checked.stdout


def test_the_end_of_the_lines_says_where_the_file_is(tmp_path: Path) -> None:
    done = piped("ui", "new.yaml", typed="", cwd=tmp_path)  # a pipe: plain without being asked
    assert done.returncode == 0
    assert done.stdout.endswith("Nothing was answered; new.yaml was not written.\n")
    assert not (tmp_path / "new.yaml").exists()
    done = piped("new.yaml", typed="2\nloyalty", cwd=tmp_path)
    assert done.returncode == 0
    assert "Everything is in new.yaml." in done.stdout.splitlines()[-1]
    assert "name: loyalty" in (tmp_path / "new.yaml").read_text()


def test_lines_are_as_wide_as_columns_says(tmp_path: Path) -> None:
    typed = "\n".join(("help", *ROUTE, "findings")) + "\n"
    done = piped("ui", "n.yaml", "--plain", typed=typed, cwd=tmp_path, env={"COLUMNS": "44"})
    widths = [cell_width(line) for line in done.stdout.splitlines()]
    assert 40 < max(widths) <= 44


def test_a_terminal_without_utf_8_gets_ascii(tmp_path: Path) -> None:
    env = {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    typed = "\n".join((*ROUTE, "findings", "1")) + "\n"
    done = piped("ui", "n.yaml", "--plain", typed=typed, cwd=tmp_path, env=env)
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "\\u" not in done.stdout


def test_a_broken_profile_is_its_list_of_problems(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("data_export:\n  ciio: flase\n  porpose: x\n")
    done = piped("ui", "b.yaml", "--plain", typed="y\n", cwd=tmp_path)
    assert done.returncode == 2
    assert "error: b.yaml:2:9: `flase` is neither true nor false" in done.stderr
    assert "b.yaml:3:3:" in done.stderr
    assert done.stdout == ""


def test_without_a_terminal_and_a_name_it_says_what_to_write(tmp_path: Path) -> None:
    done = piped("ui", typed="", cwd=tmp_path)
    assert done.returncode == 2
    assert "compliancecheck ui PROFILE --plain" in done.stderr


def test_text_of_a_file_is_data(tmp_path: Path) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(HOSTILE, encoding="utf-8")
    typed = (
        "list\nreview\nmore\nfind error\nfindings\nfinding 1\nwhy\n\nn\ny\n800000\n"
        "remove \x1b[31mx\n=\x1b]0;x\x07\nlang\n复核\n退出\n"
    )
    done = piped("ui", "hostile.yaml", "--plain", typed=typed, cwd=tmp_path)
    assert done.returncode == 0
    for character in "\x1b\x07\u202e":
        assert character not in done.stdout
    assert "\\u001b" in done.stdout
    assert not [line for line in done.stdout.splitlines() if line.lstrip().startswith("::")]
    assert "##[" not in done.stdout


def test_nothing_of_textual_is_loaded(tmp_path: Path) -> None:
    code = COMMAND.replace("sys.exit(run())", "run(); sys.exit('textual' in sys.modules)")
    done = subprocess.run(
        [sys.executable, "-c", code, "ui", "new.yaml", "--plain"],
        input="\n".join((*ROUTE, "findings", "1", "dates", "review", "find contract")),
        capture_output=True,
        cwd=tmp_path,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Route: contract" in done.stdout


# -- questions ------------------------------------------------------------------------------------


def test_a_question_says_heading_progress_choices_and_how_to_answer(counted: Path) -> None:
    lines = talked(counted).split("\n>\n")[0].partition("\n\n")[2].splitlines()
    assert re.fullmatch(r"Route of “loyalty programme”, 1 of about \d+", lines[0])
    assert "information of how many people" in " ".join(lines[1:3])
    assert [line for line in lines if line.startswith("  2  100,000 to 999,999")]
    assert "Type a number from 1 to 3; or = and a value" in lines[-2]


def test_a_wrong_input_is_told_and_asked_again(named: Path) -> None:
    rows = [
        ("maybe", "! `maybe` is neither true nor false"),
        ("3", "! There is no 3 here."),
        ("quti", "= perhaps quit?"),
        ("find zzzz", "Nothing has these words: zzzz"),
        ("finding 0", "There is no 0 here."),
        ("undo", "Nothing to undo"),
        ("b", "This is the first question."),
        ("evidence", "answer first"),
        ("remove nothing", "There is no item nothing."),
        ("rename parts", "Say which: rename NAME = NEW"),
        ("more", "That means nothing here."),
        ("", "Nothing was typed"),
        ("x" * 20_000, "too long"),
    ]
    said = talked(named, *(typed for typed, _ in rows))
    for n, (typed, words) in enumerate(rows):
        assert words in " ".join(reply(said, n).split()), typed
    assert named.read_text() == NAMED


def test_a_wrong_number_says_how_to_type_the_value(counted: Path) -> None:
    held = counted.read_text()
    said = talked(counted, "7", "1.5 people")
    assert "type a number from 1 to 3; for the value itself type =7" in reply(said, 0)
    assert "1.5 people" in reply(said, 1)
    assert counted.read_text() == held


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("2", "100000..999999"),
        ("=2", "2"),
        ("1.2 million", "1.2 million"),
        ("at most 5000", "at most 5000"),
        ("?", "unknown"),
    ],
)
def test_a_band_a_value_a_range_or_not_known(counted: Path, typed: str, written: str) -> None:
    said = talked(counted, typed)
    item = yaml.safe_load(counted.read_text())["data_export"]["transfers"][0]
    assert str(item["people_nonsensitive_this_year"]) == written
    assert "Saved. people this year, other PI: " in said


def test_an_answer_says_what_it_turned(counted: Path) -> None:
    said = reply(talked(counted, "3"), 0)
    assert "- loyalty programme: Route → security assessment" in said
    flat = " ".join(said.split())
    assert "need an assessment → NEEDS PROOF" in flat


def test_gates_take_numbers_none_and_what_is_not_known(tmp_path: Path) -> None:
    for n, (typed, battery, export) in enumerate(
        [
            ("1, 2", True, True),
            ("none", False, False),
            ("2？", False, "unknown"),
            ("1、2", True, True),
        ]
    ):
        path = tmp_path / f"{n}.yaml"
        talked(path, typed)
        found = yaml.safe_load(path.read_text())
        assert found["battery"]["applies"] == battery
        assert found["data_export"]["exports_data"] == export
    assert "There is no 3 here" in talked(tmp_path / "x.yaml", "3")


def test_a_set_is_answered_by_numbers(named: Path) -> None:
    ref = FactRef("data_export.application_file")
    options = list(rules().facts[ref.name].choices)
    for typed, written in [
        ("1, 2", f"[{options[0]}, {options[1]}]"),
        ("none", "[]"),
        (f"1 {len(options) + 2}", f"{{includes: [{options[0]}], rest: unknown}}"),
    ]:
        said = talked(named, f"find {ref.name}", "1", typed)
        session = Session.open(str(named), rules(), AS_OF)
        given = session.answer_of(ref)
        assert given is not None, said
        assert given.text.replace(" ", "") == written.replace(" ", "")


# -- words ----------------------------------------------------------------------------------------


def test_the_words_of_help_are_commands_in_both_languages() -> None:
    for lang in ("en", "zh"):
        for key in WORDS:
            if not key.startswith("plain_help_") or key in _NO_WORDS:
                continue
            first = say(key, lang).replace("：", ":").partition(":")[0]
            for word in first.replace("、", ",").split(","):
                assert commands.read(word.strip()) is not None, (key, word)


_NO_WORDS = {"plain_help_title", "plain_help_literal"}


def test_no_word_has_two_meanings() -> None:
    words = [w for group in commands.BARE.values() for w in group]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() for word in words)


def test_back_skip_and_what_was_skipped(named: Path) -> None:
    said = talked(named, "y", "s", "7", "back", "back", "back", "")
    assert "Skipped" in reply(said, 1)
    assert "Answered: marketing. Enter keeps it." in reply(said, 3)
    assert "Is any of it important data?" in reply(said, 4)
    assert "Answered: " not in reply(said, 4)
    assert "Answered: yes. Enter keeps it." in reply(said, 5)
    assert "Kept." in reply(said, 6)


def test_back_goes_to_what_was_skipped_last(named: Path) -> None:
    said = talked(named, "y", "s", "s", "back", "back")
    for n in (0, 1):  # the question after `y` again, then the one before that
        skipped = [line for line in reply(said, n).splitlines() if line.endswith("?")]
        again = [line for line in reply(said, 4 - n).splitlines() if line.endswith("?")]
        assert skipped == again != []


def test_undo_asks_the_question_whose_answer_it_took_back(named: Path) -> None:
    said = talked(named, "y", "1", "review", "3", "y", "undo", "undo")
    (asked,) = [line for line in reply(said, 3).splitlines() if line.endswith("?")]
    assert asked in reply(said, 5)
    assert "Answered: no. Enter keeps it." in reply(said, 5)
    assert "Is any of it important data?" in reply(said, 6)


def test_undo_of_a_name_asks_for_names_and_of_a_removal_stays(named: Path) -> None:
    said = talked(named, "list", "remove parts", "undo")
    assert "Does it contain personal information?" in reply(said, 2)
    said = talked(named, "find transfers", "1", "third", "", "undo")
    assert "So far: loyalty programme, parts" in reply(said, 4)


def test_undo_and_redo_to_the_byte(named: Path) -> None:
    before = named.read_bytes()
    said = talked(named, "y", "1", "undo", "undo", "redo", "undo", "undo")
    assert named.read_bytes() == before
    assert "Undone" in reply(said, 2)
    assert "Does it contain personal information?" in reply(said, 3)
    assert "Redone" in reply(said, 4)


def test_the_language_turns_at_once(named: Path) -> None:
    said = talked(named, "lang", "语言", "中文")
    assert "是否含有个人信息？" in reply(said, 0)
    assert "Does it contain personal information?" in reply(said, 1)
    assert "请输入 y（是）或 n（否）" in reply(said, 2)


def test_items_are_added_copied_renamed_removed_and_come_back(named: Path) -> None:
    said = talked(
        named, "add third", "copy loyalty programme", "copy parts = spares", "rename third = 3rd",
        "remove parts", "undo", "remove 3rd",
    )  # fmt: skip
    names = [t["name"] for t in yaml.safe_load(named.read_text())["data_export"]["transfers"]]
    assert names == ["loyalty programme", "loyalty programme 2", "parts", "spares"]
    assert "Removed: parts. undo brings it back." in said


def test_a_name_that_is_a_word_is_typed_after_an_equals_sign(tmp_path: Path) -> None:
    path = tmp_path / "new.yaml"
    said = talked(path, "2", "=quit", "=none", "", "list")
    names = [t["name"] for t in yaml.safe_load(path.read_text())["data_export"]["transfers"]]
    assert names == ["quit", "none"]
    assert "So far: quit, none" in said


def test_findings_dates_why_list_find_and_review(named: Path) -> None:
    said = talked(
        named, "findings", "1", "dates", "why", "list", "2", "b", "find assessment", "1", "review"
    )
    assert "The worst first" in reply(said, 0)
    assert "cite: " in reply(said, 1)
    assert "as of 2026-11-24" in reply(said, 2)
    assert "Why is this asked?" in reply(said, 3)
    assert "Questions that still matter here: " in reply(said, 4)
    assert "Is any of it important data?" in reply(said, 5)
    assert "Found: " in reply(said, 7)
    assert "CII operator: no" in reply(said, 9)
    assert not set("├└│━┃") & set(said)


def test_a_long_list_comes_in_pages(named: Path) -> None:
    said = talked(named, "find data", "more", "more")
    assert "more: type more." in reply(said, 0)
    assert " 21  " in reply(said, 1)
    assert " 41  " in reply(said, 2)


def test_review_asks_again_and_goes_on(named: Path) -> None:
    said = talked(named, "review", "3", "y")
    assert "Answered: no. Enter keeps it." in reply(said, 1)
    assert "ciio: true" in named.read_text()


def test_evidence_is_three_lines(named: Path) -> None:
    said = talked(named, "y", "evidence", "ledger p. 4", "", "2027-01-01", "2026-11-02", "m", "-")
    assert "2027-01-01 is still to come" in reply(said, 4)
    assert "Evidence saved." in reply(said, 5)
    assert "Enter keeps: ledger p. 4." in reply(said, 6)
    path = "data_export.transfers[loyalty programme].has_personal_information"
    found = yaml.safe_load(named.read_text())["evidence"][path]
    assert found["source"] == "ledger p. 4"
    assert str(found["dated"]) == "2026-11-02"


# -- the file -------------------------------------------------------------------------------------


class Meddling:
    """Lines, and before some of them another program writes the file."""

    def __init__(self, path: Path, then: Mapping[int, str], *lines: str) -> None:
        self.path, self.then, self.lines, self.n = path, then, lines, 0

    def readline(self, limit: int = -1, /) -> str:
        if self.n in self.then:
            self.path.write_text(self.then[self.n], encoding="utf-8")
        self.n += 1
        return f"{self.lines[self.n - 1]}\n" if self.n <= len(self.lines) else ""


def meddled(path: Path, then: Mapping[int, str], *lines: str) -> str:
    out = io.StringIO()
    session = Session.open(str(path), rules(), AS_OF, "en")
    Talk(session, Voice(out), Meddling(path, then, *lines)).run()
    return out.getvalue()


def test_an_edit_outside_is_kept(named: Path) -> None:
    other = NAMED + "common: {company_name: Volta}\n"
    said = meddled(named, {0: other}, "y")
    assert "your answer was added to it" in " ".join(said.split())
    assert "has_personal_information: true" in named.read_text()
    assert "Volta" in named.read_text()


@pytest.mark.parametrize(("typed", "written"), [("1", "true"), ("2", "false")])
def test_the_same_answer_given_outside_asks_which(named: Path, typed: str, written: str) -> None:
    access = "      access: sent_abroad\n"
    other = NAMED.replace(access, access + "      has_personal_information: false\n")
    said = meddled(named, {0: other}, "y", "4", "3", typed)
    assert "  1  Mine: yes" in said
    assert "  2  Theirs: no" in said
    assert "There is no 4 here" in said
    assert "  3  Compare: both lines in the file" in said
    assert "Mine would be line 11:\n    has_personal_information: true\n" in said
    assert "Theirs is line 11:\n    has_personal_information: false\n" in said
    assert f"has_personal_information: {written}" in named.read_text()


def test_a_file_broken_outside_is_told_and_read_again(named: Path) -> None:
    broken, mended = NAMED.replace("ciio: false", "ciio: flase"), NAMED
    said = meddled(named, {0: broken, 2: mended}, "y", "n", "", "y")
    assert "named.yaml:5:9: `flase` is neither true nor false" in said
    assert "has_personal_information: true" in named.read_text()


def test_a_contradiction_is_told_and_taken_back(counted: Path) -> None:
    before = counted.read_bytes()
    said = talked(counted, "find handles_personal_information", "1", "n", "list", "undo")
    assert "2 problems in" in reply(said, 2)
    assert "Mend the file" in reply(said, 3)
    assert "Undone" in reply(said, 4)
    assert counted.read_bytes() == before


@pytest.mark.parametrize(
    ("number", "why"), [(13, "Permission denied"), (28, "No space left on device")]
)
def test_a_file_that_cannot_be_written_is_said(
    named: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, why)

    monkeypatch.setattr("compliancecheck.reading.writing.save", refuse)
    said = " ".join(talked(named, "y").split())
    assert f"could not be written ({why}): answers live until you leave" in said
    assert "Saved" not in said
    assert "^p" not in said
    assert "could not be written: answers given here are not in it." in said
    assert named.read_text() == NAMED


def test_what_is_not_in_the_file_is_not_called_saved(
    named: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr("compliancecheck.reading.writing.save", refuse)
    said = talked(named, "y", "m", "ledger", "", "",
                  "add third", "rename third = 3rd", "remove 3rd")  # fmt: skip
    assert "Evidence saved" not in said
    for n, words in ((4, "The evidence is another one now."), (5, "Added: third."),
                     (6, "Now named: 3rd."), (7, "Removed: 3rd.")):  # fmt: skip
        assert f"Noted, not in the file. {words}" in reply(said, n)
    assert named.read_text() == NAMED


def test_evidence_that_says_nothing_is_not_saved(named: Path) -> None:
    said = talked(named, "y", "m", "", "", "", "m", "ledger", "", "", "m", "", "", "", "m", "-",
                  "", "")  # fmt: skip
    assert "No evidence was given." in reply(said, 4)
    assert "Evidence saved." in reply(said, 8)
    assert "The evidence stays as it was." in reply(said, 12)
    assert "Evidence taken out." in reply(said, 16)
    assert yaml.safe_load(named.read_text())["evidence"] is None


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "cannot be written (there is no folder"), ("zh", "（没有文件夹 ")]
)
def test_a_file_that_cannot_be_made_is_said_before_the_first_question(
    tmp_path: Path, lang: str, words: str
) -> None:
    said = talked(tmp_path / "no" / "new.yaml", lang=lang, width=400)
    assert words in reply(said, -1).split("\n\n")[0]


def test_ctrl_c_ends_as_the_end_of_the_lines(named: Path) -> None:
    class Broken:
        def readline(self, limit: int = -1, /) -> str:
            raise KeyboardInterrupt

    out = io.StringIO()
    Talk(Session.open(str(named), rules(), AS_OF, "en"), Voice(out), Broken()).run()
    assert "Everything is in" in out.getvalue()
