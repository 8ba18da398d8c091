"""Joining runs: pure, associative, commutative, idempotent; what cannot be joined honestly is refused by name."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.invalid import DifferentQuestions, DisagreeingCells, MissingFooter
from conformance.merge import Merged, current, merge, sheets
from conformance.problem import Problem
from conformance.record import Run
from tests.synthetic import FIRST, LATER, name, record, run

CHECKS = [name("a", "f"), name("a", "g"), name("b", "f"), name("b", "f", dtype="float32")]
OUTCOMES = ("pass", "wrong-value", "unsupported", "crash")
EXAMPLES = settings(max_examples=200, deadline=None)


@st.composite
def runs(draw: st.DrawFn, honest: bool = True) -> Run:
    """Runs of two frameworks in several environments, days and shards. Honest: one cell has one outcome wherever it occurs."""
    version, device = draw(st.sampled_from("12")), draw(st.sampled_from(["cpu", "cuda:0"]))
    questions = {case: draw(st.sampled_from(["old", "new"])) for case in "fg"}
    outcomes = {}
    for check in draw(st.lists(st.sampled_from(CHECKS), min_size=1, unique=True)):
        cell = (check, version, device, questions[check.split("/")[1]])
        outcome = OUTCOMES[sum(map(ord, "".join(cell))) % 4] if honest else draw(st.sampled_from(OUTCOMES))
        outcome = draw(st.sampled_from([outcome, outcome, "notrun"]))
        outcomes[check] = record(check, outcome, beta=draw(st.sampled_from([None, 0.1, 0.2, float("nan"), float("inf")])))
    planned = draw(st.lists(st.sampled_from(CHECKS)))
    asked = {check.split("/")[1] for check in (*outcomes, *planned)}
    questions = {case: question for case, question in questions.items() if case in asked}
    started = draw(st.sampled_from([FIRST, LATER, ""]))
    return run(outcomes, planned=planned, version=version, device=device, questions=questions, started=started)


def joined(*parts: Run) -> Merged:
    return merge(*map(sheets, parts))


def same(a: Merged, b: Merged) -> bool:
    """Equality, for which one NaN is like another."""
    return repr(canonical(a)) == repr(canonical(b))


def canonical(merged: Merged) -> list[object]:
    found = [
        (environment, sorted(sheet.planned), sorted(sheet.answers.items(), key=repr), sorted(sheet.scopes), sheet.started)
        for environment, sheet in sorted(merged.sheets.items())
    ]
    return [*found, sorted(merged.asked.items())]


@EXAMPLES
@given(runs(), runs(), runs())
def test_associative(a: Run, b: Run, c: Run) -> None:
    x, y, z = map(sheets, (a, b, c))
    assert same(merge(merge(x, y), z), merge(x, merge(y, z)))
    assert same(merge(merge(x, y), z), merge(x, y, z))


@EXAMPLES
@given(st.lists(runs(), min_size=1, max_size=4))
def test_commutative(parts: list[Run]) -> None:
    first, *others = (joined(*order) for order in permutations(parts))
    assert all(same(first, other) for other in others)


@EXAMPLES
@given(runs(), runs())
def test_idempotent(a: Run, b: Run) -> None:
    whole = joined(a, b)
    assert same(merge(whole, whole), whole)
    assert same(merge(whole, sheets(a)), whole)
    assert same(merge(), Merged())
    assert same(merge(whole, merge()), whole)


@EXAMPLES
@given(runs(), runs())
def test_pure(a: Run, b: Run) -> None:
    before = copy.deepcopy((a, b))
    assert same(joined(a, b), joined(a, b))
    assert repr((a, b)) == repr(before)


@EXAMPLES
@given(runs(), runs())
def test_nothing_is_lost(a: Run, b: Run) -> None:
    whole = joined(a, b)
    for part in (a, b):
        for environment, sheet in sheets(part).sheets.items():
            found = whole.sheets[environment]
            assert sheet.planned <= found.planned
            for cell, answer in sheet.answers.items():
                assert found.answers[cell].record.outcome == answer.record.outcome or answer.record.outcome == "notrun"


@EXAMPLES
@given(st.lists(runs(honest=False), min_size=2, max_size=3))
def test_a_refusal_does_not_depend_on_the_order(parts: list[Run]) -> None:
    told = set()
    for order in permutations(parts):
        try:
            told.add(repr(canonical(joined(*order))))
        except DisagreeingCells:
            told.add("refused")
    assert len(told) == 1


@EXAMPLES
@given(st.lists(runs(), min_size=1, max_size=3))
def test_live_and_stale_part_what_is_planned(parts: list[Run]) -> None:
    whole = joined(*parts)
    try:
        live, stale = current(whole)
    except DifferentQuestions:
        return
    for environment, sheet in whole.sheets.items():
        old = stale[environment].planned if environment in stale else frozenset()
        assert live.sheets[environment].planned | old == sheet.planned
        assert not live.sheets[environment].planned & old


def test_the_cell_that_says_more_is_kept() -> None:
    check = CHECKS[0]
    small, large = (run({check: record(check, beta=beta)}) for beta in (0.1, 0.4))
    ((_, sheet),) = joined(small, large, run({check: "notrun"})).sheets.items()
    assert [answer.record.beta for answer in sheet.answers.values()] == [0.4]


def test_shards_of_one_plan_are_one_sheet() -> None:
    one = run({CHECKS[0]: "pass"}, planned=CHECKS[1:2], shard="1/2")
    two = run({CHECKS[1]: "pass"}, planned=CHECKS[:1], shard="2/2")
    ((_, sheet),) = joined(one, two).sheets.items()
    assert {check for check, _ in sheet.answers} == {check for check, _ in sheet.planned} == set(CHECKS[:2])


def test_environments_stay_apart() -> None:
    base = run({CHECKS[0]: "pass"})
    others = [
        run({CHECKS[0]: "wrong-value"}, version="2.0"),
        run({CHECKS[0]: "wrong-value"}, device="cuda:0"),
        run({CHECKS[0]: "wrong-value"}, flags={"XLA_FLAGS": "x"}),
        run({CHECKS[0]: "wrong-value"}, platform="Darwin"),
        run({CHECKS[0]: "wrong-value"}, interpreter="CPython 3.13"),
        run({CHECKS[0]: "wrong-value"}, longdouble=53),
    ]
    assert len(joined(base, *others).sheets) == 1 + len(others)


def test_an_older_question_is_stale_not_wrong() -> None:
    old = run({CHECKS[0]: "wrong-value", CHECKS[1]: "pass"}, questions={"f": "old", "g": "same"}, started=FIRST)
    new = run({CHECKS[0]: "pass", CHECKS[1]: "pass"}, questions={"f": "new", "g": "same"}, started=LATER)
    live, stale = current(joined(old, new))
    ((_, sheet),) = live.sheets.items()
    assert {answer.record.outcome for answer in sheet.answers.values()} == {"pass"}
    assert [sheet.planned for sheet in stale.values()] == [frozenset({(CHECKS[0], "old")})]


def refused(kind: type[Problem], *parts: Run) -> str:
    with pytest.raises(kind, match="remedy: ") as caught:
        current(joined(*parts))
    return str(caught.value)


def test_a_missing_footer_is_refused() -> None:
    assert "cut off before its footer" in refused(MissingFooter, run({CHECKS[0]: "pass"}, complete=False))


def test_duplicate_cells_that_disagree_are_refused() -> None:
    text = refused(DisagreeingCells, run({CHECKS[0]: "pass"}), run({CHECKS[0]: "near"}, started=LATER))
    assert CHECKS[0] in text
    assert "pass in one file and near in another" in text or "near in one file and pass in another" in text


def test_two_questions_of_one_time_are_refused() -> None:
    one, two = (run({CHECKS[0]: "pass"}, questions={"f": question}) for question in ("x", "y"))
    assert "case 'f' was asked in two ways" in refused(DifferentQuestions, one, two)
    later = run({CHECKS[0]: "pass"}, questions={"f": "z"}, started=LATER)
    current(joined(one, two, later))


def test_the_twin_that_keeps_the_first_cell_is_caught() -> None:
    """What a merge by plain dictionary update would do is told apart by these tests."""
    a, b = (sheets(run({CHECKS[0]: record(CHECKS[0], beta=beta)})) for beta in (0.1, 0.4))
    wrong = [replace(x, sheets={**x.sheets, **y.sheets}) for x, y in ((a, b), (b, a))]
    assert not same(*wrong)
    assert same(merge(a, b), merge(b, a))
