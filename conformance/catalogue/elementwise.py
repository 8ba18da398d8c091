"""Elementwise functions: interior points, smooth special points (zeros, ones, integers, removable singularities), tails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import ELEMENTWISE, binary, draw, formula, row, unary, weighted

MIXED = (-2.3, -0.75, 0.42, 1.6)
POSITIVE = (0.35, 0.9, 1.6, 4.2)
INSIDE = (-0.8, -0.3, 0.42, 0.7)
ABOVE_ONE = (1.2, 1.6, 2.5, 7.0)
BIG = (-1e4, 1e4)
TINY = (-1e-4, 1e-4)
FAR = (-1e30, 1e30)
NEAR_ZERO = (-1e-30, 1e-30)
EXTREMES = (*FAR, *NEAR_ZERO)
PAIRS = ((1e30, 1e30), (1e30, 1.0), (1.0, 1e30), (1e-30, 1e-30), (1e-30, 1.0), (1.0, 1e-30))
POWERS = ((1e-30, 2.0), (1e30, 0.5), (1e-30, 0.5), (2.0, 1e-30), (2.0, -1e30))

EXPONENTIAL = (
    unary("exp", MIXED, (0.0, 1.0), (-80.0, 10.0, *TINY, -1e30, *NEAR_ZERO)),
    unary("expm1", MIXED, (0.0,), (-80.0, 10.0, *TINY, -1e30, *NEAR_ZERO)),
    unary("exp2", MIXED, (0.0, 1.0, -1.0), (-100.0, 15.0, -1e30, *NEAR_ZERO)),
    unary("log", POSITIVE, (1.0,), (1e-4, 6e4, 1e30, 1e-30)),
    unary("log1p", (-0.75, -0.3, 0.42, 1.6), (0.0,), (-0.999, 6e4, *TINY, 1e30, *NEAR_ZERO)),
    unary("log2", POSITIVE, (1.0, 2.0), (1e-4, 6e4, 1e30, 1e-30)),
    unary("log10", POSITIVE, (1.0, 10.0), (1e-4, 6e4, 1e30, 1e-30)),
    unary("sqrt", POSITIVE, (1.0, 4.0), (1e-4, 6e4, 1e30, 1e-30)),
    unary("cbrt", POSITIVE, (1.0, -1.0, 8.0), (1e-3, 6e4, *EXTREMES)),
    unary("rsqrt", POSITIVE, (1.0, 0.25), (1e-3, 6e4, 1e30, 1e-30)),
    unary("reciprocal", MIXED, (1.0, -1.0), (1e-2, 1e4, *FAR)),
    unary("square", MIXED, (0.0, 1.0), (100.0, -1e-2)),
    unary("negative", MIXED, (0.0,)),
    unary("positive", MIXED, (0.0,)),
    unary("abs", MIXED, (1.0, -1.0), (*BIG, *EXTREMES)),
    unary("sign", MIXED, (1.0,), (*BIG, *EXTREMES)),
)

TRIGONOMETRIC = (
    unary("sin", MIXED, (0.0,), (100.0, *TINY, *NEAR_ZERO)),
    unary("cos", MIXED, (0.0,), (100.0, *TINY, *NEAR_ZERO)),
    unary("tan", (-1.2, -0.75, 0.42, 1.3), (0.0,), (10.0, *TINY, *NEAR_ZERO)),
    unary("asin", INSIDE, (0.0,), (0.999, -0.999, *TINY, *NEAR_ZERO)),
    unary("acos", INSIDE, (0.0,), (0.999, -0.999, *TINY, *NEAR_ZERO)),
    unary("atan", MIXED, (0.0, 1.0, -1.0), (*BIG, *TINY, *EXTREMES)),
    unary("sinh", MIXED, (0.0,), (-10.0, 10.0, *TINY, *NEAR_ZERO)),
    unary("cosh", MIXED, (0.0,), (-10.0, 10.0, *TINY, *NEAR_ZERO)),
    unary("tanh", MIXED, (0.0,), (-8.0, 8.0, 20.0, 100.0, *TINY, *EXTREMES)),
    unary("asinh", MIXED, (0.0,), (*BIG, *TINY, *EXTREMES)),
    unary("acosh", ABOVE_ONE, (2.0,), (1.01, 1e4, 1e30)),
    unary("atanh", INSIDE, (0.0,), (0.99, -0.99, *TINY, *NEAR_ZERO)),
    unary("sinc", MIXED, (0.0, 1.0, -1.0, 2.0, 0.5), (10.25, *TINY, *NEAR_ZERO)),
    unary("deg2rad", MIXED, (0.0,), BIG),
    unary("rad2deg", MIXED, (0.0,), (-100.0, 100.0)),
)


def _weighted_logpdf(name: str) -> Callable[..., Any]:
    return weighted(lambda xp, x, centre, scale: getattr(xp, f"{name}_logpdf")(x, centre, scale))


SPECIAL = (
    unary("erf", MIXED, (0.0,), (-4.0, 4.0, 9.0, *TINY, *EXTREMES), "special"),
    unary("erfc", MIXED, (0.0,), (-4.0, 4.0, 9.0, *TINY, *EXTREMES), "special"),
    unary("erfcx", MIXED, (0.0,), (-3.0, 30.0, 1e3, 1e30), "special"),
    unary("erfinv", INSIDE, (0.0,), (0.999, -0.999, *TINY, *NEAR_ZERO), "special"),
    unary("erfcinv", (0.2, 0.7, 1.3, 1.8), (1.0,), (1e-3,), "special"),
    unary("ndtr", MIXED, (0.0,), (-4.0, 4.0, -12.0, *EXTREMES), "special"),
    unary("log_ndtr", MIXED, (0.0,), (-4.0, 4.0, -12.0, -30.0, 9.0, *EXTREMES), "special"),
    unary("ndtri", (0.1, 0.3, 0.7, 0.9), (0.5,), (1e-3, 0.999), "special"),
    unary("entr", POSITIVE, (1.0,), (1e-4, 100.0, 1e-30), "special"),
    unary("logit", (0.1, 0.3, 0.7, 0.9), (0.5,), (1e-3, 0.999, 1e-30), "special"),
    unary("sigmoid", MIXED, (0.0,), (-15.0, 15.0, -80.0, 80.0, *EXTREMES), "special"),
    unary("lgamma", (-1.5, -0.4, 0.35, 4.2), (1.0, 2.0, 3.0, 0.5), (1e-3, 1e4, -10.5, 1e30, 1e-30), "special"),
    unary("gamma", (-1.5, -0.4, 0.35, 4.2), (1.0, 2.0, 0.5), (1e-2, 8.0, 1e-30), "special"),
    unary("digamma", (-1.5, -0.4, 0.35, 4.2), (1.0, 2.0, 0.5), (1e-2, 1e4, -10.5, 1e30, 1e-30), "special"),
    unary("trigamma", (0.35, 0.9, 1.6, 4.2), (1.0, 2.0, 0.5), (1e-1, 1e4, 1e30), "special"),
    unary("i0", MIXED, (0.0,), (-9.0, 9.0, *TINY, *NEAR_ZERO), "special"),
    unary("i0e", MIXED, (), (-30.0, 30.0, 1e3, *EXTREMES), "special"),
    unary("i1", MIXED, (0.0,), (-9.0, 9.0, *TINY, *NEAR_ZERO), "special"),
    unary("i1e", MIXED, (), (-30.0, 30.0, 1e3, *EXTREMES), "special"),
    unary("j0", MIXED, (0.0, 1.0), (9.0, 30.0, *NEAR_ZERO), "special"),
    unary("j1", MIXED, (0.0, 1.0), (9.0, 30.0, *NEAR_ZERO), "special"),
    unary("y0", POSITIVE, (1.0,), (9.0, 30.0), "special"),
    unary("y1", POSITIVE, (1.0,), (9.0, 30.0), "special"),
    unary("k0", POSITIVE, (1.0,), (9.0,), "special"),
    unary("k0e", POSITIVE, (1.0,), (30.0, 1e30), "special"),
    unary("k1", POSITIVE, (1.0,), (9.0,), "special"),
    unary("k1e", POSITIVE, (1.0,), (30.0, 1e30), "special"),
)


Numbers = tuple[float, ...]


def _special(case: str, f: Callable[[Any, Any], Any], interior: Numbers, special: Numbers, tails: Numbers) -> Case:
    """About the function that the case's name begins with."""
    return formula(case, case.split("_")[0], f, interior, special, tails, "special")


