"""The numbers that `reference.series` computes with: arrays whose elements are truncated Taylor series in s and t.

A series is the sum over (p, q) of terms[p, q] * s**p * t**q, truncated at the degrees `caps`. terms[0, 0] has the shape of the
array; the others may have leading axes more, one place for each direction. Since s and t are truncated apart, the coefficient
of s*t of f(x + s*a + t*b) is the second derivative of f along a and b, without a difference.

Linear operations act on each coefficient; for the others see `reference.series_terms`. Comparisons, and with them Python's
control flow, look at the value only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference import series_local
from reference.series_laurent import Array, constant_term, linear, multilinear
from reference.series_terms import ONE, Local, Monomial, Terms, composition, product, quotient

ROUNDING: ContextVar[Callable[[Terms], Terms] | None] = ContextVar("ROUNDING", default=None)
"""What the result of every operation goes through: nothing, or the random rounding of `reference.perturbation`."""


class Series:
    """An array whose elements are truncated Taylor series."""

    __array_ufunc__ = None
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, terms: Terms, caps: Monomial) -> None:
        rounding = ROUNDING.get()
        self.terms = rounding(terms) if rounding else terms
        self.caps = caps
        self.shape: tuple[int, ...] = np.shape(constant_term(terms[ONE]))

    @property
    def value(self) -> Array:
        """The array itself, without its derivatives."""
        return constant_term(self.terms[ONE])

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return math.prod(self.shape)

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.asarray(self.value).dtype

    @property
    def T(self) -> Series:  # noqa: N802 - the array API's name
        return self.gather(lambda index: index.T)

    @property
    def mT(self) -> Series:  # noqa: N802 - the array API's name
        return self.gather(lambda index: np.swapaxes(index, -1, -2))

    def map(self, f: Callable[[Array], Any]) -> Series:
        """f, linear and acting on the trailing axes, applied to each coefficient."""
        return Series({m: linear(f, c) for m, c in self.terms.items()}, self.caps)

    @property
    def rest(self) -> Terms:
        """The derivatives without the value."""
        return {m: c for m, c in self.terms.items() if m != ONE}

    def gather(self, rearrange: Callable[[NDArray[np.intp]], Any]) -> Series:
        """Any rearrangement of the elements, said as what it does to the array of their positions."""
        index = np.asarray(rearrange(np.arange(self.size).reshape(self.shape)))
        return self.map(lambda c: flat(c, self.ndim)[..., index])

    def __getitem__(self, index: Any) -> Series:
        return self.gather(lambda positions: positions[index])

    def __iter__(self) -> Iterator[Series]:
        return (self[i] for i in range(len(self)))

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a 0-dimensional array has no length")
        return self.shape[0]

    def __add__(self, other: Any) -> Series:
        return combine(lambda a, b: a + b, self, lift(other))

    def __radd__(self, other: Any) -> Series:
        return self.__add__(other)

    def __neg__(self) -> Series:
        return self.map(np.negative)

    def __pos__(self) -> Series:
        return self

    def __sub__(self, other: Any) -> Series:
        return combine(lambda a, b: a - b, self, lift(other))

    def __rsub__(self, other: Any) -> Series:
        return combine(lambda a, b: a - b, lift(other), self)

    def __mul__(self, other: Any) -> Series:
        return bilinear(np.multiply, *aligned(self, lift(other)))

    def __rmul__(self, other: Any) -> Series:
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> Series:
        return divided(self, lift(other))

    def __rtruediv__(self, other: Any) -> Series:
        return divided(lift(other), self)

    def __matmul__(self, other: Any) -> Series:
        return matmul(self, other)

    def __rmatmul__(self, other: Any) -> Series:
        return matmul(other, self)

    def __pow__(self, other: Any) -> Series:
        return power(self, other)

    def __rpow__(self, other: Any) -> Series:
        return power(other, self)

    def __abs__(self) -> Series:
        if self.dtype.kind == "c":
            return modulus(self)
        return self * np.where(self.value < 0, -1, 1)

    def __lt__(self, other: Any) -> Any:
        return self.value < value_of(other)

    def __le__(self, other: Any) -> Any:
        return self.value <= value_of(other)

    def __gt__(self, other: Any) -> Any:
        return self.value > value_of(other)

    def __ge__(self, other: Any) -> Any:
        return self.value >= value_of(other)

    def __eq__(self, other: object) -> Any:
        return self.value == value_of(other)

    def __ne__(self, other: object) -> Any:
        return self.value != value_of(other)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __float__(self) -> float:
        return float(self.value)

    def __int__(self) -> int:
        return int(self.value)


def flat(c: Array, ndim: int) -> Array:
    """c with its last `ndim` axes made one."""
    batch = c.ndim - ndim
    return c.reshape((*c.shape[:batch], int(np.prod(c.shape[batch:], dtype=np.int64))))


def value_of(x: Any) -> Array:
    """The value of a series, or of anything that NumPy makes an array of."""
    return x.value if isinstance(x, Series) else np.asarray(x)


def lift(x: Any) -> Series:
    """A number, array or nested sequence as a constant series; a series as it is."""
    if isinstance(x, Series):
        return x
    values = np.asarray(x)
    return Series({ONE: values.astype(np.clongdouble if values.dtype.kind == "c" else np.longdouble)}, ONE)


def caps_of(xs: Iterable[Series]) -> Monomial:
    """The truncation of a result: constants have none of their own."""
    caps = [x.caps for x in xs]
    return max(p for p, _ in caps), max(q for _, q in caps)


def aligned(*xs: Series) -> list[Series]:
    """The same series with as many axes each, so that their coefficients broadcast whatever their batch axes."""
    ndim = max(x.ndim for x in xs)
    return [x if x.ndim == ndim else _with_axes(x, ndim) for x in xs]


def _with_axes(x: Series, ndim: int) -> Series:
    shape = (1,) * (ndim - x.ndim) + x.shape
    return x.map(lambda c: c.reshape(c.shape[: c.ndim - x.ndim] + shape))


def broadcast(x: Series, shape: tuple[int, ...]) -> Series:
    """x repeated along new axes and axes of length 1, to `shape`."""
    ndim = len(shape)
    wide = x if x.ndim == ndim else _with_axes(x, ndim)
    return wide.map(lambda c: np.broadcast_to(c, c.shape[: c.ndim - ndim] + shape))


def combine(f: Callable[..., Any], *xs: Series) -> Series:
    """f, elementwise and linear in all arguments together, with broadcasting."""
    shape = np.broadcast_shapes(*(x.shape for x in xs))
    return joined(f, *(x if x.shape == shape else broadcast(x, shape) for x in xs))


def joined(f: Callable[..., Any], *xs: Series) -> Series:
    """f, linear in all arguments together and acting on the trailing axes."""
    zeros = [np.zeros(x.shape, x.dtype) for x in xs]
    present = {m: None for x in xs for m in x.terms}
    terms = {m: multilinear(f, [x.terms.get(m, zero) for x, zero in zip(xs, zeros, strict=True)]) for m in present}
    return Series(terms, caps_of(xs))


def bilinear(f: Callable[[Array, Array], Any], x: Series, y: Series) -> Series:
    """f, linear in each of two arguments and acting on the trailing axes."""
    caps = caps_of((x, y))
    return Series(product(f, x.terms, y.terms, caps), caps)


def plus(x: Series, more: Terms, caps: Monomial) -> Series:
    """x with terms of the same shape added, truncated at `caps`."""
    terms: dict[Monomial, Any] = {m: x.terms[m] + c if m in x.terms else c for m, c in more.items()}
    return Series({**x.terms, **terms}, caps)


def divided(x: Series, y: Series) -> Series:
    """x / y elementwise."""
    a, b = aligned(x, y)
    caps = caps_of((a, b))
    return Series(quotient(a.terms, b.terms, caps), caps)


def compose(x: Any, local: Local) -> Series:
    """An elementary function, given by its local Taylor coefficients, of x."""
    series = lift(x)
    return Series(composition(series.terms, series.caps, local), series.caps)


def modulus(z: Series) -> Series:
    """|z| of complex numbers, from what moves along the value and what moves across it: nothing is squared, nothing cancels."""
    turned = z * (np.conj(z.value) / np.abs(z.value))
    along, across = turned.map(np.real), turned.map(np.imag)
    ratio = across / along
    return along * compose(ratio * ratio + 1.0, series_local.sqrt)


def matmul(a: Any, b: Any) -> Series:
    """The matrix product of 1-D, 2-D or stacked operands."""
    x, y = lift(a), lift(b)
    left, right = x.ndim == 1, y.ndim == 1
    result = bilinear(np.matmul, *aligned(x[None, :] if left else x, y[:, None] if right else y))
    if left:
        result = result[..., 0, :]
    return result[..., 0] if right else result


def power(base: Any, exponent: Any) -> Series:
    """base**exponent. A constant whole exponent is carried out by multiplications, exact also at 0."""
    if isinstance(exponent, Series) and len(exponent.terms) > 1:
        return compose(exponent * compose(base, series_local.log), series_local.exp)
    p = value_of(exponent)
    if p.dtype.kind == "c":
        return compose(exponent * compose(base, series_local.log), series_local.exp)
    if p.ndim and p.dtype.kind in "iu":
        return _whole_powers(lift(base), p)
    if p.ndim or p != np.round(p) or abs(p) > 1024:
        x, _ = aligned(lift(base), lift(p))
        return compose(broadcast(x, np.broadcast_shapes(x.shape, p.shape)), series_local.real_power(p))
    whole = compose(base, series_local.whole_power(abs(int(p))))
    return whole if p >= 0 else 1.0 / whole


def _whole_powers(x: Series, p: Array) -> Series:
    """Each element to a whole power of its own."""
    shape = np.broadcast_shapes(x.shape, p.shape)
    first, *others = np.unique(p)
    result = broadcast(power(x, first), shape)
    for n in others:
        result = joined(lambda u, v, n=n: np.where(p == n, u, v), broadcast(power(x, n), shape), result)
    return result
