"""Closed forms of the documented examples whose arguments are numbers.

Source of the functions: *Dive into Deep Learning*, sec_multivariable_calculus; the derivatives beyond the chapter's are
derived by hand. Derivatives are listed once each: for arguments x, y the second are xx, xy, yy and the third xxx, xxy,
xyy, yyy.
"""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from .closed_form import ClosedForm, contraction, like, of_scalars

INVERSE_E = 0.36787944117144233
"""The float64 literal of the example's function, which is not e⁻¹: the function is what its text says."""

SIGNS = (1, 1, -1, -1)
"""∂d/∂w, ∂d/∂x, ∂d/∂y, ∂d/∂z of d = w + x − y − z."""


def softmax2(x: Any, y: Any) -> tuple[Any, Any]:
    """(eˣ, eʸ)/(eˣ + eʸ), which no finite x, y can overflow."""
    top = np.maximum(x, y)
    p, q = np.exp(x - top), np.exp(y - top)
    return p / (p + q), q / (p + q)


def _logsumexp2_second(x: Any, y: Any) -> tuple[Any, ...]:
    p, q = softmax2(x, y)
    return p * q, -p * q, p * q


def _logsumexp2_third(x: Any, y: Any) -> tuple[Any, ...]:
    p, q = softmax2(x, y)
    c = p * q * (q - p)
    return c, -c, c, -c


LOGSUMEXP2 = of_scalars(np.logaddexp, softmax2, _logsumexp2_second, _logsumexp2_third)

QUARTIC = of_scalars(
    lambda x: x**2 * (3 * x**2 - 4 * x - 12),
    lambda x: (12 * x * (x - 2) * (x + 1),),
    lambda x: (36 * x**2 - 24 * x - 24,),
    lambda x: (72 * x - 24,),
)


def _sums(w: Any, x: Any, y: Any, z: Any) -> tuple[Any, Any]:
    return w + x + y + z, w + x - y - z


def _backprop4(*args: Any) -> Any:
    s, d = _sums(*args)
    return 4 * (s**4 + d**4) ** 2


def _backprop4_first(*args: Any) -> list[Any]:
    s, d = _sums(*args)
    f_s, f_d = 32 * s**3 * (s**4 + d**4), 32 * d**3 * (s**4 + d**4)
    return [f_s + sign * f_d for sign in SIGNS]


def _backprop4_second(*args: Any) -> list[Any]:
    s, d = _sums(*args)
    f_ss, f_sd, f_dd = 32 * s**2 * (7 * s**4 + 3 * d**4), 128 * s**3 * d**3, 32 * d**2 * (7 * d**4 + 3 * s**4)
    return [f_ss + (i + j) * f_sd + i * j * f_dd for i, j in combinations_with_replacement(SIGNS, 2)]


def _backprop4_third(*args: Any) -> list[Any]:
    s, d = _sums(*args)
    f_sss, f_ddd = 192 * s * (7 * s**4 + d**4), 192 * d * (7 * d**4 + s**4)
    f_ssd, f_sdd = 384 * s**2 * d**3, 384 * s**3 * d**2
    return [
        f_sss + (i + j + k) * f_ssd + (i * j + i * k + j * k) * f_sdd + i * j * k * f_ddd
        for i, j, k in combinations_with_replacement(SIGNS, 3)
    ]


BACKPROP4 = of_scalars(_backprop4, _backprop4_first, _backprop4_second, _backprop4_third)


def _chain_parts(w: Any, y: Any, z: Any) -> tuple[Any, ...]:
    """u, v, exp(u/2), cos y, sin y and m = ∂u/∂y of u = w·y + y², v = sin y + z."""
    u = y * (w + y)
    return u, np.sin(y) + z, np.exp(u / 2), np.cos(y), np.sin(y), w + 2 * y


def _chain_net(w: Any, y: Any, z: Any) -> Any:
    u, v, e, *_ = _chain_parts(w, y, z)
    return e * v**2 + np.sin(u)


