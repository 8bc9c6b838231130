"""Keys of the user: which bindings there are, by name, and whether other keys for them are sound.

A name is a binding's id up to its first point: `why` names `why`, `full` names `full.dates` too.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import REPLACED_KEYS, Keys, _character_to_key, format_key, key_to_character
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from compliancecheck import tui
from compliancecheck.model.texts import Texts
from compliancecheck.reading.problems import Problem, perhaps
from compliancecheck.reading.settings import Given
from compliancecheck.tui.words import WORDS

FORBIDDEN = frozenset({*(f"ctrl+{letter}" for letter in "abtnwuked"), "f10", "f11"})
"""Keys that terminals, multiplexers, browsers and editors keep for themselves."""
_SAME_AS = {
    "ctrl+i": Texts("Tab", "`Tab`"), "ctrl+m": Texts("Enter", "`Enter`"),
    "ctrl+j": Texts("Enter", "`Enter`"), "ctrl+h": Texts("Backspace", "`Backspace`"),
    "ctrl+left_square_bracket": Texts("Esc", "`Esc`"), "ctrl+c": Texts("copying", "复制"),
    "ctrl+q": Texts("quitting", "退出"), "ctrl+p": Texts("the palette", "命令面板"),
}  # fmt: skip
_OTHER_KEY_BOTH = Texts("give one of them another key", "请给其中一个换按键")
_OTHER_KEY = Texts("choose another", "请换一个按键")
_MOVES = frozenset(
    {"enter", "escape", "space", "up", "down", "left", "right", "home", "end", "pageup",
     "pagedown", "tab", "shift+tab", "backspace"}
)  # fmt: skip
_FIXED = ("choose", "zoom")


@dataclass(frozen=True, slots=True)
class Bound:
    """One key of one binding: its id (empty: it has none), and where it can work.

    ``place`` is a part of the app; empty is everywhere but in what lies over the screen.
    """

    id: str
    key: str
    place: str
    description: str
    owner: str

    @property
    def name(self) -> str:
        """The name in the settings."""
        return self.id.split(".", 1)[0]

    def meets(self, other: Bound) -> bool:
        """Whether both can work at once."""
        if self.owner == other.owner or self.place == other.place:
            return True
        over = self.place.startswith("over ") or other.place.startswith("over ")
        return not over and "" in (self.place, other.place)


@cache
def all_bound() -> tuple[Bound, ...]:
    """Every key of every binding of the app."""
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        if ".plain" not in module.name:  # it has no keys
            importlib.import_module(module.name)
    return tuple(bound for cls in _classes(DOMNode) for bound in _bound(cls))


def _classes(cls: type) -> Iterator[type]:
    seen: set[type] = set()
    todo = [cls]
    while todo:
        child: type
        for child in todo.pop().__subclasses__():
            if child not in seen:
                seen.add(child)
                todo.append(child)
    ours = (c for c in seen if c.__module__.startswith(f"{tui.__name__}."))
    yield from sorted(ours, key=lambda c: (c.__module__, c.__qualname__))


def _bound(cls: type) -> Iterator[Bound]:
    place = cls.__module__.removeprefix(f"{tui.__name__}.").partition(".")[0]
    if issubclass(cls, ModalScreen):
        place = f"over {cls.__name__}"
    elif issubclass(cls, App) or (issubclass(cls, Screen) and cls.__module__.endswith(".frame")):
        place = ""
    for binding in Binding.make_bindings(cls.__dict__.get("BINDINGS", ())):
        yield Bound(binding.id or "", binding.key, place, binding.description, cls.__qualname__)


@cache
def changeable() -> Mapping[str, tuple[str, ...]]:
    """The ids of bindings that can be given other keys, with their usual keys."""
    found: dict[str, tuple[str, ...]] = {}
    for bound in all_bound():
        keys = found.get(bound.id, ())
        if bound.id and bound.key not in keys:
            found[bound.id] = (*keys, bound.key)
    return {
        id: keys
        for id, keys in found.items()
        if not _MOVES.intersection(keys) and not id.startswith(_FIXED)
    }


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """The names that can stand in the settings, with their usual keys."""
    found: dict[str, tuple[str, ...]] = {}
    for id, keys in changeable().items():
        name = id.split(".", 1)[0]
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), *keys)))
    return found


def words(name: str, lang: str) -> str:
    """What a binding does, in words."""
    key = f"key.{name}"
    return WORDS[key].get(lang) if key in WORDS else name


def shown(key: str) -> str:
    """A key as it is written in the settings and on the screen: ``^r``, ``?``."""
    return format_key(key).replace("ctrl+", "^")


# -- the user's own ----------------------------------------------------------------------------


def keymap_of(given: Given | None) -> tuple[dict[str, str], list[Problem]]:
    """The keymap (by binding id, as Textual takes it) of the table ``[keys]``, and its problems."""
    if given is None or not isinstance(given.value, dict):
        return {}, []
    problems: list[Problem] = []
    wanted: dict[str, tuple[str, ...]] = {}
    for name, value in given.value.items():
        problem = _unknown(given, name)
        keys = []
        for text in value if isinstance(value, list) else str(value).split(","):
            key = _key(text.strip() or text)
            problem = problem or _refused(given, name, text.strip(), key)
            keys.append(key)
        if problem is not None:
            problems.append(problem)
        else:
            wanted[name] = tuple(dict.fromkeys(keys))
    problems += _clashes(given, wanted)
    keymap = {
        id: ",".join(wanted[name]) for id in changeable() for name in _named(id) if name in wanted
    }
    return keymap, problems


def _named(id: str) -> Iterator[str]:
    yield id.split(".", 1)[0]
    if "." in id:
        yield id  # the exact id counts more


def _unknown(given: Given, name: str) -> Problem | None:
    if name.split(".", 1)[0] in names():
        if "." not in name or name in changeable():
            return None
    elif any(bound.name == name for bound in all_bound()):
        says = Texts(f"`{name}` stays on its key", f"`{name}` 的按键不能改")
        why = Texts(
            "Enter, Esc, arrows and digits cannot be changed",
            "`Enter`、`Esc`、方向键和数字键不能改",
        )
        return given.problem(says, why, name)
    near = perhaps(name, names())
    says = Texts(f"no binding `{name}`{near.en}", f"没有操作 `{name}`{near.zh}")
    return given.problem(says, Texts("docs/keys.md lists them", "见 `docs/keys.md`"), name)


def _key(text: str) -> str:
    """A key as Textual names it, from what a person writes: ``?``, ``^r``, ``F2``."""
    if len(text) == 1:
        return _character_to_key(text)
    if len(text) == 2 and text[0] == "^":
        text = f"ctrl+{text[1]}"
    head, plus, last = text.lower().rpartition("+")
    if plus and len(last) == 1 and not last.isalnum():
        last = _character_to_key(last)
    return f"{head}{plus}{last}"


def _refused(given: Given, name: str, text: str, key: str) -> Problem | None:
    """Why a key cannot be used; None if it can."""
    modifiers = key.split("+")[:-1]
    if key in FORBIDDEN or "alt" in modifiers or "meta" in modifiers or "super" in modifiers:
        why = Texts("terminals and editors keep it for themselves", "终端和编辑器自己要用它")
    elif key in _SAME_AS:
        same = _SAME_AS[key]
        why = Texts(f"it is {same.en}", f"它就是{same.zh}")
    elif key in _MOVES:
        why = Texts("it moves, accepts or leaves", "它用来移动、确认或离开")
    elif len(key) == 1 and key.isdigit():
        if name.startswith("tab") or key in names().get(name, ()):
            return None
        why = Texts("digits choose an answer or a tab", "数字键用来选答案或标签页")
    elif not _is_key(key):
        hint = Texts(
            'write a character, or as "ctrl+x", "f2", "delete"',
            '请写一个字符，或如 `"ctrl+x"`、`"f2"`、`"delete"`',
        )
        near = perhaps(key, _known())
        says = Texts(f"there is no key `{text}`{near.en}", f"没有按键 `{text}`{near.zh}")
        return given.problem(says, hint, name)
    else:
        return None
    says = Texts(
        f"`{name}` cannot have the key `{text}`: {why.en}",
        f"`{name}` 不能用按键 `{text}`：{why.zh}",
    )
    return given.problem(says, _OTHER_KEY, name)


@cache
def _known() -> frozenset[str]:
    return frozenset(key.value for key in Keys if not key.value.startswith(("<", "ctrl+@")))


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    if not set(modifiers) <= {"ctrl", "shift"}:
        return False
    if len(last) == 1 or key in _known() or last in _known():
        return True
    return key_to_character(REPLACED_KEYS.get(last, last)) is not None


def _clashes(given: Given, wanted: Mapping[str, tuple[str, ...]]) -> Iterator[Problem]:
    """Two bindings that can work at once on one key, where the user has changed one."""
    now: list[tuple[Bound, str, bool]] = []
    for bound in all_bound():
        name = bound.id if bound.id in wanted else bound.name
        if name not in wanted or bound.id not in changeable():
            now.append((bound, bound.key, False))
        else:
            now += [(bound, key, True) for key in wanted[name]]
    told = set()
    for mine, key, changed in now:
        for other, its_key, its_changed in now:
            if not changed or key != its_key or not mine.meets(other):
                continue
            if mine.name == other.name or _always(mine, other):
                continue
            pair = frozenset({mine.name, other.name or other.description})
            if pair not in told:
                told.add(pair)
                yield _clash(given, mine, other, key, its_changed)


def _always(one: Bound, other: Bound) -> bool:
    """Whether two bindings share a key as built: they are never offered at once."""
    if {one.name[:3], other.name[:3]} == {"tab", "cho"}:  # digits choose answers, else tabs
        return True
    mine = {bound.key for bound in all_bound() if bound.id == one.id}
    return any(bound.id == other.id and bound.key in mine for bound in all_bound() if bound.id)


def _clash(given: Given, mine: Bound, other: Bound, key: str, both: bool) -> Problem:
    name = mine.id if mine.id in given.parts else mine.name
    what = f"`{other.name}`" if other.id else f"“{other.description}”"
    says = Texts(
        f"`{mine.name}` and {what} would both have the key `{shown(key)}`",
        f"`{mine.name}` 与 {what} 会共用按键 `{shown(key)}`",
    )
    hint = _OTHER_KEY_BOTH if other.id else Texts("choose another key", "请换一个按键")
    return given.problem(says, hint, name)


def renamed(focused: Widget | None, keymap: Mapping[str, str]) -> dict[str, str]:
    """Where the focus is: usual keys (as shown) that the user has changed, and what they are."""
    found: dict[str, str] = {}
    for node in focused.ancestors_with_self if focused is not None else ():
        for cls in type(node).__mro__:
            for binding in Binding.make_bindings(cls.__dict__.get("BINDINGS", ())):
                if binding.id and binding.id in keymap:
                    new = shown(keymap[binding.id].split(",")[0])
                    found.setdefault(binding.key_display or shown(binding.key), new)
                    found.setdefault(shown(binding.key), new)
    return found
