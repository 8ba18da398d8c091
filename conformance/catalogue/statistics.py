"""Data with gaps (NaN), order statistics, and functions of probability and physics that few frameworks have.

A function that leaves gaps out does not depend on them: its derivative by them is 0. The standard deviation of one element, and
the mean of none, are not here.
"""

from __future__ import annotations

from functools import partial
from math import nan
from typing import Any

from conformance.case import Case
from conformance.catalogue.rows import binary, draw, row, unary, weighted

STATISTICS = "NumPy's statistics, SciPy's special functions, operations of Keras and TensorFlow"
GAPS = (0.42, nan, -0.75, 1.6)
TABLE = ((0.42, nan, 1.6), (-2.3, 0.35, nan))
WHOLE = (0.42, -0.75, 1.6, -2.3)
SPREAD = (0.42, -0.75, 1.6, -2.3, 0.9)

_row = partial(row, family="statistics", source=STATISTICS)
_unary = partial(unary, family="special")
_binary = partial(binary, family="special")

WITH_GAPS = (
    _row(
        "nansum",
        "nansum",
        weighted(lambda xp, x: xp.nansum(x)),
        {"gaps": (GAPS, draw()), "whole": (WHOLE, draw()), "table": (TABLE, draw())},
        {"gaps_only": ((nan, nan), draw()), "zeros": ((0.0, nan, 0.0), draw())},
    ),
    _row(
        "nansum_rows",
        "nansum",
        weighted(lambda xp, x: xp.nansum(x, axis=-1)),
        {"table": (TABLE, draw(2))},
        {"gaps_only": (((nan, nan), (0.5, 1.5)), draw(2))},
    ),
    _row(
        "nanprod",
        "nanprod",
        weighted(lambda xp, x: xp.nanprod(x)),
        {"gaps": (GAPS, draw()), "whole": (WHOLE, draw()), "table": (TABLE, draw())},
        {
            "one_zero": ((0.42, nan, 0.0, 1.6), draw()),
            "two_zeros": ((0.0, nan, 0.0, 1.6), draw()),
            "gaps_only": ((nan, nan), draw()),
        },
    ),
    _row(
        "nanprod_columns",
        "nanprod",
        weighted(lambda xp, x: xp.nanprod(x, axis=0)),
        {"table": (TABLE, draw(3))},
        {"zeros": (((0.0, nan, 1.6), (0.0, 0.35, nan)), draw(3))},
    ),
    _row(
        "nanmean",
        "nanmean",
        weighted(lambda xp, x: xp.nanmean(x)),
        {"gaps": (GAPS, draw()), "whole": (WHOLE, draw()), "table": (TABLE, draw())},
        {"one_there": ((nan, 0.42, nan), draw()), "zeros": ((0.0, nan, 0.0), draw())},
    ),
    _row(
        "nanmean_rows", "nanmean", weighted(lambda xp, x: xp.nanmean(x, axis=-1, keepdims=True)), {"table": (TABLE, draw(2, 1))}
    ),
    _row(
        "nanvar",
        "nanvar",
        weighted(lambda xp, x: xp.nanvar(x)),
        {"gaps": (GAPS, draw()), "whole": (WHOLE, draw()), "table": (TABLE, draw())},
        {"one_there": ((nan, 0.42, nan), draw()), "equal": ((0.5, nan, 0.5), draw())},
    ),
    _row("nanvar_rows", "nanvar", weighted(lambda xp, x: xp.nanvar(x, axis=-1)), {"table": (TABLE, draw(2))}),
    _row(
        "nanstd",
        "nanstd",
        weighted(lambda xp, x: xp.nanstd(x)),
        {"gaps": (GAPS, draw()), "whole": (WHOLE, draw()), "table": (TABLE, draw())},
    ),
    _row(
        "nancumsum",
        "nancumsum",
        weighted(lambda xp, x: xp.nancumsum(x, axis=0)),
        {"gaps": (GAPS, draw(4)), "whole": (WHOLE, draw(4)), "table": (TABLE, draw(2, 3))},
        {"gap_first": ((nan, 0.42, -0.75), draw(3)), "gaps_only": ((nan, nan), draw(2))},
    ),
    _row(
        "nancumprod",
        "nancumprod",
        weighted(lambda xp, x: xp.nancumprod(x, axis=0)),
        {"gaps": (GAPS, draw(4)), "whole": (WHOLE, draw(4)), "table": (TABLE, draw(2, 3))},
        {"zero": ((0.42, nan, 0.0, 1.6), draw(4)), "two_zeros": ((0.0, nan, 0.0, 1.6), draw(4))},
    ),
    _row(
        "nanmax",
        "nanmax",
        weighted(lambda xp, x: xp.nanmax(x)),
        {"gaps": (GAPS, draw()), "whole": (WHOLE, draw())},
    ),
)

