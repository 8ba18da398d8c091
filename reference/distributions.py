"""Probability: densities, distribution functions, quantiles, entropies and divergences, defined by others of the vocabulary.

In SciPy's parameters unless a name says otherwise; in the steps of the frameworks, where those lose no more than they have to.
Counts are constants. They are certified in `tests/test_definitions.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Definition = Callable[..., Any]

PI = np.arctan2(np.longdouble(0), np.longdouble(-1))
LOG_2 = np.log(np.longdouble(2))
LOG_PI = np.log(PI)
EULER = np.longdouble("0.57721566490153286060651209008240243")


def _standard(x: Any, centre: Any, scale: Any) -> Any:
    return (x - centre) / scale


def norm_cdf(xp: Any, x: Any, mean: Any, deviation: Any) -> Any:
    return xp.ndtr(_standard(x, mean, deviation))


def norm_sf(xp: Any, x: Any, mean: Any, deviation: Any) -> Any:
    return xp.ndtr(_standard(mean, x, deviation))


def norm_logcdf(xp: Any, x: Any, mean: Any, deviation: Any) -> Any:
    return xp.log_ndtr(_standard(x, mean, deviation))


def norm_ppf(xp: Any, q: Any, mean: Any, deviation: Any) -> Any:
    return xp.ndtri(q) * deviation + mean


def norm_isf(xp: Any, q: Any, mean: Any, deviation: Any) -> Any:
    return mean - xp.ndtri(q) * deviation


def logistic_logpdf(xp: Any, x: Any, mean: Any, scale: Any) -> Any:
    half = _standard(x, mean, scale) / 2
    return -2 * xp.logaddexp(half, -half) - xp.log(scale)


def laplace_cdf(xp: Any, x: Any, median: Any, scale: Any) -> Any:
    """By expm1, which loses the digits of the left tail, and of the derivative in both."""
    z = _standard(x, median, scale)
    left = z < 0.0
    part = xp.expm1(xp.where(left, z, -z)) / 2
    return 0.5 + xp.where(left, part, -part)


def laplace_ppf(xp: Any, q: Any, median: Any, scale: Any) -> Any:
    """By log1p, which loses the digits of a small q."""
    z = 2.0 * (q - 0.5)
    left = z < 0.0
    depth = xp.log1p(xp.where(left, z, -z))
    return median + scale * xp.where(left, depth, -depth)


def cauchy_cdf(xp: Any, x: Any, median: Any, scale: Any) -> Any:
    return xp.atan(_standard(x, median, scale)) / PI + 0.5


def cauchy_logcdf(xp: Any, x: Any, median: Any, scale: Any) -> Any:
    return xp.log(xp.atan2(scale, median - x) / PI)


def cauchy_ppf(xp: Any, q: Any, median: Any, scale: Any) -> Any:
    return median + scale * xp.tan(q * PI - PI / 2)


def gumbel_cdf(xp: Any, x: Any, mode: Any, scale: Any) -> Any:
    return xp.exp(-xp.exp(_standard(mode, x, scale)))


def gumbel_sf(xp: Any, x: Any, mode: Any, scale: Any) -> Any:
    return -xp.expm1(-xp.exp(_standard(mode, x, scale)))


def gumbel_logsf(xp: Any, x: Any, mode: Any, scale: Any) -> Any:
    return xp.log(gumbel_sf(xp, x, mode, scale))


def gumbel_ppf(xp: Any, q: Any, mode: Any, scale: Any) -> Any:
    return mode - scale * xp.log(-xp.log(q))


def gumbel_l_logcdf(xp: Any, x: Any, mode: Any, scale: Any) -> Any:
    return xp.log(-xp.expm1(-xp.exp(_standard(x, mode, scale))))


def expon_logcdf(xp: Any, x: Any, start: Any, scale: Any) -> Any:
    return xp.log(-xp.expm1(_standard(start, x, scale)))


def exponential_cdf(xp: Any, x: Any, rate: Any) -> Any:
    """By the rate."""
    return -xp.expm1(-(rate * x))


def lognorm_logpdf(xp: Any, x: Any, mean: Any, deviation: Any) -> Any:
    """By mean and deviation of the logarithm."""
    return xp.norm_logpdf(xp.log(x), mean, deviation) - xp.log(x)


def weibull_logpdf(xp: Any, x: Any, scale: Any, shape: Any) -> Any:
    y = x / scale
    z = xp.pow(y, shape)
    return xp.log(shape / scale * (z / y)) - z


def kumaraswamy_logpdf(xp: Any, x: Any, a: Any, b: Any) -> Any:
    y = xp.pow(x, a)
    rest = 1.0 - y
    return xp.log(a * (y / x)) + xp.log(b * (xp.pow(rest, b) / rest))


def inverse_gamma_logpdf(xp: Any, x: Any, a: Any, scale: Any) -> Any:
    return a * xp.log(scale) - xp.lgamma(a) - (a + 1.0) * xp.log(x) - scale / x


def f_logpdf(xp: Any, x: Any, m: Any, n: Any) -> Any:
    ratio, half = m / n, (m + n) / 2
    constant = xp.lgamma(half) - xp.lgamma(m / 2) - xp.lgamma(n / 2)
    return constant + m / 2 * xp.log(ratio) + (m / 2 - 1.0) * xp.log(x) - half * xp.log1p(ratio * x)


def genpareto_logpdf(xp: Any, x: Any, start: Any, scale: Any, shape: Any) -> Any:
    """Of shape 0 that of an exponential distribution."""
    grown = xp.log1p(shape * _standard(x, start, scale))
    return -xp.log(scale) - grown - grown / shape


def genpareto_ppf(xp: Any, q: Any, start: Any, scale: Any, shape: Any) -> Any:
    return start + scale * (xp.expm1(-(shape * xp.log1p(-q))) / shape)


def _log_binomial(n: float, k: float) -> Any:
    """log of n over k, of whole numbers."""
    steps = np.arange(1, int(k) + 1, dtype=np.longdouble)
    return np.sum(np.log((n - k + steps) / steps))


def binom_logpmf(xp: Any, p: Any, k: float, n: float) -> Any:
    """By the logarithm of the odds."""
    odds = xp.log(p) - xp.log1p(-p)
    return k * odds - n * xp.softplus(odds) + _log_binomial(n, k)


def bernoulli_logpmf(xp: Any, p: Any, k: float) -> Any:
    return binom_logpmf(xp, p, k, 1.0)


def geom_logpmf(xp: Any, p: Any, k: float) -> Any:
    """That the first success is the k-th trial."""
    return (k - 1.0) * xp.log1p(-p) + xp.log(p)


def nbinom_logpmf(xp: Any, n: Any, p: Any, k: float) -> Any:
    """That k failures come before the n-th success."""
    constant = xp.lgamma(n + k) - xp.lgamma(n) - xp.lgamma(np.longdouble(k + 1))
    return constant + n * xp.log(p) + k * xp.log1p(-p)


def betabinom_logpmf(xp: Any, a: Any, b: Any, k: float, n: float) -> Any:
    return xp.betaln(a + k, b + (n - k)) - xp.betaln(a, b) + _log_binomial(n, k)


def multinomial_logpmf(xp: Any, p: Any, counts: tuple[tuple[int, ...], ...]) -> Any:
    """One number for each row of counts."""
    k = np.asarray(counts, np.longdouble)
    constant = [sum(_log_binomial(sum(row[: i + 1]), n) for i, n in enumerate(row)) for row in counts]
    return xp.sum(xp.log(p) * k, axis=-1) + np.asarray(constant)


def poisson_cdf(xp: Any, rate: Any, k: float) -> Any:
    return xp.gammaincc(np.longdouble(k + 1), rate)


def poisson_entropy(xp: Any, rate: Any) -> Any:
    """Of rates up to 200, beyond the counts of which nothing is left in any format. That a count is 0, which is nearly sure for
    small rates, by the logarithm of its probability, which loses digits."""
    few = rate < 1.0
    p = xp.exp(-xp.where(few, rate, 1.0))
    none = xp.where(few, -(p * xp.log(p)), rate * xp.exp(-rate))
    count = np.arange(1, 512, dtype=np.longdouble)
    log_p = count * xp.log(rate)[..., None] - rate[..., None] - xp.lgamma(count + 1.0)
    return none - xp.sum(xp.exp(log_p) * log_p, axis=-1)


def _log_norm(xp: Any, p: Any) -> Any:
    """log of 2·atanh(1 - 2p)/(1 - 2p), of p = 1/2 log 2."""
    t = 1.0 - 2.0 * p
    return xp.log(2.0 * (xp.atanh(t) / t))


def continuous_bernoulli_logpdf(xp: Any, x: Any, p: Any) -> Any:
    """Loaiza-Ganem and Cunningham, "The continuous Bernoulli" (2019)."""
    return x * xp.log(p) + (1.0 - x) * xp.log1p(-p) + _log_norm(xp, p)


def continuous_bernoulli_cdf(xp: Any, x: Any, p: Any) -> Any:
    t = 2.0 * p - 1.0
    return (1.0 - p) * (xp.expm1(x * (2.0 * xp.atanh(t))) / t)


def continuous_bernoulli_ppf(xp: Any, q: Any, p: Any) -> Any:
    t = 2.0 * p - 1.0
    return xp.log1p(q * t / (1.0 - p)) / (2.0 * xp.atanh(t))


def kl_uniform_continuous_bernoulli(xp: Any, p: Any) -> Any:
    """From the uniform distribution on [0, 1]."""
    return -(xp.log(p) + xp.log1p(-p)) / 2 - _log_norm(xp, p)


def kl_continuous_bernoulli_uniform(xp: Any, p: Any) -> Any:
    """To the uniform distribution on [0, 1]."""
    odds = xp.log(p) - xp.log1p(-p)
    mean = p / (2.0 * p - 1.0) - 1.0 / odds
    return mean * odds + xp.log1p(-p) + _log_norm(xp, p)


def logit_relaxed_bernoulli_logpdf(xp: Any, x: Any, temperature: Any, logits: Any) -> Any:
    d = logits - x * temperature
    return xp.log(temperature) + d - 2.0 * xp.softplus(d)


def gennorm_logpdf(xp: Any, x: Any, beta: Any) -> Any:
    return xp.log(beta / 2) - xp.lgamma(1.0 / beta) - xp.pow(xp.abs(x), beta)


def gennorm_cdf(xp: Any, x: Any, beta: Any) -> Any:
    side = xp.gammainc(1.0 / beta, xp.pow(xp.abs(x), beta))
    return 0.5 * (1.0 + xp.where(x < 0.0, -side, side))


def _log_mass(xp: Any, a: Any, b: Any) -> Any:
    """log of the standard normal distribution's probability of [a, b], by the tails that are smaller."""
    right, left = a > 0.0, b < 0.0
    near, far = xp.where(right, -a, xp.where(left, b, -1.0)), xp.where(right, -b, xp.where(left, a, -2.0))
    log_near = xp.log_ndtr(near)
    tail = log_near + xp.log(-xp.expm1(xp.log_ndtr(far) - log_near))
    low, high = xp.where(right, -1.0, xp.where(left, -1.0, a)), xp.where(right, 1.0, xp.where(left, 1.0, b))
    both = xp.log1p(-xp.ndtr(low) - xp.ndtr(-high))
    return xp.where(right, tail, xp.where(left, tail, both))


