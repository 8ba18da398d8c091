"""Apache MXNet 1.9: `mx.np` with `mx.autograd`, eager and hybridized.

Promised: an error belongs to the call that makes it (MXNet's synchronous engine, and a wait after each check); arguments are
copied before they become variables; what reads memory before it was written is wrong in every run (with glibc). MXNet has
reverse mode only: routes that need forward mode or vmap ask for it all the same, and are declared unsupported. Second
derivatives exist for chains of few operators; the others raise. Devices: "cpu", "cpu:1" (any number is accepted), "gpu:0".
"""

from __future__ import annotations

import ctypes
import os
import sys
import warnings
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module, metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Array, Arrays, Layout, Program, Result, Route

from .mxnet_declared import UNSUPPORTED
from .mxnet_names import SURFACES, Names

mx: Any = None  # bound by `start`: this module loads where MXNet is not installed


def _recorded(f: Program, xs: Arrays) -> tuple[Array, Arrays]:
    """The value, and copies of the arguments as its variables; their gradient buffers start as zeros."""
    variables = tuple(x.copy() for x in xs)
    for x in variables:
        x.attach_grad()
    with mx.autograd.record():
        return f(*variables), variables


@lru_cache(maxsize=64)
def _hybridized(f: Program) -> Program:
    block = mx.gluon.nn.HybridLambda(lambda _, *xs: f(*xs))
    block.hybridize()

    def call(*xs: Array) -> Array:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The .* input to HybridBlock is not used", UserWarning)
            return block(*xs)

    return call


def _backward(f: Program, xs: Arrays, ts: Arrays, head: Array | None) -> Result:
    y, xs = _recorded(f, xs)
    y.backward(head)
    return tuple(x.grad for x in xs)


