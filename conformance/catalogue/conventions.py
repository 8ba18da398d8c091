"""Points at which a function has no derivative, an infinite one, or several that can be defended; and which these are.

At kinks and ties that is whatever lies between the limits of derivatives, the subdifferential. A sum of them does not: the
gradient of the maximum of two equal numbers may be (1, 0), (0, 1) or half each, but not (1, 1). At poles and outside the domain
it is a limit of derivatives, or NaN; of NaN, what passes it on and what stops it. Left out is what a framework cuts off at a
constant of its own (the cross entropy at 0, the cosine of a zero vector), and what a dtype decides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from typing import Any

from conformance.case import Case, Literals, Point
from conformance.catalogue.complex_numbers import real_valued
from conformance.catalogue.rows import applied

SOURCE = "F. H. Clarke, Optimization and Nonsmooth Analysis (1983), §2.1"

NAN, INF = math.nan, math.inf
Gradient = tuple[Literals, ...]
Function = Callable[..., Any]


def choice(
    case: str, names: str, f: Function, at: tuple[Literals, ...], *answers: Gradient, between: Iterable[Gradient] = ()
) -> Case:
    """The function f(xp, *arrays) at one point, with what can be defended there: `answers`, and all means of `between`.

    Each is a gradient, of one literal per argument.
    """
    point = Point("there", at, "convention", answers=answers, between=tuple(between))
    return Case(case, f, (point,), SOURCE, "convention", smooth=1, names=tuple(names.split()))


def one(case: str, names: str, f: Function, x: Literals, *answers: Literals, between: Iterable[Literals] = ()) -> Case:
    """As `choice`, of one argument."""
    return choice(case, names, f, (x,), *((answer,) for answer in answers), between=((corner,) for corner in between))


def unary(case: str, name: str, x: Literals, *answers: Literals, between: Iterable[Literals] = (), **options: Any) -> Case:
    """The sum of xp.name(x, **options) for a vector, or for a number as a vector of one element."""
    return one(case, name, applied(name, 1, options), _vector(x), *map(_vector, answers), between=map(_vector, between))


def binary(case: str, name: str, at: Gradient, *answers: Gradient, between: Iterable[Gradient] = ()) -> Case:
    """The sum of xp.name(x, y) for two numbers, each as a vector of one element."""
    return choice(case, name, applied(name, 2, {}), _vectors(at), *map(_vectors, answers), between=map(_vectors, between))


def _vector(x: Literals) -> tuple[Any, ...]:
    return x if isinstance(x, tuple) else (x,)


def _vectors(gradient: Gradient) -> Gradient:
    return tuple(map(_vector, gradient))


def of_complex(case: str, names: str, f: Function, z: complex, *answers: Gradient, between: Iterable[Gradient] = ()) -> Case:
    """As `choice`, of one complex number, by its real and its imaginary part."""
    row = choice(case, names, f, (z.real, z.imag), *answers, between=between)
    return replace(row, fn=real_valued(case, names, f, {}).fn, of_complex=f)


def every(*parts: Iterable[float]) -> tuple[tuple[float, ...], ...]:
    """Every combination of the answers for each argument or element, where none depends on another."""
    return tuple(product(*parts))


def slopes(order: float) -> tuple[tuple[float, float], ...]:
    """Gradients of the norm of this order in 32 directions of the plane, 1 % longer: between them are all the others."""
    directions = ((math.cos(turn * math.pi / 16), math.sin(turn * math.pi / 16)) for turn in range(32))
    return tuple((_slope(x, y, order), _slope(y, x, order)) for x, y in directions)


def _slope(x: float, y: float, order: float) -> float:
    length = (abs(x) ** order + abs(y) ** order) ** (1 / order)
    return 1.01 * math.copysign((abs(x) / length) ** (order - 1), x)


STEP = (0.0, 1.0)
TIED = ((1.0, 0.0), (0.0, 1.0))
FIRST_TWO = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
PASSED = (0.0, 1.0, NAN)
"""By a NaN, which has no derivative: what stops the gradient, what passes it on, what says so."""
SHARES = (0.0, 0.5, 1.0, NAN)
STOPPED = ((0.0, 0.0), (NAN, NAN))

LOST = (NAN, NAN)
BALL = slopes(2.0)
"""Every gradient of the Euclidean length at 0 is in the ball of radius 1."""

ELEMENTWISE = (
    unary("abs_0", "abs", 0.0, between=(-1.0, 1.0)),
    unary("abs_nan", "abs", NAN, -1.0, *PASSED),
    unary("sqrt_0", "sqrt", 0.0, INF, 0.0, NAN),
    one("sqrt_square_0", "sqrt", lambda xp, x: xp.sqrt(x * x), 0.0, NAN, between=(-1.0, 1.0)),
    unary("cbrt_0", "cbrt", 0.0, INF, NAN),
    unary("log_0", "log", 0.0, INF),
    unary("log_neg", "log", -2.0, -0.5, NAN),
    unary("log1p_neg", "log1p", -3.0, -0.5, NAN),
    unary("atanh_out", "atanh", 2.0, -1 / 3, NAN),
    unary("acosh_1", "acosh", 1.0, INF, NAN),
    unary("acosh_out", "acosh", -2.0, 3**-0.5, -(3**-0.5), NAN),
    unary("arccos_1", "acos", 1.0, -INF, NAN),
    unary("reciprocal_0", "reciprocal", 0.0, -INF, NAN),
    unary("floor_half", "floor", 1.5, 0.0),
    unary("round_grad", "round", 1.2, 0.0),
    unary("sign_0", "sign", 0.0, 0.0, INF, NAN),
    binary("floor_divide", "floor_divide", (7.0, 2.0), (0.0, 0.0)),
    unary("nan_to_num_nan", "nan_to_num", NAN, 0.0, 1.0),
    one("where_sqrt_trap", "where sqrt", lambda xp, x: xp.where(x > 0.0, xp.sqrt(x), x * 0.0), 0.0, 0.0, NAN),
    one("where_sqrt_trap_neg", "where sqrt", lambda xp, x: xp.where(x > 0.0, xp.sqrt(x), x * 0.0), -1.0, 0.0, NAN),
    binary("pow_0_0", "pow", (0.0, 0.0), *every((0.0, NAN), (0.0, -INF, NAN))),
    binary("pow_0_2", "pow", (0.0, 2.0), *every((0.0,), (0.0, NAN))),
    binary("pow_0_half", "pow", (0.0, 0.5), *every((INF, NAN), (0.0, NAN))),
    binary("pow_0_neg", "pow", (0.0, -1.0), *every((-INF, NAN), (0.0, -INF, NAN))),
    binary("pow_neg_2", "pow", (-2.0, 2.0), *every((-4.0,), (0.0, NAN, 4 * math.log(2)))),
    binary("atan2_0_0", "atan2", (0.0, 0.0), *every((0.0, NAN), (0.0, NAN))),
    binary("hypot_0_0", "hypot", (0.0, 0.0), LOST, between=BALL),
    binary("copysign_0", "copysign", (0.0, 1.0), (NAN, 0.0), between=((-1.0, 0.0), (1.0, 0.0))),
    binary("maximum_tie", "maximum", (1.0, 1.0), between=TIED),
    binary("minimum_tie", "minimum", (1.0, 1.0), between=TIED),
    binary("fmax_tie", "fmax", (1.0, 1.0), between=TIED),
    binary("fmin_tie", "fmin", (1.0, 1.0), between=TIED),
    binary("maximum_nan", "maximum", (NAN, 1.0), *every(PASSED, PASSED)),
    one("clip_lower", "clip", lambda xp, x: xp.clip(x, -1.0, 1.0), -1.0, between=STEP),
    one("clip_upper", "clip", lambda xp, x: xp.clip(x, -1.0, 1.0), 1.0, between=STEP),
    one("clip_nan", "clip", lambda xp, x: xp.clip(x, -1.0, 1.0), NAN, *PASSED),
    choice(
        "clip_bound",
        "clip",
        lambda xp, x, low, high: xp.clip(x, low, high),
        (-1.0, -1.0, 1.0),
        between=((*tie, 0.0) for tie in TIED),
    ),
    choice(
        "remainder_multiple",
        "remainder",
        lambda xp, x, y: xp.remainder(x, y),
        (4.0, 2.0),
        *every((1.0, 0.0, NAN), (-2.0, -1.0, 0.0, NAN)),
    ),
    binary("logaddexp_posinf", "logaddexp", (INF, INF), *every(SHARES, SHARES)),
    binary("logaddexp_neginf", "logaddexp", (-INF, -INF), *every(SHARES, SHARES)),
)

SPECIAL = (
    binary("xlogy_0_0", "xlogy", (0.0, 0.0), *every((-INF, 0.0, NAN), (0.0, NAN))),
    unary("entr_0", "entr", 0.0, INF, NAN, 0.0),
    unary("lgamma_0", "lgamma", 0.0, -INF, INF, NAN),
    unary("lgamma_neg1", "lgamma", -1.0, -INF, INF, NAN),
    unary("digamma_0", "digamma", 0.0, INF, NAN),
    unary("ndtri_0", "ndtri", 0.0, INF, NAN),
    unary("erfinv_1", "erfinv", 1.0, INF, NAN),
    unary("erfinv_2", "erfinv", 2.0, NAN),
    unary("logit_1", "logit", 1.0, INF, NAN, 0.0),
)

ACTIVATION = (
    unary("relu_0", "relu", 0.0, between=STEP),
    one("relu_max_0", "maximum", lambda xp, x: xp.maximum(x, x * 0.0), 0.0, between=STEP),
    one("relu_clamp_0", "clip", lambda xp, x: xp.clip(x, 0.0, INF), 0.0, between=STEP),
    unary("relu_nan", "relu", NAN, *PASSED),
    unary("relu6_0", "relu6", 0.0, between=STEP),
    unary("relu6_6", "relu6", 6.0, between=STEP),
    unary("leaky_relu_0", "leaky_relu", 0.0, between=(0.1, 1.0), negative_slope=0.1),
    choice(
        "prelu_0",
        "prelu",
        lambda xp, x, slope: xp.sum(xp.prelu(x, slope)),
        (((0.0,),), (0.1,)),
        between=((((slope,),), (0.0,)) for slope in (0.1, 1.0)),
    ),
    unary("elu2_0", "elu", 0.0, between=(2.0, 1.0), alpha=2.0),
    unary("selu_0", "selu", 0.0, between=(1.7580993408473766, 1.0507009873554805)),
    unary("hard_tanh_low", "hard_tanh", -1.0, between=STEP),
    unary("hard_tanh_high", "hard_tanh", 1.0, between=STEP),
    unary("hard_sigmoid_low", "hard_sigmoid", -3.0, between=(0.0, 1 / 6)),
    unary("hard_sigmoid_high", "hard_sigmoid", 3.0, between=(0.0, 1 / 6)),
    unary("hard_swish_low", "hard_swish", -3.0, between=(0.0, -0.5)),
    unary("hard_swish_high", "hard_swish", 3.0, between=(1.5, 1.0)),
    unary("soft_shrink_edge", "soft_shrink", 0.5, between=STEP),
)

REDUCTION = (
    unary("max_all_tie", "max", (2.0, 2.0, 1.0), between=FIRST_TWO),
    one("max_axis_tie", "max", lambda xp, x: xp.sum(xp.max(x, axis=0)), (2.0, 2.0, 1.0), between=FIRST_TWO),
    one(
        "min_axis_tie",
        "min",
        lambda xp, x: xp.sum(xp.min(x, axis=0)),
        (1.0, 2.0, 1.0),
        between=((first, 0.0, last) for first, last in TIED),
    ),
    unary("max_nan", "max", (NAN, 1.0), *every(PASSED, PASSED)),
    unary("nanmax_nan", "nanmax", (NAN, 2.0, 1.0), (0.0, 1.0, 0.0), (NAN, 1.0, 0.0)),
    unary("norm2_0", "vector_norm", (0.0, 0.0), LOST, between=BALL),
    unary("norm1_0", "vector_norm", (0.0, 2.0), between=((-1.0, 1.0), (1.0, 1.0)), ord=1),
    unary("norm3_0", "vector_norm", (0.0, 0.0), LOST, between=slopes(3.0), ord=3),
    one(
        "norminf_tie",
        "vector_norm",
        lambda xp, x: xp.vector_norm(x, ord=INF),
        (2.0, -2.0),
        between=((first, 0.0 - last) for first, last in TIED),
    ),
    one(
        "norminf_0",
        "vector_norm",
        lambda xp, x: xp.vector_norm(x, ord=INF),
        (0.0, 0.0),
        LOST,
        between=(*TIED, (-1.0, 0.0), (0.0, -1.0)),
    ),
    unary("std_constant", "std", (3.0, 3.0), LOST, between=((0.5, -0.5), (-0.5, 0.5))),
    unary("logsumexp_neginf", "logsumexp", (-INF, -INF), *STOPPED, (0.5, 0.5)),
    unary("logsumexp_posinf", "logsumexp", (INF, 0.0), *every((1.0, NAN), (0.0, NAN))),
    one("softmax_all_neginf", "softmax", lambda xp, x: xp.softmax(x)[0], (-INF, -INF), *STOPPED),
    one("log_softmax_neginf", "log_softmax", lambda xp, x: xp.log_softmax(x)[0], (-INF, 0.0), *every((1.0, NAN), (-1.0, NAN))),
)

ORDER = (
    unary("median_tie", "median", (2.0, 2.0, 1.0), between=FIRST_TWO),
    choice(
        "sort_tie",
        "sort",
        lambda xp, x, w: xp.sum(xp.sort(x) * w),
        ((2.0, 2.0, 1.0), (1.0, 10.0, 100.0)),
        between=((tie, (1.0, 2.0, 2.0)) for tie in ((10.0, 100.0, 1.0), (100.0, 10.0, 1.0))),
    ),
    choice(
        "sort_descending_tie",
        "sort",
        lambda xp, x, w: xp.sum(xp.sort(x, descending=True) * w),
        ((2.0, 2.0, 1.0), (1.0, 10.0, 100.0)),
        between=((tie, (2.0, 2.0, 1.0)) for tie in ((1.0, 10.0, 100.0), (10.0, 1.0, 100.0))),
    ),
    one(
        "cummax_tie",
        "cummax",
        lambda xp, x: xp.sum(xp.cummax(x)),
        (2.0, 2.0, 2.0),
        between=((3.0, 0.0, 0.0), (2.0, 1.0, 0.0), (2.0, 0.0, 1.0), (1.0, 2.0, 0.0), (1.0, 1.0, 1.0)),
    ),
    one(
        "max_pool_tie",
        "max_pool2d",
        lambda xp, x: xp.sum(xp.max_pool2d(xp.reshape(x, (1, 1, 2, 2)), 2)),
        (1.0, 1.0, 1.0, 1.0),
        between=((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0)),
    ),
    choice(
        "interp_knot",
        "interp",
        lambda xp, x, knots, y: xp.sum(xp.interp(x, xp.stop_gradient(knots), xp.stop_gradient(y))),
        ((1.0,), (0.0, 1.0, 2.0), (0.0, 1.0, 4.0)),
        between=(((slope,), (0.0,) * 3, (0.0,) * 3) for slope in (1.0, 3.0)),
    ),
)

LOSS = (
    choice(
        "hinge_edge",
        "hinge_loss",
        lambda xp, p, y: xp.hinge_loss(p, xp.stop_gradient(y)),
        ((1.0,), (1.0,)),
        between=(((slope,), (0.0,)) for slope in (-1.0, 0.0)),
    ),
    choice(
        "l1_loss_0",
        "l1_loss",
        lambda xp, x, y: xp.l1_loss(x, xp.stop_gradient(y)),
        ((1.0,), (1.0,)),
        between=(((slope,), (0.0,)) for slope in (-1.0, 1.0)),
    ),
    choice(
        "distance_0",
        "vector_norm",
        lambda xp, x, y: xp.vector_norm(x - y),
        ((1.0, 2.0), (1.0, 2.0)),
        (LOST, LOST),
        between=(((x, y), (-x, -y)) for x, y in BALL),
    ),
)

UNIT = ((1.0, 0.0), (0.0, 1.0))
NOTHING = ((0.0, 0.0), (0.0, 0.0))


def splits(a: float, b: float, c: float) -> tuple[Literals, ...]:
    """The derivative by a, b and c of the symmetric matrix [[a, b], [b, c]], where the triangles share that by b anyhow."""
    return ((a, -b), (2 * b, c)), ((a, 2 * b), (-b, c))


def _largest_eigenvalue(a: float, b: float, c: float) -> tuple[float, float, float]:
    """Derivatives of the largest eigenvalue of [[a, b], [b, c]]: v₁², 2·v₁·v₂, v₂²."""
    root = math.hypot(a - c, 2 * b)
    return (1 + (a - c) / root) / 2, 2 * b / root, (1 - (a - c) / root) / 2


def _cholesky(a: float, b: float, c: float) -> tuple[float, float, float]:
    """Derivatives of √a + b/√a + √(c - b²/a)."""
    last = math.sqrt(c - b * b / a)
    return (1 - b / a) / (2 * math.sqrt(a)) + b * b / (2 * a * a * last), 1 / math.sqrt(a) - b / (a * last), 1 / (2 * last)


LINALG = (
    one(
        "eigvalsh_triangle",
        "eigvalsh",
        lambda xp, a: xp.eigvalsh(a)[1],
        ((4.0, 1.0), (1.0, 3.0)),
        between=splits(*_largest_eigenvalue(4, 1, 3)),
    ),
    one(
        "cholesky_triangle",
        "cholesky",
        lambda xp, a: xp.sum(xp.cholesky(a)),
        ((4.0, 1.0), (1.0, 3.0)),
        between=splits(*_cholesky(4, 1, 3)),
    ),
    one(
        "eigvalsh_double",
        "eigvalsh",
        lambda xp, a: xp.eigvalsh(a)[1],
        UNIT,
        (LOST, LOST),
        between=((((1 + x) / 2, y / 2), (y / 2, (1 - x) / 2)) for x, y in BALL),
    ),
    one(
        "nuclear_norm_0",
        "svdvals",
        lambda xp, a: xp.sum(xp.svdvals(a)),
        NOTHING,
        (LOST, LOST),
        between=(((x, -sign * y), (y, sign * x)) for x, y in BALL for sign in (1.0, -1.0)),
    ),
    one(
        "slogdet_singular",
        "slogdet",
        lambda xp, a: xp.slogdet(a)[1],
        ((1.0, 1.0), (1.0, 1.0)),
        *(NOTHING, (LOST, LOST), ((INF, -INF), (-INF, INF)), ((-INF, INF), (INF, -INF))),
    ),
)

INDEXING = (
    choice(
        "set_at_duplicate",
        "set_at",
        lambda xp, x, u: xp.sum(xp.set_at(x, xp.asarray((0, 0)), u)),
        ((3.0, 4.0), (1.0, 2.0)),
        *(((0.0, 1.0), given) for given in ((0.0, 1.0), (1.0, 0.0), (1.0, 1.0))),
    ),
    one(
        "segment_max_tie",
        "segment_max",
        lambda xp, x: xp.sum(xp.segment_max(x, xp.asarray((0, 0)), 1)),
        (2.0, 2.0),
        between=TIED,
    ),
    choice(
        "scatter_max_tie",
        "scatter_max",
        lambda xp, x, u: xp.sum(xp.scatter_max(x, xp.asarray((0,)), u)),
        ((2.0,), (2.0,)),
        between=(((own,), (given,)) for own, given in TIED),
    ),
)

ANY = (0.0, INF, -INF, NAN)
COMPLEX = (
    of_complex("complex_abs_0", "abs", lambda xp, z: xp.abs(z), 0j, LOST, between=BALL),
    of_complex("complex_angle_0", "angle", lambda xp, z: xp.angle(z), 0j, *every(ANY, ANY)),
    of_complex("complex_sqrt_0", "sqrt", lambda xp, z: xp.real(xp.sqrt(z)), 0j, *every(ANY, ANY)),
    of_complex(
        "complex_pow_0",
        "pow",
        lambda xp, z: xp.real(xp.pow(z, xp.complex(xp.real(z) * 0.0 + 2.0, xp.imag(z) * 0.0))),
        0j,
        *every((0.0, NAN), (0.0, NAN)),
    ),
)

CONVENTIONS: tuple[Case, ...] = (
    *(*ELEMENTWISE, *SPECIAL, *ACTIVATION, *REDUCTION, *ORDER, *LOSS, *LINALG, *INDEXING, *COMPLEX),
)
