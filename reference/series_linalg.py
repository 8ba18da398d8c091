"""Linear algebra of series of matrices, or stacks of them, under the array API's names.

Elimination, substitution, Cholesky and Householder are programs in the arithmetic of series, pivots chosen by
value. Promised: signs as LAPACK's where a factorisation leaves them open. Cholesky and eigh read the symmetric part of their
argument, so that their derivatives are symmetric too. Not promised: eigenvectors or singular vectors of values that are not
distinct, singular values of 0, and pinv of a matrix that has not full rank.
"""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import numpy as np

from reference import series_local
from reference import series_shape as shape
from reference.series_contract import vector_norm
from reference.series_core import Series, compose, lift, matmul, plus
from reference.series_eigen import Eigen, eigen
from reference.series_laurent import Laurent
from reference.series_shape import concat, masked, take_along_axis, total
from reference.series_terms import ONE, Monomial, Terms, product


class Slogdet(NamedTuple):
    """The sign of a determinant and the logarithm of its magnitude."""

    sign: Any
    logabsdet: Series


class QR(NamedTuple):
    """Orthogonal columns and an upper triangle."""

    Q: Series
    R: Series


class SVD(NamedTuple):
    """x = U @ diag(S) @ Vh with S in descending order."""

    U: Series
    S: Series
    Vh: Series


def column_of(x: Series) -> Series:
    return x.gather(lambda index: index[..., None])


def _eliminated(a: Series) -> tuple[Series, Any]:
    """The upper triangle to which row operations bring a, and the sign of the row exchanges."""
    sign: Any = np.ones(a.shape[:-2], np.longdouble)
    done = []
    for k in range(a.shape[-2]):
        magnitude = np.abs(a.value[..., :, k])
        pivot = np.argmax(np.where(np.isnan(magnitude), -1, magnitude), -1)[..., None]
        sign = sign * np.where(pivot[..., 0] == 0, 1, -1)
        rows = np.broadcast_to(np.arange(a.shape[-2]), (*a.shape[:-2], a.shape[-2]))
        order = np.where(rows == 0, pivot, np.where(rows == pivot, 0, rows))
        a = take_along_axis(a, order[..., None], -2)
        first, rest = a[..., :1, :], a[..., 1:, :]
        done.append(first)
        a = rest - rest[..., :, k : k + 1] / first[..., :, k : k + 1] * first
    return concat(done, -2), sign


def solve_upper(u: Series, b: Series) -> Series:
    """x with u @ x = b, from the last row to the first; only the upper triangle of u is read."""
    n = u.shape[-1]
    x = b[..., n - 1 :, :] / u[..., n - 1 :, n - 1 :]
    for k in reversed(range(n - 1)):
        row = b[..., k : k + 1, :] - matmul(u[..., k : k + 1, k + 1 :], x)
        x = concat([row / u[..., k : k + 1, k : k + 1], x], -2)
    return x


def solve(a: Any, b: Any) -> Series:
    """x with a @ x = b; a 1-dimensional b is one column."""
    left, right = lift(a), lift(b)
    columns = column_of(right) if right.ndim == 1 else right
    stack = np.broadcast_shapes(left.shape[:-2], columns.shape[:-2])
    wide = [shape.broadcast_to(x, (*stack, *x.shape[-2:])) for x in (left, columns)]
    x = _unfolded(*wide) if _plain(left) else _solved(*wide)
    return x[..., 0] if right.ndim == 1 else x


def _plain(x: Series) -> bool:
    """Whether x has derivatives, and no infinitesimal."""
    return len(x.terms) > 1 and not isinstance(x.terms[ONE], Laurent)


def _solved(a: Series, b: Series) -> Series:
    """By elimination, which is also right where pivots vanish in the limit."""
    upper, _ = _eliminated(concat([a, b], -1))
    n = a.shape[-1]
    return solve_upper(upper[..., :n], upper[..., n:])


def _unfolded(a: Series, b: Series) -> Series:
    """x = x0 - inv(a0) @ (a - a0) @ x with x0 = inv(a0) @ b, as often as the rest of a is not zero: elimination of a0 alone."""
    inverse = inv(a.value).value
    moving = product(np.matmul, {ONE: inverse}, a.rest, a.caps)
    first = x = matmul(inverse, b)
    for _ in range(sum(a.caps)):
        x = plus(first, product(np.matmul, moving, (-x).terms, a.caps), a.caps)
    return x


def solve_triangular(a: Any, b: Any, lower: bool = False, upper: bool | None = None, **_: Any) -> Series:
    """x with a @ x = b for a triangular a, of which the other triangle is not read."""
    left, right = lift(a), lift(b)
    columns = column_of(right) if right.ndim == 1 else right
    if (not lower) if upper is None else upper:
        x = solve_upper(left, columns)
    else:
        x = solve_upper(left[..., ::-1, ::-1], columns[..., ::-1, :])[..., ::-1, :]
    return x[..., 0] if right.ndim == 1 else x


def inv(a: Any) -> Series:
    return solve(a, np.eye(lift(a).shape[-1]))


LARGEST_EXPANDED = 6
"""Rows of a matrix whose determinant is expanded, at most: 2^n minors."""


def det(a: Any) -> Series:
    """By expansion into minors, which is a polynomial and right beside singular matrices, too; by elimination if large."""
    x = lift(a)
    return _expanded(x) if x.shape[-1] <= LARGEST_EXPANDED else _det_by_elimination(x)


