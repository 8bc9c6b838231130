"""Pydantic models over a tree of YAML nodes: how a form reads nodes and reports what is wrong.

A form is validated from the node tree itself, so each value keeps its line and column.
Scalars stay plain text; what is typed later (names, literals, conditions) stays a node.
``pack_files`` declares the forms of pack files with what is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError, core_schema

from compliancecheck.model.texts import Place
from compliancecheck.reading import source
from compliancecheck.reading.problems import Problem, nearest, pack_problem

T = TypeVar("T")
F = TypeVar("F", bound="Form")
Node = source.Node
NOT_BUILT = "`{}` is part of the language but not built yet"

_FOLD = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
LATER_KEYS = frozenset(
    {
        "also_follows_from",
        "counts_if",
        "horizon",
        "shows",
        "tables",
        "under",
        "units",
    }
)
"""Keys of the language that no form knows yet; they are refused by name."""


def refused(message: str, hint: str | None = None) -> PydanticCustomError:
    """The error by which a form refuses a value, with what to write instead."""
    # Pydantic fills in braces of a template; ours come from the context alone.
    return PydanticCustomError("form", "{text}", {"text": message, "hint": hint})


def _text(node: object) -> str:
    if not isinstance(node, source.Scalar):
        raise refused("one text belongs here, not a list or a mapping")
    if not node.text.strip():
        raise refused("a text belongs here, and none is given")
    return node.text


def _chinese(node: object) -> str:
    text = _text(node)
    if isinstance(node, source.Scalar) and node.style == ">":
        # YAML joins folded lines with a blank; between Chinese characters there is none.
        text = _FOLD.sub("", text)
    return text


def _flag(node: object) -> bool:
    text = _text(node).lower()
    if text not in {"true", "false"} or _quoted(node):
        raise refused("true or false belongs here, without quotes")
    return text == "true"


def _count(node: object) -> int:
    text = _text(node)
    if not (text.isascii() and text.isdigit() and len(text) < 10) or _quoted(node):
        raise refused("a whole number belongs here")
    return int(text)


def _quoted(node: object) -> bool:
    return isinstance(node, source.Scalar) and node.quoted


def _items(node: object) -> list[Node]:
    if not isinstance(node, source.Sequence):
        raise refused("a list belongs here", "write one entry a line, each after `- `")
    return list(node.items)


def _entries(node: object) -> dict[str, Node]:
    if not isinstance(node, source.Mapping):
        raise refused("a mapping belongs here", "write one `name: …` a line")
    return {entry.key.text: entry.value for entry in node.entries}


_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
# Whatever another YAML reader takes a plain text for (`5` a number), here it is a text.
Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_SCALAR)]
Chinese = Annotated[str, BeforeValidator(_chinese), WithJsonSchema(_SCALAR)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Count = Annotated[int, BeforeValidator(_count)]
Word = Annotated[T, BeforeValidator(_text)]
Items = Annotated[list[T], BeforeValidator(_items)]
Entries = Annotated[dict[str, T], BeforeValidator(_entries)]


class Kept:
    """Marks a field that stays a node, of the kind *cls*; *schema* is what editors are told."""

    def __init__(self, cls: type[Any] | tuple[type[Any], ...], schema: dict[str, Any]) -> None:
        self.cls = cls
        self.schema = schema

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        """The node itself, if it is of the right kind."""

        def check(node: object) -> object:
            if self.cls is source.Scalar:
                _text(node)
            elif self.cls is source.Mapping:
                _entries(node)
            return node

        return core_schema.no_info_plain_validator_function(check)

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What an editor may accept here."""
        return dict(self.schema)


Name = Annotated[source.Scalar, Kept(source.Scalar, _SCALAR)]
"""A name, resolved later."""
Literal_ = Annotated[source.Scalar, Kept(source.Scalar, _SCALAR)]
"""A literal or a day, typed later."""
ConditionNode = Annotated[Node, Kept(object, {"x-form": "Condition"})]
ValueNode = Annotated[Node, Kept(object, {"x-form": "Value"})]
RangeNode = Annotated[source.Mapping, Kept(source.Mapping, {"x-form": "Range"})]
PlainNode = Annotated[source.Mapping, Kept(source.Mapping, {"type": "object"})]
"""Profile data, read later by the profile reader."""
AnyNode = Annotated[Node, Kept(object, {})]


