"""Signals: Fourier and cosine transforms with their options, frames, spectra, convolutions, slopes, scans of either direction.

Transforms are asked of what is not linear, so that their derivatives of order 2 and 3 are not zero.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import draw, row, weighted

_signal = partial(row, family="signal", source="SciPy's scipy.signal and scipy.fft, and the frameworks' own documentation")

V2, V3, V4, V5, V6, V8 = (draw(n) for n in (2, 3, 4, 5, 6, 8))
ONE = draw(1)
M23, M33, M34 = draw(2, 3), draw(3, 3), draw(3, 4)
CUBE = draw(2, 2, 3)
WINDOW = (0.5, 1.0, 0.75, 0.25)
ALL_ONES = (1.0, 1.0, 1.0, 1.0)
PLACES = (0.0, 0.5, 0.75, 2.0, 2.5)


def _square(y: Any) -> Any:
    """Without a power, whose own derivatives are other cases'."""
    return y * y


def _parts(xp: Any, z: Any) -> Any:
    return xp.concat([xp.real(z), xp.imag(z)], axis=-1)


def _power(xp: Any, z: Any) -> Any:
    return _square(xp.real(z)) + _square(xp.imag(z))


def _as(name: str, n: int, norm: str) -> Case:
    """The power of a transform of n elements, of fewer or more than there are."""
    return _signal(
        f"{name}_{n}_{norm}",
        f"{name} real imag",
        weighted(lambda xp, x: _power(xp, getattr(xp, name)(x, n, norm))),
        {"of_4": (V4, draw(n // 2 + 1 if name == "rfft_as" else n))},
        {
            "of_1": (ONE, draw(n // 2 + 1 if name == "rfft_as" else n)),
            "zeros": ((0.0,) * 5, draw(n // 2 + 1 if name == "rfft_as" else n)),
        },
    )


def _complex_as(name: str, n: int, norm: str) -> Case:
    """Of a complex signal with these parts."""
    return _signal(
        f"complex_{name}_{n}_{norm}",
        f"{name} complex",
        weighted(lambda xp, a, b: _square(_parts(xp, getattr(xp, name)(xp.complex(a, b), n, norm)))),
        {"of_4": (V4, V4, draw(2 * n))},
        {"of_2": (V2, V2, draw(2 * n))},
    )


def _real_as(n: int, norm: str) -> Case:
    return _signal(
        f"complex_irfft_as_{n}_{norm}",
        "irfft_as complex",
        weighted(lambda xp, a, b: _square(xp.irfft_as(xp.complex(a, b), n, norm))),
        {"of_3": (V3, V3, draw(n))},
        {"of_5": (V5, V5, draw(n)), "real": (V3, (0.0, 0.0, 0.0), draw(n))},
    )


OPTIONS = (
    *(_as("rfft_as", n, norm) for n, norm in ((6, "forward"), (7, "ortho"), (4, "backward"))),
    *(_complex_as("fft_as", n, norm) for n, norm in ((6, "ortho"),)),
    *(_complex_as("ifft_as", n, norm) for n, norm in ((3, "forward"),)),
    *(_real_as(n, norm) for n, norm in ((5, "forward"), (6, "backward"))),
    _signal(
        "complex_hfft",
        "hfft complex",
        weighted(lambda xp, a, b: _square(xp.hfft(xp.complex(a, b), 6))),
        {"of_4": (V4, V4, V6)},
        {"real": (V4, (0.0, 0.0, 0.0, 0.0), V6)},
    ),
    _signal(
        "ihfft",
        "ihfft real imag",
        weighted(lambda xp, x: _parts(xp, xp.ihfft(x * x))),
        {"n4": (V4, V6), "n5": (V5, V6)},
        {"n1": (ONE, V2)},
    ),
    _signal(
        "complex_fftn",
        "fftn complex",
        weighted(lambda xp, a, b: _power(xp, xp.fftn(xp.complex(a, b)))),
        {"n223": (CUBE, CUBE, CUBE)},
        {"n1": (draw(1, 1, 1), draw(1, 1, 1), draw(1, 1, 1))},
    ),
    _signal(
        "rfftn_power",
        "rfftn real imag",
        weighted(lambda xp, x: _power(xp, xp.rfftn(x))),
        {"n223": (CUBE, draw(2, 2, 2)), "n124": (draw(1, 2, 4), draw(1, 2, 3))},
    ),
    _signal(
        "irfftn",
        "rfftn irfftn",
        weighted(lambda xp, x, y: xp.irfftn(xp.rfftn(x) * xp.rfftn(y))),
        {"n222": (draw(2, 2, 2), draw(2, 2, 2), draw(2, 2, 2))},
    ),
    _signal(
        "fftshift",
        "fftshift",
        weighted(lambda xp, x: _square(xp.fftshift(x))),
        {"n4": (V4, V4), "n5": (V5, V5)},
        {"n1": (ONE, ONE)},
    ),
)


def _cosines(kind: int, norm: str | None = None) -> Case:
    return _signal(
        f"dct_{kind}{'_ortho' if norm else ''}",
        "dct_of_type",
        weighted(lambda xp, x: xp.dct_of_type(x * x, kind, norm)),
        {"n3": (V3, V3), "n4": (V4, V4)},
        {"n2": (V2, V2), "zeros": ((0.0, 0.0, 0.0), V3)},
    )


COSINES = (
    *(_cosines(kind) for kind in (1, 3, 4)),
    _cosines(2, "ortho"),
    _cosines(4, "ortho"),
    _signal("dctn", "dctn", weighted(lambda xp, x: xp.dctn(x * x)), {"n23": (M23, M23)}),
    _signal(
        "mdct", "mdct", weighted(lambda xp, x: xp.mdct(x * x, 4)), {"n8": (V8, draw(3, 2))}, {"one_frame": (V4, draw(1, 2))}
    ),
    _signal(
        "inverse_mdct",
        "inverse_mdct",
        weighted(lambda xp, x: xp.inverse_mdct(x * x)),
        {"n32": (draw(3, 2), draw(8))},
        {"one_frame": (draw(1, 2), V4)},
    ),
)

FRAMES = (
    _signal(
        "frame",
        "frame",
        weighted(lambda xp, x: _square(xp.frame(x, 3, 2))),
        {"n8": (V8, M33), "rows": (draw(2, 5), draw(2, 2, 3))},
        {"one_frame": (V3, draw(1, 3))},
    ),
    _signal(
        "overlap_and_add",
        "overlap_and_add",
        weighted(lambda xp, x: _square(xp.overlap_and_add(x, 2))),
        {"n33": (M33, draw(7)), "n34": (M34, V8)},
        {"one_frame": (draw(1, 3), V3)},
    ),
    _signal(
        "stft_power",
        "stft real imag",
        weighted(lambda xp, x, window: _power(xp, xp.stft(x, window, 2))),
        {"n8": (V8, WINDOW, M33)},
        {"rectangle": (V8, ALL_ONES, M33), "zeros": ((0.0,) * 6, WINDOW, M23), "one_frame": (V4, WINDOW, draw(1, 3))},
    ),
    _signal(
        "stft_of_amplitudes",
        "stft_of_amplitudes real imag",
        weighted(lambda xp, x, window: _power(xp, xp.stft_of_amplitudes(x, window, 2))),
        {"n8": (V8, WINDOW, M33)},
    ),
    _signal(
        "complex_inverse_stft",
        "inverse_stft complex",
        weighted(lambda xp, a, b, window: _square(xp.inverse_stft(xp.complex(a, b), window, 2))),
        {"n33": (M33, M33, WINDOW, V8)},
        {"rectangle": (M33, M33, ALL_ONES, V8)},
    ),
    _signal(
        "complex_istft",
        "istft complex",
        weighted(lambda xp, a, b, window: _square(xp.istft(xp.complex(a, b), window, 2))),
        {"n33": (M33, M33, WINDOW, V8)},
        {"rectangle": (M33, M33, ALL_ONES, V8)},
    ),
    _signal(
        "stft_there_and_back",
        "stft istft",
        weighted(lambda xp, x, window: xp.istft(xp.stft(x, window, 2), window, 2) ** 3),
        {"n8": (V8, WINDOW, V8)},
    ),
)

SPECTRA = (
    _signal(
        "welch",
        "welch",
        weighted(lambda xp, x: xp.welch(x, 4)),
        {"n8": (V8, V3)},
        {"constant": ((1.0,) * 8, V3), "one_frame": (V4, V3)},
    ),
    _signal("csd", "csd real imag", weighted(lambda xp, x, y: _parts(xp, xp.csd(x, y, 4))), {"n8": (V8, V8, V6)}),
    _signal(
        "detrend",
        "detrend",
        weighted(lambda xp, x: _square(xp.detrend(x, "linear"))),
        {"n5": (V5, V5)},
        {"line": ((1.0, 2.0, 3.0, 4.0), V4)},
    ),
)


def _of_two(name: str, mode: str, one: Any, other: Any, weight: Any) -> Case:
    return _signal(
        f"{name}_{mode}",
        name,
        weighted(lambda xp, x, y: getattr(xp, name)(x, y, mode)),
        {"even": (one, other, weight)},
    )


CONVOLUTIONS = (
    *(_of_two("fftconvolve", mode, V5, V3, weight) for mode, weight in (("same", V5),)),
    *(
        _of_two(name, mode, M34, draw(2, 2), weight)
        for name in ("convolve2d", "correlate2d")
        for mode, weight in (("full", draw(4, 5)), ("same", M34))
    ),
)

SLOPES = (
    _signal(
        "cumulative_trapezoid",
        "cumulative_trapezoid",
        weighted(lambda xp, y, x: xp.cumulative_trapezoid(y, x)),
        {"n5": (V5, PLACES, V4)},
        {"n2": (V2, V2, ONE), "equal_places": (V3, (0.5, 0.5, 0.5), V2)},
    ),
    _signal(
        "slopes_at",
        "slopes_at",
        weighted(lambda xp, y, x: _square(xp.slopes_at(y, x))),
        {"n5": (V5, PLACES, V5)},
        {"n3": (V3, (0.0, 1.0, 3.0), V3)},
    ),
    _signal(
        "slopes_along",
        "slopes_along",
        weighted(lambda xp, x: _square(xp.slopes_along(x, 1))),
        {"n34": (M34, M34), "n33": (M33, M33)},
        {"n22": (draw(2, 2), draw(2, 2))},
    ),
    _signal(
        "slopes_of_second_order",
        "slopes_of_second_order",
        weighted(lambda xp, x: _square(xp.slopes_of_second_order(x))),
        {"n5": (V5, V5), "n3": (V3, V3)},
    ),
    _signal(
        "unwrap",
        "unwrap",
        weighted(lambda xp, x: _square(xp.unwrap(x))),
        {"jumps": ((0.5, 2.5, -2.0, 1.0, -3.0), V5), "smooth": (V4, V4)},
    ),
)


def _scan(name: str, smooth_points: dict[str, Any] | None = None) -> Case:
    return _signal(
        name,
        name,
        weighted(lambda xp, x: getattr(xp, name)(x * x + x if "sum" in name else x)),
        {"n4": ((0.42, -0.75, 1.6, 0.3), V4)},
        {
            "n1": ((0.75,), ONE),
            "zeros": ((0.0, 0.0, 0.0), V3),
            "one_zero": ((0.5, 0.0, -1.5, 2.0), V4),
            **(smooth_points or {}),
        },
    )


SCANS = (
    _scan("cumulative_sum_reversed"),
    _scan("cumulative_sum_of_others"),
    _scan("cumulative_sum_of_others_reversed"),
    _scan("cumulative_prod_reversed", {"two_zeros": ((0.5, 0.0, 0.0, 2.0), V4), "first_zero": ((0.0, 2.0, -1.5), V3)}),
    _scan("cumulative_prod_of_others", {"two_zeros": ((0.5, 0.0, 0.0, 2.0), V4), "last_zero": ((2.0, -1.5, 0.0), V3)}),
    _scan(
        "cumulative_prod_of_others_reversed", {"two_zeros": ((0.5, 0.0, 0.0, 2.0), V4), "first_zero": ((0.0, 2.0, -1.5), V3)}
    ),
    _scan("logcumsumexp_reversed", {"far": ((800.0, -800.0, 0.0), V3), "masked_end": ((0.5, 0.25, -90.0), V3)}),
)

CASES: tuple[Case, ...] = (*OPTIONS, *COSINES, *FRAMES, *SPECTRA, *CONVOLUTIONS, *SLOPES, *SCANS)
