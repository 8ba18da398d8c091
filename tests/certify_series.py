"""How exact the reference's series are: every primitive against high-precision arithmetic, in ulps of double.

`python -m tests.certify_series` prints one line per primitive: points, and the worst error for the derivatives of order 0 to 3.
The truth is python-flint's ball arithmetic where it has the function (`arb_series`: the coefficients are proved), else mpmath
with 120 digits (more near 0) and central differences of a step of 1e-28 of the argument, whose own error is below 1e-30.
Neither shares anything with the series.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from flint import arb, arb_series, ctx
from numpy.typing import NDArray

from reference.series import differentiate

BOUND = 1 / 8
"""Largest error, in ulps of double, at which the reference counts as the truth: a quarter of the rounding to double itself."""

mpmath: Any = import_module("mpmath")  # has no type stubs

DIGITS = 120
STEP = mpmath.mpf(10) ** -28

Arrays = Sequence[NDArray[Any]]


@dataclass(frozen=True)
class Primitive:
    """A function of one number in the reference's names, its truth, and the points at which they are compared."""

    name: str
    fn: Callable[[Any, Any], Any]
    truth: Callable[[float], list[Any]]
    points: tuple[float, ...]

    def errors(self) -> list[float]:
        """The worst error over the points for each order from 0 to 3."""
        return [float(max(row)) for row in zip(*(self.errors_at(x) for x in self.points), strict=True)]

    def errors_at(self, x: float) -> list[float]:
        got = derivatives(self.fn, x)
        return [ulps(g, t) for g, t in zip(got, self.truth(x), strict=True)]


def derivatives(fn: Callable[[Any, Any], Any], x: float) -> list[Any]:
    """f, f', f'' and f''' at x by the reference."""
    point, one = [np.asarray(x)], [np.asarray(1.0)]
    return [
        differentiate(fn, point, "value"),
        differentiate(fn, point, "gradient")[0],
        differentiate(fn, point, "hessian")[0][0],
        differentiate(fn, point, "third", one)[0],
    ]


def mp(x: Any) -> Any:
    """A double or longdouble as an mpmath number, exactly."""
    high = float(x)
    return mpmath.mpf(high) if not math.isfinite(high) else mpmath.mpf(high) + mpmath.mpf(float(x - np.longdouble(high)))


def ulps(got: Any, true: Any, size: Any = None) -> float:
    """|got - true| in units in the last place of the double nearest to `size`, by default `true`; inf if got is not finite."""
    if not np.isfinite(got):
        return math.inf
    with mpmath.workdps(60):
        magnitude = abs(true if size is None else size)
        exponent = -1022 if magnitude == 0 else max(int(mpmath.floor(mpmath.log(magnitude, 2))), -1022)
        return float(abs(mp(np.longdouble(got)) - true) / mpmath.mpf(2) ** (exponent - 52))


def by_series(fn: Callable[[arb_series], arb_series]) -> Callable[[float], list[Any]]:
    """The truth from ball arithmetic: derivatives of orders 0 to 3, proved to 50 digits."""

    def truth(x: float) -> list[Any]:
        for ctx.prec in (400, 1600, 6400):
            ctx.cap = 8
            series = fn(arb_series([arb(x), 1]))
            if all(_known(series[k]) for k in range(4)):
                break
        with mpmath.workdps(DIGITS):
            return [_number(series[k]) * math.factorial(k) for k in range(4)]

    return truth


def _known(ball: arb) -> bool:
    middle, radius = _dyadic(ball.mid()), _dyadic(ball.rad())
    return bool(radius <= mpmath.mpf(10) ** -50 * abs(middle) or abs(middle) + radius <= mpmath.mpf(10) ** -1000)


def _number(ball: arb) -> Any:
    """The middle of a ball that is known to 50 digits; 0 for one that lies within 1e-1000 of it."""
    if not _known(ball):
        raise ValueError(f"{ball} is not known to 50 digits")
    middle = _dyadic(ball.mid())
    return middle if _dyadic(ball.rad()) < abs(middle) else mpmath.mpf(0)


def _dyadic(exact_ball: arb) -> Any:
    mantissa, exponent = exact_ball.man_exp()
    return mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))


def by_differences(fn: Callable[[Any], Any]) -> Callable[[float], list[Any]]:
    """The truth from mpmath: derivatives of orders 0 to 3 by central differences."""

    def truth(x: float) -> list[Any]:
        scale = mpmath.mpf(abs(x) or 1)
        lost = max(0, -5 * int(mpmath.floor(mpmath.log10(scale))))
        with mpmath.workdps(DIGITS + lost):
            near = {k: fn(mpmath.mpf(x) + k * STEP * scale) for k in range(-3, 4)}
            return [_difference(near, k, scale) for k in range(4)]

    return truth


def by_balls(fn: Callable[[arb], arb]) -> Callable[[Any], Any]:
    """A function of mpmath numbers that python-flint evaluates, to at least as many digits as mpmath works with."""

    def of_number(x: Any) -> Any:
        sign, mantissa, exponent, _ = mpmath.mpf(x)._mpf_
        digits = mpmath.mp.dps
        for ctx.prec in (4 * digits, 8 * digits, 16 * digits):
            ball = fn(arb(int(-mantissa if sign else mantissa)) * arb(2) ** exponent)
            if _dyadic(ball.rad()) <= mpmath.mpf(10) ** -digits * abs(_dyadic(ball.mid())):
                break
        else:
            raise ValueError(f"{ball} is not known to {digits} digits")
        return _dyadic(ball.mid())

    return of_number


