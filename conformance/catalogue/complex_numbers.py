"""Functions of complex numbers, with real values: of real and imaginary parts in pairs, and of the complex numbers themselves.

Every argument is complex, for not every framework multiplies a complex array by a real one. An analytic function f is weighted
by its last argument w, and the value is the real part of Σ w·f(z): its gradient says f' and, by w, both parts of f.
Points are chosen where the parts vanish, beside branch cuts (never on one), where moduli are so large or small that their
squares leave the range, and at 0 where the function is smooth there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from conformance.case import Case, Draw, Literals, Point
from conformance.catalogue.rows import draw

COMPLEX = "functions of complex numbers in the sense of the array API standard and of NumPy"

Numbers = complex | tuple[Any, ...] | Draw
"""A complex number, nested tuples of them, or a draw for either part."""
Points = Mapping[str, tuple[Numbers, ...]]
Function = Callable[..., Any]


def _part(numbers: Numbers, name: str) -> Literals | Draw:
    if isinstance(numbers, Draw):
        return numbers
    if isinstance(numbers, tuple):
        return tuple(_part(number, name) for number in numbers)
    return float(getattr(complex(numbers), name))


def _points(points: Points, tier: Any) -> list[Point]:
    return [
        Point(name, tuple(_part(z, part) for z in inputs for part in ("real", "imag")), tier) for name, inputs in points.items()
    ]


def _case(
    name: str, names: str, f: Function, of_complex: Function, generic: Points, stress: Points | None, **about: Any
) -> Case:
    @wraps(f)
    def fn(xp: Any, *parts: Any) -> Any:
        return of_complex(xp, *map(xp.complex, parts[::2], parts[1::2]))

    points = (*_points(generic, "generic"), *_points(stress or {}, "stress"))
    return Case(name, fn, points, COMPLEX, "complex", names=tuple(names.split()), of_complex=of_complex, **about)


def real_valued(name: str, names: str, f: Function, generic: Points, stress: Points | None = None, **about: Any) -> Case:
    """A function f(xp, z₁, z₂, ...) with a real number as its value."""
    return _case(name, names, f, f, generic, stress, **about)


def analytic(name: str, names: str, f: Function, generic: Points, stress: Points | None = None, **about: Any) -> Case:
    """The real part of an analytic function f(xp, z₁, z₂, ...), whose value is one complex number."""

    @wraps(f)
    def of_complex(xp: Any, *z: Any) -> Any:
        return xp.real(f(xp, *z))

    return _case(name, names, f, of_complex, generic, stress, analytic=f, **about)


def weighted(f: Function) -> Function:
    """(xp, *z, w) -> Σ w·f(xp, *z), with w of the shape of f's value."""

    @wraps(f)
    def fn(xp: Any, *z: Any) -> Any:
        return xp.sum(f(xp, *z[:-1]) * z[-1])

    return fn


QUADRANTS = (0.75 + 1.25j, -0.5 + 0.875j, -1.25 - 0.375j, 0.625 - 1.5j)
WEIGHTS = (0.5 - 0.75j, 1.25 + 0.25j, -0.375 + 0.5j, 0.875 + 1.125j)
POSITIVE, NEGATIVE, IMAGINARY = (0.75, 2.5), (-1.5, -0.25), (1.25j, -0.625j)
PAIR = (0.75 - 0.5j, -0.25 + 1.25j)
ONE = 0.5 + 0.75j
MATRIX = ((1.5 + 0.5j, -0.75j), (0.25, 2.0 - 1.25j))
OTHER = ((0.5 - 1.0j, 1.25), (-0.75 + 0.25j, 0.5j))
LARGE = ((2.0 + 1.0j, 0.5j, -0.25), (0.75, -1.5 + 0.5j, 1.0j), (0.5 - 0.5j, 0.25, 1.75 - 1.0j))
GRID = ((0.75 + 1.25j, -0.5 + 0.875j), (-1.25 - 0.375j, 0.625 - 1.5j))

