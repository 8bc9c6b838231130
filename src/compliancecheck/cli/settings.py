"""Settings of a command: the command line, then the project's file, then the user's, then the rest.

The project's is the nearest `compliancecheck.toml` or `[tool.compliancecheck]` of a pyproject.toml,
upward to the root of the repository; the user's is `settings.toml` in their configuration folder.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliancecheck.cli import options, output
from compliancecheck.cli.errors import Stop, UsageError
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from compliancecheck.reading.problems import Problem
    from compliancecheck.reading.settings import Given, SettingsFile

NAME, USER_NAME = "compliancecheck.toml", "settings.toml"
CONFIG = "COMPLIANCECHECK_CONFIG"
"""The environment's variable that names the user's file in place of the usual one."""
SHOW = "--show-settings"

_TABLE = re.compile(
    r"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?compliancecheck[\"']?[ \t]*[\].]", re.M
)
_DEFAULTS: dict[str, str] = {
    "lang": "en",
    "rules": "shipped",
    "select": "all rules",
    "ignore": "none",
    "fail-on": "must",
    "formats": "text",
    "ui.theme": "dark",
    "ui.mouse": "true",
    "ui.symbols": "auto",
    "ui.plain": "false",
    "keys": "as built",
}


@dataclass(slots=True)
class Settings:
    """The settings files of a command: what they give, and where the user's is."""

    project: SettingsFile | None
    user: SettingsFile | None
    user_path: str
    shadowed: dict[str, str] = field(default_factory=dict)
    """Settings that the command line gives, as texts."""

    def given(self, name: str) -> Given | None:
        """A setting from the project's file, else from the user's."""
        for file in (self.project, self.user):
            if file is not None and name in file.given:
                return file.given[name]
        return None

    def value(self, name: str, default: object = None) -> object:
        """The value of a setting from a file, else the default."""
        given = self.given(name)
        return default if given is None else given.value


def load(asked_lang: str | None = None) -> Settings:
    """The settings that hold here; problems are printed and end the command.

    What is said from here on is said in the language of the settings, unless one is asked for.
    """
    user_path = user_file()
    found = Settings(_project(), _user(user_path), user_path)
    lang = found.value("lang")
    if not asked_lang and isinstance(lang, str):
        output.speak_in(lang)
    files = [file for file in (found.project, found.user) if file is not None]
    refuse([problem for file in files for problem in file.problems])
    return found


def refuse(problems: Sequence[Problem]) -> None:
    """End the command with some problems of settings, if there are any."""
    if not problems:
        return
    from compliancecheck.cli.inputs import say_end, show_problems

    show_problems(problems)
    say_end(len(problems), Texts("the settings were not used", "设置未采用"))
    raise Stop


def user_file() -> str:
    """The path of the user's file, which need not exist."""
    named = os.environ.get(CONFIG)
    if named:
        return named
    from platformdirs import user_config_dir

    return os.path.join(user_config_dir("compliancecheck", appauthor=False), USER_NAME)


def _user(path: str) -> SettingsFile | None:
    from compliancecheck.reading.settings import USER

    return _read(path, USER) if os.path.exists(path) else None


def _project() -> SettingsFile | None:
    from compliancecheck.reading.settings import PROJECT

    for folder in _upward(os.getcwd()):
        own = os.path.join(folder, NAME)
        if os.path.isfile(own):
            return _read(_shown(own), PROJECT)
        shared = os.path.join(folder, "pyproject.toml")
        if os.path.isfile(shared) and _has_table(shared):
            return _read(_shown(shared), PROJECT, ("tool", "compliancecheck"))
    return None


def _upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root of the repository."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if os.path.exists(os.path.join(folder, ".git")) or parent == folder:
            return
        folder = parent


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml has a table of ours, in whichever way it is written."""
    from compliancecheck.reading.settings import MOST_BYTES

    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(MOST_BYTES)
    except OSError:
        return False
    if "compliancecheck" not in text and "\\u" not in text.lower():
        return False
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool")
    except (tomllib.TOMLDecodeError, RecursionError):
        return _TABLE.search(text) is not None  # what is wrong is told where it seems to be ours
    return isinstance(tool, dict) and "compliancecheck" in tool


def _shown(path: str) -> str:
    """The path from here: it names the file in messages, and its folder what stands in it."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return path


def _read(path: str, level: str, table: tuple[str, ...] = ()) -> SettingsFile:
    from compliancecheck.reading.files import decode, read_file
    from compliancecheck.reading.problems import Problem, ProblemsError, file_problem
    from compliancecheck.reading.settings import MOST_BYTES, SettingsFile, read_settings

    try:
        data = read_file(path)
    except ProblemsError as error:
        return SettingsFile(path, level, {}, error.problems)
    if len(data) > MOST_BYTES:
        says = Texts("this file is larger than 1 MiB", "这个文件超过 `1 MiB`")
        problem = file_problem(path, says, Texts("settings are a few lines", "设置只有几行"))
        return SettingsFile(path, level, {}, (problem,))
    text = decode(data, path)
    if isinstance(text, Problem):
        return SettingsFile(path, level, {}, (text,))
    return read_settings(path, text, level, table)


