"""Real arguments as complex ones, and a framework's derivatives by complex numbers as derivatives by their parts.

A route of `arguments` other than "real" gets a₁, b₁, a₂, b₂, ... and differentiates by zₖ = aₖ + i·bₖ. For a real L, frameworks
call the gradient by z either ∂L/∂a + i·∂L/∂b (`CONJUGATE_DERIVATIVE`: the direction of steepest ascent, 2·∂L/∂z̄) or
∂L/∂a - i·∂L/∂b (`DERIVATIVE`: 2·∂L/∂z, which is f'(z) for L = Re f). Each adapter says which.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.adapter import Array, Arrays, Program, Result

CONJUGATE_DERIVATIVE, DERIVATIVE = 1, -1
"""The sign of i·∂L/∂b."""

Call = Callable[[Program, Arrays, Arrays, Array], Result]


def joined(names: Any, parts: Arrays) -> Arrays:
    """The complex numbers of which these are the real and imaginary parts by turns."""
    return tuple(map(names.complex, parts[::2], parts[1::2]))


def by_parts(call: Call, names: Callable[[], Any], convention: int, arguments: str) -> Call:
    """What `call` says of complex arguments and tangents: one real array, or by the parts of each argument.

    `names()` is the framework's namespace, with `complex`, `real` and `imag`. Of an "analytic" function one array is complex.
    """

    def apart(xp: Any, g: Array) -> Arrays:
        return (None, None) if g is None else (xp.real(g), convention * xp.imag(g))

    def whole(f: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        xp = names()
        result = call(f, joined(xp, x), joined(xp, t), w)
        if isinstance(result, tuple):
            return tuple(part for g in result for part in apart(xp, g))
        return xp.real(result) if arguments == "analytic" else result

    return whole
