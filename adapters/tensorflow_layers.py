"""Layers, losses and activations of the Keras in TensorFlow under the suite's names: a call makes the object and calls it.

Promised: parameters that are arguments go in by `stateless_call`, so that derivatives reach them. Keras has channels last and
kernels as (size..., in, out). A layer that Keras has not, or not with this option, is not in the tables.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .tensorflow_calls import tf
from .tensorflow_functions import channels, each

Function = Callable[..., Any]


def made(name: str, x: Any, *rest: Any, **options: Any) -> Any:
    """The layer, of the dtype of x and built for its shape."""
    layer = getattr(tf.keras.layers, name)(*rest, dtype=x.dtype.name, **options)
    layer.build(x.shape)
    return layer


def called(layer: Any, parameters: list[Any], x: Any, **options: Any) -> Any:
    """The layer with these parameters in the place of its own."""
    return layer.stateless_call(parameters, layer.non_trainable_variables, x, **options)[0]


def plain(name: str, *rest: Any, **options: Any) -> Function:
    """The layer without parameters, made with these options."""
    return lambda x: made(name, x, *rest, **options)(x)


def linear(x: Any, weight: Any, bias: Any) -> Any:
    return called(made("Dense", x, weight.shape[0]), [tf.transpose(weight), bias], x)


def embedding(table: Any, ids: Any) -> Any:
    layer = tf.keras.layers.Embedding(*table.shape, dtype=table.dtype.name)
    layer.build(ids.shape)
    return called(layer, [table], ids)


def convolution(n: int) -> Function:
    """Zeros around x by a layer of their own: Keras pads as much as keeps the shape, or not at all."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        wide = channels(padded(x, padding, n), 1, -1)
        layer = made(f"Conv{n}D", wide, weight.shape[0], weight.shape[2:], each(stride, n), use_bias=False)
        return channels(called(layer, [tf.transpose(weight, (*range(2, n + 2), 1, 0))], wide), -1, 1)

    return convolve


def padded(x: Any, padding: Any, n: int) -> Any:
    widths = each(padding, n)
    return tf.pad(x, [(0, 0), (0, 0), *((p, p) for p in widths)]) if any(widths) else x


