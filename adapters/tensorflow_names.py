"""The names of the suite's vocabulary (array API, NumPy, SciPy, flat) in the namespaces of TensorFlow.

Promised: each name is one public function of TensorFlow or of the Keras in it with that meaning, reached by its dotted name, or
by a lambda where options, their defaults, ranks or the layout of axes are spelt differently. What TensorFlow does not offer is
absent (copysign, entr, gamma, vecdot, matrix_power, ...). A surface beside the first has its own functions, and the first one's
for the rest of a program. NumPy behaviour is not switched on: arrays have TensorFlow's own operators and dtype rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from .tensorflow_calls import tf

FIRST = "tf"
UNION = ("tf", "tf.math", "tf.nn", "tf.linalg", "tf.experimental.numpy", "tf.keras.ops")
"""Where a name that no table has is looked up."""

Axis = int | tuple[int, ...] | None
Table = Mapping[str, str | Callable[..., Any]]


def _same(module: str, names: str) -> dict[str, str]:
    return {name: f"{module}.{name}" for name in names.split()}


def _absent(name: str) -> AttributeError:
    return AttributeError(f"absent: {FIRST} has no {name}")


def _flat(function: Callable[..., Any], otherwise: int | None = None) -> Callable[..., Any]:
    """A function of an array along an axis; without one, of the flattened array, unless there is another default."""

    def along(x: Any, *rest: Any, axis: int | None = otherwise, **options: Any) -> Any:
        whole = axis is None
        return function(tf.reshape(x, [-1]) if whole else x, *rest, axis=0 if whole else axis, **options)

    return along


def _matmul(a: Any, b: Any) -> Any:
    """A 1-D operand is a row on the left, a column on the right, and its axis is removed afterwards."""
    row, column = a.shape.rank == 1, b.shape.rank == 1
    product = tf.matmul(tf.expand_dims(a, 0) if row else a, tf.expand_dims(b, 1) if column else b)
    return tf.squeeze(product, [-2] * row + [-1] * column) if row or column else product


def _solved(solve: Callable[..., Any]) -> Callable[..., Any]:
    """A solver of a·x = b for which a 1-D b is one column."""

    def solution(a: Any, b: Any, **options: Any) -> Any:
        return solve(a, b, **options) if b.shape.rank > 1 else tf.squeeze(solve(a, b[:, None], **options), -1)

    return solution


def _clip(x: Any, min: Any = None, max: Any = None) -> Any:  # noqa: A002 - the array API's names
    raised = x if min is None else tf.maximum(x, min)
    return raised if max is None else tf.minimum(raised, max)


def _order(ord: Any) -> Any:  # noqa: A002 - the array API's name
    """The 2-norm of a vector and Frobenius' of a matrix have one name in TensorFlow, which is also the default."""
    return "euclidean" if ord in (None, 2) else ord


def _norm(x: Any, ord: Any = None, axis: Axis = None, keepdims: bool = False) -> Any:  # noqa: A002 - NumPy's name
    if ord is None or isinstance(axis, int) or x.shape.rank == 1:
        return tf.norm(x, _order(ord), axis, keepdims)
    return tf.norm(x, ord, (-2, -1) if axis is None else axis, keepdims)


def _variance(x: Any, axis: Axis = None, correction: float = 0, keepdims: bool = False) -> Any:
    if correction:
        return tf.experimental.numpy.var(x, axis, ddof=int(correction), keepdims=keepdims)
    return tf.math.reduce_variance(x, axis, keepdims)


def _deviation(x: Any, axis: Axis = None, correction: float = 0, keepdims: bool = False) -> Any:
    if correction:
        raise _absent("std with a correction")
    return tf.math.reduce_std(x, axis, keepdims)


def _reversed(x: Any, axis: Axis = None) -> Any:
    return tf.reverse(x, range(x.shape.rank) if axis is None else (axis,) if isinstance(axis, int) else axis)


def _svd(a: Any, full_matrices: bool = False) -> Any:
    s, u, v = tf.linalg.svd(a, full_matrices)
    return u, s, tf.linalg.matrix_transpose(v)


def _each(value: int | Sequence[int], count: int) -> list[int]:
    return [value] * count if isinstance(value, int) else list(value)


def _channels(x: Any, axis: int, place: int) -> Any:
    return tf.experimental.numpy.moveaxis(x, axis, place)


