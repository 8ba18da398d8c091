"""Error functions and the normal distribution of series, elementwise.

Promised: power series of positive terms and continued fractions, each where its terms do not cancel, so that
tails keep their relative accuracy: erfc, ndtr and log_ndtr far out. Formulas: NIST DLMF 7.6.2, 7.9.3, 7.10.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reference import series_local as local
from reference.series_core import Series, compose, divided, lift
from reference.series_elementary import unary
from reference.series_jets import from_program, from_slope, piecewise
from reference.series_laurent import Array
from reference.series_local import PI
from reference.series_terms import Local, Terms

ROOT_PI = np.sqrt(PI)
ROOT_2 = np.sqrt(np.longdouble(2))
EULER = np.longdouble("0.57721566490153286060651209008240243104")


def gaussian(scale: float) -> Local:
    """exp(-scale * x**2). The square is split, so that no digit of its value is lost; then Hermite's recurrence."""

    def coefficients(x: Array, n: int) -> list[Array]:
        near = np.clip(x, -1e4, 1e4)  # beyond, the value is 0 in every format
        high = near.astype(np.float32).astype(np.longdouble)
        result = [np.exp(-scale * high * high) * np.exp(-scale * (near - high) * (near + high))]
        for k in range(n):
            before = result[k - 1] if k else np.zeros_like(x)
            result.append(-2 * scale * (x * result[k] + before) / (k + 1))
        return result

    return coefficients


def _exp_square(x: Array, scale: float = 1.0) -> Array:
    return gaussian(scale)(x, 0)[0]


FRACTION = 600
"""Terms of the continued fraction of erfcx: enough, with its derivatives, for x >= 0.7."""


def _fraction(x: Any) -> Any:
    """1 / (sqrt(pi) * erfcx(x)) = x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))."""
    w = x
    for k in reversed(range(1, FRACTION + 1)):
        w = x + (k / 2) / w
    return w


def _erfcx_far(x: Any) -> Any:
    return 1.0 / (ROOT_PI * _fraction(x))


def _erf_near(x: Array) -> Array:
    """x * sum of (2*x**2)**k / (2*k + 1)!! * exp(-x**2) * 2 / sqrt(pi): positive terms."""
    term, total = x, x
    for k in range(1, 40):
        term = term * 2 * x * x / (2 * k + 1)
        total = total + term
    return np.asarray(total * 2 / ROOT_PI * _exp_square(x))


Values = Callable[[Array], Array]


def _split(x: Array, near: Values, far: Values, negative: Values) -> Array:
    """near for |x| < 1, far for x >= 1, negative for x <= -1."""
    inside = piecewise(lambda v: v >= 1, lambda v, _: [far(v)], lambda v, _: [negative(v)])
    return piecewise(lambda v: np.abs(v) < 1, lambda v, _: [near(v)], inside)(x, 0)[0]


def _erfc_far(x: Array) -> Array:
    return np.asarray(_erfcx_far(x) * _exp_square(x))


def erf_value(x: Array) -> Array:
    return _split(x, _erf_near, lambda v: 1 - _erfc_far(v), lambda v: _erfc_far(-v) - 1)


def erfc_value(x: Array) -> Array:
    return _split(x, lambda v: 1 - _erf_near(v), _erfc_far, lambda v: 2 - _erfc_far(-v))


def _erfcx_near(x: Array, n: int) -> list[Array]:
    """From erfcx' = 2*x*erfcx - 2/sqrt(pi)."""
    result = [erfc_value(x) / _exp_square(x)]
    for k in range(n):
        before = result[k - 1] if k else -1 / ROOT_PI
        result.append(2 * (x * result[k] + before) / (k + 1))
    return result


erfcx = piecewise(lambda x: x >= 1, from_program(_erfcx_far), _erfcx_near)


def _ndtr_tail(x: Array) -> Array:
    """ndtr(-x) for x > 1.3."""
    return np.asarray(_erfcx_far(x / ROOT_2) * _exp_square(x, 0.5) / 2)


