"""The one test that a framework meets, parametrised by every check of the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conformance.plan import AnyCheck
from conformance.record import Record
from conformance.session import unexplained


def test_check(check: AnyCheck, conduct: Callable[[AnyCheck], Record]) -> None:
    record = conduct(check)
    if fault := unexplained(record):
        pytest.fail(f"{record.id}\n  {fault}", pytrace=False)
    if record.known:
        pytest.xfail(f"known: {record.known}")
    if record.outcome == "unsupported":
        pytest.skip(record.message)
