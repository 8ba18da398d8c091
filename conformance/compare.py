"""Compare what a framework returned with what mathematics says: pure, NaN-safe, with the path to the worst element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.bound import NEAR, bound, budget, resolution
from conformance.dtype import Format
from conformance.oracle import Answer

NEST = {"value": 0, "jvp": 0, "hessian": 2}
"""Depth of the tuples around the arrays of a result; 1 for every other operator."""

SEVERITY = ("pass", "unresolved", "range", "near", "wrong-value", "nonfinite", "wrong-structure")


@dataclass(frozen=True)
class Verdict:
    """The judgement of one result. error, bound, beta, rho and the texts belong to the worst element; None without one."""

    outcome: str
    message: str = ""
    error: float | None = None
    bound: float | None = None
    beta: float | None = None
    rho: float | None = None
    got: str = ""
    expected: str = ""


class WrongStructure(Exception):
    """A result is not made as the operator demands."""


def leaves(result: Any, depth: int, like: Any = None, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Any]]:
    """The arrays of a nested result with their paths. Raises WrongStructure where nesting differs from `like`."""
    if depth == 0:
        yield path, result
        return
    if not isinstance(result, tuple | list) or (like is not None and len(result) != len(like)):
        wanted = "a tuple" if like is None else f"a tuple of {len(like)}"
        raise WrongStructure(f"expected {wanted} at {place(path)}, got {type(result).__name__}")
    for i, part in enumerate(result):
        yield from leaves(part, depth - 1, None if like is None else like[i], (*path, i))


def place(path: tuple[int, ...], index: tuple[int, ...] = ()) -> str:
    """The path to a leaf and to an element in it, in words."""
    words = {0: "result", 1: f"argument {path[0]}" if path else ""}.get(len(path)) or f"arguments {path}"
    return f"{words}{list(index)}" if index else words


def compare(got: Mapping[tuple[int, ...], NDArray[Any] | None], answer: Answer, operator: str, form: Format) -> Verdict:
    """Judge the arrays of one result, by path. An unconnected leaf (None) counts as zeros exactly where the truth is zero."""
    depth = NEST.get(operator, 1)
    errors = dict(leaves(answer.errors, depth))
    verdicts, resolutions = [], []
    for path, value in leaves(answer.values, depth):
        allowed = bound(value, errors[path], answer.exact, form)
        resolutions.append(resolution(value, errors[path], allowed).ravel())
        verdicts.append(_leaf(path, got[path], value, allowed, answer.largest > form.largest, form))
    rhos = np.concatenate(resolutions) if resolutions else np.zeros(0)
    rho = float(np.median(rhos)) if rhos.size else 0.0
    worst = max(verdicts, key=lambda v: (SEVERITY.index(v.outcome), v.beta if v.beta is not None else -1.0))
    if worst.outcome == "pass" and rhos.size and np.mean(rhos >= 1) > 0.5:
        return _with(worst, "unresolved", rho, "within the bound, but the bound is as large as the value")
    return _with(worst, worst.outcome, rho, worst.message)


def _with(v: Verdict, outcome: str, rho: float, message: str) -> Verdict:
    return Verdict(outcome, message, v.error, v.bound, v.beta, rho, v.got, v.expected)


def _leaf(
    path: tuple[int, ...],
    got: NDArray[Any] | None,
    value: NDArray[np.longdouble],
    allowed: NDArray[np.float64],
    overflow: bool,
    form: Format,
) -> Verdict:
    if value.size == 0:
        return Verdict("pass", error=0.0, bound=0.0, beta=0.0)
    if got is None:
        if np.any(value != 0):
            worst = np.unravel_index(int(np.argmax(np.abs(value))), value.shape)
            message = f"{place(path)} is unconnected (no derivative was recorded), but the truth is not zero"
            return Verdict("wrong-value", message, got="None", expected=_text(value[worst]))
        got = np.zeros(value.shape, form.dtype)
    y = got.astype(np.float64).astype(np.longdouble)
    error, beta = _distance(y, value, allowed, form)
    bad = ~(beta <= NEAR)
    worst = np.unravel_index(int(np.argmax(np.where(np.isnan(beta), np.inf, beta))), value.shape)
    outcome = _outcome(y, value, beta, allowed, overflow, form)
    where = place(path, tuple(int(i) for i in worst))
    message = (
        ""
        if outcome == "pass"
        else f"{where}: got {_text(y[worst])}, expected {_text(value[worst])}; {int(bad.sum())} of {value.size} elements beyond"
    )
    return Verdict(
        outcome,
        message,
        float(error[worst]),
        float(allowed[worst]),
        float(beta[worst]),
        None,
        _text(y[worst]),
        _text(value[worst]),
    )


def _distance(
    y: NDArray[np.longdouble], value: NDArray[np.longdouble], allowed: NDArray[np.float64], form: Format
) -> tuple[NDArray[np.longdouble], NDArray[np.float64]]:
    """Error and budget per element, 0 where they are the same."""
    equal = same(y, value, form)
    with np.errstate(all="ignore"):
        error = np.where(equal, np.longdouble(0), np.abs(y - value))
    beta = np.where(equal, 0.0, budget(error, allowed))
    return error, np.where(np.isnan(beta), np.inf, beta)


def same(y: NDArray[Any], value: NDArray[Any], form: Format) -> NDArray[np.bool_]:
    """Per element: equal, infinities included, both NaN, or ±inf or ±largest for a truth beyond the format's range."""
    beyond = np.abs(value) > form.largest
    saturated = beyond & (np.sign(y) == np.sign(value)) & (np.abs(y) >= form.largest)
    equal: NDArray[np.bool_] = (y == value) | (np.isnan(y) & np.isnan(value)) | saturated
    return equal


def _outcome(
    y: NDArray[np.longdouble],
    value: NDArray[np.longdouble],
    beta: NDArray[np.float64],
    allowed: NDArray[np.float64],
    overflow: bool,
    form: Format,
) -> str:
    red = ~(beta <= 1)
    if not red.any():
        return "range" if np.any((np.abs(value) > form.largest) & np.isfinite(value)) else "pass"
    if overflow:
        return "range"
    lost = red & ~np.isfinite(y) & np.isfinite(value)
    if lost.any():
        return "nonfinite" if np.any(lost & np.isfinite(allowed)) else "unresolved"
    return "near" if np.all(beta <= NEAR) else "wrong-value"


def _text(x: Any) -> str:
    """A number in decimal and, when finite, the bits of its nearest double."""
    decimal = np.format_float_scientific(np.longdouble(x), precision=20, trim="-") if np.isfinite(x) else str(float(x))
    return f"{decimal} ({float(x).hex()})" if np.isfinite(x) else decimal
