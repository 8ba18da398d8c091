"""The interface between the suite and the truth. The reference behind it is named by a string in the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray


class Answer(Protocol):
    """What mathematics says, and how far a correct evaluation in one number format may be from it.

    `values` and `errors` are nested alike, in the shapes of `conformance.case.OPERATORS`: values in np.longdouble, errors in
    float64 (dimensionless, absolute; infinite where correct arithmetic promises nothing; without the final rounding).
    `exact` is the certificate that nothing rounds on the way. `largest` is the largest magnitude met on the way (float64).
    """

    @property
    def values(self) -> Any: ...

    @property
    def errors(self) -> Any: ...

    @property
    def exact(self) -> bool: ...

    @property
    def largest(self) -> float: ...


class Oracle(Protocol):
    """Answers the question that an adapter is asked, from the inputs as already rounded to the format."""

    def __hash__(self) -> int: ...

    def answer(
        self,
        case: str,
        fn: Callable[..., Any],
        inputs: tuple[NDArray[np.longdouble], ...],
        operator: str,
        modes: str,
        tangents: tuple[NDArray[np.longdouble], ...],
        cotangent: NDArray[np.longdouble] | None,
        precision: int,
        underflow: float,
    ) -> Answer:
        """The answer for `fn(xp, *inputs)` in a format of `precision` bits (roundoff 2^-precision).

        `modes` is the composition of modes, outermost first ("rev", "fwd-rev", ...), whose rounding is budgeted.
        Raises LookupError for an operation that the reference does not know.
        """

    def shape(self, fn: Callable[..., Any], inputs: tuple[NDArray[np.longdouble], ...]) -> tuple[int, ...]:
        """Shape of the value of `fn` at `inputs`."""
