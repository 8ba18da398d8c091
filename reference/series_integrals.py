"""Functions of series that integrals define, elementwise: dilogarithm, exponential integral, incomplete beta function.

Promised: each from sums whose terms have one sign or decrease fast (DLMF 25.12.1, 25.12.4, 6.6.1, 6.9.1, 8.17.7, 8.17.8); the
incomplete beta function is differentiable in its three arguments. Near the exponential integral's zero, at 0.3725, the error
is that of the neighbourhood.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reference import series_local as local
from reference.series_core import Series, compose, lift, value_of
from reference.series_elementary import select, unary
from reference.series_gamma import betaln, summed
from reference.series_jets import from_program, from_slope, piecewise, polynomial
from reference.series_laurent import Array
from reference.series_local import PI
from reference.series_special import EULER

TERMS = 100
"""Of the sums: the dilogarithm's fall as 2**-k, the exponential integral's as x**k / k!."""


def _dilogarithm(z: Array) -> Array:
    """The sum of z**k / k**2, for |z| <= 1/2."""
    return np.asarray(sum(z**k / np.longdouble(k) ** 2 for k in range(TERMS, 0, -1)))


def _spence_low(x: Array) -> Array:
    return np.asarray(PI**2 / 6 - np.log(x) * np.log1p(-x) - _dilogarithm(x))


def _spence_high(x: Array) -> Array:
    return np.asarray(-_spence_value(1 / x) - np.log(x) ** 2 / 2)


def _spence_value(x: Array) -> Array:
    """The dilogarithm of 1 - x, for x > 0."""
    outside = piecewise(lambda v: v < 0.5, lambda v, _: [_spence_low(v)], lambda v, _: [_spence_high(v)])
    return piecewise(lambda v: np.abs(v - 1) <= 0.5, lambda v, _: [_dilogarithm(1 - v)], outside)(x, 0)[0]


_spence_slope = piecewise(
    lambda x: np.abs(x - 1) <= 0.25,
    from_program(lambda x: polynomial([np.longdouble((-1) ** (k + 1)) / (k + 1) for k in range(TERMS)], x - 1.0)),
    from_program(lambda x: compose(x, local.log) / (1.0 - x)),
)
"""log(x) / (1 - x), at 1 by its power series."""


def _expi_sum(x: Array) -> Array:
    """The terms fall from k = |x| on."""
    total = term = x
    for k in range(2, TERMS + 2 * int(np.max(np.abs(x), initial=0))):
        term = term * x / k
        total = total + term / k
    return np.asarray(EULER + np.log(np.abs(x)) + total)


FRACTION = 400
"""Terms of the continued fraction of E1: enough for x >= 1."""


def _expi_negative(x: Array) -> Array:
    """-E1(-x)."""
    y = -x
    fraction = y + 2 * FRACTION + 1
    for n in range(FRACTION, 0, -1):
        fraction = y + 2 * n - 1 - np.longdouble(n) ** 2 / fraction
    return np.asarray(-np.exp(x) / fraction)


_expi_value = piecewise(lambda x: x <= -1, lambda x, _: [_expi_negative(x)], lambda x, _: [_expi_sum(x)])


def _beta_sum(a: Series, b: Series, x: Series) -> Series:
    """x**a * (1 - x)**b / (a * B(a, b)) times the sum of (a + b)_n / (a + 1)_n * x**n, of positive terms."""
    weight = compose(a * compose(x, local.log) + b * compose(-x, local.log1p) - betaln(a, b), local.exp) / a
    return weight * summed(lift(1.0), lambda n: x * (a + b + (n - 1.0)) / (a + float(n)))


def betainc(a: Any, b: Any, x: Any) -> Series:
    """The regularised incomplete beta function of a, b > 0 and 0 < x < 1, by the smaller of it and its complement."""
    p, q, v = lift(a), lift(b), lift(x)
    low = value_of(v) * (value_of(p) + value_of(q) + 2) < value_of(p) + 1
    part = _beta_sum(select(low, p, q), select(low, q, p), select(low, v, 1.0 - v))
    return select(low, part, 1.0 - part)


expi = unary(from_slope(lambda x: _expi_value(x, 0)[0], lambda x: compose(x, local.exp) / x))


def expn(n: Any, x: Any) -> Series:
    """The integral of exp(-x * t) / t**n over t >= 1, of a constant whole order n >= 1, by its recurrence (DLMF 8.19.12)."""
    y = lift(x)
    result: Series = -expi(-y)
    for k in range(1, int(value_of(n))):
        result = (compose(-y, local.exp) - y * result) / float(k)
    return result


NAMES: dict[str, Any] = {
    "betainc": betainc,
    "exp1": lambda x: expn(1, x),
    "expn": expn,
    "expi": expi,
    "spence": unary(from_slope(_spence_value, lambda x: compose(x, _spence_slope))),
}
