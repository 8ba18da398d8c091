"""Signals defined by other operations of the vocabulary: Fourier and cosine transforms, frames, spectra, scans, slopes.

The texts are as those of `reference.definitions`, which joins their names. Transforms of a signal are written by fast Fourier
transforms, since those say what a fast algorithm may lose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

PI = np.arccos(np.longdouble(-1))


def _fitted(xp: Any, x: Any, n: int) -> Any:
    """The first n elements of the last axis, behind its end zeros."""
    given = x.shape[-1]
    return x[..., :n] if n <= given else xp.concat([x, np.zeros((*x.shape[:-1], n - given))], axis=-1)


def _scale(n: int, norm: str, inverse: bool = False) -> Any:
    """What a transform that is scaled otherwise is multiplied by, beside the usual one."""
    power = {"backward": 0.0, "ortho": 0.5, "forward": 1.0}[norm]
    return np.longdouble(n) ** (power if inverse else -power)


def fft_as(xp: Any, x: Any, n: int, norm: str = "backward") -> Any:
    return xp.fft(_fitted(xp, x, n)) * _scale(n, norm)


def ifft_as(xp: Any, x: Any, n: int, norm: str = "backward") -> Any:
    return xp.ifft(_fitted(xp, x, n)) * _scale(n, norm, inverse=True)


def rfft_as(xp: Any, x: Any, n: int, norm: str = "backward") -> Any:
    return xp.rfft(_fitted(xp, x, n)) * _scale(n, norm)


def irfft_as(xp: Any, x: Any, n: int, norm: str = "backward") -> Any:
    """The real signal of n samples whose transform begins with x, zeros behind it."""
    return xp.irfft(_fitted(xp, x, n // 2 + 1), n=n) * _scale(n, norm, inverse=True)


def hfft(xp: Any, x: Any, n: int) -> Any:
    """The real transform of a signal of n samples, of which x is the first half and the conjugates of x the other."""
    return xp.irfft(xp.conj(x), n=n) * float(n)


def ihfft(xp: Any, x: Any) -> Any:
    return xp.conj(xp.rfft(x)) / float(x.shape[-1])


def fftn(xp: Any, x: Any) -> Any:
    """Over the last three axes, as the next three."""
    return xp.fft(xp.fft(xp.fft(x), axis=-2), axis=-3)


def rfftn(xp: Any, x: Any) -> Any:
    return xp.fft(xp.fft(xp.rfft(x), axis=-2), axis=-3)


def irfftn(xp: Any, x: Any) -> Any:
    return xp.irfft(xp.ifft(xp.ifft(x, axis=-3), axis=-2))


def fftshift(xp: Any, x: Any) -> Any:
    """The last axis turned, so that the first element comes to its middle."""
    return xp.roll(x, x.shape[-1] // 2, axis=-1)


def frame(xp: Any, x: Any, size: int, step: int) -> Any:
    """The windows of the last axis as far as they are whole, as rows."""
    return xp.stack([x[..., i : i + size] for i in range(0, x.shape[-1] - size + 1, step)], axis=-2)


def overlap_and_add(xp: Any, frames: Any, step: int) -> Any:
    """The sum of the rows, each `step` places behind the one before."""
    count, size = frames.shape
    length = (count - 1) * step + size
    before = [np.zeros(i * step) for i in range(count)]
    behind = [np.zeros(length - i * step - size) for i in range(count)]
    return xp.sum(xp.stack([xp.concat([before[i], frames[i], behind[i]]) for i in range(count)]), axis=0)


def stft(xp: Any, x: Any, window: Any, step: int) -> Any:
    """The transforms of frames as long as the window, times the window, as rows."""
    return xp.rfft(frame(xp, x, window.shape[0], step) * window)


def inverse_stft(xp: Any, x: Any, window: Any, step: int) -> Any:
    """The signals of the rows, times the window, added where they overlap."""
    return overlap_and_add(xp, xp.irfft(x, n=window.shape[0]) * window, step)


def istft(xp: Any, x: Any, window: Any, step: int) -> Any:
    """The signal whose `stft` is nearest to x."""
    weights = xp.stack([window * window] * x.shape[0])
    return inverse_stft(xp, x, window, step) / overlap_and_add(xp, weights, step)


def stft_of_amplitudes(xp: Any, x: Any, window: Any, step: int) -> Any:
    """`stft` divided by the sum of the window, as SciPy's, with the frames as columns."""
    return xp.matrix_transpose(stft(xp, x, window, step) / xp.sum(window))


def _hann(size: int) -> Any:
    return (1 - np.cos(2 * PI * np.arange(size) / size)) / 2


