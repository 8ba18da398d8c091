"""Convolutions, pooling and Fourier transforms of series, by their definitions: linear in the signal and in the kernel.

Promised: the roots of unity are exact to the last digit, and exact at the quadrants. Of tied elements a pool takes the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from reference import series_shape as shape
from reference.series_complex import conj, real
from reference.series_contract import shape_max
from reference.series_core import Series, bilinear, lift, matmul
from reference.series_elementary import select
from reference.series_local import PI
from reference.series_shape import einsum, masked, rearranged


def _each(value: int | Sequence[int], count: int) -> tuple[int, ...]:
    return (value,) * count if isinstance(value, int) else tuple(value)


def windows(x: Any, size: Sequence[int], stride: Any = 1, padding: Any = 0) -> Series:
    """The windows over the trailing axes of x, zeros around it: axes (..., places..., size...)."""
    n = len(size)
    margins = [(0, 0)] * (lift(x).ndim - n) + [(p, p) for p in _each(padding, n)]
    steps = tuple(slice(None, None, s) for s in _each(stride, n))
    whole = (slice(None),) * n

    def view(index: Any) -> Any:
        places: Any = np.lib.stride_tricks.sliding_window_view(index, tuple(size), tuple(range(-n, 0)))
        return places[(..., *steps, *whole)]

    return rearranged(view)(masked(np.pad)(x, margins))


def convolution(n: int) -> Callable[..., Series]:
    """Cross-correlation over n axes: x of shape (batch, channels, ...), weight of shape (out, channels, ...)."""
    places, size = "uvw"[:n], "ijk"[:n]

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Series:
        w = lift(weight)
        patches = windows(x, w.shape[-n:], stride, padding)
        return einsum(f"nc{places}{size},oc{size}->no{places}", patches, w)

    return convolve


def pool(n: int, reduce: Callable[..., Series]) -> Callable[..., Series]:
    """A reduction over windows of the last n axes; the stride is the size unless given."""

    def pooled(x: Any, size: Any, stride: Any = None) -> Series:
        window = _each(size, n)
        return reduce(windows(x, window, window if stride is None else stride), tuple(range(-n, 0)))

    return pooled


def convolve(a: Any, v: Any, mode: str = "full") -> Series:
    """The convolution of two 1-dimensional arrays, as NumPy's."""
    x, y = lift(a), lift(v)
    long, short = (x, y) if x.size >= y.size else (y, x)
    full = matmul(windows(long, short.shape, 1, short.size - 1), short[::-1])
    lengths = {"full": full.size, "same": long.size, "valid": long.size - short.size + 1}
    start = (full.size - lengths[mode]) // 2
    return full[start : start + lengths[mode]]


def fourier(sign: int, inverse: bool = False) -> Callable[..., Series]:
    """The discrete Fourier transform along an axis as a matrix product, each root of unity from the nearest quadrant."""

    def transform(x: Any, axis: int = -1) -> Series:
        series = rearranged(np.moveaxis)(x, axis, -1)
        n = series.shape[-1]
        matrix = roots(n, sign) / (n if inverse else 1)
        return rearranged(np.moveaxis)(bilinear(np.matmul, series[..., None, :], lift(matrix))[..., 0, :], -1, axis)

    return transform


def roots(n: int, sign: int) -> Any:
    turns = np.outer(np.arange(n), np.arange(n)) % n
    quadrant = np.round(4 * turns / n).astype(int)
    rest = (4 * turns - quadrant * n) * (PI / (2 * n))
    unit = np.array([1, 1j, -1, -1j], np.clongdouble)[quadrant % 4] * (np.cos(rest) + 1j * np.sin(rest))
    return unit if sign > 0 else np.conj(unit)


fft, ifft = fourier(-1), fourier(1, inverse=True)


def rfft(x: Any, axis: int = -1) -> Series:
    half = lift(x).shape[axis] // 2 + 1
    return shape.take(fft(x, axis), np.arange(half), axis)


def irfft(x: Any, n: int | None = None, axis: int = -1) -> Series:
    """The real signal of n samples (by default an even number) whose transform begins with x."""
    series = lift(x)
    count = 2 * (series.shape[axis] - 1) if n is None else n
    places = np.arange(count)
    mirrored = shape.take(series, np.minimum(places, count - places), axis)
    behind = places.reshape((-1,) + (1,) * (-(axis % series.ndim - series.ndim) - 1)) > count // 2
    return real(ifft(select(behind, conj(mirrored), mirrored), axis))


NAMES: dict[str, Any] = {
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "conv3d": convolution(3),
    "convolve": convolve,
    "max_pool1d": pool(1, shape_max),
    "max_pool2d": pool(2, shape_max),
    "max_pool3d": pool(3, shape_max),
    "avg_pool1d": pool(1, shape.mean),
    "avg_pool2d": pool(2, shape.mean),
    "avg_pool3d": pool(3, shape.mean),
    "fft": fft,
    "ifft": ifft,
    "rfft": rfft,
    "irfft": irfft,
    "fft2": lambda x: fft(fft(x), -2),
    "ifft2": lambda x: ifft(ifft(x), -2),
}