def truncnorm_logpdf(xp: Any, x: Any, a: Any, b: Any) -> Any:
    return -(x * x + np.log(2 * PI)) / 2 - _log_mass(xp, a, b)


def truncnorm_logcdf(xp: Any, x: Any, a: Any, b: Any) -> Any:
    return _log_mass(xp, a, x) - _log_mass(xp, a, b)


def wrapcauchy_logpdf(xp: Any, x: Any, c: Any) -> Any:
    return xp.log(1.0 - c * c) - np.log(2 * PI) - xp.log(1.0 + c * c - 2.0 * c * xp.cos(x))


def wishart_logpdf(xp: Any, x: Any, degrees: Any, scale: Any) -> Any:
    size = x.shape[-1]
    constant = degrees * size / 2 * LOG_2 + degrees / 2 * xp.slogdet(scale)[1] + xp.multigammaln(degrees / 2, size)
    return (degrees - (size + 1.0)) / 2 * xp.slogdet(x)[1] - xp.trace(xp.solve(scale, x)) / 2 - constant


def kl_wishart(xp: Any, m: Any, v: Any, n: Any, w: Any) -> Any:
    """From that of m degrees and scale v to that of n degrees and scale w."""
    size = v.shape[-1]
    slope = sum(xp.digamma((m - k) / 2) for k in range(size))
    volumes = n / 2 * (xp.slogdet(w)[1] - xp.slogdet(v)[1]) + m / 2 * (xp.trace(xp.solve(w, v)) - size)
    return volumes + xp.multigammaln(n / 2, size) - xp.multigammaln(m / 2, size) + (m - n) / 2 * slope


