"""Elementary functions, choices and linear algebra on recorded numbers, with their single-step partials.

Derivative rules are the least robust that a framework publishes; each is written in recorded operations.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import elementary, elimination
from .rounding import Pair
from .shapes import broadcast_to, matrix_transpose, put, reshape, total, unbroadcast
from .tape import (
    Comparison,
    Number,
    Operand,
    Partial,
    accumulate,
    compare,
    divide,
    elementwise,
    lift,
    matmul,
    multiply,
    negative,
)


def _elementary(function: elementary.Elementary, a: Number, partial: Callable[[Number, Number], Number]) -> Number:
    """f(a), where `partial(g, y)` is g times the derivative at a, in terms of y = f(a) if that is how it is published."""
    result: Number = elementwise(lambda p: a.tape.arithmetic.apply(function, p), (a,), (lambda g: partial(g, result),))
    return result


def exp(a: Number) -> Number:
    return _elementary(elementary.EXP, a, multiply)


def expm1(a: Number) -> Number:
    return _elementary(elementary.EXPM1, a, lambda g, y: g * (y + 1.0))


def log(a: Number) -> Number:
    return _elementary(elementary.LOG, a, lambda g, y: divide(g, a))


def log1p(a: Number) -> Number:
    return _elementary(elementary.LOG1P, a, lambda g, y: g / (1.0 + a))


def sqrt(a: Number) -> Number:
    return _elementary(elementary.SQRT, a, lambda g, y: g * 0.5 / y)


def sin(a: Number) -> Number:
    return _elementary(elementary.SIN, a, lambda g, y: g * cos(a))


def cos(a: Number) -> Number:
    return _elementary(elementary.COS, a, lambda g, y: negative(g * sin(a)))


def tan(a: Number) -> Number:
    """Derived as TensorFlow does, by the square of 1/cos."""
    return _elementary(elementary.TAN, a, lambda g, y: g * (1.0 / cos(a)) ** 2)


def tanh(a: Number) -> Number:
    return _elementary(elementary.TANH, a, lambda g, y: (g + g * y) * (1.0 - y))


def sigmoid(a: Number) -> Number:
    return _elementary(elementary.SIGMOID, a, lambda g, y: g * (y * (1.0 - y)))


def softplus(a: Number) -> Number:
    return _elementary(elementary.SOFTPLUS, a, lambda g, y: g * exp(a - y))


def erf(a: Number) -> Number:
    return _elementary(elementary.ERF, a, lambda g, y: g * (exp(negative(a * a)) * elementary.TWO_OVER_ROOT_PI))


def logaddexp(a: Number, b: Operand) -> Number:
    b = lift(a, b)
    result: Number = elementwise(
        a.tape.arithmetic.logaddexp, (a, b), (lambda g: g * exp(a - result), lambda g: g * exp(b - result))
    )
    return result


def where(condition: Any, a: Operand, b: Operand) -> Number:
    """a or b by `condition`, a comparison of recorded numbers or a boolean array; not promised where rounding decides."""
    number = a if isinstance(a, Number) else b
    truth, doubt = (
        (condition.truth, condition.doubt) if isinstance(condition, Comparison) else (np.asarray(condition), np.zeros((), bool))
    )

    def chosen(p: Pair, q: Pair) -> Pair:
        error = np.where(doubt, np.inf, np.where(truth, p.error, q.error))
        return Pair(np.where(truth, p.value, q.value), error)

    a, b = lift(number, a), lift(number, b)
    shape = np.broadcast_shapes(np.shape(truth), a.shape, b.shape)
    partials = (lambda g: where(condition, g, 0.0), lambda g: where(condition, 0.0, g))
    return elementwise(chosen, (broadcast_to(a, shape), broadcast_to(b, shape)), partials)


def maximum(a: Number, b: Operand) -> Number:
    b = lift(a, b)
    larger = compare(np.greater_equal, a, b)

    def chosen(p: Pair, q: Pair) -> Pair:
        return Pair(np.maximum(p.value, q.value), np.maximum(p.error, q.error))

    return elementwise(chosen, (a, b), (lambda g: where(larger, g, 0.0), lambda g: where(larger, 0.0, g)))


def minimum(a: Number, b: Operand) -> Number:
    return negative(maximum(negative(a), negative(lift(a, b))))


def either(a: Number, b: Number) -> Number:
    """Two numbers of one value, computed in two ways, of which an implementation takes one: each has its own budget."""
    arithmetic = a.tape.arithmetic
    arithmetic.forked = True
    return b if arithmetic.second else a


def absolute(a: Number) -> Number:
    """|a|, derived by its sign or, as HIPS autograd does, by a/|a|, whose own derivative is 0 but for rounding."""
    positive = a >= 0.0

    def by_sign(g: Number) -> Number:
        sign = where(positive, g, negative(g))
        return either(sign, g * divide(a, result)) if np.all(a.pair.value != 0) else sign

    result: Number = elementwise(lambda p: Pair(np.abs(p.value), p.error), (a,), (by_sign,))
    return result


def largest(a: Number, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Number:
    """The maximum along an axis, pair by pair, so that every tie that rounding may decide is noticed."""
    if isinstance(axis, tuple):
        raise LookupError("the reference budgets the maximum along one axis only")
    if axis is None:
        return reshape(largest(reshape(a, (-1,)), 0), (1,) * a.ndim if keepdims else ())
    axis %= a.ndim
    before = (slice(None),) * axis
    result = functools.reduce(maximum, (a[(*before, i)] for i in range(a.shape[axis])))
    return reshape(result, a.shape[:axis] + (1,) * keepdims + a.shape[axis + 1 :])


def smallest(a: Number, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Number:
    return negative(largest(negative(a), axis, keepdims))


def mean(a: Number, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Number:
    result = total(a, axis, keepdims)
    return result / float(math.prod(a.shape) // max(1, math.prod(result.shape)))


def concat(parts: Sequence[Operand], axis: int = 0) -> Number:
    """The parts one behind the other along `axis`."""
    first = next(p for p in parts if isinstance(p, Number))
    numbers = [lift(first, p) for p in parts]
    axis %= first.ndim
    sizes = [n.shape[axis] for n in numbers]
    shape = (*first.shape[:axis], sum(sizes), *first.shape[axis + 1 :])
    places = np.split(np.arange(math.prod(shape)).reshape(shape), np.cumsum(sizes)[:-1], axis)
    return accumulate([put(n, where_to, shape) for n, where_to in zip(numbers, places, strict=True)])


def stack(parts: Sequence[Operand], axis: int = 0) -> Number:
    """The parts beside each other along a new `axis`."""
    first = next(p for p in parts if isinstance(p, Number))
    axis %= first.ndim + 1
    shape = (*first.shape[:axis], 1, *first.shape[axis:])
    return concat([reshape(lift(first, p), shape) for p in parts], axis)


def _stacked(factor: Callable[[Number], Number]) -> Callable[[Number], Number]:
    """The function of one matrix on each matrix of a stack."""

    def each(a: Number) -> Number:
        if a.ndim <= 2:
            return factor(a)
        places = list(np.ndindex(*a.shape[:-2]))
        if not places:
            raise LookupError("the reference factors no empty stack of matrices")
        results = [factor(a[place]) for place in places]
        return reshape(stack(results), a.shape[:-2] + results[0].shape)

    return each


@_stacked
def inverse(a: Number) -> Number:
    """A⁻¹ of a square matrix: the change is -A⁻¹·t·A⁻¹."""
    pair = elimination.inverse(a.tape.arithmetic, _square(a).pair)

    def push(t: Number) -> Number:
        return negative(matmul(matmul(result, t), result))

    def pull(g: Number) -> Number:
        turned = matrix_transpose(result)
        return negative(matmul(matmul(turned, g), turned))

    result = a.mapped(pair, a.shape, push, pull)
    return result


def solve(a: Number, b: Operand) -> Number:
    """A⁻¹b for a square matrix and a vector, matrix or stack of matrices: the change is A⁻¹(t_b - t_A·x)."""
    b = lift(a, b)
    if b.ndim == 1:
        return reshape(solve(a, reshape(b, (-1, 1))), b.shape)
    pair = elimination.solution(a.tape.arithmetic, _square(a).pair, b.pair)

    def transposed(g: Number) -> Number:
        return solve(matrix_transpose(a), g)

    by_matrix = Partial(
        a,
        lambda t: negative(solve(a, matmul(t, result))),
        lambda g: unbroadcast(negative(matmul(transposed(g), matrix_transpose(result))), a.shape),
    )
    result = Number(a.tape, pair, b.shape, (by_matrix, Partial(b, lambda t: solve(a, t), transposed)))
    return result


@_stacked
def logabsdet(a: Number) -> Number:
    """log|det A| of a square matrix: the change is Σ A⁻ᵀ∘t."""
    pair = elimination.log_determinant(a.tape.arithmetic, _square(a).pair)

    def turned() -> Number:
        return matrix_transpose(inverse(a))

    return a.mapped(pair, (), lambda t: total(turned() * t), lambda g: g * turned())


@_stacked
def det(a: Number) -> Number:
    """det A of a regular square matrix: the change is det A·Σ A⁻ᵀ∘t."""
    pair = elimination.determinant(a.tape.arithmetic, _square(a).pair)
    if not np.isfinite(pair.error):
        raise LookupError("the reference budgets no determinant that may be 0")

    def slope() -> Number:
        return multiply(result, matrix_transpose(inverse(a)))

    result: Number = a.mapped(pair, (), lambda t: total(slope() * t), lambda g: g * slope())
    return result


def slogdet(a: Number) -> tuple[Number, Number]:
    """The sign of det A, which is constant, and log|det A|."""
    return a.tape.constant(elimination.sign(_square(a).pair.value)), logabsdet(a)


def _square(a: Number) -> Number:
    if a.ndim != 2 or a.lanes:
        raise LookupError("the reference factors single matrices only")
    return a
