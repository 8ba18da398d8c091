"""Do the tape and the Taylor series mean the same by every name of the vocabulary? Held to each other on the catalogue."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from conformance.case import Case, Draw, Point
from conformance.catalogue import CASES
from conformance.dtype import FORMATS
from conformance.plan import size
from reference import series
from reference.backprop import differentiate
from tests.trees import leaves

DOUBLE = FORMATS["float64"]
SHARE = 1e-3
OWN = 1e-17
"""Relative: what the two engines may lose in their own arithmetic."""

QUESTIONS = (("value", ""), ("gradient", "rev"), ("third", "fwd-fwd-rev"))
FAMILIES = sorted({case.family for case in CASES} - {"control", "documented", "workload"})
"""Where a case is about one or two names."""
BUDGETED = frozenset(
    {
        "activation",
        "arrays",
        "attention",
        "contraction",
        "convolution",
        "loss",
        "network",
        "normalisation",
        "pooling",
        "recurrent",
        "reduction",
    }
)
"""Families of which no case falls back to random rounding."""


def differing(fn: Callable[..., Any], inputs: tuple[Any, ...], tangents: tuple[Any, ...], operator: str, modes: str) -> bool:
    """Whether the tape's answer is not the series', within its budget; a formula's NaN says nothing (see reference.oracle)."""
    tally = differentiate(fn, inputs, operator, modes, tangents, None, DOUBLE.precision, DOUBLE.underflow)
    truth = series.differentiate(fn, inputs, operator, tangents)
    rows = zip(leaves(tally.values), leaves(tally.errors), leaves(truth), strict=True)
    with np.errstate(all="ignore"):
        return not all(
            v.shape == e.shape == np.shape(t)
            and bool(np.all((np.abs(v - t) <= SHARE * e + OWN * np.abs(t)) | ~np.isfinite(v) | ~np.isfinite(t)))
            for v, e, t in rows
        )


