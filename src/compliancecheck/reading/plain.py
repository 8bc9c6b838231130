"""Nodes as plain nested data (mappings, lists, texts), and plain data as nodes again."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence

from compliancecheck.reading.source import Entry, Mapping, Node, Origin, Scalar, Sequence

Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node) -> Plain:
    """What a node holds, without places; every scalar is its text."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key.text: plain(entry.value) for entry in node.entries}


def as_node(data: object, path: str) -> Node:
    """Nodes that hold *data*; all of them stand at the first character of *path*."""
    return _node(data, Origin(path, ""))


def _node(data: object, origin: Origin) -> Node:
    if isinstance(data, AnyMapping):
        entries = tuple(
            Entry(Scalar(str(key), "", 0, 0, origin), _node(value, origin))
            for key, value in data.items()
        )
        return Mapping(entries, False, 0, 0, origin)
    if isinstance(data, AnySequence) and not isinstance(data, str):
        return Sequence(tuple(_node(item, origin) for item in data), False, 0, 0, origin)
    return Scalar(str(data), "", 0, 0, origin)