def lkj_cholesky_logpdf(xp: Any, factor: Any, concentration: Any) -> Any:
    """Of a correlation matrix's lower factor (Lewandowski, Kurowicka and Joe, 2009, page 1999)."""
    size = factor.shape[-1]
    order = 2.0 * concentration - 2.0 + size - np.arange(2, size + 1, dtype=np.longdouble)
    alpha = concentration + (size - 1) / 2
    constant = (size - 1) * LOG_PI / 2 + xp.multigammaln(alpha - 0.5, size - 1) - (size - 1.0) * xp.lgamma(alpha)
    return xp.sum(order * xp.log(xp.diagonal(factor)[1:])) - constant


def kl_bernoulli(xp: Any, p: Any, q: Any) -> Any:
    odds = [xp.log(r) - xp.log1p(-r) for r in (p, q)]
    heads = p * (xp.softplus(-odds[1]) - xp.softplus(-odds[0]))
    return heads + (1.0 - p) * (xp.softplus(odds[1]) - xp.softplus(odds[0]))


def kl_laplace(xp: Any, m: Any, s: Any, n: Any, t: Any) -> Any:
    """Twice differentiable where the medians are equal."""
    d = m - n
    apart = xp.where(d < 0.0, -d, d)
    return -xp.log(s / t) + apart / t + s / t * xp.exp(-(apart / s)) - 1.0