INTERIOR: Points = {"interior": (QUADRANTS, WEIGHTS), "batched": (GRID, OTHER)}
REAL_AND_IMAGINARY: Points = {"zero_imag": (POSITIVE, PAIR), "zero_real": (IMAGINARY, PAIR), "scalar": (ONE, 1.25 - 0.5j)}
ON_THE_AXES: Points = {**REAL_AND_IMAGINARY, "negative": (NEGATIVE, PAIR)}
AT_ZERO: Points = {"at_zero": (0.0, 1.25 - 0.5j)}
BESIDE_THE_CUT: Points = {
    "above_cut": ((-2.0 + 2.0**-10 * 1j, -0.25 + 2.0**-6 * 1j), PAIR),
    "below_cut": ((-2.0 - 2.0**-10 * 1j, -0.25 - 2.0**-6 * 1j), PAIR),
}
FAR: Points = {
    "large": (3e25 - 4e25j, ONE),
    "small": (-3e-25 + 4e-25j, ONE),
    "huge": (6e199 + 8e199j, ONE),
    "tiny": (8e-199 + 6e-199j, ONE),
}
"""Moduli whose squares leave the range of float32, and of float64."""

ELEMENTWISE = (
    analytic(
        "complex_exp",
        "exp",
        weighted(lambda xp, z: xp.exp(z)),
        INTERIOR,
        {**ON_THE_AXES, **AT_ZERO, "falling": (-30.0 + 2.0j, ONE), "turning": (0.5 + 40.0j, ONE)},
    ),
    analytic(
        "complex_log",
        "log",
        weighted(lambda xp, z: xp.log(z)),
        INTERIOR,
        {**REAL_AND_IMAGINARY, **BESIDE_THE_CUT, **FAR, "unit_circle": ((0.625 + 0.75j, -0.75 + 0.625j), PAIR)},
    ),
    analytic(
        "complex_sqrt",
        "sqrt",
        weighted(lambda xp, z: xp.sqrt(z)),
        INTERIOR,
        {**REAL_AND_IMAGINARY, **BESIDE_THE_CUT, **FAR},
    ),
    analytic(
        "complex_sin",
        "sin",
        weighted(lambda xp, z: xp.sin(z)),
        INTERIOR,
        {**ON_THE_AXES, **AT_ZERO, "near_zero": (0.001 + 0.002j, ONE), "tall": (0.5 + 20.0j, ONE)},
    ),
    analytic(
        "complex_cos",
        "cos",
        weighted(lambda xp, z: xp.cos(z)),
        INTERIOR,
        {**ON_THE_AXES, **AT_ZERO, "near_zero": (0.001 + 0.002j, ONE), "tall": (0.5 - 20.0j, ONE)},
    ),
    analytic(
        "complex_tanh",
        "tanh",
        weighted(lambda xp, z: xp.tanh(z)),
        INTERIOR,
        {
            **ON_THE_AXES,
            **AT_ZERO,
            "near_zero": (0.001 + 0.002j, ONE),
            "near_pole": (0.125 + 1.5j, ONE),
            "saturated": (6.0 + 1.0j, ONE),
            "far_right": (400.0 + 1.0j, ONE),
            "far_left": (-400.0 + 1.0j, ONE),
        },
    ),
    analytic("complex_square", "", weighted(lambda xp, z: z**2), INTERIOR, {**ON_THE_AXES, **AT_ZERO}),
    analytic("complex_square_by_name", "square", weighted(lambda xp, z: xp.square(z)), INTERIOR, {**ON_THE_AXES, **AT_ZERO}),
    analytic("complex_cube", "", weighted(lambda xp, z: z**3), INTERIOR, {**ON_THE_AXES, **AT_ZERO}),
    analytic("complex_power_minus_2", "", weighted(lambda xp, z: z**-2), INTERIOR, ON_THE_AXES),
    analytic("complex_root_by_power", "", weighted(lambda xp, z: z**0.5), INTERIOR, {**REAL_AND_IMAGINARY, **BESIDE_THE_CUT}),
    analytic(
        "complex_constant_power",
        "",
        weighted(lambda xp, z: z ** (0.5 - 1.25j)),
        INTERIOR,
        {**REAL_AND_IMAGINARY, **BESIDE_THE_CUT},
    ),
    analytic("complex_reciprocal", "", weighted(lambda xp, z: 1.0 / z), INTERIOR, {**ON_THE_AXES, **FAR}),
    analytic("complex_reciprocal_by_name", "reciprocal", weighted(lambda xp, z: xp.reciprocal(z)), INTERIOR, ON_THE_AXES),
    analytic("complex_rsqrt", "rsqrt", weighted(lambda xp, z: xp.rsqrt(z)), INTERIOR, {**REAL_AND_IMAGINARY, **BESIDE_THE_CUT}),
    analytic("complex_gaussian", "exp", weighted(lambda xp, z: xp.exp(-0.5 * z * z)), INTERIOR, {**ON_THE_AXES, **AT_ZERO}),
    analytic("complex_cayley", "", weighted(lambda xp, z: (z - 2.0j) / (z + 2.0j)), INTERIOR, {**ON_THE_AXES, **AT_ZERO}),
    analytic(
        "complex_logistic_map",
        "",
        weighted(lambda xp, c: ((c * c + c) ** 2 + c) * ((c * c + c) ** 2 + c) + c),
        {"interior": (QUADRANTS, WEIGHTS)},
        {"zero_imag": (NEGATIVE, PAIR), **AT_ZERO},
    ),
)

