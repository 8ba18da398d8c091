"""A run on a framework that crashes and hangs: `python -m tests.worst_day` prints planned, recorded, crash, timeout, lost."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from conformance.record import Run, counts, read
from tests.misbehaving import CRASHES, HANGS

ROOT = Path(__file__).parents[1]
CRASHING = [f"misbehaving/quartic/*/value/{route}/numpy/float64" for route in CRASHES]
HANGING = [f"misbehaving/quartic/{point}/value/{route}/numpy/float64" for route in HANGS for point in ("zero", "left")]
FAILING = [f"misbehaving/quartic/zero/value/{route}/numpy/float64" for route in ("sys.exit", "mutter")]
RIGHT = ["misbehaving/quartic/*/value/eager/*", "misbehaving/import"]


def suite(records: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    """Real pytest on the misbehaving miniature, in a process of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "conformance", "-q", "-p", "no:cacheprovider"]
    command += ["--adapter", "tests.misbehaving:ADAPTER", "--profile", "full", "--time-limit", "3", "--again", "0"]
    command += [] if "--resume" in options else ["--records", str(records)]
    return subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        env={**clean, "OMP_NUM_THREADS": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def checks(*globs: str) -> list[str]:
    """Options that choose checks."""
    return [word for glob in globs for word in ("--check", glob)]


def tally(run: Run) -> dict[str, int]:
    """How much was planned and what became of it."""
    found = counts(run.records)
    recorded = [record for record in run.records if record.outcome != "notrun"]
    lost = run.header.planned - len(recorded)
    return {"planned": run.header.planned, "recorded": len(recorded), **found, "lost": lost}


def main() -> int:
    """Print the tally of one run; 0 if nothing was lost."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder, "run.jsonl")
        suite(records, "-n", "auto", *checks(*CRASHING, *HANGING, *FAILING, *RIGHT)).communicate()
        found = tally(read(records))
    for name in ("planned", "recorded", "pass", "error", "crash", "timeout", "lost"):
        print(f"{name:8} {found.get(name, 0)}")
    return int(found["lost"] != 0)


if __name__ == "__main__":
    raise SystemExit(main())
