"""The cases, one file per family, joined in one tuple. Rows only."""

from __future__ import annotations

from conformance.case import Case
from conformance.catalogue import (
    arrays,
    calculus,
    calls,
    complex_numbers,
    contraction,
    control,
    conventions,
    distributions,
    documented,
    eigen,
    elementwise,
    image,
    layers,
    linalg,
    loss,
    network,
    operands,
    pooling,
    reduction,
    signal,
    statistics,
    workload,
)

FAMILIES = (
    documented,
    elementwise,
    reduction,
    arrays,
    contraction,
    linalg,
    eigen,
    signal,
    complex_numbers,
    network,
    loss,
    distributions,
    layers,
    pooling,
    image,
    calculus,
    operands,
    control,
    calls,
    statistics,
    workload,
)

CASES: tuple[Case, ...] = tuple(case for family in FAMILIES for case in family.CASES)

CONVENTIONS: tuple[Case, ...] = conventions.CONVENTIONS
"""Where mathematics leaves a choice: cases apart, of which there is no one truth."""

ASKED: tuple[Case, ...] = (*CASES, *CONVENTIONS)
"""Every case of a session."""
