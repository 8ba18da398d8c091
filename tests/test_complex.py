"""Complex numbers: is the reference right about them, and would a conjugate too many be seen?

The truth is the text of each case in mpmath's complex numbers, differentiated along the tangents with 120 digits by central
differences of step 1e-28: it shares nothing with the series, which have complex coefficients, nor with the tape, which has
pairs of real numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from conformance.adapter import Route
from conformance.case import Case
from conformance.catalogue.complex_numbers import CASES, WEIGHTS, analytic
from conformance.dtype import FORMATS
from conformance.plan import Check, Selection, plan
from conformance.run import run
from reference import backprop, series
from reference.complex_numbers import Complex
from reference.oracle import ORACLE
from reference.series_core import lift
from reference.series_names import NAMES
from tests.certify_series import DIGITS, mpmath
from tests.miniatures import MODES, Miniature, correct

STEP = mpmath.mpf(10) ** -28
ORDERS = ("value", "gradient", "hvp", "third")
UNITS = 2.0**13
"""Largest error in units of np.longdouble's eps of the largest derivative of that order: what is left is ill-conditioned."""


FLOOR = mpmath.mpf(10) ** -45
"""What differences leave of a derivative that is 0."""

EPS = float(np.finfo(np.longdouble).eps)


def wide(x: Any) -> Any:
    """A longdouble with all its digits."""
    return mpmath.mpf(np.format_float_scientific(x, precision=25, unique=False))


def elementwise(function: Callable[..., Any]) -> Any:
    return np.frompyfunc(function, function.__code__.co_argcount, 1)


def _transform(sign: int) -> Callable[[Any], Any]:
    def transform(z: Any) -> Any:
        n = z.shape[-1]
        root = [[mpmath.expjpi(mpmath.mpf(2 * sign * j * k) / n) for k in range(n)] for j in range(n)]
        return np.matmul(z, np.array(root, object)) / (1 if sign < 0 else n)

    return transform


