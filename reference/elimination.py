"""Inverse, solution and log-determinant of pairs, with the componentwise backward error of Gaussian elimination.

E = M·|A⁻¹| with M = |A⁻¹|(2γₙu·|L||U| + E_A), inflated by 1/(1 - ‖M‖∞), infinite where that is no longer positive
(N. J. Higham, "Accuracy and Stability of Numerical Algorithms", section 9.3). |L||U| is the larger of those of A and of Aᵀ,
with partial pivoting, since frameworks factor either. Matrices are (n, n) pairs without lanes.
"""

from __future__ import annotations

import numpy as np

from .certificate import Reals
from .rounding import Arithmetic, Pair, reduction

REFINEMENTS = 6


def inverse(arithmetic: Arithmetic, a: Pair) -> Pair:
    value = _inverse(a.value)
    size = np.abs(value).astype(np.float64)
    moved, contraction = _movement(arithmetic, a, size)
    return arithmetic.known(value, _inflated(moved @ size, contraction), 2.0)


def solution(arithmetic: Arithmetic, a: Pair, b: Pair) -> Pair:
    """A⁻¹b for b of shape lanes + (n, k)."""
    inverted = _inverse(a.value)
    value = inverted @ b.value
    value = value + inverted @ (b.value - a.value @ value)
    size = np.abs(inverted).astype(np.float64)
    moved, contraction = _movement(arithmetic, a, size)
    error = moved @ np.abs(value).astype(np.float64) + size @ b.error
    return arithmetic.known(value, _inflated(error, contraction), 2.0)


def log_determinant(arithmetic: Arithmetic, a: Pair) -> Pair:
    """log|det A| from the pivots."""
    pivots = _pivots(a.value)
    logs = np.log(np.abs(pivots))
    size = np.abs(_inverse(a.value)).astype(np.float64)
    unit = float(reduction(len(pivots))) * arithmetic.roundoff
    moved = float(np.sum(size.T * (unit * _envelope(a.value) + a.error)))
    error = -np.log1p(-moved) if moved < 1 else np.inf
    summed = unit * float(np.sum(np.abs(logs)))
    return arithmetic.known(np.sum(logs), np.asarray(error + summed), 2.0)


def determinant(arithmetic: Arithmetic, a: Pair) -> Pair:
    """det A from the pivots; infinite error where A may be singular."""
    value = sign(a.value) * abs(np.prod(_pivots(a.value)))
    error = np.expm1(log_determinant(arithmetic, a).error) * abs(float(value)) if value else np.inf
    return arithmetic.known(value, np.asarray(error), float(len(a.value)))


def sign(a: Reals) -> float:
    """The sign of det A."""
    upper, rows = _eliminated(a)
    return float(np.linalg.det(np.eye(len(rows))[rows])) * float(np.prod(np.sign(np.diagonal(upper))))


def _movement(arithmetic: Arithmetic, a: Pair, size: Reals) -> tuple[Reals, float]:
    backward = 2.0 * float(reduction(len(size))) * arithmetic.roundoff * _envelope(a.value) + a.error
    moved = size @ backward
    return moved, float(np.max(np.sum(moved, axis=1)))


def _inflated(error: Reals, contraction: float) -> Reals:
    return error / (1.0 - contraction) if contraction < 1.0 else np.full(error.shape, np.inf)


def _inverse(a: Reals) -> Reals:
    """By Newton's iteration from the double inverse."""
    inverted = np.linalg.inv(a.astype(np.float64)).astype(np.longdouble)
    two = 2 * np.eye(len(a), dtype=np.longdouble)
    for _ in range(REFINEMENTS):
        inverted = inverted @ (two - a @ inverted)
    return inverted


def _envelope(a: Reals) -> Reals:
    return np.maximum(_factors(a), _factors(a.T).T).astype(np.float64)


def _factors(a: Reals) -> Reals:
    """|L||U| in the row order of `a`."""
    upper, rows = _eliminated(a)
    lower = np.tril(np.abs(upper), -1) + np.eye(len(a))
    result = np.empty_like(upper)
    result[rows] = lower @ np.triu(np.abs(upper))
    return result


def _pivots(a: Reals) -> Reals:
    return np.diagonal(_eliminated(a)[0])


def _eliminated(a: Reals) -> tuple[Reals, Reals]:
    """L - 1 + U of Gaussian elimination with partial pivoting, and the order of the rows."""
    a, rows = a.copy(), np.arange(len(a))
    for k in range(len(a) - 1):
        pivot = k + int(np.argmax(np.abs(a[k:, k])))
        a[[k, pivot]], rows[[k, pivot]] = a[[pivot, k]], rows[[pivot, k]]
        if a[k, k] != 0:
            a[k + 1 :, k] /= a[k, k]
            a[k + 1 :, k + 1 :] -= np.outer(a[k + 1 :, k], a[k, k + 1 :])
    return a, rows
