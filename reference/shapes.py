"""Sums, and linear maps that only move elements: each with its transpose, on recorded numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .rounding import Pair

if TYPE_CHECKING:
    from .tape import Number

Shape = tuple[int, ...]


def total(a: Number, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Number:
    """The sum over `axis`, over everything if None."""
    axes = range(a.ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    behind = tuple(sorted(i % a.ndim - a.ndim for i in axes))
    kept = tuple(1 if i - a.ndim in behind else n for i, n in enumerate(a.shape))
    shape = kept if keepdims else tuple(n for i, n in enumerate(a.shape) if i - a.ndim not in behind)
    if not behind:
        return a
    pair = a.tape.arithmetic.total(a.pair, behind, keepdims)
    return a.mapped(pair, shape, lambda t: total(t, axis, keepdims), lambda g: broadcast_to(reshape(g, kept), a.shape))


def broadcast_to(a: Number, shape: Shape) -> Number:
    if a.shape == shape:
        return a
    pair = a.aligned(len(shape))
    wide = Pair(*(np.broadcast_to(array, a.lanes + shape) for array in (pair.value, pair.error)))
    return a.mapped(wide, shape, lambda t: broadcast_to(t, shape), lambda g: unbroadcast(g, a.shape))


def unbroadcast(g: Number, shape: Shape) -> Number:
    """The transpose of broadcasting from `shape`: sums over the axes that were stretched."""
    extra = g.ndim - len(shape)
    stretched = tuple(i + extra for i, n in enumerate(shape) if n == 1 and g.shape[i + extra] != 1)
    axes = (*range(extra), *stretched)
    return reshape(total(g, axes), shape) if axes else g


def reshape(a: Number, shape: Shape) -> Number:
    shape = np.empty(a.shape, bool).reshape(shape).shape
    if a.shape == shape:
        return a
    pair = Pair(a.pair.value.reshape(a.lanes + shape), a.pair.error.reshape(a.lanes + shape))
    return a.mapped(pair, shape, lambda t: reshape(t, shape), lambda g: reshape(g, a.shape))


def matrix_transpose(a: Number) -> Number:
    pair = Pair(np.swapaxes(a.pair.value, -1, -2), np.swapaxes(a.pair.error, -1, -2))
    shape = (*a.shape[:-2], a.shape[-1], a.shape[-2])
    return a.mapped(pair, shape, matrix_transpose, matrix_transpose)


def take(a: Number, places: NDArray[np.intp]) -> Number:
    """The elements at `places`, positions in the flattened array."""
    flat = (*a.lanes, math.prod(a.shape))
    pair = Pair(a.pair.value.reshape(flat)[..., places], a.pair.error.reshape(flat)[..., places])
    return a.mapped(pair, np.shape(places), lambda t: take(t, places), lambda g: put(g, places, a.shape))


def put(a: Number, places: NDArray[np.intp], shape: Shape) -> Number:
    """Zeros of `shape` with the elements of `a` added at `places`, positions in the flattened array."""
    flat = (*a.lanes, math.prod(a.shape))
    pair = a.tape.arithmetic.put(
        Pair(a.pair.value.reshape(flat), a.pair.error.reshape(flat)), np.ravel(places), math.prod(shape)
    )
    wide = Pair(pair.value.reshape(a.lanes + shape), pair.error.reshape(a.lanes + shape))
    return a.mapped(wide, shape, lambda t: put(t, places, shape), lambda g: take(g, places))
