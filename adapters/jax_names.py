"""The names of the suite's vocabulary (array API, NumPy, SciPy, flat) in the namespaces of JAX.

Promised: each name is one public function of JAX with that meaning, reached by its dotted name, or by a lambda where options,
their defaults or the layout of axes are spelt differently. What JAX does not offer is absent (losses, normalisation layers,
erfcinv, y0, k0, ...): its users take such things from other packages. A surface beside the first has its own functions, and the
first one's for the rest of a program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from math import prod
from typing import Any

from .jax_images import FUNCTIONS

FIRST = "jax.numpy"
UNION = (FIRST, "jax.scipy.special", "jax.nn", "jax.numpy.linalg", "jax.scipy.linalg", "jax.numpy.fft")
"""Where a name that no table has is looked up."""


class _Jax:
    """The package, imported at its first use; it is handled without types, as its adapter loads where it is missing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("jax"), name)


jax: Any = _Jax()


def _each(value: int | Sequence[int], count: int) -> tuple[int, ...]:
    return (value,) * count if isinstance(value, int) else tuple(value)


def _convolution(n: int) -> Callable[..., Any]:
    """Cross-correlation over the last n axes; x of shape (batch, channels, ...), weight of shape (out, channels, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0) -> Any:
        return jax.lax.conv_general_dilated(x, weight, _each(stride, n), [(p, p) for p in _each(padding, n)])

    return convolve


def _transposed(n: int) -> Callable[..., Any]:
    """The transpose of a convolution, its padding counted from that of a full one; weight of shape (in, out, ...)."""

    def convolve(x: Any, weight: Any, stride: Any = 1, padding: Any = 0, dilation: Any = 1) -> Any:
        gaps = _each(dilation, n)
        margins = [d * (k - 1) - p for d, k, p in zip(gaps, weight.shape[2:], _each(padding, n), strict=True)]
        layout = ("NCH", "IOH", "NCH") if n == 1 else ("NCHW", "IOHW", "NCHW")
        options = {"rhs_dilation": gaps, "dimension_numbers": layout}
        turned = jax.numpy.flip(weight, range(2, n + 2))
        return jax.lax.conv_transpose(x, turned, _each(stride, n), [(m, m) for m in margins], **options)

    return convolve


def _resize(method: str) -> Callable[..., Any]:
    return lambda x, size: jax.image.resize(x, (*x.shape[:2], *size), method)


def _windows(n: int, combine: str, start: float) -> Callable[..., Any]:
    """The reduction of windows of the last n axes by `combine` of jax.lax; the stride is the size unless given."""

    def reduce(x: Any, size: Any, stride: Any = None) -> Any:
        ones, window = (1,) * (x.ndim - n), _each(size, n)
        steps = window if stride is None else _each(stride, n)
        return jax.lax.reduce_window(x, start, getattr(jax.lax, combine), ones + window, ones + steps)

    return reduce


def _average(n: int) -> Callable[..., Any]:
    total = _windows(n, "add", 0.0)
    return lambda x, size, stride=None: total(x, size, stride) / prod(_each(size, n))


def _attention(query: Any, key: Any, value: Any, scale: float | None = None) -> Any:
    """jax.nn has an axis of heads behind that of the places, and at most one of batches before it."""
    heads = (jax.numpy.expand_dims(x, -2) for x in (query, key, value))
    return jax.numpy.squeeze(jax.nn.dot_product_attention(*heads, scale=scale), -2)


def _clamp(x: Any, low: Any, high: Any) -> Any:
    if low is None or high is None:
        raise AttributeError("absent: jax.lax has no clamp of one bound")
    return jax.lax.clamp(jax.numpy.asarray(low, x.dtype), x, jax.numpy.asarray(high, x.dtype))


def _sqrtm(*_: Any) -> Any:
    raise AttributeError("absent: jax.scipy.linalg.sqrtm answers in complex numbers and is not differentiated")


def _betainc(a: Any, b: Any, x: Any) -> Any:
    return jax.lax.betainc(*(jax.numpy.broadcast_to(jax.numpy.asarray(v, x.dtype), x.shape) for v in (a, b)), x)


def _tridiagonal_solve(below: Any, diagonal: Any, above: Any, b: Any) -> Any:
    """jax.lax has diagonals of equal length, which begin or end with a zero."""
    lower, upper = jax.numpy.pad(below, (1, 0)), jax.numpy.pad(above, (0, 1))
    return import_module("jax.lax.linalg").tridiagonal_solve(lower, diagonal, upper, b)


def _cho_solve(factor: Any, b: Any) -> Any:
    """jax.scipy takes a matrix b beside a stack of factors for a stack of vectors where it can."""
    return jax.scipy.linalg.cho_solve((factor, True), b if b.ndim == factor.ndim else b[None])


def _custom_gradient(f: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    custom = jax.custom_vjp(f)
    custom.defvjp(lambda *args: (f(*args), args), lambda args, g: rule(g, *args))
    return custom  # type: ignore[no-any-return]


def _custom_jvp(f: Callable[..., Any], tangent: Callable[..., Any], rule: Callable[..., Any]) -> Callable[..., Any]:
    custom = jax.custom_jvp(f)
    custom.defjvp(lambda args, tangents: (f(*args), tangent(tangents, *args)))
    return custom  # type: ignore[no-any-return]


def _transform(name: str) -> Callable[..., Any]:
    """A Fourier transform along the last axis, of n elements."""
    return lambda x, n, norm="backward": getattr(jax.numpy.fft, name)(x, n, norm=norm)


def _dct(x: Any, kind: int, norm: str | None = None) -> Any:
    if kind != 2:
        raise AttributeError("absent: jax.scipy.fft.dct is that of type 2")
    return jax.scipy.fft.dct(x, kind, norm=norm)


def _set_diagonal(a: Any, diagonal: Any) -> Any:
    """NumPy's diagonal of a stack is that of all its axes."""
    if a.ndim != 2:
        raise AttributeError("absent: jax.numpy has no fill_diagonal of a stack of matrices")
    return jax.numpy.fill_diagonal(a, diagonal, inplace=False)


