"""Whole numbers and scalars on either side of an operation, and arrays of whole numbers or truth values beside those of reals.

The arrays of whole numbers are of 8 bits, so that the standard's promotion, as NumPy's, leaves every format of reals as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from conformance.case import Case
from conformance.catalogue.elementwise import MIXED, POSITIVE
from conformance.catalogue.rows import draw, row, weighted

PROMOTION = "array API standard, section Type Promotion Rules; Python's numbers beside arrays as in NumPy"
WHOLE = (3, -2, 1, 2)
GRID = ((1, 0, 2), (-1, 3, 0), (2, 1, -2))
ALL = (-2.3, -0.75, 0.0, 0.42, 1.0, 1.6)
NOT_ZERO = (-2.3, -1.0, -0.75, 0.42, 1.0, 1.6)

_operand = partial(row, family="operands", source=PROMOTION)


def _summed(f: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda xp, x: xp.sum(f(x))


def _scalar(case: str, f: Callable[[Any], Any], interior: tuple[float, ...] = ALL, stress: float = 1.0) -> Case:
    """A function of an array and Python's numbers, of a vector and of a single number."""
    return _operand(case, "", _summed(f), {"vector": (interior,), "number": (0.42,)}, {"special": (stress,)})


def _whole(xp: Any, values: Any = WHOLE) -> Any:
    return xp.asarray(values, dtype=xp.int8)


SCALARS = (
    _scalar("add_int", lambda x: x + 1),
    _scalar("int_add", lambda x: 1 + x),
    _scalar("subtract_int", lambda x: x - 2),
    _scalar("int_subtract", lambda x: 2 - x),
    _scalar("multiply_int", lambda x: x * 3),
    _scalar("int_multiply", lambda x: 3 * x),
    _scalar("divide_int", lambda x: x / 3),
    _scalar("int_divide", lambda x: 3 / x, NOT_ZERO, -1.0),
    _scalar("float_divide", lambda x: 3.0 / x, NOT_ZERO, -1.0),
    _scalar("float_subtract", lambda x: 2.5 - x),
    _scalar("power_int_0", lambda x: x**0, ALL, 0.0),
    _scalar("power_int_1", lambda x: x**1, ALL, 0.0),
    _scalar("power_int_2", lambda x: x**2, ALL, 0.0),
    _scalar("power_int_3", lambda x: x**3, ALL, 0.0),
    _scalar("power_int_5", lambda x: x**5, ALL, 0.0),
    _scalar("power_int_minus_1", lambda x: x**-1, NOT_ZERO, -1.0),
    _scalar("power_int_minus_3", lambda x: x**-3, NOT_ZERO, -1.0),
    _scalar("power_float_0", lambda x: x**0.0, ALL, 0.0),
    _scalar("power_float_1", lambda x: x**1.0, ALL, 0.0),
    _scalar("power_float_2", lambda x: x**2.0, ALL, 0.0),
    _scalar("power_float_3", lambda x: x**3.0, ALL, 0.0),
    _scalar("power_float_half", lambda x: x**0.5, POSITIVE),
    _scalar("power_float_minus_2", lambda x: x**-2.0, NOT_ZERO, -1.0),
    _scalar("int_power", lambda x: 2**x, ALL, 0.0),
    _scalar("float_power", lambda x: 2.0**x, ALL, 0.0),
    _scalar("one_power", lambda x: 1**x, ALL, 0.0),
    _scalar("nested_scalars", lambda x: (2 * x - 1) ** 2 / 4 + 3 - x),
    _scalar("bool_scalar", lambda x: True * x + False),
)

