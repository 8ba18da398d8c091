"""Reductions and scans on recorded numbers, under the array API's names: products, spreads, norms, order statistics.

Products and log-sum-exps are derived as frameworks publish it, by the result over the element and by exp(x - result). What is
subtracted before exponentials are taken is a constant: every such constant leaves the result as it is.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from . import functions
from .certificate import Mask
from .functions import absolute, exp, log, mean, sqrt, stack, where
from .rounding import Pair
from .shapes import Shape, reshape, take, total
from .tape import Number, Operand, Partial, divide, lift, multiply, negative, power

Axis = int | tuple[int, ...] | None
Reduction = Callable[..., Number]


def plain(value: Any) -> Any:
    """The number behind an option that may have been recorded."""
    return value.pair.value[()] if isinstance(value, Number) else value


def axes_of(axis: Axis, ndim: int) -> tuple[int, ...]:
    """The axes, counted from the first."""
    axes = range(ndim) if axis is None else (axis,) if isinstance(axis, int) else axis
    return tuple(a % ndim for a in axes)


def reduction(on_last: Callable[[Number], Number]) -> Reduction:
    """A reduction over any axes, from one over the last axis."""

    def reduce(a: Number, axis: Axis = None, keepdims: bool = False) -> Number:
        axes = axes_of(axis, a.ndim)
        kept = tuple(i for i in range(a.ndim) if i not in axes)
        shape = tuple(a.shape[i] for i in kept)
        places = _places(a.shape).transpose(kept + axes).reshape((*shape, math.prod(a.shape[i] for i in axes)))
        result = on_last(take(a, places))
        return reshape(result, tuple(1 if i in axes else n for i, n in enumerate(a.shape))) if keepdims else result

    return reduce


def scan(on_last: Callable[[Number], Number]) -> Callable[..., Number]:
    """The reductions of the first element, of the first two, and so on, along an axis of the array (flat if None)."""

    def scanned(a: Number, axis: int | None = None) -> Number:
        if axis is None:
            return scanned(reshape(a, (-1,)), 0)
        if not a.shape[axis]:
            return a
        last = take(a, np.moveaxis(_places(a.shape), axis, -1))
        result = stack([on_last(last[..., : k + 1]) for k in range(a.shape[axis])], -1)
        return take(result, np.moveaxis(_places(result.shape), -1, axis))

    return scanned


def _places(shape: Shape) -> Any:
    return np.arange(math.prod(shape)).reshape(shape)


def column(a: Number) -> Number:
    """With one axis more, of length 1."""
    return reshape(a, (*a.shape, 1))


def _last_product(a: Number) -> Number:
    """The product over the last axis, derived by (product ÷ element) or, at an element 0, by the product of the others."""
    product = _multiplied(a)
    zero = a.pair.value == 0

    def slopes() -> Number:
        quotient = column(result) / where(zero, 1.0, a)
        return where(zero, _multiplied(a[..., _others(a.shape[-1])]), quotient) if np.any(zero) else quotient

    partial = Partial(a, lambda t: total(slopes() * t, -1), lambda g: slopes() * column(g))
    result = Number(a.tape, product.pair, product.shape, (partial,))
    return result


def _multiplied(a: Number) -> Number:
    if not a.shape[-1]:
        return a.tape.constant(np.ones(a.shape[:-1]))
    return functools.reduce(multiply, (a[..., i] for i in range(a.shape[-1])))


def _others(count: int) -> Any:
    """For each place all others."""
    return np.array([[j for j in range(count) if j != i] for i in range(count)], np.intp)


def var(a: Number, axis: Axis = None, correction: Operand = 0.0, keepdims: bool = False) -> Number:
    """The mean square distance from the mean, in two passes."""
    apart = a - mean(a, axis, True)
    summed = total(apart * apart, axis, keepdims)
    count = math.prod(a.shape) / max(1, math.prod(summed.shape))
    return divide(summed, lift(a, count - correction))


def std(a: Number, axis: Axis = None, correction: Operand = 0.0, keepdims: bool = False) -> Number:
    return sqrt(var(a, axis, correction, keepdims))


def masked(a: Number) -> Mask:
    """Where the number is -∞, and its exponential nothing at all."""
    return a.pair.value == -np.inf


def exp_beside(a: Number, mask: Mask) -> Number:
    """The exponential, and an exact 0 behind the mask."""
    return where(mask, 0.0, exp(where(mask, 0.0, a))) if np.any(mask) else exp(a)


def below_largest(a: Number, axis: Axis) -> tuple[Number, Number]:
    """The largest along the axes, as a constant and with the axes kept, and the array less it."""
    behind = tuple(i - a.ndim for i in axes_of(axis, a.ndim))
    value = np.max(a.pair.value, axis=behind, keepdims=True)
    kept = tuple(1 if i - a.ndim in behind else n for i, n in enumerate(a.shape))
    largest = Number(a.tape, Pair(value, np.zeros(value.shape)), kept)
    return largest, a - largest


def logsumexp(a: Number, axis: Axis = None, keepdims: bool = False) -> Number:
    mask = masked(a)
    largest, below = below_largest(a, axis)
    formula = largest + log(total(exp_beside(below, mask), axis, True))

    def shares() -> Number:
        return exp_beside(a - result, mask)

    partial = Partial(a, lambda t: total(t * shares(), axis, True), lambda g: g * shares())
    result = Number(a.tape, formula.pair, formula.shape, (partial,))
    axes = axes_of(axis, a.ndim)
    return result if keepdims else reshape(result, tuple(n for i, n in enumerate(a.shape) if i not in axes))


def logcumsumexp(a: Number) -> Number:
    """Along the last axis: each prefix at once, or one element more at each step."""
    prefixes = [logsumexp(a[..., : k + 1], -1) for k in range(a.shape[-1])]
    steps = list(itertools.accumulate((a[..., k] for k in range(a.shape[-1])), functions.logaddexp))
    return functions.either(stack(prefixes, -1), stack(steps, -1))


largest: Reduction = reduction(lambda a: functions.largest(a, -1))


def smallest(a: Number, axis: Axis = None, keepdims: bool = False) -> Number:
    return negative(largest(negative(a), axis, keepdims))


def vector_norm(a: Number, axis: Axis = None, keepdims: bool = False, ord: Any = 2) -> Number:  # noqa: A002 - array API name
    """(Σ|a|ⁿ)^(1/n) for n = `ord`; the largest or smallest |a| for n = ±∞."""
    order = plain(ord)
    if order == 0:
        raise LookupError("the reference budgets no norm of order 0")
    if order == 2:
        return sqrt(total(a * a, axis, keepdims))
    size = absolute(a)
    if np.isinf(order):
        return (largest if order > 0 else smallest)(size, axis, keepdims)
    if order == 1:
        return total(size, axis, keepdims)
    root: Any = 1 / np.longdouble(order)
    return power(total(power(size, order), axis, keepdims), root)


def matrix_norm(a: Number, ord: Any = "fro", keepdims: bool = False) -> Number:  # noqa: A002 - array API name
    """Frobenius', and the largest and smallest sum of a column (±1) or row (±∞)."""
    order = plain(ord)
    if order in ("fro", "f"):
        return vector_norm(a, (-2, -1), keepdims)
    if order not in (1, -1, np.inf, -np.inf):
        raise LookupError(f"the reference budgets no matrix norm of order {order!r}")
    sums = total(absolute(a), -2 if abs(order) == 1 else -1)
    result = (largest if order > 0 else smallest)(sums, -1)
    return column(column(result)) if keepdims else result


