"""Eigenvalues and eigenvectors of series of symmetric matrices: Jacobi's method, then perturbation series.

With v the eigenvectors of the value, b = v.T @ a @ v is diagonal up to its nilpotent part; b @ u = u @ d with u.T @ u = 1 is
then solved one coefficient after the other. Promised for distinct eigenvalues only: others yield values that are not finite.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from reference.series_core import Series, matmul
from reference.series_laurent import Array, Laurent
from reference.series_terms import Monomial, Terms, monomials

Key = tuple[int, int, int]
"""Powers of the infinitesimal e, of s and of t."""

SWEEPS = 30
ZERO: Key = (0, 0, 0)


class Eigen(NamedTuple):
    """Eigenvalues in ascending order and the eigenvectors as columns."""

    eigenvalues: Series
    eigenvectors: Series


def jacobi(a: Array) -> tuple[Array, Array]:
    """Eigenvalues, ascending, and eigenvectors of a stack of symmetric matrices by cyclic rotations."""
    n = a.shape[-1]
    d, v = a.copy(), np.broadcast_to(np.eye(n, dtype=a.dtype), a.shape).copy()
    for _ in range(SWEEPS):
        if not np.any(np.triu(d, 1)):
            break
        for i in range(n - 1):
            for j in range(i + 1, n):
                _rotate(d, v, i, j)
    values = np.diagonal(d, 0, -2, -1)
    order = np.argsort(values, -1, kind="stable")
    return np.take_along_axis(values, order, -1), np.take_along_axis(v, order[..., None, :], -1)


def _rotate(d: Array, v: Array, i: int, j: int) -> None:
    """The rotation that makes d[i, j] zero, applied to d from both sides and to v from the right, in place."""
    off, gap = d[..., i, j], d[..., j, j] - d[..., i, i]
    small = np.abs(off) <= np.finfo(d.dtype).eps ** 2 * (np.abs(d[..., i, i]) + np.abs(d[..., j, j]))
    theta = gap / np.where(off == 0, 1, 2 * off)
    t = np.where(theta < 0, -1, 1) / (np.abs(theta) + np.hypot(theta, 1))
    t = np.where(small, 0, t)
    c = 1 / np.sqrt(1 + t * t)
    s = t * c
    d[..., i, j] = d[..., j, i] = np.where(small, 0, off)
    for m in (d, np.swapaxes(d, -1, -2), v):
        left, right = m[..., :, i].copy(), m[..., :, j].copy()
        m[..., :, i] = c[..., None] * left - s[..., None] * right
        m[..., :, j] = s[..., None] * left + c[..., None] * right
    d[..., i, j] = d[..., j, i] = 0


def eigen(a: Series, like_lapack: bool = True) -> Eigen:
    """Eigenvalues and eigenvectors of a series of symmetric matrices, signs optionally as NumPy's."""
    values, vectors = jacobi(np.array(a.value))
    if like_lapack and a.size and np.isfinite(a.value).all():
        theirs = np.linalg.eigh(a.value.astype(np.float64))[1]
        vectors = vectors * np.where(np.sum(vectors * theirs, -2, keepdims=True) < 0, -1, 1)
    inner = matmul(matmul(np.swapaxes(vectors, -1, -2), a), vectors)
    u, d = perturbed(expanded(inner), values, inner.caps)
    return Eigen(collected(d, inner), matmul(vectors, collected(u, inner)))


def expanded(x: Series) -> dict[Key, Array]:
    parts: dict[Key, Array] = {}
    for (p, q), c in x.terms.items():
        powers = [c[k] for k in range(max(c.end, 1))] if isinstance(c, Laurent) else [c]
        parts.update({(k, p, q): power for k, power in enumerate(powers)})
    return parts


def collected(parts: dict[Key, Array], like: Series) -> Series:
    terms: Terms = {}
    known = 1 + max(k for k, _, _ in parts)
    for p, q in {(p, q) for _, p, q in parts}:
        powers = [parts.get((k, p, q), np.zeros_like(parts[ZERO])) for k in range(known)]
        terms[p, q] = Laurent(0, powers) if isinstance(like.terms[0, 0], Laurent) else powers[0]
    return Series(terms, like.caps)


def perturbed(
    b: dict[Key, Array], values: Array, caps: Monomial, orthogonal: bool = True
) -> tuple[dict[Key, Array], dict[Key, Array]]:
    """u and d with b @ u = u @ diag(d), from d = values and u = 1 on; with u.T @ u = 1 or with ones on the diagonal of u."""
    one = np.eye(values.shape[-1], dtype=values.dtype)
    gap = values[..., None, :] - values[..., :, None] + one
    u: dict[Key, Array] = {ZERO: np.broadcast_to(one, gap.shape)}
    d: dict[Key, Array] = {ZERO: values}
    for power in range(max(k for k, _, _ in b) + 1):
        for m in ((power, *monomial) for monomial in monomials(caps) if (power, *monomial) != ZERO):
            rest = _sum(b, u, m, lambda x, y: x @ y) - _sum(u, d, m, lambda x, y: x * y[..., None, :])
            squares = _sum(u, u, m, lambda x, y: np.swapaxes(x, -1, -2) @ y)
            rest = rest + np.zeros_like(gap)
            d[m] = np.diagonal(rest, 0, -2, -1)
            u[m] = np.where(one == 1, -0.5 * squares if orthogonal else 0.0, rest / gap)
    return u, d


def _sum(x: dict[Key, Array], y: dict[Key, Array], m: Key, f: Callable[[Array, Array], Array]) -> Any:
    """The coefficient m of a product, without the leading coefficient of x and whatever is not known yet."""
    total: Any = 0
    for k, part in x.items():
        other = (m[0] - k[0], m[1] - k[1], m[2] - k[2])
        if k != ZERO and other in y:
            total = total + f(part, y[other])
    return total
