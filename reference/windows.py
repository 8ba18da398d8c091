"""Pools, convolutions and rearrangements of images with the options that frameworks give them. One text for both engines.

Images have the axes (batch, channels, rows, columns). The first argument is the engine's namespace, as in `definitions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np

from .reductions import plain

Definition = Callable[..., Any]
Places = Sequence[Sequence[int]]
"""For every element of a pool along an axis, where it looks."""


def pair(value: int | Sequence[int]) -> tuple[int, int]:
    rows, columns = (value, value) if isinstance(value, int) else value
    return rows, columns


def places(length: int, size: int, stride: int, padding: int = 0, dilation: int = 1, ceil: bool = False) -> Places:
    """Windows in steps of the stride; where `ceil`, the last may end beyond the padding, but not begin in it."""
    free = length + 2 * padding - dilation * (size - 1) - 1
    count = (-(-free // stride) if ceil else free // stride) + 1
    if ceil and (count - 1) * stride >= length + padding:
        count -= 1
    return _within(length, size, dilation, range(-padding, count * stride - padding, stride))


def same(length: int, size: int, stride: int, dilation: int = 1) -> Places:
    """As many windows as strides have begun, what is missing added at both ends, the odd one behind."""
    count = -(-length // stride)
    missing = max((count - 1) * stride + dilation * (size - 1) + 1 - length, 0)
    before = missing // 2
    return _within(length, size, dilation, range(-before, count * stride - before, stride))


def _within(length: int, size: int, dilation: int, starts: Sequence[int]) -> Places:
    return [[i for i in range(start, start + size * dilation, dilation) if 0 <= i < length] for start in starts]


def adaptive(length: int, count: int) -> Places:
    """`count` windows that cover everything, with as little overlap as there has to be."""
    return [range(i * length // count, -(-(i + 1) * length // count)) for i in range(count)]


def _each_window(xp: Any, x: Any, where: Sequence[Places], reduce: Callable[[Any], Any]) -> Any:
    """The reductions of the windows by rows and columns, each a last axis."""
    rows, columns = where

    def window(r: Sequence[int], c: Sequence[int]) -> Any:
        cut = xp.take(xp.take(x, np.asarray(r), axis=-2), np.asarray(c), axis=-1)
        return reduce(xp.reshape(cut, (*x.shape[:-2], -1)))

    return xp.stack([xp.stack([window(r, c) for c in columns], axis=-1) for r in rows], axis=-2)


def adaptive_pool(reduction: str) -> Definition:
    def pooled(xp: Any, x: Any, size: tuple[int, int]) -> Any:
        where = [adaptive(length, count) for length, count in zip(x.shape[-2:], size, strict=True)]
        return _each_window(xp, x, where, lambda part: getattr(xp, reduction)(part, axis=-1))

    return pooled


def same_pool(reduction: str) -> Definition:
    """What is added at the ends takes no part in the reduction."""

    def pooled(xp: Any, x: Any, size: int, stride: int) -> Any:
        where = [same(length, size, stride) for length in x.shape[-2:]]
        return _each_window(xp, x, where, lambda part: getattr(xp, reduction)(part, axis=-1))

    return pooled


def max_pool2d_padded(xp: Any, x: Any, size: int, stride: int, padding: int, dilation: int = 1, ceil: bool = False) -> Any:
    where = [places(length, size, stride, padding, dilation, ceil) for length in x.shape[-2:]]
    return _each_window(xp, x, where, lambda part: xp.max(part, axis=-1))


def avg_pool2d_padded(
    xp: Any, x: Any, size: int, stride: int, padding: int, count_padding: bool = True, ceil: bool = False
) -> Any:
    """Zeros around x are counted, or not; what a last window has beyond them never is."""
    where = [places(length, size, stride, padding, 1, ceil) for length in x.shape[-2:]]
    total = _each_window(xp, x, where, lambda part: xp.sum(part, axis=-1))
    if not count_padding:
        rows, columns = ([len(window) for window in along] for along in where)
    else:
        rows, columns = (
            [min(size, length + 2 * padding - i * stride) for i in range(len(along))]
            for length, along in zip(x.shape[-2:], where, strict=True)
        )
    return total / np.outer(rows, columns).astype(np.longdouble)


def lp_pool2d(xp: Any, x: Any, order: int, size: int, stride: int) -> Any:
    """The n-th root of the sum of the n-th powers in every window, by way of their mean."""
    where = [places(length, size, stride) for length in x.shape[-2:]]
    means = _each_window(xp, x**order, where, lambda part: xp.mean(part, axis=-1))
    return (means * float(size**2)) ** (1 / order)


def max_unpool2d(xp: Any, x: Any, index: Any, size: tuple[int, int]) -> Any:
    """Zeros, but the elements of x at their indices in the flattened rows and columns of a result of that size."""
    where = np.asarray(index).astype(np.intp)
    landing = (where[..., None] == np.arange(prod(size))).astype(np.longdouble)
    return xp.reshape(xp.einsum("ncuv,ncuvp->ncp", x, landing), (*x.shape[:2], *size))


def local_response_norm(xp: Any, x: Any, size: int, alpha: float, beta: float, k: float) -> Any:
    """x over the power beta of k + alpha times the mean of the squares of the `size` channels around, zeros beyond the ends."""
    half = size // 2
    squares = xp.pad(x * x, ((0, 0), (half, half), (0, 0), (0, 0)))
    around = sum(squares[:, i : i + x.shape[1]] for i in range(size))
    return x / (around / float(size) * alpha + k) ** float(plain(beta))


def _landing(length: int, size: int, stride: int, padding: int, dilation: int, out: int) -> Any:
    """One where a place and an element of the window meet in an element of the whole."""
    place = np.arange(length)[:, None] * stride + np.arange(size) * dilation - padding
    return (place[..., None] == np.arange(out)).astype(np.longdouble)


def fold(xp: Any, x: Any, whole: tuple[int, int], size: tuple[int, int], stride: int, padding: int, dilation: int) -> Any:
    """The transpose of `unfold`: windows in columns are added up where they were."""
    counts = [len(places(length, k, stride, padding, dilation)) for length, k in zip(whole, size, strict=True)]
    parts = xp.reshape(x, (x.shape[0], -1, *size, *counts))
    where = [
        _landing(count, k, stride, padding, dilation, length) for count, k, length in zip(counts, size, whole, strict=True)
    ]
    return xp.einsum("ncijuv,uiy,vjx->ncyx", parts, *where)


def _patches(xp: Any, x: Any, size: Sequence[int], stride: Any, margins: Any, dilation: Any) -> Any:
    """Windows, with `margins` of zeros around x, as axes (batch, channels, *size, *places)."""
    wide = xp.pad(x, ((0, 0), (0, 0), *margins))
    cuts = [
        [slice(k * d, k * d + (count - 1) * s + 1, s) for k in range(n)]
        for n, s, d, count in zip(size, stride, dilation, _counts(wide.shape[-2:], size, stride, dilation), strict=True)
    ]
    return xp.stack([xp.stack([wide[:, :, r, c] for c in cuts[1]], axis=2) for r in cuts[0]], axis=2)


def _counts(lengths: Sequence[int], size: Sequence[int], stride: Sequence[int], dilation: Sequence[int]) -> list[int]:
    return [(n - d * (k - 1) - 1) // s + 1 for n, k, s, d in zip(lengths, size, stride, dilation, strict=True)]


def unfold_apart(xp: Any, x: Any, size: tuple[int, int], stride: int, padding: int, dilation: int) -> Any:
    """Windows at a distance and with gaps, each a column."""
    margins = ((padding, padding),) * 2
    windows = _patches(xp, x, size, (stride,) * 2, margins, (dilation,) * 2)
    return xp.reshape(windows, (x.shape[0], x.shape[1] * prod(size), -1))


def _convolved(xp: Any, windows: Any, weight: Any, groups: int) -> Any:
    """weight of shape (out, channels of a group, rows, columns)."""
    n, c, *rest = windows.shape
    apart = xp.reshape(windows, (n, groups, c // groups, *rest))
    kernels = xp.reshape(weight, (groups, -1, *weight.shape[1:]))
    found = xp.einsum("ngcijyx,gocij->ngoyx", apart, kernels)
    return xp.reshape(found, (n, weight.shape[0], *rest[2:]))


def grouped_conv2d(xp: Any, x: Any, weight: Any, groups: int = 1, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    """Each group of channels has its own kernels."""
    margins = [(p, p) for p in pair(padding)]
    return _convolved(xp, _patches(xp, x, weight.shape[2:], pair(stride), margins, pair(dilation)), weight, groups)


def conv2d_same(xp: Any, x: Any, weight: Any, stride: Any = 1, dilation: Any = 1, groups: int = 1) -> Any:
    """With as many zeros around as make it as many windows as strides begin, the odd one behind."""
    size, steps, gaps = weight.shape[2:], pair(stride), pair(dilation)
    margins = []
    for n, k, s, d in zip(x.shape[2:], size, steps, gaps, strict=True):
        missing = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
        margins.append((missing // 2, missing - missing // 2))
    return _convolved(xp, _patches(xp, x, size, steps, margins, gaps), weight, groups)


def depthwise_conv2d_same(xp: Any, x: Any, weight: Any, stride: int = 1) -> Any:
    """Every channel by kernels of its own: weight of shape (channels, multiples, rows, columns)."""
    kernels = xp.reshape(weight, (-1, 1, *weight.shape[2:]))
    return conv2d_same(xp, x, kernels, stride, groups=x.shape[1])


def separable_conv2d_same(xp: Any, x: Any, depthwise: Any, pointwise: Any, stride: int = 1) -> Any:
    """`depthwise_conv2d_same`, and a mixture of its channels: pointwise of shape (out, channels)."""
    return xp.einsum("oc,ncyx->noyx", pointwise, depthwise_conv2d_same(xp, x, depthwise, stride))


def grouped_conv_transpose2d(
    xp: Any, x: Any, weight: Any, groups: int, stride: Any, padding: Any, output_padding: Any, dilation: Any = 1
) -> Any:
    """The transpose of `grouped_conv2d`, weight of shape (in, out of a group, ...); output_padding lengthens the result."""
    apart = xp.reshape(x, (x.shape[0], groups, -1, *x.shape[2:]))
    kernels = xp.reshape(weight, (groups, -1, *weight.shape[1:]))
    where = []
    options = (x.shape[2:], weight.shape[2:], *map(pair, (stride, padding, output_padding, dilation)))
    for n, k, s, p, more, d in zip(*options, strict=True):
        where.append(_landing(n, k, s, p, d, (n - 1) * s + d * (k - 1) + 1 - 2 * p + more))
    found = xp.einsum("ngcuv,gcoij,uiy,vjx->ngoyx", apart, kernels, *where)
    return xp.reshape(found, (x.shape[0], -1, *found.shape[-2:]))


def dilation2d(xp: Any, x: Any, kernel: Any, stride: Any, rate: Any) -> Any:
    """The largest sum of an element and the kernel's over every window inside x, the kernel of shape (channels, ...)."""
    size = kernel.shape[1:]
    windows = _patches(xp, x, size, pair(stride), ((0, 0), (0, 0)), pair(rate)) + kernel[None, :, :, :, None, None]
    n, c, _, _, *rest = windows.shape
    return xp.max(xp.reshape(windows, (n, c, -1, *rest)), axis=2)


