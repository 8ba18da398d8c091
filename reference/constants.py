"""What does not move: creation, comparison, rounding to whole numbers, and numbers cut off from what they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .functions import stack
from .shapes import broadcast_to
from .tape import Comparison, Number, compare, lift


def asarray(values: Any, dtype: Any = None, **_: Any) -> Any:
    """A recorded number as it is; nested sequences with such in them stacked; numbers as an array, integers as integers."""
    if isinstance(values, Number):
        return values
    known = next((leaf for leaf in _leaves(values) if isinstance(leaf, Number)), None)
    if known is not None:
        return stack([lift(known, asarray(value)) for value in values])
    array = np.asarray(values)
    floating = array.dtype.kind == "f" or (dtype is not None and np.dtype(dtype).kind == "f")
    return array.astype(np.longdouble) if floating else array


def stop_gradient(a: Number) -> Number:
    """The number without what it was made from."""
    return Number(a.tape, a.pair, a.shape)


def compared(relation: Callable[..., Any]) -> Callable[[Number, Any], Comparison]:
    return lambda a, b: compare(relation, a, lift(a, b))


def stepped(function: Callable[[Any], Any]) -> Callable[[Number], Any]:
    """A function that is constant but for steps, as a NumPy array; without a budget where rounding may decide about a step."""

    def steps(a: Number) -> Any:
        below, above = (function(a.pair.value + side * a.pair.error) for side in (-1, 1))
        if np.any(below != above):
            raise LookupError("rounding decides a step, which has no budget then")
        return np.asarray(function(a.pair.value))

    return steps


def full(shape: Any, value: Any, **_: Any) -> Any:
    size = (shape,) if isinstance(shape, int) else tuple(shape)
    return broadcast_to(value, size) if isinstance(value, Number) else np.full(size, value, np.longdouble)


def full_like(a: Number, value: Any, **_: Any) -> Any:
    return full(a.shape, value)


def _plain(value: Any) -> Any:
    return value.pair.value[()] if isinstance(value, Number) else value


def _leaves(values: Any) -> list[Any]:
    return [leaf for v in values for leaf in _leaves(v)] if isinstance(values, list | tuple) else [values]


NAMES: Mapping[str, Callable[..., Any]] = {
    **{name: compared(getattr(np, name)) for name in ("equal", "greater", "greater_equal", "less", "less_equal", "not_equal")},
    **{name: stepped(getattr(np, name)) for name in ("ceil", "floor", "rint", "round", "trunc")},
    "arange": lambda *args, **_: np.arange(*map(_plain, args)),
    "asarray": asarray,
    "eye": lambda n, m=None, k=0, **_: np.eye(n, m, k, np.longdouble),
    "full": full,
    "full_like": full_like,
    "ones": lambda shape, **_: np.ones(shape, np.longdouble),
    "ones_like": lambda a, **_: np.ones(a.shape, np.longdouble),
    "stop_gradient": stop_gradient,
    "zeros": lambda shape, **_: np.zeros(shape, np.longdouble),
    "zeros_like": lambda a, **_: np.zeros(a.shape, np.longdouble),
}