ARRAYS = (
    _operand(
        "whole_array_add",
        "asarray",
        weighted(lambda xp, x: (x + _whole(xp)) ** 2),
        {"vector": (MIXED, draw(4)), "rows": (draw(2, 4), draw(2, 4)), "number": (0.42, draw(4))},
    ),
    _operand(
        "whole_array_minus",
        "asarray",
        weighted(lambda xp, x: (_whole(xp) - x) ** 2),
        {"vector": (MIXED, draw(4))},
        {"cancelling": ((3.0, -2.0, 1.0, 2.0), draw(4))},
    ),
    _operand(
        "whole_array_multiply",
        "asarray multiply",
        weighted(lambda xp, x: xp.multiply(x, _whole(xp)) ** 2),
        {"vector": (MIXED, draw(4)), "rows": (draw(2, 4), draw(2, 4))},
        {"zeros": ((0.0, 1.0, 0.0, -1.0), draw(4))},
    ),
    _operand(
        "whole_array_times",
        "asarray multiply",
        weighted(lambda xp, x: xp.multiply(_whole(xp), x) ** 2),
        {"vector": (MIXED, draw(4))},
    ),
    _operand("divide_by_whole_array", "asarray", weighted(lambda xp, x: x / _whole(xp)), {"vector": (MIXED, draw(4))}),
    _operand("whole_array_divide", "asarray", weighted(lambda xp, x: _whole(xp) / x), {"vector": (MIXED, draw(4))}),
    _operand(
        "power_of_whole_array",
        "asarray pow",
        weighted(lambda xp, x: xp.pow(x, _whole(xp, (3, 0, 1, 2)))),
        {"vector": (MIXED, draw(4))},
        {"zeros": ((0.0, 0.0, 0.0, 0.0), draw(4)), "ones": ((1.0, -1.0, 1.0, -1.0), draw(4))},
    ),
    _operand(
        "negative_power_of_whole_array",
        "asarray pow",
        weighted(lambda xp, x: xp.pow(x, _whole(xp, (-1, -2, -3, 2)))),
        {"vector": (MIXED, draw(4))},
    ),
    _operand(
        "whole_array_power",
        "asarray pow",
        weighted(lambda xp, x: xp.pow(_whole(xp, (3, 1, 2, 5)), x)),
        {"vector": (MIXED, draw(4))},
        {"zero": ((0.0, 0.0, 1.0, -1.0), draw(4))},
    ),
    _operand(
        "maximum_of_whole_array",
        "asarray maximum",
        weighted(lambda xp, x: xp.maximum(x, _whole(xp)) ** 2),
        {"vector": (MIXED, draw(4)), "both": ((3.5, -1.5, 0.42, 1.6), draw(4))},
    ),
    _operand(
        "where_whole_branch",
        "asarray where",
        weighted(lambda xp, x: xp.where(x > 0.0, x * x, _whole(xp))),
        {"vector": (MIXED, draw(4))},
    ),
    _operand(
        "where_whole_number",
        "where",
        weighted(lambda xp, x: xp.where(x > 0.0, x * x, 3)),
        {"vector": (MIXED, draw(4))},
    ),
    _operand(
        "where_whole_condition",
        "asarray where",
        weighted(lambda xp, x: xp.where(_whole(xp) > 1, x * x, x)),
        {"vector": (MIXED, draw(4))},
    ),
    _operand(
        "truth_values_times",
        "",
        weighted(lambda xp, x: (x > 0.0) * x**2),
        {"vector": (MIXED, draw(4))},
        {"none": ((-1.0, -2.0), draw(2))},
    ),
    _operand(
        "whole_array_matmul",
        "asarray matmul",
        weighted(lambda xp, x: xp.matmul(_whole(xp, GRID), x) ** 2),
        {"vector": (draw(3), draw(3)), "matrix": (draw(3, 2), draw(3, 2))},
        {"zero": ((0.0, 0.0, 0.0), draw(3))},
    ),
    _operand(
        "matmul_whole_array",
        "asarray matmul",
        weighted(lambda xp, x: xp.matmul(x, _whole(xp, GRID)) ** 2),
        {"vector": (draw(3), draw(3)), "matrix": (draw(2, 3), draw(2, 3))},
    ),
    _operand(
        "take_at_whole_array",
        "take",
        weighted(lambda xp, x: xp.take(x, xp.asarray((2, 0, 2)), axis=0) * 2 + 1),
        {"vector": (MIXED, draw(3))},
    ),
)

CASES: tuple[Case, ...] = (*SCALARS, *ARRAYS)
