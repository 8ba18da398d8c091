"""Convolutions and pools of recorded numbers: windows of the signal, and what is done to each."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .contraction import einsum
from .functions import largest, mean
from .rearrangement import masked, positions
from .shapes import reshape, take
from .tape import Number, matmul

pad = masked(np.pad)


def windows(a: Number, size: Sequence[int], stride: Any = 1, padding: Any = 0) -> Number:
    """The windows over the trailing axes, zeros around them: axes (..., places..., size...)."""
    n = len(size)
    margins = [(0, 0)] * (a.ndim - n) + [(p, p) for p in _each(padding, n)]
    steps = tuple(slice(None, None, s) for s in _each(stride, n))
    wide = pad(a, margins) if any(map(any, margins)) else a
    view: Any = np.lib.stride_tricks.sliding_window_view(positions(wide), tuple(size), tuple(range(-n, 0)))
    return take(wide, view[(..., *steps, *(slice(None),) * n)])


def convolution(n: int) -> Callable[..., Number]:
    """Cross-correlation over n axes: x of shape (batch, channels, ...), weight of shape (out, channels, ...)."""
    places, size = "uvw"[:n], "ijk"[:n]

    def convolved(x: Number, weight: Number, stride: Any = 1, padding: Any = 0) -> Number:
        patches = windows(x, weight.shape[-n:], stride, padding)
        return einsum(f"nc{places}{size},oc{size}->no{places}", patches, weight)

    return convolved


def pool(n: int, reduce: Callable[[Number, int], Number]) -> Callable[..., Number]:
    """A reduction over windows of the last n axes; the stride is the size unless given."""

    def pooled(x: Number, size: Any, stride: Any = None) -> Number:
        window = _each(size, n)
        places = windows(x, window, window if stride is None else stride)
        return reduce(reshape(places, (*places.shape[:-n], math.prod(window))), -1)

    return pooled


def convolve(a: Number, v: Number, mode: str = "full") -> Number:
    """The convolution of two 1-dimensional arrays, as NumPy's."""
    (long,), (short,) = sorted((a.shape, v.shape), reverse=True)
    x, y = (a, v) if a.shape[0] >= v.shape[0] else (v, a)
    full = matmul(windows(x, (short,), 1, short - 1), y[::-1])
    lengths = {"full": long + short - 1, "same": long, "valid": long - short + 1}
    start = (lengths["full"] - lengths[mode]) // 2
    return full[start : start + lengths[mode]]


def _each(value: int | Sequence[int], count: int) -> tuple[int, ...]:
    return (value,) * count if isinstance(value, int) else tuple(value)


NAMES: Mapping[str, Callable[..., Any]] = {
    "avg_pool1d": pool(1, mean),
    "avg_pool2d": pool(2, mean),
    "avg_pool3d": pool(3, mean),
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "conv3d": convolution(3),
    "convolve": convolve,
    "max_pool1d": pool(1, largest),
    "max_pool2d": pool(2, largest),
    "max_pool3d": pool(3, largest),
}