def transposed(n: int) -> Function:
    """The transpose of a convolution without padding, less what padding would have cut off."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        last = channels(x, 1, -1)
        options = {"strides": each(stride, n), "dilation_rate": each(dilation, n), "use_bias": False}
        layer = made(f"Conv{n}DTranspose", last, weight.shape[1], weight.shape[2:], **options)
        y = channels(called(layer, [tf.transpose(weight, (*range(2, n + 2), 1, 0))], last), -1, 1)
        return y[(..., *(slice(p, length - p) for p, length in zip(each(padding, n), y.shape[2:], strict=True)))]

    return convolve


def pool(name: str, n: int) -> Function:
    def pooled(x: Any, size: Any, stride: Any = None) -> Any:
        last = channels(x, 1, -1)
        steps = None if stride is None else each(stride, n)
        return channels(made(name, last, tuple(each(size, n)), steps)(last), -1, 1)

    return pooled


def batch_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    return called(made("BatchNormalization", x, 1, epsilon=eps), [weight, bias], x, training=True)


def group_norm(x: Any, groups: int, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    last = channels(x, 1, -1)
    return channels(called(made("GroupNormalization", last, groups, epsilon=eps), [weight, bias], last), -1, 1)


def instance_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    return group_norm(x, x.shape[1], weight, bias, eps)


def layer_norm(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5, axis: Any = -1) -> Any:
    options = {"center": bias is not None, "scale": weight is not None}
    layer = made("LayerNormalization", x, axis if isinstance(axis, int) else list(axis), eps, **options)
    return called(layer, [p for p in (weight, bias) if p is not None], x)


def rms_norm(x: Any, weight: Any, eps: float = 1e-5, axis: int = -1) -> Any:
    return called(made("RMSNormalization", x, axis, eps), [weight], x)


def rnn_tanh_cell(x: Any, h: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> Any:
    """Keras has one bias."""
    layer = made("SimpleRNNCell", x, h.shape[1])
    return layer.stateless_call([tf.transpose(w_x), tf.transpose(w_h), b_x + b_h], layer.non_trainable_variables, x, [h])[0][0]


def gru_cell(x: Any, h: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> Any:
    """Keras has the update before the reset."""

    def turned(parameter: Any) -> Any:
        reset, update, new = tf.split(parameter, 3)
        return tf.concat([update, reset, new], 0)

    layer = made("GRUCell", x, h.shape[1])
    biases = tf.stack([turned(b_x), turned(b_h)])
    parameters = [tf.transpose(turned(w_x)), tf.transpose(turned(w_h)), biases]
    return layer.stateless_call(parameters, layer.non_trainable_variables, x, [h])[0][0]


def lstm_cell(x: Any, state: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> tuple[Any, Any]:
    """Keras has one bias."""
    layer = made("LSTMCell", x, w_h.shape[1])
    parameters = [tf.transpose(w_x), tf.transpose(w_h), b_x + b_h]
    h, c = layer.stateless_call(parameters, layer.non_trainable_variables, x, list(state))[0][1]
    return h, c


def prelu(x: Any, weight: Any) -> Any:
    last = channels(x, 1, -1)
    layer = made("PReLU", last, shared_axes=list(range(1, len(x.shape) - 1)) or None)
    shape = (1,) * (len(x.shape) - 2) + tuple(weight.shape)
    return channels(called(layer, [tf.reshape(weight, shape)], last), -1, 1)


def resize(kind: str) -> Function:
    def resized(x: Any, size: Any) -> Any:
        factors = tuple(m // n for n, m in zip(x.shape[2:], size, strict=True))
        last = channels(x, 1, -1)
        return channels(made("UpSampling2D", last, factors, interpolation=kind)(last), -1, 1)

    return resized


LAYERS: Mapping[str, Function] = {
    "avg_pool1d": pool("AveragePooling1D", 1),
    "avg_pool2d": pool("AveragePooling2D", 2),
    "avg_pool3d": pool("AveragePooling3D", 3),
    "batch_norm": batch_norm,
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "conv3d": convolution(3),
    "conv_transpose1d": transposed(1),
    "conv_transpose2d": transposed(2),
    "elu": lambda x, alpha=1.0: made("ELU", x, alpha)(x),
    "embedding": embedding,
    "group_norm": group_norm,
    "gru_cell": gru_cell,
    "instance_norm": instance_norm,
    "layer_norm": layer_norm,
    "leaky_relu": lambda x, negative_slope=0.01: made("LeakyReLU", x, negative_slope)(x),
    "linear": linear,
    "lstm_cell": lstm_cell,
    "max_pool1d": pool("MaxPooling1D", 1),
    "max_pool2d": pool("MaxPooling2D", 2),
    "max_pool3d": pool("MaxPooling3D", 3),
    "prelu": prelu,
    "relu": plain("ReLU"),
    "relu6": plain("ReLU", 6.0),
    "resize_bilinear": resize("bilinear"),
    "resize_nearest": resize("nearest"),
    "rms_norm": rms_norm,
    "rnn_tanh_cell": rnn_tanh_cell,
    "softmax": lambda x, axis=-1: made("Softmax", x, axis)(x),
}


def loss(name: str, **fixed: Any) -> Function:
    """A loss of Keras, which takes the truth first, in the mean over everything."""

    def of(prediction: Any, truth: Any, **options: Any) -> Any:
        return getattr(tf.keras.losses, name)(**fixed, **options, dtype=prediction.dtype.name)(truth, prediction)

    return of


LOSSES: Mapping[str, Function] = {
    "binary_cross_entropy_with_logits": loss("BinaryCrossentropy", from_logits=True),
    "cross_entropy": loss("SparseCategoricalCrossentropy", from_logits=True),
    "hinge_loss": loss("Hinge"),
    "huber_loss": loss("Huber"),
    "l1_loss": loss("MeanAbsoluteError"),
    "log_cosh_loss": loss("LogCosh"),
    "mse_loss": loss("MeanSquaredError"),
    "squared_hinge_loss": loss("SquaredHinge"),
}


def activation(name: str, **options: str) -> Function:
    """The function of tf.keras.activations; `options` say what it calls its options."""
    return lambda x, **given: getattr(tf.keras.activations, name)(x, **{options[k]: v for k, v in given.items()})


SAME = """glu hard_sigmoid hard_swish hard_tanh log_sigmoid mish relu relu6 selu sigmoid silu softplus softsign sparse_plus
squareplus swish tanh"""

ACTIVATIONS: Mapping[str, Function] = {
    **{name: activation(name) for name in SAME.split()},
    "celu": activation("celu", alpha="alpha"),
    "elu": activation("elu", alpha="alpha"),
    "gelu": lambda x, approximate=False: tf.keras.activations.gelu(x, approximate in (True, "tanh")),
    "hard_shrink": activation("hard_shrink", threshold="threshold"),
    "leaky_relu": lambda x, negative_slope=0.01: tf.keras.activations.leaky_relu(x, negative_slope),
    "log_softmax": activation("log_softmax", axis="axis"),
    "soft_shrink": activation("soft_shrink", threshold="threshold"),
    "softmax": activation("softmax", axis="axis"),
    "tanhshrink": activation("tanh_shrink"),
    "threshold_below": lambda x, threshold, value: tf.keras.activations.threshold(x, threshold, value),
}
