"""Shape, indexing, creation, reductions, scans and contractions of series, under the array API's names.

Promised: a rearrangement is said once, as what it does to an array of positions. Products over many factors multiply and never
divide, so that zeros among the factors are no special case. Of tied elements a maximum takes the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from string import ascii_letters
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference import series_local
from reference.series_core import Series, bilinear, broadcast, compose, flat, joined, lift, value_of
from reference.series_laurent import Array

__all__ = [
    "argsort", "asarray", "broadcast_arrays", "broadcast_to", "concat", "cumulative_prod", "cumulative_sum", "einsum", "mean",
    "meshgrid", "reshape", "scatter_add", "segment_sum", "set_at", "sort", "stack", "std", "take", "take_along_axis", "unstack",
    "var",
]  # fmt: skip

Axis = int | tuple[int, ...] | None


def rearranged(function: Callable[..., Any]) -> Callable[..., Series]:
    """A NumPy function that moves or repeats elements, for series."""
    return lambda x, *args, **keywords: lift(x).gather(lambda index: function(index, *args, **keywords))


def masked(function: Callable[..., Any]) -> Callable[..., Series]:
    """A NumPy function that moves elements and fills with zeros, for series."""

    def fill(x: Any, *args: Any, **keywords: Any) -> Series:
        series = lift(x)
        index = function(np.arange(1, series.size + 1).reshape(series.shape), *args, **keywords)
        return series.map(lambda c: np.insert(flat(c, series.ndim), 0, 0, axis=-1)[..., index])

    return fill


def reshape(x: Any, shape: Any) -> Series:
    return lift(x).gather(lambda index: index.reshape(shape))


def broadcast_to(x: Any, shape: Any) -> Series:
    return broadcast(lift(x), (shape,) if isinstance(shape, int) else tuple(shape))


def broadcast_arrays(*arrays: Any) -> list[Series]:
    shape = np.broadcast_shapes(*(lift(x).shape for x in arrays))
    return [broadcast(lift(x), shape) for x in arrays]


def concat(arrays: Sequence[Any], axis: int | None = 0) -> Series:
    """The arrays one after the other along an axis; flattened if axis is None."""
    parts = [lift(x) if axis is not None else reshape(x, -1) for x in arrays]
    ndim = parts[0].ndim
    behind = (axis or 0) % ndim - ndim

    def along(*cs: Array) -> Array:
        batch = np.broadcast_shapes(*(c.shape[: c.ndim - ndim] for c in cs))
        full = [np.broadcast_to(c, batch + c.shape[c.ndim - ndim :]) for c in cs]
        return np.concatenate(full, axis=behind)

    return joined(along, *parts)


def stack(arrays: Sequence[Any], axis: int = 0) -> Series:
    return concat([expand_dims(x, axis) for x in arrays], axis)


def expand_dims(x: Any, axis: Any = 0) -> Series:
    return lift(x).gather(lambda index: np.expand_dims(index, axis))


def unstack(x: Any, axis: int = 0) -> tuple[Series, ...]:
    return tuple(lift(x).gather(lambda index: np.moveaxis(index, axis, 0)))


def asarray(values: Any, dtype: Any = None, **_: Any) -> Any:
    """A series as it is; nested sequences with series in them stacked; numbers as an array, integers as integers."""
    if isinstance(values, Series):
        return values
    if isinstance(values, list | tuple) and any(isinstance(leaf, Series) for leaf in _leaves(values)):
        return stack([asarray(value) for value in values])
    array = np.asarray(values)
    floating = array.dtype.kind == "f" or (dtype is not None and np.dtype(dtype).kind == "f")
    return array.astype(np.longdouble) if floating else array


def _leaves(values: Any) -> list[Any]:
    return [leaf for v in values for leaf in _leaves(v)] if isinstance(values, list | tuple) else [values]


def meshgrid(*arrays: Any, indexing: str = "xy") -> list[Series]:
    indices = np.meshgrid(*(np.arange(lift(x).size) for x in arrays), indexing=indexing)  # type: ignore[call-overload]
    return [take(x, index) for x, index in zip(arrays, indices, strict=True)]


def take(x: Any, indices: Any, axis: int | None = None) -> Series:
    return lift(x).gather(lambda index: np.take(index, value_of(indices).astype(np.intp), axis))


def take_along_axis(x: Any, indices: Any, axis: int = -1) -> Series:
    return lift(x).gather(lambda index: np.take_along_axis(index, value_of(indices).astype(np.intp), axis))


def scatter_add(x: Any, index: Any, updates: Any) -> Series:
    """x with `updates` added at x[index]; an index that occurs twice adds twice."""
    base = lift(x)
    places = np.arange(base.size).reshape(base.shape)[index]
    return base + segment_sum(broadcast(lift(updates), places.shape), places, base.size).gather(
        lambda position: position.reshape(base.shape)
    )


def set_at(x: Any, index: Any, value: Any) -> Series:
    """x with `value` instead of its elements at x[index], an index that names none of them twice."""
    base = lift(x)
    places = np.arange(base.size).reshape(base.shape)
    new = broadcast(lift(value), places[index].shape)
    places[index] = base.size + np.arange(new.size).reshape(new.shape)
    return concat([base, new], axis=None)[places]


def segment_sum(x: Any, segments: Any, count: int | None = None) -> Series:
    """Row k of the result is the sum of the rows of x whose entry in `segments` is k."""
    series, ids = lift(x), np.asarray(value_of(segments)).astype(np.intp)
    rows = int(ids.max(initial=-1)) + 1 if count is None else count
    trailing = series.shape[ids.ndim :]

    def add(c: Array) -> Array:
        batch = c.shape[: c.ndim - series.ndim]
        total = np.zeros((rows, *batch, *trailing), c.dtype)
        np.add.at(total, ids.reshape(-1), np.moveaxis(c.reshape((*batch, ids.size, *trailing)), len(batch), 0))
        return np.moveaxis(total, 0, len(batch))

    return series.map(add)


def behind(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes, counted from the last."""
    axes = range(ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    return tuple(a % ndim - ndim for a in axes)


def total(x: Any, axis: Axis = None, keepdims: bool = False, **_: Any) -> Series:
    """The sum over axes."""
    series = lift(x)
    axes = behind(axis, series.ndim)
    return series.map(lambda c: np.sum(c, axis=axes, keepdims=keepdims))


def reduction(on_last: Callable[[Series], Series]) -> Callable[..., Series]:
    """A reduction over any axes, from one over the last axis."""

    def reduce(x: Any, axis: Axis = None, keepdims: bool = False) -> Series:
        series = lift(x)
        axes = [a + series.ndim for a in behind(axis, series.ndim)]
        kept = [a for a in range(series.ndim) if a not in axes]
        shape = tuple(series.shape[a] for a in kept)
        count = int(np.prod([series.shape[a] for a in axes], dtype=np.int64))
        result = on_last(series.gather(lambda index: index.transpose(kept + axes).reshape((*shape, count))))
        full = tuple(1 if a in axes else n for a, n in enumerate(series.shape))
        return reshape(result, full) if keepdims else result

    return reduce


def last_product(x: Series) -> Series:
    result: Any = lift(np.ones(x.shape[:-1]))
    for i in range(x.shape[-1]):
        result = result * x[..., i]
    return lift(result)


def pick(index: NDArray[np.intp]) -> Callable[[NDArray[np.intp]], Any]:
    return lambda positions: np.take_along_axis(positions, index[..., None], -1)[..., 0]


def last_median(x: Series) -> Series:
    ordered, n = sort(x), x.shape[-1]
    return (ordered[..., (n - 1) // 2] + ordered[..., n // 2]) * 0.5


def below_largest(x: Series) -> tuple[Series, Series]:
    """Along the last axis: x less its first largest element, and the sum of the exponentials of the others less it.

    That element less itself is an exact zero with all its derivatives, so that what is far below it keeps its accuracy.
    """
    first = np.argmax(x.value, -1)[..., None]
    below = x - x.gather(lambda positions: np.take_along_axis(positions, first, -1))
    others = np.arange(x.shape[-1]) != first
    return below, total(compose(below, series_local.exp) * others, -1)


def last_logsumexp(x: Series) -> Series:
    _, others = below_largest(x)
    return x.gather(pick(np.argmax(x.value, -1))) + compose(others, series_local.log1p)


def mean(x: Any, axis: Axis = None, keepdims: bool = False) -> Series:
    series = lift(x)
    summed = total(series, axis, keepdims)
    return summed / (series.size / max(summed.size, 1))


def var(x: Any, axis: Axis = None, correction: float = 0.0, keepdims: bool = False) -> Series:
    series = lift(x)
    spread = series - mean(series, axis, True)
    summed = total(spread * spread, axis, keepdims)
    return summed / (series.size / max(summed.size, 1) - correction)


def std(x: Any, axis: Axis = None, correction: float = 0.0, keepdims: bool = False) -> Series:
    return compose(var(x, axis, correction, keepdims), series_local.sqrt)


def argsort(x: Any, axis: int = -1, descending: bool = False, stable: bool = True) -> NDArray[np.intp]:
    """Positions in ascending (or descending) order of the values; equal values keep their order."""
    return np.argsort(-value_of(x) if descending else value_of(x), axis=axis, kind="stable")


def sort(x: Any, axis: int = -1, descending: bool = False, stable: bool = True) -> Series:
    return take_along_axis(x, argsort(x, axis, descending), axis)


def cumulative_sum(x: Any, axis: int | None = None, **_: Any) -> Series:
    series = lift(x) if axis is not None else reshape(x, -1)
    (along,) = behind(0 if axis is None else axis, series.ndim)
    return series.map(lambda c: np.cumsum(c, axis=along))


def cumulative_prod(x: Any, axis: int | None = None) -> Series:
    series = lift(x) if axis is not None else reshape(x, -1)
    (along,) = behind(0 if axis is None else axis, series.ndim)
    first, *rest = unstack(series, along)
    products = [first]
    for factor in rest:
        products.append(products[-1] * factor)
    return stack(products, along)


def einsum(subscripts: str, *operands: Any) -> Series:
    """Einstein summation, with "..." for leading axes and with or without "->"."""
    inputs, output = axis_names(subscripts.replace(" ", ""), [lift(x).ndim for x in operands])
    result, left = lift(operands[0]), inputs[0]
    for k, (operand, right) in enumerate(zip(operands[1:], inputs[1:], strict=True), 2):
        needed = set("".join(inputs[k:]) + output)
        kept = "".join(dict.fromkeys(c for c in left + right if c in needed))
        rule = f"...{left},...{right}->...{kept}"
        result, left = bilinear(partial(np.einsum, rule), result, lift(operand)), kept
    return result.map(lambda c: np.einsum(f"...{left}->...{output}", c))


def axis_names(text: str, ndims: list[int]) -> tuple[list[str], str]:
    """The names of the axes of each operand, and of the result, of subscripts as einsum takes them."""
    free = [c for c in ascii_letters if c not in text]
    inputs, arrow, output = text.partition("->")
    parts = inputs.split(",")
    extra = [n - len(p.replace("...", "")) if "..." in p else 0 for p, n in zip(parts, ndims, strict=True)]
    dots = "".join(free[: max(extra)])
    named = [p.replace("...", dots[len(dots) - n :]) for p, n in zip(parts, extra, strict=True)]
    joined_names = "".join(named)
    once = "".join(sorted(c for c in set(joined_names) if joined_names.count(c) == 1 and c not in dots))
    return named, output.replace("...", dots) if arrow else dots + once
