"""Are the reference's series of matrices right? Each factorisation against mpmath and against its own definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.case import quarters
from reference.series import differentiate
from tests.certify_series import BOUND, mpmath, truth, worst

A = np.array([[2.0, -0.5, 0.25], [0.75, 1.5, -1.0], [0.5, 0.25, -1.25]])
TURNING = np.array([[0.5, -1.5, 0.25], [1.25, 0.5, 0.0], [0.5, -0.25, 2.0]])
WIDE = np.array([[1.0, -0.5, 0.25], [0.75, 1.5, -1.0]])
SPD = np.array([[2.0, -0.5, 0.25], [-0.5, 1.5, 0.375], [0.25, 0.375, 1.25]])


def matrix(function: Callable[[Any], Any]) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """A function of mpmath matrices for arrays of mpmath numbers."""

    def of_array(a: NDArray[Any]) -> NDArray[Any]:
        result = function(mpmath.matrix(a.tolist()))
        return np.array(result.tolist() if hasattr(result, "tolist") else result, dtype=object)

    return of_array


def trace(a: Any) -> Any:
    return sum(a[i, i] for i in range(a.rows))


def reflections(a: Any) -> Any:
    """The product of 1 - scale·v·vᵀ, the first row of a as scales and the columns below its diagonal as v."""
    n = a.rows
    product = mpmath.eye(n)
    for j in range(n):
        v = mpmath.matrix([a[i, j] if i > j else int(i == j) for i in range(n)])
        product = product * (mpmath.eye(n) - a[0, j] * v * v.T)
    return product


def symmetric(a: Any) -> Any:
    return (a + a.T) / 2


def singular_values(a: Any) -> Any:
    return np.array(list(mpmath.svd_r(a, compute_uv=False)), dtype=object)


def weighted(a: Any) -> Any:
    """A number that changes with every entry, by fixed weights."""
    return np.sum(a * quarters(a.shape, "weights"))


def of_weighted(fn: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def scalar(xp: Any, a: Any) -> Any:
        y = fn(xp, a)
        return xp.sum(y * quarters(y.shape, "weights"))

    return scalar


CASES: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any], Any], NDArray[Any]]] = {
    "inv": (lambda xp, a: xp.linalg.inv(a), matrix(lambda a: a**-1), A),
    "det": (lambda xp, a: xp.linalg.det(a), matrix(mpmath.det), A),
    "logdet": (lambda xp, a: xp.linalg.slogdet(a)[1], matrix(lambda a: mpmath.log(abs(mpmath.det(a)))), A),
    "solve": (
        lambda xp, a: xp.linalg.solve(a, xp.asarray([1.0, -2.0, 0.5])),
        matrix(lambda a: (a**-1) * mpmath.matrix([1, -2, "0.5"])),
        A,
    ),
    "solve_triangular": (
        lambda xp, a: xp.linalg.solve_triangular(a, xp.eye(3), lower=True),
        lambda a: matrix(lambda b: b**-1)(np.tril(a)),
        A,
    ),
    "cholesky": (lambda xp, a: xp.linalg.cholesky(a), matrix(lambda a: mpmath.cholesky(symmetric(a))), SPD),
    "eigvalsh": (
        lambda xp, a: xp.linalg.eigvalsh(a),
        matrix(lambda a: mpmath.eigsy(symmetric(a), eigvals_only=True)),
        SPD,
    ),
    "svdvals": (lambda xp, a: xp.linalg.svdvals(a), matrix(singular_values), A),
    "svdvals_wide": (lambda xp, a: xp.linalg.svdvals(a), matrix(singular_values), WIDE),
    "pinv": (lambda xp, a: xp.linalg.pinv(a), matrix(lambda a: a.T * (a * a.T) ** -1), WIDE),
    "matrix_power": (lambda xp, a: xp.linalg.matrix_power(a, 5), matrix(lambda a: a**5), A),
    "matrix_power_negative": (lambda xp, a: xp.linalg.matrix_power(a, -2), matrix(lambda a: a**-2), A),
    "expm": (lambda xp, a: xp.linalg.expm(a), matrix(mpmath.expm), A),
    "frobenius": (lambda xp, a: xp.linalg.matrix_norm(a), matrix(lambda a: mpmath.mnorm(a, "f")), A),
    "nuclear": (lambda xp, a: xp.linalg.norm(a, "nuc"), matrix(lambda a: sum(singular_values(a))), A),
    "norm_1": (lambda xp, a: xp.linalg.norm(a, 1), matrix(lambda a: mpmath.mnorm(a, 1)), A),
    "norm_inf": (lambda xp, a: xp.linalg.norm(a, np.inf), matrix(lambda a: mpmath.mnorm(a, mpmath.inf)), A),
    "sum of exponentials of eigenvalues": (
        lambda xp, a: xp.sum(xp.real(xp.exp(xp.eigvals(a)))),
        matrix(lambda a: trace(mpmath.expm(a))),
        A,
    ),
    "sum of cubes of eigenvalues": (
        lambda xp, a: xp.sum(xp.real(xp.eig(a)[0] ** 3)),
        matrix(lambda a: trace(a**3)),
        TURNING,
    ),
    "exponential by eigenvectors": (
        lambda xp, a: xp.real(xp.matmul(xp.eig(a)[1] * xp.exp(xp.eig(a)[0]), xp.inv(xp.eig(a)[1]))),
        matrix(mpmath.expm),
        TURNING,
    ),
    "product of reflections": (
        lambda xp, a: xp.householder_product(a, a[0]),
        matrix(reflections),
        A,
    ),
    "norm_2": (lambda xp, a: xp.linalg.norm(a, 2), matrix(lambda a: max(singular_values(a))), A),
}


@pytest.mark.parametrize("name", CASES)
def test_against_mpmath(name: str) -> None:
    """Value, Jacobian, and Hessian-vector product and third derivative of a weighted sum of the entries."""
    fn, exact, point = CASES[name]
    tangent = [quarters(point.shape, name)]
    assert worst(differentiate(fn, [point], "value"), truth(exact, [point], "value", [], None)) <= BOUND
    assert worst(differentiate(fn, [point], "jacobian"), truth(exact, [point], "jacobian", [], None)) <= BOUND
    for operator in ("hvp", "third"):
        got = differentiate(of_weighted(fn), [point], operator, tangent)
        true = truth(lambda a: np.asarray(weighted(exact(a)), dtype=object), [point], operator, tangent, None)
        assert worst(got, true) <= BOUND, operator


def residual(fn: Callable[[Any, Any], Any], point: NDArray[Any]) -> float:
    """The largest entry of something that is zero for every argument, and of its derivatives of orders 1 to 3."""
    tangent = [quarters(point.shape, "residual")]
    answers = [
        differentiate(fn, [point], "value"),
        differentiate(fn, [point], "jacobian")[0],
        differentiate(of_weighted(fn), [point], "hessian")[0][0],
        differentiate(of_weighted(fn), [point], "third", tangent)[0],
    ]
    return max(float(np.abs(a).max()) for a in answers)


def strictly_lower(xp: Any, r: Any) -> Any:
    return r - xp.triu(r)


def lengths(xp: Any, a: Any) -> Any:
    """Of what is below the diagonal and 1 on it, squared: with 2 divided by these, reflections are orthogonal."""
    return xp.sum(xp.tril(a, k=-1) ** 2, axis=0) + 1.0


DEFINITIONS: dict[str, Callable[[Any, Any], Any]] = {
    "q @ r": lambda xp, a: xp.matmul(*xp.linalg.qr(a)) - a,
    "q.T @ q": lambda xp, a: xp.matmul(xp.linalg.qr(a)[0].mT, xp.linalg.qr(a)[0]) - np.eye(3),
    "triangle of r": lambda xp, a: strictly_lower(xp, xp.linalg.qr(a)[1]),
    "u @ s @ vh": lambda xp, a: xp.matmul(xp.linalg.svd(a)[0] * xp.linalg.svd(a)[1], xp.linalg.svd(a)[2]) - a,
    "u.T @ u": lambda xp, a: xp.matmul(xp.linalg.svd(a)[0].mT, xp.linalg.svd(a)[0]) - np.eye(3),
    "vh @ vh.T": lambda xp, a: xp.matmul(xp.linalg.svd(a)[2], xp.linalg.svd(a)[2].mT) - np.eye(3),
    "a @ v - v * w": lambda xp, a: (
        xp.matmul(a + a.mT, xp.linalg.eigh(a + a.mT)[1]) - xp.linalg.eigh(a + a.mT)[1] * xp.linalg.eigh(a + a.mT)[0]
    ),
    "v.T @ v": lambda xp, a: xp.matmul(xp.linalg.eigh(a + a.mT)[1].mT, xp.linalg.eigh(a + a.mT)[1]) - np.eye(3),
    "p @ l @ u": lambda xp, a: xp.matmul(xp.lu(a)[0], xp.matmul(xp.lu(a)[1], xp.lu(a)[2])) - a,
    "triangle of u": lambda xp, a: strictly_lower(xp, xp.lu(a)[2]),
    "triangle of l": lambda xp, a: strictly_lower(xp, xp.lu(a)[1].mT),
    "diagonal of l": lambda xp, a: xp.diagonal(xp.lu(a)[1]) - 1.0,
    "l and u in one": lambda xp, a: xp.lu_factor(a) - (xp.lu(a)[1] + xp.lu(a)[2] - np.eye(3)),
    "lengths of eigenvectors": lambda xp, a: xp.sum(xp.real(xp.eig(a)[1]) ** 2 + xp.imag(xp.eig(a)[1]) ** 2, axis=0) - 1.0,
    "h.T @ h @ x": lambda xp, a: xp.ormqr(a, 2.0 / lengths(xp, a), xp.ormqr(a, 2.0 / lengths(xp, a), a), True) - a,
}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_factorisation_meets_its_definition_to_third_order(name: str) -> None:
    assert residual(DEFINITIONS[name], A) < 1e-16


def test_the_definition_test_can_fail() -> None:
    assert residual(lambda xp, a: xp.matmul(*xp.linalg.qr(a + 1e-12)) - a, A) > 1e-13
    assert residual(lambda xp, a: xp.matmul(xp.linalg.qr(a)[0], a) - np.eye(3), A) > 0.1


def test_signs_are_those_of_lapack() -> None:
    for name in ("Q", "R"):
        ours = differentiate(lambda xp, a, name=name: getattr(xp.linalg.qr(a), name), [A], "value")
        np.testing.assert_allclose(ours.astype(float), getattr(np.linalg.qr(A), name), rtol=0, atol=1e-14)
    vectors = differentiate(lambda xp, a: xp.linalg.eigh(a)[1], [SPD], "value")
    np.testing.assert_allclose(vectors.astype(float), np.linalg.eigh(SPD)[1], rtol=0, atol=1e-14)
    sign = differentiate(lambda xp, a: xp.linalg.slogdet(a)[0], [A], "value")
    assert sign == np.linalg.slogdet(A)[0]


def test_stacks_of_matrices_pivot_apart() -> None:
    stacked = np.stack([A, A[::-1], A.T])
    for name in ("inv", "det", "cholesky", "expm"):
        point = np.stack([SPD, 2 * SPD, SPD + np.eye(3)]) if name == "cholesky" else stacked
        (together,) = differentiate(lambda xp, a, name=name: getattr(xp.linalg, name)(a), [point], "jacobian")
        for k, one in enumerate(point):
            (alone,) = differentiate(lambda xp, a, name=name: getattr(xp.linalg, name)(a), [one], "jacobian")
            np.testing.assert_array_equal(together[k][..., k, :, :], alone)


def test_the_derivative_of_a_determinant_at_a_singular_matrix() -> None:
    """Rank 1, where elimination divides zero by zero: the gradient (the cofactors) is 0, the Hessian is not."""
    rank_1 = np.outer([1.0, 2.0, -1.0], [2.0, -1.0, 0.5])
    (gradient,) = differentiate(lambda xp, a: xp.linalg.det(a), [rank_1], "gradient")
    assert np.abs(gradient).max() < 1e-17
    ((hessian,),) = differentiate(lambda xp, a: xp.linalg.det(a), [rank_1], "hessian")
    true = truth(matrix(cofactor_determinant), [rank_1], "hessian", [], None)[0]
    np.testing.assert_allclose(hessian.reshape(-1).astype(float), true.astype(float), rtol=0, atol=1e-16)


def cofactor_determinant(a: Any) -> Any:
    """The determinant of a 3-by-3 matrix as a polynomial."""
    return (
        a[0, 0] * (a[1, 1] * a[2, 2] - a[1, 2] * a[2, 1])
        - a[0, 1] * (a[1, 0] * a[2, 2] - a[1, 2] * a[2, 0])
        + a[0, 2] * (a[1, 0] * a[2, 1] - a[1, 1] * a[2, 0])
    )
