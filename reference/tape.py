"""The tape: numbers that remember how they came about, one single-step partial per operand.

A single-step partial is used in both directions: `push` carries a tangent of the operand forward, `pull` carries a cotangent of
the result backward. Both are written in recorded operations themselves, so that sweeps can be swept again, to any order and in
any composition of modes, and every rounding on the way is budgeted.

Derivative rules are the least robust that a framework publishes (-g·a·b⁻² for a quotient, exp(x - y) for softplus): whoever is
more careful stays within the bound as well.

A number may carry leading axes, "lanes", beside its own shape: one for each of the unit arrays along which a sweep runs at
once. Lanes never meet: nothing sums over them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .certificate import Mask
from .rounding import Arithmetic, Pair
from .shapes import Shape, broadcast_to, matrix_transpose, reshape, take, unbroadcast

Operand = Any
"""A recorded number, or a constant: a Python number or a NumPy array."""


@dataclass
class Tape:
    """Hands out the order in which numbers are made, and the arithmetic in which they are computed."""

    arithmetic: Arithmetic
    order: Iterator[int] = field(default_factory=itertools.count)

    def constant(self, value: Any) -> Number:
        """A number made from nothing: an input, or a constant of the program, which the format may have to round."""
        pair = self.arithmetic.constant(value)
        return Number(self, pair, pair.value.shape)


@dataclass(frozen=True)
class Partial:
    """A single-step partial: how a change of `operand` moves the result, forward and transposed."""

    operand: Number
    push: Callable[[Number], Number]
    pull: Callable[[Number], Number]


class Number:
    """A recorded number: a pair of arrays of shape lanes + `shape`, its place in the order, its single-step partials."""

    __array_ufunc__ = None  # NumPy arrays leave mixed operations to the reflected operators below

    def __init__(self, tape: Tape, pair: Pair, shape: Shape, partials: tuple[Partial, ...] = ()) -> None:
        self.tape = tape
        self.pair = pair
        self.shape = shape
        self.partials = partials
        self.index = next(tape.order)

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def lanes(self) -> Shape:
        shape: Shape = self.pair.value.shape
        return shape[: len(shape) - self.ndim]

    def mapped(self, pair: Pair, shape: Shape, push: Callable[[Number], Number], pull: Callable[[Number], Number]) -> Number:
        """A linear map of this number alone."""
        return Number(self.tape, pair, shape, (Partial(self, push, pull),))

    def aligned(self, ndim: int) -> Pair:
        """The pair with as many axes behind the lanes, so that lanes broadcast with lanes and shapes with shapes."""
        if not self.lanes or ndim == self.ndim:
            return self.pair
        shape = self.lanes + (1,) * (ndim - self.ndim) + self.shape
        return Pair(self.pair.value.reshape(shape), self.pair.error.reshape(shape))

    def __add__(self, other: Operand) -> Number:
        return add(self, lift(self, other))

    __radd__ = __add__

    def __sub__(self, other: Operand) -> Number:
        return add(self, negative(lift(self, other)))

    def __rsub__(self, other: Operand) -> Number:
        return add(lift(self, other), negative(self))

    def __neg__(self) -> Number:
        return negative(self)

    def __mul__(self, other: Operand) -> Number:
        return multiply(self, lift(self, other))

    __rmul__ = __mul__

    def __truediv__(self, other: Operand) -> Number:
        return divide(self, lift(self, other))

    def __rtruediv__(self, other: Operand) -> Number:
        return divide(lift(self, other), self)

    def __pow__(self, exponent: float) -> Number:
        return power(self, exponent)

    def __rpow__(self, base: Operand) -> Number:
        raise LookupError("the reference budgets no power whose exponent varies, but by the name pow")

    def __matmul__(self, other: Operand) -> Number:
        return matmul(self, lift(self, other))

    def __rmatmul__(self, other: Operand) -> Number:
        return matmul(lift(self, other), self)

    def __getitem__(self, key: Any) -> Number:
        return take(self, np.arange(math.prod(self.shape)).reshape(self.shape)[key])

    def __gt__(self, other: Operand) -> Comparison:
        return compare(np.greater, self, lift(self, other))

    def __ge__(self, other: Operand) -> Comparison:
        return compare(np.greater_equal, self, lift(self, other))

    def __lt__(self, other: Operand) -> Comparison:
        return compare(np.less, self, lift(self, other))

    def __le__(self, other: Operand) -> Comparison:
        return compare(np.less_equal, self, lift(self, other))


@dataclass(frozen=True)
class Comparison:
    """Which of two numbers is larger, and where rounding may decide that (never where both are exact: a tie is a kink)."""

    truth: Mask
    doubt: Mask

    def __bool__(self) -> bool:
        return bool(self.settled())

    def settled(self) -> Mask:
        """Which of the two is larger, where rounding does not decide it."""
        if np.any(self.doubt):
            raise LookupError("rounding decides a branch of the program, which has no budget then")
        return self.truth


def compare(relation: Callable[[Any, Any], Any], a: Number, b: Number) -> Comparison:
    blur = a.pair.error + b.pair.error
    gap = np.abs(a.pair.value - b.pair.value)
    return Comparison(relation(a.pair.value, b.pair.value), (gap <= blur) & (blur > 0))


def lift(like: Number, operand: Operand) -> Number:
    """The operand on the tape of `like`; a comparison as zeros and ones."""
    if isinstance(operand, Comparison):
        return like.tape.constant(operand.settled().astype(np.longdouble))
    return operand if isinstance(operand, Number) else like.tape.constant(operand)


def elementwise(
    operation: Callable[..., Pair], operands: tuple[Number, ...], partials: tuple[Callable[[Number], Number], ...]
) -> Number:
    """The broadcast operation; `partials[i]` multiplies by the single-step partial of operand i, in either direction."""
    shape = np.broadcast_shapes(*(o.shape for o in operands))
    return Number(
        operands[0].tape,
        operation(*(o.aligned(len(shape)) for o in operands)),
        shape,
        tuple(_partial(o, times, shape) for o, times in zip(operands, partials, strict=True)),
    )


def _partial(operand: Number, times: Callable[[Number], Number], shape: Shape) -> Partial:
    return Partial(operand, lambda t: broadcast_to(times(t), shape), lambda g: unbroadcast(times(g), operand.shape))


def _same(g: Number) -> Number:
    return g


def add(a: Number, b: Number) -> Number:
    return elementwise(a.tape.arithmetic.add, (a, b), (_same, _same))


def accumulate(terms: list[Number]) -> Number:
    """The sum of what arrives at one place, in any order."""
    if len(terms) == 1:
        return terms[0]
    arithmetic = terms[0].tape.arithmetic
    operation = arithmetic.add if len(terms) == 2 else arithmetic.accumulate
    return elementwise(operation, tuple(terms), (_same,) * len(terms))


def negative(a: Number) -> Number:
    return elementwise(lambda p: Pair(-p.value, p.error), (a,), (negative,))


def multiply(a: Number, b: Number) -> Number:
    return elementwise(a.tape.arithmetic.multiply, (a, b), (lambda g: multiply(g, b), lambda g: multiply(g, a)))


def divide(a: Number, b: Number) -> Number:
    def by_divisor(g: Number) -> Number:
        return negative(multiply(multiply(g, a), power(b, -2)))

    return elementwise(a.tape.arithmetic.divide, (a, b), (lambda g: divide(g, b), by_divisor))


def power(a: Number, exponent: float) -> Number:
    """a^n for a constant number n, which the format may have to round. Raises LookupError for a variable n."""
    if isinstance(exponent, Number):  # type: ignore[unreachable]
        raise LookupError("the reference budgets no power whose exponent varies")
    return _power(a, a.tape.arithmetic.constant(exponent))


def _power(a: Number, exponent: Pair) -> Number:
    arithmetic = a.tape.arithmetic
    if exponent.zero:
        return a.tape.constant(np.ones(a.shape))

    def by_base(g: Number) -> Number:
        lower = arithmetic.constant(exponent.value - 1)
        slope = multiply(Number(a.tape, exponent, ()), _power(a, Pair(lower.value, lower.error + exponent.error)))
        return multiply(g, slope)

    return elementwise(lambda p: arithmetic.power(p, exponent), (a,), (by_base,))


def matmul(a: Number, b: Number) -> Number:
    """The matrix product of the array API: vectors are rows on the left and columns on the right, stacks broadcast."""
    left = reshape(a, (1, -1)) if a.ndim == 1 else a
    right = reshape(b, (-1, 1)) if b.ndim == 1 else b
    result = _matrix_product(left, right)
    rows = () if a.ndim == 1 else result.shape[-2:-1]
    columns = () if b.ndim == 1 else result.shape[-1:]
    return reshape(result, result.shape[:-2] + rows + columns)


def _matrix_product(a: Number, b: Number) -> Number:
    ndim = max(a.ndim, b.ndim)
    shape = (*np.broadcast_shapes(a.shape[:-2], b.shape[:-2]), a.shape[-2], b.shape[-1])
    left = Partial(a, lambda t: _matrix_product(t, b), lambda g: unbroadcast(_matrix_product(g, matrix_transpose(b)), a.shape))
    right = Partial(b, lambda t: _matrix_product(a, t), lambda g: unbroadcast(_matrix_product(matrix_transpose(a), g), b.shape))
    pair = a.tape.arithmetic.matmul(a.aligned(ndim), b.aligned(ndim))
    return Number(a.tape, pair, shape, (left, right))