def norm(a: Number, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Number:  # noqa: A002 - NumPy's name
    """NumPy's: the 2-norm of all elements unless told otherwise; a matrix norm over two axes, else a vector norm."""
    if ord is None or isinstance(axis, int) or (axis is None and a.ndim == 1):
        return vector_norm(a, axis, keepdims, 2 if ord is None else ord)
    if axis is not None and axes_of(axis, a.ndim) != (a.ndim - 2, a.ndim - 1):
        raise LookupError("the reference budgets matrix norms over the last two axes only")
    return matrix_norm(a, ord, keepdims)


def _last_median(a: Number) -> Number:
    """The middle element, or halfway between the two: low + (high - low)/2, which loses more than (low + high)/2."""
    count = a.shape[-1]
    order = np.argsort(a.pair.value, axis=-1, kind="stable")
    first, second = (count - 1) // 2, count // 2
    _settled(a, order[..., :first], order[..., first : first + 1])
    _settled(a, order[..., second : second + 1], order[..., second + 1 :])
    low, high = (_picked(a, order[..., i]) for i in (first, second))
    return low if first == second else low + (high - low) * 0.5


def _picked(a: Number, index: Any) -> Number:
    return take(a, np.take_along_axis(_places(a.shape), index[..., None], -1)[..., 0])


def _settled(a: Number, lower: Any, higher: Any) -> None:
    """Raises LookupError where rounding decides which of the elements is lower."""
    below, above = (np.take_along_axis(a.pair.value, index, -1) for index in (lower, higher))
    blur = sum(np.take_along_axis(a.pair.error, index, -1) for index in (lower, higher))
    if np.any((above - below <= blur) & (blur > 0)):
        raise LookupError("rounding decides an order, which has no budget then")


NAMES: Mapping[str, Callable[..., Any]] = {
    "cumulative_prod": scan(_last_product),
    "logcumsumexp": logcumsumexp,
    "logsumexp": logsumexp,
    "matrix_norm": matrix_norm,
    "max": largest,
    "median": reduction(_last_median),
    "min": smallest,
    "norm": norm,
    "prod": reduction(_last_product),
    "std": std,
    "var": var,
    "vector_norm": vector_norm,
}
