"""Linear algebra, with structured and with singular inputs at which the function is still smooth.

Factors are asked through what does not depend on their signs. Cholesky and the symmetric eigenproblem are asked of
(a + aᵀ)/2, so that it does not matter which triangle is read. Eigenvalues and singular values are distinct but in REPEATED,
singular values positive, and pseudoinverses those of full rank; the determinant is a polynomial, smooth everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import Inputs, draw, row, weighted

A2 = ((2.0, -0.5), (0.75, 1.5))
A3 = ((2.0, -0.5, 0.25), (0.75, 1.5, -1.0), (0.5, 0.25, -1.25))
SPD2 = ((2.0, -0.5), (-0.5, 1.25))
SPD3 = ((2.0, -0.5, 0.25), (-0.5, 1.5, 0.375), (0.25, 0.375, 1.25))
UNIT = ((1.0, 0.0), (0.0, 1.0))
UNIT3 = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
NULL = ((0.0, 0.0), (0.0, 0.0))
NULL3 = ((0.0, 0.0, 0.0),) * 3
SWAP = ((0.0, 1.0), (1.0, 0.0))
CYCLE = ((0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
DIAGONAL = ((3.0, 0.0, 0.0), (0.0, -2.0, 0.0), (0.0, 0.0, 0.5))
POSITIVE_DIAGONAL = ((3.0, 0.0, 0.0), (0.0, 0.5, 0.0), (0.0, 0.0, 2.0))
UPPER = ((2.0, -0.5, 0.25), (0.0, 1.5, -1.0), (0.0, 0.0, -1.25))
NILPOTENT = ((0.0, 1.0), (0.0, 0.0))
JORDAN = ((0.5, 1.0), (0.0, 0.5))
TURN = ((0.0, -1.5), (1.5, 0.0))
TRIPLE = ((0.5, 0.0, 0.0), (0.0, 0.5, 0.0), (0.0, 0.0, 0.5))
TWICE = ((2.0, 0.0, 0.0), (0.0, 0.5, 0.0), (0.0, 0.0, 2.0))
HILBERT = ((1.0, 1 / 2, 1 / 3), (1 / 2, 1 / 3, 1 / 4), (1 / 3, 1 / 4, 1 / 5))
RANK1 = ((2.0, -1.0, 0.5), (4.0, -2.0, 1.0), (-2.0, 1.0, -0.5))
RANK2 = ((1.0, 2.0, 0.0), (2.0, 4.0, 1.0), (1.0, 2.0, 1.0))
PAIRS = ((1.0, 1.0, 0.0, 0.0), (1.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 1.0, 1.0))
TALL = ((1.0, -0.5), (0.25, 0.75), (1.5, -1.0))
WIDE = ((1.0, 0.25, 1.5), (-0.5, 0.75, -1.0))
ONE_BY_ONE = ((-0.75,),)
STACK = (A2, ((0.5, 1.0), (-1.5, 0.25)))
SPD_STACK = (SPD2, ((1.0, 0.25), (0.25, 3.0)))
V2, V3, W11, W22, W33 = draw(2), draw(3), draw(1, 1), draw(2, 2), draw(3, 3)
CUBE = draw(2, 2, 2)
ONE = draw()

_linalg = partial(row, family="linalg")


def _symmetric(xp: Any, a: Any) -> Any:
    return 0.5 * (a + xp.matrix_transpose(a))


def _plain(**points: Any) -> dict[str, Inputs]:
    """One array each, for a function whose value has no axes."""
    return {name: (x,) for name, x in points.items()}


SOLVED = (
    _linalg(
        "inv",
        "inv",
        weighted(lambda xp, a: xp.inv(a)),
        {"n2": (A2, W22), "n3": (A3, W33)},
        {
            "n1": (ONE_BY_ONE, W11),
            "unit": (UNIT3, W33),
            "diagonal": (DIAGONAL, W33),
            "swap": (SWAP, W22),
            "cycle": (CYCLE, W33),
            "upper": (UPPER, W33),
            "stack": (STACK, CUBE),
            "hilbert": (HILBERT, W33),
        },
    ),
    _linalg(
        "inv_of_inv",
        "inv",
        weighted(lambda xp, a: xp.inv(xp.inv(a)) ** 2),
        {"n2": (A2, W22)},
        {"unit": (UNIT, W22), "n1": (ONE_BY_ONE, W11)},
    ),
    _linalg(
        "trace_of_inv",
        "inv trace",
        lambda xp, a: xp.trace(xp.inv(a)),
        _plain(n2=A2, n3=A3),
        _plain(unit=UNIT, n1=ONE_BY_ONE, cycle=CYCLE),
    ),
    _linalg(
        "solve",
        "solve",
        weighted(lambda xp, a, b: xp.solve(a, b)),
        {"n2_m3": (A2, draw(2, 3), draw(2, 3)), "n3_m1": (A3, draw(3, 1), draw(3, 1))},
        {
            "unit": (UNIT, W22, W22),
            "swap": (SWAP, W22, W22),
            "zero_right": (A2, NULL, W22),
            "n1": (ONE_BY_ONE, W11, W11),
            "stack": (STACK, CUBE, CUBE),
            "hilbert": (HILBERT, draw(3, 1), draw(3, 1)),
        },
    ),
    _linalg(
        "solve_vector",
        "solve",
        weighted(lambda xp, a, b: xp.solve(a, b)),
        {"n2": (A2, V2, V2), "n3": (A3, V3, V3)},
        {"cycle": (CYCLE, V3, V3), "zero_right": (A2, (0.0, 0.0), V2), "n1": (ONE_BY_ONE, draw(1), draw(1))},
    ),
    _linalg(
        "solve_broadcast",
        "solve",
        weighted(lambda xp, a, b: xp.solve(a, b)),
        {"one_matrix": (A2, CUBE, CUBE), "one_right_side": (STACK, draw(2, 3), draw(2, 2, 3))},
        {"axis_of_length_1": ((A2,), CUBE, CUBE)},
    ),
    _linalg(
        "lu_solve",
        "lu_solve",
        weighted(lambda xp, a, b: xp.lu_solve(a, b)),
        {"n2_m3": (A2, draw(2, 3), draw(2, 3)), "n3_m1": (A3, draw(3, 1), draw(3, 1))},
        {"unit": (UNIT, W22, W22), "swap": (SWAP, W22, W22), "n1": (ONE_BY_ONE, W11, W11), "stack": (STACK, CUBE, CUBE)},
    ),
    _linalg(
        "cho_solve",
        "cho_solve",
        weighted(lambda xp, a, b: xp.cho_solve(xp.tril(a), b)),
        {"n2_m3": (A2, draw(2, 3), draw(2, 3)), "n3_m1": (A3, draw(3, 1), draw(3, 1))},
        {"unit": (UNIT, W22, W22), "n1": (ONE_BY_ONE, W11, W11), "zero_right": (A2, NULL, W22)},
    ),
    _linalg(
        "cho_solve_broadcast",
        "cho_solve",
        weighted(lambda xp, a, b: xp.cho_solve(xp.tril(a), b)),
        {"one_matrix": (A2, CUBE, CUBE), "one_right_side": (STACK, draw(2, 3), draw(2, 2, 3))},
        {"square_right_side": (STACK, W22, CUBE), "stack": (STACK, CUBE, CUBE)},
    ),
    _linalg(
        "cholesky_inverse",
        "cholesky_inverse",
        weighted(lambda xp, a: xp.cholesky_inverse(xp.tril(a))),
        {"n2": (A2, W22), "n3": (A3, W33)},
        {"unit": (UNIT, W22), "diagonal": (DIAGONAL, W33), "n1": (ONE_BY_ONE, W11)},
    ),
    _linalg(
        "tridiagonal_solve",
        "tridiagonal_solve",
        weighted(lambda xp, below, diagonal, above, b: xp.tridiagonal_solve(below, diagonal, above, b)),
        {"n3_m2": ((0.75, -0.5), (2.0, -1.5, 1.25), (0.25, 0.5), draw(3, 2), draw(3, 2))},
        {
            "diagonal": ((0.0, 0.0), (2.0, -1.5, 1.25), (0.0, 0.0), draw(3, 1), draw(3, 1)),
            "n2": ((0.75,), (2.0, -1.5), (0.25,), draw(2, 1), draw(2, 1)),
        },
    ),
    _linalg(
        "multivariate_normal_logpdf",
        "multivariate_normal_logpdf",
        lambda xp, x, mean, a: xp.multivariate_normal_logpdf(x, mean, _symmetric(xp, a)),
        {"n2": (draw(2), draw(2), SPD2), "n3": (draw(3), draw(3), SPD3)},
        {
            "unit": (draw(2), draw(2), UNIT),
            "at_the_mean": ((0.5, -0.25), (0.5, -0.25), SPD2),
            "n1": (draw(1), draw(1), ((0.75,),)),
        },
    ),
    _linalg(
        "solve_triangular",
        "solve_triangular",
        weighted(lambda xp, a, b: xp.solve_triangular(a, b, lower=True)),
        {"n2": (((2.0, 0.0), (0.75, 1.5)), W22, W22), "other_triangle_unread": (A3, draw(3, 1), draw(3, 1))},
        {
            "unit": (UNIT, W22, W22),
            "n1": (ONE_BY_ONE, W11, W11),
            "stack": (STACK, draw(2, 2, 1), draw(2, 2, 1)),
            "zero_right": (A2, NULL, W22),
        },
    ),
    _linalg(
        "solve_triangular_upper",
        "solve_triangular",
        weighted(lambda xp, a, b: xp.solve_triangular(a, b, lower=False)),
        {"n3": (UPPER, draw(3, 2), draw(3, 2)), "other_triangle_unread": (A2, W22, W22)},
        {"unit": (UNIT, W22, W22), "n1": (ONE_BY_ONE, W11, W11), "stack": (STACK, draw(2, 2, 1), draw(2, 2, 1))},
    ),
    _linalg(
        "pinv",
        "pinv",
        weighted(lambda xp, a: xp.pinv(a)),
        {"tall": (TALL, draw(2, 3)), "wide": (WIDE, draw(3, 2)), "n2": (A2, W22)},
        {
            "column": (((1.0,), (-2.0,)), draw(1, 2)),
            "row": (((1.0, -2.0),), draw(2, 1)),
            "n1": (ONE_BY_ONE, W11),
            "unit": (UNIT, W22),
            "orthogonal_columns": (((1.0, 0.0), (0.0, 2.0), (0.0, 0.0)), draw(2, 3)),
        },
    ),
    _linalg(
        "least_squares",
        "pinv matmul",
        weighted(lambda xp, a, b: xp.matmul(xp.pinv(a), b)),
        {"n3_m2": (TALL, V3, V2)},
        {
            "no_residual": (TALL, (0.5, 1.0, 0.5), V2),
            "orthogonal_right_side": (((1.0, 0.0), (0.0, 1.0), (0.0, 0.0)), (0.0, 0.0, 1.0), V2),
        },
    ),
    _linalg(
        "least_squares_by_qr",
        "qr solve_triangular matmul matrix_transpose",
        weighted(lambda xp, a, b: _by_qr(xp, xp.qr(a), b)),
        {"n3_m2": (TALL, draw(3, 1), draw(2, 1)), "n2": (A2, W22, W22)},
        {"n1": (((2.0,), (1.0,)), draw(2, 1), W11)},
    ),
    _linalg(
        "projector",
        "inv matmul matrix_transpose",
        weighted(lambda xp, a: xp.matmul(a, xp.matmul(xp.inv(xp.matmul(xp.matrix_transpose(a), a)), xp.matrix_transpose(a)))),
        {"tall": (TALL, W33)},
        {"square": (A2, W22), "column": (((1.0,), (-2.0,)), W22)},
    ),
    _linalg(
        "mahalanobis",
        "solve vecdot",
        lambda xp, a, x: xp.vecdot(x, xp.solve(a, x)),
        {"n2": (A2, V2), "n3": (SPD3, V3)},
        {"unit": (UNIT, V2), "origin": (A2, (0.0, 0.0)), "n1": (ONE_BY_ONE, draw(1))},
    ),
)


def _by_qr(xp: Any, factors: Any, b: Any) -> Any:
    return xp.solve_triangular(factors[1], xp.matmul(xp.matrix_transpose(factors[0]), b), lower=False)


DETERMINANTS = (
    _linalg(
        "det",
        "det",
        lambda xp, a: xp.det(a),
        _plain(n2=A2, n3=A3),
        _plain(
            n1=ONE_BY_ONE,
            n1_zero=((0.0,),),
            unit=UNIT3,
            diagonal=DIAGONAL,
            swap=SWAP,
            cycle=CYCLE,
            upper=UPPER,
            rank_1_of_2=((1.0, 2.0), (2.0, 4.0)),
            rank_2_of_3=RANK2,
            zero_row=((1.0, 2.0, 3.0), (0.0, 0.0, 0.0), (4.0, -1.0, 2.0)),
            zero_column=((1.0, 0.0, 3.0), (2.0, 0.0, 1.0), (4.0, 0.0, 2.0)),
            equal_rows=((1.0, 2.0, 3.0), (1.0, 2.0, 3.0), (4.0, -1.0, 2.0)),
            rank_1_of_3=RANK1,
            ones=((1.0, 1.0, 1.0),) * 3,
            diagonal_of_rank_1=((2.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
            rank_2_of_4=PAIRS,
            null_2=NULL,
            null_3=NULL3,
            small=((1e-2, 2e-2), (-3e-2, 1e-2)),
        ),
    ),
    _linalg(
        "det_stack",
        "det",
        weighted(lambda xp, a: xp.det(a)),
        {"two": (STACK, V2)},
        {"one_singular": ((A2, ((1.0, 2.0), (2.0, 4.0))), V2), "one_null": ((NULL, A2), V2), "n1": (draw(2, 1, 1), V2)},
    ),
    _linalg(
        "det_squared",
        "det",
        lambda xp, a: xp.det(a) ** 2,
        _plain(n2=A2, n3=A3),
        _plain(singular=((1.0, 2.0), (2.0, 4.0)), null=NULL),
    ),
    _linalg(
        "det_of_gram",
        "det matmul matrix_transpose",
        lambda xp, a: xp.det(xp.matmul(xp.matrix_transpose(a), a)),
        _plain(tall=TALL, n2=A2),
        _plain(rank_1=((1.0, 2.0), (1.0, 2.0), (0.0, 0.0)), null=NULL, column=((1.0,), (-2.0,))),
    ),
    _linalg(
        "det_of_product",
        "det matmul",
        lambda xp, a, b: xp.det(xp.matmul(a, b)),
        {"n2": (A2, SPD2)},
        {"one_singular": (A2, ((1.0, 2.0), (2.0, 4.0))), "one_null": (NULL, A2)},
    ),
    _linalg(
        "slogdet",
        "slogdet",
        lambda xp, a: xp.slogdet(a)[1],
        _plain(n2=A2, n3=A3),
        _plain(
            n1=ONE_BY_ONE,
            unit=UNIT3,
            diagonal=DIAGONAL,
            swap=SWAP,
            cycle=CYCLE,
            small=((1e-2, 2e-2), (-3e-2, 1e-2)),
            hilbert=HILBERT,
        ),
    ),
    _linalg(
        "slogdet_stack",
        "slogdet",
        weighted(lambda xp, a: xp.slogdet(a)[1]),
        {"two": (STACK, V2)},
        {"n1": ((((-2.0,),), ((3.0,),)), V2)},
    ),
    _linalg(
        "slogdet_sign",
        "slogdet",
        weighted(lambda xp, a: xp.slogdet(a)[0]),
        {"n2": (A2, ONE), "n3": (A3, ONE)},
        {"swap": (SWAP, ONE), "n1": (ONE_BY_ONE, ONE)},
    ),
    _linalg(
        "logdet",
        "logdet",
        lambda xp, a: xp.logdet(_symmetric(xp, a)),
        _plain(n2=SPD2, n3=SPD3),
        _plain(n1=((2.0,),), unit=UNIT3, diagonal=POSITIVE_DIAGONAL),
    ),
    _linalg(
        "gaussian_log_density",
        "slogdet solve vecdot",
        lambda xp, a, x: -0.5 * xp.vecdot(x, xp.solve(a, x)) - 0.5 * xp.slogdet(a)[1],
        {"n2": (SPD2, V2), "n3": (SPD3, V3)},
        {"mean": (SPD2, (0.0, 0.0)), "unit": (UNIT, V2)},
    ),
)

FACTORS = (
    _linalg(
        "cholesky",
        "cholesky",
        weighted(lambda xp, a: xp.cholesky(_symmetric(xp, a))),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {
            "n1": (((2.0,),), W11),
            "unit": (UNIT3, W33),
            "diagonal": (POSITIVE_DIAGONAL, W33),
            "stack": (SPD_STACK, CUBE),
            "hilbert": (HILBERT, W33),
        },
    ),
    _linalg(
        "cholesky_upper",
        "cholesky",
        weighted(lambda xp, a: xp.cholesky(_symmetric(xp, a), upper=True)),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {"n1": (((2.0,),), W11), "unit": (UNIT, W22)},
    ),
    _linalg(
        "cholesky_of_gram",
        "cholesky matmul matrix_transpose",
        weighted(lambda xp, a: xp.cholesky(xp.matmul(a, xp.matrix_transpose(a)))),
        {"n2": (A2, W22), "wide": (WIDE, W22)},
        {"swap": (SWAP, W22), "n1": (ONE_BY_ONE, W11)},
    ),
    _linalg(
        "log_det_by_cholesky",
        "cholesky diagonal log",
        lambda xp, a: 2.0 * xp.sum(xp.log(xp.diagonal(xp.cholesky(_symmetric(xp, a))))),
        _plain(n2=SPD2, n3=SPD3),
        _plain(unit=UNIT, n1=((2.0,),)),
    ),
    _linalg(
        "whitened",
        "cholesky solve_triangular",
        weighted(lambda xp, a, b: xp.solve_triangular(xp.cholesky(_symmetric(xp, a)), b, lower=True) ** 2),
        {"n2": (SPD2, W22, W22), "n3": (SPD3, draw(3, 1), draw(3, 1))},
        {"unit": (UNIT, W22, W22), "zeros": (SPD2, NULL, W22)},
    ),
    _linalg(
        "qr_squared_columns",
        "qr",
        weighted(lambda xp, a: xp.qr(a)[0] ** 2),
        {"tall": (TALL, draw(3, 2)), "n3": (A3, W33)},
        {"unit": (UNIT, W22), "column": (((1.0,), (-2.0,)), draw(2, 1)), "swap": (SWAP, W22), "stack": (STACK, CUBE)},
    ),
    _linalg(
        "qr_squared_triangle",
        "qr",
        weighted(lambda xp, a: xp.qr(a)[1] ** 2),
        {"tall": (TALL, W22), "n3": (A3, W33)},
        {"unit": (UNIT, W22), "column": (((1.0,), (-2.0,)), W11), "upper": (UPPER, W33), "stack": (STACK, CUBE)},
    ),
    _linalg(
        "qr_product",
        "qr matmul",
        weighted(lambda xp, a: xp.matmul(xp.qr(a)[0], xp.qr(a)[1]) ** 2),
        {"tall": (TALL, draw(3, 2)), "n2": (A2, W22)},
        {"n1": (ONE_BY_ONE, W11)},
    ),
)


def _eigenvalues(xp: Any, a: Any) -> Any:
    return xp.eigvalsh(_symmetric(xp, a))


def _squared_vectors(xp: Any, a: Any) -> Any:
    return xp.eigh(_symmetric(xp, a))[1] ** 2


def _exponential(xp: Any, a: Any) -> Any:
    values, vectors = xp.eigh(_symmetric(xp, a))
    return xp.matmul(vectors * xp.exp(values), xp.matrix_transpose(vectors))


def _last_projector(xp: Any, a: Any) -> Any:
    last = xp.eigh(_symmetric(xp, a))[1][..., -1:]
    return xp.matmul(last, xp.matrix_transpose(last))


def _polar(xp: Any, a: Any) -> Any:
    u, _, vh = xp.svd(a, full_matrices=False)
    return xp.matmul(u, vh)


def _rank_one(xp: Any, a: Any) -> Any:
    u, s, vh = xp.svd(a, full_matrices=False)
    return xp.matmul(u[..., :1] * s[..., :1], vh[..., :1, :])


def _rayleigh(xp: Any, a: Any, x: Any) -> Any:
    return xp.vecdot(x, xp.matmul(a, x)) / xp.vecdot(x, x)


SPECTRA = (
    _linalg(
        "eigvalsh",
        "eigvalsh",
        weighted(_eigenvalues),
        {"n2": (SPD2, V2), "n3": (SPD3, V3)},
        {
            "n1": (ONE_BY_ONE, draw(1)),
            "diagonal": (DIAGONAL, V3),
            "swap": (SWAP, V2),
            "stack": (SPD_STACK, W22),
            "unsymmetric_argument": (A2, V2),
            "one_zero": (((1.0, 2.0), (2.0, 4.0)), V2),
        },
    ),
    _linalg(
        "eigh_values",
        "eigh",
        weighted(lambda xp, a: xp.eigh(_symmetric(xp, a))[0]),
        {"n2": (SPD2, V2), "n3": (SPD3, V3)},
        {"diagonal": (DIAGONAL, V3), "n1": (ONE_BY_ONE, draw(1))},
    ),
    _linalg(
        "eigh_squared_vectors",
        "eigh",
        weighted(_squared_vectors),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {"diagonal": (DIAGONAL, W33), "n1": (ONE_BY_ONE, W11), "stack": (SPD_STACK, CUBE)},
    ),
    _linalg(
        "eigh_last_projector",
        "eigh matmul",
        weighted(_last_projector),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {"diagonal": (DIAGONAL, W33), "swap": (SWAP, W22)},
    ),
    _linalg(
        "sqrtm",
        "sqrtm",
        weighted(lambda xp, a: xp.sqrtm(_symmetric(xp, a))),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {"diagonal": (POSITIVE_DIAGONAL, W33), "n1": (((0.75,),), W11)},
    ),
    _linalg(
        "exponential_by_eigh",
        "eigh exp matmul",
        weighted(_exponential),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {"diagonal": (DIAGONAL, W33), "n1": (ONE_BY_ONE, W11)},
    ),
    _linalg(
        "eigenvalue_sum",
        "eigvalsh",
        lambda xp, a: xp.sum(_eigenvalues(xp, a)) ** 2,
        _plain(n2=SPD2, n3=SPD3),
        _plain(diagonal=DIAGONAL, n1=ONE_BY_ONE),
    ),
    _linalg(
        "rayleigh_quotient",
        "vecdot matmul",
        _rayleigh,
        {"n2": (A2, V2), "n3": (A3, V3)},
        {"eigenvector": (((2.0, 0.0), (0.0, 3.0)), (1.0, 0.0)), "unit": (UNIT, V2), "n1": (ONE_BY_ONE, draw(1))},
    ),
    _linalg(
        "svdvals",
        "svdvals",
        weighted(lambda xp, a: xp.svdvals(a)),
        {"tall": (TALL, V2), "wide": (WIDE, V2), "n3": (A3, V3)},
        {
            "diagonal": (DIAGONAL, V3),
            "column": (((1.0,), (-2.0,)), draw(1)),
            "row": (((1.0, -2.0),), draw(1)),
            "n1": (ONE_BY_ONE, draw(1)),
            "stack": (STACK, W22),
        },
    ),
    _linalg(
        "svd_values",
        "svd",
        weighted(lambda xp, a: xp.svd(a, full_matrices=False)[1]),
        {"tall": (TALL, V2), "n2": (A2, V2)},
        {"diagonal": (DIAGONAL, V3), "n1": (ONE_BY_ONE, draw(1))},
    ),
    _linalg(
        "svd_squared_left",
        "svd",
        weighted(lambda xp, a: xp.svd(a, full_matrices=False)[0] ** 2),
        {"tall": (TALL, draw(3, 2)), "n2": (A2, W22)},
        {"wide": (WIDE, W22), "diagonal": (DIAGONAL, W33)},
    ),
    _linalg(
        "svd_squared_right",
        "svd",
        weighted(lambda xp, a: xp.svd(a, full_matrices=False)[2] ** 2),
        {"wide": (WIDE, draw(2, 3)), "n2": (A2, W22)},
        {"tall": (TALL, W22), "diagonal": (DIAGONAL, W33)},
    ),
    _linalg(
        "polar_factor",
        "svd matmul",
        weighted(_polar),
        {"n2": (A2, W22), "tall": (TALL, draw(3, 2)), "wide": (WIDE, draw(2, 3))},
        {"diagonal": (((2.0, 0.0), (0.0, -1.0)), W22), "column": (((1.0,), (-2.0,)), draw(2, 1))},
    ),
    _linalg(
        "rank_one_approximation",
        "svd matmul",
        weighted(_rank_one),
        {"n2": (A2, W22), "tall": (TALL, draw(3, 2))},
        {"diagonal": (DIAGONAL, W33)},
    ),
    _linalg(
        "condition_number",
        "svdvals",
        lambda xp, a: xp.svdvals(a)[0] / xp.svdvals(a)[-1],
        _plain(n2=A2, tall=TALL),
        _plain(diagonal=DIAGONAL),
    ),
)


def _by_eigenvectors(xp: Any, a: Any) -> Any:
    values, vectors = xp.eigh(_symmetric(xp, a))
    return xp.matmul(vectors * xp.exp(values), xp.matrix_transpose(vectors))


def _by_singular_vectors(xp: Any, a: Any) -> Any:
    u, values, v = xp.svd(a, full_matrices=False)
    return xp.matmul(xp.matrix_transpose(v) / values, xp.matrix_transpose(u))


REPEATED = (
    _linalg(
        "log_det_by_eigenvalues",
        "eigvalsh log",
        lambda xp, a: xp.sum(xp.log(xp.eigvalsh(_symmetric(xp, a)))),
        _plain(unit=UNIT),
        _plain(triple=TRIPLE, pair=TWICE),
        truth=lambda xp, a: xp.slogdet(_symmetric(xp, a))[1],
    ),
    _linalg(
        "exp_by_eigenvectors",
        "eigh exp",
        weighted(_by_eigenvectors),
        {"unit": (UNIT, W22)},
        {"triple": (TRIPLE, W33), "pair": (TWICE, W33)},
        truth=weighted(lambda xp, a: xp.expm(_symmetric(xp, a))),
    ),
    _linalg(
        "norm_by_singular_values",
        "svdvals",
        lambda xp, a: xp.sqrt(xp.sum(xp.svdvals(a) ** 2)),
        _plain(unit=UNIT),
        _plain(turn=TURN, pair=TWICE),
        truth=lambda xp, a: xp.sqrt(xp.sum(a**2)),
    ),
    _linalg(
        "inverse_by_singular_vectors",
        "svd",
        weighted(_by_singular_vectors),
        {"unit": (UNIT, W22)},
        {"turn": (TURN, W22), "pair": (TWICE, W33)},
        truth=weighted(lambda xp, a: xp.inv(a)),
    ),
)
"""Where eigenvalues or singular values are equal: functions of all of them alike are smooth there."""


def _power(n: int) -> Callable[..., Any]:
    return weighted(lambda xp, a: xp.matrix_power(a, n))


POWERS = (
    _linalg("matrix_power_0", "matrix_power", _power(0), {"n2": (A2, W22)}, {"null": (NULL, W22), "n1": (ONE_BY_ONE, W11)}),
    _linalg("matrix_power_1", "matrix_power", _power(1), {"n2": (A2, W22), "n3": (A3, W33)}, {"null": (NULL, W22)}),
    _linalg(
        "matrix_power_2",
        "matrix_power",
        _power(2),
        {"n2": (A2, W22), "n3": (A3, W33)},
        {"null": (NULL, W22), "nilpotent": (NILPOTENT, W22), "unit": (UNIT, W22), "stack": (STACK, CUBE)},
    ),
    _linalg(
        "matrix_power_3",
        "matrix_power",
        _power(3),
        {"n2": (A2, W22), "n3": (A3, W33)},
        {
            "null": (NULL, W22),
            "nilpotent": (NILPOTENT, W22),
            "unit": (UNIT, W22),
            "n1": (ONE_BY_ONE, W11),
            "stack": (STACK, CUBE),
        },
    ),
    _linalg("matrix_power_5", "matrix_power", _power(5), {"n2": (A2, W22)}, {"null": (NULL, W22), "swap": (SWAP, W22)}),
    _linalg(
        "matrix_power_minus_1",
        "matrix_power",
        _power(-1),
        {"n2": (A2, W22), "n3": (A3, W33)},
        {"unit": (UNIT, W22), "swap": (SWAP, W22), "n1": (ONE_BY_ONE, W11)},
    ),
    _linalg(
        "matrix_power_minus_2", "matrix_power", _power(-2), {"n2": (A2, W22)}, {"unit": (UNIT, W22), "n1": (ONE_BY_ONE, W11)}
    ),
    _linalg(
        "expm",
        "expm",
        weighted(lambda xp, a: xp.expm(a)),
        {"n2": (A2, W22), "n3": (A3, W33)},
        {
            "null": (NULL, W22),
            "unit": (UNIT, W22),
            "diagonal": (DIAGONAL, W33),
            "nilpotent": (NILPOTENT, W22),
            "jordan": (JORDAN, W22),
            "turn": (TURN, W22),
            "n1": (ONE_BY_ONE, W11),
            "large": (((-8.0, 6.0), (2.0, -5.0)), W22),
            "small": (((1e-3, -2e-3), (5e-4, 1e-3)), W22),
        },
    ),
    _linalg("expm_stack", "expm", weighted(lambda xp, a: xp.expm(a)), {"two": (STACK, CUBE)}, {"one_null": ((NULL, A2), CUBE)}),
    _linalg(
        "expm_times_vector",
        "expm matmul",
        weighted(lambda xp, a, x: xp.matmul(xp.expm(a), x)),
        {"n2": (A2, V2, V2)},
        {"null": (NULL, V2, V2), "turn": (TURN, (1.0, 0.0), V2)},
    ),
    _linalg(
        "log_det_expm",
        "expm slogdet",
        lambda xp, a: xp.slogdet(xp.expm(a))[1] ** 2,
        _plain(n2=A2, n3=A3),
        _plain(null=NULL, turn=TURN),
    ),
)


def _norm(order: Any) -> Callable[..., Any]:
    return lambda xp, a: xp.matrix_norm(a, ord=order)


NORMS = (
    _linalg(
        "matrix_norm",
        "matrix_norm",
        lambda xp, a: xp.matrix_norm(a),
        _plain(n2=A2, tall=TALL),
        _plain(unit=UNIT3, one_nonzero=NILPOTENT, n1=ONE_BY_ONE),
    ),
    _linalg(
        "matrix_norm_stack",
        "matrix_norm",
        weighted(lambda xp, a: xp.matrix_norm(a, keepdims=True) * a),
        {"two": (STACK, CUBE)},
        {"one_nonzero": ((NILPOTENT, UNIT), CUBE)},
    ),
    _linalg("matrix_norm_1", "matrix_norm", _norm(1), _plain(n2=A2, n3=A3), _plain(row=((1.0, -2.0),), n1=ONE_BY_ONE)),
    _linalg("matrix_norm_minus_1", "matrix_norm", _norm(-1), _plain(n2=A2, n3=A3), _plain(row=((1.0, -2.0),))),
    _linalg(
        "matrix_norm_inf", "matrix_norm", _norm(inf), _plain(n3=A3, tall=TALL), _plain(column=((1.0,), (-2.0,)), n1=ONE_BY_ONE)
    ),
    _linalg("matrix_norm_minus_inf", "matrix_norm", _norm(-inf), _plain(n3=A3, tall=TALL), _plain(column=((1.0,), (-2.0,)))),
    _linalg(
        "matrix_norm_2",
        "matrix_norm",
        _norm(2),
        _plain(n2=A2, tall=TALL, n3=A3),
        _plain(diagonal=DIAGONAL, n1=ONE_BY_ONE, column=((1.0,), (-2.0,))),
    ),
    _linalg(
        "matrix_norm_minus_2", "matrix_norm", _norm(-2), _plain(n2=A2, tall=TALL), _plain(diagonal=DIAGONAL, n1=ONE_BY_ONE)
    ),
    _linalg(
        "matrix_norm_nuclear",
        "matrix_norm",
        _norm("nuc"),
        _plain(n2=A2, wide=WIDE),
        _plain(diagonal=DIAGONAL, n1=ONE_BY_ONE, column=((1.0,), (-2.0,))),
    ),
    _linalg(
        "norm",
        "norm",
        lambda xp, x: xp.norm(x),
        _plain(vector=(0.42, -0.75, 1.6), matrix=TALL),
        _plain(with_zeros=(0.0, 3.0, -4.0), one=(-2.0,)),
    ),
    _linalg(
        "norm_axis",
        "norm",
        weighted(lambda xp, a: xp.norm(a, axis=1)),
        {"tall": (TALL, V3)},
        {"with_zeros": (((0.0, 2.0), (3.0, 0.0)), V2)},
    ),
)

CASES: tuple[Case, ...] = (*SOLVED, *DETERMINANTS, *FACTORS, *SPECTRA, *REPEATED, *POWERS, *NORMS)
