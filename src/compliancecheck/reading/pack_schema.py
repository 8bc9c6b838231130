"""What the JSON Schema of pack files says of conditions, values and ranges, for editors.

These are open mappings by name, so no model describes them; the rest comes from the models of
``pack_files``.
"""

from __future__ import annotations

from typing import Any

from compliancecheck.reading import pack_names as words

_CONDITION = {"$ref": "#/$defs/Condition"}
_SCALAR = {"type": ["string", "number", "boolean"]}
_NAME = _SCALAR
_TEXTS = {"$ref": "#/$defs/Bilingual"}
_RIGHT = {"$ref": "#/$defs/RightSide"}
_NOTES: dict[str, Any] = {
    "article": _SCALAR,
    "because": _TEXTS,
    "confidence": {"enum": ["verified", "secondary", "memory"]},
    "review": {"type": "boolean"},
    "where": _CONDITION,
}
_LIST = {"type": "array", "minItems": 1}
_PAIR = {"type": "array", "minItems": 2, "maxItems": 2}
_SHIFT = {
    "type": "object",
    "properties": {key: {"type": "integer"} for key in words.UNIT_WORDS},
    "additionalProperties": False,
    "minProperties": 1,
}

SHARED: dict[str, Any] = {
    "Condition": {
        "type": "object",
        "minProperties": 1,
        "properties": {
            "all": {**_LIST, "items": _CONDITION},
            "any": {**_LIST, "items": _CONDITION},
            "not": _CONDITION,
            "some": _NAME,
            "every": _NAME,
            "holds": _NAME,
            **_NOTES,
        },
        "additionalProperties": {"$ref": "#/$defs/Comparison"},
    },
    "Comparison": {
        "anyOf": [
            _SCALAR,
            {
                "type": "object",
                "minProperties": 1,
                "properties": {
                    **dict.fromkeys((*words.BOUND_WORDS, *words.DAY_WORDS), _RIGHT),
                    "is_not": _RIGHT,
                    "includes": _SCALAR,
                    "includes_any": {**_LIST, "items": _SCALAR},
                    "one_of": {**_LIST, "items": _SCALAR},
                    "none_of": {**_LIST, "items": _SCALAR},
                    "value": _NAME,
                    "percent": _SCALAR,
                    "of": _NAME,
                    "due": _NAME,
                },
                "additionalProperties": False,
            },
        ]
    },
    "RightSide": {
        "anyOf": [
            _SCALAR,
            {
                "type": "object",
                "minProperties": 1,
                "properties": {"value": _NAME, "percent": _SCALAR, "of": _NAME, "due": _NAME},
                "additionalProperties": False,
            },
        ]
    },
    "Value": {
        "anyOf": [
            _SCALAR,
            {
                "type": "object",
                "minProperties": 1,
                "properties": {
                    "value": _NAME,
                    "percent": _SCALAR,
                    "of": {"$ref": "#/$defs/Value"},
                    "plus": _SHIFT,
                    "minus": _SHIFT,
                    "roll": {"enum": ["none", "next_working_day"]},
                    "at_least_before": {"$ref": "#/$defs/Value"},
                    "within_before": {"$ref": "#/$defs/Value"},
                    **{key: {"type": "integer"} for key in words.UNIT_WORDS},
                    "sum": {**_LIST, "items": {"$ref": "#/$defs/Value"}},
                    "difference": {**_PAIR, "items": {"$ref": "#/$defs/Value"}},
                    "count": _NAME,
                    "total": _NAME,
                    "distinct_total": _NAME,
                    "where": _CONDITION,
                    "known_as": _NAME,
                    "known_over": _CONDITION,
                    "choose": {
                        **_LIST,
                        "items": {
                            "type": "object",
                            "properties": {"when": _CONDITION, "is": {"$ref": "#/$defs/Value"}},
                            "required": ["when", "is"],
                            "additionalProperties": False,
                        },
                    },
                    "otherwise": {"$ref": "#/$defs/Value"},
                },
                "additionalProperties": False,
            },
        ]
    },
    "Range": {
        "type": "object",
        "minProperties": 1,
        "properties": dict.fromkeys((*words.BOUND_WORDS, *words.DAY_WORDS), _SCALAR),
        "additionalProperties": False,
    },
}


def tidy(schema: Any) -> Any:
    """The schema of the models, without generated titles and defaults; optional keys stay so.

    A key that may be left out may not be written without a value, so `null` goes, too.
    """
    if isinstance(schema, list):
        return [tidy(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "x-form" in schema:  # a reference to SHARED, which pydantic could not follow
        return {"$ref": f"#/$defs/{schema['x-form']}"}
    options = [o for o in schema.get("anyOf", ()) if o != {"type": "null"}]
    if len(options) == 1:
        return tidy({**{k: v for k, v in schema.items() if k != "anyOf"}, **options[0]})
    return {
        key: _tidy_keys(value) if key == "properties" else tidy(value)
        for key, value in schema.items()
        if key not in {"title", "default"}
    }


def _tidy_keys(properties: dict[str, Any]) -> dict[str, Any]:
    # Keys of pack files may be called `title`, as a schema's own words are.
    return {name: tidy(part) for name, part in properties.items()}
