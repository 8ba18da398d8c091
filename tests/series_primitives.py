"""The table of primitives that `tests.certify_series` certifies: name, function, truth, points (interior, special, tails)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flint import arb, arb_series

from conformance.catalogue import CASES
from tests.certify_series import Primitive, by_balls, by_differences, by_series, mpmath

S = arb_series
LINE = (-7.25, -1.3, -0.42, -1e-3, 0.0, 1e-6, 0.3, 1.0, 2.5, 9.0)
POSITIVE = (1e-8, 0.05, 0.42, 1.0, 1.7, 4.0, 33.0, 1e6)
UNIT = (-0.96875, -0.42, -1e-5, 0.0, 0.3, 0.75, 0.9990234375)
TAILS = (-700.0, -40.0, *LINE, 40.0, 700.0)


def named(name: str) -> Callable[[Any, Any], Any]:
    """The function of this name in the reference's namespace."""
    return lambda xp, x: getattr(xp, name)(x)


def arbs(name: str, series: Callable[[S], S], points: tuple[float, ...], fn: Any = None) -> Primitive:
    return Primitive(name, fn or named(name), by_series(series), points)


def mps(name: str, function: Callable[[Any], Any], points: tuple[float, ...], fn: Any = None) -> Primitive:
    return Primitive(name, fn or named(name), by_differences(function), points)


def sinh(x: S) -> S:
    return ((x).exp() - (-x).exp()) / 2


def cosh(x: S) -> S:
    return ((x).exp() + (-x).exp()) / 2


def sinc(x: S) -> S:
    """sin(pi*x) / (pi*x) from 400 terms of its power series."""
    square = (x * arb.pi()) ** 2
    return horner([arb(-1) ** k / arb(2 * k + 2).gamma() for k in range(400)], square)


def horner(coefficients: list[arb], x: S) -> S:
    result = S([coefficients[-1]])
    for c in reversed(coefficients[:-1]):
        result = result * x + c
    return result


def log_of(base: int) -> Callable[[S], S]:
    return lambda x: x.log() / arb(base).log()


def logistic(x: S) -> S:
    return 1 / (1 + (-x).exp())


def power(x: S, exponent: str) -> S:
    return (x.log() * arb(exponent)).exp()


ELEMENTARY = (
    arbs("exp", S.exp, TAILS),
    arbs("expm1", lambda x: x.exp() - 1, TAILS),
    arbs("exp2", lambda x: (x * arb(2).log()).exp(), TAILS),
    arbs("log", S.log, POSITIVE),
    arbs("log1p", lambda x: (1 + x).log(), (-0.96875, -1e-9, 0.0, *POSITIVE)),
    arbs("log2", log_of(2), POSITIVE),
    arbs("log10", log_of(10), POSITIVE),
    arbs("sqrt", S.sqrt, POSITIVE),
    arbs("rsqrt", S.rsqrt, POSITIVE),
    mps("cbrt", lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), (-8.0, -0.42, *POSITIVE)),
    arbs("sin", S.sin, LINE),
    arbs("cos", S.cos, LINE),
    arbs("tan", S.tan, LINE),
    arbs("sinh", sinh, TAILS),
    arbs("cosh", cosh, TAILS),
    arbs("tanh", lambda x: sinh(x) / cosh(x), TAILS),
    arbs("asin", S.asin, UNIT),
    arbs("acos", S.acos, UNIT),
    arbs("atan", S.atan, TAILS),
    mps("asinh", mpmath.asinh, TAILS),
    mps("acosh", mpmath.acosh, (1.0009765625, 1.3, 2.0, 40.0, 1e6)),
    mps("atanh", mpmath.atanh, UNIT),
    arbs("sinc", sinc, (-3.3, -1.5, -0.42, 0.0, 1e-9, 1e-3, 0.25, 1.25, 2.0, 2.75)),
    arbs("reciprocal", lambda x: 1 / x, (-3.0, *POSITIVE)),
    arbs("square", lambda x: x * x, LINE),
    arbs("x**0", lambda x: 0 * x + 1, LINE, lambda xp, x: x**0),
    arbs("x**1", lambda x: x, LINE, lambda xp, x: x**1),
    arbs("x**2", lambda x: x * x, LINE, lambda xp, x: x**2),
    arbs("x**5", lambda x: x * x * x * x * x, LINE, lambda xp, x: x**5),
    arbs("x**-3", lambda x: 1 / (x * x * x), (-3.0, *POSITIVE), lambda xp, x: x**-3),
    arbs("x**2.5", lambda x: power(x, "2.5"), POSITIVE, lambda xp, x: x**2.5),
    arbs("x**-0.75", lambda x: power(x, "-0.75"), POSITIVE, lambda xp, x: x**-0.75),
    arbs("x**x", lambda x: (x * x.log()).exp(), POSITIVE[:-1], lambda xp, x: x**x),
    arbs("2.5**x", lambda x: (x * arb("2.5").log()).exp(), LINE, lambda xp, x: 2.5**x),
    arbs("sigmoid", logistic, TAILS),
    arbs("softplus", lambda x: (1 + x.exp()).log(), TAILS),
    arbs("logaddexp(x,1)", lambda x: (arb(1).exp() + x.exp()).log(), TAILS, lambda xp, x: xp.logaddexp(x, 1.0)),
    arbs("logaddexp2(x,1)", lambda x: (2 + (x * arb(2).log()).exp()).log() / arb(2).log(), LINE,
         lambda xp, x: xp.logaddexp2(x, 1.0)),
    arbs("hypot(x,2)", lambda x: (x * x + 4).sqrt(), TAILS, lambda xp, x: xp.hypot(x, 2.0)),
    arbs("atan2(x,2)", lambda x: (x / 2).atan(), TAILS, lambda xp, x: xp.atan2(x, 2.0)),
    arbs("atan2(x,-2)", lambda x: arb.pi() - (x / 2).atan(), POSITIVE, lambda xp, x: xp.atan2(x, -2.0)),
    arbs("xlogy(2,x)", lambda x: 2 * x.log(), POSITIVE, lambda xp, x: xp.xlogy(2.0, x)),
)  # fmt: skip


