"""Elementary functions in extended precision, how far each can move, and how exactly libraries compute it.

`units` are the units of roundoff that a library may lose (1 ulp is up to 2 units): measured over PyTorch, JAX, TensorFlow and
MXNet on CPU, next to the published ulp tables of glibc and OpenCL.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .certificate import Reals

TWO_OVER_ROOT_PI = 2.0 / np.sqrt(np.arctan2(np.longdouble(0), np.longdouble(-1)))
ERF_IS_ONE = 7.0
ERF_TERMS = 250


@dataclass(frozen=True)
class Elementary:
    """`value` in the dtype of its argument; `spread(x, e)`: a bound of |f(y) - f(x)| for |y - x| ≤ e (float64, e > 0).

    `mixed`: libraries are accurate only for an argument that is itself off by one rounding. `way`: a magnitude that a direct
    evaluation meets on the way to the value, and that may leave the range where the value does not.
    """

    value: Callable[[Reals], Reals]
    spread: Callable[[Reals, Reals], Reals]
    units: float
    mixed: bool = False
    way: Callable[[Reals], Reals] = np.abs


def logistic(x: Reals) -> Reals:
    """1/(1 + exp(-x)) without overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def error_function(x: Reals) -> Reals:
    """erf by 2/√π·exp(-x²)·Σ 2ᵏ x²ᵏ⁺¹/(2k+1)!!, whose terms all have one sign (Abramowitz and Stegun 7.1.6)."""
    inside = np.clip(x, -ERF_IS_ONE, ERF_IS_ONE)
    term = total = inside
    for k in range(1, ERF_TERMS):
        term = term * (2.0 * inside * inside) / (2 * k + 1)
        total = total + term
    return TWO_OVER_ROOT_PI * np.exp(-inside * inside) * total


def _log(x: Reals, e: Reals) -> Reals:
    return np.where(e < x, -np.log1p(-np.minimum(e / x, 1.0)), np.inf)


def _sqrt(x: Reals, e: Reals) -> Reals:
    return np.where(e < x, e / (np.sqrt(x) + np.sqrt(np.maximum(x - e, 0.0))), np.inf)


def _tan(x: Reals, e: Reals) -> Reals:
    slope, step = np.abs(np.tan(x)), np.tan(np.minimum(e, 1.5))
    return np.where((e < 1.5) & (slope * step < 1.0), step * (1.0 + slope**2) / (1.0 - slope * step), np.inf)


def _nearest_to_zero(x: Reals, e: Reals) -> Reals:
    return np.maximum(np.abs(x) - e, 0.0)


EXP = Elementary(np.exp, lambda x, e: np.exp(x) * np.expm1(e), 2.0)
EXPM1 = Elementary(np.expm1, lambda x, e: np.exp(x) * np.expm1(e), 8.0)  # XLA: tanh(x/2)·(exp(x) + 1)
LOG = Elementary(np.log, _log, 3.0)  # Eigen's vectorised float32
LOG1P = Elementary(np.log1p, lambda x, e: _log(1.0 + x, e), 5.0)  # Eigen: x·(log(1 + x)/((1 + x) - 1))
SQRT = Elementary(np.sqrt, _sqrt, 2.0)
SIN = Elementary(np.sin, lambda x, e: np.minimum(np.abs(np.cos(x)) * e + e * e / 2, 2.0), 3.0)
COS = Elementary(np.cos, lambda x, e: np.minimum(np.abs(np.sin(x)) * e + e * e / 2, 2.0), 3.0)
TAN = Elementary(np.tan, _tan, 8.0)  # sin ÷ cos: 3 + 3 + 2
TANH = Elementary(np.tanh, lambda x, e: np.minimum(e / np.cosh(_nearest_to_zero(x, e)) ** 2, 2.0), 8.0)
SIGMOID = Elementary(
    logistic,
    lambda x, e: np.minimum(logistic(x) * np.expm1(e), e / 4),
    4.0,
    mixed=True,
    way=lambda x: np.exp(-x),  # XLA: 1/(1 + exp(-x))
)
SOFTPLUS = Elementary(
    lambda x: np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x))),
    lambda x, e: logistic(x + e) * e,
    8.0,  # TensorFlow: exp(x) for x < log(2u) + 2, which leaves out e²·u
    mixed=True,
)
ERF = Elementary(error_function, lambda x, e: float(TWO_OVER_ROOT_PI) * np.exp(-(_nearest_to_zero(x, e) ** 2)) * e, 6.0)
