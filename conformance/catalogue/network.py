"""Layers of neural networks: softmax, normalisation, convolution, pooling, attention, recurrent cells, embeddings, networks.

Where the vocabulary has the layer, it is called; otherwise it is written out. The last argument `w` weights the elements of the
value. Pools are asked where no two elements of a window are equal, in any format; rectifiers away from 0.
Constant rows are smooth points of a normalisation, since something is added to the variance.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case, Draw
from conformance.catalogue.rows import Inputs, draw, program

LAYERS = "Goodfellow, Bengio, Courville, Deep Learning, chapters 6, 9 and 10"
NORMALISATION = "Ba et al. 2016 (layer), Zhang, Sennrich 2019 (RMS), Ioffe, Szegedy 2015 (batch), Wu, He 2018 (group)"
ATTENTION = "Vaswani et al. 2017, Attention is all you need, equation 1"
RECURRENT = "Hochreiter, Schmidhuber 1997 (LSTM), Cho et al. 2014 (GRU), Elman 1990 (tanh)"
EPSILON = 0.001
CAUSAL = ((True, False, False), (True, True, False), (True, True, True))
Points = dict[str, Inputs]
IDS = (1, 0, 1, 2)
BAGS = (0, 0, 1, 1)


def softmax_last_axis(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.softmax(x, axis=-1) * w)


def softmax_first_axis(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.softmax(x, axis=0) * w)


def softmax_middle_axis(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.softmax(x, axis=1) * w)


def softmax_temperature(xp: Any, x: Any, t: Any, w: Any) -> Any:
    return xp.sum(xp.softmax(x / t, axis=-1) * w)


def log_softmax_last_axis(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.log_softmax(x, axis=-1) * w)


def log_softmax_first_axis(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.log_softmax(x, axis=0) * w)


def gated_linear_unit(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(x[:, :2] * xp.sigmoid(x[:, 2:]) * w)


def swish_gated_unit(xp: Any, x: Any, a: Any, b: Any) -> Any:
    return xp.sum(xp.silu(xp.matmul(x, a)) * xp.matmul(x, b))


def layer_norm(xp: Any, x: Any, gain: Any, shift: Any, w: Any) -> Any:
    return xp.sum(xp.layer_norm(x, gain, shift, eps=EPSILON) * w)


def layer_norm_plain(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.layer_norm(x) * w)


def layer_norm_two_axes(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.layer_norm(x, eps=EPSILON, axis=(-2, -1)) * w)


def rms_norm(xp: Any, x: Any, gain: Any, w: Any) -> Any:
    return xp.sum(xp.rms_norm(x, gain, eps=EPSILON) * w)


def batch_norm_training(xp: Any, x: Any, gain: Any, shift: Any, w: Any) -> Any:
    centred = x - xp.mean(x, axis=0, keepdims=True)
    variance = xp.mean(centred**2, axis=0, keepdims=True)
    return xp.sum((centred / xp.sqrt(variance + EPSILON) * gain + shift) * w)


def batch_norm_inference(xp: Any, x: Any, mean: Any, variance: Any, gain: Any, w: Any) -> Any:
    return xp.sum((x - mean) * xp.rsqrt(variance + EPSILON) * gain * w)


def instance_norm(xp: Any, x: Any, gain: Any, w: Any) -> Any:
    centred = x - xp.mean(x, axis=-1, keepdims=True)
    return xp.sum(centred / xp.sqrt(xp.var(x, axis=-1, keepdims=True) + EPSILON) * gain * w)


def group_norm(xp: Any, x: Any, gain: Any, w: Any) -> Any:
    groups = xp.reshape(x, (1, 2, 4))
    centred = groups - xp.mean(groups, axis=-1, keepdims=True)
    normal = centred / xp.sqrt(xp.var(groups, axis=-1, keepdims=True) + EPSILON)
    return xp.sum(xp.reshape(normal, (1, 4, 2)) * gain * w)


def standardised(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum((x - xp.mean(x)) / xp.std(x, correction=1) * w)


def unit_rows(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(x / xp.vector_norm(x, axis=-1, keepdims=True) * w)


def weight_norm(xp: Any, g: Any, v: Any, x: Any) -> Any:
    return xp.tanh(g * xp.sum(v * x) / xp.vector_norm(v))


def local_response_norm(xp: Any, x: Any, w: Any) -> Any:
    total = xp.sum(x**2, axis=0, keepdims=True)
    return xp.sum(x / (2.0 + 0.5 * total) ** 0.75 * w)


def conv1d(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv1d(x, kernel) * w)


def conv1d_strided(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv1d(x, kernel, stride=2) * w)


def conv1d_padded(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv1d(x, kernel, padding=1) * w)


def conv1d_strided_padded(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv1d(x, kernel, stride=3, padding=2) * w)


def conv1d_residual(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum((x + xp.conv1d(xp.tanh(x), kernel, padding=1)) * w)


def conv1d_per_channel(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    channels = [xp.conv1d(x[:, i : i + 1], kernel[i : i + 1]) for i in range(2)]
    return xp.sum(xp.concat(channels, axis=1) * w)


def conv2d(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv2d(x, kernel) * w)


def conv2d_strided_padded(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv2d(x, kernel, stride=2, padding=1) * w)


def conv2d_unequal_strides(xp: Any, x: Any, kernel: Any, w: Any) -> Any:
    return xp.sum(xp.conv2d(x, kernel, stride=(1, 2), padding=(1, 0)) * w)


def convolutional_network(xp: Any, x: Any, kernel: Any, bias: Any, w: Any) -> Any:
    hidden = xp.tanh(xp.conv2d(x, kernel) + bias)
    return xp.sum(xp.avg_pool2d(hidden, 2) * w)


def max_pool1d(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.max_pool1d(x, 2) * w)


def max_pool1d_overlapping(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.max_pool1d(x, 3, stride=1) * w)


def max_pool2d(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.max_pool2d(x, 2) * w)


def max_pool2d_overlapping(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.max_pool2d(x, (2, 3), stride=1) * w)


def avg_pool1d(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.avg_pool1d(x, 2) * w)


def avg_pool1d_overlapping(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.avg_pool1d(x, 3, stride=2) ** 2 * w)


def avg_pool2d(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.avg_pool2d(x, 2) * w)


def avg_pool2d_overlapping(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.avg_pool2d(x, (2, 3), stride=1) ** 2 * w)


def root_mean_square_pool(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.sqrt(xp.avg_pool1d(x**2, 2)) * w)


def global_pools(xp: Any, x: Any, w: Any) -> Any:
    return xp.sum(xp.mean(x, axis=(-2, -1)) * xp.max(x, axis=(-2, -1)) * w)


def attention(xp: Any, q: Any, k: Any, v: Any, w: Any) -> Any:
    return xp.sum(xp.scaled_dot_product_attention(q, k, v) * w)


def attention_scaled(xp: Any, q: Any, k: Any, v: Any, w: Any) -> Any:
    return xp.sum(xp.scaled_dot_product_attention(q, k, v, scale=0.25) * w)


def attention_causal(xp: Any, q: Any, k: Any, v: Any, w: Any) -> Any:
    scores = xp.matmul(q, xp.matrix_transpose(k))
    weights = xp.softmax(xp.where(xp.asarray(CAUSAL), scores, float("-inf")), axis=-1)
    return xp.sum(xp.matmul(weights, v) * w)


def attention_additive(xp: Any, q: Any, k: Any, v: Any, u: Any) -> Any:
    scores = xp.sum(xp.tanh(q + k) * u, axis=-1)
    return xp.sum(xp.softmax(scores, axis=-1) * v)


def attention_two_heads(xp: Any, x: Any, projections: Any, w: Any) -> Any:
    heads = [xp.permute_dims(xp.reshape(xp.matmul(x, projections[i]), (3, 2, 1)), (1, 0, 2)) for i in range(3)]
    mixed = xp.matmul(xp.softmax(xp.matmul(heads[0], xp.matrix_transpose(heads[1])), axis=-1), heads[2])
    return xp.sum(xp.reshape(xp.permute_dims(mixed, (1, 0, 2)), (3, 2)) * w)


def rnn_tanh(xp: Any, x: Any, a: Any, b: Any, w: Any) -> Any:
    h = xp.tanh(xp.matmul(a, x[0]))
    for t in range(1, 3):
        h = xp.tanh(xp.matmul(a, x[t]) + xp.matmul(b, h))
    return xp.sum(h * w)


def rnn_bidirectional(xp: Any, x: Any, a: Any, b: Any) -> Any:
    total = 0.0
    for sequence in (x, xp.flip(x, axis=0)):
        h = xp.tanh(a * sequence[0])
        for t in range(1, 4):
            h = xp.tanh(a * sequence[t] + b * h)
        total = total + h
    return total


def gru_cell(xp: Any, x: Any, h: Any, a: Any, b: Any, w: Any) -> Any:
    update = xp.sigmoid(xp.matmul(a[0], x) + xp.matmul(b[0], h))
    reset = xp.sigmoid(xp.matmul(a[1], x) + xp.matmul(b[1], h))
    new = xp.tanh(xp.matmul(a[2], x) + reset * xp.matmul(b[2], h))
    return xp.sum(((1.0 - update) * new + update * h) * w)


def lstm_cell(xp: Any, x: Any, h: Any, c: Any, a: Any, b: Any, w: Any) -> Any:
    gates = xp.matmul(a, x) + xp.matmul(b, h)
    forget, enter, leave = (xp.sigmoid(gates[i]) for i in range(3))
    cell = forget * c + enter * xp.tanh(gates[3])
    return xp.sum(leave * xp.tanh(cell) * w)


def state_space_scan(xp: Any, x: Any, a: Any, b: Any, c: Any) -> Any:
    h = b * x[0]
    total = xp.sum(c * h)
    for t in range(1, 4):
        h = a * h + b * x[t]
        total = total + xp.sum(c * h) ** 2
    return total


def embedding(xp: Any, table: Any, w: Any) -> Any:
    return xp.sum(xp.tanh(xp.take(table, xp.asarray(IDS), axis=0)) * w)


def embedding_bag(xp: Any, table: Any, w: Any) -> Any:
    rows = xp.take(table, xp.asarray(IDS), axis=0)
    return xp.sum(xp.segment_sum(rows**2, xp.asarray(BAGS), 2) * w)


def embedding_tied(xp: Any, table: Any) -> Any:
    rows = xp.take(table, xp.asarray(IDS), axis=0)
    return xp.cross_entropy(xp.matmul(rows, xp.matrix_transpose(table)), xp.asarray(IDS))


def bilinear_layer(xp: Any, x: Any, weight: Any, y: Any, w: Any) -> Any:
    return xp.sum(xp.tanh(xp.einsum("bi,oij,bj->bo", x, weight, y)) * w)


def perceptron_tanh(xp: Any, x: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    return xp.sum(xp.matmul(xp.tanh(xp.matmul(x, a) + b), c) + d)


def perceptron_relu(xp: Any, x: Any, a: Any, b: Any, c: Any) -> Any:
    return xp.sum(xp.matmul(xp.relu(xp.matmul(x, a) + b), c) ** 2)


def residual_block(xp: Any, x: Any, a: Any, b: Any, w: Any) -> Any:
    return xp.sum((x + xp.matmul(xp.gelu(xp.matmul(x, a)), b)) * w)


def highway_layer(xp: Any, x: Any, a: Any, b: Any, w: Any) -> Any:
    gate = xp.sigmoid(xp.matmul(x, a))
    return xp.sum((gate * xp.tanh(xp.matmul(x, b)) + (1.0 - gate) * x) * w)


def zeros(*shape: int) -> Any:
    """Nested tuples of zeros."""
    return (zeros(*shape[1:]),) * shape[0] if shape else 0.0


activation = partial(program, family="activation", source=LAYERS)
normalisation = partial(program, family="normalisation", source=NORMALISATION)
convolution = partial(program, family="convolution", source=LAYERS)
pooling = partial(program, family="pooling", source=LAYERS)
attending = partial(program, family="attention", source=ATTENTION)
recurrent = partial(program, family="recurrent", source=RECURRENT)
network = partial(program, family="network", source=LAYERS)

ROWS: Points = {"vector": (draw(4), draw(4)), "rows": (Draw((2, 3), 2.0), draw(2, 3)), "one": ((0.7,), (1.5,))}
EXTREME_ROWS: Points = {
    "equal": ((1.0, 1.0, 1.0), (0.5, -0.75, 1.0)),
    "apart": ((30.0, -30.0, 0.0), (0.5, -0.75, 1.0)),
    "far_apart": ((0.0, 300.0, -300.0), (0.5, -0.75, 1.0)),
    "shifted": ((1000.0, 1001.0, 998.0), (0.5, -0.75, 1.0)),
    "at_1e30": ((1e30, -1e30, 0.5), (0.5, -0.75, 1.0)),
}
COLUMNS: Points = {"columns": (Draw((3, 2), 2.0), draw(3, 2)), "one_row": (draw(1, 3), draw(1, 3))}
CUBE: Points = {"cube": (Draw((2, 3, 2), 2.0), draw(2, 3, 2)), "one_between": (draw(2, 1, 2), draw(2, 1, 2))}
SOFTMAX = (
    activation(softmax_last_axis, "softmax sum", ROWS, EXTREME_ROWS),
    activation(softmax_first_axis, "softmax sum", COLUMNS, {"equal": (zeros(3, 2), draw(3, 2))}),
    activation(softmax_middle_axis, "softmax sum", CUBE, {"equal": (zeros(2, 3, 2), draw(2, 3, 2))}),
    activation(
        softmax_temperature,
        "softmax sum",
        {"drawn": (draw(4), 0.7, draw(4)), "warm": (draw(4), 20.0, draw(4))},
        {"cold": ((0.4, -0.3, 1.0), 0.015625, (0.5, -0.75, 1.0))},
    ),
    activation(log_softmax_last_axis, "log_softmax sum", ROWS, EXTREME_ROWS),
    activation(log_softmax_first_axis, "log_softmax sum", COLUMNS, {"equal": (zeros(3, 2), draw(3, 2))}),
    activation(
        gated_linear_unit,
        "sigmoid sum",
        {"drawn": (draw(2, 4), draw(2, 2)), "wide": (Draw((3, 4), 3.0), draw(3, 2))},
        {"saturated": (((2.0, -1.0, 80.0, -80.0),), ((0.5, -0.75),)), "zero": (zeros(1, 4), ((0.5, -0.75),))},
        source="Dauphin et al. 2017, section 2",
    ),
    activation(
        swish_gated_unit,
        "matmul silu sum",
        {"drawn": (draw(2, 2), draw(2, 3), draw(2, 3))},
        {"zero": (zeros(1, 2), draw(2, 3), draw(2, 3))},
        source="Shazeer 2020, section 2",
    ),
)

MEANS = (100.25, 100.75, 99.5, 101.0), (-200.0, -203.0, -201.0, -198.0)
NORMS = (
    normalisation(
        layer_norm,
        "layer_norm sum",
        {"drawn": (Draw((2, 4), 2.0), draw(4), draw(4), draw(2, 4))},
        {
            "constant_row": ((0.5, 0.5, 0.5, 0.5), draw(4), draw(4), draw(4)),
            "far_mean": (MEANS, draw(4), draw(4), draw(2, 4)),
            "no_gain": (draw(2, 4), zeros(4), zeros(4), draw(2, 4)),
            "width_one": (((0.7,), (-0.4,)), (1.5,), (0.25,), ((1.0,), (-0.5,))),
        },
    ),
    normalisation(
        layer_norm_plain,
        "layer_norm sum",
        {"drawn": (Draw((2, 4), 2.0), draw(2, 4)), "batched": (draw(2, 1, 3), draw(2, 1, 3))},
        {
            "tiny": (Draw((4,), 0.001), draw(4)),
            "large": (Draw((4,), 50.0), draw(4)),
            "at_1e30": ((1e30, -3e30, 2e30, 5e29), draw(4)),
            "at_1em30": ((1e-30, -3e-30, 2e-30, 5e-31), draw(4)),
        },
    ),
    normalisation(
        layer_norm_two_axes,
        "layer_norm sum",
        {"drawn": (draw(2, 2, 3), draw(2, 2, 3)), "single": (draw(2, 3), draw(2, 3))},
        {"zero": (zeros(2, 3), draw(2, 3))},
    ),
    normalisation(
        rms_norm,
        "rms_norm sum",
        {"drawn": (Draw((2, 4), 2.0), draw(4), draw(2, 4))},
        {
            "zero_row": (((0.0, 0.0, 0.0), (0.4, -0.3, 1.2)), draw(3), draw(2, 3)),
            "tiny": (Draw((3,), 0.001), draw(3), draw(3)),
            "large": (Draw((3,), 50.0), draw(3), draw(3)),
            "at_1e30": ((1e30, -3e30, 2e30), draw(3), draw(3)),
            "at_1em30": ((1e-30, -3e-30, 2e-30), draw(3), draw(3)),
        },
    ),
    normalisation(
        batch_norm_training,
        "mean sqrt sum",
        {"drawn": (Draw((4, 2), 2.0), draw(2), draw(2), draw(4, 2))},
        {
            "one_sample": (draw(1, 3), draw(3), draw(3), draw(1, 3)),
            "equal_samples": (((0.4, -0.3),) * 3, draw(2), draw(2), draw(3, 2)),
        },
    ),
    normalisation(
        batch_norm_inference,
        "rsqrt sum",
        {"drawn": (draw(3, 2), draw(2), (0.6, 1.7), draw(2), draw(3, 2))},
        {"no_variance": (draw(3, 2), draw(2), (0.0, 1.0), draw(2), draw(3, 2))},
    ),
    normalisation(
        instance_norm,
        "mean sqrt sum var",
        {"drawn": (draw(1, 2, 4), draw(2, 1), draw(1, 2, 4))},
        {"constant": (((0.4, 0.4, 0.4), (-0.3, 0.9, 0.2)), draw(2, 1), draw(2, 3))},
        source="Ulyanov et al. 2016, equation 3",
    ),
    normalisation(
        group_norm,
        "mean reshape sqrt sum var",
        {"drawn": (draw(1, 4, 2), draw(4, 1), draw(1, 4, 2))},
        {"zero": (zeros(1, 4, 2), draw(4, 1), draw(1, 4, 2))},
    ),
    normalisation(
        standardised,
        "mean std sum",
        {"drawn": (draw(5), draw(5)), "matrix": (Draw((2, 3), 4.0), draw(2, 3))},
        {"two": ((0.4, -0.3), (0.5, -0.75)), "far_mean": (MEANS[0], draw(4))},
        source="conformance suite: Student's sample standard deviation",
    ),
    normalisation(
        unit_rows,
        "sum vector_norm",
        {"drawn": (draw(2, 3), draw(2, 3))},
        {
            "width_one": (((0.7,), (-0.4,)), ((1.0,), (-0.5,))),
            "axis": (((0.0, 0.0, 2.0),), ((0.5, -0.75, 1.0),)),
            "tiny": (((0.003, -0.004),), ((0.5, -0.75),)),
            "large": (((120.0, -50.0),), ((0.5, -0.75),)),
        },
        source="conformance suite: x / |x|, away from 0",
    ),
    normalisation(
        weight_norm,
        "sum tanh vector_norm",
        {"drawn": (0.7, draw(3), draw(3))},
        {"no_gain": (0.0, draw(3), draw(3)), "orthogonal": (0.7, (1.0, -2.0), (2.0, 1.0))},
        source="Salimans, Kingma 2016, equation 2",
    ),
    normalisation(
        local_response_norm,
        "sum",
        {"drawn": (draw(3, 4), draw(3, 4))},
        {"zero": (zeros(3, 2), draw(3, 2))},
        source="Krizhevsky et al. 2012, section 3.3",
    ),
)

CONVOLUTIONS = (
    convolution(
        conv1d,
        "conv1d sum",
        {"drawn": (draw(1, 2, 5), draw(2, 2, 3), draw(1, 2, 3)), "batch": (draw(3, 1, 4), draw(1, 1, 2), draw(3, 1, 3))},
        {
            "pointwise": (draw(1, 2, 3), draw(2, 2, 1), draw(1, 2, 3)),
            "full_width": (draw(2, 1, 4), draw(2, 1, 4), draw(2, 2, 1)),
            "zero_kernel": (draw(1, 1, 5), zeros(1, 1, 3), draw(1, 1, 3)),
        },
    ),
    convolution(
        conv1d_strided,
        "conv1d sum",
        {"drawn": (draw(1, 2, 5), draw(2, 2, 3), draw(1, 2, 2))},
        {"unused_last": (draw(1, 1, 6), draw(1, 1, 3), draw(1, 1, 2)), "gaps": (draw(1, 1, 5), draw(1, 1, 1), draw(1, 1, 3))},
    ),
    convolution(
        conv1d_padded,
        "conv1d sum",
        {"drawn": (draw(1, 2, 4), draw(2, 2, 3), draw(1, 2, 4)), "even_kernel": (draw(1, 1, 4), draw(1, 1, 2), draw(1, 1, 5))},
        {"shorter_than_kernel": (draw(1, 1, 1), draw(1, 1, 3), draw(1, 1, 1))},
    ),
    convolution(
        conv1d_strided_padded,
        "conv1d sum",
        {"drawn": (draw(1, 2, 6), draw(1, 2, 4), draw(1, 1, 3)), "batch": (draw(2, 1, 5), draw(2, 1, 3), draw(2, 2, 3))},
    ),
    convolution(
        conv1d_residual,
        "conv1d sum tanh",
        {"drawn": (draw(1, 2, 3), draw(2, 2, 3), draw(1, 2, 3))},
        {"zero": (zeros(1, 2, 3), draw(2, 2, 3), draw(1, 2, 3))},
    ),
    convolution(conv1d_per_channel, "concat conv1d sum", {"drawn": (draw(1, 2, 4), draw(2, 1, 3), draw(1, 2, 2))}),
    convolution(
        conv2d,
        "conv2d sum",
        {
            "drawn": (draw(1, 2, 3, 3), draw(1, 2, 2, 2), draw(1, 1, 2, 2)),
            "wide": (draw(1, 1, 2, 5), draw(2, 1, 2, 3), draw(1, 2, 1, 3)),
        },
        {
            "pointwise": (draw(1, 2, 2, 2), draw(2, 2, 1, 1), draw(1, 2, 2, 2)),
            "full_size": (draw(2, 1, 2, 3), draw(1, 1, 2, 3), draw(2, 1, 1, 1)),
        },
    ),
    convolution(
        conv2d_strided_padded,
        "conv2d sum",
        {
            "drawn": (draw(1, 1, 4, 3), draw(2, 1, 3, 2), draw(1, 2, 2, 2)),
            "even": (draw(1, 2, 2, 2), draw(1, 2, 2, 2), draw(1, 1, 2, 2)),
        },
    ),
    convolution(conv2d_unequal_strides, "conv2d sum", {"drawn": (draw(1, 1, 2, 5), draw(1, 1, 3, 2), draw(1, 1, 2, 2))}),
    convolution(
        convolutional_network,
        "avg_pool2d conv2d sum tanh",
        {"drawn": (draw(1, 1, 4, 3), draw(2, 1, 3, 2), draw(2, 1, 1), draw(1, 2, 1, 1))},
        {"zero": (zeros(1, 1, 4, 3), draw(2, 1, 3, 2), draw(2, 1, 1), draw(1, 2, 1, 1))},
    ),
)

SEVEN = (((0.3, -1.2, 2.5, 0.9, -0.4, 1.7, -2.1),),)
GRID = (((1.5, -0.25, 3.5, 0.5), (-2.0, 2.5, -1.0, 1.0), (0.75, -3.0, -0.5, 2.0)),)
POOLS = (
    pooling(
        max_pool1d,
        "max_pool1d sum",
        {"odd": (SEVEN, draw(1, 1, 3)), "rows": ((((0.5, 2.0, -1.0, -3.0), (1.0, 0.25, 4.0, 8.0)),), draw(1, 2, 2))},
        {
            "negative": ((((-3.0, -1.0, -8.0, -2.0),),), draw(1, 1, 2)),
            "far_apart": ((((300.0, 0.01, -0.02, -300.0),),), draw(1, 1, 2)),
        },
    ),
    pooling(
        max_pool1d_overlapping,
        "max_pool1d sum",
        {"peak_in_all": (SEVEN, draw(1, 1, 5)), "falling": ((((3.0, 2.0, 1.0, -1.0),),), draw(1, 1, 2))},
        {"one_window": ((((-0.5, -2.0, -0.25),),), (((1.5,),),))},
    ),
    pooling(
        max_pool2d,
        "max_pool2d sum",
        {
            "unused_edge": ((GRID,), draw(1, 1, 1, 2)),
            "batch": (((((0.5, 1.0), (-2.0, 0.25)),), (((-1.0, -3.0), (-2.0, -0.5)),)), draw(2, 1, 1, 1)),
        },
    ),
    pooling(max_pool2d_overlapping, "max_pool2d sum", {"grid": ((GRID,), draw(1, 1, 2, 2))}),
    pooling(avg_pool1d, "avg_pool1d sum", {"odd": (SEVEN, draw(1, 1, 3)), "rows": (draw(2, 2, 4), draw(2, 2, 2))}),
    pooling(
        avg_pool1d_overlapping,
        "avg_pool1d sum",
        {"odd": (SEVEN, draw(1, 1, 3)), "rows": (draw(1, 2, 5), draw(1, 2, 2))},
        {"zero": (zeros(1, 1, 5), draw(1, 1, 2))},
    ),
    pooling(avg_pool2d, "avg_pool2d sum", {"unused_edge": ((GRID,), draw(1, 1, 1, 2))}),
    pooling(
        avg_pool2d_overlapping,
        "avg_pool2d sum",
        {"grid": ((GRID,), draw(1, 1, 2, 2)), "one_window": (draw(2, 1, 2, 3), draw(2, 1, 1, 1))},
    ),
    pooling(
        root_mean_square_pool,
        "avg_pool1d sqrt sum",
        {"drawn": (draw(1, 2, 4), draw(1, 2, 2))},
        {"one_zero": ((((0.0, -2.0),),), (((1.5,),),))},
    ),
    pooling(global_pools, "max mean sum", {"grid": ((GRID,), ((1.5,),)), "channels": (draw(1, 2, 2, 3), draw(1, 2))}),
)

QKV = (draw(2, 2), draw(3, 2), draw(3, 2), draw(2, 2))
EXTREME_QKV: Points = {
    "equal_keys": (draw(2, 2), ((0.4, -0.3),) * 3, draw(3, 2), draw(2, 2)),
    "one_key": (draw(2, 2), draw(1, 2), draw(1, 2), draw(2, 2)),
    "saturated": (((20.0, -10.0), (0.5, 20.0)), Draw((3, 2), 4.0), draw(3, 2), draw(2, 2)),
    "zero_query": (zeros(2, 2), draw(3, 2), draw(3, 2), draw(2, 2)),
}
BATCHED_QKV = (draw(2, 1, 2), draw(2, 2, 2), draw(2, 2, 3), draw(2, 1, 3))
ATTENTIONS = (
    attending(attention, "scaled_dot_product_attention sum", {"drawn": QKV, "batched": BATCHED_QKV}, EXTREME_QKV),
    attending(attention_scaled, "scaled_dot_product_attention sum", {"drawn": QKV, "batched": BATCHED_QKV}),
    attending(
        attention_causal,
        "asarray matmul matrix_transpose softmax sum where",
        {"drawn": (draw(3, 2), draw(3, 2), draw(3, 2), draw(3, 2))},
        {"zero_query": (zeros(3, 2), draw(3, 2), draw(3, 2), draw(3, 2))},
    ),
    attending(
        attention_additive,
        "softmax sum tanh",
        {"drawn": (draw(2), draw(4, 2), draw(4), draw(2))},
        {"cancelled": ((0.5, -0.25), ((-0.5, 0.25), (0.5, 1.0)), draw(2), draw(2))},
        source="Bahdanau et al. 2015, appendix A.1.2",
    ),
    attending(
        attention_two_heads,
        "matmul matrix_transpose permute_dims reshape softmax sum",
        {"drawn": (draw(3, 2), draw(3, 2, 2), draw(3, 2))},
        {"equal_rows": (((0.4, -0.3),) * 3, draw(3, 2, 2), draw(3, 2))},
    ),
)

RECURRENCES = (
    recurrent(
        rnn_tanh,
        "matmul sum tanh",
        {"drawn": (draw(3, 2), draw(2, 2), draw(2, 2), draw(2))},
        {
            "no_memory": (draw(3, 2), draw(2, 2), zeros(2, 2), draw(2)),
            "saturated": (Draw((3, 2), 20.0), draw(2, 2), draw(2, 2), draw(2)),
        },
    ),
    recurrent(
        rnn_bidirectional,
        "flip tanh",
        {"drawn": (draw(4), 0.7, -0.45)},
        {"palindrome": ((0.5, -1.0, -1.0, 0.5), 1.25, 0.5), "zero": (zeros(4), 0.7, -0.45)},
        source="Schuster, Paliwal 1997",
    ),
    recurrent(
        gru_cell,
        "matmul sigmoid sum tanh",
        {"drawn": (draw(2), draw(2), draw(3, 2, 2), draw(3, 2, 2), draw(2))},
        {"zero_state": (draw(2), zeros(2), draw(3, 2, 2), draw(3, 2, 2), draw(2))},
    ),
    recurrent(
        lstm_cell,
        "matmul sigmoid sum tanh",
        {"drawn": (draw(2), draw(2), draw(2), draw(4, 2, 2), draw(4, 2, 2), draw(2))},
        {
            "zero_state": (draw(2), zeros(2), zeros(2), draw(4, 2, 2), draw(4, 2, 2), draw(2)),
            "full_cell": (draw(2), draw(2), (12.0, -12.0), draw(4, 2, 2), draw(4, 2, 2), draw(2)),
        },
    ),
    recurrent(
        state_space_scan,
        "sum",
        {"drawn": (draw(4), draw(3), draw(3), draw(3))},
        {"lost_and_kept": (draw(4), (0.0, 1.0, -1.0), draw(3), draw(3))},
        source="Gu, Dao 2023, equation 2",
    ),
)

NETWORKS = (
    network(
        embedding,
        "asarray sum take tanh",
        {"drawn": (draw(3, 2), draw(4, 2)), "unused_row": (draw(4, 3), draw(4, 3))},
        source="conformance suite: one row is looked up twice",
    ),
    network(
        embedding_bag,
        "asarray segment_sum sum take",
        {"drawn": (draw(3, 2), draw(2, 2)), "unused_row": (draw(4, 3), draw(2, 3))},
        source="conformance suite: sums of looked up rows",
    ),
    network(
        embedding_tied,
        "asarray cross_entropy matmul matrix_transpose take",
        {"drawn": (draw(3, 2),), "wide": (Draw((4, 3), 2.0),)},
        {"zero": (zeros(3, 2),)},
        source="Press, Wolf 2017: the table is also the output layer",
    ),
    network(
        bilinear_layer,
        "einsum sum tanh",
        {"drawn": (draw(2, 2), draw(2, 2, 3), draw(2, 3), draw(2, 2))},
        {"zero": (zeros(2, 2), draw(2, 2, 3), draw(2, 3), draw(2, 2))},
        source="conformance suite: three operands in one contraction",
    ),
    network(
        perceptron_tanh,
        "matmul sum tanh",
        {"drawn": (draw(2, 2), draw(2, 3), draw(3), draw(3, 1), draw(1))},
        {
            "zero_weights": (draw(2, 2), zeros(2, 3), zeros(3), zeros(3, 1), zeros(1)),
            "saturated": (Draw((1, 2), 30.0), draw(2, 3), draw(3), draw(3, 1), draw(1)),
        },
    ),
    network(
        perceptron_relu,
        "matmul relu sum",
        {"both_sides": (((0.5, -1.0), (1.5, 0.25)), ((1.0, -0.5, 0.75), (0.5, 1.25, -1.0)), (0.25, -0.125, 0.5), draw(3, 2))},
        {"all_off": (((0.5, 1.0),), ((-1.0, -0.5, -0.75), (-0.5, -1.25, -1.0)), (-0.25, -0.5, -0.5), draw(3, 2))},
    ),
    network(
        residual_block,
        "gelu matmul sum",
        {"drawn": (draw(2, 2), draw(2, 3), draw(3, 2), draw(2, 2))},
        {"zero": (zeros(2, 2), draw(2, 3), draw(3, 2), draw(2, 2))},
        source="He et al. 2016",
    ),
    network(
        highway_layer,
        "matmul sigmoid sum tanh",
        {"drawn": (draw(2, 3), draw(3, 3), draw(3, 3), draw(2, 3))},
        {"open": (((8.0, -6.0),), ((9.0, 0.5), (-0.5, 9.0)), draw(2, 2), draw(1, 2))},
        source="Srivastava et al. 2015, equation 3",
    ),
)

CASES: tuple[Case, ...] = (*SOFTMAX, *NORMS, *CONVOLUTIONS, *POOLS, *ATTENTIONS, *RECURRENCES, *NETWORKS)
