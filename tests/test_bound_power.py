"""Does the bound let every correct evaluation through, and does it see what is wrong?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from conformance.bound import bound, budget
from conformance.case import Case, Point
from conformance.catalogue.documented import CASES
from conformance.dtype import Format
from conformance.plan import size
from reference.oracle import ORACLE
from tests.test_backprop import arrays, leaves

ALONG = {"jvp": ("fwd", 1), "hvp": ("fwd-fwd", 2), "third": ("fwd-fwd-fwd", 3)}
SMALL = 30


def answer(case: Case, point: Point, operator: str, modes: str, form: Format) -> Any:
    inputs, tangents, cotangent = arrays(case, point, form)
    return ORACLE.answer(case.id, case.fn, inputs, operator, modes, tangents, cotangent, form.precision, form.underflow)


def largest_budget(got: Any, truth: Any, form: Format) -> float:
    """NaN counts as infinite."""
    rows = zip(leaves(got), leaves(truth.values), leaves(truth.errors), strict=True)
    ratios = [budget(np.abs(np.asarray(g).astype(np.longdouble) - v), bound(v, e, truth.exact, form)) for g, v, e in rows]
    return max(float(np.max(np.where(np.isnan(r), np.inf, r), initial=0.0)) for r in ratios)


def along(got: Any, truth: Any, tangents: Any) -> Any:
    """The answer to hvp or third, contracted with the tangents once more; its errors likewise."""
    if not isinstance(truth.values, tuple):
        return truth.values, truth.errors
    value = sum(np.sum(v * t) for v, t in zip(truth.values, tangents, strict=True))
    error = sum(np.sum(e * np.abs(t)) for e, t in zip(truth.errors, tangents, strict=True))
    return value, error


def generic() -> Iterator[Any]:
    for number, case in enumerate(CASES):
        points = [p for p in case.points if p.tier == "generic" and 1 < size(p) <= SMALL] or list(case.points[-1:])
        yield pytest.param(case, points[number % len(points)], id=case.id)
