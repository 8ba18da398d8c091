"""Control flow written as calls, and markers that change no value: plain Python for both engines, which decide by the values.

cond(pred, true_fn, false_fn, *operands)  the value of one of the functions, of which each returns arrays of the same shapes
while_loop(cond_fn, body_fn, state)       body_fn of the state, a tuple, again and again as long as cond_fn of it holds
fori_loop(lower, upper, body, init)       body(i, state) for the whole numbers i from lower up to, not including, upper
scan(body, init, xs)                      (state, ys): body(state, x) is the next state and y, for each row x of xs
checkpoint(f)                             f, whose intermediate results a framework computes again instead of keeping them
custom_gradient(f, rule)                  f of positional arguments; rule(g, *arguments) is what a framework has to take for the
                                          cotangents: the true ones
custom_jvp(f, tangent, rule)              f with tangent(tangents, *arguments) for the derivative along the tangents, a tuple,
                                          and, where a framework asks for both, a rule as above
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Function = Callable[..., Any]


def cond(pred: Any, true_fn: Function, false_fn: Function, *operands: Any) -> Any:
    return (true_fn if pred else false_fn)(*operands)


def while_loop(cond_fn: Function, body_fn: Function, state: Any) -> Any:
    while cond_fn(state):
        state = body_fn(state)
    return state


def fori_loop(lower: int, upper: int, body: Function, init: Any) -> Any:
    for i in range(lower, upper):
        init = body(i, init)
    return init


def scan_with(stack: Function) -> Function:
    """The scan of an engine, from its way to stack numbers along a new first axis."""

    def scan(body: Function, init: Any, xs: Any) -> tuple[Any, Any]:
        ys = []
        for i in range(xs.shape[0]):
            init, y = body(init, xs[i])
            ys.append(y)
        return init, stack(ys) if ys else _none(body, init, xs)

    return scan


def _none(body: Function, init: Any, xs: Any) -> Any:
    """No outputs, of the shape that one would have."""
    _, y = body(init, np.zeros(xs.shape[1:], np.longdouble))
    return np.zeros((0, *np.shape(y)), np.longdouble)


def checkpoint(f: Function) -> Function:
    return f


def custom_gradient(f: Function, rule: Function) -> Function:
    return f


def custom_jvp(f: Function, tangent: Function, rule: Function) -> Function:
    return f


NAMES: Mapping[str, Function] = {
    "checkpoint": checkpoint,
    "cond": cond,
    "custom_gradient": custom_gradient,
    "custom_jvp": custom_jvp,
    "fori_loop": fori_loop,
    "while_loop": while_loop,
}
"""All but the scan, which an engine makes by `scan_with`."""
