"""Probability: distribution functions, quantiles, logarithms of densities, entropies and divergences, by every parameter.

Asked where a term vanishes (x at the median, a parameter at which a distribution becomes a simpler one, equal parameters of a
divergence), at the ends of a support that belong to it, and far out, for which logarithms and both tails are offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from conformance.case import Case, Literals, Point
from conformance.catalogue.linalg import SPD2, UNIT
from conformance.catalogue.rows import Inputs, applied, draw, row, weighted

SOURCE = "probability distributions in the parameters of SciPy's stats and PyTorch's distributions"
LOG_2 = 0.6931471805599453


def _of(
    name: str,
    interior: Mapping[str, Inputs],
    special: Mapping[str, Inputs] | None = None,
    case: str = "",
    smooth: int = 3,
    truth: Callable[..., Any] | None = None,
    **options: Any,
) -> Case:
    """The sum of xp.name(arrays, **options)."""
    arity = len(next(iter(interior.values())))
    return row(case or name, name, applied(name, arity, options), interior, special, smooth, "distribution", SOURCE, truth)


def _at(name: str, **options: Any) -> Callable[[Any, Any], Any]:
    """The function of one array xp.name(x, ...) with other arguments of its shape, each one number."""

    def fn(xp: Any, x: Any) -> Any:
        return xp.sum(getattr(xp, name)(x, *(xp.full_like(x, value) for value in options.values())))

    return fn


def _edge(
    case: str,
    name: str,
    fn: Callable[..., Any],
    inside: Inputs,
    edge: Inputs,
    inward: tuple[Literals, ...],
    truth: Callable[..., Any],
) -> Case:
    """About the end of a support, or of a parameter's range, that belongs to it; the logarithm is smooth there."""
    points = Point("inside", inside), Point("edge", edge, "stress", inward)
    return Case(case, fn, points, SOURCE, "distribution", names=(name,), truth=_summed(truth))


def _summed(f: Callable[..., Any]) -> Callable[..., Any]:
    return lambda xp, *arrays: xp.sum(f(xp, *arrays))


PLACED = ((0.42, -0.75, 1.5), (0.35, -0.5, 1.6), (0.75, 1.3, 2.5))
"""x, centre, scale."""
CHANCES = ((0.42, 0.3, 0.7), (0.35, -0.5, 1.6), (0.75, 1.3, 2.5))
"""q, centre, scale."""

