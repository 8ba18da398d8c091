"""Is every row of the catalogue a question that mathematics answers, at every point, in every format?"""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from numpy.typing import NDArray

from conformance import catalogue
from conformance.case import Case, Point
from conformance.catalogue.rows import row
from conformance.plan import size
from reference.series import differentiate
from reference.series_core import lift
from reference.series_names import NAMES
from tests.trees import leaves

FAMILIES = [
    importlib.import_module(f"{catalogue.__name__}.{module.name}") for module in pkgutil.iter_modules(catalogue.__path__)
]
CASES: list[Case] = [case for family in FAMILIES for case in getattr(family, "CASES", ())]
OF_ARRAYS = [case for case in CASES if case.family in ("reduction", "arrays", "contraction", "linalg")]
LARGE = 40
"""Elements of all arguments together beyond which only the value is asked here."""

Inputs = tuple[NDArray[Any], ...]

STEP = 1e-12
HIGHEST = {1: "gradient", 2: "hvp", 3: "third"}


def name(case: Case) -> str:
    return case.id


def truth(case: Case, point: Point, operator: str, inputs: Inputs) -> list[NDArray[np.longdouble]]:
    cotangent = case.cotangent(point, differentiate(case.reference, inputs, "value").shape) if operator == "vjp" else None
    return leaves(differentiate(case.reference, inputs, operator, case.tangents(point), cotangent))


def test_every_family_is_joined() -> None:
    assert sorted(case.id for case in catalogue.CASES) == sorted(case.id for case in CASES)


def test_ids_are_unique_and_fit_into_the_id_of_a_check() -> None:
    ids = [case.id for case in CASES]
    assert sorted(set(ids)) == sorted(ids)
    for case in CASES:
        names = [point.name for point in case.points]
        assert sorted(set(names)) == sorted(names), case.id
        assert all(word and not set(word) & set("/ \t\n") for word in (case.id, *names)), case.id


def test_every_case_has_a_generic_point() -> None:
    assert [case.id for case in CASES if not any(point.tier == "generic" for point in case.points)] == []


def test_no_two_points_of_a_case_are_equal() -> None:
    for case in CASES:
        for one, other in itertools.combinations(case.points, 2):
            pairs = zip(case.inputs(one), case.inputs(other), strict=True)
            assert not all(np.array_equal(x, y) for x, y in pairs) or one.tangents != other.tangents, (
                case.id,
                one.name,
                other.name,
            )


def test_a_case_of_arrays_is_small() -> None:
    assert [case.id for case in OF_ARRAYS for point in case.points if size(point) > LARGE] == []


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_truth_is_finite(case: Case) -> None:
    """At every point, for a sample of the operators: the next point is asked the next ones."""
    operators = [operator for operator in case.operators() if operator != "jacobian" or not case.scalar]
    start = len(case.id)
    for number, point in enumerate(case.points, start):
        operator = operators[number % len(operators)] if size(point) <= LARGE else "value"
        for leaf in truth(case, point, operator, case.inputs(point)):
            assert np.isfinite(leaf).all(), (point.name, operator)


@pytest.mark.parametrize("case", [case for case in OF_ARRAYS if hasattr(case.fn, "__wrapped__")], ids=name)
def test_weights_have_the_shape_of_what_they_weigh(case: Case) -> None:
    """Broadcasting would hide a weight too few."""
    for point in case.points:
        *arrays, weights = case.inputs(point)
        with np.errstate(all="ignore"):
            value = lift(case.fn.__wrapped__(NAMES, *map(lift, arrays)))  # type: ignore[attr-defined]
        assert value.shape == weights.shape, point.name


@pytest.mark.parametrize("case", [case for case in CASES if case.truth], ids=name)
def test_the_truth_is_the_same_function(case: Case) -> None:
    """A little beside each point, where the steps of both texts have derivatives."""
    for point in case.points:
        beside = tuple(x + t / 8 for x, t in zip(case.inputs(point), case.tangents(point), strict=True))
        for operator in ("value", "gradient", "hvp", "third"):
            texts = (differentiate(text, beside, operator, case.tangents(point)) for text in (case.fn, case.reference))
            for mine, other in zip(*map(leaves, texts), strict=True):
                np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-9 * np.max(np.abs(other)), err_msg=point.name)


