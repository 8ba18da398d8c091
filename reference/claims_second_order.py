"""The book's claims about Hessians, approximating quadratics, matrix calculus and its exercises."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import chapter
from .claim import ALL, EARLY, LATER, WHOLE, Claim, agree, equal, is_true, wide
from .claims_first_order import PAIRS, TRIPLES
from .closed_form import Array
from .documented_arrays import DOT, MATRIX_FACTORIZATION, NORM2, QUADRATIC2, QUADRATIC_FORM, SQUARE_OF_SUM
from .documented_scalars import (
    LOGSUMEXP2,
    MATRIX_FACTORIZATION_SCALAR,
    QUADRATIC_FORM_SCALAR,
    SADDLE,
    SADDLE_DIAGONAL,
    SUM_OF_TWO,
    softmax2,
)

VECTORS = (((0.6,),), ((0.3, -0.8, 1.1),), ((-0.7, 0.2, 0.5, -1.3),))
DOTS = (((0.6,), (-0.9,)), ((0.3, -0.8, 1.1), (0.7, 0.2, -0.5)))
FORMS = (
    (((0.7, -0.6), (0.3, 1.4)), (0.9, -0.4)),
    (((0.2, 1.1, -0.5), (-0.9, 0.6, 0.8), (0.4, -0.3, 1.2)), (0.5, -1.1, 0.7)),
)
FACTORS = (
    (((0.9,),), ((-0.2,),), ((1.3,),)),
    (((0.7, -1.1, 0.4), (0.2, 0.8, -0.6)), ((0.5,), (-0.9,)), ((1.2, 0.3, -0.7),)),
    (((0.6, -0.4), (1.0, 0.3), (-0.8, 0.2)), ((0.1, 0.9), (-0.5, 0.7), (0.4, 1.1)), ((0.3, -1.2), (0.8, 0.5))),
)
QUADRATICS = (
    (0.75, (0.5, -1.5), (1.0, -0.5, 2.0), (0.3, -0.8), (0.0, 0.0)),
    (0.42, (-0.75, 0.3), (1.1, -0.6, 0.35), (0.8, -0.45), (0.2, 1.1)),
    (-0.1, (0.3, 1.3), (-0.7, 0.9, 0.27), (1.6, 0.35), (-0.4, 0.6)),
)


def _hessian(form: Any, *args: Any) -> Array:
    """Of a form of 0-dimensional arguments, (n, n)."""
    return np.stack([np.stack(row) for row in form.hessian(*args)])


def _bump_hessian(x: Any, y: Any) -> Any:
    """As the chapter has it."""
    mixed = 4 * x**2 * y - 2 * y
    return np.exp(-(x**2) - y**2) * wide([[4 * x**3 - 6 * x, mixed], [mixed, 4 * x * y**2 - 2 * x]])


def _two_orders(x: Any, y: Any) -> tuple[Any, Any]:
    """∂/∂y of f_x = e^(−x²−y²)·(1 − 2x²) and ∂/∂x of f_y = e^(−x²−y²)·(−2xy), each by its own product rule."""
    bell = np.exp(-(x**2) - y**2)
    return -2 * y * bell * (1 - 2 * x**2), -2 * x * bell * (-2 * x * y) + bell * (-2 * y)


def _quadratic(x: Any, y: Any, factor: int) -> Any:
    """e⁻¹(−1 − (x+1) + factor·((x+1)² + y²)); the chapter's quadratics have factor 1 or 2."""
    return np.exp(-wide(1)) * (-1 - (x + 1) + factor * ((x + 1) ** 2 + y**2))


def _about(x0: int) -> Any:
    return lambda x, y: chapter.approximating_quadratic(x, y, wide(x0), wide(0))


def _at_zero(a: Any, b: Any, c: Any) -> Array:
    """Value, gradient and Hessian of the quadratic at 0, as one row of numbers."""
    zero = np.zeros_like(b)
    assert QUADRATIC2.hessian is not None
    hessian = QUADRATIC2.hessian(a, b, c, zero)[3][3]
    return np.concatenate([[QUADRATIC2.value(a, b, c, zero)], QUADRATIC2.jacobian(a, b, c, zero)[3], hessian.ravel()])