def _convolution(n: int) -> Callable[..., Any]:
    """Cross-correlation over the last n axes; x of shape (batch, channels, ...), weight of shape (out, channels, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        around = [(0, 0), *((p, p) for p in _each(padding, n)), (0, 0)]
        kernel = tf.transpose(weight, (*range(2, n + 2), 1, 0))
        function, steps = (tf.nn.conv1d, stride) if n == 1 else (tf.nn.conv2d, _each(stride, n))
        return _channels(function(tf.pad(_channels(x, 1, -1), around), kernel, steps, "VALID"), -1, 1)

    return convolve


def _pool(name: str, n: int) -> Callable[..., Any]:
    """The pool of that name over the last n axes, behind batch and channels; the stride is the size unless given."""

    def pooled(x: Any, size: Any, stride: Any = None) -> Any:
        steps = size if stride is None else stride
        return _channels(getattr(tf.nn, name)(_channels(x, 1, -1), _each(size, n), _each(steps, n), "VALID"), -1, 1)

    return pooled


def _attention(query: Any, key: Any, value: Any, scale: float | None = None) -> Any:
    """Keras has an axis of batches in front and one of heads behind that of the places."""
    batch = [0] if query.shape.rank == 2 else []
    heads = (tf.expand_dims(tf.expand_dims(x, 0) if batch else x, -2) for x in (query, key, value))
    return tf.squeeze(tf.keras.ops.dot_product_attention(*heads, scale=scale), [*batch, -2])


def _transform(name: str, whole: bool = False) -> Callable[..., Any]:
    """A Fourier transform of tf.signal: of complex numbers (unless its input is `real`), along the last axis."""

    def transform(x: Any, axis: int = -1) -> Any:
        z = x if x.dtype.is_complex else tf.complex(x, tf.zeros_like(x))
        return getattr(tf.signal, name)(z) if whole else _channels(getattr(tf.signal, name)(_channels(z, axis, -1)), -1, axis)

    return transform


def _real_inverse(x: Any, n: int | None = None, axis: int = -1) -> Any:
    return _channels(tf.signal.irfft(_channels(x, axis, -1), None if n is None else [n]), -1, axis)


def _ordering(function: str) -> Callable[..., Any]:
    """`tf.sort` or `tf.argsort`, which name the direction."""
    return lambda x, axis=-1, descending=False: getattr(tf, function)(x, axis, "DESCENDING" if descending else "ASCENDING")


def _loss(function: Callable[..., Any]) -> Callable[..., Any]:
    """The mean over everything of a loss that takes the truth first."""
    return lambda prediction, truth, **options: tf.reduce_mean(function(truth, prediction, **options))


ELEMENTWISE: Table = {
    "astype": "tf.cast",
    "betaln": lambda a, b: tf.math.lbeta(tf.stack(tf.experimental.numpy.broadcast_arrays(a, b), -1)),
    "clip": _clip,
    "expit": "tf.sigmoid",
    "floor_divide": "tf.math.floordiv",
    "fmod": "tf.truncatemod",
    "gammainc": "tf.math.igamma",
    "gammaincc": "tf.math.igammac",
    "gammaln": "tf.math.lgamma",
    "isfinite": "tf.math.is_finite",
    "isinf": "tf.math.is_inf",
    "isnan": "tf.math.is_nan",
    "polygamma": lambda n, x: tf.math.polygamma(float(n) * tf.ones_like(x), x),
    "power": "tf.pow",
    "remainder": "tf.math.floormod",
    "trigamma": lambda x: tf.math.polygamma(tf.ones_like(x), x),
    **{name: f"tf.math.bessel_{name}" for name in ("i0", "i0e", "i1", "i1e")},
    **{name: f"tf.math.special.bessel_{name}" for name in ("j0", "j1", "k0", "k0e", "k1", "k1e", "y0", "y1")},
}

ARRAYS: Table = {
    "pi": lambda: None,
    "all": "tf.reduce_all",
    "any": "tf.reduce_any",
    "arange": "tf.range",
    "argmax": lambda x, axis=None: _flat(tf.argmax)(x, axis=axis),
    "argmin": lambda x, axis=None: _flat(tf.argmin)(x, axis=axis),
    "argsort": _ordering("argsort"),
    "asarray": lambda values, dtype=None: tf.convert_to_tensor(values, dtype),
    "concat": lambda arrays, axis=0: tf.concat(arrays, axis),
    "cumulative_prod": lambda x, axis=0: tf.math.cumprod(x, axis),
    "cumulative_sum": lambda x, axis=0: tf.cumsum(x, axis),
    "flip": _reversed,
    "full": lambda shape, value, dtype=None: tf.fill(shape, tf.constant(value, dtype)),
    "logsumexp": "tf.reduce_logsumexp",
    "max": "tf.reduce_max",
    "mean": "tf.reduce_mean",
    "min": "tf.reduce_min",
    "permute_dims": "tf.transpose",
    "prod": "tf.reduce_prod",
    "roll": lambda x, shift, axis=None: (tf.experimental.numpy if axis is None else tf).roll(x, shift, axis),
    "scatter_add": lambda x, index, updates: tf.tensor_scatter_nd_add(x, index[:, None], updates),
    "segment_sum": "tf.math.unsorted_segment_sum",
    "sort": _ordering("sort"),
    "std": _deviation,
    "sum": "tf.reduce_sum",
    "take": lambda x, indices, axis=None: _flat(tf.gather)(x, indices, axis=axis),
    "take_along_axis": lambda x, indices, axis=-1: tf.experimental.numpy.take_along_axis(x, indices, axis),
    "tril": lambda x, k=0: tf.experimental.numpy.tril(x, k) if k else tf.linalg.band_part(x, -1, 0),
    "triu": lambda x, k=0: tf.experimental.numpy.triu(x, k) if k else tf.linalg.band_part(x, 0, -1),
    "var": _variance,
}
