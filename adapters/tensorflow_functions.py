"""Functions of TensorFlow whose options, defaults, ranks or layout of axes are spelt differently in the suite's vocabulary.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, reduce
from typing import Any

from .tensorflow_calls import tf

Axis = int | tuple[int, ...] | None


def flat(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of an array along an axis; without one, of the flattened array."""

    def along(x: Any, *rest: Any, axis: int | None = None) -> Any:
        whole = axis is None
        return function(tf.reshape(x, [-1]) if whole else x, *rest, axis=0 if whole else axis)

    return along


def matmul(a: Any, b: Any) -> Any:
    """A 1-D operand is a row on the left, a column on the right, and its axis is removed afterwards."""
    row, column = a.shape.rank == 1, b.shape.rank == 1
    product = tf.matmul(tf.expand_dims(a, 0) if row else a, tf.expand_dims(b, 1) if column else b)
    return tf.squeeze(product, [-2] * row + [-1] * column) if row or column else product


def solved(solve: Callable[..., Any]) -> Callable[..., Any]:
    """A solver of a·x = b for which a 1-D b is one column."""

    def solution(a: Any, b: Any, **options: Any) -> Any:
        return solve(a, b, **options) if b.shape.rank > 1 else tf.squeeze(solve(a, b[:, None], **options), -1)

    return solution


def clip(x: Any, min: Any = None, max: Any = None) -> Any:  # noqa: A002 - the array API's names
    if min is None:
        return tf.minimum(x, max)
    return tf.maximum(x, min) if max is None else tf.clip_by_value(x, min, max)


def keras_clip(x: Any, min: Any, max: Any) -> Any:  # noqa: A002 - the array API's names
    if min is None or max is None:
        raise AttributeError("absent: tf.keras.ops has no clip of one bound")
    return tf.keras.ops.clip(x, min, max)


def order(ord: Any) -> Any:  # noqa: A002 - the array API's name
    """The 2-norm of a vector and Frobenius' of a matrix have one name in TensorFlow, which is also the default."""
    return "euclidean" if ord in (None, 2) else ord


