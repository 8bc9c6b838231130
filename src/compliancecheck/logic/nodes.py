"""All that a condition, a value or a deadline is made of, without its names being looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass


def nodes_of(tree: object) -> Iterator[object]:
    """Every node of a tree, or of several, and what stands inside each."""
    if isinstance(tree, tuple):
        for part in tree:
            yield from nodes_of(part)
    elif is_dataclass(tree):
        yield tree
        for field in fields(tree):
            yield from nodes_of(getattr(tree, field.name))
