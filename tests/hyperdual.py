"""Exact derivatives of any case text in ball arithmetic: hyper-dual arrays over python-flint's `arb`, and the names for `xp`.

A hyper-dual array is Σ over subsets S of {ε₁, ε₂, ε₃} of coefficient·ΠS with εᵢ² = 0, so that f(x + ε₁a + ε₂b + ε₃c) has the
derivative D³f[a, b, c] as its ε₁ε₂ε₃ coefficient and the lower ones beside it. Coefficients are balls that contain the exact
real number (256 bits): a comparison with them is a proof. Promised: the operations that the documented cases use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import Any

import numpy as np
from flint import arb, ctx
from numpy.typing import NDArray

ctx.prec = 256

Balls = NDArray[Any]
"""An array of dtype object whose elements are `arb`."""


def balls(values: Any) -> Balls:
    """Exactly these numbers (float64 or np.longdouble of at most 106 bits) as balls of radius 0."""
    wide = np.asarray(values, np.longdouble)
    high = wide.astype(np.float64)
    low = (wide - high).astype(np.float64)
    return _object(np.frompyfunc(lambda a, b: arb(a) + arb(b), 2, 1)(high, low))


def _object(values: Any) -> Balls:
    return np.asarray(values, dtype=object)


class Hyperdual:
    """Coefficients by subset, a subset as the bits of an int; an absent subset is an exact zero. All of one shape."""

    __array_ufunc__ = None

    def __init__(self, parts: dict[int, Balls]) -> None:
        self.parts = parts

    def __add__(self, other: Any) -> Hyperdual:
        mine, theirs = self.parts, lift(other).parts
        shape = np.broadcast_shapes(mine[0].shape, theirs[0].shape)
        parts = {s: _object(sum(p[s] for p in (mine, theirs) if s in p)) for s in mine | theirs}
        return Hyperdual({s: np.broadcast_to(part, shape) for s, part in parts.items()})

    def __mul__(self, other: Any) -> Hyperdual:
        return self.bilinear(other, np.multiply)

    def bilinear(self, other: Any, times: Callable[[Balls, Balls], Any]) -> Hyperdual:
        """The product rule for any bilinear operation."""
        parts: dict[int, Balls] = {}
        for s, a in self.parts.items():
            for t, b in lift(other).parts.items():
                if not s & t:
                    term = _object(times(a, b))
                    parts[s | t] = _object(parts[s | t] + term) if s | t in parts else term
        return Hyperdual(parts)

    def linear(self, operation: Callable[[Balls], Any]) -> Hyperdual:
        """Any linear operation: summation, transposition, indexing."""
        return Hyperdual({s: _object(operation(part)) for s, part in self.parts.items()})

    def compose(self, *derivatives: Callable[[arb], arb]) -> Hyperdual:
        """f(self) elementwise from f and its derivatives to the third, by Faà di Bruno's sum over partitions."""
        everything = reduce(int.__or__, self.parts)
        scales = [_object(np.frompyfunc(d, 1, 1)(self.parts[0])) for d in derivatives[: everything.bit_count() + 1]]
        parts: dict[int, Balls] = {}
        for s in range(everything + 1):
            terms = [_product(scales[len(p)], p, self.parts) for p in partitions(s) if self.parts.keys() >= set(p)]
            if terms:
                parts[s] = _object(sum(terms))
        return Hyperdual(parts)

    def __neg__(self) -> Hyperdual:
        return self * -1.0

    def __sub__(self, other: Any) -> Hyperdual:
        return self + -lift(other)

    def __rsub__(self, other: Any) -> Hyperdual:
        return lift(other) - self

    def __pow__(self, n: int) -> Hyperdual:
        return reduce(lambda a, b: a * b, [self] * n)

    def __truediv__(self, other: Any) -> Hyperdual:
        inverse = (lambda x: 1 / x, lambda x: -1 / x**2, lambda x: 2 / x**3, lambda x: -6 / x**4)
        return self * lift(other).compose(*inverse)

    def __getitem__(self, index: Any) -> Hyperdual:
        return self.linear(lambda part: part[index])

    __radd__ = __add__
    __rmul__ = __mul__


def partitions(subset: int) -> Iterator[tuple[int, ...]]:
    """The ways of splitting a subset into disjoint subsets: 2 for two elements, 5 for three."""
    if not subset:
        yield ()
        return
    first = subset & -subset
    rest = subset ^ first
    for mates in range(rest + 1):
        if mates & rest == mates:
            yield from ((first | mates, *others) for others in partitions(rest ^ mates))


def _product(scale: Balls, partition: tuple[int, ...], parts: dict[int, Balls]) -> Any:
    return reduce(np.multiply, [parts[block] for block in partition], scale)


def lift(value: Any) -> Hyperdual:
    """A number as a constant."""
    if isinstance(value, Hyperdual):
        return value
    return Hyperdual({0: _object(value if isinstance(value, arb) else arb(value))})


class Names:
    """The namespace given to a case text as `xp`."""

    @staticmethod
    def exp(x: Hyperdual) -> Hyperdual:
        return x.compose(*[arb.exp] * 4)

    @staticmethod
    def log(x: Hyperdual) -> Hyperdual:
        return x.compose(arb.log, lambda a: 1 / a, lambda a: -1 / a**2, lambda a: 2 / a**3)

    @staticmethod
    def sqrt(x: Hyperdual) -> Hyperdual:
        root = arb.sqrt
        return x.compose(
            root, lambda a: 1 / (2 * root(a)), lambda a: -1 / (4 * a * root(a)), lambda a: 3 / (8 * a**2 * root(a))
        )

    @staticmethod
    def sin(x: Hyperdual) -> Hyperdual:
        return x.compose(arb.sin, arb.cos, lambda a: -a.sin(), lambda a: -a.cos())

    @staticmethod
    def sum(x: Hyperdual) -> Hyperdual:
        return x.linear(np.sum)

    @staticmethod
    def matmul(a: Hyperdual, b: Hyperdual) -> Hyperdual:
        return a.bilinear(b, np.matmul)

    @staticmethod
    def matrix_transpose(x: Hyperdual) -> Hyperdual:
        return x.linear(np.transpose)

    @staticmethod
    def stack(rows: Sequence[Hyperdual]) -> Hyperdual:
        shape = rows[0].parts[0].shape
        zero = np.full(shape, arb(0), dtype=object)
        subsets = set().union(*(row.parts for row in rows))
        return Hyperdual({s: np.stack([row.parts.get(s, zero) for row in rows]) for s in subsets})


def derivative(fn: Callable[..., Any], args: Sequence[Any], directions: Sequence[Sequence[Any]]) -> Balls:
    """D^k fn[d₁, …, d_k] at `args`, exactly, for k ≤ 3 directions with one array per argument each; shape of the value."""
    parts = [{0: balls(x)} for x in args]
    for bit, direction in enumerate(directions):
        for part, tangent in zip(parts, direction, strict=True):
            if np.any(np.asarray(tangent)):
                part[1 << bit] = balls(tangent)
    value = fn(Names, *(Hyperdual(part) for part in parts)).parts
    zero = np.full(value[0].shape, arb(0), dtype=object)
    return _object(value.get((1 << len(directions)) - 1, zero))
