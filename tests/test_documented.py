"""Are the closed forms the derivatives of the case texts? Certified in ball arithmetic."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from conformance.case import OPERATORS, Case, Point
from conformance.catalogue.documented import CASES
from reference.closed_form import Arrays, ClosedForm
from reference.documented import CLOSED, answer
from tests.certification import DENSE, certify, question, units
from tests.hyperdual import derivative

mpmath: Any = importlib.import_module("mpmath")  # it has no type stubs

UNITS = 64.0
"""Units of np.longdouble's eps: what a formula of some tens of operations may lose beside its largest entry."""

BY_ID = {case.id: case for case in CASES}
POINTS = [(case, point) for case in CASES for point in case.points]
SMALL = [(case, point) for case, point in POINTS if sum(x.size for x in case.inputs(point)) <= DENSE]


def test_every_documented_case_has_a_closed_form() -> None:
    assert list(CLOSED) == [case.id for case in CASES]


def name(row: Case | Point) -> str:
    return row.id if isinstance(row, Case) else row.name


@pytest.mark.parametrize(("case", "point"), [p for p in POINTS if p[0].id != "gaussian_bump_grid"], ids=name)
def test_the_closed_form_is_the_derivative_of_the_text(case: Case, point: Point) -> None:
    errors = certify(case, point, CLOSED[case.id])
    expected = set(case.operators()) - ({"hessian"} if question(case, point).size() > DENSE else set())
    assert set(errors) == expected
    assert {operator: error for operator, error in errors.items() if not error <= UNITS} == {}


def test_the_closed_form_on_the_grid() -> None:
    """The value is a sum of 10201 terms that cancel to 1e-15: it is held to the sum of their magnitudes."""
    case = BY_ID["gaussian_bump_grid"]
    errors = certify(case, case.points[0], CLOSED[case.id])
    assert set(errors) == set(case.operators()) - {"hessian"}
    x, y = case.inputs(case.points[0])
    scale = float(np.sum(np.abs(x) * np.exp(-(x**2) - y**2)))
    value = answer(case.id, (x, y), "value", ())
    assert units([(value, derivative(case.fn, (x, y), ()))], scale) <= UNITS
    assert max(error for operator, error in errors.items() if operator != "value") <= UNITS


@pytest.mark.parametrize(("case", "point"), SMALL, ids=name)
def test_second_derivatives_do_not_depend_on_their_order(case: Case, point: Point) -> None:
    if not case.scalar:
        with pytest.raises(LookupError, match="hessian"):
            answer(case.id, case.inputs(point), "hessian", case.tangents(point))
        return
    rows = answer(case.id, case.inputs(point), "hessian", case.tangents(point))
    for i, j in itertools.product(range(len(rows)), repeat=2):
        rank = np.ndim(case.inputs(point)[i])
        turned = np.moveaxis(rows[j][i], range(rows[j][i].ndim - rank, rows[j][i].ndim), range(rank))
        assert np.array_equal(rows[i][j], turned)


def test_answers_are_extended_and_shaped_like_the_operator() -> None:
    case = BY_ID["matrix_factorization"]
    point = case.points[1]
    args, tangents = case.inputs(point), case.tangents(point)
    answers = {o: answer(case.id, args, o, tangents, np.asarray(0.5)) for o in OPERATORS}
    shapes = [x.shape for x in args]
    assert [answers[o].shape for o in ("value", "jvp")] == [(), ()]
    for operator in ("gradient", "jacobian", "vjp", "hvp", "third"):
        assert [a.shape for a in answers[operator]] == shapes
    assert [[a.shape for a in row] for row in answers["hessian"]] == [[s + t for t in shapes] for s in shapes]
    assert all(np.asarray(a).dtype == np.longdouble for a in (answers["value"], *answers["hvp"], *answers["hessian"][2]))


@pytest.mark.parametrize(
    ("case_id", "operator"),
    [("norm2_gradient", "gradient"), ("norm2_gradient", "third"), ("gaussian_bump_grid", "hessian"), ("other", "value")],
)
def test_what_no_closed_form_covers_is_a_lookup_error(case_id: str, operator: str) -> None:
    args = tuple(np.asarray([0.5, 0.25], np.longdouble) for _ in range(2 if case_id.endswith("grid") else 1))
    with pytest.raises(LookupError):
        answer(case_id, args, operator, args)


def test_the_softmax_is_stable_and_sums_to_one() -> None:
    for x, y in ((0.0, 1.0), (3.0, -2.0), (12000.0, 0.0), (-12000.0, 12000.0)):
        p, q = answer("logsumexp2", (x, y), "gradient", ())
        assert abs(p + q - 1) <= np.finfo(np.longdouble).eps


