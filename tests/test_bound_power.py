"""Does the bound let every correct evaluation through, and does it see what is wrong?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from adapters.autograd_ import ADAPTER
from conformance.bound import bound, budget
from conformance.case import Case, Point
from conformance.catalogue.documented import CASES
from conformance.dtype import FORMATS, Format
from conformance.plan import size
from reference.backprop import differentiate
from reference.oracle import ORACLE
from tests import working_precision
from tests.test_backprop import BY_ID, arrays, asked
from tests.trees import leaves

SMALL = 30
ELEMENTS = 2
"""Input elements per argument whose derivatives are computed in forward mode."""

WORKING = [FORMATS[name] for name in ("float64", "float32")]


def answer(case: Case, point: Point, operator: str, modes: str, form: Format) -> Any:
    inputs, tangents, cotangent = arrays(case, point, form)
    return ORACLE.answer(case.id, case.fn, inputs, operator, modes, tangents, cotangent, form.precision, form.underflow)


def largest_budget(got: Any, truth: Any, form: Format) -> float:
    """NaN counts as infinite."""
    ratios = [
        budget(np.abs(np.asarray(g).astype(np.longdouble) - v), bound(v, e, truth.exact, form))
        for g, v, e in zip(leaves(got), leaves(truth.values), leaves(truth.errors), strict=True)
    ]
    return max(float(np.max(np.where(np.isnan(r), np.inf, r), initial=0.0)) for r in ratios)


def name(row: Case | Point | Format) -> str:
    return row.id if isinstance(row, Case) else row.name


def generic(case: Case) -> list[Point]:
    found = [p for p in case.points if p.tier == "generic" and 1 < size(p) <= SMALL]
    return found or [p for p in case.points if size(p) <= SMALL]


ROTATED = [(case, generic(case)[number % len(generic(case))]) for number, case in enumerate(CASES) if generic(case)]


def judged(case: Case, point: Point) -> Iterator[tuple[str, str, Any]]:
    """One route per operator and composition of modes."""
    found = set()
    for route in ADAPTER.routes:
        if (route.operator, route.modes) not in found and (route.operator, route.modes) in set(asked(case, point)):
            found.add((route.operator, route.modes))
            yield route.operator, route.modes, route.call


@pytest.mark.parametrize(("case", "point"), ROTATED, ids=name)
def test_autograd_stays_within_the_bound(case: Case, point: Point) -> None:
    ADAPTER.start("cpu")
    xp = ADAPTER.namespace(ADAPTER.surfaces[0])
    over = []
    for number, (operator, modes, call) in enumerate(judged(case, point)):
        form = WORKING[number % 2]
        x, t, w = arrays(case, point, form)
        x, t = (tuple(ADAPTER.array(a.astype(form.dtype), "cpu") for a in row) for row in (x, t))
        got = call(lambda *xs: case.fn(xp, *xs), x, t, ADAPTER.array(w.astype(form.dtype), "cpu"))
        beta = largest_budget(got, answer(case, point, operator, modes, form), form)
        if not beta <= 1:
            over.append((operator, modes, form.name, beta))
    assert over == []


def units(x: Any) -> list[tuple[Any, Any]]:
    """Some unit arrays of the shape of x, with the index of their 1."""
    flat = range(0, x.size, max(1, (x.size - 1) // max(1, ELEMENTS - 1)))
    return [(np.unravel_index(k, x.shape), np.eye(x.size)[k].reshape(x.shape)) for k in flat]


def directions(xs: Any) -> Iterator[tuple[int, Any, list[Any]]]:
    """(argument, index, one array per argument) for unit arrays of every argument."""
    for i, x in enumerate(xs):
        for index, unit in units(x):
            yield i, index, [unit if k == i else np.zeros(z.shape) for k, z in enumerate(xs)]


def forward(case: Case, point: Point, form: Format) -> Iterator[tuple[str, Any, Any, bool]]:
    """Derivatives of the case in forward mode, computed in the format: operator, got, (value, error, exact) expected, range."""
    xs, ts, _ = arrays(case, point, form)
    columns = answer(case, point, "jacobian", "fwd", form)
    for i, index, unit in directions(xs):
        row = (Ellipsis, *index)
        expected = (columns.values[i][row], columns.errors[i][row], columns.exact)
        yield (
            "jacobian",
            working_precision.derivative(case.fn, xs, [unit], form.dtype),
            expected,
            columns.largest > form.largest,
        )
    if not case.scalar:
        return
    blocks, third = answer(case, point, "hessian", "fwd-fwd", form), answer(case, point, "third", "fwd-fwd-fwd", form)
    for (i, a, left), (j, b, right) in itertools.combinations(directions(xs), 2):
        got = working_precision.derivative(case.fn, xs, [right, left], form.dtype)
        expected = (blocks.values[i][j][(*a, *b)], blocks.errors[i][j][(*a, *b)], blocks.exact)
        yield "hessian", got, expected, blocks.largest > form.largest
    for i, index, unit in directions(xs):
        got = working_precision.derivative(case.fn, xs, [unit, ts, ts], form.dtype)
        yield "third", got, (third.values[i][index], third.errors[i][index], third.exact), third.largest > form.largest


@pytest.mark.parametrize("form", FORMATS.values(), ids=name)
def test_forward_mode_stays_within_the_bound_in_every_format(form: Format) -> None:
    over, compared = [], 0
    with np.errstate(all="ignore"):
        for case, point in ROTATED:
            for operator, got, (value, error, exact), range_left in forward(case, point, form):
                beta = budget(np.abs(got.astype(np.longdouble) - value), bound(value, error, exact, form))
                compared += 1
                if not np.all(beta <= 1) and not range_left:
                    over.append((case.id, point.name, operator, float(np.max(beta))))
    assert over == []
    assert compared > 180


@pytest.mark.parametrize("form", WORKING, ids=name)
def test_small_and_large_errors_in_one_element_are_seen(form: Format) -> None:
    """In half of all elements an error of 32 units of roundoff; a factor of 2 and a sign wherever the derivative is not 0."""
    smallest: list[float] = []
    for case, point in ROTATED:
        for operator, modes in (("jacobian", "rev"), ("hessian", "fwd-rev")):
            if (operator, modes) in set(asked(case, point)) and point.tier == "generic":
                truth = answer(case, point, operator, modes, form)
                for value, error in zip(leaves(truth.values), leaves(truth.errors), strict=True):
                    seen, there = bound(value, error, False, form), value != 0
                    assert not np.any(seen[there] >= np.abs(value)[there]), (case.id, operator)
                    smallest.extend((seen[there] / np.abs(value)[there] / form.roundoff).astype(float))
    assert len(smallest) > 300
    assert np.median(smallest) <= 32
    assert np.quantile(smallest, 0.9) <= 128


def gradient(case: str, form: Format, elements: int = 0) -> tuple[Any, Any]:
    """The inputs of the first generic point of so many elements, and its gradient with the bound."""
    row = BY_ID[case]
    point = next(p for p in row.points if p.tier == "generic" and size(p) >= elements)
    operator = "gradient" if row.scalar else "jacobian"
    return arrays(row, point, form)[0], answer(row, point, operator, "rev", form)


@pytest.mark.parametrize("form", WORKING, ids=name)
def test_wrong_derivatives_are_seen(form: Format) -> None:
    (a, x), form_truth = gradient("quadratic_form", form, 12)
    assert largest_budget((np.outer(x, x), (a + a.T) @ x), form_truth, form) <= 1
    assert largest_budget((np.outer(x, x), (a + a) @ x), form_truth, form) > 1e4, "transposed operand"
    near = a + (a - a.T) * 2.0**-10
    assert largest_budget((np.outer(x, x), (near + near) @ x), form_truth, form) > 1e4, "not quite symmetric"

    (x, u, v), factors = gradient("matrix_factorization", form, 12)
    rest = x - u @ v
    assert largest_budget((2 * rest, -2 * rest @ v.T, -2 * u.T @ rest), factors, form) <= 1
    assert largest_budget((2 * rest, -2 * rest @ v.T, 2 * u.T @ rest), factors, form) > 1e4, "sign"

    (w, y, z), net = gradient("chain_net", form)
    broken = differentiate(
        lambda xp, w, y, z: xp.exp(0.5 * (w * y + y**2)) * (xp.sin(y) + z) ** 2, (w, y, z), "gradient", "rev", (), None, 64, 0.0
    )
    assert largest_budget(broken.values, net, form) > 1e4, "dropped path"

    _, network = gradient("backprop4", form)
    by_w, by_x, by_y, by_z = network.values
    assert largest_budget((by_w, by_x, by_y, by_z), network, form) <= 1
    assert largest_budget((by_y, by_x, by_w, by_z), network, form) > 1e4, "two variables mixed up"


def test_a_narrower_computation_is_seen() -> None:
    double, single = FORMATS["float64"], FORMATS["float32"]
    for case in ("logsumexp2", "gaussian_bump", "quadratic_form", "norm2_gradient"):
        _, truth = gradient(case, double, 2)
        assert largest_budget(tuple(v.astype(single.dtype) for v in truth.values), truth, double) > 1e5


def test_the_reference_counts_its_own_rounding() -> None:
    """As if np.longdouble were the format itself: the errors of an answer double."""
    x = (np.asarray(1.5, np.longdouble),)
    precision = int(np.finfo(np.longdouble).nmant) + 1
    own = differentiate(lambda xp, x: xp.exp(x), x, "value", "", x, None, precision, 0.0)
    told = ORACLE.answer("none", lambda xp, x: xp.exp(x), x, "value", "", x, None, precision, 0.0)
    assert told.errors == pytest.approx(2 * own.errors + 2.0**-precision * float(own.values))


def test_every_order_of_additions_is_within_the_bound() -> None:
    """What arrives at a variable that is used often may be added in any order."""
    form = FORMATS["float32"]
    x = np.asarray(1.0, np.longdouble)
    weights = [1.0, 2.0**-24, 2.0**-24, -1.0, 2.0**-23, 3.0]
    found = differentiate(
        lambda xp, x: sum(w * x**k for k, w in enumerate(weights, 1)), (x,), "gradient", "rev", (), None, form.precision, 0.0
    )
    slopes = [np.float32(k * w) for k, w in enumerate(weights, 1)]
    allowed = bound(found.values[0], found.errors[0], False, form)
    sums = {float(sum(order, np.float32(0))) for order in itertools.permutations(slopes)}
    assert len(sums) > 1
    assert all(abs(got - found.values[0]) <= allowed for got in sums)
