"""The two sweeps over what was recorded: partials multiplied from back to front, and from front to back.

A sweep records what it computes, on the same tape, and can itself be swept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from .tape import Number, accumulate

Numbers = tuple[Number, ...]


def backward(outputs: Sequence[Number], cotangents: Sequence[Number], inputs: Numbers) -> Numbers:
    """Backpropagation: for each input the sum over all paths of cotangent times partials, from back to front."""
    history = _history(outputs)
    reached = _depending(history, inputs)
    arriving: dict[int, list[Number]] = defaultdict(list)
    for output, cotangent in zip(outputs, cotangents, strict=True):
        arriving[output.index].append(cotangent)
    for number in reversed(history):
        if number.index in reached and arriving[number.index]:
            arriving[number.index] = [accumulate(arriving[number.index])]
            for partial in number.partials:
                if partial.operand.index in reached:
                    arriving[partial.operand.index].append(partial.pull(arriving[number.index][0]))
    return tuple(arriving[x.index][0] if arriving[x.index] else zero(x) for x in inputs)


def forward(outputs: Sequence[Number], inputs: Numbers, tangents: Sequence[Number]) -> Numbers:
    """Every variable's change with the inputs, from front to back."""
    moving = {x.index: t for x, t in zip(inputs, tangents, strict=True)}
    for number in _history(outputs):
        if number.index not in moving:
            arriving = [p.push(moving[p.operand.index]) for p in number.partials if p.operand.index in moving]
            if arriving:
                moving[number.index] = accumulate(arriving)
    return tuple(moving.get(y.index) or zero(y) for y in outputs)


def _history(outputs: Sequence[Number]) -> list[Number]:
    """Everything the outputs were made from, in the order in which it was made."""
    found: dict[int, Number] = {}
    waiting = list(outputs)
    while waiting:
        number = waiting.pop()
        if number.index not in found:
            found[number.index] = number
            waiting.extend(p.operand for p in number.partials)
    return [found[index] for index in sorted(found)]


def _depending(history: list[Number], inputs: Numbers) -> set[int]:
    reached = {x.index for x in inputs}
    for number in history:
        if any(p.operand.index in reached for p in number.partials):
            reached.add(number.index)
    return reached


def zero(like: Number) -> Number:
    return like.tape.constant(np.zeros(like.shape))


def one(like: Number) -> Number:
    return like.tape.constant(np.ones(like.shape))
