"""Keeping one setting in the user's file: its own characters or one new line, comments stay."""

from __future__ import annotations

import json
import os
import tomllib

from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import ProblemsError, Told
from compliancecheck.reading.saving import ChangedOnDisk, read_for_change, save
from compliancecheck.reading.system_words import system_words
from compliancecheck.reading.toml_places import places_of


class NotKept(Told):
    """The setting was not written; the text says why, for a person."""


def keep(path: str, name: str, value: str) -> None:
    """Writes ``name = "value"`` into the settings file *path*, which may not exist yet.

    *name* is dotted, as ``ui.theme``. Raises :class:`NotKept` if the file cannot be written, is
    broken, or gives the setting in a form that a small edit cannot change; it is then as it was.
    """
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        if os.path.exists(path) and not os.path.isfile(path):
            raise NotKept(Texts("it is no file", "这不是文件"))
        text, sha256 = read_for_change(path) if os.path.exists(path) else ("", None)
        new = _edited(text, tuple(name.split(".")), json.dumps(value, ensure_ascii=False))
        if new != text:
            save(path, new, sha256)
    except OSError as error:
        raise NotKept(system_words(error)) from None
    except ChangedOnDisk as error:
        raise NotKept(error.says) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NotKept(Texts(str(error), "设置文件不是完好的 TOML")) from None
    except ProblemsError as error:
        raise NotKept(error.problems[0].says) from None


def _edited(text: str, path: tuple[str, ...], value: str) -> str:
    """*text* with one setting changed; raises :class:`NotKept` if more would have changed."""
    before = _parsed(text)
    wanted = _with(before, path, json.loads(value))
    if before == wanted:
        return text
    new = _changed(text, path, value)
    try:
        if _parsed(new) == wanted:
            return new
    except tomllib.TOMLDecodeError:  # as a second table beside one in braces
        pass
    raise NotKept(Texts("it stands there in another form", "文件中以另一种形式写着它"))


def _changed(text: str, path: tuple[str, ...], value: str) -> str:
    places = places_of(text)
    eol = "\r\n" if "\r\n" in text else "\n"
    spot = places.entries.get(path)
    if spot is not None:
        return text[: spot.value] + value + text[spot.value_end :]
    table = path[:-1]
    if table and table in places.tables:  # below the line that opens its table
        at = places.tables[table]
        line = f"{path[-1]} = {value}{eol}"
        return _ended(text[:at], eol) + line + text[at:]
    if table and not any(name[: len(table)] == table for name in places.entries):
        gap = eol if text.strip() else ""
        head = f"[{'.'.join(table)}]{eol}"
        return _ended(text, eol) + gap + head + f"{path[-1]} = {value}{eol}"
    # A name without a table stands before the first one.
    at = len(text) if places.first_table is None else places.first_table
    line = f"{'.'.join(path)} = {value}{eol}"
    return _ended(text[:at], eol) + line + (eol if at < len(text) else "") + text[at:]


def _ended(text: str, eol: str) -> str:
    return text if not text or text.endswith(("\n", "\ufeff")) else text + eol


def _parsed(text: str) -> dict[str, object]:
    return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))


def _with(data: dict[str, object], path: tuple[str, ...], value: object) -> dict[str, object]:
    if len(path) == 1:
        return {**data, path[0]: value}
    inner = data.get(path[0], {})
    if not isinstance(inner, dict):
        raise NotKept(Texts(f"`{path[0]}` is no table there", f"文件中的 `{path[0]}` 不是表"))
    return {**data, path[0]: _with(inner, path[1:], value)}