CONTINUOUS = (
    _of(
        "norm_cdf",
        {"interior": PLACED},
        {"mean": (0.5, 0.5, 2.0), "left": (-5.0, 0.0, 1.0), "far": (-10.0, 0.25, 1.0), "right": (10.0, 0.0, 1.0)},
    ),
    _of("norm_sf", {"interior": PLACED}, {"mean": (0.5, 0.5, 2.0), "right": (5.0, 0.0, 1.0), "far": (10.0, 0.25, 1.0)}),
    _of(
        "norm_logcdf",
        {"interior": PLACED},
        {"mean": (0.5, 0.5, 2.0), "left": (-12.0, 0.0, 1.0), "far": (-40.0, 0.0, 1.0), "right": (9.0, 0.0, 1.0)},
    ),
    _of("norm_ppf", {"interior": CHANCES}, {"median": (0.5, 0.5, 2.0), "rare": (1e-10, 0.0, 1.0), "rarer": (1e-20, 0.0, 1.0)}),
    _of("norm_isf", {"interior": CHANCES}, {"median": (0.5, 0.5, 2.0), "rare": (1e-10, 0.0, 1.0), "rarer": (1e-20, 0.0, 1.0)}),
    _of(
        "logistic_logpdf",
        {"interior": PLACED},
        {"mean": (0.5, 0.5, 2.0), "far": (1000.0, 0.25, 1.0), "left": (-40.0, 0.0, 1.0)},
    ),
    _of(
        "laplace_cdf",
        {"interior": PLACED},
        {"left": (-10.0, 0.0, 1.0), "right": (10.0, 0.0, 1.0), "far": (1000.0, 0.5, 1.0)},
    ),
    _of("laplace_cdf", {"interior": PLACED}, {"median": (0.5, 0.5, 2.0)}, "laplace_cdf_at_the_median", smooth=1),
    _of("laplace_ppf", {"interior": CHANCES}),
    _of("laplace_ppf", {"interior": CHANCES}, {"median": (0.5, 0.5, 2.0)}, "laplace_ppf_at_the_median", smooth=1),
    _of("cauchy_cdf", {"interior": PLACED}, {"median": (0.5, 0.5, 2.0), "right": (1e4, 0.0, 1.0)}),
    _of("cauchy_logcdf", {"interior": PLACED}, {"median": (0.5, 0.5, 2.0), "left": (-1e4, 0.0, 1.0), "far": (-1e18, 0.0, 1.0)}),
    _of("cauchy_ppf", {"interior": CHANCES}, {"median": (0.5, 0.5, 2.0), "rare": (1e-3, 0.0, 1.0)}),
    _of("gumbel_cdf", {"interior": PLACED}, {"mode": (0.5, 0.5, 2.0), "left": (-3.0, 0.0, 1.0), "far": (40.0, 0.0, 1.0)}),
    _of("gumbel_sf", {"interior": PLACED}, {"mode": (0.5, 0.5, 2.0), "right": (10.0, 0.0, 1.0), "far": (40.0, 0.0, 1.0)}),
    _of("gumbel_logsf", {"interior": PLACED}, {"mode": (0.5, 0.5, 2.0), "right": (10.0, 0.0, 1.0), "far": (40.0, 0.0, 1.0)}),
    _of("gumbel_ppf", {"interior": CHANCES}, {"mode": (0.375, 0.5, 2.0), "rare": (1e-10, 0.0, 1.0)}),
    _of("gumbel_l_logcdf", {"interior": PLACED}, {"mode": (0.5, 0.5, 2.0), "left": (-40.0, 0.0, 1.0), "far": (3.0, 0.0, 1.0)}),
    _of(
        "expon_logcdf",
        {"interior": ((1.42, 3.75), (0.35, -0.5), (0.75, 2.5))},
        {"near": (1e-3, 0.0, 1.0), "nearer": (1e-10, 0.0, 1.0), "nearest": (1e-20, 0.0, 1.0), "far": (30.0, 0.0, 1.0)},
    ),
    _of("exponential_cdf", {"interior": ((1.42, 3.75), (0.75, 1.5))}, {"near": (1e-3, 1.0), "nearer": (1e-10, 1.0)}),
    _of("lognorm_logpdf", {"interior": ((0.42, 1.6, 3.5), *PLACED[1:])}, {"one": (1.0, 0.0, 1.0), "small": (1e-3, 0.5, 2.0)}),
    _of(
        "weibull_logpdf",
        {"interior": ((0.42, 1.6, 3.5), (0.75, 1.3, 2.5), (0.6, 1.75, 2.5))},
        {"exponential": (0.5, 2.0, 1.0), "at_the_scale": (2.0, 2.0, 3.0), "far": (30.0, 1.0, 1.5)},
    ),
    _of(
        "kumaraswamy_logpdf",
        {"interior": ((0.3, 0.6, 0.42), (0.42, 1.75, 2.5), (1.6, 0.35, 3.5))},
        {"uniform": (0.25, 1.0, 1.0), "triangle": (0.5, 2.0, 1.0)},
    ),
    _of("inverse_gamma_logpdf", {"interior": ((0.42, 1.6), (0.75, 2.35), (1.3, 0.6))}, {"one": (1.0, 1.0, 1.0)}),
    _of(
        "f_logpdf",
        {"interior": ((0.42, 1.6), (3.75, 2.35), (1.3, 5.6))},
        {"equal": (1.0, 2.0, 2.0), "one": (0.5, 1.0, 1.0), "two": (3.0, 2.0, 4.0)},
    ),
    _of(
        "genpareto_logpdf",
        {"interior": ((0.42, 1.6), (0.35, -0.5), (0.75, 2.5), (0.3, -0.4))},
        {"exponential": (1.5, 0.0, 1.0, 0.0), "uniform": (0.5, 0.0, 1.0, -1.0), "start": (0.5, 0.5, 2.0, 0.25)},
    ),
    _of(
        "genpareto_ppf",
        {"interior": ((0.42, 0.75), (0.35, -0.5), (0.75, 2.5), (0.3, -0.4))},
        {"exponential": (0.5, 0.0, 1.0, 0.0), "uniform": (0.5, 0.0, 1.0, -1.0)},
    ),
    _of("gennorm_logpdf", {"interior": ((0.42, -1.6), (1.3, 2.5))}, {"normal": (0.5, 2.0), "laplace": (0.75, 1.0)}),
    _of("gennorm_cdf", {"interior": ((0.42, 1.25), (1.3, 2.5))}, {"normal": (0.5, 2.0)}, smooth=1),
    row(
        "gennorm_cdf_at_the_median",
        "gennorm_cdf",
        _at("gennorm_cdf", beta=2.0),
        {"inside": ((1.0,),)},
        {"median": (0.0,)},
        family="distribution",
        source=SOURCE,
        truth=lambda xp, x: xp.sum(xp.ndtr(x * 1.4142135623730951)),
    ),
    _of(
        "truncnorm_logpdf",
        {"interior": ((0.42, 1.5, -0.75), (-0.75, 0.5, -2.5), (1.6, 2.5, -0.35))},
        {"right": (5.5, 5.0, 6.0), "far": (10.5, 10.0, 11.0), "far_left": (-10.5, -11.0, -10.0), "wide": (0.5, -40.0, 40.0)},
    ),
    _of(
        "truncnorm_logcdf",
        {"interior": ((0.42, 1.5, -1.25), (-0.75, 0.5, -2.5), (1.6, 2.5, -0.35))},
        {"right": (5.5, 5.0, 6.0), "far": (10.5, 10.0, 11.0), "far_left": (-10.5, -11.0, -10.0)},
    ),
    _of("wrapcauchy_logpdf", {"interior": ((0.42, 4.6), (0.3, 0.75))}, {"start": (0.0, 0.5), "near_one": (0.5, 0.9375)}),
    _of("t_entropy", {"interior": ((0.75, 3.5, 9.0),)}, {"cauchy": (1.0,), "two": (2.0,)}),
    _edge(
        "gamma_logpdf_edge",
        "gamma_logpdf",
        _at("gamma_logpdf", a=1.0),
        ((0.3, 0.75),),
        (0.0,),
        (1.0,),
        lambda xp, x: -x - xp.lgamma(xp.ones_like(x)),
    ),
    _edge(
        "beta_logpdf_edge",
        "beta_logpdf",
        _at("beta_logpdf", a=1.0, b=2.0),
        ((0.3, 0.75),),
        (0.0,),
        (1.0,),
        lambda xp, x: xp.log1p(-x) - xp.betaln(xp.ones_like(x), 2.0 * xp.ones_like(x)),
    ),
    _edge(
        "chi2_logpdf_edge",
        "chi2_logpdf",
        _at("chi2_logpdf", degrees=2.0),
        ((0.3, 0.75),),
        (0.0,),
        (1.0,),
        lambda xp, x: -x / 2 - LOG_2 - xp.lgamma(xp.ones_like(x)),
    ),
)

