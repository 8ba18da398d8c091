"""Elementary and special functions on recorded numbers, with the derivative rules that frameworks publish.

Where frameworks publish different rules, the one that loses most stands here, or both (`either`). The textbook rules of
`sinc`, `i1`, `j1` (0/0 at 0), `spence` (0/0 at 1) and `erfcx` (far out) lose all digits there: `Arithmetic.textbook` says
that they were used, and they are accepted by `reference.oracle` as long as half of the digits are left (a relative error up
to the root of the format's epsilon).

Values are those of the certified series; what a function can move by is read off at both ends of its argument's interval.
`units` of roundoff for a library's value: OpenCL's table of ulps for the elementary ones (1 ulp is up to 2 units), 16 for
special functions, which are all taken to be accurate only for an argument that is itself off by one rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from . import series_names
from .certificate import Reals
from .elementary import TWO_OVER_ROOT_PI, Elementary
from .functions import absolute, cos, either, exp, log, log1p, logaddexp, maximum, minimum, sin, sqrt, where
from .rounding import Arithmetic, Pair
from .series_core import lift as constant_series
from .shapes import broadcast_to
from .tape import Number, Operand, add, divide, elementwise, lift, multiply, negative
from .tape import power as constant_power

Unary = Callable[[Number], Number]
Rule = Callable[[Number, Number, Number], Number]
"""(g, a, y): g times the derivative of the function at a, where its value is y."""

PI = np.arctan2(np.longdouble(0), np.longdouble(-1))
HALF_ROOT_PI = np.sqrt(PI) / 2
ROOT_2_PI = np.sqrt(2 * PI)
LN_2, LN_10 = np.log(np.longdouble(2)), np.log(np.longdouble(10))


@cache
def published(name: str, units: float, *parameters: int) -> Elementary:
    """A function of the series, of which libraries lose `units`."""

    def value(x: Reals) -> Reals:
        series = series_names.TABLE[name](*parameters, constant_series(x))
        return np.asarray(series.value, np.longdouble)

    def spread(x: Reals, e: Reals) -> Reals:
        middle, ends = value(x), [value(x.astype(np.longdouble) + side * e) for side in (-1, 1)]
        moved = np.maximum(*(np.abs(end - middle).astype(np.float64) for end in ends))
        return np.where(np.isnan(moved), np.inf, moved)

    return Elementary(value, spread, units, mixed=True)


def _applied(function: Elementary, a: Number, rule: Rule) -> Number:
    result: Number = elementwise(lambda p: a.tape.arithmetic.apply(function, p), (a,), (lambda g: rule(g, a, result),))
    return result


def _by_rule(name: str, units: float, rule: Rule) -> Unary:
    return lambda a: _applied(published(name, units), a, rule)


def square(a: Number) -> Number:
    return multiply(a, a)


def sign(a: Number) -> Number:
    """±1; 0 at 0. Not promised where rounding decides."""
    one, zero = lift(a, 1.0), lift(a, 0.0)
    return where(a > 0.0, one, where(a < 0.0, negative(one), zero))


def gamma(a: Number) -> Number:
    """As exp(lgamma(a)), up to the sign, which is how JAX computes it."""
    positive = published("gamma", 16.0).value(a.pair.value) > 0
    size = exp(lgamma(a))
    return where(positive, size, negative(size))


def polygamma(order: int, a: Number) -> Number:
    return _applied(published("polygamma", 16.0, order), a, lambda g, a, y: g * polygamma(order + 1, a))


def zeta(order: int, a: Number) -> Number:
    return _applied(published("zeta", 16.0, order), a, lambda g, a, y: g * zeta(order + 1, a) * -float(order))


def expn(order: int, a: Number) -> Number:
    """The derivative of order 1 is -exp(-a)/a, and that of others minus the function of the order before."""
    if order == 0:
        return exp(negative(a)) / a
    return _applied(published("expn", 16.0, order), a, lambda g, a, y: negative(g * expn(order - 1, a)))


def clip(a: Number, min: Operand | None = None, max: Operand | None = None) -> Number:  # noqa: A002 - the array API's names
    raised = a if min is None else maximum(a, min)
    return raised if max is None else minimum(raised, max)


def power(base: Operand, exponent: Operand) -> Number:
    """base^exponent; both may vary, of a base > 0."""
    if isinstance(base, Number) and not isinstance(exponent, Number):
        return constant_power(base, exponent) if np.ndim(exponent) == 0 else _whole_powers(base, exponent)
    base = base if isinstance(base, Number) else lift(exponent, base)
    arithmetic = base.tape.arithmetic

    def computed(p: Pair, q: Pair) -> Pair:
        value = np.power(p.value, q.value)
        left = p.size - p.error
        growth = q.reach * p.error / np.where(left > 0, left, 1.0) + q.error * np.abs(np.log(p.size))
        moved = np.where(growth == 0, 0.0, np.abs(value).astype(np.float64) * np.expm1(growth))
        pair: Pair = arithmetic.known(value, np.where(left > 0, moved, np.inf), 4.0)
        return pair

    result: Number = elementwise(
        computed,
        (base, exponent),
        (lambda g: g * (exponent * power(base, exponent - 1.0)), lambda g: g * (result * log(base))),
    )
    return result


def angle_of(arithmetic: Arithmetic, p: Pair, q: Pair) -> Pair:
    """The value of atan2."""
    near = np.hypot(p.size, q.size) - p.error - q.error
    moved = (p.size / near * q.error + q.size / near * p.error + p.error / near * q.error) / near
    return arithmetic.known(np.arctan2(p.value, q.value), np.where(near > 0, moved, np.inf), 8.0)


def _whole_powers(base: Number, exponent: Any) -> Number:
    """Each element to a whole power of its own."""
    first, *others = np.unique(exponent)
    result = broadcast_to(constant_power(base, int(first)), np.broadcast_shapes(base.shape, exponent.shape))
    for n in others:
        result = where(exponent == n, constant_power(base, int(n)), result)
    return result


def atan2(y: Operand, x: Operand) -> Number:
    """The angle of (x, y)."""
    y = y if isinstance(y, Number) else lift(x, y)
    x = lift(y, x)
    arithmetic = y.tape.arithmetic

    def computed(p: Pair, q: Pair) -> Pair:
        return angle_of(arithmetic, p, q)

    def over_square(part: Number, g: Number) -> Number:
        return divide(multiply(g, part), add(square(x), square(y)))

    return elementwise(computed, (y, x), (lambda g: over_square(x, g), lambda g: negative(over_square(y, g))))


def on_numbers(operation: Callable[[Number, Number], Number]) -> Callable[[Operand, Operand], Number]:
    """The operation on two operands of which one may be a constant."""

    def lifted(a: Operand, b: Operand) -> Number:
        first: Number = a if isinstance(a, Number) else lift(b, a)
        return operation(first, lift(first, b))

    return lifted


def _logaddexp2(a: Number, b: Number) -> Number:
    return divide(logaddexp(a * LN_2, b * LN_2), lift(a, LN_2))


def _copysign(a: Number, b: Number) -> Number:
    size = absolute(a)
    return where(b < 0.0, negative(size), size)


def _hypot(a: Number, b: Number) -> Number:
    return sqrt(add(square(a), square(b)))


def _betaln(a: Number, b: Number) -> Number:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def _gaussian(a: Number, scale: float) -> Number:
    return exp(negative(a * a) * scale)


def _textbook(number: Number) -> Number:
    number.tape.arithmetic.textbook = True
    return number


def _sinc(g: Number, a: Number, y: Number) -> Number:
    return _textbook(g * ((cos(a * PI) - y) / a))


def _spence(g: Number, a: Number, y: Number) -> Number:
    return _textbook(g * (log(a) / (1.0 - a)))


def _one_minus_square(a: Number) -> Number:
    return either(1.0 - a * a, (1.0 - a) * (1.0 + a))


sinh: Unary = _by_rule("sinh", 8.0, lambda g, a, y: g * cosh(a))
cosh: Unary = _by_rule("cosh", 8.0, lambda g, a, y: g * sinh(a))
sinc: Unary = _by_rule("sinc", 8.0, _sinc)
digamma: Unary = _by_rule("digamma", 16.0, lambda g, a, y: g * polygamma(1, a))
lgamma: Unary = _by_rule("lgamma", 16.0, lambda g, a, y: g * digamma(a))
erfc: Unary = _by_rule("erfc", 16.0, lambda g, a, y: negative(g * (_gaussian(a, 1.0) * TWO_OVER_ROOT_PI)))
i0: Unary = _by_rule("i0", 16.0, lambda g, a, y: g * i1(a))
i1: Unary = _by_rule("i1", 16.0, lambda g, a, y: _textbook(g * (i0(a) - y / a)))
i0e: Unary = _by_rule("i0e", 16.0, lambda g, a, y: g * (i1e(a) - sign(a) * y))
i1e: Unary = _by_rule("i1e", 16.0, lambda g, a, y: g * (i0e(a) - y * (sign(a) + 1.0 / a)))
j0: Unary = _by_rule("j0", 16.0, lambda g, a, y: negative(g * j1(a)))
j1: Unary = _by_rule("j1", 16.0, lambda g, a, y: _textbook(g * (j0(a) - y / a)))
y0: Unary = _by_rule("y0", 16.0, lambda g, a, y: negative(g * y1(a)))
y1: Unary = _by_rule("y1", 16.0, lambda g, a, y: g * (y0(a) - y / a))
k0: Unary = _by_rule("k0", 16.0, lambda g, a, y: negative(g * k1(a)))
k1: Unary = _by_rule("k1", 16.0, lambda g, a, y: negative(g * (k0(a) + y / a)))
k0e: Unary = _by_rule("k0e", 16.0, lambda g, a, y: g * (y - k1e(a)))
k1e: Unary = _by_rule("k1e", 16.0, lambda g, a, y: g * (y * (1.0 - 1.0 / a) - k0e(a)))

NAMES: Mapping[str, Callable[..., Any]] = {
    "acos": _by_rule("acos", 8.0, lambda g, a, y: negative(g / sqrt(_one_minus_square(a)))),
    "acosh": _by_rule("acosh", 8.0, lambda g, a, y: g / either(sqrt(negative(_one_minus_square(a))), sinh(y))),
    "asin": _by_rule("asin", 8.0, lambda g, a, y: g / sqrt(_one_minus_square(a))),
    "asinh": _by_rule("asinh", 8.0, lambda g, a, y: g / either(sqrt(a * a + 1.0), cosh(y))),
    "atan": _by_rule("atan", 8.0, lambda g, a, y: g / (a * a + 1.0)),
    "atan2": atan2,
    "atanh": _by_rule("atanh", 8.0, lambda g, a, y: g / _one_minus_square(a)),
    "betaln": on_numbers(_betaln),
    "cbrt": _by_rule("cbrt", 4.0, lambda g, a, y: g * y / (3.0 * a)),
    "clip": clip,
    "copysign": on_numbers(_copysign),
    "cosh": cosh,
    "deg2rad": lambda a: a * (PI / 180),
    "digamma": digamma,
    "cosine_integral": _by_rule("cosine_integral", 16.0, lambda g, a, y: g * cos(a) / a),
    "dawsn": _by_rule("dawsn", 16.0, lambda g, a, y: g * (1.0 - a * y * 2.0)),
    "entr": lambda a: negative(a * log(a)),
    "erfc": erfc,
    "erfcinv": _by_rule("erfcinv", 16.0, lambda g, a, y: negative(g * (exp(y * y) * HALF_ROOT_PI))),
    "erfcx": _by_rule("erfcx", 16.0, lambda g, a, y: _textbook(g * (a * y * 2.0 - TWO_OVER_ROOT_PI))),
    "erfinv": _by_rule("erfinv", 16.0, lambda g, a, y: g * (exp(y * y) * HALF_ROOT_PI)),
    "exp2": _by_rule("exp2", 6.0, lambda g, a, y: g * y * LN_2),
    "exp1": lambda a: expn(1, a),
    "expi": _by_rule("expi", 16.0, lambda g, a, y: g * exp(a) / a),
    "expn": expn,
    "fmax": maximum,
    "fmin": minimum,
    "fresnel_cos": _by_rule("fresnel_cos", 16.0, lambda g, a, y: g * cos(a * a * (PI / 2))),
    "fresnel_sin": _by_rule("fresnel_sin", 16.0, lambda g, a, y: g * sin(a * a * (PI / 2))),
    "gamma": gamma,
    "hypot": on_numbers(_hypot),
    "i0": i0,
    "i0e": i0e,
    "i1": i1,
    "i1e": i1e,
    "j0": j0,
    "j1": j1,
    "k0": k0,
    "k0e": k0e,
    "k1": k1,
    "k1e": k1e,
    "lgamma": lgamma,
    "log10": _by_rule("log10", 6.0, lambda g, a, y: g / (a * LN_10)),
    "log2": _by_rule("log2", 6.0, lambda g, a, y: g / (a * LN_2)),
    "log_ndtr": _by_rule("log_ndtr", 16.0, lambda g, a, y: g * exp(negative(a * a) * 0.5 - y - np.log(ROOT_2_PI))),
    "logaddexp2": on_numbers(_logaddexp2),
    "logit": lambda a: log(a) - log1p(negative(a)),
    "ndtr": lambda a: erfc(a * -np.sqrt(np.longdouble(0.5))) * 0.5,
    "ndtri": _by_rule("ndtri", 16.0, lambda g, a, y: g * (exp(y * y * 0.5) * ROOT_2_PI)),
    "polygamma": polygamma,
    "positive": lambda a: a,
    "rad2deg": lambda a: a * (180 / PI),
    "reciprocal": lambda a: 1.0 / a,
    "rel_entr": on_numbers(lambda a, b: a * (log(a) - log(b))),
    "rsqrt": lambda a: 1.0 / sqrt(a),
    "sign": sign,
    "sinc": sinc,
    "sine_integral": _by_rule("sine_integral", 16.0, lambda g, a, y: g * sinc(a * (1 / PI))),
    "sinh": sinh,
    "spence": _by_rule("spence", 16.0, _spence),
    "square": square,
    "subtract": on_numbers(lambda a, b: a - b),
    "trigamma": lambda a: polygamma(1, a),
    "xlog1py": on_numbers(lambda a, b: a * log1p(b)),
    "xlogy": on_numbers(lambda a, b: a * log(b)),
    "y0": y0,
    "y1": y1,
    "zeta": zeta,
}
