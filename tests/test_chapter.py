"""The chapter's algorithms: both orders of backpropagation, the formulas multiplied out, Newton's step, the quadratic."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from conformance.case import Case
from conformance.catalogue.documented import CASES, GRID
from reference import chapter
from reference.documented import answer
from tests.certification import EPS, units
from tests.hyperdual import derivative

BY_ID = {case.id: case for case in CASES}
FOUR = [pytest.param(BY_ID["backprop4"].inputs(p), id=p.name) for p in BY_ID["backprop4"].points]


def wide(values: Any) -> Any:
    return np.asarray(values, np.longdouble)


def near(got: Any, expected: Any, ulps: float = 64) -> bool:
    expected = wide(expected)
    return bool(np.all(np.abs(wide(got) - expected) <= ulps * EPS * np.max(np.abs(expected))))


def one_by_one(args: tuple[Any, ...]) -> dict[str, Any]:
    """Every derivative that the passes from front to back find, one pass per input variable."""
    values = chapter.forward(*args)
    return {k: d for variable in chapter.VARIABLES for k, d in chapter.front_to_back(values, variable).items()}


@pytest.mark.parametrize("inputs", FOUR)
def test_both_orders_agree_with_each_other_and_with_the_text(inputs: tuple[Any, ...]) -> None:
    args = tuple(wide(x) for x in inputs)
    forward, backward = one_by_one(args), chapter.back_to_front(chapter.forward(*args))
    gradient = answer("backprop4", args, "gradient", ())
    for i, variable in enumerate(chapter.VARIABLES):
        assert near(forward[f"f_{variable}"], backward[f"f_{variable}"])
        assert near(forward[f"f_{variable}"], gradient[i])
        unit = [float(i == j) for j in range(4)]
        exact = derivative(BY_ID["backprop4"].fn, inputs, [unit])
        assert units([(backward[f"f_{variable}"], exact)]) <= 64


def test_every_intermediate_derivative_has_its_name() -> None:
    args = tuple(map(Fraction, ("1/2", "-1", "1/4", "1")))
    single = {"f_u", "f_v", "u_a", "u_b", "v_a", "v_b", *(f"{i}_{j}" for i in "ab" for j in "wxyz")}
    assert set(chapter.single_step(chapter.forward(*args))) == single
    assert set(one_by_one(args)) == single | {f"{i}_{j}" for i in "uvf" for j in "wxyz"}
    assert set(chapter.back_to_front(chapter.forward(*args))) == single | {"f_a", "f_b", *(f"f_{j}" for j in "wxyz")}
    with pytest.raises(KeyError):
        chapter.front_to_back(chapter.forward(*args), "t")


@pytest.mark.parametrize("inputs", FOUR)
def test_in_rational_arithmetic_all_formulas_are_equal(inputs: tuple[Any, ...]) -> None:
    args = tuple(Fraction(float(x)) for x in inputs)
    values, backward = chapter.forward(*args), chapter.back_to_front(chapter.forward(*args))
    assert values["f"] == chapter.expanded(*args) == chapter.multiplied_out(*args)
    assert chapter.expanded_w(*args) == backward["f_w"] == one_by_one(args)["f_w"]
    assert all(one_by_one(args)[f"f_{i}"] == backward[f"f_{i}"] for i in chapter.VARIABLES)


@pytest.mark.parametrize("name", ["f_u", "f_v", "f_a", "f_b", "u_w", "v_z", "u_b", "v_b", "b_y"])
def test_intermediate_derivatives_are_those_of_the_parts(name: str) -> None:
    """Each against the exact derivative of the interpolated polynomial, in rational arithmetic."""
    args = tuple(map(Fraction, ("1/2", "-1/3", "1/4", "2")))
    found = {**one_by_one(args), **chapter.back_to_front(chapter.forward(*args))}
    assert found[name] == _slope(name[0], name[2], args)


def _slope(top: str, by: str, args: tuple[Fraction, ...]) -> Fraction:
    """∂top/∂by by interpolating the polynomial in `by` (degree ≤ 8) at nine points and differentiating at the middle one."""
    start = chapter.forward(*args)
    offsets = [Fraction(k) for k in range(-4, 5)]
    heights = [_restart(start, by, start[by] + k)[top] for k in offsets]
    weights = {k: _weight(k) for k in offsets if k}
    return sum((weights[k] * h for k, h in zip(offsets, heights, strict=True) if k), Fraction(0))


def _weight(k: Fraction) -> Fraction:
    """Derivative at 0 of the Lagrange polynomial of node k among -4, …, 4."""
    others = [Fraction(j) for j in range(-4, 5) if j not in (0, k)]
    product = Fraction(1)
    for j in others:
        product *= -j / (k - j)
    return product / k


def _restart(values: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    """The forward pass with one quantity replaced by another value."""
    v = {**values, name: value}
    if name in chapter.VARIABLES:
        return chapter.forward(*(v[i] for i in chapter.VARIABLES))
    if name in "ab":
        v["u"], v["v"] = (v["a"] + v["b"]) ** 2, (v["a"] - v["b"]) ** 2
    v["f"] = (v["u"] + v["v"]) ** 2
    return v


def test_one_newton_step_solves_the_quadratic() -> None:
    case = BY_ID["quadratic2"]
    for point in case.points:
        a, b, c, x = case.inputs(point)
        gradient = answer(case.id, (a, b, c, x), "gradient", ())[3]
        hessian = answer(case.id, (a, b, c, x), "hessian", ())[3][3]
        after = answer(case.id, (a, b, c, x + chapter.newton_step(gradient, hessian)), "gradient", ())[3]
        assert np.max(np.abs(after)) <= 64 * EPS * np.max(np.abs(gradient))


def test_newton_steps_find_the_minimum_of_the_bump() -> None:
    point = wide([-0.703125, 0.0625])
    for _ in range(6):
        _, gradient, hessian = chapter.bump_jet(*point)
        point = point + chapter.newton_step(gradient, hessian)
    assert near(point, [-np.sqrt(wide(0.5)), 0])


def test_newton_step_pivots_and_says_singular() -> None:
    assert np.array_equal(chapter.newton_step(wide([1, 2]), wide([[0, 1], [1, 0]])), [-2, -1])
    system = wide([[0, 2, 1], [4, 1, -1], [2, 0, 3]])
    assert near(system @ chapter.newton_step(wide([1, -2, 0.5]), system), [-1, 2, -0.5])
    with pytest.raises(np.linalg.LinAlgError, match="singular"):
        chapter.newton_step(wide([1, 2]), wide([[1, 2], [2, 4]]))


def test_steepest_descent_is_the_best_unit_direction_and_refuses_a_critical_point() -> None:
    gradient = wide([3, 4])
    assert near(chapter.steepest_descent(gradient), [-0.6, -wide(4) / 5], 2**12)
    assert near(chapter.first_order(wide(7), gradient, chapter.steepest_descent(gradient)), 2)
    with pytest.raises(ValueError, match="gradient is 0"):
        chapter.steepest_descent(wide([0, 0]))


def test_the_catalogue_descends_along_that_direction() -> None:
    case: Case = BY_ID["steepest_descent"]
    w, v = case.inputs(case.points[0])
    direction = chapter.steepest_descent(answer(case.id, (w, v), "gradient", ())[1])
    assert np.array_equal(direction.astype(float), case.tangents(case.points[0])[1])


def test_first_order_of_logsumexp_is_the_documented_figure_and_off_by_second_order() -> None:
    approximation, true = chapter.first_order_logsumexp2(wide([0, np.log(wide(2))]), wide([1, -3]) / 100)
    assert f"{approximation:.10f}" == "1.0819456220"
    assert f"{true:.10f}" == "1.0821241819"
    assert abs(true - approximation - wide(4) ** 2 / 100**2 / 9) < 1e-6


def test_the_quadratic_about_minus_one_is_the_case_of_the_catalogue() -> None:
    """The case's factor is the float64 literal of e⁻¹, so that the two differ from its 17th digit on."""
    case = BY_ID["gaussian_bump_quadratic"]
    for point in case.points:
        x, y = (wide(v) for v in case.inputs(point))
        got = chapter.approximating_quadratic(x, y, wide(-1), wide(0))
        assert near(got, answer(case.id, (x, y), "value", ()), 2**11)


