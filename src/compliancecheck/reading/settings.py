"""Settings files (TOML): which settings there are, and how one file is read, with the places."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem, file_problem, perhaps

PROJECT, USER = "project", "user"
MOST_BYTES = 1024 * 1024
"""A settings file of a person is small; a larger one is not read."""

MOST_QUOTED = 6
"""More values than these are listed, not offered one by one."""

THEMES = ("dark", "light", "ansi")
"""The app's own themes."""
TEXTUAL_THEMES = (
    "textual-dark", "textual-light", "nord", "gruvbox", "catppuccin-mocha", "dracula",
    "tokyo-night", "monokai", "flexoki", "catppuccin-latte", "catppuccin-frappe",
    "catppuccin-macchiato", "solarized-light", "solarized-dark", "rose-pine", "rose-pine-moon",
    "rose-pine-dawn", "atom-one-dark", "atom-one-light", "ansi-dark", "ansi-light",
)  # fmt: skip
"""Those of Textual, named here so that every command knows them: loading it takes 300 ms."""

_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)\s*$")


@dataclass(frozen=True, slots=True)
class Kind:
    """One setting: in which files it may stand, and what it may be.

    ``type`` is ``texts`` (a list), ``flag``, ``choice`` (one of ``choices``) or
    ``keys`` (a table of texts and lists).
    """

    levels: tuple[str, ...]
    type: str
    choices: tuple[str, ...] = ()


