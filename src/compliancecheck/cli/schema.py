"""`schema`: the JSON Schema of profiles, packs or reports; `--check` holds a file to it."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from compliancecheck.cli import inputs, options, output
from compliancecheck.cli.errors import FINDINGS, OK, Stop
from compliancecheck.model.texts import Texts

if TYPE_CHECKING:
    from jsonschema import ValidationError

    from compliancecheck.model.instruments import Rules
    from compliancecheck.reading.source import Node

_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
KINDS = ("profile", "pack", "findings", "comparison", "deadlines")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `schema`."""
    kinds = "profile (default), pack, findings, comparison or deadlines"
    parser.add_argument(
        "kind", metavar="KIND", nargs="?", choices=KINDS, default="profile", help=kinds
    )
    parser.add_argument("--check", metavar="FILE", help="hold this file to the schema")
    options.add_common(parser, as_of=False)


def execute(args: argparse.Namespace) -> int:
    """Print the schema, or what a file does not meet of it (then 1)."""
    from compliancecheck.reports.lines import json_text

    if args.kind == "profile":
        schema = profile_schema(inputs.load_rules(args.rules))
    elif args.kind == "pack":
        from compliancecheck.reading.pack_files import pack_schema

        schema = pack_schema()
    else:
        from compliancecheck.reports import schemas as made

        makers = {
            "findings": made.findings_schema,
            "comparison": made.comparison_schema,
            "deadlines": made.deadlines_schema,
        }
        schema = makers[args.kind]()
    if args.check is None:
        output.say(json_text(schema) + "\n")
        return OK
    return _check(args.check, schema)


def profile_schema(rules: Rules) -> dict[str, Any]:
    """The schema of profiles, from the vocabulary of some rules."""
    from compliancecheck.reading.profile_schema import profile_schema as made

    return made(rules)


def _check(path: str, schema: dict[str, Any]) -> int:
    """Hold a YAML or JSON file to a schema; each way in which it does not meet it is a line."""
    from jsonschema import Draft202012Validator  # 130 ms, and only needed here

    data = _data(path)
    errors = sorted(
        Draft202012Validator(schema).iter_errors(data), key=lambda e: [str(p) for p in e.path]
    )
    for error in errors:
        where = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.path)
        there = where.lstrip(".")
        output.complain_of(
            Texts(
                f"{path}: {there or 'the file'}: {error.message[:500]}",
                f"{path}：{there or '整个文件'}：{_said(error)}",
            )
        )
    if errors:
        return FINDINGS
    from compliancecheck.model.safe import safe_text

    output.say(f"{safe_text(path)} meets the schema\n")
    return OK


def _said(error: ValidationError) -> str:
    """What the schema asks at a place, in Chinese: its keyword and what stands behind it."""
    return f"不符合 `{error.validator}: {str(error.validator_value)[:200]}`"


def _data(path: str) -> Any:
    """The data of a file as an editor's schema sees it; what cannot be read ends the command."""
    import json

    from compliancecheck.reading.files import read_file
    from compliancecheck.reading.problems import ProblemsError
    from compliancecheck.reading.source import load

    try:
        data = read_file(path)
        if path.endswith(".json"):
            return json.loads(data)
        root, problems = load(data, path)
    except ProblemsError as error:
        inputs.show_problems(error.problems)
        raise Stop from None
    except (ValueError, RecursionError) as error:
        output.complain_of(
            Texts(
                f"{path}: this is not JSON: {error}",
                f"{path}：这不是 JSON，解析器的说法是 `{error}`",
            )
        )
        raise Stop from None
    if root is None:
        inputs.show_problems(problems)
        raise Stop
    return _resolved(root)


def _resolved(node: Node) -> Any:
    """The data of a node with the types that YAML 1.2 gives to plain scalars."""
    from compliancecheck.reading.source import Mapping, Scalar

    if isinstance(node, Mapping):
        return {entry.key.text: _resolved(entry.value) for entry in node.entries}
    if not isinstance(node, Scalar):
        return [_resolved(item) for item in node.items]
    return node.text if node.quoted else _plain(node.text)


def _plain(text: str) -> Any:
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if len(text) <= 30 and re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if len(text) <= 60 and re.fullmatch(
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text
    ):
        return float(text)  # only its type counts here: nothing is decided by it
    return text
