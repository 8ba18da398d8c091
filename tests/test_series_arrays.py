"""Are the reference's shape, reduction, contraction and network operations right? Against NumPy where linear, else mpmath."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.case import quarters
from reference.series import differentiate
from tests.certify_series import BOUND, mpmath, truth, worst

Fn = Callable[[Any, Any], Any]
INDEX = np.array([2, 0, 2, 1])
X = quarters((3, 4), "x") + 3 * quarters((3, 4), "x again") + np.arange(12).reshape(3, 4) / 16
CUBE = np.arange(24.0).reshape(2, 3, 4) ** 2 / 8
IMAGE = quarters((2, 3, 6, 5), "image")
KERNEL = quarters((4, 3, 2, 3), "kernel")


def correlation(x: NDArray[Any], w: NDArray[Any], stride: int, padding: int) -> NDArray[Any]:
    """Two-dimensional cross-correlation by its definition."""
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    rows, columns = w.shape[2:]
    high, wide = (x.shape[2] - rows) // stride + 1, (x.shape[3] - columns) // stride + 1
    out = np.empty((len(x), len(w), high, wide))
    for i in range(high):
        for j in range(wide):
            patch = x[:, None, :, i * stride : i * stride + rows, j * stride : j * stride + columns]
            out[:, :, i, j] = (patch * w[None]).sum(axis=(2, 3, 4))
    return out


def scattered(a: NDArray[Any]) -> NDArray[Any]:
    base = np.zeros((3, 4))
    np.add.at(base, INDEX, np.concatenate([a, a[:1]]))
    return base


LINEAR: dict[str, tuple[Fn, Callable[[Any], Any], NDArray[Any]]] = {
    "slice": (lambda xp, a: a[1:, ::-2], lambda a: a[1:, ::-2], X),
    "newaxis": (lambda xp, a: a[:, None, 1], lambda a: a[:, None, 1], X),
    "integer array with repeats": (lambda xp, a: a[INDEX], lambda a: a[INDEX], X),
    "integer arrays apart": (lambda xp, a: a[[0, 1], :, [1, 3]], lambda a: a[[0, 1], :, [1, 3]], CUBE),
    "mask": (lambda xp, a: a[a > 0], lambda a: a[X > 0], X),
    "take": (lambda xp, a: xp.take(a, INDEX, axis=1), lambda a: np.take(a, INDEX, axis=1), X),
    "take_along_axis": (
        lambda xp, a: xp.take_along_axis(a, INDEX[None], axis=1),
        lambda a: np.take_along_axis(a, INDEX[None], axis=1),
        X,
    ),
    "scatter_add": (lambda xp, a: xp.scatter_add(xp.zeros((3, 4)), INDEX, xp.concat([a, a[:1]])), scattered, X),
    "segment_sum": (
        lambda xp, a: xp.segment_sum(a, np.array([1, 0, 1]), 3),
        lambda a: np.stack([a[1], a[0] + a[2], 0 * a[0]]),
        X,
    ),
    "pad": (lambda xp, a: xp.pad(a, ((1, 0), (2, 1))), lambda a: np.pad(a, ((1, 0), (2, 1))), X),
    "concat": (lambda xp, a: xp.concat([a, 2.0 * a[:1]], axis=0), lambda a: np.concatenate([a, 2 * a[:1]]), X),
    "stack": (lambda xp, a: xp.stack([a, xp.zeros((3, 4)), a], axis=1), lambda a: np.stack([a, 0 * a, a], axis=1), X),
    "asarray": (lambda xp, a: xp.asarray([[a[0, 0], 0.0], [a[1, 1], a[0, 0]]]),
                lambda a: np.array([[a[0, 0], 0], [a[1, 1], a[0, 0]]]), X),
    "roll": (lambda xp, a: xp.roll(a, 3, axis=1), lambda a: np.roll(a, 3, axis=1), X),
    "flip": (lambda xp, a: xp.flip(a, axis=0), lambda a: np.flip(a, axis=0), X),
    "rot90": (lambda xp, a: xp.rot90(a), np.rot90, X),
    "tril": (lambda xp, a: xp.tril(a, -1), lambda a: np.tril(a, -1), X),
    "triu": (lambda xp, a: xp.triu(a, 1), lambda a: np.triu(a, 1), CUBE),
    "diag": (lambda xp, a: xp.diag(a[0]), lambda a: np.diag(a[0]), X),
    "diagonal": (lambda xp, a: xp.linalg.diagonal(a), lambda a: np.diagonal(a, 0, -2, -1), CUBE),
    "trace": (lambda xp, a: xp.linalg.trace(a), lambda a: np.trace(a, 0, -2, -1), CUBE),
    "broadcast_to": (lambda xp, a: xp.broadcast_to(a, (2, 3, 4)), lambda a: np.broadcast_to(a, (2, 3, 4)), X),
    "broadcast sum": (lambda xp, a: a + a[:, :1] - 2.0, lambda a: a + a[:, :1], X),
    "reshape": (lambda xp, a: xp.reshape(a, (2, -1)), lambda a: np.reshape(a, (2, -1)), X),
    "permute_dims": (lambda xp, a: xp.permute_dims(a, (2, 0, 1)), lambda a: np.transpose(a, (2, 0, 1)), CUBE),
    "transpose": (lambda xp, a: a.T + xp.matrix_transpose(a) + a.mT, lambda a: 3 * a.T, X),
    "squeeze": (lambda xp, a: xp.squeeze(xp.expand_dims(a, axis=1), axis=1), lambda a: a, X),
    "repeat": (lambda xp, a: xp.repeat(a, 2, axis=1), lambda a: np.repeat(a, 2, axis=1), X),
    "tile": (lambda xp, a: xp.tile(a, (2, 1)), lambda a: np.tile(a, (2, 1)), X),
    "unstack": (lambda xp, a: xp.unstack(a, axis=1)[2], lambda a: a[:, 2], X),
    "iteration": (lambda xp, a: sum(k * row for k, row in enumerate(a)), lambda a: a[1] + 2 * a[2], X),
    "meshgrid": (lambda xp, a: xp.meshgrid(a[0], a[1], indexing="ij")[1],
                 lambda a: np.meshgrid(a[0], a[1], indexing="ij")[1], X),
    "sum": (lambda xp, a: xp.sum(a, axis=(0, -1)), lambda a: a.sum(axis=(0, -1)), CUBE),
    "mean": (lambda xp, a: xp.mean(a, axis=1, keepdims=True), lambda a: a.mean(axis=1, keepdims=True), CUBE),
    "cumulative_sum": (lambda xp, a: xp.cumulative_sum(a, axis=0), lambda a: np.cumsum(a, axis=0), X),
    "max": (lambda xp, a: xp.max(a, axis=(0, 2)), lambda a: a[1, :, 3], CUBE),
    "min": (lambda xp, a: xp.min(a, axis=1, keepdims=True), lambda a: a[:, :1], CUBE),
    "sort": (lambda xp, a: xp.sort(a, axis=1, descending=True), lambda a: np.take_along_axis(a, np.argsort(-X, 1), 1), X),
    "median": (lambda xp, a: xp.median(a, axis=1),
               lambda a: np.take_along_axis(a, np.argsort(X, 1), 1)[:, 1:3].mean(1), X),
    "where": (lambda xp, a: xp.where(a > 0, a, 2.0 * a), lambda a: np.where(X > 0, a, 2 * a), X),
    "clip": (lambda xp, a: xp.clip(a, -1.03, 1.03) + 0.0 * a, lambda a: np.where(np.abs(X) < 1.03, a, 0), X),
    "maximum": (lambda xp, a: xp.maximum(a, -a) - xp.minimum(a, -a), lambda a: 2 * np.sign(X) * a, X),
    "abs": (lambda xp, a: xp.abs(a), lambda a: np.sign(X) * a, X),
    "matmul": (lambda xp, a: xp.matmul(np.ones((2, 5, 3)), a), lambda a: np.ones((2, 5, 3)) @ a, X),
    "vector times stack": (lambda xp, a: xp.matmul(np.arange(3.0), a), lambda a: np.arange(3.0) @ a, CUBE),
    "tensordot": (lambda xp, a: xp.tensordot(a, X.T, ((1, 2), (1, 0))),
                  lambda a: np.tensordot(a, X.T, ((1, 2), (1, 0))), CUBE),
    "vecdot": (lambda xp, a: xp.vecdot(a, X), lambda a: (a * X).sum(-1), CUBE),
    "kron": (lambda xp, a: xp.kron(a, X), lambda a: np.kron(a, X), X),
    "outer": (lambda xp, a: xp.outer(a, X[0]), lambda a: np.outer(a, X[0]), X),
    "cross": (lambda xp, a: xp.cross(a[0, :3], X[1, :3]), lambda a: np.cross(a[0, :3], X[1, :3]), X),
    "einsum": (lambda xp, a: xp.einsum("ijk,jk,lk->il", a, X, X), lambda a: np.einsum("ijk,jk,lk->il", a, X, X), CUBE),
    "einsum dots": (lambda xp, a: xp.einsum("...jk,kj", a, X.T), lambda a: np.einsum("...jk,kj", a, X.T), CUBE),
    "einsum trace": (lambda xp, a: xp.einsum("iij->j", a[:, :2]), lambda a: np.einsum("iij->j", a[:, :2]), CUBE),
    "convolve": (lambda xp, a: xp.convolve(a[0], X[1, :3], "same"), lambda a: np.convolve(a[0], X[1, :3], "same"), X),
    "conv2d": (lambda xp, a: xp.conv2d(a, KERNEL, stride=2, padding=1), lambda a: correlation(a, KERNEL, 2, 1), IMAGE),
    "conv2d kernel": (lambda xp, w: xp.conv2d(IMAGE, w), lambda w: correlation(IMAGE, w, 1, 0), KERNEL),
    "conv1d": (lambda xp, a: xp.conv1d(a[:, :, 0], KERNEL[:, :, 0]),
               lambda a: correlation(a[:, :, :1], KERNEL[:, :, :1], 1, 0)[:, :, 0], IMAGE),
    "avg_pool2d": (lambda xp, a: xp.avg_pool2d(a, 2), lambda a: a[:, :, :, :4].reshape(2, 3, 3, 2, 2, 2).mean((3, 5)), IMAGE),
    "max_pool1d": (lambda xp, a: xp.max_pool1d(a, 2), lambda a: a[:, :, 1::2], CUBE),
    "fft": (lambda xp, a: xp.real(xp.fft.fft(a)), lambda a: np.fft.fft(a).real, quarters((3, 5), "signal")),
    "fft imaginary": (lambda xp, a: xp.imag(xp.fft.fft(a, axis=0)), lambda a: np.fft.fft(a, axis=0).imag, X),
    "rfft, irfft": (lambda xp, a: xp.fft.irfft(xp.fft.rfft(a) * 2.0), lambda a: 2 * a, X),
    "ifft": (lambda xp, a: xp.real(xp.fft.ifft(a)), lambda a: np.fft.ifft(a).real, X),
}  # fmt: skip


@pytest.mark.parametrize("name", LINEAR)
def test_linear(name: str) -> None:
    """The derivative of a linear operation is the operation on the tangent."""
    fn, numpy, x = LINEAR[name]
    tangent = quarters(x.shape, name)
    value = differentiate(fn, [x], "value")
    assert value.shape == np.shape(numpy(x))
    if name != "broadcast sum" and name != "clip":
        np.testing.assert_allclose(value.astype(float), numpy(x), rtol=1e-15, atol=1e-14)
    got = differentiate(fn, [x], "jvp", [tangent])
    np.testing.assert_allclose(got.astype(float), numpy(tangent), rtol=1e-15, atol=1e-14)
    quadratic = differentiate(lambda xp, a: xp.sum(fn(xp, a) ** 2), [x], "hvp", [tangent])[0]
    (back,) = differentiate(fn, [x], "vjp", cotangent=numpy(tangent))
    np.testing.assert_allclose(quadratic.astype(float), 2 * back.astype(float), rtol=1e-14, atol=1e-13)


def elementwise(function: Callable[[Any], Any]) -> Any:
    return np.frompyfunc(function, 1, 1)


exp, log, sqrt = elementwise(mpmath.exp), elementwise(mpmath.log), elementwise(mpmath.sqrt)


def softmax(a: Any) -> Any:
    return exp(a) / exp(a).sum(axis=-1, keepdims=True)


def layer_norm(a: Any) -> Any:
    spread = a - a.mean(axis=-1, keepdims=True)
    return spread / sqrt((spread**2).mean(axis=-1, keepdims=True) + 1e-5)


SMALL = np.array([[0.75, -1.25, 2.0], [1.5, 0.0, -0.5]])
POSITIVE = np.array([[0.75, 1.25, 2.0], [1.5, 0.5, 3.0]])
NONLINEAR: dict[str, tuple[Fn, Callable[[Any], Any], NDArray[Any]]] = {
    "prod with a zero": (lambda xp, a: xp.prod(a), np.prod, SMALL),
    "prod": (lambda xp, a: xp.prod(a, axis=1), lambda a: np.prod(a, axis=1), SMALL),
    "cumulative_prod": (lambda xp, a: xp.cumulative_prod(a, axis=1), lambda a: np.cumprod(a, axis=1), SMALL),
    "var": (lambda xp, a: xp.var(a, axis=0), lambda a: ((a - a.mean(0)) ** 2).mean(0), SMALL),
    "std": (lambda xp, a: xp.std(a, correction=1), lambda a: sqrt(((a - a.mean()) ** 2).sum() / 5), SMALL),
    "logsumexp": (lambda xp, a: xp.logsumexp(a, axis=1), lambda a: log(exp(a).sum(1)), SMALL),
    "logsumexp far": (lambda xp, a: xp.logsumexp(12.0 * a), lambda a: log(exp(12 * a).sum()), SMALL),
    "vector_norm": (lambda xp, a: xp.linalg.vector_norm(a, axis=1), lambda a: sqrt((a**2).sum(1)), SMALL),
    "vector_norm 3": (lambda xp, a: xp.linalg.vector_norm(a, ord=3), lambda a: (abs(a) ** 3).sum() ** (mpmath.mpf(1) / 3),
                      POSITIVE),
    "vector_norm inf": (lambda xp, a: xp.linalg.vector_norm(a, ord=np.inf), lambda a: abs(a).max(), SMALL),
    "power of both": (lambda xp, a: a[0] ** a[1], lambda a: exp(a[1] * log(a[0])), POSITIVE),
    "atan2 of both": (lambda xp, a: xp.atan2(a[0], a[1]), lambda a: np.frompyfunc(mpmath.atan2, 2, 1)(a[0], a[1]), SMALL),
    "hypot of both": (lambda xp, a: xp.hypot(a[0], a[1]), lambda a: sqrt(a[0] ** 2 + a[1] ** 2), SMALL),
    "logaddexp of both": (lambda xp, a: xp.logaddexp(a[0], a[1]), lambda a: log(exp(a[0]) + exp(a[1])), SMALL),
    "beta of both": (lambda xp, a: xp.beta(a[0], a[1]), lambda a: np.frompyfunc(mpmath.beta, 2, 1)(a[0], a[1]), POSITIVE),
    "softmax": (lambda xp, a: xp.softmax(a), softmax, SMALL),
    "log_softmax": (lambda xp, a: xp.log_softmax(a), lambda a: log(softmax(a)), SMALL),
    "layer_norm": (lambda xp, a: xp.layer_norm(a), layer_norm, SMALL),
    "rms_norm": (lambda xp, a: xp.rms_norm(a), lambda a: a / sqrt((a**2).mean(-1, keepdims=True) + 1e-5), SMALL),
    "cross_entropy": (lambda xp, a: xp.cross_entropy(a, [2, 0]),
                      lambda a: -(log(softmax(a))[0, 2] + log(softmax(a))[1, 0]) / 2, SMALL),
    "bce_with_logits": (
        lambda xp, a: xp.binary_cross_entropy_with_logits(a, np.array([1.0, 0.0, 1.0])),
        lambda a: (log(1 + exp(a)) - a * np.array([1, 0, 1])).mean(),
        SMALL,
    ),
    "huber_loss": (lambda xp, a: xp.huber_loss(a, 0.0),
                   lambda a: np.where(abs(a) <= 1, a**2 / 2, abs(a) - mpmath.mpf(0.5)).mean(), SMALL),
    "attention": (lambda xp, a: xp.scaled_dot_product_attention(a, 2.0 * a, a**2),
                  lambda a: softmax(a @ (2 * a.T) / mpmath.sqrt(3)) @ a**2, SMALL / 2),
    "power spectrum": (
        lambda xp, a: xp.abs(xp.fft.fft(a[:, :2])) ** 3,
        lambda a: np.stack([abs(a[:, 0] + a[:, 1]), abs(a[:, 0] - a[:, 1])], 1) ** 3,
        SMALL,
    ),
}  # fmt: skip


def weighted(a: Any) -> Any:
    return np.asarray(np.sum(a * quarters(np.shape(a), "weights")), dtype=object)


@pytest.mark.parametrize("name", NONLINEAR)
def test_nonlinear(name: str) -> None:
    """Value and Jacobian, and Hessian-vector product and third derivative of a weighted sum, against mpmath."""
    fn, exact, x = NONLINEAR[name]
    tangent = [quarters(x.shape, name)]

    def scalar(xp: Any, a: Any) -> Any:
        y = fn(xp, a)
        return xp.sum(y * quarters(y.shape, "weights"))

    for operator in ("value", "jacobian"):
        true = truth(lambda a: np.asarray(exact(a), dtype=object), [x], operator, [], None)
        assert worst(differentiate(fn, [x], operator), true) <= BOUND, operator
    for operator in ("hvp", "third"):
        true = truth(lambda a: weighted(exact(a)), [x], operator, tangent, None)
        assert worst(differentiate(scalar, [x], operator, tangent), true) <= BOUND, operator
