"""Time and memory of the gate on many records: `python -m tests.gate_speed [NUMBER]` (default 100000)."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from conformance.__main__ import main as conformance
from conformance.record import Record
from tests.synthetic import LATER, ROW, name, record, run, toml, write

ROUTES, DTYPES, POINTS = 20, ("float64", "float32", "float16", "bfloat16"), 5
BROKEN = 7
"""Every seventh case is wrong on one route, and a known row says so."""


def records(number: int, beta: float) -> dict[str, str | Record]:
    """Invented results of one framework."""
    found: dict[str, str | Record] = {}
    for i in range(number):
        rest, dtype = divmod(i, len(DTYPES))
        rest, point = divmod(rest, POINTS)
        case, route = divmod(rest, ROUTES)
        check = name("torch", f"case{case}", f"point{point}", f"route{route}", DTYPES[dtype])
        wrong = case % BROKEN == 0 and route == 0
        found[check] = record(check, "wrong-value" if wrong else "pass", beta=3.0 if wrong else beta)
    return found


def main(number: int = 100_000) -> int:
    """Write the files, judge them, print time and memory; the gate's own exit status."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        now = write(folder / "now.jsonl", run(records(number, 0.25), started=LATER))
        old = write(folder / "old.jsonl", run(records(number, 0.2)))
        cases = range(0, 1 + number // (ROUTES * POINTS * len(DTYPES)), BROKEN)
        rows = ({"id": f"row{i}", "checks": [f"torch/case{i}/*/*/route0/*"], **ROW} for i in cases)
        (folder / "torch.toml").write_text(toml(*rows), "utf-8")
        for against in ([], ["--against", str(old)]):
            started, worked = time.perf_counter(), time.process_time()
            outputs = [
                "--junit",
                str(folder / "junit.xml"),
                "--ctrf",
                str(folder / "ctrf.json"),
                "--summary",
                str(folder / "s.md"),
            ]
            code = conformance(["gate", str(now), "--expect", "torch", "--known", str(folder), *outputs, *against])
            seconds, busy = time.perf_counter() - started, time.process_time() - worked
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            what = f"{number} records" + (", against as many" if against else "")
            spent = f"{seconds:.1f} s ({busy:.1f} s of CPU), at most {memory:.0f} MiB so far"
            print(f"gate: {what}, with all outputs: {spent}, exit {code}", file=sys.stderr)
            if code:
                return code
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=100_000)
    raise SystemExit(main(parser.parse_args().number))
