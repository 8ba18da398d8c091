"""Is the recorded program's derivative the derivative, in every composition of modes? Held to closed forms and to series."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from conformance.case import Case, Point
from conformance.catalogue.documented import CASES
from conformance.dtype import FORMATS, Format
from conformance.oracle import Oracle
from conformance.plan import LARGEST_MATRIX, size
from reference import documented, series
from reference.backprop import Tally, differentiate, shape_of
from reference.oracle import ORACLE
from tests.trees import leaves

PINNED: Oracle = ORACLE
DOUBLE = FORMATS["float64"]
EXTENDED = 2.0**-9
"""Of a float64 bound: four times what np.longdouble arithmetic of the same program may lose (2^-11 where it has 64 bits)."""

COMPOSITIONS = {
    "value": ("",),
    "gradient": ("rev", "fwd"),
    "jvp": ("fwd", "rev-rev"),
    "vjp": ("rev",),
    "jacobian": ("rev", "fwd"),
    "hessian": tuple("-".join(m) for m in itertools.product(("rev", "fwd"), repeat=2)),
    "hvp": (*("-".join(m) for m in itertools.product(("rev", "fwd"), repeat=2)), "rev-rev-rev"),
    "third": tuple("-".join(m) for m in itertools.product(("rev", "fwd"), repeat=3)),
}
BY_ID = {case.id: case for case in CASES}


def arrays(case: Case, point: Point, form: Format) -> tuple[Any, Any, Any]:
    """Inputs, tangents and cotangent as the format holds them, in longdouble."""

    def held(values: Any) -> Any:
        return np.asarray(values).astype(form.dtype).astype(np.longdouble)

    inputs = tuple(held(x) for x in case.inputs(point))
    tangents = tuple(held(t) for t in case.tangents(point))
    return inputs, tangents, held(case.cotangent(point, shape_of(case.fn, inputs)))


def tally(case: Case, point: Point, operator: str, modes: str, form: Format) -> Tally:
    inputs, tangents, cotangent = arrays(case, point, form)
    return differentiate(case.fn, inputs, operator, modes, tangents, cotangent, form.precision, form.underflow)


def agree(found: Tally, truth: Any, form: Format, share: float) -> bool:
    """Whether every element is within a share of its bound of the truth, and every array of its shape."""
    rows = list(zip(leaves(found.values), leaves(found.errors), leaves(truth), strict=True))
    return all(v.shape == e.shape == np.shape(t) for v, e, t in rows) and all(
        bool(np.all(np.abs(v - t) <= share * (e + form.roundoff * np.abs(t)))) for v, e, t in rows
    )


def asked(case: Case, point: Point) -> Iterator[tuple[str, str]]:
    for operator in case.operators():
        for modes in COMPOSITIONS[operator]:
            if size(point) <= LARGEST_MATRIX or (operator not in ("jacobian", "hessian") and "rev" in (modes or "rev")):
                yield operator, modes


def smallest(case: Case) -> Point:
    return min((p for p in case.points if (p.tier == "generic" and size(p) > 2) or p is case.points[-1]), key=size)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_composition_of_modes_is_the_closed_form(case: Case) -> None:
    point = smallest(case)
    inputs, tangents, cotangent = arrays(case, point, DOUBLE)
    truths = {o: documented.answer(case.id, inputs, o, tangents, cotangent) for o in {o for o, _ in asked(case, point)}}
    wrong = [
        (operator, modes)
        for operator, modes in asked(case, point)
        if not agree(tally(case, point, operator, modes, DOUBLE), truths[operator], DOUBLE, EXTENDED)
    ]
    assert wrong == []


@pytest.mark.parametrize(("case", "name"), [("quadratic_form", "n64"), ("matrix_factorization", "n64_m33_r16")])
def test_large_arrays(case: str, name: str) -> None:
    row = BY_ID[case]
    point = next(p for p in row.points if p.name == name)
    inputs, tangents, cotangent = arrays(row, point, DOUBLE)
    for operator, modes in (("gradient", "rev"), ("hvp", "fwd-rev"), ("hvp", "rev-fwd")):
        truth = documented.answer(case, inputs, operator, tangents, cotangent)
        assert agree(tally(row, point, operator, modes, DOUBLE), truth, DOUBLE, EXTENDED)


PROGRAMS: dict[str, Callable[..., Any]] = {
    "exp": lambda xp, x: xp.sum(xp.exp(x)),
    "expm1": lambda xp, x: xp.sum(xp.expm1(x) ** 2),
    "log": lambda xp, x: xp.sum(xp.log(x * x)),
    "log1p": lambda xp, x: xp.sum(xp.log1p(x * x)),
    "sqrt": lambda xp, x: xp.sqrt(xp.sum(x * x)),
    "sin": lambda xp, x: xp.sum(xp.sin(x) * x),
    "cos": lambda xp, x: xp.sum(xp.cos(x) * x),
    "tan": lambda xp, x: xp.sum(xp.tan(x)),
    "tanh": lambda xp, x: xp.sum(xp.tanh(x)),
    "sigmoid": lambda xp, x: xp.sum(xp.sigmoid(x)),
    "softplus": lambda xp, x: xp.sum(xp.softplus(x)),
    "erf": lambda xp, x: xp.sum(xp.special.erf(x)),
    "logaddexp": lambda xp, x: xp.logaddexp(x[0], x[1] * x[2]),
    "quotient": lambda xp, x: xp.sum(1.0 / x) + x[0] / x[1],
    "powers": lambda xp, x: xp.sum(x**5) + xp.sum(x**-3) + x[0] ** 1 + xp.sum(x**0),
    "real powers": lambda xp, x: xp.sum((x * x) ** 1.3) + xp.sum((x * x) ** -0.4),
    "maximum": lambda xp, x: xp.sum(xp.maximum(x, 0.3) ** 2) + xp.sum(xp.minimum(x * x, x)) + xp.max(x**3),
    "max": lambda xp, x: xp.sum(xp.max(xp.stack([x, x * x, x**3]), axis=0, keepdims=True) * x),
    "abs": lambda xp, x: xp.sum(xp.abs(x) ** 3),
    "where": lambda xp, x: xp.sum(xp.where(x > 0.0, xp.exp(x), x**2)),
    "mean": lambda xp, x: xp.mean((x - xp.mean(x)) ** 2),
    "sums": lambda xp, x: xp.sum(xp.sum(xp.stack([x, x * x]), axis=1, keepdims=True) * x[1:]),
    "broadcast": lambda xp, x: xp.sum(xp.broadcast_to(x, (2, 3)) * xp.stack([x, x**2]) + x),
    "constants": lambda xp, x: xp.sum(np.array([[0.1, 2.0, -0.7]]) * x - x / np.array([[3.0], [0.3]])),
    "reshape": lambda xp, x: xp.sum(xp.reshape(x, (3, 1)) * xp.reshape(x * x, (-1,))),
    "transpose": lambda xp, x: xp.sum(xp.matrix_transpose(xp.stack([x, x**2])) ** 2 @ np.array([0.5, 2.0])),
    "concat": lambda xp, x: xp.sum(xp.concat([x, x[:2] ** 2, xp.stack([x[0] * x[1]])]) ** 2),
    "repeated index": lambda xp, x: xp.sum(x[np.array([0, 2, 0, 0])] ** 3) + x[-1] ** 2,
    "slices": lambda xp, x: xp.sum(x[::-1] * x[None, :, None] * x[0]),
    "vector products": lambda xp, x: xp.matmul(x, x) * (x @ np.eye(3))[1] + (xp.stack([x, x * x]) @ x)[1],
    "stacked products": lambda xp, x: xp.sum((xp.reshape(x, (3, 1, 1)) * np.eye(2)) @ (x[:2] * np.ones((2, 2))) ** 2),
    "shared": lambda xp, x: (x[0] * x[1] + x[1] * x[2] + x[0] * x[0]) ** 2,
}
WITHOUT_SERIES = {"erf"}


@pytest.mark.parametrize("name", sorted(set(PROGRAMS) - WITHOUT_SERIES))
def test_every_operation_has_its_derivatives(name: str) -> None:
    fn, x, t = PROGRAMS[name], np.array([0.75, -1.3, 0.4], np.longdouble), np.array([0.5, 1.0, -0.25], np.longdouble)
    cotangent = np.asarray(0.5, np.longdouble)
    for operator in ("value", "gradient", "jvp", "hessian", "hvp", "third"):
        truth = series.differentiate(fn, (x,), operator, (t,), cotangent)
        for modes in COMPOSITIONS[operator]:
            found = differentiate(fn, (x,), operator, modes, (t,), cotangent, 53, 0.0)
            assert agree(found, truth, DOUBLE, EXTENDED), (operator, modes)


def test_the_error_function() -> None:
    """Its derivatives are Gaussians; its values are published (Abramowitz and Stegun, table 7.1)."""
    x, one = np.array([0.5, -1.3, 2.0], np.longdouble), np.ones(3, np.longdouble)
    bell = 2 / np.sqrt(4 * np.arctan(np.longdouble(1))) * np.exp(-x * x)
    truths = {"gradient": bell, "hvp": -2 * x * bell, "third": (4 * x * x - 2) * bell}
    for operator, truth in truths.items():
        for modes in COMPOSITIONS[operator]:
            found = differentiate(PROGRAMS["erf"], (x,), operator, modes, (one,), None, 53, 0.0)
            assert agree(found, (truth,), DOUBLE, EXTENDED), (operator, modes)
    value = differentiate(lambda xp, x: xp.erf(x), (x[::2],), "value", "", (), None, 53, 0.0).values
    assert np.allclose(value.astype(float), [0.5204998778130465, 0.9953222650189527], rtol=2e-16)


MATRIX = np.array([[0.3, 2.0, -0.5], [1.5, 0.25, 1.0], [-0.75, 0.5, 1.25]], np.longdouble)
VECTOR = np.array([0.5, -1.5, 0.75], np.longdouble)


def cofactor(a: Any, i: int, j: int) -> Any:
    rows, columns = [(i + 1) % 3, (i + 2) % 3], [(j + 1) % 3, (j + 2) % 3]
    return a[rows[0], columns[0]] * a[rows[1], columns[1]] - a[rows[0], columns[1]] * a[rows[1], columns[0]]


def det(a: Any) -> Any:
    return a[0, 0] * cofactor(a, 0, 0) + a[0, 1] * cofactor(a, 0, 1) + a[0, 2] * cofactor(a, 0, 2)


def cramer(xp: Any, a: Any, b: Any) -> Any:
    """The sum of the elements of the solution."""
    adjugate = xp.stack([xp.stack([cofactor(a, j, i) for j in range(3)]) for i in range(3)])
    return xp.sum(xp.matmul(adjugate, b)) / det(a)


LINEAR: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "inverse": (lambda xp, a, b: xp.sum(xp.linalg.inv(a) @ b), cramer),
    "solve": (lambda xp, a, b: xp.sum(xp.linalg.solve(a, b * b)), lambda xp, a, b: cramer(xp, a, b * b)),
    "systems": (
        lambda xp, a, b: xp.sum(xp.linalg.solve(a, xp.stack([b, b * b], axis=1))),
        lambda xp, a, b: cramer(xp, a, b + b * b),
    ),
    "determinant": (lambda xp, a, b: xp.exp(xp.linalg.logabsdet(a)) * b[0], lambda xp, a, b: -det(a) * b[0]),
}


@pytest.mark.parametrize("name", LINEAR)
def test_linear_algebra(name: str) -> None:
    """Held to the series of Cramer's rule."""
    recorded, plain = LINEAR[name]
    inputs, tangents = (MATRIX, VECTOR), (MATRIX.T / 4, VECTOR[::-1] / 2)
    for operator in ("value", "gradient", "jvp", "hvp", "third"):
        truth = series.differentiate(plain, inputs, operator, tangents)
        for modes in COMPOSITIONS[operator]:
            found = differentiate(recorded, inputs, operator, modes, tangents, None, 53, 0.0)
            assert agree(found, truth, DOUBLE, EXTENDED), (operator, modes)


def test_of_two_ways_to_compute_the_derivative_the_worse_has_its_whole_budget() -> None:
    """One element's logcumsumexp is itself, or the logarithm of a sum of one: exp(x - that) may be off by a roundoff of x."""
    given = (np.array([1000.0], np.longdouble),), "jvp", "fwd", (np.array([1.0], np.longdouble),), None, 53, 0.0
    step = differentiate(lambda xp, x: x, *given)
    prefix = differentiate(lambda xp, x: xp.logsumexp(x, axis=-1, keepdims=True), *given)
    both = differentiate(lambda xp, x: xp.logcumsumexp(x), *given)
    assert step.errors[0] == 0
    assert prefix.errors[0] > 500 * 2.0**-53
    assert both.errors[0] >= prefix.errors[0]
    assert not both.exact
