"""The chapter's algorithm: a forward pass of single-step partials, and a backward pass that multiplies them from back to front.

It runs on numbers that are pairs of a value in extended precision and a running error bound, and so says what a derivative is
and how much a correct evaluation of it in a given format may lose. Both sweeps record what they compute and can be swept again:
a composition of modes, outermost first ("fwd-rev": a forward sweep over the record of a backward sweep), has its own rounding.

Promised: any program of the operations in `names`, any order. Not promised: which of several derivatives stands at a kink.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .certificate import Reals
from .names import Names
from .rounding import Arithmetic, Pair
from .shapes import Shape
from .sweeps import Numbers, backward, forward, one, zero
from .tape import Number, Tape

LANES = 256
"""Unit vectors along which one sweep runs at once, at most: bounds memory."""


@dataclass(frozen=True)
class Tally:
    """An answer and what correct arithmetic may lose on the way to it; dimensionless.

    values   longdouble arrays, nested as the operator's result
    errors   float64 arrays nested alike: absolute, without the final rounding, infinite where nothing is promised
    exact    nothing rounds on the way, in any order of any sum: tolerance 0 is right
    largest  largest magnitude met on the way
    textbook a textbook rule was used that loses all digits somewhere (see `reference.rules`)
    """

    values: Any
    errors: Any
    exact: bool
    largest: float
    textbook: bool = False


def differentiate(
    fn: Callable[..., Any],
    inputs: tuple[NDArray[np.longdouble], ...],
    operator: str,
    modes: str,
    tangents: tuple[NDArray[np.longdouble], ...],
    cotangent: NDArray[np.longdouble] | None,
    precision: int,
    underflow: float,
) -> Tally:
    """The answer to `operator` for `fn(xp, *inputs)`, and its rounding budget in a format of `precision` bits.

    `inputs` are held by the format. `modes` is the composition whose rounding is budgeted: "" for value, one mode for gradient,
    vjp ("rev") and jacobian, "fwd" or "rev-rev" (a transposed transpose) for jvp, two modes for hessian and hvp, three for
    third. Results are nested as `conformance.case.OPERATORS` says. Raises LookupError for an operation that `names` does not
    have, ValueError for a composition that does not make the operator.
    """

    def tallied(arithmetic: Arithmetic) -> Tally:
        tape = Tape(arithmetic)
        with np.errstate(all="ignore"):
            xs = tuple(tape.constant(x) for x in inputs)
            output = _recorded(fn, tape, xs)
            given = tuple(tape.constant(t) for t in tangents)
            weight = None if cotangent is None else tape.constant(cotangent)
            answer = _answer(operator, modes.split("-") if modes else [], output, xs, given, weight)
        return Tally(
            _each(answer, lambda pair: pair.value),
            _each(answer, lambda pair: pair.error),
            arithmetic.exact,
            arithmetic.largest,
            arithmetic.textbook,
        )

    arithmetic = Arithmetic(precision, underflow)
    tally = tallied(arithmetic)
    return _worse(tally, tallied(Arithmetic(precision, underflow, second=True))) if arithmetic.forked else tally


def _worse(tally: Tally, other: Tally) -> Tally:
    """The answer, and the larger budget of two ways to it."""
    return replace(
        tally,
        errors=_larger(tally.errors, other.errors),
        exact=tally.exact and other.exact,
        largest=max(tally.largest, other.largest),
        textbook=tally.textbook or other.textbook,
    )


def _larger(errors: Any, others: Any) -> Any:
    """The larger of two budgets, element by element; where one way has none, the other promises nothing either."""
    if isinstance(errors, tuple):
        return tuple(map(_larger, errors, others))
    return np.maximum(errors, others)


def shape_of(fn: Callable[..., Any], inputs: tuple[NDArray[np.longdouble], ...]) -> Shape:
    """Shape of the value of `fn(xp, *inputs)`."""
    tape = Tape(Arithmetic(1, 0.0, exact=False))
    with np.errstate(all="ignore"):
        return _recorded(fn, tape, tuple(tape.constant(x) for x in inputs)).shape


def _recorded(fn: Callable[..., Any], tape: Tape, xs: Numbers) -> Number:
    y = fn(Names(tape), *xs)
    return y if isinstance(y, Number) else tape.constant(y)


def _answer(operator: str, modes: list[str], y: Number, xs: Numbers, ts: Numbers, weight: Number | None) -> Any:
    match operator, modes:
        case "value", []:
            return y.pair
        case "jvp", ["fwd"]:
            return forward((y,), xs, ts)[0].pair
        case "jvp", ["rev", "rev"]:
            return _transposed_twice((y,), xs, ts)[0].pair
        case "hvp", ["rev", "rev", "rev"]:
            return tuple(h.pair for h in _transposed_twice(backward((y,), (one(y),), xs), xs, ts))
        case "vjp", ["rev"] if weight is not None:
            return tuple(g.pair for g in backward((y,), (weight,), xs))
        case "jacobian", [mode]:
            return _jacobians((y,), xs, mode)[0]
        case "hessian", [outer, inner]:
            return _hessian(y, xs, outer, inner)
        case ("gradient", [_]) | ("hvp", [_, _]) | ("third", [_, _, _]):
            return _contracted(y, xs, ts, modes)
    raise ValueError(f"{operator} is not made by the modes {'-'.join(modes)!r}")


def _transposed_twice(ys: Numbers, xs: Numbers, ts: Numbers) -> Numbers:
    """Σᵢ ∂y/∂xᵢ·tᵢ as the transpose of the transpose, which is linear in its weights."""
    weights = tuple(zero(y) for y in ys)
    return backward(backward(ys, weights, xs), ts, weights)


def _contracted(y: Number, xs: Numbers, ts: Numbers, modes: list[str]) -> tuple[Pair, ...]:
    """The gradient by the innermost backward sweep, or along unit vectors by the outermost sweep; tangents in all others."""
    state: Numbers = (y,)
    spread = False
    for mode in reversed(modes[1:]):
        state, spread = _swept(state, spread, xs, ts, mode)
    if not spread and modes[0] == "fwd":
        return _jacobians(state, xs, "fwd")[0]
    return tuple(g.pair for g in _swept(state, spread, xs, ts, modes[0])[0])


def _swept(state: Numbers, spread: bool, xs: Numbers, ts: Numbers, mode: str) -> tuple[Numbers, bool]:
    """One more sweep over a scalar or, once `spread`, over one number per input."""
    if mode == "fwd":
        return forward(state, xs, ts), spread
    return backward(state, ts if spread else (one(state[0]),), xs), True


def _jacobians(ys: Numbers, xs: Numbers, mode: str) -> tuple[tuple[Pair, ...], ...]:
    """∂y/∂x of shape y.shape + x.shape, for each y in turn and each x."""
    if mode == "rev":
        return tuple(_rows(y, xs) for y in ys)
    return tuple(zip(*(_columns(ys, x) for x in xs), strict=True))


def _rows(y: Number, xs: Numbers) -> tuple[Pair, ...]:
    rows = _along(y, lambda unit: backward((y,), (unit,), xs))
    return tuple(_shaped(row, y.shape + x.shape) for row, x in zip(rows, xs, strict=True))


def _columns(ys: Numbers, x: Number, lanes: Shape = ()) -> list[Pair]:
    """Each y along x, of shape lanes + y.shape + x.shape."""
    columns = _along(x, lambda unit: forward(ys, (x,), (unit,)), lanes)
    return [_shaped(_behind(column), lanes + y.shape + x.shape) for y, column in zip(ys, columns, strict=True)]


def _hessian(y: Number, xs: Numbers, outer: str, inner: str) -> tuple[tuple[Pair, ...], ...]:
    if inner == "rev":
        return _jacobians(backward((y,), (one(y),), xs), xs, outer)
    return tuple(_hessian_row(y, x, xs, outer) for x in xs)


def _hessian_row(y: Number, x: Number, xs: Numbers, outer: str) -> tuple[Pair, ...]:
    """The derivative of ∂y/∂x, whose elements are the lanes of one forward sweep."""
    count = math.prod(x.shape)
    slopes = forward((y,), (x,), (_units(x, 0, count),))
    if outer == "rev":
        rows = [_spread(g, (count,)) for g in backward(slopes, (one(y),), xs)]
    else:
        rows = [_columns(slopes, z, (count,))[0] for z in xs]
    return tuple(_shaped(row, x.shape + z.shape) for row, z in zip(rows, xs, strict=True))


def _along(x: Number, sweep: Callable[[Number], Numbers], lanes: Shape = ()) -> list[Pair]:
    """The results of `sweep` for every unit array of the shape of x, on an axis before the `lanes` that they may have."""
    count = math.prod(x.shape)
    blocks: list[list[Pair]] = []
    for first in range(0, max(count, 1), LANES):
        last = min(first + LANES, count)
        results = sweep(_units(x, first, last, len(lanes)))
        blocks.append([_spread(result, (last - first, *lanes)) for result in results])
    return [
        Pair(np.concatenate([p.value for p in row]), np.concatenate([p.error for p in row]))
        for row in zip(*blocks, strict=True)
    ]


def _units(x: Number, first: int, last: int, lanes: int = 0) -> Number:
    """The unit arrays number `first` to `last` of the shape of x, one per lane; `lanes` further lane axes stay free."""
    count = math.prod(x.shape)
    rows = np.eye(count, dtype=np.longdouble)[first:last].reshape(last - first, *(1,) * lanes, *x.shape)
    return Number(x.tape, Pair(rows, np.zeros(rows.shape)), x.shape)


def _spread(number: Number, lanes: Shape) -> Pair:
    """The pair with its lanes, which a result that does not depend on them lacks."""
    shape = lanes + number.shape
    return Pair(np.broadcast_to(number.pair.value, shape), np.broadcast_to(number.pair.error, shape))


def _shaped(pair: Pair, shape: Shape) -> Pair:
    return Pair(pair.value.reshape(shape), pair.error.reshape(shape))


def _behind(pair: Pair) -> Pair:
    """The first axis as the last."""
    return Pair(np.moveaxis(pair.value, 0, -1), np.moveaxis(pair.error, 0, -1))


def _each(tree: Any, pick: Callable[[Pair], Reals]) -> Any:
    return pick(tree) if isinstance(tree, Pair) else tuple(_each(branch, pick) for branch in tree)
