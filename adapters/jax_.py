"""JAX: every public way from a function to its derivatives, on any device that JAX finds.

Promised: 64-bit numbers are on, matrix products keep every operand bit ("highest": no TF32, no bfloat16 passes), and a
compiled route compiles once per program, shape and dtype.
Devices are called "cpu", "cpu:1", "cuda:0", "rocm:0", "tpu:0": JAX's own "gpu" does not tell the first two GPUs apart.
"cpu:N" needs N + 1 virtual CPU devices, which have to be asked for before JAX is first used in the process. The run's
device is made JAX's default, on which JAX puts what depends on no input, such as the derivative of an unused argument.
Left to the user: JAX_PLATFORMS; XLA_FLAGS, since other optimisation or threading is not what users run; and
JAX_COMPILATION_CACHE_DIR, which makes repeated runs cheaper, but CPU executables must not be shared between machines.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache, partial
from importlib import import_module, metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Array, Arrays, Layout, Program, Result, Route, Unsupported

from . import branching
from .complex_arguments import DERIVATIVE, Call, by_parts
from .jax_names import FIRST, SURFACES, Surface, jax

KEPT = 2
"""Compiled programs that a route keeps: checks of one program stand together, and each costs 1.5 MB."""


def _by_every_argument(transform: str, **options: Any) -> Callable[[Program], Program]:
    """jax.grad and the like with respect to all arguments, however many there are."""
    return lambda f: lambda *x: getattr(jax, transform)(f, tuple(range(len(x))), **options)(*x)


_grad, _value_and_grad, _jacrev, _jacfwd, _hessian = map(
    _by_every_argument, ("grad", "value_and_grad", "jacrev", "jacfwd", "hessian")
)
_grad_analytic, _jacfwd_analytic = (_by_every_argument(name, holomorphic=True) for name in ("grad", "jacfwd"))


def _forward(f: Program, t: Arrays) -> Program:
    """x -> Σᵢ ∂f/∂xᵢ·tᵢ in forward mode, for f with any output."""
    return lambda *x: jax.jvp(f, x, t)[1]


def _reverse(f: Program, t: Arrays) -> Program:
    """x -> Σᵢ ⟨∂f/∂xᵢ, tᵢ⟩ in reverse mode."""
    return lambda *x: sum(map(jax.numpy.vdot, _grad(f)(*x), t))


def _taylor(f: Program, t: Arrays) -> Program:
    """x -> Σᵢⱼ ∂²f/∂xᵢ∂xⱼ·tᵢ·tⱼ in Taylor mode: the second derivative of s -> f(x + s·t) at 0."""
    series = tuple((tangent, jax.numpy.zeros_like(tangent)) for tangent in t)
    return lambda *x: import_module("jax.experimental.jet").jet(f, x, series)[1][1]


def _one(f: Program, x: Arrays) -> Array:
    """The cotangent that turns a vector-Jacobian product into a gradient."""
    return jax.numpy.ones_like(f(*x))


def _transpose(f: Program, x: Arrays, w: Array) -> Result:
    return jax.linear_transpose(jax.linearize(f, *x)[1], *x)(w)


def _without_jit(f: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    with jax.disable_jit():
        return _grad(f)(*x)


@lru_cache(maxsize=KEPT)
def _jitted(f: Program) -> Any:
    return jax.jit(f)


@lru_cache(maxsize=KEPT)
def _ahead_of_time(f: Program, *specs: Any) -> Any:
    return jax.jit(_grad(f)).lower(*specs).compile()


def _ahead(f: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    return _ahead_of_time(f, *(jax.ShapeDtypeStruct(a.shape, a.dtype, sharding=a.sharding) for a in x))(*x)


def _jit(route: Route, slow: bool = False) -> Route:
    compiled = lru_cache(maxsize=KEPT)(lambda f: jax.jit(partial(route.call, f)))
    name, call = f"jit({route.name})", lambda f, x, t, w: compiled(f)(x, t, w)
    return replace(route, name=name, call=call, compiled="jit", slow=slow)


def _vmap(route: Route) -> Route:
    """The last row of the batch x, 7x/8, x, compiled.

    The other point is near x: of while loops, some would not end far from it, as at half of 1.375 "until x^n reaches 20".
    """

    def call(f: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        batch = jax.tree.map(lambda a: jax.numpy.stack([a, 0.875 * a, a]), (x, t))
        rows = jax.vmap(partial(route.call, f), in_axes=(0, 0, None))(*batch, w)
        return jax.tree.map(lambda row: row[2], rows)

    return _jit(replace(route, name=f"vmap({route.name})", call=call, batched=True))


_compiled = partial(Route, compiled="jit")
_derived = partial(Route, derived=True)

VALUE = Route("value", "fn", lambda f, x, t, w: f(*x))
GRAD = Route("gradient", "grad", lambda f, x, t, w: _grad(f)(*x), "rev")
JVP = Route("jvp", "jvp", lambda f, x, t, w: jax.jvp(f, x, t)[1], "fwd")
VJP = Route("vjp", "vjp", lambda f, x, t, w: jax.vjp(f, *x)[1](w), "rev")
JACREV = Route("jacobian", "jacrev", lambda f, x, t, w: _jacrev(f)(*x), "rev")
JACFWD = Route("jacobian", "jacfwd", lambda f, x, t, w: _jacfwd(f)(*x), "fwd")
HESSIAN = Route("hessian", "hessian", lambda f, x, t, w: _hessian(f)(*x), "fwd-rev")
HVP = _derived("hvp", "jvp(grad)", lambda f, x, t, w: _forward(_grad(f), t)(*x), "fwd-rev")
THIRD = _derived("third", "grad(jvp(jvp))", lambda f, x, t, w: _grad(_forward(_forward(f, t), t))(*x), "rev-fwd-fwd")

CONVENTION = DERIVATIVE
"""`jax.grad` by a complex z is ∂L/∂a - i·∂L/∂b (JAX's autodiff cookbook: "the conjugate" is what descends)."""


def _by_parts(operator: str, name: str, call: Call, modes: str, arguments: Any = "complex", **about: Any) -> Route:
    return Route(
        operator, name, by_parts(call, lambda: Surface(FIRST), CONVENTION, arguments), modes, arguments=arguments, **about
    )


GRAD_Z = _by_parts("gradient", "complex:grad", lambda f, x, t, w: _grad(f)(*x), "rev")
HOLOMORPHIC = _by_parts("gradient", "grad(holomorphic)", lambda f, x, t, w: _grad_analytic(f)(*x), "rev", "analytic")
OF_COMPLEX = (
    *(_jit(GRAD_Z, slow=True), GRAD_Z, _vmap(GRAD_Z)),
    *(_jit(HOLOMORPHIC, slow=True), HOLOMORPHIC),
    *(
        _jit(_by_parts(operator, name, call, modes, arguments, derived=operator in ("hvp", "third")))
        for operator, name, call, modes, arguments in (
            ("gradient", "jacfwd(holomorphic)", lambda f, x, t, w: _jacfwd_analytic(f)(*x), "fwd", "analytic"),
            ("jvp", "complex:jvp", lambda f, x, t, w: jax.jvp(f, x, t)[1], "fwd", "complex"),
            ("jvp", "analytic:jvp", lambda f, x, t, w: jax.jvp(f, x, t)[1], "fwd", "analytic"),
            ("hvp", "complex:jvp(grad)", lambda f, x, t, w: _forward(_grad(f), t)(*x), "fwd-rev", "complex"),
            ("hvp", "complex:grad(jvp)", lambda f, x, t, w: _grad(_forward(f, t))(*x), "rev-fwd", "complex"),
            ("hvp", "jvp(grad(holomorphic))", lambda f, x, t, w: _forward(_grad_analytic(f), t)(*x), "fwd-rev", "analytic"),
            (
                "third",
                "complex:grad(jvp(jvp))",
                lambda f, x, t, w: _grad(_forward(_forward(f, t), t))(*x),
                "rev-fwd-fwd",
                "complex",
            ),
        )
    ),
)


def _ranked(routes: Iterable[Route]) -> Iterator[Route]:
    """Each route compiles, which is what a run costs: of those of one composition of modes all but the first are slow."""
    seen = set()
    for route in routes:
        kind = route.operator, route.arguments, route.modes
        yield replace(route, slow=route.slow or kind in seen)
        seen.add(kind)


# Compiled first: a jitted derivative costs one compilation per shape, an eager one (as a rule three times slower) one for each
# of its operations. Compositions, which differ in what is traced, are therefore asked compiled only.
ALL = (
    *(_jit(VALUE), VALUE, _vmap(VALUE)),
    *(_jit(GRAD, slow=True), GRAD, _vmap(GRAD)),
    Route("gradient", "value_and_grad", lambda f, x, t, w: _value_and_grad(f)(*x)[1], "rev"),
    Route("gradient", "vjp", lambda f, x, t, w: jax.vjp(f, *x)[1](_one(f, x)), "rev"),
    _derived("gradient", "linear_transpose(linearize)", lambda f, x, t, w: _transpose(f, x, _one(f, x)), "rev"),
    Route("gradient", "grad(checkpoint)", lambda f, x, t, w: _grad(jax.checkpoint(f))(*x), "rev"),
    Route("gradient", "disable_jit(grad)", _without_jit, "rev"),
    _compiled("gradient", "grad(jit)", lambda f, x, t, w: _grad(_jitted(f))(*x), "rev"),
    _compiled("gradient", "jit(grad).lower.compile", _ahead, "rev"),
    *(_jit(JVP), JVP, _vmap(JVP)),
    Route("jvp", "linearize", lambda f, x, t, w: jax.linearize(f, *x)[1](*t), "fwd"),
    *(_jit(VJP), VJP),
    _derived("vjp", "linear_transpose(linearize)", lambda f, x, t, w: _transpose(f, x, w), "rev"),
    *(_jit(JACREV), JACREV, _jit(JACFWD), JACFWD),
    *(_jit(HESSIAN, slow=True), HESSIAN),
    *(
        _jit(Route("hessian", name, call, modes), slow=True)
        for name, call, modes in (
            ("jacrev(jacrev)", lambda f, x, t, w: _jacrev(_jacrev(f))(*x), "rev-rev"),
            ("jacrev(jacfwd)", lambda f, x, t, w: _jacrev(_jacfwd(f))(*x), "rev-fwd"),
            ("jacfwd(jacfwd)", lambda f, x, t, w: _jacfwd(_jacfwd(f))(*x), "fwd-fwd"),
        )
    ),
    *(_jit(HVP), HVP),
    _derived("hvp", "linearize(grad)", lambda f, x, t, w: jax.linearize(_grad(f), *x)[1](*t), "fwd-rev"),
    _jit(_derived("hvp", "vjp(grad)", lambda f, x, t, w: jax.vjp(_grad(f), *x)[1](t), "rev-rev")),
    _jit(_derived("hvp", "grad(grad)", lambda f, x, t, w: _grad(_reverse(f, t))(*x), "rev-rev")),
    _jit(_derived("hvp", "grad(jvp)", lambda f, x, t, w: _grad(_forward(f, t))(*x), "rev-fwd")),
    *(_jit(THIRD), THIRD),
    _jit(_derived("third", "jvp(jvp(grad))", lambda f, x, t, w: _forward(_forward(_grad(f), t), t)(*x), "fwd-fwd-rev")),
    _jit(_derived("third", "grad(grad(grad))", lambda f, x, t, w: _grad(_reverse(_reverse(f, t), t))(*x), "rev-rev-rev")),
    _derived("third", "grad(jet)", lambda f, x, t, w: _grad(_taylor(f, t))(*x), "rev-fwd-fwd"),
    *OF_COMPLEX,
)
ROUTES = tuple(_ranked(ALL))

_narrow = partial(Unsupported, dtypes=("float16", "bfloat16"), always=False)
UNSUPPORTED = (
    Unsupported(
        "Python's if and while need values, which a function traced for jit, vmap, checkpoint or jet has not",
        r"^TracerBoolConversionError: ",
        routes=("*/jit(*", "*/grad(jit)", "*/grad(checkpoint)", "*/grad(jet)"),
        cases=branching.CASES,
    ),
    Unsupported("absent: the framework has no such function", r"absent: ", always=False),
    Unsupported(
        "jax.lax mixes neither dtypes nor numbers of axes",
        r"^TypeError: (lax\.\w+ requires arguments to have the same dtypes|\w+: arrays must have the same number of dimensions"
        r"|\w+ does not accept dtype int8)",
        surfaces=("jax.lax",),
        cases=("*whole*",),
        always=False,
    ),
    Unsupported(
        "products of elements that meet in one place have no derivative",
        r"^NotImplementedError: scatter_mul gradients are only implemented if `unique_indices=True`",
        cases=("scatter_prod", "segment_prod"),
        always=False,
    ),
    Unsupported(
        "jax.lax.zeta is not differentiated, jax.scipy.special.zeta is",
        r"^NotImplementedError: Differentiation rule for 'zeta' not implemented",
        cases=("zeta_*",),
        surfaces=("jax.lax",),
        always=False,
    ),
    Unsupported(
        "betainc is not differentiated by a and b",
        r"^ValueError: Betainc gradient with respect to a and b not supported",
        cases=("betainc",),
        always=False,
    ),
    Unsupported("jet has no rule for a primitive", r"^KeyError: [a-z0-9_-]+$", ("third/grad(jet)",), always=False),
    Unsupported(
        "reverse mode has no while loop: how often it runs is not known before",
        r"^ValueError: Reverse-mode differentiation does not work for lax\.while_loop",
        cases=("while_loop_*", "eigvalsh_tridiagonal", "polar_decomposition", "hyp1f1", "hyp2f1"),
        always=False,
    ),
    Unsupported(
        "some functions of linear algebra are not differentiated",
        r"^NotImplementedError: Differentiation rule for '(cholesky_update|householder_product|ormqr|schur)' not implemented",
        cases=("cholesky_update", "householder_product*", "ormqr*", "sylvester"),
        always=False,
    ),
    Unsupported(
        "eigenvectors of general matrices are differentiated only by those who have switched it on",
        r"^NotImplementedError: Derivatives of non-symmetric eigenvectors are only valid under assumptions",
        always=False,
    ),
    Unsupported(
        "a function with a rule for reverse mode has none for forward mode",
        r"^TypeError: can't apply forward-mode autodiff \(jvp\) to a custom_vjp function"
        r"|^NotImplementedError: Differentiation rule for 'custom_lin' not implemented",
        cases=("custom_*",),
        always=False,
    ),
    Unsupported(
        "the derivative of the incomplete gamma functions by their order is not differentiated again",
        r"^NotImplementedError: Differentiation rule for 'igamma_grad_a' not implemented",
        cases=("gammainc*",),
        always=False,
    ),
    Unsupported("a mask is known before tracing", r"^NonConcreteBooleanIndexError: ", cases=("*_at_mask",), always=False),
    Unsupported("attention asks for values as wide as the keys", r"^ValueError: value shape should be", always=False),
    Unsupported(
        "jax.lax broadcasts numbers only",
        r"^TypeError: \w+: arrays must have the same number of dimensions",
        cases=("complex_*",),
        surfaces=("jax.lax",),
        always=False,
    ),
    _narrow("LAPACK has no 16-bit numbers", r"Unsupported dtype b?float16"),
    _narrow("eigenvalues of tridiagonal matrices are of float32 and float64", r"^TypeError: Only float32 and float64 inputs"),
    _narrow("Fourier transforms have no 16-bit numbers", r"^ValueError: RFFT input must be float32 or float64"),
    _narrow(
        "complex numbers have no 16-bit parts",
        r"^TypeError: complex does not accept dtype b?float16",
        cases=("complex_*",),
    ),
    _narrow("approximations are chosen for float32 and float64 only", r"^TypeError: [xA]\.dtype=b?float16 is not supported"),
)


class Jax:
    """JAX as an adapter."""

    name = "jax"
    modules = ("jax", "jaxlib")
    surfaces = tuple(SURFACES)
    routes = ROUTES
    unsupported = UNSUPPORTED

    def version(self) -> Mapping[str, str]:
        return {name: metadata.version(name) for name in ("jax", "jaxlib", "numpy")}

    def start(self, device: str) -> None:
        """Raises RuntimeError for a virtual CPU asked for too late; a device that is not there is missed by `array`."""
        os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
        os.environ.setdefault("OMP_NUM_THREADS", "1")  # the LAPACK that JAX calls on CPU
        jax.config.update("jax_enable_x64", True)
        jax.config.update("jax_default_matmul_precision", "highest")
        kind, _, index = device.partition(":")
        if kind == "cpu" and index and int(index) >= jax.config.jax_num_cpu_devices:
            jax.config.update("jax_num_cpu_devices", int(index) + 1)
        jax.config.update("jax_default_device", _devices().get(device))

    def devices(self) -> tuple[str, ...]:
        return tuple(_devices())

    def dtypes(self, device: str) -> tuple[str, ...]:
        """All four; a TPU has no float64 (jax._src.test_util.supported_dtypes)."""
        every = ("float64", "float32", "float16", "bfloat16")
        return every[1:] if device.startswith("tpu") else every

    def namespace(self, surface: str) -> Any:
        return Surface(surface)

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0] or name in SURFACES[surface]

    def array(self, values: NDArray[Any], device: str) -> Array:
        """From a copy: on CPU, JAX may keep using the buffer that it is given."""
        return jax.device_put(np.array(values), _devices()[device])

    def layout(self, array: Array) -> Layout:
        names = {device: name for name, device in _devices().items()}
        return Layout(array.shape, array.dtype.name, names[array.device])

    def numpy(self, array: Array) -> NDArray[Any]:
        return np.array(array)

    def finish(self) -> None:
        """Nothing to wait for: whoever reads a result waits for it, and meets its error."""


@cache
def _devices() -> dict[str, Any]:
    """JAX's devices by the suite's names."""
    found: dict[str, Any] = {}
    for kind in ("cpu", "cuda", "rocm", "tpu"):
        try:
            devices = jax.devices(kind)
        except RuntimeError:  # the platform is not there, or JAX_PLATFORMS leaves it out
            continue
        found |= {"cpu" if (kind, i) == ("cpu", 0) else f"{kind}:{i}": device for i, device in enumerate(devices)}
    return found


ADAPTER: Adapter = Jax()