def erosion2d(xp: Any, x: Any, kernel: Any, stride: Any, rate: Any) -> Any:
    """The dilation of -x by the kernel turned by half a circle, its sign changed."""
    return -dilation2d(xp, -x, kernel[:, ::-1, ::-1], stride, rate)


def pixel_unshuffle(xp: Any, x: Any, factor: int) -> Any:
    """(batch, c, rows·f, columns·f) to (batch, c·f², rows, columns), the channel in front."""
    return _blocks(xp, x, factor, (0, 1, 3, 5, 2, 4))


def space_to_depth(xp: Any, x: Any, factor: int) -> Any:
    """As `pixel_unshuffle`, but with the place in the block in front of the channel."""
    return _blocks(xp, x, factor, (0, 3, 5, 1, 2, 4))


def _blocks(xp: Any, x: Any, f: int, order: tuple[int, ...]) -> Any:
    n, c, rows, columns = x.shape
    apart = xp.reshape(x, (n, c, rows // f, f, columns // f, f))
    return xp.reshape(xp.permute_dims(apart, order), (n, c * f * f, rows // f, columns // f))


def depth_to_space(xp: Any, x: Any, factor: int) -> Any:
    """The inverse of `space_to_depth`."""
    n, c, rows, columns = x.shape
    apart = xp.reshape(x, (n, factor, factor, c // factor**2, rows, columns))
    return xp.reshape(xp.permute_dims(apart, (0, 3, 4, 1, 5, 2)), (n, c // factor**2, rows * factor, columns * factor))


def channel_shuffle(xp: Any, x: Any, groups: int) -> Any:
    n, c, rows, columns = x.shape
    apart = xp.reshape(x, (n, groups, c // groups, rows, columns))
    return xp.reshape(xp.permute_dims(apart, (0, 2, 1, 3, 4)), x.shape)


NAMES: Mapping[str, Definition] = {
    "adaptive_avg_pool2d": adaptive_pool("mean"),
    "adaptive_max_pool2d": adaptive_pool("max"),
    "avg_pool2d_padded": avg_pool2d_padded,
    "avg_pool2d_same": same_pool("mean"),
    "channel_shuffle": channel_shuffle,
    "conv2d_same": conv2d_same,
    "depth_to_space": depth_to_space,
    "depthwise_conv2d_same": depthwise_conv2d_same,
    "dilation2d": dilation2d,
    "erosion2d": erosion2d,
    "fold": fold,
    "grouped_conv2d": grouped_conv2d,
    "grouped_conv_transpose2d": grouped_conv_transpose2d,
    "local_response_norm": local_response_norm,
    "lp_pool2d": lp_pool2d,
    "max_pool2d_padded": max_pool2d_padded,
    "max_pool2d_same": same_pool("max"),
    "max_unpool2d": max_unpool2d,
    "pixel_unshuffle": pixel_unshuffle,
    "separable_conv2d_same": separable_conv2d_same,
    "space_to_depth": space_to_depth,
    "unfold_apart": unfold_apart,
}
