"""The modules of torch.nn under the suite's names: each call makes the module, puts its parameters in, and calls it.

Promised: parameters that are arguments go in by `torch.func.functional_call`, so that derivatives reach them. A module that
PyTorch has not, or not with this option, is not in the table.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .torch_calls import torch

Function = Callable[..., Any]


def plain(name: str, **options: Any) -> Function:
    """The module without parameters, made with these options."""
    return lambda *arrays: getattr(torch.nn, name)(**options)(*arrays)


def called(module: Any, parameters: Mapping[str, Any], *arrays: Any) -> Any:
    """The module, which was made where and of what these parameters are, with them in its place."""
    given = {name: value for name, value in parameters.items() if value is not None}
    return torch.func.functional_call(module, given, arrays)


def like(x: Any) -> dict[str, Any]:
    return {"device": x.device, "dtype": x.dtype}


def trailing(x: Any, axis: Any) -> Any:
    return x.shape[-(1 if isinstance(axis, int) else len(axis)) :]


def linear(x: Any, weight: Any, bias: Any) -> Any:
    module = torch.nn.Linear(weight.shape[1], weight.shape[0], **like(x))
    return called(module, {"weight": weight, "bias": bias}, x)


def bilinear(x: Any, y: Any, weight: Any, bias: Any) -> Any:
    out, left, right = weight.shape
    return called(torch.nn.Bilinear(left, right, out, **like(x)), {"weight": weight, "bias": bias}, x, y)


def embedding(table: Any, ids: Any) -> Any:
    return called(torch.nn.Embedding(*table.shape, **like(table)), {"weight": table}, ids)


def convolution(name: str) -> Function:
    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        out, channels, *size = weight.shape
        made = getattr(torch.nn, name)(channels, out, tuple(size), stride, padding, bias=False, **like(x))
        return called(made, {"weight": weight}, x)

    return convolve


def transposed(name: str) -> Function:
    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        channels, out, *size = weight.shape
        options = {"stride": stride, "padding": padding, "dilation": dilation, "bias": False}
        made = getattr(torch.nn, name)(channels, out, tuple(size), **options, **like(x))
        return called(made, {"weight": weight}, x)

    return convolve


def pool(name: str) -> Function:
    return lambda x, size, stride=None: getattr(torch.nn, name)(size, stride)(x)


def batch_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    kind = torch.nn.BatchNorm1d if x.ndim < 4 else torch.nn.BatchNorm2d
    module = kind(x.shape[1], eps, track_running_stats=False, **like(x))
    return called(module, {"weight": weight, "bias": bias}, x)


def group_norm(x: Any, groups: int, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    return called(torch.nn.GroupNorm(groups, x.shape[1], eps, **like(x)), {"weight": weight, "bias": bias}, x)


def instance_norm(x: Any, weight: Any, bias: Any, eps: float = 1e-5) -> Any:
    kind = torch.nn.InstanceNorm1d if x.ndim < 4 else torch.nn.InstanceNorm2d
    return called(kind(x.shape[1], eps, affine=True, **like(x)), {"weight": weight, "bias": bias}, x)


def layer_norm(x: Any, weight: Any = None, bias: Any = None, eps: float = 1e-5, axis: Any = -1) -> Any:
    options = {"elementwise_affine": weight is not None, "bias": bias is not None}
    module = torch.nn.LayerNorm(trailing(x, axis), eps, **options, **like(x))
    return called(module, {"weight": weight, "bias": bias}, x)


def rms_norm(x: Any, weight: Any = None, eps: float = 1e-5, axis: Any = -1) -> Any:
    module = torch.nn.RMSNorm(trailing(x, axis), eps, weight is not None, **like(x))
    return called(module, {"weight": weight}, x)


def cell(name: str) -> Function:
    def step(x: Any, state: Any, w_x: Any, w_h: Any, b_x: Any, b_h: Any) -> Any:
        module = getattr(torch.nn, name)(w_x.shape[1], w_h.shape[1], **like(x))
        return called(module, {"weight_ih": w_x, "weight_hh": w_h, "bias_ih": b_x, "bias_hh": b_h}, x, state)

    return step


def multi_head_attention(x: Any, w_in: Any, b_in: Any, w_out: Any, b_out: Any, heads: int) -> Any:
    module = torch.nn.MultiheadAttention(x.shape[-1], heads, **like(x))
    parameters = {"in_proj_weight": w_in, "in_proj_bias": b_in, "out_proj.weight": w_out, "out_proj.bias": b_out}
    return called(module, parameters, x, x, x)[0]


def prelu(x: Any, weight: Any) -> Any:
    return called(torch.nn.PReLU(weight.shape[0], **like(x)), {"weight": weight}, x)


def resize(mode: str) -> Function:
    return lambda x, size: torch.nn.Upsample(size=size, mode=mode)(x)


def loss(name: str, **fixed: Any) -> Function:
    """The loss of the prediction and the truth in the mean over everything."""
    return lambda *arrays, **options: getattr(torch.nn, name)(**fixed, **options)(*arrays)


ACTIVATIONS = {
    "hard_sigmoid": "Hardsigmoid",
    "hard_swish": "Hardswish",
    "hard_tanh": "Hardtanh",
    "log_sigmoid": "LogSigmoid",
    "mish": "Mish",
    "relu": "ReLU",
    "relu6": "ReLU6",
    "selu": "SELU",
    "sigmoid": "Sigmoid",
    "silu": "SiLU",
    "softplus": "Softplus",
    "softsign": "Softsign",
    "tanh": "Tanh",
    "tanhshrink": "Tanhshrink",
}

MODULES: Mapping[str, Function] = {
    **{name: plain(module) for name, module in ACTIVATIONS.items()},
    "avg_pool1d": pool("AvgPool1d"),
    "avg_pool2d": pool("AvgPool2d"),
    "avg_pool3d": pool("AvgPool3d"),
    "batch_norm": batch_norm,
    "bilinear": bilinear,
    "binary_cross_entropy": loss("BCELoss"),
    "binary_cross_entropy_with_logits": loss("BCEWithLogitsLoss"),
    "celu": lambda x, alpha=1.0: torch.nn.CELU(alpha)(x),
    "conv1d": convolution("Conv1d"),
    "conv2d": convolution("Conv2d"),
    "conv3d": convolution("Conv3d"),
    "conv_transpose1d": transposed("ConvTranspose1d"),
    "conv_transpose2d": transposed("ConvTranspose2d"),
    "cosine_embedding_loss": loss("CosineEmbeddingLoss"),
    "cosine_similarity": plain("CosineSimilarity", dim=-1),
    "cross_entropy": loss("CrossEntropyLoss"),
    "elu": lambda x, alpha=1.0: torch.nn.ELU(alpha)(x),
    "embedding": embedding,
    "gaussian_nll_loss": loss("GaussianNLLLoss"),
    "gelu": lambda x, approximate=False: torch.nn.GELU(approximate or "none")(x),
    "glu": plain("GLU"),
    "group_norm": group_norm,
    "gru_cell": cell("GRUCell"),
    "hard_shrink": lambda x, threshold=0.5: torch.nn.Hardshrink(threshold)(x),
    "hinge_embedding_loss": loss("HingeEmbeddingLoss"),
    "huber_loss": loss("HuberLoss"),
    "instance_norm": instance_norm,
    "kl_div_loss": loss("KLDivLoss", reduction="mean"),
    "l1_loss": loss("L1Loss"),
    "layer_norm": layer_norm,
    "leaky_relu": lambda x, negative_slope=0.01: torch.nn.LeakyReLU(negative_slope)(x),
    "linear": linear,
    "log_softmax": lambda x, axis=-1: torch.nn.LogSoftmax(axis)(x),
    "lstm_cell": cell("LSTMCell"),
    "margin_ranking_loss": loss("MarginRankingLoss"),
    "max_pool1d": pool("MaxPool1d"),
    "max_pool2d": pool("MaxPool2d"),
    "max_pool3d": pool("MaxPool3d"),
    "mse_loss": loss("MSELoss"),
    "multi_head_attention": multi_head_attention,
    "multi_margin_loss": loss("MultiMarginLoss"),
    "nll_loss": loss("NLLLoss"),
    "pairwise_distance": lambda x, y, eps=1e-6: torch.nn.PairwiseDistance(eps=eps)(x, y),
    "pixel_shuffle": lambda x, factor: torch.nn.PixelShuffle(factor)(x),
    "poisson_nll_loss": loss("PoissonNLLLoss"),
    "prelu": prelu,
    "resize_bilinear": resize("bilinear"),
    "resize_nearest": resize("nearest"),
    "rms_norm": rms_norm,
    "rnn_tanh_cell": cell("RNNCell"),
    "smooth_l1_loss": loss("SmoothL1Loss"),
    "soft_margin_loss": loss("SoftMarginLoss"),
    "soft_shrink": lambda x, threshold=0.5: torch.nn.Softshrink(threshold)(x),
    "softmax": lambda x, axis=-1: torch.nn.Softmax(axis)(x),
    "softmin": lambda x, axis=-1: torch.nn.Softmin(axis)(x),
    "threshold_below": lambda x, threshold, value: torch.nn.Threshold(threshold, value)(x),
    "triplet_margin_loss": loss("TripletMarginLoss"),
    "unfold": lambda x, size: torch.nn.Unfold(size)(x),
}
