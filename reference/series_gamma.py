"""The gamma family of series, elementwise: gamma, lgamma, digamma, polygamma, beta and the incomplete gamma functions.

Promised: near 1 and 2 lgamma keeps its relative accuracy (Taylor series with the zeta function's values, DLMF 5.7.3); its
second and later derivatives are sums of terms of one sign. Negative arguments by reflection. The incomplete functions follow
their power series for x < a + 1 and the continued fraction beyond (DLMF 8.11.4, 8.9.2), differentiable in both arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, factorial
from typing import Any

import numpy as np

from reference import series_local as local
from reference.series_core import Series, compose, lift, value_of
from reference.series_elementary import select, unary
from reference.series_jets import from_program, piecewise, polynomial, taylor
from reference.series_laurent import Array
from reference.series_local import PI, wide
from reference.series_special import EULER
from reference.series_terms import Local

BERNOULLI = [(1, 6), (-1, 30), (1, 42), (-1, 30), (5, 66), (-691, 2730), (7, 6), (-3617, 510), (43867, 798), (-174611, 330)]
"""B2, B4, ..., B20."""

STIRLING = [wide(p) / (wide(q) * (2 * k) * (2 * k - 1)) for k, (p, q) in enumerate(BERNOULLI, 1)]
LARGE = 25
"""From here on Stirling's series with these terms is exact to the last digit."""


def _zeta_minus_1(s: int) -> np.longdouble:
    """zeta(s) - 1 by Euler and Maclaurin's formula from n = 20 on, smallest terms first."""
    n = np.longdouble(20)
    tail = n ** (1 - s) / (s - 1) - n**-s / 2
    rising = np.longdouble(s)
    for k, (p, q) in enumerate(BERNOULLI, 1):
        tail = tail + wide(p) / wide(q) * rising / wide(factorial(2 * k)) * n ** (1 - s - 2 * k)
        rising = rising * (s + 2 * k - 1) * (s + 2 * k)
    return np.longdouble(tail + sum(wide(m) ** -s for m in range(20, 1, -1)))


ABOUT_2 = [np.longdouble(0), 1 - EULER, *((-1) ** k * _zeta_minus_1(k) / k for k in range(2, 60))]
"""Taylor coefficients of lgamma at 2."""


def _stirling_sum(x: Any) -> Any:
    return polynomial(STIRLING, 1.0 / (x * x)) / x


def _stirling(x: Any) -> Any:
    return (x - 0.5) * compose(x, local.log) - x + np.log(2 * PI) / 2 + _stirling_sum(x)


def _lgamma_low(x: Any) -> Any:
    """0 < x < 25: moved to [1.5, 2.5) by the recurrence, in steps of one sign."""
    total: Any = 0.0
    for _ in range(LARGE):
        down = value_of(x) >= 2.5
        if not down.any():
            break
        x = select(down, x - 1.0, x)
        total = total + select(down, compose(select(down, x, 1.0), local.log), 0.0)
    for _ in range(2):
        small, up = value_of(x) < 0.5, value_of(x) < 1.5
        logarithm = select(small, compose(select(small, x, 1.0), local.log), compose(select(small, 0.0, x - 1.0), local.log1p))
        total = total - select(up, logarithm, 0.0)
        x = select(up, x + 1.0, x)
    return total + polynomial(ABOUT_2, x - 2.0)


def _lgamma_positive(x: Array, n: int) -> list[Array]:
    first = piecewise(lambda v: v < LARGE, from_program(_lgamma_low), from_program(_stirling))(x, min(n, 1))
    if n < 2:
        return first
    shift = np.where(x < LARGE, LARGE, 0)
    rest = taylor(_stirling, x + shift, n)
    for i in range(shift.max(initial=0)):
        terms = local.log(x + i, n)
        rest = [r - np.where(i < shift, t, 0) for r, t in zip(rest, terms, strict=True)]
    return [*first, *rest[2:]]


def _lgamma_negative(x: Any) -> Any:
    return np.log(PI) - compose(abs(compose(x, local.sine_pi)), local.log) - compose(1.0 - x, _lgamma_positive)


lgamma: Local = piecewise(lambda x: x > 0, _lgamma_positive, from_program(_lgamma_negative))


def _gamma_value(x: Array) -> Array:
    """Gamma of positive x; large arguments by a power, which rounds once."""
    low = np.where(x < LARGE, x, 2)
    product = np.ones_like(x)
    for _ in range(LARGE):
        down = low >= 2.5
        low = low - down
        product = product * np.where(down, low, 1)
    for _ in range(2):
        up = low < 1.5
        product = product / np.where(up, low, 1)
        low = low + up
    high = np.where(x < LARGE, LARGE, x)
    large = np.power(high, high - 0.5) * np.exp(-high) * np.exp(_stirling_sum(high)) * np.sqrt(2 * PI)
    return np.asarray(np.where(x < LARGE, product * np.exp(polynomial(ABOUT_2, low - 2)), large))