COUNTS = (
    _of("binom_logpmf", {"interior": ((0.3, 0.6, 0.42),)}, {"half": (0.5,), "rare": (1e-3,)}, k=2.0, n=5.0),
    _edge(
        "binom_logpmf_never",
        "binom_logpmf",
        applied("binom_logpmf", 1, {"k": 0.0, "n": 3.0}),
        ((0.3, 0.6),),
        (0.0,),
        (1.0,),
        lambda xp, p: 3.0 * xp.log1p(-p),
    ),
    _of(
        "bernoulli_logpmf",
        {"interior": ((0.3, 0.6),)},
        {"half": (0.5,), "rare": (1e-4,), "rarer": (1e-8,), "rarest": (1e-17,)},
        k=1.0,
    ),
    _edge(
        "bernoulli_logpmf_always",
        "bernoulli_logpmf",
        applied("bernoulli_logpmf", 1, {"k": 1.0}),
        ((0.5,),),
        (1.0,),
        (-1.0,),
        lambda xp, p: xp.log(p),
    ),
    _of("geom_logpmf", {"interior": ((0.3, 0.6, 0.42),)}, {"half": (0.5,), "rare": (1e-3,)}, k=4.0),
    _edge(
        "geom_logpmf_always",
        "geom_logpmf",
        applied("geom_logpmf", 1, {"k": 1.0}),
        ((0.3, 0.6),),
        (1.0,),
        (-1.0,),
        lambda xp, p: xp.log(p),
    ),
    _of("nbinom_logpmf", {"interior": ((0.75, 2.5), (0.3, 0.6))}, {"one": (1.0, 0.5)}, k=3.0),
    _edge(
        "nbinom_logpmf_always",
        "nbinom_logpmf",
        applied("nbinom_logpmf", 2, {"k": 0.0}),
        ((0.75, 2.5), (0.3, 0.6)),
        (2.5, 1.0),
        (0.5, -1.0),
        lambda xp, n, p: n * xp.log(p) + (xp.lgamma(n) - xp.lgamma(n)),
    ),
    _of("betabinom_logpmf", {"interior": ((0.75, 2.5), (1.3, 0.6))}, {"uniform": (1.0, 1.0)}, k=2.0, n=5.0),
    row(
        "multinomial_logpmf",
        "multinomial_logpmf",
        weighted(lambda xp, p: xp.multinomial_logpmf(p, ((2, 0, 1), (1, 1, 1)))),
        {"interior": ((0.2, 0.3, 0.5), draw(2))},
        family="distribution",
        source=SOURCE,
    ),
    _of("multinomial_logpmf", {"interior": ((0.2, 0.3, 0.5),)}, case="multinomial_logpmf_row", counts=((2, 0, 1),)),
    _edge(
        "poisson_logpmf_never",
        "poisson_logpmf",
        lambda xp, rate: xp.sum(xp.poisson_logpmf(xp.zeros_like(rate), rate)),
        ((0.3, 0.75),),
        (0.0,),
        (1.0,),
        lambda xp, rate: -rate - xp.lgamma(xp.ones_like(rate)),
    ),
    _of("poisson_cdf", {"interior": ((0.3, 1.6, 4.5),)}, {"three": (3.0,), "far": (20.0,)}, k=2.0),
    _of(
        "poisson_entropy",
        {"interior": ((0.42, 2.5, 7.0),)},
        {"one": (1.0,), "small": (0.01,), "medium": (40.0,), "large": (150.0,)},
    ),
)

