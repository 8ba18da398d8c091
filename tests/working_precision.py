"""Forward mode in a working format: dual numbers over NumPy arrays whose every operation is rounded to one dtype.

An evaluation that shares nothing with the reference's tape and that also has bfloat16. A dual number of dual numbers has second
derivatives, and so on. Promised: the operations that the documented cases use, by the rules of the textbook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Part = Any
"""A `Rounded`, or a `Dual` one level down."""


class Rounded:
    """An array whose operations are NumPy's, each rounded to its dtype."""

    __array_ufunc__ = None

    def __init__(self, array: Any, dtype: Any) -> None:
        self.array = np.asarray(np.asarray(array).astype(dtype))

    def of(self, array: Any) -> Rounded:
        return Rounded(array, self.array.dtype)

    def apply(self, operation: Callable[..., Any], *others: Rounded) -> Rounded:
        return self.of(operation(self.array, *(o.array for o in others)))

    def constant(self, value: float) -> Rounded:
        return self.of(value)


class Dual:
    """value + tangent·ε with ε² = 0; both parts of one depth."""

    __array_ufunc__ = None

    def __init__(self, value: Part, tangent: Part) -> None:
        self.value = value
        self.tangent = tangent

    def constant(self, value: float) -> Dual:
        return Dual(self.value.constant(value), self.value.constant(0.0))

    def map(self, operation: Callable[[Part], Part]) -> Dual:
        """A linear operation."""
        return Dual(operation(self.value), operation(self.tangent))

    def __neg__(self) -> Any:
        return self.map(negative)

    def __add__(self, other: Any) -> Any:
        return add(self, lift(self, other))

    def __sub__(self, other: Any) -> Any:
        return add(self, negative(lift(self, other)))

    def __rsub__(self, other: Any) -> Any:
        return add(lift(self, other), negative(self))

    def __mul__(self, other: Any) -> Any:
        return multiply(self, lift(self, other))

    def __truediv__(self, other: Any) -> Any:
        return divide(self, lift(self, other))

    def __pow__(self, n: int) -> Any:
        return power(self, n)

    def __getitem__(self, key: Any) -> Any:
        return linear(lambda a: a[key], self)

    __radd__ = __add__
    __rmul__ = __mul__


def lift(like: Dual, value: Any) -> Any:
    return value if isinstance(value, Dual) else like.constant(value)


def linear(operation: Callable[[Any], Any], a: Part) -> Any:
    return a.map(lambda p: linear(operation, p)) if isinstance(a, Dual) else a.apply(operation)


def negative(a: Part) -> Any:
    return linear(np.negative, a)


def add(a: Part, b: Part) -> Any:
    if isinstance(a, Dual):
        return Dual(add(a.value, b.value), add(a.tangent, b.tangent))
    return a.apply(np.add, b)


def bilinear(operation: Callable[[Any, Any], Any], a: Part, b: Part) -> Any:
    """The product rule."""
    if isinstance(a, Dual):
        left, right = bilinear(operation, a.tangent, b.value), bilinear(operation, a.value, b.tangent)
        return Dual(bilinear(operation, a.value, b.value), add(left, right))
    return a.apply(operation, b)


def multiply(a: Part, b: Part) -> Any:
    return bilinear(np.multiply, a, b)


def divide(a: Part, b: Part) -> Any:
    """The quotient rule (a' - (a/b)·b')/b."""
    if isinstance(a, Dual):
        ratio = divide(a.value, b.value)
        return Dual(ratio, divide(add(a.tangent, negative(multiply(ratio, b.tangent))), b.value))
    return a.apply(np.divide, b)


def power(a: Part, n: int) -> Any:
    if n == 1:
        return a
    if isinstance(a, Dual):
        return Dual(power(a.value, n), chain(a, multiply(a.value.constant(n), power(a.value, n - 1))))
    return a.apply(lambda x: np.power(x, x.dtype.type(n)))


def chain(a: Dual, slope: Part) -> Any:
    return multiply(a.tangent, slope)


class Names:
    """The namespace given to a case as `xp`."""

    @staticmethod
    def exp(a: Part) -> Any:
        if isinstance(a, Dual):
            value = Names.exp(a.value)
            return Dual(value, chain(a, value))
        return a.apply(np.exp)

    @staticmethod
    def log(a: Part) -> Any:
        return Dual(Names.log(a.value), divide(a.tangent, a.value)) if isinstance(a, Dual) else a.apply(np.log)

    @staticmethod
    def sqrt(a: Part) -> Any:
        if isinstance(a, Dual):
            value = Names.sqrt(a.value)
            return Dual(value, divide(a.tangent, multiply(value, value.constant(2.0))))
        return a.apply(np.sqrt)

    @staticmethod
    def sin(a: Part) -> Any:
        return Dual(Names.sin(a.value), chain(a, Names.cos(a.value))) if isinstance(a, Dual) else a.apply(np.sin)

    @staticmethod
    def cos(a: Part) -> Any:
        return Dual(Names.cos(a.value), negative(chain(a, Names.sin(a.value)))) if isinstance(a, Dual) else a.apply(np.cos)

    @staticmethod
    def sum(a: Part) -> Any:
        return linear(np.sum, a)

    @staticmethod
    def matmul(a: Part, b: Part) -> Any:
        return bilinear(np.matmul, a, b)

    @staticmethod
    def matrix_transpose(a: Part) -> Any:
        return linear(np.transpose, a)

    @staticmethod
    def stack(rows: Sequence[Any]) -> Any:
        if isinstance(rows[0], Dual):
            return Dual(Names.stack([r.value for r in rows]), Names.stack([r.tangent for r in rows]))
        return rows[0].of(np.stack([r.array for r in rows]))


def derivative(fn: Callable[..., Any], args: Sequence[Any], directions: Sequence[Sequence[Any]], dtype: Any) -> Any:
    """D^k fn[d₁, …, d_k] at `args` in the dtype, for k ≥ 1 directions with one array per argument each; shape of the value."""

    def deep(x: Any, moves: list[Any]) -> Any:
        if not moves:
            return Rounded(x, dtype)
        return Dual(deep(x, moves[1:]), deep(moves[0], [np.zeros_like(m) for m in moves[1:]]))

    result = fn(Names, *(deep(x, [d[i] for d in directions]) for i, x in enumerate(args)))
    for _ in directions:
        result = result.tangent
    return result.array
