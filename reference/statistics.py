"""Operations of statistics and of data with gaps, defined by others of the vocabulary. One text for both engines.

A gap is NaN: what leaves gaps out does not depend on them, so that its derivative by them is 0. Sources: NumPy (names that
begin with nan, `ptp`), Keras (`sparsemax`), TensorFlow (what ends in `no_nan`), SciPy (special functions).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Axis = int | None


def _filled(xp: Any, x: Any, value: float) -> Any:
    return xp.where(xp.isnan(x), value, x)


def _without_gaps(operation: str, neutral: float) -> Callable[..., Any]:
    """A reduction or scan to which the neutral number adds nothing."""
    return lambda xp, x, **options: getattr(xp, operation)(_filled(xp, x, neutral), **options)


def _there(xp: Any, x: Any, axis: Axis, keepdims: bool) -> Any:
    """How many are no gaps."""
    return np.sum(~xp.isnan(x), axis=axis, keepdims=keepdims).astype(np.float64)


def nanmean(xp: Any, x: Any, axis: Axis = None, keepdims: bool = False) -> Any:
    return xp.sum(_filled(xp, x, 0.0), axis=axis, keepdims=keepdims) / _there(xp, x, axis, keepdims)


def nanvar(xp: Any, x: Any, axis: Axis = None, correction: int = 0, keepdims: bool = False) -> Any:
    centred = xp.where(xp.isnan(x), 0.0, x - nanmean(xp, x, axis, keepdims=True))
    return xp.sum(centred * centred, axis=axis, keepdims=keepdims) / (_there(xp, x, axis, keepdims) - correction)


def nanstd(xp: Any, x: Any, axis: Axis = None, correction: int = 0, keepdims: bool = False) -> Any:
    return xp.sqrt(nanvar(xp, x, axis, correction, keepdims))


def ptp(xp: Any, x: Any, axis: Axis = None) -> Any:
    return xp.max(x, axis=axis) - xp.min(x, axis=axis)


def top_k(xp: Any, x: Any, k: int) -> Any:
    """The k largest of the last axis, the largest first."""
    return xp.flip(xp.sort(x, axis=-1), axis=-1)[..., :k]


def sparsemax(xp: Any, x: Any) -> Any:
    """Martins and Astudillo 2016: the point of the simplex nearest to a vector."""
    ordered = xp.flip(xp.sort(x))
    sums = [xp.sum(ordered[: k + 1]) for k in range(x.shape[0])]
    sizes = [k + 1 for k in range(x.shape[0]) if bool(1.0 + (k + 1) * ordered[k] > sums[k])]
    return xp.maximum(x - (sums[sizes[-1] - 1] - 1.0) / float(sizes[-1]), 0.0)


def kl_div(xp: Any, p: Any, q: Any) -> Any:
    return xp.rel_entr(p, q) - p + q


def comb(xp: Any, n: Any, k: Any) -> Any:
    return xp.exp(xp.lgamma(n + 1.0) - xp.lgamma(k + 1.0) - xp.lgamma(n - k + 1.0))


def hyp1f1(xp: Any, a: Any, b: Any, x: Any) -> Any:
    """Kummer's series (DLMF 13.2.2), exact to rounding for |x| up to 5."""
    return _series(lambda k: (a + k) * x / (b + k), 60)


def hyp2f1(xp: Any, a: Any, b: Any, c: Any, x: Any) -> Any:
    """Gauss's series (DLMF 15.2.1), exact to rounding for |x| up to 1/2."""
    return _series(lambda k: (a + k) * (b + k) * x / (c + k), 90)


def _series(ratio: Callable[[float], Any], terms: int) -> Any:
    """1 + r₀ + r₀·r₁/2! + ..., from the first term on, as frameworks sum it."""
    total: Any = 1.0
    term: Any = 1.0
    for k in range(terms):
        term = term * ratio(float(k)) / (k + 1.0)
        total = total + term
    return total


NAMES: Mapping[str, Callable[..., Any]] = {
    "comb": comb,
    "divide_no_nan": lambda xp, x, y: x / y,
    "factorial": lambda xp, n: xp.gamma(n + 1.0),
    "hyp1f1": hyp1f1,
    "hyp2f1": hyp2f1,
    "kl_div": kl_div,
    "multiply_no_nan": lambda xp, x, y: x * y,
    "nancumprod": _without_gaps("cumulative_prod", 1.0),
    "nancumsum": _without_gaps("cumulative_sum", 0.0),
    "nanmax": _without_gaps("max", -math.inf),
    "nanmean": nanmean,
    "nanprod": _without_gaps("prod", 1.0),
    "nanstd": nanstd,
    "nansum": _without_gaps("sum", 0.0),
    "nanvar": nanvar,
    "polymul": lambda xp, p, q: xp.convolve(p, q, "full"),
    "ptp": ptp,
    "reciprocal_no_nan": lambda xp, x: 1.0 / x,
    "segment_min": lambda xp, x, ids, n: -xp.segment_max(-x, ids, n),
    "sparsemax": sparsemax,
    "squared_difference": lambda xp, x, y: (x - y) * (x - y),
    "top_k": top_k,
}
