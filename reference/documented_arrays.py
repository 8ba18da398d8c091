"""Closed forms of the documented examples whose arguments are vectors and matrices.

Source of the functions: *Dive into Deep Learning*, sec_multivariable_calculus; the derivatives beyond the chapter's are
derived by hand. A second derivative is built as one dense block per pair of arguments; products with tangents are given
beside it where the blocks grow with the fourth power of the size.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .closed_form import Array, Arrays, ClosedForm, like


def _eye(x: Array) -> Array:
    return np.eye(len(x), dtype=x.dtype)


def _zeros(x: Array, y: Array) -> Array:
    return np.zeros(x.shape + y.shape, x.dtype)


def _symmetric(a: Array) -> Array:
    return a + a.T


def _descent_jacobian(w: Array, v: Array) -> Arrays:
    p, q = w + v
    gradient = np.stack([2 * p * q, p**2 + 2 * q])
    return gradient, gradient


def _descent_hessian(w: Array, v: Array) -> tuple[Arrays, ...]:
    p, q = w + v
    block = np.array([[2 * q, 2 * p], [2 * p, 2]], w.dtype)
    return (block, block), (block, block)


def _descent_third(args: Arrays, tangents: Arrays) -> Arrays:
    p, q = tangents[0] + tangents[1]
    block = np.stack([4 * p * q, 2 * p**2])
    return block, block


STEEPEST_DESCENT = ClosedForm(
    lambda w, v: (w + v)[0] ** 2 * (w + v)[1] + (w + v)[1] ** 2,
    _descent_jacobian,
    _descent_hessian,
    third=_descent_third,
)


def _monomials(x: Array) -> Array:
    return np.stack([x[0] ** 2, x[0] * x[1], x[1] ** 2])


def _matrix(c: Array) -> Array:
    """H of c₁₁x₁² + c₁₂x₁x₂ + c₂₂x₂²."""
    return np.array([[2 * c[0], c[1]], [c[1], 2 * c[2]]], c.dtype)


def _quadratic2_hessian(a: Array, b: Array, c: Array, x: Array) -> tuple[Arrays, ...]:
    monomials_x = np.array([[2 * x[0], 0], [x[1], x[0]], [0, 2 * x[1]]], x.dtype)
    return (
        (_zeros(a, a), _zeros(a, b), _zeros(a, c), _zeros(a, x)),
        (_zeros(b, a), _zeros(b, b), _zeros(b, c), _eye(b)),
        (_zeros(c, a), _zeros(c, b), _zeros(c, c), monomials_x),
        (_zeros(x, a), _eye(x), monomials_x.T, _matrix(c)),
    )


def _quadratic2_third(args: Arrays, tangents: Arrays) -> Arrays:
    c, x = tangents[2:]
    return like(args, [0, 0, 2 * _monomials(x), 2 * _matrix(c) @ x])


QUADRATIC2 = ClosedForm(
    lambda a, b, c, x: a + b @ x + c @ _monomials(x),
    lambda a, b, c, x: like((a, b, c, x), [1, x, _monomials(x), b + _matrix(c) @ x]),
    _quadratic2_hessian,
    third=_quadratic2_third,
)


def _outer_x(x: Array) -> Array:
    """∂(xxᵀ)ᵢⱼ/∂xₖ = δᵢₖ·xⱼ + xᵢ·δⱼₖ."""
    outer: Array = _eye(x)[:, None, :] * x[None, :, None] + x[:, None, None] * _eye(x)[None, :, :]
    return outer


def _newton_hessian(g: Array, h: Array, v: Array) -> tuple[Arrays, ...]:
    outer_v = _outer_x(v) / 2
    return (
        (_zeros(g, g), _zeros(g, h), _eye(v)),
        (_zeros(h, g), _zeros(h, h), outer_v),
        (_eye(v), np.moveaxis(outer_v, -1, 0), _symmetric(h) / 2),
    )


def _newton_third(args: Arrays, tangents: Arrays) -> Arrays:
    _, h, v = tangents
    return like(args, [0, np.outer(v, v), _symmetric(h) @ v])


NEWTON_STEP = ClosedForm(
    lambda g, h, v: g @ v + v @ h @ v / 2,
    lambda g, h, v: (v, np.outer(v, v) / 2, g + _symmetric(h) @ v / 2),
    _newton_hessian,
    third=_newton_third,
)


def _dot_hessian(beta: Array, x: Array) -> tuple[Arrays, ...]:
    return (_zeros(beta, beta), _eye(x)), (_eye(x), _zeros(x, x))


DOT = ClosedForm(
    lambda beta, x: beta @ x,
    lambda beta, x: (x, beta),
    _dot_hessian,
    lambda args, tangents: (tangents[1], tangents[0]),
    lambda args, tangents: like(args, [0, 0]),
)


def _form_hessian(a: Array, x: Array) -> tuple[Arrays, ...]:
    outer_x = _outer_x(x)
    return (_zeros(a, a), outer_x), (np.moveaxis(outer_x, -1, 0), _symmetric(a))


def _form_hvp(args: Arrays, tangents: Arrays) -> Arrays:
    (a, x), (t_a, t_x) = args, tangents
    return _symmetric(np.outer(t_x, x)), _symmetric(a) @ t_x + _symmetric(t_a) @ x


def _form_third(args: Arrays, tangents: Arrays) -> Arrays:
    t_a, t_x = tangents
    return 2 * np.outer(t_x, t_x), 2 * _symmetric(t_a) @ t_x


QUADRATIC_FORM = ClosedForm(
    lambda a, x: x @ a @ x,
    lambda a, x: (np.outer(x, x), _symmetric(a) @ x),
    _form_hessian,
    _form_hvp,
    _form_third,
)
QUADRATIC_FORM_GRADIENT = ClosedForm(
    lambda a, x: _symmetric(a) @ x,
    lambda a, x: (np.moveaxis(_outer_x(x), -1, 0), _symmetric(a)),
)


def _factorization_jacobian(x: Array, u: Array, v: Array) -> Arrays:
    r = x - u @ v
    return 2 * r, -2 * r @ v.T, -2 * u.T @ r


def _factorization_row_v(x: Array, u: Array, v: Array) -> Arrays:
    """∂(−2Uᵀ(X − UV))/∂X, ∂U, ∂V: with R = X − UV, indices i of U's columns and j of V's columns first."""
    r, rank, columns = x - u @ v, _eye(v), _eye(v.T)
    by_x = -2 * np.einsum("ki,jl->ijkl", u, columns)
    by_u = 2 * np.einsum("ki,lj->ijkl", u, v) - 2 * np.einsum("kj,il->ijkl", r, rank)
    by_v = 2 * np.einsum("ik,jl->ijkl", u.T @ u, columns)
    return by_x, by_u, by_v


def _factorization_hessian(x: Array, u: Array, v: Array) -> tuple[Arrays, ...]:
    rows, columns = _eye(x), _eye(x.T)
    xx = 2 * np.einsum("ik,jl->ijkl", rows, columns)
    xu = -2 * np.einsum("ik,lj->ijkl", rows, v)
    uu = 2 * np.einsum("ik,jl->ijkl", rows, v @ v.T)
    vx, vu, vv = _factorization_row_v(x, u, v)
    return (xx, xu, _swap(vx)), (_swap(xu), uu, _swap(vu)), (vx, vu, vv)


def _swap(block: Array) -> Array:
    """∂²y/∂b∂a from ∂²y/∂a∂b, for matrices a and b."""
    return block.transpose(2, 3, 0, 1)


def _factorization_hvp(args: Arrays, tangents: Arrays) -> Arrays:
    (x, u, v), (t_x, t_u, t_v) = args, tangents
    r, dr = x - u @ v, t_x - t_u @ v - u @ t_v
    return 2 * dr, -2 * (dr @ v.T + r @ t_v.T), -2 * (t_u.T @ r + u.T @ dr)


def _factorization_third(args: Arrays, tangents: Arrays) -> Arrays:
    (_, u, v), (t_x, t_u, t_v) = args, tangents
    dr, ddr = t_x - t_u @ v - u @ t_v, -2 * t_u @ t_v
    return 2 * ddr, -2 * (ddr @ v.T + 2 * dr @ t_v.T), -2 * (2 * t_u.T @ dr + u.T @ ddr)


MATRIX_FACTORIZATION = ClosedForm(
    lambda x, u, v: np.sum((x - u @ v) ** 2),
    _factorization_jacobian,
    _factorization_hessian,
    _factorization_hvp,
    _factorization_third,
)
MATRIX_FACTORIZATION_GRADIENT = ClosedForm(lambda x, u, v: -2 * u.T @ (x - u @ v), _factorization_row_v)

SQUARE_OF_SUM = ClosedForm(
    lambda x: np.sum(x) ** 2,
    lambda x: like((x,), [2 * np.sum(x)]),
    lambda x: ((np.full(2 * x.shape, 2, x.dtype),),),
    third=lambda args, tangents: like(args, [0]),
)


def _norm2(v: Array) -> Any:
    return np.sqrt(np.sum(v**2))


def _norm2_hessian(v: Array) -> Array:
    """(I − v̂v̂ᵀ)/‖v‖ over the common denominator ‖v‖³, in which the 1×1 case is an exact zero."""
    square = np.sum(v**2)
    block: Array = (square * _eye(v) - np.outer(v, v)) / (square * np.sqrt(square))
    return block


def _norm2_third(args: Arrays, tangents: Arrays) -> Arrays:
    """((3(v̂·t)² − t·t)·v̂ − 2(v̂·t)·t)/‖v‖²."""
    (v,), (t,) = args, tangents
    unit = v / _norm2(v)
    along = unit @ t
    return (((3 * along**2 - t @ t) * unit - 2 * along * t) / np.sum(v**2),)


NORM2 = ClosedForm(_norm2, lambda v: (v / _norm2(v),), lambda v: ((_norm2_hessian(v),),), third=_norm2_third)
NORM2_GRADIENT = ClosedForm(lambda v: v / _norm2(v), lambda v: (_norm2_hessian(v),))
