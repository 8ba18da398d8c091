"""What a run costs: seconds on the wall, and the resident memory of the processes that run checks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module, util


def peak() -> float:
    """The largest resident memory of this process so far, in MiB; 0.0 where the system does not tell (Windows)."""
    if util.find_spec("resource") is None:
        return 0.0
    resource = import_module("resource")
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes there, and KiB elsewhere
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20)


def cost(seconds: float, peaks: Sequence[float]) -> str:
    """One line: wall time, and peak memory of the processes (MiB), of those that lived to tell."""
    told = [peak for peak in peaks if peak]
    memory = f", at most {max(told):.0f} MiB in one process, {sum(told):.0f} MiB in {len(told)}" if told else ""
    return f"{seconds:.0f} s on the wall{memory}\n"
