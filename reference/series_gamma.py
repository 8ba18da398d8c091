"""The gamma family of series, elementwise: gamma, lgamma, digamma, polygamma, beta and the incomplete gamma functions.

Promised: near 1 and 2 lgamma keeps its relative accuracy (Taylor series with the zeta function's values, DLMF 5.7.3); its second
and later derivatives are sums of terms of one sign. Negative arguments by reflection. The incomplete functions follow
their power series for x < a + 1 and the continued fraction beyond (DLMF 8.11.4, 8.9.2), differentiable in both arguments.
"""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np

from reference import series_local as local
from reference.series_core import Series, compose, lift, value_of
from reference.series_elementary import PI, from_program, piecewise, polynomial, select, taylor, unary
from reference.series_laurent import Array
from reference.series_local import wide
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
        x = select(down, x - 1.0, x)
        total = total + select(down, compose(select(down, x, 1.0), local.log), 0.0)
    for _ in range(2):
        up = value_of(x) < 1.5
        total = total - select(up, compose(select(up, x - 1.0, 0.0), local.log1p), 0.0)
        x = select(up, x + 1.0, x)
    return total + polynomial(ABOUT_2, x - 2.0)


def _lgamma_positive(x: Array, n: int) -> list[Array]:
    first = piecewise(lambda v: v < LARGE, from_program(_lgamma_low), from_program(_stirling))(x, min(n, 1))
    if n < 2:
        return first
    shift = np.where(x < LARGE, LARGE, 0)
    rest = taylor(_stirling, x + shift, n)
    for i in range(LARGE):
        terms = local.log(x + i, n)
        rest = [r - np.where(i < shift, t, 0) for r, t in zip(rest, terms, strict=True)]
    return [*first, *rest[2:]]


def _sine_pi(x: Any) -> Any:
    """sin(pi * x), by the distance to the nearest whole number."""
    whole = np.round(value_of(x))
    return compose(PI * (x - whole), local.sin) * np.where(whole % 2 == 0, 1, -1)


def _lgamma_negative(x: Any) -> Any:
    return np.log(PI) - compose(abs(_sine_pi(x)), local.log) - compose(1.0 - x, _lgamma_positive)


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
    return np.where(x < LARGE, product * np.exp(polynomial(ABOUT_2, low - 2)), large)


def _gamma_positive(x: Array, n: int) -> list[Array]:
    exponent = lgamma(x, n)
    factor = taylor(lambda t: compose(polynomial([np.zeros_like(x), *exponent[1:]], t - x), local.exp), x, n)
    value = _gamma_value(x)
    return [value * c for c in factor]


def _gamma_negative(x: Any) -> Any:
    return PI / (_sine_pi(x) * compose(1.0 - x, _gamma_positive))


gamma: Local = piecewise(lambda x: x > 0, _gamma_positive, from_program(_gamma_negative))


def polygamma(order: Any, x: Any) -> Series:
    """The derivative of order `order` (a constant whole number) of digamma."""
    shift = int(value_of(order)) + 1

    def coefficients(v: Array, n: int) -> list[Array]:
        terms = lgamma(v, n + shift)[shift:]
        return [c * (wide(factorial(k + shift)) / wide(factorial(k))) for k, c in enumerate(terms)]

    return compose(x, coefficients)


def beta(a: Any, b: Any) -> Series:
    x, y = lift(a), lift(b)
    return compose(x, gamma) * compose(y, gamma) / compose(x + y, gamma)


def betaln(a: Any, b: Any) -> Series:
    x, y = lift(a), lift(b)
    return compose(x, lgamma) + compose(y, lgamma) - compose(x + y, lgamma)


TERMS = 200
"""Terms of the power series and of the continued fraction of the incomplete gamma functions: enough for arguments up to 50."""


def _gammainc_pair(a: Any, x: Any) -> tuple[Series, Series]:
    """The lower and the upper regularised incomplete gamma function."""
    s, v = lift(a), lift(x)
    weight = compose(s * compose(v, local.log) - v - compose(s, lgamma), local.exp)
    term: Any = 1.0 / s
    series = term
    for n in range(1, TERMS):
        term = term * v / (s + n)
        series = series + term
    fraction: Any = v + (2 * TERMS + 1.0) - s
    for n in reversed(range(1, TERMS + 1)):
        fraction = v + (2 * n - 1.0) - s - n * (n - s) / fraction
    below, lower, upper = value_of(v) < value_of(s) + 1, weight * series, weight / fraction
    return select(below, lower, 1.0 - upper), select(below, 1.0 - lower, upper)


NAMES: dict[str, Any] = {
    "gamma": unary(gamma),
    "lgamma": unary(lgamma),
    "digamma": lambda x: polygamma(0, x),
    "polygamma": polygamma,
    "beta": beta,
    "betaln": betaln,
    "gammainc": lambda a, x: _gammainc_pair(a, x)[0],
    "gammaincc": lambda a, x: _gammainc_pair(a, x)[1],
}
