"""The two namespaces of TensorFlow in array API names and array API meaning.

Promised: every name that this file lists means what the array API standard (2024.12) says, by one or a few public functions of
TensorFlow. Any other name is TensorFlow's own, which is meant for those that mean the same: `exp`, `reshape`, `where`, ...
Not promised: the whole standard; a name found nowhere is an AttributeError. NumPy behaviour is not switched on: arrays have
TensorFlow's own operators and dtype rules.

Importing this module imports TensorFlow, which has no type stubs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

tf: Any = import_module("tensorflow")
tnp = tf.experimental.numpy

Axis = int | tuple[int, ...] | None


class Surface:
    """The names of a table, then those of some modules of TensorFlow."""

    def __init__(self, names: Mapping[str, Any], *modules: Any) -> None:
        self.names, self.modules = names, modules

    def __getattr__(self, name: str) -> Any:
        """Raises AttributeError for a name found nowhere."""
        if name in self.names:
            return self.names[name]
        for module in self.modules:
            if hasattr(module, name):
                return getattr(module, name)
        raise AttributeError(f"no {name!r} in {', '.join(module.__name__ for module in self.modules)}")


def matmul(a: Any, b: Any) -> Any:
    """Matrix product; a 1-D operand is a row on the left, a column on the right, and its axis is removed afterwards."""
    row, column = a.shape.rank == 1, b.shape.rank == 1
    product = tf.matmul(tf.expand_dims(a, 0) if row else a, tf.expand_dims(b, 1) if column else b)
    return tf.squeeze(product, [-2] * row + [-1] * column) if row or column else product


def solve(a: Any, b: Any) -> Any:
    """Solution of a·x = b; a 1-D b is one column."""
    if b.shape.rank > 1:
        return tf.linalg.solve(a, b)
    return tf.squeeze(tf.linalg.solve(a, tf.expand_dims(b, 1)), -1)


def clip(x: Any, low: Any = None, high: Any = None) -> Any:
    """x limited to [low, high]; None is no limit."""
    raised = x if low is None else tf.maximum(x, low)
    return raised if high is None else tf.minimum(raised, high)


def reduction(function: Callable[..., Any]) -> Callable[..., Any]:
    """A reduction of TensorFlow in the standard's signature."""

    def reduce(x: Any, *, axis: Axis = None, keepdims: bool = False) -> Any:
        return function(x, axis, keepdims)

    return reduce


def search(function: Callable[..., Any]) -> Callable[..., Any]:
    """`tf.argmax` or `tf.argmin`, which take no axis for axis 0, in the standard's meaning: for the flattened array."""
    return lambda x, axis=None: function(tf.reshape(x, [-1]) if axis is None else x, axis)


def ordering(function: Callable[..., Any]) -> Callable[..., Any]:
    """`tf.sort` or `tf.argsort` in the standard's signature."""
    return lambda x, axis=-1, descending=False: function(x, axis, "DESCENDING" if descending else "ASCENDING")


NAMES: dict[str, Any] = {
    "pi": 3.141592653589793,
    "clip": clip,
    "floor_divide": tf.math.floordiv,
    "isfinite": tf.math.is_finite,
    "isinf": tf.math.is_inf,
    "isnan": tf.math.is_nan,
    "positive": tf.identity,
    "remainder": tf.math.floormod,
    "sum": reduction(tf.reduce_sum),
    "prod": reduction(tf.reduce_prod),
    "mean": reduction(tf.reduce_mean),
    "max": reduction(tf.reduce_max),
    "min": reduction(tf.reduce_min),
    "all": reduction(tf.reduce_all),
    "any": reduction(tf.reduce_any),
    "var": reduction(tf.math.reduce_variance),
    "std": reduction(tf.math.reduce_std),
    "cumulative_sum": lambda x, axis=0: tf.cumsum(x, axis),
    "cumulative_prod": lambda x, axis=0: tf.math.cumprod(x, axis),
    "argmax": search(tf.argmax),
    "argmin": search(tf.argmin),
    "argsort": ordering(tf.argsort),
    "sort": ordering(tf.sort),
    "arange": tf.range,
    "asarray": lambda values, dtype=None: tf.convert_to_tensor(values, dtype),
    "astype": tf.cast,
    "concat": lambda arrays, axis=0: tf.concat(arrays, axis),
    "flip": lambda x, axis: tf.reverse(x, [axis]),
    "full": lambda shape, value, dtype=None: tf.fill(shape, tf.constant(value, dtype)),
    "full_like": lambda x, value: tf.fill(x.shape, tf.constant(value, x.dtype)),
    "permute_dims": tf.transpose,
    "take": lambda x, indices, axis=0: tf.gather(x, indices, axis=axis),
    "take_along_axis": lambda x, indices, axis=-1: tnp.take_along_axis(x, indices, axis),
    "tril": lambda x: tf.linalg.band_part(x, -1, 0),
    "triu": lambda x: tf.linalg.band_part(x, 0, -1),
    "matmul": matmul,
    "matrix_transpose": tf.linalg.matrix_transpose,
    "tensordot": lambda a, b, axes=2: tf.tensordot(a, b, axes),
    "vecdot": lambda a, b, axis=-1: tf.reduce_sum(a * b, axis),
}

LINALG: dict[str, Any] = {
    "diagonal": tf.linalg.diag_part,
    "outer": lambda a, b: tf.tensordot(a, b, 0),
    "solve": solve,
    "svdvals": lambda x: tf.linalg.svd(x, compute_uv=False),
} | {name: NAMES[name] for name in ("matmul", "tensordot", "vecdot")}

NUMPY_NAMES: dict[str, Any] = {
    "acos": tnp.arccos,
    "acosh": tnp.arccosh,
    "asin": tnp.arcsin,
    "asinh": tnp.arcsinh,
    "atan": tnp.arctan,
    "atan2": tnp.arctan2,
    "atanh": tnp.arctanh,
    "concat": tnp.concatenate,
    "cumulative_prod": tnp.cumprod,
    "cumulative_sum": tnp.cumsum,
    "matrix_transpose": lambda x: tnp.swapaxes(x, -1, -2),
    "permute_dims": tnp.transpose,
    "pow": tnp.power,
}

SURFACES: Mapping[str, Any] = {
    "tf": Surface(NAMES | {"linalg": Surface(LINALG, tf.linalg)}, tf, tf.math),
    "tf.experimental.numpy": Surface(NUMPY_NAMES, tnp),
}
