"""Reductions, scans and order statistics: zeros among factors, equal entries, degenerate sizes, far-apart scales.

Order statistics stand at points whose elements differ in every format. The standard deviation of equal entries and the norm
of a zero vector are kinks and not here; the norm of a vector with some zeros, the variance of equal entries and a product of
zeros are smooth.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import Inputs, draw, row, weighted

VECTOR = (0.42, -0.75, 1.6, -2.3)
MATRIX = ((0.42, -0.75, 1.6), (-2.3, 0.35, 0.9))
POSITIVE = (0.42, 0.75, 1.6, 2.3)
ROWS, COLUMNS, SHEETS = draw(2), draw(3), draw(2, 2)
CUBE = draw(2, 3, 2)
ONE = draw()
MOST, LEAST = (1e30, -3e30, 2e30), (1e-30, -3e-30, 2e-30)
EMPTY = ()

_reduction = partial(row, family="reduction")


def _scalar(**points: Any) -> dict[str, Inputs]:
    """One array each, for a function whose value has no axes, and its weight."""
    return {name: (x, ONE) for name, x in points.items()}


def _plain(**points: Any) -> dict[str, Inputs]:
    return {name: (x,) for name, x in points.items()}


def _norm(order: float) -> Callable[..., Any]:
    return lambda xp, x: xp.vector_norm(x, ord=order)


SUMS = (
    _reduction(
        "sum",
        "sum",
        weighted(lambda xp, x: xp.sum(x)),
        _scalar(vector=VECTOR, matrix=MATRIX),
        _scalar(number=0.42, one=(0.42,), empty=EMPTY, cancelling=(1e4, -1e4, 0.5), apart=(3e4, 1e-4)),
    ),
    _reduction(
        "sum_axis0",
        "sum",
        weighted(lambda xp, x: xp.sum(x, axis=0)),
        {"matrix": (MATRIX, COLUMNS), "cube": (CUBE, draw(3, 2))},
        {"one_row": ((MATRIX[0],), COLUMNS), "vector": (VECTOR, ONE), "no_rows": (draw(0, 3), COLUMNS)},
    ),
    _reduction(
        "sum_last_axis",
        "sum",
        weighted(lambda xp, x: xp.sum(x, axis=-1)),
        {"matrix": (MATRIX, ROWS), "cube": (CUBE, draw(2, 3))},
        {"one_column": (draw(3, 1), COLUMNS), "no_columns": (draw(2, 0), ROWS)},
    ),
    _reduction(
        "sum_axes",
        "sum",
        weighted(lambda xp, x: xp.sum(x, axis=(0, -1))),
        {"cube": (CUBE, COLUMNS)},
        {"ones": (draw(1, 2, 1), ROWS)},
    ),
    _reduction(
        "sum_keepdims",
        "sum",
        weighted(lambda xp, x: xp.sum(x, axis=1, keepdims=True) * x),
        {"matrix": (MATRIX, draw(2, 3)), "cube": (CUBE, CUBE)},
        {"one_column": (draw(2, 1), draw(2, 1)), "zeros": (((0.0, 0.0), (0.0, 1.0)), SHEETS)},
    ),
    _reduction(
        "mean",
        "mean",
        weighted(lambda xp, x: xp.mean(x)),
        _scalar(vector=VECTOR, matrix=MATRIX),
        _scalar(number=0.42, one=(0.42,), cancelling=(1e4, -1e4, 0.5), at_1e30=(1e30, -3e30, 5e29)),
    ),
    _reduction(
        "mean_axis",
        "mean",
        weighted(lambda xp, x: xp.mean(x, axis=1)),
        {"matrix": (MATRIX, ROWS), "cube": (CUBE, SHEETS)},
        {"one_column": (draw(2, 1), ROWS)},
    ),
    _reduction(
        "mean_keepdims",
        "mean",
        weighted(lambda xp, x: (x - xp.mean(x, axis=(0, 1), keepdims=True)) ** 2),
        {"matrix": (MATRIX, draw(2, 3)), "cube": (CUBE, CUBE)},
        {"equal": (((1.0, 1.0), (1.0, 1.0)), SHEETS), "one": (((2.0,),), draw(1, 1))},
    ),
    _reduction(
        "log_mean_exp",
        "mean exp log",
        lambda xp, x: xp.log(xp.mean(xp.exp(x))),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(equal=(0.0, 0.0, 0.0), one=(0.42,)),
    ),
    _reduction(
        "geometric_mean",
        "mean exp log",
        lambda xp, x: xp.exp(xp.mean(xp.log(x))),
        _plain(vector=POSITIVE),
        _plain(equal=(1.0, 1.0, 1.0), apart=(1e-4, 1e4), at_1e30=(1e30, 1e-30, 2.0)),
    ),
    _reduction(
        "harmonic_mean",
        "mean reciprocal",
        lambda xp, x: xp.reciprocal(xp.mean(xp.reciprocal(x))),
        _plain(vector=POSITIVE),
        _plain(equal=(1.0, 1.0, 1.0), apart=(0.125, 8.0), at_1e30=(1e30, 3e30), at_1em30=(1e-30, 3e-30)),
    ),
    _reduction(
        "share_of_total",
        "sum divide",
        weighted(lambda xp, x: x / xp.sum(x, axis=-1, keepdims=True)),
        {"vector": (POSITIVE, draw(4)), "matrix": (draw(2, 3), draw(2, 3))},
        {"with_zero": ((0.0, 1.0, 3.0), COLUMNS), "one_nonzero": ((0.0, 2.0, 0.0), COLUMNS)},
    ),
    _reduction(
        "trapezoid",
        "sum",
        lambda xp, x, y: 0.5 * xp.sum((x[1:] - x[:-1]) * (y[1:] + y[:-1])),
        {"uneven": ((0.0, 0.42, 1.6, 2.3), VECTOR)},
        {"repeated_knot": ((0.0, 1.0, 1.0), (1.0, 2.0, 4.0))},
    ),
    _reduction(
        "masked_sum",
        "where sum",
        weighted(lambda xp, x: xp.sum(xp.where(x > 0.0, x * x, -x * x * x), axis=-1)),
        {"vector": (VECTOR, ONE), "matrix": (MATRIX, ROWS)},
        {"none": ((-1.0, -2.0), ONE), "all": ((1.0, 2.0), ONE)},
    ),
)

PRODUCTS = (
    _reduction(
        "prod",
        "prod",
        lambda xp, x: xp.prod(x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(
            ones=(1.0, 1.0, 1.0),
            one_zero=(0.42, 0.0, 1.6),
            two_zeros=(0.0, -0.75, 0.0, 1.6),
            three_zeros=(0.0, 0.0, 2.0, 0.0),
            only_zeros=(0.0, 0.0, 0.0),
            one=(0.42,),
            one_and_zero=(0.0,),
            number=0.42,
            apart=(200.0, 5e-3, 30.0, 0.125),
            at_1e30=(1e30, 1e-30, 2.0),
        ),
    ),
    _reduction(
        "prod_axis",
        "prod",
        weighted(lambda xp, x: xp.prod(x, axis=0)),
        {"matrix": (MATRIX, COLUMNS), "cube": (CUBE, draw(3, 2))},
        {
            "zeros": (((0.0, 2.0, 0.0), (0.0, -1.0, 3.0)), COLUMNS),
            "two_zeros_of_three": (((0.0, 1.0), (2.0, 0.0), (0.0, 3.0)), ROWS),
            "one_row": (((0.0, 2.0),), ROWS),
        },
    ),
    _reduction(
        "prod_keepdims",
        "prod",
        weighted(lambda xp, x: xp.prod(x, axis=-1, keepdims=True) + x),
        {"matrix": (MATRIX, draw(2, 3))},
        {"zeros": (((0.0, 2.0), (0.0, 0.0)), SHEETS), "one_column": (((0.0,), (2.0,)), draw(2, 1))},
    ),
    _reduction(
        "prod_of_squares",
        "prod",
        lambda xp, x: xp.prod(x * x),
        _plain(vector=VECTOR),
        _plain(one_zero=(0.0, 2.0, -1.0), two_zeros=(0.0, 2.0, 0.0), minus_ones=(-1.0, -1.0, -1.0)),
    ),
)

SPREADS = (
    _reduction(
        "var",
        "var",
        lambda xp, x: xp.var(x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(
            equal=(1.0, 1.0, 1.0),
            one=(0.42,),
            pair=(1.0, 3.0),
            offset=(100.0, 101.0, 103.0),
            tiny=(1e-3, 3e-3, -2e-3),
            at_1e30=MOST,
            at_1em30=LEAST,
        ),
    ),
    _reduction(
        "var_correction",
        "var",
        lambda xp, x: xp.var(x, correction=1.0),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(equal=(1.0, 1.0, 1.0), pair=(1.0, 3.0), equal_pair=(2.0, 2.0), offset=(100.0, 101.0, 103.0)),
    ),
    _reduction(
        "var_axis",
        "var",
        weighted(lambda xp, x: xp.var(x, axis=0)),
        {"matrix": (MATRIX, COLUMNS), "cube": (CUBE, draw(3, 2))},
        {"equal": (((1.0, 2.0, 3.0), (1.0, 2.0, 4.0)), COLUMNS), "one_row": ((MATRIX[0],), COLUMNS)},
    ),
    _reduction(
        "std",
        "std",
        lambda xp, x: xp.std(x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(
            pair=(1.0, 3.0),
            offset=(100.0, 101.0, 103.0),
            one_differs=(0.0, 0.0, 1.0),
            tiny=(1e-3, 3e-3, -2e-3),
            at_1e30=MOST,
            at_1em30=LEAST,
        ),
    ),
    _reduction(
        "std_correction",
        "std",
        lambda xp, x: xp.std(x, correction=1.0),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(pair=(1.0, 3.0), offset=(100.0, 101.0, 103.0), one_differs=(0.0, 0.0, 1.0)),
    ),
    _reduction(
        "std_keepdims",
        "std",
        weighted(lambda xp, x: xp.std(x, axis=1, keepdims=True) * x),
        {"matrix": (MATRIX, draw(2, 3)), "cube": (CUBE, CUBE)},
        {"pairs": (((1.0, 3.0), (0.0, -2.0)), SHEETS)},
    ),
    _reduction(
        "standard_score",
        "mean std divide",
        weighted(lambda xp, x: (x - xp.mean(x, axis=-1, keepdims=True)) / xp.std(x, axis=-1, keepdims=True)),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {"offset": ((100.0, 101.0, 103.0), COLUMNS), "at_1e30": (MOST, COLUMNS), "at_1em30": (LEAST, COLUMNS)},
    ),
    _reduction(
        "covariance",
        "mean matmul matrix_transpose",
        weighted(lambda xp, x: _covariance(xp, x - xp.mean(x, axis=1, keepdims=True))),
        {"matrix": (MATRIX, SHEETS)},
        {"equal": (((1.0, 1.0, 1.0), (0.0, 1.0, 2.0)), SHEETS), "one_column": (((1.0,), (2.0,)), SHEETS)},
    ),
    _reduction(
        "third_moment",
        "mean",
        lambda xp, x: xp.mean((x - xp.mean(x)) ** 3),
        _plain(vector=VECTOR),
        _plain(equal=(1.0, 1.0, 1.0), pair=(1.0, 3.0), one=(0.42,)),
    ),
)


def _covariance(xp: Any, centred: Any) -> Any:
    return xp.matmul(centred, xp.matrix_transpose(centred)) / 2.0


LOGSUMEXP = (
    _reduction(
        "logsumexp",
        "logsumexp",
        lambda xp, x: xp.logsumexp(x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(
            equal=(0.0, 0.0, 0.0),
            one=(0.42,),
            huge=(1000.0, 999.0, -1000.0),
            far_below=(-1000.0, -1001.0, -1004.0),
            apart=(0.0, -80.0, 80.0),
            huge_equal=(3e4, 3e4),
            at_1e30=(1e30, -1e30, 0.5),
            at_m1e30=(-1e30, -1e30),
        ),
    ),
    _reduction(
        "logsumexp_axis",
        "logsumexp",
        weighted(lambda xp, x: xp.logsumexp(x, axis=1)),
        {"matrix": (MATRIX, ROWS), "cube": (CUBE, SHEETS)},
        {
            "equal": (((0.0, 0.0), (1.0, 1.0)), ROWS),
            "far_rows": (((1000.0, 999.0), (-1000.0, -999.0)), ROWS),
            "one_column": (draw(2, 1), ROWS),
        },
    ),
    _reduction(
        "logsumexp_of_weighted",
        "logsumexp_of_weighted",
        lambda xp, x, weights: xp.logsumexp_of_weighted(x, weights),
        {"vector": ((0.42, -0.75, 1.6), (0.5, 1.25, 2.0))},
        {
            "no_weight": ((0.42, -0.75, 1.6), (0.5, 0.0, 2.0)),
            "negative_weight": ((0.5, 0.25, -0.75), (1.5, -0.5, 2.0)),
            "one": ((0.75,), (1.0,)),
        },
    ),
    _reduction(
        "logsumexp_keepdims",
        "logsumexp exp",
        weighted(lambda xp, x: xp.exp(x - xp.logsumexp(x, axis=(0, 1), keepdims=True))),
        {"matrix": (MATRIX, draw(2, 3))},
        {
            "equal": (((0.0, 0.0), (0.0, 0.0)), SHEETS),
            "huge": (((1000.0, 999.0), (998.0, 1000.0)), SHEETS),
            "one": (((3.0,),), draw(1, 1)),
        },
    ),
)

NORMS = (
    _reduction(
        "vector_norm",
        "vector_norm",
        lambda xp, x: xp.vector_norm(x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(
            one=(-2.0,),
            with_zeros=(0.0, 3.0, -4.0),
            one_nonzero=(0.0, 0.0, 2.0),
            small=(3e-3, -4e-3),
            large=(100.0, -150.0),
            at_1e30=MOST,
            at_1em30=LEAST,
        ),
    ),
    _reduction(
        "vector_norm_axis",
        "vector_norm",
        weighted(lambda xp, x: xp.vector_norm(x, axis=1)),
        {"matrix": (MATRIX, ROWS), "cube": (CUBE, SHEETS)},
        {"with_zeros": (((0.0, 2.0), (3.0, 0.0)), ROWS), "one_column": (((-2.0,), (3.0,)), ROWS)},
    ),
    _reduction(
        "vector_norm_keepdims",
        "vector_norm divide",
        weighted(lambda xp, x: x / xp.vector_norm(x, axis=-1, keepdims=True)),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {"with_zeros": ((0.0, 0.0, 2.0), COLUMNS)},
    ),
    _reduction(
        "vector_norm_1",
        "vector_norm",
        _norm(1),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(one=(-2.0,), equal=(1.0, 1.0, -1.0)),
    ),
    _reduction(
        "vector_norm_3",
        "vector_norm",
        _norm(3),
        _plain(vector=VECTOR),
        _plain(one=(-2.0,), equal=(1.0, 1.0, -1.0), large=(20.0, -30.0)),
    ),
    _reduction(
        "vector_norm_3_at_zero",
        "vector_norm",
        _norm(3),
        _plain(one_zero=(0.0, 0.75, -1.6)),
        _plain(two_zeros=(0.0, 2.0, 0.0)),
        2,
    ),
    _reduction(
        "vector_norm_4",
        "vector_norm",
        _norm(4),
        _plain(vector=VECTOR),
        _plain(one=(-2.0,), one_zero=(0.0, 1.0, -2.0), two_zeros=(0.0, 2.0, 0.0)),
    ),
    _reduction(
        "vector_norm_3_halves", "vector_norm", _norm(1.5), _plain(vector=VECTOR), _plain(one=(-2.0,), equal=(1.0, 1.0, 1.0))
    ),
    _reduction(
        "vector_norm_3_halves_at_zero",
        "vector_norm",
        _norm(1.5),
        _plain(one_zero=(0.0, 0.75, -1.6)),
        _plain(two_zeros=(0.0, 2.0, 0.0)),
        1,
    ),
    _reduction(
        "vector_norm_half", "vector_norm", _norm(0.5), _plain(vector=VECTOR), _plain(one=(-2.0,), equal=(1.0, 1.0, 1.0))
    ),
    _reduction(
        "vector_norm_minus_1", "vector_norm", _norm(-1), _plain(vector=VECTOR), _plain(one=(-2.0,), equal=(1.0, 1.0, 1.0))
    ),
    _reduction(
        "vector_norm_inf",
        "vector_norm",
        _norm(inf),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(one=(-2.0,), zeros=(0.0, 0.0, -2.0)),
    ),
    _reduction("vector_norm_minus_inf", "vector_norm", _norm(-inf), _plain(vector=VECTOR, matrix=MATRIX), _plain(one=(-2.0,))),
)

SCANS = (
    _reduction(
        "cumulative_sum",
        "cumulative_sum",
        weighted(lambda xp, x: xp.cumulative_sum(x, axis=0) ** 2),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {"one": ((0.42,), draw(1)), "empty": (EMPTY, draw(0)), "returning": ((1.0, -1.0, 1.0, -1.0), draw(4))},
    ),
    _reduction(
        "cumulative_sum_last_axis",
        "cumulative_sum",
        weighted(lambda xp, x: xp.cumulative_sum(x, axis=-1)),
        {"matrix": (MATRIX, draw(2, 3)), "cube": (CUBE, CUBE)},
        {"one_column": (draw(3, 1), draw(3, 1))},
    ),
    _reduction(
        "cumulative_sum_backwards",
        "cumulative_sum flip",
        weighted(lambda xp, x: xp.flip(xp.cumulative_sum(xp.flip(x, axis=0), axis=0), axis=0) * x),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {"zeros": ((0.0, 1.0, 0.0), COLUMNS)},
    ),
    _reduction(
        "cumulative_prod",
        "cumulative_prod",
        weighted(lambda xp, x: xp.cumulative_prod(x, axis=0)),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {
            "ones": ((1.0, 1.0, 1.0), COLUMNS),
            "zero_first": ((0.0, 2.0, 3.0), COLUMNS),
            "zero_inside": ((2.0, 0.0, 3.0, 4.0), draw(4)),
            "zero_last": ((2.0, 3.0, 0.0), COLUMNS),
            "two_zeros": ((2.0, 0.0, 3.0, 0.0, 5.0), draw(5)),
            "only_zeros": ((0.0, 0.0, 0.0), COLUMNS),
            "one": ((0.0,), draw(1)),
        },
    ),
    _reduction(
        "cumulative_prod_last_axis",
        "cumulative_prod",
        weighted(lambda xp, x: xp.cumulative_prod(x, axis=-1)),
        {"matrix": (MATRIX, draw(2, 3)), "cube": (CUBE, CUBE)},
        {"zeros": (((0.0, 2.0, 0.0), (1.0, 0.0, 3.0)), draw(2, 3)), "one_column": (draw(2, 1), draw(2, 1))},
    ),
)

ORDER = (
    _reduction(
        "max",
        "max",
        lambda xp, x: xp.max(x * x * x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(one=(0.42,), number=0.42, negative=(-2.0, -1.0, -3.0), zero=(-1.0, 0.0, -2.0), apart=(-3e1, 3e1)),
    ),
    _reduction(
        "max_axis",
        "max",
        weighted(lambda xp, x: xp.max(x, axis=0) ** 2),
        {"matrix": (MATRIX, COLUMNS), "cube": (CUBE, draw(3, 2))},
        {"one_row": ((MATRIX[0],), COLUMNS), "equal_in_other_axis": (((1.0, 1.0), (2.0, 0.0)), ROWS)},
    ),
    _reduction(
        "max_keepdims",
        "max",
        weighted(lambda xp, x: x * xp.max(x, axis=(0, 2), keepdims=True)),
        {"cube": (CUBE, CUBE)},
        {"one_sheet": ((MATRIX,), draw(1, 2, 3))},
    ),
    _reduction(
        "min",
        "min",
        lambda xp, x: xp.min(x * x * x),
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(one=(0.42,), number=0.42, positive=(2.0, 1.0, 3.0), zero=(1.0, 0.0, 2.0)),
    ),
    _reduction(
        "min_axis",
        "min",
        weighted(lambda xp, x: xp.min(x, axis=-1) ** 2),
        {"matrix": (MATRIX, ROWS), "cube": (CUBE, draw(2, 3))},
        {"one_column": (draw(2, 1), ROWS)},
    ),
    _reduction(
        "range",
        "max min",
        lambda xp, x: (xp.max(x) - xp.min(x)) ** 2,
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(pair=(1.0, -1.0), one=(0.42,)),
    ),
    _reduction(
        "median",
        "median",
        lambda xp, x: xp.median(x) ** 3,
        _plain(odd=(0.42, -0.75, 1.6), matrix=((0.42, -0.75, 1.6), (-2.3, 0.35, 0.9), (2.0, 3.0, -1.2))),
        _plain(one=(0.42,), zero=(-1.0, 0.0, 2.0)),
    ),
    _reduction(
        "median_even", "median", lambda xp, x: xp.median(x) ** 3, _plain(vector=VECTOR, matrix=MATRIX), _plain(pair=(1.0, -1.0))
    ),
    _reduction(
        "median_axis",
        "median",
        weighted(lambda xp, x: xp.median(x, axis=1, keepdims=True) * x),
        {"matrix": (MATRIX, draw(2, 3))},
        {"one_column": (draw(3, 1), draw(3, 1))},
    ),
    _reduction(
        "quantile_of_all",
        "quantile",
        lambda xp, x: xp.quantile(x, 0.375) ** 3,
        _plain(vector=VECTOR, matrix=MATRIX),
        _plain(one=(0.42,), pair=(1.0, -1.0)),
    ),
    _reduction(
        "quantile_axis",
        "quantile",
        weighted(lambda xp, x: xp.quantile(x, 0.75, 1) ** 2),
        {"matrix": (MATRIX, draw(2))},
        {"one_column": (draw(3, 1), draw(3)), "at_an_element": (((1.0, 2.0, 3.0, 5.0, 4.0),), draw(1))},
    ),
    _reduction(
        "sort",
        "sort",
        weighted(lambda xp, x: xp.sort(x) ** 2),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {"sorted": ((1.0, 2.0, 3.0), COLUMNS), "reversed": ((3.0, 2.0, 1.0), COLUMNS), "one": ((0.42,), draw(1))},
    ),
    _reduction(
        "sort_descending",
        "sort",
        weighted(lambda xp, x: xp.sort(x, axis=-1, descending=True) ** 2),
        {"vector": (VECTOR, draw(4)), "matrix": (MATRIX, draw(2, 3))},
        {"sorted": ((1.0, 2.0, 3.0), COLUMNS), "zero": ((0.0, -1.0, 2.0), COLUMNS)},
    ),
    _reduction(
        "sort_axis0",
        "sort",
        weighted(lambda xp, x: xp.sort(x, axis=0) ** 2),
        {"matrix": (MATRIX, draw(2, 3)), "cube": (CUBE, CUBE)},
        {"one_row": ((MATRIX[0],), draw(1, 3))},
    ),
    _reduction(
        "argsort",
        "argsort take_along_axis",
        weighted(lambda xp, x, y: xp.take_along_axis(x * y, xp.argsort(x, axis=-1), axis=-1)),
        {"vector": (VECTOR, draw(4), draw(4)), "matrix": (MATRIX, draw(2, 3), draw(2, 3))},
        {"zeros_moved": ((3.0, 1.0, 2.0), (0.0, 0.0, 1.0), COLUMNS)},
    ),
    _reduction(
        "largest_two",
        "sort",
        weighted(lambda xp, x: xp.sort(x, axis=-1, descending=True)[..., :2] ** 2),
        {"vector": (VECTOR, draw(2)), "matrix": (MATRIX, SHEETS)},
        {"negative": ((-3.0, -1.0, -2.0), ROWS)},
    ),
)

CASES: tuple[Case, ...] = (*SUMS, *PRODUCTS, *SPREADS, *LOGSUMEXP, *NORMS, *SCANS, *ORDER)
