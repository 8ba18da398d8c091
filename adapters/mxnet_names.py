"""The names of the suite's vocabulary (array API, NumPy, SciPy, flat) in the namespaces of MXNet.

Promised: each name is one public function of MXNet with that meaning, or a loss of gluon, which makes one number per row, and
the mean over the rows. It is reached by its dotted name under `mxnet` (and under `mxnet.sym` while a program is being
hybridized), or by a lambda where options, their defaults or the layout of axes are spelt differently. A function of `mx.nd`
gets legacy views of its arguments. A surface beside the first has its own functions, and the first one's for the rest of a
program. What MXNet does not offer raises AttributeError("absent: ...").

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial, reduce
from math import inf, pi
from typing import Any

import numpy as np

from .mxnet_blocks import BLOCKS
from .mxnet_calls import FIRST, Absent, call, each, mx
from .mxnet_images import FUNCTIONS

UNION = ("np", "np.linalg", "npx")
"""Where a name that no table has is looked up."""

Axis = int | tuple[int, ...] | None


def _convolution(n: int) -> Callable[..., Any]:
    """Cross-correlation over the last n axes; x of shape (batch, channels, ...), weight of shape (out, channels, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        window = {"kernel": weight.shape[2:], "stride": each(stride, n), "pad": each(padding, n)}
        return call("npx.convolution", x, weight, num_filter=weight.shape[0], no_bias=True, **window)

    return convolve


def _transposed(n: int) -> Callable[..., Any]:
    """The transpose of the convolution: x of shape (batch, in, ...), weight of shape (in, out, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        window = {"kernel": weight.shape[2:], "stride": each(stride, n), "pad": each(padding, n), "dilate": each(dilation, n)}
        return call("npx.deconvolution", x, weight, num_filter=weight.shape[1], no_bias=True, **window)

    return convolve


def _batch_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    """In training mode; the moving statistics are thrown away."""
    moving = [call("np.zeros_like", weight) for _ in range(2)]
    with mx.autograd.train_mode():
        return call("npx.batch_norm", x, weight, bias, *moving, eps=eps, fix_gamma=False)


def _pool(n: int, kind: str) -> Callable[..., Any]:
    def pool(x: Any, size: Any, stride: Any = None) -> Any:
        steps = each(size if stride is None else stride, n)
        return call("npx.pooling", x, kernel=each(size, n), stride=steps, pool_type=kind)

    return pool


def _activation(kind: str) -> Callable[..., Any]:
    return lambda x: call("npx.activation", x, act_type=kind)


def _rectifier(x: Any, kind: str, slope: float) -> Any:
    return call("npx.leaky_relu", x, act_type=kind, slope=slope)


def _gelu(x: Any, approximate: Any = False) -> Any:
    if approximate not in (False, "none"):
        raise Absent("gelu with tanh")
    return call("npx.leaky_relu", x, act_type="gelu")


def _layer_norm(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5, axis: Any = -1) -> Any:
    """As in gluon, a layer without scale or shift has ones or zeros for them."""
    if not isinstance(axis, int):
        raise Absent("layer_norm over several axes")
    scale = mx.np.ones(x.shape[axis], dtype=x.dtype, ctx=x.ctx) if weight is None else weight
    shift = mx.np.zeros(x.shape[axis], dtype=x.dtype, ctx=x.ctx) if bias is None else bias
    return call("npx.layer_norm", x, scale, shift, axis=axis, eps=eps)


def _density(kind: str) -> Callable[..., Any]:
    """The logarithm of a density, at one x for each element of the parameters."""
    return lambda x, *parameters: call(f"nd.random_pdf_{kind}", x, *parameters, is_log=True)


def _order(ord: Any) -> Any:  # noqa: A002 - array API name
    """The order of a norm as MXNet spells it: infinite ones are text."""
    return str(ord) if ord in (inf, -inf) else ord


def _vector_norm(x: Any, axis: Axis = None, keepdims: bool = False, ord: Any = 2) -> Any:  # noqa: A002 - array API name
    flat = axis is None and not keepdims
    return call("np.linalg.norm", call("np.ravel", x) if flat else x, _order(ord), 0 if flat else axis, keepdims)


def _matrix_norm(x: Any, ord: Any = "fro", keepdims: bool = False) -> Any:  # noqa: A002 - array API name
    return call("np.linalg.norm", x, _order(ord), (x.ndim - 2, x.ndim - 1), keepdims)


def _cholesky(a: Any, upper: bool = False) -> Any:
    return call("nd.linalg.potrf", a, lower=False) if upper else call("np.linalg.cholesky", a)


def _sort(x: Any, axis: int = -1, descending: bool = False) -> Any:
    return call("nd.sort", x, axis=axis, is_ascend=False) if descending else call("np.sort", x, axis)


def _spread(path: str) -> Callable[..., Any]:
    return lambda x, axis=None, correction=0.0, keepdims=False: call(path, x, axis, ddof=int(correction), keepdims=keepdims)


def _loss(kind: str, *labels: str, **options: Any) -> Callable[..., Any]:
    """A loss of gluon in the mean over the rows."""
    return lambda x, y: getattr(mx.gluon.loss, kind)(**options)(x, y).mean()


def _ctc_loss(log_probabilities: Any, labels: tuple[int, ...]) -> Any:
    """MXNet's takes any numbers and makes them logarithms of probabilities, which those are; labels are an array."""
    zero = log_probabilities[:1, :1] * 0.0
    label = call("np.concatenate", [zero + float(k) for k in labels], axis=1)
    return call("nd.ctc_loss", call("np.expand_dims", log_probabilities, axis=1), label)[0]


def _clip(path: str) -> Callable[..., Any]:
    """Bounds are attributes of MXNet's operators, not arguments; `nd.clip` has both."""

    def clip(x: Any, min: Any, max: Any) -> Any:  # noqa: A002 - the array API's names
        if not all(bound is None or isinstance(bound, float) for bound in (min, max)):
            raise Absent("clip between arrays")
        if path == "nd.clip" and None in (min, max):
            raise Absent("clip with one bound")
        return call(path, x, min, max)

    return clip


def _spaced(*_: Any) -> Any:
    """The ends are numbers."""
    raise Absent("linspace or logspace between arrays")


def _without_gaps(path: str) -> Callable[..., Any]:
    return lambda x, **options: call(path, x, **options)


def _quantile(x: Any, *options: Any) -> Any:
    """It computes in float32 or float64."""
    if x.dtype == np.float16:
        raise Absent("quantile of float16")
    return call("np.quantile", x, *options)


def _vander(*_: Any) -> Any:
    """`np.vander` is that of NumPy, which makes float64 of narrower floats and is not differentiated."""
    raise Absent("vander")


def _cond(*_: Any) -> Any:
    """`np.linalg.cond` is a condition number, and `nd.contrib.cond` takes no arrays of `np`."""
    raise Absent("cond")


def _custom_gradient(f: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    """MXNet hands the cotangent over, and takes the results, as legacy arrays."""

    class Custom(mx.autograd.Function):  # type: ignore[misc]
        def forward(self, *args: Any) -> Any:
            self.save_for_backward(*args)
            return f(*args)

        def backward(self, g: Any) -> Any:
            return [part.as_nd_ndarray() for part in rule(g.as_np_ndarray(), *self.saved_tensors)]

    return lambda *args: Custom()(*args)


def _set_at(x: Any, index: Any, value: Any) -> Any:
    if isinstance(index, int | slice | tuple) or index.dtype == bool:
        raise Absent("set_at at anything but an array of numbers")
    return call("nd.contrib.index_copy", x, index, value)


Table = Mapping[str, str | Callable[..., Any]]

NAMES: Table = {
    **{f"a{name}": f"np.arc{name}" for name in ("cos", "cosh", "sin", "sinh", "tan", "tan2", "tanh")},
    "pow": "np.power",
    "rsqrt": "nd.rsqrt",
    "gamma_logpdf": lambda x, a: _density("gamma")(x, a, call("np.ones_like", a)),
    "norm_logpdf": _density("normal"),
    "lgamma": "npx.gammaln",
    "stop_gradient": "nd.stop_gradient",
    "average": lambda x, weights: call("np.average", x, None, weights),
    "clip": _clip("np.clip"),
    "nansum": _without_gaps("nd.nansum"),
    "top_k": lambda x, k: call("npx.topk", x, k=k, ret_typ="value"),
    "linspace": _spaced,
    "logspace": _spaced,
    "ldexp": lambda x, exponent: call("np.ldexp", x, exponent.astype(x.dtype)),
    "quantile": _quantile,
    "vander": _vander,
    "concat": lambda arrays, axis=0: call("np.concatenate", arrays, axis),
    "cumulative_sum": "np.cumsum",
    "diff": lambda x, n=1, prepend=None: call("np.diff", x, n, -1, *([] if prepend is None else [prepend])),
    "lstsq": lambda a, b: call("np.linalg.lstsq", a, b, "warn")[0],
    "diagonal": lambda x, offset=0: call("np.diagonal", x, offset, -2, -1),
    "matrix_transpose": lambda x: call("np.swapaxes", x, -1, -2),
    "permute_dims": "np.transpose",
    "sort": _sort,
    "std": _spread("np.std"),
    "trace": lambda x, offset=0: call("np.trace", x, offset, -2, -1),
    "unstack": lambda x, axis=0: call("nd.split", x, num_outputs=x.shape[axis], axis=axis, squeeze_axis=True),
    "var": _spread("np.var"),
    "cholesky": _cholesky,
    "matrix_norm": _matrix_norm,
    "svd": lambda a, full_matrices=False: call("np.linalg.svd", a),
    "vector_norm": _vector_norm,
    "cond": _cond,
    "custom_gradient": _custom_gradient,
    "set_at": _set_at,
    "avg_pool1d": _pool(1, "avg"),
    "avg_pool2d": _pool(2, "avg"),
    "avg_pool3d": _pool(3, "avg"),
    "batch_norm": _batch_norm,
    "conv1d": _convolution(1),
    "conv2d": _convolution(2),
    "conv3d": _convolution(3),
    "conv_transpose1d": _transposed(1),
    "conv_transpose2d": _transposed(2),
    "embedding": lambda table, ids: call("npx.embedding", ids, table, *table.shape),
    "linear": lambda x, weight, bias: call("npx.fully_connected", x, weight, bias, num_hidden=weight.shape[0], flatten=False),
    "max_pool3d": _pool(3, "max"),
    "resize_bilinear": lambda x, size: call(
        "nd.contrib.BilinearResize2D", x, height=size[0], width=size[1], align_corners=False
    ),
    "prelu": lambda x, weight: call("npx.leaky_relu", x, weight, act_type="prelu"),
    "instance_norm": lambda x, weight, bias, eps=1e-5: call("nd.InstanceNorm", x, weight, bias, eps=eps),
    "softmin": lambda x, axis=-1: call("nd.softmin", x, axis=axis),
    "elu": lambda x, alpha=1.0: _rectifier(x, "elu", alpha),
    "gelu": _gelu,
    "hard_sigmoid": lambda x: call("nd.hard_sigmoid", x, alpha=1 / 6, beta=0.5),
    "layer_norm": _layer_norm,
    "leaky_relu": lambda x, negative_slope=0.01: _rectifier(x, "leaky", negative_slope),
    "log_softmax": lambda x, axis=-1: call("npx.log_softmax", x, axis=axis),
    "max_pool1d": _pool(1, "max"),
    "max_pool2d": _pool(2, "max"),
    "selu": lambda x: call("npx.leaky_relu", x, act_type="selu"),
    "silu": lambda x: mx.gluon.nn.Swish()(x),
    "softmax": lambda x, axis=-1: call("npx.softmax", x, axis=axis),
    "softplus": _activation("softrelu"),
    "softsign": _activation("softsign"),
    "binary_cross_entropy_with_logits": _loss("SigmoidBCELoss"),
    "cross_entropy": _loss("SoftmaxCELoss"),
    "ctc_loss": _ctc_loss,
    "huber_loss": lambda x, y, delta=1.0: delta * _loss("HuberLoss", rho=delta)(x, y),
    "l1_loss": _loss("L1Loss"),
    "mse_loss": _loss("L2Loss", weight=2.0),
    **FUNCTIONS,
}
"""Of the first surface: what is spelt or placed otherwise than in `UNION`."""

NPX: Table = {name: _activation(name) for name in ("relu", "sigmoid", "tanh")}

SAME = """abs cbrt ceil cos cosh degrees erf erfinv exp expm1 fix floor gamma log log10 log1p log2 negative radians reciprocal
relu rint round sigmoid sign sin sinh softsign sqrt square tan tanh trunc"""

ND: Table = {name: f"nd.{name}" for name in SAME.split()} | {
    **{f"a{name}": f"nd.arc{name}" for name in ("cos", "cosh", "sin", "sinh", "tan", "tanh")},
    "add": "nd.broadcast_add",
    "clip": _clip("nd.clip"),
    "deg2rad": "nd.radians",
    "divide": "nd.broadcast_div",
    "hypot": "nd.broadcast_hypot",
    "lgamma": "nd.gammaln",
    "log_softmax": lambda x, axis=-1: call("nd.log_softmax", x, axis=axis),
    "maximum": "nd.broadcast_maximum",
    "nanprod": _without_gaps("nd.nanprod"),
    "minimum": "nd.broadcast_minimum",
    "multiply": "nd.broadcast_mul",
    "pow": "nd.broadcast_power",
    "rad2deg": "nd.degrees",
    "remainder": "nd.broadcast_mod",
    "softmax": lambda x, axis=-1: call("nd.softmax", x, axis=axis),
    "subtract": "nd.broadcast_sub",
    "cholesky": lambda a, upper=False: call("nd.linalg.potrf", a, lower=not upper),
    "det": "nd.linalg.det",
    "inv": "nd.linalg.inverse",
    "slogdet": "nd.linalg.slogdet",
}

SURFACES: Mapping[str, Table] = {FIRST: NAMES, "mx.npx": NPX, "mx.nd": ND, "gluon": BLOCKS}


class Names:
    """The names of one surface, whose `asarray` makes arrays on `device`."""

    pi, int8 = pi, np.int8

    def __init__(self, surface: str, context: Any) -> None:
        self.surface, self.context = surface, context

    def asarray(self, values: Any, dtype: Any = None) -> Any:
        known = np.asarray(values, dtype)
        return mx.np.array(known, dtype=known.dtype, ctx=self.context)

    def __getattr__(self, name: str) -> Any:
        found = SURFACES[self.surface].get(name) or NAMES.get(name) or _in_union(name)
        return partial(call, found) if isinstance(found, str) else found


@cache
def _in_union(name: str) -> Any:
    """The dotted name of a function, or a constant."""
    for path in UNION:
        found = getattr(reduce(getattr, path.split("."), mx), name, None)
        if found is not None:
            return f"{path}.{name}" if callable(found) else found
    raise Absent(name)
