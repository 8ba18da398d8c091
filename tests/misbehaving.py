"""A miniature framework that really does what frameworks do on their worst day; NumPy only, and right otherwise.

Each route of the operator `value` ends the process, or never ends, in its own way; `eager` is right, and so is `slow`.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Layout, Program, Result, Route, Unsupported


def segfault() -> None:
    """Read from address 0."""
    ctypes.string_at(0)


def kill() -> None:
    """What the kernel does to a process that takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def spin() -> None:
    """Never return from native code, holding the GIL: no Python signal handler, thread or timer gets a turn."""
    ctypes.PyDLL(None).pause()  # PyDLL keeps the GIL; libc's pause waits for a signal that nobody sends


def backtrack() -> None:
    """Compute for ever in native code, holding the GIL."""
    import re

    re.match(r"(a+)+$", "a" * 64 + "b")


def mutter() -> None:
    """Fail with a text that no file can hold as it is, and that would be markup if it were not escaped."""
    raise RuntimeError("\ud800 \u2028 \x1b[31m ::error::x <script>alert(1)</script> ]]> | `x` ##[error] \x00")


def once() -> None:
    """Abort, but only the first time: the mark of a flaky check."""
    mark = Path(os.environ["MISBEHAVING_MARK"])
    if not mark.exists():
        mark.touch()
        os.abort()


def misbehave(deed: Callable[[], Any]) -> Callable[..., Result]:
    """A route that does its deed instead of answering."""

    def call(program: Program, x: Any, t: Any, w: Any) -> Result:
        deed()
        return program(*x)

    return call


DEEDS: dict[str, Callable[[], Any]] = {
    "abort": os.abort,
    "segfault": segfault,
    "kill": kill,
    "_exit": lambda: os._exit(0),
    "spin": spin,
    "backtrack": backtrack,
    "sys.exit": lambda: sys.exit(0),
    "mutter": mutter,
    "once": once,
    "slow": lambda: time.sleep(0.02),
}
CRASHES = ("abort", "segfault", "kill", "_exit")
HANGS = ("spin", "backtrack")


class Misbehaving:
    """Values on the CPU, in NumPy."""

    name = "misbehaving"
    modules = ("numpy",)
    surfaces = ("numpy",)
    routes = (
        Route("value", "eager", lambda f, x, t, w: f(*x)),
        *(Route("value", name, misbehave(deed)) for name, deed in DEEDS.items()),
    )
    unsupported: tuple[Unsupported, ...] = ()

    def version(self) -> Mapping[str, str]:
        return {"misbehaving": os.environ.get("MISBEHAVING_VERSION", "1.0")}

    def start(self, device: str) -> None:
        """Nothing has to be imported."""

    def devices(self) -> tuple[str, ...]:
        return ("cpu",)

    def dtypes(self, device: str) -> tuple[str, ...]:
        return ("float64", "float32")

    def namespace(self, surface: str) -> Any:
        return np

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0]

    def array(self, values: NDArray[Any], device: str) -> NDArray[Any]:
        if values.dtype.name not in self.dtypes(device):
            raise TypeError(f"no {values.dtype}")
        return np.array(values)

    def layout(self, array: Any) -> Layout:
        return Layout(np.shape(array), np.asarray(array).dtype.name, "cpu")

    def numpy(self, array: Any) -> NDArray[Any]:
        return np.array(array)

    def finish(self) -> None:
        """Nothing is asynchronous, and nothing is kept."""


ADAPTER: Adapter = Misbehaving()
