"""The tree of nodes: places, what is refused, and bounds."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from compliancecheck.model.safe import cell_width, safe_text, shorten
from compliancecheck.reading.files import MAX_BYTES, read_file, read_stream
from compliancecheck.reading.problems import MAX_PROBLEMS, ProblemsError, in_order, nearest, render
from compliancecheck.reading.source import (
    MAX_DEPTH,
    Mapping,
    Node,
    Scalar,
    Sequence,
    load,
)


def root(text: str) -> Mapping:
    node, problems = load(text, "x.yaml")
    assert problems == ()
    assert isinstance(node, Mapping)
    return node


def refused(text: str | bytes) -> list[tuple[int, int, str]]:
    _, problems = load(text, "x.yaml")
    return [(p.line, p.column, p.message) for p in problems]


def test_scalars_stay_plain_text() -> None:
    text = "a: 010\nb: no\nc: 2021-11-18\nd: 1.10\ne: ~\nf: 'x'\ng:\n"
    values = {key.text: value for key, value in root(text).entries}
    assert [v.text for v in values.values() if isinstance(v, Scalar)] == [
        "010", "no", "2021-11-18", "1.10", "~", "x", "",
    ]  # fmt: skip
    assert [k for k, v in values.items() if isinstance(v, Scalar) and v.quoted] == ["f"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_places_count_code_points(mark: str, eol: str) -> None:
    text = f"{mark}a: 😀x{eol}b: {{c: 中文, d: '12'}}{eol}"
    node, problems = load(text.encode(), "x.yaml")
    assert problems == ()
    assert isinstance(node, Mapping)
    first, second = node.entries
    assert (first.value.place.line, first.value.place.column) == (1, 4)
    assert first.value.place.end_column == 6
    assert isinstance(second.value, Mapping)
    places = [(e.value.place.column, e.value.place.end_column) for e in second.value.entries]
    assert places == [(8, 10), (15, 19)]
    bare = text.removeprefix(mark)
    inner = second.value.entries[1].value
    assert bare[inner.start : inner.end] == "'12'"


def test_a_place_of_several_lines_ends_with_its_first() -> None:
    place = root("a:\n  b: 1 \n  c: 2\n").entries[0].value.place
    assert (place.line, place.column, place.end_column) == (2, 3, 7)


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "given twice; first at line 1"),
        ("a: !x 1\n", 1, 4, "a tag"),
        ("a: !!int 1\n", 1, 4, "a tag"),
        ("a: &x 1\n", 1, 4, "an anchor"),
        ("a: *x\n", 1, 4, "an alias"),
        ("a:\n  <<: {b: 1}\n", 2, 3, "a merge key"),
        ("? {a: 1}\n: 2\n", 1, 3, "a key must be a name"),
        ("a: 1\n---\nb: 2\n", 2, 1, "a second document"),
        ("%TAG !e! tag:x,2000:\n---\na: 1\n", 1, 1, "%TAG"),
        ("a:\n\tb: 1\n", 2, 1, "a tab in the indentation"),
        ("a: 1\n\t\nb: 1\n", 2, 1, "a tab in the indentation"),
        ("a:\n  \tb: 1\n", 2, 3, "a tab in the indentation"),
        ("a: x\x1b[31m\n", 1, 5, "a control character (\\u001b)"),
        ("a: \x85\n", 1, 4, "a control character"),
        ("a: \u202eb\n", 1, 4, "a bidirectional character (\\u202e)"),
        ("a: \u2028b\n", 1, 4, "a control character"),
        ("a: b\ufeffc\n", 1, 5, "a control character"),
        ("", 1, 1, "the file holds nothing"),
        ("# c\n", 1, 1, "the file holds nothing"),
        ("a: [1\nb: 2\n", 1, 4, "the list that begins here is not closed"),
        ("a: 'x\n", 1, 4, "the quote that opens here is not closed"),
        ("a: b: c\n", 1, 5, "a second `: ` on the line"),
    ],
)  # fmt: skip
def test_refused_with_line_and_column(text: str, line: int, column: int, word: str) -> None:
    found = refused(text)
    assert found
    assert found[0][:2] == (line, column)
    assert word in found[0][2]


def test_many_problems_at_once_and_the_rest_is_read() -> None:
    node, problems = load("a: 1\na: 2\nb: &x 3\nc: *x\n? [k]\n: {z: 1}\nd: 4\n", "x.yaml")
    assert [p.line for p in problems] == [2, 3, 4, 5]
    assert isinstance(node, Mapping)
    assert [key.text for key, _ in node.entries] == ["a", "b", "d"]


def test_tabs_that_indent_nothing_are_accepted() -> None:
    assert [key.text for key, _ in root("a: 1\t# c\nb:\t2\n").entries] == ["a", "b"]


def test_escapes_in_quotes_may_stand_for_any_character() -> None:
    value = root('a: "\\u001b\\u202e"\n').entries[0].value
    assert isinstance(value, Scalar)
    assert value.text == "\x1b\u202e"


@pytest.mark.parametrize(
    ("data", "line", "column", "word"),
    [
        (b"\xff\xfea\0", 1, 1, "UTF-16"),
        (b"\xfe\xff\0a", 1, 1, "UTF-16"),
        (b"a: 1\r\nb: \xb7\xfc", 2, 4, "not UTF-8"),
        ("a: 伏特".encode("gb18030"), 1, 4, "not UTF-8"),
    ],
)
def test_other_encodings_are_refused(data: bytes, line: int, column: int, word: str) -> None:
    ((found_line, found_column, message),) = refused(data)
    assert (found_line, found_column) == (line, column)
    assert word in message


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: " + "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(" " * n + "a:\n" for n in range(200)),
    ],
)
def test_deep_nesting_ends_at_the_bound(text: str) -> None:
    node, problems = load(text, "x.yaml")
    assert node is None
    assert any(f"more than {MAX_DEPTH} levels" in p.message for p in problems) or (
        len(problems) > MAX_PROBLEMS
    )


def test_depth_up_to_the_bound_is_read() -> None:
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert isinstance(load(text, "x.yaml")[0], Sequence)
    assert load("[" + text + "]", "x.yaml")[0] is None


def test_the_number_of_nodes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliancecheck.reading.source.MAX_NODES", 10)
    assert load("- a\n" * 9, "x.yaml")[1] == ()
    ((line, _, message),) = refused("- a\n" * 11)
    assert (line, message) == (10, "the file has more than 10 values")


def test_the_number_of_lines_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliancecheck.reading.source.MAX_LINES", 10)
    assert load("- a\r\n" * 10, "x.yaml")[1] == ()
    assert "more than 10 lines" in refused("- a\r" * 11)[0][2]


def test_a_text_of_forbidden_characters_is_not_read_further() -> None:
    _, problems = load("\0" * 10_000, "x.yaml")
    assert len(problems) == MAX_PROBLEMS + 1


def test_the_size_is_bounded(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    with big.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(ProblemsError) as error:
        read_file(str(big))
    assert "larger than 16 MiB" in error.value.problems[0].message
    with pytest.raises(ProblemsError):
        read_stream(io.BytesIO(b" " * (MAX_BYTES + 1)), "-")
    assert len(read_stream(io.BytesIO(b" " * MAX_BYTES), "-")) == MAX_BYTES
    assert "larger than 16 MiB" in refused(" " * (MAX_BYTES + 1))[0][2]


def test_unreadable_files_are_problems(tmp_path: Path) -> None:
    for path, word in [
        (str(tmp_path), "directory"),
        (str(tmp_path / "none.yaml"), "no such file"),
        ("a\0b", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ]:
        with pytest.raises(ProblemsError) as error:
            read_file(path)
        (problem,) = error.value.problems
        assert word in problem.message
        assert "\0" not in render(problem, None)


def offsets(node: Node) -> list[int]:
    if isinstance(node, Scalar):
        return [node.start, node.end]
    parts = [e.value for e in node.entries] if isinstance(node, Mapping) else list(node.items)
    return [node.start, *(o for part in parts for o in offsets(part)), node.end]


def test_any_text_ends_in_a_tree_or_in_problems() -> None:
    chance = random.Random(4)
    parts = ["a", ": ", "- ", "\n", "  ", "[", "]", "{", "}", ",", "'", '"', "#", "|", ">", "&a",
             "*a", "!t", "?", "中", "\t", "\r\n", "%", "@", "---\n",
             "0", "\\", "\u202e", "~"]  # fmt: skip
    for _ in range(3000):
        text = "".join(chance.choices(parts, k=chance.randrange(1, 25)))
        node, problems = load(text, "x.yaml")
        assert node is not None or problems
        for problem in in_order(problems):
            assert problem.line >= 1
            assert 1 <= problem.column < problem.end_column
            shown = render(problem, text)
            assert "\u202e" not in shown
            assert all(cell_width(line) <= 80 for line in shown.splitlines()[1:3])
        if node is not None:
            assert all(0 <= offset <= len(text) for offset in offsets(node))


def test_problems_of_one_file_are_sorted_and_not_endless() -> None:
    _, problems = load("a: 1\n" * 300, "x.yaml")
    shown = in_order(problems)
    assert len(shown) == MAX_PROBLEMS + 1
    assert [p.line for p in shown] == sorted(p.line for p in shown)
    assert "only 100 are shown" in shown[-1].message


def test_the_caret_counts_cells_and_nothing_passes_the_gate() -> None:
    text = "伏特: \x1b[31m\n"
    _, (problem,) = load(text, "x\x1b.yaml")
    assert render(problem, text).splitlines() == [
        "error: x\\u001b.yaml:1:5: a control character (\\u001b) is not accepted",
        "1 | 伏特: \\u001b[31m",
        "  |       ^^^^^^",
        "  = remove it; in a text in double quotes it may stand as an escape",
    ]


def test_an_excerpt_of_a_deep_line_shows_what_is_wrong_above_its_caret() -> None:
    text = "".join(" " * (2 * n) + "a:\n" for n in range(70))
    _, problems = load(text, "deep.yaml")
    shown = render(problems[0], text).splitlines()
    assert shown[0] == "error: deep.yaml:65:129: nested more than 64 levels deep"
    assert shown[1:] == ["65 | …   a:", "   |     ^"]


@pytest.mark.parametrize("columns", [30, 52, 80])
def test_an_excerpt_fits_into_the_columns_and_has_its_caret_below(columns: int) -> None:
    text = f"a: [{'good, ' * 40}\x1b, {'more, ' * 40}]\n"
    _, (problem,) = load(text, "x.yaml")
    excerpt, caret = render(problem, text, columns=columns).splitlines()[1:3]
    assert cell_width(excerpt) <= columns
    at = caret.index("^")
    assert excerpt[at:].startswith("\\u001b, m")
    assert excerpt.startswith("1 | …")
    assert excerpt.endswith("…")


def test_near_names() -> None:
    assert nearest("batery", ["battery", "common"]) == "battery"
    assert nearest("zzz", ["battery", "common"]) is None
    assert nearest("x" * 100_000, ["battery"]) is None


def test_safe_text() -> None:
    assert safe_text("a\x00\n\x7f\x9b\u202e\u200b\ufeff\ud800\U000e0001中😀[/x]") == (
        "a\\u0000\\u000a\\u007f\\u009b\\u202e\\u200b\\ufeff\\ud800\\U000e0001中😀[/x]"
    )
    assert cell_width("a中e\u0301") == 4


def test_what_is_shortened_is_safe_and_short() -> None:
    assert shorten("a" * 40) == "a" * 40
    assert shorten("a" * 41) == "a" * 39 + "…"
    assert cell_width(shorten("\x1b" * 10_000)) <= 40
    assert len(shorten("e" + "\u0301" * 10_000)) <= 200
