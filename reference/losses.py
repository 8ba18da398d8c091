"""Distances and losses with the options that frameworks give them, and bags of embeddings. One text for both engines.

Each is the documented formula of the framework named in `conformance.catalogue.pooling`, in its plainest form; the first
argument is the engine's namespace, as in `definitions`. Labels are tuples of whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from .reductions import plain

Definition = Callable[..., Any]


def cdist(xp: Any, x: Any, y: Any, p: float = 2.0) -> Any:
    """The distance of every row of x from every row of y."""
    return xp.vector_norm(xp.expand_dims(x, axis=-2) - xp.expand_dims(y, axis=-3), axis=-1, ord=p)


def pdist(xp: Any, x: Any, p: float = 2.0) -> Any:
    """The distances of every two rows."""
    first, second = np.triu_indices(x.shape[0], 1)
    return xp.vector_norm(xp.take(x, first, axis=0) - xp.take(x, second, axis=0), axis=-1, ord=p)


def renorm(xp: Any, x: Any, p: float, largest: float) -> Any:
    """Rows that are longer shortened to the length `largest`."""
    length = xp.vector_norm(x, axis=-1, keepdims=True, ord=p)
    return xp.where(length > largest, x * (largest / length), x)


def triplet_margin_loss_swapped(xp: Any, anchor: Any, positive: Any, negative: Any, eps: float = 1e-6) -> Any:
    """The negative is as far as it is from the nearer of the other two."""

    def apart(x: Any, y: Any) -> Any:
        return xp.pairwise_distance(x, y, eps)

    far = xp.minimum(apart(anchor, negative), apart(positive, negative))
    return xp.mean(xp.relu(apart(anchor, positive) - far + 1.0))


def multilabel_margin_loss(xp: Any, x: Any, labels: Sequence[int]) -> Any:
    """Σ max(0, 1 - x[label] + x[other]) over the labels and the classes that are none, divided by the number of classes."""
    others = np.setdiff1d(np.arange(x.shape[0]), labels)
    right, wrong = (xp.take(x, np.asarray(places), axis=0) for places in (labels, others))
    return xp.sum(xp.relu(1.0 - right[:, None] + wrong[None, :])) / float(x.shape[0])


def multilabel_soft_margin_loss(xp: Any, x: Any, y: Any) -> Any:
    return -xp.mean(y * xp.log_sigmoid(x) + (1.0 - y) * xp.log_sigmoid(-x))


def cross_entropy_optioned(
    xp: Any, x: Any, labels: Sequence[int], weights: Sequence[float], smoothing: float = 0.0, ignored: int = -100
) -> Any:
    """A share of the label goes to all classes; the mean weighted by the labels' weights, the label `ignored` left out."""
    rows = np.flatnonzero(np.asarray(labels) != ignored)
    classes = np.asarray(labels)[rows]
    log_p = xp.take(xp.log_softmax(x, axis=-1), rows, axis=0)
    all_weights = np.asarray(weights, np.longdouble)
    chosen = all_weights[classes]
    right = xp.take_along_axis(log_p, classes[:, None], axis=-1)[:, 0] * chosen
    smooth = xp.sum(log_p * all_weights, axis=-1) / float(x.shape[-1])
    return -xp.sum(right * (1.0 - smoothing) + smooth * smoothing) / np.sum(chosen)


def kl_div_of_logs(xp: Any, log_q: Any, log_p: Any) -> Any:
    """The mean of p·(log p - log q)."""
    return xp.mean(xp.exp(log_p) * (log_p - log_q))


def weighted_binary_cross_entropy(xp: Any, x: Any, y: Any, weight: Any) -> Any:
    """Of logits, what is right of a one weighted."""
    return -xp.mean(weight * y * xp.log_sigmoid(x) + (1.0 - y) * xp.log_sigmoid(-x))


def binary_focal_loss(xp: Any, p: Any, y: Any, gamma: float, alpha: float) -> Any:
    """The mean of the cross entropy times a·(1 - q)^γ, q the probability of what is right, a alpha where that is a one."""
    q = y * p + (1.0 - y) * (1.0 - p)
    balance = y * alpha + (1.0 - y) * (1.0 - alpha)
    return xp.mean(balance * (1.0 - q) ** float(plain(gamma)) * _entropy_of(xp, p, y))


def _entropy_of(xp: Any, p: Any, y: Any) -> Any:
    return -(y * xp.log(p) + (1.0 - y) * xp.log(1.0 - p))


