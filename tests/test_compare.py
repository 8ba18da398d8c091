"""The comparison can say each of its outcomes, and says where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from conformance.compare import Verdict, WrongStructure, compare, leaves
from conformance.dtype import FORMATS

FLOAT32 = FORMATS["float32"]
U = FLOAT32.roundoff


@dataclass(frozen=True)
class Truth:
    values: Any
    errors: Any
    exact: bool = False
    largest: float = 1.0


def wide(*values: float) -> np.ndarray[Any, np.dtype[np.longdouble]]:
    return np.asarray(values, np.longdouble)


def judge(got: Any, values: Any, error: float = U, **about: Any) -> Verdict:
    """Compare one vector in float32 with a truth of running error `error` per element."""
    truth = Truth(wide(*values), np.full(len(values), error), **about)
    return compare({(): None if got is None else np.asarray(got, np.float32)}, truth, "value", FLOAT32)


def test_pass_measures_error_bound_budget_and_resolution() -> None:
    verdict = judge([1.0, 2.0], [1.0, 2.0 + U])
    assert verdict.outcome == "pass"
    assert verdict.error == pytest.approx(U)
    assert verdict.bound == pytest.approx(3 * U)
    assert verdict.beta == pytest.approx(1 / 3)
    assert verdict.rho == pytest.approx((2 * U + 1.5 * U) / 2)


def test_between_one_and_two_budgets_is_near() -> None:
    assert judge([1.0], [1.0 + 3 * U]).outcome == "near"


def test_more_than_two_budgets_is_a_wrong_value_and_names_the_worst_element() -> None:
    verdict = judge([1.0, 2.5, 3.0], [1.0, 2.0, 3.0])
    assert verdict.outcome == "wrong-value"
    assert verdict.message.startswith("result[1]: got 2.5")
    assert "expected 2" in verdict.message
    assert "1 of 3 elements beyond" in verdict.message


def test_a_bound_as_large_as_the_value_proves_nothing() -> None:
    assert judge([1.0], [1.2], error=2.0).outcome == "unresolved"


def test_an_infinite_bound_is_unresolved_even_for_nan() -> None:
    assert judge([np.nan], [1.0], error=np.inf).outcome == "unresolved"


@pytest.mark.parametrize("got", [np.nan, np.inf, -np.inf])
def test_nan_or_inf_where_the_truth_is_finite(got: float) -> None:
    assert judge([got, 1.0], [1.0, 1.0]).outcome == "nonfinite"


def test_nan_passes_only_where_the_truth_is_nan() -> None:
    assert judge([np.nan, 1.0], [np.nan, 1.0]).outcome == "pass"
    assert judge([0.0, 1.0], [np.nan, 1.0]).outcome == "wrong-value"


def test_foreseen_overflow_is_range() -> None:
    assert judge([np.inf], [1.0], largest=1e39).outcome == "range"
    assert judge([np.inf], [1e39]).outcome == "range"
    assert judge([-np.inf], [1e39]).outcome == "nonfinite"


def test_exact_means_every_bit() -> None:
    assert judge([1.0], [1.0], exact=True).outcome == "pass"
    assert judge([1.0], [1.0 + U], exact=True).outcome == "wrong-value"


def test_the_sign_of_zero_does_not_matter() -> None:
    assert judge([-0.0, 1.0], [0.0, 1.0], error=0.0).outcome == "pass"


def test_unconnected_is_zero_only_where_the_truth_is_zero() -> None:
    assert judge(None, [0.0, 0.0], error=0.0).outcome == "pass"
    verdict = judge(None, [0.0, 1.0], error=0.0)
    assert verdict.outcome == "wrong-value"
    assert "unconnected" in verdict.message


def test_an_exact_zero_is_resolved_and_a_cancelled_one_is_not() -> None:
    assert judge([0.0], [0.0], error=0.0).rho == 0.0
    assert judge([0.0], [0.0], error=U).outcome == "unresolved"


def test_empty_results_pass() -> None:
    assert judge([], []).outcome == "pass"


def test_the_path_to_a_leaf_is_in_the_message() -> None:
    values = ((wide(1.0), wide(2.0)), (wide(3.0), wide(4.0)))
    errors = ((np.zeros(1), np.zeros(1)), (np.zeros(1), np.zeros(1)))
    got = {path: np.asarray(leaf, np.float32) for path, leaf in leaves(values, 2)}
    transposed = got | {(0, 1): got[1, 0], (1, 0): got[0, 1]}
    assert compare(got, Truth(values, errors), "hessian", FLOAT32).outcome == "pass"
    verdict = compare(transposed, Truth(values, errors), "hessian", FLOAT32)
    assert verdict.outcome == "wrong-value"
    assert "arguments (0, 1)" in verdict.message or "arguments (1, 0)" in verdict.message


@pytest.mark.parametrize("result", [np.zeros(1), (np.zeros(1),), ((np.zeros(1),),)])
def test_a_wrong_nesting_is_refused(result: Any) -> None:
    with pytest.raises(WrongStructure, match="expected a tuple of 2"):
        list(leaves(result, 2, ((1, 2), (3, 4))))
