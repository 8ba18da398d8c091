"""Points at which mathematics leaves a choice: are the answers those that it leaves, and is any other caught?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance import settings
from conformance.adapter import Adapter
from conformance.case import Case
from conformance.catalogue import CASES, CONVENTIONS
from conformance.convention import judge
from conformance.dtype import FORMATS
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

A_CONTINUUM = frozenset(
    {"hypot_0_0", "norm2_0", "norm3_0", "distance_0", "complex_abs_0", "atan2_0_0", "eigvalsh_double", "nuclear_norm_0"}
)
"""Every direction has a derivative of its own: what frameworks choose is listed, not what stands beside the point."""
SLOWLY = frozenset({"pow_0_0", "pow_0_half", "xlogy_0_0", "entr_0", "where_sqrt_trap"})
"""A logarithm is not infinite beside 0, nor do 0·log 0 and an untaken branch have limits there."""
ONE_SIDED = frozenset({"pow_0_2", "pow_neg_2", "log_0", "logit_1"})
"""Beyond the point is no derivative, or one of another sign."""

FIRST_ID = "torch/abs_0/there/gradient/backward/np/float64"
SETTINGS = settings.Settings.read(Path(__file__).parents[1])

BESIDE = [
    case
    for case in CONVENTIONS
    if case.id not in A_CONTINUUM | SLOWLY | ONE_SIDED and all(np.isfinite(x).all() for x in case.inputs(case.points[0]))
]


def name(case: Case) -> str:
    return case.id


def test_each_is_one_point_with_answers_of_the_shapes_of_its_arguments() -> None:
    ids = [case.id for case in (*CASES, *CONVENTIONS)]
    assert len(set(ids)) == len(ids)
    for case in CONVENTIONS:
        (point,) = case.points
        assert (case.family, case.operators(), point.tier) == ("convention", ("gradient",), "convention"), case.id
        shapes = [x.shape for x in case.inputs(point)]
        assert point.answers, case.id
        assert len(set(map(repr, point.answers))) == len(point.answers), case.id
        assert all([np.shape(part) for part in answer] == shapes for answer in point.answers), case.id
    assert not [case.id for case in CASES for point in case.points if point.answers or point.tier == "convention"]


def is_beside(found: NDArray[Any], answer: Any) -> bool:
    wanted, values = np.asarray(answer, np.float64), found.astype(np.float64)
    steep = np.isinf(wanted) & (np.abs(values) > STEEP) & (np.sign(values) == np.sign(wanted))
    with np.errstate(invalid="ignore"):
        close = np.abs(values - wanted) <= 1e-3 * np.maximum(1, np.abs(wanted))
    return bool(np.all(steep | close | (np.isnan(values) & np.isnan(wanted))))


@pytest.mark.parametrize("case", BESIDE, ids=name)
def test_the_derivatives_beside_the_point_are_among_the_answers(case: Case) -> None:
    """In the reference, on eight sides."""
    (point,) = case.points
    for side in range(8):
        steps = (STEP * np.cos(1.0 + side + 2.0 * np.arange(x.size)).reshape(x.shape) for x in case.inputs(point))
        there = tuple(x.astype(np.longdouble) + step for x, step in zip(case.inputs(point), steps, strict=True))
        found = leaves(differentiate(case.fn, there, "gradient"))
        assert any(all(map(is_beside, found, answer)) for answer in point.answers), (side, found)


TIED = (((1.0, 0.0),), ((0.0, 1.0),), ((0.5, 0.5),))


@pytest.mark.parametrize(
    ("got", "outcome", "told"),
    [
        ([1.0, 0.0], "convention", "[1, 0]"),
        ([0.5, 0.5], "convention", "[0.5, 0.5]"),
        ([0.5 + 1e-9, 0.5], "convention", "[0.5, 0.5]"),
        ([1.0, 1.0], "wrong-value", "[1, 1]"),
        ([0.0, 0.0], "wrong-value", "[0, 0]"),
        ([np.nan, 0.0], "nonfinite", "[nan, 0]"),
        (None, "wrong-value", "None"),
    ],
)
def test_a_sum_of_the_answers_to_a_tie_is_wrong(got: Any, outcome: str, told: str) -> None:
    verdict = judge({(0,): None if got is None else np.array(got)}, TIED, DOUBLE)
    assert (verdict.outcome, verdict.got) == (outcome, told)
    assert verdict.expected == "[1, 0] or [0, 1] or [0.5, 0.5]"
    if outcome != "convention":
        assert verdict.message == f"got {told}, but only [1, 0] or [0, 1] or [0.5, 0.5] can be defended"


def test_infinities_have_a_sign_and_the_largest_number_stands_for_them() -> None:
    poles = ((np.inf,), (np.nan,))
    outcomes = [judge({(0,): np.array(x)}, poles, DOUBLE).outcome for x in (np.inf, DOUBLE.largest, np.nan, -np.inf, 1e300)]
    assert outcomes == ["convention"] * 3 + ["wrong-value"] * 2


def test_no_gradient_recorded_counts_as_zeros_and_is_told() -> None:
    verdict = judge({(0,): None, (1,): np.array(2.0)}, ((0.0, 2.0),), DOUBLE)
    assert (verdict.outcome, verdict.got) == ("convention", "None; 2")


def test_answers_are_told_apart_in_every_format() -> None:
    third = 1 / 12
    for form in FORMATS.values():
        values = np.array(third).astype(form.dtype)
        assert judge({(0,): values}, ((0.0,), (third,), (1 / 6,)), form).got == "0.08333"


def asked(adapter: Adapter, case: str, dtype: str = "float64") -> Record:
    (check,) = plan(adapter, CONVENTIONS, Selection("full", checks=(f"miniature/{case}/there/gradient/call/mini/{dtype}",)))
    return run(check, adapter, ORACLE, "cpu")


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("case", ["abs_0", "maximum_tie", "max_all_tie", "relu_0"])
def test_the_right_one_makes_a_choice(case: str, dtype: str) -> None:
    found = asked(CORRECT, case, dtype)
    assert found.outcome == "convention", found
    assert found.got in found.expected.split(" or ")


def answering(answer: Any) -> Miniature:
    """An adapter that answers this to every gradient."""

    def wrong(call: Call) -> Call:
        return lambda program, x, t, w: tuple(Tensor(np.array(part, x[0].values.dtype)) for part in answer)

    return Miniature(wrong)


@pytest.mark.parametrize(
    ("adapter", "outcome", "words"),
    [
        (answering(([1.0], [1.0])), "wrong-value", "got [1]; [1], but only [1]; [0] or [0]; [1]"),
        (answering(([2.0], [0.0])), "wrong-value", "got [2]; [0], but only"),
        (answering(([np.nan], [np.nan])), "nonfinite", "got [nan]; [nan], but only"),
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