TWO: Points = {
    "interior": (QUADRANTS, (1.25 - 0.5j, -0.75 - 1.0j, 0.5 + 0.25j, -1.5 + 2.0j), WEIGHTS),
    "broadcast_right": (GRID, PAIR, OTHER),
    "broadcast_left": (ONE, QUADRANTS, WEIGHTS),
}
TWO_SPECIAL: Points = {
    "zero_imag": (POSITIVE, (-0.5, 1.5), PAIR),
    "zero_real": (IMAGINARY, (2.0j, 0.75j), PAIR),
    "numerator_zero": (0.0, 1.5 - 0.5j, ONE),
}

BINARY = (
    analytic("complex_multiply", "multiply", weighted(lambda xp, x, y: xp.multiply(x, y)), TWO, {**TWO_SPECIAL}),
    analytic(
        "complex_divide",
        "divide",
        weighted(lambda xp, x, y: xp.divide(x, y)),
        TWO,
        {
            **TWO_SPECIAL,
            "large": (6e24 + 2e25j, 3e25 - 4e25j, ONE),
            "small": (6e-26 + 2e-25j, -3e-25 + 4e-25j, ONE),
            "huge": (2e199 - 5e199j, 6e199 + 8e199j, ONE),
            "tiny": (2e-199 - 5e-199j, 6e-199 + 8e-199j, ONE),
        },
    ),
    analytic(
        "complex_pow",
        "pow",
        weighted(lambda xp, x, y: xp.pow(x, y)),
        TWO,
        {"zero_imag": (POSITIVE, PAIR, PAIR), "real_powers": (PAIR, POSITIVE, PAIR), "whole_powers": (PAIR, (2.0, 3.0), PAIR)},
    ),
    real_valued(
        "complex_inner_product",
        "conj real",
        lambda xp, x, y: xp.real(xp.sum(xp.conj(x) * y)),
        {"interior": (QUADRANTS, WEIGHTS)},
        {"zero_imag": (POSITIVE, NEGATIVE), "zeros": ((0.0, 0.0), PAIR), "empty": ((), ())},
    ),
    real_valued(
        "complex_real_times_imag",
        "real imag",
        lambda xp, x, y: xp.sum(xp.real(x * y) * xp.imag(x * x * y)),
        {"interior": (QUADRANTS, WEIGHTS)},
        {"zero_imag": (POSITIVE, NEGATIVE), "at_zero": (0.0, ONE)},
    ),
    real_valued(
        "complex_conj_in_chain",
        "conj exp imag",
        lambda xp, x, y: xp.sum(xp.imag(xp.exp(xp.conj(x * y)) * x)),
        {"interior": (QUADRANTS, WEIGHTS)},
        {"zero_imag": (POSITIVE, NEGATIVE), "at_zero": (0.0, ONE)},
    ),
)

MODULI: Points = {"interior": (QUADRANTS,), "batched": (GRID,)}
MODULI_SPECIAL: Points = {
    "zero_imag": (POSITIVE,),
    "negative": (NEGATIVE,),
    "zero_real": (IMAGINARY,),
    "scalar": (ONE,),
}
ONE_FAR: Points = {name: inputs[:1] for name, inputs in FAR.items()}
RIGHT: Points = {"zero_imag": (POSITIVE,), "zero_real": (IMAGINARY,), "scalar": (ONE,)}
CUT: Points = {name: inputs[:1] for name, inputs in BESIDE_THE_CUT.items()}

