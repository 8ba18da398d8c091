"""The blocks of gluon (gluon.nn, gluon.loss, gluon.rnn) under the suite's names: each call makes the block and calls it.

Promised: parameters that are arguments are handed to the block's `hybrid_forward`, so that derivatives reach them. Blocks that
have no form for arrays of `mx.np` get legacy views of them. A block that gluon has not, or not with this option, is not in the
table.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .mxnet_calls import Absent, call, each, mx, symbolic

Function = Callable[..., Any]


def plain(name: str, **options: Any) -> Function:
    """The block without parameters, made with these options."""
    return lambda x: getattr(mx.gluon.nn, name)(**options)(x)


def forward(block: Any, *arrays: Any, **parameters: Any) -> Any:
    """The block, which was made where and of what these parameters are, with them in its place."""
    flat = [a for arg in arrays for a in (arg if isinstance(arg, list) else (arg,))]
    return block.hybrid_forward(mx.sym if symbolic(flat) else mx.nd, *arrays, **parameters)


def old(x: Any) -> Any:
    """A legacy view."""
    return x.as_nd_ndarray() if hasattr(x, "as_nd_ndarray") else x


def legacy(block: Any, *arrays: Any, **parameters: Any) -> Any:
    """The block on legacy arrays, with MXNet's NumPy semantics off meanwhile."""
    views = [[old(a) for a in arg] if isinstance(arg, list) else old(arg) for arg in arrays]
    with mx.util.np_array(False):
        found = forward(block, *views, **{name: old(a) for name, a in parameters.items()})
    if isinstance(found, tuple):
        return found[0].as_np_ndarray(), [state.as_np_ndarray() for state in found[1]]
    return found.as_np_ndarray()


def linear(x: Any, weight: Any, bias: Any) -> Any:
    block = mx.gluon.nn.Dense(weight.shape[0], in_units=weight.shape[1], flatten=False)
    return forward(block, x, weight=weight, bias=bias)


def embedding(table: Any, ids: Any) -> Any:
    return forward(mx.gluon.nn.Embedding(*table.shape), ids, weight=table)


def convolution(n: int) -> Function:
    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        out, channels, *size = weight.shape
        made = {"in_channels": channels, "use_bias": False, "strides": each(stride, n), "padding": each(padding, n)}
        return forward(getattr(mx.gluon.nn, f"Conv{n}D")(out, tuple(size), **made), x, weight=weight)

    return convolve


def transposed(n: int) -> Function:
    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        channels, out, *size = weight.shape
        made = {"in_channels": channels, "use_bias": False, "strides": each(stride, n), "padding": each(padding, n)}
        block = getattr(mx.gluon.nn, f"Conv{n}DTranspose")(out, tuple(size), dilation=each(dilation, n), **made)
        return forward(block, x, weight=weight)

    return convolve


def pool(name: str) -> Function:
    return lambda x, size, stride=None: getattr(mx.gluon.nn, name)(size, stride)(x)


def batch_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    """In training mode; the moving statistics are thrown away."""
    block = mx.gluon.nn.BatchNorm(epsilon=eps, in_channels=x.shape[1])
    moving = {f"running_{name}": call("np.zeros_like", weight) for name in ("mean", "var")}
    with mx.autograd.train_mode():
        return forward(block, x, gamma=weight, beta=bias, **moving)


def instance_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    return legacy(mx.gluon.nn.InstanceNorm(epsilon=eps, in_channels=x.shape[1]), x, gamma=weight, beta=bias)


def gelu(x: Any, approximate: Any = False) -> Any:
    if approximate not in (False, "none"):
        raise Absent("gelu with tanh")
    return mx.gluon.nn.GELU()(x)


def layer_norm(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5, axis: Any = -1) -> Any:
    if not isinstance(axis, int):
        raise Absent("layer_norm over several axes")
    scale = mx.np.ones(x.shape[axis], dtype=x.dtype, ctx=x.ctx) if weight is None else weight
    shift = mx.np.zeros(x.shape[axis], dtype=x.dtype, ctx=x.ctx) if bias is None else bias
    return forward(mx.gluon.nn.LayerNorm(axis, eps, in_channels=x.shape[axis]), x, gamma=scale, beta=shift)


