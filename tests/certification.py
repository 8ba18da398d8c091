"""How far a closed form is from the exact derivatives of its case's text, operator by operator.

Promised: the text itself is evaluated in ball arithmetic, so that neither the closed form nor any engine of the suite has
a share in the truth; entries are all compared where a case has at most `EVERY` input elements, else those of two or three
elements of each argument, off the diagonal of square matrices. Not promised: the dense Hessian of more than `DENSE` input
elements, whose blocks would fill the memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from conformance.case import ORDER, Case, Point
from reference.closed_form import ClosedForm, evaluate
from tests.hyperdual import Balls, balls, derivative

EVERY = 30
DENSE = 500
EPS = float(np.finfo(np.longdouble).eps)

Pick = tuple[int, tuple[int, ...]]
"""An argument and an index into it."""

Compared = tuple[Any, Any]
"""What the form says, and the exact answer as balls, of one shape."""


@dataclass(frozen=True)
class Question:
    """One case at one point, with everything that an operator needs."""

    case: Case
    args: tuple[Any, ...]
    tangents: tuple[Any, ...]
    cotangent: Any

    def exact(self, *directions: Any) -> Balls:
        return derivative(self.case.fn, self.args, directions)

    def size(self) -> int:
        return sum(x.size for x in self.args)

    def picks(self) -> list[Pick]:
        """The input elements whose entries are compared."""
        flat = [(i, k) for i, x in enumerate(self.args) for k in range(x.size)]
        if self.size() > EVERY:
            chosen = [{1, 2 * x.size // 5, x.size - 1 if self.size() <= DENSE else 1} for x in self.args]
            flat = [(i, k) for i, k in flat if k in chosen[i]]
        return [(i, tuple(map(int, np.unravel_index(k, self.args[i].shape)))) for i, k in flat]

    @cached_property
    def first(self) -> dict[Pick, Balls]:
        """The derivative of the value by each compared input element."""
        return {pick: self.exact(self.unit(pick)) for pick in self.picks()}

    def unit(self, pick: Pick) -> tuple[Any, ...]:
        """The direction of one input element."""
        direction = tuple(np.zeros(x.shape) for x in self.args)
        direction[pick[0]][pick[1]] = 1.0
        return direction


def question(case: Case, point: Point) -> Question:
    args = case.inputs(point)
    shape = derivative(case.fn, args, ()).shape
    return Question(case, args, case.tangents(point), case.cotangent(point, shape))


def certify(case: Case, point: Point, form: ClosedForm) -> dict[str, float]:
    """By operator the largest error, in units of np.longdouble's eps times the largest compared entry; inf where that is 0."""
    asked = question(case, point)
    wide = tuple(np.asarray(x, np.longdouble) for x in asked.args)
    errors = {}
    for operator in case.operators():
        if operator == "hessian" and asked.size() > DENSE:
            continue
        tangents = tuple(np.asarray(t, np.longdouble) for t in asked.tangents)
        got = evaluate(form, wide, operator, tangents, np.asarray(asked.cotangent, np.longdouble))
        errors[operator] = units(list(_compared(asked, operator, got)))
    return errors


def units(compared: list[Compared], scale: float | None = None) -> float:
    """The largest error in eps of the largest exact magnitude, or of `scale` (dimensionless)."""
    for got, exact in compared:
        assert np.shape(got) == np.shape(exact), f"shape {np.shape(got)}, not {np.shape(exact)}"
    pairs = [pair for got, exact in compared for pair in zip(balls(got).flat, exact.flat, strict=True)]
    error = max(magnitude(got - exact) for got, exact in pairs)
    largest = max(magnitude(exact) for _, exact in pairs) if scale is None else scale
    if largest == 0:
        return 0.0 if error == 0 else math.inf
    return error / (EPS * largest)


def magnitude(ball: Any) -> float:
    """An upper bound of |ball|; 0 for a ball around 0, whose radius (far below any eps) says that nothing is left but 0."""
    assert float(ball.rad()) < 1e-60, "too few bits"
    return 0.0 if ball.contains(0) else float(ball.abs_upper())


def _compared(asked: Question, operator: str, got: Any) -> Iterator[Compared]:
    if operator == "value":
        yield got, asked.exact()
    elif operator == "jvp":
        yield got, asked.exact(asked.tangents)
    elif operator == "hessian":
        yield from _second(asked, got)
    else:
        yield from ((_entry(asked, operator, got, pick), _exact_entry(asked, operator, pick)) for pick in asked.picks())


def _entry(asked: Question, operator: str, got: Any, pick: Pick) -> Any:
    i, index = pick
    rank = asked.cotangent.ndim if operator == "jacobian" else 0
    assert np.shape(got[i]) == asked.cotangent.shape[:rank] + asked.args[i].shape, f"{operator} has shape {np.shape(got[i])}"
    return got[i][(..., *index)]


def _exact_entry(asked: Question, operator: str, pick: Pick) -> Any:
    if operator in ("hvp", "third"):
        return asked.exact(asked.unit(pick), *[asked.tangents] * (ORDER[operator] - 1))
    first = asked.first[pick]
    return np.asarray(np.sum(balls(asked.cotangent) * first), dtype=object) if operator == "vjp" else first


def _second(asked: Question, got: Any) -> Iterator[Compared]:
    picks = asked.picks()
    for n, (i, row) in enumerate(picks):
        for j, column in picks[: n + 1]:
            exact = asked.exact(asked.unit((i, row)), asked.unit((j, column)))
            yield got[i][j][row + column], exact
            yield got[j][i][column + row], exact