def _expansion(a: Any, b: Any, c: Any, x: Any, x0: Any) -> Any:
    """f(x₀) + ∇f(x₀)·(x−x₀) + ½(x−x₀)ᵀH(x₀)(x−x₀)."""
    assert QUADRATIC2.hessian is not None
    gradient, hessian = QUADRATIC2.jacobian(a, b, c, x0)[3], QUADRATIC2.hessian(a, b, c, x0)[3][3]
    return QUADRATIC2.value(a, b, c, x0) + (gradient + hessian @ (x - x0) / 2) @ (x - x0)


def _after_newton(a: Any, b: Any, c: Any, x: Any, _: Any) -> Array:
    """∇f after one step, beside 1: what is left of the gradient counts against numbers of order one."""
    assert QUADRATIC2.hessian is not None
    step = chapter.newton_step(QUADRATIC2.jacobian(a, b, c, x)[3], QUADRATIC2.hessian(a, b, c, x)[3][3])
    return np.append(QUADRATIC2.jacobian(a, b, c, x + step)[3], wide(1))


def _transposed_grids() -> bool:
    ij, xy = chapter.grid("ij"), chapter.grid("xy")
    transposed = all(np.array_equal(one.T, other) for one, other in zip(ij, xy, strict=True))
    return transposed and not np.array_equal(ij[0], xy[0])


def _only_origin() -> bool:
    """∇f is homogeneous of degree 2, so it has no zero but 0 if none on the unit circle; there it changes by at most
    ‖H‖ < 5 per radian, and stays above 5 times half the spacing at 1000 directions. At 0 it is 0."""
    angle = 2 * np.pi * np.arange(1000) / 1000
    lengths = np.hypot(*SADDLE.jacobian(np.cos(angle), np.sin(angle)))
    origin = SADDLE.jacobian(wide(0), wide(0))
    return bool(np.min(lengths) > 5 * np.pi / 1000) and origin[0] == 0 and origin[1] == 0


def _either_sign() -> bool:
    near = wide([2.0**-k for k in range(1, 30)])
    return bool(np.all(SADDLE.value(near, near) > 0) and np.all(SADDLE.value(-near, -near) < 0))


def _parts_cancel() -> bool:
    """At the critical points (±1, 1) of x³ + y² − 3x − 2y the gradients of g = x³ + y² and h = −3x − 2y are opposite."""
    points = [(wide(x), wide(1)) for x in (1, -1)]
    critical = all(not np.any(np.stack(SUM_OF_TWO.jacobian(x, y))) for x, y in points)
    return critical and all(agree([3 * x**2, 2 * y], [wide(3), wide(2)]) for x, y in points)


def _by_v(x: Any, u: Any, v: Any) -> Array:
    return MATRIX_FACTORIZATION.jacobian(x, u, v)[2]


def _by_v_scalar(x: Any, u: Any, v: Any) -> Array:
    return MATRIX_FACTORIZATION_SCALAR.jacobian(x, u, v)[2]