def _stft(x: Any, window: Any, step: int) -> Any:
    size = len(window)
    return jax.scipy.signal.stft(x, window=window, nperseg=size, noverlap=size - step, boundary=None, padded=False)[2]


def _scan(name: str) -> Callable[..., Any]:
    return lambda x: getattr(jax.lax, name)(x, reverse=True)


Table = Mapping[str, str | Callable[..., Any]]

DENSITIES = "beta cauchy chi2 dirichlet gamma laplace multivariate_normal norm pareto t vonmises"

STATISTICS = """cauchy_cdf cauchy_logcdf cauchy_ppf expon_logcdf gennorm_cdf gennorm_logpdf gumbel_l_logcdf laplace_cdf
logistic_logpdf norm_cdf norm_isf norm_logcdf norm_ppf norm_sf poisson_entropy truncnorm_logcdf truncnorm_logpdf
wrapcauchy_logpdf"""
"""Each with the distribution and the function, divided by the last _."""

NAMES: Table = {
    "add_at": lambda x, index, value: x.at[index].add(value),
    "avg_pool1d": _average(1),
    "avg_pool2d": _average(2),
    "avg_pool3d": _average(3),
    **{f"{name}_logpdf": f"jax.scipy.stats.{name}.logpdf" for name in DENSITIES.split()},
    "gumbel_logpdf": "jax.scipy.stats.gumbel_r.logpdf",
    "poisson_logpmf": "jax.scipy.stats.poisson.logpmf",
    **{name: "jax.scipy.stats." + ".".join(name.rsplit("_", 1)) for name in STATISTICS.split()},
    **{f"gumbel_{name}": f"jax.scipy.stats.gumbel_r.{name}" for name in ("cdf", "logsf", "ppf", "sf")},
    "bernoulli_logpmf": lambda p, k: jax.scipy.stats.bernoulli.logpmf(k, p),
    "betabinom_logpmf": lambda a, b, k, n: jax.scipy.stats.betabinom.logpmf(k, n, a, b),
    "binom_logpmf": lambda p, k, n: jax.scipy.stats.binom.logpmf(k, n, p),
    "geom_logpmf": lambda p, k: jax.scipy.stats.geom.logpmf(k, p),
    "multinomial_logpmf": lambda p, counts: jax.scipy.stats.multinomial.logpmf(jax.numpy.asarray(counts), sum(counts[0]), p),
    "nbinom_logpmf": lambda n, p, k: jax.scipy.stats.nbinom.logpmf(k, n, p),
    "poisson_cdf": lambda rate, k: jax.scipy.stats.poisson.cdf(k, rate),
    "checkpoint": "jax.checkpoint",
    "cho_solve": _cho_solve,
    "complex": "jax.lax.complex",
    "cond": "jax.lax.cond",
    "conv1d": _convolution(1),
    "conv2d": _convolution(2),
    "conv3d": _convolution(3),
    "conv_transpose1d": _transposed(1),
    "conv_transpose2d": _transposed(2),
    "cummax": lambda x: jax.lax.cummax(x, x.ndim - 1),
    "cummin": lambda x: jax.lax.cummin(x, x.ndim - 1),
    "custom_gradient": _custom_gradient,
    "custom_jvp": _custom_jvp,
    "logsumexp_of_weighted": lambda x, weights: jax.scipy.special.logsumexp(x, b=weights),
    "diff": lambda x, n=1, prepend=None: jax.numpy.diff(x, n, prepend=prepend),
    "diagonal": "jax.numpy.linalg.diagonal",
    "average": lambda x, weights: jax.numpy.average(x, weights=weights),
    "cosine_integral": lambda x: jax.scipy.special.sici(x)[1],
    "dct": "jax.scipy.fft.dct",
    "fft": "jax.numpy.fft.fft",
    "fresnel_cos": lambda x: jax.scipy.special.fresnel(x)[1],
    "fresnel_sin": lambda x: jax.scipy.special.fresnel(x)[0],
    "idct": lambda x: jax.scipy.fft.idct(x, norm="ortho"),
    "sqrtm": _sqrtm,
    "sine_integral": lambda x: jax.scipy.special.sici(x)[0],
    "fori_loop": "jax.lax.fori_loop",
    "gelu": lambda x, approximate=False: jax.nn.gelu(x, approximate in (True, "tanh")),
    "igamma": "jax.scipy.special.gammainc",
    "igammac": "jax.scipy.special.gammaincc",
    "j0": lambda x: jax.scipy.special.bessel_jn(x, v=0)[0],
    "j1": lambda x: jax.scipy.special.bessel_jn(x, v=1)[1],
    "lgamma": "jax.scipy.special.gammaln",
    "log_softmax": "jax.nn.log_softmax",
    "logcumsumexp": lambda x: jax.lax.cumlogsumexp(x, x.ndim - 1),
    "lstsq": lambda a, b: jax.numpy.linalg.lstsq(a, b)[0],
    "lu_solve": lambda a, b: jax.scipy.linalg.lu_solve(jax.scipy.linalg.lu_factor(a), b),
    "put_along_axis": lambda x, indices, values: jax.numpy.put_along_axis(x, indices, values, -1, inplace=False),
    "logdet": lambda a: jax.numpy.linalg.slogdet(a)[1],
    "matrix_exp": "jax.scipy.linalg.expm",
    "max_pool1d": _windows(1, "max", float("-inf")),
    "max_pool2d": _windows(2, "max", float("-inf")),
    "max_pool3d": _windows(3, "max", float("-inf")),
    "resize_bilinear": _resize("bilinear"),
    "resize_nearest": _resize("nearest"),
    "rsqrt": "jax.lax.rsqrt",
    "scaled_dot_product_attention": _attention,
    "scan": "jax.lax.scan",
    "scatter_add": lambda x, index, updates: x.at[index].add(updates),
    "scatter_max": lambda x, index, updates: x.at[index].max(updates),
    "scatter_prod": lambda x, index, updates: x.at[index].multiply(updates),
    **{f"segment_{name}": f"jax.ops.segment_{name}" for name in ("max", "min", "prod", "sum")},
    "slopes": "jax.numpy.gradient",
    "set_at": lambda x, index, value: x.at[index].set(value),
    "softmax": "jax.nn.softmax",
    "softsign": "jax.nn.soft_sign",
    "stop_gradient": "jax.lax.stop_gradient",
    "svd": lambda a, full_matrices=False: jax.numpy.linalg.svd(a, full_matrices=full_matrices),
    "top_k": lambda x, k: jax.lax.top_k(x, k)[0],
    "trace": "jax.numpy.linalg.trace",
    "tridiagonal_solve": _tridiagonal_solve,
    "trigamma": lambda x: jax.scipy.special.polygamma(1, x),
    "while_loop": "jax.lax.while_loop",
    **{f"{name}_as": _transform(name) for name in ("fft", "ifft", "rfft", "irfft")},
    **{name: f"jax.scipy.signal.{name}" for name in ("convolve2d", "correlate2d", "fftconvolve")},
    **{name: f"jax.lax.linalg.{name}" for name in ("cholesky_update", "householder_product")},
    "csd": lambda x, y, size: jax.scipy.signal.csd(x, y, nperseg=size)[1],
    "cumulative_prod_reversed": _scan("cumprod"),
    "cumulative_sum_reversed": _scan("cumsum"),
    "dct_of_type": _dct,
    "dctn": "jax.scipy.fft.dctn",
    "detrend": lambda x, kind: jax.scipy.signal.detrend(x, type=kind),
    "eigvalsh_tridiagonal": lambda diagonal, beside: jax.scipy.linalg.eigh_tridiagonal(diagonal, beside, eigvals_only=True),
    "expm_frechet": lambda a, e: jax.scipy.linalg.expm_frechet(a, e, compute_expm=False),
    "logcumsumexp_reversed": _scan("cumlogsumexp"),
    "lu_factor": lambda a: jax.scipy.linalg.lu_factor(a)[0],
    "lu_solve_transposed": lambda a, b: jax.scipy.linalg.lu_solve(jax.scipy.linalg.lu_factor(a), b, trans=1),
    "matrix_cond": "jax.numpy.linalg.cond",
    "ormqr": lambda reflectors, scales, c, transpose=False: import_module("jax.lax.linalg").ormqr(
        reflectors, scales, c, transpose=transpose
    ),
    "pinv_of_symmetric": lambda a: jax.numpy.linalg.pinv(a, hermitian=True),
    "polar_decomposition": "jax.scipy.linalg.polar",
    "set_diagonal": _set_diagonal,
    "slopes_along": lambda x, axis: jax.numpy.gradient(x, axis=axis),
    "solve_triangular_right": lambda a, b: import_module("jax.lax.linalg").triangular_solve(a, b, left_side=False, lower=True),
    "solve_triangular_transposed": lambda a, b: jax.scipy.linalg.solve_triangular(a, b, trans=1, lower=True),
    "solve_unitriangular": lambda a, b: jax.scipy.linalg.solve_triangular(a, b, lower=True, unit_diagonal=True),
    "stft_of_amplitudes": _stft,
    "sylvester": "jax.scipy.linalg.solve_sylvester",
    "uncorrected_cov": lambda x: jax.numpy.cov(x, ddof=0),
    "weighted_cov": lambda x, weights: jax.numpy.cov(x, aweights=weights),
    "welch": lambda x, size: jax.scipy.signal.welch(x, nperseg=size)[1],
    **FUNCTIONS,
}
"""Of the first surface: what is spelt or placed otherwise than in `UNION`, or means something else there."""