def norm(x: Any, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Any:  # noqa: A002 - NumPy's name
    if ord is None or isinstance(axis, int) or x.shape.rank == 1:
        return tf.norm(x, order(ord), axis, keepdims)
    return tf.norm(x, ord, (-2, -1) if axis is None else axis, keepdims)


def vector_norm(x: Any, axis: Axis = None, keepdims: bool = False, ord: Any = 2) -> Any:  # noqa: A002 - array API name
    """The norm of complex numbers has their dtype in TensorFlow, as its documentation says."""
    found = tf.norm(x, order(ord), axis, keepdims)
    return tf.math.real(found) if found.dtype.is_complex else found


def variance(x: Any, axis: Axis = None, correction: float = 0, keepdims: bool = False) -> Any:
    if correction:  # without a dtype, tf.experimental.numpy.var casts to None
        return tf.experimental.numpy.var(x, axis, x.dtype, ddof=int(correction), keepdims=keepdims)
    return tf.math.reduce_variance(x, axis, keepdims)


def deviation(x: Any, axis: Axis = None, correction: float = 0, keepdims: bool = False) -> Any:
    if correction:
        raise AttributeError("absent: tf has no std with a correction")
    return tf.math.reduce_std(x, axis, keepdims)


def differences(x: Any, n: int = 1, prepend: Any = None) -> Any:
    if prepend is not None:
        raise AttributeError("absent: tf has no diff with a start")
    return tf.experimental.numpy.diff(x, n)


def flip(x: Any, axis: Axis = None) -> Any:
    return tf.reverse(x, range(x.shape.rank) if axis is None else (axis,) if isinstance(axis, int) else axis)


def svd(a: Any, full_matrices: bool = False) -> Any:
    s, u, v = tf.linalg.svd(a, full_matrices)
    return u, s, tf.linalg.matrix_transpose(v)


def each(value: int | Sequence[int], count: int) -> list[int]:
    return [value] * count if isinstance(value, int) else list(value)


def channels(x: Any, axis: int, place: int) -> Any:
    return tf.experimental.numpy.moveaxis(x, axis, place)


def convolution(n: int) -> Callable[..., Any]:
    """Cross-correlation over the last n axes; x of shape (batch, channels, ...), weight of shape (out, channels, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        around = [(0, 0), *((p, p) for p in each(padding, n)), (0, 0)]
        kernel = tf.transpose(weight, (*range(2, n + 2), 1, 0))
        function, steps = getattr(tf.nn, f"conv{n}d"), each(stride, n)
        if n == 3:
            steps = [1, *steps, 1]
        return channels(function(tf.pad(channels(x, 1, -1), around), kernel, steps, "VALID"), -1, 1)

    return convolve


def transposed(n: int) -> Callable[..., Any]:
    """The transpose of a convolution without padding, less what padding would have cut off; weight of shape (in, out, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        steps, gaps, cuts = (each(value, n) for value in (stride, dilation, padding))
        lengths = [(m - 1) * s + d * (k - 1) + 1 for m, s, d, k in zip(x.shape[2:], steps, gaps, weight.shape[2:], strict=True)]
        kernel = tf.transpose(weight, (*range(2, n + 2), 1, 0))
        shape = (x.shape[0], *lengths, weight.shape[1])
        function = getattr(tf.nn, f"conv{n}d_transpose")
        y = channels(function(channels(x, 1, -1), kernel, shape, steps, "VALID", dilations=gaps), -1, 1)
        return y[(..., *(slice(p, length - p) for p, length in zip(cuts, lengths, strict=True)))]

    return convolve


def resize(method: str) -> Callable[..., Any]:
    """tf.image.resize of images with their channels last; the other methods than "nearest" return float32."""
    return lambda x, size: channels(tf.image.resize(channels(x, 1, -1), size, method), -1, 1)


def pool(name: str, n: int) -> Callable[..., Any]:
    """The pool of that name over the last n axes, behind batch and channels; the stride is the size unless given."""

    def pooled(x: Any, size: Any, stride: Any = None) -> Any:
        steps = size if stride is None else stride
        return channels(getattr(tf.nn, name)(channels(x, 1, -1), each(size, n), each(steps, n), "VALID"), -1, 1)

    return pooled


def attention(query: Any, key: Any, value: Any, scale: float | None = None) -> Any:
    """Keras has an axis of batches in front and one of heads behind that of the places."""
    batch = [0] if query.shape.rank == 2 else []
    heads = (tf.expand_dims(tf.expand_dims(x, 0) if batch else x, -2) for x in (query, key, value))
    return tf.squeeze(tf.keras.ops.dot_product_attention(*heads, scale=scale), [*batch, -2])


def transform(name: str, real: bool = False, plane: bool = False) -> Callable[..., Any]:
    """A Fourier transform of tf.signal along an axis, or of the last two; of complex numbers unless of `real` ones."""

    def transformed(x: Any, axis: int = -1) -> Any:
        z = x if real or x.dtype.is_complex else tf.complex(x, tf.zeros_like(x))
        function = getattr(tf.signal, name)
        return function(z) if plane else channels(function(channels(z, axis, -1)), -1, axis)

    return transformed


def real_inverse(x: Any, n: int | None = None, axis: int = -1) -> Any:
    """tf.signal.irfft, which is told a shape."""
    return channels(tf.signal.irfft(channels(x, axis, -1), None if n is None else [n]), -1, axis)


def transform_of(name: str) -> Callable[..., Any]:
    """tf.signal.rfft or irfft of n elements; tf.signal.rfftnd, which scales otherwise, too, has no kernel for CPUs."""

    def transformed(x: Any, n: int, norm: str = "backward") -> Any:
        if norm != "backward":
            raise AttributeError(f"absent: tf.signal.{name} has no other scaling")
        return getattr(tf.signal, name)(x, [n])

    return transformed


def stft(x: Any, window: Any, step: int) -> Any:
    """tf.signal.stft, which asks for a window."""
    size = window.shape[0]
    return tf.signal.stft(x, size, step, size, lambda n, dtype: window)


def inverse_stft(x: Any, window: Any, step: int) -> Any:
    size = window.shape[0]
    return tf.signal.inverse_stft(x, size, step, size, lambda n, dtype: window)


def keras_stft(x: Any, window: Any, step: int) -> Any:
    """Keras has complex numbers as two arrays."""
    size = window.shape[0]
    return tf.complex(*tf.keras.ops.stft(x, size, step, size, window, center=False))


def banded_triangular_solve(diagonal: Any, below: Any, b: Any) -> Any:
    """The diagonal below the main one begins with what is not read."""
    return tf.linalg.banded_triangular_solve(tf.stack([diagonal, tf.pad(below, [[1, 0]])]), b)


def absent(name: str) -> Callable[..., Any]:
    """A name under which TensorFlow offers something else."""

    def missing(*_: Any, **options: Any) -> Any:
        raise AttributeError(f"absent: tf has no {name}")

    return missing


def ordering(function: str) -> Callable[..., Any]:
    """`tf.sort` or `tf.argsort`, which name the direction."""
    return lambda x, axis=-1, descending=False: getattr(tf, function)(x, axis, "DESCENDING" if descending else "ASCENDING")


def loss(path: str) -> Callable[..., Any]:
    """The mean over everything of a loss that takes the truth first."""
    return lambda prediction, truth, **options: tf.reduce_mean(at(path)(truth, prediction, **options))


def cond(pred: Any, true_fn: Callable[..., Any], false_fn: Callable[..., Any], *operands: Any) -> Any:
    return tf.cond(pred, lambda: true_fn(*operands), lambda: false_fn(*operands))


def while_loop(cond_fn: Callable[..., Any], body_fn: Callable[..., Any], state: Any) -> Any:
    return tf.while_loop(lambda *s: cond_fn(s), lambda *s: body_fn(s), state)


def scan(body: Callable[..., Any], init: Any, xs: Any) -> Any:
    """tf.scan keeps every state, and wants an output before the first one, of which only the shape matters."""
    start = (init, tf.zeros_like(body(init, xs[0])[1]))
    states, ys = tf.scan(lambda state, x: body(state[0], x), xs, start)
    return tf.nest.map_structure(lambda s: s[-1], states), ys


def custom_gradient(f: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    return tf.custom_gradient(lambda *args: (f(*args), lambda g: rule(g, *args)))  # type: ignore[no-any-return]


def ctc_loss(log_probabilities: Any, labels: tuple[int, ...]) -> Any:
    """TensorFlow's takes any numbers and makes them logarithms of probabilities, which those are."""
    lengths = {"label_length": [len(labels)], "logit_length": log_probabilities.shape[:1]}
    return tf.nn.ctc_loss([labels], log_probabilities[:, None], **lengths, blank_index=0)[0]


def updated(function: str) -> Callable[..., Any]:
    """tf.tensor_scatter_nd_update and the like at one place, or at an array of places, along the first axis."""

    def update(x: Any, index: Any, value: Any) -> Any:
        if isinstance(index, int):
            return getattr(tf, function)(x, [[index]], value[None])
        if not isinstance(index, tf.Tensor) or index.dtype.is_bool:
            raise AttributeError(f"absent: tf.{function} at anything but numbers")
        return getattr(tf, function)(x, index[:, None], value)

    return update


@cache
def at(path: str) -> Any:
    """What a dotted name that begins with "tf." stands for."""
    return reduce(getattr, path.split(".")[1:], tf)
