"""Arithmetic on pairs: a value in extended precision, and a bound of what a floating-point format may lose on the way to it.

Promised: whatever order, contraction or accumulator a correct implementation chooses for an operation, its result in the format
stays within `error` of `value`, to first order in the roundoff for sums and products of many terms (whose constant is
statistical, see `reduction`) and without that restriction elsewhere. Not promised: anything about overflow, which is only
observed (`Arithmetic.largest`), and anything at kinks.

Sources: J. H. Wilkinson and N. J. Higham, "Accuracy and Stability of Numerical Algorithms", section 3.3 (running error
analysis); N. J. Higham and T. Mary, "A new approach to probabilistic rounding error analysis" (2019), for the square root in
`reduction`. All figures are dimensionless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .certificate import (
    Mask,
    Reals,
    fits,
    grid,
    in_any_order,
    product_exact,
    products_in_any_order,
    scaling,
    sum_exact,
    sum_in_any_order,
)
from .elementary import Elementary

LONGEST = 128.0


@dataclass(frozen=True)
class Pair:
    """`value` (longdouble) and `error` (float64, absolute, infinite where nothing is promised), of one shape."""

    value: Reals
    error: Reals

    @cached_property
    def size(self) -> Reals:
        """|value| in float64."""
        return np.abs(self.value).astype(np.float64)

    @cached_property
    def reach(self) -> Reals:
        """The largest magnitude that a computed value may have."""
        return self.size + self.error

    @cached_property
    def zero(self) -> Mask:
        """Where the computed value is certainly 0."""
        return (self.value == 0) & (self.error == 0)

    @cached_property
    def scaling(self) -> Mask:
        """Where the computed value is certainly ±2^k, so that multiplying by it or dividing by it does not round."""
        return scaling(self.value) & (self.error == 0)


def reduction(terms: Any) -> Reals:
    """Units of roundoff, times Σ|t|, lost by adding up so many terms in any order: 1 + min(√terms, 128), and 0 for one."""
    return np.where(np.asarray(terms) > 1, 1.0 + np.minimum(np.sqrt(np.maximum(terms, 0)), LONGEST), 0.0)


@dataclass
class Arithmetic:
    """A format of `precision` bits that loses up to `underflow` where results become small, and what was observed in it.

    `exact` stays True as long as nothing rounds: every value fits the format, and every reduction does in any order.
    `largest` is the largest magnitude of any value so far; an infinity that the program itself brings in (a mask) is none.
    `textbook` tells that a rule was used which loses all digits somewhere although the derivative is smooth there.
    `second` takes the second of two ways where implementations differ, and `forked` tells that there were two.
    """

    precision: int
    underflow: float
    second: bool = False
    forked: bool = False
    exact: bool = True
    largest: float = 0.0
    textbook: bool = False
    _infinite: bool = False

    @property
    def roundoff(self) -> float:
        return 2.0**-self.precision

    def constant(self, value: Any) -> Pair:
        """A constant of the program: the format rounds it once, unless it holds it."""
        value = np.asarray(value, np.longdouble)
        held = fits(value, self.precision, self.underflow)
        self.exact = self.exact and bool(np.all(held))
        self._infinite = self._infinite or bool(np.any(np.isinf(value)))
        return self._pair(value, np.where(held, 0.0, self._local(np.abs(value).astype(np.float64), 1.0)))

    def add(self, a: Pair, b: Pair) -> Pair:
        value = a.value + b.value
        self._certify(value, sum_exact, a.value, b.value)
        return self._rounded(value, a.error + b.error, 1.0, ~(a.zero | b.zero))

    def accumulate(self, *terms: Pair) -> Pair:
        """The sum of several terms, added in any order; certain zeros among them cost nothing."""
        values, reach, errors = (
            np.stack(np.broadcast_arrays(*column))
            for column in ([t.value for t in terms], [t.reach for t in terms], [t.error for t in terms])
        )
        value = np.sum(values, axis=0)
        self._certify(value, sum_in_any_order, values, 0, self.precision)
        lost = reduction(np.count_nonzero(reach, axis=0)) * self.roundoff * np.sum(reach, axis=0)
        return self._pair(value, np.sum(errors, axis=0) + lost)

    def total(self, a: Pair, axes: tuple[int, ...], keepdims: bool) -> Pair:
        """The sum over `axes`."""
        value = np.sum(a.value, axis=axes, keepdims=keepdims)
        self._certify(value, sum_in_any_order, a.value, axes, self.precision)
        terms = a.value.size // max(1, value.size)
        lost = reduction(terms) * self.roundoff * np.sum(a.reach, axis=axes, keepdims=keepdims)
        return self._pair(value, np.sum(a.error, axis=axes, keepdims=keepdims) + lost)

    def put(self, a: Pair, places: NDArray[np.intp], size: int) -> Pair:
        """Along the last axis: `size` zeros with the elements of `a` added at `places`, in any order."""

        def gathered(array: Reals) -> Reals:
            result = np.zeros((*array.shape[:-1], size), array.dtype)
            np.add.at(result, (Ellipsis, places), array)  # type: ignore[arg-type]  # typed without the ellipsis
            return result

        value, reach = gathered(a.value), gathered(a.reach)
        self._certify(value, lambda: in_any_order(reach, grid(a.value).min(initial=np.inf), self.precision))
        lost = reduction(gathered((a.reach > 0).astype(np.float64))) * self.roundoff * reach
        return self._pair(value, gathered(a.error) + lost)

    def multiply(self, a: Pair, b: Pair) -> Pair:
        value = a.value * b.value
        self._certify(value, product_exact, a.value, b.value)
        zero = a.zero | b.zero
        error = np.where(zero, 0.0, a.size * b.error + a.error * b.reach)
        return self._rounded(value, error, 1.0, ~(zero | a.scaling | b.scaling))

    def divide(self, a: Pair, b: Pair) -> Pair:
        """2 units: some kernels multiply by the reciprocal."""
        value = a.value / b.value
        self._certify(value, lambda: b.scaling)
        left = b.size - b.error
        error = (a.error + np.abs(value).astype(np.float64) * b.error) / np.where(left > 0, left, 1.0)
        error = np.where(left > 0, error, np.inf)
        return self._rounded(value, np.where(a.zero, 0.0, error), 2.0, ~(a.zero | b.scaling))

    def power(self, a: Pair, exponent: Pair) -> Pair:
        """a^n: n - 1 multiplications for whole n; for n < 0 the worse of 1/a^|n| (XLA) and (1/a)^|n| (TensorFlow)."""
        if exponent.value < 0:
            one, positive = Pair(np.ones((), np.longdouble), np.zeros(())), Pair(-exponent.value, exponent.error)
            last, first = self.divide(one, self.power(a, positive)), self.power(self.divide(one, a), positive)
            return Pair(last.value, np.maximum(last.error, first.error))
        if exponent.error == 0 and exponent.value == int(exponent.value):
            return self._whole_power(a, int(exponent.value))
        return self._real_power(a, exponent)

    def matmul(self, a: Pair, b: Pair) -> Pair:
        """The product of (stacks of) matrices."""
        inner = a.value.shape[-1]
        if inner == 1:
            return self.multiply(a, b)
        value = a.value @ b.value
        self._certify(value, products_in_any_order, a.value, b.value, self.precision)
        lost = max(1.0, float(reduction(inner))) * self.roundoff * (a.reach @ b.reach)
        return self._pair(value, a.size @ b.error + a.error @ b.reach + lost)

    def apply(self, function: Elementary, a: Pair) -> Pair:
        """An elementary function; library functions never enter the certificate."""
        x = a.value.astype(np.float64)
        error = a.error + self.roundoff * a.size if function.mixed else a.error
        self.exact = False
        moved = np.where(error == 0, 0.0, function.spread(x, error))
        self._see(function.way(a.value))
        return self._rounded(function.value(a.value), moved, function.units)

    def logaddexp(self, a: Pair, b: Pair) -> Pair:
        """log(eᵃ + eᵇ) as m + log1p(exp(-|a - b|)), every step of which rounds."""
        higher, apart = np.maximum(a.value, b.value), np.abs(a.value - b.value)
        self.exact = False
        gap = apart.astype(np.float64)
        share = np.exp(-gap) / (1.0 + np.exp(-gap))
        steps = self.roundoff * (np.maximum(a.size, b.size) + 2.0 + share * gap)
        return self._rounded(higher + np.log1p(np.exp(-apart)), np.maximum(a.error, b.error) + steps, 3.0)

    def known(self, value: Reals, error: Reals, units: float) -> Pair:
        """A result of known value and propagated error, which rounds by `units` in the end; not certified."""
        self.exact = False
        return self._rounded(value, error, units)

    def _real_power(self, a: Pair, exponent: Pair) -> Pair:
        value = np.power(a.value, exponent.value)
        self.exact = False
        ratio = np.where(a.error < a.value, a.error / a.size, 1.0)
        growth = -exponent.reach * np.log1p(-ratio) + exponent.error * np.abs(np.log(a.size))
        still = (growth == 0) | a.zero
        return self._rounded(value, np.where(still, 0.0, np.abs(value).astype(np.float64) * np.expm1(growth)), 2.0)

    def _whole_power(self, a: Pair, exponent: int) -> Pair:
        if exponent == 1:
            return a
        value = whole_power(a.value, exponent)
        self._certify(value, product_exact, *[a.value] * exponent)
        growth = exponent * np.log1p(a.error / np.where(a.size > 0, a.size, 1.0))
        error = np.where(a.size > 0, np.abs(value).astype(np.float64) * np.expm1(growth), a.error**exponent)
        return self._rounded(value, error, exponent - 1.0, ~(a.zero | a.scaling))

    def _rounded(self, value: Reals, error: Reals, units: float, where: Any = True) -> Pair:
        """The pair after a final rounding of `units`, where it takes place at all."""
        reach = np.abs(value).astype(np.float64) + error
        return self._pair(value, error + np.where(where, self._local(reach, units), 0.0))

    def _local(self, reach: Reals, units: float) -> Reals:
        return np.maximum(units * self.roundoff * reach, np.minimum(reach, self.underflow))

    def _pair(self, value: Reals, error: Reals) -> Pair:
        value = np.asarray(value, np.longdouble)
        self._see(value)
        promised = np.isfinite(value) & ~np.isnan(error)
        return Pair(value, np.where(promised, error, np.inf))

    def _see(self, value: Reals) -> None:
        size = np.abs(value)
        if self._infinite:
            size = size[np.isfinite(size)]
        if size.size:
            self.largest = max(self.largest, float(np.fmax.reduce(size, axis=None)))

    def _certify(self, value: Reals, test: Callable[..., Any], *operands: Any) -> None:
        if self.exact:
            self.exact = bool(np.all(test(*operands)) and np.all(fits(value, self.precision, self.underflow)))


def whole_power(base: Reals, exponent: int) -> Reals:
    """base^exponent, exponent ≥ 1, by multiplication alone: exact where the result is."""
    if exponent == 1:
        return base
    half = whole_power(base * base, exponent // 2)
    return half * base if exponent % 2 else half
