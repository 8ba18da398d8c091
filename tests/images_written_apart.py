"""Definitions of pools, convolutions, images, distances and losses beside the same in NumPy, in loops written apart."""

from __future__ import annotations

import colorsys
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.case import quarters

Fn = Callable[..., Any]
Array = NDArray[np.float64]


def made(*shape: int) -> Array:
    """Distinct numbers of either sign."""
    return quarters(shape, f"definition pairs {shape}") + np.arange(np.prod(shape)).reshape(shape) / 16


IMAGE = made(1, 2, 4, 5)
ROWS = made(4, 3)
LABELS = (2, 0, 1, 2)
SHARES = np.array([[0.2, 0.5, 0.9], [0.6, 0.1, 0.4]])
TRUTH = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])


def each_window(x: Array, before: int, after: int, size: int, stride: int, gap: int, f: Callable[[Array], Any]) -> Array:
    """f of the windows of x among NaN, `before` and `after` it."""
    wide = np.pad(x, ((0, 0), (0, 0), (before, after), (before, after)), constant_values=np.nan)
    span = (size - 1) * gap + 1
    rows, columns = ((n - span) // stride + 1 for n in wide.shape[2:])
    found = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(*found.shape):
        r, k = i * stride, j * stride
        found[n, c, i, j] = f(wide[n, c, r : r + span : gap, k : k + span : gap])
    return found


def adaptively(f: Callable[[Array], Any], x: Array, rows: int, columns: int) -> Array:
    found = np.zeros((*x.shape[:2], rows, columns))
    for n, c, i, j in np.ndindex(*found.shape):
        (top, bottom), (left, right) = (
            (math.floor(k * size / count), math.ceil((k + 1) * size / count))
            for k, size, count in ((i, x.shape[2], rows), (j, x.shape[3], columns))
        )
        found[n, c, i, j] = f(x[n, c, top:bottom, left:right])
    return found


def convolved(x: Array, w: Array, groups: int, stride: Sequence[int], margins: Any, gap: Sequence[int]) -> Array:
    wide = np.pad(x, ((0, 0), (0, 0), *margins))
    out, each, m, n = w.shape
    rows, columns = (
        (size - (k - 1) * d - 1) // s + 1 for size, k, d, s in zip(wide.shape[2:], (m, n), gap, stride, strict=True)
    )
    y = np.zeros((x.shape[0], out, rows, columns))
    for b, o, i, j in np.ndindex(*y.shape):
        first = o // (out // groups) * each
        for c, k, q in np.ndindex(each, m, n):
            y[b, o, i, j] += w[o, c, k, q] * wide[b, first + c, i * stride[0] + k * gap[0], j * stride[1] + q * gap[1]]
    return y


def spread(x: Array, w: Array, groups: int, stride: int, padding: int, more: int, gap: int) -> Array:
    """Every element adds the kernel, times itself, to where it lands."""
    each = x.shape[1] // groups
    rows, columns = ((n - 1) * stride + gap * (k - 1) + 1 + more for n, k in zip(x.shape[2:], w.shape[2:], strict=True))
    y = np.zeros((x.shape[0], w.shape[1] * groups, rows, columns))
    for b, c, i, j in np.ndindex(*x.shape):
        for o, k, q in np.ndindex(*w.shape[1:]):
            y[b, c // each * w.shape[1] + o, i * stride + k * gap, j * stride + q * gap] += x[b, c, i, j] * w[c, o, k, q]
    return y[:, :, padding : rows - padding, padding : columns - padding]


def responded(x: Array, size: int) -> Array:
    y = np.zeros_like(x)
    for c in range(x.shape[1]):
        near = [k for k in range(c - size // 2, c - size // 2 + size) if 0 <= k < x.shape[1]]
        y[:, c] = x[:, c] / (2 + 1.5 / size * sum(x[:, k] ** 2 for k in near)) ** 0.75
    return y


def unfolded(x: Array, size: int, stride: int, padding: int, gap: int) -> Array:
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = (size - 1) * gap + 1
    places = itertools.product(*(range(0, n - span + 1, stride) for n in wide.shape[2:]))
    return np.stack([wide[:, :, i : i + span : gap, j : j + span : gap].reshape(x.shape[0], -1) for i, j in places], -1)


def folded(x: Array, whole: tuple[int, int]) -> Array:
    """The transpose of `unfolded`, with windows of 2 by 2 in steps of 1."""
    units = np.eye(math.prod(whole)).reshape(-1, 1, 1, *whole)
    return np.array([(unfolded(unit, 2, 1, 0, 1) * x).sum() for unit in units]).reshape(1, 1, *whole)


def blocks(x: Array, channel_first: bool) -> Array:
    parts = [x[:, :, i::2, j::2] for i in range(2) for j in range(2)]
    return np.stack(parts, 2 if channel_first else 1).reshape(x.shape[0], -1, x.shape[2] // 2, x.shape[3] // 2)


def deep(x: Array) -> Array:
    n, c, rows, columns = x.shape
    y = np.zeros((n, c // 4, rows * 2, columns * 2))
    for k, (i, j) in enumerate(itertools.product(range(2), repeat=2)):
        y[:, :, i::2, j::2] = x[:, k * (c // 4) : (k + 1) * (c // 4)]
    return y


def dilated(x: Array, k: Array) -> Array:
    """In steps of 1, with gaps of 2 between the rows of the kernel."""
    rows, columns = x.shape[2] - 2 * (k.shape[1] - 1), x.shape[3] - (k.shape[2] - 1)
    sums = [x[:, :, 2 * a : 2 * a + rows, b : b + columns] + k[None, :, a, b, None, None] for a, b in np.ndindex(*k.shape[1:])]
    largest: Array = np.max(sums, axis=0)
    return largest


def eroded(x: Array, k: Array) -> Array:
    """The smallest of an element less the turned kernel's: value[y - 2·dy] - kernel[dy], both ends moved to the front."""
    rows, columns = x.shape[2] - 2 * (k.shape[1] - 1), x.shape[3] - (k.shape[2] - 1)
    found = []
    for a, b in np.ndindex(*k.shape[1:]):
        i, j = 2 * (k.shape[1] - 1 - a), k.shape[2] - 1 - b
        found.append(x[:, :, i : i + rows, j : j + columns] - k[None, :, a, b, None, None])
    smallest: Array = np.min(found, axis=0)
    return smallest


def unpooled(x: Array) -> Array:
    y = np.zeros((1, 1, 16))
    y[0, 0, [0, 3, 9, 14]] = x.ravel()
    return y.reshape(1, 1, 4, 4)


def keys(x: float, a: float) -> float:
    x = abs(x)
    if x <= 1:
        return (a + 2) * x**3 - (a + 3) * x**2 + 1
    return a * x**3 - 5 * a * x**2 + 8 * a * x - 4 * a if x < 2 else 0.0


def hat(x: float) -> float:
    return max(0.0, 1 - abs(x))


def lanczos(x: float) -> float:
    return float(np.sinc(x) * np.sinc(x / 3)) if abs(x) < 3 else 0.0


def along(x: Array, axis: int, rows: Array) -> Array:
    """The matrix product along an axis."""
    return np.moveaxis(np.tensordot(rows, x, (1, axis)), 0, axis)


def by_kernel(x: Array, size: tuple[int, int], kernel: Callable[[float], float], corners: bool = False) -> Array:
    """Taps beyond the edges repeat those at them."""
    for axis, m in ((-2, size[0]), (-1, size[1])):
        n = x.shape[axis]
        rows = np.zeros((m, n))
        for i in range(m):
            place = i * (n - 1) / max(m - 1, 1) if corners else (i + 0.5) * n / m - 0.5
            for tap in range(-4, n + 4):
                rows[i, min(max(tap, 0), n - 1)] += kernel(place - tap)
        x = along(x, axis, rows)
    return x


def by_wide_kernel(
    x: Array, scales: Sequence[float], shifts: Sequence[float], size: Sequence[int], kernel: Any, wider: bool
) -> Array:
    """Taps beyond the edges are left out, and the others make up for them."""
    for axis, m, scale, shift in zip((-2, -1), size, scales, shifts, strict=True):
        n, wide = x.shape[axis], max(1 / scale, 1) if wider else 1
        rows = np.array([[kernel(((i + 0.5 - shift) / scale - 0.5 - k) / wide) for k in range(n)] for i in range(m)])
        inside = np.array([-0.5 <= (i + 0.5 - shift) / scale - 0.5 <= n - 0.5 for i in range(m)])
        total = np.where(inside, rows.sum(1), 1)
        x = along(x, axis, rows / total[:, None] * inside[:, None])
    return x


def resized(x: Array, size: tuple[int, int], kernel: Any, wider: bool = True) -> Array:
    return by_wide_kernel(x, [m / n for n, m in zip(x.shape[-2:], size, strict=True)], (0, 0), size, kernel, wider)


MEANT: dict[str, Callable[[int, int], int]] = {
    "nearest": lambda k, n: min(max(k, 0), n - 1),
    "mirror": lambda k, n: [*range(n), *range(n - 2, 0, -1)][k % (2 * n - 2)],
    "reflect": lambda k, n: [*range(n), *reversed(range(n))][k % (2 * n)],
    "wrap": lambda k, n: k % n,
}


def at(x: Array, places: Sequence[float], mode: str, kernel: Callable[[float], float] = hat) -> float:
    """An image of two axes at one point."""
    total = 0.0
    near = [range(math.floor(place) - 2, math.floor(place) + 4) for place in places]
    for taps in itertools.product(*near):
        weight = math.prod(kernel(place - tap) for place, tap in zip(places, taps, strict=True))
        if mode == "constant":
            inside = all(0 <= tap < n for tap, n in zip(taps, x.shape, strict=True))
            total += weight * x[taps] if inside else 0.0
        else:
            total += weight * x[tuple(MEANT[mode](tap, n) for tap, n in zip(taps, x.shape, strict=True))]
    return total


def sampled(x: Array, grid: Array, corners: bool, mode: str, kernel: Callable[[float], float] = hat) -> Array:
    y = np.zeros((*x.shape[:2], *grid.shape[1:3]))
    for n, c, i, j in np.ndindex(*y.shape):
        sizes = x.shape[2:]
        g = grid[n, i, j, ::-1]
        places = [(v + 1) / 2 * (s - 1) if corners else ((v + 1) * s - 1) / 2 for v, s in zip(g, sizes, strict=True)]
        y[n, c, i, j] = at(x[n, c], places, mode, kernel)
    return y


def cropped(x: Array, boxes: Array, size: tuple[int, int]) -> Array:
    y = np.zeros((len(boxes), *size, x.shape[2]))
    for b, i, j, c in np.ndindex(*y.shape):
        places = [
            (low + (high - low) * k / (m - 1)) * (n - 1)
            for low, high, k, m, n in zip(boxes[b, :2], boxes[b, 2:], (i, j), size, x.shape[:2], strict=True)
        ]
        inside = all(0 <= place <= n - 1 for place, n in zip(places, x.shape, strict=False))
        y[b, i, j, c] = at(x[:, :, c], places, "nearest") if inside else 0
    return y


def transformed(x: Array, t: Sequence[float]) -> Array:
    y = np.zeros_like(x)
    for n, r, c, k in np.ndindex(*x.shape):
        y[n, r, c, k] = at(x[n, :, :, k], (t[3] * c + t[4] * r + t[5], t[0] * c + t[1] * r + t[2]), "constant")
    return y


def moved_grid(theta: Array, corners: bool) -> Array:
    columns, rows = (np.linspace(-1, 1, n) * (1 if corners else (n - 1) / n) for n in (3, 2))
    return np.array([[[t @ [x, y, 1] for x in columns] for y in rows] for t in theta])


def hue(x: Array) -> Array:
    return np.array([colorsys.rgb_to_hsv(*colour) for colour in x.reshape(-1, 3)]).reshape(x.shape)


def rgb(x: Array) -> Array:
    return np.array([colorsys.hsv_to_rgb(*colour) for colour in x.reshape(-1, 3)]).reshape(x.shape)


def edges(x: Array) -> Array:
    kernel = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    wide = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect")
    y = np.zeros((*x.shape, 2))
    for n, r, c, k, d in np.ndindex(*y.shape):
        y[n, r, c, k, d] = np.sum(wide[n, r : r + 3, c : c + 3, k] * (kernel, kernel.T)[d])
    return y


def recurrent(x: Array, parameters: Sequence[Array]) -> Array:
    def sigmoid(a: Array) -> Array:
        y: Array = 1 / (1 + np.exp(-a))
        return y

    for layer in (parameters[:8], parameters[8:]):
        sides: list[Array] = []
        for w, v, b, d in (layer[:4], layer[4:]):
            h = c = np.zeros(v.shape[1])
            states = []
            for row in x if not sides else x[::-1]:
                i, f, g, o = np.split(w @ row + v @ h + b + d, 4)
                c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
                h = sigmoid(o) * np.tanh(c)
                states.append(h)
            sides.append(np.array(states if not sides else states[::-1]))
        x = np.concatenate(sides, 1)
    return x


def circled(x: Array, labels: Sequence[int], gamma: float, m: float) -> float:
    total, s = 0.0, x @ x.T
    for i, label in enumerate(labels):
        pulls = sum(math.exp(-gamma * max(0, 1 + m - s[i, j]) * (s[i, j] - 1 + m)) for j in _friends(i, label, labels))
        pushes = sum(math.exp(gamma * max(0, s[i, j] + m) * (s[i, j] - m)) for j, other in enumerate(labels) if other != label)
        total += math.log1p(pulls * pushes)
    return total / len(labels)


def _friends(i: int, label: int, labels: Sequence[int]) -> list[int]:
    return [j for j, other in enumerate(labels) if other == label and j != i]


def margin_of_labels(x: Array, labels: Sequence[int]) -> float:
    others = [k for k in range(x.size) if k not in labels]
    return float(sum(max(0, 1 - x[i] + x[j]) for i in labels for j in others) / x.size)


def entropy(x: Array, weights: Sequence[float], smoothing: float, ignored: int) -> float:
    log_p = x - np.log(np.exp(x).sum(1, keepdims=True))
    total = norm = 0.0
    for row, label in zip(log_p, LABELS, strict=True):
        if label != ignored:
            target = np.full(x.shape[1], smoothing / x.shape[1])
            target[label] += 1 - smoothing
            total -= np.sum(target * row * weights)
            norm += weights[label]
    return total / norm


def focal(p: Array, y: Array) -> Any:
    right = np.where(y == 1, p, 1 - p)
    return np.mean(np.where(y == 1, 0.3, 0.7) * (1 - right) ** 1.5 * -np.log(right))


def swapped(a: Array, p: Array, n: Array) -> Any:
    def apart(x: Array, y: Array) -> Array:
        lengths: Array = np.sqrt(((x - y + 0.25) ** 2).sum(1))
        return lengths

    return np.maximum(apart(a, p) - np.minimum(apart(a, n), apart(p, n)) + 1, 0).mean()


KERNEL = made(4, 1, 2, 3)
PARAMETERS = tuple(made(*shape) / 2 for shape in (((4, 2), (4, 1), (4,), (4,)) * 4))
COLOURS = np.array([[0.75, 0.25, 0.5], [0.25, 0.875, 0.125], [0.0625, 0.5, 0.75], [0.5, 0.0625, 0.375]])
GRID = np.array([[[[-0.5625, 0.3125], [1.3125, -0.8125]]]])
POINTS = np.array([[0.25, 1.375, -1.75, 4.625], [1.25, -0.375, 5.75, 1.875]])
BOXES = np.array([[0.3125, 0.1875, 0.6875, 0.5625], [-0.1875, 0.3125, 0.9375, 1.25]])
MOVE = (1.5, 0.25, 0.25, -0.125, 0.75, 0.125)

PAIRS: dict[str, tuple[Fn, Fn, tuple[Array, ...]]] = {
    "adaptive_avg_pool2d": (
        lambda xp, x: xp.adaptive_avg_pool2d(x, (3, 2)),
        lambda x: adaptively(np.mean, x, 3, 2),
        (IMAGE,),
    ),
    "adaptive_max_pool2d": (lambda xp, x: xp.adaptive_max_pool2d(x, (6, 3)), lambda x: adaptively(np.max, x, 6, 3), (IMAGE,)),
    "avg_pool2d_padded": (
        lambda xp, x: xp.avg_pool2d_padded(x, 3, 2, 1),
        lambda x: each_window(x, 1, 1, 3, 2, 1, lambda v: np.nansum(v) / 9),
        (IMAGE,),
    ),
    "avg_pool2d_padded uncounted": (
        lambda xp, x: xp.avg_pool2d_padded(x, 3, 2, 1, count_padding=False),
        lambda x: each_window(x, 1, 1, 3, 2, 1, np.nanmean),
        (IMAGE,),
    ),
    "avg_pool2d_padded beyond": (
        lambda xp, x: xp.avg_pool2d_padded(x[:, :, :, :4], 3, 2, 1, ceil=True),
        lambda x: each_window(x[:, :, :, :4], 1, 2, 3, 2, 1, np.nansum) / np.outer([9, 9, 6], [1, 1, 2 / 3]) * [[1], [1], [1]],
        (IMAGE,),
    ),
    "avg_pool2d_same": (
        lambda xp, x: xp.avg_pool2d_same(x[:, :, :3, :3], 2, 2),
        lambda x: each_window(x[:, :, :3, :3], 0, 1, 2, 2, 1, np.nanmean),
        (IMAGE,),
    ),
    "channel_shuffle": (lambda xp, x: xp.channel_shuffle(x, 2), lambda x: x[:, [0, 2, 1, 3]], (made(1, 4, 2, 1),)),
    "conv2d_same": (
        lambda xp, *a: xp.conv2d_same(*a, stride=2, dilation=(1, 2)),
        lambda x, w: convolved(x, w, 1, (2, 2), ((0, 0), (2, 2)), (1, 2)),
        (IMAGE[:, :1], KERNEL),
    ),
    "depth_to_space": (lambda xp, x: xp.depth_to_space(x, 2), deep, (made(1, 8, 1, 2),)),
    "depthwise_conv2d_same": (
        lambda xp, x, w: xp.depthwise_conv2d_same(x, xp.reshape(w, (2, 2, 2, 3))),
        lambda x, w: convolved(x, w, 2, (1, 1), ((0, 1), (1, 1)), (1, 1)),
        (IMAGE, KERNEL),
    ),
    "dilation2d": (lambda xp, x, k: xp.dilation2d(x, k, 1, (2, 1)), dilated, (IMAGE, made(2, 2, 2))),
    "erosion2d": (lambda xp, x, k: xp.erosion2d(x, k, 1, (2, 1)), eroded, (IMAGE, made(2, 2, 2))),
    "fold": (lambda xp, x: xp.fold(x, (3, 3), (2, 2), 1, 0, 1), lambda x: folded(x, (3, 3)), (made(1, 4, 4),)),
    "grouped_conv2d": (
        lambda xp, *a: xp.grouped_conv2d(*a, 2, stride=(2, 1), padding=(1, 0), dilation=(1, 2)),
        lambda x, w: convolved(x, w, 2, (2, 1), ((1, 1), (0, 0)), (1, 2)),
        (IMAGE, KERNEL),
    ),
    "grouped_conv_transpose2d": (
        lambda xp, *a: xp.grouped_conv_transpose2d(*a, 2, 2, 1, 1, 2),
        lambda x, w: spread(x, w, 2, 2, 1, 1, 2),
        (made(1, 2, 2, 2), made(2, 3, 2, 2)),
    ),
    "local_response_norm": (
        lambda xp, x: xp.local_response_norm(x, 4, 1.5, 0.75, 2.0),
        lambda x: responded(x, 4),
        (made(1, 5, 2, 1),),
    ),
    "lp_pool2d": (
        lambda xp, x: xp.lp_pool2d(x, 2, 2, 1),
        lambda x: each_window(x, 0, 0, 2, 1, 1, np.linalg.norm),
        (IMAGE,),
    ),
    "max_pool2d_padded": (
        lambda xp, x: xp.max_pool2d_padded(x, 2, 2, 1, dilation=2),
        lambda x: each_window(x, 1, 1, 2, 2, 2, np.nanmax),
        (IMAGE,),
    ),
    "max_pool2d_same": (
        lambda xp, x: xp.max_pool2d_same(x, 2, 1),
        lambda x: each_window(x, 0, 1, 2, 1, 1, np.nanmax),
        (IMAGE,),
    ),
    "max_unpool2d": (
        lambda xp, x: xp.max_unpool2d(x, np.array([[[[0, 3], [9, 14]]]]), (4, 4)),
        unpooled,
        (made(1, 1, 2, 2),),
    ),
    "pixel_unshuffle": (lambda xp, x: xp.pixel_unshuffle(x, 2), lambda x: blocks(x, True), (made(1, 2, 2, 4),)),
    "separable_conv2d_same": (
        lambda xp, x, w, p: xp.separable_conv2d_same(x, xp.reshape(w, (2, 2, 2, 3)), p, 2),
        lambda x, w, p: np.einsum("oc,ncij->noij", p, convolved(x, w, 2, (2, 2), ((0, 0), (1, 1)), (1, 1))),
        (IMAGE, KERNEL, made(3, 4)),
    ),
    "space_to_depth": (lambda xp, x: xp.space_to_depth(x, 2), lambda x: blocks(x, False), (made(1, 2, 2, 4),)),
    "unfold_apart": (
        lambda xp, x: xp.unfold_apart(x, (2, 2), 2, 1, 2),
        lambda x: unfolded(x, 2, 2, 1, 2),
        (IMAGE,),
    ),
    "affine_grid": (lambda xp, t: xp.affine_grid(t, (2, 3)), lambda t: moved_grid(t, False), (made(2, 2, 3),)),
    "affine_grid by corners": (
        lambda xp, t: xp.affine_grid(t, (2, 3), corners=True),
        lambda t: moved_grid(t, True),
        (made(2, 2, 3),),
    ),
    "affine_transform": (
        lambda xp, x: xp.affine_transform(x, MOVE),
        lambda x: transformed(x, MOVE),
        (made(1, 3, 4, 2),),
    ),
    "crop_and_resize": (
        lambda xp, x: xp.crop_and_resize(x, BOXES, (2, 3)),
        lambda x: cropped(x, BOXES, (2, 3)),
        (made(4, 5, 2),),
    ),
    "grid_sample": (
        lambda xp, x: xp.grid_sample(x, GRID),
        lambda x: sampled(x, GRID, False, "constant"),
        (IMAGE,),
    ),
    "grid_sample reflected": (
        lambda xp, x: xp.grid_sample(x, GRID, "cubic", "reflection", corners=True),
        lambda x: sampled(x, GRID, True, "mirror", lambda v: keys(v, -0.75)),
        (IMAGE,),
    ),
    "hsv_to_rgb": (lambda xp, x: xp.hsv_to_rgb(x), rgb, (COLOURS,)),
    "map_coordinates": (
        lambda xp, x, c: xp.stack([xp.map_coordinates(x, c, m) for m in ("constant", "reflect", "mirror")]),
        lambda x, c: np.array([[at(x, p, m) for p in c.T] for m in ("constant", "reflect", "mirror")]),
        (made(4, 3), POINTS),
    ),
    "map_coordinates elsewhere": (
        lambda xp, x, c: xp.stack([xp.map_coordinates(x, c, m) for m in ("nearest", "wrap")]),
        lambda x, c: np.array([[at(x, p, m) for p in c.T] for m in ("nearest", "wrap")]),
        (made(4, 3), POINTS),
    ),
    "per_image_standardization": (
        lambda xp, x: xp.per_image_standardization(x),
        lambda x: (x - x.mean()) / x.std(),
        (made(2, 3, 2),),
    ),
    "per_image_standardization of one that is nearly constant": (
        lambda xp, x: xp.per_image_standardization(x / 64.0),
        lambda x: (x - x.mean()) / 64 * np.sqrt(12),
        (made(2, 3, 2),),
    ),
    "resample_bicubic": (
        lambda xp, x: xp.resample_bicubic(x, (3, 7)),
        lambda x: by_kernel(x, (3, 7), lambda v: keys(v, -0.75)),
        (IMAGE,),
    ),
    "resample_bilinear": (
        lambda xp, x: xp.resample_bilinear(x, (3, 7), corners=True),
        lambda x: by_kernel(x, (3, 7), hat, corners=True),
        (IMAGE,),
    ),
    "resize_antialiased": (
        lambda xp, x: xp.resize_antialiased(x, (3, 2), "lanczos3"),
        lambda x: resized(x, (3, 2), lanczos),
        (IMAGE,),
    ),
    "resize_cubic": (
        lambda xp, x: xp.resize_cubic(x, (3, 7)),
        lambda x: resized(x, (3, 7), lambda v: keys(v, -0.5), wider=False),
        (IMAGE,),
    ),
    "rgb_to_grayscale": (lambda xp, x: xp.rgb_to_grayscale(x), lambda x: x @ [[0.2989], [0.587], [0.114]], (COLOURS,)),
    "rgb_to_hsv": (lambda xp, x: xp.rgb_to_hsv(x), hue, (COLOURS,)),
    "scale_and_translate": (
        lambda xp, x, s, t: xp.scale_and_translate(x, (3, 4), s, t, "linear", antialias=True),
        lambda x, s, t: by_wide_kernel(x, s, t, (3, 4), hat, True),
        (made(4, 3), np.array([0.6875, 1.375]), np.array([0.1875, 1.25])),
    ),
    "sobel_edges": (lambda xp, x: xp.sobel_edges(x), edges, (made(1, 3, 4, 2),)),
    "total_variation": (
        lambda xp, x: xp.total_variation(x),
        lambda x: np.abs(np.diff(x, axis=0)).sum() + np.abs(np.diff(x, axis=1)).sum(),
        (made(3, 4, 2),),
    ),
    "binary_focal_loss": (
        lambda xp, p: xp.binary_focal_loss(p, TRUTH, 1.5, 0.3),
        lambda p: focal(p, TRUTH),
        (SHARES,),
    ),
    "categorical_cross_entropy": (
        lambda xp, p: xp.categorical_cross_entropy(p, TRUTH, 0.3),
        lambda p: -np.mean(((0.7 * TRUTH + 0.1) * np.log(p / p.sum(1, keepdims=True))).sum(1)),
        (SHARES,),
    ),
    "categorical_focal_loss": (
        lambda xp, p: xp.categorical_focal_loss(p, TRUTH, 2.0, 0.25),
        lambda p: np.mean([-0.25 * (1 - q) ** 2 * np.log(q) for q in (0.5 / 1.6, 0.6 / 1.1)]),
        (SHARES,),
    ),
    "cdist": (
        lambda xp, x, y: xp.cdist(x, y, 3.0),
        lambda x, y: np.array([[np.linalg.norm(a - b, 3) for b in y] for a in x]),
        (ROWS, made(2, 3)),
    ),
    "circle_loss": (
        lambda xp, x: xp.circle_loss(x / 4.0, (0, 1, 0, 2), 2.0, 0.25),
        lambda x: circled(x / 4, (0, 1, 0, 2), 2.0, 0.25),
        (ROWS,),
    ),
    "cross_entropy_optioned": (
        lambda xp, x: xp.cross_entropy_optioned(x, LABELS, (0.5, 2.0, 1.25), 0.2, 0),
        lambda x: entropy(x, (0.5, 2.0, 1.25), 0.2, 0),
        (ROWS,),
    ),
    "dice_loss": (
        lambda xp, p: xp.dice_loss(p, TRUTH),
        lambda p: 1 - 2 * (p * TRUTH).sum() / (p.sum() + TRUTH.sum()),
        (SHARES,),
    ),
    "embedding_bag": (
        lambda xp, t, w: xp.embedding_bag(t, (0, 2, 2, 1), (0, 3), "sum", w),
        lambda t, w: np.stack([t[0] * w[0] + t[2] * (w[1] + w[2]), t[1] * w[3]]),
        (ROWS, made(4)),
    ),
    "embedding_bag mean": (
        lambda xp, t: xp.embedding_bag(t, (0, 2, 2, 1), (0, 3), "mean"),
        lambda t: np.stack([(t[0] + 2 * t[2]) / 3, t[1]]),
        (ROWS,),
    ),
    "kl_div_of_logs": (
        lambda xp, q, p: xp.kl_div_of_logs(q, p),
        lambda q, p: np.mean(np.exp(p) * (p - q)),
        (ROWS, -ROWS),
    ),
    "lstm_both_ways": (
        lambda xp, x: xp.lstm_both_ways(x, *PARAMETERS),
        lambda x: recurrent(x, PARAMETERS),
        (made(3, 2),),
    ),
    "multilabel_margin_loss": (
        lambda xp, x: xp.multilabel_margin_loss(x, (3, 0)),
        lambda x: margin_of_labels(x, (3, 0)),
        (made(5),),
    ),
    "multilabel_soft_margin_loss": (
        lambda xp, x: xp.multilabel_soft_margin_loss(x, TRUTH),
        lambda x: np.mean(np.log1p(np.exp(np.where(TRUTH == 1, -x, x)))),
        (SHARES,),
    ),
    "pdist": (
        lambda xp, x: xp.pdist(x),
        lambda x: np.array([np.linalg.norm(a - b) for a, b in itertools.combinations(x, 2)]),
        (ROWS,),
    ),
    "renorm": (
        lambda xp, x: xp.renorm(x, 2.0, 1.0),
        lambda x: np.array([row / max(1, np.linalg.norm(row)) for row in x]),
        (ROWS,),
    ),
    "rrelu": (lambda xp, x: xp.rrelu(x, 0.125, 0.375), lambda x: np.maximum(x, 0) + np.minimum(x, 0) / 4, (ROWS,)),
    "triplet_margin_loss_swapped": (
        lambda xp, x, y: xp.triplet_margin_loss_swapped(x, y, 2.0 * x, eps=0.25),
        lambda x, y: swapped(x, y, 2 * x),
        (ROWS, 1 - ROWS),
    ),
    "tversky_loss": (
        lambda xp, p: xp.tversky_loss(p, TRUTH, 0.25, 0.75),
        lambda p: 1 - 1.1 / (1.1 + 0.25 * 1.6 + 0.75 * 0.9),
        (SHARES,),
    ),
    "weighted_binary_cross_entropy": (
        lambda xp, x: xp.weighted_binary_cross_entropy(x, TRUTH, np.array([2.0, 0.5, 1.5])),
        lambda x: np.mean(np.where(TRUTH == 1, [2.0, 0.5, 1.5], 1) * np.log1p(np.exp(np.where(TRUTH == 1, -x, x)))),
        (SHARES,),
    ),
}
