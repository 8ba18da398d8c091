"""Numerical calculus and statistics of samples: differences, integrals, interpolation, polynomials, correlation,
least squares and tensor equations, running extremes, elements gathered into segments.

Order statistics and extremes are asked where no two elements are equal, interpolation away from the knots.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import draw, row, weighted

NUMPY = "the functions of this name of NumPy, and of SciPy, torch, tf and jax"
FOUR = (0.42, -0.75, 1.6, -2.3)
FIVE = (0.42, -0.75, 1.6, -2.3, 0.9)
ROWS = ((0.42, -0.75, 1.6), (-2.3, 0.35, 0.9))
KNOTS = (-1.0, 0.25, 1.5, 3.0)
INSIDE = (-0.5, 0.75, 2.25, -0.125)
TALL = ((1.0, -0.5), (0.25, 0.75), (1.5, -1.0))
WIDE = ((1.0, 0.25, 1.5), (-0.5, 0.75, -1.0))
SQUARE = ((2.0, -0.5), (0.75, 1.5))
V2, V3, V4, V5 = draw(2), draw(3), draw(4), draw(5)
ONE = draw()

_numerical = partial(row, family="calculus", source=NUMPY)


def _diff(n: int) -> Any:
    return weighted(lambda xp, x: xp.diff(x, n) ** 2)


DIFFERENCES = (
    _numerical(
        "diff", "diff", _diff(1), {"vector": (V4, V3), "rows": (draw(2, 3), draw(2, 2))}, {"equal": ((1.0, 1.0), draw(1))}
    ),
    _numerical("diff_2", "diff", _diff(2), {"vector": (V5, V3)}, {"straight": ((1.0, 2.0, 3.0), draw(1))}),
    _numerical("diff_3", "diff", _diff(3), {"vector": (V5, V2)}),
    _numerical(
        "diff_prepend",
        "diff",
        weighted(lambda xp, x, y: xp.diff(x, 1, y) ** 2),
        {"vector": (V3, draw(1), V3)},
        {"zero": ((0.0, 1.0), (0.0,), V2)},
    ),
    _numerical(
        "slopes",
        "slopes",
        weighted(lambda xp, x: xp.slopes(x, 0.5) ** 2),
        {"vector": (V5, V5)},
        {"straight": ((1.0, 2.0, 3.0, 4.0), V4)},
    ),
    _numerical(
        "trapezoid_rule",
        "trapezoid",
        lambda xp, y, x: xp.trapezoid(y, x) ** 2,
        {"uneven": (FOUR, (0.0, 0.42, 1.6, 2.3))},
        {"repeated_knot": ((1.0, 2.0, 4.0), (0.0, 1.0, 1.0))},
    ),
    _numerical(
        "interp",
        "interp",
        weighted(lambda xp, x, knots, y: xp.interp(x, knots, y)),
        {"inside": (INSIDE, KNOTS, draw(4), V4), "one_piece": ((0.42,), (-1.0, 3.0), draw(2), draw(1))},
        {"flat": (INSIDE, KNOTS, (2.0, 2.0, 2.0, 2.0), V4)},
    ),
    _numerical(
        "linspace",
        "linspace",
        weighted(lambda xp, start, stop: xp.linspace(start, stop, 5) ** 2),
        {"up": (-0.75, 1.6, V5)},
        {"from_zero": (0.0, 2.0, V5), "equal": (1.0, 1.0, V5)},
    ),
    _numerical(
        "logspace",
        "logspace",
        weighted(lambda xp, start, stop: xp.logspace(start, stop, 4)),
        {"up": (-0.75, 1.6, V4)},
        {"from_one": (0.0, 2.0, V4), "equal": (0.5, 0.5, V4)},
    ),
    _numerical(
        "geomspace",
        "geomspace",
        weighted(lambda xp, start, stop: xp.geomspace(start, stop, 4)),
        {"up": (0.42, 2.3, V4)},
        {"from_one": (1.0, 8.0, V4), "equal": (0.5, 0.5, V4)},
    ),
    _numerical(
        "average",
        "average",
        lambda xp, x, weights: xp.average(x, weights) ** 2,
        {"vector": (FOUR, (0.5, 1.0, 0.25, 2.0)), "rows": (ROWS, ((1.0, 0.5, 0.25), (2.0, 1.5, 0.75)))},
        {"one_counts": (FOUR, (0.0, 1.0, 0.0, 0.0)), "one": ((0.42,), (2.0,))},
    ),
    _numerical(
        "correlate",
        "correlate",
        weighted(lambda xp, x, y: xp.correlate(x, y, "full")),
        {"n43": (FOUR, draw(3), draw(6))},
        {"zeros": ((0.0, 1.0, 0.0), (0.0, 2.0), draw(4)), "n1": ((0.42,), (1.6,), draw(1))},
    ),
    _numerical(
        "correlate_valid",
        "correlate",
        weighted(lambda xp, x, y: xp.correlate(x, y, "valid")),
        {"n53": (FIVE, draw(3), draw(3))},
        {"equal_length": ((0.0, 1.0), (0.5, 2.0), draw(1))},
    ),
    _numerical(
        "vander",
        "vander",
        weighted(lambda xp, x: xp.vander(x, 4)),
        {"vector": (V3, draw(3, 4))},
        {"zeros": ((0.0, 0.0, 1.0), draw(3, 4)), "one": (draw(1), draw(1, 4))},
    ),
    _numerical(
        "polyval",
        "polyval",
        weighted(lambda xp, c, x: xp.polyval(c, x)),
        {"cubic": (draw(4), FOUR, V4), "line": (draw(2), FOUR, V4)},
        {"at_zero": (draw(4), (0.0, 1.0), V2), "constant": (draw(1), FOUR, V4)},
    ),
)


STATISTICS = (
    _numerical(
        "cov",
        "cov",
        weighted(lambda xp, x: xp.cov(x)),
        {"rows": (ROWS, draw(2, 2))},
        {"equal": (((1.0, 1.0, 1.0), (0.0, 1.0, 2.0)), draw(2, 2))},
    ),
    _numerical("corrcoef", "corrcoef", weighted(lambda xp, x: xp.corrcoef(x)), {"rows": (ROWS, draw(2, 2))}),
    _numerical(
        "cummax",
        "cummax",
        weighted(lambda xp, x: xp.cummax(x) ** 2),
        {"vector": (FIVE, V5), "rows": (ROWS, draw(2, 3))},
        {"falling": ((3.0, 2.0, -1.0), V3), "rising": ((-1.0, 2.0, 3.0), V3)},
    ),
    _numerical(
        "cummin", "cummin", weighted(lambda xp, x: xp.cummin(x) ** 2), {"vector": (FIVE, V5), "rows": (ROWS, draw(2, 3))}
    ),
    _numerical(
        "logcumsumexp",
        "logcumsumexp",
        weighted(lambda xp, x: xp.logcumsumexp(x)),
        {"vector": (FIVE, V5), "rows": (ROWS, draw(2, 3))},
        {
            "equal": ((0.0, 0.0, 0.0), V3),
            "apart": ((0.0, -80.0, 80.0), V3),
            "huge": ((1000.0, 999.0, 1001.0), V3),
            "far_below": ((-1000.0, -999.0, -1001.0), V3),
            "single_huge": ((1000000.0,), (0.3,)),
        },
    ),
)

EQUATIONS = (
    _numerical(
        "lstsq",
        "lstsq",
        weighted(lambda xp, a, b: xp.lstsq(a, b)),
        {"overdetermined": (TALL, draw(3, 1), draw(2, 1)), "square": (SQUARE, draw(2, 2), draw(2, 2))},
        {"no_residual": (TALL, ((0.5,), (1.0,), (0.5,)), draw(2, 1))},
    ),
    _numerical(
        "lstsq_underdetermined",
        "lstsq",
        weighted(lambda xp, a, b: xp.lstsq(a, b)),
        {"wide": (WIDE, draw(2, 1), draw(3, 1))},
    ),
    _numerical(
        "tensorsolve",
        "tensorsolve",
        weighted(lambda xp, a, b: xp.tensorsolve(a, b)),
        {"two_axes": ((((2.0, -0.5),), ((0.75, 1.5),)), draw(2, 1), draw(2))},
    ),
    _numerical(
        "tensorinv",
        "tensorinv",
        weighted(lambda xp, a: xp.tensorinv(a, ind=2)),
        {"two_axes": ((((2.0, -0.5),), ((0.75, 1.5),)), draw(2, 2, 1))},
    ),
    _numerical(
        "clipped_to_norm",
        "clip_by_norm",
        weighted(lambda xp, x: xp.clip_by_norm(x, 1.5)),
        {"longer": ((0.42, -1.75, 1.6), V3), "shorter": ((0.42, -0.75), V2)},
        {"zero": ((0.0, 0.0), V2), "far": ((300.0, -400.0), V2)},
    ),
)

SEGMENTS = (
    _numerical(
        "segment_max",
        "segment_max",
        weighted(lambda xp, x: xp.segment_max(x, xp.asarray((0, 1, 0, 1, 1)), 2) ** 2),
        {"vector": (FIVE, V2), "rows": (((0.42, -0.75), (1.6, -2.3), (0.9, 0.1), (-1.2, 0.3), (2.2, 1.1)), draw(2, 2))},
    ),
    _numerical(
        "segment_mean",
        "segment_mean",
        weighted(lambda xp, x: xp.segment_mean(x, xp.asarray((0, 1, 0, 1, 1)), 2) ** 2),
        {"vector": (FIVE, V2), "rows": (draw(5, 2), draw(2, 2))},
    ),
    _numerical(
        "segment_prod",
        "segment_prod",
        weighted(lambda xp, x: xp.segment_prod(x, xp.asarray((0, 1, 0, 1, 1)), 2)),
        {"vector": (FIVE, V2)},
        {"one_zero": ((0.0, 2.0, 3.0, 0.0, -1.0), V2), "two_zeros": ((0.0, 0.0, 0.0, 0.0, -1.0), V2)},
    ),
    _numerical(
        "scatter_max",
        "scatter_max",
        weighted(lambda xp, x, y: xp.scatter_max(x, xp.asarray((1, 0, 1)), y) ** 2),
        {"vector": ((0.42, -0.75, 1.6), (-2.3, 0.9, 1.1), V3)},
    ),
    _numerical(
        "scatter_prod",
        "scatter_prod",
        weighted(lambda xp, x, y: xp.scatter_prod(x, xp.asarray((1, 0, 1)), y)),
        {"vector": ((0.42, -0.75, 1.6), (-2.3, 0.9, 1.1), V3)},
        {"zeros": ((0.0, 0.0, 2.0), (3.0, 1.0, -1.0), V3), "zero_update": ((0.5, 2.0, 1.0), (0.0, 0.0, 0.0), V3)},
    ),
    _numerical(
        "put_along_axis",
        "put_along_axis",
        weighted(lambda xp, x, y: xp.put_along_axis(x, xp.asarray(((2, 0), (1, 2))), y) ** 2),
        {"rows": (draw(2, 3), draw(2, 2), draw(2, 3))},
    ),
)

CASES: tuple[Case, ...] = (*DIFFERENCES, *STATISTICS, *EQUATIONS, *SEGMENTS)