def normal(x: S) -> S:
    """The distribution function of the standard normal distribution."""
    return (-x / arb(2).sqrt()).erfc() / 2


def stretched(x: S) -> S:
    return (x * x).exp() * x.erfc()


def lgamma(x: S) -> S:
    """log(abs(gamma(x)))."""
    return (x.gamma() * x.gamma()).log() / 2


def bessel(name: str, order: int, kind: Callable[..., Any], points: tuple[float, ...], scale: int = 0) -> Primitive:
    """A Bessel function, times exp(scale * |x|)."""
    return mps(name, by_balls(lambda x: kind(x, order) * (scale * abs(x)).exp()), points)


SPECIAL_LINE = (-30.0, -5.5, -1.25, *LINE, 12.0, 26.0)
ERROR = (
    arbs("erf", S.erf, SPECIAL_LINE),
    arbs("erfc", S.erfc, SPECIAL_LINE),
    arbs("erfcx", stretched, (*LINE, 12.0, 26.0, 100.0)),
    arbs("ndtr", normal, SPECIAL_LINE),
    arbs("log_ndtr", lambda x: normal(x).log(), SPECIAL_LINE),
    mps("erfinv", by_balls(arb.erfinv), (-0.96875, -0.42, -1e-5, 0.3, 0.75, 0.9990234375, 1 - 2.0**-40)),
    mps("ndtri", by_balls(lambda p: arb(2).sqrt() * (2 * p - 1).erfinv()), (1e-12, 0.001, 0.3, 0.625, 0.96875)),
    mps("erfcinv", by_balls(lambda z: (1 - z).erfinv()), (1e-12, 0.001, 0.3, 1.25, 1.96875)),
    arbs("rel_entr(x,2)", lambda x: x * (x / 2).log(), POSITIVE, lambda xp, x: xp.rel_entr(x, 2.0)),
    arbs("rel_entr(2,x)", lambda x: 2 * (2 / x).log(), POSITIVE, lambda xp, x: xp.rel_entr(2.0, x)),
    arbs("xlog1py(2,x)", lambda x: 2 * (1 + x).log(), POSITIVE, lambda xp, x: xp.xlog1py(2.0, x)),
    arbs("entr", lambda x: -x * x.log(), POSITIVE),
    arbs("logit", lambda x: x.log() - (1 - x).log(), (1e-6, 0.3, 0.625, 0.96875)),
)
GAMMA_POINTS = (-2.5, -0.42, 1e-6, 0.3, 0.96875, 1.0, 1.0009765625, 1.25, 2.0, 2.375, 3.7, 11.0, 24.5, 33.0, 150.0)
GAMMA = (
    arbs("lgamma", lgamma, GAMMA_POINTS),
    arbs("gamma", S.gamma, GAMMA_POINTS),
    arbs("digamma", lambda x: lgamma(x).derivative(), GAMMA_POINTS),
    arbs("polygamma(1,x)", lambda x: lgamma(x).derivative().derivative(), (*GAMMA_POINTS, 1e30),
         lambda xp, x: xp.polygamma(1, x)),
    arbs("polygamma(2,x)", lambda x: lgamma(x).derivative().derivative().derivative(), GAMMA_POINTS,
         lambda xp, x: xp.polygamma(2, x)),
    arbs("beta(x,2.5)", lambda x: x.gamma() * arb("2.5").gamma() / (x + arb("2.5")).gamma(), GAMMA_POINTS[2:],
         lambda xp, x: xp.beta(x, 2.5)),
    arbs("betaln(x,2.5)", lambda x: lgamma(x) + arb("2.5").lgamma() - lgamma(x + arb("2.5")), GAMMA_POINTS[2:],
         lambda xp, x: xp.betaln(x, 2.5)),
    mps("gammainc(2.5,x)", by_balls(lambda x: x.gamma_lower(arb("2.5"), 1)), (0.05, 1.7, 3.25, 9.0),
        lambda xp, x: xp.gammainc(2.5, x)),
    mps("gammaincc(2.5,x)", by_balls(lambda x: x.gamma_upper(arb("2.5"), 1)), (0.05, 1.7, 3.25, 9.0, 40.0),
        lambda xp, x: xp.gammaincc(2.5, x)),
    mps("gammainc(x,2.5)", by_balls(lambda a: arb("2.5").gamma_lower(a, 1)), (0.42, 1.7, 4.25),
        lambda xp, x: xp.gammainc(x, 2.5)),
)  # fmt: skip
INTEGRALS = (
    mps("spence", lambda x: mpmath.polylog(2, 1 - x).real, (0.05, 0.42, 0.75, 1.0, 1.0009765625, 1.3, 2.0, 4.0, 33.0)),
    mps("expi", mpmath.ei, (-33.0, -1.3, -0.42, 0.05, 1.0, 4.0, 33.0)),
    mps("exp1", mpmath.e1, (0.05, 1.0, 4.0, 33.0)),
    mps("dawsn", lambda x: mpmath.sqrt(mpmath.pi) / 2 * mpmath.exp(-x * x) * mpmath.erfi(x),
        (-1.3, 0.0, 0.05, 0.42, 1.7, 2.75, 8.0, 33.0)),
    mps("fresnel_sin", mpmath.fresnels, (-1.3, 0.05, 0.42, 1.125, 1.75, 6.5625, 8.1875)),
    mps("fresnel_cos", mpmath.fresnelc, (-1.3, 0.05, 0.42, 1.125, 1.75, 6.5625, 8.1875)),
    mps("sine_integral", mpmath.si, (-1.3, 0.0, 0.05, 0.42, 1.0, 3.5, 50.0)),
    mps("cosine_integral", mpmath.ci, (0.05, 0.42, 1.0, 3.5, 50.0)),
    mps("zeta(3,x)", lambda x: mpmath.zeta(3, x), (0.05, 0.42, 1.0, 2.5, 33.0), lambda xp, x: xp.zeta(3, x)),
    mps("expn(3,x)", lambda x: mpmath.expint(3, x), (0.05, 0.42, 1.0, 4.0), lambda xp, x: xp.expn(3, x)),
    mps("betainc(2.5,1.5,x)", lambda x: mpmath.betainc(2.5, 1.5, 0, x, regularized=True), (1e-3, 0.25, 0.5, 0.625, 0.9375),
        lambda xp, x: xp.betainc(2.5, 1.5, x)),
    mps("betainc(x,1.5,0.375)", lambda a: mpmath.betainc(a, 1.5, 0, 0.375, regularized=True), (0.42, 1.0, 2.5, 9.0),
        lambda xp, x: xp.betainc(x, 1.5, 0.375)),
    mps("betainc(1.5,x,0.375)", lambda b: mpmath.betainc(1.5, b, 0, 0.375, regularized=True), (0.42, 1.0, 2.5, 9.0),
        lambda xp, x: xp.betainc(1.5, x, 0.375)),
)  # fmt: skip
ROUND = (-7.25, -0.42, 1e-3, 0.3, 1.0, 2.5, 9.0, 38.0)
STEEP = (1e-6, 0.05, 0.42, 1.0, 2.5, 9.0, 38.0)
BEYOND = (-250.0, 199.0, 200.0, 300.0, 1e5, 1e7)
BESSEL = (
    bessel("i0", 0, arb.bessel_i, (0.0, *ROUND, 300.0)),
    bessel("i1", 1, arb.bessel_i, (0.0, *ROUND, 300.0)),
    bessel("i0e", 0, arb.bessel_i, (*ROUND, *BEYOND), -1),
    bessel("i1e", 1, arb.bessel_i, (*ROUND, *BEYOND), -1),
    bessel("j0", 0, arb.bessel_j, (0.0, *ROUND)),
    bessel("j1", 1, arb.bessel_j, (0.0, *ROUND)),
    bessel("y0", 0, arb.bessel_y, STEEP),
    bessel("y1", 1, arb.bessel_y, STEEP),
    bessel("k0", 0, arb.bessel_k, STEEP),
    bessel("k1", 1, arb.bessel_k, STEEP),
    bessel("k0e", 0, arb.bessel_k, (*STEEP, *BEYOND[1:]), 1),
    bessel("k1e", 1, arb.bessel_k, (*STEEP, *BEYOND[1:]), 1),
)


