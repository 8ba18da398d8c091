"""A case is one mathematical function, written once for every framework, with the points at which it is judged.

A case is a value, not a program: frozen, hashable, free of arrays and of frameworks. Its inputs are short literals, or are
derived from the case's own name, so that the same command asks the same question everywhere and for ever.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Literals = float | tuple[Any, ...]
"""A number, or nested tuples of numbers of one shape."""

OPERATORS = ("value", "gradient", "jvp", "vjp", "jacobian", "hessian", "hvp", "third")
"""Everything that can be asked of a case, in the order in which answers are judged.

With x the tuple of arguments, y = f(x), t one tangent per argument and w a cotangent of y's shape:
value y · gradient ∂y/∂xᵢ (y scalar) · jvp Σᵢ ∂y/∂xᵢ·tᵢ · vjp w·∂y/∂xᵢ · jacobian ∂y/∂xᵢ of shape y.shape + xᵢ.shape ·
hessian ∂²y/∂xᵢ∂xⱼ of shape xᵢ.shape + xⱼ.shape (y scalar) · hvp Σⱼ ∂²y/∂xᵢ∂xⱼ·tⱼ · third Σⱼₖ ∂³y/∂xᵢ∂xⱼ∂xₖ·tⱼ·tₖ.
"""

SCALAR_ONLY = frozenset({"gradient", "hessian", "hvp", "third"})
ORDER = {"value": 0, "gradient": 1, "jvp": 1, "vjp": 1, "jacobian": 1, "hessian": 2, "hvp": 2, "third": 3}


Tier = Literal["exact", "generic", "stress", "wide", "convention"]


@dataclass(frozen=True)
class Draw:
    """Numbers derived from a name: not zero, of either sign, of magnitude `scale`·[1/4, 1], or multiples of `step` if given."""

    shape: tuple[int, ...]
    scale: float = 1.0
    step: float | None = None

    def array(self, name: str) -> NDArray[np.float64]:
        """The float64 array of this shape for `name`; the same on every machine."""
        count = math.prod(self.shape)
        words = np.frombuffer(hashlib.shake_256(name.encode()).digest(4 * count), dtype="<u4")
        sign = np.where(words & 1, 1.0, -1.0)
        uniform = (words >> 1) / 2.0**31
        magnitude = self.scale * (0.25 + 0.75 * uniform)
        if self.step is not None:
            magnitude = np.maximum(np.round(magnitude / self.step), 1.0) * self.step
        return (sign * magnitude).reshape(self.shape)


@dataclass(frozen=True, eq=False)
class Point:
    """Where a case is judged: one input per argument, each a literal or a draw.

    `tier` says what the point is for: "exact" (dyadic inputs at which nothing rounds: tolerance 0, certified at run time),
    "generic" (chosen so that the bound is small beside the value), "stress" (there to find NaN, range and defects), "wide" (the
    same near the ends of the range of float32, in the full profile only).
    `tangents` overrides the tangents that are otherwise derived from the names of case and point.
    `answers` and `between` are for a point at which the gradient is a matter of convention ("convention"), and say what
    mathematics can defend there: these gradients, each of one literal per argument, NaN and infinities included, and the convex
    hull of those.
    """

    name: str
    inputs: tuple[Literals | Draw, ...]
    tier: Tier = "generic"
    tangents: tuple[Literals, ...] | None = None
    answers: tuple[tuple[Literals, ...], ...] = ()
    between: tuple[tuple[Literals, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Case:
    """One function `fn(xp, *arrays)` in the names of the array API standard, with its points and its source.

    `scalar` tells whether the output is 0-dimensional: only then do gradient, Hessian, HVP and third derivative exist.
    `smooth` is the highest order of derivative that exists at every point of the case.
    `sample` cases are asked by slow routes in the quick profile, too.
    `truth` is the same function, written so that the reference can differentiate it where the steps of `fn` have no derivative.
    `names` are the operations of the namespace that it is about: only a surface that offers them (sum and asarray
    set aside, see `conformance.plan.GLUE`) is asked beside the first.
    A case about complex numbers has its arguments in pairs, real and imaginary parts by turns: with zₖ = aₖ + i·bₖ,
    fn(xp, a₁, b₁, a₂, b₂, ...) = `of_complex`(xp, z₁, z₂, ...), which is real. Where that is the real part of an analytic
    function, `analytic`(xp, z₁, z₂, ...) is this function, whose value is complex.
    """

    id: str
    fn: Callable[..., Any]
    points: tuple[Point, ...]
    source: str
    family: str = "documented"
    scalar: bool = True
    smooth: int = 3
    names: tuple[str, ...] = ()
    sample: bool = False
    of_complex: Callable[..., Any] | None = None
    analytic: Callable[..., Any] | None = None
    truth: Callable[..., Any] | None = None

    @property
    def reference(self) -> Callable[..., Any]:
        """The text that the reference differentiates."""
        return self.truth or self.fn

    def function(self, arguments: str) -> Callable[..., Any] | None:
        """The function that routes of these `arguments` differentiate (see `conformance.adapter.Route`); None: not asked."""
        return {"real": self.fn, "complex": self.of_complex, "analytic": self.analytic}[arguments]

    def operators(self) -> tuple[str, ...]:
        """The operators that mathematics defines for this case; where it leaves a choice, the gradient is asked."""
        if any(point.tier == "convention" for point in self.points):
            return ("gradient",)
        return tuple(o for o in OPERATORS if ORDER[o] <= self.smooth and (self.scalar or o not in SCALAR_ONLY))

    def inputs(self, point: Point) -> tuple[NDArray[np.float64], ...]:
        """The point as float64 arrays, one per argument."""
        return tuple(_array(value, f"{self.id}/{point.name}/{i}") for i, value in enumerate(point.inputs))

    def tangents(self, point: Point) -> tuple[NDArray[np.float64], ...]:
        """One tangent per argument, of its shape; eighths in [-1, 1], exact in every dtype, unless the point has its own."""
        if point.tangents is not None:
            return tuple(np.asarray(t, np.float64) for t in point.tangents)
        names = (f"{self.id}/{point.name}/tangent/{i}" for i in range(len(point.inputs)))
        return tuple(direction(np.shape(x), name, i) for i, (x, name) in enumerate(zip(self.inputs(point), names, strict=True)))

    def cotangent(self, point: Point, shape: tuple[int, ...]) -> NDArray[np.float64]:
        """A cotangent of the output's shape; eighths in [-1, 1], exact in every dtype."""
        return direction(shape, f"{self.id}/{point.name}/cotangent", 0)


def quarters(shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
    """Multiples of 1/4 in [-1, 1] without 0, derived from a name."""
    return Draw(shape, step=0.25).array(name)


def direction(shape: tuple[int, ...], name: str, parity: int) -> NDArray[np.float64]:
    """Eighths in [-1, 1] derived from a name: even and odd ones by turns, so that no two neighbours are equal and cancel.

    Even ones are ±2/8, ±4/8, ±6/8, ±8/8, odd ones ±3/8, ±5/8, ±7/8; `parity` says which come first.
    """
    even = quarters(shape, name)
    odd = np.clip(np.abs(even) - 0.125, 0.375, 0.875) * np.sign(even)
    turns = (np.arange(even.size).reshape(shape) + parity) % 2
    return np.where(turns == 0, even, odd)


def _array(value: Literals | Draw, name: str) -> NDArray[np.float64]:
    return value.array(name) if isinstance(value, Draw) else np.asarray(value, np.float64)
