"""Are the definitions of probability right? Against textbook densities, sums over counts and integrals, written apart."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reference.distributions import NAMES
from reference.series import differentiate

Array = NDArray[np.float64]
gamma, exp, log, pi = math.gamma, math.exp, math.log, math.pi
NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)


def value(name: str, *args: Any, **options: Any) -> Array:
    given = [np.asarray(a, np.longdouble) for a in args]
    return np.asarray(differentiate(lambda xp, *a: getattr(xp, name)(*a, **options), given, "value"), np.float64)


def integral(f: Callable[[Array], Array], low: float, high: float) -> float:
    middle, half = (low + high) / 2, (high - low) / 2
    return float(np.sum(half * WEIGHTS * f(middle + half * NODES)))


def divergence(p: Callable[[Array], Array], q: Callable[[Array], Array], *pieces: float) -> float:
    """The integral of p·log(p/q) over an interval in pieces."""
    return sum(integral(lambda x: p(x) * np.log(p(x) / q(x)), low, high) for low, high in itertools.pairwise(pieces))


def normal(m: float, s: float) -> Callable[[Array], Array]:
    return lambda x: np.exp(-(((x - m) / s) ** 2) / 2) / (s * math.sqrt(2 * pi))


def laplace(m: float, s: float) -> Callable[[Array], Array]:
    return lambda x: np.exp(-np.abs(x - m) / s) / (2 * s)


def gumbel(m: float, s: float) -> Callable[[Array], Array]:
    return lambda x: np.exp((m - x) / s - np.exp((m - x) / s)) / s


def gamma_density(a: float, rate: float) -> Callable[[Array], Array]:
    return lambda x: rate**a * x ** (a - 1) * np.exp(-rate * x) / gamma(a)


def continuous_bernoulli(p: float) -> Callable[[Array], Array]:
    total = integral(lambda x: p**x * (1 - p) ** (1 - x), 0, 1)
    return lambda x: p**x * (1 - p) ** (1 - x) / total


def uniform(x: Array) -> Array:
    return np.ones_like(x)


def beta(a: float, b: float) -> float:
    return gamma(a) * gamma(b) / gamma(a + b)


def slope(f: Callable[[float], float], x: float) -> float:
    """To ten digits."""
    return (8 * (f(x + 1e-3) - f(x - 1e-3)) - (f(x + 2e-3) - f(x - 2e-3))) / 12e-3


def wishart_constant(degrees: float, scale: Array) -> float:
    """log of what a Wishart density of two rows is divided by."""
    gammas = math.sqrt(pi) * gamma(degrees / 2) * gamma((degrees - 1) / 2)
    return float(log(2**degrees * np.linalg.det(scale) ** (degrees / 2) * gammas))


def wishart_divergence(m: float, v: Array, n: float, w: Array) -> float:
    """The means of X and log det X under the first are m·v and the slope of its constant by half of m."""
    log_det = 2 * slope(lambda d: wishart_constant(d, v), m)
    trace = m * np.trace(np.linalg.solve(w, v) - np.eye(2)) / 2
    return float((m - n) / 2 * log_det + trace + wishart_constant(n, w) - wishart_constant(m, v))


def standard(x: float) -> float:
    return NormalDist().cdf(x)


V, W = np.array([[2.0, 0.5], [0.5, 1.0]]), np.array([[1.0, -0.25], [-0.25, 3.0]])
FACTOR = np.array([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [0.3, -0.4, math.sqrt(0.75)]])
CLOSED = log(beta(0.5, 2.5) * pi / 2)

PAIRS: dict[str, tuple[Array, Any]] = {
    "norm_cdf": (value("norm_cdf", 1.5, 0.5, 2.0), standard(0.5)),
    "norm_sf": (value("norm_sf", 1.5, 0.5, 2.0), standard(-0.5)),
    "norm_logcdf": (value("norm_logcdf", 1.5, 0.5, 2.0), log(standard(0.5))),
    "norm_ppf": (value("norm_ppf", 0.3, 0.5, 2.0), NormalDist(0.5, 2).inv_cdf(0.3)),
    "norm_isf": (value("norm_isf", 0.3, 0.5, 2.0), NormalDist(0.5, 2).inv_cdf(0.7)),
    "logistic_logpdf": (value("logistic_logpdf", 1.5, 0.5, 2.0), log(exp(-0.5) / (2 * (1 + exp(-0.5)) ** 2))),
    "laplace_cdf": (value("laplace_cdf", (1.5, -1.5), 0.5, 2.0), [1 - exp(-0.5) / 2, exp(-1) / 2]),
    "laplace_ppf": (value("laplace_ppf", (1 - exp(-0.5) / 2, exp(-1) / 2), 0.5, 2.0), [1.5, -1.5]),
    "cauchy_cdf": (value("cauchy_cdf", 2.5, 0.5, 2.0), 0.75),
    "cauchy_logcdf": (value("cauchy_logcdf", -1.5, 0.5, 2.0), log(0.25)),
    "cauchy_ppf": (value("cauchy_ppf", 0.75, 0.5, 2.0), 2.5),
    "gumbel_cdf": (value("gumbel_cdf", 1.5, 0.5, 2.0), exp(-exp(-0.5))),
    "gumbel_sf": (value("gumbel_sf", 1.5, 0.5, 2.0), 1 - exp(-exp(-0.5))),
    "gumbel_logsf": (value("gumbel_logsf", 1.5, 0.5, 2.0), log(1 - exp(-exp(-0.5)))),
    "gumbel_ppf": (value("gumbel_ppf", exp(-exp(-0.5)), 0.5, 2.0), 1.5),
    "gumbel_l_logcdf": (value("gumbel_l_logcdf", 1.5, 0.5, 2.0), log(1 - exp(-exp(0.5)))),
    "expon_logcdf": (value("expon_logcdf", 1.5, 0.5, 2.0), log(1 - exp(-0.5))),
    "exponential_cdf": (value("exponential_cdf", 1.5, 2.0), 1 - exp(-3)),
    "lognorm_logpdf": (value("lognorm_logpdf", 1.5, 0.5, 2.0), log(normal(0.5, 2)(np.array(log(1.5))) / 1.5)),
    "weibull_logpdf": (value("weibull_logpdf", 1.5, 0.5, 2.0), log(4 * 3 * exp(-9))),
    "kumaraswamy_logpdf": (value("kumaraswamy_logpdf", 0.25, 0.5, 2.0), log(0.5 * 2 * 2 * 0.5)),
    "inverse_gamma_logpdf": (value("inverse_gamma_logpdf", 1.5, 3.0, 2.0), log(8 / 2 * 1.5**-4 * exp(-2 / 1.5))),
    "f_logpdf": (
        value("f_logpdf", 1.5, 3.0, 4.0),
        log(math.sqrt(4.5**3 * 4.0**4 / 8.5**7) / (1.5 * beta(1.5, 2))),
    ),
    "genpareto_logpdf": (value("genpareto_logpdf", 1.5, 0.5, 2.0, 0.25), log((1 + 0.125) ** -5 / 2)),
    "genpareto_ppf": (value("genpareto_ppf", 1 - (1 + 0.125) ** -4, 0.5, 2.0, 0.25), 1.5),
    "gennorm_logpdf": (value("gennorm_logpdf", -1.5, 3.0), log(3 / (2 * gamma(1 / 3)) * exp(-(1.5**3)))),
    "gennorm_cdf": (
        value("gennorm_cdf", (1.5, -1.5), 3.0),
        [0.5 + side * 3 / (2 * gamma(1 / 3)) * integral(lambda x: np.exp(-(x**3)), 0, 1.5) for side in (1, -1)],
    ),
    "truncnorm_logpdf": (
        value("truncnorm_logpdf", (0.5, 1.5, -1.5), (-1.0, 1.0, -2.0), (2.0, 2.0, -1.0)),
        [
            log(normal(0, 1)(np.array(x)) / (standard(b) - standard(a)))
            for x, a, b in ((0.5, -1.0, 2.0), (1.5, 1.0, 2.0), (1.5, 1.0, 2.0))
        ],
    ),
    "truncnorm_logcdf": (
        value("truncnorm_logcdf", 0.5, -1.0, 2.0),
        log((standard(0.5) - standard(-1)) / (standard(2) - standard(-1))),
    ),
    "wrapcauchy_logpdf": (value("wrapcauchy_logpdf", 1.5, 0.5), log(0.75 / (2 * pi * (1.25 - math.cos(1.5))))),
    "binom_logpmf": (value("binom_logpmf", 0.3, k=2.0, n=5.0), log(10 * 0.3**2 * 0.7**3)),
    "bernoulli_logpmf": (value("bernoulli_logpmf", 0.3, k=0.0), log(0.7)),
    "geom_logpmf": (value("geom_logpmf", 0.3, k=4.0), log(0.3 * 0.7**3)),
    "nbinom_logpmf": (value("nbinom_logpmf", 4.0, 0.3, k=3.0), log(20 * 0.3**4 * 0.7**3)),
    "betabinom_logpmf": (value("betabinom_logpmf", 1.5, 2.5, k=2.0, n=5.0), log(10 * beta(3.5, 5.5) / beta(1.5, 2.5))),
    "multinomial_logpmf": (
        value("multinomial_logpmf", (0.2, 0.3, 0.5), counts=((2, 0, 1), (1, 1, 1))),
        [log(3 * 0.2**2 * 0.5), log(6 * 0.03)],
    ),
    "poisson_cdf": (value("poisson_cdf", 1.5, k=2.0), exp(-1.5) * (1 + 1.5 + 1.5**2 / 2)),
    "poisson_entropy": (
        value("poisson_entropy", 1.5),
        -sum(p * log(p) for p in (exp(-1.5) * 1.5**k / math.factorial(k) for k in range(60))),
    ),
    "continuous_bernoulli_logpdf": (
        value("continuous_bernoulli_logpdf", 0.25, (0.3, 0.5)),
        [log(continuous_bernoulli(0.3)(np.array(0.25))), 0.0],
    ),
    "continuous_bernoulli_cdf": (
        value("continuous_bernoulli_cdf", 0.25, (0.3, 0.5)),
        [integral(continuous_bernoulli(0.3), 0, 0.25), 0.25],
    ),
    "continuous_bernoulli_ppf": (
        value("continuous_bernoulli_ppf", (integral(continuous_bernoulli(0.3), 0, 0.25), 0.25), (0.3, 0.5)),
        [0.25, 0.25],
    ),
    "kl_uniform_continuous_bernoulli": (
        value("kl_uniform_continuous_bernoulli", 0.3),
        divergence(uniform, continuous_bernoulli(0.3), 0, 1),
    ),
    "kl_continuous_bernoulli_uniform": (
        value("kl_continuous_bernoulli_uniform", 0.3),
        divergence(continuous_bernoulli(0.3), uniform, 0, 1),
    ),
    "logit_relaxed_bernoulli_logpdf": (
        value("logit_relaxed_bernoulli_logpdf", 0.25, 2.0, 0.75),
        log(2 * exp(0.25) / (1 + exp(0.25)) ** 2),
    ),
    "wishart_logpdf": (
        value("wishart_logpdf", V, 3.5, W),
        np.log(np.linalg.det(V)) / 4 - np.trace(np.linalg.solve(W, V)) / 2 - wishart_constant(3.5, W),
    ),
    "kl_wishart": (value("kl_wishart", 3.5, V, 4.5, W), wishart_divergence(3.5, V, 4.5, W)),
    "lkj_cholesky_logpdf": (value("lkj_cholesky_logpdf", FACTOR, 2.0), log(0.8**3 * 0.75) - CLOSED),
    "kl_bernoulli": (value("kl_bernoulli", 0.3, 0.6), 0.3 * log(0.5) + 0.7 * log(7 / 4)),
    "kl_laplace": (
        value("kl_laplace", 0.5, 0.75, -0.25, 1.5),
        divergence(laplace(0.5, 0.75), laplace(-0.25, 1.5), -30, -0.25, 0.5, 30),
    ),
    "kl_normal_laplace": (
        value("kl_normal_laplace", 0.5, 0.75, -0.25, 1.5),
        divergence(normal(0.5, 0.75), laplace(-0.25, 1.5), -8, -0.25, 9),
    ),
    "kl_gumbel": (
        value("kl_gumbel", 0.5, 0.75, -0.25, 1.5),
        divergence(gumbel(0.5, 0.75), gumbel(-0.25, 1.5), -2.2, 0, 5, 40),
    ),
    "kl_gamma": (
        value("kl_gamma", 3.0, 0.75, 2.5, 1.5),
        divergence(gamma_density(3, 0.75), gamma_density(2.5, 1.5), 0, 1, 10, 70),
    ),
    "kl_multivariate_normal": (
        value("kl_multivariate_normal", (0.5, 1.0), np.diag([4.0, 0.25]), (0.25, -1.0), np.diag([1.0, 2.25])),
        divergence(normal(0.5, 2), normal(0.25, 1), -20, 20) + divergence(normal(1, 0.5), normal(-1, 1.5), -4, 6),
    ),
    "t_entropy": (
        value("t_entropy", 1.0),
        log(4 * pi),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_definition_is_what_the_textbook_says(name: str) -> None:
    got, expected = PAIRS[name]
    np.testing.assert_allclose(got, expected, rtol=1e-8, atol=1e-10)


def test_every_definition_is_held_to_another() -> None:
    assert set(PAIRS) == set(NAMES)
