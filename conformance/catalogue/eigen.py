"""General matrices: eigenvalues that may be complex, triangular and orthogonal factors, special systems, stacks of no matrix.

Eigenvalues are asked through what does not depend on their order, eigenvectors through what does not depend on their phase.
Eigenvalues are distinct and pivots not tied.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case
from conformance.catalogue.linalg import (
    A2,
    A3,
    CUBE,
    DIAGONAL,
    ONE_BY_ONE,
    SPD2,
    SPD3,
    STACK,
    TALL,
    TURN,
    UNIT,
    UPPER,
    V2,
    V3,
    W11,
    W22,
    W33,
    WIDE,
)
from conformance.catalogue.rows import Inputs, draw, row, weighted

_general = partial(row, family="linalg")

REAL2 = ((2.0, 1.0), (0.5, -1.0))
MIXED3 = ((0.5, -1.5, 0.25), (1.25, 0.5, 0.0), (0.5, -0.25, 2.0))
POSITIVE3 = ((1.0, 0.5, 0.25), (0.75, 2.0, 0.5), (0.25, 1.0, 0.5))
SWAPPED3 = ((0.25, 1.5, -1.0), (0.5, 0.25, -1.25), (2.0, -0.5, 0.75))
LOWER = ((2.0, 0.0, 0.0), (0.75, -1.5, 0.0), (0.5, 0.25, 1.25))
SCALES2, SCALES3 = (0.625, 1.25), (1.25, 1.75, 2.0)
"""Nearly those that make the reflections of TALL and A3 orthogonal: inverses of reflections, by which PyTorch differentiates,
exist but for scales half as large."""
NONE = draw(0, 2, 2)


def _square(y: Any) -> Any:
    """Without a power, whose own derivatives are other cases'."""
    return y * y


def _plain(**points: Any) -> dict[str, Inputs]:
    return {name: (x,) for name, x in points.items()}


def _symmetric(xp: Any, a: Any) -> Any:
    return 0.5 * (a + xp.matrix_transpose(a))


def _cube(z: Any) -> Any:
    return z * z * z


def _sum_of_cubes(xp: Any, values: Any) -> Any:
    return xp.sum(xp.real(_cube(values)), axis=-1)


def _exponential(xp: Any, a: Any) -> Any:
    values, vectors = xp.eig(a)
    return xp.real(xp.matmul(vectors * xp.exp(values), xp.inv(vectors)))


def _moduli(xp: Any, a: Any) -> Any:
    values, vectors = xp.eig(a)
    return xp.sum((_square(xp.real(vectors)) + _square(xp.imag(vectors))) * xp.real(values), axis=-1)


EIGENVALUES = (
    _general(
        "eigvals_sum_of_cubes",
        "eigvals real",
        lambda xp, a: _sum_of_cubes(xp, xp.eigvals(a)),
        _plain(complex_pair=A2, real_pair=REAL2, n3=MIXED3),
        _plain(n1=ONE_BY_ONE, diagonal=DIAGONAL, upper=UPPER, turn=TURN),
    ),
    _general(
        "eigvals_log_moduli",
        "eigvals abs log",
        lambda xp, a: xp.sum(xp.log(xp.abs(xp.eigvals(a)))),
        _plain(complex_pair=A2, real_pair=REAL2, n3=MIXED3),
        _plain(n1=ONE_BY_ONE, upper=UPPER, turn=TURN),
    ),
    _general(
        "eigvals_squared_imaginary_parts",
        "eigvals imag",
        lambda xp, a: xp.sum(_square(xp.imag(xp.eigvals(a)))),
        _plain(complex_pair=A2, n3=MIXED3),
        _plain(turn=TURN),
    ),
    _general(
        "eigvals_stack",
        "eigvals real",
        weighted(lambda xp, a: _sum_of_cubes(xp, xp.eigvals(a))),
        {"two": (STACK, V2)},
        {"real_and_complex": ((REAL2, A2), V2)},
    ),
    _general(
        "spectral_radius",
        "eigvals abs max",
        lambda xp, a: xp.max(xp.abs(xp.eigvals(a))),
        _plain(positive=POSITIVE3, real_pair=REAL2),
    ),
    _general(
        "eig_exponential",
        "eig exp inv matmul real",
        weighted(_exponential),
        {"complex_pair": (A2, W22), "real_pair": (REAL2, W22), "n3": (MIXED3, W33)},
        {"diagonal": (DIAGONAL, W33), "upper": (UPPER, W33), "turn": (TURN, W22)},
    ),
    _general(
        "eig_moduli_of_vectors",
        "eig real imag",
        weighted(_moduli),
        {"complex_pair": (A2, V2), "real_pair": (REAL2, V2), "n3": (MIXED3, V3)},
        {"upper": (UPPER, V3), "turn": (TURN, V2), "diagonal": (DIAGONAL, V3)},
    ),
    _general(
        "eigvalsh_tridiagonal",
        "eigvalsh_tridiagonal",
        weighted(lambda xp, diagonal, beside: xp.eigvalsh_tridiagonal(diagonal, beside)),
        {"n3": ((2.0, -0.5, 1.25), (0.75, -0.5), V3), "n2": ((2.0, -0.5), (0.75,), V2)},
        {"diagonal": ((-0.5, 1.25, 2.0), (0.0, 0.0), V3)},
    ),
)


