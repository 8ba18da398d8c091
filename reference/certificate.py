"""The certificate that nothing rounds: integer facts about binary numbers, checked on the numbers themselves.

A value is a whole multiple of its grid, the weight of its last set bit. It fits p bits if it is less than 2^p grids; a sum or a
product was formed without rounding in extended precision if the result is less than 2^64 (2^53 where np.longdouble is no wider
than double) grids of its operands. Only then does it say anything that the stored value fits a narrower format.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

Reals = Any
"""A NumPy array of real numbers; NumPy itself types the results of its arithmetic as Any."""
Mask = Any
"""A NumPy array of truth values."""
WORD = 64
SPAN = np.ldexp(np.longdouble(1), min(WORD, np.finfo(np.longdouble).nmant + 1))


def grid(value: Reals) -> Reals:
    """Weight of the last set bit of each number: ∞ for 0, 0 for what is not finite or has more than 64 bits."""
    mantissa, exponent = np.frexp(value)
    scaled = np.ldexp(np.abs(mantissa), WORD)
    whole = scaled.astype(np.uint64)
    last = np.ldexp((whole & -whole).astype(np.longdouble), exponent - WORD)
    return np.where(value == 0, np.inf, np.where(whole.astype(np.longdouble) == scaled, last, 0.0))


def fits(value: Reals, precision: int, underflow: float) -> Mask:
    """Where a format of `precision` bits holds the value, apart from overflow."""
    unit = grid(value)
    return (np.abs(value) < np.ldexp(np.longdouble(1), precision) * unit) & (unit >= underflow)


def scaling(value: Reals) -> Mask:
    """Where the value is ±2^k."""
    return np.abs(np.frexp(value)[0]) == 0.5


def sum_exact(a: Reals, b: Reals) -> Mask:
    """Where a + b does not round in extended precision."""
    return np.abs(a) + np.abs(b) < SPAN * np.minimum(grid(a), grid(b))


def product_exact(*factors: Reals) -> Mask:
    """Where the product does not round in extended precision."""
    size = functools.reduce(np.multiply, [np.abs(f) for f in factors])
    return size < SPAN * functools.reduce(np.multiply, [grid(f) for f in factors])


def in_any_order(size: Reals, unit: Reals, precision: int) -> Mask:
    """Whether a sum with Σ|t| = `size` of multiples of `unit` is exact in `precision` bits however it is associated."""
    return size < np.ldexp(np.longdouble(1), precision) * unit


def sum_in_any_order(terms: Reals, axes: Any, precision: int) -> Mask:
    """Whether Σ over `axes` is exact in any order."""
    return in_any_order(np.sum(np.abs(terms), axis=axes), np.min(grid(terms), axis=axes, initial=np.inf), precision)


def products_in_any_order(a: Reals, b: Reals, precision: int) -> Mask:
    """Whether the matrix product is exact with its sums in any order."""
    unit = np.min(grid(a), initial=np.inf) * np.min(grid(b), initial=np.inf)
    return in_any_order(np.abs(a) @ np.abs(b), unit, precision)
