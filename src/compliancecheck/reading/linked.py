"""The linked form of packs: one JSON text that loads fast, without pydantic or YAML, and only data.

Every list is tagged by its first entry, a number into the file's table of kinds: containers that
JSON has not (tuple, set, fraction), enumerations, and the model's dataclasses with their fields in
order, the last ones left out where they have their default.  Only the kinds named here are made.

Examples of rules are two fifths of it and seldom asked for: they stand in it as a text of their
own, which is decoded when first looked into.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, overload

from compliancecheck.model import conditions, facts, instruments, texts, values
from compliancecheck.model.instruments import Example, Rules
from compliancecheck.model.texts import Place

FORMAT = 4

_MODULES = (conditions, facts, instruments, texts, values)
_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls
    for module in _MODULES
    for cls in vars(module).values()
    if isinstance(cls, type)
    and cls.__module__ == module.__name__
    and (is_dataclass(cls) or issubclass(cls, StrEnum))
    and cls is not Place
}
Maker = Callable[[list[Any]], Any]


def dump(rules: Rules) -> bytes:
    """The linked form of *rules*: the same rules give the same bytes."""
    encoder = _Encoder()
    body = encoder.encode(rules)
    document = {
        "format": FORMAT,
        "kinds": list(encoder.kinds),
        "paths": list(encoder.paths),
        "rules": body,
    }
    return _text(document).encode() + b"\n"


def _text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def load(data: bytes) -> Rules:
    """The rules of a linked form. Raises ``ValueError`` if the data is of another format."""
    document = json.loads(data)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError("these linked packs were written by another version")
    rules = _decoder(document["kinds"], document["paths"])(document["rules"])
    if not isinstance(rules, Rules):
        raise ValueError("these linked packs hold no rules")
    return rules


class _Later(Sequence[Example]):
    """A row of examples like a tuple of them, made when first looked into."""

    __slots__ = ("_found", "_make")

    def __init__(self, make: Callable[[], Iterable[Example]]) -> None:
        self._make: Callable[[], Iterable[Example]] | None = make
        self._found: tuple[Example, ...] = ()

    def _examples(self) -> tuple[Example, ...]:
        if self._make is not None:
            self._found, self._make = tuple(self._make()), None
        return self._found

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Example, ...]: ...
    def __getitem__(self, index: int | slice) -> Example | tuple[Example, ...]:
        return self._examples()[index]

    def __len__(self) -> int:
        return len(self._examples())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | _Later):
            return NotImplemented
        return self._examples() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._examples())


class _Encoder:
    """Encodes, and collects the kinds and paths that occur."""

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.paths: dict[str, int] = {}

    def encode(self, value: Any) -> Any:
        if value is None or type(value) in (bool, int, str):
            return value
        if isinstance(value, Mapping):
            return {key: self.encode(part) for key, part in value.items()}
        if isinstance(value, StrEnum):
            return [self._kind(type(value).__name__), str(value)]
        if isinstance(value, Fraction):
            return [self._kind("fraction"), f"{value.numerator}/{value.denominator}"]
        if isinstance(value, Place):
            path = self.paths.setdefault(value.path, len(self.paths))
            return [self._kind("place"), path, value.line, value.column, value.end_column]
        if isinstance(value, frozenset):
            return [self._kind("set"), *map(self.encode, sorted(value, key=repr))]
        if isinstance(value, tuple | _Later) and value and isinstance(value[0], Example):
            return [self._kind("later"), _text(list(map(self.encode, value)))]
        if isinstance(value, tuple | list):
            kind = "tuple" if isinstance(value, tuple) else "list"
            return [self._kind(kind), *map(self.encode, value)]
        name = type(value).__name__
        if _CLASSES.get(name) is not type(value):
            raise TypeError(f"no linked form of {type(value)}")
        return [self._kind(name), *map(self.encode, _written(value))]

    def _kind(self, name: str) -> int:
        return self.kinds.setdefault(name, len(self.kinds))


def _written(value: Any) -> list[Any]:
    """The fields of a dataclass in order, without defaults at the end."""
    written = [(field, getattr(value, field.name)) for field in fields(value)]
    while written and _is_default(*written[-1]):
        written.pop()
    return [part for _, part in written]


def _is_default(field: Field[Any], value: Any) -> bool:
    if field.default is not MISSING:
        return bool(value == field.default) and type(value) is type(field.default)
    return field.default_factory is not MISSING and bool(value == field.default_factory())


def _decoder(kinds: Sequence[str], paths: Sequence[str]) -> Callable[[Any], Any]:
    """The function that decodes one value of a document."""

    def decode(value: Any) -> Any:
        kind = type(value)
        if kind is list:
            return makers[value[0]](value)
        if kind is dict:
            return {key: decode(part) for key, part in value.items()}
        return value

    def tuple_of(value: list[Any]) -> Any:
        return tuple([decode(part) for part in value[1:]])

    def set_of(value: list[Any]) -> Any:
        return frozenset(value[1:])

    def list_of(value: list[Any]) -> Any:
        return [decode(part) for part in value[1:]]

    def fraction(value: list[Any]) -> Any:
        return Fraction(value[1])

    def place(value: list[Any]) -> Any:
        _, path, line, column, end = value
        return Place(paths[path], line, column, end)

    def maker(cls: type[Any]) -> Maker:
        def make(value: list[Any]) -> Any:
            return cls(*[decode(part) if type(part) in nested else part for part in value[1:]])

        return make

    def later(value: list[Any]) -> Any:
        return _Later(lambda: map(decode, json.loads(value[1])))

    nested = (list, dict)
    own: dict[str, Maker] = {
        "tuple": tuple_of,
        "set": set_of,
        "list": list_of,
        "later": later,
        "fraction": fraction,
        "place": place,
    }
    unknown = [name for name in kinds if name not in own and name not in _CLASSES]
    if unknown:
        raise ValueError(f"these linked packs hold an unknown kind, {unknown[0]}")
    makers = [own[name] if name in own else maker(_CLASSES[name]) for name in kinds]
    return decode
