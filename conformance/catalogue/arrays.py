"""Shape, indexing, gathering and scattering, broadcasting: elements moved, repeated, left out or added, each weighted.

What is moved is mostly a square, so that the derivatives of the second and third order pass through the operation too.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import draw, row, weighted

V3, V4, V5, V6 = draw(3), draw(4), draw(5), draw(6)
M22, M23, M32, M33, M13 = draw(2, 2), draw(2, 3), draw(3, 2), draw(3, 3), draw(1, 3)
CUBE = draw(2, 3, 2)
ONE = draw()
ZEROS = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))

_arrays = partial(row, family="arrays")

SHAPES = (
    _arrays(
        "reshape",
        "reshape",
        weighted(lambda xp, x: xp.reshape(x * x, (3, 2))),
        {"matrix": (M23, M32), "vector": (V6, M32)},
        {"cube": (draw(1, 6, 1), M32), "zeros": (ZEROS, M32)},
    ),
    _arrays(
        "reshape_inferred",
        "reshape",
        weighted(lambda xp, x: xp.reshape(x * x, (2, -1))),
        {"matrix": (M32, M23), "cube": (CUBE, draw(2, 6))},
        {"one_column": ((1.0, -2.0), draw(2, 1))},
    ),
    _arrays(
        "reshape_number",
        "reshape",
        lambda xp, x: xp.reshape(x * x * x, ()),
        {"matrix": (((0.42,),),)},
        {"number": (0.75,), "vector": ((-2.0,),)},
    ),
    _arrays(
        "ravel",
        "ravel",
        weighted(lambda xp, x: xp.ravel(x * x)),
        {"matrix": (M23, V6), "cube": (draw(2, 1, 3), V6)},
        {"number": (0.42, draw(1))},
    ),
    _arrays(
        "expand_dims",
        "expand_dims",
        weighted(lambda xp, x: xp.expand_dims(x * x, axis=1) * x),
        {"vector": (V3, M33), "pair": (draw(2), M22)},
        {"one": ((0.42,), draw(1, 1))},
    ),
    _arrays(
        "squeeze",
        "squeeze",
        weighted(lambda xp, x: xp.squeeze(x * x, axis=1)),
        {"matrix": (draw(3, 1), V3), "cube": (draw(2, 1, 3), M23)},
        {"ones": (draw(1, 1), draw(1))},
    ),
    _arrays(
        "permute_dims",
        "permute_dims",
        weighted(lambda xp, x: xp.permute_dims(x * x, (2, 0, 1))),
        {"cube": (CUBE, draw(2, 2, 3))},
        {"ones": (draw(1, 3, 1), draw(1, 1, 3))},
    ),
    _arrays(
        "matrix_transpose",
        "matrix_transpose",
        weighted(lambda xp, x: xp.matrix_transpose(x * x)),
        {"matrix": (M23, M32), "cube": (CUBE, draw(2, 2, 3))},
        {"row": (M13, draw(3, 1))},
    ),
    _arrays(
        "swapaxes",
        "swapaxes",
        weighted(lambda xp, x: xp.swapaxes(x * x, 0, -1)),
        {"matrix": (M23, M32), "cube": (draw(2, 1, 3), draw(3, 1, 2))},
    ),
    _arrays(
        "moveaxis",
        "moveaxis",
        weighted(lambda xp, x: xp.moveaxis(x * x, 0, -1)),
        {"matrix": (M23, M32), "cube": (CUBE, draw(3, 2, 2))},
    ),
    _arrays(
        "symmetric_part",
        "matrix_transpose",
        weighted(lambda xp, x: (x + xp.matrix_transpose(x)) ** 2),
        {"matrix": (M33, M33)},
        {"skew": (((0.0, 1.0), (-1.0, 0.0)), M22), "one": (((0.42,),), draw(1, 1))},
    ),
)

BROADCASTS = (
    _arrays(
        "broadcast_to",
        "broadcast_to",
        weighted(lambda xp, x: xp.broadcast_to(x * x, (2, 3))),
        {"vector": (V3, M23), "column": (draw(2, 1), M23)},
        {"number": (0.42, M23), "one": (((0.42,),), M23), "same": (M23, M23)},
    ),
    _arrays(
        "broadcast_arrays",
        "broadcast_arrays",
        weighted(lambda xp, x, y: _product(*xp.broadcast_arrays(x, y))),
        {"row_column": (M13, draw(2, 1), M23), "vector_matrix": (V3, M23, M23)},
        {"number": (0.42, V3, V3)},
    ),
    _arrays(
        "broadcast_add",
        "add",
        weighted(lambda xp, x, y: (x + y) ** 3),
        {"row_column": (V3, draw(2, 1), M23), "vector_matrix": (M23, V3, M23)},
        {
            "number": (M23, 0.42, M23),
            "cancelling": (((1.0,), (2.0,)), (-1.0, -2.0), M22),
            "apart": (draw(2, 1, 1), V3, draw(2, 1, 3)),
        },
    ),
    _arrays(
        "broadcast_multiply",
        "multiply",
        weighted(lambda xp, x, y: (x * y) ** 2),
        {"row_column": (V3, draw(2, 1), M23), "matrix_vector": (M23, V3, M23)},
        {"number": (0.42, M23, M23), "zeros": (((0.0,), (1.0,)), (0.0, 2.0), M22)},
    ),
    _arrays(
        "broadcast_divide",
        "divide",
        weighted(lambda xp, x, y: x / y),
        {"row_column": (V3, draw(2, 1), M23), "matrix_vector": (M23, V3, M23)},
        {"zeros_over": (((0.0,), (1.0,)), (1.0, 2.0), M22)},
    ),
    _arrays(
        "pairwise_differences",
        "expand_dims",
        weighted(lambda xp, x: (xp.expand_dims(x, axis=0) - xp.expand_dims(x, axis=1)) ** 3),
        {"vector": (V3, M33)},
        {"equal": ((1.0, 1.0, 2.0), M33)},
    ),
    _arrays(
        "where",
        "where",
        weighted(lambda xp, x, y: xp.where(x > y, x * x, x * y)),
        {
            "matrix": (((0.42, -0.75), (1.6, 2.3)), ((0.5, -1.5), (0.25, 3.0)), M22),
            "column": ((0.42, -0.75, 1.6), ((0.5,), (-1.0,)), M23),
        },
        {
            "always": ((2.0, 3.0), (-1.0, 0.0), draw(2)),
            "never": ((-2.0, -3.0), (1.0, 0.0), draw(2)),
            "number": (0.42, -0.75, ONE),
        },
    ),
    _arrays(
        "where_number",
        "where",
        weighted(lambda xp, x: xp.where(x > 0.0, x * x, 3.0)),
        {"matrix": (((0.42, -0.75), (1.6, -2.3)), M22)},
        {"never": ((-2.0, -3.0), draw(2))},
    ),
    _arrays(
        "where_root",
        "where sqrt",
        weighted(lambda xp, x: xp.where(x > 0.0, xp.sqrt(x), 0.25 * x)),
        {"positive": ((0.42, 1.6), draw(2))},
        {"never": ((-2.0, -3.0), draw(2)), "both": ((0.42, -3.0), draw(2))},
    ),
    _arrays(
        "gaussian_of_distance",
        "vector_norm exp",
        lambda xp, x, y: xp.exp(-(xp.vector_norm(x - y) ** 2)),
        {"apart": (V3, V3)},
        {"same": ((0.5, -1.0), (0.5, -1.0))},
        truth=lambda xp, x, y: xp.exp(-xp.sum((x - y) ** 2)),
    ),
    _arrays(
        "like",
        "zeros_like ones_like full_like",
        weighted(lambda xp, x: (x * xp.full_like(x, 2.0) + xp.ones_like(x)) ** 3 + xp.zeros_like(x)),
        {"matrix": (M23, M23)},
        {"root": ((-0.5, 0.0), draw(2)), "number": (0.42, ONE)},
    ),
    _arrays(
        "meshgrid",
        "meshgrid",
        weighted(lambda xp, x, y: _product(*xp.meshgrid(x, y, indexing="ij"))),
        {"two_three": (draw(2), V3, M23)},
        {"one": ((0.42,), V3, M13)},
    ),
    _arrays(
        "meshgrid_xy",
        "meshgrid",
        weighted(lambda xp, x, y: _product(*xp.meshgrid(x, y, indexing="xy"))),
        {"two_three": (draw(2), V3, M32)},
        {"one": ((0.42,), V3, draw(3, 1))},
    ),
)


def _product(x: Any, y: Any) -> Any:
    return x * x * y


JOINED = (
    _arrays(
        "concat",
        "concat",
        weighted(lambda xp, x, y: xp.concat([x * y[0], y * y, x], axis=0)),
        {"vectors": (V3, draw(2), draw(8)), "matrices": (M13, M23, draw(4, 3))},
        {"ones": ((0.42,), (-0.75,), V3), "empty": (draw(0), draw(2), draw(2))},
    ),
    _arrays(
        "concat_axis1",
        "concat",
        weighted(lambda xp, x, y: xp.concat([x * x, y], axis=1) ** 2),
        {"matrices": (draw(2, 1), M23, draw(2, 4)), "cubes": (draw(1, 2, 2), draw(1, 1, 2), draw(1, 3, 2))},
        {"no_columns": (draw(2, 0), M22, M22)},
    ),
    _arrays(
        "concat_same_array_twice",
        "concat",
        weighted(lambda xp, x: xp.concat([x, x], axis=-1) ** 3),
        {"vector": (V3, V6), "matrix": (M22, draw(2, 4))},
        {"zero": ((0.0, 1.0), V4)},
    ),
    _arrays(
        "stack",
        "stack",
        weighted(lambda xp, x, y: xp.stack([x * y, x, y], axis=0) ** 2),
        {"vectors": (draw(2), draw(2), M32), "matrices": (M22, M22, draw(3, 2, 2))},
        {"numbers": (0.42, -0.75, V3)},
    ),
    _arrays(
        "stack_last_axis",
        "stack",
        weighted(lambda xp, x, y: xp.stack([x * y, x], axis=-1) ** 2),
        {"vectors": (V3, V3, M32), "matrices": (M22, M22, draw(2, 2, 2))},
        {"numbers": (0.42, -0.75, draw(2))},
    ),
    _arrays(
        "stack_same_array_twice",
        "stack",
        weighted(lambda xp, x: xp.stack([x, x], axis=0) ** 3),
        {"vector": (V3, M23)},
        {"zero": ((0.0, 1.0), M22)},
    ),
    _arrays(
        "unstack",
        "unstack",
        weighted(lambda xp, x: _product(*xp.unstack(x, axis=1))),
        {"matrix": (M32, V3), "cube": (draw(2, 2, 2), M22)},
        {"one_row": (draw(1, 2), draw(1))},
    ),
    _arrays(
        "unstack_one_of_three",
        "unstack",
        weighted(lambda xp, x: xp.unstack(x, axis=0)[1] ** 3),
        {"matrix": (M32, draw(2)), "vector": (V3, ONE)},
    ),
)

MOVED = (
    _arrays(
        "flip",
        "flip",
        weighted(lambda xp, x: xp.flip(x * x) * x),
        {"vector": (V3, V3), "matrix": (M23, M23)},
        {"one": ((0.42,), draw(1)), "number": (0.42, ONE), "palindrome": ((1.0, 2.0, 1.0), V3)},
    ),
    _arrays(
        "flip_axis", "flip", weighted(lambda xp, x: xp.flip(x * x, axis=0) * x), {"matrix": (M23, M23), "cube": (CUBE, CUBE)}
    ),
    _arrays(
        "flip_axes",
        "flip",
        weighted(lambda xp, x: xp.flip(x * x, axis=(0, -1)) * x),
        {"matrix": (M23, M23), "cube": (CUBE, CUBE)},
        {"one_row": (M13, M13)},
    ),
    _arrays(
        "roll",
        "roll",
        weighted(lambda xp, x: xp.roll(x, 1, axis=0) ** 2 * x),
        {"vector": (V4, V4), "matrix": (M23, M23)},
        {"one": ((0.42,), draw(1)), "zeros": ((0.0, 1.0, 0.0), V3)},
    ),
    _arrays(
        "roll_backwards",
        "roll",
        weighted(lambda xp, x: xp.roll(x, -4, axis=-1) ** 2 * x),
        {"vector": (V3, V3), "matrix": (M23, M23)},
        {"all_round": (V4, V4)},
    ),
    _arrays("roll_flat", "roll", weighted(lambda xp, x: xp.roll(x, 2) ** 2 * x), {"matrix": (M23, M23), "vector": (V3, V3)}),
    _arrays(
        "roll_axes",
        "roll",
        weighted(lambda xp, x: xp.roll(x, (1, -1), axis=(0, 1)) ** 2 * x),
        {"matrix": (M23, M23), "cube": (CUBE, CUBE)},
    ),
    _arrays(
        "rot90",
        "rot90",
        weighted(lambda xp, x: xp.rot90(x * x)),
        {"matrix": (M23, M32), "cube": (CUBE, draw(3, 2, 2))},
        {"row": (M13, draw(3, 1))},
    ),
    _arrays(
        "rot90_twice",
        "rot90",
        weighted(lambda xp, x: xp.rot90(x * x, 2) * x),
        {"matrix": (M23, M23)},
        {"one": (((0.42,),), draw(1, 1))},
    ),
    _arrays(
        "rot90_backwards",
        "rot90",
        weighted(lambda xp, x: xp.rot90(x * x, -1, axes=(0, 1))),
        {"matrix": (M23, M32)},
        {"row": (M13, draw(3, 1))},
    ),
    _arrays(
        "repeat",
        "repeat",
        weighted(lambda xp, x: xp.repeat(x * x, 2, axis=0)),
        {"vector": (V3, V6), "matrix": (M22, draw(4, 2))},
        {"one": ((0.42,), draw(2)), "zeros": ((0.0, 1.0), V4)},
    ),
    _arrays(
        "repeat_last_axis",
        "repeat",
        weighted(lambda xp, x: xp.repeat(x, 3, axis=-1) ** 2),
        {"matrix": (M22, draw(2, 6)), "column": (draw(2, 1), M23)},
    ),
    _arrays(
        "repeat_flat", "repeat", weighted(lambda xp, x: xp.repeat(x, 2) ** 3), {"matrix": (M22, draw(8)), "vector": (V3, V6)}
    ),
    _arrays(
        "tile",
        "tile",
        weighted(lambda xp, x: xp.tile(x * x, (2, 2))),
        {"matrix": (M22, draw(4, 4)), "vector": (draw(2), draw(2, 4))},
        {"one": (((0.42,),), M22)},
    ),
    _arrays(
        "tile_along_one_axis",
        "tile",
        weighted(lambda xp, x: xp.tile(x, (1, 3)) ** 2),
        {"matrix": (M22, draw(2, 6)), "column": (draw(2, 1), M23)},
    ),
    _arrays(
        "pad",
        "pad",
        weighted(lambda xp, x: xp.pad(x, ((1, 0), (0, 2))) ** 2),
        {"matrix": (M22, draw(3, 4))},
        {"one": (((0.42,),), M23), "zeros": (((0.0, 1.0),), draw(2, 4))},
    ),
    _arrays(
        "pad_vector",
        "pad",
        weighted(lambda xp, x: xp.pad(x * x, ((2, 1),)) * xp.pad(x, ((1, 2),))),
        {"vector": (V3, V6)},
        {"one": ((0.42,), V4), "empty": (draw(0), V3)},
    ),
)

TRIANGLES = (
    _arrays(
        "tril",
        "tril",
        weighted(lambda xp, x: xp.tril(x) ** 2),
        {"matrix": (M33, M33), "wide": (M23, M23)},
        {"cube": (draw(2, 2, 2), draw(2, 2, 2)), "one": (((0.42,),), draw(1, 1))},
    ),
    _arrays("tril_above", "tril", weighted(lambda xp, x: xp.tril(x, k=1) ** 2 * x), {"matrix": (M33, M33), "tall": (M32, M32)}),
    _arrays(
        "triu",
        "triu",
        weighted(lambda xp, x: xp.triu(x) ** 2),
        {"matrix": (M33, M33), "tall": (M32, M32)},
        {"cube": (draw(2, 2, 2), draw(2, 2, 2)), "one": (((0.42,),), draw(1, 1))},
    ),
    _arrays(
        "triu_strict",
        "triu",
        weighted(lambda xp, x: xp.triu(x, k=1) ** 2 * x),
        {"matrix": (M33, M33), "wide": (M23, M23)},
        {"one": (((0.42,),), draw(1, 1))},
    ),
    _arrays(
        "diag_of_vector",
        "diag",
        weighted(lambda xp, x: xp.diag(x * x)),
        {"vector": (V3, M33)},
        {"one": ((0.42,), draw(1, 1)), "zeros": ((0.0, 1.0), M22)},
    ),
    _arrays(
        "diag_of_vector_above",
        "diag",
        weighted(lambda xp, x: xp.diag(x, 1) ** 2),
        {"vector": (V3, draw(4, 4))},
        {"one": ((0.42,), M22)},
    ),
    _arrays(
        "diag_of_matrix",
        "diag",
        weighted(lambda xp, x: xp.diag(x * x)),
        {"matrix": (M33, V3), "wide": (M23, draw(2))},
        {"one": (((0.42,),), draw(1))},
    ),
    _arrays(
        "diag_of_matrix_below",
        "diag",
        weighted(lambda xp, x: xp.diag(x * x, -1)),
        {"matrix": (M33, draw(2)), "tall": (M32, draw(2))},
    ),
    _arrays(
        "diagonal",
        "diagonal",
        weighted(lambda xp, x: xp.diagonal(x) ** 3),
        {"matrix": (M33, V3), "cube": (draw(2, 2, 3), M22)},
        {"row": (M13, draw(1))},
    ),
    _arrays(
        "diagonal_offset",
        "diagonal",
        weighted(lambda xp, x: xp.diagonal(x, offset=1) ** 3),
        {"matrix": (M33, draw(2)), "wide": (M23, draw(2))},
        {"corner": (M22, draw(1))},
    ),
)

INDEXED = (
    _arrays(
        "index_number",
        "",
        weighted(lambda xp, x: x[1] * x[-1] * x[0]),
        {"vector": (V3, ONE), "matrix": (M23, V3)},
        {"zeros": ((0.0, 0.0, 1.0), ONE)},
    ),
    _arrays(
        "slice",
        "",
        weighted(lambda xp, x: x[1:] * x[:-1] ** 2),
        {"vector": (V4, V3), "matrix": (M32, M22)},
        {"zeros": ((0.0, 1.0, 0.0), draw(2))},
    ),
    _arrays(
        "slice_step",
        "",
        weighted(lambda xp, x: x[::2] ** 3),
        {"vector": (V5, V3), "matrix": (M32, M22)},
        {"one": ((0.42,), draw(1))},
    ),
    _arrays(
        "slice_negative_step",
        "",
        weighted(lambda xp, x: x[::-1] ** 2 * x),
        {"vector": (V4, V4), "matrix": (M32, M32)},
        {"one": ((0.42,), draw(1))},
    ),
    _arrays(
        "slice_empty",
        "",
        weighted(lambda xp, x: x[2:] ** 2),
        {"some": (V3, draw(1))},
        {"none": (draw(2), draw(0)), "none_of_rows": (M22, draw(0, 2))},
    ),
    _arrays(
        "slice_columns",
        "",
        weighted(lambda xp, x: x[..., 1:] * x[..., :1]),
        {"matrix": (M23, M22), "cube": (draw(2, 1, 3), draw(2, 1, 2))},
    ),
    _arrays(
        "slice_both_axes", "", weighted(lambda xp, x: x[1:, ::2] ** 3), {"matrix": (M33, M22)}, {"one_row": (M23, draw(1, 2))}
    ),
    _arrays(
        "new_axis",
        "",
        weighted(lambda xp, x: x[:, None] * x[None, :] ** 2),
        {"vector": (V3, M33)},
        {"zeros": ((0.0, 1.0), M22)},
    ),
    _arrays(
        "iteration",
        "",
        weighted(lambda xp, x: sum(k * part**2 for k, part in enumerate(x, 1))),
        {"vector": (V3, ONE), "matrix": (M23, V3)},
    ),
    _arrays(
        "index_array",
        "asarray",
        weighted(lambda xp, x: x[xp.asarray((0, 2, 0, 1, 0))] ** 3),
        {"vector": (V3, V5), "matrix": (M32, draw(5, 2))},
        {"zeros": ((0.0, 1.0, 2.0), V5)},
    ),
    _arrays(
        "take",
        "take",
        weighted(lambda xp, x: xp.take(x, xp.asarray((2, 0, 2, 2)), axis=0) ** 3),
        {"vector": (V3, V4), "matrix": (M32, draw(4, 2))},
        {"zeros": ((0.0, 1.0, 0.0), V4)},
    ),
    _arrays(
        "take_last_axis",
        "take",
        weighted(lambda xp, x: xp.take(x * x, xp.asarray((1, 1, 0)), axis=-1)),
        {"matrix": (M23, M23), "cube": (draw(2, 1, 2), draw(2, 1, 3))},
    ),
    _arrays(
        "take_one",
        "take",
        weighted(lambda xp, x: xp.take(x, xp.asarray((1,)), axis=1) ** 3),
        {"matrix": (M23, draw(2, 1))},
        {"zero": (((1.0, 0.0), (2.0, 3.0)), draw(2, 1))},
    ),
    _arrays(
        "take_along_axis",
        "take_along_axis",
        weighted(lambda xp, x: xp.take_along_axis(x, xp.asarray(((0, 0, 2), (1, 2, 1))), axis=1) ** 3),
        {"matrix": (M23, M23)},
        {"zeros": (ZEROS, M23)},
    ),
    _arrays(
        "take_along_axis0",
        "take_along_axis",
        weighted(lambda xp, x: xp.take_along_axis(x, xp.asarray(((1, 0, 1), (1, 1, 0))), axis=0) ** 3),
        {"matrix": (M23, M23)},
        {"one_negative": (((0.0, -1.0, 2.0), (1.0, 0.0, -2.0)), M23)},
    ),
    _arrays(
        "scatter_add",
        "scatter_add",
        weighted(lambda xp, x, y: xp.scatter_add(x, xp.asarray((2, 0, 2)), y * y) ** 2),
        {"vector": (V4, V3, V4), "matrix": (M32, M32, M32)},
        {"cancelling": ((1.0, 0.0, -2.0), (1.0, 1.0, 1.0), V3)},
    ),
    _arrays(
        "segment_sum",
        "segment_sum",
        weighted(lambda xp, x: xp.segment_sum(x * x, xp.asarray((0, 2, 2, 0)), 4) ** 2),
        {"vector": (V4, V4), "matrix": (draw(4, 2), draw(4, 2))},
        {"zeros": ((0.0, 0.0, 1.0, 0.0), V4)},
    ),
    _arrays(
        "cyclic_products",
        "roll concat",
        weighted(lambda xp, x: x * xp.concat([x[1:], x[:1]], axis=0) * xp.roll(x, 1, axis=0)),
        {"vector": (V4, V4)},
        {"zeros": ((0.0, 1.0, 0.0), V3), "pair": ((1.0, 2.0), draw(2))},
    ),
    _arrays(
        "second_difference",
        "",
        weighted(lambda xp, x: (x[2:] - 2.0 * x[1:-1] + x[:-2]) ** 3),
        {"vector": (V5, V3)},
        {"straight": ((1.0, 2.0, 3.0, 4.0), draw(2))},
    ),
)


def _itself(name: str, *options: Any, shape: tuple[int, ...] = (2, 3), result: tuple[int, ...], **more: Any) -> Case:
    """The operation of an argument itself, whose gradient its backward pass writes, or adds to what is there."""

    def fn(xp: Any, x: Any, w: Any) -> Any:
        return xp.sum(getattr(xp, name)(x, *options, **more) * w)

    return row(f"{name}_itself", name, fn, {"array": (draw(*shape), draw(*result))}, family="arrays")


def where_itself(xp: Any, x: Any, y: Any, w: Any) -> Any:
    """Broadcast, by the signs of the weights."""
    return xp.sum(xp.where(w > 0.0, x, y) * w)


def _ends(first: Any, _: Any, last: Any) -> Any:
    return first - last


ITSELF = (
    _itself("reshape", (3, 2), result=(3, 2)),
    _itself("ravel", result=(6,)),
    _itself("expand_dims", axis=1, result=(2, 1, 3)),
    _itself("squeeze", axis=0, shape=(1, 3), result=(3,)),
    _itself("permute_dims", (1, 0), result=(3, 2)),
    _itself("matrix_transpose", result=(3, 2)),
    _itself("swapaxes", 0, 1, result=(3, 2)),
    _itself("moveaxis", 0, -1, result=(3, 2)),
    _itself("broadcast_to", (2, 2, 3), result=(2, 2, 3)),
    _itself("flip", axis=0, result=(2, 3)),
    _itself("rot90", result=(3, 2)),
    _itself("roll", 1, axis=1, result=(2, 3)),
    _itself("diag", shape=(3,), result=(3, 3)),
    _itself("trace", shape=(3, 3), result=()),
    row("where_itself", "where", where_itself, {"broadcast": (M23, V3, M23)}),
    row(
        "split_itself",
        "split",
        weighted(lambda xp, x: _ends(*xp.split(x, 3, axis=1))),
        {"matrix": (M23, draw(2, 1)), "cube": (CUBE, draw(2, 1, 2))},
    ),
    row("unstack_itself", "unstack", weighted(lambda xp, x: _ends(*xp.unstack(x, axis=1))), {"matrix": (M23, draw(2))}),
)

CASES: tuple[Case, ...] = (*SHAPES, *BROADCASTS, *JOINED, *MOVED, *TRIANGLES, *INDEXED, *ITSELF)
