"""PyTorch's pools, convolutions, images, distances and losses with options, under the suite's names.

Importing this module imports PyTorch, since what it traces of a function has to have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from .torch_modules import like

torch: Any = import_module("torch")

Function = Callable[..., Any]


def of(name: str, *fixed: Any, **options: Any) -> Function:
    """The function of torch.nn.functional with some of its options."""
    return lambda x, *rest, **given: getattr(torch.nn.functional, name)(x, *fixed, *rest, **options, **given)


def avg_pool2d_padded(x: Any, size: int, stride: int, padding: int, count_padding: bool = True, ceil: bool = False) -> Any:
    return torch.nn.functional.avg_pool2d(x, size, stride, padding, ceil, count_padding)


def conv2d_same(x: Any, weight: Any, stride: Any = 1, dilation: Any = 1) -> Any:
    if stride != 1:
        raise AttributeError("absent: torch pads to the same size in steps of 1 only")
    return torch.nn.functional.conv2d(x, weight, padding="same", dilation=dilation)


def max_unpool2d(x: Any, index: Any, size: tuple[int, int]) -> Any:
    factor = size[0] // x.shape[2]
    return torch.nn.functional.max_unpool2d(x, index, factor, output_size=size)


def resize_antialiased(x: Any, size: tuple[int, int], method: str) -> Any:
    kind = {"linear": "bilinear", "cubic": "bicubic"}.get(method)
    if kind is None:
        raise AttributeError(f"absent: torch has no {method}")
    return torch.nn.functional.interpolate(x, size, mode=kind, antialias=True)


def grid_sample(x: Any, grid: Any, mode: str = "linear", padding: str = "zeros", corners: bool = False) -> Any:
    kind = {"linear": "bilinear", "cubic": "bicubic"}[mode]
    return torch.nn.functional.grid_sample(x, grid, kind, padding, corners)


def cross_entropy_optioned(
    x: Any, labels: tuple[int, ...], weights: tuple[float, ...], smoothing: float = 0.0, ignored: int = -100
) -> Any:
    options = {"ignore_index": ignored, "label_smoothing": smoothing}
    return torch.nn.functional.cross_entropy(x, whole(x, labels), torch.tensor(weights, **like(x)), **options)


def whole(x: Any, numbers: tuple[int, ...]) -> Any:
    """Whole numbers on the device of x."""
    return torch.tensor(numbers, device=x.device)


def multilabel_margin_loss(x: Any, labels: tuple[int, ...]) -> Any:
    """The labels end with -1."""
    return torch.nn.functional.multilabel_margin_loss(x, whole(x, (*labels, *[-1] * (x.shape[0] - len(labels)))))


def embedding_bag(table: Any, ids: tuple[int, ...], starts: tuple[int, ...], mode: str, weights: Any = None) -> Any:
    options = {"mode": mode, "per_sample_weights": weights}
    return torch.nn.functional.embedding_bag(whole(table, ids), table, whole(table, starts), **options)


FUNCTIONS: Mapping[str, Any] = {
    "affine_grid": lambda theta, size, corners=False: torch.nn.functional.affine_grid(
        theta, (theta.shape[0], 1, *size), corners
    ),
    "avg_pool2d_padded": avg_pool2d_padded,
    "cdist": lambda x, y, p=2.0: torch.cdist(x, y, p),
    "conv2d_same": conv2d_same,
    "cross_entropy_optioned": cross_entropy_optioned,
    "embedding_bag": embedding_bag,
    "fold": lambda x, whole, size, stride, padding, dilation: torch.nn.functional.fold(
        x, whole, size, dilation, padding, stride
    ),
    "grid_sample": grid_sample,
    "grouped_conv2d": lambda x, weight, groups=1, stride=1, padding=0, dilation=1: torch.nn.functional.conv2d(
        x, weight, None, stride, padding, dilation, groups
    ),
    "grouped_conv_transpose2d": lambda x, weight, groups, stride, padding, output_padding, dilation=1: (
        torch.nn.functional.conv_transpose2d(x, weight, None, stride, padding, output_padding, groups, dilation)
    ),
    "kl_div_of_logs": of("kl_div", log_target=True),
    "lp_pool2d": of("lp_pool2d"),
    "max_pool2d_padded": lambda x, size, stride, padding, dilation=1, ceil=False: torch.nn.functional.max_pool2d(
        x, size, stride, padding, dilation, ceil
    ),
    "max_unpool2d": max_unpool2d,
    "multilabel_margin_loss": multilabel_margin_loss,
    "renorm": lambda x, p, largest: torch.renorm(x, p, 0, largest),
    "resample_bicubic": lambda x, size, corners=False: torch.nn.functional.interpolate(
        x, size, mode="bicubic", align_corners=corners
    ),
    "resample_bilinear": lambda x, size, corners=False: torch.nn.functional.interpolate(
        x, size, mode="bilinear", align_corners=corners
    ),
    "resize_antialiased": resize_antialiased,
    "triplet_margin_loss_swapped": of("triplet_margin_loss", swap=True),
    "unfold_apart": lambda x, size, stride, padding, dilation: torch.nn.functional.unfold(x, size, dilation, padding, stride),
    "weighted_binary_cross_entropy": lambda x, y, weight: torch.nn.functional.binary_cross_entropy_with_logits(
        x, y, pos_weight=weight
    ),
}
