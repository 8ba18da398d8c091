"""HIPS autograd: NumPy with reverse and forward mode, and nothing else.

Promised: every composition of the two modes up to the Hessian and three of the third derivative, over all arguments. Where an
output does not depend on an argument, autograd answers zero and warns; that warning and NumPy's about overflow are silenced,
since the answers are judged. Not promised: compilation, vmap, devices beside the CPU, bfloat16 (autograd refuses its scalars).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module, metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Array, Arrays, Layout, Program, Result, Route, Unsupported

from .autograd_names import Names
from .complex_arguments import DERIVATIVE, by_parts

Call = Callable[[Program, Arrays, Arrays, Array], Result]
Transform = Callable[..., Program]

ag: Any = None  # bound by `start`: this module loads where autograd is not installed


def _quiet(route: Route) -> Route:
    def call(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.filterwarnings("ignore", "Output seems independent of input", UserWarning)
            return route.call(f, xs, ts, w)

    return replace(route, call=call)


def _every(xs: Arrays) -> tuple[int, ...]:
    return tuple(range(len(xs)))


def _grad(f: Program) -> Program:
    """The gradient in reverse mode, with respect to the tuple of all arguments."""
    return lambda *xs: ag.grad(f, _every(xs))(*xs)


def _slope(f: Program, ts: Arrays) -> Program:
    """The derivative of a scalar function along the tangents, in reverse mode."""
    return lambda *xs: sum(ag.numpy.sum(g * t) for g, t in zip(_grad(f)(*xs), ts, strict=True))


def _push(f: Program, ts: Arrays) -> Program:
    """The derivative along the tangents, in forward mode; a tuple if f returns one."""
    return lambda *xs: ag.make_jvp(f, _every(xs))(*xs)(ts)[1]


def _columns(f: Program, i: int) -> Program:
    """∂f/∂xᵢ in forward mode, one unit tangent at a time, of shape f.shape + xᵢ.shape."""

    def jacobian(*xs: Array) -> Array:
        push, columns = ag.make_jvp(f, i)(*xs), []
        for index in np.ndindex(xs[i].shape):
            unit = ag.numpy.zeros_like(xs[i])
            unit[index] = 1
            columns.append(push(unit)[1])
        joined = ag.numpy.stack(columns, axis=-1)
        return ag.numpy.reshape(joined, joined.shape[:-1] + xs[i].shape)

    return jacobian


def _along(transform: Transform) -> Call:
    """A route that calls transform(f, tangents)."""
    return lambda f, xs, ts, w: transform(f, ts)(*xs)


def _each(transform: Transform) -> Call:
    """A route that calls transform(f, i) for every argument i."""
    return lambda f, xs, ts, w: tuple(transform(f, i)(*xs) for i in _every(xs))


def _blocks(transform: Transform) -> Call:
    """A route that calls transform(f, i, j) for every ∂²f/∂xᵢ∂xⱼ."""
    return lambda f, xs, ts, w: tuple(tuple(transform(f, i, j)(*xs) for j in _every(xs)) for i in _every(xs))


def _vector_jacobian_product(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    return tuple(ag.vector_jacobian_product(f, i)(*xs, w) for i in _every(xs))


def _jvp_reversemode(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    operators = import_module("autograd.differential_operators")  # the package itself does not export it
    return operators.make_jvp_reversemode(f, _every(xs))(*xs)(ts)


def _strided(x: Array) -> Array:
    """Every second element of a larger array, which has NaN in between."""
    wide = np.full((*x.shape, 2), np.nan, x.dtype)
    wide[..., 0] = x
    return wide[..., 0]


def _reversed(x: Array) -> Array:
    """Each axis backwards in memory."""
    backwards = (*(slice(None, None, -1),) * x.ndim, ...)
    return x[backwards].copy()[backwards]


def _flat(f: Program, xs: Arrays) -> tuple[Program, Array]:
    """f as a function of one vector, and that vector: `hessian` and `hessian_vector_product` take one argument."""
    vector, unflatten = import_module("autograd.misc.flatten").flatten(xs)
    return (lambda v: f(*unflatten(v))), vector


def _split(array: Array, xs: Arrays, axis: int) -> list[Array]:
    """The parts along an axis that belong to the arguments."""
    return np.split(array, np.cumsum([x.size for x in xs])[:-1], axis)


def _hessian(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    function, vector = _flat(f, xs)
    rows = [_split(row, xs, 1) for row in _split(ag.hessian(function)(vector), xs, 0)]
    return tuple(tuple(rows[i][j].reshape(x.shape + y.shape) for j, y in enumerate(xs)) for i, x in enumerate(xs))


def _hessian_vector_product(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    function, vector = _flat(f, xs)
    product = ag.hessian_vector_product(function)(vector, _flat(f, ts)[1])
    return tuple(part.reshape(x.shape) for x, part in zip(xs, _split(product, xs, 0), strict=True))


_composed = partial(Route, derived=True)

CONVENTION = DERIVATIVE
"""`grad` by a complex z is ∂L/∂a - i·∂L/∂b (autograd's tutorial: "the conjugate of the gradient")."""


def _holomorphic_grad(f: Program, xs: Arrays, ts: Arrays, w: Array) -> Result:
    return tuple(ag.holomorphic_grad(f, i)(*xs) for i in _every(xs))


def _complex(operator: str, name: str, call: Call, modes: str, arguments: Any = "complex", **about: Any) -> Route:
    return Route(operator, name, by_parts(call, Names, CONVENTION, arguments), modes, arguments=arguments, **about)


OF_COMPLEX = (
    _complex("gradient", "complex:grad", _each(lambda f, i: ag.grad(f, i)), "rev"),
    _complex("gradient", "complex:grad(argnums)", _along(lambda f, ts: _grad(f)), "rev"),
    _complex("gradient", "holomorphic_grad", _holomorphic_grad, "rev", arguments="analytic"),
    _complex("jvp", "complex:make_jvp", _along(_push), "fwd"),
    _complex("jvp", "analytic:make_jvp", _along(_push), "fwd", arguments="analytic"),
    _complex("hvp", "complex:make_jvp(grad)", _along(lambda f, ts: _push(_grad(f), ts)), "fwd-rev", derived=True),
    _complex("hvp", "complex:grad(make_jvp)", _along(lambda f, ts: _grad(_push(f, ts))), "rev-fwd", derived=True),
    _complex(
        "third",
        "complex:grad(make_jvp(make_jvp))",
        _along(lambda f, ts: _grad(_push(_push(f, ts), ts))),
        "rev-fwd-fwd",
        derived=True,
    ),
)

ROUTES = (
    Route("value", "eager", lambda f, xs, ts, w: f(*xs)),
    Route("gradient", "grad", _each(lambda f, i: ag.grad(f, i)), "rev"),
    Route("gradient", "grad(argnums)", _along(lambda f, ts: _grad(f)), "rev"),
    Route("gradient", "value_and_grad", lambda f, xs, ts, w: ag.value_and_grad(f, _every(xs))(*xs)[1], "rev"),
    Route("gradient", "grad(strided)", lambda f, xs, ts, w: _grad(f)(*map(_strided, xs)), "rev"),
    Route("gradient", "grad(negative_stride)", lambda f, xs, ts, w: _grad(f)(*map(_reversed, xs)), "rev"),
    Route("gradient", "make_vjp", lambda f, xs, ts, w: ag.make_vjp(f, _every(xs))(*xs)[0](np.ones_like(w)), "rev"),
    Route("gradient", "grad(checkpoint)", _along(lambda f, ts: _grad(ag.checkpoint(f))), "rev"),
    Route("vjp", "make_vjp", lambda f, xs, ts, w: ag.make_vjp(f, _every(xs))(*xs)[0](w), "rev"),
    Route("vjp", "vector_jacobian_product", _vector_jacobian_product, "rev"),
    Route("jvp", "make_jvp", _along(_push), "fwd"),
    Route("jvp", "make_jvp_reversemode", _jvp_reversemode, "rev-rev"),
    Route("jacobian", "jacobian", _each(lambda f, i: ag.jacobian(f, i)), "rev"),
    _composed("jacobian", "make_jvp", _each(_columns), "fwd"),
    Route("hessian", "hessian", _hessian, "rev-rev"),
    _composed("hessian", "jacobian(grad)", _blocks(lambda f, i, j: ag.jacobian(ag.grad(f, i), j)), "rev-rev"),
    _composed("hessian", "make_jvp(grad)", _blocks(lambda f, i, j: _columns(ag.grad(f, i), j)), "fwd-rev"),
    _composed("hessian", "jacobian(make_jvp)", _blocks(lambda f, i, j: ag.jacobian(_columns(f, i), j)), "rev-fwd"),
    _composed("hessian", "make_jvp(make_jvp)", _blocks(lambda f, i, j: _columns(_columns(f, i), j)), "fwd-fwd"),
    Route("hvp", "hessian_vector_product", _hessian_vector_product, "rev-rev"),
    Route("hvp", "make_hvp", lambda f, xs, ts, w: ag.make_hvp(f, _every(xs))(*xs)[0](ts), "rev-rev"),
    _composed("hvp", "make_jvp(grad)", _along(lambda f, ts: _push(_grad(f), ts)), "fwd-rev"),
    _composed("hvp", "grad(make_jvp)", _along(lambda f, ts: _grad(_push(f, ts))), "rev-fwd"),
    _composed("third", "grad(grad(grad))", _along(lambda f, ts: _grad(_slope(_slope(f, ts), ts))), "rev-rev-rev"),
    _composed("third", "make_jvp(make_jvp(grad))", _along(lambda f, ts: _push(_push(_grad(f), ts), ts)), "fwd-fwd-rev"),
    _composed("third", "grad(make_jvp(make_jvp))", _along(lambda f, ts: _grad(_push(_push(f, ts), ts))), "rev-fwd-fwd"),
    *OF_COMPLEX,
)


UNSUPPORTED = (
    Unsupported("absent: the framework has no such function", "absent: ", always=False),
    Unsupported("autograd does not define this derivative", "NotImplementedError: .*not (defined|implemented)", always=False),
    Unsupported(
        "autograd does not define the derivatives of clip by its bounds",
        r"KeyError: 1$",
        cases=("clip", "clip_bound"),
        always=False,
    ),
    Unsupported(
        "autograd differentiates np.gradient with no option but axis",
        r"NotImplementedError: The only optional argument currently supported for np\.gradient is axis|KeyError: 1$",
        cases=("slopes_at", "slopes_of_second_order"),
        always=False,
    ),
    Unsupported("no inverse of a singular matrix", "LinAlgError: Singular matrix", cases=("slogdet_singular",), always=False),
    Unsupported(
        "NumPy factors no half-precision matrices", "TypeError: array type float16 is unsupported in linalg", always=False
    ),
    Unsupported(
        "NumPy has no 16-bit complex numbers",
        "TypeError: float16 becomes float32 in a complex number",
        cases=("complex_*",),
        dtypes=("float16",),
    ),
    Unsupported("autograd takes the main diagonal only", "make_diagonal only supports offset=0", always=False),
    Unsupported("autograd broadcasts along existing axes only", "Can't handle extra leading dims", always=False),
)


class Autograd:
    """HIPS autograd on the CPU."""

    name = "autograd"
    modules = ("autograd",)
    surfaces = ("autograd.numpy",)
    routes = tuple(map(_quiet, ROUTES))
    unsupported = UNSUPPORTED

    def version(self) -> Mapping[str, str]:
        return {name: metadata.version(name) for name in ("autograd", "numpy")}

    def start(self, device: str) -> None:
        global ag
        ag = import_module("autograd")

    def devices(self) -> tuple[str, ...]:
        return ("cpu",)

    def dtypes(self, device: str) -> tuple[str, ...]:
        return ("float64", "float32", "float16")

    def namespace(self, surface: str) -> Any:
        return Names()

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0]

    def array(self, values: NDArray[Any], device: str) -> Array:
        ag.extend.vspace(values.dtype.type(0))  # NumPy holds more dtypes than autograd differentiates: TypeError here
        return np.array(values)

    def layout(self, array: Array) -> Layout:
        return Layout(np.shape(array), np.asarray(array).dtype.name, "cpu")

    def numpy(self, array: Array) -> NDArray[Any]:
        return np.array(array)

    def finish(self) -> None:
        """Nothing is asynchronous, and nothing is kept."""


ADAPTER: Adapter = Autograd()