def _difference(near: dict[int, Any], order: int, scale: Any) -> Any:
    terms = [(-1) ** j * math.comb(order, j) * near[order - 2 * j] for j in range(order + 1)]
    return _significant(sum(terms), sum(abs(t) for t in terms), order, min(scale, 1)) / max(scale, 1) ** order


def _significant(total: Any, size: Any, order: int, scale: Any = 1) -> Any:
    """A difference as a derivative: exactly 0 if it is within the rounding and truncation of its terms."""
    step = STEP * scale
    width = (2 * step) ** order
    noise = size * max(mpmath.mpf(10) ** (6 - mpmath.mp.dps), width * step**2 * 1000) if order else 0
    return (total if abs(total) > noise else mpmath.mpf(0)) / width


def exact(values: Any) -> NDArray[Any]:
    """An array of mpmath numbers, exactly those given."""
    array = np.asarray(values)
    return array if array.dtype == object else np.asarray(np.frompyfunc(mp, 1, 1)(array), dtype=object)


def directional(fn: Callable[..., Any], inputs: Arrays, directions: Sequence[Arrays]) -> NDArray[Any]:
    """The derivative of fn (of arrays of mpmath numbers) along each of the directions, one array per input each."""
    with mpmath.workdps(DIGITS):
        total: Any = 0
        size: Any = 0
        for signs in itertools.product((1, -1), repeat=len(directions)):
            moved = [exact(x) for x in inputs]
            for sign, direction in zip(signs, directions, strict=True):
                moved = [x + exact(d) * (sign * STEP) for x, d in zip(moved, direction, strict=True)]
            value = np.asarray(fn(*(np.asarray(x, dtype=object) for x in moved)), dtype=object)
            total, size = total + value * math.prod(signs), size + abs(value)
        significant = np.frompyfunc(lambda t, s: _significant(t, s, len(directions)), 2, 1)
        return np.asarray(significant(total, size), dtype=object)


def units(inputs: Arrays, argument: int) -> list[Arrays]:
    """The unit directions of one argument."""
    zeros = [np.zeros(np.shape(x)) for x in inputs]
    size = zeros[argument].size
    return [[*zeros[:argument], row.reshape(zeros[argument].shape), *zeros[argument + 1 :]] for row in np.eye(size)]


def truth(fn: Callable[..., Any], inputs: Arrays, operator: str, tangents: Arrays, cotangent: Any) -> list[NDArray[Any]]:
    """The answer of an operator for a function of arrays of mpmath numbers, flattened to one array per argument (pair)."""
    count = range(len(inputs))
    if operator == "value":
        return [directional(fn, inputs, [])]
    if operator == "jvp":
        return [directional(fn, inputs, [tangents])]
    if operator == "hessian":
        return [_along(fn, inputs, [[u, v] for u in units(inputs, i) for v in units(inputs, j)]) for i in count for j in count]
    extra = {"hvp": [tangents], "third": [tangents, tangents]}.get(operator, [])
    rows = [_along(fn, inputs, [[u, *extra] for u in units(inputs, i)]) for i in count]
    if operator == "vjp":
        with mpmath.workdps(DIGITS):
            return [(exact(cotangent)[None] * row).reshape(len(row), -1).sum(axis=1) for row in rows]
    return [np.moveaxis(row, 0, -1) for row in rows]


def _along(fn: Callable[..., Any], inputs: Arrays, directions: Sequence[Sequence[Arrays]]) -> NDArray[Any]:
    return np.stack([directional(fn, inputs, d) for d in directions])


def flattened(answer: Any) -> list[NDArray[Any]]:
    """The arrays of a nested answer."""
    return [array for part in answer for array in flattened(part)] if isinstance(answer, tuple) else [np.asarray(answer)]


def worst(got: Any, true: Sequence[NDArray[Any]], floor: float = 0.0) -> float:
    """The largest error over a nested answer, in ulps of the largest entry of each array, or of `floor` if that is larger."""
    errors = [0.0]
    for g, t in zip(flattened(got), true, strict=True):
        size = max((abs(b) for b in t.reshape(-1)), default=0)
        pairs = zip(g.reshape(-1), t.reshape(-1), strict=True)
        errors += [ulps(a, b, max(size, floor)) for a, b in pairs]
    return max(errors)


def main() -> None:
    """Print the table."""
    from tests.series_primitives import PRIMITIVES

    print(f"{'primitive':22}{'points':>7}{'order 0':>11}{'order 1':>11}{'order 2':>11}{'order 3':>11}  (ulps of double)")
    for primitive in PRIMITIVES:
        errors = primitive.errors()
        mark = "" if max(errors) <= BOUND else "  above the bound"
        print(f"{primitive.name:22}{len(primitive.points):7}" + "".join(f"{e:11.2g}" for e in errors) + mark)


if __name__ == "__main__":
    main()