ORDER = (
    _row("ptp", "ptp", weighted(lambda xp, x: xp.ptp(x)), {"vector": (SPREAD, draw())}, {"pair": ((1.0, -1.0), draw())}),
    _row("ptp_rows", "ptp", weighted(lambda xp, x: xp.ptp(x, axis=-1)), {"matrix": (draw(3, 4), draw(3))}),
    _row(
        "top_k",
        "top_k",
        weighted(lambda xp, x: xp.top_k(x, 3) ** 2),
        {"vector": (SPREAD, draw(3)), "matrix": (draw(2, 4), draw(2, 3))},
    ),
    _row(
        "segment_min",
        "segment_min",
        weighted(lambda xp, x: xp.segment_min(x, xp.asarray((0, 1, 0, 1, 1)), 2) ** 2),
        {"vector": (SPREAD, draw(2)), "matrix": (draw(5, 2), draw(2, 2))},
    ),
    _row(
        "sparsemax",
        "sparsemax",
        weighted(lambda xp, x: xp.sparsemax(x) ** 2),
        {"all_taken": ((0.1, 0.3, 0.25), draw(3)), "two_taken": ((0.9, 0.5, -0.75), draw(3))},
        {"one_taken": ((3.0, 0.5, -0.75), draw(3)), "equal": ((0.5, 0.5), draw(2)), "single": ((0.42,), draw(1))},
    ),
    _row(
        "polymul",
        "polymul",
        weighted(lambda xp, p, q: xp.polymul(p, q)),
        {"quadratic_linear": (draw(3), draw(2), draw(4))},
        {"constant": (draw(3), draw(1), draw(3)), "zeros_inside": ((0.5, 0.0, 0.75), (0.25, 0.0), draw(4))},
    ),
)


def _three(name: str) -> Any:
    return lambda xp, a, b, x: xp.sum(getattr(xp, name)(a, b, x))


SPECIAL = (
    _unary("factorial", (0.42, 1.75, 3.2), (0.0, 1.0, 2.0, 4.0), (12.0,)),
    _binary("comb", ((3.5, 1.25), (6.2, 2.4)), ((4.0, 2.0), (5.0, 0.0), (3.0, 3.0))),
    _binary("kl_div", ((0.42, 0.75), (1.6, 0.9)), ((1.0, 1.0), (0.5, 0.5), (2.0, 1.0)), ((1e-4, 2.0), (50.0, 0.25))),
    _binary("multiply_no_nan", ((0.42, 0.75), (-1.3, 0.4)), ((0.5, 0.0), (0.0, 0.0), (0.0, 2.0))),
    _binary("divide_no_nan", ((0.42, 0.75), (-1.3, 0.4)), ((0.0, 2.0), (1.0, 1.0)), ((1e-3, 1e3),)),
    _unary("reciprocal_no_nan", (0.42, -1.3), (1.0, -1.0), (1e-3, 1e3)),
    _binary("squared_difference", ((0.42, 0.75), (-1.3, 0.4)), ((0.5, 0.5), (0.0, 0.0), (0.0, 2.0)), ((1e3, 1.0),)),
    _row(
        "hyp1f1",
        "hyp1f1",
        _three("hyp1f1"),
        {"interior": ((0.42, 1.6), (1.75, 2.3), (0.9, -1.3)), "large": (0.75, 2.25, 4.5)},
        {
            "at_0": (0.75, 1.25, 0.0),
            "exponential": (1.5, 1.5, 0.75),
            "a_0": (0.0, 1.5, 0.75),
            "polynomial": (-2.0, 1.5, 0.75),
            "negative": (0.75, 1.25, -4.0),
        },
        family="special",
    ),
    _row(
        "hyp2f1",
        "hyp2f1",
        lambda xp, a, b, c, x: xp.sum(xp.hyp2f1(a, b, c, x)),
        {"interior": ((0.42, 1.6), (0.75, 1.2), (1.75, 2.3), (0.3, -0.4))},
        {
            "at_0": (0.75, 0.5, 1.25, 0.0),
            "logarithm": (1.0, 1.0, 2.0, 0.4),
            "power": (0.75, 1.25, 1.25, 0.3),
            "a_0": (0.0, 0.5, 1.5, 0.25),
            "polynomial": (-2.0, 0.5, 1.5, 0.25),
        },
        family="special",
    ),
)

CASES: tuple[Case, ...] = (*WITH_GAPS, *ORDER, *SPECIAL)
