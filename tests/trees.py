"""Nested tuples of arrays, as the operators return them."""

from __future__ import annotations

from typing import Any


def leaves(tree: Any) -> list[Any]:
    """The arrays in order."""
    return [leaf for part in tree for leaf in leaves(part)] if isinstance(tree, tuple) else [tree]