SECOND_ORDER = (
    Claim(
        "logsumexp2-hessian", WHOLE, "reference", "Hessians", "H of log(eˣ + eʸ) = p(1 - p)·[[1, -1], [-1, 1]]",
        equal(
            lambda x, y: softmax2(x, y)[0] * (1 - softmax2(x, y)[0]) * wide([[1, -1], [-1, 1]]),
            lambda x, y: _hessian(LOGSUMEXP2, x, y), "H", *PAIRS,
        ),
    ),
    Claim(
        "quadratic2-at-zero", ALL, "text", "Hessians", "f(0) = a, ∇f(0) = (b₁, b₂), H(0) = [[2c₁₁, c₁₂], [c₁₂, 2c₂₂]]",
        equal(
            lambda a, b, c: np.stack([a, *b, 2 * c[0], c[1], c[1], 2 * c[2]]), _at_zero, "f, ∇f, H",
            *(quadratic[:3] for quadratic in QUADRATICS),
        ),
    ),
    Claim(
        "quadratic2-expansion", ALL, "text", "Hessians", "f(x) = f(x₀) + ∇f·(x-x₀) + ½(x-x₀)ᵀH(x-x₀) exactly, any x₀",
        equal(_expansion, lambda a, b, c, x, x0: QUADRATIC2.value(a, b, c, x), "f(x)", *QUADRATICS),
    ),
    Claim(
        "bump-hessian", WHOLE, "text", "Hessians", "H = e^(-x²-y²)·[[4x³-6x, 4x²y-2y], [4x²y-2y, 4xy²-2x]]",
        equal(_bump_hessian, lambda x, y: chapter.bump_jet(x, y)[2], "H", *PAIRS),
    ),
    Claim(
        "bump-mixed-partials", WHOLE, "text", "Hessians", "∂²f/∂x∂y = ∂²f/∂y∂x, each order taken separately",
        equal(lambda x, y: _two_orders(x, y)[0], lambda x, y: _two_orders(x, y)[1], "∂/∂x of ∂f/∂y", *PAIRS),
    ),
    Claim(
        "bump-quadratic", LATER, "text, MXNet", "Hessians", "quadratic at (-1, 0): e⁻¹(-1 - (x+1) + (x+1)² + y²)",
        equal(lambda x, y: _quadratic(x, y, 1), _about(-1), "quadratic at (-1, 0)", *PAIRS),
    ),
    Claim(
        "bump-quadratic-doubled", EARLY, "text, MXNet, PyTorch", "Hessians",
        "quadratic at (-1, 0): e⁻¹(-1 - (x+1) + 2(x+1)² + 2y²)",
        equal(lambda x, y: _quadratic(x, y, 2), _about(-1), "e⁻¹(-1 - (x+1) + (x+1)² + y²)", *PAIRS),
    ),
    Claim(
        "bump-quadratic-doubled-code", LATER, "PyTorch, TensorFlow", "code: Hessians",
        "plotted quadratic: e⁻¹(-1 - (x+1) + 2(x+1)² + 2y²)",
        equal(lambda x, y: _quadratic(x, y, 2), _about(-1), "e⁻¹(-1 - (x+1) + (x+1)² + y²)", *PAIRS),
    ),
    Claim(
        "bump-expansion-point", LATER, "MXNet", "code: Hessians", "the plotted quadratic is the expansion at (1, 0)",
        equal(lambda x, y: _quadratic(x, y, 1), _about(1), "it is at (-1, 0); at (1, 0)", *PAIRS),
    ),
    Claim(
        "bump-expansion-point-doubled", WHOLE, "MXNet (d2l-early), PyTorch, TensorFlow", "code: Hessians",
        "the plotted quadratic is the expansion at (1, 0)",
        equal(lambda x, y: _quadratic(x, y, 2), _about(1), "it is meant at (-1, 0); at (1, 0)", *PAIRS),
    ),
    Claim(
        "grid-order", LATER, "TensorFlow", "code: Hessians", "its 'xy' grid is the transpose of the other tabs' 'ij' grid",
        is_true(_transposed_grids, "transposes, not equal", "transposes, not equal"),
    ),
    Claim(
        "newton-one-step", WHOLE, "text", "Hessians", "on a quadratic one step -H⁻¹∇f reaches ∇f = 0",
        equal(lambda *_: wide([0, 0, 1]), _after_newton, "(∇f, 1)", *QUADRATICS),
    ),
)  # fmt: skip