def jump(case: Case, point: Point) -> float:
    """How far the first and the highest derivative move, relative to their size, on both sides of the inputs in bfloat16."""
    there = tuple(x.astype(ml_dtypes.bfloat16).astype(np.longdouble) for x in case.inputs(point))
    scales = [np.minimum(np.abs(x), 1) if point.tier == "wide" else np.ones_like(x) for x in there]
    steps = [STEP * scale * np.cos(1.0 + np.arange(x.size)).reshape(x.shape) for x, scale in zip(there, scales, strict=True)]
    sides = [tuple(x + sign * step for x, step in zip(there, steps, strict=True)) for sign in (1, -1)]
    return max(_moved(case, point, operator, there, sides) for operator in {"gradient", HIGHEST[case.smooth]})


def _moved(case: Case, point: Point, operator: str, there: Inputs, sides: list[Inputs]) -> float:
    here = truth(case, point, operator, there)
    size = 1 + max(np.max(np.abs(x), initial=0) for x in here)
    near = (zip(here, truth(case, point, operator, side), strict=True) for side in sides)
    return float(max(np.max(np.abs(x - y), initial=0) for pairs in near for x, y in pairs) / size)


@pytest.mark.parametrize("case", OF_ARRAYS, ids=name)
def test_no_point_is_a_kink_even_where_formats_round(case: Case) -> None:
    """No tie and no zero of a root, and the truth at a special point is that beside it. Bfloat16 is the coarsest format."""
    jumps = {point.name: jump(case, point) for point in case.points}
    assert {name: size for name, size in jumps.items() if not size <= 1e-4} == {}


def test_a_kink_is_seen() -> None:
    tie = row("tie", "max", lambda xp, x: xp.max(x * x), {"tie": ((1.0, 1.001),)})
    bend = row("bend", "vector_norm", lambda xp, x: xp.vector_norm(x, ord=3), {"zero": ((0.0, 1.0),)})
    smooth = row("smooth", "vector_norm", lambda xp, x: xp.vector_norm(x, ord=4), {"zero": ((0.0, 1.0),)})
    assert [jump(case, case.points[0]) > 1e-4 for case in (tie, bend, smooth)] == [True, True, False]


def answer(case_id: str, point_name: str, operator: str) -> tuple[Case, Point, Any]:
    case = next(case for case in CASES if case.id == case_id)
    point = next(point for point in case.points if point.name == point_name)
    return case, point, np.asarray(truth(case, point, operator, case.inputs(point))[0], np.float64)


def test_special_points_have_the_derivatives_that_are_known_by_hand() -> None:
    products = np.zeros((4, 4))
    products[0, 2] = products[2, 0] = -0.75 * 1.6
    by_hand: dict[tuple[str, str, str], Any] = {
        ("prod", "two_zeros", "gradient"): np.zeros(4),
        ("prod", "two_zeros", "hessian"): products,
        ("std", "pair", "gradient"): [-0.5, 0.5],
        ("std", "pair", "hessian"): np.zeros((2, 2)),
        ("var", "one", "gradient"): [0.0],
        ("logsumexp", "huge_equal", "gradient"): [0.5, 0.5],
        ("vector_norm", "one", "gradient"): [-1.0],
        ("vector_norm", "one", "hessian"): [[0.0]],
        ("det", "null_3", "hessian"): np.zeros((3, 3, 3, 3)),
        ("det", "rank_2_of_4", "gradient"): np.zeros((4, 4)),
    }
    case, point, third = answer("det", "null_3", "third")
    (t,) = case.tangents(point)
    cofactors = np.linalg.inv(t).T * np.linalg.det(t)
    np.testing.assert_allclose(third, 2 * cofactors, rtol=1e-13)
    for question, expected in by_hand.items():
        np.testing.assert_allclose(answer(*question)[2], expected, rtol=1e-15, atol=0, err_msg=str(question))
