"""From a JSON object to a dataclass: every field has to be what its annotation says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def build(kind: type[T], content: dict[str, Any]) -> T:
    """An instance of `kind`. Raises KeyError for an unknown field, TypeError, ValueError or OverflowError for a wrong value."""
    hashable: Any = kind
    names = _kinds(hashable)
    return kind(**{key: names[key](value) for key, value in content.items()})


@cache
def _kinds(kind: Any) -> dict[str, Callable[[Any], Any]]:
    return {f.name: KINDS[str(f.type)] for f in fields(kind)}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:80]!r} is no text")
    if not value.isascii():
        value.encode("utf-8")  # a lone surrogate could be read, but never be shown or written
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(f"{str(value)[:80]!r} is no count")
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError(f"{str(value)[:80]!r} is neither true nor false")
    return value


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(text) for key, text in dict(value).items()}


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{str(value)[:80]!r} is no list")
    return value


KINDS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "int": _count,
    "bool": _truth,
    "float": float,
    "float | None": lambda value: None if value is None else float(value),
    "tuple[str, ...]": lambda value: tuple(map(_text, _list(value))),
    "tuple[float, ...]": lambda value: tuple(map(float, _list(value))),
    "Mapping[str, str]": _texts,
    "Mapping[str, Mapping[str, str]]": lambda value: {_text(key): _texts(texts) for key, texts in dict(value).items()},
}
"""From a field's annotation to the reading of its JSON value."""
