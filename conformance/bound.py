"""How much error is allowed, and why.

The oracle's running error bound E is what a correct evaluation of the program and of its derivative sweep may lose in the
format (Wilkinson; Higham, Accuracy and Stability of Numerical Algorithms, §3.3). The bound adds the final rounding u·|r| and
the underflow threshold: B = E + u·|r| + η. Where the oracle certifies that nothing rounds, B = 0. No constant is chosen by
hand.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.dtype import Format

NEAR = 2.0
"""Budgets between 1 and this are reported apart, as `near`: a failure whose bound is to be questioned first."""


def bound(value: NDArray[np.longdouble], error: NDArray[np.float64], exact: bool, form: Format) -> NDArray[np.float64]:
    """Largest allowed |got - value| per element (absolute, of the value's shape)."""
    if exact:
        return np.zeros(value.shape)
    return error + form.roundoff * np.abs(value).astype(np.float64) + form.underflow


def budget(error: NDArray[Any], allowed: NDArray[np.float64]) -> NDArray[np.float64]:
    """β = error ÷ bound per element, dimensionless: 0 where both vanish, inf or nan where the error is."""
    with np.errstate(all="ignore"):
        ratio = error.astype(np.float64) / allowed
    ratio = np.where((allowed == 0) & (error == 0), 0.0, ratio)
    return np.where(np.isinf(allowed) & np.isfinite(error), 0.0, ratio)


def resolution(value: NDArray[np.longdouble], error: NDArray[np.float64], allowed: NDArray[np.float64]) -> NDArray[np.float64]:
    """ρ = bound ÷ |value| per element, dimensionless: the smallest relative error that can be seen.

    An exact zero (value and running error both 0) is resolved: ρ = 0. A zero left over by cancellation is not: ρ = inf.
    """
    size = np.abs(value).astype(np.float64)
    with np.errstate(all="ignore"):
        ratio = allowed / size
    return np.where(size > 0, ratio, np.where((error == 0) | (allowed == 0), 0.0, np.inf))
