"""The chapter's own algorithms on its own examples, step by step, with every intermediate derivative by name.

Source: *Dive into Deep Learning*, sec_multivariable_calculus. Promised: both orders of applying the chain rule to the
four-variable function, its expanded formulas, the Newton step, steepest descent and the approximating quadratic, in the
dtype of the arguments (dimensionless). Not promised: anything about other functions; the general algorithm is `tape`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .documented_scalars import GAUSSIAN_BUMP, LOGSUMEXP2

Array = NDArray[Any]
Named = dict[str, Any]

VARIABLES = ("w", "x", "y", "z")


def forward(w: Any, x: Any, y: Any, z: Any) -> Named:
    """Inputs and intermediate values of f = (u+v)², u = (a+b)², v = (a−b)², a = (w+x+y+z)², b = (w+x−y−z)²."""
    a, b = (w + x + y + z) ** 2, (w + x - y - z) ** 2
    u, v = (a + b) ** 2, (a - b) ** 2
    return {"w": w, "x": x, "y": y, "z": z, "a": a, "b": b, "u": u, "v": v, "f": (u + v) ** 2}


def single_step(values: Mapping[str, Any]) -> Named:
    """Partial derivatives of each intermediate by what it is directly made of: f_u, f_v, u_a, …, b_z."""
    w, x, y, z, a, b, u, v = (values[name] for name in "wxyzabuv")
    s, d = 2 * (w + x + y + z), 2 * (w + x - y - z)
    return {
        **{"f_u": 2 * (u + v), "f_v": 2 * (u + v)},
        **{"u_a": 2 * (a + b), "u_b": 2 * (a + b), "v_a": 2 * (a - b), "v_b": -2 * (a - b)},
        **{"a_w": s, "a_x": s, "a_y": s, "a_z": s},
        **{"b_w": d, "b_x": d, "b_y": -d, "b_z": -d},
    }


def front_to_back(values: Mapping[str, Any], variable: str) -> Named:
    """One pass from one input variable ("w", …) to f: how every intermediate changes with it, single steps included.

    One pass gives a_w, b_w, u_w, v_w and f_w only; each further variable needs a pass of its own. KeyError for another name.
    """
    p, i = single_step(values), variable
    p[f"u_{i}"] = p["u_a"] * p[f"a_{i}"] + p["u_b"] * p[f"b_{i}"]
    p[f"v_{i}"] = p["v_a"] * p[f"a_{i}"] + p["v_b"] * p[f"b_{i}"]
    p[f"f_{i}"] = p["f_u"] * p[f"u_{i}"] + p["f_v"] * p[f"v_{i}"]
    return p


def back_to_front(values: Mapping[str, Any]) -> Named:
    """One pass from f to all inputs: how f changes with every intermediate (f_a, f_b, then f_w, …), single steps included."""
    p = single_step(values)
    p["f_a"] = p["f_u"] * p["u_a"] + p["f_v"] * p["v_a"]
    p["f_b"] = p["f_u"] * p["u_b"] + p["f_v"] * p["v_b"]
    for i in VARIABLES:
        p[f"f_{i}"] = p["f_a"] * p[f"a_{i}"] + p["f_b"] * p[f"b_{i}"]
    return p


def expanded(w: Any, x: Any, y: Any, z: Any) -> Any:
    """f written as one formula in the inputs."""
    s, d = (w + x + y + z) ** 2, (w + x - y - z) ** 2
    return ((s + d) ** 2 + (s - d) ** 2) ** 2


def expanded_w(w: Any, x: Any, y: Any, z: Any) -> Any:
    """∂f/∂w written as one formula in the inputs, as the chapter has it."""
    plus, minus = w + x + y + z, w + x - y - z
    through_v = 2 * (2 * plus - 2 * minus) * (plus**2 - minus**2)
    through_u = 2 * (2 * minus + 2 * plus) * (minus**2 + plus**2)
    return 2 * (through_v + through_u) * ((plus**2 - minus**2) ** 2 + (minus**2 + plus**2) ** 2)


def multiplied_out(w: Any, x: Any, y: Any, z: Any) -> Any:
    """f as a polynomial in p = w + x and q = y + z: 16(p⁸ + 12p⁶q² + 38p⁴q⁴ + 12p²q⁶ + q⁸)."""
    p, q = (w + x) ** 2, (y + z) ** 2
    return 16 * (p**4 + 12 * p**3 * q + 38 * p**2 * q**2 + 12 * p * q**3 + q**4)


def newton_step(gradient: Array, hessian: Array) -> Array:
    """−H⁻¹∇f, the step to the stationary point of the fitted quadratic; shapes (n,), (n, n) -> (n,).

    By elimination with partial pivoting, since numpy.linalg has no extended precision. Raises LinAlgError for a singular H.
    """
    rows = np.column_stack([hessian, -gradient])
    n = len(gradient)
    for k in range(n):
        pivot = k + int(np.argmax(np.abs(rows[k:, k])))
        rows[[k, pivot]] = rows[[pivot, k]]
        if rows[k, k] == 0:
            raise np.linalg.LinAlgError("singular Hessian")
        rows[k] = rows[k] / rows[k, k]
        others = np.arange(n) != k
        rows[others] = rows[others] - np.outer(rows[others, k], rows[k])
    return rows[:, n]


def steepest_descent(gradient: Array) -> Array:
    """The unit vector −∇L/‖∇L‖ along which L falls fastest (cos θ = −1). Raises ValueError where the gradient is 0."""
    length = np.sqrt(np.sum(gradient**2))
    if length == 0:
        raise ValueError("no direction of steepest descent: the gradient is 0")
    direction: Array = -gradient / length
    return direction


def first_order(value: Any, gradient: Array, step: Array) -> Any:
    """L(w) + v·∇L(w), the linear approximation of L(w + v)."""
    return value + step @ gradient


def first_order_logsumexp2(point: Array, step: Array) -> tuple[Any, Any]:
    """(approximation, true value) of log(eˣ + eʸ) after a step; the chapter steps (0.01, −0.03) from (0, log 2)."""
    gradient = np.stack(LOGSUMEXP2.jacobian(*point))
    return first_order(LOGSUMEXP2.value(*point), gradient, step), LOGSUMEXP2.value(*(point + step))


def bump_jet(x: Any, y: Any) -> tuple[Any, Array, Array]:
    """Value, gradient (2,) and Hessian (2, 2) of x·exp(−x² − y²)."""
    assert GAUSSIAN_BUMP.hessian is not None
    x, y = np.asarray(x), np.asarray(y)
    gradient, rows = GAUSSIAN_BUMP.jacobian(x, y), GAUSSIAN_BUMP.hessian(x, y)
    return GAUSSIAN_BUMP.value(x, y), np.stack(gradient), np.stack([np.stack(row) for row in rows])


def approximating_quadratic(x: Any, y: Any, x0: Any, y0: Any) -> Any:
    """f(p₀) + ∇f(p₀)·δ + ½δᵀHf(p₀)δ of the bump about p₀ = (x0, y0), at (x, y) = p₀ + δ; x and y of any one shape."""
    value, (f_x, f_y), ((f_xx, f_xy), (_, f_yy)) = bump_jet(x0, y0)
    dx, dy = x - x0, y - y0
    return value + f_x * dx + f_y * dy + (f_xx * dx**2 + 2 * f_xy * dx * dy + f_yy * dy**2) / 2


def grid(indexing: str) -> tuple[Array, Array]:
    """The chapter's 101×101 points of [−2, 2]², np.longdouble: 'ij' has x along axis 0, 'xy' is its transpose."""
    axis = (np.arange(101, dtype=np.longdouble) - 50) / 25
    x, y = np.broadcast_arrays(axis[:, None], axis[None, :])
    if indexing == "xy":
        return x.T, y.T
    if indexing == "ij":
        return x, y
    raise ValueError(f"indexing {indexing!r} is neither 'ij' nor 'xy'")