def _halves(xp: Any, factors: Any) -> Any:
    return xp.concat([factors[0], factors[1]], axis=-1)


FACTORS = (
    _general(
        "householder_product",
        "householder_product",
        weighted(lambda xp, v, tau: xp.householder_product(v, tau)),
        {"tall": (TALL, SCALES2, draw(3, 2)), "n3": (A3, SCALES3, W33)},
        {
            "zero_scales": (TALL, (0.0, 0.0), draw(3, 2)),
            "one_zero": (A3, (1.25, 0.0, 1.75), W33),
            "n1": (ONE_BY_ONE, (1.75,), W11),
            "column": (((1.0,), (-2.0,)), (0.375,), draw(2, 1)),
        },
    ),
    _general(
        "ormqr",
        "ormqr",
        weighted(lambda xp, v, tau, c: xp.ormqr(v, tau, c)),
        {"tall": (TALL, SCALES2, draw(3, 2), draw(3, 2)), "n3": (A3, SCALES3, draw(3, 1), draw(3, 1))},
        {"zero_scales": (TALL, (0.0, 0.0), draw(3, 2), draw(3, 2)), "zeros": (TALL, SCALES2, ((0.0,),) * 3, draw(3, 1))},
    ),
    _general(
        "ormqr_transposed",
        "ormqr",
        weighted(lambda xp, v, tau, c: xp.ormqr(v, tau, c, True)),
        {"tall": (TALL, SCALES2, draw(3, 2), draw(3, 2)), "n3": (A3, SCALES3, draw(3, 1), draw(3, 1))},
    ),
    _general(
        "lu",
        "lu",
        weighted(lambda xp, a: _halves(xp, xp.lu(a)[1:])),
        {"n2": (A2, draw(2, 4)), "pivoted": (SWAPPED3, draw(3, 6))},
        {
            "unit": (UNIT, draw(2, 4)),
            "upper": (UPPER, draw(3, 6)),
            "stack": (STACK, draw(2, 2, 4)),
        },
    ),
    _general(
        "lu_wide",
        "lu",
        weighted(lambda xp, a: _square(xp.lu(a)[2])),
        {"wide": (((0.5, 1.0, 0.75), (1.5, -1.0, 2.0)), draw(2, 3))},
    ),
    _general(
        "lu_factor",
        "lu_factor",
        weighted(lambda xp, a: xp.lu_factor(a)),
        {"n2": (A2, W22), "pivoted": (SWAPPED3, W33)},
        {"unit": (UNIT, W22), "upper": (UPPER, W33), "stack": (STACK, CUBE)},
    ),
    _general(
        "polar_decomposition",
        "polar_decomposition",
        weighted(lambda xp, a: xp.concat(list(xp.polar_decomposition(a)), axis=-1)),
        {"n2": (A2, draw(2, 4)), "n3": (A3, draw(3, 6))},
        {"n1": (ONE_BY_ONE, draw(1, 2)), "diagonal": (DIAGONAL, draw(3, 6))},
    ),
    _general(
        "cholesky_update",
        "cholesky_update",
        weighted(lambda xp, r, w: xp.cholesky_update(xp.triu(r), w)),
        {"n2": (A2, V2, W22), "n3": (((2.0, -0.5, 0.25), (0.0, 1.5, -1.0), (0.0, 0.0, 1.25)), V3, W33)},
        {"zero": (A2, (0.0, 0.0), W22), "n1": (((0.75,),), draw(1), W11)},
    ),
)


