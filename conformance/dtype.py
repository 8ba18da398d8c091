"""The number formats that are checked, and what their arithmetic promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ml_dtypes
import numpy as np


@dataclass(frozen=True)
class Format:
    """One binary floating-point format; all figures dimensionless.

    precision   significand bits p, the hidden one included
    roundoff    unit roundoff u = 2^-p: the largest relative error of one rounding to nearest
    underflow   largest absolute error of a result below the normal range. The smallest subnormal for float16, whose
                subnormals every CPU kernel keeps; the smallest normal for the others, since flushing subnormals to zero
                is legal there (XLA and TensorFlow do it)
    largest     largest finite value
    smallest    smallest normal value
    """

    name: str
    dtype: np.dtype[Any]
    precision: int
    roundoff: float
    underflow: float
    largest: float
    smallest: float


def _format(dtype: np.dtype[Any]) -> Format:
    info: Any = ml_dtypes.finfo(dtype)  # type: ignore[no-untyped-call]
    smallest = info.smallest_subnormal if dtype.name == "float16" else info.smallest_normal
    return Format(
        dtype.name, dtype, info.nmant + 1, float(info.eps) / 2, float(smallest), float(info.max), float(info.smallest_normal)
    )


FORMATS: dict[str, Format] = {
    dtype.name: _format(dtype) for dtype in (np.dtype(t) for t in ("float64", "float32", "float16", ml_dtypes.bfloat16))
}
"""By name, widest first."""