NOT_ANALYTIC = (
    real_valued("complex_abs", "abs", lambda xp, z: xp.sum(xp.abs(z)), MODULI, {**MODULI_SPECIAL, **ONE_FAR}),
    real_valued(
        "complex_abs_squared",
        "conj real",
        lambda xp, z: xp.sum(xp.real(z * xp.conj(z))),
        MODULI,
        {**MODULI_SPECIAL, "at_zero": (0.0,), "some_zeros": ((0.0, 1.5 - 0.5j),)},
    ),
    real_valued("complex_abs_cubed", "abs", lambda xp, z: xp.sum(xp.abs(z) ** 3), MODULI, MODULI_SPECIAL),
    real_valued(
        "complex_abs_of_function",
        "abs exp",
        lambda xp, z: xp.sum(xp.abs(xp.exp(z) - z * z)),
        MODULI,
        {"zero_imag": (POSITIVE,)},
    ),
    real_valued("complex_log_abs", "abs log", lambda xp, z: xp.sum(xp.log(xp.abs(z))), MODULI, {**MODULI_SPECIAL, **ONE_FAR}),
    real_valued("complex_angle", "angle", lambda xp, z: xp.sum(xp.angle(z)), MODULI, {**RIGHT, **CUT, **ONE_FAR}),
    real_valued(
        "complex_angle_of_product",
        "angle conj",
        lambda xp, x, y: xp.sum(xp.angle(x * xp.conj(y)) ** 2),
        {"interior": (QUADRANTS, WEIGHTS)},
        {"zero_imag": (POSITIVE, (0.5, 1.5)), "equal": (PAIR, PAIR)},
    ),
    real_valued(
        "complex_sign",
        "sign",
        lambda xp, z, w: xp.sum(xp.real(xp.sign(z) * w)),
        INTERIOR,
        {**ON_THE_AXES, **FAR},
    ),
    real_valued(
        "complex_polar",
        "abs angle cos",
        lambda xp, z: xp.sum(xp.sqrt(xp.abs(z)) * xp.cos(0.5 * xp.angle(z))),
        MODULI,
        {**RIGHT, **CUT},
    ),
    real_valued(
        "complex_vector_norm",
        "vector_norm",
        lambda xp, z: xp.vector_norm(z),
        {"interior": (QUADRANTS,)},
        {"zero_imag": (POSITIVE,), "some_zeros": ((0.0, 1.5 - 0.5j),), "one": ((-0.75j,),)},
    ),
    real_valued(
        "complex_phase_retrieval",
        "abs matmul",
        lambda xp, a, x: xp.sum((xp.abs(xp.matmul(a, x)) - 1.25) ** 2),
        {"n2": (MATRIX, PAIR), "n3": (LARGE, QUADRANTS[:3])},
    ),
    real_valued(
        "complex_expectation",
        "conj matmul real",
        lambda xp, h, x: (
            xp.real(xp.sum(xp.conj(x) * xp.matmul(h + xp.conj(xp.matrix_transpose(h)), x))) / xp.real(xp.sum(x * xp.conj(x)))
        ),
        {"n2": (MATRIX, PAIR), "n3": (LARGE, QUADRANTS[:3])},
        {"eigenvector": (((1.0, 0.5j), (0.0, 2.0)), (1.0, 0.0))},
    ),
)

