"""Images: resampled by kernels, sampled at points, moved by matrices, cut out of boxes; colours, edges, contrast.

Points where a place falls on an element are kinks of linear interpolation, and are not asked; nor are equal parts of a colour.
The last argument `w` weights the elements of the value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import draw, row

KEYS = (
    "Keys 1981, Cubic convolution interpolation; Duchon 1979 (Lanczos); the places as torch, jax.image and tf.image have them"
)
SAMPLING = "Jaderberg et al. 2015, Spatial Transformer Networks, section 3; scipy.ndimage.map_coordinates for what is beyond"
COLOURS = "Smith 1978, Color gamut transform pairs (HSV); ITU-R BT.601 (luma)"
EDGES = "tf.image and keras.ops.image, by their documented formulas"

POINTS = ((0.25, 1.375, 2.75, 1.625), (1.25, 0.375, 0.75, 1.875))
BEYOND = ((-0.375, 3.25, -1.625, 4.75, 1.25), (1.25, 0.625, 2.25, -0.75, 3.375))
GRID = ((((-0.5625, 0.3125), (0.1875, -0.8125)), ((0.6875, 0.4375), (-0.1875, 0.0625))),)
OUTSIDE = ((((-1.3125, 0.3125), (0.1875, -1.1875)), ((1.4375, 0.4375), (-0.1875, 1.0625))),)
TURN = (((0.75, 0.1875, 0.03125), (-0.125, 0.6875, -0.1875)),)
BOX = ((0.1875, 0.0625, 0.8125, 0.875),)
BOXES = ((0.3125, 0.1875, 0.6875, 0.5625), (-0.1875, 0.3125, 0.9375, 1.25), (0.9375, 0.875, 0.0625, 0.1875))
COLOUR = (
    (
        (0.75, 0.25, 0.5),
        (0.625, 0.375, 0.125),
        (0.25, 0.875, 0.125),
        (0.0625, 0.5, 0.375),
        (0.25, 0.125, 0.75),
        (0.5, 0.0625, 0.875),
    ),
)
HUES = (
    (
        (0.0625, 0.5, 0.75),
        (0.1875, 0.25, 0.5),
        (0.4375, 0.75, 0.875),
        (0.5625, 0.5, 0.25),
        (0.6875, 0.125, 0.75),
        (0.9375, 0.875, 0.5),
    ),
)
PLAIN = (((0.4,), (0.4,)), ((0.4,), (0.4,)))


def squared(f: Callable[..., Any]) -> Callable[..., Any]:
    """The function (xp, *arrays, w) -> Σ w·f(xp, *arrays)²: a resampled image is linear in the image, its square is not."""

    @wraps(f)
    def fn(xp: Any, *arrays: Any) -> Any:
        value = f(xp, *arrays[:-1])
        return xp.sum(value * value * arrays[-1])

    return fn


image = partial(row, family="image")
resized = partial(image, source=KEYS)
sampled = partial(image, source=SAMPLING)
coloured = partial(image, source=COLOURS)
edged = partial(image, source=EDGES)

SIZE = (3, 2)
SHRUNK = {"shrunk": (draw(1, 1, 4, 5), draw(1, 1, 3, 2)), "both_ways": (draw(1, 2, 2, 3), draw(1, 2, 3, 2))}
SIZES = {"one_element": (draw(1, 1, 1, 1), draw(1, 1, 3, 2)), "equal": (draw(1, 1, 3, 2), draw(1, 1, 3, 2))}

RESIZED = (
    resized("resample_bilinear", "resample_bilinear", squared(lambda xp, x: xp.resample_bilinear(x, SIZE)), SHRUNK, SIZES),
    resized(
        "resample_bilinear_corners",
        "resample_bilinear",
        squared(lambda xp, x: xp.resample_bilinear(x, SIZE, corners=True)),
        SHRUNK,
        SIZES,
    ),
    resized("resample_bicubic", "resample_bicubic", squared(lambda xp, x: xp.resample_bicubic(x, SIZE)), SHRUNK, SIZES),
    resized(
        "resample_bicubic_corners",
        "resample_bicubic",
        squared(lambda xp, x: xp.resample_bicubic(x, SIZE, corners=True)),
        SHRUNK,
        SIZES,
    ),
    resized(
        "resize_linear_antialiased",
        "resize_antialiased",
        squared(lambda xp, x: xp.resize_antialiased(x, SIZE, "linear")),
        SHRUNK,
        SIZES,
    ),
    resized(
        "resize_lanczos3_antialiased",
        "resize_antialiased",
        squared(lambda xp, x: xp.resize_antialiased(x, SIZE, "lanczos3")),
        SHRUNK,
        SIZES,
    ),
    resized(
        "resize_cubic",
        "resize_cubic",
        squared(lambda xp, x: xp.resize_cubic(x, SIZE)),
        SHRUNK,
        SIZES,
    ),
    resized(
        "scale_and_translate_lanczos3",
        "scale_and_translate",
        squared(lambda xp, x, s, t: xp.scale_and_translate(x, SIZE, s, t, "lanczos3")),
        {"larger": (draw(3, 2), (1.375, 1.1875), (0.25, -0.4375), draw(3, 2))},
        {
            "still": (draw(3, 2), (1.0, 1.0), (0.0, 0.0), draw(3, 2)),
            "hardly_moved": (draw(3, 2), (1.0, 1.0), (0.00048828125, -0.000244140625), draw(3, 2)),
        },
    ),
)


def at_points(mode: str) -> Case:
    return sampled(
        f"map_coordinates_{mode}",
        "map_coordinates",
        squared(lambda xp, x, c: xp.map_coordinates(x, c, mode)),
        {"inside": (draw(4, 3), POINTS, draw(4))},
        {"beyond": (draw(4, 3), BEYOND, draw(5)), "one_point": (draw(2, 2), ((0.375,), (0.625,)), draw(1))},
    )


def on_grid(case: str, **options: Any) -> Case:
    return sampled(
        case,
        "grid_sample",
        squared(lambda xp, x, grid: xp.grid_sample(x, grid, **options)),
        {"inside": (draw(1, 2, 3, 4), GRID, draw(1, 2, 2, 2))},
        {"beyond": (draw(1, 1, 3, 4), OUTSIDE, draw(1, 1, 2, 2)), "one_element": (draw(1, 1, 1, 1), GRID, draw(1, 1, 2, 2))},
    )


SAMPLED = (
    *map(at_points, ("constant", "mirror", "reflect")),
    on_grid("grid_sample"),
    on_grid("grid_sample_corners", corners=True),
    on_grid("grid_sample_border", padding="border"),
    on_grid("grid_sample_reflection", padding="reflection"),
    on_grid("grid_sample_reflection_corners", padding="reflection", corners=True),
    on_grid("grid_sample_cubic", mode="cubic"),
    on_grid("grid_sample_cubic_reflection", mode="cubic", padding="reflection"),
    sampled(
        "affine_grid",
        "affine_grid",
        squared(lambda xp, theta: xp.affine_grid(theta, (2, 3))),
        {"drawn": (draw(2, 2, 3), draw(2, 2, 3, 2))},
    ),
    sampled(
        "affine_grid_corners",
        "affine_grid",
        squared(lambda xp, theta: xp.affine_grid(theta, (2, 3), corners=True)),
        {"drawn": (draw(2, 2, 3), draw(2, 2, 3, 2))},
    ),
    sampled(
        "spatial_transformer",
        "grid_sample affine_grid",
        squared(lambda xp, x, theta: xp.grid_sample(x, xp.affine_grid(theta, (2, 2), corners=True), corners=True)),
        {"turned": (draw(1, 2, 3, 4), TURN, draw(1, 2, 2, 2))},
    ),
    sampled(
        "crop_and_resize",
        "crop_and_resize",
        squared(lambda xp, x, boxes: xp.crop_and_resize(x, boxes, (2, 3))),
        {"inside": (draw(4, 5, 1), BOX, draw(1, 2, 3, 1))},
        {"boxes": (draw(4, 5, 1), BOXES, draw(3, 2, 3, 1))},
    ),
    sampled(
        "affine_transform_shift",
        "affine_transform",
        squared(lambda xp, x: xp.affine_transform(x, (1.0, 0.0, 0.25, 0.0, 1.0, -0.375))),
        {"drawn": (draw(1, 3, 4, 1), draw(1, 3, 4, 1))},
    ),
    sampled(
        "affine_transform_scale",
        "affine_transform",
        squared(lambda xp, x: xp.affine_transform(x, (1.5, 0.0, 0.25, 0.0, 0.75, 0.125))),
        {"drawn": (draw(1, 3, 4, 1), draw(1, 3, 4, 1))},
    ),
)

COLOURED = (
    coloured(
        "rgb_to_hsv",
        "rgb_to_hsv",
        squared(lambda xp, x: xp.rgb_to_hsv(x)),
        {"every_sixth": (COLOUR, draw(1, 6, 3))},
        {"dark": ((((0.0, 0.25, 0.0625), (0.5, 0.0, 0.125)),), draw(1, 2, 3))},
    ),
    coloured(
        "hsv_to_rgb",
        "hsv_to_rgb",
        squared(lambda xp, x: xp.hsv_to_rgb(x)),
        {"every_sixth": (HUES, draw(1, 6, 3))},
        {"grey": ((((0.0625, 0.0, 0.5), (0.4375, 0.0, 0.75)),), draw(1, 2, 3))},
    ),
    coloured(
        "rgb_to_grayscale",
        "rgb_to_grayscale",
        squared(lambda xp, x: xp.rgb_to_grayscale(x)),
        {"drawn": (draw(2, 1, 3), draw(2, 1, 1))},
    ),
    edged(
        "per_image_standardization",
        "per_image_standardization",
        squared(lambda xp, x: xp.per_image_standardization(x)),
        {"drawn": (draw(2, 3, 1), draw(2, 3, 1))},
        {"constant": (PLAIN, draw(2, 2, 1)), "nearly_constant": ((((0.5,), (0.5625,)),), draw(1, 2, 1))},
    ),
    edged(
        "total_variation_of_image",
        "total_variation",
        lambda xp, x: xp.total_variation(x * x),
        {"drawn": (draw(3, 2, 1),)},
        {"one_row": (draw(1, 3, 1),), "one": (draw(1, 1, 1),)},
    ),
    edged(
        "sobel_edges",
        "sobel_edges",
        squared(lambda xp, x: xp.sobel_edges(x)),
        {"drawn": (draw(1, 3, 2, 1), draw(1, 3, 2, 1, 2))},
        {"plain": ((PLAIN,), draw(1, 2, 2, 1, 2))},
    ),
)

CASES: tuple[Case, ...] = (*RESIZED, *SAMPLED, *COLOURED)
