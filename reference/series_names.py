"""The namespace that the reference gives to a case as `xp`.

Promised: the array API's names and NumPy's of old, flat or in the sub-namespaces `linalg`, `fft`, `special` and `nn` (which
all look in the same tables). A name that is not known raises UnknownName.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import partial
from typing import Any

import numpy as np

from reference import (
    definitions,
    series_bessel,
    series_complex,
    series_contract,
    series_elementary,
    series_gamma,
    series_general,
    series_integrals,
    series_linalg,
    series_matrix,
    series_nn,
    series_signal,
    series_special,
)

ALIASES = {
    "absolute": "abs",
    "arccos": "acos",
    "arccosh": "acosh",
    "arcsin": "asin",
    "arcsinh": "asinh",
    "arctan": "atan",
    "arctan2": "atan2",
    "arctanh": "atanh",
    "array": "asarray",
    "concatenate": "concat",
    "cumprod": "cumulative_prod",
    "cumsum": "cumulative_sum",
    "bessel_j0": "j0",
    "bessel_j1": "j1",
    "bessel_y0": "y0",
    "bessel_y1": "y1",
    "expit": "sigmoid",
    "gammaln": "lgamma",
    "igamma": "gammainc",
    "igammac": "gammaincc",
    "power": "pow",
    "swish": "silu",
    "transpose": "permute_dims",
}

MODULES = (
    series_elementary,
    series_contract,
    series_linalg,
    series_general,
    series_matrix,
    series_special,
    series_gamma,
    series_integrals,
    series_bessel,
    series_nn,
    series_signal,
    series_complex,
)

TABLE: dict[str, Any] = {name: operation for module in MODULES for name, operation in module.NAMES.items()}

CONSTANTS: dict[str, Any] = {
    "pi": float(np.pi),
    "e": float(np.e),
    "inf": float("inf"),
    "nan": float("nan"),
    "newaxis": None,
    "float64": np.dtype(np.float64),
    "float32": np.dtype(np.float32),
    "int8": np.dtype(np.int8),
    "int64": np.dtype(np.int64),
    "bool": np.dtype(np.bool_),
}

SPACES = frozenset({"linalg", "fft", "special", "nn"})


ASKED: ContextVar[set[str] | None] = ContextVar("ASKED", default=None)
"""Where the operations that a program asks for are noted, if anybody wants to know."""


class UnknownName(LookupError, AttributeError):
    """The reference does not know an operation of this name."""


class Names:
    """All names; read-only."""

    def __getattr__(self, name: str) -> Any:
        if name in SPACES:
            return TRANSFORMS if name == "fft" else self
        known = ALIASES.get(name, name)
        if (asked := ASKED.get()) is not None:
            asked.add(known)
        if known in TABLE:
            return TABLE[known]
        if known in definitions.NAMES:
            return partial(definitions.NAMES[known], self)
        if known in CONSTANTS:
            return CONSTANTS[known]
        raise UnknownName(f"the reference has no operation {name!r}")


class Transforms(Names):
    """`xp.fft`: the sub-namespace and, called, the transform itself."""

    def __call__(self, x: Any, axis: int = -1) -> Any:
        return TABLE["fft"](x, axis)

    def __getattr__(self, name: str) -> Any:
        return TABLE["fft"] if name == "fft" else super().__getattr__(name)


TRANSFORMS = Transforms()
NAMES = Names()