def ndtr_value(x: Array) -> Array:
    """The distribution function of the standard normal distribution."""
    outside = piecewise(lambda v: v > 0, lambda v, _: [1 - _ndtr_tail(v)], lambda v, _: [_ndtr_tail(-v)])
    return piecewise(lambda v: np.abs(v) < 1.5, lambda v, _: [erfc_value(-v / ROOT_2) / 2], outside)(x, 0)[0]


def density(x: Any) -> Series:
    """The density of the standard normal distribution."""
    return divided(compose(x, gaussian(0.5)), lift(ROOT_2 * ROOT_PI))


ndtr = from_slope(ndtr_value, density)


def _log_ndtr_low(x: Array) -> Array:
    return np.asarray(np.log(_erfcx_far(-x / ROOT_2) / 2) - x * x / 2)


def _log_ndtr_value(x: Array) -> Array:
    high = piecewise(lambda v: v < 1, lambda v, _: [np.log(ndtr_value(v))], lambda v, _: [np.log1p(-ndtr_value(-v))])
    return piecewise(lambda v: v < -1, lambda v, _: [_log_ndtr_low(v)], high)(x, 0)[0]


_hazard = piecewise(
    lambda x: x < -1,
    from_program(lambda x: ROOT_2 * _fraction(-x / ROOT_2)),
    from_program(lambda x: density(x) / compose(x, ndtr)),
)
"""density / ndtr, the derivative of log_ndtr."""

log_ndtr = from_slope(_log_ndtr_value, lambda x: compose(x, _hazard))


def from_flow(value: Callable[[Array], Array], slope: Callable[[Any], Any]) -> Local:
    """The local coefficients of the inverse function y that has `value`, from y' = slope(y)."""

    def coefficients(x: Array, n: int) -> list[Array]:
        result = [value(x)]
        for k in range(n):
            terms: Terms = {(i, 0): c for i, c in enumerate(result)}
            speed: Any = slope(Series(terms, (k, 0))).terms
            result.append(np.broadcast_to(speed.get((k, 0), np.zeros_like(x)), x.shape) / (k + 1))
        return result

    return coefficients


def _erfcinv_value(z: Array) -> Array:
    """y with erfc(y) = z, by Newton's method on log(erfc) for the smaller tail."""
    small = np.minimum(z, 2 - z)
    depth = np.sqrt(-np.log(small * (2 - small)))
    y = np.where(depth < 1, (1 - small) * ROOT_PI / 2, depth)
    for _ in range(9):
        tail = erfc_value(y)
        y = y + tail * np.log(tail / small) * ROOT_PI / 2 / _exp_square(y)
    return np.asarray(np.where(z <= 1, y, -y))


def _erfinv_value(x: Array) -> Array:
    """y with erf(y) = x, by Newton's method; beyond 1/2 from erfcinv."""
    y = x * ROOT_PI / 2
    for _ in range(8):
        y = y - (erf_value(y) - x) * ROOT_PI / 2 / _exp_square(y)
    return np.asarray(np.where(np.abs(x) < 0.5, y, np.sign(x) * _erfcinv_value(1 - np.maximum(np.abs(x), 0.25))))


def _steepness(y: Any) -> Any:
    return ROOT_PI / 2 / compose(y, gaussian(1.0))


LOCAL: dict[str, Local] = {
    "erf": from_slope(erf_value, lambda x: 2 / ROOT_PI * compose(x, gaussian(1.0))),
    "erfc": from_slope(erfc_value, lambda x: -2 / ROOT_PI * compose(x, gaussian(1.0))),
    "erfcx": erfcx,
    "ndtr": ndtr,
    "log_ndtr": log_ndtr,
    "erfinv": from_flow(_erfinv_value, _steepness),
    "erfcinv": from_flow(_erfcinv_value, lambda y: -_steepness(y)),
}


def entr(x: Any) -> Series:
    """-x * log(x)."""
    return -lift(x) * compose(x, local.log)


NAMES: dict[str, Any] = {
    **{name: unary(coefficients) for name, coefficients in LOCAL.items()},
    "ndtri": lambda p: -ROOT_2 * compose(2.0 * lift(p), LOCAL["erfcinv"]),
    "entr": entr,
    "rel_entr": lambda x, y: lift(x) * (compose(x, local.log) - compose(y, local.log)),
    "logit": lambda p: compose(p, local.log) - compose(-lift(p), local.log1p),
}
