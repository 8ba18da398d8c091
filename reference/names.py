"""The namespace given to a program: array API names, array API meaning, on recorded numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from . import (
    complex_numbers,
    constants,
    contraction,
    convolution,
    definitions,
    flow,
    fourier,
    functions,
    layers,
    rearrangement,
    reductions,
    rules,
    shapes,
    tape,
)
from .series_names import ALIASES, CONSTANTS
from .tape import Number, Tape

REAL: Mapping[str, Callable[..., Any]] = {
    "abs": functions.absolute,
    "add": rules.on_numbers(tape.add),
    "broadcast_to": shapes.broadcast_to,
    "concat": functions.concat,
    "cos": functions.cos,
    "det": functions.det,
    "divide": rules.on_numbers(tape.divide),
    "erf": functions.erf,
    "exp": functions.exp,
    "expm1": functions.expm1,
    "inv": functions.inverse,
    "isnan": lambda a: np.isnan(a.pair.value),
    "log": functions.log,
    "log1p": functions.log1p,
    "logabsdet": functions.logabsdet,
    "logdet": functions.logabsdet,
    "logaddexp": functions.logaddexp,
    "matmul": rules.on_numbers(tape.matmul),
    "max": functions.largest,
    "maximum": functions.maximum,
    "mean": functions.mean,
    "min": functions.smallest,
    "minimum": functions.minimum,
    "multiply": rules.on_numbers(tape.multiply),
    "negative": tape.negative,
    "reshape": shapes.reshape,
    "scan": flow.scan_with(functions.stack),
    "sigmoid": functions.sigmoid,
    "sin": functions.sin,
    "softplus": functions.softplus,
    "slogdet": functions.slogdet,
    "solve": functions.solve,
    "sqrt": functions.sqrt,
    "stack": functions.stack,
    "sum": shapes.total,
    "tan": functions.tan,
    "tanh": functions.tanh,
    "where": functions.where,
    **rules.NAMES,
    **rearrangement.NAMES,
    **contraction.NAMES,
    **convolution.NAMES,
    **constants.NAMES,
    **fourier.NAMES,
    **reductions.NAMES,
    **layers.NAMES,
    **flow.NAMES,
    **complex_numbers.OF_REAL,
    "pow": rules.power,
}

OPERATIONS: Mapping[str, Callable[..., Any]] = {
    **REAL,
    **{name: complex_numbers.of_both(name, REAL.get(name)) for name in complex_numbers.OF_COMPLEX},
}
SPACES = frozenset({"linalg", "nn", "special"})


class UnknownOperation(LookupError, AttributeError):
    """The reference does not know an operation of this name."""


class Names:
    """`xp` on one tape; sub-namespaces look in the same table."""

    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    def pow(self, base: Any, exponent: Any) -> Number:
        """base^exponent; a constant exponent stays what it is, for it may be whole."""
        return OPERATIONS["pow"](self._lifted(base), exponent)  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        if name in SPACES:
            return self
        if name in ALIASES:
            return getattr(self, ALIASES[name])
        if name in OPERATIONS:
            operation = self._recorded(OPERATIONS[name])
            return Transforms(self, operation) if name == "fft" else operation
        if name in definitions.NAMES:
            return self._recorded(partial(definitions.NAMES[name], self))
        if name in CONSTANTS:
            return CONSTANTS[name]
        raise UnknownOperation(f"the reference budgets no operation {name!r}")

    def _recorded(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *operands, **options: operation(*map(self._lifted, operands), **options)

    def _lifted(self, operand: Any) -> Any:
        """Floating-point constants as recorded numbers; shapes, axes and masks as they are."""
        if isinstance(operand, (float, np.floating)) or (isinstance(operand, np.ndarray) and operand.dtype.kind == "f"):
            return self._tape.constant(operand)
        if isinstance(operand, (list, tuple)) and any(isinstance(part, Number | complex_numbers.Complex) for part in operand):
            return [self._lifted(part) for part in operand]
        return operand


class Transforms:
    """`xp.fft`: the sub-namespace and, called, the transform itself."""

    def __init__(self, names: Names, operation: Callable[..., Any]) -> None:
        self._names = names
        self._operation = operation

    def __call__(self, *operands: Any, **options: Any) -> Any:
        return self._operation(*operands, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._names, name)