def _same(module: str, names: str) -> dict[str, str]:
    return {name: f"{module}.{name}" for name in names.split()}


SPECIAL: Table = _same(
    "jax.scipy.special",
    "beta betainc betaln comb digamma entr erf erfc erfcx erfinv exp1 expi expit expn factorial gamma gammainc gammaincc "
    "gammaln hyp1f1 hyp2f1 i0 i0e i1 i1e kl_div log_ndtr logit logsumexp multigammaln ndtr ndtri poch polygamma "
    "rel_entr spence xlog1py xlogy zeta",
) | {
    **{name: NAMES[name] for name in ("igamma", "igammac", "j0", "j1", "lgamma", "trigamma")},
    "log_softmax": lambda x, axis=-1: jax.scipy.special.log_softmax(x, axis=axis),
    "sigmoid": "jax.scipy.special.expit",
    "softmax": lambda x, axis=-1: jax.scipy.special.softmax(x, axis=axis),
}

NN: Table = _same(
    "jax.nn",
    "celu elu glu log1mexp sparse_plus squareplus "
    "hard_sigmoid hard_swish hard_tanh leaky_relu log_sigmoid log_softmax logsumexp mish relu relu6 selu sigmoid silu "
    "softmax softplus swish tanh",
) | {name: NAMES[name] for name in ("gelu", "scaled_dot_product_attention", "softsign")}