def gelu_tanh(x: S) -> S:
    u = (2 / arb.pi()).sqrt() * (x + arb(0.044715) * x * x * x)
    return x * logistic(2 * u)


def sided(negative: Callable[[S], S], positive: Callable[[S], S]) -> Callable[[S], S]:
    """A function with one formula for x < 0 and another for x > 0."""
    return lambda x: negative(x) if x[0] < 0 else positive(x)


SIDES = tuple(x for x in TAILS if x != 0)
SELU = (1.6732632423543772, 1.0507009873554805)
ACTIVATIONS = (
    arbs("log_sigmoid", lambda x: -(1 + (-x).exp()).log(), TAILS),
    arbs("silu", lambda x: x * logistic(x), TAILS),
    arbs("gelu", lambda x: x * normal(x), SPECIAL_LINE),
    arbs("gelu_tanh", gelu_tanh, SPECIAL_LINE, lambda xp, x: xp.gelu(x, "tanh")),
    arbs("mish", lambda x: x * (1 - 2 / ((1 + x.exp()) * (1 + x.exp()) + 1)), TAILS),
    arbs("tanhshrink", lambda x: x - sinh(x) / cosh(x), TAILS),
    arbs("softsign", sided(lambda x: x / (1 - x), lambda x: x / (1 + x)), SIDES),
    arbs("elu", sided(lambda x: x.exp() - 1, lambda x: x), SIDES),
    arbs("celu", sided(lambda x: 2 * ((x / 2).exp() - 1), lambda x: x), SIDES, lambda xp, x: xp.celu(x, 2.0)),
    arbs("selu", sided(lambda x: arb(SELU[0]) * arb(SELU[1]) * (x.exp() - 1), lambda x: arb(SELU[1]) * x), SIDES),
    arbs("relu", sided(lambda x: 0 * x, lambda x: x), SIDES),
    arbs("leaky_relu", sided(lambda x: arb(0.01) * x, lambda x: x), SIDES),
)

UNKNOWN = {("log_ndtr", -1e30)}  # balls would need 10^60 digits


def _wide(primitive: Primitive) -> Primitive:
    """With the wide points at which the catalogue asks the function of this name."""
    cases = [case for case in CASES if case.id == primitive.name]
    numbers = [float(x) for case in cases for point in case.points if point.tier == "wide" for x in case.inputs(point)]
    return replace(primitive, points=(*primitive.points, *(x for x in numbers if (primitive.name, x) not in UNKNOWN)))


TABLE = (*ELEMENTARY, *ERROR, *GAMMA, *INTEGRALS, *BESSEL, *ACTIVATIONS)
PRIMITIVES: tuple[Primitive, ...] = tuple(map(_wide, TABLE))
