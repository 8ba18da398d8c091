"""The truth and its rounding budget, behind the interface of `conformance.oracle.Oracle`.

Values are the documented closed forms where there is one, and Taylor series elsewhere. Error bounds, certificate and range come
from the recorded program; where it has none, from random rounding.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import documented, perturbation, series
from .backprop import Tally, differentiate, shape_of

Arrays = tuple[NDArray[np.longdouble], ...]
ROUNDOFF = float(np.finfo(np.longdouble).eps) / 2


class Reference:
    """Pure functions of their arguments."""

    def answer(
        self,
        case: str,
        fn: Callable[..., Any],
        inputs: Arrays,
        operator: str,
        modes: str,
        tangents: Arrays,
        cotangent: NDArray[np.longdouble] | None,
        precision: int,
        underflow: float,
    ) -> Tally:
        """See `conformance.oracle.Oracle`. Raises LookupError for an operation that the reference does not know."""
        roundoff = 2.0**-precision

        def truth() -> Any:
            return series.differentiate(
                fn, inputs, operator, tangents, cotangent, None if cotangent is None else cotangent.shape
            )

        try:
            values = documented.answer(case, inputs, operator, tangents, cotangent)
        except LookupError:
            values = truth()
        try:
            tally = differentiate(fn, inputs, operator, modes, tangents, cotangent, precision, underflow)
            errors, exact, largest = tally.errors, tally.exact, tally.largest
            half = np.sqrt(2.0 * roundoff)
            lost = _lost(tally.values, errors, values, half if tally.textbook else None)
            if _any(lost):
                spread = perturbation.spread(truth, values, roundoff)
                errors = _where(lost, _at_least(half, values, errors, spread) if tally.textbook else spread, errors)
                largest = _size((inputs, values))
        except LookupError:
            errors, exact, largest = perturbation.spread(truth, values, roundoff), False, _size((inputs, values))
        return Tally(values, _with_own(errors, values, roundoff), exact, largest)

    def shape(self, fn: Callable[..., Any], inputs: Arrays) -> tuple[int, ...]:
        """Shape of the value of `fn` at `inputs`."""
        try:
            return shape_of(fn, inputs)
        except LookupError:
            return np.shape(series.differentiate(fn, inputs, "value"))


def _lost(computed: Any, errors: Any, values: Any, most: float | None) -> Any:
    """Where the tape's formula has no value although the truth has one, or a relative error beyond `most`."""
    if isinstance(values, tuple):
        return tuple(_lost(*parts, most) for parts in zip(computed, errors, values, strict=True))
    lost = np.isnan(computed) & np.isfinite(values)
    size = np.abs(values).astype(np.float64)
    return lost if most is None else lost | ((errors > most * size) & (size > 0))


def _at_least(share: float, values: Any, errors: Any, spread: Any) -> Any:
    """The spread, and `share` of the value where the textbook rule has one."""
    if isinstance(values, tuple):
        return tuple(_at_least(share, *parts) for parts in zip(values, errors, spread, strict=True))
    return np.where(np.isfinite(errors), np.maximum(spread, share * np.abs(values).astype(np.float64)), spread)


def _any(tree: Any) -> bool:
    return any(map(_any, tree)) if isinstance(tree, tuple) else bool(np.any(tree))


def _where(lost: Any, instead: Any, errors: Any) -> Any:
    if isinstance(errors, tuple):
        return tuple(map(_where, lost, instead, errors))
    return np.where(lost, instead, errors)


def _size(tree: Any) -> float:
    if isinstance(tree, tuple):
        return max(map(_size, tree), default=0.0)
    finite = np.abs(tree[np.isfinite(tree)])
    return float(np.max(finite, initial=0.0))


def _with_own(errors: Any, values: Any, roundoff: float) -> Any:
    """The errors and those of the reference, whose arithmetic is that of a format with the roundoff of np.longdouble."""
    if isinstance(errors, tuple):
        return tuple(_with_own(e, v, roundoff) for e, v in zip(errors, values, strict=True))
    share = ROUNDOFF / roundoff
    return np.asarray(errors + share * (errors + roundoff * np.abs(values).astype(np.float64)))


ORACLE = Reference()
