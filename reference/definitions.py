"""Operations defined by others of the vocabulary: layers, losses, differences, interpolation. One text for both engines.

Each is the definition of the framework or paper named in `conformance.catalogue`, in its plainest form; the first argument is
the engine's namespace. They are certified in `tests/test_definitions.py`, against NumPy and SciPy's definitions written apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from math import prod
from typing import Any

import numpy as np

from . import distributions, images, losses, matrices, signals, statistics, windows
from .reductions import plain

Definition = Callable[..., Any]


def linear(xp: Any, x: Any, weight: Any, bias: Any) -> Any:
    """x·weightᵀ + bias, weight of shape (out, in)."""
    return xp.matmul(x, xp.matrix_transpose(weight)) + bias


def bilinear(xp: Any, x: Any, y: Any, weight: Any, bias: Any) -> Any:
    """Σᵢⱼ x_bi·weight_oij·y_bj + bias_o."""
    return xp.einsum("bi,oij,bj->bo", x, weight, y) + bias


def embedding(xp: Any, table: Any, ids: Any) -> Any:
    return xp.take(table, ids, axis=0)


def _normal(xp: Any, x: Any, axes: tuple[int, ...], eps: Any) -> Any:
    """(x - mean)/√(var + eps) over the axes."""
    centred = x - xp.mean(x, axis=axes, keepdims=True)
    return centred * (1.0 / xp.sqrt(xp.mean(centred * centred, axis=axes, keepdims=True) + eps))


def _channels(xp: Any, parameter: Any, x: Any) -> Any:
    """A number per channel, the second axis of x, so that it broadcasts."""
    return xp.reshape(parameter, (1, -1) + (1,) * (x.ndim - 2))


def batch_norm(xp: Any, x: Any, weight: Any, bias: Any, eps: Any = 1e-5) -> Any:
    """By the statistics of the batch: over all axes but that of the channels, the second."""
    normal = _normal(xp, x, (0, *range(2, x.ndim)), eps)
    return normal * _channels(xp, weight, x) + _channels(xp, bias, x)


def group_norm(xp: Any, x: Any, groups: int, weight: Any, bias: Any, eps: Any = 1e-5) -> Any:
    """Over each of the `groups` of neighbouring channels, the second axis, and what is behind it."""
    apart = xp.reshape(x, (x.shape[0], groups, -1))
    normal = xp.reshape(_normal(xp, apart, (2,), eps), x.shape)
    return normal * _channels(xp, weight, x) + _channels(xp, bias, x)


def instance_norm(xp: Any, x: Any, weight: Any, bias: Any, eps: Any = 1e-5) -> Any:
    """Over the axes behind the channels."""
    return _normal(xp, x, tuple(range(2, x.ndim)), eps) * _channels(xp, weight, x) + _channels(xp, bias, x)


def conv_transpose(n: int) -> Definition:
    """The transpose of the convolution: x of shape (batch, in, ...), weight of shape (in, out, ...)."""

    def transposed(xp: Any, x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        size = weight.shape[2:]
        steps, margins, gaps = (((v,) * n if isinstance(v, int) else tuple(v)) for v in (stride, padding, dilation))
        where = [_landing(*parts) for parts in zip(x.shape[2:], size, steps, margins, gaps, strict=True)]
        places, sizes, outs = "uvw"[:n], "ijk"[:n], "xyz"[:n]
        landings = ",".join(f"{u}{i}{x}" for u, i, x in zip(places, sizes, outs, strict=True))
        return xp.einsum(f"nc{places},co{sizes},{landings}->no{outs}", x, weight, *where)

    return transposed


def _landing(length: int, size: int, stride: int, padding: int, dilation: int) -> Any:
    """One where an element, and one of the kernel's, meet in an element of the result."""
    out = (length - 1) * stride + dilation * (size - 1) + 1 - 2 * padding
    place = np.arange(length)[:, None] * stride + np.arange(size) * dilation - padding
    return (place[..., None] == np.arange(out)).astype(np.longdouble)


def rnn_tanh_cell(xp: Any, x: Any, h: Any, *parameters: Any) -> Any:
    """tanh of the sum of what x and what h say."""
    return xp.tanh(_heard(xp, x, h, *parameters))


