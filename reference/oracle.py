"""The truth and its rounding budget, behind the interface of `conformance.oracle.Oracle`.

Values are the documented closed forms where there is one, and those of the recorded program in extended precision elsewhere.
Error bounds, certificate and range come from the recorded program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import documented
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
        """See `conformance.oracle.Oracle`. Raises LookupError for an operation that `reference.names` does not know."""
        tally = differentiate(fn, inputs, operator, modes, tangents, cotangent, precision, underflow)
        try:
            values = documented.answer(case, inputs, operator, tangents, cotangent)
        except LookupError:
            values = tally.values
        return replace(tally, values=values, errors=_with_own(tally.errors, values, 2.0**-precision))

    def shape(self, fn: Callable[..., Any], inputs: Arrays) -> tuple[int, ...]:
        """Shape of the value of `fn` at `inputs`."""
        return shape_of(fn, inputs)


def _with_own(errors: Any, values: Any, roundoff: float) -> Any:
    """The errors and those of the reference, whose arithmetic is that of a format with the roundoff of np.longdouble."""
    if isinstance(errors, tuple):
        return tuple(_with_own(e, v, roundoff) for e, v in zip(errors, values, strict=True))
    share = ROUNDOFF / roundoff
    return np.asarray(errors + share * (errors + roundoff * np.abs(values).astype(np.float64)))


ORACLE = Reference()