ORDERS = (
    _special("polygamma_2", lambda xp, x: xp.polygamma(2, x), POSITIVE, (1.0, 2.0, 0.5, -1.5), (0.1, 30.0)),
    _special("polygamma_3", lambda xp, x: xp.polygamma(3, x), POSITIVE, (1.0, 2.0, 0.5, -1.5), (0.1, 30.0)),
    _special("zeta_2", lambda xp, x: xp.zeta(2, x), POSITIVE, (1.0, 2.0, 0.5, -1.5), (1e-2, 1e3)),
    _special("zeta_3", lambda xp, x: xp.zeta(3, x), POSITIVE, (1.0, 2.0, 0.5), (1e-1, 300.0)),
    _special("multigammaln", lambda xp, x: xp.multigammaln(x, 3), (1.2, 1.6, 2.3, 4.2), (2.0, 1.5), (1.001, 1e4)),
    unary("spence", (0.35, 0.9, 1.6, 4.2), (1.0, 2.0, 0.5), (1e-3, 0.9999, 1.0001, 1e4, 1e30, 1e-30), "special"),
    unary("expi", POSITIVE, (1.0, 2.0), (1e-4, 9.0), "special"),
    unary("exp1", POSITIVE, (1.0, 2.0), (1e-4, 15.0), "special"),
    _special("expn_2", lambda xp, x: xp.expn(2, x), POSITIVE, (1.0, 2.0), (1e-2, 9.0)),
    _special("expn_3", lambda xp, x: xp.expn(3, x), POSITIVE, (1.0, 2.0), (1e-2, 9.0)),
    binary("xdivy", ((0.42, 0.75), (-1.6, 2.35)), ((0.0, 2.0), (1.0, 1.0), (0.0, -0.5)), ((100.0, 0.01),), "special"),
    binary("poch", ((0.42, 0.75), (1.6, 2.35)), ((1.0, 2.0), (2.0, 1.0), (2.0, 0.0)), ((30.0, 2.0),), "special"),
    binary("gamma_logpdf", ((0.42, 0.75), (1.6, 2.35)), ((1.0, 1.0), (2.0, 1.0)), ((30.0, 50.0),), "special"),
    binary("t_logpdf", ((0.42, 0.75), (-1.6, 2.35)), ((0.0, 1.0), (1.0, 2.0)), ((100.0, 3.0),), "special"),
    unary("dawsn", MIXED, (0.0, 1.0, 2.75), (-10.0, 1e-4, *EXTREMES), "special"),
    unary("fresnel_sin", (-1.7, -0.75, 0.42, 1.6), (0.0, 1.0), (-8.1875, 1e-4, *NEAR_ZERO), "special"),
    unary("fresnel_cos", (-1.7, -0.75, 0.42, 1.6), (0.0, 1.0), (-8.1875, 1e-4, *NEAR_ZERO), "special"),
    unary("sine_integral", MIXED, (0.0, 4.0), (-50.0, 1e-4, *NEAR_ZERO), "special"),
    unary("cosine_integral", POSITIVE, (1.0, 4.0), (50.0, 1e-4, 1e-30), "special"),
    binary("boxcox", ((0.42, 0.75), (1.6, -1.3)), ((1.0, 2.0), (2.5, 1.0), (2.5, 0.0), (1.0, 0.0)), ((2.5, 1e-6),), "special"),
    binary(
        "boxcox1p",
        ((-0.42, 0.75), (1.6, -1.3)),
        ((0.0, 2.0), (1.5, 1.0), (1.5, 0.0), (0.0, 0.0)),
        ((1e-6, 0.5),),
        "special",
    ),
    binary("pareto_logpdf", ((1.42, 0.75), (3.6, 2.35)), ((2.0, 1.0),), ((1e4, 2.0),), "special"),
    binary("chi2_logpdf", ((0.42, 0.75), (1.6, 5.35)), ((1.0, 2.0), (2.0, 4.0)), ((30.0, 50.0),), "special"),
    binary("vonmises_logpdf", ((0.42, 0.75), (-1.6, 2.35)), ((0.0, 2.0), (0.5, 0.0)), ((1.0, 30.0),), "special"),
    binary("poisson_logpmf", ((2.0, 0.75), (3.0, 2.35)), ((0.0, 0.5), (1.0, 1.0)), ((30.0, 25.0),), "special"),
    *(
        row(
            f"{name}_logpdf",
            f"{name}_logpdf",
            _weighted_logpdf(name),
            {"interior": ((0.42, -1.6, 3.5), (0.35, -0.5, 1.6), (0.75, 1.3, 2.5), draw(3))},
            {"standard": (1.0, 0.0, 1.0, draw()), "far": (50.0, 0.0, 1.0, draw()), "narrow": (0.375, 0.25, 0.01, draw())},
            family="special",
            source=ELEMENTWISE,
        )
        for name in ("norm", "cauchy", "laplace", "gumbel")
    ),
    row(
        "dirichlet_logpdf",
        "dirichlet_logpdf",
        lambda xp, x, alpha: xp.dirichlet_logpdf(x / xp.sum(x), alpha),
        {"interior": ((0.3, 0.6, 0.42), (0.42, 1.75, 2.5))},
        {"uniform": ((0.25, 0.5, 0.25), (1.0, 1.0, 1.0)), "two": ((0.5, 0.5), (0.5, 0.5))},
        family="special",
        source=ELEMENTWISE,
    ),
    row(
        "beta_logpdf",
        "beta_logpdf",
        weighted(lambda xp, x, a, b: xp.beta_logpdf(x, a, b)),
        {"interior": ((0.3, 0.6, 0.42), (0.42, 1.75, 2.5), (1.6, 0.35, 3.5), draw(3))},
        {"uniform": (0.25, 1.0, 1.0, draw()), "arcsine": (0.5, 0.5, 0.5, draw()), "near_one": (0.999, 2.0, 3.0, draw())},
        family="special",
        source=ELEMENTWISE,
    ),
    row(
        "betainc",
        "betainc",
        weighted(lambda xp, a, b, x: xp.betainc(a, b, x)),
        {"interior": ((0.42, 1.75, 2.5), (1.6, 0.35, 3.5), (0.3, 0.6, 0.42), draw(3))},
        {"uniform": (1.0, 1.0, 0.25, draw()), "arcsine": (0.5, 0.5, 0.5, draw()), "far": (10.0, 3.0, 0.125, draw())},
        family="special",
        source=ELEMENTWISE,
    ),
    row(
        "betainc_of_last",
        "betainc",
        weighted(lambda xp, x: xp.betainc(2.5, 1.5, x)),
        {"interior": ((0.1, 0.35, 0.6, 0.85), draw(4))},
        {"half": (0.5, draw()), "low": (1e-3, draw()), "high": (0.999, draw())},
        family="special",
        source=ELEMENTWISE,
    ),
)

