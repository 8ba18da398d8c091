"""The interface between the suite and one framework, on one screen.

Promised: an adapter gets a function and inputs, never the expected value; every number it returns is the framework's own, with
the framework's own shape, dtype and device. Not promised: that it can do everything. What it cannot do it declares, and the
declaration is verified by trying. Global switches, tape persistence, thread counts and the like are the adapter's own business.

The module of an adapter imports its framework in `start`, not at its top: listing and collecting work without it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from numpy.typing import NDArray

Array = Any
"""The framework's own array; None stands for "unconnected" (no derivative was recorded), never for zero."""

Program = Callable[..., Array]
"""`program(*arrays) -> array`: the case's function with the framework's namespace bound to it."""

Arrays = tuple[Array, ...]
Result = Array | tuple[Any, ...]
"""Shapes as in `conformance.case.OPERATORS`: one array for value and jvp; a tuple over the arguments for gradient, vjp, hvp,
third and jacobian; a tuple of tuples for hessian."""


@dataclass(frozen=True)
class Route:
    """One public way in which a framework computes one operator.

    operator  one of `conformance.case.OPERATORS`
    name      what a user of the framework calls it: "backward", "func.grad", "jit(grad)" (no "/" and no blank)
    call      (program, arguments, tangents, cotangent) -> Result; may cache what it compiles per program object, which is
              one and the same object for all points of a case
    modes     composition of differentiation modes, outermost first: "" (value), "rev", "fwd", "rev-rev", "fwd-rev", ...
    compiled  "" when eager, else the compiler: "jit", "function", "xla", "aot_eager", "inductor", "hybridize"
    batched   computed for a batch of points at once (vmap), of which one row is returned
    derived   put together from the framework's documented parts by the adapter, rather than offered as one call
    slow      costs more than about 0.1 s to compile: the quick profile asks it at one point per case only
    arguments "real": what all cases are asked. "complex": only cases that have complex arguments (`Case.of_complex`) are
              asked; `program` is a real function of z₁, z₂, ..., the arguments (and tangents) are a₁, b₁, a₂, b₂, ... with
              zₖ = aₖ + i·bₖ, and the result is that by the real arguments: the adapter takes its framework's derivative by
              the complex numbers apart, by the convention that the framework has for its sign. "analytic": likewise of
              `Case.analytic`, and the result is that for the real part of the program
    """

    operator: str
    name: str
    call: Callable[[Program, Arrays, Arrays, Array], Result]
    modes: str = ""
    compiled: str = ""
    batched: bool = False
    derived: bool = False
    slow: bool = False
    arguments: Literal["real", "complex", "analytic"] = "real"


@dataclass(frozen=True)
class Unsupported:
    """A declaration that checks matching these globs cannot be done; verified by trying.

    raises    regular expression that the framework's exception ("TypeName: text") must match
    routes    globs over "operator/route name"; cases over case ids; surfaces, dtypes and devices over their names
    always    True: every check that matches must raise. False: those that raise so are unsupported, the others are judged
    """

    reason: str
    raises: str
    routes: tuple[str, ...] = ("*",)
    cases: tuple[str, ...] = ("*",)
    surfaces: tuple[str, ...] = ("*",)
    dtypes: tuple[str, ...] = ("*",)
    devices: tuple[str, ...] = ("*",)
    always: bool = True


@dataclass(frozen=True)
class Layout:
    """What an array is, apart from its values."""

    shape: tuple[int, ...]
    dtype: str
    device: str


class Adapter(Protocol):
    """One framework behind the one interface. No base class: a class or module object with these members is an adapter."""

    def __hash__(self) -> int: ...

    @property
    def name(self) -> str:
        """Short name, as on the command line: "torch"."""

    @property
    def modules(self) -> tuple[str, ...]:
        """Top-level modules that must be installed, looked up without importing them."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Namespaces of the framework in which cases are evaluated; the first is the default."""

    @property
    def routes(self) -> tuple[Route, ...]:
        """Every route; for each operator the way the framework's documentation shows first stands first."""

    @property
    def unsupported(self) -> tuple[Unsupported, ...]:
        """What the framework cannot do."""

    def version(self) -> Mapping[str, str]:
        """Installed distributions that decide the numbers, framework first, with versions; imports no framework."""

    def start(self, device: str) -> None:
        """Import the framework and set its global switches for a run on `device`; idempotent."""

    def devices(self) -> tuple[str, ...]:
        """Devices found at run time, "cpu" first: "cpu", "cpu:1", "cuda:0", "meta", ... Calls for `start`."""

    def dtypes(self, device: str) -> tuple[str, ...]:
        """Which of float64, float32, float16, bfloat16 the framework has on this device; imports no framework."""

    def namespace(self, surface: str) -> Any:
        """The object given to cases as `xp`: array API names, array API meaning. What is absent raises when it is looked up."""

    def offers(self, surface: str, name: str) -> bool:
        """Whether a surface beside the first has this operation; imports no framework. The first is asked everything."""

    def array(self, values: NDArray[Any], device: str) -> Array:
        """A fresh framework array with the same bits, dtype (ml_dtypes.bfloat16 included) and shape, on `device`."""

    def layout(self, array: Array) -> Layout:
        """Shape, dtype name and device name (spelt as in `devices`) of a framework array."""

    def numpy(self, array: Array) -> NDArray[Any]:
        """A copy with the same bits and dtype. Raises NoValues where the device holds none (torch's meta)."""

    def finish(self) -> None:
        """After each check: wait for asynchronous work (its errors belong to this check), drop what must not leak."""


class NoValues(Exception):
    """The array has a layout but no values."""
