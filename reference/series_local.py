"""Local Taylor coefficients in closed form: local(x, n) is f(x), f'(x)/1!, ..., f^(n)(x)/n!, elementwise, in the dtype of x."""

from __future__ import annotations

from math import comb, factorial
from typing import Any

import numpy as np

from reference.series_laurent import Array
from reference.series_terms import Local

PI = 4 * np.arctan(np.longdouble(1))
LN2 = np.log(np.longdouble(2))
LN10 = np.log(np.longdouble(10))


def wide(x: int) -> np.longdouble:
    """An integer of any size in extended precision, rounded once."""
    return np.longdouble(str(x))


def cycle(*functions: Any) -> Local:
    """A function whose derivatives are `functions[1]`, `functions[2]`, ... and then itself again."""

    def local(x: Array, n: int) -> list[Array]:
        values = [f(x) for f in functions[: n + 1]]
        return [values[k % len(functions)] / wide(factorial(k)) for k in range(n + 1)]

    return local


exp = cycle(np.exp)
sin = cycle(np.sin, np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x))
cos = cycle(np.cos, lambda x: -np.sin(x), lambda x: -np.cos(x), np.sin)
sinh = cycle(np.sinh, np.cosh)
cosh = cycle(np.cosh, np.sinh)


def exp2(x: Array, n: int) -> list[Array]:
    value = np.exp2(x)
    return [value * LN2**k / wide(factorial(k)) for k in range(n + 1)]


def expm1(x: Array, n: int) -> list[Array]:
    return [np.expm1(x), *exp(x, n)[1:]]


def logarithm(function: Any, scale: np.longdouble, shift: int = 0) -> Local:
    """log(x + shift) / scale, its value by `function`."""

    def local(x: Array, n: int) -> list[Array]:
        slope = 1 / (x + shift)
        return [function(x), *(-((-slope) ** k) / (k * scale) for k in range(1, n + 1))]

    return local


log = logarithm(np.log, np.longdouble(1))
log2 = logarithm(np.log2, LN2)
log10 = logarithm(np.log10, LN10)
log1p = logarithm(np.log1p, np.longdouble(1), shift=1)


def whole_power(n: int) -> Local:
    """x**n for a whole n >= 0 by multiplications alone: exact wherever nothing rounds, also at 0."""

    def local(x: Array, order: int) -> list[Array]:
        powers = [np.ones_like(x)]
        for _ in range(n):
            powers.append(powers[-1] * x)
        return [wide(comb(n, k)) * powers[n - k] if k <= n else np.zeros_like(x) for k in range(order + 1)]

    return local


def real_power(exponent: Any) -> Local:
    """x**exponent for constant real exponents, an array that broadcasts with x."""
    p = np.asarray(exponent, np.longdouble)

    def local(x: Array, order: int) -> list[Array]:
        binomial: Array = np.ones_like(p)
        coefficients: list[Array] = [np.power(x, p)]
        for k in range(1, order + 1):
            binomial = binomial * (p - (k - 1)) / k
            coefficients.append(np.where(binomial == 0, 0, binomial * np.power(x, p - k)))
        return coefficients

    return local


def root(function: Any, p: np.longdouble) -> Local:
    """x**p with its value by `function`, which also takes the negative x of an odd root."""

    def local(x: Array, order: int) -> list[Array]:
        coefficients = [function(x)]
        for k in range(1, order + 1):
            coefficients.append(coefficients[-1] * (p - (k - 1)) / (k * x))
        return coefficients

    return local


sqrt = root(np.sqrt, np.longdouble("0.5"))
cbrt = root(np.cbrt, 1 / np.longdouble(3))


def sine_pi(x: Array, n: int) -> list[Array]:
    """sin(pi * x): both sine and cosine by the distance to their nearest zero, which is exact."""
    whole = np.round(x)
    rest = x - whole
    sign = np.where(whole % 2 == 0, 1, -1)
    both = (sign * np.sin(PI * rest), sign * np.sin(PI * (0.5 - np.abs(rest))))
    turned = (both[0], both[1], -both[0], -both[1])
    return [turned[k % 4] * (PI**k / wide(factorial(k))) for k in range(n + 1)]
