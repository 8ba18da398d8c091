"""MXNet's pools, convolutions and images with options, under the suite's names. Imports no framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .mxnet_calls import Absent, call, each

Function = Callable[..., Any]


def pool(kind: str) -> Function:
    def pooled(x: Any, size: int, stride: int, padding: int = 0, **options: Any) -> Any:
        window = {"kernel": each(size, 2), "stride": each(stride, 2), "pad": each(padding, 2)}
        return call("npx.pooling", x, pool_type=kind, **window, **options)

    return pooled


def avg_pool2d_padded(x: Any, size: int, stride: int, padding: int, count_padding: bool = True, ceil: bool = False) -> Any:
    options = {"count_include_pad": count_padding, "pooling_convention": "full" if ceil else "valid"}
    return pool("avg")(x, size, stride, padding, **options)


def max_pool2d_padded(x: Any, size: int, stride: int, padding: int, dilation: int = 1, ceil: bool = False) -> Any:
    if dilation != 1:
        raise Absent("max_pool2d with dilation")
    return pool("max")(x, size, stride, padding, pooling_convention="full" if ceil else "valid")


def grouped_conv2d(x: Any, weight: Any, groups: int = 1, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    window = {"kernel": weight.shape[2:], "stride": each(stride, 2), "pad": each(padding, 2), "dilate": each(dilation, 2)}
    return call("npx.convolution", x, weight, num_filter=weight.shape[0], num_group=groups, no_bias=True, **window)


def grouped_conv_transpose2d(
    x: Any, weight: Any, groups: int, stride: Any, padding: Any, output_padding: Any, dilation: Any = 1
) -> Any:
    window = {"kernel": weight.shape[2:], "stride": each(stride, 2), "pad": each(padding, 2), "dilate": each(dilation, 2)}
    options = {"num_filter": weight.shape[1] * groups, "num_group": groups, "adj": each(output_padding, 2), "no_bias": True}
    return call("npx.deconvolution", x, weight, **window, **options)


def local_response_norm(x: Any, size: int, alpha: float, beta: float, k: float) -> Any:
    if size % 2 == 0:
        raise Absent("LRN of an even number of channels")
    return call("nd.LRN", x, alpha=alpha, beta=beta, knorm=k, nsize=size)


def resample_bilinear(x: Any, size: tuple[int, int], corners: bool = False) -> Any:
    return call("nd.contrib.BilinearResize2D", x, height=size[0], width=size[1], align_corners=corners)


def grid_sample(x: Any, grid: Any, mode: str = "linear", padding: str = "zeros", corners: bool = False) -> Any:
    """The grid has its coordinates in front."""
    if (mode, padding, corners) != ("linear", "zeros", True):
        raise Absent("BilinearSampler of another kind")
    return call("nd.BilinearSampler", x, call("np.moveaxis", grid, -1, 1))


def affine_grid(theta: Any, size: tuple[int, int], corners: bool = False) -> Any:
    if not corners:
        raise Absent("GridGenerator over edges")
    flat = theta.reshape(theta.shape[0], 6)
    grid = call("nd.GridGenerator", flat, transform_type="affine", target_shape=size)
    return call("np.moveaxis", grid, 1, -1)


FUNCTIONS: Mapping[str, Function] = {
    "adaptive_avg_pool2d": lambda x, size: call("nd.contrib.AdaptiveAvgPooling2D", x, output_size=size),
    "affine_grid": affine_grid,
    "avg_pool2d_padded": avg_pool2d_padded,
    "depth_to_space": lambda x, factor: call("nd.depth_to_space", x, factor),
    "fold": lambda x, whole, size, stride, padding, dilation: call(
        "nd.col2im",
        x,
        output_size=whole,
        kernel=size,
        stride=each(stride, 2),
        pad=each(padding, 2),
        dilate=each(dilation, 2),
    ),
    "grid_sample": grid_sample,
    "grouped_conv2d": grouped_conv2d,
    "grouped_conv_transpose2d": grouped_conv_transpose2d,
    "local_response_norm": local_response_norm,
    "lp_pool2d": lambda x, order, size, stride: pool("lp")(x, size, stride, p_value=order),
    "max_pool2d_padded": max_pool2d_padded,
    "resample_bilinear": resample_bilinear,
    "space_to_depth": lambda x, factor: call("nd.space_to_depth", x, factor),
    "unfold_apart": lambda x, size, stride, padding, dilation: call(
        "nd.im2col", x, kernel=size, stride=each(stride, 2), pad=each(padding, 2), dilate=each(dilation, 2)
    ),
}
