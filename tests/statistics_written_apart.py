"""The definitions of `reference.statistics` another way: by NumPy's functions, mpmath's and loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pair = tuple[Callable[..., Any], Callable[..., Any], tuple[Array, ...]]

GAPS = np.array([[0.42, np.nan, -0.75, 1.6], [np.nan, 2.5, 0.9, -0.3]])
X4 = np.array([0.42, -0.75, 1.6, -2.3])
P, Q = np.array([0.42, 1.6, 0.5]), np.array([0.75, 0.9, 0.5])
IDS = np.array([0, 1, 0, 1])


def sparsemax(x: Array) -> Array:
    """The threshold by bisection."""
    low, high = x.min() - 1.0, x.max()
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if np.maximum(x - middle, 0).sum() > 1 else (low, middle)
    nearest: Array = np.maximum(x - low, 0)
    return nearest


def each(f: Callable[..., Any]) -> Callable[..., Any]:
    return np.vectorize(lambda *x: float(f(*x)))


def by_name(name: str, **options: Any) -> Pair:
    """NumPy has it under the same name."""
    return lambda xp, x: getattr(xp, name)(x, **options), lambda x: getattr(np, name)(x, **options), (GAPS,)


PAIRS: dict[str, Pair] = {
    **{name: by_name(name) for name in ("nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmax")},
    "nansum of rows": by_name("nansum", axis=-1),
    "nanmean of rows": by_name("nanmean", axis=-1, keepdims=True),
    "nanvar of columns": by_name("nanvar", axis=0),
    "nancumsum": by_name("nancumsum", axis=0),
    "nancumprod": by_name("nancumprod", axis=0),
    "ptp": (lambda xp, x: xp.ptp(x, axis=-1), lambda x: np.ptp(x, -1), (np.stack([X4, X4 * X4]),)),
    "top_k": (lambda xp, x: xp.top_k(x, 2), lambda x: np.array([1.6, 0.42]), (X4,)),
    "segment_min": (
        lambda xp, x: xp.segment_min(x, IDS, 2),
        lambda x: np.array([x[k == IDS].min() for k in range(2)]),
        (X4,),
    ),
    "sparsemax": (lambda xp, x: xp.sparsemax(x), sparsemax, (X4 / 4,)),
    "polymul": (lambda xp, x: xp.polymul(x, x[:2]), lambda x: np.polymul(x, x[:2]), (X4,)),
    "factorial": (lambda xp, x: xp.factorial(x), each(mpmath.factorial), (P,)),
    "comb": (lambda xp, x: xp.comb(x + 2.0, x), each(lambda x: mpmath.binomial(x + 2, x)), (P,)),
    "kl_div": (lambda xp, p, q: xp.kl_div(p, q), lambda p, q: p * np.log(p / q) - p + q, (P, Q)),
    "hyp1f1": (lambda xp, a, b, x: xp.hyp1f1(a, b, x), each(mpmath.hyp1f1), (P, Q, np.array([0.75, 4.5, -5.0]))),
    "hyp2f1": (
        lambda xp, a, b, x: xp.hyp2f1(a, b, b + 0.5, x),
        each(lambda a, b, x: mpmath.hyp2f1(a, b, b + 0.5, x)),
        (P, Q, np.array([0.5, -0.5, 0.3])),
    ),
    "multiply_no_nan": (lambda xp, p, q: xp.multiply_no_nan(p, q), np.multiply, (P, Q)),
    "divide_no_nan": (lambda xp, p, q: xp.divide_no_nan(p, q), np.divide, (P, Q)),
    "reciprocal_no_nan": (lambda xp, p: xp.reciprocal_no_nan(p), np.reciprocal, (P,)),
    "squared_difference": (lambda xp, p, q: xp.squared_difference(p, q), lambda p, q: (p - q) ** 2, (P, Q)),
}
