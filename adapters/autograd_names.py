"""The names of the suite's vocabulary (array API, NumPy, SciPy, flat) in the namespaces of HIPS autograd.

Promised: each name is the function of `autograd.numpy`, its `linalg` or its `fft` that has this meaning; where NumPy has two
names for one meaning, that whose derivative autograd knows. What NumPy does not offer raises AttributeError("absent: ..."):
autograd's wrappers of SciPy are not reached, as autograd does not come with SciPy.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, reduce
from importlib import import_module
from typing import Any

FIRST = "autograd.numpy"
UNION = ("", "linalg")
"""Where in `autograd.numpy` a name that no table has is looked up."""

Axis = int | tuple[int, ...] | None


class _NumPy:
    """`autograd.numpy`, imported at its first use; it is handled without types, as its adapter loads where it is missing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(FIRST), name)


anp: Any = _NumPy()


class Absent(AttributeError):
    """There is no function of this name, or not with this option."""

    def __init__(self, name: str) -> None:
        super().__init__(f"absent: {FIRST} has no {name}")


def _cond(*_: Any) -> Any:
    """NumPy's `linalg.cond` is a condition number."""
    raise Absent("cond")


def _put_along_axis(*_: Any) -> Any:
    """NumPy's works in place."""
    raise Absent("put_along_axis")


def _multi_dot(*_: Any) -> Any:
    """Autograd does not look into the list."""
    raise Absent("multi_dot")


def _weighted_cov(*_: Any) -> Any:
    """Autograd does not look into options."""
    raise Absent("cov with weights")


def _undifferentiated(*_: Any) -> Any:
    """NumPy's makes float64 of narrower floats, and autograd knows no derivative."""
    raise Absent("geomspace or vander with a derivative")


def _vector_norm(x: Any, axis: Axis = None, keepdims: bool = False, ord: Any = 2) -> Any:  # noqa: A002 - array API name
    if axis is None and not keepdims:
        return anp.linalg.norm(anp.ravel(x), ord)
    return anp.linalg.norm(x, ord, axis, keepdims=keepdims)


def _matrix_norm(x: Any, ord: Any = "fro", keepdims: bool = False) -> Any:  # noqa: A002 - array API name
    return anp.linalg.norm(x, ord, (x.ndim - 2, x.ndim - 1), keepdims=keepdims)


def _sort(x: Any, axis: int = -1, descending: bool = False) -> Any:
    if descending:
        raise Absent("sort in descending order")
    return anp.sort(x, axis)


def _spread(name: str) -> Callable[..., Any]:
    def spread(x: Any, axis: Axis = None, correction: float = 0.0, keepdims: bool = False) -> Any:
        return getattr(anp, name)(x, axis, ddof=correction, keepdims=keepdims)

    return spread


def _complex(a: Any, b: Any) -> Any:
    """NumPy has no constructor of this meaning; 16 bits make wider complex numbers there."""
    z = a + 1j * b
    if anp.real(z).dtype != a.dtype:
        raise TypeError(f"{a.dtype} becomes {anp.real(z).dtype} in a complex number")
    return z


def _transform(name: str) -> Callable[..., Any]:
    """A Fourier transform along the last axis, of n elements."""
    return lambda x, n, norm="backward": getattr(anp.fft, name)(x, n, norm=norm)


def _checkpoint(f: Callable[..., Any]) -> Callable[..., Any]:
    return import_module("autograd").checkpoint(f)  # type: ignore[no-any-return]


def _custom_gradient(f: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    extend = import_module("autograd.extend")
    custom: Callable[..., Any] = extend.primitive(f)

    def pullback(argnums: tuple[int, ...], ans: Any, args: tuple[Any, ...], kwargs: Any) -> Callable[[Any], Any]:
        return lambda g: [rule(g, *args)[i] for i in argnums]

    extend.defvjp_argnums(custom, pullback)
    return custom


def _custom_jvp(f: Callable[..., Any], tangent: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    extend = import_module("autograd.extend")
    custom = _custom_gradient(f, rule)

    def pushforward(argnums: tuple[int, ...], gs: Any, ans: Any, args: tuple[Any, ...], kwargs: Any) -> Any:
        zeros = (0.0 * arg for arg in args)
        return tangent(tuple(gs[argnums.index(i)] if i in argnums else zero for i, zero in enumerate(zeros)), *args)

    extend.defjvp_argnums(custom, pushforward)
    return custom


NAMES: Mapping[str, str | Callable[..., Any]] = {
    "asarray": "array",
    "checkpoint": _checkpoint,
    "complex": _complex,
    "concat": "concatenate",
    "cond": _cond,
    "cumulative_prod": "cumprod",
    "cumulative_sum": "cumsum",
    "custom_gradient": _custom_gradient,
    "custom_jvp": _custom_jvp,
    "diff": lambda x, n=1, prepend=None: anp.diff(x, n, -1, *([] if prepend is None else [prepend])),
    "geomspace": _undifferentiated,
    "average": lambda x, weights: anp.average(x, weights=weights),
    "irfft2": "fft.irfft2",
    "rfft2": "fft.rfft2",
    "lstsq": lambda a, b: anp.linalg.lstsq(a, b)[0],
    "matrix_cond": "linalg.cond",
    "slopes_along": lambda x, axis: anp.gradient(x, axis=axis),
    "slopes_at": "gradient",
    "slopes_of_second_order": lambda y: anp.gradient(y, edge_order=2),
    "uncorrected_cov": lambda x: anp.cov(x, ddof=0),
    "weighted_cov": _weighted_cov,
    "slopes": lambda x, spacing=1.0: anp.gradient(x) / spacing,
    "diagonal": lambda x, offset=0: anp.diagonal(x, -offset, -1, -2),
    "fft": "fft.fft",
    **{f"{name}_as": _transform(name) for name in ("fft", "ifft", "rfft", "irfft")},
    **{name: f"fft.{name}" for name in ("fftn", "fftshift", "irfftn", "rfftn")},
    "fft2": "fft.fft2",
    "ifft": "fft.ifft",
    "ifft2": "fft.ifft2",
    "irfft": "fft.irfft",
    "matrix_norm": _matrix_norm,
    "matrix_transpose": lambda x: anp.swapaxes(x, -1, -2),
    "multi_dot": _multi_dot,
    "pad": lambda x, widths: anp.pad(x, widths, "constant"),
    "put_along_axis": _put_along_axis,
    "rfft": "fft.rfft",
    "sort": _sort,
    "std": _spread("std"),
    "svdvals": lambda a: anp.linalg.svd(a, compute_uv=False),
    "trace": lambda x, offset=0: anp.trace(x, offset) if x.ndim == 2 else anp.trace(x, offset, axis1=-2, axis2=-1),
    "vander": _undifferentiated,
    "var": _spread("var"),
    "vector_norm": _vector_norm,
}
"""What is spelt or placed otherwise than in `UNION`, or has no derivative under that name."""


class Names:
    """The namespace that cases are given."""

    def __getattr__(self, name: str) -> Any:
        found = NAMES.get(name, name)
        return _in_union(found) if isinstance(found, str) else found


@cache
def _in_union(name: str) -> Any:
    for home in UNION:
        try:
            return reduce(getattr, filter(None, (*home.split("."), *name.split("."))), anp)
        except AttributeError:
            continue
    raise Absent(name)