def csd(xp: Any, x: Any, y: Any, size: int) -> Any:
    """The mean cross spectral density of frames that overlap by half, less their mean, by Hann's window."""
    window = _hann(size)
    spectra = []
    for signal in (x, y):
        rows = frame(xp, signal, size, size - size // 2)
        spectra.append(xp.rfft((rows - xp.mean(rows, axis=-1, keepdims=True)) * window))
    half = np.arange(size // 2 + 1)
    twice = np.where((half == 0) | (2 * half == size), 1, 2) / np.sum(window * window)
    return xp.mean(xp.conj(spectra[0]) * spectra[1], axis=0) * twice


def welch(xp: Any, x: Any, size: int) -> Any:
    return xp.real(csd(xp, x, x, size))


def detrend(xp: Any, x: Any, kind: str) -> Any:
    """A vector less its mean ("constant"), or less the line nearest to it ("linear")."""
    n = x.shape[0]
    if kind == "constant":
        return x - xp.mean(x)
    line = np.stack([(np.arange(n) + np.longdouble(1)) / n, np.ones(n)], axis=1)
    return x - xp.matmul(line, xp.lstsq(line, x[:, None]))[:, 0]


def dct_of_type(xp: Any, x: Any, kind: int, norm: str | None = None) -> Any:
    """The cosine transform of a vector, of type 1, 2, 3 or 4, as SciPy's: sums of products with 2·cosines, or orthonormal."""
    n = x.shape[0]
    if kind == 1:
        return xp.real(xp.rfft(xp.concat([x, xp.flip(x[1:-1])])))
    if kind == 3:
        ends = np.sqrt(np.where(np.arange(n) == 0, n, n / np.longdouble(2)))
        return xp.idct(x if norm else x * (np.where(np.arange(n) == 0, 1, 2) * ends))
    if kind == 4:
        result = xp.dct(xp.concat([x, x * 0.0]))[1::2]
        return result * np.sqrt(1 / np.longdouble(2 * n)) if norm else result
    return xp.dct(x) * np.sqrt(np.where(np.arange(n) == 0, 1, 2) / np.longdouble(4 * n)) if norm else xp.dct(x)


def dctn(xp: Any, x: Any) -> Any:
    """The cosine transform of type 2 of the rows of a matrix, and then of the columns."""
    rows = xp.stack([xp.dct(row) for row in xp.unstack(x)])
    return xp.stack([xp.dct(column) for column in xp.unstack(rows, axis=1)], axis=1)


def mdct(xp: Any, x: Any, size: int) -> Any:
    """The modified cosine transform of frames of 2n that overlap by half, a row of n each, by Vorbis' window, orthonormal."""
    n = size // 2
    window = _vorbis(size)
    rows = []
    for row in xp.unstack(frame(xp, x, size, n) * window):
        a, b, c, d = (row[i * n // 2 : (i + 1) * n // 2] for i in range(4))
        rows.append(dct_of_type(xp, xp.concat([-xp.flip(c) - d, a - xp.flip(b)]), 4, "ortho"))
    return xp.stack(rows)


def inverse_mdct(xp: Any, x: Any) -> Any:
    """The signal of the rows of `mdct`, but for the first and the last half frame, which one frame alone knows."""
    n = x.shape[1]
    frames = []
    for row in xp.unstack(x):
        y = dct_of_type(xp, row, 4, "ortho")
        low, high = y[: n // 2], y[n // 2 :]
        frames.append(xp.concat([high, -xp.flip(high), -xp.flip(low), -low]))
    return overlap_and_add(xp, xp.stack(frames) * _vorbis(2 * n), n)


def _vorbis(size: int) -> Any:
    return np.sin(PI / 2 * np.sin(PI / size * (np.arange(size) + np.longdouble(0.5))) ** 2)


def _part(length: int, x: int, y: int, mode: str) -> slice:
    """Which elements of a full convolution a mode takes, as SciPy does: "same" as many as x has."""
    size = {"full": length, "same": x, "valid": max(x, y) - min(x, y) + 1}[mode]
    start = (length - size) // 2
    return slice(start, start + size)


def fftconvolve(xp: Any, x: Any, y: Any, mode: str = "full") -> Any:
    """The convolution of two vectors by Fourier transforms."""
    length = x.shape[0] + y.shape[0] - 1
    full = xp.irfft(xp.rfft(_fitted(xp, x, length)) * xp.rfft(_fitted(xp, y, length)), n=length)
    return full[_part(length, x.shape[0], y.shape[0], mode)]


def convolve2d(xp: Any, x: Any, y: Any, mode: str = "full") -> Any:
    margins = tuple(n - 1 for n in y.shape)
    full = xp.conv2d(x[None, None], xp.flip(y)[None, None], padding=margins)[0, 0]
    return full[tuple(_part(*sizes, mode) for sizes in zip(full.shape, x.shape, y.shape, strict=True))]


def correlate2d(xp: Any, x: Any, y: Any, mode: str = "full") -> Any:
    """Of an even number of rows or columns of y, "same" has one more of those of y before than behind, as SciPy's."""
    if mode != "same":
        return convolve2d(xp, x, xp.flip(y), mode)
    full = convolve2d(xp, x, xp.flip(y))
    return full[tuple(slice(m // 2, m // 2 + n) for n, m in zip(x.shape, y.shape, strict=True))]


def cumulative_trapezoid(xp: Any, y: Any, x: Any) -> Any:
    return xp.cumulative_sum((x[1:] - x[:-1]) * (y[1:] + y[:-1]) * 0.5, axis=0)


def slopes_at(xp: Any, y: Any, x: Any) -> Any:
    """NumPy's `gradient` of a vector at places x: that of the parabola through neighbours, one-sided at the ends."""
    before, behind = x[1:-1] - x[:-2], x[2:] - x[1:-1]
    inner = (
        -(behind / (before * (before + behind))) * y[:-2]
        + (behind - before) / (before * behind) * y[1:-1]
        + before / (behind * (before + behind)) * y[2:]
    )
    ends = [(y[1:2] - y[:1]) / (x[1:2] - x[:1]), (y[-1:] - y[-2:-1]) / (x[-1:] - x[-2:-1])]
    return xp.concat([ends[0], inner, ends[1]], axis=0)


def slopes_along(xp: Any, x: Any, axis: int) -> Any:
    """NumPy's `gradient` along one axis."""
    return xp.moveaxis(xp.slopes(xp.moveaxis(x, axis, 0)), 0, axis)


def slopes_of_second_order(xp: Any, y: Any) -> Any:
    """NumPy's `gradient` of a vector, at the ends that of the parabola through the outermost three."""
    first = -1.5 * y[0:1] + 2.0 * y[1:2] - 0.5 * y[2:3]
    last = 1.5 * y[-1:] - 2.0 * y[-2:-1] + 0.5 * y[-3:-2]
    return xp.concat([first, (y[2:] - y[:-2]) / 2.0, last], axis=0)


def unwrap(xp: Any, x: Any) -> Any:
    """x, to every element so many times 2π added that none is farther than π from the one before."""
    turns = xp.cumulative_sum(xp.round((x[1:] - x[:-1]) / (2 * PI)), axis=0)
    return xp.concat([x[:1], x[1:] - turns * (2 * PI)], axis=0)


def scan(name: str, start: float | None = None, reverse: bool = False) -> Callable[..., Any]:
    """The scan of that name of a vector, from its end if `reverse`, without the element itself if it has a `start` instead."""

    def scanned(xp: Any, x: Any) -> Any:
        turned = xp.flip(x) if reverse else x
        if start is not None:
            turned = xp.concat([np.full(1, start), turned[:-1]])
        result = xp.logcumsumexp(turned) if name == "logcumsumexp" else getattr(xp, name)(turned, axis=0)
        return xp.flip(result) if reverse else result

    return scanned


NAMES: Mapping[str, Callable[..., Any]] = {
    "convolve2d": convolve2d,
    "correlate2d": correlate2d,
    "csd": csd,
    "cumulative_prod_of_others": scan("cumulative_prod", 1.0),
    "cumulative_prod_of_others_reversed": scan("cumulative_prod", 1.0, reverse=True),
    "cumulative_prod_reversed": scan("cumulative_prod", reverse=True),
    "cumulative_sum_of_others": scan("cumulative_sum", 0.0),
    "cumulative_sum_of_others_reversed": scan("cumulative_sum", 0.0, reverse=True),
    "cumulative_sum_reversed": scan("cumulative_sum", reverse=True),
    "cumulative_trapezoid": cumulative_trapezoid,
    "dct_of_type": dct_of_type,
    "dctn": dctn,
    "detrend": detrend,
    "fft_as": fft_as,
    "fftconvolve": fftconvolve,
    "fftn": fftn,
    "fftshift": fftshift,
    "frame": frame,
    "hfft": hfft,
    "ifft_as": ifft_as,
    "ihfft": ihfft,
    "inverse_mdct": inverse_mdct,
    "inverse_stft": inverse_stft,
    "irfft_as": irfft_as,
    "irfftn": irfftn,
    "istft": istft,
    "logcumsumexp_reversed": scan("logcumsumexp", reverse=True),
    "mdct": mdct,
    "overlap_and_add": overlap_and_add,
    "rfft_as": rfft_as,
    "rfftn": rfftn,
    "slopes_along": slopes_along,
    "slopes_at": slopes_at,
    "slopes_of_second_order": slopes_of_second_order,
    "stft": stft,
    "stft_of_amplitudes": stft_of_amplitudes,
    "unwrap": unwrap,
    "welch": welch,
}