def kl_normal_laplace(xp: Any, m: Any, s: Any, n: Any, t: Any) -> Any:
    """From a normal to a Laplace distribution."""
    apart, ratio = m - n, s / t
    z = apart / s
    distance = np.sqrt(2 / PI) * s * xp.exp(-(z * z) / 2) + apart * xp.erf(np.sqrt(np.longdouble(0.5)) * z)
    return -xp.log(ratio) + distance / t - (1.0 + np.log(PI / 2)) / 2


def kl_gumbel(xp: Any, m: Any, s: Any, n: Any, t: Any) -> Any:
    ratio, at = s / t, (n / t, m / t)
    return -xp.log(ratio) - at[0] + at[1] + ratio * EULER + xp.exp(at[0] + xp.lgamma(1.0 + ratio) - at[1]) - (1.0 + EULER)


def kl_gamma(xp: Any, a: Any, rate: Any, b: Any, other: Any) -> Any:
    """By shape and rate."""
    shapes = xp.lgamma(b) - xp.lgamma(a) + (a - b) * xp.digamma(a)
    return b * xp.log(rate / other) + shapes + (other - rate) * (a / rate)


def kl_multivariate_normal(xp: Any, m: Any, a: Any, n: Any, b: Any) -> Any:
    """By means and covariances."""
    distance = xp.vecdot(n - m, xp.solve(b, n - m))
    volumes = xp.slogdet(b)[1] - xp.slogdet(a)[1]
    return (volumes + xp.trace(xp.solve(b, a)) + distance - m.shape[-1]) / 2


