"""Is the certificate of exactness given where nothing rounds, and only there? Are range and lost digits foreseen?"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from conformance.catalogue.documented import CASES
from conformance.dtype import FORMATS, Format
from reference.backprop import differentiate
from tests import working_precision
from tests.test_backprop import BY_ID, arrays, tally
from tests.trees import leaves


@pytest.mark.parametrize("form", [FORMATS["float64"], FORMATS["float32"]], ids=lambda form: form.name)
def test_the_certificate_is_given_at_every_exact_point(form: Format) -> None:
    for case in CASES:
        for point in (p for p in case.points if p.tier == "exact"):
            found = tally(case, point, *(("hessian", "fwd-rev") if case.scalar else ("jvp", "fwd")), form)
            assert found.exact, (case.id, point.name)
            for value in leaves(found.values):
                assert np.array_equal(value, value.astype(form.dtype).astype(np.longdouble))


@pytest.mark.parametrize("case", ["logsumexp2", "chain_net", "gaussian_bump", "norm2", "mixed_partials"])
def test_the_certificate_is_refused_to_elementary_functions(case: str) -> None:
    assert not any(tally(BY_ID[case], point, "value", "", FORMATS["float64"]).exact for point in BY_ID[case].points)


def certified(fn: Any, *inputs: Any, operator: str = "value", modes: str = "", precision: int = 24) -> bool:
    xs = tuple(np.asarray(x, np.longdouble) for x in inputs)
    return differentiate(fn, xs, operator, modes, (), None, precision, 2.0**-126).exact


def test_the_certificate_is_refused_where_something_rounds() -> None:
    large, small = 2.0**23 + 1, 2.0**-12
    assert certified(lambda xp, x: x + x, large)
    assert not certified(lambda xp, x: x + 0.5, large), "sum of 25 bits"
    assert not certified(lambda xp, x: (x + small) - small, large), "rounded on the way only"
    assert certified(lambda xp, x: x * x, 4095.0)
    assert not certified(lambda xp, x: x * x, 4097.0), "product of 25 bits"
    assert not certified(lambda xp, x: x**3, 1 + 2.0**-40, precision=53), "too long even for the reference"
    assert not certified(lambda xp, x: 0.1 * x, 0.0), "a constant that the format rounds"
    assert not certified(lambda xp, x: x, 0.1), "an input that the format does not hold"
    assert certified(lambda xp, x: x / 4.0, 3.0)
    assert not certified(lambda xp, x: x / 3.0, 3.0), "a kernel may multiply by the reciprocal"
    assert not certified(lambda xp, x: xp.exp(x), 0.0), "a library function"
    assert not certified(lambda xp, x: x * x, 2.0**-70), "flushed to zero"
    assert certified(lambda xp, x: xp.sum(x), [large, -large, 1.0]) is False, "another order rounds"
    assert certified(lambda xp, x: xp.matmul(x, x), [3.0, 5.0])
    assert not certified(lambda xp, x: xp.matmul(x, x), [4097.0, 0.5])
    assert certified(lambda xp, x: x[np.array([0, 0, 1])] @ np.ones(3), [1.0, 2.0], operator="gradient", modes="rev")


def test_exact_points_are_exact_in_arithmetic() -> None:
    """Bit for bit, in float16 and bfloat16 too wherever the certificate is given."""
    given = 0
    for case in CASES:
        for point, form in itertools.product((p for p in case.points if p.tier == "exact"), FORMATS.values()):
            xs, ts, _ = arrays(case, point, form)
            found = tally(case, point, "jvp", "fwd", form)
            if found.exact:
                given += 1
                assert np.array_equal(working_precision.derivative(case.fn, xs, [ts], form.dtype), found.values)
    assert given > 70


def test_the_range_is_foreseen() -> None:
    half = FORMATS["float16"]

    def largest(fn: Any, x: float, operator: str, modes: str) -> float:
        one = np.ones((), np.longdouble)
        return differentiate(fn, (x * one,), operator, modes, (one,), None, half.precision, half.underflow).largest

    assert largest(lambda xp, x: x**4 * 2.0**-12, 16.0, "value", "") > half.largest, "on the way"
    assert largest(lambda xp, x: 1.0 / x, 2.0**-9, "value", "") < half.largest
    assert largest(lambda xp, x: 1.0 / x, 2.0**-9, "gradient", "rev") > half.largest, "in the derivative"
    assert largest(lambda xp, x: 1.0 / x, 300.0, "gradient", "rev") > half.largest, "x² in its denominator"
    assert largest(lambda xp, x: xp.sigmoid(x), -12.0, "value", "") > half.largest, "1/(1 + exp(-x))"


def test_what_correct_arithmetic_cannot_promise_is_infinite() -> None:
    def error(fn: Any, *inputs: float) -> float:
        xs = tuple(np.asarray(x, np.longdouble) for x in inputs)
        return float(differentiate(fn, xs, "value", "", (), None, 8, 2.0**-126).errors)

    assert np.isfinite(error(lambda xp, x: xp.log(x * x), 1.1))
    assert error(lambda xp, x: xp.log(xp.exp(x) - 1.0), 2.0**-9) == np.inf
    assert error(lambda xp, x: xp.sqrt(xp.exp(x) - 1.0), 2.0**-9) == np.inf
    assert error(lambda xp, x: 1.0 / (xp.exp(x) - 1.0), 2.0**-9) == np.inf
    assert error(lambda xp, x: xp.where(xp.exp(x) > 1.0, x, -x), 2.0**-9) == np.inf
    assert np.isfinite(error(lambda xp, x: xp.maximum(xp.exp(x), 1.0), 2.0**-9))
    assert error(lambda xp, x: x * 1.0, 0.25) == 0.0


def test_what_is_not_known_is_refused() -> None:
    def ask(fn: Any, operator: str = "value", modes: str = "") -> None:
        x = np.ones(2, np.longdouble)
        differentiate(fn, (x,), operator, modes, (x,), None, 24, 0.0)

    with pytest.raises(LookupError, match="no operation 'qr'"):
        ask(lambda xp, x: xp.linalg.qr(x))
    with pytest.raises(LookupError, match="single matrices"):
        ask(lambda xp, x: xp.linalg.solve(xp.reshape(x, (2, 1, 1)), xp.reshape(x, (2, 1, 1))))
    with pytest.raises(LookupError, match="determinant that may be 0"):
        ask(lambda xp, x: xp.linalg.det(xp.reshape(x, (1, 2)) * xp.reshape(x, (2, 1))))
    with pytest.raises(ValueError, match="hessian is not made by the modes 'rev'"):
        ask(lambda xp, x: xp.sum(x), "hessian", "rev")
    ask(lambda xp, x: x if x[0] > 0 else -x)
    with pytest.raises(LookupError, match="rounding decides a branch"):
        ask(lambda xp, x: x if x[0] / 3.0 * 3.0 > 1.0 else -x)
