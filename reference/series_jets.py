"""Local Taylor coefficients of elementwise functions from programs, from their slope, or piece by piece.

A program is evaluated on the variable x + s itself, so that whatever it is built of supplies the coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from reference.series_core import Series, lift
from reference.series_laurent import Array
from reference.series_terms import ONE, Local

Program = Callable[[Any], Any]


def jet(x: Array, n: int) -> Series:
    """The variable x + s, truncated after s**n."""
    return Series({ONE: x, (1, 0): np.ones_like(x)} if n else {ONE: x}, (n, 0))


def taylor(program: Program, x: Array, n: int) -> list[Array]:
    """The Taylor coefficients of orders 0..n of an elementwise program."""
    terms: Mapping[Any, Any] = lift(program(jet(x, n))).terms
    zero = np.zeros_like(x)
    return [np.broadcast_to(terms[k, 0], x.shape) if (k, 0) in terms else zero for k in range(n + 1)]


def from_program(program: Program) -> Local:
    """The local coefficients of a program."""
    return lambda x, n: taylor(program, x, n)


def from_slope(value: Callable[[Array], Array], slope: Program) -> Local:
    """The local coefficients of a function that has `value`, and as its derivative the program `slope`."""

    def coefficients(x: Array, n: int) -> list[Array]:
        rest = taylor(slope, x, n - 1) if n else []
        return [np.asarray(value(x)), *(c / (k + 1) for k, c in enumerate(rest))]

    return coefficients


def piecewise(inside: Callable[[Array], Any], near: Local, far: Local) -> Local:
    """`near` where `inside` holds, else `far`; each is evaluated only at points of its own."""

    def coefficients(x: Array, n: int) -> list[Array]:
        mask = np.asarray(inside(x))
        if mask.all() or not mask.any():
            return near(x, n) if mask.all() else far(x, n)
        columns = np.empty((n + 1, *x.shape), x.dtype)
        columns[:, mask] = near(x[mask], n)
        columns[:, ~mask] = far(x[~mask], n)
        return list(columns)

    return coefficients


def polynomial(coefficients: Any, x: Any) -> Any:
    """Sum of coefficients[k] * x**k by Horner's rule."""
    result: Any = coefficients[-1]
    for c in reversed(coefficients[:-1]):
        result = result * x + c
    return result