def categorical_cross_entropy(xp: Any, p: Any, y: Any, smoothing: float = 0.0) -> Any:
    """The mean over the rows of -Σ y·log p, p divided by its sum, y mixed with a uniform distribution."""
    share = p / xp.sum(p, axis=-1, keepdims=True)
    truth = y * (1.0 - smoothing) + smoothing / float(p.shape[-1])
    return -xp.mean(xp.sum(truth * xp.log(share), axis=-1))


def categorical_focal_loss(xp: Any, p: Any, y: Any, gamma: float, alpha: float) -> Any:
    share = p / xp.sum(p, axis=-1, keepdims=True)
    return -xp.mean(xp.sum(alpha * (1.0 - share) ** float(plain(gamma)) * y * xp.log(share), axis=-1))


def dice_loss(xp: Any, p: Any, y: Any) -> Any:
    """1 - 2·Σ p·y/(Σ p + Σ y), without what keeps the quotient from 0/0."""
    return 1.0 - xp.sum(p * y) * 2.0 / (xp.sum(p) + xp.sum(y))


def tversky_loss(xp: Any, p: Any, y: Any, alpha: float, beta: float) -> Any:
    both = xp.sum(p * y)
    return 1.0 - both / (both + xp.sum((1.0 - y) * p) * alpha + xp.sum(y * (1.0 - p)) * beta)


def circle_loss(xp: Any, x: Any, labels: Sequence[int], gamma: float = 80.0, margin: float = 0.4) -> Any:
    """Of rows of length 1 (Sun et al. 2020, equation 6), the mean over the rows; one without a friend costs nothing."""
    similar = xp.matmul(x, xp.matrix_transpose(x))
    found = []
    for i, label in enumerate(labels):
        friends = [j for j, other in enumerate(labels) if other == label and j != i]
        strangers = [j for j, other in enumerate(labels) if other != label]
        if not friends:
            continue
        near, far = (xp.take(similar[i], np.asarray(places), axis=0) for places in (friends, strangers))
        pull = xp.relu(1.0 + margin - near) * (near - (1.0 - margin)) * -gamma
        push = xp.relu(far + margin) * (far - margin) * gamma
        found.append(xp.softplus(xp.logsumexp(pull) + xp.logsumexp(push)))
    return xp.sum(xp.stack(found)) / float(len(labels))


def embedding_bag(xp: Any, table: Any, ids: Sequence[int], starts: Sequence[int], mode: str, weights: Any = None) -> Any:
    """Sums, means or maxima of the rows of a table in bags, which start where the last one ends."""
    rows = xp.take(table, np.asarray(ids), axis=0)
    rows = rows if weights is None else rows * weights[:, None]
    bags = zip(starts, (*starts[1:], len(ids)), strict=True)
    return xp.stack([getattr(xp, mode)(rows[start:end], axis=0) for start, end in bags])


def rrelu(xp: Any, x: Any, lower: float, upper: float) -> Any:
    """In evaluation: below 0 a slope half way between both."""
    return xp.where(x > 0.0, x, x * ((lower + upper) / 2.0))


def lstm_both_ways(xp: Any, x: Any, *parameters: Any) -> Any:
    """Two layers of cells from zero, each forwards and backwards, over x of shape (times, width).

    The parameters by layers and by directions in them: w_x, w_h, b_x, b_h.
    """
    for layer in range(2):
        found = []
        for direction, step in enumerate((1, -1)):
            given = parameters[(2 * layer + direction) * 4 :][:4]
            h = c = xp.zeros((1, given[1].shape[1]))
            states = []
            for t in range(x.shape[0])[::step]:
                h, c = xp.lstm_cell(x[t : t + 1], (h, c), *given)
                states.append(h)
            found.append(xp.concat(states[::step], axis=0))
        x = xp.concat(found, axis=-1)
    return x


NAMES: Mapping[str, Definition] = {
    "binary_focal_loss": binary_focal_loss,
    "categorical_cross_entropy": categorical_cross_entropy,
    "categorical_focal_loss": categorical_focal_loss,
    "cdist": cdist,
    "circle_loss": circle_loss,
    "cross_entropy_optioned": cross_entropy_optioned,
    "dice_loss": dice_loss,
    "embedding_bag": embedding_bag,
    "kl_div_of_logs": kl_div_of_logs,
    "lstm_both_ways": lstm_both_ways,
    "multilabel_margin_loss": multilabel_margin_loss,
    "multilabel_soft_margin_loss": multilabel_soft_margin_loss,
    "pdist": pdist,
    "renorm": renorm,
    "rrelu": rrelu,
    "triplet_margin_loss_swapped": triplet_margin_loss_swapped,
    "tversky_loss": tversky_loss,
    "weighted_binary_cross_entropy": weighted_binary_cross_entropy,
}