SCIPY_LINALG: Table = _same("jax.scipy.linalg", "det eigh expm inv solve solve_triangular") | {
    "cholesky": lambda a, upper=False: jax.scipy.linalg.cholesky(a, lower=not upper),
    "matrix_exp": "jax.scipy.linalg.expm",
    "qr": lambda a, mode="reduced": jax.scipy.linalg.qr(a, mode="economic" if mode == "reduced" else "full"),
    "svd": lambda a, full_matrices=False: jax.scipy.linalg.svd(a, full_matrices=full_matrices),
}

LAX: Table = _same(
    "jax.lax",
    "abs acos acosh add asin asinh atan atan2 atanh cbrt ceil cos cosh digamma erf erfc exp exp2 expm1 floor igamma "
    "igammac lgamma log log1p pow reciprocal rsqrt sign sin sinh sqrt square tan tanh",
) | {
    "betainc": _betainc,
    "clip": _clamp,
    "divide": "jax.lax.div",
    "erfinv": "jax.lax.erf_inv",
    "fmod": "jax.lax.rem",
    "gammainc": "jax.lax.igamma",
    "gammaincc": "jax.lax.igammac",
    "i0e": "jax.lax.bessel_i0e",
    "i1e": "jax.lax.bessel_i1e",
    "maximum": "jax.lax.max",
    "minimum": "jax.lax.min",
    "multiply": "jax.lax.mul",
    "negative": "jax.lax.neg",
    "polygamma": lambda n, x: jax.lax.polygamma(jax.numpy.full_like(x, n), x),
    "round": lambda x: jax.lax.round(x, jax.lax.RoundingMethod.TO_NEAREST_EVEN),
    "sigmoid": "jax.lax.logistic",
    "subtract": "jax.lax.sub",
    "zeta": lambda s, x: jax.lax.zeta(jax.numpy.full_like(x, s), x),
}

SURFACES: Mapping[str, Table] = {
    FIRST: NAMES,
    "jax.scipy.special": SPECIAL,
    "jax.nn": NN,
    "jax.scipy.linalg": SCIPY_LINALG,
    "jax.lax": LAX,
}


class Surface:
    """The names of one surface. A name that JAX does not offer raises AttributeError("absent: ...")."""

    def __init__(self, surface: str) -> None:
        self.surface = surface

    def __getattr__(self, name: str) -> Any:
        found = SURFACES[self.surface].get(name) or NAMES.get(name)
        if found is None:
            return _in_union(name)
        return _at(found) if isinstance(found, str) else found


@cache
def _at(path: str) -> Any:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


@cache
def _in_union(name: str) -> Any:
    for module in map(import_module, UNION):
        if hasattr(module, name):
            return getattr(module, name)
    raise AttributeError(f"absent: {FIRST} has no {name}")
