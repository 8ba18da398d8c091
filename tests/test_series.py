"""Are the reference's series right? Primitives, every operator on the documented cases, and singular points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from conformance.case import Case, Point, quarters
from conformance.catalogue import elementwise as rows
from conformance.catalogue.documented import CASES
from reference import series_gamma
from reference.series import differentiate
from reference.series_core import compose
from reference.series_names import UnknownName
from tests.certify_series import BOUND, Primitive, by_series, directional, flattened, mpmath, truth, ulps, worst
from tests.series_primitives import PRIMITIVES, named


def elementwise(function: Callable[[Any], Any]) -> Any:
    return np.frompyfunc(function, 1, 1)


class Exact:
    """The names of the documented cases on arrays of mpmath numbers."""

    exp = elementwise(mpmath.exp)
    log = elementwise(mpmath.log)
    sin = elementwise(mpmath.sin)
    sqrt = elementwise(mpmath.sqrt)
    sum = np.sum
    matmul = np.matmul
    stack = np.stack
    matrix_transpose = np.transpose


SMALL = [(case, point) for case in CASES for point in case.points if sum(x.size for x in case.inputs(point)) <= 6]


@pytest.mark.parametrize(("case", "point"), SMALL, ids=lambda row: getattr(row, "id", None) or row.name)
def test_documented_case(case: Case, point: Point) -> None:
    inputs, tangents = case.inputs(point), case.tangents(point)
    cotangent = case.cotangent(point, np.shape(differentiate(case.fn, inputs, "value")))
    for operator in case.operators():
        got = differentiate(case.fn, inputs, operator, tangents, cotangent)
        true = truth(lambda *x: case.fn(Exact, *x), inputs, operator, tangents, cotangent)
        assert worst(got, true, floor=1.0) <= BOUND, operator  # terms of order 1 cancel to exact zeros here and there


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)
def test_primitive(primitive: Primitive) -> None:
    assert max(primitive.errors()) <= BOUND


def test_a_wrong_recurrence_is_caught() -> None:
    """cosh for sinh as the derivative of cosh, and a sine whose third coefficient is off by one unit of single precision."""

    def off(x: Any, n: int) -> Any:
        right = [np.sin(x), np.cos(x), -np.sin(x) / 2, -np.cos(x) / 6]
        return [c * (1 + 2.0**-24) if k == 3 else c for k, c in enumerate(right[: n + 1])]

    sine = next(p for p in PRIMITIVES if p.name == "sin")
    twin = Primitive("sin", lambda xp, x: compose(x, off), sine.truth, sine.points)
    value, first, second, third = twin.errors()
    assert max(value, first, second) <= BOUND
    assert third > 2.0**27
    wrong = Primitive("sinh", named("cosh"), by_series(lambda x: (x.exp() - (-x).exp()) / 2), (0.42,))
    assert min(wrong.errors()) > 1e14


REMOVABLE = {
    "sin(x)/x": (lambda xp, x: xp.sin(x) / x, (1, 0, -1 / 3, 0)),
    "(exp(x)-1)/x": (lambda xp, x: (xp.exp(x) - 1) / x, (1, 1 / 2, 1 / 3, 1 / 4)),
    "expm1(x)/x": (lambda xp, x: xp.expm1(x) / x, (1, 1 / 2, 1 / 3, 1 / 4)),
    "x/expm1(x)": (lambda xp, x: x / xp.expm1(x), (1, -1 / 2, 1 / 6, 0)),
    "log1p(x)/x": (lambda xp, x: xp.log1p(x) / x, (1, -1 / 2, 2 / 3, -3 / 2)),
    "tan(x)/x": (lambda xp, x: xp.tan(x) / x, (1, 0, 2 / 3, 0)),
    "(1-cos(x))/x**2": (lambda xp, x: (1 - xp.cos(x)) / x**2, (1 / 2, 0, -1 / 12, 0)),
    "(sqrt(1+x**2)-1)/x": (lambda xp, x: (xp.sqrt(1 + x**2) - 1) / x, (0, 1 / 2, 0, -3 / 4)),
    "x**3/x": (lambda xp, x: x**3 / x, (0, 0, 2, 0)),
    "1/x - 1/sin(x)": (lambda xp, x: 1 / x - 1 / xp.sin(x), (0, -1 / 6, 0, -7 / 60)),
}


@pytest.mark.parametrize("name", REMOVABLE)
def test_removable_singularity(name: str) -> None:
    fn, expected = REMOVABLE[name]
    one = [np.asarray(1.0)]
    got = [
        differentiate(fn, [0.0 * one[0]], "value"),
        *differentiate(fn, [0.0 * one[0]], "gradient"),
        *flattened(differentiate(fn, [0.0 * one[0]], "hessian")),
        *differentiate(fn, [0.0 * one[0]], "third", one),
    ]
    np.testing.assert_allclose(np.asarray(got, float), expected, rtol=2e-16, atol=1e-17)


def test_removable_singularity_beside_a_direction_that_does_not_move_it() -> None:
    """Along the second argument sin(x)/x stays 0/0 exactly; mixed entries are exact zeros all the same."""

    def fn(xp: Any, x: Any) -> Any:
        return xp.sum(xp.sin(x) / x) + x[0] * x[1]

    x = np.array([0.0, 0.5])
    (block,) = differentiate(fn, [x], "hessian")[0]
    assert block[0, 1] == block[1, 0] == 1
    assert abs(block[0, 0] + 1 / np.longdouble(3)) < 1e-18
    (gradient,) = differentiate(fn, [x], "gradient")
    assert gradient[0] == 0.5
    true = directional(lambda a: mpmath.sin(a[1]) / a[1], [x], [[np.array([0.0, 1.0])]] * 2).item()
    assert worst(block[1, 1], [np.asarray(true, dtype=object)]) <= BOUND


def test_removable_singularity_where_two_arguments_are_equal() -> None:
    """(exp(x) - exp(y)) / (x - y) at x = y: the divided difference is symmetric and smooth."""

    def fn(xp: Any, x: Any, y: Any) -> Any:
        return (xp.exp(x) - xp.exp(y)) / (x - y)

    x = [np.asarray(0.5), np.asarray(0.5)]
    e = np.exp(np.longdouble(0.5))
    got = [differentiate(fn, x, "value"), *differentiate(fn, x, "gradient"), *flattened(differentiate(fn, x, "hessian"))]
    np.testing.assert_allclose(np.asarray(got), np.asarray([e, e / 2, e / 2, e / 3, e / 6, e / 6, e / 3]), rtol=1e-17, atol=0)


def test_a_pole_stays_a_pole() -> None:
    assert np.isinf(differentiate(lambda xp, x: 1 / x, [np.asarray(0.0)], "value"))
    assert not np.isfinite(differentiate(lambda xp, x: 1 / x, [np.asarray(0.0)], "gradient")[0])


def test_python_control_flow_follows_the_value() -> None:
    def fn(xp: Any, x: Any) -> Any:
        while x < 10:
            x = x * x if x > 2 else 3.0 * x
        return x

    at_one = [np.asarray(1.0)]  # three times x, then squared twice: (3 * x)**4
    assert differentiate(fn, at_one, "value") == 81
    assert differentiate(fn, at_one, "hessian")[0][0] == 81 * 12


def test_memory_is_bounded_for_a_gradient_of_many_inputs() -> None:
    x, v = quarters((64, 64), "series"), quarters((64,), "vector")
    (gradient,) = differentiate(lambda xp, a: xp.sum(xp.matmul(a, v) ** 2), [x], "gradient")
    np.testing.assert_array_equal(gradient, 2 * np.outer(x @ v, v))


def test_unknown_names_and_operators_are_refused() -> None:
    with pytest.raises(UnknownName, match="no operation 'frobnicate'"):
        differentiate(lambda xp, x: xp.frobnicate(x), [np.asarray(1.0)], "value")
    with pytest.raises(ValueError, match="no operator 'curl'"):
        differentiate(lambda xp, x: x, [np.asarray(1.0)], "curl")
    with pytest.raises(ValueError, match=r"gradient of a value of shape \(2,\)"):
        differentiate(lambda xp, x: x, [np.ones(2)], "gradient")


@pytest.mark.parametrize("a", [0.1, 1.0, 2.5, 10.0, 45.0])
@pytest.mark.parametrize("beyond", [-0.99, -0.5, 0.99, 1.01, 3.0, 30.0])
def test_the_incomplete_gamma_function_has_terms_enough(a: float, beyond: float, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = np.array(a, np.longdouble), np.array(a + beyond if a + beyond > 0 else a / 2, np.longdouble)
    tangents = np.array(0.75, np.longdouble), np.array(-0.5, np.longdouble)

    def derivatives() -> list[Any]:
        fn = (lambda xp, a, x: xp.gammaincc(a, x)) if beyond > 1 else (lambda xp, a, x: xp.gammainc(a, x))
        return [*differentiate(fn, inputs, "gradient"), *differentiate(fn, inputs, "third", tangents)]

    found = derivatives()
    monkeypatch.setattr(series_gamma, "NOTHING", 0.0)
    monkeypatch.setattr(series_gamma, "TERMS", 1000)
    monkeypatch.setattr(series_gamma, "_fraction_terms", lambda s, x: 1000)
    np.testing.assert_allclose(found, derivatives(), rtol=2e-17)


def test_the_incomplete_gamma_function_of_no_elements() -> None:
    nothing = np.zeros(0, np.longdouble)
    found = differentiate(lambda xp, a, x: xp.sum(xp.gammainc(a, x)), (nothing, nothing), "gradient")
    assert [g.shape for g in found] == [(0,), (0,)]


def _hypot(x: Any, y: Any) -> tuple[Any, ...]:
    h = mpmath.sqrt(x**2 + y**2)
    return x / h, y / h, y**2 / h**3, -x * y / h**3, x**2 / h**3


def _atan2(y: Any, x: Any) -> tuple[Any, ...]:
    r = x**2 + y**2
    return x / r, -y / r, -2 * x * y / r**2, (y**2 - x**2) / r**2, 2 * x * y / r**2


def _logaddexp(base: Any) -> Callable[[Any, Any], tuple[Any, ...]]:
    def derivatives(x: Any, y: Any) -> tuple[Any, ...]:
        left, right = 1 / (1 + base ** (y - x)), 1 / (1 + base ** (x - y))
        curvature = left * right * mpmath.log(base)
        return left, right, curvature, -curvature, curvature

    return derivatives


def _pow(x: Any, y: Any) -> tuple[Any, ...]:
    v, log = x**y, mpmath.log(x)
    return v * y / x, v * log, v * y * (y - 1) / x**2, v * (1 + y * log) / x, v * log**2


BY_HAND: dict[str, Callable[[Any, Any], tuple[Any, ...]]] = {
    "hypot": _hypot,
    "atan2": _atan2,
    "logaddexp": _logaddexp(mpmath.e),
    "logaddexp2": _logaddexp(mpmath.mpf(2)),
    "pow": _pow,
    "divide": lambda x, y: (1 / y, -x / y**2, 0, -1 / y**2, 2 * x / y**3),
    "xlogy": lambda x, y: (mpmath.log(y), x / y, 0, 1 / y, -x / y**2),
    "xlog1py": lambda x, y: (mpmath.log1p(y), x / (1 + y), 0, 1 / (1 + y), -x / (1 + y) ** 2),
    "rel_entr": lambda x, y: (mpmath.log(x / y) + 1, -x / y, 1 / x, -1 / y, x / y**2),
}
"""The derivatives by x and y, and the second ones xx, xy and yy, worked out by hand."""


WIDE_PAIRS = [case for case in rows.BINARY if any(point.tier == "wide" for point in case.points)]


@pytest.mark.parametrize("case", WIDE_PAIRS, ids=lambda case: case.id)
def test_pairs_near_the_ends_of_the_range(case: Case) -> None:
    for point in (point for point in case.points if point.tier == "wide"):
        inputs = [np.asarray(x) for x in point.inputs]
        (gx, gy), ((xx, xy), (_, yy)) = (differentiate(case.fn, inputs, operator) for operator in ("gradient", "hessian"))
        with mpmath.workdps(200):
            true = BY_HAND[case.id](*map(mpmath.mpf, point.inputs))
        in_range = [(g, t) for g, t in zip((gx, gy, xx, xy, yy), true, strict=True) if abs(t) < 1e300]
        assert max(ulps(g, t) for g, t in in_range) <= BOUND, point.name


@pytest.mark.parametrize(("x", "y"), [(1e-30, 0.0), (-1e-30, 1.0), (80.0, 1.0), (-80.0, 0.0), (0.0, 0.5)])
def test_cross_entropy_of_logits_cancels_nowhere(x: float, y: float) -> None:
    """Its value is log(1 + exp(x)) - x*y, its derivatives 1/(1 + exp(-x)) - y and -x."""
    inputs = [np.array([x]), np.array([y])]
    got = [
        differentiate(lambda xp, a, b: xp.binary_cross_entropy_with_logits(a, b), inputs, operator)
        for operator in ("value", "gradient")
    ]
    with mpmath.workdps(80):
        logit = mpmath.mpf(x)
        true = [mpmath.log1p(mpmath.exp(logit)) - logit * y, 1 / (1 + mpmath.exp(-logit)) - y, -logit]
    assert max(ulps(g.item(), t) for g, t in zip((got[0], *got[1]), true, strict=True)) <= BOUND