def cell(name: str) -> Function:
    """The first of what the cell returns, and its states."""

    def step(x: Any, states: list[Any], w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> Any:
        block = getattr(mx.gluon.rnn, name)(w_h.shape[1], input_size=w_x.shape[1])
        return legacy(block, x, states, i2h_weight=w_x, h2h_weight=w_h, i2h_bias=b_x, h2h_bias=b_h)

    return step


def cell_of_one_state(name: str) -> Function:
    return lambda x, h, *parameters: cell(name)(x, [h], *parameters)[0]


def prelu(x: Any, weight: Any) -> Any:
    return forward(mx.gluon.nn.PReLU(in_channels=weight.shape[0]), x, alpha=weight)


def loss(name: str, **fixed: Any) -> Function:
    """A loss of gluon, which makes one number per row, in the mean over the rows."""
    return lambda *arrays, **options: getattr(mx.gluon.loss, name)(**fixed, **options)(*arrays).mean()


def old_loss(name: str, **fixed: Any) -> Function:
    """`loss` for those that know legacy arrays only."""

    def mean(*arrays: Any, **options: Any) -> Any:
        return legacy(getattr(mx.gluon.loss, name)(**fixed, **options), *arrays).mean()

    return mean


def huber(x: Any, y: Any, delta: float = 1.0) -> Any:
    return delta * old_loss("HuberLoss", rho=delta)(x, y)


def smooth_l1(x: Any, y: Any, beta: float = 1.0) -> Any:
    return old_loss("HuberLoss", rho=beta)(x, y)


BLOCKS: Mapping[str, Function] = {
    **{name: plain("Activation", activation=name) for name in ("relu", "sigmoid", "softsign", "tanh")},
    "avg_pool1d": pool("AvgPool1D"),
    "avg_pool2d": pool("AvgPool2D"),
    "avg_pool3d": pool("AvgPool3D"),
    "batch_norm": batch_norm,
    "binary_cross_entropy": loss("SigmoidBCELoss", from_sigmoid=True),
    "binary_cross_entropy_with_logits": loss("SigmoidBCELoss"),
    "conv1d": convolution(1),
    "conv2d": convolution(2),
    "conv3d": convolution(3),
    "conv_transpose1d": transposed(1),
    "conv_transpose2d": transposed(2),
    "cosine_embedding_loss": old_loss("CosineEmbeddingLoss"),
    "cross_entropy": loss("SoftmaxCELoss"),
    "elu": lambda x, alpha=1.0: mx.gluon.nn.ELU(alpha)(x),
    "embedding": embedding,
    "gelu": gelu,
    "gru_cell": cell_of_one_state("GRUCell"),
    "hinge_loss": old_loss("HingeLoss"),
    "huber_loss": huber,
    "instance_norm": instance_norm,
    "kl_div_loss": lambda log_q, p: old_loss("KLDivLoss")(log_q, p) / p.shape[-1],  # its rows are sums
    "l1_loss": loss("L1Loss"),
    "layer_norm": layer_norm,
    "leaky_relu": lambda x, negative_slope=0.01: mx.gluon.nn.LeakyReLU(negative_slope)(x),
    "linear": linear,
    "lstm_cell": lambda x, state, *parameters: cell("LSTMCell")(x, list(state), *parameters)[1],
    "max_pool1d": pool("MaxPool1D"),
    "max_pool2d": pool("MaxPool2D"),
    "max_pool3d": pool("MaxPool3D"),
    "mse_loss": loss("L2Loss", weight=2.0),
    "poisson_nll_loss": old_loss("PoissonNLLLoss"),
    "prelu": prelu,
    "rnn_tanh_cell": cell_of_one_state("RNNCell"),
    "selu": plain("SELU"),
    "silu": plain("Swish"),
    "smooth_l1_loss": smooth_l1,
    "soft_margin_loss": old_loss("LogisticLoss"),
    "softplus": plain("Activation", activation="softrelu"),
    "squared_hinge_loss": old_loss("SquaredHingeLoss"),
}