def t_entropy(xp: Any, degrees: Any) -> Any:
    half = (degrees + 1.0) / 2
    constant = xp.log(degrees) / 2 + xp.lgamma(degrees / 2) + LOG_PI / 2 - xp.lgamma(half)
    return half * (xp.digamma(half) - xp.digamma(degrees / 2)) + constant


NAMES: Mapping[str, Definition] = {
    "bernoulli_logpmf": bernoulli_logpmf,
    "betabinom_logpmf": betabinom_logpmf,
    "binom_logpmf": binom_logpmf,
    "cauchy_cdf": cauchy_cdf,
    "cauchy_logcdf": cauchy_logcdf,
    "cauchy_ppf": cauchy_ppf,
    "continuous_bernoulli_cdf": continuous_bernoulli_cdf,
    "continuous_bernoulli_logpdf": continuous_bernoulli_logpdf,
    "continuous_bernoulli_ppf": continuous_bernoulli_ppf,
    "expon_logcdf": expon_logcdf,
    "exponential_cdf": exponential_cdf,
    "f_logpdf": f_logpdf,
    "gennorm_cdf": gennorm_cdf,
    "gennorm_logpdf": gennorm_logpdf,
    "genpareto_logpdf": genpareto_logpdf,
    "genpareto_ppf": genpareto_ppf,
    "geom_logpmf": geom_logpmf,
    "gumbel_cdf": gumbel_cdf,
    "gumbel_l_logcdf": gumbel_l_logcdf,
    "gumbel_logsf": gumbel_logsf,
    "gumbel_ppf": gumbel_ppf,
    "gumbel_sf": gumbel_sf,
    "inverse_gamma_logpdf": inverse_gamma_logpdf,
    "kl_bernoulli": kl_bernoulli,
    "kl_continuous_bernoulli_uniform": kl_continuous_bernoulli_uniform,
    "kl_gamma": kl_gamma,
    "kl_gumbel": kl_gumbel,
    "kl_laplace": kl_laplace,
    "kl_multivariate_normal": kl_multivariate_normal,
    "kl_normal_laplace": kl_normal_laplace,
    "kl_uniform_continuous_bernoulli": kl_uniform_continuous_bernoulli,
    "kl_wishart": kl_wishart,
    "kumaraswamy_logpdf": kumaraswamy_logpdf,
    "laplace_cdf": laplace_cdf,
    "laplace_ppf": laplace_ppf,
    "lkj_cholesky_logpdf": lkj_cholesky_logpdf,
    "logistic_logpdf": logistic_logpdf,
    "logit_relaxed_bernoulli_logpdf": logit_relaxed_bernoulli_logpdf,
    "lognorm_logpdf": lognorm_logpdf,
    "multinomial_logpmf": multinomial_logpmf,
    "nbinom_logpmf": nbinom_logpmf,
    "norm_cdf": norm_cdf,
    "norm_isf": norm_isf,
    "norm_logcdf": norm_logcdf,
    "norm_ppf": norm_ppf,
    "norm_sf": norm_sf,
    "poisson_cdf": poisson_cdf,
    "poisson_entropy": poisson_entropy,
    "t_entropy": t_entropy,
    "truncnorm_logcdf": truncnorm_logcdf,
    "truncnorm_logpdf": truncnorm_logpdf,
    "weibull_logpdf": weibull_logpdf,
    "wishart_logpdf": wishart_logpdf,
    "wrapcauchy_logpdf": wrapcauchy_logpdf,
}