RELAXED = (
    _of(
        "continuous_bernoulli_logpdf",
        {"interior": ((0.3, 0.75), (0.2, 0.7))},
        {"half": (0.25, 0.5), "near_half": (0.25, 0.4995), "edge": (0.0, 0.25)},
    ),
    _of(
        "continuous_bernoulli_cdf",
        {"interior": ((0.3, 0.75), (0.2, 0.7))},
        {"half": (0.25, 0.5), "near_half": (0.25, 0.4995)},
    ),
    _of(
        "continuous_bernoulli_ppf",
        {"interior": ((0.3, 0.75), (0.2, 0.7))},
        {"half": (0.25, 0.5), "near_half": (0.25, 0.4995)},
    ),
    _of("kl_uniform_continuous_bernoulli", {"interior": ((0.2, 0.7),)}, {"quarter": (0.25,)}),
    _of("kl_continuous_bernoulli_uniform", {"interior": ((0.2, 0.7),)}, {"quarter": (0.25,)}),
    _of(
        "logit_relaxed_bernoulli_logpdf",
        {"interior": PLACED[:1] + PLACED[2:] + PLACED[1:2]},
        {"zero": (0.0, 1.0, 0.0), "left": (-40.0, 1.0, 0.0), "far": (-1000.0, 1.0, 0.0), "right": (1000.0, 1.0, 0.0)},
    ),
)


