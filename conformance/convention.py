"""Points at which mathematics leaves a choice: which of the gradients that can be defended does a framework give?

At a kink or a tie every element of the subdifferential can be: the convex hull of the limits of gradients (Clarke, Optimization
and Nonsmooth Analysis, 1983, §2.5); at a pole a one-sided limit, outside the domain NaN. One of them is a convention: it is
shown, side by side, and is never red. Any other answer is wrong. Nothing is said of accuracy: an answer is taken to be one that
it meets in half of the format's digits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.case import Literals, Point
from conformance.compare import Verdict, same
from conformance.dtype import Format
from conformance.hull import Vector, nearest

Gradient = tuple[Literals, ...]
SHOWN = 5
"""Corners of a hull that are told."""
NOISE = 1e-12
"""The mean of corners around 0 is told as 0."""


def judge(got: Mapping[tuple[int, ...], NDArray[Any] | None], point: Point, form: Format) -> Verdict:
    """Whether the leaves of a gradient, by path, can be defended at the point. None (no derivative recorded) counts as 0."""
    leaves = [leaf for _, leaf in sorted(got.items())]
    listed = (*point.answers, *point.between)
    like = listed[0]
    found = _flat([np.zeros(np.shape(part)) if leaf is None else leaf for leaf, part in zip(leaves, like, strict=True)])
    chosen = _chosen(found, point, form)
    values = found if chosen is None else chosen
    told = "; ".join("None" if leaf is None else _text(part) for leaf, part in zip(leaves, _parts(values, like), strict=True))
    defensible = _defensible(point)
    if chosen is not None:
        return Verdict("convention", got=told, expected=defensible)
    lost = not np.isfinite(found).all() and all(np.isfinite(_flat(gradient)).all() for gradient in listed)
    message = f"got {told}, but only {defensible} can be defended"
    return Verdict("nonfinite" if lost else "wrong-value", message, got=told, expected=defensible)


def _chosen(found: Vector, point: Point, form: Format) -> Vector | None:
    """Which gradient that can be defended the answer is: one listed, the mean of all corners, or another mean of them."""
    corners = [_flat(corner) for corner in point.between]
    listed = [*map(_flat, point.answers), *corners, *([np.mean(corners, axis=0)] if corners else [])]
    closest: Vector = min(listed, key=lambda answer: _distance(found, answer, form))
    if _distance(found, closest, form) <= math.sqrt(form.roundoff):
        return closest
    if corners and np.isfinite(found).all() and _distance(found, nearest(found, corners), form) <= math.sqrt(form.roundoff):
        return found
    return None


def _distance(found: Vector, answer: Vector, form: Format) -> float:
    """The largest difference of two elements, relative to the answer's where that is above 1; ±largest stands for ±inf."""
    with np.errstate(all="ignore"):
        apart = np.abs(found - answer) / np.maximum(1.0, np.abs(answer))
    return float(np.max(np.where(same(found, answer, form), 0.0, np.where(np.isnan(apart), np.inf, apart)), initial=0.0))


def _defensible(point: Point) -> str:
    corners = [*map(_words, point.between)]
    few = corners if len(corners) <= SHOWN else [corners[0], corners[1], f"{len(corners) - 2} others"]
    hull = [f"between {' and '.join(few)}"] if few else []
    answers = [tuple(map(_text, gradient)) for gradient in point.answers]
    columns = [list(dict.fromkeys(column)) for column in zip(*answers, strict=True)]
    if answers and len(set(answers)) == math.prod(map(len, columns)):  # each argument by itself
        return " or ".join(["; ".join(map(" or ".join, columns)), *hull])
    return " or ".join([*map("; ".join, answers), *hull])


def _flat(gradient: Any) -> Vector:
    return np.concatenate([np.ravel(np.asarray(part).astype(np.float64)) for part in gradient])


def _parts(values: Vector, like: Gradient) -> Iterator[Vector]:
    """The values in the shapes of another gradient."""
    start = 0
    for shape in map(np.shape, like):
        stop = start + math.prod(shape)
        yield values[start:stop].reshape(shape)
        start = stop


def _words(gradient: Gradient) -> str:
    """A gradient in few digits, its arguments divided by semicolons."""
    return "; ".join(map(_text, gradient))


def _text(part: Any) -> str:
    values = np.asarray(part, np.float64)
    return (
        f"{np.where(np.abs(values) < NOISE, 0.0, values).item():.3g}"
        if values.size == 1
        else f"[{', '.join(map(_text, values))}]"
    )
