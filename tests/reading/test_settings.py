"""Settings are kept by small edits: comments, order, quotes and line ends stay."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliancecheck.reading.settings import USER, read_settings
from compliancecheck.reading.settings_writing import NotKept, keep
from compliancecheck.reading.toml_places import places_of


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        ("", "lang", 'lang = "zh"\n'),
        ("", "ui.theme", '[ui]\ntheme = "zh"\n'),
        ("# mine\nlang = 'en' # here\n", "lang", '# mine\nlang = "zh" # here\n'),
        ("# mine\r\nlang='en'\r\n", "lang", '# mine\r\nlang="zh"\r\n'),
        ("[keys]\nwhy = 'W'\n", "lang", "lang = \"zh\"\n\n[keys]\nwhy = 'W'\n"),
        ("[ui] # x\nmouse = false\n", "ui.theme", '[ui] # x\ntheme = "zh"\nmouse = false\n'),
        ("[ui]", "ui.theme", '[ui]\ntheme = "zh"\n'),
        ("ui.mouse = false\n", "ui.theme", 'ui.mouse = false\nui.theme = "zh"\n'),
        ("ui.theme = '''a\nb''' # c\n", "ui.theme", 'ui.theme = "zh" # c\n'),
        ("lang = 'en'\n[ui]\n\"theme\" = 'x'", "ui.theme", 'lang = \'en\'\n[ui]\n"theme" = "zh"'),
        (
            "[keys]\na = ['#', ']']\n",
            "ui.theme",
            "[keys]\na = ['#', ']']\n\n[ui]\ntheme = \"zh\"\n",
        ),
        ("\ufefflang = 'en'\n", "lang", '\ufefflang = "zh"\n'),
        ('lang = "zh" # same\n', "lang", 'lang = "zh" # same\n'),
    ],
)
def test_one_edit(tmp_path: Path, before: str, name: str, after: str) -> None:
    path = tmp_path / "new" / "settings.toml"
    if before:
        path.parent.mkdir()
        path.write_bytes(before.encode())
    keep(str(path), name, "zh")
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize(
    "text", ["ui = {theme = 'x'}\n", "lang = [\n", "ui = 3\n", "[[ui]]\nx = 1\n", "\u0000"]
)
def test_what_a_small_edit_cannot_change_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotKept):
        keep(str(path), "ui.theme", "dark")
    assert path.read_text(encoding="utf-8") == text


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("lang = 'en'\n", encoding="utf-8")
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    keep(str(link), "lang", "zh")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == 'lang = "zh"\n'


@pytest.mark.parametrize("path", ["/dev/null", "/dev/null/settings.toml"])
def test_a_path_that_is_no_file(path: str) -> None:
    with pytest.raises(NotKept):
        keep(path, "lang", "zh")
    assert not os.path.isfile("/dev/null")


KEYS = st.sampled_from(["lang", "ui.theme", "ui . mouse", '"ui"', "'a.b'", "x", "keys.why"])
VALUES = st.sampled_from(
    ["'a # b'", '"q\\" ] # "', "['[', \"]\", # d\n 'x' ]", "{a = '}', b = [1]}", "true", "1",
     "'''m\n[ui]\n'''", '"""m\nlang = 1\n"""']
)  # fmt: skip
LINES = st.one_of(
    st.builds(lambda k, v: f"{k} = {v} # c\n", KEYS, VALUES),
    st.sampled_from(["\n", "# lang = 'x'\n", "[ui]\n", "[ keys ] # [x]\n", "[a.b]\n", "[[c]]\n"]),
)


@given(lines=st.lists(LINES, max_size=8), name=st.sampled_from(["lang", "ui.theme"]))
def test_any_file_keeps_the_rest_or_is_left_alone(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], name: str
) -> None:
    text = "".join(lines)
    path = tmp_path_factory.mktemp("any") / "settings.toml"
    path.write_bytes(text.encode())
    try:
        keep(str(path), name, "kept")
    except NotKept:
        assert path.read_bytes() == text.encode()
        return
    new = path.read_bytes().decode()
    found: object = tomllib.loads(new)
    for part in name.split("."):
        assert isinstance(found, dict)
        found = found[part]
    assert found == "kept"
    assert new.count("# c\n") == text.count("# c\n")
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        line for line in new.split("\n") if line.startswith("#")
    ]


def test_a_table_in_braces_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text("ui = {mouse = true}\n")
    with pytest.raises(NotKept, match="another form"):
        keep(str(path), "ui.theme", "dark")
    assert path.read_text() == "ui = {mouse = true}\n"


def test_places_point_at_the_text() -> None:
    text = "[a]\nx = 'one' # no\n\"y.z\" . w = [ 'p', \"q\" ]\n"
    places = places_of(text)
    spots = {path: text[s.value : s.value_end] for path, s in places.entries.items()}
    assert spots == {("a", "x"): "'one'", ("a", "y.z", "w"): "[ 'p', \"q\" ]"}
    spot = places.entries["a", "y.z", "w"]
    start, end = places.element(spot, "q")
    assert text[start:end] == '"q"'


def test_a_value_with_its_place() -> None:
    found = read_settings("s.toml", "[ui]\n\nsymbols = 'ascii'\n", USER)
    given_one = found.given["ui.symbols"]
    assert not found.problems
    assert (given_one.value, given_one.origin, given_one.column) == ("ascii", "s.toml:3", 11)
