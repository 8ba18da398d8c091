"""MXNet's functions by their dotted names, for arrays, for legacy views of them and for the symbols of a hybridized program.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from importlib import import_module
from typing import Any

FIRST = "mx.np"


class _MXNet:
    """The package, imported at its first use; it is handled without types, as its adapter loads where it is missing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("mxnet"), name)


mx: Any = _MXNet()


class Absent(AttributeError):
    """MXNet has no function of this name, or not with this option."""

    def __init__(self, name: str) -> None:
        super().__init__(f"absent: {FIRST} has no {name}")


def symbolic(args: Sequence[Any]) -> bool:
    arrays = [a for arg in args for a in (arg if isinstance(arg, list | tuple) else (arg,))]
    return any(isinstance(a, mx.sym.Symbol) for a in arrays)


def call(path: str, *args: Any, **options: Any) -> Any:
    """The function of this dotted name, or its symbolic twin where an argument is the symbol of a program."""
    legacy = path.startswith("nd.")
    traced = symbolic(args)
    function = reduce(getattr, (path[3:] if legacy and traced else path).split("."), mx.sym if traced else mx)
    if not legacy:
        return function(*args, **options)
    views = [a.as_nd_ndarray() if hasattr(a, "as_nd_ndarray") else a for a in args]
    found = function(*views, **options)
    return [a.as_np_ndarray() for a in found] if isinstance(found, list) else found.as_np_ndarray()


def each(value: Any, count: int) -> tuple[int, ...]:
    return (value,) * count if isinstance(value, int) else tuple(value)
