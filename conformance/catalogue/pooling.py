"""Pools, convolutions and rearrangements with all their options, distances, and losses with options.

Elements of one window differ in any format. The last argument `w` weights the elements of the value.
"""

from __future__ import annotations

from functools import partial
from math import gcd, inf, prod
from typing import Any

import numpy as np

from conformance.case import Case, Literals
from conformance.catalogue.image import squared
from conformance.catalogue.network import LAYERS, zeros
from conformance.catalogue.rows import draw, row, weighted

ARITHMETIC = "Dumoulin, Visin 2016, A guide to convolution arithmetic; torch.nn and tf.nn for what is at the edges"
RESPONSE = "Krizhevsky et al. 2012, section 3.3"
MORPHOLOGY = "tf.nn.dilation2d, by its documented formula"
DISTANCES = "torch.cdist, torch.pdist and torch.renorm, by their documented formulas"
LOSSES = "the losses of torch.nn and keras.losses, by their documented formulas"


def distinct(*shape: int) -> Literals:
    """Eighths of either sign, no two of them equal, not in their order."""
    count = prod(shape)
    step = next(s for s in (5, 7, 11) if gcd(s, count) == 1)
    return _nested(((np.arange(count) * step % count - count // 2) / 8 + 0.0625).reshape(shape))


def _nested(numbers: Any) -> Literals:
    return tuple(map(_nested, numbers)) if np.ndim(numbers) else float(numbers)


pooling = partial(row, family="pooling", source=ARITHMETIC)
convolution = partial(row, family="convolution", source=ARITHMETIC)
rearranged = partial(row, family="network", source=LAYERS)
distance = partial(row, family="loss", source=DISTANCES)
loss = partial(row, family="loss", source=LOSSES)

POOLS = (
    pooling(
        "adaptive_avg_pool2d",
        "adaptive_avg_pool2d",
        squared(lambda xp, x: xp.adaptive_avg_pool2d(x, (3, 2))),
        {"overlapping": (draw(1, 2, 5, 3), draw(1, 2, 3, 2)), "dividing": (draw(1, 1, 6, 4), draw(1, 1, 3, 2))},
        {"more_than_there_are": (draw(1, 1, 2, 1), draw(1, 1, 3, 2)), "equal": (draw(1, 1, 3, 2), draw(1, 1, 3, 2))},
    ),
    pooling(
        "adaptive_max_pool2d",
        "adaptive_max_pool2d",
        squared(lambda xp, x: xp.adaptive_max_pool2d(x, (3, 2))),
        {"overlapping": (distinct(1, 2, 5, 3), draw(1, 2, 3, 2)), "dividing": (distinct(1, 1, 6, 4), draw(1, 1, 3, 2))},
        {"more_than_there_are": (distinct(1, 1, 2, 1), draw(1, 1, 3, 2))},
    ),
    pooling(
        "avg_pool2d_padded",
        "avg_pool2d_padded",
        squared(lambda xp, x: xp.avg_pool2d_padded(x, 3, 2, 1)),
        {"drawn": (draw(1, 2, 4, 3), draw(1, 2, 2, 2))},
        {"smaller_than_window": (draw(1, 1, 1, 2), draw(1, 1, 1, 1))},
    ),
    pooling(
        "avg_pool2d_padding_uncounted",
        "avg_pool2d_padded",
        squared(lambda xp, x: xp.avg_pool2d_padded(x, 3, 2, 1, count_padding=False)),
        {"drawn": (draw(1, 2, 4, 3), draw(1, 2, 2, 2))},
        {"smaller_than_window": (draw(1, 1, 1, 2), draw(1, 1, 1, 1))},
    ),
    pooling(
        "avg_pool2d_beyond_padding",
        "avg_pool2d_padded",
        squared(lambda xp, x: xp.avg_pool2d_padded(x, 3, 2, 1, ceil=True)),
        {"drawn": (draw(1, 1, 4, 6), draw(1, 1, 3, 4))},
    ),
    pooling(
        "avg_pool2d_same",
        "avg_pool2d_same",
        squared(lambda xp, x: xp.avg_pool2d_same(x, 2, 2)),
        {"drawn": (draw(1, 2, 3, 4), draw(1, 2, 2, 2))},
        {"one": (draw(1, 1, 1, 1), draw(1, 1, 1, 1))},
    ),
    pooling(
        "max_pool2d_padded",
        "max_pool2d_padded",
        squared(lambda xp, x: xp.max_pool2d_padded(x, 3, 2, 1)),
        {"drawn": (distinct(1, 2, 4, 3), draw(1, 2, 2, 2))},
        {"negative": (((((-1.0, -0.5), (-0.25, -2.0)),),), draw(1, 1, 1, 1))},
    ),
    pooling(
        "max_pool2d_dilated",
        "max_pool2d_padded",
        squared(lambda xp, x: xp.max_pool2d_padded(x, 2, 1, 1, dilation=2)),
        {"drawn": (distinct(1, 1, 4, 4), draw(1, 1, 4, 4))},
    ),
    pooling(
        "max_pool2d_beyond_padding",
        "max_pool2d_padded",
        squared(lambda xp, x: xp.max_pool2d_padded(x, 3, 2, 1, ceil=True)),
        {"drawn": (distinct(1, 1, 4, 6), draw(1, 1, 3, 4))},
    ),
    pooling(
        "max_pool2d_same",
        "max_pool2d_same",
        squared(lambda xp, x: xp.max_pool2d_same(x, 3, 2)),
        {"drawn": (distinct(1, 2, 3, 4), draw(1, 2, 2, 2))},
        {"negative": (((((-1.0, -0.5), (-0.25, -2.0)),),), draw(1, 1, 1, 1))},
    ),
    pooling(
        "lp_pool2d_1",
        "lp_pool2d",
        squared(lambda xp, x: xp.lp_pool2d(x, 1, 2, 1)),
        {"positive": (((((0.5, 1.0, 2.0), (0.25, 0.75, 1.5)),),), draw(1, 1, 1, 2))},
    ),
    pooling(
        "lp_pool2d_2",
        "lp_pool2d",
        weighted(lambda xp, x: xp.lp_pool2d(x, 2, 2, 1)),
        {"both_signs": (draw(1, 1, 3, 3), draw(1, 1, 2, 2))},
        {
            "one_zero": (((((0.0, 1.0, -2.0), (0.25, -0.75, 0.0)),),), draw(1, 1, 1, 2)),
            "large": (((((300.0, 1.0, -250.0), (0.25, -200.0, 100.0)),),), draw(1, 1, 1, 2)),
        },
    ),
    pooling(
        "lp_pool2d_3",
        "lp_pool2d",
        weighted(lambda xp, x: xp.lp_pool2d(x, 3, 2, 1)),
        {"positive": (((((0.5, 1.0, 2.0), (0.25, 0.75, 1.5)),),), draw(1, 1, 1, 2))},
    ),
    pooling(
        "max_unpool2d",
        "max_unpool2d",
        squared(lambda xp, x: xp.max_unpool2d(x, xp.asarray(((((0, 3), (9, 14)),),)), (4, 4))),
        {"drawn": (draw(1, 1, 2, 2), draw(1, 1, 4, 4))},
    ),
    pooling(
        "local_response_norm_3",
        "local_response_norm",
        weighted(lambda xp, x: xp.local_response_norm(x, 3, 1.5, 0.75, 2.0)),
        {"drawn": (draw(1, 4, 2, 1), draw(1, 4, 2, 1))},
        {"zero": (zeros(1, 3, 1, 1), draw(1, 3, 1, 1)), "one_channel": (draw(1, 1, 1, 2), draw(1, 1, 1, 2))},
        source=RESPONSE,
    ),
    pooling(
        "local_response_norm_4",
        "local_response_norm",
        weighted(lambda xp, x: xp.local_response_norm(x, 4, 1.5, 0.75, 2.0)),
        {"drawn": (draw(1, 5, 2, 1), draw(1, 5, 2, 1))},
        source=RESPONSE,
    ),
    pooling(
        "dilation2d",
        "dilation2d",
        squared(lambda xp, x, k: xp.dilation2d(x, k, 1, (2, 1))),
        {"drawn": (distinct(1, 1, 4, 3), (((0.0, 0.0234375), (-0.03125, 0.015625)),), draw(1, 1, 2, 2))},
        source=MORPHOLOGY,
    ),
    pooling(
        "erosion2d",
        "erosion2d",
        squared(lambda xp, x, k: xp.erosion2d(x, k, 1, (1, 2))),
        {"drawn": (distinct(1, 1, 3, 4), (((0.0, 0.0234375), (-0.03125, 0.015625)),), draw(1, 1, 2, 2))},
        source=MORPHOLOGY,
    ),
)

CONVOLUTIONS = (
    convolution(
        "grouped_conv2d",
        "grouped_conv2d",
        weighted(lambda xp, x, k: xp.grouped_conv2d(x, k, 2)),
        {"two_groups": (draw(1, 4, 3, 2), draw(2, 2, 2, 2), draw(1, 2, 2, 1))},
        {"one_channel_each": (draw(1, 2, 3, 3), draw(4, 1, 2, 2), draw(1, 4, 2, 2))},
    ),
    convolution(
        "grouped_conv2d_optioned",
        "grouped_conv2d",
        weighted(lambda xp, x, k: xp.grouped_conv2d(x, k, 2, stride=(2, 1), padding=(1, 0), dilation=(1, 2))),
        {"two_groups": (draw(1, 4, 3, 3), draw(2, 2, 2, 2), draw(1, 2, 2, 1))},
        {"one_channel_each": (draw(1, 2, 3, 3), draw(4, 1, 2, 2), draw(1, 4, 2, 1))},
    ),
    convolution(
        "conv2d_same",
        "conv2d_same",
        weighted(lambda xp, x, k: xp.conv2d_same(x, k)),
        {"even_kernel": (draw(1, 1, 3, 3), draw(1, 1, 2, 4), draw(1, 1, 3, 3))},
        {"wider_than_image": (draw(1, 1, 1, 2), draw(1, 1, 3, 5), draw(1, 1, 1, 2))},
    ),
    convolution(
        "conv2d_same_strided",
        "conv2d_same",
        weighted(lambda xp, x, k: xp.conv2d_same(x, k, stride=2)),
        {"even_kernel": (draw(1, 2, 3, 4), draw(1, 2, 2, 2), draw(1, 1, 2, 2))},
        {"odd_kernel": (draw(1, 1, 4, 5), draw(1, 1, 3, 3), draw(1, 1, 2, 3))},
    ),
    convolution(
        "depthwise_conv2d_same",
        "depthwise_conv2d_same",
        weighted(lambda xp, x, k: xp.depthwise_conv2d_same(x, k)),
        {"two_each": (draw(1, 2, 3, 2), draw(2, 2, 2, 3), draw(1, 4, 3, 2))},
        {"one_channel": (draw(1, 1, 3, 3), draw(1, 1, 3, 3), draw(1, 1, 3, 3))},
    ),
    convolution(
        "depthwise_conv2d_same_strided",
        "depthwise_conv2d_same",
        weighted(lambda xp, x, k: xp.depthwise_conv2d_same(x, k, stride=2)),
        {"two_each": (draw(1, 2, 3, 2), draw(2, 2, 2, 3), draw(1, 4, 2, 1))},
    ),
    convolution(
        "separable_conv2d_same",
        "separable_conv2d_same",
        weighted(lambda xp, x, k, p: xp.separable_conv2d_same(x, k, p, stride=2)),
        {"drawn": (draw(1, 2, 3, 3), draw(2, 1, 2, 2), draw(3, 2), draw(1, 3, 2, 2))},
    ),
    convolution(
        "grouped_conv_transpose2d",
        "grouped_conv_transpose2d",
        weighted(lambda xp, x, k: xp.grouped_conv_transpose2d(x, k, 2, (2, 3), (1, 0), (1, 2))),
        {"two_groups": (draw(1, 2, 2, 2), draw(2, 1, 3, 2), draw(1, 2, 4, 7))},
    ),
    convolution(
        "conv_transpose2d_dilated_lengthened",
        "grouped_conv_transpose2d",
        weighted(lambda xp, x, k: xp.grouped_conv_transpose2d(x, k, 1, 2, (1, 0), (1, 0), dilation=(2, 1))),
        {"drawn": (draw(1, 1, 2, 2), draw(1, 2, 2, 2), draw(1, 2, 4, 4))},
    ),
)

REARRANGED = (
    rearranged(
        "fold",
        "fold",
        squared(lambda xp, x: xp.fold(x, (3, 3), (2, 2), 1, 0, 1)),
        {"drawn": (draw(1, 4, 4), draw(1, 1, 3, 3)), "channels": (draw(1, 8, 4), draw(1, 2, 3, 3))},
    ),
    rearranged(
        "fold_apart",
        "fold",
        squared(lambda xp, x: xp.fold(x, (4, 3), (2, 2), 2, 1, 2)),
        {"drawn": (draw(1, 4, 4), draw(1, 1, 4, 3))},
    ),
    rearranged(
        "unfold_apart",
        "unfold_apart",
        squared(lambda xp, x: xp.unfold_apart(x, (2, 2), 2, 1, 2)),
        {"drawn": (draw(1, 1, 4, 3), draw(1, 4, 4))},
    ),
    rearranged(
        "pixel_unshuffle",
        "pixel_unshuffle",
        squared(lambda xp, x: xp.pixel_unshuffle(x, 2)),
        {"drawn": (draw(1, 2, 2, 4), draw(1, 8, 1, 2))},
    ),
    rearranged(
        "space_to_depth",
        "space_to_depth",
        squared(lambda xp, x: xp.space_to_depth(x, 2)),
        {"drawn": (draw(1, 2, 2, 4), draw(1, 8, 1, 2))},
    ),
    rearranged(
        "depth_to_space",
        "depth_to_space",
        squared(lambda xp, x: xp.depth_to_space(x, 2)),
        {"drawn": (draw(1, 8, 1, 2), draw(1, 2, 2, 4))},
    ),
    rearranged(
        "channel_shuffle",
        "channel_shuffle",
        squared(lambda xp, x: xp.channel_shuffle(x, 2)),
        {"drawn": (draw(1, 6, 2, 1), draw(1, 6, 2, 1))},
    ),
    rearranged(
        "embedding_bag_sum",
        "embedding_bag",
        squared(lambda xp, t, u: xp.embedding_bag(t, (0, 2, 2, 1), (0, 3), "sum", u)),
        {"drawn": (draw(3, 2), draw(4), draw(2, 2))},
    ),
    rearranged(
        "embedding_bag_mean",
        "embedding_bag",
        squared(lambda xp, t: xp.embedding_bag(t, (0, 2, 2, 1), (0, 3), "mean")),
        {"drawn": (draw(3, 2), draw(2, 2))},
    ),
    rearranged(
        "embedding_bag_max",
        "embedding_bag",
        squared(lambda xp, t: xp.embedding_bag(t, (0, 2, 1), (0, 1), "max")),
        {"drawn": (distinct(3, 2), draw(2, 2))},
    ),
    rearranged(
        "lstm_both_ways",
        "lstm_both_ways",
        weighted(lambda xp, x, *parameters: xp.lstm_both_ways(x, *parameters)),
        {"drawn": (draw(2, 2), *(draw(4, 2), draw(4, 1), draw(4), draw(4)) * 4, draw(2, 2))},
    ),
    row(
        "rrelu",
        "rrelu",
        squared(lambda xp, x: xp.rrelu(x, 0.125, 0.375)),
        {"both_sides": ((-2.3, -0.75, 0.42, 1.6), draw(4))},
        {"far": ((-80.0, 80.0), draw(2))},
        family="activation",
        source="Xu et al. 2015, section 2.4",
    ),
)


def distances(p: float, name: str) -> Case:
    return distance(
        f"cdist_{name}",
        "cdist",
        weighted(lambda xp, x, y: xp.cdist(x, y, p)),
        {"interior": (distinct(3, 2), ((0.5, -1.25), (2.0, 0.375)), draw(3, 2))},
        {"one_column": (((0.5,), (-0.75,)), ((2.0,), (0.25,)), draw(2, 2))},
    )


NEAR = tuple((100.15 + 0.3 * k, 50.15 - 0.2 * k) for k in range(26))
BESIDE = tuple((100.22 + 0.3 * k, 50.12 - 0.2 * k) for k in range(26))

DISTANCES_OF_ROWS = (
    distances(1.0, "1"),
    distances(1.5, "3_halves"),
    distances(2.0, "2"),
    distances(3.0, "3"),
    distances(inf, "inf"),
    distance(
        "cdist_of_many",
        "cdist",
        lambda xp, x, y: xp.sum(xp.cdist(x, y)),
        {"drawn": (draw(26, 2), draw(3, 2))},
        {"near": (NEAR, BESIDE)},
    ),
    distance(
        "pdist_2",
        "pdist",
        weighted(lambda xp, x: xp.pdist(x)),
        {"interior": (distinct(3, 2), draw(3))},
        {"two": (draw(2, 3), draw(1))},
    ),
    distance("pdist_3", "pdist", weighted(lambda xp, x: xp.pdist(x, 3.0)), {"interior": (distinct(3, 2), draw(3))}),
    distance(
        "renorm",
        "renorm",
        squared(lambda xp, x: xp.renorm(x, 2.0, 1.0)),
        {"one_longer": (((1.5, -2.0), (0.25, 0.5)), draw(2, 2))},
        {"all_shorter": (((0.25, 0.5), (-0.5, 0.125)), draw(2, 2)), "far": (((300.0, -400.0),), draw(1, 2))},
    ),
)

SCORES = ((0.5, -1.25, 0.75), (2.5, 0.25, 2.0))
SHARES = ((0.2, 0.5, 0.3), (0.6, 0.1, 0.3))
HOT = ((0.0, 1.0, 0.0), (1.0, 0.0, 0.0))
ROWS = ((0.5, 0.625), (0.75, 0.25), (-0.125, 0.75), (0.375, 0.5))


def focal(case: str, gamma: float) -> Case:
    return loss(
        case,
        "binary_focal_loss",
        lambda xp, p, y: xp.binary_focal_loss(p, xp.stop_gradient(y), gamma, 0.25),
        {"interior": ((0.3, 0.8, 0.6, 0.1), (1.0, 0.0, 1.0, 0.0))},
        {"confident": ((0.999, 0.002), (1.0, 0.0))},
    )


LOSS = (
    loss(
        "triplet_margin_loss_swapped",
        "triplet_margin_loss_swapped",
        lambda xp, a, p, n: xp.triplet_margin_loss_swapped(a, p, n, eps=0.001),
        {"swapped": (((0.4, -0.3), (0.5, 1.0)), ((1.2, 0.5), (0.25, 0.75)), ((1.6, 0.2), (-3.0, 4.0)))},
        {"inactive": (((0.5, 1.0),), ((0.25, 0.75),), ((-3.0, 4.0),))},
    ),
    loss(
        "multilabel_margin_loss",
        "multilabel_margin_loss",
        lambda xp, x: xp.multilabel_margin_loss(x, (3, 0)),
        {"interior": ((0.5, -1.25, 0.75, 0.25),)},
        {"all_right": ((4.0, -3.0, 0.5, 3.0),), "equal": ((1.0, 1.0, 1.0, 1.0),)},
    ),
    loss(
        "multilabel_soft_margin_loss",
        "multilabel_soft_margin_loss",
        lambda xp, x, y: xp.multilabel_soft_margin_loss(x, xp.stop_gradient(y)),
        {"interior": (SCORES, HOT)},
        {"far": (((80.0, -80.0),), ((1.0, 1.0),)), "zero": (((0.0, 0.0),), ((1.0, 0.0),))},
    ),
    loss(
        "cross_entropy_ignoring",
        "cross_entropy_optioned",
        lambda xp, x: xp.cross_entropy_optioned(x, (2, 0, 1), (0.5, 2.0, 1.25), ignored=0),
        {"interior": ((*SCORES, (0.1, 0.4, -0.2)),)},
        {"confident": (((0.0, 0.0, 60.0), (1.0, 2.0, 3.0), (0.0, -60.0, 0.0)),)},
    ),
    loss(
        "cross_entropy_smoothed_weighted",
        "cross_entropy_optioned",
        lambda xp, x: xp.cross_entropy_optioned(x, (2, 0), (0.5, 2.0, 1.25), smoothing=0.2),
        {"interior": (SCORES,)},
        {"confident": (((0.0, 0.0, 60.0), (60.0, 0.0, 0.0)),)},
    ),
    loss(
        "kl_div_of_logs",
        "kl_div_of_logs",
        lambda xp, q, p: xp.kl_div_of_logs(q, p),
        {"rows": (((-1.1, -0.7, -2.3), (-0.5, -2.0, -1.5)), ((-1.6, -0.7, -1.2), (-0.5, -2.3, -1.2)))},
        {"equal": (((-0.75, -0.75),), ((-0.75, -0.75),)), "small": (((-1.0, -9.0),), ((-60.0, -0.25),))},
    ),
    loss(
        "weighted_binary_cross_entropy",
        "weighted_binary_cross_entropy",
        lambda xp, x, y, u: xp.weighted_binary_cross_entropy(x, xp.stop_gradient(y), u),
        {"interior": ((0.5, -1.25, 0.75), (1.0, 0.25, 0.0), (2.0, 0.5, 1.5))},
        {"far": ((60.0, -60.0), (1.0, 1.0), (2.0, 0.5)), "zero": ((0.0, 0.0), (1.0, 0.0), (2.0, 0.5))},
    ),
    focal("binary_focal_loss", 2.0),
    focal("binary_focal_loss_0", 0.0),
    loss(
        "categorical_cross_entropy_smoothed",
        "categorical_cross_entropy",
        lambda xp, p: xp.categorical_cross_entropy(p, np.array(HOT), smoothing=0.1),
        {"shares": (SHARES,)},
        {"not_one_in_all": (((0.5, 1.25, 0.75), (1.5, 0.25, 2.0)),)},
    ),
    loss(
        "categorical_focal_loss",
        "categorical_focal_loss",
        lambda xp, p: xp.categorical_focal_loss(p, np.array(HOT), 2.0, 0.25),
        {"shares": (SHARES,)},
        {"not_one_in_all": (((0.5, 1.25, 0.75), (1.5, 0.25, 2.0)),)},
    ),
    loss("dice_loss", "dice_loss", lambda xp, p, y: xp.dice_loss(p, y), {"interior": (SHARES, HOT)}),
    loss(
        "tversky_loss",
        "tversky_loss",
        lambda xp, p, y: xp.tversky_loss(p, y, alpha=0.25, beta=0.75),
        {"interior": (((0.2, 0.5, 0.9), (0.6, 0.1, 0.4)), HOT)},
        {"all_right": (HOT, HOT)},
    ),
    loss(
        "circle_loss",
        "circle_loss",
        lambda xp, x: xp.circle_loss(x, (0, 1, 0, 1), gamma=2.0),
        {"rows": (ROWS,)},
        source="Sun et al. 2020, equation 6",
    ),
    loss(
        "circle_loss_without_friend",
        "circle_loss",
        lambda xp, x: xp.circle_loss(x, (0, 1, 0), gamma=2.0),
        {"rows": (ROWS[:3],)},
        source="Sun et al. 2020, equation 6",
    ),
)

CASES: tuple[Case, ...] = (*POOLS, *CONVOLUTIONS, *REARRANGED, *DISTANCES_OF_ROWS, *LOSS)