def wide(arrays: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(np.asarray(x, np.longdouble) for x in arrays)


def smallest(case: Case) -> Point:
    return min((p for p in case.points if p.tier == "generic"), key=size, default=case.points[0])


@pytest.mark.parametrize("family", FAMILIES)
def test_the_tape_is_the_series(family: str) -> None:
    wrong = []
    for case in (case for case in CASES if case.family == family):
        point = smallest(case)
        inputs, tangents = wide(case.inputs(point)), wide(case.tangents(point))
        for operator, modes in (q for q in QUESTIONS if q[0] in case.operators()):
            try:
                if differing(case.reference, inputs, tangents, operator, modes):
                    wrong.append((case.id, operator, modes))
            except LookupError as error:
                if family in BUDGETED:
                    wrong.append((case.id, operator, str(error)))
    assert wrong == []


X, T = np.array([0.75, -1.3, 0.4], np.longdouble), np.array([0.5, 1.0, -0.25], np.longdouble)
MATRIX = np.array([[0.3, 2.0, -0.5], [1.5, 0.25, 1.0], [-0.75, 0.5, 1.25]], np.longdouble)


def square(xp: Any, x: Any) -> Any:
    """A matrix of nine different elements."""
    return xp.outer(x, x * x) + MATRIX


PROGRAMS: dict[str, Callable[..., Any]] = {
    "old names": lambda xp, x: xp.sum(xp.cumsum(xp.concatenate([x, xp.power(x, 2)])) ** 2) * xp.absolute(x[1]),
    "transpose": lambda xp, x: xp.sum(xp.transpose(square(xp, x)) ** 2 @ x) * xp.pi,
    "constants": lambda xp, x: xp.sum((xp.eye(3, k=1) + xp.full((3, 3), 0.5) - xp.ones(3)) @ x**3 + xp.linspace(0.0, 1.0, 3)),
    "steps": lambda xp, x: xp.sum(xp.where(xp.greater(x, 0.1), x**3, xp.floor(x) * x) + xp.round(x) * xp.zeros(3)),
    "nested": lambda xp, x: xp.sum(xp.asarray([[x[0], 2.0], [x[1] * x[2], x[0]]]) ** 3),
    "cut off": lambda xp, x: xp.sum(xp.stop_gradient(x) * x**2),
    "namespaces": lambda xp, x: xp.sum(xp.real(xp.fft.ifft(xp.fft.fft(x * x) * xp.fft.rfft(x)[0]))),
    "conjugate": lambda xp, x: xp.sum(xp.imag(xp.conj(xp.fft(x)) * xp.fft(x**2) - xp.fft(x)) ** 2 + xp.imag(x)),
    "real spectrum": lambda xp, x: xp.sum(xp.irfft(x * x) ** 2) + xp.sum(xp.irfft(xp.rfft(x)[:2], n=3) ** 3),
    "thrice": lambda xp, x: xp.sum(xp.einsum("iii->i", xp.reshape(xp.kron(xp.outer(x, x), x), (3, 3, 3))) ** 2),
    "spread dots": lambda xp, x: xp.sum(xp.einsum("...i,...j", x[:1], xp.outer(x, x)) ** 2),
    "four operands": lambda xp, x: xp.einsum("ij,jk,kl,l->", square(xp, x), square(xp, x), MATRIX, x),
    "power 0": lambda xp, x: xp.sum(xp.matrix_power(square(xp, x), 0) @ x**2),
    "power 5": lambda xp, x: xp.sum(xp.matrix_power(square(xp, x), 5) * 0.01),
    "power -2": lambda xp, x: xp.sum(xp.linalg.matrix_power(square(xp, x), -2)),
    "reflected": lambda xp, x: xp.sum(xp.pad(x, (1, 2), mode="reflect") ** 2 * np.arange(6.0)),
    "added twice": lambda xp, x: xp.sum(xp.scatter_add(x, (np.array([1, 1, 0]),), x * x) ** 2),
    "masked": lambda xp, x: xp.sum(xp.add_at(xp.set_at(x * x, x > 0.5, x[1]), x < 0.0, x[2]) ** 2),
    "counted": lambda xp, x: xp.sum(xp.fori_loop(1, 3, lambda i, y: y * x + i, x) ** 2),
    "scanned": lambda xp, x: xp.sum(xp.scan(lambda c, a: (xp.cond(a > 0.0, xp.sin, xp.exp, c), c * a), x[0], x)[1] ** 2),
    "scanned nothing": lambda xp, x: xp.sum(xp.scan(lambda c, a: (c * a, c * a), x[0], x[:0])[1]) + x[0] * x[1],
    "flat": lambda xp, x: xp.sum(xp.cumulative_sum(square(xp, x)) ** 2) + xp.sum(xp.take(square(xp, x), [7, 2])),
    "sorted": lambda xp, x: xp.sum(xp.sort(square(xp, x), axis=0, descending=True) ** 2 @ x),
    "unequal windows": lambda xp, x: xp.sum(xp.max_pool2d(xp.reshape(square(xp, x), (1, 1, 3, 3)), (2, 3), (1, 1)) ** 3),
    "one matrix, nine right sides": lambda xp, x: xp.sum(
        xp.solve(square(xp, x), xp.reshape(xp.kron(x, xp.outer(x, x)), (9, 3, 1))) ** 2
    ),
    "two axes of right sides": lambda xp, x: xp.sum(
        xp.solve(square(xp, x), xp.broadcast_to(x[:, None] ** 2, (2, 2, 3, 1))) ** 2
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_options_that_no_case_has(name: str) -> None:
    along_units = [("hessian", "-".join(modes)) for modes in itertools.product(("fwd", "rev"), repeat=2)]
    assert [q for q in (*QUESTIONS, *along_units) if differing(PROGRAMS[name], (X,), (T,), *q)] == []


DOUBTFUL: dict[str, Callable[..., Any]] = {
    "order": lambda xp, x: xp.sum(xp.sort(xp.stack([x[0] * x[2], x[0] * (x[2] * (1 + 2.0**-60))]))),
    "middle": lambda xp, x: xp.median(xp.stack([x[0] * x[2], x[0] * (x[2] * (1 + 2.0**-60)), x[0] * x[2]])),
    "norm of order 0": lambda xp, x: xp.vector_norm(x, ord=0),
    "nuclear norm": lambda xp, x: xp.matrix_norm(xp.outer(x, x), ord="nuc"),
    "step": lambda xp, x: xp.floor(x[0] * (4.0 / 3.0)),
    "comparison": lambda xp, x: 1.0 if xp.less(xp.sin(x[0]), np.sin(X[0])) else 0.0,
    "mask": lambda xp, x: xp.sum(xp.set_at(x, xp.sin(x) < np.sin(X), 0.0)),
    "stack of matrices": lambda xp, x: xp.sum(xp.solve(xp.broadcast_to(MATRIX, (2, 3, 3)), x)),
    "too short a spectrum": lambda xp, x: xp.sum(xp.irfft(x, n=6)),
    "the sum of a spectrum": lambda xp, x: xp.sum(xp.fft(x)),
    "a name": lambda xp, x: xp.fft.shift(x),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_has_no_budget(name: str) -> None:
    with pytest.raises(LookupError):
        differentiate(DOUBTFUL[name], (X,), "value", "", (), None, DOUBLE.precision, DOUBLE.underflow)


@pytest.mark.parametrize("modes", ["fwd", "rev"])
def test_arrays_without_elements(modes: str) -> None:
    empty, none = np.zeros(0, np.longdouble), (np.zeros(0, np.longdouble),)

    def fn(xp: Any, x: Any) -> Any:
        return xp.cumulative_sum(x, axis=0) ** 2

    def summed(xp: Any, x: Any) -> Any:
        return xp.sum(fn(xp, x))

    assert not differing(fn, (empty,), none, "jacobian", modes)
    assert not differing(summed, (empty,), none, "hessian", f"{modes}-{modes}")
    assert not differing(summed, (empty,), none, "third", f"{modes}-fwd-fwd")


OPTIONS: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    "logsumexp over two axes": (lambda xp, x: xp.sum(xp.logsumexp(x, axis=(0, 2), keepdims=True) ** 2), (2, 3, 2)),
    "logsumexp behind a mask": (lambda xp, x: xp.logsumexp(xp.where(np.arange(4) < 3, x, float("-inf"))), (4,)),
    "softmax behind a mask": (lambda xp, x: xp.softmax(xp.where(np.arange(4) < 3, x, float("-inf")))[1], (4,)),
    "var, corrected": (lambda xp, x: xp.sum(xp.var(x, (0, -1), 1.0, True) * x), (2, 2, 3)),
    "std, corrected": (lambda xp, x: xp.sum(xp.std(x, axis=1, correction=1) ** 3), (2, 3)),
    "cumulative_prod, flat": (lambda xp, x: xp.sum(xp.cumulative_prod(x, None) ** 2), (2, 2)),
    "prod over two axes": (lambda xp, x: xp.sum(xp.prod(x, axis=(0, 1), keepdims=True) * x), (2, 2, 2)),
    "max over two axes": (lambda xp, x: xp.sum(xp.max(x, axis=(0, 2)) ** 3 + xp.min(x, axis=(2, 0)) ** 3), (2, 2, 2)),
    "norms of vectors": (lambda xp, x: xp.norm(x, 3, 0)[0] + xp.norm(x, ord=np.inf, axis=1)[1] ** 2, (2, 3)),
    "norms of matrices": (
        lambda xp, x: xp.sum(xp.matrix_norm(x, ord=-1, keepdims=True) * x) + xp.norm(x[0], -np.inf),
        (2, 2, 3),
    ),
    "attention, scaled": (lambda xp, x: xp.sum(xp.scaled_dot_product_attention(x, x, x, 0.75)[0] ** 2), (3, 2)),
    "normalisation over two axes": (
        lambda xp, x: xp.sum(xp.rms_norm(x, 2.0, 0.5, (0, 1)) * xp.layer_norm(x, 3.0, eps=0.1)),
        (2, 3),
    ),
    "slopes": (lambda xp, x: xp.sum(xp.leaky_relu(x, 0.3) ** 2 + xp.elu(x, 0.7) ** 2 + xp.celu(x, alpha=2.0) ** 2), (4,)),
    "huber_loss, narrow": (lambda xp, x: xp.huber_loss(x**2, 0.25 * x, 0.3), (4,)),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_options(name: str) -> None:
    fn, shape = OPTIONS[name]
    inputs, tangents = wide((Draw(shape).array(name),)), wide((Draw(shape).array(name + "'"),))
    assert [q for q in QUESTIONS if differing(fn, inputs, tangents, *q)] == []