def _chain_first(w: Any, y: Any, z: Any) -> tuple[Any, ...]:
    """∂f/∂y is the sum over the three paths f_a·a_u·u_y + f_u·u_y + f_b·b_v·v_y."""
    u, v, e, c, _, m = _chain_parts(w, y, z)
    through_a, direct, through_b = v**2 * e / 2, np.cos(u), e * 2 * v
    return (through_a + direct) * y, through_a * m + direct * m + through_b * c, through_b


def _chain_second(w: Any, y: Any, z: Any) -> tuple[Any, ...]:
    u, v, e, c, s, m = _chain_parts(w, y, z)
    f_u, f_v = e * v**2 / 2 + np.cos(u), 2 * e * v
    f_uu, f_uv, f_vv = e * v**2 / 4 - np.sin(u), e * v, 2 * e
    return (
        f_uu * y**2,
        f_uu * y * m + f_uv * y * c + f_u,
        f_uv * y,
        f_uu * m**2 + 2 * f_uv * m * c + f_vv * c**2 + 2 * f_u - f_v * s,
        f_uv * m + f_vv * c,
        f_vv,
    )


def _chain_third(w: Any, y: Any, z: Any) -> tuple[Any, ...]:
    u, v, e, c, s, m = _chain_parts(w, y, z)
    f_v, f_uu, f_uv, f_vv = 2 * e * v, e * v**2 / 4 - np.sin(u), e * v, 2 * e
    f_uuu, f_uuv, f_uvv = e * v**2 / 8 - np.cos(u), e * v / 2, e
    uu_y, uv_y, vv_y = f_uuu * m + f_uuv * c, f_uuv * m + f_uvv * c, f_uvv * m
    yyy = uu_y * m**2 + 2 * uv_y * m * c + vv_y * c**2 + 6 * (f_uu * m + f_uv * c) - 3 * (f_uv * m + f_vv * c) * s
    return (
        f_uuu * y**3,
        uu_y * y**2 + 2 * f_uu * y,
        f_uuv * y**2,
        (uu_y * m + uv_y * c) * y + 2 * (f_uu * m + f_uv * c) + 2 * f_uu * y - f_uv * y * s,
        uv_y * y + f_uv,
        f_uvv * y,
        yyy - f_v * c,
        f_uuv * m**2 + 2 * f_uvv * m * c + 2 * f_uv - f_vv * s,
        f_uvv * m,
        0,
    )


CHAIN_NET = of_scalars(_chain_net, _chain_first, _chain_second, _chain_third)


def _bell(x: Any, y: Any) -> Any:
    return np.exp(-(x**2) - y**2)


def _bump_first(x: Any, y: Any) -> tuple[Any, ...]:
    bell = _bell(x, y)
    return bell * (1 - 2 * x**2), bell * (-2 * x * y)


def _bump_second(x: Any, y: Any) -> tuple[Any, ...]:
    bell = _bell(x, y)
    return bell * (4 * x**3 - 6 * x), bell * (4 * x**2 - 2) * y, bell * (4 * y**2 - 2) * x


def _bump_third(x: Any, y: Any) -> tuple[Any, ...]:
    bell = _bell(x, y)
    return (
        bell * (24 * x**2 - 8 * x**4 - 6),
        bell * (12 * x - 8 * x**3) * y,
        bell * (1 - 2 * x**2) * (4 * y**2 - 2),
        bell * (12 * y - 8 * y**3) * x,
    )


GAUSSIAN_BUMP = of_scalars(lambda x, y: x * _bell(x, y), _bump_first, _bump_second, _bump_third)

GAUSSIAN_BUMP_GRID = ClosedForm(
    lambda x, y: np.sum(x * _bell(x, y)),
    lambda x, y: like((x, y), _bump_first(x, y)),
    hvp=contraction(_bump_second, 2),
    third=contraction(_bump_third, 3),
)