def test_the_quadratic_touches_the_bump_to_third_order() -> None:
    """Halving the distance divides the error by eight."""

    def error(h: float) -> Any:
        x, y = wide(0.375) + h * wide(0.6), wide(-1.5) + h * wide(-0.8)
        return chapter.bump_jet(x, y)[0] - chapter.approximating_quadratic(x, y, wide(0.375), wide(-1.5))

    assert 7.9 < error(2.0**-9) / error(2.0**-10) < 8.1


def test_the_grids_are_transposes_and_the_catalogues() -> None:
    (x, y), (xt, yt) = chapter.grid("ij"), chapter.grid("xy")
    assert x.shape == y.shape == (101, 101)
    assert np.array_equal(x.T, xt)
    assert np.array_equal(y.T, yt)
    assert np.array_equal(x[:, 0], y[0])
    assert np.array_equal(xt, np.meshgrid(x[:, 0], y[0])[0])
    assert np.allclose(x[:, 0].astype(float), GRID, rtol=0, atol=4e-16)
    quadratic = [chapter.approximating_quadratic(*grid, wide(-1), wide(0)) for grid in ((x, y), (xt, yt))]
    assert np.array_equal(quadratic[0].T, quadratic[1])
    with pytest.raises(ValueError, match="indexing 'ji'"):
        chapter.grid("ji")