def _heard(xp: Any, x: Any, h: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> Any:
    return linear(xp, x, w_x, b_x) + linear(xp, h, w_h, b_h)


def gru_cell(xp: Any, x: Any, h: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> Any:
    """Cho et al. 2014 with the reset after the product; gates in the order reset, update, new."""
    n = h.shape[-1]
    by_x, by_h = linear(xp, x, w_x, b_x), linear(xp, h, w_h, b_h)
    reset, update = (xp.sigmoid((by_x + by_h)[:, i * n : (i + 1) * n]) for i in range(2))
    new = xp.tanh(by_x[:, 2 * n :] + reset * by_h[:, 2 * n :])
    return (1.0 - update) * new + update * h


def lstm_cell(xp: Any, x: Any, state: Any, *parameters: Any) -> tuple[Any, Any]:
    """(h, c) after (h, c); gates in the order input, forget, cell, output."""
    h, c = state
    n = h.shape[-1]
    heard = _heard(xp, x, h, *parameters)
    enter, forget, new, leave = (heard[:, i * n : (i + 1) * n] for i in range(4))
    cell = xp.sigmoid(forget) * c + xp.sigmoid(enter) * xp.tanh(new)
    return xp.sigmoid(leave) * xp.tanh(cell), cell


def multi_head_attention(xp: Any, x: Any, w_in: Any, b_in: Any, w_out: Any, b_out: Any, heads: int) -> Any:
    """Self-attention of x of shape (places, width): queries, keys and values are thirds of x·w_inᵀ + b_in."""
    places, width = x.shape
    parts = xp.reshape(linear(xp, x, w_in, b_in), (places, 3, heads, width // heads))
    q, k, v = (xp.permute_dims(parts[:, i], (1, 0, 2)) for i in range(3))
    mixed = xp.permute_dims(xp.scaled_dot_product_attention(q, k, v), (1, 0, 2))
    return linear(xp, xp.reshape(mixed, (places, width)), w_out, b_out)


def unfold(xp: Any, x: Any, size: tuple[int, int]) -> Any:
    """Every window of x of shape (batch, channels, rows, columns) as a column."""
    (m, n), (rows, columns) = size, x.shape[-2:]
    windows = [x[:, :, i : rows - m + 1 + i, j : columns - n + 1 + j] for i in range(m) for j in range(n)]
    return xp.reshape(xp.stack(windows, axis=2), (x.shape[0], x.shape[1] * m * n, -1))


def pixel_shuffle(xp: Any, x: Any, factor: int) -> Any:
    """(batch, c·f², rows, columns) to (batch, c, rows·f, columns·f)."""
    b, c, rows, columns = x.shape
    apart = xp.reshape(x, (b, c // factor**2, factor, factor, rows, columns))
    return xp.reshape(xp.permute_dims(apart, (0, 1, 4, 2, 5, 3)), (b, c // factor**2, rows * factor, columns * factor))


def resize_nearest(xp: Any, x: Any, size: tuple[int, int]) -> Any:
    """The last two axes to multiples of themselves, every element repeated."""
    tall = xp.repeat(x, size[0] // x.shape[-2], axis=-2)
    return xp.repeat(tall, size[1] // x.shape[-1], axis=-1)


def resize_bilinear(xp: Any, x: Any, size: tuple[int, int]) -> Any:
    """The last two axes enlarged, linearly between the centres of elements and constantly beyond the outermost ones."""
    rows, columns = (_between(n, m) for n, m in zip(x.shape[-2:], size, strict=True))
    return xp.einsum("ij,ncjk,lk->ncil", rows, x, columns)


def _between(n: int, m: int) -> Any:
    place = np.clip((np.arange(m) + np.longdouble(0.5)) * n / m - 0.5, 0, n - 1)
    return np.maximum(1 - np.abs(place[:, None] - np.arange(n)), np.longdouble(0))


def glu(xp: Any, x: Any) -> Any:
    """The first half along the last axis times the sigmoid of the second."""
    half = x.shape[-1] // 2
    return x[..., :half] * xp.sigmoid(x[..., half:])


def prelu(xp: Any, x: Any, weight: Any) -> Any:
    return xp.where(x > 0.0, x, x * _channels(xp, weight, x))


def soft_shrink(xp: Any, x: Any, threshold: float = 0.5) -> Any:
    return xp.where(x > threshold, x - threshold, xp.where(x < -threshold, x + threshold, x * 0.0))


def hard_shrink(xp: Any, x: Any, threshold: float = 0.5) -> Any:
    return xp.where(xp.abs(x) > threshold, x, x * 0.0)


def threshold_below(xp: Any, x: Any, threshold: float, value: float) -> Any:
    """x where it is larger than the threshold, else the value."""
    return xp.where(x > threshold, x, x * 0.0 + value)


def squareplus(xp: Any, x: Any, b: float = 4.0) -> Any:
    return (x + xp.sqrt(x * x + b)) * 0.5


def sparse_plus(xp: Any, x: Any) -> Any:
    """0 below -1, x above 1, (x + 1)²/4 between."""
    return xp.where(x <= -1.0, x * 0.0, xp.where(x >= 1.0, x, (x + 1.0) ** 2 * 0.25))


def log1mexp(xp: Any, x: Any) -> Any:
    """log(1 - exp(-x)) of x > 0."""
    return xp.log(-xp.expm1(-x))


def smooth_l1_loss(xp: Any, x: Any, y: Any, beta: float = 1.0) -> Any:
    return xp.huber_loss(x, y, delta=beta) / beta


def kl_div_loss(xp: Any, log_q: Any, p: Any) -> Any:
    """The mean over all elements of p·(log p - log q)."""
    return xp.mean(p * (xp.log(p) - log_q))


def poisson_nll_loss(xp: Any, log_rate: Any, y: Any) -> Any:
    return xp.mean(xp.exp(log_rate) - y * log_rate)


def gaussian_nll_loss(xp: Any, mean: Any, y: Any, variance: Any) -> Any:
    return xp.mean((xp.log(variance) + (mean - y) ** 2 / variance) * 0.5)


def cosine_similarity(xp: Any, x: Any, y: Any) -> Any:
    """Along the last axis, of vectors that are not 0."""
    return xp.vecdot(x, y) / (xp.vector_norm(x, axis=-1) * xp.vector_norm(y, axis=-1))


def cosine_embedding_loss(xp: Any, x: Any, y: Any, label: Any, margin: float = 0.0) -> Any:
    """The mean of 1 - cos where the label is 1, of max(0, cos - margin) where it is -1."""
    cosine = cosine_similarity(xp, x, y)
    return xp.mean(xp.where(label > 0.0, 1.0 - cosine, xp.relu(cosine - margin)))


def pairwise_distance(xp: Any, x: Any, y: Any, eps: float = 1e-6) -> Any:
    """The length of x - y + eps along the last axis."""
    return xp.vector_norm(x - y + eps, axis=-1)


def triplet_margin_loss(xp: Any, anchor: Any, positive: Any, negative: Any, margin: float = 1.0, eps: float = 1e-6) -> Any:
    near, far = (pairwise_distance(xp, anchor, other, eps) for other in (positive, negative))
    return xp.mean(xp.relu(near - far + margin))


def hinge_embedding_loss(xp: Any, x: Any, label: Any, margin: float = 1.0) -> Any:
    return xp.mean(xp.where(label > 0.0, x, xp.relu(margin - x)))


def hinge_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.mean(xp.relu(1.0 - x * label))


def squared_hinge_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.mean(xp.relu(1.0 - x * label) ** 2)


def soft_margin_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.mean(xp.softplus(-(x * label)))


def margin_ranking_loss(xp: Any, x: Any, y: Any, label: Any, margin: float = 0.0) -> Any:
    return xp.mean(xp.relu(margin - label * (x - y)))


def multi_margin_loss(xp: Any, x: Any, labels: Any) -> Any:
    """The mean over the rows of Σ max(0, 1 - x[label] + x[j]) over the other classes j, divided by the number of classes."""
    index = np.asarray(labels).astype(np.intp)[:, None]
    right = xp.take_along_axis(x, index, axis=-1)
    wrong = np.arange(x.shape[-1]) != index
    return xp.mean(xp.where(wrong, xp.relu(1.0 - right + x), x * 0.0))


def nll_loss(xp: Any, log_p: Any, labels: Any) -> Any:
    index = np.asarray(labels).astype(np.intp)[:, None]
    return -xp.mean(xp.take_along_axis(log_p, index, axis=-1))


def log_cosh_loss(xp: Any, x: Any, y: Any) -> Any:
    r = x - y
    return xp.mean(r + xp.softplus(-2.0 * r) - np.log(np.longdouble(2)))


def diff(xp: Any, x: Any, n: int = 1, prepend: Any = None) -> Any:
    """Differences of neighbours along the last axis, n times."""
    y = x if prepend is None else xp.concat([prepend, x], axis=-1)
    for _ in range(n):
        y = y[..., 1:] - y[..., :-1]
    return y


def slopes(xp: Any, y: Any, spacing: float = 1.0) -> Any:
    """NumPy's `gradient` of a vector: central differences, one-sided at the ends."""
    ends = [(y[1:2] - y[:1]) / spacing, (y[-1:] - y[-2:-1]) / spacing]
    return xp.concat([ends[0], (y[2:] - y[:-2]) / (2.0 * spacing), ends[1]], axis=0)


def trapezoid(xp: Any, y: Any, x: Any) -> Any:
    return xp.sum((x[..., 1:] - x[..., :-1]) * (y[..., 1:] + y[..., :-1]) * 0.5, axis=-1)


def lstsq(xp: Any, a: Any, b: Any) -> Any:
    """The shortest x of those with the smallest |a·x - b|, for a of full rank."""
    return xp.matmul(xp.pinv(a), b)


def tensorsolve(xp: Any, a: Any, b: Any) -> Any:
    flat = xp.solve(xp.reshape(a, (prod(b.shape), -1)), xp.reshape(b, (-1,)))
    return xp.reshape(flat, a.shape[len(b.shape) :])


def tensorinv(xp: Any, a: Any, ind: int = 2) -> Any:
    inverse = xp.inv(xp.reshape(a, (prod(a.shape[:ind]), -1)))
    return xp.reshape(inverse, a.shape[ind:] + a.shape[:ind])


def polyval(xp: Any, coefficients: Any, x: Any) -> Any:
    """Highest power first, by Horner's rule."""
    y = x * 0.0 + coefficients[0]
    for i in range(1, coefficients.shape[0]):
        y = y * x + coefficients[i]
    return y


def interp(xp: Any, x: Any, knots: Any, values: Any) -> Any:
    """Linear between the knots, which ascend, at x strictly between two of them."""

    def line(i: int) -> Any:
        return values[i] + (values[i + 1] - values[i]) * ((x - knots[i]) / (knots[i + 1] - knots[i]))

    y = line(0)
    for i in range(1, knots.shape[0] - 1):
        y = xp.where(x > knots[i], line(i), y)
    return y


def cov(xp: Any, x: Any) -> Any:
    """Of variables in rows, divided by the number of columns less 1."""
    centred = x - xp.mean(x, axis=-1, keepdims=True)
    return xp.matmul(centred, xp.matrix_transpose(centred)) / (x.shape[-1] - 1.0)


def corrcoef(xp: Any, x: Any) -> Any:
    covariance = cov(xp, x)
    deviation = xp.sqrt(xp.diagonal(covariance))
    return covariance / deviation[:, None] / deviation[None, :]


def cumulated(reduction: str) -> Definition:
    """The reductions of the first element of the last axis, of the first two, and so on."""

    def cumulative(xp: Any, x: Any) -> Any:
        parts = [getattr(xp, reduction)(x[..., : k + 1], axis=-1) for k in range(x.shape[-1])]
        return xp.stack(parts, axis=-1)

    return cumulative


def clip_by_norm(xp: Any, x: Any, largest: float) -> Any:
    """x, shortened to the length `largest` where it is longer; where not, a quotient all the same, as TensorFlow has it."""
    length = xp.vector_norm(x)
    return x * largest / (length if bool(length > largest) else largest)


def put_along_axis(xp: Any, x: Any, indices: Any, values: Any) -> Any:
    """x with `values` at the indices of the last axis, none of which occurs twice in a row."""
    index = np.asarray(indices).astype(np.intp)
    rows = np.broadcast_to(np.arange(x.shape[0])[:, None], index.shape)
    return xp.set_at(x, (rows, index), values)


def segmented(reduction: str) -> Definition:
    """Row k of the result is the reduction of the rows whose entry in `segments` is k; every k occurs."""

    def of_segments(xp: Any, x: Any, segments: Any, count: int) -> Any:
        ids = np.asarray(segments).astype(np.intp)
        rows = [getattr(xp, reduction)(xp.take(x, np.flatnonzero(ids == k), axis=0), axis=0) for k in range(count)]
        return xp.stack(rows, axis=0)

    return of_segments


def scattered(reduction: str) -> Definition:
    """Element k of a vector together with the updates whose index is k, reduced."""

    def with_updates(xp: Any, x: Any, index: Any, updates: Any) -> Any:
        ids = np.asarray(index).astype(np.intp)
        parts = [xp.concat([x[k : k + 1], xp.take(updates, np.flatnonzero(ids == k), axis=0)]) for k in range(x.shape[0])]
        return xp.stack([getattr(xp, reduction)(part) for part in parts])

    return with_updates


def ldexp(xp: Any, x: Any, exponent: Any) -> Any:
    """x·2ⁿ of whole numbers n."""
    return x * np.ldexp(np.longdouble(1), np.asarray(exponent))


def multigammaln(xp: Any, a: Any, dimension: int) -> Any:
    """The logarithm of the multivariate gamma function of that dimension, of a > (dimension - 1)/2."""
    constant = dimension * (dimension - 1) / 4 * np.log(np.longdouble(xp.pi))
    return constant + sum(xp.lgamma(a - k / 2) for k in range(dimension))


def poch(xp: Any, z: Any, m: Any) -> Any:
    """The rising factorial Γ(z + m)/Γ(z), of z and z + m > 0."""
    return xp.exp(xp.lgamma(z + m) - xp.lgamma(z))


def lu_solve(xp: Any, a: Any, b: Any) -> Any:
    """x with a·x = b."""
    return xp.solve(a, b)


def cho_solve(xp: Any, factor: Any, b: Any) -> Any:
    """x with factor·factorᵀ·x = b, of a lower triangle."""
    return xp.solve_triangular(xp.matrix_transpose(factor), xp.solve_triangular(factor, b, lower=True))


def cholesky_inverse(xp: Any, factor: Any) -> Any:
    """The inverse of factor·factorᵀ, of a lower triangle."""
    return xp.inv(xp.matmul(factor, xp.matrix_transpose(factor)))


def multi_dot(xp: Any, matrices: Sequence[Any]) -> Any:
    return reduce(xp.matmul, matrices)


def tridiagonal_solve(xp: Any, below: Any, diagonal: Any, above: Any, b: Any) -> Any:
    """x with a·x = b, a given by three diagonals, of which those beside the main one are shorter by one."""
    return xp.solve(xp.diag(below, k=-1) + xp.diag(diagonal) + xp.diag(above, k=1), b)


def beta_logpdf(xp: Any, x: Any, a: Any, b: Any) -> Any:
    return (a - 1) * xp.log(x) + (b - 1) * xp.log1p(-x) - xp.betaln(a, b)


def gamma_logpdf(xp: Any, x: Any, a: Any) -> Any:
    return (a - 1) * xp.log(x) - x - xp.lgamma(a)


def t_logpdf(xp: Any, x: Any, degrees: Any) -> Any:
    constant = xp.lgamma((degrees + 1) / 2) - xp.lgamma(degrees / 2) - xp.log(degrees * xp.pi) / 2
    return constant - (degrees + 1) / 2 * xp.log1p(x * x / degrees)


def multivariate_normal_logpdf(xp: Any, x: Any, mean: Any, covariance: Any) -> Any:
    distance = xp.vecdot(x - mean, xp.solve(covariance, x - mean))
    return -(distance + xp.slogdet(covariance)[1] + x.shape[-1] * np.log(2 * np.longdouble(xp.pi))) / 2


def norm_logpdf(xp: Any, x: Any, mean: Any, deviation: Any) -> Any:
    variance = deviation**2
    return -(xp.log(2 * np.longdouble(xp.pi) * variance) + (x - mean) ** 2 / variance) / 2


def cauchy_logpdf(xp: Any, x: Any, median: Any, scale: Any) -> Any:
    return -xp.log1p(((x - median) / scale) ** 2) - xp.log(scale * xp.pi)


def laplace_logpdf(xp: Any, x: Any, median: Any, scale: Any) -> Any:
    return -xp.abs(x - median) / scale - xp.log(2 * scale)


def gumbel_logpdf(xp: Any, x: Any, mode: Any, scale: Any) -> Any:
    z = (x - mode) / scale
    return -z - xp.exp(-z) - xp.log(scale)


def pareto_logpdf(xp: Any, x: Any, exponent: Any) -> Any:
    return xp.log(exponent) - (exponent + 1) * xp.log(x)


def chi2_logpdf(xp: Any, x: Any, degrees: Any) -> Any:
    half = degrees / 2
    return (half - 1) * xp.log(x) - x / 2 - half * np.log(np.longdouble(2)) - xp.lgamma(half)


def vonmises_logpdf(xp: Any, x: Any, kappa: Any) -> Any:
    return kappa * (xp.cos(x) - 1) - xp.log(xp.i0e(kappa)) - np.log(2 * np.longdouble(xp.pi))


def dirichlet_logpdf(xp: Any, x: Any, alpha: Any) -> Any:
    return xp.sum((alpha - 1) * xp.log(x) - xp.lgamma(alpha)) + xp.lgamma(xp.sum(alpha))


def poisson_logpmf(xp: Any, count: Any, rate: Any) -> Any:
    return xp.xlogy(count, rate) - rate - xp.lgamma(count + 1)


def boxcox(xp: Any, x: Any, power: Any) -> Any:
    """(x**power - 1) / power, of power 0 the logarithm."""
    return xp.expm1(power * xp.log(x)) / power


def boxcox1p(xp: Any, x: Any, power: Any) -> Any:
    return xp.expm1(power * xp.log1p(x)) / power


def _quarter_turns(size: int) -> tuple[Any, Any]:
    """cos and sin of pi * k / (2 * size), k < size."""
    angles = np.arange(size) * (np.arccos(np.longdouble(-1)) / (2 * size))
    return np.cos(angles), np.sin(angles)


def _spectrum(xp: Any, x: Any) -> Any:
    """The first coefficients, as many as x has elements, of the Fourier transform of x and as many zeros."""
    size = x.shape[0]
    return xp.rfft(xp.concat([x, x * 0.0]))[:size]


def dct(xp: Any, x: Any) -> Any:
    """The cosine transform of type 2, of a vector: the sum of 2 * x[n] * cos(pi * k * (2n + 1) / 2N)."""
    cosine, sine = _quarter_turns(x.shape[0])
    spectrum = _spectrum(xp, x)
    return 2.0 * (xp.real(spectrum) * cosine + xp.imag(spectrum) * sine)


def idct(xp: Any, x: Any) -> Any:
    """The orthonormal inverse of the cosine transform of type 2, of a vector."""
    size = x.shape[0]
    weights = np.sqrt(np.where(np.arange(size) == 0, 1, 2) / np.longdouble(size))
    cosine, sine = _quarter_turns(size)
    return xp.real(_spectrum(xp, x * (weights * cosine))) + xp.imag(_spectrum(xp, x * (weights * sine)))


def sqrtm(xp: Any, a: Any) -> Any:
    """The square root of a symmetric positive definite matrix."""
    values, vectors = xp.eigh(a)
    return xp.matmul(vectors * xp.sqrt(values), xp.matrix_transpose(vectors))


def linspace(xp: Any, start: Any, stop: Any, num: int) -> Any:
    """`num` numbers at equal distances, both ends among them; of the usual ways to compute them the one that loses most."""
    part = np.arange(num, dtype=np.longdouble) / (num - 1)
    return start + (stop - start) * part


def logspace(xp: Any, start: Any, stop: Any, num: int) -> Any:
    """The powers of ten to `linspace`."""
    return xp.exp(linspace(xp, start, stop, num) * np.log(np.longdouble(10)))


def geomspace(xp: Any, start: Any, stop: Any, num: int) -> Any:
    """`num` positive numbers of equal ratios, both ends among them."""
    return xp.exp(linspace(xp, xp.log(start), xp.log(stop), num))


def average(xp: Any, x: Any, weights: Any) -> Any:
    return xp.sum(x * weights) / xp.sum(weights)


def correlate(xp: Any, x: Any, y: Any, mode: str) -> Any:
    return xp.convolve(x, xp.flip(y), mode)


def split(xp: Any, x: Any, sections: int, axis: int = 0) -> tuple[Any, ...]:
    """Equal parts along an axis."""
    whole = xp.moveaxis(x, axis, 0)
    size = whole.shape[0] // sections
    return tuple(xp.moveaxis(whole[i * size : (i + 1) * size], 0, axis) for i in range(sections))


def quantile(xp: Any, x: Any, q: float, axis: int | None = None, keepdims: bool = False) -> Any:
    """Linear between the two elements that q·(n - 1) is between, counted in their order."""
    ordered = xp.sort(xp.reshape(x, (-1,)) if axis is None else xp.moveaxis(x, axis, -1), axis=-1)
    whole, part = divmod(float(plain(q)) * (ordered.shape[-1] - 1), 1.0)
    low = ordered[..., int(whole)]
    result = low + (ordered[..., int(whole) + 1] - low) * part if part else low
    return xp.expand_dims(result, axis=axis) if keepdims else result


def logsumexp_of_weighted(xp: Any, x: Any, weights: Any) -> Any:
    return xp.log(xp.sum(weights * xp.exp(x)))


def xdivy(xp: Any, x: Any, y: Any) -> Any:
    """x/y, of x = 0 and any y 0."""
    return x / y


def ctc_loss(xp: Any, log_probabilities: Any, labels: tuple[int, ...]) -> Any:
    """-log of the probability that a row of symbols, one for each time and 0 a blank, is the labels when repetitions are taken
    for one symbol and blanks are left out (A. Graves et al., "Connectionist Temporal Classification", 2006); as
    `ctc_loss_of_scores` of any numbers: the same sum of products of exponentials, which need not be probabilities."""
    symbols = [0]
    for label in labels:
        symbols += [label, 0]
    so_far: dict[int, Any] = {s: log_probabilities[0, symbols[s]] for s in (0, 1)}
    for now in log_probabilities[1:]:
        so_far = {
            s: reduce(xp.logaddexp, ways) + now[symbol]
            for s, symbol in enumerate(symbols)
            if (ways := [so_far[k] for k in _before(symbols, s) if k in so_far])
        }
    return -reduce(xp.logaddexp, [so_far[s] for s in (len(symbols) - 1, len(symbols) - 2) if s in so_far])


def _before(symbols: list[int], s: int) -> tuple[int, ...]:
    """Where a row may have been one step before s: a blank between two symbols may be left out unless they are equal."""
    return (s, s - 1, s - 2) if s > 1 and symbols[s] not in (0, symbols[s - 2]) else (s, s - 1)


def vander(xp: Any, x: Any, columns: int) -> Any:
    """The powers of a vector's elements, one column each, the highest first."""
    return xp.stack([x**k for k in reversed(range(columns))], axis=-1)


NAMES: Mapping[str, Definition] = {
    **distributions.NAMES,
    "average": average,
    "batch_norm": batch_norm,
    "beta_logpdf": beta_logpdf,
    "bilinear": bilinear,
    "boxcox": boxcox,
    "boxcox1p": boxcox1p,
    "cauchy_logpdf": cauchy_logpdf,
    "chi2_logpdf": chi2_logpdf,
    "cho_solve": cho_solve,
    "cholesky_inverse": cholesky_inverse,
    "clip_by_norm": clip_by_norm,
    "conv_transpose1d": conv_transpose(1),
    "conv_transpose2d": conv_transpose(2),
    "corrcoef": corrcoef,
    "correlate": correlate,
    "cosine_embedding_loss": cosine_embedding_loss,
    "cosine_similarity": cosine_similarity,
    "cov": cov,
    "ctc_loss": ctc_loss,
    "ctc_loss_of_scores": ctc_loss,
    "cummax": cumulated("max"),
    "cummin": cumulated("min"),
    "dct": dct,
    "diff": diff,
    "dirichlet_logpdf": dirichlet_logpdf,
    "embedding": embedding,
    "gamma_logpdf": gamma_logpdf,
    "gaussian_nll_loss": gaussian_nll_loss,
    "geomspace": geomspace,
    "glu": glu,
    "group_norm": group_norm,
    "gru_cell": gru_cell,
    "gumbel_logpdf": gumbel_logpdf,
    "hard_shrink": hard_shrink,
    "hinge_embedding_loss": hinge_embedding_loss,
    "hinge_loss": hinge_loss,
    "idct": idct,
    "instance_norm": instance_norm,
    "interp": interp,
    "irfft2": lambda xp, x: xp.irfft(xp.ifft(x, axis=-2)),
    "kl_div_loss": kl_div_loss,
    "laplace_logpdf": laplace_logpdf,
    "ldexp": ldexp,
    "linear": linear,
    "linspace": linspace,
    "log1mexp": log1mexp,
    "log_cosh_loss": log_cosh_loss,
    "logcumsumexp": cumulated("logsumexp"),
    "logspace": logspace,
    "logsumexp_of_weighted": logsumexp_of_weighted,
    "lstm_cell": lstm_cell,
    "lstsq": lstsq,
    "lu_solve": lu_solve,
    "margin_ranking_loss": margin_ranking_loss,
    "multi_dot": multi_dot,
    "multi_head_attention": multi_head_attention,
    "multi_margin_loss": multi_margin_loss,
    "multigammaln": multigammaln,
    "multivariate_normal_logpdf": multivariate_normal_logpdf,
    "nll_loss": nll_loss,
    "norm_logpdf": norm_logpdf,
    "pairwise_distance": pairwise_distance,
    "pareto_logpdf": pareto_logpdf,
    "pixel_shuffle": pixel_shuffle,
    "poch": poch,
    "poisson_logpmf": poisson_logpmf,
    "poisson_nll_loss": poisson_nll_loss,
    "polyval": polyval,
    "prelu": prelu,
    "put_along_axis": put_along_axis,
    "quantile": quantile,
    "resize_bilinear": resize_bilinear,
    "resize_nearest": resize_nearest,
    "rfft2": lambda xp, x: xp.fft(xp.rfft(x), axis=-2),
    "rnn_tanh_cell": rnn_tanh_cell,
    "scatter_max": scattered("max"),
    "scatter_prod": scattered("prod"),
    "segment_max": segmented("max"),
    "segment_mean": segmented("mean"),
    "segment_prod": segmented("prod"),
    "slopes": slopes,
    "smooth_l1_loss": smooth_l1_loss,
    "soft_margin_loss": soft_margin_loss,
    "soft_shrink": soft_shrink,
    "softmin": lambda xp, x, axis=-1: xp.softmax(-x, axis=axis),
    "sparse_plus": sparse_plus,
    "split": split,
    "sqrtm": sqrtm,
    "squared_hinge_loss": squared_hinge_loss,
    "squareplus": squareplus,
    "t_logpdf": t_logpdf,
    "tensorinv": tensorinv,
    "tensorsolve": tensorsolve,
    "threshold_below": threshold_below,
    "trapezoid": trapezoid,
    "tridiagonal_solve": tridiagonal_solve,
    "triplet_margin_loss": triplet_margin_loss,
    "unfold": unfold,
    "vander": vander,
    "vonmises_logpdf": vonmises_logpdf,
    "xdivy": xdivy,
    **statistics.NAMES,
    **matrices.NAMES,
    **signals.NAMES,
    **images.NAMES,
    **losses.NAMES,
    **windows.NAMES,
}