GAUSSIAN_BUMP_QUADRATIC = of_scalars(
    lambda x, y: INVERSE_E * (x**2 + y**2 + x - 1),
    lambda x, y: (INVERSE_E * (2 * x + 1), INVERSE_E * 2 * y),
    lambda x, y: (2 * INVERSE_E, 0, 2 * INVERSE_E),
    lambda x, y: (0, 0, 0, 0),
)

QUADRATIC_FORM_SCALAR = of_scalars(
    lambda a, x: a * x**2,
    lambda a, x: (x**2, (a + a) * x),
    lambda a, x: (0, 2 * x, a + a),
    lambda a, x: (0, 0, 2, 0),
)

SADDLE = of_scalars(
    lambda x, y: x * y * (x + y),
    lambda x, y: (y * (2 * x + y), x * (x + 2 * y)),
    lambda x, y: (2 * y, 2 * (x + y), 2 * x),
    lambda x, y: (0, 2, 2, 0),
)

SADDLE_DIAGONAL = of_scalars(lambda x: 2 * x**3, lambda x: (6 * x**2,), lambda x: (12 * x,), lambda x: (12,))

SUM_OF_TWO = of_scalars(
    lambda x, y: (x**2 - 3) * x + (y - 2) * y,
    lambda x, y: (3 * (x - 1) * (x + 1), 2 * (y - 1)),
    lambda x, y: (6 * x, 0, 2),
    lambda x, y: (6, 0, 0, 0),
)

UNUSED_ARGUMENT = of_scalars(
    lambda x, y: x * (x + 3),
    lambda x, y: (2 * x + 3, 0),
    lambda x, y: (2, 0, 0),
    lambda x, y: (0, 0, 0, 0),
)

MATRIX_FACTORIZATION_SCALAR = of_scalars(
    lambda x, u, v: (x - u * v) ** 2,
    lambda x, u, v: (2 * (x - u * v), -2 * (x - u * v) * v, -2 * (x - u * v) * u),
    lambda x, u, v: (2, -2 * v, -2 * u, 2 * v**2, 4 * u * v - 2 * x, 2 * u**2),
    lambda x, u, v: (0, 0, 0, 0, -2, 0, 0, 4 * v, 4 * u, 0),
)


def _mixed_first(x: Any, y: Any, z: Any) -> tuple[Any, ...]:
    c, e = np.cos(x * y), np.exp(y * z)
    return 2 * x * y**3 * z + y * c + e, 3 * x**2 * y**2 * z + x * c + x * z * e, x**2 * y**3 + x * y * e


def _mixed_second(x: Any, y: Any, z: Any) -> tuple[Any, ...]:
    s, c, e = np.sin(x * y), np.cos(x * y), np.exp(y * z)
    return (
        2 * y**3 * z - y**2 * s,
        6 * x * y**2 * z + c - x * y * s + z * e,
        2 * x * y**3 + y * e,
        6 * x**2 * y * z - x**2 * s + x * z**2 * e,
        3 * x**2 * y**2 + x * e + x * y * z * e,
        x * y**2 * e,
    )


def _mixed_third(x: Any, y: Any, z: Any) -> tuple[Any, ...]:
    s, c, e = np.sin(x * y), np.cos(x * y), np.exp(y * z)
    return (
        -(y**3) * c,
        6 * y**2 * z - 2 * y * s - x * y**2 * c,
        2 * y**3,
        12 * x * y * z - 2 * x * s - x**2 * y * c + z**2 * e,
        6 * x * y**2 + e + y * z * e,
        y**2 * e,
        6 * x**2 * z - x**3 * c + x * z**3 * e,
        6 * x**2 * y + 2 * x * z * e + x * y * z**2 * e,
        2 * x * y * e + x * y**2 * z * e,
        x * y**3 * e,
    )


MIXED_PARTIALS = of_scalars(
    lambda x, y, z: x**2 * y**3 * z + np.sin(x * y) + x * np.exp(y * z), _mixed_first, _mixed_second, _mixed_third
)
