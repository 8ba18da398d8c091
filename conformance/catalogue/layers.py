"""Layers, cells and losses under one name each, as frameworks offer them as functions and as objects.

Parameters are arguments, so that their derivatives are asked, too. The last argument `w` weights the elements of the value.
Piecewise functions are asked away from their edges, in any format; lengths away from 0.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case, Draw
from conformance.catalogue.loss import PAIR, SCORES, SIGNS
from conformance.catalogue.network import EPSILON, IDS, LAYERS, NORMALISATION, RECURRENT, zeros
from conformance.catalogue.rows import draw, program, unary

TRANSPOSED = "Dumoulin, Visin 2016, A guide to convolution arithmetic, chapter 4"
LOSSES = "the losses of torch.nn, keras.losses and gluon.loss, by their documented formulas"
SIDES = (-2.3, -0.75, 0.42, 1.6)
LABELS = (2, 0)


def linear(xp: Any, x: Any, weight: Any, bias: Any, w: Any) -> Any:
    return xp.sum(xp.linear(x, weight, bias) ** 2 * w)


def bilinear(xp: Any, x: Any, y: Any, weight: Any, bias: Any, w: Any) -> Any:
    return xp.sum(xp.bilinear(x, y, weight, bias) * w)


def embedding_lookup(xp: Any, table: Any, w: Any) -> Any:
    return xp.sum(xp.embedding(table, xp.asarray(IDS)) ** 2 * w)


def batch_norm(xp: Any, x: Any, weight: Any, bias: Any, w: Any) -> Any:
    return xp.sum(xp.batch_norm(x, weight, bias, eps=EPSILON) * w)


def group_norm_layer(xp: Any, x: Any, weight: Any, bias: Any, w: Any) -> Any:
    return xp.sum(xp.group_norm(x, 2, weight, bias, eps=EPSILON) * w)


def instance_norm_layer(xp: Any, x: Any, weight: Any, bias: Any, w: Any) -> Any:
    return xp.sum(xp.instance_norm(x, weight, bias, eps=EPSILON) * w)


def conv_transpose1d(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv_transpose1d(x, kernel) * w)


def conv_transpose1d_strided_padded(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv_transpose1d(x, kernel, stride=2, padding=1) * w)


def conv_transpose2d(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv_transpose2d(x, kernel) * w)


def conv_transpose2d_strided_padded(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv_transpose2d(x, kernel, stride=2, padding=1) * w)


def conv_transpose2d_dilated(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv_transpose2d(x, kernel, dilation=2) * w)


def conv3d(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv3d(x, kernel) * w)


def conv3d_strided_padded(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv3d(x, kernel, stride=2, padding=1) * w)


def avg_pool3d(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.avg_pool3d(x, 2) ** 2 * w)


def max_pool3d(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.max_pool3d(x, 2) ** 2 * w)


def rnn_tanh_layer(xp: Any, x: Any, h: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any, w: Any) -> Any:
    return xp.sum(xp.rnn_tanh_cell(x, h, w_x, w_h, b_x, b_h) * w)


def gru_layer(xp: Any, x: Any, h: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any, w: Any) -> Any:
    return xp.sum(xp.gru_cell(x, h, w_x, w_h, b_x, b_h) * w)


def lstm_layer(xp: Any, x: Any, h: Any, c: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any, w: Any) -> Any:
    new, cell = xp.lstm_cell(x, (h, c), w_x, w_h, b_x, b_h)
    return xp.sum(new * cell * w)


def multi_head_attention(xp: Any, x: Any, w_in: Any, b_in: Any, w_out: Any, b_out: Any, w: Any) -> Any:
    return xp.sum(xp.multi_head_attention(x, w_in, b_in, w_out, b_out, 2) * w)


def unfold(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.unfold(x, (2, 2)) ** 2 * w)


def pixel_shuffle(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.pixel_shuffle(x, 2) ** 2 * w)


def resize_nearest(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.resize_nearest(x, (4, 6)) ** 2 * w)


def resize_bilinear(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.resize_bilinear(x, (4, 6)) ** 2 * w)


def gated_linear_unit_layer(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.glu(x) * w)


def softmin_last_axis(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.softmin(x, axis=-1) * w)


def prelu(xp: Any, x: Any, weight: Any, w: Any) -> Any:
    return xp.sum(xp.prelu(x, weight) ** 2 * w)


def threshold_below(xp: Any, x: Any) -> Any:
    return xp.sum(xp.threshold_below(x, 0.5, 2.0) ** 3)


def cosine_similarity_rows(xp: Any, x: Any, y: Any, w: Any) -> Any:
    return xp.sum(xp.cosine_similarity(x, y) * w)


def pairwise_distance(xp: Any, x: Any, y: Any, w: Any) -> Any:
    return xp.sum(xp.pairwise_distance(x, y, eps=0.001) * w)


def smooth_l1_loss(xp: Any, x: Any, y: Any) -> Any:
    return xp.smooth_l1_loss(x, y, beta=0.5)


def kl_div_loss(xp: Any, log_q: Any, p: Any) -> Any:
    return xp.kl_div_loss(log_q, p)


def poisson_nll_loss(xp: Any, log_rate: Any, y: Any) -> Any:
    return xp.poisson_nll_loss(log_rate, y)


def gaussian_nll_loss(xp: Any, mean: Any, y: Any, variance: Any) -> Any:
    return xp.gaussian_nll_loss(mean, y, variance)


def cosine_embedding_loss(xp: Any, x: Any, y: Any, label: Any) -> Any:
    return xp.cosine_embedding_loss(x, y, xp.stop_gradient(label), margin=-0.5)


def triplet_margin_loss(xp: Any, anchor: Any, positive: Any, negative: Any) -> Any:
    return xp.triplet_margin_loss(anchor, positive, negative, eps=0.001)


def hinge_embedding_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.hinge_embedding_loss(x, xp.stop_gradient(label))


def hinge_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.hinge_loss(x, xp.stop_gradient(label))


def squared_hinge_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.squared_hinge_loss(x, xp.stop_gradient(label))


def soft_margin_loss(xp: Any, x: Any, label: Any) -> Any:
    return xp.soft_margin_loss(x, xp.stop_gradient(label))


def margin_ranking_loss(xp: Any, x: Any, y: Any, label: Any) -> Any:
    return xp.margin_ranking_loss(x, y, xp.stop_gradient(label), margin=0.25)


def multi_margin_loss(xp: Any, x: Any) -> Any:
    return xp.multi_margin_loss(x, xp.asarray(LABELS))


def nll_loss(xp: Any, log_p: Any) -> Any:
    return xp.nll_loss(log_p, xp.asarray(LABELS))


def log_cosh_loss(xp: Any, x: Any, y: Any) -> Any:
    return xp.log_cosh_loss(x, y)


activation = partial(program, family="activation")
layer = partial(program, family="network", source=LAYERS)
normalisation = partial(program, family="normalisation", source=NORMALISATION)
recurrent = partial(program, family="recurrent", source=RECURRENT)
convolution = partial(program, family="convolution", source=TRANSPOSED)
loss = partial(program, family="loss", source=LOSSES)

DENSE = (
    layer(
        linear,
        "linear sum",
        {"drawn": (draw(2, 3), draw(2, 3), draw(2), draw(2, 2)), "wide": (draw(3, 2), draw(4, 2), draw(4), draw(3, 4))},
        {"zero": (zeros(1, 2), draw(2, 2), zeros(2), draw(1, 2)), "one": (draw(1, 1), draw(1, 1), draw(1), draw(1, 1))},
    ),
    layer(
        bilinear,
        "bilinear sum",
        {"drawn": (draw(2, 2), draw(2, 3), draw(2, 2, 3), draw(2), draw(2, 2))},
        {"zero": (zeros(2, 2), draw(2, 3), draw(1, 2, 3), draw(1), draw(2, 1))},
    ),
    layer(embedding_lookup, "embedding sum", {"drawn": (draw(3, 2), draw(4, 2)), "unused_row": (draw(4, 1), draw(4, 1))}),
    layer(
        multi_head_attention,
        "multi_head_attention sum",
        {"drawn": (draw(3, 4), draw(12, 4), draw(12), draw(4, 4), draw(4), draw(3, 4))},
        {"equal_rows": ((((0.4, -0.3),) * 3), draw(6, 2), draw(6), draw(2, 2), draw(2), draw(3, 2))},
        source="Vaswani et al. 2017, section 3.2.2",
    ),
    layer(
        unfold, "unfold sum", {"drawn": (draw(1, 2, 3, 3), draw(1, 8, 4))}, {"one_window": (draw(1, 1, 2, 2), draw(1, 4, 1))}
    ),
    layer(
        pixel_shuffle,
        "pixel_shuffle sum",
        {"drawn": (draw(1, 4, 2, 2), draw(1, 1, 4, 4)), "channels": (draw(1, 8, 1, 2), draw(1, 2, 2, 4))},
        source="Shi et al. 2016, section 3.2",
    ),
    layer(
        resize_nearest,
        "resize_nearest sum",
        {"drawn": (draw(1, 2, 2, 3), draw(1, 2, 4, 6))},
        {"one_row": (draw(1, 1, 1, 2), draw(1, 1, 4, 6))},
    ),
    layer(
        resize_bilinear,
        "resize_bilinear sum",
        {"drawn": (draw(1, 2, 2, 3), draw(1, 2, 4, 6))},
        {"one_row": (draw(1, 1, 1, 2), draw(1, 1, 4, 6)), "equal": (draw(1, 1, 4, 6), draw(1, 1, 4, 6))},
    ),
)

NORMS = (
    normalisation(
        batch_norm,
        "batch_norm sum",
        {
            "rows": (Draw((4, 2), 2.0), draw(2), draw(2), draw(4, 2)),
            "images": (draw(2, 2, 2, 2), draw(2), draw(2), draw(2, 2, 2, 2)),
        },
        {
            "equal_samples": (((0.4, -0.3),) * 3, draw(2), draw(2), draw(3, 2)),
            "far_mean": (((100.25, -200.0), (100.75, -203.0), (99.5, -198.0)), draw(2), draw(2), draw(3, 2)),
        },
    ),
    normalisation(
        group_norm_layer,
        "group_norm sum",
        {
            "drawn": (draw(2, 4, 2), draw(4), draw(4), draw(2, 4, 2)),
            "images": (draw(1, 2, 2, 2), draw(2), draw(2), draw(1, 2, 2, 2)),
        },
        {"zero": (zeros(1, 4, 2), draw(4), draw(4), draw(1, 4, 2))},
    ),
    normalisation(
        instance_norm_layer,
        "instance_norm sum",
        {
            "drawn": (draw(2, 2, 4), draw(2), draw(2), draw(2, 2, 4)),
            "images": (draw(1, 2, 2, 2), draw(2), draw(2), draw(1, 2, 2, 2)),
        },
        {"constant": ((((0.4, 0.4, 0.4), (-0.3, 0.9, 0.2)),), draw(2), draw(2), draw(1, 2, 3))},
        source="Ulyanov et al. 2016, equation 3",
    ),
)

CONVOLUTIONS = (
    convolution(
        conv_transpose1d,
        "conv_transpose1d sum",
        {"drawn": (draw(1, 2, 3), draw(2, 2, 3), draw(1, 2, 5)), "batch": (draw(2, 1, 4), draw(1, 2, 2), draw(2, 2, 5))},
        {"pointwise": (draw(1, 2, 3), draw(2, 1, 1), draw(1, 1, 3)), "one": (draw(1, 1, 1), draw(1, 1, 3), draw(1, 1, 3))},
    ),
    convolution(
        conv_transpose1d_strided_padded,
        "conv_transpose1d sum",
        {"drawn": (draw(1, 2, 3), draw(2, 2, 3), draw(1, 2, 5))},
        {
            "all_cut_but_one": (draw(1, 1, 1), draw(1, 1, 3), draw(1, 1, 1)),
            "even_kernel": (draw(1, 1, 3), draw(1, 1, 2), draw(1, 1, 4)),
        },
    ),
    convolution(
        conv_transpose2d,
        "conv_transpose2d sum",
        {
            "drawn": (draw(1, 2, 2, 2), draw(2, 1, 2, 2), draw(1, 1, 3, 3)),
            "wide": (draw(1, 1, 1, 3), draw(1, 2, 2, 3), draw(1, 2, 2, 5)),
        },
    ),
    convolution(
        conv_transpose2d_strided_padded,
        "conv_transpose2d sum",
        {"drawn": (draw(1, 2, 2, 3), draw(2, 1, 3, 3), draw(1, 1, 3, 5))},
        {"even_kernel": (draw(1, 1, 2, 2), draw(1, 1, 2, 2), draw(1, 1, 2, 2))},
    ),
    convolution(
        conv_transpose2d_dilated, "conv_transpose2d sum", {"drawn": (draw(1, 1, 2, 2), draw(1, 2, 2, 2), draw(1, 2, 4, 4))}
    ),
    convolution(
        conv3d,
        "conv3d sum",
        {"drawn": (draw(1, 2, 2, 3, 2), draw(1, 2, 2, 2, 1), draw(1, 1, 1, 2, 2))},
        {"full_size": (draw(1, 1, 2, 2, 2), draw(2, 1, 2, 2, 2), draw(1, 2, 1, 1, 1))},
        source=LAYERS,
    ),
    convolution(
        conv3d_strided_padded,
        "conv3d sum",
        {"drawn": (draw(1, 1, 2, 3, 2), draw(1, 1, 2, 2, 2), draw(1, 1, 2, 2, 2))},
        source=LAYERS,
    ),
    program(
        avg_pool3d,
        "avg_pool3d sum",
        {"drawn": (draw(1, 2, 2, 2, 2), draw(1, 2, 1, 1, 1)), "unused_edge": (draw(1, 1, 2, 3, 2), draw(1, 1, 1, 1, 1))},
        family="pooling",
        source=LAYERS,
    ),
    program(
        max_pool3d,
        "max_pool3d sum",
        {"cube": (((((((0.5, -1.0), (2.0, 0.25)), ((-3.0, 1.5), (0.75, -2.0))),),)), draw(1, 1, 1, 1, 1))},
        {"negative": (((((((-0.5, -1.0), (-2.0, -0.25)), ((-3.0, -1.5), (-0.75, -4.0))),),)), draw(1, 1, 1, 1, 1))},
        family="pooling",
        source=LAYERS,
    ),
)


def _cell(gates: int) -> tuple[Draw, Draw, Draw, Draw]:
    """Parameters of a cell for inputs and states of width 2."""
    return draw(2 * gates, 2), draw(2 * gates, 2), draw(2 * gates), draw(2 * gates)


CELLS = (
    recurrent(
        rnn_tanh_layer,
        "rnn_tanh_cell sum",
        {"drawn": (draw(2, 2), draw(2, 2), *_cell(1), draw(2, 2))},
        {"zero_state": (draw(1, 2), zeros(1, 2), *_cell(1), draw(1, 2))},
    ),
    recurrent(
        gru_layer,
        "gru_cell sum",
        {"drawn": (draw(2, 2), draw(2, 2), *_cell(3), draw(2, 2))},
        {"zero_state": (draw(1, 2), zeros(1, 2), *_cell(3), draw(1, 2))},
    ),
    recurrent(
        lstm_layer,
        "lstm_cell sum",
        {"drawn": (draw(2, 2), draw(2, 2), draw(2, 2), *_cell(4), draw(2, 2))},
        {
            "zero_state": (draw(1, 2), zeros(1, 2), zeros(1, 2), *_cell(4), draw(1, 2)),
            "full_cell": (draw(1, 2), draw(1, 2), ((12.0, -12.0),), *_cell(4), draw(1, 2)),
        },
    ),
)

ACTIVATIONS = (
    activation(
        gated_linear_unit_layer,
        "glu sum",
        {"drawn": (draw(2, 4), draw(2, 2))},
        {"saturated": (((2.0, -1.0, 80.0, -80.0),), ((0.5, -0.75),)), "zero": (zeros(1, 4), ((0.5, -0.75),))},
        source="Dauphin et al. 2017, section 2",
    ),
    activation(
        softmin_last_axis,
        "softmin sum",
        {"drawn": (Draw((2, 3), 2.0), draw(2, 3))},
        {"equal": ((1.0, 1.0, 1.0), (0.5, -0.75, 1.0)), "far_apart": ((0.0, 300.0, -300.0), (0.5, -0.75, 1.0))},
        source=LAYERS,
    ),
    activation(
        prelu,
        "prelu sum",
        {"both_sides": (((0.5, -1.0, 1.25), (-0.75, 2.0, -3.0)), (0.25, -0.5, 1.5), draw(2, 3))},
        {"no_slope": (((0.5, -1.0), (-0.75, 2.0)), (0.0, 0.0), draw(2, 2))},
        source="He et al. 2015, equation 1",
    ),
    activation(threshold_below, "threshold_below sum", {"both_sides": (SIDES,)}, {"far": ((-1e4, 30.0),)}, source="torch.nn"),
    unary("soft_shrink", (-2.3, -0.75, 0.42, 1.6), (0.0, 1.0, -1.0), (-1e4, 1e4), "activation"),
    unary("hard_shrink", (-2.3, -0.75, 0.42, 1.6), (0.0, 1.0, -1.0), (-1e4, 1e4), "activation"),
    unary("squareplus", SIDES, (0.0,), (-30.0, 30.0, -100.0), "activation"),
    unary("sparse_plus", SIDES, (0.0, 0.5, -2.0), (-30.0, 30.0), "activation"),
    unary("log1mexp", (0.35, 0.9, 1.6, 4.2), (1.0,), (1e-3, 30.0), "activation"),
    unary("elu", SIDES, (1.0, -1.0), (-30.0,), "activation", case="elu_alpha", alpha=2.5),
    unary("celu", SIDES, (1.0, -1.0), (-30.0,), "activation", case="celu_alpha", alpha=2.5),
    unary("leaky_relu", SIDES, (1.0, -1.0), (), "activation", case="leaky_relu_steep", negative_slope=0.25),
)

TRIPLE = (((0.4, -0.3), (0.5, 1.0)), ((1.2, 0.5), (0.25, 0.75)), ((-0.6, 0.2), (-3.0, 4.0)))
LOSS = (
    layer(
        cosine_similarity_rows,
        "cosine_similarity sum",
        {"drawn": (draw(2, 3), draw(2, 3), draw(2))},
        {
            "parallel": (((1.0, -2.0, 2.0),), ((2.0, -4.0, 4.0),), draw(1)),
            "orthogonal": (((1.0, -2.0),), ((2.0, 1.0),), draw(1)),
        },
        source=LOSSES,
    ),
    layer(
        pairwise_distance,
        "pairwise_distance sum",
        {"drawn": (draw(2, 3), draw(2, 3), draw(2))},
        {"equal": (((0.5, -2.0),), ((0.5, -2.0),), draw(1))},
        source=LOSSES,
    ),
    loss(
        smooth_l1_loss,
        "smooth_l1_loss",
        {"interior": PAIR},
        {"far": ((1000.0, 0.25), (-1000.0, 0.5)), "equal": ((0.4,), (0.4,))},
    ),
    loss(
        kl_div_loss,
        "kl_div_loss",
        {"rows": (((-1.1, -0.7, -2.3), (-0.5, -2.0, -1.5)), ((0.2, 0.5, 0.3), (0.6, 0.1, 0.3)))},
        {"uniform": (((-0.75, -0.75),), ((0.5, 0.5),)), "small_target": (((-1.0, -9.0),), ((1e-3, 0.75),))},
    ),
    loss(
        poisson_nll_loss,
        "poisson_nll_loss",
        {"interior": ((0.42, -0.75, 1.6), (1.5, 0.3, 4.2))},
        {"no_event": ((0.0, -30.0), (0.0, 0.0)), "many": ((4.5, 6.0), (100.0, 400.0))},
    ),
    loss(
        gaussian_nll_loss,
        "gaussian_nll_loss",
        {"interior": ((0.42, -0.75), (1.1, 0.2), (0.6, 1.7))},
        {"at_mean": ((0.5, -2.0), (0.5, -2.0), (1.0, 0.25)), "outlier": ((0.0,), (5.0,), (0.01,))},
    ),
    loss(
        cosine_embedding_loss,
        "cosine_embedding_loss",
        {"drawn": (((0.4, -0.3, 1.0), (0.5, 1.0, -0.25)), ((1.2, 0.5, 0.75), (0.25, 0.75, 1.5)), (1.0, -1.0))},
        {"inactive": (((0.4, -0.3), (1.0, 0.5)), ((0.8, -0.5), (-1.0, -0.75)), (1.0, -1.0))},
    ),
    loss(triplet_margin_loss, "triplet_margin_loss", {"one_active": TRIPLE}, {"inactive": tuple((row[1],) for row in TRIPLE)}),
    loss(hinge_embedding_loss, "hinge_embedding_loss", {"both": (SCORES, SIGNS)}, {"far": ((300.0, -300.0), (-1.0, -1.0))}),
    loss(hinge_loss, "hinge_loss", {"both_sides": (SCORES, SIGNS)}, {"right": ((60.0, -80.0), (1.0, -1.0))}),
    loss(squared_hinge_loss, "squared_hinge_loss", {"both_sides": (SCORES, SIGNS)}, {"right": ((60.0, -80.0), (1.0, -1.0))}),
    loss(
        soft_margin_loss,
        "soft_margin_loss",
        {"both_sides": (SCORES, SIGNS)},
        {"zero": ((0.0, 0.0), (1.0, -1.0)), "right": ((60.0, -80.0), (1.0, -1.0)), "wrong": ((60.0, -80.0), (-1.0, 1.0))},
    ),
    loss(margin_ranking_loss, "margin_ranking_loss", {"both_sides": (*PAIR, SIGNS)}, {"equal": ((0.5,), (0.5,), (1.0,))}),
    loss(
        multi_margin_loss,
        "multi_margin_loss",
        {"interior": (((0.5, -1.25, 0.75), (2.5, 0.25, 2.0)),)},
        {"all_right": (((-2.0, -3.0, 4.0), (9.0, 1.0, 2.0)),), "equal": (((1.0, 1.0, 1.0), (0.0, 0.0, 0.0)),)},
    ),
    loss(nll_loss, "nll_loss", {"drawn": (draw(2, 3),)}, {"zero": (((0.0,) * 3,) * 2,)}),
    loss(
        log_cosh_loss,
        "log_cosh_loss",
        {"interior": PAIR},
        {"equal": ((0.4, -0.3), (0.4, -0.3)), "far": ((300.0, -300.0), (0.0, 0.0))},
    ),
)

CASES: tuple[Case, ...] = (*DENSE, *NORMS, *CONVOLUTIONS, *CELLS, *ACTIVATIONS, *LOSS)
