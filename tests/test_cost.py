"""What a run costs is printed at its end."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from conformance.cost import cost, peak
from tests.worst_day import checks, suite


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell")
def test_the_peak_grows_with_what_is_held() -> None:
    before = peak()
    held = bytearray(int((before + 64) * 2**20))
    held[:: 2**12] = b"1" * len(held[:: 2**12])
    assert peak() >= before + 64


def test_the_line_names_the_largest_process_and_their_sum() -> None:
    assert cost(12.4, [100.0, 0.0, 300.0]) == "12 s on the wall, at most 300 MiB in one process, 400 MiB in 2\n"
    assert cost(0.6, [0.0]) == "1 s on the wall\n"


def test_a_run_tells_what_its_workers_held(tmp_path: Path) -> None:
    process = suite(tmp_path / "run.jsonl", "-n", "2", *checks("misbehaving/quartic/*/value/eager/numpy/float32"))
    output, _ = process.communicate()
    assert re.search(r"^\d+ s on the wall, at most \d+ MiB in one process, \d+ MiB in 2$", output, re.MULTILINE), output
