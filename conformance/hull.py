"""The point of a convex hull that is nearest to another point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


def nearest(wanted: Vector, corners: Sequence[Vector]) -> Vector:
    """The weighted mean of the corners nearest to `wanted`: non-negative least squares, with weights that add up to 1.

    All of shape (n,), dimensionless. Lawson and Hanson, Solving Least Squares Problems (1974), §23.3.
    """
    matrix = np.vstack([np.array(corners).T, np.ones(len(corners))])
    target = np.append(wanted, 1.0)
    weights, used = np.zeros(len(corners)), np.zeros(len(corners), bool)
    for _ in range(3 * len(corners)):
        slope = np.where(used, -np.inf, matrix.T @ (target - matrix @ weights))
        if np.max(slope) <= TINY:
            break
        used[np.argmax(slope)] = True
        weights = _feasible(matrix, target, weights, used)
    mean: Vector = (matrix @ weights)[:-1]
    return mean


TINY = 1e-12
"""Slopes and weights up to this count as 0."""


def _feasible(matrix: Vector, target: Vector, weights: Vector, used: NDArray[np.bool_]) -> Vector:
    """Least squares over the used corners; those of which the weight would become negative are left out of `used`."""
    while True:
        best = np.zeros(len(weights))
        best[used] = np.linalg.lstsq(matrix[:, used], target, rcond=None)[0]
        low = used & (best <= 0)
        if not low.any():
            return best
        step = np.min(weights[low] / (weights[low] - best[low]))
        weights = weights + step * (best - weights)
        used &= weights > TINY