# -- what a command makes of them ------------------------------------------------------------------


def apply(args: argparse.Namespace) -> Settings:
    """Put what the files give where the command line gives nothing; ends the command if wrong.

    ``args.settings`` are the settings afterwards. Selection, threshold and formats are those of
    `check`, which alone gates; rules and language hold for every command that has them.
    """
    found = args.settings = load(getattr(args, "lang", None))
    checks = hasattr(args, "fail_on")
    names = ["lang", "rules", *(("select", "ignore", "fail-on", "formats") if checks else ())]
    for name in names:
        dest = name.replace("-", "_")
        if not hasattr(args, dest):
            continue
        if getattr(args, dest):
            found.shadowed[name] = _text(getattr(args, dest))
            continue
        given = found.given(name)
        if given is not None:
            setattr(args, dest, _from_file(given))
    if checks:
        args.fail_on = args.fail_on or "must"
    return found


def _from_file(given: Given) -> object:
    """The value of a setting as the command takes it: paths from here, formats that there are."""
    value = given.value
    if given.name == "rules" and isinstance(value, list):
        return [name if name == "shipped" else _rules(given, name) for name in value]
    if given.name == "formats" and isinstance(value, list):
        return [_format(given, text) for text in value]
    return list(value) if isinstance(value, list) else value


def _rules(given: Given, name: str) -> str:
    """A directory of rules that the file names; one that holds none is told at its place."""
    path = _beside(given.path, name)
    if os.path.isdir(path) and any("facts.yaml" in files for _, _, files in os.walk(path)):
        return path
    if os.path.isdir(path):
        what = Texts(
            f"no pack is in `{path}`: no directory has a `facts.yaml`",
            f"`{path}` 中没有规则包：没有目录含有 `facts.yaml`",
        )
    else:
        what = Texts(f"there is no directory of rules `{path}`", f"没有规则目录 `{path}`")
    advice = Texts(
        "a path starts at the folder of this file; `shipped` names the rules that came along",
        "路径从本文件所在目录算起；`shipped` 指自带的规则",
    )
    refuse([given.problem(what, advice, name)])
    raise Stop


def _format(given: Given, text: str) -> str:
    try:
        asked = options.output_of(text, options.CHECK_FORMATS)
    except UsageError as error:
        refuse([given.problem(error.says, error.advice, text)])
        raise Stop from None
    return text if asked.file is None else f"{asked.format}:{_beside(given.path, asked.file)}"


def _beside(path: str, name: str) -> str:
    """A path of a settings file, which starts at its folder."""
    return os.path.normpath(os.path.join(os.path.dirname(path), name))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


# -- where each comes from ---------------------------------------------------------------------


def show(parser: argparse.ArgumentParser, rest: list[str]) -> int:
    """`--show-settings`: each setting, its value and where that comes from."""
    for action in parser._actions:
        if not action.option_strings:  # nothing is evaluated: no profile need be named
            action.nargs, action.required, action.choices = "*", False, None
    args = parser.parse_args(rest)
    found = apply(args)
    rows = list(origins(found, args))
    if (getattr(args, "formats", None) or [""])[0] == "json" and "formats" in found.shadowed:
        from compliancecheck.reports.lines import json_text

        keys = ("setting", "value", "from")
        output.say(json_text([dict(zip(keys, row, strict=True)) for row in rows]) + "\n")
        return 0
    output.say("".join(f"{line}\n" for line in _table(rows)) + "\n")
    for what, file, path in (
        ("project", found.project, f"no {NAME} here or above"),
        ("user", found.user, f"{found.user_path} (not there yet)"),
    ):
        output.say(f"{what:<8} {_safe(path if file is None else file.path)}\n")
    return 0


def origins(found: Settings, args: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """Each setting: its name, its value, and where that comes from."""
    for name, default in _DEFAULTS.items():
        given = found.given(name)
        if name in found.shadowed:
            yield name, found.shadowed[name], "command line"
        elif name == "keys" and given is not None and isinstance(given.value, dict):
            for key, value in given.value.items():
                line = given.parts.get(key, (given.line,))[0]
                yield f"keys.{key}", _text(value), f"{given.path}:{line}"
        elif given is not None:
            yield name, _text(_from_file(given)), given.origin
        elif name == "lang" and options.language_variable():
            yield name, options.language(args), options.language_variable()
        else:
            yield name, default, "default"


def _table(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    from compliancecheck.model.safe import cell_width

    table = [("setting", "value", "from"), *(tuple(map(_safe, row)) for row in rows)]
    widths = [max(cell_width(row[n]) for row in table) for n in range(2)]
    for row in table:
        cells = [
            text + " " * (width - cell_width(text))
            for text, width in zip(row[:2], widths, strict=True)
        ]
        yield "  ".join([*cells, row[2]])


def _safe(text: str) -> str:
    from compliancecheck.model.safe import safe_text
    from compliancecheck.reports.lines import harmless

    return harmless(safe_text(text))
