"""The names of the suite's vocabulary (array API, NumPy, SciPy, flat) in the namespaces of TensorFlow.

Promised: each name is one public function of TensorFlow, or of the Keras in it, with that meaning, reached by its dotted name
or, where it is spelt differently, by a lambda or `tensorflow_functions`. What TensorFlow does not offer is absent (copysign,
entr, gamma, vecdot, matrix_power, ...). A surface beside the first has its own functions, and the first one's for the rest of
a program. NumPy behaviour is not switched on: arrays have TensorFlow's own operators and dtype rules.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from . import tensorflow_functions as functions
from . import tensorflow_images as images
from .tensorflow_calls import tf
from .tensorflow_layers import ACTIVATIONS, LAYERS, LOSSES

FIRST, NUMPY, KERAS = "tf", "tf.experimental.numpy", "tf.keras.ops"
UNION = (FIRST, "tf.math", "tf.nn", "tf.linalg", NUMPY, KERAS)
"""Where a name that no table has is looked up."""

Table = Mapping[str, str | Callable[..., Any]]


def _same(module: str, names: str) -> dict[str, str]:
    return {name: f"{module}.{name}" for name in names.split()}


ELEMENTWISE: Table = {
    "astype": "tf.cast",
    "betaln": lambda a, b: tf.math.lbeta(tf.stack(tf.experimental.numpy.broadcast_arrays(a, b), -1)),
    "betainc": lambda a, b, x: tf.math.betainc(tf.cast(a, x.dtype), tf.cast(b, x.dtype), x),
    "clip": functions.clip,
    "expi": "tf.math.special.expint",
    "expit": "tf.sigmoid",
    "dawsn": "tf.math.special.dawsn",
    "dct": "tf.signal.dct",
    "fresnel_cos": "tf.math.special.fresnel_cos",
    "fresnel_sin": "tf.math.special.fresnel_sin",
    "idct": lambda x: tf.signal.idct(x, norm="ortho"),
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
    "spence": "tf.math.special.spence",
    "zeta": lambda s, x: tf.math.zeta(float(s) * tf.ones_like(x), x),
    "trigamma": lambda x: tf.math.polygamma(tf.ones_like(x), x),
    **{name: f"tf.math.bessel_{name}" for name in ("i0", "i0e", "i1", "i1e")},
    **{name: f"tf.math.special.bessel_{name}" for name in ("j0", "j1", "k0", "k0e", "k1", "k1e", "y0", "y1")},
}

ARRAYS: Table = {
    "all": "tf.reduce_all",
    "average": lambda x, weights: tf.experimental.numpy.average(x, weights=weights),
    "any": "tf.reduce_any",
    "arange": "tf.range",
    "argmax": lambda x, axis=None: functions.flat(tf.argmax)(x, axis=axis),
    "argmin": lambda x, axis=None: functions.flat(tf.argmin)(x, axis=axis),
    "argsort": functions.ordering("argsort"),
    "asarray": lambda values, dtype=None: tf.convert_to_tensor(values, dtype),
    "clip_by_norm": "tf.clip_by_norm",
    "concat": lambda arrays, axis=0: tf.concat(arrays, axis),
    "cumulative_prod": lambda x, axis=0: tf.math.cumprod(x, axis),
    "cumulative_sum": lambda x, axis=0: tf.cumsum(x, axis),
    "diff": functions.differences,
    "flip": functions.flip,
    "full": lambda shape, value, dtype=None: tf.fill(shape, tf.constant(value, dtype)),
    "geomspace": lambda start, stop, num: tf.experimental.numpy.geomspace(start, stop, num, dtype=start.dtype),
    "logcumsumexp": lambda x: tf.math.cumulative_logsumexp(x, -1),
    "logsumexp": "tf.reduce_logsumexp",
    "max": "tf.reduce_max",
    "mean": "tf.reduce_mean",
    "min": "tf.reduce_min",
    "permute_dims": "tf.transpose",
    "prod": "tf.reduce_prod",
    "roll": lambda x, shift, axis=None: (tf.experimental.numpy if axis is None else tf).roll(x, shift, axis),
    "scatter_add": lambda x, index, updates: tf.tensor_scatter_nd_add(x, index[:, None], updates),
    "polyval": lambda coefficients, x: tf.math.polyval(tf.unstack(coefficients), x),
    "scatter_max": lambda x, index, updates: tf.tensor_scatter_nd_max(x, index[:, None], updates),
    **{f"segment_{name}": f"tf.math.unsorted_segment_{name}" for name in ("max", "mean", "min", "prod", "sum")},
    "sort": functions.ordering("sort"),
    "std": functions.deviation,
    "sum": "tf.reduce_sum",
    "take": lambda x, indices, axis=None: functions.flat(tf.gather)(x, indices, axis=axis),
    "take_along_axis": lambda x, indices, axis=-1: tf.experimental.numpy.take_along_axis(x, indices, axis),
    "tile": lambda x, counts: (tf if len(counts) == x.shape.rank else tf.experimental.numpy).tile(x, counts),
    "top_k": lambda x, k: tf.math.top_k(x, k).values,
    "tril": lambda x, k=0: tf.experimental.numpy.tril(x, k) if k else tf.linalg.band_part(x, -1, 0),
    "triu": lambda x, k=0: tf.experimental.numpy.triu(x, k) if k else tf.linalg.band_part(x, 0, -1),
    "unstack": lambda x, axis=0: tf.unstack(x, axis=axis),
    "var": functions.variance,
}

LINALG: Table = {
    "cholesky": lambda a, upper=False: tf.keras.ops.cholesky(a, upper) if upper else tf.linalg.cholesky(a),
    "cho_solve": "tf.linalg.cholesky_solve",
    "cross": lambda a, b, axis=-1: tf.linalg.cross(a, b) if axis == -1 else tf.experimental.numpy.cross(a, b, axis=axis),
    "diag": f"{NUMPY}.diag",
    "diagonal": lambda x, offset=0: tf.linalg.diag_part(x, k=offset),
    "lstsq": "tf.linalg.lstsq",
    "lu_solve": lambda a, b: tf.linalg.lu_solve(*tf.linalg.lu(a), b),
    "matmul": functions.matmul,
    "matrix_norm": lambda x, ord="fro", keepdims=False: tf.norm(x, ord, (-2, -1), keepdims),  # noqa: A006
    "norm": functions.norm,
    "pinv": "tf.linalg.pinv",
    "qr": lambda a, mode="reduced": tf.linalg.qr(a, full_matrices=mode == "complete"),
    "solve": lambda a, b: functions.solved(tf.linalg.solve)(a, b),
    "solve_triangular": lambda a, b, lower=False: functions.solved(tf.linalg.triangular_solve)(a, b, lower=lower),
    "svd": functions.svd,
    "svdvals": lambda a: tf.linalg.svd(a, compute_uv=False),
    "tensordot": lambda a, b, axes=2: tf.tensordot(a, b, axes),
    "trace": lambda a, offset=0: tf.experimental.numpy.trace(a, offset, -2, -1) if offset else tf.linalg.trace(a),
    "tridiagonal_solve": lambda below, diagonal, above, b: tf.linalg.tridiagonal_solve(
        (above, diagonal, below), b, diagonals_format="sequence"
    ),
    "vector_norm": functions.vector_norm,
}

NETWORK: Table = {
    "avg_pool1d": functions.pool("avg_pool1d", 1),
    "avg_pool2d": functions.pool("avg_pool2d", 2),
    "avg_pool3d": functions.pool("avg_pool3d", 3),
    "binary_cross_entropy": functions.loss("tf.keras.ops.binary_crossentropy"),
    "binary_cross_entropy_with_logits": functions.loss("tf.nn.sigmoid_cross_entropy_with_logits"),
    "ctc_loss": functions.ctc_loss,
    "conv1d": functions.convolution(1),
    "conv2d": functions.convolution(2),
    "conv3d": functions.convolution(3),
    "conv_transpose1d": functions.transposed(1),
    "conv_transpose2d": functions.transposed(2),
    "embedding": lambda table, ids: tf.nn.embedding_lookup(table, ids),
    "hard_shrink": lambda x, threshold=0.5: tf.keras.ops.hard_shrink(x, threshold),
    "hinge_loss": functions.loss("tf.keras.losses.hinge"),
    "log_cosh_loss": functions.loss("tf.keras.losses.logcosh"),
    "poisson_nll_loss": functions.loss("tf.nn.log_poisson_loss"),
    "resize_nearest": functions.resize("nearest"),
    "soft_shrink": lambda x, threshold=0.5: tf.keras.ops.soft_shrink(x, threshold),
    "squared_hinge_loss": functions.loss("tf.keras.losses.squared_hinge"),
    "threshold_below": "tf.keras.ops.threshold",
    "cross_entropy": functions.loss("tf.nn.sparse_softmax_cross_entropy_with_logits"),
    "elu": lambda x, alpha=1.0: tf.nn.elu(x) if alpha == 1 else tf.keras.ops.elu(x, alpha),
    "gelu": lambda x, approximate=False: tf.nn.gelu(x, approximate in (True, "tanh")),
    "huber_loss": functions.loss("tf.keras.losses.huber"),
    "l1_loss": functions.loss("tf.keras.losses.mae"),
    "layer_norm": lambda x, weight=None, bias=None, eps=1e-5, axis=-1: tf.keras.ops.layer_normalization(
        x, weight, bias, axis, eps
    ),
    "leaky_relu": lambda x, negative_slope=0.01: tf.nn.leaky_relu(x, negative_slope),
    "log_softmax": "tf.nn.log_softmax",
    "max_pool1d": functions.pool("max_pool1d", 1),
    "max_pool2d": functions.pool("max_pool2d", 2),
    "max_pool3d": functions.pool("max_pool3d", 3),
    "mish": "tf.keras.activations.mish",
    "mse_loss": functions.loss("tf.keras.losses.mse"),
    "rms_norm": lambda x, weight=1.0, eps=1e-5, axis=-1: tf.keras.ops.rms_normalization(x, weight, axis, eps),
    "scaled_dot_product_attention": functions.attention,
    "softmax": "tf.nn.softmax",
    "tanhshrink": "tf.keras.ops.tanh_shrink",
}

FOURIER: Table = {
    "fft": functions.transform("fft"),
    "fft2": functions.transform("fft2d", plane=True),
    "ifft": functions.transform("ifft"),
    "ifft2": functions.transform("ifft2d", plane=True),
    "irfft": functions.real_inverse,
    "irfft2": "tf.signal.irfft2d",
    "rfft": functions.transform("rfft", real=True),
    "rfft2": "tf.signal.rfft2d",
}

SIGNALS: Table = {
    **{f"{name}_as": functions.transform_of(name) for name in ("rfft", "irfft")},
    "cumulative_prod_of_others": lambda x: tf.math.cumprod(x, exclusive=True),
    "cumulative_prod_of_others_reversed": lambda x: tf.math.cumprod(x, exclusive=True, reverse=True),
    "cumulative_prod_reversed": lambda x: tf.math.cumprod(x, reverse=True),
    "cumulative_sum_of_others": lambda x: tf.cumsum(x, exclusive=True),
    "cumulative_sum_of_others_reversed": lambda x: tf.cumsum(x, exclusive=True, reverse=True),
    "cumulative_sum_reversed": lambda x: tf.cumsum(x, reverse=True),
    "dct_of_type": lambda x, kind, norm=None: tf.signal.dct(x, kind, norm=norm),
    "fftn": "tf.signal.fft3d",
    "fftshift": "tf.signal.fftshift",
    "frame": "tf.signal.frame",
    "inverse_mdct": lambda x: tf.signal.inverse_mdct(x, norm="ortho"),
    "inverse_stft": functions.inverse_stft,
    "irfftn": "tf.signal.irfft3d",
    "istft": functions.absent("istft that divides by the windows"),
    "logcumsumexp_reversed": lambda x: tf.math.cumulative_logsumexp(x, reverse=True),
    "mdct": lambda x, size: tf.signal.mdct(x, size, norm="ortho"),
    "overlap_and_add": "tf.signal.overlap_and_add",
    "rfftn": "tf.signal.rfft3d",
    "stft": functions.stft,
}

MATRICES: Table = {
    "banded_triangular_solve": functions.banded_triangular_solve,
    "block_diag": functions.absent("block_diag"),
    "eigvalsh_tridiagonal": "tf.linalg.eigh_tridiagonal",
    "lu": functions.absent("lu in three factors"),
    "lu_factor": lambda a: tf.linalg.lu(a)[0],
    "lu_inverse": lambda a: tf.linalg.lu_matrix_inverse(*tf.linalg.lu(a)),
    "normalize": lambda x, ord=2: tf.linalg.normalize(x, functions.order(ord), -1)[0],  # noqa: A006
    "set_diagonal": "tf.linalg.set_diag",
    "solve_triangular_transposed": lambda a, b: tf.linalg.triangular_solve(a, b, adjoint=True),
    "tridiagonal_matmul": lambda below, diagonal, above, b: tf.linalg.tridiagonal_matmul(
        (tf.pad(above, [[0, 1]]), diagonal, tf.pad(below, [[1, 0]])), b, diagonals_format="sequence"
    ),
}

CALLS: Table = {
    "add_at": functions.updated("tensor_scatter_nd_add"),
    "checkpoint": "tf.recompute_grad",
    "cond": functions.cond,
    "custom_gradient": functions.custom_gradient,
    "fori_loop": "tf.keras.ops.fori_loop",
    "scan": functions.scan,
    "set_at": functions.updated("tensor_scatter_nd_update"),
    "while_loop": functions.while_loop,
}

NAMES: Table = {**ELEMENTWISE, **ARRAYS, **LINALG, **NETWORK, **FOURIER, **SIGNALS, **MATRICES, **CALLS, **images.NAMES}
"""Of the first surface: what is spelt or placed otherwise than in `UNION`, or means something else there."""

OF_NUMPY: Table = _same(
    NUMPY,
    "abs add ceil clip cos cosh cross diag divide einsum exp expand_dims expm1 flip floor imag log log1p matmul max maximum "
    "mean meshgrid min minimum multiply negative power prod real reciprocal remainder repeat reshape roll sign sin "
    "sinh sort sqrt square squeeze stack std subtract sum take tan tanh tensordot tile tril triu where",
) | {
    **{f"a{name}": f"{NUMPY}.arc{name}" for name in ("cos", "cosh", "sin", "sinh", "tan", "tanh")},
    "atan2": f"{NUMPY}.arctan2",
    "concat": f"{NUMPY}.concatenate",
    "cumulative_prod": f"{NUMPY}.cumprod",
    "cumulative_sum": f"{NUMPY}.cumsum",
    "pad": lambda x, widths: tf.experimental.numpy.pad(x, widths, "constant"),
    "permute_dims": f"{NUMPY}.transpose",
    "pow": f"{NUMPY}.power",
    "std": lambda x, axis=None, keepdims=False: tf.experimental.numpy.std(x, axis, keepdims),
    "trace": lambda a, offset=0: tf.experimental.numpy.trace(a, offset, -2, -1),
    "var": lambda x, axis=None, correction=0, keepdims=False: tf.experimental.numpy.var(
        x, axis, x.dtype, ddof=int(correction), keepdims=keepdims
    ),
}

OF_KERAS: Table = _same(
    KERAS,
    "cbrt ceil cross deg2rad det diagonal divide dot eig einsum elu exp2 expm1 floor fmod hypot inner inv kron log log10 log1p "
    "log2 log_sigmoid log_softmax logaddexp logaddexp2 logdet logsumexp matmul max maximum mean meshgrid min minimum "
    "multiply nanmean nanprod nansum norm outer pad pinv power prod rad2deg reciprocal relu relu6 repeat roll rot90 round "
    "rsqrt segment_min segment_sum "
    "selu sigmoid silu sinc slogdet softmax softplus softsign solve solve_triangular sqrt square std subtract sum swapaxes "
    "take take_along_axis tanh tensordot tile tril triu trunc vander var where",
) | {
    "concat": f"{KERAS}.concatenate",
    "clip": functions.keras_clip,
    "cond": lambda pred, true_fn, false_fn, *operands: tf.keras.ops.cond(
        pred, lambda: true_fn(*operands), lambda: false_fn(*operands)
    ),
    "cumulative_prod": f"{KERAS}.cumprod",
    "cumulative_sum": f"{KERAS}.cumsum",
    "diagonal": lambda x, offset=0: tf.keras.ops.diagonal(x, offset, -2, -1),
    "fori_loop": f"{KERAS}.fori_loop",
    "gelu": lambda x, approximate=False: tf.keras.ops.gelu(x, approximate in (True, "tanh")),
    "leaky_relu": lambda x, negative_slope=0.01: tf.keras.ops.leaky_relu(x, negative_slope),
    "permute_dims": f"{KERAS}.transpose",
    "pow": f"{KERAS}.power",
    "remainder": f"{KERAS}.mod",
    "scan": f"{KERAS}.scan",
    "frame": f"{KERAS}.extract_sequences",
    "lu_factor": lambda a: tf.keras.ops.lu_factor(a)[0],
    "normalize": lambda x, ord=2: tf.keras.ops.normalize(x, -1, ord),  # noqa: A006
    "stft": functions.keras_stft,
    "stop_gradient": f"{KERAS}.stop_gradient",
    "trace": lambda a, offset=0: tf.keras.ops.trace(a, offset, -2, -1),
}

SURFACES: Mapping[str, Table] = {
    FIRST: NAMES,
    NUMPY: OF_NUMPY,
    KERAS: {**OF_KERAS, **images.OF_KERAS},
    "tf.keras.layers": {**LAYERS, **images.LAYERS},
    "tf.keras.losses": {**LOSSES, **images.LOSSES},
    "tf.keras.activations": ACTIVATIONS,
}


class Surface:
    """The names of one surface. A name that TensorFlow does not offer raises AttributeError("absent: ...")."""

    def __init__(self, surface: str) -> None:
        self.surface = surface

    def __getattr__(self, name: str) -> Any:
        found = SURFACES[self.surface].get(name) or NAMES.get(name)
        if found is None:
            return _in_union(name)
        return functions.at(found) if isinstance(found, str) else found


@cache
def _in_union(name: str) -> Any:
    for module in map(functions.at, UNION):
        if hasattr(module, name):
            return getattr(module, name)
    raise AttributeError(f"absent: {FIRST} has no {name}")