def _accumulated(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    """Two passes add up in .grad; half of their sum is exact."""
    variables = tuple(x.copy() for x in xs)
    for x in variables:
        x.attach_grad("add")
    for _ in range(2):
        with mx.autograd.record():
            y = f(*variables)
        y.backward()
    return tuple(x.grad / 2 for x in variables)


def _mark_variables(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    xs, buffers = tuple(x.copy() for x in xs), tuple(mx.np.zeros_like(x) for x in xs)
    mx.autograd.mark_variables(xs, buffers)
    with mx.autograd.record():
        y = f(*xs)
    mx.autograd.backward([y])
    return buffers


def _grad(y: Array | Arrays, xs: Arrays, head: Array | Arrays | None = None, create_graph: bool = False) -> Arrays:
    """`autograd.grad`, whose results are legacy arrays in MXNet 1.9."""
    return tuple(g.as_np_ndarray() for g in mx.autograd.grad(y, xs, head, create_graph=create_graph))


def _pull(y: Array | Arrays, xs: Arrays, head: Array | Arrays) -> Arrays:
    """`autograd.backward` into fresh buffers; None where MXNet says that y was computed from no variable."""
    for x in xs:
        x.grad[()] = 0  # backward leaves the buffer of a variable that it does not reach as it was
    try:
        mx.autograd.backward(y, head, retain_graph=True)
    except mx.MXNetError as error:
        if "There are no inputs in computation graph that require gradients" not in str(error):
            raise
        return (None,) * len(xs)
    return tuple(x.grad.copy() for x in xs)


def _rows(y: Array, xs: Arrays) -> Arrays:
    """∂y/∂x of shape y.shape + x.shape for every x: one backward pass per element of y."""
    rows = []
    for index in np.ndindex(y.shape):
        head = mx.np.zeros_like(y)
        head[index] = 1
        rows.append(_pull(y, xs, head))
    parts = zip(xs, zip(*rows, strict=True), strict=True)
    return tuple(None if part[0] is None else mx.np.stack(part).reshape(y.shape + x.shape) for x, part in parts)


def _slopes(f: Program, xs: Arrays) -> tuple[Arrays, Arrays]:
    """The gradient, differentiable in its turn, and its variables."""
    y, xs = _recorded(f, xs)
    return _grad(y, xs, create_graph=True), xs


def _hessian(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    slopes, xs = _slopes(f, xs)
    return tuple(_rows(slope, xs) for slope in slopes)


def _third(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    slopes, xs = _slopes(f, xs)
    return _pull(_grad(slopes, xs, ts, create_graph=True), xs, ts)


def _forward(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    return mx.autograd.jvp(f, xs, ts)


ROUTES = (
    Route("value", "eager", lambda f, xs, ts, w: f(*xs)),
    Route("value", "hybridize", lambda f, xs, ts, w: _hybridized(f)(*xs), compiled="hybridize"),
    Route("value", "vmap", lambda f, xs, ts, w: mx.vmap(f)(*(mx.np.stack([x, x]) for x in xs))[0], batched=True),
    Route("gradient", "backward", lambda f, xs, ts, w: _backward(f, xs, ts, None), "rev"),
    Route("gradient", "backward(head)", lambda f, xs, ts, w: _backward(f, xs, ts, mx.np.ones_like(w)), "rev"),
    Route("gradient", "backward(accumulated)", _accumulated, "rev"),
    Route("gradient", "autograd.grad", lambda f, xs, ts, w: _grad(*_recorded(f, xs)), "rev"),
    Route("gradient", "mark_variables", _mark_variables, "rev"),
    Route("gradient", "hybridize", lambda f, xs, ts, w: _backward(_hybridized(f), xs, ts, None), "rev", "hybridize"),
    Route("vjp", "backward(head)", _backward, "rev"),
    Route("vjp", "autograd.grad(head_grads)", lambda f, xs, ts, w: _grad(*_recorded(f, xs), w), "rev"),
    Route("vjp", "hybridize", lambda f, xs, ts, w: _backward(_hybridized(f), xs, ts, w), "rev", "hybridize"),
    Route("jvp", "autograd.jvp", _forward, "fwd"),
    Route("jacobian", "backward(heads)", lambda f, xs, ts, w: _rows(*_recorded(f, xs)), "rev", derived=True),
    Route("jacobian", "autograd.jvp", _forward, "fwd", derived=True),
    Route("hessian", "backward(autograd.grad)", _hessian, "rev-rev", derived=True),
    Route("hessian", "autograd.jvp(autograd.grad)", _forward, "fwd-rev", derived=True),
    Route("hessian", "backward(autograd.jvp)", _forward, "rev-fwd", derived=True),
    Route("hessian", "autograd.jvp(autograd.jvp)", _forward, "fwd-fwd", derived=True),
    Route("hvp", "backward(autograd.grad)", lambda f, xs, ts, w: _pull(*_slopes(f, xs), ts), "rev-rev", derived=True),
    Route("hvp", "autograd.jvp(autograd.grad)", _forward, "fwd-rev", derived=True),
    Route("hvp", "backward(autograd.jvp)", _forward, "rev-fwd", derived=True),
    Route("third", "backward(autograd.grad(autograd.grad))", _third, "rev-rev-rev", derived=True),
    Route("third", "autograd.jvp(autograd.jvp(autograd.grad))", _forward, "fwd-fwd-rev", derived=True),
)


def _context(device: str) -> Any:
    kind, _, number = device.partition(":")
    return mx.Context(kind, int(number or 0))


class MXNet:
    """MXNet on the CPU or a GPU."""

    name = "mxnet"
    modules = ("mxnet",)
    surfaces = tuple(SURFACES)
    routes = ROUTES
    unsupported = UNSUPPORTED
    context: Any = None

    def version(self) -> Mapping[str, str]:
        return {name: metadata.version(name) for name in ("mxnet", "numpy")}

    def start(self, device: str) -> None:
        global mx
        if sys.platform == "linux":
            ctypes.CDLL(None).mallopt(-6, 0xFF ^ 0x41)  # glibc's M_PERTURB: the byte 0x41 fills fresh memory
        os.environ.setdefault("MXNET_ENGINE_TYPE", "NaiveEngine")
        os.environ.setdefault("MXNET_CPU_WORKER_NTHREADS", "1")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # MXNet imports distutils, and names deprecated in NumPy 1.20
            mx = import_module("mxnet")
        mx.npx.set_np()  # holds for the calling thread only
        self.context = _context(device)

    def devices(self) -> tuple[str, ...]:
        return ("cpu", "cpu:1", *(f"gpu:{i}" for i in range(mx.context.num_gpus())))

    def dtypes(self, device: str) -> tuple[str, ...]:
        return ("float64", "float32", "float16")

    def namespace(self, surface: str) -> Any:
        return Names(surface, self.context)

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0] or name in SURFACES[surface]

    def array(self, values: NDArray[Any], device: str) -> Array:
        return mx.np.array(values, dtype=values.dtype, ctx=_context(device))

    def layout(self, array: Array) -> Layout:
        kind, number = array.ctx.device_type, array.ctx.device_id
        return Layout(array.shape, np.dtype(array.dtype).name, "cpu" if (kind, number) == ("cpu", 0) else f"{kind}:{number}")

    def numpy(self, array: Array) -> NDArray[Any]:
        return np.asarray(array.asnumpy())

    def finish(self) -> None:
        mx.npx.waitall()


ADAPTER: Adapter = MXNet()
