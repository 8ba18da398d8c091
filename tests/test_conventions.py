"""Points at which mathematics leaves a choice: are the answers those that it leaves, and is any other caught?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance import settings
from conformance.adapter import Adapter
from conformance.case import Case, Point, direction
from conformance.catalogue import ASKED, CASES, CONVENTIONS
from conformance.convention import judge
from conformance.dtype import FORMATS
from conformance.hull import nearest
from conformance.plan import Check, Selection, plan
from conformance.record import Record
from conformance.report.conventions import conventions
from conformance.report.terminal import share
from conformance.run import run
from reference.oracle import ORACLE
from reference.series import differentiate
from tests.miniatures import CORRECT, FAULTS, Call, Miniature, Tensor
from tests.synthetic import record
from tests.trees import leaves

DOUBLE = FORMATS["float64"]
STEP = 1e-8
STEEP = 1e3
"""Beside a pole, at a distance of STEP, derivatives are larger than this."""

SLOWLY = frozenset({"atan2_0_0", "pow_0_0", "pow_0_half", "xlogy_0_0", "entr_0", "where_sqrt_trap"})
"""Beside 0 a logarithm is not infinite, and 0·log 0, an angle and a branch that is not taken have no limits there."""
ONE_SIDED = frozenset({"pow_0_2", "pow_neg_2", "log_0", "logit_1"})
"""Beyond the point is no derivative, or one of another sign."""

FIRST_ID = "torch/abs_0/there/gradient/backward/np/float64"
SETTINGS = settings.Settings.read(Path(__file__).parents[1])

BESIDE = [
    case
    for case in CONVENTIONS
    if case.id not in SLOWLY | ONE_SIDED and all(np.isfinite(x).all() for x in case.inputs(case.points[0]))
]


def name(case: Case) -> str:
    return case.id


def test_each_is_one_point_with_answers_of_the_shapes_of_its_arguments() -> None:
    ids = [case.id for case in ASKED]
    assert len(set(ids)) == len(ids)
    for case in CONVENTIONS:
        (point,) = case.points
        assert (case.family, case.operators(), point.tier) == ("convention", ("gradient",), "convention"), case.id
        shapes = [x.shape for x in case.inputs(point)]
        listed = [*point.answers, *point.between]
        assert listed, case.id
        assert len(point.between) != 1, case.id
        assert len(set(map(repr, listed))) == len(listed), case.id
        assert all([np.shape(part) for part in gradient] == shapes for gradient in listed), case.id
    assert not [case.id for case in CASES for point in case.points if point.tier == "convention"]


def is_beside(found: list[NDArray[Any]], point: Point) -> bool:
    """Whether it can be defended, up to the distance; what is steep stands for an infinity."""
    steep = [np.where(np.abs(leaf) > STEEP, np.copysign(np.inf, leaf), leaf) for leaf in found]
    got: Mapping[tuple[int, ...], NDArray[Any]] = {(number,): leaf.astype(np.float32) for number, leaf in enumerate(steep)}
    return judge(got, point, FORMATS["float32"]).outcome == "convention"


@pytest.mark.parametrize("case", BESIDE, ids=name)
def test_the_derivatives_beside_the_point_can_be_defended(case: Case) -> None:
    """In the reference, on sixteen sides."""
    (point,) = case.points
    for side in range(16):
        steps = (STEP * np.cos(1.0 + side + 2.0 * np.arange(x.size)).reshape(x.shape) for x in case.inputs(point))
        there = tuple(x.astype(np.longdouble) + step for x, step in zip(case.inputs(point), steps, strict=True))
        found = leaves(differentiate(case.fn, there, "gradient"))
        assert is_beside(found, point), (side, found)


def point(*answers: Any, between: Any = ()) -> Point:
    return Point("there", (), "convention", answers=answers, between=between)


TIED = point(between=(((1.0, 0.0),), ((0.0, 1.0),)))


@pytest.mark.parametrize(
    ("got", "outcome", "told"),
    [
        ([1.0, 0.0], "convention", "[1, 0]"),
        ([0.5, 0.5], "convention", "[0.5, 0.5]"),
        ([0.5 + 1e-9, 0.5], "convention", "[0.5, 0.5]"),
        ([0.25, 0.75], "convention", "[0.25, 0.75]"),
        ([0.25, 0.7], "wrong-value", "[0.25, 0.7]"),
        ([1.5, -0.5], "wrong-value", "[1.5, -0.5]"),
        ([1.0, 1.0], "wrong-value", "[1, 1]"),
        ([0.0, 0.0], "wrong-value", "[0, 0]"),
        ([np.nan, 0.0], "nonfinite", "[nan, 0]"),
        (None, "wrong-value", "None"),
    ],
)
def test_a_sum_of_the_answers_to_a_tie_is_wrong(got: Any, outcome: str, told: str) -> None:
    verdict = judge({(0,): None if got is None else np.array(got)}, TIED, DOUBLE)
    assert (verdict.outcome, verdict.got) == (outcome, told)
    assert verdict.expected == "between [1, 0] and [0, 1]"
    if outcome != "convention":
        assert verdict.message == f"got {told}, but only between [1, 0] and [0, 1] can be defended"


def test_infinities_have_a_sign_and_the_largest_number_stands_for_them() -> None:
    poles = point((np.inf,), (np.nan,))
    outcomes = [judge({(0,): np.array(x)}, poles, DOUBLE).outcome for x in (np.inf, DOUBLE.largest, np.nan, -np.inf, 1e300)]
    assert outcomes == ["convention"] * 3 + ["wrong-value"] * 2


def test_no_gradient_recorded_counts_as_zeros_and_is_told() -> None:
    verdict = judge({(0,): None, (1,): np.array(2.0)}, point((0.0, 2.0)), DOUBLE)
    assert (verdict.outcome, verdict.got) == ("convention", "None; 2")


def test_answers_are_told_apart_in_every_format() -> None:
    for form in FORMATS.values():
        assert judge({(0,): np.array(1 / 12).astype(form.dtype)}, point(between=((0.0,), (1 / 6,))), form).got == "0.0833"


@pytest.mark.parametrize(
    ("gradients", "told"),
    [
        (point((0.0, np.nan), (0.0, 1.0), (np.inf, np.nan), (np.inf, 1.0)), "0 or inf; nan or 1"),
        (point((0.0, 1.0), (1.0, 0.0)), "0; 1 or 1; 0"),
        (point(((np.nan, 0.0),), between=(((1.0, 0.0),), ((0.0, 2.0),))), "[nan, 0] or between [1, 0] and [0, 2]"),
        (point(between=[(float(corner),) for corner in range(32)]), "between 0 and 1 and 30 others"),
    ],
)
def test_what_can_be_defended_is_told_in_few_words(gradients: Point, told: str) -> None:
    assert (
        judge(
            {(i,): np.zeros(np.shape(part)) for i, part in enumerate((*gradients.answers, *gradients.between)[0])},
            gradients,
            DOUBLE,
        ).expected
        == told
    )


@pytest.mark.parametrize("corners", [2, 3, 16])
def test_the_nearest_mean_of_corners(corners: int) -> None:
    """Inside, the point itself; outside, no point on the way to any corner is nearer."""
    some = [direction((3,), f"{corner} of {corners}", 0) for corner in range(corners)]
    weights = np.abs(direction((corners,), "weights", 0))
    inside = weights @ np.array(some) / np.sum(weights)
    assert nearest(inside, some) == pytest.approx(inside, abs=1e-14)
    outside = np.array([2.0, -3.0, 1.0])
    found = nearest(outside, some)
    assert all((outside - found) @ (corner - found) <= 1e-12 for corner in some)


def asked(adapter: Adapter, case: str, dtype: str = "float64") -> Record:
    (check,) = plan(adapter, CONVENTIONS, Selection("full", checks=(f"miniature/{case}/there/gradient/call/mini/{dtype}",)))
    return run(check, adapter, ORACLE, "cpu")


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("case", ["abs_0", "maximum_tie", "max_all_tie", "relu_0"])
def test_the_right_one_makes_a_choice(case: str, dtype: str) -> None:
    found = asked(CORRECT, case, dtype)
    assert (found.outcome, found.message) == ("convention", "")


def answering(answer: Any) -> Miniature:
    """An adapter that answers this to every gradient."""

    def wrong(call: Call) -> Call:
        return lambda program, x, t, w: tuple(Tensor(np.array(part, x[0].values.dtype)) for part in answer)

    return Miniature(wrong)


@pytest.mark.parametrize(
    ("adapter", "outcome", "words"),
    [
        (answering(([1.0], [1.0])), "wrong-value", "got 1; 1, but only between 1; 0 and 0; 1"),
        (answering(([2.0], [0.0])), "wrong-value", "got 2; 0, but only"),
        (answering(([np.nan], [np.nan])), "nonfinite", "got nan; nan, but only"),
        (answering((1.0, 0.0)), "wrong-structure", "shape of argument 0: got (), expected (1,)"),
        (answering(([1.0],)), "wrong-structure", "expected a tuple of 2 at result"),
        (Miniature(FAULTS["mutates its input"]), "wrong-structure", "the call changed its input 0"),
        (Miniature(FAULTS["raises"]), "error", "ArithmeticError"),
    ],
)
def test_what_cannot_be_defended_is_caught(adapter: Miniature, outcome: str, words: str) -> None:
    found = asked(adapter, "maximum_tie")
    assert found.outcome == outcome
    assert words in found.message


def test_a_convention_is_neither_a_pass_nor_a_failure() -> None:
    records = [record(FIRST_ID, "pass"), record(FIRST_ID, "convention")]
    assert share(records) == "100.0%"
    assert share(records[1:]) == "-"


def test_the_quick_profile_asks_them_where_a_function_costs_no_compilation() -> None:
    for adapter, cases in ((CORRECT, set(CONVENTIONS)), (settings.declarations(SETTINGS, "jax"), set[Case]())):
        checks = plan(adapter, CONVENTIONS, Selection())
        assert {check.case for check in checks if isinstance(check, Check)} == cases


def test_they_are_shown_side_by_side() -> None:
    def told(adapter: str, outcome: str, got: str, dtype: str = "float64") -> Record:
        more = {"family": "convention", "got": got, "expected": "-1 or 0 or 1"}
        return record(f"{adapter}/abs_0/there/gradient/grad/np/{dtype}", outcome, **more)

    records = [
        told("a", "convention", "0"),
        told("b", "convention", "1"),
        told("b", "convention", "1", "float32"),
        told("b", "wrong-value", "2", "float16"),
        told("c", "unsupported", ""),
        record(FIRST_ID.replace("abs_0", "smooth")),
    ]
    assert conventions(records).splitlines()[-3:] == [
        "| point | can be defended | a | b | c |",
        "| --- | --- | --- | --- | --- |",
        "| abs_0 | -1 or 0 or 1 | 0 | 1 (2 of 3), **2** (1 of 3) | - |",
    ]