def _over_stack(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of mpmath's matrices for each of a stack."""

    def each(a: Any, *rest: Any) -> Any:
        if a.ndim > 2:
            return np.array([each(*one) for one in zip(a, *rest, strict=True)], object)
        found = function(mpmath.matrix(a.tolist()), *(mpmath.matrix(b.tolist()) for b in rest))
        return np.array(found.tolist(), object).reshape(rest[0].shape if rest else a.shape)

    return each


class Exact:
    """The names of the cases on arrays of mpmath's numbers."""

    complex = elementwise(lambda a, b: mpmath.mpc(a, b))
    real = elementwise(lambda z: mpmath.re(z))
    imag = elementwise(lambda z: mpmath.im(z))
    conj = elementwise(lambda z: mpmath.conj(z))
    angle = elementwise(lambda z: mpmath.arg(z))
    sign = elementwise(lambda z: z / abs(z))
    exp = elementwise(lambda z: mpmath.exp(z))
    log = elementwise(lambda z: mpmath.log(z))
    sqrt = elementwise(lambda z: mpmath.sqrt(z))
    sin = elementwise(lambda z: mpmath.sin(z))
    cos = elementwise(lambda z: mpmath.cos(z))
    tanh = elementwise(lambda z: mpmath.tanh(z))
    reciprocal = elementwise(lambda z: 1 / z)
    rsqrt = elementwise(lambda z: 1 / mpmath.sqrt(z))
    multiply, divide, pow, square = np.multiply, np.divide, np.power, staticmethod(lambda z: z * z)
    abs, sum, prod, stack, matmul, einsum = np.abs, np.sum, np.prod, np.stack, np.matmul, np.einsum
    mean = staticmethod(lambda z, axis: np.sum(z, axis) / z.shape[axis])
    matrix_transpose = staticmethod(lambda a: np.swapaxes(a, -1, -2))
    vector_norm = staticmethod(lambda z: mpmath.sqrt(np.sum(np.abs(z) ** 2)))
    solve = staticmethod(_over_stack(lambda a, b: mpmath.inverse(a) * b))
    inv = staticmethod(_over_stack(mpmath.inverse))
    det = staticmethod(lambda a: mpmath.det(mpmath.matrix(a.tolist())))
    fft, ifft = staticmethod(_transform(-1)), staticmethod(_transform(1))


def along(case: Case, inputs: Any, tangents: Any, order: int) -> Any:
    """The derivative of this order of s -> fn(x + s·t) at 0."""
    exact = [elementwise(lambda v: mpmath.mpf(float(v)))(np.asarray(x, object)) for x in inputs]
    moves = [elementwise(lambda v: mpmath.mpf(float(v)))(np.asarray(t, object)) for t in tangents]
    scale = min([abs(v) for x in exact for v in np.ravel(x) if v] or [mpmath.mpf(1)])
    step = STEP * min(scale, 1)

    def value(s: Any) -> Any:
        return case.fn(Exact, *(np.asarray(x + s * t, object) for x, t in zip(exact, moves, strict=True)))

    with mpmath.workdps(DIGITS + int(-3 * mpmath.log10(step / STEP))):
        return +mpmath.diff(lambda s: mpmath.mpf(np.asarray(value(s), object).item()), 0, order, h=step)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_series_are_right(case: Case) -> None:
    for point in case.points:
        inputs, tangents = case.inputs(point), case.tangents(point)
        for order, operator in enumerate(ORDERS):
            got = series.differentiate(case.fn, inputs, operator, tangents)
            parts = [got] if operator == "value" else [np.sum(g * t) for g, t in zip(got, tangents, strict=True)]
            size = max(np.max(np.abs(g), initial=0) for g in (got if isinstance(got, tuple) else (got,)))
            true = along(case, inputs, tangents, order)
            with mpmath.workdps(50):
                error, largest = abs(wide(np.sum(parts)) - true), max(wide(size), abs(true))
                assert error <= UNITS * EPS * largest + FLOOR, (point.name, operator)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_tape_is_the_series(case: Case) -> None:
    """Within a thousandth of the budget of float64, at every point; what has no budget is left to random rounding."""
    form = FORMATS["float64"]
    for point in case.points:
        x, t = (tuple(np.asarray(a, np.longdouble) for a in arrays) for arrays in (case.inputs(point), case.tangents(point)))
        for operator, modes in (("value", ""), ("gradient", "rev"), ("hvp", "fwd-rev"), ("third", "fwd-fwd-rev")):
            try:
                tally = backprop.differentiate(case.fn, x, operator, modes, t, None, form.precision, form.underflow)
            except LookupError:
                assert case.id in ("complex_det", "complex_solve")
                continue
            truth = series.differentiate(case.fn, x, operator, t)
            rows = zip(*(a if isinstance(a, tuple) else (a,) for a in (tally.values, tally.errors, truth)), strict=True)
            for value, error, true in rows:
                near = np.abs(value - true) <= 1e-3 * error + 1e-17 * np.abs(true)
                assert np.all(near | ~np.isfinite(value)), (point.name, operator)


def test_the_product_of_sum_and_difference_is_a_derivative_of_tanh() -> None:
    """JAX differentiates (1 + w)·(1 - w): near 0 its second derivative loses what 1 - w has lost, of real w, too."""
    z, form = 0.001 + 0.002j, FORMATS["float64"]
    w = np.tanh(z)
    slope = (1 + w) * (1 - w)
    second = slope * (1 - w) - (1 + w) * slope
    tally = backprop.differentiate(
        lambda xp, a, b: xp.real(xp.tanh(xp.complex(a, b))),
        (np.asarray(z.real, np.longdouble), np.asarray(z.imag, np.longdouble)),
        "hvp",
        "fwd-rev",
        (np.asarray(1, np.longdouble), np.asarray(0, np.longdouble)),
        None,
        form.precision,
        form.underflow,
    )
    error = abs(second.real - tally.values[0])
    assert 1e-16 < error <= tally.errors[0]


def test_a_case_is_the_function_of_its_complex_numbers() -> None:
    for case in CASES:
        assert case.of_complex is not None
        inputs = [np.asarray(x, np.longdouble) for x in case.inputs(case.points[0])]
        z = [a + 1j * b for a, b in zip(inputs[::2], inputs[1::2], strict=True)]
        value = series.differentiate(case.fn, inputs, "value")
        names = NAMES
        assert lift(case.of_complex(names, *map(lift, z))).value == value
        if case.analytic is not None:
            assert np.real(lift(case.analytic(names, *map(lift, z))).value) == value


def test_the_parts_of_an_analytic_gradient_are_those_of_one_number() -> None:
    """∂Re f/∂a - i·∂Re f/∂b is f'(z): here of f(z) = w·z³."""
    z, w = 0.75 + 1.25j, 0.5 - 0.75j
    cube = next(case for case in CASES if case.id == "complex_cube")
    a, b, *_ = series.differentiate(cube.fn, [np.asarray(v) for v in (z.real, z.imag, w.real, w.imag)], "gradient")
    assert complex(a, -b) == pytest.approx(3 * w * z * z, rel=1e-15)


def by_complex(sign: float) -> Any:
    """The reference's gradient of a function of complex numbers, its imaginary parts times `sign`."""
    call = correct("gradient")

    def route(program: Any, x: Any, t: Any, w: Any) -> Any:
        def of_parts(*parts: Any) -> Any:
            return program(*map(Complex, parts[::2], parts[1::2]))

        result = call(of_parts, x, t, w)
        for g in result[1::2]:
            g.values = sign * g.values
        return result

    return route


class Conventional(Miniature):
    """An adapter with a route by complex arguments."""

    sign = 1.0

    @property
    def routes(self) -> tuple[Route, ...]:
        return (*super().routes, Route("gradient", "by_complex", by_complex(self.sign), MODES["gradient"], arguments="complex"))


class Conjugating(Conventional):
    """One that takes its framework for one of the other convention."""

    sign = -1.0


def outcomes(adapter: Miniature, case: Case) -> list[tuple[str, str]]:
    checks = plan(adapter, [case], Selection("full", routes=("by_complex",), dtypes=("float64",)))
    asked = [check for check in checks if isinstance(check, Check)]
    return [(record.point, record.outcome) for record in (run(check, adapter, ORACLE, "cpu") for check in asked)]


SEEN = [case for case in CASES if case.id not in ("complex_det", "complex_solve")]


@pytest.mark.parametrize("case", SEEN, ids=lambda case: case.id)
def test_a_conjugate_too_many_is_caught_in_every_case(case: Case) -> None:
    assert {outcome for _, outcome in outcomes(Conventional(), case)} <= {"pass", "range", "unresolved"}
    wrong = dict(outcomes(Conjugating(), case))
    assert wrong[case.points[0].name] == "wrong-value"


def test_only_cases_about_complex_numbers_are_asked_by_them() -> None:
    real = Case("real", lambda xp, x: x * x, CASES[0].points[:1], "")
    on_purpose = analytic("on_purpose", "", lambda xp, z: z[0] * z[1], {"p": (WEIGHTS,)})
    routes = [{check.route.name for check in plan(Conventional(), [case], Selection("full")) if isinstance(check, Check)}
              for case in (real, on_purpose)]  # fmt: skip
    assert routes == [{"call"}, {"call", "by_complex"}]
