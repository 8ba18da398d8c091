"""Matrices defined by other operations of the vocabulary: structured ones, norms, systems of equations in special forms.

The texts are as those of `reference.definitions`, which joins their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np


def _by_blocks(xp: Any, rows: Sequence[Sequence[Any]]) -> Any:
    return xp.concat([xp.concat(list(row), axis=1) for row in rows], axis=0)


def block_diag(xp: Any, *parts: Any) -> Any:
    """The matrices along the diagonal, zeros elsewhere."""
    whole = list(enumerate(parts))
    return _by_blocks(xp, [[p if i == j else np.zeros((p.shape[0], q.shape[1])) for j, q in whole] for i, p in whole])


def toeplitz(xp: Any, column: Any, row: Any) -> Any:
    """The matrix with this first column and, but for the corner, this first row, constant along diagonals."""
    m, n = column.shape[0], row.shape[0]
    places = np.arange(n) - np.arange(m)[:, None] + m - 1
    return xp.reshape(xp.take(xp.concat([xp.flip(column), row[1:]]), places.reshape(-1), axis=0), (m, n))


def expm_frechet(xp: Any, a: Any, e: Any) -> Any:
    """The derivative of the exponential at a along e (N. J. Higham, "Functions of Matrices", section 3.2)."""
    n = a.shape[0]
    return xp.expm(_by_blocks(xp, [[a, e], [np.zeros((n, n)), a]]))[:n, n:]


def eigvalsh_tridiagonal(xp: Any, diagonal: Any, beside: Any) -> Any:
    """Ascending."""
    return xp.eigvalsh(xp.diag(diagonal) + xp.diag(beside, k=1) + xp.diag(beside, k=-1))


def polar_decomposition(xp: Any, a: Any) -> tuple[Any, Any]:
    """An orthogonal (or, of a tall matrix, orthonormal) and a positive semidefinite factor."""
    u, s, vh = xp.svd(a, full_matrices=False)
    return xp.matmul(u, vh), xp.matmul(xp.matrix_transpose(vh) * s, vh)


def matrix_cond(xp: Any, a: Any, ord: Any = None) -> Any:  # noqa: A002 - NumPy's name
    """The condition number in a norm, the spectral one unless told otherwise."""
    if ord in (None, 2, -2):
        s = xp.svdvals(a)
        return s[-1] / s[0] if ord == -2 else s[0] / s[-1]
    return xp.matrix_norm(a, ord=ord) * xp.matrix_norm(xp.inv(a), ord=ord)


def solve_unitriangular(xp: Any, a: Any, b: Any) -> Any:
    """By the lower triangle, ones instead of its diagonal."""
    return xp.solve_triangular(xp.tril(a, k=-1) + np.eye(a.shape[-1]), b, lower=True)


def solve_triangular_transposed(xp: Any, a: Any, b: Any) -> Any:
    """x with lᵀ·x = b for the lower triangle l."""
    return xp.solve_triangular(xp.matrix_transpose(a), b, lower=False)


def solve_triangular_right(xp: Any, a: Any, b: Any) -> Any:
    """x with x·l = b for the lower triangle l."""
    return xp.matrix_transpose(solve_triangular_transposed(xp, a, xp.matrix_transpose(b)))


def lu_solve_transposed(xp: Any, a: Any, b: Any) -> Any:
    """x with aᵀ·x = b."""
    return xp.solve(xp.matrix_transpose(a), b)


def lu_solve_right(xp: Any, a: Any, b: Any) -> Any:
    """x with x·a = b."""
    return xp.matrix_transpose(xp.solve(xp.matrix_transpose(a), xp.matrix_transpose(b)))


def lu_inverse(xp: Any, a: Any) -> Any:
    return xp.inv(a)


def pinv_of_symmetric(xp: Any, a: Any) -> Any:
    """Of a regular matrix, by its eigenvalues."""
    values, vectors = xp.eigh(a)
    return xp.matmul(vectors / values, xp.matrix_transpose(vectors))


def sylvester(xp: Any, a: Any, b: Any, c: Any) -> Any:
    """x with a·x + x·b = c."""
    m, n = c.shape
    system = xp.kron(a, np.eye(n)) + xp.kron(np.eye(m), xp.matrix_transpose(b))
    return xp.reshape(xp.solve(system, xp.reshape(c, (-1,))), (m, n))


def cholesky_update(xp: Any, r: Any, w: Any) -> Any:
    """The upper factor of rᵀ·r + w·wᵀ."""
    return xp.cholesky(xp.matmul(xp.matrix_transpose(r), r) + xp.outer(w, w), upper=True)


def banded_triangular_solve(xp: Any, diagonal: Any, below: Any, b: Any) -> Any:
    """x with a·x = b for a lower triangle of two diagonals, of which that below the main one is shorter by one."""
    return xp.solve_triangular(xp.diag(diagonal) + xp.diag(below, k=-1), b, lower=True)


def tridiagonal_matmul(xp: Any, below: Any, diagonal: Any, above: Any, b: Any) -> Any:
    """a·b, a given by three diagonals, of which those beside the main one are shorter by one."""
    return xp.matmul(xp.diag(below, k=-1) + xp.diag(diagonal) + xp.diag(above, k=1), b)


def set_diagonal(xp: Any, a: Any, diagonal: Any) -> Any:
    """a with another main diagonal."""
    m, n = a.shape[-2:]
    return a * (1 - np.eye(m, n)) + np.eye(m, n) * (diagonal[..., None, :] if n <= m else diagonal[..., :, None])


def band_part(xp: Any, a: Any, below: int, above: int) -> Any:
    """So many diagonals below and above the main one, zeros elsewhere."""
    return xp.triu(xp.tril(a, k=above), k=-below)


def normalize(xp: Any, x: Any, ord: Any = 2) -> Any:  # noqa: A002 - the array API's name
    """x divided by its norm along the last axis."""
    return x / xp.vector_norm(x, axis=-1, keepdims=True, ord=ord)


def global_norm(xp: Any, arrays: Sequence[Any]) -> Any:
    """The 2-norm of all elements of all arrays."""
    return xp.vector_norm(xp.concat([xp.reshape(x, (-1,)) for x in arrays]))


def weighted_cov(xp: Any, x: Any, weights: Any) -> Any:
    """Of variables in rows, with a weight for each column, corrected."""
    total = xp.sum(weights)
    centred = x - xp.sum(x * weights, axis=-1, keepdims=True) / total
    divisor = total - xp.sum(weights * weights) / total
    return xp.matmul(centred * weights, xp.matrix_transpose(centred)) / divisor


def uncorrected_cov(xp: Any, x: Any) -> Any:
    """Divided by the number of columns."""
    centred = x - xp.mean(x, axis=-1, keepdims=True)
    return xp.matmul(centred, xp.matrix_transpose(centred)) / float(x.shape[-1])


NAMES: Mapping[str, Callable[..., Any]] = {
    "band_part": band_part,
    "banded_triangular_solve": banded_triangular_solve,
    "block_diag": block_diag,
    "cholesky_update": cholesky_update,
    "eigvalsh_tridiagonal": eigvalsh_tridiagonal,
    "expm_frechet": expm_frechet,
    "global_norm": global_norm,
    "lu_inverse": lu_inverse,
    "lu_solve_right": lu_solve_right,
    "lu_solve_transposed": lu_solve_transposed,
    "matrix_cond": matrix_cond,
    "normalize": normalize,
    "pinv_of_symmetric": pinv_of_symmetric,
    "polar_decomposition": polar_decomposition,
    "set_diagonal": set_diagonal,
    "solve_triangular_right": solve_triangular_right,
    "solve_triangular_transposed": solve_triangular_transposed,
    "solve_unitriangular": solve_unitriangular,
    "sylvester": sylvester,
    "toeplitz": toeplitz,
    "tridiagonal_matmul": tridiagonal_matmul,
    "uncorrected_cov": uncorrected_cov,
    "weighted_cov": weighted_cov,
}
