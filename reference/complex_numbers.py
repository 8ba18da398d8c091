"""Complex numbers on the tape: pairs of a recorded real and a recorded imaginary part.

Sums, products and exponentials are computed part by part, as everybody does. Quotients, roots, powers and hyperbolic tangents
are promised by norm: correct arithmetic may lose a few units of |w| in either part of its result w, however small that part is
(N. J. Higham, "Accuracy and Stability of Numerical Algorithms", section 3.6). Moduli are those of `hypot`: what is squared on
the way to |z| or to a quotient is never seen, since correct arithmetic scales it. Derivatives are multiplications by f'(z),
written in recorded operations; the rule of a quotient is the textbook's -g·x·y⁻².
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

import numpy as np

from . import elementary, functions, reductions, rules
from .certificate import Reals
from .contraction import einsum as real_einsum
from .rearrangement import NAMES as REARRANGEMENTS
from .rounding import Arithmetic, Pair
from .shapes import broadcast_to, reshape, total
from .tape import Number, divide, elementwise, lift, matmul, multiply, negative

DIVISION, ROOT, TANH, MODULUS = 8.0, 8.0, 16.0, 4.0
"""Units of roundoff of |w| that a value may lose: x·(1/y); by polar coordinates; by (1 - e)/(1 + e); √(a² + b²), scaled."""


@dataclass(frozen=True)
class Complex:
    """A recorded complex number. Raises LookupError for what the reference does not budget."""

    real: Number
    imag: Number

    __array_ufunc__ = None

    def __getattr__(self, name: str) -> NoReturn:
        raise LookupError(f"the reference budgets no {name} of a complex number")

    @property
    def shape(self) -> tuple[int, ...]:
        return self.real.shape

    @property
    def ndim(self) -> int:
        return self.real.ndim

    def __getitem__(self, key: Any) -> Complex:
        return Complex(self.real[key], self.imag[key])

    def __neg__(self) -> Complex:
        return Complex(negative(self.real), negative(self.imag))

    def __add__(self, other: Any) -> Complex:
        w = lifted(self, other)
        return Complex(self.real + w.real, self.imag + w.imag)

    def __sub__(self, other: Any) -> Complex:
        return self + -lifted(self, other)

    def __rsub__(self, other: Any) -> Complex:
        return lifted(self, other) - self

    def __mul__(self, other: Any) -> Complex:
        w = lifted(self, other)
        return Complex(self.real * w.real - self.imag * w.imag, self.real * w.imag + self.imag * w.real)

    def __truediv__(self, other: Any) -> Complex:
        return quotient(self, lifted(self, other))

    def __rtruediv__(self, other: Any) -> Complex:
        return quotient(lifted(self, other), self)

    def __pow__(self, exponent: Any) -> Complex:
        return power(self, exponent)

    def __rpow__(self, base: Any) -> Complex:
        return power(lifted(self, base), self)

    def __matmul__(self, other: Any) -> Complex:
        return product(self, lifted(self, other))

    __radd__ = __add__
    __rmul__ = __mul__


Parts = tuple[Pair, Pair]


def lifted(like: Complex, operand: Any) -> Complex:
    """The operand, a number or a constant, as a complex number on the tape of `like`."""
    if isinstance(operand, Complex):
        return operand
    if isinstance(operand, Number):
        return Complex(operand, lift(like.real, np.zeros(())))
    return Complex(lift(like.real, np.real(operand)), lift(like.real, np.imag(operand)))


def _size(z: Parts) -> Reals:
    return np.hypot(z[0].size, z[1].size)


def _error(z: Parts) -> Reals:
    return np.hypot(z[0].error, z[1].error)


def _value(z: Parts) -> Any:
    return z[0].value + 1j * z[1].value


def _by_norm(arithmetic: Arithmetic, value: Any, moved: Reals, units: Any) -> Parts:
    """The parts of a value that propagated errors have moved by `moved` and that loses `units` of its modulus."""
    size = np.abs(value).astype(np.float64)
    error = moved + units * arithmetic.roundoff * (size + moved)
    error = np.where((size == 0) & (moved == 0), 0.0, error)
    return arithmetic.known(value.real, error, 0.0), arithmetic.known(value.imag, error, 0.0)


def analytic(compute: Callable[..., Parts], operands: Sequence[Complex], slopes: Sequence[Callable[[], Complex]]) -> Complex:
    """w with dw = Σ slopeᵢ·dzᵢ; `compute` makes the parts of w of the parts of all zᵢ."""
    numbers = tuple(part for z in operands for part in (z.real, z.imag))
    kept = [cache(slope) for slope in slopes]

    def part(index: int) -> Number:
        def times(i: int, imaginary: bool) -> Callable[[Number], Number]:
            """g times the part of slope i that carries a real or an imaginary part of zᵢ into this part of w."""
            if index == imaginary:
                return lambda g: multiply(g, kept[i]().real)
            return lambda g: multiply(g, negative(kept[i]().imag) if imaginary else kept[i]().imag)

        partials = tuple(times(i, imaginary) for i in range(len(operands)) for imaginary in (False, True))
        return elementwise(lambda *pairs: _paired(compute, pairs)[index], numbers, partials)

    return Complex(part(0), part(1))


def _paired(compute: Callable[..., Parts], pairs: Sequence[Pair]) -> Parts:
    return compute(*zip(pairs[::2], pairs[1::2], strict=True))


def quotient(x: Complex, y: Complex) -> Complex:
    arithmetic = x.real.tape.arithmetic

    def compute(a: Parts, b: Parts) -> Parts:
        value = _value(a) / _value(b)
        left = _size(b) - _error(b)
        moved = (_error(a) + np.abs(value).astype(np.float64) * _error(b)) / np.where(left > 0, left, 1.0)
        return _by_norm(arithmetic, value, np.where(left > 0, moved, np.inf), DIVISION)

    return analytic(compute, (x, y), (lambda: 1.0 / y, lambda: -(x * power(y, -2))))


def power(base: Any, exponent: Any) -> Complex:
    """base^exponent: of a whole constant by norm, else exp(exponent·log(base))."""
    if isinstance(exponent, (int, float)) and exponent == int(exponent):
        return base if exponent == 1 else _whole_power(base, int(exponent))
    whole = base if isinstance(base, Complex) else lifted(exponent, base)
    w = lifted(whole, exponent)
    result: Complex = analytic(
        lambda p, q: _real_power(whole.real.tape.arithmetic, p, q),
        (whole, w),
        (lambda: w * power(whole, w - 1.0), lambda: result * log(whole)),
    )
    return result


def _real_power(arithmetic: Arithmetic, base: Parts, exponent: Parts) -> Parts:
    """e^(q·log p): what the exponent loses, its own size in units included, moves the value as a whole."""
    logarithm = np.log(_value(base))
    size = np.abs(logarithm).astype(np.float64)
    value = np.exp(_value(exponent) * logarithm)
    left = _size(base) - _error(base)
    reach = _size(exponent) + _error(exponent)
    lost = reach * (_error(base) / np.where(left > 0, left, 1.0) + 6.0 * arithmetic.roundoff * (1.0 + size))
    moved = np.abs(value).astype(np.float64) * np.expm1(lost + _error(exponent) * size)
    return _by_norm(arithmetic, value, np.where(left > 0, moved, np.inf), 8.0)


def _whole_power(z: Complex, n: int) -> Complex:
    """zⁿ by multiplications or by polar coordinates, whichever loses more; for n < 0 z^|n| is met on the way, as by reals.

    As TensorFlow does, the derivative of z² is computed as 2·z¹ with a power that rounds.
    """
    arithmetic = z.real.tape.arithmetic
    if n == 0:
        return lifted(z, np.ones(z.shape))

    def compute(p: Parts) -> Parts:
        positive = functools.reduce(np.multiply, [_value(p)] * abs(n))
        value = positive if n > 0 else 1 / positive
        arithmetic.known(np.abs(positive), np.zeros(positive.shape), 0.0)
        size = np.abs(value).astype(np.float64)
        ratio = _error(p) / np.where(_size(p) > 0, _size(p), 1.0)
        turned = np.abs(np.log(np.where(_value(p) == 0, 1.0, _value(p)))).astype(np.float64)
        growth = np.where(ratio < 1, np.expm1(-n * np.log1p(-np.minimum(ratio, 0.5)) if n < 0 else n * np.log1p(ratio)), np.inf)
        moved = np.where(_size(p) > 0, size * growth, _error(p) ** abs(n))
        return _by_norm(arithmetic, value, moved, 4.0 + abs(n) * np.maximum(3.0, 2.0 * (1.0 + turned)))

    return analytic(compute, (z,), (lambda: n * _whole_power(z, n - 1),))


def modulus(z: Complex) -> Number:
    def compute(a: Pair, b: Pair) -> Pair:
        pair: Pair = z.real.tape.arithmetic.known(np.hypot(a.value, b.value), _error((a, b)), MODULUS)
        return pair

    result: Number = elementwise(
        compute,
        (z.real, z.imag),
        (lambda g: multiply(g, divide(z.real, result)), lambda g: multiply(g, divide(z.imag, result))),
    )
    return result


def angle(z: Complex) -> Number:
    return rules.atan2(z.imag, z.real)


def sign(z: Complex) -> Complex:
    """z/|z|."""
    return z / modulus(z)


def exp(z: Complex) -> Complex:
    arithmetic = z.real.tape.arithmetic

    def compute(p: Parts) -> Parts:
        size = arithmetic.apply(elementary.EXP, p[0])
        turned = (arithmetic.apply(function, p[1]) for function in (elementary.COS, elementary.SIN))
        real, imag = (arithmetic.multiply(size, part) for part in turned)
        return real, imag

    result: Complex = analytic(compute, (z,), (lambda: result,))
    return result


def log(z: Complex) -> Complex:
    arithmetic = z.real.tape.arithmetic

    def compute(p: Parts) -> Parts:
        size = arithmetic.known(np.hypot(p[0].value, p[1].value), _error(p), MODULUS)
        return arithmetic.apply(elementary.LOG, size), rules.angle_of(arithmetic, p[1], p[0])

    return analytic(compute, (z,), (lambda: 1.0 / z,))


def sqrt(z: Complex) -> Complex:
    """Derived by the power -1/2, as HIPS autograd does."""

    def compute(p: Parts) -> Parts:
        value = np.sqrt(_value(p))
        size = np.abs(value).astype(np.float64)
        moved = np.where(_error(p) < _size(p), _error(p) / np.where(size > 0, size, 1.0), np.inf)
        return _by_norm(z.real.tape.arithmetic, value, moved, ROOT)

    return analytic(compute, (z,), (lambda: 0.5 * power(z, -0.5),))


def tanh(z: Complex) -> Complex:
    """Derived by (1 + w)·(1 - w), as JAX does: near 0 its second derivative, -2·w, is a difference of 1 - w and 1 + w."""

    def compute(p: Parts) -> Parts:
        value, error = np.tanh(_value(p)), _error(p)
        slope = np.abs(1 - value * value).astype(np.float64)
        moved = np.where(error < 0.25, error * slope * (1.0 + 2.0 * error * np.abs(value).astype(np.float64)), np.inf)
        return _by_norm(z.real.tape.arithmetic, value, moved, TANH)

    result: Complex = analytic(compute, (z,), (lambda: (result + 1.0) * (1.0 - result),))
    return result


def sin(z: Complex) -> Complex:
    return _turned(z, elementary.SIN, elementary.COS, 1.0, lambda: cos(z))


def cos(z: Complex) -> Complex:
    return _turned(z, elementary.COS, elementary.SIN, -1.0, lambda: -sin(z))


def _turned(
    z: Complex, first: elementary.Elementary, second: elementary.Elementary, sign: float, slope: Callable[[], Complex]
) -> Complex:
    """first(a)·cosh(b) ± i·second(a)·sinh(b)."""
    arithmetic = z.real.tape.arithmetic

    def compute(p: Parts) -> Parts:
        tall, steep = (arithmetic.apply(rules.published(name, 8.0), p[1]) for name in ("cosh", "sinh"))
        real = arithmetic.multiply(arithmetic.apply(first, p[0]), tall)
        imag = arithmetic.multiply(arithmetic.apply(second, p[0]), steep)
        return real, Pair(sign * imag.value, imag.error)

    return analytic(compute, (z,), (slope,))


def product(a: Complex, b: Complex) -> Complex:
    """The matrix product."""
    return Complex(
        matmul(a.real, b.real) - matmul(a.imag, b.imag),
        matmul(a.real, b.imag) + matmul(a.imag, b.real),
    )


def einsum(subscripts: str, *operands: Any) -> Complex:
    """Of one operand, or of two: more are contracted in an order that is not known."""
    first = next(z for z in operands if isinstance(z, Complex))
    z = [lifted(first, operand) for operand in operands]
    if len(z) == 1:
        return Complex(real_einsum(subscripts, z[0].real), real_einsum(subscripts, z[0].imag))
    if len(z) > 2:
        raise LookupError("the reference budgets no sum of products of three complex arrays")

    def summed(a: Number, b: Number) -> Number:
        return real_einsum(subscripts, a, b)

    return Complex(
        summed(z[0].real, z[1].real) - summed(z[0].imag, z[1].imag),
        summed(z[0].real, z[1].imag) + summed(z[0].imag, z[1].real),
    )


def multiplied(z: Complex, axis: Any = None, keepdims: bool = False) -> Complex:
    """The product over one axis, or over everything."""
    if axis is None:
        flat = multiplied(_reshaped(z, (-1,)), 0)
        return _reshaped(flat, (1,) * z.ndim if keepdims else ())
    axis %= z.ndim
    shape = (*z.shape[:axis], *((1,) * keepdims), *z.shape[axis + 1 :])
    rows = [_reshaped(z[(*(slice(None),) * axis, i)], shape) for i in range(z.shape[axis])]
    return _product_of(rows) if rows else lifted(z, np.ones(shape))


def _product_of(rows: list[Complex]) -> Complex:
    """Derived by (product ÷ factor) or, at a factor 0, by the product of the others."""
    product = functools.reduce(Complex.__mul__, rows)

    def slope(i: int) -> Complex:
        zero = (rows[i].real.pair.value == 0) & (rows[i].imag.pair.value == 0)
        if not np.any(zero):
            return result / rows[i]
        others = functools.reduce(Complex.__mul__, rows[:i] + rows[i + 1 :], lifted(result, np.ones(result.shape)))
        ratio = result / _where(zero, lifted(result, np.ones(result.shape)), rows[i])
        return _where(zero, others, ratio)

    result = analytic(
        lambda *_: (product.real.pair, product.imag.pair), rows, [functools.partial(slope, i) for i in range(len(rows))]
    )
    return result


def _where(mask: Any, a: Complex, b: Complex) -> Complex:
    return Complex(functions.where(mask, a.real, b.real), functions.where(mask, a.imag, b.imag))


def _reshaped(z: Complex, shape: tuple[int, ...]) -> Complex:
    return Complex(reshape(z.real, shape), reshape(z.imag, shape))


def solve(a: Complex, b: Any) -> Complex:
    """A⁻¹b by the real matrix [[Re A, -Im A], [Im A, Re A]], which is twice as large."""
    right = lifted(a, b)
    matrix = functions.concat([functions.concat([a.real, -a.imag], -1), functions.concat([a.imag, a.real], -1)], -2)
    column = right.ndim == 1
    both = functions.concat([right.real, right.imag], -1 if column else -2)
    x, n = functions.solve(matrix, both), a.shape[-1]
    return Complex(x[:n], x[n:]) if column else Complex(x[..., :n, :], x[..., n:, :])


def inverse(a: Complex) -> Complex:
    return solve(a, np.eye(a.shape[-1]))


def vector_norm(z: Complex, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Number:  # noqa: A002 - array API name
    """The 2-norm of complex numbers is that of their parts."""
    if reductions.plain(ord) != 2 or axis is not None:
        return reductions.vector_norm(modulus(z), axis, keepdims, ord)
    return reductions.vector_norm(functions.concat([reshape(z.real, (-1,)), reshape(z.imag, (-1,))]))


def by_parts(operation: Callable[..., Number]) -> Callable[..., Complex]:
    """A linear operation on an array, or on a list of arrays."""

    def both(z: Any, *rest: Any, **options: Any) -> Complex:
        if isinstance(z, Complex):
            return Complex(operation(z.real, *rest, **options), operation(z.imag, *rest, **options))
        first = next(part for part in z if isinstance(part, Complex))
        parts = [lifted(first, part) for part in z]
        return Complex(
            operation([p.real for p in parts], *rest, **options), operation([p.imag for p in parts], *rest, **options)
        )

    return both


LINEAR: Mapping[str, Callable[..., Number]] = {
    "broadcast_to": broadcast_to,
    "concat": functions.concat,
    "mean": functions.mean,
    "reshape": reshape,
    "stack": functions.stack,
    "sum": total,
    **{name: REARRANGEMENTS[name] for name in ("diagonal", "expand_dims", "flip", "matrix_transpose", "permute_dims", "roll")},
    "take": REARRANGEMENTS["take"],
}

OF_COMPLEX: Mapping[str, Callable[..., Any]] = {
    **{name: by_parts(operation) for name, operation in LINEAR.items()},
    "abs": modulus,
    "add": lambda a, b: a + b,
    "angle": angle,
    "conj": lambda z: Complex(z.real, -z.imag),
    "cos": cos,
    "divide": lambda x, y: x / y,
    "einsum": einsum,
    "exp": exp,
    "imag": lambda z: z.imag,
    "inv": inverse,
    "log": log,
    "matmul": lambda a, b: a @ b,
    "multiply": lambda a, b: a * b,
    "pow": power,
    "prod": multiplied,
    "real": lambda z: z.real,
    "reciprocal": lambda z: 1.0 / z,
    "rsqrt": lambda z: power(z, -0.5),
    "sign": sign,
    "sin": sin,
    "solve": solve,
    "sqrt": sqrt,
    "square": lambda z: z * z,
    "tanh": tanh,
    "vector_norm": vector_norm,
}
"""What a name means where one of its operands is complex."""

OF_REAL: Mapping[str, Callable[..., Any]] = {
    "complex": Complex,
    "conj": lambda a: a,
    "imag": lambda a: a.tape.constant(np.zeros(a.shape)),
    "real": lambda a: a,
}


def of_both(name: str, operation: Callable[..., Any] | None) -> Callable[..., Any]:
    """The operation of real numbers, and of complex ones where there are any."""

    def chosen(*operands: Any, **options: Any) -> Any:
        if not any(map(_has_complex, operands)):
            if operation is None:
                raise LookupError(f"the reference budgets no {name} of a real number")
            return operation(*operands, **options)
        return OF_COMPLEX[name](*operands, **options)

    return chosen


def _has_complex(operand: Any) -> bool:
    if isinstance(operand, list | tuple):
        return any(isinstance(part, Complex) for part in operand)
    return isinstance(operand, Complex)
