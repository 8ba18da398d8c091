"""What `reference.signals` and `reference.matrices` define, written apart: by NumPy's functions, sums and loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.case import quarters

Array = NDArray[np.float64]

X34 = quarters((3, 4), "signals 34") + np.arange(12.0).reshape(3, 4) / 16
X8, X7, X3 = (quarters((n,), f"signals {n}") + np.arange(n) / 16 for n in (8, 7, 3))
CUBE = quarters((2, 3, 4), "signals 234")
A3 = np.array([[2.0, -0.5, 0.25], [0.75, 1.5, -1.0], [0.5, 0.25, -1.25]])
WINDOW = np.array([0.5, 1.0, 0.75, 0.25])
STEPS = np.array([0.0, 0.5, 0.75, 2.0, 2.5, 4.0, 4.25, 5.0])


def turned(x: Array) -> Any:
    """Complex numbers made of real ones."""
    return x * (1 + 2j) + 0.25j


def cosines(x: Array, kind: int) -> Array:
    n = x.size
    k, j = np.arange(n)[:, None], np.arange(n)
    if kind == 1:
        weights = np.where((j == 0) | (j == n - 1), 1, 2)
        return np.cos(np.pi * j * k / (n - 1)) @ (weights * x)
    if kind == 2:
        return 2 * np.cos(np.pi * k * (2 * j + 1) / (2 * n)) @ x
    if kind == 3:
        return np.cos(np.pi * j * (2 * k + 1) / (2 * n)) @ (np.where(j == 0, 1, 2) * x)
    return 2 * np.cos(np.pi * (2 * j + 1) * (2 * k + 1) / (4 * n)) @ x


def orthonormal(x: Array, kind: int) -> Array:
    """The transform in the direction of its own rows, each of length 1 after the weights of type 3 are split in halves."""
    n = x.size
    if kind == 3:
        matrix = np.array([orthonormal(unit, 2) for unit in np.eye(n)])
        return matrix @ x
    matrix = np.array([cosines(unit, kind) for unit in np.eye(n)]).T
    lengths: Array = np.linalg.norm(matrix, axis=1)
    return matrix @ x / lengths


def framed(x: Array, size: int, step: int) -> Array:
    return np.lib.stride_tricks.sliding_window_view(x, size, -1)[..., ::step, :]


def overlapped(rows: Array, step: int) -> Array:
    y = np.zeros((len(rows) - 1) * step + rows.shape[1])
    for i, row in enumerate(rows):
        y[i * step : i * step + row.size] += row
    return y


def vorbis(size: int) -> Array:
    window: Array = np.sin(np.pi / 2 * np.sin(np.pi / size * (np.arange(size) + 0.5)) ** 2)
    return window


def lapped(n: int) -> Array:
    """The matrix of the modified cosine transform of 2n samples."""
    k, j = np.arange(n)[:, None], np.arange(2 * n)
    matrix: Array = np.sqrt(2 / n) * np.cos(np.pi / n * (j + 0.5 + n / 2) * (k + 0.5))
    return matrix


def density(x: Array, y: Array, size: int) -> Any:
    window = np.hanning(size + 1)[:-1]
    one, other = ((f := framed(z, size, size - size // 2)) - f.mean(-1, keepdims=True) for z in (x, y))
    twice = np.where((np.arange(size // 2 + 1) % (size / 2)) == 0, 1, 2)
    return (np.fft.rfft(one * window).conj() * np.fft.rfft(other * window)).mean(0) * twice / (window @ window)


def convolved(x: Array, y: Array, mode: str) -> Array:
    """ "same" as SciPy has it: centred, of the size of x."""
    full = np.zeros(np.add(x.shape, y.shape) - 1)
    for i, j in np.ndindex(*y.shape):
        full[i : i + x.shape[0], j : j + x.shape[1]] += y[i, j] * x
    if mode == "valid":
        (m, n), (p, q) = x.shape, y.shape
        return full[p - 1 : m, q - 1 : n]
    if mode == "same":
        (p, q), (m, n) = ((np.array(y.shape) - 1) // 2), x.shape
        return full[p : p + m, q : q + n]
    return full


def without_line(x: Array) -> Array:
    places = np.arange(x.size)
    return x - np.polyval(np.polyfit(places, x, 1), places)


def block(a: Array, b: Array) -> Array:
    result = np.zeros(np.add(a.shape, b.shape))
    result[: a.shape[0], : a.shape[1]] = a
    result[a.shape[0] :, a.shape[1] :] = b
    return result


def exponential(a: Array) -> Array:
    result, term = np.eye(len(a)), np.eye(len(a))
    for k in range(1, 60):
        term = term @ a / k
        result = result + term
    return result


def by_difference(a: Array, e: Array) -> Array:
    """The derivative of a power series, term by term."""
    result, power, slope = np.zeros_like(a), np.eye(len(a)), np.zeros_like(a)
    factorial = 1.0
    for k in range(1, 60):
        slope, power = slope @ a + power @ e, power @ a
        factorial *= k
        result = result + slope / factorial
    return result


def tridiagonal(below: Array, diagonal: Array, above: Array) -> Array:
    return np.diag(below, -1) + np.diag(diagonal) + np.diag(above, 1)


def positive_root(a: Array) -> Array:
    values, vectors = np.linalg.eigh(a.T @ a)
    root: Array = vectors * np.sqrt(values) @ vectors.T
    return root


def sylvester(a: Array, b: Array, c: Array) -> Array:
    """By the eigenvectors of both."""
    (d, v), (e, w) = np.linalg.eig(a), np.linalg.eig(b)
    inner = np.linalg.inv(v) @ c @ w / (d[:, None] + e)
    return np.real(v @ inner @ np.linalg.inv(w))


def parts(z: Any) -> Array:
    return np.concatenate([z.real, z.imag], -1)


def in_parts(xp: Any, z: Any) -> Any:
    return xp.concat([xp.real(z), xp.imag(z)], axis=-1)


def spectrum(xp: Any, x: Any) -> Any:
    return xp.complex(x, 2.0 * x + 0.25)


Fn = Callable[..., Any]

PAIRS: dict[str, tuple[Fn, Fn, tuple[Array, ...]]] = {
    **{
        f"fft_as {n} {norm}": (
            lambda xp, x, n=n, norm=norm: in_parts(xp, xp.fft_as(spectrum(xp, x), n, norm)),
            lambda x, n=n, norm=norm: parts(np.fft.fft(turned(x), n, norm=norm)),
            (X34,),
        )
        for n, norm in ((6, "backward"), (3, "ortho"), (4, "forward"))
    },
    **{
        f"ifft_as {n} {norm}": (
            lambda xp, x, n=n, norm=norm: in_parts(xp, xp.ifft_as(spectrum(xp, x), n, norm)),
            lambda x, n=n, norm=norm: parts(np.fft.ifft(turned(x), n, norm=norm)),
            (X34,),
        )
        for n, norm in ((6, "backward"), (3, "ortho"), (4, "forward"))
    },
    **{
        f"rfft_as {n} {norm}": (
            lambda xp, x, n=n, norm=norm: in_parts(xp, xp.rfft_as(x, n, norm)),
            lambda x, n=n, norm=norm: parts(np.fft.rfft(x, n, norm=norm)),
            (X34,),
        )
        for n, norm in ((7, "backward"), (3, "ortho"), (4, "forward"))
    },
    **{
        f"irfft_as {n} {norm}": (
            lambda xp, x, n=n, norm=norm: xp.irfft_as(spectrum(xp, x), n, norm),
            lambda x, n=n, norm=norm: np.fft.irfft(turned(x), n, norm=norm),
            (X34,),
        )
        for n, norm in ((10, "backward"), (5, "ortho"), (4, "forward"), (7, "ortho"))
    },
    "hfft": (lambda xp, x: xp.hfft(spectrum(xp, x), 6), lambda x: np.fft.hfft(turned(x), 6), (X34,)),
    "hfft odd": (lambda xp, x: xp.hfft(spectrum(xp, x), 5), lambda x: np.fft.hfft(turned(x), 5), (X34,)),
    "ihfft": (lambda xp, x: in_parts(xp, xp.ihfft(x)), lambda x: parts(np.fft.ihfft(x)), (X34,)),
    "fftn": (lambda xp, x: in_parts(xp, xp.fftn(x)), lambda x: parts(np.fft.fftn(x)), (CUBE,)),
    "rfftn": (lambda xp, x: in_parts(xp, xp.rfftn(x)), lambda x: parts(np.fft.rfftn(x)), (CUBE,)),
    "irfftn": (lambda xp, x: xp.irfftn(spectrum(xp, x)), lambda x: np.fft.irfftn(turned(x)), (CUBE,)),
    "fftshift": (lambda xp, x: xp.fftshift(x), np.fft.fftshift, (X7,)),
    "frame": (lambda xp, x: xp.frame(x, 3, 2), lambda x: framed(x, 3, 2), (X34,)),
    "overlap_and_add": (lambda xp, x: xp.overlap_and_add(x, 3), lambda x: overlapped(x, 3), (X34,)),
    "stft": (
        lambda xp, x: in_parts(xp, xp.stft(x, WINDOW, 2)),
        lambda x: parts(np.fft.rfft(framed(x, 4, 2) * WINDOW)),
        (X8,),
    ),
    "inverse_stft": (
        lambda xp, x: xp.inverse_stft(spectrum(xp, x[:, :3]), WINDOW, 2),
        lambda x: overlapped(np.fft.irfft(turned(x[:, :3])) * WINDOW, 2),
        (X34,),
    ),
    "istft": (lambda xp, x: xp.istft(xp.stft(x, WINDOW, 2), WINDOW, 2), lambda x: x, (X8,)),
    "stft_of_amplitudes": (
        lambda xp, x: in_parts(xp, xp.stft_of_amplitudes(x, WINDOW, 2)),
        lambda x: parts(np.fft.rfft(framed(x, 4, 2) * WINDOW).T / 2.5),
        (X8,),
    ),
    "csd": (lambda xp, x: in_parts(xp, xp.csd(x, x * x, 4)), lambda x: parts(density(x, x * x, 4)), (X8,)),
    "welch": (lambda xp, x: xp.welch(x, 4), lambda x: density(x, x, 4).real, (X8,)),
    "detrend": (lambda xp, x: xp.detrend(x, "linear"), without_line, (X8,)),
    "detrend constant": (lambda xp, x: xp.detrend(x, "constant"), lambda x: x - x.mean(), (X8,)),
    **{
        f"dct_of_type {k}": (lambda xp, x, k=k: xp.dct_of_type(x, k), lambda x, k=k: cosines(x, k), (X7,)) for k in (1, 2, 3, 4)
    },
    **{
        f"dct_of_type {k} ortho": (
            lambda xp, x, k=k: xp.dct_of_type(x, k, "ortho"),
            lambda x, k=k: orthonormal(x, k),
            (X7,),
        )
        for k in (2, 3, 4)
    },
    "dctn": (
        lambda xp, x: xp.dctn(x),
        lambda x: np.array([cosines(c, 2) for c in np.array([cosines(r, 2) for r in x]).T]).T,
        (X34,),
    ),
    "mdct": (lambda xp, x: xp.mdct(x, 4), lambda x: framed(x, 4, 2) * vorbis(4) @ lapped(2).T, (X8,)),
    "inverse_mdct": (lambda xp, x: xp.inverse_mdct(x), lambda x: overlapped(x @ lapped(4) * vorbis(8), 4), (X34,)),
    **{
        f"fftconvolve {mode}": (
            lambda xp, x, y, mode=mode: xp.fftconvolve(x, y, mode),
            lambda x, y, mode=mode: convolved(x[None], y[None], mode)[0],
            (X8, X3),
        )
        for mode in ("full", "same", "valid")
    },
    **{
        f"convolve2d {mode}": (
            lambda xp, x, y, mode=mode: xp.convolve2d(x, y, mode),
            lambda x, y, mode=mode: convolved(x, y, mode),
            (X34, A3[:2, :2]),
        )
        for mode in ("full", "same", "valid")
    },
    "correlate2d same": (
        lambda xp, x, y: xp.correlate2d(x, y, "same"),
        lambda x, y: convolved(x, y[::-1, ::-1], "full")[1:4, 1:5],
        (X34, A3[:2, :2]),
    ),
    "correlate2d": (lambda xp, x, y: xp.correlate2d(x, y), lambda x, y: convolved(x, y[::-1, ::-1], "full"), (X34, A3[:2])),
    "cumulative_trapezoid": (
        lambda xp, y, x: xp.cumulative_trapezoid(y, x),
        lambda y, x: np.array([np.dot(x[1:k] - x[: k - 1], y[1:k] + y[: k - 1]) / 2 for k in range(2, 9)]),
        (X8, STEPS),
    ),
    "slopes_at": (lambda xp, y, x: xp.slopes_at(y, x), np.gradient, (X8, STEPS)),
    "slopes_along": (lambda xp, x: xp.slopes_along(x, 1), lambda x: np.gradient(x, axis=1), (X34,)),
    "slopes_of_second_order": (lambda xp, x: xp.slopes_of_second_order(x), lambda x: np.gradient(x, edge_order=2), (X8,)),
    "unwrap": (lambda xp, x: xp.unwrap(x * x * 9.0), lambda x: np.unwrap(x * x * 9), (X8,)),
    "cumulative_prod_of_others": (
        lambda xp, x: xp.cumulative_prod_of_others(x),
        lambda x: np.array([x[:k].prod() for k in range(8)]),
        (X8,),
    ),
    "cumulative_prod_of_others_reversed": (
        lambda xp, x: xp.cumulative_prod_of_others_reversed(x),
        lambda x: np.array([x[k + 1 :].prod() for k in range(8)]),
        (X8,),
    ),
    "cumulative_prod_reversed": (
        lambda xp, x: xp.cumulative_prod_reversed(x),
        lambda x: np.array([x[k:].prod() for k in range(8)]),
        (X8,),
    ),
    "cumulative_sum_of_others": (
        lambda xp, x: xp.cumulative_sum_of_others(x),
        lambda x: np.array([x[:k].sum() for k in range(8)]),
        (X8,),
    ),
    "cumulative_sum_of_others_reversed": (
        lambda xp, x: xp.cumulative_sum_of_others_reversed(x),
        lambda x: np.array([x[k + 1 :].sum() for k in range(8)]),
        (X8,),
    ),
    "cumulative_sum_reversed": (
        lambda xp, x: xp.cumulative_sum_reversed(x),
        lambda x: np.array([x[k:].sum() for k in range(8)]),
        (X8,),
    ),
    "logcumsumexp_reversed": (
        lambda xp, x: xp.logcumsumexp_reversed(x),
        lambda x: np.log([np.exp(x[k:]).sum() for k in range(8)]),
        (X8,),
    ),
    "block_diag": (lambda xp, a, b: xp.block_diag(a, b), block, (X34, A3)),
    "toeplitz": (
        lambda xp, c, r: xp.toeplitz(c, r),
        lambda c, r: np.array([[c[i - j] if i >= j else r[j - i] for j in range(4)] for i in range(3)]),
        (X3, WINDOW),
    ),
    "expm_frechet": (lambda xp, a: xp.expm_frechet(a, a * a), lambda a: by_difference(a, a * a), (A3,)),
    "eigvalsh_tridiagonal": (
        lambda xp, d, e: xp.eigvalsh_tridiagonal(d, e),
        lambda d, e: np.linalg.eigvalsh(tridiagonal(e, d, e)),
        (WINDOW, X3),
    ),
    "polar_decomposition": (
        lambda xp, a: xp.concat(list(xp.polar_decomposition(a))),
        lambda a: np.concatenate([a @ np.linalg.inv(positive_root(a)), positive_root(a)]),
        (A3,),
    ),
    **{
        f"matrix_cond {order}": (
            lambda xp, a, order=order: xp.matrix_cond(a, order),
            lambda a, order=order: np.linalg.cond(a, order),
            (A3,),
        )
        for order in (None, 2, -2, 1, np.inf, "fro")
    },
    "solve_unitriangular": (
        lambda xp, a: xp.solve_unitriangular(a, a),
        lambda a: np.linalg.solve(np.tril(a, -1) + np.eye(3), a),
        (A3,),
    ),
    "solve_triangular_transposed": (
        lambda xp, a: xp.solve_triangular_transposed(a, a),
        lambda a: np.linalg.solve(np.tril(a).T, a),
        (A3,),
    ),
    "solve_triangular_right": (
        lambda xp, a: xp.solve_triangular_right(a, a),
        lambda a: a @ np.linalg.inv(np.tril(a)),
        (A3,),
    ),
    "lu_solve_transposed": (lambda xp, a: xp.lu_solve_transposed(a, a), lambda a: np.linalg.solve(a.T, a), (A3,)),
    "lu_solve_right": (lambda xp, a: xp.lu_solve_right(a, a * a), lambda a: a * a @ np.linalg.inv(a), (A3,)),
    "lu_inverse": (lambda xp, a: xp.lu_inverse(a), np.linalg.inv, (A3,)),
    "pinv_of_symmetric": (lambda xp, a: xp.pinv_of_symmetric(a), lambda a: np.linalg.pinv((a + a.T) / 2), (A3,)),
    "sylvester": (
        lambda xp, a: xp.sylvester(a, 4.0 * xp.matmul(a.T, a) + np.eye(3), a),
        lambda a: sylvester(a, 4 * a.T @ a + np.eye(3), a),
        (A3,),
    ),
    "cholesky_update": (
        lambda xp, a: xp.cholesky_update(xp.triu(a), a[0]),
        lambda a: np.linalg.cholesky(np.triu(a).T @ np.triu(a) + np.outer(a[0], a[0])).T,
        (A3,),
    ),
    "banded_triangular_solve": (
        lambda xp, a: xp.banded_triangular_solve(a[0], a[1, :2], a),
        lambda a: np.linalg.solve(tridiagonal(a[1, :2], a[0], np.zeros(2)), a),
        (A3,),
    ),
    "tridiagonal_matmul": (
        lambda xp, a: xp.tridiagonal_matmul(a[1, :2], a[0], a[2, 1:], a),
        lambda a: tridiagonal(a[1, :2], a[0], a[2, 1:]) @ a,
        (A3,),
    ),
    "set_diagonal": (lambda xp, a: xp.set_diagonal(a, a[0]), lambda a: np.where(np.eye(3) > 0, a[0], a), (A3,)),
    "band_part": (lambda xp, a: xp.band_part(a, 1, 0), lambda a: np.where(np.eye(3) + np.eye(3, k=-1), a, 0), (A3,)),
    "normalize": (lambda xp, a: xp.normalize(a, 1), lambda a: a / np.abs(a).sum(1, keepdims=True), (A3,)),
    "global_norm": (lambda xp, a, b: xp.global_norm([a, b]), lambda a, b: np.sqrt((a**2).sum() + (b**2).sum()), (A3, X34)),
    "weighted_cov": (lambda xp, a, w: xp.weighted_cov(a, w), lambda a, w: np.cov(a, aweights=w), (X34, WINDOW)),
    "uncorrected_cov": (lambda xp, a: xp.uncorrected_cov(a), lambda a: np.cov(a, ddof=0), (X34,)),
}
