"""Elementary functions of series, elementwise, under the array API's names.

Promised: the local Taylor coefficients come from closed forms or from the derivative written as a program that neither
cancels nor overflows in the tails: tanh' = 1/cosh**2, not 1 - tanh**2. At a tie of a piecewise function either branch may be
taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reference import series_local as local
from reference.series_core import Series, broadcast, compose, joined, lift, power, value_of
from reference.series_jets import Program, from_program, from_slope, piecewise, polynomial
from reference.series_local import PI
from reference.series_terms import Local


def _sqrt(x: Any) -> Series:
    return compose(x, local.sqrt)


def _exp(x: Any) -> Series:
    return compose(x, local.exp)


def _square(x: Any) -> Any:
    return x * x


def _one_minus_square(x: Any) -> Series:
    """1 - x**2, exact to the last digits both at 0 and at 1."""
    factored = piecewise(
        lambda v: np.abs(v) < 0.5, from_program(lambda v: 1.0 - v * v), from_program(lambda v: (1.0 - v) * (1.0 + v))
    )
    return compose(x, factored)


def _sech_squared_far(x: Any) -> Any:
    decay = _exp(-2.0 * abs(x))
    return 4.0 * decay / _square(1.0 + decay)


_sech_squared = piecewise(
    lambda x: np.abs(x) < 1,
    from_program(lambda x: 1.0 / _square(compose(x, local.cosh))),
    from_program(_sech_squared_far),
)


SINC_TERMS = [np.longdouble((-1) ** k) * PI ** (2 * k) / local.wide(int(np.prod(range(1, 2 * k + 2), dtype=object)))
              for k in range(28)]  # fmt: skip

_sinc = piecewise(
    lambda x: np.abs(x) < 1.5,
    from_program(lambda x: polynomial(SINC_TERMS, x * x)),
    from_program(lambda x: compose(x, local.sine_pi) / (PI * x)),
)

LOCAL: dict[str, Local] = {
    "exp": local.exp,
    "exp2": local.exp2,
    "expm1": local.expm1,
    "log": local.log,
    "log1p": local.log1p,
    "log2": local.log2,
    "log10": local.log10,
    "sqrt": local.sqrt,
    "cbrt": local.cbrt,
    "sin": local.sin,
    "cos": local.cos,
    "sinh": local.sinh,
    "cosh": local.cosh,
    "tan": from_slope(np.tan, lambda x: 1.0 / _square(compose(x, local.cos))),
    "tanh": from_slope(np.tanh, lambda x: compose(x, _sech_squared)),
    "asin": from_slope(np.arcsin, lambda x: 1.0 / _sqrt(_one_minus_square(x))),
    "acos": from_slope(np.arccos, lambda x: -1.0 / _sqrt(_one_minus_square(x))),
    "atan": from_slope(np.arctan, lambda x: 1.0 / (1.0 + x * x)),
    "asinh": from_slope(np.arcsinh, lambda x: 1.0 / _sqrt(1.0 + x * x)),
    "acosh": from_slope(np.arccosh, lambda x: 1.0 / _sqrt((x - 1.0) * (x + 1.0))),
    "atanh": from_slope(np.arctanh, lambda x: 1.0 / _one_minus_square(x)),
    "sinc": _sinc,
}


def unary(coefficients: Local) -> Program:
    """The function of series that has these local coefficients."""
    return lambda x: compose(x, coefficients)


def select(condition: Any, x: Any, y: Any) -> Series:
    """x where the condition holds, else y."""
    mask = value_of(condition).astype(bool)
    a, b = lift(x), lift(y)
    shape = np.broadcast_shapes(mask.shape, a.shape, b.shape)
    return joined(lambda u, v: np.where(mask, u, v), broadcast(a, shape), broadcast(b, shape))


def maximum(x: Any, y: Any) -> Series:
    return select(value_of(x) >= value_of(y), x, y)


def minimum(x: Any, y: Any) -> Series:
    return select(value_of(x) <= value_of(y), x, y)


def clip(x: Any, min: Any = None, max: Any = None) -> Any:  # noqa: A002 - the array API's names
    raised = x if min is None else maximum(x, min)
    return raised if max is None else minimum(raised, max)


def logistic(x: Any) -> Series:
    """1 / (1 + exp(-x)); its derivative 1 / (4 * cosh(x/2)**2) keeps its relative accuracy everywhere."""
    return compose(x, _logistic)


_logistic = from_slope(lambda x: 1 / (1 + np.exp(-x)), lambda x: 0.25 * compose(0.5 * x, _sech_squared))
_softplus = from_slope(lambda x: np.logaddexp(x, np.longdouble(0)), logistic)


def softplus(x: Any) -> Series:
    """log(1 + exp(x))."""
    return compose(x, _softplus)


def logaddexp(x: Any, y: Any) -> Series:
    """log(exp(x) + exp(y))."""
    larger = value_of(x) >= value_of(y)
    high, low = select(larger, x, y), select(larger, y, x)
    return high + softplus(low - high)


def logaddexp2(x: Any, y: Any) -> Series:
    """log2(2**x + 2**y)."""
    return logaddexp(lift(x) * local.LN2, lift(y) * local.LN2) / lift(local.LN2)


def atan2(y: Any, x: Any) -> Series:
    """The angle of (x, y): that at the value, plus the small angle by which the rest turns."""
    a, b = lift(y), lift(x)
    a0, b0 = a.value, b.value
    turn = ((a - a0) * b0 - (b - b0) * a0) / (a * a0 + b * b0)
    return compose(turn, LOCAL["atan"]) + np.arctan2(a0, b0)


def euclidean(x: Series) -> Series:
    """The 2-norm over the last axis, from what moves along the value and what moves across it: nothing cancels."""
    r = np.sqrt(np.sum(x.value**2, -1))
    unit = x.value / r[..., None]
    moved = x - x.value
    along = total(moved * unit)
    across = moved - along.gather(lambda index: index[..., None]) * unit
    length: Series = along + r
    ratio = total(across * across) / (length * length)
    return length * _sqrt(1.0 + ratio)


def total(x: Series) -> Series:
    """The sum over the last axis."""
    return x.map(lambda c: np.sum(c, axis=-1))


def hypot(x: Any, y: Any) -> Series:
    a, b = (lift(v).gather(lambda index: index[..., None]) for v in (x, y))
    return euclidean(a * (1.0, 0.0) + b * (0.0, 1.0))


def xlogy(x: Any, y: Any) -> Series:
    """x * log(y), 0 where both are 0."""
    return select((value_of(x) == 0) & (value_of(y) == 0), 0.0, lift(x) * compose(y, local.log))


def xlog1py(x: Any, y: Any) -> Series:
    """x * log(1 + y), 0 where that is 0 * log(0)."""
    return select((value_of(x) == 0) & (value_of(y) == -1), 0.0, lift(x) * compose(y, local.log1p))


def stop_gradient(x: Any) -> Series:
    """The value as a constant."""
    return lift(value_of(x))


def constant(function: Callable[..., Any]) -> Callable[..., Any]:
    """A piecewise constant function of the values (comparison, rounding, sign), as a NumPy array."""

    def of_values(*xs: Any, **keywords: Any) -> Any:
        return np.asarray(function(*(value_of(x) for x in xs), **keywords))

    return of_values


CONSTANT = [
    "equal", "not_equal", "less", "less_equal", "greater", "greater_equal", "logical_and", "logical_or",
    "logical_not", "logical_xor", "isfinite", "isinf", "isnan", "sign", "floor", "ceil", "trunc",
    "floor_divide", "argmax", "argmin", "all", "any",
]  # fmt: skip

NAMES: dict[str, Any] = {
    **{name: unary(coefficients) for name, coefficients in LOCAL.items()},
    **{name: constant(getattr(np, name)) for name in CONSTANT},
    "round": constant(np.round),
    "rint": constant(np.rint),
    "add": lambda x, y: lift(x) + y,
    "subtract": lambda x, y: lift(x) - y,
    "multiply": lambda x, y: lift(x) * y,
    "divide": lambda x, y: lift(x) / y,
    "negative": lambda x: -lift(x),
    "positive": lift,
    "abs": lambda x: abs(lift(x)),
    "square": lambda x: power(x, 2),
    "reciprocal": lambda x: 1.0 / lift(x),
    "rsqrt": unary(local.real_power(-0.5)),
    "pow": power,
    "remainder": lambda x, y: lift(x) - lift(y) * np.floor(value_of(x) / value_of(y)),
    "fmod": lambda x, y: lift(x) - lift(y) * np.trunc(value_of(x) / value_of(y)),
    "copysign": lambda x, y: abs(lift(x)) * np.copysign(1.0, value_of(y).astype(float)),
    "fmax": maximum,
    "fmin": minimum,
    "deg2rad": lambda x: lift(x) * (PI / 180),
    "rad2deg": lambda x: lift(x) * (180 / PI),
    "where": select,
    "maximum": maximum,
    "minimum": minimum,
    "clip": clip,
    "sigmoid": logistic,
    "softplus": softplus,
    "logaddexp": logaddexp,
    "logaddexp2": logaddexp2,
    "atan2": atan2,
    "hypot": hypot,
    "xlogy": xlogy,
    "xlog1py": xlog1py,
    "stop_gradient": stop_gradient,
}