BOUNDED = (
    row(
        "clip",
        "clip",
        weighted(lambda xp, x, low, high: xp.clip(x, low, high) * x),
        {
            "each_way": ((-2.3, -0.75, 0.42, 1.6), (-1.0, -1.5, -0.5, -0.25), (0.5, 0.75, 0.9, 1.25), draw(4)),
            "broadcast": ((-2.3, -0.75, 0.42, 1.6), -1.5, 0.9, draw(4)),
        },
        {"below": (-2.0, -1.0, 1.0, draw()), "above": (2.0, -1.0, 1.0, draw()), "zero": (0.0, -1.0, 1.0, draw())},
        family="elementwise",
        source=ELEMENTWISE,
    ),
    formula("clip_between", "clip", lambda xp, x: xp.clip(x, -1.0, 0.75), MIXED, (0.0,), BIG),
    formula("clip_to_numbers", "clip", lambda xp, x: xp.clip(x, -1.0, 0.75) * x, MIXED, (0.0,), BIG),
    formula("clip_from_below", "clip", lambda xp, x: xp.clip(x, 0.25, None) * x, MIXED, (1.0,), BIG),
    formula("clip_from_above", "clip", lambda xp, x: xp.clip(x, None, 0.25) * x, MIXED, (0.0,), BIG),
    formula("floor_times", "floor", lambda xp, x: xp.floor(x) * x, MIXED, (0.5,), (-100.25, 1000.75)),
    formula("ceil_times", "ceil", lambda xp, x: xp.ceil(x) * x, MIXED, (0.5,), (-100.25, 1000.75)),
    formula("trunc_times", "trunc", lambda xp, x: xp.trunc(x) * x, MIXED, (0.5, 0.0), (-100.25, 1000.75)),
    formula("round_times", "round", lambda xp, x: xp.round(x) * x, MIXED, (0.25, 0.0, 1.0), (-100.25, 1000.75)),
    row(
        "ldexp",
        "ldexp",
        weighted(lambda xp, x: xp.ldexp(x, xp.asarray((3, -2, 0, 1))) * x),
        {"vector": ((-2.3, -0.75, 0.42, 1.6), draw(4))},
        {"zeros": ((0.0, 1.0, 0.0, -1.0), draw(4))},
        family="elementwise",
        source=ELEMENTWISE,
    ),
)

