"""Powers, the exponential and norms of series of matrices, or stacks of them.

Promised: the exponential's power series ends where it no longer matters, after halving the argument below 1/4.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reference.series_contract import shape_max, shape_min, vector_norm
from reference.series_core import Series, lift, matmul
from reference.series_linalg import column_of, inv, svdvals
from reference.series_shape import Axis, total

EXPONENTIAL_TERMS = 20


def matrix_power(a: Any, n: int) -> Series:
    x = lift(a) if n >= 0 else inv(a)
    result: Series = lift(np.broadcast_to(np.eye(x.shape[-1]), x.shape))
    for bit in bin(abs(n))[2:]:
        result = matmul(result, result)
        result = matmul(result, x) if bit == "1" else result
    return result


def expm(a: Any) -> Series:
    """The matrix exponential by its power series after halving, and squaring again."""
    x = lift(a)
    norm = float(np.abs(x.value).sum(-2).max(initial=0))
    halvings = max(0, int(np.ceil(np.log2(norm))) + 3) if norm > 0 and np.isfinite(norm) else 0
    scaled, one = x * 0.5**halvings, np.eye(x.shape[-1])
    result: Series = lift(np.broadcast_to(one, x.shape))
    for k in reversed(range(1, EXPONENTIAL_TERMS + 1)):
        result = matmul(scaled, result) / k + one
    for _ in range(halvings):
        result = matmul(result, result)
    return result


def matrix_norm(x: Any, ord: Any = "fro", keepdims: bool = False, **_: Any) -> Series:  # noqa: A002 - the array API's name
    a = lift(x)
    if ord in ("fro", "f"):
        return vector_norm(a, (-2, -1), keepdims)
    if ord in ("nuc", 2, -2):
        s = svdvals(a)
        result = total(s, -1) if ord == "nuc" else s[..., 0 if ord == 2 else -1]
    else:
        sums = total(abs(a), -2 if abs(ord) == 1 else -1)
        result = (shape_max if ord > 0 else shape_min)(sums, -1)
    return column_of(column_of(result)) if keepdims else result


def norm(x: Any, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Series:  # noqa: A002 - NumPy's name
    """NumPy's: without `ord` the 2-norm of all elements, with it a matrix norm over two axes, else a vector norm."""
    a = lift(x)
    if ord is None or isinstance(axis, int) or (axis is None and a.ndim == 1):
        return vector_norm(a, axis, keepdims, 2 if ord is None else ord)
    if axis is not None and tuple(i % a.ndim for i in axis) != (a.ndim - 2, a.ndim - 1):
        raise LookupError("the reference has matrix norms over the last two axes only")
    return matrix_norm(a, ord, keepdims)


NAMES: dict[str, Any] = {
    "matrix_power": matrix_power,
    "matrix_exp": expm,
    "expm": expm,
    "matrix_norm": matrix_norm,
    "norm": norm,
}
