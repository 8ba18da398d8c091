"""The documented examples and their closed forms, by the suite's case ids.

Source of the functions: *Dive into Deep Learning*, sec_multivariable_calculus. Formulas are derived by mathematics and
vectorised; nothing is differentiated by a program, so that they are independent of every automatic differentiation, the
reference's own too. Promised: every documented example, value to third derivative where that exists, in the dtype of the
arguments. Not promised: a Hessian of the example on the 101×101 grid, which is too large to build (its products with
tangents are given).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import documented_arrays as arrays
from . import documented_scalars as scalars
from .closed_form import ClosedForm, evaluate, gradient_of, like

CLOSED: dict[str, ClosedForm] = {
    "logsumexp2": scalars.LOGSUMEXP2,
    "logsumexp2_gradient": gradient_of(scalars.LOGSUMEXP2),
    "steepest_descent": arrays.STEEPEST_DESCENT,
    "quartic": scalars.QUARTIC,
    "quartic_gradient": ClosedForm(lambda x: 12 * x * (x - 2) * (x + 1), lambda x: like((x,), [36 * x**2 - 24 * x - 24])),
    "backprop4": scalars.BACKPROP4,
    "backprop4_gradient": gradient_of(scalars.BACKPROP4),
    "backprop4_expanded": scalars.BACKPROP4,
    "chain_net": scalars.CHAIN_NET,
    "quadratic2": arrays.QUADRATIC2,
    "gaussian_bump": scalars.GAUSSIAN_BUMP,
    "gaussian_bump_gradient": gradient_of(scalars.GAUSSIAN_BUMP),
    "gaussian_bump_grid": scalars.GAUSSIAN_BUMP_GRID,
    "gaussian_bump_quadratic": scalars.GAUSSIAN_BUMP_QUADRATIC,
    "newton_step": arrays.NEWTON_STEP,
    "dot_row": arrays.DOT,
    "dot_column": arrays.DOT,
    "quadratic_form": arrays.QUADRATIC_FORM,
    "quadratic_form_gradient": arrays.QUADRATIC_FORM_GRADIENT,
    "quadratic_form_scalar": scalars.QUADRATIC_FORM_SCALAR,
    "matrix_factorization": arrays.MATRIX_FACTORIZATION,
    "matrix_factorization_gradient": arrays.MATRIX_FACTORIZATION_GRADIENT,
    "matrix_factorization_scalar": scalars.MATRIX_FACTORIZATION_SCALAR,
    "square_of_sum": arrays.SQUARE_OF_SUM,
    "norm2": arrays.NORM2,
    "norm2_gradient": arrays.NORM2_GRADIENT,
    "saddle": scalars.SADDLE,
    "saddle_gradient": gradient_of(scalars.SADDLE),
    "saddle_diagonal": scalars.SADDLE_DIAGONAL,
    "sum_of_two": scalars.SUM_OF_TWO,
    "mixed_partials": scalars.MIXED_PARTIALS,
    "unused_argument": scalars.UNUSED_ARGUMENT,
}
"""By case id. `dot_row` and `dot_column`, and `backprop4` and its expansion, are the same mathematical function."""


def answer(case_id: str, args: Sequence[Any], operator: str, tangents: Sequence[Any] = (), cotangent: Any = None) -> Any:
    """The closed form's answer, in np.longdouble and in the shapes of the operator (see `closed_form.evaluate`).

    `args`, and `tangents` of their shapes and `cotangent` of the value's where the operator has them, are arrays or numbers.
    Raises LookupError where no closed form covers the case or the operator.
    """
    wide = np.longdouble
    weights = None if cotangent is None else np.asarray(cotangent, wide)
    return evaluate(
        CLOSED[case_id],
        tuple(np.asarray(x, wide) for x in args),
        operator,
        tuple(np.asarray(t, wide) for t in tangents),
        weights,
    )
