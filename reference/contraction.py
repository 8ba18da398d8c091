"""Sums over shared axes of recorded numbers: einsum and what follows from it, outer and vector products, powers of matrices.

Two operands are contracted by one matrix product. More than two are multiplied all at once over all indices, so that the budget
holds for every order in which a framework may contract them.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from string import ascii_letters
from typing import Any

import numpy as np

from .functions import inverse, stack
from .rearrangement import positions, rearranged, unstack
from .series_shape import axis_names
from .shapes import broadcast_to, reshape, take, total
from .tape import Number, Operand, lift, matmul, multiply

diagonal = rearranged(np.diagonal)
transpose = rearranged(np.transpose)


def einsum(subscripts: str, *arrays: Operand) -> Number:
    """Einstein summation, with "..." for leading axes and with or without "->"."""
    known = next(a for a in arrays if isinstance(a, Number))
    operands = [lift(known, a) for a in arrays]
    inputs, output = axis_names(subscripts.replace(" ", ""), [a.ndim for a in operands])
    sizes: dict[str, int] = {}
    for names, a in zip(inputs, operands, strict=True):
        for name, n in zip(names, a.shape, strict=True):
            sizes[name] = n if sizes.get(name, 1) == 1 else sizes[name]
    parts = [_without_repetition(names, _stretched(a, names, sizes)) for names, a in zip(inputs, operands, strict=True)]
    if len(parts) == 2:
        return _contracted(parts[0], parts[1], output)
    names = "".join(dict.fromkeys("".join(inputs)))
    product = functools.reduce(multiply, (_spread(part, names) for part in parts))
    return _summed(names, product, output)


Labelled = tuple[str, Number]
"""The name of each axis, and a number that has these axes."""


def _stretched(a: Number, names: str, sizes: Mapping[str, int]) -> Number:
    return broadcast_to(a, tuple(sizes[name] for name in names))


def _without_repetition(names: str, a: Number) -> Labelled:
    """The diagonal of every two axes of one name."""
    places = positions(a)
    for name in dict.fromkeys(names):
        while names.count(name) > 1:
            first, second = names.index(name), names.rindex(name)
            places = np.diagonal(places, 0, first, second)
            names = names[:first] + names[first + 1 : second] + names[second + 1 :] + name
    return names, take(a, places) if places.shape != a.shape else a


def _spread(part: Labelled, names: str) -> Number:
    """The number with its axes in the order of `names`, and axes of length 1 for those that it has not."""
    own, a = part
    ordered = _ordered(own, a, "".join(c for c in names if c in own))
    length = dict(zip(own, a.shape, strict=True))
    return reshape(ordered, tuple(length.get(c, 1) for c in names))


def _ordered(names: str, a: Number, wanted: str) -> Number:
    return a if names == wanted else transpose(a, [names.index(c) for c in wanted])


def _summed(names: str, a: Number, output: str) -> Number:
    """The sum over the axes that `output` does not name, the others in its order."""
    rest = "".join(c for c in names if c in output)
    return _ordered(rest, total(a, tuple(i for i, c in enumerate(names) if c not in output)), output)


def _contracted(left: Labelled, right: Labelled, output: str) -> Number:
    """The axes that only one of both has are summed first, those of both that stay are stacks of one matrix product."""
    (names, a), (others, b) = (
        ("".join(c for c in own if c in output + against), _summed(own, x, "".join(c for c in own if c in output + against)))
        for (own, x), against in ((left, right[0]), (right, left[0]))
    )
    stacks = "".join(c for c in names if c in others and c in output)
    shared = "".join(c for c in names if c in others and c not in output)
    rows = "".join(c for c in names if c not in others)
    columns = "".join(c for c in others if c not in names)
    x, y = _ordered(names, a, stacks + rows + shared), _ordered(others, b, stacks + shared + columns)
    p, q, r = len(stacks), len(stacks + rows), len(stacks + shared)
    kept, height, width = x.shape[:p], x.shape[p:q], y.shape[r:]
    inner = math.prod(x.shape[q:])
    product = matmul(reshape(x, (*kept, math.prod(height), inner)), reshape(y, (*kept, inner, math.prod(width))))
    return _ordered(stacks + rows + columns, reshape(product, (*kept, *height, *width)), output)


def vecdot(a: Number, b: Number, axis: int = -1) -> Number:
    return total(multiply(a, b), axis)


def outer(a: Number, b: Number) -> Number:
    return multiply(reshape(a, (-1, 1)), reshape(b, (1, -1)))


def tensordot(a: Number, b: Number, axes: Any = 2) -> Number:
    """The sum over the last `axes` of a and the first of b, or over pairs of axes."""
    pairs = (range(a.ndim - axes, a.ndim), range(axes)) if isinstance(axes, int) else axes
    left, right = ([p] if isinstance(p, int) else list(p) for p in pairs)
    first, second = list(ascii_letters[: a.ndim]), list(ascii_letters[26 : 26 + b.ndim])
    for i, j in zip(left, right, strict=True):
        second[j] = first[i]
    kept = [c for c in first if c not in second] + [c for c in second if c not in first]
    return einsum(f"{''.join(first)},{''.join(second)}->{''.join(kept)}", a, b)


def dot(a: Number, b: Number) -> Number:
    """NumPy's: over the last axis of a and the last but one of b."""
    if not a.ndim or not b.ndim:
        return multiply(a, b)
    return tensordot(a, b, (a.ndim - 1, max(b.ndim - 2, 0)))


def inner(a: Number, b: Number) -> Number:
    return tensordot(a, b, (a.ndim - 1, b.ndim - 1))


def kron(a: Number, b: Number) -> Number:
    n = max(a.ndim, b.ndim)
    left, right = (1,) * (n - a.ndim) + a.shape, (1,) * (n - b.ndim) + b.shape
    spread = multiply(
        reshape(a, tuple(d for p in left for d in (p, 1))),
        reshape(b, tuple(d for q in right for d in (1, q))),
    )
    return reshape(spread, tuple(p * q for p, q in zip(left, right, strict=True)))


def cross(a: Number, b: Number, axis: int = -1) -> Number:
    """The vector product along an axis of length 3."""
    (x, y, z), (u, v, w) = unstack(a, axis), unstack(b, axis)
    return stack([y * w - z * v, z * u - x * w, x * v - y * u], axis)


def trace(a: Number, offset: int = 0) -> Number:
    return total(diagonal(a, offset, -2, -1), -1)


def matrix_power(a: Number, n: int) -> Number:
    """By squaring, from the first binary digit of n to the last; for n < 0 of the inverse."""
    base = a if n >= 0 else inverse(a)
    if n == 0:
        return a.tape.constant(np.broadcast_to(np.eye(a.shape[-1]), a.shape))
    result = base
    for bit in bin(abs(n))[3:]:
        result = matmul(result, result)
        result = matmul(result, base) if bit == "1" else result
    return result


NAMES: Mapping[str, Callable[..., Any]] = {
    "cross": cross,
    "dot": dot,
    "einsum": einsum,
    "inner": inner,
    "kron": kron,
    "matrix_power": matrix_power,
    "outer": outer,
    "tensordot": tensordot,
    "trace": trace,
    "vecdot": vecdot,
}