MATRICES = (
    Claim(
        "dot-row", EARLY, "text", "matrix calculus", "β a row (1, n): the gradient of βx is the column βᵀ (n, 1)",
        equal(lambda b, x: b[None, :].T, lambda b, x: DOT.jacobian(b, x)[1][:, None], "gradient", *DOTS),
    ),
    Claim(
        "dot-column", LATER, "text", "matrix calculus", "β a column (n, 1): the gradient of βᵀx is the column β (n, 1)",
        equal(lambda b, x: b[:, None], lambda b, x: DOT.jacobian(b, x)[1][:, None], "gradient", *DOTS),
    ),
    Claim(
        "dot-either-side", WHOLE, "text", "exercise: βᵀx and xᵀβ", "both have the gradient β",
        equal(
            lambda b, x: np.stack([b, b]), lambda b, x: np.stack([DOT.jacobian(b, x)[1], DOT.jacobian(x, b)[0]]),
            "gradients", *DOTS,
        ),
    ),
    Claim(
        "quadratic-form", WHOLE, "text", "matrix calculus", "d(xᵀAx)/dx = (A + Aᵀ)x",
        equal(lambda a, x: (a + a.T) @ x, lambda a, x: QUADRATIC_FORM.jacobian(a, x)[1], "gradient", *FORMS),
    ),
    Claim(
        "quadratic-form-scalar", WHOLE, "text", "matrix calculus", "d(x·a·x)/dx = (a + a)x",
        equal(lambda a, x: (a + a) * x, lambda a, x: QUADRATIC_FORM_SCALAR.jacobian(a, x)[1], "2ax", *PAIRS),
    ),
    Claim(
        "factorization", LATER, "text", "matrix calculus", "∂‖X - UV‖²/∂V = -2Uᵀ(X - UV)",
        equal(lambda x, u, v: -2 * u.T @ (x - u @ v), _by_v, "-2Uᵀ(X - UV)", *FACTORS),
    ),
    Claim(
        "factorization-scalar", LATER, "text", "matrix calculus", "∂(x - uv)²/∂v = -2(x - uv)u",
        equal(lambda x, u, v: -2 * (x - u * v) * u, _by_v_scalar, "-2(x - uv)u", *TRIPLES),
    ),
    Claim(
        "factorization-sign", EARLY, "text", "matrix calculus", "∂‖X - UV‖²/∂V = 2Uᵀ(X - UV)",
        equal(lambda x, u, v: 2 * u.T @ (x - u @ v), _by_v, "-2Uᵀ(X - UV)", *FACTORS),
    ),
    Claim(
        "factorization-scalar-sign", EARLY, "text", "matrix calculus", "∂(x - uv)²/∂v = 2(x - uv)u",
        equal(lambda x, u, v: 2 * (x - u * v) * u, _by_v_scalar, "-2(x - uv)u", *TRIPLES),
    ),
    Claim(
        "square-of-sum", WHOLE, "text", "matrix calculus", "∂(Σxᵢ)²/∂x₁ = 2Σxᵢ",
        equal(lambda x: 2 * np.sum(x), lambda x: SQUARE_OF_SUM.jacobian(x)[0][0], "2Σxᵢ", *VECTORS),
    ),
    Claim(
        "norm2", WHOLE, "reference", "exercise: ‖v‖₂", "the gradient is v/‖v‖",
        equal(lambda v: v / np.sqrt(v @ v), lambda v: NORM2.jacobian(v)[0], "v/‖v‖", *VECTORS),
    ),
    Claim(
        "saddle-critical-point", WHOLE, "text", "exercise: x²y + xy²", "(0, 0) is the only critical point",
        is_true(_only_origin, "∇f = 0 only at (0, 0)", "∇f = (2xy + y², x² + 2xy), 0 only at (0, 0)"),
    ),
    Claim(
        "saddle-diagonal", WHOLE, "text", "exercise: x²y + xy²", "f(x, x) = 2x³",
        equal(lambda x: SADDLE_DIAGONAL.value(x), lambda x: SADDLE.value(x, x), "f(x, x)", (0.4,), (-1.7,), (1.3,)),
    ),
    Claim(
        "saddle-neither", WHOLE, "text", "exercise: x²y + xy²", "(0, 0) is neither a maximum nor a minimum",
        is_true(_either_sign, "both signs near (0, 0)", "f(x, x) = 2x³ has both signs near 0"),
    ),
    Claim(
        "sum-of-two", WHOLE, "text", "exercise: f = g + h", "∇g = -∇h at a critical point of f",
        is_true(_parts_cancel, "∇g = -∇h", "∇f = ∇g + ∇h = 0"),
    ),
)  # fmt: skip
