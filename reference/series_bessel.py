"""Bessel functions of orders 0 and 1 of series, elementwise, from integrals whose integrand has one sign in every derivative.

Promised: the trapezoidal rule, which converges geometrically for these periodic or doubly exponentially decaying integrands
(DLMF 10.9.1, 10.32.1, 10.32.9 and, for the second kind, 10.9.7), for |x| < 400 (first and second kind: |x| < 100), and for
k0 and k1 from x = 1e-8 on. The scaled functions i0e, i1e, k0e, k1e of larger arguments by their expansions at infinity
(DLMF 10.40.1, 10.40.2). Near a zero of j or y the error is that of the neighbourhood.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial
from typing import Any

import numpy as np

from reference.series_elementary import unary
from reference.series_jets import piecewise
from reference.series_laurent import Array
from reference.series_local import PI, wide
from reference.series_terms import Local

NODES = 256
ANGLE = (np.arange(NODES) + np.longdouble("0.5")) * (PI / NODES)
COS, SIN = np.cos(ANGLE), np.sin(ANGLE)
VERSINE = 2 * np.sin(ANGLE / 2) ** 2
"""1 - cos."""

Derivative = Callable[[Array, int], Array]
"""derivative(x, k): the derivative of order k at x, whose last axis has length 1 for the nodes."""


def from_derivatives(derivative: Derivative, first: int = 0, sign: int = 1) -> Local:
    """The local coefficients of `sign` times the derivative of order `first` of a function."""

    def coefficients(x: Array, n: int) -> list[Array]:
        return [sign * derivative(x[..., None], k + first) / wide(factorial(k)) for k in range(n + 1)]

    return coefficients


def _i0(x: Array, k: int) -> Array:
    """Over the first quadrant, where the contributions of an angle and of its supplement have one sign."""
    quadrant = slice(0, NODES // 2)
    c, v, a = COS[quadrant], VERSINE[quadrant], np.abs(x)
    both = -np.expm1(-2 * a * c) if k % 2 else 1 + np.exp(-2 * a * c)
    total = np.sum(c**k * np.exp(-a * v) * both, -1) / NODES
    return np.asarray(np.where(x[..., 0] < 0, (-1) ** k, 1) * np.exp(a[..., 0]) * total)


def _i0e(x: Array, k: int) -> Array:
    total = np.mean((-VERSINE) ** k * np.exp(-np.abs(x) * VERSINE), -1)
    return np.asarray(np.where(x[..., 0] < 0, (-1) ** k, 1) * total)


def _i1e(x: Array, k: int) -> Array:
    a = np.abs(x)
    scaled = np.mean(COS * (-VERSINE) ** k * np.exp(-a * VERSINE), -1) if k else _i0(a, 1) * np.exp(-a[..., 0])
    return np.asarray(np.where(x[..., 0] < 0, -((-1) ** k), 1) * scaled)


FAR = 200.0
"""Where the expansions at infinity take over: the first term left out is below 1e-35 of the sum."""


def _far(order: int, sign: int) -> Derivative:
    """Derivatives of |x|^(-1/2) * sum of sign^j * a_j(order) / |x|^j, for x beyond `FAR`."""

    def derivative(x: Array, k: int) -> Array:
        a, total, coefficient = np.abs(x[..., 0]), np.zeros(x.shape[:-1], np.longdouble), np.longdouble(1)
        for j in range(20):
            falling = np.prod([-(j + 0.5) - i for i in range(k)])
            total = total + coefficient * falling * a ** -(j + k + np.longdouble(0.5))
            coefficient = coefficient * sign * (4 * order**2 - (2 * j + 1) ** 2) / (8 * (j + 1))
        return np.where(x[..., 0] < 0, (-1) ** (k + order), 1) * total

    return derivative


def _scaled(near: Derivative, order: int, sign: int, factor: Any) -> Local:
    far = _far(order, sign)
    beyond = from_derivatives(lambda x, k: factor * far(x, k))
    return piecewise(lambda x: np.abs(x) >= FAR, beyond, from_derivatives(near))


def _turned(angle: Array, k: int) -> Array:
    """The derivative of order k of cos."""
    return np.asarray((np.cos, lambda u: -np.sin(u), lambda u: -np.cos(u), np.sin)[k % 4](angle))


def _j0(x: Array, k: int) -> Array:
    return np.asarray(np.mean(SIN**k * _turned(x * SIN, k), -1))


def _decaying(x: Array, integrand: Callable[[Array], Array]) -> Array:
    """The integral over t from 0 of an integrand that decays as exp(-x * (cosh(t) - 1)), as far as that is seen."""
    end = np.arccosh(1 + 70 / x)
    t = np.arange(2 * NODES + 1) * end / (2 * NODES)
    values = integrand(t)
    return np.asarray((np.sum(values, -1) - values[..., 0] / 2) * end[..., 0] / (2 * NODES))


def _k0(x: Array, k: int) -> Array:
    scaled = _decaying(x, lambda t: (-np.cosh(t)) ** k * np.exp(-2 * x * np.sinh(t / 2) ** 2))
    return np.asarray(scaled * np.exp(-x[..., 0]))


def _k0e(x: Array, k: int) -> Array:
    return _decaying(x, lambda t: (-2 * np.sinh(t / 2) ** 2) ** k * np.exp(-2 * x * np.sinh(t / 2) ** 2))


def _k1e(x: Array, k: int) -> Array:
    return _decaying(x, lambda t: np.cosh(t) * (-2 * np.sinh(t / 2) ** 2) ** k * np.exp(-2 * x * np.sinh(t / 2) ** 2))


STEP = 1 / np.longdouble(96)
DOUBLE = np.arange(-4 * 96, 4 * 96 + 1) * STEP
STRETCH = np.exp(-PI * np.sinh(DOUBLE))
PLACES = 1 / (1 + STRETCH)
WEIGHTS = STRETCH * PLACES**2 * PI * np.cosh(DOUBLE) * STEP
"""Nodes and weights of the double exponential rule for an integral over [0, 1]."""


def _y0(x: Array, k: int) -> Array:
    sine, end = np.sin(PI * PLACES), np.arcsinh(70 / x)
    hyperbolic = np.sinh(end * PLACES)
    wave = np.sum(WEIGHTS * sine**k * _turned(x * sine, k + 3), -1)
    decay = np.sum(WEIGHTS * (-hyperbolic) ** k * np.exp(-x * hyperbolic), -1) * end[..., 0]
    return np.asarray(wave - 2 * decay / PI)


LOCAL: dict[str, Local] = {
    "i0": from_derivatives(_i0),
    "i1": from_derivatives(_i0, 1),
    "i0e": _scaled(_i0e, 0, -1, 1 / np.sqrt(2 * PI)),
    "i1e": _scaled(_i1e, 1, -1, 1 / np.sqrt(2 * PI)),
    "j0": from_derivatives(_j0),
    "j1": from_derivatives(_j0, 1, -1),
    "y0": from_derivatives(_y0),
    "y1": from_derivatives(_y0, 1, -1),
    "k0": from_derivatives(_k0),
    "k1": from_derivatives(_k0, 1, -1),
    "k0e": _scaled(_k0e, 0, 1, np.sqrt(PI / 2)),
    "k1e": _scaled(_k1e, 1, 1, np.sqrt(PI / 2)),
}

NAMES: dict[str, Any] = {name: unary(coefficients) for name, coefficients in LOCAL.items()}