OF_ARRAYS = (
    analytic(
        "complex_sum",
        "sum",
        weighted(lambda xp, z: xp.sum(z * z, axis=0)),
        {"interior": (GRID, PAIR)},
        {"zero_imag": ((POSITIVE, NEGATIVE), PAIR)},
    ),
    analytic(
        "complex_mean",
        "mean",
        weighted(lambda xp, z: xp.mean(z, axis=-1) ** 3),
        {"interior": (GRID, PAIR)},
        {"zero_mean": (((0.5 - 1.0j, -0.5 + 1.0j), (1.0, 2.0j)), PAIR)},
    ),
    analytic(
        "complex_prod",
        "prod",
        lambda xp, z, w: xp.prod(z) * w,
        {"interior": (QUADRANTS, ONE)},
        {
            "zero_imag": (POSITIVE, ONE),
            "one_zero": ((0.75 + 1.25j, 0.0, -1.25 - 0.375j), ONE),
            "two_zeros": ((0.75 + 1.25j, 0.0, -1.25 - 0.375j, 0.0), ONE),
            "single": ((ONE,), ONE),
            "empty": ((), ONE),
        },
    ),
    analytic(
        "complex_prod_of_rows",
        "prod",
        weighted(lambda xp, z: xp.prod(z, axis=1)),
        {"interior": (GRID, PAIR)},
        {"one_zero": (((0.75 + 1.25j, 0.0), (1.0j, 2.0 - 0.5j)), PAIR)},
    ),
    analytic(
        "complex_repeated_elements",
        "stack",
        weighted(lambda xp, z: xp.stack([z[0], z[2], z[0] * z[1]]) ** 2),
        {"interior": (QUADRANTS, WEIGHTS[:3])},
        {"some_zeros": ((0.0, 1.0j, 0.0), WEIGHTS[:3])},
    ),
    analytic(
        "complex_matmul",
        "matmul",
        weighted(lambda xp, a, b: xp.matmul(a, b)),
        {
            "n2": (MATRIX, OTHER, GRID),
            "n3": (draw(3, 3), draw(3, 2), draw(3, 2)),
            "stack": (draw(2, 2, 2), OTHER, draw(2, 2, 2)),
        },
        {"zero_imag": ((POSITIVE, NEGATIVE), (NEGATIVE, POSITIVE), OTHER), "inner_1": (((ONE,), (1.0j,)), ((2.0, ONE),), GRID)},
    ),
    analytic(
        "complex_einsum",
        "einsum",
        weighted(lambda xp, a, b: xp.einsum("ij,kj->ik", a, b)),
        {"n2": (MATRIX, OTHER, GRID), "n3": (draw(2, 3), draw(2, 3), GRID)},
        {"zero_imag": ((POSITIVE, NEGATIVE), (NEGATIVE, POSITIVE), OTHER)},
    ),
    real_valued(
        "complex_einsum_density",
        "einsum conj",
        lambda xp, a, w: xp.real(xp.sum(xp.einsum("ij,kj->ik", a, xp.conj(a)) * w)),
        {"n2": (MATRIX, GRID), "n3": (draw(2, 3), GRID)},
        {"zeros": (((0.0, 0.0), (1.0j, 0.5)), GRID)},
    ),
    analytic(
        "complex_solve",
        "solve",
        weighted(lambda xp, a, b: xp.solve(a, b)),
        {"n2": (MATRIX, OTHER, GRID), "n3": (LARGE, draw(3, 1), draw(3, 1))},
        {"vector": (MATRIX, PAIR, (ONE, 1.0j)), "stack": ((MATRIX, OTHER), (OTHER, GRID), (GRID, MATRIX))},
    ),
    analytic(
        "complex_inv",
        "inv",
        weighted(lambda xp, a: xp.inv(a)),
        {"n2": (MATRIX, GRID), "n3": (LARGE, draw(3, 3))},
        {"imaginary": (((1.0j, 0.0), (0.0, -2.0j)), GRID), "swap": (((0.0, 1.0), (1.0j, 0.0)), GRID)},
    ),
    analytic(
        "complex_det",
        "det",
        lambda xp, a, w: xp.det(a) * w,
        {"n2": (MATRIX, ONE), "n3": (LARGE, ONE)},
        {"imaginary": (((1.0j, 0.0), (0.0, -2.0j)), ONE), "singular": (((1.0, 1.0j), (1.0j, -1.0)), ONE)},
    ),
    analytic(
        "complex_fft",
        "fft",
        weighted(lambda xp, z: xp.fft(z)),
        {"n4": (QUADRANTS, WEIGHTS), "n3": (QUADRANTS[:3], WEIGHTS[:3])},
        {"one": ((ONE,), (1.0j,)), "zero_imag": ((*POSITIVE, *NEGATIVE), WEIGHTS), "batched": (GRID, OTHER)},
    ),
    analytic(
        "complex_convolution_by_fft",
        "fft ifft",
        weighted(lambda xp, x, y: xp.ifft(xp.fft(x) * xp.fft(y))),
        {"n4": (QUADRANTS, draw(4), WEIGHTS)},
        {"some_zeros": ((0.0, 1.0j, 0.0), (*PAIR, 0.5), WEIGHTS[:3])},
    ),
    real_valued(
        "complex_power_spectrum",
        "fft conj",
        lambda xp, z, w: xp.sum(xp.real(xp.fft(z) * xp.conj(xp.fft(z))) * xp.real(w)),
        {"n4": (QUADRANTS, WEIGHTS), "batched": (GRID, OTHER)},
        {"zeros": ((0.0, 0.0, 0.0), WEIGHTS[:3])},
    ),
)

CASES = (*ELEMENTWISE, *BINARY, *NOT_ANALYTIC, *OF_ARRAYS)
