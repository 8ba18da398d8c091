"""Coefficients of a Taylor series: arrays, or truncated Laurent series whose coefficients are arrays.

A coefficient is an array of shape `batch + shape` (longdouble, or clongdouble), where `batch` are leading axes for directions,
any number of them. Where a formula divides zero by zero at the point, the point is moved by an infinitesimal e in a generic
direction, and every coefficient becomes a Laurent series in e; the limit e -> 0 is its constant term. A plain array among
Laurent series is a constant, known to every order in e.

Promised: quotients cancel common leading powers of e, element by element. What lies beyond the known powers is NaN, never 0.
Not promised: a leading coefficient that rounding keeps from being an exact zero is taken at its word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Laurent:
    """Sum over k of data[k] * e**(lead + k), known up to and without e**(lead + len(data))."""

    __array_ufunc__ = None

    def __init__(self, lead: int, data: Sequence[Array]) -> None:
        self.lead = lead
        self.data = list(data)

    @property
    def end(self) -> int:
        """The first unknown exponent."""
        return self.lead + len(self.data)

    def __getitem__(self, exponent: int) -> Array:
        """The coefficient of e**exponent; NaN where it is not known."""
        if exponent < self.lead:
            return np.zeros_like(self.data[0])
        return self.data[exponent - self.lead] if exponent < self.end else np.full_like(self.data[0], np.nan)

    def __add__(self, other: Coefficient) -> Laurent:
        a, b = self, promote(other, self)
        lead, end = min(a.lead, b.lead), min(a.end, b.end)
        return Laurent(lead, [a[k] + b[k] for k in range(lead, max(end, lead + 1))])

    def __mul__(self, other: Coefficient) -> Laurent:
        product: Laurent = bilinear(np.multiply, self, other)
        return product

    def __neg__(self) -> Laurent:
        return Laurent(self.lead, [-part for part in self.data])

    def __sub__(self, other: Coefficient) -> Laurent:
        return self + -other

    def __rsub__(self, other: Coefficient) -> Laurent:
        return -self + other

    __radd__ = __add__
    __rmul__ = __mul__


Coefficient = Array | Laurent


def promote(c: Coefficient, like: Laurent) -> Laurent:
    """c as a Laurent series that is known as far as `like` is, and at least up to its constant term."""
    if isinstance(c, Laurent):
        return c
    lead, end = min(like.lead, 0), max(like.end, 1)
    return Laurent(lead, [c if k == 0 else np.zeros_like(c) for k in range(lead, end)])


def constant_term(c: Coefficient) -> Array:
    """The limit for e -> 0, were there no pole."""
    return c[0] if isinstance(c, Laurent) else c


def limit(c: Coefficient, pole: float = 2.0**-40) -> Array:
    """The limit for e -> 0; NaN at a pole. Negative powers below `pole`, relative to the constant term, are rounding."""
    if not isinstance(c, Laurent):
        return c
    negative = sum(np.abs(c[k]) for k in range(c.lead, 0))
    return np.where(negative > pole * (1 + np.abs(c[0])), np.nan, c[0])


def linear(f: Callable[[Array], Any], c: Coefficient) -> Coefficient:
    """f, linear and acting on the trailing axes only."""
    return Laurent(c.lead, [np.asarray(f(part)) for part in c.data]) if isinstance(c, Laurent) else np.asarray(f(c))


def multilinear(f: Callable[..., Any], cs: Sequence[Coefficient]) -> Coefficient:
    """f, linear in all of its arguments together (a sum, a selection, a concatenation)."""
    longest = next((c for c in cs if isinstance(c, Laurent)), None)
    if longest is None:
        return np.asarray(f(*cs))
    all_known = [promote(c, longest) for c in cs]
    lead, end = min(c.lead for c in all_known), min(c.end for c in all_known)
    return Laurent(lead, [np.asarray(f(*(c[k] for c in all_known))) for k in range(lead, max(end, lead + 1))])


def bilinear(f: Callable[[Array, Array], Any], a: Coefficient, b: Coefficient) -> Any:
    """f, linear in each of its two arguments."""
    if not isinstance(a, Laurent):
        return linear(lambda part: f(a, part), b)
    if not isinstance(b, Laurent):
        return linear(lambda part: f(part, b), a)
    known = min(len(a.data), len(b.data))
    products = ([f(a.data[i], b.data[k - i]) for i in range(k + 1)] for k in range(known))
    return Laurent(a.lead + b.lead, [np.asarray(sum(terms[1:], terms[0])) for terms in products])


def divide(a: Coefficient, b: Coefficient) -> Coefficient:
    """a / b elementwise. Leading zeros of b are cancelled element by element, at the price of as many known powers."""
    if not isinstance(a, Laurent) and not isinstance(b, Laurent):
        return np.asarray(a / b)
    if not isinstance(b, Laurent):
        return linear(lambda part: part / b, a)
    numerator, stacked = promote(a, b), np.stack(np.broadcast_arrays(*b.data))
    order = np.where(np.any(stacked != 0, axis=0), np.argmax(stacked != 0, axis=0), 0)
    most = int(order.max(initial=0))
    shifted = list(_shift(stacked, order)[: len(stacked) - most])
    return _trim(Laurent(numerator.lead - b.lead - most, _place(_quotient(numerator.data, shifted), most - order)))


def _shift(stacked: Array, order: Array) -> Array:
    """Row k of the result is row k + order of `stacked`, element by element; rows past the end repeat the last."""
    rows = np.arange(len(stacked)).reshape((-1,) + (1,) * order.ndim) + order
    return np.take_along_axis(stacked, np.minimum(rows, len(stacked) - 1), 0)


def _quotient(a: Sequence[Array], b: Sequence[Array]) -> list[Array]:
    quotient: list[Array] = []
    for k in range(min(len(a), len(b))):
        rest = sum((-b[i] * quotient[k - i] for i in range(1, k + 1)), a[k])
        quotient.append(np.asarray(rest / b[0]))
    return quotient


def _place(data: Sequence[Array], delay: Array) -> list[Array]:
    """Each element of a series multiplied by e**delay, as far as it stays among the known powers."""
    if not np.any(delay):
        return list(data)
    stacked = np.stack(np.broadcast_arrays(*data))
    late = np.broadcast_to(delay, stacked.shape[1:])
    rows = np.arange(len(stacked)).reshape((-1,) + (1,) * late.ndim) - late
    return list(np.where(rows < 0, 0, np.take_along_axis(stacked, np.maximum(rows, 0), 0)))


def _trim(c: Laurent) -> Laurent:
    """Without the negative powers that vanish everywhere."""
    empty = 0
    while c.lead + empty < 0 and empty < len(c.data) - 1 and not np.any(c.data[empty]):
        empty += 1
    return Laurent(c.lead + empty, c.data[empty:])
