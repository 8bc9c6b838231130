"""Annotations of a GitHub job: which, where, how many, and that no data commands the log."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.logic.evaluate import evaluate
from compliancecheck.model.findings import Evaluation
from compliancecheck.model.instruments import Rules
from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem
from compliancecheck.reading.profiles import load_profile_text
from compliancecheck.reports.exits import FailOn, Tally
from compliancecheck.reports.github import Annotations, command, group
from compliancecheck.reports.job_summary import JobSummary
from compliancecheck.reports.lines import harmless
from compliancecheck.reports.markdown import code, md
from tests.authoring.demo import FACTS, LAW, changed, pack

DAY = 738_000
HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["::error::x", "\n::error::x", "\r\n::set-env name=A::b", "##[error]x", "##vso[task.x]",
         "##teamcity[x]", "%0A::error::x", "a,line=9::b", "\u2028::warning::x", "\x1b[31m",
         "<script>", "[x](javascript:x)", "| a |", "@octocat", "http://x.example", "`", "\ud800"]
    ),
)  # fmt: skip
OURS = re.compile(r"::(?:error|warning) (?:[a-zA-Z]+=[^,:\r\n]*,?)*::[^\r\n]*")
DUTY = changed(changed(LAW, "issued: 2024-01-01", "issued: 1990-01-01"),
               "effective: 2024-01-01", "effective: 1990-01-01")  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return pack(tmp_path_factory.mktemp("pack"), FACTS, DUTY)


def judged(rules: Rules, *things: str, path: str = "a.yaml") -> Evaluation:
    """A profile with one thing a line: `{name: one, people: 100, done: false}`."""
    lines = "".join(f"    - {thing}\n" for thing in things)
    text = f"demo:\n  exports: true\n  things:\n{lines}"
    profile, problems = load_profile_text(text, path, rules)
    assert profile is not None, problems
    return evaluate(profile, rules, as_of=DAY)


def things(count: int, rest: str) -> list[str]:
    return [f"{{name: t{n}, {rest}}}" for n in range(count)]


def annotated(*evaluations: Evaluation, problems: list[Problem] | None = None) -> list[str]:
    found = Annotations(lambda path: path)
    for evaluation in evaluations:
        found.profile(evaluation)
    found.problems(problems or [])
    return found.lines()


FAILS, PROOF, OPEN = "people: 100, done: false", "people: 100", "done: false"


@pytest.mark.parametrize(
    ("thing", "starts"),
    [
        (f"{{name: one, {FAILS}}}",
         "::error file=a.yaml,line=4,col=38,endLine=4,endColumn=43,"
         "title=Ask for a hundred people art. 1::FAIL: one: "),
        (f"{{name: one, {PROOF}}}",
         "::warning file=a.yaml,line=4,col=27,endLine=4,endColumn=30,"
         "title=Ask for a hundred people art. 1::NEEDS PROOF: one: applies"),
        (f"{{name: one, {OPEN}}}",
         "::warning file=a.yaml,line=1,title=2 more findings::2 may apply: see the job summary"),
    ],
)  # fmt: skip
def test_level_and_place(rules: Rules, thing: str, starts: str) -> None:
    lines = annotated(judged(rules, thing))
    assert [line[: len(starts)] for line in lines] == [starts]


def test_what_is_met_annotates_nothing(rules: Rules) -> None:
    assert annotated(judged(rules, "{name: one, people: 100, done: true}")) == []


def test_a_failing_should_is_a_warning_and_says_what_to_do(tmp_path: Path) -> None:
    should = pack(tmp_path, FACTS, changed(DUTY, "level: must", "level: should"))
    (line,) = annotated(judged(should, f"{{name: one, {FAILS}}}"))
    assert line.startswith("::warning file=a.yaml,line=4,")
    assert "%0Ado: Ask.%0A" in line
    assert line.endswith("%0Axx.law/duty, should")


def test_drafts_annotate_nothing(rules: Rules) -> None:
    law = rules.instruments["xx.law"]
    draft = replace(rules, instruments={"xx.law": replace(law, effective=None)})
    profile = judged(rules, f"{{name: one, {FAILS}}}").profile
    evaluation = evaluate(profile, draft, as_of=DAY, drafts=True)
    assert [f.status.value for f in evaluation.findings if f.rule == "xx.law/duty"] == ["fail"]
    assert annotated(evaluation) == []


@pytest.mark.parametrize(
    ("fails", "proofs", "errors", "warnings", "roll_up"),
    [
        (10, 10, 10, 10, ""),
        (10, 11, 10, 10, "title=2 more findings::2 need proof: see the job summary"),
        (11, 0, 10, 1, "title=1 more finding::1 fail: see the job summary"),
        (11, 10, 10, 10, "title=2 more findings::1 fail, 1 needs proof: see the job summary"),
        (40, 60, 10, 10, "title=81 more findings::30 fail, 51 need proof: see the job summary"),
    ],
)
def test_ten_of_each_and_the_roll_up_is_the_last(
    rules: Rules, fails: int, proofs: int, errors: int, warnings: int, roll_up: str
) -> None:
    given_things = [*things(fails, FAILS), *(t.replace("t", "u", 1) for t in things(proofs, PROOF))]
    lines = annotated(judged(rules, *given_things))
    assert sum(line.startswith("::error ") for line in lines) == errors
    assert sum(line.startswith("::warning ") for line in lines) == warnings
    assert [line for line in lines if " more " in line] == ([lines[-1]] if roll_up else [])
    assert lines[-1].endswith(roll_up)


def test_a_later_fail_displaces_earlier_needs(tmp_path: Path) -> None:
    should = pack(tmp_path, FACTS, changed(DUTY, "level: must", "level: should"))
    first = judged(should, *things(12, PROOF))
    second = judged(should, f"{{name: one, {FAILS}}}", path="b.yaml")
    lines = annotated(first, second)
    assert "file=b.yaml" in lines[0]
    assert lines[-1].endswith("title=4 more findings::4 need proof: see the job summary")


def test_problems_of_input_are_errors_at_their_line(rules: Rules) -> None:
    problems = [
        Problem("b.yaml", 9, 34, 37, Texts("`1.5` is not whole", ""), Texts("write 1, 2", "")),
        Problem("b.yaml", 1, 1, 2, Texts("odd", ""), severity="warning"),
    ]
    lines = annotated(judged(rules, f"{{name: one, {FAILS}}}"), problems=problems)
    assert lines[0] == (
        "::error file=b.yaml,line=9,col=34,endLine=9,endColumn=37,title=b.yaml%3A9%3A34::"
        "`1.5` is not whole%0Awrite 1, 2"
    )
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning"]


def test_a_file_outside_of_the_repository_has_no_place(rules: Rules) -> None:
    found = Annotations(lambda path: None, "zh", summary=False)
    found.profile(judged(rules, f"{{name: one, {FAILS}}}", f"{{name: two, {OPEN}}}"))
    first, last = found.lines()
    assert first.startswith("::error title=一百人以上须申请 第1条::不符合：one：")
    assert last == "::warning title=另有2项结论::待定2：见日志"


# -- text is data ----------------------------------------------------------------------------------


@given(HOSTILE, HOSTILE)
def test_a_command_is_one_line_whatever_it_says(message: str, title: str) -> None:
    line = command("error", message, {"file": "a.yaml", "line": "1", "title": title})
    assert OURS.fullmatch(line)
    assert harmless(line[2:]) == line[2:]
    assert "\n" not in line
    assert "\r" not in line


@given(HOSTILE)
def test_a_group_holds_its_text_and_ends(title: str) -> None:
    lines = re.split("\r\n|\r|\n", group(title, harmless("::error::x\n##[error]\n")))
    assert lines[0].startswith("::group::")
    assert [line for line in lines[1:] if line.startswith("::")] == ["::endgroup::"]


@given(HOSTILE)
def test_markdown_is_one_line_of_text(text: str) -> None:
    for shown in (md(text), code(text)):
        assert harmless(f"- {shown}") == f"- {shown}"
        assert len(shown.splitlines()) <= 1
    shown = md(text).replace(r"\\", "/")  # an escaped backslash is one that is shown
    assert not re.search(r"(?<!\\)[`*\[\]|~]", shown)
    assert not re.search(r"<(?!!-- -->)|[$]|@(?!<!-- -->)|&(?!#\d+;)\w+;|https?:|www\.", shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("R&D of data_export", "R&D of data_export"),
        ("_a_ *b*", r"\_a\_ \*b\*"),
        ("&lt;b>", "&#38;lt;b&#62;"),
        ("[x](y) | `z`", r"\[x\](y) \| \`z\`"),
        ("@octocat #1", "@<!-- -->octocat &#35;1"),
        ("https://x.example www.x.example", "https&#58;//x.example www&#46;x.example"),
    ],
)
def test_what_would_be_markup_is_text(text: str, shown: str) -> None:
    assert md(text) == shown


def test_code_in_the_plain_form_where_nothing_ends_it() -> None:
    assert code("a_b.yaml:1:2") == "`a_b.yaml:1:2`"
    assert code("a`b") == r"<code>a\`b</code>"
    assert code("") == ""


@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_field_commands_the_log(rules: Rules, name: str, path: str, message: str) -> None:
    key = json.dumps("x" + name.encode("utf-8", "replace").decode())
    profile, _ = load_profile_text(
        f"demo: {{exports: true, things: [{{name: {key}, {FAILS}}}]}}", path, rules
    )
    found, page = Annotations(lambda given_path: given_path), JobSummary()
    if profile is not None:
        evaluation = evaluate(profile, rules, as_of=DAY)
        found.profile(evaluation)
        page.profile(evaluation)
    problems = [Problem(path, 1, 1, 2, Texts(message, ""), Texts(message, ""))]
    found.problems(problems)
    page.broken(path, problems)
    lines = found.lines()
    assert lines
    for line in lines:
        assert OURS.fullmatch(line)
        assert harmless(line[2:]) == line[2:]
    text = page.text(Tally(FailOn.MUST).words())
    assert harmless(text) == text


# -- the summary -----------------------------------------------------------------------------------


def summary(*evaluations: Evaluation, most_bytes: int = 900 * 1024) -> str:
    page = JobSummary(most_bytes=most_bytes)
    for evaluation in evaluations:
        page.profile(evaluation)
    return page.text(Texts("exit 1", "退出码1"))


def test_the_summary_has_counts_findings_routes_and_what_was_not_checked(rules: Rules) -> None:
    lines = summary(judged(rules, f"{{name: one, {FAILS}}}", f"{{name: two, {OPEN}}}")).splitlines()
    assert lines[0] == "## compliancecheck: exit 1"
    assert lines[4] == "| `a.yaml` | 1 | 0 | 0 | 2 | 0 | 0 | 0 | 1 |"
    (fail,) = [line for line in lines if line.startswith("| ✗ FAIL | A")]
    cells = [cell.strip() for cell in fail.split("|")[1:-1]]
    assert cells[1:4] == [
        "Ask for a hundred people<br>`xx.law/duty` art. 1 must",
        "one",
        "`a.yaml:4:38`",
    ]
    assert cells[4].endswith("<br>do: Ask.")
    assert "- one: ask" in lines


def test_a_summary_that_is_too_long_is_cut_between_lines_and_says_so(rules: Rules) -> None:
    evaluation = judged(rules, *things(60, FAILS))
    whole = summary(evaluation)
    cut = summary(evaluation, most_bytes=6 * 1024)
    assert len(cut.encode()) <= 6 * 1024 < len(whole.encode())
    *kept, blank, said = cut.splitlines()
    assert blank == ""
    assert said.startswith("**Cut here: the page would be longer than 6 KiB.**")
    assert kept == whole.splitlines()[: len(kept)]
    assert len(kept) > 10
