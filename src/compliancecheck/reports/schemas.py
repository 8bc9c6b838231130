"""The JSON Schemas of the reports, made from the classes of their shapes."""

from __future__ import annotations

import sys
import types
from typing import (
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from compliancecheck.reports import findings_model, other_models

_PLAIN = {str: "string", int: "integer", bool: "boolean", type(None): "null"}


def findings_schema() -> dict[str, Any]:
    """The schema (2020-12) that every findings report of this version meets."""
    return _schema_of(findings_model.ReportJson, findings_model.SCHEMA_ID, "findings")


def comparison_schema() -> dict[str, Any]:
    """The schema of what `compare --format json` writes."""
    return _schema_of(other_models.ComparisonJson, other_models.COMPARISON_ID, "comparison")


def deadlines_schema() -> dict[str, Any]:
    """The schema of what `deadlines --format json` writes."""
    return _schema_of(other_models.DeadlinesJson, other_models.DEADLINES_ID, "deadlines")


def _schema_of(shape: Any, id: str, name: str) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    root = _object(shape, definitions)
    root["properties"]["schema"] = {"const": id}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "title": f"compliancecheck {name}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(shape: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(shape, vars(sys.modules[shape.__module__]), include_extras=True)
    properties, required = {}, []
    for name, hint in hints.items():
        if get_origin(hint) is NotRequired:
            hint = get_args(hint)[0]
        else:
            required.append(name)
        properties[name] = _schema(hint, definitions)
    return {
        "type": "object",
        "description": " ".join((shape.__doc__ or "").split()),
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is list:
        return {"type": "array", "items": _schema(get_args(hint)[0], definitions)}
    if get_origin(hint) in (Union, types.UnionType):
        return {"anyOf": [_schema(part, definitions) for part in get_args(hint)]}
    assert is_typeddict(hint), f"no schema for {hint}"
    name = hint.__name__.removesuffix("Json")
    if name not in definitions:
        definitions[name] = {}  # a shape may contain itself
        definitions[name] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}