SYSTEMS = (
    _general(
        "solve_unitriangular",
        "solve_unitriangular",
        weighted(lambda xp, a, b: xp.solve_unitriangular(a, b)),
        {"n2": (A2, W22, W22), "n3": (LOWER, draw(3, 1), draw(3, 1))},
        {"zero_diagonal": (((0.0, 0.0), (0.75, 0.0)), W22, W22), "n1": (ONE_BY_ONE, W11, W11), "stack": (STACK, CUBE, CUBE)},
    ),
    _general(
        "solve_triangular_transposed",
        "solve_triangular_transposed",
        weighted(lambda xp, a, b: xp.solve_triangular_transposed(a, b)),
        {"n3": (LOWER, draw(3, 2), draw(3, 2)), "other_triangle_unread": (A2, W22, W22)},
        {"unit": (UNIT, W22, W22), "stack": (STACK, CUBE, CUBE)},
    ),
    _general(
        "solve_triangular_right",
        "solve_triangular_right",
        weighted(lambda xp, a, b: xp.solve_triangular_right(a, b)),
        {"n3": (LOWER, draw(2, 3), draw(2, 3)), "other_triangle_unread": (A2, W22, W22)},
        {"unit": (UNIT, W22, W22), "n1": (ONE_BY_ONE, W11, W11)},
    ),
    _general(
        "lu_solve_transposed",
        "lu_solve_transposed",
        weighted(lambda xp, a, b: xp.lu_solve_transposed(a, b)),
        {"n2_m3": (A2, draw(2, 3), draw(2, 3)), "pivoted": (SWAPPED3, draw(3, 1), draw(3, 1))},
        {"stack": (STACK, CUBE, CUBE), "zero_right": (A2, ((0.0, 0.0), (0.0, 0.0)), W22)},
    ),
    _general(
        "lu_solve_right",
        "lu_solve_right",
        weighted(lambda xp, a, b: xp.lu_solve_right(a, b)),
        {"n2_m3": (A2, draw(3, 2), draw(3, 2)), "pivoted": (SWAPPED3, draw(1, 3), draw(1, 3))},
    ),
    _general(
        "lu_inverse",
        "lu_inverse",
        weighted(lambda xp, a: xp.lu_inverse(a)),
        {"n2": (A2, W22), "pivoted": (SWAPPED3, W33)},
        {"n1": (ONE_BY_ONE, W11)},
    ),
    _general(
        "sylvester",
        "sylvester",
        weighted(lambda xp, a, b, c: xp.sylvester(a, b, c)),
        {"n2_m3": (A2, POSITIVE3, draw(2, 3), draw(2, 3)), "n2": (A2, SPD2, W22, W22)},
        {"zero_right": (A2, SPD2, ((0.0, 0.0), (0.0, 0.0)), W22)},
    ),
    _general(
        "banded_triangular_solve",
        "banded_triangular_solve",
        weighted(lambda xp, diagonal, below, b: xp.banded_triangular_solve(diagonal, below, b)),
        {"n3": ((2.0, -1.5, 1.25), (0.75, -0.5), draw(3, 2), draw(3, 2))},
        {"diagonal": ((2.0, -1.5, 1.25), (0.0, 0.0), draw(3, 1), draw(3, 1))},
    ),
    _general(
        "tridiagonal_matmul",
        "tridiagonal_matmul",
        weighted(lambda xp, below, diagonal, above, b: xp.tridiagonal_matmul(below, diagonal, above, b)),
        {"n3": ((0.75, -0.5), (2.0, -1.5, 1.25), (0.25, 0.5), draw(3, 2), draw(3, 2))},
        {"zeros": ((0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0), draw(3, 1), draw(3, 1))},
    ),
    _general(
        "pinv_of_symmetric",
        "pinv_of_symmetric",
        weighted(lambda xp, a: xp.pinv_of_symmetric(_symmetric(xp, a))),
        {"n2": (SPD2, W22), "n3": (SPD3, W33)},
        {"indefinite": (((1.0, 2.0), (2.0, -1.5)), W22), "diagonal": (DIAGONAL, W33), "n1": (ONE_BY_ONE, W11)},
    ),
    _general(
        "expm_frechet",
        "expm_frechet",
        weighted(lambda xp, a, e: xp.expm_frechet(a, e)),
        {"n2": (A2, W22, W22), "n3": (A3, W33, W33)},
        {
            "null": (((0.0, 0.0), (0.0, 0.0)), W22, W22),
            "along_null": (A2, ((0.0, 0.0), (0.0, 0.0)), W22),
            "turn": (TURN, W22, W22),
            "n1": (ONE_BY_ONE, W11, W11),
        },
    ),
)


