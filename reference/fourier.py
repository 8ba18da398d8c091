"""Discrete Fourier transforms of recorded numbers, real and complex.

A transform is one linear map of the signal. Its budget is that of a fast algorithm, which lets every element of the signal pass
through factors of magnitude 1 on its way to every coefficient, also where the coefficient's own factor is 0: a few units, and
the square root of the length, of Σ|x|.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .certificate import Reals
from .complex_numbers import Complex
from .functions import concat
from .rearrangement import rearranged
from .rounding import reduction
from .series_signal import roots
from .tape import Number

STEPS = 3.0
"""Units lost by products with roots of unity, which are rounded themselves, before any sum."""

moved = rearranged(np.moveaxis)


Signal = Number | Complex


def linear(a: Number, matrix: Reals, envelope: Reals) -> Number:
    """The product of the last axis with a constant matrix, whose roundings scale with `envelope` instead."""
    arithmetic = a.tape.arithmetic
    lost = (STEPS + float(reduction(len(matrix)))) * arithmetic.roundoff * (a.pair.reach @ envelope)
    error = a.pair.error @ np.abs(matrix).astype(np.float64) + lost
    return a.mapped(
        arithmetic.known(a.pair.value @ matrix, error, 1.0),
        (*a.shape[:-1], matrix.shape[1]),
        lambda t: linear(t, matrix, envelope),
        lambda g: linear(g, matrix.T, envelope.T),
    )


def _transformed(x: Signal, factors: Any, axis: int) -> Complex:
    """Σⱼ xⱼ·factors[j, k] along an axis."""
    rows = [np.concatenate([factors.real, factors.imag], 1), np.concatenate([-factors.imag, factors.real], 1)]
    size = np.abs(factors).astype(np.float64)
    sizes = np.concatenate([size, size], 1)
    if isinstance(x, Complex):
        matrix, envelope = np.concatenate(rows), np.concatenate([sizes, sizes])
    else:
        matrix, envelope = rows[0], sizes
    result = linear(_along(x, axis), matrix, envelope)
    half = factors.shape[1]
    return Complex(moved(result[..., :half], -1, axis), moved(result[..., half:], -1, axis))


def _along(x: Signal, axis: int) -> Number:
    """The signal along the last axis: the real parts, and behind them the imaginary parts."""
    return concat([moved(x.real, axis, -1), moved(x.imag, axis, -1)], -1) if isinstance(x, Complex) else moved(x, axis, -1)


def _length(x: Signal, axis: int) -> int:
    return (x.real if isinstance(x, Complex) else x).shape[axis]


def fft(x: Signal, axis: int = -1) -> Complex:
    return _transformed(x, roots(_length(x, axis), -1), axis)


def ifft(x: Signal, axis: int = -1) -> Complex:
    n = _length(x, axis)
    return _transformed(x, roots(n, 1) / n, axis)


def rfft(x: Number, axis: int = -1) -> Complex:
    n = _length(x, axis)
    return _transformed(x, roots(n, -1)[:, : n // 2 + 1], axis)


def irfft(x: Signal, n: int | None = None, axis: int = -1) -> Number:
    """The real signal of n samples (by default an even number) whose transform begins with x."""
    given = _length(x, axis)
    count = 2 * (given - 1) if n is None else n
    half = count // 2 + 1
    if given < half:
        raise LookupError("the reference budgets no transform of more coefficients than are given")
    twice = np.where((2 * np.arange(half) % count) == 0, 1, 2)[:, None]
    factors = roots(count, 1)[:half] * twice / count
    parts = [factors.real, -factors.imag] if isinstance(x, Complex) else [factors.real]
    size = np.abs(factors).astype(np.float64)
    signal = [moved(p, axis, -1)[..., :half] for p in ((x.real, x.imag) if isinstance(x, Complex) else (x,))]
    return moved(linear(concat(signal, -1), np.concatenate(parts), np.concatenate([size] * len(parts))), -1, axis)


NAMES: Mapping[str, Callable[..., Any]] = {
    "fft": fft,
    "fft2": lambda x: fft(fft(x), -2),
    "ifft": ifft,
    "ifft2": lambda x: ifft(ifft(x), -2),
    "irfft": irfft,
    "rfft": rfft,
}