BINARY = (
    binary("add", ((0.42, -0.75), (1.6, 0.35)), ((0.0, 0.0), (1.0, -1.0))),
    binary("subtract", ((0.42, -0.75), (1.6, 0.35)), ((0.0, 0.0), (1.0, 1.0))),
    binary("multiply", ((0.42, -0.75), (1.6, 0.35)), ((0.0, 0.0), (0.0, 2.0), (2.0, 0.0))),
    binary("divide", ((0.42, -0.75), (1.6, 0.35)), ((0.0, 2.0), (1.0, 1.0)), PAIRS),
    binary(
        "pow", ((0.42, -0.75), (1.6, 2.35)), ((1.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (0.5, 3.0)), POWERS
    ),
    binary(
        "hypot",
        ((0.42, -0.75), (1.6, 0.35)),
        ((0.0, 2.0), (2.0, 0.0), (1.0, 1.0), (3.0, 4.0)),
        ((150.0, 200.0), (1e-3, 2e-3), *PAIRS),
    ),
    binary(
        "atan2",
        ((0.42, -0.75), (1.6, 0.35), (-0.6, 1.1)),
        ((0.0, 2.0), (2.0, 0.0), (-2.0, 0.0), (1.0, 1.0)),
        ((100.0, 150.0), *PAIRS),
    ),
    binary(
        "logaddexp",
        ((0.42, -0.75), (1.6, 0.35)),
        ((0.0, 0.0), (1.0, 1.0)),
        ((30.0, -30.0), (-30.0, 30.0), (80.0, 80.0), (400.0, -400.0), *PAIRS, (0.0, -1e30)),
    ),
    binary(
        "logaddexp2",
        ((0.42, -0.75), (1.6, 0.35)),
        ((0.0, 0.0), (1.0, 1.0)),
        ((30.0, -30.0), (80.0, 80.0), *PAIRS, (0.0, -1e30)),
    ),
    binary("maximum", ((0.42, -0.75), (0.35, 1.6)), ((0.0, 1.0), (2.0, -2.0)), ((-1e4, 1e4),)),
    binary("minimum", ((0.42, -0.75), (0.35, 1.6)), ((0.0, 1.0), (2.0, -2.0)), ((-1e4, 1e4),)),
    binary("fmax", ((0.42, -0.75), (0.35, 1.6)), ((0.0, 1.0), (2.0, -2.0))),
    binary("fmin", ((0.42, -0.75), (0.35, 1.6)), ((0.0, 1.0), (2.0, -2.0))),
    binary("copysign", ((0.42, -0.75), (-1.6, 0.35)), ((1.0, -1.0), (-2.0, -3.0))),
    binary(
        "xlogy",
        ((0.42, 0.75), (1.6, 0.35)),
        ((0.0, 1.0), (0.0, 2.0), (1.0, 1.0), (-1.0, 2.0)),
        ((0.0, 1e-3), (0.0, 1e-30), (1e-30, 1e-30), (0.0, 1e30)),
        "special",
    ),
    binary(
        "xlog1py",
        ((0.42, 0.75), (1.6, -0.35)),
        ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0)),
        ((0.0, -0.999), (0.0, 1e-30), (1e-30, 1e-30), (0.0, 1e30)),
        "special",
    ),
    binary("rel_entr", ((0.42, 0.75), (1.6, 0.35)), ((1.0, 1.0), (0.5, 2.0)), ((1e-30, 0.5), (1e-30, 1e-30)), "special"),
    binary("betaln", ((0.42, 0.75), (1.6, 2.35)), ((1.0, 1.0), (2.0, 1.0)), ((30.0, 50.0),), "special"),
    binary(
        "gammainc", ((0.42, 0.75), (1.6, 2.35)), ((1.0, 1.0), (2.0, 1.0), (0.5, 0.5)), ((10.0, 3.0), (3.0, 12.0)), "special"
    ),
    binary(
        "gammaincc", ((0.42, 0.75), (1.6, 2.35)), ((1.0, 1.0), (2.0, 1.0), (0.5, 0.5)), ((10.0, 3.0), (3.0, 12.0)), "special"
    ),
    binary("fmod", ((5.3, 2.0), (-4.7, 1.5)), ((1.0, 2.0), (0.5, 4.0))),
    binary("remainder", ((5.3, 2.0), (-4.7, 1.5), (4.1, -3.0)), ((1.0, 2.0), (0.5, 4.0))),
)

