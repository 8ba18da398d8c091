"""Points at which mathematics leaves a choice: which of the gradients that can be defended does a framework give?

At a kink or a tie every element of the subdifferential can be (Clarke, Optimization and Nonsmooth Analysis, 1983, §2.1), at a
pole a one-sided limit, outside the domain NaN. One of them is a convention: it is shown, side by side, and is never red. Any
other answer is wrong. Nothing is said of accuracy: an answer is taken to be one that it meets in half of the format's digits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.case import Literals
from conformance.compare import Verdict
from conformance.dtype import Format

Gradient = tuple[Literals, ...]


def judge(got: Mapping[tuple[int, ...], NDArray[Any] | None], answers: tuple[Gradient, ...], form: Format) -> Verdict:
    """Which of `answers` the leaves of a gradient are, by path. None (no derivative was recorded) counts as zeros."""
    leaves = [None if leaf is None else leaf.astype(np.float64) for _, leaf in sorted(got.items())]
    distances = [max(_distance(leaf, part, form) for leaf, part in zip(leaves, answer, strict=True)) for answer in answers]
    nearest = min(range(len(answers)), key=distances.__getitem__)
    defensible = " or ".join(map(_told, answers))
    if distances[nearest] <= math.sqrt(form.roundoff):
        given = tuple(None if leaf is None else part for leaf, part in zip(leaves, answers[nearest], strict=True))
        return Verdict("convention", got=_told(given), expected=defensible)
    lost = not all(leaf is None or np.isfinite(leaf).all() for leaf in leaves) and np.isfinite(_numbers(answers)).all()
    message = f"got {_told(leaves)}, but only {defensible} can be defended"
    return Verdict("nonfinite" if lost else "wrong-value", message, got=_told(leaves), expected=defensible)


def _distance(got: NDArray[np.float64] | None, answer: Literals, form: Format) -> float:
    """The largest difference of two elements, relative to the answer's where that is above 1; ±largest stands for ±inf."""
    wanted = np.asarray(answer, np.float64)
    found = np.zeros(wanted.shape) if got is None else got
    saturated = np.isinf(wanted) & (np.abs(found) >= form.largest) & (np.sign(found) == np.sign(wanted))
    same = (found == wanted) | (np.isnan(found) & np.isnan(wanted)) | saturated
    with np.errstate(all="ignore"):
        apart = np.abs(found - wanted) / np.maximum(1.0, np.abs(wanted))
    return float(np.max(np.where(same, 0.0, np.where(np.isnan(apart), np.inf, apart)), initial=0.0))


def _numbers(answers: tuple[Gradient, ...]) -> NDArray[np.float64]:
    return np.concatenate([np.ravel(np.asarray(part, np.float64)) for answer in answers for part in answer])


def _told(gradient: Any) -> str:
    """A gradient in few digits, its arguments divided by semicolons."""
    return "; ".join(map(_text, gradient))


def _text(part: Any) -> str:
    if part is None:
        return "None"
    values = np.asarray(part, np.float64)
    return f"{values + 0.0:.4g}" if values.ndim == 0 else f"[{', '.join(map(_text, values))}]"
