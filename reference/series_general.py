"""Factorisations of series of general matrices: eigenvalues that may be complex, triangles, products of reflections.

Promised: eigenvectors of length 1, their phase and the order of the eigenvalues being anybody's. Promised for distinct
eigenvalues only, and for pivots that are not tied.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from reference.series_complex import imag, real
from reference.series_contract import vector_norm
from reference.series_core import Series, lift, matmul
from reference.series_eigen import Eigen, collected, expanded, perturbed
from reference.series_laurent import Array
from reference.series_linalg import inv
from reference.series_shape import concat, masked, take_along_axis

REFINEMENTS = 4


def _diagonalised(a: Array) -> tuple[Array, Array]:
    """Eigenvalues and eigenvectors, from those in double precision by Newton's method."""
    vectors = np.linalg.eig(a.astype(np.float64))[1].astype(np.clongdouble)
    one = np.eye(a.shape[-1])
    for _ in range(REFINEMENTS):
        inner = inv(vectors).value @ a @ vectors
        values = np.diagonal(inner, 0, -2, -1)
        gap = values[..., None, :] - values[..., :, None] + one
        vectors = vectors @ (one + np.where(one == 1, 0, inner / gap))
    return np.diagonal(inv(vectors).value @ a @ vectors, 0, -2, -1), vectors


def eig(a: Any) -> Eigen:
    x = lift(a)
    values, vectors = _diagonalised(np.array(x.value))
    inner = matmul(matmul(inv(vectors), x), vectors)
    u, d = perturbed(expanded(inner), values, inner.caps, orthogonal=False)
    whole = matmul(vectors, collected(u, inner))
    length = vector_norm(concat([real(whole), imag(whole)], -2), -2, keepdims=True)
    return Eigen(collected(d, inner), whole / length)


class LU(NamedTuple):
    """a = P @ L @ U."""

    P: Any
    L: Series
    U: Series


def lu(a: Any) -> LU:
    """By elimination with the largest pivots."""
    rest = lift(a)
    m, n = rest.shape[-2:]
    order = np.broadcast_to(np.arange(m), rest.shape[:-1]).copy()
    for k in range(min(m, n)):
        pivot = k + np.argmax(np.abs(rest.value[..., k:, k]), -1)[..., None]
        rows = np.broadcast_to(np.arange(m), order.shape)
        swap = np.where(rows == k, pivot, np.where(rows == pivot, k, rows))
        order, rest = np.take_along_axis(order, swap, -1), take_along_axis(rest, swap[..., None], -2)
        factor = rest[..., k + 1 :, k : k + 1] / rest[..., k : k + 1, k : k + 1]
        below = rest[..., k + 1 :, k + 1 :] - factor * rest[..., k : k + 1, k + 1 :]
        kept = concat([rest[..., k + 1 :, :k], factor, below], -1)
        rest = concat([rest[..., : k + 1, :], kept], -2)
    size = min(m, n)
    lower = masked(np.tril)(rest[..., :size], -1) + np.eye(m, size)
    return LU(np.swapaxes(np.eye(m)[order], -1, -2), lower, masked(np.triu)(rest[..., :size, :]))


def lu_factor(a: Any) -> Series:
    """The triangles L, without its ones, and U in one square matrix."""
    _, lower, upper = lu(a)
    return lower + upper - np.eye(lower.shape[-1])


def _reflected(reflectors: Any, scales: Any, x: Series, transpose: bool = False) -> Series:
    """H₁·H₂···x with Hᵢ = 1 - scaleᵢ·vᵢ·vᵢᵀ, of which vᵢ is the i-th column below its diagonal, which is 1."""
    columns, tau = lift(reflectors), lift(scales)
    m, count = columns.shape[-2], tau.shape[-1]
    v = masked(np.tril)(columns, -1) + np.eye(m, columns.shape[-1])
    for i in range(count) if transpose else reversed(range(count)):
        w = v[..., i : i + 1]
        x = x - w * matmul(w.mT, x) * tau[..., i : i + 1, None]
    return x


def householder_product(reflectors: Any, scales: Any) -> Series:
    """The first columns, as many as there are reflectors."""
    m, n = lift(reflectors).shape[-2:]
    return _reflected(reflectors, scales, lift(np.eye(m, n)))


def ormqr(reflectors: Any, scales: Any, x: Any, transpose: bool = False) -> Series:
    """The whole product of reflections, or its transpose, times x."""
    return _reflected(reflectors, scales, lift(x), transpose)


NAMES: dict[str, Any] = {
    "eig": eig,
    "eigvals": lambda a: eig(a).eigenvalues,
    "householder_product": householder_product,
    "lu": lu,
    "lu_factor": lu_factor,
    "ormqr": ormqr,
}
