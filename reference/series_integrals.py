"""Functions of series that integrals define, elementwise: dilogarithm, incomplete beta, exponential, Fresnel integrals.

Promised: each from sums whose terms have one sign or decrease fast (DLMF 25.12.1, 25.12.4, 6.6.1, 6.9.1, 8.17.7, 8.17.8); the
incomplete beta function is differentiable in its three arguments. Near the exponential integral's zero, at 0.3725, the error
is that of the neighbourhood. Trigonometric and Fresnel integrals are sums up to 4 and 2 and asymptotic from 45 and 6 on (DLMF
6.6.5, 6.6.6, 6.12.3, 6.12.4, 7.6.4, 7.6.6, 7.12.2, 7.12.3): between these digits are lost, and of Dawson's integral between 3
and 7 (DLMF 7.6.3, 7.12.1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reference import series_local as local
from reference.series_core import Series, compose, lift, value_of
from reference.series_elementary import LOCAL, select, unary
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


def _dawson_value(x: Array) -> Array:
    """exp(-x**2) times the sum of x**(2k + 1) / (k! * (2k + 1)), whose terms have one sign, for |x| < 7."""
    total = term = x
    for k in range(1, 3 * TERMS):
        term = term * x * x / k
        total = total + term / (2 * k + 1)
    return np.asarray(np.exp(-x * x) * total)


_DAWSON_FAR = np.cumprod(np.array([0.5, *(k - 0.5 for k in range(1, 40))], np.longdouble))


dawsn: Callable[..., Any] = unary(
    piecewise(
        lambda x: np.abs(x) < 7,
        from_slope(_dawson_value, lambda x: 1.0 - 2.0 * x * dawsn(x)),
        from_program(lambda x: polynomial(_DAWSON_FAR, 1.0 / (x * x)) / x),
    )
)


def _waves(x: Array, first: int, weight: Callable[[int], Any]) -> Array:
    """The terms (-1)**k * x**n / n! of sine (n = 2k + 1) or cosine (n = 2k), each times its weight."""
    term, total = np.ones_like(x), np.zeros_like(x)
    for n in range(TERMS):
        if n % 2 == first:
            total = total + (-1) ** (n // 2) * term * np.longdouble(weight(n // 2))
        term = term * x / (n + 1)
    return np.asarray(total)


def _auxiliary(x: Array, factors: Callable[[int], int], scale: Array) -> tuple[Array, Array]:
    """The asymptotic sums f and g of (-1)**k * a / scale**n, a the product of the first n factors, over even and odd n."""
    sums, term = [np.zeros_like(x), np.zeros_like(x)], np.ones_like(x)
    for n in range(45):
        sums[n % 2] = sums[n % 2] + (-1) ** (n // 2) * term
        term = term * factors(n) / scale
    return sums[0], sums[1]


def _trigonometric_far(x: Array) -> tuple[Array, Array]:
    f, g = (part / x for part in _auxiliary(x, lambda n: n + 1, x))
    return PI / 2 - f * np.cos(x) - g * np.sin(x), f * np.sin(x) - g * np.cos(x)


def _turn(x: Any, value: Array) -> Any:
    """pi/2 * x**2 less whole turns, without loss: of x = value the first 32 bits have an exact square."""
    high = value.astype(np.float32).astype(np.longdouble)
    rest = high * high - 4 * np.round(high * high / 4)
    return ((x - high) * (x + high) + rest) * (PI / 2)


def _fresnel_far(x: Array) -> tuple[Array, Array]:
    y = np.abs(x)
    f, g = (part / (PI * y) for part in _auxiliary(y, lambda n: 2 * n + 1, PI * y * y))
    u = _turn(y, y)
    sine, cosine = 0.5 - f * np.cos(u) - g * np.sin(u), 0.5 + f * np.sin(u) - g * np.cos(u)
    return np.sign(x) * sine, np.sign(x) * cosine


def _joined(limit: float, near: Callable[[Array], Array], far: Callable[[Array], Array], slope: Any) -> Callable[..., Any]:
    value = piecewise(lambda x: np.abs(x) <= limit, lambda x, _: [near(x)], lambda x, _: [far(x)])
    return unary(from_slope(lambda x: value(x, 0)[0], slope))


sine_integral = _joined(
    20.0,
    lambda x: _waves(x, 1, lambda k: 1 / np.longdouble(2 * k + 1)),
    lambda x: np.sign(x) * _trigonometric_far(np.abs(x))[0],
    lambda x: compose(x / PI, LOCAL["sinc"]),
)
cosine_integral = _joined(
    20.0,
    lambda x: EULER + np.log(x) + _waves(x, 0, lambda k: 1 / np.longdouble(2 * k) if k else 0.0),
    lambda x: _trigonometric_far(x)[1],
    lambda x: compose(x, local.cos) / x,
)
fresnel_sin = _joined(
    3.0,
    lambda x: x * _waves(PI / 2 * x * x, 1, lambda k: 1 / np.longdouble(4 * k + 3)),
    lambda x: _fresnel_far(x)[0],
    lambda x: compose(_turn(x, value_of(x)), local.sin),
)
fresnel_cos = _joined(
    3.0,
    lambda x: x * _waves(PI / 2 * x * x, 0, lambda k: 1 / np.longdouble(4 * k + 1)),
    lambda x: _fresnel_far(x)[1],
    lambda x: compose(_turn(x, value_of(x)), local.cos),
)


NAMES: dict[str, Any] = {
    "betainc": betainc,
    "cosine_integral": cosine_integral,
    "dawsn": dawsn,
    "exp1": lambda x: expn(1, x),
    "expn": expn,
    "expi": expi,
    "fresnel_cos": fresnel_cos,
    "fresnel_sin": fresnel_sin,
    "sine_integral": sine_integral,
    "spence": unary(from_slope(_spence_value, lambda x: compose(x, _spence_slope))),
}
