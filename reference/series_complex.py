"""Complex numbers of series: series whose coefficients are complex, in real variables.

A function that is analytic has the same local Taylor coefficients at a complex number as at a real one, so that exponentials,
roots, powers and products need nothing here. What is not analytic is put together from real and imaginary parts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from reference.series_contract import vector_norm as real_norm
from reference.series_core import Series, compose, lift
from reference.series_elementary import LOCAL, atan2
from reference.series_jets import from_program, from_slope, piecewise
from reference.series_local import cosh
from reference.series_local import exp as local_exp
from reference.series_shape import concat, reshape


def is_complex(x: Any) -> bool:
    return lift(x).dtype.kind == "c"


def real(x: Any) -> Series:
    return lift(x).map(np.real)


def imag(x: Any) -> Series:
    return lift(x).map(np.imag)


def conj(x: Any) -> Series:
    return lift(x).map(np.conj)


def complex_of(real_part: Any, imaginary_part: Any) -> Series:
    """a + i·b."""
    return lift(real_part) + lift(imaginary_part) * 1j


def angle(x: Any) -> Series:
    return atan2(imag(x), real(x))


def sign(x: Any) -> Any:
    """z/|z|; of a real number ±1 or 0, a constant."""
    series = lift(x)
    return series / abs(series) if is_complex(series) else np.sign(series.value)


def _sech_squared_far(x: Any) -> Any:
    """1/cosh², from the exponential that is small."""
    decay = compose(x * np.where(x.value.real < 0, 2, -2), local_exp)
    return 4.0 * decay / ((1.0 + decay) * (1.0 + decay))


_sech_squared = piecewise(
    lambda x: np.abs(x) < 1,
    from_program(lambda x: 1.0 / (compose(x, cosh) * compose(x, cosh))),
    from_program(_sech_squared_far),
)
_complex_tanh = from_slope(np.tanh, lambda x: compose(x, _sech_squared))


def tanh(x: Any) -> Series:
    return compose(x, _complex_tanh if is_complex(x) else LOCAL["tanh"])


def vector_norm(x: Any, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Series:  # noqa: A002 - array API name
    """The 2-norm of complex numbers is that of their parts."""
    if not is_complex(x):
        return real_norm(x, axis, keepdims, ord)
    if ord != 2 or axis is not None:
        return real_norm(abs(lift(x)), axis, keepdims, ord)
    return real_norm(concat([reshape(real(x), -1), reshape(imag(x), -1)]))


NAMES: dict[str, Any] = {
    "angle": angle,
    "complex": complex_of,
    "conj": conj,
    "imag": imag,
    "real": real,
    "sign": sign,
    "tanh": tanh,
    "vector_norm": vector_norm,
}