def _cond(order: Any, **points: Any) -> Case:
    name = {None: "", 1: "_1", "fro": "_fro"}[order]
    return _general(f"matrix_cond{name}", "matrix_cond", lambda xp, a: xp.matrix_cond(a, order), _plain(**points))


MEASURES = (
    _cond(None, n2=A2, tall=TALL, diagonal=DIAGONAL),
    _cond(1, n2=A2, n3=A3),
    _cond("fro", n2=A2, unit=UNIT),
    _general(
        "normalize",
        "normalize",
        weighted(lambda xp, x: xp.normalize(x)),
        {"rows": (TALL, draw(3, 2)), "vector": (V3, V3)},
        {"unit": (UNIT, W22), "n1": (((-2.0,),), W11)},
    ),
    _general(
        "normalize_3",
        "normalize",
        weighted(lambda xp, x: xp.normalize(x, 3)),
        {"rows": (TALL, draw(3, 2))},
    ),
    _general(
        "global_norm",
        "global_norm",
        lambda xp, a, x: xp.global_norm([a, x]),
        {"matrix_and_vector": (A2, V3)},
        {"one_zero": (((0.0, 0.0), (0.0, 0.0)), V3), "n1": (draw(1), draw(1))},
    ),
    _general(
        "weighted_cov",
        "weighted_cov",
        weighted(lambda xp, x, weights: xp.weighted_cov(x, weights)),
        {"rows": (draw(2, 4), (0.5, 1.0, 0.75, 0.25), W22)},
        {"equal_weights": (draw(2, 4), (1.0, 1.0, 1.0, 1.0), W22), "one_zero": (draw(2, 4), (0.5, 1.0, 0.0, 0.25), W22)},
    ),
    _general("uncorrected_cov", "uncorrected_cov", weighted(lambda xp, x: xp.uncorrected_cov(x)), {"rows": (draw(2, 4), W22)}),
)

STRUCTURED = (
    _general(
        "block_diag",
        "block_diag",
        weighted(lambda xp, a, b: _square(xp.block_diag(a, b))),
        {"n2_and_wide": (A2, WIDE, draw(4, 5))},
        {"n1": (ONE_BY_ONE, UNIT, W33), "none": (A2, draw(1, 0), draw(3, 2))},
    ),
    _general(
        "toeplitz",
        "toeplitz",
        weighted(lambda xp, column, row: _square(xp.toeplitz(column, row))),
        {"n3_m2": (V3, V2, draw(3, 2))},
        {"n1": (draw(1), draw(1), W11), "row": (draw(1), V3, draw(1, 3))},
    ),
    _general(
        "set_diagonal",
        "set_diagonal",
        weighted(lambda xp, a, x: _square(xp.set_diagonal(a, x))),
        {"n3": (A3, V3, W33), "wide": (WIDE, V2, draw(2, 3))},
        {"zeros": (A2, (0.0, 0.0), W22), "n1": (ONE_BY_ONE, draw(1), W11)},
    ),
    _general(
        "band_part",
        "band_part",
        weighted(lambda xp, a: _square(xp.band_part(a, 1, 0))),
        {"n3": (A3, W33), "stack": (STACK, CUBE)},
        {"wide": (WIDE, draw(2, 3))},
    ),
)


def _none(name: str, f: Any, *weights: Any, others: Inputs = ()) -> Case:
    """Of a stack of no matrix, beside a stack of one."""
    shape = weights[0].shape if weights else (0, 2, 2)
    return _general(
        f"{name}_of_none",
        name,
        weighted(f),
        {"one": ((SPD2,), *((A2,) for _ in others), draw(1, *shape[1:]))},
        {"none": (NONE, *(NONE for _ in others), draw(*shape))},
    )


OF_NONE = (
    _none("inv", lambda xp, a: xp.inv(a)),
    _none("solve", lambda xp, a, b: xp.solve(a, b), others=(NONE,)),
    _none("cholesky", lambda xp, a: xp.cholesky(_symmetric(xp, a))),
    _none("eigvalsh", lambda xp, a: xp.eigvalsh(_symmetric(xp, a)), draw(0, 2)),
    _none("svdvals", lambda xp, a: xp.svdvals(a), draw(0, 2)),
)

CASES: tuple[Case, ...] = (*EIGENVALUES, *FACTORS, *SYSTEMS, *MEASURES, *STRUCTURED, *OF_NONE)