def _gamma_positive(x: Array, n: int) -> list[Array]:
    exponent = lgamma(x, n)
    factor = taylor(lambda t: compose(polynomial([np.zeros_like(x), *exponent[1:]], t - x), local.exp), x, n)
    value = _gamma_value(x)
    return [value * c for c in factor]


def _gamma_negative(x: Any) -> Any:
    return PI / (compose(x, local.sine_pi) * compose(1.0 - x, _gamma_positive))


gamma: Local = piecewise(lambda x: x > 0, _gamma_positive, from_program(_gamma_negative))


def polygamma(order: Any, x: Any) -> Series:
    """The derivative of order `order` (a constant whole number) of digamma."""
    shift = int(value_of(order)) + 1

    def coefficients(v: Array, n: int) -> list[Array]:
        terms = lgamma(v, n + shift)[shift:]
        return [c * (wide(factorial(k + shift)) / wide(factorial(k))) for k, c in enumerate(terms)]

    return compose(x, coefficients)


def zeta(order: Any, x: Any) -> Series:
    """The sum of (x + k)**-order over k >= 0 (DLMF 25.11.12), of a constant whole order > 1."""
    n = int(value_of(order)) - 1
    return polygamma(n, x) * (np.longdouble((-1) ** (n + 1)) / wide(factorial(n)))


def _log_ratio(x: Series, b: Series) -> Series:
    """lgamma(x) - lgamma(x + b) for x, b > 0 without their difference: Stirling's series, moved there where x is small."""
    low = value_of(x) < LARGE
    total: Any = 0.0
    for i in range(LARGE if low.any() else 0):
        total = total + select(low, compose(b / (x + i), local.log1p), 0.0)
    y = select(low, x + LARGE, x)
    main: Series = b - (y - 0.5) * compose(b / y, local.log1p) - b * compose(y + b, local.log)
    rest: Series = _stirling_sum(y) - _stirling_sum(y + b)
    return main + rest + lift(total)


def _ordered(a: Any, b: Any) -> tuple[Series, Series]:
    larger = value_of(a) >= value_of(b)
    return select(larger, a, b), select(larger, b, a)


def beta(a: Any, b: Any) -> Series:
    """The beta function of positive arguments."""
    x, y = _ordered(a, b)
    return compose(_log_ratio(x, y), local.exp) * compose(y, gamma)


def betaln(a: Any, b: Any) -> Series:
    """The logarithm of the beta function of positive arguments."""
    x, y = _ordered(a, b)
    return _log_ratio(x, y) + compose(y, lgamma)


TERMS = 200
"""Terms of the power series, at most, and of the continued fraction at 1."""

NOTHING = 2.0**-100
"""A term of this share adds nothing to the sum, nor do those behind it, which shrink geometrically."""


def _incomplete(a: Any, x: Any, upper: bool) -> Series:
    """The lower or the upper regularised incomplete gamma function."""
    s, v = lift(a), lift(x)
    weight = compose(s * compose(v, local.log) - v - compose(s, lgamma), local.exp)
    below = value_of(v) < value_of(s) + 1
    low = weight * _gamma_series(s, v) if below.any() else lift(0.0)
    beyond = np.where(below, np.inf, value_of(v))
    high = lift(1.0) if below.all() else weight / _gamma_fraction(s, v, _fraction_terms(value_of(s), beyond))
    return select(below, 1.0 - low, high) if upper else select(below, low, 1.0 - high)


def _gamma_series(s: Series, v: Series) -> Series:
    return summed(1.0 / s, lambda n: v / (s + n))


def summed(first: Series, ratio: Callable[[int], Series]) -> Series:
    """The sum of positive terms, of which term n is the one before it times ratio(n)."""
    total = term = first
    for n in range(1, TERMS):
        term = term * ratio(n)
        total = total + term
        share = value_of(term) / value_of(total)
        if ((share > 0) & (share < NOTHING)).all():  # at 0 the share is 0, which tells nothing of the derivatives
            break
    return total


def _fraction_terms(s: Array, x: Array) -> int:
    """The fraction's error falls about like exp(-4·√(terms·x)), once past s; `tests/test_series.py` holds it to 1000 terms."""
    return 20 + ceil(TERMS / float(np.min(x))) + 4 * ceil(float(np.max(s)))


def _gamma_fraction(s: Series, v: Series, terms: int) -> Series:
    fraction = v + (2 * terms + 1.0) - s
    for n in reversed(range(1, terms + 1)):
        fraction = v + (2 * n - 1.0) - s - n * (n - s) / fraction
    return fraction


NAMES: dict[str, Any] = {
    "gamma": unary(gamma),
    "lgamma": unary(lgamma),
    "digamma": lambda x: polygamma(0, x),
    "trigamma": lambda x: polygamma(1, x),
    "polygamma": polygamma,
    "beta": beta,
    "betaln": betaln,
    "gammainc": lambda a, x: _incomplete(a, x, upper=False),
    "zeta": zeta,
    "gammaincc": lambda a, x: _incomplete(a, x, upper=True),
}
