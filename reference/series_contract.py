"""Contractions, norms and the table of names for shape, reduction, contraction and control flow of series."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_letters
from typing import Any

import numpy as np

from reference import flow
from reference import series_shape as shape
from reference.series_core import Series, aligned, lift, matmul, power, value_of
from reference.series_elementary import euclidean
from reference.series_shape import Axis, einsum, masked, rearranged, reduction, total


def vecdot(a: Any, b: Any, axis: int = -1) -> Series:
    return total(lift(a) * b, axis)


def outer(a: Any, b: Any) -> Series:
    return shape.reshape(a, -1)[:, None] * shape.reshape(b, -1)[None, :]


def tensordot(a: Any, b: Any, axes: Any = 2) -> Series:
    x, y = lift(a), lift(b)
    pairs = (range(x.ndim - axes, x.ndim), range(axes)) if isinstance(axes, int) else axes
    left, right = ([p] if isinstance(p, int) else list(p) for p in pairs)
    names = ascii_letters
    first = [names[i] for i in range(x.ndim)]
    second = [names[26 + i] for i in range(y.ndim)]
    for i, j in zip(left, right, strict=True):
        second[j] = first[i]
    kept = [c for c in first if c not in second] + [c for c in second if c not in first]
    return einsum(f"{''.join(first)},{''.join(second)}->{''.join(kept)}", x, y)


def kron(a: Any, b: Any) -> Series:
    x, y = aligned(lift(a), lift(b))
    n = x.ndim
    split_x, split_y = [[d for i in range(n) for d in pair(s[i])] for s, pair in
                        ((x.shape, lambda d: (d, 1)), (y.shape, lambda d: (1, d)))]  # fmt: skip
    spread = shape.reshape(x, split_x) * shape.reshape(y, split_y)
    return shape.reshape(spread, tuple(p * q for p, q in zip(x.shape, y.shape, strict=True)))


def dot(a: Any, b: Any) -> Series:
    x, y = lift(a), lift(b)
    if not x.ndim or not y.ndim:
        return x * y
    return tensordot(x, y, (x.ndim - 1, max(y.ndim - 2, 0)))


def inner(a: Any, b: Any) -> Series:
    return tensordot(a, b, (lift(a).ndim - 1, lift(b).ndim - 1))


def cross(a: Any, b: Any, axis: int = -1) -> Series:
    """The vector product along an axis of length 3."""
    (x, y, z), (u, v, w) = shape.unstack(a, axis), shape.unstack(b, axis)
    return shape.stack([y * w - z * v, z * u - x * w, x * v - y * u], axis)


def trace(x: Any, offset: int = 0) -> Series:
    return total(rearranged(np.diagonal)(x, offset, -2, -1), -1)


def vector_norm(x: Any, axis: Axis = None, keepdims: bool = False, ord: Any = 2) -> Series:  # noqa: A002 - array API name
    """(sum |x|**ord)**(1/ord); the largest or smallest |x| for ord = inf or -inf."""
    magnitude = abs(lift(x))
    if np.isinf(ord):
        return (shape_max if ord > 0 else shape_min)(magnitude, axis, keepdims)
    if ord == 2:
        return reduction(euclidean)(x, axis, keepdims)
    return power(total(power(magnitude, ord), axis, keepdims), 1 / np.longdouble(ord))


shape_max = reduction(lambda x: x.gather(shape.pick(np.argmax(x.value, -1))))
shape_min = reduction(lambda x: x.gather(shape.pick(np.argmin(x.value, -1))))

REARRANGED: dict[str, Callable[..., Any]] = {
    "diagonal": lambda x, offset=0: np.diagonal(x, offset, -2, -1),
    "expand_dims": lambda x, axis=0: np.expand_dims(x, axis),
    "flip": np.flip,
    "matrix_transpose": lambda x: np.swapaxes(x, -1, -2),
    "moveaxis": np.moveaxis,
    "permute_dims": np.transpose,
    "ravel": np.ravel,
    "repeat": np.repeat,
    "roll": np.roll,
    "rot90": np.rot90,
    "squeeze": np.squeeze,
    "swapaxes": np.swapaxes,
    "tile": np.tile,
}

NAMES: dict[str, Any] = {
    **flow.NAMES,
    **{name: rearranged(function) for name, function in REARRANGED.items()},
    **{name: masked(getattr(np, name)) for name in ("diag", "pad", "tril", "triu")},
    **{name: getattr(shape, name) for name in shape.__all__},
    "add_at": shape.scatter_add,
    "scan": flow.scan_with(shape.stack),
    "sum": total,
    "prod": reduction(shape.last_product),
    "max": shape_max,
    "min": shape_min,
    "median": reduction(shape.last_median),
    "logsumexp": reduction(shape.last_logsumexp),
    "matmul": matmul,
    "vecdot": vecdot,
    "outer": outer,
    "tensordot": tensordot,
    "kron": kron,
    "dot": dot,
    "inner": inner,
    "cross": cross,
    "trace": trace,
    "vector_norm": vector_norm,
    "astype": lambda x, dtype, **_: lift(x) if np.dtype(dtype).kind in "fc" else value_of(x).astype(dtype),
    "zeros_like": lambda x, **_: np.zeros(lift(x).shape, np.longdouble),
    "ones_like": lambda x, **_: np.ones(lift(x).shape, np.longdouble),
    "full_like": lambda x, value, **_: shape.broadcast_to(value, lift(x).shape),
    "zeros": lambda shape, **_: np.zeros(shape, np.longdouble),
    "ones": lambda shape, **_: np.ones(shape, np.longdouble),
    "eye": lambda n, m=None, k=0, **_: np.eye(n, m, k, np.longdouble),
    "full": lambda size, value, **_: shape.broadcast_to(value, size),
    "arange": lambda *args, **_: np.arange(*args),
}
