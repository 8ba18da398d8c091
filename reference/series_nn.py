"""Activations, normalisations, losses and attention of series.

All are compositions of operations that are certified on their own, written so that nothing cancels in the tails: gelu with
tanh is x * sigmoid(2*u), and mish takes tanh(softplus(x)) from exponentials of -|x|.
"""

from __future__ import annotations

from math import factorial
from typing import Any

import numpy as np

from reference import series_local as local
from reference import series_shape as shape
from reference.series_core import Series, compose, lift, matmul, power, value_of
from reference.series_elementary import LOCAL, clip, logistic, select, softplus, unary
from reference.series_jets import from_slope, polynomial
from reference.series_laurent import Array
from reference.series_local import PI
from reference.series_shape import Axis, rearranged
from reference.series_special import ndtr

SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


def elu(x: Any, alpha: float = 1.0) -> Series:
    """x for x > 0, else alpha * (exp(x) - 1)."""
    positive = value_of(x) > 0
    return select(positive, x, alpha * compose(select(positive, 0.0, x), local.expm1))


def celu(x: Any, alpha: float = 1.0) -> Series:
    """x for x > 0, else alpha * (exp(x / alpha) - 1)."""
    return alpha * elu(lift(x) / alpha)


def leaky_relu(x: Any, negative_slope: float = 0.01) -> Series:
    return lift(x) * np.where(value_of(x) > 0, 1.0, negative_slope)


def relu(x: Any) -> Series:
    return select(value_of(x) > 0, x, 0.0)


def gelu(x: Any, approximate: Any = False) -> Series:
    """x * ndtr(x); with approximate=True or "tanh" the usual formula with tanh."""
    series = lift(x)
    if approximate in (False, "none"):
        return series * compose(series, ndtr)
    u = np.sqrt(2 / PI) * (series + 0.044715 * power(series, 3))
    return series * logistic(2.0 * u)


def mish(x: Any) -> Series:
    """x * tanh(log(1 + exp(x))), the tanh in terms of exp(x) for x < 0 and of exp(-x) elsewhere."""
    series = lift(x)
    low = value_of(series) < 0
    grow = compose(select(low, series, 0.0), local.exp)
    decay = compose(-select(low, 0.0, series), local.exp)
    below = grow * (grow + 2.0) / (grow * (grow + 2.0) + 2.0)
    missing = compose(-2.0 * select(low, 0.0, series), local.exp) / (0.5 + decay * (1.0 + decay))
    return series * select(low, below, 1.0 - missing)


SHRINK = [local.wide(2 * k) / local.wide(factorial(2 * k + 1)) for k in range(1, 25)]


def _shrunk(x: Array) -> Array:
    """x - tanh(x) = (x*cosh(x) - sinh(x)) / cosh(x), near 0 by the power series of the numerator."""
    near = polynomial(SHRINK, x * x) * x**3 / np.cosh(np.minimum(np.abs(x), 2))
    return np.asarray(np.where(np.abs(x) < 1, near, x - np.tanh(x)))


def hard_sigmoid(x: Any) -> Series:
    """max(0, min(x + 3, 6)) / 6."""
    return lift(clip(lift(x) + 3.0, 0.0, 6.0)) / 6.0


def log_softmax(x: Any, axis: int = -1) -> Series:
    below, others = shape.below_largest(rearranged(np.moveaxis)(x, axis, -1))
    return rearranged(np.moveaxis)(below - compose(others, local.log1p)[..., None], -1, axis)


def softmax(x: Any, axis: int = -1) -> Series:
    below, others = shape.below_largest(rearranged(np.moveaxis)(x, axis, -1))
    return rearranged(np.moveaxis)(compose(below, local.exp) / (1.0 + others)[..., None], -1, axis)


def layer_norm(x: Any, weight: Any = 1.0, bias: Any = 0.0, eps: float = 1e-5, axis: Axis = -1) -> Series:
    """(x - mean) / sqrt(var + eps) * weight + bias over the given axes."""
    series = lift(x)
    scale = compose(shape.var(series, axis, keepdims=True) + eps, local.sqrt)
    return (series - shape.mean(series, axis, True)) / scale * lift(weight) + lift(bias)


def rms_norm(x: Any, weight: Any = 1.0, eps: float = 1e-5, axis: Axis = -1) -> Series:
    series = lift(x)
    return series / compose(shape.mean(series * series, axis, True) + eps, local.sqrt) * lift(weight)


def cross_entropy(logits: Any, labels: Any) -> Series:
    """The mean over the rows of -log_softmax(logits) at the labels (whole numbers)."""
    picked = shape.take_along_axis(log_softmax(logits), value_of(labels).astype(np.intp)[..., None])
    return -shape.mean(picked)


def binary_cross_entropy_with_logits(x: Any, y: Any) -> Series:
    """The mean of softplus(x) - x*y; where x > 0 as softplus(-x) + x*(1 - y), so that nothing cancels but labels between."""
    series, target = lift(x), lift(y)
    above = np.where(series.value > 0, np.longdouble(1), np.longdouble(0))
    return shape.mean(softplus(series * (1.0 - 2.0 * above)) + series * (above - target))


def binary_cross_entropy(p: Any, y: Any) -> Series:
    """The mean of -y*log(p) - (1-y)*log(1-p)."""
    probability, target = lift(p), lift(y)
    wrong = compose(-probability, local.log1p)
    return -shape.mean(target * compose(probability, local.log) + (1.0 - target) * wrong)


def huber(x: Any, y: Any, delta: float = 1.0) -> Series:
    """The mean of r**2/2 for |r| <= delta, else delta*(|r| - delta/2), with r = x - y."""
    r = lift(x) - y
    return shape.mean(select(np.abs(r.value) <= delta, 0.5 * r * r, delta * (abs(r) - 0.5 * delta)))


def attention(query: Any, key: Any, value: Any, scale: float | None = None) -> Series:
    """softmax(query @ key.T * scale) @ value, by default with scale = 1/sqrt(width)."""
    q, k = lift(query), lift(key)
    factor = 1 / np.sqrt(np.longdouble(q.shape[-1])) if scale is None else scale
    return matmul(softmax(matmul(q, k.mT) * factor), value)


NAMES: dict[str, Any] = {
    "relu": relu,
    "relu6": lambda x: clip(x, 0.0, 6.0),
    "leaky_relu": leaky_relu,
    "elu": elu,
    "celu": celu,
    "selu": lambda x: SELU_SCALE * elu(x, SELU_ALPHA),
    "gelu": gelu,
    "hard_sigmoid": hard_sigmoid,
    "hard_swish": lambda x: lift(x) * hard_sigmoid(x),
    "hard_tanh": lambda x: clip(x, -1.0, 1.0),
    "tanhshrink": unary(from_slope(_shrunk, lambda x: power(compose(x, LOCAL["tanh"]), 2))),
    "silu": lambda x: lift(x) * logistic(x),
    "mish": mish,
    "softsign": unary(from_slope(lambda x: x / (1 + np.abs(x)), lambda x: 1.0 / power(1.0 + abs(x), 2))),
    "log_sigmoid": lambda x: -softplus(-lift(x)),
    "softmax": softmax,
    "log_softmax": log_softmax,
    "layer_norm": layer_norm,
    "rms_norm": rms_norm,
    "mse_loss": lambda x, y: shape.mean(power(lift(x) - y, 2)),
    "l1_loss": lambda x, y: shape.mean(abs(lift(x) - y)),
    "huber_loss": huber,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "binary_cross_entropy_with_logits": binary_cross_entropy_with_logits,
    "scaled_dot_product_attention": attention,
}
