"""Are the definitions that both engines share right? Against NumPy's functions, and against loops written apart.

Their derivatives are those of operations certified on their own (`tests.test_series`); `tests.test_tape_names` holds
the tape's to them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.case import quarters
from reference import distributions
from reference.definitions import NAMES
from reference.series import differentiate
from tests import images_written_apart, signals_written_apart, statistics_written_apart

Fn = Callable[..., Any]
Array = NDArray[np.float64]


def made(*shape: int) -> Array:
    """Distinct numbers of either sign."""
    return quarters(shape, f"definitions {shape}") + np.arange(np.prod(shape)).reshape(shape) / 16


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def cosine_transform(x: Array) -> Array:
    """The Fourier transform of the vector mirrored, turned by half a step, is real."""
    n = x.size
    turned: Array = np.fft.fft(np.concatenate([x, x[::-1]]))[:n] * np.exp(-1j * np.pi * np.arange(n) / (2 * n))
    real: Array = np.real(turned)
    return real


def orthonormal_cosines(n: int) -> Array:
    rows: Array = np.array([cosine_transform(unit) for unit in np.eye(n)]).T
    unit: Array = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def rows_of_symbols(log_probabilities: Array, labels: tuple[int, ...]) -> Array:
    """By every row there is."""
    times, symbols = log_probabilities.shape
    rows = [
        row
        for row in itertools.product(range(symbols), repeat=times)
        if tuple(symbol for symbol, _ in itertools.groupby(row) if symbol) == labels
    ]
    return -np.log(sum(np.exp(log_probabilities[range(times), row].sum()) for row in rows))  # type: ignore[no-any-return]


SPD = np.array([[2.0, 0.5], [0.5, 1.0]])


@np.vectorize
def multivariate(a: float) -> float:
    """The logarithm of the gamma function of dimension 3."""
    return math.log(math.pi) * 3 / 2 + math.lgamma(a) + math.lgamma(a - 0.5) + math.lgamma(a - 1)


def normalised(x: Array, axes: tuple[int, ...], eps: float = 1e-5) -> Array:
    normal: Array = (x - x.mean(axes, keepdims=True)) / np.sqrt(x.var(axes, keepdims=True) + eps)
    return normal


def transposed(x: Array, w: Array, stride: int, padding: int, dilation: int) -> Array:
    """Every element adds the kernel, times itself, to where it lands; what padding says is cut off."""
    rows, columns = ((n - 1) * stride + dilation * (k - 1) + 1 for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
    y = np.zeros((x.shape[0], w.shape[1], rows, columns))
    for n, c, i, j in np.ndindex(*x.shape):
        for o, a, b in np.ndindex(*w.shape[1:]):
            y[n, o, i * stride + a * dilation, j * stride + b * dilation] += x[n, c, i, j] * w[c, o, a, b]
    return y[:, :, padding : rows - padding, padding : columns - padding]


def lstm(x: Array, h: Array, c: Array, w: Array, v: Array, b: Array, d: Array) -> Array:
    gates = x @ w.T + b + h @ v.T + d
    i, f, g, o = np.split(gates, 4, 1)
    cell = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return np.stack([sigmoid(o) * np.tanh(cell), cell])


def gru(x: Array, h: Array, w: Array, v: Array, b: Array, d: Array) -> Array:
    (r, z, n), (p, q, m) = np.split(x @ w.T + b, 3, 1), np.split(h @ v.T + d, 3, 1)
    update = sigmoid(z + q)
    return (1 - update) * np.tanh(n + sigmoid(r + p) * m) + update * h


def attention(x: Array, w: Array, b: Array, u: Array, d: Array) -> Array:
    """Two heads of width 2."""
    q, k, v = np.split(x @ w.T + b, 3, 1)
    heads = []
    for s in (slice(0, 2), slice(2, 4)):
        scores = np.exp(q[:, s] @ k[:, s].T / np.sqrt(2))
        heads.append(scores / scores.sum(1, keepdims=True) @ v[:, s])
    return np.concatenate(heads, 1) @ u.T + d


def bilinear_resized(x: Array, rows: int, columns: int) -> Array:
    """By NumPy's interpolation between the centres of elements, along one axis after the other."""
    for axis, size in ((-2, rows), (-1, columns)):
        n = x.shape[axis]
        place = (np.arange(size) + 0.5) * n / size - 0.5
        rows_last = np.moveaxis(x, axis, -1)
        x = np.moveaxis(
            np.array([np.interp(place, np.arange(n), row) for row in rows_last.reshape(-1, n)]).reshape(
                (*rows_last.shape[:-1], size)
            ),
            -1,
            axis,
        )
    return x


