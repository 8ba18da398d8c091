"""Resampling, colours and edges of images, and where a grid meets them. One text for both engines.

Resampled images have the axes (batch, channels, rows, columns), coloured ones their channels last, as where each is offered.
Weights of neighbours are themselves computed by recorded operations: how much they lose is part of the budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Definition = Callable[..., Any]


def triangle(xp: Any, x: Any) -> Any:
    """Linear between neighbours."""
    return xp.relu(1.0 - x)


def cubic(a: float) -> Definition:
    """Keys 1981, of a distance x."""

    def kernel(xp: Any, x: Any) -> Any:
        near = (x * (a + 2.0) - (a + 3.0)) * x * x + 1.0
        far = ((x - 5.0) * x + 8.0) * x * a - 4.0 * a
        return xp.where(x <= 1.0, near, xp.where(x < 2.0, far, x * 0.0))

    return kernel


def lanczos(radius: float) -> Definition:
    def kernel(xp: Any, x: Any) -> Any:
        return xp.where(x < radius, xp.sinc(x) * xp.sinc(x / radius), x * 0.0)

    return kernel


KERNELS: Mapping[str, Definition] = {"linear": triangle, "cubic": cubic(-0.5), "lanczos3": lanczos(3.0)}


def _resampling(xp: Any, n: int, m: int, scale: Any, translation: Any, method: str, antialias: bool) -> Any:
    """The weights of n elements in m places, each row divided by its sum; none where a place is outside."""
    shrunk = 1.0 / scale
    place = (np.arange(m, dtype=np.longdouble) + 0.5) * shrunk - translation * shrunk - 0.5
    wide = xp.maximum(shrunk, 1.0) if antialias else 1.0
    weights = KERNELS[method](xp, xp.abs(place[:, None] - np.arange(n, dtype=np.longdouble)) / wide)
    total = xp.sum(weights, axis=-1, keepdims=True)
    where = place[:, None]
    parts = weights / xp.where(where < -0.5, 1.0, xp.where(where > n - 0.5, 1.0, total))
    return xp.where(where < -0.5, 0.0, xp.where(where > n - 0.5, 0.0, parts))


def scale_and_translate(
    xp: Any, x: Any, size: tuple[int, int], scale: Any, translation: Any, method: str, antialias: bool = False
) -> Any:
    """The image of two axes whose point p is at p·scale + translation in the result; the centres of elements at halves."""
    rows, columns = (
        _resampling(xp, n, m, scale[i], translation[i], method, antialias)
        for i, (n, m) in enumerate(zip(x.shape, size, strict=True))
    )
    return xp.einsum("ij,jk,lk->il", rows, x, columns)


def _resized(xp: Any, x: Any, weights: Sequence[Any]) -> Any:
    return xp.einsum("ij,ncjk,lk->ncil", weights[0], x, weights[1])


def resize_antialiased(xp: Any, x: Any, size: tuple[int, int], method: str, antialias: bool = True) -> Any:
    """The last two axes by kernels that are widened as the image is shrunk, and cut off at its edges."""
    zero = xp.asarray(np.zeros((), np.longdouble))
    scales = [xp.divide(xp.asarray(np.longdouble(m)), float(n)) for n, m in zip(x.shape[-2:], size, strict=True)]
    return _resized(
        xp, x, [_resampling(xp, n, m, s, zero, method, antialias) for n, m, s in zip(x.shape[-2:], size, scales, strict=True)]
    )


def resample(method: str, a: float = 0.0) -> Definition:
    """Kernels as wide as they are, elements beyond an edge those at it; centres to centres or corners to corners."""

    def resampled(xp: Any, x: Any, size: tuple[int, int], corners: bool = False) -> Any:
        kernel = triangle if method == "linear" else cubic(a)
        weights = []
        for n, m in zip(x.shape[-2:], size, strict=True):
            ends = xp.asarray(np.arange(m, dtype=np.longdouble))
            place = ends * (np.longdouble(n - 1) / max(m - 1, 1)) if corners else (ends + 0.5) * (np.longdouble(n) / m) - 0.5
            weights.append(_weights(xp, place, n, "nearest", kernel))
        return _resized(xp, x, weights)

    return resampled


def _extended(n: int, mode: str) -> Any:
    """Row k: which of n elements is meant by the number k - 2n, if any."""
    k = np.arange(-2 * n, 3 * n)
    turned = np.abs((k + n - 1) % (2 * n - 2) - (n - 1)) if n > 1 else np.zeros_like(k)
    half = k % (2 * n)
    meant = {
        "constant": k,
        "nearest": np.clip(k, 0, n - 1),
        "wrap": k % n,
        "mirror": turned,
        "reflect": np.minimum(half, 2 * n - 1 - half),
    }
    return (meant[mode][:, None] == np.arange(n)).astype(np.longdouble)


def _weights(xp: Any, place: Any, n: int, mode: str, kernel: Definition = triangle) -> Any:
    """The weights of n elements at places (one axis), elements beyond the ends by `mode`."""
    near = kernel(xp, xp.abs(place[:, None] - np.arange(-2 * n, 3 * n, dtype=np.longdouble)))
    return xp.matmul(near, _extended(n, mode))


def map_coordinates(xp: Any, x: Any, coordinates: Any, mode: str) -> Any:
    """An image of two axes, linearly between its elements, at points given by their coordinates in two rows."""
    rows, columns = (_weights(xp, coordinates[i], n, mode) for i, n in enumerate(x.shape))
    return xp.einsum("pi,pj,ij->p", rows, columns, x)


def grid_sample(xp: Any, x: Any, grid: Any, mode: str = "linear", padding: str = "zeros", corners: bool = False) -> Any:
    """Images at the points (column, row) of a grid, which go from -1 to 1 over their corners or over their outer edges."""
    beyond = {"zeros": "constant", "border": "nearest", "reflection": "mirror" if corners else "reflect"}[padding]
    kernel = triangle if mode == "linear" else cubic(-0.75)
    images = []
    for image in range(x.shape[0]):
        weights = []
        for i, n in enumerate(x.shape[-2:]):
            g = xp.reshape(grid[image, :, :, 1 - i], (-1,)) + 1.0
            place = g * (float(n - 1) / 2.0) if corners else (g * float(n) - 1.0) / 2.0
            weights.append(_weights(xp, place, n, beyond, kernel))
        images.append(xp.einsum("pi,pj,cij->cp", *weights, x[image]))
    return xp.reshape(xp.stack(images), (*x.shape[:2], *grid.shape[1:3]))


def affine_grid(xp: Any, theta: Any, size: tuple[int, int], corners: bool = False) -> Any:
    """The grid (column, row) from -1 to 1 over the corners or the outer edges, moved by matrices of shape (batch, 2, 3)."""
    rows, columns = ((2 * np.arange(n, dtype=np.longdouble) - (n - 1)) / (max(n - 1, 1) if corners else n) for n in size)
    points = np.stack([*np.broadcast_arrays(columns, rows[:, None]), np.ones(size, np.longdouble)], axis=-1)
    return xp.einsum("hwk,nck->nhwc", points, theta)


def crop_and_resize(xp: Any, x: Any, boxes: Any, size: tuple[int, int]) -> Any:
    """The one image x (rows, columns, channels) in boxes (y₁, x₁, y₂, x₂) of its corners, linearly; 0 outside of it."""
    found = []
    for box in range(boxes.shape[0]):
        weights = []
        for i, (n, m) in enumerate(zip(x.shape[:2], size, strict=True)):
            low, high = boxes[box, i], boxes[box, 2 + i]
            part = np.arange(m, dtype=np.longdouble) / (m - 1) if m > 1 else np.full(1, np.longdouble(0.5))
            place = low * float(n - 1) + (high - low) * float(n - 1) * part
            near = _weights(xp, place, n, "constant")
            there = place[:, None]
            weights.append(xp.where(there < 0.0, near * 0.0, xp.where(there > n - 1.0, near * 0.0, near)))
        found.append(xp.einsum("ij,jkc,lk->ilc", weights[0], x, weights[1]))
    return xp.stack(found)


def affine_transform(xp: Any, x: Any, transform: tuple[float, ...]) -> Any:
    """The result's (column c, row r) is the image's (a₀c + a₁r + a₂, b₀c + b₁r + b₂), linearly; 0 outside. Channels last."""
    a, b, c, d, e, f = transform
    rows, columns = map(xp.asarray, np.indices(x.shape[1:3]).astype(np.longdouble).reshape(2, -1))
    weights = [
        _weights(xp, place, n, "constant")
        for place, n in zip((d * columns + e * rows + f, a * columns + b * rows + c), x.shape[1:3], strict=True)
    ]
    return xp.reshape(xp.einsum("pi,pj,nijc->npc", *weights, x), x.shape)


def rgb_to_hsv(xp: Any, x: Any) -> Any:
    """Hue in turns, saturation and value, of colours whose parts are positive and different."""
    r, g, b = xp.unstack(x, axis=-1)
    value = xp.maximum(xp.maximum(r, g), b)
    spread = value - xp.minimum(xp.minimum(r, g), b)
    turn = 1.0 / (spread * 6.0)
    of_green, of_blue = (b - r) * turn + np.longdouble(1) / 3, (r - g) * turn + np.longdouble(2) / 3
    of_red = (g - b) * turn
    of_red = xp.where(of_red < 0.0, of_red + 1.0, of_red)
    red, green = r >= value, g >= value
    return xp.stack([xp.where(red, of_red, xp.where(green, of_green, of_blue)), spread / value, value], axis=-1)


def hsv_to_rgb(xp: Any, x: Any) -> Any:
    h, s, v = xp.unstack(x, axis=-1)
    sixth = h * 6.0
    r = xp.clip(xp.abs(sixth - 3.0) - 1.0, 0.0, 1.0)
    g = xp.clip(2.0 - xp.abs(sixth - 2.0), 0.0, 1.0)
    b = xp.clip(2.0 - xp.abs(sixth - 4.0), 0.0, 1.0)
    return xp.stack([(1.0 - s + s * part) * v for part in (r, g, b)], axis=-1)


def rgb_to_grayscale(xp: Any, x: Any) -> Any:
    weights = np.array([0.2989, 0.587, 0.114], np.longdouble)
    return xp.sum(x * weights, axis=-1, keepdims=True)


def per_image_standardization(xp: Any, x: Any) -> Any:
    """An image less its mean, over its standard deviation; of one less than 1/√(number of elements), over that."""
    smallest = 1 / np.sqrt(np.longdouble(np.prod(x.shape)))
    variance = xp.var(x)
    return (x - xp.mean(x)) / (xp.sqrt(variance) if bool(variance > smallest**2) else smallest)


def total_variation(xp: Any, x: Any) -> Any:
    return xp.sum(xp.abs(x[1:] - x[:-1])) + xp.sum(xp.abs(x[:, 1:] - x[:, :-1]))


def sobel_edges(xp: Any, x: Any) -> Any:
    """Smoothed differences of rows and of columns, the image mirrored at its edges; images (batch, rows, columns, channels)."""
    wide = xp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="reflect")
    across = wide[:, :, :-2] + wide[:, :, 1:-1] * 2.0 + wide[:, :, 2:]
    down = wide[:, :-2] + wide[:, 1:-1] * 2.0 + wide[:, 2:]
    return xp.stack([across[:, 2:] - across[:, :-2], down[:, :, 2:] - down[:, :, :-2]], axis=-1)


NAMES: Mapping[str, Definition] = {
    "affine_grid": affine_grid,
    "affine_transform": affine_transform,
    "crop_and_resize": crop_and_resize,
    "grid_sample": grid_sample,
    "hsv_to_rgb": hsv_to_rgb,
    "map_coordinates": map_coordinates,
    "per_image_standardization": per_image_standardization,
    "resample_bicubic": resample("cubic", -0.75),
    "resample_bilinear": resample("linear"),
    "resize_antialiased": resize_antialiased,
    "resize_cubic": lambda xp, x, size: resize_antialiased(xp, x, size, "cubic", antialias=False),
    "rgb_to_grayscale": rgb_to_grayscale,
    "rgb_to_hsv": rgb_to_hsv,
    "scale_and_translate": scale_and_translate,
    "sobel_edges": sobel_edges,
    "total_variation": total_variation,
}
