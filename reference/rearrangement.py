"""Shape, order and indexing of recorded numbers, under the array API's names: elements moved, repeated, left out or added up.

A rearrangement is said once, as what it does to an array of positions. Which of two elements comes first is read from their
values: where rounding may decide that, there is no budget.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import series_contract
from .functions import concat
from .shapes import broadcast_to, matrix_transpose, put, reshape, take
from .tape import Comparison, Number, lift

Positions = NDArray[np.intp]


def positions(a: Number) -> Positions:
    """Every element's place in the flattened array, in the array's shape."""
    return np.arange(math.prod(a.shape)).reshape(a.shape)


def rearranged(function: Callable[..., Any]) -> Callable[..., Number]:
    """A NumPy function that moves or repeats elements, for recorded numbers."""
    return lambda a, *args, **options: take(a, np.asarray(function(positions(a), *args, **options)))


def masked(function: Callable[..., Any]) -> Callable[..., Number]:
    """A NumPy function that moves elements and fills with zeros, for recorded numbers."""

    def filled(a: Number, *args: Any, **options: Any) -> Number:
        source = np.asarray(function(1 + positions(a), *args, **options))
        places = np.flatnonzero(source)
        return put(take(a, source.reshape(-1)[places] - 1), places, source.shape)

    return filled


def broadcast_arrays(*arrays: Number) -> list[Number]:
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    return [broadcast_to(a, shape) for a in arrays]


def meshgrid(*arrays: Number, indexing: str = "xy") -> list[Number]:
    places: Any = np.meshgrid(*(np.arange(math.prod(a.shape)) for a in arrays), indexing=indexing)  # type: ignore[call-overload]
    return [take(a, where_from) for a, where_from in zip(arrays, places, strict=True)]


def unstack(a: Number, axis: int = 0) -> tuple[Number, ...]:
    return tuple(take(a, row) for row in np.moveaxis(positions(a), axis, 0))


def taken(a: Number, indices: Any, axis: int | None = None) -> Number:
    return take(a, np.take(positions(a), whole(indices), axis))


def take_along_axis(a: Number, indices: Any, axis: int = -1) -> Number:
    return take(a, np.take_along_axis(positions(a), whole(indices), axis))


def scatter_add(a: Number, index: Any, updates: Any) -> Number:
    """a with `updates` added at a[index]; an index that occurs twice adds twice, in any order."""
    places = positions(a)[index]
    rows = broadcast_to(lift(a, updates), places.shape)
    together = concat([reshape(a, (-1,)), reshape(rows, (-1,))])
    return put(together, np.concatenate([np.ravel(positions(a)), np.ravel(places)]), a.shape)


def add_at(a: Number, index: Any, updates: Any) -> Number:
    """`scatter_add` at any index."""
    return scatter_add(a, decided(index), updates)


def set_at(a: Number, index: Any, value: Any) -> Number:
    """a with `value` instead of its elements at a[index], an index that names none of them twice."""
    places, key = positions(a), decided(index)
    rows = broadcast_to(lift(a, value), places[key].shape)
    places[key] = places.size + positions(rows)
    return take(concat([reshape(a, (-1,)), reshape(rows, (-1,))]), places)


def decided(index: Any) -> Any:
    """An index, of which a comparison is a mask."""
    if isinstance(index, Comparison) and np.any(index.doubt):
        raise LookupError("rounding decides which elements are meant, which has no budget then")
    return index.truth if isinstance(index, Comparison) else index


def segment_sum(a: Number, segments: Any, count: int | None = None) -> Number:
    """Row k of the result is the sum of the rows of a whose entry in `segments` is k."""
    ids = whole(segments)
    rows = int(ids.max(initial=-1)) + 1 if count is None else count
    shape = (rows, *a.shape[ids.ndim :])
    return put(a, np.arange(math.prod(shape)).reshape(shape)[ids], shape)


def cumulative_sum(a: Number, axis: int | None = None, **_: Any) -> Number:
    """Each sum in any order: as scans are carried out one after the other or in a tree."""
    if axis is None:
        return cumulative_sum(reshape(a, (-1,)), 0)
    last, first = np.tril_indices(a.shape[axis])
    along = np.moveaxis(positions(a), axis, 0)
    return put(take(a, along[first]), along[last], a.shape)


def argsort(a: Number, axis: int = -1, descending: bool = False, stable: bool = True) -> Positions:
    """Positions in ascending (or descending) order of the values; equal values keep their order."""
    value, error = a.pair.value, a.pair.error
    order = np.argsort(-value if descending else value, axis=axis, kind="stable")
    ordered, blur = (np.moveaxis(np.take_along_axis(x, order, axis), axis, -1) for x in (value, error))
    together = blur[..., 1:] + blur[..., :-1]
    if np.any((np.abs(np.diff(ordered)) <= together) & (together > 0)):
        raise LookupError("rounding decides an order of elements, which has no budget then")
    return order


def sort(a: Number, axis: int = -1, descending: bool = False, stable: bool = True) -> Number:
    return take_along_axis(a, argsort(a, axis, descending), axis)


def whole(indices: Any) -> Positions:
    """Indices, which a program may have written as floating-point numbers."""
    return np.asarray(indices.pair.value if isinstance(indices, Number) else indices).astype(np.intp)


MASKED: Mapping[str, Callable[..., Any]] = {"diag": np.diag, "pad": np.pad, "tril": np.tril, "triu": np.triu}

NAMES: Mapping[str, Callable[..., Any]] = {
    **{name: rearranged(function) for name, function in series_contract.REARRANGED.items()},
    **{name: masked(function) for name, function in MASKED.items()},
    "add_at": add_at,
    "argsort": argsort,
    "broadcast_arrays": broadcast_arrays,
    "cumulative_sum": cumulative_sum,
    "matrix_transpose": matrix_transpose,
    "meshgrid": meshgrid,
    "scatter_add": scatter_add,
    "segment_sum": segment_sum,
    "set_at": set_at,
    "sort": sort,
    "take": taken,
    "take_along_axis": take_along_axis,
    "unstack": unstack,
}