@pytest.mark.parametrize("case_id", ["logsumexp2", "chain_net", "gaussian_bump", "mixed_partials", "saddle"])
def test_the_certifier_agrees_with_differences_in_high_precision(case_id: str) -> None:
    """The same text on mpmath's numbers, differentiated numerically at 60 digits: a second opinion on the certifier."""
    case = BY_ID[case_id]
    inputs = case.inputs(case.points[-1])
    with mpmath.workdps(60):
        for picks in itertools.combinations_with_replacement(range(len(inputs)), 3):
            orders = tuple(picks.count(i) for i in range(len(inputs)))
            numeric = mpmath.diff(lambda *args: case.fn(mpmath, *args), tuple(map(float, inputs)), orders)
            directions = [[float(i == pick) for i in range(len(inputs))] for pick in picks]
            exact = mpmath.mpf(derivative(case.fn, inputs, directions).item().mid().str(50, radius=False))
            assert abs(numeric - exact) < mpmath.mpf(10) ** -15 * (1 + abs(exact))


Twin = Callable[[ClosedForm], ClosedForm]


def _jacobian(change: Callable[..., Arrays]) -> Twin:
    return lambda form: replace(form, jacobian=lambda *args: change(*form.jacobian(*args)))


def _directional(operator: str, change: Callable[..., Arrays]) -> Twin:
    def twin(form: ClosedForm) -> ClosedForm:
        right = getattr(form, operator)
        wrong: dict[str, Any] = {operator: lambda args, tangents: change(*right(args, tangents))}
        return replace(form, **wrong)

    return twin


def _hessian(change: Callable[..., Any]) -> Twin:
    def twin(form: ClosedForm) -> ClosedForm:
        right = form.hessian
        assert right is not None
        return replace(form, hessian=lambda *args: change(right(*args)))

    return twin


LAST_BITS = np.longdouble(1) + 256 * np.finfo(np.longdouble).eps
FIRST = {"gradient", "jvp", "vjp", "jacobian"}
TWINS = [
    pytest.param("matrix_factorization", _jacobian(lambda x, u, v: (x, u, -v)), FIRST, id="sign"),
    pytest.param("quadratic_form", _jacobian(lambda a, x: (a, 2 * x)), FIRST, id="factor-2"),
    pytest.param("matrix_factorization_gradient", _jacobian(lambda x, u, v: (x, u, v * 0)), FIRST, id="dropped"),
    pytest.param("backprop4", _jacobian(lambda w, x, y, z: (y, x, w, z)), FIRST, id="variables-mixed-up"),
    pytest.param("norm2", lambda f: replace(f, value=lambda v: f.value(v) * LAST_BITS), {"value"}, id="last-bits"),
    pytest.param("gaussian_bump", _hessian(lambda h: ((h[0][0], -h[0][1]), h[1])), {"hessian"}, id="one-mixed-partial"),
    pytest.param("logsumexp2", _directional("hvp", lambda x, y: (y, x)), {"hvp"}, id="hvp-swapped"),
    pytest.param("chain_net", _directional("third", lambda w, y, z: (w, y / 2, z)), {"third"}, id="third-halved"),
]


@pytest.mark.parametrize(("case_id", "twin", "operators"), TWINS)
def test_a_wrong_closed_form_is_caught(case_id: str, twin: Twin, operators: set[str]) -> None:
    case = BY_ID[case_id]
    point = next(p for p in case.points[1:] if p.tier == "generic" and p.name != "n1")
    errors = certify(case, point, twin(CLOSED[case_id]))
    assert {o for o, error in errors.items() if not error <= UNITS} == operators & set(case.operators())


@pytest.mark.parametrize("wrong", [lambda a, x: a @ x, lambda a, x: 2 * a @ x, lambda a, x: 2 * a.T @ x])
def test_an_untransposed_gradient_is_caught_where_the_matrix_is_not_symmetric(wrong: Callable[..., Any]) -> None:
    case = BY_ID["quadratic_form"]
    form = replace(CLOSED[case.id], jacobian=lambda a, x: (np.outer(x, x), wrong(a, x)))
    assert certify(case, case.points[2], form)["gradient"] > 1e15


def test_a_transposed_matrix_gradient_is_caught_by_its_shape_or_where_square_by_its_values() -> None:
    case = BY_ID["matrix_factorization"]
    transposed = _jacobian(lambda x, u, v: (x, u.T, v))(CLOSED[case.id])
    with pytest.raises(AssertionError, match="gradient has shape"):
        certify(case, case.points[1], transposed)
    assert case.points[-1].name == "integers"
    assert certify(case, case.points[-1], transposed)["gradient"] > 1e15


def test_the_documented_point_of_the_backpropagation_example_hides_a_mix_up() -> None:
    """Why there are generic points: all four partial derivatives coincide at the documented one."""
    case, mixed_up = BY_ID["backprop4"], _jacobian(lambda w, x, y, z: (y, x, w, z))(CLOSED["backprop4"])
    assert certify(case, case.points[0], mixed_up)["gradient"] == 0
    assert certify(case, case.points[1], mixed_up)["gradient"] > 1e15


def test_the_inputs_are_the_catalogues_float64_numbers() -> None:
    """Not the fractions near them: at 1/3 the two differ, and the certifier sees it."""
    third = Point("third", (1 / 3,))
    case = replace(BY_ID["saddle_diagonal"], points=(third,))
    assert certify(case, third, CLOSED["saddle_diagonal"])["value"] <= UNITS
    near = replace(CLOSED["saddle_diagonal"], value=lambda x: 2 * np.asarray(1, np.longdouble) ** 3 / 27)
    assert certify(case, third, near)["value"] > UNITS