def _expanded(x: Series) -> Series:
    minors: dict[tuple[int, ...], Series] = {(): lift(np.ones(x.shape[:-2], np.longdouble))}
    for row in range(x.shape[-1]):
        minors = {
            columns: sum(
                (minors[columns[:i] + columns[i + 1 :]] * x[..., row, j] * (-1.0) ** (row + i) for i, j in enumerate(columns)),
                start=lift(0.0),
            )
            for columns in itertools.combinations(range(x.shape[-1]), row + 1)
        }
    return minors[tuple(range(x.shape[-1]))]


def _det_by_elimination(a: Series) -> Series:
    upper, sign = _eliminated(a)
    pivots = _diagonal(upper)
    return shape.last_product(concat([pivots, lift(sign[..., None])], -1))


def slogdet(a: Any) -> Slogdet:
    x = lift(a)
    upper, sign = _eliminated(lift(x.value) if _plain(x) else x)
    pivots = _diagonal(upper)
    logarithm = total(compose(abs(pivots), series_local.log), -1)
    if _plain(x):
        moving = product(np.matmul, {ONE: inv(x.value).value}, x.rest, x.caps)
        logarithm = plus(logarithm, _log_det_1(moving, x.caps), x.caps)
    return Slogdet(sign * np.prod(np.sign(pivots.value), -1), logarithm)


def _log_det_1(x: Terms, caps: Monomial) -> Terms:
    """log(det(1 + x)) = trace(x - x**2/2 + x**3/3 - ...) of an x without value."""
    power: dict[Monomial, Any] = dict(x)
    result = {m: np.trace(c, 0, -2, -1) for m, c in power.items()}
    for k in range(2, sum(caps) + 1):
        power = dict(product(np.matmul, power, x, caps))
        for m, c in power.items():
            result[m] = result.get(m, 0) + (-1) ** (k - 1) * np.trace(c, 0, -2, -1) / k
    return result


def _diagonal(x: Series) -> Series:
    return x.gather(lambda index: np.diagonal(index, 0, -2, -1))


def _symmetric(a: Any) -> Series:
    x = lift(a)
    return (x + x.mT) * 0.5


def cholesky(a: Any, upper: bool = False) -> Series:
    """The lower (or upper) triangular factor with positive diagonal."""
    rest, columns = _symmetric(a), []
    n = rest.shape[-1]
    for k in range(n):
        column = rest[..., :, :1] / compose(rest[..., :1, :1], series_local.sqrt)
        rest = (rest - matmul(column, column.mT))[..., 1:, 1:]
        columns.append(masked(np.pad)(column, [(0, 0)] * (column.ndim - 2) + [(k, 0), (0, 0)]))
    factor = concat(columns, -1)
    return factor.mT if upper else factor


def qr(a: Any, mode: str = "reduced") -> QR:
    """Householder's factorisation with LAPACK's signs: a diagonal entry of R has the sign opposite to the one it replaces."""
    rest = lift(a)
    m, n = rest.shape[-2:]
    q: Series = lift(np.broadcast_to(np.eye(m), (*rest.shape[:-2], m, m)))
    for k in range(min(m - 1, n)):
        q, rest = _reflected(q, rest, k)
    size = m if mode == "complete" else min(m, n)
    return QR(q[..., :size], masked(np.triu)(rest[..., :size, :]))


def _reflected(q: Series, rest: Series, k: int) -> tuple[Series, Series]:
    column = rest[..., k:, k : k + 1]
    sign = np.where(column.value[..., :1, :] < 0, -1, 1)
    length = column_of(column_of(vector_norm(column, (-2, -1))))
    v = concat([column[..., :1, :] + length * sign, column[..., 1:, :]], -2)
    twice = 2.0 / matmul(v.mT, v)
    below, right = rest[..., k:, :], q[..., k:]
    below = below - v * matmul(v.mT, below) * twice
    right = right - matmul(right, v) * v.mT * twice
    return concat([q[..., :k], right], -1), concat([rest[..., :k, :], below], -2)


def eigh(a: Any) -> Eigen:
    return eigen(_symmetric(a))


def svd(a: Any, full_matrices: bool = False) -> SVD:
    """Singular values and vectors: eigenvectors of [[0, r], [r.T, 0]] for the triangle r of x, so that nothing is squared."""
    if full_matrices:
        raise LookupError("the reference has no svd with full_matrices")
    x = lift(a)
    m, n = x.shape[-2:]
    if m < n:
        u, s, vh = svd(x.mT)
        return SVD(vh.mT, s, u.mT)
    q, r = qr(x)
    zero = np.zeros(r.shape)
    values, vectors = eigen(concat([concat([zero, r], -1), concat([r.mT, zero], -1)], -2), like_lapack=False)
    best = vectors[..., :, ::-1][..., :, :n] * np.sqrt(np.longdouble(2))
    return SVD(matmul(q, best[..., :n, :]), values[..., ::-1][..., :n], best[..., n:, :].mT)


def svdvals(a: Any) -> Series:
    return svd(a).S


def pinv(a: Any, **_: Any) -> Series:
    """The pseudoinverse of a matrix of full rank."""
    x = lift(a)
    if x.shape[-2] < x.shape[-1]:
        return pinv(x.mT).mT
    q, r = qr(x)
    return solve_upper(r, q.mT)


NAMES: dict[str, Any] = {
    "solve": solve,
    "solve_triangular": solve_triangular,
    "inv": inv,
    "det": det,
    "slogdet": slogdet,
    "cholesky": cholesky,
    "qr": qr,
    "eigh": eigh,
    "eigvalsh": lambda a: eigh(a).eigenvalues,
    "svd": svd,
    "svdvals": svdvals,
    "pinv": pinv,
    "logdet": lambda a: slogdet(a).logabsdet,
}