class Form(BaseModel):
    """A mapping of a pack file with a closed set of keys."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True
    )
    short_form: ClassVar[str | None] = None  # a field that a bare scalar sets
    _node: source.Mapping = PrivateAttr()

    @model_validator(mode="wrap")
    @classmethod
    def _from_node(
        cls: type[F], node: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> F:
        if cls.short_form is not None and isinstance(node, source.Scalar):
            node = _spelled_out(node, cls.short_form)
        entries = _entries(node)
        known = cls.keys()
        problems: list[Problem] = info.context if isinstance(info.context, list) else []
        for entry in node.entries:
            if entry.key.text not in known:
                # Told here, where the known keys are at hand; the rest is validated without it.
                problems.append(_unknown_key(entry.key, known))
                del entries[entry.key.text]
        form: F = handler(entries)
        form._node = node
        return form

    @classmethod
    def keys(cls) -> list[str]:
        """The keys that this mapping may have, as written."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @property
    def place(self) -> Place:
        """Where the mapping starts."""
        return self._node.place

    def key_place(self, name: str) -> Place:
        """Where a key of the mapping stands, or the mapping, if it is left out."""
        for entry in self._node.entries:
            if entry.key.text == name:
                return entry.key.place
        return self._node.place


def keyed(
    entries: dict[str, T] | None, form: Form, field: str
) -> Iterator[tuple[source.Scalar, T]]:
    """The entries of a field that is a mapping by name, each with the key as a node."""
    if not entries:
        return
    for entry in form._node.entries:
        if entry.key.text == field and isinstance(entry.value, source.Mapping):
            for inner in entry.value.entries:
                yield inner.key, entries[inner.key.text]


def read_form(form: type[F], node: Node | None, path: str) -> tuple[F | None, list[Problem]]:
    """One file's form, or its problems; unknown keys are problems, whatever else is right."""
    problems: list[Problem] = []
    if not isinstance(node, source.Mapping):
        place = node.place if node is not None else Place(path, 1, 1, 1)
        return None, [pack_problem(place, "a pack file is a mapping and begins with `language: 1`")]
    try:
        read = form.model_validate(node, context=problems)
    except ValidationError as error:
        problems.extend(_told(detail, node) for detail in error.errors(include_url=False))
        read = None
    problems.sort(key=lambda p: (p.line, p.column))
    return (None if problems else read), problems


def _spelled_out(scalar: source.Scalar, field: str) -> source.Mapping:
    start, end, origin = scalar.start, scalar.end, scalar.origin
    key = source.Scalar(field, "", start, end, origin)
    return source.Mapping((source.Entry(key, scalar),), True, start, end, origin)


def _unknown_key(key: source.Scalar, known: Sequence[str]) -> Problem:
    if key.text in LATER_KEYS:
        return pack_problem(key.place, NOT_BUILT.format(key.text))
    near = nearest(key.text, known)
    hint = f"did you mean `{near}`?" if near else f"known here: {', '.join(known)}"
    return pack_problem(key.place, f"`{key.text}` is no key of this mapping", hint)


def _told(detail: ErrorDetails, root: Node) -> Problem:
    """An error of pydantic, at the line and column of the node to which its loc leads."""
    loc = detail["loc"]
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "missing":
        place = _place_at(root, loc[:-1])
        return pack_problem(place, f"`{loc[-1]}` is missing here")
    place = _place_at(root, loc)
    if kind == "form":
        return pack_problem(place, context["text"], context["hint"])
    if kind == "literal_error":
        allowed = [w.strip("'") for w in context["expected"].replace(" or ", ", ").split(", ")]
        near = nearest(str(detail["input"]), allowed)
        hint = f"did you mean `{near}`?" if near else None
        message = f"`{detail['input']}` is none of the words known here: {', '.join(allowed)}"
        return pack_problem(place, message, hint)
    return pack_problem(place, detail["msg"])


def _place_at(root: Node, loc: Sequence[int | str]) -> Place:
    """The place of the deepest node on the way of *loc*; a mapping is shown by its key."""
    node, place = root, root.place
    for step in loc:
        if isinstance(node, source.Mapping):
            entry = next((e for e in node.entries if e.key.text == step), None)
            if entry is None:
                break
            node = entry.value
            place = node.place if isinstance(node, source.Scalar) else entry.key.place
        elif isinstance(node, source.Sequence) and isinstance(step, int):
            node = node.items[step]
            place = node.place
        else:
            break
    return place