SETTINGS: Mapping[str, Kind] = {
    "lang": Kind((PROJECT, USER), "choice", ("en", "zh")),
    "rules": Kind((PROJECT,), "texts"),
    "select": Kind((PROJECT,), "texts"),
    "ignore": Kind((PROJECT,), "texts"),
    "fail-on": Kind((PROJECT,), "choice", ("must", "should", "undetermined", "never")),
    "formats": Kind((PROJECT,), "texts"),
    "ui.theme": Kind((USER,), "choice", (*THEMES, *TEXTUAL_THEMES)),
    "ui.mouse": Kind((USER,), "flag"),
    "ui.symbols": Kind((USER,), "choice", ("auto", "unicode", "ascii")),
    "ui.plain": Kind((USER,), "flag"),
    "keys": Kind((USER,), "keys"),
}
_LATER = {
    "waivers": Texts("waivers are not built yet", "豁免清单尚未实现"),
    "baseline": Texts("baselines are not built yet", "基线尚未实现"),
    "as-of": Texts(
        "a day in a file would grow old unnoticed; give --as-of on the command line",
        "写在文件里的日期会不知不觉过时；请在命令行写 `--as-of`",
    ),
    "law": Texts(
        "a day in a file would grow old unnoticed; give --law on the command line",
        "写在文件里的日期会不知不觉过时；请在命令行写 `--law`",
    ),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A value as a file gives it, and where: of its key and value, line and columns from 1."""

    name: str
    value: object
    path: str
    line: int
    column: int
    end_column: int
    parts: Mapping[str, tuple[int, int, int]]
    """Where each text of a list, or each entry of a table, stands."""

    def problem(self, says: Texts, advice: Texts | None = None, part: str | None = None) -> Problem:
        """A problem of the value, or of one part of it."""
        place = (self.line, self.column, self.end_column)
        line, column, end = self.parts.get(part, place) if part is not None else place
        return Problem(self.path, line, column, end, says, advice)

    @property
    def origin(self) -> str:
        """File and line."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """One file as read: what it gives by name, and what is wrong with it."""

    path: str
    level: str
    given: Mapping[str, Given]
    problems: tuple[Problem, ...] = ()


def read_settings(path: str, text: str, level: str, table: tuple[str, ...] = ()) -> SettingsFile:
    """The settings in *text*, of the file *path*, in one table of it (``tool.compliancecheck``)."""
    import tomllib

    from compliancecheck.reading.toml_places import places_of

    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    try:
        data: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return SettingsFile(path, level, {}, (_broken(path, text, str(error)),))
    except RecursionError:
        deep = Texts("this file is nested too deeply", "这个文件嵌套太深")
        flat = Texts("settings are flat", "设置没有嵌套")
        return SettingsFile(path, level, {}, (file_problem(path, deep, flat),))
    for name in table:
        data = data.get(name, {}) if isinstance(data, dict) else {}
    reader = _Reader(path, level, places_of(text), table)
    reader.table((), data)
    return SettingsFile(path, level, reader.given, tuple(reader.problems))


def _broken(path: str, text: str, message: str) -> Problem:
    place = _TOML_PLACE.search(message)
    message = _TOML_PLACE.sub("", message).strip()
    message = message[:1].lower() + message[1:]
    if place is not None and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        lines = text.rstrip("\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    says = Texts(f"this is not TOML: {message}", f"这不是 TOML，解析器的说法是 `{message}`")
    advice = Texts('write NAME = "VALUE"', '请写成 `名称 = "值"`')
    return Problem(path, line, column, column + 1, says, advice)


class _Reader:
    def __init__(self, path: str, level: str, places: object, base: tuple[str, ...]) -> None:
        from compliancecheck.reading.toml_places import Places

        assert isinstance(places, Places)
        self.path, self.level, self.places, self.base = path, level, places, base
        self.given: dict[str, Given] = {}
        self.problems: list[Problem] = []

    def table(self, above: tuple[str, ...], data: object) -> None:
        """Each entry: a setting, a table with settings, or a name that nobody knows."""
        if not isinstance(data, dict):
            says = Texts("settings are a table", "设置应是一个表")
            table = "[tool.compliancecheck]"
            self._say((), says, Texts(f"write {table}", f"请写 `{table}`"))
            return
        for key, value in data.items():
            path = (*above, key)
            name = ".".join(path)
            kind = SETTINGS.get(name)
            if kind is None and isinstance(value, dict) and self._is_group(name):
                self.table(path, value)
            elif kind is None:
                self._unknown(path, name)
            elif self.level not in kind.levels:
                self._elsewhere(path, name, kind)
            else:
                self._take(path, name, kind, value)

    def _is_group(self, name: str) -> bool:
        return any(known.startswith(name + ".") for known in SETTINGS)

    def _unknown(self, path: tuple[str, ...], name: str) -> None:
        if name in _LATER:
            why = _LATER[name]
            self._say(
                path, Texts(f"`{name}` is no setting: {why.en}", f"`{name}` 不是设置：{why.zh}")
            )
            return
        here = [n for n, kind in SETTINGS.items() if self.level in kind.levels]
        # In the wrong table, or in none: the name itself is right.
        same = (known for known in here if _last(known) == _last(name))
        near = perhaps(next(same, name), here)
        says = Texts(f"no setting `{name}`{near.en}", f"没有设置 `{name}`{near.zh}")
        self._say(path, says, there_are(here))

    def _elsewhere(self, path: tuple[str, ...], name: str, kind: Kind) -> None:
        if self.level == PROJECT:
            hint = Texts(
                "put it into your own settings.toml; `--show-settings` says where that is",
                "请写进您自己的 `settings.toml`；`--show-settings` 会显示它的位置",
            )
            says = Texts(
                f"`{name}` is a setting of a person, not of a project",
                f"`{name}` 是个人设置，不是项目设置",
            )
        else:
            hint = Texts(
                "put it into the project's compliancecheck.toml",
                "请写进项目的 `compliancecheck.toml`",
            )
            says = Texts(
                f"`{name}` is a setting of a project, not of a person",
                f"`{name}` 是项目设置，不是个人设置",
            )
        self._say(path, says, hint)

    def _take(self, path: tuple[str, ...], name: str, kind: Kind, value: object) -> None:
        if kind.type == "keys" and isinstance(value, dict):
            value = _flat(value)
        given = self._given(path, name, value)
        wrong = _wrong(kind, value)
        if wrong is None:
            self.given[name] = given
        else:
            what, hint = wrong
            says = Texts(f"`{name}` {what.en}", f"`{name}` {what.zh}")
            self.problems.append(given.problem(says, hint))

    def _given(self, path: tuple[str, ...], name: str, value: object) -> Given:
        parts: dict[str, tuple[int, int, int]] = {}
        spot = self.places.spot((*self.base, *path))
        if isinstance(value, list) and spot is not None:
            for text in value:
                if isinstance(text, str):
                    parts[text] = self._span(*self.places.element(spot, text))
        elif isinstance(value, dict):
            for key in value:
                entry = (*self.base, *path, key)
                inner = self.places.entries.get(entry) or self.places.spot(
                    (*self.base, *path, *key.split("."))
                )
                if inner is not None:
                    parts[key] = self._span(inner.key, inner.value_end)
        place = self._header((*self.base, *path))  # of an array of tables
        if spot is not None:
            place = self._span(spot.value, spot.value_end)
        elif parts:
            place = next(iter(parts.values()))
        return Given(name, value, self.path, *place, parts)

    def _say(self, path: tuple[str, ...], says: Texts, advice: Texts | None = None) -> None:
        spot = self.places.spot((*self.base, *path)) if path else None
        if spot is not None:
            place = self._span(spot.key, spot.key_end)
        else:
            place = self._header((*self.base, *path))
        self.problems.append(Problem(self.path, *place, says, advice))

    def _header(self, path: tuple[str, ...]) -> tuple[int, int, int]:
        end = self.places.tables.get(path)
        if end is None:
            return 1, 1, 2
        line, _ = self.places.position(end - 1)
        return line, 1, 2

    def _span(self, start: int, end: int) -> tuple[int, int, int]:
        line, column = self.places.position(start)
        last_line, last = self.places.position(end)
        return line, column, last if last_line == line else column + 1


def _flat(table: dict[str, object], above: str = "") -> dict[str, object]:
    """A table whose names have dots: without quotes TOML reads them as tables in it."""
    found: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{above}{name}."))
        else:
            found[above + name] = value
    return found


def there_are(names: Sequence[str]) -> Texts:
    """All names that there are, as a hint."""
    ticked = "、".join(f"`{name}`" for name in names)
    return Texts(f"there are: {', '.join(names)}", f"可用的有：{ticked}")


def _wrong(kind: Kind, value: object) -> tuple[Texts, Texts] | None:
    """What is wrong with a value, and what to write instead; None if nothing is."""
    if kind.type == "choice":
        if isinstance(value, str) and value in kind.choices:
            return None
        near = perhaps(value, kind.choices) if isinstance(value, str) else Texts("", "")
        says = Texts(f"is none of its values{near.en}", f"没有这个值{near.zh}")
        if len(kind.choices) > MOST_QUOTED:
            return says, there_are(kind.choices)
        quoted = [f'"{choice}"' for choice in kind.choices]
        ticked = [f"`{choice}`" for choice in quoted]
        return says, Texts(f"write {' or '.join(quoted)}", f"请写 {' 或 '.join(ticked)}")
    if kind.type == "flag":
        return None if isinstance(value, bool) else (_FLAG, _WRITE_FLAG)
    if kind.type == "texts":
        texts = isinstance(value, list) and all(isinstance(text, str) for text in value)
        return None if texts else (_LIST, _WRITE_LIST)
    return _wrong_keys(value)


_FLAG = Texts("is true or false", "只能是“是”或“否”")
_WRITE_FLAG = Texts("write true or false", "请写 `true` 或 `false`")
_LIST = Texts("is a list of texts", "应是一列文本")
_WRITE_LIST = Texts('write ["…", "…"]', '请写 `["…", "…"]`')
_TABLE = Texts("is a table", "应是一个表")
_WRITE_TABLE = Texts(
    "write [keys], and below it NAME = KEY lines", "请写 `[keys]`，并在下面逐行写 `名称 = 按键`"
)


def _wrong_keys(value: object) -> tuple[Texts, Texts] | None:
    if not isinstance(value, dict):
        return _TABLE, _WRITE_TABLE
    for name, keys in value.items():
        listed = keys if isinstance(keys, list) else [keys]
        if not listed or not all(isinstance(key, str) and key for key in listed):
            one, several = f'{name} = "x"', f'{name} = ["x", "ctrl+x"]'
            return (
                Texts(f"gives `{name}` no key", f"没有给 `{name}` 按键"),
                Texts(f"write {one}, or {several}", f"请写 `{one}`，或 `{several}`"),
            )
    return None


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]
