"""Activations, normalisations, losses and attention on recorded numbers.

Each is the plainest formula that a framework has for it; where frameworks differ, the one that loses most. Softmax and its
logarithm are derived from their own values, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .elementary import TWO_OVER_ROOT_PI
from .functions import absolute, erf, log, maximum, mean, minimum, sigmoid, softplus, sqrt, tanh, where
from .functions import exp as exponential
from .reductions import Axis, below_largest, exp_beside, masked, plain, var
from .shapes import take, total
from .tape import Number, Operand, Partial, add, divide, elementwise, lift, matmul, multiply, negative

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805
ROOT_2 = np.sqrt(np.longdouble(2))
ROOT_2_OVER_PI = np.sqrt(TWO_OVER_ROOT_PI**2 / 2)


def relu(a: Number) -> Number:
    return maximum(lift(a, 0.0), a)


def _clipped(a: Number, low: float, high: float) -> Number:
    return minimum(maximum(a, low), high)


def leaky_relu(a: Number, negative_slope: Operand = 0.01) -> Number:
    return where(a > 0.0, a, a * negative_slope)


def _exp_less_one(a: Number) -> Number:
    """exp(a) - 1 as it is written, and its derivative as (value + 1)."""
    formula = exponential(a) - 1.0
    result: Number = elementwise(lambda _: formula.pair, (a,), (lambda g: g * (result + 1.0),))
    return result


def elu(a: Number, alpha: Operand = 1.0) -> Number:
    """a for a > 0, else alpha·(exp(a) - 1)."""
    positive = a > 0.0
    return where(positive, a, _exp_less_one(where(positive, 0.0, a)) * alpha)


def celu(a: Number, alpha: Operand = 1.0) -> Number:
    """a for a > 0, else alpha·(exp(a/alpha) - 1)."""
    return multiply(elu(divide(a, lift(a, alpha))), lift(a, alpha))


def gelu(a: Number, approximate: Any = False) -> Number:
    """a/2·(1 + erf(a/√2)); with approximate=True or "tanh" a/2·(1 + tanh(√(2/π)·(a + 0.044715·a³)))."""
    return a * 0.5 * (1.0 + (erf(a / ROOT_2) if approximate in (False, "none") else tanh(_cubic(a) * ROOT_2_OVER_PI)))


def _cubic(a: Number) -> Number:
    return a + a * a * a * 0.044715


def hard_sigmoid(a: Number) -> Number:
    """max(0, min(a + 3, 6))/6."""
    return _clipped(a + 3.0, 0.0, 6.0) / 6.0


def log_sigmoid(a: Number) -> Number:
    """-softplus(-a), whose slope exp(-a - softplus(-a)) is itself derived as 1 - sigmoid(a) for a ≥ 0, as PyTorch does."""
    formula = negative(softplus(negative(a)))

    def slope() -> Number:
        share = exponential(negative(a) - softplus(negative(a)))
        high = elementwise(lambda _: share.pair, (a,), (lambda g: negative(g * _hump(sigmoid(a))),))
        return where(a.pair.value >= 0, high, share)

    return elementwise(lambda _: formula.pair, (a,), (lambda g: g * slope(),))


def _hump(y: Number) -> Number:
    return y * (1.0 - y)


def softmax(a: Number, axis: int = -1) -> Number:
    """exp(a - largest)/Σ, derived as y·(t - Σ y·t)."""
    shares = exp_beside(below_largest(a, axis)[1], masked(a))
    formula = shares / total(shares, axis, True)

    def moved(t: Number) -> Number:
        return result * (t - total(result * t, axis, True))

    result = Number(a.tape, formula.pair, formula.shape, (Partial(a, moved, moved),))
    return result


def log_softmax(a: Number, axis: int = -1) -> Number:
    """a - largest - log Σ exp(a - largest), derived as t - Σ exp(y)·t."""
    mask = masked(a)
    below = below_largest(a, axis)[1]
    formula = below - log(total(exp_beside(below, mask), axis, True))

    def push(t: Number) -> Number:
        return t - total(exp_beside(result, mask) * t, axis, True)

    def pull(g: Number) -> Number:
        return g - exp_beside(result, mask) * total(g, axis, True)

    result = Number(a.tape, formula.pair, formula.shape, (Partial(a, push, pull),))
    return result


def layer_norm(a: Number, weight: Operand = 1.0, bias: Operand = 0.0, eps: Operand = 1e-5, axis: Axis = -1) -> Number:
    """(a·s - mean·s)·weight + bias with s = 1/√(var + eps), as PyTorch does."""
    scale = 1.0 / sqrt(var(a, axis, keepdims=True) + eps)
    return add(multiply(a * scale - mean(a, axis, True) * scale, lift(a, weight)), lift(a, bias))


def rms_norm(a: Number, weight: Operand = 1.0, eps: Operand = 1e-5, axis: Axis = -1) -> Number:
    return multiply(a * (1.0 / sqrt(mean(a * a, axis, True) + eps)), lift(a, weight))


def mse_loss(a: Operand, b: Operand) -> Number:
    apart = _difference(a, b)
    return mean(apart * apart)


def l1_loss(a: Operand, b: Operand) -> Number:
    return mean(absolute(_difference(a, b)))


def _difference(a: Operand, b: Operand) -> Number:
    apart: Number = a - b
    return apart


def huber_loss(a: Operand, b: Operand, delta: Operand = 1.0) -> Number:
    """The mean of r²/2 for |r| ≤ delta, else delta·(|r| - delta/2); the square as delta·(1/(2·delta)·r²), as MXNet does."""
    apart = _difference(a, b)
    size = absolute(apart)
    half = lift(apart, delta) * 0.5
    square = 0.5 / lift(apart, delta) * (apart * apart)
    return mean(where(size <= delta, square, size - half) * delta)


def cross_entropy(logits: Number, labels: Any) -> Number:
    """The mean over the rows of -log_softmax(logits) at the labels (whole numbers)."""
    index = np.asarray(plain(labels)).astype(np.intp)[..., None]
    places = np.arange(int(np.prod(logits.shape))).reshape(logits.shape)
    return negative(mean(take(log_softmax(logits), np.take_along_axis(places, index, -1))))


def binary_cross_entropy_with_logits(a: Number, target: Operand) -> Number:
    """The mean of softplus(a) - a·target for a ≥ 0, as TensorFlow has it, else of (1 - target)·a + softplus(-a), as PyTorch."""
    high = softplus(a) - a * target
    low = a * (1.0 - lift(a, target)) + softplus(negative(a))
    return mean(where(a.pair.value >= 0, high, low))


def binary_cross_entropy(a: Number, target: Operand) -> Number:
    """The mean of -target·log(a) - (1 - target)·log(1 - a)."""
    truth = lift(a, target)
    return negative(mean(truth * log(a) + (1.0 - truth) * log(1.0 - a)))


def attention(query: Number, key: Operand, value: Operand, scale: Any = None) -> Number:
    """softmax(query·keyᵀ·scale)·value, both factors of the scores scaled by its root as PyTorch does; 1/√width by default."""
    factor = 1 / np.sqrt(np.longdouble(query.shape[-1])) if scale is None else np.longdouble(plain(scale))
    root = np.sqrt(abs(factor))
    turned = np.swapaxes(np.arange(int(np.prod(key.shape))).reshape(key.shape), -1, -2)
    scores = matmul(query * root, take(lift(query, key), turned) * (root * np.sign(factor)))
    return matmul(softmax(scores), lift(query, value))


NAMES: Mapping[str, Callable[..., Any]] = {
    "binary_cross_entropy": binary_cross_entropy,
    "binary_cross_entropy_with_logits": binary_cross_entropy_with_logits,
    "celu": celu,
    "cross_entropy": cross_entropy,
    "elu": elu,
    "gelu": gelu,
    "hard_sigmoid": hard_sigmoid,
    "hard_swish": lambda a: multiply(a, hard_sigmoid(a)),
    "hard_tanh": lambda a: _clipped(a, -1.0, 1.0),
    "huber_loss": huber_loss,
    "l1_loss": l1_loss,
    "layer_norm": layer_norm,
    "leaky_relu": leaky_relu,
    "log_sigmoid": log_sigmoid,
    "log_softmax": log_softmax,
    "mish": lambda a: multiply(a, tanh(softplus(a))),
    "mse_loss": mse_loss,
    "relu": relu,
    "relu6": lambda a: _clipped(a, 0.0, 6.0),
    "rms_norm": rms_norm,
    "scaled_dot_product_attention": attention,
    "selu": lambda a: elu(a, SELU_ALPHA) * SELU_SCALE,
    "silu": lambda a: multiply(a, sigmoid(a)),
    "softmax": softmax,
    "softsign": lambda a: a / (absolute(a) + 1.0),
    "tanhshrink": lambda a: a - tanh(a),
}
