"""The book's claims about gradients, descent, optimisation, the chain rule and backpropagation."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import chapter
from .claim import ALL, EARLY, LATER, WHOLE, Claim, Finding, agree, equal, figure, is_true, wide
from .closed_form import Array
from .documented_arrays import STEEPEST_DESCENT
from .documented_scalars import BACKPROP4, CHAIN_NET, LOGSUMEXP2, QUARTIC

PAIRS = ((0.3, -0.8), (1.1, 0.4), (-0.6, 0.9))
TRIPLES = ((0.4, -0.7, 0.9), (-0.1, 0.8, 0.3), (1.3, 0.6, -0.2))
DOCUMENTED = (-1.0, 0.0, -2.0, 1.0)
QUADRUPLES = ((0.3, -0.7, 0.4, 0.1), (-0.8, 0.2, -0.3, -0.5), (0.5, 0.6, -0.1, 0.2))
ANGLES = 2 * np.pi * np.arange(12, dtype=np.longdouble) / 12
METHODS = {"MXNet": "backward", "PyTorch": "backward", "TensorFlow": "GradientTape.gradient", "JAX": "grad"}
"""What computes the gradient in each framework, by its own documentation."""


def _gradient(x: Any, y: Any) -> Array:
    return np.stack(LOGSUMEXP2.jacobian(x, y))


def _softmax(x: Any, y: Any) -> Any:
    return wide([np.exp(x), np.exp(y)]) / (np.exp(x) + np.exp(y))


def _origin() -> Array:
    return wide([0, np.log(wide(2))])


def _chapter_step() -> tuple[Any, Any]:
    return chapter.first_order_logsumexp2(_origin(), wide([1, -3]) / 100)


def _slope(p: Any, q: Any) -> Array:
    """∇L at w = (p, q) of L(w) = p²q + q²."""
    w = wide([p, q])
    return STEEPEST_DESCENT.jacobian(w, np.zeros_like(w))[0]


def _loss(p: Any, q: Any) -> Any:
    w = wide([p, q])
    return STEEPEST_DESCENT.value(w, np.zeros_like(w))


def _first_order(p: Any, q: Any) -> Any:
    """L(w) + v·∇L(w) in unit directions v all around."""
    return _loss(p, q) + np.cos(ANGLES) * _slope(p, q)[0] + np.sin(ANGLES) * _slope(p, q)[1]


def _cosine_term(p: Any, q: Any) -> Any:
    """‖∇L‖·cos θ, θ being the angle between v and the gradient."""
    f_p, f_q = _slope(p, q)
    return np.hypot(f_p, f_q) * np.cos(ANGLES - np.arctan2(f_q, f_p))


def _descends_fastest() -> bool:
    def best(p: float, q: float) -> bool:
        gradient = _slope(p, q)
        steepest = chapter.steepest_descent(gradient) @ gradient
        around = _first_order(p, q) - _loss(p, q)
        return agree(steepest, -np.sqrt(gradient @ gradient)) and bool(np.all(around >= steepest))

    return all(best(*pair) for pair in PAIRS)


def _lowest_on_curve() -> Any:
    curve = wide(np.arange(-200, 300)) / 100
    return curve[np.argmin(QUARTIC.value(curve))]


def _partials(*args: Any) -> Array:
    return np.stack(BACKPROP4.jacobian(*args))


def _front_to_back(*args: Any) -> Array:
    values = chapter.forward(*args)
    return wide([chapter.front_to_back(values, i)[f"f_{i}"] for i in chapter.VARIABLES])


def _back_to_front(*args: Any) -> Array:
    derivatives = chapter.back_to_front(chapter.forward(*args))
    return wide([derivatives[f"f_{i}"] for i in chapter.VARIABLES])


def _three_paths(w: Any, y: Any, z: Any) -> Any:
    u, v = w * y + y**2, np.sin(y) + z
    a, b = np.exp(u / 2), v**2
    u_y, v_y, a_u, b_v = w + 2 * y, np.cos(y), a / 2, 2 * v
    f_a, f_b, f_u = b, a, np.cos(u)
    return f_a * a_u * u_y + f_u * u_y + f_b * b_v * v_y


def _backwards() -> Finding:
    offered = sorted(set(METHODS.values()))
    return Finding("backwards" in offered, "f.backwards()", ", ".join(f"{k}: {v}" for k, v in METHODS.items()))


def _printed(claim_id: str, label: str, printed: str) -> Claim:
    """That the gradient printed under the label ∂f/∂label is that one, though it is read from another variable."""
    i, j = (chapter.VARIABLES.index(name) for name in (label, printed))
    return Claim(
        claim_id,
        EARLY,
        "PyTorch",
        "code: backpropagation",
        f"{printed}.grad, printed as ∂f/∂{label}, is ∂f/∂{label}",
        equal(lambda *p: _partials(*p)[j], lambda *p: _partials(*p)[i], f"∂f/∂{label}", DOCUMENTED, *QUADRUPLES),
    )


GRADIENTS = (
    Claim(
        "logsumexp2-value", WHOLE, "text", "gradients", "f(0, log 2) = log 3",
        equal(lambda: np.log(wide(3)), lambda: LOGSUMEXP2.value(*_origin()), "f(0, log 2)", ()),
    ),
    Claim(
        "logsumexp2-gradient", WHOLE, "text", "gradients", "∇f(0, log 2) = (1/3, 2/3)",
        equal(lambda: wide([1, 2]) / 3, lambda: _gradient(*_origin()), "∇f(0, log 2)", ()),
    ),
    Claim(
        "logsumexp2-gradient-formula", WHOLE, "text", "gradients", "∇f = (eˣ, eʸ)/(eˣ + eʸ)",
        equal(_softmax, _gradient, "∇f", *PAIRS),
    ),
    Claim(
        "logsumexp2-components", WHOLE, "text", "exercise: log(eˣ + eʸ)", "the components of ∇f sum to 1",
        equal(lambda x, y: wide(1), lambda x, y: np.sum(_gradient(x, y)), "Σ∇f", *PAIRS),
    ),
    Claim(
        "logsumexp2-first-order", WHOLE, "text, code", "gradients", "f(0, log 2) + ε·∇f ≈ 1.0819456220, ε = (0.01, -0.03)",
        figure("1.0819456220", lambda: _chapter_step()[0], "f + ε·∇f"),
    ),
    Claim(
        "logsumexp2-stepped", WHOLE, "text, code", "gradients", "f(0.01, log 2 - 0.03) ≈ 1.0821241819",
        figure("1.0821241819", lambda: _chapter_step()[1], "f(p + ε)"),
    ),
    Claim(
        "descent-cosine", LATER, "text", "gradient descent", "L(w) + v·∇L(w) = L(w) + ‖∇L‖ cos θ for ‖v‖ = 1",
        equal(lambda p, q: _loss(p, q) + _cosine_term(p, q), _first_order, "L(w) + v·∇L(w)", *PAIRS),
    ),
    Claim(
        "descent-cosine-without-loss", EARLY, "text", "gradient descent", "L(w) + v·∇L(w) = ‖∇L‖ cos θ for ‖v‖ = 1",
        equal(_cosine_term, _first_order, "L(w) + ‖∇L‖ cos θ", *PAIRS),
    ),
    Claim(
        "descent-direction", WHOLE, "text", "gradient descent", "the first-order term is least at v = -∇L/‖∇L‖, cos θ = -1",
        is_true(_descends_fastest, "-∇L/‖∇L‖", "v·∇L ≥ -‖∇L‖, attained at -∇L/‖∇L‖"),
    ),
    Claim(
        "quartic-derivative", WHOLE, "text", "optimisation", "df/dx = 12x³ - 12x² - 24x = 12x(x - 2)(x + 1)",
        equal(
            lambda x: 12 * x**3 - 12 * x**2 - 24 * x, lambda x: QUARTIC.jacobian(x)[0], "12x(x - 2)(x + 1)",
            (-1.7,), (0.4,), (2.6,), (3.1,),
        ),
    ),
    Claim(
        # A cubic has no fourth zero: that df/dx vanishes at these three is all there is to check.
        "quartic-critical-points", WHOLE, "text", "optimisation", "df/dx = 0 exactly at -1, 0, 2",
        equal(lambda: wide([0, 0, 0]), lambda: QUARTIC.jacobian(wide([-1, 0, 2]))[0], "df/dx(-1, 0, 2)", ()),
    ),
    Claim(
        "quartic-values", WHOLE, "text", "optimisation", "f(-1) = -5, f(0) = 0, f(2) = -32",
        equal(lambda: wide([-5, 0, -32]), lambda: QUARTIC.value(wide([-1, 0, 2])), "f(-1, 0, 2)", ()),
    ),
    Claim(
        "quartic-minimum", WHOLE, "text, code", "optimisation", "the minimum on the plotted curve, -2 to 3, is at x = 2",
        equal(lambda: wide(2), _lowest_on_curve, "argmin f", ()),
    ),
)  # fmt: skip

CHAIN_RULE = (
    Claim(
        "chain-three-paths", ALL, "text", "chain rule", "∂f/∂y = f_a a_u u_y + f_u u_y + f_b b_v v_y",
        equal(_three_paths, lambda *p: CHAIN_NET.jacobian(*p)[1], "∂f/∂y", *TRIPLES),
    ),
    Claim(
        "backprop4-value", ALL, "text, code", "backpropagation", "f(-1, 0, -2, 1) = 1024",
        equal(lambda *p: wide(1024), BACKPROP4.value, "f", DOCUMENTED),
    ),
    Claim(
        "backprop4-partials", ALL, "text, code", "backpropagation", "all four partial derivatives there are -4096",
        equal(lambda *p: wide([-4096] * 4), _partials, "∇f", DOCUMENTED),
    ),
    Claim(
        "backprop4-front-to-back", ALL, "text, code", "backpropagation", "single steps composed from w, x, y, z to f give ∇f",
        equal(_front_to_back, _partials, "∇f", DOCUMENTED, *QUADRUPLES),
    ),
    Claim(
        "backprop4-back-to-front", ALL, "text, code", "backpropagation", "single steps composed from f to w, x, y, z give ∇f",
        equal(_back_to_front, _partials, "∇f", DOCUMENTED, *QUADRUPLES),
    ),
    Claim(
        "backprop4-expanded", ALL, "text", "chain rule", "f written as one formula in w, x, y, z is the composition",
        equal(chapter.expanded, BACKPROP4.value, "f", DOCUMENTED, *QUADRUPLES),
    ),
    Claim(
        "backprop4-expanded-w", ALL, "text", "chain rule", "∂f/∂w written as one formula is the derivative of f by w",
        equal(chapter.expanded_w, lambda *p: _partials(*p)[0], "∂f/∂w", DOCUMENTED, *QUADRUPLES),
    ),
    _printed("printed-w", "w", "y"),
    _printed("printed-x", "x", "x"),
    _printed("printed-y", "y", "x"),
    _printed("printed-z", "z", "x"),
    Claim(
        "backwards-method", ALL, "text", "backpropagation", "gradients are computed by calling f.backwards()", _backwards
    ),
)  # fmt: skip
