"""Pools, convolutions, images and losses with options in TensorFlow and its Keras, under the suite's names.

Promised: images of the suite's (batch, channels, rows, columns) have their channels last in TensorFlow. tf.image answers in
float32 where its documentation says so, and is absent in other dtypes there.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .tensorflow_calls import tf
from .tensorflow_functions import at, channels, each
from .tensorflow_layers import made

Function = Callable[..., Any]


def last(f: Function) -> Function:
    """A function of an image with its channels last, of one with its channels in front."""
    return lambda x, *rest, **options: channels(f(channels(x, 1, -1), *rest, **options), -1, 1)


def single(x: Any, name: str) -> None:
    if x.dtype != tf.float32:
        raise AttributeError(f"absent: {name} answers in float32")


def max_pool2d_padded(x: Any, size: int, stride: int, padding: int, dilation: int = 1, ceil: bool = False) -> Any:
    if dilation != 1 or ceil:
        raise AttributeError("absent: tf.nn.max_pool2d with dilation, or beyond its padding")
    margins = [[0, 0], [padding, padding], [padding, padding], [0, 0]]
    return last(lambda y: tf.nn.max_pool2d(y, size, stride, margins))(x)


def same_pool(name: str) -> Function:
    return last(lambda x, size, stride: getattr(tf.nn, name)(x, size, stride, "SAME"))


def same_layer(name: str) -> Function:
    return last(lambda x, size, stride: made(name, x, size, stride, "same")(x))


def local_response_norm(x: Any, size: int, alpha: float, beta: float, k: float) -> Any:
    """TensorFlow sums the squares."""
    if size % 2 == 0:
        raise AttributeError("absent: tf.nn.local_response_normalization of an even number of channels")
    return last(lambda y: tf.nn.local_response_normalization(y, size // 2, k, alpha / size, beta))(x)


def kernel(weight: Any) -> Any:
    """From (out, in, rows, columns) to (rows, columns, in, out)."""
    return tf.transpose(weight, (2, 3, 1, 0))


def grouped_conv2d(x: Any, weight: Any, groups: int = 1, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    """As many groups as the shapes say."""
    margins = [[0, 0], *([p, p] for p in each(padding, 2)), [0, 0]]
    return last(lambda y: tf.nn.conv2d(y, kernel(weight), each(stride, 2), margins, dilations=each(dilation, 2)))(x)


def conv2d_same(x: Any, weight: Any, stride: Any = 1, dilation: Any = 1) -> Any:
    return last(lambda y: tf.nn.conv2d(y, kernel(weight), each(stride, 2), "SAME", dilations=each(dilation, 2)))(x)


def conv2d_same_of_keras(x: Any, weight: Any, stride: Any = 1, dilation: Any = 1) -> Any:
    options = {"padding": "same", "dilation_rate": dilation, "data_format": "channels_last"}
    return last(lambda y: tf.keras.ops.conv(y, kernel(weight), stride, **options))(x)


def per_channel(weight: Any) -> Any:
    """From (channels, multiples, rows, columns) to (rows, columns, channels, multiples)."""
    return tf.transpose(weight, (2, 3, 0, 1))


def depthwise_conv2d_same(x: Any, weight: Any, stride: int = 1) -> Any:
    return last(lambda y: tf.nn.depthwise_conv2d(y, per_channel(weight), [1, stride, stride, 1], "SAME"))(x)


def depthwise_conv2d_same_of_keras(x: Any, weight: Any, stride: int = 1) -> Any:
    return last(lambda y: tf.keras.ops.depthwise_conv(y, per_channel(weight), stride, "same", "channels_last"))(x)


def separable_conv2d_same(x: Any, depthwise: Any, pointwise: Any, stride: int = 1) -> Any:
    mixing = tf.transpose(pointwise)[None, None]
    return last(lambda y: tf.nn.separable_conv2d(y, per_channel(depthwise), mixing, [1, stride, stride, 1], "SAME"))(x)


def separable_conv2d_same_of_keras(x: Any, depthwise: Any, pointwise: Any, stride: int = 1) -> Any:
    weights = per_channel(depthwise), tf.transpose(pointwise)[None, None]
    return last(lambda y: tf.keras.ops.separable_conv(y, *weights, stride, "same", "channels_last"))(x)


def morphology(name: str) -> Function:
    """Kernels of shape (channels, rows, columns)."""

    def found(x: Any, weight: Any, stride: Any, rate: Any) -> Any:
        filters = tf.transpose(weight, (1, 2, 0))
        steps, rates = ([1, *each(value, 2), 1] for value in (stride, rate))
        return last(lambda y: getattr(tf.nn, name)(y, filters, steps, "VALID", "NHWC", rates))(x)

    return found


def of_keras(name: str) -> Function:
    """The function of keras.ops that is told where the channels are."""
    return last(lambda x, *options: getattr(tf.keras.ops, name)(x, *options, data_format="channels_last"))


def cdist(x: Any, y: Any, p: float = 2.0) -> Any:
    if p != 2:
        raise AttributeError("absent: tf.keras.ops.cdist of another order")
    return tf.keras.ops.cdist(x, y)


METHODS = {"linear": "bilinear", "cubic": "bicubic", "lanczos3": "lanczos3"}


def resize_antialiased(x: Any, size: tuple[int, int], method: str, antialias: bool = True) -> Any:
    single(x, "tf.image.resize")
    return last(lambda y: tf.image.resize(y, size, METHODS[method], antialias=antialias))(x)


def resample_bilinear(x: Any, size: tuple[int, int], corners: bool = False) -> Any:
    single(x, "tf.image.resize")
    if corners:
        raise AttributeError("absent: tf.image.resize from corner to corner")
    return last(lambda y: tf.image.resize(y, size))(x)


def resize_of_keras(x: Any, size: tuple[int, int], method: str, antialias: bool = True) -> Any:
    return last(lambda y: tf.keras.ops.image.resize(y, size, METHODS[method], antialias, data_format="channels_last"))(x)


def resample_of_keras(x: Any, size: tuple[int, int], corners: bool = False) -> Any:
    if corners:
        raise AttributeError("absent: tf.keras.ops.image.resize from corner to corner")
    return resize_of_keras(x, size, "linear", False)


def crop_and_resize(x: Any, boxes: Any, size: tuple[int, int]) -> Any:
    single(x, "tf.image.crop_and_resize")
    return tf.image.crop_and_resize(x[None], boxes, [0] * boxes.shape[0], size)


def per_image_standardization(x: Any) -> Any:
    single(x, "tf.image.per_image_standardization")
    return tf.image.per_image_standardization(x)


def affine_transform(x: Any, transform: tuple[float, ...]) -> Any:
    return tf.keras.ops.image.affine_transform(x, tf.constant([*transform, 0.0, 0.0], x.dtype), data_format="channels_last")


def scale_and_translate(
    x: Any, size: tuple[int, int], scale: Any, translation: Any, method: str, antialias: bool = False
) -> Any:
    return tf.keras.ops.image.scale_and_translate(x, size, scale, translation, (0, 1), method, antialias)


def loss(name: str) -> Function:
    """A loss of keras.losses, which takes the truth first, in the mean over the rows."""
    return lambda p, y, **options: tf.reduce_mean(at(f"tf.keras.losses.{name}")(y, p, **options))


def focal(p: Any, y: Any, gamma: float, alpha: float) -> Any:
    return loss("binary_focal_crossentropy")(p, y, apply_class_balancing=True, alpha=alpha, gamma=gamma)


def object_of(name: str, **renamed: str) -> Function:
    """The loss object of Keras, made with these options."""

    def of(p: Any, y: Any, *given: float, **options: float) -> Any:
        fixed = dict(zip(renamed.values(), given, strict=False)) | {renamed[key]: value for key, value in options.items()}
        return getattr(tf.keras.losses, name)(**fixed, dtype=p.dtype.name)(y, p)

    return of


NAMES: Mapping[str, Any] = {
    "adaptive_avg_pool2d": of_keras("adaptive_average_pool"),
    "adaptive_max_pool2d": of_keras("adaptive_max_pool"),
    "affine_transform": affine_transform,
    "avg_pool2d_same": same_pool("avg_pool2d"),
    "binary_focal_loss": focal,
    "categorical_cross_entropy": lambda p, y, smoothing=0.0: loss("categorical_crossentropy")(p, y, label_smoothing=smoothing),
    "categorical_focal_loss": lambda p, y, gamma, alpha: loss("categorical_focal_crossentropy")(p, y, alpha=alpha, gamma=gamma),
    "cdist": cdist,
    "circle_loss": lambda x, labels, gamma=80.0, margin=0.4: tf.reduce_mean(
        tf.keras.losses.circle(tf.constant(labels), x, gamma=gamma, margin=margin)
    ),
    "conv2d_same": conv2d_same,
    "crop_and_resize": crop_and_resize,
    "depth_to_space": last(lambda x, factor: tf.nn.depth_to_space(x, factor)),
    "depthwise_conv2d_same": depthwise_conv2d_same,
    "dice_loss": loss("dice"),
    "dilation2d": morphology("dilation2d"),
    "erosion2d": morphology("erosion2d"),
    "fold": lambda x, whole, size, stride, padding, dilation: tf.keras.ops.fold(x, whole, size, dilation, padding, stride),
    "grouped_conv2d": grouped_conv2d,
    "hsv_to_rgb": "tf.image.hsv_to_rgb",
    "local_response_norm": local_response_norm,
    "map_coordinates": lambda x, coordinates, mode: tf.keras.ops.image.map_coordinates(x, coordinates, 1, mode),
    "max_pool2d_padded": max_pool2d_padded,
    "max_pool2d_same": same_pool("max_pool2d"),
    "per_image_standardization": per_image_standardization,
    "resample_bilinear": resample_bilinear,
    "resize_antialiased": resize_antialiased,
    "resize_cubic": lambda x, size: resize_antialiased(x, size, "cubic", False),
    "rgb_to_grayscale": "tf.image.rgb_to_grayscale",
    "rgb_to_hsv": "tf.image.rgb_to_hsv",
    "scale_and_translate": scale_and_translate,
    "separable_conv2d_same": separable_conv2d_same,
    "sobel_edges": "tf.image.sobel_edges",
    "space_to_depth": last(lambda x, factor: tf.nn.space_to_depth(x, factor)),
    "total_variation": "tf.image.total_variation",
    "tversky_loss": loss("tversky"),
    "unfold_apart": lambda x, size, stride, padding, dilation: tf.keras.ops.unfold(x, size, dilation, padding, stride),
    "weighted_binary_cross_entropy": lambda x, y, weight: tf.reduce_mean(
        tf.nn.weighted_cross_entropy_with_logits(y, x, weight)
    ),
}

OF_KERAS: Mapping[str, Any] = {
    "conv2d_same": conv2d_same_of_keras,
    "depth_to_space": of_keras("depth_to_space"),
    "depthwise_conv2d_same": depthwise_conv2d_same_of_keras,
    "hsv_to_rgb": lambda x: tf.keras.ops.image.hsv_to_rgb(x, data_format="channels_last"),
    "resample_bilinear": resample_of_keras,
    "resize_antialiased": resize_of_keras,
    "resize_cubic": lambda x, size: resize_of_keras(x, size, "cubic", False),
    "rgb_to_grayscale": lambda x: tf.keras.ops.image.rgb_to_grayscale(x, data_format="channels_last"),
    "rgb_to_hsv": lambda x: tf.keras.ops.image.rgb_to_hsv(x, data_format="channels_last"),
    "separable_conv2d_same": separable_conv2d_same_of_keras,
    "sobel_edges": lambda x: tf.keras.ops.image.sobel_edges(x, data_format="channels_last"),
    "space_to_depth": of_keras("space_to_depth"),
}

LAYERS: Mapping[str, Any] = {
    "adaptive_avg_pool2d": last(lambda x, size: made("AdaptiveAveragePooling2D", x, size)(x)),
    "adaptive_max_pool2d": last(lambda x, size: made("AdaptiveMaxPooling2D", x, size)(x)),
    "avg_pool2d_same": same_layer("AveragePooling2D"),
    "max_pool2d_same": same_layer("MaxPooling2D"),
}

LOSSES: Mapping[str, Any] = {
    "dice_loss": object_of("Dice"),
    "tversky_loss": object_of("Tversky", alpha="alpha", beta="beta"),
}
