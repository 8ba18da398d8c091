"""Adapters that are wrong on purpose, each in one way, beside one that is right: proof that every check can fail.

The right one answers from the reference itself, rounded to the dtype: nobody's derivatives are checked here, the checker is.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Layout, Program, Result, Route, Unsupported
from conformance.dtype import FORMATS
from reference import backprop
from reference.names import Names

MODES = {
    "value": "",
    "gradient": "rev",
    "jvp": "fwd",
    "vjp": "rev",
    "jacobian": "fwd",
    "hessian": "fwd-rev",
    "hvp": "fwd-rev",
    "third": "rev-rev-rev",
}
Call = Callable[[Program, Any, Any, Any], Result]


@dataclass(eq=False)
class Tensor:
    """A NumPy array that knows where it lives."""

    values: NDArray[Any]
    device: str = "cpu"


class Namespace:
    """`xp` of whichever tape is being recorded: the adapter's program is bound to it once."""

    def __init__(self) -> None:
        self.names: Any = None

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments, **options: getattr(self.names, name)(*arguments, **options)


NAMESPACE = Namespace()


def correct(operator: str) -> Call:
    """The reference's derivative, rounded to the dtype of the inputs."""

    def call(program: Program, x: Any, t: Any, w: Any) -> Result:
        form = FORMATS[x[0].values.dtype.name]
        x, t, w = (nested(lambda a: a.values.astype(np.float64).astype(np.longdouble), part) for part in (x, t, w))

        def fn(names: Names, *numbers: Any) -> Any:
            NAMESPACE.names = names
            return program(*numbers)

        tally = backprop.differentiate(fn, x, operator, MODES[operator], t, w, form.precision, form.underflow)
        return nested(lambda a: Tensor(a.astype(np.float64).astype(form.dtype)), tally.values)

    return call


def nested(change: Callable[[Any], Any], result: Any) -> Any:
    """`change` applied to every leaf of a result."""
    return tuple(nested(change, part) for part in result) if isinstance(result, tuple) else change(result)


@dataclass(frozen=True, eq=False)
class Miniature:
    """A whole adapter on NumPy. `wrong` turns each right call into a wrong one."""

    wrong: Callable[[Call], Call] = lambda call: call
    unsupported: tuple[Unsupported, ...] = ()
    modules: tuple[str, ...] = ("numpy",)
    name: str = "miniature"
    surfaces: tuple[str, ...] = ("mini",)

    @property
    def routes(self) -> tuple[Route, ...]:
        return tuple(Route(operator, "call", self.wrong(correct(operator)), modes) for operator, modes in MODES.items())

    def version(self) -> Mapping[str, str]:
        return {"miniature": "1.0"}

    def start(self, device: str) -> None:
        pass

    def devices(self) -> tuple[str, ...]:
        return ("cpu",)

    def dtypes(self, device: str) -> tuple[str, ...]:
        return ("float64", "float32")

    def namespace(self, surface: str) -> Any:
        return NAMESPACE

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0]

    def array(self, values: NDArray[Any], device: str) -> Tensor:
        if values.dtype.name not in self.dtypes(device):
            raise TypeError(f"no {values.dtype.name} here")
        return Tensor(values.copy(), device)

    def layout(self, array: Tensor) -> Layout:
        return Layout(array.values.shape, array.values.dtype.name, array.device)

    def numpy(self, array: Tensor) -> NDArray[Any]:
        return array.values.copy()

    def finish(self) -> None:
        pass


def changed(change: Callable[[NDArray[Any]], NDArray[Any]]) -> Callable[[Call], Call]:
    """Every leaf's values changed."""
    return lambda call: lambda f, x, t, w: nested(lambda a: replace(a, values=change(a.values)), call(f, x, t, w))


def one_element(values: NDArray[Any]) -> NDArray[Any]:
    """The largest element 64 units of roundoff too large: the smallest fault that is promised to be seen."""
    changed = values.copy()
    worst = np.unravel_index(int(np.argmax(np.abs(values))), values.shape)
    changed[worst] *= 1 + 64 * FORMATS[values.dtype.name].roundoff
    return changed


def mutating(call: Call) -> Call:
    def wrong(f: Program, x: Any, t: Any, w: Any) -> Result:
        result = call(f, x, t, w)
        x[0].values[...] += 1
        return result

    return wrong


def forgetful(call: Call) -> Call:
    """Right once, wrong the second time."""
    seen: set[int] = set()

    def wrong(f: Program, x: Any, t: Any, w: Any) -> Result:
        result = call(f, x, t, w)
        if id(x) in seen:
            return nested(lambda a: replace(a, values=a.values * 2 + 1), result)
        seen.add(id(x))
        return result

    return wrong


def raising(_: Call) -> Call:
    def wrong(*_: Any) -> NoReturn:
        raise ArithmeticError("no derivative today")

    return wrong


def hanging(_: Call) -> Call:
    """Spins in native code without letting go of the interpreter."""
    return lambda *_: ctypes.PyDLL(None).usleep(600_000_000) if os.name == "posix" else time.sleep(600)


def dying(_: Call) -> Call:
    return lambda *_: os.abort()


def swapped(call: Call) -> Call:
    """The first two arguments' results exchanged, or the matrix transposed."""

    def wrong(f: Program, x: Any, t: Any, w: Any) -> Result:
        result = call(f, x, t, w)
        if isinstance(result, tuple) and len(result) > 1 and not isinstance(result[0], tuple):
            return (result[1], result[0], *result[2:])
        return nested(lambda a: replace(a, values=a.values.T.copy()), result)

    return wrong


FAULTS: dict[str, Callable[[Call], Call]] = {
    "always zero": changed(np.zeros_like),
    "opposite sign": changed(np.negative),
    "twice": changed(lambda a: a * a.dtype.type(2)),
    "1.001 times": changed(lambda a: a * a.dtype.type(1.001)),
    "one element off by 64 roundoffs": changed(one_element),
    "transposed": swapped,
    "not a number": changed(lambda a: a * np.nan),
    "infinite": changed(lambda a: a * np.inf),
    "wrong shape": changed(lambda a: a[np.newaxis]),
    "wrong dtype": changed(lambda a: a.astype(np.float16)),
    "wrong device": lambda call: lambda f, x, t, w: nested(lambda a: replace(a, device="cpu:1"), call(f, x, t, w)),
    "mutates its input": mutating,
    "right once": forgetful,
    "raises": raising,
    "unconnected": lambda call: lambda f, x, t, w: nested(lambda a: None, call(f, x, t, w)),
    "answers nothing": lambda call: lambda f, x, t, w: None,
    "answers a list too short": lambda call: lambda f, x, t, w: (),
    "exits": lambda call: lambda *_: exit(0),
}

CORRECT: Adapter = Miniature()
ABSENT: Adapter = Miniature(modules=("no_such_framework",))
HANGING: Adapter = Miniature(hanging)
DYING: Adapter = Miniature(dying)
LAZY: Adapter = Miniature(unsupported=(Unsupported("too hard", "NotImplementedError"),))
EVASIVE: Adapter = Miniature(raising, (Unsupported("too hard", "NotImplementedError"),))
HONEST: Adapter = Miniature(raising, (Unsupported("no derivative", "ArithmeticError: no derivative"),))
