"""The derivative, to any order, of any `fn(xp, *arrays)`: truncated Taylor series in extended precision.

Promised: no rule per order of differentiation, no difference of neighbouring values, and every entry of a Hessian is one
coefficient that nothing was cancelled from. The arithmetic is np.longdouble, whatever that is here; numbers of terms are chosen
for a significand of 64 bits. Where a formula divides zero by zero the result is the limit along a generic direction (see
`reference.series_laurent`). Memory is bounded by working through the directions in chunks.
Not promised: a derivative at a kink (some branch is taken), the limit of a formula that is singular at a number which rounding
has moved, or speed: the work grows with the number of directions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.series_core import Series, lift
from reference.series_laurent import Array, Laurent, limit
from reference.series_names import NAMES
from reference.series_terms import ONE, Monomial, Terms

Numbers = NDArray[np.longdouble]
Directions = Sequence[Array | None]
"""One array per argument, with leading axes for the directions; None where the argument does not move."""

CHUNK = 2**21
"""Elements of one coefficient of the arguments or of the result, at most (32 MB each)."""

KNOWN_POWERS = (6, 14)
"""How many powers of the infinitesimal are tried, one after the other, where a formula is singular."""


def differentiate(
    fn: Callable[..., Any],
    inputs: Sequence[Array],
    operator: str,
    tangents: Sequence[Array] = (),
    cotangent: Array | None = None,
    shape: tuple[int, ...] | None = None,
) -> Any:
    """The answer of `operator` for fn at inputs: longdouble arrays, nested and shaped as `conformance.case.OPERATORS` says.

    Dimensionless. `tangents` has one array per input (jvp, hvp, third), `cotangent` has the shape of the value (vjp), which
    `shape` may tell to save finding it out.
    Raises LookupError for an operation that is not known, ValueError for an operator that is not, or for a gradient, hessian,
    hvp or third of a function whose value is not 0-dimensional.
    """
    if operator not in ANSWERS:
        raise ValueError(f"no operator {operator!r}")
    question = Question(fn, [np.asarray(x, np.longdouble) for x in inputs], shape)
    if operator in ("gradient", "hessian", "hvp", "third") and question.shape:
        raise ValueError(f"{operator} of a value of shape {question.shape}")
    with np.errstate(all="ignore"):
        return ANSWERS[operator](question, [np.asarray(t, np.longdouble) for t in tangents], cotangent)


class Question:
    """A function at a point, from which single coefficients of its Taylor series are asked."""

    def __init__(self, fn: Callable[..., Any], inputs: list[Numbers], shape: tuple[int, ...] | None = None) -> None:
        self.fn = fn
        self.inputs = inputs
        with np.errstate(all="ignore"):
            self.shape = self._run((0, 0), {}, 0).shape if shape is None else shape

    def coefficient(self, monomial: Monomial, seeds: dict[Monomial, Directions]) -> Numbers:
        """The coefficient of a monomial of fn(x + sum of monomial * seed); the limit where the plain formula is not finite."""
        batch = np.broadcast_shapes(*(_batch(d, x) for seed in seeds.values() for d, x in zip(seed, self.inputs, strict=True)))
        shape = batch + self.shape
        result = self._read(self._run(monomial, seeds, 0), monomial, shape)
        for powers in KNOWN_POWERS:
            if np.isfinite(result).all():
                break
            moved = self._read(self._run(monomial, seeds, powers), monomial, shape)
            result = np.where(np.isfinite(result), result, np.where(np.isfinite(moved), moved, result))
        return result

    def depends(self, monomial: Monomial, seeds: dict[Monomial, Directions]) -> bool:
        """False if the program cannot yield this monomial, whatever the numbers."""
        return monomial in self._run(monomial, seeds, 0).terms

    def _run(self, caps: Monomial, seeds: dict[Monomial, Directions], powers: int) -> Series:
        arguments = []
        before = 0
        for i, x in enumerate(self.inputs):
            terms: Terms = {ONE: _moved(x, before, powers) if powers else x}
            before += x.size
            terms.update({m: seed[i] for m, seed in seeds.items() if seed[i] is not None})  # type: ignore[misc]
            arguments.append(Series(terms, caps))
        return lift(self.fn(NAMES, *arguments))

    def _read(self, y: Series, monomial: Monomial, shape: tuple[int, ...]) -> Numbers:
        if monomial not in y.terms:
            return np.zeros(shape, np.longdouble)
        return np.array(np.broadcast_to(limit(y.terms[monomial]), shape))


def _batch(direction: Array | None, x: Numbers) -> tuple[int, ...]:
    return () if direction is None else direction.shape[: direction.ndim - x.ndim]


def _moved(x: Numbers, before: int, powers: int) -> Laurent:
    """x + e * g with a generic g, also beside the arguments with `before` elements in all; few bits, so that little rounds."""
    places = np.arange(1 + before, 1 + before + x.size).reshape(x.shape)
    generic = np.floor(np.mod(places * 0.6180339887498949, 1.0) * 64 + 16) / 32
    return Laurent(0, [x, generic.astype(np.longdouble)] + [np.zeros_like(x)] * (powers - 2))


def _units(x: Numbers, start: int, stop: int) -> Numbers:
    """The unit directions number start..stop of x, one along the first axis each."""
    units = np.zeros((stop - start, x.size), np.longdouble)
    units[np.arange(stop - start), np.arange(start, stop)] = 1
    return units.reshape((stop - start, *x.shape))


def _chunks(x: Numbers, cost: int) -> Iterator[tuple[int, int]]:
    step = max(1, CHUNK // max(cost, 1))
    return ((start, min(start + step, x.size)) for start in range(0, x.size, step))


def _only(question: Question, argument: int, direction: Array) -> Directions:
    return [direction if i == argument else None for i in range(len(question.inputs))]


def _cost(question: Question) -> int:
    return max(math.prod(question.shape), *(x.size for x in question.inputs))


def _along_units(question: Question, monomial: Monomial, seeds: dict[Monomial, Directions]) -> list[Numbers]:
    """For each argument the coefficient for s along each of its unit directions, shaped value.shape + argument.shape."""
    answers = []
    for i, x in enumerate(question.inputs):
        parts = [
            question.coefficient(monomial, {**seeds, (1, 0): _only(question, i, _units(x, *chunk))})
            for chunk in _chunks(x, _cost(question))
        ]
        rows = np.concatenate([np.zeros((0, *question.shape), np.longdouble), *parts])
        answers.append(np.moveaxis(rows, 0, -1).reshape(question.shape + x.shape))
    return answers


def _value(question: Question, tangents: Any, cotangent: Any) -> Numbers:
    return question.coefficient(ONE, {})


def _jvp(question: Question, tangents: list[Numbers], cotangent: Any) -> Numbers:
    return question.coefficient((1, 0), {(1, 0): tangents})


def _jacobian(question: Question, tangents: Any, cotangent: Any) -> tuple[Numbers, ...]:
    return tuple(_along_units(question, (1, 0), {}))


def _vjp(question: Question, tangents: Any, cotangent: Any) -> tuple[Numbers, ...]:
    weights = np.asarray(cotangent, np.longdouble)
    fn = question.fn

    def weighted(xp: Any, *arrays: Any) -> Any:
        return xp.sum(lift(fn(xp, *arrays)) * weights)

    return tuple(_along_units(Question(weighted, question.inputs, ()), (1, 0), {}))


def _hvp(question: Question, tangents: list[Numbers], cotangent: Any) -> tuple[Numbers, ...]:
    return tuple(_along_units(question, (1, 1), {(0, 1): tangents}))


def _third(question: Question, tangents: list[Numbers], cotangent: Any) -> tuple[Numbers, ...]:
    return tuple(np.asarray(2 * answer) for answer in _along_units(question, (1, 2), {(0, 1): tangents}))


def _hessian(question: Question, tangents: Any, cotangent: Any) -> tuple[tuple[Numbers, ...], ...]:
    count = len(question.inputs)
    blocks = {(i, j): _hessian_block(question, i, j) for i in range(count) for j in range(i, count)}
    for (i, j), block in list(blocks.items()):
        ndim = question.inputs[i].ndim
        blocks[j, i] = block if i == j else np.moveaxis(block, range(ndim), range(-ndim, 0))
    return tuple(tuple(blocks[i, j] for j in range(count)) for i in range(count))


def _hessian_block(question: Question, i: int, j: int) -> Numbers:
    """Second derivatives for each element of argument i and each of argument j."""
    x, y = question.inputs[i], question.inputs[j]
    block = np.zeros((x.size, y.size), np.longdouble)
    if not question.depends((1, 1), {(1, 0): _only(question, i, x), (0, 1): _only(question, j, y)}):
        return block.reshape(x.shape + y.shape)
    for first, last in _chunks(y, _cost(question)):
        columns = _only(question, j, _units(y, first, last))
        for start, stop in _chunks(x, _cost(question) * (last - first)):
            rows = _only(question, i, _units(x, start, stop)[:, None])
            block[start:stop, first:last] = question.coefficient((1, 1), {(1, 0): rows, (0, 1): columns})
    return block.reshape(x.shape + y.shape)


ANSWERS: dict[str, Callable[..., Any]] = {
    "value": _value,
    "gradient": _jacobian,
    "jvp": _jvp,
    "vjp": _vjp,
    "jacobian": _jacobian,
    "hessian": _hessian,
    "hvp": _hvp,
    "third": _third,
}