def _positive(xp: Any, a: Any) -> Any:
    return 0.5 * (a + xp.matrix_transpose(a))


def _wishart_logpdf(xp: Any, x: Any, degrees: Any, scale: Any) -> Any:
    return xp.wishart_logpdf(_positive(xp, x), degrees, _positive(xp, scale))


def _kl_wishart(xp: Any, m: Any, v: Any, n: Any, w: Any) -> Any:
    return xp.kl_wishart(m, _positive(xp, v), n, _positive(xp, w))


def _kl_multivariate_normal(xp: Any, m: Any, a: Any, n: Any, b: Any) -> Any:
    return xp.kl_multivariate_normal(m, _positive(xp, a), n, _positive(xp, b))


OTHER2 = ((1.0, 0.25), (0.25, 3.0))

MATRICES = (
    row(
        "wishart_logpdf",
        "wishart_logpdf",
        _wishart_logpdf,
        {"n2": (SPD2, 3.5, OTHER2)},
        {"unit": (UNIT, 3.0, UNIT), "n1": (((0.75,),), 1.5, ((2.0,),))},
        family="distribution",
        source=SOURCE,
    ),
    row(
        "kl_wishart",
        "kl_wishart",
        _kl_wishart,
        {"n2": (3.5, SPD2, 2.75, OTHER2)},
        {"equal": (3.0, SPD2, 3.0, SPD2)},
        family="distribution",
        source=SOURCE,
    ),
    row(
        "kl_multivariate_normal",
        "kl_multivariate_normal",
        _kl_multivariate_normal,
        {"n2": (draw(2), SPD2, draw(2), OTHER2)},
        {"equal": ((0.5, -0.25), SPD2, (0.5, -0.25), SPD2)},
        family="distribution",
        source=SOURCE,
    ),
    row(
        "lkj_cholesky_logpdf",
        "lkj_cholesky_logpdf",
        lambda xp, a, concentration: xp.lkj_cholesky_logpdf(xp.tril(a), concentration),
        {"n3": (((1.0, 0.0, 0.0), (0.6, 0.8, 0.0), (0.3, -0.5, 0.8125)), 1.75)},
        {"uniform": (((1.0, 0.0), (0.6, 0.8)), 1.0)},
        family="distribution",
        source=SOURCE,
    ),
)

DIVERGENCES = (
    _of(
        "kl_bernoulli",
        {"interior": ((0.3, 0.6), (0.7, 0.42))},
        {"equal": (0.25, 0.25), "half": (0.5, 0.5), "rare": (1e-3, 0.5)},
    ),
    _of("kl_laplace", {"interior": ((0.42, -0.75), (0.75, 1.3), (1.5, 0.35), (1.6, 0.6))}),
    row(
        "kl_laplace_equal_medians",
        "kl_laplace",
        applied("kl_laplace", 4, {}),
        {"interior": ((0.42, -0.75), (0.75, 1.3), (1.5, 0.35), (1.6, 0.6))},
        {"equal_medians": (0.5, 1.0, 0.5, 2.0), "equal": (0.5, 1.0, 0.5, 1.0)},
        smooth=2,
        family="distribution",
        source=SOURCE,
    ),
    _of(
        "kl_normal_laplace",
        {"interior": ((0.42, -0.75), (0.75, 1.3), (1.5, 0.35), (1.6, 0.6))},
        {"equal_medians": (0.5, 1.0, 0.5, 2.0)},
    ),
    _of(
        "kl_gumbel",
        {"interior": ((0.42, -0.75), (0.75, 1.3), (1.5, 0.35), (1.6, 0.6))},
        {"equal": (0.5, 1.0, 0.5, 1.0)},
    ),
    _of(
        "kl_gamma",
        {"interior": ((0.42, 2.75), (0.75, 1.3), (1.5, 0.35), (1.6, 0.6))},
        {"equal": (2.0, 1.0, 2.0, 1.0), "one": (1.0, 1.0, 2.0, 1.0)},
    ),
)

CASES: tuple[Case, ...] = (*CONTINUOUS, *COUNTS, *RELAXED, *MATRICES, *DIVERGENCES)
