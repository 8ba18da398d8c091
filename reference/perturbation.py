"""The rounding budget where the tape has none: what the answer loses when every operation rounds at random.

Used for operations that `reference.names` does not budget, and where the tape's own formula has no value (0/0 at a removable
singularity). The Taylor series of the program are computed again and again, every coefficient of every result being off by
a random relative error of one roundoff (Monte-Carlo arithmetic: D. S. Parker, 1997), the inputs included. Promised: nothing
rigorous; over 15,892 correct answers of four frameworks, ten times the root mean square of such errors was never exceeded.

Where the program factors a matrix, every element may lose what the worst loses: factorisations are stable by norm, not element
by element (E. Anderson et al., "LAPACK Users' Guide", third edition, chapter 4).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import series_general, series_linalg, series_matrix, series_names
from .series_core import ROUNDING
from .series_terms import Terms

DRAWS = 16
FACTOR = 10.0
FACTORISATIONS = frozenset(
    {**series_linalg.NAMES, **series_general.NAMES, **series_matrix.NAMES}.keys() - {"norm", "matrix_norm"}
)


def spread(answer: Callable[[], Any], values: Any, roundoff: float) -> Any:
    """Errors (float64, absolute, nested like `values`) of the answer; infinite where a rounded one is not finite."""
    errors = Errors(roundoff)

    def rounded(terms: Terms) -> Terms:
        return {m: errors.moved(c) if isinstance(c, np.ndarray) else c for m, c in terms.items()}

    token, asked = ROUNDING.set(rounded), series_names.ASKED.set(set())
    try:
        answers = [answer() for _ in range(DRAWS)]
        by_norm = bool(FACTORISATIONS & (series_names.ASKED.get() or set()))
    finally:
        ROUNDING.reset(token)
        series_names.ASKED.reset(asked)
    return _each(values, answers, roundoff, by_norm)


class Errors:
    """Random relative errors of one roundoff, drawn in blocks: most arrays are far smaller than a draw is worth."""

    BLOCK = 4096

    def __init__(self, roundoff: float) -> None:
        self.generator = np.random.Generator(np.random.PCG64(0))
        self.roundoff = np.longdouble(roundoff)
        self.drawn = np.zeros(0, np.longdouble)
        self.used = 0

    def moved(self, c: NDArray[Any]) -> NDArray[Any]:
        """Off by a random relative error; a complex number in either direction."""
        if c.dtype.kind not in "fc":
            return c
        error: Any = self._next(c.size).reshape(c.shape)
        if c.dtype.kind == "c":
            error = error + 1j * self._next(c.size).reshape(c.shape)
        return np.asarray(c * (1 + error))

    def _next(self, count: int) -> NDArray[np.longdouble]:
        if self.used + count > self.drawn.size:
            more = self.roundoff * self.generator.standard_normal(max(self.BLOCK, count))
            self.drawn, self.used = np.concatenate([self.drawn[self.used :], more]), 0
        self.used += count
        return self.drawn[self.used - count : self.used]


def _each(values: Any, answers: list[Any], roundoff: float, by_norm: bool) -> Any:
    if isinstance(values, tuple):
        return tuple(_each(part, [a[i] for a in answers], roundoff, by_norm) for i, part in enumerate(values))
    with np.errstate(all="ignore"):
        squares = [np.abs(a - values).astype(np.float64) ** 2 for a in answers]
    loss = np.sqrt(np.mean(squares, axis=0)) + roundoff * np.abs(values).astype(np.float64)
    if by_norm:
        loss = np.broadcast_to(np.max(loss, initial=0.0), loss.shape)
    return np.where(np.isfinite(loss), FACTOR * loss, np.inf)
