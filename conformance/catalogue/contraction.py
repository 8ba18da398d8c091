"""Sums over shared axes: matrix products of all ranks, einsum, outer and vector products, Fourier transforms, convolution.

Transforms are asked as real functions: what is weighted is the real and the imaginary part, or the power, of each coefficient.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import draw, row, weighted

V2, V3, V4 = draw(2), draw(3), draw(4)
M22, M23, M32, M33, M11 = draw(2, 2), draw(2, 3), draw(3, 2), draw(3, 3), draw(1, 1)
CUBE = draw(2, 2, 2)
ONE = draw()
NULL = ((0.0, 0.0), (0.0, 0.0))
UNIT = ((1.0, 0.0), (0.0, 1.0))

_contraction = partial(row, family="contraction")


def _einsum(subscripts: str) -> Callable[..., Any]:
    return weighted(lambda xp, *arrays: xp.einsum(subscripts, *arrays))


def _matmul(xp: Any, a: Any, b: Any) -> Any:
    return xp.matmul(a, b)


MATRIX_PRODUCTS = (
    _contraction(
        "matmul_vector_vector",
        "matmul",
        _matmul,
        {"n3": (V3, V3), "n5": (draw(5), draw(5))},
        {"n1": (draw(1), draw(1)), "zeros": ((0.0, 0.0), (0.0, 1.0))},
    ),
    _contraction(
        "matmul_vector_matrix",
        "matmul",
        weighted(_matmul),
        {"n3": (V3, M32, V2)},
        {"n1": (draw(1), M11, draw(1)), "empty": (draw(0), draw(0, 2), V2)},
    ),
    _contraction(
        "matmul_matrix_vector",
        "matmul",
        weighted(_matmul),
        {"n3": (M23, V3, V2)},
        {"n1": (M11, draw(1), draw(1)), "null": (NULL, (0.0, 1.0), V2)},
    ),
    _contraction(
        "matmul_matrix_matrix",
        "matmul",
        weighted(_matmul),
        {"n232": (M23, M32, M22), "n313": (draw(3, 1), draw(1, 3), M33)},
        {"n1": (M11, M11, M11), "unit": (UNIT, M22, M22), "null": (NULL, NULL, M22), "empty": (draw(2, 0), draw(0, 2), M22)},
    ),
    _contraction(
        "matmul_stack_stack",
        "matmul",
        weighted(_matmul),
        {"b2": (CUBE, CUBE, CUBE)},
        {"b1": (draw(1, 2, 2), draw(1, 2, 1), draw(1, 2, 1)), "b0": (draw(0, 2, 2), draw(0, 2, 2), draw(0, 2, 2))},
    ),
    _contraction("matmul_stack_matrix", "matmul", weighted(_matmul), {"b2": (CUBE, M22, CUBE)}, {"null": (CUBE, NULL, CUBE)}),
    _contraction("matmul_matrix_stack", "matmul", weighted(_matmul), {"b2": (M22, CUBE, CUBE)}, {"unit": (UNIT, CUBE, CUBE)}),
    _contraction(
        "matmul_stack_vector",
        "matmul",
        weighted(_matmul),
        {"b2": (CUBE, V2, M22)},
        {"n1": (draw(2, 1, 1), draw(1), draw(2, 1))},
    ),
    _contraction(
        "matmul_vector_stack",
        "matmul",
        weighted(_matmul),
        {"b2": (V2, CUBE, M22)},
        {"n1": (draw(1), draw(2, 1, 1), draw(2, 1))},
    ),
    _contraction(
        "matmul_broadcast_stacks",
        "matmul",
        weighted(_matmul),
        {
            "b12_b21": (draw(1, 2, 1, 2), draw(2, 1, 2, 1), draw(2, 2, 1, 1)),
            "b1_b3": (draw(1, 2, 2), draw(3, 2, 1), draw(3, 2, 1)),
        },
        {"more_axes": (draw(2, 1, 1, 2), draw(2, 2, 1), draw(2, 2, 1, 1))},
    ),
    _contraction(
        "matmul_self",
        "matmul",
        weighted(lambda xp, a: xp.matmul(a, a)),
        {"n2": (M22, M22), "n3": (M33, M33)},
        {"nilpotent": (((0.0, 1.0), (0.0, 0.0)), M22)},
    ),
    _contraction(
        "gram",
        "matmul matrix_transpose",
        weighted(lambda xp, a: xp.matmul(xp.matrix_transpose(a), a)),
        {"tall": (M32, M22), "wide": (M23, M33)},
        {"null": (NULL, M22), "stack": (draw(2, 1, 2), CUBE)},
    ),
    _contraction(
        "matrix_chain",
        "matmul",
        weighted(lambda xp, a, b, c: xp.matmul(xp.matmul(a, b), c)),
        {"n2321": (M23, M32, draw(2, 1), draw(2, 1)), "n2": (M22, M22, M22, M22)},
        {"null_inside": (M22, NULL, M22, M22)},
    ),
    _contraction(
        "multi_dot",
        "multi_dot",
        weighted(lambda xp, a, b, c: xp.multi_dot((a, b, c))),
        {"n2321": (M23, M32, draw(2, 1), draw(2, 1)), "n2": (M22, M22, M22, M22)},
        {"null_inside": (M22, NULL, M22, M22)},
    ),
    _contraction(
        "matrix_chain_from_the_right",
        "matmul",
        weighted(lambda xp, a, b, c: xp.matmul(a, xp.matmul(b, c))),
        {"n1232": (draw(1, 2), M23, M32, draw(1, 2))},
        {"two_null": (M22, NULL, NULL, M22)},
    ),
    _contraction(
        "bilinear_form",
        "matmul",
        lambda xp, x, a, y: xp.matmul(x, xp.matmul(a, y)),
        {"n23": (V2, M23, V3)},
        {"null": ((0.0, 1.0), NULL, (0.0, 0.0)), "n1": (draw(1), M11, draw(1))},
    ),
    _contraction(
        "matrix_cube",
        "matmul",
        weighted(lambda xp, a: xp.matmul(xp.matmul(a, a), a)),
        {"n2": (M22, M22), "n3": (M33, M33)},
        {"null": (NULL, M22), "unit": (UNIT, M22)},
    ),
)

DOTS = (
    _contraction(
        "dot_vectors",
        "dot",
        lambda xp, a, b: xp.dot(a, b),
        {"n3": (V3, V3)},
        {"n1": (draw(1), draw(1)), "zeros": ((0.0, 0.0), (0.0, 1.0))},
    ),
    _contraction(
        "dot_matrices",
        "dot",
        weighted(lambda xp, a, b: xp.dot(a, b)),
        {"n232": (M23, M32, M22), "matrix_vector": (M23, V3, V2)},
        {"number": (0.42, M22, M22)},
    ),
    _contraction("dot_self", "dot", lambda xp, a: xp.dot(a, a) ** 2, {"n3": (V3,)}, {"zeros": ((0.0, 0.0),), "n1": (draw(1),)}),
    _contraction(
        "inner",
        "inner",
        weighted(lambda xp, a, b: xp.inner(a, b)),
        {"matrices": (M23, M23, M22), "vectors": (V3, V3, ONE)},
        {"matrix_vector": (M23, V3, V2)},
    ),
    _contraction(
        "vecdot",
        "vecdot",
        weighted(lambda xp, a, b: xp.vecdot(a, b)),
        {"matrices": (M23, M23, V2), "vectors": (V3, V3, ONE)},
        {"broadcast": (M23, V3, V2)},
    ),
    _contraction(
        "vecdot_axis",
        "vecdot",
        weighted(lambda xp, a, b: xp.vecdot(a, b, axis=-2)),
        {"matrices": (M23, M23, V3)},
        {"one_row": (draw(1, 2), draw(1, 2), V2)},
    ),
    _contraction(
        "tensordot",
        "tensordot",
        weighted(lambda xp, a, b: xp.tensordot(a, b, axes=1)),
        {"matrices": (M23, M32, M22), "cube_matrix": (CUBE, M22, CUBE)},
        {"vectors": (V3, V3, ONE)},
    ),
    _contraction(
        "tensordot_two_axes",
        "tensordot",
        weighted(lambda xp, a, b: xp.tensordot(a, b, axes=2)),
        {"matrices": (M23, M23, ONE), "cubes": (CUBE, CUBE, M22)},
    ),
    _contraction(
        "tensordot_no_axes",
        "tensordot",
        weighted(lambda xp, a, b: xp.tensordot(a, b, axes=0)),
        {"vectors": (V2, V3, M23), "matrix_vector": (M22, V2, CUBE)},
    ),
    _contraction(
        "tensordot_pairs",
        "tensordot",
        weighted(lambda xp, a, b: xp.tensordot(a, b, axes=((0, 2), (1, 0)))),
        {"cubes": (draw(2, 2, 3), draw(3, 2, 1), draw(2, 1))},
        {"ones": (draw(1, 2, 1), draw(1, 1, 3), M23)},
    ),
    _contraction(
        "outer",
        "outer",
        weighted(lambda xp, a, b: xp.outer(a, b)),
        {"n23": (V2, V3, M23)},
        {"n1": (draw(1), V3, draw(1, 3)), "zeros": ((0.0, 1.0), (0.0, 0.0), M22)},
    ),
    _contraction(
        "outer_self", "outer", weighted(lambda xp, a: xp.outer(a, a)), {"n3": (V3, M33)}, {"zeros": ((0.0, 1.0), M22)}
    ),
    _contraction(
        "kron",
        "kron",
        weighted(lambda xp, a, b: xp.kron(a, b)),
        {"matrices": (M22, draw(1, 2), draw(2, 4)), "vectors": (V2, V3, draw(6))},
        {"unit": (UNIT, M22, draw(4, 4)), "n1": (M11, M23, M23)},
    ),
    _contraction(
        "kron_self",
        "kron",
        weighted(lambda xp, a: xp.kron(a, a)),
        {"matrix": (M22, draw(4, 4)), "vector": (V3, draw(9))},
        {"null": (NULL, draw(4, 4))},
    ),
    _contraction(
        "cross",
        "cross",
        weighted(lambda xp, a, b: xp.cross(a, b)),
        {"vectors": (V3, V3, V3), "rows": (M23, M23, M23)},
        {"parallel": ((1.0, 2.0, -1.0), (2.0, 4.0, -2.0), V3), "zeros": ((0.0, 0.0, 0.0), (0.0, 1.0, 0.0), V3)},
    ),
    _contraction(
        "cross_axis0",
        "cross",
        weighted(lambda xp, a, b: xp.cross(a, b, axis=0)),
        {"columns": (M32, M32, M32)},
        {"unit_vectors": (((1.0,), (0.0,), (0.0,)), ((0.0,), (1.0,), (0.0,)), draw(3, 1))},
    ),
    _contraction(
        "triple_product",
        "cross vecdot",
        lambda xp, a, b, c: xp.vecdot(a, xp.cross(b, c)),
        {"vectors": (V3, V3, V3)},
        {"coplanar": ((1.0, 0.0, 2.0), (0.0, 1.0, 0.0), (1.0, 1.0, 2.0))},
    ),
    _contraction(
        "trace",
        "trace",
        weighted(lambda xp, a: xp.trace(a * a)),
        {"matrix": (M33, ONE), "wide": (M23, ONE)},
        {"stack": (CUBE, V2), "n1": (M11, ONE)},
    ),
    _contraction(
        "trace_offset",
        "trace",
        weighted(lambda xp, a: xp.trace(a * a, offset=1)),
        {"matrix": (M33, ONE), "wide": (M23, ONE)},
        {"corner": (M22, ONE)},
    ),
    _contraction(
        "trace_of_product",
        "trace matmul",
        lambda xp, a, b: xp.trace(xp.matmul(a, b)),
        {"n23": (M23, M32), "n2": (M22, M22)},
        {"null": (NULL, M22)},
    ),
    _contraction(
        "cosine_similarity",
        "vecdot sqrt",
        lambda xp, a, b: xp.vecdot(a, b) / xp.sqrt(xp.vecdot(a, a) * xp.vecdot(b, b)),
        {"vectors": (V3, V3)},
        {"orthogonal": ((1.0, 0.0, 2.0), (0.0, 3.0, 0.0)), "parallel": ((1.0, 2.0, 2.0), (2.0, 4.0, 4.0))},
    ),
)

EINSUMS = (
    _contraction(
        "einsum_matrix_product",
        "einsum",
        _einsum("ij,jk->ik"),
        {"n232": (M23, M32, M22)},
        {"null": (NULL, NULL, M22), "empty": (draw(2, 0), draw(0, 2), M22)},
    ),
    _contraction(
        "einsum_transposed_product", "einsum", _einsum("ji,jk->ki"), {"n232": (M32, M32, M22)}, {"unit": (UNIT, M22, M22)}
    ),
    _contraction(
        "einsum_batched",
        "einsum",
        _einsum("bij,bjk->bik"),
        {"b2": (CUBE, CUBE, CUBE)},
        {"b1": (draw(1, 2, 2), draw(1, 2, 1), draw(1, 2, 1))},
    ),
    _contraction("einsum_dots", "einsum", _einsum("...ij,jk->...ik"), {"stack": (CUBE, M22, CUBE), "matrix": (M23, M32, M22)}),
    _contraction("einsum_implicit", "einsum", _einsum("ij,jk"), {"n232": (M23, M32, M22)}, {"null": (NULL, NULL, M22)}),
    _contraction(
        "einsum_trace",
        "einsum",
        lambda xp, a, b: xp.einsum("ii", xp.matmul(a, b)),
        {"n3": (M33, M33)},
        {"n1": (M11, M11), "null": (NULL, NULL)},
    ),
    _contraction(
        "einsum_diagonal",
        "einsum",
        weighted(lambda xp, a: xp.einsum("ii->i", a) ** 3),
        {"n3": (M33, V3)},
        {"zeros": (UNIT, V2), "n1": (M11, draw(1))},
    ),
    _contraction(
        "einsum_partial_trace",
        "einsum",
        weighted(lambda xp, a: xp.einsum("iij->j", a) ** 2),
        {"cube": (CUBE, V2), "n223": (draw(2, 2, 3), V3)},
    ),
    _contraction("einsum_diagonal_inside", "einsum", _einsum("ij,jj->i"), {"n3": (M23, M33, V2)}, {"unit": (M22, UNIT, V2)}),
    _contraction(
        "einsum_transpose",
        "einsum",
        weighted(lambda xp, a: xp.einsum("ij->ji", a) ** 2),
        {"n23": (M23, M32)},
        {"row": (draw(1, 3), draw(3, 1))},
    ),
    _contraction(
        "einsum_sum",
        "einsum",
        weighted(lambda xp, a: xp.einsum("ij->i", a) ** 2),
        {"n23": (M23, V2)},
        {"one_column": (draw(2, 1), V2)},
    ),
    _contraction("einsum_sum_all", "einsum", lambda xp, a: xp.einsum("ij->", a * a * a), {"n23": (M23,)}, {"zeros": (NULL,)}),
    _contraction(
        "einsum_outer", "einsum", _einsum("i,j->ij"), {"n23": (V2, V3, M23)}, {"zeros": ((0.0, 1.0), (0.0, 0.0), M22)}
    ),
    _contraction("einsum_elementwise", "einsum", _einsum("ij,ij->ij"), {"n23": (M23, M23, M23)}, {"zeros": (NULL, UNIT, M22)}),
    _contraction(
        "einsum_inner", "einsum", lambda xp, a, b: xp.einsum("ij,ij->", a, b), {"n23": (M23, M23)}, {"zeros": (NULL, UNIT)}
    ),
    _contraction("einsum_unshared_sum", "einsum", _einsum("ij,k->k"), {"n23": (M23, V2, V2)}, {"zeros": (NULL, V2, V2)}),
    _contraction(
        "einsum_bilinear",
        "einsum",
        lambda xp, x, a, y: xp.einsum("i,ij,j->", x, a, y),
        {"n23": (V2, M23, V3)},
        {"zeros": ((0.0, 1.0), NULL, (0.0, 0.0))},
    ),
    _contraction(
        "einsum_chain",
        "einsum",
        _einsum("ij,jk,kl->il"),
        {"n2321": (M23, M32, draw(2, 1), draw(2, 1))},
        {"null_inside": (M22, NULL, M22, M22)},
    ),
    _contraction(
        "einsum_same_array_thrice",
        "einsum",
        lambda xp, x: xp.einsum("i,i,i->", x, x, x),
        {"n3": (V3,)},
        {"zeros": ((0.0, 1.0),)},
    ),
    _contraction(
        "einsum_hadamard_row",
        "einsum",
        _einsum("ij,i,j->ij"),
        {"n23": (M23, V2, V3, M23)},
        {"zeros": (UNIT, (0.0, 1.0), (0.0, 0.0), M22)},
    ),
    _contraction(
        "einsum_tensor",
        "einsum",
        _einsum("ijk,jl,km->ilm"),
        {"cube": (CUBE, M22, draw(2, 1), draw(2, 2, 1))},
        {"null": (CUBE, NULL, draw(2, 1), draw(2, 2, 1))},
    ),
)


def _parts(xp: Any, spectrum: Any) -> Any:
    return xp.concat([xp.real(spectrum), xp.imag(spectrum)], axis=-1)


def _power(xp: Any, spectrum: Any) -> Any:
    return xp.real(spectrum) ** 2 + xp.imag(spectrum) ** 2


TRANSFORMS = (
    _contraction(
        "rfft",
        "rfft real imag",
        weighted(lambda xp, x: _parts(xp, xp.rfft(x * x))),
        {"n4": (V4, draw(6)), "n5": (draw(5), draw(6))},
        {"n1": (draw(1), V2), "n2": (V2, V4), "rows": (M23, draw(2, 4))},
    ),
    _contraction(
        "rfft_axis0",
        "rfft real imag",
        weighted(lambda xp, x: _parts(xp, xp.rfft(x * x, axis=0))),
        {"n3": (M32, draw(2, 4))},
        {"one_row": (draw(1, 2), draw(1, 4))},
    ),
    _contraction(
        "power_spectrum",
        "rfft real imag",
        weighted(lambda xp, x: _power(xp, xp.rfft(x))),
        {"n4": (V4, V3), "n5": (draw(5), V3)},
        {"constant": ((1.0, 1.0, 1.0, 1.0), V3), "zeros": ((0.0, 0.0, 0.0), V2), "n1": (draw(1), draw(1))},
    ),
    _contraction(
        "magnitude_spectrum",
        "rfft abs",
        weighted(lambda xp, x: xp.abs(xp.rfft(x))),
        {"n4": ((0.42, -0.75, 1.6, 0.3), V3), "n3": ((0.42, -0.75, 1.6), V2)},
        {"impulse": ((1.0, 0.0, 0.0, 0.0), V3)},
    ),
    _contraction(
        "windowed_power_spectrum",
        "rfft real imag",
        weighted(lambda xp, x, window: _power(xp, xp.rfft(x * window))),
        {"hann": (V4, (0.0, 0.75, 0.75, 0.0), V3), "hamming": (draw(5), (0.08, 0.54, 1.0, 0.54, 0.08), V3)},
        {"closed": (V4, (0.0, 0.0, 0.0, 0.0), V3)},
    ),
    _contraction(
        "short_time_power",
        "rfft real imag stack",
        weighted(lambda xp, x: _power(xp, xp.rfft(xp.stack([x[0:4], x[2:6]], axis=0)))),
        {"n6": (draw(6), M23)},
        {"impulse": ((0.0, 0.0, 1.0, 0.0, 0.0, 0.0), M23)},
    ),
    _contraction(
        "fft",
        "fft real imag",
        weighted(lambda xp, x: _parts(xp, xp.fft(x * x))),
        {"n3": (V3, draw(6)), "n4": (V4, draw(8))},
        {"n1": (draw(1), V2)},
    ),
    _contraction(
        "dct", "dct", weighted(lambda xp, x: xp.dct(x * x)), {"n3": (V3, V3), "n4": (V4, V4)}, {"n1": (draw(1), draw(1))}
    ),
    _contraction(
        "idct", "idct", weighted(lambda xp, x: xp.idct(x * x)), {"n3": (V3, V3), "n4": (V4, V4)}, {"n1": (draw(1), draw(1))}
    ),
    _contraction(
        "fft_axis0",
        "fft real imag",
        weighted(lambda xp, x: _parts(xp, xp.fft(x * x, axis=0))),
        {"n32": (M32, draw(3, 4))},
        {"one_row": (draw(1, 2), draw(1, 4))},
    ),
    _contraction(
        "ifft",
        "ifft real imag",
        weighted(lambda xp, x: _parts(xp, xp.ifft(x * x))),
        {"n3": (V3, draw(6)), "n4": (V4, draw(8))},
        {"n1": (draw(1), V2)},
    ),
    _contraction(
        "fft_there_and_back",
        "fft ifft real",
        weighted(lambda xp, x: xp.real(xp.ifft(xp.fft(x))) ** 3),
        {"n4": (V4, V4), "n5": (draw(5), draw(5))},
        {"zeros": ((0.0, 1.0, 0.0), V3)},
    ),
    _contraction(
        "fft2_power",
        "fft2 real imag",
        weighted(lambda xp, x: _power(xp, xp.fft2(x))),
        {"n23": (M23, M23)},
        {"zeros": (NULL, M22), "n1": (M11, M11)},
    ),
    _contraction(
        "ifft2", "ifft2 real", weighted(lambda xp, x: xp.real(xp.ifft2(x)) ** 2), {"n23": (M23, M23)}, {"n1": (M11, M11)}
    ),
    _contraction(
        "rfft2_power",
        "rfft2 real imag",
        weighted(lambda xp, x: _power(xp, xp.rfft2(x))),
        {"n23": (M23, draw(2, 2)), "n34": (draw(3, 4), draw(3, 3))},
        {"n1": (M11, M11)},
    ),
    _contraction(
        "irfft2",
        "rfft2 irfft2",
        weighted(lambda xp, x, y: xp.irfft2(xp.rfft2(x) * xp.rfft2(y))),
        {"n24": (draw(2, 4), draw(2, 4), draw(2, 4))},
        {"n12": (draw(1, 2), draw(1, 2), draw(1, 2))},
    ),
    _contraction(
        "irfft_even",
        "rfft irfft",
        weighted(lambda xp, x, y: xp.irfft(xp.rfft(x) * xp.rfft(y))),
        {"n4": (V4, V4, V4)},
        {"n2": (V2, V2, V2), "impulse": ((1.0, 0.0, 0.0, 0.0), V4, V4)},
    ),
    _contraction(
        "irfft_odd",
        "rfft irfft",
        weighted(lambda xp, x, y: xp.irfft(xp.rfft(x) * xp.rfft(y), n=5)),
        {"n5": (draw(5), draw(5), draw(5))},
        {"zeros": ((0.0, 0.0, 1.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0, 0.0), draw(5))},
    ),
    _contraction(
        "parseval",
        "fft real imag",
        lambda xp, x: xp.sum(_power(xp, xp.fft(x))) ** 2,
        {"n4": (V4,)},
        {"zeros": ((0.0, 0.0, 0.0),), "n1": (draw(1),)},
    ),
    _contraction(
        "convolve",
        "convolve",
        weighted(lambda xp, a, v: xp.convolve(a, v)),
        {"n43": (V4, V3, draw(6)), "n24": (V2, V4, draw(5))},
        {"n1": (draw(1), V3, V3), "zeros": ((0.0, 0.0), (0.0, 1.0, 0.0), V4)},
    ),
    _contraction(
        "convolve_same",
        "convolve",
        weighted(lambda xp, a, v: xp.convolve(a, v, mode="same")),
        {"n43": (V4, V3, V4), "n52": (draw(5), V2, draw(5))},
        {"n1": (draw(1), draw(1), draw(1))},
    ),
    _contraction(
        "convolve_valid",
        "convolve",
        weighted(lambda xp, a, v: xp.convolve(a, v, mode="valid")),
        {"n43": (V4, V3, V2), "n52": (draw(5), V2, V4)},
        {"same_size": (V3, V3, draw(1))},
    ),
    _contraction(
        "autocorrelation",
        "convolve flip",
        weighted(lambda xp, a: xp.convolve(a, xp.flip(a, axis=0))),
        {"n4": (V4, draw(7))},
        {"zeros": ((0.0, 1.0, 0.0), draw(5))},
    ),
)

CASES: tuple[Case, ...] = (*MATRIX_PRODUCTS, *DOTS, *EINSUMS, *TRANSFORMS)