def unfolded(x: Array) -> Array:
    """Windows of 2 by 2."""
    (n, c, rows, columns), found = x.shape, []
    for i in range(rows - 1):
        for j in range(columns - 1):
            found.append(x[:, :, i : i + 2, j : j + 2].reshape(n, c * 4))
    return np.stack(found, -1)


def shuffled(x: Array) -> Array:
    y = np.empty((x.shape[0], x.shape[1] // 4, x.shape[2] * 2, x.shape[3] * 2))
    for b, c, i, j in np.ndindex(*y.shape):
        y[b, c, i, j] = x[b, c * 4 + (i % 2) * 2 + j % 2, i // 2, j // 2]
    return y


def cosine(x: Array, y: Array) -> Array:
    return np.array([a @ b / np.sqrt((a @ a) * (b @ b)) for a, b in zip(x, y, strict=True)])


X23, X34, X5 = made(2, 3), made(3, 4), made(5)
IMAGE, KERNEL = made(2, 2, 2, 3), made(2, 3, 2, 2)
SIGNS = np.array([[1.0, -1.0, 1.0], [-1.0, 1.0, -1.0]])
POSITIVE = np.abs(X23) + 0.5
IDS, LABELS = np.array([0, 1, 0, 1, 1]), np.array([2, 0])
CELL = (made(8, 3), made(8, 2), made(8), made(8))
GATED = (made(6, 3), made(6, 2), made(6), made(6))
TENSOR = np.arange(16.0).reshape(2, 2, 2, 2) % 7 + 4 * np.eye(4).reshape(2, 2, 2, 2)
ROWS = (X23[:, :2], X23[:, 1:])

PAIRS: dict[str, tuple[Fn, Fn, tuple[Array, ...]]] = {
    "linear": (lambda xp, *a: xp.linear(*a), lambda x, w, b: x @ w.T + b, (X23, made(4, 3), made(4))),
    "bilinear": (
        lambda xp, *a: xp.bilinear(*a),
        lambda x, y, w, b: np.stack([x[i] @ w @ y[i] + b for i in range(2)]),
        (X23, made(2, 2), made(4, 3, 2), made(4)),
    ),
    "embedding": (lambda xp, t: xp.embedding(t, IDS), lambda t: t[IDS], (X23,)),
    "batch_norm": (
        lambda xp, *a: xp.batch_norm(*a),
        lambda x, w, b: normalised(x, (0, 2, 3)) * w[:, None, None] + b[:, None, None],
        (IMAGE, made(2), made(2)),
    ),
    "instance_norm": (
        lambda xp, *a: xp.instance_norm(*a),
        lambda x, w, b: normalised(x, (2, 3)) * w[:, None, None] + b[:, None, None],
        (IMAGE, made(2), made(2)),
    ),
    "group_norm": (
        lambda xp, x, w, b: xp.group_norm(x, 2, w, b),
        lambda x, w, b: (
            np.concatenate([normalised(x[:, s], (1, 2)) for s in (slice(0, 2), slice(2, 4))], 1) * w[:, None] + b[:, None]
        ),
        (made(2, 4, 3), made(4), made(4)),
    ),
    "conv_transpose2d": (lambda xp, *a: xp.conv_transpose2d(*a), lambda x, w: transposed(x, w, 1, 0, 1), (IMAGE, KERNEL)),
    "conv_transpose2d apart": (
        lambda xp, *a: xp.conv_transpose2d(*a, stride=3, padding=1, dilation=2),
        lambda x, w: transposed(x, w, 3, 1, 2),
        (IMAGE, KERNEL),
    ),
    "conv_transpose1d": (
        lambda xp, x, w: xp.conv_transpose1d(x[:, :, 0], w[:, :, 0], stride=2, padding=1),
        lambda x, w: transposed(x[:, :, :1], w[:, :, :1], 2, 0, 1)[:, :, 0, 1:-1],
        (IMAGE, KERNEL),
    ),
    "rnn_tanh_cell": (
        lambda xp, *a: xp.rnn_tanh_cell(*a),
        lambda x, h, w, v, b, d: np.tanh(x @ w.T + b + h @ v.T + d),
        (X23, made(2, 2), made(2, 3), made(2, 2), made(2), made(2)),
    ),
    "gru_cell": (lambda xp, *a: xp.gru_cell(*a), gru, (X23, made(2, 2), *GATED)),
    "lstm_cell": (
        lambda xp, x, h, c, *p: xp.stack(xp.lstm_cell(x, (h, c), *p)),
        lstm,
        (X23, made(2, 2), 2 - made(2, 2), *CELL),
    ),
    "multi_head_attention": (
        lambda xp, *a: xp.multi_head_attention(*a, 2),
        attention,
        (made(3, 4) / 4, made(12, 4) / 4, made(12) / 4, made(4, 4), made(4)),
    ),
    "unfold": (lambda xp, x: xp.unfold(x, (2, 2)), unfolded, (made(2, 3, 3, 4),)),
    "pixel_shuffle": (lambda xp, x: xp.pixel_shuffle(x, 2), shuffled, (made(2, 8, 2, 3),)),
    "resize_nearest": (lambda xp, x: xp.resize_nearest(x, (4, 9)), lambda x: x.repeat(2, 2).repeat(3, 3), (IMAGE,)),
    "resize_bilinear": (lambda xp, x: xp.resize_bilinear(x, (4, 9)), lambda x: bilinear_resized(x, 4, 9), (IMAGE,)),
    "glu": (lambda xp, x: xp.glu(x), lambda x: x[:, :2] * sigmoid(x[:, 2:]), (X34,)),
    "softmin": (lambda xp, x: xp.softmin(x), lambda x: np.exp(-x) / np.exp(-x).sum(-1, keepdims=True), (X34,)),
    "prelu": (lambda xp, *a: xp.prelu(*a), lambda x, w: np.maximum(x, 0) + w * np.minimum(x, 0), (X23, made(3))),
    "soft_shrink": (lambda xp, x: xp.soft_shrink(x), lambda x: np.sign(x) * np.maximum(np.abs(x) - 0.5, 0), (X34,)),
    "hard_shrink": (lambda xp, x: xp.hard_shrink(x), lambda x: x * (np.abs(x) > 0.5), (X34,)),
    "threshold_below": (lambda xp, x: xp.threshold_below(x, 0.5, 2.0), lambda x: np.where(x > 0.5, x, 2), (X34,)),
    "squareplus": (lambda xp, x: xp.squareplus(x), lambda x: x / 2 + np.sqrt(x * x / 4 + 1), (X34,)),
    "sparse_plus": (
        lambda xp, x: xp.sparse_plus(4.0 * x),
        lambda x: np.where(4 * x < -1, 0, np.where(4 * x > 1, 4 * x, (4 * x + 1) ** 2 / 4)),
        (X34,),
    ),
    "log1mexp": (lambda xp, x: xp.log1mexp(x), lambda x: np.log(1 - np.exp(-x)), (POSITIVE,)),
    "cosine_similarity": (lambda xp, *a: xp.cosine_similarity(*a), cosine, ROWS),
    "pairwise_distance": (lambda xp, x, y: xp.pairwise_distance(x, y, 0.5), lambda x, y: np.hypot(*(x - y + 0.5).T), ROWS),
    "smooth_l1_loss": (
        lambda xp, x: xp.smooth_l1_loss(x, 0.0, beta=0.5),
        lambda x: np.where(np.abs(x) < 0.5, x * x, np.abs(x) - 0.25).mean(),
        (X34,),
    ),
    "kl_div_loss": (lambda xp, *a: xp.kl_div_loss(*a), lambda q, p: np.mean(p * (np.log(p) - q)), (X23, POSITIVE)),
    "poisson_nll_loss": (lambda xp, *a: xp.poisson_nll_loss(*a), lambda x, y: np.mean(np.exp(x) - y * x), (X23, POSITIVE)),
    "gaussian_nll_loss": (
        lambda xp, *a: xp.gaussian_nll_loss(*a),
        lambda m, y, v: np.mean(np.log(v) / 2 + (y - m) ** 2 / v / 2),
        (X23, 1 - X23, POSITIVE),
    ),
    "cosine_embedding_loss": (
        lambda xp, x, y: xp.cosine_embedding_loss(x, y, np.array([1.0, -1.0]), margin=-0.5),
        lambda x, y: (1 - cosine(x, y)[0] + max(0, cosine(x, y)[1] + 0.5)) / 2,
        ROWS,
    ),
    "triplet_margin_loss": (
        lambda xp, x, y: xp.triplet_margin_loss(x, y, 2.0 * x, eps=0.25),
        lambda x, y: np.maximum(np.hypot(*(x - y + 0.25).T) - np.hypot(*(-x + 0.25).T) + 1, 0).mean(),
        ROWS,
    ),
    "hinge_embedding_loss": (
        lambda xp, x: xp.hinge_embedding_loss(x, SIGNS),
        lambda x: np.where(SIGNS > 0, x, np.maximum(1 - x, 0)).mean(),
        (X23,),
    ),
    "hinge_loss": (lambda xp, x: xp.hinge_loss(x, SIGNS), lambda x: np.maximum(1 - x * SIGNS, 0).mean(), (X23,)),
    "squared_hinge_loss": (
        lambda xp, x: xp.squared_hinge_loss(x, SIGNS),
        lambda x: (np.maximum(1 - x * SIGNS, 0) ** 2).mean(),
        (X23,),
    ),
    "soft_margin_loss": (lambda xp, x: xp.soft_margin_loss(x, SIGNS), lambda x: np.log1p(np.exp(-x * SIGNS)).mean(), (X23,)),
    "margin_ranking_loss": (
        lambda xp, x: xp.margin_ranking_loss(x, 1.0 - x, SIGNS, margin=0.25),
        lambda x: np.maximum(0.25 - SIGNS * (2 * x - 1), 0).mean(),
        (X23,),
    ),
    "multi_margin_loss": (
        lambda xp, x: xp.multi_margin_loss(x, LABELS),
        lambda x: sum(max(0, 1 - x[i, LABELS[i]] + x[i, j]) for i in range(2) for j in range(3) if j != LABELS[i]) / 6,
        (X23,),
    ),
    "nll_loss": (lambda xp, x: xp.nll_loss(x, LABELS), lambda x: -(x[0, 2] + x[1, 0]) / 2, (X23,)),
    "log_cosh_loss": (lambda xp, x: xp.log_cosh_loss(x, 0.0), lambda x: np.log(np.cosh(x)).mean(), (X23,)),
    "diff": (lambda xp, x: xp.diff(x, 2), lambda x: np.diff(x, 2), (X34,)),
    "diff with a start": (lambda xp, x: xp.diff(x[:, 1:], 1, x[:, :1]), lambda x: np.diff(x[:, 1:], prepend=x[:, :1]), (X34,)),
    "slopes": (lambda xp, x: xp.slopes(x, 0.5), lambda x: np.gradient(x, 0.5), (X5,)),
    "trapezoid": (lambda xp, x: xp.trapezoid(x * x, x), lambda x: ((x[1:] - x[:-1]) @ (x[1:] ** 2 + x[:-1] ** 2)) / 2, (X5,)),
    "interp": (
        lambda xp, *a: xp.interp(*a),
        np.interp,
        (np.array([-0.5, 0.75, 2.25]), np.array([-1.0, 0.25, 1.5, 3.0]), made(4)),
    ),
    "polyval": (lambda xp, c, x: xp.polyval(c, x), np.polyval, (made(4), X5)),
    "cov": (lambda xp, x: xp.cov(x), np.cov, (X34,)),
    "corrcoef": (lambda xp, x: xp.corrcoef(x), np.corrcoef, (X34,)),
    "cummax": (lambda xp, x: xp.cummax(x), lambda x: np.maximum.accumulate(x, -1), (X34,)),
    "cummin": (lambda xp, x: xp.cummin(x), lambda x: np.minimum.accumulate(x, -1), (X34,)),
    "logcumsumexp": (lambda xp, x: xp.logcumsumexp(x), lambda x: np.logaddexp.accumulate(x, -1), (X34,)),
    "lstsq": (lambda xp, a, b: xp.lstsq(a, b), lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], (X34[:, :2], made(3, 1))),
    "lstsq wide": (lambda xp, a, b: xp.lstsq(a, b), lambda a, b: np.linalg.lstsq(a, b, rcond=None)[0], (X34[:2], made(2, 1))),
    "tensorsolve": (lambda xp, a, b: xp.tensorsolve(a, b), np.linalg.tensorsolve, (TENSOR, made(2, 2))),
    "tensorinv": (lambda xp, a: xp.tensorinv(a, ind=2), lambda a: np.linalg.tensorinv(a, 2), (TENSOR,)),
    "quantile": (lambda xp, x: xp.quantile(x, 0.375), lambda x: np.quantile(x, 0.375), (X34,)),
    "quantile along an axis": (lambda xp, x: xp.quantile(x, 0.75, 1), lambda x: np.quantile(x, 0.75, 1), (X34,)),
    "quantile at an element": (lambda xp, x: xp.quantile(x, 0.5, 0, True), lambda x: np.median(x, 0, keepdims=True), (X5,)),
    "vander": (lambda xp, x: xp.vander(x, 4), lambda x: np.vander(x, 4), (X5,)),
    "multigammaln": (lambda xp, x: xp.multigammaln(x * x + 2.0, 3), lambda x: multivariate(x * x + 2), (X5,)),
    "poch": (lambda xp, x: xp.poch(x * x + 0.5, 3.0), lambda x: (x * x + 0.5) * (x * x + 1.5) * (x * x + 2.5), (X5,)),
    "lu_solve": (
        lambda xp, a: xp.lu_solve(a[:, :3] + 3 * np.eye(3), a),
        lambda a: np.linalg.solve(a[:, :3] + 3 * np.eye(3), a),
        (X34,),
    ),
    "cho_solve": (
        lambda xp, a: xp.cho_solve(xp.tril(a[:, :3]), a),
        lambda a: np.linalg.solve(np.tril(a[:, :3]) @ np.tril(a[:, :3]).T, a),
        (X34,),
    ),
    "cholesky_inverse": (
        lambda xp, a: xp.cholesky_inverse(xp.tril(a[:, :3])),
        lambda a: np.linalg.inv(np.tril(a[:, :3]) @ np.tril(a[:, :3]).T),
        (X34,),
    ),
    "logsumexp_of_weighted": (
        lambda xp, x: xp.logsumexp_of_weighted(x, np.arange(5.0)),
        lambda x: np.log(np.exp(x) @ np.arange(5.0)),
        (X5,),
    ),
    "xdivy": (lambda xp, x: xp.xdivy(x, 1.0 + x * x), lambda x: x / (1 + x * x), (X5,)),
    "ctc_loss_of_scores": (lambda xp, a: xp.ctc_loss_of_scores(a, (2,)), lambda a: rows_of_symbols(a, (2,)), (X34,)),
    "ctc_loss": (lambda xp, a: xp.ctc_loss(a, (1, 1, 2)), lambda a: rows_of_symbols(a, (1, 1, 2)), (np.tile(X34, (2, 1)),)),
    "multi_dot": (lambda xp, a: xp.multi_dot((a, a.T, a)), lambda a: np.linalg.multi_dot([a, a.T, a]), (X34,)),
    "tridiagonal_solve": (
        lambda xp, a: xp.tridiagonal_solve(a[0, :2], a[1, :3] + 3.0, a[2, :2], a),
        lambda a: np.linalg.solve(np.diag(a[0, :2], -1) + np.diag(a[1, :3] + 3) + np.diag(a[2, :2], 1), a),
        (X34,),
    ),
    "beta_logpdf": (
        lambda xp, x: xp.beta_logpdf(x * x / (1.0 + x * x), 2.0, 3.0),
        lambda x: np.log(12 * x * x / (1 + x * x) ** 3),
        (X5,),
    ),
    "gamma_logpdf": (lambda xp, x: xp.gamma_logpdf(x * x, 3.0), lambda x: np.log(x**4 / 2) - x * x, (X5,)),
    "boxcox": (lambda xp, x: xp.boxcox(x * x, 0.5), lambda x: 2 * (np.abs(x) - 1), (X5,)),
    "boxcox1p": (lambda xp, x: xp.boxcox1p(x * x, 1.0), lambda x: x * x, (X5,)),
    "cauchy_logpdf": (
        lambda xp, x: xp.cauchy_logpdf(x, 0.25, 2.0),
        lambda x: -np.log(np.pi * (2 + (x - 0.25) ** 2 / 2)),
        (X5,),
    ),
    "chi2_logpdf": (lambda xp, x: xp.chi2_logpdf(x * x, 4.0), lambda x: np.log(x * x / 4) - x * x / 2, (X5,)),
    "dct": (lambda xp, x: xp.dct(x), cosine_transform, (X5,)),
    "dirichlet_logpdf": (
        lambda xp, x: xp.dirichlet_logpdf(x * x, np.array([2.0, 1.0, 3.0, 1.0, 1.0])),
        lambda x: np.log(math.factorial(7) / 2 * x[0] ** 2 * x[2] ** 4),
        (X5,),
    ),
    "gumbel_logpdf": (
        lambda xp, x: xp.gumbel_logpdf(x, 1.0, 2.0),
        lambda x: np.log(np.exp((1 - x) / 2) / 2) - np.exp((1 - x) / 2),
        (X5,),
    ),
    "idct": (lambda xp, x: xp.idct(x), lambda x: np.linalg.solve(orthonormal_cosines(x.size), x), (X5,)),
    "laplace_logpdf": (lambda xp, x: xp.laplace_logpdf(x, 9.0, 2.0), lambda x: np.log(np.exp(-np.abs(x - 9) / 2) / 4), (X5,)),
    "norm_logpdf": (
        lambda xp, x: xp.norm_logpdf(x, 1.0, 2.0),
        lambda x: np.log(np.exp(-((x - 1) ** 2) / 8) / np.sqrt(8 * np.pi)),
        (X5,),
    ),
    "pareto_logpdf": (lambda xp, x: xp.pareto_logpdf(x * x, 3.0), lambda x: np.log(3 / x**8), (X5,)),
    "poisson_logpmf": (
        lambda xp, x: xp.poisson_logpmf(np.array(3.0), x * x),
        lambda x: np.log(x**6 * np.exp(-x * x) / 6),
        (X5,),
    ),
    "sqrtm": (lambda xp, x: xp.sqrtm(xp.matmul(SPD, SPD) + 0.0 * x[0]), lambda x: SPD, (X5,)),
    "vonmises_logpdf": (
        lambda xp, x: xp.vonmises_logpdf(x, 2.0),
        lambda x: 2 * np.cos(x) - np.log(2 * np.pi * np.i0(2.0)),
        (X5,),
    ),
    "t_logpdf": (lambda xp, x: xp.t_logpdf(x, 1.0), lambda x: -np.log(np.pi * (1 + x * x)), (X5,)),
    "multivariate_normal_logpdf": (
        lambda xp, x: xp.multivariate_normal_logpdf(x[:2], x[2:4], np.diag([4.0, 0.25])),
        lambda x: -np.log(2 * np.pi) - (x[0] - x[2]) ** 2 / 8 - 2 * (x[1] - x[3]) ** 2,
        (X5,),
    ),
    "linspace": (lambda xp, x: xp.linspace(x[0], x[1], 7), lambda x: np.linspace(x[0], x[1], 7), (X5,)),
    "logspace": (lambda xp, x: xp.logspace(x[0], x[1], 7), lambda x: np.logspace(x[0], x[1], 7), (X5,)),
    "geomspace": (
        lambda xp, x: xp.geomspace(x[0] ** 2, x[1] ** 2, 7),
        lambda x: np.geomspace(x[0] ** 2, x[1] ** 2, 7),
        (X5,),
    ),
    "split": (lambda xp, x: xp.split(x, 2, axis=1)[1], lambda x: np.split(x, 2, 1)[1], (X34,)),
    "average": (lambda xp, x: xp.average(x, x * x), lambda x: np.average(x, weights=x * x), (X34,)),
    "correlate": (lambda xp, x: xp.correlate(x, x[:3], "full"), lambda x: np.correlate(x, x[:3], "full"), (X5,)),
    "correlate valid": (lambda xp, x: xp.correlate(x, x[:3], "valid"), lambda x: np.correlate(x, x[:3], "valid"), (X5,)),
    "rfft2": (lambda xp, x: xp.imag(xp.rfft2(x)), lambda x: np.fft.rfft2(x).imag, (X34,)),
    "irfft2": (lambda xp, x: xp.irfft2(xp.rfft2(x) * xp.rfft2(x)), lambda x: np.fft.irfft2(np.fft.rfft2(x) ** 2), (X34,)),
    "clip_by_norm": (lambda xp, x: xp.clip_by_norm(x, 1.5), lambda x: x * 1.5 / np.linalg.norm(x), (2 * X5,)),
    "clip_by_norm of a short one": (lambda xp, x: xp.clip_by_norm(x, 99.0), lambda x: x, (X5,)),
    "segment_max": (lambda xp, x: xp.segment_max(x, IDS, 2), lambda x: np.array([x[k == IDS].max() for k in range(2)]), (X5,)),
    "segment_mean": (
        lambda xp, x: xp.segment_mean(x, IDS, 2),
        lambda x: np.array([x[k == IDS].mean() for k in range(2)]),
        (X5,),
    ),
    "segment_prod": (
        lambda xp, x: xp.segment_prod(x, IDS, 2),
        lambda x: np.array([x[k == IDS].prod() for k in range(2)]),
        (X5,),
    ),
    "scatter_max": (
        lambda xp, x: xp.scatter_max(x[:2], IDS[2:], x[2:]),
        lambda x: np.array([max(x[0], x[2]), max(x[1], x[3], x[4])]),
        (X5,),
    ),
    "scatter_prod": (
        lambda xp, x: xp.scatter_prod(x[:2], IDS[2:], x[2:]),
        lambda x: np.array([x[0] * x[2], x[1] * x[3] * x[4]]),
        (X5,),
    ),
    "put_along_axis": (
        lambda xp, x: xp.put_along_axis(x, np.array([[2], [0], [1]]), x[:, :1] * 2.0),
        lambda x: np.stack([[*x[0, :2], 2 * x[0, 0], x[0, 3]], [2 * x[1, 0], *x[1, 1:]], [x[2, 0], 2 * x[2, 0], *x[2, 2:]]]),
        (X34,),
    ),
    "ldexp": (lambda xp, x: xp.ldexp(x, np.array([2, -1, 0, 3])), lambda x: np.ldexp(x, [2, -1, 0, 3]), (X34,)),
    **statistics_written_apart.PAIRS,
    **signals_written_apart.PAIRS,
    **images_written_apart.PAIRS,
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_definition_is_what_it_is_elsewhere(name: str) -> None:
    fn, exact, inputs = PAIRS[name]
    got = differentiate(fn, list(inputs), "value")
    expected = np.asarray(exact(*inputs))
    assert got.shape == expected.shape
    np.testing.assert_allclose(got.astype(np.float64), expected, rtol=2e-14, atol=1e-14)


def test_every_definition_is_held_to_another() -> None:
    assert {name.split(" ")[0] for name in PAIRS} == set(NAMES) - set(distributions.NAMES)
