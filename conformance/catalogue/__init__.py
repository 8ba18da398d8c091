"""The cases, one file per family, joined in one tuple. Rows only."""

from __future__ import annotations

from conformance.case import Case
from conformance.catalogue import documented, elementwise

CASES: tuple[Case, ...] = (*documented.CASES, *elementwise.CASES)