ACTIVATION = (
    unary("relu", MIXED, (1.0, -1.0), (*BIG, *EXTREMES), "activation"),
    unary("relu6", MIXED, (1.0, 3.0), (*BIG, *EXTREMES), "activation"),
    unary("leaky_relu", MIXED, (1.0, -1.0), (*BIG, *EXTREMES), "activation"),
    unary("elu", MIXED, (1.0, -1.0), (-80.0, 80.0, -1e-3, *EXTREMES), "activation"),
    unary("selu", MIXED, (1.0, -1.0), (-80.0, 80.0, -1e-3, *EXTREMES), "activation"),
    unary("celu", MIXED, (1.0, -1.0), (-80.0, 80.0, -1e-3, *EXTREMES), "activation"),
    unary("gelu", MIXED, (0.0,), (-6.0, 6.0, -30.0, 30.0, *EXTREMES), "activation"),
    unary("gelu", MIXED, (0.0,), (-6.0, 6.0, -30.0, 30.0, *EXTREMES), "activation", case="gelu_tanh", approximate="tanh"),
    unary("silu", MIXED, (0.0,), (-15.0, 15.0, -80.0, 80.0, *EXTREMES), "activation"),
    unary("mish", MIXED, (0.0,), (-15.0, 15.0, -80.0, 80.0, *EXTREMES), "activation"),
    unary("softplus", MIXED, (0.0,), (-15.0, 15.0, 25.0, -80.0, 80.0, *EXTREMES), "activation"),
    unary("log_sigmoid", MIXED, (0.0,), (-15.0, 15.0, -80.0, 80.0, *EXTREMES), "activation"),
    unary("softsign", MIXED, (1.0, -1.0), (*BIG, *EXTREMES), "activation"),
    unary("tanhshrink", MIXED, (0.0,), (-8.0, 8.0, *TINY, *EXTREMES), "activation"),
    unary("hard_sigmoid", (-2.3, -0.75, 0.42, 1.6), (0.0,), (-80.0, 80.0, *EXTREMES), "activation"),
    unary("hard_swish", (-2.3, -0.75, 0.42, 1.6), (0.0,), (-80.0, 80.0, *EXTREMES), "activation"),
    unary("hard_tanh", (-2.3, -0.75, 0.42, 1.6), (0.0,), (-80.0, 80.0, *EXTREMES), "activation"),
)

CASES: tuple[Case, ...] = (*EXPONENTIAL, *TRIGONOMETRIC, *SPECIAL, *ORDERS, *BINARY, *BOUNDED, *ACTIVATION)
