"""JAX's convolutions and images with options, under the suite's names. Imports no framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

Function = Callable[..., Any]


class _Jax:
    """The package, imported at its first use; it is handled without types, as its adapter loads where it is missing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("jax"), name)


jax: Any = _Jax()


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else tuple(value)


def _grouped(x: Any, weight: Any, groups: int = 1, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
    margins = [(p, p) for p in _pair(padding)]
    options = {"rhs_dilation": _pair(dilation), "feature_group_count": groups}
    return jax.lax.conv_general_dilated(x, weight, _pair(stride), margins, **options)


def _same(x: Any, weight: Any, stride: Any = 1, dilation: Any = 1) -> Any:
    return jax.lax.conv_general_dilated(x, weight, _pair(stride), "SAME", rhs_dilation=_pair(dilation))


def _resized(x: Any, size: tuple[int, int], method: str, antialias: bool = True) -> Any:
    return jax.image.resize(x, (*x.shape[:2], *size), method, antialias)


def _resampled(x: Any, size: tuple[int, int], corners: bool = False) -> Any:
    if corners:
        raise AttributeError("absent: jax.image resizes from edge to edge")
    return _resized(x, size, "linear", False)


def _scaled(x: Any, size: tuple[int, int], scale: Any, translation: Any, method: str, antialias: bool = False) -> Any:
    return jax.image.scale_and_translate(x, size, (0, 1), scale, translation, method, antialias)


FUNCTIONS: Mapping[str, Function] = {
    "conv2d_same": _same,
    "grouped_conv2d": _grouped,
    "map_coordinates": lambda x, coordinates, mode: jax.scipy.ndimage.map_coordinates(x, list(coordinates), 1, mode),
    "resample_bilinear": _resampled,
    "resize_antialiased": _resized,
    "resize_cubic": lambda x, size: _resized(x, size, "cubic", False),
    "scale_and_translate": _scaled,
}
