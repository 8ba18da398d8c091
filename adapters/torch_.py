"""PyTorch: eager autograd, torch.func, forward-mode dual numbers and torch.compile, on any device that torch finds.

Promised: every number is the one that torch returned. A gradient that torch leaves out (.grad is None, a first derivative
that hangs on no graph) stays None; the zeros that torch.func and torch.autograd.functional fill in stay zeros.
Not promised: torch's fast settings. TF32, reduced-precision accumulation and non-deterministic kernels are switched off.
Devices are spelt as torch spells them: "cpu", "cuda:0", "mps", "xpu:0", and "meta", which has shapes and no values. An AMD
GPU is a "cuda:0" too; the "+rocm" in torch's version tells it apart.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from importlib import import_module, metadata
from typing import Any

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Array, Layout, NoValues, Route

from .complex_arguments import CONJUGATE_DERIVATIVE, Call, by_parts
from .torch_calls import (
    accumulated,
    analytic,
    backward,
    backward_strided,
    batched_rows,
    checkpoint,
    compiled,
    compiled_double_backward,
    double_backward,
    double_backward_rows,
    dual,
    functional,
    grad,
    hessian,
    jacfwd,
    jacrev,
    jvp,
    leaves,
    pushforward,
    retained,
    reverse,
    torch,
    triple_backward,
    vjp,
    vmap,
)
from .torch_declared import OFFERED, UNSUPPORTED

COMPILED = 64
"""How many compiled programs are kept; each has a graph per dtype and shape, and a graph takes about 0.2 MB."""

FORWARD = {"vectorize": True, "strategy": "forward-mode"}
OUTER_FORWARD = {"vectorize": True, "outer_jacobian_strategy": "forward-mode"}
_derived = partial(Route, derived=True)
_aot = partial(Route, compiled="aot_eager", slow=True)
_inductor = partial(Route, compiled="inductor", slow=True)

ROUTES = (
    Route("value", "eager", lambda f, x, t, w: f(*x)),
    Route("value", "vmap", lambda f, x, t, w: vmap(f, x), batched=True),
    Route("gradient", "backward", lambda f, x, t, w: backward(f, x), "rev"),
    Route("gradient", "backward(accumulated)", lambda f, x, t, w: accumulated(f, x), "rev"),
    Route("gradient", "backward(retain_graph)", lambda f, x, t, w: retained(f, x), "rev"),
    Route("gradient", "backward(strided)", lambda f, x, t, w: backward_strided(f, x), "rev"),
    Route("gradient", "autograd.grad", lambda f, x, t, w: reverse(f, leaves(x)), "rev"),
    Route("gradient", "functional.vjp", lambda f, x, t, w: functional("vjp", f, x)[1], "rev"),
    Route("gradient", "func.grad", lambda f, x, t, w: grad(f)(*x), "rev"),
    Route("gradient", "func.vjp", lambda f, x, t, w: vjp(f, x), "rev"),
    Route("gradient", "vmap(func.grad)", lambda f, x, t, w: vmap(grad(f), x), "rev", batched=True),
    Route("gradient", "checkpoint", lambda f, x, t, w: checkpoint(f, x), "rev"),
    _aot("gradient", "compile(aot_eager)", lambda f, x, t, w: backward(compiled(f, "aot_eager"), x), "rev"),
    _inductor("gradient", "compile(inductor)", lambda f, x, t, w: backward(compiled(f, "inductor"), x), "rev"),
    _inductor("gradient", "compile(func.grad)", lambda f, x, t, w: compiled(f, "inductor", grad)(*x), "rev"),
    Route("jvp", "func.jvp", lambda f, x, t, w: jvp(f, t)(*x), "fwd"),
    Route("jvp", "forward_ad", lambda f, x, t, w: dual(f, x, t), "fwd"),
    Route("jvp", "functional.jvp", lambda f, x, t, w: functional("jvp", f, x, t)[1], "rev-rev"),
    Route("jvp", "func.linearize", lambda f, x, t, w: torch.func.linearize(f, *x)[1](*t), "fwd", slow=True),
    _aot("jvp", "compile(func.jvp)", lambda f, x, t, w: compiled(f, "aot_eager", pushforward)(x, t), "fwd"),
    Route("vjp", "backward", lambda f, x, t, w: backward(f, x, w), "rev"),
    Route("vjp", "autograd.grad", lambda f, x, t, w: reverse(f, leaves(x), w), "rev"),
    Route("vjp", "functional.vjp", lambda f, x, t, w: functional("vjp", f, x, w)[1], "rev"),
    Route("vjp", "func.vjp", lambda f, x, t, w: torch.func.vjp(f, *x)[1](w), "rev"),
    Route("jacobian", "functional.jacobian", lambda f, x, t, w: functional("jacobian", f, x), "rev"),
    Route("jacobian", "vectorize", lambda f, x, t, w: functional("jacobian", f, x, vectorize=True), "rev"),
    Route("jacobian", "forward-mode", lambda f, x, t, w: functional("jacobian", f, x, **FORWARD), "fwd"),
    Route("jacobian", "func.jacrev", lambda f, x, t, w: jacrev(f)(*x), "rev"),
    Route("jacobian", "func.jacfwd", lambda f, x, t, w: jacfwd(f)(*x), "fwd"),
    Route("jacobian", "is_grads_batched", lambda f, x, t, w: batched_rows(f, leaves(x)), "rev"),
    Route("hessian", "functional.hessian", lambda f, x, t, w: functional("hessian", f, x), "rev-rev"),
    Route("hessian", "vectorize", lambda f, x, t, w: functional("hessian", f, x, vectorize=True), "rev-rev"),
    Route("hessian", "forward-mode", lambda f, x, t, w: functional("hessian", f, x, **OUTER_FORWARD), "fwd-rev"),
    Route("hessian", "func.hessian", lambda f, x, t, w: hessian(f)(*x), "fwd-rev"),
    _derived("hessian", "double_backward", lambda f, x, t, w: double_backward_rows(f, leaves(x)), "rev-rev"),
    _derived("hessian", "jacrev(jacrev)", lambda f, x, t, w: jacrev(jacrev(f))(*x), "rev-rev"),
    _derived("hessian", "jacrev(jacfwd)", lambda f, x, t, w: jacrev(jacfwd(f))(*x), "rev-fwd"),
    _derived("hessian", "jacfwd(jacfwd)", lambda f, x, t, w: jacfwd(jacfwd(f))(*x), "fwd-fwd"),
    _inductor("hessian", "compile(func.hessian)", lambda f, x, t, w: compiled(f, "inductor", hessian)(*x), "fwd-rev"),
    Route("hvp", "functional.hvp", lambda f, x, t, w: functional("hvp", f, x, t)[1], "rev-rev-rev"),
    Route("hvp", "functional.vhp", lambda f, x, t, w: functional("vhp", f, x, t)[1], "rev-rev"),
    _derived("hvp", "double_backward", lambda f, x, t, w: double_backward(f, leaves(x), t), "rev-rev"),
    _derived("hvp", "jvp(grad)", lambda f, x, t, w: jvp(grad(f), t)(*x), "fwd-rev"),
    _derived("hvp", "vjp(grad)", lambda f, x, t, w: torch.func.vjp(grad(f), *x)[1](t), "rev-rev"),
    _derived("hvp", "grad(jvp)", lambda f, x, t, w: grad(jvp(f, t))(*x), "rev-fwd"),
    _derived("hvp", "jacfwd(jvp)", lambda f, x, t, w: jacfwd(jvp(f, t))(*x), "fwd-fwd"),
    _aot("hvp", "compile(aot_eager)", lambda f, x, t, w: compiled_double_backward(f, x, t), "rev-rev"),
    _derived("third", "triple_backward", lambda f, x, t, w: triple_backward(f, leaves(x), t), "rev-rev-rev"),
    _derived("third", "grad(jvp(jvp))", lambda f, x, t, w: grad(jvp(jvp(f, t), t))(*x), "rev-fwd-fwd"),
    _derived("third", "jvp(jvp(grad))", lambda f, x, t, w: jvp(jvp(grad(f), t), t)(*x), "fwd-fwd-rev"),
    _derived("third", "jacfwd(jvp(jvp))", lambda f, x, t, w: jacfwd(jvp(jvp(f, t), t))(*x), "fwd-fwd-fwd"),
)


CONVENTION = CONJUGATE_DERIVATIVE
"""torch's gradient by a complex z is ∂L/∂a + i·∂L/∂b (torch's notes on autograd: "the conjugate Wirtinger derivative")."""


def _complex(operator: str, name: str, call: Call, modes: str, arguments: Any = "complex", **about: Any) -> Route:
    return Route(operator, name, by_parts(call, lambda: torch, CONVENTION, arguments), modes, arguments=arguments, **about)


OF_COMPLEX = (
    _complex("gradient", "complex:backward", lambda f, x, t, w: backward(f, x), "rev"),
    _complex("gradient", "complex:func.grad", lambda f, x, t, w: grad(f)(*x), "rev"),
    _complex("gradient", "analytic:autograd.grad", lambda f, x, t, w: analytic(f, leaves(x)), "rev", "analytic"),
    _complex("jvp", "complex:func.jvp", lambda f, x, t, w: jvp(f, t)(*x), "fwd"),
    _complex("jvp", "complex:forward_ad", lambda f, x, t, w: dual(f, x, t), "fwd"),
    _complex("jvp", "analytic:func.jvp", lambda f, x, t, w: jvp(f, t)(*x), "fwd", "analytic"),
    _complex("hvp", "complex:double_backward", lambda f, x, t, w: double_backward(f, leaves(x), t), "rev-rev", derived=True),
    _complex("hvp", "complex:jvp(grad)", lambda f, x, t, w: jvp(grad(f), t)(*x), "fwd-rev", derived=True),
    _complex("hvp", "complex:grad(jvp)", lambda f, x, t, w: grad(jvp(f, t))(*x), "rev-fwd", derived=True),
    _complex(
        "third", "complex:triple_backward", lambda f, x, t, w: triple_backward(f, leaves(x), t), "rev-rev-rev", derived=True
    ),
)


def _spelt(device: Any) -> str:
    """As torch spells it, but for "mps", of which there is only one."""
    return str(device).replace("mps:0", "mps")


class Torch:
    """PyTorch as an adapter."""

    name = "torch"
    modules = ("torch", "array_api_compat")
    surfaces = ("torch", *OFFERED)
    routes = (*ROUTES, *OF_COMPLEX)
    unsupported = UNSUPPORTED
    device = "cpu"

    def version(self) -> Mapping[str, str]:
        """Triton, which compiles for GPUs, only where it is installed."""
        found = {}
        for name in ("torch", "numpy", "array-api-compat", "triton"):
            with suppress(metadata.PackageNotFoundError):
                found[name] = metadata.version(name)
        return found

    def start(self, device: str) -> None:
        self.device = device
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # what makes cuBLAS deterministic
        os.environ.setdefault("TORCHINDUCTOR_COMPILE_THREADS", "1")  # no pool of compiling processes to outlive the run
        torch.set_num_threads(1)
        torch.set_float32_matmul_precision("highest")
        torch.use_deterministic_algorithms(True, warn_only=True)
        torch.backends.cudnn.allow_tf32 = False
        matmul = torch.backends.cuda.matmul
        matmul.allow_tf32 = False
        matmul.allow_fp16_reduced_precision_reduction = matmul.allow_bf16_reduced_precision_reduction = False

    def devices(self) -> tuple[str, ...]:
        if not torch.accelerator.is_available():
            return ("cpu", "meta")
        kind = torch.accelerator.current_accelerator().type
        return ("cpu", *(_spelt(f"{kind}:{i}") for i in range(torch.accelerator.device_count())), "meta")

    def dtypes(self, device: str) -> tuple[str, ...]:
        """All four; Apple's GPUs have no float64."""
        every = ("float64", "float32", "float16", "bfloat16")
        return every[1:] if device.startswith("mps") else every

    def namespace(self, surface: str) -> Any:
        return import_module(".torch_names", __package__).names(surface, self.device)

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0] or name in OFFERED[surface]

    def array(self, values: NDArray[Any], device: str) -> Array:
        own = np.array(values, order="C")
        if own.dtype == ml_dtypes.bfloat16:
            return torch.from_numpy(own.view(np.int16)).view(torch.bfloat16).to(device)
        return torch.from_numpy(own).to(device)

    def layout(self, array: Array) -> Layout:
        return Layout(tuple(array.shape), str(array.dtype).removeprefix("torch."), _spelt(array.device))

    def numpy(self, array: Array) -> NDArray[Any]:
        """`force`, since torch's symbolic zero tensors show their zeros only so."""
        if array.is_meta:
            raise NoValues("torch's meta device")
        own = array.detach().clone()
        if own.dtype == torch.bfloat16:
            return np.asarray(own.view(torch.int16).numpy(force=True).view(ml_dtypes.bfloat16))
        return np.asarray(own.numpy(force=True))

    def finish(self) -> None:
        """Waits for the device; forgets the compiled programs, of which torch drops none by itself, when they are many."""
        if torch.accelerator.is_available():
            torch.accelerator.synchronize()
        if compiled.cache_info().currsize >= COMPILED:
            compiled.cache_clear()
            torch._dynamo.reset()


ADAPTER: Adapter = Torch()
